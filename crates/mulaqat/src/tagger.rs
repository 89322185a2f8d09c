//! The learned part: a linear-chain tagger that proposes names which neither lists nor grammar found.
//!
//! Weights are whole numbers of eight bits, scores are their sums, and the best reading is found by Viterbi's
//! algorithm over integers: the same text gives the same names on every machine. How it is trained, on what, and
//! how well it does: `docs/tagger.md`.

use crate::lang::{Name, Pack, class};
use crate::text::{Kind as TokenKind, Text};
use rustc_hash::FxHashMap;
use std::fmt;
use std::ops::Range;

/// What a proposed name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Person,
    Place,
    Organization,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Person, Kind::Place, Kind::Organization];
}

/// A proposed name: tokens `from..to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    pub from: usize,
    pub to: usize,
    pub kind: Kind,
    /// By how much the best reading without this name scores less, in hundredths of the model's log-odds.
    pub confidence: i32,
}

/// Tags of a token: outside, and for each kind begin, inside, end, single.
pub const TAGS: usize = 13;
const OUTSIDE: usize = 0;

/// Place of a token in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Begin,
    Inside,
    End,
    Single,
}

/// Tag of a part of a name.
pub fn tag(kind: Kind, part: Part) -> usize {
    1 + kind as usize * 4 + part as usize
}

fn part(tag: usize) -> Option<(Kind, Part)> {
    let t = tag.checked_sub(1)?;
    let part = [Part::Begin, Part::Inside, Part::End, Part::Single][t % 4];
    Some((Kind::ALL[t / 4], part))
}

/// Whether tag `b` may follow tag `a`; `None` is the border of a sentence.
pub fn follows(a: Option<usize>, b: Option<usize>) -> bool {
    let open = a.and_then(part).filter(|(_, p)| matches!(p, Part::Begin | Part::Inside)).map(|(k, _)| k);
    let wants = b.and_then(part).filter(|(_, p)| matches!(p, Part::Inside | Part::End)).map(|(k, _)| k);
    open == wants
}

/// Names of a row of tags.
pub fn spans(tags: &[usize]) -> Vec<(Range<usize>, Kind)> {
    let mut out = Vec::new();
    let mut from = 0;
    for (i, &t) in tags.iter().enumerate() {
        match part(t) {
            Some((_, Part::Begin)) => from = i,
            Some((k, Part::End)) => out.push((from..i + 1, k)),
            Some((k, Part::Single)) => out.push((i..i + 1, k)),
            _ => {}
        }
    }
    out
}

/// A hash that must never change, since the weights are found by it.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    fn new(template: u64) -> Hash {
        Hash(0x9e37_79b9_7f4a_7c15).with(template)
    }

    fn with(self, x: u64) -> Hash {
        let h = (self.0.rotate_left(23) ^ x).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        Hash(h ^ (h >> 29))
    }

    fn end(self) -> u32 {
        let h = self.0.wrapping_mul(0x94d0_49bb_1331_11eb);
        (h >> 32) as u32
    }
}

/// What features look at in one token.
#[derive(Clone, Copy, Default)]
struct View {
    word: u64,
    /// Its first and last one to four code points; zero when the word is shorter.
    head: [u64; AFFIX],
    tail: [u64; AFFIX],
    /// Word classes and what the word looks like.
    class: u64,
    /// What the lists say of it, and at which place of the phrase it stands.
    list: u64,
    /// The next function word after it.
    next: u64,
}

const AFFIX: usize = 4;
/// Beyond the ends of a sentence.
const BORDER: View = View { word: 1, head: [0; AFFIX], tail: [0; AFFIX], class: 1, list: 1, next: 1 };

/// How far to look for the next function word.
const REACH: usize = 5;

