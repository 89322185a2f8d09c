//! The engine: a document in, its record out. Pure: no clock, disk, network or randomness.

use crate::events::{Happening, Near, Reading, Story};
use crate::grammar::{self, Parsed, Phrase};
use crate::lang::{self, Pack};
use crate::names::{self, Names};
use crate::record::{Document, Entity, EntityType, Event, Record, Role, SCHEMA, Span, Statement, Time};
use crate::statements::{self, Said};
use crate::text::Text;
use crate::times::{self, Resolved, Tense};
use crate::{events, merge, trips};
use rustc_hash::FxHashMap;

/// Reads documents. Building one loads the language pack; reading shares it.
#[derive(Debug)]
pub struct Engine {
    pack: Pack,
}

/// All that was made on the way from a text to its record.
pub(crate) struct Analysis<'t> {
    pub text: Text<'t>,
    pub names: Names,
    pub times: Vec<Resolved>,
    pub events: Vec<Happening>,
    pub near: Vec<Near>,
    pub said: Vec<Said>,
    pub parsed: Parsed,
}

impl Engine {
    /// The engine for Hindi. Fails only when the pack built into the program is not well-formed.
    pub fn new() -> Result<Engine, lang::Error> {
        Ok(Engine { pack: Pack::hindi()? })
    }

    /// The record of one article. Total: any text gives a record.
    pub fn read(&self, doc: &Document) -> Record {
        let a = self.analyse(doc);
        self.record(doc, &a)
    }

    pub(crate) fn pack(&self) -> &Pack {
        &self.pack
    }

    pub(crate) fn analyse<'t>(&self, doc: &'t Document) -> Analysis<'t> {
        let pack = &self.pack;
        let text = Text::new(&doc.text, &pack.vocab, &pack.splitting);
        let found = times::find(&text, &pack.times);
        let mut blank = vec![false; text.tokens.len()];
        for t in &found {
            blank[t.from..t.to].fill(true);
        }
        // links to other articles are no part of this one
        for s in text.sentences.iter().filter(|s| events::is_link(&text, pack, s.start, s.end)) {
            blank[s.clone()].fill(true);
        }
        let names = names::find(&text, pack, &blank);
        let parsed = grammar::parse(&text, pack, &names, &found);
        let published = doc.published.as_deref().and_then(|d| d.parse().ok());
        let day = published.map(|d: jiff::civil::Date| d.to_string());
        let tenses = tenses(&text, pack, &parsed);
        let tense = |t: usize| tenses.get(t).copied().unwrap_or(Tense::Unknown);
        let times = times::resolve(&text, &found, &times::Context { published, tense: &tense }, &pack.times);
        let main_day = main_day(&parsed, &times, &tenses, published).or_else(|| day.clone());
        let story = Story {
            text: &text,
            pack,
            names: &names,
            parsed: &parsed,
            times: &times,
            main_day,
            published: day,
            sport: events::is_sport(&text, pack),
        };
        let reading: Reading = story.read();
        let said = statements::find(&story, &reading);
        let mut events = merge::merge(pack, &names, reading.happenings);
        trips::settle(pack, &names, published, &mut events);
        Analysis { text, names, times, events, near: reading.near, said, parsed }
    }

    fn record(&self, doc: &Document, a: &Analysis) -> Record {
        let ents = &a.names.entities;
        let mut wanted: Vec<bool> = ents.iter().map(|e| e.kind == EntityType::Person).collect();
        let by_name: FxHashMap<&str, usize> = ents.iter().enumerate().rev().map(|(n, e)| (e.name.as_str(), n)).collect();
        for h in &a.events {
            for &e in h.actors.iter().chain(&h.recipients).chain(&h.places) {
                wanted[e] = true;
            }
            for s in &h.sources {
                if let Some(&e) = s.name.as_deref().and_then(|n| by_name.get(n)) {
                    wanted[e] = true;
                }
            }
        }
        for s in &a.said {
            wanted[s.speaker] = true;
        }
        let mut ids = vec![String::new(); ents.len()];
        let mut entities = Vec::new();
        for (n, e) in ents.iter().enumerate().filter(|(n, _)| wanted[*n]) {
            ids[n] = format!("e{}", entities.len() + 1);
            entities.push(Entity {
                id: ids[n].clone(),
                kind: e.kind,
                name: e.name.clone(),
                aliases: e.aliases.clone(),
                country: e.country.clone(),
                roles: e
                    .roles
                    .iter()
                    .map(|(title, of)| Role { title: title.clone(), of: of.clone().or_else(|| e.country.clone()) })
                    .collect(),
                mentions: e.mentions.iter().map(|&m| a.text.span(a.names.mentions[m].from, a.names.mentions[m].to)).collect(),
            });
        }
        let id = |list: &[usize]| list.iter().map(|&e| ids[e].clone()).collect::<Vec<_>>();
        let events = a
            .events
            .iter()
            .enumerate()
            .map(|(n, h)| {
                let mut modes = h.modes.clone();
                modes.dedup();
                Event {
                    id: format!("v{}", n + 1),
                    kind: h.kind,
                    modes,
                    status: h.status,
                    actors: id(&h.actors),
                    recipients: id(&h.recipients),
                    date: h.date.clone(),
                    places: id(&h.places),
                    contexts: h.contexts.iter().map(|&c| self.pack.context_names[c as usize].clone()).collect(),
                    sources: h.sources.clone(),
                    evidence: h.evidence.iter().map(|&(from, to)| a.text.span(from, to)).filter(|s: &Span| !s.text.is_empty()).collect(),
                }
            })
            .collect();
        let statements = a
            .said
            .iter()
            .enumerate()
            .map(|(n, s)| Statement {
                id: format!("s{}", n + 1),
                speaker: ids[s.speaker].clone(),
                direct: s.direct,
                medium: s.medium,
                span: a.text.span(s.from, s.to),
            })
            .collect();
        let times = a.times.iter().map(|t| Time { span: a.text.span(t.from, t.to), value: t.value.clone() }).collect();
        Record { schema: SCHEMA.into(), document: doc.clone(), entities, times, events, statements }
    }
}

