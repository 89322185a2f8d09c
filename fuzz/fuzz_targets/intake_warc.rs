//! Any archive is read to its end, whatever is damaged in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mulaqat_intake::{Intake, Options};
use std::io::Cursor;

fuzz_target!(|bytes: &[u8]| {
    // as it is, and as the unpacked bytes of an archive
    let plain = [b"WARC/1.0\r\n", bytes].concat();
    for (name, bytes) in [("x.warc.gz", bytes.to_vec()), ("x.warc", plain)] {
        let most = bytes.len();
        assert!(Intake::from_reader(name, Cursor::new(bytes), Options::default()).count() <= most);
    }
});
