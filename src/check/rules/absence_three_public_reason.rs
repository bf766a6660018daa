use super::Rule;
use crate::check::whole::{Whole, absent};
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "absence/three-public-reason",
    title_zh: "未说明“三公”经费增减原因",
    title_en: "why 三公 has changed is not told",
    doc: "\
The explanation of changes that 《财政预决算领域基层政务公开标准目录》 (as published by 阳泉市郊区 and others, on the ground of 财预〔2016〕143号)
asks for; the forms of counties say it outright: “请对‘三公’经费增减变化原因等进行说明” (岳阳县, notes to the table of “三公”经费), and so does the form of
Shanghai's final accounts of 2024: “因公出国（境）费支出减少（增加）的主要原因是…”. Asked where the total has changed and neither that paragraph nor the
four after it hold a word of reason (原因, 主要是, 由于, 因, 落实, 厉行节约, …).

```note
清溪县林业局2024年部门预算公开说明
一、部门职责及机构设置
负责全县林业工作。
二、部门收支总体情况
2024年支出预算500.00万元，比上年增加20.00万元。其中：基本支出400.00万元，项目支出100.00万元。
三、国有资产
固定资产80.00万元。
四、“三公”经费
2024年“三公”经费预算2.00万元，比上年减少1.00万元，下降33.33%。其中：公务接待费2.00万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(note) = Whole::of(book) else { return };
    if let Some(change) = note.change("three_public").filter(|c| !note.speaks_near(*c, "reason")) {
        out.push(absent(&RULE, vec![change], &[("“三公”经费增减变化原因", "the reason for the change of 三公")]));
    }
}
