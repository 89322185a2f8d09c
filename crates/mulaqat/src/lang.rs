//! The language pack: loads the data of `lang/hi/` into tables indexed by [`Sym`].
//!
//! The engine's source holds no Hindi; what is Hindi stands in the pack's files (see their README).

use crate::frames::Frame;
use crate::tagger::Tagger;
use crate::text::{Splitting, Sym, Vocab};
use crate::times::TimePack;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Phrases of words and what they mean; finds the longest that begins at a token.
#[derive(Debug)]
pub struct Phrases<T> {
    next: FxHashMap<(u32, Sym), u32>,
    /// What ends at a state.
    ends: Vec<Vec<T>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { next: FxHashMap::default(), ends: vec![] }
    }
}

impl<T: PartialEq> Phrases<T> {
    pub fn add(&mut self, phrase: &[Sym], value: T) {
        if phrase.is_empty() {
            return;
        }
        if self.ends.is_empty() {
            self.ends.push(vec![]);
        }
        let mut state = 0;
        for &s in phrase {
            let fresh = self.ends.len() as u32;
            let to = *self.next.entry((state, s)).or_insert(fresh);
            if to == fresh {
                self.ends.push(vec![]);
            }
            state = to;
        }
        if !self.ends[state as usize].contains(&value) {
            self.ends[state as usize].push(value);
        }
    }

    /// The longest phrase at the head of `words`: its length and meanings.
    pub fn longest(&self, words: impl Iterator<Item = Sym>) -> Option<(usize, &[T])> {
        let mut state = 0;
        let mut best = None;
        for (i, s) in words.enumerate() {
            match self.next.get(&(state, s)) {
                Some(&to) => {
                    state = to;
                    if !self.ends[to as usize].is_empty() {
                        best = Some((i + 1, &self.ends[to as usize][..]));
                    }
                }
                None => break,
            }
        }
        best
    }
}

/// A finite or non-finite form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    Root,
    Infinitive,
    Imperfective,
    Perfective,
    Future,
    Subjunctive,
    Conjunctive,
    /// है, हैं, हूं
    Present,
    /// था, थे, थी
    Past,
}

/// Role markers of a noun phrase: Hindi's postpositions, grouped by what they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// No postposition.
    Nom,
    Ne,
    Ko,
    Se,
    Gen,
    Mein,
    Par,
    Tak,
    Saath,
    Beech,
    Dwara,
    Khilaf,
    Prati,
    Samaksh,
    Liye,
    Alava,
    Leader,
    Bare,
    Source,
    Invite,
    Dauran,
    Baad,
    Pehle,
    Bahar,
    Paas,
    Badle,
    Tahat,
    Naam,
    Over,
    /// What is left of a relative word in the oblique (जिसमें, जहां).
    Obl,
}

