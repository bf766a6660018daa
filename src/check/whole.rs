//! A whole note, as the disclosure rules see it: what it must give, what it
//! gives. Excerpts, tables alone and county reports are never asked.

use super::relation::{Equation, Missing, Relation};
use super::{Notebook, Rule};
use crate::fact::{Fact, FactId, Measure, Reading, Topics};
use crate::lex::UnitKind;
use crate::pattern::Stage;
use crate::segment::Kind;
use rust_decimal::Decimal;
use std::ops::RangeInclusive;

/// Headings that a whole note has at least.
const HEADINGS: usize = 4;
/// Paragraphs behind a figure that still speak of it.
const NEAR: u32 = 4;
/// Totals one of which every whole note states.
const TOTALS: [&str; 6] =
    ["expenditure", "revenue", "expenditure.total", "revenue.total", "balance.total", "expenditure.current"];
/// What the heading that introduces an organisation speaks of.
const INTRODUCTIONS: [&str; 7] = ["职责", "职能", "概况", "机构", "基本情况", "部门构成", "单位构成"];
/// Parts that never come first.
const LATER_PARTS: [&str; 3] = ["第二部分", "第三部分", "第四部分"];
/// Endings of institutions, which have no 机关运行经费.
const INSTITUTIONS: [&str; 13] = ["院", "校", "园", "馆", "站", "中心", "所", "学", "社", "场", "台", "队", "公司"];

/// Whether a note is of a kind that the disclosure rules name, introduces its organisation and begins with its
/// first part: only then is it worth looking for what it speaks of.
fn may_be_whole(reading: &Reading) -> bool {
    let identity = &reading.identity;
    let named = matches!(identity.kind, Kind::UnitBudget | Kind::DepartmentBudget | Kind::FinalAccount)
        && identity.title.is_some()
        && identity.fiscal_year.is_some()
        && reading.sections.len() >= HEADINGS;
    let headings = || reading.sections.iter().map(|s| s.heading.as_str());
    let introduces = |h: &str| INTRODUCTIONS.iter().any(|w| h.contains(w));
    // An excerpt begins with its second or third part.
    let cut = || {
        headings().any(|h| LATER_PARTS.iter().any(|p| h.starts_with(p)))
            && !headings().any(|h| h.starts_with("第一部分"))
    };
    named && headings().any(introduces) && !cut()
}

/// A note that is judged as a whole.
pub(super) struct Whole<'a> {
    book: &'a Notebook<'a>,
    topics: &'a Topics<'a>,
}

impl<'a> Whole<'a> {
    /// The note as a whole; `None` for what is none.
    pub(super) fn of(book: &'a Notebook<'a>) -> Option<Self> {
        let topics = book.topics?;
        book.whole.get_or_init(|| is_whole(book, topics)).then_some(Whole { book, topics })
    }

    /// Whether it is a final account.
    pub(super) fn is_final(&self) -> bool {
        self.book.reading.identity.kind == Kind::FinalAccount
    }

    /// Whether it is a department's, and that of an office rather than an
    /// institution.
    pub(super) fn is_of_an_office(&self) -> bool {
        let identity = &self.book.reading.identity;
        let department = identity.kind == Kind::DepartmentBudget
            || identity.title.as_deref().is_some_and(|t| t.contains("部门") && !t.contains("单位"));
        let institution = identity.organization.as_deref().is_some_and(|o| INSTITUTIONS.iter().any(|i| o.ends_with(i)));
        department && !institution
    }

    /// Whether the note speaks of a topic. Nobody can miss what no pack has words for.
    pub(super) fn speaks_of(&self, topic: &str) -> bool {
        self.book.packs.topic(topic).is_none_or(|t| self.topics.has(t))
    }

    /// Whether it does so in the paragraph of a fact or soon after.
    pub(super) fn speaks_near(&self, id: FactId, topic: &str) -> bool {
        let Some(topic) = self.book.packs.topic(topic) else { return true };
        self.book.fact(id).is_some_and(|f| self.topics.has_within(topic, near(f.paragraph)))
    }

    /// Whether it does so in a paragraph of another topic or soon after.
    pub(super) fn speaks_beside(&self, beside: &str, topic: &str) -> bool {
        let number = |topic| self.book.packs.topic(topic);
        let (Some(beside), Some(topic)) = (number(beside), number(topic)) else { return true };
        self.topics.paragraphs(beside).any(|p| self.topics.has_within(topic, near(p)))
    }

    /// Whether the note holds a figure of a concept or of a part of it, or speaks of it without one.
    pub(super) fn gives(&self, concept: &str) -> bool {
        self.has(concept) || self.speaks_of(concept)
    }

    /// Whether the note holds a figure of a concept, or of a part of it.
    pub(super) fn has(&self, concept: &str) -> bool {
        self.book.has_item(concept)
    }

