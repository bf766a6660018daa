use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure, Table};

pub(super) const RULE: Rule = Rule {
    id: "ratio/table-rate-differs",
    title_zh: "表中比率与同行数额不符",
    title_en: "a rate in a table does not follow from its row",
    doc: "\
In a row of a table 增减% follows from the levels of the two years or stages that its head compares, and 完成预算% from 决算数 or 执行数 and the budget, where
just one column of the row holds each.

```note
<p>2024年单位预算情况说明</p><p>2024年一般公共预算支出表</p><p>单位：万元</p>
<table><tr><td>科目编码<td>科目名称<td>2023年预算数<td>2024年预算数<td>增减%
<tr><td>205<td>教育支出<td>80.00<td>90.00<td>12.50
<tr><td>210<td>卫生健康支出<td>10.00<td>9.00<td>-11.00</table>
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for table in &book.reading.tables {
        let relations = table.cells.iter().filter_map(|(.., rate)| {
            let equation = equation(book, table, *rate, book.fact(*rate)?)?;
            Some(Relation { rule: &RULE, equation, complete: true, adjusted: false })
        });
        super::tables::keep(book, relations.collect(), out);
    }
}

fn equation(book: &Notebook, table: &Table, rate: FactId, f: &Fact) -> Option<Equation> {
    let (level, prior) = super::tables::compared(book, table, f)?;
    // What was nothing before has no rate, whatever is printed.
    if book.fact(prior).is_none_or(|p| p.value.is_zero()) {
        return None;
    }
    match f.measure {
        Measure::Growth => Some(Equation::Growth { rate, level, prior }),
        Measure::Completion => Some(Equation::Quotient { rate, numerator: level, denominator: prior }),
        _ => None,
    }
}
