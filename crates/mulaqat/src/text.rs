//! The one door through which text comes in: folding of spellings, tokens, sentences, quotations.
//!
//! Everything later works on folded words as numbers ([`Sym`]); every token keeps its place in the raw
//! text in bytes and in code points, so that a span is always an exact piece of what was given.

use crate::record::Span;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// A folded word as a number. Numbers below the size of the [`Vocab`] are words of the language pack.
pub type Sym = u32;

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glue {
    Space,
    /// Nothing: `है.सर्वेक्षण`-like joins, `5दिसंबर`.
    Joined,
    Hyphen,
    /// The full stop of an initial or abbreviation, with or without a space.
    Dot,
    /// A line end.
    Line,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    Number,
    Punct,
}

#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Byte range in the raw text.
    pub start: usize,
    pub end: usize,
    /// Code-point range in the raw text.
    pub cstart: usize,
    pub cend: usize,
    pub sym: Sym,
    pub kind: Kind,
    pub glue: Glue,
    /// For punctuation its character (the first of a run of equal ones), else NUL.
    pub punct: char,
}

/// The words that the language pack knows, folded and numbered; flat, so that it loads as a few arrays.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Vocab {
    /// All words, one behind the other. Kept beside the rest of a compiled pack, since the program can use it where it lies.
    #[serde(skip)]
    pub(crate) letters: Cow<'static, str>,
    /// Where in `letters` each word ends.
    ends: Vec<u32>,
    /// A hash table: a word's number plus one, at the place that its hash says or the next free one; 0 where none is.
    /// The length is a power of two, and half of it stays free.
    slots: Vec<u32>,
}

/// The same on every machine: what the table was built on need not be what it is read on.
fn hash(word: &str) -> usize {
    let mix = |h: u64, n: u64| (h.rotate_left(5) ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let eights = word.as_bytes().chunks_exact(8);
    let rest = eights.remainder().iter().fold(0, |n, &b| n << 8 | u64::from(b));
    let eights = eights.map(|c| c.try_into().map_or(0, u64::from_le_bytes));
    (mix(eights.fold(0, mix), rest) >> 32) as usize
}

impl Vocab {
    /// Number of a word given in any spelling; adds it.
    pub fn add(&mut self, word: &str) -> Sym {
        self.add_folded(&fold(word))
    }

    fn add_folded(&mut self, folded: &str) -> Sym {
        if self.len() * 2 >= self.slots.len() {
            self.slots = vec![0; (self.slots.len() * 2).max(1024)];
            for s in 0..self.len() as Sym {
                if let Err(free) = self.find(self.word(s).unwrap_or_default()) {
                    self.slots[free] = s + 1;
                }
            }
        }
        self.find(folded).unwrap_or_else(|free| {
            self.letters.to_mut().push_str(folded);
            self.ends.push(self.letters.len() as u32);
            self.slots[free] = self.len() as u32;
            self.len() as Sym - 1
        })
    }

    /// Number of a folded word, or the slot where it would stand.
    fn find(&self, folded: &str) -> Result<Sym, usize> {
        let mut at = hash(folded);
        loop {
            at &= self.slots.len().wrapping_sub(1);
            match self.slots.get(at) {
                None | Some(0) => return Err(at),
                Some(&n) if self.word(n - 1) == Some(folded) => return Ok(n - 1),
                Some(_) => at += 1,
            }
        }
    }

    pub fn get(&self, word: &str) -> Option<Sym> {
        self.find(&fold(word)).ok()
    }

    /// The words of a phrase, tokenised as text would be, added to the vocabulary. Punctuation is left out.
    pub fn add_phrase(&mut self, phrase: &str) -> Vec<Sym> {
        let mut out = Vec::new();
        let mut buf = String::new();
        for (s, e, kind) in pieces(phrase) {
            if kind != Kind::Punct {
                fold_into(&phrase[s..e], &mut buf);
                out.push(self.add_folded(&buf));
            }
        }
        out
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub fn word(&self, s: Sym) -> Option<&str> {
        let end = *self.ends.get(s as usize)?;
        let start = s.checked_sub(1).map_or(0, |s| self.ends[s as usize]);
        self.letters.get(start as usize..end as usize)
    }
}

fn is_virama(c: char) -> bool {
    c == '\u{94d}'
}

/// Signs that carry no meaning of their own: joiners, soft hyphen, bidi controls, byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{ad}' | '\u{feff}')
}

/// Spelling-insensitive form of a word (the README of the Hindi pack lists what is folded).
pub fn fold(word: &str) -> String {
    let mut s = String::with_capacity(word.len());
    fold_into(word, &mut s);
    s
}

fn fold_into(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
        return;
    }
    for c in word.chars() {
        match c {
            // precomposed nukta letters, and the nukta itself
            '\u{958}' => out.push('\u{915}'),
            '\u{959}' => out.push('\u{916}'),
            '\u{95a}' => out.push('\u{917}'),
            '\u{95b}' => out.push('\u{91c}'),
            '\u{95c}' => out.push('\u{921}'),
            '\u{95d}' => out.push('\u{922}'),
            '\u{95e}' => out.push('\u{92b}'),
            '\u{95f}' => push_ya(out),
            '\u{929}' => out.push('\u{928}'),
            '\u{931}' => out.push('\u{930}'),
            '\u{934}' => out.push('\u{933}'),
            '\u{93c}' => {}
            '\u{901}' => out.push('\u{902}'),
            '\u{92f}' => push_ya(out),
            '\u{966}'..='\u{96f}' => out.push((b'0' + (c as u32 - 0x966) as u8) as char),
            '\u{915}'..='\u{939}' => {
                fold_nasal(out);
                out.push(c);
            }
            // य + े / ी after a vowel is the same word as ए / ई
            '\u{947}' | '\u{940}' if ends_in_open_ya(out) => {
                out.pop();
                out.push(if c == '\u{947}' { '\u{90f}' } else { '\u{908}' });
            }
            '\u{900}'..='\u{97f}' => out.push(c),
            c if is_invisible(c) => {}
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(std::iter::once(c).nfd().filter(|d| !matches!(d, '\u{300}'..='\u{36f}')).flat_map(char::to_lowercase)),
        }
    }
}

