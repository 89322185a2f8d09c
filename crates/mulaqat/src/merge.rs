//! One real happening in an article is one event, however many sentences speak of it.

use crate::edtf::Edtf;
use crate::events::Happening;
use crate::frames::Shape;
use crate::lang::Pack;
use crate::names::Names;
use crate::record::{EntityType, EventType, Status};

/// How many happenings back one may be told again; articles hold a tenth of it.
const WINDOW: usize = 120;

/// Joins what tells of the same happening; the first to tell it keeps its place.
pub fn merge(pack: &Pack, names: &Names, told: Vec<Happening>) -> Vec<Happening> {
    let mut out: Vec<Happening> = Vec::new();
    for h in told {
        // what was told long before is another story; it keeps merging linear
        let first = out.len().saturating_sub(WINDOW);
        let found = if h.another { None } else { out[first..].iter().rposition(|e| same(pack, names, e, &h)).map(|i| first + i) };
        match found {
            Some(i) => absorb(pack, names, &mut out[i], h),
            None if h.anaphoric && (h.actors.len() < 2 || h.recipients.is_empty() && shape(pack, &h) == Shape::Visit) => {}
            None => out.push(h),
        }
    }
    out
}

fn shape(pack: &Pack, h: &Happening) -> Shape {
    pack.frames[h.frame as usize].shape
}

fn future(s: Status) -> bool {
    matches!(s, Status::Scheduled | Status::Tentative)
}

fn same(pack: &Pack, names: &Names, e: &Happening, h: &Happening) -> bool {
    if e.kind != h.kind || (shape(pack, e) == Shape::Visit) != (shape(pack, h) == Shape::Visit) {
        return false;
    }
    let phone = |x: &Happening| x.modes.iter().any(|m| m == "phone");
    // फोन पर बात की … दोनों ने बात की: told again without the phone
    let again = h.anaphoric || !h.dated && subset(&h.actors, &e.actors) && e.sentence + 3 >= h.sentence;
    if phone(e) != phone(h) && (phone(h) || !again) {
        return false;
    }
    let day = days_agree(e, h);
    let mood = future(e.status) == future(h.status)
        || matches!(e.status, Status::Postponed | Status::Cancelled | Status::Denied)
        || matches!(h.status, Status::Postponed | Status::Cancelled | Status::Denied);
    // टल गई … अब यह बैठक मार्च में होगी
    if put_off_to(e, h) {
        return true;
    }
    // यात्रा के दौरान, दौरे को लेकर: the visit told of before
    let visit = shape(pack, h) == Shape::Visit;
    let there = overlap(&e.recipients, &h.recipients) || h.anaphoric && h.recipients.is_empty();
    if visit && h.nominal && !h.dated && overlap(&e.actors, &h.actors) && there {
        return true;
    }
    // met in one place, will meet in another
    let then_and_later = matches!((e.status, h.status), (Status::Occurred, Status::Scheduled | Status::Tentative));
    let elsewhere = then_and_later && !visit && !e.places.is_empty() && !h.places.is_empty() && !overlap(&e.places, &h.places);
    // met in two towns
    let towns = |x: &Happening| -> Vec<usize> {
        let town = |&&p: &&usize| names.entities[p].kind == EntityType::Place && !names.entities[p].venue;
        x.places.iter().filter(town).copied().collect()
    };
    let (here, there) = (towns(e), towns(h));
    let two_towns = !visit && !h.anaphoric && !here.is_empty() && !there.is_empty() && !overlap(&here, &there);
    if !day || elsewhere || two_towns || !(mood || (e.dated && h.dated && e.date == h.date)) {
        return false;
    }
    if h.apart && h.actors.len() > 1 && (e.actors.len() != h.actors.len() || !h.actors.iter().all(|a| e.actors.contains(a))) {
        return false;
    }
    if h.anaphoric && h.actors.len() < 2 {
        return h.actors.iter().all(|a| e.actors.contains(a)) || h.actors.is_empty();
    }
    match shape(pack, h) {
        Shape::Mutual | Shape::Joint => {
            let (a, b) = (&e.actors, &h.actors);
            subset(a, b) || subset(b, a) || by_country(names, a, b)
        }
        Shape::Visit => {
            let who = e.actors.iter().any(|a| h.actors.contains(a)) || by_country(names, &e.actors, &h.actors);
            who && (h.anaphoric
                || e.anaphoric
                || overlap(&e.recipients, &h.recipients)
                || e.recipients.iter().any(|&r| h.recipients.iter().any(|&q| names.entities[r].country == names.entities[q].country)))
        }
        Shape::Directed | Shape::Return => {
            let who = overlap(&e.actors, &h.actors) || by_country(names, &e.actors, &h.actors);
            let whom = e.recipients == h.recipients
                || (overlap(&e.recipients, &h.recipients) && !matches!(h.kind, EventType::Support))
                || (h.recipients.is_empty() && e.sentence.abs_diff(h.sentence) < 2);
            let by_same_means = e.modes == h.modes || h.kind == EventType::Assault && (e.modes.is_empty() || h.modes.is_empty());
            who && whom && by_same_means
        }
    }
}

