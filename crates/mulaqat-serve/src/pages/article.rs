//! An article: its text with what was read from it marked, and the list of that beside it, linked both ways.

use crate::layout;
use crate::marks::{Marked, mark};
use crate::parts;
use crate::reply::{Answer, Problem};
use crate::text::{Text, bdi, web};
use crate::visit::{self, Visit};
use maud::{Markup, html};
use mulaqat::check::term;
use mulaqat::explain::Trace;
use mulaqat::record::{Entity, EntityType, Event, Record, Span};
use mulaqat_ledger::{Article, Ledger};

pub fn page(v: &Visit, ledger: &Ledger) -> Answer {
    let id = v.step(1);
    let Some(a) = ledger.article(&id)? else { return Err(Problem::Nothing { what: "document", id }) };
    let d = &a.record.document;
    let title = d.title.clone().unwrap_or_else(|| v.t("article.untitled").into());
    let why = v.params.get("explain").map(|_| v.site.engine.explain(d));
    Ok(layout::page(
        v,
        &title,
        html! {
            article.article {
                header {
                    h1 lang="hi" { (bdi(&title)) }
                    p.byline {
                        (parts::publisher(v, d.publisher.as_deref())) " · "
                        @match d.published.as_deref() { Some(_) => (parts::date(v, d.published.as_deref())), None => span.faint { (v.t("article.undated")) } }
                        @if let Some(url) = d.url.as_deref() {
                            " · " @match web(url) { Some(url) => a.outside href=(Text(url)) rel="noreferrer noopener external" { (v.t("article.original")) }, None => (bdi(url)) }
                        }
                        @if a.version > 1 { " · " (v.f("article.version", &[&a.version.to_string()])) }
                    }
                    (copies(v, &a))
                }
                (body(v, &a.record, Some(&a)))
                @match &why {
                    Some(t) => (explained(v, t, a.given)),
                    None => p.tools {
                        a.button href={ (v.here("explain", "1")) "#why" } { (v.t("article.explain")) }
                        " " a href={ "/api/v1/documents/" (visit::step(&id)) } { (v.t("tools.json")) }
                    }
                }
            }
        },
    ))
}

fn copies(v: &Visit, a: &Article) -> Markup {
    html! {
        @if !a.copies.is_empty() {
            details.reprints {
                summary { (v.count("article.copies", a.copies.len())) }
                ul { @for c in &a.copies {
                    li { (parts::publisher(v, c.publisher.as_deref())) " · " (parts::date(v, c.published.as_deref())) " · "
                        a href=(visit::article(&c.doc)) lang="hi" { (bdi(c.title.as_deref().unwrap_or(&c.doc))) } }
                } }
            }
        }
    }
}

/// The marked text with its list; with links into the ledger, where the article is in one.
pub fn body(v: &Visit, r: &Record, of: Option<&Article>) -> Markup {
    let m = mark(r);
    html! {
        (legend(v))
        div.reading {
            div.text lang="hi" dir="auto" { @for p in &m.paragraphs { p { (p) } } @if m.paragraphs.is_empty() { p.faint lang=(v.lang.code()) { (v.t("article.empty")) } } }
            aside.found aria-label=(v.t("article.found")) {
                (events(v, r, of, &m))
                (statements(v, r, &m))
                @for (kind, key) in [
                    (EntityType::Person, "article.persons"), (EntityType::Country, "article.countries"),
                    (EntityType::Organization, "article.bodies"), (EntityType::Place, "article.places"),
                ] { (entities(v, r, of, &m, kind, key)) }
                (times(v, r, &m))
            }
        }
    }
}

fn legend(v: &Visit) -> Markup {
    let words = [
        ("person", "legend.person"),
        ("country", "legend.country"),
        ("organization", "legend.organization"),
        ("place", "legend.place"),
        ("time", "legend.time"),
    ];
    html! {
        ul.legend aria-label=(v.t("legend.label")) {
            @for (class, key) in words { li { span class={ "word " (class) } { (crate::words::find(v.lang, key).unwrap_or(key)) } } }
            li { span.event { (v.t("legend.event")) } }
            li { span.statement { (v.t("legend.statement")) } }
        }
    }
}

/// Where an entry stands in the text.
fn back(v: &Visit, m: &Marked, id: &str) -> Markup {
    html! { @if m.found.contains(id) { a.back href={ "#" (id) "-0" } aria-label=(v.f("article.back", &[&id[1..]])) { "↩" } } }
}

