//! From the tokens of RTF to paragraphs and tables.

use super::super::body::{Block, MAX_COLUMNS, Piece};
use super::super::edges::{self, Defined, Row};
use super::super::{Found, MAX_NESTING, damaged};
use super::tokens::{Token, Tokens};
use crate::document::Format;
use crate::document::charset::{by_code_page, name_of};
use crate::document::error::Problem;
use encoding_rs::{Encoding, GB18030, WINDOWS_1252};
use rustc_hash::FxHashMap;

/// What a group sets for the text in it.
#[derive(Debug, Clone, Copy)]
struct State {
    /// The text goes nowhere.
    skipped: bool,
    hidden: bool,
    charset: Option<&'static Encoding>,
    /// How many characters stand for one in Unicode, where that is not known.
    replaced: usize,
    in_table: bool,
    /// The group is the table of fonts.
    fonts: bool,
    /// It is a note, kept for the end.
    note: bool,
    /// It is a text box.
    boxed: bool,
    /// It is the label of a list's item.
    label: bool,
}

struct Reader {
    ansi: &'static Encoding,
    fonts: FxHashMap<i32, &'static Encoding>,
    font: i32,
    stack: Vec<State>,
    state: State,
    /// Bytes that are not decoded yet, and where they began.
    pending: Vec<u8>,
    pending_at: usize,
    /// Characters to pass over after one in Unicode.
    to_replace: usize,
    high: Option<u16>,
    piece: Piece,
    notes: Piece,
    boxes: Vec<Piece>,
    /// Paragraphs that are interrupted by a text box.
    held: Vec<Piece>,
    /// Where the label of a list's item begins.
    label_at: usize,
    cell: Vec<Block>,
    cells: Vec<Vec<Block>>,
    defined: Vec<Defined>,
    next: Defined,
    rows: Vec<Row>,
    blocks: Vec<Block>,
}

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Result<Found, Problem> {
    let state = State {
        skipped: false,
        hidden: false,
        charset: None,
        replaced: 1,
        in_table: false,
        fonts: false,
        note: false,
        boxed: false,
        label: false,
    };
    let mut reader = Reader {
        ansi: WINDOWS_1252,
        fonts: FxHashMap::default(),
        font: 0,
        stack: vec![],
        state,
        pending: vec![],
        pending_at: 0,
        to_replace: 0,
        high: None,
        piece: Piece::default(),
        notes: Piece::default(),
        boxes: vec![],
        held: vec![],
        label_at: 0,
        cell: vec![],
        cells: vec![],
        defined: vec![],
        next: Defined::default(),
        rows: vec![],
        blocks: vec![],
    };
    let mut tokens = Tokens::new(bytes);
    let mut opened = false;
    loop {
        let at = tokens.position();
        let Some(token) = tokens.next() else { break };
        match token {
            Token::Open => {
                reader.flush();
                if reader.stack.len() >= MAX_NESTING {
                    return Err(damaged("groups are nested too deep"));
                }
                reader.stack.push(reader.state);
                opened = true;
                continue;
            }
            Token::Close => {
                reader.flush();
                let Some(state) = reader.stack.pop() else { break };
                reader.leave(state);
                if reader.stack.is_empty() {
                    break;
                }
            }
            // `{\*\word` is passed over, unless it is known.
            Token::Symbol(b'*') if opened => reader.state.skipped = true,
            Token::Symbol(symbol) => reader.symbol(symbol, at),
            Token::Byte(byte) => reader.byte(byte, at),
            Token::Bytes(bytes) => bytes.iter().enumerate().for_each(|(into, byte)| reader.byte(*byte, at + into)),
            Token::Word("bin", number) => tokens.skip(number.and_then(|n| usize::try_from(n).ok()).unwrap_or_default()),
            Token::Word(word, number) => {
                if !matches!(word, "u" | "uc" | "f") {
                    reader.flush();
                }
                reader.word(word, number, at);
            }
        }
        opened = false;
    }
    if !reader.stack.is_empty() {
        return Err(damaged("it breaks off inside of a group"));
    }
    reader.flush();
    reader.end_paragraph();
    reader.end_table();
    let Reader { mut blocks, notes, ansi, .. } = reader;
    blocks.push(Block::Paragraph(notes));
    Ok(Found { format: Format::Rtf, blocks, remarks: vec![], encoding: name_of(ansi) })
}

