//! `FEEDS.toml`: which feeds are followed, and how patiently.

use crate::error::{Error, ErrorKind, Place};
use crate::fetch::USER_AGENT;
use serde::Deserialize;
use std::time::Duration;
use toml::Spanned;
use url::Url;

/// The feeds to follow.
#[derive(Debug, Clone, PartialEq)]
pub struct Feeds {
    pub feeds: Vec<Source>,
    /// Between two requests to one host; a longer one in its robots.txt goes before.
    pub delay: Duration,
    /// Between two looks at one feed, where it does not say otherwise.
    pub every: Duration,
    pub user_agent: String,
    /// Of one exchange, body included.
    pub timeout: Duration,
    /// Of one feed or page, unpacked, in bytes.
    pub max_bytes: u64,
}

/// One feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub url: String,
    /// In place of what its pages say.
    pub publisher: Option<String>,
    pub every: Duration,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    delay_seconds: Option<Spanned<f64>>,
    every_minutes: Option<Spanned<f64>>,
    timeout_seconds: Option<Spanned<f64>>,
    max_mebibytes: Option<Spanned<f64>>,
    user_agent: Option<String>,
    #[serde(default)]
    feed: Vec<WrittenFeed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFeed {
    url: Spanned<String>,
    publisher: Option<String>,
    every_minutes: Option<Spanned<f64>>,
}

impl Feeds {
    /// Reads the text of a list of feeds; `name` is what errors call it.
    pub fn parse(text: &str, name: &str) -> Result<Feeds, Error> {
        let at = |byte: usize| text.get(..byte).map_or(1, |t| t.matches('\n').count() + 1);
        let fault = |byte: usize, what: String| Error::new(ErrorKind::Settings, Place::line(name, at(byte)), what);
        let written: Written = toml::from_str(text).map_err(|e| {
            let what = format!("{}; see mulaqat watch --help", e.message().trim_end().replace('\n', ", "));
            fault(e.span().map_or(0, |s| s.start), what)
        })?;
        let number = |n: Option<Spanned<f64>>, default: f64, least: f64, most: f64| match n {
            None => Ok(default),
            Some(n) if (least..=most).contains(n.get_ref()) => Ok(*n.get_ref()),
            Some(n) => Err(fault(n.span().start, format!("{} is out of range; write {least} to {most}", n.get_ref()))),
        };
        let every = number(written.every_minutes, 30.0, 1.0, 10_080.0)?;
        let mut feeds: Vec<Source> = vec![];
        for feed in written.feed {
            let start = feed.url.span().start;
            let url = Url::parse(feed.url.get_ref()).ok().filter(|u| matches!(u.scheme(), "http" | "https") && u.has_host());
            let Some(url) = url else {
                return Err(fault(start, format!("\"{}\" is no address; write http://… or https://…", feed.url.get_ref())));
            };
            let url = url.to_string();
            if feeds.iter().any(|f| f.url == url) {
                return Err(fault(start, format!("{url} is listed twice; remove one")));
            }
            let every = Duration::from_secs_f64(number(feed.every_minutes, every, 1.0, 10_080.0)? * 60.0);
            feeds.push(Source { url, publisher: feed.publisher, every });
        }
        if feeds.is_empty() {
            return Err(fault(0, "lists no feed; write [[feed]] and under it url = \"https://…\"".into()));
        }
        Ok(Feeds {
            feeds,
            delay: Duration::from_secs_f64(number(written.delay_seconds, 5.0, 1.0, 3600.0)?),
            every: Duration::from_secs_f64(every * 60.0),
            user_agent: written.user_agent.unwrap_or(USER_AGENT.into()),
            timeout: Duration::from_secs_f64(number(written.timeout_seconds, 30.0, 0.1, 600.0)?),
            max_bytes: (number(written.max_mebibytes, 8.0, 0.001, 1024.0)? * 1_048_576.0) as u64,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list() {
        let feeds = Feeds::parse("every_minutes = 10\n[[feed]]\nurl = \"https://a.example/rss\"\n[[feed]]\nurl = \"http://b.example\"\npublisher = \"B\"\nevery_minutes = 60", "f").unwrap();
        assert_eq!(feeds.feeds[0], Source { url: "https://a.example/rss".into(), publisher: None, every: Duration::from_secs(600) });
        assert_eq!(
            feeds.feeds[1],
            Source { url: "http://b.example/".into(), publisher: Some("B".into()), every: Duration::from_secs(3600) }
        );
        assert_eq!((feeds.delay.as_secs(), feeds.timeout.as_secs(), feeds.max_bytes), (5, 30, 8 << 20));
    }

    #[test]
    fn faults_have_lines() {
        for (text, place, what) in [
            ("", "f:1", "lists no feed"),
            ("delay_seconds = 2\n\n[[feed]]\nurl = 7", "f:4", "invalid type: integer `7`, expected a string"),
            ("[[feed]]\nurl = \"ftp://x/\"", "f:2", "\"ftp://x/\" is no address"),
            ("[[feed]]\nurl = \"https://x/\"\n[[feed]]\nurl = \"https://x\"", "f:4", "https://x/ is listed twice"),
            ("\ndelay_seconds = 0.0\n[[feed]]\nurl = \"https://x/\"", "f:2", "0 is out of range; write 1 to 3600"),
            ("[[feed]]\nurl = \"https://x/\"\nevry = 5", "f:3", "unknown field `evry`"),
            ("[[feed]]\npublisher = \"x\"", "f:1", "missing field `url`"),
            ("[[feed]\n", "f:1", ""),
        ] {
            let e = Feeds::parse(text, "f").unwrap_err();
            assert_eq!(e.place.to_string(), place, "{text}: {e}");
            assert!(e.what.contains(what), "{e}");
        }
    }
}
