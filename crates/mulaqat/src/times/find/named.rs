//! Times told by name: ordinals, parts of a unit, this and last and next, weekdays, today.

use super::*;

impl Finder<'_, '_> {
    /// 16वें दिन, 21वीं सदी.
    pub(super) fn nth(&self, i: usize) -> Found {
        let (n, to) = self.ordinal_at(i)?;
        self.nth_of(i, n, to)
    }

    /// पहली जनवरी, पहली तिमाही, दूसरे दिन.
    pub(super) fn ordinal(&self, i: usize) -> Found {
        let w = self.w(i);
        if w.ordinal == 1
            && !w.is(bit::BEFORE)
            && let Some(month) = self.month_word(i + 1, true)
        {
            let (year, to) = self.year_after(i + 2).map_or((Year::Open(None), i + 2), |(y, to)| (Year::Told(y), to));
            return Some((What::At(Point::Day { year, month: Month::Named(month), day: 1, weekday: 0 }, Sub::Whole), to));
        }
        self.nth_of(i, w.ordinal, i + 1)
    }

    pub(super) fn nth_of(&self, i: usize, n: u8, to: usize) -> Found {
        let w = self.w(to);
        let year = Year::Open(None);
        match w.unit? {
            Unit::Century if n > 0 && n < 30 => Some(self.with_sub(Point::Century(n), to + 1)),
            Unit::Quarter if (1..=4).contains(&n) => Some((What::At(Point::Quarter { year, n }, Sub::Whole), to + 1)),
            Unit::Half if (1..=2).contains(&n) => Some((What::At(Point::Half { year, n }, Sub::Whole), to + 1)),
            // पहले दिन से: ever since
            Unit::Day if n > 0 && !w.is(bit::PLURAL) && !self.before(i).is(bit::IN_A_ROW) && !self.is(to + 1, bit::FROM) => {
                Some((What::NthDay(n), to + 1))
            }
            _ => None,
        }
    }

    /// की शुरुआत, के आखिरी सप्ताह, के दूसरे शुक्रवार after a unit.
    pub(super) fn with_sub(&self, point: Point, i: usize) -> (What, usize) {
        match self.sub(point, i) {
            Some((sub, to)) => (What::At(point, sub), to),
            None => (What::At(point, Sub::Whole), i),
        }
    }

    pub(super) fn sub(&self, point: Point, i: usize) -> Option<(Sub, usize)> {
        let genitive = self.is(i, bit::GENITIVE);
        let k = if genitive { i + 1 } else { i };
        let (w, to) = self.look(k);
        if let Some(part) = w.part.filter(|p| *p != Part::Last) {
            let unit = self.w(to).unit;
            if genitive && part == Part::Start && unit == Some(Unit::Week) {
                return Some((Sub::Week(1), to + 1));
            }
            if genitive && unit == Some(Unit::Day) {
                return Some((Sub::Part(part), to + 1));
            }
            // नवंबर अंत तक
            return (genitive || self.is(to, bit::IN | bit::TO | bit::ON)).then_some((Sub::Part(part), to));
        }
        if !genitive {
            return None;
        }
        let (n, to) = self.ordinal_at(k)?;
        let u = self.w(to);
        let month = matches!(point, Point::Month { .. } | Point::Unit { unit: Unit::Month, .. });
        let long = month || matches!(point, Point::Year(_) | Point::Unit { unit: Unit::Year, .. });
        if u.weekday > 0 && month {
            return Some((Sub::Weekday { n, day: u.weekday }, to + 1));
        }
        match u.unit? {
            Unit::Week if long => Some((Sub::Week(n), to + 1)),
            Unit::Day if u.is(bit::PLURAL) && n == 0 => Some((Sub::Part(Part::End), to + 1)),
            Unit::Day if long && !u.is(bit::PLURAL) => Some((Sub::Day(n), to + 1)),
            Unit::Fortnight if month && n <= 2 => Some((Sub::Fortnight(if n == 0 { 2 } else { n }), to + 1)),
            _ => None,
        }
    }

