use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};
use crate::segment::Kind;

pub(super) const RULE: Rule = Rule {
    id: "period/base-year-differs",
    title_zh: "比较基期与同组不一致",
    title_en: "one base year contradicts its siblings",
    doc: "\
A list whose changes are all against one year holds one against another: a year left over from last year's note. Tested where three or more
stated base years of one paragraph or list agree, the odd one is the only one, and it is not the year before its own figure; of a unit's
budget or final account also against all other base years of the note that name the stage as well (比2023年预算), where four and more agree. A figure that is compared with its own
year and stage (2023年预算86.20万元，比2023年预算减少3.13万元) has one of the two wrong.

```note
2024年单位预算情况说明
2024年“三公”经费预算0.9万元，比2023年减少0.1万元。其中：因公出国（境）费0万元，比2023年增加0万元；公务接待费0.9万元，比2022年减少0.1万元；公务用车运行维护费0万元，比2023年增加0万元。
```
",
    relate: Some(relate),
};

/// How many base years of a note agree before the one that does not is wrong wherever it stands.
const MANY: usize = 4;

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    relate_own(book, out);
    let identity = &book.reading.identity;
    let of_unit = identity.title.is_some() && !matches!(identity.kind, Kind::CountyReport | Kind::Other);
    let base = |f: &Fact| f.basis.as_ref().filter(|b| b.stated && b.year != f.year).and_then(|b| b.year);
    let changes: Vec<(FactId, &Fact, i32)> = book
        .reading
        .facts
        .iter()
        .enumerate()
        .filter(|(_, f)| f.measure == Measure::Change && f.cell.is_none())
        .filter_map(|(i, f)| base(f).map(|y| (i as FactId, f, y)))
        .collect();
    let stage = |g: &Fact| (g.stage, g.basis.as_ref().and_then(|b| b.stage));
    for (id, f, year) in &changes {
        let Some(expected) = f.year.map(|own| own - 1).filter(|before| before != year) else { continue };
        // 比上年增加…；比2019年减少…: a second comparison of what has its first.
        let second =
            |(o, g, y): &(FactId, &Fact, i32)| o != id && same_item(f, g) && g.paragraph == f.paragraph && y != year;
        if changes.iter().any(second) {
            continue;
        }
        let others = || changes.iter().filter(|(o, g, _)| o != id && g.year == f.year);
        // Against the whole note: not what was before the year before in any other place. 比2019年减少: a year is
        // chosen; the one before last is left over from last year's note.
        let left_over = of_unit
            && matches!(stage(f), (Some(a), Some(b)) if a == b)
            && f.year == identity.fiscal_year
            && expected == *year + 1;
        let elsewhere = || agreeing(others().filter(|(_, g, _)| !same_item(f, g) && stage(g) == stage(f)), expected);
        let everywhere = if left_over { elsewhere().filter(|agree| agree.len() >= MANY) } else { None };
        let near = || others().filter(|(_, g, _)| g.paragraph.abs_diff(f.paragraph) <= 3 && g.section == f.section);
        let agree = everywhere.or_else(|| agreeing(near(), expected).filter(|agree| agree.len() >= 2));
        if let Some(siblings) = agree {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Year { fact: *id, expected, siblings, base: true },
                complete: true,
                adjusted: false,
            });
        }
    }
}

/// The changes, if all of them are against that year.
fn agreeing<'a>(changes: impl Iterator<Item = &'a (FactId, &'a Fact, i32)>, year: i32) -> Option<Vec<FactId>> {
    changes.map(|(id, _, base)| (*base == year).then_some(*id)).collect()
}

fn same_item(f: &Fact, g: &Fact) -> bool {
    g.label == f.label && g.part == f.part
}

/// 2023年机关运行经费预算86.20万元，比2023年预算减少3.13万元: nothing is compared with itself.
fn relate_own(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(of_note) = book.reading.identity.fiscal_year else { return };
    for (f, id) in book.reading.facts.iter().zip(0..) {
        let change = f.measure == Measure::Change && f.printed && f.cell.is_none() && !f.value.is_zero();
        let Some(basis) = f.basis.as_ref().filter(|b| change && b.stated && b.whole.is_none()) else { continue };
        let Some(year) = f.year.filter(|y| basis.year == Some(*y)) else { continue };
        // Its own level, of that year and stage and no other, stands before it.
        let level = book
            .levels_before(id)
            .iter()
            .rev()
            .copied()
            .find(|l| book.fact(*l).is_some_and(|l| l.sentence.0 == f.sentence.0 && same_item(f, l) && !l.prior));
        let own = level
            .and_then(|l| book.fact(l))
            .filter(|l| l.year == f.year && l.stage == basis.stage && l.stage.is_some() && f.stage == l.stage);
        if own.is_none() || !(of_note - 1..=of_note).contains(&year) {
            continue;
        }
        // Of the note's own year, the base is wrong; of the year before, the figure.
        let (fact, expected, base) =
            if year == of_note { (id, of_note - 1, true) } else { (level.unwrap_or(id), of_note, false) };
        let equation = Equation::Year { fact, expected, siblings: Vec::new(), base };
        out.push(Relation { rule: &RULE, equation, complete: true, adjusted: false });
    }
}
