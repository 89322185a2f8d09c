//! Measures predicted records against gold records: precision, recall and F1 by layer.
//!
//! The layers and the way of matching are those of the project's Python reference scorer; a test of the
//! command compares the two to four decimals.

use crate::check::term;
use crate::record::{Entity, EntityType, Event, EventType, Record, Source};
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde::ser::SerializeMap;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;

/// What is measured, one line of a report each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The headline: all slots of events (type, who with role, date, place, status, mode, source).
    Record,
    /// Same PLOVER type and a shared participant, one to one.
    Events,
    Who,
    Dates,
    Places,
    Status,
    Modes,
    Sources,
    Contexts,
    /// Same speaker and at least half of the words shared.
    Statements,
    /// Overlapping text and the same EDTF value.
    Times,
    /// Persons, and other entities that an event or statement refers to: same type and a shared name.
    Entities,
    /// Country codes of matched entities.
    Countries,
    /// Title and whose, of matched entities.
    Roles,
}

impl Layer {
    /// All layers in the order of a report.
    pub const ALL: [Layer; 14] = [
        Layer::Record,
        Layer::Events,
        Layer::Who,
        Layer::Dates,
        Layer::Places,
        Layer::Status,
        Layer::Modes,
        Layer::Sources,
        Layer::Contexts,
        Layer::Statements,
        Layer::Times,
        Layer::Entities,
        Layer::Countries,
        Layer::Roles,
    ];

    /// The name printed in a report.
    pub fn name(self) -> &'static str {
        match self {
            Layer::Record => "record",
            Layer::Events => "events",
            Layer::Who => "who",
            Layer::Dates => "dates",
            Layer::Places => "places",
            Layer::Status => "status",
            Layer::Modes => "modes",
            Layer::Sources => "sources",
            Layer::Contexts => "contexts",
            Layer::Statements => "statements",
            Layer::Times => "times",
            Layer::Entities => "entities",
            Layer::Countries => "countries",
            Layer::Roles => "roles",
        }
    }
}

/// Counts of one layer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub hit: usize,
    pub extra: usize,
    pub missed: usize,
}

impl Tally {
    fn add(&mut self, hit: usize, extra: usize, missed: usize) {
        self.hit += hit;
        self.extra += extra;
        self.missed += missed;
    }

    pub fn precision(&self) -> f64 {
        ratio(self.hit, self.hit + self.extra)
    }

    pub fn recall(&self) -> f64 {
        ratio(self.hit, self.hit + self.missed)
    }

    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What one gold document was read wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differences {
    pub document: String,
    /// One line for each thing missed, extra or different.
    pub lines: Vec<String>,
}

/// The result of [`score`]. Displays as a table; serialises as `{layer: [precision, recall, f1]}`.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Gold documents.
    pub documents: usize,
    /// Gold documents without a prediction; everything in them counts as missed.
    pub unpredicted: usize,
    tallies: [Tally; Layer::ALL.len()],
    /// Documents with differences, in the order of gold.
    pub differences: Vec<Differences>,
}

impl Report {
    pub fn tally(&self, layer: Layer) -> Tally {
        self.tallies[layer as usize]
    }

    fn add(&mut self, layer: Layer, hit: usize, extra: usize, missed: usize) {
        self.tallies[layer as usize].add(hit, extra, missed);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "{} documents, {} without a prediction", self.documents, self.unpredicted)?;
        write!(f, "{:<12}{:>10}{:>10}{:>10}{:>8}{:>8}", "layer", "precision", "recall", "F1", "gold", "pred")?;
        for layer in Layer::ALL {
            let t = self.tally(layer);
            let (gold, pred) = (t.hit + t.missed, t.hit + t.extra);
            write!(f, "\n{:<12}{:>10.3}{:>10.3}{:>10.3}{gold:>8}{pred:>8}", layer.name(), t.precision(), t.recall(), t.f1())?;
        }
        Ok(())
    }
}

impl Serialize for Report {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(Some(2 + Layer::ALL.len()))?;
        map.serialize_entry("documents", &self.documents)?;
        map.serialize_entry("unpredicted", &self.unpredicted)?;
        for layer in Layer::ALL {
            let t = self.tally(layer);
            map.serialize_entry(layer.name(), &[t.precision(), t.recall(), t.f1()].map(four_decimals))?;
        }
        map.end()
    }
}

