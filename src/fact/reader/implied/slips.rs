//! Rows that a single slip keeps from adding up to the total right before them. Only where the words say that the
//! row is all of it, or all are by definition parts of the total, or one digit of four or more mends it.

use super::{Entry, PLACES, alike_total};
use crate::fact::reader::Reader;
use crate::fact::{Fact, FactId, Role, mistyped, one_digit_mends, one_digit_of_four_mends};
use rust_decimal::Decimal;

impl Reader<'_> {
    /// The total right before a row that a single slip keeps from adding up.
    pub(super) fn missed_by_a_slip(
        &self,
        entries: &[Entry],
        at: usize,
        members: &[Entry],
        nonzero: usize,
    ) -> Option<FactId> {
        let first = self.out.fact(members.first().filter(|_| nonzero >= 2)?.id)?;
        let amounts: Vec<i64> = members.iter().map(|m| m.amount).collect();
        let back = entries.get(at.saturating_sub(8)..at)?;
        let last = back.last()?.id;
        let whole = back.iter().rev().find(|e| {
            let Some(f) = self.out.fact(e.id) else { return false };
            let near = f.paragraph == first.paragraph || first.section.is_some() && self.room(f) == self.room(first);
            let one_unit = members.iter().all(|m| self.unit_of(m.id) == self.unit_of(e.id));
            if !near || !one_unit || !alike_total(f, first) || !self.can_hold(e.id, members, nonzero) {
                return false;
            }
            let at_once = last == e.id && f.sentence == first.sentence;
            if self.is_counted(f) {
                return at_once && self.end_in_others(members);
            }
            if self.slips_as_halves(f, members) || self.slips_as_counted(f, members) {
                return true;
            }
            let behind_point = || mistyped(e.amount, &amounts, 10i64.pow(PLACES));
            // 项目支出1126.40万元，主要用于甲412.50万元、乙186.40万元、…: told in one breath.
            let breath = nonzero >= 3 && f.paragraph == first.paragraph && last == e.id;
            let told = || at_once && (self.mended_by_one_of_four(f, members) || behind_point());
            f.role != Some(Role::Total) && (told() || (breath || self.are_parts(f, members)) && behind_point())
        })?;
        Some(whole.id)
    }

    /// Whether all figures of a row are by definition parts of a total.
    fn are_parts(&self, whole: &Fact, members: &[Entry]) -> bool {
        members.iter().all(|m| {
            let concepts = self.out.fact(m.id).and_then(|m| m.concept.as_deref()).zip(whole.concept.as_deref());
            concepts.is_some_and(|(p, w)| self.is_component(p, w))
        })
    }

    /// 车辆6辆，特种专业技术用车1辆、其他用车1辆: whether a row of kinds of vehicles ends with the others.
    pub(super) fn end_in_others(&self, members: &[Entry]) -> bool {
        let mut facts = members.iter().filter_map(|m| self.out.fact(m.id));
        let last = members.last().and_then(|m| self.out.fact(m.id));
        members.len() >= 2
            && last.is_some_and(|f| f.label.starts_with("其他"))
            && facts.all(|f| f.concept.as_deref().is_some_and(|c| c.starts_with("assets.vehicles.")))
    }

    /// 基本支出226.54万元、项目支出317.54万元
    pub(super) fn are_halves(&self, members: &[Entry]) -> bool {
        let named = |m: &Entry, c: &str| self.out.fact(m.id).is_some_and(|f| f.concept.as_deref() == Some(c));
        matches!(members, [a, b] if named(a, "expenditure.basic") && named(b, "expenditure.project"))
    }

    /// 本年支出604.08万元，基本支出226.54万元、项目支出317.54万元: whether the two halves of what is spent stand in the
    /// sentence of their whole, or in one that says how it is cut (按支出用途：), and one digit mends them.
    fn slips_as_halves(&self, whole: &Fact, members: &[Entry]) -> bool {
        let Some(first) = members.first().and_then(|m| self.out.fact(m.id)) else { return false };
        let words = self.view.slice(first.sentence.0.min(first.start), first.start).trim_start();
        let cut = words.starts_with(['按', '分', '从']) && words.contains(':');
        let of_it = members.iter().filter_map(|m| self.out.fact(m.id)).all(|f| f.sentence == whole.sentence);
        self.are_halves(members)
            && (of_it || cut && whole.concept.as_deref().is_some_and(is_budget))
            && self.one_digit_off(whole, members)
    }

    fn one_digit_off(&self, whole: &Fact, members: &[Entry]) -> bool {
        let values: Vec<Decimal> = members.iter().filter_map(|m| self.out.fact(m.id)).map(|f| f.value).collect();
        one_digit_mends(whole.value, &values)
    }

    pub(super) fn mended_by_one_of_four(&self, whole: &Fact, members: &[Entry]) -> bool {
        let values: Vec<Decimal> = members.iter().filter_map(|m| self.out.fact(m.id)).map(|f| f.value).collect();
        values.len() >= 2 && one_digit_of_four_mends(whole.value, &values)
    }

    /// 支出12680.4万元…。四个单位的支出依次为局机关9746.1万元、…: whether the words say that a row is all of a budget, and one digit
    /// mends it.
    fn slips_as_counted(&self, whole: &Fact, members: &[Entry]) -> bool {
        let budget = whole.concept.as_deref().is_some_and(|c| is_budget(c) || c == "three_public");
        budget && self.counted_in_words(members) && self.one_digit_off(whole, members)
    }

    /// Whether the words before a row say how many it names: 四个单位的支出依次为.
    fn counted_in_words(&self, members: &[Entry]) -> bool {
        let first = members.first().and_then(|m| self.out.fact(m.id));
        let Some(first) = first.filter(|_| (3..=9).contains(&members.len())) else { return false };
        let words = self.view.slice(first.sentence.0.min(first.start), first.start);
        let mut chars = words.chars().zip(words.chars().skip(1));
        let count = chars.find_map(|(n, of)| {
            let n = "三四五六七八九".chars().position(|c| c == n)?;
            matches!(of, '个' | '家' | '项' | '笔' | '类').then_some(n + 3)
        });
        count == Some(members.len())
            && ["依次", "分别", "各"].iter().any(|w| words.contains(w))
            && members.iter().filter_map(|m| self.out.fact(m.id)).all(|f| f.sentence == first.sentence)
    }
}

/// Concepts of a whole budget or a side of one.
fn is_budget(concept: &str) -> bool {
    matches!(
        concept,
        "expenditure" | "expenditure.current" | "expenditure.total" | "revenue" | "revenue.current" | "revenue.total"
    )
}
