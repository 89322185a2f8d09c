//! Discourse: what pronouns, bare titles and दोनों नेता stand for, as the article goes on.

use crate::lang::{Case, Pack, class};
use crate::names::{Ent, Mention, Names, What};
use crate::record::EntityType;
use crate::text::Text;

/// What the article has spoken of so far.
#[derive(Debug, Default)]
pub struct State {
    /// Subject of the last main clause.
    pub subject: Vec<usize>,
    /// Persons, latest last.
    pub persons: Vec<usize>,
    /// Countries, latest last.
    pub countries: Vec<usize>,
    /// Participants of the last happening that joined two or more.
    pub pair: Vec<usize>,
    /// Who speaks the quotation that is being read.
    pub speaker: Option<usize>,
    /// City that `यहां` means.
    pub here: Option<usize>,
    pub there: Option<usize>,
}

pub struct Cast<'a, 't> {
    pub text: &'a Text<'t>,
    pub pack: &'a Pack,
    pub names: &'a mut Names,
}

impl Cast<'_, '_> {
    /// The entity of a country, made when the article never names it outright.
    pub fn country(&mut self, code: &str) -> Option<usize> {
        if let Some(e) = self.names.entities.iter().position(|e| e.kind == EntityType::Country && e.country.as_deref() == Some(code)) {
            return Some(e);
        }
        let c = self.pack.country(code)?;
        self.names.entities.push(Ent::country(c.name.clone(), c.code.clone()));
        Some(self.names.entities.len() - 1)
    }

    pub fn code(&self, e: usize) -> Option<&str> {
        self.names.entities[e].country.as_deref()
    }

    pub fn kind(&self, e: usize) -> EntityType {
        self.names.entities[e].kind
    }

    /// Entities that a mention stands for as a participant.
    pub fn resolve(&mut self, m: usize, state: &State, subject: &[usize]) -> Option<usize> {
        let mention = self.names.mentions[m].clone();
        match mention.what {
            What::Office => self.office(&mention, state),
            What::Counterpart => {
                let title = subject.iter().find_map(|&s| self.names.entities[s].roles.first().map(|r| r.0.clone()));
                let code = mention.country.map(|c| self.pack.countries[c as usize].code.clone())?;
                let holder = title.and_then(|t| self.holder(&t, Some(&code), usize::MAX));
                holder.or_else(|| self.country(&code))
            }
            What::Place(_) => {
                // a capital may stand for its government
                let code = self.capital(&mention)?;
                self.country(&code)
            }
            _ => mention.entity,
        }
    }

    /// Code of the country whose capital the words are.
    pub fn capital(&self, m: &Mention) -> Option<String> {
        let words = m.name.clone().map(|j| self.text.tokens[j].sym);
        let (n, found) = self.pack.names.longest(words)?;
        if n < m.name.len() {
            return None;
        }
        found.iter().find_map(|f| match f {
            crate::lang::Name::Capital(c) => Some(self.pack.countries[*c as usize].code.clone()),
            _ => None,
        })
    }

    /// A bare title: the holder of that office told of before, else the country that it serves.
    fn office(&mut self, m: &Mention, _state: &State) -> Option<usize> {
        let code = m.country.map(|c| self.pack.countries[c as usize].code.clone());
        let body = m.titles.last().and_then(|t| t.of.clone()).filter(|o| self.pack.country(o).is_none());
        let mut found = None;
        for t in &m.titles {
            let title = self.text.slice(t.words.start, t.words.end).to_string();
            found = found.or_else(|| self.holder(&title, code.as_deref(), m.from));
        }
        if found.is_some() {
            return found;
        }
        let former = m.titles.iter().any(|t| self.pack.is(self.text.tokens[t.words.start].sym, class::FORMER));
        if former || body.is_some() {
            return None;
        }
        code.and_then(|c| self.country(&c))
    }

    /// The person with a title: the one mentioned last before token `at`, else the next after it.
    fn holder(&self, title: &str, code: Option<&str>, at: usize) -> Option<usize> {
        let want = crate::text::fold(title);
        let mut best: Option<(bool, usize, usize)> = None;
        for (e, ent) in self.names.entities.iter().enumerate() {
            if ent.kind != EntityType::Person || code.is_some_and(|c| ent.country.as_deref() != Some(c)) {
                continue;
            }
            let held = ent.roles.iter().any(|r| {
                let r = crate::text::fold(&r.0);
                r == want || r.ends_with(&format!(" {want}")) && !self.former(&r)
            });
            if !held {
                continue;
            }
            for &m in &ent.mentions {
                let from = self.names.mentions[m].from;
                let key = (from < at, if from < at { from } else { usize::MAX - from }, e);
                if best.is_none_or(|b| key > b) {
                    best = Some(key);
                }
            }
        }
        best.map(|b| b.2)
    }

    fn former(&self, folded: &str) -> bool {
        folded.split(' ').next().and_then(|w| self.pack.vocab.get(w)).is_some_and(|s| self.pack.is(s, class::FORMER))
    }

    /// Whom a pronoun stands for, given the subject of its own clause and the persons told before in its sentence.
    pub fn pronoun(&self, case: Case, state: &State, subject: &[usize], nearby: &[usize]) -> Option<usize> {
        if matches!(case, Case::Ne | Case::Nom) {
            return state.subject.first().copied().filter(|_| state.subject.len() == 1).or_else(|| state.persons.last().copied());
        }
        let other = |e: &&usize| !subject.contains(e);
        if let Some(&e) = nearby.iter().rev().find(other) {
            return Some(e);
        }
        if let Some(&e) = state.subject.iter().find(other) {
            return Some(e);
        }
        state.persons.iter().rev().find(other).copied()
    }

    /// Whom दोनों नेता or दोनों देश stand for.
    pub fn both(&mut self, leaders: bool, state: &State) -> Vec<usize> {
        if leaders {
            return if state.pair.len() == 2 { state.pair.clone() } else { vec![] };
        }
        let mut out = Vec::new();
        let codes: Vec<String> = state.pair.iter().filter_map(|&e| self.code(e).map(str::to_string)).collect();
        for code in codes {
            if let Some(e) = self.country(&code)
                && !out.contains(&e)
            {
                out.push(e);
            }
        }
        if out.len() == 2 {
            return out;
        }
        let mut last: Vec<usize> = Vec::new();
        for &c in state.countries.iter().rev() {
            if !last.contains(&c) {
                last.push(c);
            }
            if last.len() == 2 {
                last.reverse();
                return last;
            }
        }
        vec![]
    }
}
