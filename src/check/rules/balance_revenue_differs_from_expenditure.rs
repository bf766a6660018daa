use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};
use crate::pattern::{Flow, Fund, Stage};
use crate::segment::Kind;
use rust_decimal::Decimal;

pub(super) const RULE: Rule = Rule {
    id: "balance/revenue-differs-from-expenditure",
    title_zh: "收入总计不等于支出总计",
    title_en: "revenue and expenditure totals differ",
    doc: "\
A budget is balanced: total revenue equals total expenditure of the same fund, year and stage. In a final account only the grand totals
(收入总计, 支出总计), which hold what was carried over, must be equal; 本年收入 and 本年支出 need not. Totals of a county's report that
leave a surplus are not compared; where the two are equal, their changes against the year before are too. Of one fund a unit's budget can't take in
more than it spends; 收入总计, 支出总计 and 收支相抵后结余 are an equation, as are a county's 收入合计 and 支出合计 with what is left.

```note
2024年单位预算情况说明
（一）收入预算：2024年年初预算数502.48万元。
（二）支出预算：2024年年初预算数504.28万元。
```
",
    relate: Some(relate),
};

/// How many paragraphs 收入总计 and 支出总计 may stand apart.
const FAR_TOTALS: u32 = 12;

/// How many figures behind a total its change stands at most.
const MOST_BEHIND: usize = 24;

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let county = book.reading.identity.kind == Kind::CountyReport;
    let totals: Vec<(FactId, &Fact)> = book
        .reading
        .facts
        .iter()
        .enumerate()
        .filter(|(_, f)| {
            f.measure == Measure::Level
                && f.cell.is_none()
                && !f.prior
                && f.printed
                && f.part.is_none()
                && f.role != Some(crate::fact::Role::Component)
                && book.is_money(f)
                && is_total(f)
        })
        .map(|(i, f)| (i as FactId, f))
        .collect();
    relate_funds(book, out);
    for (n, (id, f)) in totals.iter().enumerate() {
        if f.flow != Some(Flow::Expenditure) {
            continue;
        }
        let summed = |f: &Fact| county && f.label.ends_with("合计") && !f.label.contains("本年");
        let grand = is_grand(f) || summed(f);
        let revenue = totals.get(..n).unwrap_or(&[]).iter().rev().take(6).find(|(_, g)| {
            g.flow == Some(Flow::Revenue)
                && g.year == f.year
                && g.stage == f.stage
                && g.fund == f.fund
                && g.as_of == f.as_of
                && g.qualifier == f.qualifier
                && (is_grand(g) || summed(g)) == grand
        });
        let Some((other, g)) = revenue else { continue };
        let equal = g.value == f.value;
        let budget = matches!(book.reading.identity.kind, Kind::UnitBudget | Kind::DepartmentBudget)
            && !book.reading.identity.is_final
            // 总收入1562.00万元（含上年结转）…总支出1562.01万元: a grand total holds what was carried over anyway.
            && (g.carryover == f.carryover || is_grand(f) && is_grand(g));
        // 总收支相抵后，结转结余0.90亿元: the difference is told, and is a sum.
        let rest = left_over(book, *id, f);
        let here = rest.iter().all(|r| book.fact(*r).is_some_and(|r| r.paragraph == f.paragraph));
        // 决算总收入1244万元…总支出1095万元…年末结余164万元: what the year began with is told nowhere.
        let open = !county && book.reading.identity.is_final && ![f, g].iter().all(|t| t.label.contains("总计"));
        let sure = here && (grand && !open || told_apart(book, &rest));
        let sum = |n: usize| Relation {
            rule: &RULE,
            equation: Equation::Sum {
                total: *other,
                parts: std::iter::once(*id).chain(rest.iter().take(n).copied()).map(|p| (p, false)).collect(),
            },
            complete: sure,
            adjusted: false,
        };
        let holding = (1..=rest.len()).find(|n| sum(*n).holds(book));
        // 收入总计100万元；支出总计100万元，其中年末结转2万元: what is left is in the total already.
        // 收入总计100万元；支出总计98万元，年终结余2万元: it is not.
        let among = !county && f.label.contains("总计") && !told_apart(book, &rest) && holding.is_none();
        let inside = grand && (equal || among);
        if !rest.is_empty() && !inside {
            // 总收入…，总支出…，收支相抵，年终结余…: it is an equation.
            // 总支出250.2亿元。｜收支相抵，年终结余13.3亿元: in a paragraph of its own it may be of something else.
            let relation = sum(holding.unwrap_or(if sure { rest.len() } else { 1 }));
            let short = relation.judge(book, None).difference.is_some_and(|d| d.is_sign_negative());
            // 收入完成45亿元…；支出完成57亿元…，结转下年11亿元: of the revenue only some is told.
            if sure || holding.is_some() || here && !short {
                out.push(relation);
            }
            continue;
        }
        // 总收入 and 总支出 of what was spent may differ: only 收入总计 and 支出总计 hold what was carried over, or
        // those that are said to.
        let carried = || [*id, *other].into_iter().all(|t| holds_carryover(book, t));
        let sums = !book.reading.identity.is_final || [f, g].iter().all(|t| t.label.contains("总计")) || carried();
        // 收入总计7942万元。…支出总计7642万元, in a county's report: one digit.
        let slip = county
            && rest.is_empty()
            && [f, g].iter().all(|t| t.label.ends_with("总计"))
            && f.paragraph.abs_diff(g.paragraph) <= 3
            && super::sum_parts_differ_from_total::mistyped(book, *other, &[*id]);
        // （一）收入总计1984.90万元。1.…2.…3.…（二）支出总计1984.91万元: with the lists of both between them.
        let far = if [f, g].iter().all(|t| t.label.ends_with("总计")) { FAR_TOTALS } else { 3 };
        let sure = slip
            || !county
                && sums
                && (grand && f.paragraph.abs_diff(g.paragraph) <= far
                    || budget && totals_of_whole(f) && totals_of_whole(g));
        if equal || sure {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Equal { left: *id, right: *other },
                complete: sure,
                adjusted: false,
            });
        }
        // As they were equal the year before, so are their changes, unless what was carried over is counted in one of them.
        let changes = change_of(book, *id).zip(change_of(book, *other));
        let alike = equal && sure && (grand || budget) && !book.has_item("carryover.opening");
        if let Some((left, right)) = changes.filter(|_| alike) {
            let equation = Equation::Equal { left, right };
            out.push(Relation { rule: &RULE, equation, complete: true, adjusted: false });
        }
    }
}

