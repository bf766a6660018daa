//! The content of an OpenDocument text or spreadsheet.

use super::super::body::{Block, Cell, MAX_COLUMNS, MAX_DEPTH, Piece, Table};
use super::super::sheet::{Allowance, Sheet};
use super::super::xml::{Element, Node, Xml};
use super::super::{MAX_NESTING, Remark, damaged};
use super::lists::{Lists, OUTLINE};
use crate::document::MAX_DOCUMENT_BYTES;
use crate::document::error::Problem;

/// So many cells of one document stand for others that say the same.
const MAX_COPIES: u32 = 200_000;

/// What the part holds.
#[derive(Default)]
pub(super) struct Read {
    pub(super) blocks: Vec<Block>,
    pub(super) remarks: Vec<Remark>,
    pub(super) is_spreadsheet: bool,
}

/// What an open element is to the text.
enum Frame {
    Plain,
    /// Text in it is part of the paragraph.
    Text,
    Paragraph(Box<Paragraph>),
    List {
        style: Option<String>,
    },
    Item {
        fresh: bool,
    },
    Table(Box<OpenTable>),
    Row(Box<Row>),
    Cell(Box<Cell>, u32),
    /// A text box.
    Box(Vec<Block>),
    /// A note, kept for the end.
    Note(Vec<Block>),
}

#[derive(Default)]
struct Paragraph {
    piece: Piece,
    boxes: Vec<Block>,
}

#[derive(Default)]
struct OpenTable {
    name: String,
    rows: Vec<(u32, Vec<Cell>)>,
    next: u32,
}

struct Row {
    cells: Vec<Cell>,
    column: u32,
    repeated: u32,
}

struct Reader<'l> {
    lists: &'l mut Lists,
    frames: Vec<Frame>,
    tables: usize,
    read: Read,
    notes: Vec<Block>,
    left: Allowance,
    /// Cells that may still be repeated.
    copies: u32,
}

/// Reads the part.
pub(super) fn read(part: &str, lists: &mut Lists) -> Result<Read, Problem> {
    let mut reader = Reader {
        lists,
        frames: vec![],
        tables: 0,
        read: Read::default(),
        notes: vec![],
        left: Allowance::new(),
        copies: MAX_COPIES,
    };
    let mut xml = Xml::new(part);
    loop {
        let source = xml.position();
        match xml.next()? {
            Node::Open(element) => {
                if xml.depth() > MAX_NESTING {
                    return Err(damaged("elements are nested too deep"));
                }
                match reader.open(&element, source) {
                    Some(frame) => reader.frames.push(frame),
                    None => xml.skip()?,
                }
            }
            Node::Text(text) => {
                if matches!(reader.frames.last(), Some(Frame::Text | Frame::Paragraph(_))) {
                    reader.push(&text.text, text.source, text.exact);
                }
            }
            Node::Close => reader.close()?,
            Node::End => break,
        }
    }
    let Reader { mut read, notes, .. } = reader;
    read.blocks.extend(notes);
    Ok(read)
}

