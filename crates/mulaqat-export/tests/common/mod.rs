//! What the tests share: the readers of other people.

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Reads back what stands in a folder, and compares; gives what was counted.
pub fn read_back(folder: &Path) -> serde_json::Value {
    let python = root().join("target/python/bin/python");
    assert!(python.exists(), "the readers are not installed: run `cargo xtask setup`, which puts them into target/python");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers.py");
    let out = Command::new(python).arg(script).arg(folder).output().unwrap();
    let (told, wrong) = (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    assert!(out.status.success(), "{told}{wrong}");
    serde_json::from_str(&told).unwrap()
}
