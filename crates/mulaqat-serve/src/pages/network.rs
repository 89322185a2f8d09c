//! Who met whom: a picture of persons, and countries by countries.

use crate::graph::{Graph, gather};
use crate::layout;
use crate::names::{country, shown};
use crate::pages::timeline::form;
use crate::parts;
use crate::reply::Answer;
use crate::text::Text;
use crate::visit::{self, Visit, to};
use crate::words::number;
use maud::{Markup, html};
use mulaqat_ledger::{Ledger, Named};

const WIDE: f64 = 860.0;
const HIGH: f64 = 600.0;
/// Countries that have a colour of their own.
const COLOURS: usize = 6;

pub fn page(v: &Visit, ledger: &Ledger) -> Answer {
    let when = v.when(ledger)?;
    let g = gather(ledger, &v.filter()?)?;
    Ok(layout::page(
        v,
        v.t("nav.network"),
        html! {
            h1 { (v.t("nav.network")) }
            p.lead { (v.t("network.lead")) }
            (form(v, &when, false))
            @if g.nodes.is_empty() && g.countries.is_empty() {
                (parts::empty(v.t("network.none"), html! { p { (v.t("network.none_do")) } }))
            } @else {
                p.help { (v.f("network.looked", &[&number(v.lang, g.looked_at as u64)])) @if g.more { " " (v.t("network.more")) } }
                @if !g.nodes.is_empty() { (persons(v, &g)) }
                @if !g.countries.is_empty() { (matrix(v, &g)) }
            }
        },
    ))
}

/// Colours by how often a country comes first.
fn colours(g: &Graph) -> Vec<&str> {
    let mut by: Vec<(&str, usize)> = vec![];
    for n in &g.nodes {
        let c = n.country.as_deref().unwrap_or("-");
        match by.iter_mut().find(|b| b.0 == c) {
            Some(b) => b.1 += 1,
            None => by.push((c, 1)),
        }
    }
    by.sort_by_key(|b| std::cmp::Reverse(b.1));
    by.into_iter().filter(|b| b.0 != "-").take(COLOURS).map(|b| b.0).collect()
}

fn persons(v: &Visit, g: &Graph) -> Markup {
    let colours = colours(g);
    let colour =
        |c: Option<&str>| c.and_then(|c| colours.iter().position(|x| *x == c)).map_or("c-other".into(), |n| format!("c-{}", n + 1));
    let most = g.edges.iter().map(|e| e.engagements).max().unwrap_or(1) as f64;
    let most_of = g.nodes.iter().map(|n| n.engagements).max().unwrap_or(1) as f64;
    let size = |n: usize| 5.0 + 9.0 * (n as f64 / most_of).sqrt();
    let named = |n: usize| shown(v.lang, &g.nodes[n].key, &g.nodes[n].name).name.into_owned();
    let labels: Vec<f64> = (0..g.nodes.len()).map(|n| width(&named(n))).collect();
    let at = g.places(WIDE, HIGH, &labels);
    html! {
        section aria-labelledby="persons" {
            h2 #persons { (v.t("network.persons")) }
            div.scroll tabindex="0" role="region" aria-labelledby="persons" {
                svg.network viewBox={ "0 0 " (WIDE) " " (HIGH) } role="group" aria-label=(v.t("network.picture")) {
                    g.edges { @for e in &g.edges {
                        @let (a, b) = (at[e.a], at[e.b]);
                        line x1=(format!("{:.1}", a.0)) y1=(format!("{:.1}", a.1)) x2=(format!("{:.1}", b.0)) y2=(format!("{:.1}", b.1))
                            stroke-width=(format!("{:.1}", 1.0 + 4.0 * (e.engagements as f64 / most))) data-a=(e.a) data-b=(e.b) {
                            title { (Text(&named(e.a))) " – " (Text(&named(e.b))) ": " (e.engagements) }
                        }
                    } }
                    @for (n, node) in g.nodes.iter().enumerate() {
                        a class={ "node " (colour(node.country.as_deref())) } href=(visit::who(&node.key)) data-node=(n)
                            transform=(format!("translate({:.1} {:.1})", at[n].0, at[n].1)) {
                            title { (Text(&named(n))) ": " (v.count("n.engagements", node.engagements)) }
                            circle r=(format!("{:.1}", size(node.engagements))) {}
                            text y=(format!("{:.1}", size(node.engagements) + 13.0)) text-anchor="middle" { (Text(&named(n))) }
                        }
                    }
                }
            }
            ul.legend aria-label=(v.t("legend.label")) {
                @for (n, c) in colours.iter().enumerate() { li { span class={ "swatch c-" (n + 1) } {} (Text(country(v.lang, c))) } }
                li { span.swatch.c-other {} (v.t("network.others")) }
            }
            details {
                summary { (v.t("network.pairs")) }
                table {
                    caption.hidden { (v.t("network.pairs")) }
                    thead { tr { th scope="col" { (v.t("network.one")) } th scope="col" { (v.t("network.other")) } th.num scope="col" { (v.t("network.times")) } } }
                    tbody { @for e in g.edges.iter().take(60) { tr {
                        td { (link(v, g, e.a)) } td { (link(v, g, e.b)) }
                        td.num { (number(v.lang, e.engagements as u64)) }
                    } } }
                }
            }
        }
    }
}

