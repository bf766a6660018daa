//! Relations: equations over facts, and what printed figures make of them.

use super::outcome::TOO_LARGE;
use super::rules::Rule;
use super::{Interval, Notebook, Outcome, Verdict};
use crate::fact::{Fact, FactId, Measure};
use crate::lex::UnitKind;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// An equation over facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Equation {
    /// total = Σ ±parts
    Sum {
        /// The total.
        total: FactId,
        /// The parts; true for a part that is subtracted.
        parts: Vec<(FactId, bool)>,
    },
    /// rate = 100 × numerator ÷ denominator
    Quotient {
        /// The rate.
        rate: FactId,
        /// What is divided.
        numerator: FactId,
        /// What divides.
        denominator: FactId,
    },
    /// rate = 100 × (level − prior) ÷ prior
    Growth {
        /// The rate.
        rate: FactId,
        /// The level.
        level: FactId,
        /// The level before.
        prior: FactId,
    },
    /// rate = 100 × change ÷ (level − change)
    GrowthByChange {
        /// The rate.
        rate: FactId,
        /// The change.
        change: FactId,
        /// The level.
        level: FactId,
    },
    /// average = total ÷ count
    Average {
        /// What each has.
        average: FactId,
        /// What all have.
        total: FactId,
        /// How many there are.
        count: FactId,
    },
    /// rate = 100 × (Σ levels ÷ Σ (level ÷ (1 + its rate)) − 1); of completions level ÷ rate
    Combined {
        /// The total's rate.
        rate: FactId,
        /// The parts' levels, each with its rate.
        parts: Vec<(FactId, FactId)>,
    },
    /// left = right
    Equal {
        /// One statement.
        left: FactId,
        /// The other.
        right: FactId,
    },
    /// one amount, told three times and more: left = … = right
    Restated {
        /// The statements, the last first.
        facts: Vec<FactId>,
    },
    /// the shares add up to 100 %
    Hundred {
        /// The shares.
        shares: Vec<FactId>,
    },
    /// left is less than, equal to or more than right
    Order {
        /// The one.
        left: FactId,
        /// The other.
        right: FactId,
        /// What is added to the other.
        more: Vec<FactId>,
        /// −1, 0, 1
        order: i8,
        /// Or equal.
        or_equal: bool,
    },
    /// a change and a rate that are said of one item against one base: both rise, or both fall
    Signs {
        /// The change.
        change: FactId,
        /// The rate of growth, or of completion.
        rate: FactId,
        /// The rate of what has not changed: 0, or 100 of a completion.
        even: Decimal,
    },
    /// rate of completion = 100 × level ÷ (level − change)
    CompletionByChange {
        /// The rate.
        rate: FactId,
        /// By how much the level is more than its budget.
        change: FactId,
        /// The level.
        level: FactId,
    },
    /// a count and how many are named
    Named {
        /// The count.
        count: FactId,
        /// How many are named.
        named: u32,
    },
    /// a fact's base year, or year, and what its siblings say
    Year {
        /// The odd one.
        fact: FactId,
        /// What its siblings say.
        expected: i32,
        /// The siblings.
        siblings: Vec<FactId>,
        /// Whether the base year is meant.
        base: bool,
    },
    /// a figure whose unit is not printed
    Unit {
        /// The figure.
        fact: FactId,
    },
    /// what the disclosure rules require and the note does not give
    Absent {
        /// The figures that call for it; none where the whole note does.
        facts: Vec<FactId>,
        /// What is missing.
        missing: Vec<Missing>,
    },
}

/// A required statement, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// In Chinese.
    pub zh: Cow<'static, str>,
    /// In English.
    pub en: Cow<'static, str>,
}

