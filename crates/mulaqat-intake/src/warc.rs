//! Web archives (WARC 0.18 to 1.1; ISO 28500), plain or in gzip members, record by record.
//!
//! Own code, since of the crates one stops at the first damaged record and the other brings five more compressors: a damaged
//! record is reported, and reading goes on with the next that begins well.

use crate::error::{At, Error, ErrorKind, Place};
use crate::limit;
use crate::message::Fields;
use crate::replay::Replay;
use flate2::bufread::GzDecoder;
use std::io::{self, Read};

/// The header of a record is a few hundred bytes.
const HEADER: usize = 64 << 10;

const MAGIC: &[u8] = &[0x1f, 0x8b, 8];

/// What begins a record.
const VERSION: &[u8] = b"WARC/";

/// A record that can hold a page.
#[derive(Debug)]
pub struct Record {
    pub place: Place,
    pub fields: Fields,
    pub block: Vec<u8>,
}

/// The records of an archive that can hold pages: responses, resources and conversions. Others are passed over.
pub struct Warc<R: Read> {
    name: String,
    text: Replay<Source<R>>,
    number: u64,
    /// Where the gzip member began.
    member: u64,
    /// After damage: what does not read as a record is passed over without a word.
    lost: bool,
    ended: bool,
}

/// The unpacked bytes of a plain archive, or of one gzip member.
#[derive(Default)]
enum Source<R: Read> {
    #[default]
    Nothing,
    Plain(R),
    Between(Replay<R>),
    Inside(Box<GzDecoder<Replay<R>>>),
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Source::Nothing | Source::Between(_) => Ok(0),
            Source::Plain(r) => r.read(out),
            Source::Inside(r) => r.read(out),
        }
    }
}

/// Why a record was given up.
enum Fault {
    /// The disk or the connection, not the data.
    Io(io::Error),
    /// The gzip member it is in cannot be unpacked further.
    Packed(String),
    /// The record itself.
    Damage(String),
}

impl From<io::Error> for Fault {
    fn from(e: io::Error) -> Fault {
        use io::ErrorKind::*;
        match e.kind() {
            UnexpectedEof => Fault::Packed(CUT_OFF.into()),
            InvalidInput | InvalidData | FileTooLarge => Fault::Packed(format!("is damaged ({e}); the next records are read")),
            _ => Fault::Io(e),
        }
    }
}

const CUT_OFF: &str = "the archive ends in the middle of it; fetch the rest";

fn damage<T>(what: &str) -> Result<T, Fault> {
    Err(Fault::Damage(format!("is damaged ({what}); the next records are read")))
}

impl<R: Read> Warc<R> {
    pub fn plain(name: String, reader: R) -> Warc<R> {
        Warc::new(name, Source::Plain(reader))
    }

    pub fn gzip(name: String, reader: R) -> Warc<R> {
        Warc::new(name, Source::Between(Replay::new(reader)))
    }

    fn new(name: String, source: Source<R>) -> Warc<R> {
        Warc { name, text: Replay::new(source), number: 0, member: 0, lost: false, ended: false }
    }

    /// One record; `None` when it is of no use to us.
    fn record(&mut self, begin: u64) -> Result<Option<Record>, Fault> {
        self.text.mark();
        let header = self.header()?;
        if !header.starts_with(VERSION) {
            return damage("it does not begin with WARC/");
        }
        let fields = Fields::parse(&header);
        let Some(length) = fields.get("content-length").and_then(|l| l.parse::<u64>().ok()) else {
            return damage("it has no Content-Length");
        };
        let wanted = matches!(fields.get("warc-type"), Some("response" | "resource" | "conversion"))
            && (0..=limit::PAGE).contains(&length)
            && may_be_page(&fields);
        let mut block = vec![];
        let mut left = length;
        while left > 0 {
            let bytes = self.text.fill()?;
            if bytes.is_empty() {
                return Err(Fault::Damage(CUT_OFF.into()));
            }
            let n = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if wanted {
                block.extend_from_slice(&bytes[..n]);
            }
            self.text.consume(n);
            left -= n as u64;
            self.guard()?;
        }
        // the end of a gzip member is where its checksum is looked at
        let next = self.text.peek(VERSION.len())?;
        if !(next.is_empty() || next.starts_with(b"\r") || next.starts_with(b"\n") || next.starts_with(VERSION)) {
            return damage("its Content-Length is wrong");
        }
        self.newlines()?;
        let place = Place { name: self.name.clone(), at: At::Record { number: self.number, byte: begin } };
        Ok(wanted.then_some(Record { place, fields, block }))
    }

