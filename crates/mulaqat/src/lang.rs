//! The language pack: the data of `lang/hi/` as tables indexed by [`Sym`].
//!
//! `build/` fills them from the files and writes them down; the program reads that at its start ([`crate::hindi`]).
//!
//! The engine's source holds no Hindi; what is Hindi stands in the pack's files (see their README).

use crate::frames::Frame;
use crate::tagger::Tagger;
use crate::text::{Splitting, Sym, Vocab};
use crate::times::TimePack;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// Phrases of words and what they mean; finds the longest that begins at a token.
///
/// A trie laid out flat and breadth first, so that it loads as a few arrays: the states after one word come first, and each edge
/// leads to the next state.
#[derive(Debug, Serialize, Deserialize)]
pub struct Phrases<T> {
    /// State after the first word of a phrase, by [`Sym`]; 0 for a word that begins none. State 0 itself is empty.
    heads: Vec<u32>,
    /// The first state that an edge leads to: behind state 0 and those after one word.
    roots: u32,
    /// Words on the edges: those of state `s` are `words[edges[s]..edges[s + 1]]`, in order.
    words: Vec<Sym>,
    edges: Vec<u32>,
    /// What the phrases mean: that which ends at state `s` has `meanings[ends[s]..ends[s + 1]]`.
    meanings: Vec<T>,
    ends: Vec<u32>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { heads: vec![], roots: 0, words: vec![], edges: vec![], meanings: vec![], ends: vec![] }
    }
}

/// Piece `n` of a flat list that is cut at `cuts`.
fn piece(cuts: &[u32], n: u32) -> Range<usize> {
    cuts[n as usize] as usize..cuts[n as usize + 1] as usize
}

impl<T: Clone> Phrases<T> {
    pub fn new(phrases: &BTreeMap<Vec<Sym>, Vec<T>>) -> Phrases<T> {
        let phrases: Vec<(&Vec<Sym>, &Vec<T>)> = phrases.iter().filter(|p| !p.0.is_empty()).collect();
        let mut p = Phrases { heads: vec![], roots: 0, words: vec![], edges: vec![0], meanings: vec![], ends: vec![0] };
        // a state is the phrases that begin with the same words, and how many those are; phrases without more words stand first
        let mut states = vec![(&phrases[..0], 0)];
        for group in phrases.chunk_by(|a, b| a.0[0] == b.0[0]) {
            let head = group[0].0[0] as usize;
            p.heads.resize(head + 1, 0);
            p.heads[head] = states.len() as u32;
            states.push((group, 1));
        }
        p.roots = states.len() as u32;
        let mut at = 0;
        while let Some(&(group, depth)) = states.get(at) {
            let (whole, longer) = group.split_at(group.partition_point(|g| g.0.len() == depth));
            p.meanings.extend(whole.iter().flat_map(|g| g.1).cloned());
            for next in longer.chunk_by(|a, b| a.0[depth] == b.0[depth]) {
                p.words.push(next[0].0[depth]);
                states.push((next, depth + 1));
            }
            p.edges.push(p.words.len() as u32);
            p.ends.push(p.meanings.len() as u32);
            at += 1;
        }
        p
    }
}

impl<T> Phrases<T> {
    /// The longest phrase at the head of `words`: its length and meanings.
    pub fn longest(&self, mut words: impl Iterator<Item = Sym>) -> Option<(usize, &[T])> {
        let mut state = *self.heads.get(words.next()? as usize).filter(|&&s| s != 0)?;
        let mut best = None;
        for length in 1.. {
            let meanings = piece(&self.ends, state);
            if !meanings.is_empty() {
                best = Some((length, &self.meanings[meanings]));
            }
            let edges = piece(&self.edges, state);
            if edges.is_empty() {
                break;
            }
            let Some(Ok(edge)) = words.next().map(|w| self.words[edges.clone()].binary_search(&w)) else { break };
            state = self.roots + (edges.start + edge) as u32;
        }
        best
    }
}

