//! Writes docs/accuracy.md, or with `--check` says whether it is what would be written now: `cargo xtask accuracy`.

mod mistakes;
mod page;
mod sets;

use std::process::ExitCode;

fn main() -> ExitCode {
    let file = sets::root().join("docs/accuracy.md");
    let page = page::write();
    match std::env::args().nth(1).as_deref() {
        None => match std::fs::write(&file, page) {
            Ok(()) => ExitCode::SUCCESS,
            Err(e) => {
                eprintln!("accuracy: docs/accuracy.md cannot be written ({e})");
                ExitCode::from(2)
            }
        },
        Some("--check") if std::fs::read_to_string(&file).is_ok_and(|old| old == page) => ExitCode::SUCCESS,
        Some("--check") => {
            eprintln!("accuracy: docs/accuracy.md is not what would be written now; run cargo xtask accuracy");
            ExitCode::FAILURE
        }
        Some(_) => {
            eprintln!("usage: cargo xtask accuracy [--check]");
            ExitCode::from(2)
        }
    }
}
