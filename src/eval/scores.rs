//! Scores: how much of what is annotated the program has right.

use super::annotation::{AnnotatedDocument, AnnotatedNote, Part};
use super::comparison::{Comparison, compare};
use super::confusions::{Confusion, Confusions};
use super::figure::{Field, ReadNote};
use super::pool;
use super::rate::Rate;
use crate::pattern::Packs;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The scores of one note, one part or all notes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scores {
    /// Notes.
    pub notes: u64,
    /// Documents in them.
    pub documents: u64,
    /// Of the documents' organisations, years and kinds, those that are right.
    pub head: Rate,
    /// Of the annotated quantities, those that are facts.
    pub detected: Rate,
    /// Of the annotated words for zero (持平, 无…), those that are facts.
    #[serde(default)]
    pub zero_words: Rate,
    /// Of the facts in both, those that are right in a field.
    pub fields: BTreeMap<Field, Rate>,
    /// Of the annotated facts, those that are fully right.
    pub recall: Rate,
    /// Of the facts that are read, those that are annotated and fully right.
    pub precision: Rate,
    /// Of the sentences with annotated facts, those in which every fact is fully
    /// right and nothing else is read. The text is cut at `。`, `；` and line breaks.
    pub sentences: Rate,
    /// Of the annotated relations that hold, those that are tested and hold.
    pub holding: Rate,
    /// Of the annotated lists that leave a remainder, those that are tested.
    pub partial: Rate,
    /// Of the annotated contradictions, those that are found.
    pub contradictions: Rate,
    /// Of the wrong figures, those of which some contradiction is found.
    pub errors: Rate,
    /// Of those, the ones that are named as the culprit.
    pub culprits: Rate,
    /// Of the same, the ones for which the right value is suggested too.
    pub suggestions: Rate,
    /// Contradictions that are none.
    pub false_alarms: u64,
    /// Facts that are no annotated quantity.
    pub spurious: u64,
    /// Quantities that nothing explains.
    pub unexplained: u64,
}

impl Scores {
    fn of(comparison: &Comparison) -> Self {
        let mut s = Scores { documents: 1, ..Scores::default() };
        s.head = Rate { right: 3 - comparison.head.len() as u64, of: 3 };
        s.spurious = comparison.spurious.len() as u64;
        s.precision.of = s.spurious;
        for fact in &comparison.facts {
            s.detected.count(fact.fields.is_some());
            s.recall.count(fact.is_right());
            if fact.fields.is_some() {
                s.precision.count(fact.is_right());
            }
            for f in fact.fields.iter().flatten() {
                s.fields.entry(f.field).or_default().count(f.right);
            }
        }
        s.zero_words = comparison.zero_words;
        s.sentences = comparison.sentences;
        s.unexplained = comparison.unexplained.len() as u64;
        s.false_alarms = comparison.alarms.len() as u64;
        s.count_relations(comparison);
        s
    }

    fn count_relations(&mut self, comparison: &Comparison) {
        // One wrong figure may stand in several contradictions.
        let mut errors: BTreeMap<(Option<u64>, Option<Decimal>), [bool; 3]> = BTreeMap::new();
        for r in &comparison.relations {
            match r.want.verdict.as_str() {
                "disagrees" => {
                    self.contradictions.count(r.tested);
                    let [found, named, mended] = errors.entry((r.want.suspect, r.want.suggested())).or_default();
                    *found |= r.tested;
                    *named |= r.named;
                    *mended |= r.mended;
                }
                "partial" => self.partial.count(r.tested),
                _ => self.holding.count(r.tested),
            }
        }
        for [found, named, mended] in errors.into_values() {
            self.errors.count(found);
            if found {
                self.culprits.count(named);
                self.suggestions.count(mended);
            }
        }
    }

    fn add(&mut self, other: &Scores) {
        self.notes += other.notes;
        self.documents += other.documents;
        for (field, rate) in &other.fields {
            self.fields.entry(*field).or_default().add(*rate);
        }
        self.head.add(other.head);
        self.detected.add(other.detected);
        self.zero_words.add(other.zero_words);
        self.recall.add(other.recall);
        self.precision.add(other.precision);
        self.sentences.add(other.sentences);
        self.holding.add(other.holding);
        self.partial.add(other.partial);
        self.contradictions.add(other.contradictions);
        self.errors.add(other.errors);
        self.culprits.add(other.culprits);
        self.suggestions.add(other.suggestions);
        self.false_alarms += other.false_alarms;
        self.spurious += other.spurious;
        self.unexplained += other.unexplained;
    }

    /// Every rate with its name, in the order in which they are told.
    #[must_use]
    pub fn rates(&self) -> Vec<(&'static str, Rate)> {
        let mut out = vec![("head", self.head), ("detected", self.detected)];
        out.extend(Field::ALL.iter().map(|f| (f.name(), self.fields.get(f).copied().unwrap_or_default())));
        out.extend([
            ("zero_words", self.zero_words),
            ("recall", self.recall),
            ("precision", self.precision),
            ("sentences", self.sentences),
            ("holding", self.holding),
            ("partial", self.partial),
            ("contradictions", self.contradictions),
            ("errors", self.errors),
            ("culprits", self.culprits),
            ("suggestions", self.suggestions),
        ]);
        out
    }

