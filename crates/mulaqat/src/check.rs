//! The contract of a record beyond its JSON shape: exact spans, known ids, terms of the field, EDTF dates.

use crate::edtf::Edtf;
use crate::record::{EventType, Record, SCHEMA, Span};
use serde::Serialize;
use std::collections::BTreeSet;

/// The PLOVER contexts an event may carry.
#[rustfmt::skip]
pub const CONTEXTS: [&str; 37] = [
    "military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy", "pro_autocracy",
    "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression", "human_security", "gender", "lgbt",
    "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping", "health", "asylum", "migration", "disasters",
    "natural_resource", "environment", "technology", "terrorism", "cbrn", "cyber", "misinformation", "crime", "corruption",
    "illegal_drugs", "trafficking",
];

/// The PLOVER modes that events of a type may carry.
pub fn modes(kind: EventType) -> &'static [&'static str] {
    match kind {
        EventType::Consult => &["visit", "multilateral", "third-party", "phone"],
        EventType::Request | EventType::Reject => &["assist", "change", "yield", "meet"],
        EventType::Accuse => &["disapprove", "allege", "investigate"],
        EventType::Retreat => &["withdraw", "release", "disarm", "ceasefire", "access", "resign"],
        EventType::Threaten => &["restrict", "arrest", "relations", "expel", "territory", "violence"],
        EventType::Protest => &["demo", "riot", "strike", "hunger", "boycott", "obstruct"],
        EventType::Sanction => &["convict", "expel", "withdraw", "discontinue"],
        EventType::Mobilize => &["troops", "weapons", "police", "militia"],
        EventType::Coerce => {
            &["seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber"]
        }
        EventType::Assault => &[
            "abduct",
            "beat",
            "torture",
            "sexual",
            "targeted",
            "destroy",
            "primitive",
            "firearms",
            "explosives",
            "suicide-attack",
            "aerial",
            "drone",
            "heavy-weapons",
            "crowd-control",
            "unconventional",
        ],
        EventType::Agree | EventType::Support | EventType::Cooperate | EventType::Aid | EventType::Concede => &[],
    }
}

/// A term of the record (type, status, kind, medium) as it is written there: `CONSULT`, `social_media`.
pub fn term(t: impl Serialize) -> String {
    serde_json::to_value(t).ok().and_then(|v| v.as_str().map(str::to_string)).unwrap_or_default()
}

/// Everything in which a record breaks the contract; empty when it holds.
pub fn check(r: &Record) -> Vec<String> {
    let mut c = Checker { text: &r.document.text, bytes: code_points(&r.document.text), bad: vec![] };
    if r.schema != SCHEMA {
        c.bad.push(format!("schema is «{}», not {SCHEMA}", r.schema));
    }
    let mut ids = BTreeSet::new();
    for e in &r.entities {
        let id = e.id.as_str();
        if !ids.insert(id) {
            c.bad.push(format!("entity id twice: {id}"));
        }
        if e.name.is_empty() {
            c.bad.push(format!("{id}: no name"));
        }
        let alpha3 = |s: &str| s.len() == 3 && s.bytes().all(|b| b.is_ascii_uppercase());
        if let Some(code) = e.country.as_deref().filter(|s| !s.is_empty() && !alpha3(s)) {
            c.bad.push(format!("{id}: country «{code}» is no alpha-3 code"));
        }
        if e.roles.iter().any(|x| x.title.is_empty()) {
            c.bad.push(format!("{id}: role without title"));
        }
        for m in &e.mentions {
            c.span(&format!("{id} mention"), m);
        }
    }
    for t in &r.times {
        c.span("time", &t.span);
        if let Some(v) = t.value.as_deref().filter(|v| Edtf::parse(v).is_none()) {
            c.bad.push(format!("time «{}»: value «{v}» is not EDTF", t.span.text));
        }
    }
    for v in &r.events {
        let id = &v.id;
        for m in v.modes.iter().filter(|m| !modes(v.kind).contains(&m.as_str())) {
            c.bad.push(format!("{id}: {} has no mode «{m}»", term(v.kind)));
        }
        if let Some(d) = v.date.as_deref().filter(|d| Edtf::parse(d).is_none() || d.starts_with('P')) {
            c.bad.push(format!("{id}: date «{d}» is not an EDTF date"));
        }
        for (slot, list) in [("actors", &v.actors), ("recipients", &v.recipients), ("places", &v.places)] {
            for x in list.iter().filter(|x| !ids.contains(x.as_str())) {
                c.bad.push(format!("{id}: {slot} names no entity «{x}»"));
            }
        }
        if v.actors.is_empty() {
            c.bad.push(format!("{id}: no actor"));
        }
        for x in v.contexts.iter().filter(|x| !CONTEXTS.contains(&x.as_str())) {
            c.bad.push(format!("{id}: no context «{x}»"));
        }
        if v.evidence.is_empty() {
            c.bad.push(format!("{id}: no evidence"));
        }
        for s in &v.evidence {
            c.span(&format!("{id} evidence"), s);
        }
    }
    for s in &r.statements {
        c.span(&s.id, &s.span);
        if !ids.contains(s.speaker.as_str()) {
            c.bad.push(format!("{}: speaker names no entity «{}»", s.id, s.speaker));
        }
    }
    c.bad
}

