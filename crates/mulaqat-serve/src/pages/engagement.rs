//! One engagement: what it comes to, its status in time, its conflicts, and its claims side by side.

use crate::chart;
use crate::layout;
use crate::parts;
use crate::reply::{Answer, Problem};
use crate::text::{Text, bdi};
use crate::visit::{self, Visit};
use maud::{Markup, html};
use mulaqat::check::term;
use mulaqat_ledger::{Conflict, Engagement, Ledger, Told};
use std::collections::BTreeMap;

/// Independent sources shown at once.
const MOST: usize = 60;

pub fn page(v: &Visit, ledger: &Ledger) -> Answer {
    let id = v.step(1);
    let when = v.when(ledger)?;
    let Some(e) = ledger.engagement(&id, when.as_of())? else {
        return Err(Problem::Nothing { what: "engagement", id });
    };
    let told = ledger.told(&e.id, when.as_of())?;
    let title = format!("{}: {}", parts::class(v, &e), parts::who_words(v, &e));
    let families = families(&told);
    Ok(layout::page(
        v,
        &title,
        html! {
            article.engagement {
                p.kicker { span.class { (parts::class(v, &e)) } }
                h1 { (parts::who(v, &e, true, 24)) }
                p.stand { (parts::status(v, e.status)) " " (parts::date(v, e.date.as_deref())) }
                (parts::when(v, &visit::When { old: false, ..when }))
                div.two {
                    div {
                        (facts(v, &e))
                    }
                    section aria-labelledby="history" {
                        h2 #history { (v.t("engagement.history")) }
                        div.scroll tabindex="0" role="region" aria-label=(v.t("chart.history")) { (chart::history(v, &e)) }
                        (steps(v, &e, &told))
                    }
                }
                @if !e.conflicts.is_empty() { (conflicts(v, &e.conflicts, &told)) }
                section aria-labelledby="claims" {
                    h2 #claims { (v.t("engagement.claims")) " " span.count { (v.count("n.sources", families.len())) } }
                    p.help { (v.t("engagement.claims_help")) }
                    div.claims { @for f in families.iter().take(MOST) { (family(v, f, &e)) } }
                    @if families.len() > MOST { p.faint { (v.count("list.more", families.len() - MOST)) } }
                }
                p.tools { a href={ "/api/v1/engagements/" (e.id) } { (v.t("tools.json")) } }
            }
        },
    ))
}

fn facts(v: &Visit, e: &Engagement) -> Markup {
    let ends = |s: Option<&mulaqat_ledger::Step>| s.and_then(|s| s.as_of.clone());
    html! {
        dl.facts {
            dt { (v.t("facts.when")) } dd { (parts::date_both(v, e.date.as_deref())) }
            dt { (v.t("facts.where")) } dd { @if e.places.is_empty() { span.faint { (v.t("facts.unsaid")) } } @else { (parts::links(v, &e.places)) } }
            @if !e.contexts.is_empty() {
                dt { (v.t("facts.about")) }
                dd { @for (n, c) in e.contexts.iter().enumerate() { @if n > 0 { ", " } a href=(visit::to("/timeline", &[("context", c)])) { (v.term("context", c)) } } }
            }
            dt { (v.t("facts.support")) } dd { (parts::support(v, e)) }
            dt { (v.t("facts.first")) } dd { (parts::date(v, ends(e.history.first()).as_deref())) }
            @if e.history.len() > 1 { dt { (v.t("facts.last")) } dd { (parts::date(v, ends(e.history.last()).as_deref())) } }
            dt { (v.t("facts.id")) } dd { code { (e.id) } }
        }
    }
}

fn steps(v: &Visit, e: &Engagement, told: &[Told]) -> Markup {
    html! {
        ol.steps {
            @for (n, s) in e.history.iter().enumerate() {
                li {
                    span.day { (parts::date(v, s.as_of.as_deref())) }
                    div {
                        (parts::change_words(v, n.checked_sub(1).map(|b| &e.history[b]), s))
                        span.by { " — " @for (n, d) in s.docs.iter().take(3).enumerate() { @if n > 0 { ", " } (doc(v, d, told)) } @if s.docs.len() > 3 { " " (v.count("list.more", s.docs.len() - 3)) } }
                    }
                }
            }
        }
    }
}

