//! Clauses: a sentence's phrases cut at its finite verbs, and what the words around a verb say of how sure it is.

use crate::grammar::{Aspect, End, Item, Phrase, Sentence, VerbGroup};
use crate::lang::{Pack, class, sign, stem};
use crate::record::Status;
use crate::text::Text;
use std::ops::Range;

/// Bits of [`sign`] that stand in a clause.
pub type Signs = u64;

#[derive(Debug, Clone)]
pub struct Clause {
    /// Items of the sentence, end exclusive.
    pub items: Range<usize>,
    /// Its last verb, mostly finite.
    pub verb: Option<usize>,
    pub signs: Signs,
    /// Begins with a relative word.
    pub relative: bool,
    /// Follows कि: somebody says or believes it.
    pub content: bool,
    pub conditional: bool,
}

/// Signs among tokens `from..to`.
pub fn signs(text: &Text, pack: &Pack, from: usize, to: usize) -> Signs {
    let mut out = 0;
    for i in from..to {
        if let Some((_, bits)) = pack.phrases.longest((i..to).map(|j| text.tokens[j].sym)) {
            out |= bits.iter().fold(0, |all, b| all | b);
        }
    }
    out
}

/// Cuts a sentence into clauses.
pub fn split(text: &Text, pack: &Pack, s: &Sentence) -> Vec<Clause> {
    let mut cut =
        Cutter { text, pack, s, out: vec![], from: 0, verb: None, content: false, relative: false, conditional: false, broken: false };
    for (k, item) in s.items.iter().enumerate() {
        match &item.phrase {
            Phrase::Verb(v) => {
                cut.verb = Some(k);
                if v.end == End::Finite {
                    // … जाएंगे, मगर मंत्रालय ने कहा कि: another speaks
                    cut.content &= !(cut.broken && s.items.get(k + 1).is_some_and(|i| i.phrase == Phrase::That));
                    cut.broken = false;
                    cut.close(k + 1, k + 1);
                    cut.content |= says_on(pack, s, k, v);
                }
            }
            Phrase::That => {
                cut.close(k, k + 1);
                cut.content = true;
            }
            Phrase::Break => {
                cut.close(k, k + 1);
                cut.broken = true;
                cut.conditional = pack.is(text.tokens[item.from].sym, class::IF);
            }
            Phrase::Pronoun { relative: true, .. } => {
                cut.close(k, k);
                cut.relative = true;
            }
            Phrase::Punct(';' | ':' | '\u{2022}' | '\u{2014}' | '\u{2013}' | '*') => cut.close(k, k + 1),
            _ => {}
        }
    }
    cut.close(s.items.len(), s.items.len());
    // a clause of punctuation only is none
    cut.out.retain(|c| s.items[c.items.clone()].iter().any(|i| !matches!(i.phrase, Phrase::Punct(_) | Phrase::And)));
    cut.out
}

/// X ने कहा, हम …: what is said follows after a comma, dash or colon, without कि and without quotation marks.
fn says_on(pack: &Pack, s: &Sentence, k: usize, v: &VerbGroup) -> bool {
    let mark = s.items.get(k + 1).is_some_and(|i| matches!(i.phrase, Phrase::Punct(',' | '-' | ':' | '\u{2013}' | '\u{2014}')));
    let open = s.items.get(k + 2).is_some_and(|i| {
        !matches!(
            i.phrase,
            Phrase::Quote(_) | Phrase::That | Phrase::Break | Phrase::And | Phrase::Punct(_) | Phrase::Pronoun { relative: true, .. }
        )
    });
    let told = |i: &Item| matches!(&i.phrase, Phrase::Verb(v) if v.end == End::Finite);
    mark && open && !v.passive && v.aspect == Aspect::Perfective && pack.stem_is(v.stem, stem::SAY) && s.items[k + 2..].iter().any(told)
}

struct Cutter<'a, 't> {
    text: &'a Text<'t>,
    pack: &'a Pack,
    s: &'a Sentence,
    out: Vec<Clause>,
    from: usize,
    verb: Option<usize>,
    content: bool,
    relative: bool,
    conditional: bool,
    /// After लेकिन, मगर, जबकि.
    broken: bool,
}

impl Cutter<'_, '_> {
    /// Ends the clause before item `to`; the next begins at `next`.
    fn close(&mut self, to: usize, next: usize) {
        if to > self.from {
            let items = self.from..to;
            let signs = signs(self.text, self.pack, self.s.items[self.from].from, self.s.items[to - 1].to);
            let verb = self.verb.take();
            self.out.push(Clause { items, verb, signs, relative: self.relative, content: self.content, conditional: self.conditional });
            self.relative = false;
            self.conditional = false;
        }
        self.from = next;
    }
}

/// The verb group at an item.
pub fn verb_at(items: &[Item], k: usize) -> Option<&VerbGroup> {
    match &items.get(k)?.phrase {
        Phrase::Verb(v) => Some(v),
        _ => None,
    }
}

/// Status of the happening that a verb group tells, with the signs of its clause; `lasting` for visits and talks, which go on.
/// Nothing when the verb asserts no happening (a habit, a lost chance).
pub fn status(verb: Option<&VerbGroup>, signs: Signs, lasting: bool) -> Option<Status> {
    let has = |s: Signs| signs & s != 0;
    let Some(v) = verb else {
        return Some(without_verb(signs));
    };
    if has(sign::POSTPONED) && !has(sign::TENTATIVE) {
        return Some(Status::Postponed);
    }
    if has(sign::CANCELLED) {
        return Some(Status::Cancelled);
    }
    if v.negated {
        return match v.aspect {
            Aspect::Perfective | Aspect::Future | Aspect::Habitual | Aspect::Progressive => Some(Status::Denied),
            // कोई बैठक तय नहीं है
            Aspect::None if has(sign::SCHEDULED) => Some(Status::Denied),
            _ => None,
        };
    }
    if has(sign::DENIED) {
        return Some(Status::Denied);
    }
    if v.can && v.past {
        return None;
    }
    if v.want || v.can || has(sign::TENTATIVE) {
        return Some(Status::Tentative);
    }
    if v.vala {
        // आने वाले थे: a plan that was; what became of it is told elsewhere
        return Some(if v.past { Status::Tentative } else { Status::Scheduled });
    }
    Some(match v.aspect {
        Aspect::Future => Status::Scheduled,
        Aspect::Due if v.past => Status::Tentative,
        Aspect::Due => Status::Scheduled,
        Aspect::Progressive if lasting && !v.past => Status::Ongoing,
        Aspect::Subjunctive => Status::Tentative,
        Aspect::Habitual if !v.past => return None,
        Aspect::None if v.present && has(sign::ONGOING) => Status::Ongoing,
        Aspect::None if v.present && has(sign::SCHEDULED) => Status::Scheduled,
        Aspect::None if v.present && lasting => Status::Ongoing,
        _ => Status::Occurred,
    })
}

fn without_verb(signs: Signs) -> Status {
    for (s, status) in [(sign::CANCELLED, Status::Cancelled), (sign::POSTPONED, Status::Postponed), (sign::TENTATIVE, Status::Tentative)] {
        if signs & s != 0 {
            return status;
        }
    }
    Status::Occurred
}
