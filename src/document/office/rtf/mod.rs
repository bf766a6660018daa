//! Rich Text Format (`.rtf`), version 1.9.
//!
//! The labels of automatic lists are spelt out in the file. Left out: headers
//! and footers, comments, deleted and hidden text, pictures, fields' codes.

mod reader;
mod tokens;

use super::Found;
use crate::document::error::Problem;

/// Reads an RTF document.
pub(super) fn read(bytes: &[u8]) -> Result<Found, Problem> {
    reader::read(bytes)
}
