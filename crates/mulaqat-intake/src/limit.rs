//! Guards against input made to fill memory.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A page, feed or archived response of more bytes is not read.
pub const PAGE: u64 = 16 << 20;

/// A plain text of more bytes is not read.
pub const TEXT: u64 = 1 << 30;

/// Compressed data may grow to this size, and beyond it by no more than [`RATIO`]. News packs some 5 to 20 times.
const FREE: u64 = 64 << 20;
const RATIO: u64 = 300;

/// A reader that fails once more than `limit` bytes have come.
pub struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Bounded<R> {
    pub fn new(inner: R, limit: u64) -> Bounded<R> {
        Bounded { inner, left: limit }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::new(io::ErrorKind::FileTooLarge, "more than the limit")),
        }
        Ok(read)
    }
}

/// Bytes that have come out of a reader, for whoever watches.
#[derive(Clone, Default)]
pub struct Count(Arc<AtomicU64>);

impl Count {
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub fn add(&self, n: u64) {
        self.0.fetch_add(n, Ordering::Relaxed);
    }
}

/// A reader whose bytes are counted.
pub struct Counted<R> {
    pub inner: R,
    /// Counts of this file, and of the run.
    pub counts: [Count; 2],
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.counts.iter().for_each(|c| c.add(read as u64));
        Ok(read)
    }
}

/// Is so much from so little no news any more, but a bomb?
pub fn bomb(packed: u64, unpacked: u64) -> bool {
    unpacked > FREE && unpacked / RATIO > packed
}

/// An unpacking reader that fails when its data look like a bomb.
pub struct Guarded<R> {
    pub inner: R,
    pub packed: Count,
    pub unpacked: u64,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.unpacked += read as u64;
        if bomb(self.packed.get(), self.unpacked) {
            let what = format!("grows more than {RATIO} times when unpacked");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, what));
        }
        Ok(read)
    }
}
