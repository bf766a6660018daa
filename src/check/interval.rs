//! Printed figures as intervals.
//!
//! A figure printed with *p* places stands for every amount that rounds or
//! truncates to it: half a unit of the last place to one side, a whole unit to
//! the other. Of two figures that were so printed, a relation that held
//! before still meets when each is widened to its interval; that is why a
//! relation that holds is never called a contradiction, and any
//! difference beyond the intervals always is.

use rust_decimal::Decimal;

/// How many zeros at the end of a rough figure are none of its digits, at most.
const MOST_ZEROS: usize = 12;

/// An interval of amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Least amount.
    pub low: Decimal,
    /// Greatest amount.
    pub high: Decimal,
    /// Every amount in it is greater than the least: nothing is truncated by a whole unit.
    pub above_low: bool,
    /// Every amount in it is less than the greatest.
    pub below_high: bool,
}

impl Interval {
    /// A single amount.
    pub fn exactly(value: Decimal) -> Self {
        Interval::closed(value, value)
    }

    /// All amounts from one to another, both among them.
    pub fn closed(low: Decimal, high: Decimal) -> Self {
        Interval { low, high, above_low: false, below_high: false }
    }

    /// All amounts that a figure with `places` printed places may stand for.
    ///
    /// ```
    /// use gouji::check::Interval;
    /// use rust_decimal::Decimal;
    /// let printed = Interval::printed(Decimal::new(1546, 2), 2);
    /// assert_eq!(printed.low, Decimal::new(15455, 3));
    /// assert_eq!(printed.high, Decimal::new(1547, 2));
    /// // 15.47 itself would have been printed 15.47.
    /// assert!(printed.below_high && !printed.above_low);
    /// ```
    pub fn printed(value: Decimal, places: u8) -> Self {
        let unit = Decimal::new(1, u32::from(places.min(20)));
        let half = Decimal::new(5, u32::from(places.min(20)) + 1);
        if value.is_zero() {
            return Interval { low: -unit, high: unit, above_low: true, below_high: true };
        }
        let (below, above) = if value.is_sign_negative() { (unit, half) } else { (half, unit) };
        Interval {
            low: value.checked_sub(below).unwrap_or(value),
            high: value.checked_add(above).unwrap_or(value),
            above_low: value.is_sign_negative(),
            below_high: !value.is_sign_negative(),
        }
    }

    /// All amounts that a figure may stand for that is told roughly: a unit of its last digit other than zero to
    /// either side.
    ///
    /// ```
    /// use gouji::check::Interval;
    /// use rust_decimal::Decimal;
    /// // 约2360万元
    /// let about = Interval::roughly(Decimal::new(2360, 0), 0);
    /// assert_eq!((about.low, about.high), (Decimal::new(2350, 0), Decimal::new(2370, 0)));
    /// ```
    pub fn roughly(value: Decimal, places: u8) -> Self {
        let mut unit = Decimal::new(1, u32::from(places.min(20)));
        for _ in 0..MOST_ZEROS {
            let Some(ten) = unit.checked_mul(Decimal::TEN).filter(|t| !value.is_zero() && (value % *t).is_zero())
            else {
                break;
            };
            unit = ten;
        }
        let (low, high) = (value.checked_sub(unit), value.checked_add(unit));
        Interval::closed(low.unwrap_or(value), high.unwrap_or(value))
    }

    /// Sum; `None` when too large.
    pub fn plus(self, other: Interval) -> Option<Interval> {
        Some(Interval {
            low: self.low.checked_add(other.low)?,
            high: self.high.checked_add(other.high)?,
            above_low: self.above_low || other.above_low,
            below_high: self.below_high || other.below_high,
        })
    }

    /// Difference; `None` when too large.
    pub fn minus(self, other: Interval) -> Option<Interval> {
        Some(Interval {
            low: self.low.checked_sub(other.high)?,
            high: self.high.checked_sub(other.low)?,
            above_low: self.above_low || other.below_high,
            below_high: self.below_high || other.above_low,
        })
    }

    /// Quotient, with its ends, as it is rounded to 28 digits; `None` when the divisor may be zero or
    /// the result is too large.
    pub fn over(self, other: Interval) -> Option<Interval> {
        if other.low <= Decimal::ZERO && other.high >= Decimal::ZERO {
            return None;
        }
        if !self.low.is_sign_negative() && !other.low.is_sign_negative() {
            return Some(Interval::closed(self.low.checked_div(other.high)?, self.high.checked_div(other.low)?));
        }
        let all = [
            self.low.checked_div(other.low)?,
            self.low.checked_div(other.high)?,
            self.high.checked_div(other.low)?,
            self.high.checked_div(other.high)?,
        ];
        Some(Interval::closed(all.iter().min().copied()?, all.iter().max().copied()?))
    }

    /// Scaled; `None` when too large.
    pub fn times(self, factor: Decimal) -> Option<Interval> {
        let (a, b) = (self.low.checked_mul(factor)?, self.high.checked_mul(factor)?);
        if !factor.is_sign_negative() {
            return Some(Interval { low: a, high: b, ..self });
        }
        Some(Interval { low: b, high: a, above_low: self.below_high, below_high: self.above_low })
    }

    /// Whether two intervals have an amount in common.
    pub fn meets(self, other: Interval) -> bool {
        let reaches = |low: Decimal, high: Decimal, short: bool| low < high || low == high && !short;
        reaches(self.low, other.high, self.above_low || other.below_high)
            && reaches(other.low, self.high, other.above_low || self.below_high)
    }
}
