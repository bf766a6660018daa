//! Whether a contradiction between two documents proves a mistake. Notes restate last year's budget after a
//! reform, compare with the adjusted one, or speak of another circle of units;
//! then hardly any figure of the two agrees. One that disagrees among many that agree is a slip.

use super::Finding;
use super::judge::{Equation, Judge};
use super::rules::{Claim, Relation, TWICE};
use crate::check::{Outcome, Verdict};
use rustc_hash::{FxHashMap, FxHashSet};

/// The year, but not the figure of that year, is named.
pub(super) const UNSAID: &str = "the note does not say which figure of the year before it compares with";
/// Too little agrees.
pub(super) const RESTATED: &str =
    "hardly any figure of the two documents agrees: restated, or of another basis or scope";

/// As many comparisons must hold before an unsaid basis counts as known.
const KNOWN: usize = 2;

/// How the comparisons of one document with another came out.
#[derive(Default, Clone, Copy)]
struct Tally {
    holds: usize,
    fails: usize,
}

/// Judges relations, and lets stand as contradictions only those that the
/// other comparisons of the same two documents bear out.
pub(super) fn weigh(judge: Judge, relations: Vec<Relation>) -> Vec<Finding> {
    let outcomes: Vec<Outcome> = relations.iter().map(|r| judge.judge(&r.equation, None)).collect();
    let mut tallies: FxHashMap<(&str, &[u32]), Tally> = FxHashMap::default();
    for (r, o) in relations.iter().zip(&outcomes) {
        let tally = tallies.entry((r.rule.group, r.documents.as_slice())).or_default();
        match o.verdict {
            // Nothing equals nothing everywhere.
            Verdict::Exact | Verdict::Rounded if o.stated.is_some_and(|s| !s.is_zero()) => tally.holds += 1,
            Verdict::Disagrees if r.doubt.is_none() => tally.fails += 1,
            _ => {}
        }
    }
    let verdicts: Vec<(Verdict, Option<&'static str>)> = relations
        .iter()
        .zip(&outcomes)
        .map(|(r, o)| {
            let tally = tallies.get(&(r.rule.group, r.documents.as_slice())).copied().unwrap_or_default();
            match (o.verdict, reason(r, tally)) {
                (Verdict::Disagrees, Some(reason)) => (Verdict::Undecided, Some(reason)),
                (verdict, _) => (verdict, o.reason),
            }
        })
        .collect();
    drop(tallies);
    let mut list = findings(relations, outcomes, verdicts);
    versions(&mut list);
    list
}

/// Two versions of one note differ in many figures: told once, without them.
fn versions(list: &mut Vec<Finding>) {
    let mut told: FxHashSet<Vec<u32>> = FxHashSet::default();
    list.retain_mut(|f| {
        if f.rule.group != TWICE || f.reason != Some(RESTATED) {
            return true;
        }
        if let [one, other] = f.documents.as_slice() {
            f.equation = Equation::Pair { one: *one, other: *other };
            (f.stated, f.computed, f.difference, f.tolerance, f.unit) = (None, None, None, None, None);
        }
        told.insert(f.documents.clone())
    });
}

fn findings(
    relations: Vec<Relation>,
    outcomes: Vec<Outcome>,
    verdicts: Vec<(Verdict, Option<&'static str>)>,
) -> Vec<Finding> {
    relations
        .into_iter()
        .zip(outcomes)
        .zip(verdicts)
        .map(|((r, o), (verdict, reason))| Finding {
            rule: r.rule,
            verdict,
            reason: r.doubt.filter(|_| o.stated.is_none()).or(reason),
            equation: r.equation,
            documents: r.documents,
            stated: o.stated,
            computed: o.computed,
            difference: o.difference,
            tolerance: o.tolerance,
            unit: o.unit,
            suspects: vec![],
        })
        .collect()
}

/// Why a contradiction is not to be trusted, if it is not.
fn reason(r: &Relation, tally: Tally) -> Option<&'static str> {
    if r.doubt.is_some() {
        return r.doubt;
    }
    match r.claim {
        Claim::Said if tally.fails > 1 && tally.fails > tally.holds => Some(RESTATED),
        Claim::Said => None,
        Claim::Unsaid if tally.holds < KNOWN || tally.holds <= tally.fails => Some(UNSAID),
        Claim::Twice if tally.holds <= tally.fails => Some(RESTATED),
        Claim::Unsaid | Claim::Twice => None,
    }
}
