//! What can go wrong with an export.

use std::{fmt, io};

/// An error of an export.
#[derive(Debug)]
pub enum Error {
    /// The ledger cannot be read; its own error names the file.
    Ledger(mulaqat_ledger::Error),
    /// The output cannot be written.
    Write(io::Error),
    /// The library of a format refuses what it was given.
    Format(&'static str, String),
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Error::Ledger(e) => write!(f, "{}: {e}", e.path.display()),
            Error::Write(e) => write!(f, "cannot be written ({e}); check the path and the space left on the disk"),
            Error::Format(format, e) => write!(f, "no {format} could be made of the engagements ({e})"),
        }
    }
}

impl std::error::Error for Error {}

impl From<mulaqat_ledger::Error> for Error {
    fn from(e: mulaqat_ledger::Error) -> Error {
        Error::Ledger(e)
    }
}

impl From<io::Error> for Error {
    fn from(e: io::Error) -> Error {
        Error::Write(e)
    }
}

impl From<serde_json::Error> for Error {
    fn from(e: serde_json::Error) -> Error {
        Error::Write(e.into())
    }
}
