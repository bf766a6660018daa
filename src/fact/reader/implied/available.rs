//! What there is to be used, and what it is made of.

use super::LONGEST;
use crate::fact::reader::Reader;
use crate::fact::{Extent, FactId, Measure};
use crate::pattern::Flow;
use rust_decimal::Decimal;

impl Reader<'_> {
    /// 可用收入合计15847万元，上年结余117万元，实际可用15964万元: what is told before what there is to be used, as far as
    /// it makes that up, is its list.
    pub(in crate::fact::reader) fn list_available(&mut self) {
        for total in 0..self.out.facts.len() as FactId {
            let members = self.made_available(total);
            if members.len() >= 2 {
                self.write_list(total, members, Extent::Whole);
            }
        }
    }

    fn made_available(&self, total: FactId) -> Vec<FactId> {
        let Some(t) = self.out.fact(total).filter(|t| t.role.is_none() && t.measure == Measure::Level && t.printed)
        else {
            return Vec::new();
        };
        if t.concept.as_deref() != Some("revenue.available") || t.cell.is_some() || t.prior {
            return Vec::new();
        }
        let mut members = Vec::new();
        let mut sum = Decimal::ZERO;
        let before = self.out.facts.get(..total as usize).unwrap_or(&[]).iter().zip(0..total).rev().take(LONGEST);
        for (f, id) in before.take_while(|(f, _)| f.paragraph == t.paragraph) {
            let told = f.measure == Measure::Level && f.printed && !f.prior && f.parent.is_none();
            if !told {
                continue;
            }
            let stage = f.stage == t.stage || f.stage.is_none();
            if f.unit != t.unit || f.flow == Some(Flow::Expenditure) || !stage {
                break;
            }
            members.push(id);
            sum = sum.checked_add(f.value).unwrap_or(sum);
            if sum >= t.value {
                break;
            }
        }
        members.reverse();
        if sum == t.value { members } else { Vec::new() }
    }
}
