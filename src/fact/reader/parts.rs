//! Which place, office or month a figure is of, where its clause leaves it to what was told before.

use super::super::context::ListKind;
use super::super::label::{Item, collects};
use super::super::{Fact, Measure};
use super::facts::is_total;
use super::{Figure, Reader};
use crate::lex::UnitKind;

/// Words that speak of the whole again.
const WHOLE: [&str; 15] = [
    "全县", "全市", "全区", "全省", "全州", "全旗", "全镇", "全乡", "我县", "我市", "我区", "合计", "总计", "共计",
    "地方",
];

impl<'a> Reader<'a> {
    /// 41个县收入151亿元，…。支出306.5亿元: the part that the paragraph tells of, for an item that names none.
    pub(super) fn part_told(&self, item: Option<&Item<'a>>, figure: &Figure) -> Option<&'a str> {
        let part = self.part?;
        let item = item.filter(|i| i.part.is_none() && i.known && !i.generic && i.concept.is_some())?;
        let base = self.lists.last().is_some_and(|l| l.kind == ListKind::Base);
        let told = match figure.measure {
            Measure::Level | Measure::Change => figure.kind == UnitKind::Money,
            m => m == Measure::Growth,
        };
        (base && told && !figure.prior && !is_total(item) && !self.says_whole(figure)).then_some(part)
    }

    /// Whether the words before a figure speak of the whole again.
    fn says_whole(&self, figure: &Figure) -> bool {
        let from = self.out.facts.last().map_or(0, |f| f.end).max(self.sentence_start).min(figure.start);
        let said = self.view.slice(from, figure.start);
        WHOLE.iter().any(|w| said.contains(w))
    }

    /// Keeps the part that a paragraph begins with, until it names another or the whole.
    pub(super) fn keep_part(&mut self, figure: &Figure, item: &Item<'a>) {
        let base = self.lists.last().is_some_and(|l| l.kind == ListKind::Base);
        if !base || figure.measure != Measure::Level || figure.kind != UnitKind::Money || figure.prior {
            return;
        }
        // 清溪县水利局收入…, in its own note: no part.
        let identity = &self.out.identity;
        let own = |p: &&str| {
            let long = p.chars().count() >= 3;
            let named = |n: &Option<String>| n.as_deref().is_some_and(|n| long && n.contains(*p) || p.contains(n));
            !named(&identity.organization) && !named(&identity.title)
        };
        // 市级“三公”经费…。某局…: a level of the place holds the others.
        let Some(part) = item.part.filter(own).filter(|p| !p.ends_with('级')) else {
            if self.says_whole(figure) {
                self.part = None;
            }
            return;
        };
        let counts = |f: &Fact| {
            let kind = f.unit.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
            f.measure == Measure::Level && kind == Some(UnitKind::Count)
        };
        let begins = self.out.facts.get(self.sentence_fact..).unwrap_or(&[]).iter().all(counts);
        let from = self.out.facts.partition_point(|f| f.paragraph < self.paragraph);
        let first = self.part.is_some() || self.out.facts.get(from..).unwrap_or(&[]).iter().all(counts);
        let split = begins && first && item.known && !collects(part);
        self.part = Some(part).filter(|_| split).or(self.part.filter(|p| *p == part));
    }

    /// 1月、2月和3月增幅分别为30%、30.7%、30.9%: gives a figure its month, where months and figures are
    /// paired by their order.
    pub(super) fn take_month(&mut self, item: &mut Option<Item<'a>>, figure: &Figure) {
        let from = self.out.facts.last().map_or(0, |f| f.end).max(self.sentence_start).min(figure.start);
        if self.view.slice(from, figure.start).contains("分别") {
            let periods = std::mem::take(&mut self.clause.periods);
            if periods.len() >= 2 && periods.iter().all(|p| p.as_of.is_months()) {
                self.months = (periods, 0);
            }
            self.months.1 = 0;
        }
        let Some(month) = self.months.0.get(self.months.1).copied() else { return };
        self.months.1 += 1;
        self.clause.period = Some(month);
        if item.is_none() {
            // 甲县、乙县收入…。1月、2月增幅分别为…: of no part that was told before.
            let held = self.lists.iter().rev().find_map(|l| l.item).or(self.headings.last().and_then(|h| h.item));
            *item = held.map(|i| Item { part: None, ..i });
        }
    }
}
