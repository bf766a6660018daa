//! Rates behind an adjustment that are measured against the year before.

use super::compared::is_rate;
use crate::fact::Measure;
use crate::fact::reader::Reader;
use crate::pattern::Stage;

impl Reader<'_> {
    /// 收入由362万元调整为416万元，调增54万元，增长18.3%: a rate that is not that of the adjustment is measured against
    /// the year before, of which nothing need be told.
    pub(in crate::fact::reader) fn rebase_growths(&mut self) {
        for at in 2..self.out.facts.len() {
            if let Some(year) = self.grown_since(at)
                && let Some(basis) = self.out.facts.get_mut(at).and_then(|f| f.basis.as_mut())
            {
                (basis.year, basis.stage, basis.stated) = (Some(year), None, false);
            }
        }
    }

    /// The year before, if a growth behind an adjustment is none of it.
    fn grown_since(&self, at: usize) -> Option<i32> {
        let f = self.out.facts.get(at).filter(|f| f.measure == Measure::Growth && f.cell.is_none())?;
        let basis = f.basis.as_ref().filter(|b| b.year == f.year && b.stage == Some(Stage::Budget))?;
        let before = |n: usize| at.checked_sub(n).and_then(|i| self.out.facts.get(i)).filter(|g| g.label == f.label);
        let change = before(1).filter(|c| c.measure == Measure::Change && c.basis.as_ref() == Some(basis));
        let skip = usize::from(change.is_some());
        let (level, plan) = (before(1 + skip)?, before(2 + skip)?);
        let adjusted = level.measure == Measure::Level
            && plan.measure == Measure::Level
            && (level.stage, plan.stage) == (Some(Stage::Adjusted), Some(Stage::Budget))
            && level.pattern.is_some()
            && level.pattern == plan.pattern;
        let words = self.view.slice(before(1)?.end, f.start);
        let grows = ["增长", "下降", "同比", "上升"].iter().any(|w| words.contains(w));
        let rate = is_rate(level.value.checked_sub(plan.value)?, plan.value, f)?;
        f.year.filter(|_| adjusted && grows && !rate).map(|y| y - 1)
    }
}
