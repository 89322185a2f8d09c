//! Names: who and what a text speaks of — persons, countries, bodies, places — and which words mean the same one.
//!
//! Known names come from the pack's lists; unknown ones from grammar: a title announces a name that runs up to the
//! next function word, a noun such as palace or province closes one.

use crate::lang::{BodyKind, BodyNoun, Case, Name, Pack, PlaceKind, TitleKind, class, stem};
use crate::record::EntityType;
use crate::tagger;
use crate::text::{Glue, Kind, Sym, Text};
use rustc_hash::FxHashMap;
use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A named person; with its number in the pack when listed.
    Person(Option<u32>),
    /// A title without a name: विदेश मंत्री ने.
    Office,
    /// The same office in another country: अपने रूसी समकक्ष.
    Counterpart,
    Country(u16),
    /// People, things or servants of a country, which stand for it: भारतीय मछुआरों.
    People(u16),
    Body(Option<u32>),
    Place(Option<u32>),
}

#[derive(Debug, Clone)]
pub struct Title {
    /// Tokens of the title.
    pub words: Range<usize>,
    /// Alpha-3 code or body name, when the phrase says it.
    pub of: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Mention {
    /// Tokens of the whole phrase, with country, titles and honorifics.
    pub from: usize,
    pub to: usize,
    /// Tokens of the bare name; empty for a title alone.
    pub name: Range<usize>,
    pub what: What,
    /// Country that the phrase itself gives.
    pub country: Option<u16>,
    pub titles: Vec<Title>,
    /// For a title without a name, the body that it is of: its tokens, and its number in the pack when listed.
    pub body: Option<(Range<usize>, Option<u32>)>,
    /// Which rule or list made it.
    pub rule: &'static str,
    /// Whom it stands for; for a title without a name, the body that it is of.
    pub entity: Option<usize>,
}

#[derive(Debug, Clone)]
pub struct Ent {
    pub kind: EntityType,
    pub name: String,
    pub aliases: Vec<String>,
    pub country: Option<String>,
    pub roles: Vec<(String, Option<String>)>,
    /// Folded words of the roles' titles.
    pub role_words: Vec<Vec<Sym>>,
    pub mentions: Vec<usize>,
    /// Number in the pack's list of its kind, when listed.
    pub listed: Option<u32>,
    /// A place that lies inside a city: a palace, a house, a hall.
    pub venue: bool,
    /// Folded words of the fullest name.
    words: Vec<Sym>,
}

#[derive(Debug, Default)]
pub struct Names {
    /// In order of the text, not overlapping.
    pub mentions: Vec<Mention>,
    pub entities: Vec<Ent>,
    /// Entity of each country that the text names, or whose people, places or servants it names.
    countries: FxHashMap<u16, usize>,
}

impl Names {
    /// The entity of a country.
    pub fn country(&self, c: u16) -> Option<usize> {
        self.countries.get(&c).copied()
    }

    /// Folded words of a title.
    pub fn title_words(&self, text: &Text, t: &Title) -> Vec<Sym> {
        t.words.clone().map(|j| &text.tokens[j]).filter(|t| t.kind != Kind::Punct).map(|t| t.sym).collect()
    }
}

/// Longest unknown name, in words.
const NAME_MAX: usize = 8;

/// How sure the tagger must be, by what else speaks for the name; found on the gold articles.
mod trust {
    pub const TITLED: i32 = 50;
    pub const LONGER: i32 = 100;
    pub const PERSON: i32 = 200;
    pub const LONE_PERSON: i32 = 500;
    pub const PLACE: i32 = 100;
    pub const BODY: i32 = 200;
}

struct Reader<'a, 't> {
    text: &'a Text<'t>,
    pack: &'a Pack,
    /// Tokens that a time expression covers.
    timed: &'a [bool],
}

/// Finds all mentions; `blank` marks tokens that are no names: times, and lines that report nothing.
pub fn find(text: &Text, pack: &Pack, blank: &[bool]) -> Names {
    let r = Reader { text, pack, timed: blank };
    let mut mentions = Vec::new();
    let mut i = 0;
    while i < text.tokens.len() {
        match r.mention(i) {
            Some(m) => {
                i = m.to.max(i + 1);
                mentions.push(m);
            }
            None => i += 1,
        }
    }
    r.proposed(&mut mentions);
    r.aliases(&mut mentions);
    let mut names = Names { mentions, entities: vec![], countries: FxHashMap::default() };
    r.link(&mut names);
    r.offices_at_home(&mut names);
    r.countries(&mut names);
    names
}

impl Reader<'_, '_> {
    fn sym(&self, i: usize) -> Sym {
        self.text.tokens.get(i).map_or(Sym::MAX, |t| t.sym)
    }

    fn is(&self, i: usize, bits: u32) -> bool {
        self.pack.is(self.sym(i), bits)
    }

    fn word(&self, i: usize) -> bool {
        self.text.tokens.get(i).is_some_and(|t| t.kind == Kind::Word)
    }

    /// Longest list entry at token `i` that does not cross a line end or punctuation.
    fn lookup(&self, i: usize) -> Option<(usize, &[Name])> {
        let toks = &self.text.tokens;
        let first = toks.get(i)?;
        if first.kind == Kind::Punct || self.timed[i] {
            return None;
        }
        let words =
            (i..toks.len()).take_while(|&j| toks[j].kind != Kind::Punct && (j == i || toks[j].glue != Glue::Line)).map(|j| toks[j].sym);
        self.pack.names.longest(words).map(|(n, v)| (i + n, v))
    }

    fn case_at(&self, i: usize) -> Option<(usize, Case)> {
        let toks = &self.text.tokens;
        let words = (i..toks.len()).take_while(|&j| toks[j].kind == Kind::Word && toks[j].glue == Glue::Space).map(|j| toks[j].sym);
        self.pack.cases.longest(words).map(|(n, c)| (i + n, c[0]))
    }

    fn genitive_at(&self, i: usize) -> bool {
        self.pack.cases.longest(std::iter::once(self.sym(i))).is_some_and(|(_, c)| c[0] == Case::Gen)
    }

