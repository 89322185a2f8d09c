//! Installs what the tests of `mulaqat serve` use: a browser, Node with what drives it, and Schemathesis.

use std::path::Path;
use std::process::Command;

const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// What cannot be installed is told; the test that needs it then fails and says so.
pub fn setup(root: &Path) {
    let missing = |program: &str| Command::new(program).arg("--version").output().is_err();
    let wanted = [
        ("node", missing("node"), "nodejs"),
        ("npm", missing("npm"), "npm"),
        ("chromium", !Path::new("/usr/bin/chromium").exists() && std::env::var_os("CHROMIUM").is_none(), "chromium"),
        // letters as wide as readers see them
        ("Devanagari type", !any_devanagari(), "fonts-lohit-deva"),
    ];
    for (what, missing, package) in wanted {
        if missing && !apt_get(package) {
            eprintln!("xtask: {what} could not be installed; the tests in a browser will fail");
        }
    }
    let browser = root.join("crates/mulaqat-serve/tests/browser");
    let fresh = |of: &str| browser.join(of).metadata().and_then(|m| m.modified()).ok();
    if fresh("node_modules/.package-lock.json") < fresh("package-lock.json") {
        let done = Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&browser).status();
        if !done.is_ok_and(|s| s.success()) {
            eprintln!("xtask: playwright-core and axe-core could not be installed; the tests in a browser will fail");
        }
    }
    schemathesis(root);
}

/// In an environment of its own, as Debian asks for.
fn schemathesis(root: &Path) {
    let environment = root.join("target/schemathesis");
    let at_hand = || Command::new(environment.join("bin/st")).arg("--version").output().is_ok_and(|o| o.status.success());
    if at_hand() {
        return;
    }
    let make = || Command::new("python3").args(["-m", "venv"]).arg(&environment).status().is_ok_and(|s| s.success());
    let made = make() || (apt_get("python3-venv") && make());
    let pip = || {
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", SCHEMATHESIS];
        Command::new(environment.join("bin/python")).args(install).status().is_ok_and(|s| s.success())
    };
    if !(made && pip() && at_hand()) {
        eprintln!("xtask: {SCHEMATHESIS} could not be installed; the test of the API will fail");
    }
}

fn any_devanagari() -> bool {
    let list = Command::new("fc-list").arg(":lang=hi").output();
    list.is_ok_and(|o| !o.stdout.is_empty())
}

fn apt_get(package: &str) -> bool {
    Command::new("apt-get").args(["install", "--yes", "--no-install-recommends", package]).status().is_ok_and(|s| s.success())
}
