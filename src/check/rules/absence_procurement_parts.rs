use super::Rule;
use crate::check::whole::{Whole, absent};
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "absence/procurement-parts",
    title_zh: "政府采购未区分货物、工程、服务",
    title_en: "procurement is not broken down",
    doc: "\
《财政预决算领域基层政务公开标准目录》 (as published by 阳泉市郊区 and others, on the ground of 财预〔2016〕143号):
“政府采购(主要包括部门政府采购预算总金额和货物、工程、服务采购的预算金额)”. A note that names any of the three beside its procurement is not asked
for the others.

```note
清溪县林业局2024年部门预算公开说明
一、部门职责及机构设置
负责全县林业工作。
二、部门收支总体情况
2024年支出预算500.00万元，比上年增加20.00万元。其中：基本支出400.00万元，项目支出100.00万元。
三、“三公”经费
2024年“三公”经费预算0万元，与上年持平。
四、政府采购
2024年政府采购预算30.00万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(note) = Whole::of(book) else { return };
    let Some(total) = note.positive("procurement") else { return };
    let told = |part: &str| note.has(part) || note.speaks_beside("procurement", part);
    if !["procurement.goods", "procurement.works", "procurement.services"].into_iter().any(told) {
        out.push(absent(&RULE, vec![total], &[("货物", "goods"), ("工程", "works"), ("服务", "services")]));
    }
}
