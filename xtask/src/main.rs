//! The project's own chores.
//!
//! - `cargo xtask accuracy` — measures the engine on the corpus and writes docs/accuracy.md; `--check` only compares.
//! - `cargo xtask tidy` — finds what the compiler cannot: documents that drifted, word lists out of shape.
//! - `cargo xtask setup` — installs what the tests use beside Rust.
//! - `cargo xtask train` — trains the tagger of names and measures it (docs/tagger.md).
//! - `cargo xtask test` — setup, then every test of the workspace.

mod tidy;
mod web;

use std::path::Path;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace");
    let done = match std::env::args().nth(1).as_deref() {
        Some("accuracy") => accuracy(root),
        Some("tidy") => tidy::run(root),
        Some("setup") => {
            setup(root);
            web::setup(root);
            true
        }
        Some("train") => train(root),
        Some("test") => {
            setup(root);
            web::setup(root);
            succeeds(Command::new(env!("CARGO")).args(["test", "--workspace"]).current_dir(root))
        }
        _ => {
            eprintln!("usage: cargo xtask accuracy | tidy | setup | test | train");
            return ExitCode::from(2);
        }
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// An example of the engine does the work, in release: the chores themselves stay quick to build.
fn accuracy(root: &Path) -> bool {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--release", "--package", "mulaqat", "--example", "accuracy", "--"]);
    succeeds(command.args(std::env::args().skip(2)).current_dir(root))
}

/// Learns from the development articles, so that every other set stays unseen, and from HiNER where that is at hand.
fn train(root: &Path) -> bool {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--release", "--package", "mulaqat-train", "--", "--gold", "corpus/dev"]);
    command.args(["--out", "crates/mulaqat/lang/hi/tagger.bin"]);
    for (flag, file) in [("--conll", "../shared/data/hiner-train.conll"), ("--test", "../shared/data/hiner-test.conll")] {
        if root.join(file).exists() {
            command.args([flag, file]);
        } else {
            eprintln!("xtask: {file} is not here; going on without it");
        }
    }
    succeeds(command.current_dir(root))
}

fn succeeds(command: &mut Command) -> bool {
    command.status().is_ok_and(|s| s.success())
}

/// Python runs the reference scorer that one test compares with ours, where that scorer is at hand; without
/// either the test says that it is skipped, so a machine on which nothing can be installed is no failure.
fn setup(root: &Path) {
    let python = Command::new("python3").arg("--version").output().is_ok();
    if python || !root.join("../shared/tools/score").exists() {
        return;
    }
    let installed = succeeds(Command::new("apt-get").args(["install", "--yes", "--no-install-recommends", "python3"]));
    if !installed {
        eprintln!("xtask: python3 could not be installed; the comparison with the reference scorer will be skipped");
    }
}