    fn mention(&self, i: usize) -> Option<Mention> {
        if self.timed[i] || !self.word(i) && self.text.tokens[i].kind == Kind::Punct {
            return None;
        }
        let found = self.lookup(i);
        let at = |f: &dyn Fn(&Name) -> bool| found.and_then(|(to, v)| v.iter().find(|n| f(n)).map(|n| (to, *n)));
        // a person's full name wins over what its first words may be else
        if let Some((to, Name::Person(n, short))) = at(&|n| matches!(n, Name::Person(_, _)))
            && (!short
                || !self.is(i, class::VERB | class::COMMON | class::FUNCTION)
                    // सराज क्षेत्र का दौरा: a place of that name
                    && !self.text.tokens.get(to).is_some_and(|t| self.pack.stem_is(t.sym, stem::PLACE_HEADS))
                    && at(&|n| matches!(n, Name::Title(_) | Name::Country(_) | Name::Body(_))).is_none())
        {
            // ट्रंप प्रशासन, मादुरो सरकार: the state that the person leads
            let rules = |n: &Name| matches!(n, Name::BodyNoun(BodyNoun::Government));
            let country = self.pack.people[n as usize].country.as_ref().and_then(|c| self.pack.by_code.get(c).copied());
            if let (Some(c), Some((end, _))) = (country, self.lookup(to).filter(|(_, v)| v.iter().any(rules))) {
                return Some(plain(i, end, i..end, What::Country(c), country, "government"));
            }
            return Some(self.person(i, vec![], None, i..to, Some(n), if short { "people.short" } else { "people" }));
        }
        if let Some((to, Name::Country(c))) = at(&|n| matches!(n, Name::Country(_))) {
            return Some(self.after_country(i, to, c));
        }
        if let Some((to, Name::Nationality(c))) = at(&|n| matches!(n, Name::Nationality(_))) {
            if let Some(m) = self.of_country(i, to, c) {
                return Some(m);
            }
            return None;
        }
        if let Some((to, Name::Body(b))) = at(&|n| matches!(n, Name::Body(_))) {
            return Some(self.after_body(i, to, b));
        }
        // अपने (रूसी) समकक्ष X
        if self.is(i, class::OWN)
            && let Some(m) = self.counterpart(i, i + 1, None)
        {
            return Some(m);
        }
        // विदेश मंत्रालय के प्रवक्ता X: the ministry's spokesman, though a list may hold the whole as a title
        if let Some(m) = self.servant_of_body(i, i, None) {
            return Some(m);
        }
        if let Some(m) = self.titled(i, i, None, None) {
            return Some(m);
        }
        if let Some((to, Name::BodyNoun(kind))) = at(&|n| matches!(n, Name::BodyNoun(k) if *k != BodyNoun::Group)) {
            return self.body_noun(i, i, to, kind, None);
        }
        if let Some((to, n)) = at(&|n| matches!(n, Name::Place(_) | Name::Capital(_)))
            // किसी भी सूरत में: a word of prose first
            && !(to == i + 1 && self.is(i, class::COMMON))
        {
            // a name may begin with a place's word: only a title or postposition may not follow
            let country = match n {
                Name::Place(p) => self.pack.places[p as usize].country.as_ref().and_then(|c| self.pack.by_code.get(c).copied()),
                Name::Capital(c) => Some(c),
                _ => None,
            };
            let to = self.place_tail(to);
            let listed = if let Name::Place(p) = n { Some(p) } else { None };
            // तमिलनाडु के मुख्यमंत्री X: the office is of the place's country; पेरिस में राजदूत X too, but not दिल्ली में प्रधानमंत्री X
            if let Some(skip) = self.after_link(to)
                && skip > to
                && self.title_end(skip, false).is_some()
                && (self.genitive_at(to) || self.envoy_at(skip))
                && let Some(m) = self.titled(i, skip, country, None)
                && matches!(m.what, What::Person(_))
            {
                return Some(m);
            }
            return Some(Mention {
                from: i,
                to,
                name: i..to,
                what: What::Place(listed),
                country,
                titles: vec![],
                body: None,
                rule: "places",
                entity: None,
            });
        }
        self.hall(i).or_else(|| self.group(i)).or_else(|| self.unknown(i))
    }

    /// An organisation that no list has: words closed by a noun such as समिति or महासंघ, where it acts or owns.
    fn group(&self, i: usize) -> Option<Mention> {
        let part = |j: usize| {
            self.word(j)
                && !self.is(j, class::FUNCTION | class::VERB | class::AND | class::POST)
                && (self.is(j, class::COMMON) || self.name_like(j))
        };
        if !part(i) || self.pack.stem_is(self.sym(i), stem::TITLE_ADJECTIVES) {
            return None;
        }
        let mut j = i + 1;
        while j < i + 5 {
            let t = self.text.tokens.get(j)?;
            if t.kind != Kind::Word || !matches!(t.glue, Glue::Space | Glue::Hyphen) || self.timed[j] {
                return None;
            }
            let closes = self.lookup(j).filter(|(_, v)| v.iter().any(|n| matches!(n, Name::BodyNoun(BodyNoun::Group))));
            if let Some((to, _)) = closes {
                // one ordinary word is a description, not a name: जांच समिति
                let name = (i..j).any(|k| self.name_like(k) && !self.is(k, class::COMMON)) || j - i > 1;
                let acts = self.case_at(to).is_some_and(|(_, c)| matches!(c, Case::Ne | Case::Gen | Case::Source));
                return (name && acts).then(|| Mention {
                    from: i,
                    to,
                    name: i..to,
                    what: What::Body(None),
                    country: None,
                    titles: vec![],
                    body: None,
                    rule: "group-noun",
                    entity: None,
                });
            }
            if !part(j) || self.lookup(j).is_some() {
                return None;
            }
            j += 1;
        }
        None
    }

    /// Ordinary words closed by the noun of a building, where something is: स्टेट हाउस में, वाणिज्य भवन में.
    fn hall(&self, i: usize) -> Option<Mention> {
        if !self.is(i, class::COMMON) || self.is(i, class::FUNCTION | class::VERB | class::POST) {
            return None;
        }
        let mut j = i + 1;
        while j < i + 3 {
            if !self.word(j) || self.text.tokens[j].glue != Glue::Space || self.is(j, class::FUNCTION) {
                return None;
            }
            if let Some((to, v)) = self.lookup(j)
                && v.iter().any(|n| matches!(n, Name::PlaceNoun(PlaceKind::Venue)))
            {
                let inside = self.case_at(to).is_some_and(|(_, c)| c == Case::Mein);
                return inside.then(|| plain(i, to, i..to, What::Place(None), None, "place-noun"));
            }
            j += 1;
        }
        None
    }

    /// A place noun that belongs to a known place's name: दोहा हवाई अड्डा.
    fn place_tail(&self, to: usize) -> usize {
        match self.lookup(to) {
            Some((end, v)) if v.iter().any(|n| matches!(n, Name::PlaceNoun(_))) && self.text.tokens[to].glue == Glue::Space => {
                if end - to > 1 || self.text.tokens[to].glue != Glue::Space { end } else { to }
            }
            _ => to,
        }
    }

    fn person(
        &self,
        from: usize,
        titles: Vec<Title>,
        country: Option<u16>,
        name: Range<usize>,
        listed: Option<u32>,
        rule: &'static str,
    ) -> Mention {
        let (name, to) = (name.start, name.end);
        let to = if self.word(to) && self.is(to, class::REGNAL) && self.text.tokens[to].glue == Glue::Space { to + 1 } else { to };
        let end = self.honorifics(to);
        let end = self.short_form(end).filter(|&t| self.latin(end, t)).unwrap_or(end);
        Mention { from, to: end, name: name..to, what: What::Person(listed), country, titles, body: None, rule, entity: None }
    }

    /// Skips honorifics (श्री, डॉ., जी).
    fn honorifics(&self, mut i: usize) -> usize {
        while self.word(i) && self.is(i, class::HONORIFIC) && !self.is(i, class::FUNCTION) && self.text.tokens[i].glue != Glue::Line {
            i += 1;
        }
        i
    }

    /// After a country's name: its body, its office-holder, or the country itself.
    fn after_country(&self, from: usize, to: usize, c: u16) -> Mention {
        let name = from..to;
        let to = self.short_form(to).filter(|&t| self.latin(to, t) || self.genitive_at(t) && self.governs(t + 1)).unwrap_or(to);
        let gen_end = if self.genitive_at(to) { to + 1 } else { to };
        // अमेरिका हमास के साथ: a body of its own, beside the country
        let stranger = |n: &Name| matches!(n, Name::Body(b) if self.pack.bodies[*b as usize].country.as_ref() != Some(&self.pack.countries[c as usize].code));
        let first = || self.pack.names.longest(std::iter::once(self.sym(to))).map(|(_, v)| v);
        let named = self.lookup(to).map(|(_, v)| v);
        let beside = gen_end == to
            && (named.is_some_and(|v| v.iter().any(stranger)) || named.and_then(|_| first()).is_some_and(|v| v.iter().any(stranger)));
        if !beside
            && self.text.tokens.get(to).is_some_and(|t| t.glue == Glue::Space)
            && let Some(m) = self.of_country(from, gen_end, c)
        {
            return m;
        }
        Mention { from, to, name, what: What::Country(c), country: Some(c), titles: vec![], body: None, rule: "countries", entity: None }
    }

    /// Past a short form in brackets: कांगो लोकतांत्रिक गणराज्य (डीआर कांगो).
    fn short_form(&self, to: usize) -> Option<usize> {
        let toks = &self.text.tokens;
        toks.get(to).filter(|t| t.punct == '(')?;
        (to + 1..(to + 6).min(toks.len())).find(|&k| toks[k].punct == ')').map(|k| k + 1)
    }

    /// Whether a bracket holds nothing but Latin words: चीन (China) के विदेश मंत्री.
    fn latin(&self, from: usize, to: usize) -> bool {
        let mut words = (from..to).filter(|&j| self.word(j)).peekable();
        words.peek().is_some() && words.all(|j| self.text.slice(j, j + 1).is_ascii())
    }

