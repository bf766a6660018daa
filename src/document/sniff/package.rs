//! What a zip archive is: a document, or an archive of documents. Its
//! directory tells by the names in it; nothing is unpacked.

use super::Kind;
use crate::document::Container;
use crate::document::archive::Archive;
use crate::document::bytes::{long, short};
use crate::document::error::FileKind;
use std::io::{Read, Seek, SeekFrom};

/// The end record with the longest comment.
const MAX_END: u64 = 22 + 65_535;
/// The directory of a document is shorter.
const MAX_DIRECTORY: u64 = 4 * 1024 * 1024;

/// What a zip archive is. `head` is its beginning: it tells of an archive that
/// broke off before its directory.
pub(crate) fn kind(input: &mut (impl Read + Seek), head: &[u8]) -> Kind {
    if is_open_document(head) {
        return Kind::Document(Container::Odf);
    }
    let seen = directory(input).map_or_else(|| by_head(head), |directory| by_names(&directory));
    seen.unwrap_or(Kind::Archive(Archive::Zip))
}

/// OpenDocument packages begin with their type, as it is.
fn is_open_document(head: &[u8]) -> bool {
    const TYPE: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.";
    let kind = head.get(30..).and_then(|rest| rest.strip_prefix(TYPE));
    kind.is_some_and(|kind| kind.starts_with(b"text") || kind.starts_with(b"spreadsheet"))
}

/// The bytes of the directory at the end.
fn directory(input: &mut (impl Read + Seek)) -> Option<Vec<u8>> {
    let length = input.seek(SeekFrom::End(0)).ok()?;
    let tail = length.min(MAX_END);
    let start = length.checked_sub(tail)?;
    input.seek(SeekFrom::Start(start)).ok()?;
    let mut bytes = Vec::new();
    input.take(tail).read_to_end(&mut bytes).ok()?;
    let end = memchr::memmem::rfind(&bytes, b"PK\x05\x06")?;
    let size = u64::from(long(&bytes, end + 12)?);
    let from = (start + end as u64).checked_sub(size).filter(|_| size <= MAX_DIRECTORY)?;
    input.seek(SeekFrom::Start(from)).ok()?;
    let mut directory = Vec::new();
    input.take(size).read_to_end(&mut directory).ok()?;
    directory.starts_with(b"PK\x01\x02").then_some(directory)
}

/// The kind, by the names in a directory.
fn by_names(directory: &[u8]) -> Option<Kind> {
    let mut at = 0;
    let mut typed = false;
    let mut found = None;
    while directory.get(at..).is_some_and(|rest| rest.starts_with(b"PK\x01\x02")) {
        let length = |at| short(directory, at).map(usize::from);
        let (name, extra, comment) = (length(at + 28)?, length(at + 30)?, length(at + 32)?);
        let own = directory.get(at + 46..at + 46 + name)?;
        if own == b"OFD.xml" {
            return Some(Kind::Document(Container::Ofd));
        }
        typed |= own == b"[Content_Types].xml";
        // A binary workbook has parts of other names, too.
        found = if own == b"xl/workbook.bin" { by_name(own) } else { found.or(by_name(own)) };
        at += 46 + name + extra + comment;
    }
    found.filter(|_| typed)
}

/// The kind, by the name of a part that only such a document has.
fn by_name(name: &[u8]) -> Option<Kind> {
    Some(match name {
        b"xl/workbook.bin" => Kind::Refused(FileKind::Xlsb),
        name if name.starts_with(b"word/") => Kind::Document(Container::Docx),
        name if name.starts_with(b"xl/") => Kind::Document(Container::Xlsx),
        name if name.starts_with(b"ppt/") => Kind::Refused(FileKind::Pptx),
        _ => return None,
    })
}

/// The kind of what has no directory.
fn by_head(head: &[u8]) -> Option<Kind> {
    let head = head.get(..head.len().min(4096)).unwrap_or_default();
    let has = |word: &[u8]| memchr::memmem::find(head, word).is_some();
    if !has(b"[Content_Types].xml") && !has(b"_rels/.rels") {
        return None;
    }
    [b"word/" as &[u8], b"xl/", b"ppt/"].into_iter().find(|folder| has(folder)).and_then(by_name)
}
