//! One quantity told three times and more: one finding, not one for each pair.

use super::{Equation, Finding, Verdict};
use crate::fact::FactId;
use rustc_hash::FxHashMap;

/// Joins the findings of one rule that say, through a figure that they share, that the same
/// amount is told again. Only what agrees to the last digit is joined: what does not has a
/// suspect of its own.
pub(super) fn join(list: &mut Vec<Finding>) {
    // By rule and fact, the place of the finding that tells of the fact.
    let mut told: FxHashMap<(&'static str, FactId), usize> = FxHashMap::default();
    let mut kept: Vec<Finding> = Vec::with_capacity(list.len());
    for finding in list.drain(..) {
        let pair = match &finding.relation {
            Equation::Equal { left, right } if finding.verdict == Verdict::Exact => [*left, *right],
            _ => {
                kept.push(finding);
                continue;
            }
        };
        let rule = finding.rule.id;
        let known = pair.iter().find_map(|id| told.get(&(rule, *id)).copied());
        let place = known.unwrap_or(kept.len());
        let new = pair.map(|id| told.insert((rule, id), place).is_none().then_some(id));
        match kept.get_mut(place) {
            Some(first) => first.facts.extend(new.into_iter().flatten()),
            None => kept.push(finding),
        }
    }
    for finding in kept.iter_mut().filter(|f| matches!(f.relation, Equation::Equal { .. })) {
        if finding.facts.len() > 2 {
            finding.facts.sort_unstable_by(|a, b| b.cmp(a));
            finding.relation = Equation::Restated { facts: finding.facts.clone() };
        }
    }
    drop_repeated(&mut kept, &told);
    *list = kept;
}

/// What one rule has joined another may have found too: the longer finding says it all.
fn drop_repeated(kept: &mut Vec<Finding>, told: &FxHashMap<(&'static str, FactId), usize>) {
    let mut rules: Vec<&'static str> = told.keys().map(|(rule, _)| *rule).collect();
    rules.sort_unstable();
    rules.dedup();
    // Both have the last statement first.
    let within = |few: &[FactId], many: &[FactId]| {
        let mut rest = many.iter();
        few.iter().all(|id| rest.any(|other| other == id))
    };
    let held = |at: usize, finding: &Finding| {
        let first = finding.facts.first().copied().unwrap_or_default();
        let others = rules.iter().filter_map(|rule| told.get(&(*rule, first))).filter(|other| **other != at);
        others.filter_map(|other| kept.get(*other)).any(|o| {
            let longer = o.facts.len() > finding.facts.len();
            let as_long = o.facts.len() == finding.facts.len() && o.rule.id > finding.rule.id;
            (longer || as_long) && within(&finding.facts, &o.facts)
        })
    };
    let repeated: Vec<bool> = kept
        .iter()
        .enumerate()
        .map(|(at, finding)| {
            let equal = matches!(finding.relation, Equation::Equal { .. } | Equation::Restated { .. });
            equal && finding.verdict == Verdict::Exact && held(at, finding)
        })
        .collect();
    let mut at = repeated.iter();
    kept.retain(|_| !at.next().copied().unwrap_or(false));
}

#[cfg(test)]
mod tests {
    use crate::check::{Equation, check};
    use crate::fact::read;
    use crate::pattern::Packs;
    use crate::segment::{View, segment};

    fn told(last: &str) -> Vec<String> {
        let note = format!(
            "2024年单位预算情况说明\n一、基本支出412.35万元。\n二、基本支出412.35万元。\n三、基本支出412.35万元。\n四、基本支出{last}万元。"
        );
        let packs = Packs::builtin().unwrap();
        let view = View::new(&note, &[]);
        let reading = read(packs, &view, segment(&view, None));
        let list = check(packs, &reading).list;
        let equal = list.iter().filter(|f| matches!(f.relation, Equation::Equal { .. } | Equation::Restated { .. }));
        equal.map(|f| f.equation(&reading)).collect()
    }

    #[test]
    fn an_amount_told_four_times_is_one_finding() {
        assert_eq!(told("412.35"), ["基本支出：412.35 = 412.35 = 412.35 = 412.35"]);
    }

    #[test]
    fn what_differs_stays_apart() {
        let told = told("412.53");
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.contains(&"基本支出：412.53 ≠ 412.35".to_owned()), "{told:?}");
        assert!(told.contains(&"基本支出：412.35 = 412.35 = 412.35".to_owned()), "{told:?}");
    }
}
