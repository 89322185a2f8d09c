//! What the claims of one engagement come to: status with its history, best supported date, conflicts, support.

use crate::claim::{Claim, adds_nothing, dated};
use crate::day::{self, Day, Sharp};
use crate::hash;
use crate::link::{class_name, parse};
use mulaqat::check::term;
use mulaqat::edtf::Edtf;
use mulaqat::lookup;
use mulaqat::record::Status;
use rusqlite::{OptionalExtension, Transaction, params};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A claim with the report it stands in.
#[derive(Debug, Clone)]
pub struct Member {
    pub doc: i64,
    pub doc_id: String,
    pub publisher: Option<String>,
    pub family: i64,
    pub uid: i64,
    pub claim: Claim,
}

/// One report's event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct MemberId {
    pub doc: String,
    pub event: String,
}

/// A change of status or date, and who reported it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Step {
    /// Publication of the report; null when not known.
    pub as_of: Option<String>,
    pub status: Status,
    pub date: Option<String>,
    pub docs: Vec<String>,
}

/// One of several values that reports do not agree on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Value {
    pub value: String,
    pub families: usize,
    pub docs: Vec<String>,
}

/// Values that cannot all be right, the best supported first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Conflict {
    pub field: String,
    pub values: Vec<Value>,
}

/// An identity that takes part, or a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Named {
    pub key: String,
    pub name: String,
}

/// An engagement as its claims tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Engagement {
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// `visit`, `meeting`, `phone`, or the type again.
    pub class: String,
    pub status: Status,
    /// EDTF; the best supported.
    pub date: Option<String>,
    pub actors: Vec<Named>,
    pub recipients: Vec<Named>,
    pub places: Vec<Named>,
    pub contexts: Vec<String>,
    pub documents: usize,
    /// Independent sources: reprints of one copy count once.
    pub families: usize,
    pub members: Vec<MemberId>,
    pub history: Vec<Step>,
    pub conflicts: Vec<Conflict>,
}

/// An engagement and what is stored beside it to find it.
pub(crate) struct Summed {
    pub engagement: Engagement,
    pub lo: Day,
    pub hi: Day,
    pub since: Day,
    pub latest: Day,
    /// As-of day, status, date, window of each step.
    pub steps: Vec<(Day, Status, Option<String>, Day, Day)>,
    pub facets: BTreeMap<i64, Day>,
}

/// The number by which listings find a value.
pub(crate) fn facet(kind: &str, value: &str) -> i64 {
    hash::quick(&format!("{kind}:{value}")) as i64
}

fn real(c: &Claim) -> bool {
    c.real()
}

/// Sums up claims; `None` when there are none.
pub(crate) fn sum(key: i64, mut members: Vec<Member>) -> Option<Summed> {
    members.sort_by(|a, b| (a.claim.as_of, a.uid, &a.claim.event).cmp(&(b.claim.as_of, b.uid, &b.claim.event)));
    let first = members.first()?;
    let steps = history(&members);
    let status = steps.last().map_or(first.claim.status, |s| s.1);
    let (date, window) = best_date(&members, status);
    let families: BTreeSet<i64> = members.iter().map(|m| m.family).collect();
    let docs: BTreeSet<&str> = members.iter().map(|m| m.doc_id.as_str()).collect();
    let kind = match first.claim.class {
        crate::claim::Class::Deed(kind) => term(kind),
        _ => "CONSULT".into(),
    };
    let ranked = |get: &dyn Fn(&Claim) -> &Vec<(String, String)>| {
        let mut by: BTreeMap<&str, (FxHashSet<i64>, usize, &str)> = BTreeMap::new();
        let mut n = 0;
        for m in &members {
            for (key, name) in get(&m.claim) {
                n += 1;
                by.entry(key).or_insert_with(|| (FxHashSet::default(), n, name)).0.insert(m.family);
            }
        }
        let mut list: Vec<_> = by.into_iter().collect();
        list.sort_by_key(|(_, (families, n, _))| (std::cmp::Reverse(families.len()), *n));
        list.into_iter().map(|(key, (_, _, name))| Named { key: key.into(), name: name.into() }).collect::<Vec<_>>()
    };
    let mut contexts: Vec<String> = members.iter().flat_map(|m| m.claim.contexts.clone()).collect();
    contexts.sort();
    contexts.dedup();
    let engagement = Engagement {
        id: hash::show(key),
        class: class_name(first.claim.class),
        kind,
        status,
        date,
        actors: without_own_country(ranked(&|c| &c.actor_keys), &members),
        recipients: without_own_country(ranked(&|c| &c.recipient_keys), &members),
        places: ranked(&|c| &c.place_keys),
        contexts,
        documents: docs.len(),
        families: families.len(),
        members: members.iter().map(|m| MemberId { doc: m.doc_id.clone(), event: m.claim.event.clone() }).collect(),
        history: steps.iter().map(|s| told(s, &members)).collect(),
        conflicts: conflicts(&members),
    };
    let facets = facets(&members, &engagement);
    let steps = steps
        .into_iter()
        .map(|(d, s, date)| {
            let w = window_of(&members, date.as_deref(), d);
            (d, s, date, w.0, w.1)
        })
        .collect();
    let latest = members.last().map_or(first.claim.as_of, |m| m.claim.as_of);
    Some(Summed { since: first.claim.as_of, latest, lo: window.0, hi: window.1, steps, facets, engagement })
}

