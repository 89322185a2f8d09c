//! Are two claims of different reports of one happening? By class, parties and people, time and place.
//!
//! The verdict is symmetric and looks at nothing but the two claims.

use crate::claim::{Claim, Class, Party, dated};
use crate::day::{Day, Sharp};
use mulaqat::record::{EventType, Status};

/// What a comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing that joins them.
    Apart,
    /// Both happened, and were two: a cluster that holds one may not take the other.
    Never,
    /// The same happening, as far as the two tell; more is surer.
    Same(u32),
}

/// How far a date may move between two reports, in days, by how firm the looser one is.
pub const MOVES_TENTATIVE: Day = 21;
const MOVES_SCHEDULED: Day = 4;
const MOVES_VISIT: Day = 10;
pub const MOVES_POSTPONED: Day = 120;

/// Claims whose dates span more days than this say nothing by which they could be told from others of the year.
pub const SPAN: Day = 62;

/// Compares two claims.
pub fn judge(a: &Claim, b: &Claim) -> Verdict {
    if a.class != b.class {
        return Verdict::Apart;
    }
    // “in the course of the year” is no date by which one of many meetings could be told
    if (a.window.span() > SPAN || b.window.span() > SPAN) && a.date != b.date {
        return Verdict::Apart;
    }
    let Some(who) = parties(a, b) else {
        let met = matches!(a.class, Class::Meeting | Class::Phone) && a.real() && b.real() && !a.multilateral && !b.multilateral;
        // a report that names countries only must not join the meetings of two pairs of people
        return if met && clash(a, b) && a.window.gap(b.window) <= 1 { Verdict::Never } else { Verdict::Apart };
    };
    match when_and_where(a, b, who.sure) {
        When::Apart => Verdict::Apart,
        When::Never => Verdict::Never,
        When::Score(s) => Verdict::Same(u32::try_from(s + who.score + modes(a, b)).unwrap_or(0).max(1)),
    }
}

fn modes(a: &Claim, b: &Claim) -> i32 {
    i32::from(a.multilateral == b.multilateral) + i32::from(a.contexts.iter().any(|c| b.contexts.contains(c)))
}

struct Shared {
    score: i32,
    /// On both sides a person (or the same body or country, none naming a person) is shared.
    sure: bool,
}

fn parties(a: &Claim, b: &Claim) -> Option<Shared> {
    match a.class {
        Class::Visit => visit(a, b),
        Class::Meeting | Class::Phone => meeting(a, b),
        Class::Deed(_) => deed(a, b),
    }
}

/// Shared parties of two sides, or `None` when one of them sends someone else.
fn side(a: &[Party], b: &[Party]) -> Option<(i32, i32)> {
    let (mut parties, mut people) = (0, 0);
    for x in a {
        let Some(y) = b.iter().find(|y| y.of == x.of) else { continue };
        parties += 1;
        if !x.people.is_empty() && !y.people.is_empty() {
            if !x.people.iter().any(|p| y.people.iter().any(|q| p.may_be(q))) {
                return None;
            }
            people += 1;
        }
    }
    Some((parties, people))
}

/// The same countries, represented by others.
fn clash(a: &Claim, b: &Claim) -> bool {
    let of = |c: &Claim| {
        let mut k: Vec<String> = c.parties().map(|p| p.of.clone()).collect();
        k.sort();
        k.dedup();
        k
    };
    let all = |c: &Claim| c.parties().cloned().collect::<Vec<_>>();
    of(a) == of(b) && side(&all(a), &all(b)).is_none()
}

fn visit(a: &Claim, b: &Claim) -> Option<Shared> {
    let (travellers, people) = side(&a.actors, &b.actors)?;
    if travellers == 0 {
        return None;
    }
    let hosts = |c: &Claim| -> Vec<String> {
        let named: Vec<String> = c.recipients.iter().filter(|p| !p.body).map(|p| p.of.clone()).collect();
        if named.is_empty() { c.lands.clone() } else { named }
    };
    let (to_a, to_b) = (hosts(a), hosts(b));
    to_a.iter().any(|h| to_b.contains(h)).then_some(Shared { score: 2 + travellers + 2 * people, sure: people > 0 })
}

