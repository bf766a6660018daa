//! What printed figures make of an equation, whichever documents they are from. Everything is computed exactly or
//! not at all: `None` where the figures are too large.

use super::{Interval, Verdict};
use crate::lex::UnitId;
use rust_decimal::{Decimal, RoundingStrategy};

/// What printed figures make of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Outcome {
    pub verdict: Verdict,
    pub stated: Option<Decimal>,
    pub computed: Option<Decimal>,
    pub difference: Option<Decimal>,
    pub tolerance: Option<Decimal>,
    pub unit: Option<UnitId>,
    pub remainder: Option<Decimal>,
    pub reason: Option<&'static str>,
}

pub(crate) const TOO_LARGE: &str = "the figures are too large to be computed exactly";

impl Outcome {
    /// A verdict that rests on no arithmetic, as on which way two figures point.
    pub(crate) fn of(verdict: Verdict, unit: Option<UnitId>) -> Self {
        Outcome {
            verdict,
            stated: None,
            computed: None,
            difference: None,
            tolerance: None,
            unit,
            remainder: None,
            reason: None,
        }
    }

    /// Nothing is decided, and why.
    pub(crate) fn undecided(reason: &'static str) -> Self {
        Outcome { reason: Some(reason), ..Outcome::of(Verdict::Undecided, None) }
    }

    /// A printed figure against what others make of it.
    pub(crate) fn told(verdict: Verdict, stated: Decimal, computed: Decimal, unit: Option<UnitId>) -> Self {
        Outcome {
            stated: Some(stated),
            computed: Some(computed),
            difference: stated.checked_sub(computed),
            tolerance: Some(Decimal::ZERO),
            ..Outcome::of(verdict, unit)
        }
    }

    /// A total as printed and as the interval that it stands for, and the same of the sum of its parts.
    pub(crate) fn sum(total: (Decimal, Interval), sum: (Decimal, Interval), unit: Option<UnitId>) -> Option<Self> {
        let difference = total.0.checked_sub(sum.0)?;
        let tolerance = slack(total, sum, !difference.is_sign_negative())?;
        let verdict = verdict(difference.is_zero(), total.1.meets(sum.1));
        Some(Outcome { tolerance: Some(tolerance), ..Outcome::told(verdict, total.0, sum.0, unit) })
    }

    /// Two statements of one figure; at the `same` precision they must be identical.
    pub(crate) fn equal(
        left: (Decimal, Interval),
        right: (Decimal, Interval),
        same: bool,
        unit: Option<UnitId>,
    ) -> Option<Self> {
        let difference = left.0.checked_sub(right.0)?;
        let width = |i: Interval| i.high.checked_sub(i.low);
        let tolerance = if same { Decimal::ZERO } else { width(left.1)?.max(width(right.1)?) };
        let verdict = verdict(difference.is_zero(), !same && left.1.meets(right.1));
        Some(Outcome { tolerance: Some(tolerance), ..Outcome::told(verdict, left.0, right.0, unit) })
    }

    /// A rate as printed, with its places, and the quotient of which it is one.
    pub(crate) fn rate(
        stated: Decimal,
        places: u8,
        quotient: (Decimal, Interval),
        unit: Option<UnitId>,
    ) -> Option<Self> {
        let printed = Interval::printed(stated, places);
        let half_up = quotient.0.round_dp_with_strategy(u32::from(places), RoundingStrategy::MidpointAwayFromZero);
        let verdict = verdict(half_up == stated, printed.meets(quotient.1));
        // Two places more than the rate is printed with show how it came about.
        let shown = |figure: Decimal| figure.round_dp(u32::from(places) + 2);
        let tolerance = slack((stated, printed), quotient, stated > quotient.0)?;
        let told = Outcome::told(verdict, stated, shown(quotient.0), unit);
        Some(Outcome { tolerance: Some(shown(tolerance)), ..told })
    }
}

fn verdict(exact: bool, rounded: bool) -> Verdict {
    match (exact, rounded) {
        (true, _) => Verdict::Exact,
        (false, true) => Verdict::Rounded,
        (false, false) => Verdict::Disagrees,
    }
}

/// The largest difference that printing explains, where the stated figure lies above the computed one or below.
fn slack(stated: (Decimal, Interval), computed: (Decimal, Interval), above: bool) -> Option<Decimal> {
    if above {
        computed.1.high.checked_sub(computed.0)?.checked_add(stated.0.checked_sub(stated.1.low)?)
    } else {
        computed.0.checked_sub(computed.1.low)?.checked_add(stated.1.high.checked_sub(stated.0)?)
    }
}
