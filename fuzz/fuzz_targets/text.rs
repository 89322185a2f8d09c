//! Tokens and sentences cover the text in order, at character boundaries.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mulaqat::lang::Pack;
use mulaqat::text::Text;
use std::sync::LazyLock;

static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::hindi().expect("the pack loads"));

fuzz_target!(|raw: &str| {
    let text = Text::new(raw, &PACK.vocab, &PACK.splitting);
    let mut end = (0, 0);
    for t in &text.tokens {
        assert!(end.0 <= t.start && t.start < t.end && end.1 <= t.cstart && t.cstart < t.cend);
        assert_eq!(raw[..t.start].chars().count(), t.cstart);
        end = (t.end, t.cend);
    }
    let mut from = 0;
    for s in &text.sentences {
        assert!(s.start == from && s.start < s.end);
        from = s.end;
    }
    assert_eq!(from, text.tokens.len());
});
