//! Which figure is wrong: the smallest set of figures whose change makes all
//! failing relations hold, and the slip of the pen that explains it.

use super::{Equation, Finding, Instead, Notebook, RULES, Relation, Verdict};
use crate::fact::{FactId, Measure, Reading};
use rust_decimal::{Decimal, RoundingStrategy};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// A figure that is probably wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// The figure.
    pub fact: FactId,
    /// What it should be, in its printed unit.
    pub suggested: Option<Decimal>,
    /// The year that it should be, for errors of period.
    pub year: Option<i32>,
    /// `digit`, `swap`, `decimal_point`, `unit`, `sign`, `other_item`, `other_year`.
    pub slip: Option<&'static str>,
    /// How many failing relations it explains.
    pub explains: u32,
}

/// Most failing relations that are looked at together; a note with more is
/// beyond naming one culprit.
const MAX_FAILING: usize = 400;
/// How many figures are looked at again, over all trials, for what would confirm them.
const MAX_LOOKED_AT: usize = 5_000;
/// How many trials that are.
const MAX_HEARD: usize = 16;
/// Most suspects that a finding names.
const MAX_SUSPECTS: usize = 3;

/// Fills in the suspects of every finding that disagrees.
pub fn diagnose(book: &Notebook, relations: &[Relation], list: &mut [Finding]) {
    let failing: Vec<usize> = list
        .iter()
        .enumerate()
        .filter(|(_, f)| f.verdict == Verdict::Disagrees)
        .map(|(i, _)| i)
        .take(MAX_FAILING)
        .collect();
    if failing.is_empty() {
        return;
    }
    // Relations by fact, so that a trial costs only what it touches.
    let mut of_fact: BTreeMap<FactId, Vec<usize>> = BTreeMap::new();
    for (i, r) in relations.iter().enumerate() {
        for f in r.equation.facts() {
            of_fact.entry(f).or_default().push(i);
        }
    }
    let mut elsewhere = Elsewhere::default();
    let mut tried: FxHashSet<(FactId, Decimal)> = FxHashSet::default();
    let mut trials: Vec<Trial> = Vec::new();
    for &i in &failing {
        let Some(r) = relations.get(i) else { continue };
        for (fact, value) in candidates(book, r) {
            if !tried.insert((fact, value)) {
                continue;
            }
            let slip = slip(book, &mut elsewhere, fact, value);
            let turned = if slip == Some("sign") { turned_with(book, fact) } else { None };
            let touched = of_fact.get(&fact).map_or(&[][..], Vec::as_slice);
            let guess = Guess { fact, value, turned, slip };
            let Some(also) = turned.and_then(|f| of_fact.get(&f)) else {
                trials.push(trial(book, relations, list, touched, guess));
                continue;
            };
            let both: BTreeSet<usize> = touched.iter().chain(also).copied().collect();
            let both: Vec<usize> = both.into_iter().collect();
            trials.push(trial(book, relations, list, &both, guess));
        }
    }
    trials.retain(|t| !t.explains.is_empty());
    trials.sort_by_key(|t| (-t.score(), t.fact, t.value));
    hear_witnesses(book, relations, &mut trials);
    trials.sort_by_key(|t| (-t.score(), t.fact, t.value));
    let culprits = cover(&trials, &failing, list.len());
    // For each failing relation the trials that explain it, culprits first.
    let mut ranked: Vec<Vec<usize>> = vec![Vec::new(); list.len()];
    for n in culprits.into_iter().chain(0..trials.len()) {
        for e in trials.get(n).map_or(&[][..], |t| &t.explains) {
            if let Some(ranked) = ranked.get_mut(*e) {
                ranked.push(n);
            }
        }
    }
    for &i in &failing {
        let Some(finding) = list.get_mut(i) else {
            continue;
        };
        if let Equation::Year { fact, expected, .. } = &finding.relation {
            finding.suspects.push(Suspect {
                fact: *fact,
                suggested: None,
                year: Some(*expected),
                slip: Some("other_year"),
                explains: 1,
            });
            continue;
        }
        if let Equation::Named { count, named } = &finding.relation {
            finding.suspects.push(Suspect {
                fact: *count,
                suggested: Some(Decimal::from(*named)),
                year: None,
                slip: None,
                explains: 1,
            });
            continue;
        }
        let ranked = ranked.get(i).map_or(&[][..], Vec::as_slice);
        for t in ranked.iter().filter_map(|n| trials.get(*n)) {
            if finding.suspects.len() >= MAX_SUSPECTS {
                break;
            }
            // Of two that turn together the one that stands in this relation.
            let stands = |id: &FactId| finding.facts.contains(id);
            let turned = t.turned.filter(|id| stands(id) && !stands(&t.fact));
            let fact = turned.unwrap_or(t.fact);
            if finding.suspects.iter().any(|s| s.fact == fact) {
                continue;
            }
            let value = match turned.and_then(|id| book.fact(id)) {
                Some(f) => -f.value,
                None if t.slip == Some("unit") => t.value.normalize(),
                None => t.value,
            };
            finding.suspects.push(Suspect {
                fact,
                suggested: Some(value),
                year: None,
                slip: t.slip,
                explains: t.explains.len() as u32,
            });
        }
    }
}