    /// Every number that should be 0, with its name.
    #[must_use]
    pub fn faults(&self) -> [(&'static str, u64); 3] {
        [("false_alarms", self.false_alarms), ("spurious", self.spurious), ("unexplained", self.unexplained)]
    }

    /// What is worse than in the recorded scores, one line each: the rates that
    /// have fallen and the faults that have become more.
    #[must_use]
    pub fn falls_below(&self, recorded: &Scores) -> Vec<String> {
        let rates = self.rates().into_iter().zip(recorded.rates()).filter(|((_, now), (_, then))| now.is_below(*then));
        let rates = rates.map(|((name, now), (_, then))| {
            format!("{name}: {now} ({}), recorded {then} ({})", now.percent(), then.percent())
        });
        let faults = self.faults().into_iter().zip(recorded.faults()).filter(|((_, now), (_, then))| now > then);
        rates.chain(faults.map(|((name, now), (_, then))| format!("{name}: {now}, recorded {then}"))).collect()
    }
}

/// A note's scores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoteScore {
    /// Its name.
    pub name: String,
    /// Its part.
    pub part: Part,
    /// Its scores.
    pub scores: Scores,
}

/// The facts of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Breakdown {
    /// Of the annotated, those that are facts.
    pub detected: Rate,
    /// Of the annotated, those that are fully right.
    pub right: Rate,
}

/// How the program does on a folder of annotated notes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Evaluation {
    /// All notes that were asked for.
    pub all: Scores,
    /// The same by part.
    pub by_part: BTreeMap<Part, Scores>,
    /// Facts by measure.
    pub by_measure: BTreeMap<String, Breakdown>,
    /// Facts by the first word of their concept.
    pub by_concept: BTreeMap<String, Breakdown>,
    /// Facts by kind of note.
    pub by_kind: BTreeMap<String, Breakdown>,
    /// Notes, the worst first.
    pub notes: Vec<NoteScore>,
    /// What is taken for what, the commonest first.
    pub confusions: Vec<Confusion>,
}

/// What one document adds.
struct Measured<'a> {
    want: &'a AnnotatedDocument,
    comparison: Comparison<'a>,
}

/// Runs the program on annotated notes, those of one part if asked, and
/// compares. Single notes and confusions of the test part are told only when
/// it alone is asked for, so that nothing is fitted to them.
///
/// # Errors
///
/// If the output does not hold the contract.
pub fn evaluate(
    packs: &Packs,
    notes: &[AnnotatedNote],
    part: Option<Part>,
    jobs: usize,
) -> Result<Evaluation, serde_json::Error> {
    let wanted: Vec<&AnnotatedNote> = notes.iter().filter(|n| part.is_none_or(|p| p == n.part)).collect();
    let measured = pool::map(jobs, &wanted, |note| measure(packs, note));
    let mut out = Evaluation::default();
    let mut confusions = Confusions::default();
    for (note, documents) in wanted.iter().zip(measured) {
        let documents = documents?;
        let mut scores = Scores { notes: 1, ..Scores::default() };
        let told = note.part == Part::Train || part == Some(Part::Test);
        for d in &documents {
            scores.add(&Scores::of(&d.comparison));
            out.break_down(d);
            if told {
                confusions.count(&d.comparison);
            }
        }
        out.all.add(&scores);
        out.by_part.entry(note.part).or_default().add(&scores);
        if told {
            out.notes.push(NoteScore { name: note.name.clone(), part: note.part, scores });
        }
    }
    out.notes.sort_by(|a, b| worse(&a.scores, &b.scores).then_with(|| a.name.cmp(&b.name)));
    out.confusions = confusions.list();
    Ok(out)
}

fn measure<'a>(packs: &Packs, note: &'a AnnotatedNote) -> Result<Vec<Measured<'a>>, serde_json::Error> {
    note.documents
        .iter()
        .map(|want| {
            let analysis = crate::analyze(packs, want.document.clone(), true);
            Ok(Measured { want, comparison: compare(want, &ReadNote::of(packs, &analysis)?) })
        })
        .collect()
}

/// Fewer facts right comes first, then more false alarms.
fn worse(a: &Scores, b: &Scores) -> Ordering {
    if a.recall.is_below(b.recall) {
        Ordering::Less
    } else if b.recall.is_below(a.recall) {
        Ordering::Greater
    } else {
        b.false_alarms.cmp(&a.false_alarms).then(b.spurious.cmp(&a.spurious))
    }
}

impl Evaluation {
    fn break_down(&mut self, d: &Measured) {
        for fact in &d.comparison.facts {
            let keys = [
                (&mut self.by_measure, fact.want.measure.as_str()),
                (&mut self.by_concept, fact.want.family()),
                (&mut self.by_kind, d.want.kind.as_str()),
            ];
            for (table, key) in keys {
                let row = table.entry(key.to_owned()).or_default();
                row.detected.count(fact.fields.is_some());
                row.right.count(fact.is_right());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_falls_is_named() {
        let recorded = Scores { recall: Rate { right: 9, of: 10 }, false_alarms: 1, ..Scores::default() };
        let same = Scores { recall: Rate { right: 18, of: 20 }, false_alarms: 1, ..Scores::default() };
        let worse = Scores { recall: Rate { right: 17, of: 20 }, false_alarms: 2, ..Scores::default() };
        assert!(same.falls_below(&recorded).is_empty());
        assert_eq!(
            worse.falls_below(&recorded),
            ["recall: 17/20 (85.00%), recorded 9/10 (90.00%)", "false_alarms: 2, recorded 1"]
        );
    }
}
