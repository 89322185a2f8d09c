//! What a page says about itself: JSON-LD, OpenGraph and other `<meta>`, `itemprop`, `<time>`, in this order of trust.

use crate::{dates, prose};
use dom_query::{Document, NodeRef};
use serde_json::Value;
use std::collections::HashMap;
use url::Url;

/// What a page says about itself.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Meta {
    pub title: Option<String>,
    pub publisher: Option<String>,
    /// The day of publication, `YYYY-MM-DD`, as the page writes it, in its own time zone.
    pub published: Option<String>,
    /// The address under which the page wants to be known, absolute.
    pub url: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// The whole text, where JSON-LD holds it.
    pub body: Option<String>,
}

/// Reads the metadata of a page; `url` is the address it was fetched from.
pub fn read(page: &Document, url: Option<&str>) -> Meta {
    let seen = Seen::of(page);
    let ld = LinkedData::of(&seen.scripts);
    let article = ld.article();
    let ld_text = |keys: &[&str]| keys.iter().find_map(|k| article.and_then(|a| string(a.get(k)?))).map(|s| one_line(&s));
    let meta = |keys: &[&str]| keys.iter().find_map(|k| seen.meta.get(*k)).map(|s| one_line(s));

    let publisher = article
        .and_then(|a| ld.name_of(a.get("publisher")?))
        .or_else(|| article.and_then(|a| ld.name_of(a.get("sourceOrganization")?)))
        .or_else(|| {
            meta(&[
                "og:site_name",
                "publisher",
                "dc.publisher",
                "dcterms.publisher",
                "application-name",
                "apple-mobile-web-app-title",
                "copyright",
            ])
        })
        .or_else(|| ld.site());
    let title = ld_text(&["headline", "name"])
        .or_else(|| meta(&["og:title", "headline", "dc.title", "twitter:title", "title"]))
        .or_else(|| seen.heading.clone())
        .or_else(|| seen.title.as_deref().map(without_site))
        .map(|t| without_name(&t, publisher.as_deref()));
    let published = ["datePublished", "dateCreated", "uploadDate"]
        .iter()
        .find_map(|k| day(&string(article?.get(k)?)?))
        .or_else(|| PUBLISHED.iter().find_map(|k| day(seen.meta.get(*k)?)))
        .or_else(|| seen.times.iter().max_by_key(|(trust, _)| *trust).map(|(_, d)| d.clone()))
        .or_else(|| seen.scripts.iter().find_map(|s| day(&loose_field(s, "datePublished")?)));
    let base = url.and_then(|u| Url::parse(u).ok());
    let absolute = |link: &str| {
        let link = link.trim();
        let link = base.as_ref().map_or_else(|| Url::parse(link).ok(), |b| b.join(link).ok())?;
        // some templates name the front page on every page
        (matches!(link.scheme(), "http" | "https") && (link.path() != "/" || link.query().is_some())).then(|| link.to_string())
    };
    let canonical = seen.canonical.as_deref().and_then(absolute).or_else(|| absolute(seen.meta.get("og:url")?));
    let in_ld = || ["url", "mainEntityOfPage", "@id"].iter().find_map(|k| absolute(&ld.address(article?.get(k)?)?));
    Meta {
        title: title.filter(|t| !t.is_empty()),
        publisher: publisher.filter(|p| !p.is_empty()),
        published,
        url: canonical.or_else(in_ld).or_else(|| url.map(str::to_string)),
        language: seen.language.clone().or_else(|| ld_text(&["inLanguage"])).or_else(|| meta(&["content-language", "og:locale"])),
        body: article.and_then(body),
    }
}

fn day(s: &str) -> Option<String> {
    dates::civil(s).map(|d| d.to_string())
}

/// `<meta>` names of a date of publication, the surest first. Dates of changes are none of them.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "datepublished",
    "og:published_time",
    "article:published",
    "publish-date",
    "publish_date",
    "publishdate",
    "published_date",
    "published-date",
    "publication_date",
    "publication-date",
    "pubdate",
    "article_date_original",
    "date_published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "originalpublicationdate",
    "created",
    "date",
];

/// Everything in one walk through the page.
#[derive(Default)]
struct Seen {
    scripts: Vec<String>,
    /// By name in lower case; the first of a name.
    meta: HashMap<String, String>,
    canonical: Option<String>,
    language: Option<String>,
    title: Option<String>,
    heading: Option<String>,
    /// Days in `<time>` and `itemprop`, with how far each can be trusted.
    times: Vec<(i32, String)>,
}

