//! The same article about other people: invented persons of many origins, whom no list knows.

use crate::articles::{Article, Changed, Expected, forms, titles};
use crate::pack::{COMMON, HONORIFICS, OF_COUNTRIES, rows};
use crate::words::{folded, in_word, one_of, stands_at};
use mulaqat::record::{Entity, EntityType};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A person who does not exist.
struct Invented {
    first: &'static str,
    last: &'static str,
    latin: &'static str,
}

/// Has no factor in common with the number of invented persons, so that no two persons of an article get one name.
const STRIDE: usize = 31;

static INVENTED: LazyLock<Vec<Invented>> =
    LazyLock::new(|| rows(include_str!("names.tsv")).map(|r| Invented { first: r[1], last: r[2], latin: r[3] }).collect());

/// How a form of a name is built from the full name, which tells how the new name is shortened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Full,
    First,
    Last,
    Latin,
}

/// The forms of a person's name in the article; `None` when one of them cannot be told from the full name (a nickname).
fn parts(person: &Entity) -> Option<Vec<(&str, Part)>> {
    let full = folded(&person.name);
    let mut out = vec![(person.name.as_str(), Part::Full)];
    if full.len() == 1 {
        out[0].1 = Part::Last;
    }
    for alias in &person.aliases {
        let words = folded(alias);
        let part = match () {
            () if alias.is_ascii() => Part::Latin,
            // "मुल्ला याकूब" for याकूब: the name inside is found anyway
            () if words.windows(full.len()).any(|w| w == full) => continue,
            () if full.ends_with(&words) => Part::Last,
            () if full.starts_with(&words) && words.len() == 1 => Part::First,
            () if words.iter().all(|w| full.contains(w)) => Part::Full,
            () => return None,
        };
        out.push((alias.as_str(), part));
    }
    let plain = |form: &&str| form.chars().all(|c| in_word(c) || matches!(c, ' ' | '.' | '-'));
    let ordinary = |form: &&str| folded(form).iter().all(|w| COMMON.contains(w));
    out.iter().all(|(form, _)| plain(form) && !ordinary(form)).then_some(out)
}

/// True when a country stands before word `at`: भारतीय, भारत के.
fn country_before(article: &Article, at: usize) -> bool {
    let of_country = |n: usize| OF_COUNTRIES.contains(article.before(at, n));
    of_country(1) || (one_of(article.before(at, 1), "के की का") && of_country(2))
}

/// True when the article gives a title or a country beside a mention of the person.
fn introduced(article: &Article, person: &Entity) -> bool {
    article.mentions(person).iter().any(|&(from, _)| {
        let mut name = from;
        while HONORIFICS.contains(article.before(name, 1)) {
            name -= 1;
        }
        let own_title = titles(person).any(|title| {
            let title: Vec<String> = title.into_iter().filter(|w| w != "पूर्व").collect();
            name >= title.len() && stands_at(article.text(), &article.words, name - title.len(), &title)
        });
        own_title || article.title_before(from).is_some() || country_before(article, from)
    })
}

/// True when the article says beside a mention of the person which country the person is of.
fn country_is_said(article: &Article, person: &Entity) -> bool {
    let first = |from: usize| article.title_before(from).map_or(from, |title| title.start);
    article.mentions(person).iter().any(|&(from, _)| country_before(article, first(from)))
}

/// True when gold lists every mention of the surname; a mention left over would make two persons of one.
fn all_mentions_known(article: &Article, person: &Entity) -> bool {
    let surname = folded(&person.name).pop();
    let named = |i: usize| article.persons().any(|p| article.mentions(p).iter().any(|&(from, to)| (from..to).contains(&i)));
    article.words.iter().enumerate().all(|(i, w)| Some(&w.folded) != surname.as_ref() || named(i))
}

/// New names for the persons that `wanted` picks, as far as replacing them is fair. Gives the ids of those replaced.
pub fn replace(article: &Article, wanted: impl Fn(&Entity) -> bool, expected: &mut Expected) -> BTreeSet<String> {
    let shared = |form: &str| article.persons().filter(|p| forms(p).any(|f| folded(f) == folded(form))).count() > 1;
    let fair = |p: &Entity| introduced(article, p) && all_mentions_known(article, p) && !forms(p).any(shared);
    let chosen = article.persons().enumerate().filter(|(_, p)| wanted(p) && fair(p));
    let chosen: Vec<_> = chosen.filter_map(|(n, p)| Some((n, p, parts(p)?))).collect();

    // a name inside a longer one of somebody or something else stays
    let holds_one = |longer: &str| {
        let longer = folded(longer);
        let holds = |form: &[String]| form.len() < longer.len() && longer.windows(form.len()).any(|w| w == form);
        chosen.iter().flat_map(|(_, _, parts)| parts).any(|(form, _)| holds(&folded(form)))
    };
    for other in article.gold.entities.iter().filter(|e| chosen.iter().all(|(_, p, _)| p.id != e.id)) {
        forms(other).filter(|f| other.kind == EntityType::Person || holds_one(f)).for_each(|f| expected.names.keep(f));
    }
    for (n, person, parts) in &chosen {
        // neighbours in the list share their origin; a stride mixes them
        let new = &INVENTED[(article.number + n * STRIDE) % INVENTED.len()];
        let full = format!("{} {}", new.first, new.last);
        for (form, part) in parts {
            match part {
                Part::Full => expected.names.add(form, &full),
                Part::First => expected.names.add(form, new.first),
                Part::Last => expected.names.add(form, new.last),
                Part::Latin => {
                    expected.names.add(form, new.latin);
                    // as an account on a social network writes it
                    expected.names.add(&form.replace(' ', ""), &new.latin.replace(' ', ""));
                }
            }
        }
        expected.persons.push((folded(&person.name), full));
    }
    chosen.iter().map(|(_, p, _)| p.id.clone()).collect()
}

fn unseen(article: &Article, wanted: impl Fn(&Entity) -> bool) -> Option<Changed> {
    let mut expected = Expected::default();
    replace(article, wanted, &mut expected);
    article.renamed(expected)
}

/// All persons are others.
pub fn all_unseen(article: &Article) -> Option<Changed> {
    unseen(article, |_| true)
}

/// Those are others of whom a reader need not guess the country.
pub fn unseen_with_country(article: &Article) -> Option<Changed> {
    unseen(article, |p| country_is_said(article, p))
}

#[test]
fn invented_names_are_many_and_unseen() {
    assert!(INVENTED.len() >= 70);
    use crate::pack::{PEOPLE, column};
    use std::collections::HashSet;
    let known: HashSet<Vec<String>> = column(PEOPLE, 0).chain(column(PEOPLE, 1)).map(folded).collect();
    for p in &*INVENTED {
        for name in [p.first.to_string(), p.last.to_string(), format!("{} {}", p.first, p.last), p.latin.to_string()] {
            assert!(!known.contains(&folded(&name)), "{name} is in the list of people");
            assert!(folded(&name).iter().any(|w| !COMMON.contains(w)), "{name} is an ordinary word");
        }
    }
    let distinct: HashSet<&str> = INVENTED.iter().map(|p| p.last).collect();
    assert_eq!(distinct.len(), INVENTED.len(), "two persons of one surname");
    let drawn: HashSet<usize> = (0..INVENTED.len()).map(|n| n * STRIDE % INVENTED.len()).collect();
    assert_eq!(drawn.len(), INVENTED.len(), "a stride that comes back too soon");
}
