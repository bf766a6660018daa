//! The order of findings that a user asks for.

use super::{Finding, Notebook, Order, RULES};
use crate::lex::UnitKind;
use rust_decimal::Decimal;
use std::cmp::Reverse;

/// What a finding is put in order by; the least comes first.
pub(super) fn key(book: &Notebook, by: Order, f: &Finding) -> (usize, Reverse<Decimal>) {
    match by {
        Order::Size => size(book, f),
        Order::Certainty => (0, Reverse(Decimal::from(f.suspects.first().map_or(0, |s| s.explains)))),
        Order::Rule => (RULES.iter().position(|r| r.id == f.rule.id).unwrap_or(RULES.len()), Reverse(Decimal::ZERO)),
    }
}

/// Amounts in yuan before rates, rates before counts and years.
fn size(book: &Notebook, f: &Finding) -> (usize, Reverse<Decimal>) {
    let difference = f.difference.unwrap_or_default().abs();
    let unit = f.unit.and_then(|u| book.packs.vocabulary.units.get(u));
    match unit.map(|u| (u.kind, u.yuan)) {
        // Too large to be computed is larger than what is not.
        Some((UnitKind::Money, Some(yuan))) => (0, Reverse(difference.checked_mul(yuan).unwrap_or(Decimal::MAX))),
        Some((UnitKind::Percent | UnitKind::Points, _)) => (1, Reverse(difference)),
        _ => (2, Reverse(difference)),
    }
}
