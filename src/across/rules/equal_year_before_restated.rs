use super::{Claim, Desk, Relation, Rule};
use crate::across::judge::Equation;
use crate::fact::Measure;

pub(super) static RULE: Rule = Rule {
    id: "equal/year-before-restated",
    title_zh: "所引往年数额与当年文件不一致",
    title_en: "a figure of an earlier year differs from that year's own document",
    doc: "\
A note that states the level of an earlier year beside its own (2023年预算460万元) states what that year's own document does. Budgets are
restated after reforms, so a difference is a contradiction only if at least two other comparisons of the two documents hold.

```note 2023.txt
清溪县水土保持站2023年单位预算公开说明
2023年收入预算487.02万元，支出预算487.02万元。其中：基本支出400万元，项目支出87.02万元。
```
```note 2024.txt
清溪县水土保持站2024年单位预算公开说明
2024年收入预算502.48万元，2023年收入预算487.02万元。2024年支出预算502.48万元，2023年支出预算478.02万元。2024年基本支出410万元，2023年基本支出400万元。
```
",
    group: "year-before",
    relate,
};

fn relate(desk: &Desk, out: &mut Vec<Relation>) {
    for (d, document) in desk.documents() {
        let earlier = |f: &crate::across::shelf::Figure| {
            f.measure == Measure::Level && f.printed && !f.torn && f.year < document.year
        };
        for (left, f) in desk.shelf.figures(d).filter(|(_, f)| earlier(f)) {
            let Some((right, doubt)) = desk.told_elsewhere(d, f.item, f.year, f.stage) else { continue };
            let claim = if f.opening { Claim::Said } else { Claim::Unsaid };
            let equation = Equation::Equal { left, right };
            out.push(Relation { rule: &RULE, equation, documents: vec![d, right.document], claim, doubt });
        }
    }
}
