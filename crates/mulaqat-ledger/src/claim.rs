//! A claim: what one report says of one happening, in the terms in which claims are compared.

use crate::day::{self, Day, Sharp, Window};
use crate::hash;
use crate::identity::{Decisions, Identified, Names, Who};
use mulaqat::check::term;
use mulaqat::edtf::{Edtf, Precision};
use mulaqat::record::{EntityType, Event, EventType, Record, Status};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// One side's party: a country or body, and who acts for it, where the report names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Alpha-3 code; the key of a body or person that belongs to no country.
    pub of: String,
    pub people: Vec<Who>,
    /// Neither a state nor someone of one: an organisation that states are members of, an armed group.
    pub body: bool,
}

/// What kinds of happening are told apart before anything is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Class {
    Visit,
    Phone,
    Meeting,
    Deed(EventType),
}

/// A claim, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    pub event: String,
    pub class: Class,
    pub status: Status,
    /// Day of the report.
    pub as_of: Day,
    pub window: Window,
    pub date: Option<String>,
    pub actors: Vec<Party>,
    pub recipients: Vec<Party>,
    /// Keys of cities and regions.
    pub cities: Vec<String>,
    /// Keys of all other places.
    pub venues: Vec<String>,
    /// Countries of the places.
    pub lands: Vec<String>,
    pub multilateral: bool,
    pub third_party: bool,
    pub contexts: Vec<String>,
    /// Sources named, `kind:name`.
    pub sources: Vec<String>,
    /// Identity key and the name to show, of all who take part; and of places, for display and for filters.
    pub actor_keys: Vec<(String, String)>,
    pub recipient_keys: Vec<(String, String)>,
    pub place_keys: Vec<(String, String)>,
}

impl Claim {
    /// It has happened or is under way, as this report tells it.
    pub fn real(&self) -> bool {
        matches!(self.status, Status::Occurred | Status::Ongoing)
    }

    pub fn parties(&self) -> impl Iterator<Item = &Party> {
        self.actors.iter().chain(&self.recipients)
    }

