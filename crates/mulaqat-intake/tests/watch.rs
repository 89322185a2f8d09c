//! Feeds followed against a real server on loopback that misbehaves.

mod common;

use common::server::{Act, Server, send};
use common::{TITLE, page, text};
use mulaqat::record::Document;
use mulaqat_intake::watch::{Change, Clock, FeedState, Feeds, JsonStore, Report, Sink, Stop, Store, Watch};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// A clock that a test moves; sleeping takes no time.
#[derive(Clone)]
struct Hands(Rc<RefCell<(Duration, Vec<Duration>)>>);

impl Hands {
    fn new() -> Hands {
        Hands(Rc::new(RefCell::new((Duration::from_secs(1_763_500_000), vec![]))))
    }

    fn forward(&self, seconds: u64) {
        self.0.borrow_mut().0 += Duration::from_secs(seconds);
    }

    fn naps(&self) -> Vec<Duration> {
        std::mem::take(&mut self.0.borrow_mut().1)
    }
}

impl Clock for Hands {
    fn now(&self) -> Duration {
        self.0.borrow().0
    }

    fn sleep(&self, pause: Duration) {
        let mut hands = self.0.borrow_mut();
        hands.0 += pause;
        hands.1.push(pause);
    }
}

#[derive(Default)]
struct Heard {
    articles: Vec<(Change, Document)>,
    reports: Vec<Report>,
    /// Articles taken before the sink is full.
    room: Option<usize>,
}

impl Sink for Heard {
    type Error = &'static str;

    fn article(&mut self, change: Change, document: Document) -> Result<(), &'static str> {
        if self.room == Some(self.articles.len()) {
            return Err("full");
        }
        self.articles.push((change, document));
        Ok(())
    }

    fn report(&mut self, report: Report) {
        self.reports.push(report);
    }
}

impl Heard {
    fn failures(&self) -> Vec<(String, bool)> {
        let failed = |r: &Report| match r {
            Report::Failed { error, again } => Some((error.to_string(), again.is_some())),
            _ => None,
        };
        self.reports.iter().filter_map(failed).collect()
    }

    fn failure(&self) -> String {
        let all = self.failures();
        assert_eq!(all.len(), 1, "{all:?}");
        all[0].0.clone()
    }
}

struct Scene {
    server: Server,
    clock: Hands,
    watch: Watch<Hands, JsonStore>,
}

impl Scene {
    fn new() -> Scene {
        let (server, clock) = (Server::start(), Hands::new());
        let feeds = format!("timeout_seconds = 1\nmax_mebibytes = 1\n[[feed]]\nurl = \"{}\"", server.url("/rss"));
        let watch = Watch::new(Feeds::parse(&feeds, "f").unwrap(), JsonStore::in_memory(), clock.clone(), 7);
        Scene { server, clock, watch }
    }

    /// A look, an hour after the last.
    fn look(&mut self) -> Heard {
        let mut heard = Heard::default();
        self.clock.forward(3600);
        self.watch.once(&mut heard).unwrap();
        heard
    }

    fn feed(&self, articles: &[&str]) -> &Scene {
        self.server.page("/rss", "application/rss+xml", rss(&self.server, articles));
        self
    }
}

fn rss(server: &Server, articles: &[&str]) -> String {
    let item = |a: &&str| {
        let url = server.url(&format!("/{a}"));
        format!("<item><title>{TITLE}</title><link>{url}</link><guid>{url}</guid><pubDate>Wed, 19 Nov 2025 00:10:00 +0530</pubDate></item>")
    };
    format!("<rss version='2.0'><channel><title>समाचार</title>{}</channel></rss>", articles.iter().map(item).collect::<String>())
}

