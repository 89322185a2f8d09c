//! One engagement as every format sees it.

use mulaqat::check::term;
use mulaqat::edtf::Edtf;
use mulaqat::latin;
use mulaqat::lookup::{Kind, lists};
use mulaqat::record::Status;
use mulaqat_ledger::{Conflict, Engagement, Evidence, Step, Told};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// An engagement with its claims. Its JSON is the line of the `jsonl` format and the record of the `parquet` one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// `visit`, `meeting`, `phone`, or the type again.
    pub class: String,
    pub status: Status,
    /// PLOVER modes that any report gives.
    pub modes: Vec<String>,
    /// EDTF; the best supported.
    pub date: Option<String>,
    /// First day of the date, ISO 8601; null when it has none or an open one.
    pub earliest: Option<String>,
    /// Last day of the date.
    pub latest: Option<String>,
    pub actors: Vec<Named>,
    pub recipients: Vec<Named>,
    pub places: Vec<Named>,
    /// Alpha-3 codes of all who take part, in their order.
    pub countries: Vec<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Whom the reports name as their sources.
    pub sources: Vec<Source>,
    pub documents: usize,
    /// Independent sources: reprints of one copy count once.
    pub families: usize,
    pub history: Vec<Step>,
    pub conflicts: Vec<Conflict>,
    pub claims: Vec<Claim>,
}

/// Someone who takes part, or a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The ledger's own key of the identity.
    pub key: String,
    pub name: String,
    /// The name in Latin script.
    pub latin: String,
    /// `person`, `country`, `organization` or `place`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Alpha-3 code.
    pub country: Option<String>,
}

/// Whom a report names as its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// `agency`, `media`, `official`, `person`, `social_media` or `anonymous`.
    pub kind: String,
    /// As in the text; null when nobody is named.
    pub name: Option<String>,
    pub latin: Option<String>,
}

/// What one report says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    pub doc: String,
    /// Id of the event in the document's record.
    pub event: String,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    /// Documents of one family are reprints of one copy.
    pub family: String,
    pub status: Status,
    pub modes: Vec<String>,
    pub date: Option<String>,
    pub actors: Vec<String>,
    pub recipients: Vec<String>,
    pub places: Vec<String>,
    pub offices: Vec<Office>,
    pub sources: Vec<Source>,
    pub evidence: Vec<Evidence>,
}

/// An office of one who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Office {
    pub name: String,
    /// As in the article.
    pub title: String,
    pub english: String,
    /// Alpha-3 code of the country, or the organisation.
    pub of: Option<String>,
}

/// Names in Latin script, each made once.
#[derive(Debug, Default)]
pub struct Names {
    known: FxHashMap<(String, String), Named>,
    sources: FxHashMap<String, Source>,
}

impl Names {
    fn named(&mut self, n: mulaqat_ledger::Named) -> Named {
        self.known.entry((n.key, n.name)).or_insert_with_key(|(key, name)| named(key, name)).clone()
    }

    fn source(&mut self, s: &str) -> Source {
        self.sources.entry(s.into()).or_insert_with(|| source(s)).clone()
    }
}

/// Who a key of the ledger means: `P:name|country` and `p:sounds|country|office`, `b:name`, `l:name|country`, a country's code.
fn named(key: &str, name: &str) -> Named {
    // what follows # is what was split off
    let whole = key.split('#').next().unwrap_or(key);
    let (kind, rest) = whole.split_once(':').unwrap_or(("c", whole));
    let mut parts = rest.split('|');
    let own = parts.next().unwrap_or(rest);
    let (kind, list) = match kind {
        "P" | "p" => ("person", Kind::Person),
        "b" => ("organization", Kind::Body),
        "l" => ("place", Kind::Place),
        _ => ("country", Kind::Country),
    };
    let country = match kind {
        "country" => (!whole.contains(':')).then(|| whole.to_string()),
        _ => parts.next().filter(|c| *c != "-").map(String::from),
    };
    let country = country.or_else(|| if key.contains('#') { None } else { listed_country(list, own) });
    // a curator may have given it a name of its own
    let latin = latin::listed(list, name).or_else(|| if key.contains('#') { None } else { latin::listed(list, own) });
    let latin = latin.map_or_else(|| latin::name(list, name), String::from);
    Named { key: key.into(), name: name.into(), latin, kind, country }
}

fn listed_country(kind: Kind, name: &str) -> Option<String> {
    lists().named(name).find(|l| l.kind == kind && l.name == name).and_then(|l| l.country.clone())
}

/// `kind:name`, as the ledger keeps it.
fn source(s: &str) -> Source {
    let (kind, name) = s.split_once(':').unwrap_or((s, ""));
    let name = Some(name.to_string()).filter(|n| !n.is_empty());
    let latin = name.as_deref().map(|n| match latin::listed(Kind::Body, n).or_else(|| latin::listed(Kind::Person, n)) {
        Some(known) => known.into(),
        None if kind == "person" => latin::name(Kind::Person, n),
        None => latin::name(Kind::Body, n),
    });
    Source { kind: kind.into(), name, latin }
}

/// The first and last day of an EDTF date, ISO 8601; `None` for an end that is open or not told.
pub(crate) fn days(date: Option<&str>) -> (Option<String>, Option<String>) {
    let Some((from, to)) = date.and_then(Edtf::parse).and_then(|d| d.bounds()) else { return (None, None) };
    let day = |d: jiff::civil::Date, open: jiff::civil::Date| (d != open).then(|| d.to_string());
    (day(from, jiff::civil::Date::MIN), day(to, jiff::civil::Date::MAX))
}

