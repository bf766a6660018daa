use super::Rule;
use super::sum_parts_told_elsewhere::{digits, is_wholeish};
use crate::check::notebook::FAR;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure, differ_in_one_digit};
use crate::lex::{AsOf, UnitKind};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

pub(super) const RULE: Rule = Rule {
    id: "equal/recurs-elsewhere",
    title_zh: "同一数额在别处印证",
    title_en: "an amount is confirmed elsewhere",
    doc: "\
An amount of four digits or more that recurs in a note, of another item but of the same year and stage, is the same money told from another
side: appropriation received and spent, the one 项 and its 类, project expenditure and the funds under performance targets. Such an
agreement is listed, because it supports both figures: one that others confirm is not the one that was mistyped. Of whole budgets, of a 类 and
its 项 and of one item fewer digits will do. Where an amount does not recur nothing is said, for the two need not be equal; except that
机关运行经费 and 公用经费, or project expenditure and the funds under performance targets, that differ in one digit of five or more are one amount mistyped.

```note
2024年单位预算情况说明
2024年财政拨款收入2117.55万元。
二、2024年一般公共预算支出2117.55万元。
```

```note
2023年部门决算情况说明
2023年度公用经费支出773.25万元。
2023年度机关运行经费支出713.25万元。
```
",
    relate: Some(relate),
};

/// The least number of digits that are no coincidence: of two figures that have nothing to do with
/// each other, of two of one kind, and of two whole budgets of one fund.
const DIGITS: u32 = 4;
const DIGITS_AKIN: u32 = 3;
const DIGITS_OF_FUND: u32 = 2;

/// The least number of digits of which one that differs is a slip.
const DIGITS_MISTYPED: u32 = 5;

/// How often one amount is told before no more of its statements are paired.
const STATEMENTS: usize = 6;

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let mut told: FxHashMap<Key, ([FactId; STATEMENTS], usize)> = FxHashMap::default();
    let mut counts = FxHashMap::default();
    for (i, f) in book.reading.facts.iter().enumerate().filter(|(_, f)| f.cell.is_none()) {
        let id = i as FactId;
        if let Some(moment) = moment(book, f) {
            // 2023年年末22人, 2024年年初22人: one head count.
            if let Some(right) = counts.insert((f.concept.as_deref(), f.part.as_deref(), f.value, moment), id) {
                out.push(equal(id, right));
            }
            continue;
        }
        relate_twin(book, id, f, out);
        relate_new(book, id, f, out);
        let amount = matches!(f.measure, Measure::Level | Measure::Change) && !f.prior && book.is_money(f);
        let rate = f.measure == Measure::Growth && f.concept.is_some();
        if !f.printed || !(amount || rate) || digits(f.value) < DIGITS_OF_FUND {
            continue;
        }
        let Some(key) = key(book, f) else { continue };
        let (before, count) = told.entry(key).or_default();
        let earlier = before.get(..*count).unwrap_or(&[]);
        out.extend(earlier.iter().filter(|b| is_pair(book, f, id, **b)).map(|b| equal(id, *b)));
        if let Some(place) = before.get_mut(*count) {
            *place = id;
            *count += 1;
        }
    }
}

fn equal(left: FactId, right: FactId) -> Relation {
    Relation { rule: &RULE, equation: Equation::Equal { left, right }, complete: false, adjusted: false }
}

/// Whether a figure and one of the same amount before it confirm each other.
fn is_pair(book: &Notebook, f: &Fact, id: FactId, earlier: FactId) -> bool {
    let Some(g) = book.fact(earlier) else { return false };
    // A total and its only part are a sum; 收支总计 and its two sides are not.
    let sides = |whole: &Fact| whole.concept.as_deref().is_some_and(|c| c.starts_with("balance"));
    let listed = f.parent == Some(earlier) && !sides(g) || g.parent == Some(id) && !sides(f);
    let one_item = g.label == f.label || g.concept.is_some() && g.concept == f.concept;
    let code = |f: &Fact| f.concept.as_deref()?.strip_prefix("expenditure.function.")?.get(..3).map(str::to_owned);
    const SAME: [(&str, &str); 2] = [
        ("revenue.personnel_appropriation", "expenditure.basic.personnel"),
        ("revenue.operating_appropriation", "expenditure.basic.operating"),
    ];
    let concepts = (g.concept.as_deref().unwrap_or(""), f.concept.as_deref().unwrap_or(""));
    let same = one_item && g.label == f.label || SAME.contains(&concepts);
    let within = |part: &str, whole: &str| !part.is_empty() && book.packs.is_part(part, whole);
    let part = g.unit != f.unit && (within(concepts.0, concepts.1) || within(concepts.1, concepts.0));
    let akin = part || one_item || is_wholeish(f) && is_wholeish(g) || code(f).is_some() && code(f) == code(g);
    let fund = f.fund.is_some() && f.fund == g.fund && is_wholeish(f) && is_wholeish(g);
    let needed = match (fund || same, akin) {
        (true, _) => DIGITS_OF_FUND,
        (false, true) => DIGITS_AKIN,
        (false, false) => DIGITS,
    };
    // Rates recur by chance: only those of one item are paired.
    let rate = f.measure != Measure::Growth || one_item;
    !listed && rate && digits(f.value) >= needed && (!one_item || f.sentence != g.sentence || f.label != g.label)
}

