//! The command as a person or a script meets it: exit codes, messages, streams.

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const MEETING: &str = "रूस के विदेश मंत्री सर्गेई लावरोव ने मंगलवार को मॉस्को में भारत के विदेश मंत्री एस. जयशंकर से मुलाकात की।";
const WEATHER: &str = "आज दिन भर धूप रही।";

/// A folder of its own for each test.
struct Room(PathBuf);

impl Room {
    fn new(test: &str) -> Room {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Room(path)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Room {
        fs::write(self.0.join(name), bytes).unwrap();
        self
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut c = Command::new(env!("CARGO_BIN_EXE_mulaqat"));
        c.current_dir(&self.0).args(args).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("CLICOLOR");
        c
    }

    fn run(&self, args: &[&str]) -> Run {
        Run::from(self.command(args).stdin(Stdio::null()).output().unwrap())
    }

    fn run_with(&self, args: &[&str], stdin: &[u8]) -> Run {
        let mut child = self.command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(stdin).unwrap();
        Run::from(child.wait_with_output().unwrap())
    }
}

struct Run {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Run {
    fn from(o: Output) -> Run {
        let text = |b| String::from_utf8(b).unwrap();
        Run { code: o.status.code().unwrap(), out: text(o.stdout), err: text(o.stderr) }
    }
}

impl Run {
    fn records(&self) -> Vec<Value> {
        self.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    }

