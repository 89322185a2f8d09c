//! One row an engagement, for spreadsheets: flat, lists in one cell.
//!
//! Quoted after RFC 4180, lines end in CRLF. A cell that a spreadsheet would take for a formula gets an apostrophe in front, as does one
//! that begins with an apostrophe already; so taking one leading apostrophe away gives every cell back. In lists, `; ` stands between
//! items, and a backslash before a semicolon or backslash of an item.

use crate::row::word;
use crate::{Error, Named, Result, Row, Source, Writer};
use std::io::Write;

pub struct Csv<'o> {
    out: csv::Writer<&'o mut (dyn Write + Send)>,
}

const COLUMNS: &[&str] = &[
    "id",
    "type",
    "class",
    "status",
    "modes",
    "date",
    "earliest",
    "latest",
    "actors",
    "actors_latin",
    "recipients",
    "recipients_latin",
    "places",
    "places_latin",
    "countries",
    "contexts",
    "offices",
    "offices_english",
    "sources",
    "sources_latin",
    "documents",
    "families",
    "first_report",
    "last_report",
    "history",
    "conflicts",
    "evidence",
    "evidence_document",
    "evidence_publisher",
    "evidence_published",
    "evidence_url",
    "all_documents",
];

impl<'o> Csv<'o> {
    pub fn new(out: &'o mut (dyn Write + Send), bom: bool) -> Result<Csv<'o>> {
        if bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        out.write_record(COLUMNS).map_err(error)?;
        Ok(Csv { out })
    }
}

impl Writer for Csv<'_> {
    fn put(&mut self, r: &Row) -> Result<bool> {
        let or = |s: &Option<String>| s.clone().unwrap_or_default();
        let hindi = |l: &[Named]| list(l.iter().map(|n| n.name.as_str()));
        let latin = |l: &[Named]| list(l.iter().map(|n| n.latin.as_str()));
        let source = |s: &Source, name: &Option<String>| match name {
            Some(n) => format!("{}: {n}", s.kind),
            None => s.kind.clone(),
        };
        let mut offices: Vec<(String, String)> = vec![];
        for o in r.claims.iter().flat_map(|c| &c.offices) {
            let pair = (format!("{}: {}", o.name, o.title), format!("{}: {}", latin_of(r, &o.name), o.english));
            if !offices.contains(&pair) {
                offices.push(pair);
            }
        }
        // the report that says it best: the first of those that say what is held to be so now
        let best = r.claims.iter().find(|c| c.status == r.status && !c.evidence.is_empty());
        let best = best.or_else(|| r.claims.iter().find(|c| !c.evidence.is_empty())).or(r.claims.first());
        let dates = || r.claims.iter().filter_map(|c| c.published.as_deref());
        let cells = [
            r.id.clone(),
            r.kind.clone(),
            r.class.clone(),
            word(r.status),
            list(&r.modes),
            or(&r.date),
            or(&r.earliest),
            or(&r.latest),
            hindi(&r.actors),
            latin(&r.actors),
            hindi(&r.recipients),
            latin(&r.recipients),
            hindi(&r.places),
            latin(&r.places),
            list(&r.countries),
            list(&r.contexts),
            list(offices.iter().map(|o| &o.0)),
            list(offices.iter().map(|o| &o.1)),
            list(r.sources.iter().map(|s| source(s, &s.name))),
            list(r.sources.iter().map(|s| source(s, &s.latin))),
            r.documents.to_string(),
            r.families.to_string(),
            dates().min().unwrap_or_default().into(),
            dates().max().unwrap_or_default().into(),
            list(r.history.iter().map(|s| {
                let parts = [s.as_of.clone(), Some(word(s.status)), s.date.clone()];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
            })),
            list(r.conflicts.iter().map(|c| {
                let values = c.values.iter().map(|v| format!("{} ({})", v.value, v.families));
                format!("{}: {}", c.field, values.collect::<Vec<_>>().join(" / "))
            })),
            best.and_then(|c| c.evidence.first()).map(|e| e.words.clone()).unwrap_or_default(),
            best.map(|c| c.doc.clone()).unwrap_or_default(),
            best.map(|c| or(&c.publisher)).unwrap_or_default(),
            best.map(|c| or(&c.published)).unwrap_or_default(),
            best.map(|c| or(&c.url)).unwrap_or_default(),
            list(distinct(r.claims.iter().map(|c| &c.doc))),
        ];
        self.out.write_record(cells.iter().map(|c| safe(c))).map_err(error)?;
        Ok(true)
    }

    fn end(mut self: Box<Self>) -> Result<()> {
        Ok(self.out.flush()?)
    }
}

fn error(e: csv::Error) -> Error {
    match e.into_kind() {
        csv::ErrorKind::Io(e) => Error::Write(e),
        e => Error::Format("CSV", format!("{e:?}")),
    }
}

/// The Latin name of one who takes part.
fn latin_of<'r>(r: &'r Row, name: &'r str) -> &'r str {
    r.parties().find(|n| n.name == name).map_or(name, |n| n.latin.as_str())
}

fn distinct<'s>(items: impl Iterator<Item = &'s String>) -> Vec<&'s String> {
    let mut out = vec![];
    for i in items {
        if !out.contains(&i) {
            out.push(i);
        }
    }
    out
}

/// Items in one cell.
fn list<S: AsRef<str>>(items: impl IntoIterator<Item = S>) -> String {
    let escaped = |s: S| s.as_ref().replace('\\', "\\\\").replace(';', "\\;");
    items.into_iter().map(escaped).collect::<Vec<_>>().join("; ")
}

/// A cell that no spreadsheet takes for a formula.
fn safe(cell: &str) -> String {
    // full-width signs begin a formula too where people write in Japanese or Chinese
    let formula = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\'' | '＝' | '＋' | '－' | '＠');
    if cell.starts_with(formula) { format!("'{cell}") } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text() {
        assert_eq!(safe("=1+1"), "'=1+1");
        assert_eq!(safe("'=1"), "''=1");
        assert_eq!(safe("भारत"), "भारत");
        assert_eq!(list(["a; b", "c\\"]), "a\\; b; c\\\\");
    }
}
