//! Names in Latin script: known English names first, then English put together from known words, then transliteration.
//!
//! The names stand in the pack (`english.tsv`, and the English columns of the other lists), the letters in `latin.tsv`. Both are read when
//! first asked for: reading an article needs neither. The other way round, [`crate::lookup::Lists::named`] finds entries by their English
//! names too, and [`titles`] the titles of an English one.
//!
//! Transliteration writes names as newspapers do (Ram, Lavrov), not as scholars do (Rāma, Lāvarova): the vowel that a consonant carries is
//! left out where Hindi does not speak it.

use crate::lookup::{self, Kind, Listed, key, lists};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// How a person, country, body or place is called in English: by its lists, else put together, else transliterated. Text in
/// Latin script stays as it is.
///
/// ```
/// use mulaqat::{latin, lookup::Kind};
/// assert_eq!(latin::name(Kind::Person, "व्लादिमीर पुतिन"), "Vladimir Putin");
/// assert_eq!(latin::name(Kind::Body, "रूसी विदेश मंत्रालय"), "Russian Foreign Ministry");
/// assert_eq!(latin::name(Kind::Place, "रामगढ़"), "Ramgarh");
/// ```
pub fn name(kind: Kind, name: &str) -> String {
    if let Some(known) = listed(kind, name) {
        return known.into();
    }
    if !name.chars().any(of_script) {
        return name.into();
    }
    match kind {
        Kind::Person => None,
        Kind::Body | Kind::Country => compose(name),
        Kind::Place => compose(name).or_else(|| with_noun(name)),
    }
    .unwrap_or_else(|| script(name))
}

/// The English name that the lists have for it, in any spelling that the engine folds.
pub fn listed(kind: Kind, name: &str) -> Option<&'static str> {
    let english = |l: &'static Listed| l.english.as_deref();
    let found = lists().named(name).filter(|l| l.kind == kind).find_map(english);
    found.or_else(|| if kind == Kind::Place { WORDS.places.get(&key(name)).copied() } else { None })
}

/// An office in English: put together from what its words mean, else transliterated.
///
/// ```
/// use mulaqat::latin;
/// assert_eq!(latin::title("पूर्व विदेश मंत्री"), "former Foreign Minister");
/// assert_eq!(latin::title("यूरोपीय आयोग की अध्यक्ष"), "President of the European Commission");
/// ```
pub fn title(name: &str) -> String {
    if !name.chars().any(of_script) {
        return name.into();
    }
    compose(name).unwrap_or_else(|| script(name))
}

/// Names, as the pack writes them, of capitals and cities that are not among the places of the lists but have this English name.
pub fn places(english: &str) -> &'static [&'static str] {
    static BY_ENGLISH: LazyLock<FxHashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
        let mut by: FxHashMap<String, Vec<&'static str>> = FxHashMap::default();
        for r in lookup::english().filter(|r| r[0] == "place") {
            for e in r[2].split('|') {
                by.entry(key(e)).or_default().extend(r[1].split('|'));
            }
        }
        by
    });
    BY_ENGLISH.get(&key(english)).map_or(&[], Vec::as_slice)
}

/// The titles of the pack that an English one may mean, however it is capitalised.
pub fn titles(english: &str) -> &'static [&'static str] {
    static BY_ENGLISH: LazyLock<FxHashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
        let mut by: FxHashMap<String, Vec<&'static str>> = FxHashMap::default();
        for t in lookup::titles() {
            let others = WORDS.phrases.get(&key(t)).map_or(&[][..], |p| &p.also);
            for e in compose(t).iter().map(String::as_str).chain(others.iter().copied()) {
                by.entry(key(e)).or_default().push(t);
            }
        }
        by
    });
    BY_ENGLISH.get(&key(english)).map_or(&[], Vec::as_slice)
}

