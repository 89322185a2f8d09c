//! Listening, and what every answer has: checks of host and origin, safe headers, `ETag`.

use crate::assets::mark;
use crate::error::Error;
use crate::pool::{Pool, Pooled};
use crate::reply::{Answer, Problem, Reply};
use crate::routes::{self, Page};
use crate::visit::{Params, Theme, Visit};
use crate::words::Lang;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use mulaqat::Engine;
use mulaqat_ledger::day::Day;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// Bytes that a form may have: a long article, as a browser sends it, three bytes of text becoming nine.
pub const LONGEST: usize = 1 << 20;

/// Nothing but our own files; no markup of ours may run or style anything.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// What to serve, and where.
#[derive(Debug, Clone)]
pub struct Options {
    pub ledger: PathBuf,
    pub address: IpAddr,
    /// 0 for any that is free.
    pub port: u16,
    /// Names under which it may be asked, beside localhost and addresses.
    pub hosts: Vec<String>,
}

impl Options {
    /// On this machine only, at a port that the system chooses.
    pub fn new(ledger: PathBuf) -> Options {
        Options { ledger, address: Ipv4Addr::LOCALHOST.into(), port: 0, hosts: vec![] }
    }
}

/// Sizes of the ledger, and the state of its file when they were counted.
type Counted = (Vec<(u64, Option<SystemTime>)>, [u64; 3]);

/// A ledger and all that answers for it.
#[derive(Debug)]
pub struct Site {
    pub(crate) pool: Pool,
    pub(crate) engine: Engine,
    hosts: Vec<String>,
    counted: Mutex<Option<Counted>>,
}

impl Site {
    pub fn new(options: &Options) -> Result<Site, Error> {
        let engine = Engine::new().map_err(Error::Engine)?;
        let hosts = options.hosts.iter().map(|h| h.to_ascii_lowercase()).collect();
        Ok(Site { pool: Pool::new(options.ledger.clone()), engine, hosts, counted: Mutex::default() })
    }

    /// Reports, engagements and identities of the ledger; counted again only when its file has changed.
    pub(crate) fn counts(&self, ledger: &mulaqat_ledger::Ledger) -> Result<[u64; 3], Problem> {
        let path = self.pool.path();
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let state = |p: &std::path::Path| p.metadata().map_or((0, None), |m| (m.len(), m.modified().ok()));
        let now = vec![state(path), state(log.as_ref())];
        let mut counted = self.counted.lock().unwrap_or_else(|e| e.into_inner());
        if let Some((then, counts)) = counted.as_ref()
            && *then == now
        {
            return Ok(*counts);
        }
        let counts = ledger.sizes()?;
        *counted = Some((now, counts));
        Ok(counts)
    }

