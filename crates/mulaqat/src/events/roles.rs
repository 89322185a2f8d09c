//! Which part each participant plays: who meets whom, who travels where, who does it to whom.

use super::trigger::Trigger;
use super::who::add;
use super::{Happening, Scene, Story};
use crate::clauses::verb_at;
use crate::frames::{Needs, Shape, Slot};
use crate::grammar::{Aspect, End, Item, Phrase};
use crate::lang::{BodyKind, Case, Name, TitleKind, class, sign, stem};
use crate::names::What;
use crate::record::{EntityType, EventType, Status};

type Fit = Result<(), &'static str>;

impl Story<'_, '_> {
    /// A meeting: all take part alike.
    pub(super) fn mutual(&self, scene: &Scene, t: &Trigger, h: &mut Happening) -> Fit {
        let frame = t.frame;
        // हुई, होगी: the happening itself is the subject, but not with शामिल हुए
        let happens =
            t.nominal || !frame.attend && t.group(scene).is_some_and(|v| self.pack.stem_is(v.stem, stem::BE | stem::STAY) || v.passive);
        // उनके देश को अमेरिका से संदेश मिला: to get is not to meet
        let gets = |i: &Item| match i.phrase {
            Phrase::Np { case, head, .. } | Phrase::Pronoun { case, head, .. } => case == Case::Ko || head == Some(Case::Ko),
            Phrase::Plain { case } => case == Case::Ko,
            _ => false,
        };
        if matches!(scene.items[t.at].phrase, Phrase::Verb(_))
            && frame.with.contains(&Case::Se)
            && scene.items[t.args.clone()].iter().any(gets)
        {
            return Err("somebody gets something");
        }
        let acts = !happens && scene.subject.told;
        let (mut with, mut of) = (Vec::new(), Vec::new());
        let mut between = 0;
        // those named first, so that pronouns can be told apart from them
        for named in [true, false] {
            for j in t.args.clone().filter(|&j| j != t.at) {
                let item = &scene.items[j];
                if named != matches!(item.phrase, Phrase::Np { .. }) {
                    continue;
                }
                let Some((case, _)) = Self::case_of(item) else { continue };
                let known: Vec<usize> = with.iter().chain(&of).chain(if acts { scene.subject.first() } else { &[] }).copied().collect();
                if frame.with.contains(&case) && !self.only_place(item, case) || self.counted_among(scene, j, frame) {
                    let who = self.who(item, scene, &known);
                    if case == Case::Beech {
                        between += who.len();
                    }
                    add(&mut with, who);
                } else if (case == Case::Gen && self.qualifies(scene, j, t.at)) || matches!(case, Case::Dwara | Case::Leader) {
                    add(&mut of, self.who(item, scene, &known));
                } else if case == Case::Nom && j + 1 >= t.at.saturating_sub(2) && j < t.at {
                    // ब्रिक्स शिखर सम्मेलन, भारत-आसियान बैठक
                    add(&mut of, self.convened(scene, item, j, t.at));
                }
            }
        }
        if frame.attend {
            self.gathering(scene, t, &mut of)?;
        }
        // X और Y के बीच: both sides are told
        // who mediates between two takes part
        let mediates = frame.modes.iter().any(|m| m == "third-party");
        let joins = (between < 2 || mediates)
            && (!happens || (of.is_empty() && with.len() == 1 && !t.nominal) || (t.nominal && of.is_empty() && !with.is_empty()));
        let others: Vec<usize> = with.iter().chain(&of).copied().collect();
        let subject = if joins { self.actor(&scene.subject, &others) } else { vec![] };
        // यूरोपीय संघ के नेता … मिलेंगे: with one another
        let among_themselves = matches!(subject[..], [e] if self.is_igo(e) && self.by_member(scene, e));
        match frame.needs {
            _ if among_themselves && with.is_empty() => {}
            Needs::With if with.is_empty() => return Err("nobody to be with"),
            Needs::WithPerson => {
                with.retain(|&e| self.names.entities[e].kind != EntityType::Place);
                if with.is_empty() && subject.len() < 2 {
                    return Err("nobody to be with");
                }
                // states meet only as two told together: दोनों देशों के प्रतिनिधि मिलेंगे
                if subject.len() < 2 && !with.iter().chain(&subject).any(|&e| self.names.entities[e].kind == EntityType::Person) {
                    return Err("no person");
                }
            }
            _ => {}
        }
        let with_many = with.len() >= 2;
        let mut actors = subject;
        add(&mut actors, of);
        h.side = actors.len();
        add(&mut actors, with.iter().copied());
        if actors.len() < 2 && self.before(scene, t.at) & sign::ANOTHER != 0 {
            // the next or last one: of the same parties
            let parties = self.cast().both(false, 2, scene.state, &[]);
            let party = |a: usize| {
                parties.contains(&a) || self.cast().code(a).is_some_and(|c| parties.iter().any(|&p| self.cast().code(p) == Some(c)))
            };
            if parties.len() == 2 && actors.iter().all(|&a| party(a)) {
                h.another = true;
                actors = parties;
            }
        }
        let members = actors.iter().filter(|&&e| !self.is_igo(e)).count();
        if members >= 3 || frame.attend && members >= 2 && with_many {
            actors.retain(|&e| !self.is_igo(e)); // its members are named
        }
        if actors.len() < 2 {
            let convened = actors.iter().any(|&e| self.is_igo(e));
            if convened && t.nominal && self.told_by_participle(scene, t.at).is_none() {
                return Err("a gathering in passing");
            }
            // मुख्यमंत्री ने राज्यपाल से भेंट की: a meeting of its own, of somebody whom nothing names
            let nobody = |j: &usize| match &scene.items[*j].phrase {
                Phrase::Np { case, .. } => frame.with.contains(case) && self.who(&scene.items[*j], scene, &[]).is_empty(),
                Phrase::Plain { case } => with.is_empty() && frame.with.contains(case) && matches!(case, Case::Se | Case::Saath),
                _ => false,
            };
            let unnamed = acts && scene.subject.first().is_empty();
            if unnamed || t.args.clone().filter(|&j| j != t.at).any(|j| nobody(&j)) {
                return Err("somebody without a name");
            }
            // यह मुलाकात, इस बैठक में: told before; a body's own meeting needs nobody else
            h.anaphoric = !convened;
            if actors.is_empty() && t.nominal && !self.points_back(scene, t.at) {
                return Err("nobody");
            }
        }
        h.actors = actors;
        let many = h.actors.len() > 2 && self.countries(&h.actors) > 2;
        if h.actors.iter().any(|&e| self.is_igo(e)) || (many && scene.has(sign::MULTILATERAL)) {
            add_mode(h, "multilateral");
        }
        if scene.has(sign::THIRD_PARTY) {
            add_mode(h, "multilateral");
            add_mode(h, "third-party");
        }
        if scene.has(sign::PHONE) {
            add_mode(h, "phone");
        }
        Ok(())
    }