impl Equation {
    /// The facts in it, the claim or total first.
    pub fn facts(&self) -> Vec<FactId> {
        match self {
            Equation::Sum { total, parts } => std::iter::once(*total).chain(parts.iter().map(|p| p.0)).collect(),
            Equation::Quotient { rate, numerator, denominator } => vec![*rate, *numerator, *denominator],
            Equation::Growth { rate, level, prior } => vec![*rate, *level, *prior],
            Equation::GrowthByChange { rate, change, level } | Equation::CompletionByChange { rate, change, level } => {
                vec![*rate, *change, *level]
            }
            Equation::Average { average, total, count } => vec![*average, *total, *count],
            Equation::Combined { rate, parts } => {
                std::iter::once(*rate).chain(parts.iter().flat_map(|(level, rate)| [*level, *rate])).collect()
            }
            Equation::Equal { left, right } => vec![*left, *right],
            Equation::Order { left, right, more, .. } => {
                [*left, *right].into_iter().chain(more.iter().copied()).collect()
            }
            Equation::Hundred { shares: facts } | Equation::Restated { facts } => facts.clone(),
            Equation::Signs { change, rate, .. } => vec![*rate, *change],
            Equation::Named { count, .. } => vec![*count],
            Equation::Year { fact, siblings, .. } => std::iter::once(*fact).chain(siblings.iter().copied()).collect(),
            Equation::Unit { fact } => vec![*fact],
            Equation::Absent { facts, .. } => facts.clone(),
        }
    }
}

/// A relation: an equation and the rule that made it.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The rule.
    pub rule: &'static Rule,
    /// The equation.
    pub equation: Equation,
    /// Whether a remainder is an error: the list claims to be complete.
    pub complete: bool,
    /// Whether a rate may have been moved by one unit of its last place so that
    /// all shares of its list add up to 100 %.
    pub adjusted: bool,
}

const HUNDRED: Decimal = Decimal::ONE_HUNDRED;
pub(super) const NOT_GIVEN: &str = "the disclosure rules ask for it and the note does not give it";

/// A figure in place of a printed one: what if it were this?
///
/// ```
/// use gouji::check::{Instead, Notebook, Relation, Verdict, check};
/// use gouji::fact::read;
/// use gouji::pattern::Packs;
/// use gouji::segment::{View, segment};
/// let packs = Packs::builtin().unwrap();
/// let view = View::new("2024年支出80.00万元，其中：基本支出50.00万元，项目支出36.00万元。", &[]);
/// let reading = read(packs, &view, segment(&view, None));
/// let wrong = &check(packs, &reading).list[0];
/// assert_eq!(wrong.verdict, Verdict::Disagrees);
/// let relation = Relation { rule: wrong.rule, equation: wrong.relation.clone(), complete: true, adjusted: false };
/// // What if the project spending were 30?
/// let instead = Instead::new(2, 30.into());
/// assert_eq!(relation.judge(&Notebook::new(packs, &reading), Some(instead)).verdict, Verdict::Exact);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Instead {
    /// The figure, and what it might be.
    pub fact: FactId,
    /// In its printed unit.
    pub value: Decimal,
    /// A figure that turns with it: 减少3万元，下降2% is one wrong word for both.
    pub turned: Option<FactId>,
}

impl Instead {
    /// One figure, and no other.
    pub fn new(fact: FactId, value: Decimal) -> Self {
        Instead { fact, value, turned: None }
    }

    fn of(self, id: FactId, printed: Decimal) -> Decimal {
        match id {
            _ if id == self.fact => self.value,
            _ if Some(id) == self.turned => -printed,
            _ => printed,
        }
    }
}

impl Relation {
    /// Judges the relation, with one figure replaced if asked.
    pub fn judge(&self, book: &Notebook, instead: Option<Instead>) -> Outcome {
        self.try_judge(book, instead).unwrap_or_else(|| Outcome::undecided(TOO_LARGE))
    }

    /// Whether the printed figures agree with it, rounding allowed.
    pub fn holds(&self, book: &Notebook) -> bool {
        matches!(self.judge(book, None).verdict, Verdict::Exact | Verdict::Rounded)
    }

