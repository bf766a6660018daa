//! One item that is said to be all of the amount before it.

use super::alike;
use crate::fact::reader::Reader;
use crate::fact::{Extent, FactId, Measure, Role};

/// What says that an item is all of the amount before it.
const ALL_OF_IT: [&str; 8] = ["均为", "全部为", "都为", "全为", "均系", "全系", "均是", "全部是"];

impl Reader<'_> {
    /// “三公”经费5.80万元，均为公务用车运行维护费5.80万元: the one item that is all of an amount.
    pub(in crate::fact::reader) fn all_of_it(&mut self) {
        for part in 1..self.out.facts.len() as FactId {
            let total = part - 1;
            let (Some(t), Some(p)) = (self.out.fact(total), self.out.fact(part)) else { continue };
            let amounts =
                [t, p].iter().all(|f| f.measure == Measure::Level && f.printed && !f.prior && self.is_money(f));
            let free = p.parent.is_none() && t.role != Some(Role::Total) && t.cell.is_none();
            let units = t.unit == p.unit || t.value == p.value;
            if !amounts || !free || t.sentence.0 != p.sentence.0 || !alike(t, p) || !units {
                continue;
            }
            let between = self.view.slice(t.end, p.start);
            let said = between.strip_prefix(',').unwrap_or(between);
            let name = ALL_OF_IT.iter().find_map(|w| said.strip_prefix(w));
            // 均为一般公共预算拨款，公务接待费3万元: the item ends right before its amount.
            let item = name.is_some_and(|n| !n.is_empty() && !n.contains([',', ';', '。', ':', '、', '(']));
            if item && t.label != p.label {
                self.write_list(total, vec![part], Extent::Whole);
            }
        }
    }
}