    /// केन्या और नॉर्वे के अपने समकक्षों से, मैक्रों समेत कई नेताओं से: what the noun after it stands for.
    fn counted_among(&self, scene: &Scene, j: usize, frame: &crate::frames::Frame) -> bool {
        let Some((case, head)) = Self::case_of(&scene.items[j]) else { return false };
        let next = scene.items[j + 1..scene.clause.items.end]
            .iter()
            .take(3)
            .take_while(|i| matches!(i.phrase, Phrase::Word(_) | Phrase::Plain { .. }));
        let stands = |i: &Item| matches!(i.phrase, Phrase::Plain { case } if frame.with.contains(&case));
        let leaders = |i: &Item| (i.from..i.to).any(|k| self.pack.stem_is(self.text.tokens[k].sym, stem::LEADERS));
        match (case, head) {
            (Case::Alava, _) | (_, Some(Case::Alava)) => next.clone().any(stands),
            (Case::Gen, Some(h)) if frame.with.contains(&h) => next.clone().any(|i| stands(i) && leaders(i)),
            _ => false,
        }
    }

    /// Whether those who act are a body's ministers, leaders, envoys.
    fn by_member(&self, scene: &Scene, e: usize) -> bool {
        let member = |&m: &usize| matches!(self.names.mentions[m].what, What::Office) && self.cast().resolve(m, &[]) == Some(e);
        scene
            .items()
            .iter()
            .any(|i| matches!(&i.phrase, Phrase::Np { mentions, case: Case::Nom | Case::Ne, .. } if mentions.iter().any(member)))
    }

    /// Whether the clause names the country by one of its offices.
    fn by_office(&self, scene: &Scene, e: usize) -> bool {
        let of_state = |m: usize| {
            let words = self.names.mentions[m].titles.last().map(|t| self.names.title_words(self.text, t)).unwrap_or_default();
            let found = self.pack.names.longest(words.iter().copied());
            found.is_some_and(|(_, v)| v.iter().any(|n| matches!(n, Name::Title(TitleKind::State | TitleKind::Minister))))
        };
        let office =
            |&m: &usize| matches!(self.names.mentions[m].what, What::Office) && of_state(m) && self.cast().resolve(m, &[]) == Some(e);
        scene
            .items()
            .iter()
            .any(|i| matches!(&i.phrase, Phrase::Np { mentions, case: Case::Nom | Case::Ne, .. } if mentions.iter().any(office)))
    }

    fn told_by_participle(&self, scene: &Scene, k: usize) -> Option<()> {
        (scene.clause.items.start..k).rev().take(6).any(|j| verb_at(scene.items, j).is_some_and(|v| v.end == End::Participle)).then_some(())
    }

    /// Body or states whose name stands right before the noun of their gathering.
    fn convened(&self, scene: &Scene, item: &Item, j: usize, k: usize) -> Vec<usize> {
        let Phrase::Np { mentions, .. } = &item.phrase else { return vec![] };
        let plain = scene.items[j + 1..k].iter().all(|i| matches!(i.phrase, Phrase::Word(_)));
        let all = self.entities(mentions, &[]);
        let fits = |&e: &usize| self.is_igo(e) || self.names.entities[e].kind == EntityType::Country;
        // a single country before the noun is the subject or a goal
        if plain && all.iter().all(fits) && (all.len() > 1 || all.iter().any(|&e| self.is_igo(e))) { all } else { vec![] }
    }

    /// Joining a gathering: its noun or body stands in the clause, or the clause hangs on one just told.
    fn gathering(&self, scene: &Scene, t: &Trigger, of: &mut Vec<usize>) -> Fit {
        let meets = |f: &u16| {
            let f = &self.pack.frames[*f as usize];
            f.shape == Shape::Mutual && !f.attend
        };
        let noun = scene.items().iter().any(|i| matches!(&i.phrase, Phrase::Noun { frames, .. } if frames.iter().any(meets)));
        let mut bodies = Vec::new();
        for i in scene.items() {
            if let Phrase::Np { mentions, .. } = &i.phrase {
                add(&mut bodies, self.entities(mentions, &[]).into_iter().filter(|&e| self.is_igo(e)));
            }
        }
        if !noun && bodies.is_empty() && !scene.clause.relative {
            return Err("no gathering");
        }
        // सम्मेलन में शामिल होंगे: that of the body told of last
        if bodies.is_empty()
            && !scene.clause.relative
            && !scene.items().iter().any(|i| matches!(Self::case_of(i), Some((Case::Gen | Case::Beech | Case::Saath, _))))
        {
            bodies.extend(scene.state.states.iter().rev().take(12).copied().find(|&e| self.is_igo(e)));
        }
        for j in t.args.clone() {
            if let Some((Case::Beech | Case::Alava, _)) = Self::case_of(&scene.items[j]) {
                add(of, self.who(&scene.items[j], scene, of));
            }
        }
        of.retain(|&e| !matches!(self.names.entities[e].kind, EntityType::Place));
        // भारत का प्रतिनिधित्व: whoever stands for a country is not beside it
        let own: Vec<Option<&str>> = scene.subject.first().iter().map(|&e| self.cast().code(e)).collect();
        of.retain(|&e| self.names.entities[e].kind != EntityType::Country || !own.contains(&self.cast().code(e)));
        add(of, bodies);
        Ok(())
    }

