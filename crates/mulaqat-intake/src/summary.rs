//! What became of the inputs of a run.

use crate::error::{Error, ErrorKind};
use std::collections::BTreeMap;
use std::fmt;

/// What became of the inputs of a run; whoever keeps the documents says which were new. Shown on one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents and ready records that came out of the intake.
    pub read: u64,
    /// Of those, not known before.
    pub new: u64,
    /// Of those, known before with another text.
    pub changed: u64,
    /// Of those, known before just as they are.
    pub duplicate: u64,
    /// Passed over.
    pub not_hindi: u64,
    /// Errors, by kind.
    pub failed: BTreeMap<ErrorKind, u64>,
}

impl Summary {
    /// Counts an error.
    pub fn fail(&mut self, e: &Error) {
        *self.failed.entry(e.kind).or_default() += 1;
    }

    /// All errors.
    pub fn failures(&self) -> u64 {
        self.failed.values().sum()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Summary { read, new, changed, duplicate, not_hindi, .. } = self;
        write!(f, "{read} read: {new} new, {changed} changed, {duplicate} duplicate, {not_hindi} not Hindi, {} failed", self.failures())?;
        let why: Vec<String> = self.failed.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
        if why.is_empty() { Ok(()) } else { write!(f, " ({})", why.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Place;

    #[test]
    fn on_one_line() {
        let mut s = Summary { read: 3, new: 2, duplicate: 1, not_hindi: 4, ..Summary::default() };
        assert_eq!(s.to_string(), "3 read: 2 new, 0 changed, 1 duplicate, 4 not Hindi, 0 failed");
        for kind in [ErrorKind::Feed, ErrorKind::Json, ErrorKind::Json] {
            s.fail(&Error::new(kind, Place::whole("x"), "y"));
        }
        assert!(s.to_string().ends_with("3 failed (2 bad JSON, 1 bad feed)"), "{s}");
    }
}