/// A party or place of an event: to its entry in the list.
fn party(r: &Record, id: &str) -> Markup {
    let at = r.entities.iter().position(|e| e.id == id);
    html! { @match at.map(|n| (n, &r.entities[n])) { Some((n, e)) => a href={ "#e" (n + 1) } lang="hi" data-of={ "e" (n + 1) } { (bdi(&e.name)) }, None => (bdi(id)) } }
}

fn parties(r: &Record, ids: &[String]) -> Markup {
    html! { @for (n, id) in ids.iter().enumerate() { @if n > 0 { ", " } (party(r, id)) } }
}

fn class(e: &Event) -> String {
    let has = |m: &str| e.modes.iter().any(|x| x == m);
    match (term(e.kind).as_str(), has("visit"), has("phone")) {
        ("CONSULT", true, _) => "visit".into(),
        ("CONSULT", _, true) => "phone".into(),
        ("CONSULT", ..) => "meeting".into(),
        (kind, ..) => kind.into(),
    }
}

fn events(v: &Visit, r: &Record, of: Option<&Article>, m: &Marked) -> Markup {
    let engagement = |id: &str| of.and_then(|a| a.engagements.iter().find(|e| e.0 == id)).map(|e| e.1.as_str());
    html! {
        section aria-labelledby="events" {
            h2 #events { (v.t("article.events")) " " span.count { (r.events.len()) } }
            @if r.events.is_empty() { p.faint { (v.t("article.no_events")) } }
            ol.entries {
                @for (n, e) in r.events.iter().enumerate() {
                    @let id = format!("v{}", n + 1);
                    li.event #(id) data-of=(id) tabindex="-1" {
                        p.head { span.no { (n + 1) } " " b { (v.term("class", &class(e))) } " " (parts::status(v, e.status)) " " (back(v, m, &id)) }
                        p { @if e.actors.is_empty() { span.faint { (v.t("who.unknown")) } } @else { (parties(r, &e.actors)) } @if !e.recipients.is_empty() { " → " (parties(r, &e.recipients)) } }
                        p.meta {
                            (parts::date(v, e.date.as_deref()))
                            @if !e.places.is_empty() { " · " (parties(r, &e.places)) }
                            @for c in &e.contexts { " · " (v.term("context", c)) }
                        }
                        @if !e.sources.is_empty() { p.meta { (v.t("claim.according")) ": " @for (n, s) in e.sources.iter().enumerate() { @if n > 0 { ", " } (parts::source(v, &format!("{}:{}", term(s.kind), s.name.as_deref().unwrap_or_default()))) } } }
                        @if let Some(id) = engagement(&e.id) { p { a.more href=(visit::engagement(id)) { (v.t("article.all_claims")) " →" } } }
                    }
                }
            }
        }
    }
}

fn statements(v: &Visit, r: &Record, m: &Marked) -> Markup {
    html! {
        @if !r.statements.is_empty() {
            section aria-labelledby="statements" {
                h2 #statements { (v.t("article.statements")) " " span.count { (r.statements.len()) } }
                ol.entries {
                    @for (n, s) in r.statements.iter().enumerate() {
                        @let id = format!("s{}", n + 1);
                        li.statement #(id) data-of=(id) tabindex="-1" {
                            p.head { span.no { (n + 1) } " " (party(r, &s.speaker)) " " span.faint { @if s.direct { (v.t("statement.direct")) } @else { (v.t("statement.reported")) } @if let Some(medium) = s.medium { ", " (v.term("medium", &term(medium))) } } " " (back(v, m, &id)) }
                            blockquote lang="hi" dir="auto" { (Text(&s.span.text)) }
                        }
                    }
                }
            }
        }
    }
}

fn entities(v: &Visit, r: &Record, of: Option<&Article>, m: &Marked, kind: EntityType, key: &'static str) -> Markup {
    let all: Vec<(usize, &Entity)> = r.entities.iter().enumerate().filter(|(_, e)| e.kind == kind).collect();
    let who = |id: &str| of.and_then(|a| a.identities.iter().find(|i| i.0 == id)).map(|i| i.1.as_str());
    html! {
        @if !all.is_empty() {
            section {
                h2 { (crate::words::find(v.lang, key).unwrap_or(key)) " " span.count { (all.len()) } }
                ul.entries {
                    @for (n, e) in all {
                        @let id = format!("e{}", n + 1);
                        li #(id) class=(term(kind)) data-of=(id) tabindex="-1" {
                            @match who(&e.id) { Some(key) => a.name href=(visit::who(key)) lang="hi" { (bdi(&e.name)) }, None => b lang="hi" { (bdi(&e.name)) } }
                            @for role in &e.roles { ", " span lang="hi" { (bdi(&role.title)) } }
                            @if let Some(c) = e.country.as_deref().filter(|_| kind != EntityType::Country) { " " span.faint { (Text(crate::names::country(v.lang, c))) } }
                            " " (back(v, m, &id))
                        }
                    }
                }
            }
        }
    }
}

