use super::Rule;
use crate::check::notebook::{FAR, is_whole};
use crate::check::{Equation, Notebook, Relation, Verdict};
use crate::fact::{Fact, FactId, Measure, is_function};
use crate::pattern::{Flow, Fund, Stage};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

pub(super) const RULE: Rule = Rule {
    id: "sum/parts-told-elsewhere",
    title_zh: "合计由别处的分项印证",
    title_en: "a total is confirmed by components told elsewhere",
    doc: "\
A total whose components stand in another section, or behind it without 其中: 基本支出 and 项目支出 of the appropriation in sections of their own;
expenditure by fund; 支出总计 as 本年支出 and 年末结转; a 类 and its 项; 人员经费 as 工资福利支出 and 对个人和家庭的补助; the changes of all functions
and that of the whole. Such an agreement is listed where figures of one year, stage and base make the total to the last digit, because it supports
all of them. Where they do not nothing is said, for the note does not say that they must.

```note
2024年单位预算情况说明
一、2024年财政拨款支出预算418.52万元。
二、2024年财政拨款基本支出预算302.17万元。
三、2024年财政拨款项目支出预算116.35万元。
```
",
    relate: Some(relate),
};

/// The least number of digits of a total that is no coincidence: where its parts
/// are such by definition, and where they only stand near.
const DIGITS: u32 = 3;
const MORE_DIGITS: u32 = 4;

/// How many statements of one item, and how many figures around a total, are looked through.
const STATEMENTS: usize = 12;
const AROUND: FactId = 40;

/// What wholes are made of by definition.
const MADE_OF: [(&str, &[&str]); 5] = [
    ("expenditure.basic.personnel", &["expenditure.economic.301", "expenditure.economic.303"]),
    ("expenditure.basic.operating", &["expenditure.economic.302", "expenditure.economic.310"]),
    ("expenditure.basic", &["expenditure.economic.301", "expenditure.economic.302", "expenditure.economic.303"]),
    ("", &["expenditure.basic", "expenditure.project"]),
    ("", &["expenditure.basic", "performance.funds"]),
];

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let facts = &book.reading.facts;
    let told: Vec<FactId> = facts.iter().zip(0..).filter(|(f, _)| is_told(book, f)).map(|(_, id)| id).collect();
    let wholes: Vec<FactId> = told.iter().copied().filter(|id| book.fact(*id).is_some_and(is_wholeish)).collect();
    by_definition(book, &told, out);
    by_fund(book, &wholes, out);
    let carried = |id: &FactId| {
        let concept = book.fact(*id).and_then(|f| f.concept.as_deref());
        concept.is_some_and(|c| c.starts_with("carryover") || c.starts_with("transfer.out"))
    };
    let carried: Vec<FactId> = told.iter().copied().filter(carried).collect();
    with_carryover(book, &wholes, &carried, out);
    by_function(book, &told, out);
    behind(book, &told, out);
    of_twin(book, &wholes, out);
    of_two_lists(book, out);
    of_other_money(book, out);
}

/// An amount, or the change of one, that a sentence states.
fn is_told(book: &Notebook, f: &Fact) -> bool {
    matches!(f.measure, Measure::Level | Measure::Change)
        && f.cell.is_none()
        && f.printed
        && f.stated
        && !f.value.is_zero()
        && book.is_money(f)
}

/// A whole budget, of any fund, or a side of one.
pub(super) fn is_wholeish(f: &Fact) -> bool {
    f.concept.as_deref().is_some_and(|c| {
        is_whole(c) || c.starts_with("balance") || c == "revenue.social_insurance" || c == "expenditure.function.209"
    })
}

/// Whether two figures are of one year, stage and base.
fn alike(a: &Fact, b: &Fact) -> bool {
    let base = |f: &Fact| f.basis.as_ref().and_then(|b| b.year).filter(|_| f.measure == Measure::Change);
    (a.measure, a.year, a.stage, a.unit, base(a)) == (b.measure, b.year, b.stage, b.unit, base(b))
        && a.part == b.part
        && a.qualifier == b.qualifier
}