    fn try_judge(&self, book: &Notebook, instead: Option<Instead>) -> Option<Outcome> {
        let get = |id: FactId| -> Option<(&Fact, Decimal)> {
            let f = book.fact(id)?;
            Some((f, instead.map_or(f.value, |i| i.of(id, f.value))))
        };
        let printed = |id: FactId, f: &Fact, v: Decimal| {
            // People and vehicles are counted, not rounded; what no number says is what it says.
            let counted = matches!(book.kind(f), UnitKind::People | UnitKind::Vehicles | UnitKind::Count);
            if !f.printed || counted && f.decimals == 0 {
                return Interval::exactly(v);
            }
            if f.about {
                return Interval::roughly(v, f.decimals);
            }
            let places = self.places(book, f);
            // A figure in place of the printed one stands for what its own digits say.
            let own = if instead.is_some_and(|i| i.fact == id) { v.normalize().scale() } else { 0 };
            Interval::printed(v, places.max(u8::try_from(own).unwrap_or(places)))
        };
        // In the unit of the first fact.
        let scaled = |id: FactId, to: Decimal| -> Option<(Decimal, Interval)> {
            let (f, v) = get(id)?;
            let factor = book.factor(f);
            if factor == to {
                // A zero without places or sign, as multiplication leaves it.
                return Some((if v.is_zero() { Decimal::ZERO } else { v }, printed(id, f, v)));
            }
            let factor = factor.checked_div(to)?;
            Some((v.checked_mul(factor)?, printed(id, f, v).times(factor)?))
        };
        // A quotient of two figures is the same in any unit that both have: the unit
        // of the one, if the other's is the same, else the one that all are made of.
        let unit_of_both = |a: FactId, b: FactId| -> Option<Decimal> {
            let (a, b) = (book.factor(book.fact(a)?), book.factor(book.fact(b)?));
            Some(if a == b { a } else { Decimal::ONE })
        };
        match &self.equation {
            Equation::Sum { total, parts } => {
                let (t, stated) = get(*total)?;
                let unit = book.factor(t);
                let (_, whole) = scaled(*total, unit)?;
                let mut sum = Decimal::ZERO;
                let mut span = Interval::exactly(Decimal::ZERO);
                for (id, minus) in parts {
                    let (v, i) = scaled(*id, unit)?;
                    if *minus {
                        sum = sum.checked_sub(v)?;
                        span = span.minus(i)?;
                    } else {
                        sum = sum.checked_add(v)?;
                        span = span.plus(i)?;
                    }
                }
                let unit = t.unit.or(t.unit_inferred);
                let mut out = Outcome::sum((stated, whole), (sum, span), unit)?;
                if out.verdict == Verdict::Disagrees && !self.complete && !self.overdrawn(book, *total, parts, &out) {
                    out.verdict = Verdict::Partial;
                    out.remainder = out.difference;
                } else if out.verdict == Verdict::Rounded && !self.complete {
                    out.remainder = out.difference;
                }
                Some(out)
            }
            Equation::Quotient { rate, numerator, denominator } => {
                let unit = unit_of_both(*numerator, *denominator)?;
                let (n, ni) = scaled(*numerator, unit)?;
                let (d, di) = scaled(*denominator, unit)?;
                self.quotient(book, get(*rate)?, n, ni, d, di)
            }
            Equation::Growth { rate, level, prior } => {
                let unit = unit_of_both(*level, *prior)?;
                let (l, li) = scaled(*level, unit)?;
                let (p, pi) = scaled(*prior, unit)?;
                // (l − p) ÷ p = l ÷ p − 1: each figure once, so the interval is tight.
                if pi.low <= Decimal::ZERO && pi.high >= Decimal::ZERO {
                    return Some(Outcome::undecided("the level before is zero"));
                }
                let quotient = li.over(pi)?.minus(Interval::exactly(Decimal::ONE))?.times(HUNDRED)?;
                let computed = l.checked_div(p)?.checked_sub(Decimal::ONE)?.checked_mul(HUNDRED)?;
                judge_rate(book, get(*rate)?, computed, quotient)
            }
            Equation::GrowthByChange { rate, change, level } | Equation::CompletionByChange { rate, change, level } => {
                // What is completed is what was planned and the change on top of it.
                let planned = matches!(self.equation, Equation::CompletionByChange { .. });
                let more = if planned { HUNDRED } else { Decimal::ZERO };
                let unit = unit_of_both(*change, *level)?;
                let (c, ci) = scaled(*change, unit)?;
                let (l, li) = scaled(*level, unit)?;
                let p = l.checked_sub(c)?;
                let pi = li.minus(ci)?;
                if pi.low <= Decimal::ZERO && pi.high >= Decimal::ZERO {
                    return Some(Outcome::undecided("the level before is zero"));
                }
                // c ÷ (l − c) is monotone in both: the corners bound it.
                let corner = |c: Decimal, l: Decimal| c.checked_div(l.checked_sub(c)?);
                let all = [
                    corner(ci.low, li.low)?,
                    corner(ci.low, li.high)?,
                    corner(ci.high, li.low)?,
                    corner(ci.high, li.high)?,
                ];
                let quotient =
                    Interval::closed(all.iter().min().copied()?, all.iter().max().copied()?).times(HUNDRED)?;
                let quotient = quotient.plus(Interval::exactly(more))?;
                let computed = c.checked_div(p)?.checked_mul(HUNDRED)?.checked_add(more)?;
                judge_rate(book, get(*rate)?, computed, quotient)
            }
            Equation::Average { average, total, count } => {
                let (f, stated) = get(*average)?;
                let unit = book.factor(f);
                let (_, printed) = scaled(*average, unit)?;
                let (all, span) = scaled(*total, unit)?;
                let (_, n) = get(*count)?;
                if n.is_zero() {
                    return Some(Outcome::undecided("the figure to be divided by is zero"));
                }
                let computed = all.checked_div(n)?.round_dp(u32::from(f.decimals) + 2);
                let span = span.over(Interval::exactly(n))?;
                let same = computed.round_dp(u32::from(f.decimals)) == stated;
                let unit = f.unit.or(f.unit_inferred);
                let mut out = Outcome::equal((stated, printed), (computed, span), false, unit)?;
                if same {
                    out.verdict = Verdict::Exact;
                }
                Some(out)
            }
            Equation::Combined { rate, parts } => {
                let (f, stated) = get(*rate)?;
                // What was done of a budget is the rate; what was grown comes on top of the whole.
                let more = if f.measure == Measure::Growth { HUNDRED } else { Decimal::ZERO };
                let unit = book.factor(book.fact(parts.first()?.0)?);
                let (mut now, mut now_span) = (Decimal::ZERO, Interval::exactly(Decimal::ZERO));
                let (mut before, mut before_span) = (now, now_span);
                for (level, own) in parts {
                    let (v, vi) = scaled(*level, unit)?;
                    let (r, ri) = scaled(*own, Decimal::ONE)?;
                    let (r, ri) = (r.checked_add(more)?, ri.plus(Interval::exactly(more))?);
                    (now, now_span) = (now.checked_add(v)?, now_span.plus(vi)?);
                    if v.is_zero() {
                        continue;
                    }
                    if ri.low <= Decimal::ZERO {
                        return Some(Outcome::undecided(
                            "the figure to be divided by is too small for its printed places",
                        ));
                    }
                    before = before.checked_add(v.checked_div(r)?)?;
                    // Of what the level stands for the dividend tells already.
                    before_span = before_span.plus(Interval::exactly(v).over(ri)?)?;
                }
                if before_span.low <= Decimal::ZERO {
                    return Some(Outcome::undecided("the level before is zero"));
                }
                let quotient = now_span.over(before_span)?.minus(Interval::exactly(more))?;
                let computed = now.checked_div(before)?.checked_sub(more)?;
                let mut out = judge_rate(book, (f, stated), computed, quotient)?;
                if out.verdict == Verdict::Disagrees && !self.complete {
                    out.verdict = Verdict::Undecided;
                    out.reason = Some("the base may have been restated");
                }
                Some(out)
            }
            Equation::Equal { left, right } => {
                let (l, stated) = get(*left)?;
                let unit = book.factor(l);
                let (_, li) = scaled(*left, unit)?;
                let (other, ri) = scaled(*right, unit)?;
                let r = book.fact(*right)?;
                // Two statements at the same precision must be identical.
                let same = l.unit.or(l.unit_inferred) == r.unit.or(r.unit_inferred)
                    && (l.decimals == r.decimals || book.places(l) == book.places(r))
                    && !(l.about || r.about);
                let mut out = Outcome::equal((stated, li), (other, ri), same, l.unit.or(l.unit_inferred))?;
                if out.verdict == Verdict::Disagrees && !self.complete {
                    out.verdict = Verdict::Undecided;
                    out.reason = Some("the two may be different things");
                }
                Some(out)
            }
            Equation::Restated { facts } => {
                // Pairs that were found to agree, put together.
                let (first, stated) = get(*facts.first()?)?;
                let unit = book.factor(first);
                let mut verdict = Verdict::Exact;
                let mut told = stated;
                for id in facts {
                    let (value, _) = scaled(*id, unit)?;
                    if value != stated {
                        (verdict, told) = (Verdict::Disagrees, value);
                    }
                }
                Some(Outcome::told(verdict, stated, told, first.unit.or(first.unit_inferred)))
            }
            Equation::Hundred { shares } => {
                let mut sum = Decimal::ZERO;
                let mut span = Interval::exactly(Decimal::ZERO);
                for id in shares {
                    let (v, i) = scaled(*id, Decimal::ONE)?;
                    sum = sum.checked_add(v)?;
                    span = span.plus(i)?;
                }
                let difference = sum.checked_sub(HUNDRED)?;
                let verdict = if difference.is_zero() {
                    Verdict::Exact
                } else if span.meets(Interval::exactly(HUNDRED)) {
                    Verdict::Rounded
                } else if self.complete || difference.is_sign_positive() {
                    // Some of the shares of one whole can be less than all of it, never more.
                    Verdict::Disagrees
                } else {
                    Verdict::Partial
                };
                let f = shares.first().and_then(|s| book.fact(*s))?;
                Some(Outcome {
                    tolerance: Some(span.high.checked_sub(sum)?),
                    remainder: (verdict == Verdict::Partial).then_some(-difference),
                    ..Outcome::told(verdict, HUNDRED, sum, f.unit)
                })
            }
            Equation::Order { left, right, more, order, or_equal } => {
                let (l, stated) = get(*left)?;
                let unit = book.factor(l);
                let (_, li) = scaled(*left, unit)?;
                let (mut other, mut ri) = scaled(*right, unit)?;
                for id in more {
                    let (v, i) = scaled(*id, unit)?;
                    (other, ri) = (other.checked_add(v)?, ri.plus(i)?);
                }
                let seen = stated.cmp(&other) as i8;
                let holds = seen == *order || (*or_equal && seen == 0);
                // Before they were printed the two may have stood as it is said;
                // but two figures said to be the same are printed the same.
                let rounded = *order != 0 && li.low < li.high && li.meets(ri);
                let verdict = match (holds, self.complete) {
                    (true, _) => Verdict::Exact,
                    (false, true) if rounded => Verdict::Rounded,
                    (false, true) => Verdict::Disagrees,
                    (false, false) => Verdict::Undecided,
                };
                let reason = (verdict == Verdict::Undecided)
                    .then_some("more in post than authorised: possible, but worth a question");
                Some(Outcome { reason, ..Outcome::told(verdict, stated, other, l.unit.or(l.unit_inferred)) })
            }
            Equation::Signs { change, rate, even } => {
                let (_, change) = get(*change)?;
                let (f, stated) = get(*rate)?;
                let same = change.cmp(&Decimal::ZERO) == stated.cmp(even);
                let verdict = if same { Verdict::Exact } else { Verdict::Disagrees };
                Some(Outcome::of(verdict, f.unit))
            }
            Equation::Named { count, named } => {
                let (f, stated) = get(*count)?;
                let computed = Decimal::from(*named);
                let verdict = if stated == computed { Verdict::Exact } else { Verdict::Disagrees };
                Some(Outcome::told(verdict, stated, computed, f.unit))
            }
            Equation::Year { fact, expected, base, .. } => {
                let f = book.fact(*fact)?;
                let year = if *base { f.basis.as_ref().and_then(|b| b.year) } else { f.year }?;
                let (stated, computed) = (Decimal::from(year), Decimal::from(*expected));
                let verdict = if year == *expected { Verdict::Exact } else { Verdict::Disagrees };
                Some(Outcome::told(verdict, stated, computed, None))
            }
            Equation::Unit { .. } => {
                Some(Outcome::undecided("the unit is not printed; it was taken from the figures beside it"))
            }
            Equation::Absent { .. } => Some(Outcome::undecided(NOT_GIVEN)),
        }
    }

