//! The questions of `questions.toml`, asked of a ledger of the gold records.

mod common;

use common::{Book, Expected};
use mulaqat_ask::Certainty;

/// Share of the questions answered right, as measured.
const RIGHT: f64 = 1.0;

#[test]
fn the_corpus_of_questions() {
    let book = Book::gold();
    let questions = Expected::read("questions.toml");
    assert!(questions.len() >= 120, "{}", questions.len());
    let outcome = book.ask_all(&questions);
    println!("{} of {} right: {:.3}", outcome.right, questions.len(), outcome.share());
    let wrong: Vec<&String> = outcome.wrong.iter().filter(|w| w.1 == Certainty::Certain).map(|w| &w.0).collect();
    assert!(wrong.is_empty(), "wrong, and stated as certain: {wrong:#?}");
    assert!(outcome.share() >= RIGHT, "{:.3}", outcome.share());
}

/// What was right when they were asked for the first time: 17 of 20, none of the others stated as certain.
const FRESH: usize = 17;

#[test]
fn fresh_questions() {
    let book = Book::gold();
    let questions = Expected::read("fresh.toml");
    let outcome = book.ask_all(&questions);
    println!("fresh: {} of {} right", outcome.right, questions.len());
    let wrong: Vec<&String> = outcome.wrong.iter().filter(|w| w.1 == Certainty::Certain).map(|w| &w.0).collect();
    assert!(wrong.is_empty(), "wrong, and stated as certain: {wrong:#?}");
    assert!(outcome.right >= FRESH, "{}", outcome.right);
}
