//! `mulaqat ask`: questions answered from the ledger, with the words of the articles as proof.

use crate::ledger::{self, Which};
use crate::outcome::{Outcome, Problem};
use crate::render::plain;
use crate::table::{short, status_style};
use crate::{add, read};
use anstyle::Style;
use mulaqat::check::term;
use mulaqat_ask::{Answer, Labels, Lang, Options, Talk};
use mulaqat_ledger::day::Day;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

pub const HELP: &str = "Who, when, where, with whom, how often, what was said, what is coming, what changed, who denied it:

  mulaqat ask \"पुतिन से मुलाकात पर क्या बोले एस. जयशंकर?\"
  mulaqat ask \"When will Macron visit India?\" \"and Zelensky?\"
  mulaqat ask --in articles/ \"मोदी पिछले महीने किससे मिले?\"

A question that leaves something out takes it from the one before. What is only planned, believed, denied or disputed is told as such;
where nothing is found, what was understood is told, and the exit status is 1.";

#[derive(clap::Args)]
pub struct Args {
    /// Questions in Hindi or English; - reads them from standard input, one a line
    #[arg(required = true, value_name = "QUESTION")]
    questions: Vec<String>,
    #[command(flatten)]
    which: Which,
    /// Articles or folders to read first, into a ledger that is gone afterwards; in place of --ledger
    #[arg(long = "in", value_name = "PATH")]
    inputs: Vec<PathBuf>,
    /// Publication date (YYYY-MM-DD) of the articles of --in, in place of what they say
    #[arg(long, value_name = "DATE", value_parser = mulaqat_intake::date, requires = "inputs")]
    published: Option<String>,
    /// Language of the answer, hi or en; that of the question when not given
    #[arg(long, value_name = "LANG", value_parser = language)]
    lang: Option<Lang>,
    /// The day from which "last month" counts; today when not given
    #[arg(long, value_name = "DATE", value_parser = ledger::day)]
    today: Option<Day>,
    /// As known from reports published by this day
    #[arg(long, value_name = "DATE", value_parser = ledger::day)]
    as_of: Option<Day>,
    /// Tell at most so many engagements or statements
    #[arg(long, value_name = "N", default_value_t = 5)]
    limit: usize,
    /// Print one answer a line as JSON
    #[arg(long)]
    json: bool,
}

fn language(s: &str) -> Result<Lang, String> {
    serde_json::from_value(s.to_lowercase().into()).map_err(|_| "not a language of answers; hi or en".into())
}

pub fn run(a: Args) -> io::Result<Outcome> {
    let opened = if a.inputs.is_empty() {
        a.which.open().map(|l| (l, Outcome::Done))
    } else {
        // what cannot be read is told, and the rest is asked
        add::into_memory(a.inputs.clone(), a.published.clone())?
    };
    let (engine, ledger, read) = match opened.and_then(|(ledger, read)| Ok((read::engine()?, ledger, read))) {
        Ok(opened) => opened,
        Err(p) => {
            p.report();
            return Ok(Outcome::Error);
        }
    };
    let options = Options { lang: a.lang, today: a.today.unwrap_or_else(ledger::today), as_of: a.as_of, limit: a.limit };
    let mut asking = Asking { talk: Talk::new(&engine, &ledger), options, json: a.json, all: true, failed: false };
    for question in &a.questions {
        if question != "-" {
            asking.ask(question)?;
            continue;
        }
        let prompt = io::stdin().is_terminal() && io::stderr().is_terminal();
        let mut lines = io::stdin().lock().lines();
        loop {
            if prompt {
                let _ = write!(io::stderr(), "? ");
            }
            let Some(line) = lines.next() else { break };
            match line {
                Ok(line) if line.trim().is_empty() => {}
                Ok(line) => asking.ask(&line)?,
                Err(e) => {
                    Problem::new("standard input", format!("cannot be read as text ({e}); what came before was answered")).report();
                    asking.failed = true;
                    break;
                }
            }
        }
    }
    Ok(match (asking.failed || read == Outcome::Error, asking.all) {
        (true, _) => Outcome::Error,
        (false, false) => Outcome::Nothing,
        (false, true) => Outcome::Done,
    })
}

