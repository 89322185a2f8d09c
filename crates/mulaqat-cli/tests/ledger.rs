//! The commands on a ledger, as a person or script meets them; and a ledger whose writer is killed.

use mulaqat_ledger::{Filter, Ledger};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/dev")
}

fn room(test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ledger-{test}"));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn command(room: &Path, args: &[&str]) -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_mulaqat"));
    c.current_dir(room).args(args).env("NO_COLOR", "1");
    c
}

/// Exit status, standard output, standard error.
fn run(room: &Path, args: &[&str]) -> (i32, String, String) {
    let o = command(room, args).stdin(Stdio::null()).output().unwrap();
    let text = |b| String::from_utf8(b).unwrap();
    (o.status.code().unwrap(), text(o.stdout), text(o.stderr))
}

fn stories(room: &Path) {
    fs::create_dir(room.join("in")).unwrap();
    for s in ["story1-a", "story1-b", "story1-c", "story1-d", "story2-a", "story2-b"] {
        fs::copy(corpus().join(format!("{s}.json")), room.join(format!("in/{s}.json"))).unwrap();
    }
}

#[test]
fn from_adding_to_listing() {
    let room = room("listing");
    stories(&room);
    let (code, out, err) = run(&room, &["add", "in", "--json"]);
    assert_eq!((code, out.lines().count()), (0, 6), "{err}");
    assert!(err.contains("6 read: 6 new, 0 changed, 0 duplicate"), "{err}");
    let (code, out, _) = run(&room, &["add", "in", "--json"]);
    assert_eq!(code, 0);
    assert!(out.lines().all(|l| l.contains("\"duplicate\"")), "{out}");

    let (code, out, _) = run(&room, &["list", "--person", "zelensky", "--type", "visit", "--json", "--all"]);
    assert_eq!(code, 0);
    let engagements: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let visit = engagements.iter().find(|e| e["members"].as_array().unwrap().len() == 4).unwrap();
    assert_eq!((&visit["status"], &visit["date"]), (&"occurred".into(), &"2025-03-10".into()));
    assert_eq!(visit["history"].as_array().unwrap().len(), 3);
    let id = visit["id"].as_str().unwrap();

    let (code, out, _) = run(&room, &["show", &id[..8]]);
    assert!(code == 0 && out.contains("postponed") && out.contains("story1-c"), "{out}");
    let (_, out, _) = run(&room, &["show", id, "--as-of", "2025-02-12", "--json"]);
    let then: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&then["status"], then["claims"].as_array().unwrap().len()), (&"tentative".into(), 1));
    let (code, _, err) = run(&room, &["show", "0000000000000000"]);
    assert!(code == 1 && err.contains("no such engagement"), "{err}");

    let (code, out, _) = run(&room, &["upcoming", "--as-of", "2025-07-11"]);
    assert!(code == 0 && out.starts_with("id"), "{out}");
    assert_eq!(run(&room, &["upcoming", "--as-of", "2025-07-11", "--country", "FJI"]).0, 1);
    assert_eq!(run(&room, &["upcoming", "--as-of", "2025-07-11", "--from", "2040-01-01"]).0, 1);
    assert_eq!(run(&room, &["upcoming", "--as-of", "2031-01-01"]).0, 1);
    let (code, out, _) = run(&room, &["changes", "--since", "2025-03-11", "--as-of", "2025-03-11", "--json"]);
    assert!(code == 0 && out.contains("\"before\":{"), "{out}");
    let of = |person: &str| run(&room, &["changes", "--since", "2025-03-11", "--as-of", "2025-03-11", "--person", person]).0;
    assert_eq!((of("zelensky"), of("शी चिनफिंग")), (0, 1));
    let (code, out, _) = run(&room, &["search", "jaishankar"]);
    assert!(code == 0 && out.contains("जयशंकर"), "{out}");
    assert_eq!(run(&room, &["search", "कखगघङ"]).0, 1);
    assert_eq!(run(&room, &["list", "--person", "कखगघङ"]).0, 1);
    assert_eq!(run(&room, &["list", "--status", "perhaps"]).0, 2);
}

