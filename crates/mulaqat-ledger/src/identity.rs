//! Who a name is: one key for a person, body or place across spellings, scripts and lengths of the name.
//!
//! A key is a function of the mention alone (name, country, office, day of the report), of the name lists and of a curator's decisions,
//! never of what else the ledger holds: so it does not depend on the order in which reports arrive. What only comparison can tell —
//! that a surname alone and a full name are one person — is judged pair by pair ([`Who::may_be`]).

use crate::sound;
use mulaqat::edtf::Edtf;
use mulaqat::lookup::{self, Kind, Listed, Lists};
use mulaqat::record::{Entity, EntityType, Role};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The name lists, and what is needed to compare names with them.
#[derive(Debug)]
pub struct Names {
    pub lists: &'static Lists,
    titles: FxHashMap<String, String>,
    /// Persons by the sound of a full name and their country.
    by_sound: FxHashMap<(String, String), Vec<u32>>,
    /// Persons by the last word of a name in Latin letters.
    by_latin: FxHashMap<String, Vec<u32>>,
    /// Persons by the title of an office and whose it is.
    by_office: FxHashMap<(String, String), Vec<u32>>,
}

/// A curator's decisions about identities.
#[derive(Debug, Default, Clone)]
pub struct Decisions {
    /// From key to key.
    pub merged: FxHashMap<String, String>,
    /// Key and name (compared form) to the key split off.
    pub split: FxHashMap<(String, String), String>,
    /// Names given.
    pub renamed: FxHashMap<String, String>,
}

/// An identity as one mention of it tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    pub key: String,
    /// Sounds of the words of the name; compared when the lists do not know it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Sort of office (`pol`, `off`, `mil`, `oth`), or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub office: String,
}

/// What a mention turned out to be.
#[derive(Debug, Clone)]
pub struct Identified {
    pub who: Who,
    pub kind: EntityType,
    /// The usual name of a listed one, else as the article has it.
    pub name: String,
    pub country: Option<String>,
    /// `igo`, `armed`, `city`, `venue` … from the lists.
    pub sort: String,
    pub listed: bool,
}

impl Who {
    /// Both mentions may be of one person: the same identity, or names of different length that agree, and offices that do not contradict.
    pub fn may_be(&self, other: &Who) -> bool {
        if self.key == other.key {
            return true;
        }
        if self.words.is_empty() || other.words.is_empty() {
            return false;
        }
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        let offices = self.office.is_empty() || other.office.is_empty() || self.office == other.office;
        // the surname must agree; given names may be left out, not changed
        offices && short.words.last() == long.words.last() && short.words.iter().all(|w| long.words.contains(w))
    }
}

/// The names of the Hindi pack, read when first asked for: opening a ledger, or listing from it, needs none.
pub fn names() -> &'static Names {
    static NAMES: LazyLock<Names> = LazyLock::new(Names::hindi);
    &NAMES
}

impl Names {
    /// The lists of the Hindi pack.
    pub fn hindi() -> Names {
        let lists = lookup::lists();
        let mut by_sound: FxHashMap<(String, String), Vec<u32>> = FxHashMap::default();
        let mut by_latin: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        let mut by_office: FxHashMap<(String, String), Vec<u32>> = FxHashMap::default();
        for (n, e) in lists.entries.iter().enumerate().filter(|(_, e)| e.kind == Kind::Person) {
            for o in &e.offices {
                let at = by_office.entry((lookup::key(&o.title), o.of.clone().unwrap_or_default())).or_default();
                if !at.contains(&(n as u32)) {
                    at.push(n as u32);
                }
            }
            for name in &e.names[..e.full] {
                if let Some(last) = lookup::words(name).last().filter(|w| w.is_ascii()) {
                    by_latin.entry(last).or_default().push(n as u32);
                }
                let at = by_sound.entry((sounds(name).join(" "), e.country.clone().unwrap_or_default())).or_default();
                if !at.contains(&(n as u32)) {
                    at.push(n as u32);
                }
            }
        }
        Names { lists, titles: lookup::title_kinds(), by_sound, by_latin, by_office }
    }

    /// Listed persons whose name ends in this word, in Latin letters.
    pub fn latin(&self, word: &str) -> impl Iterator<Item = &Listed> {
        self.by_latin.get(word).into_iter().flatten().map(|&n| &self.lists.entries[n as usize])
    }

    /// Who an entity of a report is.
    pub fn identify(&self, e: &Entity, published: Option<&str>, decisions: &Decisions) -> Identified {
        let mut found = match e.kind {
            EntityType::Person => self.person(e, published),
            EntityType::Country => self.country(e),
            EntityType::Organization => self.body(e),
            EntityType::Place => self.place(e),
        };
        decisions.apply(&mut found.who, &e.name);
        if let Some(name) = decisions.renamed.get(&found.who.key) {
            found.name = name.clone();
        }
        found
    }

