//! Runs the examples at the end of each frame file, `lang/hi/frames/*.toml`; the pack's README tells how they are written.
//!
//! They are read when the test runs, so that who adds one need not wait for the engine to be built anew. All failures are told
//! together, each with what came instead.
//!
//! ```text
//! cargo test -p mulaqat --test frames
//! FRAMES_SHOW=1 cargo test -p mulaqat --test frames -- --nocapture     # also what is known to fail
//! ```

use mulaqat::Engine;
use mulaqat::record::{Document, Entity, EntityType, Event, EventType, Record, Source, SourceKind, Status};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as ValueError, StrDeserializer};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// Day of publication where an example says nothing else, as in `times.toml`: a Wednesday.
const PUBLISHED: &str = "2025-11-19";

/// What every frame must show of itself.
const POSITIVE: usize = 3;
const NEAR_MISSES: usize = 1;

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    frame: Vec<Frame>,
    #[serde(default)]
    example: Vec<Example>,
}

#[derive(Deserialize)]
struct Frame {
    id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    text: Spanned<String>,
    /// The frame that it shows; none for what no one frame decides.
    frame: Option<String>,
    /// Empty for an article without a date.
    published: Option<String>,
    gives: Vec<String>,
    /// Why the engine does not do it yet.
    fails: Option<String>,
}

/// An event as an example writes it; what is `None` is not looked at.
struct Expected {
    kind: EventType,
    modes: Option<BTreeSet<String>>,
    actors: BTreeSet<String>,
    recipients: BTreeSet<String>,
    status: Option<Status>,
    date: Option<Option<String>>,
    places: Option<BTreeSet<String>>,
    sources: Option<BTreeSet<String>>,
}

fn word<'d, T: Deserialize<'d>>(w: &'d str) -> Option<T> {
    let d: StrDeserializer<ValueError> = w.into_deserializer();
    T::deserialize(d).ok()
}

fn names(list: &str) -> BTreeSet<String> {
    list.split(" + ").map(str::trim).filter(|n| !n.is_empty()).map(str::to_string).collect()
}

impl Expected {
    /// `TYPE/mode actors → recipients | status | date | @place | src=name`; `TYPE/*` is one in any mode.
    fn parse(line: &str) -> Result<Expected, String> {
        let mut parts = line.split(" | ").map(str::trim);
        let head = parts.next().unwrap_or_default();
        let (act, who) = head.split_once(' ').unwrap_or((head, ""));
        let (actors, recipients) = who.split_once('→').unwrap_or((who, ""));
        let (kind, modes) = act.split_once('/').unwrap_or((act, ""));
        let set = || modes.split('/').filter(|m| !m.is_empty()).map(str::to_string).collect();
        let mut e = Expected {
            kind: word(kind).ok_or_else(|| format!("no event type «{kind}» in «{line}»"))?,
            modes: (modes != "*").then(set),
            actors: names(actors),
            recipients: names(recipients),
            status: None,
            date: None,
            places: None,
            sources: None,
        };
        for part in parts {
            if let Some(places) = part.strip_prefix('@') {
                e.places = Some(names(places));
            } else if let Some(sources) = part.strip_prefix("src=") {
                e.sources = Some(names(sources));
            } else if let Some(status) = word(part) {
                e.status = Some(status);
            } else if part == "undated" {
                e.date = Some(None);
            } else if part.starts_with(|c: char| c.is_ascii_digit() || c == 'X' || c == '.') {
                e.date = Some(Some(part.to_string()));
            } else {
                return Err(format!("neither status, date, @place nor src= : «{part}» in «{line}»"));
            }
        }
        Ok(e)
    }

    fn fits(&self, v: &Event, r: &Record) -> bool {
        let all = |want: &Option<BTreeSet<String>>, is: BTreeSet<String>| want.as_ref().is_none_or(|w| *w == is);
        self.kind == v.kind
            && all(&self.modes, v.modes.iter().cloned().collect())
            && same(&self.actors, &v.actors, r)
            && same(&self.recipients, &v.recipients, r)
            && self.status.is_none_or(|s| s == v.status)
            && self.date.as_ref().is_none_or(|d| *d == v.date)
            && self.places.as_ref().is_none_or(|p| same(p, &v.places, r))
            && all(&self.sources, v.sources.iter().map(source).collect())
    }
}

/// Whether `ids` are the entities called `want`. A country goes by its usual name or by any that the text has for it.
fn same(want: &BTreeSet<String>, ids: &[String], r: &Record) -> bool {
    let mentioned = |e: &Entity, w: &String| e.kind == EntityType::Country && e.mentions.iter().any(|m| m.text == *w);
    let called = |w: &String, id: &String| r.entities.iter().any(|e| e.id == *id && (e.name == *w || mentioned(e, w)));
    want.len() == ids.len() && want.iter().all(|w| ids.iter().any(|id| called(w, id)))
}

fn source(s: &Source) -> String {
    match (&s.name, s.kind) {
        (Some(name), _) => name.clone(),
        (None, SourceKind::Anonymous) => "anonymous".into(),
        (None, kind) => format!("{kind:?}"),
    }
}

