use super::{APART, Claim, Desk, Relation, Rule, compared, standing};
use crate::across::judge::Equation;
use crate::across::shelf::At;
use crate::fact::Measure;

pub(super) static RULE: Rule = Rule {
    id: "change/differs-from-year-before",
    title_zh: "增减额与上年文件的数额不符",
    title_en: "the change does not lead back to the other document's level",
    doc: "\
A level is the level of the year before, as that year's own document states it, and the change between them. Item, fund, scope
(部门 or 单位) and carry-over must be the same; changes 同口径 are left alone. Where the note only says 比上年, a difference is a contradiction
only if at least two other comparisons of the two documents hold; else it may be measured against the adjusted budget or the final account.

```note 2023.txt
清溪县水土保持站2023年单位预算公开说明
2023年支出预算487.02万元，其中基本支出400万元，项目支出87.02万元。
```
```note 2024.txt
清溪县水土保持站2024年单位预算公开说明
2024年支出预算502.48万元，比2023年预算增加16.46万元。其中：基本支出410万元，比2023年预算增加10万元；项目支出92.48万元，比2023年预算增加5.46万元。
```
",
    group: "year-before",
    relate,
};

fn relate(desk: &Desk, out: &mut Vec<Relation>) {
    for (d, document) in desk.documents() {
        for (change, f) in desk.shelf.figures(d).filter(|(_, f)| f.measure == Measure::Change) {
            let Some((year, stages, claim)) = compared(document, f) else { continue };
            let Some(level) = desk.level_in(d, f.item, f.year, f.stage) else { continue };
            let told = stages.iter().filter_map(|s| desk.told_elsewhere(d, f.item, year, *s));
            let equation = |prior: At| Equation::Sum { total: level, parts: vec![prior, change] };
            // Of two possible bases the one that fits was meant.
            let all: Vec<(At, Option<&'static str>)> = told.collect();
            let fits = all.iter().find(|(prior, _)| fits(desk, level, *prior, change));
            if let Some((prior, doubt)) = fits.or(all.first()).copied() {
                let documents = vec![d, prior.document];
                out.push(Relation { rule: &RULE, equation: equation(prior), documents, claim, doubt });
            }
        }
        apart(desk, d, out);
    }
    for (one, other, reason) in &desk.body.doubts {
        out.push(pair(*one, *other, reason));
    }
}

/// Whether the level before and the change make the level, to the digit.
fn fits(desk: &Desk, level: At, prior: At, change: At) -> bool {
    let value = |at: At| desk.shelf.figure(at).map(|f| (f.value, f.unit));
    match (value(level), value(prior), value(change)) {
        (Some((l, lu)), Some((p, pu)), Some((c, _))) => lu == pu && p.checked_add(c) == Some(l),
        _ => false,
    }
}

/// A document whose only neighbours in time are of another circle.
fn apart(desk: &Desk, d: u32, out: &mut Vec<Relation>) {
    let Some(document) = desk.shelf.document(d) else { return };
    let before = desk.first(document.year - 1, document.stage);
    let none = |o: &u32| desk.shelf.document(*o).is_some_and(|o| standing(document, o).is_none());
    if let (Some(other), true) = (before.first(), before.iter().all(none)) {
        out.push(pair(d, *other, APART));
    }
}

fn pair(one: u32, other: u32, reason: &'static str) -> Relation {
    let equation = Equation::Pair { one, other };
    Relation { rule: &RULE, equation, documents: vec![one, other], claim: Claim::Said, doubt: Some(reason) }
}
