//! Tables: where their cells stand in the text, and which columns they take.

use super::narrow;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Between the cells of a row.
pub(super) const CELL: &str = " | ";
/// No table of a note is wider.
pub(super) const MAX_COLUMNS: u32 = 256;
/// So many empty cells may merged cells leave behind in one document.
pub(super) const MAX_FILLED: usize = 200_000;

/// A table as it stands in the text: one row a line, cells separated by ` | `.
///
/// Columns are counted as the table is drawn, from 0: a merged cell takes all
/// its columns and rows, but is listed once, where it begins. What it covers
/// is an empty place between separators in the text and no cell here.
///
/// ```
/// use gouji::document::{Raw, read};
/// let page = "<p>2024年支出情况表</p><table>
///     <tr><td rowspan=2>项目<td colspan=2>本年支出
///     <tr><td>基本支出<td>项目支出
///     <tr><td>合计<td>12.50<td></table>";
/// let document = read(&Raw::File { path: "甲.html".into(), bytes: page.into() })?;
/// assert_eq!(document.text, "2024年支出情况表\n项目 | 本年支出 | \n | 基本支出 | 项目支出\n合计 | 12.50 | ");
///
/// let grid = &document.tables[0];
/// assert_eq!(&document.text[grid.span.clone()], "项目 | 本年支出 | \n | 基本支出 | 项目支出\n合计 | 12.50 | ");
/// assert_eq!(grid.columns(), 3);
///
/// let spending = &grid.rows[0][1];
/// assert_eq!(spending.text(&document.text), "本年支出");
/// assert_eq!((spending.column, spending.columns, spending.rows), (1, 2, 1));
///
/// // Below the merged 项目, the second row's first cell stands in column 1.
/// let basic = &grid.rows[1][0];
/// assert_eq!((basic.text(&document.text), basic.column), ("基本支出", 1));
/// assert_eq!(grid.rows[2][2].text(&document.text), "");
/// # Ok::<(), gouji::document::ReadError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// Bytes of the text: from the first cell to the end of the last row's
    /// line, without its line break.
    pub span: Range<usize>,
    /// The rows, each with the cells that begin in it, by column.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Bytes of the text, without blanks around; empty for an empty cell.
    pub span: Range<usize>,
    /// The first column that it takes, from 0.
    pub column: u32,
    /// How many columns it takes, at least 1.
    pub columns: u32,
    /// How many rows it takes, at least 1.
    pub rows: u32,
}

impl Grid {
    /// How many columns the widest row reaches to.
    #[must_use]
    pub fn columns(&self) -> u32 {
        self.rows.iter().flatten().map(|cell| cell.column.saturating_add(cell.columns)).max().unwrap_or(0)
    }

    /// The table in Markdown; `text` is the document's. The first row is its
    /// head; Markdown has no merged cells, so those leave empty ones.
    ///
    /// ```
    /// use gouji::document::{Raw, read};
    /// let page = "<p>收支</p><table><tr><td>项目<td>金额<tr><td colspan=2>无</table>";
    /// let document = read(&Raw::File { path: "甲.html".into(), bytes: page.into() })?;
    /// assert_eq!(document.tables[0].markdown(&document.text), "| 项目 | 金额 |\n| --- | --- |\n| 无 |  |\n");
    /// # Ok::<(), gouji::document::ReadError>(())
    /// ```
    #[must_use]
    pub fn markdown(&self, text: &str) -> String {
        let columns = self.columns();
        let mut out = String::new();
        for (index, row) in self.rows.iter().enumerate() {
            out.push('|');
            let mut at = 0;
            for cell in row {
                // Places that a cell above covers.
                while at < cell.column {
                    out.push_str("  |");
                    at += 1;
                }
                out.push(' ');
                for c in cell.text(text).chars() {
                    if matches!(c, '|' | '\\') {
                        out.push('\\');
                    }
                    out.push(c);
                }
                out.push_str(" |");
                at += 1;
            }
            while at < columns {
                out.push_str("  |");
                at += 1;
            }
            out.push('\n');
            if index == 0 {
                out.push('|');
                for _ in 0..columns {
                    out.push_str(" --- |");
                }
                out.push('\n');
            }
        }
        out
    }

    /// The same table where the text around it has moved: `place` takes every
    /// range to its new place.
    #[must_use]
    pub fn moved(mut self, place: impl Fn(&Range<usize>) -> Range<usize>) -> Self {
        self.span = place(&self.span);
        for cell in self.rows.iter_mut().flatten() {
            cell.span = place(&cell.span);
        }
        self
    }

    /// Counts in the rows of merged cells only those that are written: `numbers`
    /// says of each which one of the document's it is.
    pub(super) fn without_blank_rows(&mut self, numbers: &[usize]) {
        for (row, number) in self.rows.iter_mut().zip(numbers) {
            for cell in row.iter_mut().filter(|cell| cell.rows > 1) {
                cell.rows = written_rows(numbers, *number, cell.rows);
            }
        }
    }
}

/// How many rows a cell spans of those that are written, by their `numbers`:
/// from `first` on it spans `rows` of all.
pub(super) fn written_rows(numbers: &[usize], first: usize, rows: u32) -> u32 {
    let before = |end: usize| numbers.partition_point(|number| *number < end);
    narrow(before(first.saturating_add(rows as usize)).saturating_sub(before(first))).max(1)
}

/// What the cells of a table hold, counted row by row: data, or parts of the
/// document that the table is but a frame around.
#[derive(Debug, Default)]
pub(super) struct Contents {
    filled: usize,
    in_row: usize,
    wide: bool,
    prose: usize,
    longest: usize,
    total: usize,
}

impl Contents {
    /// Counts a cell with so many characters, blanks left out, in so many paragraphs.
    pub(super) fn cell(&mut self, chars: usize, paragraphs: usize) {
        if chars == 0 {
            return;
        }
        self.in_row += 1;
        self.filled += 1;
        self.wide |= self.in_row > 1;
        self.total += chars;
        self.longest = self.longest.max(chars);
        self.prose += usize::from(chars >= 80 || (paragraphs >= 2 && chars >= 60));
    }

    /// Goes on to the next row.
    pub(super) fn end_row(&mut self) {
        self.in_row = 0;
    }

    /// Whether it is data: not one cell, one column, one cell that holds nearly
    /// all, or mostly prose.
    pub(super) fn is_data(&self) -> bool {
        self.wide
            && self.filled > 1
            && !(self.longest > 300 && self.longest * 2 > self.total)
            && self.prose * 3 <= self.filled
    }
}

impl Cell {
    /// What stands in the cell; `text` is the document's.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.span.clone()).unwrap_or_default()
    }
}