/// A finite or non-finite form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, PartialOrd, Ord)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    City,
    Region,
    Venue,
    Sea,
    Island,
    Area,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Country {
    pub code: String,
    pub name: String,
    pub english: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Person {
    pub name: String,
    pub country: Option<String>,
    pub offices: Vec<Office>,
}

/// By far the most numerous of what is not a table of numbers: its words stay where they lie in the program.
#[derive(Debug, Serialize, Deserialize)]
pub struct Office {
    pub title: &'static str,
    #[serde(borrow)]
    pub of: Option<&'static str>,
    #[serde(borrow)]
    pub from: Option<&'static str>,
    #[serde(borrow)]
    pub to: Option<&'static str>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Body {
    pub kind: BodyKind,
    pub name: String,
    pub country: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
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
    /// Words of sport: an article full of them tells of matches.
    pub const SPORT: u32 = 1 << 26;
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
    stem: u64 {
        BE, DO, GO, STAY, CAN, DONE, WANT, BEGIN, SHOULD, SAY, ARRIVE, PEOPLE, LEADERS, STATES, TITLE_ADJECTIVES, ANNOUNCE,
        DELEGATES, PLACE_HEADS, LETTING, FORMERLY, BECOME, COME, SIDE, VECTOR, DOCUMENTS, CONFIRM, THEN,
        PEOPLE_AT_LARGE, PRIVATE, NEITHER, MEMBER, STRIFE, SUCH, MATTER, ADJECTIVES, PROVINCIAL,
    }
}

bits! {
    /// Phrase lists that say how a happening is told, `[phrases]` of words.toml.
    sign: u64 {
        TENTATIVE, SCHEDULED, POSTPONED, CANCELLED, DENIED, ONGOING, BEGUN, ENDED, BELIEVED, ANONYMOUS_SOURCE, ALSO_READ,
        SOCIAL_MEDIA, PRESS_CONFERENCE, INTERVIEW, SPEECH, PRESS_RELEASE, REPORTING, PHONE, MULTILATERAL, THIRD_PARTY, APART, ANOTHER,
        EDITORIAL, TELLS_THAT,
    }
}

/// A pronoun: whether relative, and its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pronoun {
    pub relative: bool,
    pub case: Case,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Pack {
    pub vocab: Vocab,
    pub splitting: Splitting,
    pub names: Phrases<Name>,
    pub countries: Vec<Country>,
    pub by_code: FxHashMap<String, u16>,
    pub people: Vec<Person>,
    pub bodies: Vec<Body>,
    pub places: Vec<Place>,
    pub(crate) class: Vec<u32>,
    /// दोनों is two, तीनों three.
    pub(crate) counts: FxHashMap<Sym, u8>,
    pub pronouns: FxHashMap<Sym, Pronoun>,
    pub cases: Phrases<Case>,
    /// What follows a genitive pronoun in place of a postposition in के: साथ, बीच, लिए.
    pub bare_cases: Phrases<Case>,
    /// Forms of verbs, one word each.
    pub verbs: Phrases<(Sym, Form)>,
    /// Bits of [`stem`] by word.
    pub(crate) stems: Vec<u64>,
    /// Phrases with their bit of [`sign`].
    pub phrases: Phrases<u64>,
    pub contexts: Phrases<u16>,
    pub context_names: Vec<String>,
    pub frames: Vec<Frame>,
    pub frame_words: Phrases<u16>,
    pub frame_verbs: FxHashMap<Sym, Vec<u16>>,
    pub times: TimePack,
    /// Proposes names that the lists lack. A file of its own, which the build has no part in.
    #[serde(skip)]
    pub tagger: Tagger,
    /// Alpha-3 code of the country whose affairs are domestic to the language's press.
    pub home: String,
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

impl Pack {
    /// True when the word has any of the classes.
    pub fn is(&self, s: Sym, bits: u32) -> bool {
        self.class.get(s as usize).is_some_and(|c| c & bits != 0)
    }

    /// All classes of a word.
    pub fn classes(&self, s: Sym) -> u32 {
        self.class.get(s as usize).copied().unwrap_or(0)
    }

    /// True when the word is in any of the lists of [`stem`].
    pub fn stem_is(&self, word: Sym, bits: u64) -> bool {
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
        self.verbs.longest(std::iter::once(s)).map_or(&[], |v| v.1)
    }

    /// Name list entries of the country with this code.
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.by_code.get(code).map(|&n| &self.countries[n as usize])
    }
}
