//! Every page and flow in a real browser: `browser/walk.mjs` walks, this starts the server.

mod common;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::path::Path;
use std::process::Command;

#[test]
fn every_page_in_a_real_browser() {
    let served = common::serve();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    assert!(folder.join("node_modules/playwright-core").exists(), "playwright-core is missing: cargo xtask setup installs it");
    let hostile = utf8_percent_encode(common::HOSTILE, NON_ALPHANUMERIC).to_string();
    let walked = Command::new("node")
        .arg("walk.mjs")
        .args([&served.base, &common::richest(&served.ledger), "story1-c", &hostile])
        .current_dir(folder)
        .output()
        .expect("node is missing: cargo xtask setup installs it");
    let (out, err) = (String::from_utf8_lossy(&walked.stdout), String::from_utf8_lossy(&walked.stderr));
    println!("{out}");
    assert!(walked.status.success(), "{out}\n{err}");
}
