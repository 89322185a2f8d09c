//! Numbers, and lengths counted by them: दो दिवसीय, तीन साल, दो दिन पहले.

use super::*;

impl Finder<'_, '_> {
    pub(super) fn number(&self, i: usize) -> Option<Number> {
        let scale = |n: Number| {
            let mut n = n;
            while self.is(n.to, bit::MULTIPLIES) {
                n = Number { quarters: n.quarters.checked_mul(u64::from(self.w(n.to).times))?, to: n.to + 1 };
            }
            Some(n)
        };
        if self.text.tokens.get(i)?.kind == Kind::Number {
            return scale(Number { quarters: quarters(self.raw(i))?, to: i + 1 });
        }
        let w = self.w(i);
        let q = u64::from(w.quarters);
        if w.is(bit::ADDS | bit::TAKES) {
            let next = self.number(i + 1);
            return match (w.is(bit::ADDS), next) {
                (true, Some(n)) => Some(Number { quarters: n.quarters + q, to: n.to }),
                (false, Some(n)) => Some(Number { quarters: n.quarters.saturating_sub(q), to: n.to }),
                // सवा घंटा is 1¼, पौने घंटे ¾; साढ़े needs its number
                (true, None) if q == 1 => Some(Number { quarters: 5, to: i + 1 }),
                (true, None) => None,
                (false, None) => Some(Number { quarters: 4 - q.min(4), to: i + 1 }),
            };
        }
        if w.is(bit::NUMBER) {
            return scale(Number { quarters: q, to: i + 1 });
        }
        w.is(bit::MULTIPLIES).then(|| Number { quarters: 4 * u64::from(w.times), to: i + 1 })
    }

    /// A day of the month in digits or words.
    pub(super) fn day(&self, i: usize) -> Option<(u8, usize)> {
        let n = match self.digits(i) {
            Some((n, len)) if len <= 2 => n,
            Some(_) => return None,
            None if self.is(i, bit::NUMBER) && self.w(i).quarters.is_multiple_of(4) => self.w(i).quarters / 4,
            None => return None,
        };
        let to = if self.text.tokens[i].kind == Kind::Number { self.after_suffix(i + 1) } else { i + 1 };
        (1..=31).contains(&n).then_some((n as u8, to))
    }

    /// After the `th` of `18th` or the वीं of 18वीं.
    pub(super) fn after_suffix(&self, i: usize) -> usize {
        if self.is(i, bit::ORDINAL_SUFFIX) && matches!(self.text.tokens[i].glue, Glue::Joined | Glue::Hyphen) { i + 1 } else { i }
    }

    /// A year of four digits at `i`.
    pub(super) fn year(&self, i: usize) -> Option<i16> {
        self.digits(i).filter(|&(n, len)| len == 4 && (1000..=2999).contains(&n)).map(|(n, _)| n as i16)
    }

    /// The year after a month or day: `2025`, `, 2025`, `वर्ष 2025`.
    pub(super) fn year_after(&self, i: usize) -> Option<(i16, usize)> {
        let mut k = i;
        if self.punct(k) == ',' {
            k += 1;
        }
        if self.is(k, bit::YEAR_PREFIX) {
            k += 1;
        }
        let y = self.year(k)?;
        (!self.counts(k + 1)).then_some((y, k + 1))
    }

    /// The word at `i` makes the number before it a count.
    pub(super) fn counts(&self, i: usize) -> bool {
        self.is(i, bit::NOT_YEAR | bit::MULTIPLIES) || self.w(i).unit.is_some_and(|u| !matches!(u, Unit::Year))
    }

