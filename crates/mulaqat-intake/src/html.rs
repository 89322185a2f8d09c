//! A news page: its metadata and main text.

use crate::hindi::is_hindi;
use crate::meta::{self, Meta};
use crate::{prose, tree};
use dom_query::Document;
use dom_smoothie::{Config, Readability};

/// A text of fewer characters is no article, and another way of finding it is tried.
const SHORT: usize = 120;

/// A page as read.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Page {
    pub meta: Meta,
    /// Paragraphs, one a line; empty when none was found.
    pub text: String,
}

/// Reads a page; `url` is the address it was fetched from. `None` when it nests deeper than any page does.
pub fn page(html: &str, url: Option<&str>) -> Option<Page> {
    let tree = tree::page(html)?;
    let meta = meta::read(&tree, url);
    let title = meta.title.clone().unwrap_or_default();
    let text = without_heading(main_text(html, tree, meta.body.as_deref()), &title);
    Some(Page { meta, text })
}

/// The main text, by the first way that finds one: marked by the page as its article, found by its density, told by
/// JSON-LD, within `<article>` or `<main>`, the paragraphs of the page. A page of which none gives enough gets the longest.
fn main_text(html: &str, tree: Document, body: Option<&str>) -> String {
    let marked = longest(&tree, "[itemprop~=articleBody]");
    let mut best = String::new();
    let mut keep = |text: String| {
        if text.len() > best.len() {
            best = text;
        }
        best.chars().count() >= SHORT && is_hindi(&best)
    };
    let ld = body.unwrap_or_default();
    let enough = |text: &str| text.len() * 2 >= ld.len();
    if enough(&marked) && keep(marked) {
        return best;
    }
    let dense = readable(tree);
    if enough(&dense) && keep(dense) {
        return best;
    }
    if keep(ld.to_string()) {
        return best;
    }
    // the first tree is spent
    if let Some(tree) = tree::page(html) {
        let _ = keep(longest(&tree, "article, main, [role=main]")) || keep(paragraphs(&tree));
    }
    best
}

fn longest(tree: &Document, selector: &str) -> String {
    tree.select(selector).nodes().iter().take(20).map(prose::text).max_by_key(String::len).unwrap_or_default()
}

fn paragraphs(tree: &Document) -> String {
    let texts = tree.select("body p").nodes().iter().map(prose::text).filter(|t| t.chars().count() >= 40).collect::<Vec<_>>();
    texts.join("\n")
}

/// The densest part of the page, by the rules of Mozilla's Readability.
fn readable(tree: Document) -> String {
    prose::without_asides(&tree.root());
    let config = Config { keep_classes: true, disable_json_ld: true, char_threshold: 250, ..Config::default() };
    let Ok(mut readability) = Readability::with_document(tree, None, Some(config)) else { return String::new() };
    let Ok(article) = readability.parse() else { return String::new() };
    prose::of_fragment(&article.content)
}

/// The text without the title and what stands before it, when it repeats the title.
fn without_heading(text: String, title: &str) -> String {
    match text.split_once('\n') {
        Some((first, rest)) if !title.is_empty() && first.trim() == title => rest.to_string(),
        _ => text,
    }
}

impl Page {
    /// The page as a document. Its id is its address, so that the same page found again is the same document; `stem` where it has none.
    pub fn document(self, stem: &str, published: Option<&str>) -> mulaqat::record::Document {
        let Page { meta, text } = self;
        let language = meta.language.map(|l| l.replace('_', "-")).filter(|l| l == "hi" || l.starts_with("hi-")).unwrap_or("hi".into());
        mulaqat::record::Document {
            id: meta.url.clone().unwrap_or_else(|| stem.to_string()),
            url: meta.url,
            title: meta.title,
            publisher: meta.publisher,
            published: published.map(str::to_string).or(meta.published),
            language,
            text,
        }
    }
}
