//! What every office format comes down to, paragraphs and tables, and how
//! they are written out: one paragraph a line, tables as grids.

pub(super) use crate::document::grid::MAX_COLUMNS;
use crate::document::grid::{self, CELL, Contents, Grid, MAX_FILLED};
use crate::document::source_map::{Run, drop_last_break, end_of, push_run};
use std::ops::Range;

/// Tables inside of tables, inside of tables. What lies deeper is read with
/// the table around it.
pub(super) const MAX_DEPTH: usize = 24;

/// One thing after another, as it stands in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph.
    Paragraph(Piece),
    /// A table.
    Table(Table),
}

impl Block {
    /// Whether there is no text in it.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Paragraph(piece) => piece.is_blank(),
            Self::Table(table) => table.rows.iter().flatten().all(|cell| is_blank(&cell.blocks)),
        }
    }
}

/// A table as it is drawn: cells know their column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// The rows, each with the cells that begin in it, from left to right.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell, maybe merged of several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// The column that it begins in, from 0.
    pub(super) column: u32,
    /// How many columns it spans, at least 1.
    pub(super) columns: u32,
    /// How many rows it spans, at least 1.
    pub(super) rows: u32,
    /// What is in it.
    pub(super) blocks: Vec<Block>,
}

/// The text of one paragraph, with its way back to the part that it stands in.
/// A line break in it is `\n`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// The text.
    pub(super) text: String,
    runs: Vec<Run>,
}

impl Piece {
    /// A paragraph that all came from one place.
    pub(super) fn at(text: impl Into<String>, source: usize) -> Self {
        Self { text: text.into(), runs: vec![Run::new(0, source, false)] }
    }

    /// Adds text that stands at `source`, byte for byte if `exact`.
    pub(super) fn push(&mut self, text: &str, source: usize, exact: bool) {
        if !text.is_empty() {
            push_run(&mut self.runs, Run::new(self.text.len(), source, exact));
            self.text.push_str(text);
        }
    }

    /// Several paragraphs as one, with line breaks between.
    pub(super) fn joined(pieces: Vec<Self>) -> Self {
        let mut joined = Self::default();
        for piece in pieces {
            if !joined.text.is_empty() {
                joined.push("\n", piece.runs.first().map_or(0, |run| run.source()), false);
            }
            let at = joined.text.len();
            for run in piece.runs {
                push_run(&mut joined.runs, Run::new(at + run.text(), run.source(), run.exact()));
            }
            joined.text.push_str(&piece.text);
        }
        joined
    }

    /// Puts a label before the text.
    pub(super) fn prepend(&mut self, label: &str) {
        let source = self.runs.first().map_or(0, |run| run.source());
        let mut labelled = Self::at(label, source);
        for run in &self.runs {
            push_run(&mut labelled.runs, Run::new(label.len() + run.text(), run.source(), run.exact()));
        }
        labelled.text.push_str(&self.text);
        *self = labelled;
    }

    /// The label of a list's item stands from `start` on: a bullet is taken
    /// away, and the tab after a number.
    pub(super) fn end_label(&mut self, start: usize) {
        // A paragraph that ends inside its own label leaves the start of what is no more.
        let start = self.text.floor_char_boundary(start);
        let written = self.text.get(start..).unwrap_or_default().trim();
        let mut label = if written.chars().any(char::is_alphanumeric) { written.to_owned() } else { String::new() };
        if label.ends_with(|c: char| c.is_ascii()) {
            label.push(' ');
        }
        let first = self.runs.iter().find(|run| run.text() >= start).map_or(0, |run| run.source());
        self.text.truncate(start);
        self.runs.retain(|run| run.text() < start);
        self.push(&label, first, false);
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A document written out.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) runs: Vec<Run>,
    pub(super) tables: Vec<Grid>,
    /// Merged cells were not all filled.
    pub(super) spans_ignored: bool,
}

/// Writes a document out.
pub(super) fn write(blocks: &[Block]) -> Written {
    let mut writer = Writer { out: Written::default(), filled: 0 };
    writer.blocks(blocks);
    let mut out = writer.out;
    drop_last_break(&mut out.text, &mut out.runs);
    out
}

struct Writer {
    out: Written,
    filled: usize,
}

