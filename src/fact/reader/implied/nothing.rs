//! Nothing, and the parts that are told of it.

use super::{OF_ONE_ITEM, alike};
use crate::fact::reader::Reader;
use crate::fact::{Extent, Fact, FactId, Measure, Role};

impl Reader<'_> {
    /// 公务用车购置及运行费0万元，与上年持平。购置费0万元，运行费0万元: nothing is made up of its parts, where they are
    /// that by definition and told in its paragraph.
    pub(in crate::fact::reader) fn list_nothing(&mut self) {
        for total in 0..self.out.facts.len() as FactId {
            let nothing = |f: &Fact| f.measure == Measure::Level && f.value.is_zero() && f.cell.is_none() && !f.prior;
            let Some(t) = self.out.fact(total).filter(|t| nothing(t) && t.printed && t.role != Some(Role::Total))
            else {
                continue;
            };
            let Some(whole) = t.concept.as_deref() else { continue };
            let mut members: Vec<FactId> = Vec::new();
            let behind = self.out.facts.get(total as usize + 1..).unwrap_or(&[]).iter().zip(total + 1..);
            for (f, id) in behind.take(OF_ONE_ITEM).take_while(|(f, _)| f.paragraph == t.paragraph) {
                if f.measure != Measure::Level || f.prior || self.is_counted(f) {
                    continue;
                }
                let part = f.concept.as_deref().is_some_and(|c| self.packs.is_part(c, whole));
                if !part || !nothing(f) || f.parent.is_some() || !alike(f, t) || f.part != t.part {
                    break;
                }
                // 公务用车购置及运行费0万元，购置费0万元，运行费0万元: those of a part are of that.
                let held = |m: &FactId| {
                    let wide = self.out.fact(*m).and_then(|m| m.concept.as_deref());
                    wide.zip(f.concept.as_deref()).is_some_and(|(wide, c)| self.packs.is_part(c, wide))
                };
                if !members.iter().any(held) {
                    members.push(id);
                }
            }
            if members.len() >= 2 {
                self.write_list(total, members, Extent::Open);
            }
        }
    }
}