    fn governs(&self, i: usize) -> bool {
        self.lookup(i).is_some_and(|(_, v)| v.iter().any(|n| matches!(n, Name::BodyNoun(_))))
    }

    /// What a country's name (with its genitive) or nationality word qualifies.
    fn of_country(&self, from: usize, at: usize, c: u16) -> Option<Mention> {
        if self.text.tokens.get(at).is_none_or(|t| t.glue == Glue::Line || t.kind == Kind::Punct) {
            return None;
        }
        if let Some(m) = self.counterpart(from, at, Some(c)) {
            return Some(m);
        }
        if let Some(m) = self.servant_of_body(from, at, Some(c)) {
            return Some(m);
        }
        if let Some(m) = self.titled(from, at, Some(c), None) {
            return Some(m);
        }
        if let Some((to, v)) = self.lookup(at) {
            for n in v {
                match *n {
                    Name::BodyNoun(kind) if kind != BodyNoun::Group => return self.body_noun(from, at, to, kind, Some(c)),
                    Name::Body(b) => {
                        let mut m = self.after_body(at, to, b);
                        m.from = from;
                        return Some(m);
                    }
                    Name::Person(p, _) => return Some(self.person(from, vec![], Some(c), at..to, Some(p), "people")),
                    _ => {}
                }
            }
        }
        // मेक्सिको की एलिसिया बार्सेना से
        if at > from + 1
            && let (to, listed) = self.name_run(self.honorifics(at))
            && to >= self.honorifics(at) + 2
            && self.name_like(self.honorifics(at))
            && (self.case_at(to).is_some() || self.is(to, class::AND) || self.text.tokens.get(to).is_some_and(|t| t.punct == ','))
        {
            return Some(self.person(from, vec![], Some(c), self.honorifics(at)..to, listed, "country-name"));
        }
        // people who stand for their country; भारत का पक्ष is no people
        let mut j = at;
        if at > from + 1 && self.pack.stem_is(self.sym(at), stem::SIDE) {
            return None;
        }
        while j < at + 4
            && self
                .text
                .tokens
                .get(j)
                .is_some_and(|t| t.kind == Kind::Number || self.pack.is(t.sym, class::COMMON) && !self.pack.is(t.sym, class::FUNCTION))
        {
            if self.pack.stem_is(self.sym(j), stem::PEOPLE) {
                return Some(plain(from, j + 1, from..from + 1, What::People(c), Some(c), "people-of"));
            }
            j += 1;
        }
        if self.pack.stem_is(self.sym(j), stem::PEOPLE) && j < at + 4 {
            return Some(plain(from, j + 1, from..from + 1, What::People(c), Some(c), "people-of"));
        }
        None
    }

    fn counterpart(&self, from: usize, at: usize, country: Option<u16>) -> Option<Mention> {
        let (mut j, mut country) = (at, country);
        if country.is_none()
            && let Some((to, v)) = self.lookup(j)
        {
            for n in v {
                if let Name::Nationality(c) | Name::Country(c) = *n {
                    country = Some(c);
                    j = if self.genitive_at(to) { to + 1 } else { to };
                }
            }
        }
        if !self.is(j, class::COUNTERPART) {
            return None;
        }
        let name = self.honorifics(j + 1);
        let (to, listed) = self.name_run(name);
        let what = if to > name { What::Person(listed) } else { What::Counterpart };
        let end = if to > name { self.honorifics(to) } else { j + 1 };
        let title = Title { words: j..j + 1, of: country.map(|c| self.pack.countries[c as usize].code.clone()) };
        Some(Mention {
            from,
            to: end,
            name: name..to.max(name),
            what,
            country,
            titles: vec![title],
            body: None,
            rule: "counterpart",
            entity: None,
        })
    }

    /// A run of titles at `at`, and the name that they announce.
    fn titled(&self, from: usize, at: usize, country: Option<u16>, body: Option<&str>) -> Option<Mention> {
        let of = body.map(str::to_string).or_else(|| country.map(|c| self.pack.countries[c as usize].code.clone()));
        let mut titles = Vec::new();
        let mut j = at;
        // चीन के नए विदेश मंत्री
        while self.pack.stem_is(self.sym(j), stem::TITLE_ADJECTIVES) && self.text.tokens[j].glue == Glue::Space {
            j += 1;
        }
        let at = if titles_follow(self, j) { j } else { at };
        j = at;
        let mut plural = false;
        loop {
            let start = j;
            while self.is(j, class::FORMER) && self.text.tokens[j].glue != Glue::Line {
                j += 1;
            }
            let Some(end) = self.title_end(j, start > at || country.is_some() || body.is_some()) else {
                j = start;
                break;
            };
            plural |= end > j
                && self.pack.stem_is(self.sym(end - 1), stem::LEADERS)
                && end == j + 1
                && !self.lookup(j).is_some_and(|(_, v)| v.iter().any(|n| matches!(n, Name::Title(_))));
            // "(पूर्व)" and departments in brackets belong to the title: सचिव (पश्चिम)
            let mut close = end;
            if self.text.tokens.get(end).is_some_and(|t| t.punct == '(')
                && let Some(k) = (end + 1..(end + 8).min(self.text.tokens.len())).find(|&k| self.text.tokens[k].punct == ')')
                && self.name_run(self.honorifics(k + 1)).0 > k + 1
            {
                close = k + 1;
            }
            let short = close == end + 3 && !self.is(end + 1, class::COMMON);
            titles.push(Title { words: start..if short { end } else { close }, of: of.clone() });
            j = close;
            // two offices of one person: प्रधानमंत्री व विदेश मंत्री X
            if self.is(j, class::AND) && self.title_end(j + 1, true).is_some() && self.text.tokens[j].kind == Kind::Word {
                let after = self.title_end(j + 1, true).unwrap_or(j);
                let k = self.honorifics(after);
                if self.name_run(k).0 > k {
                    j += 1;
                    continue;
                }
            }
            // a further title without a conjunction: पार्टी नेता, नेता
            if self.title_end(j, false).is_some() && self.text.tokens[j].glue == Glue::Space {
                continue;
            }
            break;
        }
        if titles.is_empty() || plural {
            return None;
        }
        // राष्ट्रपति भवन, राष्ट्रपति सचिवालय: a place named after the office
        if let Some((end, v)) = self.lookup(j)
            && v.iter().any(|n| matches!(n, Name::PlaceNoun(_)))
            && self.text.tokens[j].glue == Glue::Space
        {
            return Some(Mention {
                from,
                to: end,
                name: at..end,
                what: What::Place(None),
                country,
                titles: vec![],
                body: None,
                rule: "place-noun",
                entity: None,
            });
        }
        let name = self.honorifics(j);
        let (to, listed) = self.name_after(name, true);
        if to > name {
            return Some(self.person(from, titles, country, name..to, listed, "title-name"));
        }
        // प्रधानमंत्री की प्रवक्ता X: the servant, of the same country
        if self.genitive_at(j)
            && self.text.tokens[j].glue == Glue::Space
            && self.title_end(j + 1, false).is_some()
            && let Some(mut m) = self.titled(from, j + 1, country, body)
            && matches!(m.what, What::Person(_))
        {
            // राष्ट्रपति के सहयोगी is the title, but a spokesman is one whoever he speaks for
            let speaks = self.lookup(j + 1).is_some_and(|(_, v)| v.iter().any(|n| matches!(n, Name::Title(TitleKind::Spokesperson))));
            if !speaks && let Some(first) = m.titles.first_mut() {
                first.words.start = at;
            }
            return Some(m);
        }
        // an official, a soldier without country or name is nobody in particular
        if country.is_none() && body.is_none() && titles.iter().all(|t| self.generic(t)) {
            return None;
        }
        Some(Mention { from, to: j, name: j..j, what: What::Office, country, titles, body: None, rule: "title", entity: None })
    }

    fn envoy_at(&self, i: usize) -> bool {
        self.lookup(i).is_some_and(|(_, v)| v.iter().any(|n| matches!(n, Name::Title(TitleKind::Envoy))))
    }

