//! A text as a row of phrases with their meaning: for those who read what is no article, such as a question.
//!
//! A question tells nothing, so that it makes no event; but its names, times, nouns and verbs are those of the articles, and the
//! same lists, grammar and frames know them. What they ask for is for the caller to tell.

use crate::engine::{Analysis, Engine};
use crate::frames::Shape;
use crate::grammar::{Item, Phrase, VerbGroup};
use crate::lang::{Case, stem};
use crate::names::What as Name;
use crate::record::{Document, EntityType, EventType};
use crate::times::Tense;

/// A phrase of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Its words as they stand in the text.
    pub text: String,
    pub what: Meaning,
    /// By its postposition; `Nom` where there is none.
    pub case: Case,
    /// The postposition of the noun that a genitive belongs to.
    pub head: Option<Case>,
}

/// What a phrase means.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    Names(Vec<Named>),
    /// EDTF, or an ISO 8601 duration; `None` when it cannot be told from the day of the document.
    Time(Option<String>),
    /// A noun that names a happening, by the frames that know it.
    Noun(Vec<Telling>),
    Verb(Verb),
    /// Any other words.
    Words,
    Punctuation,
}

/// Someone or something named.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The name's own words; for an office without a name those of the title.
    pub text: String,
    pub kind: EntityType,
    /// The usual name of a listed one, else as in the text.
    pub name: String,
    /// Alpha-3 code.
    pub country: Option<String>,
    /// A title without a name (the foreign minister of Nepal).
    pub office: bool,
}

/// A frame that a word calls up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    pub frame: String,
    pub kind: EventType,
    pub modes: Vec<String>,
    /// One acts, another receives.
    pub directed: bool,
    /// For a noun: its verb is one that the frame knows to carry it, or there is none.
    pub carried: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Verb {
    /// Its stem in the pack.
    pub stem: String,
    pub tense: Tense,
    pub negated: bool,
    /// Says, tells, writes.
    pub says: bool,
    /// The frames that know the verb itself.
    pub tells: Vec<Telling>,
}

impl Engine {
    /// The phrases of a text, sentence after sentence. Total, as reading is.
    pub fn probe(&self, doc: &Document) -> Vec<Piece> {
        let a = self.analyse(doc);
        let mut out = vec![];
        for s in &a.parsed.sentences {
            for (n, i) in s.items.iter().enumerate() {
                let next = s.items[n + 1..].iter().find_map(|i| if let Phrase::Verb(v) = &i.phrase { Some(v) } else { None });
                out.push(self.piece(&a, i, next));
            }
        }
        out
    }

    fn piece(&self, a: &Analysis, i: &Item, next: Option<&VerbGroup>) -> Piece {
        let pack = self.pack();
        let (case, head) = match &i.phrase {
            Phrase::Np { case, head, .. } | Phrase::Pronoun { case, head, .. } | Phrase::Both { case, head, .. } => (*case, *head),
            Phrase::Plain { case } | Phrase::Time { case, .. } | Phrase::Noun { case, .. } => (*case, None),
            Phrase::Verb(v) => (v.case, None),
            _ => (Case::Nom, None),
        };
        let what = match &i.phrase {
            Phrase::Np { mentions, .. } => Meaning::Names(mentions.iter().filter_map(|&m| self.named(a, m)).collect()),
            Phrase::Time { time, .. } => Meaning::Time(a.times.get(*time).and_then(|t| t.value.clone())),
            Phrase::Noun { frames, .. } => {
                // of the frames that know the noun, those that its verb may carry; a heading has no verb
                let carried = |f: u16| {
                    next.is_none_or(|v| pack.frames[f as usize].light.is_empty() || pack.frames[f as usize].light.contains(&v.stem))
                };
                let fit: Vec<u16> = frames.iter().copied().filter(|&f| carried(f)).collect();
                let carried = !fit.is_empty();
                let told = self.tellings(if carried { &fit } else { frames });
                Meaning::Noun(told.into_iter().map(|t| Telling { carried, ..t }).collect())
            }
            Phrase::Verb(v) => Meaning::Verb(Verb {
                stem: pack.vocab.word(v.stem).unwrap_or_default().into(),
                tense: v.tense(),
                negated: v.negated,
                says: pack.stem_is(v.stem, stem::SAY),
                tells: pack.frame_verbs.get(&v.stem).map_or(vec![], |f| self.tellings(f)),
            }),
            Phrase::Punct(_) => Meaning::Punctuation,
            _ => Meaning::Words,
        };
        Piece { text: a.text.slice(i.from, i.to).into(), what, case, head }
    }

