//! Tables for spreadsheets: UTF-8 with a byte order mark, one row a fact or one
//! row a finding.
//!
//! A cell that a spreadsheet would take for a formula gets a leading `'`.

use super::note::{FactShown, Note};
use super::words::{carryover_code, flow_code, fund_code, kind_code, role_code, stage_code};
use crate::Analysis;
use crate::document::{Chars, Lang};
use crate::fact::{FactId, Measure};
use crate::pattern::Packs;
use csv::{Terminator, Writer, WriterBuilder};
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::io::{self, Write};

/// The byte order mark that tells Excel that it reads UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

const FACTS: &[&str] = &[
    "document_id",
    "path",
    "title",
    "organization",
    "fiscal_year",
    "kind",
    "fact",
    "concept",
    "label",
    "also",
    "measure",
    "value",
    "unit",
    "unit_inferred",
    "yuan",
    "decimals",
    "year",
    "as_of",
    "stage",
    "basis_year",
    "basis_stage",
    "basis_stated",
    "basis_label",
    "basis_concept",
    "basis_fact",
    "fund",
    "flow",
    "part",
    "carryover",
    "role",
    "parent",
    "within",
    "qualifier",
    "cause",
    "stated",
    "quote",
    "span_start",
    "span_end",
    "line",
    "page",
    "section",
    "sentence_start",
    "sentence_end",
    "table",
    "row",
    "column",
    "pattern",
];

const FINDINGS: &[&str] = &[
    "document_id",
    "path",
    "title",
    "organization",
    "fiscal_year",
    "kind",
    "rule",
    "verdict",
    "severity",
    "facts",
    "stated",
    "computed",
    "difference",
    "tolerance",
    "remainder",
    "unit",
    "equation",
    "suspect",
    "suggested",
    "suggested_year",
    "slip",
    "explains",
    "reason",
    "message",
    "line",
    "quote",
    "other_documents",
    "other_facts",
    "other_quotes",
];

/// Which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// One row a fact.
    Facts,
    /// One row a finding.
    Findings,
}

/// Writes the byte order mark and the row of column names.
///
/// # Errors
///
/// Those of `out`.
pub fn write_head(out: impl Write, table: Table) -> io::Result<()> {
    let mut out = out;
    out.write_all(BOM)?;
    let mut writer = writer(out);
    writer.write_record(match table {
        Table::Facts => FACTS,
        Table::Findings => FINDINGS,
    })?;
    writer.flush()
}

/// Writes the rows of a document.
///
/// # Errors
///
/// Those of `out`.
///
/// ```
/// use gouji::document::{Lang, Raw, read};
/// use gouji::report::csv::{Table, write_rows};
/// let document = read(&Raw::File { path: "甲.txt".into(), bytes: "2024年支出预算502.48万元。".into() })?;
/// let packs = gouji::pattern::Packs::builtin().unwrap();
/// let analysis = gouji::analyze(packs, document, false);
/// let mut rows = vec![];
/// write_rows(&mut rows, packs, &analysis, Lang::Zh, Table::Facts).unwrap();
/// assert!(String::from_utf8(rows).unwrap().contains(",502.48,万元,,5024800,2,2024,"));
/// # Ok::<(), gouji::document::InputError>(())
/// ```
pub fn write_rows(out: impl Write, packs: &Packs, analysis: &Analysis, lang: Lang, table: Table) -> io::Result<()> {
    let Analysis { document, view, reading, findings } = analysis;
    let note = Note { packs, document, view, reading, findings, lang };
    let mut row = Row { writer: writer(out), scratch: String::new() };
    match table {
        Table::Facts => {
            let mut near = 0;
            let mut sentences = Chars::new(&note.document.text);
            for fact in note.facts() {
                head(&mut row, note)?;
                fact_row(&mut row, note, &fact, note.sentence(&mut sentences, &mut near, fact.fact))?;
            }
        }
        Table::Findings => finding_rows(&mut row, note)?,
    }
    row.writer.flush()
}

pub(super) fn writer<W: Write>(out: W) -> Writer<W> {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out)
}

/// A row under way.
pub(super) struct Row<W: Write> {
    pub writer: Writer<W>,
    pub scratch: String,
}

impl<W: Write> Row<W> {
    pub fn text(&mut self, cell: &str) -> io::Result<()> {
        self.writer.write_field(&*harmless(cell)).map_err(Into::into)
    }

    pub fn maybe(&mut self, cell: Option<&str>) -> io::Result<()> {
        self.text(cell.unwrap_or(""))
    }

    /// Something that is written without an allocation of its own.
    pub fn shown(&mut self, cell: Option<impl std::fmt::Display>) -> io::Result<()> {
        use std::fmt::Write as _;
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        if let Some(cell) = cell {
            // Writing into a string does not fail.
            let _ = write!(scratch, "{cell}");
        }
        let done = self.text(&scratch);
        self.scratch = scratch;
        done
    }

    pub fn end(&mut self) -> io::Result<()> {
        self.writer.write_record(None::<&[u8]>).map_err(Into::into)
    }
}

