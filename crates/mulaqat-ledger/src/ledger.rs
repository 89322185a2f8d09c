//! The ledger's file: opening it, and adding documents to it.

use crate::claim::{self};
use crate::day;
use crate::error::{Error, Problem, Result};
use crate::family::Sketch;
use crate::hash;
use crate::identity::{Decisions, names};
use crate::link::{Cache, Linker};
use crate::{search, who};
use mulaqat::record::{Document, Record};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What marks a file as ours: `mulq` in SQLite's `application_id`.
const APPLICATION: i64 = 0x6d75_6c71;
/// Migrations in order; `user_version` counts those done.
const MIGRATIONS: &[&str] = &[include_str!("schema.sql")];

/// A document to add, with its record.
#[derive(Debug, Clone)]
pub struct Input {
    pub record: Record,
    /// The record came ready-made: a rebuild keeps it.
    pub given: bool,
}

/// What adding did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    New,
    /// A new version of a known document.
    Changed,
    /// Known already; nothing was written.
    Duplicate,
}

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    pub(crate) decisions: Decisions,
    cache: Cache,
}

impl Ledger {
    /// Opens a ledger, and makes one where there is no file.
    pub fn open(path: &Path) -> Result<Ledger> {
        Self::open_with(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// A ledger that no file keeps: gone when it is dropped.
    pub fn in_memory() -> Result<Ledger> {
        Self::open_with(Path::new(":memory:"), OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens a ledger that must be there.
    pub fn open_existing(path: &Path) -> Result<Ledger> {
        if !path.exists() {
            return Err(Error::new(path, Problem::Unknown("no such ledger; mulaqat add makes one, --ledger names another".into())));
        }
        Self::open_with(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens a ledger that must be there, to read only: others may write meanwhile. A ledger of an older format must be opened for
    /// writing first, which brings it up to date.
    pub fn open_read_only(path: &Path) -> Result<Ledger> {
        let err = |e| Error::sqlite(path, e);
        let known = MIGRATIONS.len() as i64;
        let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(err)?;
        db.set_prepared_statement_cache_capacity(128);
        db.busy_timeout(Duration::from_secs(5)).map_err(err)?;
        let pragma = |name: &str| db.pragma_query_value(None, name, |r| r.get::<_, i64>(0)).map_err(err);
        let (application, version) = (pragma("application_id")?, pragma("user_version")?);
        match version {
            _ if application != APPLICATION => return Err(Error::new(path, Problem::Foreign)),
            found if found > known => return Err(Error::new(path, Problem::Newer { found, known })),
            found if found < known => return Err(Error::new(path, Problem::Older { found, known })),
            _ => {}
        }
        db.execute_batch("PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY;").map_err(err)?;
        let mut ledger = Ledger { db, path: path.into(), decisions: Decisions::default(), cache: Cache::default() };
        ledger.decisions = ledger.read_decisions()?;
        Ok(ledger)
    }

    fn open_with(path: &Path, flags: OpenFlags) -> Result<Ledger> {
        let err = |e| Error::sqlite(path, e);
        let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(err)?;
        db.set_prepared_statement_cache_capacity(128);
        db.busy_timeout(Duration::from_secs(5)).map_err(err)?;
        let pragma = |name: &str| db.pragma_query_value(None, name, |r| r.get::<_, i64>(0)).map_err(err);
        let (application, version) = (pragma("application_id")?, pragma("user_version")?);
        let empty: bool = db.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |r| r.get(0)).map_err(err)?;
        if application != APPLICATION && !empty {
            return Err(Error::new(path, Problem::Foreign));
        }
        let known = MIGRATIONS.len() as i64;
        if version > known {
            return Err(Error::new(path, Problem::Newer { found: version, known }));
        }
        // FULL: what was acknowledged outlives a loss of power too
        db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000; PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY;")
            .map_err(err)?;
        let mut ledger = Ledger { db, path: path.into(), decisions: Decisions::default(), cache: Cache::default() };
        if version < known {
            ledger.migrate()?;
        }
        ledger.decisions = ledger.read_decisions()?;
        Ok(ledger)
    }

    fn migrate(&mut self) -> Result<()> {
        self.write(|_, tx| {
            // another process may have been first
            let done: usize = tx.pragma_query_value(None, "user_version", |r| r.get(0))?;
            for m in &MIGRATIONS[done.min(MIGRATIONS.len())..] {
                tx.execute_batch(m)?;
            }
            tx.pragma_update(None, "application_id", APPLICATION)?;
            tx.pragma_update(None, "user_version", MIGRATIONS.len())?;
            Ok(())
        })
    }

    /// Does `work` in one transaction: all of it, or nothing.
    pub(crate) fn write<T>(&mut self, work: impl FnOnce(&mut Work, &Transaction) -> rusqlite::Result<T>) -> Result<T> {
        let path = self.path.clone();
        let err = |e| Error::sqlite(&path, e);
        let mut cache = std::mem::take(&mut self.cache);
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(err)?;
        let mut work_on = Work { decisions: &self.decisions, cache: &mut cache };
        let done = work(&mut work_on, &tx).map_err(err)?;
        tx.commit().map_err(err)?;
        // kept only after success: keys of what was rolled back will be given again
        self.cache = cache;
        Ok(done)
    }

    pub(crate) fn sql<T>(&self, r: rusqlite::Result<T>) -> Result<T> {
        r.map_err(|e| Error::sqlite(&self.path, e))
    }

    /// True when exactly this document, to be read by the engine, is in the ledger: then it need not be read.
    pub fn holds(&self, d: &Document) -> Result<bool> {
        let id = document_id(d);
        let mut known = self.sql(self.db.prepare_cached("SELECT 1 FROM document WHERE id = ?1 AND hash = ?2"))?;
        self.sql(known.exists(params![id, document_hash(d)]))
    }

    /// Adds documents, in one transaction: when this returns, all are kept.
    pub fn add(&mut self, batch: &[Input]) -> Result<Vec<Added>> {
        self.write(|w, tx| {
            let mut linker = Linker::new(tx, w.cache);
            let mut out = Vec::with_capacity(batch.len());
            for input in batch {
                out.push(store(tx, w, &mut linker, input)?);
            }
            linker.finish(w.cache)?;
            Ok(out)
        })
    }

    /// Asks SQLite whether the file is sound.
    pub fn integrity(&self) -> Result<Vec<String>> {
        let mut s = self.sql(self.db.prepare("PRAGMA integrity_check"))?;
        let rows: Vec<String> = self.sql(s.query_map([], |r| r.get(0)).and_then(Iterator::collect))?;
        Ok(rows.into_iter().filter(|r| r != "ok").collect())
    }

    /// Refuses to grow beyond so many pages; for tests of a full disk.
    pub fn limit_pages(&self, pages: u32) -> Result<()> {
        self.sql(self.db.pragma_update(None, "max_page_count", pages))
    }

    /// How long to wait for another program that writes; five seconds unless said.
    pub fn wait(&self, time: Duration) -> Result<()> {
        self.sql(self.db.busy_timeout(time))
    }

    /// Documents and, of those, current ones; claims; engagements; identities.
    pub fn counts(&self) -> Result<[u64; 5]> {
        let count = |q: &str| self.sql(self.db.query_row(q, [], |r| r.get::<_, i64>(0))).map(|n| n as u64);
        Ok([
            count("SELECT count(*) FROM document")?,
            count("SELECT count(*) FROM document WHERE current")?,
            count("SELECT count(*) FROM claim")?,
            count("SELECT count(*) FROM engagement")?,
            count("SELECT count(*) FROM identity")?,
        ])
    }

    /// Ids and content hashes of all versions, sorted: what the ledger holds, whatever the order in which it came.
    pub fn contents(&self) -> Result<Vec<(String, String)>> {
        let mut s = self.sql(self.db.prepare("SELECT id, lower(hex(hash)) FROM document ORDER BY 1, 2"))?;
        self.sql(s.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).and_then(Iterator::collect))
    }
}

/// What code inside a transaction needs beside it.
pub(crate) struct Work<'l> {
    pub decisions: &'l Decisions,
    pub cache: &'l mut Cache,
}

/// The id under which versions of a document stand together: its own, its address, else its text.
pub fn document_id(d: &Document) -> String {
    match (&d.id, &d.url) {
        (id, _) if !id.is_empty() => id.clone(),
        (_, Some(url)) if !url.is_empty() => url.clone(),
        _ => hash::show(hash::id(&[&d.text])),
    }
}

fn document_hash(d: &Document) -> [u8; 32] {
    let or = |s: &Option<String>| s.clone().unwrap_or_default();
    hash::content(&["document", &d.id, &or(&d.url), &or(&d.title), &or(&d.publisher), &or(&d.published), &d.language, &d.text])
}

fn store(tx: &Transaction, w: &mut Work, linker: &mut Linker, input: &Input) -> rusqlite::Result<Added> {
    let r = &input.record;
    let d = &r.document;
    let id = document_id(d);
    let json = record_json(r);
    let hash =
        if input.given { hash::content(&["record", &json, &hash::show(hash::id(&[&hex(&document_hash(d))]))]) } else { document_hash(d) };
    if tx.prepare_cached("SELECT 1 FROM document WHERE id = ?1 AND hash = ?2")?.exists(params![id, hash])? {
        return Ok(Added::Duplicate);
    }
    let before: Option<(i64, i64, Option<String>)> = tx
        .prepare_cached(
            "SELECT key, (SELECT max(version) FROM document v WHERE v.id = d.id), published FROM document d WHERE id = ?1 AND current",
        )?
        .query_row([&id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    // the newest version is the last published one; among those of one day the last added
    let older = before.as_ref().is_some_and(|(_, _, p)| matches!((p, &d.published), (Some(known), Some(new)) if new < known));
    if let (Some((key, ..)), false) = (&before, older) {
        linker.remove(*key)?;
        search::remove(tx, *key)?;
        who::remove(tx, *key)?;
        tx.prepare_cached("UPDATE document SET current = 0 WHERE key = ?1")?.execute([key])?;
    }
    let version = before.as_ref().map_or(1, |(_, v, _)| v + 1);
    let uid = hash::id(&[&id]);
    let sketch = Sketch::new(&d.text);
    tx.prepare_cached(
        "INSERT INTO document (id, version, hash, current, given, url, title, publisher, published, language, text, record, as_of, uid, family, sketch)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14, ?15)",
    )?
    .execute(params![
        id, version, hash, !older, input.given, d.url, d.title, d.publisher, d.published, d.language, d.text, json, claim::as_of(r), uid,
        sketch.as_ref().map(Sketch::bytes)
    ])?;
    if !older {
        index(tx, w, linker, tx.last_insert_rowid(), r, uid, sketch.as_ref())?;
    }
    Ok(if before.is_some() { Added::Changed } else { Added::New })
}

/// Makes everything that is made from a document: its family, identities, claims, words to search.
pub(crate) fn index(
    tx: &Transaction,
    w: &mut Work,
    linker: &mut Linker,
    key: i64,
    r: &Record,
    uid: i64,
    sketch: Option<&Sketch>,
) -> rusqlite::Result<()> {
    let as_of = claim::as_of(r);
    let identified = claim::identify(r, names(), w.decisions);
    who::add(tx, names(), key, r, &identified)?;
    search::add(tx, key, as_of, &r.document)?;
    linker.join_family(key, (as_of, uid), sketch)?;
    linker.insert(key, (as_of, uid), claim::claims(r, &identified, as_of))
}

/// The record without its document, whose parts are columns.
pub(crate) fn record_json(r: &Record) -> String {
    let mut v = serde_json::to_value(r).unwrap_or_default();
    if let Some(o) = v.as_object_mut() {
        o.remove("document");
    }
    v.to_string()
}

pub(crate) const RECORD_COLUMNS: &str = "id, url, title, publisher, published, language, text, record";

/// A record put together again from [`RECORD_COLUMNS`], beginning at column `at`.
pub(crate) fn record_from(row: &rusqlite::Row, at: usize) -> rusqlite::Result<Record> {
    let json: String = row.get(at + 7)?;
    let bad = |e: serde_json::Error| rusqlite::Error::FromSqlConversionFailure(at + 7, rusqlite::types::Type::Text, Box::new(e));
    let mut v: serde_json::Value = serde_json::from_str(&json).map_err(bad)?;
    let document = Document {
        id: row.get(at)?,
        url: row.get(at + 1)?,
        title: row.get(at + 2)?,
        publisher: row.get(at + 3)?,
        published: row.get(at + 4)?,
        language: row.get(at + 5)?,
        text: row.get(at + 6)?,
    };
    v["document"] = serde_json::to_value(document).map_err(bad)?;
    serde_json::from_value(v).map_err(bad)
}

fn hex(b: &[u8]) -> String {
    b.iter().map(|b| format!("{b:02x}")).collect()
}

/// The end of a rowid of the search index that carries the document; the days stand before it.
pub(crate) fn search_row(as_of: day::Day, key: i64) -> i64 {
    let day = if as_of >= day::UNKNOWN { 0 } else { i64::from(as_of.max(0)) };
    (day << 40) | key
}
