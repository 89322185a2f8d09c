//! `mulaqat export`: engagements in the formats that people use.

use crate::ledger::{self, Which};
use crate::list::Filters;
use crate::outcome::{Outcome, Problem};
use mulaqat_export::{Error, Format, Written};
use mulaqat_ledger::day::Day;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

pub const HELP: &str = "Formats:
  csv      one row an engagement, for spreadsheets
  jsonl    one JSON object an engagement, with every claim and its words
  parquet  the same in columns, of one Arrow schema
  plover   PLOVER event records, one a line, with CAMEO codes; what is planned is AGREE
  jsonld   one graph of schema.org events and claims with W3C Web Annotations
  ics      an iCalendar of the dated ones: TENTATIVE, CONFIRMED, CANCELLED
  graphml  a network of who met whom, for Gephi
docs/export.md tells their columns and terms. Names stand in Hindi and in Latin script.";

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    which: Which,
    /// csv, jsonl, parquet, plover, jsonld, ics or graphml; else what the ending of PATH says
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Option<Format>,
    /// Write to this file, which is there only when all of it is written; standard output when not given, or -
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Begin a CSV with the mark by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
    #[command(flatten)]
    filters: Filters,
    /// As known from reports published by this day
    #[arg(long, value_name = "DATE", value_parser = ledger::day)]
    as_of: Option<Day>,
    /// At most so many, the latest happening first; all when not given
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

fn format(s: &str) -> Result<Format, String> {
    let all = Format::ALL.map(Format::name).join(", ");
    Format::named(s).ok_or_else(|| format!("no such format; one of {all}"))
}

pub fn run(a: Args) -> io::Result<Outcome> {
    let path = a.output.filter(|p| p.as_os_str() != "-");
    let ending = path.as_ref().and_then(|p| p.extension()).and_then(|e| e.to_str());
    let Some(format) = a.format.or_else(|| ending.and_then(Format::named)) else {
        Problem::new("export", "which format? give --format, or a file with its ending; mulaqat export --help lists them").report();
        return Ok(Outcome::Error);
    };
    if a.bom && format != Format::Csv {
        Problem::new("export", "--bom is for CSV only; leave it out").report();
        return Ok(Outcome::Error);
    }
    if format == Format::Parquet && path.is_none() && io::stdout().is_terminal() {
        Problem::new("export", "Parquet is nothing for a terminal; name a file with --output").report();
        return Ok(Outcome::Error);
    }
    let ledger = match a.which.open() {
        Ok(l) => l,
        Err(p) => {
            p.report();
            return Ok(Outcome::Error);
        }
    };
    let filter = a.filters.filter(a.as_of, a.limit);
    let write = |out: &mut (dyn Write + Send)| mulaqat_export::export(&ledger, &filter, format, a.bom, out);
    let done = match &path {
        Some(path) => whole(path, write),
        None => write(&mut BufWriter::new(io::stdout())),
    };
    match done {
        Ok(written) => Ok(told(format, written)),
        Err(Error::Write(e)) if path.is_none() => Err(e),
        Err(Error::Ledger(e)) => {
            ledger::problem(e).report();
            Ok(Outcome::Error)
        }
        Err(e) => {
            Problem::new(path.map_or("export".into(), |p| p.display().to_string()), e.to_string()).report();
            Ok(Outcome::Error)
        }
    }
}

fn told(format: Format, written: Written) -> Outcome {
    if written.left_out > 0 {
        let what = format!("{} left out: they have no day that a calendar could show", written.left_out);
        Problem::new(format.name(), what).report();
    }
    if written.engagements > 0 { Outcome::Done } else { Outcome::Nothing }
}

/// Writes a file beside its place, and puts it there when all of it is written and on the disk.
fn whole(path: &Path, write: impl FnOnce(&mut (dyn Write + Send)) -> Result<Written, Error>) -> Result<Written, Error> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let done = (|| {
        let mut out = BufWriter::new(File::create(&beside)?);
        let written = write(&mut out)?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        Ok(written)
    })();
    if done.is_err() {
        // the error is told already; what cannot be removed was not made
        let _ = fs::remove_file(&beside);
    }
    done
}
