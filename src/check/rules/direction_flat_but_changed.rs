use super::Rule;
use super::change_differs_from_levels::levels;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{FactId, Measure};

pub(super) const RULE: Rule = Rule {
    id: "direction/flat-but-changed",
    title_zh: "称“持平”而两期数额不同",
    title_en: "said to be unchanged, but the two levels differ",
    doc: "\
持平, 无变化, 不变 say that two levels are equal; where the note states both, they must be. 基本持平 allows a difference and is not tested.

```note
2021年“三公”经费决算说明
2021年公务用车运行维护费预算为15万元，支出决算为2.48万元，与2021年度预算相比无变化。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for (i, f) in book.reading.facts.iter().enumerate() {
        if f.measure != Measure::Change || f.printed || f.qualifier.as_deref() == Some("基本") {
            continue;
        }
        if let Some((left, right)) = levels(book, i as FactId) {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Order { left, right, order: 0, or_equal: true },
                complete: true,
                adjusted: false,
            });
        }
    }
}
