//! Linking measured on the corpus' stories, from gold records and from the engine's own.

mod common;

use common::{all, fresh, given, gold, links};
use mulaqat::check::term;
use mulaqat::record::Record;
use mulaqat_ledger::{Engagement, Filter, Input, day};
use std::collections::{BTreeMap, BTreeSet};

type Key = (String, String);

fn of_event(engagements: &[Engagement]) -> BTreeMap<Key, usize> {
    engagements.iter().enumerate().flat_map(|(n, e)| e.members.iter().map(move |m| ((m.doc.clone(), m.event.clone()), n))).collect()
}

/// Pairs of events of different articles: right, wrong, missed.
fn pairs(gold: &BTreeMap<Key, String>, found: &BTreeMap<Key, usize>, verbose: bool) -> (usize, usize, usize) {
    let events: Vec<&Key> = gold.keys().collect();
    let (mut tp, mut fp, mut fnn) = (0, 0, 0);
    for (n, x) in events.iter().enumerate() {
        for y in &events[n + 1..] {
            if x.0 == y.0 {
                continue;
            }
            let g = gold[*x] == gold[*y];
            let p = matches!((found.get(*x), found.get(*y)), (Some(a), Some(b)) if a == b);
            if g != p && verbose {
                println!("{} {x:?} {y:?}", if p { "merged wrongly" } else { "not merged" });
            }
            tp += usize::from(g && p);
            fp += usize::from(p && !g);
            fnn += usize::from(g && !p);
        }
    }
    (tp, fp, fnn)
}

fn f1((tp, fp, fnn): (usize, usize, usize)) -> f64 {
    2.0 * tp as f64 / (2 * tp + fp + fnn).max(1) as f64
}

#[test]
fn from_gold_records() {
    let links = links();
    let (_dir, mut ledger) = fresh();
    ledger.add(&given(&gold())).unwrap();
    let engagements = all(&ledger, Filter::default());
    let found = of_event(&engagements);
    let gold: BTreeMap<Key, String> =
        links.clusters.iter().flat_map(|c| c.members.iter().map(|m| ((m.doc.clone(), m.event.clone()), c.id.clone()))).collect();
    let counts = pairs(&gold, &found, true);
    println!("links: {counts:?}, F1 {:.3}", f1(counts));
    assert!(f1(counts) >= 0.90);
    // decoys: events of different clusters that share people
    assert_eq!(counts.1, 0, "decoys merged");

    let (mut right, mut many) = (0, 0);
    let (mut on_day, mut days) = (0, 0);
    let (mut steps_right, mut steps) = (0, 0);
    for c in &links.clusters {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for m in &c.members {
            *votes.entry(found[&(m.doc.clone(), m.event.clone())]).or_default() += 1;
        }
        let e = &engagements[*votes.iter().max_by_key(|v| v.1).unwrap().0];
        if c.members.len() > 1 {
            many += 1;
            let ok = term(e.status) == c.final_status;
            right += usize::from(ok);
            if !ok {
                println!("final status of {} {}: {:?}, not {}", c.id, c.label, e.status, c.final_status);
            }
        }
        for (n, step) in c.status_history.iter().enumerate() {
            days += 1;
            let then = ledger.engagement(&e.id, day::parse(&step.as_of)).unwrap();
            let ok = then.as_ref().is_some_and(|t| term(t.status) == step.status);
            on_day += usize::from(ok);
            if !ok {
                println!("{} {} as of {}: {:?}, not {}", c.id, c.label, step.as_of, then.map(|t| t.status), step.status);
            }
            steps += 1;
            let same = e
                .history
                .get(n)
                .is_some_and(|h| h.as_of.as_deref() == Some(&step.as_of) && term(h.status) == step.status && h.date == step.date);
            steps_right += usize::from(same);
            if !same {
                println!("{} step {n}: {:?}, not {step:?}", c.id, e.history.get(n));
            }
        }
        let mut got: Vec<&str> = e.conflicts.iter().map(|c| c.field.as_str()).collect();
        got.sort_unstable();
        let mut want: Vec<&str> = c.conflicts.iter().map(String::as_str).collect();
        want.sort_unstable();
        if got != want {
            println!("{} {} conflicts {got:?}, not {want:?}", c.id, c.label);
        }
    }
    println!("final status {right}/{many}; status on a day {on_day}/{days}; steps exactly {steps_right}/{steps}");
    assert!(right as f64 >= 0.9 * many as f64);
    assert!(on_day as f64 >= 0.85 * days as f64);
}

