use super::Rule;
use crate::check::whole::{Whole, absent};
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "absence/reception-counts",
    title_zh: "未说明公务接待批次、人次",
    title_en: "receptions and guests are not counted",
    doc: "\
Asked of final accounts with money spent on reception by the notes to 岳阳县's table of “三公”经费:
“注明因公出国(境)团组数和人数”, “公务用车购置数和保有量”, “注明公务接待批次和人数”; the form of Shanghai's final accounts of 2024
has the same counts.

```note
清溪县林业局2023年部门决算公开说明
一、部门职责及机构设置
负责全县林业工作。
二、部门收支总体情况
2023年支出合计500.00万元，比上年增加20.00万元。其中：基本支出400.00万元，项目支出100.00万元。
三、“三公”经费
2023年“三公”经费支出决算2.00万元，完成预算的100%。其中：公务接待费2.00万元。
四、国有资产
固定资产80.00万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(note) = Whole::of(book) else { return };
    let Some(spent) = note.positive("three_public.reception").filter(|_| note.is_final()) else { return };
    let mut missing = vec![];
    // 接待国内来访团组45个
    if !note.gives("three_public.reception.batches") && !note.speaks_near(spent, "three_public.overseas.groups") {
        missing.push(("公务接待批次", "receptions"));
    }
    if !note.has("three_public.reception.guests") && !note.speaks_near(spent, "people") {
        missing.push(("公务接待人次", "guests"));
    }
    if !missing.is_empty() {
        out.push(absent(&RULE, vec![spent], &missing));
    }
}
