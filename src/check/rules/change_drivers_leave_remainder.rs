use super::Rule;
use super::sum_parts_differ_from_total::slipped_in_four;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};
use rust_decimal::Decimal;

pub(super) const RULE: Rule = Rule {
    id: "change/drivers-leave-remainder",
    title_zh: "增减原因合计与增减额之差",
    title_en: "the stated reasons leave a remainder",
    doc: "\
The reasons of a change (主要是, 主要原因是, 因) need not be complete: what they leave is a remainder and no error. Where they do
make up the change, the relation is listed as exact. Two reasons and more that all but make it up are all of them, and a digit is wrong: where what
they leave is less than one part in 500 of the change and at most 10 units of the last place, and one digit of a figure of four or more mends it.

```note
2024年单位预算情况说明
2024年支出80万元，较上年增加15.46万元，主要是基本支出减少3.61万元，项目支出增加会议系统专项10万元和网站维护专项8.98万元。
```
",
    relate: Some(relate),
};

/// No reason is of as little, in units of the last place.
const LITTLE: i64 = 10;

/// Nor of less than one part in so many of the change.
const MOST_PARTS: i64 = 500;

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for b in book.reading.breakdowns.iter().filter(|b| b.drivers) {
        let Some(total) = book.fact(b.total) else {
            continue;
        };
        if total.measure != Measure::Change || !total.printed {
            continue;
        }
        let parts: Vec<_> = b
            .parts
            .iter()
            .filter(|p| {
                book.fact(**p).is_some_and(|f| {
                    f.measure == Measure::Change && book.kind(f) == book.kind(total) && f.label != total.label
                })
            })
            .map(|p| (*p, false))
            .collect();
        if !parts.is_empty() {
            // 支出增加48.62万元，主要是基本支出减少…、项目支出增加…: all that there is.
            let facts: Vec<_> = parts.iter().filter_map(|(p, _)| book.fact(*p)).collect();
            let whole = facts.len() == 2 && super::sum_parts_differ_from_total::is_partition(book, total, &facts);
            let complete = whole || all_but_made_up(book, total, &parts) || in_another_unit(total, &facts);
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Sum { total: b.total, parts },
                complete,
                adjusted: false,
            });
        }
    }
}

/// 增加418.97万元，主要是拨款增加2296.45万元，基金减少401.85万元，结转减少1475.63元: the reasons make up the change to the
/// last digit, were they all in its unit.
fn in_another_unit(total: &Fact, parts: &[&Fact]) -> bool {
    let sum = parts.iter().try_fold(Decimal::ZERO, |s, f| s.checked_add(f.value));
    parts.len() >= 2 && parts.iter().any(|p| p.unit != total.unit) && sum == Some(total.value) && total.decimals > 0
}

/// 减少212.49万元，主要是补助资金减少260.00万元，人员经费增加47.56万元: nobody leaves out a reason of just 0.05万元.
fn all_but_made_up(book: &Notebook, total: &Fact, parts: &[(FactId, bool)]) -> bool {
    let parts: Vec<FactId> = parts.iter().map(|p| p.0).collect();
    let facts = || parts.iter().filter_map(|p| book.fact(*p));
    let sum = facts().try_fold(Decimal::ZERO, |s, f| s.checked_add(f.value));
    let Some(gap) = sum.and_then(|s| total.value.checked_sub(s)).map(|gap| gap.abs()) else { return false };
    let of_all = gap.checked_mul(Decimal::from(MOST_PARTS)).is_some_and(|gap| gap < total.value.abs());
    let little = of_all && gap <= Decimal::new(LITTLE, u32::from(total.decimals.min(9)));
    let like = total.decimals > 0 && facts().all(|f| f.decimals == total.decimals);
    like && little && slipped_in_four(book, total, &parts)
}
