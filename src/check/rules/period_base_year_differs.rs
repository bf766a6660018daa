use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};

pub(super) const RULE: Rule = Rule {
    id: "period/base-year-differs",
    title_zh: "比较基期与同组不一致",
    title_en: "one base year contradicts its siblings",
    doc: "\
A list whose changes are all against one year holds one against another: a year left over from last year's note. Tested where three or more
stated base years of one paragraph or list agree, the odd one is the only one, and it is not the year before its own figure.

```note
2024年单位预算情况说明
2024年“三公”经费预算0.9万元，比2023年减少0.1万元。其中：因公出国（境）费0万元，比2023年增加0万元；公务接待费0.9万元，比2022年减少0.1万元；公务用车运行维护费0万元，比2023年增加0万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let base = |f: &Fact| f.basis.as_ref().filter(|b| b.stated && b.year != f.year).and_then(|b| b.year);
    let changes: Vec<(FactId, &Fact, i32)> = book
        .reading
        .facts
        .iter()
        .enumerate()
        .filter(|(_, f)| f.measure == Measure::Change && f.cell.is_none())
        .filter_map(|(i, f)| base(f).map(|y| (i as FactId, f, y)))
        .collect();
    for (id, f, year) in &changes {
        if f.year.is_none_or(|own| own - 1 == *year) {
            continue;
        }
        let near: Vec<&(FactId, &Fact, i32)> = changes
            .iter()
            .filter(|(o, g, _)| {
                o != id && g.year == f.year && g.paragraph.abs_diff(f.paragraph) <= 3 && g.section == f.section
            })
            .collect();
        let expected = f.year.map(|y| y - 1);
        let agree: Vec<FactId> = near.iter().filter(|(.., y)| Some(*y) == expected).map(|(o, ..)| *o).collect();
        let others = near.len() - agree.len();
        // 比上年增加…；比2019年减少…: a second comparison of what has its first.
        let second = changes.iter().any(|(o, g, y)| {
            o != id && g.label == f.label && g.part == f.part && g.paragraph == f.paragraph && y != year
        });
        if second {
            continue;
        }
        if let (Some(expected), true) = (expected, agree.len() >= 2 && others == 0) {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Year { fact: *id, expected, siblings: agree, base: true },
                complete: true,
                adjusted: false,
            });
        }
    }
}
