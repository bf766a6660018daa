use super::{Desk, Relation, Rule, compared};
use crate::across::judge::Equation;
use crate::fact::Measure;

pub(super) static RULE: Rule = Rule {
    id: "ratio/growth-differs-from-year-before",
    title_zh: "增减率与上年文件的数额不符",
    title_en: "the growth does not follow from the other document's level",
    doc: "\
Where a note tells by how many per cent an item grew, but not by how much, the growth follows from its level and from the level of the year
before, as that year's own document states it. What is compared, and when a difference is a contradiction, is as for `change/differs-from-year-before`.

```note 2023.txt
清溪县档案馆2023年“三公”经费预算说明
2023年“三公”经费预算8.00万元，其中：公务接待费3.00万元，公务用车运行维护费5.00万元。
```
```note 2024.txt
清溪县档案馆2024年“三公”经费预算说明
2024年“三公”经费预算6.00万元，比2023年预算下降25%。其中：公务接待费2.00万元，比2023年预算下降40%；公务用车运行维护费4.00万元，比2023年预算下降20%。
```
",
    group: "year-before",
    relate,
};

fn relate(desk: &Desk, out: &mut Vec<Relation>) {
    for (d, document) in desk.documents() {
        for (rate, f) in desk.shelf.figures(d).filter(|(_, f)| f.measure == Measure::Growth && f.printed) {
            let Some((year, stages, claim)) = compared(document, f) else { continue };
            // With the amount of the change the growth is tested inside the note.
            let amount = |g: &crate::across::shelf::Figure| {
                g.measure == Measure::Change && (g.item, g.year, g.basis_year) == (f.item, f.year, f.basis_year)
            };
            if desk.shelf.figures(d).any(|(_, g)| amount(g)) {
                continue;
            }
            let Some(level) = desk.level_in(d, f.item, f.year, f.stage) else { continue };
            let told = stages.iter().find_map(|s| desk.told_elsewhere(d, f.item, year, *s));
            if let Some((prior, doubt)) = told {
                let equation = Equation::Growth { rate, level, prior };
                out.push(Relation { rule: &RULE, equation, documents: vec![d, prior.document], claim, doubt });
            }
        }
    }
}
