use super::Rule;
use super::change_differs_from_levels::{level_of, levels};
use super::ratio_share_differs::told_again;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};
use crate::lex::UnitKind;
use rust_decimal::Decimal;

pub(super) const RULE: Rule = Rule {
    id: "ratio/growth-differs",
    title_zh: "增减比例与数额不符",
    title_en: "growth does not follow from the amounts",
    doc: "\
A rate of growth equals the change divided by the level before. The level before is stated, or is the level less the change. Rates are
compared as intervals: 5 % agrees with 5.56 % truncated. A level before of zero decides nothing.

```note
2021年单位决算情况说明
2021年公务接待费支出决算2.14万元，比上年增加1.14万元，增长1.14%。
```
",
    relate: Some(relate),
};

/// How many parts of a change stand between it and its rate.
const PARTS: usize = 8;

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let from = out.len();
    relate_each(book, out);
    // The level, or the one before, as it is told elsewhere.
    let mut again = Vec::new();
    for r in out.get(from..).unwrap_or(&[]).iter().filter(|r| r.holds(book)) {
        let equation = match r.equation {
            Equation::Growth { rate, level, prior } => {
                told_again(book, prior).map(|prior| Equation::Growth { rate, level, prior })
            }
            Equation::GrowthByChange { rate, change, level } => {
                told_again(book, level).map(|level| Equation::GrowthByChange { rate, change, level })
            }
            _ => None,
        };
        again.extend(equation.map(|equation| Relation { equation, ..r.clone() }));
    }
    out.extend(again);
}

fn relate_each(book: &Notebook, out: &mut Vec<Relation>) {
    for (i, f) in book.reading.facts.iter().enumerate() {
        if f.measure != Measure::Growth || f.cell.is_some() || f.basis.is_none() {
            continue;
        }
        let rate = i as FactId;
        // The change that stands beside the rate.
        let beside = |j: usize| {
            book.reading.facts.get(j).is_some_and(|c| {
                c.measure == Measure::Change
                    && c.printed
                    && book.kind(c) != UnitKind::Points
                    && c.label == f.label
                    && c.part == f.part
                    && c.paragraph == f.paragraph
                    && same_base(c, f)
                    && c.qualifier == f.qualifier
                    && c.basis.as_ref().is_none_or(|b| b.whole.is_none())
            })
        };
        let change = i
            .checked_sub(1)
            .filter(|j| beside(*j))
            .or_else(|| {
                Some(i + 1).filter(|j| {
                    beside(*j) && book.reading.facts.get(i + 2).is_none_or(|g| g.measure != Measure::Growth)
                })
            })
            .or_else(|| i.checked_sub(2).filter(|j| beside(*j)))
            // 增收1488万元，为预算的65.7%，快于序时进度15.7个百分点，增长2.1%: what else is said of it stands between.
            .or_else(|| {
                let between = |j: &usize| {
                    book.reading.facts.get(*j).is_some_and(|g| {
                        let aside = matches!(g.measure, Measure::Completion | Measure::Ratio | Measure::Share);
                        aside && (&g.label, &g.part, g.sentence.0) == (&f.label, &f.part, f.sentence.0)
                    })
                };
                let told = (i.saturating_sub(4)..i).rev().take_while(between).last()?;
                told.checked_sub(1).filter(|j| beside(*j))
            })
            // 增加6亿元（其中：本级5亿元，开发区1亿元），增长26.1%
            .or_else(|| {
                let part = |j: &usize| book.reading.facts.get(*j).and_then(|g| g.parent);
                let parts = (i.saturating_sub(PARTS)..i).rev();
                let of = part(&i.checked_sub(1)?).map(|p| p as usize)?;
                let only = parts.take_while(|j| *j > of).all(|j| part(&j) == Some(of as FactId));
                Some(of).filter(|of| only && *of + PARTS >= i && beside(*of))
            });
        // 收、支总计各减少1267.86，2570.97万元，各下降23.51%、38.28%: which is of which is not said.
        let like = |j: usize| {
            book.reading.facts.get(j).is_some_and(|g| {
                g.measure == Measure::Growth && g.label == f.label && g.part == f.part && g.sentence == f.sentence
            })
        };
        let twins = like(i + 1) || i.checked_sub(1).is_some_and(like);
        let two = |j: usize| beside(j) && j.checked_sub(1).is_some_and(beside);
        if twins && (i.checked_sub(1).is_some_and(two) || i.checked_sub(2).is_some_and(two)) {
            continue;
        }
        let both = levels(book, rate);
        let level = level_of(book, rate, both.map(|b| b.1));
        match (change, both, level) {
            (Some(change), both, Some(level)) => {
                if let Some((_, prior)) = both {
                    out.push(Relation {
                        rule: &RULE,
                        equation: Equation::Quotient { rate, numerator: change as FactId, denominator: prior },
                        complete: true,
                        adjusted: false,
                    });
                    out.push(Relation {
                        rule: &RULE,
                        equation: Equation::Growth { rate, level, prior },
                        complete: true,
                        adjusted: false,
                    });
                }
                if both.is_none() || book.fact(level).is_some_and(|l| l.paragraph == f.paragraph) {
                    out.push(Relation {
                        rule: &RULE,
                        equation: Equation::GrowthByChange { rate, change: change as FactId, level },
                        complete: true,
                        adjusted: false,
                    });
                }
            }
            (Some(change), Some((_, prior)), None) => out.push(Relation {
                rule: &RULE,
                equation: Equation::Quotient { rate, numerator: change as FactId, denominator: prior },
                complete: true,
                adjusted: false,
            }),
            (None, Some((level, prior)), _) if is_change(book, f, level, prior) => {}
            (None, Some((level, prior)), _) => out.push(Relation {
                rule: &RULE,
                equation: Equation::Growth { rate, level, prior },
                complete: true,
                adjusted: false,
            }),
            _ => {}
        }
    }
}

/// 支出568.50万元，较上年决算数38.31万元，下降6.31%: whether the page lost a verb, and what reads as the level before is by how
/// much it fell.
fn is_change(book: &Notebook, rate: &Fact, level: FactId, prior: FactId) -> bool {
    let (Some(l), Some(p)) = (book.fact(level), book.fact(prior)) else { return false };
    let change = if rate.value.is_sign_negative() { -p.value } else { p.value };
    let places = u32::from(rate.decimals);
    let share = l.value.checked_sub(change).and_then(|before| change.checked_div(before));
    let fits =
        share.and_then(|s| s.checked_mul(Decimal::ONE_HUNDRED)).is_some_and(|r| r.round_dp(places) == rate.value);
    p.prior && l.unit == p.unit && places >= 1 && fits
}

/// Whether a change and a rate are against the same; 压减0.4万元，比2023年预算下降13.33% names the stage once. Where the
/// note has no year, 超收5.53亿元，较上年同期增长29.33% are told apart by the stage alone.
fn same_base(c: &Fact, f: &Fact) -> bool {
    let base = |f: &Fact| f.basis.as_ref().map(|b| (b.year, b.stage));
    match (base(c), base(f)) {
        (Some((a, x)), Some((b, y))) => a == b && (x == y || a.is_some() && (x.is_none() || y.is_none())),
        (a, b) => a == b,
    }
}
