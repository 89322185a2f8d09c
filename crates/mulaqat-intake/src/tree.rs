//! HTML to a tree, unless it is built to make that slow.

use dom_query::Document;
use memchr::{memchr_iter, memmem};

/// Open elements at one place. Browsers stop at 512 as well; each further level would cost every tag below it a step.
const DEPTH: usize = 512;

/// Elements that never have an end tag, or need none.
const UNCLOSED: &[&[u8]] = &[
    b"area",
    b"base",
    b"br",
    b"col",
    b"embed",
    b"hr",
    b"img",
    b"input",
    b"link",
    b"meta",
    b"source",
    b"track",
    b"wbr",
    b"p",
    b"li",
    b"dt",
    b"dd",
    b"option",
    b"optgroup",
    b"tr",
    b"td",
    b"th",
    b"thead",
    b"tbody",
    b"tfoot",
    b"colgroup",
    b"html",
    b"head",
    b"body",
    b"rt",
    b"rp",
    b"param",
    b"path",
    b"circle",
    b"rect",
    b"use",
    b"line",
    b"polygon",
    b"g",
];

/// The tree of a page; `None` when it nests deeper than any page does.
pub fn page(html: &str) -> Option<Document> {
    (!too_deep(html.as_bytes())).then(|| Document::from(html))
}

/// The tree of a part of a page, as feeds hold it.
pub fn fragment(html: &str) -> Option<Document> {
    (!too_deep(html.as_bytes())).then(|| Document::fragment(html))
}

fn too_deep(html: &[u8]) -> bool {
    let mut depth = 0usize;
    let mut skip_to = 0;
    for i in memchr_iter(b'<', html) {
        if i < skip_to {
            continue;
        }
        let rest = &html[i + 1..];
        let (closes, rest) = rest.strip_prefix(b"/").map_or((false, rest), |r| (true, r));
        let name = &rest[..rest.iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count()];
        if name.is_empty() || UNCLOSED.iter().any(|u| u.eq_ignore_ascii_case(name)) {
            continue;
        }
        if closes {
            depth = depth.saturating_sub(1);
            continue;
        }
        // scripts hold markup in strings
        for raw in [&b"script"[..], b"style"] {
            if name.eq_ignore_ascii_case(raw) {
                skip_to = memmem::find(rest, b"</").map_or(html.len(), |_| i + 1 + end_of(rest, raw));
            }
        }
        if skip_to > i {
            continue;
        }
        depth += 1;
        if depth > DEPTH {
            return true;
        }
    }
    false
}

/// Where in `rest` the end tag of a raw element stands has been passed.
fn end_of(rest: &[u8], name: &[u8]) -> usize {
    let ends = |i: &usize| rest.get(i + 2..i + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
    memmem::find_iter(rest, b"</").find(ends).map_or(rest.len(), |i| i + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth() {
        assert!(!too_deep("<p><li><br>".repeat(10_000).as_bytes()));
        assert!(!too_deep("<div><b>x</b></div>".repeat(10_000).as_bytes()));
        assert!(!too_deep(format!("<script>'{}'</script>", "<div>".repeat(1000)).as_bytes()));
        assert!(too_deep("<div>".repeat(1000).as_bytes()));
        assert!(too_deep(format!("<SCRIPT>x</Script>{}", "<b>".repeat(1000)).as_bytes()));
        assert!(!too_deep(b"<script>"));
        assert!(!too_deep(b"<"));
    }
}
