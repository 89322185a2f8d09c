//! The JSON API, `/api/v1/…`: the same data as the pages. `openapi.rs` describes it from these types.

use crate::graph;
use crate::pages::who;
use crate::reply::{Answer, JSON, Problem, Reply};
use crate::visit::Visit;
use mulaqat::record::Document;
use mulaqat_ledger::day::{self, show};
use mulaqat_ledger::{Change, Engagement, Filter, Hit, Identity, Ledger, News, Profile, Told};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Answers a request, and the most that may be asked for.
pub const USUAL: usize = 50;
pub const MOST: usize = 500;

/// How much the ledger holds, and of which days.
#[derive(Debug, Serialize, JsonSchema)]
pub struct About {
    /// Reports ever added, each version of a document being one.
    pub reports: u64,
    pub engagements: u64,
    pub identities: u64,
    /// Publication of the first and the last report, `YYYY-MM-DD`; null in an empty ledger.
    pub first_report: Option<String>,
    pub last_report: Option<String>,
    /// The day on which the ledger is looked at: today, or the last report's when that is long ago.
    pub day: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Engagements {
    pub engagements: Vec<Engagement>,
}

/// What is still to come, the next first.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Upcoming {
    /// Still to come on this day, as known then.
    pub day: String,
    pub engagements: Vec<Engagement>,
}

/// What became known or changed, the latest report first.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Changes {
    pub changes: Vec<Change>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Documents {
    pub documents: Vec<Hit>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Identities {
    pub identities: Vec<Identity>,
}

/// An engagement with every claim, in its words.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Whole {
    #[serde(flatten)]
    pub engagement: Engagement,
    pub claims: Vec<Told>,
}

/// An identity, and who takes part in the same engagements.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Portrayed {
    #[serde(flatten)]
    pub profile: Profile,
    pub with: Vec<Partner>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Partner {
    pub key: String,
    pub name: String,
    pub engagements: usize,
}

/// An article to be read; it is not kept.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pasted {
    #[schemars(length(max = 60_000))]
    pub text: String,
    #[serde(default)]
    pub title: Option<String>,
    /// `YYYY-MM-DD`; without it, *yesterday* and *on Tuesday* mean nothing.
    #[schemars(extend("format" = "date"))]
    #[serde(default)]
    pub published: Option<String>,
}

/// Why there is no answer (RFC 9457).
#[derive(Debug, Serialize, JsonSchema)]
pub struct Trouble {
    pub status: u16,
    pub title: String,
    pub detail: String,
}

pub fn problem(p: &Problem) -> Reply {
    let (title, detail) = match p {
        Problem::NoPage => ("nothing stands here", "see /api/openapi.json".into()),
        Problem::Nothing { what, id } => ("not found", format!("no {what} {id}")),
        Problem::Field { name, value, should } => ("bad parameter", format!("{name} is {value:?}: {should}")),
        Problem::Method(allowed) => ("method not allowed", format!("this address takes {allowed}")),
        Problem::TooLong(most) => ("too long", format!("at most {most}")),
        Problem::Host(name) => ("unknown host", format!("{name:?} is not a name of this server; --allow-host adds it")),
        Problem::Foreign => ("a form of another site", "nothing was done".into()),
        Problem::NoLedger => ("no ledger", "mulaqat add makes one".into()),
        Problem::Ledger(e) => ("the ledger cannot be read", e.to_string()),
        Problem::Fault => ("the fault is ours", "please report it".into()),
    };
    let body = Trouble { status: p.status(), title: title.into(), detail };
    Reply { kind: "application/problem+json", ..Reply::json(&body) }
}

fn limit(v: &Visit) -> Result<usize, Problem> {
    v.number("limit", USUAL, MOST)
}

pub fn ledger(v: &Visit, l: &Ledger) -> Answer {
    let when = v.when(l)?;
    let [reports, engagements, identities] = v.site.counts(l)?;
    let (first, last) = (when.reports.map(|r| show(r.0)), when.reports.map(|r| show(r.1)));
    Ok(Reply::json(&About { reports, engagements, identities, first_report: first, last_report: last, day: show(when.day) }))
}

pub fn engagements(v: &Visit, l: &Ledger) -> Answer {
    let f = Filter { limit: Some(limit(v)?), ..v.filter()? };
    let mut engagements = vec![];
    l.list(&f, &mut |e| {
        engagements.push(e);
        true
    })?;
    Ok(Reply::json(&Engagements { engagements }))
}