/// Where one report names the country and another who acted for it, the person stands for both.
fn without_own_country(list: Vec<Named>, members: &[Member]) -> Vec<Named> {
    let acted: FxHashSet<&str> =
        members.iter().flat_map(|m| m.claim.parties()).filter(|p| !p.people.is_empty()).map(|p| p.of.as_str()).collect();
    let some_person = list.iter().any(|n| n.key.starts_with(['p', 'P']));
    list.into_iter().filter(|n| !(some_person && acted.contains(n.key.as_str()))).collect()
}

fn told(s: &(Day, Status, Option<String>), members: &[Member]) -> Step {
    let says = |m: &&Member| m.claim.as_of == s.0 && m.claim.status == s.1;
    let mut docs: Vec<String> = members.iter().filter(says).map(|m| m.doc_id.clone()).collect();
    docs.sort();
    docs.dedup();
    Step { as_of: Some(day::show(s.0)).filter(|s| !s.is_empty()), status: s.1, date: s.2.clone(), docs }
}

/// Changes of status or date, by the day of the report.
fn history(members: &[Member]) -> Vec<(Day, Status, Option<String>)> {
    let mut out: Vec<(Day, Status, Option<String>)> = vec![];
    let mut at = 0;
    while at < members.len() {
        let day = members[at].claim.as_of;
        let to = at + members[at..].iter().take_while(|m| m.claim.as_of == day).count();
        let (known, reports) = (&members[..at], &members[at..to]);
        at = to;
        let Some((status, date)) = of_day(reports) else { continue };
        let Some((_, before, date_before)) = out.last() else {
            out.push((day, status, date));
            continue;
        };
        if !believable(*before, status, known, reports) {
            continue;
        }
        let nothing = adds_nothing(date.as_deref(), date_before.as_deref());
        if *before == status && nothing {
            continue;
        }
        // with a new status the report's own date counts, unless it is a coarser one
        let precision = |d: &Option<String>| d.as_deref().and_then(Edtf::parse).and_then(|e| e.precision());
        let coarser = precision(&date) < precision(date_before);
        let date = if coarser { date_before.clone() } else { date };
        out.push((day, status, date));
    }
    out
}

/// What the reports of one day say: the status that most independent ones give, the further one where they are even; and its date.
fn of_day(reports: &[Member]) -> Option<(Status, Option<String>)> {
    let mut by: BTreeMap<Status, BTreeSet<i64>> = BTreeMap::new();
    for m in reports {
        by.entry(m.claim.status).or_default().insert(m.family);
    }
    let (&status, _) = by.iter().max_by_key(|(s, f)| (f.len(), firmness(**s)))?;
    let saying: Vec<Member> = reports.iter().filter(|m| m.claim.status == status).cloned().collect();
    Some((status, best_date(&saying, status).0))
}

fn firmness(s: Status) -> u8 {
    match s {
        Status::Tentative => 0,
        Status::Scheduled => 1,
        Status::Postponed => 2,
        Status::Cancelled | Status::Denied => 3,
        Status::Ongoing => 4,
        Status::Occurred => 5,
    }
}

