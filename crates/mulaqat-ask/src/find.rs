//! Engagements and statements that fill the hole of a question.

use crate::Options;
use crate::error::Result;
use crate::names;
use crate::question::{Ask, Mood, Order, Party, Question, Side};
use crate::words::Words;
use mulaqat::Engine;
use mulaqat::edtf::Edtf;
use mulaqat::lookup;
use mulaqat::probe::{Meaning, Piece};
use mulaqat::record::{Document, EntityType, Status};
use mulaqat_ledger::day::{self, Day};
use mulaqat_ledger::{Engagement, Filter, Ledger, Named, Need, Said, Speech};
use std::collections::BTreeSet;

/// So many engagements are looked at for one question at most; a count beyond them is told as *at least*.
const LOOKED_AT: usize = 250;
/// Of so many the words are read.
const NARROWED: usize = 32;
/// So many reports are read for statements.
const REPORTS: usize = 80;

/// What was found, not yet in words.
#[derive(Debug, Default)]
pub struct Found {
    pub engagements: Vec<Engagement>,
    /// They do not quite say what was asked: a date too coarse for the period, a status that was not asked for.
    pub loose: bool,
    /// Found by words of the report that do not stand in the sentence of the happening.
    pub statements: Vec<Said>,
    pub count: usize,
    pub at_least: bool,
}

/// Looks in the ledger for what a question asks.
pub fn find(engine: &Engine, ledger: &Ledger, words: &Words, q: &Question, options: &Options) -> Result<Found> {
    if !q.unknown.is_empty() || q.is_empty() || q.is_vague() || q.ask == Ask::Why {
        return Ok(Found::default());
    }
    match q.ask {
        Ask::Said => said(engine, ledger, words, q, options),
        Ask::Changed => changed(ledger, q, options),
        Ask::Denied => denied(ledger, q, options),
        _ => narrow(engine, ledger, words, q, options, happened(ledger, q, options)?),
    }
}

/// Keeps those whose words tell what the question tells apart: of all support, thanks. The words are read by the frames that read the
/// articles. Where none does, all stay, as what does not quite say what was asked.
fn narrow(engine: &Engine, ledger: &Ledger, words: &Words, q: &Question, options: &Options, mut found: Found) -> Result<Found> {
    if q.senses.is_empty() || found.engagements.is_empty() {
        return Ok(found);
    }
    let mut kept = vec![];
    for e in found.engagements.iter().take(NARROWED) {
        let told = ledger.told(&e.id, options.as_of)?;
        if told.iter().flat_map(|t| &t.evidence).take(6).any(|w| tells(engine, words, q, &w.words)) {
            kept.push(e.clone());
        }
    }
    if kept.is_empty() {
        if q.senses.iter().any(|s| words.senses.get(s).is_some_and(|s| s.only)) {
            return Ok(Found::default());
        }
        found.loose = true;
        return Ok(found);
    }
    found.at_least |= found.engagements.len() > NARROWED;
    found.count = kept.len();
    found.engagements = kept;
    Ok(found)
}

/// The words tell one of the senses that the question asks for, as the frames read them.
fn tells(engine: &Engine, words: &Words, q: &Question, text: &str) -> bool {
    engine.probe(&Document { text: text.into(), ..Document::default() }).into_iter().any(|p: Piece| {
        let of = match p.what {
            Meaning::Noun(t) => t,
            Meaning::Verb(v) => v.tells,
            _ => vec![],
        };
        of.iter().any(|t| words.senses_of(&t.frame).iter().any(|s| q.senses.contains(s)))
    })
}

