use super::Rule;
use crate::check::whole::{Whole, absent};
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "absence/three-public",
    title_zh: "未说明“三公”经费",
    title_en: "三公 is not told of",
    doc: "\
《机关事务管理条例》第七条: “各级人民政府应当依照国家有关政府信息公开的规定建立健全机关运行经费公开制度，定期公布公务接待费、公务用车购置和运行费、因公出国(境)
费等机关运行经费的预算和决算情况。” 《财政预决算领域基层政务公开标准目录》 (as published by 阳泉市郊区 and others, on the ground of 财预〔2016〕143号) asks every
department for its “三公”经费. A note that says that there is none gives it.

```note
清溪县林业局2024年部门预算公开说明
一、部门职责及机构设置
负责全县林业工作。
二、部门收支总体情况
2024年支出预算500.00万元，比上年增加20.00万元。其中：基本支出400.00万元，项目支出100.00万元。
三、机关运行经费
机关运行经费40.00万元。
四、国有资产
固定资产80.00万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(note) = Whole::of(book) else { return };
    let all = ["three_public", "three_public.overseas", "three_public.vehicle", "three_public.reception"];
    if !all.into_iter().any(|c| note.gives(c)) {
        out.push(absent(&RULE, vec![], &[("“三公”经费", "三公")]));
    }
}