fn views(text: &Text, pack: &Pack, sentence: &Range<usize>) -> Vec<View> {
    let toks = &text.tokens[sentence.clone()];
    let mut out: Vec<View> = toks
        .iter()
        .map(|t| {
            let mut v = View::default();
            if t.kind == TokenKind::Punct {
                v.word = Hash::new(1).with(u64::from(t.punct)).0;
                v.class = 2 + (u64::from(t.punct) << 32);
                return v;
            }
            let word = text.folded(&pack.vocab, t.sym);
            let mut whole = Hash::new(0);
            let mut n = 0;
            for c in word.chars() {
                whole = whole.with(u64::from(c));
                if n < AFFIX {
                    v.head[n] = whole.0;
                }
                n += 1;
            }
            v.word = if t.kind == TokenKind::Number { 3 } else { whole.0 };
            let mut end = Hash::new(2);
            for (k, c) in word.chars().rev().take(AFFIX).enumerate() {
                end = end.with(u64::from(c));
                v.tail[k] = end.0;
            }
            const SEEN: u32 = class::COMMON
                | class::VERB
                | class::FUNCTION
                | class::HONORIFIC
                | class::GIVEN
                | class::SURNAME
                | class::INITIAL
                | class::AND
                | class::FORMER
                | class::REGNAL;
            let latin = word.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
            let upper = latin && text.raw.as_bytes()[t.start].is_ascii_uppercase();
            v.class = 4
                + (u64::from(pack.classes(t.sym) & SEEN) << 8)
                + (u64::from(text.is_unknown(t.sym)) << 40)
                + (u64::from(latin) << 41)
                + (u64::from(upper) << 42)
                + (u64::from(t.kind == TokenKind::Number) << 43)
                + (u64::from(n == 1) << 44)
                + ((t.glue as u64) << 45);
            v
        })
        .collect();
    let mut i = 0;
    while i < toks.len() {
        let words = toks[i..].iter().take_while(|t| t.kind != TokenKind::Punct).map(|t| t.sym);
        let Some((n, found)) = pack.names.longest(words) else {
            i += 1;
            continue;
        };
        let bits = found.iter().fold(0u64, |b, f| b | list_bit(f));
        for k in 0..n {
            let place = u64::from(k > 0) + 2 * u64::from(k + 1 < n);
            out[i + k].list = 4 + bits * 4 + place;
        }
        i += n;
    }
    let mut next = BORDER.next;
    let mut at = toks.len() + REACH;
    for i in (0..toks.len()).rev() {
        out[i].next = if at - i <= REACH { next } else { 0 };
        let t = &toks[i];
        if t.kind == TokenKind::Punct || pack.is(t.sym, class::FUNCTION | class::VERB) {
            (next, at) = (out[i].word, i);
        }
    }
    out
}

fn list_bit(n: &Name) -> u64 {
    match n {
        Name::Country(_) => 1,
        Name::Nationality(_) => 2,
        Name::Capital(_) => 4,
        Name::Person(_, false) => 8,
        Name::Person(_, true) => 16,
        Name::Body(_) => 32,
        Name::BodyNoun(_) => 64,
        Name::Place(_) => 128,
        Name::PlaceNoun(_) => 256,
        Name::Title(_) => 512,
    }
}

/// Calls `visit` with the place in the sentence and the hash of each of its features.
pub fn features(text: &Text, pack: &Pack, sentence: &Range<usize>, mut visit: impl FnMut(usize, u32)) {
    let views = views(text, pack, sentence);
    let at = |i: isize| usize::try_from(i).ok().and_then(|i| views.get(i)).unwrap_or(&BORDER);
    for (n, v) in views.iter().enumerate() {
        let i = n as isize;
        let (p, q, pp, qq) = (at(i - 1), at(i + 1), at(i - 2), at(i + 2));
        let mut template = 16;
        let mut add = |parts: &[u64]| {
            template += 1;
            visit(n, parts.iter().fold(Hash::new(template), |h, &x| h.with(x)).end());
        };
        add(&[]);
        // words around
        add(&[v.word]);
        add(&[p.word]);
        add(&[q.word]);
        add(&[pp.word]);
        add(&[qq.word]);
        add(&[p.word, v.word]);
        add(&[v.word, q.word]);
        add(&[q.word, qq.word]);
        add(&[pp.word, p.word]);
        add(&[p.word, q.word]);
        // what the word is, with its neighbours
        add(&[v.class]);
        add(&[p.class, v.class]);
        add(&[v.class, q.class]);
        add(&[p.class, v.class, q.class]);
        add(&[pp.class, p.class, v.class]);
        add(&[v.class, q.class, qq.class]);
        add(&[v.class, q.word]);
        add(&[p.word, v.class]);
        add(&[v.class, v.next]);
        add(&[v.class, q.class, v.next]);
        // what the lists say
        add(&[v.list, v.class]);
        add(&[p.list, v.class]);
        add(&[v.class, q.list]);
        add(&[p.list, v.list]);
        add(&[v.list, q.list]);
        add(&[pp.list, p.list, v.list]);
        add(&[v.list, q.list, qq.list]);
        add(&[v.list, q.word]);
        add(&[p.word, v.list]);
        // affixes
        for k in 0..AFFIX {
            template = 64 + k as u64 * 8;
            let mut add = |parts: &[u64]| {
                template += 1;
                if parts[0] != 0 {
                    visit(n, parts.iter().fold(Hash::new(template), |h, &x| h.with(x)).end());
                }
            };
            add(&[v.head[k]]);
            add(&[v.tail[k]]);
            if k == 1 || k == 2 {
                add(&[q.tail[k]]);
                add(&[p.tail[k]]);
                add(&[v.tail[k], v.class]);
                add(&[v.tail[k], q.word]);
                add(&[v.tail[k], p.word]);
            }
        }
    }
}

