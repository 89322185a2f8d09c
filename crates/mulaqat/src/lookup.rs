//! The name lists of the language pack, asked by name: who or what a name is, and all the names it has.
//!
//! For those who join records of many articles or search in them; reading an article does not need it.

use crate::text::fold;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a name of the lists names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Person,
    Country,
    Body,
    Place,
}

/// An office and when it was held, EDTF; `None` when not known or still held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    pub title: String,
    pub of: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// One entry of the lists.
#[derive(Debug, Clone)]
pub struct Listed {
    pub kind: Kind,
    /// The usual name.
    pub name: String,
    /// All names, the usual one first; short ones after the full ones.
    pub names: Vec<String>,
    /// How many of `names` are full names.
    pub full: usize,
    /// Alpha-3 code.
    pub country: Option<String>,
    /// The English name; for a person the fullest one in Latin script.
    pub english: Option<String>,
    /// For a place `city`, `region`, `venue` …; for a body `igo`, `agency` …; else empty.
    pub sort: String,
    pub offices: Vec<Office>,
}

/// All lists, indexed by folded name.
#[derive(Debug, Default)]
pub struct Lists {
    pub entries: Vec<Listed>,
    by_name: FxHashMap<String, Vec<u32>>,
    /// Codes by the name of the capital.
    capitals: FxHashMap<String, String>,
    /// Codes by the words for what or who is of a country.
    nationalities: FxHashMap<String, String>,
}

/// The folded words of a text, without punctuation: initials with and without full stops are the same.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    // nearly all letters are of these ranges; the tables of the rest are slow
    let inside = |c: char| match c {
        '\u{964}' | '\u{965}' | '\u{970}' => false,
        '\u{900}'..='\u{97f}' | '\u{200b}'..='\u{200f}' | '\u{300}'..='\u{36f}' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        c => c.is_alphanumeric(),
    };
    text.split(move |c| !inside(c)).map(fold).filter(|w| !w.is_empty())
}

/// A name in the form in which names are compared.
pub fn key(name: &str) -> String {
    words(name).collect::<Vec<_>>().join(" ")
}

/// The titles of the pack with their kind (`state`, `minister`, `envoy` …), folded.
pub fn title_kinds() -> FxHashMap<String, String> {
    let rows = rows(include_str!("../lang/hi/titles.tsv"));
    rows.flat_map(|r| several(r[1]).map(|t| (key(t), r[0].to_string())).collect::<Vec<_>>()).collect()
}

/// The titles of the pack, as they are written there.
pub fn titles() -> impl Iterator<Item = &'static str> {
    rows(include_str!("../lang/hi/titles.tsv")).flat_map(|r| several(r[1]).collect::<Vec<_>>())
}

/// The rows of `english.tsv`: kind, name, English names.
pub(crate) fn english() -> impl Iterator<Item = Vec<&'static str>> {
    rows(include_str!("../lang/hi/english.tsv")).filter(|r| r.len() == 3)
}

/// The lists of the Hindi pack, read when first asked for and kept.
pub fn lists() -> &'static Lists {
    static LISTS: LazyLock<Lists> = LazyLock::new(Lists::hindi);
    &LISTS
}

/// The names of each month, January first; those in Latin letters after the others.
pub fn months() -> Vec<Vec<String>> {
    let mut out = vec![vec![]; 12];
    for r in rows(include_str!("../lang/hi/months.tsv")) {
        if let Some(names) = r[0].parse::<usize>().ok().and_then(|n| out.get_mut(n.wrapping_sub(1))) {
            *names = several(r[1]).map(String::from).collect();
        }
    }
    out
}

pub(crate) fn rows(tsv: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    tsv.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect())
}

fn several(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split('|').map(str::trim).filter(|s| !s.is_empty() && *s != "-")
}

fn one(column: Option<&&'static str>) -> Option<String> {
    column.map(|s| s.trim()).filter(|s| !s.is_empty() && *s != "-" && *s != "..").map(String::from)
}

