//! Who said what: statements of stored records, found by who speaks and whom the report names.

use crate::day::{self, Day};
use crate::error::Result;
use crate::identity::{is_code, names};
use crate::ledger::{Ledger, RECORD_COLUMNS, record_from, search_row};
use crate::summary::Named;
use mulaqat::lookup::{self, Kind};
use mulaqat::record::{Event, Medium};
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

/// Which statements.
#[derive(Debug, Clone, Default)]
pub struct Speech {
    /// Keys of identities, one of which speaks; empty for anybody.
    pub speakers: Vec<String>,
    /// Of each list, one must be named by the report: keys of identities, alpha-3 codes, or names as they stand there.
    pub about: Vec<Vec<String>>,
    /// Words that the report must hold.
    pub text: Option<String>,
    /// Days of the report.
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// At most so many reports are read, the newest first.
    pub reports: usize,
}

/// One statement of a report.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Said {
    pub doc: String,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    /// Day of the report: its publication, else the day it tells of.
    pub day: Option<String>,
    pub speaker: Named,
    /// In quotation marks, or reported.
    pub direct: bool,
    pub medium: Option<Medium>,
    pub text: String,
    /// Keys of those with whom the speaker takes part in what the report tells.
    #[serde(skip)]
    pub with: BTreeSet<String>,
}

impl Ledger {
    /// Statements of the newest reports that name the speakers and what they speak about, newest first.
    pub fn statements(&self, f: &Speech) -> Result<Vec<Said>> {
        let mut parts = vec![];
        for any in std::iter::once(&f.speakers).chain(&f.about).filter(|any| !any.is_empty()) {
            let mut forms = BTreeSet::new();
            for key in any {
                forms.extend(self.forms(key)?);
            }
            let any: Vec<String> = forms.iter().map(|f| format!("\"{f}\"")).collect();
            if any.is_empty() {
                return Ok(vec![]);
            }
            parts.push(format!("words : ({})", any.join(" OR ")));
        }
        parts.extend(f.text.iter().flat_map(|t| lookup::words(t).collect::<Vec<_>>()).map(|w| format!("words : \"{w}\"")));
        if parts.is_empty() {
            return Ok(vec![]);
        }
        let (from, to) = (f.from.map_or(0, |d| search_row(d, 0)), f.to.map_or(i64::MAX, |d| search_row(d + 1, 0) - 1));
        let mut s = self
            .sql(self.db.prepare_cached(
                "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC LIMIT ?4",
            ))?;
        let rows: Vec<i64> =
            self.sql(s.query_map(params![parts.join(" AND "), from, to, f.reports as i64], |r| r.get(0)).and_then(Iterator::collect))?;
        // most reports hold no statement: that is asked before one is read
        let mut speaks = self.sql(self.db.prepare_cached("SELECT 1 FROM document WHERE key = ?1 AND record LIKE '%\"speaker\"%'"))?;
        let mut one = self.sql(self.db.prepare_cached(&format!("SELECT {RECORD_COLUMNS}, as_of FROM document WHERE key = ?1")))?;
        let mut who =
            self.sql(self.db.prepare_cached(
                "SELECT m.entity, i.name_key, i.name FROM mention m JOIN identity i ON i.key = m.identity WHERE m.doc = ?1",
            ))?;
        let mut out = vec![];
        for row in rows {
            let key = row & ((1 << 40) - 1);
            if !self.sql(speaks.exists([key]))? {
                continue;
            }
            let Some((r, as_of)) = self.sql(one.query_row([key], |row| Ok((record_from(row, 0)?, row.get::<_, Day>(8)?))).optional())?
            else {
                continue;
            };
            let of: BTreeMap<String, (String, String)> =
                self.sql(who.query_map([key], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?)))).and_then(Iterator::collect))?;
            for s in &r.statements {
                let Some((key, name)) = of.get(&s.speaker) else { continue };
                if !f.speakers.is_empty() && !f.speakers.contains(key) {
                    continue;
                }
                let takes_part = |e: &&Event| e.actors.iter().chain(&e.recipients).any(|id| *id == s.speaker);
                let events = r.events.iter().filter(takes_part);
                let with = events.flat_map(|e| e.actors.iter().chain(&e.recipients)).filter_map(|id| of.get(id)).map(|i| i.0.clone());
                out.push(Said {
                    doc: r.document.id.clone(),
                    publisher: r.document.publisher.clone(),
                    published: r.document.published.clone(),
                    title: r.document.title.clone(),
                    url: r.document.url.clone(),
                    day: Some(day::show(as_of)).filter(|d| !d.is_empty()),
                    speaker: Named { key: key.clone(), name: name.clone() },
                    direct: s.direct,
                    medium: s.medium,
                    text: s.span.text.clone(),
                    with: with.collect(),
                });
            }
        }
        Ok(out)
    }

    /// The names, folded, by which reports may call an identity, a country, or what has that name.
    fn forms(&self, key: &str) -> Result<Vec<String>> {
        let lists = names().lists;
        if is_code(key) {
            let of = lists.entries.iter().filter(|l| l.kind == Kind::Country && l.country.as_deref() == Some(key));
            return Ok(of.flat_map(|l| &l.names).map(|n| lookup::key(n)).filter(|n| !n.is_empty()).collect());
        }
        let mut out = BTreeSet::new();
        if !key.contains(':') {
            out.extend(lists.named(key).flat_map(|l| &l.names).map(|n| lookup::key(n)).chain([lookup::key(key)]));
            out.remove("");
            return Ok(out.into_iter().collect());
        }
        let mut s = self.sql(self.db.prepare_cached("SELECT name FROM identity WHERE name_key = ?1"))?;
        let name: Option<String> = self.sql(s.query_row([key], |r| r.get(0)).optional())?;
        // an identity that the registry lacks is in no report
        let Some(name) = name else { return Ok(vec![]) };
        out.insert(lookup::key(&name));
        let listed = |n: &str| match key.split_once(':') {
            Some(("P", of)) => of.split_once('|').is_some_and(|(name, _)| name == n),
            Some(("b", of)) => of == n,
            _ => false,
        };
        let own = key.split_once(':').map_or("", |k| k.1.split('|').next().unwrap_or_default());
        out.extend(lists.named(own).filter(|l| listed(&l.name)).flat_map(|l| &l.names).map(|n| lookup::key(n)));
        out.remove("");
        Ok(out.into_iter().collect())
    }
}
