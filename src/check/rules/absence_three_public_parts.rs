use super::Rule;
use crate::check::whole::{Whole, absent};
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "absence/three-public-parts",
    title_zh: "“三公”经费未列明分项",
    title_en: "三公 is not broken down",
    doc: "\
《财政预决算领域基层政务公开标准目录》 (as published by 阳泉市郊区 and others, on the ground of 财预〔2016〕143号):
“一般公共预算‘三公’经费支出表按‘因公出国(境)费’‘公务用车购置及运行费’‘公务接待费’公开”. Where the total is nothing, or the parts that are
given make it up (全部为公务用车运行维护费), the others are nothing and nothing is said.

```note
清溪县林业局2024年部门预算公开说明
一、部门职责及机构设置
负责全县林业工作。
二、部门收支总体情况
2024年支出预算500.00万元，比上年增加20.00万元。其中：基本支出400.00万元，项目支出100.00万元。
三、“三公”经费
2024年“三公”经费预算6.00万元，比上年减少1.00万元，主要是厉行节约。其中：公务接待费2.00万元。
四、国有资产
固定资产80.00万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(note) = Whole::of(book) else { return };
    let Some(total) = note.positive("three_public") else { return };
    let parts = [
        ("three_public.overseas", ("因公出国（境）费", "travel abroad")),
        ("three_public.vehicle", ("公务用车购置及运行维护费", "vehicles")),
        ("three_public.reception", ("公务接待费", "reception")),
    ];
    let missing: Vec<_> = parts.iter().filter(|(c, _)| !note.gives(c)).map(|(_, name)| *name).collect();
    let whole: [&[&str]; 3] = [
        &["three_public.overseas"],
        &["three_public.vehicle", "three_public.vehicle.purchase", "three_public.vehicle.operation"],
        &["three_public.reception"],
    ];
    let given = note.exhausts("three_public", &whole) || note.speaks_near(total, "whole");
    if !missing.is_empty() && !given {
        out.push(absent(&RULE, vec![total], &missing));
    }
}
