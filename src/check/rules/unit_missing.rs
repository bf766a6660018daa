use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId};

pub(super) const RULE: Rule = Rule {
    id: "unit/missing",
    title_zh: "数额缺少单位",
    title_en: "a figure without a unit",
    doc: "\
A figure whose unit is not printed takes the unit of those beside it; the note says nothing, so nothing is decided. A document that prints none at all,
tables alone, is told of once: its amounts are taken for 元 if any is that large, else for 万元.

```note
2024年单位预算情况说明
2024年支出预算11.2万元，其中：教育支出8.2，卫生健康支出3万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let printed = book.reading.facts.iter().any(|f| f.unit.is_some() && book.is_money(f));
    let cell = |f: &Fact| f.cell.is_some() && f.unit.is_none() && book.is_money(f);
    let first = book.reading.facts.iter().position(cell).filter(|_| !printed);
    out.extend(first.map(|i| Relation {
        rule: &RULE,
        equation: Equation::Unit { fact: i as FactId },
        complete: false,
        adjusted: false,
    }));
    for (i, f) in book.reading.facts.iter().enumerate() {
        if f.printed && f.unit.is_none() && f.cell.is_none() {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Unit { fact: i as FactId },
                complete: false,
                adjusted: false,
            });
        }
    }
}