impl Reader {
    /// Leaves a group for the one around it.
    fn leave(&mut self, around: State) {
        let own = std::mem::replace(&mut self.state, around);
        self.to_replace = 0;
        if own.boxed && !around.boxed {
            // A text box is read after the paragraph that it hangs on.
            let around = self.held.pop().unwrap_or_default();
            self.boxes.push(std::mem::replace(&mut self.piece, around));
        }
        if own.label && !around.label {
            self.piece.end_label(self.label_at);
        }
        if own.note && !around.note {
            self.notes.push("\n", 0, false);
        }
    }

    fn symbol(&mut self, symbol: u8, at: usize) {
        self.flush();
        match symbol {
            b'~' => self.text("\u{a0}", at, false),
            b'_' => self.text("-", at, false),
            b'\\' | b'{' | b'}' => self.text(char::from(symbol).encode_utf8(&mut [0; 4]), at, false),
            b'\n' | b'\r' => self.word("par", None, at),
            _ => {}
        }
    }

    /// One more byte of text.
    fn byte(&mut self, byte: u8, at: usize) {
        if self.to_replace > 0 {
            self.to_replace -= 1;
            return;
        }
        if self.state.fonts || self.state.skipped {
            return;
        }
        if self.pending.is_empty() {
            self.pending_at = at;
        }
        self.pending.push(byte);
    }

