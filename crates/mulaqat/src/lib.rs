//! Reads Hindi news about diplomacy into evidence-linked records.

pub mod record;
pub mod text;
