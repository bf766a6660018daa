//! The unit of a figure that prints none, told by the figures behind it.

use super::super::Measure;
use super::Reader;
use crate::lex::UnitKind;

impl Reader<'_> {
    /// 收、支总计各是80.15、83.20万元: the unit that a sentence prints at its end is of all its amounts. A figure
    /// behind others has taken theirs when it was read.
    pub(super) fn share_units(&mut self) {
        let mut behind = None;
        for f in self.out.facts.iter_mut().rev() {
            let kind = f.unit.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
            if kind == Some(UnitKind::Money) {
                behind = Some((f.sentence, f.unit));
            }
            let amount = matches!(f.measure, Measure::Level | Measure::Change) && f.printed && f.cell.is_none();
            if let Some((_, unit)) = behind.filter(|(sentence, _)| *sentence == f.sentence)
                && amount
                && f.unit.is_none()
                && f.unit_inferred.is_none()
            {
                f.unit_inferred = unit;
            }
        }
    }
}
