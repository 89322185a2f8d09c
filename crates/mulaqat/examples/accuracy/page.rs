//! The page: hand-written parts as they stand, and between them what is counted.

use crate::mistakes::{Compared, Instead, Lone, show, why, words};
use crate::sets::{self, Set};
use mulaqat::Engine;
use mulaqat::check::term;
use mulaqat::edtf::Edtf;
use mulaqat::record::{EntityType, Event, EventType, Record};
use mulaqat::score::{Layer, Tally};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Rows of a table of confusions, and examples of each kind of mistake for a type.
const WORST: usize = 15;
const EXAMPLES: usize = 3;

const TYPES: [EventType; 16] = [
    EventType::Consult,
    EventType::Agree,
    EventType::Support,
    EventType::Cooperate,
    EventType::Aid,
    EventType::Concede,
    EventType::Retreat,
    EventType::Request,
    EventType::Accuse,
    EventType::Reject,
    EventType::Threaten,
    EventType::Protest,
    EventType::Sanction,
    EventType::Mobilize,
    EventType::Coerce,
    EventType::Assault,
];

/// The whole page as the engine of today makes it.
pub fn write() -> String {
    let engine = Engine::new().expect("the pack loads");
    let (sets, domestic) = (sets::gold(&engine), sets::domestic(&engine));
    let compared: Vec<Vec<Compared>> = sets.iter().map(|s| s.pairs().map(|(g, r)| Compared::new(g, r)).collect()).collect();
    let page = Page { sets: &sets, compared: &compared };
    let docs = sets::root().join("docs");
    let parts = [
        "<!-- Written by `cargo xtask accuracy`; change docs/accuracy.*.md and docs/first-contact.tsv instead. -->\n".to_string(),
        sets::text(&docs.join("accuracy.intro.md")),
        first_contact(&sets::text(&docs.join("first-contact.tsv"))),
        page.layers(),
        page.types(),
        page.lone_events(),
        page.confusions(),
        page.slots(),
        page.dates(),
        silence(&domestic),
        page.examples(),
        sets::text(&docs.join("accuracy.limits.md")),
    ];
    parts.join("\n")
}

fn table(header: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let rule = format!("|{}\n", "---|".repeat(header.len()));
    [line(header), rule].into_iter().chain(rows.iter().map(|r| line(r))).collect()
}

/// `.714`, as figures of this kind are written in print.
fn figure(x: f64) -> String {
    format!("{x:.3}").trim_start_matches('0').to_string()
}

fn precision_recall_f1(t: Tally) -> [String; 3] {
    [(t.hit + t.extra, t.precision()), (t.hit + t.missed, t.recall()), (t.hit + t.extra + t.missed, t.f1())]
        .map(|(of, x)| if of == 0 { "–".into() } else { figure(x) })
}

/// Scores of the day on which a set was new. They cannot be measured again, so they are kept by hand.
fn first_contact(tsv: &str) -> String {
    let mut lines = tsv.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').map(str::to_string).collect::<Vec<_>>());
    let header = lines.next().unwrap_or_default();
    format!(
        "## At first contact\n\nF1 of sets on the day they were new, before any rule was changed for them; `dev` is the development set on the same \
         day.\n\n{}",
        table(&header, &lines.collect::<Vec<_>>())
    )
}

fn silence(domestic: &[Record]) -> String {
    let events: Vec<String> =
        domestic.iter().flat_map(|r| r.events.iter().map(|v| format!("- {}: {}\n", term(v.kind), show(r, v)))).collect();
    let mut out = format!(
        "## Silence where nothing happened\n\n{} ordinary domestic articles gave {} events, {:.2} an article; the goal is at most 0.05.\n\n",
        domestic.len(),
        events.len(),
        events.len() as f64 / domestic.len().max(1) as f64
    );
    out.extend(events);
    out
}

/// How often something was seen in each set.
type Counts<K> = BTreeMap<K, Vec<usize>>;

struct Page<'a> {
    sets: &'a [Set],
    /// For each set its articles.
    compared: &'a [Vec<Compared<'a>>],
}

impl<'a> Page<'a> {
    fn header(&self, first: &[&str], of_set: &[&str]) -> Vec<String> {
        let names = self.sets.iter().flat_map(|s| of_set.iter().map(|c| format!("{} {c}", s.name).trim().to_string()));
        first.iter().map(|s| s.to_string()).chain(names).collect()
    }

