//! What an asker is told who gets no page: what is wrong, and what to do.

use crate::layout;
use crate::pages::front::ask_box;
use crate::reply::{Problem, Reply};
use crate::text::{Text, bdi};
use crate::visit::Visit;
use crate::words::number;
use maud::{Markup, html};

pub fn page(v: &Visit, p: &Problem) -> Reply {
    let (title, advice) = told(v, p);
    layout::page(v, title, html! { div.problem { p.code { (p.status()) } h1 { (title) } (advice) } })
}

fn told(v: &Visit, p: &Problem) -> (&'static str, Markup) {
    match p {
        Problem::NoPage => (v.t("problem.page"), html! { p { (v.t("problem.page_do")) } (ask_box(v, "")) }),
        Problem::Nothing { what, id } => {
            let title = match *what {
                "engagement" => v.t("problem.engagement"),
                "document" => v.t("problem.document"),
                _ => v.t("problem.identity"),
            };
            (title, html! { p { code { (bdi(&short(id))) } } p { (v.t("problem.nothing_do")) } (ask_box(v, "")) })
        }
        Problem::Field { name, value, should } => (
            v.t("problem.field"),
            html! { p { code { (name) } ": " code { (bdi(value)) } } p { (Text(should)) } p { a href=(v.path) { (v.t("filter.clear")) } } },
        ),
        Problem::Method(allowed) => (v.t("problem.method"), html! { p { (v.f("problem.method_do", &[allowed])) } }),
        Problem::TooLong(most) => (v.t("problem.long"), html! { p { (v.f("problem.long_do", &[&number(v.lang, *most as u64)])) } }),
        Problem::Host(name) => {
            (v.t("problem.host"), html! { p { code { (bdi(&short(name))) } } p { (v.t("problem.host_do")) " " code { "--allow-host" } } })
        }
        Problem::Foreign => (v.t("problem.foreign"), html! { p { (v.t("problem.foreign_do")) } }),
        Problem::NoLedger => (
            v.t("problem.no_ledger"),
            html! {
                p { code { (bdi(&v.site.pool.path().display().to_string())) } }
                p { (v.t("empty.add")) }
                pre { code { "mulaqat add articles/ --ledger " (v.site.pool.path().display()) } }
                p { (v.t("empty.demo")) " " a href="/read" { (v.t("empty.read")) } }
            },
        ),
        Problem::Ledger(e) => {
            (v.t("problem.ledger"), html! { p { code { (bdi(&e.path.display().to_string())) } } p lang="en" { (Text(&e.to_string())) } })
        }
        Problem::Fault => (v.t("problem.fault"), html! { p { (v.t("problem.fault_do")) } }),
    }
}

fn short(s: &str) -> String {
    s.chars().take(200).collect()
}
