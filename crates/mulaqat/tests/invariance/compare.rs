//! Which events of a record are still there, unchanged, in the record of the changed article.

use crate::articles::{Expected, forms};
use crate::words::folded;
use mulaqat::record::{Entity, EntityType, Event, EventType, Record, SourceKind, Status};
use std::collections::{BTreeMap, BTreeSet};

/// The events of one article before and after a change.
#[derive(Default)]
pub struct Comparison {
    pub before: usize,
    pub unchanged: usize,
    /// Events that only the changed article has, beyond those that it lost.
    pub surplus: usize,
    /// Each event that changed, was lost, or came up.
    pub differences: Vec<String>,
}

/// All that an event says. Participants and places are entities of the changed record by id, or by name where it lacks them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Facts {
    kind: EventType,
    status: Status,
    date: Option<String>,
    modes: BTreeSet<String>,
    actors: BTreeSet<String>,
    recipients: BTreeSet<String>,
    places: BTreeSet<String>,
    contexts: BTreeSet<String>,
    sources: BTreeSet<(Option<String>, SourceKind)>,
}

impl Facts {
    fn new(event: &Event, entity: impl Fn(&String) -> String, source: impl Fn(&str, SourceKind) -> String) -> Facts {
        let set = |ids: &[String]| ids.iter().map(&entity).collect();
        let words = |list: &[String]| list.iter().cloned().collect();
        Facts {
            kind: event.kind,
            status: event.status,
            date: event.date.clone(),
            modes: words(&event.modes),
            actors: set(&event.actors),
            recipients: set(&event.recipients),
            places: set(&event.places),
            contexts: words(&event.contexts),
            sources: event.sources.iter().map(|s| (s.name.as_deref().map(|n| source(n, s.kind)), s.kind)).collect(),
        }
    }

    fn people(&self) -> BTreeSet<&String> {
        self.actors.union(&self.recipients).collect()
    }

    /// How much two events look like one that was changed; 0 for different events.
    fn likeness(&self, other: &Facts) -> usize {
        let shared = self.people().intersection(&other.people()).count();
        let same_people = usize::from(self.people() == other.people());
        match self.kind == other.kind {
            true => 4 * shared + 2 * same_people + usize::from(self.date == other.date),
            false => same_people,
        }
    }

    /// Slot by slot, as a reader would write it.
    fn slots(&self) -> [(&'static str, String); 9] {
        let list = |set: &BTreeSet<String>| set.iter().map(String::as_str).collect::<Vec<_>>().join(" + ");
        let source = |(name, kind): &(Option<String>, SourceKind)| format!("{} ({kind:?})", name.as_deref().unwrap_or("nobody named"));
        [
            ("type", format!("{:?}", self.kind).to_uppercase()),
            ("status", format!("{:?}", self.status).to_lowercase()),
            ("date", self.date.clone().unwrap_or_default()),
            ("modes", list(&self.modes)),
            ("actors", list(&self.actors)),
            ("recipients", list(&self.recipients)),
            ("places", list(&self.places)),
            ("contexts", list(&self.contexts)),
            ("sources", self.sources.iter().map(source).collect::<Vec<_>>().join(" + ")),
        ]
    }

    /// What `other` says differently.
    fn differences(&self, other: &Facts) -> String {
        let both = self.slots().into_iter().zip(other.slots());
        both.filter(|(a, b)| a != b).map(|((slot, a), (_, b))| format!("{slot} {{{a}}} → {{{b}}}")).collect::<Vec<_>>().join("; ")
    }
}

fn name(s: &str) -> String {
    folded(s).join(" ")
}

/// What a name should be after the change.
fn expected_name(old: &str, person: bool, expected: &Expected) -> String {
    let renamed = expected.names.apply(old);
    // the engine may take a part of a longer name for the name
    let words = folded(old);
    let part_of = |full: &[String]| !words.is_empty() && words.iter().all(|w| full.contains(w));
    match expected.persons.iter().find(|(full, _)| person && renamed == *old && part_of(full)) {
        Some((_, new)) => name(new),
        None => name(&renamed),
    }
}

/// Id of an entity before the change → id of the same one after it: countries by code, others by type and a name. One person
/// whom the engine took for two before may be one after.
fn link(before: &Record, after: &Record, expected: &Expected) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for b in &before.entities {
        let person = b.kind == EntityType::Person;
        let names: Vec<String> = forms(b).map(|n| expected_name(n, person, expected)).collect();
        let code = b.country.as_ref().map(|c| expected.countries.get(c).unwrap_or(c));
        let likeness = |a: &Entity| {
            let others: Vec<String> = forms(a).map(name).collect();
            let by_code = a.kind == EntityType::Country && code.is_some() && a.country.as_ref() == code;
            match a.kind == b.kind {
                true if by_code || names[0] == others[0] => 2,
                true if names.iter().any(|n| others.contains(n)) => 1,
                _ => 0,
            }
        };
        // the first of the best
        let best = after.entities.iter().rev().max_by_key(|a| likeness(a)).filter(|a| likeness(a) > 0);
        out.extend(best.map(|a| (b.id.clone(), a.id.clone())));
    }
    out
}

