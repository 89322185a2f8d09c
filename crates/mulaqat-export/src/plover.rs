//! PLOVER event records, one JSON object a line, with the names of the PLOVER manual (0.7) for their fields.
//!
//! What is only intended is AGREE there when it is cooperative ("all cooperative actions reported in future tense"), with the context
//! `future`, or `hypothetical` when it is only expected; what was called off or denied has the context `negation`. The status, the EDTF date
//! and the CAMEO code stand beside them in fields of our own.

use crate::row::word;
use crate::{Claim, Named, Result, Row, Writer, cameo};
use mulaqat::record::Status;
use serde_json::{Value, json};
use std::io::Write;

pub struct Plover<'o> {
    pub out: &'o mut (dyn Write + Send),
}

impl Writer for Plover<'_> {
    fn put(&mut self, row: &Row) -> Result<bool> {
        serde_json::to_writer(&mut self.out, &record(row))?;
        self.out.write_all(b"\n")?;
        Ok(true)
    }

    fn end(self: Box<Self>) -> Result<()> {
        Ok(self.out.flush()?)
    }
}

fn record(r: &Row) -> Value {
    let intended = r.planned() && cameo::becomes_agree(&r.kind);
    let event = if intended { "AGREE" } else { r.kind.as_str() };
    let mut contexts = r.contexts.clone();
    let sign = match r.status {
        Status::Scheduled | Status::Postponed => Some("future"),
        Status::Tentative => Some("hypothetical"),
        Status::Cancelled | Status::Denied => Some("negation"),
        Status::Occurred | Status::Ongoing => None,
    };
    contexts.extend(sign.map(String::from));
    let words: Vec<&str> = r.claims.iter().flat_map(|c| c.evidence.iter().map(|e| e.words.as_str())).collect();
    let enddate = r.latest.as_ref().filter(|l| Some(*l) != r.earliest.as_ref());
    json!({
        "id": r.id,
        "date": r.earliest.as_ref().or(r.latest.as_ref()),
        "enddate": enddate,
        "source": r.actors.iter().map(|n| actor(r, n)).collect::<Vec<_>>(),
        "recipient": r.recipients.iter().map(|n| actor(r, n)).collect::<Vec<_>>(),
        "event": [event],
        "mode": r.modes,
        "context": contexts,
        "event_loc": r.places.iter().map(place).collect::<Vec<_>>(),
        "event_text": words,
        "quad_code": cameo::quad(event),
        "text_info": r.claims.iter().flat_map(text).collect::<Vec<_>>(),
        "cite_info": r.claims.iter().map(cite).collect::<Vec<_>>(),
        "coder": concat!("mulaqat ", env!("CARGO_PKG_VERSION")),
        "cameo": cameo::code(&r.kind, &r.modes, &r.contexts, r.planned()),
        "mulaqat": {
            "type": r.kind, "class": r.class, "status": word(r.status), "edtf": r.date, "documents": r.documents, "families": r.families,
        },
    })
}

fn actor(r: &Row, n: &Named) -> Value {
    let office = r.claims.iter().flat_map(|c| &c.offices).find(|o| o.name == n.name).map(|o| o.english.as_str());
    json!({
        "code": n.country,
        "sector": if n.kind == "country" { Some("GOV") } else { None },
        "actor_text": n.name,
        "identifier_id": n.key,
        "identifier_text": n.latin,
        "office": office,
    })
}

fn place(n: &Named) -> Value {
    json!({"name": n.name, "asciiname": n.latin, "cc3": n.country})
}

fn text(c: &Claim) -> Vec<Value> {
    c.evidence.iter().map(|e| json!({"doc": c.doc, "start": e.start, "end": e.end})).collect()
}

fn cite(c: &Claim) -> Value {
    json!({
        "citation": c.doc, "url": c.url, "title": c.title, "language": "hi", "publication": c.publisher, "published": c.published,
        "codebook": "plover-0.7",
    })
}
