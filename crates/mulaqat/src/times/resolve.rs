//! Gives each expression of time its value, in the order of the text: what was told before is what later ones count from.

use super::calendar::*;
use super::pack::bit;
use super::{Anchor, Context, Month, Offset, Point, Rel, Resolved, Sub, Tense, TimeExpr, TimePack, Unit, What, Year};
use crate::edtf::{Date, Duration, Edtf, Pair};
use crate::text::{Glue, Text};
use jiff::civil::Date as Day;

/// Values for the expressions that `find` found in the same text.
pub fn resolve(text: &Text, found: &[TimeExpr], ctx: &Context, pack: &TimePack) -> Vec<Resolved> {
    let mut r = Resolver { text, pack, ctx, reference: None, main: None, told: Told::default() };
    r.reference = ctx.published.or_else(|| r.latest_past(found));
    let mut out = Vec::with_capacity(found.len());
    for (k, e) in found.iter().enumerate() {
        let value = r.value(e, found.get(k + 1));
        r.remember(e, value);
        let to = match (e.what, value) {
            (What::Offset { bare, .. }, Some(Edtf::Duration(_))) => bare,
            _ => e.to,
        };
        out.push(Resolved {
            from: e.from,
            to,
            value: value.and_then(|v| written(v, e.about)),
            duration: matches!(value, Some(Edtf::Duration(_))) || matches!(e.what, What::Length(_)),
            offset: counted_from(e),
            rule: rule(&e.what),
        });
    }
    out
}

/// The value as text; approximate where that was said. What EDTF cannot hold is not told.
fn written(v: Edtf, about: bool) -> Option<String> {
    let v = match v {
        Edtf::Date(d) => Edtf::Date(d.approximate(about)),
        Edtf::Interval(a, b) => Edtf::Interval(a.map(|d| d.approximate(about)), b.map(|d| d.approximate(about))),
        Edtf::Duration(d) => Edtf::Duration(d),
    };
    let s = v.to_string();
    Edtf::parse(&s).map(|_| s)
}

fn counted_from(e: &TimeExpr) -> Option<Offset> {
    match e.what {
        What::Offset { count, unit, after, .. } => {
            let n = i32::try_from(count).ok()?;
            Some(Offset { count: if after { n } else { -n }, unit })
        }
        _ => None,
    }
}

impl Offset {
    /// The date that lies so far from another one, no more exact than both; `None` outside the calendar.
    pub fn from(self, date: Date) -> Option<Date> {
        shift(date, i64::from(self.count), self.unit)
    }
}

fn rule(what: &What) -> &'static str {
    match what {
        What::At(_, Sub::Part(_)) => "early-mid-late",
        What::At(_, Sub::Week(_) | Sub::Day(_) | Sub::Fortnight(_) | Sub::Weekday { .. }) => "nth-of-month",
        What::At(Point::Day { month: Month::Named(_), .. }, _) => "day-month",
        What::At(Point::Day { .. }, _) => "day-of-month",
        What::At(Point::Month { .. }, _) => "month",
        What::At(Point::Year(Year::Told(_)) | Point::Years(..), _) => "year",
        What::At(Point::Weekday { .. } | Point::WeekdayOf { .. }, _) => "weekday",
        What::At(Point::Today { .. }, _) => "today",
        What::At(Point::Night(_), _) => "night",
        What::At(Point::Unit { .. } | Point::Year(_), _) => "relative",
        What::At(Point::Quarter { .. } | Point::Half { .. }, _) => "quarter",
        What::At(Point::Decade(_) | Point::Century(_), _) => "decade",
        What::Range(..) => "range",
        What::Offset { .. } => "before-after",
        What::NthDay(_) => "nth-day",
        What::Length(_) => "duration",
        What::Unknown => "not-told",
    }
}

