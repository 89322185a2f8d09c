//! When, where, about what, and according to whom.

use super::trigger::Trigger;
use super::who::add;
use super::{Happening, Reading, Sayer, Scene, Story};
use crate::clauses;
use crate::discourse::State;
use crate::frames::Shape;
use crate::grammar::{Item, Phrase, Sentence};
use crate::lang::{BodyKind, Case, class, sign, stem};
use crate::names::What;
use crate::record::{EntityType, EventType, Source, SourceKind, Status};

impl Story<'_, '_> {
    pub(super) fn when(&self, scene: &Scene, t: &Trigger, h: &mut Happening, out: &Reading) {
        let time_of = |j: usize| match &scene.items[j].phrase {
            Phrase::Time { time, case } if self.times[*time].value.is_some() => Some((*time, *case)),
            _ => None,
        };
        let end = t.args.end.max(t.at + 1);
        let told = h.status;
        let is_day = |x: &(usize, Case)| !self.times[x.0].duration && self.fits(x.0, told);
        let before = || (scene.clause.items.start..end).rev().filter_map(time_of);
        let after = || (t.at + 1..scene.clause.items.end).filter_map(time_of);
        let mut day = before().find(is_day).or_else(|| after().find(is_day));
        h.dated = day.is_some();
        let first = scene.tokens().start;
        let off = matches!(h.status, Status::Cancelled | Status::Denied | Status::Postponed);
        if day.is_none() && !off && (!scene.clause.content || scene.time.is_some_and(|x| self.times[x].from > first)) {
            day = scene.time.filter(|&x| self.fits(x, h.status)).map(|x| (x, Case::Nom));
        }
        h.date = day.and_then(|(x, case)| self.date(x, case, h.status));
        // कल … जा रहे हैं: what is going on now is not tomorrow
        let ahead = h.date.as_deref().zip(self.published.as_deref()).is_some_and(|(d, p)| d.len() == 10 && d > p);
        if ahead && h.status == Status::Ongoing && h.kind == EventType::Consult {
            h.status = Status::Scheduled;
        }
        // Monday … until Wednesday: one stretch of time
        if let (Some((x, Case::Tak)), Shape::Visit) = (day, t.frame.shape)
            && let Some(from) = before().filter(|y| y.0 != x).find(is_day).and_then(|(y, _)| self.times[y].value.as_deref())
            && let Some(to) = self.times[x].value.as_deref()
            && from.len() == 10
            && from < to
        {
            h.date = Some(format!("{from}/{to}"));
        }
        if h.date.is_none() && h.status == Status::Occurred {
            h.date = match self.thread(scene, h, out) {
                Some(date) => Some(date),
                None if !h.background => self.main_day.clone(),
                None => None,
            };
        }
        // a visit of two days from its first day
        let length = before().chain(after()).find(|x| self.times[x.0].duration).and_then(|x| self.times[x.0].value.as_deref());
        if let (Shape::Visit, Some(d), Some(v)) = (t.frame.shape, &h.date, length)
            && let Some(r) = lasting(d, v)
        {
            h.date = Some(r);
        }
    }

    /// The day of what was told just before, when the same ones act on.
    fn thread(&self, scene: &Scene, h: &Happening, out: &Reading) -> Option<String> {
        let reach = if h.background { 1 } else { 2 };
        let mut near = out.happenings.iter().rev().take_while(|e| e.sentence + reach >= scene.sentence);
        let told = near.find(|e| e.dated && e.status == Status::Occurred && e.date.as_ref().is_some_and(|d| !d.contains('/')))?;
        let same = h.anaphoric || h.actors.iter().chain(&h.recipients).any(|a| told.actors.contains(a) || told.recipients.contains(a));
        let begins = scene.items.iter().take(3).any(|i| (i.from..i.to).any(|j| self.pack.stem_is(self.text.tokens[j].sym, stem::THEN)));
        (same || begins).then(|| told.date.clone()).flatten()
    }

    /// A time after publication is not when a thing was done, but what it is about: 2030 तक.
    fn fits(&self, time: usize, status: Status) -> bool {
        let (Some(published), Some(value)) = (self.published.as_ref().or(self.main_day.as_ref()), self.times[time].value.as_deref()) else {
            return true;
        };
        let starts_after = value.get(..4).is_some_and(|y| y != "XXXX" && y > &published[..4])
            || value.len() >= 10 && value.as_bytes()[4] == b'-' && &value[..10] > published.as_str() && !value.starts_with("..");
        !(starts_after && status == Status::Occurred)
    }

