//! Whose figure it is: the item that the clause names, or inherits.

use super::super::context::{Gap, ListKind};
use super::super::label::{self, Item};
use super::super::{FactId, Measure};
use super::{Figure, MAX_RUNS, Reader, Said};
use crate::lex::{Lexed, UnitKind};
use crate::pattern::Flow;

impl<'a> Reader<'a> {
    /// The item that the clause itself names, if any.
    pub(super) fn own_item(&self, lexed: &Lexed) -> Option<Item<'a>> {
        let mut spare: Option<Item<'a>> = None;
        let mut source: Option<Item<'a>> = None;
        for (n, (s, e)) in self.clause.runs.iter().rev().take(MAX_RUNS).enumerate() {
            let Some(item) = lexed.tokens.get(*s..*e).and_then(|r| label::item(self.packs, &self.view.text, r)) else {
                continue;
            };
            if item.generic || item.weak {
                if spare.as_ref().is_none_or(|s| s.generic && item.weak) {
                    spare = Some(item);
                }
                continue;
            }
            if let Some(source) = source.take() {
                if item.known && item.flow != Some(Flow::Revenue) {
                    return Some(Item { fund: source.fund, ..item });
                }
                return Some(source);
            }
            // An appropriation may be the source of the item named before it.
            if item.concept_id() == Some("revenue.appropriation") && n + 1 < self.clause.runs.len() {
                source = Some(item);
                continue;
            }
            // Unknown words before 收入 (人大通过的收入) name nothing better.
            if !item.known && spare.as_ref().is_some_and(|s| s.weak) {
                continue;
            }
            return Some(item);
        }
        source.or(spare)
    }

    pub(super) fn add(&mut self, figure: Figure, said: Said<'a>, lexed: &Lexed) {
        let mut own = said.named.or_else(|| self.own_item(lexed));
        let rate = matches!(figure.kind, UnitKind::Points | UnitKind::Percent);
        if figure.kind == UnitKind::Points || rate && self.lists.last().is_some_and(|l| l.kind == ListKind::Bracket) {
            own = own.filter(|i| i.known);
        }
        if let Some(name) = self.counted_places(&figure) {
            own = Some(Item { label: name, ..Item::default() });
        }
        let parallel = self.parallel_item(&figure, own.as_ref());
        let mut explicit = parallel.or_else(|| own.filter(|i| !i.generic && !i.weak));
        if said.denominator || said.levels {
            explicit = None;
        }
        let weak = own.filter(|i| i.weak && !figure.prior && !said.denominator);
        if explicit.is_none()
            && !figure.prior
            && !said.denominator
            && let Some(p) = self.pending
        {
            let rate = matches!(figure.measure, Measure::Share | Measure::Completion) && self.sentence_figures > 0;
            if !rate || !self.clause.runs.is_empty() {
                explicit = Some(p);
            }
        }
        // Places and offices in a list are parts of the total.
        if let Some(item) = &mut explicit {
            self.as_part(item, &figure);
        }
        if explicit.is_none() {
            explicit = weak.and_then(|w| self.weak_item(w));
        }
        self.settle(explicit.as_ref(), &figure);
        let explicit_given = explicit.is_some();
        let item = explicit
            .or_else(|| self.lists.iter().rev().find_map(|l| l.item))
            .or_else(|| self.headings.iter().rev().find_map(|h| h.item))
            .or(self.title_item)
            .or(own)
            .unwrap_or_default();
        let id = self.out.facts.len() as FactId;
        let fact = self.fact(&figure, &said, &item);
        self.out.facts.push(fact);
        self.items.push(item);
        self.after(id, &figure, &said, item, explicit_given);
    }

    /// 2市, 3市州: the unit is what is counted.
    pub(super) fn counted_places(&self, figure: &Figure) -> Option<&'a str> {
        let unit = self.packs.vocabulary.units.get(figure.unit?)?;
        (figure.kind == UnitKind::Count && unit.name.starts_with('市')).then_some(unit.name.as_str())
    }

    /// 支出预算 names the whole flow unless the sentence has named better.
    pub(super) fn weak_item(&self, weak: Item<'a>) -> Option<Item<'a>> {
        let here = self.lists.iter().rev().find_map(|l| l.item.as_ref());
        // 收支预算总体情况 heads both flows: below it each names itself.
        let whole = |i: &&Item| {
            !i.concept_id().is_some_and(|c| c.starts_with("balance") || c == "revenue" || c == "expenditure")
        };
        let here = here.or_else(|| self.headings.last().and_then(|h| h.item.as_ref()).filter(whole));
        let Some(i) = here.filter(|i| i.known || !i.label.is_empty()) else { return Some(weak) };
        let against = matches!((i.flow, weak.flow), (Some(a), Some(b)) if a != b);
        let apart = self.lists.last().is_some_and(|l| l.gap >= Gap::Semicolon) && self.sentence_or_list_has_level();
        let bare = matches!(weak.label, "支出" | "收入");
        (against || apart && bare).then_some(weak)
    }

    pub(super) fn sentence_or_list_has_level(&self) -> bool {
        self.lists.iter().any(|l| l.level.is_some() || l.change.is_some())
    }

    pub(super) fn parallel_item(&mut self, figure: &Figure, own: Option<&Item<'a>>) -> Option<Item<'a>> {
        if own.is_some_and(|i| i.known) {
            return None;
        }
        let p = self.parallel.as_mut()?;
        if p.next >= p.names.len() {
            p.next = 0;
        }
        let item = p.names.get(p.next).copied();
        p.next += 1;
        p.measure = figure.measure;
        p.sign = if figure.value.is_sign_negative() { -1 } else { 1 };
        item
    }

    /// An office of a staff list, a place of a split: a part of the owner's item.
    pub(super) fn as_part(&self, item: &mut Item<'a>, figure: &Figure) {
        if item.known || item.part.is_some() {
            return;
        }
        let Some(list) = self.lists.last().filter(|l| l.kind != ListKind::Drivers) else { return };
        let owner = match list.kind {
            // 中央级5亿元, 县级7亿元 after a total told in one breath.
            ListKind::Base => list.level.filter(|_| item.is_place() && !item.label.contains("部门")),
            _ => list.owner_level.or(list.owner_change),
        };
        let Some((owner, whole)) = owner.and_then(|o| self.out.fact(o).zip(self.items.get(o as usize))) else { return };
        let staff = figure.kind == UnitKind::People && owner.concept.as_deref().is_some_and(|c| c.starts_with("staff"));
        let by_place = ["部门", "级次", "单位"].iter().any(|w| self.view.slice(list.cue.0, list.cue.1).contains(w));
        let amount = matches!(figure.kind, UnitKind::Money | UnitKind::Percent | UnitKind::Vehicles);
        let place = (item.is_place() || by_place) && amount && !owner.label.is_empty();
        if (staff && item.is_place()) || place {
            *item = Item {
                label: whole.label,
                concept: whole.concept,
                fund: owner.fund,
                flow: owner.flow,
                part: Some(item.label),
                known: true,
                ..Item::default()
            };
        }
    }
}