/// What was told so far.
#[derive(Debug, Default)]
struct Told {
    /// The last date of any exactness, the last with a month, the last full day, with the token it stands at.
    any: Option<Date>,
    month: Option<(i16, u8)>,
    day: Option<(Day, usize)>,
    /// The last full day that is not to come.
    past: Option<Day>,
    /// Year and month of a date of another year; the next month without a year goes on from it.
    story: Option<(i16, u8, usize)>,
}

/// Where the tense of its clause puts a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Past,
    Future,
    Near,
}

struct Resolver<'a, 't> {
    text: &'a Text<'t>,
    pack: &'a TimePack,
    ctx: &'a Context<'a>,
    /// The day that the others count from: of publication, or the latest full date told as past.
    reference: Option<Day>,
    /// The first full day told as past: what the article is about.
    main: Option<Day>,
    told: Told,
}

/// A date of another year, more than this many days away, is doubted when one on the other side is near: verbs are misread.
const FAR: i32 = 300;
const CLOSE: i32 = 60;

impl Resolver<'_, '_> {
    fn latest_past(&self, found: &[TimeExpr]) -> Option<Day> {
        let full = |e: &TimeExpr| match e.what {
            What::At(Point::Day { year: Year::Told(y), month: Month::Named(m), day, .. }, Sub::Whole) => date(y, m, day),
            _ => None,
        };
        found.iter().filter(|e| self.tense(e) != Tense::Future).filter_map(full).max()
    }

    fn tense(&self, e: &TimeExpr) -> Tense {
        match (self.ctx.tense)(e.from) {
            Tense::Unknown => (self.ctx.tense)(e.to.saturating_sub(1)),
            t => t,
        }
    }

    fn word_is(&self, i: usize, bits: u64) -> bool {
        self.text.tokens.get(i).is_some_and(|t| t.glue != Glue::Line && self.pack.word(t.sym).is(bits))
    }

    fn side(&self, e: &TimeExpr) -> Side {
        // 27 जनवरी को दिल्ली में प्रस्तावित …
        if (e.to..e.to + 6)
            .take_while(|&k| k < self.text.tokens.len() && self.text.tokens[k].punct == '\0')
            .any(|k| self.word_is(k, bit::AHEAD))
        {
            return Side::Future;
        }
        match self.tense(e) {
            Tense::Past => Side::Past,
            Tense::Future => Side::Future,
            // मार्च से जेल में हैं
            Tense::Present if self.word_is(e.to, bit::FROM) => Side::Past,
            Tense::Present | Tense::Unknown => Side::Near,
        }
    }

    /// इसके, उससे before the expression: it counts from the date told before.
    fn points_back(&self, e: &TimeExpr) -> bool {
        e.from > 0 && self.text.tokens[e.from].glue != Glue::Line && self.word_is(e.from - 1, bit::BACK)
    }

    fn same_paragraph(&self, a: usize, b: usize) -> bool {
        a <= b && self.text.tokens[a + 1..(b + 1).max(a + 1)].iter().all(|t| t.glue != Glue::Line)
    }

    // ---- values -------------------------------------------------------------------------------------------------------------

    fn value(&self, e: &TimeExpr, next: Option<&TimeExpr>) -> Option<Edtf> {
        match e.what {
            What::At(point, sub) => match self.beside(e, next) {
                Some(day) => Some(Edtf::Date(day)),
                None => sub_of(self.point(point, e)?, sub, point),
            },
            What::Range(a, b) => self.range(a, b, e),
            What::Offset { count, unit, after, anchor, length, .. } => match self.beside(e, next) {
                Some(day) => Some(Edtf::Date(day)),
                None => self.offset(e, count, unit, after, anchor, length),
            },
            What::NthDay(n) => match self.beside(e, next) {
                Some(day) => Some(Edtf::Date(day)),
                None => Some(Edtf::Date(Date::day(add_days(self.told.day?.0, i64::from(n) - 1)?))),
            },
            What::Length(d) => d.map(Edtf::Duration),
            What::Unknown => None,
        }
    }

