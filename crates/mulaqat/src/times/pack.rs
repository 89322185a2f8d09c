//! The calendar words of a language, as a table by [`Sym`].

use crate::text::Sym;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Units of the calendar and the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    /// Fifteen days; of a month its first or second half.
    Fortnight,
    Month,
    Quarter,
    /// Six months.
    Half,
    Year,
    Decade,
    Century,
}

/// Where a unit of the calendar lies from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rel {
    Last,
    This,
    Next,
    /// That of the date told before.
    Same,
}

/// A stretch of a month, year or other unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    Start,
    Middle,
    End,
    /// The last one of several: of weeks, of quarters.
    Last,
}

/// Classes of words, one bit each; the names are those of `[words]` in times.toml.
pub(crate) mod bit {
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
}

/// What a word can be in an expression of time; a word may be several things.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Word {
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
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Homonym {
    pub month: u8,
    pub before: Vec<Sym>,
    pub after: Vec<Vec<Sym>>,
}

/// Calendar words, number words and function words of time.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct TimePack {
    /// Row of `words` by `Sym`; 0 is the row of words without a meaning in time.
    pub(crate) index: Vec<u16>,
    pub(crate) words: Vec<Word>,
    pub(crate) pairs: FxHashMap<(Sym, Sym), Word>,
    pub(crate) homonyms: Vec<Homonym>,
}

impl TimePack {
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
}