impl Writer {
    /// Nesting is bounded by [`MAX_DEPTH`], and so is this recursion.
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(piece) => self.paragraph(piece),
                Block::Table(table) if is_data(table) => self.grid(table),
                Block::Table(table) => {
                    for cell in table.rows.iter().flatten() {
                        self.blocks(&cell.blocks);
                    }
                }
            }
        }
    }

    fn paragraph(&mut self, piece: &Piece) {
        let mut at = 0;
        for line in piece.text.split('\n') {
            if !line.trim().is_empty() {
                self.copy(piece, at..at + line.trim_end().len());
                self.layout("\n");
            }
            at += line.len() + 1;
        }
    }

    /// Writes a stretch of a paragraph.
    fn copy(&mut self, piece: &Piece, range: Range<usize>) {
        let Some(text) = piece.text.get(range.clone()) else { return };
        let to = self.out.text.len();
        let first = piece.runs.partition_point(|run| run.text() <= range.start).saturating_sub(1);
        for run in piece.runs.iter().skip(first).take_while(|run| run.text() < range.end) {
            let into = range.start.saturating_sub(run.text());
            let source = run.source() + if run.exact() { into } else { 0 };
            push_run(&mut self.out.runs, Run::new(to + run.text().saturating_sub(range.start), source, run.exact()));
        }
        self.out.text.push_str(text);
    }

    /// Writes what the document does not spell out.
    fn layout(&mut self, piece: &str) {
        let source = end_of(&self.out.text, &self.out.runs);
        push_run(&mut self.out.runs, Run::new(self.out.text.len(), source, false));
        self.out.text.push_str(piece);
    }

    fn grid(&mut self, table: &Table) {
        let ends = table.rows.iter().flatten().map(|cell| cell.column.saturating_add(cell.columns.max(1)));
        let wide = ends.max().unwrap_or(0);
        if wide > MAX_COLUMNS {
            self.out.spans_ignored = true;
        }
        let width = wide.min(MAX_COLUMNS);
        let start = self.out.text.len();
        let mut grid = Grid::default();
        // For each row that is written, its number in the document.
        let mut numbers = vec![];
        for (number, row) in table.rows.iter().enumerate() {
            if row.iter().any(|cell| !is_blank(&cell.blocks)) {
                grid.rows.push(self.row(row, width));
                numbers.push(number);
            }
        }
        let end = self.out.text.len();
        if end > start {
            grid.span = start..end - 1;
            grid.without_blank_rows(&numbers);
            self.out.tables.push(grid);
        }
    }

    fn row(&mut self, row: &[Cell], width: u32) -> Vec<grid::Cell> {
        let mut column = 0;
        let mut cells = Vec::with_capacity(row.len());
        for cell in row {
            self.pad(&mut column, cell.column.min(width));
            if column > 0 {
                self.layout(CELL);
            }
            let begin = self.out.text.len();
            self.cell(&cell.blocks, begin);
            let columns = cell.columns.min(width.saturating_sub(column)).max(1);
            cells.push(grid::Cell { span: begin..self.out.text.len(), column, columns, rows: cell.rows.max(1) });
            let end = column.saturating_add(columns);
            column += 1;
            self.pad(&mut column, end);
        }
        self.pad(&mut column, width);
        self.layout("\n");
        cells
    }

    /// Leaves cells empty up to a column.
    fn pad(&mut self, column: &mut u32, to: u32) {
        while *column < to {
            if self.filled >= MAX_FILLED {
                self.out.spans_ignored = true;
                return;
            }
            self.filled += 1;
            if *column > 0 {
                self.layout(CELL);
            }
            *column += 1;
        }
    }

    /// Writes what is in a cell on one line.
    fn cell(&mut self, blocks: &[Block], begin: usize) {
        for block in blocks {
            match block {
                Block::Paragraph(piece) => {
                    let mut at = 0;
                    for line in piece.text.split(['\n', '|']) {
                        let lead = line.len() - line.trim_start().len();
                        if !line.trim().is_empty() {
                            if self.out.text.len() > begin && !self.out.text.ends_with('｜') {
                                self.layout(" ");
                            }
                            self.copy(piece, at + lead..at + lead + line.trim().len());
                        }
                        at += line.len();
                        if piece.text.get(at..).is_some_and(|rest| rest.starts_with('|')) {
                            self.layout("｜");
                        }
                        at += 1;
                    }
                }
                Block::Table(table) => {
                    for cell in table.rows.iter().flatten() {
                        self.cell(&cell.blocks, begin);
                    }
                }
            }
        }
    }
}

