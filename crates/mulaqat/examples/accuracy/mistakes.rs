//! What the scorer counts, looked at more closely: which events were taken for which, and why one was missed.

use mulaqat::check::term;
use mulaqat::record::{Event, EventType, Record, Span};
use mulaqat::score::{Alignment, align};
use std::ops::Range;

/// How an event that found no partner stands to the other record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Instead {
    /// The same words are an event of another type there.
    Type(EventType),
    /// The same words are an event of the same type there, in which nobody else takes part.
    Others,
    /// The same words belong to an event of the same type there that has a partner already.
    Told,
    /// They belong to one of another type that has a partner already.
    Part(EventType),
    Nothing,
}

/// An event that only one side has.
pub struct Lone<'a> {
    pub record: &'a Record,
    pub event: &'a Event,
    pub instead: Instead,
}

/// A gold record beside its prediction.
pub struct Compared<'a> {
    pub gold: &'a Record,
    pub read: &'a Record,
    pub alignment: Alignment<'a>,
    pub missed: Vec<Lone<'a>>,
    pub extra: Vec<Lone<'a>>,
}

impl<'a> Compared<'a> {
    pub fn new(gold: &'a Record, read: &'a Record) -> Compared<'a> {
        let alignment = align(gold, read);
        let paired = |of: fn(&(usize, usize)) -> usize| alignment.events.iter().map(of).collect::<Vec<_>>();
        let missed = lone(gold, &paired(|p| p.0), read, &paired(|p| p.1));
        let extra = lone(read, &paired(|p| p.1), gold, &paired(|p| p.0));
        Compared { gold, read, alignment, missed, extra }
    }

    /// Events that both sides have, gold's first.
    pub fn events(&self) -> impl Iterator<Item = (&'a Event, &'a Event)> {
        self.alignment.events.iter().map(|&(g, r)| (&self.gold.events[g], &self.read.events[r]))
    }
}

fn lone<'a>(record: &'a Record, paired: &[usize], other: &'a Record, other_paired: &[usize]) -> Vec<Lone<'a>> {
    let there: Vec<_> = other.events.iter().map(|v| places(other, &v.evidence)).collect();
    let mut found = vec![];
    for (_, event) in record.events.iter().enumerate().filter(|(i, _)| !paired.contains(i)) {
        let here = places(record, &event.evidence);
        let same_words = (0..there.len()).filter(|j| here.iter().any(|a| there[*j].iter().any(|b| overlap(a, b))));
        let instead = same_words.map(|j| match &other.events[j] {
            v if v.kind == event.kind && other_paired.contains(&j) => Instead::Told,
            v if v.kind == event.kind => Instead::Others,
            v if other_paired.contains(&j) => Instead::Part(v.kind),
            v => Instead::Type(v.kind),
        });
        // the enum's order is how telling the answer is
        found.push(Lone { record, event, instead: instead.min().unwrap_or(Instead::Nothing) });
    }
    found
}

/// Where spans stand, in code points; gold leaves positions out.
fn places(record: &Record, spans: &[Span]) -> Vec<Range<usize>> {
    let text = &record.document.text;
    let found = |s: &Span| text.find(&s.text).map(|byte| text[..byte].chars().count());
    spans.iter().filter_map(|s| s.start.or_else(|| found(s)).map(|start| start..start + s.text.chars().count())).collect()
}

/// At least half of the shorter one is shared: neighbouring clauses may touch.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    shared > 0 && 2 * shared >= a.len().min(b.len())
}

/// Participants and words of an event, short enough for a list.
pub fn show(record: &Record, v: &Event) -> String {
    let names = |ids: &[String]| ids.iter().map(|id| name(record, id)).collect::<Vec<_>>().join(", ");
    let to = if v.recipients.is_empty() { String::new() } else { format!(" → {}", names(&v.recipients)) };
    format!("`{}` {}{to} {}", record.document.id, names(&v.actors), words(v))
}

fn name<'a>(record: &'a Record, id: &'a str) -> &'a str {
    record.entities.iter().find(|e| e.id == id).map_or(id, |e| &e.name)
}

/// The first words of the best evidence.
pub fn words(v: &Event) -> String {
    let evidence = v.evidence.first().map_or("", |e| &e.text);
    let all: Vec<&str> = evidence.split_whitespace().collect();
    let cut = if all.len() > 16 { " …" } else { "" };
    // a bar would end the cell of a table
    format!("«{}{cut}»", all[..all.len().min(16)].join(" ").replace('|', "¦"))
}

/// How an event without partner stands to the other record, in words; `there` names that record's doing.
pub fn why(lone: &Lone, there: &str) -> String {
    match lone.instead {
        Instead::Type(kind) => format!("{there} {}", term(kind)),
        Instead::Others => format!("{there} {}, but of others", term(lone.event.kind)),
        Instead::Told => format!("{there} one with another {}", term(lone.event.kind)),
        Instead::Part(kind) => format!("{there} part of {}", term(kind)),
        Instead::Nothing => format!("{there} nothing"),
    }
}
