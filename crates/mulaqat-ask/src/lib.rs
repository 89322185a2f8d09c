//! Answers questions in Hindi and English from a ledger: a question is a record with a hole.
//!
//! [`ask`] reads the question ([`Question`]: whom it names, what sort of happening, when, and what it asks for), looks for engagements
//! and statements that fill the hole, and tells them in a sentence with their status, sources and the words of the articles.
//! Nothing is guessed: what is only planned, believed, denied or disputed is said to be so, and what is not found is not answered.
//! [`Talk`] keeps the question before, from which a follow-up such as *and last month?* goes on.

mod answer;
mod english;
mod error;
mod find;
mod hindi;
mod names;
mod period;
mod question;
mod say;
mod words;

pub use answer::{Answer, Certainty, Found, Proof, Quoted, Source, Understood};
pub use error::{Error, Result};
pub use question::{Ask, Mood, Party, Period, Question, Side};

use mulaqat::Engine;
use mulaqat_ledger::{Ledger, day::Day};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use words::Words;

/// A language of questions and answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    Hi,
    En,
}

impl Lang {
    /// BCP 47.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Hi => "hi",
            Lang::En => "en",
        }
    }

    /// The language of a text: Hindi where any letter of it is Devanagari.
    pub fn of(text: &str) -> Lang {
        if text.chars().any(|c| matches!(c, '\u{900}'..='\u{97f}')) { Lang::Hi } else { Lang::En }
    }
}

/// How to answer.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Language of the answer; that of the question where it is not said.
    pub lang: Option<Lang>,
    /// The day from which *last month* and *tomorrow* count.
    pub today: Day,
    /// Only what had been reported by then.
    pub as_of: Option<Day>,
    /// How many engagements or statements are told at most.
    pub limit: usize,
}

/// Words with which an answer is shown: headings, and what the statuses are called.
#[derive(Debug)]
pub struct Labels {
    pub understood: &'static str,
    pub sources: &'static str,
    pub anonymous: &'static str,
    pub label_status: &'static str,
    /// By the term of the record (`occurred` …).
    pub status: &'static BTreeMap<String, String>,
}

/// The words with which an answer in a language is shown.
pub fn labels(lang: Lang) -> Result<Labels> {
    let m = Words::get().map_err(Error::Words)?.messages(lang);
    Ok(Labels {
        understood: m.get("understood"),
        sources: m.get("sources"),
        anonymous: m.get("anonymous"),
        label_status: m.get("label_status"),
        status: &m.status,
    })
}

/// Answers one question.
///
/// Total over questions: one that is not understood, or finds nothing, is an [`Answer`] with `found` false that says what was
/// understood. Fails only when the ledger cannot be read.
pub fn ask(engine: &Engine, ledger: &Ledger, question: &str, options: &Options) -> Result<Answer> {
    Talk::new(engine, ledger).ask(question, options)
}

/// Questions one after the other.
#[derive(Debug)]
pub struct Talk<'a> {
    engine: &'a Engine,
    ledger: &'a Ledger,
    before: Option<Question>,
}

impl<'a> Talk<'a> {
    pub fn new(engine: &'a Engine, ledger: &'a Ledger) -> Talk<'a> {
        Talk { engine, ledger, before: None }
    }

    /// Answers a question; an elliptic one takes what it leaves out from the question before.
    pub fn ask(&mut self, question: &str, options: &Options) -> Result<Answer> {
        let words = Words::get().map_err(Error::Words)?;
        let mut q = match Lang::of(question) {
            Lang::Hi => hindi::read(self.engine, self.ledger, words, question, options.today)?,
            Lang::En => english::read(self.ledger, words, question, options.today)?,
        };
        if let Some(before) = self.before.take().filter(|_| q.elliptic) {
            q.go_on_from(before);
        }
        let lang = options.lang.unwrap_or(q.lang);
        let found = find::find(self.engine, self.ledger, words, &q, options)?;
        let answer = say::say(self.ledger, words.messages(lang), lang, &q, found, options)?;
        self.before = Some(q);
        Ok(answer)
    }
}
