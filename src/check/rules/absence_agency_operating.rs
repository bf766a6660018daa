use super::Rule;
use crate::check::whole::{Whole, absent};
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "absence/agency-operating",
    title_zh: "未说明机关运行经费",
    title_en: "the running costs of the office are not given",
    doc: "\
《中华人民共和国预算法》第十四条第二款: “经本级政府财政部门批复的部门预算、决算及报表，应当在批复后二十日内由各部门向社会公开，并对部门预算、决算中机关运行
经费的安排、使用情况等重要事项作出说明。” Asked of departments only, and not of institutions (schools, hospitals, stations, centres), which have
none. A definition of the term does not give the amount.

```note
清溪县林业局2024年部门预算公开说明
一、部门职责及机构设置
负责全县林业工作。
二、部门收支总体情况
2024年支出预算500.00万元，其中：基本支出400.00万元，项目支出100.00万元。
三、“三公”经费
2024年“三公”经费预算0万元，与上年持平。
四、名词解释
机关运行经费：指为保障机关运行用于购买货物和服务的各项资金。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(note) = Whole::of(book) else { return };
    if note.is_of_an_office() && !note.gives("agency_operating") {
        out.push(absent(&RULE, vec![], &[("机关运行经费", "running costs of the office")]));
    }
}
