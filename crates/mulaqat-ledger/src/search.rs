//! Full-text search in Devanagari, and with Latin letters.
//!
//! Words are folded by the engine's own rules on both sides (nukta, nasals, digits …). A word that the lists know as a name stands for
//! all names of that person, country or body, Latin ones among them; any other Latin word is searched by its sound. A Devanagari word
//! that is nowhere is searched by its sound too.

use crate::day::{self, Day};
use crate::error::Result;
use crate::identity::names;
use crate::ledger::{Ledger, search_row};
use crate::sound;
use mulaqat::lookup::{self, Kind};
use mulaqat::record::Document;
use rusqlite::{Transaction, params};
use std::collections::BTreeSet;

/// A document that was found.
#[derive(Debug, Clone, serde::Serialize, schemars::JsonSchema)]
pub struct Hit {
    pub id: String,
    pub published: Option<String>,
    pub publisher: Option<String>,
    pub title: Option<String>,
    /// The words around the first place where it was found.
    pub snippet: String,
    /// Ids of the engagements that it speaks of.
    pub engagements: Vec<String>,
}

/// Makes a document findable.
pub(crate) fn add(tx: &Transaction, key: i64, as_of: Day, d: &Document) -> rusqlite::Result<()> {
    let (words, sounds) = words_and_sounds(d);
    tx.prepare_cached("INSERT INTO search (rowid, words, sound) VALUES (?1, ?2, ?3)")?.execute(params![
        search_row(as_of, key),
        words,
        sounds
    ])?;
    Ok(())
}

pub(crate) fn remove(tx: &Transaction, key: i64) -> rusqlite::Result<()> {
    let as_of: Day = tx.prepare_cached("SELECT as_of FROM document WHERE key = ?1")?.query_row([key], |r| r.get(0))?;
    tx.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([search_row(as_of, key)])?;
    Ok(())
}

fn words_and_sounds(d: &Document) -> (String, String) {
    let mut words = String::new();
    let mut sounds = BTreeSet::new();
    for part in d.title.iter().map(String::as_str).chain([d.text.as_str()]) {
        for w in lookup::words(part) {
            words.push_str(&w);
            words.push(' ');
            let s = sound::key(&w);
            if s.len() > 1 {
                sounds.insert(s);
            }
        }
        // no phrase runs from the title into the text
        words.push_str("\u{e000} ");
    }
    (words, sounds.into_iter().collect::<Vec<_>>().join(" "))
}

/// An FTS5 expression for what was typed; `None` when nothing in it can be searched. `loose` searches every word by sound.
fn expression(ledger: &Ledger, text: &str, loose: bool) -> Result<Option<String>> {
    const LONGEST: usize = 4;
    let words: Vec<String> = lookup::words(text).collect();
    let mut parts = vec![];
    let mut at = 0;
    while at < words.len() {
        let name = (1..=LONGEST.min(words.len() - at)).rev().find_map(|n| {
            let listed: Vec<_> = names().lists.named(&words[at..at + n].join(" ")).filter(|l| l.kind != Kind::Place).collect();
            (!listed.is_empty()).then_some((n, listed))
        });
        if let Some((n, listed)) = name {
            let typed = words[at..at + n].join(" ");
            // a short name stands for the person's short names too; a full one for full ones
            let forms = listed.iter().flat_map(|l| {
                let short = l.names[l.full..].iter().any(|s| lookup::key(s) == typed);
                let latin = typed.is_ascii() && n == 1;
                l.names[..if short || latin || n == 1 { l.names.len() } else { l.full }].iter().map(|n| lookup::key(n))
            });
            let forms: BTreeSet<String> = forms.chain([typed.clone()]).filter(|f| !f.is_empty()).collect();
            let any: Vec<String> = forms.iter().map(|f| format!("\"{f}\"")).collect();
            parts.push(format!("words : ({})", any.join(" OR ")));
            at += n;
            continue;
        }
        let w = &words[at];
        let s = sound::key(w);
        at += 1;
        let mut forms: BTreeSet<String> = names().latin(w).flat_map(|l| l.names.iter().map(|n| lookup::key(n))).collect();
        if w.is_ascii() {
            forms.extend(ledger.words_that_sound_like(w)?);
        }
        if !forms.is_empty() {
            let any: Vec<String> = forms.iter().chain([w]).map(|f| format!("\"{f}\"")).collect();
            parts.push(format!("(words : ({}) OR sound : \"{s}\")", any.join(" OR ")));
            continue;
        }
        parts.push(match (loose || w.is_ascii()) && s.len() > 1 {
            true => format!("(words : \"{w}\" OR sound : \"{s}\")"),
            false => format!("words : \"{w}\""),
        });
    }
    Ok((!parts.is_empty()).then(|| parts.join(" AND ")))
}

