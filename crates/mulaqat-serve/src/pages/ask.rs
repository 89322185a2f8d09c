//! A question and its answer, with its proof: the words of the articles.

use crate::layout;
use crate::pages::front::ask_box;
use crate::parts;
use crate::reply::{Answer, Problem};
use crate::text::{Text, bdi};
use crate::visit::{self, Visit};
use crate::words::Lang;
use maud::{Markup, html};
use mulaqat::check::term;
use mulaqat_ask::{Found, Options, Proof, Quoted, Source};
use mulaqat_ledger::{Ledger, day::Day};

/// Engagements and statements told in an answer.
const TOLD: usize = 8;

pub fn page(v: &Visit, ledger: &Ledger) -> Answer {
    let when = v.when(ledger)?;
    let Some(q) = v.text("q")? else {
        return Ok(layout::page(
            v,
            v.t("nav.ask"),
            html! { h1 { (v.t("nav.ask")) } p.lead { (v.t("ask.lead")) } (ask_box(v, "")) (examples(v)) },
        ));
    };
    let a = answer(v, ledger, q, when.day, when.as_of())?;
    Ok(layout::page(
        v,
        q,
        html! {
            h1 { (parts::words(v, q)) }
            (parts::when(v, &when))
            section class={ "answer k-" (term(a.certainty)) } aria-labelledby="answer" {
                p.certainty #answer { (v.term("certainty", &term(a.certainty))) }
                p.told dir="auto" { (Text(&a.text)) }
                p.understood { (v.t("ask.understood")) ": " (bdi(&a.understood.text)) }
                @if !a.understood.unknown.is_empty() { p.understood { (v.t("ask.unknown")) ": " @for (n, u) in a.understood.unknown.iter().enumerate() { @if n > 0 { ", " } (bdi(u)) } } }
            }
            @if !a.engagements.is_empty() || !a.statements.is_empty() {
                section aria-labelledby="proof" {
                    h2 #proof { (v.t("ask.proof")) }
                    div.claims { @for s in &a.statements { (statement(v, s)) } @for e in &a.engagements { (engagement(v, e)) } }
                    @if a.more > 0 { p.faint { (v.count("list.more", a.more)) } }
                }
            }
            section { h2 { (v.t("ask.again")) } (ask_box(v, q)) @if !a.found { (examples(v)) } }
        },
    ))
}

/// The answer to a question, in the language of the interface.
pub fn answer(v: &Visit, ledger: &Ledger, q: &str, today: Day, as_of: Option<Day>) -> Result<mulaqat_ask::Answer, Problem> {
    let lang = match v.lang {
        Lang::Hi => mulaqat_ask::Lang::Hi,
        Lang::En => mulaqat_ask::Lang::En,
    };
    let options = Options { lang: Some(lang), today, as_of, limit: TOLD };
    mulaqat_ask::ask(&v.site.engine, ledger, q, &options).map_err(|e| match e {
        mulaqat_ask::Error::Ledger(e) => Problem::Ledger(e),
        _ => Problem::Fault,
    })
}

fn examples(v: &Visit) -> Markup {
    html! {
        p.help { (v.t("ask.examples")) }
        ul.examples { @for key in ["ask.example1", "ask.example2", "ask.example3", "ask.example4"] {
            @let q = crate::words::find(v.lang, key).unwrap_or(key);
            li { a href=(visit::to("/ask", &[("q", q)])) { (q) } }
        } }
    }
}

fn engagement(v: &Visit, e: &Found) -> Markup {
    html! {
        section class={ "claim s-" (term(e.status)) } {
            p.kicker { (parts::status(v, e.status)) " · " (parts::date(v, e.date.as_deref())) }
            h3 { a href=(visit::engagement(&e.id)) { (bdi(&e.sentence)) } }
            @if !e.sources.is_empty() { p.source { (v.t("claim.according")) ": " (sources(v, &e.sources)) } }
            @for d in &e.disagreement { p.differs { (bdi(d)) } }
            @for p in &e.evidence { (proof(v, p)) }
        }
    }
}

fn sources(v: &Visit, all: &[Source]) -> Markup {
    html! { @for (n, s) in all.iter().enumerate() { @if n > 0 { ", " } @match s.name.as_deref() { Some(name) => (parts::words(v, name)), None => (v.term("source", &s.kind)) } } }
}

fn proof(v: &Visit, p: &Proof) -> Markup {
    html! {
        blockquote lang="hi" dir="auto" { (Text(&p.before)) mark { (Text(&p.words)) } (Text(&p.after)) }
        p.source { (parts::publisher(v, p.publisher.as_deref())) " · " (parts::date(v, p.published.as_deref())) " · " a href=(visit::article(&p.doc)) lang="hi" { (bdi(p.title.as_deref().unwrap_or(&p.doc))) } }
    }
}

fn statement(v: &Visit, s: &Quoted) -> Markup {
    html! {
        section.claim.said {
            p.kicker { (parts::words(v, &s.speaker)) " · " @if s.direct { (v.t("statement.direct")) } @else { (v.t("statement.reported")) } @if let Some(m) = s.medium { ", " (v.term("medium", &term(m))) } }
            blockquote lang="hi" dir="auto" { (Text(&s.text)) }
            p.source { (parts::publisher(v, s.publisher.as_deref())) " · " (parts::date(v, s.published.as_deref())) " · " a href=(visit::article(&s.doc)) lang="hi" { (bdi(s.title.as_deref().unwrap_or(&s.doc))) } }
        }
    }
}
