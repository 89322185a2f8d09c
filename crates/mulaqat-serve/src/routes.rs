//! Which page stands at which address.

use crate::reply::{Answer, Problem, Reply};
use crate::visit::Visit;
use crate::{api, assets, atom, ics, openapi, pages};
use mulaqat_ledger::Ledger;

/// A page, with or without a ledger to read.
pub enum Page {
    Plain(fn(&Visit) -> Answer),
    Ledger(fn(&Visit, &Ledger) -> Answer),
}

/// The page of a path, and the methods that it takes.
pub fn find(path: &str) -> Option<(Page, &'static str)> {
    use Page::{Ledger, Plain};
    const GET: &str = "GET, HEAD";
    let steps: Vec<&str> = path.split('/').filter(|s| !s.is_empty()).collect();
    let page = match steps.as_slice() {
        [] => Ledger(pages::front::page),
        ["timeline"] => Ledger(pages::timeline::page),
        ["engagement", _] => Ledger(pages::engagement::page),
        ["article", _] => Ledger(pages::article::page),
        ["who"] => Ledger(pages::who::list),
        ["who", _] => Ledger(pages::who::page),
        ["network"] => Ledger(pages::network::page),
        ["coming"] => Ledger(pages::coming::page),
        ["search"] => Ledger(pages::search::page),
        ["ask"] => Ledger(pages::ask::page),
        ["read"] => return Some((Plain(pages::read::page), "GET, HEAD, POST")),
        ["api"] => Plain(pages::programs::page),
        ["changes.atom"] => Ledger(atom::feed),
        ["upcoming.ics"] => Ledger(ics::calendar),
        ["assets", _] => Plain(asset),
        ["api", "openapi.json"] => Plain(openapi::document),
        ["api", "v1", "ledger"] => Ledger(api::ledger),
        ["api", "v1", "engagements"] => Ledger(api::engagements),
        ["api", "v1", "engagements", _] => Ledger(api::engagement),
        ["api", "v1", "upcoming"] => Ledger(api::upcoming),
        ["api", "v1", "changes"] => Ledger(api::changes),
        ["api", "v1", "documents"] => Ledger(api::documents),
        ["api", "v1", "documents", _] => Ledger(api::document),
        ["api", "v1", "identities"] => Ledger(api::identities),
        ["api", "v1", "identities", _] => Ledger(api::identity),
        ["api", "v1", "network"] => Ledger(api::network),
        ["api", "v1", "ask"] => Ledger(api::ask),
        ["api", "v1", "read"] => return Some((Plain(api::read), "POST")),
        _ => return None,
    };
    Some((page, GET))
}

fn asset(v: &Visit) -> Answer {
    assets::get(&v.step(1)).ok_or(Problem::NoPage)
}

/// What an asker is told who gets no page.
pub fn problem(v: &Visit, p: &Problem) -> Reply {
    let reply = if v.path.starts_with("/api/") { api::problem(p) } else { pages::problem::page(v, p) };
    Reply { status: p.status(), ..reply }
}