/// Counts for the likeliest trials what else in the note would agree with the value: an
/// amount that recurs, a total that components told elsewhere make.
fn hear_witnesses(book: &Notebook, relations: &[Relation], trials: &mut [Trial]) {
    let facts = book.reading.facts.len();
    let heard = MAX_HEARD.min(MAX_LOOKED_AT / facts.max(1));
    if trials.len() < 2 || heard < 2 {
        return;
    }
    let known: FxHashSet<Vec<FactId>> = relations.iter().map(|r| sorted(&r.equation)).collect();
    let mut reading = Reading {
        identity: book.reading.identity.clone(),
        facts: book.reading.facts.clone(),
        breakdowns: book.reading.breakdowns.clone(),
        sections: book.reading.sections.clone(),
        tables: book.reading.tables.clone(),
        ..Reading::default()
    };
    for t in trials.iter_mut().take(heard) {
        let Some(printed) = reading.facts.get_mut(t.fact as usize).map(|f| std::mem::replace(&mut f.value, t.value))
        else {
            continue;
        };
        let anew = Notebook::with(book.packs, &reading, book.settings);
        let mut found = Vec::new();
        for relate in RULES.iter().filter(|r| WITNESSES.contains(&r.id)).filter_map(|r| r.relate) {
            relate(&anew, &mut found);
        }
        // Who stands in what fails is no witness.
        let explained = t.explains.iter().filter_map(|e| relations.get(*e)).flat_map(|r| r.equation.facts());
        let accused: FxHashSet<FactId> = explained.filter(|f| *f != t.fact).collect();
        let agrees = |r: &&Relation| {
            let facts = sorted(&r.equation);
            facts.contains(&t.fact)
                && !facts.iter().any(|f| accused.contains(f))
                && !known.contains(&facts)
                && r.judge(&anew, None).verdict == Verdict::Exact
        };
        t.witnesses = found.iter().filter(agrees).count();
        if let Some(f) = reading.facts.get_mut(t.fact as usize) {
            f.value = printed;
        }
    }
}

/// Rules that list what agrees and say nothing where nothing does.
const WITNESSES: [&str; 5] = [
    "sum/parts-told-elsewhere",
    "equal/recurs-elsewhere",
    "equal/restated-differently",
    "equal/table-differs-from-note",
    "ratio/share-differs",
];

fn sorted(equation: &Equation) -> Vec<FactId> {
    let mut facts = equation.facts();
    facts.sort_unstable();
    facts
}