    /// Who joined adds to the gathering told just before: बैठक हुई, जिसमें … शामिल हुए; इस बैठक में … शामिल थे.
    pub(super) fn joins_last(&self, scene: &Scene, t: &Trigger, h: &Happening, out: &mut super::Reading) -> bool {
        // बैठक में … मौजूद थे: the gathering just told of, when it has no name of its own
        let bare = |k: usize| {
            matches!(&scene.items[k].phrase, Phrase::Noun { case: Case::Mein, frames } if frames.iter().any(|&f| self.pack.frames[f as usize].shape == Shape::Mutual))
                && !h.actors.iter().any(|&e| self.is_igo(e))
                && k == scene.clause.items.start
        };
        let back = scene.clause.relative
            || (scene.clause.items.start..t.at).any(bare)
            || (scene.clause.items.start..t.at).any(|k| matches!(scene.items[k].phrase, Phrase::Noun { .. }) && self.points_back(scene, k));
        let reach = if scene.clause.relative { 0 } else { 3 };
        if !back {
            return false;
        }
        let Some(last) = out.happenings.iter_mut().rev().find(|e| self.pack.frames[e.frame as usize].shape == Shape::Mutual) else {
            return false;
        };
        if last.sentence + reach < scene.sentence {
            return false;
        }
        let members = h.actors.iter().any(|&e| !self.is_igo(e));
        add(&mut last.actors, h.actors.iter().copied());
        if members && last.actors.iter().filter(|&&e| !self.is_igo(e)).count() > 2 {
            last.actors.retain(|&e| !self.is_igo(e));
        }
        if self.countries(&last.actors) > 2 {
            add_mode(last, "multilateral");
        }
        last.anaphoric &= last.actors.len() < 2;
        if self.crosses_border(last).is_err() {
            last.actors.clear();
            last.anaphoric = true;
        }
        true
    }

    /// Several act together: an agreement.
    pub(super) fn joint(&self, scene: &Scene, t: &Trigger, h: &mut Happening) -> Fit {
        let verb = t.group(scene);
        let happens = t.nominal || verb.is_some_and(|v| self.pack.stem_is(v.stem, stem::BE) || v.passive);
        let mut with = Vec::new();
        let mut between = 0;
        for j in t.args.clone() {
            let Some((case, head)) = Self::case_of(&scene.items[j]) else { continue };
            let own = case == Case::Gen && head.is_none() && (happens || t.frame.with.is_empty()) && self.qualifies(scene, j, t.at);
            if t.frame.with.contains(&case) || own {
                let who = self.who(&scene.items[j], scene, &with);
                if case == Case::Beech {
                    between += who.len();
                }
                add(&mut with, who);
            }
        }
        let mut actors = Vec::new();
        if t.nominal && with.len() < 2 && with.iter().all(|&e| !self.is_igo(e)) {
            return Err("a deal in passing");
        }
        if between > 1 {
            // both sides are told
        } else if !happens || (self.has_subject(scene) && with.len() < 2) {
            actors = self.actor(&scene.subject, &with);
        }
        add(&mut actors, with);
        actors.retain(|&e| self.names.entities[e].kind != EntityType::Place);
        if actors.len() < 2 && actors.iter().all(|&e| !self.is_igo(e)) {
            if Self::needs(t, Needs::With) {
                return Err("nobody to be with");
            }
            // भारत ने किर्गिज़स्तान को ऋण देने पर हामी भरी
            if actors.len() == 1 && !t.frame.to.is_empty() {
                let told = self.recipients(scene, t, &actors);
                h.recipients = if told.is_empty() { self.other_side(scene, t, &actors) } else { told };
            }
            // समझौतों पर हस्ताक्षर हुए: the two parties told of last, unless somebody without a name agrees
            if actors.is_empty() && !(scene.subject.told && scene.subject.first().is_empty()) {
                actors = self.cast().both(false, 2, scene.state, &[]);
            }
        }
        if actors.is_empty() {
            return Err("nobody");
        }
        h.actors = actors;
        if t.frame.kind == EventType::Support && matches!(h.status, Status::Scheduled | Status::Tentative) {
            h.kind = EventType::Agree; // signing still to come
        }
        Ok(())
    }

