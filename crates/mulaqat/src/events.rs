//! Events: triggers of the frames become happenings with participants, time, place, status and sources.

use crate::clauses::{self, Clause, Modality, flag};
use crate::discourse::{Cast, State};
use crate::frames::{Frame, Needs, Shape, Slot};
use crate::grammar::{Aspect, End, Item, Parsed, Phrase, Sentence, VerbGroup};
use crate::lang::{BodyKind, Case, Pack, TitleKind, class};
use crate::names::{Names, What, is_venue};
use crate::record::{EntityType, EventType, Source, SourceKind, Status};
use crate::text::Text;
use crate::times::Resolved;
use std::ops::Range;

/// A happening as one clause tells it.
#[derive(Debug, Clone)]
pub struct Happening {
    pub frame: u16,
    pub kind: EventType,
    pub modes: Vec<String>,
    pub status: Status,
    pub actors: Vec<usize>,
    pub recipients: Vec<usize>,
    pub date: Option<String>,
    /// The date stands in the clause itself.
    pub dated: bool,
    pub places: Vec<usize>,
    pub contexts: Vec<u16>,
    pub sources: Vec<Source>,
    /// Token ranges of the clauses that tell it.
    pub evidence: Vec<(usize, usize)>,
    pub trigger: (usize, usize),
    pub sentence: usize,
    /// Told without own participants: यह बैठक, चर्चा की गई.
    pub anaphoric: bool,
    pub weak: bool,
    /// Told in the pluperfect: background.
    pub background: bool,
}

/// A frame whose trigger stood there and that did not hold, and why; for `explain`.
#[derive(Debug, Clone)]
pub struct Near {
    pub frame: u16,
    pub trigger: (usize, usize),
    pub why: &'static str,
}

/// What a reader of statements needs of a clause: who speaks.
#[derive(Debug, Clone)]
pub struct ClauseInfo {
    pub sentence: usize,
    pub clause: Clause,
    pub subject: Vec<usize>,
}

pub struct Reading {
    pub happenings: Vec<Happening>,
    pub near: Vec<Near>,
    pub clauses: Vec<ClauseInfo>,
    pub speakers: Vec<Option<usize>>,
}

pub struct Story<'a, 't> {
    pub text: &'a Text<'t>,
    pub pack: &'a Pack,
    pub names: &'a mut Names,
    pub parsed: &'a Parsed,
    pub times: &'a [Resolved],
    /// The day that the article is about.
    pub main_day: Option<String>,
}

/// One clause while it is read.
struct Scene<'s> {
    sentence: usize,
    items: &'s [Item],
    clause: Clause,
    subject: Vec<usize>,
    /// Persons told earlier in the sentence.
    nearby: Vec<usize>,
    /// Time of an earlier clause of the sentence.
    time: Option<usize>,
    sources: Vec<Source>,
    tentative: bool,
}

impl Story<'_, '_> {
    fn cast(&mut self) -> Cast<'_, '_> {
        Cast { text: self.text, pack: self.pack, names: self.names }
    }

    pub fn read(&mut self) -> Reading {
        let mut out = Reading { happenings: vec![], near: vec![], clauses: vec![], speakers: vec![None; self.parsed.quotes.len()] };
        let mut state = State { here: self.dateline(), ..State::default() };
        let parsed = self.parsed;
        for (n, s) in parsed.sentences.iter().enumerate() {
            if self.skip(s) {
                continue;
            }
            if let Some(q) = s.quote {
                state.speaker = out.speakers[q];
            }
            self.sentence(n, s, &mut state, &mut out);
        }
        out
    }

    /// Lines that report nothing: links, captions, headings, questions.
    fn skip(&self, s: &Sentence) -> bool {
        if s.quote.is_some() {
            return false;
        }
        let link = clauses::flags(self.text, self.pack, s.from, (s.from + 4).min(s.to)) & flag(self.pack, "also_read") != 0;
        let bullet = s.items.first().is_some_and(|i| matches!(i.phrase, Phrase::Punct('\u{2022}' | '*' | '-')));
        let heading = !s.closed && !bullet && s.to - s.from <= 16 && !s.items.iter().any(|i| matches!(i.phrase, Phrase::Quote(_)));
        link || s.question || heading
    }

    /// City of the dateline: नई दिल्ली, 16 अक्टूबर (भाषा).
    fn dateline(&self) -> Option<usize> {
        let first = self.parsed.sentences.first()?;
        let head = first.items.iter().take(4);
        head.filter_map(|i| match &i.phrase {
            Phrase::Np { mentions, case: Case::Nom, .. } => mentions.iter().find_map(|&m| {
                let m = &self.names.mentions[m];
                matches!(m.what, What::Place(_)).then_some(m.entity).flatten()
            }),
            _ => None,
        })
        .next()
    }

