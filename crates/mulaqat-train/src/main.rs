//! Trains the tagger of names and measures it.
//!
//! `mulaqat-train [--conll FILE]… [--gold FOLDER]… [--test FILE]… [--out FILE] [--set NAME=NUMBER]…`

mod crf;
mod data;

use crf::{Crf, STATES, Sentence, Settings};
use data::{Conll, Tagged};
use mulaqat::lang::Pack;
use mulaqat::tagger::{Kind, TAGS, Tagger, features};
use mulaqat::text::Text;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

#[derive(Default)]
struct Options {
    conll: Vec<PathBuf>,
    gold: Vec<PathBuf>,
    test: Vec<PathBuf>,
    model: Option<PathBuf>,
    out: Option<PathBuf>,
    set: BTreeMap<String, f64>,
}

fn options() -> Option<Options> {
    let mut o = Options::default();
    let mut args = std::env::args().skip(1);
    while let Some(a) = args.next() {
        let value = args.next()?;
        match a.as_str() {
            "--conll" => o.conll.push(value.into()),
            "--gold" => o.gold.push(value.into()),
            "--test" => o.test.push(value.into()),
            "--model" => o.model = Some(value.into()),
            "--out" => o.out = Some(value.into()),
            "--set" => {
                let (name, n) = value.split_once('=')?;
                o.set.insert(name.into(), n.parse().ok()?);
            }
            _ => return None,
        }
    }
    Some(o)
}

fn main() -> ExitCode {
    let Some(o) = options() else {
        eprintln!("usage: mulaqat-train [--conll FILE] [--gold FOLDER] [--test FILE] [--model FILE] [--out FILE] [--set NAME=NUMBER]");
        return ExitCode::from(2);
    };
    match run(&o) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("mulaqat-train: {e}");
            ExitCode::FAILURE
        }
    }
}

fn run(o: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let pack = Pack::hindi()?;
    let set = |name: &str, or: f64| o.set.get(name).copied().unwrap_or(or);
    let tagger = match &o.model {
        Some(path) => Tagger::from_bytes(&std::fs::read(path)?)?,
        None => {
            let mut texts: Vec<Tagged> = Vec::new();
            let mut held = Vec::new();
            let tenth = set("held", 0.0) as usize;
            let mut conll = Vec::new();
            for path in &o.conll {
                conll.extend(data::conll(path)?);
            }
            let mut others = data::Others::new(&pack, &conll, 7);
            for (n, s) in conll.into_iter().enumerate() {
                if tenth > 0 && n % 10 == tenth - 1 {
                    held.push(s);
                } else {
                    texts.push(s.tagged(&pack));
                }
            }
            for folder in &o.gold {
                let gold = articles(folder)?;
                texts.extend(gold.iter().map(|r| data::silver(r, &pack, None)));
                for _ in 0..set("copies", 4.0) as usize {
                    texts.extend(gold.iter().map(|r| data::silver(r, &pack, Some(&mut others))));
                }
            }
            let tagger = train(&pack, &texts, &set);
            if !held.is_empty() {
                report("held", &tagger, &pack, &held);
            }
            tagger
        }
    };
    for path in &o.test {
        report(&path.display().to_string(), &tagger, &pack, &data::conll(path)?);
    }
    if let Some(path) = &o.out {
        std::fs::write(path, tagger.to_bytes())?;
    }
    Ok(())
}

fn articles(folder: &Path) -> Result<Vec<mulaqat::record::Record>, Box<dyn std::error::Error>> {
    let mut files: Vec<PathBuf> = folder.read_dir()?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "json"));
    files.sort();
    files.iter().map(|f| Ok(serde_json::from_slice(&std::fs::read(f)?)?)).collect()
}

