//! Dates in words, with their uncertainty.

use crate::text::visible;
use crate::words::{Lang, fill, find, say};
use jiff::civil::Date as Day;
use mulaqat::edtf::{Date, Duration, Edtf, Qualifier};
use mulaqat_ledger::day;

/// An EDTF date or a duration in words; as it is where no words fit it.
pub fn words(lang: Lang, edtf: &str) -> String {
    match Edtf::parse(edtf) {
        Some(Edtf::Date(d)) => date(lang, &d),
        Some(Edtf::Duration(d)) => length(lang, &d),
        Some(Edtf::Interval(Some(a), Some(b))) => between(lang, &a, &b),
        Some(Edtf::Interval(Some(a), None)) => fill(say(lang, "date.from"), &[&date(lang, &a)]),
        Some(Edtf::Interval(None, Some(b))) => fill(say(lang, "date.until"), &[&date(lang, &b)]),
        Some(Edtf::Interval(None, None)) => say(lang, "date.unknown").into(),
        None => visible(edtf).into_owned(),
    }
}

/// The words of a date, or that none is told.
pub fn or_unknown(lang: Lang, edtf: Option<&str>) -> String {
    edtf.map_or_else(|| say(lang, "date.unknown").into(), |d| words(lang, d))
}

/// A day of the calendar.
pub fn day(lang: Lang, d: day::Day) -> String {
    words(lang, &day::show(d))
}

/// `3 मार्च`, for where the year is plain.
pub fn short(lang: Lang, d: Day) -> String {
    format!("{} {}", d.day(), month(lang, d.month() as u8))
}

pub fn month(lang: Lang, n: u8) -> &'static str {
    find(lang, &format!("month.{n}")).unwrap_or_default()
}

pub fn month_year(lang: Lang, d: Day) -> String {
    format!("{} {}", month(lang, d.month() as u8), d.year())
}

/// Monday is 1.
pub fn weekday(lang: Lang, n: i8) -> &'static str {
    find(lang, &format!("weekday.{n}")).unwrap_or_default()
}

fn date(lang: Lang, d: &Date) -> String {
    let plain = plain(lang, d);
    match d.qualifier {
        None => plain,
        Some(Qualifier::Approximate) => fill(say(lang, "date.about"), &[&plain]),
        Some(Qualifier::Uncertain) => fill(say(lang, "date.perhaps"), &[&plain]),
        Some(Qualifier::Both) => fill(say(lang, "date.perhaps"), &[&fill(say(lang, "date.about"), &[&plain])]),
    }
}

fn plain(lang: Lang, d: &Date) -> String {
    let known = |p: Option<mulaqat::edtf::Pair>| p.and_then(|p| p.value());
    let mut out = match (d.year, d.month, d.day) {
        (Some(y), None, None) => y.to_string(),
        (y, Some(_), day) => {
            let Some(m) = known(d.month) else { return Date { qualifier: None, ..*d }.to_string() };
            let name = month(lang, m);
            match (known(day), day.is_some(), y) {
                (Some(n), _, Some(y)) => format!("{n} {name} {y}"),
                (Some(n), _, None) => fill(say(lang, "date.no_year"), &[&format!("{n} {name}")]),
                (None, false, Some(y)) => format!("{name} {y}"),
                (None, false, None) => fill(say(lang, "date.no_year"), &[name]),
                (None, true, _) => return Date { qualifier: None, ..*d }.to_string(),
            }
        }
        _ => return Date { qualifier: None, ..*d }.to_string(),
    };
    if let Some(t) = d.time {
        out.push_str(&format!(", {:02}:{:02}", t.hour, t.minute));
    }
    out
}

fn between(lang: Lang, a: &Date, b: &Date) -> String {
    let exact = |d: &Date| d.bounds().filter(|(x, y)| x == y && d.qualifier.is_none() && d.time.is_none()).map(|x| x.0);
    if let (Some(x), Some(y)) = (exact(a), exact(b)) {
        if (x.year(), x.month()) == (y.year(), y.month()) {
            return format!("{}–{} {}", x.day(), y.day(), month_year(lang, x));
        }
        if x.year() == y.year() {
            return format!("{} – {} {}", short(lang, x), short(lang, y), x.year());
        }
    }
    format!("{} – {}", date(lang, a), date(lang, b))
}

fn length(lang: Lang, d: &Duration) -> String {
    let Duration { years, months, weeks, days, hours, minutes, seconds } = *d;
    let parts = [
        (years, "date.years"),
        (months, "date.months"),
        (weeks, "date.weeks"),
        (days, "date.days"),
        (hours, "date.hours"),
        (minutes, "date.minutes"),
        (seconds, "date.seconds"),
    ];
    let told = parts.into_iter().filter(|p| p.0 > 0).map(|(n, key)| fill(say(lang, key), &[&n.to_string()]));
    told.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uncertainty_is_told() {
        let both = |s| (words(Lang::Hi, s), words(Lang::En, s));
        assert_eq!(both("2025-12-05~"), ("5 दिसंबर 2025 के आसपास".into(), "around 5 December 2025".into()));
        assert_eq!(both("2025-12"), ("दिसंबर 2025".into(), "December 2025".into()));
        assert_eq!(both("2025-11-17/2025-11-18"), ("17–18 नवंबर 2025".into(), "17–18 November 2025".into()));
        assert_eq!(both("2025-09-30/2025-10-02").1, "30 September – 2 October 2025");
        assert_eq!(both("2025-11-17/.."), ("17 नवंबर 2025 से".into(), "from 17 November 2025".into()));
        assert_eq!(both("../2025-11"), ("नवंबर 2025 तक".into(), "until November 2025".into()));
        assert_eq!(both("XXXX-09-12").1, "12 September (no year given)");
        assert_eq!(both("2025?").1, "perhaps 2025");
        assert_eq!(both("2025-12-05T14:30").1, "5 December 2025, 14:30");
        assert_eq!(both("P2D"), ("2 दिन".into(), "2 d".into()));
        assert_eq!(both("2025-1X").0, "2025-1X");
        assert_eq!(both("<b>").0, "<b>");
        assert_eq!(or_unknown(Lang::En, None), "date not given");
    }
}
