//! The text of a Word document, taken apart at its marks.

use super::super::body::{Block, MAX_DEPTH, Piece};
use super::super::edges::{self, Row};
use super::fib::{Fib, Stretch};
use super::lists::Lists;
use super::pieces::{self, Stored, StoredPiece};
use super::properties::{self, Paragraph, Runs};
use super::styles::Styles;
use crate::document::error::Problem;

/// Pieces may lie over each other; no note is longer.
const MAX_CHARACTERS: usize = 16 * 1024 * 1024;

/// The streams of a document.
pub(super) struct Parts<'a> {
    pub(super) main: &'a [u8],
    pub(super) table: &'a [u8],
    pub(super) data: &'a [u8],
    pub(super) fib: &'a Fib<'a>,
}

struct Reader<'a> {
    parts: &'a Parts<'a>,
    pieces: Vec<StoredPiece>,
    paragraphs: Runs<Paragraph>,
    hidden: Runs<()>,
    styles: Styles,
    lists: Lists,
}

/// Reads the text, then the notes, then the text boxes.
pub(super) fn read(parts: &Parts<'_>) -> Result<Vec<Block>, Problem> {
    let Parts { main, table, data, fib } = *parts;
    let stretch = |which| fib.stretch(table, which);
    let mut reader = Reader {
        parts,
        pieces: pieces::read(stretch(Stretch::Pieces))?,
        paragraphs: properties::paragraphs(stretch(Stretch::Paragraphs), main, data),
        hidden: properties::hidden(stretch(Stretch::Characters), main),
        styles: Styles::read(stretch(Stretch::Styles)),
        lists: Lists::read(table, fib),
    };
    let mut blocks = vec![];
    let mut at = 0_usize;
    for (length, wanted) in [
        (fib.text, true),
        (fib.footnotes, true),
        (fib.headers, false),
        (fib.comments, false),
        (fib.endnotes, true),
        (fib.boxes, true),
    ] {
        let end = at.saturating_add(length);
        if wanted {
            blocks.extend(reader.read(at, end));
        }
        at = end;
    }
    Ok(blocks)
}

/// A table that is being read, at one depth.
#[derive(Default)]
struct Open {
    rows: Vec<Row>,
    cells: Vec<Vec<Block>>,
    blocks: Vec<Block>,
}

impl Reader<'_> {
    /// Reads a stretch of the whole text.
    fn read(&mut self, start: usize, end: usize) -> Vec<Block> {
        let mut body = vec![];
        let mut open: Vec<Open> = vec![];
        let mut piece = Written::default();
        // How many fields are open, and in how many of them the code goes on.
        let mut fields: Vec<bool> = vec![];
        let Self { parts, pieces, paragraphs, hidden, styles, lists } = self;
        for Stored { unit, at } in pieces::characters(pieces, parts.main, start, end).take(MAX_CHARACTERS) {
            match unit {
                0x13 => fields.push(true),
                0x14 => fields.last_mut().into_iter().for_each(|code| *code = false),
                0x15 => drop(fields.pop()),
                0x0d | 0x07 | 0x0c => {
                    let properties = paragraphs.at(at).cloned().unwrap_or_default();
                    let (list, level) = styles.numbered(&properties);
                    let paragraph = std::mem::take(&mut piece).finish();
                    let depth = depth(&properties, unit == 0x07);
                    shut(&mut open, depth, &mut body);
                    open.resize_with(depth, Open::default);
                    let ends_row = unit != 0x0c && properties.ends_row;
                    if !ends_row {
                        let label = if unit == 0x0c { String::new() } else { lists.label(list, level) };
                        let into = open.last_mut().map_or(&mut body, |table| &mut table.blocks);
                        add(into, paragraph, &label);
                    }
                    if let Some(table) = open.last_mut() {
                        if ends_row {
                            let cells = std::mem::take(&mut table.cells);
                            table.blocks.clear();
                            table.rows.push(Row { cells, defined: properties.cells });
                        } else if unit == 0x07 || properties.ends_cell {
                            let cell = std::mem::take(&mut table.blocks);
                            table.cells.push(cell);
                        }
                    }
                    // What is left open in a field is no field.
                    fields.clear();
                }
                _ if fields.contains(&true) || hidden.at(at).is_some() => {}
                unit => piece.push(unit, at),
            }
        }
        let paragraph = piece.finish();
        shut(&mut open, 0, &mut body);
        add(&mut body, paragraph, "");
        body
    }
}

fn depth(properties: &Paragraph, mark: bool) -> usize {
    let depth = if properties.depth > 0 { properties.depth as usize } else { usize::from(properties.in_table || mark) };
    depth.min(MAX_DEPTH)
}

/// Ends the tables that are deeper than `depth`.
fn shut(open: &mut Vec<Open>, depth: usize, body: &mut Vec<Block>) {
    while open.len() > depth {
        let Some(Open { mut rows, mut cells, blocks }) = open.pop() else { return };
        if !blocks.is_empty() {
            cells.push(blocks);
        }
        if !cells.is_empty() {
            rows.push(Row { cells, defined: vec![] });
        }
        let into = open.last_mut().map_or(&mut *body, |table| &mut table.blocks);
        if !rows.is_empty() {
            into.push(Block::Table(edges::table(rows)));
        }
    }
}

fn add(blocks: &mut Vec<Block>, mut piece: Piece, label: &str) {
    if piece.text.trim().is_empty() {
        return;
    }
    if !label.is_empty() {
        piece.prepend(label);
    }
    blocks.push(Block::Paragraph(piece));
}

/// A paragraph that is being read.
#[derive(Default)]
struct Written {
    units: Vec<u16>,
    start: usize,
}

impl Written {
    fn push(&mut self, unit: u16, at: usize) {
        let shown = match unit {
            0x0b | 0x0e => u16::from(b'\n'),
            0x1e => u16::from(b'-'),
            0x09 => unit,
            // Pictures, notes, what a document marks otherwise.
            0..=0x1f => return,
            // Fonts of symbols lie in the private area; what looks like ASCII there is.
            0xf020..=0xf07e => unit - 0xf000,
            unit => unit,
        };
        if self.units.is_empty() {
            self.start = at;
        }
        self.units.push(shown);
    }

    fn finish(self) -> Piece {
        Piece::at(String::from_utf16_lossy(&self.units), self.start)
    }
}