impl Seen {
    fn of(page: &Document) -> Seen {
        let mut seen = Seen::default();
        for node in page.root().descendants_it() {
            let Some(element) = node.element_ref() else { continue };
            let name = &*element.name.local;
            let attr = |wanted: &str| element.attrs.iter().find(|a| &*a.name.local == wanted).map(|a| a.value.trim());
            match name {
                "html" => seen.language = attr("lang").or(attr("xml:lang")).filter(|l| !l.is_empty()).map(str::to_string),
                "meta" => {
                    let Some(content) = attr("content").filter(|c| !c.is_empty()) else { continue };
                    for key in ["property", "name", "itemprop", "http-equiv"] {
                        for key in attr(key).unwrap_or_default().split_ascii_whitespace() {
                            seen.meta.entry(key.to_ascii_lowercase()).or_insert_with(|| content.to_string());
                        }
                    }
                }
                "link" if seen.canonical.is_none() && attr("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                    seen.canonical = attr("href").map(str::to_string);
                }
                "script" if attr("type").is_some_and(|t| t.to_ascii_lowercase().starts_with("application/ld+json")) => {
                    seen.scripts.push(node.text().to_string());
                }
                "title" if seen.title.is_none() => seen.title = Some(one_line(&node.text())).filter(|t| !t.is_empty()),
                "h1" if seen.heading.is_none() => seen.heading = Some(prose::text(&node).replace('\n', " ")).filter(|t| !t.is_empty()),
                _ => {
                    let published =
                        attr("itemprop").is_some_and(|p| p.split_ascii_whitespace().any(|p| p.eq_ignore_ascii_case("datePublished")));
                    if name == "time" || published {
                        let said = attr("datetime").or(attr("content")).map(str::to_string).unwrap_or_else(|| node.text().to_string());
                        if let Some(day) = day(&said) {
                            let trust = trust(&node, published || attr("pubdate").is_some(), attr("class").unwrap_or_default());
                            // of two alike, the first counts
                            if let Some(trust) = trust.filter(|t| seen.times.iter().all(|(old, _)| old < t)) {
                                seen.times.push((trust, day));
                            }
                        }
                    }
                }
            }
        }
        seen
    }
}

/// How far a `<time>` can be trusted to tell the publication of the page and not that of something else on it.
fn trust(node: &NodeRef, published: bool, class: &str) -> Option<i32> {
    let class = class.to_ascii_lowercase();
    let modified = ["modif", "updat"].iter().any(|w| class.contains(w));
    let mut in_article = false;
    for above in node.ancestors_it(None) {
        let Some(element) = above.element_ref() else { continue };
        match &*element.name.local {
            "article" | "main" => in_article = true,
            "aside" | "nav" | "footer" | "li" if !published => return None,
            _ if !published && prose::aside(&above) => return None,
            _ => {}
        }
    }
    if modified && !published {
        return None;
    }
    Some(i32::from(published) * 4 + i32::from(class.contains("publish")) * 2 + i32::from(in_article))
}

/// All JSON-LD of a page.
struct LinkedData {
    nodes: Vec<Value>,
}

/// Types of what can be the article of a page.
const ARTICLES: &[&str] = &[
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "AskPublicNewsArticle",
    "ReviewNewsArticle",
    "LiveBlogPosting",
    "Article",
    "BlogPosting",
    "Report",
    "SocialMediaPosting",
];

/// Fields that hold other articles, not this one.
const ELSEWHERE: &[&str] =
    &["itemListElement", "hasPart", "isPartOf", "liveBlogUpdate", "mentions", "relatedLink", "citation", "video", "about"];

impl LinkedData {
    fn of(scripts: &[String]) -> LinkedData {
        LinkedData { nodes: scripts.iter().flat_map(|s| values(s)).collect() }
    }

    /// Every object, outer ones first, but for those that stand for other pages.
    fn objects(&self) -> Vec<&Value> {
        let mut queue: std::collections::VecDeque<&Value> = self.nodes.iter().collect();
        let mut found = vec![];
        while let Some(value) = queue.pop_front() {
            match value {
                Value::Array(items) => queue.extend(items),
                Value::Object(fields) => {
                    found.push(value);
                    queue.extend(
                        fields.iter().filter(|(k, v)| (v.is_object() || v.is_array()) && !ELSEWHERE.contains(&k.as_str())).map(|(_, v)| v),
                    );
                }
                _ => {}
            }
        }
        found
    }

    /// The article: the first node of an article's type, else the first of a page that has a date or headline.
    fn article(&self) -> Option<&Value> {
        let objects = self.objects();
        let typed = |types: &[&str]| {
            objects.iter().find(|o| is_a(o, types) && (o.get("headline").is_some() || o.get("datePublished").is_some())).copied()
        };
        typed(ARTICLES).or_else(|| typed(&["WebPage", "ItemPage", "CollectionPage", "VideoObject"]))
    }

    /// The name of a person or organisation: given as text, object, list, or by `@id`.
    fn name_of(&self, value: &Value) -> Option<String> {
        match value {
            Value::String(s) => Some(one_line(s)).filter(|s| !s.is_empty() && !s.contains("://")),
            Value::Array(items) => items.iter().find_map(|v| self.name_of(v)),
            Value::Object(fields) => match fields.get("name") {
                Some(name) => string(name).map(|s| one_line(&s)).filter(|s| !s.is_empty()),
                None => {
                    let id = fields.get("@id")?.as_str()?;
                    let target =
                        self.objects().into_iter().find(|o| o.get("@id").and_then(Value::as_str) == Some(id) && o.get("name").is_some())?;
                    string(target.get("name")?).map(|s| one_line(&s))
                }
            },
            _ => None,
        }
    }

