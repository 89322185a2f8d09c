//! Dates of publication, as pages and feeds write them, to the civil day they name.
//!
//! The day is taken as written, in whatever zone it was written: `2025-11-19T05:30+05:30` is the 19th, though it was still
//! the 18th in Greenwich. *Yesterday* in the article means the day before the one its readers lived in.

use jiff::civil::Date;

/// The day of a date as machines write it: ISO 8601 with or without a time, RFC 2822, `19 November 2025`, `Nov 19, 2025`,
/// `19/11/2025` (the day first, as in India). `None` for anything else: a wrong day is worse than none.
pub fn civil(s: &str) -> Option<Date> {
    let s = s.trim();
    iso(s).or_else(|| named_month(s)).or_else(|| day_first(s))
}

fn plausible(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok().filter(|d| (1900..2200).contains(&d.year()))
}

/// `2025-11-19`, `2025-11-19T05:30:00+05:30`, `2025/11/19 05:30`, `20251119`, `20251119T0530`.
fn iso(s: &str) -> Option<Date> {
    let digits = s.len() - s.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 8 {
        let (rest, s) = (&s[8..], &s[..8]);
        let ends = rest.is_empty() || rest.starts_with(['T', 't', ' ']);
        return if ends { plausible(s[..4].parse().ok()?, s[4..6].parse().ok()?, s[6..].parse().ok()?) } else { None };
    }
    if digits != 4 {
        return None;
    }
    let separator = s[4..].chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let mut parts = s.splitn(3, separator);
    let (year, month, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (day, rest) = rest.split_at(end);
    let ends = rest.is_empty() || rest.starts_with(['T', 't', ' ', ',', 'Z', '+']);
    let short = |p: &str| (1..=2).contains(&p.len());
    if !ends || !short(month) || !short(day) {
        return None;
    }
    plausible(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LONG_MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

fn month(word: &str) -> Option<i8> {
    let word = word.to_ascii_lowercase();
    let at =
        MONTHS.iter().zip(LONG_MONTHS).position(|(short, long)| word == *short || word == long || (word == "sept" && *short == "sep"))?;
    Some(at as i8 + 1)
}

/// `Wed, 19 Nov 2025 05:30:00 +0530`, `19 November 2025`, `November 19, 2025`: a month's name beside a day and a year.
fn named_month(s: &str) -> Option<Date> {
    let words: Vec<&str> = s.split([' ', ',', '-', '\u{a0}', '\t', '\n']).filter(|w| !w.is_empty()).take(8).collect();
    let at = words.iter().position(|w| month(w).is_some())?;
    let number = |i: usize| words.get(i).and_then(|w| w.trim_end_matches("st").trim_end_matches("th").parse::<i16>().ok());
    let year = |n: i16| if n < 100 { n + 2000 } else { n };
    let month = month(words[at])?;
    // the day before the month, else after it
    let (day, year) = match at.checked_sub(1).and_then(number) {
        Some(day) => (day, year(number(at + 1)?)),
        None => (number(at + 1)?, year(number(at + 2)?)),
    };
    plausible(year, month, i8::try_from(day).ok()?)
}

/// `19/11/2025`, `19-11-2025 05:30`, `19.11.2025`.
fn day_first(s: &str) -> Option<Date> {
    let s = s.split([' ', 'T', ',']).next()?;
    let separator = s.chars().find(|c| matches!(c, '/' | '-' | '.'))?;
    let mut parts = s.split(separator);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let numbers = [day, month, year].iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
    if !numbers || day.len() > 2 || month.len() > 2 || year.len() != 4 || parts.next().is_some() {
        return None;
    }
    plausible(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_as_written() {
        for s in [
            "2025-11-19",
            "2025-11-19T05:30:00+05:30",
            "2025-11-19T00:05:00.000+0530",
            "2025-11-19 23:59:59",
            "2025-11-19T22:00:00Z",
            "2025/11/19",
            "2025-11-19, 05:30 AM IST",
            "20251119",
            "20251119T053000",
            "Wed, 19 Nov 2025 00:10:00 +0530",
            "Wed, 19 Nov 2025 00:10:00 IST",
            "19 November 2025",
            "19-Nov-2025",
            "Nov 19, 2025, 10:15 IST",
            "November 19, 2025",
            "Wed Nov 19 2025 05:30:00 GMT+0530",
            "19th November, 2025",
            "19/11/2025",
            "19-11-2025 05:30",
            "19.11.2025",
            "19 Nov 25",
            "  2025-11-19\n",
        ] {
            assert_eq!(civil(s).map(|d| d.to_string()).as_deref(), Some("2025-11-19"), "{s}");
        }
    }

    #[test]
    fn none_before_a_guess() {
        let odd = "2025 2025-13-01 2025-02-30 1763511000000 0000-00-00 11/2025 19/19/2025 2025-11 20251319 today 3025-01-01 2025-11-19x";
        let odd = odd.split(' ').chain(["", "Nov 2025", "Wed, Nov", "1 - 2 - 3", "मंगलवार", "१९ नवंबर २०२५"]);
        for s in odd {
            assert_eq!(civil(s), None, "{s}");
        }
    }
}
