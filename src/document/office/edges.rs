//! Tables whose cells know where they end, in twentieths of a point: those of
//! RTF and of the older Word.

use super::body::{Block, Cell, MAX_COLUMNS, Table};
use rustc_hash::FxHashMap;

/// Edges that lie this close are one: a millimetre.
const NEAR: i32 = 50;

/// A cell as its row defines it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Defined {
    /// Its right edge.
    pub(super) edge: i32,
    /// It goes on from the cell to the left, or from the one above.
    pub(super) across: bool,
    pub(super) down: bool,
}

/// A row: what is in its cells, and how they are defined.
pub(super) struct Row {
    pub(super) cells: Vec<Vec<Block>>,
    pub(super) defined: Vec<Defined>,
}

/// Makes a table of rows. The columns are told by the edges of all cells.
pub(super) fn table(rows: Vec<Row>) -> Table {
    let mut edges: Vec<i32> = rows.iter().flat_map(|row| row.defined.iter().map(|cell| cell.edge)).collect();
    edges.sort_unstable();
    edges.dedup_by(|edge, before| edge.saturating_sub(*before) < NEAR);
    let column_after = |edge: i32| edges.partition_point(|own| own.saturating_add(NEAR) <= edge) + 1;
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut table = Table::default();
    // The cell that began last in each column, by row and place.
    let mut above: FxHashMap<u32, (usize, usize)> = FxHashMap::default();
    for Row { cells, defined } in rows {
        let mut row: Vec<Cell> = vec![];
        let mut column = 0;
        for (index, blocks) in cells.into_iter().enumerate().take(MAX_COLUMNS as usize) {
            let own = defined.get(index).copied();
            let end = own.map_or(column + 1, |own| column_after(own.edge)).max(column + 1);
            let columns = narrow(end - column);
            let own = own.unwrap_or_default();
            if let Some(before) = row.last_mut().filter(|_| own.across) {
                before.columns = before.columns.saturating_add(columns);
            } else {
                let over = above.get(&narrow(column)).filter(|_| own.down).copied();
                match over.and_then(|(at, place)| table.rows.get_mut(at)?.get_mut(place)) {
                    Some(over) => over.rows = over.rows.saturating_add(1),
                    None => {
                        above.insert(narrow(column), (table.rows.len(), row.len()));
                        row.push(Cell { column: narrow(column), columns, rows: 1, blocks });
                    }
                }
            }
            column = end;
        }
        table.rows.push(row);
    }
    table
}
