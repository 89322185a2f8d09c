//! What a browser of the ledger asks beyond listings: one document with its links, one identity with its names and offices, how busy
//! days were, the newest changes first. Each is bounded, so that a page of a large ledger takes no longer than one of a small ledger.

use crate::curate::{Identity, Tenure};
use crate::day::{self, Day, UNKNOWN};
use crate::error::{Error, Problem, Result};
use crate::hash;
use crate::ledger::{Ledger, RECORD_COLUMNS, record_from};
use crate::query::{Change, Filter, Sieve};
use mulaqat::record::Record;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;

/// A document with what the ledger makes of it.
#[derive(Debug, Clone, serde::Serialize, schemars::JsonSchema)]
pub struct Article {
    pub record: Record,
    /// Its record came ready-made.
    pub given: bool,
    pub version: i64,
    /// Events of the record and the engagements that they belong to.
    pub engagements: Vec<(String, String)>,
    /// Entities of the record and the identities that they are, by key.
    pub identities: Vec<(String, String)>,
    /// Other documents of its family: reprints of one copy.
    pub copies: Vec<Copy>,
}

/// Which changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    All,
    /// What became known for the first time.
    First,
    /// What had been known otherwise.
    Later,
}

/// A reprint.
#[derive(Debug, Clone, serde::Serialize, schemars::JsonSchema)]
pub struct Copy {
    pub doc: String,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub title: Option<String>,
}

/// What documents say of an identity; of the last ones added, where there are more than were asked for.
#[derive(Debug, Clone, serde::Serialize, schemars::JsonSchema)]
pub struct Profile {
    pub identity: Identity,
    /// Names it has there, with in how many, the most frequent first.
    pub names: Vec<(String, usize)>,
    /// Offices as documents tell them, with the first and last day of such a report.
    pub offices: Vec<Tenure>,
    /// Other identities that may be the same.
    pub perhaps: Vec<Identity>,
    /// How many documents were looked at.
    pub looked_at: usize,
}

impl Ledger {
    /// Does all reading of `work` on one state of the file, whatever is written meanwhile.
    pub fn steady<T>(&self, work: impl FnOnce(&Ledger) -> T) -> Result<T> {
        let tx = self.sql(self.db.unchecked_transaction())?;
        let done = work(self);
        self.sql(tx.finish())?;
        Ok(done)
    }

    /// Reports ever added, engagements and identities; quick to tell, unlike [`Ledger::counts`].
    pub fn sizes(&self) -> Result<[u64; 3]> {
        let count = |q: &str| self.sql(self.db.query_row(q, [], |r| r.get::<_, i64>(0))).map(|n| n as u64);
        Ok([
            // no version of a document is ever taken out: the last key is their number
            count("SELECT coalesce(max(key), 0) FROM document")?,
            count("SELECT count(*) FROM engagement")?,
            count("SELECT count(*) FROM identity")?,
        ])
    }

    /// The current version of a document.
    pub fn article(&self, id: &str) -> Result<Option<Article>> {
        let mut s = self
            .sql(self.db.prepare_cached(&format!(
                "SELECT {RECORD_COLUMNS}, key, given, version, family FROM document WHERE id = ?1 AND current"
            )))?;
        let row = |r: &rusqlite::Row| Ok((record_from(r, 0)?, r.get(8)?, r.get(9)?, r.get(10)?, r.get(11)?));
        let found: Option<(Record, i64, bool, i64, i64)> = self.sql(s.query_row([id], row).optional())?;
        let Some((record, key, given, version, family)) = found else { return Ok(None) };
        let pairs = |query: &str, second: &dyn Fn(&rusqlite::Row) -> rusqlite::Result<String>| -> Result<Vec<(String, String)>> {
            let mut s = self.sql(self.db.prepare_cached(query))?;
            self.sql(s.query_map([key], |r| Ok((r.get(0)?, second(r)?))).and_then(Iterator::collect))
        };
        let engagements = pairs("SELECT event, engagement FROM claim WHERE doc = ?1 ORDER BY key", &|r| Ok(hash::show(r.get(1)?)))?;
        let identities =
            pairs("SELECT m.entity, i.name_key FROM mention m JOIN identity i ON i.key = m.identity WHERE m.doc = ?1", &|r| r.get(1))?;
        let mut s = self.sql(self.db.prepare_cached(
            "SELECT id, publisher, published, title FROM document WHERE family = ?1 AND current AND key != ?2 ORDER BY as_of, uid LIMIT 100",
        ))?;
        let copy = |r: &rusqlite::Row| Ok(Copy { doc: r.get(0)?, publisher: r.get(1)?, published: r.get(2)?, title: r.get(3)? });
        let copies = self.sql(s.query_map([family, key], copy).and_then(Iterator::collect))?;
        Ok(Some(Article { record, given, version, engagements, identities, copies }))
    }

