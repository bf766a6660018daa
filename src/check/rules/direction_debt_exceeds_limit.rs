use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, Measure};

pub(super) const RULE: Rule = Rule {
    id: "direction/debt-exceeds-limit",
    title_zh: "政府债务余额超过限额",
    title_en: "government debt exceeds its limit",
    doc: "\
Local government debt is held within a limit that is set for each year (《中华人民共和国预算法》第三十五条): the outstanding balance, whole, 一般 or
专项, is not larger than its limit. A balance above it is either a figure mistyped or a matter for the auditor.

```note
2023年县级预算执行情况报告
2023年政府债务限额22.05亿元。截至2023年底，政府债务余额23.36亿元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for (kind, limit) in [
        ("debt.balance", "debt.limit"),
        ("debt.balance.general", "debt.limit.general"),
        ("debt.balance.special", "debt.limit.special"),
    ] {
        for &left in book.levels_of(kind) {
            let Some(f) = book.fact(left).filter(|f| told(f) && book.is_money(f)) else { continue };
            // 新增债务限额5亿元，其中：一般债务1亿元
            let new = |g: &Fact| g.parent.and_then(|p| book.fact(p)).is_some_and(|p| p.label.contains("新增"));
            let alike = |g: &Fact| told(g) && !new(g) && book.is_money(g) && g.year == f.year && g.part == f.part;
            let limits = || book.levels_of(limit).iter().copied().filter(|l| book.fact(*l).is_some_and(alike));
            // 新增限额 is no limit of the whole: only where one limit is told, or this section tells one.
            let here = limits().filter(|l| book.fact(*l).is_some_and(|l| l.section == f.section));
            if let Some(right) = here.min_by_key(|l| l.abs_diff(left)) {
                out.push(Relation {
                    rule: &RULE,
                    equation: Equation::Order { left, right, more: Vec::new(), order: -1, or_equal: true },
                    complete: true,
                    adjusted: false,
                });
            }
        }
    }
}

fn told(f: &Fact) -> bool {
    f.measure == Measure::Level && f.printed && !f.prior && !f.label.contains("新增")
}
