//! Bytes to text: what an input is, which charset it is in, where on a page
//! the note stands, and where each character came from.
//!
//! [`Inputs`] goes through the paths of a command line, [`read`] makes a
//! [`Document`] of each. This stage knows no budget word.
//!
//! ```
//! use gouji::document::{Inputs, read};
//! let page = "<title>预算说明</title><div id=zoom><p>收入预算<b>12</b>万元</p></div>";
//! for raw in Inputs::with_stdin(&["-".into()], page.as_bytes()) {
//!     let document = read(&raw?)?;
//!     assert_eq!(document.text, "预算说明\n收入预算12万元");
//!     let offset = document.text.find("12").unwrap_or_default();
//!     assert_eq!(document.source_offset(offset), page.find("12").unwrap_or_default());
//! }
//! # Ok::<(), gouji::document::InputError>(())
//! ```
//!
//! | file | concern |
//! |---|---|
//! | `inputs.rs` | files, folders, standard input, lines: in order, streaming |
//! | `volume.rs` | how much there is to read |
//! | `sniff.rs` | what a file is, by its content |
//! | `charset.rs` | bytes to text |
//! | `jsonl.rs` | a record of JSON Lines |
//! | `bytes.rs` | numbers in the bytes of a binary format |
//! | `office/` | Word, Excel and other office documents |
//! | `archive/` | archives, member by member |
//! | `content.rs` | what a reader of a binary format gives back |
//! | `html/` | a page to the note on it: `guard` (limits), `tree` (arena), `hints` (names and stock phrases), `content` (finding the note), `text` (writing it out) |
//! | `grid.rs`, `plain.rs` | tables: cells and their places in the text; those flattened into plain text |
//! | `pdf/` | a PDF to paragraphs and tables |
//! | `place.rs` | text offset to page |
//! | `wide.rs` | between which characters a wrap leaves no space |
//! | `source_map.rs` | text offset to input offset |
//! | `places.rs` | text offset to code point and line |
//! | `error.rs`, `diagnostic.rs` | what went wrong, what is worth knowing |

pub mod archive;
mod bytes;
mod charset;
mod content;
mod diagnostic;
mod error;
mod grid;
mod html;
mod inputs;
mod jsonl;
mod office;
mod pdf;
mod place;
mod places;
mod plain;
mod sniff;
mod source_map;
mod stacked;
mod volume;
mod wide;

pub use content::Content;
pub use diagnostic::{Code, Diagnostic};
pub use error::{FileKind, InputError, Lang, Problem, ReadError};
pub use grid::{Cell, Grid};
pub use inputs::{Inputs, Raw, Skipped};
pub use place::Place;
pub(crate) use places::Chars;
pub use places::Places;
pub use source_map::SourceMap;
pub use volume::volume;

use charset::Decoded;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sniff::Kind;
use std::borrow::Cow;
use std::path::Path;

/// The longest document that is read; longer ones are an error, and never loaded.
pub const MAX_DOCUMENT_BYTES: u64 = 32 * 1024 * 1024;

/// What a document is written in.
///
/// ```
/// use gouji::document::Format;
/// assert_eq!(Format::Html.name(), "html");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// Plain text.
    Text,
    /// A web page or a piece of one.
    Html,
    /// PDF with a text layer.
    Pdf,
    /// A Word document.
    Docx,
    /// A document of the older Word, or of WPS.
    Doc,
    /// Rich Text Format.
    Rtf,
    /// An OpenDocument text.
    Odt,
    /// An Excel workbook.
    Xlsx,
    /// A workbook of the older Excel, or of WPS.
    Xls,
    /// An OpenDocument spreadsheet.
    Ods,
    /// An OFD document: fixed pages, the Chinese national format.
    Ofd,
}

impl Format {
    /// The name in output: `text`, `html`, `docx`, ….
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Rtf => "rtf",
            Self::Odt => "odt",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Ofd => "ofd",
        }
    }
}

/// What a document in a binary format is packed in, as its bytes show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Container {
    /// A zip package with a Word document.
    Docx,
    /// A zip package with an Excel workbook.
    Xlsx,
    /// A zip package with an OpenDocument text or spreadsheet.
    Odf,
    /// A zip package with an OFD document.
    Ofd,
    /// Rich Text Format.
    Rtf,
    /// A compound file: the older Word and Excel, WPS.
    Compound,
    /// PDF.
    Pdf,
}