/// What words mean in English.
#[derive(Default)]
struct Words {
    phrases: FxHashMap<String, Phrase>,
    longest: usize,
    /// What stands before and after the open place, and the English with `{}` in it; those with most words first.
    patterns: Vec<(Vec<String>, Vec<String>, &'static str)>,
    /// Postpositions that join two phrases, and the English one.
    links: FxHashMap<String, &'static str>,
    /// The word for what is of a country, by its code.
    nationalities: FxHashMap<&'static str, &'static str>,
    /// Capitals and other cities that are not among the places, by any of their names.
    places: FxHashMap<String, &'static str>,
}

struct Phrase {
    english: &'static str,
    also: Vec<&'static str>,
    /// Takes no article.
    name: bool,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut w = Words::default();
    for r in lookup::english() {
        let (kind, names, english) = (r[0], r[1], r[2]);
        let mut several = english.split('|');
        let first = several.next().unwrap_or_default();
        match kind {
            "word" | "name" => {
                for n in names.split('|') {
                    let n = key(n);
                    w.longest = w.longest.max(n.split(' ').count());
                    w.phrases.insert(n, Phrase { english: first, also: several.clone().collect(), name: kind == "name" });
                }
            }
            "pattern" => w.patterns.extend(names.split('|').filter_map(|n| {
                let (before, after) = n.split_once("{}")?;
                Some((lookup::words(before).collect(), lookup::words(after).collect(), first))
            })),
            "link" => w.links.extend(names.split('|').map(|n| (key(n), first))),
            "nationality" => drop(w.nationalities.insert(names, first)),
            "place" => w.places.extend(names.split('|').map(|n| (key(n), first))),
            _ => {}
        }
    }
    w.patterns.sort_by_key(|(before, after, _)| std::cmp::Reverse(before.len() + after.len()));
    w
});

/// A word of what is to be put together: folded, as written, and whether a comma follows it.
struct Piece<'t> {
    word: String,
    raw: &'t str,
    comma: bool,
}

/// English from known words; `None` when one is not known.
fn compose(text: &str) -> Option<String> {
    let mut pieces: Vec<Piece> = vec![];
    for raw in text.split(|c: char| c.is_whitespace() || c == '-') {
        pieces.extend(lookup::words(raw).map(|word| Piece { word, raw, comma: false }));
        if let Some(last) = pieces.last_mut() {
            last.comma |= raw.ends_with(',');
        }
    }
    // bounded: what is joined is tried at every joint
    (pieces.len() <= 12).then(|| phrase(&pieces)).flatten().map(|(english, _)| english)
}

/// English of the pieces, and whether it takes no article.
fn phrase(pieces: &[Piece]) -> Option<(String, bool)> {
    let joined = join(pieces);
    if let Some((english, bare)) = one(&joined) {
        return Some((english.into(), bare));
    }
    pattern(pieces).or_else(|| linked(pieces)).or_else(|| row(pieces))
}

fn join(pieces: &[Piece]) -> String {
    pieces.iter().map(|p| p.word.as_str()).collect::<Vec<_>>().join(" ")
}

/// A phrase or name known as a whole, and whether it takes no article.
fn one(words: &str) -> Option<(&'static str, bool)> {
    if let Some(p) = WORDS.phrases.get(words) {
        return Some((p.english, p.name));
    }
    if let Some(adjective) = lists().nationality(words).and_then(|code| WORDS.nationalities.get(code)) {
        return Some((adjective, true));
    }
    let known = lists().named(words).find(|l| matches!(l.kind, Kind::Country | Kind::Body) && l.english.is_some())?;
    let english = known.english.as_deref()?;
    // the European Commission, but UNESCO and France
    let bare = if known.kind == Kind::Body { !english.contains(' ') } else { !english.starts_with("United ") };
    Some((english, bare))
}

fn pattern(pieces: &[Piece]) -> Option<(String, bool)> {
    let is = |pieces: &[Piece], words: &[String]| pieces.iter().map(|p| &p.word).eq(words);
    WORDS.patterns.iter().find_map(|(before, after, english)| {
        let middle = pieces.get(before.len()..pieces.len().checked_sub(after.len())?).filter(|m| !m.is_empty())?;
        let fits = is(&pieces[..before.len()], before) && is(&pieces[pieces.len() - after.len()..], after);
        let (inner, bare) = if fits { phrase(middle)? } else { return None };
        Some((english.replace("{}", &inner), bare))
    })
}

