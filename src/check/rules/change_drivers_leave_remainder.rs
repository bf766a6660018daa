use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::Measure;

pub(super) const RULE: Rule = Rule {
    id: "change/drivers-leave-remainder",
    title_zh: "增减原因合计与增减额之差",
    title_en: "the stated reasons leave a remainder",
    doc: "\
The reasons of a change (主要是, 主要原因是, 因) need not be complete: what they leave is a remainder, never an error. Where they do
make up the change, the relation is listed as exact.

```note
2024年单位预算情况说明
2024年支出80万元，较上年增加15.46万元，主要是基本支出减少3.61万元，项目支出增加会议系统专项10万元和网站维护专项8.98万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for b in book.reading.breakdowns.iter().filter(|b| b.drivers) {
        let Some(total) = book.fact(b.total) else {
            continue;
        };
        if total.measure != Measure::Change || !total.printed {
            continue;
        }
        let parts: Vec<_> = b
            .parts
            .iter()
            .filter(|p| {
                book.fact(**p).is_some_and(|f| {
                    f.measure == Measure::Change && book.kind(f) == book.kind(total) && f.label != total.label
                })
            })
            .map(|p| (*p, false))
            .collect();
        if !parts.is_empty() {
            // 支出增加48.62万元，主要是基本支出减少…、项目支出增加…: all that there is.
            let facts: Vec<_> = parts.iter().filter_map(|(p, _)| book.fact(*p)).collect();
            let whole = facts.len() == 2 && super::sum_parts_differ_from_total::is_partition(book, total, &facts);
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Sum { total: b.total, parts },
                complete: whole,
                adjusted: false,
            });
        }
    }
}
