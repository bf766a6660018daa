use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Measure, Row, Total};
use crate::pattern::Flow;

pub(super) const RULE: Rule = Rule {
    id: "balance/table-sides-differ",
    title_zh: "收支总表两边总计不等",
    title_en: "the two sides of a table do not balance",
    doc: "\
In a table with 收入 on one side and 支出 on the other, 收入总计 is 支出总计: what carries over to the next year stands among the expenditure. Where 支出
has a column for each fund, the total is that of its first column.

```note
<p>2024年单位预算情况说明</p><p>2024年收支总表</p><p>单位：万元</p>
<table><tr><td colspan=2>收入<td colspan=2>支出<tr><td>项目<td>预算数<td>项目<td>预算数
<tr><td>一、财政拨款收入<td>80.00<td>一、教育支出<td>85.00
<tr><td>二、事业收入<td>10.00<td>二、卫生健康支出<td>5.00
<tr><td>收入总计<td>90.00<td>支出总计<td>91.00</table>
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for table in &book.reading.tables {
        // The last total of a side, in its first column of amounts.
        let total = |flow: Flow| {
            let grand = |r: &&Row| r.total == Some(Total::Grand) && r.flow == Some(flow);
            let (row, at) = table.rows.iter().zip(0u32..).filter(|(r, _)| grand(r)).last()?;
            let column = table.columns.iter().zip(0u32..).find(|(c, _)| c.side == row.side && c.whole)?.1;
            table.at(at, column)
        };
        let (Some(revenue), Some(expenditure)) = (total(Flow::Revenue), total(Flow::Expenditure)) else { continue };
        let level = |id| book.fact(id).filter(|f| f.measure == Measure::Level && book.is_money(f));
        let (Some(r), Some(e)) = (level(revenue), level(expenditure)) else { continue };
        if r.year == e.year && r.stage == e.stage {
            let equation = Equation::Equal { left: expenditure, right: revenue };
            out.push(Relation { rule: &RULE, equation, complete: true, adjusted: false });
        }
    }
}
