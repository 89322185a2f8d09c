//! Documents and records in JSON, as others write them.

use crate::error::{Error, ErrorKind, Place};
use crate::intake::{Item, Options};
use crate::lines::json_error;
use mulaqat::record::{Document, Record, SCHEMA};
use serde::Deserialize;

/// A publication date: `YYYY-MM-DD`; a time of day after it is left out, in whatever zone it was written.
///
/// The error says what to write instead.
pub fn date(s: &str) -> Result<String, String> {
    let day = s.trim().split(['T', ' ']).next().unwrap_or_default();
    match day.parse::<jiff::civil::Date>() {
        Ok(d) if d.year() >= 0 => Ok(d.to_string()),
        _ => Err("not a date; write it as YYYY-MM-DD".into()),
    }
}

/// A document, or a record around one, as others write it.
#[derive(Default, Deserialize)]
#[serde(default, expecting = "a document")]
pub(crate) struct Given {
    schema: Option<serde_json::Value>,
    document: Option<Box<Given>>,
    id: Option<Id>,
    url: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    language: Option<String>,
    pub(crate) text: Option<String>,
}

/// Archives number their articles as often as they name them.
#[derive(Deserialize)]
#[serde(untagged, expecting = "id is neither a string nor a number")]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

/// One JSON object; `line` is its number in a file of several.
pub(crate) fn item(json: &str, name: &str, stem: &str, line: Option<usize>, options: &Options) -> Result<Item, Error> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let place = |line: Option<usize>| line.map_or(Place::whole(name), |n| Place::line(name, n));
    if !json.trim_start().starts_with('{') {
        return Err(Error::new(ErrorKind::Json, place(line), "not a JSON object; write one document a line, {\"text\": …}"));
    }
    let bad = |e: serde_json::Error| {
        let what = format!("bad JSON ({}); mend or remove it", json_error(&e));
        Error::new(ErrorKind::Json, place(line.or(Some(e.line().max(1)))), what)
    };
    let given: Given = serde_json::from_str(json).map_err(bad)?;
    if options.records && given.document.is_some() && given.schema.as_ref().is_some_and(|s| s == SCHEMA) {
        let record: Record = serde_json::from_str(json).map_err(bad)?;
        return Ok(Item::Record(Box::new(record)));
    }
    document(given, place(line), stem, line, options.published.as_deref()).map(Item::Document)
}

/// A document of what is given; `published` goes before what the input says.
pub(crate) fn document(
    mut given: Given,
    place: Place,
    stem: &str,
    line: Option<usize>,
    published: Option<&str>,
) -> Result<Document, Error> {
    if let Some(inner) = given.document.take() {
        given = *inner;
    }
    let Some(text) = given.text else {
        return Err(Error::new(ErrorKind::Json, place, "has no \"text\"; give each document one"));
    };
    let said = given.published.filter(|p| !p.is_empty());
    let published = match (published, said) {
        (Some(given), _) => Some(given.to_string()),
        (None, Some(said)) => Some(date(&said).map_err(|e| {
            let what = format!("published is \"{said}\", {e}, or give --published DATE");
            Error::new(ErrorKind::Date, place.clone(), what)
        })?),
        (None, None) => None,
    };
    let id = match given.id {
        Some(Id::Text(id)) => id,
        Some(Id::Number(id)) => id.to_string(),
        None => line.map_or(stem.to_string(), |n| format!("{stem}:{n}")),
    };
    let language = given.language.unwrap_or("hi".into());
    Ok(Document { id, url: given.url, title: given.title, publisher: given.publisher, published, language, text })
}

/// A document of plain text.
pub(crate) fn plain(text: &str) -> Given {
    Given { text: Some(text.trim_start_matches('\u{feff}').into()), ..Given::default() }
}
