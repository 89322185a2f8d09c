//! `mulaqat demo`: a ledger of the articles that come with the program, in the browser.

use crate::outcome::{Outcome, Problem};
use crate::serve::{self, Reach};
use crate::{ledger, read};
use flate2::read::GzDecoder;
use mulaqat::record::Document;
use mulaqat_ledger::{Input, Ledger};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// Documents, one a line: `build.rs` packs them.
const ARTICLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/demo.jsonl.gz"));

#[derive(clap::Args)]
pub struct Args {
    /// Keep the ledger in this file; without it, it goes when the demo ends
    #[arg(long, value_name = "PATH")]
    ledger: Option<PathBuf>,
    /// Port to listen on; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    #[command(flatten)]
    reach: Reach,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
}

pub fn run(a: Args) -> io::Result<Outcome> {
    // lives as long as the server runs
    let folder = tempfile::Builder::new().prefix("mulaqat-demo-").tempdir()?;
    let path = a.ledger.unwrap_or_else(|| folder.path().join("demo.db"));
    match fill(&path) {
        Ok(n) => drop(writeln!(io::stderr(), "mulaqat: {n} articles read")),
        Err(p) => {
            p.report();
            return Ok(Outcome::Error);
        }
    }
    serve::listen(path, a.port, a.reach, !a.no_open)
}

/// Reads the articles into a ledger; those that it holds already change nothing.
fn fill(path: &Path) -> Result<usize, Problem> {
    let engine = read::engine()?;
    let broken = |e: String| Problem::new("demo", format!("{e}; this build of mulaqat is broken, install another"));
    let mut batch = vec![];
    for line in BufReader::new(GzDecoder::new(ARTICLES)).lines() {
        let line = line.map_err(|e| broken(e.to_string()))?;
        let document: Document = serde_json::from_str(&line).map_err(|e| broken(e.to_string()))?;
        batch.push(Input { record: engine.read(&document), given: false });
    }
    Ledger::open(path).and_then(|mut l| l.add(&batch)).map_err(ledger::problem)?;
    Ok(batch.len())
}