    /// पिछले साल, इसी महीने की 3-4 तारीख, अगले सप्ताह मंगलवार, बीते 22 अप्रैल, पिछले तीन साल.
    pub(super) fn relative(&self, i: usize) -> Found {
        let (w, mut to) = self.look(i);
        let rel = w.rel?;
        if self.is(to, bit::EMPHATIC) {
            to += 1;
        }
        let (w, next) = self.look(to);
        if w.is(bit::FISCAL) && self.w(to + 1).unit == Some(Unit::Year) {
            return Some((What::Unknown, to + 2));
        }
        let told = matches!(rel, Rel::Last | Rel::Next);
        if let Some(f) = self.days_of_month(to, Year::Open(Some(rel))).filter(|_| told) {
            return Some(f);
        }
        if self.number(to).is_some() {
            return self.length(to, i).filter(|_| told && !self.is_dayspan(to));
        }
        if w.weekday > 0 {
            return Some(self.with_date(Point::Weekday { day: w.weekday, rel: Some(rel) }, next));
        }
        if w.month > 0 && self.month_word(to, false).is_some() {
            return self.month_and(to, Year::Open(Some(rel)));
        }
        if w.is(bit::DAYPART) {
            return Some((What::At(Point::Night(rel), Sub::Whole), next));
        }
        let w = self.w(to);
        let unit = w.unit.filter(|_| !w.is(bit::PLURAL))?;
        self.unit_and(rel, unit, to + 1)
    }

    /// The number at `i` counts the days of a दिवसीय.
    pub(super) fn is_dayspan(&self, i: usize) -> bool {
        self.number(i).is_some_and(|n| self.is(n.to, bit::DAYSPAN))
    }

    pub(super) fn unit_and(&self, rel: Rel, unit: Unit, to: usize) -> Found {
        let point = Point::Unit { rel, unit };
        let inner = if self.is(to, bit::GENITIVE) { to + 1 } else { to };
        match unit {
            Unit::Day => Some((What::At(point, Sub::Whole), self.daypart(to))),
            Unit::Year => self.year_and(Year::Rel(rel), to),
            Unit::Week => {
                let (w, end) = self.look(inner);
                if w.weekday > 0 {
                    return Some((What::At(Point::WeekdayOf { day: w.weekday, week: rel }, Sub::Whole), self.daypart(end)));
                }
                Some(self.with_sub(point, to))
            }
            Unit::Month => self.days_of_this_month(inner, Month::Rel(rel), Year::Open(None)).or_else(|| Some(self.with_sub(point, to))),
            Unit::Weekend | Unit::Fortnight | Unit::Quarter | Unit::Half | Unit::Decade | Unit::Century => Some(self.with_sub(point, to)),
            Unit::Second | Unit::Minute | Unit::Hour => None,
        }
    }

