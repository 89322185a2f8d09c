//! The API against its own description, with Schemathesis: it makes requests of every sort, valid and not, and holds the answers of the
//! real server to what `/api/openapi.json` says.

mod common;

use mulaqat_ledger::{Filter, Ledger};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

#[test]
fn the_server_answers_as_described() {
    let served = common::serve();
    let text = ureq::get(format!("{}/api/openapi.json", served.base)).call().unwrap().body_mut().read_to_string().unwrap();
    let mut api: Value = serde_json::from_str(&text).unwrap();
    // ids that exist, so that more than their absence is tried
    let l = Ledger::open_read_only(&served.ledger).unwrap();
    let mut engagement = String::new();
    l.list(&Filter::default(), &mut |e| {
        engagement = e.id;
        false
    })
    .unwrap();
    for (path, example) in [("engagements/{id}", engagement.as_str()), ("documents/{id}", "story1-a"), ("identities/{key}", "IND")] {
        let parameter = &mut api["paths"][format!("/api/v1/{path}")]["get"]["parameters"][0];
        assert_eq!(parameter["in"], "path");
        parameter["example"] = example.into();
    }
    let room = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = room.join("openapi.json");
    std::fs::write(&file, api.to_string()).unwrap();
    let st = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/schemathesis/bin/st");
    assert!(st.exists(), "Schemathesis is missing: cargo xtask setup installs it");
    let run = Command::new(st)
        .arg("run")
        .arg(&file)
        .args(["--url", &served.base, "--checks", "all", "--phases", "examples,coverage,fuzzing", "-n", "15", "--no-color"])
        .args(["--generation-deterministic", "--continue-on-failure"])
        .current_dir(room)
        .env("PYTHONUTF8", "1")
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && out.contains("Tested: 12"), "{out}\n{}", String::from_utf8_lossy(&run.stderr));
}
