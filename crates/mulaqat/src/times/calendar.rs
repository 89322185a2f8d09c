//! Arithmetic of the calendar, checked: what lies outside the years 1 to 9999 is `None`.

use super::{Part, Point, Sub, Unit};
use crate::edtf::{Date, Edtf, Pair};
use jiff::civil::Date as Day;

pub(super) fn date(y: i16, m: u8, d: u8) -> Option<Day> {
    Day::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok().filter(|d| d.year() > 0)
}

pub(super) fn add_days(d: Day, n: i64) -> Option<Day> {
    d.checked_add(jiff::Span::new().try_days(n).ok()?).ok()
}

pub(super) fn add_months(y: i16, m: u8, n: i64) -> Option<(i16, u8)> {
    let at = i64::from(y).checked_mul(12)?.checked_add(i64::from(m) - 1)?.checked_add(n)?;
    Some((i16::try_from(at.div_euclid(12)).ok()?, (at.rem_euclid(12) + 1) as u8))
}

pub(super) fn days_between(a: Day, b: Day) -> i32 {
    a.until(b).map_or(i32::MAX, |s| s.get_days())
}

pub(super) fn last_day(y: i16, m: u8) -> Option<u8> {
    date(y, m, 1).map(|d| d.days_in_month() as u8)
}

pub(super) fn month_bounds(y: i16, m: u8) -> Option<(Day, Day)> {
    Some((date(y, m, 1)?, date(y, m, last_day(y, m)?)?))
}

/// 1 is Monday.
pub(super) fn number(d: Day) -> u8 {
    d.weekday().to_monday_one_offset() as u8
}

/// The latest such weekday on or before `d`.
pub(super) fn weekday_before(d: Day, day: u8) -> Option<Day> {
    add_days(d, -((i64::from(number(d)) - i64::from(day)).rem_euclid(7)))
}

/// The next such weekday on or after `d`.
pub(super) fn weekday_after(d: Day, day: u8) -> Option<Day> {
    add_days(d, (i64::from(day) - i64::from(number(d))).rem_euclid(7))
}

pub(super) fn days(base: Day, a: i64, b: i64) -> Option<Edtf> {
    Some(Edtf::Interval(Some(Date::day(add_days(base, a)?)), Some(Date::day(add_days(base, b)?))))
}

pub(super) fn days_of(y: i16, m: u8, a: u8, b: u8) -> Option<Edtf> {
    Some(Edtf::Interval(Some(Date::day(date(y, m, a)?)), Some(Date::day(date(y, m, b)?))))
}

pub(super) fn months(y: i16, a: u8, b: u8) -> Option<Edtf> {
    Some(Edtf::Interval(Some(Date::month(Some(y), a)), Some(Date::month(Some(y), b))))
}

pub(super) fn years(first: i16, n: i16) -> Edtf {
    Edtf::Interval(Some(Date::year(first)), Some(Date::year(first.saturating_add(n - 1))))
}

pub(super) fn fortnight(y: i16, m: u8, n: u8) -> Option<Edtf> {
    if n == 1 { days_of(y, m, 1, 15) } else { days_of(y, m, 16, last_day(y, m)?) }
}

/// A date so many units away, as exact as the unit and the date allow; a week counts in days.
pub(super) fn shift(base: Date, n: i64, unit: Unit) -> Option<Date> {
    let year = base.year?;
    let month = base.month.and_then(Pair::value);
    let by_years = |n: i64| {
        let y = i64::from(year).checked_add(n)?;
        (1..=9999).contains(&y).then(|| Date::year(y as i16))
    };
    let by_months = |n: i64| add_months(year, month?, n).map(|(y, m)| Date::month(Some(y), m));
    let by_days = |n: i64| {
        let d = date(year, month?, base.day.and_then(Pair::value)?)?;
        add_days(d, n).map(Date::day)
    };
    match unit {
        Unit::Day => by_days(n),
        Unit::Week => by_days(n.checked_mul(7)?),
        Unit::Fortnight => by_days(n.checked_mul(14)?),
        Unit::Month => by_months(n),
        Unit::Quarter => by_months(n.checked_mul(3)?),
        Unit::Half => by_months(n.checked_mul(6)?),
        Unit::Year => by_years(n),
        Unit::Decade => by_years(n.checked_mul(10)?),
        Unit::Century => by_years(n.checked_mul(100)?),
        Unit::Weekend | Unit::Second | Unit::Minute | Unit::Hour => None,
    }
}

