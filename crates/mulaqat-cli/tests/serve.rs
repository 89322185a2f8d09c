//! `mulaqat serve` and `demo`, as a person starts and ends them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

struct Running {
    child: Child,
    base: String,
    err: BufReader<ChildStderr>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts a server, and waits for the line that says where it listens.
fn start(args: &[&str]) -> Running {
    let mut c = Command::new(env!("CARGO_BIN_EXE_mulaqat"));
    c.current_dir(env!("CARGO_TARGET_TMPDIR")).args(args).env("TMPDIR", env!("CARGO_TARGET_TMPDIR"));
    let mut child = c.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let err = BufReader::new(child.stderr.take().unwrap());
    Running { child, base: line.trim().to_string(), err }
}

fn get(base: &str, path: &str) -> String {
    let host = base.trim_start_matches("http://").trim_end_matches('/');
    let mut s = TcpStream::connect(host).unwrap();
    write!(s, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut out = vec![];
    s.read_to_end(&mut out).unwrap();
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(unix)]
fn interrupt(r: &mut Running, signal: &str) -> Option<i32> {
    assert!(Command::new("kill").args([signal, &r.child.id().to_string()]).status().unwrap().success());
    r.child.wait().unwrap().code()
}

#[test]
#[cfg(unix)]
fn a_demo_in_one_command() {
    let mut demo = start(&["demo", "--no-open"]);
    assert!(demo.base.starts_with("http://127.0.0.1:"), "{}", demo.base);
    let page = get(&demo.base, "/?lang=en");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("What changed"), "{page}");
    let about = get(&demo.base, "/api/v1/ledger");
    let about: serde_json::Value = serde_json::from_str(about.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert!(about["reports"].as_u64() > Some(50) && about["engagements"].as_u64() > Some(300), "{about}");
    let left = || {
        let all = std::fs::read_dir(env!("CARGO_TARGET_TMPDIR")).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
        all.filter(|n| n.starts_with("mulaqat-demo-")).count()
    };
    assert_eq!((left(), interrupt(&mut demo, "-INT"), left()), (1, Some(0), 0));
}

#[test]
#[cfg(unix)]
fn a_server_starts_and_ends() {
    let ledger = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve-missing.db");
    let _ = std::fs::remove_file(&ledger);
    let mut r = start(&["serve", "--port", "0", "--ledger", ledger.to_str().unwrap()]);
    let mut line = String::new();
    r.err.read_line(&mut line).unwrap();
    assert!(line.contains("no such ledger yet"), "{line}");
    assert!(get(&r.base, "/").starts_with("HTTP/1.1 503"));
    let port = r.base.trim_end_matches('/').rsplit(':').next().unwrap();
    let taken = Command::new(env!("CARGO_BIN_EXE_mulaqat"))
        .args(["serve", "--port", port])
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&taken.stderr);
    assert!(taken.status.code() == Some(2) && err.contains("in use by another program") && err.contains("--port"), "{err}");
    assert_eq!(interrupt(&mut r, "-TERM"), Some(0));
}
