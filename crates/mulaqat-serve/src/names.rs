//! Names in the language of the interface.

use crate::words::Lang;
use mulaqat::lookup::{Kind, Lists};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

struct Known {
    lists: Lists,
    /// Entries of countries by their code.
    countries: HashMap<String, usize>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let lists = Lists::hindi();
    let of = |(n, e): (usize, &mulaqat::lookup::Listed)| Some((e.country.clone().filter(|_| e.kind == Kind::Country)?, n));
    let countries = lists.entries.iter().enumerate().filter_map(of).collect();
    Known { lists, countries }
});

/// The name of a country by its alpha-3 code; the code where the lists lack it.
pub fn country(lang: Lang, code: &str) -> &str {
    let Some(e) = KNOWN.countries.get(code).map(|&n| &KNOWN.lists.entries[n]) else { return code };
    match lang {
        Lang::Hi => &e.name,
        Lang::En => e.english.as_deref().unwrap_or(code),
    }
}

/// All countries, by name in the language.
pub fn countries(lang: Lang) -> Vec<(&'static str, &'static str)> {
    let mut all: Vec<_> = KNOWN.countries.keys().map(|c| (c.as_str(), country(lang, c))).collect();
    all.sort_by_key(|c| c.1);
    all
}

/// The country that an identity's key tells: its own, or whom a person represents.
pub fn country_of(key: &str) -> Option<&str> {
    let code = |s: &str| s.len() == 3 && s.bytes().all(|b| b.is_ascii_uppercase());
    if code(key) {
        return Some(key);
    }
    key.split('#').next()?.split('|').nth(1).filter(|c| code(c))
}

/// What an identity's key says it is.
pub fn kind_of(key: &str) -> &'static str {
    match key.split_once(':').map(|k| k.0) {
        Some("p" | "P") => "person",
        Some("b") => "organization",
        Some("l") => "place",
        _ => "country",
    }
}

/// A name as it is shown, with the language that it is in.
pub struct Shown<'n> {
    pub name: Cow<'n, str>,
    pub lang: &'static str,
}

/// The name of an identity.
pub fn shown<'n>(lang: Lang, key: &str, name: &'n str) -> Shown<'n> {
    match (lang, KNOWN.countries.contains_key(key)) {
        (Lang::Hi, _) => Shown { name: name.into(), lang: "hi" },
        (Lang::En, true) => Shown { name: country(lang, key).to_string().into(), lang: "en" },
        (Lang::En, false) => Shown { name: latin(key, name).into(), lang: "en" },
    }
}

/// The name in Latin script: from the lists, else as it is spoken.
fn latin(key: &str, name: &str) -> String {
    let kind = match kind_of(key) {
        "person" => Kind::Person,
        "organization" => Kind::Body,
        "place" => Kind::Place,
        _ => Kind::Country,
    };
    mulaqat::latin::name(kind, name)
}

/// A title in the language of the interface.
pub fn title(lang: Lang, title: &str) -> Shown<'_> {
    match lang {
        Lang::Hi => Shown { name: title.into(), lang: "hi" },
        Lang::En => Shown { name: mulaqat::latin::title(title).into(), lang: "en" },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_by_language() {
        assert_eq!((country(Lang::Hi, "RUS"), country(Lang::En, "RUS"), country(Lang::En, "QQQ")), ("रूस", "Russia", "QQQ"));
        assert_eq!(
            (country_of("IND"), country_of("P:नरेंद्र मोदी|IND"), country_of("p:x|RUS|pol#y|IND")),
            (Some("IND"), Some("IND"), Some("RUS"))
        );
        assert_eq!((country_of("b:नाटो"), kind_of("l:x|-"), kind_of("IND")), (None, "place", "country"));
        assert_eq!(shown(Lang::En, "P:नरेंद्र मोदी|IND", "नरेंद्र मोदी").name, "Narendra Modi");
        assert_eq!(shown(Lang::Hi, "RUS", "रूस").name, "रूस");
    }
}
