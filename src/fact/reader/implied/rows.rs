//! Rows of figures that add up to one told shortly before, or to a 合计 right behind.

use super::{Entry, LONGEST, REACH, alike, alike_total, entry, ids, nonzero_of};
use crate::fact::reader::{Reader, SUMS};
use crate::fact::{Extent, Fact, FactId, Measure, Role};

impl Reader<'_> {
    /// Finds the lists that the arithmetic shows, and writes their breakdowns.
    pub(in crate::fact::reader) fn imply_lists(&mut self) {
        let entries: Vec<Entry> = self
            .out
            .facts
            .iter()
            .zip(0..)
            .filter_map(|(f, id)| Some((id, entry(f)?)))
            .map(|(id, (amount, place))| Entry { id, amount, place })
            .collect();
        for at in 0..entries.len() {
            self.imply_from(&entries, at);
        }
        self.classify_claimed(&entries);
    }

    /// The list whose first member is the entry `at`, if there is one.
    fn imply_from(&mut self, entries: &[Entry], at: usize) -> Option<()> {
        let first = *entries.get(at)?;
        let head = self.out.fact(first.id)?;
        if head.parent.is_some() || !self.opens_row(first.id) {
            return None;
        }
        let (head_flow, head_sentence) = (head.flow, head.sentence);
        let mut members: Vec<Entry> = Vec::new();
        let (mut sum, mut nonzero, mut place) = (0i64, 0, i64::MAX);
        let mut found: Option<(FactId, usize, bool)> = None;
        let mut nearest: Option<FactId> = None;
        // A row does not begin in the middle of another.
        let mid = at.checked_sub(1).and_then(|b| entries.get(b)).and_then(|e| self.out.fact(e.id)).is_some_and(|b| {
            b.sentence == head.sentence && alike(head, b) && b.parent.is_none() && b.role != Some(Role::Total)
        });
        for e in entries.get(at..)?.iter().take(LONGEST) {
            let f = self.out.fact(e.id)?;
            if f.parent.is_some_and(|p| p >= first.id) || f.parent.is_some() && f.role == Some(Role::Driver) {
                continue;
            }
            // 完成预算38万元的78%, 上年预算数35万元: what is compared stands between the members.
            let aside = f.stage != head.stage || f.year != head.year || self.is_counted(f) != self.is_counted(head);
            if aside && f.paragraph - head.paragraph <= 24 {
                continue;
            }
            if f.parent.is_some() || !alike(head, f) || !self.goes_with(first.id, e.id) {
                break;
            }
            members.push(*e);
            sum = sum.checked_add(e.amount)?;
            place = place.min(e.place);
            nonzero += usize::from(e.amount != 0);
            if members.len() < 2 || nonzero == 0 {
                continue;
            }
            if let Some((total, near)) = self.total_of(entries, at, &members, sum, place, nonzero) {
                let closer = nearest.is_none_or(|before| total > before);
                // A total of this section is meant before one further back.
                if near && closer || found.is_none() && !(mid && nonzero < 3) {
                    found = Some((total, members.len(), near));
                }
                if near {
                    // 科学技术支出1154元。｜一般公共预算支出1493元，其中：…。｜机构运行1100元…: the whole that stands between may
                    // have the row go on.
                    nearest = nearest.filter(|before| total < *before).or(Some(total));
                    if !self.whole_between(total, first.id) {
                        break;
                    }
                }
            }
        }
        // One of them mistyped: only where all are by definition parts of the total.
        let slip = || {
            // 收支总预算458.35万元。事业收入…、其他收入12.00万元；基本支出310.15万元…: a row of what comes in ends where what
            // goes out begins.
            let flow = |m: &Entry| self.out.fact(m.id).and_then(|f| f.flow);
            let against = |m: &&Entry| !matches!((flow(m), head_flow), (Some(a), Some(b)) if a != b);
            let row = members.iter().take_while(against).count();
            let sentence = |m: &&Entry| self.out.fact(m.id).is_some_and(|f| f.sentence == head_sentence);
            let told_at_once = members.iter().take(row).take_while(sentence).count();
            let short = members.get(..2.min(row)).filter(|m| self.are_halves(m) || self.end_in_others(m));
            let rows = [short, members.get(..told_at_once), members.get(..row)];
            let total_of = |m: &[Entry]| Some((self.missed_by_a_slip(entries, at, m, nonzero_of(m))?, m.len()));
            rows.into_iter().flatten().find_map(total_of)
        };
        // 收支总预算458.35万元。本年收入402.10万元、上年结转24.25万元、事业收入20.05万元、…: the total right before, of which one
        // is mistyped, is meant before one far back that the first two of them happen to make.
        let near = found.filter(|(_, _, near)| *near);
        let found =
            near.map(|(total, len, _)| (total, len)).or_else(slip).or(found.map(|(total, len, _)| (total, len)));
        if let Some((total, len)) = found {
            members.truncate(len);
            if self.tells_again(total, &members) {
                self.push_list(total, ids(&members), Extent::Open);
                return None;
            }
            members.extend(self.zeros_behind(entries, &members, total));
            self.write_list(total, ids(&members), Extent::Open);
            return Some(());
        }
        let (total, members) = self.classified_list(entries, at)?;
        self.write_list(total, ids(&members), Extent::Open);
        Some(())
    }

    /// “三公”经费3.6万元。其中：出国费0万元，接待费3.6万元。｜（一）出国费0万元…。｜（二）接待费3.6万元…: whether paragraphs
    /// of their own tell again what a list of the total has told. They are its components once, whether or not they
    /// add up again.
    fn tells_again(&self, total: FactId, members: &[Entry]) -> bool {
        let listed = |m: &Entry| {
            let Some(f) = self.out.fact(m.id) else { return false };
            self.out.breakdowns.iter().filter(|b| b.total == total && b.cue.0 != b.cue.1).any(|b| {
                b.parts.iter().filter_map(|p| self.out.fact(*p)).any(|p| {
                    let concepts = p.concept.as_deref().zip(f.concept.as_deref());
                    // 用车运行维护费3.4万元、用车购置费0万元 in the list, 用车购置及运行费3.4万元 behind it.
                    let same = p.label == f.label || concepts.is_some_and(|(p, f)| p == f || self.packs.is_part(p, f));
                    same && p.part == f.part && p.paragraph < f.paragraph
                })
            })
        };
        !members.is_empty() && members.iter().all(listed)
    }

    /// Whether an expenditure of one fund, cut into a list, stands between a total and a row.
    fn whole_between(&self, total: FactId, first: FactId) -> bool {
        let between = self.out.facts.get(total as usize + 1..first as usize).unwrap_or(&[]);
        between
            .iter()
            .any(|f| f.concept.as_deref() == Some("expenditure") && f.fund.is_some() && f.role == Some(Role::Total))
    }

    /// 货物类38.90万元、服务类23.60万元、工程类0万元: what adds nothing to a row that has made up its total.
    fn zeros_behind(&self, entries: &[Entry], members: &[Entry], total: FactId) -> Vec<Entry> {
        let Some(last) = members.last() else { return Vec::new() };
        let Some(of) = self.out.fact(last.id) else { return Vec::new() };
        let behind = entries.iter().skip_while(|e| e.id <= last.id);
        let zero = |e: &&Entry| {
            e.amount == 0
                && self.out.fact(e.id).is_some_and(|f| f.sentence == of.sentence && f.parent.is_none() && alike(of, f))
                && self.can_hold(total, &[**e], 2)
        };
        behind.take_while(zero).copied().collect()
    }

    /// The figure that the members add up to: told before them, or in a 合计
    /// right behind.
    fn total_of(
        &self,
        entries: &[Entry],
        at: usize,
        members: &[Entry],
        sum: i64,
        place: i64,
        nonzero: usize,
    ) -> Option<(FactId, bool)> {
        let first = self.out.fact(members.first()?.id)?;
        let last = members.last()?;
        let counted = self.is_counted(first);
        let end = self.out.fact(last.id).map_or(0, |l| l.end);
        let behind = entries.iter().skip(at).skip_while(|e| e.id <= last.id).take(6);
        let behind = behind.filter_map(|e| Some((e, self.out.fact(e.id)?))).find(|(_, f)| alike(first, f));
        let says_total = |f: &Fact| {
            SUMS.iter().any(|w| f.label.contains(w) || self.view.slice(end.min(f.start), f.start).contains(w))
        };
        if let Some((next, f)) = behind
            && next.amount == sum
            && nonzero >= 2
            && says_total(f)
            && !matches!((first.flow, f.flow), (Some(a), Some(b)) if a != b)
        {
            return Some((next.id, true));
        }
        let back = entries.get(at.saturating_sub(REACH)..at)?;
        let most = if nonzero >= 3 { place.saturating_mul(members.len() as i64 / 2) } else { 0 };
        let total = |e: &Entry, named: Option<&str>| {
            let f = self.out.fact(e.id).filter(|f| named.is_none() || f.concept.as_deref() == named)?;
            let near = f.paragraph == first.paragraph || self.room(f) == self.room(first);
            let gap = (e.amount - sum).abs();
            // Rounded members may miss their total by a little, in a list that is told at once.
            let slack = if near && nonzero >= 3 { place.checked_mul(members.len() as i64 / 2)? } else { 0 };
            // No total is told with more places than what it rounds.
            if gap > slack || gap != 0 && (e.amount <= 100 * place || e.place < place) {
                return None;
            }
            let one_unit = members.iter().all(|m| self.unit_of(m.id) == self.unit_of(e.id));
            let money = self.is_counted(f) == self.is_counted(first);
            let before = at.checked_sub(1).and_then(|b| entries.get(b)).is_some_and(|b| b.id == e.id);
            let telling = nonzero >= 4 || e.amount % (10 * place) != 0 || before;
            let units = one_unit || near && money && !counted && telling;
            let weighty = near || nonzero >= 3 || sum >= 1000 * place;
            let reach = !counted || f.sentence == first.sentence || f.paragraph == first.paragraph && nonzero >= 2;
            (units && weighty && reach && alike_total(f, first) && self.can_hold(e.id, members, nonzero))
                .then_some((e.id, near))
        };
        let back = || back.iter().rev().filter(|e| (e.amount - sum).abs() <= most);
        // 总支出900元，其中基本支出900元。1.教育支出600元，占支出总预算66.67%: of the whole that the shares name.
        let named = self.whole_named(members.first()?.id);
        named.and_then(|n| back().find_map(|e| total(e, Some(n)))).or_else(|| back().find_map(|e| total(e, None)))
    }

    /// The item that the share right behind an amount names as its whole.
    fn whole_named(&self, amount: FactId) -> Option<&str> {
        let of = self.out.fact(amount)?;
        let behind = self.out.fact(amount + 1)?;
        let share = behind.measure == Measure::Share && behind.label == of.label;
        behind.basis.as_ref().filter(|b| share && b.stated)?.concept.as_deref()
    }

    /// Whether a figure may be the first of a row: a sentence, a clause group or
    /// a numbered item begins with it.
    fn opens_row(&self, id: FactId) -> bool {
        let Some(fact) = self.out.fact(id) else { return false };
        let Some(before) = id.checked_sub(1).and_then(|b| self.out.fact(b)) else { return true };
        let between = self.view.slice(before.end, fact.start);
        before.paragraph != fact.paragraph || between.contains([':', '。', ';', ',', '(', '、'])
    }

    /// Whether two figures can stand in one row.
    fn goes_with(&self, first: FactId, id: FactId) -> bool {
        let (Some(a), Some(b)) = (self.out.fact(first), self.out.fact(id)) else { return false };
        // Counts only within their sentence, money on to the section's end.
        let counted = self.is_counted(a);
        if counted && self.unit_of(first) != self.unit_of(id) {
            return false;
        }
        if counted { a.sentence == b.sentence } else { self.room(a) == self.room(b) && b.paragraph - a.paragraph <= 24 }
    }
}