/// A document by its publisher.
fn doc(v: &Visit, id: &str, told: &[Told]) -> Markup {
    let publisher = told.iter().find(|t| t.doc == id).and_then(|t| t.publisher.as_deref());
    html! { a href=(visit::article(id)) { @match publisher { Some(p) => (bdi(p)), None => { (v.t("publisher.report")) " " bdi.id { (Text(id)) } } } } }
}

fn conflicts(v: &Visit, all: &[Conflict], told: &[Told]) -> Markup {
    html! {
        section.conflicts aria-labelledby="conflicts" {
            h2 #conflicts { (v.t("engagement.conflicts")) }
            @for c in all {
                table {
                    caption { (v.term("field", &c.field)) }
                    thead { tr { th scope="col" { (v.t("conflict.value")) } th scope="col" { (v.t("conflict.support")) } th scope="col" { (v.t("conflict.by")) } } }
                    tbody {
                        @for value in &c.values {
                            tr {
                                th scope="row" {
                                    @match c.field.as_str() {
                                        "date" => (parts::date_both(v, Some(&value.value))),
                                        "status" => (v.term("status", &value.value)),
                                        _ => (html! { bdi lang="hi" { (Text(&value.value)) } }),
                                    }
                                }
                                td { (v.count("n.sources", value.families)) }
                                td { @for (n, d) in value.docs.iter().take(6).enumerate() { @if n > 0 { ", " } (doc(v, d, told)) } @if value.docs.len() > 6 { " " (v.count("list.more", value.docs.len() - 6)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Claims by independent source: reprints of one copy stand together, the first report first.
fn families(told: &[Told]) -> Vec<Vec<&Told>> {
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out: Vec<Vec<&Told>> = vec![];
    for t in told {
        match at.get(t.family.as_str()) {
            Some(&n) => out[n].push(t),
            None => {
                at.insert(&t.family, out.len());
                out.push(vec![t]);
            }
        }
    }
    out
}

fn family(v: &Visit, f: &[&Told], e: &Engagement) -> Markup {
    let [first, rest @ ..] = f else { return html! {} };
    html! {
        section class={ "claim s-" (term(first.status)) } {
            (claim(v, first, e))
            @if !rest.is_empty() {
                details.reprints {
                    summary { (v.count("claim.reprints", rest.len())) }
                    @for t in rest { div.reprint { (claim(v, t, e)) } }
                }
            }
        }
    }
}

fn claim(v: &Visit, t: &Told, e: &Engagement) -> Markup {
    let disputed = |field: &str| e.conflicts.iter().any(|c| c.field == field);
    let differs = |field: &str, same: bool| (disputed(field) && !same).then_some("differs");
    let names = |list: &[String]| list.iter().map(|n| bdi(n)).collect::<Vec<_>>();
    let list = |items: &[Markup]| html! { @for (n, i) in items.iter().enumerate() { @if n > 0 { ", " } (i) } };
    html! {
        h3 { (parts::publisher(v, t.publisher.as_deref())) }
        p.source { (parts::date(v, t.published.as_deref())) " · " a href=(visit::article(&t.doc)) { @match &t.title { Some(title) => span lang="hi" { (bdi(title)) }, None => { (v.t("publisher.report")) " " bdi.id { (Text(&t.doc)) } } } } }
        dl {
            dt { (v.t("claim.status")) } dd class=[differs("status", t.status == e.status)] { (parts::status(v, t.status)) }
            dt { (v.t("claim.date")) } dd class=[differs("date", t.date == e.date)] { (parts::date(v, t.date.as_deref())) }
            dt { (v.t("claim.place")) } dd class=[differs("place", t.places.iter().all(|p| e.places.iter().take(1).any(|q| &q.name == p)))] lang="hi" { @if t.places.is_empty() { span.faint lang=(v.lang.code()) { (v.t("facts.unsaid")) } } @else { (list(&names(&t.places))) } }
            dt { (v.t("claim.who")) } dd lang="hi" {
                (list(&names(&t.actors)))
                @if !t.recipients.is_empty() { " → " (list(&names(&t.recipients))) }
            }
            @if !t.sources.is_empty() { dt { (v.t("claim.according")) } dd { @for (n, s) in t.sources.iter().enumerate() { @if n > 0 { ", " } (parts::source(v, s)) } } }
        }
        @for w in &t.evidence {
            blockquote lang="hi" dir="auto" { (Text(&w.before)) mark { (Text(&w.words)) } (Text(&w.after)) }
        }
    }
}