/// Rounds to four decimals, exact ties to even.
fn four_decimals(x: f64) -> f64 {
    format!("{x:.4}").parse().unwrap_or(x)
}

/// Compares predictions with gold. Documents pair by `document.id`; of several records with one id the last counts.
pub fn score(gold: &[Record], predicted: &[Record]) -> Report {
    let by_id: FxHashMap<&str, &Record> = predicted.iter().map(|r| (r.document.id.as_str(), r)).collect();
    let last: FxHashMap<&str, usize> = gold.iter().enumerate().map(|(i, r)| (r.document.id.as_str(), i)).collect();
    let mut report = Report::default();
    for (i, g) in gold.iter().enumerate() {
        let id = g.document.id.as_str();
        if last[id] != i {
            continue;
        }
        report.documents += 1;
        let nothing;
        let p = match by_id.get(id) {
            Some(p) => p,
            None => {
                report.unpredicted += 1;
                nothing = Record { entities: vec![], times: vec![], events: vec![], statements: vec![], ..g.clone() };
                &nothing
            }
        };
        let lines = Pair::new(g, p).score(&mut report);
        if !lines.is_empty() {
            report.differences.push(Differences { document: id.to_string(), lines });
        }
    }
    report
}

/// Which events and entities of two records are the same ones to the scorer, for a closer look at what differs.
#[derive(Debug, Clone)]
pub struct Alignment<'a> {
    /// Which event of gold is which of the prediction, by their places in the lists.
    pub events: Vec<(usize, usize)>,
    /// Id of a predicted entity → id of the gold entity that it is.
    pub entities: BTreeMap<&'a str, &'a str>,
}

/// Pairs the events and entities of a prediction with those of gold, as [`score`] does.
pub fn align<'a>(gold: &'a Record, predicted: &'a Record) -> Alignment<'a> {
    let pair = Pair::new(gold, predicted);
    Alignment { events: pair.event_pairs(), entities: pair.link }
}

/// Words that a name may carry or not, one a line.
const HONORIFICS: &str = include_str!("../lang/hi/score.tsv");

/// Spelling-insensitive form of a name: no nukta, one nasal sign, no joiners, marks, case or honorifics.
///
/// Not [`crate::text::fold`]: a measure keeps its own yardstick, so that a change of the engine's spelling rules or
/// word lists cannot move the figures.
fn fold(s: &str) -> String {
    let nfd: String = s.nfd().collect();
    let chars: Vec<char> = UniCase::new(nfd)
        .to_folded_case()
        .chars()
        .filter(|c| !matches!(c, '\u{93c}' | '\u{200c}' | '\u{200d}'))
        .map(|c| if c == '\u{901}' { '\u{902}' } else { c })
        .collect();
    let mut out = String::with_capacity(s.len());
    let mut i = 0;
    while i < chars.len() {
        let half_nasal = matches!(chars[i], '\u{919}' | '\u{91e}' | '\u{923}' | '\u{928}' | '\u{92e}')
            && chars.get(i + 1) == Some(&'\u{94d}')
            && chars.get(i + 2).is_some_and(|c| ('\u{915}'..='\u{939}').contains(c));
        match chars[i] {
            _ if half_nasal => {
                out.push('\u{902}');
                i += 1;
            }
            '.' | '\u{964}' | ',' | '\'' | '’' | '‘' | '"' | '“' | '”' | '(' | ')' | '[' | ']' | ':' | ';' | '!' | '?' | '-' => {
                out.push(' ')
            }
            c => out.push(c),
        }
        i += 1;
    }
    // the separators U+001C to U+001F are white space to the reference, but not to Unicode
    let words = out.split(|c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c));
    words.filter(|w| !w.is_empty() && HONORIFICS.lines().all(|h| h != *w)).collect::<Vec<_>>().join(" ")
}

fn words(s: &str) -> BTreeSet<String> {
    fold(s).split(' ').filter(|w| !w.is_empty()).map(str::to_string).collect()
}

