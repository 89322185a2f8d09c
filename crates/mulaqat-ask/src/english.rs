//! Questions in English: the words stand in `data/en.toml`, names are found in the lists and, by their sound, in the ledger.

use crate::Lang;
use crate::error::Result;
use crate::names;
use crate::period;
use crate::question::{Ask, Mood, Order, Party, Period, Question, Side};
use crate::words::{Lexicon, Words};
use mulaqat::latin;
use mulaqat::lookup::lists;
use mulaqat::lookup::{self, Kind};
use mulaqat::record::{EntityType, Status};
use mulaqat_ledger::{Ledger, day::Day, sound};

/// Longest name, in words.
const NAME: usize = 6;

struct Reader<'a> {
    ledger: &'a Ledger,
    lexicon: &'a Lexicon,
    words: Vec<String>,
    /// As they are written.
    written: Vec<String>,
    used: Vec<bool>,
    /// Parties with the words at which they stand.
    parties: Vec<(usize, usize, Party)>,
}

/// Reads a question that is asked on the day `today`.
pub fn read(ledger: &Ledger, vocabulary: &Words, text: &str, today: Day) -> Result<Question> {
    let lexicon = &vocabulary.en;
    let written: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| lookup::words(w).next().is_some()).map(String::from).collect();
    let words: Vec<String> = written.iter().map(|w| lookup::key(w)).collect();
    let used = vec![false; words.len()];
    let mut r = Reader { ledger, lexicon, words, written, used, parties: vec![] };
    let mut q = Question::new(text, Lang::En);
    let follows = lexicon.at(&r.words, 0, "follow").is_some();
    r.names(&mut q, true)?;
    let says = r.says();
    let asked = r.asks(&mut q, says);
    r.mood(&mut q);
    r.times(&mut q, today);
    let verb = r.kinds(vocabulary, &mut q);
    r.medium(&mut q);
    r.names(&mut q, false)?;
    r.sides(&mut q, verb);
    for n in 0..r.words.len() {
        if let Some((len, keys)) = lexicon.at(&r.words, n, "context").filter(|_| !r.used[n]) {
            q.contexts.extend(keys.iter().map(|k| k.to_string()));
            r.take(n, len);
        }
        let known = ["stop", "follow", "say", "order", "title", "mood", "relative"].iter().any(|t| lexicon.has(&r.words[n], t));
        if !r.used[n] && !known {
            q.unknown.push(r.written[n].clone());
        }
    }
    q.parties = r.parties.into_iter().map(|p| p.2).collect();
    q.elliptic = !asked && !says && q.kinds.is_empty() && (follows || q.parties.len() + usize::from(q.period.is_some()) <= 2);
    Ok(q)
}

