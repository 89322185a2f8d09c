//! [`Intake`]: files, folders, addresses and standard input in, documents out, one by one.

use crate::error::{At, Error, ErrorKind, Place};
use crate::feed;
use crate::fetch::{self, Fetched};
use crate::hindi::{is_hindi, may_be_hindi};
use crate::kind::{Form, Kind, form, kind};
use crate::limit::{self, Bounded, Count, Counted, Guarded};
use crate::lines::{self, Lines, STDIN};
use crate::message::Response;
use crate::replay::Replay;
use crate::warc::{self, Warc};
use crate::{charset, html, json, walk};
use flate2::read::{GzDecoder, MultiGzDecoder};
use mulaqat::record::{Document, Record};
use serde::de::IgnoredAny;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

/// What comes out of the intake.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Document(Document),
    /// A record that was ready: it need not be read again. Only with [`Options::records`].
    Record(Box<Record>),
    /// A page or text that is not in Hindi, passed over; its address, where it has one.
    NotHindi {
        place: Place,
        url: Option<String>,
    },
}

/// How inputs are taken.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `YYYY-MM-DD`; goes before what the input says of its publication.
    pub published: Option<String>,
    /// Ready records are handed on as such; else only their documents are, to be read again.
    pub records: bool,
    /// Plain texts and JSON documents must be Hindi too; else whoever names them is believed. Pages, feeds and archives always must.
    pub only_hindi: bool,
}

/// The documents of inputs, in order. An error concerns one file, line, entry or record; the next item is past it.
///
/// Nothing is loaded before it is asked for, and no more than one page, feed or text at a time.
pub struct Intake {
    inputs: VecDeque<Input>,
    open: Option<Open>,
    options: Options,
    read: Count,
}

/// An input not opened yet.
pub(crate) enum Input {
    Path { path: PathBuf, id: Option<String> },
    Url(String),
    Reader { name: String, reader: Box<dyn Read> },
}

/// An input being read.
enum Open {
    Items(std::vec::IntoIter<Result<Item, Error>>),
    Lines { lines: Lines<Box<dyn BufRead>>, name: String, stem: String },
    Warc(Warc<Box<dyn Read>>),
}

/// A file about to be read.
struct File<'a> {
    name: String,
    /// Id of a document that has none of its own.
    stem: String,
    form: Form,
    fetched: Option<Fetched>,
    options: &'a Options,
}

impl Intake {
    /// `-` is standard input, `http://…` and `https://…` are fetched, folders are walked in order of their names.
    pub fn new<P: Into<PathBuf>>(inputs: impl IntoIterator<Item = P>, options: Options) -> Intake {
        let input = |p: P| {
            let path = p.into();
            match path.to_str() {
                Some(s) if s.starts_with("http://") || s.starts_with("https://") => Input::Url(s.into()),
                _ => Input::Path { path, id: None },
            }
        };
        Intake { inputs: inputs.into_iter().map(input).collect(), open: None, options, read: Count::default() }
    }

    /// Reads one input that is open already; `name` is what errors call it, and its ending may tell its form.
    pub fn from_reader(name: impl Into<String>, reader: impl Read + 'static, options: Options) -> Intake {
        let input = Input::Reader { name: name.into(), reader: Box::new(reader) };
        Intake { inputs: [input].into(), open: None, options, read: Count::default() }
    }

    /// Counts the bytes that have been read from files, standard input and the network; for showing progress.
    pub fn bytes_read(&self) -> Count {
        self.read.clone()
    }

    /// Bytes of the files and folders not opened yet. Walks the folders.
    pub fn bytes_left(&self) -> u64 {
        let size = |i: &Input| match i {
            Input::Path { path, .. } => walk::size(path),
            Input::Url(_) | Input::Reader { .. } => 0,
        };
        self.inputs.iter().map(size).sum()
    }

