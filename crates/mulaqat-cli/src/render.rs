//! A record for a person to read.

use anstyle::{AnsiColor, Style};
use mulaqat::check::term;
use mulaqat::record::{Entity, Event, Record, SourceKind, Statement, Status};
use std::collections::HashMap;
use std::io::{self, Write};

const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// The events of a record, then its statements.
pub fn record(r: &Record, out: &mut dyn Write) -> io::Result<()> {
    let d = &r.document;
    let head = [Some(&d.id), d.published.as_ref(), d.publisher.as_ref(), d.title.as_ref()];
    let head: Vec<_> = head.into_iter().flatten().filter(|s| !s.is_empty()).map(|s| plain(s)).collect();
    writeln!(out, "{STRONG}{}{STRONG:#}", head.join(" · "))?;
    if r.events.is_empty() && r.statements.is_empty() {
        return writeln!(out, "\n  nothing found");
    }
    let by_id: HashMap<&str, &Entity> = r.entities.iter().map(|e| (e.id.as_str(), e)).collect();
    if !r.events.is_empty() {
        writeln!(out, "\nEvents")?;
    }
    for (i, v) in r.events.iter().enumerate() {
        event(i + 1, v, &by_id, out)?;
    }
    if !r.statements.is_empty() {
        writeln!(out, "\nStatements")?;
    }
    for (i, s) in r.statements.iter().enumerate() {
        statement(i + 1, s, &by_id, out)?;
    }
    Ok(())
}

fn event(number: usize, v: &Event, entities: &HashMap<&str, &Entity>, out: &mut dyn Write) -> io::Result<()> {
    let names = |ids: &[String]| ids.iter().map(|i| named(i, entities)).collect::<Vec<_>>().join(", ");
    let modes = if v.modes.is_empty() { String::new() } else { format!(" ({})", v.modes.join(", ")) };
    writeln!(out, "\n{number:>3}  {STRONG}{}{STRONG:#}{modes}", term(v.kind))?;
    let mut who = names(&v.actors);
    if !v.recipients.is_empty() {
        who = format!("{who} → {}", names(&v.recipients));
    }
    row("who", &who, out)?;
    row("when", v.date.as_deref().unwrap_or("not said"), out)?;
    row("where", if v.places.is_empty() { "not said".into() } else { names(&v.places) }.as_str(), out)?;
    let colour = match v.status {
        Status::Occurred | Status::Ongoing => AnsiColor::Green,
        Status::Scheduled | Status::Tentative | Status::Postponed => AnsiColor::Yellow,
        Status::Cancelled | Status::Denied => AnsiColor::Red,
    };
    let colour = Style::new().fg_color(Some(colour.into()));
    row("status", &format!("{colour}{}{colour:#}", term(v.status)), out)?;
    if !v.contexts.is_empty() {
        row("about", &v.contexts.join(", "), out)?;
    }
    let source = |s: &mulaqat::record::Source| match (&s.name, s.kind) {
        (None, SourceKind::Anonymous) => "nobody named".to_string(),
        (None, kind) => term(kind),
        (Some(name), kind) => format!("{} ({})", plain(name), term(kind)),
    };
    let sources: Vec<_> = v.sources.iter().map(source).collect();
    row("source", if sources.is_empty() { "the article itself".into() } else { sources.join(", ") }.as_str(), out)?;
    for (i, e) in v.evidence.iter().enumerate() {
        row(if i == 0 { "words" } else { "" }, &quoted(&e.text), out)?;
    }
    Ok(())
}

fn statement(number: usize, s: &Statement, entities: &HashMap<&str, &Entity>, out: &mut dyn Write) -> io::Result<()> {
    let how = if s.direct { "quoted" } else { "reported" };
    let medium = s.medium.map_or(String::new(), |m| format!(", {}", term(m)));
    writeln!(out, "\n{number:>3}  {STRONG}{}{STRONG:#} {FAINT}{how}{medium}{FAINT:#}", named(&s.speaker, entities))?;
    writeln!(out, "     {}", quoted(&s.span.text))
}

fn row(label: &str, value: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "     {FAINT}{label:<8}{FAINT:#}{value}")
}

/// The name of an entity, and its country when it is not one itself.
fn named(id: &str, entities: &HashMap<&str, &Entity>) -> String {
    let Some(e) = entities.get(id) else { return plain(id) };
    match &e.country {
        Some(code) if e.kind != mulaqat::record::EntityType::Country => format!("{} ({})", plain(&e.name), plain(code)),
        _ => plain(&e.name),
    }
}

fn quoted(words: &str) -> String {
    format!("«{}»", plain(words))
}

/// On one line, and without the control characters with which a text could steer a terminal.
pub fn plain(s: &str) -> String {
    let shown = s.split_whitespace().collect::<Vec<_>>().join(" ");
    shown.replace(|c: char| c.is_control(), "\u{fffd}")
}