/// Greedy cover: the best figure first, then the best for what it leaves.
fn cover(trials: &[Trial], failing: &[usize], count: usize) -> Vec<usize> {
    let mut left = vec![false; count];
    for i in failing {
        if let Some(left) = left.get_mut(*i) {
            *left = true;
        }
    }
    let explains = |t: &Trial, left: &[bool]| t.explains.iter().filter(|e| left.get(**e) == Some(&true)).count() as i32;
    let rank = |n: usize, left: &[bool]| {
        let t = trials.get(n)?;
        let explains = explains(t, left);
        (explains > 0).then(|| (explains * 4 + t.score(), Reverse(n)))
    };
    // What a trial explains of the rest only grows less: a rank that still holds
    // when it comes to the top is the highest.
    let mut best: BinaryHeap<(i32, Reverse<usize>)> = (0..trials.len()).filter_map(|n| rank(n, &left)).collect();
    let mut culprits = Vec::new();
    while let Some(top) = best.pop() {
        let n = top.1.0;
        match rank(n, &left) {
            Some(now) if now == top => {
                for e in trials.get(n).map_or(&[][..], |t| &t.explains) {
                    if let Some(left) = left.get_mut(*e) {
                        *left = false;
                    }
                }
                culprits.push(n);
            }
            Some(now) => best.push(now),
            None => {}
        }
    }
    culprits
}

/// 减少3.51万元，下降0.2%: the other figure whose direction one word, or its like in the next clause, tells.
fn turned_with(book: &Notebook, id: FactId) -> Option<FactId> {
    let f = book.fact(id).filter(|f| f.printed && f.cell.is_none())?;
    let other = match f.measure {
        Measure::Change => Measure::Growth,
        Measure::Growth => Measure::Change,
        _ => return None,
    };
    let beside = [id.checked_add(1), id.checked_sub(1)];
    beside.into_iter().flatten().find(|n| {
        book.fact(*n).is_some_and(|g| {
            let same =
                g.measure == other && g.sentence == f.sentence && g.basis == f.basis && book.item(*n) == book.item(id);
            same && g.value.is_sign_negative() == f.value.is_sign_negative() && !g.value.is_zero()
        })
    })
}

/// A figure, what it may have to be, and the slip between the two.
struct Guess {
    fact: FactId,
    value: Decimal,
    /// The figure whose direction the same word tells.
    turned: Option<FactId>,
    slip: Option<&'static str>,
}

/// One figure replaced by another value, with what that does.
struct Trial {
    fact: FactId,
    value: Decimal,
    turned: Option<FactId>,
    slip: Option<&'static str>,
    /// Failing findings that then hold.
    explains: Vec<usize>,
    /// Holding relations that then fail.
    breaks: usize,
    /// Exact relations that stay: they support the figure as printed.
    keeps: usize,
    /// Relations that held by rounding alone and then hold to the digit.
    sharpens: usize,
    /// Relations that are only listed where they hold and would be, with that value.
    witnesses: usize,
    rate: bool,
    /// The figure is a zero: what has no cost is seldom the culprit.
    nothing: bool,
}

impl Trial {
    fn score(&self) -> i32 {
        let slip = match self.slip {
            Some("sign") => 4,
            Some("digit" | "swap" | "decimal_point" | "unit") => 3,
            Some(_) => 1,
            None => 0,
        };
        // An amount of few digits that no slip turns into the printed one may recur by chance.
        let long = self.value.normalize().mantissa().unsigned_abs() >= 10_000;
        let witnesses = if self.slip.is_some() || long {
            self.witnesses.min(3) as i32 * 4
        } else {
            self.witnesses.min(1) as i32 * 2
        };
        self.explains.len() as i32 * 6 - self.breaks as i32 * 6 - self.keeps as i32
            + self.sharpens as i32 * 2
            + witnesses
            + slip
            + i32::from(self.rate)
            - i32::from(self.nothing) * 3
    }
}

