//! Feeds as files, JSON, and texts.

mod common;

use common::{FIRST, Room, SECOND, TITLE, all, take};
use mulaqat_intake::{ErrorKind, Options};

#[test]
fn rss_atom_and_json() {
    let room = Room::new("feeds");
    let rss = format!(
        "<?xml version='1.0' encoding='UTF-8'?>\n<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>नमूना समाचार</title><link>https://a.example/</link>\
         <item><title>{TITLE}</title><link>https://a.example/1</link><guid isPermaLink='false'>77</guid><pubDate>Wed, 19 Nov 2025 00:10:00 +0530</pubDate>\
         <description>{FIRST}</description><content:encoded><![CDATA[<p>{FIRST}</p><p>{SECOND}</p><p><a href='/x'>और पढ़ें</a></p>]]></content:encoded></item>\
         <item><title>An English item</title><link>https://a.example/2</link><description>Nothing in Hindi</description></item>\
         <item><title>{TITLE}</title><guid>https://a.example/3</guid><pubDate>sometime</pubDate></item></channel></rss>"
    );
    let out = all(room.file("feed.xml", &rss));
    assert_eq!((out.errors.len(), out.not_hindi), (0, 1));
    let [full, bare] = &out.documents[..] else { panic!("{:?}", out.documents) };
    assert_eq!(
        (full.id.as_str(), full.published.as_deref(), full.publisher.as_deref()),
        ("https://a.example/1", Some("2025-11-19"), Some("नमूना समाचार"))
    );
    assert_eq!((full.text.clone(), full.title.as_deref()), (format!("{FIRST}\n{SECOND}"), Some(TITLE)));
    assert_eq!((bare.text.as_str(), bare.published.as_deref()), (TITLE, None));

    let atom = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='hi'><title>आटम</title><id>x</id><updated>2025-11-20T00:00:00Z</updated>\
         <entry><title type='html'>{TITLE}</title><id>tag:a.example,2025:1</id><link rel='alternate' href='https://a.example/1'/>\
         <published>2025-11-19T00:10:00+05:30</published><updated>2025-11-21T00:00:00Z</updated><summary type='html'>&lt;p&gt;{FIRST}&lt;/p&gt;</summary></entry></feed>"
    );
    let out = all(room.file("atom", &atom));
    let [entry] = &out.documents[..] else { panic!("{:?}", out.errors) };
    assert_eq!(
        (entry.url.as_deref(), entry.published.as_deref(), entry.text.as_str()),
        (Some("https://a.example/1"), Some("2025-11-19"), FIRST)
    );

    let json = serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": "जेसन", "items": [
        {"id": "1", "url": "https://a.example/1", "title": TITLE, "content_html": format!("<p>{FIRST}</p>"), "date_published": "2025-11-19T00:10:00+05:30"}]});
    let out = all(room.file("feed", json.to_string()));
    assert_eq!(out.documents.len(), 1, "{:?}", out.errors);
    assert_eq!(out.documents[0].published.as_deref(), Some("2025-11-19"));

    let wide: Vec<u8> = format!("\u{feff}{}", rss.replace("UTF-8", "UTF-16")).encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(all(room.file("wide.xml", wide)).documents.len(), 2);
}

#[test]
fn broken_feeds() {
    let room = Room::new("feeds-broken");
    for (name, xml, what) in [
        ("cut.xml", "<rss version='2.0'><channel><item><title>x", "broken XML"),
        ("mixed.rss", "<rss version='2.0'><channel></rss>", "broken XML"),
        ("map.xml", "<?xml version='1.0'?><urlset></urlset>", "neither RSS nor Atom"),
    ] {
        let out = all(room.file(name, xml));
        assert!(out.documents.is_empty());
        let [e] = &out.errors[..] else { panic!("{name}: {:?}", out.errors) };
        assert!(e.kind == ErrorKind::Feed && room.short(e).starts_with(&format!("{name}: ")) && e.what.contains(what), "{e}");
    }
}

#[test]
fn ready_records() {
    let room = Room::new("records");
    let record = serde_json::json!({"schema": "mulaqat/1", "document": {"id": "r", "text": FIRST}, "events": []}).to_string();
    let bad = record.replace("[]", "7");
    let path = room.file("r.jsonl", format!("{record}\n{bad}\n"));
    let ready = take(&path, Options { records: true, ..Options::default() });
    assert_eq!((ready.records, ready.documents.len()), (1, 0));
    assert!(room.short(&ready.errors[0]).starts_with("r.jsonl:2: bad JSON (invalid type: integer `7`"), "{}", ready.errors[0]);
    let again = all(&path);
    assert_eq!((again.records, again.documents.len(), again.errors.len()), (0, 2, 0));
}

#[test]
fn only_hindi_when_asked() {
    let room = Room::new("only-hindi");
    let lines = [
        serde_json::json!({"text": FIRST}),
        serde_json::json!({"text": FIRST, "language": "mr"}),
        serde_json::json!({"text": "English", "language": "en"}),
        serde_json::json!({"text": "English"}),
    ];
    let path = room.file("d.jsonl", lines.map(|l| l.to_string()).join("\n"));
    let text = room.file("t.txt", "Only English here");
    assert_eq!((all(&path).documents.len(), all(&text).documents.len()), (4, 1));
    let strict = || Options { only_hindi: true, ..Options::default() };
    let out = take(&path, strict());
    assert_eq!((out.documents.len(), out.not_hindi), (1, 3));
    assert_eq!(take(&text, strict()).not_hindi, 1);
}

#[test]
fn wrong_bytes_are_named() {
    let room = Room::new("bytes");
    let out = all(room.file("a.txt", [FIRST.as_bytes(), b"\xff"].concat()));
    assert_eq!(
        room.short(&out.errors[0]),
        format!("a.txt: invalid UTF-8 at byte {}; convert it, for instance with iconv -t UTF-8", FIRST.len())
    );
    let out = all(room.0.join("gone.html"));
    assert_eq!(room.short(&out.errors[0]), "gone.html: no such file; check the path");
}

#[test]
fn addresses() {
    use common::server::{Act, Server, send};
    let server = Server::start();
    server
        .page("/a", "text/html", common::page(1))
        .on("/moved", send("301 Moved\r\nLocation: /a", ""))
        .on("/loop", send("302 Found\r\nLocation: /loop", ""))
        .on("/cut", Act::Break("200 OK\r\nContent-Type: text/html".into(), common::page(2).into(), 500));
    let out = all(server.url("/moved"));
    assert_eq!(out.documents[0].url, Some(server.url("/a")));
    for (path, what) in [("/gone", "404"), ("/loop", "redirects without end"), ("/cut", "breaks off")] {
        let out = all(server.url(path));
        let e = &out.errors[0];
        assert!(e.kind == ErrorKind::Network && e.what.contains(what), "{path}: {e}");
    }
}
