//! A person, country, body or place: engagements over time, with whom, roles held, spellings seen. And the list of all.

use crate::chart;
use crate::layout;
use crate::names::{country_of, kind_of};
use crate::pages::timeline::months;
use crate::parts;
use crate::reply::{Answer, Problem};
use crate::text::{Text, bdi, visible};
use crate::visit::{self, Visit, to};
use crate::words::number;
use maud::{Markup, html};
use mulaqat_ledger::{Engagement, Filter, Identity, Ledger, Named, Profile};
use std::collections::{BTreeMap, HashMap};

/// Engagements shown, and looked at for who takes part in them.
const LINES: usize = 25;
pub const LOOK: usize = 250;
/// Documents looked at for names and offices.
pub const DOCUMENTS: usize = 100;
const PARTNERS: usize = 12;
pub const KINDS: [&str; 4] = ["person", "country", "organization", "place"];

pub fn page(v: &Visit, ledger: &Ledger) -> Answer {
    let key = v.step(1);
    let when = v.when(ledger)?;
    let Some(p) = ledger.profile(&key, DOCUMENTS)? else { return Err(Problem::Nothing { what: "identity", id: key }) };
    let f = filter(&p.identity);
    let all = engagements(ledger, &Filter { as_of: when.as_of(), limit: Some(LOOK), ..f.clone() })?;
    let busy = ledger.busy(&Filter { as_of: when.as_of(), ..f })?;
    let total: u64 = busy.iter().map(|b| b.1).sum();
    let i = &p.identity;
    let own = crate::names::shown(v.lang, &i.key, &i.name).name.into_owned();
    Ok(layout::page(
        v,
        &own,
        html! {
            article.who {
                p.kicker { span.class { (v.term("kind", &i.kind)) } @if let Some(c) = i.country.as_deref().filter(|c| *c != i.key) { " · " (parts::country(v, c)) } }
                h1 { (parts::name(v, &i.key, &i.name)) @if own != i.name { " " span.other lang="hi" { (bdi(&i.name)) } } }
                p.stand { (v.count("n.engagements", total as usize)) " · " (v.count("n.reports", i.documents.max(0) as usize)) }
                (parts::when(v, &visit::When { old: false, ..when }))
                (chart::busy(v, &busy))
                div.two {
                    section aria-labelledby="engagements" {
                        h2 #engagements { (v.t("who.engagements")) }
                        @if all.is_empty() { (parts::empty(v.t("who.none"), html! { p { (v.t("who.none_do")) } })) }
                        (months(v, &all[..all.len().min(LINES)], when))
                        @if total as usize > LINES { p.more { a href=(timeline(i)) { (v.t("who.all")) " →" } } }
                    }
                    div.side {
                        (partners(v, &all, &key))
                        (offices(v, &p))
                        (spellings(v, &p))
                        (perhaps(v, &p))
                        p.tools { a href={ "/api/v1/identities/" (visit::step(&key)) } { (v.t("tools.json")) } }
                    }
                }
            }
        },
    ))
}

/// What an identity is found by.
pub fn filter(i: &Identity) -> Filter {
    match i.kind.as_str() {
        "country" if country_of(&i.key) == Some(&i.key) => Filter { country: Some(i.key.clone()), ..Filter::default() },
        "place" => Filter { place: Some(i.key.clone()), ..Filter::default() },
        _ => Filter { person: Some(i.key.clone()), ..Filter::default() },
    }
}

fn timeline(i: &Identity) -> String {
    let f = filter(i);
    let value = |o: &Option<String>| o.clone().unwrap_or_default();
    to("/timeline", &[("country", &value(&f.country)), ("place", &value(&f.place)), ("person", &value(&f.person))])
}

pub fn engagements(ledger: &Ledger, f: &Filter) -> Result<Vec<Engagement>, Problem> {
    let mut all = vec![];
    ledger.list(f, &mut |e| {
        all.push(e);
        true
    })?;
    Ok(all)
}

/// Who takes part in the same engagements, most often first; for a country also through those who speak for it.
pub fn counted<'e>(all: &'e [Engagement], key: &str) -> Vec<(&'e Named, usize)> {
    let mut by: HashMap<&str, (&Named, usize)> = HashMap::new();
    for e in all {
        let mut here: BTreeMap<&str, &Named> = BTreeMap::new();
        here.extend(e.actors.iter().chain(&e.recipients).map(|n| (n.key.as_str(), n)));
        for (k, n) in here {
            by.entry(k).or_insert((n, 0)).1 += 1;
        }
    }
    let own = |k: &str| k == key || (kind_of(key) == "country" && country_of(k) == Some(key));
    let mut list: Vec<_> = by.into_iter().filter(|(k, _)| !own(k)).map(|(_, v)| v).collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.key.cmp(&b.0.key)));
    list
}