    fn open(&mut self, input: Input) -> Result<Option<Open>, Error> {
        let (name, stem, form, reader, fetched): (_, _, _, Box<dyn Read>, _) = match input {
            Input::Path { path, .. } if path.is_dir() => {
                let name = lines::display(&path);
                let found = walk::folder(&path).map_err(|e| Error::unreadable(&name, &e))?;
                if found.is_empty() {
                    let what = "holds no articles; name a folder with texts, pages, feeds, archives or JSON Lines in it";
                    return Err(Error::new(ErrorKind::Unreadable, Place::whole(name), what));
                }
                found.into_iter().rev().for_each(|i| self.inputs.push_front(i));
                return Ok(None);
            }
            Input::Path { path, id } => {
                let stem = id.unwrap_or_else(|| stem(&path));
                (lines::display(&path), stem, form(&path), lines::open(&path)?, None)
            }
            Input::Url(url) => {
                let (reader, fetched) = fetch::open(&url).map_err(|what| Error::new(ErrorKind::Network, Place::whole(&url), what))?;
                (url.clone(), url.clone(), form(Path::new(&url)), reader, Some(fetched))
            }
            Input::Reader { name, reader } => (name.clone(), stem(Path::new(&name)), form(Path::new(&name)), reader, None),
        };
        let packed = Count::default();
        let reader = Counted { inner: reader, counts: [packed.clone(), self.read.clone()] };
        let file = File { name, stem, form, fetched, options: &self.options };
        file.open(Replay::new(Box::new(reader)), packed).map(Some)
    }

    /// A record of an archive, as an item; `None` when it holds no page.
    fn archived(&self, record: &warc::Record) -> Result<Option<Item>, Error> {
        let damaged = |what: String| Error::new(ErrorKind::Archive, record.place.clone(), what);
        let url = record.fields.get("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_string());
        let http = record.fields.get("content-type").is_some_and(|t| t.trim_start().starts_with("application/http"));
        let (fields, body) = if http {
            let response =
                Response::parse(&record.block).ok_or_else(|| damaged("holds no HTTP response; the archive is not well-formed".into()))?;
            if !matches!(response.status, 200 | 203) || !page_type(&response.fields.media_type()) {
                return Ok(None);
            }
            let body = response.body(limit::PAGE).map_err(damaged)?;
            (response.fields, body)
        } else {
            if !page_type(&record.fields.media_type()) {
                return Ok(None);
            }
            (record.fields.clone(), record.block.clone())
        };
        let charset = fields.get("content-type").and_then(charset::of_content_type);
        let plain = fields.media_type() == "text/plain";
        let stem =
            url.clone().or_else(|| record.fields.get("warc-record-id").map(|i| i.trim_matches(['<', '>']).into())).unwrap_or_default();
        let page = Page { place: record.place.clone(), stem, url, charset: charset.as_deref(), options: &self.options };
        if plain { page.text(&body).map(Some) } else { page.html(&body).map(Some) }
    }
}

/// Media types that can be pages; servers that say nothing mean pages.
fn page_type(media_type: &str) -> bool {
    matches!(media_type, "" | "text/html" | "application/xhtml+xml" | "text/plain")
}

fn stem(path: &Path) -> String {
    match path.file_stem() {
        Some(s) if path.as_os_str() != STDIN => s.to_string_lossy().into_owned(),
        _ => "stdin".into(),
    }
}

impl Iterator for Intake {
    type Item = Result<Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let item = match &mut self.open {
                None => {
                    let input = self.inputs.pop_front()?;
                    match self.open(input) {
                        Ok(open) => self.open = open,
                        Err(e) => return Some(Err(e)),
                    }
                    continue;
                }
                Some(Open::Items(items)) => items.next(),
                Some(Open::Lines { lines, name, stem }) => lines.next().map(|line| {
                    let (number, line) = line?;
                    let item = json::item(line, name, stem, Some(number), &self.options)?;
                    Ok(believed(item, Place::line(name.as_str(), number), &self.options))
                }),
                Some(Open::Warc(warc)) => match warc.next() {
                    None => None,
                    Some(Err(e)) => Some(Err(e)),
                    Some(Ok(record)) => match self.archived(&record).transpose() {
                        Some(item) => Some(item),
                        None => continue,
                    },
                },
            };
            match item {
                Some(item) => return Some(item),
                None => self.open = None,
            }
        }
    }
}

/// A document that somebody wrote as one: passed over only when the run wants nothing but Hindi.
fn believed(item: Item, place: Place, options: &Options) -> Item {
    match item {
        Item::Document(d) if options.only_hindi => {
            let said = d.language.split(['-', '_']).next().is_none_or(|l| l.eq_ignore_ascii_case("hi"));
            if said && is_hindi(&d.text) { Item::Document(d) } else { Item::NotHindi { place, url: d.url } }
        }
        other => other,
    }
}

