//! Dates as the record writes them: the subset of EDTF (ISO 8601-2:2019) that `record.md` allows, and ISO 8601 durations.
//!
//! Own code: the `edtf` crate rests since 2021; `edtf-core` (1.2, young) is whole level 2, which the record forbids for the most
//! part, and neither knows durations nor what one date says more exactly than another. The subset is closed and small.

use jiff::civil::Date as Day;
use std::fmt;

/// How sure a date is: EDTF's `~`, `?` and `%`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Qualifier {
    Approximate,
    Uncertain,
    Both,
}

impl Qualifier {
    fn mark(self) -> char {
        match self {
            Qualifier::Approximate => '~',
            Qualifier::Uncertain => '?',
            Qualifier::Both => '%',
        }
    }
}

/// How exact a date is, coarse to fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    Year,
    Month,
    Day,
    Time,
}

/// Two digits, each known or `X`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pair(Option<u8>, Option<u8>);

impl Pair {
    pub fn known(n: u8) -> Pair {
        Pair(Some(n / 10), Some(n % 10))
    }

    /// The number, when both digits are known.
    pub fn value(self) -> Option<u8> {
        Some(self.0? * 10 + self.1?)
    }

    fn fits(self, n: u8) -> bool {
        self.0.is_none_or(|d| d == n / 10) && self.1.is_none_or(|d| d == n % 10)
    }

    fn parse(s: &str) -> Option<Pair> {
        let digit = |b: u8| match b {
            b'0'..=b'9' => Some(Some(b - b'0')),
            b'X' => Some(None),
            _ => None,
        };
        let [a, b] = s.as_bytes() else { return None };
        Some(Pair(digit(*a)?, digit(*b)?))
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for d in [self.0, self.1] {
            match d {
                Some(d) => write!(f, "{d}")?,
                None => f.write_str("X")?,
            }
        }
        Ok(())
    }
}

/// A time of day, minutes or seconds exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Clock {
    pub hour: u8,
    pub minute: u8,
    pub second: Option<u8>,
}

/// A year, month or day, with or without a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    /// `None` is `XXXX`.
    pub year: Option<i16>,
    pub month: Option<Pair>,
    pub day: Option<Pair>,
    pub time: Option<Clock>,
    pub qualifier: Option<Qualifier>,
}

impl Date {
    pub fn year(year: i16) -> Date {
        Date { year: Some(year), month: None, day: None, time: None, qualifier: None }
    }

    pub fn month(year: Option<i16>, month: u8) -> Date {
        Date { year, month: Some(Pair::known(month)), day: None, time: None, qualifier: None }
    }

    pub fn day(day: Day) -> Date {
        Date { day: Some(Pair::known(day.day() as u8)), ..Date::month(Some(day.year()), day.month() as u8) }
    }

    pub fn approximate(self, yes: bool) -> Date {
        Date { qualifier: if yes { Some(Qualifier::Approximate) } else { self.qualifier }, ..self }
    }

    pub fn precision(&self) -> Precision {
        match (self.time, self.day, self.month) {
            (Some(_), ..) => Precision::Time,
            (_, Some(_), _) => Precision::Day,
            (_, _, Some(_)) => Precision::Month,
            _ => Precision::Year,
        }
    }

