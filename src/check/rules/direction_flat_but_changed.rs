use super::Rule;
use super::change_differs_from_levels::levels;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};

pub(super) const RULE: Rule = Rule {
    id: "direction/flat-but-changed",
    title_zh: "称“持平”而两期数额不同",
    title_en: "said to be unchanged, but the two levels differ",
    doc: "\
持平, 无变化, 不变 say that two levels are equal; where the note states both, they must be. Beside a change of the same item against the
same base in one sentence (减少1万元，与上年持平) one of the two is wrong. 基本持平 allows a difference and is not tested.

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
        let flat = i as FactId;
        for (left, right) in levels(book, flat).into_iter().chain(changed(book, flat, f).map(|c| (c, flat))) {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Order { left, right, more: Vec::new(), order: 0, or_equal: true },
                complete: true,
                adjusted: false,
            });
        }
    }
}

/// 支出3万元，比上年减少1万元，与上年持平: the amount of a change that is said to be none, right before it.
fn changed(book: &Notebook, flat: FactId, f: &Fact) -> Option<FactId> {
    let basis = f.basis.as_ref().filter(|b| b.stated)?;
    let before = (flat.saturating_sub(4)..flat).rev().filter_map(|id| Some((book.fact(id)?, id)));
    let mut told = before.take_while(|(g, _)| g.sentence.0 == f.sentence.0);
    let own = |g: &Fact| (&g.label, &g.part, g.year, &g.qualifier) == (&f.label, &f.part, f.year, &f.qualifier);
    // 完成预算的100%，持平: that may be said of the budget.
    told.by_ref().take_while(|(g, _)| own(g) && g.measure != Measure::Completion).find_map(|(g, id)| {
        let other = g.basis.as_ref().filter(|b| b.stated && b.whole.is_none() && basis.whole.is_none())?;
        let one_stage =
            other.stage == basis.stage || other.year != f.year && (other.stage.is_none() || basis.stage.is_none());
        let same = other.year == basis.year && one_stage;
        let amount = g.measure == Measure::Change && g.printed && book.is_money(g) && g.stage == f.stage;
        (amount && same).then_some(id)
    })
}