    fn ids(&self) -> Vec<String> {
        self.records().iter().map(|r| r["document"]["id"].as_str().unwrap().to_string()).collect()
    }
}

#[test]
fn an_article_for_a_person() {
    let room = Room::new("person");
    let run = room.file("a.txt", MEETING).run(&["read", "a.txt", "--published", "2025-11-19"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    for part in ["a · 2025-11-19", "Events", "CONSULT", "who", "when", "where", "status", "source", "words"] {
        assert!(run.out.contains(part), "{part} in {}", run.out);
    }
}

#[test]
fn an_article_as_json() {
    let room = Room::new("json");
    let run = room.file("a.txt", MEETING).run(&["read", "--json", "a.txt"]);
    assert_eq!(run.code, 0);
    let [record] = &run.records()[..] else { panic!("{}", run.out) };
    assert_eq!(record["schema"], "mulaqat/1");
    assert_eq!(
        record["document"],
        json!({"id": "a", "url": null, "title": null, "publisher": null, "published": null, "language": "hi", "text": MEETING})
    );
    assert_eq!(record["events"][0]["type"], "CONSULT");
}

#[test]
fn nothing_found_is_1() {
    let room = Room::new("nothing");
    room.file("empty.txt", "").file("weather.txt", WEATHER).file("a.txt", MEETING);
    assert_eq!(room.run(&["read", "empty.txt"]).code, 1);
    let run = room.run(&["read", "weather.txt", "empty.txt"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert_eq!(run.out.matches("nothing found").count(), 2);
    assert_eq!(room.run(&["read", "--json", "weather.txt"]).code, 1);
    assert_eq!(room.run(&["read", "weather.txt", "a.txt"]).code, 0);
}

#[test]
fn bad_files_do_not_stop_a_run() {
    let room = Room::new("bad-files");
    fs::create_dir(room.0.join("folder")).unwrap();
    room.file("latin.txt", b"\xe0\xa4\xb0 \xe9t\xe9").file("a.txt", MEETING);
    let run = room.run(&["read", "--json", "gone.txt", "folder", "latin.txt", "a.txt"]);
    assert_eq!((run.code, run.ids()), (2, vec!["a".to_string()]));
    assert_eq!(
        run.err.lines().collect::<Vec<_>>(),
        [
            "mulaqat: gone.txt: no such file; check the path",
            "mulaqat: folder: holds no articles; name a folder with texts, pages, feeds, archives or JSON Lines in it",
            "mulaqat: latin.txt: invalid UTF-8 at byte 4; convert it, for instance with iconv -t UTF-8",
        ]
    );
}

#[test]
fn bad_lines_do_not_stop_a_run() {
    let room = Room::new("bad-lines");
    let mut lines = b"{\"text\": \"one\"}\n\n{\"text\": \"two\"\n{\"text\": \"".to_vec();
    let offset = lines.len();
    lines.extend(b"\xff\"}\n{\"id\": \"x\"}\n[]\n{\"text\": \"t\", \"published\": \"18 Nov\"}\n{\"text\": 7}\n{\"text\": \"last\"}");
    let run = room.file("d.jsonl", lines).run(&["read", "--json", "d.jsonl"]);
    assert_eq!((run.code, run.ids()), (2, vec!["d:1".to_string(), "d:9".to_string()]));
    assert_eq!(
        run.err.lines().collect::<Vec<_>>(),
        [
            "mulaqat: d.jsonl:3: bad JSON (EOF while parsing an object at column 14); mend or remove it".to_string(),
            format!("mulaqat: d.jsonl:4: invalid UTF-8 at byte {offset}; convert it, for instance with iconv -t UTF-8"),
            "mulaqat: d.jsonl:5: has no \"text\"; give each document one".to_string(),
            "mulaqat: d.jsonl:6: not a JSON object; write one document a line, {\"text\": …}".to_string(),
            "mulaqat: d.jsonl:7: published is \"18 Nov\", not a date; write it as YYYY-MM-DD, or give --published DATE".to_string(),
            "mulaqat: d.jsonl:8: bad JSON (invalid type: integer `7`, expected a string at column 10); mend or remove it".to_string(),
        ]
    );
}

#[test]
fn json_lines_keep_their_order_and_what_they_say() {
    let room = Room::new("order");
    let mut lines = String::new();
    for i in 0..20 {
        lines += &json!({"id": 100 - i, "title": "शीर्षक", "url": "u", "publisher": "p", "published": "2025-11-18T01:30:00+05:30", "text": MEETING})
            .to_string();
        lines.push('\n');
    }
    lines += &json!({"schema": "mulaqat/1", "document": {"id": "inside", "text": WEATHER}, "events": []}).to_string();
    let run = room.file("d.jsonl", lines).run(&["read", "--json", "d.jsonl"]);
    assert_eq!(run.code, 0);
    let ids: Vec<_> = (0..20).map(|i| (100 - i).to_string()).chain(["inside".into()]).collect();
    assert_eq!(run.ids(), ids);
    let first = &run.records()[0]["document"];
    assert_eq!(
        *first,
        json!({"id": "100", "title": "शीर्षक", "url": "u", "publisher": "p", "published": "2025-11-18", "language": "hi", "text": MEETING})
    );
}

#[test]
fn the_form_is_told_by_name_or_content() {
    let room = Room::new("form");
    let document = json!({"id": "doc", "text": MEETING});
    let pretty = serde_json::to_string_pretty(&document).unwrap();
    room.file("lines", format!("{document}\n{document}\n"))
        .file("pretty.json", &pretty)
        .file("pretty", &pretty)
        .file("bom.jsonl", format!("\u{feff}{document}"))
        .file("prose", format!("{{{MEETING}}}"))
        .file("braces.txt", "{\"text\": \"रूस\"}")
        .file("broken", format!("{{\"text\": oops}}\n{document}\n"))
        .file("broken.json", "{\n\"text\": oops}\n")
        .file("list.json", "[1]")
        .file("bom.txt", format!("\u{feff}{MEETING}"));
    let ids = |name: &str| room.run(&["read", "--json", name]).ids();
    assert_eq!(ids("lines"), ["doc", "doc"]);
    assert_eq!(ids("pretty.json"), ["doc"]);
    assert_eq!(ids("pretty"), ["doc"]);
    assert_eq!(ids("bom.jsonl"), ["doc"]);
    assert_eq!(ids("prose"), ["prose"]);
    assert_eq!(ids("braces.txt"), ["braces"]);
    assert_eq!(ids("broken"), ["doc"]);
    assert_eq!(room.run(&["read", "--json", "bom.txt"]).records()[0]["document"]["text"], MEETING);
    let message = |name: &str| room.run(&["read", name]).err;
    assert_eq!(message("broken"), "mulaqat: broken:1: bad JSON (expected value at column 10); mend or remove it\n");
    assert_eq!(message("broken.json"), "mulaqat: broken.json:2: bad JSON (expected value at column 9); mend or remove it\n");
    assert_eq!(message("list.json"), "mulaqat: list.json: not a JSON object; write one document a line, {\"text\": …}\n");
}

#[test]
fn standard_input() {
    let room = Room::new("stdin");
    let run = room.run_with(&["read", "--json", "-"], MEETING.as_bytes());
    assert_eq!((run.code, run.ids()), (0, vec!["stdin".to_string()]));
    let lines = format!("{}\n{}\n", json!({"text": MEETING}), json!({"id": "b", "text": WEATHER}));
    let run = room.run_with(&["read", "--json", "-"], lines.as_bytes());
    assert_eq!((run.code, run.ids()), (0, vec!["stdin:1".to_string(), "b".to_string()]));
    let run = room.run_with(&["read", "-"], b"\xff");
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("mulaqat: standard input: invalid UTF-8 at byte 0;"), "{}", run.err);
}

#[test]
fn a_publication_date_is_given_or_overridden() {
    let room = Room::new("published");
    room.file("d.jsonl", json!({"text": "x", "published": "gestern"}).to_string());
    let run = room.run(&["read", "--json", "d.jsonl", "--published", "2025-11-19"]);
    assert_eq!(run.records()[0]["document"]["published"], "2025-11-19");
    let run = room.run(&["read", "d.jsonl", "--published", "2025-02-30"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--published <DATE>") && run.err.contains("not a date; write it as YYYY-MM-DD"), "{}", run.err);
}

#[test]
fn a_line_of_many_megabytes() {
    // the debug build is some thirty times slower
    let megabytes = if cfg!(debug_assertions) { 1 } else { 10 };
    let text = format!("{MEETING} ").repeat(megabytes * 1_000_000 / MEETING.len());
    let room = Room::new("long-line");
    let run = room.file("d.jsonl", json!({"id": "long", "text": text}).to_string()).run(&["read", "--json", "d.jsonl"]);
    assert_eq!((run.code, run.ids()), (0, vec!["long".to_string()]));
}

#[test]
fn colours_are_wanted_or_not() {
    let room = Room::new("colours");
    room.file("a.txt", MEETING);
    let escapes = |env: &[(&str, &str)]| {
        let out = room.command(&["read", "a.txt"]).envs(env.iter().copied()).output().unwrap();
        out.stdout.contains(&0x1b)
    };
    assert!(!escapes(&[]), "a pipe is no terminal");
    assert!(escapes(&[("CLICOLOR_FORCE", "1")]));
    assert!(!escapes(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn an_article_cannot_steer_the_terminal() {
    let room = Room::new("escapes");
    let title = "\u{1b}]0;gotcha\u{7}";
    room.file("d.jsonl", json!({"title": title, "text": format!("{MEETING}\u{1b}[2J")}).to_string());
    let out = room.command(&["read", "d.jsonl"]).env("CLICOLOR_FORCE", "1").output().unwrap().stdout;
    let out = String::from_utf8(out).unwrap();
    assert!(!out.contains("\u{1b}]") && !out.contains("\u{1b}[2J") && !out.contains('\u{7}'), "{out:?}");
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let room = Room::new("pipe");
    let line = json!({"text": MEETING}).to_string() + "\n";
    room.file("d.jsonl", line.repeat(3000));
    let mut child = room.command(&["read", "--json", "d.jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(first.starts_with('{'));
}

#[test]
fn a_full_disk_is_an_error() {
    if !Path::new("/dev/full").exists() {
        println!("skipped: no /dev/full");
        return;
    }
    let room = Room::new("full");
    room.file("a.txt", MEETING);
    for args in [&["read", "a.txt"][..], &["read", "--json", "a.txt"], &["explain", "a.txt"], &["schema"], &["man"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run = Run::from(room.command(args).stdout(full).output().unwrap());
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.err.starts_with("mulaqat: standard output: cannot be written"), "{args:?}: {}", run.err);
    }
}

#[test]
fn explain_tells_and_fails_like_read() {
    let room = Room::new("explain");
    room.file("a.txt", MEETING);
    let run = room.run(&["explain", "a.txt"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(!run.out.trim().is_empty());
    let run = room.run(&["explain", "--json", "gone.txt", "a.txt"]);
    assert_eq!((run.code, run.err.as_str()), (2, "mulaqat: gone.txt: no such file; check the path\n"));
    assert_eq!(run.records().len(), 1);
}

fn record(start: usize) -> Value {
    json!({
        "schema": "mulaqat/1",
        "document": {"id": "d", "text": "भारत ने कहा"},
        "entities": [{"id": "e1", "type": "country", "name": "भारत", "mentions": [{"text": "भारत", "start": start, "end": start + 4}]}]
    })
}

#[test]
fn check_holds_records_to_the_contract() {
    let room = Room::new("check");
    let shapeless = json!({"schema": "mulaqat/1", "document": {"text": ""}, "entities": [{"id": "e1", "type": "planet", "name": "x"}]});
    room.file("good.json", serde_json::to_string_pretty(&record(0)).unwrap())
        .file("bad.jsonl", format!("{}\n{}\n{shapeless}\n", record(0), record(1)))
        .file("broken.jsonl", "{\n")
        .file("empty.jsonl", "");
    fs::create_dir(room.0.join("none")).unwrap();
    let run = room.run(&["check", "good.json"]);
    assert_eq!((run.code, run.out.as_str()), (0, "1 of 1 records hold\n"));
    let run = room.run(&["check", "bad.jsonl", "good.json"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert_eq!(
        run.out.lines().collect::<Vec<_>>(),
        [
            "bad.jsonl:2",
            "  e1 mention: start 1 and end 5 do not give «भारत»",
            "bad.jsonl:3",
            "  entities[0].type: unknown variant `planet`, expected one of `person`, `country`, `organization`, `place` at column 73",
            "2 of 4 records hold",
        ]
    );
    let run = room.run(&["check", "broken.jsonl", "gone", "good.json"]);
    assert_eq!((run.code, run.out.as_str()), (2, "1 of 1 records hold\n"));
    assert_eq!(
        run.err,
        "mulaqat: broken.jsonl:1: bad JSON (EOF while parsing an object at column 1); mend or remove it\n\
         mulaqat: gone: no such file; check the path\n"
    );
    assert_eq!(room.run(&["check", "empty.jsonl"]).code, 1);
    assert_eq!(room.run(&["check", "none"]).code, 1);
    assert_eq!(room.run_with(&["check", "-"], record(0).to_string().as_bytes()).code, 0);
}

#[test]
fn what_read_prints_holds() {
    let room = Room::new("holds");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/dev");
    let files: Vec<_> = corpus.read_dir().unwrap().map(|e| e.unwrap().path()).collect();
    let out = room.command(&["read", "--json"]).args(&files).output().unwrap();
    assert!(out.status.success());
    let run = room.run_with(&["check", "-"], &out.stdout);
    assert_eq!((run.code, run.out), (0, format!("{0} of {0} records hold\n", files.len())));
}

#[test]
fn score_prints_figures() {
    let room = Room::new("score");
    let mut wrong = record(0);
    wrong["entities"] = json!([]);
    wrong["times"] = json!([{"text": "भारत", "value": "2025"}]);
    room.file("gold.json", record(0).to_string()).file("pred.jsonl", wrong.to_string()).file("shape.jsonl", "{}").file("empty.jsonl", "");
    let run = room.run(&["score", "-v", "gold.json", "pred.jsonl"]);
    assert_eq!(run.code, 0);
    assert!(run.out.starts_with("d\n  time extra   भारत = 2025\n1 documents, 0 without a prediction\nlayer "), "{}", run.out);
    assert!(run.out.contains("times            0.000     0.000     0.000       0       1\n"), "{}", run.out);
    let run = room.run(&["score", "--json", "gold.json", "pred.jsonl"]);
    assert_eq!(run.records()[0]["times"], json!([0.0, 0.0, 0.0]));
    for (pred, message) in [
        ("gone", "mulaqat: gone: no such file; check the path\n"),
        ("shape.jsonl", "mulaqat: shape.jsonl:1: is no record (missing field `schema` at column 2); see mulaqat schema\n"),
        ("empty.jsonl", "mulaqat: empty.jsonl: holds no records; name a .json, a .jsonl or a folder of them\n"),
    ] {
        let run = room.run(&["score", "gold.json", pred]);
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (2, "", message));
    }
}

#[test]
fn schema_names_every_field() {
    let schema: Value = serde_json::from_str(&Room::new("schema").run(&["schema"]).out).unwrap();
    for field in ["schema", "document", "entities", "times", "events", "statements"] {
        assert!(schema["properties"][field].is_object(), "{field}");
    }
}

#[test]
fn manual_and_completions() {
    let room = Room::new("manual");
    assert!(room.run(&["man"]).out.contains("mulaqat\\-read(1)"));
    assert!(room.run(&["man", "read"]).out.contains("\\-\\-published"));
    let run = room.run(&["man", "dance"]);
    assert_eq!((run.code, run.err.as_str()), (2, "mulaqat: dance: no such command; see mulaqat --help\n"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(room.run(&["completions", shell]).out.contains("mulaqat"), "{shell}");
    }
}

#[test]
fn usage_errors_are_2() {
    let room = Room::new("usage");
    for args in [&[][..], &["read"], &["dance"], &["read", "--dance", "x"]] {
        assert_eq!(room.run(args).code, 2, "{args:?}");
    }
    assert_eq!(room.run(&["--help"]).code, 0);
}

/// A page as a news site would send it, with a menu, a caption and a link to more.
fn page() -> String {
    format!(
        "<!doctype html><html lang=hi><head><meta charset=utf-8><title>शीर्षक</title><meta property=og:site_name content='पत्र'>\
         <meta property=article:published_time content='2025-11-19T00:30:00+05:30'></head><body><nav><a href=/>मुखपृष्ठ</a></nav><article>\
         <figure><img src=a><figcaption>फाइल फोटो</figcaption></figure><p>{MEETING}</p><p>{MEETING}</p><div class=also-read>और भी</div></article></body></html>"
    )
}

#[test]
fn pages_feeds_archives_and_folders() {
    let room = Room::new("inputs");
    fs::create_dir(room.0.join("saved")).unwrap();
    let body = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page());
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
        body.len()
    );
    room.file("saved/page.html", page())
        .file("saved/english.html", "<html><p>Nothing in Hindi</p></html>")
        .file("saved/z.txt", MEETING)
        .file("feed.xml", format!("<rss version='2.0'><channel><item><link>https://a.example/f</link><description>{MEETING}</description></item></channel></rss>"))
        .file("a.warc", format!("{warc}WARC/1.0 broken\r\n\r\n{warc}"));
    let run = room.run(&["read", "--json", "saved", "feed.xml"]);
    assert_eq!((run.code, run.err.as_str()), (0, "mulaqat: input: 1 not in Hindi, passed over\n"));
    assert_eq!(run.ids(), ["page", "z", "https://a.example/f"]);
    let document = &run.records()[0]["document"];
    let expected = json!({"id": "page", "url": null, "title": "शीर्षक", "publisher": "पत्र", "published": "2025-11-19", "language": "hi", "text": format!("{MEETING}\n{MEETING}")});
    assert_eq!(*document, expected);
    let run = room.run(&["read", "--json", "a.warc"]);
    assert_eq!((run.code, run.ids()), (2, vec!["https://a.example/1".to_string(); 2]));
    assert!(
        run.err.starts_with("mulaqat: a.warc: record 2 at byte ") && run.err.contains("is damaged (it has no Content-Length)"),
        "{}",
        run.err
    );
}

/// A server on loopback that gives each path its body, and counts nothing else.
fn serve(pages: Vec<(&'static str, &'static str, String)>) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let base = address.clone();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut line = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            reader.read_line(&mut line).unwrap();
            let mut rest = String::new();
            while reader.read_line(&mut rest).is_ok_and(|n| n > 2) {}
            let path = line.split(' ').nth(1).unwrap_or_default();
            let found = pages.iter().find(|(p, _, _)| *p == path);
            let answer = match found {
                Some((_, kind, body)) => {
                    let body = body.replace("BASE", &base);
                    format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
                }
                None => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".into(),
            };
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    address
}

#[test]
fn watch_prints_new_articles_once() {
    let feed =
        format!("<rss version='2.0'><channel><title>पत्र</title><item><title>{MEETING}</title><link>BASE/1</link></item></channel></rss>");
    let address = serve(vec![("/rss", "application/rss+xml", feed), ("/1", "text/html", page())]);
    let room = Room::new("watch");
    room.file("feeds.toml", format!("delay_seconds = 1\n[[feed]]\nurl = \"{address}/rss\"\nevery_minutes = 1"));
    let run = room.run(&["watch", "--once", "feeds.toml"]);
    assert_eq!((run.code, run.err.as_str()), (0, "mulaqat: watch: 1 new, 0 changed, 0 duplicate, 0 not Hindi, 0 failed\n"));
    let document: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&document["url"], &document["published"]), (&json!(format!("{address}/1")), &json!("2025-11-19")));
    // what it prints can be read
    let read = room.run_with(&["read", "--json", "-"], run.out.as_bytes());
    assert_eq!(read.ids(), [format!("{address}/1")]);
    // and an address can be read as it is
    assert_eq!(room.run(&["read", "--json", &format!("{address}/1")]).ids(), [format!("{address}/1")]);
    // nothing is new, and the feed is not due
    assert_eq!(room.run(&["watch", "--once", "feeds.toml"]).code, 1);
    assert!(room.0.join("feeds.state.json").exists());
}

#[test]
fn watch_adds_to_a_ledger_and_tells_what_changed() {
    let feed = |n: u8| format!("<rss version='2.0'><channel><item><title>{MEETING}</title><link>BASE/{n}</link></item></channel></rss>");
    let kind = "application/rss+xml";
    let pages = vec![("/rss", kind, feed(1)), ("/again", kind, feed(1)), ("/1", "text/html", page())];
    let address = serve(pages);
    let room = Room::new("watch-ledger");
    room.file("feeds.toml", format!("delay_seconds = 1\n[[feed]]\nurl = \"{address}/rss\""));
    room.file("again.toml", format!("delay_seconds = 1\n[[feed]]\nurl = \"{address}/again\""));
    let run = room.run(&["watch", "--once", "feeds.toml", "--ledger", "w.db"]);
    assert_eq!((run.code, run.err.as_str()), (0, "mulaqat: watch: 1 new, 0 changed, 0 duplicate, 0 not Hindi, 0 failed\n"));
    assert!(run.out.lines().count() == 1 && run.out.starts_with("2025-11-19  ") && run.out.contains("  new  occurred"), "{}", run.out);
    // the words are there with their source
    let listed = room.run(&["list", "--ledger", "w.db", "--json"]);
    assert!(listed.code == 0 && listed.out.contains(&format!("{address}/1")), "{}", listed.out);
    // what the ledger has is no news, whichever feed brings it
    let run = room.run(&["watch", "--once", "again.toml", "--ledger", "w.db", "--json"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("0 new, 0 changed, 1 duplicate"), "{}", run.err);
    assert_eq!(room.run(&["watch", "--once", "feeds.toml", "--json"]).code, 2);
    fs::write(room.0.join("notes.db"), "no ledger ".repeat(200)).unwrap();
    let run = room.run(&["watch", "--once", "feeds.toml", "--ledger", "notes.db"]);
    assert!(run.code == 2 && run.err.contains("notes.db: is no ledger"), "{}", run.err);
}

#[test]
fn add_takes_all_that_read_takes() {
    let room = Room::new("add-inputs");
    fs::create_dir(room.0.join("saved")).unwrap();
    fs::create_dir(room.0.join("empty")).unwrap();
    let feed = format!(
        "<rss version='2.0'><channel><item><link>https://a.example/f</link><description>{MEETING}</description></item></channel></rss>"
    );
    room.file("saved/page.html", page())
        .file("saved/english.html", "<html><p>Nothing in Hindi</p></html>")
        .file("saved/z.txt", MEETING)
        .file("saved/broken.json", "{\"text\": 5}")
        .file("feed.xml", feed);
    let run = room.run(&["add", "saved", "feed.xml", "empty", "--json"]);
    let told = "3 read: 3 new, 0 changed, 0 duplicate, 1 not Hindi, 2 failed (1 cannot be read, 1 bad JSON)\n";
    assert!(run.code == 2 && run.err.ends_with(told), "{}", run.err);
    assert!(run.err.contains("mulaqat: empty: holds no articles; "), "{}", run.err);
    let ids: Vec<Value> = run.out.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["id"].clone()).collect();
    assert_eq!(ids, ["page", "z", "https://a.example/f"]);
    let run = room.run(&["add", "saved/z.txt"]);
    assert_eq!((run.code, run.err.as_str()), (0, "1 read: 0 new, 0 changed, 1 duplicate, 0 not Hindi, 0 failed\n"));
    assert_eq!(room.run(&["add", "saved/english.html"]).code, 1);
}

#[test]
fn watch_tells_what_is_wrong_with_its_list() {
    let room = Room::new("watch-list");
    room.file("feeds.toml", "[[feed]]\nurl = 5\n");
    let run = room.run(&["watch", "--once", "feeds.toml"]);
    assert_eq!(
        (run.code, run.err.as_str()),
        (2, "mulaqat: feeds.toml:2: invalid type: integer `5`, expected a string; see mulaqat watch --help\n")
    );
    assert_eq!(room.run(&["watch", "gone.toml"]).err, "mulaqat: gone.toml: no such file; check the path\n");
}
