//! Sentences with the tags that their tokens may have: CoNLL files of names, and gold articles as silver.

use crate::crf::Random;
use mulaqat::lang::{Name, Pack, class};
use mulaqat::record::{EntityType, Record};
use mulaqat::tagger::{Kind, Part, TAGS, tag};
use mulaqat::text::{Kind as TokenKind, Text};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

/// Tags that a token may have, one bit each.
pub type Allowed = u16;

const ANY: Allowed = (1 << TAGS) - 1;
const OUTSIDE: Allowed = 1;

/// A text and what its tokens may be.
pub struct Tagged {
    pub text: String,
    /// By token of the text.
    pub allowed: Vec<Allowed>,
}

/// A sentence of a CoNLL file: its words joined by spaces, with what each is.
pub struct Conll {
    pub text: String,
    /// Byte range of each word.
    pub words: Vec<Range<usize>>,
    /// Names over words.
    pub names: Vec<(Range<usize>, Kind)>,
}

fn kind(label: &str) -> Option<Kind> {
    match label {
        "PERSON" => Some(Kind::Person),
        "LOCATION" => Some(Kind::Place),
        "ORGANIZATION" => Some(Kind::Organization),
        _ => None,
    }
}

/// Names of a row of BIO tags; a name that begins with I is read as one that begins with B, as conlleval does.
pub fn names<'a>(tags: impl Iterator<Item = &'a str>) -> Vec<(Range<usize>, Kind)> {
    let mut out: Vec<(Range<usize>, Kind)> = Vec::new();
    for (i, t) in tags.enumerate() {
        let Some((p, k)) = t.split_once('-').and_then(|(p, k)| Some((p, kind(k)?))) else { continue };
        match out.last_mut() {
            Some((r, last)) if p == "I" && r.end == i && *last == k => r.end = i + 1,
            _ => out.push((i..i + 1, k)),
        }
    }
    out
}

/// Reads a file of one word and its BIO tag a line, sentences parted by empty lines.
pub fn conll(path: &Path) -> std::io::Result<Vec<Conll>> {
    let file = std::fs::read_to_string(path)?;
    let mut out = Vec::new();
    for block in file.split("\n\n") {
        let rows: Vec<(&str, &str)> = block.lines().filter_map(|l| l.split_once('\t')).collect();
        if rows.is_empty() {
            continue;
        }
        let mut text = String::new();
        let mut words = Vec::new();
        for (word, _) in &rows {
            if !text.is_empty() {
                text.push(' ');
            }
            let from = text.len();
            text.push_str(word);
            words.push(from..text.len());
        }
        out.push(Conll { text, words, names: names(rows.iter().map(|r| r.1)) });
    }
    Ok(out)
}

fn mark(allowed: &mut [Allowed], r: Range<usize>, kind: Kind) {
    let n = r.len();
    for (k, i) in r.enumerate() {
        let part = match (k == 0, k + 1 == n) {
            (true, true) => Part::Single,
            (true, false) => Part::Begin,
            (false, true) => Part::End,
            (false, false) => Part::Inside,
        };
        allowed[i] = 1 << tag(kind, part);
    }
}

impl Conll {
    /// The same names over the engine's own tokens; punctuation at a name's ends is no part of it.
    pub fn tagged(&self, pack: &Pack) -> Tagged {
        let text = Text::new(&self.text, &pack.vocab, &pack.splitting);
        let mut allowed = vec![OUTSIDE; text.tokens.len()];
        for (r, kind) in &self.names {
            let (from, to) = (self.words[r.start].start, self.words[r.end - 1].end);
            let inside = |i: &usize| text.tokens[*i].start >= from && text.tokens[*i].end <= to;
            let mut all: Vec<usize> = (0..text.tokens.len()).filter(inside).collect();
            let punct = |i: &usize| text.tokens[*i].kind == TokenKind::Punct;
            while all.last().is_some_and(punct) {
                all.pop();
            }
            let skip = all.iter().take_while(|i| punct(i)).count();
            if let (Some(&a), Some(&b)) = (all.get(skip), all.last()) {
                mark(&mut allowed, a..b + 1, *kind);
            }
        }
        Tagged { text: self.text.clone(), allowed }
    }
}

