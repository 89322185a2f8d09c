//! The calendar words of a language, as a table by [`Sym`].

use super::{Part, Rel, Unit};
use crate::text::{Sym, Vocab};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Classes of words, one bit each; the names are those of `[words]` in times.toml.
pub(super) mod bit {
    pub const GENITIVE: u64 = 1;
    pub const FROM: u64 = 1 << 1;
    pub const TO: u64 = 1 << 2;
    pub const IN: u64 = 1 << 3;
    pub const ON: u64 = 1 << 4;
    pub const AND: u64 = 1 << 5;
    pub const BETWEEN: u64 = 1 << 6;
    pub const BEFORE: u64 = 1 << 7;
    pub const AFTER: u64 = 1 << 8;
    pub const BACK: u64 = 1 << 9;
    pub const APPROXIMATE: u64 = 1 << 10;
    pub const AROUND: u64 = 1 << 11;
    pub const EMPHATIC: u64 = 1 << 12;
    pub const EXACTLY: u64 = 1 << 13;
    pub const DATE: u64 = 1 << 14;
    pub const YEAR_PREFIX: u64 = 1 << 15;
    pub const ERA: u64 = 1 << 16;
    pub const EVERY: u64 = 1 << 17;
    pub const MORE: u64 = 1 << 18;
    pub const SPAN: u64 = 1 << 19;
    pub const WHOLE: u64 = 1 << 20;
    pub const ORDINAL_SUFFIX: u64 = 1 << 21;
    pub const YEAR_FOLLOW: u64 = 1 << 22;
    pub const NOT_YEAR: u64 = 1 << 23;
    pub const AGE: u64 = 1 << 24;
    pub const AGED: u64 = 1 << 25;
    pub const LASTING: u64 = 1 << 26;
    pub const ERA_NOUN: u64 = 1 << 27;
    pub const FEAST: u64 = 1 << 28;
    pub const AHEAD: u64 = 1 << 29;
    pub const IN_A_ROW: u64 = 1 << 30;
    pub const FISCAL: u64 = 1 << 31;
    pub const OR: u64 = 1 << 32;
    pub const THAT_IS: u64 = 1 << 33;
    pub const CRICKET: u64 = 1 << 34;

    // what other tables of the file say
    pub const NUMBER: u64 = 1 << 40;
    pub const ADDS: u64 = 1 << 41;
    pub const TAKES: u64 = 1 << 42;
    pub const MULTIPLIES: u64 = 1 << 43;
    pub const LATIN: u64 = 1 << 44;
    pub const PAIR: u64 = 1 << 45;
    pub const TODAY: u64 = 1 << 46;
    pub const EITHER: u64 = 1 << 47;
    pub const DAYPART: u64 = 1 << 48;
    pub const DAYSPAN: u64 = 1 << 49;
    pub const PLURAL: u64 = 1 << 50;
    /// An expression may begin with it.
    pub const STARTS: u64 = 1 << 51;

    pub const NAMES: [(&str, u64); 35] = [
        ("genitive", GENITIVE),
        ("from", FROM),
        ("to", TO),
        ("in", IN),
        ("on", ON),
        ("and", AND),
        ("between", BETWEEN),
        ("before", BEFORE),
        ("after", AFTER),
        ("back", BACK),
        ("approximate", APPROXIMATE | STARTS),
        ("around", AROUND),
        ("emphatic", EMPHATIC),
        ("exactly", EXACTLY),
        ("date", DATE),
        ("year_prefix", YEAR_PREFIX | STARTS),
        ("era", ERA),
        ("every", EVERY),
        ("more", MORE),
        ("span", SPAN),
        ("whole", WHOLE),
        ("ordinal_suffix", ORDINAL_SUFFIX),
        ("year_follow", YEAR_FOLLOW),
        ("not_year", NOT_YEAR),
        ("age", AGE),
        ("aged", AGED),
        ("lasting", LASTING),
        ("era_nouns", ERA_NOUN),
        ("feast", FEAST | STARTS),
        ("ahead", AHEAD),
        ("in_a_row", IN_A_ROW),
        ("fiscal", FISCAL | STARTS),
        ("or", OR),
        ("that_is", THAT_IS),
        ("cricket", CRICKET),
    ];
}

/// What a word can be in an expression of time; a word may be several things.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    pub bits: u64,
    /// A number in quarters, so that 2½ and ¾ are whole.
    pub quarters: u32,
    /// For a word that multiplies.
    pub times: u32,
    pub ordinal: u8,
    pub month: u8,
    /// 1 is Monday.
    pub weekday: u8,
    /// Days from today, for words that say so.
    pub days: u8,
    pub unit: Option<Unit>,
    pub rel: Option<Rel>,
    pub part: Option<Part>,
}

impl Word {
    pub const NONE: Word =
        Word { bits: 0, quarters: 0, times: 0, ordinal: 0, month: 0, weekday: 0, days: 0, unit: None, rel: None, part: None };