    /// The answer to a request.
    pub fn answer(&self, method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Response<Body> {
        let get = |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let params = Params::parse(uri.query().unwrap_or_default().as_bytes());
        let cookie = |name: &str| get(header::COOKIE).split("; ").find_map(|c| c.strip_prefix(name)?.strip_prefix('=')).map(String::from);
        let (lang, theme) = (params.get("lang").and_then(Lang::parse), params.get("theme").and_then(Theme::parse));
        let visit = Visit {
            site: self,
            host: host_of(uri, headers),
            path: uri.path(),
            form: Params::parse(body),
            body,
            lang: lang.or_else(|| Lang::parse(&cookie("mulaqat_lang")?)).unwrap_or_else(|| Lang::accepted(get(header::ACCEPT_LANGUAGE))),
            theme: theme.or_else(|| Theme::parse(&cookie("mulaqat_theme")?)).unwrap_or(Theme::Auto),
            today: today(),
            params,
        };
        let checked = self.check(uri, headers, body);
        let reply = match checked.and_then(|()| self.reply(&visit, method)) {
            Ok(reply) => reply,
            Err(problem) => routes::problem(&visit, &problem),
        };
        let mut response = finish(reply, &visit, get(header::IF_NONE_MATCH));
        let keep = |name: &str, value: &str| format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly");
        let cookies = [lang.map(|l| keep("mulaqat_lang", l.code())), theme.map(|t| keep("mulaqat_theme", t.code()))];
        for c in cookies.into_iter().flatten().filter_map(|c| HeaderValue::from_str(&c).ok()) {
            response.headers_mut().append(header::SET_COOKIE, c);
        }
        response
    }

    /// A page of another site may send a browser here under a name of its own (DNS rebinding), or send its forms.
    fn check(&self, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Result<(), Problem> {
        let text = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok());
        let host = host_of(uri, headers);
        let name = host_name(host).to_ascii_lowercase();
        if name != "localhost" && name.parse::<IpAddr>().is_err() && !self.hosts.contains(&name) {
            return Err(Problem::Host(name));
        }
        if let Some(origin) = text(header::ORIGIN)
            && origin.split_once("://").is_none_or(|(_, o)| !o.eq_ignore_ascii_case(host))
        {
            return Err(Problem::Foreign);
        }
        if body.len() > LONGEST { Err(Problem::TooLong(LONGEST)) } else { Ok(()) }
    }

    fn reply(&self, visit: &Visit, method: &Method) -> Answer {
        let Some((page, allowed)) = routes::find(visit.path) else { return Err(Problem::NoPage) };
        let method = if method == Method::HEAD { "GET" } else { method.as_str() };
        if !allowed.split(", ").any(|m| m == method) {
            return Err(Problem::Method(allowed));
        }
        match page {
            Page::Plain(page) => page(visit),
            Page::Ledger(page) => match self.pool.with(|ledger| page(visit, ledger))? {
                Pooled::Done(answer) => answer,
                Pooled::Missing => Err(Problem::NoLedger),
            },
        }
    }
}

fn host_of<'r>(uri: &'r Uri, headers: &'r HeaderMap) -> &'r str {
    let header = || headers.get(header::HOST).and_then(|v| v.to_str().ok());
    uri.authority().map(|a| a.as_str()).or_else(header).unwrap_or_default()
}

/// The host without its port.
fn host_name(host: &str) -> &str {
    match host.strip_prefix('[').and_then(|h| h.split_once(']')) {
        Some((v6, _)) => v6,
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    }
}

/// Days since 1970 by the clock.
fn today() -> Day {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    Day::try_from(since / 86_400).unwrap_or(Day::MAX)
}

/// The answer with the headers that all have; empty when the asker has it already.
fn finish(reply: Reply, visit: &Visit, known: &str) -> Response<Body> {
    let Reply { status, kind, body, lasting } = reply;
    let tag = format!("\"{}\"", mark(&body));
    let same = status == 200 && known.split(',').any(|k| k.trim().trim_start_matches("W/") == tag || k.trim() == "*");
    let mut response = Response::new(if same { Body::empty() } else { Body::from(body) });
    *response.status_mut() = if same { StatusCode::NOT_MODIFIED } else { StatusCode::from_u16(status).unwrap_or_default() };
    let headers = response.headers_mut();
    let mut put = |name: header::HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    put(header::CONTENT_TYPE, kind);
    put(header::CONTENT_SECURITY_POLICY, POLICY);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // not no-referrer: with that, browsers hide the origin of our own forms
    put(header::REFERRER_POLICY, "same-origin");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(header::CACHE_CONTROL, if lasting { "public, max-age=31536000, immutable" } else { "private, no-cache" });
    if status == 200 {
        put(header::ETAG, &tag);
    }
    if !lasting {
        put(header::VARY, "Cookie, Accept-Language");
        put(header::CONTENT_LANGUAGE, visit.lang.code());
    }
    if let (405, Some((_, allowed))) = (status, routes::find(visit.path)) {
        put(header::ALLOW, allowed);
    }
    response
}

/// A server that listens already.
pub struct Server {
    site: Arc<Site>,
    runtime: Runtime,
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Listens, and opens nothing yet: a ledger may still be made.
    pub fn bind(options: &Options) -> Result<Server, Error> {
        let site = Arc::new(Site::new(options)?);
        let wanted = SocketAddr::new(options.address, options.port);
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads((2 * threads).clamp(4, 16))
            .enable_all()
            .build()
            .map_err(Error::Run)?;
        let listener = runtime.block_on(TcpListener::bind(wanted)).map_err(|e| Error::Listen(wanted, e))?;
        let address = listener.local_addr().map_err(Error::Run)?;
        Ok(Server { site, runtime, listener, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until the process is told to end (Ctrl-C, SIGTERM); what is being answered then is answered.
    pub fn run(self) -> Result<(), Error> {
        let router = Router::new().fallback(handle).with_state(self.site);
        let serving = axum::serve(self.listener, router).with_graceful_shutdown(told_to_end());
        self.runtime.block_on(async { serving.await }).map_err(Error::Run)
    }
}

async fn handle(State(site): State<Arc<Site>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    // one byte more than is taken, so that the answer can say it is too long
    let body = match to_bytes(body, LONGEST + 1).await {
        Ok(body) => body,
        Err(_) => Bytes::from(vec![b'x'; LONGEST + 1]),
    };
    let answer = move || site.answer(&parts.method, &parts.uri, &parts.headers, &body);
    // a page reads from the disk: it must not hold up other connections
    tokio::task::spawn_blocking(answer).await.unwrap_or_else(|_| {
        let mut r = Response::new(Body::from("mulaqat: this page could not be made; the fault is ours. The others still work.\n"));
        *r.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        r
    })
}

async fn told_to_end() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut s) => drop(s.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    let (mut interrupt, mut terminate) = (std::pin::pin!(interrupt), std::pin::pin!(terminate));
    std::future::poll_fn(|cx| match (interrupt.as_mut().poll(cx), terminate.as_mut().poll(cx)) {
        (std::task::Poll::Pending, std::task::Poll::Pending) => std::task::Poll::Pending,
        _ => std::task::Poll::Ready(()),
    })
    .await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        assert_eq!(["localhost:80", "127.0.0.1", "[::1]:8", "a.example"].map(host_name), ["localhost", "127.0.0.1", "::1", "a.example"]);
    }
}
