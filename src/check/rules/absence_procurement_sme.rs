use super::Rule;
use crate::check::whole::{Whole, absent};
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "absence/procurement-sme",
    title_zh: "未说明授予中小企业合同金额",
    title_en: "what small businesses were awarded is not told",
    doc: "\
《财政预决算领域基层政务公开标准目录》 (as published by 乳山市, on the ground of 财预〔2016〕143号), of final accounts:
“授予中小企业的合同金额及占政府采购支出总金额的比重”. Asked where the note states an amount of procurement.

```note
清溪县林业局2023年部门决算公开说明
一、部门职责及机构设置
负责全县林业工作。
二、部门收支总体情况
2023年支出合计500.00万元，比上年增加20.00万元。其中：基本支出400.00万元，项目支出100.00万元。
三、“三公”经费
2023年“三公”经费支出决算0万元，与上年持平。
四、政府采购
2023年政府采购支出总额30.00万元，其中：政府采购货物支出30.00万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(note) = Whole::of(book) else { return };
    let Some(total) = note.positive("procurement").filter(|_| note.is_final()) else { return };
    if !note.gives("procurement.sme") {
        out.push(absent(&RULE, vec![total], &[("授予中小企业合同金额", "contracts awarded to small businesses")]));
    }
}
