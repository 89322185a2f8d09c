//! Pictures of numbers: the status of an engagement as a line in time, and how many there were each month.

use crate::dates;
use crate::visit::Visit;
use maud::{Markup, html};
use mulaqat::check::term;
use mulaqat::edtf::Edtf;
use mulaqat::record::Status;
use mulaqat_ledger::day::{self, Day};
use mulaqat_ledger::{Engagement, Step};

/// How sure it is that it happens, from what will not be to what was.
fn level(s: Status) -> usize {
    match s {
        Status::Denied | Status::Cancelled => 0,
        Status::Tentative => 1,
        Status::Postponed => 2,
        Status::Scheduled => 3,
        Status::Ongoing => 4,
        Status::Occurred => 5,
    }
}

const LEVELS: [&str; 6] = ["level.off", "level.tentative", "level.postponed", "level.scheduled", "level.ongoing", "level.occurred"];

const WIDE: f64 = 720.0;
const LEFT: f64 = 112.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 16.0;
const STEP: f64 = 26.0;

/// The status as a line over the days of the reports; the days of the happening itself as a band.
pub fn history(v: &Visit, e: &Engagement) -> Markup {
    let steps: Vec<(Day, &Step)> = e.history.iter().filter_map(|s| Some((day::parse(s.as_of.as_deref()?)?, s))).collect();
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return html! {} };
    let happening = e.date.as_deref().and_then(Edtf::parse).and_then(|d| d.bounds()).map(|(a, b)| (day::number(a), day::number(b)));
    // an open end, or a date far from all reports, would squeeze the line to nothing
    let near = |d: Day| d > first.0 - 400 && d < last.0 + 400;
    let happening = happening.filter(|(a, b)| near(*a) && near(*b));
    let lo = happening.map_or(first.0, |h| h.0.min(first.0));
    let hi = happening.map_or(last.0, |h| h.1.max(last.0));
    let room = ((hi - lo) / 12).max(1);
    let (lo, hi) = (lo - room, hi + room);
    let x = |d: Day| LEFT + f64::from(d - lo) / f64::from(hi - lo) * (WIDE - LEFT - RIGHT);
    let y = |s: Status| TOP + (5 - level(s)) as f64 * STEP;
    let base = TOP + 5.0 * STEP;
    let mut line = String::new();
    for (n, (d, s)) in steps.iter().enumerate() {
        let at = format!("{:.1} {:.1}", x(*d), y(s.status));
        line.push_str(&if n == 0 { format!("M{at}") } else { format!("H{:.1}L{at}", x(*d)) });
    }
    line.push_str(&format!("H{:.1}", x(hi)));
    let told: Vec<String> = steps
        .iter()
        .map(|(d, s)| {
            format!("{}: {}, {}", dates::day(v.lang, *d), v.term("status", &term(s.status)), dates::or_unknown(v.lang, s.date.as_deref()))
        })
        .collect();
    let ticks = ticks(&steps.iter().map(|s| s.0).collect::<Vec<_>>(), &x);
    html! {
        svg.chart.history viewBox={ "0 0 " (WIDE) " " (base + 44.0) } role="img" aria-labelledby="history-title history-desc" {
            title #history-title { (v.t("chart.history")) }
            desc #history-desc { (told.join("; ")) }
            @for (n, key) in LEVELS.iter().enumerate() {
                @let at = TOP + (5 - n) as f64 * STEP;
                line.grid x1=(LEFT) x2=(WIDE - RIGHT) y1=(at) y2=(at) {}
                text.label x=(LEFT - 12.0) y=(at + 4.0) text-anchor="end" { (crate::words::find(v.lang, key).unwrap_or(key)) }
            }
            @if let Some((a, b)) = happening {
                rect.when x=(format!("{:.1}", x(a) - 3.0)) width=(format!("{:.1}", (x(b) - x(a)).max(0.0) + 6.0)) y=(TOP - 10.0) height=(base - TOP + 20.0) {}
            }
            path.line d=(line) {}
            @for (d, s) in &steps {
                circle class={ "point s-" (term(s.status)) } cx=(format!("{:.1}", x(*d))) cy=(y(s.status)) r="6.5" {
                    title { (dates::day(v.lang, *d)) ": " (v.term("status", &term(s.status))) }
                }
            }
            @for (at, d) in ticks {
                line.tick x1=(format!("{at:.1}")) x2=(format!("{at:.1}")) y1=(base + 10.0) y2=(base + 16.0) {}
                text.label x=(format!("{at:.1}")) y=(base + 32.0) text-anchor="middle" { (label(v, d)) }
            }
        }
    }
}