fn trial(book: &Notebook, relations: &[Relation], list: &[Finding], touched: &[usize], guess: Guess) -> Trial {
    let Guess { fact, value, turned, slip } = guess;
    let nothing = book.fact(fact).is_some_and(|f| f.value.is_zero());
    let mut t = Trial {
        fact,
        value,
        turned,
        slip,
        explains: Vec::new(),
        breaks: 0,
        keeps: 0,
        sharpens: 0,
        witnesses: 0,
        rate: false,
        nothing,
    };
    t.rate =
        book.fact(fact).is_some_and(|f| matches!(f.measure, Measure::Growth | Measure::Share | Measure::Completion));
    let instead = Some(Instead { fact, value, turned });
    for &i in touched {
        let (Some(r), Some(f)) = (relations.get(i), list.get(i)) else {
            continue;
        };
        let after = r.judge(book, instead).verdict;
        match (f.verdict, after) {
            (Verdict::Disagrees, Verdict::Exact | Verdict::Rounded) => t.explains.push(i),
            (Verdict::Exact | Verdict::Rounded, Verdict::Disagrees) => t.breaks += 1,
            (Verdict::Exact, Verdict::Partial) => t.breaks += 1,
            (Verdict::Exact, Verdict::Exact) => {}
            // An amount that recurs elsewhere speaks loudest for itself.
            (Verdict::Exact, _) => t.keeps += if matches!(r.equation, Equation::Equal { .. }) { 3 } else { 1 },
            (Verdict::Rounded, Verdict::Exact) => t.sharpens += 1,
            _ => {}
        }
    }
    t
}