/// Two phrases with a postposition between them: what is a country's, else at the last that leaves two.
fn linked(pieces: &[Piece]) -> Option<(String, bool)> {
    let joints = (1..pieces.len().saturating_sub(1)).filter_map(|n| Some((n, *WORDS.links.get(&pieces[n].word)?)));
    let of_country = joints.clone().find_map(|(n, _)| {
        let country = lists().named(&join(&pieces[..n])).find(|l| l.kind == Kind::Country)?;
        let adjective = WORDS.nationalities.get(country.country.as_deref()?)?;
        let (head, _) = phrase(&pieces[n + 1..])?;
        Some((format!("{adjective} {head}"), false))
    });
    of_country.or_else(|| {
        joints.rev().find_map(|(n, link)| {
            let (head, _) = phrase(&pieces[n + 1..])?;
            let (whose, bare) = phrase(&pieces[..n])?;
            let the = if bare { "" } else { "the " };
            Some((format!("{head} {link} {the}{whose}"), false))
        })
    })
}

/// Known phrases one after the other, the longest first.
fn row(pieces: &[Piece]) -> Option<(String, bool)> {
    let mut out = String::new();
    let (mut at, mut last) = (0, false);
    while at < pieces.len() {
        let most = WORDS.longest.min(pieces.len() - at);
        let fits = |n: &usize| pieces[at..at + n - 1].iter().all(|p| !p.comma);
        let found = (1..=most).rev().filter(fits).find_map(|n| Some((n, one(&join(&pieces[at..at + n]))?)));
        let (n, english) = match found {
            Some((n, (english, bare))) => {
                last = bare;
                (n, english.to_string())
            }
            None => (1, apart(&pieces[at])?),
        };
        // a prefix such as co- ends in its hyphen
        if !out.is_empty() && !out.ends_with('-') {
            out.push(' ');
        }
        out.push_str(&english);
        at += n;
        if pieces[at - 1].comma && at < pieces.len() {
            out.push(',');
        }
    }
    Some((out, last))
}

/// Two known words written as one; a word in Latin script as it is.
fn apart(piece: &Piece) -> Option<String> {
    let word = &piece.word;
    if word.is_ascii() && !piece.raw.chars().any(of_script) {
        return Some(piece.raw.trim_end_matches(',').into());
    }
    let known = |w: &str| WORDS.phrases.get(w).map(|p| p.english);
    word.char_indices().skip(2).find_map(|(n, _)| Some(format!("{} {}", known(&word[..n])?, known(&word[n..])?)))
}

/// A place whose kind is known: its own name transliterated.
fn with_noun(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let (at, noun) = (1..words.len()).find_map(|n| Some((n, compose(&words[n..].join(" "))?)))?;
    Some(format!("{} {noun}", script(&words[..at].join(" "))))
}

/// The letters of a script in Latin.
#[derive(Default)]
struct Letters {
    /// Consonants, with a mark or as clusters of two where these are written in a way of their own.
    consonants: FxHashMap<&'static str, &'static str>,
    vowels: FxHashMap<char, &'static str>,
    signs: FxHashMap<char, &'static str>,
    nasals: FxHashMap<char, &'static str>,
    /// Sounds that follow a vowel.
    breaths: FxHashMap<char, &'static str>,
    /// What letters of the Latin script are called.
    names: FxHashMap<String, &'static str>,
}

