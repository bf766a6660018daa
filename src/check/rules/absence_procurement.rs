use super::Rule;
use crate::check::whole::{Whole, absent};
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "absence/procurement",
    title_zh: "未说明政府采购情况",
    title_en: "procurement is not told of",
    doc: "\
《中华人民共和国预算法》第十四条第三款: “各级政府、各部门、各单位应当将政府采购的情况及时向社会公开。” 《财政预决算领域基层政务公开标准目录》 (as published by 阳泉市郊区 and others, on the ground of 财预〔2016〕143号)
asks for it in the explanation. 不涉及政府采购 gives it.

```note
清溪县林业局2024年部门预算公开说明
一、部门职责及机构设置
负责全县林业工作。
二、部门收支总体情况
2024年支出预算500.00万元，比上年增加20.00万元。其中：基本支出400.00万元，项目支出100.00万元。
三、“三公”经费
2024年“三公”经费预算0万元，与上年持平。
四、国有资产
固定资产80.00万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(note) = Whole::of(book) else { return };
    if !note.gives("procurement") {
        out.push(absent(&RULE, vec![], &[("政府采购", "procurement")]));
    }
}