    /// An identity by its key, as the last `most` documents added tell it.
    pub fn profile(&self, key: &str, most: usize) -> Result<Option<Profile>> {
        let Some(identity) = self.identity(key)? else { return Ok(None) };
        let columns: Vec<String> = RECORD_COLUMNS.split(", ").map(|c| format!("d.{c}")).collect();
        let mut s = self.sql(self.db.prepare_cached(&format!(
            "SELECT m.entity, d.as_of, {} FROM mention m JOIN document d ON d.key = m.doc WHERE m.identity = ?1 ORDER BY m.doc DESC LIMIT ?2",
            columns.join(", ")
        )))?;
        let (mut names, mut offices) = (BTreeMap::<String, usize>::new(), BTreeMap::<(String, Option<String>), (Day, Day)>::new());
        let mut looked_at = 0;
        let mut rows = self.sql(s.query(params![identity.id, most as i64]))?;
        while let Some(row) = self.sql(rows.next())? {
            let (entity, day): (String, Day) = self.sql(row.get(0).and_then(|e| Ok((e, row.get(1)?))))?;
            let r = self.sql(record_from(row, 2))?;
            looked_at += 1;
            for e in r.entities.into_iter().filter(|e| e.id == entity) {
                for name in std::iter::once(e.name).chain(e.aliases) {
                    *names.entry(name).or_default() += 1;
                }
                for o in e.roles {
                    let at = offices.entry((o.title, o.of)).or_insert((day, day));
                    *at = (at.0.min(day), at.1.max(day));
                }
            }
        }
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut offices: Vec<_> = offices.into_iter().collect();
        offices.sort_by_key(|(_, days)| std::cmp::Reverse((days.1, days.0)));
        let shown = |d: Day| Some(day::show(d)).filter(|s| !s.is_empty());
        let offices = offices.into_iter().map(|((title, of), (a, b))| Tenure { title, of, from: shown(a), to: shown(b) }).collect();
        let perhaps = self.perhaps(&identity)?;
        Ok(Some(Profile { identity, names, offices, perhaps, looked_at }))
    }

    /// How many engagements in which an identity takes part, or that are at a place, end on each day; oldest first.
    pub fn busy(&self, f: &Filter) -> Result<Vec<(Day, u64)>> {
        let wanted = self.wanted(f)?;
        let [any] = wanted.as_slice() else {
            return Err(Error::new(&self.path, Problem::Unknown("busy days are told of one identity, type or place".into())));
        };
        let mut days = BTreeMap::<Day, u64>::new();
        let mut s = self.sql(self.db.prepare_cached("SELECT hi, count(*) FROM facet WHERE facet = ?1 AND since <= ?2 GROUP BY hi"))?;
        for facet in any {
            let rows = s.query_map(params![facet, f.as_of.unwrap_or(Day::MAX)], |r| Ok((r.get(0)?, r.get::<_, i64>(1)?)));
            for (day, n) in self.sql(rows.and_then(Iterator::collect::<rusqlite::Result<Vec<(Day, i64)>>>))? {
                *days.entry(day).or_default() += n as u64;
            }
        }
        Ok(days.into_iter().collect())
    }

    /// First and last day on which something became known, up to `until`; `None` when nothing did.
    pub fn reports(&self, until: Day) -> Result<Option<(Day, Day)>> {
        let mut s = self.sql(self.db.prepare_cached(
            "SELECT (SELECT min(as_of) FROM history WHERE as_of <= ?1), (SELECT max(as_of) FROM history WHERE as_of <= ?1)",
        ))?;
        let found: (Option<Day>, Option<Day>) = self.sql(s.query_row([until.min(UNKNOWN - 1)], |r| Ok((r.get(0)?, r.get(1)?))))?;
        Ok(found.0.zip(found.1))
    }

