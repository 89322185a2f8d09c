//! The JSON Schema of a record, made from the Rust types so that it cannot drift from them.

use crate::record::Record;

/// JSON Schema (2020-12) of [`Record`].
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Record)
}