/// What an engagement must have so that the party takes part in it.
fn needs(p: &Party) -> Vec<Need> {
    let place = |p: &Party| p.keys.iter().map(|k| Need::Place(k.clone())).collect::<Vec<_>>();
    match (p.kind, p.side) {
        (EntityType::Place, _) => {
            let mut out = place(p);
            // a capital that stands for its government
            let of = p.keys.iter().find_map(|k| lookup::lists().capital(k)).filter(|_| p.side != Some(Side::Place));
            out.extend(of.map(|c| Need::Party(c.into())));
            out
        }
        (EntityType::Country, Some(Side::Place)) => p.keys.iter().flat_map(|k| [Need::Place(k.clone()), Need::Party(k.clone())]).collect(),
        (EntityType::Country, _) => p.keys.iter().map(|k| Need::Party(k.clone())).collect(),
        _ => p.keys.iter().map(|k| Need::Who(k.clone())).collect(),
    }
}

fn filter(q: &Question, options: &Options) -> Filter {
    let mut with: Vec<Vec<Need>> = q.parties.iter().map(needs).collect();
    if !q.kinds.is_empty() {
        with.push(q.kinds.iter().map(|k| Need::Kind(k.clone())).collect());
    }
    let period = q.period.unwrap_or_default();
    Filter {
        with,
        text: (!q.words.is_empty()).then(|| q.words.join(" ")),
        from: period.from,
        to: period.to,
        as_of: options.as_of,
        ..Filter::default()
    }
}

/// The party is among those named.
fn among(p: &Party, list: &[Named]) -> bool {
    list.iter().any(|n| match p.kind {
        EntityType::Country => names::country_of(&n.key) == p.country.as_deref(),
        EntityType::Place => p.keys.contains(&n.name) || n.key == p.country.as_deref().unwrap_or_default(),
        _ => p.keys.contains(&n.key),
    })
}

/// Everybody plays the part that the question gives them.
fn parts(q: &Question, e: &Engagement) -> bool {
    let mutual = matches!(e.class.as_str(), "meeting" | "phone") || e.recipients.is_empty();
    q.parties.iter().all(|p| match p.side {
        Some(Side::Place) if e.class == "visit" => {
            // a visit leads where it takes place, or to whom it is paid; whoever comes from there does not
            among(p, &e.recipients) || e.places.iter().any(|n| leads(p, n)) && !(p.kind == EntityType::Country && among(p, &e.actors))
        }
        Some(Side::Place) if p.kind == EntityType::Country => e.places.iter().any(|n| leads(p, n)),
        _ if mutual => true,
        Some(Side::Actor) => among(p, &e.actors),
        Some(Side::Recipient) => among(p, &e.recipients),
        _ => true,
    })
}

/// The place is the one asked for, or lies in that country.
fn leads(p: &Party, n: &Named) -> bool {
    match p.kind {
        EntityType::Country => names::country_of(&n.key) == p.country.as_deref(),
        _ => {
            let known = |k: &String| lookup::key(k) == lookup::key(&n.name) || lookup::lists().named(k).any(|l| l.name == n.name);
            p.keys.iter().any(known)
        }
    }
}

/// How well the date of an engagement answers to the period asked for.
#[derive(PartialEq)]
enum Fit {
    Within,
    Perhaps,
    No,
}

fn fit(q: &Question, e: &Engagement) -> Fit {
    let Some(period) = q.period else { return Fit::Within };
    let Some((a, b)) = bounds(e) else { return Fit::No };
    let (from, to) = (period.from.unwrap_or(Day::MIN), period.to.unwrap_or(Day::MAX));
    if b < from || to < a {
        return Fit::No;
    }
    let exact = b - a <= 31 && e.date.as_deref().is_some_and(|d| d.contains('/'));
    if (from <= a && b <= to) || exact { Fit::Within } else { Fit::Perhaps }
}

/// First and last day of an engagement's date.
pub fn bounds(e: &Engagement) -> Option<(Day, Day)> {
    let (a, b) = e.date.as_deref().and_then(Edtf::parse)?.bounds()?;
    let clamp = |d: jiff::civil::Date, end: jiff::civil::Date, open: Day| if d == end { open } else { day::number(d) };
    Some((clamp(a, jiff::civil::Date::MIN, Day::MIN / 2), clamp(b, jiff::civil::Date::MAX, Day::MAX / 2)))
}

