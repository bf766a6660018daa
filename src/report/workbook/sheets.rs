//! Writing the sheets, note by note.

use super::formula::resolved;
use super::words::{self, SheetWords};
use super::{FACT, FINDING, NOTE};
use crate::check::Verdict;
use crate::document::Lang;
use crate::report::cells::{Cell, Cells};
use crate::report::xlsx::{MAX_ROWS, as_number, fitting, new_workbook};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Color, Format, Formula, Worksheet, XlsxError};
use std::io;
use std::path::{Path, PathBuf};

/// The column of a figure's value: F.
const VALUE: &str = "F";

/// An Excel file under way; what is written waits on disk.
pub struct Workbook {
    path: PathBuf,
    inner: rust_xlsxwriter::Workbook,
    lang: Lang,
    formats: Formats,
    findings: Sheet,
    facts: Sheet,
    notes: Sheet,
}

struct Formats {
    head: Format,
    figure: Format,
    plain: Format,
    wrong: Format,
}

/// A sheet that goes on in another when it is full.
struct Sheet {
    words: SheetWords,
    /// Index of the sheet in the workbook, and its name.
    at: usize,
    name: String,
    count: usize,
    /// The next row.
    row: u32,
}

impl Workbook {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// If nothing can be written beside it.
    pub fn create(path: &Path, lang: Lang) -> io::Result<Self> {
        let mut inner = new_workbook(path).map_err(other)?;
        let formats = Formats {
            head: Format::new().set_bold().set_background_color(Color::RGB(0x00DD_EBF7)),
            figure: Format::new().set_num_format("#,##0.00########"),
            plain: Format::new().set_num_format("0"),
            wrong: Format::new().set_background_color(Color::RGB(0x00FF_C7CE)),
        };
        let mut begin = |words| Sheet::begin(&mut inner, words, &formats.head, 1);
        let findings = begin(words::findings(lang))?;
        let facts = begin(words::facts(lang))?;
        let notes = begin(words::notes(lang))?;
        Ok(Self { path: path.to_owned(), inner, lang, formats, findings, facts, notes })
    }