impl File<'_> {
    fn place(&self) -> Place {
        Place::whole(&self.name)
    }

    fn open<R: Read + 'static>(&self, mut reader: Replay<R>, packed: Count) -> Result<Open, Error> {
        let head = self.head(&mut reader)?;
        match kind(&head, self.form) {
            Kind::Gzip => {
                let mut first = vec![];
                let _ = GzDecoder::new(&head[..]).take(1024).read_to_end(&mut first);
                if first.starts_with(b"WARC/") || (first.is_empty() && self.name.ends_with(".warc.gz")) {
                    return Ok(Open::Warc(Warc::gzip(self.name.clone(), Box::new(reader))));
                }
                let unpacked = Guarded { inner: MultiGzDecoder::new(reader), packed: packed.clone(), unpacked: 0 };
                let mut unpacked = Replay::new(Box::new(unpacked) as Box<dyn Read>);
                let head = self.head(&mut unpacked)?;
                match kind(&head, self.form) {
                    Kind::Gzip => Err(Error::new(ErrorKind::Archive, self.place(), "is packed twice; unpack it once with gzip -d")),
                    inner => self.unpacked(inner, unpacked),
                }
            }
            inner => self.unpacked(inner, reader),
        }
    }

    /// Enough of the beginning to tell what the file is. A pipe that brings less at a time is not waited for once it has brought a line.
    fn head<R: Read>(&self, reader: &mut Replay<R>) -> Result<Vec<u8>, Error> {
        let mut wanted = 1;
        loop {
            let head = reader.peek(wanted).map_err(|e| self.unreadable(&e))?;
            let enough = head.len() >= 4096
                || head.len() < wanted
                || (head.contains(&b'\n') && !head.starts_with(b"<") && !head.starts_with(b"\x1f"));
            if enough {
                return Ok(head[..head.len().min(64 << 10)].to_vec());
            }
            wanted = head.len() + 1;
        }
    }

    fn unreadable(&self, e: &io::Error) -> Error {
        match e.kind() {
            io::ErrorKind::FileTooLarge => {
                Error::new(ErrorKind::TooLarge, self.place(), format!("{e}; it is left, unpack or cut it yourself"))
            }
            io::ErrorKind::UnexpectedEof if self.fetched.is_some() => {
                Error::new(ErrorKind::Network, self.place(), format!("breaks off ({e}); try again later"))
            }
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
                Error::new(ErrorKind::Archive, self.place(), format!("cannot be unpacked ({e}); fetch it again"))
            }
            _ if self.fetched.is_some() => Error::new(ErrorKind::Network, self.place(), format!("breaks off ({e}); try again later")),
            _ => Error::unreadable(&self.name, e),
        }
    }

    fn unpacked<R: Read + 'static>(&self, kind: Kind, mut reader: Replay<R>) -> Result<Open, Error> {
        let items = |items: Vec<_>| Open::Items(items.into_iter());
        match kind {
            Kind::Warc => Ok(Open::Warc(Warc::plain(self.name.clone(), Box::new(reader)))),
            Kind::Gzip | Kind::Other => self.text_or_json(reader),
            Kind::Html => {
                let bytes = self.whole(&mut reader, limit::PAGE)?;
                let url = self.fetched.as_ref().map(|f| f.url.clone());
                let charset = self.fetched.as_ref().and_then(|f| f.charset.as_deref());
                let page = Page { place: self.place(), stem: self.stem.clone(), url, charset, options: self.options };
                Ok(items(vec![page.html(&bytes)]))
            }
            Kind::Feed => {
                let bytes = self.whole(&mut reader, limit::PAGE)?;
                let url = self.fetched.as_ref().map(|f| f.url.as_str());
                let charset = self.fetched.as_ref().and_then(|f| f.charset.as_deref());
                let feed = feed::parse(&bytes, charset, url).map_err(|what| Error::new(ErrorKind::Feed, self.place(), what))?;
                Ok(items(self.entries(feed)))
            }
        }
    }

    fn whole<R: Read>(&self, reader: &mut Replay<R>, limit: u64) -> Result<Vec<u8>, Error> {
        let mut bytes = vec![];
        Bounded::new(reader, limit).read_to_end(&mut bytes).map_err(|e| match e.kind() {
            io::ErrorKind::FileTooLarge if e.to_string() == "more than the limit" => {
                Error::new(ErrorKind::TooLarge, self.place(), format!("is larger than {} MiB; no article is, cut it", limit >> 20))
            }
            _ => self.unreadable(&e),
        })?;
        Ok(bytes)
    }

    fn entries(&self, feed: feed::Feed) -> Vec<Result<Item, Error>> {
        let feed::Feed { title, entries, .. } = feed;
        let item = |(n, e): (usize, feed::Entry)| {
            let place = Place { name: self.name.clone(), at: At::Entry(n + 1) };
            if !is_hindi(&e.text) {
                return Ok(Item::NotHindi { place, url: e.url });
            }
            let id = e.url.clone().or(Some(e.id).filter(|i| !i.is_empty())).unwrap_or_else(|| format!("{}:{}", self.stem, n + 1));
            let published = self.options.published.clone().or(e.published);
            Ok(Item::Document(Document {
                id,
                url: e.url,
                title: e.title,
                publisher: title.clone(),
                published,
                language: "hi".into(),
                text: e.text,
            }))
        };
        entries.into_iter().enumerate().map(item).collect()
    }

    fn text_or_json<R: Read + 'static>(&self, mut reader: Replay<R>) -> Result<Open, Error> {
        let lines = |reader: Box<dyn BufRead>| Open::Lines {
            lines: Lines::new(self.name.clone(), reader),
            name: self.name.clone(),
            stem: self.stem.clone(),
        };
        if self.form == Form::JsonLines {
            return Ok(lines(Box::new(reader)));
        }
        // the first line tells JSON Lines, which may be endless, from the rest
        let mut bytes = vec![];
        while bytes.trim_ascii().is_empty() {
            match reader.read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(_) => {}
                Err(e) => return Err(self.unreadable(&e)),
            }
        }
        let first = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii();
        let object = first.strip_prefix(b"{").map(|rest| rest.trim_ascii_start());
        let one_line = serde_json::from_slice::<IgnoredAny>(first).is_ok();
        let begins_field = object.is_some_and(|rest| rest.starts_with(b"\""));
        let json = match self.form {
            Form::Json => true,
            Form::Unsaid => begins_field || object.is_some_and(|rest| rest.is_empty() || one_line),
            Form::Text | Form::JsonLines | Form::Html => false,
        };
        if json && object.is_some() && one_line {
            return Ok(lines(Box::new(io::Cursor::new(bytes).chain(reader))));
        }
        bytes.extend(self.whole(&mut reader, limit::TEXT)?);
        let text = lines::utf8(self.place(), &bytes, 0);
        let one = if json {
            text.and_then(|text| json::item(text, &self.name, &self.stem, None, self.options))
        } else {
            let published = self.options.published.as_deref();
            text.and_then(|text| json::document(json::plain(text), self.place(), &self.stem, None, published)).map(Item::Document)
        };
        match one {
            // JSON Lines that begin with a bad one: each line has its own word
            Err(_) if json && begins_field => Ok(lines(Box::new(io::Cursor::new(bytes)))),
            one => Ok(Open::Items(vec![one.map(|i| believed(i, self.place(), self.options))].into_iter())),
        }
    }
}

