//! The project's own chores.
//!
//! - `cargo xtask tidy` — finds what the compiler cannot: documents that drifted, word lists out of shape.
//! - `cargo xtask setup` — installs what the tests use beside Rust.
//! - `cargo xtask test` — setup, then every test of the workspace.

mod tidy;

use std::path::Path;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace");
    let done = match std::env::args().nth(1).as_deref() {
        Some("tidy") => tidy::run(root),
        Some("setup") => {
            setup(root);
            true
        }
        Some("test") => {
            setup(root);
            succeeds(Command::new(env!("CARGO")).args(["test", "--workspace"]).current_dir(root))
        }
        _ => {
            eprintln!("usage: cargo xtask tidy | setup | test");
            return ExitCode::from(2);
        }
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
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
