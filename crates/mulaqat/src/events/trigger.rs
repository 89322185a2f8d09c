//! Which words of a clause tell a happening, and how certain it is.

use super::{Happening, Near, Reading, Scene, Story};
use crate::clauses::{self, verb_at};
use crate::frames::{Frame, Needs, Shape};
use crate::grammar::{Aspect, End, Item, Phrase, VerbGroup};
use crate::lang::{Case, sign, stem};
use crate::names::Ent;
use crate::record::{EntityType, EventType, Source, Status};
use crate::times::Tense;
use std::ops::Range;

/// A frame's trigger in its clause.
pub(super) struct Trigger<'s> {
    pub frame: &'s Frame,
    /// Item of the noun or verb.
    pub at: usize,
    /// Item of the verb that carries it.
    pub verb: Option<usize>,
    /// The noun speaks for itself: बैठक में, यात्रा के दौरान.
    pub nominal: bool,
    /// Items among which its participants stand.
    pub args: Range<usize>,
}

impl<'s> Trigger<'s> {
    pub fn group<'i>(&self, scene: &'i Scene) -> Option<&'i VerbGroup> {
        self.verb.and_then(|v| verb_at(scene.items, v))
    }
}

/// What tells of something without having happened through it: signs that a noun of a happening leans on.
const PLANS: u64 = sign::TENTATIVE | sign::SCHEDULED | sign::POSTPONED | sign::CANCELLED | sign::BEGUN | sign::ENDED | sign::ONGOING;

impl Story<'_, '_> {
    pub(super) fn triggers(&self, scene: &Scene, out: &mut Reading) {
        let mut carried: Vec<(usize, EventType)> = Vec::new(); // verbs that carry a noun which made an event
        for k in scene.clause.items.clone() {
            let item = &scene.items[k];
            let tried: Vec<(u16, Option<usize>)> = match &item.phrase {
                // (वार्ता): an agency's name, a word of explanation
                Phrase::Noun { .. } if self.alone_in_brackets(scene, k) => vec![],
                Phrase::Noun { frames, case } => {
                    let fits = |&&f: &&u16| self.carries(&self.pack.frames[f as usize], scene, k, *case);
                    frames.iter().filter(fits).map(|&f| (f, self.governor(&self.pack.frames[f as usize], scene, k, *case))).collect()
                }
                Phrase::Verb(v) if carried.iter().all(|c| c.0 != k) => {
                    self.pack.frame_verbs.get(&v.stem).into_iter().flatten().map(|&f| (f, Some(k))).collect()
                }
                _ => vec![],
            };
            for (f, verb) in tried {
                // युद्धपोत तैनात किया: two words of one act
                if carried.iter().any(|&(g, kind)| Some(g) == verb && kind == self.pack.frames[f as usize].kind) {
                    continue;
                }
                match self.happening(f, scene, k, verb, out) {
                    Ok(told) if told.is_empty() => {}
                    Ok(told) => {
                        carried.extend(verb.filter(|&g| g != k).map(|g| (g, told[0].kind)));
                        out.happenings.extend(told);
                        break;
                    }
                    Err(why) => out.near.push(Near { frame: f, trigger: (item.from, item.to), why }),
                }
            }
        }
    }

    fn alone_in_brackets(&self, scene: &Scene, k: usize) -> bool {
        let bracket =
            |j: Option<usize>, c: char| j.and_then(|j| scene.items.get(j)).is_some_and(|i| matches!(i.phrase, Phrase::Punct(p) if p == c));
        bracket(k.checked_sub(1), '(') && bracket(Some(k + 1), ')')
    }

    /// The verb that carries a noun.
    fn governor(&self, frame: &Frame, scene: &Scene, k: usize, case: Case) -> Option<usize> {
        if case != Case::Nom {
            return if frame.shape == Shape::Visit && case == Case::Par { self.travels(scene, k) } else { None };
        }
        // हुई बातचीत किसी नतीजे पर नहीं पहुंची: the participle tells it
        if self.told_before(scene, k) {
            return None;
        }
        for j in k + 1..scene.clause.items.end.min(k + 12) {
            match &scene.items[j].phrase {
                Phrase::Verb(_) => return Some(j),
                Phrase::Word(_) | Phrase::Plain { .. } | Phrase::Time { .. } | Phrase::Noun { .. } => {}
                // a name in quotation marks or brackets; a further noun of the same verb
                Phrase::Punct('\'' | '"' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '(' | ')') => {}
                Phrase::And if matches!(scene.items.get(j + 1).map(|i| &i.phrase), Some(Phrase::Noun { case: Case::Nom, .. })) => {}
                Phrase::Np { case, .. } if !matches!(case, Case::Nom | Case::Ne) => {}
                Phrase::Np { .. } | Phrase::Pronoun { .. } if j <= k + 3 => {}
                _ => return None,
            }
        }
        None
    }

