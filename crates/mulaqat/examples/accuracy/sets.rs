//! The sets of articles under corpus/, each read by the engine.

use mulaqat::Engine;
use mulaqat::record::{Document, Record};
use mulaqat::score::{Report, score};
use std::path::{Path, PathBuf};

/// The folder of the whole project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder of articles with gold records, and what the engine makes of them.
pub struct Set {
    pub name: String,
    pub gold: Vec<Record>,
    pub read: Vec<Record>,
    pub report: Report,
}

impl Set {
    /// Gold records with their predictions.
    pub fn pairs(&self) -> impl Iterator<Item = (&Record, &Record)> {
        self.gold.iter().zip(&self.read)
    }
}

/// Every folder of corpus/ with gold records. The articles that the rules grew up with come first.
pub fn gold(engine: &Engine) -> Vec<Set> {
    let mut sets = vec![];
    for folder in sorted(&root().join("corpus")).into_iter().filter(|p| p.is_dir()) {
        let files = sorted(&folder).into_iter().filter(|f| f.extension().is_some_and(|e| e == "json"));
        let gold: Vec<Record> = files.map(|f| parse(&f, &text(&f))).collect();
        if gold.is_empty() {
            continue;
        }
        let read: Vec<Record> = gold.iter().map(|g| engine.read(&g.document)).collect();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        sets.push(Set { name, report: score(&gold, &read), gold, read });
    }
    sets.sort_by_key(|s| s.name != "dev");
    sets
}

/// The articles in which nothing happened that the engine should find, each read.
pub fn domestic(engine: &Engine) -> Vec<Record> {
    let file = root().join("corpus/domestic/domestic.jsonl");
    text(&file).lines().map(|l| engine.read(&parse::<Document>(&file, l))).collect()
}

pub fn text(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

fn parse<T: serde::de::DeserializeOwned>(file: &Path, json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("a folder can be listed").path()).collect();
    paths.sort();
    paths
}
