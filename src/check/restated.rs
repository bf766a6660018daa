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
        for id in pair {
            told.entry((rule, id)).or_insert(place);
        }
        match kept.get_mut(place) {
            Some(first) => first.tell_again(&pair),
            None => kept.push(finding),
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
    let held = |at: usize, finding: &Finding| {
        let told_by = |rule: &&'static str| {
            let first = finding.facts.first()?;
            let other = told.get(&(*rule, *first)).filter(|other| **other != at)?;
            let longer = kept.get(*other).filter(|o| finding.facts.iter().all(|f| o.facts.contains(f)))?;
            (longer.facts.len() > finding.facts.len() || *rule < finding.rule.id).then_some(())
        };
        let equal = matches!(finding.relation, Equation::Equal { .. } | Equation::Restated { .. });
        equal
            && finding.verdict == Verdict::Exact
            && rules.iter().any(|rule| *rule != finding.rule.id && told_by(rule).is_some())
    };
    let repeated: Vec<bool> = kept.iter().enumerate().map(|(at, finding)| held(at, finding)).collect();
    let mut at = repeated.iter();
    kept.retain(|_| !at.next().copied().unwrap_or(false));
}

impl Finding {
    /// Adds statements of the same amount, latest first as in a pair.
    fn tell_again(&mut self, pair: &[FactId]) {
        for id in pair {
            if !self.facts.contains(id) {
                self.facts.push(*id);
            }
        }
        self.facts.sort_unstable_by(|a, b| b.cmp(a));
        self.relation = Equation::Restated { facts: self.facts.clone() };
    }
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
