//! OpenDocument texts and spreadsheets (`.odt`, `.ods`): ISO/IEC 26300.
//!
//! Cells hold what they show as text, so no number is formatted here. Left
//! out: headers and footers, comments, deleted text, pictures.

mod lists;
mod text;

use super::Found;
use super::package::Package;
use crate::document::Format;
use crate::document::error::Problem;
use lists::Lists;

/// Reads an OpenDocument package.
pub(super) fn read(bytes: &[u8]) -> Result<Found, Problem> {
    let mut package = Package::open(bytes)?;
    if package.text("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Problem::Encrypted);
    }
    let content = package.needed("content.xml")?;
    let mut lists = Lists::default();
    if let Some(styles) = package.text("styles.xml")? {
        lists.read(&styles)?;
    }
    lists.read(&content)?;
    let read = text::read(&content, &mut lists)?;
    let format = if read.is_spreadsheet { Format::Ods } else { Format::Odt };
    Ok(Found { format, blocks: read.blocks, remarks: read.remarks, encoding: "UTF-8" })
}
