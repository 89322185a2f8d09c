//! Listings: what happened or is to come, as known today or on an earlier day.

use crate::claim::Claim;
use crate::day::Day;
use crate::error::{Error, Problem, Result};
use crate::hash;
use crate::identity::{is_code, names, sounds};
use crate::ledger::{Ledger, RECORD_COLUMNS, record_from};
use crate::summary::{Engagement, Step, facet, members, sum};
use mulaqat::check::term;
use mulaqat::lookup::{self, Kind};
use mulaqat::record::{Record, Status};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;

/// What a listing is asked for; what is empty does not filter.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub person: Option<String>,
    /// Alpha-3 code or name of a country, or the name of a body.
    pub country: Option<String>,
    /// PLOVER type, or `visit`, `meeting`, `phone`.
    pub kind: Option<String>,
    pub status: Option<Status>,
    pub place: Option<String>,
    pub context: Option<String>,
    /// Publisher, or a source that is named.
    pub source: Option<String>,
    pub text: Option<String>,
    /// Of each list, one: for those who ask by key, for several participants, or for one of several.
    pub with: Vec<Vec<Need>>,
    /// The happening's own days.
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// Only what had been reported by then.
    pub as_of: Option<Day>,
    /// At most so many; `None` for all.
    pub limit: Option<usize>,
}

/// A value that an engagement has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Key of an identity that takes part.
    Who(String),
    /// Alpha-3 code, or key of a body: it takes part, or someone of it does.
    Party(String),
    /// Where: the name of a place, or the code or name of a country.
    Place(String),
    /// PLOVER type, or `visit`, `meeting`, `phone`.
    Kind(String),
    Status(Status),
}

/// A change of what is known.
#[derive(Debug, Clone, serde::Serialize, schemars::JsonSchema)]
pub struct Change {
    /// `new`, or what it was before.
    pub before: Option<Step>,
    pub now: Step,
    pub engagement: Engagement,
}

/// One claim with the words that say so.
#[derive(Debug, Clone, serde::Serialize, schemars::JsonSchema)]
pub struct Told {
    pub doc: String,
    /// Id of the event in the document's record.
    pub event: String,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    /// Documents of one family are reprints of one copy.
    pub family: String,
    /// PLOVER modes.
    pub modes: Vec<String>,
    pub status: Status,
    pub date: Option<String>,
    pub places: Vec<String>,
    pub actors: Vec<String>,
    pub recipients: Vec<String>,
    /// Offices that the article gives those who take part.
    pub offices: Vec<Office>,
    /// Who the article names as its source.
    pub sources: Vec<String>,
    pub evidence: Vec<Evidence>,
}

/// An office of one who takes part, as the article has it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Office {
    /// As in [`Told::actors`] or [`Told::recipients`].
    pub name: String,
    pub title: String,
    /// Alpha-3 code of the country, or the organisation.
    pub of: Option<String>,
}

/// Words that say so, in the sentence where they stand.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Evidence {
    pub before: String,
    pub words: String,
    pub after: String,
    /// Where the words stand in the document's text, in code points; the end is the first that no longer belongs to them.
    pub start: usize,
    pub end: usize,
}

impl Change {
    /// The `n`th step of an engagement's history.
    pub(crate) fn at(engagement: Engagement, n: usize) -> Change {
        let before = n.checked_sub(1).map(|b| engagement.history[b].clone());
        Change { before, now: engagement.history[n].clone(), engagement }
    }
}

impl Filter {
    /// Within which days the index of days is asked; what it gives is looked at again.
    fn days(&self) -> (Day, Day) {
        let slack = if self.as_of.is_some() { MONTH } else { 0 };
        (self.from.map_or(Day::MIN, |d| d - slack), self.to.map_or(Day::MAX, |d| d.saturating_add(slack)))
    }

    /// The last day on which what is asked for may end, but for what lasts longer than a year or is foretold for later.
    fn latest(&self) -> Day {
        let (to, then) = (self.to.unwrap_or(Day::MAX), self.as_of.unwrap_or(Day::MAX));
        to.min(then).saturating_add(YEAR)
    }

