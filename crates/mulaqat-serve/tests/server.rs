//! What every answer has, and what is refused: hosts, origins, methods, sizes; ETags, headers, languages; ledgers that are not there.

mod common;

use common::{HOSTILE, nasty, serve};
use mulaqat_ledger::Ledger;
use mulaqat_serve::Options;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use ureq::http::Response;
use ureq::{Agent, Body};

/// Asks as it is, without following or failing.
fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into()
}

fn get(url: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let mut r = agent().get(url);
    for (name, value) in headers {
        r = r.header(*name, *value);
    }
    r.call().unwrap()
}

fn text(mut r: Response<Body>) -> String {
    r.body_mut().read_to_string().unwrap()
}

fn header(r: &Response<Body>, name: &str) -> String {
    r.headers().get(name).map(|v| v.to_str().unwrap().to_string()).unwrap_or_default()
}

#[test]
fn every_answer_is_safe_and_known_again() {
    let base = serve().base.clone();
    let served = serve();
    for path in [
        "/",
        "/timeline",
        "/network",
        "/changes.atom",
        "/upcoming.ics",
        "/api/v1/engagements",
        "/api/openapi.json",
        "/assets/style.css",
        "/nowhere",
    ] {
        let r = get(&format!("{}{path}", served.base), &[]);
        let policy = header(&r, "content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("http"), "{path}: {policy}");
        assert_eq!((header(&r, "x-content-type-options"), header(&r, "x-frame-options")), ("nosniff".into(), "DENY".into()));
        if r.status() == 200 {
            let tag = header(&r, "etag");
            let again = get(&format!("{}{path}", served.base), &[("if-none-match", &tag)]);
            assert_eq!((again.status().as_u16(), header(&again, "etag")), (304, tag.clone()), "{path}");
            assert_eq!(text(again), "");
            assert_eq!(get(&format!("{}{path}", served.base), &[("if-none-match", "\"other\"")]).status(), 200);
        }
    }
    drop(base);
}

#[test]
fn other_names_and_other_sites_are_refused() {
    let served = serve();
    let host = served.base.trim_start_matches("http://").to_string();
    let port = host.rsplit_once(':').unwrap().1;
    let status = |headers: &[(&str, &str)]| get(&served.base, headers).status().as_u16();
    // a site that lets its own name point here
    assert_eq!(status(&[("host", "evil.example")]), 421);
    assert_eq!(status(&[("host", &format!("evil.example:{port}"))]), 421);
    assert_eq!(status(&[("host", "127.0.0.1.evil.example")]), 421);
    assert_eq!(status(&[("host", &format!("localhost:{port}"))]), 200);
    assert_eq!(status(&[("host", "[::1]:80")]), 200);
    assert_eq!(status(&[("origin", "https://evil.example")]), 403);
    assert_eq!(status(&[("origin", &served.base)]), 200);
    let post = |origin: &str| {
        let r = agent()
            .post(format!("{}/read", served.base))
            .header("origin", origin)
            .header("content-type", "application/x-www-form-urlencoded");
        r.send("text=%E0%A4%AD%E0%A4%BE%E0%A4%B0%E0%A4%A4").unwrap().status().as_u16()
    };
    assert_eq!((post("null"), post("https://evil.example"), post(&served.base)), (403, 403, 200));
    let named = Options { hosts: vec!["Ledger.example".into()], ..Options::new(served.ledger.clone()) };
    let base = common::run(&named);
    assert_eq!(get(&base, &[("host", "ledger.example:80")]).status(), 200);
}

#[test]
fn methods_and_sizes() {
    let served = serve();
    let url = |p: &str| format!("{}{p}", served.base);
    let r = agent().post(url("/timeline")).send("x").unwrap();
    assert_eq!((r.status().as_u16(), header(&r, "allow")), (405, "GET, HEAD".into()));
    let r = agent().head(url("/timeline")).call().unwrap();
    assert_eq!((r.status().as_u16(), text(r)), (200, String::new()));
    let long = agent().post(url("/read")).send(format!("text={}", "a".repeat(2 << 20))).unwrap();
    assert_eq!(long.status(), 413);
    let many = agent().post(url("/read")).send(format!("text={}", "a".repeat(60_001))).unwrap();
    assert_eq!(many.status(), 413);
    assert_eq!(get(&url("/timeline?page=99999999999"), &[]).status(), 400);
    assert_eq!(get(&url("/timeline?as_of=2025-02-30"), &[]).status(), 400);
    assert_eq!(get(&url(&format!("/search?q={}", "a".repeat(5000))), &[]).status(), 400);
    assert_eq!(get(&url("/article/%FF%FE"), &[]).status(), 404);
    assert_eq!(get(&url("/who/%00"), &[]).status(), 404);
}

#[test]
fn language_and_theme_are_chosen_and_kept() {
    let served = serve();
    let lang = |path: &str, headers: &[(&str, &str)]| {
        let r = get(&format!("{}{path}", served.base), headers);
        (header(&r, "content-language"), header(&r, "set-cookie"))
    };
    assert_eq!(lang("/", &[]).0, "hi");
    assert_eq!(lang("/", &[("accept-language", "en-US,hi;q=0.5")]).0, "en");
    assert_eq!(lang("/", &[("accept-language", "en"), ("cookie", "a=b; mulaqat_lang=hi")]).0, "hi");
    let (shown, kept) = lang("/?lang=en", &[("cookie", "mulaqat_lang=hi")]);
    assert!(shown == "en" && kept.starts_with("mulaqat_lang=en;") && kept.contains("SameSite=Strict"), "{kept}");
    assert_eq!(lang("/?lang=xx", &[]), ("hi".into(), String::new()));
    assert!(text(get(&format!("{}/", served.base), &[("cookie", "mulaqat_theme=dark")])).contains("data-theme=\"dark\""));
}

/// What is hostile is there, and is text.
#[test]
fn a_hostile_article_is_text() {
    let served = serve();
    let article = format!("/article/{}", utf8_percent_encode(HOSTILE, NON_ALPHANUMERIC));
    let l = Ledger::open_read_only(&served.ledger).unwrap();
    let a = l.article(HOSTILE).unwrap().unwrap();
    let mut pages = vec![
        article.clone(),
        format!("{article}?explain=1"),
        "/".into(),
        "/timeline?from=2025-07-30&to=2025-08-02".into(),
        "/search?q=alert".into(),
    ];
    pages.extend(a.engagements.iter().map(|e| format!("/engagement/{}", e.1)));
    pages.extend(a.identities.iter().map(|i| format!("/who/{}", utf8_percent_encode(&i.1, NON_ALPHANUMERIC))));
    let q = utf8_percent_encode("<script>alert(1)</script>\u{202e}", NON_ALPHANUMERIC).to_string();
    for p in [
        "/search?q=",
        "/ask?q=",
        "/timeline?person=",
        "/timeline?text=",
        "/who?name=",
        "/nowhere?",
        "/coming?month=",
        "/timeline?from=",
        "/",
    ] {
        pages.push(format!("{p}{q}"));
    }
    let mut shown = 0;
    for page in &pages {
        for lang in ["hi", "en"] {
            let body = text(get(&format!("{}{page}", served.base), &[("accept-language", lang)]));
            for bad in ["<script>", "<img", "<s>", "<i>", "javascript:alert", "href=\"javascript"] {
                let own = bad == "javascript:alert" && body.contains("<bdi>javascript:alert(document.domain)</bdi>");
                assert!(!body.contains(bad) || own, "{page} has {bad}");
            }
            let acts = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{0}' | '\u{1b}' | '\u{2028}');
            assert!(!body.contains(acts), "{page} has {:?}", body.chars().find(|c| acts(*c)));
            shown += body.matches("&lt;script&gt;").count();
        }
    }
    assert!(shown > 100, "{shown}");
    assert!(nasty("x").contains("<script>"));
    for kind in ["/changes.atom", "/api/v1/engagements"] {
        let r = get(&format!("{}{kind}", served.base), &[]);
        assert!(!header(&r, "content-type").contains("html"));
    }
}

#[test]
fn a_ledger_that_is_not_there_yet() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("new.db");
    let base = common::run(&Options::new(file.clone()));
    let r = get(&base, &[("accept-language", "en")]);
    assert_eq!(r.status(), 503);
    let body = text(r);
    assert!(body.contains("mulaqat add") && body.contains("new.db"), "{body}");
    assert_eq!(get(&format!("{base}/read"), &[]).status(), 200);
    assert_eq!(get(&format!("{base}/api/v1/ledger"), &[]).status(), 503);
    assert!(!file.exists(), "reading makes nothing");
    drop(Ledger::open(&file).unwrap());
    for path in
        ["/", "/timeline", "/network", "/coming", "/who", "/search?q=x", "/ask?q=x", "/changes.atom", "/upcoming.ics", "/api/v1/ledger"]
    {
        assert_eq!(get(&format!("{base}{path}"), &[]).status(), 200, "{path}");
    }
    assert!(text(get(&base, &[("accept-language", "en")])).contains("still empty"));
    // another file in its place
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, "no database").unwrap();
    let r = get(&base, &[("accept-language", "en")]);
    assert_eq!(r.status(), 500);
    assert!(text(r).contains("is no ledger or is damaged"));
}
