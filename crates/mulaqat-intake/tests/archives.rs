//! Web archives, made here: packed or not, damaged or not.

mod common;

use common::{Room, all, page, text};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use mulaqat_intake::ErrorKind;
use std::io::Write;

/// A record of a type with a header line more, and a block.
fn record(kind: &str, url: &str, media_type: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{:012}>\r\nWARC-Target-URI: {url}\r\n\
         WARC-Date: 2025-11-20T00:00:00Z\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
        block.len(),
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(url: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), body].concat();
    record("response", url, "application/http; msgtype=response", &block)
}

fn html(n: u32) -> Vec<u8> {
    response(&format!("https://a.example/{n}"), "Content-Type: text/html; charset=utf-8", page(n).as_bytes())
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut w = GzEncoder::new(vec![], Compression::default());
    w.write_all(bytes).unwrap();
    w.finish().unwrap()
}

fn urls(out: &common::Out) -> Vec<String> {
    out.documents.iter().map(|d| d.url.clone().unwrap().replace("https://a.example/", "")).collect()
}

/// Five records, of which the third is spoiled by `f`, packed one a member.
fn spoiled(f: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut members: Vec<_> = (1..=5).map(|n| gz(&html(n))).collect();
    f(&mut members[2]);
    members.concat()
}

