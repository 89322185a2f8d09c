//! Days as numbers, and the days that a date of a record leaves open.

use jiff::civil::{Date, date};
use mulaqat::edtf::{Edtf, Precision, Qualifier};

/// Days since 1970-01-01.
pub type Day = i32;

/// Publication not known; sorts after all days.
pub const UNKNOWN: Day = 3_000_000;

/// The day of a `YYYY-MM-DD`.
pub fn parse(s: &str) -> Option<Day> {
    s.parse::<Date>().ok().map(number)
}

pub fn number(d: Date) -> Day {
    date(1970, 1, 1).until(d).map_or(0, |s| s.get_days())
}

/// `YYYY-MM-DD`; empty for [`UNKNOWN`].
pub fn show(day: Day) -> String {
    use jiff::ToSpan;
    if day >= UNKNOWN {
        return String::new();
    }
    date(1970, 1, 1).saturating_add(day.days()).to_string()
}

/// How well a date tells one happening from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Sharp {
    /// No date: the days are guessed from the publication.
    None,
    /// A month or coarser.
    Coarse,
    /// A few days, or about a day.
    Days,
    Day,
}

/// The days on which a happening may have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Window {
    pub lo: Day,
    pub hi: Day,
    pub sharp: Sharp,
}

impl Window {
    /// Days between two windows; 0 where they meet.
    pub fn gap(self, other: Window) -> Day {
        (self.lo - other.hi).max(other.lo - self.hi).max(0)
    }

    pub fn span(self) -> Day {
        self.hi - self.lo
    }
}

/// How long after it a dateless past report may speak of a happening, and how far ahead a dateless announcement looks.
const PAST: Day = 45;
const AHEAD: Day = 60;

/// The window of an EDTF date in a report of the day `as_of`; `past` when it is told as having begun.
pub fn window(value: Option<&str>, as_of: Day, past: bool) -> Window {
    match said(value, as_of, past) {
        // what has happened does not lie ahead: the date is of something else
        Some(w) if !past || w.lo <= as_of + 1 => w,
        _ if past => Window { lo: as_of - PAST, hi: as_of, sharp: Sharp::None },
        _ => Window { lo: as_of, hi: as_of + AHEAD, sharp: Sharp::None },
    }
}

/// The days that a date says; `None` when it says none.
fn said(value: Option<&str>, as_of: Day, past: bool) -> Option<Window> {
    let edtf = value.and_then(Edtf::parse)?;
    let bounds = |d: Option<mulaqat::edtf::Date>| d.and_then(|d| d.bounds()).map(|(a, b)| (number(a), number(b)));
    let about =
        |d: &mulaqat::edtf::Date| matches!(d.qualifier, Some(Qualifier::Approximate | Qualifier::Both)) && d.precision() >= Precision::Day;
    let (lo, hi, sharp) = match edtf {
        Edtf::Date(d) => match bounds(Some(d)) {
            Some((lo, hi)) if about(&d) => (lo - 3, hi + 3, Sharp::Days),
            Some((lo, hi)) if lo == hi => (lo, hi, if d.qualifier.is_none() { Sharp::Day } else { Sharp::Days }),
            Some((lo, hi)) => (lo, hi, Sharp::Coarse),
            None => return None,
        },
        Edtf::Interval(a, b) => match (bounds(a), bounds(b)) {
            (Some((lo, _)), Some((_, hi))) => (lo, hi, if hi - lo <= 14 { Sharp::Days } else { Sharp::Coarse }),
            // an open end of something under way is the report's own day
            (Some((lo, _)), None) => (lo, if past { as_of.clamp(lo, lo + 14) } else { lo + 14 }, Sharp::Days),
            (None, Some((_, hi))) => (hi - 14, hi, Sharp::Days),
            (None, None) => return None,
        },
        Edtf::Duration(_) => return None,
    };
    Some(Window { lo, hi, sharp })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows() {
        let day = |s: &str| parse(s).unwrap();
        let of = |v: &str, past: bool| window(Some(v), day("2025-07-15"), past);
        assert_eq!(of("2025-07-14", true), Window { lo: day("2025-07-14"), hi: day("2025-07-14"), sharp: Sharp::Day });
        assert_eq!(of("2025-07", false).sharp, Sharp::Coarse);
        assert_eq!(of("2025-07-14/..", true).hi, day("2025-07-15"));
        assert_eq!(of("../2025-07-15", true).hi, day("2025-07-15"));
        assert_eq!(of("2025-07-14~", true).span(), 6);
        // a day ahead is not the day of what has happened, nor is one without a year a day
        assert_eq!((of("2030", true).sharp, of("XXXX-07-14", true).sharp, of("P2D", false).sharp), (Sharp::None, Sharp::None, Sharp::None));
        assert_eq!(of("2030", false).sharp, Sharp::Coarse);
        assert_eq!(show(day("2025-07-15")), "2025-07-15");
    }
}
