//! `mulaqat read`: articles in, records out.

use crate::input;
use crate::outcome::{Outcome, Problem};
use crate::render;
use mulaqat::Engine;
use std::io::{self, Write};
use std::path::PathBuf;

/// The engine, or a word about a language pack that does not load.
pub fn engine() -> Result<Engine, Problem> {
    Engine::new().map_err(|e| Problem::new("engine", format!("{e}; this build of mulaqat is broken, install another")))
}

pub fn run(files: &[PathBuf], published: Option<String>, json: bool) -> io::Result<Outcome> {
    let engine = match engine() {
        Ok(engine) => engine,
        Err(problem) => {
            problem.report();
            return Ok(Outcome::Error);
        }
    };
    let (mut found, mut failed) = (false, false);
    let mut first = true;
    input::each(files, published, &mut |document| {
        let record = match document {
            Ok(document) => engine.read(&document),
            Err(problem) => {
                problem.report();
                failed = true;
                return Ok(());
            }
        };
        found |= !record.events.is_empty() || !record.statements.is_empty();
        if json {
            // one write a record: a reader at the other end of a pipe gets whole lines
            let mut line = serde_json::to_vec(&record)?;
            line.push(b'\n');
            return io::stdout().write_all(&line);
        }
        let mut out = anstream::stdout().lock();
        if !std::mem::take(&mut first) {
            writeln!(out)?;
        }
        render::record(&record, &mut out)
    })?;
    io::stdout().flush()?;
    Ok(match (failed, found) {
        (true, _) => Outcome::Error,
        (false, true) => Outcome::Done,
        (false, false) => Outcome::Nothing,
    })
}
