//! Reads Hindi news about diplomacy into evidence-linked records.

pub mod check;
mod clauses;
mod discourse;
pub mod edtf;
pub mod engine;
mod events;
pub mod explain;
mod frames;
mod grammar;
mod hindi;
pub mod lang;
pub mod latin;
pub mod lookup;
mod merge;
mod names;
pub mod probe;
pub mod record;
pub mod schema;
pub mod score;
mod statements;
pub mod tagger;
pub mod text;
pub mod times;
mod trips;

pub use engine::Engine;
pub use lang::Error;