/// A gold article as silver: where the names of its entities stand. Gold lists every person, but bodies and places
/// only when something happens to them, so a word that may be one of those stays open.
pub fn silver(record: &Record, pack: &Pack, other: Option<&mut Others>) -> Tagged {
    let text = Text::new(&record.document.text, &pack.vocab, &pack.splitting);
    let toks = &text.tokens;
    let fold = |s: &str| -> Vec<String> {
        let t = Text::new(s, &pack.vocab, &pack.splitting);
        t.tokens.iter().filter(|k| k.kind != TokenKind::Punct).map(|k| t.folded(&pack.vocab, k.sym).to_string()).collect()
    };
    let mut names: Vec<(Vec<String>, Kind)> = Vec::new();
    for e in &record.entities {
        let kind = match e.kind {
            EntityType::Person => Kind::Person,
            EntityType::Organization => Kind::Organization,
            _ => Kind::Place,
        };
        names.extend(std::iter::once(&e.name).chain(&e.aliases).map(|n| (fold(n), kind)));
    }
    names.retain(|n| !n.0.is_empty());
    names.sort_by_key(|n| std::cmp::Reverse(n.0.len()));
    let known = class::COMMON | class::VERB | class::FUNCTION;
    let open: Allowed = ANY & !(0b1111 << tag(Kind::Person, Part::Begin));
    let mut allowed: Vec<Allowed> =
        toks.iter().map(|t| if t.kind != TokenKind::Word || pack.is(t.sym, known) { OUTSIDE } else { open }).collect();
    let mut i = 0;
    while i < toks.len() {
        let words = toks[i..].iter().take_while(|t| t.kind != TokenKind::Punct).map(|t| t.sym);
        match pack.names.longest(words) {
            Some((n, found)) => {
                if found.iter().any(|f| !matches!(f, Name::Title(_) | Name::PlaceNoun(_))) {
                    allowed[i..i + n].fill(open);
                }
                i += n;
            }
            None => i += 1,
        }
    }
    let mut i = 0;
    let mut swaps = Vec::new();
    while i < toks.len() {
        let at = |i: usize| toks.get(i).filter(|t| t.kind != TokenKind::Punct).map_or("", |t| text.folded(&pack.vocab, t.sym));
        match names.iter().find(|(n, _)| n.iter().enumerate().all(|(k, w)| at(i + k) == w)) {
            Some((n, kind)) => {
                mark(&mut allowed, i..i + n.len(), *kind);
                swaps.extend((i..i + n.len()).map(|i| (i, *kind)));
                i += n.len();
            }
            None => i += 1,
        }
    }
    let Some(other) = other else { return Tagged { text: record.document.text.clone(), allowed } };
    // every word of a person's name becomes another one, the same wherever it stands
    let mut map: BTreeMap<u32, String> = BTreeMap::new();
    let mut new = String::new();
    let mut done = 0;
    for (i, kind) in swaps {
        let t = &toks[i];
        let listed = pack.names.longest(std::iter::once(t.sym)).is_some();
        let word = &text.raw[t.start..t.end];
        if kind == Kind::Organization || (kind == Kind::Place && listed) || t.cend - t.cstart < 3 {
            continue;
        }
        let word = map.entry(t.sym).or_insert_with(|| if other.random.next() % 10 < 8 { other.word(kind) } else { word.to_string() });
        new.push_str(&text.raw[done..t.start]);
        new.push_str(word);
        done = t.end;
    }
    new.push_str(&text.raw[done..]);
    let n = Text::new(&new, &pack.vocab, &pack.splitting).tokens.len();
    if n == allowed.len() { Tagged { text: new, allowed } } else { Tagged { text: record.document.text.clone(), allowed } }
}

/// Words to put in the place of those of names, so that the tagger learns how names stand and not which there are.
pub struct Others {
    persons: Vec<String>,
    places: Vec<String>,
    common: Vec<String>,
    pub random: Random,
}

impl Others {
    /// Words of the pack's people and places, and of the names in the CoNLL files.
    pub fn new(pack: &Pack, conll: &[Conll], seed: u64) -> Others {
        let one = |w: &str| w.chars().count() > 1 && w.chars().all(|c| matches!(c, '\u{900}'..='\u{963}'));
        let words = |n: &str| n.split([' ', '-']).filter(|w| one(w)).map(str::to_string).collect::<Vec<_>>();
        let of = |kind| {
            conll.iter().flat_map(move |s| {
                s.names.iter().filter(move |n| n.1 == kind).map(|n| &s.text[s.words[n.0.start].start..s.words[n.0.end - 1].end])
            })
        };
        let mut persons: Vec<String> = pack.people.iter().flat_map(|p| words(&p.name)).chain(of(Kind::Person).flat_map(words)).collect();
        let mut places: Vec<String> = pack.places.iter().flat_map(|p| words(&p.name)).chain(of(Kind::Place).flat_map(words)).collect();
        for list in [&mut persons, &mut places] {
            list.sort();
            list.dedup();
        }
        let short = |w: &&str| one(w) && w.chars().count() <= 4;
        let common = (0..pack.vocab.len() as u32)
            .filter(|&s| pack.is(s, class::COMMON | class::VERB) && !pack.is(s, class::FUNCTION))
            .filter_map(|s| pack.vocab.word(s).filter(short).map(str::to_string))
            .collect();
        Others { persons, places, common, random: Random(seed) }
    }

    fn pick(&mut self, n: usize) -> usize {
        (self.random.next() % n.max(1) as u64) as usize
    }

    /// A word of a name, or the head of one with the tail of another, or now and then an ordinary short word.
    fn word(&mut self, kind: Kind) -> String {
        let len = if kind == Kind::Person { self.persons.len() } else { self.places.len() };
        let (a, b, how) = (self.pick(len), self.pick(len), self.pick(100));
        let odd = self.pick(self.common.len());
        let list = if kind == Kind::Person { &self.persons } else { &self.places };
        let (Some(a), Some(b)) = (list.get(a), list.get(b)) else { return String::new() };
        // cut where a syllable begins
        let cut = |w: &str| {
            let at: Vec<(usize, char)> = w.char_indices().collect();
            let ok = at.windows(2).filter(|p| p[0].1 != '\u{94d}' && matches!(p[1].1, '\u{915}'..='\u{939}')).map(|p| p[1].0);
            let ok: Vec<usize> = ok.collect();
            ok.get(ok.len() / 2).copied()
        };
        match (how, cut(a), cut(b)) {
            (0..5, _, _) if kind == Kind::Person => self.common.get(odd).cloned().unwrap_or_default(),
            (5..60, Some(i), Some(j)) => format!("{}{}", &a[..i], &b[j..]),
            _ => a.clone(),
        }
    }
}
