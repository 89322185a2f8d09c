//! A made-up world that makes news: happenings between real offices and places, and the reports of them, day by day.
//!
//! Distributions are those of such news: a few pairs of countries fill the pages (Zipf), most happenings get a report or two and some get
//! dozens, half the reports are reprints of an agency's copy, and what is planned is reported before and after.

use mulaqat::lookup::{Kind, Listed, Lists};
use mulaqat::record::{Document, Entity, EntityType, Event, EventType, Record, Role, SCHEMA, Span, Status};
use std::collections::BTreeMap;

/// SplitMix64: the same world on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }

    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    fn unit(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Rank of a Zipf-like draw from `n` things: the first is drawn about `n` / ln `n` times as often as the middle one.
    fn zipf(&mut self, n: usize) -> usize {
        ((n as f64).powf(self.unit()) as usize).clamp(1, n) - 1
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

struct Land {
    code: String,
    name: String,
    people: Vec<Listed>,
    cities: Vec<String>,
}

/// Who, where and what; shared by all reports of it.
#[derive(Clone)]
struct Happening {
    kind: EventType,
    mode: Option<&'static str>,
    sides: [(usize, Option<usize>); 2],
    city: Option<(usize, usize)>,
    day: i32,
    context: &'static str,
    /// Sentences of the agency's copy.
    copy: Vec<usize>,
}

struct Report {
    happening: Happening,
    status: Status,
    reprint: bool,
}

pub struct World {
    dice: Dice,
    lands: Vec<Land>,
    sentences: Vec<String>,
    outlets: Vec<String>,
    day: i32,
    per_day: usize,
    due: BTreeMap<i32, Vec<Report>>,
    today: Vec<Report>,
    made: usize,
}

const FIRST_DAY: i32 = 16_436; // 2015-01-01
const CONTEXTS: [&str; 8] =
    ["diplomatic", "economic", "military", "territory", "natural_resource", "technology", "terrorism", "human_rights"];

impl World {
    /// `sentences` fill the articles; `per_day` reports appear a day.
    pub fn new(seed: u64, sentences: Vec<String>, per_day: usize) -> World {
        let lists = Lists::hindi();
        let of = |kind: Kind, code: &str| {
            lists.entries.iter().filter(|e| e.kind == kind && e.country.as_deref() == Some(code)).cloned().collect::<Vec<_>>()
        };
        let mut lands: Vec<Land> = lists
            .entries
            .iter()
            .filter(|e| e.kind == Kind::Country)
            .filter_map(|c| {
                let code = c.country.clone()?;
                let cities = of(Kind::Place, &code).into_iter().filter(|p| p.sort == "city").map(|p| p.name).collect();
                Some(Land { people: of(Kind::Person, &code), name: c.name.clone(), cities, code })
            })
            .collect();
        // the countries with most office-holders in the lists are those most written about
        lands.sort_by(|a, b| b.people.len().cmp(&a.people.len()).then(a.code.cmp(&b.code)));
        let outlets =
            lists.entries.iter().filter(|e| e.kind == Kind::Body && e.sort == "outlet").map(|e| e.name.clone()).take(60).collect();
        World { dice: Dice::new(seed), lands, sentences, outlets, day: FIRST_DAY, per_day, due: BTreeMap::new(), today: vec![], made: 0 }
    }

    fn happening(&mut self) -> Happening {
        let d = &mut self.dice;
        let a = d.zipf(self.lands.len());
        let mut b = d.zipf(self.lands.len());
        while b == a {
            b = d.below(self.lands.len());
        }
        let person = |d: &mut Dice, land: &Land, p: f64| (!land.people.is_empty() && d.chance(p)).then(|| d.zipf(land.people.len()));
        let (kind, mode, named) = match d.below(100) {
            0..=29 => (EventType::Consult, None, 0.8),
            30..=44 => (EventType::Consult, Some("visit"), 0.9),
            45..=50 => (EventType::Consult, Some("phone"), 0.95),
            51..=60 => (EventType::Agree, None, 0.3),
            61..=70 => (EventType::Support, None, 0.4),
            71..=78 => (EventType::Accuse, None, 0.4),
            79..=84 => (EventType::Request, None, 0.5),
            85..=89 => (EventType::Assault, None, 0.0),
            90..=93 => (EventType::Aid, None, 0.1),
            94..=96 => (EventType::Sanction, None, 0.1),
            _ => (EventType::Cooperate, None, 0.0),
        };
        let sides =
            [(a, person(d, &self.lands[a], named)), (b, person(d, &self.lands[b], if mode == Some("visit") { 0.0 } else { named }))];
        let land = if mode == Some("visit") || d.chance(0.6) { b } else { a };
        let city = (mode != Some("phone") && !self.lands[land].cities.is_empty() && d.chance(0.7))
            .then(|| (land, d.zipf(self.lands[land].cities.len())));
        let copy = (0..8 + d.below(8)).map(|_| d.below(self.sentences.len())).collect();
        Happening { kind, mode, sides, city, day: 0, context: CONTEXTS[d.zipf(CONTEXTS.len())], copy }
    }

    /// What begins to be reported on a day: some of it only to come.
    fn begin(&mut self) {
        // mean of the number of reports below is about three
        for _ in 0..self.per_day / 3 + 1 {
            let mut h = self.happening();
            let planned = h.kind == EventType::Consult && self.dice.chance(0.35);
            let lead = if planned { 1 + self.dice.below(25) as i32 } else { 0 };
            h.day = self.day + lead - i32::from(!planned && self.dice.chance(0.5));
            let reports = 1 + (1.0 / (1.0 - self.dice.unit()).max(0.01)).powf(0.9) as usize - 1;
            for n in 0..reports.min(60) {
                let before = planned && (n == 0 || self.dice.chance(0.4));
                let (on, status) = if before {
                    let on = self.day + self.dice.below(lead as usize) as i32;
                    (if n == 0 { self.day } else { on }, if h.day - on > 7 { Status::Tentative } else { Status::Scheduled })
                } else {
                    (h.day.max(self.day) + self.dice.zipf(5) as i32, Status::Occurred)
                };
                let report = Report { happening: h.clone(), status, reprint: self.dice.chance(0.5) };
                self.due.entry(on).or_default().push(report);
            }
        }
    }

    /// The next document's record, in the order of publication.
    pub fn next(&mut self) -> Record {
        while self.today.is_empty() {
            self.day += 1;
            self.begin();
            self.today = self.due.remove(&self.day).unwrap_or_default();
        }
        let Some(report) = self.today.pop() else { unreachable!("a day without reports is passed over") };
        self.write(&report)
    }

    fn write(&mut self, r: &Report) -> Record {
        let h = &r.happening;
        let d = &mut self.dice;
        self.made += 1;
        let mut entities: Vec<Entity> = vec![];
        let mut add = |kind: EntityType, name: String, code: &str, roles: Vec<Role>| {
            let id = format!("e{}", entities.len() + 1);
            let mentions = vec![Span { text: name.clone(), start: None, end: None }];
            entities.push(Entity { id: id.clone(), kind, name, aliases: vec![], country: Some(code.into()), roles, mentions });
            id
        };
        let mut ids = vec![];
        let mut shown = vec![];
        for (land, person) in h.sides {
            let land = &self.lands[land];
            match person {
                Some(p) => {
                    let p = &land.people[p];
                    // outlets spell as they like, in Devanagari
                    let names: Vec<&String> = p.names[..p.full].iter().filter(|n| !n.is_ascii()).collect();
                    let name = if names.is_empty() { p.name.clone() } else { (*d.pick(&names)).clone() };
                    let roles = p.offices.first().map(|o| Role { title: o.title.clone(), of: o.of.clone() }).into_iter().collect();
                    ids.push(add(EntityType::Person, name.clone(), &land.code, roles));
                    shown.push(name);
                }
                None => {
                    ids.push(add(EntityType::Country, land.name.clone(), &land.code, vec![]));
                    shown.push(land.name.clone());
                }
            }
        }
        let place = h.city.filter(|_| d.chance(0.8)).map(|(land, city)| (land, self.lands[land].cities[city].clone()));
        let places: Vec<String> =
            place.iter().map(|(land, city)| add(EntityType::Place, city.clone(), &self.lands[*land].code, vec![])).collect();
        let date = mulaqat_ledger::day::show(h.day);
        let outlet = d.pick(&self.outlets).clone();
        let lead = format!("{} {} {} {date}", shown[0], shown[1], place.map_or(String::new(), |p| p.1));
        let body: Vec<usize> = if r.reprint {
            // an agency's copy, with its end cut off by some
            h.copy[..h.copy.len() - d.below(3)].to_vec()
        } else {
            (0..8 + d.below(8)).map(|_| d.below(self.sentences.len())).collect()
        };
        let text = format!("{outlet} {lead}। {}", body.iter().map(|&s| self.sentences[s].as_str()).collect::<Vec<_>>().join(" "));
        let directed = h.mode == Some("visit") || h.kind != EventType::Consult;
        let (actors, recipients) = if directed { (vec![ids[0].clone()], vec![ids[1].clone()]) } else { (ids.clone(), vec![]) };
        let event = Event {
            id: "v1".into(),
            kind: h.kind,
            modes: h.mode.map(String::from).into_iter().collect(),
            status: r.status,
            actors,
            recipients,
            date: (!d.chance(0.1)).then(|| if r.status == Status::Tentative { date[..7].to_string() } else { date.clone() }),
            places,
            contexts: vec![h.context.into()],
            sources: vec![],
            evidence: vec![Span { text: lead, start: None, end: None }],
        };
        let document = Document {
            id: format!("w{}", self.made),
            url: Some(format!("https://example.org/{}", self.made)),
            title: Some(format!("{} {}", shown[0], shown[1])),
            publisher: Some(outlet),
            published: Some(mulaqat_ledger::day::show(self.day)),
            language: "hi".into(),
            text,
        };
        Record { schema: SCHEMA.into(), document, entities, times: vec![], events: vec![event], statements: vec![] }
    }
}
