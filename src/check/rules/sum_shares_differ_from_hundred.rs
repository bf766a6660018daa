use super::Rule;
use crate::check::{Equation, Notebook, Relation, Verdict};
use crate::fact::{Fact, FactId, Measure, REST};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

pub(super) const RULE: Rule = Rule {
    id: "sum/shares-differ-from-100",
    title_zh: "占比之和不等于100%",
    title_en: "shares do not add up to 100 %",
    doc: "\
The shares of all components of one total add up to 100 %. Tested where every component of a list has a share and the components add up
to their total, or where amounts in a row do so without 其中; shares of a list that is not complete are `partial`, unless they exceed it. Shares that stand in a row without their amounts are listed where they
make 100 %; where they don't nothing is said, for the row need not name all; but shares of one whole are never more than 100 %.

```note
2023年单位决算情况说明
2023年支出合计100万元，其中：基本支出60万元，占60%；项目支出40万元，占45%。
```
",
    relate: Some(relate),
};

/// Shares that come to more, in per cent, are not all of one whole.
const MOST: i64 = 120;

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let from = out.len();
    for b in book.reading.breakdowns.iter().filter(|b| !b.drivers && b.parts.len() >= 2) {
        let Some(total) = book.fact(b.total).filter(|t| !t.value.is_zero()) else { continue };
        let mut shares: Vec<FactId> = Vec::new();
        let mut sum = Decimal::ZERO;
        for p in &b.parts {
            let Some(part) = book.fact(*p) else { continue };
            sum = sum.checked_add(part.value).unwrap_or(sum);
            let share = book.reading.facts.iter().enumerate().skip(*p as usize + 1).take(4).find(|(_, f)| {
                f.measure == Measure::Share
                    && f.label == part.label
                    && f.part == part.part
                    && f.paragraph == part.paragraph
            });
            match share {
                Some((id, _)) => shares.push(id as FactId),
                None if part.value.is_zero() => {}
                None => {
                    shares.clear();
                    break;
                }
            }
        }
        if shares.len() >= 2
            && are_of_one_whole(book, &shares)
            && !are_of_the_grand_total(book, b.total, total, &shares)
        {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Hundred { shares },
                complete: sum == total.value,
                adjusted: false,
            });
        }
    }
    // 出国费0元，占0%；接待费0元，占0%: of nothing everything is nothing.
    let nothing = |share: &FactId| book.fact(*share).is_some_and(|f| f.value.is_zero());
    for row in super::ratio_share_differs::rows(book).iter().filter(|row| row.whole.is_some()) {
        let shares: Vec<FactId> = row.shares.iter().map(|(_, share)| *share).collect();
        if shares.iter().all(nothing) && row.shares.iter().all(|(amount, _)| nothing(amount)) {
            continue;
        }
        // 本年收入占总收入93.52%，包括财政拨款，占总收入92.86%，其他收入，占总收入0.66%
        let total = row.whole.and_then(|w| Some((w, book.fact(w)?)));
        if total.is_some_and(|(id, total)| are_of_the_grand_total(book, id, total, &shares)) {
            continue;
        }
        out.push(Relation { rule: &RULE, equation: Equation::Hundred { shares }, complete: true, adjusted: false });
    }
    relate_runs(book, out);
    relate_rows(book, out);
    // 基本占45.46%，项目占54.19%，经营占0.35%: two of a list that is tested are no halves.
    let mut listed: FxHashMap<FactId, usize> = FxHashMap::default();
    for (n, r) in out.iter().enumerate().skip(from) {
        if let Equation::Hundred { shares } = &r.equation {
            listed.extend(shares.iter().map(|s| (*s, n)));
        }
    }
    relate_halves(book, &listed, out);
}

/// 货物采购…，占货物支出金额的60%，工程采购…，占工程支出金额的100%: whether no two shares name different wholes.
fn are_of_one_whole(book: &Notebook, shares: &[FactId]) -> bool {
    let wholes = shares.iter().filter_map(|s| book.fact(*s)?.basis.as_ref().filter(|b| b.whole.is_some()));
    let mut named = wholes.map(|b| (&b.whole, &b.concept));
    let Some((whole, concept)) = named.next() else { return true };
    named.all(|(w, c)| if c.is_some() && concept.is_some() { c == concept } else { w == whole })
}

/// 教育支出60万元，占60%，其中：小学教育40万元，占40%；初中教育20万元，占20%: whether the shares make up that of
/// their total, and so are of what that is a share of.
fn are_of_the_grand_total(book: &Notebook, id: FactId, total: &Fact, shares: &[FactId]) -> bool {
    let after = book.reading.facts.iter().skip(id as usize + 1).take(3);
    let mut own = after.filter(|f| {
        f.measure == Measure::Share && f.label == total.label && f.part == total.part && f.paragraph == total.paragraph
    });
    let Some(own) = own.next().filter(|own| own.value < Decimal::ONE_HUNDRED) else { return false };
    let shares = shares.iter().filter_map(|s| book.fact(*s));
    let slack = Decimal::new(shares.clone().count() as i64, u32::from(own.decimals.min(9)));
    let sum = shares.map(|s| s.value).try_fold(Decimal::ZERO, |sum, v| sum.checked_add(v));
    sum.and_then(|s| s.checked_sub(own.value)).is_some_and(|gap| gap.abs() <= slack)
}

/// How many figures stand at most between the shares of two halves, of which each may be told part by part.
const APART: usize = 40;