#[test]
fn new_articles_once() {
    let mut scene = Scene::new();
    scene.feed(&["1", "2"]).server.page("/1", "text/html", page(1)).page("/2", "text/html; charset=utf-8", page(2));
    let heard = scene.look();
    assert_eq!(heard.failures(), []);
    // the oldest first, each whole
    let urls: Vec<_> = heard.articles.iter().map(|(c, d)| (*c, d.url.clone().unwrap())).collect();
    assert_eq!(urls, [(Change::New, scene.server.url("/2")), (Change::New, scene.server.url("/1"))]);
    let document = &heard.articles[1].1;
    assert_eq!((document.published.as_deref(), document.publisher.as_deref()), (Some("2025-11-02"), Some("समाचार")));
    assert_eq!(document.text, text());
    assert_eq!(scene.server.asked(), ["/robots.txt", "/rss", "/2", "/1"]);
    // requests to one host are apart
    let naps = scene.clock.naps();
    assert_eq!(naps.len(), 3);
    assert!(naps.iter().all(|n| *n == Duration::from_secs(5)), "{naps:?}");
    // nothing is new
    let heard = scene.look();
    assert_eq!((heard.articles.len(), heard.failures().len()), (0, 0));
    assert_eq!(scene.server.asked(), ["/rss"]);
    // not yet
    let mut heard = Heard::default();
    scene.watch.once(&mut heard).unwrap();
    assert_eq!(scene.server.asked(), [""; 0]);
}

#[test]
fn conditional_requests() {
    let mut scene = Scene::new();
    let head = "200 OK\r\nContent-Type: application/xml\r\nETag: \"v1\"\r\nLast-Modified: Wed, 19 Nov 2025 00:00:00 GMT";
    let body = rss(&scene.server, &["1"]);
    scene.server.on("/rss", Act::Unless("\"v1\"".into(), head.into(), body.into())).page("/1", "text/html", page(1));
    assert_eq!(scene.look().articles.len(), 1);
    scene.server.headers();
    let heard = scene.look();
    assert_eq!(heard.reports, [Report::Unchanged { feed: scene.server.url("/rss") }]);
    let request = scene.server.headers().pop().unwrap().to_ascii_lowercase();
    assert!(request.contains("if-none-match: \"v1\"") && request.contains("if-modified-since: wed, 19 nov 2025 00:00:00 gmt"), "{request}");
    assert!(request.contains("user-agent: mulaqat/"), "{request}");
}

#[test]
fn a_changed_article_comes_again() {
    let mut scene = Scene::new();
    scene.feed(&["1"]).server.page("/1", "text/html", page(1));
    scene.look();
    let changed = rss(&scene.server, &["1"]).replace("मॉस्को में मिले", "मॉस्को में फिर मिले");
    scene.server.page("/rss", "text/xml", changed);
    let heard = scene.look();
    assert_eq!(heard.articles.iter().map(|(c, _)| *c).collect::<Vec<_>>(), [Change::Changed]);
    assert_eq!(scene.look().articles.len(), 0);
}

#[test]
fn robots_are_honoured() {
    let mut scene = Scene::new();
    scene.feed(&["open", "closed/1"]).server.page("/open", "text/html", page(1)).page("/closed/1", "text/html", page(2));
    scene.server.page("/robots.txt", "text/plain", "User-agent: *\nDisallow: /closed\nCrawl-delay: 30");
    let heard = scene.look();
    assert_eq!(heard.articles.len(), 1);
    assert!(heard.failure().contains("/closed/1: robots.txt of 127.0.0.1:"), "{}", heard.failure());
    assert!(!heard.failures()[0].1, "it is not tried again");
    assert!(!scene.server.asked().contains(&"/closed/1".to_string()));
    assert!(scene.clock.naps().iter().all(|n| *n == Duration::from_secs(30)));
    assert_eq!(scene.look().failures(), []);
    // rules that cannot be had: nothing is asked for
    let mut scene = Scene::new();
    scene.feed(&["1"]).server.on("/robots.txt", send("500 Oops", ""));
    assert!(scene.look().failure().contains("cannot be had (500"));
    assert_eq!(scene.server.asked(), ["/robots.txt"]);
}