/// Reads what a binary format holds: here and now, or in another process.
pub trait ContentReader {
    /// The content of a document.
    ///
    /// # Errors
    ///
    /// If it is damaged, protected, or larger than is read.
    fn content(&self, container: Container, bytes: &[u8]) -> Result<Content, Problem>;
}

/// Reads in this process. The readers are bounded in what they unpack and
/// nest, but libraries below them may still fail on a hostile file, and a
/// process that runs out of memory or stack ends.
///
/// ```
/// use gouji::document::{Container, ContentReader, InThisProcess};
/// assert!(InThisProcess.content(Container::Docx, b"PK\x03\x04 and no more").is_err());
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct InThisProcess;

impl ContentReader for InThisProcess {
    fn content(&self, container: Container, bytes: &[u8]) -> Result<Content, Problem> {
        match container {
            Container::Pdf => pdf::read(bytes).map(Content::from),
            container => office::read(container, bytes),
        }
    }
}

/// A note as text, with its origin.
///
/// ```
/// use gouji::document::{Format, Raw, read};
/// let line = r#"{"id": "甲局", "date": "2024-02-05", "text": "收入预算12万元\n支出预算12万元"}"#;
/// let raw = Raw::JsonLine { path: "预算.jsonl".into(), line: 3, bytes: line.into() };
/// let document = read(&raw)?;
/// assert_eq!(document.id, "甲局");
/// assert_eq!(document.format, Format::Text);
/// assert_eq!(document.text, "收入预算12万元\n支出预算12万元");
/// assert_eq!(document.line, Some(3));
/// # Ok::<(), gouji::document::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The input's own `id` (JSON Lines), else its path (`-` for standard
    /// input), with `:line` for a record without an `id`.
    pub id: String,
    /// The path of the file; none for standard input.
    pub path: Option<String>,
    /// The line of a JSON Lines file, from 1.
    pub line: Option<u64>,
    /// SHA-256 in hexadecimal, of the file's bytes, for JSON Lines of the line's.
    pub sha256: String,
    /// What the note is written in; of a record, what its content is.
    pub format: Format,
    /// The charset that the bytes were read in: `UTF-8`, `GB18030`, `UTF-16LE`, ….
    /// Of a PDF, whose fonts have charsets of their own, the text's: `UTF-8`.
    pub encoding: &'static str,
    /// The record's `title`, or the page's headline; none for plain text.
    pub title: Option<String>,
    /// The record's `url`, or the page's own address of itself.
    pub url: Option<String>,
    /// The record's `date`, or the page's date of publication, as written.
    pub date: Option<String>,
    /// The text that spans count in. Plain text: the decoded file unchanged,
    /// without byte order mark and NUL. A page or a PDF: one paragraph a line.
    pub text: String,
    /// The tables, in the order of `text`, where they stand one row a line,
    /// cells separated by ` | `.
    pub tables: Vec<Grid>,
    /// From `text` back to the input.
    pub source: SourceMap,
    /// From `text` back to the pages, in the order of the text; only a PDF has any.
    pub places: Vec<Place>,
    /// What is worth knowing about how it was read.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// The byte offset in the input (for JSON Lines, in its line) that byte
    /// `offset` of the text came from. [`SourceMap`] says how precisely.
    ///
    /// ```
    /// use gouji::document::{Raw, read};
    /// let page = "<p>收入&nbsp;12万元</p>";
    /// let document = read(&Raw::File { path: "甲.html".into(), bytes: page.into() })?;
    /// assert_eq!(document.text, "收入 12万元");
    /// assert_eq!(document.source_offset(7), 15);
    /// # Ok::<(), gouji::document::ReadError>(())
    /// ```
    #[must_use]
    pub fn source_offset(&self, offset: usize) -> usize {
        self.source.source_offset(&self.text, offset)
    }

    /// The text with its tables in Markdown, each set apart by blank lines.
    ///
    /// ```
    /// use gouji::document::{Raw, read};
    /// let page = "<p>收支表</p><table><tr><td>收入<td>支出<tr><td>12<td>12</table><p>说明</p>";
    /// let document = read(&Raw::File { path: "甲.html".into(), bytes: page.into() })?;
    /// assert_eq!(document.markdown(), "收支表\n\n| 收入 | 支出 |\n| --- | --- |\n| 12 | 12 |\n\n说明");
    /// # Ok::<(), gouji::document::ReadError>(())
    /// ```
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::with_capacity(self.text.len());
        let mut at = 0;
        for table in &self.tables {
            out.push_str(self.text.get(at..table.span.start).unwrap_or_default());
            if !out.is_empty() && !out.ends_with("\n\n") {
                out.push('\n');
            }
            out.push_str(&table.markdown(&self.text));
            at = table.span.end;
        }
        out.push_str(self.text.get(at..).unwrap_or_default());
        out
    }

    /// Where on a page byte `offset` of the text stands; none if the document
    /// has no pages.
    ///
    /// ```
    /// use gouji::document::{Raw, read};
    /// let document = read(&Raw::File { path: "甲.txt".into(), bytes: "收入12万元".into() })?;
    /// assert_eq!(document.place(0), None);
    /// # Ok::<(), gouji::document::ReadError>(())
    /// ```
    #[must_use]
    pub fn place(&self, offset: usize) -> Option<&Place> {
        let after = self.places.partition_point(|place| place.offset <= offset);
        self.places.get(after.checked_sub(1)?)
    }
}