/// For each figure of a failing relation the value that would mend it.
fn candidates(book: &Notebook, r: &Relation) -> Vec<(FactId, Decimal)> {
    let mut out = Vec::new();
    let value = |id: FactId| book.fact(id).map(|f| f.value);
    let places = |id: FactId| book.fact(id).map_or(0, |f| u32::from(book.places(f)));
    let round = |id: FactId, v: Decimal| v.round_dp_with_strategy(places(id), RoundingStrategy::MidpointAwayFromZero);
    let computed = r.judge(book, None).computed;
    if let (
        Equation::Quotient { rate, .. }
        | Equation::Growth { rate, .. }
        | Equation::GrowthByChange { rate, .. }
        | Equation::CompletionByChange { rate, .. }
        | Equation::Combined { rate, .. },
        Some(v),
    ) = (&r.equation, computed)
    {
        out.push((*rate, round(*rate, v)));
    }
    match &r.equation {
        Equation::Sum { total, parts } => {
            let Some(t) = book.fact(*total) else {
                return out;
            };
            let unit = book.factor(t);
            let Some(sum) = computed else { return out };
            if let Some(stated) = value(*total) {
                push(book, &mut out, *total, sum);
                for (id, minus) in parts {
                    let Some(f) = book.fact(*id) else { continue };
                    let Some(scale) = unit.checked_div(book.factor(f)) else {
                        continue;
                    };
                    let Some(gap) = stated.checked_sub(sum).and_then(|g| g.checked_mul(scale)) else {
                        continue;
                    };
                    let v = if *minus { f.value.checked_sub(gap) } else { f.value.checked_add(gap) };
                    if let Some(v) = v {
                        push(book, &mut out, *id, v);
                    }
                }
            }
        }
        Equation::Quotient { rate, numerator, denominator } => {
            let (Some(q), Some(n), Some(d)) = (value(*rate), value(*numerator), value(*denominator)) else {
                return out;
            };
            let scale = scale(book, *numerator, *denominator);
            if let Some(v) =
                q.checked_mul(d).and_then(|x| x.checked_div(Decimal::ONE_HUNDRED)).and_then(|x| x.checked_div(scale))
            {
                near(book, r, &mut out, *numerator, round(*numerator, v));
            }
            if let Some(v) =
                n.checked_mul(Decimal::ONE_HUNDRED).and_then(|x| x.checked_div(q)).and_then(|x| x.checked_mul(scale))
            {
                near(book, r, &mut out, *denominator, round(*denominator, v));
            }
        }
        Equation::Growth { rate, level, prior } => {
            let (Some(q), Some(l), Some(p)) = (value(*rate), value(*level), value(*prior)) else {
                return out;
            };
            let factor = q.checked_div(Decimal::ONE_HUNDRED).and_then(|x| x.checked_add(Decimal::ONE));
            if let Some(v) = factor.and_then(|f| f.checked_mul(p)) {
                near(book, r, &mut out, *level, round(*level, v));
            }
            if let Some(v) = factor.filter(|f| !f.is_zero()).and_then(|f| l.checked_div(f)) {
                near(book, r, &mut out, *prior, round(*prior, v));
            }
        }
        Equation::GrowthByChange { rate, change, level } => {
            let (Some(q), Some(c), Some(l)) = (value(*rate), value(*change), value(*level)) else {
                return out;
            };
            let hundred = Decimal::ONE_HUNDRED;
            // rate = c ÷ (l − c): c = rate·l ÷ (1 + rate)
            if let Some(v) = q.checked_mul(l).and_then(|x| x.checked_div(hundred.checked_add(q)?)) {
                near(book, r, &mut out, *change, round(*change, v));
            }
            if let Some(v) = c.checked_mul(hundred).and_then(|x| x.checked_div(q)).and_then(|x| x.checked_add(c)) {
                near(book, r, &mut out, *level, round(*level, v));
            }
        }
        Equation::CompletionByChange { rate, change, level } => {
            let (Some(q), Some(c), Some(l)) = (value(*rate), value(*change), value(*level)) else {
                return out;
            };
            let hundred = Decimal::ONE_HUNDRED;
            // rate = l ÷ (l − c): c = l·(rate − 1) ÷ rate; l = c·rate ÷ (rate − 1)
            let scale = scale(book, *level, *change);
            // What is done to 100 % may have changed by anything too small to be seen: that says nothing of the change.
            let more = q.checked_sub(hundred).filter(|more| !more.is_zero());
            let of_level = more.and_then(|m| l.checked_mul(scale)?.checked_mul(m)?.checked_div(q));
            if let Some(v) = of_level {
                near(book, r, &mut out, *change, round(*change, v));
            }
            let of_change = more.and_then(|m| c.checked_mul(q)?.checked_div(m)?.checked_div(scale));
            if let Some(v) = of_change {
                near(book, r, &mut out, *level, round(*level, v));
            }
        }
        Equation::Average { average, .. } => {
            if let Some(v) = computed {
                near(book, r, &mut out, *average, round(*average, v));
            }
        }
        Equation::Combined { parts, .. } => {
            for id in parts.iter().map(|p| p.1) {
                let Some(f) = book.fact(id) else { continue };
                let holds = |v: &Decimal| r.judge(book, Some(Instead::new(id, *v))).verdict == Verdict::Exact;
                out.extend(slips_of(f.value, f.decimals).into_iter().find(holds).map(|v| (id, v)));
            }
        }
        Equation::Equal { left, right } => {
            // 90.24万元 beside 901,423.45元 should be 90.14万元.
            for (id, other) in [(*left, *right), (*right, *left)] {
                let scale = scale(book, other, id);
                if let Some(v) = value(other).and_then(|v| v.checked_mul(scale)) {
                    push(book, &mut out, id, v);
                }
            }
        }
        Equation::Order { left, right, order, .. } => {
            if let (Some(l), Some(x)) = (value(*left), value(*right))
                && *order == 0
            {
                out.push((*left, x));
                out.push((*right, l));
            }
        }
        // One of the two points the wrong way.
        Equation::Signs { change, rate, even } => {
            if let (Some(c), Some(r)) = (value(*change), value(*rate)) {
                out.extend([(*change, -c)]);
                out.extend(even.is_zero().then_some((*rate, -r)));
            }
        }
        Equation::Hundred { shares } => {
            let Some(sum) = computed else { return out };
            for s in shares {
                if let Some(v) =
                    value(*s).and_then(|v| v.checked_add(Decimal::ONE_HUNDRED)).and_then(|v| v.checked_sub(sum))
                {
                    out.push((*s, v));
                }
            }
        }
        // Made of what agrees, after what does not has been diagnosed.
        Equation::Restated { .. } => {}
        Equation::Named { .. } | Equation::Year { .. } | Equation::Unit { .. } | Equation::Absent { .. } => {}
    }
    // No cost is below nothing: 公务接待费8.00万元 is not −32.00万元.
    let absurd = |id: FactId, v: Decimal| {
        book.fact(id).is_some_and(|f| f.measure == Measure::Level && !f.value.is_sign_negative() && v != -f.value)
            && v.is_sign_negative()
            && !v.is_zero()
    };
    out.retain(|(id, v)| value(*id) != Some(*v) && !absurd(*id, *v));
    out
}

