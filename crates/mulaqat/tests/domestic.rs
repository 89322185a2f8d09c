//! Ordinary domestic news, with ministers, cities, meetings and visits in it, gives almost no events.

use mulaqat::Engine;
use mulaqat::check::term;
use mulaqat::record::Document;
use std::path::Path;

/// Events an article may have at most, on the average.
const BOUND: f64 = 0.05;

#[test]
fn silence_where_nothing_happened() {
    let engine = Engine::new().expect("the pack loads");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/domestic/domestic.jsonl");
    let lines = std::fs::read_to_string(file).unwrap();
    let articles: Vec<Document> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let mut events = vec![];
    for article in &articles {
        for v in engine.read(article).events {
            events.push(format!("{}  {}  {}", article.id, term(v.kind), v.evidence[0].text));
        }
    }
    let list = events.join("\n");
    println!("{} events in {} articles\n{list}", events.len(), articles.len());
    assert_eq!(articles.len(), 60);
    assert!(events.len() as f64 <= BOUND * articles.len() as f64, "{} events in {} articles\n{list}", events.len(), articles.len());
}
