//! The text of a Word document: `document.xml`, and the notes below it.

use super::super::body::{Block, Cell, MAX_COLUMNS, MAX_DEPTH, Piece, write};
use super::super::rows::Rows;
use super::super::xml::{Element, Node, Xml};
use super::super::{MAX_NESTING, damaged};
use super::lists::{Lists, Numbered};
use crate::document::error::Problem;
use rustc_hash::FxHashMap;

/// What the part holds.
#[derive(Default)]
pub(super) struct Body {
    pub(super) blocks: Vec<Block>,
    /// The notes that the text refers to, with the places where it does.
    pub(super) footnotes: Vec<(String, usize)>,
    pub(super) endnotes: Vec<(String, usize)>,
    /// Files of other programs stand in it, which are not read.
    pub(super) embedded: bool,
}

/// What an open element is to the text.
enum Frame {
    /// Nothing.
    Plain,
    /// Text is to be kept.
    Text,
    Properties,
    Run {
        hidden: bool,
    },
    Paragraph(Box<Paragraph>),
    Table(Box<Rows>),
    Row(Box<Row>),
    Cell(Box<OpenCell>),
    /// A text box, or a note.
    Box(Vec<Block>),
    Note(String, Vec<Block>),
}

#[derive(Default)]
struct Paragraph {
    piece: Piece,
    style: Option<String>,
    numbered: Numbered,
    boxes: Vec<Block>,
}

#[derive(Default)]
struct Row {
    cells: Vec<(Cell, bool)>,
    column: u32,
    deleted: bool,
}

#[derive(Default)]
struct OpenCell {
    columns: u32,
    /// It continues the cell above.
    below: bool,
    /// It continues the cell to the left.
    beside: bool,
    blocks: Vec<Block>,
}

struct Reader<'l> {
    lists: &'l mut Lists,
    frames: Vec<Frame>,
    /// Where the open paragraphs are among the frames.
    paragraphs: Vec<usize>,
    tables: usize,
    body: Body,
    notes: FxHashMap<String, Vec<Block>>,
}

/// Reads the main part.
pub(super) fn read(part: &str, lists: &mut Lists) -> Result<Body, Problem> {
    Ok(run(part, lists)?.body)
}

/// Reads a part with notes: the lines of each by its id.
pub(super) fn read_notes(part: &str, lists: &mut Lists) -> Result<FxHashMap<String, Vec<String>>, Problem> {
    let notes = run(part, lists)?.notes;
    Ok(notes.into_iter().map(|(id, blocks)| (id, write(&blocks).text.lines().map(str::to_owned).collect())).collect())
}

fn run<'l>(part: &str, lists: &'l mut Lists) -> Result<Reader<'l>, Problem> {
    let mut reader = Reader {
        lists,
        frames: vec![],
        paragraphs: vec![],
        tables: 0,
        body: Body::default(),
        notes: FxHashMap::default(),
    };
    let mut xml = Xml::new(part);
    let mut source = 0;
    loop {
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
                source = text.source;
                if matches!(reader.frames.last(), Some(Frame::Text)) {
                    reader.push(&text.text, text.source, text.exact);
                }
            }
            Node::Close => reader.close(),
            Node::End => return Ok(reader),
        }
    }
}

