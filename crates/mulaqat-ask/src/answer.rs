//! What is answered: the sentence, and all that stands behind it.

use crate::Lang;
use crate::question::Ask;
use mulaqat::record::{Medium, Status};
use mulaqat_ledger::Conflict;
use serde::Serialize;

/// How sure the answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Reported as having happened or under way, by someone named or by the article itself, and not contradicted.
    Certain,
    /// Announced for a day to come.
    Announced,
    /// Proposed, believed, or told by unnamed sources only; or the reports do not quite say what was asked.
    Unconfirmed,
    /// Put off, called off or denied.
    Off,
    /// Reports contradict each other in what was asked.
    Disputed,
    /// Nothing was found.
    None,
}

/// An answer.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Answer {
    pub question: String,
    /// Language of the answer.
    pub lang: Lang,
    /// False when there is no answer.
    pub found: bool,
    /// The answer in a sentence or a few; when nothing was found, that, and why.
    pub text: String,
    pub certainty: Certainty,
    pub understood: Understood,
    /// For a question how often.
    pub count: Option<usize>,
    /// The count, or those who fill the hole, go on beyond what was looked at: the newest.
    pub at_least: bool,
    /// What fills the hole: names of persons, countries, places, subjects.
    pub names: Vec<String>,
    /// Engagements that fit: what is to come by its day, what has been with the newest first.
    pub engagements: Vec<Found>,
    /// How many more fit; 0 too when they were not counted.
    pub more: usize,
    pub statements: Vec<Quoted>,
}

/// What was understood of a question.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Understood {
    pub ask: Ask,
    /// In words, in the language of the answer.
    pub text: String,
    pub who: Vec<String>,
    /// `meeting`, `visit`, `phone`, or PLOVER types; empty for any.
    pub kinds: Vec<String>,
    pub status: Vec<Status>,
    /// First and last day asked for.
    pub from: Option<String>,
    pub to: Option<String>,
    /// Words that a report must hold.
    pub words: Vec<String>,
    /// Names and words that the ledger or the program does not know.
    pub unknown: Vec<String>,
}

/// An engagement that fits.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Found {
    pub id: String,
    /// What happened, when, where, and how sure that is.
    pub sentence: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub class: String,
    pub status: Status,
    /// EDTF.
    pub date: Option<String>,
    /// The date in words.
    pub when: String,
    pub actors: Vec<String>,
    pub recipients: Vec<String>,
    pub places: Vec<String>,
    pub certainty: Certainty,
    /// Whom the reports name as their source, and the publishers.
    pub sources: Vec<Source>,
    pub conflicts: Vec<Conflict>,
    /// The conflicts in words.
    pub disagreement: Vec<String>,
    pub evidence: Vec<Proof>,
    /// Independent sources, and documents.
    pub families: usize,
    pub documents: usize,
}

/// Who says so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
pub struct Source {
    /// Null where nobody is named.
    pub name: Option<String>,
    /// `publisher`, or a kind of source of the record (`agency`, `official` …).
    pub kind: String,
}

/// The words of an article.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Proof {
    pub doc: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub published: Option<String>,
    pub status: Status,
    pub date: Option<String>,
    /// The rest of the sentence before the words, the words, and after them.
    pub before: String,
    pub words: String,
    pub after: String,
}

/// A statement that fits.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Quoted {
    pub sentence: String,
    pub speaker: String,
    /// In quotation marks in the article, or reported.
    pub direct: bool,
    pub medium: Option<Medium>,
    pub text: String,
    /// Day of the report.
    pub day: Option<String>,
    pub doc: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub published: Option<String>,
}
