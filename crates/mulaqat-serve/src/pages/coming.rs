//! What is to come: a month as a grid where there is room, as a list where there is not.

use crate::dates;
use crate::layout;
use crate::parts;
use crate::reply::{Answer, Problem};
use crate::visit::{self, Visit, to};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use maud::{Markup, html};
use mulaqat::check::term;
use mulaqat::edtf::{Edtf, Qualifier};
use mulaqat_ledger::day::{self, show};
use mulaqat_ledger::{Engagement, Filter, Ledger};

/// Engagements of a month that are shown.
const MOST: usize = 120;

pub fn page(v: &Visit, ledger: &Ledger) -> Answer {
    let when = v.when(ledger)?;
    let today: Date = show(when.day).parse().unwrap_or(date(1970, 1, 1));
    let first = match v.params.get("month") {
        None => today.first_of_month(),
        Some(m) => format!("{m}-01").parse().map_err(|_| Problem::field("month", m, v.t("bad.month")))?,
    };
    let last = first.last_of_month();
    let f = Filter { from: Some(day::number(first)), to: Some(day::number(last)), limit: Some(MOST), ..v.filter()? };
    let mut all: Vec<Engagement> = vec![];
    ledger.upcoming(when.day, &f, &mut |e| {
        all.push(e);
        true
    })?;
    let (exact, vague): (Vec<&Engagement>, Vec<&Engagement>) = all.iter().partition(|e| days(e, first, last).is_some());
    let go = |m: Result<Date, jiff::Error>, key: &'static str, rel: &str, arrow: [&str; 2]| {
        html! {
            @if let Ok(m) = m {
                a rel=(rel) href=(v.here("month", &m.strftime("%Y-%m").to_string())) { (arrow[0]) (v.t(key)) ": " (dates::month_year(v.lang, m)) (arrow[1]) }
            }
        }
    };
    let as_of = when.as_of().map(show).unwrap_or_default();
    Ok(layout::page(
        v,
        v.t("nav.coming"),
        html! {
            h1 { (v.t("nav.coming")) ": " (dates::month_year(v.lang, first)) }
            (parts::when(v, &when))
            nav.pager aria-label=(v.t("coming.months")) {
                @if first > today.first_of_month() { (go(first.checked_sub(1.month()), "coming.before", "prev", ["← ", ""])) }
                (go(first.checked_add(1.month()), "coming.after", "next", ["", " →"]))
            }
            @if all.is_empty() {
                (parts::empty(v.t("coming.none"), html! { p { (v.t("coming.none_do")) " " a href=(to("/timeline", &[("status", "scheduled"), ("as_of", &as_of)])) { (v.t("coming.scheduled")) } } }))
            } @else {
                (grid(v, first, today, &exact))
                div.month-list { ol.rows { @for e in &exact { (parts::row(v, e, Some(when))) } } }
                @if !vague.is_empty() {
                    section.vague aria-labelledby="vague" { h2 #vague { (v.t("coming.vague")) } ol.rows { @for e in &vague { (parts::row(v, e, Some(when))) } } }
                }
                @if all.len() == MOST { p.faint { (v.t("pager.narrow")) } }
            }
            p.help { (v.t("coming.subscribe")) " " a href="/upcoming.ics" { "/upcoming.ics" } }
        },
    ))
}

/// The days of a month that an engagement takes, when its date is of days: a month, or *around* a day, is not.
fn days(e: &Engagement, first: Date, last: Date) -> Option<(Date, Date)> {
    let edtf = Edtf::parse(e.date.as_deref()?)?;
    let sharp = |d: &mulaqat::edtf::Date| d.bounds().filter(|(a, b)| a == b && !matches!(d.qualifier, Some(Qualifier::Both))).map(|x| x.0);
    let (a, b) = match edtf {
        Edtf::Date(d) => (sharp(&d)?, sharp(&d)?),
        Edtf::Interval(Some(a), Some(b)) => (sharp(&a)?, sharp(&b)?),
        _ => return None,
    };
    // ten days are part of a month, not an appointment
    let long = a.until(b).map_or(true, |s| s.get_days() > 6);
    (!long && a <= last && b >= first).then(|| (a.max(first), b.min(last)))
}

fn grid(v: &Visit, first: Date, today: Date, all: &[&Engagement]) -> Markup {
    let last = first.last_of_month();
    let start = first.checked_sub(i64::from(first.weekday().to_monday_zero_offset()).days()).unwrap_or(first);
    let weeks: Vec<Vec<Date>> = (0..6)
        .map(|w| (0..7).filter_map(|d| start.checked_add((w * 7 + d).days()).ok()).collect::<Vec<_>>())
        .filter(|w| w.iter().any(|d| *d >= first && *d <= last))
        .collect();
    html! {
        table.calendar {
            caption.hidden { (dates::month_year(v.lang, first)) }
            thead { tr { @for n in 1..=7 { th scope="col" { (dates::weekday(v.lang, n)) } } } }
            tbody { @for week in &weeks { tr { @for d in week {
                @if *d < first || *d > last { td.outside {} } @else {
                    td class=[(*d == today).then_some("today")] {
                        time.no datetime=(d) { (d.day()) }
                        ul { @for e in all.iter().filter(|e| days(e, first, last).is_some_and(|(a, b)| a <= *d && *d <= b)) {
                            li class={ "s-" (term(e.status)) } {
                                a href=(visit::engagement(&e.id)) { (parts::dot(e.status)) span.hidden { (v.term("status", &term(e.status))) " " } span.class { (parts::class(v, e)) } " " (parts::who(v, e, false, 2)) }
                            }
                        } }
                    }
                }
            } } } }
        }
    }
}
