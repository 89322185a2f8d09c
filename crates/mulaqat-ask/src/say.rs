//! What was found, in words: a sentence, and behind it status, sources, conflicts and the words of the articles.

use crate::answer::{Answer, Certainty, Found as Told, Proof, Quoted, Source, Understood};
use crate::error::Result;
use crate::find::{Found, bounds, planned, real};
use crate::names;
use crate::question::{Ask, Party, Question, Side};
use crate::words::{Happening, Messages, capital, fill};
use crate::{Lang, Options};
use mulaqat::check::term;
use mulaqat::edtf::{Date, Edtf, Precision, Qualifier};
use mulaqat::latin;
use mulaqat::lookup::Kind;
use mulaqat::record::{EntityType, Status};
use mulaqat_ledger::day::{self, Day};
use mulaqat_ledger::{Engagement, Ledger, Named};
use std::collections::BTreeSet;

/// So many quotations are shown for one engagement.
const PROOFS: usize = 4;
/// So many names are listed before the rest is left out.
const NAMES: usize = 12;

struct Speaker<'a> {
    m: &'a Messages,
    lang: Lang,
    today: Day,
}

/// Tells what was found.
pub fn say(ledger: &Ledger, m: &Messages, lang: Lang, q: &Question, found: Found, options: &Options) -> Result<Answer> {
    let s = Speaker { m, lang, today: options.as_of.map_or(options.today, |d| d.min(options.today)) };
    let understood = s.understood(q);
    let mut a = Answer {
        question: q.text.clone(),
        lang,
        found: false,
        text: String::new(),
        certainty: Certainty::None,
        understood,
        count: None,
        at_least: false,
        names: vec![],
        engagements: vec![],
        more: 0,
        statements: vec![],
    };
    if found.engagements.is_empty() && found.statements.is_empty() {
        let why = if q.ask == Ask::Why {
            m.get("why").to_string()
        } else if !q.unknown.is_empty() {
            let known_name = q.parties.iter().any(|p| !p.known && q.unknown.contains(&p.text));
            fill(m.get(if known_name { "unknown" } else { "not_understood" }), &[("what", &q.unknown.join(", "))])
        } else if q.is_empty() || q.is_vague() {
            m.get("no_question").to_string()
        } else {
            String::new()
        };
        a.text = [m.get("none"), &why].join(" ").trim().to_string();
        return Ok(a);
    }
    a.found = true;
    let shown = options.limit.max(1);
    a.more = (found.engagements.len() + found.statements.len()).saturating_sub(shown);
    for said in found.statements.iter().take(shown) {
        a.statements.push(s.quoted(said));
    }
    for e in found.engagements.iter().take(shown) {
        a.engagements.push(s.told(ledger, e, q, found.loose, options)?);
    }
    match a.engagements.first() {
        Some(first) => a.certainty = first.certainty,
        None => a.certainty = if found.loose { Certainty::Unconfirmed } else { Certainty::Certain },
    }
    s.sentence(&mut a, q, &found);
    Ok(a)
}

