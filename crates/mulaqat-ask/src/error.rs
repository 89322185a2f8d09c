//! What can go wrong with a question: the ledger, or the program's own files.

use std::fmt;

/// An error of asking.
#[derive(Debug)]
pub enum Error {
    /// The ledger could not be read; it names its file.
    Ledger(mulaqat_ledger::Error),
    /// A file of words built into the program is not well-formed.
    Words(String),
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Error::Ledger(e) => write!(f, "{}: {e}", e.path.display()),
            Error::Words(e) => write!(f, "the words of questions: {e}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Ledger(e) => Some(e),
            Error::Words(_) => None,
        }
    }
}

impl From<mulaqat_ledger::Error> for Error {
    fn from(e: mulaqat_ledger::Error) -> Error {
        Error::Ledger(e)
    }
}
