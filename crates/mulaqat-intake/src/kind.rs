//! What a file is, told by how it begins; its name only decides between readings of the same bytes.

use crate::charset;
use std::path::Path;

/// Kinds of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Gzip,
    Warc,
    Html,
    Feed,
    /// Text or JSON: told apart by the first line.
    Other,
}

/// What the name of a file says about its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Text,
    Json,
    JsonLines,
    Html,
    Unsaid,
}

/// The form that a name promises; of `page.html.gz`, that of `page.html`.
pub fn form(path: &Path) -> Form {
    let mut extension = path.extension().map(|e| e.to_ascii_lowercase());
    if extension.as_ref().is_some_and(|e| e == "gz") {
        extension = path.file_stem().and_then(|s| Path::new(s).extension()).map(|e| e.to_ascii_lowercase());
    }
    match extension.as_ref().and_then(|e| e.to_str()) {
        Some("txt") => Form::Text,
        Some("json") => Form::Json,
        Some("jsonl" | "ndjson") => Form::JsonLines,
        Some("html" | "htm" | "xhtml" | "shtml" | "php" | "asp" | "aspx" | "cms" | "amp") => Form::Html,
        _ => Form::Unsaid,
    }
}

/// Elements with which a page begins, or a part of one that was saved.
const PAGES: &[&str] = &[
    "html", "head", "body", "meta", "title", "script", "link", "style", "article", "main", "section", "div", "p", "h1", "h2", "header",
    "table", "font", "center", "span", "a", "img", "noscript", "base",
];

/// The kind of a file that begins with `head` and whose name promises `form`.
pub fn kind(head: &[u8], form: Form) -> Kind {
    if head.starts_with(&[0x1f, 0x8b]) {
        return Kind::Gzip;
    }
    if head.starts_with(b"WARC/") {
        return Kind::Warc;
    }
    if matches!(form, Form::Json | Form::JsonLines) {
        return Kind::Other;
    }
    let text = charset::decode(head, charset::encoding(head, None));
    let text = text.trim_start().to_ascii_lowercase();
    if text.starts_with('{') && text.contains("https://jsonfeed.org/version/") {
        return Kind::Feed;
    }
    if !text.starts_with('<') {
        return Kind::Other;
    }
    let Some(root) = root(&text) else { return if form == Form::Html { Kind::Html } else { Kind::Other } };
    match root {
        "rss" | "feed" | "rdf:rdf" => Kind::Feed,
        "!doctype" | "html" => Kind::Html,
        _ if form == Form::Text => Kind::Other,
        name if form == Form::Html || PAGES.contains(&name) => Kind::Html,
        // another XML file: the parser of feeds says what it is not
        _ if text.starts_with("<?xml") => Kind::Feed,
        _ => Kind::Other,
    }
}

/// The name of the first element, past declarations and comments.
fn root(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        let end = match rest {
            r if r.starts_with("!--") => "-->",
            r if r.starts_with('?') => "?>",
            r => {
                return Some(&r[..r.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(r.len())])
                    .filter(|n| !n.is_empty());
            }
        };
        rest = rest.split_once(end)?.1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_content() {
        for (head, form, expected) in [
            (&b"\x1f\x8b\x08"[..], Form::Unsaid, Kind::Gzip),
            (b"WARC/1.0\r\n", Form::Text, Kind::Warc),
            (b"<!DOCTYPE html><html>", Form::Unsaid, Kind::Html),
            (b"\xef\xbb\xbf\n <HTML>", Form::Text, Kind::Html),
            (b"<!-- saved --><?xml version='1.0'?><html>", Form::Unsaid, Kind::Html),
            (b"<?xml version='1.0'?><!-- x --><rss version='2.0'>", Form::Html, Kind::Feed),
            (b"<feed xmlns='x'>", Form::Text, Kind::Feed),
            (b"<rdf:RDF>", Form::Unsaid, Kind::Feed),
            (b"<?xml version='1.0'?><sitemap>", Form::Unsaid, Kind::Feed),
            (b"<div>text", Form::Unsaid, Kind::Html),
            (b"<div>text", Form::Text, Kind::Other),
            (b"<x>text", Form::Unsaid, Kind::Other),
            (b"<3 text", Form::Html, Kind::Html),
            (b"<html>", Form::Json, Kind::Other),
            (b"{\"version\": \"https://jsonfeed.org/version/1\"", Form::Unsaid, Kind::Feed),
            (b"{\"text\": \"x\"}", Form::Unsaid, Kind::Other),
            (b"", Form::Unsaid, Kind::Other),
            (b"<", Form::Unsaid, Kind::Other),
            (b"<\0!\0D\0O\0C\0T\0Y\0P\0E\0 \0h\0>\0", Form::Unsaid, Kind::Html),
        ] {
            assert_eq!(kind(head, form), expected, "{}", String::from_utf8_lossy(head));
        }
        assert_eq!(form(Path::new("a/page.HTML.gz")), Form::Html);
        assert_eq!(form(Path::new("a.jsonl.gz")), Form::JsonLines);
        assert_eq!(form(Path::new("gz")), Form::Unsaid);
    }
}