    pub fn is(&self, bits: u64) -> bool {
        self.bits & bits != 0
    }
}

/// Surroundings in which the name of a month is another word.
#[derive(Debug, Default)]
pub(super) struct Homonym {
    pub month: u8,
    pub before: Vec<Sym>,
    pub after: Vec<Vec<Sym>>,
}

/// Calendar words, number words and function words of time.
#[derive(Debug, Default)]
pub struct TimePack {
    /// Row of `words` by `Sym`; 0 is the row of words without a meaning in time.
    index: Vec<u16>,
    words: Vec<Word>,
    pairs: FxHashMap<(Sym, Sym), Word>,
    pub(super) homonyms: Vec<Homonym>,
}

type List = Vec<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    weekdays: BTreeMap<String, List>,
    deictic: BTreeMap<String, List>,
    either: BTreeMap<String, List>,
    relatives: BTreeMap<String, List>,
    units: BTreeMap<String, List>,
    dayspans: BTreeMap<String, List>,
    parts: BTreeMap<String, List>,
    dayparts: BTreeMap<String, List>,
    words: BTreeMap<String, List>,
    #[serde(default)]
    homonym: Vec<HomonymWords>,
    /// For the tests.
    #[serde(default, rename = "example")]
    _examples: serde::de::IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HomonymWords {
    month: u8,
    before: List,
    after: List,
}

fn unit(name: &str) -> Option<(Unit, bool)> {
    Some(match name {
        "second" => (Unit::Second, false),
        "minute" => (Unit::Minute, false),
        "hour" => (Unit::Hour, false),
        "day" => (Unit::Day, false),
        "days" => (Unit::Day, true),
        "week" => (Unit::Week, false),
        "weekend" => (Unit::Weekend, false),
        "fortnight" => (Unit::Fortnight, false),
        "month" => (Unit::Month, false),
        "quarter" => (Unit::Quarter, false),
        "half" => (Unit::Half, false),
        "year" => (Unit::Year, false),
        "years" => (Unit::Year, true),
        "decade" => (Unit::Decade, false),
        "century" => (Unit::Century, false),
        _ => return None,
    })
}

impl TimePack {
    /// Reads the files of a pack; words are added to its vocabulary.
    pub fn load(vocab: &mut Vocab, months: &str, numbers: &str, times_toml: &str) -> Result<TimePack, String> {
        let mut p = TimePack { words: vec![Word::NONE], ..TimePack::default() };
        p.months(vocab, months)?;
        p.numbers(vocab, numbers)?;
        let file: File = toml::from_str(times_toml).map_err(|e| {
            let line = e.span().map_or(0, |s| times_toml[..s.start].matches('\n').count() + 1);
            format!("times.toml:{line}: {}", e.message())
        })?;
        p.tables(vocab, &file)?;
        p.classes(vocab, &file.words)?;
        for h in &file.homonym {
            let before = h.before.iter().map(|w| vocab.add(w)).collect();
            let after = h.after.iter().map(|w| vocab.add_phrase(w)).collect();
            p.homonyms.push(Homonym { month: h.month, before, after });
        }
        Ok(p)
    }

    pub(super) fn word(&self, s: Sym) -> &Word {
        let row = self.index.get(s as usize).copied().unwrap_or(0);
        self.words.get(row as usize).unwrap_or(&Word::NONE)
    }

    pub(super) fn starts(&self, s: Sym) -> bool {
        match self.index.get(s as usize) {
            None | Some(0) => false,
            Some(&row) => self.words[row as usize].is(bit::STARTS),
        }
    }

    pub(super) fn pair(&self, a: Sym, b: Sym) -> Option<&Word> {
        self.pairs.get(&(a, b))
    }

    /// Adds a meaning to a word or to a phrase of two.
    fn mark(&mut self, vocab: &mut Vocab, phrase: &str, set: impl Fn(&mut Word)) -> Result<(), String> {
        match vocab.add_phrase(phrase)[..] {
            [a] => set(self.row(a)),
            [a, b] => {
                let w = self.pairs.entry((a, b)).or_default();
                set(w);
                let starts = w.bits & bit::STARTS;
                self.row(a).bits |= bit::PAIR | starts;
            }
            _ => return Err(format!("`{phrase}`: one word or two expected")),
        }
        Ok(())
    }

    fn row(&mut self, s: Sym) -> &mut Word {
        let at = s as usize;
        if self.index.len() <= at {
            self.index.resize(at + 1, 0);
        }
        if self.index[at] == 0 {
            self.index[at] = self.words.len() as u16;
            self.words.push(Word::NONE);
        }
        &mut self.words[self.index[at] as usize]
    }

