//! The head of a Word document: where everything is.

use super::super::bytes::{short, size, stretch};
use super::super::damaged;
use crate::document::error::{FileKind, Problem};

/// The first version that holds text as this reader knows it: Word 97.
const WORD_97: u16 = 0x00c1;

/// Stretches of the table stream, by their place in the head.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stretch {
    Styles = 0xa2,
    Characters = 0xfa,
    Paragraphs = 0x102,
    Pieces = 0x1a2,
    Lists = 0x2e2,
    ListUses = 0x2ea,
}

/// The head.
#[derive(Debug)]
pub(super) struct Fib<'a> {
    bytes: &'a [u8],
    /// The table stream is the one with a 1.
    pub(super) second_table: bool,
    /// Lengths of the text and of what follows it, in characters.
    pub(super) text: usize,
    pub(super) footnotes: usize,
    pub(super) headers: usize,
    pub(super) comments: usize,
    pub(super) endnotes: usize,
    pub(super) boxes: usize,
}

/// Reads the head.
pub(super) fn read(main: &[u8]) -> Result<Fib<'_>, Problem> {
    let head = |at| short(main, at).ok_or_else(|| damaged("it is too short"));
    if head(0)? != 0xa5ec {
        return Err(if head(2)? < WORD_97 { Problem::NotSupported(FileKind::OldWord) } else { damaged("no head") });
    }
    if head(2)? < WORD_97 {
        return Err(Problem::NotSupported(FileKind::OldWord));
    }
    let flags = head(0x0a)?;
    if flags & 0x0100 != 0 {
        return Err(Problem::Encrypted);
    }
    let count = |at| size(main, at).ok_or_else(|| damaged("it is too short"));
    Ok(Fib {
        bytes: main,
        second_table: flags & 0x0200 != 0,
        text: count(0x4c)?,
        footnotes: count(0x50)?,
        headers: count(0x54)?,
        comments: count(0x5c)?,
        endnotes: count(0x60)?,
        boxes: count(0x64)?,
    })
}

impl Fib<'_> {
    /// Where a stretch begins in the table stream.
    pub(super) fn start(&self, stretch: Stretch) -> Option<usize> {
        size(self.bytes, stretch as usize)
    }

    /// A stretch of the table stream; empty if the document has none.
    pub(super) fn stretch<'t>(&self, table: &'t [u8], which: Stretch) -> &'t [u8] {
        let place = self.start(which).zip(size(self.bytes, which as usize + 4));
        place.and_then(|(at, length)| stretch(table, at, length)).unwrap_or_default()
    }
}
