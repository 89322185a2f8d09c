//! The record: what one article becomes. Types of the output contract (`mulaqat/1`).
//!
//! Terms are the field's: PLOVER for event types, modes and contexts; EDTF (ISO 8601-2) for dates;
//! ISO 3166-1 alpha-3 for countries; W3C Web Annotation's TextPositionSelector for positions
//! (Unicode code points from the start of `document.text`, end exclusive).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Value of [`Record::schema`].
pub const SCHEMA: &str = "mulaqat/1";

/// Everything read from one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Always `mulaqat/1`.
    pub schema: String,
    pub document: Document,
    #[serde(default)]
    pub entities: Vec<Entity>,
    #[serde(default)]
    pub times: Vec<Time>,
    #[serde(default)]
    pub events: Vec<Event>,
    #[serde(default)]
    pub statements: Vec<Statement>,
}

/// An article and what is known about it before reading.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub url: Option<String>,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub publisher: Option<String>,
    /// Publication date, ISO 8601 `YYYY-MM-DD`.
    #[serde(default)]
    pub published: Option<String>,
    /// BCP 47 language of `text`.
    #[serde(default = "hindi")]
    pub language: String,
    pub text: String,
}

fn hindi() -> String {
    "hi".into()
}

/// Words of the text and where they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// An exact substring of `document.text`.
    pub text: String,
    /// First code point. Gold files may leave it out; program output never does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// Code point after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EntityType {
    Person,
    Country,
    Organization,
    Place,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// The fullest form in the article, without titles and honorifics.
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// ISO 3166-1 alpha-3 code of the country it belongs to or represents.
    #[serde(default)]
    pub country: Option<String>,
    #[serde(default)]
    pub roles: Vec<Role>,
    #[serde(default)]
    pub mentions: Vec<Span>,
}

/// An office: the title as in the text, and the country (alpha-3) or organisation it is of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Role {
    pub title: String,
    #[serde(default)]
    pub of: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Time {
    #[serde(flatten)]
    pub span: Span,
    /// EDTF value; a duration is ISO 8601 (`P2D`); null when it cannot be anchored.
    #[serde(default)]
    pub value: Option<String>,
}

/// PLOVER event types, in the order of precedence of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum EventType {
    Consult,
    Agree,
    Support,
    Cooperate,
    Aid,
    Concede,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Occurred,
    Ongoing,
    Scheduled,
    Tentative,
    Postponed,
    Cancelled,
    Denied,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER modes of the type; mostly empty.
    #[serde(default)]
    pub modes: Vec<String>,
    pub status: Status,
    /// Entity ids.
    pub actors: Vec<String>,
    #[serde(default)]
    pub recipients: Vec<String>,
    /// EDTF, as exact as the article allows.
    #[serde(default)]
    pub date: Option<String>,
    /// Entity ids.
    #[serde(default)]
    pub places: Vec<String>,
    /// PLOVER contexts.
    #[serde(default)]
    pub contexts: Vec<String>,
    #[serde(default)]
    pub sources: Vec<Source>,
    /// The clauses that say so, the best first.
    pub evidence: Vec<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    Agency,
    Media,
    Official,
    Person,
    SocialMedia,
    Anonymous,
}

/// Who says that an event happened or will, beside the article's own publisher.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    #[serde(default)]
    pub name: Option<String>,
    pub kind: SourceKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    SocialMedia,
    PressConference,
    Interview,
    Speech,
    PressRelease,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    pub id: String,
    /// Entity id.
    pub speaker: String,
    /// In quotation marks, or reported.
    pub direct: bool,
    #[serde(default)]
    pub medium: Option<Medium>,
    #[serde(flatten)]
    pub span: Span,
}
