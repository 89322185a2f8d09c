//! `mulaqat add`: articles and ready records into the ledger.

use crate::ledger::{self, Which};
use crate::outcome::{Outcome, Problem};
use crate::{input, list, read};
use indicatif::ProgressBar;
use mulaqat::Engine;
use mulaqat::record::{Document, Record};
use mulaqat_intake::{Count, Error, Intake, Item, Options, Summary};
use mulaqat_ledger::{Added, Input, Ledger, document_id};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long the first document of a transaction waits for the others.
const WAIT: Duration = Duration::from_millis(500);
/// Documents in a transaction where nobody waits for any of them.
const MEMORY_BATCH: usize = 1024;
/// Items that the intake may be ahead.
const AHEAD: usize = 32;

#[derive(clap::Args)]
pub struct Args {
    /// Articles: text, saved pages (HTML), feeds (RSS, Atom), web archives (WARC), JSON Lines of documents, any of them in
    /// gzip; ready records; folders of them; http(s) addresses; - is standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    which: Which,
    /// Publication date (YYYY-MM-DD) of articles, in place of what the input says
    #[arg(long, value_name = "DATE", value_parser = mulaqat_intake::date)]
    published: Option<String>,
    /// Documents kept in one go at most: more is faster, fewer is acknowledged sooner
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = clap::value_parser!(u16).range(1..))]
    batch: u16,
    /// Print a line {"id","state"} for each document once it is kept: new, changed or duplicate
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> io::Result<Outcome> {
    let ledger = match args.which.open_or_make() {
        Ok(ledger) => ledger,
        Err(p) => {
            p.report();
            return Ok(Outcome::Error);
        }
    };
    let alone = !args.json || !io::stdout().is_terminal();
    let adding = fill(ledger, args.inputs, args.published, args.batch.into(), args.json, alone)?;
    let _ = writeln!(io::stderr(), "{}", adding.summary);
    Ok(adding.outcome())
}

/// Reads articles and ready records into a ledger that is gone with the program; tells of what could not be read.
pub fn into_memory(inputs: Vec<PathBuf>, published: Option<String>) -> io::Result<Result<(Ledger, Outcome), Problem>> {
    let ledger = match Ledger::in_memory() {
        Ok(ledger) => ledger,
        Err(e) => return Ok(Err(ledger::problem(e))),
    };
    let adding = fill(ledger, inputs, published, MEMORY_BATCH, false, true)?;
    let outcome = adding.outcome();
    Ok(Ok((adding.ledger, outcome)))
}

/// Adds all that the inputs hold.
fn fill(ledger: Ledger, inputs: Vec<PathBuf>, published: Option<String>, most: usize, json: bool, alone: bool) -> io::Result<Adding> {
    let options = Options { published, records: true, only_hindi: true };
    let bar = input::progress(&Intake::new(inputs.clone(), Options::default()), alone);
    let (items, bytes, intake) = take_in(inputs, options);
    let mut adding =
        Adding { engine: None, ledger, json, most, batch: vec![], first: Instant::now(), summary: Summary::default(), broken: None, bar };
    while adding.broken.is_none() {
        // what is there is kept, even when no more comes for a while
        let wait = if adding.batch.is_empty() { Duration::MAX } else { WAIT.saturating_sub(adding.first.elapsed()) };
        match items.recv_timeout(wait) {
            Ok(item) => adding.take(item)?,
            Err(RecvTimeoutError::Timeout) => adding.flush()?,
            Err(RecvTimeoutError::Disconnected) => break,
        }
        adding.bar.set_position(bytes.get());
    }
    adding.flush()?;
    adding.bar.finish_and_clear();
    if let Some(problem) = &adding.broken {
        problem.report();
    } else if let Err(panic) = intake.join() {
        std::panic::resume_unwind(panic);
    }
    Ok(adding)
}

/// Opens the inputs on a thread of its own: it reads ahead while articles are read, and may wait for more where we do not.
fn take_in(inputs: Vec<PathBuf>, options: Options) -> (Receiver<Result<Item, Error>>, Count, JoinHandle<()>) {
    let ((give, items), (tell, told)) = (sync_channel(AHEAD), channel());
    let thread = thread::spawn(move || {
        let intake = Intake::new(inputs, options);
        let _ = tell.send(intake.bytes_read());
        for item in intake {
            // nobody listens any more when the ledger takes no more
            if give.send(item).is_err() {
                break;
            }
        }
    });
    let bytes = told.recv().unwrap_or_default();
    (items, bytes, thread)
}