/// 公务用车保有量5辆 and 车辆5辆; 项目支出120万元 and 绩效目标管理涉及资金120万元: by their items the
/// same thing, so that a short number will do, and one digit that differs is a slip.
fn relate_twin(book: &Notebook, id: FactId, f: &Fact, out: &mut Vec<Relation>) {
    const TWINS: [(&str, &str); 8] = [
        ("assets.vehicles", "three_public.vehicle.fleet"),
        ("three_public.vehicle.fleet", "assets.vehicles"),
        ("performance.funds", "expenditure.project"),
        ("performance.projects", "expenditure.project"),
        ("performance.evaluated", "expenditure.project"),
        ("performance.evaluated", "performance.projects"),
        ("agency_operating", "expenditure.basic.operating"),
        ("expenditure.basic.operating", "agency_operating"),
    ];
    let Some(concept) = f.concept.as_deref().filter(|_| f.measure == Measure::Level && f.printed) else { return };
    let told = |g: &Fact| g.printed && g.part == f.part && book.kind(g) == book.kind(f);
    for twin in TWINS.iter().filter(|(a, _)| *a == concept && f.value > Decimal::ONE).map(|(_, b)| b) {
        let all = book.levels_of(twin);
        let before = all.get(..all.partition_point(|t| *t < id)).unwrap_or(&[]);
        let near = || before.iter().rev().take(FAR).copied().filter_map(|t| Some((t, book.fact(t)?)));
        if let Some((right, _)) = near().find(|(_, g)| told(g) && g.value == f.value) {
            out.push(equal(id, right));
        } else if let Some((right, _)) = near().find(|(_, g)| told(g) && (g.year, g.stage) == (f.year, f.stage))
            && mistyped(book, id, right)
        {
            out.push(Relation { complete: true, ..equal(id, right) });
        }
    }
}

/// Whether two amounts differ in one digit, and neither is told again.
fn mistyped(book: &Notebook, left: FactId, right: FactId) -> bool {
    let (Some(l), Some(r)) = (book.fact(left), book.fact(right)) else { return false };
    let again = |id: FactId, f: &Fact| {
        let like = book.levels_like(id).iter().filter(|other| **other != id).filter_map(|other| book.fact(*other));
        like.filter(|g| (g.year, g.stage) == (f.year, f.stage)).any(|g| g.value != f.value)
    };
    l.unit == r.unit
        && book.is_money(l)
        && digits(l.value).min(digits(r.value)) >= DIGITS_MISTYPED
        && differ_in_one_digit(l.value, r.value)
        && !again(left, l)
        && !again(right, r)
}

/// 设备购置费25.50万元…，增加25.50万元: what was not there the year before has grown by all of it.
fn relate_new(book: &Notebook, id: FactId, f: &Fact, out: &mut Vec<Relation>) {
    if f.measure != Measure::Change || !f.printed || !book.is_money(f) || digits(f.value) < DIGITS_OF_FUND {
        return;
    }
    let same = |l: &Fact| {
        l.value == f.value && l.unit == f.unit && (l.year, &l.part) == (f.year, &f.part) && l.printed && !l.prior
    };
    let level = book.levels_before(id).iter().rev().take(FAR).find(|l| book.fact(**l).is_some_and(same));
    out.extend(level.map(|level| equal(id, *level)));
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

type Key = (Measure, Decimal, Option<i32>, Option<crate::pattern::Stage>);

/// What figures of one amount have in common, whatever their unit.
fn key(book: &Notebook, f: &Fact) -> Option<Key> {
    let amount = f.value.checked_mul(book.factor(f))?;
    Some((f.measure, amount.normalize(), f.year, f.stage))
}
