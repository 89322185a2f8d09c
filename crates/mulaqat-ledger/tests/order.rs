//! The ledger is a function of the set of documents: not of their order, their batches, or what stood in it before.

mod common;

use common::{all, fresh, given, gold, said};
use mulaqat::record::{Document, Entity, EntityType, Event, EventType, Record, Role, SCHEMA, Span, Status};
use mulaqat_ledger::{Added, Filter, Input};
use proptest::prelude::*;

const PEOPLE: [(&str, &str); 6] =
    [("नरेंद्र मोदी", "IND"), ("एस. जयशंकर", "IND"), ("व्लादिमीर पुतिन", "RUS"), ("सर्गेई लावरोव", "RUS"), ("अरविंद टंडन", "IND"), ("टंडन", "IND")];
const CITIES: [(&str, &str); 3] = [("नई दिल्ली", "IND"), ("मॉस्को", "RUS"), ("जयपुर", "IND")];
const STATUS: [Status; 5] = [Status::Occurred, Status::Scheduled, Status::Tentative, Status::Postponed, Status::Denied];

/// A few bits each: actor, other, mode, status, day, day of the report, city.
type Said = (usize, usize, usize, usize, u8, u8, usize);

fn record(n: usize, events: &[Said], text: &str) -> Record {
    let mut entities = vec![];
    let mut push = |kind, (name, country): (&str, &str)| {
        let id = format!("e{}", entities.len() + 1);
        let roles = vec![Role { title: "मंत्री".into(), of: Some(country.into()) }];
        entities.push(Entity {
            id: id.clone(),
            kind,
            name: name.into(),
            aliases: vec![],
            country: Some(country.into()),
            roles,
            mentions: vec![],
        });
        id
    };
    let mut out = vec![];
    for (k, &(a, b, mode, status, day, _, city)) in events.iter().enumerate() {
        let (a, b) = (push(EntityType::Person, PEOPLE[a]), push(EntityType::Person, PEOPLE[b]));
        let places = CITIES.get(city).map(|&c| push(EntityType::Place, c)).into_iter().collect();
        let visit = mode == 1;
        out.push(Event {
            id: format!("v{}", k + 1),
            kind: EventType::Consult,
            modes: if visit { vec!["visit".into()] } else { vec![] },
            status: STATUS[status],
            actors: if visit { vec![a.clone()] } else { vec![a, b.clone()] },
            recipients: if visit { vec![b] } else { vec![] },
            date: (day > 0).then(|| format!("2025-07-{day:02}")),
            places,
            contexts: vec![],
            sources: vec![],
            evidence: vec![Span { text: text.split(' ').next().unwrap_or("").into(), start: None, end: None }],
        });
    }
    let published = events.first().map(|e| format!("2025-07-{:02}", e.5));
    let document = Document { id: format!("d{n}"), published, language: "hi".into(), text: text.into(), ..Document::default() };
    Record { schema: SCHEMA.into(), document, entities, times: vec![], events: out, statements: vec![] }
}

fn one() -> impl Strategy<Value = Said> {
    (0..6usize, 0..6usize, 0..2usize, 0..5usize, 0..31u8, 1..31u8, 0..4usize)
}