/// An article, or a record that needs no reading.
enum Found {
    Article(Document),
    Ready(Box<Record>),
}

impl Found {
    fn id(&self) -> String {
        match self {
            Found::Article(d) => document_id(d),
            Found::Ready(r) => document_id(&r.document),
        }
    }
}

struct Adding {
    /// Made for the first article: ready records need none.
    engine: Option<Engine>,
    ledger: Ledger,
    json: bool,
    /// Size of a batch.
    most: usize,
    batch: Vec<Found>,
    /// When the batch began.
    first: Instant,
    summary: Summary,
    /// Why the ledger takes no more.
    broken: Option<Problem>,
    bar: ProgressBar,
}

impl Adding {
    fn outcome(&self) -> Outcome {
        match (self.broken.is_some() || self.summary.failures() > 0, self.summary.read > 0) {
            (true, _) => Outcome::Error,
            (false, true) => Outcome::Done,
            (false, false) => Outcome::Nothing,
        }
    }

    fn take(&mut self, item: Result<Item, Error>) -> io::Result<()> {
        let found = match item {
            Ok(Item::Document(document)) => Found::Article(document),
            Ok(Item::Record(record)) if record.document.language.split('-').next() == Some("hi") => Found::Ready(record),
            Ok(Item::Record(_) | Item::NotHindi { .. }) => {
                self.summary.not_hindi += 1;
                return Ok(());
            }
            Err(e) => {
                self.summary.fail(&e);
                self.bar.suspend(|| Problem::from(e).report());
                return Ok(());
            }
        };
        self.summary.read += 1;
        if self.batch.is_empty() {
            self.first = Instant::now();
        }
        self.batch.push(found);
        if self.batch.len() >= self.most { self.flush() } else { Ok(()) }
    }

    /// Reads and keeps the batch; tells of each document once it is kept.
    fn flush(&mut self) -> io::Result<()> {
        let batch = std::mem::take(&mut self.batch);
        if batch.is_empty() {
            return Ok(());
        }
        let ids: Vec<String> = batch.iter().map(Found::id).collect();
        let states = match self.keep(batch) {
            Ok(states) => states,
            Err(problem) => {
                self.broken = Some(problem);
                return Ok(());
            }
        };
        for (id, state) in ids.iter().zip(states) {
            let (count, word) = match state {
                Added::New => (&mut self.summary.new, "new"),
                Added::Changed => (&mut self.summary.changed, "changed"),
                Added::Duplicate => (&mut self.summary.duplicate, "duplicate"),
            };
            *count += 1;
            if self.json {
                list::line(serde_json::json!({ "id": id, "state": word }))?;
            }
        }
        io::stdout().flush()
    }

    fn keep(&mut self, batch: Vec<Found>) -> Result<Vec<Added>, Problem> {
        let mut states = vec![Added::Duplicate; batch.len()];
        // what is known need not be read
        let known = |f: &Found| matches!(f, Found::Article(d) if self.ledger.holds(d).unwrap_or(false));
        let wanted: Vec<(usize, Found)> = batch.into_iter().enumerate().filter(|(_, f)| !known(f)).collect();
        if self.engine.is_none() && wanted.iter().any(|(_, f)| matches!(f, Found::Article(_))) {
            self.engine = Some(read::engine()?);
        }
        let (numbers, wanted): (Vec<usize>, Vec<Found>) = wanted.into_iter().unzip();
        let kept = self.ledger.add(&read_all(self.engine.as_ref(), wanted)).map_err(ledger::problem)?;
        numbers.into_iter().zip(kept).for_each(|(n, state)| states[n] = state);
        Ok(states)
    }
}

/// Reads the articles on all processors.
fn read_all(engine: Option<&Engine>, mut wanted: Vec<Found>) -> Vec<Input> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = wanted.len().div_ceil(threads).max(1);
    let read = |found: Found| match (found, engine) {
        (Found::Ready(record), _) => Some(Input { record: *record, given: true }),
        (Found::Article(d), Some(engine)) => Some(Input { record: engine.read(&d), given: false }),
        (Found::Article(_), None) => None,
    };
    thread::scope(|s| {
        let mut parts = vec![];
        while !wanted.is_empty() {
            let rest = wanted.split_off(share.min(wanted.len()));
            let part = std::mem::replace(&mut wanted, rest);
            parts.push(s.spawn(move || part.into_iter().filter_map(read).collect::<Vec<_>>()));
        }
        parts.into_iter().flat_map(|p| p.join().unwrap_or_else(|e| std::panic::resume_unwind(e))).collect()
    })
}
