//! Who met whom: persons and the lines between them, countries and how often they met, and where to draw them.

use crate::names::{country_of, kind_of};
use crate::reply::Problem;
use mulaqat::record::Status;
use mulaqat_ledger::{Engagement, Filter, Ledger, Named};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Engagements that are looked at, the latest first: as many as a page has time for.
pub const MOST: usize = 1000;
/// Persons in the picture, countries in the table.
const PERSONS: usize = 28;
const COUNTRIES: usize = 14;
/// At a summit all meet all; who of forty talked to whom is not known.
const TABLE: usize = 12;

/// A person in the network.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Node {
    pub key: String,
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Engagements in which the person takes part.
    pub engagements: usize,
}

/// Two persons, by their place in `nodes`, or two countries, by their place in `countries`.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct Edge {
    pub a: usize,
    pub b: usize,
    /// Engagements that join them.
    pub engagements: usize,
}

/// Who met whom.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Graph {
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    /// ISO 3166-1 alpha-3, those that met most often first.
    pub countries: Vec<String>,
    pub pairs: Vec<Edge>,
    /// Engagements looked at.
    pub looked_at: usize,
    /// There are earlier ones that were not looked at.
    pub more: bool,
}

/// Meetings, visits and calls that pass a filter; those that took place, where it names no status.
pub fn gather(ledger: &Ledger, filter: &Filter) -> Result<Graph, Problem> {
    let kind = filter.kind.clone().or_else(|| Some("CONSULT".into()));
    let f = Filter { kind, limit: Some(MOST + 1), ..filter.clone() };
    let mut g = Gathered::default();
    let mut n = 0;
    ledger.list(&f, &mut |e| {
        n += 1;
        if n <= MOST && (filter.status.is_some() || matches!(e.status, Status::Occurred | Status::Ongoing)) {
            g.add(&e);
        }
        true
    })?;
    Ok(g.graph(n.min(MOST), n > MOST))
}

#[derive(Default)]
struct Gathered {
    people: HashMap<String, (Named, usize)>,
    met: BTreeMap<(String, String), usize>,
    lands: HashMap<String, usize>,
    joined: BTreeMap<(String, String), usize>,
}

fn pairs(all: &BTreeSet<&str>, into: &mut BTreeMap<(String, String), usize>) {
    for (n, a) in all.iter().enumerate() {
        for b in all.iter().skip(n + 1) {
            *into.entry((a.to_string(), b.to_string())).or_default() += 1;
        }
    }
}

impl Gathered {
    fn add(&mut self, e: &Engagement) {
        let all = || e.actors.iter().chain(&e.recipients);
        let people: BTreeSet<&str> = all().map(|n| n.key.as_str()).filter(|k| kind_of(k) == "person").collect();
        if (2..=TABLE).contains(&people.len()) {
            for n in all().filter(|n| people.contains(n.key.as_str())) {
                self.people.entry(n.key.clone()).or_insert_with(|| (n.clone(), 0)).1 += 1;
            }
            pairs(&people, &mut self.met);
        }
        // whom a visit leads to a country, without a host that is named, meets that country
        let host = (e.class == "visit" && e.recipients.is_empty()).then(|| e.places.iter().find_map(|p| country_of(&p.key))).flatten();
        let lands: BTreeSet<&str> = all().filter_map(|n| country_of(&n.key)).chain(host).collect();
        if (2..=TABLE).contains(&lands.len()) {
            for l in &lands {
                *self.lands.entry(l.to_string()).or_default() += 1;
            }
            pairs(&lands, &mut self.joined);
        }
    }

