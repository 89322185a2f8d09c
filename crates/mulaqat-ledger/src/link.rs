//! Joining claims into engagements, so that the result is a function of the set of reports and not of their order of arrival.
//!
//! Reports are taken in the order of their publication (day, then a hash of the document's id). The claims of a report join, best match
//! first and no two the same, the engagements that *earlier published* reports founded, or found their own. What a claim decides
//! depends on its neighbours only: the claims of earlier reports in its blocks ([`Claim::blocks`], near in time) that [`judge`] does not
//! set apart. So when a report arrives late, or a version goes, only later reports that are neighbours of what changed decide again, in
//! order, until nothing changes: the ledger is then what it would have been, had all come in order.
//!
//! Since nothing looks ahead in publication, the engagements as known on a day are those of the reports up to it: `--as-of` needs no other linking.

use crate::claim::{Claim, Class};
use crate::day::Day;
use crate::family::{REPRINTED, Sketch};
use crate::hash;
use crate::judge::{MOVES_POSTPONED, MOVES_TENTATIVE, SPAN, Verdict, judge};
use crate::summary;
use mulaqat::record::Status;
use rusqlite::{Transaction, params};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Day of the report and hash of its id: its place among reports.
pub type Order = (Day, i64);

/// A stored claim.
#[derive(Debug)]
pub(crate) struct Stored {
    pub key: i64,
    pub doc: i64,
    pub uid: i64,
    pub claim: Claim,
}

impl Stored {
    fn order(&self) -> Order {
        (self.claim.as_of, self.uid)
    }
}

/// Claims read before. What a claim says never changes, so they hold from batch to batch.
#[derive(Debug, Default)]
pub(crate) struct Cache(FxHashMap<i64, Arc<Stored>>);

const CACHED: usize = 100_000;

/// A claim of a few days is looked for in the days around only.
const SHORT: Day = 6;

/// Firmness of a claim in the block index: how far its date may be from that of another claim of the same happening.
mod firm {
    pub const REAL: i64 = 0;
    pub const OPEN: i64 = 1;
    pub const POSTPONED: i64 = 2;
    pub const WIDE: i64 = 3;
    /// Added for claims that span more than a few days.
    pub const LONG: i64 = 4;
}

pub(crate) struct Linker<'t> {
    tx: &'t Transaction<'t>,
    cache: Cache,
    /// Engagement of claims looked at in this batch.
    of: FxHashMap<i64, i64>,
    /// Reports to decide (again).
    queue: BTreeSet<(Order, i64)>,
    /// Claims that have no engagement yet.
    fresh: FxHashSet<i64>,
    /// Engagements to sum up again.
    touched: BTreeSet<i64>,
}