    /// A title that many hold at once: अधिकारी, राजनयिक.
    fn generic(&self, t: &Title) -> bool {
        let one = |n: &Name| {
            matches!(n, Name::Title(TitleKind::State | TitleKind::Minister | TitleKind::Envoy | TitleKind::Body | TitleKind::Spokesperson))
        };
        !self.lookup(t.words.start).is_some_and(|(_, v)| v.iter().any(one))
    }

    /// End of the title that begins at `i`: listed, or (`free`) ordinary words closed by a listed title such as minister.
    fn title_end(&self, i: usize, free: bool) -> Option<usize> {
        if !self.word(i) || self.timed[i] {
            return None;
        }
        let listed = |i: usize| self.lookup(i).filter(|(_, v)| v.iter().any(|n| matches!(n, Name::Title(_)))).map(|(to, _)| to);
        if let Some(to) = listed(i) {
            return Some(to);
        }
        if !free {
            return None;
        }
        let mut j = i;
        while j < i + 8 && self.word(j) && self.text.tokens[j].glue != Glue::Line {
            let plain = self.is(j, class::COMMON) && !self.is(j, class::FUNCTION);
            let joint = j > i && (self.is(j, class::AND) || (self.genitive_at(j) && listed(j + 1).is_some()));
            if j > i
                && let Some(to) = listed(j)
            {
                return Some(to);
            }
            if !plain && !joint {
                return None;
            }
            j += 1;
        }
        None
    }

    /// Tokens of a name that begins at `i`, and its number in the people list.
    fn name_run(&self, i: usize) -> (usize, Option<u32>) {
        self.name_after(i, false)
    }

    /// A word of prose that names no happening, place or office.
    fn plain_noun(&self, j: usize) -> bool {
        self.is(j, class::COMMON)
            && !self.is(j, class::FUNCTION | class::VERB)
            && self.lookup(j).is_none()
            && self.pack.frame_words.longest(std::iter::once(self.sym(j))).is_none()
    }

    /// As [`Self::name_run`]; `titled`: a title announces it.
    fn name_after(&self, i: usize, titled: bool) -> (usize, Option<u32>) {
        let toks = &self.text.tokens;
        let mut j = i;
        let mut listed = None;
        while j < toks.len() && j < i + NAME_MAX {
            let t = &toks[j];
            // a byname in quotation marks inside a name: पुष्प कमल दाहाल ‘प्रचंड’
            if j > i
                && t.punct == '\u{2018}'
                && t.cend - t.cstart == 1
                && toks.get(j + 2).is_some_and(|u| u.punct == '\u{2019}')
                && self.word(j + 1)
            {
                j += 3;
                break;
            }
            if t.kind != Kind::Word || (j > i && t.glue == Glue::Line) || self.timed[j] {
                break;
            }
            if let Some((to, v)) = self.lookup(j) {
                let plain = to == j + 1 && self.is(j, class::VERB | class::FUNCTION);
                if let Some(Name::Person(p, short)) = v.iter().find(|n| matches!(n, Name::Person(_, _))).filter(|_| !plain) {
                    // a short name before a surname is another's given name
                    let given = *short && self.is(j, class::GIVEN) && self.name_like(to);
                    listed = listed.or(Some(*p).filter(|_| !given));
                    j = to;
                    continue;
                }
                let geography = v.iter().any(|n| matches!(n, Name::Country(_) | Name::Capital(_) | Name::Place(_)));
                let other = v.iter().any(|n| {
                    matches!(n, Name::Nationality(_) | Name::Title(_) | Name::Body(_))
                        || matches!(n, Name::BodyNoun(k) if *k != BodyNoun::Group)
                });
                if t.glue != Glue::Hyphen
                    && (other
                        && !self.is(j, class::GIVEN)
                        && !(j > i && self.is(j, class::SURNAME) && (self.name_like(j + 1) || self.surname(j)))
                        || geography && !self.namesake(i, j, to, listed.is_some()))
                {
                    break;
                }
                if geography && to > j {
                    j = to;
                    continue;
                }
            }
            let inner = self.is(j, class::SURNAME) && self.name_like(j + 1)
                // a lone unknown first name wants a surname: गिदोन सार से
                || (j == i + 1 && listed.is_none() && titled && self.plain_noun(j) && self.case_at(j + 1).is_some_and(|(_, c)| matches!(c, Case::Ne | Case::Se | Case::Ko | Case::Saath)))
                // after two words of a name nothing else can govern ने: मोए थीहा तुन ने
                || (j >= i + 2 && listed.is_none() && self.is(j, class::COMMON) && !self.is(j, class::FUNCTION | class::VERB) && self.case_at(j + 1).is_some_and(|(_, c)| c == Case::Ne));
            let later = (j > i || (titled && self.is(j, class::SURNAME) && self.name_like(j + 1)))
                && (t.glue == Glue::Hyphen || self.is(j, class::REGNAL) || self.surname(j) || inner);
            if self.name_like(j) || later || self.initial(j, i) {
                j += 1;
            } else {
                break;
            }
        }
        (j, listed)
    }

    /// Whether a country's or city's word at `j..to` is part of the person's name that begins at `i`: जॉर्जिया मेलोनी, लुइस मोंटेनेग्रो.
    fn namesake(&self, i: usize, j: usize, to: usize, known: bool) -> bool {
        if to > j + 1 || known {
            return false;
        }
        if self.name_like(j + 1) {
            return true; // an unknown word follows, which is neither a verb nor an ordinary word
        }
        // a lone given name wants a surname; where somebody goes, a verb or a noun of travel follows
        j == i + 1
            && (self.case_at(to).is_some_and(|(_, c)| matches!(c, Case::Ne | Case::Se | Case::Ko | Case::Saath))
                && !self.is(i, class::COMMON))
    }

    /// An ordinary word that is also a surname, after a name and before a postposition or mark: अमृत बहादुर राय ने.
    fn surname(&self, j: usize) -> bool {
        self.is(j, class::SURNAME)
            && (self.case_at(j + 1).is_some()
                || self.text.tokens.get(j + 1).is_none_or(|t| t.kind == Kind::Punct || t.glue == Glue::Line)
                || self.is(j + 1, class::AND))
    }

    /// A letter name that is part of a person's name; के only before another one (के पी शर्मा).
    fn initial(&self, j: usize, start: usize) -> bool {
        if !self.is(j, class::INITIAL) || self.is(j, class::HONORIFIC) {
            return false;
        }
        let next_initial = self.is(j + 1, class::INITIAL);
        if self.is(j, class::FUNCTION) {
            return (j == start || self.is(j - 1, class::INITIAL)) && next_initial && !self.is(j + 1, class::FUNCTION);
        }
        self.text.tokens.get(j + 1).is_some_and(|n| n.glue == Glue::Dot)
            || next_initial
            || self.name_like(j + 1)
            || self.lookup(j + 1).is_some()
    }

    /// A word that may be part of a name.
    fn name_like(&self, j: usize) -> bool {
        let Some(t) = self.text.tokens.get(j) else { return false };
        if t.kind != Kind::Word || self.timed[j] || t.glue == Glue::Line {
            return false;
        }
        if self.is(j, class::GIVEN) && !self.is(j, class::FUNCTION) {
            return true;
        }
        // one-letter words and the words of Hindi prose are no names
        t.cend - t.cstart > 1
            && !self.is(j, class::FUNCTION | class::COMMON | class::VERB | class::FORMER | class::HONORIFIC | class::COUNTERPART)
            && self.lookup(j).is_none()
    }

