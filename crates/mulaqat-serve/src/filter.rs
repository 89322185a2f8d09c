//! Filters as parameters of an address: the same for pages, the API and feeds.

use crate::names;
use crate::reply::Problem;
use crate::visit::Visit;
use crate::words;
use mulaqat::check::{CONTEXTS, term};
use mulaqat::record::{EventType, Status};
use mulaqat_ledger::{Filter, Need};

pub const STATUSES: [Status; 7] =
    [Status::Tentative, Status::Scheduled, Status::Postponed, Status::Ongoing, Status::Occurred, Status::Cancelled, Status::Denied];

/// Kinds of engagement, those that CONSULT is told apart into first.
pub fn kinds() -> Vec<String> {
    use EventType::*;
    let types =
        [Agree, Support, Cooperate, Aid, Concede, Retreat, Request, Accuse, Reject, Threaten, Protest, Sanction, Mobilize, Coerce, Assault];
    ["meeting", "visit", "phone"].map(String::from).into_iter().chain([term(Consult)]).chain(types.map(term)).collect()
}

/// Contexts by their words in the asker's language.
pub fn contexts(v: &Visit) -> Vec<(&'static str, String)> {
    let mut all: Vec<_> = CONTEXTS.iter().map(|c| (*c, v.term("context", c))).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}

pub fn parse(v: &Visit) -> Result<Filter, Problem> {
    let text = |name: &'static str| -> Result<Option<String>, Problem> { Ok(v.text(name)?.map(String::from)) };
    let kind = v.given("type").map(String::from);
    if let Some(k) = kind.as_deref()
        && !kinds().iter().any(|known| known.eq_ignore_ascii_case(k))
    {
        return Err(Problem::field("type", k, words::fill(v.t("bad.term"), &[&kinds().join(", ")])));
    }
    let context = v.given("context").map(String::from);
    if let Some(c) = context.as_deref()
        && !CONTEXTS.contains(&c)
    {
        return Err(Problem::field("context", c, words::fill(v.t("bad.term"), &[&CONTEXTS.join(", ")])));
    }
    let status = match v.given("status") {
        None => None,
        Some(s) => Some(
            STATUSES
                .into_iter()
                .find(|known| term(known) == s)
                .ok_or_else(|| Problem::field("status", s, words::fill(v.t("bad.term"), &[&STATUSES.map(term).join(", ")])))?,
        ),
    };
    let with = v.given("with");
    if let Some(code) = with.filter(|c| names::country_of(c) != Some(c)) {
        return Err(Problem::field("with", code, v.t("bad.code")));
    }
    Ok(Filter {
        person: text("person")?,
        country: text("country")?,
        kind,
        status,
        place: text("place")?,
        context,
        source: text("source")?,
        text: text("text")?,
        with: with.into_iter().map(|code| vec![Need::Party(code.into())]).collect(),
        from: v.day("from")?,
        to: v.day("to")?,
        as_of: v.day("as_of")?,
        limit: None,
    })
}
