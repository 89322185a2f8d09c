//! Questions in Hindi: the engine finds names, times, nouns and verbs; the words of asking stand in `data/hi.toml`.

use crate::Lang;
use crate::error::Result;
use crate::names;
use crate::period;
use crate::question::{Ask, Mood, Order, Party, Period, Question, Side};
use crate::words::{Lexicon, Words};
use mulaqat::Engine;
use mulaqat::lang::Case;
use mulaqat::lookup;
use mulaqat::probe::{Meaning, Named, Piece, Telling};
use mulaqat::record::{Document, EntityType, EventType, Status};
use mulaqat::times::Tense;
use mulaqat_ledger::{Ledger, day, day::Day};

/// The question as words, each with its piece, and which of them are understood.
struct Row {
    words: Vec<String>,
    piece: Vec<usize>,
    used: Vec<bool>,
}

impl Row {
    fn take(&mut self, from: usize, n: usize) {
        self.used[from..from + n].fill(true);
    }

    /// All words of a piece are understood.
    fn piece_used(&self, piece: usize) -> bool {
        (0..self.words.len()).filter(|&n| self.piece[n] == piece).all(|n| self.used[n])
    }

    /// The word before a piece, when nothing has taken it.
    fn before(&self, piece: usize) -> Option<(usize, &str)> {
        let first = self.piece.iter().position(|&p| p == piece)?;
        let at = first.checked_sub(1).filter(|&n| !self.used[n])?;
        Some((at, &self.words[at]))
    }

    fn take_piece(&mut self, piece: usize) {
        for n in 0..self.words.len() {
            if self.piece[n] == piece {
                self.used[n] = true;
            }
        }
    }
}

/// Reads a question that is asked on the day `today`.
pub fn read(engine: &Engine, ledger: &Ledger, vocabulary: &Words, text: &str, today: Day) -> Result<Question> {
    let lexicon = &vocabulary.hi;
    let document = Document { text: text.into(), published: Some(day::show(today)), language: "hi".into(), ..Document::default() };
    let pieces = engine.probe(&document);
    let mut row = Row { words: vec![], piece: vec![], used: vec![] };
    for (n, p) in pieces.iter().enumerate() {
        for w in lookup::words(&p.text) {
            row.words.push(w);
            row.piece.push(n);
            row.used.push(false);
        }
    }
    let mut q = Question::new(text, Lang::Hi);
    let follows = lexicon.at(&row.words, 0, "follow").is_some();
    let says = pieces.iter().any(|p| matches!(&p.what, Meaning::Verb(v) if v.says)) || !lexicon.any(&row.words, "say").is_empty();
    let asked = asks(lexicon, &mut row, &mut q, says);
    for n in 0..row.words.len() {
        if let Some((len, keys)) = lexicon.at(&row.words, n, "order") {
            q.order = Some(if keys[0] == "first" { Order::First } else { Order::Last });
            row.take(n, len);
        }
    }
    times(lexicon, &pieces, &mut row, &mut q);
    let verb_says_kind = kinds(vocabulary, &pieces, &mut row, &mut q);
    mood(lexicon, &pieces, &mut row, &mut q);
    for n in 0..row.words.len() {
        if let Some((len, keys)) = lexicon.at(&row.words, n, "medium").filter(|_| q.ask == Ask::Said) {
            q.medium = serde_json::from_value(keys[0].into()).ok();
            row.take(n, len);
        }
    }
    latin(ledger, lexicon, &pieces, &mut row, &mut q)?;
    parties(ledger, &pieces, &mut row, &mut q)?;
    // who said no: a denial, or a refusal
    if q.ask == Ask::Who && q.kinds.iter().any(|k| k == "REJECT") && q.hole != Some(Side::Recipient) {
        q.ask = Ask::Denied;
    }
    let carried = pieces.iter().any(|p| matches!(&p.what, Meaning::Noun(t) if t.iter().any(|t| t.carried)) && !aside(p.case));
    for (n, p) in pieces.iter().enumerate() {
        // a verb that tells no happening must stand in the report, unless it carries a noun that does or is one of all work
        if let Meaning::Verb(v) = &p.what
            && (v.says || carried || v.tells.iter().any(tells))
        {
            row.take_piece(n);
        }
    }
    for n in 0..row.words.len() {
        if !row.used[n]
            && !lexicon.has(&row.words[n], "stop")
            && !lexicon.has(&row.words[n], "follow")
            && !lexicon.has(&row.words[n], "say")
        {
            q.words.push(row.words[n].clone());
        }
    }
    q.words.dedup();
    q.elliptic = !asked && !verb_says_kind && !says && (follows || q.parties.len() + usize::from(q.period.is_some()) <= 2);
    Ok(q)
}