/// A file of weights that does not hold what it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Error(&'static str);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "tagger weights: {}", self.0)
    }
}

impl std::error::Error for Error {}

/// First bytes of a file of weights: its kind and version.
const MAGIC: &[u8; 8] = b"mqtags1\n";

/// Score of a reading that breaks the order of tags; far below what the longest sentence can lose, and three of it fit.
const NEVER: i32 = -500_000_000;

/// Longest run of tokens read as one, so that no sum of scores overflows.
const LONGEST: usize = 512;

/// Tags and the border, filled up to a width that the processor works on at once.
const LANES: usize = 16;
const BORDER_TAG: usize = TAGS;

/// The trained model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tagger {
    /// Units of the weights in one unit of log-odds.
    pub scale: u32,
    /// From the border, between tags, to the border: `[TAGS + 1][TAGS + 1]`, the border last.
    pub moves: Vec<i16>,
    /// Row of each feature hash.
    rows: FxHashMap<u32, u32>,
    weights: Vec<[i8; TAGS]>,
    hashes: Vec<u32>,
}

impl Tagger {
    /// A model from its parts; `moves` is `[TAGS + 1][TAGS + 1]`.
    pub fn new(scale: u32, moves: Vec<i16>, mut features: Vec<(u32, [i8; TAGS])>) -> Tagger {
        features.sort_unstable_by_key(|f| f.0);
        features.dedup_by_key(|f| f.0);
        let rows = features.iter().enumerate().map(|(n, f)| (f.0, n as u32)).collect();
        let (hashes, weights) = features.into_iter().unzip();
        Tagger { scale: scale.max(1), moves, rows, weights, hashes }
    }