/// General public budget, appropriation or no fund named: what may be told of one whole.
fn is_plain(fund: Option<Fund>) -> bool {
    matches!(fund, None | Some(Fund::GeneralPublic | Fund::Fiscal))
}

/// Digits of an amount without zeros at either end.
pub(super) fn digits(value: Decimal) -> u32 {
    let mut mantissa = value.mantissa().unsigned_abs();
    while mantissa != 0 && mantissa.is_multiple_of(10) {
        mantissa /= 10;
    }
    mantissa.checked_ilog10().map_or(0, |n| n + 1)
}

/// Lists a sum if it holds to the last digit.
fn list(book: &Notebook, total: FactId, parts: &[FactId], out: &mut Vec<Relation>) -> bool {
    let equation = Equation::Sum { total, parts: parts.iter().map(|p| (*p, false)).collect() };
    let relation = Relation { rule: &RULE, equation, complete: false, adjusted: false };
    let holds = !parts.is_empty() && !parts.contains(&total) && relation.judge(book, None).verdict == Verdict::Exact;
    if holds {
        out.push(relation);
    }
    holds
}

/// The figures of `from` that stand around a place.
fn around(from: &[FactId], place: FactId) -> impl Iterator<Item = FactId> + use<'_> {
    let begin = from.partition_point(|id| *id < place.saturating_sub(AROUND));
    let near = from.get(begin..).unwrap_or(&[]).iter().copied();
    near.take_while(move |id| *id < place.saturating_sub(AROUND) + 2 * AROUND)
}

/// The figures of `from` that a test holds of, nearest to a place first.
fn nearest(book: &Notebook, from: &[FactId], place: FactId, fits: impl Fn(&Fact) -> bool) -> Vec<FactId> {
    let at = from.partition_point(|id| *id < place);
    let near = from.get(at.saturating_sub(FAR)..(at + FAR).min(from.len())).unwrap_or(&[]);
    let mut found: Vec<FactId> = near.iter().copied().filter(|id| book.fact(*id).is_some_and(&fits)).collect();
    found.sort_by_key(|id| id.abs_diff(place));
    found.truncate(STATEMENTS);
    found
}

/// 人员经费 as 工资福利支出 and 对个人和家庭的补助; the appropriation as 基本支出 and 项目支出.
fn by_definition(book: &Notebook, told: &[FactId], out: &mut Vec<Relation>) {
    for &total in told {
        let Some(t) = book.fact(total).filter(|t| t.measure == Measure::Level && digits(t.value) >= DIGITS) else {
            continue;
        };
        let concept = t.concept.as_deref();
        // An item that the packs do not know may be a whole.
        let whole = concept.is_none() || is_wholeish(t);
        for (_, parts) in MADE_OF.iter().filter(|(w, _)| Some(*w) == concept || w.is_empty() && whole) {
            let fits = |f: &Fact| (f.fund == t.fund || is_plain(f.fund)) && alike(f, t) && f.value < t.value;
            let told: Vec<Vec<FactId>> = parts.iter().map(|p| nearest(book, book.levels_of(p), total, fits)).collect();
            choose(book, total, &told, out);
        }
    }
}