pub fn planned(s: Status) -> bool {
    matches!(s, Status::Scheduled | Status::Tentative | Status::Postponed)
}

pub fn real(s: Status) -> bool {
    matches!(s, Status::Occurred | Status::Ongoing)
}

/// Whether its status, now or once, is one that the question asks for.
fn stands(q: &Question, e: &Engagement) -> bool {
    q.status.is_empty() || q.status.contains(&e.status) || e.history.iter().any(|s| q.status.contains(&s.status))
}

/// Engagements that pass the filter and play their parts, as many as are looked at; true when there may be more.
fn gather(ledger: &Ledger, q: &Question, f: &Filter, enough: usize) -> Result<(Vec<Engagement>, bool)> {
    let (mut out, mut seen) = (vec![], 0);
    let f = Filter { limit: Some(LOOKED_AT), ..f.clone() };
    ledger.list(&f, &mut |e| {
        seen += 1;
        if parts(q, &e) && stands(q, &e) && fit(q, &e) != Fit::No && of_context(q, &e) {
            out.push(e);
        }
        out.len() < enough
    })?;
    let more = seen >= LOOKED_AT || out.len() >= enough;
    Ok((out, more))
}

fn of_context(q: &Question, e: &Engagement) -> bool {
    q.contexts.is_empty() || q.contexts.iter().any(|c| e.contexts.contains(c))
}

fn happened(ledger: &Ledger, q: &Question, options: &Options) -> Result<Found> {
    let base = filter(q, options);
    let today = options.as_of.map_or(options.today, |d| d.min(options.today));
    let counting = q.ask == Ask::Often;
    let enough = if counting || q.ask == Ask::Who || q.order == Some(Order::First) { LOOKED_AT } else { (4 * options.limit).max(40) };
    let (mut all, more);
    if q.mood == Mood::Future && q.status.is_empty() {
        let status = vec![Need::Status(Status::Scheduled), Need::Status(Status::Tentative), Need::Status(Status::Postponed)];
        let mut f = base.clone();
        // the status of an earlier day is not among the facets
        if f.as_of.is_none() {
            f.with.push(status);
        }
        if q.period.is_none() {
            f.from = Some(today);
        }
        (all, more) = gather(ledger, q, &f, LOOKED_AT)?;
        all.retain(|e| planned(e.status) || (e.status == Status::Ongoing && q.ask != Ask::Upcoming));
        // undated ones are guessed to lie near their report
        all.retain(|e| q.period.is_some() || bounds(e).is_none_or(|b| b.1 >= today));
        all.sort_by_key(|e| bounds(e).map_or((Day::MAX, Day::MAX), |b| (b.0.max(today), b.1)));
        if all.is_empty() && q.ask != Ask::Upcoming {
            // planned once, and nobody told since; or called off
            let mut f = base.clone();
            if f.as_of.is_none() {
                f.with.push(
                    [Status::Scheduled, Status::Tentative, Status::Postponed, Status::Cancelled, Status::Denied].map(Need::Status).to_vec(),
                );
            }
            let (rest, more) = gather(ledger, q, &f, enough)?;
            let mut rest: Vec<Engagement> = rest.into_iter().filter(|e| !real(e.status)).collect();
            rest.sort_by_key(|e| (!planned(e.status), std::cmp::Reverse(bounds(e).map_or(0, |b| b.0))));
            return Ok(finish(q, rest, more, false));
        }
        return Ok(finish(q, all, more, false));
    }
    (all, more) = gather(ledger, q, &base, enough)?;
    let (mut fits, others): (Vec<_>, Vec<_>) = match q.mood {
        _ if !q.status.is_empty() => (all, vec![]),
        Mood::Past => all.into_iter().partition(|e| real(e.status)),
        _ => (all, vec![]),
    };
    // what happened comes before what was only planned
    if q.ask == Ask::Happened && q.mood == Mood::Any {
        fits.sort_by_key(|e| !real(e.status));
    }
    // a plan for a day that was asked for is told as one; what was put off or denied is no answer to how often
    let loose = fits.is_empty() && !others.is_empty();
    if loose && !counting {
        fits = others;
    }
    if q.order == Some(Order::First) {
        fits.reverse();
    }
    Ok(finish(q, fits, more, loose))
}

