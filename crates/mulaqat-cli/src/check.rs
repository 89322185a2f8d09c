//! `mulaqat check`: do records hold to the contract?

use crate::outcome::Outcome;
use crate::records;
use std::io::{self, Write};
use std::path::PathBuf;

pub fn run(files: &[PathBuf]) -> io::Result<Outcome> {
    let mut out = io::stdout().lock();
    let (mut all, mut holding, mut failed) = (0, 0, false);
    for file in files {
        records::each(file, &mut |found| {
            let found = match found {
                Ok(found) => found,
                Err(problem) => {
                    problem.report();
                    failed = true;
                    return Ok(());
                }
            };
            all += 1;
            let faults = found.record.map_or_else(|shape| vec![shape], |r| mulaqat::check::check(&r));
            if faults.is_empty() {
                holding += 1;
                return Ok(());
            }
            writeln!(out, "{}", found.place)?;
            faults.iter().try_for_each(|f| writeln!(out, "  {f}"))
        })?;
    }
    writeln!(out, "{holding} of {all} records hold")?;
    Ok(match (failed, all > 0 && holding == all) {
        (true, _) => Outcome::Error,
        (false, true) => Outcome::Done,
        (false, false) => Outcome::Nothing,
    })
}
