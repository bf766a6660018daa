//! All in which program and annotation differ, fact by fact and relation by relation.

use super::alignment::{Alignment, align, same_label};
use super::annotation::{AnnotatedDocument, WantedRelation};
use super::figure::{Field, FigureRecord, ReadFact, ReadFinding, ReadNote};
use super::rate::Rate;
use std::collections::BTreeSet;

/// A field of a fact in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Which field.
    pub field: Field,
    /// Whether the program has it right.
    pub right: bool,
    /// What the annotation says.
    pub want: String,
    /// What the program says.
    pub got: String,
}

/// An annotated fact and what the program makes of it.
#[derive(Debug)]
pub struct FactComparison<'a> {
    /// The annotation.
    pub want: &'a FigureRecord<u64>,
    /// Its fields; `None` if the program does not have the fact.
    pub fields: Option<Vec<Compared>>,
}

impl FactComparison<'_> {
    /// Whether all that counts of it is right: see [`Field::is_core`].
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.fields.as_ref().is_some_and(|fields| fields.iter().all(|f| f.right || !f.field.is_core()))
    }
}

/// An annotated relation and what the program makes of it.
#[derive(Debug)]
pub struct RelationComparison<'a> {
    /// The annotation.
    pub want: &'a WantedRelation,
    /// Whether the program tests it and comes to the same.
    pub tested: bool,
    /// Of a contradiction that is found: whether the first suspect is the wrong figure.
    pub named: bool,
    /// And whether the value that would mend it is right.
    pub mended: bool,
}

/// A document in both.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// Fields of the document's head that differ.
    pub head: Vec<&'static str>,
    /// Every annotated fact.
    pub facts: Vec<FactComparison<'a>>,
    /// Of the annotated words for zero (持平, 无…), those that are facts.
    pub zero_words: Rate,
    /// Quantities that are read where none is annotated: quote and measure.
    pub spurious: Vec<(String, String)>,
    /// Quantities that the program owns not to have read.
    pub unexplained: Vec<String>,
    /// Sentences all of whose facts are right, of those with a fact. The text
    /// is cut at `。`, `；` and line breaks.
    pub sentences: Rate,
    /// Every annotated relation.
    pub relations: Vec<RelationComparison<'a>>,
    /// Contradictions that are none: rule and equation.
    pub alarms: Vec<(String, String)>,
}

/// Compares what the program reads in a document with its annotation.
#[must_use]
pub fn compare<'a>(want: &'a AnnotatedDocument, got: &ReadNote) -> Comparison<'a> {
    let aligned = align(want, &got.facts);
    let facts: Vec<FactComparison> = want
        .facts
        .iter()
        .zip(&aligned.found)
        .map(|(w, g)| {
            let read = g.and_then(|at| got.facts.get(at));
            FactComparison { want: w, fields: read.map(|g| fields(w, &g.figure, &aligned)) }
        })
        .collect();
    let spurious: Vec<&ReadFact> = got
        .facts
        .iter()
        .filter(|g| g.is_printed() && g.figure.quote.contains(|c: char| c.is_ascii_digit()))
        // Cells are annotated apart.
        .filter(|g| g.pattern != "table/cell")
        .filter(|g| !aligned.by_program.contains_key(g.figure.id.as_str()))
        .collect();
    let (relations, alarms) = relations(&want.relations, &got.findings, &aligned);
    let is_read = |w: &&FigureRecord<u64>| aligned.by_program.values().any(|id| *id == w.id);
    let words = want.zero_words.iter().filter(is_read).count();
    Comparison {
        head: head(want, got),
        zero_words: Rate { right: words as u64, of: want.zero_words.len() as u64 },
        sentences: sentences(want, &facts, &spurious),
        facts,
        spurious: spurious.into_iter().map(|g| (g.figure.quote.clone(), g.figure.measure.clone())).collect(),
        unexplained: got.coverage.unexplained.iter().map(|u| u.quote.clone()).collect(),
        relations,
        alarms,
    }
}

fn head(want: &AnnotatedDocument, got: &ReadNote) -> Vec<&'static str> {
    let fields = [
        ("organization", want.organization == got.document.organization),
        ("fiscal_year", want.fiscal_year == got.document.fiscal_year),
        ("kind", want.kind == got.document.kind),
    ];
    fields.into_iter().filter(|(_, same)| !same).map(|(name, _)| name).collect()
}