#[test]
fn a_server_that_wants_a_pause_gets_it() {
    let mut scene = Scene::new();
    let busy = send("429 Too Many Requests\r\nRetry-After: 7200", "");
    let good = send("200 OK\r\nContent-Type: text/html", page(1));
    scene.feed(&["1", "2"]).server.on("/2", Act::Turns(vec![busy, good])).page("/1", "text/html", page(2));
    let heard = scene.look();
    // the second article is on the same host
    assert_eq!((heard.articles.len(), heard.failures().len()), (0, 2));
    assert!(heard.failures().iter().all(|(_, again)| *again));
    assert_eq!(scene.server.asked(), ["/robots.txt", "/rss", "/2"]);
    let heard = scene.look();
    assert!(heard.failure().contains("asked for a pause"), "{}", heard.failure());
    assert_eq!(scene.server.asked(), [""; 0], "not before the two hours are over");
    scene.clock.forward(3600);
    assert_eq!(scene.look().articles.len(), 2);

    // as a date
    let mut scene = Scene::new();
    let until = jiff::Timestamp::from_second(1_763_500_000 + 3600 + 10_000).unwrap();
    let date = until.strftime("%a, %d %b %Y %H:%M:%S GMT");
    scene.server.on("/rss", send(&format!("503 Busy\r\nRetry-After: {date}"), ""));
    scene.look();
    scene.feed(&[]);
    assert_eq!(scene.look().reports, [], "two hours are too early");
    assert_eq!(scene.look().reports, [], "so are");
    assert_eq!(scene.look().failures(), []);
}

#[test]
fn backoff_grows_and_is_jittered() {
    let mut scene = Scene::new();
    scene.server.on("/rss", send("500 Oops", ""));
    let url = scene.server.url("/rss");
    let mut pauses = vec![];
    for _ in 0..12 {
        scene.clock.forward(2 * 24 * 3600);
        let mut heard = Heard::default();
        scene.watch.once(&mut heard).unwrap();
        let Some(Report::Failed { again: Some(pause), .. }) = heard.reports.pop() else { panic!() };
        pauses.push(pause.as_secs_f64() / 60.0);
    }
    for (i, pause) in pauses.iter().enumerate() {
        let expected = (30.0 * 2f64.powi(i as i32 + 1)).min(24.0 * 60.0);
        assert!((0.89..1.11).contains(&(pause / expected)), "{url}: {pauses:?}");
    }
    assert!(pauses.windows(2).any(|w| w[0] != w[1] && w[0] > 1000.0), "jitter: {pauses:?}");
}

#[test]
fn misbehaviour_costs_one_article() {
    let mut scene = Scene::new();
    let good = page(1);
    let html = "200 OK\r\nContent-Type: text/html";
    let articles = ["slow", "endless", "huge", "pdf", "cut", "gone", "oops", "loop", "english", "empty", "hung", "good"];
    scene.feed(&articles);
    scene
        .server
        .on("/slow", Act::Drip(html.into()))
        .on("/endless", Act::Endless(html.into()))
        .page("/huge", "text/html", " ".repeat(2 << 20))
        .page("/pdf", "application/pdf", "%PDF-1.4")
        .on("/cut", Act::Break(html.into(), good.clone().into(), 900))
        .on("/oops", send("502 Bad Gateway", ""))
        .on("/loop", send("302 Found\r\nLocation: /loop", ""))
        .page("/english", "text/html", "<p>Nothing in Hindi here.</p>".repeat(50))
        .page("/empty", "text/html", "<script>".to_string() + &text() + "</script>")
        .on("/hung", Act::Break(html.into(), vec![], 0))
        .page("/good", "text/html", good);
    let begun = Instant::now();
    let heard = scene.look();
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert_eq!(heard.articles.len(), 1, "{:?}", heard.failures());
    assert!(heard.reports.iter().any(|r| matches!(r, Report::NotHindi { url } if url.ends_with("/english"))));
    let failures = heard.failures();
    let told = |name: &str, what: &str, again: bool| {
        let url = scene.server.url(&format!("/{name}: "));
        let found = failures.iter().find(|(e, _)| e.starts_with(&url)).unwrap_or_else(|| panic!("{name}: {failures:?}"));
        assert!(found.0.contains(what) && found.1 == again, "{name}: {found:?}");
    };
    told("slow", "takes too long", true);
    told("endless", "larger than 1048576 bytes", false);
    told("huge", "larger than 1048576 bytes", false);
    told("pdf", "is application/pdf, no page", false);
    told("cut", "cannot be fetched", true);
    told("gone", "404", false);
    told("oops", "502", true);
    told("loop", "more than 5 redirects", true);
    told("empty", "no article", false);
    told("hung", "cannot be fetched", true);
    // what may mend itself is tried again, and given up after a while
    scene.server.asked();
    scene.look();
    let again = scene.server.asked();
    for name in ["/slow", "/cut", "/oops", "/hung"] {
        assert!(again.contains(&name.to_string()), "{name}: {again:?}");
    }
    assert!(!again.iter().any(|p| ["/pdf", "/gone", "/huge", "/good"].contains(&p.as_str())), "{again:?}");
    for _ in 0..3 {
        scene.look();
    }
    scene.server.asked();
    assert_eq!(scene.look().failures(), []);
    assert_eq!(scene.server.asked(), ["/rss"]);
}