/// The first choice of one figure of each list that makes the total: the last is what
/// the others leave.
fn choose(book: &Notebook, total: FactId, lists: &[Vec<FactId>], out: &mut Vec<Relation>) -> bool {
    let value = |id: FactId| book.fact(id).map(|f| f.value);
    let plain = |id: FactId| book.fact(id).is_some_and(|f| is_plain(f.fund));
    let [first, rest @ ..] = lists else { return false };
    let Some(whole) = value(total) else { return false };
    let one_fund =
        |a: FactId, b: FactId| book.fact(a).map(|f| f.fund) == book.fact(b).map(|f| f.fund) || plain(a) && plain(b);
    // Of one fund rather than of funds that may be one.
    let exact = |a: FactId, b: FactId| book.fact(a).map(|f| f.fund) == book.fact(b).map(|f| f.fund);
    if let [second] = rest {
        for &a in first {
            let left = value(a).and_then(|a| whole.checked_sub(a));
            let named = |b: &&FactId| value(**b) == left && exact(a, **b) && !plain_whole(book, **b);
            if let Some(b) = second.iter().find(named) {
                return list(book, total, &[a, *b], out);
            }
        }
    }
    for &a in first {
        let Some(left) = value(a).and_then(|a| whole.checked_sub(a)) else { continue };
        match rest {
            [second] => {
                if let Some(b) = second.iter().find(|b| value(**b) == Some(left) && one_fund(a, **b)) {
                    return list(book, total, &[a, *b], out);
                }
            }
            [second, third] => {
                for &b in second.iter().filter(|b| one_fund(a, **b)) {
                    let left = value(b).and_then(|b| left.checked_sub(b));
                    if let Some(c) = third.iter().find(|c| left.is_some() && value(**c) == left) {
                        return list(book, total, &[a, b, *c], out);
                    }
                }
            }
            _ => {}
        }
    }
    false
}

/// Whether no fund is named.
fn plain_whole(book: &Notebook, id: FactId) -> bool {
    book.fact(id).is_some_and(|f| f.fund.is_none())
}

/// 支出3468.92万元 as 一般公共预算支出3108.92万元 and 政府性基金预算支出360.00万元, or as those
/// and what was carried over.
fn by_fund(book: &Notebook, wholes: &[FactId], out: &mut Vec<Relation>) {
    type Key = (Measure, Option<i32>, Option<Stage>);
    let mut funds: FxHashMap<Key, [Vec<FactId>; 3]> = FxHashMap::default();
    for &id in wholes {
        let Some(f) = book.fact(id) else { continue };
        let at = match f.fund {
            Some(Fund::GeneralPublic) => 0,
            Some(Fund::GovFund) => 1,
            Some(Fund::StateCapital) => 2,
            _ => continue,
        };
        if let Some(of_fund) = funds.entry((f.measure, f.year, f.stage)).or_default().get_mut(at) {
            of_fund.push(id);
        }
    }
    for &total in wholes {
        let Some(t) = book.fact(total).filter(|t| matches!(t.fund, None | Some(Fund::Fiscal))) else { continue };
        let Some(funds) = funds.get(&(t.measure, t.year, t.stage)).filter(|_| digits(t.value) >= DIGITS) else {
            continue;
        };
        let fits = |f: &Fact| alike(f, t) && (f.flow == t.flow || f.flow.is_none() || t.flow.is_none());
        let [general, government, capital] = [0, 1, 2]
            .map(|n| funds.get(n).map(|of_fund: &Vec<FactId>| nearest(book, of_fund, total, fits)).unwrap_or_default());
        let ties = |parts: &[FactId]| {
            let value = |id: &FactId| book.fact(*id).map(|f| f.value);
            parts.iter().try_fold(Decimal::ZERO, |s, p| s.checked_add(value(p)?)) == Some(t.value)
        };
        let mut found: Option<Vec<FactId>> = None;
        for &a in &general {
            for &b in &government {
                let three = capital.iter().map(|c| vec![a, b, *c]);
                found = found.or_else(|| std::iter::once(vec![a, b]).chain(three).find(|parts| ties(parts)));
            }
        }
        if let Some(parts) = found {
            list(book, total, &parts, out);
        }
    }
}

