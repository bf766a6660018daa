use super::Rule;
use super::direction_rate_contradicts_change::{of_budget, points_away};
use crate::check::notebook::FAR;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure, differ_in_one_digit};
use crate::pattern::Stage;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

pub(super) const RULE: Rule = Rule {
    id: "ratio/completion-differs",
    title_zh: "完成预算比例与数额不符",
    title_en: "completion does not follow from the amounts",
    doc: "\
A rate of completion equals the final or executed amount divided by the budget that it is said of: the amount inside the phrase
(占年初预算数800万元的51%) or the item's own budget stated before, or what a change against it leaves (决算22.10万元，比年初预算增加2.10万元).

```note
2023年部门决算情况说明
2023年度“三公”经费支出预算为3万元，支出决算为1.71万元，完成预算的43%。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let from = out.len();
    // Rates whose plan is told elsewhere and does not fit.
    let mut odd = Vec::new();
    for (i, f) in book.reading.facts.iter().enumerate() {
        if f.measure != Measure::Completion || f.cell.is_some() {
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
        let inline = inline.map(|j| j as FactId);
        let denominator = inline.or_else(|| plans.iter().find_map(|s| near(book, rate, *s)));
        let numerator = [Stage::Final, Stage::Executed].iter().find_map(|s| near(book, rate, *s));
        let make = |numerator, denominator| Relation {
            rule: &RULE,
            equation: Equation::Quotient { rate, numerator, denominator },
            complete: true,
            adjusted: false,
        };
        match (numerator, denominator) {
            (Some(numerator), Some(denominator)) if numerator != denominator => out.push(make(numerator, denominator)),
            (Some(numerator), None) => {
                // The plan is told elsewhere: listed where the two agree.
                let of_plan = |s: &Stage| elsewhere(book, rate, *s).map(|plan| make(numerator, plan));
                let told: Vec<Relation> = plans.iter().filter_map(of_plan).collect();
                if let Some(relation) = told.iter().find(|r| r.holds(book)) {
                    out.push(relation.clone());
                } else if let Some(relation) = told.into_iter().next() {
                    let sure = mistyped(book, &relation, f);
                    if sure { &mut *out } else { &mut odd }.push(relation);
                } else if let Some((change, Some(level))) = of_budget(book, rate, f)
                    && !points_away(book, change, f)
                {
                    // 决算22.10万元，比年初预算增加2.10万元，完成年初预算的105%: the budget is what the change leaves.
                    let equation = Equation::CompletionByChange { rate, change, level };
                    out.push(Relation { rule: &RULE, equation, complete: true, adjusted: false });
                }
            }
            _ => {}
        }
    }
    // Of a row whose other rates are of the plans of one paragraph elsewhere, the odd one is wrong.
    let rows = |r: &Relation| match r.equation {
        Equation::Quotient { rate, denominator, .. } => {
            let paragraph = |id: FactId| book.fact(id).map(|f| f.paragraph);
            Some((paragraph(rate)?, paragraph(denominator)?)).filter(|(rate, plan)| rate != plan)
        }
        _ => None,
    };
    let told: FxHashSet<(u32, u32)> = out.get(from..).unwrap_or(&[]).iter().filter_map(rows).collect();
    out.extend(odd.into_iter().filter(|r| rows(r).is_some_and(|row| told.contains(&row))));
}

/// 决算9039.61万元，完成预算的78.69%。…预算10192.00万元: whether a rate of four digits differs in one of them from that of a
/// plan told elsewhere.
fn mistyped(book: &Notebook, relation: &Relation, rate: &Fact) -> bool {
    let computed = relation.judge(book, None).computed;
    let places = u32::from(rate.decimals);
    // 完成调整预算的100.07%, and elsewhere a plan of just that amount: that is another one.
    computed.is_some_and(|c| c != Decimal::ONE_HUNDRED && differ_in_one_digit(rate.value, c.round_dp(places)))
}

/// The only amount of the item, year and stage that the note tells anywhere, if it
/// does not tell the item too often to look.
fn elsewhere(book: &Notebook, rate: FactId, stage: Stage) -> Option<FactId> {
    let f = book.fact(rate)?;
    let like = book.levels_like(rate);
    if like.len() > FAR {
        return None;
    }
    let mut told = like.iter().copied().filter(|l| {
        book.fact(*l).is_some_and(|g| {
            g.stage == Some(stage) && g.part == f.part && g.year == f.year && g.printed && book.is_money(g)
        })
    });
    told.next().filter(|_| told.next().is_none())
}

/// What a figure is qualified by; 累计 is what a completion is of anyway.
fn scope(f: &Fact) -> Option<&str> {
    f.qualifier.as_deref().filter(|q| *q != "累计")
}

/// The item's level of a stage, in the same paragraph before the rate.
pub(super) fn near(book: &Notebook, rate: FactId, stage: Stage) -> Option<FactId> {
    let f = book.fact(rate)?;
    let planned = Some(stage).filter(|s| matches!(s, Stage::Budget | Stage::Adjusted));
    let here = |l: &FactId| book.fact(*l).is_some_and(|g| g.paragraph == f.paragraph);
    book.levels_before(rate).iter().rev().copied().take_while(here).find(|l| {
        book.fact(*l).is_some_and(|g| {
            // 收入33.82亿元，为目标33.23亿元的101.78%: a target has the stage of what it is a target for.
            let target = g.pattern.is_some() && g.pattern == f.pattern && planned.is_none();
            g.stage == Some(stage)
                && (&g.label, &g.part, g.year) == (&f.label, &f.part, f.year)
                && scope(g) == scope(f)
                && !target
        })
    })
}