/// How many units of the first figure make one of the second.
fn scale(book: &Notebook, a: FactId, b: FactId) -> Decimal {
    match (book.fact(a), book.fact(b)) {
        (Some(a), Some(b)) => book.factor(a).checked_div(book.factor(b)).unwrap_or(Decimal::ONE),
        _ => Decimal::ONE,
    }
}

/// A candidate from a sum: exact, and a unit slip where one fits.
fn push(book: &Notebook, out: &mut Vec<(FactId, Decimal)>, id: FactId, v: Decimal) {
    let Some(f) = book.fact(id) else { return };
    // 374489.92万元 for 元: to the cent, whatever the places of 万元.
    if slip_between(f.value, v) == Some("unit") {
        out.push((id, v));
        return;
    }
    let v = v.round_dp(u32::from(book.places(f)).max(u32::from(f.decimals))).normalize();
    let v = if v.scale() < u32::from(f.decimals) { rescaled(v, u32::from(f.decimals)) } else { v };
    out.push((id, v));
}

/// A candidate solved from a rounded rate is only known to the rate's places: if
/// a slip of the printed digits lies that near, the slip is the better guess.
fn near(book: &Notebook, r: &Relation, out: &mut Vec<(FactId, Decimal)>, id: FactId, v: Decimal) {
    let Some(f) = book.fact(id) else { return };
    for guess in slips_of(f.value, f.decimals) {
        if matches!(r.judge(book, Some(Instead::new(id, guess))).verdict, Verdict::Exact | Verdict::Rounded) {
            out.push((id, guess));
        }
    }
    out.push((id, v));
}

fn rescaled(mut v: Decimal, places: u32) -> Decimal {
    v.rescale(places);
    v
}

/// What a figure may have been before one slip: neighbours swapped, one digit
/// mistyped, dropped or doubled, the point moved.
fn slips_of(v: Decimal, decimals: u8) -> Vec<Decimal> {
    let mut out = Vec::new();
    let digits: Vec<u8> = v.abs().mantissa().to_string().into_bytes();
    let make = |d: &[u8]| {
        std::str::from_utf8(d)
            .ok()
            .and_then(|s| s.parse::<i128>().ok())
            .and_then(|m| Decimal::try_from_i128_with_scale(m, u32::from(decimals)).ok())
            .map(|x| if v.is_sign_negative() { -x } else { x })
    };
    for i in 0..digits.len().saturating_sub(1) {
        let mut d = digits.clone();
        d.swap(i, i + 1);
        if d != digits {
            out.extend(make(&d));
        }
    }
    if digits.len() >= 4 {
        let whole = digits.len().saturating_sub(usize::from(decimals));
        for (i, printed) in digits.iter().enumerate() {
            for c in (b'0'..=b'9').filter(|c| c != printed && (i > 0 || *c != b'0')) {
                let mut d = digits.clone();
                d.splice(i..=i, [c]);
                out.extend(make(&d));
            }
        }
        // 46.21 for 436.21, 436.21 for 46.21
        for i in 0..whole {
            for c in (b'0'..=b'9').filter(|c| i > 0 || *c != b'0') {
                let mut d = digits.clone();
                d.insert(i, c);
                out.extend(make(&d));
            }
            let mut d = digits.clone();
            d.remove(i);
            out.extend(make(&d));
        }
    }
    for p in [10i64, 100, 10_000] {
        out.extend(v.checked_mul(Decimal::from(p)));
        out.extend(v.checked_div(Decimal::from(p)));
    }
    out.push(-v);
    out
}