/// 支出总计4286.15万元 as 本年支出合计4190.06万元 and 年末结转和结余96.09万元; 收入 as 支出 and 当年结余;
/// 基本支出 as that of the appropriation and 其他收入 that pays the rest.
fn with_carryover(book: &Notebook, wholes: &[FactId], carried: &[FactId], out: &mut Vec<Relation>) {
    let level = |f: &Fact| f.measure == Measure::Level;
    for &total in wholes {
        let Some(t) = book.fact(total).filter(|t| level(t)) else { continue };
        let smaller = |f: &Fact| alike(f, t) && f.value < t.value;
        let amount = |id: FactId| book.fact(id).map(|f| (id, f.value));
        let others = around(carried, total).filter(|id| book.fact(*id).is_some_and(smaller));
        let others: Vec<(FactId, Decimal)> = others.filter_map(amount).take(STATEMENTS).collect();
        if others.is_empty() {
            continue;
        }
        let fund = |f: &Fact| f.fund == t.fund || is_plain(f.fund) && is_plain(t.fund);
        let like = around(wholes, total).filter(|id| book.fact(*id).is_some_and(|f| fund(f) && smaller(f)));
        let mut near: Vec<(FactId, Decimal)> = like.filter_map(amount).collect();
        near.sort_by_key(|(id, _)| id.abs_diff(total));
        let many = digits(t.value) >= MORE_DIGITS;
        let rest = |first: FactId, value: Decimal| {
            let left = t.value.checked_sub(value)?;
            // 收入860万元，支出602万元，当年结余258万元: side by side fewer digits will do.
            let beside = |id: FactId| {
                let apart = |a: FactId, b: FactId| a.abs_diff(b) <= 3;
                apart(total, first) && (apart(id, total) || apart(id, first))
            };
            let one = others.iter().find(|(id, v)| *v == left && (many || beside(*id))).map(|(id, _)| vec![*id]);
            if !many {
                return one;
            }
            one.or_else(|| {
                others.iter().enumerate().find_map(|(n, (a, v))| {
                    let left = left.checked_sub(*v)?;
                    let behind = others.get(n + 1..).unwrap_or(&[]);
                    behind.iter().find(|(_, v)| *v == left).map(|(b, _)| vec![*a, *b])
                })
            })
        };
        let found = near.iter().find_map(|(id, v)| rest(*id, *v).map(|rest| (*id, rest)));
        if let Some((first, rest)) = found {
            let parts: Vec<FactId> = std::iter::once(first).chain(rest).collect();
            list(book, total, &parts, out);
        }
    }
}

/// A 项 rather than a 类 or a 款.
fn is_item(concept: &str) -> bool {
    concept.strip_prefix("expenditure.function.").is_none_or(|code| code.len() >= 7 || code.starts_with("xx"))
}

/// The functions in a row, of one level, and the whole of which they are, wherever it is
/// told; or the 类 whose 项 are among them.
fn by_function(book: &Notebook, told: &[FactId], out: &mut Vec<Relation>) {
    let mut totals: FxHashMap<(Measure, Decimal), Vec<FactId>> = FxHashMap::default();
    for &id in told {
        let total =
            |f: &&Fact| digits(f.value) >= DIGITS && (is_wholeish(f) || f.concept.as_deref().is_some_and(is_function));
        if let Some(f) = book.fact(id).filter(total) {
            totals.entry((f.measure, f.value.normalize())).or_default().push(id);
        }
    }
    let level = |f: &Fact| f.concept.as_deref().filter(|c| is_function(c)).map(|c| (is_item(c), f.measure));
    let functions: Vec<_> = told.iter().filter_map(|id| Some((*id, book.fact(*id).and_then(level)?))).collect();
    for wanted in [(false, Measure::Level), (false, Measure::Change), (true, Measure::Level), (true, Measure::Change)] {
        let of_level = functions.iter().filter(|(_, level)| *level == wanted).map(|(id, _)| *id);
        let mut runs: Vec<Vec<FactId>> = Vec::new();
        for id in of_level {
            let Some(f) = book.fact(id) else { continue };
            // Those of another year or stage between them are told along with them.
            let open = runs.iter_mut().rev().take(4).find(|run| {
                let last = run.last().copied().unwrap_or(0);
                let again = |p: &FactId| book.fact(*p).is_some_and(|p| p.concept == f.concept && p.label == f.label);
                id - last <= 16
                    && book
                        .fact(last)
                        .is_some_and(|l| alike(l, f) && (l.fund == f.fund || is_plain(l.fund) && is_plain(f.fund)))
                    && !run.iter().any(again)
            });
            match open {
                Some(run) => run.push(id),
                None => runs.push(vec![id]),
            }
        }
        for run in &runs {
            whole_of(book, run, &totals, out);
            classes_of(book, run, told, out);
        }
    }
}