    /// After a body's name: its office-holder, or the body itself with its short form in brackets.
    fn after_body(&self, from: usize, to: usize, b: u32) -> Mention {
        let body = &self.pack.bodies[b as usize];
        let country = body.country.as_ref().and_then(|c| self.pack.by_code.get(c).copied());
        let skip = if self.genitive_at(to) || self.case_at(to).is_some_and(|(e, c)| c == Case::Mein && e == to + 1) { to + 1 } else { to };
        let line = self.text.tokens.get(to).is_none_or(|t| t.glue == Glue::Line);
        if !line
            && self.title_end(skip, false).is_some()
            && let Some(mut m) = self.titled(from, skip, None, Some(self.text.slice(from, to)))
            && matches!(m.what, What::Person(_) | What::Office)
        {
            m.country = country;
            m.body = Some((from..to, Some(b)));
            return m;
        }
        // व्हाइट हाउस में: where, not who
        if body.kind == BodyKind::Office && self.case_at(to).is_some_and(|(_, c)| c == Case::Mein) {
            return Mention {
                from,
                to,
                name: from..to,
                what: What::Place(None),
                country,
                titles: vec![],
                body: None,
                rule: "office-place",
                entity: None,
            };
        }
        // तालिबान सरकार: those who rule without being the state
        let rules = |n: &Name| matches!(n, Name::BodyNoun(BodyNoun::Government));
        let ruled = || self.lookup(to).filter(|(_, v)| body.kind == BodyKind::Armed && v.iter().any(rules)).map(|(end, _)| end);
        // जी7 देशों ने, नाटो के सदस्य देशों से: the body
        let members = |j: usize| body.kind == BodyKind::Igo && self.word(j) && self.pack.stem_is(self.sym(j), stem::STATES);
        let joint =
            || (to..to + 2).find(|&j| members(j)).filter(|&j| j == to || self.pack.stem_is(self.sym(to), stem::MEMBER)).map(|j| j + 1);
        let end = ruled().or_else(joint).unwrap_or(to);
        Mention {
            from,
            to: end,
            name: from..to,
            what: What::Body(Some(b)),
            country,
            titles: vec![],
            body: None,
            rule: "bodies",
            entity: None,
        }
    }

    /// An office-holder of a body: मंत्रालय में सचिव X, संयुक्त राष्ट्र महासचिव X, तालिबान के प्रवक्ता X.
    fn servant_of_body(&self, from: usize, at: usize, country: Option<u16>) -> Option<Mention> {
        let toks = &self.text.tokens;
        let words = (at..toks.len().min(at + 8))
            .take_while(|&j| toks[j].kind == Kind::Word && (j == at || toks[j].glue != Glue::Line))
            .map(|j| toks[j].sym);
        let words: Vec<Sym> = words.collect();
        // the longest body, even when a longer title covers it
        for n in (1..=words.len()).rev() {
            let (len, v) = self.pack.names.longest(words[..n].iter().copied())?;
            if len != n {
                continue;
            }
            let noun = v.iter().find_map(|x| if let Name::BodyNoun(k) = x { Some(*k) } else { None }).filter(|k| *k != BodyNoun::Group);
            let listed = v.iter().find_map(|x| if let Name::Body(b) = x { Some(*b) } else { None });
            if noun.is_none_or(|k| k == BodyNoun::Delegation) && listed.is_none() {
                continue;
            }
            let to = at + n;
            let skip = self.after_link(to)?;
            // सेना प्रमुख: a title of its own, not the chief of a body
            if skip == to && listed.is_none() {
                return None;
            }
            self.title_end(skip, false)?;
            let of =
                if noun == Some(BodyNoun::Government) { None } else { Some(self.text.slice(if listed.is_some() { at } else { from }, to)) };
            let mut m = self.titled(from, skip, country, of).filter(|m| matches!(m.what, What::Person(_) | What::Office))?;
            if let Some(b) = listed {
                let body = &self.pack.bodies[b as usize];
                // a party to a conflict is nobody's servant
                let code = body.country.as_ref().filter(|_| body.kind != BodyKind::Armed);
                m.country = code.and_then(|c| self.pack.by_code.get(c)).copied();
            }
            m.body = (noun != Some(BodyNoun::Government)).then(|| (if listed.is_some() { at } else { from }..to, listed));
            return Some(m);
        }
        None
    }

    /// Past a genitive or में; nothing when a line ends there.
    fn after_link(&self, to: usize) -> Option<usize> {
        let t = self.text.tokens.get(to)?;
        if t.kind != Kind::Word || t.glue == Glue::Line {
            return None;
        }
        let link = self.genitive_at(to) || self.case_at(to).is_some_and(|(e, c)| c == Case::Mein && e == to + 1);
        Some(if link { to + 1 } else { to })
    }

    /// A ministry, army, embassy: a body of its country, and perhaps its office-holder.
    fn body_noun(&self, from: usize, at: usize, to: usize, kind: BodyNoun, country: Option<u16>) -> Option<Mention> {
        if matches!(kind, BodyNoun::Government | BodyNoun::Delegation) {
            let c = country?;
            return Some(Mention {
                from,
                to,
                name: from..to,
                what: What::Country(c),
                country,
                titles: vec![],
                body: None,
                rule: "government",
                entity: None,
            });
        }
        let skip = if self.genitive_at(to) || self.case_at(to).is_some_and(|(e, c)| c == Case::Mein && e == to + 1) { to + 1 } else { to };
        let tok = self.text.tokens.get(to);
        if tok.is_some_and(|t| t.glue == Glue::Space && t.kind == Kind::Word)
            && self.title_end(skip, false).is_some()
            && let Some(mut m) = self.titled(from, skip, country, Some(self.text.slice(from, to)))
            && matches!(m.what, What::Person(_) | What::Office)
        {
            m.body = Some((from..to, None));
            return Some(m);
        }
        Some(Mention {
            from,
            to,
            name: at..to,
            what: What::Body(None),
            country,
            titles: vec![],
            body: None,
            rule: "body-noun",
            entity: None,
        })
    }

    /// A name that no list or title gives: a place closed by a place noun, or a person by a given name.
    fn unknown(&self, i: usize) -> Option<Mention> {
        if !self.name_like(i) && !self.initial(i, i) {
            return None;
        }
        let (to, listed) = self.name_run(i);
        if to <= i {
            return None;
        }
        if let Some((end, v)) = self.lookup(to)
            && v.iter().any(|n| matches!(n, Name::PlaceNoun(_)))
            && self.text.tokens[to].glue == Glue::Space
        {
            return Some(Mention {
                from: i,
                to: end,
                name: i..end,
                what: What::Place(None),
                country: None,
                titles: vec![],
                body: None,
                rule: "place-noun",
                entity: None,
            });
        }
        if listed.is_some() {
            return Some(self.person(i, vec![], None, i..to, listed, "people"));
        }
        let given = (i..to).filter(|&j| self.is(j, class::GIVEN)).count();
        let case = self.case_at(self.honorifics(to)).map(|(_, c)| c);
        let human = matches!(
            case,
            Some(Case::Ne | Case::Ko | Case::Se | Case::Gen | Case::Saath | Case::Source | Case::Prati | Case::Beech | Case::Dwara)
        );
        let joined = self.is(to, class::AND) || self.text.tokens.get(to).is_some_and(|t| matches!(t.punct, ',' | ':'));
        if (given >= 1 && to - i >= 2 && (human || joined)) || (to - i >= 2 && matches!(case, Some(Case::Ne))) {
            return Some(self.person(i, vec![], None, i..to, None, "given-name"));
        }
        if matches!(case, Some(Case::Mein)) && given == 0 && to - i <= 3 {
            return Some(plain(i, to, i..to, What::Place(None), None, "unknown-place"));
        }
        None
    }