/// About how wide a name is drawn; signs that sit on a letter take no room.
fn width(name: &str) -> f64 {
    let letter = |c: char| match c {
        '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{200c}' | '\u{200d}' => 1.5,
        c if c.is_ascii() => 7.4,
        _ => 9.0,
    };
    name.chars().map(letter).sum()
}

fn link(v: &Visit, g: &Graph, n: usize) -> Markup {
    parts::link(v, &Named { key: g.nodes[n].key.clone(), name: g.nodes[n].name.clone() })
}

fn matrix(v: &Visit, g: &Graph) -> Markup {
    let times = |a: usize, b: usize| g.pairs.iter().find(|e| (e.a, e.b) == (a.min(b), a.max(b))).map_or(0, |e| e.engagements);
    let most = g.pairs.iter().map(|e| e.engagements).max().unwrap_or(1);
    // five steps of shade; the number is what tells
    let shade = |n: usize| if n == 0 { 0 } else { 1 + (n * 4).div_ceil(most.max(1)).min(4) };
    let kept = |p: &str| v.params.get(p).unwrap_or_default().to_string();
    let cell = |a: usize, b: usize| {
        let (from, to_day, context) = (kept("from"), kept("to"), kept("context"));
        let fields =
            [("country", g.countries[a].as_str()), ("with", &g.countries[b]), ("type", "CONSULT"), ("from", &from), ("to", &to_day)];
        to("/timeline", &[fields.as_slice(), &[("context", context.as_str())]].concat())
    };
    html! {
        section aria-labelledby="matrix" {
            h2 #matrix { (v.t("network.matrix")) }
            p.help { (v.t("network.matrix_help")) }
            div.scroll tabindex="0" role="region" aria-labelledby="matrix" {
                table.matrix {
                    caption.hidden { (v.t("network.matrix")) }
                    thead { tr { td {} @for c in &g.countries { th scope="col" { abbr title=(Text(country(v.lang, c))) { (Text(c)) } } } } }
                    tbody { @for (a, c) in g.countries.iter().enumerate() { tr {
                        th scope="row" { (parts::country(v, c)) }
                        @for b in 0..g.countries.len() {
                            @if a == b { td.self { span.hidden { "–" } } }
                            @else { @let n = times(a, b); td class={ "h" (shade(n)) } { @if n > 0 { a href=(cell(a, b)) { (number(v.lang, n as u64)) } } @else { span.zero { "·" } } } }
                        }
                    } } }
                }
            }
        }
    }
}
