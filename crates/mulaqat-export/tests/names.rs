//! Whatever a name, title or quotation holds, it is read back as it was.

mod common;

use mulaqat::record::Status;
use mulaqat_export::{Claim, Format, Named, Row, Source, write};
use mulaqat_ledger::{Conflict, Evidence, Step, Value};
use proptest::prelude::*;
use std::fs;

/// Texts as bad as they come: quotes, ends of lines, formulas, markup, bidirectional marks, other planes, very long ones.
fn text() -> impl Strategy<Value = String> {
    let bad = prop::sample::select(vec![
        "=1+1",
        "+1",
        "-1",
        "@x",
        "'",
        "''=",
        "\"",
        "\"\"",
        ",",
        ";",
        "; ",
        "\\",
        "\\;",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "<b>&amp;</b>",
        "]]>",
        "\u{202e}",
        "\u{200f}",
        "\u{2066}",
        "\u{feff}",
        "\u{2028}",
        "\u{85}",
        "\u{1}",
        "\u{7f}",
        "\u{fffe}",
        "🤝",
        "ज़",
        "क्ष",
        "…",
        "http://a b",
        "%20",
        "{}",
        "|",
        "#",
        ":",
        "/",
        "null",
        "NaN",
        "TRUE",
        "1e5",
        "＝1",
    ]);
    let piece = prop_oneof![4 => bad.prop_map(String::from), 3 => "[क-हा-ौ् ]{1,12}", 2 => "[ -~]{0,8}", 1 => "\\PC{0,6}"];
    let few = prop::collection::vec(piece, 0..5).prop_map(|p| p.concat());
    let many = few.clone().prop_map(|s| s.repeat(400).chars().take(5000).collect());
    // no program that hands texts on as C does can hold the character NUL
    prop_oneof![30 => few, 1 => many].prop_map(|s: String| s.replace('\0', ""))
}

fn word() -> impl Strategy<Value = String> {
    text().prop_map(|t| format!("x{t}"))
}

fn named(kind: &'static str) -> impl Strategy<Value = Named> {
    (word(), text(), text(), prop::option::of("[A-Z]{3}")).prop_map(move |(key, name, latin, country)| {
        // one key, one name: as in a ledger
        let (name, latin) = (format!("{key} {name}"), format!("{key} {latin}"));
        Named { key: format!("{kind} {key} {name}{latin}{country:?}"), name, latin, kind, country }
    })
}

fn claim(n: usize) -> impl Strategy<Value = Claim> {
    let source = prop::option::of((text(), text())).prop_map(|name| Source {
        kind: "person".into(),
        name: name.clone().map(|n| n.0),
        latin: name.map(|n| n.1),
    });
    let evidence = (text(), text(), text(), 0..9999usize).prop_map(|(before, words, after, start)| Evidence {
        end: start + words.chars().count(),
        before,
        words,
        after,
        start,
    });
    (word(), prop::option::of(text()), prop::option::of(text()), prop::collection::vec(source, 0..2), prop::collection::vec(evidence, 0..3))
        .prop_map(move |(doc, publisher, title, sources, evidence)| Claim {
            doc: format!("{n} {doc}"),
            event: format!("v{n}"),
            publisher,
            published: Some("2025-03-0".to_string() + &(1 + n % 9).to_string()),
            title,
            url: None,
            family: format!("{n:016x}"),
            status: Status::Occurred,
            modes: vec![],
            date: None,
            actors: vec![],
            recipients: vec![],
            places: vec![],
            offices: vec![],
            sources,
            evidence,
        })
}

fn row(n: usize) -> impl Strategy<Value = Row> {
    let kind = prop::sample::select(vec!["CONSULT", "AGREE", "SANCTION", "ASSAULT"]);
    let status = prop::sample::select(vec![Status::Occurred, Status::Tentative, Status::Scheduled, Status::Cancelled]);
    let date = prop::sample::select(vec![None, Some("2025-03-05"), Some("2025-03-05~"), Some("2025-03-05/2025-03-06")]);
    let conflict = prop::collection::vec((text(), 1..5usize), 0..2).prop_map(|v| {
        let values = v.into_iter().map(|(value, families)| Value { value, families, docs: vec![] }).collect();
        vec![Conflict { field: "place".into(), values }]
    });
    let others = (
        prop::collection::vec(named("person"), 1..3),
        prop::collection::vec(named("country"), 0..2),
        prop::collection::vec(named("place"), 0..2),
    );
    (kind, status, date, others, claim(n), conflict).prop_map(
        move |(kind, status, date, (actors, recipients, places), claim, conflicts)| {
            let day = |last: bool| date.map(|d| if last && d.contains('/') { "2025-03-06" } else { "2025-03-05" }.to_string());
            Row {
                id: format!("{n:016x}"),
                kind: kind.into(),
                class: kind.to_lowercase(),
                status,
                modes: vec![],
                date: date.map(String::from),
                earliest: day(false),
                latest: day(true),
                countries: vec![],
                contexts: vec!["economic".into()],
                sources: claim.sources.clone(),
                documents: 1,
                families: 1,
                history: vec![Step { as_of: claim.published.clone(), status, date: date.map(String::from), docs: vec![claim.doc.clone()] }],
                conflicts,
                actors,
                recipients,
                places,
                claims: vec![claim],
            }
        },
    )
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    (0..60usize).map(row).collect::<Vec<_>>()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 8, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_name_survives(rows in rows()) {
        let dir = tempfile::tempdir().unwrap();
        for format in Format::ALL {
            let mut out = vec![];
            write(&rows, format, false, &mut out).unwrap();
            fs::write(dir.path().join(format!("export.{}", format.name())), out).unwrap();
        }
        let mut out = vec![];
        write(&rows, Format::Csv, true, &mut out).unwrap();
        fs::write(dir.path().join("export.bom.csv"), out).unwrap();
        let expected: String = rows.iter().map(|r| serde_json::to_string(r).unwrap() + "\n").collect();
        fs::write(dir.path().join("expected.jsonl"), expected).unwrap();
        common::read_back(dir.path());
    }
}