static LETTERS: LazyLock<Letters> = LazyLock::new(|| {
    let mut l = Letters::default();
    for r in lookup::rows(include_str!("../lang/hi/latin.tsv")) {
        let (kind, letter, latin) = (r[0], r[1], r[2]);
        let c = letter.chars().next().unwrap_or_default();
        match kind {
            "consonant" | "cluster" => drop(l.consonants.insert(letter, latin)),
            "vowel" => drop(l.vowels.insert(c, latin)),
            "sign" => drop(l.signs.insert(c, latin)),
            "nasal" => drop(l.nasals.insert(c, latin)),
            "breath" => drop(l.breaths.insert(c, latin)),
            "name" => drop(l.names.insert(key(letter), latin)),
            _ => {}
        }
    }
    l
});

const VIRAMA: char = '\u{94d}';

/// A sound of a word in Latin letters.
#[derive(Clone, Copy, PartialEq)]
enum Sound {
    Consonant(&'static str),
    Vowel(&'static str),
    /// The vowel that a consonant carries, when it is spoken.
    Inherent,
}

impl Sound {
    fn consonant(self) -> bool {
        matches!(self, Sound::Consonant(_))
    }

    fn text(self) -> &'static str {
        match self {
            Sound::Consonant(s) | Sound::Vowel(s) => s,
            Sound::Inherent => "a",
        }
    }
}

/// A text in Latin letters, each word with a capital. What is not of the pack's script stays, but for its digits.
pub fn script(text: &str) -> String {
    let text: String = text.nfd().filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}')).collect();
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let n = rest.find(|c| !of_script(c)).unwrap_or(rest.len());
        if n == 0 {
            out.push(digit(c));
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (word, after) = rest.split_at(n);
        match initials(word, after.starts_with('.')) {
            Some(letters) => out.push_str(&letters),
            None => {
                let latin = spoken(word);
                let mut chars = latin.chars();
                out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
                out.push_str(chars.as_str());
            }
        }
        rest = after;
    }
    out.nfc().collect()
}

/// A letter or sign of Devanagari, not a digit or punctuation of it.
fn of_script(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{963}' | '\u{971}'..='\u{97f}')
}

fn digit(c: char) -> char {
    match c {
        '\u{966}'..='\u{96f}' => (b'0' + (c as u32 - 0x966) as u8) as char,
        '\u{964}' | '\u{965}' | '\u{970}' => '.',
        c => c,
    }
}

/// The letters that a word spells: one before a full stop, or at least three of an abbreviation.
fn initials(word: &str, stop: bool) -> Option<String> {
    let folded = key(word);
    let mut rest = folded.as_str();
    let mut out = String::new();
    while !rest.is_empty() {
        let fits = |n: &usize| rest.is_char_boundary(*n) && LETTERS.names.contains_key(&rest[..*n]);
        let n = (1..=rest.len()).rev().find(fits)?;
        out.push_str(LETTERS.names[&rest[..n]]);
        rest = &rest[n..];
    }
    (stop || out.len() > 2).then_some(out)
}

/// A word as it is spoken.
fn spoken(word: &str) -> String {
    let mut sounds = sounds(word);
    drop_inherent(&mut sounds);
    let mut out = String::with_capacity(word.len());
    for (n, s) in sounds.iter().enumerate() {
        let before_consonant = sounds.get(n + 1).is_some_and(|s| s.consonant());
        // Jai, Uday: the two together are one vowel
        if *s == Sound::Consonant("y") && before_consonant && n > 0 && sounds[n - 1] == Sound::Inherent {
            out.push('i');
        } else {
            out.push_str(s.text());
        }
    }
    out
}

