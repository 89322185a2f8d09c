//! Whom the phrases of a clause stand for, as participants.

use super::{Scene, Story};
use crate::clauses::{self, Clause};
use crate::discourse::State;
use crate::grammar::{Aspect, End, Item, Phrase};
use crate::lang::{Case, class, stem};
use crate::names::What;
use crate::record::EntityType;

/// Who a clause is about.
#[derive(Debug, Clone, Default)]
pub struct Subject {
    /// Named in the clause, rather than a pronoun or nothing at all.
    pub told: bool,
    /// Groups that it may be, likeliest first; one when told.
    pub choices: Vec<Vec<usize>>,
}

impl Subject {
    fn told(who: Vec<usize>) -> Subject {
        Subject { told: true, choices: vec![who] }
    }

    /// The likeliest reading; empty when there is none.
    pub fn first(&self) -> &[usize] {
        self.choices.first().map_or(&[], |c| c)
    }
}

impl Story<'_, '_> {
    /// Who acts in a happening in which `with` take part too: an untold subject is one for whom the act crosses a border.
    pub(super) fn actor(&self, subject: &Subject, with: &[usize]) -> Vec<usize> {
        if subject.choices.len() < 2 {
            return subject.first().to_vec();
        }
        let cast = self.cast();
        let fits = |group: &&Vec<usize>| group.iter().all(|&e| cast.foreign(e, with));
        if with.is_empty() {
            return subject.first().to_vec();
        }
        subject.choices.iter().find(fits).map_or_else(|| subject.first().to_vec(), Clone::clone)
    }

    /// Subject of a clause: the agent in ने, else the first person, body or state without a postposition.
    pub(super) fn subject(&self, items: &[Item], clause: &Clause, state: &State, nearby: &[usize]) -> Option<Subject> {
        let range = clause.items.clone();
        let says = self.says(items, clause);
        let cast = self.cast();
        let relative = || nearby.last().map(|&e| Subject::told(vec![e]));
        let pronoun = |i: &Item| {
            let choices = cast.subjects(state, self.honoured(i), says);
            Some(Subject { told: false, choices })
        };
        let group = |who: Vec<usize>| (!who.is_empty()).then(|| Subject::told(who));
        // रेल मंत्री ने: somebody, but nobody told of before
        let named = |mentions: &[usize]| {
            let office = mentions.iter().any(|&m| matches!(self.names.mentions[m].what, What::Office));
            // प्रधानमंत्री ने: of several, the one for whom the act crosses a border
            if let [one] = mentions {
                let choices = cast.candidates(&self.names.mentions[*one]);
                if choices.len() > 1 {
                    return Some(Subject { told: true, choices: choices.into_iter().map(|e| vec![e]).collect() });
                }
            }
            group(self.entities(mentions, &[])).or(office.then(|| Subject { told: true, choices: vec![] }))
        };
        let agent = items[range.clone()].iter().find_map(|i| match &i.phrase {
            Phrase::Np { mentions, case: Case::Ne, .. } => named(mentions),
            // एम23 के लड़ाकों ने, चीन के तीन युद्धपोतों ने: they act for it
            Phrase::Np { mentions, case: Case::Gen, head: Some(Case::Ne) } => group(self.collective(mentions)),
            Phrase::Pronoun { case: Case::Ne, relative: true, .. } => relative(),
            Phrase::Pronoun { case: Case::Ne, .. } => pronoun(i),
            Phrase::Both { case: Case::Ne, .. } => group(self.several_of(i, state, &[])),
            // somebody without a name: nobody told of before
            Phrase::Plain { case: Case::Ne } => Some(Subject { told: true, choices: vec![] }),
            _ => None,
        });
        if agent.is_some() {
            return agent;
        }
        // what the verb of saying leaves in the genitive: प्रवक्ता का कहना है
        let near_verb = |k: usize, reach: usize| says && clause.verb.is_some_and(|v| v <= k + reach);
        let passive = says && clause.verb.and_then(|v| clauses::verb_at(items, v)).is_some_and(|v| v.passive);
        if passive {
            // मंत्रालय की ओर से जारी बयान में कहा गया है; बताया जा रहा है: nobody
            let writes = |k: usize| match &items[k].phrase {
                Phrase::Np { mentions, case: Case::Dwara, .. } => group(self.entities(mentions, &[])),
                Phrase::Np { mentions, case: Case::Gen, .. } if self.of_document(items, k, range.end) => {
                    group(self.entities(mentions, &[]))
                }
                _ => None,
            };
            return range.clone().find_map(writes).or(Some(Subject { told: true, choices: vec![] }));
        }
        (range.start..range.end).find_map(|k| match &items[k].phrase {
            // प्रदर्शनकारियों का कहना है: somebody without a name
            Phrase::Plain { case: Case::Gen } if near_verb(k, 2) && self.sayer(items, k + 1, range.end) => {
                Some(Subject { told: true, choices: vec![] })
            }
            Phrase::Np { mentions, case: Case::Nom, .. } if !self.goal(items, clause, k, mentions) => named(mentions),
            Phrase::Np { mentions, case: Case::Gen, .. } if near_verb(k, 4) && self.sayer(items, k + 1, range.end) => {
                group(self.entities(mentions, &[]))
            }
            Phrase::Pronoun { case: Case::Nom, relative: true, .. } => relative(),
            Phrase::Pronoun { case: Case::Nom, .. } => pronoun(&items[k]),
            Phrase::Pronoun { case: Case::Gen, relative: false, .. } if near_verb(k, 3) => pronoun(&items[k]),
            Phrase::Both { case: Case::Nom, .. } => group(self.several_of(&items[k], state, &[])),
            Phrase::Plain { case: Case::Nom } => Some(Subject { told: true, choices: vec![] }),
            _ => None,
        })
    }

