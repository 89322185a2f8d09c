//! Identities, families, curators, search, and a ledger in trouble.

mod common;

use common::{all, fresh, given, gold, said};
use mulaqat::record::{Document, Entity, EntityType, Event, EventType, Record, Role, SCHEMA, Status};
use mulaqat_ledger::{Filter, Ledger, Problem, day};
use rusqlite::Connection;
use std::time::Duration;

struct Person(&'static str, &'static str, &'static str);

/// A meeting of two persons, told by one report.
fn meeting(doc: &str, published: &str, a: &Person, b: &Person, text: &str) -> Record {
    let entity = |id: &str, p: &Person| Entity {
        id: id.into(),
        kind: EntityType::Person,
        name: p.0.into(),
        aliases: vec![],
        country: Some(p.1.into()),
        roles: if p.2.is_empty() { vec![] } else { vec![Role { title: p.2.into(), of: Some(p.1.into()) }] },
        mentions: vec![],
    };
    let event = Event {
        id: "v1".into(),
        kind: EventType::Consult,
        modes: vec![],
        status: Status::Occurred,
        actors: vec!["e1".into(), "e2".into()],
        recipients: vec![],
        date: Some(published.into()),
        places: vec![],
        contexts: vec![],
        sources: vec![],
        evidence: vec![],
    };
    let document =
        Document { id: doc.into(), published: Some(published.into()), language: "hi".into(), text: text.into(), ..Document::default() };
    Record {
        schema: SCHEMA.into(),
        document,
        entities: vec![entity("e1", a), entity("e2", b)],
        times: vec![],
        events: vec![event],
        statements: vec![],
    }
}

const MINISTER: Person = Person("अरविंद टंडन", "IND", "मंत्री");
const GUEST: Person = Person("मार्को बेलिनी", "ITA", "मंत्री");

#[test]
fn one_person_across_spellings_scripts_and_lengths() {
    let (_d, mut l) = fresh();
    let xi = |name| Person(name, "CHN", "राष्ट्रपति");
    let zelensky = |name| Person(name, "UKR", "राष्ट्रपति");
    let docs: Vec<Record> =
        [("ज़ेलेंस्की", "शी जिनपिंग"), ("जेलेंस्की", "शी चिनफिंग"), ("वोलोदिमीर ज़ेलेन्स्की", "Xi Jinping"), ("Volodymyr Zelenskyy", "चिनफिंग")]
            .iter()
            .enumerate()
            .map(|(n, (z, x))| meeting(&format!("d{n}"), "2025-03-10", &zelensky(z), &xi(x), "मुलाकात"))
            .collect();
    l.add(&given(&docs)).unwrap();
    assert_eq!(l.entities(None, Some("person"), None, 10).unwrap().len(), 2);
    assert_eq!(all(&l, Filter::default()).len(), 1);
    for name in ["ज़ेलेंस्की", "zelensky", "Zelenskyy"] {
        assert_eq!(all(&l, Filter { person: Some(name.into()), ..Filter::default() }).len(), 1, "{name}");
    }
}

#[test]
fn a_bare_title_is_its_holder_of_the_day() {
    let (_d, mut l) = fresh();
    let docs = [
        ("a", "2024-05-02", "अमेरिकी विदेश मंत्री"),
        ("b", "2025-03-02", "अमेरिका के विदेश मंत्री"),
        ("c", "2025-03-02", "विदेश मंत्री"),
        ("d", "1950-03-02", "विदेश मंत्री"),
        ("e", "2025-03-02", "नाम विदेश मंत्री"),
    ]
    .map(|(doc, day, name)| meeting(doc, day, &Person(name, "USA", ""), &MINISTER, "मुलाकात"));
    l.add(&given(&docs)).unwrap();
    let docs = |name: &str| l.entities(Some(name), None, None, 10).unwrap().first().map_or(0, |i| i.documents);
    assert_eq!([docs("ब्लिंकन"), docs("रुबियो")], [1, 2]);
    // nobody known, or no title alone: as it stands
    assert_eq!(l.entities(None, Some("person"), None, 10).unwrap().len(), 5);
}

#[test]
fn unlisted_names_of_different_length_are_one_unless_country_or_office_say_no() {
    let (_d, mut l) = fresh();
    let docs = [
        meeting("a", "2025-03-10", &MINISTER, &GUEST, "मुलाकात"),
        meeting("b", "2025-03-10", &Person("टंडन", "IND", ""), &Person("बेलीनी", "ITA", "मंत्री"), "मुलाकात"),
        // another office
        meeting("c", "2025-03-10", &Person("अरविंद टंडन", "IND", "सेना प्रमुख"), &GUEST, "मुलाकात"),
        // another country
        meeting("d", "2025-03-10", &MINISTER, &Person("मार्को बेलिनी", "CHE", "मंत्री"), "मुलाकात"),
    ];
    l.add(&given(&docs)).unwrap();
    let groups: Vec<usize> = all(&l, Filter::default()).iter().map(|e| e.documents).collect();
    assert_eq!(groups.iter().sum::<usize>(), 4);
    assert_eq!(groups.len(), 3, "{groups:?}");
}

#[test]
fn curators_decide_and_are_remembered() {
    let (_d, mut l) = fresh();
    let docs = [
        meeting("a", "2025-03-10", &MINISTER, &GUEST, "मुलाकात"),
        meeting("b", "2025-03-10", &Person("ए. के. टंडनवाला", "IND", "मंत्री"), &GUEST, "मुलाकात"),
    ];
    l.add(&given(&docs)).unwrap();
    assert_eq!(all(&l, Filter::default()).len(), 2);
    l.merge("टंडनवाला", "अरविंद टंडन").unwrap();
    assert_eq!(all(&l, Filter::default()).len(), 1);
    l.rename("अरविंद टंडन", "अरविंद के. टंडन").unwrap();
    let merged = said(&l);
    assert!(merged[0].contains("अरविंद के. टंडन") || l.entity("अरविंद के. टंडन").is_ok());
    l.rebuild(&mut |d| Record { document: d.clone(), ..docs[0].clone() }, &mut |_| {}).unwrap();
    assert_eq!(all(&l, Filter::default()).len(), 1);
    // a later report meets the decision too
    l.add(&given(&[meeting("c", "2025-03-10", &Person("ए के टंडनवाला", "IND", "मंत्री"), &GUEST, "भेंट")])).unwrap();
    assert_eq!(all(&l, Filter::default()).len(), 1);
    // split what was one name
    let before = l.entities(None, Some("person"), None, 10).unwrap().len();
    l.split("मार्को बेलिनी", "मार्को बेलिनी").unwrap();
    assert_eq!(l.entities(None, Some("person"), None, 10).unwrap().len(), before);
    assert!(l.entity("कोई नहीं").is_err());
}

#[test]
fn reprints_count_once() {
    let copy =
        "भारत के मंत्री अरविंद टंडन ने सोमवार को इटली के मंत्री मार्को बेलिनी से मुलाकात की और दोनों ने व्यापार बढ़ाने तथा निवेश के नए रास्ते खोलने पर चर्चा की";
    let other = "रोम में हुई एक बैठक में दो मंत्रियों ने कारोबार की बात की जिसके बाद साझा बयान जारी हुआ और अगले साल फिर मिलने पर सहमति बनी";
    let (_d, mut l) = fresh();
    let docs = [
        meeting("a", "2025-03-10", &MINISTER, &GUEST, copy),
        meeting("b", "2025-03-10", &MINISTER, &GUEST, &format!("नई दिल्ली, 10 मार्च (भाषा) {copy}")),
        meeting("c", "2025-03-10", &MINISTER, &GUEST, other),
    ];
    l.add(&given(&docs)).unwrap();
    let e = &all(&l, Filter::default())[0];
    assert_eq!((e.documents, e.families), (3, 2));
}

#[test]
fn search_in_devanagari_and_latin() {
    let (_d, mut l) = fresh();
    l.add(&given(&gold())).unwrap();
    let n = |q: &str| l.search(q, None, 1000).unwrap().len();
    assert!(n("जयशंकर") > 3);
    assert_eq!(n("jaishankar"), n("जयशंकर"));
    assert_eq!(n("मुलाक़ात"), n("मुलाकात"));
    // what holds the word, and nothing that holds its consonants
    let truly = |w: &str| {
        gold()
            .iter()
            .filter(|r| {
                mulaqat::lookup::words(&format!("{} {}", r.document.title.as_deref().unwrap_or(""), r.document.text)).any(|x| x == w)
            })
            .count()
    };
    assert_eq!(n("मुलाकात"), truly("मुलाकात"));
    assert_eq!(n("सीमा"), truly("सीमा"));
    for q in ["zelensky", "modi", "macron", "modi macron"] {
        assert!(n(q) > 0, "{q}");
    }
    assert_eq!(n("\" OR ( NEAR *"), 0);
    let early = l.search("जयशंकर", day::parse("2025-07-04"), 1000).unwrap();
    assert!(early.iter().all(|h| h.published.as_deref() <= Some("2025-07-04")) && early.len() < n("जयशंकर"));
    assert!(l.search("जयशंकर", None, 5).unwrap()[0].snippet.contains("जयशंकर"));
}

#[test]
fn listings_filter() {
    let (_d, mut l) = fresh();
    l.add(&given(&gold())).unwrap();
    let f = Filter::default;
    let n = |f: Filter| all(&l, f).len();
    let everything = n(f());
    assert!(everything > 300);
    for (some, what) in [
        (Filter { country: Some("IND".into()), ..f() }, "country"),
        (Filter { country: Some("भारत".into()), kind: Some("visit".into()), ..f() }, "country and class"),
        (Filter { kind: Some("CONSULT".into()), status: Some(Status::Scheduled), ..f() }, "type and status"),
        (Filter { place: Some("जेद्दा".into()), ..f() }, "place"),
        (Filter { context: Some("military".into()), ..f() }, "context"),
        (Filter { text: Some("ceasefire युद्धविराम".into()), ..f() }, "nothing"),
        (Filter { text: Some("जयशंकर".into()), person: Some("Wang Yi".into()), ..f() }, "text and person"),
        (Filter { from: day::parse("2025-07-01"), to: day::parse("2025-07-31"), ..f() }, "dates"),
    ] {
        let found = n(some);
        assert!(found < everything && (found > 0) != (what == "nothing"), "{what}: {found}");
    }
    assert_eq!(n(Filter { country: Some("IND".into()), ..f() }), n(Filter { country: Some("India".into()), ..f() }));
    let mut coming = vec![];
    l.upcoming(day::parse("2025-07-11").unwrap(), &Filter::default(), &mut |e| {
        coming.push(e);
        true
    })
    .unwrap();
    assert!(coming.iter().any(|e| e.actors.iter().any(|a| a.name.contains("जयशंकर"))));
    assert!(coming.iter().all(|e| matches!(e.status, Status::Scheduled | Status::Tentative | Status::Postponed)));
    let mut changes = vec![];
    l.changes(day::parse("2025-03-11").unwrap(), &Filter { as_of: day::parse("2025-03-11"), ..Filter::default() }, &mut |c| {
        changes.push(c);
        true
    })
    .unwrap();
    assert!(changes.iter().any(|c| c.before.as_ref().is_some_and(|b| b.status == Status::Postponed) && c.now.status == Status::Occurred));
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("full.db");
    let mut l = Ledger::open(&path).unwrap();
    l.limit_pages(300).unwrap();
    let mut kept = vec![];
    let mut problem = None;
    for r in gold() {
        match l.add(&given(std::slice::from_ref(&r))) {
            Ok(_) => kept.push(r.document.id),
            Err(e) => {
                problem = Some(e);
                break;
            }
        }
    }
    let problem = problem.expect("the limit is reached");
    assert!(matches!(problem.problem, Problem::Full), "{problem:?}");
    assert!(problem.to_string().contains("free some disk space"));
    drop(l);
    let mut l = Ledger::open(&path).unwrap();
    assert!(l.integrity().unwrap().is_empty());
    let ids: Vec<String> = l.contents().unwrap().into_iter().map(|c| c.0).collect();
    kept.sort();
    assert_eq!(ids, kept);
    // with room again, the rest goes in, and the ledger is as if nothing had been
    l.add(&given(&gold())).unwrap();
    let (_d, mut calm) = fresh();
    calm.add(&given(&gold())).unwrap();
    assert_eq!(said(&l), said(&calm));
}

#[test]
fn a_locked_ledger_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("locked.db");
    let mut l = Ledger::open(&path).unwrap();
    l.wait(Duration::from_millis(50)).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let e = l.add(&given(&gold()[..2])).unwrap_err();
    assert!(matches!(e.problem, Problem::Locked), "{e:?}");
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(l.add(&given(&gold()[..2])).unwrap().len(), 2);
}