    /// What became known or changed in reports up to the filter's `as_of`, the newest report first.
    pub fn latest_changes(&self, news: News, f: &Filter, sink: &mut dyn FnMut(Change) -> bool) -> Result<()> {
        let sieve = Sieve::new(self, f, f.as_of)?;
        let before = "EXISTS (SELECT 1 FROM history b WHERE b.engagement = h.engagement AND b.as_of < h.as_of)";
        let which = match news {
            News::All => String::new(),
            News::First => format!(" AND NOT {before}"),
            News::Later => format!(" AND {before}"),
        };
        let query = format!("SELECT engagement, as_of FROM history h WHERE as_of <= ?1{which} ORDER BY as_of DESC, engagement DESC");
        let mut s = self.sql(self.db.prepare_cached(&query))?;
        let mut rows = self.sql(s.query([f.as_of.unwrap_or(Day::MAX)]))?;
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Input;
    use std::path::Path;

    fn corpus(file: &Path) -> Ledger {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/dev");
        let files = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "json"));
        let all: Vec<Input> =
            files.map(|f| Input { record: serde_json::from_slice(&std::fs::read(f).unwrap()).unwrap(), given: true }).collect();
        let mut l = Ledger::open(file).unwrap();
        l.add(&all).unwrap();
        l
    }

    #[test]
    fn reads_what_another_connection_wrote_and_writes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("t.db");
        assert!(Ledger::open_read_only(&file).is_err());
        let mut l = corpus(&file);
        let mut r = Ledger::open_read_only(&file).unwrap();
        let [versions, _, _, engagements, identities] = l.counts().unwrap();
        assert_eq!(r.sizes().unwrap(), [versions, engagements, identities]);
        let one = Input { record: r.article("story1-a").unwrap().unwrap().record, given: false };
        assert!(r.add(std::slice::from_ref(&one)).is_err());
        l.add(&[one]).unwrap();
        assert_eq!(r.counts().unwrap(), l.counts().unwrap());
    }

    #[test]
    fn newest_changes_are_the_changes_backwards() {
        let dir = tempfile::tempdir().unwrap();
        let l = corpus(&dir.path().join("t.db"));
        let told = |c: Change| (c.now.as_of.clone(), c.engagement.id);
        let (mut forth, mut back) = (vec![], vec![]);
        l.changes(Day::MIN, &Filter::default(), &mut |c| (forth.push(told(c)), true).1).unwrap();
        l.latest_changes(News::All, &Filter::default(), &mut |c| (back.push(told(c)), true).1).unwrap();
        let (mut first, mut later) = (0, 0);
        l.latest_changes(News::First, &Filter::default(), &mut |c| (first += usize::from(c.before.is_none()), c.before.is_none()).1)
            .unwrap();
        l.latest_changes(News::Later, &Filter::default(), &mut |c| (later += usize::from(c.before.is_some()), c.before.is_some()).1)
            .unwrap();
        assert!(later > 5 && first + later == back.len(), "{first} {later}");
        back.reverse();
        assert!(forth.len() > 100, "{}", forth.len());
        assert_eq!(forth, back);
        let (first, last) = l.reports(Day::MAX).unwrap().unwrap();
        assert!(first < last && last < UNKNOWN);
    }

    #[test]
    fn a_profile_is_the_portrait_when_all_documents_are_looked_at() {
        let dir = tempfile::tempdir().unwrap();
        let l = corpus(&dir.path().join("t.db"));
        for i in l.entities(None, None, None, 40).unwrap() {
            let (a, b) = (l.profile(&i.key, usize::MAX >> 1).unwrap().unwrap(), l.portrait(&i.key).unwrap());
            assert_eq!((a.names, a.offices.len(), a.looked_at as i64 >= i.documents), (b.names, b.offices.len(), true));
            let one = l.profile(&i.key, 1).unwrap().unwrap();
            assert_eq!(one.looked_at, 1);
        }
        assert!(l.profile("nobody", 10).unwrap().is_none());
        let of_india = Filter { country: Some("IND".into()), ..Filter::default() };
        let mut n = 0;
        l.list(&of_india, &mut |_| (n += 1, true).1).unwrap();
        assert_eq!(l.busy(&of_india).unwrap().iter().map(|d| d.1).sum::<u64>(), n);
    }
}
