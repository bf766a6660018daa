use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::Measure;

pub(super) const RULE: Rule = Rule {
    id: "change/table-change-differs",
    title_zh: "表中增减额与两期数额不符",
    title_en: "a change in a table does not follow from its row",
    doc: "\
In a row of a table 增减额 is the level of the year less that of the year, or the stage, that the head compares it with, where just one column of
the row holds each.

```note
<p>2024年单位预算情况说明</p><p>2024年一般公共预算支出表</p><p>单位：万元</p>
<table><tr><td>科目编码<td>科目名称<td>2023年预算数<td>2024年预算数<td>增减额
<tr><td>205<td>教育支出<td>80.00<td>90.00<td>11.00
<tr><td>210<td>卫生健康支出<td>10.00<td>9.00<td>-1.00</table>
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for table in &book.reading.tables {
        let relations = table.cells.iter().filter_map(|(.., change)| {
            let f = book.fact(*change).filter(|f| f.measure == Measure::Change)?;
            let (level, prior) = super::tables::compared(book, table, f)?;
            let parts = vec![(prior, false), (*change, false)];
            let equation = Equation::Sum { total: level, parts };
            Some(Relation { rule: &RULE, equation, complete: true, adjusted: false })
        });
        super::tables::keep(book, relations.collect(), out);
    }
}
