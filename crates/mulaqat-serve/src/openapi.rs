//! The description of the API (OpenAPI 3.1), made from the types that it answers with, so that it cannot drift from them.

use crate::api::{self, MOST};
use crate::filter::{STATUSES, kinds};
use crate::graph::Graph;
use crate::pages::who::KINDS;
use crate::reply::{Answer, Reply};
use crate::visit::{LONGEST_TEXT, Visit};
use mulaqat::check::{CONTEXTS, term};
use mulaqat::record::Record;
use mulaqat_ledger::Article;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// One thing that can be asked.
struct Operation {
    path: &'static str,
    method: &'static str,
    summary: &'static str,
    params: &'static [&'static str],
    answer: fn(&mut SchemaGenerator) -> Value,
}

fn of<T: JsonSchema>(g: &mut SchemaGenerator) -> Value {
    g.subschema_for::<T>().to_value()
}

const OPERATIONS: [Operation; 12] = [
    Operation {
        path: "/api/v1/ledger",
        method: "get",
        summary: "How much the ledger holds, and of which days",
        params: &["as_of"],
        answer: of::<api::About>,
    },
    Operation {
        path: "/api/v1/engagements",
        method: "get",
        summary: "Engagements that pass filters, the latest happening first",
        params: &["person", "country", "with", "type", "status", "place", "context", "source", "text", "from", "to", "as_of", "limit"],
        answer: of::<api::Engagements>,
    },
    Operation {
        path: "/api/v1/engagements/{id}",
        method: "get",
        summary: "An engagement: its history, its conflicts, and every claim in its words",
        params: &["id", "as_of"],
        answer: of::<api::Whole>,
    },
    Operation {
        path: "/api/v1/upcoming",
        method: "get",
        summary: "What is still to come on a day, as known then; the next first",
        params: &["person", "country", "with", "type", "status", "place", "context", "source", "text", "from", "to", "as_of", "limit"],
        answer: of::<api::Upcoming>,
    },
    Operation {
        path: "/api/v1/changes",
        method: "get",
        summary: "What became known or changed, the latest report first",
        params: &[
            "since", "person", "country", "with", "type", "status", "place", "context", "source", "text", "from", "to", "as_of", "limit",
        ],
        answer: of::<api::Changes>,
    },
    Operation {
        path: "/api/v1/documents",
        method: "get",
        summary: "Documents that hold all the words, in any spelling, in Devanagari or Latin",
        params: &["q", "as_of", "limit"],
        answer: of::<api::Documents>,
    },
    Operation {
        path: "/api/v1/documents/{id}",
        method: "get",
        summary: "A document: its record, and what the ledger makes of it",
        params: &["id"],
        answer: of::<Article>,
    },
    Operation {
        path: "/api/v1/identities",
        method: "get",
        summary: "Persons, bodies, countries and places, those in most documents first",
        params: &["name", "kind", "limit"],
        answer: of::<api::Identities>,
    },
    Operation {
        path: "/api/v1/identities/{key}",
        method: "get",
        summary: "An identity: names, offices, and who takes part in the same engagements",
        params: &["key", "as_of"],
        answer: of::<api::Portrayed>,
    },
    Operation {
        path: "/api/v1/network",
        method: "get",
        summary: "Who met whom: persons, and countries",
        params: &["person", "country", "with", "type", "status", "place", "context", "source", "text", "from", "to", "as_of"],
        answer: of::<Graph>,
    },
    Operation {
        path: "/api/v1/ask",
        method: "get",
        summary: "Answers a question in Hindi or English, with the words of the articles",
        params: &["q", "as_of", "lang"],
        answer: of::<mulaqat_ask::Answer>,
    },
    Operation {
        path: "/api/v1/read",
        method: "post",
        summary: "Reads an article and gives its record; nothing is kept",
        params: &[],
        answer: of::<Record>,
    },
];

/// Path, method and summary of all.
pub fn paths() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    OPERATIONS.iter().map(|o| (o.path, o.method, o.summary))
}

