//! Events: triggers of the frames become happenings with participants, time, place, status and sources.
//!
//! `mod.rs` goes through the article sentence by sentence and clause by clause, `trigger.rs` finds the words that tell a
//! happening and how certain it is, `who.rs` whom the phrases around it stand for, `roles.rs` which part each of them plays,
//! `circumstance.rs` when, where, about what and according to whom.

mod circumstance;
mod roles;
mod trigger;
mod who;

use crate::clauses::{self, Clause, Signs};
use crate::discourse::{Cast, State};
use crate::grammar::{Aspect, End, Item, Parsed, Phrase, Sentence};
use crate::lang::{Case, Pack, class, sign, stem};
use crate::names::{Names, What};
use crate::record::{EntityType, EventType, Source, Status};
use crate::text::{Kind, Text};
use crate::times::Resolved;
pub use who::Subject;

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
    /// Of the same kind as one told before, and not the same: अगली बैठक.
    pub another: bool,
    /// With these alone, not with all: अलग से मिले.
    pub apart: bool,
    /// How many of the actors stand on the subject's side.
    pub side: usize,
    /// It was to be: होनी थी, आने वाले थे.
    pub was_due: bool,
    /// Told by the arrival, not as a whole that is over.
    pub arrival: bool,
    /// Told by a noun that no verb carries: यात्रा के दौरान.
    pub nominal: bool,
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

/// Somebody according to whom a sentence tells something.
#[derive(Debug, Clone)]
pub struct Sayer {
    pub sentence: usize,
    /// The phrase that names them.
    pub item: usize,
    pub who: usize,
}

#[derive(Default)]
pub struct Reading {
    pub happenings: Vec<Happening>,
    pub near: Vec<Near>,
    /// In order of the text.
    pub clauses: Vec<ClauseInfo>,
    pub speakers: Vec<Option<usize>>,
    pub sayers: Vec<Sayer>,
}

pub struct Story<'a, 't> {
    pub text: &'a Text<'t>,
    pub pack: &'a Pack,
    pub names: &'a Names,
    pub parsed: &'a Parsed,
    pub times: &'a [Resolved],
    /// The day that the article is about.
    pub main_day: Option<String>,
    /// Publication date, when it is one.
    pub published: Option<String>,
    /// Whether the article tells of sport: then a country is a team, and an event needs the holder of an office.
    pub sport: bool,
}

/// More than one word in fifty is of sport.
pub(crate) fn is_sport(text: &Text, pack: &Pack) -> bool {
    let words = text.tokens.iter().filter(|t| t.kind == Kind::Word);
    50 * words.clone().filter(|t| pack.is(t.sym, class::SPORT)).count() > words.count()
}

/// यह भी पढ़ें: a line that leads to another article.
pub(crate) fn is_link(text: &Text, pack: &Pack, from: usize, to: usize) -> bool {
    clauses::signs(text, pack, from, (from + 4).min(to)) & sign::ALSO_READ != 0
}

/// One clause while it is read.
struct Scene<'s> {
    sentence: usize,
    items: &'s [Item],
    clause: Clause,
    subject: Subject,
    /// Those told earlier in the sentence.
    nearby: Vec<usize>,
    /// Time of an earlier clause of the sentence.
    time: Option<usize>,
    sources: Vec<Source>,
    /// Somebody only believes it.
    believed: bool,
    /// Within quotation marks.
    quoted: bool,
    state: &'s State,
}

impl Scene<'_> {
    fn has(&self, signs: Signs) -> bool {
        self.clause.signs & signs != 0
    }

    fn items(&self) -> &[Item] {
        &self.items[self.clause.items.clone()]
    }

    /// First token, and the one after the last.
    fn tokens(&self) -> std::ops::Range<usize> {
        self.items[self.clause.items.start].from..self.items[self.clause.items.end - 1].to
    }
}

impl<'a, 't> Story<'a, 't> {
    fn cast(&self) -> Cast<'a, 't> {
        Cast::new(self.text, self.pack, self.names)
    }

