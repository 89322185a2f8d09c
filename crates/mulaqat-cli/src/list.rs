//! `mulaqat list`, `upcoming` and `changes`: engagements as a table, or as JSON Lines.

use crate::ledger::{self, Which};
use crate::outcome::{Outcome, Problem};
use crate::table::{self, Table};
use mulaqat::record::Status;
use mulaqat_ledger::{Engagement, Filter, day::Day};
use std::io::{self, Write};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    filters: Filters,
    /// As known from reports published by this day
    #[arg(long, value_name = "DATE", value_parser = ledger::day)]
    as_of: Option<Day>,
    #[command(flatten)]
    how: How,
}

/// Which engagements.
#[derive(clap::Args)]
pub struct Filters {
    /// Who takes part: a name in any spelling, in Devanagari or Latin
    #[arg(long)]
    person: Option<String>,
    /// Country (name or alpha-3 code) or body that takes part
    #[arg(long)]
    country: Option<String>,
    /// PLOVER type, or visit, meeting, phone
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// occurred, ongoing, scheduled, tentative, postponed, cancelled or denied
    #[arg(long, value_parser = status)]
    status: Option<Status>,
    /// Where: city, venue or country
    #[arg(long)]
    place: Option<String>,
    /// PLOVER context: economic, military …
    #[arg(long)]
    context: Option<String>,
    /// Publisher, or whom the reports name as their source
    #[arg(long)]
    source: Option<String>,
    /// Words that a report of it holds
    #[arg(long)]
    text: Option<String>,
    /// Happening on this day or later
    #[arg(long, value_name = "DATE", value_parser = ledger::day)]
    from: Option<Day>,
    /// Happening on this day or earlier
    #[arg(long, value_name = "DATE", value_parser = ledger::day)]
    to: Option<Day>,
}

impl Filters {
    pub fn filter(self, as_of: Option<Day>, limit: Option<usize>) -> Filter {
        let Filters { person, country, kind, status, place, context, source, text, from, to } = self;
        Filter { person, country, kind, status, place, context, source, text, with: vec![], from, to, as_of, limit }
    }
}

/// How many, and in which form.
#[derive(clap::Args)]
pub struct How {
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// All, however many
    #[arg(long, conflicts_with = "limit")]
    all: bool,
    /// Print one a line as JSON
    #[arg(long)]
    json: bool,
}

impl How {
    fn limit(&self) -> Option<usize> {
        (!self.all).then_some(self.limit)
    }
}

fn status(s: &str) -> Result<Status, String> {
    serde_json::from_value(s.to_lowercase().into())
        .map_err(|_| "not a status; one of occurred, ongoing, scheduled, tentative, postponed, cancelled, denied".into())
}

#[derive(clap::Args)]
pub struct Upcoming {
    #[command(flatten)]
    which: Which,
    /// Still to come on this day, as known then; today when not given
    #[arg(long, value_name = "DATE", value_parser = ledger::day)]
    as_of: Option<Day>,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    how: How,
}

#[derive(clap::Args)]
pub struct Changes {
    #[command(flatten)]
    which: Which,
    /// In reports of this day and later
    #[arg(long, value_name = "DATE", value_parser = ledger::day)]
    since: Day,
    /// In reports up to this day
    #[arg(long, value_name = "DATE", value_parser = ledger::day)]
    as_of: Option<Day>,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    how: How,
}

/// Writes engagements as they come: JSON at once, a table at the end.
struct Sheet {
    json: bool,
    table: Table,
    wrote: io::Result<()>,
    any: bool,
}

impl Sheet {
    fn new(json: bool) -> Sheet {
        Sheet { json, table: Table::new(&["id", "status", "date", "what", "who", "where", "sources"]), wrote: Ok(()), any: false }
    }

    /// False when nobody reads on.
    fn put(&mut self, e: &Engagement) -> bool {
        self.any = true;
        if self.json {
            self.wrote = line(e);
        } else {
            self.table.row(table::engagement(e));
        }
        self.wrote.is_ok()
    }

    fn end(self, done: mulaqat_ledger::Result<()>) -> io::Result<Outcome> {
        self.wrote?;
        self.table.print(&mut anstream::stdout().lock())?;
        Ok(end(done.map_err(ledger::problem), self.any))
    }
}

/// One value, as a line of JSON.
pub fn line(value: impl serde::Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(&value)?;
    line.push(b'\n');
    io::stdout().lock().write_all(&line)
}

fn end(done: Result<(), Problem>, any: bool) -> Outcome {
    match (done, any) {
        (Err(p), _) => {
            p.report();
            Outcome::Error
        }
        (Ok(()), true) => Outcome::Done,
        (Ok(()), false) => Outcome::Nothing,
    }
}

pub fn run(a: Args) -> io::Result<Outcome> {
    let ledger = match a.which.open() {
        Ok(l) => l,
        Err(p) => return Ok(end(Err(p), false)),
    };
    let filter = a.filters.filter(a.as_of, a.how.limit());
    let mut sheet = Sheet::new(a.how.json);
    let done = ledger.list(&filter, &mut |e| sheet.put(&e));
    sheet.end(done)
}

pub fn upcoming(a: Upcoming) -> io::Result<Outcome> {
    let ledger = match a.which.open() {
        Ok(l) => l,
        Err(p) => return Ok(end(Err(p), false)),
    };
    let mut sheet = Sheet::new(a.how.json);
    let day = a.as_of.unwrap_or_else(ledger::today);
    let done = ledger.upcoming(day, &a.filters.filter(None, a.how.limit()), &mut |e| sheet.put(&e));
    sheet.end(done)
}

pub fn changes(a: Changes) -> io::Result<Outcome> {
    let ledger = match a.which.open() {
        Ok(l) => l,
        Err(p) => return Ok(end(Err(p), false)),
    };
    let mut table = Table::new(&["reported", "id", "was", "is now", "what", "who", "by"]);
    let (mut wrote, mut any) = (Ok(()), false);
    let done = ledger.changes(a.since, &a.filters.filter(a.as_of, a.how.limit()), &mut |c| {
        any = true;
        if a.how.json {
            wrote = line(&c);
        } else {
            table.row(table::change(&c));
        }
        wrote.is_ok()
    });
    wrote?;
    table.print(&mut anstream::stdout().lock())?;
    Ok(end(done.map_err(ledger::problem), any))
}
