//! How fast bytes become documents: `cargo bench -p mulaqat-intake`. Input is generated: pages of 70 to 90 kB, of which
//! some 4 kB are the article; the rest is menus, scripts and links, as in news pages.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use flate2::Compression;
use flate2::write::GzEncoder;
use mulaqat_intake::{Intake, Item, Options};
use std::io::{Cursor, Write};

fn main() {
    divan::main();
}

const HINDI: &str = "भारत के विदेश मंत्री ने मंगलवार को मॉस्को में रूस के विदेश मंत्री से मुलाकात की और कहा कि बातचीत अच्छी रही।";
const ENGLISH: &str =
    "The foreign minister of India met the foreign minister of Russia in Moscow on Tuesday, and said that the talks had gone well.";

/// A page with menus, scripts and links to other articles around its paragraphs.
fn page(n: usize, sentence: &str) -> String {
    let menu: String = (0..150)
        .map(|i| {
            format!(
                "<li class=\"menu-item menu-item-{i}\"><a href=\"/s/{i}\" title=\"x\"><span>{}</span></a></li>\n",
                sentence.chars().take(20).collect::<String>()
            )
        })
        .collect();
    // state and hashes, as scripts carry them, so that it packs like a page
    let mut rng = fastrand::Rng::with_seed(n as u64);
    let script: String =
        (0..400).map(|i| format!("a.push({{event:'view',id:{i},key:'{:016x}',list:['<div>','</div>']}});", rng.u64(..))).collect();
    let cards: String = (0..80)
        .map(|i| format!("<div class=\"card col-md-4\"><a href=\"/a/{i}\"><img data-src=\"https://img.example/{i}.jpg\" alt=\"\"><h3>{sentence}</h3></a></div>\n"))
        .collect();
    let text: String = (0..12).map(|i| format!("<p>{i} {sentence}</p>\n")).collect();
    format!(
        "<!doctype html><html lang=\"hi\"><head><meta charset=\"utf-8\"><title>{n} {sentence}</title>\
         <script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"{n} {sentence}\",\"datePublished\":\"2025-11-19T00:10:00+05:30\"}}</script>\
         <script>{script}</script></head><body><nav><ul>{menu}</ul></nav><main><article><h1>{n} {sentence}</h1>{text}</article></main>\
         <aside class=\"related\">{cards}</aside></body></html>"
    )
}

fn documents(name: &str, bytes: Vec<u8>) -> usize {
    Intake::from_reader(name, Cursor::new(bytes), Options::default()).filter(|i| matches!(i, Ok(Item::Document(_)))).count()
}

fn one(bencher: Bencher, page: String) {
    bencher
        .counter(BytesCount::of_str(&page))
        .counter(ItemsCount::new(1u32))
        .with_inputs(|| page.clone().into_bytes())
        .bench_values(|p| documents("p.html", p));
}

#[divan::bench]
fn hindi_page(bencher: Bencher) {
    one(bencher, page(1, HINDI));
}

/// What is not Hindi must cost next to nothing.
#[divan::bench]
fn english_page(bencher: Bencher) {
    one(bencher, page(1, ENGLISH));
}

/// Archives of 200 pages, of which so many in a hundred are Hindi; the throughput is that of the unpacked bytes.
#[divan::bench(args = [(0, false), (0, true), (10, false), (10, true)], sample_count = 10)]
fn archive(bencher: Bencher, (hindi, packed): (usize, bool)) {
    let mut bytes = vec![];
    let mut plain = 0;
    for n in 0..200 {
        let body = page(n, if n * hindi % 100 < hindi { HINDI } else { ENGLISH });
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
        let record = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{n}\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        );
        plain += record.len();
        if packed {
            let mut w = GzEncoder::new(&mut bytes, Compression::default());
            w.write_all(record.as_bytes()).and_then(|()| w.try_finish()).expect("memory takes it");
        } else {
            bytes.extend(record.into_bytes());
        }
    }
    let counter = BytesCount::new(plain);
    bencher.counter(counter).counter(ItemsCount::new(200u32)).with_inputs(|| bytes.clone()).bench_values(|b| documents("a.warc", b));
}
