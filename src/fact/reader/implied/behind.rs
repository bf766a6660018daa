//! What the sentence behind the expenditure of a place's report lists.

use super::{LONGEST, alike};
use crate::fact::reader::Reader;
use crate::fact::{Extent, Fact, FactId, Measure, Role};
use crate::pattern::Fund;
use crate::segment::Kind;

impl Reader<'_> {
    /// 总支出15884万元，完成预算的64%。教育3240万元，国防24万元，公共安全239万元: what the next sentence of a place's report
    /// tells right behind the expenditure, a row of classes of it or of amounts with their shares, is of that.
    pub(in crate::fact::reader) fn list_behind_stop(&mut self) {
        if self.out.identity.kind != Kind::CountyReport {
            return;
        }
        for total in 0..self.out.facts.len() as FactId {
            let members = self.row_behind(total);
            if members.len() >= 2 {
                self.write_list(total, members, Extent::Some);
            }
        }
    }

    fn row_behind(&self, total: FactId) -> Vec<FactId> {
        let whole = |f: &Fact| matches!(f.concept.as_deref(), Some("expenditure" | "expenditure.total"));
        let told = |f: &Fact| f.measure == Measure::Level && f.printed && !f.prior && f.cell.is_none();
        let Some(t) = self.out.fact(total).filter(|t| told(t) && whole(t) && t.role != Some(Role::Total)) else {
            return Vec::new();
        };
        let mut members: Vec<FactId> = Vec::new();
        let mut left = t.value;
        let mut sentence = None;
        let behind = self.out.facts.get(total as usize + 1..).unwrap_or(&[]).iter().zip(total + 1..);
        for (f, id) in behind.take(LONGEST).take_while(|(f, _)| f.paragraph == t.paragraph) {
            if !told(f) || f.label == t.label && f.part == t.part {
                continue;
            }
            let class = f.concept.as_deref().and_then(|c| c.strip_prefix("expenditure.function."));
            let shared = self.out.fact(id + 1).is_some_and(|s| s.measure == Measure::Share && s.label == f.label);
            let row =
                class.is_some_and(|c| c.len() == 3) || shared && (class.is_some() || f.fund == Some(Fund::GovFund));
            // In one sentence, and not that of the total.
            let own = f.sentence != t.sentence && sentence.is_none_or(|s| s == f.sentence);
            let like = alike(f, t) && f.part == t.part && f.parent.is_none() && (f.fund == t.fund || f.fund.is_none());
            let rest = if f.unit == t.unit { left.checked_sub(f.value) } else { Some(left) };
            let Some(rest) = rest.filter(|r| row && own && like && !r.is_sign_negative()) else { break };
            (left, sentence) = (rest, Some(f.sentence));
            members.push(id);
        }
        members
    }
}
