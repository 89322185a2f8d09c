//! The text of a piece of a page: paragraphs divided by newlines, without what stands between them.

use crate::tree;
use dom_query::NodeRef;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "amp-img",
];

/// Elements whose content is no prose.
const SILENT: &[&str] = &[
    "amp-ad",
    "amp-embed",
    "amp-sidebar",
    "amp-social-share",
    "audio",
    "button",
    "canvas",
    "datalist",
    "embed",
    "figcaption",
    "head",
    "iframe",
    "input",
    "map",
    "math",
    "meter",
    "nav",
    "noscript",
    "object",
    "option",
    "picture",
    "progress",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "video",
];

/// Words in `class` or `id` of what stands in an article and is none of it: captions, links to more, sharing, advertising,
/// authors. Compared with whole words of the attribute (`also-read`, `alsoRead`, `also_read` are the same two words).
const ASIDE: &str = "caption captions imgcaption wp-caption photo-credit image-credit img-credit \
    also-read alsoread read-also readalso read-more readmore related recommended recommend trending more-stories more-news next-story \
    you-may-like must-read inline-story story-link share sharing social follow-us whatsapp newsletter subscribe breadcrumb breadcrumbs \
    advertisement advert ads ad adsbygoogle sponsored promo taboola outbrain byline author-box author-info author-bio tags tag-list \
    comments comment-form disqus read-time player sidebar popup cookie";

static ASIDES: LazyLock<HashSet<&str>> = LazyLock::new(|| ASIDE.split_ascii_whitespace().collect());

/// Words of the longest entry of [`ASIDE`].
const LONGEST: usize = 3;

/// Is this element, by its structure, no part of the article it stands in?
pub fn aside(node: &NodeRef) -> bool {
    let Some(element) = node.element_ref() else { return false };
    let name: &str = &element.name.local;
    if SILENT.contains(&name) {
        return true;
    }
    // the page and the article themselves may carry any class
    if matches!(name, "html" | "body" | "article" | "main") {
        return false;
    }
    // a search box; but some systems put the whole page into a form, see `without_asides`
    name == "form"
        || element.attrs.iter().any(|a| match &*a.name.local {
            "class" => a.value.split_ascii_whitespace().any(names_aside),
            "id" => names_aside(&a.value),
            "hidden" => true,
            "role" => matches!(&*a.value, "navigation" | "complementary" | "search" | "banner" | "contentinfo"),
            _ => false,
        })
}

fn names_aside(token: &str) -> bool {
    if token.len() > 80 {
        return false;
    }
    let words = words(token);
    let starts: Vec<usize> = std::iter::once(0).chain(words.match_indices('-').map(|(i, _)| i + 1)).collect();
    let ends: Vec<usize> = words.match_indices('-').map(|(i, _)| i).chain([words.len()]).collect();
    let from = |i: usize| ends[i..].iter().take(LONGEST).any(|end| ASIDES.contains(&words[starts[i]..*end]));
    (0..starts.len()).any(from)
}

/// `alsoRead_box2` is also-read-box-2.
fn words(token: &str) -> String {
    let mut words = String::with_capacity(token.len() + 4);
    let mut last = '-';
    for c in token.chars() {
        let camel = last.is_ascii_lowercase() && c.is_ascii_uppercase();
        let number = last.is_ascii_digit() != c.is_ascii_digit();
        if (!c.is_ascii_alphanumeric() || camel || number) && !words.is_empty() && !words.ends_with('-') {
            words.push('-');
        }
        if c.is_ascii_alphanumeric() {
            words.push(c.to_ascii_lowercase());
        }
        last = c;
    }
    words
}

/// Takes what is no article out of a page, so that no rule of density can take it for one.
///
/// What holds much of the page's Hindi is left, whatever it is called: it is the article, or around it.
pub fn without_asides(page: &NodeRef) {
    let hindi = |node: &NodeRef| node.text().chars().filter(|c| matches!(c, '\u{900}'..='\u{97f}')).count();
    let all = hindi(page);
    let mut stack = vec![*page];
    while let Some(node) = stack.pop() {
        // the walk needs the children before the node is gone
        if aside(&node) && !node.has_name("head") && hindi(&node) * 4 <= all {
            node.remove_from_parent();
        } else {
            stack.extend(node.children_it(false));
        }
    }
}

/// Paragraphs as they are gathered.
#[derive(Default)]
struct Paragraphs {
    text: String,
    /// White space since the last character.
    space: bool,
    /// Characters of the current paragraph, and how many of them stand in links.
    length: usize,
    linked: usize,
    /// The last character outside links, and whether the last of all is in one.
    unlinked: char,
    in_link: bool,
    begin: usize,
}

