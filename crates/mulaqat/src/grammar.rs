//! Grammar: a sentence as a row of phrases — noun phrases with their case, times, verb groups, nouns that name a happening.
//!
//! Hindi marks the part that a phrase plays by the postposition after it; a clause ends with its verb group.

use crate::lang::{Case, Form, Pack, class, stem};
use crate::names::{Names, What};
use crate::text::{Glue, Kind, Quote, Sym, Text};
use crate::times::{Tense, TimeExpr};
use std::ops::Range;

/// How a verb group ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Finite,
    /// Stands before the noun that it describes: काठमांडू पहुंचे मिस्री.
    Participle,
    /// करते हुए, करके, मिलकर: the subject is that of the main clause.
    Converb,
    /// मिलने के बाद, करने पर.
    Infinitive,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    None,
    Habitual,
    Progressive,
    Perfective,
    Future,
    Subjunctive,
    /// करना है, होनी है: what is to be done.
    Due,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerbGroup {
    /// Stem of the first verb, which carries the meaning.
    pub stem: Sym,
    pub aspect: Aspect,
    pub past: bool,
    pub present: bool,
    pub can: bool,
    pub want: bool,
    pub passive: bool,
    pub negated: bool,
    pub vala: bool,
    pub end: End,
    /// Postposition after an infinitive: मिलने के बाद.
    pub case: Case,
}