fn meeting(a: &Claim, b: &Claim) -> Option<Shared> {
    let (of_a, of_b): (Vec<Party>, Vec<Party>) = (a.parties().cloned().collect(), b.parties().cloned().collect());
    let (shared, people) = side(&of_a, &of_b)?;
    let split = |all: &[Party]| {
        let (bodies, states): (Vec<&Party>, Vec<&Party>) = all.iter().partition(|p| p.body);
        let keys = |l: Vec<&Party>| {
            let mut k: Vec<String> = l.into_iter().map(|p| p.of.clone()).collect();
            k.sort();
            k.dedup();
            k
        };
        (keys(states), keys(bodies))
    };
    let ((sa, ba), (sb, bb)) = (split(&of_a), split(&of_b));
    let states = sa.iter().filter(|s| sb.contains(s)).count();
    let bodies = ba.iter().filter(|s| bb.contains(s)).count();
    let one_more = |few: &[String], many: &[String]| many.len() == few.len() + 1 && few.len() >= 2 && few.iter().all(|f| many.contains(f));
    // a talk of two at a body's meeting is not the meeting, once both have been held
    let aside = a.real() && b.real() && a.multilateral != b.multilateral && ba.is_empty() != bb.is_empty();
    let same = sa == sb && (sa.len() >= 2 || ba == bb) && !aside;
    // reports of a body's meeting name whom their readers care for: the day and the town tell it
    let one_day = a.window == b.window && a.window.sharp == Sharp::Day && place(a, b) != Place::Differ;
    let at_body = bodies > 0 && (states > 0 || sa.is_empty() || sb.is_empty() || (one_day && a.multilateral && b.multilateral));
    let summit = |s: &[String], c: &Claim| s.len() > 2 || c.multilateral;
    let crowd = summit(&sa, a) && summit(&sb, b) && states >= 2 && 2 * states >= sa.len().max(sb.len());
    // one report names the body, another its members: then the day, the town and a person must agree
    let one_town = one_day && a.multilateral && b.multilateral && people > 0 && matches!(place(a, b), Place::SameCity | Place::SameVenue);
    // some reports count the host among those who met
    let hosted = |few: &[String], many: &[Party], more: &Claim| {
        let extra: Vec<&Party> = many.iter().filter(|p| !p.body && !few.contains(&p.of)).collect();
        matches!(extra[..], [p] if p.people.is_empty() && more.lands.contains(&p.of))
            && few.len() >= 2
            && few.iter().all(|f| many.iter().any(|p| p.of == *f))
    };
    let host = people >= 2 && (hosted(&sa, &of_b, b) || hosted(&sb, &of_a, a));
    let mediated = a.third_party && b.third_party && (one_more(&sa, &sb) || one_more(&sb, &sa));
    let fits = same || at_body || crowd || mediated || one_town || host;
    // at a meeting of many, one shared country is little
    let sure = fits && (people >= 2 || (people + i32::try_from(bodies).unwrap_or(0) >= 2) || (same && people > 0) || (same && shared >= 2));
    fits.then_some(Shared { score: shared + 2 * people + 2 * i32::from(same), sure })
}

fn deed(a: &Claim, b: &Claim) -> Option<Shared> {
    let (actors, people) = side(&a.actors, &b.actors)?;
    let (recipients, more) = side(&a.recipients, &b.recipients)?;
    let all = |c: &Claim| {
        let mut k: Vec<String> = c.parties().map(|p| p.of.clone()).collect();
        k.sort();
        k.dedup();
        k
    };
    let (in_a, in_b) = (all(a), all(b));
    let directed = actors > 0 && (recipients > 0 || (a.recipients.is_empty() && b.recipients.is_empty()));
    // one report sees an act of both, the other of one towards the other
    let mutual = (a.recipients.is_empty() != b.recipients.is_empty()) && in_a == in_b;
    let common = in_a.iter().filter(|p| in_b.contains(p)).count();
    let most = in_a.len().max(in_b.len());
    (common * 2 > most && (directed || mutual))
        .then_some(Shared { score: actors + recipients + 2 * (people + more), sure: people + more >= 1 || in_a == in_b })
}

enum When {
    Apart,
    Never,
    Score(i32),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    SameVenue,
    SameCity,
    Unknown,
    Differ,
}

fn place(a: &Claim, b: &Claim) -> Place {
    let meet = |x: &[String], y: &[String]| x.iter().any(|p| y.contains(p));
    if meet(&a.venues, &b.venues) {
        return Place::SameVenue;
    }
    if meet(&a.cities, &b.cities) {
        return Place::SameCity;
    }
    let apart = |x: &[String], y: &[String]| !x.is_empty() && !y.is_empty() && !meet(x, y);
    // two towns of one country are as far apart as two countries, but the destination of a visit may name either
    if apart(&a.lands, &b.lands) || (apart(&a.cities, &b.cities) && a.class != Class::Visit) { Place::Differ } else { Place::Unknown }
}

/// Deeds of which one day brings several and the next day more: a day's difference makes another one.
fn repeats(class: Class) -> bool {
    matches!(
        class,
        Class::Deed(
            EventType::Assault
                | EventType::Coerce
                | EventType::Accuse
                | EventType::Mobilize
                | EventType::Threaten
                | EventType::Protest
                | EventType::Reject
        )
    )
}

fn when_and_where(a: &Claim, b: &Claim, sure: bool) -> When {
    let place = place(a, b);
    let gap = a.window.gap(b.window);
    let near = match place {
        Place::SameVenue => 4,
        Place::SameCity => 3,
        Place::Unknown => 0,
        Place::Differ => -3,
    };
    match (a.real(), b.real()) {
        (true, true) => both_real(a, b, place, gap, sure, near),
        (true, false) => foretold(b, a, place, gap, sure, near),
        (false, true) => foretold(a, b, place, gap, sure, near),
        (false, false) => both_open(a, b, place, gap, sure, near),
    }
}

