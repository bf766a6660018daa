//! A sheet of a workbook as what it shows: lines above, a table, lines below.

use super::body::{Block, Cell, Piece, Table};
use crate::document::error::Problem;
use crate::document::grid::written_rows;
use crate::document::{MAX_DOCUMENT_BYTES, narrow};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Cells with something in them, of one workbook.
const MAX_CELLS: usize = 1_000_000;

/// A sheet as it was found.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    cells: Vec<(u32, u32, Piece)>,
    merged: FxHashMap<(u32, u32), (u32, u32)>,
}

/// What may still be read of a workbook.
pub(super) struct Allowance {
    cells: usize,
    bytes: u64,
}

impl Allowance {
    pub(super) fn new() -> Self {
        Self { cells: MAX_CELLS, bytes: MAX_DOCUMENT_BYTES }
    }
}

impl Sheet {
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Adds what a cell shows; rows and columns count from 0.
    pub(super) fn put(&mut self, row: u32, column: u32, piece: Piece, left: &mut Allowance) -> Result<(), Problem> {
        if piece.text.trim().is_empty() {
            return Ok(());
        }
        let length = piece.text.len() as u64;
        let enough = left.cells.checked_sub(1).zip(left.bytes.checked_sub(length));
        let Some((cells, bytes)) = enough else {
            return Err(Problem::UnpacksTooLarge { limit: MAX_DOCUMENT_BYTES });
        };
        *left = Allowance { cells, bytes };
        self.cells.push((row, column, piece));
        Ok(())
    }

    /// Merges the cells from one corner to the other.
    pub(super) fn merge(&mut self, from: (u32, u32), to: (u32, u32)) {
        let spans = (to.0.saturating_sub(from.0), to.1.saturating_sub(from.1));
        self.merged.insert(from, (spans.0.saturating_add(1), spans.1.saturating_add(1)));
    }

    /// The sheet as lines and a table.
    pub(super) fn into_blocks(mut self) -> Vec<Block> {
        let mut blocks = vec![];
        if self.cells.is_empty() {
            return blocks;
        }
        self.cells.sort_by_key(|(row, column, _)| (*row, *column));
        // Columns in which nothing begins are no columns.
        let used: BTreeSet<u32> = self.cells.iter().map(|(_, column, _)| *column).collect();
        let used: Vec<u32> = used.into_iter().collect();
        let place = |column: u32| used.partition_point(|own| *own < column);
        let mut rows: Vec<(u32, Vec<Cell>)> = vec![];
        for (row, column, piece) in self.cells {
            let (tall, wide) = self.merged.get(&(row, column)).copied().unwrap_or((1, 1));
            let at = place(column);
            let columns = place(column.saturating_add(wide)).saturating_sub(at).max(1);
            let cell = Cell {
                column: narrow(at),
                columns: narrow(columns),
                rows: tall,
                blocks: vec![Block::Paragraph(piece)],
            };
            match rows.last_mut().filter(|(last, _)| *last == row) {
                Some((_, cells)) => cells.push(cell),
                None => rows.push((row, vec![cell])),
            }
        }
        keep_heights(&mut rows);
        let mut rows: Vec<Vec<Cell>> = rows.into_iter().map(|(_, cells)| cells).collect();
        let widest = rows.iter().map(Vec::len).max().unwrap_or_default();
        let is_line = |row: &Vec<Cell>| {
            let covered: usize = row.iter().map(|cell| cell.columns as usize).sum();
            row.len() == 1 || (row.len() * 2 < widest && covered * 2 < widest)
        };
        let above = rows.iter().take_while(|row| is_line(row)).count();
        let mut table = rows.split_off(above);
        let below = table.iter().rev().take_while(|row| row.len() == 1).count();
        let below = table.split_off(table.len() - below);
        let title = self.name.trim();
        let repeated = rows.iter().flatten().any(|cell| text_of(cell).contains(title));
        if !is_generic(title) && !repeated {
            blocks.push(Block::Paragraph(Piece::at(title, 0)));
        }
        blocks.extend(rows.into_iter().flat_map(line));
        if !table.is_empty() {
            blocks.push(Block::Table(Table { rows: table }));
        }
        blocks.extend(below.into_iter().flat_map(line));
        blocks
    }
}

