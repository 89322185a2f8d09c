//! Expressions of time: dates, spans of the calendar and durations, found in the words and read as EDTF.
//!
//! [`find`] reads the words alone and needs no context; the grammar then knows which tokens are times.
//! [`resolve`] gives each its value from the day of publication, the tense of its clause and the dates told before it.
//! The words are data (`times.toml`, `months.tsv`, `numbers.tsv`); what they mean together is here.

mod calendar;
mod find;
mod pack;
mod resolve;
#[cfg(test)]
mod tests;

pub use find::find;
pub use pack::{Part, Rel, TimePack, Unit};
pub use resolve::resolve;

use crate::edtf::Duration;
use jiff::civil::Date as Day;

/// Tense of the clause that a time belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    Past,
    Present,
    Future,
    Unknown,
}

/// An expression of time: tokens `from..to` and what they say.
#[derive(Debug, Clone)]
pub struct TimeExpr {
    pub from: usize,
    pub to: usize,
    what: What,
    /// Said to be approximate.
    about: bool,
}

/// A value for an expression of time.
#[derive(Debug, Clone)]
pub struct Resolved {
    pub from: usize,
    pub to: usize,
    /// EDTF, or an ISO 8601 duration; `None` when it cannot be told.
    pub value: Option<String>,
    /// Says how long, not when.
    pub duration: bool,
    /// Set when it counts from something told (`… से एक दिन पहले`): the value counts from the last date told, and who knows the
    /// date of the event meant may count from that with [`Offset::from`].
    pub offset: Option<Offset>,
    /// The rule that gave the value.
    pub rule: &'static str,
}

/// A number of units before (negative) or after something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offset {
    pub count: i32,
    pub unit: Unit,
}

/// What the values depend on.
pub struct Context<'a> {
    pub published: Option<Day>,
    /// Tense at a token.
    pub tense: &'a dyn Fn(usize) -> Tense,
}

/// The year of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Year {
    Told(i16),
    Rel(Rel),
    /// Not told: the nearest that fits; `Rel::Last` and `Rel::Next` say on which side.
    Open(Option<Rel>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Month {
    Named(u8),
    Rel(Rel),
    Open,
}

/// A place in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Point {
    /// `weekday` is 0 when not told, else 1 (Monday) to 7.
    Day {
        year: Year,
        month: Month,
        day: u8,
        weekday: u8,
    },
    Month {
        year: Year,
        month: u8,
    },
    Year(Year),
    Weekday {
        day: u8,
        rel: Option<Rel>,
    },
    /// A weekday of last, this or next week.
    WeekdayOf {
        day: u8,
        week: Rel,
    },
    /// Days from today, before it or after it when `either`.
    Today {
        days: u8,
        either: bool,
    },
    /// The night or morning of last, this or next day.
    Night(Rel),
    Unit {
        rel: Rel,
        unit: Unit,
    },
    Quarter {
        year: Year,
        n: u8,
    },
    Half {
        year: Year,
        n: u8,
    },
    /// First year of ten.
    Decade(i16),
    /// The 21st begins in 2001.
    Century(u8),
    /// `2025-26`.
    Years(i16, i16),
}

/// A stretch inside a month, a year or another unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sub {
    Whole,
    Part(Part),
    /// The n-th; 0 is the last.
    Week(u8),
    Day(u8),
    Fortnight(u8),
    Weekday {
        n: u8,
        day: u8,
    },
}

/// From what a count of units starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anchor {
    /// Nothing is said: today, or the story.
    Open,
    /// इससे, इसके: the date told before.
    Back,
    /// What the words before name.
    Event,
}

/// The meaning of an expression before its context is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    At(Point, Sub),
    /// From one to another, both included.
    Range(Point, Point),
    /// So many units before or after something. Where it turns out to be a length only, it ends at token `bare`, without its बाद.
    Offset {
        count: u32,
        unit: Unit,
        after: bool,
        anchor: Anchor,
        length: Option<Duration>,
        bare: usize,
    },
    /// The n-th day of something.
    NthDay(u8),
    /// `None` when it is not exact: दो-तीन दिन.
    Length(Option<Duration>),
    /// A day that no calendar here tells: a feast, a quarter of a fiscal year.
    Unknown,
}
