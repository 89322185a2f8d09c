//! How a run ends, and how a problem is told.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

/// The end of a run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Nothing found, or a check failed.
    Nothing,
    /// At least one problem was reported.
    Error,
}

impl From<Outcome> for ExitCode {
    fn from(o: Outcome) -> ExitCode {
        ExitCode::from(match o {
            Outcome::Done => 0,
            Outcome::Nothing => 1,
            Outcome::Error => 2,
        })
    }
}

/// What went wrong, with what, and what to do about it.
#[derive(Debug)]
pub struct Problem {
    /// File, `file:line`, or argument.
    place: String,
    /// `what is wrong; what to do`
    what: String,
}

impl Problem {
    pub fn new(place: impl Into<String>, what: impl Into<String>) -> Problem {
        Problem { place: place.into(), what: what.into() }
    }

    /// Tells it on standard error. A closed standard error is no reason to stop.
    pub fn report(&self) {
        let _ = writeln!(io::stderr(), "{self}");
    }
}

impl From<mulaqat_intake::Error> for Problem {
    fn from(e: mulaqat_intake::Error) -> Problem {
        Problem::new(e.place.to_string(), e.what)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "mulaqat: {}: {}", self.place, self.what)
    }
}
