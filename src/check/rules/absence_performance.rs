use super::Rule;
use crate::check::whole::{Whole, absent};
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "absence/performance",
    title_zh: "未说明预算绩效情况",
    title_en: "performance is not told of",
    doc: "\
《财政预决算领域基层政务公开标准目录》 (as published by 阳泉市郊区 and others, on the ground of 财预〔2016〕143号): “结合工作进展情况,逐步公开…重点项目预算的绩效目标等情况”; of final
accounts, “绩效评价结果等情况”: asked for step by step, so not giving it need not be a breach. 绩效工资 is no performance.

```note
清溪县林业局2024年部门预算公开说明
一、部门职责及机构设置
负责全县林业工作。
二、部门收支总体情况
2024年支出预算500.00万元，比上年增加20.00万元。其中：基本支出400.00万元，项目支出100.00万元。
三、“三公”经费
2024年“三公”经费预算0万元，与上年持平。
四、政府采购
不涉及政府采购。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(note) = Whole::of(book) else { return };
    if !note.gives("performance") {
        out.push(absent(&RULE, vec![], &[("预算绩效情况", "performance")]));
    }
}
