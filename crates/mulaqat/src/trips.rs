//! Visits and what happens on them: a visit not yet over when the article appeared goes on, and a meeting with the hosts that
//! has no date of its own takes place on it.

use crate::edtf::Edtf;
use crate::events::Happening;
use crate::frames::Shape;
use crate::lang::Pack;
use crate::names::Names;
use crate::record::Status;
use jiff::civil::Date as Day;

pub fn settle(pack: &Pack, names: &Names, published: Option<Day>, events: &mut [Happening]) {
    let shape = |h: &Happening| pack.frames[h.frame as usize].shape;
    if let Some(day) = published {
        for h in events.iter_mut().filter(|h| shape(h) == Shape::Visit) {
            if h.status == Status::Occurred && !h.background && goes_on(h, day) {
                h.status = Status::Ongoing;
            }
        }
    }
    called_off(events, shape);
    let visits: Vec<Happening> = events.iter().filter(|h| shape(h) == Shape::Visit && h.dated).take(40).cloned().collect();
    for h in events.iter_mut().filter(|h| {
        shape(h) == Shape::Mutual
            && !h.dated
            && !matches!(h.status, Status::Denied | Status::Cancelled)
            && !h.modes.iter().any(|m| m == "phone")
    }) {
        let with_hosts = |v: &&Happening| {
            let code = |e: usize| names.entities[e].country.as_deref();
            let hosts: Vec<_> = v.recipients.iter().filter_map(|&e| code(e)).collect();
            v.actors.iter().any(|a| h.actors.contains(a)) && h.actors.iter().any(|&e| code(e).is_some_and(|c| hosts.contains(&c)))
        };
        let future = |s: Status| matches!(s, Status::Scheduled | Status::Tentative);
        let Some(v) = visits.iter().find(|v| with_hosts(v) && future(v.status) == future(h.status)) else { continue };
        if h.date.is_none() {
            h.date.clone_from(&v.date);
        }
        if h.places.is_empty() && future(h.status) {
            h.places.clone_from(&v.places);
        }
    }
}

/// A meeting that was to be held on a visit called off or put off is so too.
fn called_off(events: &mut [Happening], shape: impl Fn(&Happening) -> Shape) {
    let off = |h: &&Happening| shape(h) == Shape::Visit && matches!(h.status, Status::Cancelled | Status::Postponed);
    let visits: Vec<Happening> = events.iter().filter(off).take(20).cloned().collect();
    for h in events.iter_mut().filter(|h| h.was_due && h.status == Status::Tentative) {
        if let Some(v) = visits.iter().find(|v| v.actors.iter().any(|a| h.actors.contains(a)) && v.sentence.abs_diff(h.sentence) < 4) {
            h.status = v.status;
        }
    }
}

/// Whether the visit lasts beyond publication: its last day is not over, or it began at most a day before and no end is told.
fn goes_on(h: &Happening, published: Day) -> bool {
    let Some((first, last)) = h.date.as_deref().and_then(Edtf::parse).and_then(|d| d.bounds()) else { return false };
    if first > published {
        return false;
    }
    if last > first { last >= published } else { h.arrival && published.since(first).is_ok_and(|s| s.get_days() <= 1) }
}
