use super::Rule;
use crate::check::{Equation, Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "count/named-differ-from-number",
    title_zh: "列名数与所称数量不符",
    title_en: "as many are not named as are counted",
    doc: "\
设置甲科、乙科、丙科等3个科室 and 内设机构3个，包括：甲科、乙科、丙科 name three and count three. Tested only where every name in the
list is an office's; a list behind the count that ends in 等 names only some and is not tested.

```note
2024年单位预算情况说明
本单位设置网络建设科、政务公开科、综合管理科等4个科室。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for e in &book.reading.enumerations {
        if book.fact(e.fact).is_some() {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Named { count: e.fact, named: e.named },
                complete: true,
                adjusted: false,
            });
        }
    }
}
