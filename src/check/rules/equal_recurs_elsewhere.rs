use super::Rule;
use crate::check::notebook::FAR;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};
use crate::lex::{AsOf, UnitId, UnitKind};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

pub(super) const RULE: Rule = Rule {
    id: "equal/recurs-elsewhere",
    title_zh: "同一数额在别处印证",
    title_en: "an amount is confirmed elsewhere",
    doc: "\
An amount of four digits or more that recurs in a note, of another item but of the same year and stage, is the same money told from another
side: appropriation received and spent, the one 项 and its 类, project expenditure and the funds under performance targets. Such an
agreement is listed, because it supports both figures: one that others confirm is not the one that was mistyped. Where an amount does not recur
nothing is said, for the two need not be equal.

```note
2024年单位预算情况说明
2024年财政拨款收入2117.55万元。
二、2024年一般公共预算支出2117.55万元。
```
",
    relate: Some(relate),
};

/// The least number of digits that are no coincidence.
const DIGITS: usize = 4;

/// How often one amount is told before no more of its statements are paired.
const STATEMENTS: usize = 4;

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let mut told: FxHashMap<Key, ([FactId; STATEMENTS], usize)> = FxHashMap::default();
    let mut counts = FxHashMap::default();
    for (i, f) in book.reading.facts.iter().enumerate().filter(|(_, f)| f.cell.is_none()) {
        let id = i as FactId;
        if let Some(moment) = moment(book, f) {
            // 2023年年末22人, 2024年年初22人: one head count.
            if let Some(right) = counts.insert((f.concept.as_deref(), f.part.as_deref(), f.value, moment), id) {
                let equation = Equation::Equal { left: id, right };
                out.push(Relation { rule: &RULE, equation, complete: false, adjusted: false });
            }
            continue;
        }
        relate_twin(book, id, f, out);
        let amount = matches!(f.measure, Measure::Level | Measure::Change) && f.printed && !f.prior;
        if !amount || !book.is_money(f) || digits(f.value) < DIGITS {
            continue;
        }
        let (before, count) = told.entry(key(f)).or_default();
        // Restatements of one item have a rule of their own; a total and its only part are a sum.
        let another =
            |g: &Fact| g.label != f.label && g.parent != Some(id) && (g.concept != f.concept || g.fund != f.fund);
        let earlier = before.get(..*count).unwrap_or(&[]);
        let pairs =
            earlier.iter().rev().copied().filter(|b| book.fact(*b).is_some_and(another) && f.parent != Some(*b));
        for right in pairs.take(2) {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Equal { left: id, right },
                complete: false,
                adjusted: false,
            });
        }
        if let Some(place) = before.get_mut(*count) {
            *place = id;
            *count += 1;
        }
    }
}

/// 公务用车保有量5辆 and 车辆5辆; 项目支出120万元 and 绩效目标管理涉及资金120万元: by their items the
/// same thing, so that a short number will do.
fn relate_twin(book: &Notebook, id: FactId, f: &Fact, out: &mut Vec<Relation>) {
    const TWINS: [(&str, &str); 3] = [
        ("assets.vehicles", "three_public.vehicle.fleet"),
        ("performance.funds", "expenditure.project"),
        ("three_public.vehicle.fleet", "assets.vehicles"),
    ];
    let Some(concept) = f.concept.as_deref().filter(|_| f.measure == Measure::Level && f.printed) else { return };
    let told = |g: &Fact| g.printed && g.value == f.value && g.part == f.part && book.kind(g) == book.kind(f);
    for twin in TWINS.iter().filter(|(a, _)| *a == concept && f.value > Decimal::ONE).map(|(_, b)| b) {
        let all = book.levels_of(twin);
        let before = all.get(..all.partition_point(|t| *t < id)).unwrap_or(&[]);
        let same = |t: &&FactId| book.fact(**t).is_some_and(told);
        if let Some(right) = before.iter().rev().take(FAR).find(same).copied() {
            let equation = Equation::Equal { left: id, right };
            out.push(Relation { rule: &RULE, equation, complete: false, adjusted: false });
        }
    }
}

/// The turn of the year at which people were counted: the end of 2023 is the beginning of 2024.
fn moment(book: &Notebook, f: &Fact) -> Option<i32> {
    let counted = f.measure == Measure::Level && f.printed && f.concept.is_some() && book.kind(f) == UnitKind::People;
    let turn = match f.as_of {
        AsOf::End => f.year? + 1,
        AsOf::Start => f.year?,
        _ => return None,
    };
    counted.then_some(turn)
}

type Key = (Measure, Decimal, Option<UnitId>, Option<i32>, Option<crate::pattern::Stage>);

fn key(f: &Fact) -> Key {
    (f.measure, f.value.normalize(), f.unit.or(f.unit_inferred), f.year, f.stage)
}

/// Digits of an amount without zeros at either end.
fn digits(value: Decimal) -> usize {
    let mut mantissa = value.normalize().mantissa().unsigned_abs();
    while mantissa != 0 && mantissa.is_multiple_of(10) {
        mantissa /= 10;
    }
    mantissa.checked_ilog10().map_or(0, |n| n as usize + 1)
}
