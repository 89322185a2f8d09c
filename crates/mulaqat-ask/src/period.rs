//! Periods: days from EDTF values and from English words.

use crate::question::Period;
use crate::words::Lexicon;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use mulaqat::edtf::Edtf;
use mulaqat::lookup;
use mulaqat_ledger::day::{self, Day};

/// The civil day of a number of days.
fn civil(d: Day) -> Date {
    Date::constant(1970, 1, 1).saturating_add(d.days())
}

/// The days of an EDTF value; `None` for a duration, and without a year.
pub fn of_edtf(value: &str) -> Option<Period> {
    let edtf = Edtf::parse(value)?;
    let (a, b) = edtf.bounds()?;
    let open = |d: Date, end: Date| (d != end).then(|| day::number(d));
    Some(Period { from: open(a, Date::MIN), to: open(b, Date::MAX) })
}

fn span(a: Date, b: Date) -> Period {
    Period { from: Some(day::number(a)), to: Some(day::number(b)) }
}

/// A month, and a year, as periods.
fn month(year: i16, m: i8) -> Option<Period> {
    let first = Date::new(year, m, 1).ok()?;
    Some(span(first, first.last_of_month()))
}

fn year(y: i16) -> Option<Period> {
    Some(span(Date::new(y, 1, 1).ok()?, Date::new(y, 12, 31).ok()?))
}

/// The number of a month by an English name.
fn month_number(word: &str) -> Option<i8> {
    lookup::months().iter().position(|names| names.iter().any(|n| n == word)).map(|n| n as i8 + 1)
}

/// A date that begins at `words[at]`: how many words it has, and its days. A day or month without a year is the nearest to `today` that
/// lies before it, or behind it when the question asks what is to come.
pub fn date(words: &[String], at: usize, today: Day, future: bool) -> Option<(usize, Period)> {
    let now = civil(today);
    let number = |n: usize| words.get(n).and_then(|w| w.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i16>().ok());
    let bare = |n: usize| words.get(n).filter(|w| w.bytes().all(|b| b.is_ascii_digit())).and_then(|w| w.parse::<i16>().ok());
    let is_year = |y: i16| (1900..2100).contains(&y);
    let day_of = |y: Option<i16>, m: i8, d: i16| {
        let of = |y: i16| Date::new(y, m, d as i8).ok();
        match y {
            Some(y) => of(y),
            None => {
                let mut near = [now.year() - 1, now.year(), now.year() + 1].into_iter().filter_map(of);
                if future { near.find(|d| *d >= now) } else { near.rfind(|d| *d <= now) }
            }
        }
    };
    // 2025-07-11
    if let (Some(y), Some(m), Some(d)) = (bare(at).filter(|&y| is_year(y)), bare(at + 1), bare(at + 2))
        && let Ok(d) = Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?)
    {
        return Some((3, span(d, d)));
    }
    // 5 December 2025, 5th of December
    if let Some(d) = number(at).filter(|d| (1..=31).contains(d)) {
        let skip = usize::from(words.get(at + 1).is_some_and(|w| w == "of"));
        if let Some(m) = words.get(at + 1 + skip).and_then(|w| month_number(w)) {
            let y = bare(at + 2 + skip).filter(|&y| is_year(y));
            let found = day_of(y, m, d)?;
            return Some((2 + skip + usize::from(y.is_some()), span(found, found)));
        }
    }
    if let Some(m) = words.get(at).and_then(|w| month_number(w)) {
        // December 5, 2025
        if let Some(d) = number(at + 1).filter(|d| (1..=31).contains(d)) {
            let y = bare(at + 2).filter(|&y| is_year(y));
            let found = day_of(y, m, d)?;
            return Some((2 + usize::from(y.is_some()), span(found, found)));
        }
        if let Some(y) = bare(at + 1).filter(|&y| is_year(y)) {
            return Some((2, month(y, m)?));
        }
        let y = match (future, m.cmp(&now.month())) {
            (true, std::cmp::Ordering::Less) => now.year() + 1,
            (false, std::cmp::Ordering::Greater) => now.year() - 1,
            _ => now.year(),
        };
        return Some((1, month(y, m)?));
    }
    bare(at).filter(|&y| is_year(y)).and_then(year).map(|p| (1, p))
}

