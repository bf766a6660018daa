//! What a sentence tells behind a total, all of it parts of the total by definition, and more than it.

use super::{LONGEST, alike};
use crate::fact::reader::Reader;
use crate::fact::{Extent, FactId, Measure};
use crate::segment::Kind;

impl Reader<'_> {
    /// 收入合计80万元，财政拨款收入31万元，事业收入44万元，其他收入14万元: what its sentence tells behind a total, all of
    /// it parts of the total by definition, is its list also where it comes to more.
    pub(in crate::fact::reader) fn overshot_rows(&mut self) {
        if self.out.identity.kind == Kind::CountyReport {
            return;
        }
        for total in 0..self.out.facts.len() as FactId {
            let members = self.told_behind(total);
            let sum = members.iter().filter_map(|m| self.entry_of(*m)).try_fold(0i64, |s, e| s.checked_add(e.amount));
            if self.entry_of(total).zip(sum).is_some_and(|(t, sum)| sum > t.amount && t.amount > 0) {
                self.write_list(total, members, Extent::Open);
            }
        }
    }

    /// The parts of a total that its sentence tells right behind it.
    fn told_behind(&self, total: FactId) -> Vec<FactId> {
        let Some(t) = self.out.fact(total).filter(|t| t.role.is_none() && t.measure == Measure::Level) else {
            return Vec::new();
        };
        let Some(whole) = t.concept.as_deref().filter(|_| !t.prior && t.cell.is_none()) else { return Vec::new() };
        let mut members: Vec<FactId> = Vec::new();
        let behind = self.out.facts.get(total as usize + 1..).unwrap_or(&[]).iter().zip(total + 1..);
        for (f, id) in behind.take(LONGEST).take_while(|(f, _)| f.sentence == t.sentence) {
            if f.measure != Measure::Level {
                // What is told of the total, and of each of them, stands between them.
                let last = members.last().and_then(|m| self.out.fact(*m)).unwrap_or(t);
                if f.label == last.label {
                    continue;
                }
                break;
            }
            let part = f.concept.as_deref().is_some_and(|c| self.is_component(c, whole));
            let fund = f.fund == t.fund || t.fund.is_none();
            let like = alike(f, t) && f.unit == t.unit && f.part == t.part && fund && !f.prior;
            if !part || !like || f.parent.is_some() || f.role.is_some() || self.entry_of(id).is_none() {
                break;
            }
            members.push(id);
        }
        let concept = |id: &FactId| self.out.fact(*id).and_then(|f| f.concept.as_deref());
        let overlaps = members.iter().any(|a| {
            members.iter().any(|b| {
                let both = concept(a).zip(concept(b));
                a != b && both.is_some_and(|(a, b)| a == b || self.is_component(a, b))
            })
        });
        if overlaps { Vec::new() } else { members }
    }
}
