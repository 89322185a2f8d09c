//! Frames: which words make which PLOVER event, and which case fills which slot. The data stand in `lang/hi/frames/`.

use crate::lang::Case;
use crate::record::EventType;
use crate::text::Sym;
use serde::{Deserialize, Serialize};

/// How the phrases around the trigger become participants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// All take part alike: a meeting.
    Mutual,
    /// Someone travels to a place.
    Visit,
    /// Someone comes home from a visit: ends one that is told elsewhere.
    Return,
    /// One acts, another receives.
    Directed,
    /// Several act together: an agreement.
    Joint,
}

/// What must be found for the frame to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Needs {
    #[default]
    None,
    /// A further participant.
    With,
    /// A further participant who is a person or body (मिलना is also to receive a thing).
    WithPerson,
    To,
    Place,
    /// A directed happening told before, which it turns on.
    Back,
}

/// A case as the frame files name it: that of the phrase itself, or of the noun that its genitive belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Slot {
    Of(Case),
    GenHead,
    /// A country or place without a postposition, right before the verb: भूटान भेजा.
    Goal,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Frame {
    pub id: String,
    pub kind: EventType,
    pub modes: Vec<String>,
    pub shape: Shape,
    /// Modes that words of the clause add: अपील with छोड़ने is one to yield.
    pub mode_when: Vec<(String, Vec<Sym>)>,
    /// Stems of verbs that may carry the noun; empty for any.
    pub light: Vec<Sym>,
    pub with: Vec<Case>,
    pub to: Vec<Slot>,
    pub needs: Needs,
    /// The noun tells of the happening without a verb: बैठक में, यात्रा के दौरान.
    pub nominal: bool,
    /// The noun with its own verb inside: समझौते होने.
    pub bare: bool,
    /// Joining a gathering: the gathering's noun stands beside it.
    pub attend: bool,
    /// Yields to any other event told of the same participants.
    pub weak: bool,
    /// Turns back on the last directed event: its recipient acts, its actor receives.
    pub back: bool,
    /// That it has not happened is news too: भारत ने मान्यता नहीं दी है.
    pub deniable: bool,
    /// One of these must stand in the clause.
    pub words: Vec<Sym>,
    /// Being somewhere: दिल्ली में रहेंगे.
    pub stay: bool,
    /// Holds only after an infinitive in को: हटाने को कहा.
    pub after_infinitive: bool,
    /// With these verbs the subject is the recipient: न्योता मिला.
    pub recipient_subject: Vec<Sym>,
}