/// The one change of a total that its paragraph tells, against a year that it names.
fn change_of(book: &Notebook, total: FactId) -> Option<FactId> {
    let of = book.fact(total)?;
    let behind = book.reading.facts.get(total as usize + 1..)?.iter().zip(total + 1..);
    let here = behind.take(MOST_BEHIND).take_while(|(f, _)| f.paragraph == of.paragraph);
    let mut changes = here.filter(|(f, _)| {
        let of_year = f.basis.as_ref().is_some_and(|b| b.stated && b.year.map(|y| y + 1) == of.year);
        let same = f.label == of.label || f.concept.is_some() && f.concept == of.concept;
        f.measure == Measure::Change && same && (&f.part, f.fund) == (&of.part, of.fund) && f.printed && of_year
    });
    let (_, id) = changes.next()?;
    changes.next().is_none().then_some(id)
}

/// Whether a note's budget says that more comes in of a fund than goes out, in one breath: 拨款收入62.70万元，拨款支出61.12万元.
fn exceeds(book: &Notebook, revenue: FactId, r: &Fact, expenditure: FactId, e: &Fact) -> bool {
    let identity = &book.reading.identity;
    matches!(identity.kind, Kind::UnitBudget | Kind::DepartmentBudget)
        && !identity.is_final
        && (r.fund, r.year, r.stage, r.unit) == (e.fund, e.year, e.stage, e.unit)
        && (r.measure, e.measure) == (Measure::Level, Measure::Level)
        && e.stage == Some(Stage::Budget)
        && revenue + 1 == expenditure
        && r.sentence == e.sentence
        && r.label.strip_suffix("收入").is_some_and(|name| e.label.strip_suffix("支出") == Some(name))
        // 4378.41万元 and 4378.4万元 may be one amount.
        && r.value.checked_sub(e.value).is_some_and(|gap| gap > Decimal::new(1, u32::from(r.decimals.min(e.decimals).min(9))))
        && !book.has_item("carryover.closing")
}