impl Reader<'_> {
    /// What an element that begins is; none if it is to be passed over.
    fn open(&mut self, element: &Element<'_>, source: usize) -> Option<Frame> {
        let on = || element.get("val").is_none_or(|value| value != "0" && value != "false" && value != "off");
        match element.name() {
            "p" => {
                self.paragraphs.push(self.frames.len());
                return Some(Frame::Paragraph(Box::default()));
            }
            "r" => return Some(Frame::Run { hidden: false }),
            "t" => return Some(Frame::Text),
            "tab" if matches!(self.frames.last(), Some(Frame::Run { .. })) => self.push("\t", source, false),
            "br" | "cr" => self.push("\n", source, false),
            "noBreakHyphen" => self.push("-", source, false),
            "rPr" => return Some(Frame::Properties),
            "vanish" if on() => {
                if let [.., Frame::Run { hidden }, Frame::Properties] = self.frames.as_mut_slice() {
                    *hidden = true;
                }
            }
            "pStyle" => self.of_paragraph(|paragraph| paragraph.style = element.get("val")),
            "numId" => self.of_paragraph(|paragraph| paragraph.numbered.list = element.number("val")),
            "ilvl" => self.of_paragraph(|paragraph| paragraph.numbered.level = element.number("val")),
            // What the paragraph looked like before a tracked change.
            "pPrChange" | "rPrChange" | "tcPrChange" | "trPrChange" | "tblPrChange" | "sectPr" => return None,
            // Deleted or moved away; `Fallback` repeats its `Choice`.
            "moveFrom" | "Fallback" | "instrText" | "delText" | "rt" => return None,
            "del" => match self.frames.iter_mut().rev().nth(1) {
                Some(Frame::Row(row)) => row.deleted = true,
                _ => return None,
            },
            "tbl" if self.tables < MAX_DEPTH => {
                self.tables += 1;
                return Some(Frame::Table(Box::default()));
            }
            "tr" if matches!(self.innermost_of_table(), Some(Frame::Table(_))) => {
                return Some(Frame::Row(Box::default()));
            }
            "gridBefore" => {
                if let Some(Frame::Row(row)) = self.innermost_of_table() {
                    row.column = element.number("val").unwrap_or_default().min(MAX_COLUMNS);
                }
            }
            "tc" if matches!(self.innermost_of_table(), Some(Frame::Row(_))) => {
                return Some(Frame::Cell(Box::new(OpenCell { columns: 1, ..OpenCell::default() })));
            }
            "gridSpan" => {
                if let Some(Frame::Cell(cell)) = self.innermost_of_table() {
                    cell.columns = element.number("val").unwrap_or(1).clamp(1, MAX_COLUMNS);
                }
            }
            name @ ("vMerge" | "hMerge") => {
                let goes_on = element.get("val").is_none_or(|value| value != "restart");
                if let Some(Frame::Cell(cell)) = self.innermost_of_table() {
                    let merged = if name == "vMerge" { &mut cell.below } else { &mut cell.beside };
                    *merged = goes_on;
                }
            }
            "txbxContent" => return Some(Frame::Box(vec![])),
            "footnote" | "endnote" => {
                let id = element.get("id").filter(|_| element.get("type").is_none_or(|kind| kind == "normal"));
                return id.map(|id| Frame::Note(id, vec![]));
            }
            "footnoteReference" => self.body.footnotes.extend(element.get("id").map(|id| (id, source))),
            "endnoteReference" => self.body.endnotes.extend(element.get("id").map(|id| (id, source))),
            "OLEObject" | "altChunk" => self.body.embedded = true,
            _ => {}
        }
        Some(Frame::Plain)
    }

    fn close(&mut self) {
        match self.frames.pop() {
            Some(Frame::Paragraph(paragraph)) => {
                self.paragraphs.pop();
                let Paragraph { mut piece, style, numbered, boxes } = *paragraph;
                // A paragraph without text counts all the same.
                let label = self.lists.label(style.as_deref(), numbered);
                if !piece.text.trim().is_empty() {
                    if !label.is_empty() {
                        piece.prepend(&label);
                    }
                    self.add(Block::Paragraph(piece));
                }
                boxes.into_iter().for_each(|block| self.add(block));
            }
            Some(Frame::Box(blocks)) => match self.paragraph() {
                Some(paragraph) => paragraph.boxes.extend(blocks),
                None => blocks.into_iter().for_each(|block| self.add(block)),
            },
            Some(Frame::Note(id, blocks)) => drop(self.notes.insert(id, blocks)),
            Some(Frame::Cell(cell)) => {
                let OpenCell { columns, below, beside, blocks } = *cell;
                if let Some(Frame::Row(row)) = self.innermost_of_table() {
                    match row.cells.last_mut().filter(|_| beside) {
                        Some((before, _)) => before.columns += columns,
                        None => row.cells.push((Cell { column: row.column, columns, rows: 1, blocks }, below)),
                    }
                    row.column = row.column.saturating_add(columns);
                }
            }
            Some(Frame::Row(row)) => {
                if let Some(Frame::Table(table)) = self.innermost_of_table()
                    && !row.deleted
                {
                    table.push(row.cells);
                }
            }
            Some(Frame::Table(table)) => {
                self.tables -= 1;
                self.add(Block::Table(table.into_table()));
            }
            Some(Frame::Plain | Frame::Text | Frame::Properties | Frame::Run { .. }) | None => {}
        }
    }

    /// Adds a block to what is around it.
    fn add(&mut self, block: Block) {
        let around = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Cell(cell) => Some(&mut cell.blocks),
            Frame::Box(blocks) | Frame::Note(_, blocks) => Some(blocks),
            _ => None,
        });
        around.unwrap_or(&mut self.body.blocks).push(block);
    }

    fn push(&mut self, text: &str, source: usize, exact: bool) {
        let run = self.frames.iter().rev().find(|frame| matches!(frame, Frame::Run { .. } | Frame::Paragraph(_)));
        if matches!(run, Some(Frame::Run { hidden: true })) {
            return;
        }
        if let Some(paragraph) = self.paragraph() {
            paragraph.piece.push(text, source, exact);
        }
    }

    fn paragraph(&mut self) -> Option<&mut Paragraph> {
        match self.frames.get_mut(*self.paragraphs.last()?) {
            Some(Frame::Paragraph(paragraph)) => Some(paragraph),
            _ => None,
        }
    }

    fn of_paragraph(&mut self, set: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.paragraph() {
            set(paragraph);
        }
    }

    /// The innermost table, row or cell that is open.
    fn innermost_of_table(&mut self) -> Option<&mut Frame> {
        self.frames.iter_mut().rev().find(|frame| matches!(frame, Frame::Table(_) | Frame::Row(_) | Frame::Cell(_)))
    }
}