    pub fn read(&self) -> Reading {
        let mut out = Reading { speakers: vec![None; self.parsed.quotes.len()], ..Reading::default() };
        let mut state = State { here: self.dateline(), ..State::default() };
        for (n, s) in self.parsed.sentences.iter().enumerate() {
            if self.reports_nothing(s) {
                continue;
            }
            if let Some(q) = s.quote {
                state.speaker = out.speakers[q];
            }
            state.now = n;
            self.sentence(n, s, &mut state, &mut out);
        }
        out
    }

    /// Links, captions, headings, questions.
    fn reports_nothing(&self, s: &Sentence) -> bool {
        if s.quote.is_some() {
            return false;
        }
        let link = is_link(self.text, self.pack, s.from, s.to);
        let bullet = s.items.first().is_some_and(|i| matches!(i.phrase, Phrase::Punct('\u{2022}' | '\u{25cf}' | '*' | '-')));
        let heading = !s.closed && !bullet && s.to - s.from <= 16 && !s.items.iter().any(|i| matches!(i.phrase, Phrase::Quote(_)));
        link || s.question || heading
    }

    /// City of the dateline: नई दिल्ली, 16 अक्टूबर (भाषा).
    fn dateline(&self) -> Option<usize> {
        let place = |i: &Item| match &i.phrase {
            Phrase::Np { mentions, case: Case::Nom, .. } => {
                mentions.iter().map(|&m| &self.names.mentions[m]).find(|m| matches!(m.what, What::Place(_))).and_then(|m| m.entity)
            }
            _ => None,
        };
        self.parsed.sentences.first()?.items.iter().take(4).find_map(place)
    }

    fn sentence(&self, n: usize, s: &Sentence, state: &mut State, out: &mut Reading) {
        let cut = clauses::split(self.text, self.pack, s);
        let quoted = s.quote.is_some();
        let mut nearby: Vec<usize> = Vec::new();
        let mut time = None;
        let mut last = self.heads_line(s);
        let mut speaker: Option<usize> = None;
        self.sayers(n, s, state, out);
        let mut sources = self.sentence_sources(n, s, state, out);
        let of_sentence = sources.clone();
        let mut believed = false;
        let start = out.happenings.len();
        // where what somebody says begins
        let mut content = out.sayers.iter().rev().find(|t| t.sentence == n).map(|t| t.item + 1);
        for (k, clause) in cut.iter().enumerate() {
            if !clause.content && k > 0 && cut[k - 1].content {
                sources.clone_from(&of_sentence);
            }
            let own = self.subject(&s.items, clause, state, &nearby);
            let inherited = own.is_none();
            let subject = own.unwrap_or_else(|| self.inherited(&s.items, clause, &last, speaker, quoted, state, cut.get(k + 1), &nearby));
            let first = subject.first().to_vec();
            out.clauses.push(ClauseInfo { sentence: n, clause: clause.clone(), subject: first.clone() });
            let before = out.happenings.len();
            let mut told_by = sources.clone();
            if s.items[clause.items.clone()]
                .iter()
                .any(|i| (i.from..i.to).any(|j| self.pack.stem_is(self.text.tokens[j].sym, stem::CONFIRM)))
            {
                told_by.extend(first.iter().filter_map(|&e| self.source(e)));
            }
            if !clause.conditional {
                let scene = Scene {
                    sentence: n,
                    items: &s.items,
                    clause: clause.clone(),
                    subject: subject.clone(),
                    nearby: nearby.clone(),
                    time,
                    sources: told_by,
                    believed,
                    quoted,
                    state,
                };
                self.triggers(&scene, out);
            }
            let unnamed = subject.told && first.is_empty();
            self.remember(&s.items, clause, &first, unnamed, quoted, &mut nearby, &mut time, state, out);
            self.deny(n, &s.items, clause, &sources, out);
            self.remember_pair(n, &out.happenings[before..], state);
            let verb = clause.verb.and_then(|v| clauses::verb_at(&s.items, v));
            if !first.is_empty() && !inherited {
                if !clause.relative && !quoted && verb.is_none_or(|v| v.end == End::Finite) {
                    state.subject.clone_from(&first);
                    state.topics.extend(first.iter().filter(|&&e| self.names.entities[e].kind == EntityType::Person).map(|&e| (e, n)));
                }
                last = subject;
            }
            // who says what follows
            let next_is_content = cut.get(k + 1).is_some_and(|c| c.content && !clause.content);
            if next_is_content {
                believed |= clause.signs & sign::BELIEVED != 0;
                if self.says(&s.items, clause) {
                    content = cut.get(k + 1).map(|c| c.items.start);
                    sources.extend(first.iter().filter_map(|&e| self.source(e)));
                    state.said = first.first().copied();
                    state.said_at = n;
                    speaker = first.first().copied();
                    if let Some(e) = speaker {
                        state.subject = vec![e];
                    }
                    last = Subject::default();
                }
            }
        }
        if out.happenings.len() == start {
            // मंत्रालय ने यह जानकारी दी: who tells it is no speaker of a clause
            if sources.is_empty() && clauses::signs(self.text, self.pack, s.from, s.to) & sign::TELLS_THAT != 0 {
                sources.extend(
                    out.clauses.iter().rev().take_while(|c| c.sentence == n).flat_map(|c| &c.subject).filter_map(|&e| self.source(e)),
                );
            }
            self.vouches(n, s, content, sources, out);
        }
    }