    /// दो दिवसीय, तीन साल, साढ़े चार घंटे, दो दिन पहले. `from` is where the expression begins, which may be a पिछले before.
    pub(super) fn length(&self, i: usize, from: usize) -> Found {
        let n = self.number(i)?;
        let mut to = n.to;
        let mut exact = true;
        // दो-तीन दिन, दो से तीन दिन
        let second = if self.hyphened(to) {
            self.number(to)
        } else if self.is(to, bit::FROM | bit::OR) || matches!(self.punct(to), '-' | '\u{2013}') {
            self.number(to + 1)
        } else {
            None
        };
        if let Some(m) = second {
            (to, exact) = (m.to, false);
        }
        // पांच से अधिक वर्ष
        if self.is(to, bit::FROM) && self.is(to + 1, bit::MORE) {
            to += 2;
        }
        // not `look`: तीन दिन में is no दिन में
        let w = *self.w(to);
        let count = n.whole().filter(|_| exact);
        if w.is(bit::DAYSPAN) && w.days == 0 {
            // एक दिवसीय मैच
            if count == Some(1) && self.is(to + 1, bit::CRICKET) {
                return None;
            }
            return Some((What::Length(count.and_then(|d| duration(u64::from(d) * 4, Unit::Day))), to + 1));
        }
        let unit = w.unit?;
        // 2024 वर्ष is a year with its noun after it
        if unit == Unit::Year && self.year(i).is_some_and(|y| YEARS.contains(&y)) {
            return None;
        }
        if unit == Unit::Weekend {
            return None;
        }
        to += 1;
        // एक दिन alone is some day
        let bound = bit::GENITIVE | bit::FROM | bit::TO | bit::IN | bit::BEFORE | bit::AFTER | bit::WHOLE;
        if unit == Unit::Day && count == Some(1) && from == i && self.text.tokens[i].kind == Kind::Word && !self.is(to, bound) {
            return None;
        }
        if self.is_age(i, to, unit, n.quarters / 4) {
            return None;
        }
        let mut length = if exact { duration(n.quarters, unit) } else { None };
        if from == i
            && let Some(f) = self.offset(i, to, count, unit, length)
        {
            return Some(f);
        }
        if let (Some(a), Some((b, end))) = (length, self.smaller(to, unit)) {
            (length, to) = (Some(sum(a, b)), end);
        }
        if self.is(to, bit::WHOLE) {
            to += 1;
        }
        Some((What::Length(length), self.more(to)))
    }

    /// से (भी) ज्यादा (समय).
    pub(super) fn more(&self, i: usize) -> usize {
        if !self.is(i, bit::FROM) {
            return i;
        }
        let k = if self.is(i + 1, bit::EMPHATIC) { i + 2 } else { i + 1 };
        match self.is(k, bit::MORE) {
            true if self.is(k + 1, bit::SPAN) => k + 2,
            true => k + 1,
            false => i,
        }
    }

    /// The rest of दो घंटे तीस मिनट.
    pub(super) fn smaller(&self, i: usize, unit: Unit) -> Option<(Duration, usize)> {
        let i = if self.is(i, bit::AND) { i + 1 } else { i };
        let n = self.number(i)?;
        let less = match self.w(n.to).unit? {
            Unit::Minute => unit == Unit::Hour,
            Unit::Second => unit == Unit::Minute,
            Unit::Hour => unit == Unit::Day,
            Unit::Month => unit == Unit::Year,
            Unit::Day => matches!(unit, Unit::Month | Unit::Week | Unit::Year),
            _ => false,
        };
        if !less {
            return None;
        }
        Some((duration(n.quarters, self.w(n.to).unit?)?, n.to + 1))
    }

    /// दो दिन पहले, इसके तीन महीने बाद.
    pub(super) fn offset(&self, i: usize, to: usize, count: Option<u32>, unit: Unit, length: Option<Duration>) -> Found {
        let k = if self.is(to, bit::GENITIVE) { to + 1 } else { to };
        let after = self.is(k, bit::AFTER);
        if !(after || k == to && self.is(k, bit::BEFORE)) {
            return None;
        }
        if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
            return Some((What::Length(length), to));
        }
        let mut at = i;
        while at > 0 && self.before(at).is(bit::EXACTLY | bit::APPROXIMATE | bit::EMPHATIC) {
            at -= 1;
        }
        let b = if at > 0 { self.before(at) } else { &Word::NONE };
        let anchor = match () {
            () if b.is(bit::BACK) => Anchor::Back,
            () if after && b.is(bit::GENITIVE) || !after && b.is(bit::FROM) => Anchor::Event,
            () => Anchor::Open,
        };
        let Some(count) = count else { return Some((What::Length(length), to)) };
        Some((What::Offset { count, unit, after, anchor, length, bare: to }, k + 1))
    }

    /// The years are those of a person: 45 वर्ष की उम्र, 25 साल से कम उम्र, 43 साल के …
    pub(super) fn is_age(&self, i: usize, to: usize, unit: Unit, years: u64) -> bool {
        if !matches!(unit, Unit::Year | Unit::Month | Unit::Day) {
            return false;
        }
        let told = |k: usize| i > k && self.before(i - k).is(bit::AGE);
        if unit == Unit::Year && ((0..3).any(told) || (to..to + 4).any(|k| self.is(k, bit::AGE))) {
            return true;
        }
        // 60 साल से ऊपर के …
        let to = self.more(to);
        if !self.is(to, bit::GENITIVE) {
            return false;
        }
        let near = |bits| (to + 1..to + 5).any(|k| self.is(k, bits));
        near(bit::AGED) && !near(bit::LASTING) || unit == Unit::Year && years > 12 && !near(bit::LASTING)
    }

    /// एकदिवसीय in one word; not the game of cricket.
    pub(super) fn named_dayspan(&self, i: usize) -> Found {
        if self.is(i + 1, bit::CRICKET) {
            return None;
        }
        Some((What::Length(duration(4 * u64::from(self.w(i).days), Unit::Day)), i + 1))
    }
}