    fn person(&self, e: &Entity, published: Option<&str>) -> Identified {
        let office = self.office(&e.roles);
        let country = e.country.clone().or_else(|| e.roles.iter().find_map(|r| r.of.clone().filter(|o| is_code(o))));
        let fits = |l: &&Listed| l.kind == Kind::Person && self.fits(l, country.as_deref(), office);
        let exact = std::iter::once(&e.name).chain(&e.aliases).find_map(|n| {
            let all: Vec<&Listed> = self.lists.named(n).filter(fits).collect();
            self.choose(&all, e, published)
        });
        let listed = exact.or_else(|| {
            // a spelling that the lists lack: the same sound, of the same country, in a full name
            let words = sounds(&e.name);
            let all = (words.len() > 1).then(|| self.by_sound.get(&(words.join(" "), country.clone()?))).flatten()?;
            let all: Vec<&Listed> = all.iter().map(|&n| &self.lists.entries[n as usize]).filter(fits).collect();
            self.choose(&all, e, published)
        });
        let listed = listed.or_else(|| self.holder(&e.name, country.as_deref()?, published?));
        if let Some(l) = listed {
            let key = format!("P:{}|{}", l.name, l.country.as_deref().unwrap_or("-"));
            let who = Who { key, words: vec![], office: String::new() };
            return Identified {
                who,
                kind: e.kind,
                name: l.name.clone(),
                country: l.country.clone().or(country),
                sort: String::new(),
                listed: true,
            };
        }
        let words = sounds(&e.name);
        let key = format!("p:{}|{}|{}", words.join(" "), country.as_deref().unwrap_or("-"), office);
        Identified {
            who: Who { key, words, office: office.into() },
            kind: e.kind,
            name: e.name.clone(),
            country,
            sort: String::new(),
            listed: false,
        }
    }

    /// Who is meant by an office alone, or by its country and the office: the one who held it on the day, when the lists know one.
    fn holder(&self, name: &str, country: &str, published: &str) -> Option<&Listed> {
        let words: Vec<String> = lookup::words(name).collect();
        let of = |l: &Listed| l.kind == Kind::Country && l.country.as_deref() == Some(country);
        // what stands before the title is its country, with or without a postposition
        let at = (0..words.len()).find(|&n| self.titles.contains_key(&words[n..].join(" ")))?;
        let says = |name: &str| self.lists.nationality(name) == Some(country) || self.lists.named(name).any(of);
        if at > 0 && !says(&words[..at].join(" ")) && !says(&words[..at - 1].join(" ")) {
            return None;
        }
        let all = self.by_office.get(&(words[at..].join(" "), country.to_string()))?;
        let title = words[at..].join(" ");
        let held = |l: &&Listed| {
            let this = |o: &&lookup::Office| lookup::key(&o.title) == title && o.of.as_deref() == Some(country);
            l.offices.iter().filter(this).any(|o| within(published, o.from.as_deref(), o.to.as_deref()))
        };
        let mut left = all.iter().map(|&n| &self.lists.entries[n as usize]).filter(held);
        left.next().filter(|_| left.next().is_none())
    }

    /// A listed person is not meant when the article says another country, or an office of another sort altogether.
    fn fits(&self, l: &Listed, country: Option<&str>, office: &str) -> bool {
        let home = match (l.country.as_deref(), country) {
            (Some(a), Some(b)) => a == b || l.offices.iter().any(|o| o.of.as_deref() == Some(b)),
            _ => true,
        };
        let sorts = || l.offices.iter().map(|o| self.title(&o.title));
        home && (!matches!(office, "mil" | "oth") || sorts().any(|s| s == office || s.is_empty()))
    }

