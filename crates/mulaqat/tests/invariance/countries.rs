//! The same article about other countries: name, nationality words and capital change together, and so do the persons.

use crate::articles::{Article, Changed, Expected, forms};
use crate::pack::{BELONGINGS, Country, LONG_NAMES, NAMED, OF_COUNTRIES, country};
use crate::people;
use crate::words::{Phrases, Renaming, edited, folded, one_of};
use mulaqat::record::{Entity, EntityType};
use std::collections::{BTreeMap, BTreeSet};

/// The countries that change places, each with the next one of the list. Their names, nationality words and capitals are
/// single words (but for New Delhi), and adjectives that have one form for all genders.
const ROUND: [&str; 44] = [
    "USA", "BRA", "RUS", "IDN", "FRA", "JPN", "IND", "NOR", "PAK", "CHL", "TUR", "VNM", "IRN", "ITA", "UKR", "CAN", "ISR", "KEN", "ARM",
    "PRT", "AZE", "CHN", "AUS", "MAR", "LKA", "DEU", "NPL", "ESP", "BTN", "QAT", "MDV", "SWE", "BGD", "GBR", "AFG", "THA", "NGA", "POL",
    "KAZ", "FJI", "MNG", "GHA", "OMN", "DNK",
];

/// The country that the press leaves out when it speaks of its own.
const HOME: &str = "IND";

fn is_plural(nationality: &str) -> bool {
    nationality.ends_with("ों")
}

fn rename(names: &mut Renaming, from: &Country, to: &Country) {
    let plural = to.nationality.iter().find(|n| is_plural(n)).unwrap_or(&to.nationality[0]);
    let pairs = [(&from.names, to.names[0]), (&from.capitals, to.capitals[0])];
    for (old, new) in pairs.into_iter().flat_map(|(old, new)| old.iter().map(move |o| (o, new))) {
        names.add(old, new);
    }
    for old in &from.nationality {
        names.add(old, if is_plural(old) { plural } else { to.nationality[0] });
    }
}

/// The article with the word Indian before each title and body of the country at home that goes without: the press leaves it
/// out there, and would not if the country were another.
fn with_home_said(article: &Article) -> Article {
    let mut places = BTreeSet::new();
    for e in article.gold.entities.iter().filter(|e| e.country.as_deref() == Some(HOME)) {
        match e.kind {
            EntityType::Person => places.extend(article.mentions(e).iter().filter_map(|m| Some(article.title_before(m.0)?.start))),
            EntityType::Organization => {
                let names: Phrases = forms(e).collect();
                places.extend(names.find(article.text(), &article.words).iter().map(|f| f.from));
            }
            EntityType::Country | EntityType::Place => {}
        }
    }
    places.retain(|&at| {
        let before = article.before(at, 1);
        let said = OF_COUNTRIES.contains(&article.words[at].folded) || OF_COUNTRIES.contains(before);
        !said && !one_of(before, "के की का पूर्व तत्कालीन")
    });
    let said = places.into_iter().map(|at| (article.words[at].start..article.words[at].start, "भारतीय ".to_string()));
    let mut gold = article.gold.clone();
    gold.document.text = edited(article.text(), said.collect());
    Article::new(gold)
}

fn permuted(article: &Article, home_too: bool) -> Option<Changed> {
    let text = article.text();
    let round: Vec<&str> = ROUND.into_iter().filter(|c| home_too || *c != HOME).collect();
    let next: BTreeMap<&str, &str> = round.iter().zip(round.iter().cycle().skip(1)).map(|(a, b)| (*a, *b)).collect();
    let named = NAMED.find(text, &article.words);
    let bound = BELONGINGS.find(text, &article.words);
    let of_gold = article.gold.entities.iter().filter_map(|e| e.country.as_deref());
    let present: BTreeSet<&str> = named.iter().chain(&bound).copied().chain(of_gold).collect();

    let mut free: BTreeSet<&str> = named.into_iter().filter(|c| next.contains_key(c) && !bound.contains(c)).collect();
    let mut expected;
    loop {
        expected = Expected::default();
        let of_free = |e: &Entity| e.country.as_deref().is_some_and(|c| free.contains(c));
        let replaced = people::replace(article, of_free, &mut expected);
        // a country stays when somebody of it has to, or when the one to come is in the article and stays
        let stays = |c: &&str| {
            let left = article.persons().any(|p| p.country.as_deref() == Some(c) && !replaced.contains(&p.id));
            left || (present.contains(next[c]) && !free.contains(next[c]))
        };
        let staying: BTreeSet<&str> = free.iter().copied().filter(stays).collect();
        if staying.is_empty() {
            break;
        }
        free.retain(|c| !staying.contains(c));
    }
    for f in LONG_NAMES.find(text, &article.words) {
        expected.names.keep(&text[article.words[f.from].start..article.words[f.to - 1].end]);
    }
    let of_none = article.gold.entities.iter().filter(|e| e.kind != EntityType::Person && e.country.is_none());
    of_none.flat_map(forms).filter(|f| folded(f).len() > 1).for_each(|f| expected.names.keep(f));
    for code in &free {
        rename(&mut expected.names, country(code), country(next[code]));
        expected.countries.insert(code.to_string(), next[code].to_string());
    }
    article.renamed(expected).filter(|_| !home_too || free.contains(HOME))
}

/// All countries but the one at home.
pub fn abroad(article: &Article) -> Option<Changed> {
    permuted(article, false)
}

/// The country at home too.
pub fn at_home(article: &Article) -> Option<Changed> {
    let said = with_home_said(article);
    let changed = permuted(&said, true)?;
    Some(Changed { before: Some(said.read), ..changed })
}

#[test]
fn the_round_is_a_derangement_of_simple_names() {
    let distinct: BTreeSet<&str> = ROUND.into_iter().collect();
    assert_eq!(distinct.len(), ROUND.len());
    for code in ROUND.iter().filter(|c| **c != HOME) {
        let c = country(code);
        let simple = |name: &str| folded(name).len() == 1;
        assert!(simple(c.names[0]) && simple(c.nationality[0]) && simple(c.capitals[0]), "{code}");
    }
}
