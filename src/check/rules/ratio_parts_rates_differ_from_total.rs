use super::Rule;
use crate::check::{Decision, Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};
use crate::pattern::Stage;
use rust_decimal::Decimal;

pub(super) const RULE: Rule = Rule {
    id: "ratio/parts-rates-differ-from-total",
    title_zh: "合计增幅与各分项增幅不符",
    title_en: "the total's rate is not that of its components together",
    doc: "\
Where a total and all its components tell by how much they grew, or how much of their budgets they completed, each component's amount and
rate make what it grew from, and these together the rate of the total. It lies between the least and the greatest of theirs; one that
lies outside is wrong, or one of theirs is. Within them it may miss what they make where the year before was restated: that is `undecided`.
Rates of the like-for-like scope (同口径), and those of 100 % or 0 %, which are said of what was nothing before, are left alone.

```note
2023年某县预算执行情况报告
2023年全县一般公共预算收入100亿元，增长25%。其中：税收收入60亿元，增长5%；非税收入40亿元，增长2%。
```
",
    relate: Some(relate),
};

/// A list of more is not told with a rate for each.
const MOST: usize = 40;

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for b in book.reading.breakdowns.iter().filter(|b| !b.drivers && b.minus.is_empty()) {
        relate_parts(book, b.total, &b.parts, out);
    }
}

/// The rates of a total and of all its parts; it is also called for the parts of an identity.
pub(super) fn relate_parts(book: &Notebook, total: FactId, ids: &[FactId], out: &mut Vec<Relation>) {
    let asked = (2..=MOST).contains(&ids.len()) && book.settings.of(&RULE) != Decision::Off;
    let Some(whole) = book.fact(total).filter(|t| asked && is_amount(book, t)) else { return };
    let rates = rates_of(book, total, whole);
    if rates.is_empty() || !ties(book, total, ids) {
        return;
    }
    for (rate, r) in rates {
        let own = |p: &FactId| {
            let part = book.fact(*p).filter(|f| is_amount(book, f) && f.year == whole.year)?;
            let told = rates_of(book, *p, part).into_iter().find(|(_, own)| alike(own, r))?;
            Some((*p, told.0))
        };
        let Some(parts) = ids.iter().map(own).collect::<Option<Vec<(FactId, FactId)>>>() else { continue };
        let step = |f: &Fact| Decimal::new(1, u32::from(f.decimals.min(9)));
        let told = || parts.iter().filter_map(|(_, r)| book.fact(*r));
        let least = told().filter_map(|f| f.value.checked_sub(step(f))).min();
        let most = told().filter_map(|f| f.value.checked_add(step(f))).max();
        let outside = least.is_some_and(|l| r.value.checked_add(step(r)).is_some_and(|v| v < l))
            || most.is_some_and(|m| r.value.checked_sub(step(r)).is_some_and(|v| v > m));
        out.push(Relation {
            rule: &RULE,
            equation: Equation::Combined { rate, parts },
            complete: outside,
            adjusted: false,
        });
    }
}

fn is_amount(book: &Notebook, f: &Fact) -> bool {
    f.measure == Measure::Level
        && f.printed
        && f.cell.is_none()
        && !f.prior
        && f.value.is_sign_positive()
        && book.is_money(f)
}

/// The growth and the completion that are told right behind an amount. What was planned neither grew nor was done.
fn rates_of<'a>(book: &'a Notebook, level: FactId, l: &Fact) -> Vec<(FactId, &'a Fact)> {
    let behind = book.reading.facts.iter().zip(0..).skip(level as usize + 1).take(6);
    let behind = behind.take_while(|(f, _)| f.paragraph == l.paragraph && (&f.label, &f.part) == (&l.label, &l.part));
    let rate = |f: &Fact| {
        matches!(f.measure, Measure::Growth | Measure::Completion)
            && f.printed
            && f.qualifier.is_none()
            && (f.year, f.stage) == (l.year, l.stage)
            && (f.measure == Measure::Growth || !matches!(l.stage, Some(Stage::Budget | Stage::Adjusted)))
            && f.basis.as_ref().is_some_and(|b| b.year.is_some() && b.whole.is_none())
            && tells_base(l, f)
    };
    let rates: Vec<(FactId, &Fact)> = behind.filter(|(f, _)| rate(f)).map(|(f, id)| (id, f)).collect();
    // Two against one base: of one it is not said what makes it another.
    let one = |(_, f): &(FactId, &'a Fact)| rates.iter().filter(|(_, g)| alike(f, g)).count() == 1;
    rates.iter().filter(|r| one(r)).copied().collect()
}

/// Whether an amount and its rate tell what it was before, or should have been: 0万元，下降100% may have been anything, and
/// what was nothing before is said to have grown by 100 % or by 0 %.
fn tells_base(level: &Fact, rate: &Fact) -> bool {
    let nothing = level.value.is_zero();
    match rate.measure {
        Measure::Growth if nothing => rate.value.is_zero(),
        Measure::Growth => !rate.value.is_zero() && rate.value != Decimal::ONE_HUNDRED,
        _ => !nothing,
    }
}

/// Whether two rates are against the same.
fn alike(a: &Fact, b: &Fact) -> bool {
    let (Some(x), Some(y)) = (a.basis.as_ref(), b.basis.as_ref()) else { return false };
    let stage = x.stage == y.stage || a.measure == Measure::Growth && (x.stage.is_none() || y.stage.is_none());
    a.measure == b.measure && x.year == y.year && stage
}

/// Whether the parts are all of the total, within printed places.
fn ties(book: &Notebook, total: FactId, ids: &[FactId]) -> bool {
    let equation = Equation::Sum { total, parts: ids.iter().map(|p| (*p, false)).collect() };
    Relation { rule: &RULE, equation, complete: true, adjusted: false }.holds(book)
}
