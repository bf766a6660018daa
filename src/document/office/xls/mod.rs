//! Excel workbooks from Excel 5 to 2003 (`.xls`), and those of WPS (`.et`):
//! MS-XLS.
//!
//! Every sheet that is not hidden is read, cells as they are shown. Left out:
//! comments, charts, pictures, headers and footers.

mod cells;
mod globals;
mod records;
mod strings;

use super::sheet::{Allowance, Sheet};
use super::{Found, Remark, damaged};
use crate::document::Format;
use crate::document::error::Problem;
use globals::Globals;
use records::Records;

/// Reads the stream of a workbook.
pub(super) fn read(book: &[u8]) -> Result<Found, Problem> {
    let globals = Globals::read(book)?;
    let mut blocks = vec![];
    let mut left = Allowance::new();
    let mut hidden = 0;
    for sheet in &globals.sheets {
        if sheet.hidden {
            hidden += 1;
            continue;
        }
        let stream = book.get(sheet.at..).ok_or_else(|| damaged(format!("no sheet {}", sheet.name)))?;
        let read = cells::read(Records::new(stream), &globals, Sheet::new(sheet.name.as_str()), &mut left)?;
        blocks.extend(read.into_blocks());
    }
    let remarks = if hidden > 0 { vec![Remark::HiddenSheets(hidden)] } else { vec![] };
    Ok(Found { format: Format::Xls, blocks, remarks, encoding: globals.encoding() })
}