fn both_real(a: &Claim, b: &Claim, place: Place, gap: Day, sure: bool, near: i32) -> When {
    let visit = a.class == Class::Visit;
    match (dated(a), dated(b)) {
        (true, true) => {
            let (dull, keen) = (a.window.sharp.min(b.window.sharp), a.window.sharp.max(b.window.sharp));
            let exact = dull == Sharp::Day;
            match gap {
                0 if exact => When::Score(6 + near),
                0 if place == Place::Differ => When::Apart,
                // a month holds many meetings: only the same word for it, or the same town, makes them one
                0 if dull == Sharp::Coarse && keen != Sharp::Coarse && place == Place::Unknown && !sure => When::Apart,
                0 => When::Score(if dull == Sharp::Coarse { 2 } else { 4 } + near),
                1 if place == Place::Differ => When::Never,
                1 if repeats(a.class) && (place == Place::Unknown || !sure) => When::Apart,
                1 if sure => When::Score(1 + near),
                2 if visit => When::Score(near.max(0)),
                _ if keen >= Sharp::Days => When::Never,
                _ => When::Apart,
            }
        }
        (false, false) => {
            let reports = (a.as_of - b.as_of).abs();
            match place {
                Place::SameCity | Place::SameVenue if reports <= 14 => When::Score(1 + near),
                Place::Unknown if reports <= 2 && sure => When::Score(1),
                _ => When::Apart,
            }
        }
        _ => {
            let (told, bare) = if dated(a) { (a, b) } else { (b, a) };
            let since = bare.as_of - told.window.hi;
            match place {
                Place::SameCity | Place::SameVenue if gap == 0 => When::Score(1 + near),
                Place::Unknown if (0..=3).contains(&since) && sure => When::Score(2),
                _ => When::Apart,
            }
        }
    }
}

/// How far a claim of something open lets its date move.
fn slack(c: &Claim) -> Day {
    match c.status {
        Status::Postponed => MOVES_POSTPONED,
        Status::Tentative => MOVES_TENTATIVE,
        _ if c.window.sharp <= Sharp::Coarse => MOVES_TENTATIVE,
        // nobody goes twice to one country within so few days
        _ if c.class == Class::Visit => MOVES_VISIT,
        _ => MOVES_SCHEDULED,
    }
}

/// `open` is told as to come (or off), `real` as having happened.
fn foretold(open: &Claim, real: &Claim, place: Place, gap: Day, sure: bool, near: i32) -> When {
    // who announces something after it happened speaks of the next one
    if open.as_of > real.window.hi + 1 && (gap > 0 || !dated(open) || !dated(real)) {
        return When::Apart;
    }
    // and nothing happens before it is first spoken of in a guess at its date
    if real.window.hi + 1 < open.as_of && open.window.sharp < Sharp::Days {
        return When::Apart;
    }
    if !dated(real) {
        // told as past without a day, in a report near the announced day
        let after = real.as_of - open.window.hi;
        let soon = dated(open) && (-1..=3).contains(&after);
        return if sure && soon && place != Place::Differ { When::Score(2 + near) } else { When::Apart };
    }
    if matches!(open.status, Status::Cancelled | Status::Denied) && gap > 1 {
        return When::Apart;
    }
    moved(open, real, slack(open), place, gap, sure, near)
}

fn both_open(a: &Claim, b: &Claim, place: Place, gap: Day, sure: bool, near: i32) -> When {
    // of one day the one that expects it earlier: whichever is asked about the other, the answer is one
    let age = |c: &Claim| (c.as_of, c.window.lo, c.window.hi);
    let (first, then) = if age(a) <= age(b) { (a, b) } else { (b, a) };
    // what the later report still awaits is not what the earlier one expected long before
    if dated(first) && then.as_of > first.window.hi + slack(first) && gap > 0 {
        return When::Apart;
    }
    moved(first, then, slack(a).max(slack(b)), place, gap, sure, near)
}

fn moved(open: &Claim, other: &Claim, slack: Day, place: Place, gap: Day, sure: bool, near: i32) -> When {
    let loose = open.status == Status::Tentative || open.status == Status::Postponed || other.status == Status::Postponed;
    let exact = open.window.sharp >= Sharp::Days && other.window.sharp >= Sharp::Days;
    if gap > slack || (gap > 0 && !sure) || (gap > 0 && place == Place::Differ && !loose) {
        return When::Apart;
    }
    if place == Place::Differ && (open.lands.iter().all(|l| !other.lands.contains(l)) || (!exact && !loose)) {
        return When::Apart;
    }
    // a plan without a day is known again by who is to meet; states agree on many things in two months
    let known_again = sure && (!matches!(open.class, Class::Deed(_)) || (open.as_of - other.as_of).abs() <= 14);
    if (!dated(open) || !dated(other)) && !known_again {
        return When::Apart;
    }
    let undated = !dated(open) && !dated(other);
    if undated && (!sure || (open.as_of - other.as_of).abs() > 14) {
        return When::Apart;
    }
    let time = match gap {
        0 if exact => 5,
        0 => 3,
        1..=4 => 2,
        _ => 1,
    };
    When::Score(time + near.max(-2))
}
