//! Lists whose items are headings: 收入分类情况如下：｜1.捐赠收入｜本年度捐赠收入30万元…。｜2.政府拨款收入｜…. The
//! first amount below each heading is a component of the total above them,
//! where that announces them or they make it to the last digit.

use super::super::{Extent, Fact, FactId, Measure};
use super::Reader;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

/// More headings in a row are no list of components.
const MOST: usize = 40;

/// How many bytes back from the first heading a total may stand.
const NEAR: u32 = 900;

impl Reader<'_> {
    /// Finds the lists whose items are headings, and writes their breakdowns.
    pub(super) fn list_headings(&mut self) {
        let mut firsts: FxHashMap<u32, FactId> = FxHashMap::default();
        for (f, id) in self.out.facts.iter().zip(0..) {
            if let Some(section) = f.section.filter(|_| self.is_amount(f)) {
                firsts.entry(section).or_insert(id);
            }
        }
        let mut children: FxHashMap<Option<u32>, Vec<u32>> = FxHashMap::default();
        for (node, section) in self.out.sections.iter().zip(0..) {
            children.entry(node.parent).or_default().push(section);
        }
        let mut parents: Vec<Option<u32>> = children.keys().copied().collect();
        parents.sort_unstable();
        for parent in parents {
            let headings = children.get(&parent).map_or(&[][..], Vec::as_slice);
            if let Some((total, parts)) = self.headed(parent, headings, &firsts) {
                self.write_list(total, parts, Extent::Whole);
            }
        }
    }

    fn is_amount(&self, f: &Fact) -> bool {
        f.measure == Measure::Level && f.printed && !f.prior && f.cell.is_none() && self.is_money(f)
    }

    /// The total above some headings and the first amount below each.
    fn headed(
        &self,
        parent: Option<u32>,
        headings: &[u32],
        firsts: &FxHashMap<u32, FactId>,
    ) -> Option<(FactId, Vec<FactId>)> {
        if !(2..=MOST).contains(&headings.len()) {
            return None;
        }
        let mut parts = Vec::new();
        for section in headings {
            let id = *firsts.get(section)?;
            let f = self.out.fact(id).filter(|f| f.parent.is_none())?;
            // 1.捐赠收入｜本年度捐赠收入30万元: it is of the heading's own item.
            let heading = &self.out.sections.get(*section as usize)?.heading;
            if f.label.is_empty() || !heading.contains(&f.label) {
                return None;
            }
            parts.push(id);
        }
        let first = self.out.fact(*parts.first()?)?;
        let upto = *parts.first()?;
        let above = self.out.facts.get(..upto as usize)?.iter().zip(0..upto).rev();
        let (total, id) = above.take_while(|(f, _)| f.section == parent).find(|(f, _)| self.is_amount(f))?;
        let like = |f: &Fact| (f.year, f.stage, f.unit) == (total.year, total.stage, total.unit);
        let flows = |f: &Fact| f.flow.is_none() || total.flow.is_none() || f.flow == total.flow;
        let facts = || parts.iter().filter_map(|p| self.out.fact(*p));
        if !facts().all(|f| like(f) && flows(f) && f.label != total.label)
            || first.start.saturating_sub(total.end) > NEAR
        {
            return None;
        }
        let sum = facts().try_fold(Decimal::ZERO, |s, f| s.checked_add(f.value))?;
        let words = self.view.slice(total.end, first.start);
        let announced = ["如下:", "如下。", "包括:", "其中:"].iter().any(|w| words.contains(w));
        let nearly = || total.value.checked_sub(sum).is_some_and(|gap| gap.abs() * Decimal::from(4) <= total.value);
        (sum == total.value || announced && nearly()).then_some((id, parts))
    }
}