    fn graph(self, looked_at: usize, more: bool) -> Graph {
        let mut people: Vec<(Named, usize)> = self.people.into_values().collect();
        people.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.key.cmp(&b.0.key)));
        people.truncate(PERSONS);
        // who met none of the others would stand alone
        let shown: BTreeSet<String> = people.iter().map(|p| p.0.key.clone()).collect();
        let joined: BTreeSet<&str> =
            self.met.keys().filter(|(a, b)| shown.contains(a) && shown.contains(b)).flat_map(|(a, b)| [a.as_str(), b.as_str()]).collect();
        people.retain(|p| joined.contains(p.0.key.as_str()));
        let mut lands: Vec<(String, usize)> = self.lands.into_iter().collect();
        lands.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        lands.truncate(COUNTRIES);
        let edges = |keys: &[&str], all: &BTreeMap<(String, String), usize>| {
            let at: HashMap<&str, usize> = keys.iter().enumerate().map(|(n, k)| (*k, n)).collect();
            let of = |((a, b), n): (&(String, String), &usize)| {
                let (a, b) = (*at.get(a.as_str())?, *at.get(b.as_str())?);
                Some(Edge { a: a.min(b), b: a.max(b), engagements: *n })
            };
            let mut out: Vec<Edge> = all.iter().filter_map(of).collect();
            out.sort_by(|x, y| y.engagements.cmp(&x.engagements).then((x.a, x.b).cmp(&(y.a, y.b))));
            out
        };
        let edges_of_people = edges(&people.iter().map(|p| p.0.key.as_str()).collect::<Vec<_>>(), &self.met);
        let pairs = edges(&lands.iter().map(|l| l.0.as_str()).collect::<Vec<_>>(), &self.joined);
        let node = |(n, engagements): (Named, usize)| Node {
            country: country_of(&n.key).map(String::from),
            key: n.key,
            name: n.name,
            engagements,
        };
        Graph {
            nodes: people.into_iter().map(node).collect(),
            edges: edges_of_people,
            countries: lands.into_iter().map(|l| l.0).collect(),
            pairs,
            looked_at,
            more,
        }
    }
}

impl Graph {
    /// Where to draw the nodes, by Fruchterman and Reingold: the same for the same graph, since it begins on a circle and not by chance.
    /// `labels` are the widths of the names below the nodes, for which room is made.
    pub fn places(&self, wide: f64, high: f64, labels: &[f64]) -> Vec<(f64, f64)> {
        const ROUNDS: usize = 400;
        let n = self.nodes.len();
        // those of one country begin side by side
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by_key(|&i| (&self.nodes[i].country, i));
        let mut at = vec![(0.0, 0.0); n];
        for (slot, &i) in order.iter().enumerate() {
            let angle = slot as f64 / n.max(1) as f64 * std::f64::consts::TAU;
            // not quite a circle, on which forces may cancel out
            let r = 1.0 + 0.05 * (slot % 5) as f64;
            at[i] = (r * angle.cos(), r * angle.sin());
        }
        let ideal = 1.6 / (n.max(1) as f64).sqrt();
        for round in 0..ROUNDS {
            let mut force = vec![(0.0, 0.0); n];
            for i in 0..n {
                for j in 0..i {
                    let (dx, dy) = (at[i].0 - at[j].0, at[i].1 - at[j].1);
                    let far = (dx * dx + dy * dy).max(1e-4);
                    let push = ideal * ideal / far;
                    force[i] = (force[i].0 + dx * push, force[i].1 + dy * push);
                    force[j] = (force[j].0 - dx * push, force[j].1 - dy * push);
                }
                // towards the middle, lest parts that nothing joins drift off
                force[i] = (force[i].0 - at[i].0 * 0.6, force[i].1 - at[i].1 * 0.6);
            }
            for e in &self.edges {
                let (dx, dy) = (at[e.a].0 - at[e.b].0, at[e.a].1 - at[e.b].1);
                let pull = (dx * dx + dy * dy).sqrt() / ideal * (0.6 + 0.2 * (e.engagements as f64).ln());
                force[e.a] = (force[e.a].0 - dx * pull, force[e.a].1 - dy * pull);
                force[e.b] = (force[e.b].0 + dx * pull, force[e.b].1 + dy * pull);
            }
            let most = 0.15 * (1.0 - round as f64 / ROUNDS as f64) + 0.002;
            for (p, f) in at.iter_mut().zip(force) {
                let far = (f.0 * f.0 + f.1 * f.1).sqrt().max(1e-9);
                let step = far.min(most);
                *p = (p.0 + f.0 / far * step, p.1 + f.1 / far * step);
            }
        }
        fit(&mut at, wide, high);
        part(&mut at, wide, high, labels);
        at
    }
}