struct Asking<'a> {
    talk: Talk<'a>,
    options: Options,
    json: bool,
    /// Every question has been answered.
    all: bool,
    failed: bool,
}

impl Asking<'_> {
    fn ask(&mut self, question: &str) -> io::Result<()> {
        match self.talk.ask(question, &self.options) {
            Ok(answer) => {
                self.all &= answer.found;
                if self.json {
                    return writeln!(io::stdout(), "{}", serde_json::to_string(&answer)?);
                }
                let labels = mulaqat_ask::labels(answer.lang).map_err(io::Error::other)?;
                let mut out = anstream::stdout().lock();
                render(&answer, &labels, &mut out)?;
                out.flush()
            }
            Err(e) => {
                Problem::new("ask", e.to_string()).report();
                self.failed = true;
                Ok(())
            }
        }
    }
}

fn render(a: &Answer, w: &Labels, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{STRONG}{}{STRONG:#}", plain(&a.text))?;
    if !a.found {
        return writeln!(out, "{FAINT}{}: {}{FAINT:#}\n", w.understood, plain(&a.understood.text));
    }
    for s in &a.statements {
        writeln!(out, "\n  {}", plain(&s.sentence))?;
        writeln!(out, "    {FAINT}{}{FAINT:#}", article(&s.publisher, &s.title, &s.published, &s.url, &s.doc))?;
    }
    for e in &a.engagements {
        let style = status_style(e.status);
        writeln!(out, "\n  {} {FAINT}{}{FAINT:#}", plain(&e.sentence), short(&e.id))?;
        let status = w.status.get(&term(e.status)).cloned().unwrap_or_default();
        let when = if e.when.is_empty() { String::new() } else { format!("{}, ", e.when) };
        writeln!(out, "    {}: {when}{style}{status}{style:#}", w.label_status)?;
        let sources: Vec<String> = e.sources.iter().map(|s| s.name.as_deref().map_or(w.anonymous.to_string(), plain)).collect();
        if !sources.is_empty() {
            writeln!(out, "    {}: {}", w.sources, sources.join(", "))?;
        }
        for d in &e.disagreement {
            writeln!(out, "    {}", plain(d))?;
        }
        for p in &e.evidence {
            writeln!(
                out,
                "    {FAINT}«{}{FAINT:#}{STRONG}{}{STRONG:#}{FAINT}{}»{FAINT:#}",
                spaced(&p.before, false),
                plain(&p.words),
                spaced(&p.after, true)
            )?;
            writeln!(out, "      {FAINT}{}{FAINT:#}", article(&p.publisher, &p.title, &p.published, &p.url, &p.doc))?;
        }
    }
    writeln!(out)
}

/// Publisher, title, day, address; the id where there is no title.
fn article(publisher: &Option<String>, title: &Option<String>, published: &Option<String>, url: &Option<String>, doc: &str) -> String {
    let doc = doc.to_string();
    let head = [publisher.as_ref(), Some(title.as_ref().unwrap_or(&doc)), published.as_ref(), url.as_ref()];
    head.into_iter().flatten().filter(|s| !s.is_empty()).map(|s| plain(s)).collect::<Vec<_>>().join(" · ")
}

/// On one line, with the space that parts it from the words beside it.
fn spaced(s: &str, after: bool) -> String {
    let one = plain(s);
    match (one.is_empty(), after) {
        (true, _) => one,
        (false, true) if s.starts_with(char::is_whitespace) => format!(" {one}"),
        (false, false) if s.ends_with(char::is_whitespace) => format!("{one} "),
        _ => one,
    }
}
