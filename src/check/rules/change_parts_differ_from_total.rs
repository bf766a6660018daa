use super::Rule;
use super::sum_parts_told_elsewhere::digits;
use crate::check::{Decision, Equation, Notebook, Relation};
use crate::fact::{Basis, Breakdown, Extent, Fact, FactId, Measure, Role};
use crate::pattern::{FieldIdentity, Stage};
use rust_decimal::Decimal;

pub(super) const RULE: Rule = Rule {
    id: "change/parts-differ-from-total",
    title_zh: "各分项增减额之和不等于合计增减额",
    title_en: "the components' changes do not add up to the total's",
    doc: "\
Where a total and all its components have stated changes against the same base, the changes add up as the levels do. A component said
to be unchanged counts as 0. Where the total's own change is not told but its levels are (预算50万元，决算8万元), the components' changes
lead from the one to the other. Where some component's change is not stated, or the list is not complete, the rest is a remainder; but where
增加 for 减少, of one of them or of the total, makes them tie to the last digit, the word is wrong.

```note
2024年单位预算情况说明
2024年“三公”经费预算3万元，比2023年减少1万元。其中：因公出国（境）费0万元，与上年持平；公务接待费1万元，比2023年减少0.4万元；公务用车购置及运行维护费2万元，比2023年减少0.5万元。
```

```note
2024年单位预算情况说明
2024年支出预算502.48万元，比2023年减少74.05万元。项目支出78.47万元，比2023年增加74.05万元，变动的原因是：道路改造项目减少20.00万元，运营补贴减少54.05万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    relate_reasons(book, out);
    for b in book.reading.breakdowns.iter().filter(|b| !b.drivers) {
        let Some(total) = book.fact(b.total) else {
            continue;
        };
        if total.measure == Measure::Change {
            let slip = super::sum_parts_differ_from_total::scaled(book, b.total, &b.parts);
            let parts: Vec<(FactId, bool)> = b.parts.iter().map(|p| (*p, false)).collect();
            if parts.len() >= 2 {
                let facts: Vec<_> = b.parts.iter().filter_map(|p| book.fact(*p)).collect();
                let partition = super::sum_parts_differ_from_total::is_partition(book, total, &facts);
                // Two parts of a definition, or all that an identity names: 三公 and its three.
                let all = |i: &FieldIdentity| {
                    let told = |p: &String| facts.iter().any(|f| f.concept.as_ref().is_some_and(|c| **c == **p));
                    !i.open
                        && total.concept.as_ref().is_some_and(|c| **c == *i.whole)
                        && i.parts.len() == facts.len()
                        && i.parts.iter().all(told)
                };
                let named = facts.len() == 2 || book.packs.identities.iter().any(all);
                out.push(Relation {
                    rule: &RULE,
                    equation: Equation::Sum { total: b.total, parts },
                    complete: slip
                        || partition && named && b.extent != Extent::Some
                        || b.extent != Extent::Some
                            && super::sum_parts_differ_from_total::slipped_in_four(book, total, &b.parts)
                        || contrary(book, b.total, &b.parts)
                        || b.extent != Extent::Some && outrun_by_nothing(book, b.total, &b.parts),
                    adjusted: false,
                });
            }
            continue;
        }
        let changes = changes_of(book, b.total);
        if changes.is_empty() {
            relate_to_twin(book, b, total, out);
        }
        for (n, change) in changes.iter().enumerate() {
            relate_change(book, b, total, (*change, n == 0), out);
        }
        if super::sum_parts_differ_from_total::is_complete(book, b, total, &b.parts) && ties(book, b.total, &b.parts) {
            relate_levels(book, b.total, &b.parts, out);
        }
    }
}

/// One change of a total and those of its parts that are measured against the same.
fn relate_change(
    book: &Notebook,
    b: &Breakdown,
    total: &Fact,
    (change, first): (FactId, bool),
    out: &mut Vec<Relation>,
) {
    let base = book.fact(change).and_then(|c| c.basis.clone()).unwrap_or_default();
    // 同口径 of the total is not what its parts changed by.
    let qualifier = book.fact(change).and_then(|c| c.qualifier.clone());
    let (mut parts, mut missing): (Vec<(FactId, bool)>, Vec<FactId>) = (Vec::new(), Vec::new());
    for p in &b.parts {
        let own = |p: &FactId| {
            change_of(book, *p, Some(&base)).filter(|c| {
                book.fact(*c).is_some_and(|c| {
                    let Some(basis) = c.basis.as_ref() else { return false };
                    c.qualifier == qualifier && same_base(basis, &base)
                        || !c.printed && !basis.stated && base.year == c.year
                })
            })
        };
        // 用车购置及运行费6万元，其中：购置费2万元，增加2万元；运行费4万元，减少1万元: told one level down.
        let inside = || book.lists_of(*p).find_map(|l| l.parts.iter().map(own).collect::<Option<Vec<FactId>>>());
        match own(p) {
            Some(c) => parts.push((c, false)),
            None => match inside() {
                Some(changes) => parts.extend(changes.into_iter().map(|c| (c, false))),
                None => missing.push(*p),
            },
        }
    }
    // A change with a list of its own is made up by that one.
    let listed = || book.lists_of(change).next().is_some();
    if parts.is_empty() || !missing.is_empty() && (!first || listed()) {
        return;
    }
    let ids: Vec<FactId> = b.parts.clone();
    let own: Vec<FactId> = parts.iter().map(|p| p.0).collect();
    let whole = super::sum_parts_differ_from_total::is_complete(book, b, total, &ids) && ties(book, b.total, &ids);
    // 支出1061.12万元，减少103.62万元。其中：基本支出1062.70万元，减少103.62万元；项目支出1.58万元，减少0.46万元: of the two halves of a budget
    // it is so, whatever their amounts add up to.
    let facts: Vec<&Fact> = ids.iter().filter_map(|p| book.fact(*p)).collect();
    let halves = ids.len() == 2
        && total.stage == Some(Stage::Budget)
        && total.fund.is_some()
        && super::sum_parts_differ_from_total::is_partition(book, total, &facts);
    let full = missing.is_empty()
        && (whole || halves || (ties(book, b.total, &ids) || own.len() >= 3) && contrary(book, change, &own))
        || whole && !missing.is_empty() && outrun(book, change, &own, &missing);
    if parts.len() < 2 && !missing.is_empty() && !full {
        return;
    }
    out.push(Relation {
        rule: &RULE,
        equation: Equation::Sum { total: change, parts },
        complete: full,
        adjusted: false,
    });
}

/// “三公”经费2万元，减少0.20万元，其中：用车运行费1.80万元，用车购置费0万元；接待费0.20万元，减少9.20万元: whether a change is
/// more than those that are told and all that there is of the other parts, which can at most be new.
fn outrun(book: &Notebook, change: FactId, told: &[FactId], others: &[FactId]) -> bool {
    let amount = |id: &FactId| book.fact(*id).and_then(|f| f.value.checked_mul(book.factor(f)));
    let most = told.iter().chain(others).try_fold(Decimal::ZERO, |s, id| s.checked_add(amount(id)?));
    // Each of them may be rounded.
    let slack = book.fact(change).and_then(|c| {
        let places = u32::from(c.decimals.min(9));
        Decimal::new((told.len() + others.len()) as i64 + 1, places).checked_mul(book.factor(c))
    });
    let Some(((change, most), slack)) = amount(&change).zip(most).zip(slack) else { return false };
    most.checked_add(slack).is_some_and(|most| change > most)
}

/// How many levels of an item are looked through for one that is not nothing.
const MOST_LEVELS: usize = 64;

/// “三公”经费减少0.25万元，其中：出国费增加0万元；用车购置费为0万元；用车运行费减少0.20万元；接待费减少8.05万元: the same of changes in
/// a list, of which an identity names the parts that are missing and the note tells that there is nothing of them.
fn outrun_by_nothing(book: &Notebook, total: FactId, told: &[FactId]) -> bool {
    let Some(whole) = book.fact(total) else { return false };
    let has = |c: &str| told.iter().any(|p| book.fact(*p).and_then(|f| f.concept.as_deref()) == Some(c));
    let nothing = |c: &str| {
        let mut levels = book
            .levels_of(c)
            .iter()
            .take(MOST_LEVELS)
            .filter_map(|l| book.fact(*l))
            .filter(|l| l.year == whole.year)
            .peekable();
        levels.peek().is_some() && levels.all(|l| l.value.is_zero())
    };
    let all = |i: &&FieldIdentity| {
        !i.open && whole.concept.as_deref() == Some(i.whole.as_str()) && i.parts.iter().all(|p| has(p) || nothing(p))
    };
    outrun(book, total, told, &[]) && book.packs.identities.iter().any(|i| all(&i))
}

/// “三公”经费预算50万元，支出决算8万元；出国费与预算相比无增减，接待费减少1万元，用车费无变化: the level that the
/// changes of all parts lead from, and the one that they lead to.
pub(super) fn relate_levels(book: &Notebook, whole: FactId, ids: &[FactId], out: &mut Vec<Relation>) {
    // It is also called for the parts of an identity.
    let asked = ids.len() >= 2 && book.settings.of(&RULE) != Decision::Off;
    let Some(total) = book.fact(whole).filter(|t| asked && t.cell.is_none()) else { return };
    let Some(base) = ids.iter().find_map(|p| base_of_part(book, *p)) else { return };
    let known = |c: &FactId| book.fact(*c).and_then(|c| c.basis.as_ref()).is_some_and(|x| same_base(x, &base));
    if changes_of(book, whole).iter().any(known) {
        return;
    }
    let Some(prior) = book.level_for(whole, base.year, base.stage, None).filter(|p| {
        book.fact(*p).is_some_and(|p| (p.fund, &p.part, p.carryover) == (total.fund, &total.part, total.carryover))
    }) else {
        return;
    };
    let changes: Option<Vec<FactId>> = ids.iter().map(|p| only_change(book, *p, &base)).collect();
    let Some(changes) = changes else { return };
    let parts = std::iter::once(prior).chain(changes).map(|p| (p, false)).collect();
    out.push(Relation {
        rule: &RULE,
        equation: Equation::Sum { total: whole, parts },
        complete: true,
        adjusted: false,
    });
}

/// Whether two changes are measured against the same: a stage that is not told is any of its year.
fn same_base(a: &Basis, b: &Basis) -> bool {
    a.year == b.year && (a.stage == b.stage || a.stage.is_none() || b.stage.is_none())
}

/// The first named year and stage that an item of a list is said to be measured against.
fn base_of_part(book: &Notebook, part: FactId) -> Option<Basis> {
    let mut own = told_near(book, part).filter_map(|(_, c)| c.basis.as_ref());
    own.find(|x| x.stated && x.stage.is_some() && x.year.is_some() && x.whole.is_none()).cloned()
}

/// The change of an item against a base, if the note tells of one only, wherever that is.
fn only_change(book: &Notebook, part: FactId, base: &Basis) -> Option<FactId> {
    let of_base = |c: &Fact| c.basis.as_ref().is_some_and(|x| (x.year, x.stage) == (base.year, base.stage));
    let mut own = told_near(book, part).filter(|(_, c)| of_base(c));
    let (first, c) = own.next()?;
    own.all(|(_, other)| other.value == c.value).then_some(first)
}

/// The changes of a part's item that are told not too far from it.
fn told_near<'a>(book: &'a Notebook, part: FactId) -> impl Iterator<Item = (FactId, &'a Fact)> {
    let from = part.saturating_sub(16);
    let near = book.reading.facts.iter().zip(0..).skip(from as usize).take(80);
    let (item, level) = (book.item(part), book.fact(part));
    near.filter(move |(c, id)| {
        c.measure == Measure::Change
            && c.cell.is_none()
            && c.role != Some(Role::Driver)
            && c.qualifier.is_none()
            && book.item(*id) == item
            && (!c.printed || book.is_money(c))
            && level.is_some_and(|l| (&c.part, c.year) == (&l.part, l.year))
    })
    .map(|(c, id)| (id, c))
}

/// Whether a change and its parts miss each other, and would tie to the last digit if one of
/// them had the other sign: nobody leaves out twice the amount of an item.
fn contrary(book: &Notebook, total: FactId, parts: &[FactId]) -> bool {
    let change = |id: &FactId| {
        let f = book.fact(*id).filter(|f| f.measure == Measure::Change && book.is_money(f))?;
        f.value.checked_mul(book.factor(f))
    };
    let Some(whole) = change(&total) else { return false };
    let Some(sum) = parts.iter().try_fold(Decimal::ZERO, |s, p| s.checked_add(change(p)?)) else { return false };
    let Some(gap) = whole.checked_sub(sum).filter(|gap| !gap.is_zero()) else { return false };
    let twice = |id: &FactId, gap: Decimal| {
        let value = change(id).filter(|v| !v.is_zero());
        value.and_then(|v| v.checked_mul(Decimal::TWO)).is_some_and(|v| v == gap)
    };
    parts.len() >= 2 && (twice(&total, gap) || parts.iter().any(|p| twice(p, -gap)))
}

/// 项目支出增加1374.05万元。变动的原因是：改造项目减少1120.00万元，运营补贴减少254.05万元: all reasons of a
/// change, in a row behind it, make it with the other sign.
fn relate_reasons(book: &Notebook, out: &mut Vec<Relation>) {
    let facts = &book.reading.facts;
    for (f, total) in facts.iter().zip(0..) {
        let sure = f.measure == Measure::Change
            && f.cell.is_none()
            && f.printed
            && book.is_money(f)
            && digits(f.value) >= 4
            && !["结余", "结转", "赤字", "差"].iter().any(|w| f.label.contains(w));
        if !sure {
            continue;
        }
        let behind = facts.get(total as usize + 1..).unwrap_or(&[]).iter().zip(total + 1..);
        let mut parts: Vec<FactId> = Vec::new();
        let mut sum = Decimal::ZERO;
        for (g, id) in behind.take_while(|(g, _)| g.measure == Measure::Change && g.paragraph == f.paragraph).take(8) {
            let same = g.unit == f.unit && g.year == f.year && g.flow.is_none_or(|flow| Some(flow) == f.flow);
            let Some(more) = sum.checked_add(g.value).filter(|_| same && g.printed) else { break };
            sum = more;
            parts.push(id);
            if parts.len() >= 2 && sum == -f.value {
                let equation = Equation::Sum { total, parts: parts.iter().map(|p| (*p, false)).collect() };
                out.push(Relation { rule: &RULE, equation, complete: true, adjusted: false });
                break;
            }
        }
    }
}

/// 收、支总计2846.35万元，增加126.47万元…。支出2846.35万元，其中：教育支出…增加94.92万元: the change of the
/// whole is told where the same amount is called something else. Listed where it ties.
fn relate_to_twin(book: &Notebook, b: &Breakdown, total: &Fact, out: &mut Vec<Relation>) {
    let before = (0..b.total).rev().take(48);
    let twin = before.into_iter().find_map(|id| {
        let f = book.fact(id)?;
        let same = f.measure == Measure::Level
            && f.value == total.value
            && (f.unit, f.year, f.stage) == (total.unit, total.year, total.stage)
            && f.part == total.part;
        same.then(|| change_of(book, id, None).or_else(|| told_change(book, id, f)))?
    });
    let Some(change) = twin else { return };
    let base = book.fact(change).and_then(|c| c.basis.clone()).unwrap_or_default();
    let own = |p: &FactId| {
        change_of(book, *p, Some(&base))
            .filter(|c| book.fact(*c).and_then(|c| c.basis.as_ref()).is_some_and(|x| x.year == base.year))
    };
    let parts: Vec<(FactId, bool)> = b.parts.iter().filter_map(own).map(|c| (c, false)).collect();
    let ids: Vec<FactId> = parts.iter().map(|p| p.0).collect();
    // 收入1524.37万元，比上年预算减少86.23万元。支出1524.37万元：基本支出…，增加12.02万元；项目支出…，减少98.28万元: budgets
    // balance every year, so one digit that mends the changes of all that is spent is wrong.
    let facts: Vec<&Fact> = ids.iter().filter_map(|c| book.fact(*c)).collect();
    let planned = |f: &Fact| f.basis.as_ref().and_then(|b| b.stage) == Some(Stage::Budget);
    let slip = ids.len() >= 2
        && total.stage == Some(Stage::Budget)
        && facts.iter().all(|f| planned(f))
        && super::sum_parts_differ_from_total::is_complete(book, b, total, &b.parts)
        && ties(book, b.total, &b.parts)
        && book.fact(change).is_some_and(|c| planned(c) && super::sum_parts_differ_from_total::slipped(c, &facts));
    let relation = Relation {
        rule: &RULE,
        equation: Equation::Sum { total: change, parts },
        complete: ids.len() == b.parts.len() && (slip || ids.len() >= 3 && contrary(book, change, &ids)),
        adjusted: false,
    };
    if ids.len() >= 2 && (relation.complete || relation.holds(book)) {
        out.push(relation);
    }
}

/// The change of a level's item that is told before it: 主要是基本支出增加42.52万元.
fn told_change(book: &Notebook, level: FactId, l: &Fact) -> Option<FactId> {
    let facts = &book.reading.facts;
    let from = (level as usize).saturating_sub(24);
    let near = facts.iter().zip(0..).skip(from).take(48);
    let own = |f: &Fact, id: FactId| {
        f.measure == Measure::Change
            && f.printed
            && f.cell.is_none()
            && book.item(id) == book.item(level)
            && (f.unit, f.year, &f.part) == (l.unit, l.year, &l.part)
    };
    near.into_iter().find(|(f, id)| own(f, *id)).map(|(_, id)| id)
}

/// Whether the levels themselves add up: only then must the changes.
fn ties(book: &Notebook, total: FactId, parts: &[FactId]) -> bool {
    let r = Relation {
        rule: &RULE,
        equation: Equation::Sum { total, parts: parts.iter().map(|p| (*p, false)).collect() },
        complete: true,
        adjusted: false,
    };
    r.holds(book)
}

/// The amount by which a level is said to have changed, against the base that is
/// asked for if it is said against several.
fn change_of(book: &Notebook, level: FactId, base: Option<&Basis>) -> Option<FactId> {
    let asked = base.and_then(|b| {
        own_changes(book, level).find(|(_, f)| f.basis.as_ref().is_some_and(|x| (x.year, x.stage) == (b.year, b.stage)))
    });
    asked.or_else(|| own_changes(book, level).next()).map(|(id, _)| id)
}

/// The changes of a level, one for each base.
fn changes_of(book: &Notebook, level: FactId) -> Vec<FactId> {
    let base = |id: FactId| book.fact(id).and_then(|c| c.basis.clone()).unwrap_or_default();
    let mut out: Vec<FactId> = Vec::new();
    for (id, _) in own_changes(book, level) {
        if !out.iter().any(|o| same_base(&base(*o), &base(id))) {
            out.push(id);
        }
    }
    out
}

/// The changes that are told of a level behind it, in its paragraph; 基本持平 tells of none.
fn own_changes<'a>(book: &'a Notebook, level: FactId) -> impl Iterator<Item = (FactId, &'a Fact)> {
    let l = book.fact(level);
    let after = book.reading.facts.iter().zip(0..).skip(level as usize + 1).take(24);
    after
        .take_while(move |(f, _)| l.is_some_and(|l| f.paragraph == l.paragraph))
        .filter(move |(f, _)| {
            let own = l.is_some_and(|l| {
                // 公务接待费5万元…，公务接待费支出增加1万元
                let spent = |c: &str| c.starts_with("three_public.");
                (f.label == l.label || f.concept == l.concept && l.concept.as_deref().is_some_and(spent))
                    && f.part == l.part
                    && (!f.printed || f.year == l.year && book.kind(f) == book.kind(l))
            });
            f.measure == Measure::Change && own && f.qualifier.as_deref() != Some("基本")
        })
        .map(|(f, id)| (id, f))
}
