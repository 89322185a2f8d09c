//! Explanations: for each name, date and event, which rule or list made it over which words, and what nearly fired.

use crate::engine::{Analysis, Engine};
use crate::grammar::{Item, Phrase};
use crate::names::What;
use crate::record::{Document, Span, Status};
use serde::Serialize;
use std::fmt;

/// What was found in one article, and why.
#[derive(Debug, Serialize)]
pub struct Trace {
    pub id: String,
    /// Each sentence as the grammar sees it: phrases with their case, nouns with the frames that know them, verbs.
    pub sentences: Vec<SentenceTrace>,
    pub names: Vec<NameTrace>,
    pub times: Vec<TimeTrace>,
    pub events: Vec<EventTrace>,
    /// Frames whose trigger stood there and that did not hold.
    pub nearly: Vec<NearTrace>,
}

#[derive(Debug, Serialize)]
pub struct SentenceTrace {
    pub words: Span,
    pub phrases: String,
}

#[derive(Debug, Serialize)]
pub struct NameTrace {
    pub words: Span,
    /// The entity that the words stand for.
    pub entity: Option<String>,
    pub what: &'static str,
    /// The word list or rule.
    pub rule: &'static str,
}

#[derive(Debug, Serialize)]
pub struct TimeTrace {
    pub words: Span,
    pub value: Option<String>,
    pub rule: String,
}

#[derive(Debug, Serialize)]
pub struct EventTrace {
    pub id: String,
    /// The frame's id in `lang/hi/frames/`.
    pub frame: String,
    /// The word that called the frame up.
    pub trigger: Span,
    pub status: Status,
    pub actors: Vec<String>,
    pub recipients: Vec<String>,
    pub date: Option<String>,
    /// Whether the date stands in the clause or is taken from the article's day.
    pub date_from: &'static str,
    pub evidence: Vec<Span>,
}

#[derive(Debug, Serialize)]
pub struct NearTrace {
    pub frame: String,
    pub trigger: Span,
    pub why: &'static str,
}

impl Engine {
    /// Why the record of `doc` is as it is.
    pub fn explain(&self, doc: &Document) -> Trace {
        let a: Analysis = self.analyse(doc);
        let name = |e: &usize| a.names.entities[*e].name.clone();
        let frame = |f: u16| self.pack().frames[f as usize].id.clone();
        Trace {
            id: doc.id.clone(),
            sentences: a
                .parsed
                .sentences
                .iter()
                .map(|s| SentenceTrace {
                    words: a.text.span(s.from, s.to),
                    phrases: s.items.iter().map(|i| self.phrase(&a, i)).collect::<Vec<_>>().join(" "),
                })
                .collect(),
            names: a
                .names
                .mentions
                .iter()
                .map(|m| NameTrace {
                    words: a.text.span(m.from, m.to),
                    entity: m.entity.as_ref().map(name),
                    what: what(m.what),
                    rule: m.rule,
                })
                .collect(),
            times: a
                .times
                .iter()
                .map(|t| TimeTrace { words: a.text.span(t.from, t.to), value: t.value.clone(), rule: t.rule.to_string() })
                .collect(),
            events: a
                .events
                .iter()
                .enumerate()
                .map(|(n, h)| EventTrace {
                    id: format!("v{}", n + 1),
                    frame: frame(h.frame),
                    trigger: a.text.span(h.trigger.0, h.trigger.1),
                    status: h.status,
                    actors: h.actors.iter().map(name).collect(),
                    recipients: h.recipients.iter().map(name).collect(),
                    date: h.date.clone(),
                    date_from: if h.date.is_none() {
                        "none"
                    } else if h.dated {
                        "clause"
                    } else {
                        "context"
                    },
                    evidence: h.evidence.iter().map(|&(from, to)| a.text.span(from, to)).collect(),
                })
                .collect(),
            nearly: a
                .near
                .iter()
                .map(|n| NearTrace { frame: frame(n.frame), trigger: a.text.span(n.trigger.0, n.trigger.1), why: n.why })
                .collect(),
        }
    }
}

impl Engine {
    fn phrase(&self, a: &Analysis, i: &Item) -> String {
        let words = a.text.slice(i.from, i.to);
        match &i.phrase {
            Phrase::Np { case, head: None, .. } => format!("[{words}]{case:?}"),
            Phrase::Np { case, head: Some(h), .. } => format!("[{words}]{case:?}/{h:?}"),
            Phrase::Pronoun { case, head: None, .. } | Phrase::Both { case, head: None, .. } => format!("<{words}>{case:?}"),
            Phrase::Pronoun { case, head: Some(h), .. } | Phrase::Both { case, head: Some(h), .. } => format!("<{words}>{case:?}/{h:?}"),
            Phrase::Plain { case } => format!("{words}/{case:?}"),
            Phrase::Time { case, .. } => format!("@{words}@{case:?}"),
            Phrase::Noun { frames, case } => {
                let ids: Vec<&str> = frames.iter().map(|&f| self.pack().frames[f as usize].id.as_str()).collect();
                format!("{{{words}: {}}}{case:?}", ids.join(" "))
            }
            Phrase::Verb(v) => format!("({words}){:?}{}/{:?}", v.aspect, if v.negated { "!" } else { "" }, v.end),
            Phrase::Quote(_) => "“…”".into(),
            Phrase::And => format!("&{words}"),
            Phrase::That | Phrase::Break => format!("|{words}|"),
            Phrase::Word(_) | Phrase::Punct(_) => words.into(),
        }
    }
}

fn what(w: What) -> &'static str {
    match w {
        What::Person(_) => "person",
        What::Office => "office",
        What::Counterpart => "counterpart",
        What::Country(_) => "country",
        What::People(_) => "people of a country",
        What::Body(_) => "organization",
        What::Place(_) => "place",
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let at = |s: &Span| format!("{}–{} «{}»", s.start.unwrap_or(0), s.end.unwrap_or(0), s.text);
        if !self.id.is_empty() {
            writeln!(f, "# {}", self.id)?;
        }
        writeln!(f, "sentences")?;
        for s in &self.sentences {
            writeln!(f, "  {}", s.phrases)?;
        }
        writeln!(f, "names")?;
        for n in &self.names {
            writeln!(f, "  {} → {} ({}; {})", at(&n.words), n.entity.as_deref().unwrap_or("by context"), n.what, n.rule)?;
        }
        writeln!(f, "times")?;
        for t in &self.times {
            writeln!(f, "  {} → {} ({})", at(&t.words), t.value.as_deref().unwrap_or("no anchor"), t.rule)?;
        }
        writeln!(f, "events")?;
        for e in &self.events {
            let status = format!("{:?}", e.status).to_lowercase();
            writeln!(
                f,
                "  {} {} by {}: {} → {}, {status}, {} (date from {})",
                e.id,
                e.frame,
                at(&e.trigger),
                e.actors.join(" + "),
                e.recipients.join(" + "),
                e.date.as_deref().unwrap_or("no date"),
                e.date_from
            )?;
            for v in &e.evidence {
                writeln!(f, "      {}", at(v))?;
            }
        }
        writeln!(f, "nearly")?;
        for n in &self.nearly {
            writeln!(f, "  {} by {}: {}", n.frame, at(&n.trigger), n.why)?;
        }
        Ok(())
    }
}
