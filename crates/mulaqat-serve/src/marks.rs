//! An article's text with what was read from it marked in place: names and times as links, evidence and statements as spans that may
//! overlap both.

use crate::text::shown;
use maud::{Escaper, Markup, PreEscaped, html};
use mulaqat::record::{Entity, EntityType, Record, Span};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Something in the text, and the entry of the list beside it that tells more.
struct Mark {
    from: usize,
    to: usize,
    /// Id of the entry: `e1`, `t1`, `v1`, `s1`.
    of: String,
    class: &'static str,
    /// The how manieth span of its entry.
    n: usize,
}

/// The marked text, in paragraphs, and which entries have a place in it.
pub struct Marked {
    pub paragraphs: Vec<Markup>,
    pub found: BTreeSet<String>,
}

/// Where a span stands, in code points; a span without positions is looked for.
fn place(chars: &[char], text: &str, s: &Span) -> Option<(usize, usize)> {
    if let (Some(a), Some(b)) = (s.start, s.end) {
        return (a < b && b <= chars.len()).then_some((a, b));
    }
    let at = text.find(&s.text).filter(|_| !s.text.is_empty())?;
    let from = text[..at].chars().count();
    Some((from, from + s.text.chars().count()))
}

fn class(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "person",
        EntityType::Country => "country",
        EntityType::Organization => "organization",
        EntityType::Place => "place",
    }
}

/// Where the names of an entity stand, for a record that does not say: a ready-made one may leave it out.
fn mentions(text: &str, e: &Entity) -> Vec<Span> {
    let names = std::iter::once(&e.name).chain(&e.aliases).filter(|n| !n.is_empty());
    let mut out: Vec<Span> = names
        .flat_map(|n| text.match_indices(n.as_str()).take(50))
        .map(|(at, n)| {
            let start = text[..at].chars().count();
            Span { text: n.into(), start: Some(start), end: Some(start + n.chars().count()) }
        })
        .collect();
    out.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
    out
}

/// Marks the text of a record.
pub fn mark(r: &Record) -> Marked {
    let text = &r.document.text;
    let chars: Vec<char> = text.chars().collect();
    let (mut words, mut clauses): (Vec<Mark>, Vec<Mark>) = (vec![], vec![]);
    let put = |list: &mut Vec<Mark>, of: String, class, spans: &[&Span]| {
        let mut n = 0;
        for s in spans {
            if let Some((from, to)) = place(&chars, text, s) {
                list.push(Mark { from, to, of: of.clone(), class, n });
                n += 1;
            }
        }
    };
    for (n, e) in r.entities.iter().enumerate() {
        let named;
        let mentions = if e.mentions.is_empty() {
            named = mentions(text, e);
            &named
        } else {
            &e.mentions
        };
        put(&mut words, format!("e{}", n + 1), class(e.kind), &mentions.iter().collect::<Vec<_>>());
    }
    for (n, t) in r.times.iter().enumerate() {
        put(&mut words, format!("t{}", n + 1), "time", &[&t.span]);
    }
    for (n, v) in r.events.iter().enumerate() {
        put(&mut clauses, format!("v{}", n + 1), "event", &v.evidence.iter().collect::<Vec<_>>());
    }
    for (n, s) in r.statements.iter().enumerate() {
        put(&mut clauses, format!("s{}", n + 1), "statement", &[&s.span]);
    }
    // of names that overlap the first and longest stands; a link cannot lie in a link
    words.sort_by_key(|m| (m.from, std::cmp::Reverse(m.to)));
    let mut end = 0;
    words.retain(|m| {
        let free = m.from >= end;
        end = if free { m.to } else { end };
        free
    });
    let found = words.iter().chain(&clauses).map(|m| m.of.clone()).collect();
    let mut paragraphs = vec![];
    let mut from = 0;
    for line in chars.split(|c| *c == '\n') {
        if line.iter().any(|c| !c.is_whitespace()) {
            paragraphs.push(paragraph(&chars, from, from + line.len(), &words, &clauses));
        }
        from += line.len() + 1;
    }
    Marked { paragraphs, found }
}

