//! Connections to the ledger, each for one request at a time and opened to read only.

use mulaqat_ledger::{Error, Ledger};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The ledger's file, and connections that wait for the next request.
#[derive(Debug)]
pub struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<(Identity, Ledger)>>,
}

/// Which file stands at a path: another one after it was deleted and made anew.
type Identity = Option<(u64, u64)>;

#[cfg(unix)]
fn identity(path: &Path) -> Identity {
    use std::os::unix::fs::MetadataExt;
    path.metadata().ok().map(|m| (m.dev(), m.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Identity {
    None // elsewhere a file in use cannot be deleted
}

/// What became of a request to the ledger.
pub enum Pooled<T> {
    Done(T),
    /// There is no such file.
    Missing,
}

impl Pool {
    pub fn new(path: PathBuf) -> Pool {
        Pool { path, idle: Mutex::default() }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does all reading of `work` on one state of the ledger.
    pub fn with<T>(&self, work: impl FnOnce(&Ledger) -> T) -> Result<Pooled<T>, Error> {
        if !self.path.exists() {
            return Ok(Pooled::Missing);
        }
        let now = identity(&self.path);
        // a panic in a page must not close all others
        let idle = self.idle.lock().unwrap_or_else(|e| e.into_inner()).pop().filter(|(then, _)| *then == now);
        let ledger = match idle {
            Some((_, ledger)) => ledger,
            None => Ledger::open_read_only(&self.path)?,
        };
        let done = ledger.steady(work)?;
        self.idle.lock().unwrap_or_else(|e| e.into_inner()).push((now, ledger));
        Ok(Pooled::Done(done))
    }
}
