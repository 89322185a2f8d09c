//! Runs the examples of times.toml through the whole engine, and odd texts through [`find`] and [`resolve`].

use super::*;
use crate::edtf::{Date, Edtf};
use crate::engine::Engine;
use crate::record::Document;
use crate::text::Text;
use proptest::prelude::*;
use serde::Deserialize;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().unwrap());

#[derive(Deserialize)]
struct Examples {
    example: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    text: String,
    #[serde(default = "wednesday")]
    published: String,
    times: Vec<(String, String)>,
}

fn wednesday() -> String {
    "2025-11-19".into()
}

fn read(text: &str, published: &str) -> Vec<(String, String)> {
    let published = Some(published.to_string()).filter(|p| !p.is_empty());
    let doc = Document { text: text.into(), published, ..Document::default() };
    let times = ENGINE.read(&doc).times.into_iter();
    times.map(|t| (t.span.text, t.value.unwrap_or_else(|| "null".into()))).collect()
}

#[test]
fn examples() {
    let file: Examples = toml::from_str(include_str!("../../lang/hi/times.toml")).unwrap();
    assert!(file.example.len() >= 120);
    let mut wrong = String::new();
    for e in &file.example {
        let got = read(&e.text, &e.published);
        if got != e.times {
            wrong += &format!("\n{}\n  wanted {:?}\n  got    {:?}", e.text, e.times, got);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn spellings_do_not_matter() {
    for text in ["फ़रवरी में वह आए थे।", "फरवरी में वह आए थे।", "फ\u{93c}रवरी में वह आए थे।"]
    {
        assert_eq!(read(text, "2025-11-19")[0].1, "2025-02");
    }
    for text in ["१८ नवम्बर २०२५ को वह आए।", "18 नवंबर 2025 को वह आए।", "18\u{200d} नवंबर\u{a0}2025 को वह आए।"]
    {
        assert_eq!(read(text, "")[0].1, "2025-11-18");
    }
}

/// The value may count from another day than the one told last.
#[test]
fn counts_from_an_event() {
    let pack = ENGINE.pack();
    let text = Text::new("मुलाकात से एक दिन पहले", &pack.vocab, &pack.splitting);
    let found = find(&text, &pack.times);
    let times = resolve(&text, &found, &Context { published: None, tense: &|_| Tense::Past }, &pack.times);
    let offset = times[0].offset.unwrap();
    assert_eq!(offset, Offset { count: -1, unit: Unit::Day });
    assert_eq!(offset.from(Date::day(jiff::civil::date(2025, 3, 1))), Some(Date::day(jiff::civil::date(2025, 2, 28))));
    assert_eq!(offset.from(Date::year(2025)), None);
}

/// Words that the rules join, and what stands between them.
const WORDS: [&str; 64] = [
    "18",
    "5",
    "31",
    "29",
    "2025",
    "0001",
    "9999",
    "2999",
    "999999",
    "2.5",
    "18.11.2025",
    "18,2025",
    "25",
    "नवंबर",
    "फरवरी",
    "मई",
    "मार्च",
    "may",
    "दो",
    "साढ़े",
    "सवा",
    "पौने",
    "डेढ़",
    "हजार",
    "करोड़",
    "पहली",
    "तीसरे",
    "आखिरी",
    "दिन",
    "दिनों",
    "सप्ताह",
    "महीने",
    "साल",
    "दशक",
    "सदी",
    "घंटे",
    "तिमाही",
    "दिवसीय",
    "सोमवार",
    "आज",
    "कल",
    "पिछले",
    "अगले",
    "इसी",
    "उसी",
    "इसके",
    "से",
    "तक",
    "और",
    "के",
    "की",
    "को",
    "पहले",
    "बाद",
    "करीब",
    "आसपास",
    "शुरुआत",
    "अंत",
    "वर्ष",
    "तारीख",
    "-",
    "/",
    "(",
    ")",
];

fn check(text: &str, published: Option<Day>, tense: Tense) {
    let pack = ENGINE.pack();
    let t = Text::new(text, &pack.vocab, &pack.splitting);
    let found = find(&t, &pack.times);
    let times = resolve(&t, &found, &Context { published, tense: &|_| tense }, &pack.times);
    assert_eq!(found.len(), times.len());
    let mut at = 0;
    for r in &times {
        assert!(at <= r.from && r.from < r.to && r.to <= t.tokens.len(), "{text}");
        at = r.to;
        if let Some(v) = &r.value {
            assert!(Edtf::parse(v).is_some(), "{text}: {v}");
            assert_eq!(v.starts_with('P'), r.duration, "{text}: {v}");
        }
    }
}

proptest! {
    #[test]
    fn total(
        words in proptest::collection::vec((0..WORDS.len(), 0..6usize), 0..30),
        day in proptest::option::of((1i16..=9999, 1i8..=12, 1i8..=28)),
        tense in 0..4usize,
    ) {
        let text: String = words.iter().map(|&(w, gap)| format!("{}{}", WORDS[w], [" ", " ", " ", "-", "", "\n"][gap])).collect();
        let tense = [Tense::Past, Tense::Present, Tense::Future, Tense::Unknown][tense];
        check(&text, day.map(|(y, m, d)| jiff::civil::date(y, m, d)), tense);
    }

    #[test]
    fn total_on_any_text(text in "\\PC{0,80}") {
        check(&text, None, Tense::Past);
    }
}

#[test]
fn ends_of_the_calendar() {
    for (y, m, d) in [(1, 1, 1), (9999, 12, 31), (-9999, 1, 1)] {
        for text in WORDS.iter().flat_map(|a| WORDS.iter().map(move |b| format!("पिछले {a} {b} अगले {a} {b} {a} {b} पहले {b} {a} बाद")))
        {
            check(&text, Some(jiff::civil::date(y, m, d)), Tense::Past);
            check(&text, Some(jiff::civil::date(y, m, d)), Tense::Future);
        }
    }
}