impl<'t> Linker<'t> {
    pub fn new(tx: &'t Transaction<'t>, cache: &mut Cache) -> Linker<'t> {
        let mut cache = std::mem::take(cache);
        if cache.0.len() > CACHED {
            cache.0.clear();
        }
        Linker { tx, cache, of: FxHashMap::default(), queue: BTreeSet::new(), fresh: FxHashSet::default(), touched: BTreeSet::new() }
    }

    /// Stores the claims of a document and queues it.
    pub fn insert(&mut self, doc: i64, order: Order, claims: Vec<Claim>) -> rusqlite::Result<()> {
        for claim in claims {
            let json = serde_json::to_string(&claim).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
            self.tx
                .prepare_cached("INSERT INTO claim (doc, event, uid, engagement, features) VALUES (?1, ?2, ?3, 0, ?4)")?
                .execute(params![doc, claim.event, order.1, json])?;
            let key = self.tx.last_insert_rowid();
            let mut put = self.tx.prepare_cached("INSERT OR IGNORE INTO block (block, firm, lo, claim) VALUES (?1, ?2, ?3, ?4)")?;
            let kind = firmness(&claim);
            for block in claim.blocks() {
                put.execute(params![block, kind, claim.window.lo, key])?;
            }
            self.cache.0.insert(key, Arc::new(Stored { key, doc, uid: order.1, claim }));
            self.of.insert(key, 0);
            self.fresh.insert(key);
        }
        self.queue.insert((order, doc));
        Ok(())
    }

    /// Takes the claims of a document out, and queues those that decided by them.
    pub fn remove(&mut self, doc: i64) -> rusqlite::Result<()> {
        for s in self.claims_of(doc)? {
            let old = self.engagement(s.key)?;
            self.touched.insert(old);
            self.queue_later(&s)?;
            let kind = firmness(&s.claim);
            let mut cut = self.tx.prepare_cached("DELETE FROM block WHERE block = ?1 AND firm = ?2 AND lo = ?3 AND claim = ?4")?;
            for block in s.claim.blocks() {
                cut.execute(params![block, kind, s.claim.window.lo, s.key])?;
            }
            self.tx.prepare_cached("DELETE FROM claim WHERE key = ?1")?.execute([s.key])?;
            self.cache.0.remove(&s.key);
            self.of.remove(&s.key);
            self.fresh.remove(&s.key);
            self.queue.remove(&(s.order(), doc));
        }
        self.leave_family(doc)
    }

    /// Decides what is queued, and sums up the engagements that changed.
    pub fn finish(mut self, cache: &mut Cache) -> rusqlite::Result<()> {
        while let Some((order, doc)) = self.queue.pop_first() {
            self.decide(order, doc)?;
        }
        self.touched.remove(&0);
        for &engagement in &self.touched {
            summary::refresh(self.tx, engagement)?;
        }
        *cache = self.cache;
        Ok(())
    }

    /// The claims of a report join engagements of earlier reports, or found their own.
    fn decide(&mut self, order: Order, doc: i64) -> rusqlite::Result<()> {
        let claims = self.claims_of(doc)?;
        let mut offers: Vec<(u32, u32, i64, usize)> = vec![];
        for (n, c) in claims.iter().enumerate() {
            let mut by: BTreeMap<i64, (u32, u32, bool)> = BTreeMap::new();
            for other in self.neighbours(c)? {
                if other.order() >= order {
                    continue;
                }
                let e = self.engagement(other.key)?;
                let slot = by.entry(e).or_default();
                match judge(&c.claim, &other.claim) {
                    Verdict::Apart => {}
                    Verdict::Never => slot.2 = true,
                    Verdict::Same(s) => *slot = (slot.0.max(s), slot.1 + 1, slot.2),
                }
            }
            offers.extend(by.into_iter().filter(|(_, (s, _, never))| *s > 0 && !never).map(|(e, (s, count, _))| (s, count, e, n)));
        }
        // best match first; among equals the better supported engagement, then a fixed order
        offers.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
        let mut chosen: Vec<Option<i64>> = vec![None; claims.len()];
        let mut taken = FxHashSet::default();
        for (_, _, e, n) in offers {
            if chosen[n].is_none() && taken.insert(e) {
                chosen[n] = Some(e);
            }
        }
        for (c, chosen) in claims.iter().zip(chosen) {
            let new = chosen.unwrap_or_else(|| own(c));
            let old = self.engagement(c.key)?;
            let fresh = self.fresh.remove(&c.key);
            if new == old && !fresh {
                continue;
            }
            self.tx.prepare_cached("UPDATE claim SET engagement = ?2 WHERE key = ?1")?.execute([c.key, new])?;
            self.of.insert(c.key, new);
            self.touched.extend([old, new]);
            self.queue_later(c)?;
        }
        Ok(())
    }

    /// Queues the later reports whose decisions looked at this claim.
    fn queue_later(&mut self, c: &Stored) -> rusqlite::Result<()> {
        for other in self.neighbours(c)? {
            if other.order() > c.order() && judge(&c.claim, &other.claim) != Verdict::Apart {
                self.queue.insert((other.order(), other.doc));
            }
        }
        Ok(())
    }

    fn claims_of(&mut self, doc: i64) -> rusqlite::Result<Vec<Arc<Stored>>> {
        let keys: Vec<i64> = {
            let mut s = self.tx.prepare_cached("SELECT key FROM claim WHERE doc = ?1 ORDER BY key")?;
            let rows = s.query_map([doc], |r| r.get(0))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        keys.into_iter().map(|k| self.load(k)).collect()
    }

    fn load(&mut self, key: i64) -> rusqlite::Result<Arc<Stored>> {
        if let Some(s) = self.cache.0.get(&key) {
            return Ok(s.clone());
        }
        let (stored, engagement) =
            self.tx.prepare_cached("SELECT doc, uid, features, engagement FROM claim WHERE key = ?1")?.query_row([key], |r| {
                let claim = parse(&r.get::<_, String>(2)?)?;
                Ok((Stored { key, doc: r.get(0)?, uid: r.get(1)?, claim }, r.get(3)?))
            })?;
        let stored = Arc::new(stored);
        self.cache.0.insert(key, stored.clone());
        self.of.insert(key, engagement);
        Ok(stored)
    }

    fn engagement(&mut self, key: i64) -> rusqlite::Result<i64> {
        if let Some(&e) = self.of.get(&key) {
            return Ok(e);
        }
        let e = self.tx.prepare_cached("SELECT engagement FROM claim WHERE key = ?1")?.query_row([key], |r| r.get(0))?;
        self.of.insert(key, e);
        Ok(e)
    }

    /// Claims of other reports in the same blocks, near enough in time that they may be of the same happening.
    fn neighbours(&mut self, c: &Stored) -> rusqlite::Result<Vec<Arc<Stored>>> {
        let w = c.claim.window;
        let open = if c.claim.status == Status::Postponed { MOVES_POSTPONED } else { MOVES_TENTATIVE };
        let real = if c.claim.real() { 3 } else { open };
        let near = [(firm::REAL, real), (firm::OPEN, open), (firm::POSTPONED, MOVES_POSTPONED)];
        let ranges: Vec<(i64, Day, Day)> = if w.span() > SPAN {
            // a wide one meets its like only, and that of the same first day
            vec![(firm::WIDE, w.lo, w.lo)]
        } else {
            let spans = [(0, SHORT), (firm::LONG, SPAN)];
            near.iter().flat_map(|&(kind, days)| spans.map(|(long, span)| (kind + long, w.lo - days - span, w.hi + days))).collect()
        };
        let mut keys = BTreeSet::new();
        {
            let mut find = self.tx.prepare_cached("SELECT claim FROM block WHERE block = ?1 AND firm = ?2 AND lo BETWEEN ?3 AND ?4")?;
            for block in c.claim.blocks() {
                for &(kind, from, to) in &ranges {
                    let mut rows = find.query(params![block, kind, from, to])?;
                    while let Some(r) = rows.next()? {
                        keys.insert(r.get::<_, i64>(0)?);
                    }
                }
            }
        }
        let mut out = Vec::with_capacity(keys.len());
        for key in keys {
            let s = self.load(key)?;
            if s.doc != c.doc {
                out.push(s);
            }
        }
        Ok(out)
    }

    /// Joins a document to the families of those that share its text.
    pub fn join_family(&mut self, doc: i64, (day, uid): Order, sketch: Option<&Sketch>) -> rusqlite::Result<()> {
        let Some(sketch) = sketch else { return Ok(()) };
        let mut candidates: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        let mut seen = FxHashSet::default();
        {
            let mut find =
                self.tx.prepare_cached("SELECT d.key, d.family FROM band b JOIN document d ON d.key = b.doc WHERE b.band = ?1 AND b.doc != ?2 AND d.as_of BETWEEN ?3 AND ?4")?;
            for band in sketch.candidates(day) {
                let mut rows = find.query(params![band, doc, day - REPRINTED, day + REPRINTED])?;
                while let Some(r) = rows.next()? {
                    let key: i64 = r.get(0)?;
                    if seen.insert(key) {
                        candidates.entry(r.get(1)?).or_default().push(key);
                    }
                }
            }
            let mut put = self.tx.prepare_cached("INSERT OR IGNORE INTO band (band, doc) VALUES (?1, ?2)")?;
            for band in sketch.bands(day) {
                put.execute([band, doc])?;
            }
        }
        let mut families = BTreeSet::from([uid]);
        for (family, members) in candidates {
            for m in members {
                let bytes: Vec<u8> = self.tx.prepare_cached("SELECT sketch FROM document WHERE key = ?1")?.query_row([m], |r| r.get(0))?;
                if Sketch::from_bytes(&bytes).is_some_and(|s| s.same_story(sketch)) {
                    families.insert(family);
                    break;
                }
            }
        }
        let Some(&least) = families.first() else { return Ok(()) };
        self.tx.prepare_cached("UPDATE document SET family = ?2 WHERE key = ?1")?.execute([doc, least])?;
        for &f in families.iter().skip(1).filter(|f| **f != uid) {
            self.rename_family(f, least)?;
        }
        // its own uid may be the name of a family already joined
        if least != uid {
            self.rename_family(uid, least)?;
        }
        Ok(())
    }

    fn rename_family(&mut self, from: i64, to: i64) -> rusqlite::Result<()> {
        let mut s = self.tx.prepare_cached(
            "SELECT DISTINCT c.engagement FROM document d JOIN claim c ON c.doc = d.key WHERE d.family = ?1 AND d.current",
        )?;
        let touched: Vec<i64> = s.query_map([from], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        self.touched.extend(touched);
        self.tx.prepare_cached("UPDATE document SET family = ?2 WHERE family = ?1 AND current")?.execute([from, to])?;
        Ok(())
    }

    /// Takes a document out of its family, which may fall apart.
    fn leave_family(&mut self, doc: i64) -> rusqlite::Result<()> {
        let (family, sketch, day): (i64, Option<Vec<u8>>, Day) = self
            .tx
            .prepare_cached("SELECT family, sketch, as_of FROM document WHERE key = ?1")?
            .query_row([doc], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
        let Some(sketch) = sketch.as_deref().and_then(Sketch::from_bytes) else { return Ok(()) };
        self.cut_bands(doc, day, &sketch)?;
        let left: Vec<(i64, Order, Option<Vec<u8>>)> = {
            let mut s =
                self.tx.prepare_cached("SELECT key, as_of, uid, sketch FROM document WHERE family = ?1 AND current AND key != ?2")?;
            let rows = s.query_map([family, doc], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?), r.get(3)?)))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        self.rename_family(family, family)?;
        for (key, order, bytes) in &left {
            self.tx.prepare_cached("UPDATE document SET family = ?2 WHERE key = ?1")?.execute([*key, order.1])?;
            if let Some(s) = bytes.as_deref().and_then(Sketch::from_bytes) {
                self.cut_bands(*key, order.0, &s)?;
            }
        }
        for (key, order, bytes) in &left {
            self.join_family(*key, *order, bytes.as_deref().and_then(Sketch::from_bytes).as_ref())?;
        }
        Ok(())
    }

    fn cut_bands(&self, doc: i64, day: Day, sketch: &Sketch) -> rusqlite::Result<()> {
        let mut cut = self.tx.prepare_cached("DELETE FROM band WHERE band = ?1 AND doc = ?2")?;
        sketch.bands(day).try_for_each(|b| cut.execute([b, doc]).map(drop))
    }
}

/// The engagement that a claim founds: known by the report and its event, whatever else there is.
fn own(c: &Stored) -> i64 {
    hash::id(&["engagement", &c.uid.to_string(), &c.claim.event])
}

pub(crate) fn parse(json: &str) -> rusqlite::Result<Claim> {
    serde_json::from_str(json).map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(e)))
}

/// Under which firmness a claim is found.
fn firmness(c: &Claim) -> i64 {
    let long = if c.window.span() > SHORT { firm::LONG } else { 0 };
    match c.status {
        _ if c.window.span() > SPAN => firm::WIDE,
        _ if c.real() => firm::REAL + long,
        Status::Postponed => firm::POSTPONED + long,
        _ => firm::OPEN + long,
    }
}

/// The classes of a claim as they are told.
pub(crate) fn class_name(c: Class) -> String {
    match c {
        Class::Visit => "visit".into(),
        Class::Phone => "phone".into(),
        Class::Meeting => "meeting".into(),
        Class::Deed(kind) => mulaqat::check::term(kind).to_lowercase(),
    }
}
