use super::{Claim, Desk, Relation, Rule};
use crate::across::judge::Equation;
use crate::fact::Measure;
use crate::pattern::Stage;

pub(super) static RULE: Rule = Rule {
    id: "equal/budget-differs-from-final-account",
    title_zh: "决算所引年初预算与预算文件不一致",
    title_en: "the final account names another budget than the budget itself",
    doc: "\
A final account that names an item's 年初预算 names the figure of the budget of that year. Where it only says 预算 the adjusted budget may be
meant: an agreement is listed, a difference is undecided.

```note budget.txt
清溪县水土保持站2023年单位预算公开说明
2023年“三公”经费预算8万元，其中：公务接待费3万元，公务用车运行维护费5万元。
```
```note final.txt
清溪县水土保持站2023年度单位决算公开说明
2023年度“三公”经费年初预算8万元，支出决算6.5万元。其中：公务接待费年初预算2万元，支出决算1.5万元；公务用车运行维护费年初预算5万元，支出决算5万元。
```
",
    group: "budget",
    relate,
};

/// 预算数 of a final account's tables is the adjusted one.
pub(in crate::across) const ADJUSTED: &str = "the budget named in the final account may be the adjusted one";

fn relate(desk: &Desk, out: &mut Vec<Relation>) {
    for (d, document) in desk.documents().filter(|(_, d)| d.stage == Stage::Final) {
        let budget = |f: &crate::across::shelf::Figure| {
            f.measure == Measure::Level && !f.torn && f.year == document.year && f.stage == Stage::Budget
        };
        for (left, f) in desk.shelf.figures(d).filter(|(_, f)| budget(f)) {
            let Some((right, doubt)) = desk.told_elsewhere(d, f.item, f.year, Stage::Budget) else { continue };
            let doubt = doubt.or((!f.opening).then_some(ADJUSTED));
            let equation = Equation::Equal { left, right };
            out.push(Relation { rule: &RULE, equation, documents: vec![d, right.document], claim: Claim::Said, doubt });
        }
    }
}
