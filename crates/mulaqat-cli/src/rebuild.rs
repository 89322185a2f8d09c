//! `mulaqat rebuild`: every stored document read anew with the rules of today.

use crate::ledger::{self, Which};
use crate::outcome::Outcome;
use crate::read;
use indicatif::ProgressBar;
use std::io::{self, IsTerminal, Write};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    which: Which,
}

pub fn run(a: &Args) -> io::Result<Outcome> {
    let done = read::engine().and_then(|engine| {
        let mut ledger = a.which.open()?;
        let total = ledger.counts().map_err(ledger::problem)?[1];
        let bar = if io::stderr().is_terminal() { ProgressBar::new(total) } else { ProgressBar::hidden() };
        let done = ledger.rebuild(&mut |d| engine.read(d), &mut |n| bar.inc(n)).map_err(ledger::problem);
        bar.finish_and_clear();
        done
    });
    match done {
        Ok(n) => {
            let _ = writeln!(io::stderr(), "{n} documents read anew");
            Ok(Outcome::Done)
        }
        Err(p) => {
            p.report();
            Ok(Outcome::Error)
        }
    }
}