fn parameter(name: &str) -> Value {
    let text = || json!({ "type": "string", "maxLength": LONGEST_TEXT });
    let (schema, description) = match name {
        "id" => (text(), "Id; an engagement's may be shortened while it stays the only one that begins so"),
        "key" => (text(), "The identity's key"),
        "from" => (json!({ "type": "string", "format": "date" }), "Happening on this day or later"),
        "to" => (json!({ "type": "string", "format": "date" }), "Happening on this day or earlier"),
        "as_of" => (json!({ "type": "string", "format": "date" }), "As known from reports published by this day"),
        "since" => (json!({ "type": "string", "format": "date" }), "In reports of this day and later"),
        "type" => (json!({ "type": "string", "enum": kinds() }), "PLOVER type; or visit, meeting, phone"),
        "status" => (json!({ "type": "string", "enum": STATUSES.map(term) }), "Status"),
        "context" => (json!({ "type": "string", "enum": CONTEXTS.as_slice() }), "PLOVER context"),
        "with" => {
            (json!({ "type": "string", "pattern": "^[A-Z]{3}$" }), "Alpha-3 code of a second country that takes part, or someone of it")
        }
        "lang" => (json!({ "type": "string", "enum": ["hi", "en"] }), "Language of the answer"),
        "kind" => (json!({ "type": "string", "enum": KINDS }), "What it is"),
        "limit" => (json!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": api::USUAL }), "At most so many"),
        "person" => (text(), "Who takes part: a name in any spelling, in Devanagari or Latin, or an identity's key"),
        "country" => (text(), "Country (name or alpha-3 code) or body that takes part"),
        "place" => (text(), "Where: city, venue or country"),
        "source" => (text(), "Publisher, or whom reports name as their source"),
        "q" => (json!({ "type": "string", "minLength": 1, "maxLength": LONGEST_TEXT, "pattern": "\\S" }), "Words"),
        _ => (text(), "Words of a name or text"),
    };
    let at = if matches!(name, "id" | "key") { "path" } else { "query" };
    let required = at == "path" || name == "q";
    let mut p = json!({ "name": name, "in": at, "required": required, "description": description, "schema": schema });
    if at == "path" {
        p["schema"]["minLength"] = 1.into();
    }
    p
}

fn describe() -> Value {
    let mut g = SchemaSettings::draft2020_12()
        .with(|s| {
            s.definitions_path = "/components/schemas".into();
            s.meta_schema = None;
        })
        .into_generator();
    let trouble = of::<api::Trouble>(&mut g);
    let pasted = of::<api::Pasted>(&mut g);
    let mut paths = Map::new();
    for o in &OPERATIONS {
        let answer = (o.answer)(&mut g);
        let mut operation = json!({
            "summary": o.summary,
            "operationId": o.path.trim_start_matches("/api/v1/").replace(['/', '{', '}'], "_").trim_end_matches('_'),
            "parameters": o.params.iter().map(|p| parameter(p)).collect::<Vec<_>>(),
            "responses": {
                "200": { "description": o.summary, "content": { "application/json": { "schema": answer } } },
                "default": { "description": "Why there is no answer", "content": { "application/problem+json": { "schema": trouble } } },
            },
        });
        if o.method == "post" {
            operation["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": pasted } } });
        }
        paths.insert(o.path.into(), json!({ o.method: operation }));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "mulaqat",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Who met whom, when, where, and according to whom: a ledger of diplomacy read from Hindi news. Dates are EDTF, \
                countries ISO 3166-1 alpha-3, types, modes and contexts PLOVER's.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": { "schemas": g.take_definitions(true) },
    })
}

pub fn document(_: &Visit) -> Answer {
    Ok(Reply::json(&describe()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILTERS: [&str; 12] =
        ["person", "country", "with", "type", "status", "place", "context", "source", "text", "from", "to", "as_of"];

    #[test]
    fn every_operation_has_a_page_and_every_filter_is_told() {
        for o in &OPERATIONS {
            let path = o.path.replace(['{', '}'], "");
            let (_, allowed) = crate::routes::find(&path).unwrap_or_else(|| panic!("{path} leads nowhere"));
            assert!(allowed.to_lowercase().contains(o.method), "{path}");
            if o.params.contains(&"person") {
                assert!(FILTERS.iter().all(|f| o.params.contains(f)), "{path} lacks a filter");
            }
        }
    }
}
