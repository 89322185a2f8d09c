//! Any question gets an answer that keeps its promises, whatever is asked.

mod common;

use common::{Book, gold};
use mulaqat_ask::{Answer, Certainty, Lang, Options, Talk};
use mulaqat_ledger::day;
use proptest::prelude::*;
use std::cell::OnceCell;

thread_local! {
    static BOOK: OnceCell<Book> = const { OnceCell::new() };
}

fn asked(questions: &[String], lang: Option<Lang>) -> Vec<Answer> {
    BOOK.with(|b| {
        let book = b.get_or_init(Book::gold);
        let options = Options { lang, today: day::parse("2025-11-20").unwrap(), as_of: None, limit: 5 };
        let mut talk = Talk::new(&book.engine, &book.ledger);
        questions.iter().map(|q| talk.ask(q, &options).unwrap()).collect()
    })
}

fn keeps_its_promises(a: &Answer) -> Result<(), TestCaseError> {
    prop_assert_eq!(a.found, !(a.engagements.is_empty() && a.statements.is_empty()), "{}", &a.question);
    prop_assert_eq!(a.found, a.certainty != Certainty::None);
    prop_assert!(!a.text.is_empty() && !a.text.contains(['{', '}']), "{}", &a.text);
    prop_assert!(a.understood.unknown.is_empty() || !a.found);
    prop_assert!(a.engagements.len() + a.statements.len() <= 5);
    for e in &a.engagements {
        prop_assert!(!e.evidence.is_empty() && !e.sentence.is_empty(), "{}: {:?}", &a.question, e.id);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_answered(q in "\\PC{0,60}", lang in 0..3usize) {
        for a in asked(&[q], [None, Some(Lang::Hi), Some(Lang::En)][lang]) {
            keeps_its_promises(&a)?;
        }
    }

    #[test]
    fn words_of_questions_in_any_order(
        words in proptest::collection::vec(prop::sample::select(WORDS), 1..9),
        more in proptest::collection::vec(prop::sample::select(WORDS), 1..4),
        lang in 0..3usize,
    ) {
        let questions = [format!("{}?", words.join(" ")), format!("और {}?", more.join(" ")), format!("and {}?", more.join(" "))];
        for a in asked(&questions, [None, Some(Lang::Hi), Some(Lang::En)][lang]) {
            keeps_its_promises(&a)?;
        }
    }
}

const WORDS: &[&str] = &[
    "मोदी",
    "पुतिन",
    "भारत",
    "चीन ने",
    "जयशंकर",
    "से",
    "को",
    "के बीच",
    "मुलाकात",
    "दौरा",
    "यात्रा पर",
    "कब",
    "कहां",
    "किसने",
    "किससे",
    "कितनी बार",
    "क्या",
    "क्या कहा",
    "बोले",
    "मिले",
    "आएंगे",
    "गए",
    "हमला",
    "किया",
    "इनकार",
    "टल गया",
    "पिछले महीने",
    "2025 में",
    "जुलाई 2025 से",
    "अब तक",
    "when",
    "did",
    "Modi",
    "meet",
    "Putin",
    "visit",
    "India",
    "who",
    "attacked",
    "what",
    "said",
    "say",
    "about",
    "Russia",
    "in",
    "July",
    "2025",
    "last",
    "month",
    "how often",
    "denied",
    "changed",
    "coming",
    "between",
    "and",
    "शी जिनपिंग",
    "संयुक्त राष्ट्र",
    "व्यापार",
    "?",
    "“",
    "”",
    "\n",
    "।",
    "5",
    "16 and 18 June",
    "क्यों",
    "राष्ट्रपति",
];

/// The answer's words are those of the articles: no quotation is made up.
#[test]
fn quotations_stand_in_the_articles() {
    let records = gold();
    let texts: Vec<&str> = records.iter().map(|r| r.document.text.as_str()).collect();
    let questions: Vec<String> = common::Expected::read("questions.toml").into_iter().map(|e| e.q).collect();
    let mut quoted = 0;
    for a in asked(&questions, None) {
        let words = a.engagements.iter().flat_map(|e| e.evidence.iter().map(|p| &p.words)).chain(a.statements.iter().map(|s| &s.text));
        for w in words {
            quoted += 1;
            assert!(texts.iter().any(|t| t.contains(w.as_str())), "{w}");
        }
    }
    assert!(quoted > 200, "{quoted}");
}
