//! Reading is total: any text gives a record that holds to the contract, with every span in place.

use mulaqat::Engine;
use mulaqat::check::check;
use mulaqat::record::{Document, Record, Span};
use proptest::collection::vec;
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().expect("the pack loads"));

/// Texts of the gold articles.
static ARTICLES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/dev");
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let text = |f| serde_json::from_str::<Record>(&std::fs::read_to_string(f).unwrap()).unwrap().document.text;
    files.iter().map(text).collect()
});

/// Their words with the space after them, so that pieces of real sentences can be shuffled.
static WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| ARTICLES.iter().flat_map(|t| t.split_inclusive(' ')).collect());

fn spans(r: &Record) -> impl Iterator<Item = &Span> {
    let mentions = r.entities.iter().flat_map(|e| &e.mentions);
    let evidence = r.events.iter().flat_map(|v| &v.evidence);
    mentions.chain(evidence).chain(r.times.iter().map(|t| &t.span)).chain(r.statements.iter().map(|s| &s.span))
}

/// Reads and holds the result to the contract.
fn read(text: String, published: Option<&str>) -> Record {
    let document = Document { id: "d".into(), text, published: published.map(str::to_string), ..Document::default() };
    let record = ENGINE.read(&document);
    assert_eq!(record.document, document, "the document comes back as it was given");
    assert_eq!(check(&record), [""; 0]);
    // gold may leave positions out, output may not
    assert!(spans(&record).all(|s| s.start.is_some() && s.end.is_some()));
    record
}

/// What may stand where nobody expects it.
fn odd_piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,12}",
        any::<String>(),
        "[\\u{900}-\\u{97f}]{0,8}",
        Just("\0".to_string()),
        Just("\r\n\u{2028}".to_string()),
        Just("\u{200d}\u{200c}\u{feff}".to_string()),
        Just("“‘\"'«".to_string()),
        Just("।।..?!".to_string()),
        Just("\u{94d}\u{93c}\u{902}".to_string()),
        Just("99999999999999999999".to_string()),
        Just("31 फरवरी 0000 को 12/13/14".to_string()),
    ]
}

fn date() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![Just(None), Just(Some("2025-11-19")), Just(Some("9999-12-31")), Just(Some("0000-01-01")), Just(Some("soon"))]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_unicode(text in any::<String>(), published in date()) {
        read(text, published);
    }

    #[test]
    fn odd_pieces(pieces in vec(odd_piece(), 0..30), published in date()) {
        read(pieces.concat(), published);
    }

    #[test]
    fn shuffled_words(picks in vec(any::<prop::sample::Index>(), 0..80), odd in odd_piece(), published in date()) {
        let mut words: Vec<&str> = picks.iter().map(|i| *i.get(&WORDS)).collect();
        words.insert(words.len() / 2, &odd);
        read(words.concat(), published);
    }

    #[test]
    fn articles_cut_and_joined(a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>(), odd in odd_piece()) {
        let (a, b) = (a.get(&ARTICLES), b.get(&ARTICLES));
        let at = |s: &str| s.char_indices().nth(cut.index(s.chars().count())).map_or(0, |(i, _)| i);
        read(format!("{}{odd}{}", &a[..at(a)], &b[at(b)..]), Some("2025-11-19"));
    }
}

#[test]
fn nothing_in_nothing_out() {
    for text in ["", " ", "\n\n", "\0", "\u{feff}"] {
        let r = read(text.into(), None);
        assert!(r.entities.is_empty() && r.times.is_empty() && r.events.is_empty() && r.statements.is_empty(), "{text:?}");
    }
}

#[test]
fn reading_twice_gives_the_same() {
    for text in &*ARTICLES {
        let read = || read(text.clone(), Some("2025-11-19"));
        assert_eq!(read(), read());
    }
}

#[test]
fn a_title_moves_no_span() {
    for text in &*ARTICLES {
        let document =
            Document { title: Some("पुतिन से मिले मोदी".into()), text: text.clone(), ..Document::default() };
        assert_eq!(check(&ENGINE.read(&document)), [""; 0]);
    }
}

#[test]
fn a_line_of_many_megabytes() {
    // a debug build is an order of magnitude slower
    let size = if cfg!(debug_assertions) { 1_000_000 } else { 10_000_000 };
    let words: String = WORDS.iter().flat_map(|w| w.chars()).map(|c| if c == '\n' { ' ' } else { c }).collect();
    read(words.repeat(1 + size / words.len()), Some("2025-11-19"));
    // nothing to hold on to: one word, one open quotation, one list
    read("क".repeat(size / 3), None);
    read(format!("“{}", "भारत ने कहा ".repeat(size / 32)), None);
    read("भारत और ".repeat(size / 20), None);
    read("और ".repeat(size / 7), None);
}
