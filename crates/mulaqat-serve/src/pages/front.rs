//! The front page: what is new, what changed, what is coming; search and questions.

use crate::layout;
use crate::parts;
use crate::reply::Answer;
use crate::visit::{Visit, When, to};
use crate::words::number;
use maud::{Markup, html};
use mulaqat_ledger::day::show;
use mulaqat_ledger::{Change, Engagement, Filter, Ledger, News};

/// Lines a column.
const LINES: usize = 7;

pub fn page(v: &Visit, ledger: &Ledger) -> Answer {
    let when = v.when(ledger)?;
    if when.reports.is_none() {
        return Ok(layout::page(v, "", empty(v)));
    }
    let (new, changed) = (news(ledger, &when, News::First)?, news(ledger, &when, News::Later)?);
    let coming = coming(ledger, &when)?;
    let [documents, engagements, identities] = v.site.counts(ledger)?;
    let n = |n: u64| number(v.lang, n);
    let as_of = when.as_of().map(show).unwrap_or_default();
    Ok(layout::page(
        v,
        "",
        html! {
            section.hero.wide {
                div {
                h1 { (v.t("front.title")) }
                p.lead { (v.t("front.lead")) }
                (ask_box(v, ""))
                ul.counts {
                    li { b { (n(documents)) } " " (v.t("front.documents")) }
                    li { a href="/timeline" { b { (n(engagements)) } " " (v.t("front.engagements")) } }
                    li { a href="/who" { b { (n(identities)) } " " (v.t("front.identities")) } }
                }
                }
                div.key { h2 { (v.t("front.signs")) } ul.signs { @for s in crate::filter::STATUSES { li { (parts::status(v, s)) } } } }
            }
            (parts::when(v, &when))
            div.columns {
                section aria-labelledby="new" {
                    h2 #new { (v.t("front.new")) }
                    @if new.is_empty() { p.faint { (v.t("front.no_new")) } } @else { ol.rows { @for c in &new { (parts::change(v, c)) } } }
                    p.more { a href=(to("/timeline", &[("as_of", &as_of)])) { (v.t("front.all")) } }
                }
                section aria-labelledby="changed" {
                    h2 #changed { (v.t("front.changed")) }
                    @if changed.is_empty() { p.faint { (v.t("front.no_changed")) } } @else { ol.rows { @for c in &changed { (parts::change(v, c)) } } }
                    p.more { a href="/changes.atom" { (v.t("foot.atom")) } }
                }
                section aria-labelledby="coming" {
                    h2 #coming { (v.t("front.coming")) }
                    @if coming.is_empty() { p.faint { (v.t("front.no_coming")) } } @else { ol.rows { @for e in &coming { (parts::row(v, e, Some(when))) } } }
                    p.more { a href=(to("/coming", &[("as_of", &as_of)])) { (v.t("front.calendar")) } }
                }
            }
        },
    ))
}

/// One box for words to search and for questions.
pub fn ask_box(v: &Visit, q: &str) -> Markup {
    html! {
        form.askbox role="search" action="/search" method="get" {
            label for="q" { (v.t("ask.label")) }
            div.line {
                input #q type="search" name="q" value=(crate::text::visible(q)) maxlength="300" placeholder=(v.t("ask.example")) dir="auto" autocomplete="off";
                button type="submit" { (v.t("search.go")) }
                button.second type="submit" formaction="/ask" { (v.t("ask.go")) }
            }
        }
    }
}

/// What became known, or what changed: the latest report first.
fn news(ledger: &Ledger, when: &When, which: News) -> Result<Vec<Change>, crate::reply::Problem> {
    let mut all = vec![];
    let f = Filter { as_of: Some(when.day), limit: Some(LINES), ..Filter::default() };
    ledger.latest_changes(which, &f, &mut |c| {
        all.push(c);
        true
    })?;
    Ok(all)
}

fn coming(ledger: &Ledger, when: &When) -> Result<Vec<Engagement>, crate::reply::Problem> {
    let mut all = vec![];
    ledger.upcoming(when.day, &Filter { limit: Some(LINES), ..Filter::default() }, &mut |e| {
        all.push(e);
        true
    })?;
    Ok(all)
}

fn empty(v: &Visit) -> Markup {
    html! {
        section.hero { h1 { (v.t("front.title")) } p.lead { (v.t("front.lead")) } }
        (parts::empty(
            v.t("empty.ledger"),
            html! {
                p { (v.t("empty.add")) }
                pre { code { "mulaqat add articles/ --ledger " (v.site.pool.path().display()) } }
                p { (v.t("empty.demo")) " " a href="/read" { (v.t("empty.read")) } }
            },
        ))
    }
}