/// Documents whose texts are now and then reprints of each other.
fn documents() -> impl Strategy<Value = Vec<Record>> {
    let text = prop::sample::select(vec![
        "भारत और रूस के नेताओं ने सोमवार को मॉस्को में मुलाकात की और व्यापार तथा ऊर्जा पर लंबी चर्चा की",
        "भारत और रूस के नेताओं ने सोमवार को मॉस्को में मुलाकात की और व्यापार तथा ऊर्जा पर लंबी चर्चा की ऐसा मंत्रालय ने कहा",
        "मंत्री ने कहा कि दोनों देशों के बीच सीधी उड़ानें अगले महीने से फिर शुरू हो जाएंगी और वीजा नियम भी आसान होंगे",
        "छोटा समाचार",
    ]);
    prop::collection::vec((prop::collection::vec(one(), 1..4), text), 1..14)
        .prop_map(|all| all.iter().enumerate().map(|(n, (events, text))| record(n, events, text)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn order_and_batches_do_not_matter(docs in documents(), seed in any::<u64>(), batch in 1..6usize) {
        let (_a, mut together) = fresh();
        together.add(&given(&docs)).unwrap();
        let mut mixed = docs.clone();
        let mut x = seed;
        for n in (1..mixed.len()).rev() {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            mixed.swap(n, (x >> 33) as usize % (n + 1));
        }
        let (_b, mut piecewise) = fresh();
        for part in mixed.chunks(batch) {
            piecewise.add(&given(part)).unwrap();
        }
        prop_assert_eq!(said(&together), said(&piecewise));
        // again: nothing changes
        let states = piecewise.add(&given(&docs)).unwrap();
        prop_assert!(states.iter().all(|s| *s == Added::Duplicate));
        prop_assert_eq!(said(&together), said(&piecewise));
        // and anew
        piecewise.rebuild(&mut |d| record(0, &[], &d.text), &mut |_| {}).unwrap();
        prop_assert_eq!(said(&together), said(&piecewise));
        prop_assert!(piecewise.integrity().unwrap().is_empty());
    }

    #[test]
    fn what_was_replaced_leaves_no_trace(docs in documents(), old in documents()) {
        let (_a, mut clean) = fresh();
        clean.add(&given(&docs)).unwrap();
        let (_b, mut changed) = fresh();
        let mut before: Vec<Record> = old.into_iter().take(docs.len()).collect();
        // a version that was published later would be the newer one
        before.iter_mut().for_each(|r| r.document.published = Some("2025-06-01".into()));
        changed.add(&given(&before)).unwrap();
        changed.add(&given(&docs)).unwrap();
        prop_assert_eq!(said(&clean), said(&changed));
    }

    #[test]
    fn what_was_known_then_is_what_a_ledger_of_then_says(docs in documents(), day in 1..31i32) {
        let then = mulaqat_ledger::day::parse("2025-07-01").unwrap() + day - 1;
        let (_a, mut full) = fresh();
        full.add(&given(&docs)).unwrap();
        let early: Vec<Record> = docs.into_iter().filter(|d| d.document.published.as_deref().and_then(mulaqat_ledger::day::parse).is_some_and(|d| d <= then)).collect();
        let (_b, mut short) = fresh();
        short.add(&given(&early)).unwrap();
        let strip = |l: &mulaqat_ledger::Ledger, f: Filter| {
            let mut all: Vec<_> = all(l, f);
            // families are those of the whole ledger: a reprint betrays itself later too
            all.iter_mut().for_each(|e| { e.families = 0; e.conflicts.clear(); e.actors.sort_by(|a, b| a.key.cmp(&b.key)); e.places.sort_by(|a, b| a.key.cmp(&b.key)); e.recipients.sort_by(|a, b| a.key.cmp(&b.key)); });
            let mut out: Vec<String> = all.iter().map(|e| format!("{} {:?}", e.id, e.members)).collect();
            out.sort();
            out
        };
        prop_assert_eq!(strip(&full, Filter { as_of: Some(then), ..Filter::default() }), strip(&short, Filter::default()));
    }
}

#[test]
fn the_corpus_in_any_order() {
    let docs = gold();
    let (_a, mut forward) = fresh();
    for part in docs.chunks(7) {
        forward.add(&given(part)).unwrap();
    }
    let mut back = docs;
    back.reverse();
    let (_b, mut backward) = fresh();
    backward.add(&given(&back)).unwrap();
    assert_eq!(said(&forward), said(&backward));
}

#[test]
fn the_engines_records_are_read_again_and_given_ones_kept() {
    let engine = mulaqat::Engine::new().unwrap();
    let docs = gold();
    let (_a, mut ledger) = fresh();
    let inputs: Vec<Input> =
        docs.iter().take(6).map(|g| Input { record: engine.read(&g.document), given: false }).chain(given(&docs[6..9])).collect();
    ledger.add(&inputs).unwrap();
    let before = said(&ledger);
    let mut read = 0;
    ledger
        .rebuild(
            &mut |d| {
                read += 1;
                engine.read(d)
            },
            &mut |_| {},
        )
        .unwrap();
    assert_eq!((read, said(&ledger)), (6, before));
}