fn push_ya(out: &mut String) {
    fold_nasal(out);
    out.push('\u{92f}');
}

/// A half nasal before a consonant is written as anusvara.
fn fold_nasal(out: &mut String) {
    let Some(before) = out.strip_suffix(is_virama) else { return };
    if let Some((i, n)) = before.char_indices().next_back()
        && matches!(n, '\u{919}' | '\u{91e}' | '\u{923}' | '\u{928}' | '\u{92e}')
        && i > 0
    {
        out.truncate(i);
        out.push('\u{902}');
    }
}

/// Ends in a य that is neither the first letter nor joined to a consonant.
fn ends_in_open_ya(out: &str) -> bool {
    let mut it = out.chars().rev();
    it.next() == Some('\u{92f}') && it.next().is_some_and(|c| !is_virama(c))
}

#[derive(PartialEq, Clone, Copy)]
enum Class {
    Devanagari,
    Other,
    Digit,
    Space,
    Line,
    Punct,
    Invisible,
}

fn class(c: char) -> Class {
    match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' | '\u{85}' => Class::Line,
        '0'..='9' | '\u{966}'..='\u{96f}' => Class::Digit,
        'a'..='z' | 'A'..='Z' => Class::Other,
        '\u{964}' | '\u{965}' | '\u{970}' => Class::Punct,
        '\u{900}'..='\u{97f}' | '\u{a8e0}'..='\u{a8ff}' => Class::Devanagari,
        '\u{300}'..='\u{36f}' => Class::Other,
        c if c.is_ascii() => {
            if c.is_ascii_whitespace() {
                Class::Space
            } else {
                Class::Punct
            }
        }
        c if is_invisible(c) => Class::Invisible,
        c if c.is_whitespace() => Class::Space,
        c if c.is_alphanumeric() => Class::Other,
        _ => Class::Punct,
    }
}