    /// The file: magic, scale, number of features, moves, hashes in rising order, weights; little endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(self.scale.to_le_bytes());
        out.extend((self.hashes.len() as u32).to_le_bytes());
        out.extend(self.moves.iter().flat_map(|m| m.to_le_bytes()));
        out.extend(self.hashes.iter().flat_map(|h| h.to_le_bytes()));
        out.extend(self.weights.iter().flatten().map(|w| *w as u8));
        out
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Tagger, Error> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(Error("no such file, or another version"))?;
        let (head, rest) = rest.split_at_checked(8).ok_or(Error("cut short"))?;
        let number = |b: &[u8]| b.try_into().map_or(0, u32::from_le_bytes);
        let (scale, n) = (number(&head[..4]), number(&head[4..]) as usize);
        let moves = (TAGS + 1) * (TAGS + 1) * 2;
        if scale == 0 || n.checked_mul(4 + TAGS).and_then(|n| n.checked_add(moves)) != Some(rest.len()) {
            return Err(Error("its length is not what it says"));
        }
        let (moves, rest) = rest.split_at(moves);
        let (hashes, weights) = rest.split_at(n * 4);
        let moves = moves.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
        let hashes = hashes.chunks_exact(4).map(number);
        let weights = weights.chunks_exact(TAGS).map(|c| std::array::from_fn(|k| c[k] as i8));
        Ok(Tagger::new(scale, moves, hashes.zip(weights).collect()))
    }

    /// How many features it knows.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Names in one sentence of the text.
    pub fn sentence(&self, text: &Text, pack: &Pack, sentence: &Range<usize>) -> Vec<Proposal> {
        let n = sentence.len();
        if n == 0 || self.is_empty() {
            return vec![];
        }
        if n > LONGEST {
            let (head, tail) = (sentence.start..sentence.start + LONGEST, sentence.start + LONGEST..sentence.end);
            return [self.sentence(text, pack, &head), self.sentence(text, pack, &tail)].concat();
        }
        let mut scores = vec![[0i32; LANES]; n];
        features(text, pack, sentence, |i, hash| {
            if let Some(&row) = self.rows.get(&hash) {
                for (s, &w) in scores[i].iter_mut().zip(&self.weights[row as usize]) {
                    *s += i32::from(w);
                }
            }
        });
        let moves = self.allowed_moves();
        let back: [[i32; LANES]; LANES] = std::array::from_fn(|a| std::array::from_fn(|b| moves[b][a]));
        // best score of a reading that ends, or begins, with each tag
        let mut ahead = vec![[NEVER; LANES]; n];
        let mut behind = vec![[NEVER; LANES]; n];
        let mut from = vec![[0u8; LANES]; n];
        for t in 0..TAGS {
            ahead[0][t] = (moves[BORDER_TAG][t] + scores[0][t]).max(NEVER);
            behind[n - 1][t] = moves[t][BORDER_TAG];
        }
        for i in 1..n {
            let (mut best, mut arg) = ([i32::MIN; LANES], [0u8; LANES]);
            for (s, m) in moves.iter().enumerate().take(TAGS) {
                let before = ahead[i - 1][s];
                for t in 0..LANES {
                    let score = before + m[t];
                    arg[t] = if score > best[t] { s as u8 } else { arg[t] };
                    best[t] = best[t].max(score);
                }
            }
            for t in 0..LANES {
                ahead[i][t] = (best[t] + scores[i][t]).max(NEVER);
            }
            from[i] = arg;
        }
        for i in (0..n - 1).rev() {
            let mut best = [NEVER; LANES];
            for (u, m) in back.iter().enumerate().take(TAGS) {
                let after = scores[i + 1][u] + behind[i + 1][u];
                for t in 0..LANES {
                    best[t] = best[t].max(after + m[t]);
                }
            }
            behind[i] = best;
        }
        let total = |i: usize, t: usize| ahead[i][t] + behind[i][t];
        let mut tags = vec![OUTSIDE; n];
        tags[n - 1] = (0..TAGS).rev().max_by_key(|&t| total(n - 1, t)).unwrap_or(OUTSIDE);
        for i in (1..n).rev() {
            tags[i - 1] = usize::from(from[i][tags[i]]);
        }
        let gap = |i: usize| {
            let other = (0..TAGS).filter(|&t| t != tags[i]).map(|t| total(i, t)).max().unwrap_or(NEVER);
            total(i, tags[i]).saturating_sub(other)
        };
        spans(&tags)
            .into_iter()
            .map(|(r, kind)| {
                let least = r.clone().map(gap).min().unwrap_or(0);
                let confidence = (i64::from(least.max(0)) * 100 / i64::from(self.scale)).clamp(0, 100_000) as i32;
                Proposal { from: sentence.start + r.start, to: sentence.start + r.end, kind, confidence }
            })
            .collect()
    }

    /// Moves between tags with those that no reading may make.
    fn allowed_moves(&self) -> [[i32; LANES]; LANES] {
        let tag = |t: usize| (t < TAGS).then_some(t);
        std::array::from_fn(|a| {
            std::array::from_fn(|b| {
                let learned = self.moves.get(a * (TAGS + 1) + b).map_or(0, |&m| i32::from(m));
                if a <= TAGS && b <= TAGS && follows(tag(a), tag(b)) { learned } else { NEVER }
            })
        })
    }
}