/// The case of a noun that stands beside what is asked: on the visit, after the meeting.
fn aside(c: Case) -> bool {
    matches!(c, Case::Dauran | Case::Baad | Case::Pehle | Case::Mein | Case::Par | Case::Liye | Case::Bare)
}

/// To be somewhere tells nothing of itself, nor does to come home.
fn tells(t: &Telling) -> bool {
    !t.frame.ends_with(".stay") && !t.frame.ends_with(".return")
}

/// What is asked for. Marks the words that say so; false when none do.
fn asks(lexicon: &Lexicon, row: &mut Row, q: &mut Question, says: bool) -> bool {
    let mut found: Vec<Ask> = vec![];
    let mut n = 0;
    while n < row.words.len() {
        let asked = lexicon.at(&row.words, n, "ask");
        let who = lexicon.at(&row.words, n, "who");
        if let Some((len, _)) = lexicon.at(&row.words, n, "which")
            && let Some((more, of)) = lexicon.at(&row.words, n + len, "of")
        {
            let side = lexicon.at(&row.words, n + len + more, "side").and_then(|(_, keys)| Side::from_key(keys[0]));
            row.take(n, len + more);
            n += len + more;
            match of[0] {
                "time" => found.push(Ask::When),
                "place" => found.push(Ask::Where),
                "topic" => found.push(Ask::About),
                "reason" => found.push(Ask::Why),
                kind => {
                    found.push(Ask::Who);
                    q.hole = side;
                    q.of = Some(if kind == "country" { EntityType::Country } else { EntityType::Person });
                }
            }
            continue;
        }
        let (asked_len, who_len) = (asked.as_ref().map_or(0, |a| a.0), who.as_ref().map_or(0, |w| w.0));
        if who_len > 0 && who_len >= asked_len {
            found.push(Ask::Who);
            q.hole = who.and_then(|(_, keys)| Side::from_key(keys[0])).or(q.hole);
            row.take(n, who_len);
            n += who_len;
            continue;
        }
        if let Some((len, keys)) = asked {
            if let Some(ask) = Ask::from_key(keys[0]) {
                // a question begins with what makes it one of yes or no; elsewhere it asks what happened
                found.push(if ask == Ask::Whether && n > 0 { Ask::Happened } else { ask });
            }
            // the noun that is counted, or is spoken of, tells the happening too
            let keep = if len > 1 && !matches!(keys[0], "upcoming" | "changed" | "happened" | "why") { 1 } else { len };
            row.take(n, keep);
            n += keep;
            continue;
        }
        n += 1;
    }
    let order = [
        Ask::Why,
        Ask::Said,
        Ask::Often,
        Ask::Denied,
        Ask::Changed,
        Ask::When,
        Ask::Where,
        Ask::About,
        Ask::Who,
        Ask::Upcoming,
        Ask::Happened,
        Ask::Whether,
    ];
    let first = order.into_iter().find(|a| found.contains(a));
    q.ask = match first {
        // what was said, by the verb; who said it, what did he say
        Some(Ask::Happened | Ask::Who) | None if says => Ask::Said,
        Some(ask) => ask,
        None => Ask::Happened,
    };
    first.is_some()
}

