//! Which fund pays for a figure, where neither its item nor its total says so.

use super::super::label::{self, Item};
use super::super::{Fact, Measure, Role};
use super::facts::{is_earned, is_total};
use super::{MAX_MEMBERS, Reader, SUMS};
use crate::lex::{Lexed, TokenKind, UnitKind};
use crate::pattern::{Flow, Fund};
use crate::segment::{Kind, ordinal};

/// What stands between a fund and what it pays for: 财政拨款安排“三公”经费.
const PAYS: [&str; 6] = ["安排", "安排的", "拨款安排", "资金安排", "列支", "的"];

/// How the names of other sources begin.
const OTHER_SOURCES: [&str; 5] = ["其他资金", "单位资金", "自有资金", "单位自筹", "非财政拨款"];

/// How many figures on in its paragraph something is told of a component.
const OF_ONE_ITEM: usize = 64;

/// How many paragraphs behind a list may tell of its items again.
const AGAIN_WITHIN: u32 = 24;

impl<'a> Reader<'a> {
    /// 财政拨款安排“三公”经费29万元: the run of words before a known item names who pays for it.
    pub(super) fn paid_by(&self, item: Item<'a>, run: usize, lexed: &Lexed) -> Item<'a> {
        let paid = item.known && item.fund.is_none() && item.flow != Some(Flow::Revenue);
        if !paid || item.concept_id().is_some_and(is_earned) {
            return item;
        }
        let runs = &self.clause.runs;
        let (Some((start, _)), Some((from, end))) =
            (runs.get(run), run.checked_sub(1).and_then(|before| runs.get(before)))
        else {
            return item;
        };
        let between = lexed.tokens.get(*end..*start).unwrap_or(&[]);
        let pays = !between.is_empty()
            && between.iter().all(|t| match t.kind {
                TokenKind::Mark(m) => m == crate::lex::Mark::Other,
                _ => PAYS.contains(&self.view.slice(t.start, t.end)),
            });
        let source = lexed.tokens.get(*from..*end).filter(|_| pays);
        let fund = source.and_then(|r| label::item(self.packs, &self.view.text, r)).and_then(|i| i.fund);
        Item { fund, ..item }
    }

    /// （一）出国（境）费0万元…: what paragraphs of their own tell of a total's components is of the
    /// fund that pays for the total.
    pub(super) fn inherit_funds(&mut self) {
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

    /// The fund that the paragraph began with, for an item that can be of it.
    pub(super) fn fund_of_paragraph(&self, item: &Item<'a>) -> Option<Fund> {
        let fund = self.lists.first().and_then(|l| l.fund)?;
        // 其他资金支出1万元: from another source.
        if OTHER_SOURCES.iter().any(|w| item.label.starts_with(w)) || item.concept_id() == Some("revenue.unit") {
            return None;
        }
        // “三公”经费财政拨款支出9.5亿元。总收入…；支出5582亿元。民生占61.1%: the whole told last has no fund.
        let from = self.out.facts.partition_point(|f| f.paragraph < self.paragraph);
        let flow = |f: &&Fact| {
            let whole = |c: &str| matches!(c, "revenue" | "expenditure") || c.ends_with(".total");
            f.measure == Measure::Level && self.is_money(f) && f.concept.as_deref().is_some_and(whole)
        };
        let last = self.out.facts.get(from..)?.iter().rev().take(MAX_MEMBERS).find(flow);
        let flows = item.concept_id().is_some_and(|c| c.starts_with("revenue") || c.starts_with("expenditure"));
        if flows && last.is_some_and(|f| f.fund.is_none() && f.flow == item.flow && f.part.is_none()) {
            return None;
        }
        let whole = is_total(item)
            || item.concept_id().is_some_and(|c| matches!(c, "revenue" | "expenditure"))
            || SUMS.iter().any(|w| item.label.ends_with(w));
        if !whole || self.out.identity.kind == Kind::CountyReport {
            return Some(fund);
        }
        let mut told = self.out.facts.get(from..)?.iter().filter(|f| f.measure == Measure::Level && self.is_money(f));
        let flows = |c: &str| c.starts_with("revenue") || c.starts_with("expenditure") || c.starts_with("balance");
        // “三公”财政拨款支出9.5亿元。总收入…: the whole is no longer of what paid for the part.
        let first = told.clone().find(|f| f.fund.is_some());
        let part = first.is_some_and(|f| !f.concept.as_deref().is_some_and(flows));
        // 财政拨款收入50万元，事业收入30万元，收入共计80万元: of all sources.
        let other = |f: &Fact| f.fund.is_none() && f.flow == item.flow && f.part.is_none();
        (!part && !told.any(other)).then_some(fund)
    }

    pub(super) fn is_money(&self, f: &Fact) -> bool {
        let kind = f.unit.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
        kind == Some(UnitKind::Money)
    }

    /// A numbered item that is told beside others ends what the one before it said of its fund:
    /// 1.财政拨款收入382万元。2.上级补助8万元。3.上年结转109万元。
    pub(super) fn number(&mut self, rank: u8) {
        if self.fund_rank.is_some_and(|r| rank <= r) {
            self.fund_rank = None;
            if let Some(base) = self.lists.first_mut() {
                base.fund = None;
            }
        }
        self.numbered = rank;
    }

    /// 一般公共预算支出1493元，其中：…。｜机构运行1343元，其中：…。｜养老保险缴费150元，其中：…: the items of the
    /// classification that each begin a paragraph behind the expenditure of a fund are of that, whether or not they
    /// add up to it.
    pub(super) fn fund_of_row(&self, at: usize) -> Option<Fund> {
        let item = |f: &Fact| f.concept.as_deref().is_some_and(|c| c.starts_with("expenditure.function."));
        let f = self.out.facts.get(at).filter(|f| f.measure == Measure::Level && item(f))?;
        let before = at.checked_sub(1).and_then(|b| self.out.facts.get(b))?.paragraph;
        if before == f.paragraph {
            return None;
        }
        let first = self.out.facts.partition_point(|g| g.paragraph < before);
        let g = self.out.facts.get(first)?;
        let row = item(g) && self.items.get(first).is_some_and(|i| i.fund.is_none());
        let whole = g.concept.as_deref() == Some("expenditure") && g.role == Some(Role::Total);
        let near = f.paragraph - before <= 2 && (g.year, g.stage, g.section) == (f.year, f.stage, f.section);
        g.fund.filter(|_| near && (row || whole))
    }

    /// 一般公共预算支出100万元，其中：基本支出70万元，…。｜（一）基本支出70万元…: what is told again of a list's
    /// item is of the fund of the list, whether or not the figures agree, and of whatever stage.
    pub(super) fn fund_told_again(&self, at: usize) -> Option<Fund> {
        let f = self.out.facts.get(at).filter(|f| f.measure == Measure::Level && f.concept.is_some())?;
        let begins = at.checked_sub(1).and_then(|b| self.out.facts.get(b)).is_none_or(|b| b.paragraph < f.paragraph);
        // The first of its paragraph, so near the beginning of the line.
        let before = self.view.text.get(..f.start as usize).filter(|_| begins)?;
        let line = before.rfind('\n').map_or(0, |n| n + 1);
        ordinal(before.get(line..)?)?;
        let told = self.out.facts.get(..at)?.iter().rev().take(MAX_MEMBERS);
        let near = told.take_while(|g| g.paragraph + AGAIN_WITHIN >= f.paragraph);
        let like = near.filter(|g| {
            g.role == Some(Role::Component)
                && (&g.concept, &g.part) == (&f.concept, &f.part)
                // 全年完成收入1408万元 is not 一般公共预算收入, which was part of another.
                && (g.label == f.label || !f.concept.as_deref().is_some_and(|c| matches!(c, "revenue" | "expenditure")))
                && (g.year, g.section) == (f.year, f.section)
                && g.paragraph < f.paragraph
        });
        // Of the list that was told last.
        like.filter_map(|g| Some((g.parent?, g.fund))).max_by_key(|(total, _)| *total)?.1
    }
}
