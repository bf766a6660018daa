//! Slips of the pen, planted one at a time into notes without errors: which of
//! them does the program find, and does it name the figure and what it was?
//!
//! A slip changes the text that stage one makes of the note; the rest is done
//! anew, as for any note. What is planted where depends on the seed and on
//! nothing else.

mod clause;
mod printed;
mod random;
mod slips;

pub use slips::Slip;

use super::alignment::align;
use super::annotation::{AnnotatedDocument, AnnotatedNote, Part};
use super::figure::ReadNote;
use super::pool;
use super::rate::Rate;
use crate::Analysis;
use crate::check::{Equation, Finding, Instead, Notebook, Relation, Suspect, Verdict};
use crate::document::Document;
use crate::fact::FactId;
use crate::pattern::Packs;
use random::Random;
use rust_decimal::Decimal;
use serde::Serialize;
use slips::{Effect, Planted, Scene};
use std::collections::BTreeSet;
use std::ops::Range;

/// What is planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Decides all that is left to chance.
    pub seed: u64,
    /// Only this kind of slip.
    pub slip: Option<Slip>,
    /// At most so many of each kind.
    pub sample: Option<usize>,
    /// Only into notes of this part.
    pub part: Option<Part>,
}

/// What became of the slips of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SlipScore {
    /// Which kind.
    pub slip: Slip,
    /// How many were planted.
    pub planted: u64,
    /// Of those, the ones in figures that a relation covers: one that has a
    /// verdict, and not that of a partial list, in the note as it was.
    pub covered: Rate,
    /// Of the covered slips that go beyond what rounding explains, those that
    /// lead to a contradiction that was not there before.
    pub detected: Rate,
    /// Of the detected slips in figures that two or more relations cover, those
    /// whose figure is the first suspect of the first contradiction.
    pub culprit: Rate,
    /// Of the same, those for which the figure as it was is suggested.
    pub suggestion: Rate,
}

/// A slip that should have been found and was not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missed {
    /// The document.
    pub document: String,
    /// The annotated fact.
    pub fact: u64,
    /// The kind of slip.
    pub slip: Slip,
    /// What stood in the text.
    pub was: String,
    /// What was put in its place.
    pub now: String,
    /// The rules of the relations that hold the figure and that the slip breaks.
    pub rules: BTreeSet<&'static str>,
}

/// What became of all planted slips.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mutations {
    /// The seed.
    pub seed: u64,
    /// Notes without errors.
    pub notes: u64,
    /// Documents in them.
    pub documents: u64,
    /// Annotated figures in them.
    pub figures: u64,
    /// Contradictions in them before anything is planted.
    pub false_alarms: u64,
    /// By kind of slip.
    pub slips: Vec<SlipScore>,
    /// What was not found; of the test part only when it alone is asked for.
    pub missed: Vec<Missed>,
}

/// Plants slips into the notes that have no errors, and looks for them.
///
/// # Errors
///
/// If the output does not hold the contract.
pub fn mutate(packs: &Packs, notes: &[AnnotatedNote], plan: Plan, jobs: usize) -> Result<Mutations, serde_json::Error> {
    let clean: Vec<&AnnotatedNote> = notes
        .iter()
        .filter(|n| plan.part.is_none_or(|p| p == n.part) && n.documents.iter().all(AnnotatedDocument::is_clean))
        .collect();
    let documents: Vec<(Part, &AnnotatedDocument)> =
        clean.iter().flat_map(|n| n.documents.iter().map(|d| (n.part, d))).collect();
    let read = pool::map(jobs, &documents, |(_, d)| Unmutated::read(packs, d));
    let read: Vec<Unmutated> = read.into_iter().collect::<Result<_, _>>()?;
    let planted = plant(&documents, plan);
    let outcomes = pool::map(jobs, &planted, |p| {
        let (_, document) = documents.get(p.document)?;
        Some(read.get(p.document)?.look_for(packs, document, p))
    });
    let slips = Slip::ALL.into_iter().filter(|s| plan.slip.is_none_or(|only| only == *s));
    let mut out = Mutations {
        seed: plan.seed,
        notes: clean.len() as u64,
        documents: documents.len() as u64,
        figures: documents.iter().map(|(_, d)| d.facts.len() as u64).sum(),
        false_alarms: read.iter().map(|r| r.known.len() as u64).sum(),
        slips: slips.map(SlipScore::new).collect(),
        missed: Vec::new(),
    };
    for (p, outcome) in planted.iter().zip(outcomes) {
        let (Some(outcome), Some((part, document))) = (outcome, documents.get(p.document)) else { continue };
        if let Some(score) = out.slips.iter_mut().find(|s| s.slip == p.slip) {
            score.count(&outcome);
        }
        let told = *part == Part::Train || plan.part == Some(Part::Test);
        if told && outcome.is_beyond_rounding() && !outcome.detected {
            out.missed.push(p.missed(document, outcome.broken));
        }
    }
    Ok(out)
}

/// A slip planted in a document's figure.
struct Case {
    document: usize,
    figure: usize,
    slip: Slip,
    planted: Planted,
    /// Decides whether it is among a sample.
    lot: u64,
}

