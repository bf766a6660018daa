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
What fell by an amount did not grow by a rate, and what is more than its budget is completed to more than 100 %. Tested where no level says
more: beside a level the rate itself is computed. A completion of 100 % allows a change that its rounding explains.

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
        let told = match f.measure {
            Measure::Growth if levels(book, rate).is_none() && level_of(book, rate, None).is_none() => {
                beside(book, rate, f, |c| against(c) == against(f)).map(|change| (change, Decimal::ZERO))
            }
            Measure::Completion if [Stage::Budget, Stage::Adjusted].iter().all(|s| near(book, rate, *s).is_none()) => {
                beside(book, rate, f, |c| {
                    let own = c
                        .basis
                        .as_ref()
                        .filter(|b| b.year == f.year && b.stage == f.basis.as_ref().and_then(|b| b.stage));
                    own.is_some_and(|b| matches!(b.stage, Some(Stage::Budget | Stage::Adjusted)))
                })
                .filter(|change| f.value != Decimal::ONE_HUNDRED || is_seen(book, *change, f))
                .map(|change| (change, Decimal::ONE_HUNDRED))
            }
            _ => None,
        };
        let Some((change, even)) = told else { continue };
        let relation =
            Relation { rule: &RULE, equation: Equation::Signs { change, rate, even }, complete: true, adjusted: false };
        // A rate of nothing may be rounded.
        let nothing = f.value.is_zero() && f.measure == Measure::Growth;
        if !nothing && !relation.holds(book) {
            out.push(relation);
        }
    }
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

/// Whether a change is more of its level than the last place of a rate hides.
fn is_seen(book: &Notebook, change: FactId, rate: &Fact) -> bool {
    let level = level_of(book, change, None).and_then(|l| book.fact(l));
    let Some((level, c)) = level.zip(book.fact(change)) else { return false };
    let part = c.value.abs().checked_mul(book.factor(c)).and_then(|c| c.checked_mul(Decimal::ONE_HUNDRED));
    let whole = level.value.abs().checked_mul(book.factor(level));
    let unit = Decimal::new(1, u32::from(rate.decimals.min(9)));
    part.zip(whole).and_then(|(part, whole)| part.checked_div(whole)).is_some_and(|percent| percent > unit + unit)
}
