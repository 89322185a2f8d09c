//! A network of who met whom, for Gephi and the like.
//!
//! A node is a person, country or body that takes part. An edge joins two of them for one class of engagement (visit, meeting, phone, or a
//! PLOVER type) and counts those engagements: all (`weight`), and those that happened, are planned, and were called off or denied. Where
//! one acts and another receives, `forth` counts those from source to target, `back` those the other way.

use crate::{Error, Named, Result, Row, Writer};
use quick_xml::Writer as Xml;
use quick_xml::escape::escape;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::name::QName;
use std::collections::BTreeMap;
use std::io::Write;

pub struct Graphml<'o> {
    out: &'o mut (dyn Write + Send),
    nodes: BTreeMap<String, (Named, usize)>,
    edges: BTreeMap<(String, String, String), Edge>,
}

#[derive(Default)]
struct Edge {
    happened: usize,
    planned: usize,
    off: usize,
    forth: usize,
    back: usize,
    first: Option<String>,
    last: Option<String>,
    kind: String,
}

/// Attributes of nodes and edges, and their types.
const KEYS: &[(&str, &str, &str)] = &[
    ("node", "label", "string"),
    ("node", "name", "string"),
    ("node", "kind", "string"),
    ("node", "country", "string"),
    ("node", "engagements", "int"),
    ("edge", "class", "string"),
    ("edge", "type", "string"),
    ("edge", "weight", "double"),
    ("edge", "happened", "int"),
    ("edge", "planned", "int"),
    ("edge", "off", "int"),
    ("edge", "forth", "int"),
    ("edge", "back", "int"),
    ("edge", "first", "string"),
    ("edge", "last", "string"),
];

impl<'o> Graphml<'o> {
    pub fn new(out: &'o mut (dyn Write + Send)) -> Graphml<'o> {
        Graphml { out, nodes: BTreeMap::new(), edges: BTreeMap::new() }
    }

    fn node(&mut self, n: &Named) {
        self.nodes.entry(n.key.clone()).or_insert_with(|| (n.clone(), 0)).1 += 1;
    }

    /// Counts an engagement for an edge; `directed` when `a` acts and `b` receives.
    fn edge(&mut self, r: &Row, a: &Named, b: &Named, directed: bool) {
        let swapped = a.key > b.key;
        let (from, to) = if swapped { (b, a) } else { (a, b) };
        if from.key == to.key {
            return;
        }
        let e = self.edges.entry((from.key.clone(), to.key.clone(), r.class.clone())).or_default();
        e.kind.clone_from(&r.kind);
        match (r.planned(), r.off()) {
            (true, _) => e.planned += 1,
            (_, true) => e.off += 1,
            _ => e.happened += 1,
        }
        if directed {
            *(if swapped { &mut e.back } else { &mut e.forth }) += 1;
        }
        for day in [&r.earliest, &r.latest].into_iter().flatten() {
            if e.first.as_ref().is_none_or(|f| day < f) {
                e.first = Some(day.clone());
            }
            if e.last.as_ref().is_none_or(|l| day > l) {
                e.last = Some(day.clone());
            }
        }
    }
}

impl Writer for Graphml<'_> {
    fn put(&mut self, r: &Row) -> Result<bool> {
        let mut parties: Vec<&Named> = r.parties().collect();
        parties.sort_by(|a, b| a.key.cmp(&b.key));
        parties.dedup_by(|a, b| a.key == b.key);
        for n in &parties {
            self.node(n);
        }
        if r.recipients.is_empty() {
            for (n, a) in parties.iter().enumerate() {
                for b in &parties[n + 1..] {
                    self.edge(r, a, b, false);
                }
            }
        } else {
            for a in &r.actors {
                for b in &r.recipients {
                    self.edge(r, a, b, true);
                }
            }
        }
        Ok(true)
    }

    fn end(self: Box<Self>) -> Result<()> {
        let mut xml = Xml::new_with_indent(&mut *self.out, b' ', 1);
        let done = (|| -> std::io::Result<()> {
            xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
            let graphml = xml.create_element("graphml").with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"));
            graphml.write_inner_content(|xml| {
                for (of, name, sort) in KEYS {
                    let key = xml.create_element("key").with_attribute(("id", id(of, name).as_str())).with_attribute(("for", *of));
                    key.with_attribute(("attr.name", *name)).with_attribute(("attr.type", *sort)).write_empty()?;
                }
                let graph = xml.create_element("graph").with_attribute(("id", "mulaqat")).with_attribute(("edgedefault", "undirected"));
                graph.write_inner_content(|xml| {
                    for (key, (n, engagements)) in &self.nodes {
                        let count = engagements.to_string();
                        let values = [
                            ("label", Some(n.latin.as_str())),
                            ("name", Some(&n.name)),
                            ("kind", Some(n.kind)),
                            ("country", n.country.as_deref()),
                            ("engagements", Some(&count)),
                        ];
                        let node = xml.create_element("node").with_attribute(raw("id", key));
                        node.write_inner_content(|xml| data(xml, "node", &values))?;
                    }
                    for ((a, b, class), e) in &self.edges {
                        let count = |n: usize| n.to_string();
                        let all = count(e.happened + e.planned + e.off);
                        let [happened, planned, off, forth, back] = [e.happened, e.planned, e.off, e.forth, e.back].map(count);
                        let values = [
                            ("class", Some(class.as_str())),
                            ("type", Some(&e.kind)),
                            ("weight", Some(&all)),
                            ("happened", Some(&happened)),
                            ("planned", Some(&planned)),
                            ("off", Some(&off)),
                            ("forth", Some(&forth)),
                            ("back", Some(&back)),
                            ("first", e.first.as_deref()),
                            ("last", e.last.as_deref()),
                        ];
                        let edge = xml.create_element("edge").with_attribute(raw("source", a)).with_attribute(raw("target", b));
                        edge.write_inner_content(|xml| data(xml, "edge", &values))?;
                    }
                    Ok(())
                })?;
                Ok(())
            })?;
            Ok(())
        })();
        done.map_err(Error::Write)?;
        self.out.write_all(b"\n")?;
        Ok(self.out.flush()?)
    }
}

fn id(of: &str, name: &str) -> String {
    format!("{}_{name}", &of[..1])
}

fn data<W: Write>(xml: &mut Xml<W>, of: &str, values: &[(&str, Option<&str>)]) -> std::io::Result<()> {
    for (name, value) in values {
        if let Some(v) = value {
            let data = xml.create_element("data").with_attribute(("key", id(of, name).as_str()));
            data.write_text_content(BytesText::from_escaped(plain(v)))?;
        }
    }
    Ok(())
}

/// An attribute whose value the library would not escape enough.
fn raw<'a>(name: &'a str, value: &str) -> Attribute<'a> {
    Attribute { key: QName(name), value: plain(value).into() }
}

/// Escaped, also what a reader would make another space of; without the characters that XML cannot hold in any spelling, for which a reader
/// would refuse the whole file.
fn plain(s: &str) -> String {
    let held: String =
        s.chars().map(|c| if matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..) { c } else { '\u{fffd}' }).collect();
    escape(held).replace('\t', "&#9;").replace('\n', "&#10;").replace('\r', "&#13;")
}