    /// Someone travels to be received.
    pub(super) fn visit(&self, scene: &Scene, t: &Trigger, h: &mut Happening) -> Fit {
        let noun = matches!(scene.items[t.at].phrase, Phrase::Noun { .. });
        let verb = t.group(scene);
        let mut trip = Trip::default();
        for j in t.args.clone().filter(|&j| j != t.at) {
            self.leg(scene, j, noun && j < t.at, &mut trip);
        }
        // काठमांडू पहुंचे मिस्री: the noun after the participle travels
        if verb.is_some_and(|v| v.end == End::Participle) {
            let next = t.verb.and_then(|v| scene.items.get(v + 1));
            let who = next.map(|n| self.who(n, scene, &[])).unwrap_or_default();
            trip.travellers = who.into_iter().filter(|&e| self.names.entities[e].kind == EntityType::Person).collect();
            if trip.travellers.is_empty() {
                return Err("nobody travels");
            }
        }
        if trip.hosts.is_empty() && noun {
            trip.hosts.extend(self.nationality_before(scene, t.at));
        }
        if trip.travellers.is_empty() {
            let goal: Vec<usize> = trip.hosts.iter().chain(&trip.places).copied().collect();
            trip.travellers = self.actor(&scene.subject, &goal);
        }
        let delegation = (scene.tokens().start..scene.items[t.at].to).any(|j| self.pack.stem_is(self.text.tokens[j].sym, stem::DELEGATES));
        trip.travellers.retain(|&e| match self.names.entities[e].kind {
            EntityType::Person => true,
            EntityType::Place => false,
            // रूस के राष्ट्रपति भारत आएंगे: an office stands for its country
            EntityType::Country | EntityType::Organization => noun || delegation || self.by_office(scene, e),
        });
        let Some(&first) = trip.travellers.first() else { return Err("nobody travels") };
        let home = self.cast().code(first).map(str::to_string);
        trip.hosts.retain(|e| !trip.travellers.contains(e));
        if trip.hosts.is_empty() {
            let country = |&p: &usize| self.cast().code(p).and_then(|c| self.pack.by_code.get(c)).and_then(|&c| self.names.country(c));
            let mut hosts = Vec::new();
            add(&mut hosts, trip.places.iter().filter_map(country));
            if hosts.len() > 1 {
                trip.hosts = hosts;
            }
        }
        let by_place = || {
            trip.places
                .iter()
                .find_map(|&p| self.cast().code(p).and_then(|c| self.pack.by_code.get(c)).and_then(|&c| self.names.country(c)))
        };
        let Some(host) = trip.hosts.first().copied().or_else(by_place) else {
            if self.points_back(scene, t.at) || t.frame.needs != Needs::Place && t.nominal {
                h.anaphoric = true;
                h.actors = trip.travellers;
                return Ok(());
            }
            return Err("no destination");
        };
        let inside =
            t.args.clone().any(|j| matches!(&scene.items[j].phrase, Phrase::Np { case: Case::Mein, .. }) && self.is_goal(&scene.items[j]));
        if t.frame.stay
            && (!inside
                || self.has_noun(scene)
                || !scene.subject.told && !self.has_subject(scene)
                || verb.is_some_and(|v| v.present && v.aspect == Aspect::None))
        {
            return Err("no stay");
        }
        if self.cast().code(host) == home.as_deref() {
            return Err("at home");
        }
        let code = self.cast().code(host).map(str::to_string);
        trip.places.retain(|&p| self.cast().code(p) == code.as_deref() && !self.names.entities[p].venue);
        h.places = if trip.places.is_empty() { vec![host] } else { trip.places };
        let abroad = trip.hosts.len() > 1 && trip.hosts.iter().all(|&x| self.cast().code(x) != home.as_deref());
        h.recipients = if abroad { trip.hosts } else { vec![host] };
        h.actors = trip.travellers;
        Ok(())
    }

    /// What a phrase of a clause of travel gives: who goes, and where.
    fn leg(&self, scene: &Scene, j: usize, of_noun: bool, trip: &mut Trip) {
        let item = &scene.items[j];
        let Some((case, head)) = Self::case_of(item) else {
            if let Phrase::Word(w) = item.phrase {
                if self.pack.is(w, class::HERE) {
                    add(&mut trip.places, scene.state.here);
                } else if self.pack.is(w, class::THERE) {
                    add(&mut trip.places, scene.state.there);
                }
            }
            return;
        };
        let goal = matches!(case, Case::Nom | Case::Gen | Case::Mein | Case::Liye);
        match &item.phrase {
            Phrase::Np { mentions, .. } => {
                for &m in mentions {
                    let mention = &self.names.mentions[m];
                    match mention.what {
                        What::Country(_) if goal && head.is_none() => add(&mut trip.hosts, mention.entity),
                        What::Country(_) if case == Case::Leader => add(&mut trip.travellers, mention.entity),
                        What::Place(_) if goal => add(&mut trip.places, mention.entity),
                        What::Person(_) | What::Office | What::Counterpart if head.is_none() => {
                            let travels = match case {
                                Case::Gen => of_noun,
                                Case::Ne | Case::Nom | Case::Leader | Case::Dwara => true,
                                Case::Ko => self.due(scene),
                                _ => false,
                            };
                            if travels {
                                let who = self.cast().resolve(m, &trip.hosts);
                                add(
                                    &mut trip.travellers,
                                    who.filter(|&e| self.names.entities[e].kind == EntityType::Person || case == Case::Gen),
                                );
                            }
                        }
                        _ => {}
                    }
                }
            }
            Phrase::Pronoun { case: Case::Gen, relative: false, .. } if of_noun => {
                let who = self.cast().object(scene.state, &[], &scene.nearby, &trip.hosts, true);
                add(&mut trip.travellers, who);
            }
            _ => {}
        }
    }

    /// टीम को दिल्ली आना था: who has to do it stands in को.
    fn due(&self, scene: &Scene) -> bool {
        scene.clause.verb.and_then(|v| verb_at(scene.items, v)).is_some_and(|v| v.aspect == Aspect::Due)
    }

    /// चीनी यात्रा, किर्गिज यात्रा
    fn nationality_before(&self, scene: &Scene, k: usize) -> Option<usize> {
        let at = scene.items[k].from;
        (at.saturating_sub(2)..at).rev().find_map(|j| self.pack.nationality(self.text.tokens[j].sym)).and_then(|c| self.names.country(c))
    }

