//! `mulaqat score`: predictions measured against gold.

use crate::outcome::{Outcome, Problem};
use crate::records;
use mulaqat::record::Record;
use std::io::{self, Write};
use std::path::Path;

pub fn run(gold: &Path, pred: &Path, verbose: bool, json: bool) -> io::Result<Outcome> {
    // a figure of half the records would mislead: any problem ends the run
    let (Some(gold), Some(pred)) = (load(gold)?, load(pred)?) else { return Ok(Outcome::Error) };
    let report = mulaqat::score::score(&gold, &pred);
    let mut out = io::stdout().lock();
    if verbose {
        for d in &report.differences {
            writeln!(out, "{}", d.document)?;
            d.lines.iter().try_for_each(|l| writeln!(out, "  {l}"))?;
        }
    }
    if json {
        writeln!(out, "{}", serde_json::to_string(&report)?)?;
    } else {
        writeln!(out, "{report}")?;
    }
    Ok(Outcome::Done)
}

/// All records of a file or folder; `None` when there was a problem, which has been told.
fn load(path: &Path) -> io::Result<Option<Vec<Record>>> {
    let (mut all, mut problems) = (vec![], vec![]);
    records::each(path, &mut |found| {
        match found {
            Err(problem) => problems.push(problem),
            Ok(found) => match found.record {
                Ok(record) => all.push(record),
                Err(shape) => problems.push(Problem::new(found.place, format!("is no record ({shape}); see mulaqat schema"))),
            },
        }
        Ok(())
    })?;
    if all.is_empty() && problems.is_empty() {
        problems.push(Problem::new(mulaqat_intake::display(path), "holds no records; name a .json, a .jsonl or a folder of them"));
    }
    problems.iter().for_each(Problem::report);
    Ok(problems.is_empty().then_some(all))
}
