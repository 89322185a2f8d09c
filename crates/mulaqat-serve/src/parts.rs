//! Pieces that several pages show: names, dates, statuses, an engagement in a line.

use crate::dates;
use crate::names;
use crate::text::{Text, bdi};
use crate::visit::{self, Visit, When};
use maud::{Markup, html};
use mulaqat::check::term;
use mulaqat::record::Status;
use mulaqat_ledger::{Change, Engagement, Named, Step, day};

/// A name in its language, where it has one of the interface's.
pub fn name(v: &Visit, key: &str, name: &str) -> Markup {
    let s = names::shown(v.lang, key, name);
    html! { bdi lang=[(s.lang != v.lang.code()).then_some(s.lang)] { (Text(&s.name)) } }
}

/// The title of an office, likewise.
pub fn title(v: &Visit, title: &str) -> Markup {
    let s = names::title(v.lang, title);
    html! { bdi lang=[(s.lang != v.lang.code()).then_some(s.lang)] title=[(s.name != title).then(|| crate::text::visible(title))] { (Text(&s.name)) } }
}

/// A name that leads to its page.
pub fn link(v: &Visit, n: &Named) -> Markup {
    html! { a.name href=(visit::who(&n.key)) { (name(v, &n.key, &n.name)) } }
}

/// A country by its code, as a link.
pub fn country(v: &Visit, code: &str) -> Markup {
    html! { a.name href=(visit::who(code)) { bdi { (Text(names::country(v.lang, code))) } } }
}

/// Words that may be in either language, as answers and their sources are.
pub fn words(v: &Visit, s: &str) -> Markup {
    let lang = if s.chars().any(|c| matches!(c, '\u{900}'..='\u{97f}')) { "hi" } else { "en" };
    html! { bdi lang=[(lang != v.lang.code()).then_some(lang)] { (Text(s)) } }
}

/// Names in a row: `A, B and C`.
fn list(v: &Visit, items: &[Markup]) -> Markup {
    html! {
        @for (n, item) in items.iter().enumerate() {
            @if n > 0 && n + 1 == items.len() { " " (v.t("list.and")) " " } @else if n > 0 { ", " }
            (item)
        }
    }
}

pub fn links(v: &Visit, list_of: &[Named]) -> Markup {
    list(v, &list_of.iter().map(|n| link(v, n)).collect::<Vec<_>>())
}

/// Who did it, and to whom; at most so many names a side.
pub fn who(v: &Visit, e: &Engagement, linked: bool, most: usize) -> Markup {
    let side = |all: &[Named]| {
        let shown = if all.len() > most + 1 { &all[..most] } else { all };
        let mut items: Vec<Markup> = shown.iter().map(|n| if linked { link(v, n) } else { name(v, &n.key, &n.name) }).collect();
        if shown.len() < all.len() {
            items.push(html! { (v.count("list.more", all.len() - shown.len())) });
        }
        list(v, &items)
    };
    html! {
        @if e.actors.is_empty() { span.faint { (v.t("who.unknown")) } } @else { (side(&e.actors)) }
        @if !e.recipients.is_empty() {
            " " span.arrow role="img" aria-label=(v.t("who.towards")) { "→" } " " (side(&e.recipients))
        }
    }
}

/// The same without markup, for titles.
pub fn who_words(v: &Visit, e: &Engagement) -> String {
    let side = |all: &[Named]| all.iter().take(4).map(|n| names::shown(v.lang, &n.key, &n.name).name).collect::<Vec<_>>().join(", ");
    match (e.actors.is_empty(), e.recipients.is_empty()) {
        (true, true) => v.t("who.unknown").into(),
        (false, true) => side(&e.actors),
        (true, false) => format!("→ {}", side(&e.recipients)),
        (false, false) => format!("{} → {}", side(&e.actors), side(&e.recipients)),
    }
}

/// What kind of happening it is.
pub fn class(v: &Visit, e: &Engagement) -> String {
    // deeds have their PLOVER type alone
    crate::words::find(v.lang, &format!("class.{}", e.class)).map_or_else(|| v.term("class", &e.kind), String::from)
}

/// A mark for each status that is told by shape as well as by colour.
pub fn dot(s: Status) -> Markup {
    html! {
        svg class={ "dot s-" (term(s)) } viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" {
            @match s {
                Status::Occurred => circle.full cx="8" cy="8" r="6" {},
                Status::Ongoing => { circle.line cx="8" cy="8" r="5.5" {} path.full d="M8 2.5a5.5 5.5 0 0 1 0 11z" {} },
                Status::Scheduled => circle.line cx="8" cy="8" r="5.5" {},
                Status::Tentative => circle.line cx="8" cy="8" r="5.5" stroke-dasharray="2.6 2.4" {},
                Status::Postponed => { circle.line cx="8" cy="8" r="5.5" {} path.line d="M6.4 5.4v5.2M9.6 5.4v5.2" {} },
                Status::Cancelled => { circle.line cx="8" cy="8" r="5.5" {} path.line d="M5.5 5.5l5 5M10.5 5.5l-5 5" {} },
                Status::Denied => { circle.line cx="8" cy="8" r="5.5" {} path.line d="M4.2 11.8l7.6-7.6" {} },
            }
        }
    }
}

/// A status in its colour, with its mark.
pub fn status(v: &Visit, s: Status) -> Markup {
    html! { span class={ "status s-" (term(s)) } { (dot(s)) (v.term("status", &term(s))) } }
}