const EDGE: (f64, f64) = (80.0, 34.0);

/// Stretches a drawing to a box.
fn fit(at: &mut [(f64, f64)], wide: f64, high: f64) {
    let range = |of: &dyn Fn(&(f64, f64)) -> f64| at.iter().map(of).fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)));
    let ((x0, x1), (y0, y1)) = (range(&|p| p.0), range(&|p| p.1));
    let scale = |v: f64, a: f64, b: f64, edge: f64, size: f64| {
        if b - a < 1e-6 { size / 2.0 } else { edge + (v - a) / (b - a) * (size - 2.0 * edge) }
    };
    for p in at {
        *p = (scale(p.0, x0, x1, EDGE.0, wide), scale(p.1, y0, y1, EDGE.1, high));
    }
}

/// Moves nodes apart until no name lies on another, as far as there is room.
fn part(at: &mut [(f64, f64)], wide: f64, high: f64, labels: &[f64]) {
    const ROW: f64 = 44.0;
    for _ in 0..300 {
        let mut moved = false;
        for i in 0..at.len() {
            for j in 0..i {
                let room = (labels.get(i).copied().unwrap_or(0.0) + labels.get(j).copied().unwrap_or(0.0)) / 2.0 + 8.0;
                let (dx, dy) = (at[i].0 - at[j].0, at[i].1 - at[j].1);
                let (over_x, over_y) = (room - dx.abs(), ROW - dy.abs());
                if over_x <= 0.0 || over_y <= 0.0 {
                    continue;
                }
                moved = true;
                // the shorter way out; of two at one height the later one goes down
                if over_y <= over_x {
                    let by = over_y / 2.0 * if dy >= 0.0 { 1.0 } else { -1.0 };
                    at[i].1 += by;
                    at[j].1 -= by;
                } else {
                    let by = over_x / 2.0 * if dx >= 0.0 { 1.0 } else { -1.0 };
                    at[i].0 += by;
                    at[j].0 -= by;
                }
            }
        }
        for (n, p) in at.iter_mut().enumerate() {
            let half = (labels.get(n).copied().unwrap_or(0.0) / 2.0 + 6.0).min(wide / 2.0);
            *p = (p.0.clamp(half, wide - half), p.1.clamp(20.0, high - 36.0));
        }
        if !moved {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_have_room_and_stay_where_they_are() {
        let node = |n: usize| Node { key: format!("P:{n}|IND"), name: n.to_string(), country: Some("IND".into()), engagements: 1 };
        let edges = (1..20).map(|b| Edge { a: b / 3, b, engagements: b }).collect();
        let g = Graph { nodes: (0..24).map(node).collect(), edges, ..Graph::default() };
        let labels = vec![90.0; 24];
        let at = g.places(860.0, 600.0, &labels);
        assert_eq!(at, g.places(860.0, 600.0, &labels));
        for (i, a) in at.iter().enumerate() {
            assert!((45.0..=815.0).contains(&a.0) && (0.0..=600.0).contains(&a.1), "{a:?}");
            for b in &at[..i] {
                assert!((a.0 - b.0).abs() > 90.0 || (a.1 - b.1).abs() > 36.0, "{a:?} {b:?}");
            }
        }
        assert!(Graph::default().places(860.0, 600.0, &[]).is_empty());
    }
}
