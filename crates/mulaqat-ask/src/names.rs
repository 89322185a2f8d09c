//! Who a name of a question is, and how names are shown.

use crate::error::Result;
use crate::question::{Party, Side};
use mulaqat::latin;
use mulaqat::lookup::lists;
use mulaqat::lookup::{self, Kind, Listed};
use mulaqat::record::EntityType;
use mulaqat_ledger::{Ledger, Named};

/// The key by which the ledger knows a listed person, body or country.
pub fn key_of(l: &Listed) -> Option<String> {
    match l.kind {
        Kind::Person => Some(format!("P:{}|{}", l.name, l.country.as_deref().unwrap_or("-"))),
        Kind::Body => Some(format!("b:{}", l.name)),
        Kind::Country => l.country.clone(),
        Kind::Place => None,
    }
}

/// Alpha-3 code of the country that a key belongs to, where the key tells it.
pub fn country_of(key: &str) -> Option<&str> {
    if is_code(key) {
        return Some(key);
    }
    let of = key.split('|').nth(1).filter(|c| is_code(c));
    of.or_else(|| {
        let name = key.strip_prefix("b:")?;
        lists().named(name).find(|l| l.kind == Kind::Body && l.name == name)?.country.as_deref()
    })
}

pub fn is_code(s: &str) -> bool {
    s.len() == 3 && s.bytes().all(|b| b.is_ascii_uppercase())
}

/// A party of a kind; `known` is left for [`settle`] to find out.
pub fn party(text: &str, kind: EntityType, keys: Vec<String>, country: Option<String>, side: Option<Side>) -> Party {
    Party { text: text.into(), kind, keys, country, side, known: true }
}

/// A person or body by any name in any script, narrowed by the country that the question gives.
pub fn identities(ledger: &Ledger, name: &str, country: Option<&str>) -> Result<Vec<String>> {
    let all = ledger.identities(name)?;
    let of = |k: &String| country.is_none_or(|c| country_of(k).is_none_or(|of| of == c));
    let narrowed: Vec<String> = all.iter().filter(|k| of(k)).cloned().collect();
    Ok(if narrowed.is_empty() { all } else { narrowed })
}

/// Those who hold or held an office of a country, by the title as the lists have it.
pub fn holders(title: &str, country: &str) -> Vec<String> {
    let wanted = lookup::key(title);
    let holds = |l: &&Listed| {
        l.kind == Kind::Person && l.offices.iter().any(|o| o.of.as_deref() == Some(country) && lookup::key(&o.title) == wanted)
    };
    lists().entries.iter().filter(holds).filter_map(key_of).collect()
}

/// Finds out which keys of a party the ledger knows; others are left out, unless that leaves none.
pub fn settle(ledger: &Ledger, p: &mut Party) -> Result<()> {
    if p.kind == EntityType::Country || p.kind == EntityType::Place {
        return Ok(());
    }
    let mut known = vec![];
    for k in &p.keys {
        if ledger.knows(k)? {
            known.push(k.clone());
        }
    }
    p.known = !known.is_empty();
    if p.known {
        p.keys = known;
    }
    Ok(())
}

/// A name as an answer shows it.
pub fn shown(n: &Named, english: bool) -> String {
    if english { in_english(&n.key, &n.name) } else { n.name.clone() }
}

fn in_english(key: &str, name: &str) -> String {
    let kind = match key.split_once(':') {
        _ if is_code(key) => Kind::Country,
        Some(("b", _)) => Kind::Body,
        Some(("l", _)) => Kind::Place,
        Some(("c", _)) => Kind::Country,
        _ => Kind::Person,
    };
    latin::name(kind, name)
}
