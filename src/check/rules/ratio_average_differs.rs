use super::Rule;
use crate::check::{Equation, Instead, Notebook, Relation, Verdict, slip_between};
use crate::fact::{Fact, FactId, Measure};
use crate::lex::UnitKind;
use rust_decimal::Decimal;

pub(super) const RULE: Rule = Rule {
    id: "ratio/average-differs",
    title_zh: "平均数与总额、数量不符",
    title_en: "an average does not follow from the amount and the number",
    doc: "\
What a vehicle costs on average (车均, 平均每辆) is what all cost, divided by how many there are. Vehicles come and go in a year, so an average
that does not fit is wrong only where a slip of the pen makes it: 元 for 万元, a point moved, one digit of three; else only what agrees is listed. So it is with what each person or body gets (年人均2400元, 3.5万元/人).

```note
2023年部门决算情况说明
2023年公务用车运行维护费16.1万元。年末车辆保有量为3辆，全年车均运行维护费支出5.37元。
```
",
    relate: Some(relate),
};

/// How many figures before an average the amount and the number stand at most.
const NEAR: FactId = 8;

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for (f, average) in book.reading.facts.iter().zip(0 as FactId..) {
        out.extend(of_each(book, average, f));
        let level = f.measure == Measure::Level && f.printed && f.cell.is_none() && book.is_money(f);
        if !level || !["车均", "每辆", "每车"].iter().any(|w| f.label.contains(w)) {
            continue;
        }
        let before = || {
            (average.saturating_sub(NEAR)..average)
                .rev()
                .filter_map(|id| Some((id, book.fact(id)?)))
                .filter(|(_, g)| g.paragraph == f.paragraph && g.measure == Measure::Level && g.printed && !g.prior)
        };
        let spent = |g: &Fact| {
            let vehicles =
                matches!(g.concept.as_deref(), Some("three_public.vehicle.operation" | "three_public.vehicle"));
            vehicles && (g.year, g.stage, &g.part) == (f.year, f.stage, &f.part) && !g.value.is_zero()
        };
        let total = before().find(|(_, g)| spent(g)).map(|(id, _)| id);
        let count = before().find(|(_, g)| book.kind(g) == UnitKind::Vehicles).map(|(id, _)| id);
        let Some((total, count)) = total.zip(count) else { continue };
        let equation = Equation::Average { average, total, count };
        let relation = Relation { rule: &RULE, equation, complete: true, adjusted: false };
        if relation.holds(book) || is_slip(book, &relation, average, f) {
            out.push(relation);
        }
    }
}

/// 代表268名，年人均2400元，计643200元; 拟出国2人，3.5万元/人，共计7万元: what each gets, of how many and all that they get,
/// told in one sentence. Listed where it holds, for others may be counted too.
fn of_each(book: &Notebook, average: FactId, f: &Fact) -> Option<Relation> {
    let each = f.measure == Measure::Ratio
        || f.measure == Measure::Level && ["人均", "每人", "每家", "每户", "每生"].iter().any(|w| f.label.ends_with(w));
    if !each || !f.printed || !book.is_money(f) || f.value.is_zero() {
        return None;
    }
    let near = |id: &FactId| book.fact(*id).is_some_and(|g| g.paragraph == f.paragraph && g.printed && !g.prior);
    let level = |id: &FactId| book.fact(*id).is_some_and(|g| g.measure == Measure::Level);
    let counted = |g: &Fact| matches!(book.kind(g), UnitKind::People | UnitKind::Count | UnitKind::Vehicles);
    let before = (average.saturating_sub(NEAR)..average).rev().filter(near).filter(level);
    let behind = (average + 1..=average + NEAR).filter(near).filter(level);
    let count = before.clone().take(2).find(|id| book.fact(*id).is_some_and(counted))?;
    let relation = |total| {
        let equation = Equation::Average { average, total, count };
        Relation { rule: &RULE, equation, complete: false, adjusted: false }
    };
    let exact = |total: &FactId| {
        let money = book.fact(*total).is_some_and(|g| book.is_money(g) && !g.value.is_zero());
        money && relation(*total).judge(book, None).verdict == Verdict::Exact
    };
    behind.chain(before).find(exact).map(relation)
}

/// Whether an average with its unit, its point or one of its three digits put right would fit.
fn is_slip(book: &Notebook, relation: &Relation, average: FactId, f: &Fact) -> bool {
    let fits = |v: Decimal| {
        matches!(relation.judge(book, Some(Instead::new(average, v))).verdict, Verdict::Exact | Verdict::Rounded)
    };
    let moved = |n: i64| [f.value.checked_mul(n.into()), f.value.checked_div(n.into())].into_iter().flatten().any(fits);
    let computed = || relation.judge(book, None).computed.map(|c| c.round_dp(u32::from(f.decimals)));
    let digit = || {
        let long = f.value.mantissa().unsigned_abs() >= 100;
        long && computed().is_some_and(|c| slip_between(f.value, c) == Some("digit") && c.scale() == f.value.scale())
    };
    [10_000, 10, 100].into_iter().any(moved) || digit()
}
