//! Engagements of a ledger in the formats that people use already.
//!
//! [`export`] writes what passes a filter. Every format is made from one view of an engagement, [`Row`]: what the ledger knows of it, with
//! names in Latin script and the words of every report. `docs/export.md` tells each format's columns and terms.
//!
//! The output is a function of the ledger and the filter: no clock, no random ids. Engagements are written as they are read; only GraphML,
//! whose edges count them, keeps something of each until the end.

mod cameo;
mod csv;
mod error;
mod graphml;
mod ics;
mod jsonl;
mod jsonld;
mod parquet;
mod plover;
mod row;

pub use error::{Error, Result};
pub use row::{Claim, Named, Names, Row, Source};

use mulaqat_ledger::{Filter, Ledger};
use std::io::Write;

/// A format of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One row an engagement, for spreadsheets.
    Csv,
    /// One JSON object an engagement.
    Jsonl,
    /// The same, in columns.
    Parquet,
    /// PLOVER event records, one a line.
    Plover,
    /// One graph of schema.org events and claims with W3C Web Annotations.
    Jsonld,
    /// An iCalendar of the dated engagements.
    Ics,
    /// A network of who met whom.
    Graphml,
}

impl Format {
    pub const ALL: [Format; 7] =
        [Format::Csv, Format::Jsonl, Format::Parquet, Format::Plover, Format::Jsonld, Format::Ics, Format::Graphml];

    /// Its name, also the usual ending of its files but for PLOVER.
    pub fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
            Format::Parquet => "parquet",
            Format::Plover => "plover",
            Format::Jsonld => "jsonld",
            Format::Ics => "ics",
            Format::Graphml => "graphml",
        }
    }

    pub fn named(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|f| f.name().eq_ignore_ascii_case(name))
    }
}

/// What came of an export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Engagements in the output.
    pub engagements: usize,
    /// Engagements that the format has no place for: those without a day, in a calendar.
    pub left_out: usize,
}

/// A writer of one format.
trait Writer {
    /// Writes one engagement; false when the format has no place for it.
    fn put(&mut self, row: &Row) -> Result<bool>;
    /// Writes what comes after the last.
    fn end(self: Box<Self>) -> Result<()>;
}

/// Writes the engagements that pass a filter, the latest happening first. `bom` begins a CSV with the mark by which Excel knows UTF-8.
///
/// # Errors
///
/// When the ledger cannot be read, or the output not be written. What was written until then is no whole file of its format.
pub fn export(ledger: &Ledger, filter: &Filter, format: Format, bom: bool, out: &mut (dyn Write + Send)) -> Result<Written> {
    let mut writer = writer(format, bom, out)?;
    let mut names = Names::default();
    let mut written = Written::default();
    let mut done = Ok(());
    ledger.list(filter, &mut |e| {
        done = ledger.told(&e.id, filter.as_of).map_err(Error::from).and_then(|told| {
            let kept = writer.put(&Row::new(e, told, &mut names))?;
            written.engagements += usize::from(kept);
            written.left_out += usize::from(!kept);
            Ok(())
        });
        done.is_ok()
    })?;
    done?;
    writer.end()?;
    Ok(written)
}

/// Writes rows from elsewhere; [`export`] takes them from a ledger.
///
/// # Errors
///
/// As [`export`].
pub fn write<'r>(rows: impl IntoIterator<Item = &'r Row>, format: Format, bom: bool, out: &mut (dyn Write + Send)) -> Result<Written> {
    let mut writer = writer(format, bom, out)?;
    let mut written = Written::default();
    for row in rows {
        let kept = writer.put(row)?;
        written.engagements += usize::from(kept);
        written.left_out += usize::from(!kept);
    }
    writer.end()?;
    Ok(written)
}

fn writer<'o>(format: Format, bom: bool, out: &'o mut (dyn Write + Send)) -> Result<Box<dyn Writer + 'o>> {
    Ok(match format {
        Format::Csv => Box::new(csv::Csv::new(out, bom)?),
        Format::Jsonl => Box::new(jsonl::Jsonl { out }),
        Format::Parquet => Box::new(parquet::Parquet::new(out)?),
        Format::Plover => Box::new(plover::Plover { out }),
        Format::Jsonld => Box::new(jsonld::Jsonld::new(out)?),
        Format::Ics => Box::new(ics::Ics::new(out)?),
        Format::Graphml => Box::new(graphml::Graphml::new(out)),
    })
}
