//! The feed and the calendar, read as subscribers read them.

mod common;

use std::collections::BTreeSet;

fn get(url: &str) -> Vec<u8> {
    ureq::get(url).call().unwrap().body_mut().read_to_vec().unwrap()
}

#[test]
fn the_feed_of_changes() {
    let served = common::serve();
    let feed = feed_rs::parser::parse(get(&format!("{}/changes.atom?lang=en", served.base)).as_slice()).unwrap();
    assert_eq!(feed.feed_type, feed_rs::model::FeedType::Atom);
    assert!(feed.updated.is_some() && feed.title.is_some() && feed.entries.len() == 60, "{}", feed.entries.len());
    let ids: BTreeSet<&str> = feed.entries.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(ids.len(), 60, "an id twice");
    let days: Vec<_> = feed.entries.iter().map(|e| e.updated.unwrap()).collect();
    assert!(days.is_sorted_by(|a, b| a >= b));
    for e in &feed.entries {
        assert!(e.title.as_ref().is_some_and(|t| !t.content.is_empty()) && e.summary.as_ref().is_some_and(|s| !s.content.is_empty()));
    }
    // each leads to a page
    let link = &feed.entries[0].links[0].href;
    assert!(link.starts_with(&served.base), "{link}");
    get(link);
    let of = feed_rs::parser::parse(get(&format!("{}/changes.atom?country=CHN&as_of=2025-07-16", served.base)).as_slice()).unwrap();
    assert!(!of.entries.is_empty() && of.entries.len() < 60);
    assert!(of.entries.iter().all(|e| e.updated.unwrap().to_string().as_str() < "2025-07-17"));
}

/// Python's icalendar reads it, as the tests of exports do.
#[test]
fn the_calendar_of_what_is_coming() {
    let served = common::serve();
    let python = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/python/bin/python");
    assert!(python.exists(), "Python's icalendar is missing: cargo xtask setup installs it");
    let url = format!("{}/upcoming.ics?as_of=2025-07-05", served.base);
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("upcoming.ics");
    std::fs::write(&file, get(&url)).unwrap();
    let read = "import sys, icalendar\nfor e in icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read()).walk('VEVENT'): print(e['UID'], e['DTSTART'].dt, e['STATUS'], e['SUMMARY'])";
    let out = std::process::Command::new(python).args(["-c", read]).arg(&file).env("PYTHONUTF8", "1").output().unwrap();
    let lines: Vec<String> = String::from_utf8(out.stdout).unwrap().lines().map(String::from).collect();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let upcoming: serde_json::Value =
        serde_json::from_slice(&get(&format!("{}/api/v1/upcoming?as_of=2025-07-05&limit=200", served.base))).unwrap();
    let dated = upcoming["engagements"].as_array().unwrap().iter().filter(|e| !e["date"].is_null()).count();
    assert!(dated > 3 && lines.len() == dated, "{dated} {lines:?}");
    assert!(lines.iter().all(|l| l.contains("@mulaqat 20") && (l.contains("CONFIRMED") || l.contains("TENTATIVE"))), "{lines:?}");
}
