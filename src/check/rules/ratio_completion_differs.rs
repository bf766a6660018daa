use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{FactId, Measure};
use crate::pattern::Stage;

pub(super) const RULE: Rule = Rule {
    id: "ratio/completion-differs",
    title_zh: "完成预算比例与数额不符",
    title_en: "completion does not follow from the amounts",
    doc: "\
A rate of completion equals the final or executed amount divided by the budget that it is said of: the amount inside the phrase
(占年初预算数800万元的51%) or the item's own budget stated before.

```note
2023年部门决算情况说明
2023年度“三公”经费支出预算为3万元，支出决算为1.71万元，完成预算的43%。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for (i, f) in book.reading.facts.iter().enumerate() {
        if f.measure != Measure::Completion {
            continue;
        }
        let Some(basis) = &f.basis else { continue };
        let rate = i as FactId;
        let plans: &[Stage] = match basis.stage {
            Some(Stage::Adjusted) => &[Stage::Adjusted],
            _ => &[Stage::Budget, Stage::Adjusted],
        };
        let inline = i.checked_sub(1).filter(|j| {
            book.reading.facts.get(*j).is_some_and(|d| {
                d.measure == Measure::Level && d.pattern.is_some() && d.pattern == f.pattern && d.label == f.label
            })
        });
        let denominator = inline.map(|j| j as FactId).or_else(|| plans.iter().find_map(|s| near(book, rate, *s)));
        let numerator = [Stage::Final, Stage::Executed].iter().find_map(|s| near(book, rate, *s));
        if let (Some(numerator), Some(denominator)) = (numerator, denominator)
            && numerator != denominator
        {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Quotient { rate, numerator, denominator },
                complete: true,
                adjusted: false,
            });
        }
    }
}

/// The item's level of a stage, in the same paragraph before the rate.
fn near(book: &Notebook, rate: FactId, stage: Stage) -> Option<FactId> {
    let f = book.fact(rate)?;
    book.levels_like(rate).iter().rev().copied().filter(|l| *l < rate).find(|l| {
        book.fact(*l).is_some_and(|g| {
            g.stage == Some(stage)
                && g.paragraph == f.paragraph
                && g.label == f.label
                && g.part == f.part
                && g.year == f.year
                && (g.qualifier == f.qualifier || g.qualifier.is_none() && f.qualifier.as_deref() == Some("累计"))
        })
    })
}
