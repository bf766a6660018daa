use super::Rule;
use crate::check::{Equation, Notebook, Relation, Verdict};
use crate::fact::{Fact, FactId, Measure};
use rust_decimal::Decimal;

pub(super) const RULE: Rule = Rule {
    id: "ratio/share-differs",
    title_zh: "占比与数额不符",
    title_en: "a share does not follow from the amounts",
    doc: "\
A share equals its item divided by the whole: the item that 占 names, or else the total of the list. Where several wholes bear the name,
the nearest before it is meant.

```note
2023年单位决算情况说明
2023年支出合计80万元，其中：基本支出60万元，占57%；项目支出20万元，占25%。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let mut last_whole = None;
    for (i, f) in book.reading.facts.iter().enumerate() {
        if f.measure != Measure::Share || f.cell.is_some() {
            continue;
        }
        let rate = i as FactId;
        let Some(numerator) = part(book, i, f) else {
            out.extend(told_elsewhere(book, rate));
            continue;
        };
        let Some(mut denominator) = whole(book, rate, f, numerator).or_else(|| by_definition(book, numerator)) else {
            // No whole is told: any total before that fits is listed as such.
            let nothing = book.fact(numerator).is_some_and(|n| n.value.is_zero());
            let same = last_whole.filter(|w| nothing && alike_whole(book, numerator, *w));
            if let Some(denominator) = same.or_else(|| fitting(book, rate, numerator)) {
                let equation = Equation::Quotient { rate, numerator, denominator };
                out.push(Relation { rule: &RULE, equation, complete: true, adjusted: false });
            }
            continue;
        };
        let make = |denominator| Relation {
            rule: &RULE,
            equation: Equation::Quotient { rate, numerator, denominator },
            complete: true,
            adjusted: shares_add_up(book, i, f),
        };
        // A whole that is not named may be any total above, or the one just
        // named: it is the one that fits, if one does.
        if f.basis.as_ref().is_some_and(|b| b.whole.is_none()) {
            let above = book.fact(denominator).and_then(|w| w.parent);
            if let Some(other) =
                [Some(denominator), above, last_whole].into_iter().flatten().find(|d| make(*d).holds(book))
            {
                denominator = other;
            }
        }
        // 占财政拨款项目支出的: the fund's part of an item that was only told as a whole.
        let narrower = f.basis.as_ref().and_then(|b| b.whole.as_deref()).is_some_and(|w| {
            let told = book.fact(denominator);
            told.is_some_and(|t| t.label != w && t.fund.is_none())
                && ["财政拨款", "公共预算", "基金", "国有资本"].iter().any(|fund| w.contains(fund))
        });
        if narrower && make(denominator).judge(book, None).verdict == Verdict::Disagrees {
            continue;
        }
        last_whole = Some(denominator);
        if numerator != denominator {
            out.push(make(denominator));
        }
    }
}

/// 社会保障和就业支出占10.98%: the amount stands in another section, and the whole too.
/// Listed where two amounts of the note make the share.
fn told_elsewhere(book: &Notebook, rate: FactId) -> Option<Relation> {
    let f = book.fact(rate)?;
    let alike =
        |l: &Fact| l.measure == Measure::Level && l.cell.is_none() && l.printed && l.year == f.year && l.part == f.part;
    let numerators = book.levels_before(rate).iter().rev().take(3);
    for numerator in numerators.filter(|l| book.fact(**l).is_some_and(|l| alike(l) && book.is_money(l))) {
        let n = book.fact(*numerator)?;
        let denominator = (0..rate).rev().take(60).find(|w| {
            let Some(w0) = book.fact(*w) else { return false };
            let whole = alike(w0) && book.is_money(w0) && w0.stage == n.stage && w0.value > n.value && near(f, n, w0);
            let equation = Equation::Quotient { rate, numerator: *numerator, denominator: *w };
            let relation = Relation { rule: &RULE, equation, complete: true, adjusted: false };
            whole && !n.value.is_zero() && relation.judge(book, None).verdict == Verdict::Exact
        });
        if let Some(denominator) = denominator {
            let equation = Equation::Quotient { rate, numerator: *numerator, denominator };
            return Some(Relation { rule: &RULE, equation, complete: true, adjusted: false });
        }
    }
    None
}

/// The nearest level before of which the item is by definition a part: 公务接待费
/// of “三公”经费.
fn by_definition(book: &Notebook, numerator: FactId) -> Option<FactId> {
    let n = book.fact(numerator)?;
    let part = n.concept.as_deref()?;
    let direct = |whole: &str| {
        part.strip_prefix(whole).and_then(|r| r.strip_prefix('.')).is_some_and(|r| !r.contains('.'))
            && !crate::check::notebook::is_open(whole)
    };
    (numerator.saturating_sub(40)..numerator).rev().find(|w| {
        book.fact(*w).is_some_and(|w| {
            w.measure == Measure::Level
                && w.cell.is_none()
                && w.year == n.year
                && w.stage == n.stage
                && book.is_money(w)
                && w.part == n.part
                && w.concept.as_deref().is_some_and(direct)
        })
    })
}

/// Whether the whole of the share before can be that of this item.
fn alike_whole(book: &Notebook, numerator: FactId, whole: FactId) -> bool {
    book.fact(numerator).zip(book.fact(whole)).is_some_and(|(n, w)| {
        (n.year, n.stage, &n.part) == (w.year, w.stage, &w.part)
            && n.section == w.section
            && (n.flow.is_none() || n.flow == w.flow)
    })
}

/// A total before the item for which the share holds.
fn fitting(book: &Notebook, rate: FactId, numerator: FactId) -> Option<FactId> {
    let n = book.fact(numerator).filter(|n| !n.value.is_zero())?;
    let f = book.fact(rate)?;
    (numerator.saturating_sub(30)..numerator).rev().find(|w| {
        let may_fit = book.fact(*w).is_some_and(|w| {
            w.measure == Measure::Level
                && w.cell.is_none()
                && w.year == n.year
                && w.stage == n.stage
                && book.is_money(w)
                && w.value > n.value
                && (book.factor(w) != book.factor(n) || near(f, n, w))
        });
        let equation = Equation::Quotient { rate, numerator, denominator: *w };
        let relation = Relation { rule: &RULE, equation, complete: true, adjusted: false };
        may_fit && relation.judge(book, None).verdict == Verdict::Exact
    })
}

/// Whether a share of two figures of one unit may be the quotient's, by a unit of
/// its last place: only then is it worth dividing. True where that is not known.
fn near(share: &Fact, part: &Fact, whole: &Fact) -> bool {
    let last_place = Decimal::new(1, u32::from(share.decimals.min(20)));
    let gap = part
        .value
        .checked_mul(Decimal::ONE_HUNDRED)
        .zip(share.value.checked_mul(whole.value))
        .and_then(|(a, b)| a.checked_sub(b));
    gap.zip(last_place.checked_mul(whole.value)).is_none_or(|(gap, most)| gap.abs() <= most.abs())
}

/// Whether all shares of the list add up to exactly 100 %: then one of them may
/// have been moved by a unit of its last place to make them.
fn shares_add_up(book: &Notebook, i: usize, f: &Fact) -> bool {
    let near = book.reading.facts.iter().skip(i.saturating_sub(24)).take(48);
    let (mut paragraph, mut sentence) = (Decimal::ZERO, Decimal::ZERO);
    for g in near.filter(|g| g.measure == Measure::Share && g.paragraph == f.paragraph) {
        paragraph = paragraph.checked_add(g.value).unwrap_or(paragraph);
        if g.sentence == f.sentence {
            sentence = sentence.checked_add(g.value).unwrap_or(sentence);
        }
    }
    paragraph == Decimal::ONE_HUNDRED || sentence == Decimal::ONE_HUNDRED
}

/// The level that the share is said of: the nearest before it of its item.
fn part(book: &Notebook, i: usize, f: &Fact) -> Option<FactId> {
    let from = i.saturating_sub(12);
    let near = book.reading.facts.get(from..i)?.iter().enumerate().rev();
    near.map(|(j, l)| (from + j, l))
        .find(|(_, l)| {
            l.measure == Measure::Level
                && l.label == f.label
                && l.part == f.part
                && !l.prior
                && l.paragraph == f.paragraph
                && l.year == f.year
                && l.qualifier == f.qualifier
                && (l.stage == f.stage || f.stage.is_none())
                && book.is_money(l)
        })
        .map(|(j, _)| j as FactId)
}

fn whole(book: &Notebook, rate: FactId, f: &Fact, numerator: FactId) -> Option<FactId> {
    let basis = f.basis.as_ref()?;
    let n = book.fact(numerator)?;
    let fits = |id: FactId| {
        book.fact(id)
            .is_some_and(|w| w.year == n.year && w.stage == n.stage && book.is_money(w) && w.qualifier == n.qualifier)
    };
    if let Some(owner) = basis.fact.filter(|_| basis.whole.is_none()) {
        return n.parent.filter(|p| fits(*p)).or(Some(owner).filter(|o| fits(*o)));
    }
    let label = basis.whole.as_deref()?;
    // 占收入合计的 in a list of 本年收入合计: the whole of the list.
    let kin = |a: &str, b: &str| {
        let root = |c: &str| c.trim_end_matches(".current").trim_end_matches(".total").to_owned();
        matches!(root(a).as_str(), "revenue" | "expenditure") && root(a) == root(b)
    };
    let listed = n.parent.filter(|p| {
        fits(*p)
            && book
                .fact(*p)
                .and_then(|p| p.concept.as_deref())
                .zip(basis.concept.as_deref())
                .is_some_and(|(a, b)| kin(a, b))
    });
    if listed.is_some() {
        return listed;
    }
    let named = |id: &FactId| {
        book.fact(*id).is_some_and(|w| {
            w.measure == Measure::Level
                && w.cell.is_none()
                && w.part == f.part
                && (w.label == label
                    || basis.concept.is_some()
                        && w.concept == basis.concept
                        && book.same_fund(w.fund, f.fund.or(w.fund)))
        }) && fits(*id)
    };
    // The chain of totals above the item first, then what was said before.
    let mut at = n.parent;
    while let Some(p) = at {
        if named(&p) {
            return Some(p);
        }
        at = book.fact(p).and_then(|x| x.parent);
    }
    let exact = |id: &FactId| named(id) && book.fact(*id).is_some_and(|w| w.label == label);
    let before = || (0..rate).rev().take(60);
    before().find(exact).or_else(|| before().find(named))
}