/// Byte ranges of words, numbers and punctuation marks; white space is left out.
fn pieces(text: &str) -> impl Iterator<Item = (usize, usize, Kind)> + '_ {
    let mut it = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, c) = it.next()?;
            let cl = class(c);
            let mut end = start + c.len_utf8();
            match cl {
                Class::Space | Class::Line | Class::Invisible => continue,
                Class::Punct => {
                    while let Some(&(i, d)) = it.peek() {
                        if d != c || matches!(c, '\u{964}' | '(' | ')') {
                            break;
                        }
                        end = i + d.len_utf8();
                        it.next();
                    }
                    return Some((start, end, Kind::Punct));
                }
                Class::Digit => {
                    while let Some(&(i, d)) = it.peek() {
                        let inner = matches!(d, '.' | ',' | ':') && text[i + 1..].chars().next().is_some_and(|n| class(n) == Class::Digit);
                        if class(d) == Class::Digit || inner {
                            end = i + d.len_utf8();
                            it.next();
                        } else {
                            break;
                        }
                    }
                    return Some((start, end, Kind::Number));
                }
                Class::Devanagari | Class::Other => {
                    while let Some(&(i, d)) = it.peek() {
                        let k = class(d);
                        if k == cl || (k == Class::Invisible) {
                            if k != Class::Invisible {
                                end = i + d.len_utf8();
                            }
                            it.next();
                        } else {
                            break;
                        }
                    }
                    return Some((start, end, Kind::Word));
                }
            }
        }
    })
}

/// A pair of quotation marks: token numbers of the marks; the words stand between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    pub open: usize,
    pub close: usize,
}

/// A tokenised text.
#[derive(Debug)]
pub struct Text<'a> {
    pub raw: &'a str,
    pub tokens: Vec<Token>,
    /// Token ranges, end exclusive, in order and without gaps. The closing mark belongs to its sentence.
    pub sentences: Vec<std::ops::Range<usize>>,
    pub quotes: Vec<Quote>,
    /// Folded forms of the words that the vocabulary lacks; their `Sym` counts on from its size.
    unknown: Vec<Box<str>>,
    known: usize,
}

/// Language facts that tokenising needs.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Splitting {
    /// Letter names and abbreviations after which a full stop ends no sentence, by `Sym` of the vocabulary.
    pub abbreviations: rustc_hash::FxHashSet<Sym>,
}

/// Longest quotation, in tokens; a mark left open must not swallow the article, and work stays linear.
const QUOTE_MAX: usize = 600;

impl<'a> Text<'a> {
    pub fn new(raw: &'a str, vocab: &Vocab, split: &Splitting) -> Text<'a> {
        let mut t = Text {
            raw,
            tokens: Vec::with_capacity(raw.len() / 12),
            sentences: vec![],
            quotes: vec![],
            unknown: vec![],
            known: vocab.len(),
        };
        let mut extra: FxHashMap<Box<str>, Sym> = FxHashMap::default();
        let mut buf = String::new();
        let (mut at, mut chars) = (0, 0); // byte and code point reached
        for (start, end, kind) in pieces(raw) {
            let gap = &raw[at..start];
            let glue = if gap.is_empty() {
                Glue::Joined
            } else if gap.contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
                Glue::Line
            } else {
                Glue::Space
            };
            let cstart = chars + gap.chars().count();
            let piece = &raw[start..end];
            let cend = cstart + piece.chars().count();
            (at, chars) = (end, cend);
            let (sym, punct) = if kind == Kind::Punct {
                (Sym::MAX, piece.chars().next().unwrap_or('\0'))
            } else {
                fold_into(piece, &mut buf);
                let sym = vocab.find(&buf).ok().or_else(|| extra.get(buf.as_str()).copied()).unwrap_or_else(|| {
                    let s = (t.known + t.unknown.len()) as Sym;
                    t.unknown.push(buf.as_str().into());
                    extra.insert(buf.as_str().into(), s);
                    s
                });
                (sym, '\0')
            };
            t.tokens.push(Token { start, end, cstart, cend, sym, kind, glue, punct });
        }
        t.join_marks(split);
        t.find_quotes();
        t.find_sentences();
        t
    }

    /// Takes hyphens inside compounds and the stops of abbreviations out of the tokens, into `glue`.
    fn join_marks(&mut self, split: &Splitting) {
        let old = std::mem::take(&mut self.tokens);
        let mut new: Vec<Token> = Vec::with_capacity(old.len());
        let mut pending = None;
        for (i, tok) in old.iter().enumerate() {
            let next = old.get(i + 1);
            let wordy = |t: &Token| t.kind != Kind::Punct;
            if let (true, Some(prev), Some(next)) = (tok.kind == Kind::Punct, new.last(), next) {
                let single = tok.cend - tok.cstart == 1;
                let tight = tok.glue == Glue::Joined && wordy(prev) && wordy(next);
                if single
                    && tight
                    && next.glue == Glue::Joined
                    && matches!(tok.punct, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2014}')
                {
                    pending = Some(Glue::Hyphen);
                    continue;
                }
                // ओ'नील, एन'जामेना
                if single && tight && next.glue == Glue::Joined && prev.cend - prev.cstart <= 2 && matches!(tok.punct, '\'' | '\u{2019}') {
                    pending = Some(Glue::Hyphen);
                    continue;
                }
                let letter = prev.kind == Kind::Word
                    && (split.abbreviations.contains(&prev.sym) || (prev.end - prev.start == 1 && prev.cend - prev.cstart == 1));
                if single && tight && letter && next.glue != Glue::Line && matches!(tok.punct, '.' | '\u{970}') {
                    pending = Some(Glue::Dot);
                    continue;
                }
            }
            let mut tok = *tok;
            if let Some(g) = pending.take() {
                tok.glue = g;
            }
            new.push(tok);
        }
        self.tokens = new;
    }