    /// Whether vehicles are counted anywhere.
    pub(super) fn counts_vehicles(&self) -> bool {
        self.facts().any(|(_, f)| self.book.kind(f) == UnitKind::Vehicles)
    }

    /// Figures of a concept or its parts that tell how it compares: a change, a
    /// growth, a completion, or the level of another year or stage.
    pub(super) fn compares(&self, concept: &str) -> bool {
        let year = self.book.reading.identity.fiscal_year;
        self.facts().any(|(_, f)| {
            let compared = matches!(f.measure, Measure::Change | Measure::Growth | Measure::Completion);
            is_of(f, concept) && (compared || f.prior || f.measure == Measure::Level && f.year != year)
        })
    }

    /// The amounts of a concept for the note's own year, those of its own stage first.
    fn amounts(&self, concept: &str) -> impl Iterator<Item = (FactId, Decimal)> {
        let identity = &self.book.reading.identity;
        let own = if identity.is_final { Stage::Final } else { Stage::Budget };
        let year = identity.fiscal_year;
        let levels = self.book.levels_of(concept);
        let of_stage = move |ours: bool| {
            levels.iter().copied().filter_map(move |id| {
                let f = self.book.fact(id)?;
                let money = f.unit.is_some() && f.cell.is_none() && self.book.is_money(f);
                let fits = f.year == year && !f.prior && (f.stage == Some(own)) == ours;
                (money && fits).then_some((id, f.value.checked_mul(self.book.factor(f))?))
            })
        };
        of_stage(true).chain(of_stage(false))
    }

    /// The amount of a concept for the note's own year, where it is more than nothing.
    pub(super) fn positive(&self, concept: &str) -> Option<FactId> {
        self.amounts(concept).next().filter(|(_, v)| v.is_sign_positive() && !v.is_zero()).map(|(id, _)| id)
    }

    /// Whether parts add up to an amount of a total: then what is not among them
    /// is nothing.
    pub(super) fn exhausts(&self, total: &str, parts: &[&[&str]]) -> bool {
        let amount = |concept: &&str| self.amounts(concept).next().map(|(_, v)| v);
        // A part that is given by its own parts is their sum.
        let part = |names: &&[&str]| {
            names
                .first()
                .and_then(amount)
                .or_else(|| names.iter().skip(1).filter_map(amount).try_fold(Decimal::ZERO, |a, b| a.checked_add(b)))
        };
        let sum = parts.iter().filter_map(part).try_fold(Decimal::ZERO, |a, b| a.checked_add(b));
        sum.is_some_and(|sum| self.amounts(total).any(|(_, v)| v == sum))
    }

    /// The first change of a concept that is no standstill.
    pub(super) fn change(&self, concept: &str) -> Option<FactId> {
        let moved = |f: &Fact| matches!(f.measure, Measure::Change | Measure::Growth) && !f.value.is_zero();
        self.facts().find(|(_, f)| f.concept.as_deref() == Some(concept) && moved(f)).map(|(id, _)| id)
    }

    fn facts(&self) -> impl Iterator<Item = (FactId, &'a Fact)> {
        (0..).zip(&self.book.reading.facts)
    }

    /// What the user's settings ask of this note besides and the note lacks.
    pub(super) fn lacks(&self) -> Vec<String> {
        let identity = &self.book.reading.identity;
        let names = || [identity.title.as_deref(), identity.organization.as_deref()].into_iter().flatten();
        let mut out: Vec<String> = Vec::new();
        for r in &self.book.settings.required {
            let here = r.regions.is_empty() || r.regions.iter().any(|w| names().any(|n| n.contains(w.as_str())));
            if !here || !r.kinds.is_empty() && !r.kinds.contains(&identity.kind) {
                continue;
            }
            for section in r.sections.iter().filter(|s| !s.iter().any(|w| self.topics.has_word(w))) {
                let name = section.join("|");
                if !out.contains(&name) {
                    out.push(name);
                }
            }
        }
        out
    }
}

/// Whether a note that may be whole states a total and has an end.
fn is_whole(book: &Notebook, topics: &Topics) -> bool {
    let total = TOTALS.iter().any(|c| !book.levels_of(c).is_empty());
    may_be_whole(book.reading) && !topics.breaks_off() && total
}

/// A paragraph and those soon after it.
fn near(paragraph: u32) -> RangeInclusive<u32> {
    paragraph..=paragraph.saturating_add(NEAR)
}

fn is_of(f: &Fact, concept: &str) -> bool {
    let below = |c: &str| c.strip_prefix(concept).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    f.concept.as_deref().is_some_and(below)
}

/// A required statement that is not given; `missing` in Chinese and English.
pub(super) fn absent(rule: &'static Rule, facts: Vec<FactId>, missing: &[(&'static str, &'static str)]) -> Relation {
    let missing = missing.iter().map(|(zh, en)| Missing { zh: (*zh).into(), en: (*en).into() }).collect();
    Relation { rule, equation: Equation::Absent { facts, missing }, complete: false, adjusted: false }
}
