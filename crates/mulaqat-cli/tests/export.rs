//! What `mulaqat export` writes, says and leaves behind.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn corpus() -> String {
    format!("{}/../../corpus/dev", env!("CARGO_MANIFEST_DIR"))
}

/// Runs the command in a folder.
fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mulaqat")).args(args).current_dir(folder).output().unwrap()
}

fn with_ledger() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    assert!(run(dir.path(), &["add", &corpus()]).status.success());
    dir
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|n| !n.starts_with("mulaqat.db"));
    names.sort();
    names
}

fn code(o: &Output) -> i32 {
    o.status.code().unwrap()
}

#[test]
fn a_file_and_standard_output_are_the_same() {
    let dir = with_ledger();
    for format in ["csv", "jsonl", "parquet", "plover", "jsonld", "ics", "graphml"] {
        let file = format!("out.{format}");
        let to_file = run(dir.path(), &["export", "--format", format, "--country", "IND", "-o", &file]);
        let to_pipe = run(dir.path(), &["export", "--format", format, "--country", "IND"]);
        assert_eq!((code(&to_file), code(&to_pipe)), (0, 0), "{format}: {}", String::from_utf8_lossy(&to_file.stderr));
        assert!(to_file.stdout.is_empty());
        assert!(fs::read(dir.path().join(&file)).unwrap() == to_pipe.stdout, "{format}");
        fs::remove_file(dir.path().join(file)).unwrap();
    }
    assert_eq!(files(dir.path()), [] as [&str; 0]);
}

#[test]
fn the_filters_are_those_of_list() {
    let dir = with_ledger();
    for filter in
        [&["--country", "RUS"][..], &["--type", "visit", "--status", "scheduled"], &["--place", "New Delhi"], &["--as-of", "2025-03-01"]]
    {
        let listed = run(dir.path(), &[&["list", "--json", "--all"], filter].concat());
        let exported = run(dir.path(), &[&["export", "--format", "jsonl"], filter].concat());
        let ids = |o: &Output| -> Vec<String> {
            let lines = String::from_utf8(o.stdout.clone()).unwrap();
            lines.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["id"].as_str().unwrap().into()).collect()
        };
        assert_eq!(ids(&exported), ids(&listed), "{filter:?}");
        assert!(!ids(&listed).is_empty(), "{filter:?}");
    }
}

#[test]
fn a_failure_leaves_what_was_there() {
    let dir = with_ledger();
    fs::write(dir.path().join("kept.csv"), "old").unwrap();
    // where a folder stands, no file can be put
    fs::create_dir_all(dir.path().join("folder.csv/inside")).unwrap();
    let onto_folder = run(dir.path(), &["export", "-o", "folder.csv"]);
    let nowhere = run(dir.path(), &["export", "-o", "missing/out.csv"]);
    let no_ledger = run(dir.path(), &["export", "--ledger", "none.db", "-o", "kept.csv"]);
    for (failed, what) in [(&onto_folder, "folder.csv"), (&nowhere, "missing/out.csv"), (&no_ledger, "none.db")] {
        let told = String::from_utf8_lossy(&failed.stderr);
        assert_eq!(code(failed), 2, "{what}");
        assert!(told.contains(what), "{told}");
    }
    assert_eq!(fs::read_to_string(dir.path().join("kept.csv")).unwrap(), "old");
    assert_eq!(files(dir.path()), ["folder.csv", "kept.csv"]);
}

#[test]
fn what_it_says() {
    let dir = with_ledger();
    let told = |o: &Output| String::from_utf8_lossy(&o.stderr).into_owned();
    // nothing found: a whole file of nothing, and status 1
    let nothing = run(dir.path(), &["export", "--person", "zzzzqqq", "-o", "none.csv"]);
    assert_eq!(code(&nothing), 1);
    assert_eq!(fs::read_to_string(dir.path().join("none.csv")).unwrap().lines().count(), 1);
    // the ending says the format; the mark comes when asked for
    let marked = run(dir.path(), &["export", "--bom", "-o", "out.csv"]);
    assert_eq!(code(&marked), 0);
    let bytes = fs::read(dir.path().join("out.csv")).unwrap();
    assert!(bytes.starts_with(b"\xef\xbb\xbfid,") && bytes.ends_with(b"\r\n"));
    let undated = run(dir.path(), &["export", "--format", "ics"]);
    assert!(told(&undated).contains("left out"), "{}", told(&undated));
    for wrong in [&["export"][..], &["export", "-o", "out.xyz"], &["export", "--format", "ics", "--bom"], &["export", "--format", "xls"]] {
        let o = run(dir.path(), wrong);
        assert_eq!(code(&o), 2, "{wrong:?}");
        assert!(told(&o).contains("format") || told(&o).contains("--bom"), "{wrong:?} {}", told(&o));
    }
}
