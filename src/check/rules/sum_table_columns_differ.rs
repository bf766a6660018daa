use super::Rule;
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "sum/table-columns-differ",
    title_zh: "表中各栏之和与合计栏不符",
    title_en: "the columns of a table do not add up",
    doc: "\
In every row 合计 must be the sum of the columns beside it that its head spans: 基本支出 and 项目支出, 人员经费 and 公用经费, the funds, the kinds
of revenue. Columns of other years and stages, changes and rates take no part, nor does 其中. A cut by kind and a cut by fund are two
sums. Heads that are not known must show by the rows that hold that they are a sum before one is said to fail.

```note
<p>2024年单位预算情况说明</p><p>2024年支出预算表</p><p>单位：万元</p>
<table><tr><td>科目编码<td>科目名称<td>合计<td>基本支出<td>项目支出
<tr><td>208<td>社会保障和就业支出<td>70.00<td>40.00<td>30.00
<tr><td>210<td>卫生健康支出<td>20.00<td>21.00<td></table>
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for table in &book.reading.tables {
        for sum in &table.column_sums {
            let sums = (0..table.rows.len() as u32).filter_map(|row| {
                let total = table.at(row, sum.total)?;
                let parts = sum.parts.iter().filter_map(|column| table.at(row, *column)).collect();
                let read = table.unread.iter().all(|(r, _)| *r != row);
                super::tables::relation(book, &RULE, total, parts, sum.certain)
                    .filter(|sum| read || super::tables::holds(book, sum))
            });
            super::tables::keep(book, sums.collect(), out);
        }
    }
}