    /// यात्रा पर … पहुंचे, हैं, जाएंगे: the next verb, when it is one of going or being and carries no noun of its own.
    fn travels(&self, scene: &Scene, k: usize) -> Option<usize> {
        let j = (k + 1..scene.clause.items.end).find(|&j| matches!(scene.items[j].phrase, Phrase::Verb(_)))?;
        let own = scene.items[k + 1..j].iter().any(|i| matches!(&i.phrase, Phrase::Noun { case: Case::Nom, frames } if !frames.iter().any(|&f| self.pack.frames[f as usize].shape == Shape::Visit)));
        let v = verb_at(scene.items, j)?;
        (!own && self.pack.stem_is(v.stem, stem::ARRIVE) && v.end != End::Infinitive).then_some(j)
    }

    /// Whether the noun's verb fits the frame, or the noun speaks for itself.
    fn carries(&self, frame: &Frame, scene: &Scene, k: usize, case: Case) -> bool {
        if self.told_before(scene, k) {
            return frame.nominal || matches!(frame.kind, EventType::Agree | EventType::Support) && frame.shape == Shape::Joint;
        }
        // समझौते होने की उम्मीद: the noun of hope tells how certain it is
        if frame.bare && case == Case::Gen && self.noun_sign(scene, k, sign::TENTATIVE).is_some() {
            return true;
        }
        if case != Case::Nom {
            return frame.nominal && !(matches!(case, Case::Par | Case::Bare) && self.is_topic(scene, k));
        }
        let Some(g) = self.governor(frame, scene, k, case) else {
            // a heading or list line: "… से मुलाकात।"
            return frame.nominal && scene.clause.verb.is_none();
        };
        if frame.bare || frame.light.is_empty() {
            return true;
        }
        let Some(v) = verb_at(scene.items, g) else { return false };
        // गरिमा पर हमला है, दूर की बात है: what it amounts to, not what happened
        let matter =
            scene.items[k].to == scene.items[k].from + 1 && self.pack.stem_is(self.text.tokens[scene.items[k].from].sym, stem::MATTER);
        if (frame.kind == EventType::Assault || matter)
            && self.pack.stem_is(v.stem, stem::BE)
            && v.aspect == Aspect::None
            && v.tense() == Tense::Present
        {
            return false;
        }
        let between = &scene.items[k + 1..g];
        // हमला दस्ते के अफसर: part of another noun; मांग खारिज की: the object of another act
        if matches!(between.first().map(|i| &i.phrase), Some(Phrase::Plain { case: Case::Gen })) {
            return false;
        }
        let object = between.iter().any(|i| matches!(&i.phrase, Phrase::Noun { case: Case::Nom, frames } if frames.iter().all(|&f| self.pack.frames[f as usize].shape == Shape::Directed)));
        if object && frame.shape == Shape::Directed && !between.iter().any(|i| matches!(i.phrase, Phrase::And)) {
            return false;
        }
        let plain = !between.iter().any(|i| matches!(i.phrase, Phrase::Np { .. } | Phrase::Pronoun { .. }));
        let by_word = between.iter().flat_map(|i| i.from..i.to).any(|j| frame.light.contains(&self.text.tokens[j].sym));
        by_word
            || (frame.light.contains(&v.stem) && (plain || between.len() <= 3))
            || (frame.nominal && (scene.has(PLANS) || self.pack.stem_is(v.stem, stem::BE | stem::STAY)))
    }

    /// यात्रा पर चर्चा हुई: what is talked of has not happened by that.
    fn is_topic(&self, scene: &Scene, k: usize) -> bool {
        let talk = |i: &Item| matches!(&i.phrase, Phrase::Noun { case: Case::Nom, frames } if frames.iter().any(|&f| self.pack.frames[f as usize].weak && self.pack.frames[f as usize].shape == Shape::Mutual));
        scene.items[k + 1..scene.clause.items.end].iter().take(4).any(talk)
    }

