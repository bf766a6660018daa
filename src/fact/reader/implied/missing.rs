//! The item that a list is short of, told behind it.

use super::{OF_ONE_ITEM, alike};
use crate::fact::reader::Reader;
use crate::fact::{Breakdown, FactId, Measure, Role};
use rust_decimal::Decimal;

impl Reader<'_> {
    /// 按级次分：上划中省收入2628万元…。完成地方一般公共预算收入1720万元: the item that a list is
    /// short of, to the last digit, in the next sentence.
    pub(in crate::fact::reader) fn complete_lists(&mut self) {
        for at in 0..self.out.breakdowns.len() {
            let missing = |b| self.missing_item(b).or_else(|| self.carried_over(b));
            let Some((id, total)) = self.out.breakdowns.get(at).and_then(|b| Some((missing(b)?, b.total))) else {
                continue;
            };
            if let Some(f) = self.out.facts.get_mut(id as usize).filter(|f| f.parent.is_none()) {
                f.parent = Some(total);
                if f.role != Some(Role::Total) {
                    f.role = Some(Role::Component);
                }
            }
            if let Some(b) = self.out.breakdowns.get_mut(at) {
                b.parts.push(id);
            }
        }
    }

    /// 总收入581.45万元，其中：本年收入390.55万元…。｜1.财政拨款收入…。｜3.上年结转190.89万元: what was carried over is the
    /// other part of a total of which the list has named what the year itself brought.
    fn carried_over(&self, list: &Breakdown) -> Option<FactId> {
        let [current] = list.parts.as_slice() else { return None };
        let (t, c) = (self.out.fact(list.total)?, self.out.fact(*current)?);
        let concepts = (t.concept.as_deref()?, c.concept.as_deref()?);
        if list.drivers || concepts != ("revenue.total", "revenue.current") || t.cell.is_some() {
            return None;
        }
        let next = self.out.facts.get(*current as usize + 1..)?.iter().zip(current + 1..).take(OF_ONE_ITEM);
        let mut next = next.take_while(|(f, _)| f.section == t.section && f.concept != t.concept);
        let (f, id) = next.find(|(f, _)| {
            f.measure == Measure::Level && !f.prior && alike(f, t) && f.concept.as_deref() == Some("carryover.opening")
        })?;
        let gap = t.value.checked_sub(c.value)?.checked_sub(f.value)?.abs();
        let slack = Decimal::new(1, u32::from(t.decimals.min(9)));
        (f.parent.is_none() && f.unit == t.unit && gap <= slack).then_some(id)
    }

    fn missing_item(&self, list: &Breakdown) -> Option<FactId> {
        let (total, last) = (self.out.fact(list.total)?, *list.parts.last()?);
        if list.drivers || list.equation || total.measure != Measure::Level || total.cell.is_some() {
            return None;
        }
        let parts = list.parts.iter().map(|p| self.out.fact(*p));
        let sum = parts
            .map(|p| p.filter(|p| p.unit == total.unit))
            .try_fold(Decimal::ZERO, |s, p| s.checked_add(p?.value))?;
        let rest = total.value.checked_sub(sum).filter(|r| r.is_sign_positive() && !r.is_zero())?;
        let end = self.out.fact(last)?;
        // A round amount proves nothing.
        if self.is_counted(total) || rest.normalize().mantissa() < 100 {
            return None;
        }
        let next = self.out.facts.get(last as usize + 1..)?.iter().zip(last + 1..).take(8);
        let next = next.take_while(|(f, _)| f.paragraph == end.paragraph);
        let mut own = next.filter(|(f, _)| f.measure == Measure::Level && f.printed && !f.prior && alike(f, total));
        let (found, id) = own.find(|(f, _)| f.parent != Some(last))?;
        // It may be added up again further on: 地方财政收入…，加…，总计….
        let free = found.parent.is_none_or(|p| p > id);
        let fits = found.value == rest && found.unit == total.unit && free && found.label != total.label;
        let against = matches!((found.flow, total.flow), (Some(a), Some(b)) if a != b);
        (fits && !against && id != list.total).then_some(id)
    }
}