impl Lists {
    /// The lists of the Hindi pack.
    pub fn hindi() -> Lists {
        let mut lists = Lists::default();
        let mut english: FxHashMap<(&str, &str), &str> = FxHashMap::default();
        for r in self::english() {
            english.extend(several(r[1]).map(|n| ((r[0], n), r[2])));
        }
        let also = |kind: &'static str, name: &'static str| several(english.get(&(kind, name)).copied().unwrap_or_default());
        let column = |r: &[&'static str], n: usize| r.get(n).copied().unwrap_or_default();
        for r in rows(include_str!("../lang/hi/countries.tsv")) {
            let names = several(column(&r, 1)).chain(several(column(&r, 4))).chain(also("country", r[0]));
            lists.add(Kind::Country, names.map(String::from).collect(), &[], one(r.first()), one(r.get(4)), "");
            let of = several(column(&r, 2)).chain(also("nationality", r[0]));
            lists.nationalities.extend(of.map(|n| (key(n), r[0].to_string())));
            for capital in several(column(&r, 3)) {
                let names = std::iter::once(capital).chain(also("place", capital));
                lists.capitals.extend(names.map(|c| (key(c), r[0].to_string())));
            }
        }
        for r in rows(include_str!("../lang/hi/people.tsv")) {
            let names: Vec<String> = several(column(&r, 0)).map(String::from).collect();
            let short: Vec<String> = several(column(&r, 1)).map(String::from).collect();
            let office = Office { title: column(&r, 3).into(), of: one(r.get(4)), from: one(r.get(5)), to: one(r.get(6)) };
            let country = one(r.get(2));
            let latin = || names.iter().filter(|n| n.is_ascii() || !n.chars().any(|c| c >= '\u{300}'));
            let english = latin().find(|n| n.contains([' ', '-'])).or_else(|| latin().next()).cloned();
            // the rows of one person need not stand together
            let known = names.first().and_then(|n| lists.by_name.get(&key(n))).into_iter().flatten().map(|&n| n as usize).find(|&n| {
                let e = &lists.entries[n];
                e.kind == Kind::Person && Some(&e.name) == names.first() && e.country == country
            });
            let n = known.unwrap_or_else(|| lists.add(Kind::Person, names, &short, country, english, ""));
            lists.entries[n].offices.push(office);
        }
        for r in rows(include_str!("../lang/hi/bodies.tsv")) {
            let names = several(column(&r, 1)).chain(several(column(&r, 3))).map(String::from).collect();
            lists.add(Kind::Body, names, &[], one(r.get(2)), one(r.get(3)), column(&r, 0));
        }
        for r in rows(include_str!("../lang/hi/places.tsv")) {
            let latin: Vec<String> = several(column(&r, 0)).next().into_iter().flat_map(|n| also("place", n)).map(String::from).collect();
            let english = latin.first().cloned();
            let names = several(column(&r, 0)).map(String::from).chain(latin).collect();
            lists.add(Kind::Place, names, &[], one(r.get(1)), english, column(&r, 2));
        }
        lists
    }

    fn add(
        &mut self,
        kind: Kind,
        mut names: Vec<String>,
        short: &[String],
        country: Option<String>,
        english: Option<String>,
        sort: &str,
    ) -> usize {
        let n = self.entries.len();
        let full = names.len();
        names.extend(short.iter().cloned());
        for name in &names {
            let at = self.by_name.entry(key(name)).or_default();
            if !at.contains(&(n as u32)) {
                at.push(n as u32);
            }
        }
        let name = names.first().cloned().unwrap_or_default();
        self.entries.push(Listed { kind, name, names, full, country, english, sort: sort.into(), offices: vec![] });
        n
    }

    /// The country whose capital this is.
    pub fn capital(&self, name: &str) -> Option<&str> {
        self.capitals.get(&key(name)).map(String::as_str)
    }

    /// The names, folded, of the capital of a country, in no order.
    pub fn capitals_of(&self, code: &str) -> impl Iterator<Item = &str> {
        self.capitals.iter().filter(move |c| c.1 == code).map(|c| c.0.as_str())
    }

    /// The country that a word like *Russian* tells of.
    pub fn nationality(&self, word: &str) -> Option<&str> {
        self.nationalities.get(&key(word)).map(String::as_str)
    }

    /// Every entry that has this name, in any spelling that the engine folds.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Listed> {
        self.by_name.get(&key(name)).into_iter().flatten().map(|&n| &self.entries[n as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_by_any_name() {
        let lists = Lists::hindi();
        let who = |n: &str| lists.named(n).filter(|e| e.kind == Kind::Person).map(|e| e.name.clone()).next();
        assert_eq!(who("ज़ेलेंस्की"), who("जेलेन्स्की"));
        assert_eq!(who("शी चिनफिंग"), who("Xi Jinping"));
        assert!(who("एस. जयशंकर").is_some());
        assert_eq!(who("एस. जयशंकर"), who("जयशंकर"));
        assert_eq!((lists.nationality("रूसी"), lists.capital("मास्को")), (Some("RUS"), Some("RUS")));
        assert!(lists.named("एससीओ").any(|e| e.english.as_deref() == Some("SCO") || e.english.is_some()));
    }

    #[test]
    fn every_month_has_its_names() {
        let months = months();
        assert!(months[4].iter().any(|n| n == "may") && months[11].iter().any(|n| n == "दिसंबर"));
        assert!(months.iter().all(|m| m.len() > 1));
    }

    #[test]
    fn offices_of_one_person_stand_together() {
        let lists = Lists::hindi();
        let modi = lists.named("मोदी").find(|e| e.kind == Kind::Person).unwrap();
        assert!(modi.offices.len() >= 2);
    }
}