    fn happening(&self, f: u16, scene: &Scene, k: usize, verb: Option<usize>, out: &mut Reading) -> Result<Vec<Happening>, &'static str> {
        let frame = &self.pack.frames[f as usize];
        let item = &scene.items[k];
        let nominal = verb.is_none();
        if !frame.words.is_empty() && !scene.tokens().any(|j| frame.words.contains(&self.text.tokens[j].sym)) {
            return Err("word missing");
        }
        if frame.after_infinitive && !self.after_infinitive(scene, k) {
            return Err("no infinitive");
        }
        let bound = verb.unwrap_or(k);
        // A और B सीमा खोलने पर सहमत हुए: what they agree to do does not part them from it
        let content = |v: &VerbGroup| frame.shape == Shape::Joint && v.end == End::Infinitive && v.case == Case::Par;
        let lo = (scene.clause.items.start..k)
            .rev()
            .find(|&j| matches!(&scene.items[j].phrase, Phrase::Verb(v) if v.end != End::Participle && !content(v)))
            .map_or(scene.clause.items.start, |j| j + 1);
        let trigger = Trigger { frame, at: k, verb, nominal, args: lo..bound };
        let mut status = self.status(scene, &trigger)?;
        if scene.believed && trigger.group(scene).is_some_and(|v| v.tense() == Tense::Future) && status == Status::Scheduled {
            status = Status::Tentative;
        }
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
            evidence: vec![evidence(scene, k, bound)],
            trigger: (item.from, item.to),
            sentence: scene.sentence,
            anaphoric: false,
            weak: frame.weak,
            another: false,
            apart: frame.shape == Shape::Mutual && scene.has(sign::APART),
            side: 0,
            was_due: trigger.group(scene).is_some_and(|v| v.past && (v.vala || v.aspect == Aspect::Due)),
            arrival: trigger.group(scene).is_some_and(|v| !self.pack.stem_is(v.stem, stem::DO | stem::BE)),
            nominal,
            background: trigger.group(scene).is_some_and(|v| v.past && v.aspect == Aspect::Perfective),
        };
        match frame.shape {
            Shape::Mutual => self.mutual(scene, &trigger, &mut h)?,
            Shape::Joint => self.joint(scene, &trigger, &mut h)?,
            Shape::Visit => self.visit(scene, &trigger, &mut h)?,
            Shape::Return => return Err("return"),
            Shape::Directed => self.directed(scene, &trigger, &mut h, out)?,
        }
        if scene.quoted && (h.actors.is_empty() || !matches!(h.kind, EventType::Agree | EventType::Consult)) {
            return Err("quoted");
        }
        self.add_modes(scene, &trigger, &mut h);
        self.promised(scene, &trigger, &mut h);
        self.political(&mut h);
        if frame.attend && self.joins_last(scene, &trigger, &h, out) {
            return Ok(vec![]);
        }
        if let Err(why) = self.crosses_border(&h)
            && !self.condemns_abroad(scene, &h)
        {
            return Err(why);
        }
        // what somebody says of an act of his own in his own words is his statement, and he no further source
        if scene.quoted {
            let own: Vec<&String> = h.actors.iter().map(|&e| &self.names.entities[e].name).collect();
            h.sources.retain(|s| s.name.as_ref().is_none_or(|n| !own.contains(&n)));
        }
        self.when(scene, &trigger, &mut h, out);
        self.place(scene, &trigger, &mut h, out);
        self.context(scene, &mut h);
        Ok(self.several(scene, &trigger, h))
    }

    /// Modes that the words of the clause add, up to the verb.
    fn add_modes(&self, scene: &Scene, t: &Trigger, h: &mut Happening) {
        let from = scene.tokens().start;
        let to = scene.items[t.args.end.max(t.at).min(scene.items.len() - 1)].to;
        for (mode, words) in &t.frame.mode_when {
            if (from..to).any(|j| words.contains(&self.text.tokens[j].sym)) {
                h.modes.push(mode.clone());
                break;
            }
        }
    }

    /// Aid announced or told as to come is promised: मदद देने का ऐलान, कर्ज देगा.
    fn promised(&self, scene: &Scene, t: &Trigger, h: &mut Happening) {
        if h.kind != EventType::Aid {
            return;
        }
        let announced = t.group(scene).is_some_and(|v| v.end == End::Infinitive) && h.status == Status::Occurred;
        if announced || h.status == Status::Scheduled {
            h.kind = EventType::Agree;
            h.status = Status::Occurred;
            // मोदी ने एलान किया कि भारत … देगा: who announces it promises it
            let own: Vec<&str> = h.actors.iter().filter_map(|&a| self.cast().code(a)).collect();
            let ours = |s: &Source| {
                let speaks = |e: &Ent| e.kind == EntityType::Person && Some(&e.name) == s.name.as_ref();
                self.names.entities.iter().any(|e| speaks(e) && e.country.as_deref().is_some_and(|c| own.contains(&c)))
            };
            h.sources.retain(|s| !ours(s));
        }
    }

    /// हटाने को कहा: what is asked for stands in the infinitive.
    fn after_infinitive(&self, scene: &Scene, k: usize) -> bool {
        let ko = |j: usize| verb_at(scene.items, j).is_some_and(|v| v.end == End::Infinitive && matches!(v.case, Case::Ko | Case::Liye));
        (scene.clause.items.start..k).rev().take(4).any(ko)
    }

    fn status(&self, scene: &Scene, t: &Trigger) -> Result<Status, &'static str> {
        let frame = t.frame;
        let lasting = matches!(frame.shape, Shape::Visit | Shape::Mutual | Shape::Joint);
        let verb = t.group(scene);
        let main = scene.clause.verb.and_then(|m| verb_at(scene.items, m)).filter(|m| m.end == End::Finite);
        if t.nominal {
            // participles before the noun tell its status: सोमवार को हुई बैठक
            return match self.participle(scene, t.at) {
                Some(p) if p.vala || p.aspect == Aspect::Due => {
                    Ok(self.noun_sign(scene, t.at, sign::CANCELLED | sign::POSTPONED).unwrap_or(Status::Scheduled))
                }
                Some(p) if p.aspect == Aspect::Progressive => Ok(Status::Ongoing),
                Some(_) => Ok(Status::Occurred),
                None => Ok(self.noun_status(scene, t)),
            };
        }
        // a converb has the status of the verb that it leans on
        let told = verb.map(|v| if v.end == End::Converb { main.unwrap_or(v) } else { v });
        if told.is_some_and(|v| v.negated) && frame.kind != EventType::Consult {
            // what a state has not done is told only as a denial of the act itself
            return if frame.deniable && told.is_some_and(|v| v.aspect == Aspect::Perfective) {
                Ok(Status::Denied)
            } else {
                Err("negated")
            };
        }
        // what is said or done is so, whatever is hoped for beside it
        let acts = !matches!(frame.shape, Shape::Mutual | Shape::Visit)
            && told.is_some_and(|v| v.aspect == Aspect::Perfective && v.end != End::Infinitive && !v.can && !v.want);
        if acts && verb.is_none_or(|v| v.end != End::Infinitive) && !self.pack.stem_is(told.map_or(0, |v| v.stem), stem::BE) {
            return Ok(Status::Occurred);
        }
        match verb.filter(|v| v.end == End::Infinitive) {
            Some(v) => self.infinitive_status(scene, t, v, main, lasting),
            None => clauses::status(told, self.signs_after(scene, t.at) & !if lasting { 0 } else { sign::DENIED }, lasting),
        }
        .ok_or("mood")
    }

    /// To do a thing is not to have done it: only what is announced, agreed or told as done counts.
    fn infinitive_status(&self, scene: &Scene, t: &Trigger, v: &VerbGroup, main: Option<&VerbGroup>, lasting: bool) -> Option<Status> {
        let next = t.verb.and_then(|g| scene.items.get(g + 1));
        let announced =
            v.case == Case::Gen && next.is_some_and(|i| (i.from..i.to).any(|j| self.pack.stem_is(self.text.tokens[j].sym, stem::ANNOUNCE)));
        let agreed = t.verb.is_some_and(|g| {
            scene.items[g + 1..scene.clause.items.end].iter().any(|i| matches!(&i.phrase, Phrase::Noun { frames, .. } if frames.iter().any(|&f| self.pack.frames[f as usize].kind == EventType::Agree)))
        });
        if announced {
            return main.filter(|m| !m.negated && !m.can).map(|_| if lasting { Status::Scheduled } else { Status::Occurred });
        }
        if t.frame.kind == EventType::Retreat && agreed {
            return Some(Status::Scheduled);
        }
        // to agree to give is an event of its own, told by the noun of agreement
        if v.case == Case::Baad {
            return Some(if main.is_some_and(|m| m.tense() == Tense::Future) { Status::Scheduled } else { Status::Occurred });
        }
        if !lasting {
            return None;
        }
        if scene.has(sign::TENTATIVE) {
            return main.is_none_or(|m| !m.negated).then_some(Status::Tentative);
        }
        for (s, status) in
            [(sign::CANCELLED, Status::Cancelled), (sign::POSTPONED, Status::Postponed), (sign::SCHEDULED, Status::Scheduled)]
        {
            if scene.has(s) {
                return Some(status);
            }
        }
        if v.case == Case::Pehle {
            return main.map(|m| if m.tense() == Tense::Future { Status::Scheduled } else { Status::Occurred });
        }
        None
    }

    /// Signs from the two words before the trigger to the end of its clause: what stands further off is of something else.
    fn signs_after(&self, scene: &Scene, k: usize) -> u64 {
        let clause = scene.tokens();
        clauses::signs(self.text, self.pack, scene.items[k].from.saturating_sub(2).max(clause.start), clause.end)
    }

    /// The verb right before a noun that describes it: हुई बैठक, होने वाली यात्रा.
    fn participle<'s>(&self, scene: &'s Scene, k: usize) -> Option<&'s VerbGroup> {
        let words = (scene.clause.items.start..k).rev().find(|&j| matches!(&scene.items[j].phrase, Phrase::Verb(_)))?;
        verb_at(scene.items, words).filter(|v| v.end == End::Participle && k - words <= 3)
    }

    /// Whether a participle of being or becoming stands right before the noun: हुई बैठक, बनी सहमति, होने वाली वार्ता.
    fn told_before(&self, scene: &Scene, k: usize) -> bool {
        let Some(j) = k.checked_sub(1).filter(|&j| j >= scene.clause.items.start) else { return false };
        let plain = |j: usize| matches!(scene.items[j].phrase, Phrase::Word(_));
        let at = if plain(j) && j > scene.clause.items.start { j - 1 } else { j };
        verb_at(scene.items, at).is_some_and(|v| v.end == End::Participle && self.pack.stem_is(v.stem, stem::BE | stem::BECOME))
    }

    /// A sign among the words right after a noun.
    fn noun_sign(&self, scene: &Scene, k: usize, which: u64) -> Option<Status> {
        let from = scene.items[k].to;
        let signs = which & clauses::signs(self.text, self.pack, from, (from + 6).min(scene.tokens().end));
        [
            (sign::CANCELLED, Status::Cancelled),
            (sign::POSTPONED, Status::Postponed),
            (sign::TENTATIVE, Status::Tentative),
            (sign::SCHEDULED, Status::Scheduled),
        ]
        .into_iter()
        .find(|(s, _)| signs & s != 0)
        .map(|(_, status)| status)
    }

    /// Status of a happening told by a noun alone, by the postposition after it and the verb of its clause.
    fn noun_status(&self, scene: &Scene, t: &Trigger) -> Status {
        let signs = sign::CANCELLED | sign::POSTPONED | sign::TENTATIVE | sign::SCHEDULED;
        if let Some(s) = self.noun_sign(scene, t.at, signs) {
            return s;
        }
        let future = scene.clause.verb.and_then(|v| verb_at(scene.items, v)).is_some_and(|v| v.tense() == Tense::Future);
        if future { Status::Scheduled } else { Status::Occurred }
    }

    /// Signs among the four words before a noun.
    pub(super) fn before(&self, scene: &Scene, k: usize) -> u64 {
        let from = scene.items[k].from;
        clauses::signs(self.text, self.pack, from.saturating_sub(4).max(scene.tokens().start), from)
    }

    pub(super) fn needs(t: &Trigger, needs: Needs) -> bool {
        t.frame.needs == needs
    }
}

/// The clause that tells it, without punctuation and joining words at its ends.
fn evidence(scene: &Scene, k: usize, bound: usize) -> (usize, usize) {
    let edge = |i: &Item| matches!(i.phrase, Phrase::Punct(_) | Phrase::And);
    let mut from = scene.clause.items.start;
    let mut to = scene.clause.items.end.max(bound + 1).max(k + 1).min(scene.items.len());
    while from < k && edge(&scene.items[from]) {
        from += 1;
    }
    while to > k + 1 && edge(&scene.items[to - 1]) {
        to -= 1;
    }
    (scene.items[from].from, scene.items[to - 1].to)
}
