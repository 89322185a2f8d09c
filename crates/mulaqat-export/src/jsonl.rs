//! One JSON object an engagement: [`Row`] as it is.

use crate::{Result, Row, Writer};
use std::io::Write;

pub struct Jsonl<'o> {
    pub out: &'o mut (dyn Write + Send),
}

impl Writer for Jsonl<'_> {
    fn put(&mut self, row: &Row) -> Result<bool> {
        serde_json::to_writer(&mut self.out, row)?;
        self.out.write_all(b"\n")?;
        Ok(true)
    }

    fn end(self: Box<Self>) -> Result<()> {
        Ok(self.out.flush()?)
    }
}
