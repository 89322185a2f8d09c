//! `mulaqat entity`: who is who, and a curator's decisions about it.

use crate::ledger::{self, Which};
use crate::outcome::{Outcome, Problem};
use crate::render::plain;
use crate::table::Table;
use anstyle::Style;
use mulaqat_ledger::day::Day;
use mulaqat_ledger::{Decision, Identity, Portrait};
use std::io::{self, Write};

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    which: Which,
    /// Print one a line as JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(clap::Subcommand)]
enum Command {
    /// List identities, the most named first; or those of a name
    List {
        name: Option<String>,
        /// person, country, organization or place
        #[arg(long = "type", value_name = "TYPE", value_parser = ["person", "country", "organization", "place"])]
        kind: Option<String>,
        /// As named in reports published by this day
        #[arg(long, value_name = "DATE", value_parser = ledger::day)]
        as_of: Option<Day>,
        /// At most so many
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
    },
    /// Show one with its names, offices, and who may be the same
    Show {
        /// Its number, or a name that only it has
        entity: String,
    },
    /// Say that two are one: all that names FROM means INTO
    Merge { from: String, into: String },
    /// Say that a name of one is someone else's
    Split { entity: String, name: String },
    /// Give one another name to show
    Rename { entity: String, name: String },
    /// List the decisions made by merge, split and rename
    Decisions,
    /// Take a decision back
    Undo {
        /// Its number, as decisions lists it
        number: i64,
    },
}

pub fn run(a: &Args) -> io::Result<Outcome> {
    match answer(a) {
        Ok(Answer::Several(list)) if list.is_empty() => Ok(Outcome::Nothing),
        Ok(Answer::Decisions(list)) if list.is_empty() => Ok(Outcome::Nothing),
        Ok(answer) => {
            print(&answer, a.json)?;
            Ok(Outcome::Done)
        }
        Err(p) => {
            p.report();
            Ok(Outcome::Error)
        }
    }
}

enum Answer {
    Several(Vec<Identity>),
    One(Box<Portrait>),
    Decisions(Vec<Decision>),
}

fn answer(a: &Args) -> Result<Answer, Problem> {
    let mut l = a.which.open()?;
    let one = |r: mulaqat_ledger::Result<Identity>| r.map(|i| Answer::Several(vec![i]));
    match &a.command {
        Command::List { name, kind, as_of, limit } => l.entities(name.as_deref(), kind.as_deref(), *as_of, *limit).map(Answer::Several),
        Command::Show { entity } => l.portrait(entity).map(|p| Answer::One(Box::new(p))),
        Command::Merge { from, into } => one(l.merge(from, into)),
        Command::Split { entity, name } => one(l.split(entity, name)),
        Command::Rename { entity, name } => one(l.rename(entity, name)),
        Command::Decisions => l.decisions().map(Answer::Decisions),
        Command::Undo { number } => l.undo(*number).map(|d| Answer::Decisions(vec![d])),
    }
    .map_err(ledger::problem)
}

fn print(answer: &Answer, json: bool) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match answer {
        Answer::Several(list) if json => list.iter().try_for_each(|i| writeln!(out, "{}", serde_json::to_string(i)?)),
        Answer::One(p) if json => writeln!(out, "{}", serde_json::to_string(p)?),
        Answer::Decisions(list) if json => list.iter().try_for_each(|d| writeln!(out, "{}", serde_json::to_string(d)?)),
        Answer::Decisions(list) => decisions(list).print(&mut out),
        Answer::Several(list) => table(list).print(&mut out),
        Answer::One(p) => {
            table(std::slice::from_ref(&p.identity)).print(&mut out)?;
            for (name, n) in &p.names {
                writeln!(out, "  {} {n}", plain(name))?;
            }
            for o in &p.offices {
                let of = o.of.as_deref().map_or(String::new(), |o| format!(", {}", plain(o)));
                writeln!(out, "  {}{of} {} – {}", plain(&o.title), o.from.as_deref().unwrap_or(""), o.to.as_deref().unwrap_or(""))?;
            }
            if !p.perhaps.is_empty() {
                writeln!(out, "\nPerhaps the same")?;
                table(&p.perhaps).print(&mut out)?;
            }
            Ok(())
        }
    }
}

fn table(list: &[Identity]) -> Table {
    let mut t = Table::new(&["number", "type", "name", "country", "documents"]);
    let none = Style::new();
    for i in list {
        t.row(vec![
            (i.id.to_string(), Style::new().dimmed()),
            (i.kind.clone(), none),
            (plain(&i.name), Style::new().bold()),
            (i.country.clone().unwrap_or_else(|| "-".into()), none),
            (i.documents.to_string(), none),
        ]);
    }
    t
}

fn decisions(list: &[Decision]) -> Table {
    let mut t = Table::new(&["number", "decision", "of", "to"]);
    let none = Style::new();
    for d in list {
        let number = (d.number.to_string(), Style::new().dimmed());
        t.row(vec![number, (d.action.clone(), none), (plain(&d.target), none), (plain(&d.value), Style::new().bold())]);
    }
    t
}
