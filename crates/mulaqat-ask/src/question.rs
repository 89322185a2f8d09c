//! What a question asks: a record with a hole.

use crate::Lang;
use mulaqat::record::{EntityType, Medium, Status};
use mulaqat_ledger::day::Day;
use serde::Serialize;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    Who,
    When,
    Where,
    Often,
    Said,
    Upcoming,
    Changed,
    Denied,
    Happened,
    About,
    Whether,
    /// Why, how, how much: a ledger of happenings does not know.
    Why,
}

impl Ask {
    /// The one of a key of the files of words.
    pub fn from_key(key: &str) -> Option<Ask> {
        Some(match key {
            "who" => Ask::Who,
            "when" => Ask::When,
            "where" => Ask::Where,
            "often" => Ask::Often,
            "said" => Ask::Said,
            "upcoming" => Ask::Upcoming,
            "changed" => Ask::Changed,
            "denied" => Ask::Denied,
            "happened" => Ask::Happened,
            "about" => Ask::About,
            "whether" => Ask::Whether,
            "why" => Ask::Why,
            _ => return None,
        })
    }
}

/// The part that a party of the question, or its hole, plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Actor,
    Recipient,
    With,
    Place,
    /// What words are about.
    About,
}

impl Side {
    pub fn from_key(key: &str) -> Option<Side> {
        Some(match key {
            "actor" => Side::Actor,
            "recipient" => Side::Recipient,
            "with" => Side::With,
            "place" => Side::Place,
            "about" => Side::About,
            _ => return None,
        })
    }
}

/// Someone, some country or some place that the question names.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// As the question has it.
    pub text: String,
    pub kind: EntityType,
    /// Keys of identities, an alpha-3 code, or the names of a place; any of them is meant.
    pub keys: Vec<String>,
    /// Alpha-3 code of a country, or of that of the party.
    pub country: Option<String>,
    /// Unknown where the question leaves it open.
    pub side: Option<Side>,
    /// The ledger knows it.
    pub known: bool,
}

/// Whether what happened or what is to come is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mood {
    #[default]
    Any,
    Past,
    Future,
}

/// Days asked for, both ends inclusive; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    pub from: Option<Day>,
    pub to: Option<Day>,
}

/// Which of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    First,
    Last,
}

/// A question, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub text: String,
    pub lang: Lang,
    pub ask: Ask,
    /// The part that whoever is asked for plays.
    pub hole: Option<Side>,
    /// What sort of entity is asked for.
    pub of: Option<EntityType>,
    pub parties: Vec<Party>,
    /// `meeting`, `visit`, `phone`, or PLOVER types; empty for any.
    pub kinds: Vec<String>,
    /// What is told apart within a type; empty where nothing is.
    pub senses: Vec<String>,
    pub status: Vec<Status>,
    /// Where something was said.
    pub medium: Option<Medium>,
    pub mood: Mood,
    pub period: Option<Period>,
    pub order: Option<Order>,
    /// Words that a report must hold.
    pub words: Vec<String>,
    /// PLOVER contexts, one of which it must have.
    pub contexts: Vec<String>,
    /// Names and words that nobody knows.
    pub unknown: Vec<String>,
    /// It leaves out what a question before it said.
    pub elliptic: bool,
}

impl Question {
    pub fn new(text: &str, lang: Lang) -> Question {
        Question {
            text: text.into(),
            lang,
            ask: Ask::Happened,
            hole: None,
            of: None,
            parties: vec![],
            kinds: vec![],
            senses: vec![],
            status: vec![],
            medium: None,
            mood: Mood::Any,
            period: None,
            order: None,
            words: vec![],
            contexts: vec![],
            unknown: vec![],
            elliptic: false,
        }
    }

    /// Nothing in it can be looked for.
    pub fn is_empty(&self) -> bool {
        self.parties.is_empty()
            && self.kinds.is_empty()
            && self.period.is_none()
            && self.words.is_empty()
            && self.contexts.is_empty()
            && self.status.is_empty()
            && !matches!(self.ask, Ask::Upcoming | Ask::Changed)
    }

    /// It asks who or where somebody is, not what happened.
    pub fn is_vague(&self) -> bool {
        let told = !self.kinds.is_empty() || !self.status.is_empty() || self.period.is_some() || !self.contexts.is_empty();
        match self.ask {
            Ask::Who => !told,
            Ask::When | Ask::Where | Ask::Often | Ask::About | Ask::Whether => !told && self.parties.len() < 2,
            _ => false,
        }
    }

    /// Takes what it leaves out from the question before: a period, party or place that it names stands in for the one of its kind there.
    pub fn go_on_from(&mut self, before: Question) {
        let new = std::mem::replace(self, Question { text: self.text.clone(), lang: self.lang, ..before });
        self.period = new.period.or(self.period);
        // a period in the past asks what was, and the other way round only where the verb says so
        if new.mood != Mood::Any {
            self.mood = new.mood;
        }
        if !new.kinds.is_empty() {
            self.kinds = new.kinds;
            self.senses = new.senses;
        }
        if !new.status.is_empty() {
            self.status = new.status;
        }
        if !new.contexts.is_empty() {
            self.contexts = new.contexts;
        }
        if !new.words.is_empty() {
            self.words = new.words;
        }
        self.unknown = new.unknown;
        self.order = new.order.or(self.order);
        for party in new.parties {
            let alike = |p: &Party, strict: bool| p.kind == party.kind && (!strict || party.side.is_none() || p.side == party.side);
            let at = self.parties.iter().rposition(|p| alike(p, true)).or_else(|| self.parties.iter().rposition(|p| alike(p, false)));
            match at {
                Some(n) => self.parties[n] = Party { side: self.parties[n].side, ..party },
                None => self.parties.push(party),
            }
        }
        if new.hole.is_some() {
            self.hole = new.hole;
            self.ask = new.ask;
        }
        self.elliptic = true;
    }
}
