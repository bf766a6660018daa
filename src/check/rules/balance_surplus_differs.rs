use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};

pub(super) const RULE: Rule = Rule {
    id: "balance/surplus-differs",
    title_zh: "当年结余不等于收入减支出",
    title_en: "the year's surplus is not revenue less expenditure",
    doc: "\
What is left by the words (收支相抵，年终结余) is the total of what comes in less that of what goes out; where no totals are told, what agrees is
listed. The surplus of a social insurance fund's year (本年收支结余, 当年结余) is its revenue less its expenditure, told right before it. Of other budgets, where
transfers come between, and of 年末滚存结余, which is that of the year before and the surplus together, what agrees is listed.

```note
2023年社会保险基金决算情况
企业职工基本养老保险基金收入20790亿元，支出16699亿元，本年收支结余4901亿元，年末滚存结余26900亿元。
```
",
    relate: Some(relate),
};

/// How many figures back the revenue may stand, and how many on the closing balance.
const BACK: usize = 14;
const ON: usize = 3;

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for o in &book.reading.offsets {
        let come_in = o.come_in.iter().map(|id| (*id, false));
        let parts = come_in.chain(o.gone_out.iter().map(|id| (*id, true))).collect();
        push(book, Equation::Sum { total: o.left, parts }, o.sure, out);
    }
    for &surplus in book.levels_of("carryover.balance") {
        let Some(s) = book.fact(surplus).filter(|s| s.printed && !s.prior && book.is_money(s)) else { continue };
        if !["当年结余", "本年结余", "收支结余", "当期结余"].iter().any(|w| s.label.contains(w)) {
            continue;
        }
        let flow = |f: &Fact, name: &str| {
            f.measure == Measure::Level
                && f.label.ends_with(name)
                && f.printed
                && !f.prior
                && f.paragraph == s.paragraph
                && (f.unit, f.year, f.stage) == (s.unit, s.year, s.stage)
        };
        let before = |at: FactId, name: &'static str| {
            let from = (at as usize).saturating_sub(BACK);
            let facts = book.reading.facts.get(from..at as usize).unwrap_or(&[]);
            // What is a part of the revenue, 保险费收入, is not it; 支出 may stand in its list.
            let own = move |f: &Fact| flow(f, name) && (name == "支出" || f.parent.is_none());
            facts.iter().zip(from as FactId..at).rev().find(move |(f, _)| own(f))
        };
        let Some((e, expenditure)) = before(surplus, "支出") else { continue };
        let Some((r, revenue)) = before(expenditure, "收入") else { continue };
        let equation = Equation::Sum { total: surplus, parts: vec![(revenue, false), (expenditure, true)] };
        let insured = [r.label.as_str(), e.label.as_str()].iter().any(|l| l.contains("保险") || l.contains("社保"));
        push(book, equation, insured, out);
        // 上年滚存结余72418万元…，当年结余6710万元，年末滚存结余79128万元
        let rolled = |f: &Fact| f.concept.as_deref() == Some("carryover.closing") && f.label.contains("滚存");
        let behind = book.reading.facts.iter().zip(0..).skip(surplus as usize + 1).take(ON);
        let closing = behind.take_while(|(f, _)| f.paragraph == s.paragraph).find(|(f, _)| rolled(f));
        let Some((c, closing)) = closing.filter(|(c, _)| c.year == s.year) else { continue };
        let year = c.year.map(|y| y - 1);
        let opening = book.levels_before(closing).iter().rev().copied().find(|o| {
            book.fact(*o).is_some_and(|o| rolled(o) && o.year == year && (&o.part, o.fund) == (&c.part, c.fund))
        });
        if let Some(opening) = opening {
            let equation = Equation::Sum { total: closing, parts: vec![(opening, false), (surplus, false)] };
            push(book, equation, false, out);
        }
    }
}

fn push(book: &Notebook, equation: Equation, complete: bool, out: &mut Vec<Relation>) {
    let relation = Relation { rule: &RULE, equation, complete, adjusted: false };
    if complete || relation.holds(book) {
        out.push(relation);
    }
}
