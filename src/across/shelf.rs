//! The documents of a run, each as the few figures that another may speak of.

use super::digest::{Digest, Source};
use super::organization::Name;
use super::spool::{Slot, Spool};
use crate::fact::{Carryover, FactId, Measure};
use crate::lex::UnitId;
use crate::pattern::{Fund, Stage};
use crate::segment::{Members, Scope};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A figure on the shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct At {
    /// The document, counted from 0 in the order in which they came.
    pub document: u32,
    /// The figure, counted from 0 in the order of its text.
    pub figure: u32,
}

/// What a figure is of: two figures are compared only if all of this is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Item {
    pub concept: u32,
    /// The total that a function's or an economic item's amount is listed under.
    pub under: Option<u32>,
    pub fund: Option<Fund>,
    pub carryover: Option<Carryover>,
}

/// A figure, with what names it and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    pub item: Item,
    pub label: u32,
    pub measure: Measure,
    pub stage: Stage,
    pub basis_stage: Option<Stage>,
    pub opening: bool,
    pub printed: bool,
    pub torn: bool,
    pub places: u8,
    pub support: u8,
    pub year: i32,
    pub basis_year: Option<i32>,
    pub value: Decimal,
    pub unit: Option<UnitId>,
    pub fact: FactId,
    pub line: u32,
    pub span: (u32, u32),
    pub quote: (u16, u16),
    pub sentence: u16,
}

/// A document on the shelf.
#[derive(Debug)]
pub(super) struct Kept {
    pub source: Source,
    pub name: Name,
    pub scope: Option<Scope>,
    pub stage: Stage,
    pub year: i32,
    pub members: Option<Members>,
    pub figures: Box<[Figure]>,
    sentences: Box<[Slot]>,
}

/// All documents that may speak of each other.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    pub documents: Vec<Kept>,
    words: Vec<Arc<str>>,
    numbers: FxHashMap<Arc<str>, u32>,
    spool: Spool,
}

impl Shelf {
    /// Puts a document on the shelf, unless nothing in it can be compared.
    pub(super) fn put(&mut self, digest: Digest) {
        let Digest { source, organization, scope, stage, members, sentences, figures } = digest;
        let (Some(name), Some(stage), Some(year)) = (organization, stage, source.fiscal_year) else { return };
        let figures: Box<[Figure]> = figures
            .into_iter()
            .map(|t| Figure {
                item: Item {
                    concept: self.number(&t.concept),
                    under: t.under.as_ref().map(|u| self.number(u)),
                    fund: t.fund,
                    carryover: t.carryover,
                },
                label: self.number(&Arc::from(t.label)),
                measure: t.measure,
                stage: t.stage,
                basis_stage: t.basis.and_then(|(_, stage)| stage),
                opening: t.opening,
                printed: t.printed,
                torn: t.torn,
                places: t.places,
                support: t.support,
                year: t.year,
                basis_year: t.basis.map(|(year, _)| year),
                value: t.value,
                unit: t.unit,
                fact: t.fact,
                line: t.line,
                span: t.span,
                quote: t.quote,
                sentence: t.sentence,
            })
            .collect();
        let sentences = sentences.iter().map(|s| self.spool.put(s)).collect();
        self.documents.push(Kept { source, name, scope, stage, year, members, figures, sentences });
    }

    fn number(&mut self, word: &Arc<str>) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word.clone());
        self.numbers.insert(word.clone(), number);
        number
    }

    /// A concept or label by its number.
    pub(super) fn word(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", |w| w)
    }

    pub(super) fn document(&self, document: u32) -> Option<&Kept> {
        self.documents.get(document as usize)
    }

    pub(super) fn figure(&self, at: At) -> Option<&Figure> {
        self.document(at.document)?.figures.get(at.figure as usize)
    }

    /// The figures of a document with their places on the shelf.
    pub(super) fn figures(&self, document: u32) -> impl Iterator<Item = (At, &Figure)> {
        let figures = self.document(document).map_or(&[][..], |d| &d.figures);
        (0..).zip(figures).map(move |(figure, f)| (At { document, figure }, f))
    }

    /// The sentence of a figure.
    pub(super) fn sentence(&mut self, at: At) -> String {
        let slot = self.document(at.document).and_then(|d| {
            let sentence = d.figures.get(at.figure as usize)?.sentence;
            d.sentences.get(usize::from(sentence)).copied()
        });
        slot.map_or_else(String::new, |slot| self.spool.get(slot))
    }
}
