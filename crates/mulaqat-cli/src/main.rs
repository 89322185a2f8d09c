//! The `mulaqat` command: arguments, and the exit code.

mod add;
mod ask;
mod check;
mod demo;
mod entity;
mod explain;
mod export;
mod input;
mod ledger;
mod list;
mod outcome;
mod read;
mod rebuild;
mod records;
mod render;
mod score;
mod search;
mod serve;
mod show;
mod table;
mod watch;

use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use outcome::{Outcome, Problem};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads Hindi news about diplomacy into evidence-linked records: who met whom, when, where, and according to whom.
#[derive(Parser)]
#[command(name = "mulaqat", version, after_help = EXIT_CODES)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Results go to standard output, everything else to standard error.
Exit status: 0 done; 1 nothing found, or a check failed; 2 an error (the rest of the run is still done).";

#[derive(Subcommand)]
enum Command {
    /// Read articles and list what happened, with the words that say so
    Read {
        #[command(flatten)]
        articles: Articles,
        /// Print one record a line as JSON, in the order of the input
        #[arg(long)]
        json: bool,
    },
    /// Add articles, or ready records, to the ledger; what is known already changes nothing
    Add(add::Args),
    /// List engagements: each happening once, however many articles report it
    List(Box<list::Args>),
    /// Show one engagement: its history, its conflicts, and every claim in its words
    Show(show::Args),
    /// List what is still to come
    Upcoming(Box<list::Upcoming>),
    /// List what became known or changed
    Changes(Box<list::Changes>),
    /// Write engagements as CSV, JSON Lines, Parquet, PLOVER, JSON-LD, iCalendar or GraphML
    #[command(after_help = export::HELP)]
    Export(Box<export::Args>),
    /// Find documents by their words
    Search(search::Args),
    /// Answer questions in Hindi or English, with the words of the articles as proof
    #[command(after_help = ask::HELP)]
    Ask(Box<ask::Args>),
    /// List, show, merge, split and rename persons, bodies, countries and places
    Entity(entity::Args),
    /// Read every stored document anew and link all again, keeping a curator's decisions
    Rebuild(rebuild::Args),
    /// Follow feeds: print new and changed articles, or add them to a ledger and tell what they change
    #[command(after_help = watch::HELP)]
    Watch(watch::Args),
    /// Show the ledger in the browser, and to programs
    #[command(after_help = serve::HELP)]
    Serve(serve::Args),
    /// Open a ledger of the articles that come with the program in the browser
    Demo(demo::Args),
    /// Show which rule or word-list entry made each finding, over which words, and what nearly did
    Explain {
        #[command(flatten)]
        articles: Articles,
        /// Print one trace a line as JSON
        #[arg(long)]
        json: bool,
    },
    /// Check records against the contract: exact spans, known ids, terms of the field, EDTF dates
    Check {
        /// Records: .json, JSON Lines, folders of them, or - for JSON Lines on standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Print the JSON Schema of a record
    Schema,
    /// Measure predicted records against gold: precision, recall and F1 by layer
    Score {
        /// Gold records: a folder of .json files, a .json record or a .jsonl file
        gold: PathBuf,
        /// Predicted records, likewise; documents pair by document.id
        pred: PathBuf,
        /// List what was missed, extra or different, by document
        #[arg(short, long)]
        verbose: bool,
        /// Print {layer: [precision, recall, f1]} as JSON
        #[arg(long)]
        json: bool,
    },
    /// Print a completion script for a shell
    Completions { shell: Shell },
    /// Print the manual page of the program, or of one command
    Man {
        /// read, explain, check …
        command: Option<String>,
    },
}

#[derive(clap::Args)]
struct Articles {
    /// Articles: text, saved pages (HTML), feeds (RSS, Atom), web archives (WARC), JSON Lines of documents
    /// {"id","url","title","publisher","published","text"}, any of them in gzip; folders of them; http(s) addresses;
    /// - is standard input
    #[arg(required = true, value_name = "INPUT")]
    files: Vec<PathBuf>,
    /// Publication date (YYYY-MM-DD), in place of what the input says
    #[arg(long, value_name = "DATE", value_parser = mulaqat_intake::date)]
    published: Option<String>,
}

fn main() -> ExitCode {
    let done = match Args::parse().command {
        Command::Read { articles, json } => read::run(&articles.files, articles.published, json),
        Command::Explain { articles, json } => explain::run(&articles.files, articles.published, json),
        Command::Add(a) => add::run(a),
        Command::List(a) => list::run(*a),
        Command::Show(a) => show::run(&a),
        Command::Upcoming(a) => list::upcoming(*a),
        Command::Changes(a) => list::changes(*a),
        Command::Export(a) => export::run(*a),
        Command::Search(a) => search::run(&a),
        Command::Ask(a) => ask::run(*a),
        Command::Entity(a) => entity::run(&a),
        Command::Rebuild(a) => rebuild::run(&a),
        Command::Watch(a) => watch::run(a),
        Command::Serve(a) => serve::run(a),
        Command::Demo(a) => demo::run(a),
        Command::Check { files } => check::run(&files),
        Command::Schema => schema(),
        Command::Score { gold, pred, verbose, json } => score::run(&gold, &pred, verbose, json),
        Command::Completions { shell } => completions(shell),
        Command::Man { command } => man(command.as_deref()),
    };
    match done {
        Ok(outcome) => outcome.into(),
        // whoever reads our output has seen enough
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(e) => {
            Problem::new("standard output", format!("cannot be written ({e}); nothing after this was done")).report();
            Outcome::Error.into()
        }
    }
}

fn schema() -> io::Result<Outcome> {
    let text = serde_json::to_string_pretty(&mulaqat::schema::schema())?;
    writeln!(io::stdout(), "{text}")?;
    Ok(Outcome::Done)
}

fn completions(shell: Shell) -> io::Result<Outcome> {
    // through a buffer: clap_complete panics when it cannot write
    let mut script = vec![];
    clap_complete::generate(shell, &mut Args::command(), "mulaqat", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Outcome::Done)
}

fn man(command: Option<&str>) -> io::Result<Outcome> {
    let mut program = Args::command();
    program.build();
    let page = match command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(sub) => sub.clone(),
            None => {
                Problem::new(name, "no such command; see mulaqat --help").report();
                return Ok(Outcome::Error);
            }
        },
    };
    clap_mangen::Man::new(page).render(&mut io::stdout())?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_consistent() {
        Args::command().debug_assert();
    }
}
