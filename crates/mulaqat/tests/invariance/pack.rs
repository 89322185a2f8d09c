//! What the language pack lists, as far as the changes must know it.

use crate::words::{Phrases, folded};
use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

pub const PEOPLE: &str = include_str!("../../lang/hi/people.tsv");
const BODIES: &str = include_str!("../../lang/hi/bodies.tsv");
const PLACES: &str = include_str!("../../lang/hi/places.tsv");

/// The rows of a list, cut at the tabs.
pub fn rows(list: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    list.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

fn names(cell: &'static str) -> Vec<&'static str> {
    cell.split('|').filter(|s| *s != "-").collect()
}

/// All names in one column of a list.
pub fn column(list: &'static str, n: usize) -> impl Iterator<Item = &'static str> {
    rows(list).flat_map(move |r| names(r[n]))
}

pub static TITLES: LazyLock<Phrases> = LazyLock::new(|| column(include_str!("../../lang/hi/titles.tsv"), 1).collect());

pub static HONORIFICS: LazyLock<HashSet<String>> =
    LazyLock::new(|| column(include_str!("../../lang/hi/honorifics.tsv"), 0).flat_map(folded).collect());

/// Words that are no part of a name.
pub static COMMON: LazyLock<HashSet<String>> =
    LazyLock::new(|| column(include_str!("../../lang/hi/common.tsv"), 0).flat_map(folded).collect());

pub struct Country {
    pub code: &'static str,
    pub names: Vec<&'static str>,
    pub nationality: Vec<&'static str>,
    pub capitals: Vec<&'static str>,
}

pub static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let country = |r: Vec<&'static str>| Country { code: r[0], names: names(r[1]), nationality: names(r[2]), capitals: names(r[3]) };
    rows(include_str!("../../lang/hi/countries.tsv")).map(country).collect()
});

pub fn country(code: &str) -> &'static Country {
    COUNTRIES.iter().find(|c| c.code == code).unwrap_or_else(|| panic!("{code} is in the list of countries"))
}

/// Last words of the names and nationality words of countries: what may stand before a title to say whose it is.
pub static OF_COUNTRIES: LazyLock<HashSet<String>> =
    LazyLock::new(|| COUNTRIES.iter().flat_map(|c| c.names.iter().chain(&c.nationality)).filter_map(|name| folded(name).pop()).collect());

/// Phrases, each of a country.
#[derive(Default)]
pub struct OfCountry {
    phrases: Phrases,
    codes: Vec<&'static str>,
}

impl OfCountry {
    fn add(&mut self, name: &str, code: &'static str) {
        if self.phrases.add(name) == Some(self.codes.len()) {
            self.codes.push(code);
        }
    }

    /// Codes of the countries that a text speaks of.
    pub fn find(&self, text: &str, words: &[crate::words::Word]) -> BTreeSet<&'static str> {
        self.phrases.find(text, words).iter().map(|f| self.codes[f.phrase]).collect()
    }
}

/// Countries by name, nationality word or capital.
pub static NAMED: LazyLock<OfCountry> = LazyLock::new(|| {
    let mut out = OfCountry::default();
    for c in &*COUNTRIES {
        c.names.iter().chain(&c.nationality).chain(&c.capitals).for_each(|name| out.add(name, c.code));
    }
    out
});

/// Bodies and places by which one knows a country that is not named. Capitals are not among them.
pub static BELONGINGS: LazyLock<OfCountry> = LazyLock::new(|| {
    let mut out = OfCountry::default();
    // where a news agency, a firm or a website sits tells nothing of the acts reported
    let bodies = rows(BODIES).filter(|r| !matches!(r[0], "agency" | "outlet" | "company" | "platform")).map(|r| (r[1], r[2]));
    for (cell, code) in rows(PLACES).map(|r| (r[0], r[1])).chain(bodies) {
        let capitals: Vec<_> = COUNTRIES.iter().filter(|c| c.code == code).flat_map(|c| &c.capitals).map(|c| folded(c)).collect();
        names(cell).into_iter().filter(|n| !capitals.contains(&folded(n))).for_each(|n| out.add(n, code));
    }
    out
});

/// Names of several words, which may hold a country's name and are no mention of it: दक्षिण चीन सागर, लैटिन अमेरिका.
pub static LONG_NAMES: LazyLock<Phrases> = LazyLock::new(|| {
    let capitals: HashSet<&str> = COUNTRIES.iter().flat_map(|c| &c.capitals).copied().collect();
    column(PLACES, 0).chain(column(BODIES, 1)).filter(|n| folded(n).len() > 1 && !capitals.contains(n)).collect()
});
