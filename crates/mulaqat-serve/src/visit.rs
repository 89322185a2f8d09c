//! One request as a page sees it: what was asked, in which language, on which day.

use crate::reply::Problem;
use crate::server::Site;
use crate::words::{self, Lang, fill, number};
use mulaqat_ledger::day::{self, Day};
use mulaqat_ledger::{Filter, Ledger};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but what RFC 3986 leaves as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Letters of a name, of words to search or of a question.
pub const LONGEST_TEXT: usize = 300;

/// Days for which a ledger that gets no more reports still counts as up to date.
const FRESH: Day = 30;

/// Fields of a query or form, in their order.
#[derive(Debug, Clone, Default)]
pub struct Params(Vec<(String, String)>);

impl Params {
    pub fn parse(query: &[u8]) -> Params {
        Params(form_urlencoded::parse(query).into_owned().collect())
    }

    /// A field that was filled in.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }

    /// A field as it is, though it be empty.
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// All fields but some, and one more.
    fn with(&self, but: &[&str], more: &[(&str, &str)]) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        let kept = self.0.iter().filter(|(n, v)| !but.contains(&n.as_str()) && !v.is_empty() && !more.iter().any(|m| m.0 == n));
        out.extend_pairs(kept.map(|(n, v)| (n.as_str(), v.as_str())));
        out.extend_pairs(more.iter().filter(|m| !m.1.is_empty()));
        out.finish()
    }
}

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    pub fn code(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    pub fn parse(s: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|t| t.code() == s)
    }
}

/// One request.
pub struct Visit<'s> {
    pub site: &'s Site,
    /// Under which name and port this server was asked.
    pub host: &'s str,
    pub path: &'s str,
    pub params: Params,
    pub form: Params,
    /// What came with the request.
    pub body: &'s [u8],
    pub lang: Lang,
    pub theme: Theme,
    /// By the clock.
    pub today: Day,
}

/// On which day the ledger is looked at.
#[derive(Debug, Clone, Copy)]
pub struct When {
    /// First and last report; `None` for an empty ledger.
    pub reports: Option<(Day, Day)>,
    /// What had been reported by then is shown, and what is to come is counted from there.
    pub day: Day,
    /// The asker chose it.
    pub chosen: bool,
    /// It is the last report's day, since the ledger ends long before today.
    pub old: bool,
}

impl When {
    /// For a filter: `None` when it is today's knowledge.
    pub fn as_of(self) -> Option<Day> {
        self.chosen.then_some(self.day)
    }
}

impl Visit<'_> {
    /// Words of the interface.
    pub fn t(&self, key: &'static str) -> &'static str {
        words::say(self.lang, key)
    }

    /// Words with blanks.
    pub fn f(&self, key: &'static str, with: &[&str]) -> String {
        fill(self.t(key), with)
    }

    /// A counted thing: `{0}` is the number.
    pub fn count(&self, key: &'static str, n: usize) -> String {
        let one = (n == 1).then(|| words::find(self.lang, &format!("{key}.one"))).flatten();
        fill(one.unwrap_or_else(|| self.t(key)), &[&number(self.lang, n as u64)])
    }

    pub fn term(&self, kind: &str, term: &str) -> String {
        words::term(self.lang, kind, term)
    }

    /// The day to look at: `as_of`, else today, else the last report's, when that is long ago.
    pub fn when(&self, ledger: &Ledger) -> Result<When, Problem> {
        let reports = ledger.reports(self.today)?;
        let chosen = self.day("as_of")?;
        let old = reports.is_some_and(|(_, last)| self.today - last > FRESH);
        let usual = reports.filter(|_| old).map_or(self.today, |r| r.1);
        Ok(When { reports, day: chosen.unwrap_or(usual), chosen: chosen.is_some(), old: old && chosen.is_none() })
    }

    /// The `n`th step of the path, decoded; the first is 0.
    pub fn step(&self, n: usize) -> String {
        let raw = self.path.split('/').filter(|s| !s.is_empty()).nth(n).unwrap_or_default();
        percent_decode_str(raw).decode_utf8_lossy().into_owned()
    }

    /// A parameter with a form of its own. Empty it is none where a form sends all its fields, and a mistake where a program asks.
    pub fn given(&self, name: &str) -> Option<&str> {
        if self.path.starts_with("/api/") { self.params.raw(name) } else { self.params.get(name) }
    }

    /// A text among the parameters, of bearable length.
    pub fn text(&self, name: &'static str) -> Result<Option<&str>, Problem> {
        match self.params.get(name) {
            Some(s) if s.chars().count() > LONGEST_TEXT => Err(Problem::field(name, s, self.f("bad.long", &[&LONGEST_TEXT.to_string()]))),
            s => Ok(s),
        }
    }

    /// A day among the parameters.
    pub fn day(&self, name: &'static str) -> Result<Option<Day>, Problem> {
        let parse = |s: &str| day::parse(s).filter(|_| s.len() == 10).ok_or_else(|| Problem::field(name, s, self.t("bad.day")));
        self.given(name).map(parse).transpose()
    }

    /// A number among the parameters, within bounds.
    pub fn number(&self, name: &'static str, usual: usize, most: usize) -> Result<usize, Problem> {
        let Some(s) = self.given(name) else { return Ok(usual) };
        let bad = || Problem::field(name, s, self.f("bad.number", &[&most.to_string()]));
        s.parse().ok().filter(|n| (1..=most).contains(n)).ok_or_else(bad)
    }

    /// The filter that the parameters tell.
    pub fn filter(&self) -> Result<Filter, Problem> {
        crate::filter::parse(self)
    }

    /// This page with a parameter set; emptied, when the value is empty.
    pub fn here(&self, name: &str, value: &str) -> String {
        let query = self.params.with(&["page"], &[(name, value)]);
        if query.is_empty() { self.path.to_string() } else { format!("{}?{query}", self.path) }
    }
}

/// One step of a path.
pub fn step(s: &str) -> String {
    utf8_percent_encode(s, PLAIN).to_string()
}

/// An address with parameters; those without a value are left out.
pub fn to(path: &str, with: &[(&str, &str)]) -> String {
    let query = Params::default().with(&[], with);
    if query.is_empty() { path.to_string() } else { format!("{path}?{query}") }
}

pub fn engagement(id: &str) -> String {
    format!("/engagement/{id}")
}

pub fn article(doc: &str) -> String {
    format!("/article/{}", step(doc))
}

pub fn who(key: &str) -> String {
    format!("/who/{}", step(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(article("https://a.example/ख?x=1#y"), "/article/https%3A%2F%2Fa.example%2F%E0%A4%96%3Fx%3D1%23y");
        let p = Params::parse(b"a=1&b=&c=%E0%A4%96+x&page=3");
        assert_eq!((p.get("a"), p.get("b"), p.get("c")), (Some("1"), None, Some("ख x")));
        assert_eq!(p.with(&["page"], &[("a", "2")]), "c=%E0%A4%96+x&a=2");
        assert_eq!(to("/x", &[("a", ""), ("b", "&")]), "/x?b=%26");
    }
}