impl Case {
    fn missed(&self, document: &AnnotatedDocument, rules: BTreeSet<&'static str>) -> Missed {
        Missed {
            document: document.name.clone(),
            fact: document.facts.get(self.figure).map_or(0, |f| f.id),
            slip: self.slip,
            was: document.document.text.get(self.planted.at.clone()).unwrap_or("").to_owned(),
            now: self.planted.with.clone(),
            rules,
        }
    }
}

/// Every slip in every figure where it is possible; of each kind at most a sample.
fn plant(documents: &[(Part, &AnnotatedDocument)], plan: Plan) -> Vec<Case> {
    let mut all = Vec::new();
    for slip in Slip::ALL.into_iter().filter(|s| plan.slip.is_none_or(|only| only == *s)) {
        let mut cases = Vec::new();
        for (n, (_, d)) in documents.iter().enumerate() {
            let scene = Scene { text: &d.document.text, facts: &d.facts, places: &d.places };
            for (figure, fact) in d.facts.iter().enumerate() {
                let mut random = Random::new(plan.seed, &[&d.name, &fact.id.to_string(), slip.name()]);
                let lot = random.next();
                let planted = scene.plant(slip, figure, &mut random);
                cases.extend(planted.map(|planted| Case { document: n, figure, slip, planted, lot }));
            }
        }
        if let Some(most) = plan.sample {
            cases.sort_by_key(|c| (c.lot, c.document, c.figure));
            cases.truncate(most);
            cases.sort_by_key(|c| (c.document, c.figure));
        }
        all.append(&mut cases);
    }
    all
}

/// What became of one slip.
#[derive(Debug, Clone, Default)]
struct Outcome {
    covered: bool,
    /// The rules of the covering relations that fail by arithmetic.
    broken: BTreeSet<&'static str>,
    detected: bool,
    /// Whether the figure is named first, and its value given; `None` where
    /// that is not asked.
    named: Option<(bool, bool)>,
}

impl Outcome {
    fn is_beyond_rounding(&self) -> bool {
        !self.broken.is_empty()
    }
}

impl SlipScore {
    fn new(slip: Slip) -> Self {
        let none = Rate::default();
        SlipScore { slip, planted: 0, covered: none, detected: none, culprit: none, suggestion: none }
    }

    fn count(&mut self, outcome: &Outcome) {
        self.planted += 1;
        self.covered.count(outcome.covered);
        if outcome.is_beyond_rounding() {
            self.detected.count(outcome.detected);
        }
        if let Some((named, mended)) = outcome.named {
            self.culprit.count(named);
            self.suggestion.count(mended);
        }
    }
}

/// A contradiction by its rule and where its figures begin in the text as it was.
type Contradiction = (&'static str, Vec<usize>);

/// A document before anything is planted.
struct Unmutated {
    analysis: Analysis,
    /// The program's fact of each annotated figure.
    facts: Vec<Option<FactId>>,
    /// Contradictions that are there anyway.
    known: BTreeSet<Contradiction>,
}

impl Unmutated {
    fn read(packs: &Packs, d: &AnnotatedDocument) -> Result<Self, serde_json::Error> {
        let analysis = crate::analyze(packs, d.document.clone(), true);
        let read = ReadNote::of(packs, &analysis)?;
        let found = align(d, &read.facts).found;
        let facts = found.into_iter().map(|at| at.and_then(|at| FactId::try_from(at).ok())).collect();
        let known = disagreeing(&analysis).map(|f| contradiction(&analysis, f, |at| at)).collect();
        Ok(Unmutated { analysis, facts, known })
    }

    /// The relations that cover a fact: they have a verdict that a wrong figure would change.
    fn covering(&self, fact: FactId) -> impl Iterator<Item = &Finding> {
        let decided = |v| !matches!(v, Verdict::Undecided | Verdict::Partial);
        self.analysis.findings.list.iter().filter(move |f| decided(f.verdict) && f.facts.contains(&fact))
    }

    fn look_for(&self, packs: &Packs, d: &AnnotatedDocument, case: &Case) -> Outcome {
        let Some(fact) = self.facts.get(case.figure).copied().flatten() else { return Outcome::default() };
        let covering = self.covering(fact).count();
        let mut out = Outcome { covered: covering > 0, ..Outcome::default() };
        out.broken = self.broken(packs, fact, case.planted.effect);
        if !out.is_beyond_rounding() {
            return out;
        }
        let after = crate::analyze(packs, edited(&d.document, &case.planted), true);
        let edit = Edit::of(&case.planted);
        let new = disagreeing(&after).find(|f| !self.known.contains(&contradiction(&after, f, |at| edit.back(at))));
        out.detected = new.is_some();
        if let Some(new) = new.filter(|_| covering >= 2) {
            let quote = d.places.get(case.figure).map_or(0..0, |p| edit.on(&p.bytes));
            out.named = named(&after, new.suspects.first(), &quote, case.planted.effect);
        }
        out
    }

    /// The rules of the covering relations that fail by arithmetic once the
    /// figure says what the slip makes it say: printed figures are intervals,
    /// and they no longer meet.
    fn broken(&self, packs: &Packs, fact: FactId, effect: Effect) -> BTreeSet<&'static str> {
        let book = Notebook::new(packs, &self.analysis.reading);
        let fails = |f: &Finding, value: Decimal| {
            let relation = Relation { rule: f.rule, equation: f.relation.clone(), complete: true, adjusted: false };
            relation.judge(&book, Some(Instead::new(fact, value))).verdict == Verdict::Disagrees
        };
        let broken: Vec<&Finding> = match effect {
            Effect::Year(_) => self.covering(fact).collect(),
            Effect::Says { value, .. } => self.covering(fact).filter(|f| fails(f, value)).collect(),
            Effect::Stands(times) => {
                let Some(value) = book.fact(fact).and_then(|f| f.value.checked_mul(times.into())) else {
                    return BTreeSet::new();
                };
                let is_part = |f: &&Finding| matches!(&f.relation, Equation::Sum { total, .. } if *total != fact);
                self.covering(fact).filter(is_part).filter(|f| fails(f, value)).collect()
            }
        };
        broken.into_iter().map(|f| f.rule.id).collect()
    }
}

