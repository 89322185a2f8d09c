//! Saved pages in the manner of many sites: `pages/NAME.html` gives the document in `pages/NAME.json`.

mod common;

use common::{Room, all, take};
use mulaqat_intake::{ErrorKind, Options};
use serde_json::Value;
use std::fs;
use std::path::Path;

#[test]
fn pages_become_documents() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut pages: Vec<_> = folder.read_dir().unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().unwrap() == "html").collect();
    pages.sort();
    assert!(pages.len() >= 12);
    let mut wrong = String::new();
    for page in pages {
        let expected: Value = serde_json::from_slice(&fs::read(page.with_extension("json")).unwrap()).unwrap();
        let out = all(&page);
        let name = page.file_stem().unwrap().to_string_lossy().into_owned();
        let [document] = &out.documents[..] else {
            wrong += &format!("{name}: {} documents, {} not Hindi, {:?}\n", out.documents.len(), out.not_hindi, out.errors);
            continue;
        };
        let id = expected["url"].as_str().unwrap_or(&name);
        assert_eq!(document.id, id);
        let found = serde_json::to_value(document).unwrap();
        for field in ["title", "publisher", "published", "url", "language", "text"] {
            if found[field] != expected[field] {
                wrong += &format!("{name}: {field} is\n{}\nshould be\n{}\n", found[field], expected[field]);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn pages_that_give_nothing() {
    let room = Room::new("pages-nothing");
    let english = room.file("english.html", "<html><p>An English page with a link to <a>हिन्दी</a></p></html>");
    let marathi = "परराष्ट्र मंत्री एस. जयशंकर यांनी मंगळवारी मॉस्को येथे रशियाचे परराष्ट्र मंत्री यांची भेट घेतली असे सूत्रांनी सांगितले आहे. ";
    let marathi = room.file("marathi.html", format!("<html lang=hi><article><p>{}</p></article></html>", marathi.repeat(5)));
    for page in [english, marathi] {
        let out = all(&page);
        assert_eq!((out.documents.len(), out.not_hindi, out.errors.len()), (0, 1, 0), "{}", page.display());
    }
    let empty = all(room.file("empty.html", format!("<html><script>{}</script></html>", common::text())));
    assert_eq!(empty.errors[0].kind, ErrorKind::NoText);
    let deep = all(room.file("deep.html", format!("<html>{}{}", "<div>".repeat(100_000), common::paragraphs())));
    assert_eq!(deep.errors[0].kind, ErrorKind::TooLarge);
    let huge = all(room.file("huge.html", format!("<html>{}", common::paragraphs().repeat(20_000))));
    assert_eq!(huge.errors[0].kind, ErrorKind::TooLarge);
    assert!(room.short(&huge.errors[0]).starts_with("huge.html: is larger than 16 MiB"), "{}", huge.errors[0]);
}

#[test]
fn a_given_date_goes_before_that_of_the_page() {
    let room = Room::new("pages-date");
    let page = room.file("a.html", common::page(3));
    assert_eq!(all(&page).documents[0].published.as_deref(), Some("2025-11-04"));
    let given = take(&page, Options { published: Some("2024-01-01".into()), ..Options::default() });
    assert_eq!(given.documents[0].published.as_deref(), Some("2024-01-01"));
}

#[test]
fn folders_are_walked_in_order() {
    let room = Room::new("pages-folder");
    for name in ["b/index.html", "a/index.html", "a/c.html", "z.txt"] {
        room.file(name, if name.ends_with("txt") { common::text() } else { common::page(1) });
    }
    // what browsers save beside a page, and what is no article
    room.file("a/c_files/frame.html", common::page(9));
    room.file("a/style.css", "p { }");
    room.file(".hidden/x.html", common::page(9));
    let out = all(&room.0);
    let ids: Vec<_> = out.documents.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(ids, ["a/c", "a/index", "b/index", "z"]);
    assert_eq!(out.errors, []);
}
