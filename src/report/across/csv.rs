//! A finding between documents as a row of the table of findings.

use super::id;
use crate::across::{Finding, Library, Shown};
use crate::document::Lang;
use crate::report::csv::{Row, writer};
use crate::report::words::kind_code;
use rust_decimal::Decimal;
use std::io::{self, Write};

/// Writes a row: the columns of a document are those of the tested figure, the other
/// documents and figures stand in the last columns.
///
/// # Errors
///
/// Those of `out`.
pub fn write_row(out: impl Write, library: &mut Library, f: &Finding, lang: Lang) -> io::Result<()> {
    let mut row = Row { writer: writer(out), scratch: String::new() };
    let at = f.equation.figures();
    let figures: Vec<Shown> = at.iter().filter_map(|at| library.shown(*at)).collect();
    let first = f.documents.first().copied();
    let (here, there): (Vec<&Shown>, Vec<&Shown>) = figures.iter().partition(|s| Some(s.at.document) == first);
    let source = first.and_then(|d| library.source(d));
    row.maybe(source.map(|s| s.id.as_str()))?;
    row.maybe(source.and_then(|s| s.path.as_deref()))?;
    row.text("")?;
    row.maybe(source.and_then(|s| s.organization.as_deref()))?;
    row.shown(source.and_then(|s| s.fiscal_year))?;
    row.maybe(source.map(|s| kind_code(s.kind)))?;
    row.text(f.rule.id)?;
    row.text(f.verdict.name())?;
    row.text(f.severity())?;
    let joined = |of: Vec<String>| of.join(" ");
    row.text(&joined(here.iter().map(|s| id(s.fact)).collect()))?;
    row.shown(f.stated)?;
    let normal = |figure: Option<Decimal>| figure.map(|v| v.normalize());
    for figure in [f.computed, f.difference, f.tolerance] {
        row.shown(normal(figure))?;
    }
    row.text("")?;
    row.maybe(library.unit(f.unit))?;
    row.text(&f.equation(library))?;
    let suspect = f.suspects.first();
    let suspected = suspect.and_then(|s| figures.iter().find(|g| g.at == s.figure));
    row.maybe(suspected.map(|s| format!("{}#{}", s.source.id, id(s.fact))).as_deref())?;
    row.shown(suspect.map(|s| s.suggested))?;
    row.text("")?;
    row.maybe(suspect.and_then(|s| s.slip))?;
    row.shown(suspect.map(|s| s.explains))?;
    row.maybe(f.reason)?;
    row.text(&f.message(library, lang))?;
    row.shown(here.first().map(|s| s.line))?;
    row.maybe(here.first().map(|s| s.quote.as_str()))?;
    let others = f.documents.iter().skip(1).filter_map(|d| library.source(*d));
    row.text(&others.map(|s| s.id.clone()).collect::<Vec<_>>().join("; "))?;
    row.text(&there.iter().map(|s| format!("{}#{}", s.source.id, id(s.fact))).collect::<Vec<_>>().join("; "))?;
    row.text(&there.iter().map(|s| s.quote.as_str()).collect::<Vec<_>>().join("; "))?;
    row.end()?;
    row.writer.flush()
}