/// Tense at every token: that of the next verb of its sentence.
fn tenses(text: &Text, pack: &Pack, parsed: &Parsed) -> Vec<Tense> {
    let mut out = vec![Tense::Unknown; text.tokens.len()];
    // quotations are items of their outer sentence; sentences of their own, they come after it
    let (quoted, outer): (Vec<_>, Vec<_>) = parsed.sentences.iter().partition(|s| s.quote.is_some());
    for s in outer.into_iter().chain(quoted) {
        // the last verb serves what stands after it
        let last = s.items.iter().rev().find_map(|i| match &i.phrase {
            Phrase::Verb(v) => Some(v.tense()),
            _ => None,
        });
        let mut tense = if s.quote.is_some() { Tense::Unknown } else { last.unwrap_or(Tense::Unknown) };
        for (k, i) in s.items.iter().enumerate().rev() {
            match &i.phrase {
                Phrase::Verb(v) => {
                    let loose = matches!(v.end, grammar::End::Infinitive | grammar::End::Converb) || governed(text, pack, s, k);
                    if !loose || tense == Tense::Unknown {
                        tense = tense_of(v, pack);
                    }
                }
                Phrase::Quote(_) => continue,
                // हुए हमले: what happened, also where the parser sees no verb
                _ if i.to == i.from + 1 && pack.is(text.tokens[i.from].sym, lang::class::HUE) => tense = Tense::Past,
                _ => {}
            }
            out[i.from..i.to].fill(tense);
        }
    }
    out
}

/// A postposition stands behind the verb's form: it is a noun there (जाने की संभावना).
fn governed(text: &Text, pack: &Pack, s: &grammar::Sentence, k: usize) -> bool {
    let i = &s.items[k];
    let Phrase::Verb(v) = &i.phrase else { return false };
    v.end == grammar::End::Participle && i.to < s.to && pack.cases.longest((i.to..s.to).map(|j| text.tokens[j].sym)).is_some()
}

/// The tense of a verb for the times that stand before it.
fn tense_of(v: &grammar::VerbGroup, pack: &Pack) -> Tense {
    match (v.end, v.aspect) {
        // होने वाली बैठक is to come; पद छोड़ने वाली नेता may be or may have been
        (grammar::End::Participle, _) if v.vala && !pack.stem_is(v.stem, lang::stem::BE) => Tense::Present,
        // दौरे पर जा रहे हैं
        (_, grammar::Aspect::Progressive) if !v.past && pack.stem_is(v.stem, lang::stem::GO) => Tense::Future,
        _ => v.tense(),
    }
}

/// The day that the article is about: the latest full date told as past, near its head where the publication date is known.
fn main_day(parsed: &Parsed, times: &[Resolved], tenses: &[Tense], published: Option<jiff::civil::Date>) -> Option<String> {
    let head = if published.is_some() {
        parsed.sentences.iter().filter(|s| s.closed).nth(HEAD - 1).map_or(usize::MAX, |s| s.to)
    } else {
        usize::MAX
    };
    let today = published.map(|d| d.to_string());
    let told = times.iter().filter(|t| {
        let full = t.value.as_ref().is_some_and(|v| v.len() == 10 && !t.duration && !v.starts_with('X'));
        full && t.from < head && matches!(tenses.get(t.from), Some(Tense::Past))
    });
    told.filter_map(|t| t.value.clone()).filter(|v| today.as_ref().is_none_or(|d| v <= d)).max()
}

/// How many sentences are an article's head.
const HEAD: usize = 5;