/// Reads one input: no side effects, so it may run on any thread.
///
/// Binary formats are read in this process, as by [`InThisProcess`]; give
/// [`read_with`] another reader to hold them off.
///
/// # Errors
///
/// If there is no text in it, or none that this version reads. What is merely
/// damaged is read, with [`Document::diagnostics`].
///
/// ```
/// use gouji::document::{Problem, Raw, read};
/// let raw = Raw::File { path: "空.txt".into(), bytes: b" \n".to_vec() };
/// assert_eq!(read(&raw).expect_err("nothing in it").problem, Problem::Empty);
/// ```
pub fn read(raw: &Raw) -> Result<Document, ReadError> {
    read_with(raw, &InThisProcess)
}

/// As [`read`], with a reader for binary formats.
///
/// # Errors
///
/// Those of [`read`], and what `reader` reports.
pub fn read_with(raw: &Raw, reader: &dyn ContentReader) -> Result<Document, ReadError> {
    match raw {
        Raw::File { path, bytes } => {
            read_file(path, bytes, reader).map_err(|problem| InputError::new(path, None, problem))
        }
        Raw::JsonLine { path, line, bytes } => {
            read_line(path, *line, bytes).map_err(|problem| InputError::new(path, Some(*line), problem))
        }
    }
}

fn read_file(path: &str, bytes: &[u8], reader: &dyn ContentReader) -> Result<Document, Problem> {
    check_size(bytes)?;
    let mut document = Document {
        id: path.to_owned(),
        path: (path != "-").then(|| path.to_owned()),
        line: None,
        sha256: sha256(bytes),
        format: Format::Text,
        encoding: "",
        title: None,
        url: None,
        date: None,
        text: String::new(),
        tables: vec![],
        source: SourceMap::shifted(0, 0),
        places: vec![],
        diagnostics: vec![],
    };
    match sniff::kind(bytes) {
        Some(Kind::Document(container)) => {
            reader.content(container, bytes)?.fill(&mut document);
            if document.text.trim().is_empty() {
                return Err(Problem::Empty);
            }
            return Ok(document);
        }
        // Archives are gone through by `Inputs`.
        Some(Kind::Archive(_)) => return Err(Problem::NotSupported(FileKind::Archive)),
        Some(Kind::Refused(kind)) => return Err(Problem::NotSupported(kind)),
        None => {}
    }
    let decoded = charset::decode(bytes, || charset::declared_in(bytes).map(|(encoding, _)| encoding));
    if decoded.doubtful || sniff::is_binary(&decoded.text) {
        return Err(Problem::NotSupported(FileKind::Unknown));
    }
    if sniff::is_json(&decoded.text) {
        return Err(Problem::NotSupported(FileKind::Json));
    }
    let named = Path::new(path)
        .extension()
        .is_some_and(|name| ["html", "htm", "shtml"].iter().any(|html| name.eq_ignore_ascii_case(html)));
    document.encoding = decoded.encoding;
    if sniff::is_html(&decoded.text, named) {
        document.format = Format::Html;
        document.diagnostics.extend(charset::check_declared(bytes, decoded.encoding));
    }
    fill(&mut document, decoded)?;
    Ok(document)
}

