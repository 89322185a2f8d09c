//! Records from files and folders, for `check` and `score`.

use crate::outcome::Problem;
use mulaqat::record::Record;
use mulaqat_intake::{self as intake, Error, Lines, Place};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

/// A record, or in which field its shape is wrong; and the file (and line) it comes from.
pub struct Found {
    pub place: String,
    pub record: Result<Record, String>,
}

/// What is done with each record or problem; fails when the result cannot be written.
pub type Sink<'a> = dyn FnMut(Result<Found, Problem>) -> io::Result<()> + 'a;

/// Passes the records of a `.json` file, of a file of JSON Lines, or of all such files in a folder to `sink`.
pub fn each(path: &Path, sink: &mut Sink) -> io::Result<()> {
    if path.is_dir() {
        match files_in(path) {
            Ok(files) => files.iter().try_for_each(|f| each(f, sink)),
            Err(e) => sink(Err(Error::unreadable(&intake::display(path), &e).into())),
        }
    } else if path.extension().is_some_and(|e| e == "json") {
        sink(whole(path))
    } else {
        json_lines(path, sink)
    }
}

fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = vec![];
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "json" || e == "jsonl") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn whole(path: &Path) -> Result<Found, Problem> {
    let name = intake::display(path);
    let mut bytes = vec![];
    intake::open(path)?.read_to_end(&mut bytes).map_err(|e| Error::unreadable(&name, &e))?;
    parse(&name, None, intake::utf8(Place::whole(&name), &bytes, 0)?)
}

fn json_lines(path: &Path, sink: &mut Sink) -> io::Result<()> {
    let name = intake::display(path);
    let mut lines = match intake::open(path) {
        Ok(reader) => Lines::new(name.clone(), BufReader::new(reader)),
        Err(problem) => return sink(Err(problem.into())),
    };
    while let Some(line) = lines.next() {
        sink(line.map_err(Problem::from).and_then(|(n, line)| parse(&name, Some(n), line)))?;
    }
    Ok(())
}

/// JSON of another shape is still a record, one that does not hold; what is not JSON is a problem.
fn parse(name: &str, line: Option<usize>, json: &str) -> Result<Found, Problem> {
    let place = line.map_or(name.to_string(), |n| format!("{name}:{n}"));
    let mut reader = serde_json::Deserializer::from_str(json);
    let record = serde_path_to_error::deserialize(&mut reader).map_err(|e| (e.path().to_string(), e.into_inner()));
    match record.and_then(|r| reader.end().map(|()| r).map_err(|e| (".".into(), e))) {
        Ok(record) => Ok(Found { place, record: Ok(record) }),
        Err((field, e)) if e.is_data() => {
            let what = intake::json_error(&e);
            Ok(Found { place, record: Err(if field == "." { what } else { format!("{field}: {what}") }) })
        }
        Err((_, e)) => {
            let at = line.unwrap_or(e.line().max(1));
            Err(Problem::new(format!("{name}:{at}"), format!("bad JSON ({}); mend or remove it", intake::json_error(&e))))
        }
    }
}
