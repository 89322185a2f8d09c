//! Whatever is read as a date is written as a date that means the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mulaqat::edtf::Edtf;

fuzz_target!(|s: &str| {
    if let Some(date) = Edtf::parse(s) {
        assert_eq!(Edtf::parse(&date.to_string()), Some(date));
    }
});