fn finish(q: &Question, mut fits: Vec<Engagement>, more: bool, loose: bool) -> Found {
    // those whose date is too coarse for the period count only where no other is
    let (within, perhaps): (Vec<_>, Vec<_>) = fits.into_iter().partition(|e| fit(q, e) == Fit::Within);
    let coarse = within.is_empty() && !perhaps.is_empty();
    fits = if coarse { perhaps } else { within };
    Found { count: fits.len(), engagements: fits, loose: loose || coarse, at_least: more, statements: vec![] }
}

/// Engagements of which a later report said something else.
fn changed(ledger: &Ledger, q: &Question, options: &Options) -> Result<Found> {
    let period = q.period.unwrap_or_default();
    let within = |s: &mulaqat_ledger::Step| {
        let day = s.as_of.as_deref().and_then(day::parse);
        match (q.period, day) {
            (None, _) => true,
            (Some(_), Some(d)) => period.from.is_none_or(|f| f <= d) && period.to.is_none_or(|t| d <= t),
            (Some(_), None) => false,
        }
    };
    let changes = |e: &Engagement| e.history.iter().skip(1).any(within);
    let mut out: Vec<Engagement> = vec![];
    // the period is that of the reports, not of the happening
    let asked = Question { period: None, ..q.clone() };
    let f = Filter { from: None, to: None, ..filter(&asked, options) };
    if f.with.is_empty() && f.text.is_none() {
        let since = period.from.unwrap_or(options.today - 7);
        let f = Filter { as_of: period.to.or(options.as_of), limit: Some(LOOKED_AT), ..f };
        ledger.changes(since, &f, &mut |c| {
            if c.before.is_some() && !out.iter().any(|e| e.id == c.engagement.id) {
                out.push(c.engagement);
            }
            out.len() < 4 * options.limit
        })?;
        return Ok(Found { count: out.len(), engagements: out, ..Found::default() });
    }
    let (all, more) = gather(ledger, &asked, &f, LOOKED_AT)?;
    let mut all: Vec<Engagement> = all.into_iter().filter(changes).collect();
    all.sort_by_key(|e| std::cmp::Reverse(e.history.last().and_then(|s| s.as_of.clone())));
    Ok(Found { count: all.len(), engagements: all, at_least: more, ..Found::default() })
}

/// What was denied: happenings of which a report says that they are not, and acts of refusing.
fn denied(ledger: &Ledger, q: &Question, options: &Options) -> Result<Found> {
    let act = |k: &String| k == "REJECT";
    let mut asked = Question { kinds: q.kinds.iter().filter(|k| !act(k)).cloned().collect(), ..q.clone() };
    // who takes part in what was denied is told by the grammar of another clause
    for p in &mut asked.parties {
        p.side = p.side.filter(|&s| s == Side::Place);
    }
    let mut found = vec![];
    if !(asked.kinds.is_empty() && asked.parties.is_empty() && asked.period.is_none()) {
        let mut f = filter(&asked, options);
        if f.as_of.is_none() {
            f.with.push(vec![Need::Status(Status::Denied)]);
        }
        found = gather(ledger, &asked, &f, LOOKED_AT)?.0;
        found.retain(|e| e.status == Status::Denied);
    }
    if found.is_empty() {
        // whoever is named was refused, or refused
        let speaks = asked.kinds.clone();
        asked.kinds = vec!["REJECT".into()];
        if speaks.is_empty() || !asked.parties.is_empty() {
            found = gather(ledger, &asked, &filter(&asked, options), LOOKED_AT)?.0;
        }
    }
    Ok(Found { count: found.len(), engagements: found, ..Found::default() })
}

