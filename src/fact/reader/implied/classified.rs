//! The items of the budget's classification, told one a paragraph: all of a 类, or of the whole expenditure.

use super::{Entry, LONGEST, REACH, alike_total, ids};
use crate::fact::classification;
use crate::fact::reader::Reader;
use crate::fact::{Extent, Fact, FactId, one_digit_mends};
use rust_decimal::Decimal;

/// A list of all items misses its total by less than one part in so many.
const LITTLE: u64 = 10;

/// How many bytes before a figure say that it is of a 项.
const NEAR: usize = 600;

impl Reader<'_> {
    /// 1.养老保险缴费（项）31.21万元…。2.职业年金缴费（项）15.61万元…。3.…: some of the items may be those of a 类 told above, as
    /// these two make up its 46.82万元; they are of the whole list nevertheless. As the list may tell the items of some
    /// 类 only, it is one of all items where one digit mends it.
    pub(super) fn classify_claimed(&mut self, entries: &[Entry]) {
        for at in 0..entries.len() {
            let claimed = |e: &Entry| self.out.fact(e.id).is_some_and(|f| f.parent.is_some());
            let Some((total, members)) = self.classified_list(entries, at).filter(|(_, m)| m.iter().any(claimed))
            else {
                continue;
            };
            let within = members.iter().any(|m| self.out.fact(m.id).is_some_and(|f| f.parent == Some(total)));
            let values: Vec<Decimal> = members.iter().filter_map(|m| self.out.fact(m.id)).map(|f| f.value).collect();
            let slip = self.out.fact(total).is_some_and(|t| one_digit_mends(t.value, &values));
            if slip && !within {
                self.push_list(total, ids(&members), Extent::Open);
            }
        }
    }

    /// The items of the budget's classification, one a paragraph: 1.教育支出（类）普通教育
    /// （款）小学教育（项）…. Such a list names all items of the 类, or of the whole
    /// expenditure, that stands before it: where it misses that by little, a figure is wrong.
    pub(super) fn classified_list(&self, entries: &[Entry], at: usize) -> Option<(FactId, Vec<Entry>)> {
        let fact = |e: &Entry| self.out.fact(e.id);
        let first = fact(entries.get(at)?).filter(|f| self.lists_item(f))?;
        let apart = |f: &Fact| f.stage != first.stage || f.year != first.year || self.is_counted(f);
        let before = entries.get(..at)?.iter().rev().filter_map(fact).find(|f| !apart(f));
        if before.is_some_and(|f| self.room(f) == self.room(first) && self.lists_item(f)) {
            return None;
        }
        let mut members: Vec<Entry> = Vec::new();
        let mut sum = 0i64;
        for e in entries.get(at..)?.iter().take(2 * LONGEST) {
            let f = fact(e)?;
            if f.parent.is_some_and(|p| p >= entries.get(at).map_or(0, |e| e.id)) || apart(f) {
                continue;
            }
            if self.room(f) != self.room(first) || f.unit != first.unit || !self.lists_item(f) {
                break;
            }
            members.push(*e);
            sum = sum.checked_add(e.amount)?;
        }
        let facts = || members.iter().filter_map(fact);
        let paragraphs = facts().zip(facts().skip(1)).all(|(a, b)| a.paragraph < b.paragraph || self.is_coded(a, b));
        // Of 款 and their 项 each figure would be counted twice.
        let above = |f: &Fact| {
            code_of(f).is_some_and(|c| facts().filter_map(code_of).any(|d| d.len() > c.len() && d.starts_with(c)))
        };
        if members.len() < 4 || !paragraphs || facts().any(above) {
            return None;
        }
        let mut classes = facts().filter_map(class_of);
        let class = classes.next()?;
        let class = Some(class).filter(|c| classes.all(|d| d == *c));
        let whole = |f: &Fact| match f.concept.as_deref() {
            Some(c) if class.is_some_and(|class| c.strip_prefix("expenditure.function.") == Some(class)) => true,
            Some(
                "expenditure"
                | "expenditure.current"
                | "expenditure.total"
                | "balance.appropriation"
                | "revenue.appropriation",
            ) => true,
            // 一般公共预算安排支出612.48万元
            Some("revenue") => f.fund.is_some(),
            _ => false,
        };
        let back = entries.get(at.saturating_sub(REACH)..at)?;
        let total = back.iter().rev().find(|e| {
            let Some(f) = fact(e) else { return false };
            let fund = f.fund == first.fund || f.fund.is_none() || first.fund.is_none();
            let little = e.amount.abs_diff(sum).checked_mul(LITTLE).is_some_and(|gap| gap < e.amount.unsigned_abs());
            // 支出3308156.40元…。｜2130306 水利工程运行与维护3702456.40元｜…: or by what one digit makes.
            let little = little || self.mended_by_one_of_four(f, &members);
            whole(f) && alike_total(f, first) && f.unit == first.unit && f.part.is_none() && fund && little
        })?;
        Some((total.id, members))
    }

    /// 2080505 养老保险缴费支出29万元｜2101102 事业单位医疗14万元, 行政单位医疗（项）16万元，事业单位医疗（项）35万元: whether an item of
    /// the paragraph of the one before is named as an item of the classification.
    fn is_coded(&self, before: &Fact, item: &Fact) -> bool {
        let between = self.view.slice(before.end, item.start);
        between.contains("(项)") || between.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 7)
    }

    /// Whether a figure is of a 项: by its concept, or because the text says so.
    fn lists_item(&self, f: &Fact) -> bool {
        match f.concept.as_deref() {
            Some(c) if classification::is_item(c) => true,
            Some(c) if !classification::is_function(c) => false,
            _ => {
                let first = self.out.facts.partition_point(|b| b.paragraph < f.paragraph);
                let from = first.checked_sub(1).and_then(|b| self.out.facts.get(b)).map_or(0, |b| b.end);
                let near = self.view.text.floor_char_boundary((f.start as usize).saturating_sub(NEAR));
                self.view.slice(from.max(near as u32), f.start).contains("(项)")
            }
        }
    }
}

/// The code of an item in the classification of functions, where it is known.
fn code_of(f: &Fact) -> Option<&str> {
    let code = f.concept.as_deref()?.strip_prefix("expenditure.function.")?;
    Some(code).filter(|c| c.bytes().all(|b| b.is_ascii_digit()))
}

/// The 类 of an item, where it is known.
fn class_of(f: &Fact) -> Option<&str> {
    let code = f.concept.as_deref()?.strip_prefix("expenditure.function.")?;
    code.get(..3).filter(|c| c.bytes().all(|b| b.is_ascii_digit()))
}