/// Events of gold and of the engine's record that are the same: as score-links pairs them, by type and shared participants.
fn paired(gold: &Record, own: &Record) -> Vec<(String, String)> {
    let ids = |r: &Record| r.entities.iter().map(|e| (e.id.clone(), e.clone())).collect::<BTreeMap<_, _>>();
    let (ge, oe) = (ids(gold), ids(own));
    let names = |e: &mulaqat::record::Entity| -> BTreeSet<String> {
        std::iter::once(&e.name).chain(&e.aliases).map(|n| mulaqat::lookup::key(n)).collect()
    };
    let same = |a: &str, b: &str| match (ge.get(a), oe.get(b)) {
        (Some(a), Some(b)) => a.kind == b.kind && !names(a).is_disjoint(&names(b)),
        _ => false,
    };
    let mut offers = vec![];
    for g in &gold.events {
        for o in own.events.iter().filter(|o| o.kind == g.kind) {
            let (a, b): (Vec<&String>, Vec<&String>) =
                (g.actors.iter().chain(&g.recipients).collect(), o.actors.iter().chain(&o.recipients).collect());
            let common = a.iter().filter(|x| b.iter().any(|y| same(x, y))).count();
            if common > 0 {
                let share = common as f64 / (a.len() + b.len() - common) as f64 + if g.date == o.date { 0.2 } else { 0.0 };
                offers.push((share, g.id.clone(), o.id.clone()));
            }
        }
    }
    offers.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (&a.1, &a.2).cmp(&(&b.1, &b.2))));
    let mut out: Vec<(String, String)> = vec![];
    for (_, g, o) in offers {
        if !out.iter().any(|(x, y)| *x == g || *y == o) {
            out.push((g, o));
        }
    }
    out
}

#[test]
fn from_the_engines_own_records() {
    let engine = mulaqat::Engine::new().unwrap();
    let gold_records = gold();
    let (_dir, mut ledger) = fresh();
    let mut gold_event: BTreeMap<Key, Key> = BTreeMap::new();
    let mut inputs = vec![];
    for g in &gold_records {
        let own = engine.read(&g.document);
        for (a, b) in paired(g, &own) {
            gold_event.insert((g.document.id.clone(), b), (g.document.id.clone(), a));
        }
        inputs.push(Input { record: own, given: false });
    }
    ledger.add(&inputs).unwrap();
    let engagements = all(&ledger, Filter::default());
    let found: BTreeMap<Key, usize> =
        of_event(&engagements).into_iter().filter_map(|(k, n)| Some((gold_event.get(&k)?.clone(), n))).collect();
    let links = links();
    let gold: BTreeMap<Key, String> =
        links.clusters.iter().flat_map(|c| c.members.iter().map(|m| ((m.doc.clone(), m.event.clone()), c.id.clone()))).collect();
    let have = gold.keys().filter(|k| found.contains_key(*k)).count();
    let counts = pairs(&gold, &found, true);
    println!("events found {have} of {}; links {counts:?}, F1 {:.3}", gold.len(), f1(counts));
    // the most that linking could reach with what the engine found
    let perfect: BTreeMap<Key, usize> =
        gold.keys().filter(|k| found.contains_key(*k)).map(|k| (k.clone(), gold[k][1..].parse().unwrap())).collect();
    println!("ceiling F1 {:.3}", f1(pairs(&gold, &perfect, false)));
    assert!(f1(counts) >= 0.75, "linking of the engine's records fell behind");
    // one whose date is missing or wrong may fall in with another
    assert!(counts.1 <= 2, "decoys merged");
}