fn is_blank(blocks: &[Block]) -> bool {
    blocks.iter().all(Block::is_blank)
}

/// Whether a table holds data: it is no frame around parts of the document.
fn is_data(table: &Table) -> bool {
    let mut contents = Contents::default();
    for row in &table.rows {
        for cell in row {
            let (mut chars, mut paragraphs) = (0, 0);
            for block in &cell.blocks {
                let Block::Paragraph(piece) = block else { return false };
                let own = piece.text.chars().filter(|c| !c.is_whitespace()).count();
                chars += own;
                paragraphs += usize::from(own > 0);
            }
            contents.cell(chars, paragraphs);
        }
        contents.end_row();
    }
    contents.is_data()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(column: u32, columns: u32, text: &str) -> Cell {
        Cell { column, columns, rows: 1, blocks: vec![Block::Paragraph(Piece::at(text, 7))] }
    }

    #[test]
    fn a_paragraph_a_line_and_a_row_a_line() {
        let table = Table {
            rows: vec![
                vec![cell(0, 1, "项目"), cell(1, 2, "金额")],
                vec![cell(0, 1, " 收|入 \n合计"), cell(2, 1, "12.50")],
                vec![cell(0, 1, ""), cell(1, 1, " ")],
                vec![cell(0, 1, "支出"), cell(1, 1, "3")],
            ],
        };
        let blocks = [
            Block::Paragraph(Piece::at("一、收入\n  二、支出 ", 3)),
            Block::Paragraph(Piece::at("　", 3)),
            Block::Table(table),
            Block::Paragraph(Piece::at("完", 9)),
        ];
        let written = write(&blocks);
        assert_eq!(written.text, "一、收入\n  二、支出\n项目 | 金额 | \n收｜入 合计 |  | 12.50\n支出 | 3 | \n完");
        let grid = &written.tables[0];
        let shown = &written.text[grid.span.clone()];
        assert!(shown.starts_with("项目") && shown.ends_with("3 | "), "{shown}");
        let cells: Vec<_> = grid.rows.iter().flatten().map(|c| (c.text(&written.text), c.column, c.columns)).collect();
        assert_eq!(
            cells,
            [("项目", 0, 1), ("金额", 1, 2), ("收｜入 合计", 0, 1), ("12.50", 2, 1), ("支出", 0, 1), ("3", 1, 1)]
        );
    }

    #[test]
    fn a_frame_is_no_table() {
        let inner = Table { rows: vec![vec![cell(0, 1, "甲"), cell(1, 1, "1")]] };
        let frame =
            Table { rows: vec![vec![Cell { columns: 1, rows: 1, blocks: vec![Block::Table(inner)], column: 0 }]] };
        let written = write(&[Block::Table(frame)]);
        assert_eq!(written.text, "甲 | 1");
        assert_eq!((written.tables.len(), written.tables[0].span.len()), (1, written.text.len()));
        let column = Table { rows: vec![vec![cell(0, 1, "第一段")], vec![cell(0, 1, "第二段")]] };
        let written = write(&[Block::Table(column)]);
        assert_eq!((written.text.as_str(), written.tables.len()), ("第一段\n第二段", 0));
    }

    #[test]
    fn every_character_knows_its_place() {
        let mut piece = Piece::default();
        piece.push("收入", 10, true);
        piece.push("&", 16, false);
        piece.push("支出\n结余", 21, true);
        piece.prepend("一、");
        let written = write(&[Block::Paragraph(piece)]);
        assert_eq!(written.text, "一、收入&支出\n结余");
        let map = crate::document::SourceMap::new(crate::document::source_map::Unit::Utf8, written.runs, 99);
        for (word, source) in [("一", 10), ("收", 10), ("入", 13), ("&", 16), ("支", 21), ("出", 24), ("结", 28)]
        {
            let at = written.text.find(word).unwrap();
            assert_eq!(map.source_offset(&written.text, at), source, "{word}");
        }
    }

    #[test]
    fn a_table_of_endless_width_is_cut() {
        let table = Table { rows: vec![vec![cell(0, u32::MAX, "甲"), cell(9999, 3, "乙")]; 3] };
        let written = write(&[Block::Table(table)]);
        assert!(written.spans_ignored && written.text.len() < 4000, "{}", written.text.len());
    }
}
