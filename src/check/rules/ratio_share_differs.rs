use super::Rule;
use super::sum_parts_told_elsewhere::{digits, is_wholeish};
use crate::check::notebook::FAR;
use crate::check::{Equation, Notebook, Relation, Verdict};
use crate::fact::{Fact, FactId, Measure, differ_in_one_digit};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

pub(super) const RULE: Rule = Rule {
    id: "ratio/share-differs",
    title_zh: "占比与数额不符",
    title_en: "a share does not follow from the amounts",
    doc: "\
A share equals its item divided by the whole: the item that 占 names, or else the total of the list, or the one total above in the
paragraph that the item is by its name a part of. Where several wholes bear the name,
the nearest before it is meant; a whole that is named and not told leaves the share untested. Amounts in a row, each with its share, that add up to an amount before them are shares of that. What is told
again of the same amount is listed with the share too.

```note
2023年单位决算情况说明
2023年支出合计80万元，其中：基本支出60万元，占57%；项目支出20万元，占25%。
```

```note
2023年部门预算情况说明
当年拨款143.20万元中，教育支出112.40万元，占78.49%；社会保障和就业支出16.30万元，占14.50%；住房保障支出14.50万元，占10.13%。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let mut wholes: FxHashMap<FactId, FactId> = FxHashMap::default();
    let mut untold: FxHashSet<FactId> = FxHashSet::default();
    for row in rows(book) {
        let rates = row.shares.iter().map(|(_, rate)| *rate);
        match row.whole {
            Some(whole) => wholes.extend(rates.map(|rate| (rate, whole))),
            None if of_their_sum(book, &row.shares) => untold.extend(rates),
            None => {}
        }
    }
    let from = out.len();
    relate_each(book, &wholes, out);
    relate_siblings(book, from, out);
    // Of what the amounts of their row add up to, and not of a whole that holds more.
    let of_row = |r: &Relation| matches!(r.equation, Equation::Quotient { rate, .. } if untold.contains(&rate));
    let mut at = 0;
    out.retain(|r| {
        at += 1;
        at <= from || !of_row(r) || r.holds(book)
    });
    let mut again = Vec::new();
    for r in out.get(from..).unwrap_or(&[]) {
        if let Equation::Quotient { rate, numerator, denominator } = r.equation
            && let Some(denominator) = told_again(book, denominator)
            && denominator != numerator
            && r.holds(book)
        {
            again.push(Relation { equation: Equation::Quotient { rate, numerator, denominator }, ..r.clone() });
        }
    }
    out.extend(again);
}

/// The nearest statement before an amount of the same amount, of its item or of a whole budget too.
pub(super) fn told_again(book: &Notebook, id: FactId) -> Option<FactId> {
    let f = book.fact(id)?;
    let same = |g: &Fact| {
        (g.value, g.measure, g.unit, g.year, g.stage) == (f.value, f.measure, f.unit, f.year, f.stage)
            && g.cell.is_none()
            && g.part == f.part
            && g.printed
    };
    let kin = |other: &FactId| {
        let g = book.fact(*other);
        let both = is_wholeish(f) && g.is_some_and(is_wholeish);
        // 公务用车运行维护费104.46万元…。｜公务用车购置及运行维护费104.46万元: all of it is a part of it.
        let part = g
            .and_then(|g| g.concept.as_deref())
            .zip(f.concept.as_deref())
            .is_some_and(|(a, b)| digits(f.value) >= 3 && (book.packs.is_part(a, b) || book.packs.is_part(b, a)));
        both || part || book.item(*other) == book.item(id)
    };
    let near = (id.saturating_sub(64)..id).rev().find(|o| book.fact(*o).is_some_and(same) && kin(o));
    near.or_else(|| book.levels_before(id).iter().rev().take(FAR).copied().find(|o| book.fact(*o).is_some_and(same)))
}

/// Amounts in a row, each with its share.
pub(in crate::check) struct Row {
    /// The amount before them that they add up to.
    pub(super) whole: Option<FactId>,
    /// Amounts and shares.
    pub(super) shares: Vec<(FactId, FactId)>,
}

/// The rows of a note whose shares are of no whole that is named, or of the same.
pub(super) fn rows<'a>(book: &'a Notebook) -> &'a [Row] {
    book.share_rows.get_or_init(|| {
        let row = |shares: Vec<(FactId, FactId)>| {
            let whole = whole_of_row(book, &shares);
            // 财政拨款支出100万元，占本年支出合计的86.60%。甲60万元，占60.15%；…: the first is the whole of the others.
            let rest = shares.get(1..).filter(|rest| whole.is_none() && rest.len() >= 2);
            let of_first = rest.filter(|rest| whole_of_row(book, rest) == shares.first().map(|s| s.0));
            match of_first {
                Some(rest) => Row { whole: shares.first().map(|s| s.0), shares: rest.to_vec() },
                None => Row { whole, shares },
            }
        };
        runs(book).into_iter().map(row).collect()
    })
}

/// Amounts in a row, each with its share: of no whole that is named, or of the same.
fn runs(book: &Notebook) -> Vec<Vec<(FactId, FactId)>> {
    let facts = &book.reading.facts;
    let named = |f: &Fact| f.basis.as_ref().and_then(|b| b.whole.clone());
    let mut runs: Vec<Vec<(FactId, FactId)>> = Vec::new();
    for (i, f) in facts.iter().enumerate().filter(|(_, f)| f.measure == Measure::Share && f.cell.is_none()) {
        let Some(amount) = part(book, i, f) else { continue };
        let open = runs.last_mut().filter(|run| {
            run.last().is_some_and(|(_, last)| {
                let Some(g) = book.fact(*last) else { return false };
                // 甲60万元，占总支出的60%；乙40万元，占40%: the whole is named once.
                let one_whole = named(g) == named(f)
                    || named(f).is_none() && run.first().and_then(|(_, s)| book.fact(*s)).and_then(named).is_some();
                i as FactId - last <= 6
                    && (g.year, g.stage, g.section) == (f.year, f.stage, f.section)
                    && one_whole
                    && !run.iter().any(|(told, _)| *told == amount)
            })
        });
        match open {
            Some(run) => run.push((amount, i as FactId)),
            None => runs.push(vec![(amount, i as FactId)]),
        }
    }
    runs.retain(|run| run.len() >= 2);
    runs
}

/// What the amounts of a run add up to.
fn sum_of(book: &Notebook, run: &[(FactId, FactId)]) -> Option<Decimal> {
    run.iter().try_fold(Decimal::ZERO, |s, (amount, _)| s.checked_add(book.fact(*amount)?.value))
}

/// The amount before a run that its amounts add up to, or would, were one of them not wrong.
fn whole_of_row(book: &Notebook, shares: &[(FactId, FactId)]) -> Option<FactId> {
    let sum = sum_of(book, shares)?;
    let n = shares.first().map(|(amount, _)| *amount)?;
    let first = book.fact(n)?;
    // 用车运行维护费6万元，…。｜出国费0元，占0%；用车购置及运行维护费6万元，占99%；…: what one of them holds is no whole of them.
    let held = |w: &Fact| {
        let holds = |(a, _): &(FactId, FactId)| {
            let part = book.fact(*a).and_then(|a| a.concept.as_deref());
            part.zip(w.concept.as_deref())
                .is_some_and(|(part, own)| part.contains('.') && book.packs.is_part(own, part))
        };
        // Nor is what one of them has told before: 公务接待费13.18万元…。｜公务接待费13.18万元，占99.17%，用车0.11万元，占0.83%.
        let again = |(a, _): &(FactId, FactId)| {
            book.fact(*a).is_some_and(|a| {
                a.label == w.label || a.concept.is_some() && a.concept == w.concept && a.fund == w.fund
            })
        };
        shares.iter().any(|share| holds(share) || again(share))
    };
    let fits = |w: &Fact| {
        w.measure == Measure::Level
            && w.cell.is_none()
            && !held(w)
            && (w.year, w.stage, w.unit, &w.part) == (first.year, first.stage, first.unit, &first.part)
    };
    let wholes = || (n.saturating_sub(16)..n).rev().filter(|w| book.fact(*w).is_some_and(fits));
    let exact = wholes().find(|w| book.fact(*w).is_some_and(|w| w.value == sum));
    exact.or_else(|| wholes().find(|w| shares_say(book, shares, *w, sum)))
}

/// 支出总计690万元，其中：基本支出512万元，占75.52%；项目支出166万元，占24.48%；年末结转12万元: whether the shares
/// of a run are of what its amounts add up to, which the note does not tell.
fn of_their_sum(book: &Notebook, run: &[(FactId, FactId)]) -> bool {
    let Some(sum) = sum_of(book, run).filter(|s| !s.is_zero()) else { return false };
    run.iter().all(|(amount, rate)| {
        let (Some(n), Some(r)) = (book.fact(*amount), book.fact(*rate)) else { return false };
        let exact = n.value.checked_mul(Decimal::ONE_HUNDRED).and_then(|h| h.checked_div(sum));
        exact
            .and_then(|e| e.checked_sub(r.value))
            .is_some_and(|d| d.abs() <= Decimal::new(1, u32::from(r.decimals.min(9))))
    })
}

/// 支出100万元。甲60.15万元，占60.15%；乙39.58万元，占39.85%: shares that add up to 100 % say that the amounts are all
/// there is of a whole. Which it is, all of them say but one, that of the amount that is wrong; or, where one digit of
/// the whole is, all of them of the sum. Whole per cents hide what was left out, so they prove nothing.
fn shares_say(book: &Notebook, shares: &[(FactId, FactId)], whole: FactId, sum: Decimal) -> bool {
    let Some(w) = book.fact(whole).filter(|w| !w.value.is_zero() && !sum.is_zero()) else { return false };
    let (mut hundred, mut slack) = (Decimal::ZERO, Decimal::ZERO);
    let (mut of_whole, mut of_sum, mut nothing) = (0, 0, 0);
    let summed = Fact { value: sum, ..w.clone() };
    for (amount, share) in shares {
        let (Some(a), Some(s)) = (book.fact(*amount), book.fact(*share)) else { return false };
        // 经营支出0万元，占0%
        if a.value.is_zero() && s.value.is_zero() {
            (of_whole, of_sum, nothing) = (of_whole + 1, of_sum + 1, nothing + 1);
            continue;
        }
        if s.decimals < 2 || a.unit != w.unit || a.value.is_sign_negative() {
            return false;
        }
        hundred = hundred.checked_add(s.value).unwrap_or(hundred);
        slack += Decimal::new(5, u32::from(s.decimals.min(9)) + 1);
        of_whole += usize::from(near(s, a, w));
        of_sum += usize::from(near(s, a, &summed));
    }
    let full = (hundred - Decimal::ONE_HUNDRED).abs() <= slack;
    let one_wrong = of_whole > nothing && of_whole + 1 >= shares.len();
    full && (one_wrong || of_sum == shares.len() && differ_in_one_digit(w.value, sum))
}

fn relate_each(book: &Notebook, wholes: &FxHashMap<FactId, FactId>, out: &mut Vec<Relation>) {
    let mut last_whole = None;
    // By its name, the whole that a share before was of, in the same paragraph.
    let mut named: FxHashMap<(usize, &str), FactId> = FxHashMap::default();
    for (i, f) in book.reading.facts.iter().enumerate() {
        if f.measure != Measure::Share || f.cell.is_some() {
            continue;
        }
        let rate = i as FactId;
        let Some(numerator) = part(book, i, f) else {
            out.extend(told_elsewhere(book, rate));
            continue;
        };
        let defined = || {
            // 占支出总额的80%: a whole that is named is no other.
            let named = |w: &Fact| {
                f.basis.as_ref().is_none_or(|b| {
                    b.whole.as_deref().is_none_or(|name| b.concept == w.concept || is_short_for(name, &w.label))
                })
            };
            let denominator = by_definition(book, numerator)?;
            let equation = Equation::Quotient { rate, numerator, denominator };
            let relation = Relation { rule: &RULE, equation, complete: true, adjusted: false };
            (book.fact(denominator).is_some_and(named) || relation.holds(book)).then_some(denominator)
        };
        let Some(mut denominator) = whole(book, rate, f, numerator).or_else(defined) else {
            // No whole is told: that of the row, or any total before that fits, listed as such.
            if let Some(whole) = wholes.get(&rate) {
                let equation = Equation::Quotient { rate, numerator, denominator: *whole };
                let adjusted = shares_add_up(book, i, f);
                out.push(Relation { rule: &RULE, equation, complete: true, adjusted });
                continue;
            }
            let nothing = book.fact(numerator).is_some_and(|n| n.value.is_zero());
            let same = last_whole.filter(|w| nothing && alike_whole(book, numerator, *w));
            let fits = same.or_else(|| fitting(book, rate, numerator));
            if let Some(denominator) = fits.or_else(|| only_total(book, f, numerator)) {
                let equation = Equation::Quotient { rate, numerator, denominator };
                let adjusted = fits.is_none() && shares_add_up(book, i, f);
                out.push(Relation { rule: &RULE, equation, complete: true, adjusted });
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
            // The total of the row first, then what it is a part of.
            let of_row = wholes.get(&rate).copied();
            if let Some(other) =
                [of_row, Some(denominator), above, last_whole].into_iter().flatten().find(|d| make(*d).holds(book))
            {
                denominator = other;
            } else if let Some(total) = fitting(book, rate, numerator)
                && book.fact(total).is_some_and(is_wholeish)
                && f.decimals >= 2
            {
                // 收入总计521.99万元。本年收入521.49万元，其中财政拨款494.34万元，占94.70%: of the one or the other.
                denominator = total;
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
        // 本年收入9082.61万元，占总收入93.52%，包括财政拨款9018.61万元，占总收入92.86%: the 总收入 of the one is that of the other.
        if let Some(name) = f.basis.as_ref().and_then(|b| b.whole.as_deref()) {
            let place = (f.paragraph as usize, name);
            // 支出712.99万元。基本支出712.99万元，占预算拨款支出的100%: where no amount bears the name, the total that fits.
            let exact = book.fact(denominator).is_some_and(|w| w.label == name);
            let above = book.fact(numerator).and_then(|n| n.parent).filter(|p| !exact && make(*p).holds(book));
            let before = named.get(&place).copied().or(above);
            let before = before.filter(|w| *w != denominator && *w != numerator);
            if let Some(whole) = before.filter(|_| !make(denominator).holds(book)) {
                denominator = whole;
            } else if make(denominator).holds(book) && !f.value.is_zero() {
                named.insert(place, denominator);
            }
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
    // 税收收入占一般公共预算收入的57.7%，…。｜——税收收入18319万元: or it is told later.
    let later = book.levels_like(rate);
    let later = later.get(later.partition_point(|l| *l < rate)..).unwrap_or(&[]);
    let numerators = book.levels_before(rate).iter().rev().take(3).chain(later.iter().take(2));
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

/// 中小企业预留份额 for 面向中小企业预留采购份额: whether a name leaves out some of another.
fn is_short_for(name: &str, told: &str) -> bool {
    let mut told = told.chars();
    name.chars().count() >= 4 && name.chars().all(|c| told.any(|t| t == c))
}

/// Whether the whole of the share before can be that of this item.
fn alike_whole(book: &Notebook, numerator: FactId, whole: FactId) -> bool {
    book.fact(numerator).zip(book.fact(whole)).is_some_and(|(n, w)| {
        (n.year, n.stage, &n.part) == (w.year, w.stage, &w.part)
            && n.section == w.section
            && (n.flow.is_none() || n.flow == w.flow)
    })
}

/// A total before the item for which the share holds, or one behind it where the words name a whole.
fn fitting(book: &Notebook, rate: FactId, numerator: FactId) -> Option<FactId> {
    let n = book.fact(numerator).filter(|n| !n.value.is_zero())?;
    let f = book.fact(rate)?;
    let named = f.basis.as_ref().is_some_and(|b| b.whole.is_some()) && f.decimals >= 1;
    let behind = rate + 1..if named { rate + 31 } else { rate + 1 };
    (numerator.saturating_sub(30)..numerator).rev().chain(behind).find(|w| {
        let may_fit = book.fact(*w).is_some_and(|w| {
            w.measure == Measure::Level
                && w.cell.is_none()
                && w.year == n.year
                && w.stage == n.stage
                && book.is_money(w)
                && (w.value > n.value || w.value == n.value && f.value == Decimal::ONE_HUNDRED)
                && (book.factor(w) != book.factor(n) || near(f, n, w))
        });
        let equation = Equation::Quotient { rate, numerator, denominator: *w };
        let relation = Relation { rule: &RULE, equation, complete: true, adjusted: false };
        may_fit && relation.judge(book, None).verdict == Verdict::Exact
    })
}

/// 总收入完成500万元，增长4%。税收完成400万元，占80%: the total above that an item is by its name a part of, where
/// the paragraph tells of one such amount only.
fn only_total(book: &Notebook, f: &Fact, numerator: FactId) -> Option<FactId> {
    let n = book.fact(numerator).filter(|n| !n.value.is_zero() && n.parent.is_none())?;
    let basis = f.basis.as_ref()?;
    let named = basis.whole.as_deref();
    if named.is_none() && basis.concept.is_some() {
        return None;
    }
    let root = |c: &str| {
        matches!(
            c,
            "revenue" | "revenue.total" | "revenue.local" | "revenue.full_scope" | "expenditure" | "expenditure.total"
        )
    };
    // A county's list of 教育, 农林水 … is of 支出; 民生 too.
    let part = |w: &Fact| {
        let (Some(part), Some(whole)) = (n.concept.as_deref(), w.concept.as_deref()) else { return false };
        let flow = whole.split('.').next().unwrap_or(whole);
        let within = part.strip_prefix(flow).is_some_and(|r| r.starts_with('.'))
            || flow == "revenue" && matches!(part, "tax" | "nontax");
        let place = part == whole && n.part.is_some() && w.part.is_none();
        root(whole) && (within && !root(part) || place)
    };
    let mut wholes = (0..numerator).rev().take(40).filter_map(|id| Some((id, book.fact(id)?)));
    // 一般公共财政预算收入38.3亿元…。｜税收收入28.1亿元，占财政收入比重为73.4%: named in short, in the section.
    let here = |w: &Fact| w.paragraph == n.paragraph || named.is_some() && w.section == n.section;
    let mut wholes = wholes.by_ref().take_while(|(_, w)| here(w)).filter(|(_, w)| {
        let level = w.measure == Measure::Level && w.cell.is_none() && w.printed && !w.prior;
        level && w.flow == n.flow && w.concept.as_deref().is_some_and(root) && (w.year, w.stage) == (n.year, n.stage)
    });
    let (whole, w) = wholes.next().filter(|(_, w)| part(w))?;
    let alike = named.is_none_or(|name| is_short_for(name, &w.label))
        && (w.as_of, &w.qualifier) == (n.as_of, &n.qualifier)
        && (w.fund == n.fund || w.fund.is_none())
        && (w.part == n.part || w.part.is_none())
        && basis.fact.is_none()
        && w.value > n.value
        && book.is_money(w);
    // Another such total, or an item told between of which this may be a part, leaves it open.
    let another = wholes.any(|(_, other)| other.value != w.value);
    let between = book.reading.facts.get(whole as usize + 1..numerator as usize).unwrap_or(&[]);
    let holder = between.iter().any(|h| {
        let wider = book.packs.is_part(n.concept.as_deref().unwrap_or(""), h.concept.as_deref().unwrap_or(""));
        h.measure == Measure::Level && h.value > n.value && (wider || h.concept.is_none())
    });
    (alike && !another && !holder).then_some(whole)
}

/// 其他支出50万元，占比60%，土地出让安排30万元，占比30%: a share of which no whole is told beside one that a total
/// fits is of that total too; so is one of a list of which the total fits two others.
fn relate_siblings(book: &Notebook, from: usize, out: &mut Vec<Relation>) {
    let mut done: FxHashMap<FactId, FactId> = FxHashMap::default();
    let mut fitting: FxHashMap<FactId, u32> = FxHashMap::default();
    for r in out.get(from..).unwrap_or(&[]) {
        if let Equation::Quotient { rate, numerator, denominator } = r.equation
            && r.holds(book)
        {
            done.insert(rate, denominator);
            if book.fact(numerator).is_some_and(|n| n.parent == Some(denominator)) {
                *fitting.entry(denominator).or_default() += 1;
            }
        } else if let Equation::Quotient { rate, .. } = r.equation {
            done.entry(rate).or_insert(rate);
        }
    }
    let facts = &book.reading.facts;
    for (i, f) in facts.iter().enumerate().filter(|(_, f)| f.measure == Measure::Share && f.cell.is_none()) {
        let rate = i as FactId;
        let open = !done.contains_key(&rate) && f.basis.as_ref().is_some_and(|b| b.whole.is_none());
        let Some(numerator) = part(book, i, f).filter(|_| open) else { continue };
        let Some(n) = book.fact(numerator).filter(|n| !n.value.is_zero()) else { continue };
        // The share before or behind it in the sentence, an amount between.
        let beside = |other: usize| {
            let g = facts.get(other).filter(|g| g.measure == Measure::Share && g.sentence.0 == f.sentence.0)?;
            let whole = *done.get(&(other as FactId)).filter(|w| **w != other as FactId)?;
            let named = g.basis.as_ref().is_some_and(|b| b.whole.is_some());
            let w = book.fact(whole)?;
            // 公务用车费6万元，其中购置费0万元，占0%，运行费6万元，占100%；公务接待费4万元，占40%: past that list.
            let ended =
                part(book, other, g).and_then(|p| book.fact(p)?.parent) == Some(whole) && n.parent != Some(whole);
            let like =
                alike_whole(book, numerator, whole) && w.value > n.value && !named && whole < numerator && !ended;
            (like && w.paragraph == n.paragraph && g.label != f.label).then_some(whole)
        };
        let make = |denominator| {
            let equation = Equation::Quotient { rate, numerator, denominator };
            Relation { rule: &RULE, equation, complete: true, adjusted: shares_add_up(book, i, f) }
        };
        let listed = n.parent.filter(|p| alike_whole(book, numerator, *p));
        let listed = listed.filter(|p| fitting.get(p).is_some_and(|n| *n >= 2) || make(*p).holds(book));
        if let Some(denominator) = listed.or_else(|| beside(i + 2)).or_else(|| i.checked_sub(2).and_then(beside)) {
            out.push(make(denominator));
        }
    }
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
    let near = || book.reading.facts.get(from..i).unwrap_or(&[]).iter().enumerate().rev();
    // 税收收入8亿元，…，税收占比80%: one item by another name.
    let named = |same: fn(&Fact, &Fact) -> bool| {
        near().map(|(j, l)| (from + j, l)).find(|(_, l)| {
            l.measure == Measure::Level
                && same(l, f)
                && l.part == f.part
                && !l.prior
                && l.paragraph == f.paragraph
                && l.year == f.year
                && l.qualifier == f.qualifier
                && (l.stage == f.stage || f.stage.is_none())
                && book.is_money(l)
        })
    };
    let own = named(|l, f| l.label == f.label);
    // 非税收入…。地方非税收入占地方收入48.3%: another.
    let local = |f: &Fact| f.label.starts_with("地方");
    own.or_else(|| {
        named(|l, f| l.concept.is_some() && l.concept == f.concept && l.fund == f.fund)
            .filter(|(_, l)| local(l) == local(f))
    })
    .map(|(j, _)| j as FactId)
    .or_else(|| behind(book, i, f))
}

/// 人员经费占91.2%，为1657.6万元: the amount right behind its share.
fn behind(book: &Notebook, i: usize, f: &Fact) -> Option<FactId> {
    let next = book.reading.facts.get(i + 1)?;
    let own = next.measure == Measure::Level
        && (&next.label, &next.part, next.sentence) == (&f.label, &f.part, f.sentence)
        && next.year == f.year
        && !next.prior
        && book.is_money(next);
    own.then_some(i as FactId + 1)
}

fn whole(book: &Notebook, rate: FactId, f: &Fact, numerator: FactId) -> Option<FactId> {
    let basis = f.basis.as_ref()?;
    let n = book.fact(numerator)?;
    let fits = |id: FactId| {
        book.fact(id).is_some_and(|w| {
            w.measure == Measure::Level
                && w.year == n.year
                && w.stage == n.stage
                && book.is_money(w)
                && (w.qualifier == n.qualifier || n.parent == Some(id))
                // 政府性基金拨款0元…，基本支出712元，占预算拨款支出的100%: nothing is no whole of something.
                && (!w.value.is_zero() || n.value.is_zero() && f.value.is_zero())
        })
    };
    if basis.whole.is_none() {
        let listed = n.parent.filter(|p| fits(*p));
        return basis.fact.and_then(|owner| listed.or(Some(owner).filter(|o| fits(*o))));
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
    let named = |id: &FactId, above: bool| {
        book.fact(*id).is_some_and(|w| {
            w.measure == Measure::Level
                && w.cell.is_none()
                && (w.part == f.part || above && w.part.is_none())
                && (w.label == label
                    || basis.concept.is_some()
                        && w.concept == basis.concept
                        && book.same_fund(w.fund, f.fund.or(w.fund)))
        }) && fits(*id)
    };
    // The chain of totals above the item first, then what was said before.
    let mut at = n.parent;
    while let Some(p) = at {
        if named(&p, true) {
            return Some(p);
        }
        at = book.fact(p).and_then(|x| x.parent);
    }
    // 一般公共预算支出…，占本年支出合计的89.72%, where 支出合计 was told: the whole of all funds by another
    // name. 支出总计 holds more.
    let other_name = |id: &FactId| {
        fits(*id)
            && book.fact(*id).is_some_and(|w| {
                let concepts = w.concept.as_deref().zip(basis.concept.as_deref());
                let total = label.ends_with("合计") && w.label.ends_with("合计");
                w.measure == Measure::Level
                    && w.cell.is_none()
                    && total
                    && w.fund.is_none()
                    && w.part == f.part
                    && concepts.is_some_and(|(a, b)| kin(a, b))
            })
    };
    let exact = |id: &FactId| named(id, false) && book.fact(*id).is_some_and(|w| w.label == label);
    let before = || (0..rate).rev().take(60);
    // 占总收入的95.39%。总收入27664.71万元: told after it.
    let after = || {
        let own = |w: &FactId| book.fact(*w).is_some_and(|w| w.paragraph == f.paragraph && !w.prior);
        (rate + 1..).take(4).take_while(|w| book.fact(*w).is_some_and(|w| w.paragraph == f.paragraph)).filter(own)
    };
    before()
        .find(exact)
        .or_else(|| before().find(|w| named(w, false)))
        .or_else(|| after().find(exact))
        .or_else(|| before().find(other_name))
}