fn names_of(e: &Entity) -> BTreeSet<String> {
    std::iter::once(&e.name).chain(&e.aliases).map(|n| fold(n)).filter(|n| !n.is_empty()).collect()
}

fn same_name(a: &str, b: &str, person: bool) -> bool {
    if a == b || a.replace(' ', "") == b.replace(' ', "") {
        return true;
    }
    let (x, y): (Vec<_>, Vec<_>) = (a.split(' ').collect(), b.split(' ').collect());
    person && x.last() == y.last() && (x.iter().all(|w| y.contains(w)) || y.iter().all(|w| x.contains(w)))
}

/// How well two entities agree: 1 for the same name, 0.8 for names that may be one's, else 0.
fn likeness(kinds: (EntityType, EntityType), a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    if kinds.0 != kinds.1 {
        return 0.0;
    }
    if !a.is_disjoint(b) {
        return 1.0;
    }
    let person = kinds.0 == EntityType::Person;
    if a.iter().any(|a| b.iter().any(|b| same_name(a, b, person))) { 0.8 } else { 0.0 }
}

/// Pairs that go together, each side used once: the best first, of equals the earliest.
fn greedy(mut candidates: Vec<(f64, usize, usize)>) -> Vec<(usize, usize)> {
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let (mut left, mut right) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = vec![];
    for (_, i, j) in candidates {
        if !left.contains(&i) && !right.contains(&j) {
            left.insert(i);
            right.insert(j);
            pairs.push((i, j));
        }
    }
    pairs
}

fn referred(r: &Record) -> BTreeSet<&str> {
    let of_events = r.events.iter().flat_map(|v| v.actors.iter().chain(&v.recipients).chain(&v.places));
    of_events.chain(r.statements.iter().map(|s| &s.speaker)).map(String::as_str).collect()
}

