//! `mulaqat ask`, as a person or script meets it.

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn corpus(set: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus").join(set).display().to_string()
}

fn room(test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ask-{test}"));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// Exit status, standard output, standard error.
fn run(room: &Path, args: &[&str], input: &str) -> (i32, String, String) {
    let mut c = Command::new(env!("CARGO_BIN_EXE_mulaqat"));
    c.current_dir(room).args(args).env("NO_COLOR", "1").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = c.spawn().unwrap();
    // a command that does not read its input may be gone already
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let o = child.wait_with_output().unwrap();
    let text = |b| String::from_utf8(b).unwrap();
    (o.status.code().unwrap(), text(o.stdout), text(o.stderr))
}

fn json(out: &str) -> Vec<Value> {
    out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// An article with questions for headings, as the press writes them.
const ARTICLE: &str = "विदेश मंत्री एस. जयशंकर ने बुधवार (12 नवंबर, 2025) को मॉस्को में रूस के राष्ट्रपति व्लादिमीर पुतिन से मुलाकात की। दोनों नेताओं ने ऊर्जा और व्यापार पर बातचीत की।
पुतिन से मुलाकात पर क्या बोले एस. जयशंकर?
मुलाकात के बाद जयशंकर ने सोशल मीडिया पर लिखा, “राष्ट्रपति पुतिन से मिलकर खुशी हुई। हमारी साझेदारी समय की कसौटी पर खरी उतरी है।”
भारत कब आएंगे व्लादिमीर पुतिन?
पुतिन की भारत यात्रा दिसंबर में प्रस्तावित है। माना जा रहा है कि 4 दिसंबर के आसपास पुतिन भारत आ सकते हैं।
";

#[test]
fn the_headings_of_an_article_are_answered_from_it() {
    let room = room("headings");
    fs::write(room.join("a.txt"), ARTICLE).unwrap();
    let said = "पुतिन से मुलाकात पर क्या बोले एस. जयशंकर?";
    let when = "भारत कब आएंगे व्लादिमीर पुतिन?";
    let args = [
        "ask",
        "--in",
        "a.txt",
        "--published",
        "2025-11-12",
        "--today",
        "2025-11-13",
        "--json",
        said,
        when,
        "When will Putin come to India?",
    ];
    let (code, out, err) = run(&room, &args, "");
    assert_eq!(code, 0, "{err}");
    let answers = json(&out);
    assert!(answers[0]["statements"][0]["text"].as_str().unwrap().contains("समय की कसौटी"), "{out}");
    assert_eq!(answers[0]["statements"][0]["medium"], "social_media");
    for a in &answers[1..] {
        assert_eq!((&a["engagements"][0]["date"], &a["engagements"][0]["status"]), (&"2025-12-04~".into(), &"tentative".into()), "{a}");
        assert_eq!(a["certainty"], "unconfirmed");
    }
    assert!(answers[1]["text"].as_str().unwrap().contains("4 दिसंबर 2025 के आसपास प्रस्तावित है — पुष्टि नहीं"), "{out}");
    assert!(answers[2]["text"].as_str().unwrap().contains("around 4 December 2025 — not confirmed"), "{out}");
    // and nothing of a ledger was made
    assert_eq!(fs::read_dir(&room).unwrap().count(), 1);
}

#[test]
fn answers_have_words_sources_and_an_exit_status() {
    let room = room("status");
    let (dev, q) = (corpus("dev"), "ज़ेलेंस्की सऊदी अरब कब गए?");
    assert_eq!(run(&room, &["add", &dev], "").0, 0);
    let (code, out, _) = run(&room, &["ask", q], "");
    assert_eq!(code, 0);
    for part in ["10 मार्च 2025", "सऊदी अरब", "स्थिति: 10 मार्च 2025 को, हो चुका", "लोकवाणी", "«", "2025-03-11"]
    {
        assert!(out.contains(part), "{part}: {out}");
    }
    let (code, out, _) = run(&room, &["ask", "--lang", "en", q], "");
    assert!(code == 0 && out.starts_with("Volodymyr Zelenskyy visited Saudi Arabia on 10 March 2025."), "{out}");
    // as it was known then
    let (code, out, _) = run(&room, &["ask", "--as-of", "2025-02-12", "--json", "ज़ेलेंस्की सऊदी अरब कब जाएंगे?"], "");
    assert_eq!((code, &json(&out)[0]["certainty"]), (0, &"unconfirmed".into()));
    // both of two claims that contradict each other
    let (_, out, _) = run(&room, &["ask", "When did Jaishankar meet Wang Yi in Beijing?", "--today", "2025-08-01"], "");
    assert!(out.contains("Jaishankar"), "{out}");

    let (code, out, err) = run(&room, &["ask", "मैक्रों और वांग यी कहां मिले?"], "");
    assert!(code == 1 && out.contains("कोई उत्तर नहीं मिला") && out.contains("वांग यी") && err.is_empty(), "{out}{err}");
    // one without an answer among others with one
    assert_eq!(run(&room, &["ask", q, "मैक्रों और वांग यी कहां मिले?"], "").0, 1);
    let (code, out, _) = run(&room, &["ask", "--json", "why did Zelensky go there?"], "");
    let a = &json(&out)[0];
    assert_eq!((code, &a["found"], &a["certainty"]), (1, &false.into(), &"none".into()));
}

#[test]
fn questions_come_line_by_line_and_go_on_from_each_other() {
    let room = room("lines");
    assert_eq!(run(&room, &["add", &corpus("dev")], "").0, 0);
    let asked = "मोदी और मैक्रों कितनी बार मिले?\n\nऔर जनवरी 2024 में?\nHow often did Modi meet Macron?\n";
    let (code, out, _) = run(&room, &["ask", "--json", "-"], asked);
    let counts: Vec<u64> = json(&out).iter().map(|a| a["count"].as_u64().unwrap()).collect();
    assert_eq!((code, counts), (0, vec![4, 3, 4]));
    let (code, out, _) = run(&room, &["ask", "--json", "How often did Modi meet Macron?", "and in January 2024?"], "");
    assert_eq!((code, &json(&out)[1]["count"]), (0, &3.into()));
}

#[test]
fn what_is_wrong_is_told() {
    let room = room("wrong");
    let (code, _, err) = run(&room, &["ask", "मोदी कब मिले?"], "");
    assert!(code == 2 && err.contains("mulaqat.db: no such ledger"), "{err}");
    let (code, _, err) = run(&room, &["ask", "--in", "nowhere", "मोदी पुतिन से कब मिले?"], "");
    assert!(code == 2 && err.contains("nowhere"), "{err}");
    assert_eq!(run(&room, &["ask", "--lang", "fr", "x"], "").0, 2);
    assert_eq!(run(&room, &["ask", "--today", "soon", "x"], "").0, 2);
    assert_eq!(run(&room, &["ask"], "").0, 2);
    fs::write(room.join("a.txt"), ARTICLE).unwrap();
    let mut c = Command::new(env!("CARGO_BIN_EXE_mulaqat"));
    c.current_dir(&room).args(["ask", "--in", "a.txt", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = c.spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"\xff\xfe\n").unwrap();
    let o = child.wait_with_output().unwrap();
    assert_eq!(o.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&o.stderr).contains("standard input"));
}