fn paragraph(chars: &[char], from: usize, to: usize, words: &[Mark], clauses: &[Mark]) -> Markup {
    let mut edges: BTreeSet<usize> = [from, to].into();
    for m in words.iter().chain(clauses) {
        edges.extend([m.from, m.to].into_iter().filter(|e| (from..to).contains(e)));
    }
    let edges: Vec<usize> = edges.into_iter().collect();
    html! {
        @for (a, b) in edges.iter().zip(edges.iter().skip(1)).map(|(a, b)| (*a, *b)) {
            @let over: Vec<&Mark> = clauses.iter().filter(|m| m.from < b && a < m.to).collect();
            @for m in clauses.iter().filter(|m| m.from.max(from) == a && m.to > a) {
                // the sign that leads from the words to the entry
                a class={ "ref " (m.class) } id=[(m.from == a).then(|| format!("{}-{}", m.of, m.n))] href={ "#" (m.of) } data-of=(m.of) { (m.of[1..]) }
            }
            @if over.is_empty() { (piece(chars, a, b, words)) } @else {
                span class=(classes(&over)) data-of=(over.iter().map(|m| m.of.as_str()).collect::<Vec<_>>().join(" ")) { (piece(chars, a, b, words)) }
            }
        }
    }
}

fn classes(over: &[&Mark]) -> String {
    let all: BTreeSet<&str> = over.iter().map(|m| m.class).collect();
    all.into_iter().collect::<Vec<_>>().join(" ")
}

fn piece(chars: &[char], a: usize, b: usize, words: &[Mark]) -> Markup {
    let text = letters(&chars[a..b]);
    html! {
        @match words.iter().find(|m| m.from < b && a < m.to) {
            Some(m) => { a class={ "word " (m.class) } id=[(m.from == a).then(|| format!("{}-{}", m.of, m.n))] href={ "#" (m.of) } data-of=(m.of) { (text) } }
            None => { (text) }
        }
    }
}

fn letters(chars: &[char]) -> Markup {
    let mut out = String::new();
    let mut escaper = Escaper::new(&mut out);
    for c in chars {
        let _ = escaper.write_char(shown(*c));
    }
    PreEscaped(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mulaqat::Engine;
    use mulaqat::record::Document;

    /// The text without its tags and signs.
    fn bare(html: &str) -> String {
        let mut out = String::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            out.push_str(&rest[..at]);
            let reference = rest[at..].starts_with("<a class=\"ref");
            let end = if reference { rest[at..].find("</a>").map(|e| e + 4) } else { rest[at..].find('>').map(|e| e + 1) };
            rest = &rest[at + end.unwrap()..];
        }
        out + rest
    }

    #[test]
    fn marking_loses_no_letter() {
        let engine = Engine::new().unwrap();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/dev");
        let mut marked = 0;
        for f in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            let gold: Record = serde_json::from_slice(&std::fs::read(f).unwrap()).unwrap();
            for r in [engine.read(&gold.document), gold] {
                let m = mark(&r);
                let all: Vec<String> = m.paragraphs.iter().map(|p| bare(&p.0)).collect();
                let text = r.document.text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
                let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
                assert_eq!(all, lines);
                for e in r.events.iter().enumerate().map(|(n, _)| format!("v{}", n + 1)) {
                    assert!(m.found.contains(&e), "{e} of {}", r.document.id);
                }
                marked += m.found.len();
            }
        }
        assert!(marked > 1000, "{marked}");
    }

    #[test]
    fn spans_that_overlap_and_spans_out_of_place() {
        let span = |a, b, t: &str| Span { text: t.into(), start: Some(a), end: Some(b) };
        let mut r = Engine::new().unwrap().read(&Document { text: "<b>अ आ इ</b>\nई".into(), ..Document::default() });
        r.times = [span(3, 6, "अ आ"), span(5, 8, "आ इ"), span(90, 95, "x")].map(|span| mulaqat::record::Time { span, value: None }).into();
        r.statements =
            vec![mulaqat::record::Statement { id: "s1".into(), speaker: "e1".into(), direct: true, medium: None, span: span(5, 14, "") }];
        let m = mark(&r);
        let text: Vec<String> = m.paragraphs.iter().map(|p| bare(&p.0)).collect();
        assert_eq!(text, ["&lt;b&gt;अ आ इ&lt;/b&gt;", "ई"]);
        assert_eq!(m.found.into_iter().collect::<Vec<_>>(), ["s1", "t1"]);
    }
}