/// What happened does not become uncertain again because a later report copies an old preview; only a denial by more sources undoes it.
fn believable(before: Status, now: Status, known: &[Member], reports: &[Member]) -> bool {
    let saying = |list: &[Member], s: Status| list.iter().filter(|m| m.claim.status == s).map(|m| m.family).collect::<BTreeSet<_>>().len();
    match (before, now) {
        (Status::Occurred, Status::Denied | Status::Cancelled) => {
            saying(known, now) + saying(reports, now) > saying(known, Status::Occurred)
        }
        (Status::Occurred, Status::Occurred) => true,
        (Status::Occurred, _) => false,
        (Status::Ongoing, Status::Scheduled | Status::Tentative) => false,
        _ => true,
    }
}

/// The date that most independent reports give, and its days. A coarser date supports the finer ones that it leaves open.
fn best_date(members: &[Member], status: Status) -> (Option<String>, (Day, Day)) {
    let settled = matches!(status, Status::Occurred | Status::Ongoing);
    let fits = |m: &&Member| if settled { real(&m.claim) } else { m.claim.status == status };
    let mut among: Vec<&Member> = members.iter().filter(fits).filter(|m| m.claim.date.is_some()).collect();
    if among.is_empty() {
        among = members.iter().filter(|m| m.claim.date.is_some()).collect();
    }
    let mut dates: Vec<&str> = among.iter().filter_map(|m| m.claim.date.as_deref()).collect();
    dates.sort_unstable();
    dates.dedup();
    let support = |d: &str, list: &[&Member]| {
        list.iter()
            .filter(|m| m.claim.date.is_some() && adds_nothing(m.claim.date.as_deref(), Some(d)))
            .map(|m| m.family)
            .collect::<BTreeSet<_>>()
            .len()
    };
    let all: Vec<&Member> = members.iter().collect();
    let sharp = |d: &str| among.iter().filter(|m| m.claim.date.as_deref() == Some(d)).map(|m| (m.claim.window.sharp, m.claim.as_of)).max();
    let best = dates.iter().copied().max_by(|a, b| {
        let rank = |d: &str| (support(d, &among), support(d, &all), sharp(d));
        rank(a).cmp(&rank(b)).then(b.cmp(a))
    });
    let day = members.first().map_or(0, |m| m.claim.as_of);
    (best.map(String::from), window_of(members, best, day))
}

/// The days of a date that one of the claims gives.
fn window_of(members: &[Member], date: Option<&str>, day: Day) -> (Day, Day) {
    let of = |m: &Member| (m.claim.window.lo, m.claim.window.hi);
    match members.iter().find(|m| m.claim.date.as_deref() == date && (date.is_some() || m.claim.as_of == day)) {
        Some(m) => of(m),
        None => members.first().map_or((day, day), of),
    }
}

