//! Clauses: a sentence's phrases cut at its finite verbs, and what the words around a verb say of how sure it is.

use crate::grammar::{Aspect, End, Item, Phrase, Sentence, VerbGroup};
use crate::lang::{Pack, class};
use crate::record::Status;
use crate::text::Text;
use std::ops::Range;

/// Signs in the words of a clause, one bit for each phrase list of words.toml.
pub type Flags = u64;

#[derive(Debug, Clone)]
pub struct Clause {
    /// Items of the sentence, end exclusive.
    pub items: Range<usize>,
    /// Its last verb, mostly finite.
    pub verb: Option<usize>,
    pub flags: Flags,
    /// Begins with a relative word.
    pub relative: bool,
    /// Follows कि: somebody says or believes it.
    pub content: bool,
    pub conditional: bool,
}

/// Bit of a phrase list.
pub fn flag(pack: &Pack, name: &str) -> Flags {
    pack.phrase_names.iter().position(|n| n == name).map_or(0, |n| 1 << n)
}

/// Signs among tokens `from..to`.
pub fn flags(text: &Text, pack: &Pack, from: usize, to: usize) -> Flags {
    let mut out = 0;
    for i in from..to {
        if let Some((_, names)) = pack.phrases.longest((i..to).map(|j| text.tokens[j].sym)) {
            for n in names {
                out |= 1 << n;
            }
        }
    }
    out
}

/// Cuts a sentence into clauses.
pub fn split(text: &Text, pack: &Pack, s: &Sentence) -> Vec<Clause> {
    let mut out: Vec<Clause> = Vec::new();
    let mut from = 0;
    let mut verb = None;
    let mut content = false;
    let mut relative = false;
    let mut conditional = false;
    let close =
        |out: &mut Vec<Clause>, from: usize, to: usize, verb: &mut Option<usize>, content: bool, relative: bool, conditional: bool| {
            if to > from {
                let items = from..to;
                let f = flags(text, pack, s.items[from].from, s.items[to - 1].to);
                out.push(Clause { items, verb: verb.take(), flags: f, relative, content, conditional });
            }
        };
    for (k, item) in s.items.iter().enumerate() {
        match &item.phrase {
            Phrase::Verb(v) => {
                verb = Some(k);
                if v.end == End::Finite {
                    close(&mut out, from, k + 1, &mut verb, content, relative, conditional);
                    from = k + 1;
                    relative = false;
                    conditional = false;
                }
            }
            Phrase::That => {
                close(&mut out, from, k, &mut verb, content, relative, conditional);
                from = k + 1;
                content = true;
                relative = false;
            }
            Phrase::Break => {
                close(&mut out, from, k, &mut verb, content, relative, conditional);
                from = k + 1;
                relative = false;
                conditional = pack.is(text.tokens[item.from].sym, class::IF);
            }
            Phrase::Pronoun { relative: true, .. } => {
                close(&mut out, from, k, &mut verb, content, relative, conditional);
                from = k;
                relative = true;
            }
            Phrase::Punct(c) if matches!(c, ';' | ':' | '\u{2022}' | '\u{2014}' | '\u{2013}' | '*') => {
                close(&mut out, from, k, &mut verb, content, relative, conditional);
                from = k + 1;
                relative = false;
            }
            _ => {}
        }
    }
    close(&mut out, from, s.items.len(), &mut verb, content, relative, conditional);
    // a clause of punctuation only is none
    out.retain(|c| s.items[c.items.clone()].iter().any(|i| !matches!(i.phrase, Phrase::Punct(_) | Phrase::And)));
    out
}

/// The verb group at an item.
pub fn verb_at(items: &[Item], k: usize) -> Option<&VerbGroup> {
    match &items[k].phrase {
        Phrase::Verb(v) => Some(v),
        _ => None,
    }
}

/// What tense, mood and the words around say of a happening.
pub struct Modality<'a> {
    pub pack: &'a Pack,
    pub verb: Option<&'a VerbGroup>,
    pub flags: Flags,
}

impl Modality<'_> {
    fn has(&self, name: &str) -> bool {
        self.flags & flag(self.pack, name) != 0
    }

    /// The status of the happening that the verb tells; `lasting` for visits and talks, which go on.
    pub fn status(&self, lasting: bool) -> Option<Status> {
        let Some(v) = self.verb else {
            return Some(self.without_verb());
        };
        if self.has("postponed") && !self.has("tentative") {
            return Some(Status::Postponed);
        }
        if self.has("cancelled") {
            return Some(Status::Cancelled);
        }
        if v.negated {
            return match v.aspect {
                Aspect::Perfective | Aspect::Future | Aspect::Habitual | Aspect::Progressive => Some(Status::Denied),
                _ => None,
            };
        }
        if self.has("denied") {
            return Some(Status::Denied);
        }
        if v.want {
            return Some(Status::Tentative);
        }
        if v.can {
            return if v.past { None } else { Some(Status::Tentative) };
        }
        if self.has("tentative") {
            return Some(Status::Tentative);
        }
        if v.vala {
            return Some(Status::Scheduled);
        }
        Some(match v.aspect {
            Aspect::Future => Status::Scheduled,
            Aspect::Due if v.past => Status::Tentative,
            Aspect::Due => Status::Scheduled,
            Aspect::Progressive if lasting && !v.past => Status::Ongoing,
            Aspect::Subjunctive => Status::Tentative,
            Aspect::Habitual if !v.past => return None,
            Aspect::None if v.present && self.has("ongoing") => Status::Ongoing,
            Aspect::None if v.present && self.has("scheduled") => Status::Scheduled,
            Aspect::None if v.present && lasting => Status::Ongoing,
            _ => Status::Occurred,
        })
    }

    fn without_verb(&self) -> Status {
        if self.has("cancelled") {
            Status::Cancelled
        } else if self.has("postponed") {
            Status::Postponed
        } else if self.has("tentative") {
            Status::Tentative
        } else {
            Status::Occurred
        }
    }
}
