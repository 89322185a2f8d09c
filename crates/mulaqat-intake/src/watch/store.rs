//! What is remembered from one look at a feed to the next.

use crate::error::{Error, ErrorKind, Place};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What is remembered of one feed. Times are seconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedState {
    /// What the server called the version we have.
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    /// No look before this moment.
    pub next: u64,
    /// Looks that failed since the last that did not.
    pub failures: u32,
    /// The articles known, by the id that the feed gives them.
    pub articles: BTreeMap<String, ArticleState>,
}

/// What is remembered of one article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArticleState {
    /// Tells whether the feed says something else of it than before.
    pub version: u64,
    /// When it was last in the feed.
    pub listed: u64,
    /// It was handed on, or given up.
    pub done: bool,
    /// Attempts that failed.
    pub failures: u32,
}

/// Where the state of feeds is kept between runs.
pub trait Store {
    /// The state of a feed, empty for a new one.
    fn feed(&mut self, url: &str) -> Result<FeedState, Error>;
    /// Keeps the state of a feed. Called after every article: what has been handed on is not handed on twice.
    fn keep(&mut self, url: &str, state: &FeedState) -> Result<(), Error>;
    /// Until when a host is not to be asked for anything, in seconds since 1970.
    fn host_until(&mut self, host: &str) -> Result<u64, Error>;
    fn keep_host_until(&mut self, host: &str, until: u64) -> Result<(), Error>;
}

/// A [`Store`] in one JSON file, replaced as a whole with every change, so that it is never half written.
#[derive(Debug)]
pub struct JsonStore {
    /// `None` keeps nothing beyond the process.
    path: Option<PathBuf>,
    state: State,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct State {
    feeds: BTreeMap<String, FeedState>,
    hosts: BTreeMap<String, u64>,
}

impl JsonStore {
    /// In memory only.
    pub fn in_memory() -> JsonStore {
        JsonStore { path: None, state: State::default() }
    }

    /// Opens the file, or begins a new one where there is none.
    pub fn open(path: &Path) -> Result<JsonStore, Error> {
        let name = path.display().to_string();
        let state = match fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|e| {
                let what = format!("is not the state of a watch ({e}); remove it to begin anew");
                Error::new(ErrorKind::Settings, Place::whole(&name), what)
            })?,
            Err(e) if e.kind() == io::ErrorKind::NotFound => State::default(),
            Err(e) => return Err(Error::unreadable(&name, &e)),
        };
        Ok(JsonStore { path: Some(path.into()), state })
    }

    fn save(&self) -> Result<(), Error> {
        let Some(path) = &self.path else { return Ok(()) };
        let write = || -> io::Result<()> {
            let new = path.with_extension("new");
            let mut file = fs::File::create(&new)?;
            file.write_all(&serde_json::to_vec(&self.state)?)?;
            file.sync_all()?;
            fs::rename(&new, path)
        };
        write().map_err(|e| {
            let what = format!("cannot be written ({e}); make room, or name another with --state");
            Error::new(ErrorKind::Settings, Place::whole(path.display().to_string()), what)
        })
    }
}

impl Store for JsonStore {
    fn feed(&mut self, url: &str) -> Result<FeedState, Error> {
        Ok(self.state.feeds.get(url).cloned().unwrap_or_default())
    }

    fn keep(&mut self, url: &str, state: &FeedState) -> Result<(), Error> {
        if self.state.feeds.get(url) == Some(state) {
            return Ok(());
        }
        self.state.feeds.insert(url.into(), state.clone());
        self.save()
    }

    fn host_until(&mut self, host: &str) -> Result<u64, Error> {
        Ok(self.state.hosts.get(host).copied().unwrap_or(0))
    }

    fn keep_host_until(&mut self, host: &str, until: u64) -> Result<(), Error> {
        self.state.hosts.insert(host.into(), until);
        self.save()
    }
}