/// Names in the sentences that hold a word which is neither `settled` nor an ordinary word of the language.
pub fn propose(tagger: &Tagger, text: &Text, pack: &Pack, settled: &[bool]) -> Vec<Proposal> {
    const ORDINARY: u32 = class::COMMON | class::VERB | class::FUNCTION;
    let open = |i: usize| {
        let t = &text.tokens[i];
        t.kind == TokenKind::Word && !settled.get(i).is_some_and(|s| *s) && !pack.is(t.sym, ORDINARY)
    };
    let wanted = text.sentences.iter().filter(|s| (*s).clone().any(open));
    wanted.flat_map(|s| tagger.sentence(text, pack, s)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::hindi().expect("the pack loads"));

    fn names(text: &str) -> Vec<(&str, Kind)> {
        let t = Text::new(text, &PACK.vocab, &PACK.splitting);
        let found = propose(&PACK.tagger, &t, &PACK, &[]);
        found.iter().map(|p| (t.slice(p.from, p.to), p.kind)).collect()
    }

    #[test]
    fn unseen_names() {
        let found = names("रवांडा के राष्ट्रपति कमोरा बिलुंगा ने कहा। इसके बाद दोनों ने हाथ मिलाया।");
        assert!(found.contains(&("कमोरा बिलुंगा", Kind::Person)), "{found:?}");
    }

    #[test]
    fn tags_follow_one_another_as_names_do() {
        let (b, i, e, s) = (Part::Begin, Part::Inside, Part::End, Part::Single);
        let (p, o) = (Kind::Person, Kind::Organization);
        for (a, z) in [(b, i), (b, e), (i, i), (i, e), (e, b), (s, s), (e, s)] {
            assert!(follows(Some(tag(p, a)), Some(tag(p, z))));
        }
        assert!(!follows(Some(tag(p, b)), Some(tag(o, e))));
        assert!(!follows(Some(tag(p, b)), Some(OUTSIDE)));
        assert!(!follows(Some(tag(p, b)), None));
        assert!(!follows(None, Some(tag(p, i))));
        assert!(follows(None, None));
    }

    /// A change of the hash would silently turn all weights into noise.
    #[test]
    fn the_hash_stays() {
        assert_eq!(Hash::new(17).with(u64::from('\u{915}')).end(), 2_836_137_235);
    }

    #[test]
    fn bad_files_are_refused() {
        let bytes = PACK.tagger.to_bytes();
        for bad in [&b""[..], b"mqtags1\n", &bytes[..bytes.len() - 1], &bytes[1..]] {
            assert!(Tagger::from_bytes(bad).is_err());
        }
    }

    #[test]
    fn the_shipped_file_comes_back_and_stays_small() {
        let bytes = PACK.tagger.to_bytes();
        assert_eq!(Tagger::from_bytes(&bytes).as_ref(), Ok(&PACK.tagger));
        assert!(!PACK.tagger.is_empty() && bytes.len() < 1_500_000);
    }

    proptest! {
        #[test]
        fn a_file_comes_back(scale in 1u32..1000, rows in vec((any::<u32>(), any::<[i8; TAGS]>()), 0..50), moves in vec(any::<i16>(), (TAGS + 1) * (TAGS + 1))) {
            let t = Tagger::new(scale, moves, rows);
            prop_assert_eq!(Tagger::from_bytes(&t.to_bytes()), Ok(t));
        }

        #[test]
        fn any_bytes_are_a_file_or_an_error(tail in vec(any::<u8>(), 0..500)) {
            let _ = Tagger::from_bytes(&[&MAGIC[..], &tail].concat());
        }

        /// Whatever the weights and the text: names lie inside the text, in order, apart, and come again.
        #[test]
        fn names_are_in_place(
            words in vec(prop_oneof!["\\PC{0,8}", "[\u{900}-\u{97f}]{1,8}", Just("।".to_string()), Just("ने".to_string())], 0..40),
            row in any::<[i8; TAGS]>(),
            moves in vec(any::<i16>(), (TAGS + 1) * (TAGS + 1)),
        ) {
            let raw = words.join(" ");
            let text = Text::new(&raw, &PACK.vocab, &PACK.splitting);
            let mut wild = Vec::new();
            for s in &text.sentences {
                features(&text, &PACK, s, |i, h| wild.push((h, row.map(|w| w.wrapping_mul(i as i8 | 1)))));
            }
            for tagger in [&PACK.tagger, &Tagger::new(1, moves, wild)] {
                let found = propose(tagger, &text, &PACK, &[]);
                prop_assert!(found.iter().all(|p| p.from < p.to && p.to <= text.tokens.len() && p.confidence >= 0));
                prop_assert!(found.windows(2).all(|w| w[0].to <= w[1].from));
                prop_assert_eq!(found, propose(tagger, &text, &PACK, &[]));
            }
        }
    }
}