    /// Writes a note that [`pack`](super::pack) has packed.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn add(&mut self, packed: &[u8]) -> io::Result<()> {
        let mut cells = Cells::new(packed);
        let mut note = Vec::with_capacity(NOTE);
        cells.row(NOTE, &mut note);
        let count = |at: usize| match note.get(at) {
            Some(Cell::Int(count)) => u32::try_from(*count).unwrap_or(0),
            _ => 0,
        };
        let (facts, findings) = (count(5), count(6));
        let id = note.first().copied().unwrap_or(Cell::Null);
        self.write_note(&note)?;
        self.write_facts(id, facts, &mut cells)?;
        let (first, name) = (self.facts.row.saturating_sub(facts), self.facts.name.clone());
        let place = |fact: u32| (fact < facts).then(|| format!("'{name}'!${VALUE}${}", first + fact + 1));
        for _ in 0..findings {
            let mut row = Vec::with_capacity(FINDING);
            cells.row(FINDING, &mut row);
            self.write_finding(id, &row, &place)?;
        }
        Ok(())
    }

    fn write_note(&mut self, cells: &[Cell]) -> io::Result<()> {
        self.notes.make_room(&mut self.inner, &self.formats.head, 1)?;
        let (sheet, row) = self.notes.next(&mut self.inner)?;
        for (at, cell) in (0..).zip(cells) {
            put(sheet, row, at, cell, &self.formats)?;
        }
        Ok(())
    }

    fn write_facts<'a>(&mut self, id: Cell<'a>, count: u32, cells: &mut Cells<'a>) -> io::Result<()> {
        // The figures of a note stand on one sheet, so that formulas find them.
        self.facts.make_room(&mut self.inner, &self.formats.head, count)?;
        for _ in 0..count {
            let mut row = vec![id];
            cells.row(FACT, &mut row);
            let (sheet, at) = self.facts.next(&mut self.inner)?;
            for (column, cell) in (0..).zip(&row) {
                put(sheet, at, column, cell, &self.formats)?;
            }
        }
        Ok(())
    }

    fn write_finding(&mut self, id: Cell, cells: &[Cell], place: &impl Fn(u32) -> Option<String>) -> io::Result<()> {
        let [line, rule, title, verdict, equation, unit, figures @ .., suspect, suggested, slip, message] = cells
        else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a finding is not whole"));
        };
        let [stated, computed, difference, tolerance, left, right, places] = figures else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a finding is not whole"));
        };
        self.findings.make_room(&mut self.inner, &self.formats.head, 1)?;
        let formats = &self.formats;
        let (sheet, row) = self.findings.next(&mut self.inner)?;
        let wrong = *verdict == Cell::Text(words::verdict(Verdict::Disagrees, self.lang));
        for (at, cell) in (0..).zip([&id, line, rule, title]) {
            put(sheet, row, at, cell, formats)?;
        }
        match verdict {
            Cell::Text(word) if wrong => {
                sheet.write_string_with_format(row, 4, *word, &formats.wrong).map_err(other)?;
            }
            cell => put(sheet, row, 4, cell, formats)?,
        }
        put(sheet, row, 5, equation, formats)?;
        put(sheet, row, 6, unit, formats)?;
        let formulas = match (left, right) {
            (Cell::Text(left), Cell::Text(right)) => resolved(left, place).zip(resolved(right, place)),
            _ => None,
        };
        match formulas {
            Some((left, right)) => {
                let live = |at: u16, formula: &str, result: &Cell, sheet: &mut Worksheet| {
                    let formula = Formula::new(format!("={formula}")).set_result(shown(result));
                    sheet.write_formula_with_format(row, at, formula, &formats.figure).map(|_| ()).map_err(other)
                };
                let n = row + 1;
                live(7, &left, stated, sheet)?;
                // Only a rate divides, and may divide by nothing.
                live(8, &quiet(&right, "", *places != Cell::Null), computed, sheet)?;
                live(9, &quiet(&format!("ROUND(H{n}-I{n},9)"), "", *places != Cell::Null), difference, sheet)?;
                put(sheet, row, 10, tolerance, formats)?;
                let check = self_check(n, verdict, places, self.lang);
                let check = Formula::new(check).set_result(shown(verdict));
                sheet.write_formula(row, 11, check).map_err(other)?;
            }
            None => {
                for (at, cell) in (7..).zip([stated, computed, difference, tolerance]) {
                    put(sheet, row, at, cell, formats)?;
                }
            }
        }
        for (at, cell) in (12..).zip([suspect, suggested, slip, message]) {
            put(sheet, row, at, cell, formats)?;
        }
        Ok(())
    }

    /// Writes the file.
    ///
    /// # Errors
    ///
    /// Those of the disk.
    pub fn finish(mut self) -> io::Result<()> {
        for sheet in [&self.findings, &self.facts, &self.notes] {
            sheet.end(&mut self.inner)?;
        }
        self.inner.save(&self.path).map_err(other)
    }
}

/// The formula that judges a row by its cells: no difference, one that rounding
/// explains, or another.
fn self_check(n: u32, verdict: &Cell, places: &Cell, lang: Lang) -> String {
    let word = |v| words::verdict(v, lang);
    let otherwise = match verdict {
        Cell::Text(v) if *v == word(Verdict::Partial) => word(Verdict::Partial),
        Cell::Text(v) if *v == word(Verdict::Undecided) => word(Verdict::Undecided),
        _ => word(Verdict::Disagrees),
    };
    let exact = match places {
        Cell::Int(places) => format!("ROUND(I{n},{places})=H{n}"),
        _ => format!("J{n}=0"),
    };
    let (same, near) = (word(Verdict::Exact), word(Verdict::Rounded));
    let judged = format!("IF({exact},\"{same}\",IF(ABS(J{n})<=K{n}+0.0000000001,\"{near}\",\"{otherwise}\"))");
    format!("={}", quiet(&judged, word(Verdict::Undecided), matches!(places, Cell::Int(_))))
}