    /// What only the engagement itself tells: its status, and its own days.
    fn passes(&self, ((lo, hi), e): &((Day, Day), Engagement)) -> bool {
        self.status.is_none_or(|s| s == e.status) && self.from.is_none_or(|d| *hi >= d) && self.to.is_none_or(|d| *lo <= d)
    }
}

/// Engagements that begin in time, as they are known now.
const KNOWN_NOW: &str = "SELECT key AS engagement, hi FROM engagement WHERE lo <= :to";
/// Those as they were known on a day, with the last day by which their facets stand.
const KNOWN_THEN: &str = "SELECT h.engagement, e.hi FROM history h JOIN engagement e ON e.key = h.engagement WHERE h.lo <= :to
     AND h.as_of <= :day AND h.until > :day AND (:status IS NULL OR h.status = :status)";
/// So many with a value are walked through, whatever their days.
const MANY: i64 = if cfg!(test) { 5 } else { 4000 };
/// Few are foretold for later than a year, last longer, or are put off by more.
const YEAR: Day = 400;
/// By how much the best supported day may differ from that of the last change.
const MONTH: Day = 31;

/// A filter ready to be asked of one engagement after the other.
pub(crate) struct Sieve<'l> {
    ledger: &'l Ledger,
    filter: &'l Filter,
    as_of: Option<Day>,
    wanted: Vec<Vec<i64>>,
    /// Engagements of which a report holds the words asked for.
    found: Option<BTreeSet<i64>>,
}

impl Sieve<'_> {
    pub(crate) fn new<'l>(ledger: &'l Ledger, filter: &'l Filter, as_of: Option<Day>) -> Result<Sieve<'l>> {
        let found = filter.text.as_deref().map(|text| -> Result<BTreeSet<i64>> {
            let mut of = ledger.sql(ledger.db.prepare_cached("SELECT engagement FROM claim WHERE doc = ?1"))?;
            let mut keys = BTreeSet::new();
            for doc in ledger.search_keys(text, as_of, usize::MAX >> 1)? {
                keys.extend(ledger.sql(of.query_map([doc], |r| r.get(0)).and_then(Iterator::collect::<rusqlite::Result<Vec<i64>>>))?);
            }
            Ok(keys)
        });
        Ok(Sieve { ledger, filter, as_of, wanted: ledger.wanted(filter)?, found: found.transpose()? })
    }

    /// The engagement as known on a day; `None` when it does not pass.
    pub(crate) fn engagement(&self, key: i64, day: Day) -> Result<Option<Engagement>> {
        let l = self.ledger;
        if self.found.as_ref().is_some_and(|f| !f.contains(&key)) {
            return Ok(None);
        }
        if !self.wanted.is_empty() {
            let mut s = l.sql(l.db.prepare_cached("SELECT hi FROM engagement WHERE key = ?1"))?;
            let hi: Day = l.sql(s.query_row([key], |r| r.get(0)))?;
            if !l.has_all(&self.wanted, hi, key, self.as_of)? {
                return Ok(None);
            }
        }
        Ok(l.engagement_at(key, Some(day))?.filter(|e| self.filter.passes(e)).map(|e| e.1))
    }
}

/// True in SQL where the engagement of row `a` has one of the facets.
fn has_one(any: &[i64]) -> String {
    format!(
        " AND EXISTS (SELECT 1 FROM facet b WHERE b.facet IN ({}) AND b.hi = a.hi AND b.engagement = a.engagement AND b.since <= :day)",
        numbers(any)
    )
}

fn numbers(list: &[i64]) -> String {
    list.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
}