    /// The date that stands right behind अगले दिन, दूसरे दिन or एक दिन पहले names the same day.
    fn beside(&self, e: &TimeExpr, next: Option<&TimeExpr>) -> Option<Date> {
        let next_day = Point::Unit { rel: Rel::Next, unit: Unit::Day };
        if !matches!(e.what, What::NthDay(_) | What::Offset { unit: Unit::Day, .. }) && e.what != What::At(next_day, Sub::Whole) {
            return None;
        }
        let next = next
            .filter(|n| n.from <= e.to + 1 && self.text.tokens.get(e.to).is_some_and(|t| n.from == e.to || matches!(t.punct, ',' | '(')))?;
        match next.what {
            What::At(p @ (Point::Day { .. } | Point::Weekday { .. }), Sub::Whole) => match self.point(p, next)? {
                Edtf::Date(d) => Some(d),
                _ => None,
            },
            _ => None,
        }
    }

    fn point(&self, point: Point, e: &TimeExpr) -> Option<Edtf> {
        let day = |d: Day| Edtf::Date(Date::day(d));
        match point {
            Point::Day { year, month, day: d, weekday } => self.day(year, month, d, weekday, e).map(Edtf::Date),
            Point::Month { year, month } => Some(Edtf::Date(Date::month(self.year_of_month(year, month, e), month))),
            Point::Year(Year::Told(y)) => Some(Edtf::Date(Date::year(y))),
            Point::Year(y) => Some(Edtf::Date(Date::year(self.year(y, e)?))),
            Point::Years(a, b) => Some(Edtf::Interval(Some(Date::year(a)), Some(Date::year(b)))),
            Point::Weekday { day: d, rel } => self.weekday(d, rel, e).map(day),
            Point::WeekdayOf { day: d, week } => {
                let monday = self.monday(week, e)?;
                add_days(monday, i64::from(d) - 1).map(day)
            }
            Point::Today { days, either } => self.today(days, either, e).map(day),
            Point::Night(rel) => self.night(rel, e).map(day),
            Point::Unit { rel, unit } => self.unit(rel, unit, e),
            Point::Quarter { year, n } => months(self.year_of_span(year, 3 * n - 2, 3, e)?, 3 * n - 2, 3 * n),
            Point::Half { year, n } => months(self.year_of_span(year, 6 * n - 5, 6, e)?, 6 * n - 5, 6 * n),
            Point::Decade(y) => Some(years(y, 10)),
            Point::Century(n) => Some(years((i16::from(n) - 1) * 100 + 1, 100)),
        }
    }

    /// A year that is told, or said to be the last, this or the next.
    fn year(&self, year: Year, e: &TimeExpr) -> Option<i16> {
        let here = self.reference.map(Day::year);
        let told = self.told.any.and_then(|d| d.year);
        let back = self.points_back(e);
        match year {
            Year::Told(y) => Some(y),
            Year::Rel(Rel::Same) => told,
            Year::Rel(Rel::This) => here,
            Year::Rel(Rel::Last) => Some(if back { told.or(here) } else { here }? - 1),
            // a story told in the past goes on from the year it was in
            Year::Rel(Rel::Next) => {
                let story = told.filter(|t| back || self.tense(e) == Tense::Past && here.is_none_or(|h| *t < h));
                Some(story.or(here)? + 1)
            }
            Year::Open(_) => None,
        }
    }