    /// The places of an amount in this relation: those that the note uses or, where it has too few amounts to
    /// tell, those of the finest figure beside it. 培训费2万元，比上年的1.50万元增长75%.
    fn places(&self, book: &Notebook, f: &Fact) -> u8 {
        let places = book.places(f);
        let single = book.single_places(f).filter(|p| *p > places);
        let Some(single) = single.filter(|_| !matches!(self.equation, Equation::Equal { .. } | Equation::Order { .. }))
        else {
            return places;
        };
        let unit = f.unit.or(f.unit_inferred);
        let beside = self.equation.facts().into_iter().filter_map(|id| book.fact(id));
        let finest = beside.filter(|g| g.unit.or(g.unit_inferred) == unit).map(|g| g.decimals).max();
        finest.map_or(places, |n| n.min(single).max(places))
    }

    /// Whether amounts of which none is negative come to more than their total: what is not listed cannot
    /// make up for that. 捐赠收入100万元，其中定向捐赠120万元.
    fn overdrawn(&self, book: &Notebook, total: FactId, parts: &[(FactId, bool)], out: &Outcome) -> bool {
        let amount =
            |id: FactId| book.fact(id).is_some_and(|f| f.measure == Measure::Level && !f.value.is_sign_negative());
        let lists = matches!(self.rule.id, "sum/parts-differ-from-total" | "balance/identity-differs");
        // Of one item alone, only where it is told in the sentence of its total, and is money of the same flow.
        let beside = |id: FactId| {
            book.fact(total).zip(book.fact(id)).is_some_and(|(t, p)| {
                (p.flow.is_some() && p.flow == t.flow && p.unit == t.unit && p.paragraph == t.paragraph)
                    && book.is_money(p)
                    && id.saturating_sub(total) <= 3
            })
        };
        lists
            && (parts.len() > 1 || parts.iter().all(|(id, _)| beside(*id)))
            && out.difference.is_some_and(|d| d.is_sign_negative())
            && amount(total)
            && parts.iter().all(|(id, minus)| !minus && amount(*id))
    }