fn times(lexicon: &Lexicon, pieces: &[Piece], row: &mut Row, q: &mut Question) {
    for (n, p) in pieces.iter().enumerate() {
        let Meaning::Time(value) = &p.what else { continue };
        if row.piece_used(n) {
            continue;
        }
        let Some(new) = value.as_deref().and_then(period::of_edtf) else { continue };
        row.take_piece(n);
        let last = (0..row.words.len()).rfind(|&w| row.piece[w] == n);
        let after = last.and_then(|w| lexicon.at(&row.words, w + 1, "period")).map(|(_, keys)| keys[0]);
        let new = match (p.case, after) {
            (Case::Se | Case::Baad, _) | (_, Some("since")) => Period { from: new.from, to: None },
            (Case::Tak, _) | (_, Some("until")) => Period { from: None, to: new.to },
            (Case::Pehle, _) => Period { from: None, to: new.from.map(|d| d - 1) },
            _ => new,
        };
        q.period = Some(match q.period {
            // from … to …, between … and …
            Some(old) => Period {
                from: if old.from.is_none() { new.from } else { old.from.min(new.from.or(old.from)) },
                to: if old.to.is_none() { new.to } else { old.to.max(new.to.or(old.to)) },
            },
            None => new,
        });
    }
}

/// What a word tells: the sorts of happening as the ledger calls them, and what is told apart within them.
#[derive(Default)]
struct Kinds {
    kinds: Vec<String>,
    senses: Vec<String>,
    /// It stands beside what the question asks: on the visit, after the meeting.
    aside: bool,
}

impl Kinds {
    fn of<'t>(words: &Words, tellings: impl IntoIterator<Item = &'t Telling>, aside: bool) -> Kinds {
        let mut out = Kinds { aside, ..Kinds::default() };
        for t in tellings {
            let has = |m: &str| t.modes.iter().any(|x| x == m);
            match t.kind {
                EventType::Consult if has("visit") => out.kinds.push("visit".into()),
                EventType::Consult if has("phone") => out.kinds.push("phone".into()),
                EventType::Consult => {
                    out.kinds.push("meeting".into());
                    // to talk is to meet or to call
                    out.kinds.extend(t.frame.ends_with(".discuss").then(|| "phone".into()));
                    out.senses.extend(words.told_apart(&t.frame));
                }
                kind => {
                    out.kinds.push(mulaqat::check::term(kind));
                    out.senses.extend(words.senses_of(&t.frame));
                }
            }
        }
        out
    }
}

/// What sort of happening; true when the question says it.
fn kinds(words: &Words, pieces: &[Piece], row: &mut Row, q: &mut Question) -> bool {
    let lexicon = &words.hi;
    // to turn down an invitation is no invitation: a verb of its own tells more than a noun that it does not carry
    let deed = |t: &Telling| t.kind != EventType::Consult;
    let verb = pieces.iter().any(|p| matches!(&p.what, Meaning::Verb(v) if !v.says && v.tells.iter().any(deed)));
    let object = |t: &[Telling]| verb && t.iter().all(|t| !t.carried);
    let mut told: Vec<Kinds> = vec![];
    for (n, p) in pieces.iter().enumerate() {
        match &p.what {
            // what is spoken of: the words must stand in the report
            Meaning::Noun(tellings) if q.ask == Ask::Said && tellings.iter().all(deed) => {}
            Meaning::Noun(tellings) => {
                told.push(Kinds::of(words, tellings, aside(p.case) || object(tellings)));
                row.take_piece(n);
            }
            Meaning::Verb(v) if !v.says => {
                let own = Kinds::of(words, v.tells.iter().filter(|t| tells(t)), false);
                // whoever comes to sign, or is asked to come, is told of by the noun
                let light = pieces.iter().any(|p| matches!(&p.what, Meaning::Noun(t) if !object(t)) && !aside(p.case));
                if !own.kinds.is_empty() && !light {
                    told.push(own);
                }
            }
            _ => {}
        }
    }
    for n in 0..row.words.len() {
        if let Some((len, keys)) = lexicon.at(&row.words, n, "status") {
            let status: Vec<Status> = keys.iter().filter_map(|k| serde_json::from_value((*k).into()).ok()).collect();
            // a denial is an act of its own
            if !status.contains(&Status::Denied) {
                q.status.extend(status);
                row.take(n, len);
            }
        }
    }
    if told.iter().all(|t| t.aside) && q.ask != Ask::Said {
        for n in 0..row.words.len() {
            if let Some((len, keys)) = lexicon.at(&row.words, n, "kind") {
                for key in keys {
                    let (kinds, senses) = words.kind_of(key);
                    told.push(Kinds { kinds, senses, aside: false });
                }
                row.take(n, len);
            }
        }
    }
    let main = told.iter().any(|t| !t.aside);
    for t in told.iter().filter(|t| !main || !t.aside) {
        q.kinds.extend(t.kinds.iter().cloned());
        q.senses.extend(t.senses.iter().cloned());
    }
    for list in [&mut q.kinds, &mut q.senses] {
        list.sort();
        list.dedup();
    }
    q.status.sort();
    q.status.dedup();
    !told.is_empty()
}

