//! How long the server takes for a page of each kind on a ledger:
//!
//! ```text
//! cargo run --release -p mulaqat-serve --example pages -- LEDGER [REQUESTS]
//! ```
//!
//! Requests of each kind (50 unless said) name people, places, days and documents drawn from all over the ledger. They are answered by
//! `Site::answer`, which is the server without its sockets, one after the other: first with whatever of the file the system has in memory,
//! then all of them again. Times are by the clock; the processor's own (where the system tells it) shows what a busy machine adds.

use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use mulaqat_ledger::{Filter, Ledger, day};
use mulaqat_serve::{Options, Site};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::path::PathBuf;
use std::time::Instant;

fn main() {
    let mut args = std::env::args().skip(1);
    let Some(path) = args.next().map(PathBuf::from) else {
        eprintln!("usage: pages LEDGER [REQUESTS]");
        std::process::exit(2);
    };
    let n: usize = args.next().and_then(|n| n.parse().ok()).unwrap_or(50);
    let kinds = requests(&Ledger::open_read_only(&path).expect("a ledger"), n);
    let site = Site::new(&Options::new(path)).expect("a site");
    let mut headers = HeaderMap::new();
    headers.insert(header::HOST, HeaderValue::from_static("localhost"));
    println!("{:<29}{:>25}{:>25}", "", "first, ms", "again, ms");
    println!("{:<29}{}", "page", format!("{:>8} {:>8} {:>8}", "p50", "p99", "cpu p99").repeat(2));
    for (kind, paths) in kinds {
        if paths.iter().any(|p| p == "/who/%2D") {
            println!("{kind:<28} (the ledger has none)");
            continue;
        }
        let mut line = format!("{kind:<29}");
        let mut slowest = (0.0, "");
        for _ in 0..2 {
            let (mut clock, mut processor) = (vec![], vec![]);
            for path in &paths {
                let uri: Uri = path.parse().expect("an address");
                let (began, before) = (Instant::now(), on_processor());
                let answer = site.answer(&Method::GET, &uri, &headers, &[]);
                processor.push((on_processor() - before) / 1e6);
                clock.push(began.elapsed().as_secs_f64() * 1000.0);
                assert!(answer.status() == 200, "{path} has status {}", answer.status());
                if processor.last() > Some(&slowest.0) {
                    slowest = (processor[processor.len() - 1], path);
                }
            }
            line.push_str(&format!("{:>8.1} {:>8.1} {:>8.1}", at(&mut clock, 0.5), at(&mut clock, 0.99), at(&mut processor, 0.99)));
        }
        println!("{line}   {}", slowest.1);
    }
}

fn at(times: &mut [f64], quantile: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * quantile).round() as usize]
}

/// Nanoseconds that this thread has had of a processor; 0 where the system does not tell.
fn on_processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0.0)
}

/// Addresses of every kind of page.
fn requests(l: &Ledger, n: usize) -> Vec<(&'static str, Vec<String>)> {
    let step = |s: &str| utf8_percent_encode(s, NON_ALPHANUMERIC).to_string();
    let (first, last) = l.reports(day::UNKNOWN - 1).expect("a ledger").expect("reports");
    // the same in every run
    let mut seed = 7u64;
    let mut dice = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below.max(1)
    };
    let all = l.entities(None, None, None, 20_000).expect("identities");
    let of = |kind: &str| all.iter().filter(|i| i.kind == kind).collect::<Vec<_>>();
    let (people, countries, bodies, places) = (of("person"), of("country"), of("organization"), of("place"));
    let mut days = vec![];
    for _ in 0..n {
        days.push(first + dice((last - first) as usize) as i32);
    }
    let (mut engagements, mut documents) = (vec![], vec![]);
    for &d in &days {
        l.list(&Filter { to: Some(d), limit: Some(1), ..Filter::default() }, &mut |e| {
            documents.extend(e.members.last().map(|m| m.doc.clone()));
            engagements.push(e.id);
            true
        })
        .expect("a list");
    }
    // half of them the most named, half from anywhere
    let mut some = |list: &[&mulaqat_ledger::Identity]| -> Vec<String> {
        if list.is_empty() {
            return vec!["-".into(); n];
        }
        (0..n).map(|k| list[if k % 2 == 0 { k / 2 % list.len() } else { dice(list.len()) }].key.clone()).collect()
    };
    let (p, c, b, x) = (some(&people), some(&countries), some(&bodies), some(&places));
    let contexts = ["economic", "military", "diplomatic", "territory", "technology"];
    let each = |f: &dyn Fn(usize) -> String| (0..n).map(f).collect::<Vec<_>>();
    let when = |k: usize| day::show(days[k % days.len()]);
    let later = |k: usize, by: i32| day::show(days[k % days.len()] + by);
    let name = |key: &str| key.split_once(':').map_or(key, |k| k.1).split('|').next().unwrap_or_default().to_string();
    vec![
        ("front", each(&|_| "/".into())),
        ("front, an earlier day", each(&|k| format!("/?as_of={}", when(k)))),
        ("timeline", each(&|k| format!("/timeline?page={}", 1 + k % 20))),
        ("timeline, person", each(&|k| format!("/timeline?person={}", step(&p[k])))),
        ("timeline, country and type", each(&|k| format!("/timeline?country={}&type=visit", step(&c[k])))),
        ("timeline, days", each(&|k| format!("/timeline?from={}&to={}", when(k), later(k, 30)))),
        ("timeline, as known on a day", each(&|k| format!("/timeline?as_of={}", when(k)))),
        (
            "timeline, all of these",
            each(&|k| format!("/timeline?as_of={}&country={}&status=scheduled&context={}", when(k), step(&c[k]), contexts[k % 5])),
        ),
        ("engagement", each(&|k| format!("/engagement/{}", engagements[k % engagements.len()]))),
        ("article", each(&|k| format!("/article/{}", step(&documents[k % documents.len()])))),
        ("article, explained", each(&|k| format!("/article/{}?explain=1", step(&documents[k % documents.len()])))),
        ("who: person", each(&|k| format!("/who/{}", step(&p[k])))),
        ("who: country", each(&|k| format!("/who/{}", step(&c[k])))),
        ("who: body", each(&|k| format!("/who/{}", step(&b[k])))),
        ("who: place", each(&|k| format!("/who/{}", step(&x[k])))),
        ("who is who", each(&|k| format!("/who?kind={}", ["person", "country", "organization", "place"][k % 4]))),
        ("network", each(&|_| "/network".into())),
        ("network, days", each(&|k| format!("/network?from={}&to={}", when(k), later(k, 90)))),
        ("network, days and topic", each(&|k| format!("/network?from={}&to={}&context={}", when(k), later(k, 365), contexts[k % 5]))),
        ("coming", each(&|k| format!("/coming?as_of={}", when(k)))),
        ("coming, next month", each(&|k| format!("/coming?as_of={}&month={}", when(k), &later(k, 31)[..7]))),
        ("search", each(&|k| format!("/search?q={}", step(&name(&p[k]))))),
        ("ask", each(&|k| format!("/ask?q={}", step(&format!("{} {} कब गए?", name(&p[k]), "चीन"))))),
        ("feed of changes", each(&|k| format!("/changes.atom?as_of={}", when(k)))),
        ("api: engagements", each(&|k| format!("/api/v1/engagements?country={}&limit=500", step(&c[k])))),
    ]
}