    fn parse(s: &str) -> Option<Date> {
        let (s, qualifier) = match s.chars().last()? {
            '~' => (&s[..s.len() - 1], Some(Qualifier::Approximate)),
            '?' => (&s[..s.len() - 1], Some(Qualifier::Uncertain)),
            '%' => (&s[..s.len() - 1], Some(Qualifier::Both)),
            _ => (s, None),
        };
        let (date, time) = match s.split_once('T') {
            Some((d, t)) => (d, Some(parse_clock(t)?)),
            None => (s, None),
        };
        let mut parts = date.split('-');
        let year = match parts.next()? {
            "XXXX" => None,
            y if y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()) => Some(y.parse().ok()?),
            _ => return None,
        };
        let month = parts.next().map(|p| Pair::parse(p).ok_or(())).transpose().ok()?;
        let day = parts.next().map(|p| Pair::parse(p).ok_or(())).transpose().ok()?;
        let date = Date { year, month, day, time, qualifier };
        (parts.next().is_none() && (time.is_none() || day.is_some()) && date.exists()).then_some(date)
    }

    /// Some day of the calendar is meant.
    fn exists(&self) -> bool {
        // a leap year stands for the year that is not told
        self.first_last(self.year.unwrap_or(2000)).is_some()
    }

    fn first_last(&self, year: i16) -> Option<(Day, Day)> {
        let days = |m: u8| (1..=31u8).filter(move |&d| self.day.is_none_or(|p| p.fits(d)) && Day::new(year, m as i8, d as i8).is_ok());
        let months = || (1..=12u8).filter(|&m| self.month.is_none_or(|p| p.fits(m)));
        let at = |m: u8, d: u8| Day::new(year, m as i8, d as i8).ok();
        let first = months().find_map(|m| at(m, days(m).next()?))?;
        let last = months().rev().find_map(|m| at(m, days(m).next_back()?))?;
        Some((first, last))
    }

    /// Earliest and latest day; `None` without a year.
    pub fn bounds(&self) -> Option<(Day, Day)> {
        self.first_last(self.year?)
    }

    /// Bounds that forgive what `about` means: three days, a month or a year to either side.
    fn wide_bounds(&self) -> Option<(Day, Day)> {
        use jiff::ToSpan;
        let (a, b) = self.bounds()?;
        if !matches!(self.qualifier, Some(Qualifier::Approximate | Qualifier::Both)) {
            return Some((a, b));
        }
        let slack = match self.precision() {
            Precision::Year => 1.year(),
            Precision::Month => 1.month(),
            _ => 3.days(),
        };
        Some((a.saturating_sub(slack), b.saturating_add(slack)))
    }

    /// Same date with some of `other`'s unknown or missing parts told, nothing contradicted.
    fn agrees(&self, other: &Date) -> bool {
        let pair = |a: Option<Pair>, b: Option<Pair>| match (a, b) {
            (_, None) => true,
            (Some(Pair(a, b)), Some(Pair(c, d))) => c.is_none_or(|c| a == Some(c)) && d.is_none_or(|d| b == Some(d)),
            (None, Some(b)) => b == Pair(None, None),
        };
        (other.year.is_none() || self.year == other.year)
            && pair(self.month, other.month)
            && pair(self.day, other.day)
            && (other.time.is_none() || self.time == other.time)
    }
}

fn parse_clock(s: &str) -> Option<Clock> {
    let mut it = s.split(':').map(|p| if p.len() == 2 && p.bytes().all(|b| b.is_ascii_digit()) { p.parse::<u8>().ok() } else { None });
    let hour = it.next()??;
    let minute = it.next()??;
    let second = match it.next() {
        Some(s) => Some(s?),
        None => None,
    };
    (it.next().is_none() && hour < 24 && minute < 60 && second.is_none_or(|s| s < 60)).then_some(Clock { hour, minute, second })
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.year {
            Some(y) => write!(f, "{y:04}")?,
            None => f.write_str("XXXX")?,
        }
        for p in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{p}")?;
        }
        if let Some(t) = self.time {
            write!(f, "T{:02}:{:02}", t.hour, t.minute)?;
            if let Some(s) = t.second {
                write!(f, ":{s:02}")?;
            }
        }
        if let Some(q) = self.qualifier {
            write!(f, "{}", q.mark())?;
        }
        Ok(())
    }
}

/// An ISO 8601 duration in whole units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Duration {
    pub years: u32,
    pub months: u32,
    pub weeks: u32,
    pub days: u32,
    pub hours: u32,
    pub minutes: u32,
    pub seconds: u32,
}

impl Duration {
    fn parse(s: &str) -> Option<Duration> {
        let (date, time) = match s.strip_prefix('P')?.split_once('T') {
            Some((d, t)) => (d, Some(t)),
            None => (&s[1..], None),
        };
        let mut d = Duration::default();
        fields(date, &mut [('Y', &mut d.years), ('M', &mut d.months), ('W', &mut d.weeks), ('D', &mut d.days)])?;
        if let Some(time) = time {
            if time.is_empty() {
                return None;
            }
            fields(time, &mut [('H', &mut d.hours), ('M', &mut d.minutes), ('S', &mut d.seconds)])?;
        }
        (d != Duration::default()).then_some(d)
    }
}

