use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};
use crate::lex::UnitKind;

pub(super) const RULE: Rule = Rule {
    id: "change/points-differ",
    title_zh: "高出（低于）的百分点数不符",
    title_en: "the percentage points are not the distance of the two rates",
    doc: "\
A rate of growth that is set beside that of others (比全省平均（17.9%）高2.7个百分点) is theirs and the percentage points. Compared where the
sentence tells all three.

```note
2023年某县财政决算报告
一般公共预算收入503.7亿元，增长20.6%，比全省平均（17.9%）高3.7个百分点。
```
",
    relate: Some(relate),
};

/// How many figures before the points the item's own rate may stand.
const NEAR: FactId = 6;

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for (f, id) in book.reading.facts.iter().zip(0 as FactId..) {
        if f.measure != Measure::Ratio || book.kind(f) != UnitKind::Points || f.cell.is_some() {
            continue;
        }
        let growth = |g: &Fact| {
            g.measure == Measure::Growth
                && g.printed
                && g.sentence == f.sentence
                && (&g.label, g.year) == (&f.label, f.year)
        };
        // Both are of one phrase.
        let Some(other) = id.checked_sub(1) else { continue };
        let beside = book.fact(other).filter(|o| growth(o) && o.part != f.part && o.pattern == f.pattern);
        if beside.is_none() {
            continue;
        }
        let own = (id.saturating_sub(NEAR)..other).rev();
        let own = own.into_iter().find(|o| book.fact(*o).is_some_and(|o| growth(o) && o.part == f.part));
        if let Some(total) = own {
            let equation = Equation::Sum { total, parts: vec![(other, false), (id, false)] };
            out.push(Relation { rule: &RULE, equation, complete: true, adjusted: false });
        }
    }
}
