//! The whole of a share whose words name none: 税收完成441亿元，占81%.

use super::super::{Fact, FactId, Measure};
use super::Reader;
use rust_decimal::Decimal;

/// How many figures back a whole may have been told.
const REACH: u32 = 40;

impl Reader<'_> {
    /// Gives a share of no whole that is named the amount before it that it follows from; where its own amount is
    /// not told, the one whole of its paragraph that it is by its name a part of. What does not fit is left alone.
    pub(super) fn name_wholes(&mut self) {
        for at in 0..self.out.facts.len() {
            let Some(whole) = self.whole_of(at as FactId) else { continue };
            let concept = self.out.fact(whole).and_then(|w| w.concept.clone());
            if let Some(basis) = self.out.facts.get_mut(at).and_then(|f| f.basis.as_mut()) {
                (basis.fact, basis.concept) = (Some(whole), concept);
            }
        }
    }

    fn whole_of(&self, share: FactId) -> Option<FactId> {
        let f =
            self.out.fact(share).filter(|f| f.measure == Measure::Share && f.cell.is_none() && !f.value.is_zero())?;
        let basis = f.basis.as_ref().filter(|b| b.whole.is_none())?;
        let Some(part) = self.amount_of(share, f) else {
            return if basis.fact.is_none() { self.only_whole(share, f) } else { None };
        };
        let n = self.out.fact(part)?;
        if basis.fact.and_then(|w| self.out.fact(w)).is_some_and(|w| follows(f, n, w)) {
            return None;
        }
        let told = |id: &FactId| {
            self.out.fact(*id).is_some_and(|w| {
                w.measure == Measure::Level
                    && w.printed
                    && w.cell.is_none()
                    && (w.year, w.stage, w.unit, &w.qualifier) == (n.year, n.stage, n.unit, &n.qualifier)
                    && (w.part == n.part || w.part.is_none())
                    && w.value > n.value
                    && follows(f, n, w)
            })
        };
        // The totals above it first, then the whole of the share before, then what was told before.
        let above = std::iter::successors(n.parent, |p| self.out.fact(*p)?.parent.filter(|q| q != p)).take(4);
        let before = self.out.facts.get(..share as usize)?.iter().rev().take(8);
        let before = before.filter(|g| g.measure == Measure::Share && g.paragraph == f.paragraph);
        let beside = before.filter_map(|g| g.basis.as_ref()?.fact);
        let back = (part.saturating_sub(REACH)..part).rev();
        above.chain(beside).find(told).or_else(|| back.into_iter().find(|id| told(id) && self.is_whole_for(*id, n)))
    }

    /// The amount that a share is of.
    fn amount_of(&self, share: FactId, f: &Fact) -> Option<FactId> {
        let back = (share.saturating_sub(8)..share).rev();
        back.into_iter().find(|id| {
            self.out.fact(*id).is_some_and(|n| {
                n.measure == Measure::Level
                    && !n.prior
                    && n.paragraph == f.paragraph
                    && self.is_money(n)
                    && (&n.label, &n.part, n.year) == (&f.label, &f.part, f.year)
                    && (n.stage == f.stage || f.stage.is_none())
            })
        })
    }

    /// Whether an amount may hold another: of its flow, and of its section or no part of anything.
    fn is_whole_for(&self, whole: FactId, part: &Fact) -> bool {
        self.out.fact(whole).is_some_and(|w| {
            (w.flow == part.flow || part.flow.is_none())
                && (w.section == part.section || w.paragraph == part.paragraph)
                && (w.fund == part.fund || w.fund.is_none() || part.fund.is_none())
        })
    }

    /// 支出完成5582亿元。民生占61.1%: the one amount of the paragraph, of what comes in or goes out as a whole, that an
    /// item is by its name a part of.
    fn only_whole(&self, share: FactId, f: &Fact) -> Option<FactId> {
        let from =
            self.out.facts.partition_point(|g| g.paragraph < f.paragraph).max(share.saturating_sub(REACH) as usize);
        let own = f.concept.as_deref()?;
        let here = self.out.facts.get(from..share as usize)?.iter().zip(from as FactId..);
        let mut wholes = here.filter(|(w, _)| {
            let whole = |c: &str| {
                let root = c.trim_end_matches(".total");
                matches!(root, "revenue" | "expenditure") && own != c && self.is_component(own, root)
                    || root == "revenue" && matches!(own, "tax" | "nontax")
            };
            w.measure == Measure::Level
                && w.printed
                && !w.prior
                && (w.year, w.stage) == (f.year, f.stage)
                && (w.part == f.part || w.part.is_none())
                && w.concept.as_deref().is_some_and(whole)
        });
        let (_, id) = wholes.next()?;
        wholes.next().is_none().then_some(id)
    }
}

/// Whether a share is the quotient of two amounts, as it is printed.
fn follows(share: &Fact, part: &Fact, whole: &Fact) -> bool {
    let told = part.value.checked_mul(Decimal::ONE_HUNDRED).and_then(|h| h.checked_div(whole.value));
    let half = Decimal::new(5, u32::from(share.decimals.min(9)) + 1);
    told.and_then(|t| t.checked_sub(share.value)).is_some_and(|gap| gap.abs() <= half)
}