/// 基本支出占一般公共预算支出84.06%…，项目支出占一般公共预算支出19.62%: the two halves of one whole,
/// wherever they are told.
fn relate_halves(book: &Notebook, listed: &FxHashMap<FactId, usize>, out: &mut Vec<Relation>) {
    let facts = &book.reading.facts;
    let whole = |f: &Fact| f.basis.as_ref().and_then(|b| b.whole.clone().or_else(|| b.fact.map(|id| id.to_string())));
    for (i, first) in facts.iter().enumerate().filter(|(_, f)| f.measure == Measure::Share && f.cell.is_none()) {
        let other = match first.concept.as_deref() {
            Some("expenditure.basic") => "expenditure.project",
            Some("tax") => "nontax",
            _ => continue,
        };
        let near = facts.iter().enumerate().skip(i + 1).take(APART);
        let second = near.into_iter().find(|(_, f)| {
            f.measure == Measure::Share
                && f.concept.as_deref() == Some(other)
                && (f.year, f.stage, f.fund, &f.part) == (first.year, first.stage, first.fund, &first.part)
                && f.section == first.section
                && whole(f).is_some()
                && whole(f) == whole(first)
        });
        let Some((j, _)) = second else { continue };
        let shares = vec![i as FactId, j as FactId];
        let list = listed.get(&(i as FactId));
        if list.is_some() && list == listed.get(&(j as FactId)) {
            continue;
        }
        out.push(Relation { rule: &RULE, equation: Equation::Hundred { shares }, complete: true, adjusted: false });
    }
}

/// 基本支出6428.75万元，占24.87%…。项目支出19417.55万元，占75.13%: shares of one whole, named or not, that
/// stand near each other and make a whole.
fn relate_rows(book: &Notebook, out: &mut Vec<Relation>) {
    let facts = &book.reading.facts;
    let named = |f: &Fact| f.basis.as_ref().and_then(|b| b.whole.clone());
    let mut shares: Vec<FactId> = Vec::new();
    for (f, id) in facts.iter().zip(0..).filter(|(f, _)| f.measure == Measure::Share && f.cell.is_none()) {
        let last = shares.last().and_then(|last| Some((*last, book.fact(*last)?)));
        let along = last.is_some_and(|(last, g)| {
            id - last <= 6 && (g.year, g.stage, g.section) == (f.year, f.stage, f.section) && named(g) == named(f)
        });
        if !along {
            shares.clear();
        }
        shares.push(id);
        let equation = Equation::Hundred { shares: shares.clone() };
        let relation = Relation { rule: &RULE, equation, complete: false, adjusted: false };
        if (2..=16).contains(&shares.len()) && relation.judge(book, None).verdict == Verdict::Exact {
            out.push(relation);
            shares.clear();
        }
    }
}

/// 社会保障支出占10.98%，卫生健康支出占4.31%，…: shares in a row, without the
/// amounts, that make a whole.
fn relate_runs(book: &Notebook, out: &mut Vec<Relation>) {
    let facts = &book.reading.facts;
    let mut at = 0;
    while let Some(first) = facts.get(at) {
        if first.measure != Measure::Share || first.cell.is_some() {
            at += 1;
            continue;
        }
        let run = facts
            .get(at..)
            .unwrap_or(&[])
            .iter()
            .take_while(|f| f.measure == Measure::Share && f.sentence == first.sentence);
        let shares: Vec<FactId> = run.zip(at as FactId..).map(|(_, id)| id).collect();
        at += shares.len();
        let relation = Relation {
            rule: &RULE,
            equation: Equation::Hundred { shares: shares.clone() },
            complete: false,
            adjusted: false,
        };
        // 财政拨款收入占60%，事业收入占30%，其他收入占20%: of items that do not hold each other it is never more.
        let outcome = relation.judge(book, None);
        let more = outcome.computed.is_some_and(|sum| sum > Decimal::ONE_HUNDRED) && apart(book, &shares);
        // 基本支出占76.08%，其余23.92%为项目支出: all that there is.
        let last = shares.last().and_then(|s| book.fact(*s));
        let rest = last.is_some_and(|f| REST.iter().any(|w| f.label.starts_with(w)));
        let alone = || {
            let told = facts.get(at.saturating_sub(24)..at).unwrap_or(&[]).iter();
            told.filter(|f| f.measure == Measure::Share && f.sentence.0 == first.sentence.0).count() == shares.len()
        };
        // 财政拨款占80%，其中基本支出占70%，其余30%为…: the rest of one of them.
        let rest = rest && alone() && outcome.computed.is_none_or(|sum| sum <= Decimal::from(MOST));
        if shares.len() >= 2 && (relation.holds(book) || more || rest) {
            out.push(Relation { complete: rest, ..relation });
        }
    }
}

/// Whether shares are of one whole, and of items next to each other in the classification of which none holds
/// another.
fn apart(book: &Notebook, shares: &[FactId]) -> bool {
    let told: Vec<&Fact> = shares.iter().filter_map(|s| book.fact(*s)).collect();
    let Some(first) = told.first() else { return false };
    let above = |f: &Fact| f.concept.as_deref().and_then(|c| c.rsplit_once('.')).map(|(above, _)| above.to_owned());
    let whole = |f: &Fact| f.basis.as_ref().map(|b| (b.whole.clone(), b.fact));
    let alike =
        |f: &&Fact| above(f).is_some() && above(f) == above(first) && whole(f) == whole(first) && f.part == first.part;
    let distinct = |(n, f): (usize, &&Fact)| told.iter().take(n).all(|g| g.concept != f.concept);
    told.iter().all(alike) && told.iter().enumerate().all(distinct)
}