    fn quotient(
        &self,
        book: &Notebook,
        rate: (&Fact, Decimal),
        n: Decimal,
        ni: Interval,
        d: Decimal,
        di: Interval,
    ) -> Option<Outcome> {
        if d.is_zero() {
            if n.is_zero() && (rate.1.is_zero() || rate.1 == HUNDRED) {
                return Some(Outcome::undecided("both figures are zero"));
            }
            return Some(Outcome::undecided("the figure to be divided by is zero"));
        }
        if di.low <= Decimal::ZERO && di.high >= Decimal::ZERO {
            return Some(Outcome::undecided("the figure to be divided by is too small for its printed places"));
        }
        let quotient = ni.over(di)?.times(HUNDRED)?;
        let mut out = judge_rate(book, rate, n.checked_div(d)?.checked_mul(HUNDRED)?, quotient)?;
        if self.adjusted && out.verdict == Verdict::Disagrees {
            let unit = Decimal::new(1, u32::from(book.places(rate.0)));
            let moved = [rate.1.checked_sub(unit)?, rate.1.checked_add(unit)?];
            if moved.iter().any(|m| Interval::printed(*m, book.places(rate.0)).meets(quotient)) {
                out.verdict = Verdict::Rounded;
            }
        }
        Some(out)
    }
}