fn disagreeing(a: &Analysis) -> impl Iterator<Item = &Finding> {
    a.findings.list.iter().filter(|f| f.verdict == Verdict::Disagrees)
}

fn contradiction(a: &Analysis, f: &Finding, back: impl Fn(usize) -> usize) -> Contradiction {
    let at = |id: &FactId| a.reading.fact(*id).map(|f| back(a.view.source(f.start, f.end).0 as usize));
    (f.rule.id, f.facts.iter().filter_map(at).collect())
}

/// Whether a suspect is the figure at `quote`, and whether it would be mended
/// rightly. Of an item left out or doubled no figure is wrong.
fn named(a: &Analysis, suspect: Option<&Suspect>, quote: &Range<usize>, effect: Effect) -> Option<(bool, bool)> {
    if matches!(effect, Effect::Stands(_)) {
        return None;
    }
    let is_figure = |s: &&Suspect| {
        a.reading.fact(s.fact).is_some_and(|f| {
            let (start, end) = a.view.source(f.start, f.end);
            (start as usize) < quote.end && end as usize > quote.start
        })
    };
    let Some(s) = suspect.filter(is_figure) else { return Some((false, false)) };
    let mended = match effect {
        Effect::Says { mend, .. } => s.suggested == Some(mend),
        Effect::Year(year) => s.year == Some(year),
        Effect::Stands(_) => false,
    };
    Some((true, mended))
}

/// A replacement in a text, as a map between the places before and after.
#[derive(Debug, Clone, Copy)]
struct Edit {
    start: usize,
    end: usize,
    new_end: usize,
}

impl Edit {
    fn of(planted: &Planted) -> Self {
        let (start, end) = (planted.at.start, planted.at.end);
        Edit { start, end, new_end: start + planted.with.len() }
    }

    /// Where a place of the old text is in the new one.
    fn forth(self, at: usize) -> usize {
        if at >= self.end { at - self.end + self.new_end } else { at.min(self.new_end) }
    }

    /// Where a place of the new text was in the old one.
    fn back(self, at: usize) -> usize {
        if at >= self.new_end { at - self.new_end + self.end } else { at.min(self.end) }
    }

    /// A range of the old text in the new one.
    fn on(self, range: &Range<usize>) -> Range<usize> {
        let start = if range.start <= self.start { range.start } else { self.forth(range.start) };
        start..self.forth(range.end)
    }
}

/// The document with a slip in its text.
fn edited(document: &Document, planted: &Planted) -> Document {
    let mut document = document.clone();
    let edit = Edit::of(planted);
    if document.text.get(planted.at.clone()).is_some() {
        document.text.replace_range(planted.at.clone(), &planted.with);
    }
    document.tables = document.tables.into_iter().map(|table| table.moved(|range| edit.on(range))).collect();
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Raw, read};

    #[test]
    fn places_move_with_an_edit() {
        // abcdef → abXYZef
        let edit = Edit { start: 2, end: 4, new_end: 5 };
        assert_eq!([0, 2, 4, 6].map(|at| edit.forth(at)), [0, 2, 5, 7]);
        assert_eq!([0, 2, 5, 7].map(|at| edit.back(at)), [0, 2, 4, 6]);
        assert_eq!(edit.on(&(2..4)), 2..5);
        assert_eq!(edit.on(&(4..6)), 5..7);
        // Left out.
        assert!(Edit { start: 2, end: 4, new_end: 2 }.on(&(2..4)).is_empty());
    }

    #[test]
    fn an_edited_text_is_what_would_be_read() {
        let raw = |text: &str| read(&Raw::File { path: "a.txt".into(), bytes: text.into() }).unwrap();
        let note = "2024年支出预算502.48万元，其中：基本支出424.01万元。\n";
        let at = note.find("502").unwrap();
        let planted = Planted { at: at..at + 6, with: "52.48".into(), effect: Effect::Year(2024) };
        assert_eq!(edited(&raw(note), &planted).text, raw(&note.replace("502.48", "52.48")).text);
    }
}
