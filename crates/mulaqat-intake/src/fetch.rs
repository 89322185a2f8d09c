//! One request over HTTP, with limits.

use std::io::Read;
use std::time::Duration;
use ureq::http::Response;
use ureq::{Agent, Body};

/// How this program names itself to servers.
pub const USER_AGENT: &str = concat!("mulaqat/", env!("CARGO_PKG_VERSION"), " (news reader for research; honours robots.txt)");

/// Redirects followed for one address.
pub const REDIRECTS: u32 = 5;

/// An agent. `total` bounds a whole exchange, body included; `None` leaves only the waits for each step bounded.
pub fn agent(user_agent: &str, total: Option<Duration>, redirects: u32) -> Agent {
    let step = Duration::from_secs(30);
    Agent::config_builder()
        .user_agent(user_agent)
        .timeout_global(total)
        .timeout_resolve(Some(step))
        .timeout_connect(Some(step))
        .timeout_recv_response(Some(step))
        .max_redirects(redirects)
        .max_redirects_will_error(redirects > 0)
        .http_status_as_error(false)
        .max_response_header_size(64 << 10)
        .build()
        .new_agent()
}

/// Opens an address named by the user; the error says what is wrong and what to do.
pub fn open(url: &str) -> Result<(Box<dyn Read>, Fetched), String> {
    let response = agent(USER_AGENT, None, REDIRECTS).get(url).call().map_err(|e| failed(&e))?;
    if !response.status().is_success() {
        return Err(format!("the server answers {}; check the address", response.status()));
    }
    let fetched = Fetched { url: address(&response).unwrap_or(url.to_string()), charset: charset(&response) };
    Ok((Box::new(response.into_body().into_reader()), fetched))
}

/// What is known of a page beside its bytes.
#[derive(Debug, Clone, Default)]
pub struct Fetched {
    /// The address after redirects.
    pub url: String,
    /// From `Content-Type`.
    pub charset: Option<String>,
}

fn address(response: &Response<Body>) -> Option<String> {
    use ureq::ResponseExt;
    Some(response.get_uri().to_string())
}

pub fn charset(response: &Response<Body>) -> Option<String> {
    crate::charset::of_content_type(header(response, "content-type")?)
}

pub fn header<'a>(response: &'a Response<Body>, name: &str) -> Option<&'a str> {
    response.headers().get(name)?.to_str().ok()
}

/// What an error of the network means to a user.
pub fn failed(e: &ureq::Error) -> String {
    match e {
        ureq::Error::Timeout(_) => "the server takes too long; try again later".into(),
        ureq::Error::HostNotFound => "no such host; check the address and the network".into(),
        ureq::Error::TooManyRedirects => "redirects without end; check the address".into(),
        ureq::Error::BodyExceedsLimit(n) => format!("sends more than {n} bytes; it is left"),
        ureq::Error::BadUri(_) => "is no address; write http://… or https://…".into(),
        other => format!("cannot be fetched ({other}); try again later"),
    }
}
