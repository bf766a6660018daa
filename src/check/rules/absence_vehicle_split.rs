use super::Rule;
use crate::check::whole::{Whole, absent};
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "absence/vehicle-split",
    title_zh: "公务用车费用未区分购置与运行",
    title_en: "buying and running vehicles are not told apart",
    doc: "\
《财政预决算领域基层政务公开标准目录》 (as published by 阳泉市郊区 and others, on the ground of 财预〔2016〕143号):
“其中,‘公务用车购置及运行费’细化到‘公务用车购置费’‘公务用车运行费’两个项目”. A note that names one of the two is not asked for the other.

```note
清溪县林业局2024年部门预算公开说明
一、部门职责及机构设置
负责全县林业工作。
二、部门收支总体情况
2024年支出预算500.00万元，比上年增加20.00万元。其中：基本支出400.00万元，项目支出100.00万元。
三、“三公”经费
2024年“三公”经费预算6.00万元，与上年持平。其中：因公出国（境）费0万元，公务用车购置及运行维护费4.00万元，公务接待费2.00万元。
四、国有资产
固定资产80.00万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(note) = Whole::of(book) else { return };
    let Some(both) = note.positive("three_public.vehicle") else { return };
    let told = |fee: &str| note.has(fee) || note.speaks_near(both, fee);
    if !["three_public.vehicle.purchase", "three_public.vehicle.operation"].into_iter().any(told) {
        let missing = [("公务用车购置费", "buying vehicles"), ("公务用车运行维护费", "running vehicles")];
        out.push(absent(&RULE, vec![both], &missing));
    }
}