/// Spreadsheets run what begins like a formula, whatever its origin.
pub(crate) fn harmless(cell: &str) -> Cow<'_, str> {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if risky && !is_number(cell) {
        return Cow::Owned(format!("'{cell}"));
    }
    Cow::Borrowed(cell)
}

fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(places)
}

/// A fact's id, as the JSON gives it.
fn id(fact: FactId) -> String {
    format!("F{}", u64::from(fact) + 1)
}

/// Of which note a row is.
fn head<W: Write>(row: &mut Row<W>, note: Note<'_>) -> io::Result<()> {
    let identity = &note.reading.identity;
    row.text(&note.document.id)?;
    row.maybe(note.document.path.as_deref())?;
    row.maybe(note.title())?;
    row.maybe(identity.organization.as_deref())?;
    row.shown(identity.fiscal_year)?;
    row.text(kind_code(identity.kind))
}

fn fact_row<W: Write>(row: &mut Row<W>, note: Note<'_>, shown: &FactShown<'_>, sentence: (u32, u32)) -> io::Result<()> {
    let f = shown.fact;
    row.text(&id(shown.id))?;
    row.maybe(f.concept.as_deref())?;
    row.text(&f.label)?;
    row.maybe(f.also.as_deref())?;
    row.text(f.measure.name())?;
    row.shown(Some(f.value))?;
    row.maybe(shown.unit)?;
    row.maybe(shown.unit_inferred)?;
    row.shown(shown.yuan.map(|y| y.normalize()))?;
    row.shown(Some(f.decimals))?;
    row.shown(f.year)?;
    row.maybe(shown.as_of().as_deref())?;
    row.maybe(f.stage.map(stage_code))?;
    let basis = f.basis.as_ref();
    row.shown(basis.filter(|_| f.measure != Measure::Share).and_then(|b| b.year))?;
    row.maybe(basis.and_then(|b| b.stage).map(stage_code))?;
    row.shown(basis.map(|b| b.stated))?;
    row.maybe(basis.and_then(|b| b.whole.as_deref()))?;
    row.maybe(basis.and_then(|b| b.concept.as_deref()))?;
    row.shown(basis.and_then(|b| b.fact).map(id))?;
    row.maybe(f.fund.map(fund_code))?;
    row.maybe(f.flow.map(flow_code))?;
    row.maybe(f.part.as_deref())?;
    row.maybe(f.carryover.map(carryover_code))?;
    row.maybe(f.role.map(role_code))?;
    row.shown(f.parent.map(id))?;
    row.maybe(f.within.as_deref())?;
    row.maybe(f.qualifier.as_deref())?;
    row.maybe(shown.cause)?;
    row.shown(Some(f.stated))?;
    row.text(shown.quote)?;
    row.shown(Some(shown.span.0))?;
    row.shown(Some(shown.span.1))?;
    row.shown(Some(shown.line))?;
    row.shown(shown.page)?;
    row.text(&note.headings(f.section).join(" > "))?;
    row.shown(Some(sentence.0))?;
    row.shown(Some(sentence.1))?;
    row.maybe(shown.cell.as_ref().and_then(|c| c.table))?;
    row.maybe(shown.cell.as_ref().map(|c| c.row))?;
    row.maybe(shown.cell.as_ref().map(|c| c.column))?;
    row.text(shown.pattern)?;
    row.end()
}

fn finding_rows<W: Write>(row: &mut Row<W>, note: Note<'_>) -> io::Result<()> {
    let facts: Vec<FactShown> = note.facts().collect();
    let normal = |figure: Option<Decimal>| figure.map(|v| v.normalize());
    for f in &note.findings.list {
        head(row, note)?;
        row.text(f.rule.id)?;
        row.text(f.verdict.name())?;
        row.text(f.severity.name())?;
        let ids: Vec<String> = f.facts.iter().map(|f| id(*f)).collect();
        row.text(&ids.join(" "))?;
        row.shown(f.stated)?;
        for figure in [f.computed, f.difference, f.tolerance, f.remainder] {
            row.shown(normal(figure))?;
        }
        row.maybe(note.unit(f.unit))?;
        row.text(&f.equation(note.reading))?;
        let suspect = f.suspects.first();
        row.shown(suspect.map(|s| id(s.fact)))?;
        row.shown(suspect.and_then(|s| s.suggested))?;
        row.shown(suspect.and_then(|s| s.year))?;
        row.maybe(suspect.and_then(|s| s.slip))?;
        row.shown(suspect.map(|s| s.explains))?;
        row.maybe(f.reason)?;
        row.text(&f.message(note.packs, note.reading, note.lang))?;
        let at = suspect.map(|s| s.fact).or(f.facts.first().copied()).and_then(|id| facts.get(id as usize));
        row.shown(at.map(|a| a.line))?;
        row.maybe(at.map(|a| a.quote))?;
        // Of other documents speak the findings between documents.
        for _ in 0..3 {
            row.text("")?;
        }
        row.end()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_harmless() {
        for cell in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "-3.62万元", "＝1", "--1", "-", "-."]
        {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        for cell in ["-3.62", "+5", "12", "", "收入", "0.5", "'=1"] {
            assert_eq!(harmless(cell), cell);
        }
    }
}