fn said(engine: &Engine, ledger: &Ledger, words: &Words, q: &Question, options: &Options) -> Result<Found> {
    let speaks = |p: &&Party| p.side == Some(Side::Actor);
    let keys = |p: &Party| p.keys.clone();
    let mut speakers: Vec<String> = q.parties.iter().filter(speaks).filter(|p| p.kind != EntityType::Place).flat_map(keys).collect();
    let lands: Vec<&str> =
        q.parties.iter().filter(speaks).filter(|p| p.kind == EntityType::Country).filter_map(|p| p.country.as_deref()).collect();
    // a country speaks by those who speak for it
    if !lands.is_empty() {
        speakers.retain(|k| !names::is_code(k));
    }
    let mut about: Vec<Vec<String>> = q.parties.iter().filter(|p| !speaks(p)).map(keys).filter(|k| !k.is_empty()).collect();
    if speakers.is_empty() && !lands.is_empty() {
        about.push(lands.iter().map(|l| l.to_string()).collect());
    }
    let period = q.period.unwrap_or_default();
    let speech = Speech {
        speakers,
        about: about.clone(),
        text: (!q.words.is_empty()).then(|| q.words.join(" ")),
        from: period.from,
        to: [period.to, options.as_of].into_iter().flatten().min(),
        reports: REPORTS,
    };
    let mut all = ledger.statements(&speech)?;
    if let Some(m) = q.medium {
        all.retain(|s| s.medium == Some(m));
    }
    if !lands.is_empty() {
        all.retain(|s| names::country_of(&s.speaker.key).is_some_and(|c| lands.contains(&c)));
    }
    // said of whom or what is asked: by the words themselves, else by the article that holds them
    let topics: Vec<BTreeSet<String>> = about.iter().map(|any| any.iter().flat_map(|k| forms(k)).collect()).collect();
    // words that name it say more than that the speaker met whom they name
    let spoken = |s: &Said| {
        let text = lookup::key(&s.text);
        let holds = |form: &String| format!(" {text} ").contains(&format!(" {form} "));
        topics.iter().filter(|t| t.iter().any(holds)).count()
    };
    let met = |s: &Said| {
        let part = |k: &String| s.with.iter().any(|w| w == k || names::country_of(w) == Some(k));
        about.iter().filter(|any| any.iter().any(part)).count()
    };
    // what is asked by a word must be spoken of: that the article has the word elsewhere is no answer
    all.retain(|s| {
        let text = lookup::key(&s.text);
        q.words.iter().all(|w| text.split(' ').any(|t| t == w)) && (q.senses.is_empty() || tells(engine, words, q, &s.text))
    });
    let wanted = topics.len();
    all.sort_by_key(|s| std::cmp::Reverse((spoken(s), met(s))));
    // of what one says beside it, only what the article tells of the same happening
    let happening = !q.kinds.is_empty();
    let loose = wanted > 0 && all.first().is_some_and(|s| spoken(s) == 0 && !(happening && met(s) > 0));
    let mut seen = BTreeSet::new();
    all.retain(|s| seen.insert((s.speaker.key.clone(), lookup::key(&s.text))));
    Ok(Found { count: all.len(), statements: all, loose, ..Found::default() })
}

/// Names, folded, by which words may speak of an identity.
fn forms(key: &str) -> Vec<String> {
    let name = key.split_once(':').map_or(key, |k| k.1).split('|').next().unwrap_or(key);
    let of = lookup::lists().entries.iter().filter(|l| names::key_of(l).as_deref() == Some(key));
    let mut out: Vec<String> = of.flat_map(|l| &l.names).map(|n| lookup::key(n)).filter(|n| !n.is_empty()).collect();
    if !names::is_code(key) {
        out.push(lookup::key(name));
        if !key.contains(':') {
            out.extend(lookup::lists().named(key).flat_map(|l| &l.names).map(|n| lookup::key(n)).filter(|n| !n.is_empty()));
        }
    }
    out
}