/// Reads `3H30M` into the named numbers, in their order.
fn fields(mut s: &str, names: &mut [(char, &mut u32)]) -> Option<()> {
    let mut names = names.iter_mut();
    while !s.is_empty() {
        let n = s.bytes().take_while(u8::is_ascii_digit).count();
        let unit = s[n..].chars().next()?;
        let (_, slot) = names.find(|x| x.0 == unit)?;
        **slot = s[..n].parse().ok()?;
        s = &s[n + 1..];
    }
    Some(())
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("P")?;
        let mut put = |n: u32, unit: char| if n > 0 { write!(f, "{n}{unit}") } else { Ok(()) };
        put(self.years, 'Y')?;
        put(self.months, 'M')?;
        put(self.weeks, 'W')?;
        put(self.days, 'D')?;
        if self.hours + self.minutes + self.seconds > 0 {
            f.write_str("T")?;
            let mut put = |n: u32, unit: char| if n > 0 { write!(f, "{n}{unit}") } else { Ok(()) };
            put(self.hours, 'H')?;
            put(self.minutes, 'M')?;
            put(self.seconds, 'S')?;
        }
        Ok(())
    }
}

/// A value of `times` or `date` in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edtf {
    Date(Date),
    /// `None` is an open end, `..`.
    Interval(Option<Date>, Option<Date>),
    Duration(Duration),
}

impl std::str::FromStr for Edtf {
    type Err = ();

    /// Nothing but the subset of the record passes; a day that no calendar has does not.
    fn from_str(s: &str) -> Result<Edtf, ()> {
        if !s.is_ascii() {
            return Err(());
        }
        if s.starts_with('P') {
            return Duration::parse(s).map(Edtf::Duration).ok_or(());
        }
        let Some((a, b)) = s.split_once('/') else { return Date::parse(s).map(Edtf::Date).ok_or(()) };
        let end = |s: &str| if s == ".." { Ok(None) } else { Date::parse(s).map(Some).ok_or(()) };
        let (a, b) = (end(a)?, end(b)?);
        match (a.and_then(|a| a.bounds()), b.and_then(|b| b.bounds())) {
            (Some(a), Some(b)) if a.0 > b.1 => Err(()),
            _ => Ok(Edtf::Interval(a, b)),
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Edtf::Date(d) => d.fmt(f),
            Edtf::Duration(d) => d.fmt(f),
            Edtf::Interval(a, b) => {
                let end = |d: &Option<Date>| d.map_or("..".into(), |d| d.to_string());
                write!(f, "{}/{}", end(a), end(b))
            }
        }
    }
}

impl Edtf {
    pub fn parse(s: &str) -> Option<Edtf> {
        s.parse().ok()
    }

    fn bounds_by(&self, date: fn(&Date) -> Option<(Day, Day)>) -> Option<(Day, Day)> {
        match self {
            Edtf::Date(d) => date(d),
            Edtf::Interval(a, b) => {
                let from = a.map_or(Some(Day::MIN), |a| date(&a).map(|x| x.0))?;
                let to = b.map_or(Some(Day::MAX), |b| date(&b).map(|x| x.1))?;
                Some((from, to))
            }
            Edtf::Duration(_) => None,
        }
    }

    /// Earliest and latest day; an open end is the end of the calendar. `None` for a duration and without a year.
    pub fn bounds(&self) -> Option<(Day, Day)> {
        self.bounds_by(Date::bounds)
    }

    /// Every day of `other` is one of `self`.
    pub fn contains(&self, other: &Edtf) -> bool {
        matches!((self.bounds(), other.bounds()), (Some(a), Some(b)) if a.0 <= b.0 && b.1 <= a.1)
    }

    /// Some day may be meant by both.
    pub fn overlaps(&self, other: &Edtf) -> bool {
        matches!((self.bounds(), other.bounds()), (Some(a), Some(b)) if a.0 <= b.1 && b.0 <= a.1)
    }

