//! Runs the examples of times.toml through the whole engine, and odd texts made of its pieces through [`find`] and [`resolve`].

use super::*;
use crate::edtf::{Date, Edtf};
use crate::engine::Engine;
use crate::record::Document;
use crate::text::Text;
use proptest::prelude::*;
use serde::Deserialize;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().unwrap());
static FILE: LazyLock<File> = LazyLock::new(|| toml::from_str(include_str!("../../lang/hi/times.toml")).unwrap());

#[derive(Deserialize)]
struct File {
    tests: Pieces,
    example: Vec<Example>,
}

/// What odd texts are put together from.
#[derive(Deserialize)]
struct Pieces {
    words: Vec<String>,
    pair: String,
}

#[derive(Deserialize)]
struct Example {
    text: String,
    #[serde(default = "wednesday")]
    published: String,
    times: Vec<(String, String)>,
    /// How far, and in which unit, its first time lies from what it counts from.
    offset: Option<(i32, String)>,
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
    assert!(FILE.example.len() >= 120);
    let mut wrong = String::new();
    for e in &FILE.example {
        let got = read(&e.text, &e.published);
        if got != e.times {
            wrong += &format!("\n{}\n  wanted {:?}\n  got    {:?}", e.text, e.times, got);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The value may count from another day than the one told last.
#[test]
fn counts_from_an_event() {
    let offsets = FILE.example.iter().filter_map(|e| Some((e, e.offset.as_ref()?)));
    let mut seen = 0;
    for (e, (count, unit)) in offsets {
        let pack = ENGINE.pack();
        let text = Text::new(&e.text, &pack.vocab, &pack.splitting);
        let found = find(&text, &pack.times);
        let times = resolve(&text, &found, &Context { published: None, tense: &|_| Tense::Past }, &pack.times);
        let offset = times[0].offset.unwrap();
        assert_eq!((offset.count, format!("{:?}", offset.unit).to_lowercase()), (*count, unit.clone()), "{}", e.text);
        seen += 1;
    }
    assert!(seen >= 3);
}

#[test]
fn a_day_before_the_event() {
    let offset = Offset { count: -1, unit: Unit::Day };
    assert_eq!(offset.from(Date::day(jiff::civil::date(2025, 3, 1))), Some(Date::day(jiff::civil::date(2025, 2, 28))));
    assert_eq!(offset.from(Date::year(2025)), None);
}

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
        words in proptest::collection::vec((0..FILE.tests.words.len(), 0..6usize), 0..30),
        day in proptest::option::of((1i16..=9999, 1i8..=12, 1i8..=28)),
        tense in 0..4usize,
    ) {
        let text: String = words.iter().map(|&(w, gap)| format!("{}{}", FILE.tests.words[w], [" ", " ", " ", "-", "", "\n"][gap])).collect();
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
    let Pieces { words, pair } = &FILE.tests;
    let texts: Vec<String> = words.iter().flat_map(|a| words.iter().map(move |b| pair.replace('A', a).replace('B', b))).collect();
    assert!(texts.len() >= 4096);
    for (y, m, d) in [(1, 1, 1), (9999, 12, 31), (-9999, 1, 1)] {
        for text in &texts {
            check(text, Some(jiff::civil::date(y, m, d)), Tense::Past);
            check(text, Some(jiff::civil::date(y, m, d)), Tense::Future);
        }
    }
}
