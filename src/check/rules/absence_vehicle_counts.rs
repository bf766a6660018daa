use super::Rule;
use crate::check::whole::{Whole, absent};
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "absence/vehicle-counts",
    title_zh: "未说明公务用车购置数、保有量",
    title_en: "vehicles bought and kept are not counted",
    doc: "\
Asked of final accounts with money spent on vehicles by the notes to 岳阳县's table of “三公”经费:
“注明因公出国(境)团组数和人数”, “公务用车购置数和保有量”, “注明公务接待批次和人数”; the form of Shanghai's final accounts of 2024
has the same counts.
Any count of vehicles in the note, such as that among the state's assets, gives what is kept.

```note
清溪县林业局2023年部门决算公开说明
一、部门职责及机构设置
负责全县林业工作。
二、部门收支总体情况
2023年支出合计500.00万元，比上年增加20.00万元。其中：基本支出400.00万元，项目支出100.00万元。
三、“三公”经费
2023年“三公”经费支出决算8.00万元，完成预算的100%。其中：公务用车运行维护费8.00万元。
四、国有资产
固定资产80.00万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(note) = Whole::of(book) else { return };
    if !note.is_final() {
        return;
    }
    let counted = note.counts_vehicles() || note.speaks_of("three_public.vehicle.fleet");
    let bought = note.positive("three_public.vehicle.purchase").filter(|_| !note.has("three_public.vehicle.purchased"));
    let run = note.positive("three_public.vehicle.operation").or_else(|| note.positive("three_public.vehicle"));
    if let (Some(spent), false) = (bought, counted) {
        out.push(absent(&RULE, vec![spent], &[("公务用车购置数", "vehicles bought")]));
    }
    if let (Some(spent), false) = (run, counted) {
        out.push(absent(&RULE, vec![spent], &[("公务用车保有量", "vehicles kept")]));
    }
}
