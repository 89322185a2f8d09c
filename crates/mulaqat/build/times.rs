//! Reads the calendar words of a language pack.

use crate::lang::Error;
use crate::load::File;
use crate::text::{Sym, Vocab};
use crate::times::pack::{Homonym, Part, Rel, TimePack, Unit, Word, bit};
use serde::Deserialize;
use std::collections::BTreeMap;

type List = Vec<String>;

/// Classes of words by their names in `[words]` of times.toml.
const CLASSES: [(&str, u64); 35] = [
    ("genitive", bit::GENITIVE),
    ("from", bit::FROM),
    ("to", bit::TO),
    ("in", bit::IN),
    ("on", bit::ON),
    ("and", bit::AND),
    ("between", bit::BETWEEN),
    ("before", bit::BEFORE),
    ("after", bit::AFTER),
    ("back", bit::BACK),
    ("approximate", bit::APPROXIMATE | bit::STARTS),
    ("around", bit::AROUND),
    ("emphatic", bit::EMPHATIC),
    ("exactly", bit::EXACTLY),
    ("date", bit::DATE),
    ("year_prefix", bit::YEAR_PREFIX | bit::STARTS),
    ("era", bit::ERA),
    ("every", bit::EVERY),
    ("more", bit::MORE),
    ("span", bit::SPAN),
    ("whole", bit::WHOLE),
    ("ordinal_suffix", bit::ORDINAL_SUFFIX),
    ("year_follow", bit::YEAR_FOLLOW),
    ("not_year", bit::NOT_YEAR),
    ("age", bit::AGE),
    ("aged", bit::AGED),
    ("lasting", bit::LASTING),
    ("era_nouns", bit::ERA_NOUN),
    ("feast", bit::FEAST | bit::STARTS),
    ("ahead", bit::AHEAD),
    ("in_a_row", bit::IN_A_ROW),
    ("fiscal", bit::FISCAL | bit::STARTS),
    ("or", bit::OR),
    ("that_is", bit::THAT_IS),
    ("cricket", bit::CRICKET),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Times {
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
    #[serde(default, rename = "tests")]
    _tests: serde::de::IgnoredAny,
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
    /// Reads the files; their words are added to the vocabulary.
    pub fn load(vocab: &mut Vocab, months: &File, numbers: &File, times: &File) -> Result<TimePack, Error> {
        let mut p = TimePack { words: vec![Word::NONE], ..TimePack::default() };
        p.months(vocab, months)?;
        p.numbers(vocab, numbers)?;
        let tables: Times = times.toml()?;
        p.tables(vocab, times, &tables)?;
        p.classes(vocab, times, &tables.words)?;
        for h in &tables.homonym {
            let before = h.before.iter().map(|w| vocab.add(w)).collect();
            let after = h.after.iter().map(|w| vocab.add_phrase(w)).collect();
            p.homonyms.push(Homonym { month: h.month, before, after });
        }
        Ok(p)
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

    fn months(&mut self, vocab: &mut Vocab, file: &File) -> Result<(), Error> {
        for row in file.rows(2) {
            let (line, cols) = row?;
            let (Ok(month @ 1..=12), names) = (cols[0].parse::<u8>(), cols[1]) else {
                return Err(file.wrong(line, "month and names expected"));
            };
            for name in names.split('|') {
                let latin = if name.is_ascii() { bit::LATIN } else { 0 };
                self.mark(vocab, name, |w| {
                    w.month = month;
                    w.bits |= bit::STARTS | latin;
                })
                .map_err(|e| file.wrong(line, e))?;
            }
        }
        Ok(())
    }

    fn numbers(&mut self, vocab: &mut Vocab, file: &File) -> Result<(), Error> {
        for row in file.rows(3) {
            let (line, cols) = row?;
            let (&[kind, _, names], Ok(n)) = (&cols[..], cols[1].parse::<f64>()) else {
                return Err(file.wrong(line, "kind, value and words expected"));
            };
            let quarters = (n * 4.0).round() as u32;
            for name in names.split('|') {
                // a minus is read as an empty column
                let set = |w: &mut Word| match kind {
                    "x" => (w.bits, w.times) = (w.bits | bit::MULTIPLIES | bit::STARTS, n as u32),
                    "+" => (w.bits, w.quarters) = (w.bits | bit::ADDS | bit::STARTS, quarters),
                    "" => (w.bits, w.quarters) = (w.bits | bit::TAKES | bit::STARTS, quarters),
                    "o" => (w.bits, w.ordinal) = (w.bits | bit::STARTS, n as u8),
                    _ => (w.bits, w.quarters) = (w.bits | bit::NUMBER | bit::STARTS, quarters),
                };
                self.mark(vocab, name, set).map_err(|e| file.wrong(line, e))?;
            }
        }
        Ok(())
    }

    fn tables(&mut self, vocab: &mut Vocab, file: &File, t: &Times) -> Result<(), Error> {
        self.table(vocab, file, &t.weekdays, |key| {
            let day = key.parse::<u8>().ok().filter(|d| (1..=7).contains(d))?;
            Some(Word { weekday: day, bits: bit::STARTS, ..Word::NONE })
        })?;
        self.table(vocab, file, &t.deictic, |key| Some(Word { days: key.parse().ok()?, bits: bit::TODAY | bit::STARTS, ..Word::NONE }))?;
        self.table(vocab, file, &t.either, |key| Some(Word { days: key.parse().ok()?, bits: bit::EITHER | bit::STARTS, ..Word::NONE }))?;
        self.table(vocab, file, &t.relatives, |key| {
            let rel = match key {
                "last" => Rel::Last,
                "this" => Rel::This,
                "next" => Rel::Next,
                "same" => Rel::Same,
                _ => return None,
            };
            Some(Word { rel: Some(rel), bits: bit::STARTS, ..Word::NONE })
        })?;
        self.table(vocab, file, &t.units, |key| {
            let (unit, plural) = unit(key)?;
            Some(Word { unit: Some(unit), bits: if plural { bit::PLURAL } else { 0 } | bit::STARTS, ..Word::NONE })
        })?;
        self.table(vocab, file, &t.dayspans, |key| match key {
            "after" => Some(Word { bits: bit::DAYSPAN, ..Word::NONE }),
            n => Some(Word { bits: bit::DAYSPAN | bit::STARTS, days: n.parse().ok()?, ..Word::NONE }),
        })?;
        self.table(vocab, file, &t.parts, |key| {
            let part = match key {
                "start" => Part::Start,
                "middle" => Part::Middle,
                "end" => Part::End,
                "last" => Part::Last,
                _ => return None,
            };
            Some(Word { part: Some(part), bits: bit::STARTS, ..Word::NONE })
        })?;
        self.table(vocab, file, &t.dayparts, |_| Some(Word { bits: bit::DAYPART, ..Word::NONE }))
    }

    /// Marks the words of a table with what `meaning` makes of their key.
    fn table(
        &mut self,
        vocab: &mut Vocab,
        file: &File,
        table: &BTreeMap<String, List>,
        meaning: impl Fn(&str) -> Option<Word>,
    ) -> Result<(), Error> {
        for (key, list) in table {
            let m = meaning(key).ok_or_else(|| file.wrong(file.line(key), format!("unknown key `{key}`")))?;
            for phrase in list {
                self.mark(vocab, phrase, |w| {
                    w.bits |= m.bits;
                    w.weekday |= m.weekday;
                    w.days |= m.days;
                    w.unit = m.unit.or(w.unit);
                    w.rel = m.rel.or(w.rel);
                    w.part = m.part.or(w.part);
                })
                .map_err(|e| file.wrong(file.line(phrase), e))?;
            }
        }
        Ok(())
    }

    fn classes(&mut self, vocab: &mut Vocab, file: &File, table: &BTreeMap<String, List>) -> Result<(), Error> {
        for (key, list) in table {
            let bits = CLASSES.iter().find(|n| n.0 == key).ok_or_else(|| file.wrong(file.line(key), format!("unknown class `{key}`")))?.1;
            for phrase in list {
                self.mark(vocab, phrase, |w| w.bits |= bits).map_err(|e| file.wrong(file.line(phrase), e))?;
            }
        }
        Ok(())
    }
}
