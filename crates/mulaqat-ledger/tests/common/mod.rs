//! What the tests share: the corpus, and ledgers in folders that vanish.
#![allow(dead_code)] // each test file uses some of it

use mulaqat::record::Record;
use mulaqat_ledger::{Engagement, Filter, Input, Ledger};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

pub fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus")
}

/// Gold records, by file name.
pub fn gold() -> Vec<Record> {
    let mut files: Vec<PathBuf> = fs::read_dir(corpus().join("dev")).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "json"));
    files.sort();
    files.iter().map(|f| serde_json::from_str(&fs::read_to_string(f).unwrap()).unwrap()).collect()
}

#[derive(Debug, Deserialize)]
pub struct Links {
    pub clusters: Vec<Cluster>,
}

#[derive(Debug, Deserialize)]
pub struct Cluster {
    pub id: String,
    #[serde(default)]
    pub label: String,
    pub final_status: String,
    pub members: Vec<Member>,
    #[serde(default)]
    pub status_history: Vec<Step>,
    #[serde(default)]
    pub conflicts: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct Member {
    pub doc: String,
    pub event: String,
}

#[derive(Debug, Deserialize)]
pub struct Step {
    pub as_of: String,
    pub status: String,
    pub date: Option<String>,
}

pub fn links() -> Links {
    serde_json::from_str(&fs::read_to_string(corpus().join("dev-links.json")).unwrap()).unwrap()
}

/// A new ledger, and the folder that keeps it.
pub fn fresh() -> (tempfile::TempDir, Ledger) {
    let dir = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(&dir.path().join("test.db")).unwrap();
    (dir, ledger)
}

pub fn given(records: &[Record]) -> Vec<Input> {
    records.iter().map(|r| Input { record: r.clone(), given: true }).collect()
}

pub fn all(ledger: &Ledger, f: Filter) -> Vec<Engagement> {
    let mut out = vec![];
    ledger
        .list(&f, &mut |e| {
            out.push(e);
            true
        })
        .unwrap();
    out
}

/// Everything a ledger says, in an order of its own.
pub fn said(ledger: &Ledger) -> Vec<String> {
    let mut out: Vec<String> = all(ledger, Filter::default()).iter().map(|e| serde_json::to_string(e).unwrap()).collect();
    out.sort();
    out
}