    /// The year that puts something where the tense wants it; `bounds` are its days in a year.
    fn open_year(&self, side: Side, bounds: impl Fn(i16) -> Option<(Day, Day)>) -> Option<i16> {
        let here = self.reference?;
        let mut best: [Option<(i32, i16)>; 2] = [None, None];
        for y in here.year().saturating_sub(8)..=here.year().saturating_add(8) {
            let Some((a, b)) = bounds(y) else { continue };
            if a <= here {
                best[0] = Some((days_between(b.min(here), here), y));
            }
            if b >= here && best[1].is_none() {
                best[1] = Some((days_between(here, a.max(here)), y));
            }
        }
        let (past, future) = match (best[0], best[1]) {
            (Some(p), Some(f)) => (p, f),
            (p, f) => return p.or(f).map(|x| x.1),
        };
        let doubted = |a: (i32, i16), b: (i32, i16)| if a.1 != here.year() && a.0 > FAR && b.0 <= CLOSE { b.1 } else { a.1 };
        Some(match side {
            Side::Past => doubted(past, future),
            Side::Future => doubted(future, past),
            Side::Near if past.0 <= future.0 => past.1,
            Side::Near => future.1,
        })
    }

    /// `side` of a date whose year is open: बीते and आगामी beside it say more than the tense.
    fn open_side(&self, year: Year, e: &TimeExpr) -> Side {
        match year {
            Year::Open(Some(Rel::Last)) => Side::Past,
            Year::Open(Some(Rel::Next)) => Side::Future,
            _ => self.side(e),
        }
    }

    /// A month told after a date of another year, in the same paragraph, is of that year.
    fn story_year(&self, month: u8, e: &TimeExpr) -> Option<i16> {
        let (y, m, at) = self.told.story?;
        (self.side(e) != Side::Future && month > m && self.same_paragraph(at, e.from)).then_some(y)
    }

    fn year_of_month(&self, year: Year, month: u8, e: &TimeExpr) -> Option<i16> {
        match year {
            Year::Open(rel) => {
                if rel.is_none()
                    && let Some(y) = self.story_year(month, e)
                {
                    return Some(y);
                }
                let here = self.reference?;
                match rel {
                    // इस दिसंबर, अगले मार्च
                    Some(Rel::This) => Some(here.year()),
                    Some(Rel::Same) => self.told.any.and_then(|d| d.year),
                    Some(Rel::Next) if here.month() as u8 >= month => Some(here.year() + 1),
                    Some(Rel::Last) if here.month() as u8 <= month => Some(here.year() - 1),
                    _ => self.open_year(self.open_side(year, e), |y| month_bounds(y, month)),
                }
            }
            y => self.year(y, e),
        }
    }

    fn year_of_span(&self, year: Year, first: u8, months: u8, e: &TimeExpr) -> Option<i16> {
        match year {
            Year::Open(_) => {
                self.open_year(self.open_side(year, e), |y| Some((month_bounds(y, first)?.0, month_bounds(y, first + months - 1)?.1)))
            }
            y => self.year(y, e),
        }
    }

    fn day(&self, year: Year, month: Month, day: u8, weekday: u8, e: &TimeExpr) -> Option<Date> {
        match month {
            Month::Named(m) => {
                let y = match year {
                    Year::Open(rel) => {
                        let story = self.story_year(m, e).filter(|_| rel.is_none() && weekday == 0);
                        story
                            .or_else(|| self.weekday_year(m, day, weekday))
                            .or_else(|| self.open_year(self.open_side(year, e), |y| date(y, m, day).map(|d| (d, d))))
                    }
                    y => Some(self.year(y, e)?),
                };
                match y {
                    Some(y) => date(y, m, day).map(Date::day),
                    // some year has it
                    None => date(2000, m, day).map(|_| Date { day: Some(Pair::known(day)), ..Date::month(None, m) }),
                }
            }
            Month::Rel(rel) => {
                let (y, m) = self.month(rel, e)?;
                date(y, m, day).map(Date::day)
            }
            Month::Open => {
                let here = self.reference?;
                let at = |n: i64| {
                    let (y, m) = add_months(here.year(), here.month() as u8, n)?;
                    date(y, m, day)
                };
                let past = (-2..=0).rev().filter_map(at).find(|d| *d <= here);
                let next = (0..=2).filter_map(at).find(|d| *d >= here);
                match self.side(e) {
                    Side::Past => past,
                    Side::Future => next,
                    Side::Near => [past, next].into_iter().flatten().min_by_key(|d| days_between(here, *d).abs()),
                }
                .map(Date::day)
            }
        }
    }

