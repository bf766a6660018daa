use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{FactId, Measure};

pub(super) const RULE: Rule = Rule {
    id: "period/heading-year-differs",
    title_zh: "标题年度与正文年度不一致",
    title_en: "the title names another year than the body",
    doc: "\
A note whose title names one year and whose figures are nearly all of another was copied from the year before and the year left.

```note
2025年单位预算情况说明
2024年收入预算50万元，其中：一般公共预算拨款50万元。
2024年支出预算50万元，其中：基本支出40万元，项目支出10万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(title) = book.reading.identity.fiscal_year else {
        return;
    };
    // A report tells of last year's budget and of this year's.
    if book.reading.identity.title.is_none() || book.reading.identity.kind == crate::segment::Kind::CountyReport {
        return;
    }
    let levels: Vec<(FactId, i32)> = book
        .reading
        .facts
        .iter()
        .enumerate()
        .filter(|(_, f)| f.measure == Measure::Level && f.printed && !f.prior && f.cell.is_none() && book.is_money(f))
        .filter_map(|(i, f)| f.year.map(|y| (i as FactId, y)))
        .collect();
    let Some((first, year)) = levels.first().copied() else {
        return;
    };
    let same = levels.iter().filter(|(_, y)| *y == year).count();
    let of_title = levels.iter().filter(|(_, y)| *y == title).count();
    if year != title && levels.len() >= 4 && of_title == 0 && same * 10 >= levels.len() * 9 && year.abs_diff(title) == 1
    {
        out.push(Relation {
            rule: &RULE,
            equation: Equation::Year { fact: first, expected: title, siblings: Vec::new(), base: false },
            complete: true,
            adjusted: false,
        });
    }
}
