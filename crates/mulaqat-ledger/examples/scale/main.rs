//! Measures a ledger of many documents: `cargo run --release -p mulaqat-ledger --example scale -- [DOCUMENTS] [PATH]`.
//!
//! Prints the cost of a document at ten thousand and at the end, the size on disk, and how long queries take. With 0 DOCUMENTS
//! it asks the ledger that is there.

mod world;

use mulaqat::record::Status;
use mulaqat_ledger::{Filter, Input, Ledger, day};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use world::{Dice, World};

const BATCH: usize = 256;
/// Documents over which a cost is taken.
const WINDOW: usize = 16 * BATCH;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let documents: usize = args.next().map_or(Ok(100_000), |n| n.parse())?;
    let path = args.next().map_or_else(|| std::env::temp_dir().join("mulaqat-scale.db"), PathBuf::from);
    if documents == 0 {
        return queries(&Ledger::open_existing(&path)?);
    }
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    let mut world = World::new(1, sentences()?, 270);
    let mut ledger = Ledger::open(&path)?;
    let (mut done, mut spent, mut costs) = (0, Duration::ZERO, vec![]);
    while done < documents {
        let batch: Vec<Input> = (0..BATCH).map(|_| Input { record: world.next(), given: true }).collect();
        let (start, cpu) = (Instant::now(), processor());
        ledger.add(&batch)?;
        spent += start.elapsed();
        done += batch.len();
        costs.push((start.elapsed(), processor() - cpu));
        if done % (100 * BATCH) == 0 {
            eprintln!("{done} documents, {:.0} a second", done as f64 / spent.as_secs_f64());
        }
    }
    let cost = |upto: usize, of: fn(&(Duration, Duration)) -> Duration| {
        let to = (upto / BATCH).min(costs.len());
        let from = to.saturating_sub(WINDOW / BATCH);
        costs[from..to].iter().map(of).sum::<Duration>().as_secs_f64() * 1e6 / ((to - from) * BATCH) as f64
    };
    let [all, _, claims, engagements, identities] = ledger.counts()?;
    println!("{all} documents, {claims} claims, {engagements} engagements, {identities} identities in {:.0} s", spent.as_secs_f64());
    for (what, of) in [("by the clock", (|c| c.0) as fn(&(Duration, Duration)) -> Duration), ("of the processor", |c| c.1)] {
        let (early, late) = (cost(10_000 + WINDOW / 2, of), cost(done, of));
        println!("µs a document {what}: {early:.0} at 10,000, {late:.0} at the end: {:.2} ×", late / early);
    }
    let bytes = std::fs::metadata(&path)?.len();
    println!("{:.1} MB on disk, {:.1} kB a document", bytes as f64 / 1e6, bytes as f64 / 1e3 / all as f64);
    queries(&ledger)
}

/// Time of the processor that this process took, in and out of the kernel; zero where the system does not tell it so.
fn processor() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks =
        stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum::<u64>();
    Duration::from_millis(10 * ticks)
}

/// Sentences of the corpus: words as they are distributed in such news.
fn sentences() -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/dev"))?
        .map(|e| e.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    let mut out = vec![];
    for f in files {
        let r: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(f)?)?;
        let text = r["document"]["text"].as_str().unwrap_or_default();
        out.extend(
            text.split_inclusive('\u{964}').map(|s| s.trim().to_string()).filter(|s| (6..40).contains(&s.split_whitespace().count())),
        );
    }
    Ok(out)
}

fn queries(ledger: &Ledger) -> Result<(), Box<dyn std::error::Error>> {
    const RUNS: usize = 300;
    let mut dice = Dice::new(7);
    let (mut ids, mut days) = (vec![], vec![]);
    ledger.list(&Filter { limit: Some(20_000), ..Filter::default() }, &mut |e| {
        ids.push(e.id.clone());
        days.extend(e.history.first().and_then(|h| h.as_of.as_deref()).and_then(day::parse));
        true
    })?;
    let people = ["Modi", "Putin", "Jaishankar", "Xi Jinping", "Macron", "Trump", "Erdogan", "Lavrov"];
    let countries = ["IND", "USA", "CHN", "RUS", "PAK", "FRA", "UKR", "NPL", "FJI"];
    let words = [
        "jaishankar",
        "putin",
        "bharat",
        "\u{92d}\u{93e}\u{930}\u{924}",
        "\u{930}\u{942}\u{938} \u{92d}\u{93e}\u{930}\u{924}",
        "\u{92e}\u{941}\u{932}\u{93e}\u{915}\u{93e}\u{924}",
        "modi macron",
    ];
    let first = day::parse("2015-03-01").unwrap_or(0);
    let last = days.iter().copied().max().unwrap_or(first + 1);
    let (mut list, mut show, mut upcoming, mut search) = (vec![], vec![], vec![], vec![]);
    for n in 0..RUNS {
        let as_of = (n % 4 == 3).then(|| first + dice.below((last - first).max(1) as usize) as i32);
        let some = |yes: bool, of: &[&str], dice: &mut Dice| yes.then(|| of[dice.below(of.len())].to_string());
        let f = Filter {
            person: some(n % 3 == 0, &people, &mut dice),
            country: some(n % 3 == 1, &countries, &mut dice),
            kind: some(n % 5 == 0, &["CONSULT", "visit", "ACCUSE"], &mut dice),
            context: some(n % 7 == 0, &["military", "human_rights"], &mut dice),
            from: (n % 6 == 5).then(|| last - 400),
            to: (n % 8 == 6).then(|| first + dice.below((last - first).max(1) as usize) as i32),
            status: (n % 10 == 4).then_some([Status::Scheduled, Status::Cancelled, Status::Occurred][n % 3]),
            text: some(n % 11 == 10, &words, &mut dice),
            as_of,
            limit: Some(50),
            ..Filter::default()
        };
        let start = Instant::now();
        ledger.list(&f, &mut |_| true)?;
        list.push((start.elapsed(), format!("{f:?}")));
        let id = &ids[dice.below(ids.len())];
        let start = Instant::now();
        ledger.engagement(id, None)?;
        ledger.told(id, None)?;
        show.push((start.elapsed(), id.clone()));
        let d = as_of.unwrap_or(last - dice.below(60) as i32);
        let start = Instant::now();
        ledger.upcoming(d, &Filter { limit: Some(50), ..Filter::default() }, &mut |_| true)?;
        upcoming.push((start.elapsed(), day::show(d)));
        let w = words[dice.below(words.len())];
        let start = Instant::now();
        ledger.search(w, as_of, 20)?;
        search.push((start.elapsed(), w.to_string()));
    }
    for (name, mut times) in [("list", list), ("show", show), ("upcoming", upcoming), ("search", search)] {
        times.sort();
        let at = |p: usize| times[(times.len() * p / 100).min(times.len() - 1)].0.as_secs_f64() * 1e3;
        let slowest = times.last().map_or("", |t| t.1.as_str());
        println!("{name}: p50 {:.2} ms, p99 {:.2} ms, slowest {:.2} ms ({slowest})", at(50), at(99), at(100));
    }
    Ok(())
}