    /// Articles of all sets with the number of their set.
    fn articles(&self) -> impl Iterator<Item = (usize, &'a Compared<'a>)> {
        self.compared.iter().enumerate().flat_map(|(n, set)| set.iter().map(move |c| (n, c)))
    }

    /// Articles with the set the rules know best last, for examples.
    fn newest_first(&self) -> impl Iterator<Item = &'a Compared<'a>> {
        self.compared.iter().rev().flatten()
    }

    fn count<K: Ord>(&self, seen: impl Iterator<Item = (usize, K)>) -> Counts<K> {
        let mut counts = Counts::new();
        for (set, key) in seen {
            counts.entry(key).or_insert_with(|| vec![0; self.sets.len()])[set] += 1;
        }
        counts
    }

    fn layers(&self) -> String {
        let row = |layer: Layer| {
            let figures = self.sets.iter().flat_map(|s| precision_recall_f1(s.report.tally(layer)));
            std::iter::once(layer.name().to_string()).chain(figures).collect()
        };
        let sizes: Vec<String> = self.sets.iter().map(|s| format!("`{}` has {} articles", s.name, s.report.documents)).collect();
        format!(
            "## By layer\n\n{}. P is precision, R recall.\n\n{}",
            sizes.join(", "),
            table(&self.header(&["layer"], &["P", "R", "F1"]), &Layer::ALL.map(row))
        )
    }

    fn types(&self) -> String {
        let mut out = "## By type of event\n\nAn event is found when the engine has one of the same type with a participant in common. \
                       Gold and read are numbers of events.\n"
            .to_string();
        for (set, articles) in self.sets.iter().zip(self.compared) {
            let row = |kind: EventType| {
                let of = |events: &[Event]| events.iter().filter(|v| v.kind == kind).count();
                let hit = articles.iter().flat_map(Compared::events).filter(|(g, _)| g.kind == kind).count();
                let (gold, read): (usize, usize) =
                    (set.gold.iter().map(|r| of(&r.events)).sum(), set.read.iter().map(|r| of(&r.events)).sum());
                let tally = Tally { hit, extra: read - hit, missed: gold - hit };
                [term(kind), gold.to_string(), read.to_string()].into_iter().chain(precision_recall_f1(tally)).collect::<Vec<_>>()
            };
            let header = ["type", "gold", "read", "P", "R", "F1"].map(str::to_string);
            let _ = write!(out, "\n### {}\n\n{}", set.name, table(&header, &TYPES.map(row)));
        }
        out
    }

    fn lone_events(&self) -> String {
        let label = |l: &Lone| match l.instead {
            Instead::Type(_) => "an event of another type",
            Instead::Others => "an event of the same type, of others",
            Instead::Told => "one with another event of the type",
            Instead::Part(_) => "part of an event of another type",
            Instead::Nothing => "nothing",
        };
        let missed = self.articles().flat_map(|(n, c)| c.missed.iter().map(move |l| (n, ("missed", label(l)))));
        let extra = self.articles().flat_map(|(n, c)| c.extra.iter().map(move |l| (n, ("extra", label(l)))));
        let counts = self.count(missed.chain(extra));
        let rows: Vec<Vec<String>> = counts.iter().rev().map(|((side, label), n)| row([side.to_string(), label.to_string()], n)).collect();
        format!(
            "## Why events are missed or too many\n\nFor a missed event, what its words are to the engine; for one too many, what they are to gold. *One with another*: two \
             events here, one there.\n\n{}",
            table(&self.header(&["event", "its words there are"], &[""]), &rows)
        )
    }

