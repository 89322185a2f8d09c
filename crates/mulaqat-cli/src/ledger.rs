//! What the commands on a ledger share: opening it, days, and how its errors are told.

use crate::outcome::Problem;
use mulaqat_ledger::{Error, Ledger, day};
use std::path::PathBuf;

/// Which ledger.
#[derive(clap::Args)]
pub struct Which {
    /// The ledger's file
    #[arg(long, value_name = "PATH", default_value = "mulaqat.db", global = true)]
    pub ledger: PathBuf,
}

impl Which {
    /// Opens a ledger that must be there.
    pub fn open(&self) -> Result<Ledger, Problem> {
        Ledger::open_existing(&self.ledger).map_err(problem)
    }

    /// Opens a ledger, or makes it.
    pub fn open_or_make(&self) -> Result<Ledger, Problem> {
        Ledger::open(&self.ledger).map_err(problem)
    }
}

pub fn problem(e: Error) -> Problem {
    Problem::new(e.path.display().to_string(), e.to_string())
}

/// A day given as an argument.
pub fn day(s: &str) -> Result<day::Day, String> {
    day::parse(s).ok_or_else(|| "not a day; write it as YYYY-MM-DD".into())
}

/// Today, by the clock; the ledger itself has none.
pub fn today() -> day::Day {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    i32::try_from(since / 86_400).unwrap_or(day::UNKNOWN)
}
