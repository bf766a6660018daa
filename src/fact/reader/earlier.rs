//! Items that words leave to what was told before: 计64.32万元, 余额, 当年收入, 前者.

use super::super::label::Item;
use super::super::{Fact, FactId, Measure};
use super::facts::is_rate_of_each;
use super::items::MAX_TOLD;
use super::{Figure, Reader, Said};
use crate::lex::UnitKind;

impl<'a> Reader<'a> {
    /// 履职补贴64.32万元。268名代表，年人均2400元，计64.32万元: of the money that is shared out, and not of those who get it.
    pub(super) fn what_each_gets(&self, figure: &Figure) -> Option<Item<'a>> {
        let here = self.out.facts.iter().zip(&self.items).rev().take(MAX_TOLD);
        // The standard may stand below the amount, in a line of its own.
        let mut here = here.take_while(|(f, _)| f.paragraph + 1 >= self.paragraph);
        let money = |f: &Fact| {
            let unit = f.unit.and_then(|u| self.packs.vocabulary.units.get(u));
            f.measure == Measure::Level && unit.is_some_and(|u| u.kind == UnitKind::Money)
        };
        let each = |f: &Fact| money(f) && is_rate_of_each(&f.label);
        here.next().filter(|(f, _)| each(f) && figure.kind == UnitKind::Money && figure.measure == Measure::Level)?;
        here.find(|(f, _)| money(f) && !is_rate_of_each(&f.label)).map(|(_, item)| *item)
    }

    /// 财政总收入158亿元…。分级次：市本级39亿元，增长10%，占一般公共预算收入的34%: what a place has a share of is what
    /// was told of it, where no other item stands in its sentence.
    pub(super) fn of_what_it_shares(&mut self, figure: &Figure, said: &Said<'a>) {
        let flow = |i: &Item| i.known && matches!(i.concept_id(), Some("revenue" | "expenditure"));
        let Some(whole) = said.whole.filter(|w| figure.measure == Measure::Share && flow(w)) else { return };
        let from = self.sentence_fact;
        let here = self.out.facts.get(from..).unwrap_or(&[]);
        let Some(part) = here.last().and_then(|f| f.part.clone()) else { return };
        let back = here.iter().rev().take_while(|f| f.part.as_deref() == Some(&*part)).count();
        let first = from + here.len() - back;
        let told = self.out.facts.get(first).filter(|f| f.measure == Measure::Level && f.flow == whole.flow);
        let Some(level) = told.filter(|f| f.concept.as_deref() != whole.concept_id() && !f.label.is_empty()) else {
            return;
        };
        let named = self.view.slice(self.sentence_start, level.start).contains(level.label.as_str());
        let (label, parent) = (level.label.clone(), level.parent);
        if named || level.concept.is_none() {
            return;
        }
        let facts = self.out.facts.get_mut(first..).unwrap_or_default().iter_mut();
        for (f, i) in facts.zip(self.items.get_mut(first..).unwrap_or_default()).filter(|(f, _)| f.label == label) {
            (f.label, f.concept) = (whole.label.to_owned(), whole.concept.cloned());
            f.fund = whole.fund.or(f.fund);
            *i = Item { part: i.part, ..whole };
        }
        // The total that it is a part of is of that too.
        let above = self.out.facts.get(..first).unwrap_or(&[]).iter().rposition(|f| {
            f.measure == Measure::Level && f.part.is_none() && f.concept.as_deref() == whole.concept_id() && !f.prior
        });
        let above = above.and_then(|at| FactId::try_from(at).ok()).filter(|_| parent.is_some());
        if let Some(f) = self.out.facts.get_mut(first) {
            f.parent = above.or(parent);
        }
        for list in &mut self.lists {
            if list.item.is_some_and(|i| i.label == label) {
                list.item = list.item.map(|i| Item { part: i.part, ..whole });
            }
            if list.owner_level == parent && parent.is_some() {
                list.owner_level = above.or(parent);
            }
        }
    }

    /// 政府债务限额617.87亿元；余额573.79亿元: of the debt whose limit was told.
    pub(super) fn balance_of_debt(&self, own: Item<'a>, figure: &Figure) -> Item<'a> {
        let bare = own.label == "余额" && own.concept.is_none() && figure.kind == UnitKind::Money;
        let told = self.out.facts.get(self.sentence_fact..).unwrap_or(&[]).iter();
        let limit = told.rev().any(|f| f.concept.as_deref().is_some_and(|c| c.starts_with("debt.limit")));
        match self.packs.concept("debt.balance").filter(|_| bare && limit) {
            Some(term) => Item { concept: Some(&term.concept), known: true, generic: false, weak: false, ..own },
            None => own,
        }
    }

    /// 1.一般公共预算。当年收入81.5亿元: of the budget that the paragraph names.
    pub(super) fn of_the_year(&self, own: Item<'a>) -> Item<'a> {
        let label = match own.label {
            "当年收入" => "收入",
            "当年支出" => "支出",
            _ => return own,
        };
        if self.budget_fund.is_some() { Item { label, weak: true, ..own } } else { own }
    }

    /// 甲50万元，乙33万元，前者减少5万元，后者增加3万元
    pub(super) fn former_or_latter(&self, own: &Item<'a>) -> Option<Item<'a>> {
        let at = ["前者", "后者"].iter().position(|w| *w == own.label)?;
        let told = self.siblings(2);
        told.get(at).copied().filter(|_| told.len() == 2)
    }

    /// 因公出国(境)经费7万元，拟出国(境)2人，3.5万元/人，共计7万元: whether the sentence has counts, what each of them
    /// costs, and the amount of no second item.
    pub(super) fn of_one_item(&self) -> bool {
        let told = self.out.facts.get(self.sentence_fact..).unwrap_or(&[]).iter();
        let kind = |f: &Fact| f.unit.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
        let amount = |f: &&Fact| f.measure == Measure::Level && kind(f) == Some(UnitKind::Money);
        let mut amounts = told.clone().filter(amount);
        let counts = told.clone().any(|f| !matches!(kind(f), Some(UnitKind::Money | UnitKind::Percent) | None));
        let first = amounts.next();
        counts && first.is_none_or(|first| amounts.all(|f| f.label == first.label))
    }
}