/// The nearest statements of what a run of functions adds up to.
fn whole_of(
    book: &Notebook,
    run: &[FactId],
    totals: &FxHashMap<(Measure, Decimal), Vec<FactId>>,
    out: &mut Vec<Relation>,
) {
    let [first, _, ..] = run else { return };
    let Some(f) = book.fact(*first) else { return };
    let sum = run.iter().try_fold(Decimal::ZERO, |s, p| s.checked_add(book.fact(*p)?.value));
    let Some(told) = sum.and_then(|sum| totals.get(&(f.measure, sum.normalize()))) else { return };
    let fits = |t: &Fact| alike(t, f) && is_wholeish(t) && (t.fund == f.fund || is_plain(t.fund) && is_plain(f.fund));
    for total in nearest(book, told, *first, fits).into_iter().take(3) {
        list(book, total, run, out);
    }
}

/// 社会保障和就业支出 and those of its 项 that a run holds.
fn classes_of(book: &Notebook, run: &[FactId], told: &[FactId], out: &mut Vec<Relation>) {
    let code = |id: FactId| book.fact(id)?.concept.as_deref()?.strip_prefix("expenditure.function.");
    let mut classes: Vec<&str> = run.iter().filter_map(|p| code(*p)?.get(..3)).collect();
    classes.sort_unstable();
    classes.dedup();
    for class in classes {
        let items: Vec<FactId> =
            run.iter().copied().filter(|p| code(*p).is_some_and(|c| c.len() > 3 && c.starts_with(class))).collect();
        let Some((first, f)) = items.first().and_then(|p| Some((*p, book.fact(*p)?))) else { continue };
        let sum = items.iter().try_fold(Decimal::ZERO, |s, p| s.checked_add(book.fact(*p)?.value));
        let fits = |t: &Fact| {
            let own = t.concept.as_deref().and_then(|c| c.strip_prefix("expenditure.function.")) == Some(class);
            own && alike(t, f)
                && Some(t.value) == sum
                && digits(t.value) >= DIGITS
                && is_plain(t.fund) == is_plain(f.fund)
        };
        for total in nearest(book, told, first, fits).into_iter().take(2) {
            list(book, total, &items, out);
        }
    }
}

/// Amounts that stand right behind a total, or before it, and make it: 资产配置12.80万元，用于：终端7.20万元，
/// 除草机5.60万元.
fn behind(book: &Notebook, told: &[FactId], out: &mut Vec<Relation>) {
    for (n, &total) in told.iter().enumerate() {
        let Some(t) = book.fact(total).filter(|t| digits(t.value) >= DIGITS) else { continue };
        let near = |p: &FactId| book.fact(*p).is_some_and(|f| f.paragraph.abs_diff(t.paragraph) <= 2);
        let run_of = |ids: &mut dyn Iterator<Item = FactId>| {
            let mut parts: Vec<FactId> = Vec::new();
            let mut sum = Decimal::ZERO;
            for id in ids {
                let Some(f) = book.fact(id).filter(|f| alike(f, t)) else { continue };
                // 120万元（其中：设备80万元）: what a part holds is no part besides.
                if f.parent.is_some_and(|p| parts.contains(&p)) {
                    continue;
                }
                parts.push(id);
                sum = sum.checked_add(f.value)?;
                if sum == t.value && parts.len() >= 2 {
                    return Some(parts);
                }
                let over = f.measure == Measure::Level && sum >= t.value;
                if over || parts.len() >= STATEMENTS {
                    return None;
                }
            }
            None
        };
        let after = told.get(n + 1..).unwrap_or(&[]).iter().copied().take_while(near);
        let before = told.get(..n).unwrap_or(&[]).iter().rev().copied().take_while(near);
        let found = run_of(&mut after.take(24)).or_else(|| {
            run_of(&mut before.take(24)).map(|mut parts| {
                parts.reverse();
                parts
            })
        });
        if let Some(parts) = found {
            list(book, total, &parts, out);
        }
    }
}