    /// A time with its postposition: until a day, or from a day on when it goes on.
    fn date(&self, time: usize, case: Case, status: Status) -> Option<String> {
        let value = self.times[time].value.as_deref()?;
        let plain = !value.contains('/');
        Some(match case {
            Case::Tak if plain => format!("../{value}"),
            Case::Se if plain && status == Status::Ongoing => format!("{value}/.."),
            _ => value.to_string(),
        })
    }

    pub(super) fn place(&self, scene: &Scene, t: &Trigger, h: &mut Happening, out: &Reading) {
        if t.frame.shape == Shape::Visit {
            return;
        }
        let mut places: Vec<usize> = Vec::new();
        let mut countries: Vec<usize> = Vec::new();
        let end = t.args.end.max(t.at + 1).min(scene.items.len());
        for j in scene.clause.items.start..end {
            match &scene.items[j].phrase {
                Phrase::Np { mentions, case, head } => {
                    for &m in mentions {
                        let mention = &self.names.mentions[m];
                        match mention.what {
                            What::Place(_) if self.is_where(scene, j, *case, *head, h.kind) => add(&mut places, mention.entity),
                            What::Country(_) if *case == Case::Mein && head.is_none() => add(&mut countries, mention.entity),
                            // सैनिक … से हटा लिए
                            What::Country(_) if *case == Case::Se && h.modes.iter().any(|m| m == "withdraw") => {
                                add(&mut countries, mention.entity)
                            }
                            _ => {}
                        }
                    }
                }
                Phrase::Word(w) if self.pack.is(*w, class::HERE) => add(&mut places, scene.state.here),
                Phrase::Word(w) if self.pack.is(*w, class::THERE) => add(&mut places, scene.state.there),
                // बीजिंग पहुंचेंगे, जहां …
                Phrase::Pronoun { relative: true, case: Case::Obl, .. }
                    if self.pack.is(self.text.tokens[scene.items[j].from].sym, class::THERE) =>
                {
                    add(&mut places, scene.state.there);
                }
                _ => {}
            }
        }
        if places.is_empty() {
            countries.retain(|c| !h.recipients.contains(c) || h.kind == EventType::Retreat);
            places = countries;
        }
        if places.is_empty() && t.frame.shape == Shape::Mutual {
            // काबुल पहुंचे और … से मिले
            let trip = out
                .happenings
                .iter()
                .rev()
                .take_while(|e| e.sentence == scene.sentence)
                .find(|e| self.pack.frames[e.frame as usize].shape == Shape::Visit);
            if let Some(trip) = trip.filter(|e| e.actors.iter().any(|a| h.actors.contains(a))) {
                places.clone_from(&trip.places);
            }
        }
        if t.frame.shape == Shape::Mutual || !places.is_empty() && h.kind != EventType::Agree {
            h.places = places;
        }
    }

    fn is_where(&self, scene: &Scene, j: usize, case: Case, head: Option<Case>, kind: EventType) -> bool {
        case == Case::Mein
            || head == Some(Case::Mein)
            || (case == Case::Gen && self.place_follows(scene, j))
            || (kind == EventType::Assault && case == Case::Par)
            || (kind == EventType::Protest && matches!(case, Case::Bahar | Case::Samaksh))
            || (kind == EventType::Retreat && case == Case::Se)
            || (matches!(kind, EventType::Coerce | EventType::Mobilize | EventType::Assault) && matches!(case, Case::Paas | Case::Samaksh))
    }

    /// A place in the genitive before another place in it: दिल्ली के हैदराबाद हाउस में.
    fn place_follows(&self, scene: &Scene, j: usize) -> bool {
        let place = |m: &usize| matches!(self.names.mentions[*m].what, What::Place(_));
        matches!(scene.items.get(j + 1).map(|i| &i.phrase), Some(Phrase::Np { mentions, case: Case::Mein, .. }) if mentions.iter().any(place))
    }

    pub(super) fn context(&self, scene: &Scene, h: &mut Happening) {
        let s = &self.parsed.sentences[scene.sentence];
        let (from, to) = (h.evidence[0].0.max(s.from), h.evidence[0].1);
        let mut i = from;
        while i < to {
            // an office is no topic: पर्यावरण मंत्री
            if let Some(end) = self.title_at(i) {
                i = end;
                continue;
            }
            let Some((n, found)) = self.pack.contexts.longest((i..to).map(|j| self.text.tokens[j].sym)) else {
                i += 1;
                continue;
            };
            for c in found {
                if !h.contexts.contains(c) {
                    h.contexts.push(*c);
                }
            }
            i += n;
        }
    }