    fn sentence(&mut self, n: usize, s: &Sentence, state: &mut State, out: &mut Reading) {
        let cut = clauses::split(self.text, self.pack, s);
        let mut nearby: Vec<usize> = Vec::new();
        let mut time = None;
        let mut subject: Vec<usize> = Vec::new();
        let mut sources = self.sentence_sources(s, state);
        let mut tentative = false;
        let mut speaker_said = false;
        for (k, clause) in cut.iter().enumerate() {
            let items = &s.items;
            let own = self.subject(items, clause, state, &nearby, &subject);
            let inherited = own.is_empty();
            let mut subj = if !inherited {
                own
            } else if !subject.is_empty() && !clause.content {
                subject.clone()
            } else if s.quote.is_some() {
                state.speaker.into_iter().collect()
            } else if clause.content && !subject.is_empty() {
                subject.clone()
            } else {
                // a converb clause before the main one has its subject
                let next = cut.get(k + 1).map(|c| self.subject(items, c, state, &nearby, &subject)).unwrap_or_default();
                if clause.verb.and_then(|v| clauses::verb_at(items, v)).is_some_and(|v| v.end != End::Finite) && !next.is_empty() {
                    next
                } else {
                    state.subject.clone()
                }
            };
            if s.quote.is_some() && inherited && subj.is_empty() {
                subj = state.speaker.into_iter().collect();
            }
            let scene = Scene {
                sentence: n,
                items,
                clause: clause.clone(),
                subject: subj.clone(),
                nearby: nearby.clone(),
                time,
                sources: sources.clone(),
                tentative,
            };
            out.clauses.push(ClauseInfo { sentence: n, clause: clause.clone(), subject: subj.clone() });
            let before = out.happenings.len();
            let quoted = s.quote.is_some();
            if !clause.conditional {
                self.triggers(&scene, state, quoted, out);
            }
            // what the clause leaves behind
            for i in &items[clause.items.clone()] {
                match &i.phrase {
                    Phrase::Np { mentions, .. } => {
                        for &m in mentions {
                            let is_place = matches!(self.names.mentions[m].what, What::Place(_));
                            if is_place {
                                if !quoted {
                                    state.there = self.names.mentions[m].entity;
                                }
                                continue;
                            }
                            let snapshot = std::mem::take(state);
                            let e = self.cast().resolve(m, &snapshot, &subj);
                            *state = snapshot;
                            if let Some(e) = e {
                                match self.names.entities[e].kind {
                                    EntityType::Person => {
                                        nearby.push(e);
                                        state.persons.push(e);
                                    }
                                    EntityType::Country => state.countries.push(e),
                                    _ => {}
                                }
                            }
                        }
                    }
                    Phrase::Time { time: t, .. } if !self.times[*t].duration => time = Some(*t),
                    Phrase::Quote(q) => {
                        out.speakers[*q] = subj.first().copied().or(state.subject.first().copied());
                    }
                    _ => {}
                }
            }
            if let Some(last) = out.happenings[before..].iter().rev().find(|h| h.actors.len() + h.recipients.len() >= 2) {
                let all: Vec<usize> = last.actors.iter().chain(&last.recipients).copied().collect();
                if all.len() == 2 || !matches!(last.kind, EventType::Consult) {
                    state.pair = all;
                }
            }
            let main = !clause.relative && clause.verb.and_then(|v| clauses::verb_at(items, v)).is_none_or(|v| v.end == End::Finite);
            if !subj.is_empty() && !inherited {
                subject = subj.clone();
                if main && !quoted {
                    state.subject = subj.clone();
                }
            }
            // who says what follows
            let says = clause.flags & flag(self.pack, "reporting") != 0
                || clause.verb.and_then(|v| clauses::verb_at(items, v)).is_some_and(|v| self.pack.stem_is(v.stem, "say"));
            let next_is_content = cut.get(k + 1).is_some_and(|c| c.content);
            if says && next_is_content && !speaker_said {
                speaker_said = true;
                for &e in &subj {
                    if let Some(src) = self.source(e) {
                        sources.push(src);
                    }
                }
                subject.clear();
                if let Some(&e) = subj.first() {
                    state.subject = vec![e];
                }
            }
            if clause.flags & flag(self.pack, "believed") != 0 && next_is_content {
                tentative = true;
            }
        }
    }

    /// Subject of a clause: the agent in ने, else the first person, body or state without a postposition.
    fn subject(&mut self, items: &[Item], clause: &Clause, state: &State, nearby: &[usize], outer: &[usize]) -> Vec<usize> {
        let range = clause.items.clone();
        for i in &items[range.clone()] {
            let found = match &i.phrase {
                Phrase::Np { mentions, case: Case::Ne, .. } => self.entities(mentions, state, outer),
                Phrase::Pronoun { case: Case::Ne, relative } => {
                    if *relative {
                        nearby.last().copied().into_iter().collect()
                    } else {
                        self.cast().pronoun(Case::Ne, state, &[], nearby).into_iter().collect()
                    }
                }
                Phrase::Both { leaders, case: Case::Ne } => self.cast().both(*leaders, state),
                _ => continue,
            };
            if !found.is_empty() {
                return found;
            }
        }
        let saying = clause.flags & flag(self.pack, "reporting") != 0;
        for (k, i) in items.iter().enumerate().take(range.end).skip(range.start) {
            let found = match &i.phrase {
                Phrase::Np { mentions, case: Case::Nom, .. } => {
                    let next_is_visit = items.get(k + 1).is_some_and(|n| matches!(n.phrase, Phrase::Noun { .. }));
                    let place = mentions.iter().all(|&m| matches!(self.names.mentions[m].what, What::Place(_) | What::Country(_)));
                    if place && (next_is_visit || k + 1 == clause.verb.unwrap_or(usize::MAX))
                        || mentions.iter().all(|&m| matches!(self.names.mentions[m].what, What::Place(_)))
                    {
                        continue;
                    }
                    self.entities(mentions, state, outer)
                }
                Phrase::Np { mentions, case: Case::Gen, .. }
                    if saying
                        && items[k + 1..range.end].iter().take(2).any(|n| {
                            matches!(&n.phrase, Phrase::Verb(v) if self.pack.stem_is(v.stem, "say") || v.end == End::Infinitive)
                                || matches!(n.phrase, Phrase::Noun { .. } | Phrase::Word(_))
                        })
                        && clause.verb.is_some_and(|v| v <= k + 4) =>
                {
                    self.entities(mentions, state, outer)
                }
                Phrase::Pronoun { case: Case::Nom, relative: false } => {
                    self.cast().pronoun(Case::Nom, state, &[], nearby).into_iter().collect()
                }
                Phrase::Pronoun { case: Case::Nom, relative: true } => nearby.last().copied().into_iter().collect(),
                Phrase::Pronoun { case: Case::Gen, relative: false } if saying && clause.verb.is_some_and(|v| v <= k + 3) => {
                    self.cast().pronoun(Case::Nom, state, &[], nearby).into_iter().collect()
                }
                Phrase::Both { leaders, case: Case::Nom } => self.cast().both(*leaders, state),
                _ => continue,
            };
            if !found.is_empty() {
                return found;
            }
        }
        vec![]
    }

