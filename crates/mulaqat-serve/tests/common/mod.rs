//! A ledger of the corpus and of one hostile article, and a real server for it.

#![allow(dead_code)] // each test uses a part

use mulaqat::record::Record;
use mulaqat_ledger::{Filter, Input, Ledger};
use mulaqat_serve::{Options, Server};
use serde_json::json;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub struct Served {
    pub base: String,
    pub ledger: PathBuf,
    _folder: TempDir,
}

/// Markup, scripts, marks of direction, a control character, signs heaped up, and a word without end.
pub fn nasty(field: &str) -> String {
    format!(
        "<script>alert('{field}')</script><img src=x onerror=alert(1)>\"'&\u{202e}{field}\u{2066}\u{0}\u{1b}[2J\u{200f}שלום क{}{}",
        "\u{301}".repeat(40),
        "अतिदीर्घशब्द".repeat(40)
    )
}

pub const HOSTILE: &str = "h\"><script>alert(1)</script>/../\u{202e}";

/// An article that has something nasty in every field.
pub fn hostile() -> Record {
    let n = nasty;
    let text = format!("{} ने {} से मुलाकात की।\n{}\n\u{2028}{}", n("a"), n("b"), n("c"), "x".repeat(3000));
    let letters = text.chars().count();
    serde_json::from_value(json!({
        "schema": n("schema"),
        "document": {
            "id": HOSTILE, "url": "javascript:alert(document.domain)", "title": n("title"), "publisher": n("publisher"),
            "published": "2025-07-15", "language": "hi", "text": text,
        },
        "entities": [
            {"id": n("e1"), "type": "person", "name": n("name"), "aliases": [n("alias")], "country": "<i>",
             "roles": [{"title": n("role"), "of": n("of")}], "mentions": [{"text": n("m"), "start": 0, "end": 20}, {"text": "", "start": 10, "end": 40}]},
            {"id": "e2", "type": "country", "name": n("country"), "aliases": [], "country": "<b>", "roles": [], "mentions": [{"text": "", "start": 30, "end": letters}]},
            {"id": "e3", "type": "organization", "name": n("body"), "aliases": [], "country": null, "roles": [], "mentions": [{"text": "", "start": 5, "end": 900000}]},
            {"id": "e4", "type": "place", "name": n("place"), "aliases": [], "country": null, "roles": [], "mentions": []},
        ],
        "times": [{"text": n("time"), "value": "<s>2025</s>", "start": 3, "end": 9}],
        "events": [
            {"id": n("v1"), "type": "CONSULT", "modes": [n("mode")], "status": "scheduled", "actors": [n("e1"), "e2"], "recipients": ["e3", n("nobody")],
             "date": "2025-08-01", "places": ["e4"], "contexts": [n("context")], "sources": [{"name": n("source"), "kind": "agency"}],
             "evidence": [{"text": text, "start": 0, "end": letters}, {"text": n("lost")}]},
            {"id": "v2", "type": "ACCUSE", "modes": [], "status": "occurred", "actors": [n("e1")], "recipients": ["e2"], "date": n("date"), "places": [],
             "contexts": [], "sources": [], "evidence": [{"text": "", "start": 2, "end": 50}]},
        ],
        "statements": [{"id": n("s1"), "speaker": n("e1"), "direct": true, "medium": null, "text": n("said"), "start": 1, "end": 60}],
    }))
    .unwrap()
}

fn corpus() -> Vec<Input> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/dev");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let files = files.into_iter().filter(|p| p.extension().is_some_and(|e| e == "json"));
    files.map(|f| Input { record: serde_json::from_slice(&std::fs::read(f).unwrap()).unwrap(), given: true }).collect()
}

/// A server of the corpus and the hostile article; it runs until the test ends.
pub fn serve() -> Served {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("test.db");
    let mut l = Ledger::open(&ledger).unwrap();
    l.add(&corpus()).unwrap();
    l.add(&[Input { record: hostile(), given: true }]).unwrap();
    // a reprint, so that a family is there to fold
    let mut again = corpus().remove(0);
    again.record.document.id = "reprint".into();
    again.record.document.publisher = Some("एक और अख़बार".into());
    l.add(&[again]).unwrap();
    drop(l);
    Served { base: run(&Options::new(ledger.clone())), ledger, _folder: folder }
}

/// Starts a server; where it can be asked.
pub fn run(options: &Options) -> String {
    let server = Server::bind(options).unwrap();
    let base = format!("http://{}", server.address());
    std::thread::spawn(move || server.run().unwrap());
    base
}

/// The engagement that most reports tell.
pub fn richest(ledger: &Path) -> String {
    let l = Ledger::open_read_only(ledger).unwrap();
    let mut best = (0, String::new());
    l.list(&Filter::default(), &mut |e| {
        best = best.clone().max((e.families + 3 * e.conflicts.len() + e.history.len(), e.id));
        true
    })
    .unwrap();
    best.1
}