/// A span that counts from today: `last month`, `the past two weeks`, `yesterday`.
pub fn relative(lexicon: &Lexicon, words: &[String], at: usize, today: Day) -> Option<(usize, Period)> {
    let now = civil(today);
    let (n, keys) = lexicon.at(words, at, "relative")?;
    let which = *keys.first()?;
    let fixed = match which {
        "today" => Some(0),
        "yesterday" => Some(-1),
        "tomorrow" => Some(1),
        _ => None,
    };
    if let Some(shift) = fixed {
        let d = now.saturating_add(i64::from(shift).days());
        return Some((n, span(d, d)));
    }
    let next = at + n;
    let count = words.get(next).and_then(|w| w.parse::<i64>().ok()).filter(|c| (1..=400).contains(c));
    let unit_at = next + usize::from(count.is_some());
    let (m, unit) = match lexicon.at(words, unit_at, "unit") {
        Some((m, keys)) => (m, *keys.first()?),
        // last July
        None if count.is_none() => {
            let (m, p) = date(words, next, today, which == "next")?;
            return Some((n + m, p));
        }
        None => return None,
    };
    let taken = n + m + usize::from(count.is_some());
    if let Some(c) = count {
        let length = match unit {
            "day" => c.days(),
            "week" => c.weeks(),
            "month" => c.months(),
            _ => c.years(),
        };
        return Some((
            taken,
            match which {
                "next" => span(now, now.saturating_add(length)),
                _ => span(now.saturating_sub(length), now),
            },
        ));
    }
    let shift = match which {
        "last" => -1i64,
        "next" => 1,
        _ => 0,
    };
    let p = match unit {
        "day" => {
            let d = now.saturating_add(shift.days());
            span(d, d)
        }
        "week" => {
            let monday = now.saturating_sub(i64::from(now.weekday().since(Weekday::Monday)).days()).saturating_add((shift * 7).days());
            span(monday, monday.saturating_add(6.days()))
        }
        "month" => {
            let first = now.first_of_month().saturating_add(shift.months());
            span(first, first.last_of_month())
        }
        _ => year(now.year() + shift as i16)?,
    };
    Some((taken, p))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;
    use proptest::prelude::*;

    fn days(text: &str, future: bool) -> String {
        let today = day::parse("2025-11-20").unwrap();
        let words: Vec<String> = lookup::words(text).collect();
        let lexicon = &Words::get().unwrap().en;
        let found = relative(lexicon, &words, 0, today).or_else(|| date(&words, 0, today, future));
        found.map_or("-".into(), |(n, p)| format!("{n} {} {}", p.from.map_or("..".into(), day::show), p.to.map_or("..".into(), day::show)))
    }

    #[test]
    fn english_periods() {
        for (text, expected) in [
            ("last month", "2 2025-10-01 2025-10-31"),
            ("this year", "2 2025-01-01 2025-12-31"),
            ("next week", "2 2025-11-24 2025-11-30"),
            ("yesterday", "1 2025-11-19 2025-11-19"),
            ("past 2 weeks", "3 2025-11-06 2025-11-20"),
            ("July 2025", "2 2025-07-01 2025-07-31"),
            ("5 December 2025", "3 2025-12-05 2025-12-05"),
            ("December 5, 2025", "3 2025-12-05 2025-12-05"),
            ("11th of July", "3 2025-07-11 2025-07-11"),
            ("2025-07-11", "3 2025-07-11 2025-07-11"),
            ("2024", "1 2024-01-01 2024-12-31"),
            ("May", "1 2025-05-01 2025-05-31"),
            ("December", "1 2024-12-01 2024-12-31"),
            ("last July", "2 2025-07-01 2025-07-31"),
            ("31 February 2025", "-"),
            ("meet", "-"),
            ("last met", "-"),
        ] {
            assert_eq!(days(text, false), expected, "{text}");
        }
        assert_eq!(days("5 December", true), "2 2025-12-05 2025-12-05");
        assert_eq!(days("5 December", false), "2 2024-12-05 2024-12-05");
    }

    #[test]
    fn edtf_periods() {
        let p = of_edtf("2025-07").unwrap();
        assert_eq!((day::show(p.from.unwrap()), day::show(p.to.unwrap())), ("2025-07-01".into(), "2025-07-31".into()));
        assert_eq!(of_edtf("2025-07-01/..").unwrap().to, None);
        assert_eq!(of_edtf("P2D"), None);
    }

    proptest! {
        #[test]
        fn any_words_are_read(text in "[a-z0-9 -]{0,40}", at in 0usize..6, today in -100_000i32..100_000) {
            let words: Vec<String> = lookup::words(&text).collect();
            for found in [date(&words, at, today, true), relative(&Words::get().unwrap().en, &words, at, today)].into_iter().flatten() {
                prop_assert!(found.0 > 0 && found.1.from <= found.1.to);
            }
        }
    }
}
