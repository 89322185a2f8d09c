//! What several tests use.
#![allow(dead_code)] // not every test uses all of it

pub mod server;

use mulaqat::record::Document;
use mulaqat_intake::{Error, Intake, Item, Options};
use std::fs;
use std::path::{Path, PathBuf};

/// Paragraphs of an article that is nobody's but ours.
pub const FIRST: &str = "भारत के विदेश मंत्री ने मंगलवार को मॉस्को में रूस के विदेश मंत्री से मुलाकात की और दोनों देशों के बीच व्यापार पर विस्तार से बातचीत हुई।";
pub const SECOND: &str = "बैठक के बाद उन्होंने कहा कि दोनों पक्ष अगले महीने होने वाले शिखर सम्मेलन की तैयारी कर रहे हैं और इसके लिए एक समिति बनाई गई है।";
pub const THIRD: &str = "रूस के विदेश मंत्रालय ने एक बयान में कहा कि ऊर्जा, रक्षा और शिक्षा के क्षेत्र में सहयोग को और आगे बढ़ाया जाएगा, ताकि लोगों को लाभ हो।";
pub const TITLE: &str = "मॉस्को में मिले भारत और रूस के विदेश मंत्री";

pub fn text() -> String {
    [FIRST, SECOND, THIRD].join("\n")
}

pub fn paragraphs() -> String {
    [FIRST, SECOND, THIRD].map(|p| format!("<p>{p}</p>\n")).concat()
}

/// A small page with everything that is needed.
pub fn page(n: u32) -> String {
    format!(
        "<!doctype html><html lang=hi><head><title>{TITLE} {n}</title><meta property=article:published_time content='2025-11-{:02}T05:10:00+05:30'>\
         </head><body><article><h1>{TITLE} {n}</h1>{}</article></body></html>",
        n % 28 + 1,
        paragraphs()
    )
}

/// A folder of its own for each test.
pub struct Room(pub PathBuf);

impl Room {
    pub fn new(test: &str) -> Room {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Room(path)
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Errors with the folder left out.
    pub fn short(&self, e: &Error) -> String {
        e.to_string().replace(&format!("{}/", self.0.display()), "")
    }
}

/// Everything that comes out of one input.
pub struct Out {
    pub documents: Vec<Document>,
    pub not_hindi: usize,
    pub records: usize,
    pub errors: Vec<Error>,
}

pub fn take(input: impl Into<PathBuf>, options: Options) -> Out {
    let mut out = Out { documents: vec![], not_hindi: 0, records: 0, errors: vec![] };
    for item in Intake::new([input.into()], options) {
        match item {
            Ok(Item::Document(d)) => out.documents.push(d),
            Ok(Item::Record(_)) => out.records += 1,
            Ok(Item::NotHindi { .. }) => out.not_hindi += 1,
            Err(e) => out.errors.push(e),
        }
    }
    out
}

pub fn all(input: impl Into<PathBuf>) -> Out {
    take(input, Options::default())
}
