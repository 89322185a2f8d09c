//! An iCalendar of the dated engagements: all-day events whose status and title say how sure they are.

use crate::row::word;
use crate::{Error, Result, Row, Writer};
use icalendar::{Component, Event, EventLike, Property};
use jiff::civil::Date;
use mulaqat::edtf::{Edtf, Precision, Qualifier};
use mulaqat::record::Status;
use std::io::Write;

pub struct Ics<'o> {
    out: &'o mut (dyn Write + Send),
}

impl<'o> Ics<'o> {
    pub fn new(out: &'o mut (dyn Write + Send)) -> Result<Ics<'o>> {
        let product = concat!("-//mulaqat//mulaqat ", env!("CARGO_PKG_VERSION"), "//EN");
        write!(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{product}\r\nCALSCALE:GREGORIAN\r\n")?;
        Ok(Ics { out })
    }
}

impl Writer for Ics<'_> {
    fn put(&mut self, row: &Row) -> Result<bool> {
        let Some(event) = event(row) else { return Ok(false) };
        let mut text = String::new();
        event.fmt_write(&mut text).map_err(|e| Error::Format("iCalendar", e.to_string()))?;
        self.out.write_all(text.as_bytes())?;
        Ok(true)
    }

    fn end(self: Box<Self>) -> Result<()> {
        self.out.write_all(b"END:VCALENDAR\r\n")?;
        Ok(self.out.flush()?)
    }
}

/// How a date is told beside its days; empty when it says just those.
fn doubt(date: &str, edtf: &Edtf) -> String {
    let unsure = |d: &mulaqat::edtf::Date| d.qualifier.is_some();
    let coarse = |d: &mulaqat::edtf::Date| d.precision() < Precision::Day;
    match edtf {
        Edtf::Date(d) if matches!(d.qualifier, Some(Qualifier::Approximate | Qualifier::Both)) => format!("about {date}"),
        Edtf::Date(d) if unsure(d) => format!("perhaps {date}"),
        Edtf::Date(d) if coarse(d) => format!("some day in {date}"),
        Edtf::Interval(None, _) => format!("by {date}"),
        Edtf::Interval(_, None) => format!("from {date}, end not known"),
        Edtf::Interval(Some(a), Some(b)) if unsure(a) || unsure(b) || coarse(a) || coarse(b) => format!("some time in {date}"),
        _ => String::new(),
    }
}

fn event(r: &Row) -> Option<Event> {
    let date = r.date.as_deref()?;
    let edtf = Edtf::parse(date)?;
    let day = |s: &Option<String>| s.as_deref().and_then(|s| s.parse::<Date>().ok());
    // an end that is open is not made up: the day that is known stands alone
    let (from, to) = (day(&r.earliest).or(day(&r.latest))?, day(&r.latest).or(day(&r.earliest))?);
    let after = to.tomorrow().ok()?;
    let (status, sign) = match r.status {
        Status::Occurred | Status::Ongoing => ("CONFIRMED", ""),
        Status::Scheduled => ("CONFIRMED", "planned"),
        Status::Tentative => ("TENTATIVE", "expected, not confirmed"),
        Status::Postponed => ("TENTATIVE", "postponed"),
        Status::Cancelled => ("CANCELLED", "cancelled"),
        Status::Denied => ("CANCELLED", "denied"),
    };
    let doubt = doubt(date, &edtf);
    let signs: Vec<&str> = [sign, &doubt].into_iter().filter(|s| !s.is_empty()).collect();
    let headline = r.headline();
    let summary = if signs.is_empty() { headline.clone() } else { format!("[{}] {headline}", signs.join("; ")) };
    let mut e = Event::new();
    e.add_property("UID", format!("{}@mulaqat", r.id));
    // the calendar's clock is the press: the same ledger gives the same file
    let stamp = r.last_report().and_then(|p| p.parse::<Date>().ok()).unwrap_or(from);
    e.add_property("DTSTAMP", format!("{}T000000Z", basic(stamp)));
    let all_day = |name: &str, d: Date| Property::new(name, basic(d)).add_parameter("VALUE", "DATE").done();
    e.append_property(all_day("DTSTART", from));
    e.append_property(all_day("DTEND", after));
    e.add_property("STATUS", status);
    e.add_property("SUMMARY", plain(&summary));
    e.add_property("DESCRIPTION", plain(&description(r, date, &doubt)));
    if !r.places.is_empty() {
        let places: Vec<&str> = r.places.iter().map(|p| p.latin.as_str()).collect();
        e.add_property("LOCATION", plain(&places.join(", ")));
    }
    let class = (!r.class.eq_ignore_ascii_case(&r.kind)).then_some(&r.class);
    e.categories([&r.kind].into_iter().chain(class).chain(&r.contexts));
    // a day without working hours lost by it
    e.add_property("TRANSP", "TRANSPARENT");
    e.append_property(Property::new("X-MULAQAT-EDTF", date).add_parameter("VALUE", "TEXT").done());
    e.append_property(Property::new("X-MULAQAT-STATUS", word(r.status)).add_parameter("VALUE", "TEXT").done());
    if let Some(url) = r.claims.iter().find_map(|c| c.url.as_deref()).filter(|u| u.chars().all(|c| c.is_ascii_graphic())) {
        e.add_property("URL", url);
    }
    Some(e)
}

fn basic(d: Date) -> String {
    format!("{:04}{:02}{:02}", d.year(), d.month(), d.day())
}

/// What the title has no room for: names as in Hindi, the date as it was told, and each report with its words.
fn description(r: &Row, date: &str, doubt: &str) -> String {
    let names = |l: &[crate::Named]| l.iter().map(|n| n.name.as_str()).collect::<Vec<_>>().join(", ");
    let mut lines = vec![names(&r.actors)];
    if !r.recipients.is_empty() {
        lines[0] += &format!(" → {}", names(&r.recipients));
    }
    let how = if doubt.is_empty() { String::new() } else { format!(" ({doubt})") };
    lines.push(format!("Status: {}. Date: {date}{how}.", word(r.status)));
    lines.push(format!("Independent sources: {} in {} documents.", r.families, r.documents));
    for c in &r.conflicts {
        let values = c.values.iter().map(|v| format!("{} ({})", v.value, v.families)).collect::<Vec<_>>();
        lines.push(format!("Reports differ on {}: {}", c.field, values.join(" / ")));
    }
    for c in &r.claims {
        let head: Vec<&str> = [c.published.as_deref(), c.publisher.as_deref(), Some(&c.doc)].into_iter().flatten().collect();
        let words = c.evidence.first().map_or("", |e| e.words.as_str());
        lines.push(format!("{}: «{words}»", head.join(", ")));
    }
    lines.join("\n")
}

/// Without what a calendar's text cannot hold: control characters other than the end of a line.
fn plain(s: &str) -> String {
    s.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}