    /// What the tagger proposes beyond lists and grammar: the name after a title, more words of a name, a name where
    /// nothing was found. What a list knows is never overruled.
    fn proposed(&self, mentions: &mut Vec<Mention>) {
        let mut settled = self.timed.to_vec();
        for m in mentions.iter().filter(|m| !matches!(m.what, What::Person(None) | What::Office | What::Counterpart)) {
            settled[m.from..m.to].fill(true);
        }
        for p in tagger::propose(&self.pack.tagger, self.text, self.pack, &settled) {
            let from = self.honorifics(p.from);
            if from >= p.to || self.timed[from..p.to].contains(&true) {
                continue;
            }
            let a = mentions.partition_point(|m| m.to <= from);
            let b = mentions.partition_point(|m| m.from < p.to);
            let person = p.kind == tagger::Kind::Person;
            if a < b {
                if person && p.confidence >= trust::LONGER && self.completes(&mentions[a..b], from, p.to) {
                    mentions.drain(a + 1..b);
                    let m = &mut mentions[a];
                    (m.from, m.name, m.to, m.rule) = (m.from.min(from), from..p.to, self.honorifics(p.to).max(m.to), "tagger.longer");
                }
                continue;
            }
            let next = mentions.get(a).map_or(usize::MAX, |m| m.from);
            let to = if person { self.honorifics(p.to).min(next) } else { p.to };
            let office = |m: &&mut Mention| matches!(m.what, What::Office | What::Counterpart) && m.to == from;
            if person
                && self.text.tokens[from].glue == Glue::Space
                && let Some(m) = a.checked_sub(1).and_then(|k| mentions.get_mut(k)).filter(office)
            {
                if p.confidence >= trust::TITLED {
                    (m.name, m.to, m.what, m.rule) = (from..p.to, to, What::Person(None), "tagger.title");
                }
                continue;
            }
            // a single word that does nothing may as well be a place or a thing
            let does = self.case_at(p.to).is_some_and(|(_, c)| c == Case::Ne);
            let (what, least) = match p.kind {
                tagger::Kind::Person if p.to - from == 1 && !does => (What::Person(None), trust::LONE_PERSON),
                tagger::Kind::Person => (What::Person(None), trust::PERSON),
                tagger::Kind::Place => (What::Place(None), trust::PLACE),
                tagger::Kind::Organization => (What::Body(None), trust::BODY),
            };
            if p.confidence >= least {
                let m =
                    Mention { from, to, name: from..p.to, what, country: None, titles: vec![], body: None, rule: "tagger", entity: None };
                mentions.insert(a, m);
            }
        }
    }

    /// Whether `from..to` is the whole name of the unlisted person that the first of these mentions cuts short; the
    /// others, which it swallows, must be no office-holders.
    fn completes(&self, inside: &[Mention], from: usize, to: usize) -> bool {
        let Some((first, rest)) = inside.split_first() else { return false };
        let begins = if first.titles.is_empty() { first.name.start >= from } else { first.name.start == from };
        matches!(first.what, What::Person(None))
            && begins
            && first.name.end <= to
            && first.name != (from..to)
            && rest.iter().all(|m| m.to <= to && m.titles.is_empty())
    }

    /// Second reading: single words of names introduced in full elsewhere (पौडेल ने, तेवाने से).
    fn aliases(&self, mentions: &mut Vec<Mention>) {
        let toks = &self.text.tokens;
        let mut known: FxHashMap<Sym, ()> = FxHashMap::default();
        for m in mentions.iter().filter(|m| matches!(m.what, What::Person(_))) {
            for j in m.name.clone() {
                if toks[j].kind == Kind::Word
                    && toks[j].cend - toks[j].cstart > 2
                    && !self.is(j, class::INITIAL | class::FUNCTION)
                    && (!self.is(j, class::COMMON | class::VERB) || self.is(j, class::SURNAME) && j + 1 == m.name.end && j > m.name.start)
                {
                    known.insert(toks[j].sym, ());
                }
            }
        }
        if known.is_empty() {
            return;
        }
        let mut covered = vec![false; toks.len()];
        for m in mentions.iter() {
            covered[m.from..m.to].fill(true);
        }
        let mut i = 0;
        let mut more = Vec::new();
        while i < toks.len() {
            // मर्ज़ से: an ordinary word is a name only where somebody acts
            let acts = || self.case_at(i + 1).is_some_and(|(_, c)| matches!(c, Case::Ne | Case::Se | Case::Ko | Case::Saath | Case::Gen));
            if covered[i] || !known.contains_key(&toks[i].sym) || self.is(i, class::COMMON | class::VERB) && !acts() {
                i += 1;
                continue;
            }
            let mut j = i + 1;
            while j < toks.len() && !covered[j] && toks[j].glue != Glue::Line && known.contains_key(&toks[j].sym) {
                j += 1;
            }
            more.push(self.person(i, vec![], None, i..j, None, "alias"));
            i = j;
        }
        mentions.extend(more);
        mentions.sort_by_key(|m| m.from);
        // an honorific taken by one mention may run into the next
        for k in 1..mentions.len() {
            let next = mentions[k].from;
            if mentions[k - 1].to > next {
                mentions[k - 1].to = next;
            }
        }
    }

    /// Which mentions are one entity.
    fn link(&self, names: &mut Names) {
        let mut order: Vec<usize> = (0..names.mentions.len()).filter(|&k| matches!(names.mentions[k].what, What::Person(_))).collect();
        // fullest names first, so that a surname finds its bearer
        order.sort_by_key(|&k| std::cmp::Reverse(names.mentions[k].name.len()));
        let mut by_word: FxHashMap<Sym, Vec<usize>> = FxHashMap::default();
        let mut by_number: FxHashMap<u32, usize> = FxHashMap::default();
        for k in order {
            let m = names.mentions[k].clone();
            let What::Person(listed) = m.what else { continue };
            // a short name of somebody whom the text gives to another country is not his
            let own = listed.and_then(|p| self.pack.people[p as usize].country.as_ref()).and_then(|c| self.pack.by_code.get(c)).copied();
            let whole = |p: u32| {
                let found = self.lookup(m.name.start);
                found.is_some_and(|(to, v)| to == m.name.end && v.iter().any(|n| matches!(n, Name::Person(q, false) if *q == p)))
            };
            let listed = listed.filter(|&p| m.country.is_none() || own.is_none() || m.country == own || whole(p));
            let words: Vec<Sym> = m.name.clone().filter(|&j| self.word(j)).map(|j| self.sym(j)).collect();
            let mut best: Option<(usize, usize)> = None;
            for &e in words.iter().filter_map(|w| by_word.get(w)).flat_map(|v| v.iter().rev().take(40)) {
                let ent = &names.entities[e];
                let same_listed = listed.is_some() && ent.listed == listed;
                let inside = words.iter().all(|w| ent.words.contains(w));
                let clash = (listed.is_some() && ent.listed.is_some() && ent.listed != listed) || self.other_country(&m, ent);
                if (same_listed || inside) && !clash {
                    // nearest mention decides between bearers of one name
                    let near =
                        ent.mentions.iter().rev().take(30).map(|&x| names.mentions[x].from.abs_diff(m.from)).min().unwrap_or(usize::MAX);
                    if best.is_none_or(|(d, _)| near < d) {
                        best = Some((near, e));
                    }
                }
            }
            if best.is_none()
                && let Some(p) = listed
                && let Some(&e) = by_number.get(&p)
            {
                best = Some((0, e));
            }
            let e = match best {
                Some((_, e)) => e,
                None => {
                    let e = names.entities.len();
                    names.entities.push(Ent {
                        kind: EntityType::Person,
                        name: self.text.slice(m.name.start, m.name.end).to_string(),
                        aliases: vec![],
                        country: listed.and_then(|p| self.pack.people[p as usize].country.clone()),
                        roles: vec![],
                        role_words: vec![],
                        mentions: vec![],
                        listed,
                        venue: false,
                        words: words.clone(),
                    });
                    for w in &words {
                        by_word.entry(*w).or_default().push(e);
                    }
                    if let Some(p) = listed {
                        by_number.entry(p).or_insert(e);
                    }
                    e
                }
            };
            self.join(names, k, e);
        }
        let mut keys: FxHashMap<(EntityType, u64), usize> = FxHashMap::default();
        for k in 0..names.mentions.len() {
            let mut m = names.mentions[k].clone();
            let servant = matches!(m.what, What::Office);
            if let (What::Office, Some((words, listed))) = (m.what, m.body.clone()) {
                (m.what, m.name) = (What::Body(listed), words);
                m.to = m.name.end;
            }
            let (kind, key, country) = match m.what {
                What::Country(c) | What::People(c) => (EntityType::Country, u64::from(c), Some(c)),
                What::Body(Some(b)) => (EntityType::Organization, u64::from(b), m.country),
                What::Body(None) => (EntityType::Organization, self.body_key(&m, names, k), m.country),
                What::Place(p) => (EntityType::Place, p.map_or_else(|| self.words_key(m.name.clone()) | 1 << 63, u64::from), m.country),
                _ => continue,
            };
            // मंत्रालय alone is the last ministry told of
            let bare = matches!(m.what, What::Body(None)) && m.country.is_none() && m.name.len() == 1;
            if bare && let Some(e) = self.last_body_closed_by(names, k) {
                if servant {
                    names.mentions[k].entity = Some(e);
                } else {
                    self.join(names, k, e);
                }
                continue;
            }
            let next = names.entities.len();
            let e = *keys.entry((kind, key)).or_insert(next);
            if e == next {
                let name = match m.what {
                    What::People(c) => self.pack.countries[c as usize].name.clone(),
                    What::Country(c) if m.rule == "government" => self.pack.countries[c as usize].name.clone(),
                    // a body is called by its whole name: चीनी सेना
                    What::Body(None) => self.text.slice(m.from, m.to).to_string(),
                    _ => self.text.slice(m.name.start, m.name.end).to_string(),
                };
                let listed = match m.what {
                    What::Body(b) => b,
                    What::Place(p) => p,
                    _ => None,
                };
                names.entities.push(Ent {
                    kind,
                    name,
                    aliases: vec![],
                    country: country.map(|c| self.pack.countries[c as usize].code.clone()),
                    roles: vec![],
                    role_words: vec![],
                    mentions: vec![],
                    listed,
                    venue: self.venue(&m),
                    words: vec![],
                });
            }
            if servant {
                names.mentions[k].entity = Some(e);
            } else {
                self.join(names, k, e);
            }
        }
        self.countries_of_persons(names);
    }