    /// The year near the reference in which the day falls on the weekday told with it.
    fn weekday_year(&self, month: u8, day: u8, weekday: u8) -> Option<i16> {
        let here = self.reference.filter(|_| weekday > 0)?;
        let near = (-1..=1).filter_map(|n| date(here.year() + n, month, day)).filter(|d| number(*d) == weekday);
        near.min_by_key(|d| days_between(here, *d).abs()).map(Day::year)
    }

    fn weekday(&self, day: u8, rel: Option<Rel>, e: &TimeExpr) -> Option<Day> {
        let here = self.reference?;
        match (rel, self.side(e)) {
            (Some(Rel::Last), _) => weekday_before(add_days(here, -1)?, day),
            (Some(Rel::Next), _) => weekday_after(add_days(here, 1)?, day),
            (Some(Rel::Same), _) => weekday_before(self.told.day.map_or(here, |d| d.0), day),
            (_, Side::Past) => weekday_before(here, day),
            (_, Side::Future) => weekday_after(add_days(here, 1)?, day),
            (_, Side::Near) if self.tense(e) == Tense::Present => weekday_after(here, day),
            (_, Side::Near) => weekday_before(here, day),
        }
    }

    fn today(&self, days: u8, either: bool, e: &TimeExpr) -> Option<Day> {
        let here = self.reference?;
        let n = i64::from(days);
        match self.side(e) {
            _ if !either => Some(here),
            Side::Past => add_days(here, -n),
            Side::Future | Side::Near => add_days(here, n),
        }
    }

    fn night(&self, rel: Rel, e: &TimeExpr) -> Option<Day> {
        let told = self.told.day.map(|d| d.0);
        match rel {
            Rel::Last if self.points_back(e) => add_days(told?, -1),
            Rel::Last => add_days(self.reference?, -1),
            Rel::This | Rel::Same => told.or(self.reference),
            Rel::Next => add_days(told.or(self.reference)?, 1),
        }
    }

    /// The Monday of last, this or next week.
    fn monday(&self, rel: Rel, e: &TimeExpr) -> Option<Day> {
        let base = if rel == Rel::Same || self.points_back(e) { self.told.day?.0 } else { self.reference? };
        let n = match rel {
            Rel::Last => -7,
            Rel::Next => 7,
            Rel::This | Rel::Same => 0,
        };
        add_days(weekday_before(base, 1)?, n)
    }

    /// Year and month of last, this or next month.
    fn month(&self, rel: Rel, e: &TimeExpr) -> Option<(i16, u8)> {
        let here = self.reference.map(|d| (d.year(), d.month() as u8));
        let back = self.points_back(e);
        let story = |t: &(i16, u8)| back || self.tense(e) == Tense::Past && here.is_none_or(|h| t.0 < h.0);
        let (base, n) = match rel {
            Rel::Same => (self.told.month, 0),
            Rel::This => (here, 0),
            Rel::Last => (self.told.month.filter(|_| back).or(here), -1),
            Rel::Next => (self.told.month.filter(story).or(here), 1),
        };
        let (y, m) = base?;
        add_months(y, m, n)
    }

