//! Questions with what must be answered, and a ledger of the gold records to ask.
#![allow(dead_code)] // each test file uses some of it

use mulaqat::Engine;
use mulaqat::check::term;
use mulaqat::lookup;
use mulaqat::record::Record;
use mulaqat_ask::{Answer, Certainty, Options, Talk};
use mulaqat_ledger::{Input, Ledger, day};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The day on which questions are asked that name none.
const TODAY: &str = "2025-11-20";

/// A question and its answer; the files tell the fields.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    pub q: String,
    #[serde(default)]
    pub before: Vec<String>,
    pub event: Option<String>,
    #[serde(default)]
    pub any: Vec<String>,
    pub date: Option<String>,
    pub status: Option<String>,
    #[serde(default)]
    pub names: Vec<String>,
    #[serde(default)]
    pub not: Vec<String>,
    pub quote: Option<String>,
    pub said: Option<String>,
    pub count: Option<usize>,
    pub text: Option<String>,
    #[serde(default)]
    pub none: bool,
    pub today: Option<String>,
    pub as_of: Option<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    question: Vec<Expected>,
}

impl Expected {
    pub fn read(file: &str) -> Vec<Expected> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(file);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let file: File = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        file.question
    }

    /// What is wrong with an answer; empty when it is right.
    pub fn faults(&self, ledger: &Ledger, a: &Answer) -> Vec<String> {
        let mut out = vec![];
        let mut fault = |ok: bool, what: String| {
            if !ok {
                out.push(what);
            }
        };
        if self.none {
            fault(!a.found, "an answer where there is none".into());
            return out;
        }
        fault(a.found, "no answer".into());
        let members = |n: usize| -> Vec<String> {
            let found = a.engagements.get(n).and_then(|e| ledger.engagement(&e.id, None).unwrap());
            found.map_or(vec![], |e| e.members.iter().map(|m| format!("{}/{}", m.doc, m.event)).collect())
        };
        if let Some(event) = &self.event {
            let first = members(0);
            fault(event.split('|').any(|e| first.iter().any(|m| m == e)), format!("the first is {first:?}, not {event}"));
        }
        let all: Vec<String> = (0..a.engagements.len()).flat_map(members).collect();
        for e in &self.any {
            fault(all.contains(e), format!("{e} is not among those told"));
        }
        let first = a.engagements.first();
        if let Some(d) = &self.date {
            let date = first.and_then(|e| e.date.as_deref());
            fault(date == Some(d), format!("date {date:?}, not {d}"));
        }
        if let Some(s) = &self.status {
            let status = first.map(|e| term(e.status));
            fault(status.as_ref() == Some(s), format!("status {status:?}, not {s}"));
        }
        let names: Vec<String> = a.names.iter().map(|n| lookup::key(n)).collect();
        for n in &self.names {
            fault(names.contains(&lookup::key(n)), format!("{n} is not among {:?}", a.names));
        }
        for n in &self.not {
            fault(!names.contains(&lookup::key(n)), format!("{n} is among {:?}", a.names));
        }
        if let Some(q) = &self.quote {
            let said = a.statements.first().map_or("", |s| s.text.as_str());
            fault(said.contains(q.as_str()), format!("said «{said}»"));
        }
        if let Some(q) = &self.said {
            fault(a.statements.iter().any(|s| s.text.contains(q.as_str())), format!("«{q}» is not among what was said"));
        }
        if let Some(c) = self.count {
            fault(a.count == Some(c) && !a.at_least, format!("count {:?}, not {c}", a.count));
        }
        if let Some(t) = &self.text {
            fault(a.text.contains(t.as_str()), format!("«{}» lacks «{t}»", a.text));
        }
        out
    }
}

/// A ledger with the engine that asks it.
pub struct Book {
    pub engine: Engine,
    pub ledger: Ledger,
}

/// How many were right, and which were wrong: what, and how sure it was.
#[derive(Default)]
pub struct Outcome {
    pub right: usize,
    pub wrong: Vec<(String, Certainty)>,
}

impl Outcome {
    pub fn share(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong.len()).max(1) as f64
    }
}

/// Gold records of all sets.
pub fn gold() -> Vec<Record> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut files: Vec<PathBuf> = ["dev", "contact-1", "contact-2"]
        .iter()
        .flat_map(|d| std::fs::read_dir(corpus.join(d)).unwrap().map(|e| e.unwrap().path()))
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    files.iter().map(|f| serde_json::from_str(&std::fs::read_to_string(f).unwrap()).unwrap()).collect()
}

impl Book {
    pub fn gold() -> Book {
        let mut ledger = Ledger::in_memory().unwrap();
        let inputs: Vec<Input> = gold().into_iter().map(|record| Input { record, given: true }).collect();
        ledger.add(&inputs).unwrap();
        Book { engine: Engine::new().unwrap(), ledger }
    }

    pub fn ask(&self, e: &Expected) -> Answer {
        let day = |d: &Option<String>| d.as_deref().map(|d| day::parse(d).unwrap());
        let today = day(&e.today).unwrap_or_else(|| day::parse(TODAY).unwrap());
        let options = Options { lang: None, today, as_of: day(&e.as_of), limit: 10 };
        let mut talk = Talk::new(&self.engine, &self.ledger);
        for q in &e.before {
            talk.ask(q, &options).unwrap();
        }
        talk.ask(&e.q, &options).unwrap()
    }

    pub fn ask_all(&self, questions: &[Expected]) -> Outcome {
        let mut out = Outcome::default();
        for e in questions {
            let a = self.ask(e);
            let faults = e.faults(&self.ledger, &a);
            if faults.is_empty() {
                out.right += 1;
                continue;
            }
            println!("{} ({:?})\n    {}\n    {} [{}]", e.q, a.certainty, faults.join("; "), a.text, a.understood.text);
            out.wrong.push((format!("{}: {}", e.q, faults.join("; ")), a.certainty));
        }
        out
    }
}
