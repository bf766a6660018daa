//! The zip container of office documents, opened with bounds.

use super::damaged;
use crate::document::error::Problem;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// The longest part that is unpacked.
pub(super) const MAX_PART_BYTES: u64 = 64 * 1024 * 1024;
/// The most that is unpacked of one document.
const MAX_PACKAGE_BYTES: u64 = 192 * 1024 * 1024;

/// A document of several parts.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens a package.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Problem::of_zip(&error))?;
        Ok(Self { archive, left: MAX_PACKAGE_BYTES })
    }

    /// A part's text; none if the package has no such part.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Problem> {
        Ok(self.part(name)?.map(decoded))
    }

    /// A part's text, which must be there.
    pub(super) fn needed(&mut self, name: &str) -> Result<String, Problem> {
        self.text(name)?.ok_or_else(|| damaged(format!("no {name} in it")))
    }

    fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Problem> {
        let name = name.trim_start_matches('/');
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(Problem::of_zip(&error)),
        };
        let limit = MAX_PART_BYTES.min(self.left);
        // The size that is stated there may be a lie.
        if part.size() > limit {
            return Err(Problem::UnpacksTooLarge { limit: MAX_PART_BYTES });
        }
        let mut bytes = Vec::new();
        part.take(limit + 1).read_to_end(&mut bytes).map_err(|error| Problem::of_bytes(Some(name), &error))?;
        let length = bytes.len() as u64;
        if length > limit {
            return Err(Problem::UnpacksTooLarge { limit: MAX_PART_BYTES });
        }
        self.left = self.left.saturating_sub(length);
        Ok(Some(bytes))
    }
}

/// XML is UTF-8 unless a mark says otherwise.
fn decoded(bytes: Vec<u8>) -> String {
    match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, _)) if encoding != encoding_rs::UTF_8 => encoding.decode(&bytes).0.into_owned(),
        _ => String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}