fn mood(lexicon: &Lexicon, pieces: &[Piece], row: &mut Row, q: &mut Question) {
    for p in pieces {
        if let Meaning::Verb(v) = &p.what {
            match v.tense {
                Tense::Future => q.mood = Mood::Future,
                Tense::Past => q.mood = Mood::Past,
                _ => {}
            }
        }
    }
    for n in 0..row.words.len() {
        if let Some((len, _)) = lexicon.at(&row.words, n, "mood") {
            q.mood = Mood::Future;
            row.take(n, len);
        }
    }
    if q.ask == Ask::Upcoming {
        q.mood = Mood::Future;
    }
}

fn parties(ledger: &Ledger, pieces: &[Piece], row: &mut Row, q: &mut Question) -> Result<()> {
    let visit = q.kinds.iter().any(|k| k == "visit");
    let directed = !q.kinds.is_empty() && q.kinds.iter().all(|k| !matches!(k.as_str(), "meeting" | "phone" | "visit"));
    let marked = |c: Case| matches!(c, Case::Ko | Case::Par | Case::Khilaf | Case::Prati | Case::Samaksh | Case::Liye | Case::Tak);
    let agent = pieces.iter().any(|p| matches!(&p.what, Meaning::Names(n) if !n.is_empty()) && p.case == Case::Ne);
    let recipient_told = pieces.iter().any(|p| matches!(&p.what, Meaning::Names(n) if !n.is_empty()) && marked(p.case));
    for (n, p) in pieces.iter().enumerate() {
        let Meaning::Names(named) = &p.what else { continue };
        if named.is_empty() || row.piece_used(n) {
            continue;
        }
        row.take_piece(n);
        let before_noun = pieces.get(n + 1).is_some_and(|p| matches!(p.what, Meaning::Noun(_)));
        let travels = |v: &mulaqat::probe::Verb| v.tells.iter().any(|t| t.modes.iter().any(|m| m == "visit"));
        let before_travel = pieces.get(n + 1).is_some_and(|p| matches!(&p.what, Meaning::Verb(v) if travels(v)));
        let others = !q.parties.is_empty()
            || pieces.iter().enumerate().any(|(m, o)| m != n && matches!(&o.what, Meaning::Names(x) if !x.is_empty()));
        for who in named {
            let land = matches!(who.kind, EntityType::Country | EntityType::Place);
            let side = match p.case {
                Case::Mein if land => Some(Side::Place),
                Case::Ne | Case::Dwara | Case::Leader => Some(Side::Actor),
                Case::Saath | Case::Beech | Case::Alava => Some(Side::With),
                Case::Bare => Some(Side::About),
                _ if visit && land && !matches!(p.case, Case::Se) && (others || q.hole.is_some() || before_noun || marked(p.case)) => {
                    Some(Side::Place)
                }
                Case::Se if directed => Some(Side::Recipient),
                Case::Se => Some(Side::With),
                c if marked(c) => Some(if q.ask == Ask::Said { Side::About } else { Side::Recipient }),
                Case::Gen if directed && before_noun && !recipient_told && !acts_in_genitive(q) => Some(Side::Recipient),
                Case::Gen if directed && recipient_told => Some(Side::Actor),
                Case::Nom if before_noun && directed => None,
                // asked to come to India
                Case::Nom if directed && land && before_travel => None,
                // with an agent in ने, what stands bare is the object
                Case::Nom if directed && (agent || q.hole == Some(Side::Actor)) => Some(Side::Recipient),
                Case::Nom => Some(Side::Actor),
                _ => None,
            };
            if who.office && who.country.is_none() {
                // an office of nobody's: his ambassador
                continue;
            }
            // the first word of a place may be taken for something else
            let longer = (who.kind == EntityType::Place).then(|| row.before(n)).flatten();
            if let Some((at, word)) = longer {
                let name = format!("{word} {}", who.text);
                if !ledger.entities(Some(&name), Some("place"), None, 1)?.is_empty() {
                    row.take(at, 1);
                    q.parties.push(names::party(&name, EntityType::Place, vec![name.clone()], who.country.clone(), side));
                    continue;
                }
            }
            let party = party(ledger, who, side, q)?;
            q.parties.push(party);
        }
    }
    if q.ask == Ask::Said {
        // who speaks is the subject; all others are what is spoken of
        let speaks = |s: Option<Side>| matches!(s, Some(Side::Actor));
        let some = q.parties.iter().any(|p| speaks(p.side));
        let alone = q.parties.len() == 1 && q.hole != Some(Side::Actor);
        for p in &mut q.parties {
            p.side = Some(if (some && speaks(p.side)) || (alone && p.side != Some(Side::About)) { Side::Actor } else { Side::About });
        }
    }
    Ok(())
}

