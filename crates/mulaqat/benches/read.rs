//! How fast articles are read: `cargo bench -p mulaqat`. Throughput counts the UTF-8 of `document.text`.

use divan::Bencher;
use divan::counter::BytesCount;
use mulaqat::Engine;
use mulaqat::record::{Document, Record};
use std::path::Path;

fn main() {
    divan::main();
}

fn articles() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/dev");
    let files = folder.read_dir().expect("the corpus is there").map(|e| e.expect("it can be listed").path());
    let document = |f| serde_json::from_slice::<Record>(&std::fs::read(f).expect("it can be read")).expect("gold is a record").document;
    files.map(document).collect()
}

/// Loading the language pack: what every run of the command pays first.
#[divan::bench]
fn start() -> Engine {
    Engine::new().expect("the pack loads")
}

/// The gold articles one by one, as a feed brings them.
#[divan::bench]
fn feed(bencher: Bencher) {
    let engine = Engine::new().expect("the pack loads");
    let articles = articles();
    let bytes: usize = articles.iter().map(|d| d.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| articles.iter().map(|d| engine.read(d).events.len()).sum::<usize>());
}

/// One text of so many copies of all articles: the throughput stays as long as no pass is worse than linear.
#[divan::bench(args = [1, 4, 16], sample_count = 10)]
fn one_long_text(bencher: Bencher, copies: usize) {
    let engine = Engine::new().expect("the pack loads");
    let text = articles().iter().map(|d| d.text.as_str()).collect::<Vec<_>>().join("\n").repeat(copies);
    let document = Document { text, ..Document::default() };
    bencher.counter(BytesCount::of_str(&document.text)).bench(|| engine.read(&document));
}
