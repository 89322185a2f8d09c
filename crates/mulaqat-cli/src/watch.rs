//! `mulaqat watch`: new and changed articles of feeds, as they come; printed, or added to a ledger.

use crate::outcome::{Outcome, Problem};
use crate::{ledger, list, read, table};
use mulaqat::Engine;
use mulaqat::record::Document;
use mulaqat_intake::Error;
use mulaqat_intake::watch::{Change, Feeds, JsonStore, Report, Sink, Stop, SystemClock, Watch};
use mulaqat_ledger::{Added, Input, Ledger, document_id};
use std::io::{self, Write};
use std::path::PathBuf;

pub const HELP: &str = "The list of feeds is TOML. Only the address must be there; the rest shows its defaults:

  delay_seconds = 5      # between two requests to one host, unless its robots.txt wants more
  every_minutes = 30     # between two looks at a feed
  timeout_seconds = 30   # of one request
  max_mebibytes = 8      # of one page
  user_agent = \"…\"       # how the program names itself to servers

  [[feed]]
  url = \"https://example.org/rss.xml\"
  publisher = \"…\"        # in place of what the pages say
  every_minutes = 30

Exit status: 0 new articles came (or the reader left); 1 none came; 2 a feed or article could not be had.";

#[derive(clap::Args)]
pub struct Args {
    /// The list of feeds, see below
    #[arg(value_name = "FEEDS.toml")]
    feeds: PathBuf,
    /// Look once at each feed whose time has come, and end: for cron
    #[arg(long)]
    once: bool,
    /// Where to remember what has been seen [default: FEEDS.state.json, beside the list]
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Add the articles to this ledger, and print the engagements that are new or changed; without it, the articles are
    /// printed, one document a line as JSON
    #[arg(long, value_name = "PATH")]
    ledger: Option<PathBuf>,
    /// Print what is new or changed in the ledger one a line as JSON, as changes does
    #[arg(long, requires = "ledger")]
    json: bool,
}

/// What becomes of an article.
enum Desk {
    Print,
    Keep { engine: Box<Engine>, ledger: Box<Ledger>, json: bool },
}

/// Why no more articles can be taken.
enum Full {
    Output(io::Error),
    Ledger(Problem),
}

impl From<io::Error> for Full {
    fn from(e: io::Error) -> Full {
        Full::Output(e)
    }
}

impl Desk {
    fn open(args: &Args) -> Result<Desk, Problem> {
        let Some(path) = &args.ledger else { return Ok(Desk::Print) };
        let ledger = Box::new(Ledger::open(path).map_err(ledger::problem)?);
        Ok(Desk::Keep { engine: Box::new(read::engine()?), ledger, json: args.json })
    }

    /// Says what the article was to the ledger: it may know what the feed takes for new.
    fn take(&mut self, change: Change, document: Document) -> Result<Added, Full> {
        let Desk::Keep { engine, ledger, json } = self else {
            list::line(&document)?;
            io::stdout().flush()?;
            return Ok(if change == Change::New { Added::New } else { Added::Changed });
        };
        if ledger.holds(&document).map_err(|e| Full::Ledger(ledger::problem(e)))? {
            return Ok(Added::Duplicate);
        }
        let id = document_id(&document);
        let input = Input { record: engine.read(&document), given: false };
        let added = ledger.add(&[input]).and_then(|added| Ok((added[0], ledger.news(&id)?)));
        let (added, news) = added.map_err(|e| Full::Ledger(ledger::problem(e)))?;
        for change in news {
            if *json {
                list::line(&change)?;
            } else {
                table::line(&table::change(&change), &mut anstream::stdout().lock())?;
            }
        }
        io::stdout().flush()?;
        Ok(added)
    }
}

/// Articles to the desk, the rest to standard error.
struct Follower {
    desk: Desk,
    /// In a run without end, every look that brought something is told.
    endless: bool,
    new: u64,
    changed: u64,
    duplicate: u64,
    not_hindi: u64,
    failed: u64,
}

impl Sink for Follower {
    type Error = Full;

    fn article(&mut self, change: Change, document: Document) -> Result<(), Full> {
        match self.desk.take(change, document)? {
            Added::New => self.new += 1,
            Added::Changed => self.changed += 1,
            Added::Duplicate => self.duplicate += 1,
        }
        Ok(())
    }

    fn report(&mut self, report: Report) {
        match report {
            Report::Failed { error, again } => {
                self.failed += 1;
                let again = again.map_or("not tried again".into(), |pause| format!("again in {} min", pause.as_secs().div_ceil(60)));
                Problem::new(error.place.to_string(), format!("{} ({again})", error.what)).report();
            }
            Report::NotHindi { .. } => self.not_hindi += 1,
            Report::Looked { feed, articles } if self.endless && articles > 0 => {
                Problem::new(feed, format!("{articles} new or changed")).report();
            }
            Report::Looked { .. } | Report::Unchanged { .. } => {}
        }
    }
}

pub fn run(args: Args) -> io::Result<Outcome> {
    let list = || -> Result<_, Error> {
        let name = args.feeds.display().to_string();
        let text = std::fs::read_to_string(&args.feeds).map_err(|e| Error::unreadable(&name, &e))?;
        let list = Feeds::parse(&text, &name)?;
        let state = args.state.clone().unwrap_or_else(|| args.feeds.with_extension("state.json"));
        Ok(Watch::new(list, JsonStore::open(&state)?, SystemClock, seed()))
    };
    let set_up = || Ok::<_, Problem>((list()?, Desk::open(&args)?));
    let (mut watch, desk) = match set_up() {
        Ok(set_up) => set_up,
        Err(problem) => {
            problem.report();
            return Ok(Outcome::Error);
        }
    };
    let mut follower = Follower { desk, endless: !args.once, new: 0, changed: 0, duplicate: 0, not_hindi: 0, failed: 0 };
    let done = if args.once { watch.once(&mut follower) } else { watch.forever(&mut follower) };
    let problem = match done {
        Ok(()) => None,
        Err(Stop::Sink(Full::Output(e))) => return Err(e),
        Err(Stop::Sink(Full::Ledger(problem))) => Some(problem),
        Err(Stop::Store(e)) => Some(e.into()),
    };
    if let Some(problem) = &problem {
        problem.report();
    }
    let Follower { new, changed, duplicate, not_hindi, failed, .. } = follower;
    let told = format!("{new} new, {changed} changed, {duplicate} duplicate, {not_hindi} not Hindi, {failed} failed");
    Problem::new("watch", told).report();
    Ok(match (problem, failed, new + changed) {
        (None, 0, 0) => Outcome::Nothing,
        (None, 0, _) => Outcome::Done,
        _ => Outcome::Error,
    })
}

/// Another for each run, so that pauses differ between computers.
fn seed() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    now.as_nanos() as u64 ^ u64::from(std::process::id()) << 32
}