    fn venue(&self, m: &Mention) -> bool {
        match m.what {
            What::Place(Some(p)) => self.pack.places[p as usize].kind == PlaceKind::Venue,
            What::Place(None) => matches!(m.rule, "place-noun" | "office-place"),
            _ => false,
        }
    }

    fn other_country(&self, m: &Mention, e: &Ent) -> bool {
        match (m.country, &e.country) {
            (Some(a), Some(b)) => self.pack.countries[a as usize].code != *b,
            _ => false,
        }
    }

    fn words_key(&self, r: Range<usize>) -> u64 {
        use std::hash::{Hash, Hasher};
        let mut h = rustc_hash::FxHasher::default();
        for j in r {
            self.sym(j).hash(&mut h);
        }
        h.finish() >> 1
    }

    /// A body noun without a country is the last one of its name that had one.
    fn body_key(&self, m: &Mention, names: &Names, k: usize) -> u64 {
        let base = self.words_key(m.name.clone()) & !0xffff;
        let country = m.country.or_else(|| {
            names.mentions[..k]
                .iter()
                .rev()
                .find(|o| o.country.is_some() && matches!(o.what, What::Body(None)) && self.words_key(o.name.clone()) & !0xffff == base)
                .and_then(|o| o.country)
        });
        base | country.map_or(0xffff, u64::from) | 1 << 62
    }

    fn join(&self, names: &mut Names, k: usize, e: usize) {
        names.mentions[k].entity = Some(e);
        let m = names.mentions[k].clone();
        let ent = &mut names.entities[e];
        ent.mentions.push(k);
        let named = !matches!(m.what, What::People(_)) && m.rule != "government";
        let form = self.text.slice(m.name.start, m.name.end);
        if named && form != ent.name && !ent.aliases.iter().any(|a| a == form) && !form.is_empty() {
            // the fullest form is the name
            let full = ent.kind == EntityType::Country && form.len() > ent.name.len() && form.starts_with(ent.name.as_str());
            let other = if full { std::mem::replace(&mut ent.name, form.to_string()) } else { form.to_string() };
            ent.aliases.push(other);
        }
        if matches!(m.what, What::Body(None)) {
            let whole = self.text.slice(m.from, m.to);
            if whole != ent.name && !ent.aliases.iter().any(|a| a == whole) {
                ent.aliases.push(whole.to_string());
            }
        }
        if let Some(c) = m.country
            && ent.country.is_none()
        {
            ent.country = Some(self.pack.countries[c as usize].code.clone());
        }
        for t in &m.titles {
            let title = self.text.slice(t.words.start, t.words.end).to_string();
            if self.is(t.words.start, class::COUNTERPART) {
                continue; // discourse gives it the office
            }
            let past = self.is(t.words.start, class::FORMER) && !self.pack.stem_is(self.sym(t.words.start), stem::FORMERLY);
            if past || t.words.clone().all(|j| self.is(j, class::HONORIFIC)) {
                continue;
            }
            match ent.roles.iter_mut().find(|r| r.0 == title) {
                Some(r) if r.1.is_none() => r.1 = t.of.clone(),
                Some(_) => {}
                None => {
                    ent.roles.push((title, t.of.clone()));
                    ent.role_words
                        .push(t.words.clone().filter(|&j| self.text.tokens[j].kind != Kind::Punct).map(|j| self.sym(j)).collect());
                }
            }
        }
    }

    /// The body told of last whose longer name ends in the same word.
    fn last_body_closed_by(&self, names: &Names, k: usize) -> Option<usize> {
        let word = self.sym(names.mentions[k].name.start);
        names.mentions[k.saturating_sub(30)..k]
            .iter()
            .rev()
            .find(|o| matches!(o.what, What::Body(None)) && o.to > o.from + 1 && self.sym(o.name.end - 1) == word)
            .and_then(|o| o.entity)
    }

    /// Makes sure that every country which the text touches has an entity.
    fn countries(&self, names: &mut Names) {
        let mut codes: Vec<u16> = Vec::new();
        for (e, ent) in names.entities.iter().enumerate() {
            if let Some(&c) = ent.country.as_ref().and_then(|c| self.pack.by_code.get(c)) {
                if ent.kind == EntityType::Country {
                    names.countries.insert(c, e);
                } else {
                    codes.push(c);
                }
            }
        }
        codes.extend(names.mentions.iter().filter_map(|m| m.country));
        let nationalities = self.text.tokens.iter().filter(|t| t.kind == Kind::Word).filter_map(|t| self.pack.nationality(t.sym));
        codes.extend(nationalities);
        for c in codes {
            if !names.countries.contains_key(&c) {
                names.countries.insert(c, names.entities.len());
                let country = &self.pack.countries[c as usize];
                names.entities.push(Ent::country(country.name.clone(), country.code.clone()));
            }
        }
    }

