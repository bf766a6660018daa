//! Excel: a sheet a table, its head frozen, with filters. Excel's numbers have
//! fifteen digits; a figure with more is written as text.

use super::Book;
use crate::panel::column::Column;
use crate::report::cells::{Cell, Kind};
use crate::report::xlsx::{MAX_ROWS, as_number, fitting, new_workbook};
use rust_xlsxwriter::{Color, Format, Workbook, Worksheet, XlsxError};
use std::io;
use std::path::{Path, PathBuf};

/// Characters that a column shows.
const NARROWEST: usize = 8;
const WIDEST: usize = 40;

pub(super) struct XlsxBook {
    path: PathBuf,
    workbook: Workbook,
    name: String,
    columns: Vec<Column>,
    /// How many sheets the table has.
    sheets: usize,
    /// The next row.
    row: u32,
    head: Format,
    figure: Format,
    plain: Format,
}

impl XlsxBook {
    pub fn create(path: &Path) -> io::Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            workbook: new_workbook(path).map_err(other)?,
            name: String::new(),
            columns: Vec::new(),
            sheets: 0,
            row: 0,
            head: Format::new().set_bold().set_background_color(Color::RGB(0x00DD_EBF7)),
            figure: Format::new().set_num_format("#,##0.##########"),
            plain: Format::new().set_num_format("0"),
        })
    }

    fn begin_sheet(&mut self) -> io::Result<()> {
        self.end_sheet()?;
        self.sheets += 1;
        let name = if self.sheets == 1 { self.name.clone() } else { format!("{}_{}", self.name, self.sheets) };
        let sheet = self.workbook.add_worksheet_with_constant_memory().map_err(other)?;
        sheet.set_name(name).map_err(other)?;
        sheet.set_freeze_panes(1, 1).map_err(other)?;
        for (at, column) in (0..).zip(&self.columns) {
            let width = u32::try_from(column.name.len().max(width(column)).clamp(NARROWEST, WIDEST)).unwrap_or(8);
            sheet.set_column_width(at, f64::from(width)).map_err(other)?;
        }
        for (at, column) in (0..).zip(&self.columns) {
            sheet.write_string_with_format(0, at, column.name.as_ref(), &self.head).map_err(other)?;
        }
        self.row = 1;
        Ok(())
    }

    fn end_sheet(&mut self) -> io::Result<()> {
        let last = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(0);
        let row = self.row.saturating_sub(1);
        if self.sheets > 0 {
            let sheet = self.sheet()?;
            sheet.autofilter(0, 0, row, last).map_err(other)?;
        }
        Ok(())
    }

    fn sheet(&mut self) -> io::Result<&mut Worksheet> {
        let last = self.workbook.worksheets().len().saturating_sub(1);
        self.workbook.worksheet_from_index(last).map_err(other)
    }
}

/// How wide the column's cells are, as far as their kind tells.
fn width(column: &Column) -> usize {
    match column.name.as_ref() {
        "organization" | "title" | "section" | "zh" | "en" => WIDEST,
        "path" | "note_id" | "instead_path" | "instead_id" | "label" => 24,
        _ => match column.kind {
            Kind::Decimal => 16,
            Kind::Text | Kind::Int | Kind::Bool => NARROWEST,
        },
    }
}

impl Book for XlsxBook {
    fn table(&mut self, name: &str, columns: &[Column]) -> io::Result<()> {
        self.end_sheet()?;
        self.sheets = 0;
        self.name = name.to_owned();
        self.columns = columns.to_vec();
        self.begin_sheet()
    }

    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        if self.row >= MAX_ROWS {
            self.begin_sheet()?;
        }
        let row = self.row;
        let (figure, plain) = (self.figure.clone(), self.plain.clone());
        let sheet = self.sheet()?;
        for (at, cell) in (0..).zip(cells) {
            match cell {
                Cell::Null => continue,
                Cell::Text(text) => sheet.write_string(row, at, fitting(text)),
                Cell::Bool(yes) => sheet.write_boolean(row, at, *yes),
                Cell::Int(number) => match as_number(&number.to_string()) {
                    Some(number) => sheet.write_number_with_format(row, at, number, &plain),
                    None => sheet.write_string(row, at, number.to_string()),
                },
                Cell::Decimal(value) => match as_number(&value.to_string()) {
                    Some(number) => sheet.write_number_with_format(row, at, number, &figure),
                    None => sheet.write_string(row, at, value.to_string()),
                },
            }
            .map_err(other)?;
        }
        self.row += 1;
        Ok(())
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.end_sheet()?;
        self.workbook.save(&self.path).map_err(other)
    }
}

fn other(error: XlsxError) -> io::Error {
    io::Error::other(error)
}
