//! Paragraphs and tables to one text: a paragraph a line, a row of a table a line.

use super::Content;
use super::flow::Block;
use super::line::{Area, Line, join};
use super::table::Table;
use crate::document::grid::{CELL, Cell, Grid};
use crate::document::narrow;
use crate::document::place::Place;

/// Writes the text of all blocks.
pub(super) fn write(blocks: Vec<Block>) -> Content {
    let mut content = Content { text: String::new(), tables: vec![], places: vec![], diagnostics: vec![] };
    for block in blocks {
        if !content.text.is_empty() {
            content.text.push('\n');
        }
        match block {
            Block::Paragraph(lines) => paragraph(&mut content, &lines),
            Block::Table(table) => grid(&mut content, &table),
        }
    }
    content
}

fn paragraph(content: &mut Content, lines: &[Line]) {
    let mut before: Option<&Line> = None;
    for line in lines {
        match before {
            None => {
                content.places.push(place(content.text.len(), line));
                content.text.push_str(&line.text);
            }
            Some(before) => {
                join(&mut content.text, before, line, true);
                content.places.push(place(content.text.len() - line.text.len(), line));
            }
        }
        before = Some(line);
    }
}

fn place(offset: usize, line: &Line) -> Place {
    Place::new(offset, line.page, [line.area.left, line.area.top, line.area.right, line.area.bottom])
}

/// The box around all lines of a cell.
fn room(offset: usize, lines: &[Line]) -> Option<Place> {
    let first = lines.first()?;
    let area = lines.iter().filter(|line| line.page == first.page).fold(first.area, |area, line| Area {
        left: area.left.min(line.area.left),
        top: area.top.min(line.area.top),
        right: area.right.max(line.area.right),
        bottom: area.bottom.max(line.area.bottom),
    });
    Some(Place::new(offset, first.page, [area.left, area.top, area.right, area.bottom]))
}

fn grid(content: &mut Content, table: &Table) {
    let start = content.text.len();
    let mut grid = Grid::default();
    for (index, row) in table.rows.iter().enumerate() {
        if index > 0 {
            content.text.push('\n');
        }
        let mut cells = row.iter().peekable();
        let mut listed = vec![];
        for column in 0..table.xs.len().saturating_sub(1) {
            if column > 0 {
                content.text.push_str(CELL);
            }
            let Some(cell) = cells.next_if(|cell| cell.column <= column) else { continue };
            let at = content.text.len();
            content.places.extend(room(at, &cell.lines));
            content.text.push_str(&cell.text());
            listed.push(Cell {
                span: at..content.text.len(),
                column: narrow(cell.column),
                columns: narrow(cell.columns),
                rows: narrow(cell.rows),
            });
        }
        grid.rows.push(listed);
    }
    grid.span = start..content.text.len();
    content.tables.push(grid);
}