/// Byte offset of each code point, and of the end.
fn code_points(text: &str) -> Vec<usize> {
    text.char_indices().map(|(i, _)| i).chain([text.len()]).collect()
}

struct Checker<'a> {
    text: &'a str,
    bytes: Vec<usize>,
    bad: Vec<String>,
}

impl Checker<'_> {
    fn span(&mut self, of: &str, s: &Span) {
        let begin: String = s.text.chars().take(60).collect();
        if s.text.is_empty() {
            self.bad.push(format!("{of}: empty text"));
        } else if self.text.is_empty() {
            // a record may come without its article; nothing to compare with
        } else if let Some(start) = s.start {
            let at = |i: usize| self.bytes.get(i).copied();
            let end = s.end.unwrap_or(self.bytes.len() - 1);
            let words = at(start).zip(at(end)).and_then(|(a, b)| self.text.get(a..b));
            if words != Some(&s.text) {
                self.bad.push(format!("{of}: start {start} and end {end} do not give «{begin}»"));
            }
        } else if !self.text.contains(&s.text) {
            self.bad.push(format!("{of}: not an exact substring: «{begin}»"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Document, Event, Source, SourceKind, Status};

    fn record() -> Record {
        let text = "é रूस".to_string();
        let span = Span { text: "रूस".into(), start: Some(2), end: Some(5) };
        Record {
            schema: SCHEMA.into(),
            document: Document { text, ..Document::default() },
            entities: vec![],
            times: vec![],
            events: vec![Event {
                id: "v1".into(),
                kind: EventType::Consult,
                modes: vec!["visit".into()],
                status: Status::Occurred,
                actors: vec![],
                recipients: vec![],
                date: None,
                places: vec![],
                contexts: vec!["diplomatic".into()],
                sources: vec![Source { name: None, kind: SourceKind::Anonymous }],
                evidence: vec![span],
            }],
            statements: vec![],
        }
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(check(&record()), ["v1: no actor"]);
        let mut r = record();
        let v = &mut r.events[0];
        v.actors = vec!["e9".into()];
        v.modes = vec!["release".into()];
        v.contexts = vec!["gossip".into()];
        v.date = Some("P2D".into());
        v.evidence[0].start = Some(3);
        assert_eq!(
            check(&r),
            [
                "v1: CONSULT has no mode «release»",
                "v1: date «P2D» is not an EDTF date",
                "v1: actors names no entity «e9»",
                "v1: no context «gossip»",
                "v1 evidence: start 3 and end 5 do not give «रूस»",
            ]
        );
    }

    #[test]
    fn a_span_beyond_the_text_is_no_panic() {
        let mut r = record();
        r.events[0].evidence[0].end = Some(usize::MAX);
        assert_eq!(check(&r).len(), 2);
    }
}