    fn entities(&mut self, mentions: &[usize], state: &State, subject: &[usize]) -> Vec<usize> {
        let mut out = Vec::new();
        for &m in mentions {
            if let Some(e) = self.cast().resolve(m, state, subject)
                && !out.contains(&e)
            {
                out.push(e);
            }
        }
        out
    }

    /// Entities of an item in any case, as participants.
    fn who(&mut self, item: &Item, scene: &Scene, state: &State) -> Vec<usize> {
        match &item.phrase {
            Phrase::Np { mentions, .. } => self.entities(mentions, state, &scene.subject),
            Phrase::Pronoun { case, relative: true } => {
                let _ = case;
                scene.nearby.last().copied().into_iter().collect()
            }
            Phrase::Pronoun { case, .. } => self.cast().pronoun(*case, state, &scene.subject, &scene.nearby).into_iter().collect(),
            Phrase::Both { leaders, .. } => self.cast().both(*leaders, state),
            _ => vec![],
        }
    }

    fn triggers(&mut self, scene: &Scene, state: &State, quoted: bool, out: &mut Reading) {
        let range = scene.clause.items.clone();
        let mut k = range.start;
        while k < range.end {
            let item = &scene.items[k];
            let tried: Vec<(u16, Option<usize>)> = match &item.phrase {
                Phrase::Noun { frames, case } => {
                    let gov = self.governor(scene, k);
                    frames.iter().filter(|&&f| self.carries(f, scene, k, gov, *case)).map(|&f| (f, gov)).collect()
                }
                Phrase::Verb(v) => self.pack.frame_verbs.get(&v.stem).into_iter().flatten().map(|&f| (f, Some(k))).collect(),
                _ => vec![],
            };
            for (f, gov) in tried {
                match self.happening(f, scene, k, gov, state, quoted) {
                    Ok(hs) => {
                        if !hs.is_empty() {
                            out.happenings.extend(hs);
                            break;
                        }
                    }
                    Err(why) => out.near.push(Near { frame: f, trigger: (item.from, item.to), why }),
                }
            }
            k += 1;
        }
    }

    /// The verb that carries a noun: the next one of the clause with only plain words between.
    fn governor(&self, scene: &Scene, k: usize) -> Option<usize> {
        for j in k + 1..scene.clause.items.end {
            match &scene.items[j].phrase {
                Phrase::Verb(_) => return Some(j),
                Phrase::Word(_) | Phrase::Time { .. } | Phrase::Noun { case: Case::Nom, .. } => {}
                Phrase::Np { .. } | Phrase::Pronoun { .. } if j <= k + 3 => {}
                _ => return None,
            }
            if j > k + 6 {
                return None;
            }
        }
        None
    }

    /// Whether the noun's verb fits the frame, or the noun speaks for itself.
    fn carries(&self, f: u16, scene: &Scene, k: usize, gov: Option<usize>, case: Case) -> bool {
        let frame = &self.pack.frames[f as usize];
        if case != Case::Nom {
            return frame.nominal || frame.attend && false;
        }
        let Some(g) = gov else {
            // a heading or list line: "… से मुलाकात।"
            return frame.nominal && scene.clause.verb.is_none();
        };
        if frame.bare || frame.light.is_empty() {
            return true;
        }
        let Some(v) = clauses::verb_at(scene.items, g) else { return false };
        let between = &scene.items[k + 1..g];
        let plain = !between.iter().any(|i| matches!(i.phrase, Phrase::Np { .. } | Phrase::Pronoun { .. }));
        let words = between.iter().flat_map(|i| i.from..i.to).map(|j| self.text.tokens[j].sym);
        let by_word = words.clone().any(|w| frame.light.contains(&w));
        let flags = scene.clause.flags;
        let planned = ["tentative", "scheduled", "postponed", "cancelled", "begun", "ended", "ongoing"]
            .iter()
            .any(|n| flags & flag(self.pack, n) != 0);
        by_word
            || (frame.light.contains(&v.stem) && (plain || between.len() <= 3))
            || (frame.nominal && (planned || self.pack.stem_is(v.stem, "be")))
    }