    /// ऐसा कोई दौरा तय नहीं है: what was expected just before is denied, by whoever says so.
    fn deny(&self, n: usize, items: &[Item], clause: &Clause, sources: &[Source], out: &mut Reading) {
        let tokens = items[clause.items.start].from..items[clause.items.end - 1].to;
        let such =
            |j: usize| self.pack.stem_is(self.text.tokens[j].sym, stem::SUCH) && self.pack.is(self.text.tokens[j + 1].sym, class::NONE);
        let negated = clause.verb.and_then(|v| clauses::verb_at(items, v)).is_some_and(|v| v.negated && v.aspect == Aspect::None);
        if !negated || !tokens.clone().take(tokens.len().saturating_sub(1)).any(such) {
            return;
        }
        let expected = |h: &&mut Happening| matches!(h.status, Status::Scheduled | Status::Tentative) && h.sentence + 2 >= n;
        if let Some(last) = out.happenings.last_mut().filter(expected) {
            last.status = Status::Denied;
            let new: Vec<Source> = sources.iter().filter(|s| !last.sources.contains(s)).cloned().collect();
            last.sources.extend(new);
        }
    }

    /// सेना के मुताबिक हमले में … मारे गए, उन्होंने बताया कि यह दौर …, मंत्रालय ने यह जानकारी दी: who says more of what was told just before
    /// is a source of it.
    fn vouches(&self, n: usize, s: &Sentence, content: Option<usize>, sources: Vec<Source>, out: &mut Reading) {
        // what all could see needs nobody's word
        let hidden = |h: &&Happening| {
            let force = matches!(h.kind, EventType::Assault | EventType::Mobilize | EventType::Coerce | EventType::Cooperate);
            force || matches!(h.status, Status::Scheduled | Status::Tentative | Status::Postponed)
        };
        let Some(last) = out.happenings.last().filter(|h| h.sentence < n && h.sentence + 2 >= n) else { return };
        let kind = last.kind;
        let again = |i: &Item| match &i.phrase {
            Phrase::Noun { frames, .. } => frames.iter().any(|&f| self.pack.frames[f as usize].kind == kind),
            _ => (i.from..i.to).any(|j| self.pack.is(self.text.tokens[j].sym, class::THIS)),
        };
        let goes_on = hidden(&last) && content.is_some_and(|c| s.items[c..].iter().take(3).any(again));
        let all = clauses::signs(self.text, self.pack, s.from, s.to) & sign::TELLS_THAT != 0;
        if goes_on || all {
            let at = last.sentence;
            for h in out.happenings.iter_mut().rev().take_while(|h| h.sentence == at).filter(|h| all || h.kind == kind) {
                h.sources.extend(sources.iter().filter(|s| !h.sources.contains(s)).cloned().collect::<Vec<_>>());
            }
        }
    }