    fn unit(&self, rel: Rel, unit: Unit, e: &TimeExpr) -> Option<Edtf> {
        let day = |d: Day| Edtf::Date(Date::day(d));
        let n = match rel {
            Rel::Last => -1,
            Rel::Next => 1,
            Rel::This | Rel::Same => 0,
        };
        match unit {
            Unit::Day => self.day_of(rel, e).map(day),
            Unit::Week => days(self.monday(rel, e)?, 0, 6),
            Unit::Weekend => days(self.monday(rel, e)?, 5, 6),
            Unit::Month => self.month(rel, e).map(|(y, m)| Edtf::Date(Date::month(Some(y), m))),
            Unit::Year => self.year(Year::Rel(rel), e).map(|y| Edtf::Date(Date::year(y))),
            Unit::Fortnight => {
                let here = self.reference?;
                // halves of months, counted from year 0
                let half = (i64::from(here.year()) * 12 + i64::from(here.month()) - 1) * 2 + i64::from(here.day() > 15) + n;
                let (y, m) = add_months(0, 1, half.div_euclid(2))?;
                fortnight(y, m, 1 + half.rem_euclid(2) as u8)
            }
            Unit::Quarter | Unit::Half => {
                let here = self.reference?;
                let size = if unit == Unit::Quarter { 3 } else { 6 };
                let (y, m) = add_months(here.year(), (here.month() as u8 - 1) / size * size + 1, n * i64::from(size))?;
                months(y, m, m + size - 1)
            }
            Unit::Decade => {
                let y = i64::from(self.reference?.year()).div_euclid(10) * 10 + 10 * n;
                Some(years(i16::try_from(y).ok()?, 10))
            }
            Unit::Century => {
                let y = (i64::from(self.reference?.year()) - 1).div_euclid(100) * 100 + 1 + 100 * n;
                Some(years(i16::try_from(y).ok()?, 100))
            }
            Unit::Second | Unit::Minute | Unit::Hour => None,
        }
    }

    /// अगले दिन, उसी दिन, इसी दिन, बीते दिन.
    fn day_of(&self, rel: Rel, e: &TimeExpr) -> Option<Day> {
        let told = self.told.day.map(|d| d.0);
        match rel {
            Rel::Last if self.points_back(e) => add_days(told?, -1),
            Rel::Last => add_days(self.reference?, -1),
            Rel::Next => add_days(told.or(self.reference)?, 1),
            Rel::Same => told,
            // this very day: the one told in the paragraph, else the one that the article is about
            Rel::This => match self.told.day {
                Some((d, at)) if self.same_paragraph(at, e.from) => Some(d),
                _ => self.main.or(told).or(self.reference),
            },
        }
    }

    fn range(&self, a: Point, b: Point, e: &TimeExpr) -> Option<Edtf> {
        let interval = |a: Date, b: Date| Some(Edtf::Interval(Some(a), Some(b)));
        match (a, b) {
            (Point::Day { year, month, day, .. }, Point::Day { year: year_b, month: month_b, day: day_b, .. }) => {
                // the year told with the end is that of the beginning, or the one after
                let year = match (year, year_b, month, month_b) {
                    (Year::Open(_), Year::Told(y), Month::Named(m), Month::Named(n)) => Year::Told(y - i16::from(m > n)),
                    _ => year,
                };
                let first = self.day(year, month, day, 0, e)?;
                let last = match (first.year, first.month.and_then(Pair::value), month_b) {
                    (_, Some(_), Month::Named(n)) if matches!(year_b, Year::Told(_)) => {
                        date(self.year(year_b, e)?, n, day_b).map(Date::day)?
                    }
                    (Some(y), Some(m), Month::Named(n)) => date(y + i16::from(n < m), n, day_b).map(Date::day)?,
                    (Some(y), Some(m), _) => date(y, m, day_b).map(Date::day)?,
                    (None, Some(m), Month::Named(n)) if n >= m => Date { day: Some(Pair::known(day_b)), ..Date::month(None, n) },
                    _ => return None,
                };
                interval(first, last)
            }
            (Point::Month { year, month }, Point::Month { year: year_b, month: n }) => {
                let year = match (year, year_b) {
                    (Year::Open(_), Year::Told(y)) => Year::Told(y - i16::from(month > n)),
                    _ => year,
                };
                let y = self.year_of_month(year, month, e);
                let last = match year_b {
                    Year::Told(y) => Some(y),
                    _ => y.map(|y| y + i16::from(n < month)),
                };
                interval(Date::month(y, month), Date::month(last, n))
            }
            (Point::Year(a), Point::Year(b)) => interval(Date::year(self.year(a, e)?), Date::year(self.year(b, e)?)),
            (Point::Weekday { day, rel }, Point::Weekday { day: last, .. }) => {
                let first = self.weekday(day, rel, e)?;
                interval(Date::day(first), Date::day(weekday_after(first, last)?))
            }
            _ => None,
        }
    }

