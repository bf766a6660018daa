use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{
    Breakdown, Extent, Fact, FactId, Measure, differ_in_one_digit, is_function, one_digit_mends,
    one_digit_of_four_mends,
};
use crate::lex::UnitKind;
use crate::pattern::Stage;
use rust_decimal::Decimal;

pub(super) const RULE: Rule = Rule {
    id: "sum/parts-differ-from-total",
    title_zh: "分项之和不等于合计",
    title_en: "components do not add up to the total",
    doc: "\
A total and the components that the note lists for it (其中, 包括, 分别是, a bracket, 加上…总计) must add up.

A list that admits to be incomplete (含, one item after 其中, 主要) leaves a *remainder* and is `partial`. A list is held to be complete
when it is an equation (加上A、B，总计N), when the words say so (分别为, 按用途划分, 由…组成), when its shares add up to 100 %, when it names all parts that the field knows (基本 and 项目;
货物, 工程 and 服务), when it ends in 其他, or when all functions or sources of a unit's budget are listed. Amounts in a row with shares of two places that add
up to 100 % are a complete list of the whole of which all shares but one are. A list that is all but complete (支出总计 as 本年支出 and 年末结转) is
wrong where one digit of one figure mends it, and so is any list of money of two items and more where that figure has four digits, if what is missing is too odd to be an item left out. A list whose parts exceed
the total is wrong in any case: what is not listed cannot make up for that.

```note
2024年单位预算情况说明
2024年支出预算502.48万元，其中：基本支出424.01万元，项目支出78.74万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let from = out.len();
    for b in book.reading.breakdowns.iter().filter(|b| !b.drivers) {
        let Some(total) = book.fact(b.total) else {
            continue;
        };
        if total.measure != Measure::Level {
            continue;
        }
        let mut parts: Vec<FactId> = b
            .parts
            .iter()
            .copied()
            .filter(|p| {
                book.fact(*p).is_some_and(|f| {
                    let year = f.year == total.year || f.is_left_for(total);
                    f.measure == Measure::Level && f.stated && year && adds(book, f, total)
                })
            })
            .collect();
        drop_subsets(book, &mut parts);
        // 税收60（其中增值税40）…: a part's own parts told in one breath.
        drop_nested(book, total, &mut parts);
        drop_held(book, total, &mut parts);
        if parts.is_empty() || (parts.len() == 1 && b.equation) {
            continue;
        }
        if holds_both_sides(book, total, &parts) || is_held_by(book, total, &parts) {
            continue;
        }
        let complete = is_complete(book, b, total, &parts)
            || exceeds(book, total, &parts)
            // 支出76亿元。主要是教育16亿元，公共安全6亿元: two round amounts of several make any total.
            || (b.extent != Extent::Some || parts.len() > 2) && scaled(book, b.total, &parts)
            || b.extent != Extent::Some
                && !earns_interest(total)
                && (mistyped(book, b.total, &parts) || slipped_in_four(book, total, &parts));
        // 境外捐赠144万元（不包含援建款639万元）: more than the whole is not in it.
        let beyond = |p: &Fact| p.value.checked_mul(book.factor(p)) > total.value.checked_mul(book.factor(total));
        if !complete && b.extent == Extent::Some && parts.iter().any(|p| book.fact(*p).is_some_and(beyond)) {
            continue;
        }
        // 其中购置费0元: nothing that is told of 92万元 is nothing to test.
        let nothing = |p: &FactId| book.fact(*p).is_some_and(|f| f.value.is_zero());
        if !complete && !total.value.is_zero() && parts.iter().all(nothing) {
            continue;
        }
        out.push(Relation {
            rule: &RULE,
            equation: Equation::Sum {
                total: b.total,
                parts: parts.into_iter().map(|p| (p, b.minus.contains(&p))).collect(),
            },
            complete,
            adjusted: false,
        });
    }
    relate_other_times(book, from, out);
    relate_rows(book, out);
    relate_carried(book, out);
}

/// “三公”经费8万元，较上年9万元减少1万元。其中：接待费3万元，较上年4万元…；用车费5万元，较上年5万元…: a list that is whole and holds
/// holds of the year before too, and of the plan, where each of its figures is told beside it.
fn relate_other_times(book: &Notebook, from: usize, out: &mut Vec<Relation>) {
    let mut found = Vec::new();
    // What was done in a year and its account are of one time.
    let time = |f: &Fact| (f.year, matches!(f.stage, Some(Stage::Budget | Stage::Adjusted)));
    for r in out.get(from..).unwrap_or(&[]).iter().filter(|r| r.holds(book)) {
        let Equation::Sum { total, parts } = &r.equation else { continue };
        if parts.len() < 2 || parts.iter().any(|(_, minus)| *minus) {
            continue;
        }
        for other in beside(book, *total) {
            let then = book.fact(other).map(time);
            let told = |id: FactId| beside(book, id).find(|o| book.fact(*o).map(time) == then);
            let all: Option<Vec<_>> = parts.iter().map(|(p, _)| Some((told(*p)?, false))).collect();
            let relation = all.map(|parts| Relation { equation: Equation::Sum { total: other, parts }, ..r.clone() });
            found.extend(relation.filter(|r| r.complete || r.holds(book)));
        }
    }
    out.extend(found);
}

/// The amounts of other times that are told of a figure's item right behind it.
fn beside<'a>(book: &'a Notebook, id: FactId) -> impl Iterator<Item = FactId> + use<'a> {
    let f = book.fact(id);
    let of = move |g: &Fact| f.is_some_and(|f| (&g.label, &g.part, g.paragraph) == (&f.label, &f.part, f.paragraph));
    (id + 1..id + 1 + BESIDE)
        .take_while(move |o| book.fact(*o).is_some_and(of))
        .filter(move |o| book.fact(*o).is_some_and(|g| g.measure == Measure::Level && g.prior && g.printed))
}

/// How many figures may be told of one item in a row.
const BESIDE: FactId = 9;

/// 收入3264.18万元（含上年结转186.40万元），其中：一般公共预算拨款2587.78万元，政府性基金预算拨款500.00万元: the bracket and the list
/// are one, where one digit makes them tie.
fn relate_carried(book: &Notebook, out: &mut Vec<Relation>) {
    let carried = |b: &&Breakdown| {
        let part = b.parts.first().and_then(|p| book.fact(*p)).filter(|_| b.parts.len() == 1 && !b.drivers);
        part.is_some_and(|p| {
            p.measure == Measure::Level && p.concept.as_deref().is_some_and(|c| c.starts_with("carryover"))
        })
    };
    for b in book.reading.breakdowns.iter().filter(carried) {
        let Some(total) = book.fact(b.total).filter(|t| t.measure == Measure::Level) else { continue };
        let more = |l: &&Breakdown| {
            let told = |p: &FactId| {
                book.fact(*p).is_some_and(|f| {
                    let carried = f.concept.as_deref().is_some_and(|c| c.starts_with("carryover"));
                    f.measure == Measure::Level && f.year == total.year && !carried
                })
            };
            l.parts.len() >= 2
                && !l.drivers
                && l.minus.is_empty()
                && l.extent != Extent::Some
                && l.parts.iter().all(told)
        };
        let Some(list) = book.lists_of(b.total).find(more) else { continue };
        let all: Vec<FactId> = b.parts.iter().chain(&list.parts).copied().collect();
        if slipped_in_four(book, total, &all) {
            let parts = all.into_iter().map(|p| (p, false)).collect();
            let equation = Equation::Sum { total: b.total, parts };
            out.push(Relation { rule: &RULE, equation, complete: true, adjusted: false });
        }
    }
}

/// 支出100万元。（一）结构：甲60.15万元，占60.15%；乙39.58万元，占39.85%: a row whose shares say that it is whole.
fn relate_rows(book: &Notebook, out: &mut Vec<Relation>) {
    for row in super::ratio_share_differs::rows(book) {
        let Some(total) = row.whole else { continue };
        let parts = row.shares.iter().map(|(amount, _)| (*amount, false)).collect();
        let equation = Equation::Sum { total, parts };
        let relation = Relation { rule: &RULE, equation, complete: true, adjusted: false };
        if !relation.holds(book) {
            out.push(relation);
        }
    }
}

/// 用车运行维护费15309元，…。｜出国费0元，用车购置及运行维护费15309元，接待费180元: what a part holds is no total of it.
fn is_held_by(book: &Notebook, total: &Fact, parts: &[FactId]) -> bool {
    let Some(own) = total.concept.as_deref() else { return false };
    // 本年支出 is made up of 一般公共预算支出, which a whole flow's name stands for.
    let holds = |c: &str| c.contains('.') && book.packs.is_part(own, c);
    parts.iter().any(|p| book.fact(*p).and_then(|f| f.concept.as_deref()).is_some_and(holds))
}

/// 医疗保险基金收入2.58亿元，其中：保险费收入0.27亿元；补贴收入2.23亿元: what a fund's money earns goes without saying.
fn earns_interest(total: &Fact) -> bool {
    let insured = total.concept.as_deref().is_some_and(|c| c.starts_with("social_insurance"));
    insured || total.label.contains("保险基金收入")
}

/// Only like adds to like.
fn adds(book: &Notebook, part: &Fact, total: &Fact) -> bool {
    let (a, b) = (book.kind(part), book.kind(total));
    a == b
        && (a == UnitKind::Money
            || part.unit == total.unit
            || a == UnitKind::People && !is_trips(book, part) && !is_trips(book, total))
}

fn is_trips(book: &Notebook, f: &Fact) -> bool {
    f.unit.and_then(|u| book.packs.vocabulary.units.get(u)).is_some_and(|u| u.name == "人次")
}

/// 其中：教育支出200万元，民生支出250万元; 货物60万元，服务40万元，授予中小企业合同80万元: leaves out what cuts across
/// the others, and of several such what another holds.
fn drop_subsets(book: &Notebook, parts: &mut Vec<FactId>) {
    let concept = |p: &FactId| book.fact(*p).and_then(|f| f.concept.as_deref());
    let subset = |c: &str| book.packs.concept(c).is_some_and(|t| t.subset);
    let across: Vec<&str> = parts.iter().filter_map(concept).filter(|c| subset(c)).collect();
    if across.is_empty() || parts.len() < 2 {
        return;
    }
    let alone = across.len() == parts.len();
    let drop = |c: &str| {
        let held = || across.iter().any(|whole| book.packs.is_part(c, whole));
        across.contains(&c) && (!alone || held())
    };
    parts.retain(|p| !concept(p).is_some_and(drop));
}

/// Leaves out parts that a part before them already holds, if only that ties.
fn drop_nested(book: &Notebook, total: &Fact, parts: &mut Vec<FactId>) {
    let value = |id: &FactId| book.fact(*id).map_or(Decimal::ZERO, |f| f.value);
    let sum: Decimal = parts.iter().map(value).try_fold(Decimal::ZERO, |a, b| a.checked_add(b)).unwrap_or(Decimal::MAX);
    if sum <= total.value || parts.len() > 64 {
        return;
    }
    for i in 0..parts.len() {
        let Some(holder) = parts.get(i).map(value).filter(|h| !h.is_zero()) else {
            continue;
        };
        let mut run = Decimal::ZERO;
        for j in i + 1..parts.len() {
            run = run.checked_add(parts.get(j).map_or(Decimal::ZERO, value)).unwrap_or(run);
            if run == holder && j > i + 1 && sum.checked_sub(run) == Some(total.value) {
                parts.drain(i + 1..=j);
                return;
            }
        }
    }
}

/// 其中：税收收入80亿元，增值税30亿元，非税收入20亿元: leaves out what by its name is in another part, where the
/// others tie.
fn drop_held(book: &Notebook, total: &Fact, parts: &mut Vec<FactId>) {
    let facts: Vec<&Fact> = parts.iter().filter_map(|p| book.fact(*p)).collect();
    if parts.len() > 64 || facts.len() != parts.len() {
        return;
    }
    let held = |f: &Fact| {
        facts.iter().any(|o| {
            let concepts = f.concept.as_deref().zip(o.concept.as_deref());
            let inside = concepts.is_some_and(|(part, whole)| book.packs.is_part(part, whole));
            inside && f.part == o.part && f.fund == o.fund && f.value <= o.value && !o.value.is_zero()
        })
    };
    let held: Vec<bool> = facts.iter().map(|f| held(f)).collect();
    let mut others = facts.iter().zip(&held).filter(|(_, held)| !**held).map(|(f, _)| f.value);
    let sum = others.try_fold(Decimal::ZERO, |s, v| s.checked_add(v));
    if sum == Some(total.value) {
        let mut held = held.into_iter();
        parts.retain(|_| !held.next().unwrap_or(false));
    }
}

/// Whether one figure in another unit, or with its point moved, makes the list tie: then the list is whole and the
/// figure is wrong. 资产使用收入3.60元，其中出租收入3.60万元: of one part where all that differs is the unit.
pub(super) fn scaled(book: &Notebook, total: FactId, parts: &[FactId]) -> bool {
    let Some(t) = book.fact(total).filter(|_| !parts.is_empty()) else { return false };
    let mut sum = Decimal::ZERO;
    let mut values = Vec::new();
    let mut places = t.decimals;
    for p in parts.iter().filter_map(|p| book.fact(*p)) {
        let Some(v) = book.factor(p).checked_div(book.factor(t)).and_then(|f| f.checked_mul(p.value)) else {
            return false;
        };
        let Some(s) = sum.checked_add(v) else { return false };
        sum = s;
        places = places.max(p.decimals);
        values.push((v, p.unit));
    }
    // Of three figures and more the sum may be rounded, in the unit that most of them are told in.
    let Some(gap) = t.value.checked_sub(sum).filter(|g| !g.is_zero()) else { return false };
    let slack =
        if parts.len() >= 2 { Decimal::new(parts.len() as i64 / 2, u32::from(places.min(9))) } else { Decimal::ZERO };
    let near = |a: Option<Decimal>, b: Decimal, slack: Decimal| {
        a.and_then(|a| a.checked_sub(b)).is_some_and(|d| d.abs() <= slack)
    };
    let unit = Decimal::from(10_000);
    // 13408216万元，其中：5862408元、…: in the unit of the parts.
    let units = values.iter().all(|(_, u)| *u != t.unit && *u == values.first().and_then(|v| v.1));
    let of_total =
        units && (near(t.value.checked_mul(unit), sum, slack) || near(sum.checked_mul(unit), t.value, slack));
    if parts.len() < 2 {
        return of_total;
    }
    let of_part = |v: &Decimal| {
        [(unit, slack), (Decimal::TEN, Decimal::ZERO), (Decimal::ONE_HUNDRED, Decimal::ZERO)].iter().any(
            |(n, slack)| {
                let larger = v.checked_mul(*n).and_then(|x| x.checked_sub(*v));
                let smaller = v.checked_div(*n).and_then(|x| x.checked_sub(*v));
                near(larger, gap, *slack) || near(smaller, gap, *slack)
            },
        )
    };
    of_total || values.iter().map(|(v, _)| v).filter(|v| !v.is_zero()).any(of_part)
}

/// 收支总计5513万元，其中：收入总计5513万元；支出总计5513万元: two sides, no sum.
fn holds_both_sides(book: &Notebook, total: &Fact, parts: &[FactId]) -> bool {
    let balance = total.concept.as_deref().is_some_and(|c| c.starts_with("balance"));
    balance && parts.iter().filter_map(|p| book.fact(*p)).any(|p| p.value == total.value) && parts.len() >= 2
}

/// Whether one figure of the list with two neighbouring digits exchanged, or one
/// digit behind the point mistyped, makes it tie: nobody leaves out an item of just that amount.
pub(super) fn mistyped(book: &Notebook, total: FactId, parts: &[FactId]) -> bool {
    let all: Vec<&Fact> = std::iter::once(&total).chain(parts).filter_map(|id| book.fact(*id)).collect();
    if parts.len() < 2 || all.windows(2).any(|w| matches!(w, [a, b] if a.unit != b.unit)) {
        return false;
    }
    let places = u32::from(all.iter().map(|f| f.decimals).max().unwrap_or(0));
    let whole = |v: Decimal| {
        let mut v = v;
        v.rescale(places);
        i64::try_from(v.mantissa()).ok().filter(|_| v.scale() == places)
    };
    let amounts: Option<Vec<i64>> = all.iter().map(|f| whole(f.value)).collect();
    let Some(amounts) = amounts.filter(|a| a.iter().all(|v| (0..1 << 52).contains(v))) else { return false };
    let (total, rest) = amounts.split_first().map_or((0, &[][..]), |(t, r)| (*t, r));
    crate::fact::mistyped(total, rest, 10i64.pow(places.min(9)))
}

fn exceeds(book: &Notebook, total: &Fact, parts: &[FactId]) -> bool {
    let yuan = |f: &Fact| f.value.checked_mul(book.factor(f));
    let Some(whole) = yuan(total) else { return false };
    if parts.len() < 2 {
        let one = parts.first().and_then(|p| book.fact(*p));
        return one.is_some_and(|p| {
            let part = book.packs.is_part(p.concept.as_deref().unwrap_or(""), total.concept.as_deref().unwrap_or(""));
            part && yuan(p).is_some_and(|p| p > whole) && p.flow == total.flow
        });
    }
    let sum = parts.iter().filter_map(|p| book.fact(*p)).try_fold(Decimal::ZERO, |a, f| a.checked_add(yuan(f)?));
    sum.is_some_and(|s| s > whole) && parts.iter().filter_map(|p| book.fact(*p)).all(|f| !f.value.is_sign_negative())
}

/// Whether a list claims to name everything.
pub(super) fn is_complete(book: &Notebook, b: &Breakdown, total: &Fact, parts: &[FactId]) -> bool {
    let facts: Vec<&Fact> = parts.iter().filter_map(|p| book.fact(*p)).collect();
    if b.extent == Extent::Some || facts.iter().any(|f| f.label.ends_with('等') || f.label.contains("主要")) {
        return false;
    }
    if b.equation {
        return true;
    }
    if facts.len() < 2 {
        // “三公”经费5.80万元，均为公务用车运行维护费5.00万元: no word of a list opened it.
        return b.extent == Extent::Whole && b.parts.len() == 1 && b.cue.0 == b.cue.1;
    }
    if is_partition(book, total, &facts)
        || all_that_is_told(book, total, &facts)
        || nearly_defined(book, total, &facts) && slipped(total, &facts)
    {
        return true;
    }
    // What tells less than three quarters of its total picks out some of it; where it is said to be
    // everything, less than half.
    let yuan = |f: &Fact| f.value.checked_mul(book.factor(f));
    let told = facts.iter().try_fold(Decimal::ZERO, |s, f| s.checked_add(yuan(f)?));
    let below = |parts: i64, of: i64| {
        let told = told.and_then(|t| t.checked_mul(Decimal::from(of)));
        let most = yuan(total).and_then(|t| t.checked_mul(Decimal::from(parts)));
        told.zip(most).is_some_and(|(told, most)| told < most)
    };
    if b.extent == Extent::Whole && (!below(1, 2) || slipped(total, &facts)) {
        return true;
    }
    let little = below(3, 4) && !shares_are_full(book, &facts);
    // 车辆5辆，其中：执法执勤用车1辆、其他用车4辆: every vehicle is of one of the kinds of the form.
    let kind = |f: &&Fact| f.concept.as_deref().is_some_and(|c| c.starts_with("assets.vehicles."));
    let vehicles = book.kind(total) == UnitKind::Vehicles && total.concept.as_deref() == Some("assets.vehicles");
    if let Some((last, kinds)) = facts.split_last()
        && vehicles
        && kinds.iter().all(kind)
        && (last.label.starts_with("其他") || last.label.starts_with("其它"))
    {
        return true;
    }
    // … unless one digit of it makes the two tie.
    if little && !one_digit(total, &facts) {
        return false;
    }
    if facts.last().is_some_and(|f| f.label.starts_with("其他") || f.label.starts_with("其它")) && facts.len() >= 3
    {
        return true;
    }
    let identity = &book.reading.identity;
    let county = identity.kind == crate::segment::Kind::CountyReport || identity.title.is_none();
    let all = |fits: &dyn Fn(&str) -> bool| facts.iter().all(|f| f.concept.as_deref().is_some_and(fits));
    let family = |root: &str| all(&|c| c.starts_with(root));
    let staff = book.kind(total) == UnitKind::People && facts.iter().all(|f| f.part.is_some());
    let places = facts.iter().all(|f| f.part.is_some());
    // 收入1562万元，其中：一般公共预算612万元，国有资本经营收益0万元，事业收入835万元，上年结转115万元: where all money is from.
    let source = |f: &&Fact| {
        f.concept
            .as_deref()
            .is_some_and(|c| c.starts_with("revenue") || c == "carryover.opening" || c == "carryover.used")
            || f.fund.is_some() && f.flow == Some(crate::pattern::Flow::Revenue)
    };
    let listed = !county
        && facts.len() >= 3
        && (all(&is_function) || facts.iter().all(source) || family("expenditure.economic"));
    staff || places || listed || shares_are_full(book, &facts)
}

/// 支出总计1018.62万元，其中：本年支出999.31万元，年末结转11.31万元: whether a list holds all that a total is made of, but
/// what few notes have to tell, as 结余分配, or the one kind of assets that there is none of; or most 款 of a 类.
fn nearly_defined(book: &Notebook, total: &Fact, parts: &[&Fact]) -> bool {
    let told = |c: &String| parts.iter().any(|f| f.concept.as_deref() == Some(c.as_str()));
    let whole = total.concept.as_deref();
    // 工资福利支出1259.90万元，包括基本工资412.60万元、…、住房公积金140.20万元: some of the 款 bear the name of a 项.
    let economic =
        |f: &&Fact| f.concept.as_deref().is_some_and(|c| c.starts_with("expenditure.economic") || is_function(c));
    if whole.is_some_and(|c| c.starts_with("expenditure.economic.")) && parts.len() >= 5 && parts.iter().all(economic) {
        return true;
    }
    book.packs.identities.iter().any(|i| {
        let known = i.parts.iter().filter(|p| told(p)).count();
        !i.open && !i.optional.is_empty() && whole == Some(i.whole.as_str()) && (known == i.parts.len() || known >= 4)
    })
}

/// Whether one digit of one figure mends a list.
pub(super) fn slipped(total: &Fact, parts: &[&Fact]) -> bool {
    let values: Vec<Decimal> = parts.iter().map(|f| f.value).collect();
    parts.iter().all(|p| p.unit == total.unit) && one_digit_mends(total.value, &values)
}

/// 收入15862340元，其中：一般公共预算拨款15214310元，财政专户资金648000元: whether one digit of a figure of four or more
/// mends a list of which nothing else says that it is whole. 共有单位3277个，包括市局机关和31个省局、…: what is counted may be
/// told without a number.
pub(super) fn slipped_in_four(book: &Notebook, total: &Fact, parts: &[FactId]) -> bool {
    let facts: Vec<&Fact> = parts.iter().filter_map(|p| book.fact(*p)).collect();
    let values: Vec<Decimal> = facts.iter().map(|f| f.value).collect();
    let one_unit = facts.len() >= 2 && facts.iter().all(|p| p.unit == total.unit) && book.is_money(total);
    one_unit && one_digit_of_four_mends(total.value, &values)
}

/// Whether a total of four digits or more differs in one digit from what its
/// parts add up to.
fn one_digit(total: &Fact, parts: &[&Fact]) -> bool {
    if parts.iter().any(|p| p.unit != total.unit) {
        return false;
    }
    let Some(sum) = parts.iter().try_fold(Decimal::ZERO, |s, f| s.checked_add(f.value)) else { return false };
    differ_in_one_digit(total.value, sum)
}

/// How many figures behind a debt may tell of what it is made of.
const MOST_DEBTS: usize = 16;

/// 政府债务余额45亿元，其中：一般债券28亿元，专项债券16亿元，外债1亿元: whether its sentence tells of other debts.
fn other_debt(book: &Notebook, total: &Fact) -> bool {
    let facts = &book.reading.facts;
    let behind = facts.get(facts.partition_point(|f| f.start <= total.start)..).unwrap_or(&[]).iter();
    let mut own = behind.take(MOST_DEBTS).take_while(|f| f.sentence.0 == total.sentence.0);
    own.any(|f| ["外债", "或有", "外国政府", "国际"].iter().any(|w| f.label.contains(w)))
}

/// Whether the parts are those that a total falls into by definition: 基本 and 项目,
/// 人员 and 公用, 税收 and 非税, or an identity of the packs.
pub(super) fn is_partition(book: &Notebook, total: &Fact, parts: &[&Fact]) -> bool {
    let told = |c: &str| parts.iter().any(|f| f.concept.as_deref() == Some(c));
    let known = |a: &str, b: &str| told(a) && told(b);
    let whole = |c: &str| total.concept.as_deref() == Some(c);
    known("expenditure.basic", "expenditure.project")
        || known("expenditure.basic.personnel", "expenditure.basic.operating")
        || known("tax", "nontax")
        || known("three_public.vehicle.purchase", "three_public.vehicle.operation")
        // 核定编制42名，其中行政编制18名、事业编制24名: other kinds of posts are told where there are any.
        || whole("staff.authorized") && known("staff.authorized.administrative", "staff.authorized.institution")
        || whole("staff.actual") && known("staff.actual.administrative", "staff.actual.institution")
        // 实有人数64人，其中：在职人员41人，退休人员23人; 离退休人员18人（离休0人，退休18人）
        || total.label.contains("实有人") && known("staff.actual", "staff.retired.pensioner")
        || total.label.contains("离退休") && known("staff.retired.veteran", "staff.retired.pensioner")
        // 政府债务限额48.60亿元，其中：一般债务限额30.10亿元，专项债务限额18.50亿元
        || whole("debt.limit") && known("debt.limit.general", "debt.limit.special")
        || whole("debt.balance") && known("debt.balance.general", "debt.balance.special") && !other_debt(book, total)
        // 上级转移支付收入40亿元（返还性收入3亿元、一般性转移支付收入30亿元、专项转移支付收入7亿元）
        || total.concept.as_deref().is_some_and(|c| matches!(c, "transfer" | "transfer.superior"))
            && known("transfer.returned", "transfer.general")
            && told("transfer.special")
        || book.packs.identities.iter().any(|i| {
            total.concept.as_deref() == Some(i.whole.as_str()) && i.parts.iter().chain(&i.optional).all(|p| told(p))
        })
}

/// 政府采购72.40万元，货物18.60万元，服务51.80万元: the kind that the note says nothing
/// of is nothing. So with “三公” where no vehicle was bought.
pub(super) fn all_that_is_told(book: &Notebook, total: &Fact, parts: &[&Fact]) -> bool {
    const KINDS: [(&str, &[&str], &[&str]); 2] = [
        ("procurement", &["procurement.goods", "procurement.works", "procurement.services"], &[]),
        (
            "three_public",
            &["three_public.overseas", "three_public.reception", "three_public.vehicle.operation"],
            &["three_public.vehicle", "three_public.vehicle.purchase"],
        ),
    ];
    KINDS.iter().any(|(whole, kinds, absent)| {
        let told = |c: &str| parts.iter().any(|f| f.concept.as_deref() == Some(c));
        let count = kinds.iter().filter(|k| told(k)).count();
        total.concept.as_deref() == Some(*whole)
            && count >= 2
            && (absent.is_empty() || count == kinds.len())
            && parts.iter().all(|f| f.concept.as_deref().is_some_and(|c| kinds.contains(&c)))
            && kinds.iter().all(|k| told(k) || book.levels_of(k).is_empty())
            && absent.iter().all(|a| book.levels_of(a).is_empty())
    })
}

/// Whether the shares that the parts are said to have add up to 100 %.
fn shares_are_full(book: &Notebook, parts: &[&Fact]) -> bool {
    let mut sum = Decimal::ZERO;
    for p in parts {
        let after = book.reading.facts.partition_point(|f| f.start <= p.start);
        let near = book.reading.facts.iter().skip(after).take_while(|f| f.paragraph == p.paragraph).take(6);
        let share = near.into_iter().find(|f| f.measure == Measure::Share && f.label == p.label);
        match share {
            Some(s) => sum += s.value,
            None => return false,
        }
    }
    (sum - Decimal::ONE_HUNDRED).abs() <= Decimal::ONE
}
