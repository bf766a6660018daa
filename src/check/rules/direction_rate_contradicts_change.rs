use super::Rule;
use super::change_differs_from_levels::{level_of, levels};
use super::ratio_completion_differs::near;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};
use crate::pattern::Stage;
use rust_decimal::Decimal;

pub(super) const RULE: Rule = Rule {
    id: "direction/rate-contradicts-change",
    title_zh: "增减额与比例的方向相反",
    title_en: "a change and its rate point in opposite directions",
    doc: "\
What fell by an amount did not grow by a rate, and what is more than its budget is completed to more than 100 %. Where a level is told beside a completion, level ÷ (level − change) is the
rate that should stand there; rounding may hide a small change.

```note
2023年部门预算情况说明
会议费较上年减少2万元，增长25%。
```

```note
2023年部门决算情况说明
2023年度教育支出1567.57万元，完成年初预算的100%，决算数大于预算数50.34万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for (f, rate) in book.reading.facts.iter().zip(0..) {
        if f.cell.is_some() || !f.printed {
            continue;
        }
        let equation = match f.measure {
            Measure::Growth if levels(book, rate).is_none() && level_of(book, rate, None).is_none() => {
                let change = beside(book, rate, f, |c| against(c) == against(f));
                // A rate of nothing may be rounded.
                change.filter(|_| !f.value.is_zero()).map(|change| Equation::Signs {
                    change,
                    rate,
                    even: Decimal::ZERO,
                })
            }
            Measure::Completion => match of_budget(book, rate, f) {
                Some((change, Some(level))) if points_away(book, change, f) => {
                    Some(Equation::CompletionByChange { rate, change, level })
                }
                Some((change, None)) if f.value != Decimal::ONE_HUNDRED => {
                    Some(Equation::Signs { change, rate, even: Decimal::ONE_HUNDRED })
                }
                _ => None,
            },
            _ => None,
        };
        let relation = |equation| Relation { rule: &RULE, equation, complete: true, adjusted: false };
        out.extend(equation.map(relation).filter(|r| !r.holds(book)));
    }
}

/// The change against its budget that is told beside a rate of completion, where the budget itself is not, and the level
/// that they are of, if that is told.
pub(super) fn of_budget(book: &Notebook, rate: FactId, f: &Fact) -> Option<(FactId, Option<FactId>)> {
    if [Stage::Budget, Stage::Adjusted].iter().any(|s| near(book, rate, *s).is_some()) {
        return None;
    }
    let stage = f.basis.as_ref().and_then(|b| b.stage);
    let change = beside(book, rate, f, |c| {
        let own = c.basis.as_ref().filter(|b| b.year == f.year && b.stage == stage);
        own.is_some_and(|b| matches!(b.stage, Some(Stage::Budget | Stage::Adjusted)))
    })?;
    let level = level_of(book, change, None);
    Some((change, level.filter(|l| book.fact(*l).is_some_and(|l| book.is_money(l) && !l.value.is_zero()))))
}

/// Whether a change says that more was done than planned and the rate that less was, or the other way about.
pub(super) fn points_away(book: &Notebook, change: FactId, rate: &Fact) -> bool {
    let way = book.fact(change).map(|c| c.value.cmp(&Decimal::ZERO));
    way.is_some_and(|way| way != rate.value.cmp(&Decimal::ONE_HUNDRED))
}

fn against(f: &Fact) -> Option<(Option<i32>, Option<Stage>)> {
    f.basis.as_ref().map(|b| (b.year, b.stage))
}

/// The amount of a change of the rate's item that stands beside it in its sentence.
fn beside(book: &Notebook, rate: FactId, f: &Fact, fits: impl Fn(&Fact) -> bool) -> Option<FactId> {
    let around = [rate.checked_sub(1), Some(rate + 1), rate.checked_sub(2)];
    around.into_iter().flatten().find(|id| {
        book.fact(*id).is_some_and(|c| {
            c.measure == Measure::Change
                && c.printed
                && !c.value.is_zero()
                && book.is_money(c)
                && c.sentence.0 == f.sentence.0
                && (&c.label, &c.part, c.year, &c.qualifier) == (&f.label, &f.part, f.year, &f.qualifier)
                && fits(c)
        })
    })
}
