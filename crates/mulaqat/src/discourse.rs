//! Discourse: what pronouns, bare titles and दोनों नेता stand for, as the article goes on.

use crate::lang::{Name, Pack, TitleKind, class};
use crate::names::{Mention, Names, What};
use crate::record::EntityType;
use crate::text::{Sym, Text};

/// What the article has spoken of so far.
#[derive(Debug, Default, Clone)]
pub struct State {
    /// Subject of the last main clause.
    pub subject: Vec<usize>,
    /// Persons, latest last.
    pub persons: Vec<usize>,
    /// Persons who were subjects and the sentence in which they were, latest last.
    pub topics: Vec<(usize, usize)>,
    /// The sentence that is being read.
    pub now: usize,
    /// Countries and bodies, latest last.
    pub states: Vec<usize>,
    /// Participants of the last happening that joined two or more.
    pub pair: Vec<usize>,
    /// The sentence that told of them.
    pub pair_at: usize,
    /// The last list of three or more in one phrase.
    pub list: Vec<usize>,
    /// Who speaks the quotation that is being read.
    pub speaker: Option<usize>,
    /// Who was last said to have said something.
    pub said: Option<usize>,
    /// The sentence that told so.
    pub said_at: usize,
    /// City that यहां means.
    pub here: Option<usize>,
    /// Place that वहां means.
    pub there: Option<usize>,
}

/// How far back a pronoun looks, in persons told of. It keeps reading linear; a reader's memory is shorter.
const REACH: usize = 24;

/// How far back a bare title looks, in mentions: more than an article has.
const MEMORY: usize = 240;

pub struct Cast<'a, 't> {
    pub text: &'a Text<'t>,
    pub pack: &'a Pack,
    pub names: &'a Names,
}

impl<'a, 't> Cast<'a, 't> {
    pub fn new(text: &'a Text<'t>, pack: &'a Pack, names: &'a Names) -> Cast<'a, 't> {
        Cast { text, pack, names }
    }

