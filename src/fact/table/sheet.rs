//! Grids as rows of cells; grids that go on in each other as one.

use super::amount::{Amount, amount, is_blank_mark};
use super::columns::HEAD_ROWS;
use crate::document::Grid;
use crate::lex::Units;
use crate::segment::View;

/// More columns than any table of a note has.
pub(super) const MAX_COLUMNS: usize = 256;

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::fact) enum CellKind {
    /// Nothing, or a mark for it.
    Empty,
    /// A figure alone.
    Figure(Amount),
    /// Words.
    Text,
}

/// A cell of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::fact) struct SheetCell<'v> {
    /// As it stands in the view.
    pub text: &'v str,
    /// Range of the view.
    pub start: u32,
    pub end: u32,
    /// The first column that it takes.
    pub column: usize,
    /// How many columns and rows it takes.
    pub columns: usize,
    pub rows: usize,
    pub kind: CellKind,
}

/// One or more grids, one below the other.
#[derive(Debug, Default)]
pub(in crate::fact) struct Sheet<'v> {
    pub rows: Vec<Vec<SheetCell<'v>>>,
    pub columns: usize,
}

impl<'v> Sheet<'v> {
    /// The cells of grids whose spans are the view's.
    pub(in crate::fact) fn new(units: &Units, view: &'v View, grids: &[Grid]) -> Self {
        let mut sheet = Sheet::default();
        for row in grids.iter().flat_map(|g| &g.rows) {
            let cells: Vec<SheetCell> = row
                .iter()
                .filter(|c| (c.column as usize) < MAX_COLUMNS)
                .map(|c| {
                    let (start, end) = (c.span.start as u32, c.span.end as u32);
                    let text = view.slice(start, end);
                    let kind = if text.is_empty() || is_blank_mark(text) {
                        CellKind::Empty
                    } else {
                        amount(units, text).map_or(CellKind::Text, CellKind::Figure)
                    };
                    let columns = (c.columns as usize).clamp(1, MAX_COLUMNS - c.column as usize);
                    SheetCell {
                        text,
                        start,
                        end,
                        column: c.column as usize,
                        columns,
                        rows: c.rows.max(1) as usize,
                        kind,
                    }
                })
                .collect();
            sheet.columns = cells.iter().map(|c| c.column + c.columns).fold(sheet.columns, usize::max);
            sheet.rows.push(cells);
        }
        for below in 1..sheet.rows.len().min(HEAD_ROWS) {
            sheet.put_under_wide_head(below);
        }
        sheet
    }

    /// `项目 | 上年数 | 本年数 | 比上年增减 | |` above `金额 | 幅度 |`: where a page lost what reaches over several rows and
    /// columns, the second row of the head begins at the edge. Its cells belong below the one that blanks follow.
    fn put_under_wide_head(&mut self, below: usize) -> Option<()> {
        let words = |cells: &[SheetCell]| cells.iter().all(|c| !matches!(c.kind, CellKind::Figure(_)) && c.rows == 1);
        let above = self.rows.get(below.checked_sub(1)?).filter(|cells| words(cells))?;
        let filled = |cells: &[SheetCell]| cells.iter().take_while(|c| c.kind == CellKind::Text).count();
        let under = self.rows.get(below).filter(|cells| words(cells))?;
        let count = filled(under);
        let alone = under.iter().skip(count).all(|c| c.kind == CellKind::Empty);
        // 项目 and its like stand before the wide one.
        let last = filled(above).checked_sub(1).filter(|last| *last > 0)?;
        let blanks = above.iter().skip(last + 1).take_while(|c| c.kind == CellKind::Empty).count();
        let rest = above.len() - last - 1 - blanks;
        if !alone || rest > 0 || count < 2 || count > blanks + 1 || under.first()?.column != 0 {
            return None;
        }
        let from = above.get(last)?.column;
        let moved = self.rows.get_mut(below)?;
        moved.truncate(count);
        moved.iter_mut().for_each(|c| c.column += from);
        if let Some(wide) = self.rows.get_mut(below - 1)?.get_mut(last) {
            wide.columns = count;
        }
        self.rows.get_mut(below - 1)?.truncate(last + 1);
        Some(())
    }

    /// The cell that begins at a place.
    pub(in crate::fact) fn at(&self, row: usize, column: usize) -> Option<&SheetCell<'v>> {
        let cells = self.rows.get(row)?;
        let found = cells.binary_search_by_key(&column, |c| c.column).ok()?;
        cells.get(found)
    }

    /// For the first `rows` rows and every column, the cell that covers the place.
    pub(super) fn covered(&self, rows: usize) -> Vec<Vec<Option<&SheetCell<'v>>>> {
        let mut out = vec![vec![None; self.columns]; rows.min(self.rows.len())];
        for (r, cells) in self.rows.iter().enumerate().take(rows) {
            for cell in cells {
                for line in out.iter_mut().skip(r).take(cell.rows) {
                    for place in line.iter_mut().skip(cell.column).take(cell.columns) {
                        *place = place.or(Some(cell));
                    }
                }
            }
        }
        out
    }
}

/// How many of the grids, from the first, are one table that the page broke:
/// nothing stands between them and they are equally wide.
pub(in crate::fact) fn joined(view: &View, grids: &[Grid]) -> usize {
    let mut count = 1;
    for pair in grids.windows(2) {
        let [above, below] = pair else { break };
        let between = view.text.get(above.span.end..below.span.start).unwrap_or(" ");
        if !between.trim().is_empty() || above.columns() != below.columns() {
            break;
        }
        count += 1;
    }
    count
}

/// Whether a sheet holds targets with their indicators rather than amounts.
pub(in crate::fact) fn is_targets(sheet: &Sheet) -> bool {
    let words = ["一级指标", "二级指标", "三级指标", "指标值", "绩效指标"];
    let named = sheet.rows.iter().flatten().filter(|c| words.iter().any(|w| c.text.starts_with(w)));
    named.take(2).count() == 2
}
