use super::Rule;
use crate::check::whole::{Whole, absent};
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "absence/basic-and-project",
    title_zh: "未说明基本支出和项目支出",
    title_en: "basic and project expenditure are not told apart",
    doc: "\
《中华人民共和国预算法实施条例》第六条: “部门预算、决算应当公开基本支出和项目支出。” and “单位预算、决算应当公开基本支出和项目支出。” A note that
speaks of one gives the other: where all is basic expenditure, there are no projects to tell of.

```note
清溪县林业局2024年部门预算公开说明
一、部门职责及机构设置
负责全县林业工作。
二、部门收支总体情况
2024年支出预算500.00万元，比上年增加20.00万元，主要是人员增加。
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
    if !note.gives("expenditure.basic") && !note.speaks_of("expenditure.project") {
        out.push(absent(&RULE, vec![], &[("基本支出", "basic expenditure"), ("项目支出", "project expenditure")]));
    }
}