impl VerbGroup {
    /// Past, present or future of the clause, as a date needs it.
    pub fn tense(&self) -> Tense {
        match self.aspect {
            Aspect::Future | Aspect::Subjunctive => Tense::Future,
            Aspect::Due if self.past => Tense::Past,
            Aspect::Due => Tense::Future,
            _ if self.vala => Tense::Future,
            _ if self.can && !self.past => Tense::Future,
            Aspect::Perfective => Tense::Past,
            _ if self.past => Tense::Past,
            _ if self.present => Tense::Present,
            _ => Tense::Unknown,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Phrase {
    /// One or several named ones in one case; `head` is the case of the noun that a genitive belongs to.
    Np {
        mentions: Vec<usize>,
        case: Case,
        head: Option<Case>,
    },
    Pronoun {
        case: Case,
        relative: bool,
        head: Option<Case>,
    },
    /// दोनों नेता, दोनों देश, तीनों देश: so many of those told of last.
    Both {
        leaders: bool,
        case: Case,
        head: Option<Case>,
        count: u8,
        /// The mention of the office in दोनों देशों के विदेश मंत्री.
        office: Option<usize>,
    },
    /// An ordinary noun with its postposition, or people at large as a subject: someone or something without a name.
    Plain {
        case: Case,
    },
    Time {
        time: usize,
        case: Case,
    },
    /// A noun that names a happening: the frames that know it, and its own case.
    Noun {
        frames: Vec<u16>,
        case: Case,
    },
    Verb(VerbGroup),
    Quote(usize),
    And,
    That,
    Break,
    Word(Sym),
    Punct(char),
}

#[derive(Debug, Clone)]
pub struct Item {
    pub phrase: Phrase,
    pub from: usize,
    pub to: usize,
}

/// A sentence, or what stands between quotation marks, as phrases.
#[derive(Debug)]
pub struct Sentence {
    pub from: usize,
    pub to: usize,
    pub items: Vec<Item>,
    /// The quotation that it is part of.
    pub quote: Option<usize>,
    /// Ends in a question mark.
    pub question: bool,
    /// Has an end mark; a heading has none.
    pub closed: bool,
}

pub struct Parsed {
    pub sentences: Vec<Sentence>,
    /// Quotations long enough to be somebody's words.
    pub quotes: Vec<Quote>,
}

struct Parser<'a, 't> {
    text: &'a Text<'t>,
    pack: &'a Pack,
    names: &'a Names,
    mention_at: Vec<u32>,
    time_at: Vec<u32>,
    times: &'a [TimeExpr],
    quote_at: Vec<u32>,
    /// Those long enough to be speech.
    quotes: Vec<Quote>,
}

const NO: u32 = u32::MAX;

pub fn parse(text: &Text, pack: &Pack, names: &Names, times: &[TimeExpr]) -> Parsed {
    let n = text.tokens.len();
    let mut p = Parser { text, pack, names, mention_at: vec![NO; n], time_at: vec![NO; n], times, quote_at: vec![NO; n], quotes: vec![] };
    for (k, m) in names.mentions.iter().enumerate() {
        p.mention_at[m.from] = k as u32;
    }
    for (k, t) in times.iter().enumerate() {
        p.time_at[t.from] = k as u32;
    }
    let quotes: Vec<Quote> = text.quotes.iter().copied().filter(|q| p.is_speech(q)).collect();
    for (k, q) in quotes.iter().enumerate() {
        p.quote_at[q.open] = k as u32;
    }
    p.quotes.clone_from(&quotes);
    let mut sentences = Vec::new();
    for r in p.ranges(&quotes) {
        let items = p.items(r.0.clone());
        let last = &text.tokens[r.0.end - 1];
        let mark = (r.0.start..r.0.end).rev().take(3).map(|j| text.tokens[j].punct);
        let question = mark.clone().any(|c| c == '?');
        let closed = last.kind == Kind::Punct;
        sentences.push(Sentence { from: r.0.start, to: r.0.end, items, quote: r.1, question, closed });
    }
    Parsed { sentences, quotes }
}

impl Parser<'_, '_> {
    fn sym(&self, i: usize) -> Sym {
        self.text.tokens.get(i).map_or(Sym::MAX, |t| t.sym)
    }

    fn is(&self, i: usize, bits: u32) -> bool {
        self.pack.is(self.sym(i), bits)
    }

    /// Somebody's words rather than a name in quotation marks: long enough, with a verb or a sentence end.
    fn is_speech(&self, q: &Quote) -> bool {
        let inner = q.open + 1..q.close;
        inner.len() >= 4
            && inner.clone().any(|j| self.is(j, class::VERB) || matches!(self.text.tokens[j].punct, '\u{964}' | '.' | '!' | '?'))
    }

    /// Token ranges of sentences: outer ones run over a quotation as one phrase, inner ones are those of the quotation.
    fn ranges(&self, quotes: &[Quote]) -> Vec<(Range<usize>, Option<usize>)> {
        let toks = &self.text.tokens;
        let ends: Vec<usize> = self.text.sentences.iter().map(|s| s.end).collect();
        let mut out = Vec::new();
        let mut inner = Vec::new();
        let (mut from, mut next_end) = (0, 0);
        let mut i = 0;
        while i < toks.len() {
            while next_end < ends.len() && ends[next_end] <= i {
                next_end += 1;
            }
            if self.quote_at[i] != NO {
                let k = self.quote_at[i] as usize;
                let q = quotes[k];
                // sentences of the quotation itself
                let mut s = q.open + 1;
                for &e in ends[next_end..].iter().take_while(|&&e| e < q.close) {
                    if e > s {
                        inner.push((s..e, Some(k)));
                        s = e;
                    }
                }
                if q.close > s {
                    inner.push((s..q.close, Some(k)));
                }
                let stop = matches!(toks[q.close - 1].punct, '\u{964}' | '.' | '!' | '?' | '\u{965}');
                let after = toks.get(q.close + 1);
                let line = after.is_none_or(|t| t.glue == Glue::Line);
                let opened = q.open > from;
                i = q.close + 1;
                if (opened && stop) || line {
                    while i < toks.len()
                        && toks[i].kind == Kind::Punct
                        && toks[i].glue == Glue::Joined
                        && matches!(toks[i].punct, '\u{964}' | '.')
                    {
                        i += 1;
                    }
                    out.push((from..i, None));
                    out.append(&mut inner);
                    from = i;
                }
                continue;
            }
            i += 1;
            if next_end < ends.len() && ends[next_end] == i {
                if i > from {
                    out.push((from..i, None));
                }
                out.append(&mut inner);
                from = i;
            }
        }
        if toks.len() > from {
            out.push((from..toks.len(), None));
        }
        out.append(&mut inner);
        out.retain(|r| !r.0.is_empty());
        out
    }

    fn items(&self, r: Range<usize>) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut i = r.start;
        while i < r.end {
            let (phrase, to) = self.phrase(i, r.end, &items);
            let to = to.clamp(i + 1, r.end.max(i + 1));
            items.push(Item { phrase, from: i, to });
            i = to;
        }
        items
    }

    fn phrase(&self, i: usize, end: usize, before: &[Item]) -> (Phrase, usize) {
        let t = &self.text.tokens[i];
        if t.kind == Kind::Punct {
            if self.quote_at[i] != NO {
                // the caller's range runs to the end of the quotation
                let k = self.quote_at[i] as usize;
                let close = self.quotes[k].close.min(end.saturating_sub(1)).max(i);
                return (Phrase::Quote(k), close + 1);
            }
            return (Phrase::Punct(t.punct), i + 1);
        }
        if self.time_at[i] != NO {
            let k = self.time_at[i] as usize;
            let to = self.times[k].to;
            let (to, case) = self.case(to, end);
            return (Phrase::Time { time: k, case }, to);
        }
        if self.mention_at[i] != NO {
            return self.noun_phrase(i, end);
        }
        if let Some(p) = self.pack.pronouns.get(&t.sym) {
            let (mut to, mut case) = (i + 1, p.case);
            if case == Case::Gen
                && let Some((n, c)) = self.pack.bare_cases.longest((to..end).map(|j| self.sym(j)))
            {
                to += n;
                case = c[0];
            }
            let head = if case == Case::Gen { self.head_case(to, end) } else { None };
            return (Phrase::Pronoun { case, relative: p.relative, head }, to);
        }
        if self.is(i, class::BOTH) {
            return self.group(i, end);
        }
        if let Some((n, frames)) =
            self.pack.frame_words.longest((i..end).map(|j| self.sym(j))).filter(|f| f.0 > 1 || !self.is_root(i, end, f.1))
        {
            // a noun phrase may be a postposition's part; a verb's form is a noun only before a light verb
            let mut to = i + n;
            // the short form in brackets: समझौता ज्ञापन (एमओयू)
            if self.text.tokens.get(to).is_some_and(|t| t.punct == '(')
                && let Some(k) = (to + 1..(to + 5).min(end)).find(|&k| self.text.tokens[k].punct == ')')
            {
                to = k + 1;
            }
            if self.is_ki_verb(to, end) {
                return (Phrase::Noun { frames: frames.to_vec(), case: Case::Nom }, to);
            }
            let (to, case) = self.case(to, end);
            return (Phrase::Noun { frames: frames.to_vec(), case }, to);
        }
        // a postposition of several words after a plain noun: गश्त को लेकर, बैठक के लिए
        if let Some((n, _)) = self.pack.cases.longest((i..end).map(|j| self.sym(j)))
            && n > 1
        {
            return (Phrase::Word(t.sym), i + n);
        }
        if self.is(i, class::THAT) {
            return (Phrase::That, i + 1);
        }
        if self.is(i, class::AND) {
            return (Phrase::And, i + 1);
        }
        if let Some(v) = self.verb_group(i, end, before) {
            return v;
        }
        if self.is(i, class::BREAK) {
            return (Phrase::Break, i + 1);
        }
        if t.kind == Kind::Word && !self.is(i, class::FUNCTION) {
            let (to, case) = self.case(i + 1, end);
            if case != Case::Nom || self.pack.stem_is(t.sym, stem::PEOPLE_AT_LARGE) {
                return (Phrase::Plain { case }, to.max(i + 1));
            }
        }
        (Phrase::Word(t.sym), i + 1)
    }

    /// दोनों देशों के सैनिकों के बीच, तीनों मंत्रियों ने: the noun tells persons from states, the last postposition the part they play.
    fn group(&self, i: usize, end: usize) -> (Phrase, usize) {
        let toks = &self.text.tokens;
        let word = |j: usize| j < end && toks[j].kind == Kind::Word && toks[j].glue != Glue::Line;
        let (mut j, mut to) = (i + 1, i + 1);
        if word(i + 1) && self.pack.stem_is(self.sym(i + 1), stem::NEITHER) {
            let (to, case) = self.case(i + 2, end);
            return (Phrase::Plain { case }, to.max(i + 2));
        }
        let mut leaders = true;
        // up to three words that end in a noun for persons or states, or in any noun with a postposition
        while word(j) && j < i + 4 && self.time_at[j] == NO && self.case(j, end).0 == j {
            let states = self.pack.stem_is(self.sym(j), stem::STATES);
            j += 1;
            if states || self.pack.stem_is(self.sym(j - 1), stem::LEADERS) {
                leaders = !states;
                to = j;
                break;
            }
            if self.case(j, end).1 != Case::Nom {
                to = j;
                break;
            }
        }
        let (mut to, mut case) = self.case(to, end);
        let mut head = None;
        let mut office = None;
        if case == Case::Gen {
            let next = self.mention_at.get(to).copied().filter(|&m| m != NO && to < end);
            // दोनों देशों के विदेश मंत्री
            if let Some(m) = next.filter(|&m| matches!(self.names.mentions[m as usize].what, What::Office)) {
                office = Some(m as usize);
                (to, case) = self.case(self.names.mentions[m as usize].to, end);
            } else
            // दोनों देशों की सेनाओं ने: the forces act for their states
            if self.mention_at.get(to).is_some_and(|&m| m != NO && matches!(self.names.mentions[m as usize].what, What::Body(None)))
            {
                (to, case) = self.case(self.names.mentions[self.mention_at[to] as usize].to, end);
            } else if self.pack.stem_is(self.sym(to), stem::PEOPLE) {
                (to, case) = self.case(to + 1, end);
            } else {
                head = self.head_case(to, end);
            }
        }
        (Phrase::Both { leaders, case, head, count: self.pack.count(self.sym(i)), office }, to.max(i + 1))
    }

    /// A verb's bare stem that the next verb only colours, not the noun spelt like it: निर्यात रोक दिया.
    fn is_root(&self, i: usize, end: usize, frames: &[u16]) -> bool {
        let root = self.pack.forms(self.sym(i)).iter().any(|f| f.1 == Form::Root);
        // भाग लिया: a verb that carries the noun
        let carries = |verb: Sym| frames.iter().any(|&f| self.pack.frames[f as usize].light.contains(&verb));
        root && i + 1 < end
            && self.mention_at[i + 1] == NO
            && self.pack.forms(self.sym(i + 1)).iter().any(|&(s, f)| f != Form::Root && self.pack.stem_is(s, stem::VECTOR) && !carries(s))
    }

    /// The feminine perfective of करना, not the genitive it is spelt like.
    fn is_ki_verb(&self, i: usize, end: usize) -> bool {
        if !self.pack.forms(self.sym(i)).iter().any(|f| f.1 == Form::Perfective) || !self.genitive(i) {
            return false;
        }
        if i + 1 >= end {
            return true;
        }
        let t = &self.text.tokens[i + 1];
        t.kind == Kind::Punct
            || t.glue == Glue::Line
            || self.is(i + 1, class::AND | class::THAT | class::BREAK | class::HUE)
            || self.pack.pronouns.get(&t.sym).is_some_and(|p| p.relative)
            || self.pack.forms(t.sym).iter().any(|&(s, f)| matches!(f, Form::Present | Form::Past) || self.pack.stem_is(s, stem::GO))
    }

    fn genitive(&self, i: usize) -> bool {
        self.pack.cases.longest(std::iter::once(self.sym(i))).is_some_and(|(_, c)| c[0] == Case::Gen)
    }

    /// The postposition at `i`: where it ends, and the case.
    fn case(&self, i: usize, end: usize) -> (usize, Case) {
        if i >= end || self.text.tokens[i].kind != Kind::Word || self.text.tokens[i].glue == Glue::Line {
            return (i, Case::Nom);
        }
        // emphatic words may stand between a noun and its postposition
        let mut j = i;
        while j < end
            && self.is(j, class::EMPHATIC)
            && self.pack.cases.longest(std::iter::once(self.sym(j))).is_none_or(|(_, c)| c[0] != Case::Tak)
        {
            j += 1;
        }
        if self.is_ki_verb(j, end) {
            return (i, Case::Nom);
        }
        match self.pack.cases.longest((j..end).take_while(|&k| self.text.tokens[k].kind == Kind::Word).map(|k| self.sym(k))) {
            Some((n, c)) => {
                let mut to = j + n;
                while to < end && self.is(to, class::EMPHATIC) {
                    to += 1;
                }
                (to, c[0])
            }
            None => (j, Case::Nom),
        }
    }

    fn noun_phrase(&self, i: usize, end: usize) -> (Phrase, usize) {
        let toks = &self.text.tokens;
        let mut mentions = vec![self.mention_at[i] as usize];
        let mut to = self.names.mentions[mentions[0]].to;
        loop {
            // short form or explanation in brackets
            if toks.get(to).is_some_and(|t| t.punct == '(')
                && let Some(k) = (to + 1..(to + 8).min(end)).find(|&k| toks[k].punct == ')')
                && !(to + 1..k).any(|j| self.time_at[j] != NO)
            {
                to = k + 1;
            }
            let mut j = to;
            let mut listed = false;
            while j < end
                && j < to + 3
                && (self.is(j, class::AND) || toks[j].punct == ',' || toks[j].glue == Glue::Hyphen && self.mention_at[j] != NO)
            {
                listed = true;
                if toks[j].glue == Glue::Hyphen && self.mention_at[j] != NO {
                    break;
                }
                j += 1;
            }
            // words between: उनके, अन्य, वहां के
            let mut k = j;
            while k < end
                && k < j + 2
                && self.mention_at[k] == NO
                && (self.pack.pronouns.get(&self.sym(k)).is_some_and(|p| p.case == Case::Gen))
            {
                k += 1;
            }
            if listed && k < end && self.mention_at[k] != NO && self.joins(mentions[mentions.len() - 1], self.mention_at[k] as usize) {
                mentions.push(self.mention_at[k] as usize);
                to = self.names.mentions[mentions[mentions.len() - 1]].to;
                continue;
            }
            break;
        }
        // "X, दोनों से"
        let mut j = to;
        if toks.get(j).is_some_and(|t| t.punct == ',') && self.is(j + 1, class::BOTH) {
            j += 2;
        } else if self.is(j, class::BOTH) {
            j += 1;
        }
        // इस्तांबुल शहर में: the noun in apposition takes the postposition
        let place = |&m: &usize| matches!(self.names.mentions[m].what, What::Place(_) | What::Country(_));
        if mentions.last().is_some_and(place)
            && self.case(j, end).1 == Case::Nom
            && self.pack.stem_is(self.sym(j), stem::PLACE_HEADS)
            && self.mention_at.get(j).is_some_and(|&m| m == NO)
        {
            j += 1;
        }
        let (mut after, mut case) = self.case(j, end);
        // रूस के 16 लोगों और कंपनियों पर: the postposition stands after the last
        let people = |&m: &usize| matches!(self.names.mentions[m].what, What::People(_));
        if case == Case::Nom
            && mentions.last().is_some_and(people)
            && self.is(j, class::AND)
            && self.pack.stem_is(self.sym(j + 1), stem::PEOPLE | stem::PRIVATE)
        {
            (after, case) = self.case(j + 2, end);
        }
        let mut head = None;
        // what befalls a country's companies befalls it, but they do not act for it
        let private = |&m: &usize| {
            let m = &self.names.mentions[m];
            matches!(m.what, What::People(_)) && self.pack.stem_is(self.sym(m.to - 1), stem::PRIVATE)
        };
        let of_country = |&m: &usize| matches!(self.names.mentions[m].what, What::Country(_) | What::People(_));
        if !matches!(case, Case::Par | Case::Ko | Case::Khilaf) && mentions.last().is_some_and(private) && mentions.iter().all(of_country) {
            return (Phrase::Plain { case }, after.max(to));
        }
        // A और B के बीच जारी तनाव के बीच: a circumstance of something else
        if case == Case::Beech
            && let Some(j) = (after..end.min(after + 4)).find(|&j| self.pack.stem_is(self.sym(j), stem::STRIFE))
            && let (to, Case::Beech) = self.case(j + 1, end)
        {
            return (Phrase::Plain { case: Case::Dauran }, to);
        }
        if case == Case::Gen {
            if mentions.iter().all(|&m| matches!(self.names.mentions[m].what, What::Country(_)))
                && let Some(private) = self.private_head(after, end)
            {
                return private;
            }
            head = self.head_case(after, end);
        }
        let to = if case == Case::Nom { to.max(i + 1) } else { after };
        (Phrase::Np { mentions, case, head }, to)
    }

    /// कनाडा और अमेरिका की उपग्रह कंपनियों से: of a country, but not acting for it.
    fn private_head(&self, from: usize, end: usize) -> Option<(Phrase, usize)> {
        let open = |&j: &usize| self.text.tokens[j].kind == Kind::Word && self.mention_at[j] == NO && self.time_at[j] == NO;
        let words = (from..end.min(from + 4)).take_while(open);
        let j = words.take_while(|&j| j == from || self.case(j, end).1 == Case::Nom || self.pack.stem_is(self.sym(j), stem::PRIVATE));
        let j = j.into_iter().find(|&j| self.pack.stem_is(self.sym(j), stem::PRIVATE))?;
        let (to, case) = self.case(j + 1, end);
        Some((Phrase::Plain { case }, to.max(j + 1)))
    }

    /// Names of a list are of a kind: persons and states may mix, places only go with places.
    fn joins(&self, a: usize, b: usize) -> bool {
        let place = |m: usize| matches!(self.names.mentions[m].what, What::Place(_));
        place(a) == place(b)
    }

    /// Case of the ordinary noun that a genitive belongs to: चीन के कदम की, भारत के 17 मछुआरों को.
    fn head_case(&self, from: usize, end: usize) -> Option<Case> {
        let mut j = from;
        while j < end && j < from + 6 {
            let t = &self.text.tokens[j];
            if t.kind == Kind::Punct || t.glue == Glue::Line || self.mention_at[j] != NO || self.time_at[j] != NO {
                return None;
            }
            if self.pack.frame_words.longest((j..end).map(|k| self.sym(k))).is_some() {
                return None;
            }
            if j > from {
                let (_, c) = self.case(j, end);
                if c != Case::Nom && c != Case::Gen {
                    return Some(c);
                }
            }
            if self.is(j, class::VERB) && !self.is(j, class::COMMON) && !self.genitive(j) {
                return None;
            }
            j += 1;
        }
        None
    }

    fn verb_group(&self, i: usize, end: usize, before: &[Item]) -> Option<(Phrase, usize)> {
        let toks = &self.text.tokens;
        let first = self.pack.forms(self.sym(i));
        if first.is_empty() || (self.genitive(i) && !self.is_ki_verb(i, end)) {
            return None;
        }
        // a word that is also a postposition (लिए) is a verb only where no noun phrase waits for it
        let mut v = VerbGroup {
            stem: Sym::MAX,
            aspect: Aspect::None,
            past: false,
            present: false,
            can: false,
            want: false,
            passive: false,
            negated: false,
            vala: false,
            end: End::Finite,
            case: Case::Nom,
        };
        let mut form = None;
        let mut j = i;
        let mut hue = false;
        let mut root_only = true;
        while j < end && toks[j].kind == Kind::Word && (j == i || toks[j].glue != Glue::Line) {
            let s = self.sym(j);
            if j > i && self.is(j, class::HUE) && matches!(form, Some(Form::Imperfective | Form::Perfective)) {
                hue = true;
                j += 1;
                break;
            }
            if self.is(j, class::VALA) && form == Some(Form::Infinitive) {
                v.vala = true;
                j += 1;
                continue;
            }
            let forms = self.pack.forms(s);
            let skip = self.is(j, class::NEGATION | class::EMPHATIC);
            if skip && j > i && j + 1 < end && !self.pack.forms(self.sym(j + 1)).is_empty() && !self.gen_not_verb(j + 1, end) {
                v.negated |= self.is(j, class::NEGATION);
                j += 1;
                continue;
            }
            if forms.is_empty() || (j > i && self.mention_at[j] != NO) || self.gen_not_verb(j, end) {
                break;
            }
            let more = j + 1 < end
                && self.pack.forms(self.sym(j + 1)).iter().any(|x| !matches!(x.1, Form::Present | Form::Past))
                && !self.gen_not_verb(j + 1, end);
            let Some(&(stem, f)) = self.choose(forms, form, more) else { break };
            if j > i && !self.continues(form, v.vala, stem, f) {
                break;
            }
            if v.stem == Sym::MAX {
                v.stem = stem;
            } else if self.pack.stem_is(stem, stem::CAN) {
                v.can = true;
            } else if self.pack.stem_is(stem, stem::WANT) {
                v.want = true;
            } else if form == Some(Form::Perfective) && self.pack.stem_is(stem, stem::GO) {
                v.passive = true;
            }
            match f {
                Form::Present => v.present = true,
                Form::Past => v.past = true,
                Form::Perfective if self.pack.stem_is(stem, stem::STAY) && form == Some(Form::Root) => v.aspect = Aspect::Progressive,
                Form::Perfective => v.aspect = Aspect::Perfective,
                Form::Imperfective => v.aspect = Aspect::Habitual,
                Form::Future => v.aspect = Aspect::Future,
                Form::Subjunctive => v.aspect = Aspect::Subjunctive,
                _ => {}
            }
            if matches!(f, Form::Present | Form::Past) && form == Some(Form::Infinitive) && !v.vala {
                v.aspect = Aspect::Due;
            }
            root_only &= f == Form::Root;
            form = Some(f);
            j += 1;
            if matches!(f, Form::Conjunctive) || (matches!(f, Form::Present | Form::Past) && !self.is(j, class::VALA)) {
                break;
            }
        }
        let form = form?;
        if root_only {
            // तलब कर, मुलाकात कर: the stem alone does for a converb after its noun
            let noun = matches!(before.last().map(|b| &b.phrase), Some(Phrase::Noun { case: Case::Nom, .. } | Phrase::Word(_)));
            if noun && j == i + 1 && self.pack.stem_is(v.stem, stem::DO) {
                v.end = End::Converb;
                return Some((Phrase::Verb(v), j));
            }
            return None; // a bare stem is a noun, or an order that no report gives
        }
        v.end = match form {
            Form::Conjunctive => End::Converb,
            Form::Infinitive if v.vala && v.aspect == Aspect::None => End::Participle,
            Form::Infinitive => End::Infinitive,
            _ if hue => {
                // काठमांडू पहुंचे हुए, हुए: before a noun it describes it, else it goes with the main verb
                if form == Form::Imperfective { End::Converb } else { End::Participle }
            }
            Form::Perfective | Form::Imperfective if !v.past && !v.present && self.describes(j, end, &v) => End::Participle,
            _ => End::Finite,
        };
        // the negation may stand before the group
        if let Some(last) = before.last()
            && let Phrase::Word(w) = last.phrase
            && self.pack.is(w, class::NEGATION)
        {
            v.negated = true;
        }
        if v.end == End::Infinitive {
            // the postposition of मिलने के बाद stays with it
            let (to, case) = self.case(j, end);
            v.case = case;
            return Some((Phrase::Verb(v), to));
        }
        Some((Phrase::Verb(v), j))
    }

    fn gen_not_verb(&self, j: usize, end: usize) -> bool {
        self.genitive(j) && !self.is_ki_verb(j, end)
    }

    /// The reading of an ambiguous form that fits after the group so far.
    fn choose<'f>(&self, forms: &'f [(Sym, Form)], after: Option<Form>, more: bool) -> Option<&'f (Sym, Form)> {
        // हो सकती: before another verb's form it is the bare stem
        let rank = |f: &Form| match (after, f) {
            (None, Form::Root) if more => 0,
            (None, Form::Present) if more => 1,
            (_, Form::Present | Form::Past) => 0,
            (None, Form::Infinitive) => 1,
            (None, Form::Perfective) => 2,
            (Some(Form::Root), Form::Perfective | Form::Imperfective | Form::Future) => 1,
            (_, Form::Root) => 4,
            _ => 3,
        };
        forms.iter().min_by_key(|(_, f)| rank(f))
    }