/// A date in words; the EDTF value beside it where it says more.
pub fn date(v: &Visit, edtf: Option<&str>) -> Markup {
    html! {
        @match edtf {
            Some(d) => { time datetime=[is_html(d).then_some(d)] title=(Text(d)) { (Text(&dates::words(v.lang, d))) } }
            None => { span.faint { (v.t("date.unknown")) } }
        }
    }
}

/// Both forms: in words, and as EDTF.
pub fn date_both(v: &Visit, edtf: Option<&str>) -> Markup {
    html! { (date(v, edtf)) @if let Some(d) = edtf { " " code.iso { (Text(d)) } } }
}

/// HTML's `time` knows days, months and years only.
fn is_html(d: &str) -> bool {
    matches!(d.len(), 4 | 7 | 10) && d.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

/// `3 sources, 5 reports`.
pub fn support(v: &Visit, e: &Engagement) -> String {
    if e.families == e.documents {
        return v.count("n.sources", e.families);
    }
    format!("{} · {}", v.count("n.sources", e.families), v.count("n.reports", e.documents))
}

/// An engagement in a list.
pub fn row(v: &Visit, e: &Engagement, when: Option<When>) -> Markup {
    let as_of = when.and_then(When::as_of).map(day::show).unwrap_or_default();
    html! {
        li class={ "row s-" (term(e.status)) } {
            span.pin { (dot(e.status)) }
            div.body {
                p.kicker { span.class { (class(v, e)) } " " (status_word(v, e.status)) @if !e.conflicts.is_empty() { " " span.conflict { (v.t("row.conflict")) } } }
                h3 { a href=(visit::to(&visit::engagement(&e.id), &[("as_of", &as_of)])) { (who(v, e, false, 4)) } }
                p.meta {
                    (date(v, e.date.as_deref()))
                    @if !e.places.is_empty() { span.sep { " · " } (list(v, &e.places.iter().take(3).map(|p| name(v, &p.key, &p.name)).collect::<Vec<_>>())) }
                    span.sep { " · " } (support(v, e))
                }
            }
        }
    }
}

fn status_word(v: &Visit, s: Status) -> Markup {
    html! { span class={ "status s-" (term(s)) } { (v.term("status", &term(s))) } }
}

/// A change in words: what it was and what it is now.
pub fn change_words(v: &Visit, before: Option<&Step>, now: &Step) -> Markup {
    let status_of = |s: Status| html! { (status(v, s)) };
    let dated = |d: &Option<String>| html! { b { (date(v, d.as_deref())) } };
    html! {
        @match before {
            None => { span.said { (v.t("change.new")) " " (status_of(now.status)) @if now.date.is_some() { ", " (dated(&now.date)) } } }
            Some(b) => {
                @if b.status != now.status {
                    span.said { (v.t("change.was")) " " (status_of(b.status)) ", " (v.t("change.is")) " " (status_of(now.status)) }
                }
                @if b.date != now.date {
                    @if b.status != now.status { (v.t("change.then")) " " }
                    span.said {
                        @match (&b.date, &now.date) {
                            (Some(_), Some(_)) => { (v.t("change.date_was")) " " (dated(&b.date)) " " (v.t("change.date_is")) " " (dated(&now.date)) }
                            (None, _) => { (v.t("change.date_now")) " " (dated(&now.date)) }
                            (_, None) => { (v.t("change.date_gone")) }
                        }
                    }
                }
            }
        }
    }
}

/// A change in a list.
pub fn change(v: &Visit, c: &Change) -> Markup {
    let e = &c.engagement;
    html! {
        li class={ "row s-" (term(c.now.status)) } {
            span.pin { (dot(c.now.status)) }
            div.body {
                p.kicker { span.class { (class(v, e)) } " " (v.t("change.reported")) " " (date(v, c.now.as_of.as_deref())) }
                h3 { a href=(visit::engagement(&e.id)) { (who(v, e, false, 4)) } }
                p.meta { (change_words(v, c.before.as_ref(), &c.now)) }
            }
        }
    }
}

/// What to do where there is nothing to show.
pub fn empty(title: &str, advice: Markup) -> Markup {
    html! { div.empty { p.title { (title) } (advice) } }
}

/// A banner where the page shows an earlier day than today.
pub fn when(v: &Visit, w: &When) -> Markup {
    html! {
        @if w.chosen {
            p.banner role="note" { (v.t("when.chosen")) " " b { (dates::day(v.lang, w.day)) } ". " a href=(v.here("as_of", "")) { (v.t("when.back")) } }
        } @else if w.old {
            p.banner role="note" { (v.t("when.old")) " " b { (dates::day(v.lang, w.day)) } "." }
        }
    }
}

/// A publisher and what it is called when it is not known.
pub fn publisher(v: &Visit, p: Option<&str>) -> Markup {
    html! { @match p { Some(p) => { (bdi(p)) } None => { span.faint { (v.t("publisher.unknown")) } } } }
}

/// Who a report names as its source: `kind:name` as the ledger keeps it.
pub fn source(v: &Visit, s: &str) -> Markup {
    let (kind, name) = s.split_once(':').unwrap_or(("", s));
    html! {
        @if name.is_empty() { (v.term("source", kind)) }
        @else { bdi lang="hi" { (Text(name)) } @if !kind.is_empty() { " " span.faint { "(" (v.term("source", kind)) ")" } } }
    }
}