    /// A place or country without a postposition, before the verb or the noun that it belongs to: भारत यात्रा, दिल्ली पहुंचे.
    fn goal(&self, items: &[Item], clause: &Clause, k: usize, mentions: &[usize]) -> bool {
        let what = |m: &usize| self.names.mentions[*m].what;
        if mentions.iter().all(|m| matches!(what(m), What::Place(_))) {
            return true;
        }
        // जी20 शिखर सम्मेलन के समापन पर: the body's, not the body itself
        if let Some(Phrase::Noun { case, .. }) = items.get(k + 1).map(|n| &n.phrase)
            && *case != Case::Nom
            && mentions.iter().all(|m| matches!(what(m), What::Body(_)))
        {
            return true;
        }
        let before = items.get(k + 1).is_some_and(|n| match &n.phrase {
            // भारत और केन्या सहयोग बढ़ाने पर: two are no goal
            Phrase::Noun { .. } => mentions.len() == 1,
            Phrase::Verb(v) => clause.verb == Some(k + 1) || self.pack.stem_is(v.stem, stem::ARRIVE),
            _ => false,
        });
        before && mentions.iter().all(|m| matches!(what(m), What::Place(_) | What::Country(_)))
    }

    /// Whether what the genitive at `k` owns is a document: मंत्रालय के बयान में.
    fn of_document(&self, items: &[Item], k: usize, end: usize) -> bool {
        let words = items[k + 1..end]
            .iter()
            .take(3)
            .take_while(|i| matches!(i.phrase, Phrase::Word(_) | Phrase::Plain { .. } | Phrase::Time { .. }));
        words.flat_map(|i| i.from..i.to).any(|j| self.pack.stem_is(self.text.tokens[j].sym, stem::DOCUMENTS))
    }

    /// Whether the verb of saying or its noun follows within two phrases.
    fn sayer(&self, items: &[Item], from: usize, end: usize) -> bool {
        items[from..end].iter().take(2).any(|n| match &n.phrase {
            // विश्लेषकों का मानना है
            Phrase::Verb(v) => self.pack.stem_is(v.stem, stem::SAY) || v.end == End::Infinitive || v.aspect == Aspect::Due,
            Phrase::Noun { .. } | Phrase::Word(_) => true,
            _ => false,
        })
    }