impl Ledger {
    /// Words of names in the registry that have the consonants of a Latin word: vowels are lost between the scripts.
    fn words_that_sound_like(&self, word: &str) -> Result<BTreeSet<String>> {
        let skeleton = sound::skeleton(word);
        if skeleton.len() < 3 {
            return Ok(BTreeSet::new());
        }
        let mut s = self.sql(self.db.prepare_cached(
            "SELECT i.name FROM identity_word w JOIN identity i ON i.key = w.identity WHERE w.word = ?1 ORDER BY i.mentions DESC LIMIT 20",
        ))?;
        let found: Vec<String> = self.sql(s.query_map([&skeleton], |r| r.get(0)).and_then(Iterator::collect))?;
        let listed = found.iter().flat_map(|n| names().lists.named(n).flat_map(|l| &l.names));
        let words = found.iter().chain(listed).flat_map(|n| lookup::words(n).collect::<Vec<_>>());
        Ok(words.filter(|w| sound::skeleton(w) == skeleton).collect())
    }

    /// Keys of documents that hold all the words, newest report first.
    pub(crate) fn search_keys(&self, text: &str, as_of: Option<Day>, limit: usize) -> Result<Vec<i64>> {
        for loose in [false, true] {
            let Some(expression) = expression(self, text, loose)? else { return Ok(vec![]) };
            let top = as_of.map_or(i64::MAX, |d| search_row(d + 1, 0) - 1);
            let mut s = self.sql(
                self.db.prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1 AND rowid <= ?2 ORDER BY rowid DESC LIMIT ?3"),
            )?;
            let found: Vec<i64> =
                self.sql(s.query_map(params![expression, top, limit as i64], |r| r.get(0)).and_then(Iterator::collect))?;
            if !found.is_empty() || loose {
                return Ok(found.into_iter().map(|r| r & ((1 << 40) - 1)).collect());
            }
        }
        Ok(vec![])
    }

    /// Documents that hold all the words, newest first, with the engagements they speak of.
    pub fn search(&self, text: &str, as_of: Option<Day>, limit: usize) -> Result<Vec<Hit>> {
        let keys = self.search_keys(text, as_of, limit)?;
        let wanted: BTreeSet<String> = match expression(self, text, true)? {
            Some(e) => e.split('"').skip(1).step_by(2).flat_map(|p| p.split(' ').map(String::from).collect::<Vec<_>>()).collect(),
            None => BTreeSet::new(),
        };
        let mut doc = self.sql(self.db.prepare_cached("SELECT id, as_of, publisher, title, text FROM document WHERE key = ?1"))?;
        let mut of = self.sql(self.db.prepare_cached("SELECT DISTINCT engagement FROM claim WHERE doc = ?1 ORDER BY key"))?;
        keys.into_iter()
            .map(|key| {
                let engagements: Vec<i64> = self.sql(of.query_map([key], |r| r.get(0)).and_then(Iterator::collect))?;
                let engagements = engagements.into_iter().map(crate::hash::show).collect();
                self.sql(doc.query_row([key], |r| {
                    let published = Some(day::show(r.get(1)?)).filter(|d| !d.is_empty());
                    let text: String = r.get(4)?;
                    Ok(Hit {
                        id: r.get(0)?,
                        published,
                        publisher: r.get(2)?,
                        title: r.get(3)?,
                        snippet: snippet(&text, &wanted),
                        engagements,
                    })
                }))
            })
            .collect()
    }
}

/// Words around the first wanted one.
fn snippet(text: &str, wanted: &BTreeSet<String>) -> String {
    const AROUND: usize = 8;
    let words: Vec<&str> = text.split_whitespace().collect();
    let is = |w: &&str| lookup::words(w).any(|w| wanted.contains(&w) || wanted.contains(&sound::key(&w)));
    let at = words.iter().position(is).unwrap_or(0);
    let (from, to) = (at.saturating_sub(AROUND), (at + AROUND + 1).min(words.len()));
    let mut out = words[from..to].join(" ");
    if from > 0 {
        out.insert_str(0, "… ");
    }
    if to < words.len() {
        out.push_str(" …");
    }
    out
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    fn finds(tokenize: &str, text: &str, query: &str) -> bool {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(&format!("CREATE VIRTUAL TABLE t USING fts5(x, tokenize = \"{tokenize}\")")).unwrap();
        db.execute("INSERT INTO t VALUES (?1)", [text]).unwrap();
        db.query_row("SELECT count(*) FROM t WHERE t MATCH ?1", [format!("\"{query}\"")], |r| r.get::<_, i64>(0)).unwrap() > 0
    }

    #[test]
    fn the_default_tokenizer_breaks_words_at_vowel_signs_and_ours_does_not() {
        const OURS: &str = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'";
        // the default cuts at vowel signs and drops them: Russia is found in a dance and in a ministry's hall
        for text in ["रास देखने आए", "रोस होटल"] {
            assert!(finds("unicode61", text, "रूस"), "{text}");
            assert!(!finds(OURS, text, "रूस"), "{text}");
        }
        assert!(finds(OURS, "रूस और भारत", "रूस"));
        assert!(include_str!("schema.sql").contains(OURS));
    }
}