/// A page that was fetched, as an item.
pub(crate) fn page(place: Place, url: Option<&str>, charset: Option<&str>, bytes: &[u8]) -> Result<Item, Error> {
    let stem = url.unwrap_or_default().to_string();
    Page { place, stem, url: url.map(str::to_string), charset, options: &Options::default() }.html(bytes)
}

/// A page on its way from bytes to a document.
struct Page<'a> {
    place: Place,
    stem: String,
    url: Option<String>,
    charset: Option<&'a str>,
    options: &'a Options,
}

impl Page<'_> {
    fn html(self, bytes: &[u8]) -> Result<Item, Error> {
        let encoding = charset::encoding(bytes, self.charset);
        if !may_be_hindi(bytes, encoding) {
            return Ok(Item::NotHindi { place: self.place, url: self.url });
        }
        let html = charset::decode(bytes, encoding);
        let Some(page) = html::page(&html, self.url.as_deref()) else {
            return Err(Error::new(ErrorKind::TooLarge, self.place, "nests deeper than pages do; it is left, save its text instead"));
        };
        if page.text.is_empty() {
            return Err(Error::new(ErrorKind::NoText, self.place, "no article is found in this page; save its text instead"));
        }
        if !is_hindi(&page.text) {
            return Ok(Item::NotHindi { place: self.place, url: page.meta.url });
        }
        Ok(Item::Document(page.document(&self.stem, self.options.published.as_deref())))
    }

    fn text(self, bytes: &[u8]) -> Result<Item, Error> {
        let encoding = charset::encoding(bytes, self.charset);
        let text = if may_be_hindi(bytes, encoding) { charset::decode(bytes, encoding) } else { "".into() };
        if !is_hindi(&text) {
            return Ok(Item::NotHindi { place: self.place, url: self.url });
        }
        let published = self.options.published.clone();
        Ok(Item::Document(Document {
            id: self.stem,
            url: self.url,
            published,
            language: "hi".into(),
            text: text.into_owned(),
            ..Document::default()
        }))
    }
}