    /// The subject of a clause that has none of its own.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn inherited(
        &self,
        items: &[Item],
        clause: &Clause,
        last: &Subject,
        speaker: Option<usize>,
        quoted: bool,
        state: &State,
        next: Option<&Clause>,
        nearby: &[usize],
    ) -> Subject {
        if !last.choices.is_empty() {
            return last.clone();
        }
        let cast = self.cast();
        if quoted || (clause.content && speaker.is_some()) {
            let own = if quoted { state.speaker } else { speaker };
            let mut choices: Vec<Vec<usize>> = own.filter(|&e| !cast.speaks_for_others(e)).map(|e| vec![e]).into_iter().collect();
            choices.extend(cast.subjects(state, true, false));
            return Subject { told: false, choices };
        }
        // a converb clause before the main one has its subject
        let finite = clause.verb.and_then(|v| clauses::verb_at(items, v)).is_none_or(|v| v.end == End::Finite);
        if !finite && let Some(subject) = next.and_then(|c| self.subject(items, c, state, nearby)) {
            return subject;
        }
        Subject { told: false, choices: cast.subjects(state, false, true).into_iter().take(8).collect() }
    }

    /// A pronoun of a person: उन्होंने, not उसने.
    fn honoured(&self, i: &Item) -> bool {
        !self.pack.is(self.text.tokens[i.from].sym, class::SINGULAR)
    }

    /// States and bodies, whose people act for them; a person's followers are not that person.
    fn collective(&self, mentions: &[usize]) -> Vec<usize> {
        let mut all = self.entities(mentions, &[]);
        all.retain(|&e| !matches!(self.names.entities[e].kind, EntityType::Person | EntityType::Place));
        all
    }

    /// Whom दोनों and its noun stand for.
    fn several_of(&self, item: &Item, state: &State, with: &[usize]) -> Vec<usize> {
        match &item.phrase {
            Phrase::Both { office: Some(m), .. } => self.cast().both_offices(*m, state),
            Phrase::Both { leaders, count, .. } => self.cast().both(*leaders, *count, state, with),
            _ => vec![],
        }
    }

    pub(super) fn entities(&self, mentions: &[usize], with: &[usize]) -> Vec<usize> {
        let mut out = Vec::new();
        for &m in mentions {
            if let Some(e) = self.cast().resolve(m, with)
                && !out.contains(&e)
            {
                out.push(e);
            }
        }
        out
    }

    /// Participants that an item in any case names; `with` take part already.
    pub(super) fn who(&self, item: &Item, scene: &Scene, with: &[usize]) -> Vec<usize> {
        match &item.phrase {
            Phrase::Np { mentions, .. } => {
                let with = if with.is_empty() { scene.subject.first() } else { with };
                self.entities(mentions, with)
            }
            Phrase::Pronoun { relative: true, .. } => scene.nearby.last().copied().into_iter().collect(),
            Phrase::Pronoun { case, .. } => {
                let subject = if scene.subject.told && *case != Case::Gen { scene.subject.first() } else { &[] };
                let with: Vec<usize> = with.iter().chain(subject).copied().collect();
                self.cast().object(scene.state, subject, &scene.nearby, &with, self.honoured(item)).into_iter().collect()
            }
            Phrase::Both { .. } => {
                let with: &[usize] = if with.is_empty() && scene.subject.told { scene.subject.first() } else { with };
                self.several_of(item, scene.state, with)
            }
            _ => vec![],
        }
    }

    /// Case of a phrase that can be a participant, and that of the noun which its genitive belongs to.
    pub(super) fn case_of(item: &Item) -> Option<(Case, Option<Case>)> {
        match &item.phrase {
            Phrase::Np { case, head, .. } | Phrase::Pronoun { case, head, .. } | Phrase::Both { case, head, .. } => Some((*case, *head)),
            _ => None,
        }
    }
}

/// Adds those that are not yet there.
pub(super) fn add(list: &mut Vec<usize>, more: impl IntoIterator<Item = usize>) {
    for e in more {
        if !list.contains(&e) {
            list.push(e);
        }
    }
}