#[test]
fn a_curator_and_a_rebuild() {
    let room = room("curator");
    stories(&room);
    fs::write(room.join("in/own.txt"), "रूस के विदेश मंत्री सर्गेई लावरोव ने मंगलवार को मॉस्को में भारत के विदेश मंत्री एस. जयशंकर से मुलाकात की।").unwrap();
    assert_eq!(run(&room, &["add", "in", "--published", "2025-11-19"]).0, 0);
    let (code, out, _) = run(&room, &["entity", "list", "जयशंकर", "--json"]);
    assert!(code == 0 && out.lines().count() == 1, "{out}");
    assert!(run(&room, &["entity", "show", "jaishankar"]).1.contains("IND"));
    let untouched = run(&room, &["list", "--json", "--all"]).1;
    assert_eq!(run(&room, &["entity", "rename", "जयशंकर", "सुब्रह्मण्यम जयशंकर"]).0, 0);
    let before = run(&room, &["list", "--json", "--all"]).1;
    assert!(before.contains("सुब्रह्मण्यम जयशंकर"));
    let (code, _, err) = run(&room, &["rebuild"]);
    assert!(code == 0 && err.contains("7 documents"), "{err}");
    assert_eq!(run(&room, &["list", "--json", "--all"]).1, before);
    // a decision taken back leaves nothing behind
    let decisions = run(&room, &["entity", "decisions"]).1;
    assert!(decisions.lines().count() == 2 && decisions.contains("rename"), "{decisions}");
    assert_eq!(run(&room, &["entity", "merge", "लावरोव", "जयशंकर"]).0, 0);
    assert_ne!(run(&room, &["list", "--json", "--all"]).1, before);
    assert_eq!(run(&room, &["entity", "undo", "2"]).0, 0);
    assert_eq!(run(&room, &["list", "--json", "--all"]).1, before);
    assert_eq!(run(&room, &["entity", "undo", "1"]).0, 0);
    assert_eq!(run(&room, &["list", "--json", "--all"]).1, untouched);
    assert_eq!(run(&room, &["entity", "decisions"]).0, 1);
    let (code, _, err) = run(&room, &["entity", "undo", "1"]);
    assert!(code == 2 && err.contains("there is no decision 1"), "{err}");
    let (_, out, _) = run(&room, &["entity", "list", "--as-of", "2025-02-12", "--json"]);
    assert!(out.lines().count() > 0 && out.lines().count() < run(&room, &["entity", "list", "--json"]).1.lines().count(), "{out}");
    let (code, _, err) = run(&room, &["entity", "merge", "कोई नहीं", "जयशंकर"]);
    assert!(code == 2 && err.contains("no identity is called"), "{err}");
}

#[test]
fn trouble_is_told_with_what_to_do() {
    let room = room("trouble");
    stories(&room);
    let (code, _, err) = run(&room, &["list"]);
    assert!(code == 2 && err.contains("mulaqat.db: no such ledger"), "{err}");
    fs::write(room.join("notes.db"), "not a database at all, but long enough to be taken for one ".repeat(20)).unwrap();
    let (code, _, err) = run(&room, &["add", "in", "--ledger", "notes.db"]);
    assert!(code == 2 && err.contains("notes.db: is no ledger or is damaged"), "{err}");
    // one bad file does not stop a run
    fs::write(room.join("in/bad.json"), "{\"schema\": \"mulaqat/1\", \"events\": [], \"document\": 3}").unwrap();
    fs::write(room.join("in/worse.jsonl"), "{]\n").unwrap();
    fs::write(room.join("in/other.jsonl"), "{\"id\": \"en\", \"language\": \"en\", \"text\": \"They met.\"}\n").unwrap();
    let (code, _, err) = run(&room, &["add", "in"]);
    assert!(code == 2 && err.contains("6 new") && err.contains("1 not Hindi, 2 failed"), "{err}");
}