impl Row {
    /// An engagement and all its claims.
    pub fn new(e: Engagement, told: Vec<Told>, names: &mut Names) -> Row {
        let mut all = |list: Vec<mulaqat_ledger::Named>| list.into_iter().map(|n| names.named(n)).collect::<Vec<_>>();
        let (actors, recipients, places) = (all(e.actors), all(e.recipients), all(e.places));
        let claims: Vec<Claim> = told.into_iter().map(|t| claim(t, names)).collect();
        let countries = distinct(actors.iter().chain(&recipients).filter_map(|n| n.country.clone()));
        let (earliest, latest) = days(e.date.as_deref());
        Row {
            id: e.id,
            kind: e.kind,
            class: e.class,
            status: e.status,
            modes: distinct(claims.iter().flat_map(|c| c.modes.clone())),
            date: e.date,
            earliest,
            latest,
            actors,
            recipients,
            places,
            countries,
            contexts: e.contexts,
            sources: distinct(claims.iter().flat_map(|c| c.sources.clone())),
            documents: e.documents,
            families: e.families,
            history: e.history,
            conflicts: e.conflicts,
            claims,
        }
    }

    /// All who take part.
    pub fn parties(&self) -> impl Iterator<Item = &Named> {
        self.actors.iter().chain(&self.recipients)
    }

    /// Still to come, as far as is known.
    pub(crate) fn planned(&self) -> bool {
        matches!(self.status, Status::Scheduled | Status::Tentative | Status::Postponed)
    }

    /// Called off or denied.
    pub(crate) fn off(&self) -> bool {
        matches!(self.status, Status::Cancelled | Status::Denied)
    }

    /// `visit: Vladimir Putin → India (New Delhi)`, in Latin script.
    pub(crate) fn headline(&self) -> String {
        let mut out = format!("{}: {}", self.class.to_lowercase(), list(&self.actors, ", "));
        if !self.recipients.is_empty() {
            out += &format!(" → {}", list(&self.recipients, ", "));
        }
        if !self.places.is_empty() {
            out += &format!(" ({})", list(&self.places, ", "));
        }
        out
    }

    /// The day on which a report of it was last published, as far as that is known.
    pub(crate) fn last_report(&self) -> Option<&str> {
        self.claims.iter().filter_map(|c| c.published.as_deref()).max()
    }
}

/// Their Latin names.
fn list(names: &[Named], between: &str) -> String {
    names.iter().map(|n| n.latin.as_str()).collect::<Vec<_>>().join(between)
}

fn distinct<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut out = vec![];
    for i in items {
        if !out.contains(&i) {
            out.push(i);
        }
    }
    out
}

fn claim(t: Told, names: &mut Names) -> Claim {
    let office = |o: mulaqat_ledger::Office| Office { english: latin::title(&o.title), name: o.name, title: o.title, of: o.of };
    Claim {
        doc: t.doc,
        event: t.event,
        publisher: t.publisher,
        published: t.published,
        title: t.title,
        url: t.url,
        family: t.family,
        status: t.status,
        modes: t.modes,
        date: t.date,
        actors: t.actors,
        recipients: t.recipients,
        places: t.places,
        offices: t.offices.into_iter().map(office).collect(),
        sources: t.sources.iter().map(|s| names.source(s)).collect(),
        evidence: t.evidence,
    }
}

/// A term as the record writes it.
pub(crate) fn word(status: Status) -> String {
    term(status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_who_it_is() {
        let of = |key: &str, name: &str| named(key, name);
        let putin = of("P:व्लादिमीर पुतिन|RUS", "व्लादिमीर पुतिन");
        assert_eq!((putin.latin.as_str(), putin.kind, putin.country.as_deref()), ("Vladimir Putin", "person", Some("RUS")));
        let renamed = of("P:व्लादिमीर पुतिन|RUS", "राष्ट्रपति जी");
        assert_eq!(renamed.latin, "Vladimir Putin");
        let split = of("P:व्लादिमीर पुतिन|RUS#पुतिन", "पुतिन कुमार");
        assert_eq!(split.latin, "Putin Kumar");
        let country = of("IND", "भारत");
        assert_eq!((country.latin.as_str(), country.kind, country.country.as_deref()), ("India", "country", Some("IND")));
        let body = of("b:भारतीय वायुसेना", "भारतीय वायुसेना");
        assert_eq!((body.latin.as_str(), body.kind), ("Indian Air Force", "organization"));
        let place = of("l:नई दिल्ली|IND", "नई दिल्ली");
        assert_eq!((place.latin.as_str(), place.kind, place.country.as_deref()), ("New Delhi", "place", Some("IND")));
        let unlisted = of("p:RM KMR|-|pol", "राम कुमार");
        assert_eq!((unlisted.latin.as_str(), unlisted.country), ("Ram Kumar", None));
        assert_eq!(of("c:ATLNTS", "अटलांटिस").country, None);
    }

    #[test]
    fn days_of_dates() {
        let of = |d: &str| days(Some(d));
        let day = |d: &str| Some(d.to_string());
        assert_eq!(of("2025-12-05~"), (day("2025-12-05"), day("2025-12-05")));
        assert_eq!(of("2025-12"), (day("2025-12-01"), day("2025-12-31")));
        assert_eq!(of("2025-12-05/.."), (day("2025-12-05"), None));
        assert_eq!(of("../2025-12-05"), (None, day("2025-12-05")));
        assert_eq!(of("XXXX-12-05"), (None, None));
        assert_eq!(days(None), (None, None));
    }
}