/// Values on which reports that it happened contradict each other.
fn conflicts(members: &[Member]) -> Vec<Conflict> {
    let happened: Vec<&Member> = members.iter().filter(|m| real(&m.claim)).collect();
    let mut out = vec![];
    let mut tell = |field: &str, groups: BTreeMap<String, Vec<&Member>>| {
        let mut values: Vec<Value> = groups
            .into_iter()
            .map(|(value, ms)| {
                let mut docs: Vec<String> = ms.iter().map(|m| m.doc_id.clone()).collect();
                docs.sort();
                docs.dedup();
                Value { value, families: ms.iter().map(|m| m.family).collect::<BTreeSet<_>>().len(), docs }
            })
            .collect();
        values.sort_by(|a, b| b.families.cmp(&a.families).then(a.value.cmp(&b.value)));
        out.push(Conflict { field: field.into(), values });
    };
    let pair = |test: &dyn Fn(&Claim, &Claim) -> bool| {
        happened.iter().enumerate().any(|(n, a)| happened[n + 1..].iter().any(|b| test(&a.claim, &b.claim)))
    };
    let group = |value: &dyn Fn(&Claim) -> Option<String>| {
        let mut by: BTreeMap<String, Vec<&Member>> = BTreeMap::new();
        for m in &happened {
            if let Some(v) = value(&m.claim) {
                by.entry(v).or_default().push(m);
            }
        }
        by
    };
    let names = |keys: &[(String, String)], wanted: &dyn Fn(&str) -> bool| {
        let mut n: Vec<&str> = keys.iter().filter(|(k, _)| wanted(k)).map(|(_, n)| n.as_str()).collect();
        n.sort_unstable();
        (!n.is_empty()).then(|| n.join(", "))
    };
    // two spans of days that differ are two answers, though one lies within the other
    let spans = |a: &Claim, b: &Claim| {
        let span = |c: &Claim| c.date.as_deref().is_some_and(|d| d.contains('/')) && c.window.sharp >= Sharp::Days;
        span(a) && span(b) && a.date != b.date
    };
    let finer =
        |a: &Claim, b: &Claim| adds_nothing(a.date.as_deref(), b.date.as_deref()) || adds_nothing(b.date.as_deref(), a.date.as_deref());
    let open = |c: &Claim| c.date.as_deref().is_some_and(|d| d.contains(".."));
    if pair(&|a, b| dated(a) && dated(b) && !open(a) && !open(b) && (!finer(a, b) || spans(a, b))) {
        tell("date", group(&|c| c.date.clone()));
    }
    let differ = |a: &[String], b: &[String]| !a.is_empty() && !b.is_empty() && !a.iter().any(|x| b.contains(x));
    // a venue may lie within another; two venues of one town that both reports name do not
    let visit = members.iter().any(|m| m.claim.class == crate::claim::Class::Visit);
    if !visit
        && pair(&|a, b| differ(&a.cities, &b.cities) || (differ(&a.venues, &b.venues) && a.cities.iter().any(|c| b.cities.contains(c))))
    {
        tell("place", group(&|c| names(&c.place_keys, &|_| true)));
    }
    let more = |a: &Claim, b: &Claim| {
        a.parties().any(|x| {
            b.parties().any(|y| {
                let lacks =
                    |p: &crate::claim::Party, q: &crate::claim::Party| p.people.iter().any(|w| !q.people.iter().any(|v| w.may_be(v)));
                x.of == y.of && !x.people.is_empty() && !y.people.is_empty() && lacks(x, y) && lacks(y, x)
            })
        })
    };
    let extra = |a: &Claim, b: &Claim| {
        let people = |c: &Claim| c.parties().flat_map(|p| p.people.clone()).collect::<Vec<_>>();
        let (pa, pb) = (people(a), people(b));
        let lacks = |p: &[crate::identity::Who], q: &[crate::identity::Who]| p.iter().any(|w| !q.iter().any(|v| w.may_be(v)));
        lacks(&pa, &pb) && lacks(&pb, &pa)
    };
    if pair(&|a, b| more(a, b) || extra(a, b)) {
        tell(
            "participants",
            group(&|c| {
                let all: Vec<(String, String)> = c.actor_keys.iter().chain(&c.recipient_keys).cloned().collect();
                names(&all, &|k| k.starts_with(['p', 'P']))
            }),
        );
    }
    // a denial weighs against "it happened" only when it was made after the day
    let late = |m: &&Member| {
        matches!(m.claim.status, Status::Denied | Status::Cancelled) && happened.iter().any(|h| m.claim.as_of >= h.claim.window.hi)
    };
    let against: Vec<&Member> = members.iter().filter(late).collect();
    if !against.is_empty() && !happened.is_empty() {
        let mut by: BTreeMap<String, Vec<&Member>> = BTreeMap::new();
        for m in happened.iter().copied().chain(against) {
            by.entry(term(m.claim.status)).or_default().push(m);
        }
        tell("status", by);
    }
    out
}

fn facets(members: &[Member], e: &Engagement) -> BTreeMap<i64, Day> {
    let mut out = BTreeMap::new();
    let mut put = |kind: &str, value: &str, day: Day| {
        let at = out.entry(facet(kind, value)).or_insert(day);
        *at = (*at).min(day);
    };
    let since = members.first().map_or(0, |m| m.claim.as_of);
    put("all", "", since);
    put("type", &e.kind, since);
    put("type", &e.class, since);
    put("status", &term(e.status), since);
    for m in members {
        let c = &m.claim;
        for (key, _) in c.actor_keys.iter().chain(&c.recipient_keys) {
            put("who", key, c.as_of);
        }
        for p in c.parties() {
            put("country", &p.of, c.as_of);
        }
        for (key, _) in &c.place_keys {
            put("place", key, c.as_of);
        }
        for land in &c.lands {
            put("place", land, c.as_of);
        }
        for x in &c.contexts {
            put("context", x, c.as_of);
        }
        let said = c.sources.iter().filter_map(|s| s.split_once(':').map(|(_, name)| name));
        for s in said.chain(m.publisher.as_deref()).filter(|s| !s.is_empty()) {
            put("source", &lookup::key(s), c.as_of);
        }
    }
    out
}