impl Reader<'_> {
    fn take(&mut self, from: usize, n: usize) {
        self.used[from..from + n].fill(true);
    }

    fn free(&self, from: usize, n: usize) -> bool {
        self.used[from..from + n].iter().all(|u| !u)
    }

    /// Names of the lists (`listed`), then words that no list of words knows, by their sound in the ledger.
    fn names(&mut self, q: &mut Question, listed: bool) -> Result<()> {
        let mut n = 0;
        while n < self.words.len() {
            if self.used[n] {
                n += 1;
                continue;
            }
            let most = NAME.min(self.words.len() - n);
            let mut found = None;
            for len in (1..=most).rev().filter(|&len| self.free(n, len)) {
                let party = if listed { self.listed(n, len)? } else { self.heard(n, len)? };
                if let Some(p) = party {
                    found = Some((len, p));
                    break;
                }
            }
            match found {
                Some((len, mut p)) => {
                    names::settle(self.ledger, &mut p)?;
                    if !p.known {
                        q.unknown.push(p.text.clone());
                    }
                    self.take(n, len);
                    self.parties.push((n, len, p));
                    n += len;
                }
                None => n += 1,
            }
        }
        self.parties.sort_by_key(|p| p.0);
        Ok(())
    }

    /// A word that asks, tells or stands between others, unless it is written as a name in the midst of the question.
    fn ordinary(&self, n: usize) -> bool {
        const TABLES: [&str; 19] = [
            "ask", "who", "which", "of", "side", "say", "kind", "status", "mood", "order", "period", "unit", "relative", "context",
            "follow", "title", "medium", "discuss", "stop",
        ];
        TABLES.iter().any(|t| self.lexicon.has(&self.words[n], t)) || period::date(&self.words, n, 0, false).is_some()
    }

    fn listed(&self, n: usize, len: usize) -> Result<Option<Party>> {
        let text = self.written[n..n + len].join(" ");
        if len == 1 && self.ordinary(n) {
            return Ok(None);
        }
        // us is a word of its own, US a country
        if len == 1 && text.len() <= 3 && text.chars().any(char::is_lowercase) {
            return Ok(None);
        }
        Ok(self.office(n, len).or_else(|| listed(&text)))
    }

    /// The foreign minister of Nepal, the Russian president, India's prime minister.
    fn office(&self, n: usize, len: usize) -> Option<Party> {
        let words = &self.words[n..n + len];
        let join = |from: usize, to: usize| words[from..to].join(" ");
        let (titles, land) = (1..len).find_map(|k| {
            let article = |at: usize| at + usize::from(words.get(at).is_some_and(|w| w == "the"));
            let (titles, land) = match words[k].as_str() {
                "of" if k + 1 < len => (latin::titles(&join(0, k)), join(article(k + 1), len)),
                "s" if k + 1 < len => (latin::titles(&join(k + 1, len)), join(0, k)),
                _ => (latin::titles(&join(k, len)), join(0, k)),
            };
            (!titles.is_empty()).then_some((titles, land))
        })?;
        let code = country(&land)?;
        let text = self.written[n..n + len].join(" ");
        let mut keys: Vec<String> = titles.iter().flat_map(|t| names::holders(t, &code)).collect();
        keys.sort();
        keys.dedup();
        if keys.is_empty() {
            return Some(names::party(&text, EntityType::Country, vec![code.clone()], Some(code), None));
        }
        Some(names::party(&text, EntityType::Person, keys, Some(code), None))
    }

    /// A name that sounds like one in the ledger.
    fn heard(&self, n: usize, len: usize) -> Result<Option<Party>> {
        if (n..n + len).any(|k| self.ordinary(k)) {
            return Ok(None);
        }
        heard(self.ledger, &self.written[n..n + len].join(" "))
    }

    /// Where something was said.
    fn medium(&mut self, q: &mut Question) {
        for n in 0..self.words.len() {
            if let Some((len, keys)) = self.lexicon.at(&self.words, n, "medium").filter(|_| q.ask == Ask::Said && !self.used[n]) {
                q.medium = serde_json::from_value(keys[0].into()).ok();
                self.take(n, len);
            }
        }
    }

    fn says(&mut self) -> bool {
        (0..self.words.len()).any(|n| !self.used[n] && self.lexicon.at(&self.words, n, "say").is_some())
    }

    /// What is asked for; false when no word says so.
    fn asks(&mut self, q: &mut Question, says: bool) -> bool {
        let mut found = vec![];
        let mut n = 0;
        while n < self.words.len() {
            if self.used[n] {
                n += 1;
                continue;
            }
            if let Some((len, _)) = self.lexicon.at(&self.words, n, "which")
                && let Some((more, of)) = self.lexicon.at(&self.words, n + len, "of")
            {
                let side = n.checked_sub(1).and_then(|b| self.lexicon.at(&self.words, b, "side")).and_then(|(_, k)| Side::from_key(k[0]));
                let ask = match of[0] {
                    "time" => Ask::When,
                    "place" => Ask::Where,
                    "topic" => Ask::About,
                    "reason" => Ask::Why,
                    kind => {
                        q.of = Some(if kind == "country" { EntityType::Country } else { EntityType::Person });
                        q.hole = side.or_else(|| self.subject(n + len + more));
                        Ask::Who
                    }
                };
                found.push(ask);
                self.take(n, len + more);
                n += len + more;
                continue;
            }
            let (asked, who) = (self.lexicon.at(&self.words, n, "ask"), self.lexicon.at(&self.words, n, "who"));
            let len = asked.as_ref().map_or(0, |a| a.0).max(who.as_ref().map_or(0, |w| w.0));
            match (asked, who) {
                (Some((m, keys)), _) if m == len => {
                    if let Some(ask) = Ask::from_key(keys[0]) {
                        // did, is … begin a question of yes or no
                        if ask != Ask::Whether || n == 0 {
                            found.push(ask);
                        }
                        if ask == Ask::Often || ask == Ask::Denied {
                            // the noun that is counted tells the happening too
                            let keep =
                                (0..m).find(|&k| self.lexicon.at(&self.words, n + k, "kind").is_some_and(|(l, _)| k + l <= m)).unwrap_or(m);
                            self.take(n, keep);
                        } else if ask != Ask::Whether {
                            self.take(n, m);
                        }
                    }
                    n += m;
                }
                (_, Some((m, keys))) => {
                    found.push(Ask::Who);
                    q.hole = Side::from_key(keys[0]).or_else(|| {
                        let before = n.checked_sub(1).and_then(|b| self.lexicon.at(&self.words, b, "side"));
                        before.and_then(|(_, k)| Side::from_key(k[0])).or_else(|| self.subject(n + m))
                    });
                    self.take(n, m);
                    n += m;
                }
                _ => n += 1,
            }
        }
        let what = self.words.iter().any(|w| w == "what");
        let discusses = (0..self.words.len()).any(|n| self.lexicon.at(&self.words, n, "discuss").is_some());
        if what && discusses {
            found.push(Ask::About);
        }
        let order = [
            Ask::Why,
            Ask::Often,
            Ask::Denied,
            Ask::Changed,
            Ask::When,
            Ask::Where,
            Ask::About,
            Ask::Said,
            Ask::Who,
            Ask::Upcoming,
            Ask::Happened,
            Ask::Whether,
        ];
        let first = order.into_iter().find(|a| found.contains(a));
        q.ask = match first {
            Some(Ask::Happened | Ask::About | Ask::Said) if says => Ask::Said,
            Some(Ask::Who) if says => Ask::Said,
            None if says && what => Ask::Said,
            Some(ask) => ask,
            None => Ask::Happened,
        };
        first.is_some() || (says && what)
    }

    /// Whoever is asked for acts where the verb follows at once, and is acted on where an auxiliary and someone else come between.
    fn subject(&self, at: usize) -> Option<Side> {
        let auxiliary = self.words.get(at).is_some_and(|w| self.lexicon.has(w, "ask") || self.lexicon.has(w, "mood"));
        let next = at + 1 + usize::from(self.words.get(at + 1).is_some_and(|w| w == "the"));
        let verb = ["kind", "say", "status", "stop"].iter().any(|t| self.words.get(next).is_some_and(|w| self.lexicon.has(w, t)));
        Some(if auxiliary && !verb && next < self.words.len() { Side::Recipient } else { Side::Actor })
    }

    fn mood(&mut self, q: &mut Question) {
        for n in 0..self.words.len() {
            if let Some((_, keys)) = self.lexicon.at(&self.words, n, "mood") {
                // last month, next week are no moods of the verb
                let timed = self.lexicon.has(&self.words[n], "relative") && self.lexicon.at(&self.words, n + 1, "unit").is_some();
                if keys[0] == "future" {
                    q.mood = Mood::Future;
                } else if q.mood == Mood::Any && !timed {
                    q.mood = Mood::Past;
                }
            }
            if let Some((_, keys)) = self.lexicon.at(&self.words, n, "order") {
                q.order = Some(if keys[0] == "first" { Order::First } else { Order::Last });
            }
        }
        if q.ask == Ask::Upcoming {
            q.mood = Mood::Future;
        }
    }

    fn times(&mut self, q: &mut Question, today: Day) {
        let mut n = 0;
        while n < self.words.len() {
            if self.used[n] {
                n += 1;
                continue;
            }
            let future = q.mood == Mood::Future;
            // 16 and 18 June: the month stands once
            let joined = matches!(self.words.get(n + 1).map(String::as_str), Some("and" | "to" | "until" | "till"));
            if joined
                && self.words[n].bytes().all(|b| b.is_ascii_digit())
                && let Some((len, Period { from, to })) = period::date(&self.words, n + 2, today, future).filter(|f| f.0 > 1)
                && from == to
                && let Some((first, last)) = self.words[n].parse::<i32>().ok().zip(self.words[n + 2].parse::<i32>().ok())
                && (1..=last).contains(&first)
            {
                self.take(n, len + 2);
                q.period = Some(Period { from: from.map(|f| f - (last - first)), to });
                n += len + 2;
                continue;
            }
            let dated = self.lexicon.has(&self.words[n], "relative");
            let found =
                if dated { period::relative(self.lexicon, &self.words, n, today) } else { period::date(&self.words, n, today, future) };
            // may and march are words too: a month by itself stands after a preposition
            let found = found.filter(|&(len, _)| {
                len > 1 || dated || self.words[n].bytes().all(|b| b.is_ascii_digit()) || {
                    let before = n
                        .checked_sub(1)
                        .is_some_and(|b| self.lexicon.at(&self.words, b, "period").is_some() || self.lexicon.has(&self.words[b], "follow"));
                    before || self.words.len() <= 3
                }
            });
            let Some((len, new)) = found.filter(|&(len, _)| self.free(n, len)) else {
                n += 1;
                continue;
            };
            self.take(n, len);
            let before = n.checked_sub(1).and_then(|b| self.lexicon.at(&self.words, b, "period")).map_or(vec![], |f| f.1);
            let new = if q.period.is_some() || before.contains(&"between") && self.more_times(n + len, today) {
                new
            } else if before.contains(&"since") && !before.contains(&"between") {
                let after = self.words.get(n - 1).is_some_and(|w| w == "after");
                Period { from: if after { new.to.map(|d| d + 1) } else { new.from }, to: None }
            } else if before.contains(&"between") {
                Period { from: new.from, to: None }
            } else if before.contains(&"until") {
                let before = self.words.get(n - 1).is_some_and(|w| w == "before");
                Period { from: None, to: if before { new.from.map(|d| d - 1) } else { new.to } }
            } else {
                new
            };
            q.period = Some(match q.period {
                Some(old) => Period { from: old.from.min(new.from).or(old.from), to: old.to.max(new.to) },
                None => new,
            });
            n += len;
        }
    }

    fn more_times(&self, from: usize, today: Day) -> bool {
        (from..self.words.len()).any(|n| period::date(&self.words, n, today, false).is_some())
    }

    /// What sort of happening; the place of the word that says it.
    fn kinds(&mut self, words: &Words, q: &mut Question) -> Option<usize> {
        let mut at = None;
        let mut n = 0;
        while n < self.words.len() {
            if let Some((len, keys)) = self.lexicon.at(&self.words, n, "status").filter(|_| !self.used[n]) {
                let status: Vec<Status> =
                    keys.iter().filter_map(|k| serde_json::from_value((*k).into()).ok()).filter(|s| *s != Status::Denied).collect();
                if !status.is_empty() {
                    q.status.extend(status);
                    self.take(n, len);
                    n += len;
                    continue;
                }
            }
            match self.lexicon.at(&self.words, n, "kind") {
                // going to meet: to go is no visit there
                Some((len, _)) if self.lexicon.at(&self.words, n, "mood").is_some_and(|m| m.0 > len) => n += len,
                Some((len, keys)) if self.free(n, len) => {
                    // met, visited: what was, unless an auxiliary says otherwise
                    let past = self.words[n].ends_with("ed") || self.lexicon.has(&self.words[n], "past");
                    if q.mood == Mood::Any && past {
                        q.mood = Mood::Past;
                    }
                    // the first word that tells is the verb; those after it are what it is about: to turn down an invitation is no
                    // invitation, but who denies a meeting is asked of meetings
                    let object =
                        at.is_some() && q.ask != Ask::Denied && !q.kinds.iter().all(|k| k == "visit" || k == "meeting" || k == "phone");
                    for key in keys.into_iter().filter(|_| !object) {
                        let (kinds, senses) = words.kind_of(key);
                        q.kinds.extend(kinds);
                        q.senses.extend(senses);
                    }
                    at.get_or_insert(n);
                    self.take(n, len);
                    n += len;
                }
                _ => n += 1,
            }
        }
        for list in [&mut q.kinds, &mut q.senses] {
            list.sort();
            list.dedup();
        }
        at
    }

    fn sides(&mut self, q: &mut Question, verb: Option<usize>) {
        let visit = q.kinds.iter().any(|k| k == "visit");
        let verb = verb.or_else(|| (0..self.words.len()).find(|&n| self.lexicon.has(&self.words[n], "say")));
        let passive =
            self.words.iter().any(|w| w == "by") && ["was", "were", "been", "being"].iter().any(|b| self.words.iter().any(|w| w == b));
        let mut before: Option<Side> = None;
        for k in 0..self.parties.len() {
            let (at, len, ref p) = self.parties[k];
            let land = matches!(p.kind, EntityType::Country | EntityType::Place);
            // titles and articles stand between a preposition and the name
            let mut b = at;
            while b > 0
                && (self.lexicon.has(&self.words[b - 1], "title")
                    || matches!(self.words[b - 1].as_str(), "the" | "of") && b > 1 && self.lexicon.has(&self.words[b - 2], "title")
                    || self.words[b - 1] == "the")
            {
                b -= 1;
            }
            let word = b.checked_sub(1).map(|n| self.words[n].as_str()).unwrap_or_default();
            let keys = b.checked_sub(1).and_then(|n| self.lexicon.at(&self.words, n, "side")).map_or(vec![], |f| f.1);
            let owns = self.words.get(at + len).is_some_and(|w| w == "s");
            let after = verb.is_some_and(|v| v < at);
            let side = if q.ask == Ask::Said {
                let speaks = (!keys.is_empty() && word != "by" && word != "did" && k > 0) || keys.contains(&"about");
                Some(if speaks || (k > 0 && self.parties[0].2.side == Some(Side::Actor)) { Side::About } else { Side::Actor })
            } else if owns {
                // his invitation, when someone else turns it down, is no act of his
                let subject = self.parties[..k].iter().any(|p| p.2.side == Some(Side::Actor));
                (!subject).then_some(Side::Actor)
            } else if word == "and" && k > 0 {
                before
            } else if keys.contains(&"place") && (p.kind == EntityType::Place || land && (visit || word == "in")) {
                Some(Side::Place)
            } else if word == "by" {
                Some(Side::Actor)
            } else if keys.contains(&"with") && word != "to" {
                Some(Side::With)
            } else if visit && !land && word == "of" {
                Some(Side::Actor)
            } else if !keys.is_empty() {
                Some(Side::Recipient)
            } else if visit && land && after {
                Some(Side::Place)
            } else if passive || after {
                Some(Side::Recipient)
            } else {
                Some(Side::Actor)
            };
            // what is to come for someone, what changed with someone: in any part
            let side = side.filter(|s| *s == Side::Place || !matches!(q.ask, Ask::Upcoming | Ask::Changed));
            before = side;
            self.parties[k].2.side = side;
        }
        // who was expelled by India
        if passive && q.hole == Some(Side::Actor) && self.parties.iter().any(|p| p.2.side == Some(Side::Actor)) {
            q.hole = Some(Side::Recipient);
        }
        if visit && q.hole == Some(Side::Recipient) {
            q.hole = Some(Side::Place);
        }
    }
}

