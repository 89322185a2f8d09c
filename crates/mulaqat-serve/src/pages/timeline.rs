//! The timeline: engagements by month, with filters and the day on which the ledger is looked at.

use crate::dates;
use crate::filter::{self, STATUSES};
use crate::layout;
use crate::names;
use crate::parts;
use crate::reply::Answer;
use crate::text::visible;
use crate::visit::{Visit, When};
use maud::{Markup, html};
use mulaqat::check::term;
use mulaqat::edtf::Edtf;
use mulaqat_ledger::day::{self, show};
use mulaqat_ledger::{Engagement, Filter, Ledger};

/// Engagements a page, and pages: who wants more narrows the days.
const LINES: usize = 40;
const PAGES: usize = 20;

pub fn page(v: &Visit, ledger: &Ledger) -> Answer {
    let when = v.when(ledger)?;
    let n = v.number("page", 1, PAGES)?;
    let wanted = v.filter()?;
    let f = Filter { limit: Some(n * LINES + 1), ..wanted.clone() };
    let mut all: Vec<Engagement> = vec![];
    let mut seen = 0;
    ledger.list(&f, &mut |e| {
        seen += 1;
        if seen > (n - 1) * LINES {
            all.push(e);
        }
        true
    })?;
    let more = all.len() > LINES;
    all.truncate(LINES);
    Ok(layout::page(
        v,
        v.t("nav.timeline"),
        html! {
            h1 { (v.t("nav.timeline")) }
            (form(v, &when, true))
            (parts::when(v, &When { old: false, ..when }))
            div #results aria-live="polite" {
                @if all.is_empty() {
                    (parts::empty(v.t("timeline.none"), html! { p { (v.t("timeline.none_do")) " " a href="/timeline" { (v.t("filter.clear")) } } }))
                } @else { (months(v, &all, when)) }
                nav.pager aria-label=(v.t("pager.label")) {
                    @if n > 1 { a rel="prev" href=(v.here("page", &(n - 1).to_string())) { "← " (v.t("pager.newer")) } }
                    @if more && n < PAGES { a rel="next" href=(v.here("page", &(n + 1).to_string())) { (v.t("pager.older")) " →" } }
                    @else if more { p.faint { (v.t("pager.narrow")) } }
                }
            }
        },
    ))
}

/// Engagements under the month in which they are, or the year where no more is told.
pub fn months(v: &Visit, all: &[Engagement], when: When) -> Markup {
    let mut groups: Vec<(Option<String>, Vec<&Engagement>)> = vec![];
    for e in all {
        let under = heading(v, e);
        match groups.last_mut() {
            // one without a date stands among those of about the same days
            Some((g, list)) if under.is_none() || *g == under => list.push(e),
            _ => groups.push((under, vec![e])),
        }
    }
    // what has no day at all, not even that of its report, comes after what has one
    if groups.first().is_some_and(|g| g.0.is_none()) {
        groups.rotate_left(1);
    }
    html! {
        @for (under, list) in &groups {
            section.month {
                h2 { @match under { Some(m) => { (m) } None => { (v.t("date.unknown")) } } }
                ol.rows.line { @for e in list { (parts::row(v, e, Some(when))) } }
            }
        }
    }
}

fn heading(v: &Visit, e: &Engagement) -> Option<String> {
    let (a, b) = e.date.as_deref().and_then(Edtf::parse)?.bounds()?;
    // an open end: what is told is the other one
    let (a, b) = if b.year() > 9000 {
        (a, a)
    } else if a.year() < 0 {
        (b, b)
    } else {
        (a, b)
    };
    let long = a.until(b).map_or(true, |s| s.get_days() > 62);
    Some(match (a.year() == b.year(), long) {
        (_, false) => dates::month_year(v.lang, b),
        (true, true) => b.year().to_string(),
        (false, true) => format!("{}–{}", a.year(), b.year()),
    })
}

/// The filters, as a form that works without scripts.
pub fn form(v: &Visit, when: &When, all: bool) -> Markup {
    let value = |name: &str| visible(v.params.get(name).unwrap_or_default()).into_owned();
    let is = |name: &str, this: &str| v.params.get(name).is_some_and(|s| s.eq_ignore_ascii_case(this));
    let rest = ["place", "source", "text", "status", "type", "with"].iter().any(|n| v.params.get(n).is_some());
    let any = rest || ["person", "country", "context", "from", "to", "as_of"].iter().any(|n| v.params.get(n).is_some());
    html! {
        form.filters action=(v.path) method="get" {
            div.fields {
                @if all {
                    p { label for="f-person" { (v.t("filter.person")) } input #f-person name="person" value=(value("person")) dir="auto" maxlength="200"; }
                    p { label for="f-country" { (v.t("filter.country")) } input #f-country name="country" value=(value("country")) list="countries" dir="auto" maxlength="200"; }
                    datalist #countries { @for (code, name) in names::countries(v.lang) { option value=(code) { (name) } } }
                }
                p { label for="f-context" { (v.t("filter.context")) } select #f-context name="context" {
                    option value="" { (v.t("filter.any")) }
                    @for (code, word) in filter::contexts(v) { option value=(code) selected[is("context", code)] { (word) } }
                } }
                p { label for="f-from" { (v.t("filter.from")) } input #f-from type="date" name="from" value=(value("from")); }
                p { label for="f-to" { (v.t("filter.to")) } input #f-to type="date" name="to" value=(value("to")); }
                @if all {
                    p.asof data-first=[when.reports.map(|r| show(r.0))] data-last=[when.reports.map(|r| show(r.1.max(when.day)))] {
                        label for="f-as-of" { (v.t("filter.as_of")) }
                        input #f-as-of type="date" name="as_of" value=(value("as_of")) aria-describedby="as-of-help";
                    }
                }
            }
            @if all {
                details open[rest] {
                    summary { (v.t("filter.more")) }
                    div.fields {
                        p { label for="f-type" { (v.t("filter.type")) } select #f-type name="type" {
                            option value="" { (v.t("filter.any")) }
                            @for k in filter::kinds() { option value=(k) selected[is("type", &k)] { (v.term("class", &k)) } }
                        } }
                        p { label for="f-status" { (v.t("filter.status")) } select #f-status name="status" {
                            option value="" { (v.t("filter.any")) }
                            @for s in STATUSES { option value=(term(s)) selected[is("status", &term(s))] { (v.term("status", &term(s))) } }
                        } }
                        p { label for="f-with" { (v.t("filter.with")) } select #f-with name="with" {
                            option value="" { (v.t("filter.any")) }
                            @for (code, name) in names::countries(v.lang) { option value=(code) selected[is("with", code)] { (name) } }
                        } }
                        p { label for="f-place" { (v.t("filter.place")) } input #f-place name="place" value=(value("place")) dir="auto" maxlength="200"; }
                        p { label for="f-source" { (v.t("filter.source")) } input #f-source name="source" value=(value("source")) dir="auto" maxlength="200"; }
                        p { label for="f-text" { (v.t("filter.text")) } input #f-text name="text" value=(value("text")) dir="auto" maxlength="200"; }
                    }
                }
                p.help #as-of-help { (v.t("filter.as_of_help")) @if let Some((a, b)) = when.reports { " " (v.f("filter.reports", &[&dates::day(v.lang, a), &dates::day(v.lang, b.min(day::UNKNOWN - 1))])) } }
            }
            p.buttons { button type="submit" { (v.t("filter.go")) } @if any { " " a href=(v.path) { (v.t("filter.clear")) } } }
        }
    }
}
