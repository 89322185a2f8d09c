//! Every format, exported from the ledger of the gold records, is read back by a reader that others wrote (`readers.py`).

mod common;

use mulaqat_export::{Format, export};
use mulaqat_ledger::{Filter, Input, Ledger};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A ledger of the gold records, added in the order of their files or backwards.
fn gold(folder: &Path, backwards: bool) -> Ledger {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut files: Vec<PathBuf> = ["dev", "contact-1", "contact-2"]
        .iter()
        .flat_map(|set| fs::read_dir(corpus.join(set)).unwrap().map(|e| e.unwrap().path()))
        .filter(|f| f.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    if backwards {
        files.reverse();
    }
    let records = files.iter().map(|f| Input { record: serde_json::from_slice(&fs::read(f).unwrap()).unwrap(), given: true });
    let mut ledger = Ledger::open(&folder.join("gold.db")).unwrap();
    ledger.add(&records.collect::<Vec<_>>()).unwrap();
    ledger
}

fn to_bytes(ledger: &Ledger, filter: &Filter, format: Format, bom: bool) -> Vec<u8> {
    let mut out = vec![];
    export(ledger, filter, format, bom, &mut out).unwrap();
    out
}

#[test]
fn nothing_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = gold(dir.path(), false);
    let all = Filter::default();
    for format in Format::ALL {
        fs::write(dir.path().join(format!("export.{}", format.name())), to_bytes(&ledger, &all, format, false)).unwrap();
    }
    fs::write(dir.path().join("export.bom.csv"), to_bytes(&ledger, &all, Format::Csv, true)).unwrap();
    // as `mulaqat list --json --all` and, with the claims, `mulaqat show --json` print them
    let mut expected = File::create(dir.path().join("expected.jsonl")).unwrap();
    let mut engagements = 0;
    ledger
        .list(&all, &mut |e| {
            let mut line = serde_json::to_value(&e).unwrap();
            line["claims"] = serde_json::to_value(ledger.told(&e.id, None).unwrap()).unwrap();
            writeln!(expected, "{line}").unwrap();
            engagements += 1;
            true
        })
        .unwrap();
    assert!(engagements > 500, "{engagements}");
    let counted = common::read_back(dir.path());
    assert_eq!(counted["rows"], engagements);
}

#[test]
fn the_filter_and_the_day_hold() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = gold(dir.path(), false);
    let count = |filter: &Filter| {
        let text = String::from_utf8(to_bytes(&ledger, filter, Format::Jsonl, false)).unwrap();
        text.lines().count()
    };
    let india = Filter { country: Some("IND".into()), ..Filter::default() };
    let then = Filter { as_of: mulaqat_ledger::day::parse("2025-03-01"), ..Filter::default() };
    let (all, of_india, known_then) = (count(&Filter::default()), count(&india), count(&then));
    assert!(0 < of_india && of_india < all && 0 < known_then && known_then < all, "{all} {of_india} {known_then}");
    assert_eq!(count(&Filter { limit: Some(3), ..Filter::default() }), 3);
    // what is written of one engagement then is what its reports of then say
    let text = String::from_utf8(to_bytes(&ledger, &then, Format::Jsonl, false)).unwrap();
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let published = row["claims"].as_array().unwrap().iter().filter_map(|c| c["published"].as_str());
        assert!(published.clone().all(|p| p <= "2025-03-01"), "{row}");
    }
}

/// No clock, no chance, nothing of the order in which documents came.
#[test]
fn the_same_ledger_gives_the_same_bytes() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (ledger, again) = (gold(dir.path(), false), gold(other.path(), true));
    let some = Filter { country: Some("IND".into()), limit: Some(40), ..Filter::default() };
    for format in Format::ALL {
        assert!(to_bytes(&ledger, &some, format, false) == to_bytes(&again, &some, format, false), "{}", format.name());
    }
}

#[test]
fn of_nothing_every_format_is_whole() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = gold(dir.path(), false);
    let nobody = Filter { person: Some("zzzzqqq".into()), ..Filter::default() };
    for format in Format::ALL {
        fs::write(dir.path().join(format!("export.{}", format.name())), to_bytes(&ledger, &nobody, format, false)).unwrap();
    }
    fs::write(dir.path().join("export.bom.csv"), to_bytes(&ledger, &nobody, Format::Csv, true)).unwrap();
    fs::write(dir.path().join("expected.jsonl"), "").unwrap();
    assert_eq!(common::read_back(dir.path())["rows"], 0);
}
