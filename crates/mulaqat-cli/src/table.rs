//! Tables for a person to read.

use crate::render::plain;
use anstyle::{AnsiColor, Style};
use mulaqat::check::term;
use mulaqat::record::Status;
use mulaqat_ledger::{Change, Engagement, Named, Step};
use std::io::{self, Write};

/// Rows of one width a column. Columns are aligned by code points that take room: vowel signs do not.
pub struct Table {
    head: Vec<String>,
    rows: Vec<Vec<(String, Style)>>,
}

/// No cell is wider: a summit's list of members would push all else off the screen.
const WIDEST: usize = 44;

impl Table {
    pub fn new(head: &[&str]) -> Table {
        Table { head: head.iter().map(|h| h.to_string()).collect(), rows: vec![] }
    }

    pub fn row(&mut self, cells: Vec<(String, Style)>) {
        self.rows.push(cells);
    }

    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut wide: Vec<usize> = self.head.iter().map(|h| width(h)).collect();
        let cut: Vec<Vec<(String, Style)>> = self.rows.iter().map(|r| r.iter().map(|(c, s)| (shorten(c), *s)).collect()).collect();
        for r in &cut {
            for (w, (c, _)) in wide.iter_mut().zip(r) {
                *w = (*w).max(width(c));
            }
        }
        let faint = Style::new().dimmed();
        let head: Vec<(String, Style)> = self.head.iter().map(|h| (h.clone(), faint)).collect();
        for r in std::iter::once(&head).chain(&cut) {
            let mut line = String::new();
            for (n, ((c, s), w)) in r.iter().zip(&wide).enumerate() {
                let pad = if n + 1 == r.len() { 0 } else { w - width(c) + 2 };
                line.push_str(&format!("{s}{c}{s:#}{}", " ".repeat(pad)));
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// One row by itself, for listings without end.
pub fn line(cells: &[(String, Style)], out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().filter(|(c, _)| !c.is_empty()).map(|(c, s)| format!("{s}{c}{s:#}")).collect();
    writeln!(out, "{}", cells.join("  "))
}

/// Columns that a text takes on a terminal: signs that sit on a letter take none.
fn width(s: &str) -> usize {
    s.chars().filter(|c| !matches!(c, '\u{900}'..='\u{902}' | '\u{93a}' | '\u{93c}' | '\u{941}'..='\u{948}' | '\u{94d}' | '\u{200b}'..='\u{200f}' | '\u{300}'..='\u{36f}')).count()
}

fn shorten(s: &str) -> String {
    if width(s) <= WIDEST {
        return s.into();
    }
    let mut out = String::new();
    for w in s.split(' ') {
        if width(&out) + width(w) + 2 > WIDEST {
            break;
        }
        out.push_str(w);
        out.push(' ');
    }
    if out.is_empty() {
        out = s.chars().take(WIDEST - 2).collect();
    }
    format!("{}…", out.trim_end())
}

pub fn status_style(s: Status) -> Style {
    let colour = match s {
        Status::Occurred | Status::Ongoing => AnsiColor::Green,
        Status::Scheduled | Status::Tentative | Status::Postponed => AnsiColor::Yellow,
        Status::Cancelled | Status::Denied => AnsiColor::Red,
    };
    Style::new().fg_color(Some(colour.into()))
}

pub fn names(list: &[Named]) -> String {
    list.iter().map(|n| plain(&n.name)).collect::<Vec<_>>().join(", ")
}

/// Who did it, and to whom.
pub fn who(e: &Engagement) -> String {
    if e.recipients.is_empty() { names(&e.actors) } else { format!("{} → {}", names(&e.actors), names(&e.recipients)) }
}

/// `3 in 5`: independent sources, and documents when there are more.
pub fn support(e: &Engagement) -> String {
    if e.families == e.documents { e.documents.to_string() } else { format!("{} in {}", e.families, e.documents) }
}

/// As much of an id as a person types.
pub fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

pub fn engagement(e: &Engagement) -> Vec<(String, Style)> {
    let none = Style::new();
    vec![
        (short(&e.id).into(), Style::new().dimmed()),
        (term(e.status), status_style(e.status)),
        (e.date.clone().unwrap_or_else(|| "-".into()), none),
        (e.class.clone(), none),
        (who(e), Style::new().bold()),
        (names(&e.places), none),
        (support(e), none),
    ]
}

fn step(s: &Step) -> String {
    match &s.date {
        Some(d) => format!("{} {d}", term(s.status)),
        None => term(s.status),
    }
}

pub fn change(c: &Change) -> Vec<(String, Style)> {
    let none = Style::new();
    let e = &c.engagement;
    vec![
        (c.now.as_of.clone().unwrap_or_else(|| "-".into()), none),
        (short(&e.id).into(), Style::new().dimmed()),
        (c.before.as_ref().map_or("new".into(), step), none),
        (step(&c.now), status_style(c.now.status)),
        (e.class.clone(), none),
        (who(e), Style::new().bold()),
        (c.now.docs.join(", "), none),
    ]
}