/// Whether each expected event can have an event of its own; examples have few.
fn pair(expected: &[Expected], r: &Record, used: &mut BTreeSet<usize>) -> bool {
    let Some((first, rest)) = expected.split_first() else { return true };
    (0..r.events.len()).any(|k| {
        if used.contains(&k) || !first.fits(&r.events[k], r) {
            return false;
        }
        used.insert(k);
        let ok = pair(rest, r, used);
        used.remove(&k);
        ok
    })
}

/// An event in the writing of the examples, with everything that one can say.
fn written(v: &Event, r: &Record) -> String {
    let called = |ids: &[String]| {
        let name = |id: &String| r.entities.iter().find(|e| e.id == *id).map_or("?", |e| e.name.as_str()).to_string();
        ids.iter().map(name).collect::<Vec<_>>().join(" + ")
    };
    let mut out = format!("{:?}", v.kind).to_uppercase();
    for m in &v.modes {
        let _ = write!(out, "/{m}");
    }
    let _ = write!(out, " {}", called(&v.actors));
    if !v.recipients.is_empty() {
        let _ = write!(out, " → {}", called(&v.recipients));
    }
    let _ = write!(out, " | {} | {}", format!("{:?}", v.status).to_lowercase(), v.date.as_deref().unwrap_or("undated"));
    if !v.places.is_empty() {
        let _ = write!(out, " | @{}", called(&v.places));
    }
    if !v.sources.is_empty() {
        let _ = write!(out, " | src={}", v.sources.iter().map(source).collect::<Vec<_>>().join(" + "));
    }
    out
}

/// The frame files: name, source, content.
fn files() -> Vec<(String, String, File)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lang/hi/frames");
    let mut paths: Vec<_> = fs::read_dir(folder).expect("the folder of frames").map(|f| f.expect("a file").path()).collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = fs::read_to_string(path).unwrap_or_else(|e| panic!("{name}: {e}"));
        let content = toml::from_str(&source).unwrap_or_else(|e| panic!("{name}: {e}"));
        (name, source, content)
    };
    paths.iter().map(read).collect()
}

#[test]
fn examples() {
    let engine = Engine::new().expect("the pack is well-formed");
    let files = files();
    let mut wrong = String::new();
    let mut known = String::new();
    let (mut count, mut failing) = (0, 0);
    let mut shown: BTreeMap<&str, (usize, usize)> = files.iter().flat_map(|(_, _, f)| &f.frame).map(|f| (f.id.as_str(), (0, 0))).collect();
    let mut texts: BTreeSet<&str> = BTreeSet::new();
    for (file, source, content) in &files {
        // frames first, then examples, as the pack's README says
        if source.split_once("\n[[example]]").is_some_and(|(_, rest)| rest.contains("\n[[frame]]")) {
            let _ = writeln!(wrong, "\n{file}: a frame stands after the first example");
        }
        for e in &content.example {
            count += 1;
            let line = source[..e.text.span().start].matches('\n').count() + 1;
            let text = e.text.get_ref().as_str();
            let mut amiss = |what: &str| {
                let _ = writeln!(wrong, "\n{file}:{line}: {what}");
            };
            if !texts.insert(text) {
                amiss("the same text stands in two examples");
            }
            if let Some(f) = &e.frame {
                match shown.get_mut(f.as_str()) {
                    Some((positive, near_misses)) => *(if e.gives.is_empty() { near_misses } else { positive }) += 1,
                    None => amiss(&format!("there is no frame {f}")),
                }
            }
            let expected: Vec<Expected> = match e.gives.iter().map(|g| Expected::parse(g)).collect() {
                Ok(expected) => expected,
                Err(what) => {
                    amiss(&what);
                    continue;
                }
            };
            let published = Some(e.published.as_deref().unwrap_or(PUBLISHED)).filter(|p| !p.is_empty()).map(str::to_string);
            let r = engine.read(&Document { published, text: text.into(), ..Document::default() });
            let holds = r.events.len() == expected.len() && pair(&expected, &r, &mut BTreeSet::new());
            let (out, why) = match (holds, e.fails.as_deref()) {
                (true, None) => continue,
                (true, Some(_)) => (&mut wrong, "holds now; take its `fails` away"),
                (false, None) => (&mut wrong, "not as expected"),
                (false, Some(why)) => {
                    failing += 1;
                    (&mut known, why)
                }
            };
            let list = |events: Vec<String>| if events.is_empty() { "nothing".into() } else { events.join("\n            ") };
            let came = list(r.events.iter().map(|v| written(v, &r)).collect());
            let _ = writeln!(out, "\n{file}:{line}: {why}\n  text      {text}\n  expected  {}\n  came      {came}", list(e.gives.clone()));
        }
    }
    for (id, (positive, near_misses)) in &shown {
        if *positive < POSITIVE || *near_misses < NEAR_MISSES {
            let _ = writeln!(
                wrong,
                "\nframe {id}: {positive} examples and {near_misses} near-misses; at least {POSITIVE} and {NEAR_MISSES} are wanted"
            );
        }
    }
    println!("{count} examples of {} frames; {failing} are known to fail", shown.len());
    if std::env::var_os("FRAMES_SHOW").is_some() {
        println!("{known}");
    }
    assert!(wrong.is_empty(), "{wrong}");
}
