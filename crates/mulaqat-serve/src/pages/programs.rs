//! What programs can ask: the API, the feed and the calendar, in a page for people.

use crate::layout;
use crate::openapi;
use crate::reply::Answer;
use crate::visit::Visit;
use maud::html;

pub fn page(v: &Visit) -> Answer {
    let paths = openapi::paths();
    Ok(layout::page(
        v,
        v.t("api.title"),
        html! {
            h1 { (v.t("api.title")) }
            p.lead { (v.t("api.lead")) " " a href="/api/openapi.json" { "/api/openapi.json" } }
            div.scroll tabindex="0" role="region" aria-label=(v.t("api.title")) { table.wide {
                caption.hidden { (v.t("api.title")) }
                thead { tr { th scope="col" { (v.t("api.path")) } th scope="col" { (v.t("api.gives")) } } }
                tbody lang="en" { @for (path, method, summary) in paths { tr { th scope="row" { code { (method.to_uppercase()) " " (path) } } td { (summary) } } } }
            } }
            ul {
                li { a href="/changes.atom" { "/changes.atom" } " – " (v.t("foot.atom")) }
                li { a href="/upcoming.ics" { "/upcoming.ics" } " – " (v.t("foot.ics")) }
            }
        },
    ))
}
