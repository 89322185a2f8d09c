//! A curator's decisions about identities, and rebuilding the ledger from what was given.

use crate::day::Day;
use crate::error::{Error, Problem, Result};
use crate::family::Sketch;
use crate::identity::{Decisions, sounds};
use crate::ledger::{Ledger, RECORD_COLUMNS, index, record_from};
use crate::link::Linker;
use crate::{search, who};
use mulaqat::lookup;
use mulaqat::record::{Document, Record};
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

/// An identity of the registry.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Identity {
    pub id: i64,
    pub key: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub name: String,
    pub country: Option<String>,
    /// Known from the name lists.
    pub listed: bool,
    /// Documents that name it.
    pub documents: i64,
}

/// An identity with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Portrait {
    #[serde(flatten)]
    pub identity: Identity,
    /// Names it has in documents, with how many, the most frequent first.
    pub names: Vec<(String, usize)>,
    /// Offices as documents tell them, with the first and last day of such a report.
    pub offices: Vec<Tenure>,
    /// Other identities that may be the same: of a name that is part of this one, or the other way round.
    pub perhaps: Vec<Identity>,
}

/// An office and the reports that tell it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Tenure {
    pub title: String,
    pub of: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// What a curator decided. Identities stand by their keys.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Decision {
    pub number: i64,
    /// `merge`, `split` or `rename`.
    pub action: String,
    pub target: String,
    /// The key merged into, the name split off, the new name.
    pub value: String,
    /// The key of what was split off.
    pub made: Option<String>,
}

impl Ledger {
    pub(crate) fn read_decisions(&self) -> Result<Decisions> {
        Ok(Self::in_force(&self.decisions()?))
    }

    /// Decisions in the order in which they were made.
    pub fn decisions(&self) -> Result<Vec<Decision>> {
        let mut s = self.sql(self.db.prepare("SELECT key, action, target, value, made FROM decision ORDER BY key"))?;
        let row =
            |r: &rusqlite::Row| Ok(Decision { number: r.get(0)?, action: r.get(1)?, target: r.get(2)?, value: r.get(3)?, made: r.get(4)? });
        self.sql(s.query_map([], row).and_then(Iterator::collect))
    }

    /// What decisions come to: of two about one thing the later.
    fn in_force(all: &[Decision]) -> Decisions {
        let mut d = Decisions::default();
        for Decision { action, target, value, made, .. } in all.iter().cloned() {
            match (action.as_str(), made) {
                ("merge", _) => drop(d.merged.insert(target, value)),
                ("rename", _) => drop(d.renamed.insert(target, value)),
                ("split", Some(made)) => drop(d.split.insert((target, value), made)),
                _ => {}
            }
        }
        d
    }

    const IDENTITY: &'static str = "SELECT key, name_key, kind, name, country, listed, mentions FROM identity";

    fn identity_row(r: &rusqlite::Row) -> rusqlite::Result<Identity> {
        Ok(Identity {
            id: r.get(0)?,
            key: r.get(1)?,
            kind: r.get(2)?,
            name: r.get(3)?,
            country: r.get(4)?,
            listed: r.get(5)?,
            documents: r.get(6)?,
        })
    }

    /// Identities, the most named first, by reports up to a day; those of a name, when one is given.
    pub fn entities(&self, name: Option<&str>, kind: Option<&str>, as_of: Option<Day>, limit: usize) -> Result<Vec<Identity>> {
        let mut found = match (name, as_of) {
            (Some(name), _) => self.entities_named(name)?,
            (None, None) => {
                let most = "WHERE ?1 IS NULL OR kind = ?1 ORDER BY mentions DESC, name_key LIMIT ?2";
                let mut s = self.sql(self.db.prepare(&format!("{} {most}", Self::IDENTITY)))?;
                return self.sql(s.query_map(params![kind, limit as i64], Self::identity_row).and_then(Iterator::collect));
            }
            (None, Some(_)) => {
                let mut s = self.sql(self.db.prepare(Self::IDENTITY))?;
                self.sql(s.query_map([], Self::identity_row).and_then(Iterator::collect))?
            }
        };
        found.retain(|i| kind.is_none_or(|k| i.kind == k));
        if let Some(day) = as_of {
            let mut s = self.sql(self.db.prepare(
                "SELECT count(DISTINCT m.doc) FROM mention m JOIN document d ON d.key = m.doc WHERE m.identity = ?1 AND d.as_of <= ?2",
            ))?;
            for i in &mut found {
                i.documents = self.sql(s.query_row(params![i.id, day], |r| r.get(0)))?;
            }
            found.retain(|i| i.documents > 0);
            found.sort_by(|a, b| b.documents.cmp(&a.documents).then(a.key.cmp(&b.key)));
        }
        found.truncate(limit);
        Ok(found)
    }

