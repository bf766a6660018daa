//! What holds for a whole workbook: its sheets, formats and shared strings.

use super::super::bytes::{byte, short, size};
use super::super::damaged;
use super::super::number_format::{NumberFormat, built_in};
use super::records::{BEGIN, END, Records};
use super::strings::{Stored, shared};
use crate::document::charset::{by_code_page, name_of};
use crate::document::error::{FileKind, Problem};
use encoding_rs::WINDOWS_1252;
use rustc_hash::FxHashMap;

/// A sheet as the workbook lists it.
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) at: usize,
    pub(super) hidden: bool,
}

/// What cells refer to.
pub(super) struct Globals {
    pub(super) sheets: Vec<Listed>,
    pub(super) strings: Vec<String>,
    pub(super) stored: Stored,
    pub(super) from_1904: bool,
    formats: FxHashMap<u16, NumberFormat>,
    cells: Vec<u16>,
}

impl Globals {
    pub(super) fn read(book: &[u8]) -> Result<Self, Problem> {
        let mut records = Records::new(book);
        let version = records.next().filter(|first| first.kind == BEGIN).and_then(|first| short(first.bytes, 0));
        let stored = match version {
            Some(0x0600) => Stored::Unicode,
            Some(0x0500) => Stored::Charset(WINDOWS_1252),
            Some(_) => return Err(Problem::NotSupported(FileKind::OldExcel)),
            None => return Err(damaged("no head")),
        };
        let mut globals = Self {
            sheets: vec![],
            strings: vec![],
            stored,
            from_1904: false,
            formats: FxHashMap::default(),
            cells: vec![],
        };
        let mut ended = false;
        while let Some(record) = records.next() {
            match record.kind {
                END => {
                    ended = true;
                    break;
                }
                // A password that every Excel knows protects nothing, but hides all the same.
                0x002f => return Err(Problem::Encrypted),
                0x00fc => globals.strings = shared(record.bytes, &records.continued())?,
                // A broken record says nothing.
                kind => globals.take(kind, record.bytes).unwrap_or_default(),
            }
        }
        if !ended {
            return Err(damaged("the workbook breaks off"));
        }
        for id in &globals.cells {
            globals.formats.entry(*id).or_insert_with(|| NumberFormat::new(built_in(u32::from(*id))));
        }
        Ok(globals)
    }

    fn take(&mut self, kind: u16, bytes: &[u8]) -> Option<()> {
        match kind {
            0x0042 => {
                if let (Stored::Charset(_), Some(charset)) = (self.stored, by_code_page(short(bytes, 0)?.into())) {
                    self.stored = Stored::Charset(charset);
                }
            }
            0x0022 => self.from_1904 = short(bytes, 0)? == 1,
            // Other kinds of sheet are charts and macros.
            0x0085 if byte(bytes, 5)? == 0 => {
                let (at, hidden) = (size(bytes, 0)?, byte(bytes, 4)? & 3 != 0);
                self.sheets.push(Listed { name: self.stored.short(bytes, 6)?, at, hidden });
            }
            0x041e => {
                let code = match self.stored {
                    Stored::Unicode => self.stored.long(bytes, 2)?,
                    Stored::Charset(_) => self.stored.short(bytes, 2)?,
                };
                self.formats.insert(short(bytes, 0)?, NumberFormat::new(&code));
            }
            0x00e0 => self.cells.push(short(bytes, 2)?),
            _ => {}
        }
        Some(())
    }

    /// The format of a cell that names this style.
    pub(super) fn format(&self, style: u16) -> Option<&NumberFormat> {
        self.formats.get(self.cells.get(usize::from(style))?)
    }

    /// What the text is stored in.
    pub(super) fn encoding(&self) -> &'static str {
        match self.stored {
            Stored::Unicode => "UTF-16LE",
            Stored::Charset(charset) => name_of(charset),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_the_older_excel_is_in_the_stated_code_page() {
        for (page, charset) in [
            (936, "GB18030"),
            (54936, "GB18030"),
            (950, "Big5"),
            (932, "Shift_JIS"),
            (949, "EUC-KR"),
            (1251, "windows-1251"),
            (7, "windows-1252"),
        ] {
            let record = |kind: u16, number: u16| [kind.to_le_bytes(), [2, 0], number.to_le_bytes()].concat();
            let mut book = record(BEGIN, 0x0500);
            book.extend(record(0x0042, page));
            book.extend([END.to_le_bytes(), [0, 0]].concat());
            assert_eq!(Globals::read(&book).unwrap().encoding(), charset, "{page}");
        }
    }
}
