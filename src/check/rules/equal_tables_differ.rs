use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};
use crate::lex::UnitKind;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    id: "equal/tables-differ",
    title_zh: "两张表中同一事项数额不一致",
    title_en: "two tables state one quantity differently",
    doc: "\
The same item, fund, year and stage in two tables of a note: 教育支出 of 收支总表 and of 支出总表. That they agree is listed. A contradiction is told only of tables
of all funds together (a table of one fund may leave out 上年结转) that agree in two other items at least, and only beyond two units of
the last place: each table is rounded, and its sums made to tie, by itself.

```note
<p>2024年单位预算情况说明</p><p>2024年收支总表</p><p>单位：万元</p>
<table><tr><td colspan=2>收入<td colspan=2>支出<tr><td>项目<td>预算数<td>项目<td>预算数
<tr><td>一、财政拨款收入<td>95.00<td>一、教育支出<td>80.00
<tr><td><td><td>二、卫生健康支出<td>10.00
<tr><td><td><td>三、住房保障支出<td>5.00
<tr><td>收入总计<td>95.00<td>支出总计<td>95.00</table>
<p>2024年支出总表</p><p>单位：万元</p>
<table><tr><td>科目编码<td>科目名称<td>合计
<tr><td>205<td>教育支出<td>88.00<tr><td>210<td>卫生健康支出<td>10.00<tr><td>221<td>住房保障支出<td>5.00</table>
```
",
    relate: Some(relate),
};

/// Two tables and the pairs of their cells.
type Pairs = BTreeMap<(u32, u32), Vec<(FactId, FactId)>>;

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let mut last: FxHashMap<_, FactId> = FxHashMap::default();
    let mut pairs = Pairs::new();
    for (f, id) in book.reading.facts.iter().zip(0..) {
        let (Some(place), Some(concept)) = (f.cell, f.concept.as_deref()) else { continue };
        let column = book.reading.tables.get(place.table as usize).and_then(|t| t.columns.get(place.column as usize));
        let plain = f.measure == Measure::Level && f.part.is_none() && f.unit.is_some();
        if !plain || book.kind(f) != UnitKind::Money || column.is_none_or(|c| c.either_budget) {
            continue;
        }
        if let Some(before) = last.insert((concept, f.fund, f.year, f.stage), id)
            && let Some(earlier) = book.fact(before).and_then(|b| b.cell)
            && earlier.table != place.table
        {
            pairs.entry((earlier.table, place.table)).or_default().push((id, before));
        }
    }
    for pairs in pairs.values() {
        let with = |(left, right): &(FactId, FactId)| Relation {
            rule: &RULE,
            equation: Equation::Equal { left: *left, right: *right },
            complete: true,
            adjusted: false,
        };
        let (held, failed): (Vec<Relation>, Vec<Relation>) =
            pairs.iter().map(with).partition(|r| super::tables::holds(book, r));
        let understood = held.len() >= 2 && failed.len() <= held.len();
        out.extend(held);
        out.extend(failed.into_iter().filter(|r| understood && is_certain(book, r)));
    }
}

/// All funds together, one classification, and too far apart for rounding.
fn is_certain(book: &Notebook, relation: &Relation) -> bool {
    let Equation::Equal { left, right } = &relation.equation else { return false };
    let (Some(l), Some(r)) = (book.fact(*left), book.fact(*right)) else { return false };
    let yuan = |f: &Fact| f.value.checked_mul(book.factor(f));
    let place = |f: &Fact| Decimal::new(2, u32::from(book.places(f))).checked_mul(book.factor(f));
    let apart = yuan(l).zip(yuan(r)).and_then(|(l, r)| l.checked_sub(r)).map(|d| d.abs());
    let slack = place(l).zip(place(r)).map(|(l, r)| l.max(r));
    let classified = l.concept.as_deref().is_some_and(|c| c.starts_with("expenditure.function"));
    l.fund.is_none() && classified && apart.zip(slack).is_some_and(|(apart, slack)| apart > slack)
}
