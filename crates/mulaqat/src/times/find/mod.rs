//! Finds expressions of time in the words. Each method of [`Finder`] reads one kind from a token on and gives what it says and
//! where it ends; [`find`] tries them at every token that can begin one. An expression never crosses a line or a sentence, and is
//! at most [`REACH`] tokens long, so work is linear.

mod dates;
mod lengths;
mod named;

use lengths::{digits, duration};

use super::pack::{Word, bit};
use super::{Anchor, Month, Part, Point, Rel, Sub, TimeExpr, TimePack, Unit, What, Year};
use crate::edtf::Duration;
use crate::text::{Glue, Kind, Text};

/// Longest expression, in tokens.
const REACH: usize = 20;

/// Years that a bare number of four digits may be.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2099;

/// What is said, and the token after its words.
type Found = Option<(What, usize)>;
type Reading<'a, 't> = fn(&Finder<'a, 't>, usize) -> Found;

/// The expressions of time of a text, in order, without overlap.
pub fn find(text: &Text, pack: &TimePack) -> Vec<TimeExpr> {
    let mut out: Vec<TimeExpr> = Vec::new();
    let mut i = 0;
    while i < text.tokens.len() {
        let t = &text.tokens[i];
        if t.kind == Kind::Number || t.kind == Kind::Word && pack.starts(t.sym) {
            let f = Finder { text, pack, stop: stop(text, pack, i) };
            if let Some((e, keep)) = f.expression(i) {
                i = e.to.max(i + 1);
                if keep {
                    out.push(e);
                }
                continue;
            }
        }
        i += 1;
    }
    out
}

/// The token that an expression beginning at `i` cannot reach.
fn stop(text: &Text, pack: &TimePack, i: usize) -> usize {
    let end = (i + REACH).min(text.tokens.len());
    let ends = |j: &usize| {
        let t = &text.tokens[*j];
        // the stop of `Nov. 18` ends nothing
        let short = t.punct == '.' && text.tokens[*j - 1].kind == Kind::Word && pack.word(text.tokens[*j - 1].sym).is(bit::LATIN);
        t.glue == Glue::Line || !short && matches!(t.punct, '\u{964}' | '\u{965}' | '.' | '?' | '!' | ';' | ':')
    };
    (i + 1..end).find(ends).unwrap_or(end)
}

/// A number as read: in quarters, so that 2½ is whole.
#[derive(Clone, Copy)]
struct Number {
    quarters: u64,
    to: usize,
}

impl Number {
    fn whole(&self) -> Option<u32> {
        self.quarters.is_multiple_of(4).then(|| u32::try_from(self.quarters / 4).ok()).flatten()
    }
}

/// Several days of one month: `5 से 7`, `7 और 8`.
struct Days {
    first: u8,
    last: u8,
    /// End of the first day's words.
    first_to: usize,
    /// All days between are meant; else only those named.
    span: bool,
    to: usize,
}

struct Finder<'a, 't> {
    text: &'a Text<'t>,
    pack: &'a TimePack,
    /// No token from here on is looked at.
    stop: usize,
}

impl<'a, 't> Finder<'a, 't> {
    fn w(&self, i: usize) -> &Word {
        match self.text.tokens.get(i) {
            Some(t) if i < self.stop && t.kind == Kind::Word => self.pack.word(t.sym),
            _ => &Word::NONE,
        }
    }

    fn is(&self, i: usize, bits: u64) -> bool {
        self.w(i).is(bits)
    }

    /// What the word before says; looks back over the start, not over a line or a mark.
    fn before(&self, i: usize) -> &Word {
        match i.checked_sub(1).map(|k| &self.text.tokens[k]) {
            Some(t) if t.kind == Kind::Word && self.text.tokens[i].glue != Glue::Line => self.pack.word(t.sym),
            _ => &Word::NONE,
        }
    }

    /// The word at `i`, of one token or of two.
    fn look(&self, i: usize) -> (Word, usize) {
        let w = self.w(i);
        if w.is(bit::PAIR)
            && i + 1 < self.stop
            && let Some(p) = self.pack.pair(self.text.tokens[i].sym, self.text.tokens[i + 1].sym)
        {
            return (*p, i + 2);
        }
        (*w, i + 1)
    }