fn judge_rate(
    book: &Notebook,
    (f, stated): (&Fact, Decimal),
    computed: Decimal,
    quotient: Interval,
) -> Option<Outcome> {
    let mut out = Outcome::rate(stated, book.places(f), (computed, quotient), f.unit.or(f.unit_inferred))?;
    if out.verdict == Verdict::Disagrees && f.about && Interval::roughly(stated, f.decimals).meets(quotient) {
        out.verdict = Verdict::Rounded;
    }
    Some(out)
}

/// The same equation made twice, by a list and by an identity, is tested once.
pub fn deduplicate(relations: &mut Vec<Relation>) {
    let mut seen: rustc_hash::FxHashMap<Vec<FactId>, usize> = rustc_hash::FxHashMap::default();
    seen.reserve(relations.len());
    let mut kept: Vec<Relation> = Vec::with_capacity(relations.len());
    for r in relations.drain(..) {
        // Nothing is said twice of what is not there.
        if matches!(r.equation, Equation::Absent { .. }) {
            kept.push(r);
            continue;
        }
        let mut facts = r.equation.facts();
        facts.sort_unstable();
        let kind = std::mem::discriminant(&r.equation);
        match seen.get(&facts).and_then(|i| kept.get_mut(*i)) {
            Some(k) if std::mem::discriminant(&k.equation) == kind => k.complete |= r.complete,
            Some(_) => kept.push(r),
            None => {
                seen.insert(facts, kept.len());
                kept.push(r);
            }
        }
    }
    *relations = kept;
}

