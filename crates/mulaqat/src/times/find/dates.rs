//! Dates with a number in them: days and months, years, decades, the two ends of a range.

use super::*;

impl Finder<'_, '_> {
    pub(super) fn numeric(&self, i: usize) -> Found {
        self.written_date(i).or_else(|| self.counted(i)).or_else(|| self.nth(i)).or_else(|| self.bare_year(i, false))
    }

    /// A number in digits or words: with a month, a unit, or तारीख.
    pub(super) fn counted(&self, i: usize) -> Found {
        self.days_of_month(i, Year::Open(None))
            .or_else(|| self.decade(i))
            .or_else(|| self.length(i, i))
            .or_else(|| self.days_of_this_month(i, Month::Open, Year::Open(None)))
    }

    /// 18/11/2025, 18-11-2025, 2025-11-18, 18.11.2025, 18.11.25.
    pub(super) fn written_date(&self, i: usize) -> Found {
        let (parts, to) = self.date_parts(i)?;
        let [a, b, c] = parts;
        let two = |p: (u32, usize)| p.1 <= 2;
        let (y, m, d) = match parts {
            _ if a.1 == 4 && two(b) && two(c) => (a.0, b.0, c.0),
            _ if two(a) && two(b) && c.1 == 4 => (c.0, b.0, a.0),
            _ if a.1 == 2 && b.1 == 2 && c.1 == 2 => (c.0 + if c.0 < 50 { 2000 } else { 1900 }, b.0, a.0),
            _ => return None,
        };
        // a month of more than twelve is the day of an American date
        let (m, d) = if m > 12 && d <= 12 { (d, m) } else { (m, d) };
        let day = jiff::civil::Date::new(i16::try_from(y).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()?;
        let point = Point::Day { year: Year::Told(day.year()), month: Month::Named(m as u8), day: d as u8, weekday: 0 };
        Some(self.with_weekday_after(point, to))
    }

    pub(super) fn date_parts(&self, i: usize) -> Option<([(u32, usize); 3], usize)> {
        let raw = self.raw(i);
        if raw.contains('.') {
            let mut it = raw.split('.');
            let parts = [digits(it.next()?)?, digits(it.next()?)?, digits(it.next()?)?];
            return it.next().is_none().then_some((parts, i + 1));
        }
        let slash = |k: usize| self.punct(k) == '/' && self.text.tokens[k].glue == Glue::Joined;
        let (b, c) = match () {
            () if self.hyphened(i + 1) && self.hyphened(i + 2) => (i + 1, i + 2),
            () if slash(i + 1) && slash(i + 3) => (i + 2, i + 4),
            () => return None,
        };
        Some(([self.digits(i)?, self.digits(b)?, self.digits(c)?], c + 1))
    }

    /// 8 जुलाई, 5-6 दिसंबर 2025, 7 और 8 अगस्त, 30 नवंबर से 2 दिसंबर; also its weekday after it.
    pub(super) fn days_of_month(&self, i: usize, year: Year) -> Found {
        let (days, month, year, to) = self.dated(i, year)?;
        let point = |d: u8| Point::Day { year, month: Month::Named(month), day: d, weekday: 0 };
        if days.first != days.last {
            // `5 और 10 दिसंबर`: only the first here, the other one is read next
            return Some(if days.span {
                (What::Range(point(days.first), point(days.last)), to)
            } else {
                (What::At(point(days.first), Sub::Whole), days.first_to)
            });
        }
        if let Some((what, end)) = self.range_tail(point(days.first), to) {
            return Some((what, end));
        }
        Some(self.with_weekday_after(point(days.first), to))
    }

    /// Days, their month and its year if told.
    pub(super) fn dated(&self, i: usize, year: Year) -> Option<(Days, u8, Year, usize)> {
        let days = self.days(i)?;
        let month = self.month_word(days.to, true)?;
        let mut to = days.to + 1;
        if self.punct(to) == '.' && self.is(days.to, bit::LATIN) {
            to += 1;
        }
        match self.year_after(to) {
            Some((y, end)) => Some((days, month, Year::Told(y), self.skip_era(end))),
            None => Some((days, month, year, to)),
        }
    }

    pub(super) fn skip_era(&self, i: usize) -> usize {
        if self.is(i, bit::ERA) { i + 1 } else { i }
    }

    /// One day, or several joined by a hyphen, से, और or commas.
    pub(super) fn days(&self, i: usize) -> Option<Days> {
        let (first, first_to) = self.day(i)?;
        let mut d = Days { first, last: first, first_to, span: true, to: first_to };
        for _ in 0..5 {
            let (at, dash) = match () {
                () if self.hyphened(d.to) => (d.to, true),
                () if matches!(self.punct(d.to), '-' | '\u{2013}' | '\u{2014}' | '/') || self.is(d.to, bit::FROM | bit::OR) => {
                    (d.to + 1, true)
                }
                () if self.punct(d.to) == ',' || self.is(d.to, bit::AND) => (d.to + 1, false),
                () => break,
            };
            let Some((next, to)) = self.day(at) else { break };
            if next <= d.last {
                return None;
            }
            d.span &= dash || next == d.last + 1;
            (d.last, d.to) = (next, to);
        }
        Some(d)
    }

    /// The month that the word at `i` names. Names in Latin letters count only beside a day or year.
    pub(super) fn month_word(&self, i: usize, beside_number: bool) -> Option<u8> {
        let w = self.w(i);
        if w.month == 0 || w.is(bit::LATIN) && !beside_number || self.is_homonym(i, w.month, beside_number) {
            return None;
        }
        Some(w.month)
    }

    /// मार्च as a walk: known by the words around it.
    pub(super) fn is_homonym(&self, i: usize, month: u8, beside_number: bool) -> bool {
        self.pack.homonyms.iter().filter(|h| h.month == month).any(|h| {
            let follows =
                |phrase: &Vec<_>| phrase.iter().enumerate().all(|(k, &s)| i + 1 + k < self.stop && self.text.tokens[i + 1 + k].sym == s);
            let dated = beside_number && (self.is(i + 1, bit::ON | bit::FROM | bit::TO) || self.year_after(i + 1).is_some());
            h.after.iter().any(follows) && !self.is(i + 1, bit::TO)
                || !dated && i > 0 && self.text.tokens[i].glue != Glue::Line && h.before.contains(&self.text.tokens[i - 1].sym)
        })
    }

    /// A date at `i` with its month named: 18 नवंबर 2025, नवंबर 18.
    pub(super) fn full_day(&self, i: usize) -> Option<(Point, usize)> {
        match self.days_of_month(i, Year::Open(None)) {
            Some((What::At(p @ Point::Day { .. }, Sub::Whole), to)) => return Some((p, to)),
            Some(_) => return None,
            None => {}
        }
        if let Some((What::At(p, Sub::Whole), to)) = self.written_date(i) {
            return Some((p, to));
        }
        match self.month_first(i) {
            Some((What::At(p @ Point::Day { .. }, Sub::Whole), to)) => Some((p, to)),
            _ => None,
        }
    }

    /// … तक the other end: से 2 दिसंबर, से बुधवार तक, -दिसंबर.
    pub(super) fn range_tail(&self, from: Point, i: usize) -> Found {
        let dash = self.hyphened(i) || matches!(self.punct(i), '-' | '\u{2013}' | '\u{2014}');
        let k = match () {
            () if self.hyphened(i) => i,
            () if dash || self.is(i, bit::FROM | bit::AND | bit::OR) => i + 1,
            () => return None,
        };
        let (to, end) = self.range_end(from, k)?;
        let closed = self.is(end, bit::TO) || self.is(end, bit::GENITIVE) && self.is(end + 1, bit::BETWEEN);
        let ok = match from {
            _ if dash => true,
            Point::Year(_) if self.is(i, bit::OR) => false,
            _ if self.is(i, bit::OR) => true,
            _ if self.is(i, bit::AND) => self.is(end, bit::GENITIVE) && self.is(end + 1, bit::BETWEEN),
            Point::Day { .. } => true,
            Point::Year(_) => closed || self.is(end, bit::GENITIVE | bit::IN),
            _ => closed,
        };
        ok.then_some((What::Range(from, to), end))
    }

    /// The other end of a range: of the same kind as its beginning.
    pub(super) fn range_end(&self, from: Point, i: usize) -> Option<(Point, usize)> {
        let open = Year::Open(None);
        match from {
            Point::Day { .. } => {
                let (days, month, year, to) = self.dated(i, open)?;
                let point = Point::Day { year, month: Month::Named(month), day: days.first, weekday: 0 };
                (days.first == days.last).then_some((point, to))
            }
            Point::Month { .. } => {
                let month = self.month_word(i, false)?;
                let (year, to) = self.year_after(i + 1).map_or((open, i + 1), |(y, to)| (Year::Told(y), to));
                Some((Point::Month { year, month }, to))
            }
            Point::Year(_) => {
                let decade = self.is(i + 1, bit::GENITIVE) && self.w(i + 2).unit == Some(Unit::Decade);
                let year = self.year(i).filter(|_| !self.counts(i + 1) && !decade)?;
                Some((Point::Year(Year::Told(year)), i + 1))
            }
            Point::Weekday { rel: None, .. } => {
                let (w, to) = self.look(i);
                (w.weekday > 0).then_some((Point::Weekday { day: w.weekday, rel: None }, to))
            }
            _ => None,
        }
    }

    /// A weekday that stands after its date: `18 नवंबर (मंगलवार)`, `18 नवंबर, मंगलवार`.
    pub(super) fn with_weekday_after(&self, point: Point, i: usize) -> (What, usize) {
        let same = (What::At(point, Sub::Whole), i);
        let mark = self.punct(i);
        let (w, to) = self.look(if mark == '(' || mark == ',' { i + 1 } else { i });
        let Point::Day { year, month, day, weekday: 0 } = point else { return same };
        let point = Point::Day { year, month, day, weekday: w.weekday };
        match mark {
            _ if w.weekday == 0 => same,
            '(' if self.punct(to) == ')' => (What::At(point, Sub::Whole), to + 1),
            '(' => same,
            _ => (What::At(point, Sub::Whole), to),
        }
    }

    /// 1990 के दशक, 90 के दशक, नब्बे के दशक.
    pub(super) fn decade(&self, i: usize) -> Found {
        let n = self.number(i)?;
        let year = match n.whole()? {
            // of this century nobody says so yet
            y @ 30..=99 if y % 10 == 0 => 1900 + y,
            y @ 1000..=2990 if y % 10 == 0 => y,
            _ => return None,
        };
        let to = if self.is(n.to, bit::GENITIVE) { n.to + 1 } else { n.to };
        if self.w(to).unit != Some(Unit::Decade) || to == n.to && self.year(i).is_none() {
            return None;
        }
        Some(self.with_sub(Point::Decade(year as i16), to + 1))
    }

    /// A year alone: 2025 में, (2024), ओलंपिक 2024.
    pub(super) fn bare_year(&self, i: usize, prefixed: bool) -> Found {
        let y = self.year(i)?;
        if let Some((second, to)) = self.second_year(y, i) {
            return Some((What::At(Point::Years(y, second), Sub::Whole), to));
        }
        if !prefixed && !self.is_year(i, y) {
            return None;
        }
        self.year_and(Year::Told(y), self.skip_era(i + 1))
    }

    /// `2025-29`, `2014-2019`.
    pub(super) fn second_year(&self, y: i16, i: usize) -> Option<(i16, usize)> {
        if !self.hyphened(i + 1) || self.hyphened(i + 2) || !YEARS.contains(&y) {
            return None;
        }
        let second = match self.digits(i + 1)? {
            (n, 2) => y - y % 100 + n as i16,
            (n, 4) => n as i16,
            _ => return None,
        };
        (second > y && second <= *YEARS.end() && !self.counts(i + 2)).then_some((second, i + 2))
    }

    pub(super) fn is_year(&self, i: usize, y: i16) -> bool {
        let p = self.before(i);
        let follows = self.is(i + 1, bit::YEAR_FOLLOW);
        if p.is(bit::NOT_YEAR | bit::APPROXIMATE) || self.counts(i + 1) || self.hyphened(i + 1) {
            return false;
        }
        // 2000 से अधिक, 2000 में से, 2000 के नोट
        if self.is(i + 1, bit::FROM | bit::IN | bit::GENITIVE) && self.is(i + 2, bit::MORE | bit::FROM | bit::NOT_YEAR) {
            return false;
        }
        if !YEARS.contains(&y) && !self.is(i + 1, bit::ERA) {
            return (1700..1900).contains(&y) && self.is(i + 1, bit::IN | bit::GENITIVE);
        }
        let latin = |k: usize| self.text.tokens.get(k).is_some_and(|t| t.kind == Kind::Word && t.end - t.start == t.cend - t.cstart);
        if self.is(i + 1, bit::ERA) {
            return true;
        }
        let mark = i + 1 >= self.stop || self.text.tokens[i + 1].kind == Kind::Punct;
        let named = i > 0 && self.text.tokens[i - 1].kind == Kind::Word && self.text.tokens[i].glue == Glue::Space;
        follows || i > 0 && latin(i - 1) || latin(i + 1) || mark && (named || i > 0 && self.text.tokens[i - 1].punct == '(')
    }

    /// What follows a year: its month, its day, its quarter, its end, the end of a range.
    pub(super) fn year_and(&self, year: Year, i: usize) -> Found {
        let k = if self.is(i, bit::GENITIVE) { i + 1 } else { i };
        let k2 = self.look(k).0;
        if let Some(f) = self.days_of_month(k, year) {
            return Some(f);
        }
        if self.month_word(k, k == i).is_some() {
            return self.month_and(k, year);
        }
        // मध्य जुलाई
        if k2.part.is_some() && self.month_word(k + 1, false).is_some() {
            return self.part_first(k);
        }
        if let Some((n, to)) = self.ordinal_at(k) {
            match self.w(to).unit {
                Some(Unit::Quarter) if (1..=4).contains(&n) => return Some((What::At(Point::Quarter { year, n }, Sub::Whole), to + 1)),
                Some(Unit::Half) if (1..=2).contains(&n) => return Some((What::At(Point::Half { year, n }, Sub::Whole), to + 1)),
                _ => {}
            }
        }
        if let Some(f) = self.range_tail(Point::Year(year), i) {
            return Some(f);
        }
        Some(self.with_sub(Point::Year(year), i))
    }

    /// An ordinal in words or digits, and its end; 0 is the last.
    pub(super) fn ordinal_at(&self, i: usize) -> Option<(u8, usize)> {
        let (w, to) = self.look(i);
        if w.ordinal > 0 {
            return Some((w.ordinal, to));
        }
        if w.part == Some(Part::Last) {
            return Some((0, to));
        }
        let (n, _) = self.digits(i)?;
        // `20 वीं शताब्दी`: a space may part them where a unit follows
        let spaced = self.is(i + 1, bit::ORDINAL_SUFFIX) && self.w(i + 2).unit.is_some();
        let to = if spaced { i + 2 } else { self.after_suffix(i + 1) };
        (to > i + 1).then(|| u8::try_from(n).ok().map(|n| (n, to))).flatten()
    }

    /// नवंबर 2025, नवंबर 18, 2025, नवंबर-दिसंबर, दिसंबर की शुरुआत.
    pub(super) fn month_first(&self, i: usize) -> Found {
        self.month_word(i, true)?;
        self.month_and(i, Year::Open(None))
    }

    pub(super) fn month_and(&self, i: usize, year: Year) -> Found {
        let month = self.month_word(i, true)?;
        let latin = self.is(i, bit::LATIN);
        let dot = latin && self.punct(i + 1) == '.';
        let at = if dot { i + 2 } else { i + 1 };
        let day = |y: Year, d: u8| Point::Day { year: y, month: Month::Named(month), day: d, weekday: 0 };
        if let Some((first, last, y, to)) = self.day_after_month(at) {
            let year = y.map_or(year, Year::Told);
            return Some(match last {
                None => self.with_weekday_after(day(year, first), to),
                Some(last) => (What::Range(day(year, first), day(year, last)), to),
            });
        }
        if let Some((y, to)) = self.year_after(at) {
            return Some(self.month_tail(Point::Month { year: Year::Told(y), month }, self.skip_era(to)));
        }
        // a word in Latin letters, or one that is not the month's name
        if latin || self.month_word(i, false).is_none() {
            return None;
        }
        // जुलाई महीने में, जुलाई माह
        let to = if self.w(at).unit == Some(Unit::Month) { at + 1 } else { at };
        let year = match (year, self.year_after(to)) {
            (Year::Open(_), Some((y, end))) => return Some(self.month_tail(Point::Month { year: Year::Told(y), month }, end)),
            (y, _) => y,
        };
        Some(self.month_tail(Point::Month { year, month }, to))
    }

    pub(super) fn month_tail(&self, point: Point, to: usize) -> (What, usize) {
        self.range_tail(point, to).unwrap_or_else(|| self.with_sub(point, to))
    }

    /// The days after a month's name: `18`, `18-19`, `18, 2025`; not a count of something.
    pub(super) fn day_after_month(&self, i: usize) -> Option<(u8, Option<u8>, Option<i16>, usize)> {
        // `18,2025` is one token
        if let Some((d, y)) = self.raw(i).split_once(',') {
            let ((d, _), (y, 4)) = (digits(d)?, digits(y)?) else { return None };
            return (1..=31).contains(&d).then_some((d as u8, None, Some(y as i16), i + 1));
        }
        self.digits(i)?;
        let (first, mut to) = self.day(i)?;
        let mut last = None;
        if self.hyphened(to)
            && let Some((d, end)) = self.day(to)
            && d > first
        {
            (last, to) = (Some(d), end);
        }
        if let Some((y, end)) = self.year_after(to) {
            return Some((first, last, Some(y), end));
        }
        let word = self.text.tokens.get(to).filter(|t| to < self.stop && t.kind != Kind::Punct);
        let free = word.is_none() || self.is(to, bit::ON | bit::FROM | bit::TO | bit::GENITIVE | bit::IN | bit::AND);
        (free && !self.hyphened(to)).then_some((first, last, None, to))
    }

    /// मध्य जुलाई, शुरुआती दिसंबर.
    pub(super) fn part_first(&self, i: usize) -> Found {
        let part = self.w(i).part.filter(|p| *p != Part::Last)?;
        if self.before(i).is(bit::GENITIVE) {
            return None;
        }
        let month = self.month_word(i + 1, false)?;
        let (year, to) = self.year_after(i + 2).map_or((Year::Open(None), i + 2), |(y, to)| (Year::Told(y), to));
        Some((What::At(Point::Month { year, month }, Sub::Part(part)), to))
    }

    /// N तारीख of a month that is not named, or that is told by a word before.
    pub(super) fn days_of_this_month(&self, i: usize, month: Month, year: Year) -> Found {
        let days = self.days(i)?;
        if !self.is(days.to, bit::DATE) {
            return None;
        }
        let point = |d: u8| Point::Day { year, month, day: d, weekday: 0 };
        Some(match () {
            () if days.first == days.last => (What::At(point(days.first), Sub::Whole), days.to + 1),
            () if days.span => (What::Range(point(days.first), point(days.last)), days.to + 1),
            () => (What::At(point(days.first), Sub::Whole), days.first_to),
        })
    }
}