fn times(v: &Visit, r: &Record, m: &Marked) -> Markup {
    html! {
        @if !r.times.is_empty() {
            section {
                h2 { (v.t("article.times")) " " span.count { (r.times.len()) } }
                ul.entries {
                    @for (n, t) in r.times.iter().enumerate() {
                        @let id = format!("t{}", n + 1);
                        li.time #(id) data-of=(id) tabindex="-1" {
                            span lang="hi" { (bdi(&t.span.text)) } " → " @match t.value.as_deref() { Some(d) => (parts::date_both(v, Some(d))), None => span.faint { (v.t("time.loose")) } }
                            " " (back(v, m, &id))
                        }
                    }
                }
            }
        }
    }
}

/// Which rule or list made each finding, and what nearly did.
pub fn explained(v: &Visit, t: &Trace, given: bool) -> Markup {
    let words = |s: &Span| html! { span lang="hi" { (bdi(&s.text)) } };
    let heads = |keys: &[&'static str]| html! { thead { tr { @for k in keys { th scope="col" { (v.t(k)) } } } } };
    html! {
        section.why #why aria-labelledby="why-title" tabindex="-1" {
            h2 #why-title { (v.t("why.title")) }
            p.help { (v.t("why.help")) @if given { " " (v.t("why.given")) } }
            div.scroll tabindex="0" role="region" aria-label=(v.t("article.events")) { table {
                caption { (v.t("article.events")) }
                (heads(&["why.rule", "why.trigger", "claim.status", "claim.who", "claim.date"]))
                tbody { @for e in &t.events { tr {
                    th scope="row" { code { (e.frame) } }
                    td { (words(&e.trigger)) }
                    td { (v.term("status", &term(e.status))) }
                    td lang="hi" { (bdi(&e.actors.join(", "))) @if !e.recipients.is_empty() { " → " (bdi(&e.recipients.join(", "))) } }
                    td { (parts::date(v, e.date.as_deref())) " " span.faint { (v.term("explain", e.date_from)) } }
                } } }
            } }
            div.scroll tabindex="0" role="region" aria-label=(v.t("why.names")) { table {
                caption { (v.t("why.names")) }
                (heads(&["why.words", "why.stands", "why.what", "why.rule"]))
                tbody { @for n in &t.names { tr {
                    th scope="row" { (words(&n.words)) }
                    td lang="hi" { @match &n.entity { Some(e) => (bdi(e)), None => span.faint lang=(v.lang.code()) { (v.t("why.context")) } } }
                    td lang="en" { (n.what) } td { code { (n.rule) } }
                } } }
            } }
            div.scroll tabindex="0" role="region" aria-label=(v.t("article.times")) { table {
                caption { (v.t("article.times")) }
                (heads(&["why.words", "claim.date", "why.rule"]))
                tbody { @for x in &t.times { tr { th scope="row" { (words(&x.words)) } td { @match x.value.as_deref() { Some(d) => (parts::date_both(v, Some(d))), None => span.faint { (v.t("time.loose")) } } } td { code { (x.rule) } } } } }
            } }
            @if !t.nearly.is_empty() {
                div.scroll tabindex="0" role="region" aria-label=(v.t("why.nearly")) { table {
                    caption { (v.t("why.nearly")) }
                    (heads(&["why.rule", "why.trigger", "why.why"]))
                    tbody { @for n in &t.nearly { tr { th scope="row" { code { (n.frame) } } td { (words(&n.trigger)) } td lang="en" { (n.why) } } } }
                } }
            }
        }
    }
}

/// Who speaks or acts, for a page's summary line.
pub fn summary(v: &Visit, r: &Record) -> Markup {
    html! { p.summary role="status" { (v.count("n.events", r.events.len())) " · " (v.count("n.statements", r.statements.len())) " · " (v.count("n.entities", r.entities.len())) } }
}