/// Whether what is left is said to be the difference of the two: 收支相抵后结余.
fn told_apart(book: &Notebook, rest: &[FactId]) -> bool {
    rest.iter().any(|r| book.fact(*r).is_some_and(|r| r.label.contains("相抵") || r.label.contains("差额")))
}

/// Whether a total has what was carried over among its components.
fn holds_carryover(book: &Notebook, total: FactId) -> bool {
    // 总收入553.18万元，其中本年收入351.42万元: the rest of it was carried over.
    let carried = |p: &FactId| {
        book.fact(*p)
            .and_then(|p| p.concept.as_deref())
            .is_some_and(|c| c.starts_with("carryover") || matches!(c, "revenue.current" | "expenditure.current"))
    };
    book.lists_of(total).any(|b| b.parts.iter().any(carried))
}

/// What is left of a revenue after an expenditure, told right behind it: 支出520万元，
/// 调出资金300万元，年终结转40万元.
fn left_over(book: &Notebook, expenditure: FactId, f: &Fact) -> Vec<FactId> {
    let behind = book.reading.facts.get(expenditure as usize + 1..).unwrap_or(&[]);
    let behind = behind.iter().zip(expenditure + 1..).take(5);
    let county = book.reading.identity.kind == Kind::CountyReport;
    let next = book.fact(expenditure + 1).filter(|g| county && g.paragraph == f.paragraph + 1).map(|g| g.sentence);
    let rest = |g: &Fact| {
        g.measure == Measure::Level
            && (g.paragraph == f.paragraph || Some(g.sentence) == next)
            && g.unit == f.unit
            && (g.year, g.stage) == (f.year, f.stage)
            && g.parent.is_none_or(|p| p < expenditure)
            && (["结余", "结转", "差额", "相抵", "调出"].iter().any(|w| g.label.contains(w)))
    };
    behind.skip_while(|(g, _)| !rest(g)).take_while(|(g, _)| rest(g)).map(|(_, id)| id).collect()
}

/// 政府性基金预算拨款收入500万元, 政府性基金预算支出500万元: what a unit is given from a fund it spends
/// from it. Listed where the two are the same, for levels and for changes.
fn relate_funds(book: &Notebook, out: &mut Vec<Relation>) {
    let of_fund = |f: &Fact, flow: Flow| {
        matches!(f.fund, Some(Fund::GeneralPublic | Fund::GovFund | Fund::StateCapital))
            && f.flow == Some(flow)
            && matches!(f.measure, Measure::Level | Measure::Change)
            && f.cell.is_none()
            && f.printed
            && !f.prior
            && f.part.is_none()
            && book.is_money(f)
            && is_total(f)
    };
    let facts = &book.reading.facts;
    let mut revenues: Vec<(FactId, &Fact)> = Vec::new();
    for (f, id) in facts.iter().zip(0..) {
        if of_fund(f, Flow::Revenue) {
            revenues.push((id, f));
        } else if of_fund(f, Flow::Expenditure) {
            let same = revenues.iter().rev().take(12).find(|(_, r)| {
                (r.fund, r.year, r.stage, r.measure) == (f.fund, f.year, f.stage, f.measure) && r.value == f.value
            });
            let more = || revenues.last().filter(|(right, r)| exceeds(book, *right, r, id, f));
            if let Some((right, r)) = same.or_else(more) {
                let equation = Equation::Equal { left: id, right: *right };
                out.push(Relation { rule: &RULE, equation, complete: r.value > f.value, adjusted: false });
            }
        }
    }
}

fn is_total(f: &Fact) -> bool {
    // 国有资本经营收入0.32亿元，国有资本经营支出0.12亿元，调出资金0.20亿元
    let capital = f.fund == Some(Fund::StateCapital) && f.concept.as_deref() == Some("nontax.state_capital");
    capital
        || matches!(
            f.concept.as_deref(),
            Some("revenue" | "expenditure" | "revenue.total" | "expenditure.total" | "revenue.appropriation")
        )
}

fn totals_of_whole(f: &Fact) -> bool {
    f.role == Some(crate::fact::Role::Total) || is_grand(f)
}

fn is_grand(f: &Fact) -> bool {
    f.concept.as_deref().is_some_and(|c| c.ends_with(".total"))
        || f.label.contains("总计")
        || f.label.contains("总收入")
        || f.label.contains("总支出")
}
