//! `mulaqat explain`: what made each finding of an article.

use crate::input;
use crate::outcome::Outcome;
use crate::read::engine;
use std::io::{self, Write};
use std::path::PathBuf;

pub fn run(files: &[PathBuf], published: Option<String>, json: bool) -> io::Result<Outcome> {
    let engine = match engine() {
        Ok(engine) => engine,
        Err(problem) => {
            problem.report();
            return Ok(Outcome::Error);
        }
    };
    let mut failed = false;
    input::each(files, published, &mut |document| match document {
        Ok(document) => {
            let trace = engine.explain(&document);
            let text = if json { serde_json::to_string(&trace)? } else { trace.to_string() };
            writeln!(anstream::stdout(), "{}", text.trim_end())
        }
        Err(problem) => {
            problem.report();
            failed = true;
            Ok(())
        }
    })?;
    Ok(if failed { Outcome::Error } else { Outcome::Done })
}
