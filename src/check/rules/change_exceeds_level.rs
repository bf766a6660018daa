use super::Rule;
use super::change_differs_from_levels::{level_of, levels};
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};

pub(super) const RULE: Rule = Rule {
    id: "change/exceeds-level",
    title_zh: "增加额大于增加后的数额",
    title_en: "something rose by more than it is now",
    doc: "\
What rose by an amount is at least that amount: 接待费0.30万元，比上年增加9.20万元 would have cost less than nothing the year before. Told only
where it is so, of what is spent and received; what is left over (结余, 差额) may have been below nothing.

```note
2024年单位预算情况说明
2024年公务接待费0.30万元，比2023年增加9.20万元，主要原因是接待人次增加。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for (f, change) in book.reading.facts.iter().zip(0..) {
        let risen = f.measure == Measure::Change && f.printed && f.cell.is_none() && f.value.is_sign_positive();
        if !risen || f.value.is_zero() || !book.is_money(f) || levels(book, change).is_some() {
            continue;
        }
        let Some(level) = level_of(book, change, None).filter(|l| is_spent(book, *l, f)) else { continue };
        let equation = Equation::Order { left: change, right: level, more: Vec::new(), order: -1, or_equal: true };
        let relation = Relation { rule: &RULE, equation, complete: true, adjusted: false };
        if !relation.holds(book) {
            out.push(relation);
        }
    }
}

/// How many levels of an item are looked through.
const MOST_LEVELS: usize = 64;

/// Whether the level that a change is of stands right before it, and can't have been below nothing.
fn is_spent(book: &Notebook, level: FactId, change: &Fact) -> bool {
    let Some(l) = book.fact(level) else { return false };
    // “三公”经费…，其中：出国费0万元…。｜“三公”经费比上年减少…，其中：出国费增加4万元: of these there is one amount.
    let one = || {
        let three = l.concept.as_deref().is_some_and(|c| c.starts_with("three_public"));
        let same = |g: &Fact| (g.year, &g.part) != (l.year, &l.part) || g.prior || g.value == l.value;
        three
            && book.levels_like(level).len() <= MOST_LEVELS
            && book.levels_like(level).iter().filter_map(|g| book.fact(*g)).all(same)
    };
    // 支出100万元，其中：基本支出80万元、项目支出20万元，比上年增加30万元: of the total.
    let first = book.reading.facts.get(..level as usize).unwrap_or(&[]).iter().rev();
    let mut first = first.take_while(|g| g.sentence.0 == l.sentence.0);
    let listed = l.parent.is_some() || first.any(|g| g.measure == Measure::Level && g.printed && !g.prior);
    let left = ["结余", "结转", "差", "净", "盈", "损", "赤字", "余额"];
    !listed
        && l.printed
        && book.is_money(l)
        && !l.value.is_sign_negative()
        && l.label == change.label
        && (l.sentence.0 == change.sentence.0 || one())
        && (l.year, &l.part, &l.qualifier) == (change.year, &change.part, &change.qualifier)
        && l.concept.is_some()
        && !left.iter().any(|w| l.label.contains(w))
}
