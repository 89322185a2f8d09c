//! Following feeds, politely: conditional requests, a pause between requests to one host, robots.txt, backoff with jitter,
//! limits of size and time.
//!
//! The clock, the random numbers, the state and what is done with an article are given from outside, so that a test can run
//! a week in a second.

mod config;
mod polite;
mod store;

use crate::error::{At, Error, ErrorKind, Place};
use crate::feed::{self, Entry};
use crate::hindi::is_hindi;
use crate::intake::{Item, page};
pub use config::{Feeds, Source};
use mulaqat::record::Document;
pub use polite::{Clock, SystemClock};
use polite::{Failure, Got, Polite, Wanted};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;
pub use store::{ArticleState, FeedState, JsonStore, Store};

/// Attempts at one article before it is given up.
const ATTEMPTS: u32 = 5;

/// Longest pause after errors.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// An article that has left its feed is forgotten after so many seconds: feeds show some again.
const FORGET: u64 = 90 * 24 * 3600;

/// Why an article is handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    New,
    /// Known, and the feed says something else of it than before.
    Changed,
}

/// What is done with articles and news of the run.
pub trait Sink {
    /// Why no more articles can be taken; ends the run.
    type Error;

    /// Takes an article. When this fails, the article is not marked as done and comes again in the next run.
    fn article(&mut self, change: Change, document: Document) -> Result<(), Self::Error>;

    /// Hears what else happens.
    fn report(&mut self, report: Report);
}

/// What happens beside articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// A feed or article could not be had; it is tried again after so long, or not at all.
    Failed { error: Error, again: Option<Duration> },
    /// An article that is not in Hindi, passed over.
    NotHindi { url: String },
    /// A look at a feed is done.
    Looked { feed: String, articles: u64 },
    /// A feed that has not changed since the last look.
    Unchanged { feed: String },
}

/// Why a run ended early.
#[derive(Debug)]
pub enum Stop<E> {
    /// The sink takes no more.
    Sink(E),
    /// The state cannot be kept: going on would hand articles on twice.
    Store(Error),
}

impl<E: fmt::Display> fmt::Display for Stop<E> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Stop::Sink(e) => e.fmt(f),
            Stop::Store(e) => e.fmt(f),
        }
    }
}

impl<E> From<Error> for Stop<E> {
    fn from(e: Error) -> Self {
        Stop::Store(e)
    }
}

/// Follows feeds.
pub struct Watch<C: Clock, S: Store> {
    feeds: Feeds,
    polite: Polite<C>,
    store: S,
    rng: fastrand::Rng,
}

impl<C: Clock, S: Store> Watch<C, S> {
    /// `seed` makes the jitter of pauses.
    pub fn new(feeds: Feeds, store: S, clock: C, seed: u64) -> Watch<C, S> {
        Watch { polite: Polite::new(&feeds, clock), feeds, store, rng: fastrand::Rng::with_seed(seed) }
    }

    /// Looks once at every feed whose time has come.
    pub fn once<K: Sink>(&mut self, sink: &mut K) -> Result<(), Stop<K::Error>> {
        for feed in self.feeds.feeds.clone() {
            if self.store.feed(&feed.url)?.next <= self.polite.now().as_secs() {
                self.look(&feed, sink)?;
            }
        }
        Ok(())
    }

    /// Looks again and again; ends only with an error.
    pub fn forever<K: Sink>(&mut self, sink: &mut K) -> Result<(), Stop<K::Error>> {
        loop {
            self.once(sink)?;
            let mut next = u64::MAX;
            for feed in &self.feeds.feeds {
                next = next.min(self.store.feed(&feed.url)?.next);
            }
            let pause = Duration::from_secs(next).saturating_sub(self.polite.now()).max(Duration::from_secs(1));
            self.polite.sleep(pause);
        }
    }

    fn look<K: Sink>(&mut self, feed: &Source, sink: &mut K) -> Result<(), Stop<K::Error>> {
        let mut state = self.store.feed(&feed.url)?;
        let known = (state.etag.clone(), state.last_modified.clone());
        let got = self.polite.get(&mut self.store, &feed.url, Wanted::Feed { etag: known.0, last_modified: known.1 })?;
        let page = match got {
            Ok(Got::Unchanged) => {
                state.failures = 0;
                state.next = self.after(feed.every);
                sink.report(Report::Unchanged { feed: feed.url.clone() });
                return Ok(self.store.keep(&feed.url, &state)?);
            }
            Ok(Got::Page(page)) => page,
            Err(failure) => return self.feed_failed(feed, state, failure, ErrorKind::Network, sink),
        };
        let parsed = match feed::parse(&page.bytes, page.charset.as_deref(), Some(&page.url)) {
            Ok(parsed) => parsed,
            Err(what) => return self.feed_failed(feed, state, Failure::Now(what), ErrorKind::Feed, sink),
        };
        state.failures = 0;
        let (mut articles, mut all_done) = (0, true);
        // the oldest first, as they came about
        for (number, entry) in parsed.entries.iter().enumerate().rev() {
            let done = self.entry(feed, number, entry, parsed.title.as_deref(), &mut state, &mut articles, sink)?;
            all_done &= done;
            self.store.keep(&feed.url, &state)?;
        }
        // with an article missing, the next look must bring the whole feed again
        (state.etag, state.last_modified) = if all_done { (page.etag, page.last_modified) } else { (None, None) };
        let now = self.polite.now().as_secs();
        state.articles.retain(|_, a| a.listed + FORGET > now);
        state.next = self.after(feed.every);
        sink.report(Report::Looked { feed: feed.url.clone(), articles });
        Ok(self.store.keep(&feed.url, &state)?)
    }

