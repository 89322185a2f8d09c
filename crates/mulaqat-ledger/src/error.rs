//! What can go wrong with a ledger: which file, what is wrong, what to do.

use rusqlite::ErrorCode;
use std::fmt;
use std::path::{Path, PathBuf};

/// An error of a ledger.
#[derive(Debug)]
pub struct Error {
    /// The ledger's file.
    pub path: PathBuf,
    pub problem: Problem,
}

/// What is wrong.
#[derive(Debug)]
pub enum Problem {
    /// Another program holds the write lock, and went on to for longer than we wait.
    Locked,
    /// No room on the disk, or the ledger's own limit of pages is reached.
    Full,
    /// The file is no SQLite database, or a damaged one.
    Corrupt(String),
    /// The file is a database of another program.
    Foreign,
    /// Written by a newer version of this program.
    Newer {
        found: i64,
        known: i64,
    },
    /// Written by an older version of this program, and opened to read only.
    Older {
        found: i64,
        known: i64,
    },
    /// The file cannot be opened: it or its folder is missing or may not be written.
    Open(String),
    ReadOnly,
    /// No identity, engagement … of that name or id.
    Unknown(String),
    /// A stored record that does not parse, or another fault of the content.
    Content(String),
    Sqlite(rusqlite::Error),
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn new(path: &Path, problem: Problem) -> Error {
        Error { path: path.into(), problem }
    }

    pub(crate) fn sqlite(path: &Path, e: rusqlite::Error) -> Error {
        let problem = match e.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Problem::Locked,
            Some(ErrorCode::DiskFull) => Problem::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Problem::Corrupt(e.to_string()),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Problem::Open(e.to_string()),
            Some(ErrorCode::ReadOnly) => Problem::ReadOnly,
            _ => Problem::Sqlite(e),
        };
        Error::new(path, problem)
    }
}

impl fmt::Display for Error {
    /// `what is wrong; what to do`, without the file, which a caller names first.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.problem {
            Problem::Locked => {
                write!(f, "the ledger is in use by another program; nothing of this batch was written, try again when that is done")
            }
            Problem::Full => write!(
                f,
                "no room to write; what was acknowledged is kept, nothing else was written; free some disk space and run it again"
            ),
            Problem::Corrupt(e) => {
                write!(
                    f,
                    "is no ledger or is damaged ({e}); it was left as it is: restore a copy, or salvage it with sqlite3 FILE .recover"
                )
            }
            Problem::Foreign => write!(f, "is a database of another program; it was left as it is: name another file with --ledger"),
            Problem::Newer { found, known } => {
                write!(f, "has format {found}, this program knows up to {known}; it was left as it is: use the newer mulaqat that wrote it")
            }
            Problem::Older { found, known } => {
                write!(f, "has format {found}, this program reads {known}; mulaqat list brings it up to date")
            }
            Problem::Open(e) => write!(f, "cannot be opened ({e}); check the path and its permissions"),
            Problem::ReadOnly => write!(f, "may not be written; check the permissions of the file and its folder"),
            Problem::Unknown(what) => write!(f, "{what}"),
            Problem::Content(what) => write!(f, "{what}; run mulaqat rebuild, or restore a copy"),
            Problem::Sqlite(e) => write!(f, "SQLite says: {e}; nothing of this batch was written"),
        }
    }
}

impl std::error::Error for Error {}