pub fn engagement(v: &Visit, l: &Ledger) -> Answer {
    let (id, as_of) = (v.step(3), v.day("as_of")?);
    let Some(engagement) = l.engagement(&id, as_of)? else { return Err(Problem::Nothing { what: "engagement", id }) };
    let claims = l.told(&engagement.id, as_of)?;
    Ok(Reply::json(&Whole { engagement, claims }))
}

pub fn upcoming(v: &Visit, l: &Ledger) -> Answer {
    let when = v.when(l)?;
    let f = Filter { limit: Some(limit(v)?), ..v.filter()? };
    let mut engagements = vec![];
    l.upcoming(when.day, &f, &mut |e| {
        engagements.push(e);
        true
    })?;
    Ok(Reply::json(&Upcoming { day: show(when.day), engagements }))
}

pub fn changes(v: &Visit, l: &Ledger) -> Answer {
    let since = v.day("since")?.unwrap_or(day::Day::MIN);
    let f = Filter { limit: Some(limit(v)?), ..v.filter()? };
    let mut changes = vec![];
    l.latest_changes(News::All, &f, &mut |c| {
        // reports without a day are the last of all, and of no day
        let early = c.now.as_of.as_deref().and_then(day::parse).is_some_and(|d| d < since);
        if !early {
            changes.push(c);
        }
        !early
    })?;
    Ok(Reply::json(&Changes { changes }))
}

pub fn documents(v: &Visit, l: &Ledger) -> Answer {
    let (as_of, limit) = (v.day("as_of")?, limit(v)?);
    let q = v.text("q")?.ok_or_else(|| Problem::field("q", "", "words that the documents hold"))?;
    Ok(Reply::json(&Documents { documents: l.search(q, as_of, limit)? }))
}

pub fn document(v: &Visit, l: &Ledger) -> Answer {
    let id = v.step(3);
    l.article(&id)?.map(|a| Reply::json(&a)).ok_or(Problem::Nothing { what: "document", id })
}

pub fn identities(v: &Visit, l: &Ledger) -> Answer {
    let kind = v.given("kind");
    if let Some(k) = kind.filter(|k| !who::KINDS.contains(k)) {
        return Err(Problem::field("kind", k, v.f("bad.term", &[&who::KINDS.join(", ")])));
    }
    Ok(Reply::json(&Identities { identities: l.entities(v.text("name")?, kind, None, limit(v)?)? }))
}

pub fn identity(v: &Visit, l: &Ledger) -> Answer {
    let key = v.step(3);
    let as_of = v.day("as_of")?;
    let Some(profile) = l.profile(&key, who::DOCUMENTS)? else { return Err(Problem::Nothing { what: "identity", id: key }) };
    let all = who::engagements(l, &Filter { as_of, limit: Some(who::LOOK), ..who::filter(&profile.identity) })?;
    let with = who::counted(&all, &key).into_iter().take(50);
    let with = with.map(|(n, engagements)| Partner { key: n.key.clone(), name: n.name.clone(), engagements }).collect();
    Ok(Reply::json(&Portrayed { profile, with }))
}

pub fn network(v: &Visit, l: &Ledger) -> Answer {
    Ok(Reply::json(&graph::gather(l, &v.filter()?)?))
}

pub fn ask(v: &Visit, l: &Ledger) -> Answer {
    let when = v.when(l)?;
    let q = v.text("q")?.ok_or_else(|| Problem::field("q", "", "a question in Hindi or English"))?;
    Ok(Reply::json(&crate::pages::ask::answer(v, l, q, when.day, when.as_of())?))
}

pub fn read(v: &Visit) -> Answer {
    let body = |should: String| Problem::field("body", &String::from_utf8_lossy(v.body), should);
    let pasted: Pasted = serde_json::from_slice(v.body).map_err(|e| body(format!("{{\"text\", \"title\", \"published\"}}; {e}")))?;
    if pasted.text.chars().count() > crate::pages::read::LETTERS {
        return Err(Problem::field("text", &pasted.text, format!("at most {} letters", crate::pages::read::LETTERS)));
    }
    if let Some(d) = pasted.published.as_deref().filter(|d| day::parse(d).is_none()) {
        return Err(Problem::field("published", d, v.t("bad.day")));
    }
    let Pasted { text, title, published } = pasted;
    let doc = Document { text, title, published, language: "hi".into(), ..Document::default() };
    Ok(Reply::new(JSON, serde_json::to_vec(&v.site.engine.read(&doc)).unwrap_or_default()))
}
