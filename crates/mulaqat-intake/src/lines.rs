//! Opening files, and their lines one by one.

use crate::error::{Error, Place};
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::Path;

/// The path that stands for standard input.
pub const STDIN: &str = "-";

/// How a path is called in messages.
pub fn display(path: &Path) -> String {
    if path.as_os_str() == STDIN { "standard input".into() } else { path.display().to_string() }
}

/// Opens a file, or standard input for `-`.
pub fn open(path: &Path) -> Result<Box<dyn Read>, Error> {
    if path.as_os_str() == STDIN {
        return Ok(Box::new(io::stdin().lock()));
    }
    let open = || {
        let file = File::open(path)?;
        if file.metadata()?.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { Ok(file) }
    };
    match open() {
        Ok(file) => Ok(Box::new(file)),
        Err(e) => Err(Error::unreadable(&display(path), &e)),
    }
}

/// UTF-8 text; `offset` is where in its file it begins.
pub fn utf8(place: Place, bytes: &[u8], offset: usize) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|e| Error::not_utf8(place, offset + e.valid_up_to()))
}

/// The lines of a file, numbered from 1, blank ones left out.
pub struct Lines<R> {
    name: String,
    reader: R,
    line: Vec<u8>,
    number: usize,
    /// Where the next line begins in the file.
    offset: usize,
}

impl<R: BufRead> Lines<R> {
    pub fn new(name: String, reader: R) -> Self {
        Lines { name, reader, line: vec![], number: 0, offset: 0 }
    }

    /// The next line that is not blank. A line that is not UTF-8 is an error, and the one after it can still be read.
    #[allow(clippy::should_implement_trait)] // an iterator cannot lend its line
    pub fn next(&mut self) -> Option<Result<(usize, &str), Error>> {
        loop {
            self.line.clear();
            let begin = self.offset;
            match self.reader.read_until(b'\n', &mut self.line) {
                Ok(0) => return None,
                Ok(n) => self.offset += n,
                Err(e) => {
                    // what follows cannot be read either: the next call must find the end
                    self.line.clear();
                    return Some(Err(Error::unreadable(&self.name, &e)));
                }
            }
            self.number += 1;
            if !self.line.trim_ascii().is_empty() {
                let place = Place::line(&self.name, self.number);
                return Some(utf8(place, &self.line, begin).map(|s| (self.number, s.trim_end())));
            }
        }
    }
}

/// What is wrong with a piece of JSON, and in which column; the line is told by the place of the error.
pub fn json_error(e: &serde_json::Error) -> String {
    let what = e.to_string();
    match what.rfind(" at line ") {
        Some(i) => format!("{} at column {}", &what[..i], e.column()),
        None => what,
    }
}
