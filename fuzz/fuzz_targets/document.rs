//! Any bytes that are a document can be read, and its record written and read back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mulaqat::Engine;
use mulaqat::record::{Document, Record};
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().expect("the pack loads"));

fuzz_target!(|bytes: &[u8]| {
    let Ok(document) = serde_json::from_slice::<Document>(bytes) else { return };
    let record = ENGINE.read(&document);
    let json = serde_json::to_vec(&record).expect("a record is JSON");
    assert_eq!(serde_json::from_slice::<Record>(&json).expect("it reads back"), record);
});
