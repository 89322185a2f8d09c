//! The Atom feed of changes: what became known or changed, the latest report first.

use crate::dates;
use crate::parts;
use crate::reply::{Answer, Problem, Reply};
use crate::text::visible;
use crate::visit::{self, Visit};
use mulaqat::check::term;
use mulaqat_ledger::{Change, Filter, Ledger, News, day};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

const ENTRIES: usize = 60;

pub fn feed(v: &Visit, ledger: &Ledger) -> Answer {
    let when = v.when(ledger)?;
    let mut f = v.filter()?;
    // a report without a day would stand first for ever
    f.as_of = Some(f.as_of.unwrap_or(when.day));
    f.limit = Some(ENTRIES);
    let mut all = vec![];
    ledger.latest_changes(News::All, &f, &mut |c| {
        all.push(c);
        true
    })?;
    let body = write(v, &f, &all).map_err(|_| Problem::Fault)?;
    Ok(Reply::new("application/atom+xml; charset=utf-8", body))
}

type Out = Writer<Vec<u8>>;

fn put(w: &mut Out, tag: &str, text: &str) -> io::Result<()> {
    w.create_element(tag).write_text_content(BytesText::new(&visible(text)))?;
    Ok(())
}

fn moment(as_of: Option<&str>) -> String {
    format!("{}T00:00:00Z", as_of.filter(|d| day::parse(d).is_some()).unwrap_or("1970-01-01"))
}

fn write(v: &Visit, f: &Filter, all: &[Change]) -> io::Result<Vec<u8>> {
    let root = format!("http://{}", v.host);
    let mut w = Writer::new_with_indent(vec![], b' ', 1);
    w.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    w.create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
        .with_attribute(("xml:lang", v.lang.code()))
        .write_inner_content(|w| {
            let own = v.here("as_of", &v.params.get("as_of").map(|_| f.as_of.map(day::show).unwrap_or_default()).unwrap_or_default());
            put(w, "id", &format!("{root}{own}"))?;
            put(w, "title", &format!("{}: {}", v.t("site.name"), v.t("front.changed")))?;
            put(w, "updated", &moment(all.first().and_then(|c| c.now.as_of.as_deref())))?;
            w.create_element("author").write_inner_content(|w| put(w, "name", "mulaqat"))?;
            w.create_element("link")
                .with_attributes([("rel", "self"), ("type", "application/atom+xml"), ("href", &*format!("{root}{own}"))])
                .write_empty()?;
            w.create_element("link")
                .with_attributes([("rel", "alternate"), ("type", "text/html"), ("href", &*format!("{root}/"))])
                .write_empty()?;
            for c in all {
                w.create_element("entry").write_inner_content(|w| entry(w, v, &root, c))?;
            }
            Ok(())
        })?;
    Ok(w.into_inner())
}

fn entry(w: &mut Out, v: &Visit, root: &str, c: &Change) -> io::Result<()> {
    let e = &c.engagement;
    let at = c.now.as_of.as_deref();
    put(w, "id", &format!("urn:mulaqat:engagement:{}:{}", e.id, at.unwrap_or("undated")))?;
    put(w, "title", &format!("{}: {}", parts::class(v, e), parts::who_words(v, e)))?;
    put(w, "updated", &moment(at))?;
    w.create_element("link")
        .with_attributes([("rel", "alternate"), ("type", "text/html"), ("href", &*format!("{root}{}", visit::engagement(&e.id)))])
        .write_empty()?;
    w.create_element("category").with_attributes([("term", e.kind.as_str())]).write_empty()?;
    w.create_element("summary").with_attribute(("type", "text")).write_text_content(BytesText::new(&visible(&words(v, c))))?;
    Ok(())
}

/// A change in words, without markup.
pub fn words(v: &Visit, c: &Change) -> String {
    let status = |s| v.term("status", &term(s));
    let dated = |d: &Option<String>| dates::or_unknown(v.lang, d.as_deref());
    let mut out = match &c.before {
        None => vec![v.t("change.new").to_string(), format!("{},", status(c.now.status)), dated(&c.now.date)],
        Some(b) if b.status != c.now.status => {
            vec![v.t("change.was").into(), format!("{},", status(b.status)), v.t("change.is").into(), status(c.now.status)]
        }
        Some(_) => vec![],
    };
    if let Some(b) = c.before.as_ref().filter(|b| b.date != c.now.date) {
        out.extend([v.t("change.date_was").into(), dated(&b.date), v.t("change.date_is").into(), dated(&c.now.date)]);
    }
    out.join(" ")
}