    fn header(&mut self) -> Result<Vec<u8>, Fault> {
        let mut header = vec![];
        loop {
            let bytes = self.text.fill()?;
            if bytes.is_empty() {
                // the end of the file, or data that only look like a gzip member
                return Err(Fault::Damage(CUT_OFF.into()));
            }
            let n = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |i| i + 1);
            header.extend_from_slice(&bytes[..n]);
            self.text.consume(n);
            if header.ends_with(b"\r\n\r\n") || header.ends_with(b"\n\n") {
                return Ok(header);
            }
            if header.len() >= VERSION.len() && !header.starts_with(VERSION) {
                return Ok(header);
            }
            if header.len() > HEADER {
                return damage("its header does not end");
            }
        }
    }

    fn newlines(&mut self) -> io::Result<()> {
        loop {
            let bytes = self.text.fill()?;
            let n = bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            if n == 0 {
                return Ok(());
            }
            self.text.consume(n);
        }
    }

    fn guard(&self) -> io::Result<()> {
        if let Source::Inside(member) = self.text.inner() {
            let packed = member.get_ref().offset() - self.member;
            if limit::bomb(packed, self.text.offset()) {
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it grows without measure when unpacked"));
            }
        }
        Ok(())
    }

    /// Opens the next gzip member; false at the end of the file.
    fn next_member(&mut self) -> io::Result<bool> {
        let mut compressed = match std::mem::take(self.text.inner_mut()) {
            Source::Inside(member) => member.into_inner(),
            Source::Between(compressed) => compressed,
            other => {
                *self.text.inner_mut() = other;
                return Ok(false);
            }
        };
        // padding between members is not standard, and is seen
        let found = loop {
            let bytes = compressed.fill()?;
            let zeros = bytes.iter().take_while(|b| **b == 0).count();
            if zeros == 0 {
                break !bytes.is_empty();
            }
            compressed.consume(zeros);
        };
        compressed.mark();
        self.member = compressed.offset();
        let source = if found { Source::Inside(Box::new(GzDecoder::new(compressed))) } else { Source::Between(compressed) };
        self.text.map_inner(|_| source);
        Ok(found)
    }

    /// After damage, goes to where the next record seems to begin; false when there is none.
    fn recover(&mut self, begin: u64, packed: bool) -> io::Result<bool> {
        self.lost = true;
        let gzip = matches!(self.text.inner(), Source::Inside(_));
        if !(gzip && packed) {
            self.text.rewind(begin + 1);
            match self.text.seek(b"\nWARC/1.") {
                Ok(found) => {
                    self.text.consume(1);
                    return Ok(found || gzip);
                }
                Err(e) if self.is_io(&e) => return Err(e),
                Err(_) => {}
            }
        }
        let Source::Inside(member) = std::mem::take(self.text.inner_mut()) else { return Ok(false) };
        let mut compressed = member.into_inner();
        // with a wrong checksum, the next member stands right behind; else it may have been read over
        if compressed.offset() <= self.member {
            compressed.consume(1);
        } else if !compressed.peek(MAGIC.len())?.starts_with(MAGIC) {
            compressed.rewind(self.member + 1);
        }
        let found = compressed.seek(MAGIC)?;
        self.text.map_inner(|_| Source::Between(compressed));
        Ok(found)
    }

    fn is_io(&self, e: &io::Error) -> bool {
        !matches!(e.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput)
    }

    fn failed(&mut self, e: &io::Error) -> Option<Result<Record, Error>> {
        self.ended = true;
        Some(Err(Error::unreadable(&self.name, e)))
    }
}

/// Pictures, scripts and films are not unpacked into memory. What a record does not say, the page will.
fn may_be_page(fields: &Fields) -> bool {
    let said = fields.get("warc-identified-payload-type").or_else(|| match fields.get("content-type") {
        Some(t) if t.trim_start().starts_with("application/http") => None,
        other => other,
    });
    said.is_none_or(|t| {
        ["text/", "application/xhtml", "application/xml", "unk", "application/octet"].iter().any(|p| t.trim_start().starts_with(p))
    })
}

impl<R: Read> Iterator for Warc<R> {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let at_end = match self.newlines().and_then(|()| self.text.fill().map(<[u8]>::is_empty)) {
                Ok(at_end) => at_end,
                Err(e) if self.is_io(&e) => return self.failed(&e),
                // what cannot be unpacked at all is told by the record that cannot be read
                Err(_) => false,
            };
            if at_end {
                match self.next_member() {
                    Ok(true) => {}
                    Ok(false) => self.ended = true,
                    Err(e) => return self.failed(&e),
                }
                continue;
            }
            let text_begin = self.text.offset();
            let begin = if matches!(self.text.inner(), Source::Plain(_)) { text_begin } else { self.member };
            let was_lost = self.lost;
            self.number += u64::from(!was_lost);
            match self.record(begin) {
                Ok(found) => {
                    self.lost = false;
                    // the record after the damage was not counted while it was looked for
                    self.number += u64::from(was_lost);
                    if let Some(mut record) = found {
                        record.place.at = At::Record { number: self.number, byte: begin };
                        return Some(Ok(record));
                    }
                }
                Err(Fault::Io(e)) => return self.failed(&e),
                Err(fault @ (Fault::Damage(_) | Fault::Packed(_))) => {
                    let packed = matches!(fault, Fault::Packed(_));
                    let (Fault::Damage(what) | Fault::Packed(what)) = fault else { continue };
                    match self.recover(text_begin, packed) {
                        Ok(found) => self.ended = !found,
                        Err(e) => return self.failed(&e),
                    }
                    if !was_lost {
                        let place = Place { name: self.name.clone(), at: At::Record { number: self.number, byte: begin } };
                        return Some(Err(Error::new(ErrorKind::Archive, place, what)));
                    }
                }
            }
        }
        None
    }
}