    fn months(&mut self, vocab: &mut Vocab, tsv: &str) -> Result<(), String> {
        for (line, cols) in rows(tsv) {
            let (Some(Ok(month @ 1..=12)), Some(names)) = (cols.first().map(|c| c.parse::<u8>()), cols.get(1)) else {
                return Err(format!("months.tsv:{line}: month and names expected"));
            };
            for name in names.split('|') {
                let latin = if name.is_ascii() { bit::LATIN } else { 0 };
                self.mark(vocab, name, |w| {
                    w.month = month;
                    w.bits |= bit::STARTS | latin;
                })?;
            }
        }
        Ok(())
    }

    fn numbers(&mut self, vocab: &mut Vocab, tsv: &str) -> Result<(), String> {
        for (line, cols) in rows(tsv) {
            let (&[kind, value, names], Some(Ok(n))) = (&cols[..], cols.get(1).map(|v| v.parse::<f64>())) else {
                return Err(format!("numbers.tsv:{line}: kind, value and words expected"));
            };
            let _ = value;
            let quarters = (n * 4.0).round() as u32;
            for name in names.split('|') {
                let set = |w: &mut Word| match kind {
                    "x" => (w.bits, w.times) = (w.bits | bit::MULTIPLIES | bit::STARTS, n as u32),
                    "+" => (w.bits, w.quarters) = (w.bits | bit::ADDS | bit::STARTS, quarters),
                    "-" => (w.bits, w.quarters) = (w.bits | bit::TAKES | bit::STARTS, quarters),
                    "o" => (w.bits, w.ordinal) = (w.bits | bit::STARTS, n as u8),
                    _ => (w.bits, w.quarters) = (w.bits | bit::NUMBER | bit::STARTS, quarters),
                };
                self.mark(vocab, name, set)?;
            }
        }
        Ok(())
    }

    fn tables(&mut self, vocab: &mut Vocab, file: &File) -> Result<(), String> {
        self.table(vocab, &file.weekdays, |key| {
            let day = key.parse::<u8>().ok().filter(|d| (1..=7).contains(d))?;
            Some(Word { weekday: day, bits: bit::STARTS, ..Word::NONE })
        })?;
        self.table(vocab, &file.deictic, |key| Some(Word { days: key.parse().ok()?, bits: bit::TODAY | bit::STARTS, ..Word::NONE }))?;
        self.table(vocab, &file.either, |key| Some(Word { days: key.parse().ok()?, bits: bit::EITHER | bit::STARTS, ..Word::NONE }))?;
        self.table(vocab, &file.relatives, |key| {
            let rel = match key {
                "last" => Rel::Last,
                "this" => Rel::This,
                "next" => Rel::Next,
                "same" => Rel::Same,
                _ => return None,
            };
            Some(Word { rel: Some(rel), bits: bit::STARTS, ..Word::NONE })
        })?;
        self.table(vocab, &file.units, |key| {
            let (unit, plural) = unit(key)?;
            Some(Word { unit: Some(unit), bits: if plural { bit::PLURAL } else { 0 } | bit::STARTS, ..Word::NONE })
        })?;
        self.table(vocab, &file.dayspans, |key| match key {
            "after" => Some(Word { bits: bit::DAYSPAN, ..Word::NONE }),
            n => Some(Word { bits: bit::DAYSPAN | bit::STARTS, days: n.parse().ok()?, ..Word::NONE }),
        })?;
        self.table(vocab, &file.parts, |key| {
            let part = match key {
                "start" => Part::Start,
                "middle" => Part::Middle,
                "end" => Part::End,
                "last" => Part::Last,
                _ => return None,
            };
            Some(Word { part: Some(part), bits: bit::STARTS, ..Word::NONE })
        })?;
        self.table(vocab, &file.dayparts, |_| Some(Word { bits: bit::DAYPART, ..Word::NONE }))
    }

    /// Marks the words of a table with what `meaning` makes of their key.
    fn table(&mut self, vocab: &mut Vocab, table: &BTreeMap<String, List>, meaning: impl Fn(&str) -> Option<Word>) -> Result<(), String> {
        for (key, list) in table {
            let m = meaning(key).ok_or_else(|| format!("times.toml: unknown key `{key}`"))?;
            for phrase in list {
                self.mark(vocab, phrase, |w| {
                    w.bits |= m.bits;
                    w.weekday |= m.weekday;
                    w.days |= m.days;
                    w.unit = m.unit.or(w.unit);
                    w.rel = m.rel.or(w.rel);
                    w.part = m.part.or(w.part);
                })?;
            }
        }
        Ok(())
    }

    fn classes(&mut self, vocab: &mut Vocab, table: &BTreeMap<String, List>) -> Result<(), String> {
        for (key, list) in table {
            let bits = bit::NAMES.iter().find(|n| n.0 == key).ok_or_else(|| format!("times.toml: unknown class `{key}`"))?.1;
            for phrase in list {
                self.mark(vocab, phrase, |w| w.bits |= bits)?;
            }
        }
        Ok(())
    }
}

fn rows(tsv: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let lines = tsv.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    lines.map(|(n, l)| (n + 1, l.split('\t').collect()))
}
