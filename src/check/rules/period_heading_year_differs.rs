use super::Rule;
use super::sum_parts_told_elsewhere::digits;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};

pub(super) const RULE: Rule = Rule {
    id: "period/heading-year-differs",
    title_zh: "标题年度与正文年度不一致",
    title_en: "the title names another year than the body",
    doc: "\
A note whose title names one year and whose figures are nearly all of another was copied from the year before and the year left. So was one
of two equal totals: revenue of the year before, and expenditure of the note's year of the same amount, of five digits and more.

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
    relate_sides(book, title, out);
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

/// How many totals are set against each other at most.
const MOST: usize = 64;

/// How many digits of a total that recurs are no coincidence.
const DIGITS: u32 = 5;

/// 2023年收入总预算3264.18万元。2024年支出总预算3264.18万元: the two sides of one budget, of which one has kept its year.
fn relate_sides(book: &Notebook, title: i32, out: &mut Vec<Relation>) {
    let side = |f: &Fact| {
        f.measure == Measure::Level
            && f.printed
            && !f.prior
            && f.cell.is_none()
            && f.part.is_none()
            && f.flow.is_some()
            && f.concept.as_deref().is_some_and(is_whole)
            && digits(f.value) >= DIGITS
            && f.year.is_some_and(|y| y == title || y == title - 1)
    };
    let sides: Vec<(FactId, &Fact)> =
        book.reading.facts.iter().zip(0..).filter(|(f, _)| side(f)).map(|(f, id)| (id, f)).take(MOST).collect();
    for (id, f) in sides.iter().filter(|(_, f)| f.year == Some(title - 1)) {
        let same = |g: &Fact| (g.value, g.unit, g.stage, g.fund) == (f.value, f.unit, f.stage, f.fund);
        let other = sides.iter().find(|(_, g)| g.year == Some(title) && g.flow != f.flow && same(g));
        // A total of that side told for the note's year as well, or both sides told for the year before, are of two years.
        let twice =
            sides.iter().any(|(o, g)| o != id && g.fund == f.fund && (g.year == Some(title)) == (g.flow == f.flow));
        if let Some((right, _)) = other.filter(|_| !twice) {
            let equation = Equation::Year { fact: *id, expected: title, siblings: vec![*right], base: false };
            out.push(Relation { rule: &RULE, equation, complete: true, adjusted: false });
        }
    }
}

/// Concepts of all that is received or spent.
fn is_whole(concept: &str) -> bool {
    matches!(concept, "revenue" | "revenue.total" | "expenditure" | "expenditure.total")
}
