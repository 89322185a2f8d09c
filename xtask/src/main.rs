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

/// Installs what the tests use. What cannot be installed is told here; the test that needs it then fails and says so, but for the comparison
/// with the reference scorer, which is skipped where that scorer is not at hand.
fn setup(root: &Path) {
    if Command::new("python3").arg("--version").output().is_err() {
        apt_get(&["python3"]);
    }
    readers(root);
}

/// The libraries that read exports back, in an environment of their own under target/.
fn readers(root: &Path) {
    let environment = root.join("target/python");
    let python = environment.join("bin/python");
    let wanted = root.join("crates/mulaqat-export/tests/requirements.txt");
    let has_all = || {
        let import = ["-c", "import icalendar, networkx, pandas, pyarrow, pyarrow.parquet, rdflib"];
        Command::new(&python).args(import).output().is_ok_and(|o| o.status.success())
    };
    if has_all() {
        return;
    }
    let make = || succeeds(Command::new("python3").args(["-m", "venv"]).arg(&environment));
    // Debian parts the making of environments from Python itself
    let made = make() || apt_get(&["python3-venv"]) && make();
    if !made {
        eprintln!("xtask: no Python environment could be made in target/python; the tests of exports will fail");
        return;
    }
    let pip = Command::new(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]).arg(wanted).status();
    if !pip.is_ok_and(|s| s.success()) || !has_all() {
        eprintln!("xtask: the readers of exports could not be installed; the tests of exports will fail");
    }
}

fn apt_get(packages: &[&str]) -> bool {
    let installed = succeeds(Command::new("apt-get").args(["install", "--yes", "--no-install-recommends"]).args(packages));
    if !installed {
        eprintln!("xtask: {} could not be installed", packages.join(", "));
    }
    installed
}