    fn countries_of_persons(&self, names: &mut Names) {
        self.countries_by_context(names);
        self.bodies_in_lists(names);
        self.bodies_at_home(names);
        for e in &mut names.entities {
            e.mentions.sort_unstable();
            match (e.kind, e.listed) {
                (EntityType::Person, Some(p)) if e.country.is_none() => e.country = self.pack.people[p as usize].country.clone(),
                (EntityType::Place, Some(p)) if e.country.is_none() => e.country = self.pack.places[p as usize].country.clone(),
                _ => {}
            }
        }
    }
}

impl Reader<'_, '_> {
    /// The country of an office-holder whom the text gives none, as a reader would tell it.
    fn countries_by_context(&self, names: &mut Names) {
        let home = self.pack.by_code.get(&self.pack.home).copied();
        let dateline = self.text.sentences.first().map_or(0, |s| s.start + 6);
        let at_home = self.at_home(names);
        // the country that a team plays against is not its captain's
        let sport = crate::events::is_sport(self.text, self.pack);
        for e in 0..names.entities.len() {
            let ent = &names.entities[e];
            if ent.kind != EntityType::Person || ent.country.is_some() || ent.listed.is_some() || sport {
                continue;
            }
            let Some(&m) = ent.mentions.iter().find(|&&m| !names.mentions[m].titles.is_empty()) else { continue };
            // whoever serves a body between states, or a party to a conflict, has no country by that
            if names.mentions[m].body.as_ref().is_some_and(|b| {
                b.1.is_some_and(|b| self.pack.bodies[b as usize].country.is_none() || self.pack.bodies[b as usize].kind == BodyKind::Armed)
            }) {
                continue;
            }
            let provincial = |t: &Title| t.words.clone().any(|j| self.pack.stem_is(self.sym(j), stem::PROVINCIAL));
            if names.mentions[m].titles.iter().any(provincial) {
                names.entities[e].country = Some(self.pack.home.clone());
                continue;
            }
            let at = names.mentions[m].from;
            let country = |o: &Mention| {
                o.country.or_else(|| {
                    let ent = o.entity.map(|x| &names.entities[x])?;
                    let listed =
                        ent.listed.filter(|_| ent.kind == EntityType::Person).and_then(|p| self.pack.people[p as usize].country.as_ref());
                    ent.country.as_ref().or(listed).and_then(|c| self.pack.by_code.get(c)).copied()
                })
            };
            // राष्ट्रपति X और विदेश मंत्री Y: of one country
            if m > 0
                && self.is(at.wrapping_sub(1), class::AND)
                && names.mentions[m - 1].to + 1 == at
                && matches!(names.mentions[m - 1].what, What::Person(_))
            {
                let found = country(&names.mentions[m - 1]);
                names.entities[e].country = found.map(|c| self.pack.countries[c as usize].code.clone());
                continue;
            }
            // भारत - प्रधानमंत्री X
            if m > 0
                && names.mentions[m - 1].to + 1 == at
                && matches!(names.mentions[m - 1].what, What::Country(_))
                && matches!(self.text.tokens[at - 1].punct, '-' | ':' | '\u{2013}')
            {
                let found = country(&names.mentions[m - 1]);
                names.entities[e].country = found.map(|c| self.pack.countries[c as usize].code.clone());
                continue;
            }
            let held = |c: u16| self.held_by_other(names, e, c);
            let sentence = self.text.sentences.partition_point(|s| s.end <= at);
            let inside = |o: &&Mention| self.text.sentences.get(sentence).is_some_and(|s| s.contains(&o.from));
            let near = &names.mentions[m.saturating_sub(12)..(m + 13).min(names.mentions.len())];
            let (places, others): (Vec<&Mention>, Vec<&Mention>) =
                near.iter().filter(inside).partition(|o| matches!(o.what, What::Place(_)));
            let beside: Vec<u16> = others.into_iter().filter(|o| o.entity != Some(e)).filter_map(country).collect();
            // जयपुर में नेता प्रतिपक्ष X: of home, where nothing in the sentence is foreign
            let mut here = places.into_iter().filter_map(country).peekable();
            if beside.iter().all(|&c| Some(c) == home) && here.peek().is_some() && here.all(|c| Some(c) == home) {
                names.entities[e].country = Some(self.pack.home.clone());
                continue;
            }
            let foreign = beside.iter().any(|&c| Some(c) != home);
            // who deals with foreigners is of home, unless home is there already
            let of_home = at_home && foreign && !beside.iter().any(|&c| Some(c) == home) && home.is_some_and(|h| !held(h));
            let spoken =
                names.mentions[m.saturating_sub(12)..m].iter().rev().filter(|o| o.from >= dateline || !matches!(o.what, What::Place(_)));
            let spoken: Vec<u16> = spoken.filter_map(country).filter(|&c| !held(c)).collect();
            let abroad = spoken.iter().copied().find(|&c| Some(c) != home);
            let found = if of_home { home } else { abroad.or_else(|| spoken.first().copied()).or(home) };
            names.entities[e].country = found.map(|c| self.pack.countries[c as usize].code.clone());
        }
    }

    /// Whether the article speaks of the home country, its people or its servants.
    fn at_home(&self, names: &Names) -> bool {
        let home = self.pack.by_code.get(&self.pack.home).copied();
        names.mentions.iter().any(|m| match m.what {
            What::Country(c) | What::People(c) => Some(c) == home,
            What::Person(Some(p)) => self.pack.people[p as usize].country.as_deref() == Some(self.pack.home.as_str()),
            What::Person(None) | What::Office | What::Body(_) => m.country.is_some() && m.country == home,
            _ => false,
        })
    }

    /// A body in a line that a country heads: रूस: विदेश मंत्रालय ने …
    fn bodies_in_lists(&self, names: &mut Names) {
        for k in 1..names.mentions.len() {
            let (head, m) = (&names.mentions[k - 1], &names.mentions[k]);
            let (What::Country(c), What::Body(None)) = (head.what, m.what) else { continue };
            let colon = head.to + 1 == m.from && matches!(self.text.tokens[head.to].punct, ':' | '-' | '\u{2013}');
            if let Some(e) = m.entity.filter(|&e| colon && names.entities[e].country.is_none()) {
                names.entities[e].country = Some(self.pack.countries[c as usize].code.clone());
            }
        }
    }

    /// विदेश मंत्री सोमवार को जर्मनी जाएंगे: an office of state is home's, as long as nothing foreign has been told of and nobody holds it.
    fn offices_at_home(&self, names: &mut Names) {
        let Some(home) = self.pack.by_code.get(&self.pack.home).copied() else { return };
        let foreign = |m: &Mention| m.country.is_some_and(|c| c != home) || matches!(m.what, What::Country(c) if c != home);
        let until = names.mentions.iter().position(foreign).map_or(names.mentions.len(), |k| k + 1);
        for k in 0..until {
            let m = &names.mentions[k];
            if !matches!(m.what, What::Office) || m.country.is_some() || m.body.is_some() {
                continue;
            }
            let Some(title) = m.titles.last() else { continue };
            let words = names.title_words(self.text, title);
            let of_state = self.pack.names.longest(words.iter().copied()).is_some_and(|(n, v)| {
                n == words.len() && v.iter().any(|n| matches!(n, Name::Title(TitleKind::State | TitleKind::Minister)))
            });
            let provincial = title.words.clone().any(|j| self.pack.stem_is(self.sym(j), stem::PROVINCIAL));
            let held = names.entities.iter().any(|e| e.role_words.iter().any(|r| r.ends_with(&words)));
            // जो मंत्री, कोई मंत्री: no one in particular
            let before = m.from.checked_sub(1);
            let any = before.is_some_and(|j| self.is(j, class::NONE) || self.pack.pronouns.get(&self.sym(j)).is_some_and(|p| p.relative));
            if of_state && !provincial && !held && !any {
                names.mentions[k].country = Some(home);
            }
        }
    }

    /// A ministry or embassy without a country is home's, where the article speaks of home at all.
    fn bodies_at_home(&self, names: &mut Names) {
        if !self.at_home(names) {
            return;
        }
        for e in 0..names.entities.len() {
            let ent = &names.entities[e];
            let ministry = ent.kind == EntityType::Organization && ent.listed.is_none() && ent.country.is_none() && {
                let Some(&m) = ent.mentions.first() else { continue };
                self.lookup(names.mentions[m].name.start)
                    .is_some_and(|(_, v)| v.iter().any(|n| matches!(n, Name::BodyNoun(BodyNoun::Ministry))))
            };
            if ministry {
                names.entities[e].country = Some(self.pack.home.clone());
            }
        }
    }

    /// An office of which there is one: another person of that country has it already.
    fn held_by_other(&self, names: &Names, e: usize, country: u16) -> bool {
        let code = &self.pack.countries[country as usize].code;
        let roles = &names.entities[e].role_words;
        names.entities.iter().take(400).enumerate().any(|(o, ent)| {
            o != e
                && ent.kind == EntityType::Person
                && ent.country.as_ref() == Some(code)
                && ent.role_words.iter().any(|r| roles.contains(r))
        })
    }
}

impl Ent {
    /// A country that takes part without being named outright.
    pub fn country(name: String, code: String) -> Ent {
        Ent {
            kind: EntityType::Country,
            name,
            aliases: vec![],
            country: Some(code),
            roles: vec![],
            role_words: vec![],
            mentions: vec![],
            listed: None,
            venue: false,
            words: vec![],
        }
    }
}

fn titles_follow(r: &Reader, j: usize) -> bool {
    r.title_end(j, true).is_some()
}

/// A mention without titles or a body.
fn plain(from: usize, to: usize, name: Range<usize>, what: What, country: Option<u16>, rule: &'static str) -> Mention {
    Mention { from, to, name, what, country, titles: vec![], body: None, rule, entity: None }
}