#[test]
fn files_that_are_no_ledgers_are_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let text = dir.path().join("notes.txt");
    std::fs::write(&text, "कुछ लिखा है ".repeat(200)).unwrap();
    let e = Ledger::open(&text).unwrap_err();
    assert!(matches!(e.problem, Problem::Corrupt(_)), "{e:?}");
    assert_eq!(std::fs::read_to_string(&text).unwrap(), "कुछ लिखा है ".repeat(200));

    let foreign = dir.path().join("other.db");
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(Ledger::open(&foreign).unwrap_err().problem, Problem::Foreign));

    let newer = dir.path().join("newer.db");
    drop(Ledger::open(&newer).unwrap());
    Connection::open(&newer).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    assert!(matches!(Ledger::open(&newer).unwrap_err().problem, Problem::Newer { .. }));

    let damaged = dir.path().join("damaged.db");
    {
        let mut l = Ledger::open(&damaged).unwrap();
        l.add(&given(&gold())).unwrap();
    }
    let mut bytes = std::fs::read(&damaged).unwrap();
    bytes[4096..].iter_mut().for_each(|b| *b = 0x5a);
    std::fs::write(&damaged, &bytes).unwrap();
    let e = Ledger::open(&damaged).and_then(|mut l| l.add(&given(&gold()[..3]))).unwrap_err();
    assert!(matches!(e.problem, Problem::Corrupt(_)), "{e:?}");
    assert!(Ledger::open_existing(&dir.path().join("none.db")).is_err());
}
