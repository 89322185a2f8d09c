//! Any question is answered, or not, without a fault; what is not found has no certainty.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mulaqat::Engine;
use mulaqat::record::Document;
use mulaqat_ask::{Certainty, Options, Talk};
use mulaqat_ledger::{Input, Ledger};
use std::cell::LazyCell;

const ARTICLE: &str = include_str!("../../corpus/example.txt");

thread_local! {
    static BOOK: LazyCell<(Engine, Ledger)> = LazyCell::new(|| {
        let engine = Engine::new().expect("the pack loads");
        let mut ledger = Ledger::in_memory().expect("a ledger in memory");
        let document = Document { text: ARTICLE.into(), published: Some("2025-09-03".into()), ..Document::default() };
        ledger.add(&[Input { record: engine.read(&document), given: false }]).expect("the article is kept");
        (engine, ledger)
    });
}

fuzz_target!(|questions: (&str, &str)| {
    BOOK.with(|book| {
        let options = Options { lang: None, today: 20_400, as_of: None, limit: 5 };
        let mut talk = Talk::new(&book.0, &book.1);
        for question in [questions.0, questions.1] {
            let answer = talk.ask(question, &options).expect("the ledger is sound");
            assert_eq!(answer.found, answer.certainty != Certainty::None);
            assert!(!answer.text.is_empty());
        }
    });
});