/// Who a name in Latin letters is: by the lists, else by its sound in the ledger.
pub fn named(ledger: &Ledger, text: &str) -> Result<Option<Party>> {
    match listed(text) {
        Some(p) => Ok(Some(p)),
        None => heard(ledger, text),
    }
}

fn listed(text: &str) -> Option<Party> {
    let key = lookup::key(text);
    let mut persons = vec![];
    for l in lists().named(&key) {
        match l.kind {
            Kind::Country => {
                let code = l.country.clone()?;
                return Some(names::party(text, EntityType::Country, vec![code.clone()], Some(code), None));
            }
            Kind::Body => {
                let keys = names::key_of(l).into_iter().collect();
                return Some(names::party(text, EntityType::Organization, keys, l.country.clone(), None));
            }
            Kind::Place => return Some(names::party(text, EntityType::Place, vec![l.name.clone()], l.country.clone(), None)),
            Kind::Person => persons.extend(names::key_of(l).map(|k| (k, l.country.clone()))),
        }
    }
    if let Some((_, country)) = persons.first().cloned() {
        let keys = persons.into_iter().map(|p| p.0).collect();
        return Some(names::party(text, EntityType::Person, keys, country, None));
    }
    if names::is_code(text) && lists().entries.iter().any(|l| l.kind == Kind::Country && l.country.as_deref() == Some(text)) {
        return Some(names::party(text, EntityType::Country, vec![text.into()], Some(text.into()), None));
    }
    // what is of a country stands for it: the Russian side
    if let Some(code) = lists().nationality(&key) {
        return Some(names::party(text, EntityType::Country, vec![code.into()], Some(code.into()), None));
    }
    let code = lists().capital(&key)?;
    // by all names that it has in Hindi: its own does not tell
    let keys = lists().capitals_of(code).map(String::from).chain([text.to_string()]).collect();
    Some(names::party(text, EntityType::Place, keys, Some(code.into()), None))
}