    /// Whether a form may follow within one verb group.
    fn continues(&self, after: Option<Form>, vala: bool, verb: Sym, f: Form) -> bool {
        let copula = matches!(f, Form::Present | Form::Past);
        match after {
            None => true,
            Some(Form::Root) => true,
            Some(Form::Infinitive) => {
                copula
                    || (!vala && self.pack.stem_is(verb, stem::BEGIN | stem::WANT | stem::SHOULD | stem::GO | stem::LETTING))
                    || self.pack.stem_is(verb, stem::BE)
            }
            Some(Form::Perfective) => copula || self.pack.stem_is(verb, stem::GO | stem::BE | stem::STAY | stem::DO),
            Some(Form::Imperfective) => copula || self.pack.stem_is(verb, stem::BE) || self.pack.stem_is(verb, stem::STAY),
            Some(Form::Subjunctive | Form::Future) => false,
            Some(Form::Conjunctive | Form::Present | Form::Past) => false,
        }
    }

    /// A perfective or habitual right before a noun describes that noun, unless an agent in ने has just made it the main verb.
    fn describes(&self, j: usize, end: usize, v: &VerbGroup) -> bool {
        if j >= end {
            return false;
        }
        let t = &self.text.tokens[j];
        if t.kind == Kind::Punct || t.glue == Glue::Line || self.is(j, class::AND | class::THAT | class::BREAK | class::EMPHATIC) {
            return false;
        }
        if let Some(p) = self.pack.pronouns.get(&t.sym) {
            // हुई उनकी बातचीत, but not: वह गए उनके …
            return self.pack.stem_is(v.stem, stem::BE) && p.case == Case::Gen && !p.relative;
        }
        !self.pack.stem_is(v.stem, stem::SAY)
    }
}
