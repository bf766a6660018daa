//! What comes in less what goes out, by the words: 收支相抵，年终结余65616万元.

use super::super::{Fact, FactId, Measure, Offset};
use super::Reader;
use crate::pattern::Flow;

/// Words that set what comes in against what goes out.
const AGAINST: [&str; 4] = ["收支相抵", "收支轧抵", "收支品迭", "收支相减"];

/// How many bytes before a figure they stand at most.
const NEAR: usize = 60;

/// How many figures back the two sides are looked for.
const BACK: usize = 40;

/// How many paragraphs back they are.
const PARAGRAPHS: u32 = 3;

impl Reader<'_> {
    /// Finds the amounts that words say are what comes in less what goes out.
    pub(super) fn set_off(&mut self) {
        let mut from = 0;
        for id in 0..self.out.facts.len() as FactId {
            if let Some(f) = self.out.fact(id).filter(|f| is_left(f))
                && self.is_set_off(id, f)
            {
                let found = self.offset_of(id, f, from);
                self.out.offsets.extend(found);
                from = id as usize + 1;
            }
        }
    }

    /// Whether an amount is the first behind words that set one side against the other.
    fn is_set_off(&self, id: FactId, f: &Fact) -> bool {
        let told = id.checked_sub(1).and_then(|b| self.out.fact(b)).map_or(0, |b| b.end);
        let words = self.view.slice(f.sentence.0.max(told).min(f.start), f.start);
        let near = words.ceil_char_boundary(words.len().saturating_sub(NEAR));
        words.get(near..).is_some_and(|w| AGAINST.iter().any(|a| w.contains(a)))
    }

    fn offset_of(&self, left: FactId, f: &Fact, from: usize) -> Option<Offset> {
        let from = from.max((left as usize).saturating_sub(BACK));
        let like = |g: &Fact| {
            g.measure == Measure::Level
                && g.printed
                && !g.prior
                && g.cell.is_none()
                && g.paragraph + PARAGRAPHS >= f.paragraph
                && g.section == f.section
                && (g.unit, g.year, &g.part) == (f.unit, f.year, &f.part)
                && (g.stage == f.stage || g.stage.is_none() || f.stage.is_none())
        };
        let told = || self.out.facts.get(from..left as usize).unwrap_or(&[]).iter().zip(from as FactId..);
        // 减去结转下年支出，净结余…: of what more is told, some may have to be taken off as well.
        let behind = self.out.facts.get(left as usize + 1..).unwrap_or(&[]).iter();
        let alone = !behind.take_while(|g| g.sentence == f.sentence).any(|g| g.measure == Measure::Level);
        let sum = |g: &Fact| ["合计", "总计", "总量", "总收入", "总支出"].iter().any(|w| g.label.contains(w));
        let total =
            |flow: Flow| told().filter(|(g, _)| like(g) && sum(g) && g.flow == Some(flow)).map(|(_, id)| id).last();
        if let Some((revenue, spent)) = total(Flow::Revenue).zip(total(Flow::Expenditure)) {
            return Some(Offset { left, come_in: vec![revenue], gone_out: vec![spent], sure: alone });
        }
        let (mut come_in, mut gone_out) = (Vec::new(), Vec::new());
        for (g, id) in told().filter(|(g, _)| like(g) && g.parent.is_none()) {
            let opening = g.label.starts_with("上年") || g.label.starts_with("年初");
            match g.flow {
                Some(Flow::Expenditure) if !opening => gone_out.push(id),
                _ => come_in.push(id),
            }
        }
        let told = !come_in.is_empty() && !gone_out.is_empty() && come_in.len() + gone_out.len() > 2;
        told.then_some(Offset { left, come_in, gone_out, sure: false })
    }
}

/// 年终结余, 结转下年支出: what is left.
fn is_left(f: &Fact) -> bool {
    let carried = f.concept.as_deref().is_some_and(|c| c.starts_with("carryover"));
    let named = ["结余", "结转", "赤字"].iter().any(|w| f.label.contains(w));
    f.measure == Measure::Level && f.printed && !f.prior && f.cell.is_none() && (carried || named)
}