/// The stretch of a date that is meant. Early, mid and late are thirds: of a month its days 01–10, 11–20 and 21–last (record.md),
/// of a year four months each, of a week Monday–Tuesday, Wednesday–Thursday and the rest, of ten years 0–3, 4–6 and 7–9.
pub(super) fn sub_of(whole: Edtf, sub: Sub, point: Point) -> Option<Edtf> {
    if sub == Sub::Whole {
        return Some(whole);
    }
    let third = |part| match part {
        Part::Start => 0,
        Part::Middle => 1,
        Part::End | Part::Last => 2,
    };
    match whole {
        Edtf::Date(d) => {
            let y = d.year?;
            let Some(m) = d.month.and_then(Pair::value) else { return sub_of_year(y, sub, third) };
            let last = last_day(y, m)?;
            match sub {
                Sub::Part(p) => [(1, 10), (11, 20), (21, last)].get(third(p)).and_then(|&(a, b)| days_of(y, m, a, b)),
                Sub::Week(0) => days_of(y, m, last - 6, last),
                Sub::Week(n @ 1..=4) => days_of(y, m, 7 * n - 6, 7 * n),
                Sub::Week(5) => days_of(y, m, 29, last),
                Sub::Day(0) => date(y, m, last).map(|d| Edtf::Date(Date::day(d))),
                Sub::Day(n) => date(y, m, n).map(|d| Edtf::Date(Date::day(d))),
                Sub::Fortnight(n) => fortnight(y, m, n),
                Sub::Weekday { n, day } => nth_weekday(y, m, n, day).map(|d| Edtf::Date(Date::day(d))),
                _ => None,
            }
        }
        Edtf::Interval(Some(a), Some(_)) => match (sub, point) {
            (Sub::Part(p), Point::Unit { unit: Unit::Week, .. }) => {
                let (from, to) = [(0, 1), (2, 3), (4, 6)][third(p)];
                days(Edtf::Date(a).bounds()?.0, from, to)
            }
            (Sub::Part(p), Point::Decade(_) | Point::Unit { unit: Unit::Decade, .. }) => {
                let (from, to) = [(0, 3), (4, 6), (7, 9)][third(p)];
                Some(Edtf::Interval(Some(Date::year(a.year? + from)), Some(Date::year(a.year? + to))))
            }
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn sub_of_year(y: i16, sub: Sub, third: impl Fn(Part) -> usize) -> Option<Edtf> {
    match sub {
        Sub::Part(p) => {
            let (a, b) = [(1, 4), (5, 8), (9, 12)][third(p)];
            months(y, a, b)
        }
        Sub::Week(0) => days_of(y, 12, 25, 31),
        Sub::Week(n @ 1..=4) => days_of(y, 1, 7 * n - 6, 7 * n),
        Sub::Day(0) => date(y, 12, 31).map(|d| Edtf::Date(Date::day(d))),
        Sub::Day(n @ 1..=31) => date(y, 1, n).map(|d| Edtf::Date(Date::day(d))),
        _ => None,
    }
}

/// The n-th such weekday of a month; 0 is the last.
pub(super) fn nth_weekday(y: i16, m: u8, n: u8, day: u8) -> Option<Day> {
    if n == 0 {
        return weekday_before(date(y, m, last_day(y, m)?)?, day);
    }
    let d = add_days(weekday_after(date(y, m, 1)?, day)?, 7 * (i64::from(n) - 1))?;
    (d.month() as u8 == m).then_some(d)
}