/// A formula that says something else where it can't be computed.
fn quiet(formula: &str, instead: &str, may_fail: bool) -> String {
    if may_fail { format!("IFERROR({formula},\"{instead}\")") } else { formula.to_owned() }
}

impl Sheet {
    fn begin(book: &mut rust_xlsxwriter::Workbook, words: SheetWords, head: &Format, count: usize) -> io::Result<Self> {
        let at = book.worksheets().len();
        let name = if count == 1 { words.name.to_owned() } else { format!("{}_{count}", words.name) };
        let sheet = book.add_worksheet_with_constant_memory().map_err(other)?;
        sheet.set_name(&name).map_err(other)?;
        sheet.set_freeze_panes(1, 1).map_err(other)?;
        for (column, (_, width)) in (0..).zip(words.columns) {
            sheet.set_column_width(column, f64::from(*width)).map_err(other)?;
        }
        for (column, (title, _)) in (0..).zip(words.columns) {
            sheet.write_string_with_format(0, column, *title, head).map_err(other)?;
        }
        Ok(Self { words, at, name, count, row: 1 })
    }

    /// Goes on in another sheet if so many rows find no room.
    fn make_room(&mut self, book: &mut rust_xlsxwriter::Workbook, head: &Format, rows: u32) -> io::Result<()> {
        if self.row.saturating_add(rows) <= MAX_ROWS || self.row == 1 {
            return Ok(());
        }
        self.end(book)?;
        let words = SheetWords { name: self.words.name, columns: self.words.columns };
        *self = Self::begin(book, words, head, self.count + 1)?;
        Ok(())
    }

    fn next<'b>(&mut self, book: &'b mut rust_xlsxwriter::Workbook) -> io::Result<(&'b mut Worksheet, u32)> {
        let row = self.row;
        self.row += 1;
        Ok((book.worksheet_from_index(self.at).map_err(other)?, row))
    }

    fn end(&self, book: &mut rust_xlsxwriter::Workbook) -> io::Result<()> {
        let sheet = book.worksheet_from_index(self.at).map_err(other)?;
        let last = u16::try_from(self.words.columns.len().saturating_sub(1)).unwrap_or(0);
        sheet.autofilter(0, 0, self.row.saturating_sub(1), last).map_err(other)?;
        Ok(())
    }
}

fn put(sheet: &mut Worksheet, row: u32, at: u16, cell: &Cell, formats: &Formats) -> io::Result<()> {
    let exact = |figure: &Decimal| as_number(&figure.to_string());
    match cell {
        Cell::Null => return Ok(()),
        Cell::Text(text) => sheet.write_string(row, at, fitting(text)),
        Cell::Bool(yes) => sheet.write_boolean(row, at, *yes),
        Cell::Int(number) => match as_number(&number.to_string()) {
            Some(number) => sheet.write_number_with_format(row, at, number, &formats.plain),
            None => sheet.write_string(row, at, number.to_string()),
        },
        Cell::Decimal(figure) => match exact(figure) {
            Some(number) => sheet.write_number_with_format(row, at, number, &formats.figure),
            None => sheet.write_string(row, at, figure.to_string()),
        },
    }
    .map(|_| ())
    .map_err(other)
}

/// A cell as the result of a formula.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Text(text) => (*text).to_owned(),
        Cell::Int(number) => number.to_string(),
        Cell::Decimal(figure) => figure.to_string(),
        Cell::Bool(yes) => yes.to_string(),
    }
}

fn other(error: XlsxError) -> io::Error {
    io::Error::other(error)
}
