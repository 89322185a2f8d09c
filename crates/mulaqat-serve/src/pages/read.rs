//! Paste an article and see it read. Nothing of it is kept.

use crate::layout;
use crate::pages::article;
use crate::reply::{Answer, Problem};
use crate::text::{bdi, visible};
use crate::visit::Visit;
use maud::{Markup, html};
use mulaqat::record::Document;
use mulaqat_ledger::day;

/// Letters of an article: the longest reads in a blink, and none is longer.
pub const LETTERS: usize = 60_000;

pub fn page(v: &Visit) -> Answer {
    let Some(text) = v.form.raw("text") else { return Ok(layout::page(v, v.t("nav.read"), form(v))) };
    if text.chars().count() > LETTERS {
        return Err(Problem::TooLong(LETTERS));
    }
    let published = match v.form.get("published") {
        Some(d) if day::parse(d).is_none() => return Err(Problem::field("published", d, v.t("bad.day"))),
        d => d.map(String::from),
    };
    let title = v.form.get("title").map(|t| t.chars().take(500).collect::<String>());
    let doc = Document { title, published, language: "hi".into(), text: text.replace("\r\n", "\n"), ..Document::default() };
    let record = v.site.engine.read(&doc);
    let trace = v.site.engine.explain(&doc);
    Ok(layout::page(
        v,
        v.t("read.result"),
        html! {
            h1 { @match &doc.title { Some(t) => span lang="hi" { (bdi(t)) }, None => (v.t("read.result")) } }
            (article::summary(v, &record))
            @if doc.text.trim().is_empty() { p.banner role="note" { (v.t("read.empty")) } }
            @else if doc.published.is_none() { p.banner role="note" { (v.t("read.undated")) } }
            article.article { (article::body(v, &record, None)) }
            details { summary { (v.t("article.explain")) } (article::explained(v, &trace, false)) }
            section { h2 { (v.t("read.again")) } (form(v)) }
        },
    ))
}

fn form(v: &Visit) -> Markup {
    let value = |name: &str| visible(v.form.raw(name).unwrap_or_default()).into_owned();
    let first = v.form.raw("text").is_none();
    html! {
        @if first { h1 { (v.t("nav.read")) } p.lead { (v.t("read.lead")) } }
        form.paste action="/read" method="post" {
            p { label for="p-title" { (v.t("read.title")) } input #p-title name="title" value=(value("title")) maxlength="500" dir="auto" lang="hi"; }
            p { label for="p-published" { (v.t("read.published")) } input #p-published type="date" name="published" value=(value("published")) aria-describedby="p-help"; }
            p.help #p-help { (v.t("read.published_help")) }
            p { label for="p-text" { (v.t("read.text")) } textarea #p-text name="text" rows="14" required lang="hi" dir="auto" maxlength=(LETTERS) { "\n" (value("text")) } }
            p.buttons { button type="submit" { (v.t("read.go")) } " " span.faint { (v.t("read.kept")) } }
        }
    }
}
