use super::Rule;
use crate::check::{Equation, Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "direction/claim-contradicts-figures",
    title_zh: "“大于”“小于”的表述与数额相反",
    title_en: "a figure said to be smaller is larger, or the other way round",
    doc: "\
决算数小于预算数 is a claim about two figures that the note states. Residue of a template (大小于) claims nothing.

```note
2021年部门决算情况说明
2021年度“三公”经费支出预算为3万元，支出决算为3.6万元，完成预算的120%，决算数小于预算数的主要原因是厉行节约。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for c in &book.reading.claims {
        out.push(Relation {
            rule: &RULE,
            equation: Equation::Order {
                left: c.left,
                right: c.right,
                more: Vec::new(),
                order: c.order,
                or_equal: false,
            },
            complete: true,
            adjusted: false,
        });
    }
}