    /// - स्पेन: … a country before a colon is who the line is about.
    fn heads_line(&self, s: &Sentence) -> Subject {
        let mut items = s.items.iter().skip_while(|i| matches!(i.phrase, Phrase::Punct(_)));
        match (items.next().map(|i| &i.phrase), items.next().map(|i| &i.phrase)) {
            (Some(Phrase::Np { mentions, case: Case::Nom, .. }), Some(Phrase::Punct(':')))
                if mentions.iter().all(|&m| matches!(self.names.mentions[m].what, What::Country(_))) =>
            {
                Subject { told: true, choices: vec![self.entities(mentions, &[])] }
            }
            _ => Subject::default(),
        }
    }

    /// What a clause leaves behind for those after it.
    #[allow(clippy::too_many_arguments)]
    fn remember(
        &self,
        items: &[Item],
        clause: &Clause,
        subject: &[usize],
        unnamed: bool,
        quoted: bool,
        nearby: &mut Vec<usize>,
        time: &mut Option<usize>,
        state: &mut State,
        out: &mut Reading,
    ) {
        for k in clause.items.clone() {
            match &items[k].phrase {
                Phrase::Np { mentions, .. } => {
                    if mentions.len() > 2 {
                        state.list = self.entities(mentions, &[]);
                    }
                    for &m in mentions {
                        if matches!(self.names.mentions[m].what, What::Place(_)) {
                            if !quoted {
                                state.there = self.names.mentions[m].entity;
                            }
                            continue;
                        }
                        let Some(e) = self.cast().resolve(m, subject) else { continue };
                        match self.names.entities[e].kind {
                            EntityType::Person => {
                                nearby.push(e);
                                state.persons.push(e);
                            }
                            EntityType::Country | EntityType::Organization => {
                                nearby.push(e);
                                state.states.push(e);
                            }
                            EntityType::Place => {}
                        }
                    }
                }
                Phrase::Time { time: t, .. } if !self.times[*t].duration => *time = Some(*t),
                Phrase::Quote(q) => {
                    let untold = state.subject.first().filter(|_| !unnamed);
                    out.speakers[*q] = self.before_colon(items, k).or(subject.first().or(untold).copied());
                }
                _ => {}
            }
        }
    }

    /// PM कीर स्टार्मर: “…”
    fn before_colon(&self, items: &[Item], quote: usize) -> Option<usize> {
        let colon = quote.checked_sub(1).filter(|&c| matches!(items[c].phrase, Phrase::Punct(':')))?;
        match &items[colon.checked_sub(1)?].phrase {
            Phrase::Np { mentions, case: Case::Nom, .. } => self.entities(mentions, &[]).last().copied(),
            _ => None,
        }
    }

    /// दोनों are the last two who met or dealt with one another.
    fn remember_pair(&self, n: usize, told: &[Happening], state: &mut State) {
        if let Some(many) = told.iter().rev().find(|h| h.actors.len() > 2) {
            state.list.clone_from(&many.actors);
        }
        if let Some(last) = told.iter().rev().find(|h| h.actors.len() + h.recipients.len() >= 2) {
            let all: Vec<usize> = last.actors.iter().chain(&last.recipients).copied().collect();
            if all.len() == 2 || last.kind != EventType::Consult {
                state.pair = all;
                state.pair_at = n;
            }
        }
    }

    /// Whether the clause tells that somebody else than the outlet says, writes, claims.
    pub(crate) fn says(&self, items: &[Item], clause: &Clause) -> bool {
        let verb = clause.verb.and_then(|v| clauses::verb_at(items, v));
        let reports = clause.signs & sign::REPORTING != 0 || verb.is_some_and(|v| self.pack.stem_is(v.stem, stem::SAY));
        reports && clause.signs & sign::EDITORIAL == 0
    }
}
