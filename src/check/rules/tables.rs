//! What the rules on tables share: which relations are worth listing, and
//! which cells of a row a change or a rate compares.

use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure, Table};
use crate::pattern::Stage;

/// The sum of cells, unless nothing is in it; `complete` where it must hold.
pub(super) fn relation(
    book: &Notebook,
    rule: &'static Rule,
    total: FactId,
    parts: Vec<FactId>,
    certain: bool,
) -> Option<Relation> {
    let whole = book.fact(total)?;
    let alike =
        |id: &FactId| book.fact(*id).is_some_and(|f| f.measure == whole.measure && book.kind(f) == book.kind(whole));
    let counts = matches!(whole.measure, Measure::Level | Measure::Change) && book.is_money(whole);
    let zero = |id: &FactId| book.fact(*id).is_none_or(|f| f.value.is_zero());
    // A breakdown that was left blank altogether says nothing.
    if !counts || parts.is_empty() || !parts.iter().all(alike) || whole.value.is_zero() && parts.iter().all(zero) {
        return None;
    }
    let parts = parts.into_iter().map(|p| (p, false)).collect();
    Some(Relation { rule, equation: Equation::Sum { total, parts }, complete: certain, adjusted: false })
}

/// Whether a relation holds, rounding allowed.
pub(super) fn holds(book: &Notebook, relation: &Relation) -> bool {
    Relation { complete: true, ..relation.clone() }.holds(book)
}

/// Keeps those that hold, and those that must and don't, if the others show
/// that the table was understood.
pub(super) fn keep(book: &Notebook, relations: Vec<Relation>, out: &mut Vec<Relation>) {
    let verdicts: Vec<bool> = relations.iter().map(|r| holds(book, r)).collect();
    let held = verdicts.iter().filter(|h| **h).count();
    let failed = verdicts.len() - held;
    let proven = held >= 3 && held >= 4 * failed;
    for (mut relation, holds) in relations.into_iter().zip(verdicts) {
        if holds || relation.complete && failed <= held + 1 || proven {
            relation.complete = true;
            out.push(relation);
        }
    }
}

/// The level and the level that a change or a rate of a row compares it with.
pub(super) fn compared(book: &Notebook, table: &Table, f: &Fact) -> Option<(FactId, FactId)> {
    let basis = f.basis.as_ref()?;
    let actual = |g: &Fact| matches!(g.stage, Some(Stage::Final | Stage::Executed));
    let planned = |g: &Fact| matches!(g.stage, Some(Stage::Budget | Stage::Adjusted));
    if f.measure == Measure::Completion || basis.year == f.year {
        let level = only(book, table, f, |g| g.year == f.year && actual(g))?;
        let prior = only(book, table, f, |g| g.year == f.year && planned(g))?;
        return Some((level, prior));
    }
    let level = only(book, table, f, |g| g.year == f.year)?;
    let prior = only(book, table, f, |g| g.year == basis.year && basis.stage.is_none_or(|s| g.stage == Some(s)))?;
    Some((level, prior))
}

/// The one level of a cell's row, side, fund and part that fits.
fn only(book: &Notebook, table: &Table, f: &Fact, fits: impl Fn(&Fact) -> bool) -> Option<FactId> {
    let row = f.cell?.row;
    let from = table.cells.partition_point(|(r, ..)| *r < row);
    let mut found = table.cells.iter().skip(from).take_while(|(r, ..)| *r == row).filter_map(|(.., id)| {
        let g = book.fact(*id)?;
        let like = g.measure == Measure::Level && g.part == f.part && g.fund == f.fund && book.is_money(g) && fits(g);
        like.then_some(*id)
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
