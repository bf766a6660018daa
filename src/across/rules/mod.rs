//! What must tie between documents, one rule a file.

mod change_differs_from_year_before;
mod equal_budget_differs_from_final_account;
mod equal_published_twice;
mod equal_year_before_restated;
mod ratio_growth_differs_from_year_before;
mod sum_units_differ_from_department;

use super::bodies::{Bodies, Body};
use super::judge::Equation;
use super::shelf::{At, Figure, Item, Kept, Shelf};
use crate::check::RuleDoc;
use crate::fact::Measure;
use crate::pattern::Stage;
use rustc_hash::FxHashMap;

/// A rule between documents.
#[derive(Debug)]
pub struct Rule {
    /// `family/what-is-wrong`
    pub id: &'static str,
    /// One line, in Chinese.
    pub title_zh: &'static str,
    /// One line, in English.
    pub title_en: &'static str,
    /// What it tests, when it is silent, where it comes from; in Markdown, with an example of several notes in
    /// ```note fences that is run when the rule is explained.
    pub doc: &'static str,
    /// Rules of one group bear each other out.
    pub(super) group: &'static str,
    pub(super) relate: fn(&Desk, &mut Vec<Relation>),
}

impl Rule {
    /// The family: what stands before the slash.
    #[must_use]
    pub fn family(&self) -> &'static str {
        self.id.split('/').next().unwrap_or(self.id)
    }
}

/// All rules between documents, in the order in which they are told.
pub const RULES: &[&Rule] = &[
    &sum_units_differ_from_department::RULE,
    &change_differs_from_year_before::RULE,
    &ratio_growth_differs_from_year_before::RULE,
    &equal_published_twice::RULE,
    &equal_budget_differs_from_final_account::RULE,
    &equal_year_before_restated::RULE,
];

/// The documentation of a rule; `None` if there is no such rule between documents.
///
/// ```
/// let doc = gouji::across::rule_doc("equal/published-twice").unwrap();
/// assert_eq!(doc.notes.len(), 2);
/// assert_eq!(doc.notes[0].0, "a.txt");
/// ```
#[must_use]
pub fn rule_doc(id: &str) -> Option<RuleDoc<Rule>> {
    RULES.iter().find(|r| r.id == id).map(|r| RuleDoc::new(*r, r.doc))
}

/// The group of what two documents say of one and the same thing.
pub(super) const TWICE: &str = "twice";

/// How plainly a document speaks of another's figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// It names it: 2023年年初预算.
    Said,
    /// It names the year alone: 比上年.
    Unsaid,
    /// Both say the same thing.
    Twice,
}

/// An equation between documents, and the rule that made it.
#[derive(Debug)]
pub(super) struct Relation {
    pub rule: &'static Rule,
    pub equation: Equation,
    /// That of the tested figure first.
    pub documents: Vec<u32>,
    pub claim: Claim,
    /// Why it proves nothing when it fails.
    pub doubt: Option<&'static str>,
}

pub(in crate::across) use equal_budget_differs_from_final_account::ADJUSTED;
pub(in crate::across) use sum_units_differ_from_department::MISSING;

/// 部门 and 单位 are two circles; a title may leave open which is meant.
pub(super) const SCOPE: &str =
    "it is not certain that both documents are of the department with its units, or both of one unit alone";
/// Two circles.
pub(super) const APART: &str = "one document is of the department with its units, the other of one unit alone";

/// More documents of one organisation than this that state one figure are not looked through.
const MANY: usize = 16;

/// The documents of one organisation, laid out.
pub(super) struct Desk<'a> {
    pub shelf: &'a Shelf,
    pub bodies: &'a Bodies,
    pub body: &'a Body,
    /// Each document's levels by item, year and stage.
    levels: FxHashMap<(u32, Item, i32, Stage), At>,
    /// Levels of the year and stage that their document is about.
    own: FxHashMap<(Item, i32, Stage), Vec<At>>,
    /// The first document of each year, stage and circle.
    first: FxHashMap<(i32, Stage), Vec<u32>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(shelf: &'a Shelf, bodies: &'a Bodies, body: &'a Body) -> Self {
        let mut desk = Desk {
            shelf,
            bodies,
            body,
            levels: FxHashMap::default(),
            own: FxHashMap::default(),
            first: FxHashMap::default(),
        };
        for (d, document) in desk.documents() {
            let alike = desk.first.entry((document.year, document.stage)).or_default();
            if !alike.iter().any(|o| shelf.document(*o).is_some_and(|o| o.scope == document.scope)) {
                alike.push(d);
            }
            for (at, f) in shelf.figures(d).filter(|(_, f)| f.measure == Measure::Level && !f.torn) {
                desk.levels.entry((d, f.item, f.year, f.stage)).or_insert(at);
                if (f.year, f.stage) == (document.year, document.stage) {
                    let own = desk.own.entry((f.item, f.year, f.stage)).or_default();
                    if own.len() < MANY {
                        own.push(at);
                    }
                }
            }
        }
        desk
    }

    /// The documents of the organisation with their numbers.
    pub(super) fn documents(&self) -> impl Iterator<Item = (u32, &'a Kept)> + use<'a> {
        let (body, shelf) = (self.body, self.shelf);
        body.documents.iter().filter_map(move |d| Some((*d, shelf.document(*d)?)))
    }

    /// The first document of each circle for a year and stage.
    pub(super) fn first(&self, year: i32, stage: Stage) -> &[u32] {
        self.first.get(&(year, stage)).map_or(&[], Vec::as_slice)
    }

    /// A document's level of an item, a year and a stage.
    pub(super) fn level_in(&self, document: u32, item: Item, year: i32, stage: Stage) -> Option<At> {
        self.levels.get(&(document, item, year, stage)).copied()
    }

    /// What another document says of an item, a year and a stage, if that is what
    /// the document is about; with what makes it doubtful.
    pub(super) fn told_elsewhere(
        &self,
        document: u32,
        item: Item,
        year: i32,
        stage: Stage,
    ) -> Option<(At, Option<&'static str>)> {
        let here = self.shelf.document(document)?;
        let all = self.own.get(&(item, year, stage))?;
        let others = all.iter().copied().filter(|at| at.document != document).filter_map(|at| {
            let there = self.shelf.document(at.document)?;
            Some((at, standing(here, there)?))
        });
        others.min_by_key(|(at, doubt)| (doubt.is_some(), *at))
    }
}

/// Whether the figures of two documents of one organisation are of one circle:
/// `None` if not, else what makes it doubtful.
pub(super) fn standing(a: &Kept, b: &Kept) -> Option<Option<&'static str>> {
    match (a.scope, b.scope) {
        (Some(x), Some(y)) => (x == y).then_some(None),
        (None, None) if a.source.kind == b.source.kind => Some(None),
        _ => Some(Some(SCOPE)),
    }
}

/// A change or growth of a document's own year, with the year before and the
/// stages of it that it may be measured against.
pub(super) fn compared(document: &Kept, f: &Figure) -> Option<(i32, Vec<Stage>, Claim)> {
    let before = f.basis_year.filter(|y| *y < f.year)?;
    if f.torn || f.year != document.year || f.stage != document.stage {
        return None;
    }
    let other = if f.stage == Stage::Budget { Stage::Final } else { Stage::Budget };
    Some(match f.basis_stage {
        Some(stage) => (before, vec![stage], Claim::Said),
        None => (before, vec![f.stage, other], Claim::Unsaid),
    })
}