    fn happening(
        &mut self,
        f: u16,
        scene: &Scene,
        k: usize,
        gov: Option<usize>,
        state: &State,
        quoted: bool,
    ) -> Result<Vec<Happening>, &'static str> {
        let pack = self.pack;
        let frame = &pack.frames[f as usize];
        let trigger = &scene.items[k];
        let case = match trigger.phrase {
            Phrase::Noun { case, .. } => case,
            _ => Case::Nom,
        };
        let nominal = case != Case::Nom || gov.is_none();
        let verb = gov.and_then(|g| clauses::verb_at(scene.items, g));
        // participles before the noun tell its status: सोमवार को हुई बैठक
        let before = (scene.clause.items.start..k).rev().find_map(|j| match &scene.items[j].phrase {
            Phrase::Verb(v) => Some((j, v)),
            Phrase::Word(_) => None,
            _ => None,
        });
        let participle = before.filter(|(j, v)| v.end == End::Participle && k - j <= 3).map(|(_, v)| v);
        let flags = scene.clause.flags;
        let lasting = matches!(frame.shape, Shape::Visit | Shape::Mutual | Shape::Joint);
        let mut status = if let (true, Some(p)) = (nominal, participle) {
            if p.vala || p.aspect == Aspect::Due { Some(Status::Scheduled) } else { Some(Status::Occurred) }
        } else if nominal {
            self.nominal_status(scene, k, frame, case)
        } else {
            Modality { pack, verb, flags }.status(lasting)
        }
        .ok_or("mood")?;
        if scene.tentative
            && matches!(status, Status::Scheduled | Status::Occurred)
            && verb.is_some_and(|v| v.tense() == crate::times::Tense::Future)
        {
            status = Status::Tentative;
        }
        let bound = gov.filter(|_| !nominal).unwrap_or(k);
        let lo = (scene.clause.items.start..k)
            .rev()
            .find(|&j| matches!(&scene.items[j].phrase, Phrase::Verb(v) if v.end != End::Participle))
            .map_or(scene.clause.items.start, |j| j + 1);
        let mut h = Happening {
            frame: f,
            kind: frame.kind,
            modes: frame.modes.clone(),
            status,
            actors: vec![],
            recipients: vec![],
            date: None,
            dated: false,
            places: vec![],
            contexts: vec![],
            sources: scene.sources.clone(),
            evidence: vec![self.evidence(scene, k, bound)],
            trigger: (trigger.from, trigger.to),
            sentence: scene.sentence,
            anaphoric: false,
            weak: frame.weak,
            background: verb.is_some_and(|v| v.past && v.aspect == Aspect::Perfective),
        };
        let args = lo..bound;
        match frame.shape {
            Shape::Mutual => self.mutual(frame, scene, args.clone(), k, nominal, state, &mut h)?,
            Shape::Joint => self.joint(frame, scene, args.clone(), k, nominal, state, &mut h)?,
            Shape::Visit => self.visit(frame, scene, args.clone(), k, gov, nominal, state, &mut h)?,
            Shape::Return => return Err("return"),
            Shape::Directed => self.directed(frame, scene, args.clone(), k, verb, state, &mut h)?,
        }
        if quoted && (h.actors.is_empty() || !matches!(h.kind, EventType::Agree | EventType::Consult)) {
            return Err("quoted");
        }
        self.political(&mut h);
        self.crosses_border(&h)?;
        self.when(scene, args.clone(), k, bound, participle, state, &mut h);
        self.place(frame, scene, k, bound, state, &mut h);
        self.context(scene, &mut h);
        let separate = frame.shape == Shape::Mutual && h.modes.iter().all(|m| m != "multilateral") && h.actors.len() > 2;
        if separate { Ok(self.apart(scene, k, h)) } else { Ok(vec![h]) }
    }

    /// Status of a happening told by a noun alone, by the postposition after it and the verb of its clause.
    fn nominal_status(&self, scene: &Scene, k: usize, frame: &Frame, case: Case) -> Option<Status> {
        let flags = scene.clause.flags;
        let verb = scene.clause.verb.and_then(|v| clauses::verb_at(scene.items, v));
        let near = |name: &str| {
            let from = scene.items[k].to;
            let to = (from + 6).min(scene.items[scene.clause.items.end - 1].to);
            clauses::flags(self.text, self.pack, from, to) & flag(self.pack, name) != 0
        };
        if near("cancelled") {
            return Some(Status::Cancelled);
        }
        if near("postponed") {
            return Some(Status::Postponed);
        }
        if near("tentative") {
            return Some(Status::Tentative);
        }
        if near("scheduled") {
            return Some(Status::Scheduled);
        }
        if frame.shape == Shape::Visit && case == Case::Par {
            return Modality { pack: self.pack, verb, flags }.status(true);
        }
        let future = verb.is_some_and(|v| v.tense() == crate::times::Tense::Future);
        match case {
            Case::Baad if !future => Some(Status::Occurred),
            _ if future => Some(Status::Scheduled),
            _ => Some(Status::Occurred),
        }
    }

    /// The clause that tells it, without punctuation and joining words at its ends.
    fn evidence(&self, scene: &Scene, k: usize, bound: usize) -> (usize, usize) {
        let mut from = scene.clause.items.start;
        let end = scene.clause.items.end.max(bound + 1).max(k + 1).min(scene.items.len());
        let mut to = end;
        while from < k && matches!(scene.items[from].phrase, Phrase::Punct(_) | Phrase::And) {
            from += 1;
        }
        while to > k + 1 && matches!(scene.items[to - 1].phrase, Phrase::Punct(_) | Phrase::And) {
            to -= 1;
        }
        (scene.items[from].from, scene.items[to - 1].to)
    }

    fn item_case(item: &Item) -> Option<(Case, Option<Case>)> {
        match &item.phrase {
            Phrase::Np { case, head, .. } => Some((*case, *head)),
            Phrase::Pronoun { case, .. } | Phrase::Both { case, .. } => Some((*case, None)),
            _ => None,
        }
    }

    fn add(list: &mut Vec<usize>, more: Vec<usize>) {
        for e in more {
            if !list.contains(&e) {
                list.push(e);
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn mutual(
        &mut self,
        frame: &Frame,
        scene: &Scene,
        args: Range<usize>,
        k: usize,
        nominal: bool,
        state: &State,
        h: &mut Happening,
    ) -> Result<(), &'static str> {
        let mut with = Vec::new();
        let mut gens = Vec::new();
        for j in args.clone() {
            let Some((case, _)) = Self::item_case(&scene.items[j]) else { continue };
            if j == k {
                continue;
            }
            if frame.with.contains(&case) && !self.only_place(&scene.items[j], case) {
                let who = self.who(&scene.items[j], scene, state);
                Self::add(&mut with, who);
            } else if case == Case::Gen && self.qualifies(scene, j, k) {
                let who = self.who(&scene.items[j], scene, state);
                Self::add(&mut gens, who);
            } else if case == Case::Dwara || case == Case::Leader {
                let who = self.who(&scene.items[j], scene, state);
                Self::add(&mut gens, who);
            }
        }
        let verb = clauses::verb_at(scene.items, args.end.min(scene.items.len() - 1));
        // हुई, होगी: the happening itself is the subject
        let happens = verb.is_some_and(|v| self.pack.stem_is(v.stem, "be")) || nominal;
        let mut subject = Vec::new();
        if !happens || (gens.is_empty() && with.len() == 1 && !nominal) || (nominal && gens.is_empty() && !with.is_empty()) {
            subject = scene.subject.clone();
        }
        if frame.attend {
            let gathering = scene.items[scene.clause.items.clone()].iter().any(|i| matches!(&i.phrase, Phrase::Noun { frames, .. } if frames.iter().any(|&f| self.pack.frames[f as usize].shape == Shape::Mutual && !self.pack.frames[f as usize].attend)));
            let body = scene.items[scene.clause.items.clone()].iter().any(|i| matches!(&i.phrase, Phrase::Np{mentions, ..} if mentions.iter().any(|&m| matches!(self.names.mentions[m].what, What::Body(_)))));
            if !gathering && !body {
                return Err("no gathering");
            }
            for j in args.clone() {
                if let Some((Case::Gen | Case::Beech | Case::Alava, _)) = Self::item_case(&scene.items[j]) {
                    let who = self.who(&scene.items[j], scene, state);
                    Self::add(&mut gens, who);
                }
            }
            gens.retain(|&e| !matches!(self.names.entities[e].kind, EntityType::Place));
        }
        match frame.needs {
            Needs::With if with.is_empty() => return Err("nobody to be with"),
            Needs::WithPerson => {
                with.retain(|&e| self.names.entities[e].kind != EntityType::Place);
                let plural = scene.subject.len() >= 2;
                if with.is_empty() && !plural {
                    return Err("nobody to be with");
                }
                if !with.is_empty() && !with.iter().chain(&scene.subject).any(|&e| self.names.entities[e].kind == EntityType::Person) {
                    return Err("no person");
                }
            }
            _ => {}
        }
        let mut actors = subject;
        Self::add(&mut actors, gens);
        Self::add(&mut actors, with);
        if actors.len() < 2 {
            if nominal && !frame.nominal {
                return Err("noun alone");
            }
            // यह मुलाकात, इस बैठक में: told before
            h.anaphoric = true;
            if actors.is_empty() && !self.points_back(scene, k) && nominal {
                return Err("nobody");
            }
        }
        h.actors = actors;
        if h.actors.iter().any(|&e| self.is_igo(e)) || (h.actors.len() > 2 && self.counts(&h.actors) > 2 && self.together(scene, k)) {
            h.modes.push("multilateral".into());
        }
        if self.clause_has(scene, k, "phone") && !h.modes.iter().any(|m| m == "phone") {
            h.modes.push("phone".into());
        }
        Ok(())
    }

    fn clause_has(&self, scene: &Scene, _k: usize, list: &str) -> bool {
        scene.clause.flags & flag(self.pack, list) != 0
    }

    /// Distinct countries among participants.
    fn counts(&self, who: &[usize]) -> usize {
        let mut codes: Vec<_> = who.iter().map(|&e| self.names.entities[e].country.clone()).collect();
        codes.sort();
        codes.dedup();
        codes.len()
    }

    /// Words that say that several met at once.
    fn together(&self, scene: &Scene, _k: usize) -> bool {
        self.clause_has(scene, 0, "multilateral")
    }

    /// इस, यह, उक्त before the noun.
    fn points_back(&self, scene: &Scene, k: usize) -> bool {
        let from = scene.items[k].from;
        (from.saturating_sub(3)..from).any(|j| self.pack.is(self.text.tokens[j].sym, class::THIS | class::BOTH))
            && scene.items[k].from > scene.items[scene.clause.items.start].from.saturating_sub(1)
    }

    /// Whether the genitive at `j` belongs to the noun at `k`: nothing but plain words and other participants between.
    fn qualifies(&self, scene: &Scene, j: usize, k: usize) -> bool {
        j < k
            && scene.items[j + 1..k].iter().all(|i| {
                matches!(
                    i.phrase,
                    Phrase::Word(_)
                        | Phrase::Time { .. }
                        | Phrase::Np { .. }
                        | Phrase::Pronoun { .. }
                        | Phrase::Verb(_)
                        | Phrase::Noun { .. }
                )
            })
            && match &scene.items[j].phrase {
                Phrase::Np { head, .. } => head.is_none(),
                _ => true,
            }
    }

    fn only_place(&self, item: &Item, case: Case) -> bool {
        matches!(case, Case::Se)
            && matches!(&item.phrase, Phrase::Np { mentions, .. } if mentions.iter().all(|&m| matches!(self.names.mentions[m].what, What::Place(_))))
    }

    #[allow(clippy::too_many_arguments)]
    fn joint(
        &mut self,
        frame: &Frame,
        scene: &Scene,
        args: Range<usize>,
        k: usize,
        nominal: bool,
        state: &State,
        h: &mut Happening,
    ) -> Result<(), &'static str> {
        let mut actors = Vec::new();
        let verb = clauses::verb_at(scene.items, args.end.min(scene.items.len() - 1));
        let happens = verb.is_some_and(|v| self.pack.stem_is(v.stem, "be") || v.passive) || nominal;
        let mut with = Vec::new();
        for j in args.clone() {
            let Some((case, _)) = Self::item_case(&scene.items[j]) else { continue };
            if frame.with.contains(&case) {
                let who = self.who(&scene.items[j], scene, state);
                Self::add(&mut with, who);
            }
        }
        if !happens || (self.has_subject(scene) && with.len() < 2) {
            Self::add(&mut actors, scene.subject.clone());
        }
        Self::add(&mut actors, with);
        if actors.len() < 2 && actors.iter().all(|&e| !self.is_igo(e)) {
            if matches!(frame.needs, Needs::With) {
                return Err("nobody to be with");
            }
            // समझौतों पर हस्ताक्षर हुए: the two parties told of last
            let both = if actors.len() == 1 { vec![] } else { self.cast_both(state) };
            if actors.is_empty() {
                actors = both;
            }
        }
        if actors.is_empty() {
            return Err("nobody");
        }
        h.actors = actors;
        if frame.kind == EventType::Support && matches!(h.status, Status::Scheduled | Status::Tentative) {
            h.kind = EventType::Agree; // signing still to come
        }
        Ok(())
    }

    fn cast_both(&mut self, state: &State) -> Vec<usize> {
        self.cast().both(false, state)
    }

    fn has_subject(&self, scene: &Scene) -> bool {
        scene.items[scene.clause.items.clone()].iter().any(|i| {
            matches!(
                &i.phrase,
                Phrase::Np { case: Case::Ne | Case::Nom, .. }
                    | Phrase::Both { case: Case::Ne | Case::Nom, .. }
                    | Phrase::Pronoun { case: Case::Ne | Case::Nom, .. }
            )
        })
    }

    #[allow(clippy::too_many_arguments)]
    fn visit(
        &mut self,
        frame: &Frame,
        scene: &Scene,
        args: Range<usize>,
        k: usize,
        gov: Option<usize>,
        nominal: bool,
        state: &State,
        h: &mut Happening,
    ) -> Result<(), &'static str> {
        let noun = matches!(scene.items[k].phrase, Phrase::Noun { .. });
        let mut places: Vec<usize> = Vec::new();
        let mut hosts: Vec<usize> = Vec::new();
        let mut travellers: Vec<usize> = Vec::new();
        let verb = gov.and_then(|g| clauses::verb_at(scene.items, g));
        for j in args.clone() {
            let item = &scene.items[j];
            let Some((case, head)) = Self::item_case(item) else { continue };
            match &item.phrase {
                Phrase::Np { mentions, .. } => {
                    for &m in mentions {
                        let mention = self.names.mentions[m].clone();
                        let Some(e) = mention.entity else {
                            if matches!(mention.what, What::Office) && (case == Case::Gen || case == Case::Nom) {
                                if let Some(p) = self.cast().resolve(m, state, &scene.subject) {
                                    if self.names.entities[p].kind == EntityType::Person {
                                        travellers.push(p)
                                    }
                                }
                            }
                            continue;
                        };
                        match self.names.entities[e].kind {
                            EntityType::Country if mention.what != What::People(0) && matches!(mention.what, What::Country(_)) => {
                                if matches!(case, Case::Nom | Case::Gen | Case::Mein | Case::Ko | Case::Liye | Case::Se) && head.is_none() {
                                    if case == Case::Se {
                                        continue;
                                    }
                                    hosts.push(e);
                                }
                            }
                            EntityType::Place if matches!(case, Case::Nom | Case::Gen | Case::Mein | Case::Ko | Case::Liye) => {
                                if !is_venue(self.pack, &self.names.entities[e]) || self.names.entities[e].country.is_some() {
                                    places.push(e);
                                }
                            }
                            EntityType::Person if matches!(case, Case::Gen | Case::Ne | Case::Nom | Case::Leader) && head.is_none() => {
                                if case != Case::Gen || noun {
                                    travellers.push(e);
                                }
                            }
                            _ => {}
                        }
                    }
                }
                Phrase::Pronoun { case: Case::Gen, relative: false } if noun => {
                    let who = self.cast().pronoun(Case::Nom, state, &[], &scene.nearby).into_iter().collect::<Vec<_>>();
                    Self::add(&mut travellers, who);
                }
                _ => {}
            }
        }
        // यहां, वहां
        for j in args.clone() {
            if let Phrase::Word(w) = scene.items[j].phrase {
                if self.pack.is(w, class::HERE) {
                    places.extend(state.here);
                } else if self.pack.is(w, class::THERE) {
                    places.extend(state.there);
                }
            }
        }
        // काठमांडू पहुंचे मिस्री: the noun after the participle travels
        if !noun
            && verb.is_some_and(|v| v.end == End::Participle)
            && let Some(next) = scene.items.get(k + 1)
        {
            let who = self.who(next, scene, state);
            let persons: Vec<usize> = who.into_iter().filter(|&e| self.names.entities[e].kind == EntityType::Person).collect();
            if persons.is_empty() {
                return Err("nobody travels");
            }
            travellers = persons;
        }
        if travellers.is_empty() {
            travellers = scene.subject.clone();
        }
        travellers.retain(|&e| self.names.entities[e].kind != EntityType::Place);
        travellers.dedup();
        places.dedup();
        if travellers.is_empty() {
            return Err("nobody travels");
        }
        // the host country
        let mut host = hosts.iter().copied().find(|h| !travellers.contains(h));
        let home = self.names.entities[travellers[0]].country.clone();
        if host.is_none()
            && let Some(&p) = places.iter().find(|&&p| self.names.entities[p].country.is_some())
        {
            let code = self.names.entities[p].country.clone().unwrap_or_default();
            host = self.cast().country(&code);
        }
        if host.is_none() {
            if self.points_back(scene, k) || frame.needs != Needs::Place && nominal {
                h.anaphoric = true;
                h.actors = travellers;
                return Ok(());
            }
            return Err("no destination");
        }
        let host = host.unwrap_or_default();
        if self.names.entities[host].country == home {
            return Err("at home");
        }
        let host_code = self.names.entities[host].country.clone();
        places.retain(|&p| self.names.entities[p].country == host_code && !is_venue(self.pack, &self.names.entities[p]));
        h.places = if places.is_empty() { vec![host] } else { places };
        h.recipients = vec![host];
        h.actors = travellers;
        if !noun && h.status == Status::Occurred && verb.is_some_and(|v| v.present && v.aspect == Aspect::Perfective) {
            // पहुंचे हैं: arrived and still there
            h.status = Status::Occurred;
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments)]
    fn directed(
        &mut self,
        frame: &Frame,
        scene: &Scene,
        args: Range<usize>,
        k: usize,
        verb: Option<&VerbGroup>,
        state: &State,
        h: &mut Happening,
    ) -> Result<(), &'static str> {
        let mut recipients = Vec::new();
        let mut subject = scene.subject.clone();
        // on behalf of: प्रधानमंत्री की ओर से
        for j in args.clone() {
            if let Some((Case::Dwara, _)) = Self::item_case(&scene.items[j]) {
                let who = self.who(&scene.items[j], scene, state);
                if !who.is_empty() {
                    subject = who;
                }
            }
        }
        let start = scene.clause.items.start;
        'slots: for slot in &frame.to {
            for range in [args.clone(), start..args.start] {
                for j in range.rev() {
                    if j == k {
                        continue;
                    }
                    let Some((case, head)) = Self::item_case(&scene.items[j]) else { continue };
                    let fits = match slot {
                        Slot::Of(Case::Gen) => case == Case::Gen && head.is_none(),
                        Slot::Of(Case::Nom) => case == Case::Nom && !self.has_case(scene, Case::Ne) == false,
                        Slot::Of(c) => case == *c || head == Some(*c),
                        Slot::GenHead => case == Case::Gen || head.is_some(),
                    };
                    if !fits {
                        continue;
                    }
                    let who: Vec<usize> = self.who(&scene.items[j], scene, state).into_iter().filter(|e| !subject.contains(e)).collect();
                    if !who.is_empty() {
                        recipients = who;
                        break 'slots;
                    }
                }
            }
        }
        if verb.is_some_and(|v| frame.recipient_subject.contains(&v.stem)) {
            std::mem::swap(&mut subject, &mut recipients);
        }
        if let Some(v) = verb
            && v.passive
            && !self.has_case(scene, Case::Ne)
            && !self.has_case(scene, Case::Dwara)
        {
            // no agent is told
            if recipients.is_empty() {
                recipients = std::mem::take(&mut subject);
            }
            return Err("no agent");
        }
        if recipients.is_empty() && frame.needs == Needs::To {
            return Err("no recipient");
        }
        if subject.is_empty() {
            return Err("nobody acts");
        }
        if recipients.is_empty() && !matches!(h.kind, EventType::Mobilize | EventType::Cooperate) {
            // the other side of what was told last
            let last: Vec<usize> = state.pair.iter().copied().filter(|e| !subject.contains(e)).collect();
            let code = self.names.entities[subject[0]].country.clone();
            recipients = last.into_iter().filter(|&e| self.names.entities[e].country != code).take(1).collect();
        }
        h.actors = subject;
        h.recipients = recipients;
        Ok(())
    }

    fn has_case(&self, scene: &Scene, c: Case) -> bool {
        scene.items[scene.clause.items.clone()].iter().any(|i| Self::item_case(i).is_some_and(|(x, _)| x == c))
    }

    fn is_igo(&self, e: usize) -> bool {
        let ent = &self.names.entities[e];
        ent.kind == EntityType::Organization && ent.listed.is_some_and(|b| self.pack.bodies[b as usize].kind == BodyKind::Igo)
    }

    /// Leaves out who is no political actor: places, media, companies, journalists.
    fn political(&self, h: &mut Happening) {
        let ok = |e: &usize| {
            let ent = &self.names.entities[*e];
            match ent.kind {
                EntityType::Place => false,
                EntityType::Organization => !ent.listed.is_some_and(|b| {
                    matches!(
                        self.pack.bodies[b as usize].kind,
                        BodyKind::Agency | BodyKind::Outlet | BodyKind::Platform | BodyKind::Company
                    )
                }),
                EntityType::Person => {
                    let other = |t: &str| {
                        self.pack
                            .names
                            .longest(t.split(' ').filter_map(|w| self.pack.vocab.get(w)))
                            .is_some_and(|(_, v)| v.iter().any(|n| matches!(n, crate::lang::Name::Title(TitleKind::Other))))
                    };
                    ent.roles.is_empty() || !ent.roles.iter().all(|r| other(&r.0))
                }
                EntityType::Country => true,
            }
        };
        h.actors.retain(ok);
        h.recipients.retain(ok);
    }

    /// An act joins two countries, or a country and a body between states.
    fn crosses_border(&self, h: &Happening) -> Result<(), &'static str> {
        if h.actors.is_empty() {
            return if h.anaphoric { Ok(()) } else { Err("nobody") };
        }
        let all: Vec<usize> = h.actors.iter().chain(&h.recipients).copied().collect();
        if h.anaphoric && all.len() < 2 {
            return Ok(());
        }
        let igo = all.iter().any(|&e| self.is_igo(e) || self.names.entities[e].country.is_none());
        if all.len() >= 2 && (igo || self.counts(&all) >= 2) {
            return Ok(());
        }
        if all.len() == 1 && (self.is_igo(all[0]) || matches!(h.kind, EventType::Mobilize)) {
            return Ok(());
        }
        if all.len() == 1
            && h.kind != EventType::Consult
            && self.names.entities[all[0]].country.as_deref().is_some_and(|c| c != self.home())
        {
            return Ok(());
        }
        Err("one country")
    }

    /// The country whose domestic affairs the paper tells most: that of its language.
    fn home(&self) -> &str {
        &self.pack.home
    }

    #[allow(clippy::too_many_arguments)]
    fn when(
        &mut self,
        scene: &Scene,
        args: Range<usize>,
        k: usize,
        bound: usize,
        _participle: Option<&VerbGroup>,
        _state: &State,
        h: &mut Happening,
    ) {
        let time_of = |j: usize| match &scene.items[j].phrase {
            Phrase::Time { time, case } => Some((*time, *case)),
            _ => None,
        };
        let mut day: Option<usize> = None;
        let mut duration = None;
        let start = scene.clause.items.start;
        let usable = |t: usize| self.times[t].value.is_some();
        for j in (start..bound.max(k + 1)).rev() {
            if j < args.start && day.is_some() {
                break;
            }
            if let Some((t, _)) = time_of(j)
                && usable(t)
            {
                if self.times[t].duration {
                    duration = duration.or(Some(t));
                } else if day.is_none() {
                    day = Some(t);
                }
            }
        }
        if day.is_none() {
            day = (k + 1..scene.clause.items.end).filter_map(time_of).find(|(t, _)| usable(*t) && !self.times[*t].duration).map(|x| x.0);
        }
        h.dated = day.is_some();
        if day.is_none() && !scene.clause.content
            || day.is_none() && scene.time.is_some_and(|t| self.times[t].from > scene.items[scene.clause.items.start].from)
        {
            day = scene.time;
        }
        h.date = day.and_then(|t| self.times[t].value.clone());
        if h.date.is_none() && !h.background && matches!(h.status, Status::Occurred | Status::Denied) {
            h.date = self.main_day.clone();
        }
        // a visit of two days from its first day
        if let (Shape::Visit, Some(d), Some(t)) = (self.pack.frames[h.frame as usize].shape, &h.date, duration)
            && let Some(v) = self.times[t].value.as_deref()
            && let Some(r) = crate::edtf::span_from(d, v)
        {
            h.date = Some(r);
        }
    }

    fn place(&mut self, frame: &Frame, scene: &Scene, k: usize, bound: usize, state: &State, h: &mut Happening) {
        if frame.shape == Shape::Visit {
            return;
        }
        let mut places: Vec<usize> = Vec::new();
        for j in scene.clause.items.start..bound.max(k + 1).min(scene.items.len()) {
            match &scene.items[j].phrase {
                Phrase::Np { mentions, case, head } => {
                    for &m in mentions {
                        let mention = &self.names.mentions[m];
                        let Some(e) = mention.entity else { continue };
                        let here = *case == Case::Mein
                            || *head == Some(Case::Mein) && matches!(mention.what, What::Place(_))
                            || (*case == Case::Gen && matches!(mention.what, What::Place(_)) && self.then_place(scene, j))
                            || (h.kind == EventType::Assault && *case == Case::Par);
                        if here && matches!(mention.what, What::Place(_)) {
                            places.push(e);
                        }
                    }
                }
                Phrase::Word(w) if self.pack.is(*w, class::HERE) => places.extend(state.here),
                Phrase::Word(w) if self.pack.is(*w, class::THERE) => places.extend(state.there),
                _ => {}
            }
        }
        places.sort_unstable();
        places.dedup();
        if frame.shape == Shape::Mutual || !places.is_empty() && !matches!(h.kind, EventType::Agree) {
            h.places = places;
        }
    }

    /// A place in the genitive before another place in it: दिल्ली के हैदराबाद हाउस में.
    fn then_place(&self, scene: &Scene, j: usize) -> bool {
        matches!(scene.items.get(j + 1).map(|i| &i.phrase), Some(Phrase::Np { mentions, case: Case::Mein, .. }) if mentions.iter().any(|&m| matches!(self.names.mentions[m].what, What::Place(_))))
    }

    fn context(&self, scene: &Scene, h: &mut Happening) {
        let s = &self.parsed.sentences[scene.sentence];
        let (from, to) = (h.evidence[0].0.max(s.from), h.evidence[0].1);
        let mut i = from;
        while i < to {
            if let Some((n, found)) = self.pack.contexts.longest((i..to).map(|j| self.text.tokens[j].sym)) {
                for c in found {
                    if !h.contexts.contains(c) {
                        h.contexts.push(*c);
                    }
                }
                i += n;
            } else {
                i += 1;
            }
        }
    }

    /// One meeting with each of a list met one by one, unless the words say together.
    fn apart(&self, scene: &Scene, k: usize, h: Happening) -> Vec<Happening> {
        if self.together(scene, k) {
            return vec![h];
        }
        // whoever is of the subject's side meets each of the others
        let side: Vec<usize> = h.actors.iter().copied().filter(|e| scene.subject.contains(e)).collect();
        let codes: Vec<Option<String>> = side.iter().map(|&e| self.names.entities[e].country.clone()).collect();
        let others: Vec<usize> = h.actors.iter().copied().filter(|e| !side.contains(e)).collect();
        if side.is_empty() || others.len() < 2 || others.iter().any(|&e| codes.contains(&self.names.entities[e].country)) {
            return vec![h];
        }
        others
            .into_iter()
            .map(|o| {
                let mut one = h.clone();
                one.actors = side.clone();
                one.actors.push(o);
                one
            })
            .collect()
    }

    /// Sources that the sentence names beside what it tells: तास के अनुसार, सूत्रों के मुताबिक.
    fn sentence_sources(&mut self, s: &Sentence, state: &State) -> Vec<Source> {
        let mut out = Vec::new();
        for i in &s.items {
            if let Phrase::Np { mentions, case: Case::Source, .. } = &i.phrase {
                for &m in mentions {
                    let e = self.cast().resolve(m, state, &[]);
                    if let Some(src) = e.and_then(|e| self.source(e)) {
                        out.push(src);
                    }
                }
            }
            if let Phrase::Pronoun { case: Case::Source, .. } = &i.phrase
                && let Some(e) = self.cast().pronoun(Case::Nom, state, &[], &[])
                && let Some(src) = self.source(e)
            {
                out.push(src);
            }
        }
        if clauses::flags(self.text, self.pack, s.from, s.to) & flag(self.pack, "anonymous_source") != 0 {
            out.push(Source { name: None, kind: SourceKind::Anonymous });
        }
        out
    }

    /// An entity as a source.
    fn source(&self, e: usize) -> Option<Source> {
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