    fn find_quotes(&mut self) {
        let toks = &self.tokens;
        let n = toks.len();
        let mut i = 0;
        while i < n {
            let t = &toks[i];
            let close = match t.punct {
                '\u{201c}' => '\u{201d}',
                '\u{2018}' => '\u{2019}',
                '\u{ab}' => '\u{bb}',
                '"' => '"',
                // an apostrophe opens only before a word and after a space
                '\'' if t.glue != Glue::Joined || i == 0 || toks[i - 1].kind == Kind::Punct => '\'',
                _ => {
                    i += 1;
                    continue;
                }
            };
            let width = t.cend - t.cstart;
            let mut found = None;
            let mut j = i + 1;
            while j < n && j - i <= QUOTE_MAX {
                let u = &toks[j];
                let uw = u.cend - u.cstart;
                if u.punct == close && (uw == width || (close != '\'' && close != '\u{2019}' && uw == 1)) {
                    // a mark that opens the next paragraph of the same quotation does not close it
                    if !(close == t.punct && u.glue == Glue::Line) {
                        found = Some(j);
                        break;
                    }
                } else if u.punct == t.punct && uw == width && u.glue != Glue::Line {
                    break;
                }
                if u.glue == Glue::Line && close == t.punct {
                    break; // straight marks do not span paragraphs
                }
                j += 1;
            }
            match found {
                Some(close) => {
                    self.quotes.push(Quote { open: i, close });
                    i = close + 1;
                }
                None => i += 1,
            }
        }
    }

    fn find_sentences(&mut self) {
        let toks = &self.tokens;
        let mut from = 0;
        let mut i = 0;
        while i < toks.len() {
            if i > from && toks[i].glue == Glue::Line {
                self.sentences.push(from..i);
                from = i;
            }
            let t = &toks[i];
            if matches!(t.punct, '\u{964}' | '\u{965}' | '?' | '!' | '.')
                && !(t.punct == '.' && t.cend - t.cstart > 1 && t.glue != Glue::Joined)
            {
                // closing marks belong to the sentence they close
                let mut j = i + 1;
                while j < toks.len()
                    && toks[j].glue == Glue::Joined
                    && matches!(toks[j].punct, '\u{201d}' | '\u{2019}' | '"' | '\'' | ')' | '\u{bb}' | '!' | '?' | '\u{964}' | '.')
                {
                    j += 1;
                }
                self.sentences.push(from..j);
                from = j;
                i = j;
                continue;
            }
            i += 1;
        }
        if from < toks.len() {
            self.sentences.push(from..toks.len());
        }
    }

    /// Folded form of a word token.
    pub fn folded<'s>(&'s self, vocab: &'s Vocab, sym: Sym) -> &'s str {
        vocab.word(sym).or_else(|| self.unknown.get((sym as usize).wrapping_sub(self.known)).map(|w| &**w)).unwrap_or("")
    }

    /// True when the language pack does not know the word.
    pub fn is_unknown(&self, sym: Sym) -> bool {
        (sym as usize) >= self.known && sym != Sym::MAX
    }

    /// Raw text of tokens `from..to`.
    pub fn slice(&self, from: usize, to: usize) -> &'a str {
        if from >= to || to > self.tokens.len() {
            return "";
        }
        &self.raw[self.tokens[from].start..self.tokens[to - 1].end]
    }

    /// Span of tokens `from..to`.
    pub fn span(&self, from: usize, to: usize) -> Span {
        if from >= to || to > self.tokens.len() {
            return Span::default();
        }
        Span { text: self.slice(from, to).to_string(), start: Some(self.tokens[from].cstart), end: Some(self.tokens[to - 1].cend) }
    }
}
