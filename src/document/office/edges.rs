//! Tables whose cells know where they end, in twentieths of a point: those of
//! RTF and of the older Word.

use super::body::{Block, Cell, MAX_COLUMNS, Table};
use super::rows::Rows;
use crate::document::narrow;

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
    let mut table = Rows::default();
    for Row { cells, defined } in rows {
        let mut row: Vec<(Cell, bool)> = vec![];
        let mut column = 0;
        for (index, blocks) in cells.into_iter().enumerate().take(MAX_COLUMNS as usize) {
            let own = defined.get(index).copied();
            let end = own.map_or(column + 1, |own| column_after(own.edge)).max(column + 1);
            let columns = narrow(end - column);
            let own = own.unwrap_or_default();
            match row.last_mut().filter(|_| own.across) {
                Some((before, _)) => before.columns = before.columns.saturating_add(columns),
                None => row.push((Cell { column: narrow(column), columns, rows: 1, blocks }, own.down)),
            }
            column = end;
        }
        table.push(row);
    }
    table.into_table()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_goes_on_below_and_beside_another_widens_no_third() {
        let cell = |edge, across, down| Defined { edge, across, down };
        let row = |defined: [Defined; 3]| Row { cells: vec![vec![]; 3], defined: defined.to_vec() };
        let table = table(vec![
            row([cell(1000, false, false), cell(2000, false, false), cell(3000, true, false)]),
            row([cell(1000, false, false), cell(2000, false, true), cell(3000, true, true)]),
        ]);
        let cells: Vec<_> = table.rows.iter().flatten().map(|c| (c.column, c.columns, c.rows)).collect();
        assert_eq!(cells, [(0, 1, 1), (1, 2, 2), (0, 1, 1)]);
    }
}
