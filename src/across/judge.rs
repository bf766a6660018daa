//! What printed figures of several documents make of an equation. A figure is
//! the interval that its own document's places make of it, as everywhere.

use super::shelf::{At, Figure, Shelf};
use crate::check::{Interval, Outcome, TOO_LARGE};
use crate::lex::UnitKind;
use crate::pattern::Packs;
use rust_decimal::Decimal;

/// An equation over figures of several documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Equation {
    /// left = right
    Equal {
        /// The statement that is tested.
        left: At,
        /// The other.
        right: At,
    },
    /// total = Σ parts
    Sum {
        /// The total.
        total: At,
        /// The parts.
        parts: Vec<At>,
    },
    /// rate = 100 × (level − prior) ÷ prior
    Growth {
        /// The rate.
        rate: At,
        /// The level.
        level: At,
        /// The other document's level of the year before.
        prior: At,
    },
    /// No figures: two documents that can't be told to belong together.
    Pair {
        /// The later document.
        one: u32,
        /// The other.
        other: u32,
    },
}

impl Equation {
    /// The figures in it, the one that is tested first.
    #[must_use]
    pub fn figures(&self) -> Vec<At> {
        match self {
            Equation::Equal { left, right } => vec![*left, *right],
            Equation::Sum { total, parts } => std::iter::once(*total).chain(parts.iter().copied()).collect(),
            Equation::Growth { rate, level, prior } => vec![*rate, *level, *prior],
            Equation::Pair { .. } => vec![],
        }
    }
}

/// One figure with another value.
pub(super) type Instead = Option<(At, Decimal)>;

/// What the figures are judged by.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub packs: &'a Packs,
    pub shelf: &'a Shelf,
}

impl Judge<'_> {
    /// Judges an equation, with one figure replaced if asked.
    pub(super) fn judge(&self, equation: &Equation, instead: Instead) -> Outcome {
        self.decide(equation, instead).unwrap_or_else(|| Outcome::undecided(TOO_LARGE))
    }

    fn decide(&self, equation: &Equation, instead: Instead) -> Option<Outcome> {
        match equation {
            Equation::Pair { .. } => None,
            Equation::Equal { left, right } => {
                let (l, stated) = self.value(*left, instead)?;
                let (r, _) = self.value(*right, instead)?;
                let (_, li) = self.scaled(*left, instead, l)?;
                let (other, ri) = self.scaled(*right, instead, l)?;
                // At the same precision two statements must be identical.
                let same = l.unit == r.unit && l.places == r.places;
                Outcome::equal((stated, li), (other, ri), same, l.unit)
            }
            Equation::Sum { total, parts } => {
                let (t, stated) = self.value(*total, instead)?;
                let (_, whole) = self.scaled(*total, instead, t)?;
                let (mut sum, mut span) = (Decimal::ZERO, Interval::exactly(Decimal::ZERO));
                for part in parts {
                    let (value, interval) = self.scaled(*part, instead, t)?;
                    sum = sum.checked_add(value)?;
                    span = span.plus(interval)?;
                }
                Outcome::sum((stated, whole), (sum, span), t.unit)
            }
            Equation::Growth { rate, level, prior } => {
                let (r, stated) = self.value(*rate, instead)?;
                let (l, now) = self.value(*level, instead)?;
                let (_, li) = self.scaled(*level, instead, l)?;
                let (before, pi) = self.scaled(*prior, instead, l)?;
                let hundred = Decimal::ONE_HUNDRED;
                let span = li.over(pi)?.minus(Interval::exactly(Decimal::ONE))?.times(hundred)?;
                let computed = now.checked_div(before)?.checked_sub(Decimal::ONE)?.checked_mul(hundred)?;
                Outcome::rate(stated, r.places, (computed, span), r.unit)
            }
        }
    }

    fn value(&self, at: At, instead: Instead) -> Option<(&Figure, Decimal)> {
        let f = self.shelf.figure(at)?;
        Some((f, instead.filter(|(i, _)| *i == at).map_or(f.value, |(_, v)| v)))
    }

    /// A figure's value and interval in the unit of another.
    fn scaled(&self, at: At, instead: Instead, like: &Figure) -> Option<(Decimal, Interval)> {
        let (f, v) = self.value(at, instead)?;
        let interval = if f.printed { Interval::printed(v, f.places) } else { Interval::exactly(v) };
        // 持平 has no unit, and zero needs none.
        if v.is_zero() {
            return Some((Decimal::ZERO, if f.printed { interval.times(self.scale(f, like)?)? } else { interval }));
        }
        let scale = self.scale(f, like)?;
        Some((v.checked_mul(scale)?, interval.times(scale)?))
    }

    /// How many units of `like` make one of `f`.
    pub(super) fn scale(&self, f: &Figure, like: &Figure) -> Option<Decimal> {
        if f.unit == like.unit {
            return Some(Decimal::ONE);
        }
        self.factor(f).checked_div(self.factor(like))
    }

    fn factor(&self, f: &Figure) -> Decimal {
        let unit = f.unit.and_then(|u| self.packs.vocabulary.units.get(u));
        unit.filter(|u| u.kind == UnitKind::Money).and_then(|u| u.yuan).unwrap_or(Decimal::ONE)
    }
}