    /// End of the title of a mention that begins at or covers token `i`.
    fn title_at(&self, i: usize) -> Option<usize> {
        let m = self.names.mentions[..self.names.mentions.partition_point(|m| m.from <= i)].last()?;
        m.titles.iter().map(|t| &t.words).find(|w| w.contains(&i)).map(|w| w.end)
    }

    /// Those according to whom the sentence tells: तास के अनुसार, उनके मुताबिक, बयान के मुताबिक.
    pub(super) fn sayers(&self, n: usize, s: &Sentence, state: &State, out: &mut Reading) {
        for (item, i) in s.items.iter().enumerate() {
            let who = match &i.phrase {
                Phrase::Np { mentions, case: Case::Source, .. } | Phrase::Np { mentions, case: Case::Gen, head: Some(Case::Source) } => {
                    self.entities(mentions, &[])
                }
                Phrase::Pronoun { case: Case::Source, .. } => {
                    self.cast().subjects(state, true, true).into_iter().next().unwrap_or_default()
                }
                Phrase::Plain { case: Case::Source } if self.pack.stem_is(self.text.tokens[i.from].sym, stem::DOCUMENTS) => {
                    state.said.into_iter().collect()
                }
                _ => continue,
            };
            out.sayers.extend(who.into_iter().map(|who| Sayer { sentence: n, item, who }));
        }
    }

    /// Sources that the sentence names beside what it tells.
    pub(super) fn sentence_sources(&self, n: usize, s: &Sentence, state: &State, out: &Reading) -> Vec<Source> {
        let mut sources: Vec<Source> = out.sayers.iter().rev().take_while(|t| t.sentence == n).filter_map(|t| self.source(t.who)).collect();
        // …, मंत्रालय ने बताया: who says so stands last
        sources.extend(self.said_last(s).and_then(|e| self.source(e)));
        // what stands between quotation marks is told by whoever speaks
        sources.extend(s.quote.and(state.speaker).and_then(|e| self.source(e)));
        if clauses::signs(self.text, self.pack, s.from, s.to) & sign::ANONYMOUS_SOURCE != 0 {
            sources.push(Source { name: None, kind: SourceKind::Anonymous });
        }
        sources
    }

    /// The one who says all that goes before: a last clause of saying after a comma, without कि.
    pub(crate) fn said_last(&self, s: &Sentence) -> Option<usize> {
        let mut items: Vec<&Item> = s.items.iter().filter(|i| !matches!(i.phrase, Phrase::Punct('\u{964}' | '.' | '\u{965}'))).collect();
        // …, काठमांडू में मंत्रालय ने सोमवार को बताया: where and when may stand with it
        let place = |m: &usize| matches!(self.names.mentions[*m].what, What::Place(_));
        let last = items.iter().rposition(|i| matches!(i.phrase, Phrase::Punct(',')))?;
        let aside = |i: &Item| match &i.phrase {
            Phrase::Np { mentions, case: Case::Mein, .. } => mentions.iter().all(place),
            Phrase::Time { .. } => true,
            _ => false,
        };
        let tail: Vec<&Item> = items.split_off(last).into_iter().filter(|i| !aside(i)).collect();
        let [_, who, verb] = tail[..] else { return None };
        let says = matches!(&verb.phrase, Phrase::Verb(v) if self.pack.stem_is(v.stem, stem::SAY));
        let Phrase::Np { mentions, case: Case::Ne, .. } = &who.phrase else { return None };
        if says && !items.is_empty() { self.entities(mentions, &[]).first().copied() } else { None }
    }

    /// An entity as a source.
    pub(super) fn source(&self, e: usize) -> Option<Source> {
        let ent = &self.names.entities[e];
        let kind = match ent.kind {
            EntityType::Person => SourceKind::Person,
            EntityType::Country => SourceKind::Official,
            EntityType::Place => return None,
            EntityType::Organization => match ent.listed.map(|b| self.pack.bodies[b as usize].kind) {
                Some(BodyKind::Agency) => SourceKind::Agency,
                Some(BodyKind::Outlet) => SourceKind::Media,
                Some(BodyKind::Platform) => return None,
                _ => SourceKind::Official,
            },
        };
        Some(Source { name: Some(ent.name.clone()), kind })
    }
}

/// A visit's days from its first day and its length: `2025-09-16` and `P2D` give `2025-09-16/2025-09-17`.
fn lasting(first: &str, length: &str) -> Option<String> {
    let first: jiff::civil::Date = first.parse().ok()?;
    let days: i64 = length.strip_prefix('P')?.strip_suffix('D')?.parse().ok()?;
    (days > 1).then(|| format!("{first}/{}", first.saturating_add(jiff::Span::new().days(days.min(400) - 1))))
}
