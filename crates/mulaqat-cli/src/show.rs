//! `mulaqat show`: one engagement with its history, conflicts, and every claim in its words.

use crate::ledger::{self, Which};
use crate::outcome::{Outcome, Problem};
use crate::render::plain;
use crate::table::{names, status_style, support, who};
use anstyle::Style;
use mulaqat::check::term;
use mulaqat_ledger::{Engagement, Told, day::Day};
use std::io::{self, Write};

const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

#[derive(clap::Args)]
pub struct Args {
    /// Its id, or the beginning of it, as list prints it
    engagement: String,
    #[command(flatten)]
    which: Which,
    /// As known from reports published by this day
    #[arg(long, value_name = "DATE", value_parser = ledger::day)]
    as_of: Option<Day>,
    /// Print it as one line of JSON
    #[arg(long)]
    json: bool,
}

pub fn run(a: &Args) -> io::Result<Outcome> {
    let found = a.which.open().and_then(|l| {
        let e = l.engagement(&a.engagement, a.as_of).map_err(ledger::problem)?;
        let told = l.told(&a.engagement, a.as_of).map_err(ledger::problem)?;
        Ok(e.map(|e| (e, told)))
    });
    match found {
        Ok(Some((e, told))) if a.json => {
            let mut v = serde_json::to_value(&e)?;
            v["claims"] = serde_json::to_value(&told)?;
            writeln!(io::stdout(), "{v}")?;
            Ok(Outcome::Done)
        }
        Ok(Some((e, told))) => {
            render(&e, &told, &mut anstream::stdout().lock())?;
            Ok(Outcome::Done)
        }
        Ok(None) => {
            Problem::new(&a.engagement, "no such engagement; mulaqat list shows their ids").report();
            Ok(Outcome::Nothing)
        }
        Err(p) => {
            p.report();
            Ok(Outcome::Error)
        }
    }
}

fn render(e: &Engagement, told: &[Told], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{STRONG}{}{STRONG:#} {FAINT}{} {}{FAINT:#}", who(e), e.class, e.id)?;
    let style = status_style(e.status);
    row("status", &format!("{style}{}{style:#}", term(e.status)), out)?;
    row("when", e.date.as_deref().unwrap_or("not said"), out)?;
    row("where", &if e.places.is_empty() { "not said".into() } else { names(&e.places) }, out)?;
    if !e.contexts.is_empty() {
        row("about", &e.contexts.join(", "), out)?;
    }
    row("sources", &format!("{} (independent in documents)", support(e)), out)?;
    writeln!(out, "\nHistory")?;
    for s in &e.history {
        let style = status_style(s.status);
        let day = s.as_of.as_deref().unwrap_or("-");
        writeln!(
            out,
            "  {day:<10}  {style}{:<9}{style:#}  {:<21}  {FAINT}{}{FAINT:#}",
            term(s.status),
            s.date.as_deref().unwrap_or("-"),
            s.docs.join(", ")
        )?;
    }
    if !e.conflicts.is_empty() {
        writeln!(out, "\nConflicts")?;
    }
    for c in &e.conflicts {
        writeln!(out, "  {STRONG}{}{STRONG:#}", c.field)?;
        for v in &c.values {
            let n = v.families;
            writeln!(out, "    {} {FAINT}{n} source{}: {}{FAINT:#}", plain(&v.value), if n == 1 { "" } else { "s" }, v.docs.join(", "))?;
        }
    }
    writeln!(out, "\nClaims")?;
    for t in told {
        let head: Vec<String> =
            [t.published.as_ref(), t.publisher.as_ref(), t.title.as_ref()].into_iter().flatten().map(|s| plain(s)).collect();
        writeln!(out, "\n  {STRONG}{}{STRONG:#} {}", plain(&t.doc), head.join(" · "))?;
        let mut what = vec![term(t.status)];
        what.extend(t.date.clone());
        what.extend(t.places.iter().map(|p| plain(p)));
        writeln!(out, "    {}", what.join(", "))?;
        if !t.sources.is_empty() {
            let said: Vec<String> = t
                .sources
                .iter()
                .map(|s| plain(s.split_once(':').map_or(s, |(kind, name)| if name.is_empty() { kind } else { name })))
                .collect();
            writeln!(out, "    {FAINT}according to {}{FAINT:#}", said.join(", "))?;
        }
        for w in &t.evidence {
            writeln!(
                out,
                "    {FAINT}{}{FAINT:#}{STRONG}{}{STRONG:#}{FAINT}{}{FAINT:#}",
                spaced(&w.before, false),
                plain(&w.words),
                spaced(&w.after, true)
            )?;
        }
    }
    Ok(())
}

/// On one line, with the space that parted it from the words.
fn spaced(s: &str, before: bool) -> String {
    let one = plain(s);
    match (one.is_empty(), before) {
        (true, _) => one,
        (false, true) if s.starts_with(char::is_whitespace) => format!(" {one}"),
        (false, false) if s.ends_with(char::is_whitespace) => format!("{one} "),
        _ => one,
    }
}

fn row(label: &str, value: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  {FAINT}{label:<8}{FAINT:#}{value}")
}