    fn offset(&self, e: &TimeExpr, count: u32, unit: Unit, after: bool, anchor: Anchor, length: Option<Duration>) -> Option<Edtf> {
        let long = matches!(unit, Unit::Year | Unit::Decade | Unit::Century);
        let short = matches!(unit, Unit::Day | Unit::Week | Unit::Fortnight);
        let future = matches!(self.tense(e), Tense::Future | Tense::Present);
        let reference = self.reference.map(Date::day);
        let past = self.told.past.map(Date::day);
        let any_day = self.told.day.map(|d| Date::day(d.0));
        let near = self.told.day.is_some_and(|d| self.same_paragraph(d.1, e.from));
        let base = match anchor {
            Anchor::Back if short => any_day.or(reference),
            Anchor::Back => self.told.any.or(reference),
            // ten years after something whose date is not known: how long it took
            Anchor::Event if after && !short => return length.map(Edtf::Duration),
            Anchor::Event => past.or(reference),
            Anchor::Open if !after && unit == Unit::Day && count == 1 => past.or(reference),
            Anchor::Open if !after || future && !long => reference,
            Anchor::Open if short && near => any_day,
            Anchor::Open if short => past.or(reference),
            Anchor::Open if !long && near => any_day,
            Anchor::Open if future && self.tense(e) == Tense::Future => reference,
            // 33 साल बाद वहां पहुंचे
            Anchor::Open => return length.map(Edtf::Duration),
        };
        let n = i64::from(count);
        let d = Edtf::Date(shift(base?, if after { n } else { -n }, unit)?);
        // told as past, it cannot be to come: it counts from something else
        let to_come = after && self.tense(e) == Tense::Past && matches!((d.bounds(), self.reference), (Some(b), Some(r)) if b.0 > r);
        (!to_come).then_some(d)
    }

    // ---- memory --------------------------------------------------------------------------------------------------------------

    fn remember(&mut self, e: &TimeExpr, value: Option<Edtf>) {
        let (date, whole) = match value {
            Some(Edtf::Date(d)) => (d, true),
            Some(Edtf::Interval(_, Some(d))) => (d, false),
            _ => return,
        };
        let Some(year) = date.year else { return };
        let t = &mut self.told;
        t.any = Some(date);
        let Some(month) = date.month.and_then(Pair::value) else {
            t.story = None;
            return;
        };
        t.month = Some((year, month));
        let told_year = match e.what {
            What::At(Point::Day { year, .. } | Point::Month { year, .. }, _) => matches!(year, Year::Told(_) | Year::Rel(_)),
            _ => false,
        };
        let goes_on = t.story.is_some_and(|s| s.0 == year && month >= s.1);
        let other = self.reference.is_some_and(|r| year < r.year());
        t.story = ((told_year || goes_on) && other).then_some((year, month, e.from));
        let Some(day) = date.day.and_then(Pair::value).and_then(|d| self::date(year, month, d)) else { return };
        t.day = Some((day, e.from));
        let past = match (self.ctx.tense)(e.from) {
            Tense::Future => false,
            _ => self.reference.is_none_or(|r| day <= r),
        };
        if past && whole && !e.about {
            self.told.past = Some(day);
            if self.main.is_none() && (self.ctx.tense)(e.from) == Tense::Past {
                self.main = Some(day);
            }
        }
    }
}
