//! Requests that no server need mind: one at a time, apart from each other, within its robots.txt.

use super::config::Feeds;
use super::store::Store;
use crate::error::Error;
use crate::fetch::{self, REDIRECTS};
use crate::robots::{self, Robots};
use std::collections::HashMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use ureq::http::Response;
use ureq::{Agent, Body};
use url::Url;

/// How long a robots.txt holds, as RFC 9309 advises.
const ROBOTS: Duration = Duration::from_secs(24 * 3600);

/// A `Crawl-delay` beyond this would keep the program from its other hosts.
const SLOWEST: Duration = Duration::from_secs(120);

/// Pause of a host that answers 429 or 503 and does not say how long.
const PAUSE: u64 = 600;

/// Longest pause that a host can ask for.
const LONGEST_PAUSE: u64 = 7 * 24 * 3600;

/// Time, as the watch knows it.
pub trait Clock {
    /// Since 1970, UTC.
    fn now(&self) -> Duration;
    fn sleep(&self, pause: Duration);
}

/// The clock of the computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }

    fn sleep(&self, pause: Duration) {
        std::thread::sleep(pause);
    }
}

/// Why something was not had. The text says what is wrong and what to do.
pub(super) enum Failure {
    /// Asking again will not help.
    Never(String),
    /// It may be mended soon.
    Now(String),
    /// The host wants to be left alone until then.
    Until(u64, String),
}

pub(super) enum Wanted {
    Feed { etag: Option<String>, last_modified: Option<String> },
    Page,
}

pub(super) enum Got {
    Unchanged,
    Page(Page),
}

#[derive(Default)]
pub(super) struct Page {
    /// After redirects.
    pub url: String,
    pub charset: Option<String>,
    pub bytes: Vec<u8>,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// What is known of a host in this run.
#[derive(Default)]
struct Host {
    /// No request before this moment.
    next: Duration,
    robots: Option<(Robots, Duration)>,
}

pub(super) struct Polite<C> {
    clock: C,
    agent: Agent,
    delay: Duration,
    max_bytes: u64,
    hosts: HashMap<String, Host>,
}

impl<C: Clock> Polite<C> {
    pub fn new(feeds: &Feeds, clock: C) -> Polite<C> {
        // redirects are followed here, since the next host has its own rules
        let agent = fetch::agent(&feeds.user_agent, Some(feeds.timeout), 0);
        Polite { clock, agent, delay: feeds.delay, max_bytes: feeds.max_bytes, hosts: HashMap::new() }
    }

    pub fn now(&self) -> Duration {
        self.clock.now()
    }

    pub fn sleep(&self, pause: Duration) {
        self.clock.sleep(pause);
    }

    /// Fetches an address. The outer error is one of the store.
    pub fn get(&mut self, store: &mut impl Store, url: &str, wanted: Wanted) -> Result<Result<Got, Failure>, Error> {
        let Ok(mut url) = Url::parse(url) else { return Ok(Err(Failure::Never("is no address; tell the publisher of the feed".into()))) };
        for _ in 0..=REDIRECTS {
            url.set_fragment(None);
            let Some(host) = host(&url) else { return Ok(Err(Failure::Never("is no address on the web; it is left".into()))) };
            let until = store.host_until(&host)?;
            if until > self.now().as_secs() {
                return Ok(Err(Failure::Until(until, format!("{host} asked for a pause; it is tried after that"))));
            }
            match self.robots(&url, &host) {
                Ok(robots) => {
                    if !robots.allows(&url[url::Position::BeforePath..]) {
                        return Ok(Err(Failure::Never(format!("robots.txt of {host} does not allow it; it is left"))));
                    }
                }
                Err(what) => return Ok(Err(Failure::Now(what))),
            }
            let response = match self.request(&url, &host, &wanted) {
                Ok(response) => response,
                Err(e) => return Ok(Err(Failure::Now(fetch::failed(&e)))),
            };
            let status = response.status();
            match status.as_u16() {
                200 | 203 => return Ok(self.page(url, response, &wanted).map(Got::Page)),
                304 => return Ok(Ok(Got::Unchanged)),
                301 | 302 | 303 | 307 | 308 => {
                    let target = fetch::header(&response, "location").and_then(|l| url.join(l).ok());
                    let Some(target) = target else { return Ok(Err(Failure::Now("redirects to nowhere; tell its publisher".into()))) };
                    url = target;
                }
                429 | 503 => {
                    let until = self.now().as_secs() + self.pause(&response);
                    store.keep_host_until(&host, until)?;
                    return Ok(Err(Failure::Until(until, format!("{host} answers {status}; it is tried after the pause it wants"))));
                }
                408 | 425 | 500..=599 => return Ok(Err(Failure::Now(format!("the server answers {status}; it is tried again")))),
                _ => return Ok(Err(Failure::Never(format!("the server answers {status}; check the address")))),
            }
        }
        Ok(Err(Failure::Now(format!("more than {REDIRECTS} redirects; check the address"))))
    }