/// The participant of an event as seen from gold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Party<'a> {
    /// An entity of gold, by id.
    Known(&'a str),
    /// An entity of the prediction that is none of gold's.
    Unknown(&'a str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Actor,
    Recipient,
    /// Everyone in a meeting.
    With,
}

/// How the entity ids of one side are seen from gold.
#[derive(Clone, Copy)]
enum Side<'a> {
    Gold,
    Predicted(&'a BTreeMap<&'a str, &'a str>),
}

impl<'a> Side<'a> {
    fn party(self, id: &'a str) -> Party<'a> {
        match self {
            Side::Gold => Party::Known(id),
            Side::Predicted(link) => link.get(id).map_or(Party::Unknown(id), |g| Party::Known(g)),
        }
    }

    fn people(self, v: &'a Event) -> BTreeSet<Party<'a>> {
        v.actors.iter().chain(&v.recipients).map(|i| self.party(i)).collect()
    }

    fn places(self, v: &'a Event) -> BTreeSet<Party<'a>> {
        v.places.iter().map(|i| self.party(i)).collect()
    }

    /// Participants with their parts; in a meeting that is no visit all have the same one.
    fn who(self, v: &'a Event, visit: bool) -> BTreeSet<(Part, Party<'a>)> {
        let part = |p| if v.kind == EventType::Consult && !visit { Part::With } else { p };
        let actors = v.actors.iter().map(|i| (part(Part::Actor), self.party(i)));
        actors.chain(v.recipients.iter().map(|i| (part(Part::Recipient), self.party(i)))).collect()
    }
}

fn edtf(v: &Option<String>) -> &str {
    v.as_deref().unwrap_or("").trim()
}

fn dates(v: &Event) -> BTreeSet<&str> {
    std::iter::once(edtf(&v.date)).filter(|d| !d.is_empty()).collect()
}

fn modes(v: &Event) -> BTreeSet<&str> {
    v.modes.iter().map(String::as_str).collect()
}

fn is_visit(v: &Event) -> bool {
    v.modes.iter().any(|m| m == "visit")
}

/// Folded names of the sources; `None` is an anonymous one.
fn sources(v: &Event) -> BTreeSet<Option<String>> {
    let name = |s: &Source| s.name.as_deref().filter(|n| !n.is_empty()).map(fold);
    v.sources.iter().map(name).collect()
}

/// Sources agree when they share a word.
fn source_hits(gold: &BTreeSet<Option<String>>, pred: &BTreeSet<Option<String>>) -> usize {
    let mut left: Vec<_> = pred.iter().collect();
    let same = |a: &Option<String>, b: &Option<String>| {
        a == b || matches!((a, b), (Some(a), Some(b)) if a.split(' ').any(|w| !w.is_empty() && b.split(' ').any(|x| x == w)))
    };
    let mut hits = 0;
    for a in gold {
        if let Some(i) = left.iter().position(|b| same(a, b)) {
            left.remove(i);
            hits += 1;
        }
    }
    hits
}

fn shared<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> usize {
    a.intersection(b).count()
}

fn first_chars(s: &str, n: usize) -> &str {
    s.char_indices().nth(n).map_or(s, |(i, _)| &s[..i])
}

/// A gold record and its prediction.
struct Pair<'a> {
    gold: &'a Record,
    pred: &'a Record,
    gold_by_id: BTreeMap<&'a str, &'a Entity>,
    pred_by_id: BTreeMap<&'a str, &'a Entity>,
    /// Id of a predicted entity → id of the gold entity that it is.
    link: BTreeMap<&'a str, &'a str>,
}

impl<'a> Pair<'a> {
    fn new(gold: &'a Record, pred: &'a Record) -> Self {
        let by_id = |r: &'a Record| r.entities.iter().map(|e| (e.id.as_str(), e)).collect();
        let names = |r: &Record| r.entities.iter().map(names_of).collect::<Vec<_>>();
        let (gold_names, pred_names) = (names(gold), names(pred));
        let mut candidates = vec![];
        for (i, g) in gold.entities.iter().enumerate() {
            for (j, p) in pred.entities.iter().enumerate() {
                let s = likeness((g.kind, p.kind), &gold_names[i], &pred_names[j]);
                if s > 0.0 {
                    candidates.push((s, i, j));
                }
            }
        }
        let link = greedy(candidates).into_iter().map(|(i, j)| (pred.entities[j].id.as_str(), gold.entities[i].id.as_str())).collect();
        Pair { gold, pred, gold_by_id: by_id(gold), pred_by_id: by_id(pred), link }
    }

    /// Adds the pair to the report; gives what differs.
    fn score(&self, report: &mut Report) -> Vec<String> {
        let mut out = vec![];
        self.entities(report);
        self.times(report, &mut out);
        self.events(report, &mut out);
        self.statements(report, &mut out);
        out
    }

    fn entities(&self, report: &mut Report) {
        let counted = |r: &'a Record| -> BTreeSet<&'a str> {
            let refs = referred(r);
            let ids = r.entities.iter().filter(|e| e.kind == EntityType::Person || refs.contains(e.id.as_str()));
            ids.map(|e| e.id.as_str()).collect()
        };
        let (counted_gold, counted_pred) = (counted(self.gold), counted(self.pred));
        let linked: BTreeSet<&str> = self.link.values().copied().collect();
        // an entity counted on one side only is neither reward nor fault
        let hit = self.link.iter().filter(|(p, g)| counted_pred.contains(**p) && counted_gold.contains(**g)).count();
        let extra = counted_pred.iter().filter(|p| !self.link.contains_key(**p)).count();
        report.add(Layer::Entities, hit, extra, counted_gold.difference(&linked).count());

        for (p, g) in &self.link {
            let (g, p) = (self.gold_by_id[g], self.pred_by_id[p]);
            let code = |e: &'a Entity| e.country.as_deref().filter(|c| !c.is_empty());
            let (a, b) = (code(g), code(p));
            if a.is_some() || b.is_some() {
                let wrong = usize::from(a != b);
                report.add(Layer::Countries, 1 - wrong, if b.is_some() { wrong } else { 0 }, if a.is_some() { wrong } else { 0 });
            }
            let roles = |e: &'a Entity| e.roles.iter().map(|r| (fold(&r.title), r.of.as_deref())).collect::<BTreeSet<_>>();
            self.slot(report, Layer::Roles, &roles(g), &roles(p));
        }
        for (id, g) in &self.gold_by_id {
            if !linked.contains(id) {
                report.add(Layer::Roles, 0, 0, g.roles.len());
            }
        }
    }

    fn times(&self, report: &mut Report, out: &mut Vec<String>) {
        let mut left: Vec<_> = self.pred.times.iter().map(|t| (t, fold(&t.span.text))).collect();
        let value = |v: &Option<String>| v.clone().unwrap_or("null".into());
        for t in &self.gold.times {
            let a = fold(&t.span.text);
            let same = left.iter().position(|(q, b)| (a.contains(b.as_str()) || b.contains(&a)) && edtf(&q.value) == edtf(&t.value));
            if let Some(i) = same {
                left.remove(i);
                report.add(Layer::Times, 1, 0, 0);
            } else {
                report.add(Layer::Times, 0, 0, 1);
                out.push(format!("time missed  {} = {}", t.span.text, value(&t.value)));
            }
        }
        for (q, _) in left {
            report.add(Layer::Times, 0, 1, 0);
            out.push(format!("time extra   {} = {}", q.span.text, value(&q.value)));
        }
    }

    /// Adds one slot, a set on either side.
    fn slot<T: Ord>(&self, report: &mut Report, layer: Layer, a: &BTreeSet<T>, b: &BTreeSet<T>) {
        let hit = shared(a, b);
        report.add(layer, hit, b.len() - hit, a.len() - hit);
    }

    /// Adds one slot that is part of the headline too.
    fn headline<T: Ord>(&self, report: &mut Report, layer: Layer, a: &BTreeSet<T>, b: &BTreeSet<T>) {
        self.slot(report, layer, a, b);
        self.slot(report, Layer::Record, a, b);
    }

    fn event_pairs(&self) -> Vec<(usize, usize)> {
        let predicted = Side::Predicted(&self.link);
        let mut candidates = vec![];
        for (i, g) in self.gold.events.iter().enumerate() {
            let a = Side::Gold.people(g);
            for (j, p) in self.pred.events.iter().enumerate().filter(|(_, p)| p.kind == g.kind) {
                let b = predicted.people(p);
                if a.is_disjoint(&b) {
                    continue;
                }
                // same terms in the same order as the reference: the order of near-equals hangs on the last bit
                let mut s = shared(&a, &b) as f64 / a.union(&b).count() as f64;
                s += if edtf(&g.date) == edtf(&p.date) { 0.2 } else { 0.0 };
                s += if g.status == p.status { 0.1 } else { 0.0 };
                s += if modes(g) == modes(p) { 0.1 } else { 0.0 };
                candidates.push((s, i, j));
            }
        }
        greedy(candidates)
    }

    fn events(&self, report: &mut Report, out: &mut Vec<String>) {
        let predicted = Side::Predicted(&self.link);
        let (gold, pred) = (&self.gold.events, &self.pred.events);
        let pairs = self.event_pairs();
        report.add(Layer::Events, pairs.len(), pred.len() - pairs.len(), gold.len() - pairs.len());
        for &(i, j) in &pairs {
            let (g, p) = (&gold[i], &pred[j]);
            let visit = is_visit(g);
            report.add(Layer::Record, 1, 0, 0); // the type
            let (who, where_) = ((Side::Gold.who(g, visit), predicted.who(p, visit)), (Side::Gold.places(g), predicted.places(p)));
            self.headline(report, Layer::Who, &who.0, &who.1);
            self.headline(report, Layer::Dates, &dates(g), &dates(p));
            self.headline(report, Layer::Places, &where_.0, &where_.1);
            self.headline(report, Layer::Status, &[g.status].into(), &[p.status].into());
            self.headline(report, Layer::Modes, &modes(g), &modes(p));
            let (a, b) = (sources(g), sources(p));
            let hit = source_hits(&a, &b);
            for layer in [Layer::Sources, Layer::Record] {
                report.add(layer, hit, b.len() - hit, a.len() - hit);
            }
            let contexts = |v: &'a Event| v.contexts.iter().map(String::as_str).collect::<BTreeSet<_>>();
            self.slot(report, Layer::Contexts, &contexts(g), &contexts(p));
            if who.0 != who.1 || edtf(&g.date) != edtf(&p.date) || g.status != p.status || where_.0 != where_.1 {
                out.push(format!("event differs {} {}  !=  {}", term(g.kind), show(g, &self.gold_by_id), show(p, &self.pred_by_id)));
            }
        }
        let paired = |k: usize, pick: fn(&(usize, usize)) -> usize| pairs.iter().any(|p| pick(p) == k);
        for (_, g) in gold.iter().enumerate().filter(|(i, _)| !paired(*i, |p| p.0)) {
            for (layer, n) in sizes(Side::Gold, g) {
                report.add(layer, 0, 0, n);
            }
            out.push(format!("event missed {}", with_evidence(g, &self.gold_by_id)));
        }
        for (_, p) in pred.iter().enumerate().filter(|(j, _)| !paired(*j, |p| p.1)) {
            for (layer, n) in sizes(predicted, p) {
                report.add(layer, 0, n, 0);
            }
            out.push(format!("event extra  {}", with_evidence(p, &self.pred_by_id)));
        }
    }

    fn statements(&self, report: &mut Report, out: &mut Vec<String>) {
        let mut left: Vec<_> = self.pred.statements.iter().map(|q| (q, words(&q.span.text))).collect();
        for s in &self.gold.statements {
            let a = words(&s.span.text);
            let (mut best, mut hit) = (0.0, None);
            for (i, (q, b)) in left.iter().enumerate() {
                if self.link.get(q.speaker.as_str()) != Some(&s.speaker.as_str()) {
                    continue;
                }
                let o = shared(&a, b) as f64 / a.union(b).count().max(1) as f64;
                if o > best {
                    (best, hit) = (o, Some(i));
                }
            }
            match hit.filter(|_| best >= 0.5) {
                Some(i) => {
                    left.remove(i);
                    report.add(Layer::Statements, 1, 0, 0);
                }
                None => {
                    report.add(Layer::Statements, 0, 0, 1);
                    out.push(format!("statement missed [{}] {}", named(&s.speaker, &self.gold_by_id), first_chars(&s.span.text, 80)));
                }
            }
        }
        for (q, _) in left {
            report.add(Layer::Statements, 0, 1, 0);
            out.push(format!("statement extra  [{}] {}", named(&q.speaker, &self.pred_by_id), first_chars(&q.span.text, 80)));
        }
    }
}

/// How many of each slot an event has that found no partner.
fn sizes<'a>(side: Side<'a>, v: &'a Event) -> Vec<(Layer, usize)> {
    let slots = [
        (Layer::Who, side.who(v, is_visit(v)).len()),
        (Layer::Dates, dates(v).len()),
        (Layer::Places, side.places(v).len()),
        (Layer::Status, 1),
        (Layer::Modes, modes(v).len()),
        (Layer::Sources, sources(v).len()),
    ];
    let total = 1 + slots.iter().map(|(_, n)| n).sum::<usize>();
    let contexts = v.contexts.iter().collect::<BTreeSet<_>>().len();
    slots.into_iter().chain([(Layer::Record, total), (Layer::Contexts, contexts)]).collect()
}

fn named<'e>(id: &'e str, entities: &BTreeMap<&str, &'e Entity>) -> &'e str {
    entities.get(id).map_or(id, |e| &e.name)
}

fn show(v: &Event, entities: &BTreeMap<&str, &Entity>) -> String {
    let names = |ids: &[String]| ids.iter().map(|i| named(i, entities)).collect::<Vec<_>>().join("+");
    let sources: Vec<_> = v.sources.iter().map(|s| s.name.as_deref().unwrap_or("null")).collect();
    format!(
        "[{} → {}] {} {} {} @{} src=[{}]",
        names(&v.actors),
        names(&v.recipients),
        v.date.as_deref().unwrap_or("null"),
        term(v.status),
        v.modes.join(","),
        names(&v.places),
        sources.join(", ")
    )
}

fn with_evidence(v: &Event, entities: &BTreeMap<&str, &Entity>) -> String {
    let words = v.evidence.first().map_or("", |e| &e.text);
    format!("{} {}  «{}»", term(v.kind), show(v, entities), first_chars(words, 90))
}
