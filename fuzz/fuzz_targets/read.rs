//! Any text gives a record that holds to the contract.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mulaqat::Engine;
use mulaqat::check::check;
use mulaqat::record::Document;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().expect("the pack loads"));

fuzz_target!(|text: &str| {
    let document = Document { text: text.into(), published: Some("2025-11-19".into()), ..Document::default() };
    assert_eq!(check(&ENGINE.read(&document)), [""; 0]);
});