/// A cell spans only rows that are there: empty ones are left out.
fn keep_heights(rows: &mut [(u32, Vec<Cell>)]) {
    let numbers: Vec<usize> = rows.iter().map(|(row, _)| *row as usize).collect();
    for (row, cells) in rows {
        for cell in cells.iter_mut().filter(|cell| cell.rows > 1) {
            cell.rows = written_rows(&numbers, *row as usize, cell.rows);
        }
    }
}

/// A row outside of the table, as lines.
fn line(row: Vec<Cell>) -> Vec<Block> {
    row.into_iter().flat_map(|cell| cell.blocks).collect()
}

fn text_of(cell: &Cell) -> &str {
    match cell.blocks.first() {
        Some(Block::Paragraph(piece)) => &piece.text,
        _ => "",
    }
}

/// A name that programs give: `Sheet1`.
fn is_generic(name: &str) -> bool {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | ' '));
    stem.is_empty() || ["sheet", "工作表", "table"].iter().any(|known| stem.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::super::body::write;
    use super::*;

    fn sheet(name: &str, cells: &[(u32, u32, &str)]) -> Sheet {
        let mut sheet = Sheet::new(name);
        let mut left = Allowance::new();
        for (row, column, text) in cells {
            sheet.put(*row, *column, Piece::at(*text, 0), &mut left).unwrap();
        }
        sheet
    }

    #[test]
    fn titles_stand_above_and_notes_below() {
        let mut sheet = sheet(
            "收支总表",
            &[
                (0, 1, "2024年收支总表"),
                (1, 1, "部门：甲局"),
                (1, 7, "单位：万元"),
                (3, 1, "收入"),
                (3, 5, "支出"),
                (4, 1, "项目"),
                (4, 3, "预算数"),
                (4, 5, "项目"),
                (4, 6, "合计"),
                (4, 7, "其中"),
                (6, 1, "合计"),
                (6, 3, "12.50"),
                (6, 5, "合计"),
                (6, 6, "12.50"),
                (6, 7, "2"),
                (9, 1, "注：四舍五入"),
            ],
        );
        sheet.merge((0, 1), (0, 7));
        sheet.merge((3, 1), (3, 4));
        sheet.merge((3, 5), (3, 7));
        let written = write(&sheet.into_blocks());
        assert_eq!(
            written.text,
            "2024年收支总表\n部门：甲局\n单位：万元\n收入 |  | 支出 |  | \n项目 | 预算数 | 项目 | 合计 | 其中\n\
             合计 | 12.50 | 合计 | 12.50 | 2\n注：四舍五入"
        );
        assert_eq!(written.tables.len(), 1);
    }

    #[test]
    fn a_sheet_of_prose_is_no_table() {
        let sheet = sheet("Sheet1", &[(0, 0, "一、收入"), (1, 0, "收入12万元"), (9, 0, "二、支出")]);
        let written = write(&sheet.into_blocks());
        assert_eq!((written.text.as_str(), written.tables.len()), ("一、收入\n收入12万元\n二、支出", 0));
    }

    #[test]
    fn a_name_that_says_something_is_a_title() {
        let blocks = |name: &str| {
            write(&sheet(name, &[(0, 0, "收入"), (0, 1, "1"), (1, 0, "支出"), (1, 1, "1")]).into_blocks()).text
        };
        assert_eq!(blocks("公开01表"), "公开01表\n收入 | 1\n支出 | 1");
        assert_eq!(blocks("Sheet2"), "收入 | 1\n支出 | 1");
    }

    #[test]
    fn too_many_cells_are_refused() {
        let mut sheet = Sheet::new("a");
        let mut left = Allowance { cells: 1, bytes: 100 };
        assert!(sheet.put(0, 0, Piece::at("1", 0), &mut left).is_ok());
        assert!(sheet.put(0, 1, Piece::at(" ", 0), &mut left).is_ok());
        assert!(sheet.put(0, 1, Piece::at("1", 0), &mut left).is_err());
    }
}