/// All that a ledger says.
fn said(ledger: &Ledger) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    ledger.list(&Filter::default(), &mut |e| out.insert(serde_json::to_string(&e).unwrap())).unwrap();
    out
}

/// The same dice everywhere.
fn roll(x: &mut u64) -> u64 {
    *x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *x >> 33
}

/// Kills a program that adds, at a random moment, again and again; `kills` times in all.
fn kill_again_and_again(room: &Path, input: &Path, calm: &Ledger, kills: usize, mut seed: u64) {
    let db = room.join("k.db");
    let args = |db: &Path| ["add", input.to_str().unwrap(), "--ledger", db.to_str().unwrap(), "--json", "--batch", "2"].map(String::from);
    let start = Instant::now();
    assert!(Command::new(env!("CARGO_BIN_EXE_mulaqat")).args(args(&room.join("calm.db"))).output().unwrap().status.success());
    let whole = start.elapsed().as_micros() as u64;
    let mut acknowledged: BTreeSet<String> = BTreeSet::new();
    for n in 0..kills {
        let mut child =
            Command::new(env!("CARGO_BIN_EXE_mulaqat")).args(args(&db)).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_micros(roll(&mut seed) % whole));
        child.kill().unwrap(); // SIGKILL
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        acknowledged
            .extend(lines.map_while(Result::ok).filter_map(|l| Some(serde_json::from_str::<Value>(&l).ok()?["id"].as_str()?.to_string())));
        child.wait().unwrap();
        if !db.exists() {
            assert!(acknowledged.is_empty());
            continue;
        }
        let ledger = Ledger::open(&db).unwrap();
        assert_eq!(ledger.integrity().unwrap(), Vec::<String>::new(), "kill {n}");
        let ids: Vec<String> = ledger.contents().unwrap().into_iter().map(|c| c.0).collect();
        let once: BTreeSet<String> = ids.iter().cloned().collect();
        assert_eq!(ids.len(), once.len(), "a document is there twice after kill {n}");
        assert!(acknowledged.is_subset(&once), "a document was lost by kill {n}");
        let full = once.len() == calm.counts().unwrap()[0] as usize;
        if full || n % 25 == 24 || n + 1 == kills {
            drop(ledger);
            if !full {
                assert!(Command::new(env!("CARGO_BIN_EXE_mulaqat")).args(args(&db)).output().unwrap().status.success());
            }
            assert_eq!(said(&Ledger::open(&db).unwrap()), said(calm), "after kill {n}");
            for end in ["", "-wal", "-shm"] {
                let _ = fs::remove_file(format!("{}{end}", db.display()));
            }
            acknowledged.clear();
        }
    }
}

#[test]
fn killed_two_hundred_times_it_loses_nothing() {
    // what is tested is the death of a process, not of the machine: a disk in memory, where there is one, waits for nothing
    let memory = Path::new("/dev/shm");
    let room = if memory.is_dir() { memory.join(format!("mulaqat-killed-{}", std::process::id())) } else { room("killed") };
    fs::create_dir_all(&room).unwrap();
    let mut files: Vec<PathBuf> =
        fs::read_dir(corpus()).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    files.sort();
    let lines: Vec<String> =
        files.iter().rev().take(8).map(|f| serde_json::from_str::<Value>(&fs::read_to_string(f).unwrap()).unwrap().to_string()).collect();
    let input = room.join("in.jsonl");
    fs::write(&input, lines.join("\n")).unwrap();
    let calm = room.join("undisturbed.db");
    assert_eq!(run(&room, &["add", "in.jsonl", "--ledger", "undisturbed.db"]).0, 0);
    thread::scope(|s| {
        for part in 0..2 {
            let (room, input, calm) = (room.join(part.to_string()), &input, &calm);
            fs::create_dir(&room).unwrap();
            s.spawn(move || kill_again_and_again(&room, input, &Ledger::open(calm).unwrap(), 100, 42 + part));
        }
    });
    fs::remove_dir_all(&room).unwrap();
}