#[cfg(test)]
mod tests {
    use crate::check::{Finding, Verdict, check};
    use crate::fact::read;
    use crate::pattern::Packs;
    use crate::segment::{View, segment};

    fn findings(note: &str, rule: &str) -> Vec<Finding> {
        let packs = Packs::builtin().unwrap();
        let view = View::new(note, &[]);
        let all = check(packs, &read(packs, &view, segment(&view, None)));
        all.list.into_iter().filter(|f| f.rule.id == rule).collect()
    }

    #[test]
    fn whole_per_cents_are_rounded_like_others() {
        let note = "2023年单位决算情况说明\n2023年支出合计90万元，其中：教育支出30万元，占33%；卫生健康支出30万元，占33%；住房保障支出30万元，占33%。";
        let found = findings(note, "sum/shares-differ-from-100");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].verdict, Verdict::Rounded);
    }

    #[test]
    fn shares_far_from_a_hundred_still_disagree() {
        let note =
            "2023年单位决算情况说明\n2023年支出合计100万元，其中：基本支出60万元，占60%；项目支出40万元，占45%。";
        assert_eq!(findings(note, "sum/shares-differ-from-100")[0].verdict, Verdict::Disagrees);
    }

    fn equations(note: &str, rule: &str) -> Vec<(Verdict, usize)> {
        findings(note, rule).iter().map(|f| (f.verdict, f.facts.len())).collect()
    }

    #[test]
    fn totals_are_confirmed_by_parts_told_elsewhere() {
        let rule = "sum/parts-told-elsewhere";
        let confirmed = |note: &str| equations(&format!("2024年部门预算情况说明\n{note}"), rule);
        // By fund, in three sections; nothing is said where they do not make it.
        let funds = |government: &str| {
            format!(
                "一、收支总体情况\n支出预算3468.92万元。\n二、一般公共预算支出情况\n一般公共预算支出3108.92万元。\n三、政府性基金预算支出情况\n政府性基金预算支出{government}万元。"
            )
        };
        assert_eq!(confirmed(&funds("360.00")), [(Verdict::Exact, 3)]);
        assert_eq!(confirmed(&funds("361.00")), []);
        // Of two years, or of nothing, no sum is made.
        let note = "一、支出预算502.48万元。\n二、基本支出预算424.01万元。\n三、2023年项目支出预算78.47万元。";
        assert_eq!(confirmed(note), []);
    }

    #[test]
    fn shares_in_a_row_are_of_what_the_amounts_make() {
        let note = |share: &str| {
            format!(
                "2023年部门预算情况说明\n当年拨款143.20万元中，教育支出112.40万元，占78.49%；社会保障和就业支出16.30万元，占{share}%；住房保障支出14.50万元，占10.13%。"
            )
        };
        let wrong = findings(&note("14.50"), "ratio/share-differs");
        assert_eq!(wrong.iter().filter(|f| f.verdict == Verdict::Disagrees).count(), 1);
        assert_eq!(wrong[0].suspects[0].suggested.unwrap().to_string(), "11.38");
        let right = findings(&note("11.38"), "sum/shares-differ-from-100");
        assert!(right.iter().all(|f| f.verdict == Verdict::Exact));
    }

    #[test]
    fn a_contrary_word_is_told_and_a_remainder_is_not() {
        let rule = "change/parts-differ-from-total";
        let note = |word: &str, second: &str| {
            format!(
                "2024年单位预算情况说明\n2024年项目支出78.47万元，比2023年{word}74.05万元，变动的原因是：道路改造项目减少20.00万元，运营补贴减少{second}万元。"
            )
        };
        let verdicts = |note: &str| equations(note, rule).iter().map(|e| e.0).collect::<Vec<_>>();
        assert!(verdicts(&note("增加", "54.05")).contains(&Verdict::Disagrees));
        assert!(!verdicts(&note("减少", "54.05")).contains(&Verdict::Disagrees));
        assert!(!verdicts(&note("增加", "34.05")).contains(&Verdict::Disagrees));
    }

    #[test]
    fn twins_that_differ_in_one_digit_of_five_are_one_amount() {
        let rule = "equal/recurs-elsewhere";
        let note = |other: &str| {
            format!("2023年部门决算情况说明\n2023年度公用经费支出773.25万元。\n2023年度机关运行经费支出{other}万元。")
        };
        assert_eq!(equations(&note("713.25"), rule), [(Verdict::Disagrees, 2)]);
        assert_eq!(equations(&note("773.25"), rule), [(Verdict::Exact, 2)]);
        assert_eq!(equations(&note("712.35"), rule), []);
    }

    #[test]
    fn the_figure_that_others_would_confirm_is_the_wrong_one() {
        // 公用经费 is told again in the total of its own list; 人员经费 and 基本支出 are not.
        let note = "2024年单位预算情况说明\n一、基本支出376.16万元，其中：人员经费341.92万元，公用经费34.34万元。\n二、机关运行经费34.24万元。";
        let wrong = &findings(note, "sum/parts-differ-from-total")[0];
        assert_eq!(wrong.verdict, Verdict::Disagrees);
        assert_eq!(wrong.suspects[0].suggested.unwrap().to_string(), "34.24");
    }

    #[test]
    fn parts_of_which_the_note_tells_nothing_are_nothing() {
        let rule = "balance/identity-differs";
        let note = |total: &str| {
            format!("2024年单位预算情况说明\n政府采购预算{total}万元，仅有货物18.60万元和服务51.80万元两类。")
        };
        assert_eq!(equations(&note("72.40"), rule), [(Verdict::Disagrees, 3)]);
        assert!(equations(&note("70.40"), rule).iter().all(|e| e.0 == Verdict::Exact));
    }

    #[test]
    fn rounding_may_hide_which_figure_is_smaller() {
        let note = |actual: &str| {
            format!(
                "2021年部门决算情况说明\n2021年度“三公”经费支出预算为10.00万元，支出决算为{actual}万元，决算数小于预算数的主要原因是厉行节约。"
            )
        };
        let verdict = |actual: &str| findings(&note(actual), "direction/claim-contradicts-figures")[0].verdict;
        assert_eq!(verdict("9.50"), Verdict::Exact);
        assert_eq!(verdict("10.00"), Verdict::Rounded);
        assert_eq!(verdict("10.50"), Verdict::Disagrees);
    }
}
