//! Rows of a table, where a cell may go on with the one above.

use super::body::{Cell, Table};
use rustc_hash::FxHashMap;

/// A table that grows row by row.
#[derive(Debug, Default)]
pub(super) struct Rows {
    table: Table,
    /// The cell that began last in each column, by row and place.
    above: FxHashMap<u32, (usize, usize)>,
}

impl Rows {
    /// Adds a row; a cell with a mark goes on with the one above and becomes
    /// part of it, if there is one.
    pub(super) fn push(&mut self, cells: Vec<(Cell, bool)>) {
        let mut row = vec![];
        for (cell, below) in cells {
            let over = self.above.get(&cell.column).filter(|_| below).copied();
            match over.and_then(|(at, place)| self.table.rows.get_mut(at)?.get_mut(place)) {
                Some(over) => over.rows = over.rows.saturating_add(1),
                None => {
                    self.above.insert(cell.column, (self.table.rows.len(), row.len()));
                    row.push(cell);
                }
            }
        }
        self.table.rows.push(row);
    }

    /// The table of all rows.
    pub(super) fn into_table(self) -> Table {
        self.table
    }
}