    pub fn code(&self, e: usize) -> Option<&'a str> {
        self.names.entities[e].country.as_deref()
    }

    pub fn kind(&self, e: usize) -> EntityType {
        self.names.entities[e].kind
    }

    /// Whether acts between them cross a border: no country in common.
    pub fn foreign(&self, e: usize, others: &[usize]) -> bool {
        others.iter().all(|&o| o != e && (self.code(o).is_none() || self.code(o) != self.code(e)))
    }

    /// The entity that a mention stands for as a participant, given those it acts with.
    pub fn resolve(&self, m: usize, with: &[usize]) -> Option<usize> {
        let mention = &self.names.mentions[m];
        match mention.what {
            What::Office => self.office(mention, with),
            What::Counterpart => {
                let code = mention.country?;
                let holder = with.iter().find_map(|&s| {
                    let title = self.names.entities[s].role_words.first()?;
                    self.holder(title, Some(code), mention.from, &[])
                });
                holder.or_else(|| self.names.country(code))
            }
            // a capital may stand for its government
            What::Place(_) => self.names.country(self.capital(mention)?),
            _ => mention.entity,
        }
    }

    /// The country whose capital the words are.
    pub fn capital(&self, m: &Mention) -> Option<u16> {
        let words = m.name.clone().map(|j| self.text.tokens[j].sym);
        let (n, found) = self.pack.names.longest(words)?;
        let capital = |f: &Name| if let Name::Capital(c) = f { Some(*c) } else { None };
        found.iter().find_map(capital).filter(|_| n >= m.name.len())
    }

    /// A bare title: the holder of that office told of last, else the country that it serves.
    fn office(&self, m: &Mention, with: &[usize]) -> Option<usize> {
        for t in m.titles.iter().rev() {
            let title: Vec<Sym> = self.names.title_words(self.text, t);
            if let Some(e) = self.holder(&title, m.country, m.from, with) {
                return Some(e);
            }
        }
        let former = m.titles.iter().any(|t| self.pack.is(self.text.tokens[t.words.start].sym, class::FORMER));
        if former {
            return None;
        }
        if m.body.is_some() {
            return m.entity;
        }
        m.country.and_then(|c| self.names.country(c))
    }

    /// The person with a title: the one mentioned last before token `at`, of another country than those in `with` if there is one.
    fn holder(&self, title: &[Sym], country: Option<u16>, at: usize, with: &[usize]) -> Option<usize> {
        let all = self.holders(title, country, at);
        let foreign = all.iter().copied().find(|&e| with.is_empty() || self.foreign(e, with));
        foreign.or_else(|| all.iter().copied().find(|e| !with.contains(e)))
    }

    /// Those whom a bare title without a country may stand for, likeliest first: home's own before the last told of.
    pub fn candidates(&self, m: &Mention) -> Vec<usize> {
        if m.what != What::Office || m.country.is_some() || m.body.is_some() {
            return vec![];
        }
        let mut all = m.titles.last().map(|t| self.holders(&self.names.title_words(self.text, t), None, m.from)).unwrap_or_default();
        all.sort_by_key(|&e| self.code(e) != Some(self.pack.home.as_str()));
        all
    }

    /// All persons with a title, the one mentioned last before token `at` first.
    fn holders(&self, title: &[Sym], country: Option<u16>, at: usize) -> Vec<usize> {
        let code = country.map(|c| self.pack.countries[c as usize].code.as_str());
        let before = self.names.mentions.partition_point(|m| m.from < at);
        let back = self.names.mentions[..before].iter().rev().take(MEMORY);
        let ahead = self.names.mentions[before..].iter().take(MEMORY / 4);
        let mut out = Vec::new();
        for e in back.chain(ahead).filter(|m| matches!(m.what, What::Person(_))).filter_map(|m| m.entity) {
            let ent = &self.names.entities[e];
            let holds = |r: &Vec<Sym>| r == title || (r.ends_with(title) && !self.pack.is(r[0], class::FORMER));
            if ent.role_words.iter().any(holds) && code.is_none_or(|c| ent.country.as_deref() == Some(c)) && !out.contains(&e) {
                out.push(e);
            }
        }
        out
    }

    /// Whom a pronoun in the subject may stand for, likeliest first. `honoured`: it is of a person; `speaks`: its clause tells of saying.
    pub fn subjects(&self, state: &State, honoured: bool, speaks: bool) -> Vec<Vec<usize>> {
        let mut out: Vec<Vec<usize>> = Vec::new();
        let fits = |e: usize| !honoured || self.kind(e) == EntityType::Person && (speaks || !self.speaks_for_others(e));
        // X ने कहा कि Y आएंगे। उन्होंने बताया: whoever spoke goes on speaking
        if speaks && honoured && state.said_at + 1 == state.now {
            out.extend(state.said.filter(|&e| fits(e)).map(|e| vec![e]));
        }
        if !state.subject.is_empty() && state.subject.iter().all(|&e| fits(e)) && !out.contains(&state.subject) {
            out.push(state.subject.clone());
        }
        // who has been a subject is one again rather than who has not
        let topics = state.topics.iter().rev().take(4).filter(|t| honoured && t.1 + 2 >= state.now).map(|t| &t.0);
        let recent = if honoured { &state.persons } else { &state.states };
        for &e in topics.chain(recent.iter().rev().take(REACH)) {
            if fits(e) && !out.iter().any(|g| g[..] == [e]) {
                out.push(vec![e]);
            }
        }
        out
    }

    /// Whom a pronoun in another case stands for: somebody else than the subject, told of lately, and of another country than
    /// those in `with` when that can be.
    pub fn object(&self, state: &State, subject: &[usize], nearby: &[usize], with: &[usize], honoured: bool) -> Option<usize> {
        let fits = |e: &usize| !subject.contains(e) && (!honoured || self.kind(*e) == EntityType::Person) && !self.speaks_for_others(*e);
        let recent = nearby.iter().rev().chain(&state.subject).chain(state.persons.iter().rev().take(REACH));
        let states = state.states.iter().rev().take(if honoured { 0 } else { REACH });
        let all: Vec<usize> = recent.chain(states).copied().filter(fits).collect();
        all.iter().copied().find(|&e| self.foreign(e, with)).or_else(|| all.first().copied())
    }

    /// A spokesman, of whom the news speaks only as of a source.
    pub fn speaks_for_others(&self, e: usize) -> bool {
        self.names.entities[e].role_words.iter().any(|r| {
            let found = self.pack.names.longest(r.iter().copied());
            found.is_some_and(|(_, v)| v.iter().any(|n| matches!(n, Name::Title(TitleKind::Spokesperson))))
        })
    }

    /// Whom दोनों नेता, दोनों देश or तीनों देश stand for; who already takes part is not one of them.
    pub fn both(&self, leaders: bool, count: u8, state: &State, with: &[usize]) -> Vec<usize> {
        if count > 2 {
            return if state.list.len() == count as usize { state.list.clone() } else { vec![] };
        }
        let mut persons: Vec<usize> = state.pair.iter().copied().filter(|&e| self.kind(e) == EntityType::Person).collect();
        persons.retain(|e| !with.contains(e));
        if persons.len() != 2 {
            persons = self.last_two(&state.persons, with);
        }
        if leaders {
            if state.pair.len() == 2 && !state.pair.iter().any(|e| with.contains(e)) {
                return state.pair.clone();
            }
            return persons;
        }
        let mut out = Vec::new();
        for &e in &state.pair {
            let state_of = self.code(e).and_then(|c| self.pack.by_code.get(c)).and_then(|&c| self.names.country(c));
            // a party to a conflict stands for itself
            let side = if self.code(e).is_none() || self.kind(e) == EntityType::Organization { Some(e) } else { state_of };
            if let Some(s) = side.filter(|s| !with.contains(s) && !out.contains(s)) {
                out.push(s);
            }
        }
        if out.len() == 2 { out } else { self.last_two(&state.states, with) }
    }

    /// दोनों देशों के विदेश मंत्री: the holders of the office in each of the two, or the countries.
    pub fn both_offices(&self, office: usize, state: &State) -> Vec<usize> {
        let m = &self.names.mentions[office];
        let holder = |&s: &usize| {
            let country = self.code(s).and_then(|c| self.pack.by_code.get(c)).copied()?;
            m.titles.iter().find_map(|t| self.holder(&self.names.title_words(self.text, t), Some(country), m.from, &[]))
        };
        self.both(false, 2, state, &[]).iter().map(|s| holder(s).unwrap_or(*s)).collect()
    }

    /// The two told of last, of different countries, in the order of the text.
    fn last_two(&self, list: &[usize], with: &[usize]) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::new();
        for &e in list.iter().rev().take(REACH) {
            if !with.contains(&e) && !self.speaks_for_others(e) && self.foreign(e, &out) {
                out.push(e);
            }
            if out.len() == 2 {
                out.reverse();
                return out;
            }
        }
        vec![]
    }
}