impl Paragraphs {
    fn push(&mut self, s: &str, in_link: bool) {
        for c in s.chars() {
            if c.is_whitespace() {
                self.space = true;
                continue;
            }
            if matches!(c, '\u{feff}' | '\u{ad}' | '\u{200b}' | '\0') {
                continue;
            }
            if self.space && self.length > 0 {
                self.text.push(' ');
            }
            self.space = false;
            self.text.push(c);
            self.length += 1;
            self.linked += usize::from(in_link);
            self.in_link = in_link;
            if !in_link {
                self.unlinked = c;
            }
        }
    }

    /// Ends the paragraph. One that is nothing but a link, or a label and a link, leads elsewhere and is left out.
    fn end(&mut self) {
        if self.length > 0 {
            let words = self.length - self.linked;
            let label =
                matches!(self.unlinked, ':' | '-' | '–' | '—' | '|' | '>' | '»') && self.in_link && words <= 25 && words * 2 <= self.length;
            if words == 0 || label {
                self.text.truncate(self.begin);
            } else {
                self.text.push('\n');
            }
        }
        self.begin = self.text.len();
        (self.space, self.length, self.linked) = (false, 0, 0);
    }
}

/// The paragraphs under `root`, one a line.
///
/// Walks without recursion: pages nest as deep as they like.
pub fn text(root: &NodeRef) -> String {
    let kept = gather(root, true);
    let all = gather(root, false);
    // a name that only looks like an aside can be that of the whole article
    if kept.len() * 3 < all.len() { all } else { kept }
}

fn gather(root: &NodeRef, prune: bool) -> String {
    let mut out = Paragraphs::default();
    let mut links = 0;
    let mut stack = vec![(*root, false)];
    while let Some((node, leaving)) = stack.pop() {
        if node.is_text() {
            out.push(&node.text(), links > 0);
            continue;
        }
        let (block, link, quiet) = match node.element_ref() {
            Some(e) => {
                let name: &str = &e.name.local;
                if name == "br" {
                    out.end();
                    continue;
                }
                (BLOCKS.contains(&name), name == "a", SILENT.contains(&name))
            }
            None => (false, false, node.is_comment() || node.is_doctype()),
        };
        if leaving {
            links -= usize::from(link);
        } else {
            links += usize::from(link);
        }
        if block {
            out.end();
        }
        if leaving {
            continue;
        }
        // the element is entered and left, even when nothing in it is heard
        stack.push((node, true));
        let left_out = quiet || (prune && node.id != root.id && aside(&node));
        if !left_out {
            stack.extend(node.children_it(true).map(|child| (child, false)));
        }
    }
    out.end();
    out.text.truncate(out.text.trim_end().len());
    out.text
}

/// The text of a fragment of HTML, as feeds hold it.
pub fn of_fragment(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n");
    }
    tree::fragment(html).map_or(String::new(), |t| text(&t.root()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs() {
        for (html, text) in [
            ("<p>one  two\n three</p><p>four</p>", "one two three\nfour"),
            ("one<br>two<br/><br>three", "one\ntwo\nthree"),
            ("<div>one <b>bold</b>, <a href=x>linked</a>.</div>tail", "one bold, linked.\ntail"),
            ("<p>text</p><p><a href=x>only a link</a></p><p>more</p>", "text\nmore"),
            (
                "<p><b>Also read:</b> <a href=x>about something else</a></p><p>He said: <a href=x>that</a> is so.</p>",
                "He said: that is so.",
            ),
            ("<p>a<script>x()</script>b</p><style>p{}</style>", "ab"),
            ("<p>text</p><div class='img-caption'>photo</div><div class=alsoRead>more</div><p>end</p>", "text\nend"),
            ("<p>text</p><figure><img><figcaption>photo</figcaption></figure>", "text"),
            ("&#2361;&#2367;&#2306;&#2342;&#2368; &amp; <b>x</b>", "हिंदी & x"),
            ("plain\n\n text ", "plain\ntext"),
            ("<ul><li>a<li>b</ul><table><tr><td>c<td>d</table>", "a\nb\nc\nd"),
            ("", ""),
        ] {
            assert_eq!(of_fragment(html), text, "{html}");
        }
    }

    #[test]
    fn words_of_attributes() {
        assert!(["also-read", "alsoRead", "ALSO_READ", "x-also-read2 ", "wp-caption-text"].into_iter().all(names_aside));
        assert!(!["read", "loaded", "header-add", "storyAdvanced", "shared-layout", "content"].into_iter().any(names_aside));
    }

    #[test]
    fn deep_nesting() {
        let nested = |n: usize| format!("{}deep &amp; down{}", "<div>".repeat(n), "</div>".repeat(n));
        assert_eq!(of_fragment(&nested(500)), "deep & down");
        assert_eq!(of_fragment(&nested(500_000)), "", "built to be slow");
    }
}
