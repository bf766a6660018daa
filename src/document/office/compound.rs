//! The compound file of the older Office formats (MS-CFB), by its streams.

use super::package::MAX_PART_BYTES;
use super::{Found, doc, xls};
use crate::document::error::{FileKind, Problem};
use std::io::{Cursor, Read};

/// A compound file.
pub(super) struct Compound<'a>(cfb::CompoundFile<Cursor<&'a [u8]>>);

impl Compound<'_> {
    /// The bytes of a stream; none if there is no such stream.
    pub(super) fn stream(&mut self, name: &str) -> Result<Option<Vec<u8>>, Problem> {
        if !self.0.is_stream(name) {
            return Ok(None);
        }
        let broken = |error: std::io::Error| Problem::of_bytes(Some(name), &error);
        let stream = self.0.open_stream(name).map_err(broken)?;
        let mut bytes = Vec::new();
        stream.take(MAX_PART_BYTES + 1).read_to_end(&mut bytes).map_err(broken)?;
        if bytes.len() as u64 > MAX_PART_BYTES {
            return Err(Problem::UnpacksTooLarge { limit: MAX_PART_BYTES });
        }
        Ok(Some(bytes))
    }
}

/// Reads what a compound file holds: a document of Word or a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Found, Problem> {
    let file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| Problem::of_bytes(None, &error))?;
    let mut file = Compound(file);
    // A package behind a password is kept in a compound file.
    if file.0.is_stream("EncryptedPackage") {
        return Err(Problem::Encrypted);
    }
    if let Some(main) = file.stream("WordDocument")? {
        return doc::read(&main, &mut file);
    }
    for name in ["Workbook", "Book"] {
        if let Some(book) = file.stream(name)? {
            return xls::read(&book);
        }
    }
    if file.0.is_stream("PowerPoint Document") {
        return Err(Problem::NotSupported(FileKind::Pptx));
    }
    Err(Problem::NotSupported(FileKind::Ole))
}
