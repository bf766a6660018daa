//! What a reader of a binary format makes of a document, and how that travels
//! from one process to another.

use super::diagnostic::Diagnostic;
use super::source_map::SourceMap;
use super::{Document, Format, Grid, Place, pdf};
use serde::{Deserialize, Serialize};

/// The text of a document in a binary format, with its tables and remarks:
/// what a [`ContentReader`](super::ContentReader) gives back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub(crate) format: Format,
    #[serde(with = "charset_name")]
    pub(crate) encoding: Name,
    pub(crate) text: String,
    pub(crate) tables: Vec<Grid>,
    pub(crate) source: SourceMap,
    pub(crate) places: Vec<Place>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Content {
    /// The content as bytes for another process of this same program.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // A struct of text and numbers can always be written.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// What [`Self::to_bytes`] wrote; none for other bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// Fills a document in.
    pub(super) fn fill(self, document: &mut Document) {
        document.format = self.format;
        document.encoding = self.encoding;
        document.text = self.text;
        document.tables = self.tables;
        document.source = self.source;
        document.places = self.places;
        document.diagnostics = self.diagnostics;
    }
}

impl From<pdf::Content> for Content {
    fn from(content: pdf::Content) -> Self {
        Self {
            format: Format::Pdf,
            // The fonts of a PDF have charsets of their own.
            encoding: "UTF-8",
            text: content.text,
            tables: content.tables,
            // Where in the file a character was drawn tells nobody anything.
            source: SourceMap::nowhere(),
            places: content.places,
            diagnostics: content.diagnostics,
        }
    }
}

/// A name that the program holds. Spelt out it would count as borrowed from
/// the bytes that it is read from.
type Name = &'static str;

/// A charset by its name.
mod charset_name {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(name: &str, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(name)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<&'static str, D::Error> {
        let name = String::deserialize(input)?;
        let charset = encoding_rs::Encoding::for_label(name.as_bytes());
        Ok(charset.map_or("UTF-8", crate::document::charset::name_of))
    }
}
