//! `mulaqat search`: documents by their words.

use crate::ledger::{self, Which};
use crate::outcome::Outcome;
use crate::render::plain;
use crate::table::short;
use anstyle::Style;
use mulaqat_ledger::day::Day;
use std::io::{self, Write};

#[derive(clap::Args)]
pub struct Args {
    /// Words that must all be there, in any spelling, in Devanagari or Latin
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    #[command(flatten)]
    which: Which,
    /// Only documents published by this day
    #[arg(long, value_name = "DATE", value_parser = ledger::day)]
    as_of: Option<Day>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print one a line as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(a: &Args) -> io::Result<Outcome> {
    let found = a.which.open().and_then(|l| l.search(&a.text.join(" "), a.as_of, a.limit).map_err(ledger::problem));
    let hits = match found {
        Ok(hits) => hits,
        Err(p) => {
            p.report();
            return Ok(Outcome::Error);
        }
    };
    let (strong, faint) = (Style::new().bold(), Style::new().dimmed());
    let mut out = anstream::stdout().lock();
    for h in &hits {
        if a.json {
            writeln!(out, "{}", serde_json::to_string(h)?)?;
            continue;
        }
        let head: Vec<String> =
            [h.published.as_ref(), h.publisher.as_ref(), h.title.as_ref()].into_iter().flatten().map(|s| plain(s)).collect();
        writeln!(out, "{strong}{}{strong:#} {}", plain(&h.id), head.join(" · "))?;
        writeln!(out, "  {}", plain(&h.snippet))?;
        if !h.engagements.is_empty() {
            let ids: Vec<&str> = h.engagements.iter().map(|e| short(e)).collect();
            writeln!(out, "  {faint}engagements {}{faint:#}", ids.join(" "))?;
        }
    }
    Ok(if hits.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
