//! Any feed gives documents or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mulaqat_intake::{Intake, Item, Options};
use std::io::Cursor;

fuzz_target!(|bytes: &[u8]| {
    let feed = [b"<rss version='2.0'><channel><item>", bytes].concat();
    for bytes in [bytes.to_vec(), feed] {
        for item in Intake::from_reader("x", Cursor::new(bytes), Options::default()) {
            if let Ok(Item::Document(d)) = item {
                assert!(!d.id.is_empty());
            }
        }
    }
});