#[test]
fn bombs_are_measured_unpacked() {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(vec![], flate2::Compression::best());
    packed.write_all(&vec![b' '; 50 << 20]).unwrap();
    let mut scene = Scene::new();
    scene.feed(&["bomb"]).server.on("/bomb", send("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", packed.finish().unwrap()));
    assert!(scene.look().failure().contains("larger than 1048576 bytes"));
}

#[test]
fn feeds_that_are_none() {
    for (media_type, body, what) in [
        ("application/rss+xml", "<rss version='2.0'><channel><item><title>x</titel>", "broken XML"),
        ("text/html", "<html><p>not a feed</p></html>", "neither RSS nor Atom"),
        ("image/png", "png", "is image/png, no feed"),
        ("application/xml", "", "neither RSS nor Atom"),
    ] {
        let mut scene = Scene::new();
        scene.server.page("/rss", media_type, body);
        let heard = scene.look();
        assert!(heard.failure().contains(what), "{media_type}: {}", heard.failure());
        // and when it is mended, it is read
        scene.clock.forward(3600);
        scene.feed(&["1"]).server.page("/1", "text/html", page(1));
        assert_eq!(scene.look().articles.len(), 1, "{media_type}");
    }
}

#[test]
fn redirects_are_followed_by_the_rules_of_the_new_host() {
    let mut scene = Scene::new();
    let other = Server::start();
    other.page("/robots.txt", "text/plain", "User-agent: mulaqat\nDisallow: /private").page("/public", "text/html", page(1)).page(
        "/private",
        "text/html",
        page(2),
    );
    scene.feed(&["a", "b", "c"]);
    scene
        .server
        .on("/a", send(&format!("301 Moved\r\nLocation: {}", other.url("/public")), ""))
        .on("/b", send(&format!("307 Moved\r\nLocation: {}", other.url("/private")), ""))
        .on("/c", send("302 Found\r\nLocation: file:///etc/hostname", ""));
    let heard = scene.look();
    assert_eq!(heard.articles.len(), 1);
    assert_eq!(heard.articles[0].1.url, Some(other.url("/public")));
    assert_eq!(heard.failures().len(), 2, "{:?}", heard.failures());
    assert_eq!(other.asked(), ["/robots.txt", "/public"]);
}

#[test]
fn what_could_not_be_taken_comes_again() {
    let mut scene = Scene::new();
    scene.feed(&["1", "2", "3"]);
    for n in 1..4 {
        scene.server.page(&format!("/{n}"), "text/html", page(n));
    }
    scene.clock.forward(3600);
    let mut full = Heard { room: Some(1), ..Heard::default() };
    assert!(matches!(scene.watch.once(&mut full), Err(Stop::Sink("full"))));
    let heard = scene.look();
    assert_eq!((full.articles.len(), heard.articles.len()), (1, 2));
    let urls: std::collections::HashSet<_> = full.articles.iter().chain(&heard.articles).map(|(_, d)| d.url.clone()).collect();
    assert_eq!(urls.len(), 3);
}

#[test]
fn the_state_outlives_the_process() {
    let room = common::Room::new("watch-state");
    let path = room.0.join("state.json");
    let state = FeedState { etag: Some("x".into()), next: 5, ..FeedState::default() };
    let mut store = JsonStore::open(&path).unwrap();
    store.keep("http://a/", &state).unwrap();
    store.keep_host_until("a", 9).unwrap();
    let mut again = JsonStore::open(&path).unwrap();
    assert_eq!((again.feed("http://a/").unwrap(), again.host_until("a").unwrap()), (state, 9));
    std::fs::write(&path, "{oops").unwrap();
    let e = JsonStore::open(&path).unwrap_err();
    assert!(e.to_string().contains("state.json: is not the state of a watch"), "{e}");
}