    fn confusions(&self) -> String {
        let mut out = "## Worst confusions\n".to_string();
        let mut section = |title: &str, what: &str, rows: Vec<Vec<String>>| {
            let header: Vec<String> = self.header(&["gold", "read as"], &[""]).into_iter().chain(["an example".to_string()]).collect();
            let _ = write!(out, "\n### {title}\n\n{what}\n\n{}", table(&header, &rows));
        };
        let kinds = |c: &'a Compared<'a>| {
            let taken = c.missed.iter().filter_map(|l| match l.instead {
                Instead::Type(kind) => Some(((term(l.event.kind), term(kind)), c.gold, l.event)),
                _ => None,
            });
            taken.collect::<Vec<_>>()
        };
        section("Type", "Events missed whose words the engine read as another type.", self.worst(kinds));
        let status = |c: &'a Compared<'a>| {
            let wrong = c.events().filter(|(g, r)| g.status != r.status);
            wrong.map(|(g, r)| ((term(g.status), term(r.status)), c.gold, g)).collect::<Vec<_>>()
        };
        section("Status", "Of events that were found.", self.worst(status));
        let modes = |c: &'a Compared<'a>| {
            let sorted = |v: &Event| {
                let mut modes: Vec<&str> = v.modes.iter().map(String::as_str).collect();
                modes.sort();
                if modes.is_empty() { "none".to_string() } else { modes.join(", ") }
            };
            let wrong = c.events().map(|(g, r)| (sorted(g), sorted(r), g)).filter(|(a, b, _)| a != b);
            wrong.map(|(a, b, g)| ((format!("{}: {a}", term(g.kind)), b), c.gold, g)).collect::<Vec<_>>()
        };
        section("Mode", "Of events that were found.", self.worst(modes));
        out
    }

    /// The confusions seen most often, with an example each from the newest set that has one.
    fn worst(&self, of: impl Fn(&'a Compared<'a>) -> Vec<((String, String), &'a Record, &'a Event)>) -> Vec<Vec<String>> {
        let counts = self.count(self.articles().flat_map(|(n, c)| of(c).into_iter().map(move |(pair, ..)| (n, pair))));
        let mut sorted: Vec<_> = counts.iter().collect();
        sorted.sort_by_key(|(_, n)| std::cmp::Reverse(n.iter().sum::<usize>()));
        let example = |pair: &(String, String)| {
            let (_, record, event) = self.newest_first().flat_map(&of).find(|(p, ..)| p == pair).expect("what was counted is there");
            format!("`{}` {}", record.document.id, words(event))
        };
        let rows = sorted.into_iter().take(WORST).map(|(pair, n)| {
            let mut cells = row([pair.0.clone(), pair.1.clone()], n);
            cells.push(example(pair));
            cells
        });
        rows.collect()
    }

    fn slots(&self) -> String {
        let mut out = "## Participants and places\n\nOf events that were found, by the kind of entity. *Not attached*: the engine has the entity, but not in \
                       this event. *Unknown*: it does not have the entity at all. *Too many*: the engine has it in the event and gold does not.\n"
            .to_string();
        let who: fn(&Event) -> Vec<&String> = |v| v.actors.iter().chain(&v.recipients).collect();
        let places: fn(&Event) -> Vec<&String> = |v| v.places.iter().collect();
        for (title, slot) in [("Participants", who), ("Places", places)] {
            let counts = self.count(self.articles().flat_map(|(n, c)| slot_outcomes(c, slot).into_iter().map(move |o| (n, o))));
            let kinds = [EntityType::Person, EntityType::Country, EntityType::Organization, EntityType::Place];
            let mut rows = vec![];
            for (n, set) in self.sets.iter().enumerate() {
                for kind in kinds {
                    let cells = SLOT_OUTCOMES.map(|o| counts.get(&(kind, o)).map_or(0, |c| c[n]));
                    if cells.iter().any(|n| *n > 0) {
                        rows.push(row([set.name.clone(), term(kind)], &cells));
                    }
                }
            }
            let header: Vec<String> = ["set", "kind"].iter().chain(&SLOT_OUTCOMES).map(|s| s.to_string()).collect();
            let _ = write!(out, "\n### {title}\n\n{}", table(&header, &rows));
        }
        out
    }

    fn dates(&self) -> String {
        let seen = |c: &'a Compared<'a>| c.events().map(|(g, r)| date_outcome(g.date.as_deref(), r.date.as_deref())).collect::<Vec<_>>();
        let counts = self.count(self.articles().flat_map(|(n, c)| seen(c).into_iter().map(move |o| (n, o))));
        let mut rows = vec![];
        for (n, set) in self.sets.iter().enumerate() {
            for shape in DATE_SHAPES {
                let cells = DATE_OUTCOMES.map(|o| counts.get(&(shape, o)).map_or(0, |c| c[n]));
                if cells.iter().any(|n| *n > 0) {
                    rows.push(row([set.name.clone(), shape.to_string()], &cells));
                }
            }
        }
        let header: Vec<String> = ["set", "gold has"].iter().chain(&DATE_OUTCOMES).map(|s| s.to_string()).collect();
        format!("## Dates\n\nOf events that were found, by what gold has for a date.\n\n{}", table(&header, &rows))
    }