fn sounds(word: &str) -> Vec<Sound> {
    let l = &*LETTERS;
    let mut out: Vec<Sound> = vec![];
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        // a consonant, as long as it is written: a cluster is three letters, one with a mark two
        let consonant = [3, 2, 1].iter().find_map(|&n| {
            let end = rest.char_indices().map(|(i, c)| i + c.len_utf8()).nth(n - 1)?;
            Some((end, *l.consonants.get(&rest[..end])?))
        });
        if let Some((end, latin)) = consonant {
            out.push(Sound::Consonant(latin));
            rest = rest[end..].trim_start_matches('\u{93c}');
            match rest.chars().next() {
                Some(VIRAMA) => rest = &rest[VIRAMA.len_utf8()..],
                Some(v) if l.signs.contains_key(&v) => {}
                _ => out.push(Sound::Inherent),
            }
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if let Some(v) = l.vowels.get(&c).or_else(|| l.signs.get(&c)) {
            out.push(Sound::Vowel(v));
        } else if let Some(n) = l.nasals.get(&c) {
            let next = rest.chars().next().and_then(|c| l.consonants.get(c.encode_utf8(&mut [0; 4]) as &str));
            out.push(Sound::Consonant(match next.and_then(|s| s.chars().next()) {
                Some('p' | 'b' | 'f') => "m",
                Some('h') => "ng",
                _ => n,
            }));
        } else if let Some(b) = l.breaths.get(&c) {
            out.push(Sound::Consonant(b));
        }
    }
    out
}