    fn entities_named(&self, name: &str) -> Result<Vec<Identity>> {
        let mut by_key = self.sql(self.db.prepare_cached(&format!("{} WHERE name_key = ?1 OR key = ?2", Self::IDENTITY)))?;
        let number: i64 = name.parse().unwrap_or(-1);
        let mut out: Vec<Identity> = self.sql(by_key.query_map(params![name, number], Self::identity_row).and_then(Iterator::collect))?;
        if out.is_empty() {
            for key in self.identities(name)? {
                out.extend(
                    self.sql(
                        by_key.query_map(params![key, -1], Self::identity_row).and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>),
                    )?,
                );
            }
        }
        if out.is_empty() {
            let words = sounds(name);
            let mut s = self.sql(
                self.db.prepare_cached(&format!("{} WHERE key IN (SELECT identity FROM identity_word WHERE word = ?1)", Self::IDENTITY)),
            )?;
            if let Some(w) = words.first() {
                let all: Vec<Identity> = self.sql(s.query_map([w], Self::identity_row).and_then(Iterator::collect))?;
                out.extend(all.into_iter().filter(|i| words.iter().all(|w| sounds(&i.name).contains(w))));
            }
        }
        out.sort_by(|a, b| b.documents.cmp(&a.documents).then(a.key.cmp(&b.key)));
        Ok(out)
    }

    /// The identity of a key.
    pub fn identity(&self, key: &str) -> Result<Option<Identity>> {
        let mut s = self.sql(self.db.prepare_cached(&format!("{} WHERE name_key = ?1", Self::IDENTITY)))?;
        self.sql(s.query_row([key], Self::identity_row).optional())
    }

    /// The one identity that a number, key or name means.
    pub fn entity(&self, name: &str) -> Result<Identity> {
        let mut found = self.entities_named(name)?;
        match found.len() {
            1 => Ok(found.remove(0)),
            0 => Err(self.unknown(format!("no identity is called {name}; mulaqat entity list shows them"))),
            _ => {
                let all: Vec<String> =
                    found.iter().take(8).map(|i| format!("{} {} ({})", i.id, i.name, i.country.as_deref().unwrap_or("-"))).collect();
                Err(self.unknown(format!("{name} may be {}; give the number", all.join(", "))))
            }
        }
    }

    fn unknown(&self, what: String) -> Error {
        Error::new(&self.path, Problem::Unknown(what))
    }

    /// All that is known of an identity.
    pub fn portrait(&self, name: &str) -> Result<Portrait> {
        let identity = self.entity(name)?;
        let mut s = self.sql(self.db.prepare_cached(&format!(
            "SELECT m.name, m.entity, d.as_of, {} FROM mention m JOIN document d ON d.key = m.doc WHERE m.identity = ?1 ORDER BY d.as_of, d.uid LIMIT 20000",
            RECORD_COLUMNS.split(", ").map(|c| format!("d.{c}")).collect::<Vec<_>>().join(", ")
        )))?;
        let (mut names, mut offices) = (BTreeMap::<String, usize>::new(), BTreeMap::<(String, Option<String>), (i32, i32)>::new());
        let mut rows = self.sql(s.query([identity.id]))?;
        while let Some(row) = self.sql(rows.next())? {
            let (name, entity, day): (String, String, i32) = self.sql((|| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))())?;
            *names.entry(name).or_default() += 1;
            let r: Record = self.sql(record_from(row, 3))?;
            for e in r.entities.iter().filter(|e| e.id == entity) {
                for a in &e.aliases {
                    *names.entry(a.clone()).or_default() += 1;
                }
                for o in &e.roles {
                    let at = offices.entry((o.title.clone(), o.of.clone())).or_insert((day, day));
                    *at = (at.0.min(day), at.1.max(day));
                }
            }
        }
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let shown = |d: i32| Some(crate::day::show(d)).filter(|s| !s.is_empty());
        let offices = offices.into_iter().map(|((title, of), (a, b))| Tenure { title, of, from: shown(a), to: shown(b) }).collect();
        let perhaps = self.perhaps(&identity)?;
        Ok(Portrait { identity, names, offices, perhaps })
    }

    pub(crate) fn perhaps(&self, i: &Identity) -> Result<Vec<Identity>> {
        let words = sounds(&i.name);
        let (Some(last), "person") = (words.last(), i.kind.as_str()) else { return Ok(vec![]) };
        let mut s = self.sql(self.db.prepare_cached(&format!(
            "{} WHERE kind = 'person' AND key != ?2 AND country IS ?3 AND key IN (SELECT identity FROM identity_word WHERE word = ?1)",
            Self::IDENTITY
        )))?;
        let all: Vec<Identity> = self.sql(s.query_map(params![last, i.id, i.country], Self::identity_row).and_then(Iterator::collect))?;
        let part = |a: &[String], b: &[String]| a.iter().all(|w| b.contains(w));
        Ok(all
            .into_iter()
            .filter(|o| {
                let w = sounds(&o.name);
                part(&w, &words) || part(&words, &w)
            })
            .collect())
    }

    /// Two identities are one: what is said of `from` is said of `into`.
    pub fn merge(&mut self, from: &str, into: &str) -> Result<Identity> {
        let (from, into) = (self.entity(from)?, self.entity(into)?);
        if from.key == into.key {
            return Err(self.unknown(format!("{} is one identity already", from.name)));
        }
        if from.kind != into.kind {
            return Err(self.unknown(format!("{} is a {}, {} a {}: they cannot be one", from.name, from.kind, into.name, into.kind)));
        }
        self.decide("merge", &from.key, &into.key, None, &[from.id, into.id])?;
        self.entity(&into.key)
    }

    /// One name of an identity is of someone else. The new identity's key is that of the old one with the name.
    pub fn split(&mut self, of: &str, name: &str) -> Result<Identity> {
        let of = self.entity(of)?;
        let name_key = lookup::key(name);
        let made = format!("{}#{}", of.key, name_key);
        let mut s = self.sql(self.db.prepare("SELECT DISTINCT name FROM mention WHERE identity = ?1"))?;
        let names: BTreeSet<String> = self.sql(s.query_map([of.id], |r| r.get(0)).and_then(Iterator::collect))?;
        drop(s);
        if !names.iter().any(|n| lookup::key(n) == name_key) {
            return Err(self.unknown(format!("{} is nowhere called {name}; mulaqat entity show lists its names", of.name)));
        }
        self.decide("split", &of.key, &name_key, Some(&made), &[of.id])?;
        self.entity(&made)
    }

    /// Another name to show.
    pub fn rename(&mut self, which: &str, name: &str) -> Result<Identity> {
        let which = self.entity(which)?;
        self.decide("rename", &which.key, name, None, &[which.id])?;
        self.sql(self.db.execute("UPDATE identity SET name = ?2 WHERE key = ?1", params![which.id, name]))?;
        self.entity(&which.key)
    }

    /// Keeps a decision, and reads anew every document that it concerns.
    fn decide(&mut self, action: &str, target: &str, value: &str, made: Option<&str>, concerned: &[i64]) -> Result<()> {
        let mut all = self.decisions()?;
        let (action, target, value, made) = (action.to_string(), target.to_string(), value.to_string(), made.map(String::from));
        let new = Decision { number: 0, action, target, value, made };
        all.push(new.clone());
        self.with_decisions(Self::in_force(&all), concerned, |tx| {
            let put = "INSERT INTO decision (action, target, value, made) VALUES (?1, ?2, ?3, ?4)";
            tx.execute(put, params![new.action, new.target, new.value, new.made]).map(drop)
        })
    }

    /// Takes a decision back: the ledger is as if it had never been made.
    pub fn undo(&mut self, number: i64) -> Result<Decision> {
        let mut all = self.decisions()?;
        let Some(n) = all.iter().position(|d| d.number == number) else {
            return Err(self.unknown(format!("there is no decision {number}; mulaqat entity decisions lists them")));
        };
        let gone = all.remove(n);
        let keys = [Some(&gone.target), (gone.action == "merge").then_some(&gone.value), gone.made.as_ref()];
        let mut concerned = vec![];
        for key in keys.into_iter().flatten() {
            let mut s = self.sql(self.db.prepare_cached("SELECT key FROM identity WHERE name_key IN (?1, ?2)"))?;
            let ids = s.query_map([key, &self.decisions.root(key)], |r| r.get(0));
            concerned.extend(self.sql(ids.and_then(Iterator::collect::<rusqlite::Result<Vec<i64>>>))?);
        }
        let delete = |tx: &rusqlite::Transaction| tx.execute("DELETE FROM decision WHERE key = ?1", [number]).map(drop);
        self.with_decisions(Self::in_force(&all), &concerned, delete)?;
        Ok(gone)
    }

    /// Writes a change of the decisions, and reads anew every document that names the identities concerned; all of it, or nothing.
    fn with_decisions(
        &mut self,
        decisions: Decisions,
        concerned: &[i64],
        change: impl FnOnce(&rusqlite::Transaction) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let before = std::mem::replace(&mut self.decisions, decisions);
        let written = self.write(|w, tx| {
            change(tx)?;
            let mut docs = BTreeSet::new();
            let mut s = tx.prepare("SELECT doc FROM mention WHERE identity = ?1")?;
            for id in concerned {
                for doc in s.query_map([id], |r| r.get::<_, i64>(0))? {
                    docs.insert(doc?);
                }
            }
            let mut linker = Linker::new(tx, w.cache);
            // all out before any goes in: an identity that nothing names for a moment gets its name anew
            for &doc in &docs {
                linker.remove(doc)?;
                search::remove(tx, doc)?;
                who::remove(tx, doc)?;
                tx.execute("UPDATE document SET family = uid WHERE key = ?1", [doc])?;
            }
            let mut read = tx.prepare(&format!("SELECT {RECORD_COLUMNS}, uid, sketch FROM document WHERE key = ?1"))?;
            for &doc in &docs {
                let (r, uid, sketch) =
                    read.query_row([doc], |row| Ok((record_from(row, 0)?, row.get::<_, i64>(8)?, row.get::<_, Option<Vec<u8>>>(9)?)))?;
                index(tx, w, &mut linker, doc, &r, uid, sketch.as_deref().and_then(Sketch::from_bytes).as_ref())?;
            }
            linker.finish(w.cache)
        });
        if written.is_err() {
            self.decisions = before;
        }
        written
    }

    /// Makes everything anew from the stored documents; `read` reads those whose record did not come ready-made.
    /// One transaction: until it is done, the ledger is as it was.
    pub fn rebuild(&mut self, read: &mut dyn FnMut(&Document) -> Record, progress: &mut dyn FnMut(u64)) -> Result<u64> {
        self.write(|w, tx| {
            *w.cache = Default::default();
            tx.execute_batch(
                "DELETE FROM facet; DELETE FROM history; DELETE FROM engagement; DELETE FROM block; DELETE FROM claim; DELETE FROM mention;
                 DELETE FROM identity_word; DELETE FROM identity; DELETE FROM band; INSERT INTO search (search) VALUES ('delete-all');
                 UPDATE document SET family = uid;",
            )?;
            let keys: Vec<i64> = {
                // in the order in which links are decided: nothing is decided twice
                let mut s = tx.prepare("SELECT key FROM document WHERE current ORDER BY as_of, uid")?;
                s.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?
            };
            let mut one = tx.prepare(&format!("SELECT {RECORD_COLUMNS}, given FROM document WHERE key = ?1"))?;
            let mut keep = tx.prepare("UPDATE document SET record = ?2, as_of = ?3, sketch = ?4 WHERE key = ?1")?;
            for batch in keys.chunks(256) {
                let mut linker = Linker::new(tx, w.cache);
                for &key in batch {
                    let (mut r, given) = one.query_row([key], |row| Ok((record_from(row, 0)?, row.get::<_, bool>(8)?)))?;
                    if !given {
                        r = read(&r.document);
                    }
                    let sketch = Sketch::new(&r.document.text);
                    let json = crate::ledger::record_json(&r);
                    keep.execute(params![key, json, crate::claim::as_of(&r), sketch.as_ref().map(Sketch::bytes)])?;
                    let uid = crate::hash::id(&[&crate::ledger::document_id(&r.document)]);
                    index(tx, w, &mut linker, key, &r, uid, sketch.as_ref())?;
                }
                linker.finish(w.cache)?;
                progress(batch.len() as u64);
            }
            Ok(keys.len() as u64)
        })
    }
}