/// A name that sounds like one in the ledger.
fn heard(ledger: &Ledger, text: &str) -> Result<Option<Party>> {
    let key = lookup::key(text);
    let own: Vec<String> = key.split(' ').map(sound::key).collect();
    // few sounds are those of many names: the English name must hold the word then, or the vowels agree
    let sure = |found: &str, kind: Kind| {
        let romans = latin::name(kind, found);
        let spelled = lookup::words(&romans).any(|w| w == key);
        let sounds = || lookup::words(found).any(|w| sound::key(&w) == own[0]) || sound::skeleton(&key).len() > 3;
        own.len() > 1 || spelled || (kind != Kind::Body && sounds())
    };
    let mut found = vec![];
    let mut kind = EntityType::Person;
    for k in ledger.identities(&key)? {
        let Ok(i) = ledger.entity(&k) else { continue };
        let body = i.kind == "organization";
        if sure(&i.name, if body { Kind::Body } else { Kind::Person }) {
            kind = if body { EntityType::Organization } else { EntityType::Person };
            found.push((i.key, i.country));
        }
    }
    if let Some((_, country)) = found.first().cloned() {
        return Ok(Some(names::party(text, kind, found.into_iter().map(|p| p.0).collect(), country, None)));
    }
    let place = ledger.entities(Some(&key), Some("place"), None, 5)?.into_iter().find(|i| sure(&i.name, Kind::Place));
    Ok(place.map(|i| names::party(text, EntityType::Place, vec![i.name], i.country, None)))
}

/// The code of a country by its English name, or by the word for what is of it.
fn country(name: &str) -> Option<String> {
    let named = lists().named(name).find(|l| l.kind == Kind::Country).and_then(|l| l.country.clone());
    named.or_else(|| lists().nationality(name).map(String::from))
}
