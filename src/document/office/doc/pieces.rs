//! The pieces of a document's text, in their order, and where each is stored.

use super::super::bytes::{byte, long, short, size, stretch};
use super::super::damaged;
use crate::document::error::Problem;
use encoding_rs::WINDOWS_1252;

/// A stretch of text that is stored in one place.
#[derive(Debug, Clone, Copy)]
pub(super) struct StoredPiece {
    /// Its characters, counted over the whole text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where it is stored in the main stream.
    at: usize,
    /// One byte a character, not two.
    narrow: bool,
}

/// A character, and the byte that it is stored at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stored {
    /// A unit of UTF-16.
    pub(super) unit: u16,
    pub(super) at: usize,
}

/// Reads the table of pieces.
pub(super) fn read(clx: &[u8]) -> Result<Vec<StoredPiece>, Problem> {
    let broken = || damaged("the table of pieces is broken");
    let mut at = 0;
    // Properties that pieces refer to come first.
    while byte(clx, at) == Some(1) {
        at += 3 + usize::from(short(clx, at + 1).ok_or_else(broken)?);
    }
    if byte(clx, at) != Some(2) {
        return Err(broken());
    }
    let length = size(clx, at + 1).ok_or_else(broken)?;
    let table = stretch(clx, at + 5, length).ok_or_else(broken)?;
    let count = length.saturating_sub(4) / 12;
    let mut pieces = Vec::with_capacity(count);
    for index in 0..count {
        let start = size(table, index * 4).ok_or_else(broken)?;
        let end = size(table, index * 4 + 4).ok_or_else(broken)?;
        let place = long(table, (count + 1) * 4 + index * 8 + 2).ok_or_else(broken)?;
        if end < start {
            return Err(broken());
        }
        let narrow = place & 0x4000_0000 != 0;
        let at = (place & 0x3fff_ffff) as usize;
        pieces.push(StoredPiece { start, end, at: if narrow { at / 2 } else { at }, narrow });
    }
    Ok(pieces)
}

/// The characters from `start` to `end` of the whole text.
pub(super) fn characters<'a>(
    pieces: &'a [StoredPiece],
    main: &'a [u8],
    start: usize,
    end: usize,
) -> impl Iterator<Item = Stored> + 'a {
    pieces.iter().filter(move |piece| piece.end > start && piece.start < end).flat_map(move |piece| {
        let from = start.max(piece.start) - piece.start;
        let to = end.min(piece.end) - piece.start;
        let width = if piece.narrow { 1 } else { 2 };
        // What lies outside of the stream is not there.
        let stored = main.len().saturating_sub(piece.at) / width;
        (from..to.min(stored)).filter_map(move |index| {
            let at = piece.at + index * width;
            let unit = if piece.narrow { wide(byte(main, at)?) } else { short(main, at)? };
            Some(Stored { unit, at })
        })
    })
}

/// A byte of Windows-1252 as a unit of UTF-16.
fn wide(byte: u8) -> u16 {
    if byte.is_ascii() {
        return byte.into();
    }
    let bytes = [byte];
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
    text.encode_utf16().next().unwrap_or_default()
}
