//! Feeds: RSS 0.9x to 2.0, RDF, Atom, JSON Feed.

use crate::{charset, dates, prose};
use chrono::NaiveDate;
use feed_rs::model;
use feed_rs::parser::{Builder, ParseFeedError};
use url::Url;

/// An article as its feed tells of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// What the feed calls it, else its address; empty when it has neither.
    pub id: String,
    pub url: Option<String>,
    pub title: Option<String>,
    /// `YYYY-MM-DD`, the day as written.
    pub published: Option<String>,
    /// Changes when the feed says that the article changed.
    pub updated: Option<String>,
    /// The fullest text that the feed carries: often a summary, sometimes only the title.
    pub text: String,
}

/// A feed as read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    pub title: Option<String>,
    pub language: Option<String>,
    pub entries: Vec<Entry>,
}

/// Reads a feed; `url` is where it came from. The error is what is wrong with it, without the place.
pub fn parse(bytes: &[u8], charset: Option<&str>, url: Option<&str>) -> Result<Feed, String> {
    let text = charset::decode(bytes, charset::encoding(bytes, charset));
    let text = utf8_declared(text.trim_start());
    let parser = Builder::new()
        .base_uri(url)
        // the civil day, put where feed-rs keeps moments, so that no time zone moves it; see `day`
        .timestamp_parser(|s| {
            let d = dates::civil(s)?;
            let date = NaiveDate::from_ymd_opt(d.year().into(), d.month().unsigned_abs().into(), d.day().unsigned_abs().into())?;
            // the rest of what is written tells one change of a day from another
            let rest = s.bytes().fold(0u32, |h, b| h.wrapping_mul(31).wrapping_add(b.into())) % 86_400;
            Some((date.and_hms_opt(0, 0, 0)? + chrono::TimeDelta::seconds(rest.into())).and_utc())
        })
        .id_generator(|links, _, _| links.first().map(|l| l.href.clone()).unwrap_or_default())
        .build();
    let feed = parser.parse(text.as_bytes()).map_err(|e| match e {
        ParseFeedError::XmlReader(e) => format!("broken XML ({e}); fetch it again, or tell its publisher"),
        ParseFeedError::ParseError(feed_rs::parser::ParseErrorKind::NoFeedRoot) => {
            "is neither RSS nor Atom; give the address of a feed or page".to_string()
        }
        other => format!("is no proper feed ({other}); tell its publisher"),
    })?;
    let line = |t: &model::Text| Some(prose::of_fragment(&t.content).replace('\n', " ")).filter(|t| !t.is_empty());
    Ok(Feed {
        title: feed.title.as_ref().and_then(line),
        language: feed.language.clone(),
        entries: feed.entries.iter().map(|e| entry(e, url)).collect(),
    })
}

fn entry(e: &model::Entry, base: Option<&str>) -> Entry {
    let link = e.links.iter().find(|l| l.rel.as_deref().is_none_or(|r| r == "alternate")).or(e.links.first());
    let address = |s: &str| match base.and_then(|b| Url::parse(b).ok()) {
        Some(base) => base.join(s).ok(),
        None => Url::parse(s).ok(),
    };
    let web = |u: &Url| matches!(u.scheme(), "http" | "https");
    let url = link.and_then(|l| address(l.href.trim())).filter(web).or_else(|| Url::parse(&e.id).ok().filter(web)).map(|u| u.to_string());
    let title = e.title.as_ref().map(|t| prose::of_fragment(&t.content).replace('\n', " ")).filter(|t| !t.is_empty());
    let content = e.content.as_ref().and_then(|c| c.body.as_deref()).map(prose::of_fragment);
    let summary = e.summary.as_ref().map(|s| prose::of_fragment(&s.content));
    let text = [content, summary].into_iter().flatten().max_by_key(String::len).filter(|t| !t.is_empty());
    Entry {
        id: if e.id.is_empty() { url.clone().unwrap_or_default() } else { e.id.clone() },
        published: e.published.or(e.updated.filter(|_| e.published.is_none())).map(|d| d.format("%Y-%m-%d").to_string()),
        updated: e.updated.map(|d| d.to_string()),
        text: text.or_else(|| title.clone()).unwrap_or_default(),
        title,
        url,
    }
}

/// The XML declaration without its encoding: the text has been decoded already.
fn utf8_declared(text: &str) -> String {
    let Some(end) = text.find("?>").filter(|_| text.starts_with("<?xml")) else { return text.to_string() };
    text[end + 2..].to_string()
}