    /// All frames of the pack.
    pub fn frames(&self) -> Vec<Telling> {
        self.tellings(&(0..self.pack().frames.len() as u16).collect::<Vec<_>>())
    }

    fn tellings(&self, frames: &[u16]) -> Vec<Telling> {
        let told = frames.iter().map(|&f| &self.pack().frames[f as usize]);
        told.map(|f| Telling {
            frame: f.id.clone(),
            kind: f.kind,
            modes: f.modes.clone(),
            directed: f.shape == Shape::Directed,
            carried: true,
        })
        .collect()
    }

    fn named(&self, a: &Analysis, mention: usize) -> Option<Named> {
        let pack = self.pack();
        let m = &a.names.mentions[mention];
        let entity = m.entity.map(|e| &a.names.entities[e]);
        let country = m.country.map(|c| pack.countries[c as usize].code.clone());
        let text = |r: &std::ops::Range<usize>| a.text.slice(r.start, r.end).to_string();
        let of = entity.and_then(|e| e.country.clone()).or(country.clone());
        let listed = |name: &str| Some(name.to_string());
        let (kind, name, country, office) = match m.what {
            Name::Person(p) => (EntityType::Person, p.and_then(|p| listed(&pack.people[p as usize].name)), of, false),
            Name::Office | Name::Counterpart => {
                let title = m.titles.first()?;
                let of = title.of.clone().or(country);
                (EntityType::Person, Some(text(&title.words)), of, true)
            }
            Name::Country(c) | Name::People(c) => {
                let c = &pack.countries[c as usize];
                (EntityType::Country, Some(c.name.clone()), Some(c.code.clone()), false)
            }
            Name::Body(b) => (EntityType::Organization, b.and_then(|b| listed(&pack.bodies[b as usize].name)), of, false),
            Name::Place(p) => (EntityType::Place, p.and_then(|p| listed(&pack.places[p as usize].name)), of, false),
        };
        let words = if m.name.is_empty() { a.text.slice(m.from, m.to).to_string() } else { text(&m.name) };
        let name = name.or_else(|| entity.map(|e| e.name.clone())).unwrap_or_else(|| words.clone());
        Some(Named { text: words, kind, name, country, office })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_comes_apart_into_what_it_names() {
        let engine = Engine::new().unwrap();
        let doc = |text: &str| Document { text: text.into(), published: Some("2025-11-20".into()), ..Document::default() };
        let pieces = engine.probe(&doc("पुतिन से मुलाकात पर क्या बोले एस. जयशंकर?"));
        let names: Vec<&Named> = pieces.iter().flat_map(|p| if let Meaning::Names(n) = &p.what { n.as_slice() } else { &[] }).collect();
        assert_eq!(names.iter().map(|n| n.name.as_str()).collect::<Vec<_>>(), ["व्लादिमीर पुतिन", "एस जयशंकर"]);
        assert!(pieces.iter().any(|p| matches!(&p.what, Meaning::Verb(v) if v.says)));
        assert!(pieces.iter().any(|p| matches!(&p.what, Meaning::Noun(t) if t[0].kind == EventType::Consult)));
        let pieces = engine.probe(&doc("पिछले महीने नेपाल के विदेश मंत्री कहां गए?"));
        assert!(pieces.iter().any(|p| p.what == Meaning::Time(Some("2025-10".into()))));
        let office = pieces.iter().find_map(|p| if let Meaning::Names(n) = &p.what { n.iter().find(|n| n.office) } else { None });
        assert_eq!(office.and_then(|o| o.country.as_deref()), Some("NPL"), "{pieces:?}");
        assert!(engine.probe(&doc("")).is_empty());
    }
}