/// What a phrase of the name lists is. Numbers index the pack's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    Country(u16),
    Nationality(u16),
    /// A capital that may stand for its government.
    Capital(u16),
    /// A person; `true` when the words are a short form.
    Person(u32, bool),
    Body(u32),
    BodyNoun(BodyNoun),
    Place(u32),
    PlaceNoun(PlaceKind),
    Title(TitleKind),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BodyKind {
    Igo,
    Agency,
    Outlet,
    Platform,
    Armed,
    Party,
    Office,
    Company,
    Court,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BodyNoun {
    Ministry,
    Office,
    Government,
    Parliament,
    Forces,
    Mission,
    Delegation,
    /// Closes the name of an organisation without a country: समिति, महासंघ.
    Group,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TitleKind {
    State,
    Minister,
    Envoy,
    Official,
    Military,
    Party,
    Body,
    Spokesperson,
    Legislator,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    City,
    Region,
    Venue,
    Sea,
    Island,
    Area,
}

#[derive(Debug)]
pub struct Country {
    pub code: String,
    pub name: String,
    pub english: String,
}

#[derive(Debug)]
pub struct Person {
    pub name: String,
    pub country: Option<String>,
    pub offices: Vec<Office>,
}

#[derive(Debug)]
pub struct Office {
    pub title: String,
    pub of: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
}

#[derive(Debug)]
pub struct Body {
    pub kind: BodyKind,
    pub name: String,
    pub country: Option<String>,
}

#[derive(Debug)]
pub struct Place {
    pub name: String,
    pub country: Option<String>,
    pub kind: PlaceKind,
}

/// Word classes, one bit each.
pub mod class {
    pub const AND: u32 = 1;
    pub const EMPHATIC: u32 = 1 << 1;
    pub const NEGATION: u32 = 1 << 2;
    pub const NONE: u32 = 1 << 3;
    pub const BOTH: u32 = 1 << 4;
    pub const HERE: u32 = 1 << 5;
    pub const THERE: u32 = 1 << 6;
    pub const OWN: u32 = 1 << 7;
    pub const COUNTERPART: u32 = 1 << 8;
    pub const THAT: u32 = 1 << 9;
    pub const VALA: u32 = 1 << 10;
    pub const FORMER: u32 = 1 << 11;
    pub const THIS: u32 = 1 << 12;
    pub const IF: u32 = 1 << 13;
    pub const HUE: u32 = 1 << 14;
    pub const BREAK: u32 = 1 << 15;
    pub const COMMON: u32 = 1 << 16;
    pub const HONORIFIC: u32 = 1 << 17;
    pub const GIVEN: u32 = 1 << 18;
    pub const FUNCTION: u32 = 1 << 19;
    pub const VERB: u32 = 1 << 20;
    pub const INITIAL: u32 = 1 << 21;
    pub const SINGULAR: u32 = 1 << 22;
    /// Ordinals of monarchs: चार्ल्स तृतीय.
    pub const REGNAL: u32 = 1 << 23;
    /// An ordinary word that is also a given name or surname.
    pub const SURNAME: u32 = 1 << 24;
    /// A later word of a postposition: साथ in के साथ.
    pub const POST: u32 = 1 << 25;
}

/// Declares named bits and the table of their names, so that a list of the pack and its bit cannot drift apart.
macro_rules! bits {
    ($(#[$doc:meta])* $module:ident: $t:ty { $($name:ident),+ $(,)? }) => {
        $(#[$doc])*
        pub mod $module {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Order { $($name),+ }
            $(pub const $name: $t = 1 << Order::$name as u32;)+
            pub const NAMES: &[(&str, $t)] = &[$((stringify!($name), $name)),+];
            /// Bit of a list of the pack, whose name is that of the constant in lower case.
            pub fn bit(name: &str) -> Option<$t> {
                NAMES.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|n| n.1)
            }
        }
    };
}

bits! {
    /// Word lists of the grammar, `[stems]` of words.toml.
    stem: u32 {
        BE, DO, GO, STAY, CAN, DONE, WANT, BEGIN, SHOULD, SAY, ARRIVE, PEOPLE, LEADERS, STATES, TITLE_ADJECTIVES, ANNOUNCE,
        DELEGATES, PLACE_HEADS, LETTING, FORMERLY, BECOME, COME, SIDE, VECTOR, DOCUMENTS, CONFIRM, THEN,
    }
}

bits! {
    /// Phrase lists that say how a happening is told, `[phrases]` of words.toml.
    sign: u64 {
        TENTATIVE, SCHEDULED, POSTPONED, CANCELLED, DENIED, ONGOING, BEGUN, ENDED, BELIEVED, ANONYMOUS_SOURCE, ALSO_READ,
        SOCIAL_MEDIA, PRESS_CONFERENCE, INTERVIEW, SPEECH, PRESS_RELEASE, REPORTING, PHONE, MULTILATERAL, THIRD_PARTY, APART, ANOTHER,
    }
}

/// A pronoun: whether relative, and its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pronoun {
    pub relative: bool,
    pub case: Case,
}

#[derive(Debug, Default)]
pub struct Pack {
    pub vocab: Vocab,
    pub splitting: Splitting,
    pub names: Phrases<Name>,
    pub countries: Vec<Country>,
    pub by_code: FxHashMap<String, u16>,
    pub people: Vec<Person>,
    pub bodies: Vec<Body>,
    pub places: Vec<Place>,
    class: Vec<u32>,
    /// दोनों is two, तीनों three.
    counts: FxHashMap<Sym, u8>,
    pub pronouns: FxHashMap<Sym, Pronoun>,
    pub cases: Phrases<Case>,
    /// What follows a genitive pronoun in place of a postposition in के: साथ, बीच, लिए.
    pub bare_cases: Phrases<Case>,
    pub verbs: FxHashMap<Sym, Vec<(Sym, Form)>>,
    /// Bits of [`stem`] by word.
    stems: Vec<u32>,
    /// Phrases with their bit of [`sign`].
    pub phrases: Phrases<u64>,
    pub contexts: Phrases<u16>,
    pub context_names: Vec<String>,
    pub frames: Vec<Frame>,
    pub frame_words: Phrases<u16>,
    pub frame_verbs: FxHashMap<Sym, Vec<u16>>,
    pub times: TimePack,
    /// Proposes names that the lists lack.
    pub tagger: Tagger,
    /// Alpha-3 code of the country whose affairs are domestic to the language's press.
    pub home: String,
}

#[derive(Deserialize)]
struct Words {
    abbreviations: Vec<String>,
    and: Vec<String>,
    emphatic: Vec<String>,
    negation: Vec<String>,
    none: Vec<String>,
    both: BTreeMap<String, Vec<String>>,
    here: Vec<String>,
    there: Vec<String>,
    own: Vec<String>,
    counterpart: Vec<String>,
    that: Vec<String>,
    vala: Vec<String>,
    former: Vec<String>,
    this: Vec<String>,
    #[serde(rename = "if")]
    iff: Vec<String>,
    hue: Vec<String>,
    singular: Vec<String>,
    regnal: Vec<String>,
    pronouns: BTreeMap<Case, Vec<String>>,
    relatives: BTreeMap<Case, Vec<String>>,
    clause: ClauseWords,
    cases: BTreeMap<Case, Vec<String>>,
    copula: Copula,
    paradigm: Vec<Paradigm>,
    irregular: Vec<BTreeMap<String, toml::Value>>,
    not_verbs: Vec<String>,
    stems: BTreeMap<String, Vec<String>>,
    phrases: BTreeMap<String, Vec<String>>,
    home: String,
}

#[derive(Deserialize)]
struct ClauseWords {
    breaks: Vec<String>,
}

#[derive(Deserialize)]
struct Copula {
    stem: String,
    present: Vec<String>,
    past: Vec<String>,
}

#[derive(Deserialize)]
struct Paradigm {
    form: Form,
    consonant: Vec<String>,
    vowel: Vec<String>,
}

#[derive(Deserialize)]
struct Contexts {
    context: Vec<Context>,
}

#[derive(Deserialize)]
struct Context {
    name: String,
    words: Vec<String>,
}

/// A file of the pack that does not hold what it should.
#[derive(Debug)]
pub struct Error {
    pub file: &'static str,
    /// 1-based; 0 when the whole file is meant.
    pub line: usize,
    pub what: String,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "language pack: {}:{}: {}", self.file, self.line, self.what)
    }
}