    /// The name of the site as a whole.
    fn site(&self) -> Option<String> {
        let objects = self.objects();
        let named = |types: &[&str]| objects.iter().find(|o| is_a(o, types)).and_then(|o| self.name_of(o));
        named(&["NewsMediaOrganization"]).or_else(|| named(&["WebSite"])).or_else(|| named(&["Organization"]))
    }

    fn address(&self, value: &Value) -> Option<String> {
        match value {
            Value::String(s) => Some(s.clone()),
            Value::Object(o) => o.get("@id").or(o.get("url")).and_then(Value::as_str).map(str::to_string),
            _ => None,
        }
    }
}

fn is_a(object: &Value, types: &[&str]) -> bool {
    let named = |v: &Value| v.as_str().is_some_and(|t| types.contains(&t.rsplit(['/', ':']).next().unwrap_or(t)));
    match object.get("@type") {
        Some(Value::Array(all)) => all.iter().any(named),
        Some(one) => named(one),
        None => false,
    }
}

/// A string, or the first of several, or the `@value` of one with a language.
fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.clone()),
        Value::Array(items) => items.iter().find_map(string),
        Value::Object(fields) => fields.get("@value").or(fields.get("name")).and_then(string),
        _ => None,
    }
}

/// The text that an article carries in its metadata; of a live blog, that of its updates.
fn body(article: &Value) -> Option<String> {
    let text = |o: &Value| o.get("articleBody").and_then(string).map(|s| prose::of_fragment(&s)).filter(|s| !s.is_empty());
    let updates = || {
        let updates = article.get("liveBlogUpdate")?.as_array()?;
        Some(updates.iter().filter_map(text).collect::<Vec<_>>().join("\n")).filter(|s| !s.is_empty())
    };
    text(article).into_iter().chain(updates()).max_by_key(String::len)
}

/// The JSON values of a script, mended where templates break them.
fn values(script: &str) -> Vec<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let all = |s: &str| -> (Vec<Value>, bool) {
        let (mut found, mut whole) = (vec![], true);
        for value in serde_json::Deserializer::from_str(s).into_iter::<Value>() {
            match value {
                Ok(v) => found.push(v),
                Err(_) => whole = false,
            }
        }
        (found, whole)
    };
    let (found, whole) = all(script);
    if whole || !found.is_empty() {
        return found;
    }
    all(&mended(script)).0
}

/// Raw line breaks in strings, and commas before a closing bracket: what templates do most often.
fn mended(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut in_string, mut escaped) = (false, false);
    for c in json.chars() {
        if in_string {
            out.push(if c.is_control() { ' ' } else { c });
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_string = false,
                _ => {}
            }
            continue;
        }
        if matches!(c, '}' | ']') {
            let kept = out.trim_end().trim_end_matches(',').len();
            out.truncate(kept);
        }
        in_string = c == '"';
        out.push(c);
    }
    out
}

/// The value of `"name": "…"` in a script that cannot be mended.
fn loose_field(script: &str, name: &str) -> Option<String> {
    let rest = script.split_once(&format!("\"{name}\""))?.1.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    rest.split_once('"').map(|(value, _)| value.to_string())
}

/// On one line; entities that were escaped twice are resolved.
fn one_line(s: &str) -> String {
    prose::of_fragment(s).split_whitespace().collect::<Vec<_>>().join(" ")
}

const DIVIDERS: &[&str] = &[" | ", " – ", " — ", " - ", " :: ", " » "];

/// A `<title>` without the name of the site at its end.
fn without_site(title: &str) -> String {
    let cut = DIVIDERS.iter().filter_map(|d| title.rfind(d)).max();
    match cut.map(|i| title[..i].trim()) {
        Some(head) if head.split_whitespace().count() >= 3 => head.to_string(),
        _ => title.to_string(),
    }
}

/// A title without the publisher's name at its end.
fn without_name(title: &str, publisher: Option<&str>) -> String {
    let cut = publisher.filter(|p| !p.is_empty()).and_then(|p| title.strip_suffix(p)).map(str::trim_end);
    let cut = cut.and_then(|t| t.strip_suffix(['|', '-', '–', '—', ':', '»'])).map(|t| t.trim_end().to_string());
    cut.filter(|t| !t.is_empty()).unwrap_or_else(|| title.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_json_is_mended() {
        assert_eq!(values("{\"a\": \"x\ny\",}"), [serde_json::json!({"a": "x y"})]);
        assert_eq!(values("<!-- [1, 2, ]"), [serde_json::json!([1, 2])]);
        assert_eq!(values("{\"a\": 1} {\"b\": 2}").len(), 2);
        assert!(values("{oops").is_empty());
        assert_eq!(loose_field("{oops \"datePublished\" : \"2025-11-19\"", "datePublished").as_deref(), Some("2025-11-19"));
    }

    #[test]
    fn titles_without_sites() {
        assert_eq!(without_site("one two three | Site"), "one two three");
        assert_eq!(without_site("one - two"), "one - two");
        assert_eq!(without_name("one two - Site", Some("Site")), "one two");
        assert_eq!(without_name("Site", Some("Site")), "Site");
    }
}