/// A run of digits of either script, at most six, and its length.
pub(super) fn digits(s: &str) -> Option<(u32, usize)> {
    let (mut n, mut len) = (0, 0);
    for c in s.chars() {
        n = n * 10 + digit(c)?;
        len += 1;
        if len > 6 {
            return None;
        }
    }
    (len > 0).then_some((n, len))
}

pub(super) fn digit(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| (c as u32).checked_sub(0x966).filter(|d| *d < 10))
}

/// Quarters of a number in digits: `12`, `2.5`, `1,000`. Other fractions than quarters are not told.
pub(super) fn quarters(s: &str) -> Option<u64> {
    let (whole, fraction) = s.split_once('.').unwrap_or((s, "0"));
    let mut n: u64 = 0;
    for c in whole.chars().filter(|c| *c != ',') {
        n = n.checked_mul(10)?.checked_add(u64::from(digit(c)?))?;
    }
    let (f, len) = digits(fraction)?;
    let f = f as u64 * 4;
    let scale = 10u64.pow(len as u32);
    f.is_multiple_of(scale).then(|| n.checked_mul(4)?.checked_add(f / scale)).flatten()
}

/// A length of so many quarters of a unit, in whole units of the ISO form.
pub(super) fn duration(quarters: u64, unit: Unit) -> Option<Duration> {
    let q = u32::try_from(quarters).ok().filter(|q| *q > 0)?;
    let (n, rest) = (q / 4, q % 4);
    let mut d = Duration::default();
    match unit {
        Unit::Second => d.seconds = n,
        Unit::Minute => (d.minutes, d.seconds) = (n, rest * 15),
        Unit::Hour => (d.hours, d.minutes) = (n, rest * 15),
        Unit::Day => (d.days, d.hours) = (n, rest * 6),
        Unit::Week if rest == 0 => d.weeks = n,
        // half a week is no whole day
        Unit::Week => (d.days, d.hours) = ((q * 7) / 4, ((q * 7) % 4) * 6),
        Unit::Weekend => return None,
        Unit::Fortnight if rest == 0 => d.weeks = n.checked_mul(2)?,
        Unit::Fortnight => return None,
        Unit::Month if rest % 2 == 0 => (d.months, d.days) = (n, rest / 2 * 15),
        Unit::Month => return None,
        Unit::Quarter => d.months = (q.checked_mul(3)? % 4 == 0).then_some(q / 4 * 3 + rest * 3 / 4)?,
        Unit::Half => d.months = (q % 2 == 0).then_some(q / 2 * 3)?,
        Unit::Year => (d.years, d.months) = (n, rest * 3),
        Unit::Decade => (d.years, d.months) = (q.checked_mul(10)? / 4, q.checked_mul(10)? % 4 * 3),
        Unit::Century => d.years = q.checked_mul(25)?,
    }
    (d != Duration::default()).then_some(d)
}

pub(super) fn sum(a: Duration, b: Duration) -> Duration {
    Duration {
        years: a.years.saturating_add(b.years),
        months: a.months.saturating_add(b.months),
        weeks: a.weeks.saturating_add(b.weeks),
        days: a.days.saturating_add(b.days),
        hours: a.hours.saturating_add(b.hours),
        minutes: a.minutes.saturating_add(b.minutes),
        seconds: a.seconds.saturating_add(b.seconds),
    }
}
