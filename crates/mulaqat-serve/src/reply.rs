//! What a page gives: a body, or what is wrong with the request.

use maud::Markup;

/// An answer before headers that all have.
pub struct Reply {
    pub status: u16,
    pub kind: &'static str,
    pub body: Vec<u8>,
    /// May be kept for good: its address changes with its content.
    pub lasting: bool,
}

pub const HTML: &str = "text/html; charset=utf-8";
pub const JSON: &str = "application/json";

impl Reply {
    pub fn new(kind: &'static str, body: impl Into<Vec<u8>>) -> Reply {
        Reply { status: 200, kind, body: body.into(), lasting: false }
    }

    pub fn html(page: Markup) -> Reply {
        Reply::new(HTML, page.into_string())
    }

    pub fn json(value: &impl serde::Serialize) -> Reply {
        // the types of the API have string keys only and cannot fail
        Reply::new(JSON, serde_json::to_vec(value).unwrap_or_default())
    }
}

/// Why a request gets no page.
#[derive(Debug)]
pub enum Problem {
    /// Nothing stands at this address.
    NoPage,
    /// There is no such engagement, document or identity.
    Nothing {
        what: &'static str,
        id: String,
    },
    /// A field that cannot be understood, its value, and what it should be.
    Field {
        name: &'static str,
        value: String,
        should: String,
    },
    /// The method does not fit the address; these do.
    Method(&'static str),
    /// More than is taken at once, in bytes.
    TooLong(usize),
    /// Asked for a host that this is not.
    Host(String),
    /// A form of another site.
    Foreign,
    /// There is no ledger yet.
    NoLedger,
    Ledger(mulaqat_ledger::Error),
    /// A fault of ours.
    Fault,
}

impl From<mulaqat_ledger::Error> for Problem {
    fn from(e: mulaqat_ledger::Error) -> Problem {
        Problem::Ledger(e)
    }
}

impl Problem {
    pub fn field(name: &'static str, value: &str, should: impl Into<String>) -> Problem {
        Problem::Field { name, value: value.chars().take(200).collect(), should: should.into() }
    }

    pub fn status(&self) -> u16 {
        match self {
            Problem::NoPage | Problem::Nothing { .. } => 404,
            Problem::Field { .. } => 400,
            Problem::Method(_) => 405,
            Problem::TooLong(_) => 413,
            Problem::Host(_) => 421,
            Problem::Foreign => 403,
            Problem::NoLedger => 503,
            Problem::Ledger(e) if matches!(e.problem, mulaqat_ledger::Problem::Locked) => 503,
            Problem::Ledger(_) | Problem::Fault => 500,
        }
    }
}

pub type Answer = Result<Reply, Problem>;
