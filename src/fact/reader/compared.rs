//! What a change or a rate compares, once all levels are read: a component or its total, with the budget or the year
//! before?

use super::super::{Fact, FactId, Measure};
use super::Reader;
use super::implied::alike;
use crate::pattern::Stage;
use rust_decimal::Decimal;

/// How many figures behind a component compare it at most.
const MOST_COMPARED: usize = 4;

/// How many figures back a component or its total may have been told for what it is compared with.
const COMPARED_BACK: usize = 24;

impl Reader<'_> {
    /// 总支出37.3万元，其中：甲0.5万元，乙36.8万元，同比增加27.1万元，增长265.6%: what is told behind the last
    /// component is of the total where only that ties.
    pub(super) fn lift_changes(&mut self) {
        for id in 0..self.out.facts.len() as FactId {
            let Some((total, count)) = self.lifted(id) else { continue };
            let Some(total) = self.out.fact(total).cloned() else { continue };
            let from = id as usize + 1;
            for f in self.out.facts.get_mut(from..from + count).unwrap_or(&mut []) {
                (f.label, f.concept) = (total.label.clone(), total.concept.clone());
                (f.fund, f.flow, f.part) = (total.fund, total.flow, total.part.clone());
            }
        }
    }

    /// The total of a component, and how many of the figures behind that compare it are the total's.
    fn lifted(&self, id: FactId) -> Option<(FactId, usize)> {
        let level = self.out.fact(id).filter(|f| f.measure == Measure::Level && f.cell.is_none() && !f.prior)?;
        let total = level.parent.filter(|p| *p < id)?;
        let whole = self.out.fact(total).filter(|t| t.measure == Measure::Level && t.unit == level.unit)?;
        let compares = |f: &&Fact| {
            let plan = f.measure == Measure::Level && f.unit == level.unit && !alike(f, level) && f.parent.is_none();
            let rate = matches!(f.measure, Measure::Growth | Measure::Completion);
            let change = f.measure == Measure::Change && f.unit == level.unit && f.parent.is_none();
            (plan || rate || change)
                && f.label == level.label
                && f.sentence.0 == level.sentence.0
                && f.part == level.part
        };
        let behind = self.out.facts.get(id as usize + 1..)?.iter().take(MOST_COMPARED);
        let count = behind.take_while(compares).count();
        // 出国费0万元，较上年增加0万元，增长0%: nothing tells whose it is.
        let telling = |t: &&[Fact]| t.iter().any(|f| !f.value.is_zero());
        let told = self.out.facts.get(id as usize + 1..id as usize + 1 + count).filter(telling)?;
        // 支出8万元。｜2.公务接待费5万元，与预算相比减少1万元: in a sentence of its own it is the component's, unless the
        // figures say that it can't be.
        let own = self.compared(level, told);
        let may_be = own == Some(false) || own.is_none() && whole.sentence.0 == level.sentence.0;
        let lifts = may_be && !self.is_compared(total, told) && self.compared(whole, told) == Some(true);
        lifts.then_some((total, count))
    }

    /// 收入91236万元，同比增收2926万元，增长3.3%。…｜2.非税收入34616万元，增收511万元，增长0.6%: whether the total has
    /// been compared itself with what figures compare.
    fn is_compared(&self, total: FactId, told: &[Fact]) -> bool {
        let Some(whole) = self.out.fact(total) else { return false };
        let behind = self.out.facts.get(total as usize + 1..).unwrap_or(&[]).iter().take(MOST_COMPARED);
        let base = |f: &Fact| f.basis.as_ref().map(|b| (b.year, b.stage));
        let mut own = behind.take_while(|f| f.label == whole.label && f.sentence.0 == whole.sentence.0);
        own.any(|f| told.iter().any(|t| t.measure == f.measure && t.measure != Measure::Level && base(t) == base(f)))
    }

    /// Whether figures that compare a level do so rightly; none if nothing tells against what.
    fn compared(&self, level: &Fact, told: &[Fact]) -> Option<bool> {
        let before = told.iter().find(|f| f.measure == Measure::Level).map(|f| f.value);
        let change = told.iter().find(|f| f.measure == Measure::Change);
        let mut held = None;
        for f in told {
            let basis = || before.or_else(|| self.told_before(level, f));
            let holds = match f.measure {
                Measure::Change => level.value.checked_sub(f.value).zip(basis()).map(|(was, base)| was == base),
                Measure::Growth => {
                    let base = before.or_else(|| level.value.checked_sub(change?.value)).or_else(basis);
                    base.and_then(|base| is_rate(level.value.checked_sub(base)?, base, f))
                }
                Measure::Completion => basis().and_then(|plan| is_rate(level.value, plan, f)),
                _ => None,
            };
            if holds == Some(false) {
                return holds;
            }
            held = held.or(holds);
        }
        held
    }

    /// The amount of an item that a change or a completion is measured against, as told shortly before.
    fn told_before(&self, level: &Fact, compared: &Fact) -> Option<Decimal> {
        let basis = compared.basis.as_ref()?;
        let upto = self.out.facts.partition_point(|f| f.start < level.start);
        let near = self.out.facts.get(upto.saturating_sub(COMPARED_BACK)..upto)?.iter().rev();
        let like = |f: &Fact| {
            let stage = basis.stage.is_none() || f.stage == basis.stage;
            (&f.label, &f.part, f.unit) == (&level.label, &level.part, level.unit) && f.year == basis.year && stage
        };
        let mut near = near.filter(|f| f.measure == Measure::Level && f.printed && !alike(f, level));
        near.find(|f| like(f)).map(|f| f.value)
    }

    /// 收入由362万元调整为416万元，调增54万元，增长18.3%: a rate that is not that of the adjustment is measured against
    /// the year before, of which nothing need be told.
    pub(super) fn rebase_growths(&mut self) {
        for at in 2..self.out.facts.len() {
            if let Some(year) = self.grown_since(at)
                && let Some(basis) = self.out.facts.get_mut(at).and_then(|f| f.basis.as_mut())
            {
                (basis.year, basis.stage, basis.stated) = (Some(year), None, false);
            }
        }
    }

    /// The year before, if a growth behind an adjustment is none of it.
    fn grown_since(&self, at: usize) -> Option<i32> {
        let f = self.out.facts.get(at).filter(|f| f.measure == Measure::Growth && f.cell.is_none())?;
        let basis = f.basis.as_ref().filter(|b| b.year == f.year && b.stage == Some(Stage::Budget))?;
        let before = |n: usize| at.checked_sub(n).and_then(|i| self.out.facts.get(i)).filter(|g| g.label == f.label);
        let change = before(1).filter(|c| c.measure == Measure::Change && c.basis.as_ref() == Some(basis));
        let skip = usize::from(change.is_some());
        let (level, plan) = (before(1 + skip)?, before(2 + skip)?);
        let adjusted = level.measure == Measure::Level
            && plan.measure == Measure::Level
            && (level.stage, plan.stage) == (Some(Stage::Adjusted), Some(Stage::Budget))
            && level.pattern.is_some()
            && level.pattern == plan.pattern;
        let words = self.view.slice(before(1)?.end, f.start);
        let grows = ["增长", "下降", "同比", "上升"].iter().any(|w| words.contains(w));
        let rate = is_rate(level.value.checked_sub(plan.value)?, plan.value, f)?;
        f.year.filter(|_| adjusted && grows && !rate).map(|y| y - 1)
    }
}

/// Whether a part of a whole, in per cent, is a rate as it is printed.
fn is_rate(part: Decimal, whole: Decimal, rate: &Fact) -> Option<bool> {
    let told = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    let place = Decimal::new(1, u32::from(rate.decimals.min(9)));
    Some(told.checked_sub(rate.value)?.abs() <= place)
}