#[test]
fn all_kinds_of_records() {
    let chunked = page(2)
        .into_bytes()
        .chunks(700)
        .map(|c| [format!("{:x}\r\n", c.len()).as_bytes(), c, b"\r\n"].concat())
        .collect::<Vec<_>>()
        .concat();
    let chunked = [&chunked[..], b"0\r\n\r\n"].concat();
    let mut deflated = DeflateEncoder::new(vec![], Compression::default());
    deflated.write_all(page(4).as_bytes()).unwrap();
    let wide: Vec<u8> = page(5).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let records = [
        record("warcinfo", "", "application/warc-fields", b"software: test\r\n"),
        record("request", "https://a.example/1", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        html(1),
        response("https://a.example/2", "Content-Type: text/html\r\nTransfer-Encoding: chunked", &chunked),
        response("https://a.example/3", "content-type: text/html\r\nContent-Encoding: gzip", &gz(page(3).as_bytes())),
        response("https://a.example/4", "Content-Type: text/html\r\nContent-Encoding: deflate", &deflated.finish().unwrap()),
        response("https://a.example/5", "Content-Type: text/html; charset=utf-16le", &wide),
        record("revisit", "https://a.example/1", "application/http; msgtype=response", page(1).as_bytes()),
        response("https://a.example/6", "Content-Type: image/png", page(6).as_bytes()),
        record("response", "https://a.example/7", "application/http", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no"),
        record("conversion", "https://a.example/8", "text/plain", text().as_bytes()),
        record("resource", "https://a.example/9", "text/html", page(9).as_bytes()),
        response("https://a.example/10", "Content-Type: text/html", b"<p>English</p>"),
        record("metadata", "https://a.example/1", "application/warc-fields", b"x: y"),
    ];
    let room = Room::new("warc-kinds");
    let packed = records.iter().map(|r| gz(r)).collect::<Vec<_>>().concat();
    for (name, bytes) in
        [("a.warc", records.concat()), ("a.warc.gz", packed), ("whole.warc.gz", gz(&records.concat())), ("noname", records.concat())]
    {
        let out = all(room.file(name, bytes));
        assert_eq!(out.errors, [], "{name}");
        assert_eq!(urls(&out), ["1", "2", "3", "4", "5", "8", "9"], "{name}");
        assert_eq!(out.not_hindi, 1);
        assert!(out.documents.iter().all(|d| d.text == text()), "{name}");
        assert_eq!(out.documents[0].published.as_deref(), Some("2025-11-02"));
        assert_eq!(
            (out.documents[5].published.as_deref(), out.documents[5].title.as_deref()),
            (None, None),
            "the date of the crawl is none"
        );
    }
}

#[test]
fn damage_costs_one_record() {
    let room = Room::new("warc-damage");
    let at = gz(&html(1)).len() + gz(&html(2)).len();
    let check = |name: &str, bytes: Vec<u8>, what: &str| {
        let out = all(room.file(name, bytes));
        assert_eq!(urls(&out), ["1", "2", "4", "5"], "{name}: {:?}", out.errors);
        assert_eq!(out.errors.len(), 1, "{name}: {:?}", out.errors);
        assert_eq!(out.errors[0].kind, ErrorKind::Archive);
        let told = room.short(&out.errors[0]);
        assert!(told.starts_with(&format!("{name}: record 3 at byte {at}: ")) && told.contains(what), "{told}");
    };
    check(
        "crc.warc.gz",
        spoiled(|m| {
            let i = m.len() - 6;
            m[i] ^= 1
        }),
        "checksum",
    );
    check(
        "bits.warc.gz",
        spoiled(|m| {
            let i = m.len() / 2;
            m[i..i + 20].fill(0xff)
        }),
        "is damaged",
    );
    check("cut.warc.gz", spoiled(|m| m.truncate(m.len() / 2)), "");
    check("head.warc.gz", spoiled(|m| m[10..30].fill(0)), "");
    check("gone.warc.gz", spoiled(|m| *m = b"not gzip at all, and no record".to_vec()), "");
    check("other.warc.gz", spoiled(|m| *m = gz(b"GIF89a\r\n\r\n")), "does not begin with WARC/");
    check(
        "long.warc.gz",
        spoiled(|m| *m = gz(&String::from_utf8(html(3)).unwrap().replace("Content-Length: ", "Content-Length: 9").into_bytes())),
        "",
    );
}

#[test]
fn damage_in_a_plain_archive() {
    let room = Room::new("warc-plain");
    for (name, from, to) in [
        ("short", "Content-Length: ", "Content-Length: 1 \r\nX: "),
        ("long", "Content-Length: ", "Content-Length: 9"),
        ("none", "Content-Length: ", "Length: "),
        ("no-version", "WARC/1.1", "WARK/1.1"),
    ] {
        let third = String::from_utf8(html(3)).unwrap().replacen(from, to, 1).into_bytes();
        let out = all(room.file(name, [html(1), html(2), third, html(4), html(5)].concat()));
        assert_eq!(urls(&out), ["1", "2", "4", "5"], "{name}: {:?}", out.errors);
        assert_eq!(out.errors.len(), 1, "{name}: {:?}", out.errors);
        let begin = html(1).len() + html(2).len();
        assert!(room.short(&out.errors[0]).starts_with(&format!("{name}: record 3 at byte {begin}: ")), "{}", out.errors[0]);
    }
}

#[test]
fn archives_cut_off_anywhere() {
    let room = Room::new("warc-cut");
    let plain = [html(1), html(2)].concat();
    let packed = [gz(&html(1)), gz(&html(2))].concat();
    for (bytes, first) in [(&plain, html(1).len()), (&packed, gz(&html(1)).len())] {
        for n in (first + 1..bytes.len() - 4).step_by(97) {
            let out = all(room.file("cut", &bytes[..n]));
            assert_eq!(urls(&out), ["1"], "cut at {n}");
            assert_eq!(out.errors.len(), 1, "cut at {n}: {:?}", out.errors);
        }
    }
}

#[test]
fn bombs() {
    let room = Room::new("warc-bombs");
    let zeros = vec![b' '; 66 << 20];
    let bomb = gz(&response("https://a.example/x", "Content-Type: text/html", &zeros));
    let out = all(room.file("big.warc.gz", [gz(&html(1)), bomb, gz(&html(2))].concat()));
    assert_eq!(urls(&out), ["1", "2"]);
    let inner = response("https://a.example/x", "Content-Type: text/html\r\nContent-Encoding: gzip", &gz(&zeros));
    let out = all(room.file("inner.warc", [html(1), inner, html(2)].concat()));
    assert_eq!((urls(&out), out.errors.len()), (vec!["1".into(), "2".into()], 1));
    let out = all(room.file("text.gz", gz(&zeros)));
    assert_eq!(out.errors[0].kind, ErrorKind::TooLarge, "{}", out.errors[0]);
    let out = all(room.file("page.html.gz", gz(page(1).as_bytes())));
    assert_eq!(out.documents.len(), 1);
    let out = all(room.file("twice.gz", gz(&gz(page(1).as_bytes()))));
    assert!(out.errors[0].what.contains("packed twice"));
    let packed = gz(format!("{}\n", serde_json::json!({"text": text()})).repeat(3).as_bytes());
    assert_eq!(all(room.file("d.jsonl.gz", packed)).documents.len(), 3);
}