/// The genitive before the noun is of who does it: an attack of Iran, an appeal of India.
fn acts_in_genitive(q: &Question) -> bool {
    !q.kinds.iter().any(|k| matches!(k.as_str(), "ACCUSE" | "SUPPORT" | "AID"))
}

/// Names in Latin letters, which the engine passes over.
fn latin(ledger: &Ledger, lexicon: &Lexicon, pieces: &[Piece], row: &mut Row, q: &mut Question) -> Result<()> {
    let named = |n: usize| matches!(pieces[n].what, Meaning::Names(_));
    let free = |row: &Row, n: usize| {
        !row.used[n] && !named(row.piece[n]) && row.words[n].is_ascii() && row.words[n].bytes().any(|b| b.is_ascii_alphabetic())
    };
    let mut n = 0;
    while n < row.words.len() {
        let run = (n..row.words.len()).take_while(|&k| free(row, k)).count();
        let mut taken = 1;
        for len in (1..=run).rev() {
            let text = row.words[n..n + len].join(" ");
            let Some(mut p) = crate::english::named(ledger, &text)? else { continue };
            p.side = lexicon.at(&row.words, n + len, "side").and_then(|(_, keys)| Side::from_key(keys[0])).or(Some(match p.kind {
                EntityType::Country | EntityType::Place if q.kinds.iter().any(|k| k == "visit") => Side::Place,
                _ => Side::Actor,
            }));
            if q.ask == Ask::Said && p.side != Some(Side::Actor) {
                p.side = Some(Side::About);
            }
            names::settle(ledger, &mut p)?;
            if !p.known {
                q.unknown.push(p.text.clone());
            }
            row.take(n, len);
            q.parties.push(p);
            taken = len;
            break;
        }
        n += taken;
    }
    Ok(())
}

fn party(ledger: &Ledger, who: &Named, side: Option<Side>, q: &mut Question) -> Result<Party> {
    let keys = match who.kind {
        EntityType::Country => who.country.iter().cloned().collect(),
        EntityType::Place => vec![who.name.clone(), who.text.clone()],
        _ if who.office => {
            let of = who.country.clone().unwrap_or_default();
            let holders = names::holders(&who.name, &of);
            if holders.is_empty() {
                // an office whose holder no list knows is its country
                return Ok(names::party(&who.text, EntityType::Country, vec![of.clone()], Some(of), side));
            }
            holders
        }
        _ => names::identities(ledger, &who.name, who.country.as_deref())?,
    };
    let mut p = names::party(&who.text, who.kind, keys, who.country.clone(), side);
    names::settle(ledger, &mut p)?;
    if !p.known {
        q.unknown.push(who.text.clone());
    }
    Ok(p)
}
