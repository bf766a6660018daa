use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Basis, Breakdown, Fact, FactId, Measure};

pub(super) const RULE: Rule = Rule {
    id: "change/parts-differ-from-total",
    title_zh: "各分项增减额之和不等于合计增减额",
    title_en: "the components' changes do not add up to the total's",
    doc: "\
Where a total and all its components have stated changes against the same base, the changes add up as the levels do. A component said
to be unchanged counts as 0. Where some component's change is not stated, or the list is not complete, the rest is a remainder.

```note
2024年单位预算情况说明
2024年“三公”经费预算3万元，比2023年减少1万元。其中：因公出国（境）费0万元，与上年持平；公务接待费1万元，比2023年减少0.4万元；公务用车购置及运行维护费2万元，比2023年减少0.5万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
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
                out.push(Relation {
                    rule: &RULE,
                    equation: Equation::Sum { total: b.total, parts },
                    complete: slip || partition && facts.len() == 2,
                    adjusted: false,
                });
            }
            continue;
        }
        let Some(change) = change_of(book, b.total, None) else {
            relate_to_twin(book, b, total, out);
            continue;
        };
        let base = book.fact(change).and_then(|c| c.basis.clone()).unwrap_or_default();
        let (mut parts, mut missing) = (Vec::new(), 0);
        for p in &b.parts {
            let own = change_of(book, *p, Some(&base)).filter(|c| {
                book.fact(*c).is_some_and(|c| {
                    c.basis.as_ref().is_some_and(|x| x.year == base.year) || !c.printed && base.year == c.year
                })
            });
            match own {
                Some(c) => parts.push((c, false)),
                None => missing += 1,
            }
        }
        if parts.len() < 2 && missing > 0 || parts.is_empty() {
            continue;
        }
        let ids: Vec<FactId> = b.parts.clone();
        let full = missing == 0
            && super::sum_parts_differ_from_total::is_complete(book, b, total, &ids)
            && ties(book, b.total, &ids);
        out.push(Relation {
            rule: &RULE,
            equation: Equation::Sum { total: change, parts },
            complete: full,
            adjusted: false,
        });
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
        same.then(|| change_of(book, id, None))?
    });
    let Some(change) = twin else { return };
    let base = book.fact(change).and_then(|c| c.basis.clone()).unwrap_or_default();
    let own = |p: &FactId| {
        change_of(book, *p, Some(&base))
            .filter(|c| book.fact(*c).and_then(|c| c.basis.as_ref()).is_some_and(|x| x.year == base.year))
    };
    let parts: Vec<(FactId, bool)> = b.parts.iter().filter_map(own).map(|c| (c, false)).collect();
    let relation = Relation {
        rule: &RULE,
        equation: Equation::Sum { total: change, parts: parts.clone() },
        complete: false,
        adjusted: false,
    };
    if parts.len() >= 2 && relation.holds(book) {
        out.push(relation);
    }
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
    let l = book.fact(level)?;
    let own = || {
        let after = book.reading.facts.iter().enumerate().skip(level as usize + 1).take(24);
        after.take_while(|(_, f)| f.paragraph == l.paragraph).filter(|(_, f)| {
            f.measure == Measure::Change
                && f.label == l.label
                && f.part == l.part
                && f.year == l.year
                && book.kind(f) == book.kind(l)
                || f.measure == Measure::Change && !f.printed && f.label == l.label && f.part == l.part
        })
    };
    let asked = base
        .and_then(|b| own().find(|(_, f)| f.basis.as_ref().is_some_and(|x| (x.year, x.stage) == (b.year, b.stage))));
    asked.or_else(|| own().next()).map(|(id, _)| id as FactId)
}