    /// Missed and extra events of each type, the type with most mistakes first.
    fn examples(&self) -> String {
        let mut out = "## Examples\n\nEvents missed and events too many, from the newest set that has them.\n".to_string();
        let lone = |kind: EventType, side: fn(&'a Compared<'a>) -> &'a [Lone<'a>]| {
            self.newest_first().flat_map(side).filter(|l| l.event.kind == kind).collect::<Vec<_>>()
        };
        let mut types: Vec<_> = TYPES.map(|kind| (kind, lone(kind, |c| &c.missed), lone(kind, |c| &c.extra))).into();
        types.sort_by_key(|(_, missed, extra)| std::cmp::Reverse(missed.len() + extra.len()));
        for (kind, missed, extra) in types.iter().filter(|(_, m, e)| !m.is_empty() || !e.is_empty()) {
            let _ = writeln!(out, "\n### {}: {} missed, {} too many\n", term(kind), missed.len(), extra.len());
            for l in of_different_articles(missed) {
                let _ = writeln!(out, "- missed: {} ({})", show(l.record, l.event), why(l, "read as"));
            }
            for l in of_different_articles(extra) {
                let _ = writeln!(out, "- too many: {} ({})", show(l.record, l.event), why(l, "in gold"));
            }
        }
        out
    }
}

fn row<const N: usize>(first: [String; N], counts: &[usize]) -> Vec<String> {
    first.into_iter().chain(counts.iter().map(usize::to_string)).collect()
}

/// The first few, one an article, so that one odd article does not fill the list.
fn of_different_articles<'a>(all: &[&'a Lone<'a>]) -> Vec<&'a Lone<'a>> {
    let mut picked: Vec<&Lone> = vec![];
    for l in all {
        if picked.len() < EXAMPLES && picked.iter().all(|p| p.record.document.id != l.record.document.id) {
            picked.push(l);
        }
    }
    picked
}

const SLOT_OUTCOMES: [&str; 4] = ["found", "not attached", "unknown", "too many"];

/// What became of each entity of a slot of the events that were found.
fn slot_outcomes(c: &Compared, slot: fn(&Event) -> Vec<&String>) -> Vec<(EntityType, &'static str)> {
    let kind = |r: &Record, id: &str| r.entities.iter().find(|e| e.id == *id).map(|e| e.kind);
    let known = |id: &String| c.alignment.entities.values().any(|g| g == id);
    let mut out = vec![];
    for (g, r) in c.events() {
        let (gold, read) = (slot(g), slot(r));
        let linked: Vec<Option<&str>> = read.iter().map(|id| c.alignment.entities.get(id.as_str()).copied()).collect();
        for id in &gold {
            let outcome = if linked.contains(&Some(id.as_str())) {
                SLOT_OUTCOMES[0]
            } else if known(id) {
                SLOT_OUTCOMES[1]
            } else {
                SLOT_OUTCOMES[2]
            };
            out.extend(kind(c.gold, id).map(|k| (k, outcome)));
        }
        for (id, link) in read.iter().zip(&linked) {
            if !link.is_some_and(|g| gold.iter().any(|id| *id == g)) {
                out.extend(kind(c.read, id).map(|k| (k, SLOT_OUTCOMES[3])));
            }
        }
    }
    out
}

const DATE_SHAPES: [&str; 6] = ["a day", "a month", "a year", "a span", "about or maybe", "none"];
const DATE_OUTCOMES: [&str; 6] = ["right", "none read", "less exact", "more exact", "another", "one too many"];

fn date_outcome(gold: Option<&str>, read: Option<&str>) -> (&'static str, &'static str) {
    let shape = match gold {
        None => "none",
        Some(d) if d.contains('/') => "a span",
        Some(d) if d.contains(['~', '?', '%', 'X']) => "about or maybe",
        Some(d) if d.len() <= 4 => "a year",
        Some(d) if d.len() <= 7 => "a month",
        Some(_) => "a day",
    };
    let refines = |a: &str, b: &str| Edtf::parse(a).zip(Edtf::parse(b)).is_some_and(|(a, b)| a.refines(&b));
    let outcome = match (gold, read) {
        (g, r) if g == r => "right",
        (Some(_), None) => "none read",
        (None, _) => "one too many",
        (Some(g), Some(r)) if refines(g, r) => "less exact",
        (Some(g), Some(r)) if refines(r, g) => "more exact",
        _ => "another",
    };
    (shape, outcome)
}
