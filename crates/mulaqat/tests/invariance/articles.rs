//! The gold articles, and what a change makes of one.

use crate::pack::{HONORIFICS, TITLES};
use crate::words::{Phrases, Renaming, Word, folded, one_of, words};
use mulaqat::Engine;
use mulaqat::record::{Document, Entity, EntityType, Record};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

pub static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().expect("the pack loads"));

/// All articles with gold records, of every folder of the corpus.
pub static ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(|| {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut files: Vec<PathBuf> = entries(&corpus)
        .into_iter()
        .filter(|p| p.is_dir())
        .flat_map(|folder| entries(&folder))
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    files.iter().filter_map(|f| Article::open(f)).collect()
});

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    entries.map(|e| e.unwrap().path()).collect()
}

/// An article, its gold record, and the record that the engine makes of it.
pub struct Article {
    /// Which of the articles it is: changes that draw from a list begin at different places of it.
    pub number: usize,
    pub gold: Record,
    pub read: Record,
    pub words: Vec<Word>,
    /// Where each person of gold is named, as words from and to, by entity id.
    mentions: BTreeMap<String, Vec<(usize, usize)>>,
}

/// The name of an entity and its aliases.
pub fn forms(e: &Entity) -> impl Iterator<Item = &str> {
    std::iter::once(&e.name).chain(&e.aliases).map(String::as_str)
}

/// The titles of a person, as folded words.
pub fn titles(person: &Entity) -> impl Iterator<Item = Vec<String>> {
    person.roles.iter().map(|r| folded(&r.title))
}

impl Article {
    /// `None` for other JSON, such as links between articles.
    fn open(file: &Path) -> Option<Article> {
        let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        json.get("document")?;
        Some(Article::new(serde_json::from_value(json).unwrap_or_else(|e| panic!("{}: {e}", file.display()))))
    }

    pub fn new(gold: Record) -> Article {
        let number = gold.document.id.bytes().fold(0, |n, b| (n * 31 + usize::from(b)) % 9973);
        let read = ENGINE.read(&gold.document);
        let words = words(&gold.document.text);
        let mut article = Article { number, gold, read, words, mentions: BTreeMap::new() };
        // one list of all, so that the longest name is found wherever somebody's name is a part of another's
        let all: Vec<(&str, &Entity)> = article.persons().flat_map(|p| forms(p).map(move |f| (f, p))).collect();
        let mut phrases = Phrases::default();
        let numbers: Vec<_> = all.iter().map(|(form, p)| (phrases.add(form), &p.id)).collect();
        let mut mentions: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for found in phrases.find(article.text(), &article.words) {
            let whose: BTreeSet<_> = numbers.iter().filter(|(n, _)| *n == Some(found.phrase)).map(|(_, id)| *id).collect();
            for id in whose {
                mentions.entry(id.clone()).or_default().push((found.from, found.to));
            }
        }
        article.mentions = mentions;
        article
    }

    /// The persons that gold lists.
    pub fn persons(&self) -> impl Iterator<Item = &Entity> {
        self.gold.entities.iter().filter(|e| e.kind == EntityType::Person)
    }

    /// Where a person is named, as words from and to.
    pub fn mentions(&self, person: &Entity) -> &[(usize, usize)] {
        self.mentions.get(&person.id).map_or(&[], Vec::as_slice)
    }

    /// The folded word `n` places before word `at`, or nothing.
    pub fn before(&self, at: usize, n: usize) -> &str {
        at.checked_sub(n).map_or("", |i| &self.words[i].folded)
    }

    /// True when word `at` is one of a list, given as words with spaces between.
    pub fn is(&self, at: usize, list: &str) -> bool {
        self.words.get(at).is_some_and(|w| one_of(&w.folded, list))
    }

    /// What stands between word `at` and the one before it.
    pub fn gap(&self, at: usize) -> &str {
        &self.text()[self.words[at - 1].end..self.words[at].start]
    }

    /// The words of the title that ends before word `at`, honorifics between: [विदेश मंत्री] डॉ. जयशंकर.
    pub fn title_before(&self, at: usize) -> Option<Range<usize>> {
        let mut end = at;
        while end > 0 && HONORIFICS.contains(&self.words[end - 1].folded) {
            end -= 1;
        }
        let longest_first = end.saturating_sub(5)..end;
        let from = longest_first.into_iter().find(|&i| TITLES.at(self.text(), &self.words, i).is_some_and(|f| f.to == end))?;
        (end == self.words.len() || self.gap(end) == " ").then_some(from..end)
    }

    pub fn text(&self) -> &str {
        &self.gold.document.text
    }

    /// The same article with another text; `None` when the text is the same.
    pub fn with_text(&self, text: String) -> Option<Changed> {
        (text != self.text()).then(|| Changed {
            document: Document { text, ..self.gold.document.clone() },
            expected: Expected::default(),
            before: None,
        })
    }

    /// The same article with every text in it written another way.
    pub fn respelled(&self, respell: fn(&str) -> String) -> Option<Changed> {
        let changed = self.with_text(respell(self.text()))?;
        let title = self.gold.document.title.as_deref().map(respell);
        Some(Changed { document: Document { title, ..changed.document }, ..changed })
    }

    /// The same article about others.
    pub fn renamed(&self, expected: Expected) -> Option<Changed> {
        let changed = self.with_text(expected.names.apply(self.text()))?;
        let title = self.gold.document.title.as_deref().map(|t| expected.names.apply(t));
        Some(Changed { document: Document { title, ..changed.document }, expected, ..changed })
    }

    /// True when its sentences end in full stops.
    pub fn ends_in_stops(&self) -> bool {
        self.text().matches('।').count() < self.text().matches(". ").count()
    }
}

/// A changed article, and how its record may differ.
pub struct Changed {
    pub document: Document,
    pub expected: Expected,
    /// The record to compare with, where it is not that of the article as it stands.
    pub before: Option<Record>,
}

/// What a change does to the record: nothing, unless it gives other names.
#[derive(Default)]
pub struct Expected {
    pub names: Renaming,
    /// Full names of the persons that were replaced, folded words and the new name.
    pub persons: Vec<(Vec<String>, String)>,
    /// Alpha-3 codes.
    pub countries: BTreeMap<String, String>,
}

/// An article for tests of a change.
pub fn article(text: &str, entities: serde_json::Value) -> Article {
    let gold = serde_json::json!({"schema": "mulaqat/1", "document": {"id": "a", "text": text}, "entities": entities});
    Article::new(serde_json::from_value(gold).unwrap())
}

#[test]
fn articles_are_found() {
    assert!(ARTICLES.len() >= 77);
}