impl Ledger {
    /// What an engagement must have to pass the filter: of each list one facet.
    pub(crate) fn wanted(&self, f: &Filter) -> Result<Vec<Vec<i64>>> {
        let mut wanted: Vec<Vec<i64>> = vec![];
        let one = |kind: &str, value: &str| vec![facet(kind, value)];
        if let Some(p) = &f.person {
            wanted.push(self.identities(p)?.iter().map(|k| facet("who", k)).collect());
        }
        if let Some(c) = &f.country {
            wanted.push(self.parties(c).iter().map(|k| facet("country", k)).collect());
        }
        if let Some(k) = &f.kind {
            let mode = ["visit", "meeting", "phone"].contains(&k.to_lowercase().as_str());
            wanted.push(one("type", &if mode { k.to_lowercase() } else { k.to_uppercase() }));
        }
        if let Some(p) = &f.place {
            wanted.push(self.places(p)?.iter().map(|k| facet("place", k)).collect());
        }
        if let Some(c) = &f.context {
            wanted.push(one("context", c));
        }
        if let Some(s) = &f.source {
            wanted.push(one("source", &lookup::key(s)));
        }
        for any in &f.with {
            let mut facets = vec![];
            for need in any {
                match need {
                    Need::Who(key) => facets.push(facet("who", &self.decisions.root(key))),
                    Need::Party(of) => facets.push(facet("country", of)),
                    Need::Place(name) => facets.extend(self.places(name)?.iter().map(|k| facet("place", k))),
                    Need::Kind(k) => facets.push(facet("type", k)),
                    Need::Status(s) => facets.push(facet("status", &term(s))),
                }
            }
            facets.sort_unstable();
            facets.dedup();
            wanted.push(facets);
        }
        Ok(wanted)
    }