    /// One entry of a feed; true when nothing of it is left to do.
    #[allow(clippy::too_many_arguments)] // what is known of an entry is many things
    fn entry<K: Sink>(
        &mut self,
        feed: &Source,
        number: usize,
        entry: &Entry,
        title: Option<&str>,
        state: &mut FeedState,
        articles: &mut u64,
        sink: &mut K,
    ) -> Result<bool, Stop<K::Error>> {
        if entry.id.is_empty() {
            return Ok(true);
        }
        let now = self.polite.now().as_secs();
        let version = version(entry);
        let known = state.articles.get(&entry.id).cloned();
        let mut article = known.clone().unwrap_or_default();
        article.listed = now;
        if known.is_some() && article.version != version {
            (article.done, article.failures) = (false, 0);
        }
        let change = match &known {
            Some(k) if k.version != version && k.done => Change::Changed,
            _ => Change::New,
        };
        if !article.done {
            match self.article(feed, number, entry, title)? {
                Ok(Item::Document(document)) => {
                    sink.article(change, document).map_err(Stop::Sink)?;
                    *articles += 1;
                    article.done = true;
                }
                Ok(_) => {
                    sink.report(Report::NotHindi { url: entry.url.clone().unwrap_or_else(|| entry.id.clone()) });
                    article.done = true;
                }
                Err((error, again)) => {
                    // a host that asks for patience has not failed
                    article.failures += u32::from(again != Again::Later);
                    article.done = again == Again::Never || article.failures >= ATTEMPTS;
                    sink.report(Report::Failed { error, again: (!article.done).then_some(feed.every) });
                }
            }
        }
        // a change that could not be fetched is still one at the next attempt
        article.version = if article.done || known.is_none() { version } else { article.version };
        let done = article.done;
        state.articles.insert(entry.id.clone(), article);
        Ok(done)
    }

    /// Fetches and reads the article of an entry.
    fn article(&mut self, feed: &Source, number: usize, entry: &Entry, title: Option<&str>) -> Result<Result<Item, (Error, Again)>, Error> {
        let place = Place { name: feed.url.clone(), at: At::Entry(number + 1) };
        // what the feed itself shows to be of another language is not fetched
        if !is_hindi(&entry.text) {
            return Ok(Ok(Item::NotHindi { place, url: entry.url.clone() }));
        }
        let publisher = feed.publisher.as_deref().or(title);
        let own = || Document {
            id: entry.url.clone().unwrap_or_else(|| entry.id.clone()),
            url: entry.url.clone(),
            title: entry.title.clone(),
            publisher: publisher.map(str::to_string),
            published: entry.published.clone(),
            language: "hi".into(),
            text: entry.text.clone(),
        };
        let Some(url) = &entry.url else { return Ok(Ok(Item::Document(own()))) };
        let at = Place::whole(url);
        let failed = |kind, what, again| Ok(Err((Error::new(kind, at.clone(), what), again)));
        let got = match self.polite.get(&mut self.store, url, Wanted::Page)? {
            Ok(Got::Page(got)) => got,
            Ok(Got::Unchanged) => {
                return failed(ErrorKind::Network, "answers a question that was not asked; tell its publisher".into(), Again::Soon);
            }
            Err(Failure::Never(what)) => return failed(ErrorKind::Network, what, Again::Never),
            Err(Failure::Now(what)) => return failed(ErrorKind::Network, what, Again::Soon),
            Err(Failure::Until(_, what)) => return failed(ErrorKind::Network, what, Again::Later),
        };
        Ok(match page(at.clone(), Some(&got.url), got.charset.as_deref(), &got.bytes) {
            Ok(Item::Document(mut document)) => {
                let own = own();
                document.title = document.title.or(own.title);
                document.published = document.published.or(own.published);
                document.publisher = feed.publisher.clone().or(document.publisher).or(own.publisher);
                Ok(Item::Document(document))
            }
            // pages built by scripts are empty; their feed often has the text
            Err(e) if e.kind == ErrorKind::NoText && entry.text.chars().count() > 300 => Ok(Item::Document(own())),
            Err(e) => Err((e, Again::Never)),
            Ok(other) => Ok(other),
        })
    }

    fn feed_failed<K: Sink>(
        &mut self,
        feed: &Source,
        mut state: FeedState,
        failure: Failure,
        kind: ErrorKind,
        sink: &mut K,
    ) -> Result<(), Stop<K::Error>> {
        let now = self.polite.now().as_secs();
        let what = match failure {
            Failure::Until(until, what) => {
                state.next = until;
                what
            }
            Failure::Never(what) | Failure::Now(what) => {
                state.failures += 1;
                let pause = feed.every.saturating_mul(1 << state.failures.min(16)).min(LONGEST);
                state.next = self.after(pause);
                what
            }
        };
        let error = Error::new(kind, Place::whole(&feed.url), what);
        sink.report(Report::Failed { error, again: Some(Duration::from_secs(state.next.saturating_sub(now))) });
        Ok(self.store.keep(&feed.url, &state)?)
    }

    /// A moment after about so long: all who begin at one hour must not come back at one minute.
    fn after(&mut self, pause: Duration) -> u64 {
        (self.polite.now() + pause.mul_f64(0.9 + 0.2 * self.rng.f64())).as_secs()
    }
}

/// Whether an article is tried again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    Never,
    Soon,
    /// When its host allows, and without counting the attempt.
    Later,
}

/// Changes when the feed says something else of an article.
fn version(entry: &Entry) -> u64 {
    // of one build of the standard library; after an update an article may count as changed once
    let mut hasher = DefaultHasher::new();
    (&entry.title, &entry.updated, &entry.published, &entry.text).hash(&mut hasher);
    hasher.finish()
}
