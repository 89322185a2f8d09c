//! One JSON-LD graph: engagements as schema.org events, what each report says as claims, and the words that say so as W3C Web Annotations
//! on the article. The context stands in the file: nothing need be fetched to read it.

use crate::row::word;
use crate::{Claim, Named, Result, Row, Source, Writer};
use mulaqat::record::Status;
use rustc_hash::{FxBuildHasher, FxHashSet};
use serde_json::{Value, json};
use std::hash::BuildHasher;
use std::io::Write;

pub struct Jsonld<'o> {
    out: &'o mut (dyn Write + Send),
    any: bool,
    /// Hashes of the nodes for persons, places and articles that stand there already; one who has several names has several.
    told: FxHashSet<u64>,
}

/// The terms used here, and what they are short for.
const CONTEXT: &str = include_str!("context.json");

impl<'o> Jsonld<'o> {
    pub fn new(out: &'o mut (dyn Write + Send)) -> Result<Jsonld<'o>> {
        out.write_all(b"{\"@context\":")?;
        out.write_all(CONTEXT.trim_end().as_bytes())?;
        out.write_all(b",\"@graph\":[")?;
        Ok(Jsonld { out, any: false, told: FxHashSet::default() })
    }

    fn node(&mut self, node: &Value) -> Result<()> {
        self.out.write_all(if self.any { b",\n" } else { b"\n" })?;
        self.any = true;
        Ok(serde_json::to_writer(&mut *self.out, node)?)
    }

    /// Writes a node, but one that stands there already.
    fn once(&mut self, node: Value) -> Result<()> {
        // to write one twice would do no harm, to leave one out would: sixty-four bits tell millions of nodes apart
        if self.told.insert(FxBuildHasher.hash_one(node.to_string())) { self.node(&node) } else { Ok(()) }
    }
}

impl Writer for Jsonld<'_> {
    fn put(&mut self, r: &Row) -> Result<bool> {
        self.node(&event(r))?;
        for n in r.parties().chain(&r.places) {
            self.once(entity(n))?;
        }
        for c in &r.claims {
            self.once(article(c))?;
            self.node(&claim(r, c))?;
            for n in 0..c.evidence.len() {
                self.node(&annotation(c, n))?;
            }
        }
        Ok(true)
    }

    fn end(self: Box<Self>) -> Result<()> {
        self.out.write_all(b"\n]}\n")?;
        Ok(self.out.flush()?)
    }
}

/// Part of a URN: what may not stand in one is written in percent.
fn part(s: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    s.bytes().map(|b| if plain(b) { (b as char).to_string() } else { format!("%{b:02X}") }).collect()
}

fn identity(n: &Named) -> String {
    format!("urn:mulaqat:identity:{}", part(&n.key))
}

fn event_id(r: &Row) -> String {
    format!("urn:mulaqat:engagement:{}", part(&r.id))
}

fn article_id(c: &Claim) -> String {
    format!("urn:mulaqat:document:{}", part(&c.doc))
}

fn claim_id(c: &Claim) -> String {
    format!("urn:mulaqat:claim:{}:{}", part(&c.doc), part(&c.event))
}

/// Text in Hindi, with its language.
fn hindi(s: &str) -> Value {
    json!({"@value": s, "@language": "hi"})
}

fn event(r: &Row) -> Value {
    let ids = |l: &[Named]| l.iter().map(identity).collect::<Vec<_>>();
    let status = match r.status {
        Status::Occurred | Status::Ongoing | Status::Scheduled => Some("https://schema.org/EventScheduled"),
        Status::Postponed => Some("https://schema.org/EventPostponed"),
        Status::Cancelled => Some("https://schema.org/EventCancelled"),
        // schema.org has no word for what is only expected, nor for what is denied
        Status::Tentative | Status::Denied => None,
    };
    let attends = if r.kind == "CONSULT" { r.parties().map(identity).collect() } else { vec![] };
    json!({
        "@id": event_id(r),
        "@type": ["Event", "Action"],
        "identifier": r.id,
        "additionalType": format!("plover:{}", r.kind),
        "name": {"@value": r.headline(), "@language": "en"},
        "class": r.class,
        "modes": r.modes,
        "status": word(r.status),
        "eventStatus": status,
        "startDate": r.earliest,
        "endDate": r.latest,
        "edtf": r.date,
        "agent": ids(&r.actors),
        "recipient": ids(&r.recipients),
        "attendee": attends,
        "location": ids(&r.places),
        "keywords": r.contexts,
        "documents": r.documents,
        "families": r.families,
        "history": r.history,
        "conflicts": r.conflicts,
    })
}

fn entity(n: &Named) -> Value {
    let sort = match n.kind {
        "person" => "Person",
        "country" => "Country",
        "organization" => "Organization",
        _ => "Place",
    };
    json!({
        "@id": identity(n),
        "@type": sort,
        "identifier": n.key,
        "name": [hindi(&n.name), {"@value": n.latin, "@language": "en"}],
        "country": n.country,
    })
}

fn article(c: &Claim) -> Value {
    json!({
        "@id": article_id(c),
        "@type": "NewsArticle",
        "identifier": c.doc,
        "headline": c.title.as_deref().map(hindi),
        "url": c.url,
        "datePublished": c.published,
        "publisher": c.publisher.as_ref().map(|p| json!({"@type": "Organization", "name": p})),
        "inLanguage": "hi",
    })
}

/// Who makes a claim: whom the article names, else its publisher.
fn author(s: &Source) -> Option<Value> {
    let name = s.name.as_ref()?;
    let sort = if s.kind == "person" { "Person" } else { "Organization" };
    Some(json!({"@type": sort, "name": [hindi(name), {"@value": s.latin, "@language": "en"}]}))
}

fn claim(r: &Row, c: &Claim) -> Value {
    let mut authors: Vec<Value> = c.sources.iter().filter_map(author).collect();
    if authors.is_empty() {
        authors.extend(c.publisher.as_ref().map(|p| json!({"@type": "Organization", "name": p})));
    }
    json!({
        "@id": claim_id(c),
        "@type": "Claim",
        "about": event_id(r),
        "appearance": article_id(c),
        "author": authors,
        "datePublished": c.published,
        "text": c.evidence.first().map(|e| hindi(&e.words)),
        "event": c.event,
        "family": c.family,
        "status": word(c.status),
        "modes": c.modes,
        "edtf": c.date,
        "actors": c.actors,
        "recipients": c.recipients,
        "places": c.places,
        "offices": c.offices,
        "sources": c.sources,
    })
}

fn annotation(c: &Claim, n: usize) -> Value {
    let e = &c.evidence[n];
    json!({
        "@id": format!("urn:mulaqat:annotation:{}:{}:{n}", part(&c.doc), part(&c.event)),
        "@type": "oa:Annotation",
        "motivatedBy": "oa:describing",
        "hasBody": claim_id(c),
        "hasTarget": {
            "@type": "oa:SpecificResource",
            "hasSource": article_id(c),
            "hasSelector": [
                {"@type": "oa:TextQuoteSelector", "exact": e.words, "prefix": e.before, "suffix": e.after},
                {"@type": "oa:TextPositionSelector", "start": e.start, "end": e.end},
            ],
        },
    })
}