/// Days that have room for their label; the first and the last come first.
fn ticks(days: &[Day], x: &dyn Fn(Day) -> f64) -> Vec<(f64, Day)> {
    const ROOM: f64 = 96.0;
    let mut out: Vec<(f64, Day)> = vec![];
    let ends = days.first().into_iter().chain(days.last());
    for &d in ends.chain(days) {
        if out.iter().all(|(at, _)| (at - x(d)).abs() >= ROOM) {
            out.push((x(d).clamp(LEFT + 10.0, WIDE - 48.0), d));
        }
    }
    out
}

fn label(v: &Visit, d: Day) -> String {
    let date: Option<jiff::civil::Date> = day::show(d).parse().ok();
    date.map_or_else(String::new, |d| format!("{} {}", dates::short(v.lang, d), d.year()))
}

/// How many engagements there were, by month, or by year when they span many.
pub fn busy(v: &Visit, days: &[(Day, u64)]) -> Markup {
    let dates: Vec<(jiff::civil::Date, u64)> = days.iter().filter_map(|(d, n)| Some((day::show(*d).parse().ok()?, *n))).collect();
    let (Some((first, _)), Some((last, _))) = (dates.first(), dates.last()) else { return html! {} };
    let month = |d: &jiff::civil::Date| i32::from(d.year()) * 12 + i32::from(d.month()) - 1;
    let yearly = month(last) - month(first) > 48;
    let slot = |d: &jiff::civil::Date| if yearly { i32::from(d.year()) } else { month(d) };
    let (lo, hi) = (slot(first), slot(last));
    // a date mistaken by a century must not make a thousand bars
    let lo = lo.max(hi - 59);
    let mut bars = vec![0u64; (hi - lo + 1) as usize];
    for (d, n) in dates.iter().filter(|(d, _)| slot(d) >= lo) {
        bars[(slot(d) - lo) as usize] += n;
    }
    let most = bars.iter().copied().max().unwrap_or(1).max(1);
    let step = (WIDE / bars.len() as f64).min(40.0);
    let wide = step * bars.len() as f64;
    let named = |i: usize| {
        let s = lo + i as i32;
        if yearly { s.to_string() } else { format!("{} {}", dates::month(v.lang, (s.rem_euclid(12) + 1) as u8), s.div_euclid(12)) }
    };
    let told: Vec<String> = bars.iter().enumerate().filter(|b| *b.1 > 0).map(|(i, n)| format!("{}: {n}", named(i))).collect();
    html! {
        figure.busy {
            svg.chart viewBox={ "0 0 " (format!("{:.0}", wide.max(320.0))) " 96" } role="img" aria-label={ (v.t("chart.busy")) ": " (told.join(", ")) } {
                @for (i, n) in bars.iter().enumerate().filter(|b| *b.1 > 0) {
                    @let high = (*n as f64 / most as f64 * 70.0).max(2.0);
                    rect.bar x=(format!("{:.1}", i as f64 * step + step * 0.12)) y=(format!("{:.1}", 74.0 - high)) width=(format!("{:.1}", step * 0.76)) height=(format!("{high:.1}")) rx="1.5" {
                        title { (named(i)) ": " (n) }
                    }
                }
                line.grid x1="0" x2=(format!("{:.0}", wide.max(320.0))) y1="74.5" y2="74.5" {}
                text.label x="0" y="92" { (named(0)) }
                @if bars.len() > 1 && wide >= 200.0 { text.label x=(format!("{wide:.0}")) y="92" text-anchor="end" { (named(bars.len() - 1)) } }
            }
        }
    }
}