fn partners(v: &Visit, all: &[Engagement], key: &str) -> Markup {
    let list = counted(all, key);
    let most = list.first().map_or(1, |l| l.1);
    html! {
        @if !list.is_empty() {
            section aria-labelledby="with" {
                h2 #with { (v.t("who.with")) }
                @if all.len() >= LOOK { p.help { (v.f("who.with_last", &[&number(v.lang, all.len() as u64)])) } }
                ol.bars {
                    @for (n, times) in list.iter().take(PARTNERS) {
                        li { (parts::link(v, n)) " " span.n { (number(v.lang, *times as u64)) } meter min="0" max=(most) value=(times) aria-hidden="true" {} }
                    }
                }
            }
        }
    }
}

fn offices(v: &Visit, p: &Profile) -> Markup {
    html! {
        @if !p.offices.is_empty() {
            section aria-labelledby="offices" {
                h2 #offices { (v.t("who.offices")) }
                (sample(v, p))
                table {
                    caption.hidden { (v.t("who.offices")) }
                    thead { tr { th scope="col" { (v.t("office.title")) } th scope="col" { (v.t("office.of")) } th scope="col" { (v.t("office.seen")) } } }
                    tbody { @for o in p.offices.iter().take(12) { tr {
                        th scope="row" { (parts::title(v, &o.title)) }
                        td { @match o.of.as_deref() { Some(c) if country_of(c) == Some(c) => (parts::country(v, c)), Some(b) => span lang="hi" { (bdi(b)) }, None => { "–" } } }
                        td { @match (&o.from, &o.to) { (Some(a), Some(b)) if a == b => (parts::date(v, Some(a))), (Some(a), Some(b)) => { (parts::date(v, Some(a))) " – " (parts::date(v, Some(b))) }, (a, b) => (parts::date(v, a.as_deref().or(b.as_deref()))) } }
                    } } }
                }
            }
        }
    }
}

fn spellings(v: &Visit, p: &Profile) -> Markup {
    html! {
        @if !p.names.is_empty() {
            section aria-labelledby="spellings" {
                h2 #spellings { (v.t("who.spellings")) }
                (sample(v, p))
                ul.spellings lang="hi" { @for (n, times) in p.names.iter().take(24) { li { (bdi(n)) " " span.n { (number(v.lang, *times as u64)) } } } }
            }
        }
    }
}

fn sample(v: &Visit, p: &Profile) -> Markup {
    html! { @if p.identity.documents > p.looked_at as i64 { p.help { (v.f("who.sample", &[&number(v.lang, p.looked_at as u64)])) } } }
}

fn perhaps(v: &Visit, p: &Profile) -> Markup {
    html! {
        @if !p.perhaps.is_empty() {
            section aria-labelledby="perhaps" {
                h2 #perhaps { (v.t("who.perhaps")) }
                ul { @for i in p.perhaps.iter().take(8) { li { a.name href=(visit::who(&i.key)) { (parts::name(v, &i.key, &i.name)) } " " span.faint { (v.count("n.reports", i.documents.max(0) as usize)) } } } }
                p.help { (v.t("who.perhaps_do")) " " code { "mulaqat entity merge" } }
            }
        }
    }
}

/// All identities, those in most reports first; by kind and name.
pub fn list(v: &Visit, ledger: &Ledger) -> Answer {
    const MOST: usize = 100;
    let kind = match v.params.get("kind") {
        None => None,
        Some(k) => Some(*KINDS.iter().find(|x| **x == k).ok_or_else(|| Problem::field("kind", k, v.f("bad.term", &[&KINDS.join(", ")])))?),
    };
    let name = v.text("name")?;
    let all = ledger.entities(name, kind, None, MOST)?;
    Ok(layout::page(
        v,
        v.t("nav.who"),
        html! {
            h1 { (v.t("nav.who")) }
            form.filters action="/who" method="get" {
                div.fields {
                    p { label for="f-name" { (v.t("filter.name")) } input #f-name name="name" value=(visible(name.unwrap_or_default())) dir="auto" maxlength="200"; }
                    p { label for="f-kind" { (v.t("filter.kind")) } select #f-kind name="kind" { option value="" { (v.t("filter.any")) } @for k in KINDS { option value=(k) selected[kind == Some(k)] { (v.term("kind", k)) } } } }
                }
                p.buttons { button type="submit" { (v.t("filter.go")) } }
            }
            @if all.is_empty() { (parts::empty(v.t("who.nobody"), html! { p { (v.t("who.nobody_do")) } })) } @else {
                div.scroll tabindex="0" role="region" aria-label=(v.t("nav.who")) { table.wide {
                    caption.hidden { (v.t("nav.who")) }
                    thead { tr { th scope="col" { (v.t("filter.name")) } th scope="col" { (v.t("filter.kind")) } th scope="col" { (v.t("filter.country")) } th.num scope="col" { (v.t("who.reports")) } } }
                    tbody { @for i in &all { tr {
                        th scope="row" { a.name href=(visit::who(&i.key)) { (parts::name(v, &i.key, &i.name)) } }
                        td { (v.term("kind", &i.kind)) }
                        td { @if let Some(c) = &i.country { (Text(crate::names::country(v.lang, c))) } }
                        td.num { (number(v.lang, i.documents.max(0) as u64)) }
                    } } }
                } }
            }
        },
    ))
}