/// The slip of the pen that makes a printed figure of `value`, if one does.
pub(crate) fn slip_between(printed: Decimal, value: Decimal) -> Option<&'static str> {
    let (stated, value_n) = (printed.normalize(), value.normalize());
    if stated == -value_n && !stated.is_zero() {
        return Some("sign");
    }
    if !stated.is_zero() && !value_n.is_zero() {
        for (factor, name) in [
            (10_000i64, "unit"),
            (100_000_000, "unit"),
            (10, "decimal_point"),
            (100, "decimal_point"),
            (1000, "decimal_point"),
        ] {
            let x = Decimal::from(factor);
            if stated.checked_mul(x).map(|v| v.normalize()) == Some(value_n)
                || value_n.checked_mul(x).map(|v| v.normalize()) == Some(stated)
            {
                return Some(name);
            }
        }
    }
    // Nothing is no figure mistyped.
    if stated.is_zero() || value_n.is_zero() {
        return None;
    }
    let places = printed.scale().max(value.scale());
    let a = rescaled(printed.abs(), places).mantissa().to_string().into_bytes();
    let b = rescaled(value.abs(), places).mantissa().to_string().into_bytes();
    if stated.is_sign_negative() == value_n.is_sign_negative() {
        if a.len() == b.len() {
            let wrong: Vec<usize> = a.iter().zip(&b).enumerate().filter(|(_, (x, y))| x != y).map(|(i, _)| i).collect();
            match wrong.as_slice() {
                [_] => return Some("digit"),
                [i, j] if j - i == 1 && a.get(*i) == b.get(*j) && a.get(*j) == b.get(*i) => {
                    return Some("swap");
                }
                _ => {}
            }
        }
        if a.len() + 1 == b.len() && one_more(&b, &a) || b.len() + 1 == a.len() && one_more(&a, &b) {
            return Some("digit");
        }
    }
    None
}

/// The slip that turns `value` into the printed figure, if one does.
fn slip(book: &Notebook, elsewhere: &mut Elsewhere, id: FactId, value: Decimal) -> Option<&'static str> {
    let f = book.fact(id)?;
    let moved = || {
        // 下降0.02% for 1.88%: the fraction, not a hundred times of it.
        let rate = matches!(f.measure, Measure::Growth | Measure::Share | Measure::Completion) && !f.value.is_zero();
        let part = value.checked_div(Decimal::ONE_HUNDRED).filter(|_| rate)?;
        let places = u32::from(f.decimals);
        let printed = part.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        (printed == f.value).then_some("decimal_point")
    };
    slip_between(f.value, value)
        .or_else(moved)
        .or_else(|| *elsewhere.entry(id).or_insert_with(|| taken_from_elsewhere(book, id)))
}

/// Which figures stand for another of the note, as far as it was asked.
type Elsewhere = FxHashMap<FactId, Option<&'static str>>;

/// Another figure of the note in a figure's place: of those near by.
fn taken_from_elsewhere(book: &Notebook, id: FactId) -> Option<&'static str> {
    let f = book.fact(id)?;
    let from = (id as usize).saturating_sub(200);
    let others = book.reading.facts.iter().enumerate().skip(from).take(400);
    let others = others
        .filter(|(i, g)| *i as FactId != id && g.measure == f.measure && g.value == f.value && !f.value.is_zero());
    let mut item = false;
    for (_, g) in others {
        if g.label == f.label && g.year != f.year {
            return Some("other_year");
        }
        if g.paragraph.abs_diff(f.paragraph) <= 1 && g.label != f.label {
            item = true;
        }
    }
    item.then_some("other_item")
}

/// Whether `long` is `short` with one digit put in.
fn one_more(long: &[u8], short: &[u8]) -> bool {
    let same = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    long.get(same + 1..) == short.get(same..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_more_or_less() {
        assert!(one_more(b"12142", b"2142"));
        assert!(one_more(b"2142", b"242"));
        assert!(!one_more(b"2142", b"341"));
    }

    #[test]
    fn swaps_are_tried() {
        assert!(slips_of(Decimal::new(7874, 2), 2).contains(&Decimal::new(7847, 2)));
    }
}
