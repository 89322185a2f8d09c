//! A buffered reader that knows where it is and can go back: damage is often noticed only after the next good record has been read over.

use std::io::{self, Read};

const CHUNK: usize = 64 << 10;

/// Bytes kept after the mark. Whoever reads further can no longer go back.
const KEEP: usize = 32 << 20;

pub struct Replay<R> {
    inner: R,
    buffer: Vec<u8>,
    /// Where in the buffer the mark is, and where reading goes on.
    mark: usize,
    at: usize,
    /// Where in the file the buffer begins.
    base: u64,
}

impl<R: Read> Replay<R> {
    pub fn new(inner: R) -> Replay<R> {
        Replay { inner, buffer: vec![], mark: 0, at: 0, base: 0 }
    }

    /// Place in the file of the next byte.
    pub fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    /// Nothing before this place will be wanted again.
    pub fn mark(&mut self) {
        self.mark = self.at;
    }

    /// Goes back to a place at or after the mark; stays when that is no longer kept.
    pub fn rewind(&mut self, offset: u64) {
        if (self.base + self.mark as u64..self.offset()).contains(&offset) {
            self.at = (offset - self.base) as usize;
        }
    }

    pub fn inner(&self) -> &R {
        &self.inner
    }

    pub fn inner_mut(&mut self) -> &mut R {
        &mut self.inner
    }

    /// Puts another source in place; what was read of the old one is gone.
    pub fn map_inner(&mut self, f: impl FnOnce(R) -> R)
    where
        R: Default,
    {
        self.inner = f(std::mem::take(&mut self.inner));
        self.buffer.clear();
        (self.mark, self.at, self.base) = (0, 0, 0);
    }

    /// What is in the buffer; reads more when that is nothing. Empty at the end.
    pub fn fill(&mut self) -> io::Result<&[u8]> {
        if self.at == self.buffer.len() {
            self.more()?;
        }
        Ok(&self.buffer[self.at..])
    }

    /// At least `n` bytes, unless the end comes first.
    pub fn peek(&mut self, n: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.at < n && self.more()? > 0 {}
        Ok(&self.buffer[self.at..])
    }

    pub fn consume(&mut self, n: usize) {
        self.at = (self.at + n).min(self.buffer.len());
    }

    fn more(&mut self) -> io::Result<usize> {
        let kept = if self.at - self.mark > KEEP { self.at } else { self.mark };
        self.buffer.drain(..kept);
        self.base += kept as u64;
        (self.mark, self.at) = (0, self.at - kept);
        let old = self.buffer.len();
        self.buffer.resize(old + CHUNK, 0);
        let read = loop {
            match self.inner.read(&mut self.buffer[old..]) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(old + *read.as_ref().unwrap_or(&0));
        read
    }

    /// Skips to the next `needle`; false when the end comes first.
    pub fn seek(&mut self, needle: &[u8]) -> io::Result<bool> {
        loop {
            self.mark();
            let bytes = self.peek(needle.len())?;
            if bytes.len() < needle.len() {
                let rest = bytes.len();
                self.consume(rest);
                return Ok(false);
            }
            if let Some(i) = memchr::memmem::find(bytes, needle) {
                self.consume(i);
                return Ok(true);
            }
            let over = bytes.len() + 1 - needle.len();
            self.consume(over);
        }
    }
}

/// For whoever wants a plain reader, such as a decompressor.
impl<R: Read> Read for Replay<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = {
            let bytes = self.fill()?;
            let n = bytes.len().min(out.len());
            out[..n].copy_from_slice(&bytes[..n]);
            n
        };
        self.consume(n);
        Ok(n)
    }
}

impl<R: Read> io::BufRead for Replay<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.fill()
    }

    fn consume(&mut self, n: usize) {
        Replay::consume(self, n);
    }
}