impl Speaker<'_> {
    fn english(&self) -> bool {
        self.lang == Lang::En
    }

    fn name(&self, n: &Named) -> String {
        names::shown(n, self.english())
    }

    /// A, B and C.
    fn list(&self, names: &[String]) -> String {
        match names {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., last] => format!("{} {} {last}", most.join(", "), self.m.get("and")),
        }
    }

    fn names(&self, list: &[Named]) -> String {
        let mut shown: Vec<String> = list.iter().map(|n| self.name(n)).collect();
        shown.dedup();
        shown.truncate(NAMES);
        self.list(&shown)
    }

    fn day(&self, d: &Date, year: bool) -> String {
        let text = d.to_string();
        let mut parts = text.trim_end_matches(['~', '?', '%']).split('T').next().unwrap_or_default().splitn(3, '-');
        let (y, mo, da) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let month = mo.and_then(|m| m.parse::<usize>().ok()).and_then(|n| self.m.months.get(n.wrapping_sub(1)));
        let number = da.and_then(|d| d.parse::<u8>().ok()).map(|d| d.to_string());
        let y = if year && y != "XXXX" { y } else { "" };
        [number.as_deref().unwrap_or_default(), month.map_or("", String::as_str), y]
            .iter()
            .filter(|s| !s.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// A date in words, as an adverb; `sure` when what lies between two days fills them.
    fn when(&self, date: Option<&str>, sure: bool) -> String {
        let Some(edtf) = date.and_then(Edtf::parse) else { return String::new() };
        let form = |key: &str, values: &[(&str, &str)]| fill(self.m.date.get(key).map_or("", String::as_str), values);
        match edtf {
            Edtf::Date(d) => {
                let text = self.day(&d, true);
                let about = matches!(d.qualifier, Some(Qualifier::Approximate | Qualifier::Both));
                let said = match d.precision() {
                    _ if about => form("about", &[("d", &text)]),
                    Precision::Day => form("day", &[("d", &text)]),
                    _ => form("month", &[("d", &text)]),
                };
                if matches!(d.qualifier, Some(Qualifier::Uncertain | Qualifier::Both)) { form("uncertain", &[("d", &said)]) } else { said }
            }
            Edtf::Interval(Some(a), Some(b)) => {
                let same_year = a.to_string().get(..4) == b.to_string().get(..4);
                let (x, y) = (self.day(&a, !same_year), self.day(&b, true));
                form(if sure { "span" } else { "between" }, &[("a", &x), ("b", &y)])
            }
            Edtf::Interval(Some(a), None) => form("from", &[("a", &self.day(&a, true))]),
            Edtf::Interval(None, Some(b)) => form("until", &[("b", &self.day(&b, true))]),
            _ => String::new(),
        }
    }

    /// How such a happening is told; a body meets by itself.
    fn event(&self, e: &Engagement) -> Option<&Happening> {
        let alone = e.class == "meeting" && e.actors.len() + e.recipients.len() == 1;
        let class = if alone { "gathering" } else { e.class.as_str() };
        self.m.event.get(class).or_else(|| self.m.event.get(&e.kind))
    }

    /// What happened, when, where, and how its status stands.
    fn describe(&self, e: &Engagement) -> String {
        let m = self.m;
        let Some(of) = self.event(e) else { return String::new() };
        let when = self.when(e.date.as_deref(), e.class == "visit");
        let visit = e.class == "visit";
        let mut people = e.actors.clone();
        // a meeting is of all who took part
        if !visit && matches!(e.class.as_str(), "meeting" | "phone") {
            people.extend(e.recipients.iter().cloned());
        }
        let a = self.names(&people);
        let b = self.names(&e.recipients);
        let places = self.names(&e.places);
        let goal = if visit { self.goal(e) } else { String::new() };
        let place = if places.is_empty() || visit {
            String::new()
        } else {
            fill(m.post.get("where").map_or("", String::as_str), &[("where", &places)])
        };
        let posts: Vec<(&str, String)> = m
            .post
            .iter()
            .filter(|p| p.0 != "where")
            .map(|(k, v)| (k.as_str(), if b.is_empty() { String::new() } else { fill(v, &[("b", &b)]) }))
            .collect();
        let mut values: Vec<(&str, &str)> = vec![("a", &a), ("b", &b), ("goal", &goal), ("when", &when), ("where", &place)];
        values.extend(posts.iter().map(|(k, v)| (*k, v.as_str())));
        if e.status == Status::Occurred {
            return fill(&of.done, &values);
        }
        let name = fill(&of.name, &values);
        let date = self.plain_date(e.date.as_deref());
        let forms = m.told.get(&term(e.status));
        let told = forms.and_then(|f| f.get(&of.gender).filter(|t| !t.is_empty()).or_else(|| f.get("f"))).map_or("", String::as_str);
        fill(told, &[("name", &name), ("when", &when), ("where", &place), ("date", &date)])
    }

    /// A date by itself: in words, or that there is none.
    fn plain_date(&self, date: Option<&str>) -> String {
        let when = match date.and_then(Edtf::parse) {
            Some(Edtf::Date(d)) if d.qualifier.is_none() => self.day(&d, true),
            _ => self.when(date, true),
        };
        if when.is_empty() { self.m.get("undated").into() } else { when }
    }

    /// Where a visit leads: the place, and the country when it is told.
    fn goal(&self, e: &Engagement) -> String {
        let lands: Vec<&Named> = e.recipients.iter().filter(|n| names::is_code(&n.key)).collect();
        let mut out: Vec<String> = lands.iter().map(|n| self.name(n)).collect();
        if out.is_empty() {
            let of: BTreeSet<&str> = e.recipients.iter().filter_map(|n| names::country_of(&n.key)).collect();
            out.extend(of.iter().map(|c| self.name(&Named { key: (*c).into(), name: country(c) })));
        }
        if out.is_empty() {
            out.extend(e.places.iter().take(2).map(|n| self.name(n)));
        }
        self.list(&out)
    }

    fn told(&self, ledger: &Ledger, e: &Engagement, q: &Question, loose: bool, options: &Options) -> Result<Told> {
        let told = ledger.told(&e.id, options.as_of)?;
        let mut sources: BTreeSet<Source> = BTreeSet::new();
        let mut named = false;
        for t in &told {
            if let Some(p) = &t.publisher {
                sources.insert(Source { name: Some(p.clone()), kind: "publisher".into() });
            }
            for s in &t.sources {
                let (kind, name) = s.split_once(':').unwrap_or((s, ""));
                sources.insert(Source { name: Some(name.to_string()).filter(|n| !n.is_empty()), kind: kind.into() });
            }
            // what stands without a source the article says itself
            named |= t.status == e.status && (t.sources.is_empty() || t.sources.iter().any(|s| !s.starts_with("anonymous")));
        }
        // those that say what is answered come first, and each says something new
        let mut order: Vec<usize> = (0..told.len()).collect();
        order.sort_by_key(|&n| (told[n].status != e.status, told[n].date != e.date));
        let mut evidence: Vec<Proof> = vec![];
        for t in order.into_iter().map(|n| &told[n]) {
            for w in t.evidence.iter().take(2) {
                if evidence.len() >= PROOFS || evidence.iter().any(|p| p.words == w.words) {
                    continue;
                }
                evidence.push(Proof {
                    doc: t.doc.clone(),
                    title: t.title.clone(),
                    publisher: t.publisher.clone(),
                    url: t.url.clone(),
                    published: t.published.clone(),
                    status: t.status,
                    date: t.date.clone(),
                    before: w.before.clone(),
                    words: w.words.clone(),
                    after: w.after.clone(),
                });
            }
        }
        let asked = |field: &str| match field {
            "date" => matches!(q.ask, Ask::When | Ask::Often) || q.period.is_some(),
            "place" => q.ask == Ask::Where || q.parties.iter().any(|p| p.side == Some(Side::Place)),
            "participants" => q.ask == Ask::Who,
            _ => true,
        };
        let disputed = e.conflicts.iter().any(|c| asked(&c.field));
        let apart = !q.words.is_empty() && {
            let said: String = told
                .iter()
                .flat_map(|t| &t.evidence)
                .map(|w| mulaqat::lookup::key(&[w.before.as_str(), &w.words, &w.after].join(" ")))
                .collect::<Vec<_>>()
                .join(" ");
            !q.words.iter().all(|w| said.split(' ').any(|s| s == w))
        };
        let certainty = match e.status {
            _ if disputed => Certainty::Disputed,
            Status::Postponed | Status::Cancelled | Status::Denied => Certainty::Off,
            Status::Tentative => Certainty::Unconfirmed,
            _ if loose || apart || !named => Certainty::Unconfirmed,
            Status::Scheduled => Certainty::Announced,
            Status::Occurred | Status::Ongoing => Certainty::Certain,
        };
        let list = |l: &[Named]| l.iter().map(|n| self.name(n)).collect::<Vec<_>>();
        let mut sentence = capital(&self.describe(e));
        if apart {
            sentence = format!("{sentence}. {}", fill(self.m.get("same_report"), &[("words", &q.words.join(" "))]));
        }
        // a source may be a person, a body or a country
        let roman = |n: String| {
            [Kind::Person, Kind::Body, Kind::Country]
                .iter()
                .find_map(|k| latin::listed(*k, &n))
                .map_or_else(|| latin::name(Kind::Body, &n), String::from)
        };
        let latin = |s: Source| if self.english() { Source { name: s.name.map(roman), ..s } } else { s };
        Ok(Told {
            id: e.id.clone(),
            sentence,
            kind: e.kind.clone(),
            class: e.class.clone(),
            status: e.status,
            date: e.date.clone(),
            when: self.when(e.date.as_deref(), e.class == "visit"),
            actors: list(&e.actors),
            recipients: list(&e.recipients),
            places: list(&e.places),
            certainty,
            sources: sources.into_iter().map(latin).collect(),
            conflicts: e.conflicts.clone(),
            disagreement: e.conflicts.iter().map(|c| self.conflict(c)).collect(),
            evidence,
            families: e.families,
            documents: e.documents,
        })
    }

    fn conflict(&self, c: &mulaqat_ledger::Conflict) -> String {
        let m = self.m;
        let value = |v: &mulaqat_ledger::Value| {
            let text = match c.field.as_str() {
                "date" => self.plain_date(Some(&v.value)),
                "status" => m.status.get(&v.value).cloned().unwrap_or_else(|| v.value.clone()),
                _ if self.english() => {
                    let kind = if c.field == "place" { Kind::Place } else { Kind::Person };
                    v.value.split(", ").map(|n| latin::name(kind, n)).collect::<Vec<_>>().join(", ")
                }
                _ => v.value.clone(),
            };
            fill(m.get("conflict_value"), &[("value", &text), ("n", &v.families.to_string())])
        };
        let values: Vec<String> = c.values.iter().map(value).collect();
        let field = m.field.get(&c.field).map_or(c.field.as_str(), String::as_str);
        fill(m.get("conflict"), &[("field", field), ("values", &values.join(m.get("conflict_or")))])
    }

    fn quoted(&self, s: &mulaqat_ledger::Said) -> Quoted {
        let m = self.m;
        let medium = s.medium.map(|x| m.medium.get(&term(x)).cloned().unwrap_or_default());
        let key = match (s.direct, &medium) {
            (true, None) => "said",
            (true, Some(_)) => "said_on",
            (false, None) => "reported",
            (false, Some(_)) => "reported_on",
        };
        let when = s.day.as_deref().and_then(Edtf::parse).map(|e| match e {
            // the day of the report, not of the words
            Edtf::Date(d) => format!("({})", self.day(&d, true)),
            _ => String::new(),
        });
        let who = self.name(&s.speaker);
        let sentence = fill(
            m.get(key),
            &[
                ("who", &who),
                ("when", when.as_deref().unwrap_or_default()),
                ("medium", medium.as_deref().unwrap_or_default()),
                ("text", &s.text),
            ],
        );
        Quoted {
            sentence,
            speaker: who,
            direct: s.direct,
            medium: s.medium,
            text: s.text.clone(),
            day: s.day.clone(),
            doc: s.doc.clone(),
            title: s.title.clone(),
            publisher: s.publisher.clone(),
            url: s.url.clone(),
            published: s.published.clone(),
        }
    }

    /// The answer itself.
    fn sentence(&self, a: &mut Answer, q: &Question, found: &Found) {
        let m = self.m;
        if let Some(first) = a.statements.first() {
            a.names = vec![first.speaker.clone()];
            for s in &a.statements {
                if !a.names.contains(&s.speaker) {
                    a.names.push(s.speaker.clone());
                }
            }
            let stop = if self.english() || first.sentence.ends_with(['\u{964}', '”']) { "" } else { "\u{964}" };
            let mut text = format!("{}{stop}", first.sentence);
            if a.more + a.statements.len() > 1 {
                text = format!("{text} {}", fill(m.get("more_said"), &[("n", &(a.more + a.statements.len() - 1).to_string())]));
            }
            if found.loose {
                let about: Vec<String> = q
                    .parties
                    .iter()
                    .filter(|p| p.side == Some(Side::About))
                    .map(|p| p.text.clone())
                    .chain(q.words.iter().cloned())
                    .collect();
                text = format!("{text} {}", fill(m.get("same_report_said"), &[("words", &about.join(", "))]));
            }
            a.text = text;
            return;
        }
        let Some(e) = found.engagements.first() else { return };
        let first = a.engagements[0].clone();
        let stop = |s: &str| {
            if s.ends_with(['\u{964}', '.', '?']) { s.to_string() } else { format!("{s}{}", if self.english() { "." } else { "\u{964}" }) }
        };
        let mut parts: Vec<String> = vec![];
        match q.ask {
            Ask::Often => {
                a.count = Some(found.count);
                a.at_least = found.at_least;
                let key = if found.at_least { "at_least" } else { "times" };
                parts.push(fill(m.get(key), &[("n", &found.count.to_string())]));
                parts.push(stop(&first.sentence));
            }
            Ask::Who => {
                let mut names: Vec<String> = vec![];
                for e in &found.engagements {
                    for n in self.fillers(q, e) {
                        if !names.contains(&n) {
                            names.push(n);
                        }
                    }
                }
                a.names = names;
                let shown: Vec<String> = a.names.iter().take(NAMES).cloned().collect();
                if !shown.is_empty() {
                    parts.push(stop(&self.list(&shown)));
                }
                parts.push(stop(&first.sentence));
                a.at_least = found.at_least;
                if found.at_least {
                    parts.push(m.get("not_all").into());
                }
            }
            Ask::Where => {
                a.names = if first.class == "visit" && first.places.is_empty() { first.recipients.clone() } else { first.places.clone() };
                if first.class == "visit" {
                    for n in found.engagements.iter().map(|e| self.goal(e)) {
                        if !n.is_empty() && !a.names.contains(&n) {
                            a.names.push(n);
                        }
                    }
                }
                parts.push(stop(&first.sentence));
                if a.names.is_empty() {
                    a.certainty = Certainty::Unconfirmed;
                    parts.push(m.get("where_unknown").replace("{what}", "").trim().to_string());
                } else if first.class == "visit" && a.engagements.len() == 1 && !first.places.is_empty() {
                    parts.push(stop(&self.list(&first.places)));
                }
            }
            Ask::When => {
                parts.push(stop(&first.sentence));
                if first.date.is_none() {
                    a.certainty = Certainty::Unconfirmed;
                    parts.push(m.get("when_unknown").replace("{what}", "").trim().to_string());
                }
            }
            Ask::About => {
                let of: Vec<String> = e.contexts.iter().map(|c| m.context.get(c).cloned().unwrap_or_else(|| c.clone())).collect();
                a.names = of.clone();
                if of.is_empty() {
                    a.certainty = Certainty::Unconfirmed;
                    parts.push(stop(&first.sentence));
                    parts.push(m.get("about_unknown").replace("{what}", "").trim().to_string());
                } else {
                    parts.push(fill(m.get("about_list"), &[("what", &first.sentence), ("about", &self.list(&of))]));
                }
            }
            Ask::Whether => {
                if real(e.status) && first.certainty == Certainty::Certain && q.mood != crate::Mood::Future {
                    parts.push(m.get("yes").into());
                } else if first.certainty == Certainty::Off {
                    parts.push(m.get("no").into());
                }
                parts.push(stop(&first.sentence));
            }
            Ask::Changed => {
                for (told, e) in a.engagements.iter_mut().zip(&found.engagements) {
                    told.sentence = self.change(e);
                }
                parts.push(stop(&a.engagements[0].sentence));
            }
            Ask::Denied => {
                let act = e.kind == "REJECT";
                a.names = if act { first.actors.clone() } else { denying(&first) };
                if !a.names.is_empty() && !act {
                    parts.push(fill(m.get("denied_by"), &[("who", &self.list(&a.names))]));
                }
                parts.push(stop(&first.sentence));
                if act && real(e.status) && first.certainty == Certainty::Certain {
                    a.certainty = Certainty::Certain;
                }
            }
            _ => parts.push(stop(&first.sentence)),
        }
        // whoever asks what is to come is told when the day has passed
        if planned(e.status) && bounds(e).is_some_and(|b| b.1 < self.today) && q.ask != Ask::Changed {
            parts.push(m.get("passed").into());
        }
        parts.extend(first.disagreement.iter().cloned());
        let others = found.engagements.len() - 1;
        if others > 0 && !matches!(q.ask, Ask::Often) {
            parts.push(fill(m.get("more"), &[("n", &others.to_string())]));
        }
        a.text = parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
    }

    /// Who fills the hole.
    fn fillers(&self, q: &Question, e: &Engagement) -> Vec<String> {
        let mutual = e.recipients.is_empty();
        let all: Vec<&Named> = match q.hole {
            Some(Side::Place) => return Some(self.goal(e)).filter(|g| !g.is_empty()).into_iter().collect(),
            Some(Side::Actor) if !mutual => e.actors.iter().collect(),
            Some(Side::Recipient | Side::With) if !mutual && e.class != "visit" => e.recipients.iter().collect(),
            _ if e.class == "visit" => e.actors.iter().collect(),
            _ => e.actors.iter().chain(&e.recipients).collect(),
        };
        let given = |n: &Named| {
            q.parties.iter().any(|p: &Party| {
                p.kind != EntityType::Place
                    && (p.keys.contains(&n.key) || (p.kind == EntityType::Country && names::country_of(&n.key) == p.country.as_deref()))
            })
        };
        let mut out: Vec<&Named> = all.into_iter().filter(|n| !given(n)).collect();
        // the own delegation is nobody's partner
        let own: Vec<&str> = q.parties.iter().filter(|p| p.kind == EntityType::Person).filter_map(|p| p.country.as_deref()).collect();
        let foreign = |n: &&Named| names::country_of(&n.key).is_none_or(|c| !own.contains(&c));
        if mutual && out.iter().any(foreign) {
            out.retain(foreign);
        }
        match q.of {
            Some(EntityType::Country) => {
                let mut lands: Vec<String> = vec![];
                for c in out.iter().filter_map(|n| names::country_of(&n.key)) {
                    let shown = self.name(&Named { key: c.into(), name: country(c) });
                    if !lands.contains(&shown) {
                        lands.push(shown);
                    }
                }
                lands
            }
            Some(EntityType::Person) if out.iter().any(|n| n.key.starts_with(['p', 'P'])) => {
                out.iter().filter(|n| n.key.starts_with(['p', 'P'])).map(|n| self.name(n)).collect()
            }
            _ => out.iter().map(|n| self.name(n)).collect(),
        }
    }

    fn change(&self, e: &Engagement) -> String {
        let m = self.m;
        let steps: Vec<String> = e
            .history
            .iter()
            .map(|s| {
                let day = s.as_of.as_deref().and_then(Edtf::parse).map_or(String::new(), |d| match d {
                    Edtf::Date(d) => self.day(&d, true),
                    _ => String::new(),
                });
                let date = s.date.as_deref().map_or(String::new(), |d| format!(" ({})", self.plain_date(Some(d))));
                let status = m.status.get(&term(s.status)).cloned().unwrap_or_default();
                fill(m.get("step"), &[("day", &day), ("status", &status), ("date", &date)]).replace("(", " (").replace("  (", " (")
            })
            .collect();
        let name = self.event(e).map_or(String::new(), |of| {
            let (a, b, goal) =
                (self.names(&e.actors), self.names(&e.recipients), if e.class == "visit" { self.goal(e) } else { String::new() });
            let posts: Vec<(&str, String)> =
                m.post.iter().map(|(k, v)| (k.as_str(), if b.is_empty() { String::new() } else { fill(v, &[("b", &b)]) })).collect();
            let mut values: Vec<(&str, &str)> = vec![("a", &a), ("b", &b), ("goal", &goal)];
            values.extend(posts.iter().map(|(k, v)| (*k, v.as_str())));
            fill(&of.name, &values)
        });
        fill(m.get("change"), &[("what", &name), ("steps", &steps.join("; "))])
    }

    fn understood(&self, q: &Question) -> Understood {
        let m = self.m;
        let day = |d: Option<Day>| d.map(day::show);
        let period = q.period.unwrap_or_default();
        let who: Vec<String> = q.parties.iter().map(|p| p.text.clone()).collect();
        let mut parts = vec![m.ask.get(&term(q.ask)).cloned().unwrap_or_default()];
        parts.extend(who.iter().cloned());
        parts.extend(q.kinds.iter().map(|k| self.kind(k)));
        parts.extend(q.status.iter().map(|s| m.status.get(&term(*s)).cloned().unwrap_or_default()));
        if q.period.is_some() {
            parts.push(format!("{} – {}", day(period.from).unwrap_or("…".into()), day(period.to).unwrap_or("…".into())));
        }
        parts.extend(q.contexts.iter().map(|c| m.context.get(c).cloned().unwrap_or_default()));
        parts.extend(q.words.iter().map(|w| format!("“{w}”")));
        parts.retain(|p| !p.is_empty());
        Understood {
            ask: q.ask,
            text: parts.join(" · "),
            who,
            kinds: q.kinds.clone(),
            status: q.status.clone(),
            from: day(period.from),
            to: day(period.to),
            words: q.words.clone(),
            unknown: q.unknown.clone(),
        }
    }

    /// A sort of happening by its name, without those who take part.
    fn kind(&self, k: &str) -> String {
        k.to_lowercase()
    }
}

/// The usual name of a country.
fn country(code: &str) -> String {
    let of = mulaqat::lookup::lists().entries.iter().find(|l| l.kind == Kind::Country && l.country.as_deref() == Some(code));
    of.map_or_else(|| code.into(), |l| l.name.clone())
}

/// Who says that it is not so: sources, else publishers, of the claims that deny.
fn denying(e: &Told) -> Vec<String> {
    let named: Vec<String> = e.sources.iter().filter(|s| s.kind != "publisher").filter_map(|s| s.name.clone()).collect();
    if !named.is_empty() {
        return named;
    }
    let mut out: Vec<String> = vec![];
    for p in e.evidence.iter().filter(|p| matches!(p.status, Status::Denied | Status::Cancelled)).filter_map(|p| p.publisher.clone()) {
        if !out.contains(&p) {
            out.push(p);
        }
    }
    out
}