    /// Engagements that pass the filter, the latest happening first, as known on its `as_of` day. `sink` says whether to go on.
    pub fn list(&self, f: &Filter, sink: &mut dyn FnMut(Engagement) -> bool) -> Result<()> {
        let mut wanted = self.wanted(f)?;
        let one = |kind: &str, value: &str| vec![facet(kind, value)];
        if let (Some(s), None) = (f.status, f.as_of) {
            wanted.push(one("status", &term(s)));
        }
        let mut left = f.limit.unwrap_or(usize::MAX);
        if left == 0 {
            return Ok(());
        }
        let mut give = |key: i64| -> Result<bool> {
            if !self.may_pass(key, f)? {
                return Ok(true);
            }
            let Some(e) = self.engagement_at(key, f.as_of)?.filter(|e| f.passes(e)) else { return Ok(true) };
            left -= 1;
            Ok(sink(e.1) && left > 0)
        };
        if let Some(text) = &f.text {
            return self.list_found(text, f, &wanted, &mut give);
        }
        if wanted.iter().any(Vec::is_empty) {
            return Ok(());
        }
        if wanted.is_empty() {
            wanted.push(one("all", ""));
        }
        // walk the rarest value, look the others up
        let sizes: Vec<i64> = wanted.iter().map(|w| self.size(w)).collect::<Result<_>>()?;
        let rarest = sizes.iter().enumerate().min_by_key(|s| s.1).map_or(0, |s| s.0);
        let others = |but: Option<usize>| -> String {
            wanted.iter().enumerate().filter(|(n, _)| Some(*n) != but).map(|(_, any)| has_one(any)).collect()
        };
        let mut seen = BTreeSet::new();
        let mut walk = |query: String| self.walk(&query, f, &mut seen, &mut give);
        // where many have the only value, but perhaps few these days, the days are asked
        let dated = f.from.is_some() || f.to.is_some() || f.as_of.and(f.status).is_some();
        let by_days = dated && wanted.len() == 1 && sizes[0] > MANY;
        // the few that end much later than what is asked for: they begin long before they end, or were foretold long before
        let far = match (f.as_of, f.to) {
            (Some(_), _) => Some(format!("{KNOWN_THEN} AND h.hi > :top AND (h.hi - h.as_of > 400 OR h.hi - h.lo > 400)")),
            (None, Some(_)) if !by_days => Some(format!("{KNOWN_NOW} AND hi > :top AND hi - lo > 400")),
            _ => None,
        };
        if let Some(rows) = far
            && !walk(format!("SELECT a.engagement FROM ({rows}) a WHERE TRUE{} ORDER BY a.hi DESC", others(None)))?
        {
            return Ok(());
        }
        if by_days {
            let rows = match f.as_of {
                Some(_) => format!("{KNOWN_THEN} AND h.hi BETWEEN :from AND :top ORDER BY h.hi DESC, h.engagement DESC"),
                None => format!("{KNOWN_NOW} AND hi >= :from ORDER BY hi DESC, key DESC"),
            };
            return walk(format!("SELECT a.engagement FROM ({rows}) a WHERE TRUE{}", others(None))).map(drop);
        }
        let then = if f.as_of.is_some() {
            " AND EXISTS (SELECT 1 FROM history h WHERE h.engagement = a.engagement AND h.as_of <= :day AND h.until > :day
             AND h.hi >= :from AND h.lo <= :to AND (:status IS NULL OR h.status = :status))"
        } else {
            ""
        };
        walk(format!(
            "SELECT a.engagement FROM facet a WHERE a.facet IN ({}) AND a.hi BETWEEN :early AND :late AND a.since <= :day{}{then}
             ORDER BY a.hi DESC, a.engagement DESC",
            numbers(&wanted[rarest]),
            others(Some(rarest))
        ))
        .map(drop)
    }

    /// Gives the engagements of a query that have not been seen; false when no more are wanted.
    fn walk(&self, query: &str, f: &Filter, seen: &mut BTreeSet<i64>, give: &mut dyn FnMut(i64) -> Result<bool>) -> Result<bool> {
        let (from, to) = f.days();
        let top = f.latest();
        // what is known on another day may have other dates, by as much as a postponed one moves
        let moved = if f.as_of.is_some() { YEAR } else { 0 };
        let mut s = self.sql(self.db.prepare(query))?;
        let values: [(&str, &dyn rusqlite::ToSql); 7] = [
            (":from", &from),
            (":to", &to),
            (":top", &top),
            (":early", &from.saturating_sub(moved)),
            (":late", &top.saturating_add(moved)),
            (":day", &f.as_of.unwrap_or(Day::MAX)),
            (":status", &f.status.map(term)),
        ];
        for (name, value) in values {
            if let Some(n) = self.sql(s.parameter_index(name))? {
                self.sql(s.raw_bind_parameter(n, value))?;
            }
        }
        let mut rows = s.raw_query();
        while let Some(row) = self.sql(rows.next())? {
            let key: i64 = self.sql(row.get(0))?;
            if seen.insert(key) && !give(key)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What can be told without its claims: false when it surely does not pass.
    fn may_pass(&self, key: i64, f: &Filter) -> Result<bool> {
        let (from, to) = f.days();
        let status = f.status.map(term);
        match f.as_of {
            Some(day) => {
                let mut s = self.sql(
                    self.db.prepare_cached("SELECT hi >= ?3 AND lo <= ?4 AND (?5 IS NULL OR status = ?5) FROM history WHERE engagement = ?1 AND as_of <= ?2 ORDER BY as_of DESC LIMIT 1"),
                )?;
                Ok(self.sql(s.query_row(params![key, day, from, to, status], |r| r.get(0)).optional())?.unwrap_or(false))
            }
            None if f.from.is_some() || f.to.is_some() => {
                let mut s = self.sql(self.db.prepare_cached("SELECT 1 FROM engagement WHERE key = ?1 AND hi >= ?2 AND lo <= ?3"))?;
                self.sql(s.exists(params![key, from, to]))
            }
            None => Ok(true),
        }
    }

    fn list_found(&self, text: &str, f: &Filter, wanted: &[Vec<i64>], give: &mut dyn FnMut(i64) -> Result<bool>) -> Result<()> {
        // a screen of engagements needs few documents; who wants all gets all
        let docs = self.search_keys(text, f.as_of, if f.limit.is_some() { 1000 } else { usize::MAX >> 1 })?;
        let mut of = self.sql(self.db.prepare_cached("SELECT DISTINCT engagement FROM claim WHERE doc = ?1"))?;
        let mut day = self.sql(self.db.prepare_cached("SELECT hi FROM engagement WHERE key = ?1"))?;
        let mut seen = BTreeSet::new();
        for d in docs {
            let keys: Vec<i64> = self.sql(of.query_map([d], |r| r.get(0)).and_then(Iterator::collect))?;
            for key in keys {
                if !seen.insert(key) {
                    continue;
                }
                let hi: Day = self.sql(day.query_row([key], |r| r.get(0)))?;
                if self.has_all(wanted, hi, key, f.as_of)? && !give(key)? {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn has_all(&self, wanted: &[Vec<i64>], hi: Day, key: i64, as_of: Option<Day>) -> Result<bool> {
        let mut s =
            self.sql(self.db.prepare_cached("SELECT 1 FROM facet WHERE facet = ?1 AND hi = ?2 AND engagement = ?3 AND since <= ?4"))?;
        for any in wanted {
            let mut found = false;
            for f in any {
                found = found || self.sql(s.exists(params![f, hi, key, as_of.unwrap_or(Day::MAX)]))?;
            }
            if !found {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// About how many engagements have one of the values; counting stops early.
    fn size(&self, any: &[i64]) -> Result<i64> {
        let mut s = self.sql(self.db.prepare_cached("SELECT count(*) FROM (SELECT 1 FROM facet WHERE facet = ?1 LIMIT 60000)"))?;
        any.iter().map(|f| self.sql(s.query_row([f], |r| r.get::<_, i64>(0)))).sum()
    }

    /// An engagement as known on a day, with its own days; `None` when it was not known then.
    fn engagement_at(&self, key: i64, as_of: Option<Day>) -> Result<Option<((Day, Day), Engagement)>> {
        let day = as_of.unwrap_or(Day::MAX);
        let mut s =
            self.sql(self.db.prepare_cached("SELECT lo, hi, latest, iif(latest <= ?2, summary, '') FROM engagement WHERE key = ?1"))?;
        let found = s.query_row(params![key, day], |r| Ok((r.get(0)?, r.get(1)?, r.get::<_, Day>(2)?, r.get::<_, String>(3)?)));
        let Some((lo, hi, latest, json)) = self.sql(found.optional())? else { return Ok(None) };
        if latest <= day {
            return Ok(Some(((lo, hi), self.parse(&json)?)));
        }
        let members = self.sql(members(&self.db, key, as_of))?;
        Ok(sum(key, members).map(|s| ((s.lo, s.hi), s.engagement)))
    }

    fn parse<T: serde::de::DeserializeOwned>(&self, json: &str) -> Result<T> {
        serde_json::from_str(json).map_err(|e| Error::new(&self.path, Problem::Content(format!("a stored summary does not parse ({e})"))))
    }

    /// The engagement of an id, or of its unambiguous beginning, as known on a day.
    pub fn engagement(&self, id: &str, as_of: Option<Day>) -> Result<Option<Engagement>> {
        Ok(match self.key_of(id)? {
            Some(key) => self.engagement_at(key, as_of)?.map(|e| e.1),
            None => None,
        })
    }

    fn key_of(&self, id: &str) -> Result<Option<i64>> {
        if let Some(key) = hash::read(id) {
            return Ok(Some(key));
        }
        if id.len() < 4 || id.len() > 16 || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(None);
        }
        let end = |fill: &str| hash::read(&format!("{id}{}", fill.repeat(16 - id.len())));
        let (Some(from), Some(to)) = (end("0"), end("f")) else { return Ok(None) };
        let mut s = self.sql(self.db.prepare_cached("SELECT key FROM engagement WHERE key BETWEEN ?1 AND ?2 LIMIT 2"))?;
        let found: Vec<i64> = self.sql(s.query_map([from, to], |r| r.get(0)).and_then(Iterator::collect))?;
        Ok(if found.len() == 1 { found.first().copied() } else { None })
    }

    /// The claims of an engagement, by report, with their words.
    pub fn told(&self, id: &str, as_of: Option<Day>) -> Result<Vec<Told>> {
        let Some(key) = self.key_of(id)? else { return Ok(vec![]) };
        let mut members = self.sql(members(&self.db, key, as_of))?;
        members.sort_by(|a, b| (a.claim.as_of, a.uid, &a.claim.event).cmp(&(b.claim.as_of, b.uid, &b.claim.event)));
        let mut s = self.sql(self.db.prepare_cached(&format!("SELECT {RECORD_COLUMNS} FROM document WHERE key = ?1")))?;
        let name = |l: &[(String, String)]| l.iter().map(|(_, n)| n.clone()).collect::<Vec<_>>();
        members
            .into_iter()
            .map(|m| {
                let r = self.sql(s.query_row([m.doc], |row| record_from(row, 0)))?;
                let event = r.events.iter().find(|v| v.id == m.claim.event);
                let evidence = event.map(|v| v.evidence.iter().filter_map(|e| in_sentence(&r, e)).collect());
                Ok(Told {
                    doc: m.doc_id,
                    event: m.claim.event.clone(),
                    modes: event.map_or(vec![], |v| v.modes.clone()),
                    offices: event.map_or(vec![], |v| offices(&r, v, &m.claim)),
                    publisher: m.publisher,
                    published: r.document.published.clone(),
                    title: r.document.title.clone(),
                    url: r.document.url.clone(),
                    family: hash::show(m.family),
                    status: m.claim.status,
                    date: m.claim.date.clone(),
                    places: name(&m.claim.place_keys),
                    actors: name(&m.claim.actor_keys),
                    recipients: name(&m.claim.recipient_keys),
                    sources: m.claim.sources.clone(),
                    evidence: evidence.unwrap_or_default(),
                })
            })
            .collect()
    }

    /// What is still to come on a day, as known then: the next to end first. The filter's own `as_of` does not count.
    pub fn upcoming(&self, day: Day, f: &Filter, sink: &mut dyn FnMut(Engagement) -> bool) -> Result<()> {
        let sieve = Sieve::new(self, f, Some(day))?;
        let mut s = self.sql(self.db.prepare_cached(
            "SELECT engagement FROM history WHERE status IN ('scheduled', 'tentative', 'postponed') AND hi >= ?2 AND as_of <= ?1 AND until > ?1 ORDER BY hi, engagement",
        ))?;
        // what is best supported may end a little later than what was told last
        let first = f.from.map_or(day, |from| day.max(from - MONTH));
        let mut rows = self.sql(s.query([day, first]))?;
        let mut left = f.limit.unwrap_or(usize::MAX);
        while left > 0 {
            let Some(row) = self.sql(rows.next())? else { break };
            if let Some(e) = sieve.engagement(self.sql(row.get(0))?, day)? {
                left -= 1;
                if !sink(e) {
                    break;
                }
            }
        }
        Ok(())
    }

    /// What became known or changed in reports from `since` to the filter's `as_of`, in the order of the reports.
    pub fn changes(&self, since: Day, f: &Filter, sink: &mut dyn FnMut(Change) -> bool) -> Result<()> {
        let sieve = Sieve::new(self, f, f.as_of)?;
        let mut s = self.sql(
            self.db.prepare_cached("SELECT engagement, as_of FROM history WHERE as_of BETWEEN ?1 AND ?2 ORDER BY as_of, engagement"),
        )?;
        let mut rows = self.sql(s.query([since, f.as_of.unwrap_or(Day::MAX)]))?;
        let mut left = f.limit.unwrap_or(usize::MAX);
        while left > 0 {
            let Some(row) = self.sql(rows.next())? else { break };
            let (key, day): (i64, Day) = self.sql(row.get(0).and_then(|a| Ok((a, row.get(1)?))))?;
            let Some(e) = sieve.engagement(key, day)? else { continue };
            let Some(last) = e.history.len().checked_sub(1) else { continue };
            left -= 1;
            if !sink(Change::at(e, last)) {
                break;
            }
        }
        Ok(())
    }

    /// What a document made known or changed, as the ledger tells it today; nothing where it only says what others had said.
    pub fn news(&self, doc: &str) -> Result<Vec<Change>> {
        let mut s = self.sql(self.db.prepare_cached(
            "SELECT DISTINCT engagement FROM claim WHERE doc = (SELECT key FROM document WHERE id = ?1 AND current) ORDER BY engagement",
        ))?;
        let keys: Vec<i64> = self.sql(s.query_map([doc], |r| r.get(0)).and_then(Iterator::collect))?;
        let mut out = vec![];
        for key in keys {
            let Some((_, e)) = self.engagement_at(key, None)? else { continue };
            if let Some(n) = e.history.iter().rposition(|s| s.docs.iter().any(|d| d == doc)) {
                out.push(Change::at(e, n));
            }
        }
        Ok(out)
    }

    /// Some report names the identity of this key.
    pub fn knows(&self, key: &str) -> Result<bool> {
        let mut s = self.sql(self.db.prepare_cached("SELECT 1 FROM identity WHERE name_key = ?1"))?;
        self.sql(s.exists([self.decisions.root(key)]))
    }

    /// Keys of identities that a name may mean: the listed person or body of that name, else all whose names hold its words.
    pub fn identities(&self, name: &str) -> Result<Vec<String>> {
        let mut known = self.sql(self.db.prepare_cached("SELECT 1 FROM identity WHERE name_key = ?1"))?;
        if self.sql(known.exists([name]))? {
            return Ok(vec![name.into()]);
        }
        let listed = names().lists.named(name).filter(|l| matches!(l.kind, Kind::Person | Kind::Body)).map(|l| match l.kind {
            Kind::Person => format!("P:{}|{}", l.name, l.country.as_deref().unwrap_or("-")),
            _ => format!("b:{}", l.name),
        });
        let mut out: BTreeSet<String> = listed.map(|k| self.decisions.root(&k)).collect();
        if name.is_ascii() && out.is_empty() {
            // a surname in Latin letters stands for the listed ones of that name whom a report names
            for l in names().latin(&name.to_lowercase()) {
                let key = self.decisions.root(&format!("P:{}|{}", l.name, l.country.as_deref().unwrap_or("-")));
                if self.sql(known.exists([&key]))? {
                    out.insert(key);
                }
            }
        }
        let exact = !out.is_empty();
        let words = sounds(name);
        if let (Some(first), false) = (words.first(), exact) {
            let mut with = self.sql(self.db.prepare_cached(
                "SELECT i.name_key, i.key FROM identity_word w JOIN identity i ON i.key = w.identity WHERE w.word = ?1 AND i.kind IN ('person', 'organization')",
            ))?;
            let mut has = self.sql(self.db.prepare_cached("SELECT 1 FROM identity_word WHERE word = ?1 AND identity = ?2"))?;
            let found: Vec<(String, i64)> =
                self.sql(with.query_map([first], |r| Ok((r.get(0)?, r.get(1)?))).and_then(Iterator::collect))?;
            for (key, id) in found {
                let mut all = true;
                for w in &words[1..] {
                    all = all && self.sql(has.exists(params![w, id]))?;
                }
                if all {
                    out.insert(key);
                }
            }
        }
        Ok(out.into_iter().collect())
    }

    fn parties(&self, name: &str) -> Vec<String> {
        let upper = name.to_uppercase();
        if is_code(&upper) {
            return vec![upper];
        }
        let of = names().lists.named(name).filter_map(|l| match l.kind {
            Kind::Country => l.country.clone(),
            Kind::Body => Some(format!("b:{}", l.name)),
            _ => None,
        });
        of.collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn places(&self, name: &str) -> Result<Vec<String>> {
        if name.starts_with("l:") {
            return Ok(vec![name.into()]);
        }
        let mut out: BTreeSet<String> = self.parties(name).into_iter().collect();
        for l in names().lists.named(name).filter(|l| l.kind == Kind::Place) {
            out.insert(format!("l:{}|{}", l.name, l.country.as_deref().unwrap_or("-")));
        }
        let words = sounds(name);
        if let Some(first) = words.first() {
            let mut s = self.sql(self.db.prepare_cached(
                "SELECT i.name_key FROM identity_word w JOIN identity i ON i.key = w.identity WHERE w.word = ?1 AND i.kind = 'place'",
            ))?;
            let found: Vec<String> = self.sql(s.query_map([first], |r| r.get(0)).and_then(Iterator::collect))?;
            let joined = words.join(" ");
            out.extend(found.into_iter().filter(|k| k.starts_with(&format!("l:{joined}|"))));
        }
        Ok(out.into_iter().collect())
    }

    /// Stored records of current documents, in the order of their ids.
    pub fn records(&self, sink: &mut dyn FnMut(Record) -> bool) -> Result<()> {
        let mut s = self.sql(self.db.prepare_cached(&format!("SELECT {RECORD_COLUMNS} FROM document WHERE current ORDER BY id")))?;
        let mut rows = self.sql(s.query([]))?;
        while let Some(row) = self.sql(rows.next())? {
            if !sink(self.sql(record_from(row, 0))?) {
                break;
            }
        }
        Ok(())
    }
}

/// The offices of those who take part in an event of a record; what the claim calls them stands in the order of their ids.
fn offices(r: &Record, v: &mulaqat::record::Event, claim: &Claim) -> Vec<Office> {
    let known = |ids: &[String]| ids.iter().filter_map(|i| r.entities.iter().find(|e| e.id == *i)).collect::<Vec<_>>();
    let (actors, recipients) = (known(&v.actors), known(&v.recipients));
    let called = actors.iter().zip(&claim.actor_keys).chain(recipients.iter().zip(&claim.recipient_keys));
    called
        .flat_map(|(e, (_, name))| e.roles.iter().map(|r| Office { name: name.clone(), title: r.title.clone(), of: r.of.clone() }))
        .collect()
}

/// Evidence with the rest of its sentence.
fn in_sentence(r: &Record, e: &mulaqat::record::Span) -> Option<Evidence> {
    let text = &r.document.text;
    let at = match e.start {
        Some(n) => text.char_indices().nth(n).map(|c| c.0).filter(|&b| text[b..].starts_with(&e.text)),
        None => None,
    };
    let from = at.or_else(|| text.find(&e.text))?;
    let to = from + e.text.len();
    let ends = |c: char| matches!(c, '\u{964}' | '\n' | '?' | '!');
    let begin = text[..from].rfind(ends).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let end = text[to..].find(ends).map_or(text.len(), |i| to + i + text[to + i..].chars().next().map_or(0, char::len_utf8));
    let start = text[..from].chars().count();
    Some(Evidence {
        before: text[begin..from].trim_start().into(),
        words: e.text.clone(),
        after: text[to..end].trim_end().into(),
        start,
        end: start + e.text.chars().count(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Input;

    fn corpus() -> Vec<Input> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/dev");
        let files = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "json"));
        files.map(|f| Input { record: serde_json::from_slice(&std::fs::read(f).unwrap()).unwrap(), given: true }).collect()
    }

    /// However a listing looks for them, it finds those that pass when each is asked.
    #[test]
    fn no_way_of_looking_loses_any() {
        let dir = tempfile::tempdir().unwrap();
        let mut l = Ledger::open(&dir.path().join("t.db")).unwrap();
        l.add(&corpus()).unwrap();
        let rows: Vec<(i64, Day)> = {
            let mut s = l.db.prepare("SELECT key, hi FROM engagement").unwrap();
            s.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap().collect::<rusqlite::Result<_>>().unwrap()
        };
        let days: Vec<Option<Day>> =
            ["2025-02-10", "2025-03-11", "2025-08-15"].iter().map(|d| crate::day::parse(d)).chain([None]).collect();
        let mut listed = 0;
        for &as_of in &days {
            let all: Vec<_> = rows.iter().filter_map(|&(key, hi)| Some((key, hi, l.engagement_at(key, as_of).unwrap()?))).collect();
            for (&from, &to) in days.iter().flat_map(|f| days.iter().map(move |t| (f, t))) {
                for status in [None, Some(Status::Occurred), Some(Status::Postponed), Some(Status::Scheduled)] {
                    for country in [None, Some("IND".to_string()), Some("FRA".to_string())] {
                        let f = Filter { as_of, from, to, status, country, ..Filter::default() };
                        let wanted = l.wanted(&f).unwrap();
                        let passes = |key, hi| l.has_all(&wanted, hi, key, as_of).unwrap();
                        let expected = all.iter().filter(|(key, hi, e)| f.passes(e) && passes(*key, *hi));
                        let mut expected: Vec<&str> = expected.map(|e| e.2.1.id.as_str()).collect();
                        let mut found: Vec<String> = vec![];
                        l.list(&f, &mut |e| {
                            found.push(e.id);
                            true
                        })
                        .unwrap();
                        listed += found.len();
                        expected.sort();
                        found.sort();
                        assert_eq!(found, expected, "{f:?}");
                    }
                }
            }
        }
        assert!(listed > 2000, "{listed}");
    }
}
