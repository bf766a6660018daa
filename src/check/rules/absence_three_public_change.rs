use super::Rule;
use crate::check::whole::{Whole, absent};
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "absence/three-public-change",
    title_zh: "未说明“三公”经费增减变化",
    title_en: "how 三公 has changed is not told",
    doc: "\
《财政预决算领域基层政务公开标准目录》 (as published by 阳泉市郊区 and others, on the ground of 财预〔2016〕143号):
“并对增减变化情况进行说明”; for final accounts, 乳山市's: “并对增减变化情况(与预算对比)进行说明”. Given by a change, a growth, a completion, another
year's amount, or a word such as 持平 with the “三公”经费.

```note
清溪县林业局2024年部门预算公开说明
一、部门职责及机构设置
负责全县林业工作。
二、部门收支总体情况
2024年支出预算500.00万元，比上年增加20.00万元。其中：基本支出400.00万元，项目支出100.00万元。
三、“三公”经费
2024年“三公”经费预算2.00万元，其中：公务接待费2.00万元。
四、国有资产
固定资产80.00万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(note) = Whole::of(book) else { return };
    let Some(total) = note.positive("three_public") else { return };
    if !note.compares("three_public") && !note.speaks_beside("three_public", "change") {
        out.push(absent(&RULE, vec![total], &[("“三公”经费增减变化情况", "the change of 三公")]));
    }
}