impl std::error::Error for Error {}

macro_rules! file {
    ($name:literal) => {
        ($name, include_str!(concat!("../lang/hi/", $name)))
    };
}

/// Rows of a TSV file of the pack: line number and columns, `-` read as empty.
fn rows<'a>(file: (&'static str, &'a str), columns: usize) -> impl Iterator<Item = Result<Vec<&'a str>, Error>> {
    file.1.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')).map(move |(n, l)| {
        let cols: Vec<&str> = l.split('\t').map(|c| if c == "-" { "" } else { c }).collect();
        if cols.len() < columns {
            return Err(Error { file: file.0, line: n + 1, what: format!("{} columns, {columns} expected", cols.len()) });
        }
        Ok(cols)
    })
}

fn alternatives(column: &str) -> impl Iterator<Item = &str> {
    column.split('|').map(str::trim).filter(|s| !s.is_empty())
}

fn some(s: &str) -> Option<String> {
    (!s.is_empty()).then(|| s.to_string())
}

fn kind<T: serde::de::DeserializeOwned>(file: &'static str, name: &str) -> Result<T, Error> {
    T::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name)).map_err(|e| Error {
        file,
        line: 0,
        what: e.to_string(),
    })
}

fn toml_of<T: serde::de::DeserializeOwned>(file: (&'static str, &str)) -> Result<T, Error> {
    toml::from_str(file.1).map_err(|e| {
        let line = e.span().map_or(0, |s| file.1[..s.start].matches('\n').count() + 1);
        Error { file: file.0, line, what: e.message().to_string() }
    })
}

impl Pack {
    /// The Hindi pack built into the program.
    pub fn hindi() -> Result<Pack, Error> {
        let mut p = Pack::default();
        let words: Words = toml_of(file!("words.toml"))?;
        p.load_words(&words)?;
        p.home.clone_from(&words.home);
        p.load_verbs(&words)?;
        p.load_names()?;
        let contexts: Contexts = toml_of(file!("contexts.toml"))?;
        for c in contexts.context {
            let n = p.context_names.len() as u16;
            p.context_names.push(c.name);
            for w in &c.words {
                let syms = p.vocab.add_phrase(w);
                p.contexts.add(&syms, n);
            }
        }
        p.times = TimePack::load(&mut p.vocab, file!("months.tsv").1, file!("numbers.tsv").1, file!("times.toml").1)
            .map_err(|what| Error { file: "times.toml", line: 0, what })?;
        p.frames = crate::frames::load(&mut p)?;
        p.class.resize(p.vocab.len(), 0);
        p.tagger = Tagger::from_bytes(include_bytes!("../lang/hi/tagger.bin"))
            .map_err(|e| Error { file: "tagger.bin", line: 0, what: e.to_string() })?;
        Ok(p)
    }

    fn mark(&mut self, words: &[String], bit: u32) {
        for w in words {
            let s = self.vocab.add(w);
            self.set_class(s, bit);
        }
    }

    pub(crate) fn set_class(&mut self, s: Sym, bit: u32) {
        if self.class.len() <= s as usize {
            self.class.resize(s as usize + 1, 0);
        }
        self.class[s as usize] |= bit;
    }

    /// True when the word has any of the classes.
    pub fn is(&self, s: Sym, bits: u32) -> bool {
        self.class.get(s as usize).is_some_and(|c| c & bits != 0)
    }

    /// All classes of a word.
    pub fn classes(&self, s: Sym) -> u32 {
        self.class.get(s as usize).copied().unwrap_or(0)
    }

    fn load_words(&mut self, w: &Words) -> Result<(), Error> {
        use class::*;
        for (list, bit) in [
            (&w.and, AND | FUNCTION),
            (&w.emphatic, EMPHATIC | FUNCTION),
            (&w.negation, NEGATION | FUNCTION),
            (&w.none, NONE | FUNCTION),
            (&w.here, HERE | FUNCTION),
            (&w.there, THERE | FUNCTION),
            (&w.own, OWN | FUNCTION),
            (&w.counterpart, COUNTERPART | FUNCTION),
            (&w.that, THAT | FUNCTION),
            (&w.vala, VALA | FUNCTION),
            (&w.former, FORMER),
            (&w.this, THIS | FUNCTION),
            (&w.iff, IF | FUNCTION),
            (&w.hue, HUE | FUNCTION),
            (&w.singular, SINGULAR | FUNCTION),
            (&w.regnal, REGNAL),
            (&w.clause.breaks, BREAK | FUNCTION),
            (&w.abbreviations, INITIAL),
        ] {
            self.mark(list, bit);
        }
        for (count, list) in &w.both {
            let count =
                count.parse().map_err(|_| Error { file: "words.toml", line: 0, what: format!("[both]: `{count}` is no number") })?;
            self.mark(list, BOTH | FUNCTION);
            for word in list {
                let s = self.vocab.add(word);
                self.counts.insert(s, count);
            }
        }
        for a in &w.abbreviations {
            let s = self.vocab.add(a);
            self.splitting.abbreviations.insert(s);
        }
        for (relative, table) in [(false, &w.pronouns), (true, &w.relatives)] {
            for (&case, list) in table {
                for word in list {
                    let s = self.vocab.add(word);
                    self.set_class(s, FUNCTION);
                    self.pronouns.insert(s, Pronoun { relative, case });
                }
            }
        }
        for (&case, list) in &w.cases {
            for phrase in list {
                let syms = self.vocab.add_phrase(phrase);
                self.cases.add(&syms, case);
                if syms.len() == 1 {
                    self.set_class(syms[0], FUNCTION);
                } else {
                    for &s in &syms[1..] {
                        self.set_class(s, class::POST);
                    }
                }
                if syms.len() > 1 && case != Case::Gen {
                    self.bare_cases.add(&syms[1..], case);
                }
            }
        }
        let unknown =
            |table: &str, name: &str| Error { file: "words.toml", line: 0, what: format!("[{table}]: the grammar knows no list `{name}`") };
        for (name, list) in &w.stems {
            let bit = stem::bit(name).ok_or_else(|| unknown("stems", name))?;
            for word in list {
                let s = self.vocab.add(word) as usize;
                if self.stems.len() <= s {
                    self.stems.resize(s + 1, 0);
                }
                self.stems[s] |= bit;
            }
        }
        for (name, list) in &w.phrases {
            let bit = sign::bit(name).ok_or_else(|| unknown("phrases", name))?;
            for phrase in list {
                let syms = self.vocab.add_phrase(phrase);
                self.phrases.add(&syms, bit);
                for s in syms {
                    self.set_class(s, class::COMMON);
                }
            }
        }
        Ok(())
    }

    fn add_form(&mut self, word: &str, stem: Sym, form: Form) {
        let s = self.vocab.add(word);
        self.set_class(s, class::VERB);
        let forms = self.verbs.entry(s).or_default();
        if !forms.contains(&(stem, form)) {
            forms.push((stem, form));
        }
    }

    fn load_verbs(&mut self, w: &Words) -> Result<(), Error> {
        let virama_less = |stem: &str| stem.chars().last().is_some_and(|c| matches!(c, '\u{904}'..='\u{914}' | '\u{93e}'..='\u{94c}'));
        let ho = self.vocab.add(&w.copula.stem);
        for f in &w.copula.present {
            self.add_form(f, ho, Form::Present);
        }
        for f in &w.copula.past {
            self.add_form(f, ho, Form::Past);
        }
        let mut done = Vec::new();
        for irr in &w.irregular {
            let Some(stem) = irr.get("stem").and_then(|v| v.as_str()) else { continue };
            let s = self.vocab.add(stem);
            for p in &w.paradigm {
                let name = format!("{:?}", p.form).to_lowercase();
                if let Some(list) = irr.get(&name).and_then(|v| v.as_array()) {
                    for f in list.iter().filter_map(|v| v.as_str()) {
                        self.add_form(f, s, p.form);
                    }
                    done.push((stem.to_string(), p.form));
                }
            }
        }
        for row in rows(file!("verbs.tsv"), 3) {
            let row = row?;
            let stem = row[0];
            let s = self.vocab.add(stem);
            self.add_form(stem, s, Form::Root);
            let vowel = virama_less(stem);
            for p in &w.paradigm {
                if done.iter().any(|(st, f)| st == stem && *f == p.form && matches!(f, Form::Perfective)) {
                    continue;
                }
                let irregular = p.form == Form::Perfective && !row[1].is_empty();
                if irregular {
                    // masculine singular in या gives the others
                    self.add_form(row[1], s, p.form);
                    if let Some(base) = row[1].strip_suffix("\u{92f}\u{93e}") {
                        for e in ["\u{90f}", "\u{908}", "\u{908}\u{902}"] {
                            self.add_form(&format!("{base}{e}"), s, p.form);
                        }
                    }
                    continue;
                }
                for e in if vowel { &p.vowel } else { &p.consonant } {
                    self.add_form(&format!("{stem}{e}"), s, p.form);
                }
            }
        }
        for word in &w.not_verbs {
            let s = self.vocab.add(word);
            self.verbs.remove(&s);
            if let Some(c) = self.class.get_mut(s as usize) {
                *c &= !class::VERB;
            }
        }
        Ok(())
    }

    fn load_names(&mut self) -> Result<(), Error> {
        for row in rows(file!("countries.tsv"), 4) {
            let row = row?;
            let n = self.countries.len() as u16;
            let name = alternatives(row[1]).next().unwrap_or_default().to_string();
            self.by_code.insert(row[0].to_string(), n);
            self.countries.push(Country { code: row[0].to_string(), name, english: row.get(4).unwrap_or(&"").to_string() });
            for (col, what) in [(1, Name::Country(n)), (2, Name::Nationality(n)), (3, Name::Capital(n))] {
                self.add_names(row[col], what);
            }
        }
        let mut index: FxHashMap<(String, String), u32> = FxHashMap::default();
        for row in rows(file!("people.tsv"), 7) {
            let row = row?;
            let name = alternatives(row[0]).next().unwrap_or_default().to_string();
            let key = (name.clone(), row[2].to_string());
            let fresh = self.people.len() as u32;
            let n = *index.entry(key).or_insert(fresh);
            if n == fresh {
                self.people.push(Person { name, country: some(row[2]), offices: vec![] });
            }
            let office = Office { title: row[3].to_string(), of: some(row[4]), from: some(row[5]), to: some(row[6]) };
            self.people[n as usize].offices.push(office);
            self.add_names(row[0], Name::Person(n, false));
            self.add_names(row[1], Name::Person(n, true));
        }
        for row in rows(file!("bodies.tsv"), 3) {
            let row = row?;
            let n = self.bodies.len() as u32;
            let name = alternatives(row[1]).next().unwrap_or_default().to_string();
            self.bodies.push(Body { kind: kind("bodies.tsv", row[0])?, name, country: some(row[2]) });
            self.add_names(row[1], Name::Body(n));
        }
        for row in rows(file!("body_nouns.tsv"), 2) {
            let row = row?;
            self.add_names(row[1], Name::BodyNoun(kind("body_nouns.tsv", row[0])?));
        }
        for row in rows(file!("places.tsv"), 3) {
            let row = row?;
            let n = self.places.len() as u32;
            let name = alternatives(row[0]).next().unwrap_or_default().to_string();
            self.places.push(Place { name, country: some(row[1]), kind: kind("places.tsv", row[2])? });
            self.add_places(row[0], n);
        }
        for row in rows(file!("place_nouns.tsv"), 2) {
            let row = row?;
            self.add_names(row[0], Name::PlaceNoun(kind("place_nouns.tsv", row[1])?));
        }
        for row in rows(file!("titles.tsv"), 2) {
            let row = row?;
            self.add_names(row[1], Name::Title(kind("titles.tsv", row[0])?));
        }
        for (f, bit) in [
            (file!("honorifics.tsv"), class::HONORIFIC),
            (file!("given_names.tsv"), class::GIVEN),
            (file!("surnames.tsv"), class::SURNAME),
            (file!("common.tsv"), class::COMMON),
        ] {
            for row in rows(f, 1) {
                for s in self.vocab.add_phrase(row?[0]) {
                    self.set_class(s, bit);
                }
            }
        }
        Ok(())
    }

    /// A city that is spelt like a verb's form or a function word (गया, हुए) is never told apart from it: it is left out.
    fn add_places(&mut self, column: &str, n: u32) {
        for a in alternatives(column) {
            let syms = self.vocab.add_phrase(a);
            if !matches!(syms[..], [s] if self.is(s, class::VERB | class::FUNCTION)) {
                self.names.add(&syms, Name::Place(n));
            }
        }
    }

    fn add_names(&mut self, column: &str, what: Name) {
        for a in alternatives(column) {
            let syms = self.vocab.add_phrase(a);
            self.names.add(&syms, what);
        }
    }

    /// True when the word is in any of the lists of [`stem`].
    pub fn stem_is(&self, word: Sym, bits: u32) -> bool {
        self.stems.get(word as usize).is_some_and(|b| b & bits != 0)
    }

    /// The country of a nationality word.
    pub fn nationality(&self, s: Sym) -> Option<u16> {
        let (_, found) = self.names.longest(std::iter::once(s))?;
        found.iter().find_map(|n| if let Name::Nationality(c) = n { Some(*c) } else { None })
    }

    /// How many a word such as दोनों speaks of.
    pub fn count(&self, s: Sym) -> u8 {
        self.counts.get(&s).copied().unwrap_or(2)
    }

    /// Forms of a word that may be a verb.
    pub fn forms(&self, s: Sym) -> &[(Sym, Form)] {
        self.verbs.get(&s).map_or(&[], |v| v)
    }

    /// Name list entries of the country with this code.
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.by_code.get(code).map(|&n| &self.countries[n as usize])
    }
}
