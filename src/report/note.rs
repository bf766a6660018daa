//! What the views show of a note: the facts and findings with what follows from
//! the text and the packs. Each view writes it in its own form.

use crate::check::Findings;
use crate::document::{Chars, Document, Lang, Places};
use crate::fact::{Fact, FactId, Place, Reading};
use crate::lex::{UnitId, UnitKind};
use crate::pattern::Packs;
use crate::segment::View;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// A document with all that is known of it.
#[derive(Clone, Copy)]
pub(crate) struct Note<'a> {
    pub packs: &'a Packs,
    pub document: &'a Document,
    pub view: &'a View,
    pub reading: &'a Reading,
    pub findings: &'a Findings,
    pub lang: Lang,
}

/// A fact with what follows from the text and the packs.
pub(crate) struct FactShown<'a> {
    pub id: FactId,
    pub fact: &'a Fact,
    pub unit: Option<&'a str>,
    pub unit_inferred: Option<&'a str>,
    /// Not normalised.
    pub yuan: Option<Decimal>,
    pub cause: Option<&'a str>,
    pub quote: &'a str,
    pub span: (u32, u32),
    pub line: u32,
    pub page: Option<u32>,
    pub pattern: &'a str,
    pub cell: Option<CellShown<'a>>,
}

/// Where a figure stands in a table, as the table names it.
pub(crate) struct CellShown<'a> {
    pub table: Option<&'a str>,
    pub row: &'a str,
    pub column: &'a str,
}

/// A number outside the facts.
pub(crate) struct Loose<'a> {
    pub reason: Option<&'static str>,
    pub quote: &'a str,
    pub span: (u32, u32),
    pub line: u32,
}

impl<'a> Note<'a> {
    /// The record's or page's title, else the one that the text has.
    pub fn title(&self) -> Option<&'a str> {
        self.document.title.as_deref().or(self.reading.identity.title.as_deref())
    }

    /// A unit's name.
    pub fn unit(&self, unit: Option<UnitId>) -> Option<&'a str> {
        unit.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.name.as_str())
    }

    /// The text in a range of bytes.
    pub fn quote(&self, (start, end): (u32, u32)) -> &'a str {
        self.document.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// The text that a range of the view came from.
    pub fn source(&self, (start, end): (u32, u32)) -> &'a str {
        self.quote(self.view.source(start, end))
    }

    /// The headings above a place, the outermost first.
    pub fn headings(&self, section: Option<u32>) -> Vec<&'a str> {
        let node = |i: u32| self.reading.sections.get(i as usize);
        let up = std::iter::successors(section.and_then(node), |n| n.parent.and_then(node));
        let mut headings: Vec<&str> = up.map(|n| n.heading.as_str()).collect();
        headings.reverse();
        headings
    }

    /// The facts, in the order of the text.
    pub fn facts(self) -> impl Iterator<Item = FactShown<'a>> {
        let mut figures = Places::new(&self.document.text);
        let mut near = 0;
        self.reading.facts.iter().enumerate().map(move |(i, f)| {
            let bytes = self.view.source_near(&mut near, f.start, f.end);
            let (start, line) = figures.at(bytes.0);
            let end = figures.char_at(bytes.1);
            let units = &self.packs.vocabulary.units;
            let unit = f.unit.and_then(|u| units.get(u));
            let inferred = f.unit_inferred.and_then(|u| units.get(u));
            let money = unit.or(inferred).filter(|u| u.kind == UnitKind::Money);
            FactShown {
                id: i as FactId,
                fact: f,
                unit: unit.map(|u| u.name.as_str()),
                unit_inferred: inferred.map(|u| u.name.as_str()),
                yuan: money.and_then(|u| u.yuan).and_then(|yuan| yuan.checked_mul(f.value)),
                cause: f.cause.map(|range| self.source(range)).filter(|cause| !cause.is_empty()),
                quote: self.quote(bytes),
                span: (start, end),
                line,
                page: self.document.place(bytes.0 as usize).map(|place| place.page),
                pattern: f
                    .pattern
                    .and_then(|p| self.packs.patterns.get(p as usize))
                    .map_or(if f.cell.is_some() { "table/cell" } else { "level/plain" }, |p| &p.id),
                cell: f.cell.and_then(|place| cell(self.reading, place)),
            }
        })
    }

    /// A fact's sentence, in code points.
    pub fn sentence(&self, chars: &mut Chars<'a>, near: &mut usize, fact: &Fact) -> (u32, u32) {
        let (start, end) = self.view.source_near(near, fact.sentence.0, fact.sentence.1);
        (chars.at(start), chars.at(end))
    }

    /// The numbers that are no facts, in the order of the text.
    pub fn decoys(&self) -> Vec<Loose<'a>> {
        let range = |start, end, in_text| if in_text { (start, end) } else { self.view.source(start, end) };
        let decoys = self.reading.decoys.iter();
        let mut decoys = self.loose(decoys.map(|d| (Some(d.reason.name()), range(d.start, d.end, d.in_text))));
        decoys.sort_by_key(|d| d.span);
        decoys
    }

    /// What stands in ranges of the view.
    pub fn ranges(&self, ranges: &[(u32, u32)]) -> Vec<Loose<'a>> {
        self.loose(ranges.iter().map(|r| (None, self.view.source(r.0, r.1))))
    }

    fn loose(&self, ranges: impl Iterator<Item = (Option<&'static str>, (u32, u32))>) -> Vec<Loose<'a>> {
        let mut places = Places::new(&self.document.text);
        ranges
            .map(|(reason, bytes)| {
                let (start, line) = places.at(bytes.0);
                let end = places.char_at(bytes.1);
                Loose { reason, quote: self.quote(bytes), span: (start, end), line }
            })
            .collect()
    }
}

/// The names of a cell's table, row and column.
pub(super) fn cell(reading: &Reading, place: Place) -> Option<CellShown<'_>> {
    let table = reading.tables.get(place.table as usize)?;
    let row = table.rows.get(place.row as usize)?;
    let column = table.columns.get(place.column as usize)?;
    Some(CellShown { table: table.name(), row: &row.label, column: &column.label })
}

impl FactShown<'_> {
    /// The moment of the year that the figure is of; `None` for the whole of it.
    pub fn as_of(&self) -> Option<Cow<'static, str>> {
        self.fact.as_of.code(self.fact.year)
    }
}
