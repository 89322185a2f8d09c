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

    /// A file that cannot be opened or read.
    pub fn unreadable(place: &str, e: &io::Error) -> Problem {
        let what = match e.kind() {
            io::ErrorKind::NotFound => "no such file; check the path".to_string(),
            io::ErrorKind::IsADirectory => "is a directory; name the files in it".to_string(),
            io::ErrorKind::PermissionDenied => "may not be read; check its permissions".to_string(),
            _ => format!("cannot be read ({e}); check the file and its disk"),
        };
        Problem::new(place, what)
    }

    /// Bytes that are not UTF-8, from byte `offset` of the file on.
    pub fn not_utf8(place: &str, offset: usize) -> Problem {
        Problem::new(place, format!("invalid UTF-8 at byte {offset}; convert it, for instance with iconv -t UTF-8"))
    }

    /// Tells it on standard error. A closed standard error is no reason to stop.
    pub fn report(&self) {
        let _ = writeln!(io::stderr(), "{self}");
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "mulaqat: {}: {}", self.place, self.what)
    }
}