    /// साल के अंत, वर्ष 2022, घंटे भर.
    pub(super) fn bare_unit(&self, i: usize) -> Found {
        let w = self.w(i);
        if w.is(bit::YEAR_PREFIX)
            && let Some(f) = self.bare_year(i + 1, true)
        {
            return Some(f);
        }
        let unit = w.unit.filter(|_| !w.is(bit::PLURAL))?;
        if self.is(i + 1, bit::WHOLE) && unit != Unit::Day {
            return Some((What::Length(duration(4, unit)), i + 2));
        }
        // a unit that nothing places is this one, if a part of it is named
        let genitive =
            self.is(i + 1, bit::GENITIVE) && matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century);
        if !genitive || self.before(i).is(bit::NUMBER | bit::MULTIPLIES | bit::EVERY) {
            return None;
        }
        match self.unit_and(Rel::This, unit, i + 1)? {
            (What::At(Point::Unit { .. } | Point::Year(_), Sub::Whole), _) => None,
            found => Some(found),
        }
    }

    /// वित्त वर्ष 2025-26: its quarters are not those of the calendar.
    pub(super) fn fiscal(&self, i: usize) -> Found {
        if self.w(i + 1).unit != Some(Unit::Year) {
            return None;
        }
        let year = self.year(i + 2)?;
        let (point, mut to) = match self.second_year(year, i + 2) {
            Some((second, to)) => (What::At(Point::Years(year, second), Sub::Whole), to),
            None => (What::Unknown, i + 3),
        };
        if self.is(to, bit::GENITIVE)
            && let Some((_, k)) = self.ordinal_at(to + 1)
            && self.w(k).unit.is_some()
        {
            to = k + 1;
            return Some((What::Unknown, to));
        }
        Some((point, to))
    }

    pub(super) fn weekday(&self, i: usize) -> Found {
        let (w, to) = self.look(i);
        let point = Point::Weekday { day: w.weekday, rel: None };
        if let Some(f) = self.range_tail(point, to) {
            return Some(f);
        }
        Some(self.with_date(point, to))
    }

    /// आज, कल, परसों; not आज की दुनिया, आज तक, आज-कल.
    pub(super) fn today(&self, i: usize) -> Found {
        let (w, to) = self.look(i);
        let either = w.is(bit::EITHER);
        // आज कल in two words: these days
        if self.is(to, bit::EITHER) || self.before(i).is(bit::TODAY) {
            return None;
        }
        if self.hyphened(to) || self.text.tokens[i].glue == Glue::Hyphen || !either && self.is(to, bit::TO) {
            return None;
        }
        if self.is(to, bit::GENITIVE) {
            let era = |k: usize| self.is(k, bit::ERA_NOUN) && !self.hyphened(k + 1);
            if era(to + 1) || !self.is(to + 1, !0) && era(to + 2) {
                return None;
            }
        }
        Some(self.with_date(Point::Today { days: w.days, either }, to))
    }

    /// A weekday or आज with its date beside it: `मंगलवार (18 नवंबर, 2025)`, `सोमवार, 29 सितंबर`, `आज यानी 18 नवंबर`.
    pub(super) fn with_date(&self, point: Point, i: usize) -> (What, usize) {
        let i = self.daypart(i);
        let alone = (What::At(point, Sub::Whole), i);
        let mark = self.punct(i);
        let at = if mark == '(' || mark == ',' || self.is(i, bit::THAT_IS) { i + 1 } else { i };
        let weekday = match point {
            Point::Weekday { day, .. } => day,
            _ => 0,
        };
        let today = matches!(point, Point::Today { .. });
        // आज, 18 नवंबर को: a date of its own as often as not
        if mark == ',' && today {
            return alone;
        }
        if let Some((Point::Day { year, month, day, weekday: w }, to)) = self.full_day(at) {
            let point = Point::Day { year, month, day, weekday: w.max(weekday) };
            return match mark {
                '(' if self.punct(to) == ')' => (What::At(point, Sub::Whole), to + 1),
                '(' => alone,
                _ => (What::At(point, Sub::Whole), to),
            };
        }
        // कल (मंगलवार), आज यानी मंगलवार
        let (w, to) = self.look(at);
        if today && at > i && w.weekday > 0 && (mark != '(' || self.punct(to) == ')') {
            return (alone.0, if mark == '(' { to + 1 } else { to });
        }
        alone
    }

    /// After a part of the day that stands right behind a day: मंगलवार देर रात.
    pub(super) fn daypart(&self, i: usize) -> usize {
        let (w, to) = self.look(i);
        if w.is(bit::DAYPART) { to } else { i }
    }

    /// ईद के बाद.
    pub(super) fn feast(&self, i: usize) -> Found {
        let to = self.look(i).1;
        let (w, end) = self.look(to + 1);
        let ok = self.is(to, bit::GENITIVE | bit::FROM) && w.is(bit::BEFORE | bit::AFTER | bit::AROUND);
        ok.then_some((What::Unknown, end))
    }
}