impl Reader<'_> {
    /// What an element that begins is; none if it is to be passed over.
    fn open(&mut self, element: &Element<'_>, source: usize) -> Option<Frame> {
        Some(match element.name() {
            "automatic-styles" | "font-face-decls" | "scripts" | "tracked-changes" | "annotation"
            | "annotation-end" | "forms" => return None,
            "note-citation" | "ruby-text" | "sequence-decls" | "content-validations" | "shapes" | "title" | "desc" => {
                return None;
            }
            "spreadsheet" => {
                self.read.is_spreadsheet = true;
                Frame::Plain
            }
            "p" | "h" => {
                let mut paragraph = Paragraph::default();
                let label = self.label(element);
                paragraph.piece.push(&label, source, false);
                Frame::Paragraph(Box::new(paragraph))
            }
            "span" | "a" | "ruby" | "ruby-base" | "meta" | "bookmark-ref" | "reference-ref" | "sequence" => Frame::Text,
            "s" => {
                let count = element.number("c").unwrap_or(1).min(1000) as usize;
                self.push(&" ".repeat(count), source, false);
                Frame::Plain
            }
            "tab" => {
                self.push("\t", source, false);
                Frame::Plain
            }
            "line-break" => {
                self.push("\n", source, false);
                Frame::Plain
            }
            "list" => {
                let outer = self.lists_around().last().cloned().flatten();
                let style = element.get("style-name").or(outer);
                let goes_on = element.get("continue-numbering").is_some_and(|on| on == "true")
                    || element.get("continue-list").is_some();
                if let Some(style) = style.as_ref().filter(|_| !goes_on && self.lists_around().is_empty()) {
                    // A list of the same style right after another one begins anew, too.
                    self.lists.begin(style);
                }
                Frame::List { style }
            }
            "list-item" => {
                if let Some(start) = element.number("start-value") {
                    let around = self.lists_around();
                    if let Some(style) = around.last().cloned().flatten() {
                        self.lists.restart(&style, around.len() - 1, start);
                    }
                }
                Frame::Item { fresh: true }
            }
            "list-header" => Frame::Item { fresh: false },
            "table" if self.tables < MAX_DEPTH => {
                self.tables += 1;
                let name = element.get("name").unwrap_or_default();
                Frame::Table(Box::new(OpenTable { name, ..OpenTable::default() }))
            }
            "table-row" => {
                let repeated = element.number("number-rows-repeated").unwrap_or(1).max(1);
                Frame::Row(Box::new(Row { cells: vec![], column: 0, repeated }))
            }
            "table-cell" => {
                let span = |name: &str| element.number(name).unwrap_or(1).max(1);
                let cell = Cell {
                    column: 0,
                    columns: span("number-columns-spanned").min(MAX_COLUMNS),
                    rows: span("number-rows-spanned"),
                    blocks: vec![],
                };
                Frame::Cell(Box::new(cell), span("number-columns-repeated"))
            }
            "covered-table-cell" => {
                let repeated = element.number("number-columns-repeated").unwrap_or(1).max(1);
                if let Some(Frame::Row(row)) = self.innermost_of_table() {
                    row.column = row.column.saturating_add(repeated);
                }
                return None;
            }
            "text-box" => Frame::Box(vec![]),
            "note-body" => Frame::Note(vec![]),
            "object" | "object-ole" => {
                if !self.read.remarks.contains(&Remark::Embedded) && !self.read.is_spreadsheet {
                    self.read.remarks.push(Remark::Embedded);
                }
                Frame::Plain
            }
            // A field shows its text.
            _ if matches!(self.frames.last(), Some(Frame::Paragraph(_) | Frame::Text)) => Frame::Text,
            _ => Frame::Plain,
        })
    }

    fn close(&mut self) -> Result<(), Problem> {
        match self.frames.pop() {
            Some(Frame::Paragraph(paragraph)) => {
                let Paragraph { piece, boxes } = *paragraph;
                self.add(Block::Paragraph(piece));
                boxes.into_iter().for_each(|block| self.add(block));
            }
            Some(Frame::Box(blocks)) => {
                let around = self.frames.iter_mut().rev().find_map(|frame| match frame {
                    Frame::Paragraph(paragraph) => Some(paragraph),
                    _ => None,
                });
                match around {
                    Some(paragraph) => paragraph.boxes.extend(blocks),
                    None => blocks.into_iter().for_each(|block| self.add(block)),
                }
            }
            Some(Frame::Note(blocks)) => self.notes.extend(blocks),
            Some(Frame::Cell(cell, repeated)) => {
                if let Some(Frame::Row(row)) = self.innermost_of_table() {
                    let blank = cell.blocks.iter().all(|block| block.is_blank());
                    // A cell that is repeated a thousand times is the empty end of a row.
                    let copies = if blank { 1 } else { repeated.min(MAX_COLUMNS) };
                    for copy in 0..copies {
                        let column = row.column.saturating_add(copy);
                        row.cells.push(Cell { column, ..(*cell).clone() });
                    }
                    row.column = row.column.saturating_add(repeated);
                    self.spend(copies - 1)?;
                }
            }
            Some(Frame::Row(row)) => {
                if let Some(Frame::Table(table)) = self.innermost_of_table() {
                    let Row { cells, repeated, .. } = *row;
                    let blank = cells.iter().all(|cell| cell.blocks.iter().all(|block| block.is_blank()));
                    let copies = if blank { 0 } else { repeated.min(1000) };
                    let cost = copies.saturating_sub(1).saturating_mul(u32::try_from(cells.len()).unwrap_or(u32::MAX));
                    for copy in 0..copies.min(if cost > MAX_COPIES { 1 } else { copies }) {
                        table.rows.push((table.next.saturating_add(copy), cells.clone()));
                    }
                    table.next = table.next.saturating_add(repeated);
                    self.spend(cost)?;
                }
            }
            Some(Frame::Table(table)) => {
                self.tables -= 1;
                if self.read.is_spreadsheet && self.tables == 0 {
                    return self.sheet(*table);
                }
                let rows = table.rows.into_iter().map(|(_, cells)| cells).collect();
                self.add(Block::Table(Table { rows }));
            }
            _ => {}
        }
        Ok(())
    }

    /// Counts cells that stand for others.
    fn spend(&mut self, copies: u32) -> Result<(), Problem> {
        let left = self.copies.checked_sub(copies);
        self.copies = left.ok_or(Problem::UnpacksTooLarge { limit: MAX_DOCUMENT_BYTES })?;
        Ok(())
    }

    /// Adds a table of a spreadsheet.
    fn sheet(&mut self, table: OpenTable) -> Result<(), Problem> {
        let mut sheet = Sheet::new(table.name);
        for (row, cells) in table.rows {
            for cell in cells {
                if cell.columns > 1 || cell.rows > 1 {
                    let to = (row.saturating_add(cell.rows - 1), cell.column.saturating_add(cell.columns - 1));
                    sheet.merge((row, cell.column), to);
                }
                let pieces: Vec<Piece> = cell
                    .blocks
                    .into_iter()
                    .filter_map(|block| match block {
                        Block::Paragraph(piece) => Some(piece),
                        Block::Table(_) => None,
                    })
                    .collect();
                sheet.put(row, cell.column, Piece::joined(pieces), &mut self.left)?;
            }
        }
        self.read.blocks.extend(sheet.into_blocks());
        Ok(())
    }

    /// The label of a paragraph that is about to begin.
    fn label(&mut self, element: &Element<'_>) -> String {
        let around = self.lists_around();
        let heading = element.name() == "h";
        if around.is_empty() {
            let style = element.get("style-name").unwrap_or_default();
            let level = element.number("outline-level").unwrap_or(1).saturating_sub(1) as usize;
            let unnumbered = element.get("is-list-header").is_some_and(|on| on == "true");
            return match self.lists.of_paragraph(&style).cloned() {
                _ if !heading || unnumbered => String::new(),
                Some(list) => self.lists.label(&list, level),
                None => self.lists.label(OUTLINE, level),
            };
        }
        // Only the first paragraph of an item is numbered.
        let first = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Item { fresh } => Some(std::mem::take(fresh)),
            _ => None,
        });
        if first != Some(true) {
            return String::new();
        }
        let level = around.len() - 1;
        around.last().cloned().flatten().map_or_else(String::new, |style| self.lists.label(&style, level))
    }

    /// The styles of the lists that are open around here, inside of the
    /// innermost cell.
    fn lists_around(&self) -> Vec<Option<String>> {
        let inside = self.frames.iter().rev().take_while(|frame| !matches!(frame, Frame::Cell(..)));
        let mut styles: Vec<_> = inside
            .filter_map(|frame| match frame {
                Frame::List { style } => Some(style.clone()),
                _ => None,
            })
            .collect();
        styles.reverse();
        styles
    }

    /// Adds a block to what is around it.
    fn add(&mut self, block: Block) {
        let around = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Cell(cell, _) => Some(&mut cell.blocks),
            Frame::Box(blocks) | Frame::Note(blocks) => Some(blocks),
            _ => None,
        });
        around.unwrap_or(&mut self.read.blocks).push(block);
    }

    fn push(&mut self, text: &str, source: usize, exact: bool) {
        let paragraph = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Paragraph(paragraph) => Some(paragraph),
            _ => None,
        });
        let Some(paragraph) = paragraph else { return };
        // A line break of the file stands for a space, and several for one.
        if !text.contains(['\n', '\r']) || !exact {
            paragraph.piece.push(text, source, exact);
            return;
        }
        let words: Vec<&str> = text.split(['\n', '\r']).map(str::trim).filter(|word| !word.is_empty()).collect();
        paragraph.piece.push(&words.join(" "), source, false);
    }

    /// The innermost table, row or cell that is open.
    fn innermost_of_table(&mut self) -> Option<&mut Frame> {
        self.frames.iter_mut().rev().find(|frame| matches!(frame, Frame::Table(_) | Frame::Row(_) | Frame::Cell(..)))
    }
}