fn read_line(path: &str, line: u64, bytes: &[u8]) -> Result<Document, Problem> {
    check_size(bytes)?;
    let decoded = charset::decode(bytes, || None);
    let record = jsonl::parse(&decoded.text)?;
    let content = record.content;
    // The map into the decoded line, led on into its bytes.
    let map = if decoded.map.is_identity() {
        content.map
    } else {
        content.map.over(&content.text, &decoded.map, &decoded.text)
    };
    // Places in the line are none in the text.
    let mut diagnostics: Vec<_> = decoded.diagnostics.into_iter().map(Diagnostic::without_offset).collect();
    diagnostics.extend(record.diagnostics);
    let mut document = Document {
        id: record.id.filter(|id| !id.is_empty()).unwrap_or_else(|| format!("{path}:{line}")),
        path: (path != "-").then(|| path.to_owned()),
        line: Some(line),
        sha256: sha256(bytes),
        format: if content.is_html { Format::Html } else { Format::Text },
        encoding: decoded.encoding,
        title: record.title,
        url: record.url,
        date: record.date,
        text: String::new(),
        tables: vec![],
        source: SourceMap::shifted(0, 0),
        places: vec![],
        diagnostics: vec![],
    };
    let content = Decoded { text: content.text, encoding: decoded.encoding, map, diagnostics, doubtful: false };
    fill(&mut document, content)?;
    Ok(document)
}

fn check_size(bytes: &[u8]) -> Result<(), Problem> {
    if bytes.trim_ascii().is_empty() {
        return Err(Problem::Empty);
    }
    let size = bytes.len() as u64;
    if size > MAX_DOCUMENT_BYTES {
        return Err(Problem::TooLarge { size: Some(size), limit: MAX_DOCUMENT_BYTES });
    }
    Ok(())
}

/// Fills in the text of a document whose format is known.
fn fill(document: &mut Document, decoded: Decoded<'_>) -> Result<(), Problem> {
    let decoded = without_nul(decoded);
    match document.format {
        Format::Text => {
            document.text = decoded.text.into_owned();
            document.tables = plain::tables(&document.text);
            document.source = decoded.map;
            document.diagnostics.extend(decoded.diagnostics);
        }
        // Of a binary format nothing is decoded here.
        _ => {
            let page = html::read(&decoded.text);
            let length = |index: usize| {
                let start = page.runs.get(index).map_or(0, |run| run.text());
                page.runs.get(index + 1).map_or(page.text.len(), |run| run.text()).saturating_sub(start)
            };
            document.source = decoded.map.compose(&page.runs, length, &decoded.text);
            document.text = page.text;
            document.tables = page.tables;
            document.title = document.title.take().or(page.title);
            document.url = document.url.take().or(page.url);
            document.date = document.date.take().or(page.date);
            // Places in the page are none in the text.
            document.diagnostics.extend(decoded.diagnostics.into_iter().map(Diagnostic::without_offset));
            document.diagnostics.extend(page.diagnostics);
        }
    }
    if document.text.trim().is_empty() {
        return Err(Problem::Empty);
    }
    Ok(())
}

/// NUL is no character of a text, and trips tools further on.
fn without_nul(decoded: Decoded<'_>) -> Decoded<'_> {
    let Some(first) = memchr::memchr(0, decoded.text.as_bytes()) else {
        return decoded;
    };
    let mut text = String::with_capacity(decoded.text.len());
    let mut runs = vec![];
    let mut lengths = vec![];
    let mut at = 0;
    let mut count = 0_usize;
    for piece in decoded.text.split('\0') {
        if !piece.is_empty() {
            runs.push(source_map::Run::new(text.len(), at, true));
            lengths.push(piece.len());
            text.push_str(piece);
        }
        at += piece.len() + 1;
        count += 1;
    }
    let map = decoded.map.compose(&runs, |index| lengths.get(index).copied().unwrap_or(0), &decoded.text);
    let mut diagnostics = decoded.diagnostics;
    let count = count.saturating_sub(1);
    diagnostics.push(Diagnostic::new(
        "text/nul-removed",
        Some(first),
        format!("已去掉 {count} 个 NUL 字符"),
        format!("{count} NUL character(s) were removed"),
    ));
    Decoded { text: Cow::Owned(text), map, diagnostics, ..decoded }
}

/// A length or count; documents are far below 4 GiB ([`MAX_DOCUMENT_BYTES`]).
fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn sha256(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    Sha256::digest(bytes).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests;
