//! Articles from files, folders, archives and addresses, for the commands that read them.

use crate::outcome::Problem;
use indicatif::{ProgressBar, ProgressStyle};
use mulaqat::record::Document;
use mulaqat_intake::{Intake, Item, Options};
use std::io::{self, IsTerminal};
use std::path::PathBuf;

/// A run shorter than this shows no progress bar.
const LONG_RUN: u64 = 4 << 20;

/// What is done with each article or problem; fails when the result cannot be written.
pub type Sink<'a> = dyn FnMut(Result<Document, Problem>) -> io::Result<()> + 'a;

/// Passes every article of the inputs to `sink`, in order. What is not in Hindi is counted, and told at the end.
pub fn each(inputs: &[PathBuf], published: Option<String>, sink: &mut Sink) -> io::Result<()> {
    let mut intake = Intake::new(inputs, Options { published, ..Options::default() });
    let (bar, read) = (progress(&intake, !io::stdout().is_terminal()), intake.bytes_read());
    let mut passed_over = 0;
    let done = intake.try_for_each(|item| {
        bar.set_position(read.get());
        match item {
            Ok(Item::Document(document)) => sink(Ok(document)),
            Ok(Item::Record(record)) => sink(Ok(record.document)),
            Ok(Item::NotHindi { .. }) => {
                passed_over += 1;
                Ok(())
            }
            Err(e) => bar.suspend(|| sink(Err(e.into()))),
        }
    });
    bar.finish_and_clear();
    if passed_over > 0 {
        Problem::new("input", format!("{passed_over} not in Hindi, passed over")).report();
    }
    done
}

/// A bar on standard error for a long run; hidden when nobody looks at it, or when results scroll by on the same screen (not `alone`).
pub fn progress(intake: &Intake, alone: bool) -> ProgressBar {
    if !io::stderr().is_terminal() || !alone {
        return ProgressBar::hidden();
    }
    let total = intake.bytes_left();
    if total < LONG_RUN {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} {eta}") {
        bar.set_style(style);
    }
    bar
}
