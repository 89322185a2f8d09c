//! The registry of identities: who is named in which document, under which names.

use crate::identity::{Identified, Names, sounds};
use mulaqat::check::term;
use mulaqat::record::{EntityType, Record};
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::BTreeSet;

/// Enters the entities of a document.
pub(crate) fn add(tx: &Transaction, names: &Names, doc: i64, r: &Record, who: &[Identified]) -> rusqlite::Result<()> {
    let mut seen = BTreeSet::new();
    for (e, i) in r.entities.iter().zip(who) {
        let id = identity(tx, names, i)?;
        tx.prepare_cached("INSERT OR REPLACE INTO mention (doc, entity, identity, name) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![doc, e.id, id, e.name])?;
        if seen.insert(id) {
            tx.prepare_cached("UPDATE identity SET mentions = mentions + 1 WHERE key = ?1")?.execute([id])?;
        }
    }
    Ok(())
}

fn identity(tx: &Transaction, names: &Names, i: &Identified) -> rusqlite::Result<i64> {
    let known: Option<(i64, String)> = tx
        .prepare_cached("SELECT key, name FROM identity WHERE name_key = ?1")?
        .query_row([&i.who.key], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    if let Some((id, name)) = known {
        if !i.listed && better(&i.name, &name) {
            tx.prepare_cached("UPDATE identity SET name = ?2 WHERE key = ?1 AND NOT listed")?.execute(params![id, i.name])?;
        }
        words(tx, id, &i.name)?;
        return Ok(id);
    }
    tx.prepare_cached("INSERT INTO identity (name_key, kind, name, country, listed, mentions) VALUES (?1, ?2, ?3, ?4, ?5, 0)")?
        .execute(params![i.who.key, term(i.kind), i.name, i.country, i.listed])?;
    let id = tx.last_insert_rowid();
    words(tx, id, &i.name)?;
    if i.listed {
        for l in names.lists.named(&i.name).filter(|l| l.name == i.name && (i.kind != EntityType::Person || l.country == i.country)) {
            l.names.iter().try_for_each(|n| words(tx, id, n))?;
        }
    }
    Ok(id)
}

/// The words by which an identity is found, by their sound.
fn words(tx: &Transaction, id: i64, name: &str) -> rusqlite::Result<()> {
    let mut put = tx.prepare_cached("INSERT OR IGNORE INTO identity_word (word, identity) VALUES (?1, ?2)")?;
    sounds(name).into_iter().try_for_each(|w| put.execute(params![w, id]).map(drop))
}

/// The fuller of two names; of two as full, the one that sorts first.
fn better(new: &str, known: &str) -> bool {
    let rank = |n: &str| (n.split_whitespace().count(), n.chars().count());
    rank(new).cmp(&rank(known)).then_with(|| known.cmp(new)).is_gt()
}

/// Takes the entities of a document out; identities that nothing names any more go.
pub(crate) fn remove(tx: &Transaction, doc: i64) -> rusqlite::Result<()> {
    let ids: BTreeSet<i64> = {
        let mut s = tx.prepare_cached("SELECT identity FROM mention WHERE doc = ?1")?;
        s.query_map([doc], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?
    };
    tx.prepare_cached("DELETE FROM mention WHERE doc = ?1")?.execute([doc])?;
    for id in ids {
        let left: i64 = tx
            .prepare_cached("UPDATE identity SET mentions = mentions - 1 WHERE key = ?1 RETURNING mentions")?
            .query_row([id], |r| r.get(0))?;
        let listed: bool = tx.prepare_cached("SELECT listed FROM identity WHERE key = ?1")?.query_row([id], |r| r.get(0))?;
        if left > 0 && listed {
            continue;
        }
        if left == 0 {
            tx.prepare_cached("DELETE FROM identity_word WHERE identity = ?1")?.execute([id])?;
            tx.prepare_cached("DELETE FROM identity WHERE key = ?1")?.execute([id])?;
            continue;
        }
        // the fullest name may have gone
        let names: BTreeSet<String> = {
            let mut s = tx.prepare_cached("SELECT DISTINCT name FROM mention WHERE identity = ?1")?;
            s.query_map([id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?
        };
        if let Some(best) = names.into_iter().reduce(|a, b| if better(&b, &a) { b } else { a }) {
            tx.prepare_cached("UPDATE identity SET name = ?2 WHERE key = ?1")?.execute(params![id, best])?;
        }
    }
    Ok(())
}