/// Takes pairs of events that satisfy `same` out of both lists, the best first.
fn pairs(left: &mut Vec<(Facts, &Event)>, right: &mut Vec<(Facts, &Event)>, same: fn(&Facts, &Facts) -> usize) -> Vec<(Facts, Facts)> {
    let mut out = vec![];
    loop {
        let all = left.iter().enumerate().flat_map(|(i, l)| right.iter().enumerate().map(move |(j, r)| (same(&l.0, &r.0), i, j)));
        match all.filter(|(likeness, ..)| *likeness > 0).max_by_key(|&(likeness, i, j)| (likeness, std::cmp::Reverse((i, j)))) {
            Some((_, i, j)) => out.push((left.remove(i).0, right.remove(j).0)),
            None => return out,
        }
    }
}

/// Compares the record of an article with that of the changed article.
pub fn compare(before: &Record, after: &Record, expected: &Expected) -> Comparison {
    let link = link(before, after, expected);
    let named = |record: &Record, id: &str| record.entities.iter().find(|e| e.id == id).map_or(id.to_string(), |e| e.name.clone());
    // both sides as names of the changed record, marked by id so that namesakes stay two
    let now = |id: &String| format!("{} {id}", named(after, id));
    let was = |id: &String| link.get(id).map_or_else(|| expected.names.apply(&named(before, id)), now);
    let old_source = |s: &str, kind| expected_name(s, kind == SourceKind::Person, expected);
    let mut lost: Vec<_> = before.events.iter().map(|v| (Facts::new(v, was, old_source), v)).collect();
    let mut new: Vec<_> = after.events.iter().map(|v| (Facts::new(v, now, |s, _| name(s)), v)).collect();

    let unchanged = pairs(&mut lost, &mut new, |a, b| usize::from(a == b)).len();
    let surplus = new.len().saturating_sub(lost.len());
    let show = |f: &Facts| {
        let [(_, kind), (_, status), (_, date), _, (_, actors), (_, recipients), ..] = f.slots();
        format!("{kind} {status} [{actors} → {recipients}] {date}")
    };
    let words = |events: &[(Facts, &Event)], facts: &Facts| {
        let event = events.iter().find(|(f, _)| f == facts);
        event.and_then(|(_, v)| v.evidence.first()).map_or(String::new(), |e| format!("  «{}»", e.text))
    };
    let (all_lost, all_new) = (lost.clone(), new.clone());
    let mut differences = vec![];
    for (old, changed) in pairs(&mut lost, &mut new, Facts::likeness) {
        differences.push(format!(
            "{}{}\n      changed: {}{}",
            show(&old),
            words(&all_lost, &old),
            old.differences(&changed),
            words(&all_new, &changed)
        ));
    }
    differences.extend(lost.iter().map(|(f, _)| format!("{}{}\n      gone", show(f), words(&all_lost, f))));
    differences.extend(new.iter().map(|(f, _)| format!("{}{}\n      new", show(f), words(&all_new, f))));
    Comparison { before: before.events.len(), unchanged, surplus, differences }
}
