//! Whatever the bytes, something comes out and the run ends.

mod common;

use mulaqat_intake::{Intake, Item, Options};
use proptest::prelude::*;

fn reads(extension: &str, bytes: &[u8]) {
    let intake = Intake::from_reader(format!("x{extension}"), std::io::Cursor::new(bytes.to_vec()), Options::default());
    for (n, item) in intake.enumerate() {
        // no more items than there could be lines, entries or records
        assert!(n <= bytes.len());
        if let Ok(Item::Document(d)) = item {
            assert!(!d.text.contains('\0') || extension != ".html");
        }
    }
}

/// Markup, feeds and archives in pieces, mixed with anything.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..40),
        prop::sample::select(vec![
            "<html>",
            "<p>",
            "</p>",
            "<div class=also-read>",
            "</div>",
            "<script type=application/ld+json>",
            "{\"@graph\":[",
            "\"@type\":\"NewsArticle\"",
            "]}",
            "</script>",
            "<time datetime=2025-11-19>",
            "<meta property=og:title content='",
            "'>",
            "<table><tr>",
            "<b><i>",
            "<!--",
            "-->",
            "<svg>",
            "<template>",
            "<rss version='2.0'>",
            "<channel>",
            "<item>",
            "<title>",
            "</title>",
            "<link>",
            "<pubDate>Wed, 19 Nov 2025",
            "<![CDATA[",
            "]]>",
            "</item>",
            "<feed>",
            "<entry>",
            "WARC/1.0\r\n",
            "WARC-Type: response\r\n",
            "Content-Length: 30\r\n",
            "Content-Type: application/http\r\n",
            "\r\n\r\n",
            "HTTP/1.1 200 OK\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Content-Encoding: br\r\n",
            "\x1f",
            "&#2361;",
            "&",
            common::FIRST,
            common::SECOND,
        ])
        .prop_map(|s| s.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pieces(bytes in pieces(), extension in prop::sample::select(vec!["", ".html", ".txt", ".jsonl", ".warc"])) {
        reads(extension, &bytes);
    }

    #[test]
    fn pages_with_anything_in_them(bytes in pieces()) {
        reads(".html", &[b"<html>", &bytes[..], common::paragraphs().as_bytes(), &bytes].concat());
    }

    #[test]
    fn feeds_with_anything_in_them(bytes in pieces()) {
        reads("", &[b"<rss version='2.0'><channel><item><title>", &bytes[..], b"</title></item></channel></rss>"].concat());
    }

    #[test]
    fn records_with_anything_in_them(bytes in pieces(), cut in 0usize..400) {
        let head = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {cut}\r\n\r\nHTTP/1.1 200 OK\r\n");
        reads("", &[head.as_bytes(), &bytes[..], b"\r\n\r\n", head.as_bytes(), &bytes].concat());
    }

    #[test]
    fn gzip_with_anything_in_it(bytes in pieces(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        use std::io::Write;
        let mut w = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
        w.write_all(b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\n").unwrap();
        w.write_all(&bytes).unwrap();
        let member = w.finish().unwrap();
        let mut two = [&member[..], &member].concat();
        let i = at.index(two.len() - 4) + 4;
        two[i] = byte;
        reads("", &two);
    }
}