    fn punct(&self, i: usize) -> char {
        match self.text.tokens.get(i) {
            Some(t) if i < self.stop => t.punct,
            _ => '\0',
        }
    }

    /// The token follows its hyphen.
    fn hyphened(&self, i: usize) -> bool {
        i < self.stop && self.text.tokens[i].glue == Glue::Hyphen
    }

    fn raw(&self, i: usize) -> &str {
        match self.text.tokens.get(i) {
            Some(t) if i < self.stop && t.kind == Kind::Number => self.text.slice(i, i + 1),
            _ => "",
        }
    }

    /// A number in digits only, of at most six, with the count of its digits.
    fn digits(&self, i: usize) -> Option<(u32, usize)> {
        digits(self.raw(i))
    }

    /// The expression at `i`. False beside it says that it is none after all, and its words no other.
    fn expression(&self, i: usize) -> Option<(TimeExpr, bool)> {
        if self.is_label(i) {
            return None;
        }
        if self.is(i, bit::APPROXIMATE) {
            // a number after it, or a date; not करीब alone
            let (e, keep) = if i + 1 < self.stop { self.expression(i + 1)? } else { return None };
            return Some((TimeExpr { from: i, about: true, ..e }, keep));
        }
        let (what, to) = self.what(i)?;
        // हर साल, हर साल जनवरी में
        let every = self.before(i).is(bit::EVERY) || self.before(i).unit.is_some() && self.before(i - 1).is(bit::EVERY);
        let (about, to) = match (what, self.around(to)) {
            (What::At(..) | What::Range(..), Some(end)) => (true, end),
            _ => (false, to),
        };
        Some((TimeExpr { from: i, to, what, about }, !every))
    }

    fn what(&self, i: usize) -> Found {
        if self.text.tokens[i].kind == Kind::Number {
            return self.numeric(i);
        }
        let w = self.look(i).0;
        let number = bit::NUMBER | bit::ADDS | bit::TAKES | bit::MULTIPLIES;
        // a word may be several things; the first reading that the words after it bear out is taken
        let readings: [(bool, Reading<'a, 't>); 11] = [
            (w.is(bit::FISCAL), Self::fiscal),
            (w.rel.is_some(), Self::relative),
            (w.ordinal > 0, Self::ordinal),
            (w.is(number), Self::counted),
            (w.month > 0, Self::month_first),
            (w.part.is_some(), Self::part_first),
            (w.weekday > 0, Self::weekday),
            (w.is(bit::TODAY | bit::EITHER), Self::today),
            (w.unit.is_some() || w.is(bit::YEAR_PREFIX), Self::bare_unit),
            (w.is(bit::DAYSPAN) && w.days > 0, Self::named_dayspan),
            (w.is(bit::FEAST), Self::feast),
        ];
        readings.iter().filter(|r| r.0).find_map(|r| r.1(self, i))
    }

    /// A number that is part of a name: कॉप-29, जी-20, COP28.
    fn is_label(&self, i: usize) -> bool {
        let t = &self.text.tokens[i];
        if t.kind != Kind::Number || i == 0 {
            return false;
        }
        let p = &self.text.tokens[i - 1];
        match t.glue {
            Glue::Hyphen | Glue::Joined => p.kind == Kind::Word && self.pack.word(p.sym).bits & bit::STARTS == 0 || p.kind == Kind::Number,
            _ => false,
        }
    }

    /// के आसपास, के करीब after a date.
    fn around(&self, i: usize) -> Option<usize> {
        let i = if self.is(i, bit::GENITIVE) { i + 1 } else { return self.near(i).filter(|_| !self.is(i, bit::APPROXIMATE)) };
        self.near(i)
    }

    fn near(&self, i: usize) -> Option<usize> {
        let (w, to) = self.look(i);
        (w.is(bit::AROUND) || w.is(bit::APPROXIMATE)).then_some(to)
    }
}