/// Claims of an engagement, of reports up to a day.
pub(crate) fn members(db: &rusqlite::Connection, engagement: i64, as_of: Option<Day>) -> rusqlite::Result<Vec<Member>> {
    let mut s = db.prepare_cached(
        "SELECT c.doc, d.id, d.publisher, d.family, c.uid, c.features FROM claim c JOIN document d ON d.key = c.doc WHERE c.engagement = ?1 AND d.as_of <= ?2",
    )?;
    let rows = s.query_map(params![engagement, as_of.unwrap_or(Day::MAX)], |r| {
        Ok(Member {
            doc: r.get(0)?,
            doc_id: r.get(1)?,
            publisher: r.get(2)?,
            family: r.get(3)?,
            uid: r.get(4)?,
            claim: parse(&r.get::<_, String>(5)?)?,
        })
    })?;
    rows.collect()
}

/// Writes an engagement anew from its claims; takes it out when none is left.
pub(crate) fn refresh(tx: &Transaction, key: i64) -> rusqlite::Result<()> {
    let old: Option<(i64, Vec<u8>)> = tx
        .prepare_cached("SELECT hi, facets FROM engagement WHERE key = ?1")?
        .query_row([key], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let new = sum(key, members(tx, key, None)?);
    // most changes leave nearly all facets as they were
    let was: BTreeMap<i64, Day> = old.as_ref().map(|(_, b)| unpack(b)).unwrap_or_default();
    let same_day = matches!((&old, &new), (Some((hi, _)), Some(n)) if *hi == i64::from(n.hi));
    let stays = |f: &i64, since: &Day| same_day && new.as_ref().is_some_and(|n| n.facets.get(f) == Some(since));
    if let Some((hi, _)) = &old {
        let mut cut = tx.prepare_cached("DELETE FROM facet WHERE facet = ?1 AND hi = ?2 AND engagement = ?3")?;
        for (f, _) in was.iter().filter(|(f, s)| !stays(f, s)) {
            cut.execute(params![f, hi, key])?;
        }
        tx.prepare_cached("DELETE FROM history WHERE engagement = ?1")?.execute([key])?;
    }
    let Some(n) = &new else {
        if old.is_some() {
            tx.prepare_cached("DELETE FROM engagement WHERE key = ?1")?.execute([key])?;
        }
        return Ok(());
    };
    let json = serde_json::to_string(&n.engagement).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    tx.prepare_cached(
        "INSERT INTO engagement (key, lo, hi, since, latest, summary, facets) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (key) DO UPDATE SET lo = ?2, hi = ?3, since = ?4, latest = ?5, summary = ?6, facets = ?7",
    )?
    .execute(params![key, n.lo, n.hi, n.since, n.latest, json, pack(&n.facets)])?;
    let mut put = tx.prepare_cached("INSERT INTO facet (facet, hi, engagement, since) VALUES (?1, ?2, ?3, ?4)")?;
    for (f, since) in n.facets.iter().filter(|(f, s)| !(was.get(f) == Some(s) && stays(f, s))) {
        put.execute(params![f, n.hi, key, since])?;
    }
    let mut put =
        tx.prepare_cached("INSERT INTO history (engagement, as_of, until, status, date, lo, hi) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for (i, (day, status, date, lo, hi)) in n.steps.iter().enumerate() {
        let until = n.steps.get(i + 1).map_or(Day::MAX, |s| s.0);
        put.execute(params![key, day, until, term(status), date, lo, hi])?;
    }
    Ok(())
}

fn pack(f: &BTreeMap<i64, Day>) -> Vec<u8> {
    f.iter().flat_map(|(k, d)| k.to_le_bytes().into_iter().chain(d.to_le_bytes())).collect()
}

fn unpack(b: &[u8]) -> BTreeMap<i64, Day> {
    b.chunks_exact(12)
        .map(|c| {
            let (mut k, mut d) = ([0; 8], [0; 4]);
            k.copy_from_slice(&c[..8]);
            d.copy_from_slice(&c[8..]);
            (i64::from_le_bytes(k), Day::from_le_bytes(d))
        })
        .collect()
}