    fn request(&mut self, url: &Url, host: &str, wanted: &Wanted) -> Result<Response<Body>, ureq::Error> {
        let mut request = self.agent.get(url.as_str());
        if let Wanted::Feed { etag, last_modified } = wanted {
            request = request
                .header("Accept", "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1");
            for (name, value) in [("If-None-Match", etag), ("If-Modified-Since", last_modified)] {
                if let Some(value) = value {
                    request = request.header(name, value);
                }
            }
        } else {
            request = request.header("Accept", "text/html, application/xhtml+xml;q=0.9, */*;q=0.1");
        }
        self.wait(host);
        let response = request.call();
        self.asked(host);
        response
    }

    /// Waits until the host may be asked again.
    fn wait(&mut self, host: &str) {
        let next = self.hosts.entry(host.into()).or_default().next;
        let pause = next.saturating_sub(self.now());
        if !pause.is_zero() {
            self.clock.sleep(pause);
        }
    }

    fn asked(&mut self, name: &str) {
        let now = self.now();
        let host = self.hosts.entry(name.into()).or_default();
        let own = host.robots.as_ref().and_then(|(r, _)| r.delay).unwrap_or_default().min(SLOWEST);
        host.next = now + self.delay.max(own);
    }

    /// The rules of a host, fetched once a day.
    fn robots(&mut self, url: &Url, host: &str) -> Result<Robots, String> {
        let now = self.now();
        if let Some((robots, since)) = self.hosts.get(host).and_then(|h| h.robots.as_ref())
            && now < *since + ROBOTS
        {
            return Ok(robots.clone());
        }
        let mut at = url.clone();
        at.set_path("/robots.txt");
        at.set_query(None);
        let mut robots = None;
        for _ in 0..=REDIRECTS {
            self.wait(host);
            let response = self.agent.get(at.as_str()).call();
            self.asked(host);
            let mut response = response.map_err(|e| format!("robots.txt of {host}: {}", fetch::failed(&e)))?;
            match response.status().as_u16() {
                200..=299 => {
                    let mut bytes = vec![];
                    // what is over the limit, or never comes, does not count
                    let reader = response.body_mut().as_reader();
                    let read = std::io::Read::read_to_end(&mut std::io::Read::take(reader, robots::LIMIT), &mut bytes);
                    read.map_err(|e| format!("robots.txt of {host} breaks off ({e}); it is tried again"))?;
                    robots = Some(Robots::parse(&String::from_utf8_lossy(&bytes)));
                }
                300..=399 => {
                    let target = fetch::header(&response, "location").and_then(|l| at.join(l).ok());
                    match target.filter(|t| self::host(t).is_some()) {
                        Some(target) => {
                            at = target;
                            continue;
                        }
                        None => robots = Some(Robots::default()),
                    }
                }
                429 | 500..=599 => return Err(format!("robots.txt of {host} cannot be had ({}); it is tried again", response.status())),
                // a site without rules
                _ => robots = Some(Robots::default()),
            }
            break;
        }
        // redirects without end are as good as no rules, says the RFC
        let robots = robots.unwrap_or_default();
        self.hosts.entry(host.into()).or_default().robots = Some((robots.clone(), now));
        self.asked(host);
        Ok(robots)
    }

    /// How many seconds a host wants to be left alone.
    fn pause(&self, response: &Response<Body>) -> u64 {
        let said = fetch::header(response, "retry-after").map(str::trim);
        let seconds = said.and_then(|s| {
            let at = || jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(s).ok();
            s.parse::<u64>().ok().or_else(|| Some(u64::try_from(at()?.as_second()).ok()?.saturating_sub(self.now().as_secs())))
        });
        seconds.unwrap_or(PAUSE).clamp(1, LONGEST_PAUSE)
    }

    fn page(&self, url: Url, mut response: Response<Body>, wanted: &Wanted) -> Result<Page, Failure> {
        let media_type = fetch::header(&response, "content-type").unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let right = match wanted {
            // many servers call their feeds plain text or nothing at all
            Wanted::Feed { .. } => {
                media_type.is_empty() || ["xml", "json", "text/plain", "octet-stream", "text/html"].iter().any(|t| media_type.ends_with(t))
            }
            Wanted::Page => matches!(media_type.as_str(), "" | "text/html" | "application/xhtml+xml"),
        };
        if !right {
            let what = if matches!(wanted, Wanted::Page) { "page" } else { "feed" };
            return Err(Failure::Never(format!("is {media_type}, no {what}; check the address")));
        }
        let copy = |name: &str| fetch::header(&response, name).map(str::to_string);
        let page = Page {
            url: url.into(),
            charset: fetch::charset(&response),
            bytes: vec![],
            etag: copy("etag"),
            last_modified: copy("last-modified"),
        };
        match response.body_mut().with_config().limit(self.max_bytes).read_to_vec() {
            Ok(bytes) => Ok(Page { bytes, ..page }),
            Err(ureq::Error::BodyExceedsLimit(n)) => Err(Failure::Never(format!("is larger than {n} bytes; it is left"))),
            Err(e) => Err(Failure::Now(fetch::failed(&e))),
        }
    }
}

/// The host and port of an address on the web.
fn host(url: &Url) -> Option<String> {
    let web = matches!(url.scheme(), "http" | "https");
    let name = url.host_str().filter(|h| web && !h.is_empty())?;
    Some(url.port().map_or(name.to_string(), |p| format!("{name}:{p}")))
}
