//! Changes told one after another that add up to the one told before them.

use crate::fact::reader::Reader;
use crate::fact::{Breakdown, Extent, Fact, FactId, Measure, Role};
use rust_decimal::Decimal;

impl Reader<'_> {
    /// Changes told one after another that add up to the one told before them:
    /// 增收3886万元，其中税收减收1238万元，非税增收5124万元.
    pub(in crate::fact::reader) fn imply_changes(&mut self) {
        let amount = |f: &Fact| f.measure == Measure::Change && f.printed && f.cell.is_none();
        let mut at = 0;
        while let Some(total) = self.out.facts.get(at) {
            at += 1;
            if !amount(total) || total.value.is_zero() || total.role.is_some() {
                continue;
            }
            let (mut parts, mut sum) = (Vec::new(), Decimal::ZERO);
            let base = |f: &Fact| f.basis.as_ref().map(|b| b.year);
            let next = total.sentence.1;
            for (f, id) in self.out.facts.get(at..).unwrap_or(&[]).iter().zip(at as FactId..).take(12) {
                // 下降275.70万元。一减一增：甲减少300.00万元，乙增加24.30万元: in the next sentence.
                let alike = amount(f)
                    && (f.sentence == total.sentence || f.paragraph == total.paragraph && f.sentence.0 <= next)
                    && f.parent.is_none()
                    && base(f) == base(total)
                    && f.unit == total.unit
                    && f.label != total.label
                    && !f.value.is_zero();
                if f.measure == Measure::Growth || f.measure == Measure::Level && f.sentence == total.sentence {
                    continue;
                }
                if !alike {
                    break;
                }
                parts.push(id);
                sum += f.value;
                if parts.len() >= 2 && sum == total.value {
                    break;
                }
            }
            if parts.len() < 2 || sum != total.value {
                continue;
            }
            let cue = (total.end, total.end);
            let total = (at - 1) as FactId;
            for id in &parts {
                if let Some(f) = self.out.facts.get_mut(*id as usize) {
                    (f.parent, f.role) = (Some(total), Some(Role::Component));
                }
            }
            self.out.breakdowns.push(Breakdown {
                total,
                parts,
                cue,
                drivers: false,
                extent: Extent::Open,
                equation: false,
                minus: Vec::new(),
            });
        }
    }
}
