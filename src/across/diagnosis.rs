//! Which of the figures is wrong: the one whose change makes most contradictions
//! between documents vanish and that fewest relations of its own document hold in place.

use super::judge::{Equation, Judge};
use super::{Finding, Suspect};
use crate::across::shelf::At;
use crate::check::{Verdict, slip_between};
use crate::fact::Measure;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;

/// Most suspects that a finding names.
const MAX_SUSPECTS: usize = 3;
/// Most failing relations of one organisation that are looked at together.
const MAX_FAILING: usize = 200;

/// Fills in the suspects of the findings of one organisation.
pub(super) fn diagnose(judge: Judge, list: &mut [Finding]) {
    let failing: Vec<usize> = (0..list.len())
        .filter(|i| list.get(*i).is_some_and(|f| f.verdict == Verdict::Disagrees))
        .take(MAX_FAILING)
        .collect();
    if failing.is_empty() {
        return;
    }
    let mut touching: BTreeMap<At, Vec<usize>> = BTreeMap::new();
    for (i, finding) in list.iter().enumerate() {
        for at in finding.equation.figures() {
            touching.entry(at).or_default().push(i);
        }
    }
    for i in failing {
        let Some(finding) = list.get(i) else { continue };
        let mut trials: Vec<(i32, Suspect)> = candidates(judge, &finding.equation)
            .into_iter()
            .filter_map(|(at, value)| trial(judge, list, touching.get(&at)?, at, value))
            .collect();
        trials.sort_by_key(|(score, s)| (-score, s.figure));
        if let Some(finding) = list.get_mut(i) {
            finding.suspects = trials.into_iter().map(|(_, s)| s).take(MAX_SUSPECTS).collect();
        }
    }
}

/// A figure with another value: how well that fits, if it mends anything.
fn trial(judge: Judge, list: &[Finding], touched: &[usize], at: At, value: Decimal) -> Option<(i32, Suspect)> {
    let figure = judge.shelf.figure(at)?;
    let (mut explains, mut breaks) = (0, 0);
    for finding in touched.iter().filter_map(|i| list.get(*i)) {
        let after = judge.judge(&finding.equation, Some((at, value))).verdict;
        match (finding.verdict, after) {
            (Verdict::Disagrees, Verdict::Exact | Verdict::Rounded) => explains += 1,
            (Verdict::Exact | Verdict::Rounded, Verdict::Disagrees) => breaks += 1,
            _ => {}
        }
    }
    let slip = slip_between(figure.value, value);
    let named = match slip {
        Some("sign") => 4,
        Some(_) => 3,
        None => 0,
    };
    // A level is taken from the books, a change is worked out by hand.
    let worked_out = i32::from(figure.measure != Measure::Level);
    let score = explains * 6 - breaks * 6 - i32::from(figure.support.min(4)) * 2 + named + worked_out;
    let explains = u32::try_from(explains).ok().filter(|n| *n > 0)?;
    Some((score, Suspect { figure: at, suggested: value, slip, explains }))
}

/// For each figure of a failing equation the value that would mend it.
fn candidates(judge: Judge, equation: &Equation) -> Vec<(At, Decimal)> {
    let mut out = Vec::new();
    let value = |at: At| judge.shelf.figure(at).map(|f| f.value);
    // In the unit of the figure that is tested, into that of `at`, as it is printed.
    let mut push = |first: At, at: At, v: Option<Decimal>| {
        let (Some(f), Some(like), Some(v)) = (judge.shelf.figure(at), judge.shelf.figure(first), v) else { return };
        let scaled = judge.scale(like, f).and_then(|s| v.checked_mul(s));
        let places = u32::from(f.places).max(f.value.scale());
        if let Some(mut v) = scaled.map(|v| v.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
            && f.printed
        {
            v.rescale(f.value.scale().max(v.normalize().scale()));
            out.push((at, v));
        }
    };
    let computed = judge.judge(equation, None).computed;
    match equation {
        Equation::Equal { left, right } => {
            push(*left, *left, computed);
            push(*left, *right, value(*left));
        }
        Equation::Sum { total, parts } => {
            push(*total, *total, computed);
            let gap = value(*total).zip(computed).and_then(|(t, c)| t.checked_sub(c));
            for part in parts {
                let scaled = judge
                    .shelf
                    .figure(*part)
                    .zip(judge.shelf.figure(*total))
                    .and_then(|(p, t)| judge.scale(p, t)?.checked_mul(p.value));
                push(*total, *part, scaled.zip(gap).and_then(|(v, gap)| v.checked_add(gap)));
            }
        }
        Equation::Growth { rate, level, prior } => {
            push(*rate, *rate, computed);
            let factor = value(*rate)
                .and_then(|r| r.checked_div(Decimal::ONE_HUNDRED))
                .and_then(|r| r.checked_add(Decimal::ONE));
            let prior_like_level = judge
                .shelf
                .figure(*prior)
                .zip(judge.shelf.figure(*level))
                .and_then(|(p, l)| judge.scale(p, l)?.checked_mul(p.value));
            push(*level, *level, factor.zip(prior_like_level).and_then(|(f, p)| p.checked_mul(f)));
            push(*level, *prior, factor.zip(value(*level)).and_then(|(f, l)| l.checked_div(f)));
        }
        Equation::Pair { .. } => {}
    }
    out.retain(|(at, v)| value(*at) != Some(*v));
    out
}