fn overlap(a: &[usize], b: &[usize]) -> bool {
    a.iter().any(|x| b.contains(x))
}

fn subset(a: &[usize], b: &[usize]) -> bool {
    a.len() >= 2 && a.iter().all(|x| b.contains(x))
}

/// Persons on one side, their countries on the other.
fn by_country(names: &Names, a: &[usize], b: &[usize]) -> bool {
    let codes = |v: &[usize]| {
        let mut c: Vec<_> = v.iter().filter_map(|&e| names.entities[e].country.clone()).collect();
        c.sort();
        c.dedup();
        c
    };
    let states = |v: &[usize]| v.iter().all(|&e| names.entities[e].kind == EntityType::Country);
    !a.is_empty() && !b.is_empty() && (states(a) != states(b)) && codes(a) == codes(b)
}

/// Dates that may be of one happening.
fn days_agree(e: &Happening, h: &Happening) -> bool {
    match (&e.date, &h.date) {
        (Some(a), Some(b)) if a != b => {
            if !e.dated || !h.dated {
                // a date taken from the article's day yields to a told one, if that is told as near
                return (h.dated || e.dated) && (h.anaphoric || h.weak || e.weak || future(h.status) && future(e.status))
                    || !e.dated && !h.dated;
            }
            match (Edtf::parse(a), Edtf::parse(b)) {
                (Some(x), Some(y)) => x.contains(&y) || y.contains(&x),
                _ => false,
            }
        }
        _ => true,
    }
}

/// What was put off, and for when.
fn put_off_to(e: &Happening, h: &Happening) -> bool {
    e.status == Status::Postponed
        && h.status == Status::Scheduled
        && h.anaphoric
        && h.dated
        && h.sentence <= e.sentence + 3
        && h.actors.iter().all(|a| e.actors.contains(a))
}

fn absorb(pack: &Pack, names: &Names, e: &mut Happening, h: Happening) {
    let shape_of_visit = shape(pack, &h) == Shape::Visit;
    let states = |v: &[usize]| v.iter().all(|&x| names.entities[x].kind == EntityType::Country);
    if !states(&h.actors) || states(&e.actors) {
        if states(&e.actors) && !states(&h.actors) && by_country(names, &e.actors, &h.actors) {
            e.actors.clone_from(&h.actors);
        } else {
            for a in &h.actors {
                if !e.actors.contains(a) {
                    e.actors.push(*a);
                }
            }
        }
    }
    if e.recipients.is_empty() {
        e.recipients.clone_from(&h.recipients);
    }
    let finer = match (&e.date, &h.date) {
        (None, Some(_)) => true,
        (Some(_), Some(_)) if h.dated && !e.dated => true,
        (Some(a), Some(b)) if h.dated => matches!((Edtf::parse(a), Edtf::parse(b)), (Some(x), Some(y)) if x.contains(&y) && a != b),
        _ => false,
    };
    // arrived on one day, stays until another
    let stays = match (&e.date, &h.date) {
        (Some(a), Some(b)) if e.recipients == h.recipients && shape_of_visit => match (a.strip_prefix("../"), b.strip_prefix("../")) {
            (None, Some(end)) if a.len() == 10 && a.as_str() < end => Some(format!("{a}/{end}")),
            (Some(end), None) if b.len() == 10 && b.as_str() < end => Some(format!("{b}/{end}")),
            _ => None,
        },
        _ => None,
    };
    if put_off_to(e, &h) {
        e.date.clone_from(&h.date);
        e.dated = true;
    } else if let Some(date) = stays {
        e.date = Some(date);
        e.dated = true;
    } else if finer {
        e.date.clone_from(&h.date);
        e.dated |= h.dated;
    }
    for p in h.places {
        if !e.places.contains(&p) {
            e.places.push(p);
        }
    }
    let exact = e.places.iter().any(|&p| names.entities[p].kind == EntityType::Place);
    if exact {
        e.places.retain(|&p| names.entities[p].kind == EntityType::Place);
    }
    for s in h.sources {
        if !e.sources.contains(&s) {
            e.sources.push(s);
        }
    }
    for c in h.contexts {
        if !e.contexts.contains(&c) {
            e.contexts.push(c);
        }
    }
    for m in h.modes {
        if !e.modes.contains(&m) {
            e.modes.push(m);
        }
    }
    match h.status {
        Status::Postponed | Status::Cancelled | Status::Denied => e.status = h.status,
        Status::Scheduled if e.status == Status::Tentative && !h.anaphoric => e.status = h.status,
        Status::Tentative if e.status == Status::Scheduled && h.dated => e.status = h.status,
        _ => {}
    }
    for v in h.evidence {
        if !e.evidence.contains(&v) {
            e.evidence.push(v);
        }
    }
    e.anaphoric = e.anaphoric && h.anaphoric;
    e.weak = e.weak && h.weak;
    e.arrival &= h.arrival;
}
