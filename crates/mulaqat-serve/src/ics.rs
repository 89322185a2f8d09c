//! What is to come, as a calendar to subscribe to: the export's own iCalendar, for the day that is looked at.

use crate::reply::{Answer, Problem, Reply};
use crate::visit::Visit;
use mulaqat_export::{Format, Names, Row};
use mulaqat_ledger::{Filter, Ledger};

/// Engagements in the calendar.
const MOST: usize = 200;

pub fn calendar(v: &Visit, ledger: &Ledger) -> Answer {
    let when = v.when(ledger)?;
    let f = Filter { limit: Some(MOST), ..v.filter()? };
    let mut all = vec![];
    ledger.upcoming(when.day, &f, &mut |e| {
        all.push(e);
        true
    })?;
    let mut names = Names::default();
    let mut rows = vec![];
    for e in all {
        let told = ledger.told(&e.id, Some(when.day))?;
        rows.push(Row::new(e, told, &mut names));
    }
    let mut out = vec![];
    mulaqat_export::write(&rows, Format::Ics, false, &mut out).map_err(|e| match e {
        mulaqat_export::Error::Ledger(e) => Problem::Ledger(e),
        _ => Problem::Fault,
    })?;
    Ok(Reply::new("text/calendar; charset=utf-8", out))
}
