//! Documents and identities by words, in Devanagari or Latin.

use crate::layout;
use crate::pages::front::ask_box;
use crate::parts;
use crate::reply::Answer;
use crate::text::{Text, bdi};
use crate::visit::{self, Visit, to};
use maud::html;
use mulaqat_ledger::Ledger;

const LINES: usize = 30;

pub fn page(v: &Visit, ledger: &Ledger) -> Answer {
    let when = v.when(ledger)?;
    let q = v.text("q")?.unwrap_or_default();
    let hits = if q.is_empty() { vec![] } else { ledger.search(q, when.as_of(), LINES)? };
    let known = if q.is_empty() { vec![] } else { ledger.entities(Some(q), None, None, 6)? };
    Ok(layout::page(
        v,
        &if q.is_empty() { v.t("search.title").to_string() } else { v.f("search.for", &[q]) },
        html! {
            h1 { (v.t("search.title")) }
            (ask_box(v, q))
            (parts::when(v, &visit::When { old: false, ..when }))
            @if !known.is_empty() {
                section aria-labelledby="names" {
                    h2 #names { (v.t("search.names")) }
                    ul.chips { @for i in &known { li { a.name href=(visit::who(&i.key)) { (parts::name(v, &i.key, &i.name)) } " " span.faint { (v.term("kind", &i.kind)) " · " (v.count("n.reports", i.documents.max(0) as usize)) } } } }
                }
            }
            @if !q.is_empty() {
                section aria-labelledby="documents" {
                    h2 #documents { (v.t("search.documents")) " " span.count { (hits.len()) @if hits.len() == LINES { "+" } } }
                    @if hits.is_empty() { (parts::empty(v.t("search.none"), html! { p { (v.t("search.none_do")) } })) }
                    ol.hits { @for h in &hits { li {
                        h3 { a href=(visit::article(&h.id)) lang="hi" { (bdi(h.title.as_deref().unwrap_or(&h.id))) } }
                        p.meta { (parts::publisher(v, h.publisher.as_deref())) " · " (parts::date(v, h.published.as_deref())) @if !h.engagements.is_empty() { " · " (v.count("n.engagements", h.engagements.len())) } }
                        p lang="hi" dir="auto" { (Text(&h.snippet)) }
                    } } }
                    @if !hits.is_empty() { p.more { a href=(to("/timeline", &[("text", q)])) { (v.t("search.engagements")) " →" } } }
                }
            }
        },
    ))
}
