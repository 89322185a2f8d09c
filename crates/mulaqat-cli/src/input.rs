//! Articles from files: plain text, JSON Lines of documents, or records whose document is read again.

use crate::lines::{self, Lines};
use crate::outcome::Problem;
use indicatif::{ProgressBar, ProgressStyle};
use mulaqat::record::Document;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};

/// A run shorter than this shows no progress bar.
const LONG_RUN: u64 = 4 << 20;

/// What some editors put before UTF-8; no part of the text.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// A publication date: `YYYY-MM-DD`; a time of day after it is left out, in whatever zone it was written.
pub fn date(s: &str) -> Result<String, String> {
    let day = s.trim().split(['T', ' ']).next().unwrap_or_default();
    match day.parse::<jiff::civil::Date>() {
        Ok(d) if d.year() >= 0 => Ok(d.to_string()),
        _ => Err("not a date; write it as YYYY-MM-DD".into()),
    }
}

/// A document, or a record around one, as others write it.
#[derive(Default, Deserialize)]
#[serde(default, expecting = "a document")]
struct Given {
    document: Option<Box<Given>>,
    id: Option<Id>,
    url: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    language: Option<String>,
    text: Option<String>,
}

/// Archives number their articles as often as they name them.
#[derive(Deserialize)]
#[serde(untagged, expecting = "id is neither a string nor a number")]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

/// What is done with each article or problem; fails when the result cannot be written.
pub type Sink<'a> = dyn FnMut(Result<Document, Problem>) -> io::Result<()> + 'a;

/// Passes every article of the files to `sink`, in order.
pub fn each(files: &[PathBuf], published: Option<String>, sink: &mut Sink) -> io::Result<()> {
    let bar = progress(files);
    let mut sink = |d: Result<Document, Problem>| match &d {
        Ok(_) => sink(d),
        Err(_) => bar.suspend(|| sink(d)),
    };
    for path in files {
        let name = lines::display(path);
        let stem = match path.file_stem() {
            Some(s) if path.as_os_str() != lines::STDIN => s.to_string_lossy().into_owned(),
            _ => "stdin".into(),
        };
        match lines::open(path) {
            Ok(reader) => {
                let reader = BufReader::new(bar.wrap_read(reader));
                Intake { name, stem, published: published.as_deref() }.file(extension(path), reader, &mut sink)?
            }
            Err(problem) => sink(Err(problem))?,
        }
    }
    bar.finish_and_clear();
    Ok(())
}

/// A bar on standard error for a long run; hidden when nobody looks at it, or when results scroll by on the same screen.
fn progress(files: &[PathBuf]) -> ProgressBar {
    let total: u64 = files.iter().filter_map(|f| f.metadata().ok()).map(|m| m.len()).sum();
    if total < LONG_RUN || !io::stderr().is_terminal() || io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} {eta}") {
        bar.set_style(style);
    }
    bar
}

/// What the name of a file says about its form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Json,
    JsonLines,
    Unsaid,
}

fn extension(path: &Path) -> Form {
    match path.extension().map(|e| e.to_ascii_lowercase()) {
        Some(e) if e == "txt" => Form::Text,
        Some(e) if e == "json" => Form::Json,
        Some(e) if e == "jsonl" || e == "ndjson" => Form::JsonLines,
        _ => Form::Unsaid,
    }
}

struct Intake<'a> {
    name: String,
    /// Id of a document that has none.
    stem: String,
    published: Option<&'a str>,
}

impl Intake<'_> {
    fn file(&self, form: Form, mut reader: impl BufRead, sink: &mut Sink) -> io::Result<()> {
        if form == Form::JsonLines {
            return self.json_lines(reader, sink);
        }
        // the first line tells JSON Lines, which may be endless, from the rest
        let mut bytes = vec![];
        while bytes.trim_ascii().is_empty() {
            match reader.read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(_) => {}
                Err(e) => return sink(Err(Problem::unreadable(&self.name, &e))),
            }
        }
        let first = bytes.strip_prefix(BOM).unwrap_or(&bytes).trim_ascii();
        let object = first.strip_prefix(b"{").map(|rest| rest.trim_ascii_start());
        let one_line = serde_json::from_slice::<IgnoredAny>(first).is_ok();
        let begins_field = object.is_some_and(|rest| rest.starts_with(b"\""));
        let json = match form {
            Form::Json => true,
            Form::Unsaid => begins_field || object.is_some_and(|rest| rest.is_empty() || one_line),
            Form::Text | Form::JsonLines => false,
        };
        if json && object.is_some() && one_line {
            return self.json_lines(bytes.chain(reader), sink);
        }
        if let Err(e) = reader.read_to_end(&mut bytes) {
            return sink(Err(Problem::unreadable(&self.name, &e)));
        }
        let text = lines::utf8(&self.name, &bytes, 0);
        if !json {
            let plain = |text: &str| Given { text: Some(text.trim_start_matches('\u{feff}').into()), ..Given::default() };
            return sink(text.and_then(|text| self.document(plain(text), None)));
        }
        match text.and_then(|text| self.json(text, None)) {
            // JSON Lines that begin with a bad one: each line has its own word
            Err(_) if begins_field => self.json_lines(&bytes[..], sink),
            one => sink(one),
        }
    }

    fn json_lines(&self, reader: impl BufRead, sink: &mut Sink) -> io::Result<()> {
        let mut lines = Lines::new(self.name.clone(), reader);
        while let Some(line) = lines.next() {
            sink(line.and_then(|(n, line)| self.json(line, Some(n))))?;
        }
        Ok(())
    }

    /// One JSON object; `line` is its number in a file of several.
    fn json(&self, json: &str, line: Option<usize>) -> Result<Document, Problem> {
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        if !json.trim_start().starts_with('{') {
            return Err(Problem::new(self.place(line), "not a JSON object; write one document a line, {\"text\": …}"));
        }
        let given = serde_json::from_str(json).map_err(|e| {
            Problem::new(self.place(line.or(Some(e.line().max(1)))), format!("bad JSON ({}); mend or remove it", lines::json_error(&e)))
        })?;
        self.document(given, line)
    }

    fn place(&self, line: Option<usize>) -> String {
        line.map_or(self.name.clone(), |n| format!("{}:{n}", self.name))
    }

    fn document(&self, mut given: Given, line: Option<usize>) -> Result<Document, Problem> {
        if let Some(inner) = given.document.take() {
            given = *inner;
        }
        let problem = |what: String| Problem::new(self.place(line), what);
        let Some(text) = given.text else {
            return Err(problem("has no \"text\"; give each document one".into()));
        };
        let said = given.published.filter(|p| !p.is_empty());
        let published = match (self.published, said) {
            (Some(given), _) => Some(given.to_string()),
            (None, Some(said)) => {
                Some(date(&said).map_err(|e| problem(format!("published is \"{said}\", {e}, or give --published DATE")))?)
            }
            (None, None) => None,
        };
        let id = match given.id {
            Some(Id::Text(id)) => id,
            Some(Id::Number(id)) => id.to_string(),
            None => line.map_or(self.stem.clone(), |n| format!("{}:{n}", self.stem)),
        };
        let language = given.language.unwrap_or("hi".into());
        Ok(Document { id, url: given.url, title: given.title, publisher: given.publisher, published, language, text })
    }
}