    /// One acts, another receives.
    pub(super) fn directed(&self, scene: &Scene, t: &Trigger, h: &mut Happening, out: &super::Reading) -> Fit {
        let verb = t.group(scene);
        let mut subject = Vec::new();
        // हमले हो रहे हैं: whose they are is told by the genitive or not at all
        let noun = matches!(scene.items[t.at].phrase, Phrase::Noun { .. });
        let happens = noun && t.frame.kind == EventType::Assault && verb.is_some_and(|v| self.pack.stem_is(v.stem, stem::BE | stem::STAY));
        if t.nominal || happens {
            // इजरायल के ईरान पर हमले: the genitive acts
            for j in t.args.clone() {
                if Self::case_of(&scene.items[j]) == Some((Case::Gen, None)) && self.qualifies(scene, j, t.at) {
                    add(&mut subject, self.who(&scene.items[j], scene, &[]));
                }
            }
            // इजरायली हमले में … मारे गए
            let within = matches!(scene.items[t.at].phrase, Phrase::Noun { case: Case::Mein, .. });
            if subject.is_empty() && h.kind == EventType::Assault && within {
                subject.extend(self.nationality_before(scene, t.at));
            }
        }
        // on behalf of: प्रधानमंत्री की ओर से; beside an agent in ने it belongs to something else
        let passive = verb.is_some_and(|v| v.passive) || !self.has_case(scene, Case::Ne);
        for j in scene.clause.items.start..t.args.end {
            // सेना द्वारा उल्लंघन पर विरोध जताया: by whom, of the noun that follows
            let of_other = scene.items[j + 1..t.at.max(j + 1)].iter().any(|i| match i.phrase {
                Phrase::Noun { case, .. } | Phrase::Plain { case } => matches!(case, Case::Par | Case::Baad | Case::Pehle | Case::Khilaf),
                _ => false,
            });
            if passive
                && !of_other
                && let Some((Case::Dwara, _)) = Self::case_of(&scene.items[j])
            {
                let who = self.who(&scene.items[j], scene, &[]);
                if !who.is_empty() {
                    subject = who;
                }
            }
        }
        let agent = !subject.is_empty();
        let told: &[usize] = if agent {
            &subject
        } else if t.nominal || happens || !scene.subject.told {
            &[]
        } else {
            scene.subject.first()
        };
        let mut recipients = self.recipients(scene, t, told);
        if !agent && !t.nominal && !happens {
            subject = self.actor(&scene.subject, &recipients);
            recipients.retain(|e| !subject.contains(e));
        }
        // जिसे उन्होंने मान लिया, इसे खारिज कर दिया: it turns on what was told last
        let pronoun = scene
            .items()
            .iter()
            .any(|i| matches!(&i.phrase, Phrase::Pronoun { case: Case::Ko | Case::Gen | Case::Se, relative: true, .. }));
        if (recipients.is_empty() || pronoun)
            && let Some(last) = self.turned_on(scene, t, out)
        {
            recipients.clone_from(&last.actors);
            if h.kind == EventType::Reject && last.kind == EventType::Request {
                h.modes.clone_from(&last.modes);
            }
            if !agent && !scene.subject.told && !last.recipients.is_empty() {
                subject.clone_from(&last.recipients);
            }
            recipients.retain(|e| !subject.contains(e));
        } else if Self::needs(t, Needs::Back) {
            return Err("nothing to turn on");
        }
        if verb.is_some_and(|v| t.frame.recipient_subject.contains(&v.stem)) {
            std::mem::swap(&mut subject, &mut recipients);
        }
        if !agent && !t.nominal && verb.is_some_and(|v| v.passive) && !self.has_case(scene, Case::Ne) {
            // दोनों देशों के सैनिक हटा लिए गए: those who yield are the ones who act
            let own = (t.args.clone())
                .find(|&j| matches!(Self::case_of(&scene.items[j]), Some((Case::Gen, _))))
                .map(|j| self.who(&scene.items[j], scene, &[]));
            match own.filter(|w| t.frame.kind == EventType::Retreat && !w.is_empty()) {
                Some(w) => subject = w,
                None => return Err("no agent"),
            }
            h.actors = subject;
            return Ok(());
        }
        if recipients.is_empty() && Self::needs(t, Needs::To) {
            // समझौते का स्वागत: of what was told of others
            if t.frame.kind == EventType::Support && self.of_happening(scene, t) {
                recipients = self.parties(out);
                if recipients.is_empty() {
                    recipients.clone_from(&scene.state.pair);
                }
                recipients.retain(|e| !subject.contains(e));
            }
            if recipients.is_empty() {
                return Err("no recipient");
            }
        }
        if subject.is_empty() {
            return Err("nobody acts");
        }
        if recipients.is_empty() && h.kind == EventType::Accuse {
            recipients = self.culprits(scene, t, out);
            recipients.retain(|e| !subject.contains(e));
        }
        if recipients.is_empty() && matches!(h.kind, EventType::Agree | EventType::Reject | EventType::Accuse) {
            // अमेरिकी प्रस्ताव मान लिया: whose proposal it is
            recipients.extend(self.nationality_before(scene, t.at).filter(|e| self.cast().foreign(*e, &subject)));
        }
        let alone = matches!(h.kind, EventType::Mobilize | EventType::Cooperate)
            || h.modes.iter().any(|m| m == "withdraw" && h.kind == EventType::Retreat);
        // those who did what is condemned are not known
        let faceless = h.kind == EventType::Accuse && self.of_happening(scene, t);
        if recipients.is_empty() && !alone && !faceless {
            recipients = self.other_side(scene, t, &subject);
        }
        h.actors = subject;
        h.recipients = recipients;
        Ok(())
    }

