//! The fund that pays for a total pays for its components.

use crate::fact::reader::Reader;
use crate::fact::reader::facts::is_earned;
use crate::fact::{Fact, Measure, Role};
use crate::lex::UnitKind;

/// How many figures on in its paragraph something is told of a component.
const OF_ONE_ITEM: usize = 64;

impl Reader<'_> {
    /// （一）出国（境）费0万元…: what paragraphs of their own tell of a total's components is of the
    /// fund that pays for the total.
    pub(in crate::fact::reader) fn inherit_funds(&mut self) {
        for at in 0..self.out.facts.len() {
            let Some(f) = self.out.facts.get(at).filter(|f| f.fund.is_none() && f.cell.is_none()) else { continue };
            let total = f.parent.and_then(|p| self.out.fact(p)).filter(|_| f.role != Some(Role::Driver));
            let total = total.filter(|t| t.measure == Measure::Level);
            let Some(fund) =
                total.and_then(|t| t.fund).or_else(|| self.fund_told_again(at)).or_else(|| self.fund_of_row(at))
            else {
                continue;
            };
            let unit = |f: &Fact| f.unit.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
            let earned = f.concept.as_deref().is_some_and(is_earned);
            if earned || f.measure != Measure::Level || unit(f) != Some(UnitKind::Money) {
                continue;
            }
            let (label, part, paragraph) = (f.label.clone(), f.part.clone(), f.paragraph);
            let rest = self.out.facts.get_mut(at..).unwrap_or(&mut []).iter_mut().take(OF_ONE_ITEM);
            for g in rest.take_while(|g| g.paragraph == paragraph) {
                let of_it = g.label == label && g.part == part && g.fund.is_none();
                if of_it {
                    g.fund = Some(fund);
                }
            }
        }
    }
}
