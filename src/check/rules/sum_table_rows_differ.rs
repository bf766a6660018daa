use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::TableKind;
use rust_decimal::Decimal;

pub(super) const RULE: Rule = Rule {
    id: "sum/table-rows-differ",
    title_zh: "表中各行之和与合计行不符",
    title_en: "the rows of a table do not add up",
    doc: "\
In every column of amounts the rows must add up, as their codes (项 to 款, 款 to 类, 类 to 合计) or their list numbers (一、二、三 to 本年收入合计,
that and 上年结转 to 收入总计) say, or the field's own parts do (货物, 工程, 服务). A blank cell is zero. 合计 of a list of projects or purchases
that adds up in one column must in the others. Where neither says which rows belong to a total, a sum is listed only if it
holds; where a cell of the column could not be read, or most sums of a table fail, its form was not understood and none that fails is listed.

```note
<p>2024年单位预算情况说明</p><p>2024年支出预算表</p><p>单位：万元</p>
<table><tr><td>科目编码<td>科目名称<td>合计<td>基本支出<td>项目支出
<tr><td><td>合计<td>90.00<td>60.00<td>30.00
<tr><td>208<td>社会保障和就业支出<td>70.00<td>40.00<td>30.00
<tr><td>20805<td>行政事业单位养老支出<td>70.00<td>40.00<td>30.00
<tr><td>210<td>卫生健康支出<td>21.00<td>20.00<td></table>
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for table in &book.reading.tables {
        let mut all = Vec::new();
        for sum in &table.row_sums {
            let sums = (0..table.columns.len() as u32).filter_map(|column| {
                let total = table.at(sum.total, column)?;
                let parts = sum.parts.iter().filter_map(|row| table.beside(*row, column)).collect();
                let read = table.unread.iter().all(|(_, c)| *c != column);
                super::tables::relation(book, &RULE, total, parts, sum.certain)
                    .filter(|sum| read || super::tables::holds(book, sum))
            });
            let mut sums: Vec<Relation> = sums.collect();
            if matches!(table.kind, TableKind::Project | TableKind::Procurement) {
                let (held, failed): (Vec<&Relation>, Vec<&Relation>) =
                    sums.iter().partition(|sum| super::tables::holds(book, sum));
                let several = held.iter().any(|sum| is_of_several(book, sum));
                let near = !held.is_empty() && failed.iter().all(|sum| is_near(book, sum));
                let listed = (several || near) && failed.len() <= held.len() + 1;
                sums.iter_mut().for_each(|sum| sum.complete |= listed);
            }
            all.append(&mut sums);
        }
        super::tables::keep(book, all, out);
    }
}

/// Two parts at least are no zeros: one alone may be all that a column has.
fn is_of_several(book: &Notebook, sum: &Relation) -> bool {
    let Equation::Sum { parts, .. } = &sum.equation else { return false };
    parts.iter().filter(|(id, _)| book.fact(*id).is_some_and(|f| !f.value.is_zero())).count() >= 2
}

/// Whether what the parts make is within a fifth of the total: no list of some projects alone.
fn is_near(book: &Notebook, sum: &Relation) -> bool {
    let Equation::Sum { total, .. } = &sum.equation else { return false };
    let stated = book.fact(*total).map(|f| f.value.abs());
    let gap = stated.zip(sum.judge(book, None).computed).and_then(|(stated, made)| stated.checked_sub(made.abs()));
    gap.zip(stated)
        .is_some_and(|(gap, stated)| gap.abs().checked_mul(Decimal::from(5)).is_some_and(|gap| gap <= stated))
}
