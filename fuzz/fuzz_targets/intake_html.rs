//! Any page gives documents or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mulaqat_intake::{Intake, Item, Options};
use std::io::Cursor;

const HINDI: &str = "भारत के विदेश मंत्री ने मंगलवार को मॉस्को में रूस के विदेश मंत्री से मुलाकात की और कहा कि बातचीत अच्छी रही।";

fuzz_target!(|bytes: &[u8]| {
    // enough Hindi to get past the first test
    let page = [b"<html><p>", HINDI.as_bytes(), b"</p>", bytes].concat();
    for item in Intake::from_reader("x.html", Cursor::new(page), Options::default()) {
        if let Ok(Item::Document(d)) = item {
            assert!(!d.text.is_empty());
        }
    }
});
