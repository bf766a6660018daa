use super::Rule;
use crate::check::{Decision, Equation, Finding, Notebook, Severity, Verdict};

pub(super) const RULE: Rule = Rule {
    id: "unit/out-of-scale",
    title_zh: "单位疑误（元、万元）",
    title_en: "元 for 万元, or the other way round",
    doc: "\
A figure that contradicts its siblings as printed and agrees with them once its unit is changed by ten thousand was given the wrong unit.
Follows from the findings of other rules: alone, no figure is too large or too small.

```note
2022年部门决算情况说明
2022年支出合计100万元，其中：基本支出64.8万元，项目支出35.2元。
```
",
    relate: None,
};

/// Adds a finding for each figure whose diagnosis is a slip of the unit.
pub fn unit_slips(book: &Notebook, list: &mut Vec<Finding>) {
    if book.settings.of(&RULE) == Decision::Off {
        return;
    }
    let mut found = Vec::new();
    for f in list.iter() {
        let Some(s) = f.suspects.first().filter(|s| s.slip == Some("unit")) else {
            continue;
        };
        if found.iter().any(|(fact, _)| *fact == s.fact) {
            continue;
        }
        found.push((s.fact, s.clone()));
    }
    for (fact, suspect) in found {
        let Some(f) = book.fact(fact) else { continue };
        list.push(Finding {
            rule: &RULE,
            verdict: Verdict::Disagrees,
            facts: vec![fact],
            stated: Some(f.value),
            computed: suspect.suggested,
            difference: suspect.suggested.and_then(|s| f.value.checked_sub(s)),
            tolerance: Some(rust_decimal::Decimal::ZERO),
            unit: f.unit.or(f.unit_inferred),
            relation: Equation::Unit { fact },
            suspects: vec![suspect],
            remainder: None,
            reason: None,
            severity: Severity::None,
        });
    }
}