/// Every field of a fact that can be compared.
fn fields(w: &FigureRecord<u64>, g: &FigureRecord<String>, aligned: &Alignment) -> Vec<Compared> {
    let mut out = Vec::with_capacity(Field::ALL.len());
    let mut put = |field, right, want: String, got: String| out.push(Compared { field, right, want, got });
    let shown = |s: Option<&str>| s.unwrap_or("–").to_owned();
    put(Field::Value, w.value == g.value, w.value.to_string(), g.value.to_string());
    if !w.value.is_zero() {
        let sign = |v: rust_decimal::Decimal| {
            if v.is_zero() {
                "0"
            } else if v.is_sign_negative() {
                "−"
            } else {
                "+"
            }
        };
        put(Field::Sign, sign(w.value) == sign(g.value), sign(w.value).into(), sign(g.value).into());
    }
    let unit = |unit: &Option<String>, inferred: &Option<String>| shown(unit.as_deref().or(inferred.as_deref()));
    let inferred = w.unit_inferred.is_none() || w.unit_inferred == g.unit_inferred;
    put(Field::Unit, w.unit == g.unit && inferred, unit(&w.unit, &w.unit_inferred), unit(&g.unit, &g.unit_inferred));
    put(Field::Measure, w.measure == g.measure, w.measure.clone(), g.measure.clone());
    put(Field::Label, same_label(&w.label, &g.label), w.label.clone(), g.label.clone());
    if let Some(want) = w.concept.as_deref() {
        let got = g.concept.as_deref().unwrap_or("");
        // A pack may know an item more exactly than the spine of concepts does.
        let right = got.strip_prefix(want).is_some_and(|more| more.is_empty() || more.starts_with('.'));
        put(Field::Concept, right, want.to_owned(), shown(g.concept.as_deref()));
    }
    let year = |y: Option<i32>| y.map_or_else(|| "–".to_owned(), |y| y.to_string());
    put(Field::Year, w.year == g.year, year(w.year), year(g.year));
    put(Field::Stage, w.stage == g.stage, shown(w.stage.as_deref()), shown(g.stage.as_deref()));
    let compares = matches!(w.measure.as_str(), "change" | "growth");
    if compares {
        put(Field::BaseYear, w.base_year() == g.base_year(), year(w.base_year()), year(g.base_year()));
    }
    if compares || w.measure == "completion" {
        put(Field::BaseStage, w.base_stage() == g.base_stage(), shown(w.base_stage()), shown(g.base_stage()));
    }
    put(Field::Fund, w.fund == g.fund, shown(w.fund.as_deref()), shown(g.fund.as_deref()));
    put(Field::Part, w.part == g.part, shown(w.part.as_deref()), shown(g.part.as_deref()));
    let parent = g.parent.as_deref().and_then(|p| aligned.by_program.get(p)).copied();
    let (want, got) = match (w.parent, parent) {
        (None, None) => ("–", "–"),
        (None, Some(_)) => ("–", "one"),
        (Some(_), None) => ("one", "–"),
        (Some(a), Some(b)) if a == b => ("one", "one"),
        (Some(_), Some(_)) => ("one", "another"),
    };
    put(Field::Parent, w.parent == parent, want.into(), got.into());
    put(Field::Role, w.role == g.role, shown(w.role.as_deref()), shown(g.role.as_deref()));
    out
}

/// A sentence is right if every fact annotated in it is and nothing else is read in it.
fn sentences(want: &AnnotatedDocument, facts: &[FactComparison], spurious: &[&ReadFact]) -> Rate {
    let ends: Vec<usize> = want
        .document
        .text
        .chars()
        .enumerate()
        .filter(|(_, c)| matches!(c, '。' | '；' | ';' | '\n'))
        .map(|(at, _)| at)
        .collect();
    let sentence = |at: usize| ends.partition_point(|end| *end < at);
    let of = |n: usize| want.places.get(n).map(|p| sentence(p.chars.start));
    let all: BTreeSet<usize> = (0..facts.len()).filter_map(of).collect();
    let wrong: BTreeSet<usize> = facts
        .iter()
        .enumerate()
        .filter(|(_, f)| !f.is_right())
        .filter_map(|(n, _)| of(n))
        .chain(spurious.iter().map(|g| sentence(g.span.0)))
        .collect();
    Rate { right: all.difference(&wrong).count() as u64, of: all.len() as u64 }
}

/// A finding with the annotation's ids of its facts.
type Tested<'a> = (BTreeSet<u64>, &'a ReadFinding);

fn relations<'a>(
    want: &'a [WantedRelation],
    got: &[ReadFinding],
    aligned: &Alignment,
) -> (Vec<RelationComparison<'a>>, Vec<(String, String)>) {
    let id = |name: &String| aligned.by_program.get(name.as_str()).copied();
    let tested: Vec<Tested> = got.iter().map(|f| (f.facts.iter().filter_map(id).collect(), f)).collect();
    let compared = want.iter().map(|w| relation(w, &tested, aligned)).collect();
    let wrong: Vec<BTreeSet<u64>> =
        want.iter().filter(|w| w.verdict == "disagrees").map(|w| w.facts.iter().copied().collect()).collect();
    let alarms = tested
        .iter()
        .filter(|(facts, f)| {
            let known = |w: &BTreeSet<u64>| w.intersection(facts).count() >= w.len().min(2).min(facts.len());
            f.verdict == "disagrees" && !wrong.iter().any(known)
        })
        .map(|(_, f)| (f.rule.clone(), f.equation.clone()))
        .collect();
    (compared, alarms)
}

fn relation<'a>(w: &'a WantedRelation, tested: &[Tested], aligned: &Alignment) -> RelationComparison<'a> {
    let facts: BTreeSet<u64> = w.facts.iter().copied().collect();
    let fits: &[&str] = match w.verdict.as_str() {
        "disagrees" => &["disagrees"],
        "partial" => &["partial", "exact", "rounded"],
        _ => &["exact", "rounded"],
    };
    // These tell of one figure: the others in them are witnesses.
    let alone = matches!(w.family.as_str(), "period" | "unit" | "count");
    let hits = tested.iter().filter(|(f, t)| {
        let common = f.intersection(&facts).count();
        let family = t.rule.starts_with(w.family.as_str());
        fits.contains(&t.verdict.as_str()) && (common >= facts.len().min(3) || alone && family && common >= 1)
    });
    let mut out = RelationComparison { want: w, tested: false, named: false, mended: false };
    for (_, hit) in hits {
        out.tested = true;
        let first = hit.suspects.first().filter(|_| w.verdict == "disagrees");
        let Some(first) = first.filter(|s| aligned.by_program.get(s.fact.as_str()).copied() == w.suspect) else {
            continue;
        };
        out.named = true;
        out.mended |= first.suggested() == w.suggested();
    }
    out
}