fn train(pack: &Pack, texts: &[Tagged], set: &dyn Fn(&str, f64) -> f64) -> Tagger {
    let start = Instant::now();
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    let mut raw: Vec<(Vec<Vec<u32>>, Vec<data::Allowed>)> = Vec::new();
    for t in texts {
        let text = Text::new(&t.text, &pack.vocab, &pack.splitting);
        for s in &text.sentences {
            let mut feats = vec![vec![]; s.len()];
            features(&text, pack, s, |i, h| {
                feats[i].push(h);
                *counts.entry(h).or_default() += 1;
            });
            raw.push((feats, t.allowed[s.clone()].to_vec()));
        }
    }
    let least = set("least", 2.0) as u32;
    let mut hashes: Vec<u32> = counts.iter().filter(|c| *c.1 >= least).map(|c| *c.0).collect();
    hashes.sort_unstable();
    eprintln!("{} texts, {} sentences, {} features of {}", texts.len(), raw.len(), hashes.len(), counts.len());
    let settings = Settings {
        epochs: set("epochs", 12.0) as usize,
        rate: set("rate", 0.1) as f32,
        l2: set("l2", 1e-3) as f32,
        seed: set("seed", 1.0) as u64,
    };
    let index = |hashes: &[u32]| -> Vec<Sentence> {
        let rows: FxHashMap<u32, u32> = hashes.iter().enumerate().map(|(n, &h)| (h, n as u32)).collect();
        let row = |f: &Vec<u32>| f.iter().filter_map(|h| rows.get(h).copied()).collect();
        raw.iter().map(|(f, a)| Sentence { features: f.iter().map(row).collect(), allowed: a.clone() }).collect()
    };
    let mut crf = Crf::train(hashes.len(), &index(&hashes), &settings, None);
    eprintln!("trained in {:.1} s", start.elapsed().as_secs_f32());
    // the features that matter most stay, and learn again without the rest
    let rows = set("rows", 40_000.0) as usize;
    if hashes.len() > rows {
        let weight = |r: &crf::Row| r.iter().fold(0f32, |m, x| m.max(x.abs()));
        let mut order: Vec<usize> = (0..hashes.len()).collect();
        order.sort_by(|&a, &b| weight(&crf.weights[b]).total_cmp(&weight(&crf.weights[a])).then(a.cmp(&b)));
        order.truncate(rows);
        order.sort_unstable();
        hashes = order.iter().map(|&k| hashes[k]).collect();
        let kept = Crf { weights: order.iter().map(|&k| crf.weights[k]).collect(), moves: crf.moves };
        let again = Settings { epochs: settings.epochs / 2, ..settings };
        crf = Crf::train(hashes.len(), &index(&hashes), &again, Some(&kept));
    }
    eprintln!("pruned at {:.1} s", start.elapsed().as_secs_f32());
    quantise(&crf, &hashes)
}

/// Eight bits a weight: the largest thousandth of a percent may be cut off.
fn quantise(crf: &Crf, hashes: &[u32]) -> Tagger {
    let mut all: Vec<f32> = crf.weights.iter().flatten().map(|w| w.abs()).collect();
    all.sort_unstable_by(f32::total_cmp);
    let top = all.get(all.len().saturating_sub(1 + all.len() / 100_000)).copied().unwrap_or(1.0);
    let scale = ((127.0 / top.max(0.1)) as u32).clamp(1, 1000);
    let unit = scale as f32;
    let moves = (0..STATES * STATES).map(|k| (crf.moves[k / STATES][k % STATES] * unit).round() as i16).collect();
    let row = |w: &crf::Row| -> [i8; TAGS] { std::array::from_fn(|t| (w[t] * unit).round().clamp(-127.0, 127.0) as i8) };
    Tagger::new(scale, moves, hashes.iter().copied().zip(crf.weights.iter().map(row)).collect())
}

/// Entity F1 with exact spans over the file's own words.
fn report(name: &str, tagger: &Tagger, pack: &Pack, test: &[Conll]) {
    let start = Instant::now();
    let mut tally: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut bytes = 0;
    for s in test {
        let text = Text::new(&s.text, &pack.vocab, &pack.splitting);
        bytes += s.text.len();
        let mut found: Vec<(Range<usize>, Kind)> = Vec::new();
        for r in &text.sentences {
            for p in tagger.sentence(&text, pack, r) {
                let (from, to) = (text.tokens[p.from].start, text.tokens[p.to - 1].end);
                let first = s.words.iter().position(|w| w.end > from).unwrap_or(0);
                let last = s.words.iter().rposition(|w| w.start < to).unwrap_or(0);
                // a second name inside one word of the file cannot be told there
                if found.last().is_none_or(|f| f.0.end <= first) {
                    found.push((first..last + 1, p.kind));
                }
            }
        }
        for (label, kind) in
            [("all", None), ("person", Some(Kind::Person)), ("place", Some(Kind::Place)), ("organization", Some(Kind::Organization))]
        {
            let is = |n: &&(Range<usize>, Kind)| kind.is_none_or(|k| k == n.1);
            let t = tally.entry(label).or_default();
            t[0] += found.iter().filter(is).filter(|f| s.names.contains(f)).count();
            t[1] += found.iter().filter(is).count();
            t[2] += s.names.iter().filter(is).count();
        }
    }
    let rate = bytes as f64 / start.elapsed().as_secs_f64() / 1e6;
    println!("{name}: {} features, {} bytes, {rate:.1} MB/s", tagger.len(), tagger.to_bytes().len());
    for (label, [right, found, wanted]) in tally {
        let (p, r) = (right as f64 / found.max(1) as f64, right as f64 / wanted.max(1) as f64);
        println!("  {label:<13} P {p:.3}  R {r:.3}  F1 {:.3}  ({wanted})", 2.0 * p * r / (p + r).max(1e-9));
    }
}