    /// The exactness of a date, of the coarser end of an interval; `None` for a duration.
    pub fn precision(&self) -> Option<Precision> {
        match self {
            Edtf::Date(d) => Some(d.precision()),
            Edtf::Interval(a, b) => a.iter().chain(b).map(Date::precision).min(),
            Edtf::Duration(_) => None,
        }
    }

    /// Says the same as `other` and more exactly: `2025-12-04` refines `2025-12`, `2025-12-05~`, `XXXX-12-04` and
    /// `2025-12-01/2025-12-10`. Nothing refines itself.
    pub fn refines(&self, other: &Edtf) -> bool {
        if self == other {
            return false;
        }
        if let (Edtf::Date(a), Edtf::Date(b)) = (self, other)
            && a.agrees(b)
        {
            return a.qualifier.is_none() || a.qualifier == b.qualifier;
        }
        let width = |b: (Day, Day)| b.0.until(b.1).map_or(i32::MAX, |s| s.get_days());
        match (self.bounds(), other.bounds_by(Date::wide_bounds)) {
            (Some(a), Some(b)) => b.0 <= a.0 && a.1 <= b.1 && width(a) < width(b),
            _ => false,
        }
    }
}

/// The days that something takes which begins on the day `base` and lasts `duration`: `2025-08-18` and `P2D` give
/// `2025-08-18/2025-08-19`. `None` where that says no more than `base`, or where either is not exact to the day.
pub fn span_from(base: &str, duration: &str) -> Option<String> {
    let (Edtf::Date(base), Edtf::Duration(d)) = (Edtf::parse(base)?, Edtf::parse(duration)?) else { return None };
    let days = i64::from(d.days) + 7 * i64::from(d.weeks);
    if base.precision() != Precision::Day || d != (Duration { days: d.days, weeks: d.weeks, ..Duration::default() }) || days < 2 {
        return None;
    }
    let (first, _) = base.bounds().filter(|(a, b)| a == b)?;
    let last = first.checked_add(jiff::Span::new().try_days(days - 1).ok()?).ok()?;
    Some(Edtf::Interval(Some(base), Some(Date { qualifier: base.qualifier, ..Date::day(last) })).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn e(s: &str) -> Edtf {
        s.parse().unwrap_or_else(|()| panic!("{s} is no date"))
    }

    #[test]
    fn reads_and_writes() {
        for s in [
            "2025",
            "2025-11",
            "2025-11-18",
            "2025-12-05~",
            "2025?",
            "2025-11%",
            "XXXX-09-12",
            "2025-1X",
            "2025-XX-15",
            "2024-02-29",
            "XXXX-02-29",
            "2025-11-17/2025-11-18",
            "../2025",
            "2025-11-18/..",
            "2024/2029",
            "P2D",
            "PT3H",
            "P1Y6M",
            "PT4H30M",
            "P2W",
            "2025-11-18T21:40",
            "2025-11-18T21:40:05",
        ] {
            assert_eq!(e(s).to_string(), s);
        }
    }

    #[test]
    fn refuses() {
        for s in [
            "",
            "P",
            "PT",
            "P2",
            "PT2D",
            "P1D2Y",
            "20",
            "2025-13",
            "2025-02-30",
            "2023-02-29",
            "2025-1",
            "2025-11-18-01",
            "201X",
            "2025/2024",
            "2025-11T10:00",
            "2025-11-18T25:00",
            "२०२५",
            "2025-11-18 ",
            "~",
            "/",
            "..",
            "P0D",
        ] {
            assert!(Edtf::parse(s).is_none(), "{s}");
        }
    }

    #[test]
    fn bounds_of_days() {
        let b = |s: &str| e(s).bounds().map(|(a, b)| format!("{a} {b}")).unwrap_or_default();
        assert_eq!(b("2025"), "2025-01-01 2025-12-31");
        assert_eq!(b("2024-02"), "2024-02-01 2024-02-29");
        assert_eq!(b("2025-1X"), "2025-10-01 2025-12-31");
        assert_eq!(b("2025-12-05~"), "2025-12-05 2025-12-05");
        assert_eq!(b("2025-11/2025-12-03"), "2025-11-01 2025-12-03");
        assert_eq!(b("XXXX-09-12"), "");
        assert_eq!(b("P2D"), "");
    }

    #[test]
    fn compares() {
        assert!(e("2025-11").contains(&e("2025-11-18")));
        assert!(!e("2025-11").contains(&e("2025")));
        assert!(e("../2025-11-18").overlaps(&e("2025-11")));
        assert!(!e("P2D").overlaps(&e("2025")));
        for (fine, coarse) in [
            ("2025-12-04", "2025-12"),
            ("2025-12-04", "2025-12-05~"),
            ("2025-12-04", "XXXX-12-04"),
            ("2025-12-04/2025-12-05", "2025-12"),
            ("2025-12-05", "2025-12-05~"),
            ("2025-12-04", "2025-12-01/2025-12-10"),
            ("2025-12", "2025"),
            ("2025-12-04", "2025-12-XX"),
        ] {
            assert!(e(fine).refines(&e(coarse)), "{fine} {coarse}");
            assert!(!e(coarse).refines(&e(fine)), "{coarse} {fine}");
        }
        for (a, b) in [
            ("2025-12-04", "2025-11"),
            ("2025-12-04", "2025-12-04"),
            ("2025-12-20", "2025-12-05~"),
            ("P2D", "2025"),
            ("2025-12", "2025-12-01/2025-12-10"),
        ] {
            assert!(!e(a).refines(&e(b)), "{a} {b}");
        }
        assert_eq!(e("2025-11-17/2025-12").precision(), Some(Precision::Month));
    }

    #[test]
    fn spans() {
        assert_eq!(span_from("2025-08-18", "P2D").as_deref(), Some("2025-08-18/2025-08-19"));
        assert_eq!(span_from("2025-12-31", "P1W").as_deref(), Some("2025-12-31/2026-01-06"));
        for (a, b) in [
            ("2025-08-18", "P1D"),
            ("2025-08", "P2D"),
            ("2025-08-18", "PT3H"),
            ("2025-08-18/2025-08-19", "P2D"),
            ("XXXX-08-18", "P2D"),
            ("2025-08-18", "P400000000W"),
        ] {
            assert_eq!(span_from(a, b), None, "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(s in "[0-9XPTYMWDHS/.:~?%-]{0,24}") {
            if let Some(v) = Edtf::parse(&s) {
                prop_assert_eq!(Edtf::parse(&v.to_string()), Some(v));
            }
        }

        #[test]
        fn every_day_comes_back(n in 0i32..400_000, q in 0..4usize) {
            use jiff::ToSpan;
            let day = jiff::civil::date(1500, 1, 1).saturating_add(n.days());
            let d = Date { qualifier: [None, Some(Qualifier::Approximate), Some(Qualifier::Uncertain), Some(Qualifier::Both)][q], ..Date::day(day) };
            let v = Edtf::Date(d);
            prop_assert_eq!(Edtf::parse(&v.to_string()), Some(v));
            prop_assert_eq!(v.bounds(), Some((day, day)));
            let month = Edtf::Date(Date::month(Some(day.year()), day.month() as u8));
            let year = Edtf::Date(Date::year(day.year()));
            prop_assert!(month.contains(&v) && year.contains(&month) && month.overlaps(&v));
            prop_assert!(month.refines(&year) && !year.refines(&month));
        }

        #[test]
        fn bounds_are_in_order(a in 0i32..90_000, b in 0i32..90_000) {
            use jiff::ToSpan;
            let at = |n: i32| Date::day(jiff::civil::date(1900, 1, 1).saturating_add(n.days()));
            let v = Edtf::Interval(Some(at(a)), Some(at(b)));
            match Edtf::parse(&v.to_string()) {
                Some(v) => {
                    let (x, y) = v.bounds().unwrap();
                    prop_assert!(a <= b && x <= y && v.contains(&Edtf::Date(at(a))));
                }
                None => prop_assert!(a > b),
            }
        }

        #[test]
        fn durations_come_back(n in proptest::array::uniform7(0u32..500)) {
            let d = Duration { years: n[0], months: n[1], weeks: n[2], days: n[3], hours: n[4], minutes: n[5], seconds: n[6] };
            prop_assume!(d != Duration::default());
            prop_assert_eq!(Edtf::parse(&Edtf::Duration(d).to_string()), Some(Edtf::Duration(d)));
        }
    }
}