/// 收入总计1018.62万元…支出总计1018.62万元，其中：…: the list of a whole, and the same amount told before it.
fn of_twin(book: &Notebook, wholes: &[FactId], out: &mut Vec<Relation>) {
    for b in book.reading.breakdowns.iter().filter(|b| !b.drivers && !b.parts.is_empty() && b.minus.is_empty()) {
        let Some(t) = book.fact(b.total).filter(|t| is_wholeish(t) && digits(t.value) >= DIGITS) else { continue };
        let fits = |f: &Fact| f.start != t.start && f.value == t.value && alike(f, t);
        for twin in nearest(book, wholes, b.total, fits).into_iter().take(2) {
            list(book, twin, &b.parts, out);
        }
    }
}

/// 收入3264.18万元，含上年结转186.40万元，其中一般公共预算拨款2577.78万元，政府性基金预算拨款500.00万元: two lists of
/// one total, of which neither is all.
fn of_two_lists(book: &Notebook, out: &mut Vec<Relation>) {
    let lists: Vec<_> = book.reading.breakdowns.iter().filter(|b| !b.drivers && b.minus.is_empty()).collect();
    for (n, b) in lists.iter().enumerate() {
        let other = lists.get(n + 1..).unwrap_or(&[]).iter().take(4).find(|other| other.total == b.total);
        if let Some(other) = other.filter(|_| book.fact(b.total).is_some_and(|t| digits(t.value) >= DIGITS)) {
            let parts: Vec<FactId> =
                b.parts.iter().copied().chain(other.parts.iter().copied().filter(|p| !b.parts.contains(p))).collect();
            list(book, b.total, &parts, out);
        }
    }
}

/// 基本支出1862.9万元, of the general public budget 1818.1万元; 其他收入44.8万元 pays the rest.
fn of_other_money(book: &Notebook, out: &mut Vec<Relation>) {
    for concept in ["expenditure.basic", "expenditure.project"] {
        let levels = book.levels_of(concept);
        for &total in levels {
            let whole = |t: &&Fact| t.fund.is_none() && book.is_money(t) && t.printed && digits(t.value) >= MORE_DIGITS;
            let Some(t) = book.fact(total).filter(whole) else { continue };
            let of_fund = |f: &Fact| f.fund.is_some() && alike(f, t) && f.value < t.value && is_told(book, f);
            let own = nearest(book, levels, total, of_fund);
            let (from, many) = (total.saturating_sub(AROUND) as usize, 2 * AROUND as usize);
            let facts = book.reading.facts.iter().zip(0..).skip(from).take(many);
            let income = |f: &Fact| {
                let granted =
                    f.concept.as_deref().is_some_and(|c| c.starts_with("revenue.appropriation") || is_whole(c));
                f.flow == Some(Flow::Revenue) && is_told(book, f) && alike(f, t) && !granted
            };
            let incomes: Vec<(FactId, Decimal)> =
                facts.filter(|(f, _)| income(f)).map(|(f, id)| (id, f.value)).collect();
            let pair = own.iter().find_map(|own| {
                let left = book.fact(*own).and_then(|f| t.value.checked_sub(f.value))?;
                incomes.iter().find(|(_, v)| *v == left).map(|(rest, _)| [*own, *rest])
            });
            if let Some(parts) = pair {
                list(book, total, &parts, out);
            }
        }
    }
}
