//! Printed figures as intervals.
//!
//! A figure printed with *p* places stands for every amount that rounds or
//! truncates to it: half a unit of the last place to one side, a whole unit to
//! the other. Of two figures that were so printed, a relation that held
//! before still meets when each is widened to its interval; that is why a
//! relation that holds is never called a contradiction, and any
//! difference beyond the intervals always is.

use rust_decimal::Decimal;

/// A closed interval of amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Least amount.
    pub low: Decimal,
    /// Greatest amount.
    pub high: Decimal,
}

impl Interval {
    /// A single amount.
    pub fn exactly(value: Decimal) -> Self {
        Interval { low: value, high: value }
    }

    /// All amounts that a figure with `places` printed places may stand for.
    ///
    /// ```
    /// use gouji::check::Interval;
    /// use rust_decimal::Decimal;
    /// let printed = Interval::printed(Decimal::new(1546, 2), 2);
    /// assert_eq!(printed.low, Decimal::new(15455, 3));
    /// assert_eq!(printed.high, Decimal::new(1547, 2));
    /// ```
    pub fn printed(value: Decimal, places: u8) -> Self {
        let unit = Decimal::new(1, u32::from(places.min(20)));
        let half = Decimal::new(5, u32::from(places.min(20)) + 1);
        if value.is_zero() {
            return Interval { low: -unit, high: unit };
        }
        if value.is_sign_negative() {
            Interval { low: value.checked_sub(unit).unwrap_or(value), high: value.checked_add(half).unwrap_or(value) }
        } else {
            Interval { low: value.checked_sub(half).unwrap_or(value), high: value.checked_add(unit).unwrap_or(value) }
        }
    }

    /// Sum; `None` when too large.
    pub fn plus(self, other: Interval) -> Option<Interval> {
        Some(Interval { low: self.low.checked_add(other.low)?, high: self.high.checked_add(other.high)? })
    }

    /// Difference; `None` when too large.
    pub fn minus(self, other: Interval) -> Option<Interval> {
        Some(Interval { low: self.low.checked_sub(other.high)?, high: self.high.checked_sub(other.low)? })
    }

    /// Quotient; `None` when the divisor may be zero or the result is too large.
    pub fn over(self, other: Interval) -> Option<Interval> {
        if other.low <= Decimal::ZERO && other.high >= Decimal::ZERO {
            return None;
        }
        if !self.low.is_sign_negative() && !other.low.is_sign_negative() {
            return Some(Interval { low: self.low.checked_div(other.high)?, high: self.high.checked_div(other.low)? });
        }
        let all = [
            self.low.checked_div(other.low)?,
            self.low.checked_div(other.high)?,
            self.high.checked_div(other.low)?,
            self.high.checked_div(other.high)?,
        ];
        Some(Interval { low: all.iter().min().copied()?, high: all.iter().max().copied()? })
    }

    /// Scaled; `None` when too large.
    pub fn times(self, factor: Decimal) -> Option<Interval> {
        let (a, b) = (self.low.checked_mul(factor)?, self.high.checked_mul(factor)?);
        if !factor.is_sign_negative() {
            return Some(Interval { low: a, high: b });
        }
        Some(Interval { low: a.min(b), high: a.max(b) })
    }

    /// Whether two intervals have an amount in common.
    pub fn meets(self, other: Interval) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}
