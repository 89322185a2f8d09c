//! Measures how long answers take: `cargo run --release -p mulaqat-ask --example speed -- LEDGER [QUESTIONS]`.
//!
//! Questions of every kind are made from the name lists, in both languages, many of them about those who are written about most; each
//! is asked once, in one process. Times are by the clock and, where the system tells it, of the processor: on a busy machine the clock runs
//! on while others work. The ledger of a million documents is made by the example `scale` of mulaqat-ledger.

use mulaqat::Engine;
use mulaqat::lookup::{Kind, Listed, lists};
use mulaqat_ask::{Lang, Options, Talk};
use mulaqat_ledger::{Filter, Ledger, day};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Shapes of questions: {a} and {b} are persons, {x} and {y} countries, {p} a period.
const HINDI: &[&str] = &[
    "{a} और {b} कब मिले?",
    "{a} {x} कब गए?",
    "{x} कब आएंगे {a}?",
    "{a} {p} किससे मिले?",
    "{x} ने {y} की निंदा कब की?",
    "{x} पर किसने हमला किया?",
    "{a} और {b} कितनी बार मिले?",
    "{x} और {y} की बैठक कहां हुई?",
    "{b} से मुलाकात पर क्या बोले {a}?",
    "{a} ने {x} के बारे में क्या कहा?",
    "{x} में क्या होने वाला है?",
    "{a} के {x} दौरे में क्या बदला?",
    "{x} और {y} की बैठक से किसने इनकार किया?",
    "क्या {a} {p} {x} गए?",
    "{a} और {b} ने किन मुद्दों पर बात की?",
    "{x} ने {p} किस देश पर प्रतिबंध लगाए?",
    "{x} और {y} में {p} क्या हुआ?",
    "{a} ने व्यापार पर {b} से कब बात की?",
];
const ENGLISH: &[&str] = &[
    "When did {a} meet {b}?",
    "When did {a} visit {x}?",
    "When will {a} visit {x}?",
    "Who did {a} meet {p}?",
    "Who criticised {x}?",
    "Which countries attacked {x} {p}?",
    "How often did {a} meet {b}?",
    "Where did {a} meet {b}?",
    "What did {a} say about {b}?",
    "What is coming between {x} and {y}?",
    "What changed about the visit of {a} to {x}?",
    "Who denied a meeting between {a} and {b}?",
    "Did {a} visit {x} {p}?",
    "What did {a} and {b} discuss?",
    "What happened between {x} and {y} {p}?",
    "Who visited {x} {p}?",
];

/// SplitMix64: the same questions on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % n.max(1) as u64) as usize
    }

    /// Mostly one of the first.
    fn zipf(&mut self, n: usize) -> usize {
        let unit = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((n as f64).powf(unit) as usize).clamp(1, n) - 1
    }
}

/// Time that this thread has had a processor; zero where the system does not tell it so.
fn processor() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(stat.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().map(PathBuf::from).ok_or("give the path of a ledger")?;
    let questions: usize = args.next().map_or(Ok(600), |n| n.parse())?;
    let start = Instant::now();
    let engine = Engine::new()?;
    let ledger = Ledger::open_existing(&path)?;
    // those whom the ledger names most, and some whom it does not know
    let known = ledger.entities(None, Some("person"), None, 400)?;
    let person = |n: usize| known.get(n).map(|i| i.name.clone()).unwrap_or_else(|| "Abraham Lincoln".into());
    let mut lands: Vec<&Listed> = lists().entries.iter().filter(|l| l.kind == Kind::Country).collect();
    let people = |code: &Option<String>| lists().entries.iter().filter(|l| l.kind == Kind::Person && l.country == *code).count();
    lands.sort_by_cached_key(|l| std::cmp::Reverse(people(&l.country)));
    let mut last = None;
    ledger.list(&Filter { limit: Some(1), ..Filter::default() }, &mut |e| {
        last = e.history.last().and_then(|s| s.as_of.clone());
        false
    })?;
    let today = last.as_deref().and_then(day::parse).ok_or("the ledger is empty")?;
    println!("opened in {:.0} ms; asked on {}", start.elapsed().as_secs_f64() * 1e3, day::show(today));
    let year = day::show(today)[..4].to_string();
    let mut dice = Dice(11);
    let mut times: Vec<(Duration, Duration, String)> = vec![];
    let mut answered = 0;
    for n in 0..questions {
        let lang = if n % 2 == 0 { Lang::Hi } else { Lang::En };
        let shapes = if lang == Lang::Hi { HINDI } else { ENGLISH };
        let name = |l: &Listed| if lang == Lang::Hi { l.name.clone() } else { l.english.clone().unwrap_or_else(|| l.name.clone()) };
        let someone = |dice: &mut Dice| {
            let of = person(dice.zipf(known.len() + 1));
            if lang == Lang::Hi { of } else { mulaqat::latin::name(Kind::Person, &of) }
        };
        let period = match (lang, dice.below(4)) {
            (Lang::Hi, 0) => "पिछले महीने".to_string(),
            (Lang::Hi, 1) => format!("{year} में"),
            (Lang::Hi, 2) => "2017 में".into(),
            (Lang::Hi, _) => "इस साल".into(),
            (Lang::En, 0) => "last month".into(),
            (Lang::En, 1) => format!("in {year}"),
            (Lang::En, 2) => "in June 2018".into(),
            (Lang::En, _) => "since 2016".into(),
        };
        let question = shapes[dice.below(shapes.len())]
            .replace("{a}", &someone(&mut dice))
            .replace("{b}", &someone(&mut dice))
            .replace("{x}", &name(lands[dice.zipf(lands.len())]))
            .replace("{y}", &name(lands[dice.zipf(lands.len())]))
            .replace("{p}", &period);
        let as_of = (n % 9 == 8).then(|| today - dice.below(2000) as i32);
        let options = Options { lang: None, today, as_of, limit: 5 };
        let (start, cpu) = (Instant::now(), processor());
        let answer = Talk::new(&engine, &ledger).ask(&question, &options)?;
        times.push((start.elapsed(), processor() - cpu, question));
        answered += usize::from(answer.found);
    }
    println!("{questions} questions, {answered} answered");
    for (what, of) in [("by the clock", (|t| t.0) as fn(&(Duration, Duration, String)) -> Duration), ("of the processor", |t| t.1)] {
        times.sort_by_key(of);
        let at = |p: usize| of(&times[(times.len() * p / 100).min(times.len() - 1)]).as_secs_f64() * 1e3;
        println!("{what}: p50 {:.1} ms, p90 {:.1} ms, p99 {:.1} ms, slowest {:.1} ms", at(50), at(90), at(99), at(100));
    }
    for (clock, cpu, q) in times.iter().rev().take(12) {
        println!("  {:.1} ms, {:.1} by the clock  {q}", cpu.as_secs_f64() * 1e3, clock.as_secs_f64() * 1e3);
    }
    Ok(())
}
