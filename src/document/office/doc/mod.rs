//! Word documents from Word 97 to 2003 (`.doc`), and those of WPS: MS-DOC.
//!
//! Read are paragraphs with the labels of automatic lists, tables with merged
//! cells, and after the text foot- and endnotes and text boxes. Left out:
//! headers and footers, comments, hidden and deleted text, pictures.

mod fib;
mod lists;
mod pieces;
mod properties;
mod styles;
mod text;

use super::compound::Compound;
use super::{Found, damaged};
use crate::document::Format;
use crate::document::error::Problem;

/// Reads a Word document: its main stream, and those that lie beside it.
pub(super) fn read(main: &[u8], file: &mut Compound<'_>) -> Result<Found, Problem> {
    let fib = fib::read(main)?;
    let name = if fib.second_table { "1Table" } else { "0Table" };
    let table = file.stream(name)?.ok_or_else(|| damaged(format!("no stream {name} in it")))?;
    let data = file.stream("Data")?.unwrap_or_default();
    let parts = text::Parts { main, table: &table, data: &data, fib: &fib };
    Ok(Found { format: Format::Doc, blocks: text::read(&parts)?, remarks: vec![], encoding: "UTF-16LE" })
}
