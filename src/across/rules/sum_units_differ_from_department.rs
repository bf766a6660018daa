use super::{Claim, Desk, Relation, Rule};
use crate::across::judge::Equation;
use crate::across::organization::Name;
use crate::across::shelf::{At, Figure, Kept};
use crate::fact::Measure;
use crate::segment::Scope;

pub(super) static RULE: Rule = Rule {
    id: "sum/units-differ-from-department",
    title_zh: "本级与下属单位之和不等于部门汇总数",
    title_en: "the units do not add up to the department",
    doc: "\
A department's budget or final account is the sum of its own level (本级) and its units. Tested where the department's note names all of its
units and a document of each, and of its own level, is at hand; an item is tested if all of them state it. Units are found by the
department's place and the unit's name. If one of them is missing that is said, and nothing is decided.

```note department.txt
清溪县水利局2024年部门预算公开说明
纳入2024年部门预算编制范围的单位共2个，包括：局本级、县水土保持站。
2024年支出预算1502.48万元，其中：基本支出1010万元，项目支出492.48万元。
2024年“三公”经费预算8.50万元。
```
```note own.txt
清溪县水利局（本级）2024年单位预算公开说明
2024年支出预算1000万元，其中：基本支出600万元，项目支出400万元。
2024年“三公”经费预算5.00万元。
```
```note unit.txt
清溪县水土保持站2024年单位预算公开说明
2024年支出预算502.48万元，其中：基本支出410万元，项目支出92.48万元。
2024年“三公”经费预算3.05万元。
```
",
    group: "department",
    relate,
};

pub(in crate::across) const MISSING: &str = "the document of one of the department's units is not among the inputs";

fn relate(desk: &Desk, out: &mut Vec<Relation>) {
    for (d, department) in desk.documents().filter(|(_, d)| d.scope == Some(Scope::Department)) {
        let Some(members) = &department.members else { continue };
        let mut documents = vec![d];
        let own = members.own.then(|| Some(department.name.clone()));
        let units = members.units.iter().map(|u| Name::read(u).map(|n| n.under(&department.name)));
        let mut missing = !members.own;
        for name in own.into_iter().chain(units) {
            match name.and_then(|name| of_unit(desk, department, &name)) {
                Some(unit) if !documents.contains(&unit) => documents.push(unit),
                _ => missing = true,
            }
        }
        if missing {
            if let [_, other, ..] = documents.as_slice() {
                let equation = Equation::Pair { one: d, other: *other };
                out.push(Relation { rule: &RULE, equation, documents, claim: Claim::Said, doubt: Some(MISSING) });
            }
            continue;
        }
        let units = documents.get(1..).unwrap_or(&[]);
        let told = |f: &Figure| {
            f.measure == Measure::Level && !f.torn && (f.year, f.stage) == (department.year, department.stage)
        };
        for (total, f) in desk.shelf.figures(d).filter(|(_, f)| told(f)) {
            let part = |unit: &u32| -> Option<At> {
                let mut same = desk.shelf.figures(*unit).filter(|(_, g)| told(g) && g.item == f.item);
                same.next().map(|(at, _)| at)
            };
            let Some(parts) = units.iter().map(part).collect::<Option<Vec<At>>>() else { continue };
            let equation = Equation::Sum { total, parts };
            out.push(Relation { rule: &RULE, equation, documents: documents.clone(), claim: Claim::Said, doubt: None });
        }
    }
}

/// The only document of a unit alone, of the department's year and stage.
fn of_unit(desk: &Desk, department: &Kept, name: &Name) -> Option<u32> {
    let body = desk.bodies.named(name)?;
    let fits = |d: &&u32| {
        desk.shelf
            .document(**d)
            .is_some_and(|u| u.scope == Some(Scope::Own) && (u.year, u.stage) == (department.year, department.stage))
    };
    let mut fitting = body.documents.iter().filter(fits);
    let found = fitting.next().copied()?;
    // Published twice: which of them is meant is open, unless they are copies.
    let sha = |d: u32| desk.shelf.document(d).map(|d| d.source.sha256.clone());
    fitting.all(|d| sha(*d) == sha(found)).then_some(found)
}