    /// Keys under which claims of the same happening find each other: the class with each pair of parties.
    ///
    /// Every pair, since reports of one summit name different members; few, since no report that names a dozen is compared by all.
    pub fn blocks(&self) -> Vec<i64> {
        const MOST: usize = 6;
        let mut of: Vec<&str> = self.parties().map(|p| p.of.as_str()).chain(self.host()).collect();
        of.sort_unstable();
        of.dedup();
        // bodies first: their meetings are told by them
        of.sort_by_key(|p| !p.starts_with("b:"));
        of.truncate(MOST);
        let class = format!("{:?}", self.class);
        let mut out = vec![];
        for (n, a) in of.iter().enumerate() {
            if of.len() == 1 || a.starts_with("b:") || self.multilateral {
                out.push(hash::quick(&format!("{class}|{a}")) as i64);
            }
            for b in &of[n + 1..] {
                let (a, b) = if a < b { (a, b) } else { (b, a) };
                out.push(hash::quick(&format!("{class}|{a}|{b}")) as i64);
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// For a visit whose host is not named, the country where it leads.
    fn host(&self) -> Option<&str> {
        (self.class == Class::Visit && self.recipients.is_empty()).then(|| self.lands.first().map(String::as_str)).flatten()
    }
}

/// Who the entities of a record are, in their order.
pub fn identify(r: &Record, names: &Names, decisions: &Decisions) -> Vec<Identified> {
    r.entities.iter().map(|e| names.identify(e, r.document.published.as_deref(), decisions)).collect()
}

/// The claims of a record, one for each event; `as_of` is the day of the report.
pub fn claims(r: &Record, who: &[Identified], as_of: Day) -> Vec<Claim> {
    let by_id: FxHashMap<&str, &Identified> = r.entities.iter().map(|e| e.id.as_str()).zip(who).collect();
    r.events.iter().map(|v| claim(v, &by_id, as_of)).collect()
}

fn claim(v: &Event, by_id: &FxHashMap<&str, &Identified>, as_of: Day) -> Claim {
    let known = |ids: &[String]| ids.iter().filter_map(|i| by_id.get(i.as_str()).copied()).collect::<Vec<_>>();
    let (actors, recipients, places) = (known(&v.actors), known(&v.recipients), known(&v.places));
    let has = |m: &str| v.modes.iter().any(|x| x == m);
    let class = match v.kind {
        EventType::Consult if has("visit") => Class::Visit,
        EventType::Consult if has("phone") => Class::Phone,
        EventType::Consult => Class::Meeting,
        kind => Class::Deed(kind),
    };
    let shown = |list: &[&Identified]| list.iter().map(|i| (i.who.key.clone(), i.name.clone())).collect::<Vec<_>>();
    let in_places = |test: &dyn Fn(&Identified) -> bool| {
        let mut keys: Vec<String> = places.iter().filter(|p| test(p)).map(|p| p.who.key.clone()).collect();
        keys.sort();
        keys.dedup();
        keys
    };
    let city = |p: &Identified| p.kind == EntityType::Place && matches!(p.sort.as_str(), "city" | "region" | "island");
    let mut lands: Vec<String> = places.iter().filter_map(|p| p.country.clone()).collect();
    lands.dedup();
    let mut sources: Vec<String> = v.sources.iter().map(|s| format!("{}:{}", term(s.kind), s.name.as_deref().unwrap_or(""))).collect();
    sources.dedup();
    let past = matches!(v.status, Status::Occurred | Status::Ongoing);
    Claim {
        event: v.id.clone(),
        class,
        status: v.status,
        as_of,
        window: day::window(v.date.as_deref(), as_of, past),
        date: v.date.clone(),
        actors: parties(&actors),
        recipients: parties(&recipients),
        cities: in_places(&city),
        venues: in_places(&|p| p.kind != EntityType::Country && !city(p)),
        lands,
        multilateral: has("multilateral"),
        third_party: has("third-party"),
        contexts: v.contexts.clone(),
        sources,
        actor_keys: shown(&actors),
        recipient_keys: shown(&recipients),
        place_keys: shown(&places),
    }
}

fn parties(list: &[&Identified]) -> Vec<Party> {
    let mut out: Vec<Party> = vec![];
    for i in list {
        let own = i.kind == EntityType::Organization
            && (matches!(i.sort.as_str(), "igo" | "armed" | "company" | "platform") || i.country.is_none());
        let of = match (&i.country, own) {
            (Some(country), false) => country.clone(),
            _ => i.who.key.clone(),
        };
        let n = out.iter().position(|p| p.of == of).unwrap_or_else(|| {
            out.push(Party { of, people: vec![], body: own });
            out.len() - 1
        });
        if i.kind == EntityType::Person {
            out[n].people.push(i.who.clone());
        }
    }
    out
}

/// The day of a report: its publication, else the latest full date that its text tells as past.
pub fn as_of(r: &Record) -> Day {
    if let Some(day) = r.document.published.as_deref().and_then(day::parse) {
        return day;
    }
    let full = |s: &str| Edtf::parse(s).filter(|e| e.precision() >= Some(Precision::Day)).and_then(|e| e.bounds()).map(|(_, b)| b);
    let ends = |past: bool| {
        let of = move |v: &&Event| matches!(v.status, Status::Occurred | Status::Ongoing) == past;
        r.events.iter().filter(of).filter_map(|v| v.date.as_deref().filter(|d| !d.ends_with("..")).and_then(full))
    };
    let told = ends(true).max();
    let coming = ends(false).min();
    let before = |d: &jiff::civil::Date| coming.is_none_or(|c| *d < c);
    told.or_else(|| r.times.iter().filter_map(|t| t.value.as_deref().and_then(full)).filter(before).max()).map_or(day::UNKNOWN, day::number)
}

/// A date that says nothing beyond what `known` says: none, or a coarser one that agrees with it.
pub fn adds_nothing(date: Option<&str>, known: Option<&str>) -> bool {
    match (date.and_then(Edtf::parse), known.and_then(Edtf::parse)) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(a), Some(b)) => a == b || b.refines(&a),
    }
}

/// The exactness of a window that was not guessed.
pub fn dated(c: &Claim) -> bool {
    c.window.sharp != Sharp::None
}
