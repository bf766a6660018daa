//! Rows that a word for a sum closes: 基本支出50万元，项目支出30万元，合计80万元.

use super::{LONGEST, alike, stand_beside};
use crate::fact::reader::{Reader, SUMS};
use crate::fact::{Extent, Fact, FactId, Measure, Role};

impl Reader<'_> {
    /// 基本支出50万元，项目支出30万元，合计90万元: a sum by its word, behind at least two amounts of its
    /// sentence, is that of all of them, whether or not they make it.
    pub(in crate::fact::reader) fn close_rows(&mut self) {
        for total in 0..self.out.facts.len() as FactId {
            let mut members = self.closed_by(total);
            if members.len() < 2 {
                members = self.counted_before(total);
            }
            if members.len() < 2 {
                continue;
            }
            // 学费余约149万元，经费剩余78.32万元，总计结余约149万元: the others are in it.
            let again = |m: &FactId| {
                let (m, t) = (self.entry_of(*m), self.entry_of(total));
                m.zip(t).is_some_and(|(m, t)| m.amount == t.amount)
            };
            let others = |m: &&FactId| self.entry_of(**m).is_some_and(|e| e.amount != 0);
            let told = members.iter().any(again) && members.iter().filter(others).count() > 1;
            if told || !members.iter().all(|m| self.adds_to(*m, total)) {
                continue;
            }
            self.write_list(total, members, Extent::Whole);
        }
    }

    /// The row of amounts that a sum closes.
    fn closed_by(&self, total: FactId) -> Vec<FactId> {
        // 收入合计102亿元（县本级88亿元，高新区14亿元）: cut behind as well.
        let open = |t: &&Fact| t.parent.is_none() && matches!(t.role, None | Some(Role::Total));
        let Some(t) = self.out.fact(total).filter(open) else { return Vec::new() };
        let Some(sum) = self.entry_of(total) else { return Vec::new() };
        let mut members = Vec::new();
        for (f, id) in self.out.facts.get(..total as usize).unwrap_or(&[]).iter().zip(0..total).rev().take(LONGEST) {
            if f.sentence != t.sentence {
                break;
            }
            if members.is_empty() && f.measure == Measure::Level {
                let between = self.view.slice(f.end, t.start);
                if !SUMS.iter().any(|w| between.contains(w)) || between.contains(['比', '较', '占', '(', ')']) {
                    return members;
                }
            }
            let aside = f.measure != Measure::Level || f.prior || !f.printed || f.parent.is_some_and(|p| p < total);
            if aside && f.role != Some(Role::Total) {
                continue;
            }
            let whole = self.items.get(id as usize).is_some_and(crate::fact::reader::facts::is_total);
            let against = matches!((f.flow, t.flow), (Some(a), Some(b)) if a != b);
            let like = alike(f, t) && f.unit == t.unit && f.part == t.part && !whole && !against && !f.prior;
            if !like || f.parent.is_some() || self.entry_of(id).is_none_or(|e| e.amount > sum.amount) {
                break;
            }
            members.push(id);
        }
        let before = |p: &FactId| *p < total;
        let closes = || !self.out.breakdowns.iter().any(|b| b.total == total && b.parts.iter().any(before));
        if t.role.is_some() && (members.len() < 2 || !closes()) {
            return Vec::new();
        }
        members.reverse();
        members
    }

    /// 甲3万元；｜乙4万元；｜丙5万元。｜以上三项相加即支出12万元: the row that a sum in a sentence of its own counts.
    fn counted_before(&self, total: FactId) -> Vec<FactId> {
        let Some(t) = self.out.fact(total).filter(|t| t.measure == Measure::Level && t.printed && t.cell.is_none())
        else {
            return Vec::new();
        };
        let words = self.view.slice(t.sentence.0.min(t.start), t.start).trim_start();
        let back = ["以上", "上述", "前述"].iter().find_map(|w| words.strip_prefix(w));
        let Some(rest) = back.filter(|_| t.role.is_none() && t.parent.is_none()) else { return Vec::new() };
        let count = rest.chars().next().and_then(|c| "两二三四五六七八九".chars().position(|n| n == c));
        let sums = ["项相加", "项合计", "项共计", "项之和", "项总计"].iter().any(|w| rest.contains(w));
        let Some(count) = count.filter(|_| sums).map(|n| n.max(1) + 1) else { return Vec::new() };
        let mut members = Vec::new();
        for (f, id) in self.out.facts.get(..total as usize).unwrap_or(&[]).iter().zip(0..total).rev().take(LONGEST) {
            if f.section != t.section || members.len() == count {
                break;
            }
            if f.measure != Measure::Level || f.prior || !f.printed {
                continue;
            }
            if !alike(f, t) || f.unit != t.unit || f.part != t.part || f.parent.is_some() {
                break;
            }
            members.push(id);
        }
        members.reverse();
        if members.len() == count { members } else { Vec::new() }
    }

    /// 支出98.8亿元；上解2.58亿元；支出合计101.38亿元: the sum may bear the name of what it begins with.
    fn adds_to(&self, member: FactId, total: FactId) -> bool {
        let (Some(m), Some(t)) = (self.out.fact(member), self.out.fact(total)) else { return false };
        let apart = m.concept.as_deref().zip(t.concept.as_deref()).is_some_and(|(m, t)| stand_beside(m, t));
        m.label != t.label && !apart
    }
}
