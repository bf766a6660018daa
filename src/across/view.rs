//! What the reports show of a finding's figures and documents.

use super::{Library, Source};
use crate::across::shelf::At;
use crate::fact::{FactId, Measure};
use crate::lex::UnitId;
use crate::pattern::Stage;
use rust_decimal::Decimal;

/// A figure of a finding, with all that is shown of it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Where it lies.
    pub at: At,
    /// Its document.
    pub source: Source,
    /// Its id there.
    pub fact: FactId,
    /// What it is of.
    pub concept: String,
    /// As its note calls it.
    pub label: String,
    /// What kind of figure it is.
    pub measure: Measure,
    /// In the printed unit.
    pub value: Decimal,
    /// The printed unit, or the one that the context gives.
    pub unit: Option<String>,
    /// The year that it is about.
    pub year: i32,
    /// How far along the year.
    pub stage: Stage,
    /// As printed.
    pub quote: String,
    /// In code points of its document's text.
    pub span: (u32, u32),
    /// The line, from 1.
    pub line: u32,
    /// The sentence that it stands in.
    pub sentence: String,
    /// Where the quote stands in the sentence, in bytes.
    pub range: (usize, usize),
}

impl Library<'_> {
    /// A figure with its sentence.
    pub fn shown(&mut self, at: At) -> Option<Shown> {
        let sentence = self.shelf.sentence(at);
        let source = self.source(at.document)?.clone();
        let f = self.shelf.figure(at)?;
        let range = (usize::from(f.quote.0), usize::from(f.quote.1));
        Some(Shown {
            at,
            source,
            fact: f.fact,
            concept: self.shelf.word(f.item.concept).to_owned(),
            label: self.shelf.word(f.label).to_owned(),
            measure: f.measure,
            value: f.value,
            unit: self.unit(f.unit).map(str::to_owned),
            year: f.year,
            stage: f.stage,
            quote: sentence.get(range.0..range.1).unwrap_or("").to_owned(),
            span: f.span,
            line: f.line,
            sentence,
            range,
        })
    }

    /// Which document it is.
    #[must_use]
    pub fn source(&self, document: u32) -> Option<&Source> {
        self.shelf.document(document).map(|d| &d.source)
    }

    /// A unit's name.
    #[must_use]
    pub fn unit(&self, unit: Option<UnitId>) -> Option<&str> {
        unit.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.name.as_str())
    }

    pub(super) fn value(&self, at: At) -> Decimal {
        self.shelf.figure(at).map_or(Decimal::ZERO, |f| f.value)
    }

    pub(super) fn label(&self, at: At) -> &str {
        self.shelf.figure(at).map_or("", |f| self.shelf.word(f.label))
    }

    pub(super) fn unit_of(&self, at: At) -> &str {
        self.unit(self.shelf.figure(at).and_then(|f| f.unit)).unwrap_or("")
    }
}