    /// The one who is meant, of several of one name: the holder of the office on the day; nobody when that leaves a choice.
    fn choose<'l>(&self, all: &[&'l Listed], e: &Entity, published: Option<&str>) -> Option<&'l Listed> {
        if all.len() < 2 {
            return all.first().copied();
        }
        let held = |o: &lookup::Office| published.is_none_or(|day| within(day, o.from.as_deref(), o.to.as_deref()));
        let titled = |o: &lookup::Office| e.roles.iter().any(|r| lookup::key(&r.title) == lookup::key(&o.title));
        for test in [&(|o: &lookup::Office| titled(o) && held(o)) as &dyn Fn(&lookup::Office) -> bool, &titled, &held] {
            let mut left = all.iter().filter(|l| l.offices.iter().any(test));
            if let (Some(one), None) = (left.next(), left.next()) {
                return Some(one);
            }
        }
        None
    }

    fn country(&self, e: &Entity) -> Identified {
        let code = e.country.clone().or_else(|| {
            let mut named = std::iter::once(&e.name).chain(&e.aliases).flat_map(|n| self.lists.named(n));
            named.find(|l| l.kind == Kind::Country).and_then(|l| l.country.clone())
        });
        let key = code.clone().unwrap_or_else(|| format!("c:{}", sounds(&e.name).join(" ")));
        let name = self.country_name(&key).map_or_else(|| e.name.clone(), String::from);
        let listed = name != e.name || code.is_some();
        Identified {
            who: Who { key, words: vec![], office: String::new() },
            kind: e.kind,
            name,
            country: code,
            sort: String::new(),
            listed,
        }
    }

    /// The usual name of a country by its code.
    pub fn country_name(&self, code: &str) -> Option<&str> {
        self.lists.entries.iter().find(|l| l.kind == Kind::Country && l.country.as_deref() == Some(code)).map(|l| l.name.as_str())
    }

    fn body(&self, e: &Entity) -> Identified {
        let fits = |l: &&Listed| l.kind == Kind::Body && (e.country.is_none() || l.country.is_none() || l.country == e.country);
        match std::iter::once(&e.name).chain(&e.aliases).find_map(|n| self.lists.named(n).find(fits)) {
            Some(l) => Identified {
                who: Who { key: format!("b:{}", l.name), words: vec![], office: String::new() },
                kind: e.kind,
                name: l.name.clone(),
                country: l.country.clone().or_else(|| e.country.clone()),
                sort: l.sort.clone(),
                listed: true,
            },
            None => Identified {
                who: Who {
                    key: format!("b:{}|{}", sounds(&e.name).join(" "), e.country.as_deref().unwrap_or("-")),
                    words: vec![],
                    office: String::new(),
                },
                kind: e.kind,
                name: e.name.clone(),
                country: e.country.clone(),
                sort: String::new(),
                listed: false,
            },
        }
    }

    fn place(&self, e: &Entity) -> Identified {
        let fits = |l: &&Listed| l.kind == Kind::Place && (e.country.is_none() || l.country.is_none() || l.country == e.country);
        match std::iter::once(&e.name).chain(&e.aliases).find_map(|n| self.lists.named(n).find(fits)) {
            Some(l) => {
                let country = l.country.clone().or_else(|| e.country.clone());
                let key = format!("l:{}|{}", l.name, country.as_deref().unwrap_or("-"));
                let who = Who { key, words: vec![], office: String::new() };
                Identified { who, kind: e.kind, name: l.name.clone(), country, sort: l.sort.clone(), listed: true }
            }
            None => {
                // capitals stand with their countries in the lists, not among the places
                let capital = e.country.as_deref().is_some_and(|c| self.lists.capital(&e.name) == Some(c));
                let key = format!("l:{}|{}", sounds(&e.name).join(" "), e.country.as_deref().unwrap_or("-"));
                let who = Who { key, words: vec![], office: String::new() };
                let sort = if capital { "city".into() } else { String::new() };
                Identified { who, kind: e.kind, name: e.name.clone(), country: e.country.clone(), sort, listed: false }
            }
        }
    }

    /// The sort of office that the first known title tells.
    fn office(&self, roles: &[Role]) -> &'static str {
        roles.iter().map(|r| self.title(&r.title)).find(|s| !s.is_empty()).unwrap_or("")
    }

    fn title(&self, title: &str) -> &'static str {
        let words: Vec<String> = lookup::words(title).collect();
        let kind = (0..words.len()).find_map(|n| self.titles.get(&words[n..].join(" ")));
        match kind.map_or("", String::as_str) {
            "state" | "minister" | "party" | "legislator" => "pol",
            "envoy" | "official" | "spokesperson" | "body" => "off",
            "military" => "mil",
            "other" => "oth",
            _ => "",
        }
    }
}

impl Decisions {
    fn apply(&self, who: &mut Who, name: &str) {
        if let Some(to) = self.split.get(&(self.root(&who.key), lookup::key(name))) {
            *who = Who { key: to.clone(), words: vec![], office: String::new() };
        }
        let root = self.root(&who.key);
        if root != who.key {
            *who = Who { key: root, words: vec![], office: String::new() };
        }
    }

    /// Where merges lead from a key.
    pub fn root(&self, key: &str) -> String {
        let mut at = key;
        // as many steps as there are merges: a circle ends too
        for _ in 0..=self.merged.len() {
            match self.merged.get(at) {
                Some(to) => at = to,
                None => break,
            }
        }
        at.into()
    }
}

/// The sounds of the words of a name.
pub fn sounds(name: &str) -> Vec<String> {
    lookup::words(name).map(|w| sound::skeleton(&w)).filter(|s| !s.is_empty()).collect()
}

/// An alpha-3 code.
pub fn is_code(s: &str) -> bool {
    s.len() == 3 && s.bytes().all(|b| b.is_ascii_uppercase())
}

/// A day within the bounds of an office, as far as they are known.
fn within(day: &str, from: Option<&str>, to: Option<&str>) -> bool {
    let bounds = |s: &str| Edtf::parse(s).and_then(|e| e.bounds());
    let Some((day, _)) = bounds(day) else { return true };
    from.and_then(bounds).is_none_or(|(a, _)| a <= day) && to.and_then(bounds).is_none_or(|(_, b)| day <= b)
}