/// Leaves out the inherent vowels that Hindi does not speak: at the end of a word, and between a vowel with one consonant before and one
/// consonant with a vowel after, from the end of the word to its beginning.
fn drop_inherent(sounds: &mut Vec<Sound>) {
    let vowel = |s: Option<&Sound>| s.is_some_and(|s| !s.consonant());
    let consonant = |s: Option<&Sound>| s.is_some_and(|s| s.consonant());
    if let [before @ .., last, Sound::Inherent] = sounds.as_slice() {
        let text = last.text();
        let cluster = consonant(before.last());
        // what could not be spoken without it: Mitra, Surya, Krishna, Bharatiya
        let hard = cluster && (matches!(text, "y" | "r" | "v") || (text == "n" && before.last() == Some(&Sound::Consonant("sh"))));
        let hard = hard || text == "gy" || (text == "y" && before.last() == Some(&Sound::Vowel("i")));
        if !hard && before.iter().any(|s| !s.consonant()) {
            sounds.pop();
        }
    }
    for n in (2..sounds.len()).rev() {
        let between = sounds[n] == Sound::Inherent
            && sounds[n - 1].consonant()
            && vowel(sounds.get(n - 2))
            && consonant(sounds.get(n + 1))
            && vowel(sounds.get(n + 2));
        if between {
            sounds.remove(n);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterates_as_it_is_spoken() {
        for (hindi, latin) in [
            ("राम", "Ram"),
            ("लावरोव", "Lavrov"),
            ("कमला", "Kamla"),
            ("महमूद अहमद", "Mahmud Ahmad"),
            ("नरेंद्र", "Narendra"),
            ("जयपुर", "Jaipur"),
            ("कृष्ण मिश्र", "Krishna Mishra"),
            ("भारतीय", "Bhartiya"),
            ("सिंह", "Singh"),
            ("अंबिका", "Ambika"),
            ("एस. जयराम", "S. Jairam"),
            ("एमएफआर", "MFR"),
            ("ज़ैदी फ़ारूक़", "Zaidi Faruq"),
            ("दो-टूक १२", "Do-Tuk 12"),
            ("सरकार", "Sarkar"),
            ("व", "Va"),
            ("Already Latin", "Already Latin"),
        ] {
            assert_eq!(script(hindi), latin, "{hindi}");
        }
    }

    #[test]
    fn known_names_first() {
        let of = |kind, hindi: &str| name(kind, hindi);
        assert_eq!(of(Kind::Person, "एस. जयशंकर"), "S. Jaishankar");
        assert_eq!(of(Kind::Person, "शी चिनफिंग"), "Xi Jinping");
        assert_eq!(of(Kind::Person, "मोहम्मद बिन सलमान"), "Mohammed bin Salman");
        assert_eq!(of(Kind::Country, "रूस"), "Russia");
        assert_eq!(of(Kind::Place, "मास्को"), "Moscow");
        assert_eq!(of(Kind::Place, "पेरिस"), "Paris");
        assert_eq!(of(Kind::Place, "शानपुर पैलेस"), "Shanpur Palace");
        assert_eq!(of(Kind::Body, "चीन की सेना"), "Chinese Army");
        assert_eq!(of(Kind::Body, "संयुक्त राष्ट्र"), "United Nations");
        assert_eq!(of(Kind::Place, "न्यूयॉर्क"), "New York");
        assert_eq!(of(Kind::Body, "SPLM-IO"), "SPLM-IO");
    }

    #[test]
    fn titles_are_put_together() {
        for (hindi, english) in [
            ("विदेश मंत्री", "Foreign Minister"),
            ("विदेशमंत्री", "Foreign Minister"),
            ("उप विदेश मंत्री", "Deputy Foreign Minister"),
            ("विदेश राज्य मंत्री", "Minister of State for Foreign Affairs"),
            ("वाणिज्य एवं उद्योग मंत्री", "Commerce and Industry Minister"),
            ("वाणिज्य एवं उद्योग राज्य मंत्री", "Minister of State for Commerce and Industry"),
            ("केंद्रीय गृह मंत्री", "Union Home Minister"),
            ("आर्थिक मामलों के मंत्री", "Minister of Economic Affairs"),
            ("विदेश मंत्रालय के प्रवक्ता", "Spokesperson of the Foreign Ministry"),
            ("हमास के नेता", "Leader of Hamas"),
            ("पूर्व राजदूत", "former Ambassador"),
            ("प्रधानमंत्री कार्यालय में राज्य मंत्री", "Minister of State in the Prime Minister's Office"),
        ] {
            assert_eq!(title(hindi), english, "{hindi}");
        }
    }

    /// Every title of the pack has an English one that no letter was transliterated for.
    #[test]
    fn all_titles_are_known() {
        let unknown: Vec<&str> = lookup::titles().filter(|t| compose(t).is_none() && t.chars().any(of_script)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    /// Nearly all that the lists name has an English name there; what `english.tsv` speaks of by code exists.
    #[test]
    fn lists_are_covered() {
        let without: Vec<&str> = lists().entries.iter().filter(|l| l.english.is_none()).map(|l| l.name.as_str()).collect();
        assert!(without.len() < 10, "{without:?}");
        let unreadable = lists().entries.iter().filter_map(|l| l.english.as_deref()).filter(|e| e.chars().any(of_script));
        assert_eq!(unreadable.collect::<Vec<_>>(), [] as [&str; 0]);
        for r in lookup::english().filter(|r| matches!(r[0], "country" | "nationality")) {
            assert!(lists().entries.iter().any(|l| l.kind == Kind::Country && l.country.as_deref() == Some(r[1])), "{r:?}");
        }
    }

    proptest::proptest! {
        /// Any text has a name in Latin script, and nothing of Devanagari is left in it.
        #[test]
        fn any_text(text in "[\u{900}-\u{97f}\u{200d} .a-z,-]{0,40}") {
            for latin in [name(Kind::Person, &text), name(Kind::Place, &text), name(Kind::Body, &text), title(&text)] {
                proptest::prop_assert!(!latin.chars().any(of_script), "{latin}");
            }
        }
    }

    #[test]
    fn backwards() {
        assert!(titles("external affairs minister").contains(&"विदेश मंत्री"));
        assert!(titles("Foreign Minister").contains(&"विदेश मंत्री"));
        assert!(titles("PM").contains(&"प्रधानमंत्री"));
        let named = |english: &str| lists().named(english).map(|l| l.name.as_str()).collect::<Vec<_>>();
        assert_eq!(named("new delhi"), ["नई दिल्ली"]);
        assert_eq!(named("Vladimir Putin"), ["व्लादिमीर पुतिन"]);
        assert!(named("Saint Petersburg").contains(&"सेंट पीटर्सबर्ग"));
        assert!(named("USA").contains(&"अमेरिका"));
        assert!(places("geneva").contains(&"जिनेवा") && places("Nowhere").is_empty());
        assert_eq!(lists().nationality("Russian"), Some("RUS"));
        assert_eq!(lists().capital("Paris"), Some("FRA"));
    }
}
