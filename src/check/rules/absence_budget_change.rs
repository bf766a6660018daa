use super::Rule;
use crate::check::whole::{Whole, absent};
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "absence/budget-change",
    title_zh: "未说明收支增减变化",
    title_en: "how revenue and expenditure have changed is not told",
    doc: "\
《财政预决算领域基层政务公开标准目录》 (as published by 阳泉市郊区 and others, on the ground of 财预〔2016〕143号): “预算收支增减变化…等情况的说明”. Given by a change, a rate of growth, a completion, last year's amount
of any revenue or expenditure, or a word such as 持平 beside the totals. A reason is not asked for here.

```note
清溪县林业局2024年部门预算公开说明
一、部门职责及机构设置
负责全县林业工作。
二、部门收支总体情况
2024年支出预算500.00万元，其中：基本支出400.00万元，项目支出100.00万元。
三、机关运行经费
机关运行经费40.00万元。
四、国有资产
车辆1辆。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(note) = Whole::of(book) else { return };
    let told = ["revenue", "expenditure", "balance"].into_iter().any(|c| note.compares(c))
        || ["expenditure.basic", "expenditure.project", "balance.total"]
            .into_iter()
            .any(|t| note.speaks_beside(t, "change"));
    if !told {
        out.push(absent(&RULE, vec![], &[("收支增减变化情况", "the change of revenue and expenditure")]));
    }
}
