//! What can go wrong on the way from bytes to documents: where, what, and what to do about it.

use std::fmt;
use std::io;

/// Where in the input something stands: a file, address or standard input, and the place inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path, address, or `standard input`.
    pub name: String,
    pub at: At,
}

/// A place inside a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    Whole,
    /// Line, from 1.
    Line(usize),
    /// Entry of a feed, from 1.
    Entry(usize),
    /// Record of a web archive, from 1, and the byte of the (compressed) file where it, or the gzip member with it, begins.
    Record {
        number: u64,
        byte: u64,
    },
}

impl Place {
    pub fn whole(name: impl Into<String>) -> Place {
        Place { name: name.into(), at: At::Whole }
    }

    pub fn line(name: impl Into<String>, line: usize) -> Place {
        Place { name: name.into(), at: At::Line(line) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.name)?;
        match self.at {
            At::Whole => Ok(()),
            At::Line(n) => write!(f, ":{n}"),
            At::Entry(n) => write!(f, ": entry {n}"),
            At::Record { number, byte } => write!(f, ": record {number} at byte {byte}"),
        }
    }
}

/// Kinds of errors, for counting them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ErrorKind {
    /// A file or address that cannot be opened or read.
    Unreadable,
    /// Bytes that are not text in the encoding they should be in.
    Encoding,
    /// JSON that is none, or not of a document.
    Json,
    /// A date of publication that is none.
    Date,
    /// XML that is no feed, or broken.
    Feed,
    /// A damaged archive or compressed file.
    Archive,
    /// Larger than the limit that guards memory.
    TooLarge,
    /// A page without an article.
    NoText,
    /// An address that cannot be fetched.
    Network,
    /// A list of feeds, or the state kept about them, that is not well-formed.
    Settings,
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            ErrorKind::Unreadable => "cannot be read",
            ErrorKind::Encoding => "wrong encoding",
            ErrorKind::Json => "bad JSON",
            ErrorKind::Date => "bad date",
            ErrorKind::Feed => "bad feed",
            ErrorKind::Archive => "damaged archive",
            ErrorKind::TooLarge => "too large",
            ErrorKind::NoText => "no article in it",
            ErrorKind::Network => "cannot be fetched",
            ErrorKind::Settings => "bad settings",
        })
    }
}

/// What went wrong, where, and what to do about it. Shown as `place: what is wrong; what to do`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    pub kind: ErrorKind,
    pub place: Place,
    /// `what is wrong; what to do`
    pub what: String,
}

impl Error {
    pub fn new(kind: ErrorKind, place: Place, what: impl Into<String>) -> Error {
        Error { kind, place, what: what.into() }
    }

    /// A file that cannot be opened or read.
    pub fn unreadable(name: &str, e: &io::Error) -> Error {
        let what = match e.kind() {
            io::ErrorKind::NotFound => "no such file; check the path".to_string(),
            io::ErrorKind::IsADirectory => "is a directory; name the files in it".to_string(),
            io::ErrorKind::PermissionDenied => "may not be read; check its permissions".to_string(),
            _ => format!("cannot be read ({e}); check the file and its disk"),
        };
        Error::new(ErrorKind::Unreadable, Place::whole(name), what)
    }

    /// Bytes that are not UTF-8, from byte `offset` of the file on.
    pub fn not_utf8(place: Place, offset: usize) -> Error {
        let what = format!("invalid UTF-8 at byte {offset}; convert it, for instance with iconv -t UTF-8");
        Error::new(ErrorKind::Encoding, place, what)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

impl std::error::Error for Error {}