    /// The directed happening that a clause turns on with जिसे, इसे, इसका, इस मांग को.
    fn turned_on<'o>(&self, scene: &Scene, t: &Trigger, out: &'o super::Reading) -> Option<&'o Happening> {
        if !t.frame.back || t.frame.kind == EventType::Support && self.of_happening(scene, t) {
            return None;
        }
        let points = scene.items().iter().any(|i| match &i.phrase {
            Phrase::Pronoun { case: Case::Ko | Case::Gen | Case::Par, .. } => {
                self.pack.is(self.text.tokens[i.from].sym, class::SINGULAR) || matches!(i.phrase, Phrase::Pronoun { relative: true, .. })
            }
            Phrase::Noun { frames, .. } => {
                i.from != scene.items[t.at].from && frames.iter().any(|&f| self.pack.frames[f as usize].shape == Shape::Directed)
            }
            _ => false,
        });
        // इस दावे को खारिज किया
        let claim = t.frame.kind == EventType::Reject
            && scene.tokens().take_while(|&j| j < scene.items[t.at].from).any(|j| self.pack.is(self.text.tokens[j].sym, class::THIS));
        let points = points || claim;
        let last = out.happenings.last()?;
        let near = last.sentence + 1 >= scene.sentence;
        (points && near && self.pack.frames[last.frame as usize].shape == Shape::Directed).then_some(last)
    }

    /// हमले की निंदा: those who did what is condemned, by the adjective before it or as told last.
    fn culprits(&self, scene: &Scene, t: &Trigger, out: &super::Reading) -> Vec<usize> {
        let deed = |j: usize| match &scene.items[j].phrase {
            Phrase::Noun { case: Case::Gen | Case::Par, frames } => frames.first().map(|&f| (j, self.pack.frames[f as usize].kind)),
            _ => None,
        };
        let Some((j, kind)) = t.args.clone().rev().filter(|&j| j != t.at).find_map(deed) else { return vec![] };
        if let Some(c) = self.nationality_before(scene, j) {
            return vec![c];
        }
        out.happenings.iter().rev().take(12).find(|h| h.kind == kind).map(|h| h.actors.clone()).unwrap_or_default()
    }

    /// समझौते का स्वागत: those between whom it is, as states.
    fn parties(&self, out: &super::Reading) -> Vec<usize> {
        let deal = |h: &&Happening| self.pack.frames[h.frame as usize].shape == Shape::Joint && h.actors.len() > 1;
        let Some(last) = out.happenings.iter().rev().take(12).find(deal) else { return vec![] };
        let state =
            |&e: &usize| self.cast().code(e).and_then(|c| self.pack.by_code.get(c)).and_then(|&c| self.names.country(c)).unwrap_or(e);
        let mut states = Vec::new();
        add(&mut states, last.actors.iter().map(state));
        states
    }

    /// A happening, in the genitive, is what the noun is about.
    fn of_happening(&self, scene: &Scene, t: &Trigger) -> bool {
        t.args.clone().any(|j| matches!(scene.items[j].phrase, Phrase::Noun { case: Case::Gen, .. }))
    }

    /// Who receives what nobody is told to receive: the other side of what was told last, unless somebody without a name does.
    fn other_side(&self, scene: &Scene, t: &Trigger, subject: &[usize]) -> Vec<usize> {
        let unnamed = |j: usize| match scene.items[j].phrase {
            Phrase::Plain { case } => {
                t.frame.to.contains(&Slot::Of(case)) && matches!(case, Case::Se | Case::Ko | Case::Khilaf | Case::Par)
            }
            _ => false,
        };
        // what home's politicians demand of one another is not asked of foreigners told of before
        let home = |&e: &usize| self.cast().code(e) == Some(self.pack.home.as_str());
        let domestic = !subject.is_empty() && subject.iter().all(home) && !scene.state.pair.iter().any(home);
        let far = scene.sentence > scene.state.pair_at + 3 || domestic;
        if far || t.args.clone().any(unnamed) {
            return vec![];
        }
        let last = scene.state.pair.iter().copied().filter(|e| !subject.contains(e));
        last.filter(|&e| self.cast().foreign(e, subject)).take(1).collect()
    }

    /// Whoever stands in the first of the frame's slots that is filled.
    fn recipients(&self, scene: &Scene, t: &Trigger, subject: &[usize]) -> Vec<usize> {
        let start = scene.clause.items.start;
        // … में हुए हमले की निंदा: only whose deed it is
        let deed = (t.frame.kind == EventType::Accuse)
            .then(|| t.args.clone().rev().find(|&j| j != t.at && matches!(scene.items[j].phrase, Phrase::Noun { case: Case::Gen, .. })))
            .flatten();
        for slot in &t.frame.to {
            for range in [t.args.clone(), start..t.args.start] {
                for j in range.rev().filter(|&j| j != t.at) {
                    let item = &scene.items[j];
                    let Some((case, head)) = Self::case_of(item) else { continue };
                    let fits = match slot {
                        Slot::Of(Case::Gen) => case == Case::Gen && head.is_none(),
                        Slot::Of(Case::Nom) => case == Case::Nom && self.has_case(scene, Case::Ne),
                        Slot::Of(c) => case == *c || head == Some(*c),
                        Slot::GenHead => case == Case::Gen || head.is_some(),
                        Slot::Goal => case == Case::Nom && Some(j + 1) == t.verb.filter(|&v| v > t.at).or(Some(t.at)) && self.is_goal(item),
                    };
                    if !fits
                        || deed.is_some_and(|d| {
                            case == Case::Gen && j < d && !self.qualifies(scene, j, d) || head.is_some() || case == Case::Mein
                        })
                    {
                        continue;
                    }
                    let mut who = self.who(item, scene, subject);
                    if who.is_empty() {
                        who = self.countries_of_places(item);
                    }
                    if matches!(t.frame.kind, EventType::Protest | EventType::Assault) {
                        who = who.into_iter().map(|e| self.state_of_mission(e)).collect();
                    }
                    who.retain(|e| !subject.contains(e));
                    if !who.is_empty() {
                        return who;
                    }
                }
            }
        }
        vec![]
    }

    /// A place or country.
    fn is_goal(&self, item: &Item) -> bool {
        matches!(&item.phrase, Phrase::Np { mentions, .. } if mentions.iter().all(|&m| matches!(self.names.mentions[m].what, What::Place(_) | What::Country(_))))
    }

    /// What is done at an embassy or to an army is done to its state.
    fn state_of_mission(&self, e: usize) -> usize {
        let ent = &self.names.entities[e];
        let state = ent.country.as_ref().and_then(|c| self.pack.by_code.get(c)).and_then(|&c| self.names.country(c));
        if ent.kind == EntityType::Organization && ent.listed.is_none() { state.unwrap_or(e) } else { e }
    }

    /// What is done at a place is done to its country: खारकीव पर हमला.
    fn countries_of_places(&self, item: &Item) -> Vec<usize> {
        let Phrase::Np { mentions, .. } = &item.phrase else { return vec![] };
        let place = |&m: &usize| matches!(self.names.mentions[m].what, What::Place(_)).then(|| self.names.mentions[m].entity).flatten();
        let country = |p: usize| self.cast().code(p).and_then(|c| self.pack.by_code.get(c)).and_then(|&c| self.names.country(c));
        let mut out = Vec::new();
        add(&mut out, mentions.iter().filter_map(place).filter_map(country));
        out
    }

    /// One event each: a visit to several hosts, a list met one by one.
    pub(super) fn several(&self, scene: &Scene, t: &Trigger, h: Happening) -> Vec<Happening> {
        if t.frame.shape == Shape::Visit && h.recipients.len() > 1 {
            let one = |&host: &usize| {
                let places: Vec<usize> = h.places.iter().copied().filter(|&p| self.cast().code(p) == self.cast().code(host)).collect();
                Happening { recipients: vec![host], places: if places.is_empty() { vec![host] } else { places }, ..h.clone() }
            };
            return h.recipients.iter().map(one).collect();
        }
        if t.frame.shape != Shape::Mutual || h.actors.len() < 3 || h.modes.iter().any(|m| m == "multilateral") {
            return vec![h];
        }
        // whoever is of the subject's side meets each of the others
        let (side, others) = h.actors.split_at(h.side.min(h.actors.len()));
        let foreign = |&e: &usize| self.cast().foreign(e, side);
        if side.is_empty() || others.len() < 2 || !others.iter().all(foreign) {
            return vec![self.counted(h)];
        }
        // states in one list meet together, persons one by one
        let persons = others.iter().all(|&e| self.names.entities[e].kind == EntityType::Person);
        let apart = scene.has(sign::APART) || persons;
        if !apart {
            return vec![self.counted(h)];
        }
        others.iter().map(|&o| Happening { actors: side.iter().copied().chain([o]).collect(), ..h.clone() }).collect()
    }

    /// Three states or more that meet at once meet multilaterally.
    fn counted(&self, mut h: Happening) -> Happening {
        if self.countries(&h.actors) > 2 {
            add_mode(&mut h, "multilateral");
        }
        h
    }

    /// Distinct countries among participants.
    fn countries(&self, who: &[usize]) -> usize {
        let mut codes: Vec<_> = who.iter().map(|&e| self.cast().code(e).map(str::to_string)).collect();
        codes.sort();
        codes.dedup();
        codes.len()
    }

    /// इस, यह, उक्त before the noun.
    fn points_back(&self, scene: &Scene, k: usize) -> bool {
        let from = scene.items[k].from;
        (from.saturating_sub(3)..from).any(|j| self.pack.is(self.text.tokens[j].sym, class::THIS | class::BOTH))
    }

    /// Whether the genitive at `j` belongs to the noun at `k`: nothing but plain words and other participants between.
    fn qualifies(&self, scene: &Scene, j: usize, k: usize) -> bool {
        let open = |i: &Item| {
            !matches!(i.phrase, Phrase::Punct(_) | Phrase::And | Phrase::That | Phrase::Break | Phrase::Quote(_) | Phrase::Both { .. })
        };
        // डेनमार्क की राजधानी कोपेनहेगन में: the genitive is the place's
        if j >= k {
            return false;
        }
        let next = scene.items[j + 1..k].iter().find(|i| !matches!(i.phrase, Phrase::Word(_)));
        let place = |m: &usize| matches!(self.names.mentions[*m].what, What::Place(_));
        if let (Some(Phrase::Np { mentions: there, .. }), Phrase::Np { mentions: owners, .. }) =
            (next.map(|i| &i.phrase), &scene.items[j].phrase)
            && there.iter().all(place)
            && !self.elsewhere(owners, there)
        {
            return false;
        }
        // उनकी, राष्ट्रपति X और राष्ट्रपति Y की बैठक
        let list = |n: usize| {
            matches!(scene.items[n].phrase, Phrase::Punct(','))
                && matches!(scene.items.get(n + 1).and_then(Self::case_of), Some((Case::Gen, _)))
        };
        j < k
            && (j + 1..k).all(|n| open(&scene.items[n]) || list(n))
            && Self::case_of(&scene.items[j]).is_some_and(|(_, head)| head.is_none())
    }

    /// चीन और भारत के मंत्रियों की लंदन में बैठक: the place is not of those named before it.
    fn elsewhere(&self, owners: &[usize], places: &[usize]) -> bool {
        let code = |&m: &usize| self.names.mentions[m].entity.and_then(|e| self.cast().code(e));
        owners.len() > 1 && !places.iter().any(|p| owners.iter().any(|o| code(o) == code(p)))
    }

    fn only_place(&self, item: &Item, case: Case) -> bool {
        matches!(case, Case::Se)
            && matches!(&item.phrase, Phrase::Np { mentions, .. } if mentions.iter().all(|&m| matches!(self.names.mentions[m].what, What::Place(_))))
    }

    fn has_subject(&self, scene: &Scene) -> bool {
        scene.items().iter().any(|i| matches!(Self::case_of(i), Some((Case::Ne | Case::Nom, _))))
    }

    fn has_noun(&self, scene: &Scene) -> bool {
        scene.items().iter().any(|i| matches!(i.phrase, Phrase::Noun { case: Case::Nom, .. }))
    }

    fn has_case(&self, scene: &Scene, c: Case) -> bool {
        scene.items().iter().any(|i| Self::case_of(i).is_some_and(|(x, _)| x == c))
    }

    pub(super) fn is_igo(&self, e: usize) -> bool {
        let ent = &self.names.entities[e];
        ent.kind == EntityType::Organization && ent.listed.is_some_and(|b| self.pack.bodies[b as usize].kind == BodyKind::Igo)
    }

    /// Leaves out who is no political actor: places, media, companies, journalists.
    pub(super) fn political(&self, h: &mut Happening) {
        let other = |r: &Vec<u32>| {
            let found = self.pack.names.longest(r.iter().copied());
            found.is_some_and(|(_, v)| v.iter().any(|n| matches!(n, Name::Title(TitleKind::Other))))
        };
        let ok = |e: &usize| {
            let ent = &self.names.entities[*e];
            match ent.kind {
                EntityType::Place => false,
                EntityType::Organization => match ent.listed.map(|b| self.pack.bodies[b as usize].kind) {
                    Some(BodyKind::Agency | BodyKind::Outlet | BodyKind::Platform | BodyKind::Company) => false,
                    // what parties at home say of one another is domestic
                    Some(BodyKind::Party) => ent.country.as_deref() != Some(self.pack.home.as_str()),
                    // some army, some ministry
                    None => ent.country.is_some() || ent.mentions.iter().any(|&m| self.names.mentions[m].rule != "body-noun"),
                    _ => true,
                },
                EntityType::Person => ent.role_words.is_empty() || !ent.role_words.iter().all(other),
                EntityType::Country => true,
            }
        };
        h.actors.retain(ok);
        h.recipients.retain(ok);
        let office = |e: &usize| {
            let ent = &self.names.entities[*e];
            ent.kind == EntityType::Person && (ent.listed.is_some() || !ent.role_words.is_empty())
        };
        if self.sport && !h.actors.iter().chain(&h.recipients).any(office) {
            h.actors.clear();
            h.recipients.clear();
        }
    }

    /// Known to be of another country than home, or of a body that stands between states or outside them.
    fn is_foreign(&self, e: usize) -> bool {
        let ent = &self.names.entities[e];
        let stateless = |b: u32| matches!(self.pack.bodies[b as usize].kind, BodyKind::Igo | BodyKind::Armed);
        let serves = |&m: &usize| self.names.mentions[m].body.as_ref().and_then(|b| b.1).is_some_and(stateless);
        match self.cast().code(e) {
            Some(c) => c != self.pack.home,
            None => ent.listed.filter(|_| ent.kind == EntityType::Organization).is_some_and(stateless) || ent.mentions.iter().any(serves),
        }
    }

    /// भारत ने अफगानिस्तान में हुए हमले की निंदा की: blame for what happened abroad, though nobody is blamed by name.
    pub(super) fn condemns_abroad(&self, scene: &Scene, h: &Happening) -> bool {
        let abroad = |m: &usize| self.names.mentions[*m].entity.is_some_and(|e| self.cast().code(e).is_some_and(|c| c != self.pack.home));
        let named = |i: &Item| matches!(&i.phrase, Phrase::Np { mentions, case: Case::Mein | Case::Par | Case::Gen, .. } if mentions.iter().any(abroad));
        h.kind == EventType::Accuse && !h.actors.is_empty() && scene.items().iter().any(named)
    }

    /// An act joins two countries, or a country and a body between states.
    pub(super) fn crosses_border(&self, h: &Happening) -> Fit {
        if h.actors.is_empty() {
            return if h.anaphoric { Ok(()) } else { Err("nobody") };
        }
        let all: Vec<usize> = h.actors.iter().chain(&h.recipients).copied().collect();
        if h.anaphoric && all.len() < 2 {
            return Ok(());
        }
        // rebels and their state
        let armed = |&e: &usize| {
            let listed = self.names.entities[e].listed.filter(|_| self.names.entities[e].kind == EntityType::Organization);
            listed.is_some_and(|b| self.pack.bodies[b as usize].kind == BodyKind::Armed)
                && self.cast().code(e) != Some(self.pack.home.as_str())
        };
        if all.len() >= 2 && all.iter().any(armed) {
            return Ok(());
        }
        // home and somebody whose country nobody tells: still domestic
        if all.len() >= 2 && all.iter().any(|&e| self.is_foreign(e)) && (self.countries(&all) >= 2 || all.iter().any(|&e| self.is_igo(e))) {
            return Ok(());
        }
        if let [one] = all[..] {
            // told of a foreign country, it is at another's expense though none is named
            let abroad = self.cast().code(one).is_some_and(|c| c != self.pack.home);
            let state = self.names.entities[one].kind == EntityType::Country;
            if self.is_igo(one)
                || h.kind == EventType::Mobilize
                || h.kind == EventType::Retreat && state
                || (h.kind != EventType::Consult && abroad)
            {
                return Ok(());
            }
        }
        Err("one country")
    }
}

fn add_mode(h: &mut Happening, m: &str) {
    if !h.modes.iter().any(|x| x == m) {
        h.modes.push(m.into());
    }
}

#[derive(Default)]
struct Trip {
    travellers: Vec<usize>,
    hosts: Vec<usize>,
    places: Vec<usize>,
}