    /// Decodes the bytes that have gathered.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let (text, _) = self.charset().decode_without_bom_handling(&bytes);
        let exact = bytes.is_ascii();
        self.text(&text, self.pending_at, exact);
    }

    fn charset(&self) -> &'static Encoding {
        self.state.charset.unwrap_or(self.ansi)
    }

    /// A unit of UTF-16 as a number.
    fn unit(&mut self, number: i32, at: usize) {
        // Negative numbers stand for those above 32767.
        let unit = u16::try_from(number.rem_euclid(0x1_0000)).unwrap_or_default();
        match (self.high.take(), unit) {
            (Some(high), 0xdc00..=0xdfff) => {
                let c = char::decode_utf16([high, unit]).next().and_then(Result::ok).unwrap_or('\u{fffd}');
                self.text(c.encode_utf8(&mut [0; 4]), at, false);
            }
            (_, 0xd800..=0xdbff) => self.high = Some(unit),
            (_, unit) => {
                // Fonts of symbols lie in the private area; what looks like ASCII there is.
                let c = match unit {
                    0xf020..=0xf07e => char::from_u32(u32::from(unit) - 0xf000),
                    unit => char::from_u32(u32::from(unit)),
                };
                self.text(c.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]), at, false);
            }
        }
    }

    fn text(&mut self, text: &str, at: usize, exact: bool) {
        if self.state.skipped || self.state.hidden || self.state.fonts {
            return;
        }
        let piece = if self.state.note { &mut self.notes } else { &mut self.piece };
        piece.push(text, at, exact);
    }

    fn word(&mut self, word: &str, number: Option<i32>, at: usize) {
        let on = number != Some(0);
        match word {
            "u" => {
                self.flush();
                self.unit(number.unwrap_or_default(), at);
                self.to_replace = self.state.replaced;
            }
            "uc" => self.state.replaced = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(1).min(16),
            "ansicpg" => {
                let charset = number.and_then(|number| by_code_page(u32::try_from(number).ok()?));
                self.ansi = charset.unwrap_or(WINDOWS_1252);
            }
            "fonttbl" => self.state.fonts = true,
            "f" if self.state.fonts => self.font = number.unwrap_or_default(),
            "fcharset" => {
                if let Some(charset) = font_charset(number) {
                    self.fonts.insert(self.font, charset);
                }
            }
            "f" => {
                self.flush();
                self.state.charset = number.and_then(|font| self.fonts.get(&font)).copied();
            }
            "plain" => {
                self.state.hidden = false;
                self.state.charset = None;
            }
            "v" | "deleted" => self.state.hidden = on,
            // Not text of the note, or not where it belongs.
            "colortbl" | "stylesheet" | "info" | "pict" | "header" | "headerl" | "headerr" | "headerf" | "footer"
            | "footerl" | "footerr" | "footerf" | "listtable" | "listoverridetable" | "revtbl" | "fldinst"
            | "annotation" | "object" | "themedata" | "datastore" | "xmlnstbl" | "generator" | "sp" | "nonshppict"
            | "filetbl" | "latentstyles" | "rsidtbl" | "colorschememapping" | "nonesttables" | "bkmkstart"
            | "bkmkend" | "atnid" | "atnauthor" | "pnseclvl" => {
                self.state.skipped = true;
            }
            "listtext" | "pntext" => {
                self.state.label = true;
                self.label_at = self.piece.text.len();
            }
            "shptxt" => {
                self.state.skipped = false;
                self.state.boxed = true;
                self.held.push(std::mem::take(&mut self.piece));
            }
            "footnote" => self.state.note = true,
            "tab" => self.text("\t", at, false),
            "line" | "page" | "column" => self.text("\n", at, false),
            "emdash" => self.text("—", at, false),
            "endash" => self.text("–", at, false),
            "lquote" => self.text("‘", at, false),
            "rquote" => self.text("’", at, false),
            "ldblquote" => self.text("“", at, false),
            "rdblquote" => self.text("”", at, false),
            "bullet" => self.text("•", at, false),
            "emspace" | "enspace" | "qmspace" => self.text(" ", at, false),
            "pard" => self.state.in_table = false,
            "intbl" => self.state.in_table = true,
            "par" | "sect" => self.paragraph(at),
            "cell" => self.end_cell(),
            "row" => self.end_row(),
            // A table in a cell is read with it.
            "nestcell" => self.paragraph(at),
            "trowd" => {
                self.defined.clear();
                self.next = Defined::default();
            }
            "clmrg" => self.next.across = true,
            "clvmrg" => self.next.down = true,
            "cellx" => {
                let edge = number.unwrap_or_default();
                if self.defined.len() < MAX_COLUMNS as usize {
                    self.defined.push(Defined { edge, ..self.next });
                }
                self.next = Defined::default();
            }
            _ => {}
        }
    }

    /// A paragraph ends.
    fn paragraph(&mut self, at: usize) {
        if self.state.skipped {
            return;
        }
        if self.state.note || self.state.boxed {
            self.text("\n", at, false);
            return;
        }
        self.end_paragraph();
    }

    fn end_paragraph(&mut self) {
        let piece = std::mem::take(&mut self.piece);
        let boxes = std::mem::take(&mut self.boxes);
        if !self.state.in_table && !self.rows.is_empty() {
            self.end_table();
        }
        let into = if self.state.in_table { &mut self.cell } else { &mut self.blocks };
        into.extend([piece].into_iter().chain(boxes).filter(|piece| !piece.text.is_empty()).map(Block::Paragraph));
    }

    fn end_cell(&mut self) {
        if self.state.skipped {
            return;
        }
        self.state.in_table = true;
        self.end_paragraph();
        self.cells.push(std::mem::take(&mut self.cell));
    }

    fn end_row(&mut self) {
        if self.state.skipped {
            return;
        }
        let cells = std::mem::take(&mut self.cells);
        if !cells.is_empty() {
            self.rows.push(Row { cells, defined: self.defined.clone() });
        }
    }

    /// Makes a table of the rows so far.
    fn end_table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        if !rows.is_empty() {
            self.blocks.push(Block::Table(edges::table(rows)));
        }
    }
}

/// The charset of a font by its Windows number.
fn font_charset(number: Option<i32>) -> Option<&'static Encoding> {
    Some(match number? {
        134 => GB18030,
        136 => encoding_rs::BIG5,
        128 => encoding_rs::SHIFT_JIS,
        129 => encoding_rs::EUC_KR,
        _ => return None,
    })
}
