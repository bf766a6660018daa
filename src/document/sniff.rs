//! What a file is, by its content.

mod package;

use super::Container;
use super::archive::Archive;
use super::error::FileKind;
use std::io::{Cursor, Read, Seek};

/// What bytes are that are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A document in a binary format.
    Document(Container),
    /// An archive of documents.
    Archive(Archive),
    /// What is not read.
    Refused(FileKind),
}

/// What a file is, by its bytes; none for what may be text.
pub(crate) fn kind(bytes: &[u8]) -> Option<Kind> {
    if is_zip(bytes) {
        return Some(package::kind(&mut Cursor::new(bytes), bytes));
    }
    if bytes.starts_with(b"{\\rtf") {
        return Some(Kind::Document(Container::Rtf));
    }
    if is_rar(bytes) {
        return Some(Kind::Archive(Archive::Rar));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(Kind::Document(Container::Compound));
    }
    if is_pdf(bytes) {
        return Some(Kind::Document(Container::Pdf));
    }
    const SIGNATURES: [(&[u8], FileKind); 7] = [
        (b"7z\xbc\xaf\x27\x1c", FileKind::SevenZip),
        (b"\x1f\x8b\x08", FileKind::Gzip),
        (b"\x89PNG\r\n\x1a\n", FileKind::Png),
        (b"\xff\xd8\xff", FileKind::Jpeg),
        (b"GIF8", FileKind::Gif),
        (b"II*\0", FileKind::Tiff),
        (b"MM\0*", FileKind::Tiff),
    ];
    let kind = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)).map(|(_, kind)| *kind);
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let has = |word: &[u8]| memchr::memmem::find(head, word).is_some();
    let kind = match kind {
        None if has(b"MIME-Version:") && has(b"multipart/related") => Some(FileKind::Mhtml),
        kind => kind,
    };
    kind.map(Kind::Refused)
}

/// Whether bytes begin as a zip archive does.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// What a file that begins as an archive is. `head` is its beginning.
pub(crate) fn kind_of_file(input: &mut (impl Read + Seek), head: &[u8]) -> Kind {
    if is_rar(head) {
        return Kind::Archive(Archive::Rar);
    }
    package::kind(input, head)
}

/// Whether bytes begin as an archive does, or a document packed like one.
pub(crate) fn is_archive(head: &[u8]) -> bool {
    is_zip(head) || is_rar(head)
}

fn is_rar(head: &[u8]) -> bool {
    head.starts_with(b"Rar!\x1a\x07")
}

/// Whether it is a PDF. Some servers put a line or two before its mark.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let has = |word: &[u8]| memchr::memmem::find(head, word).is_some();
    head.starts_with(b"%PDF-") || (has(b"%PDF-1.") && has(b" obj"))
}

/// Too many control characters for text.
pub(crate) fn is_binary(text: &str) -> bool {
    let head = text.as_bytes().get(..text.len().min(1024)).unwrap_or_default();
    let (mut nul, mut control) = (0_usize, 0_usize);
    for byte in head {
        nul += usize::from(*byte == 0);
        control += usize::from((*byte < 0x20) & !matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r'));
    }
    control * 20 > head.len() || nul * 4 > head.len()
}

/// Whether text is a web page or a piece of one. `named` says that its name
/// ends like that of a page.
pub(crate) fn is_html(text: &str, named: bool) -> bool {
    let start = text.trim_start();
    if begins_with_tag(start) {
        return true;
    }
    if named {
        let mut rest = text;
        while let Some((_, after)) = rest.split_once('<') {
            if begins_with_known_name(after.trim_start_matches('/')) {
                return true;
            }
            rest = after;
        }
    }
    false
}

fn begins_with_tag(start: &str) -> bool {
    let Some(rest) = start.strip_prefix('<') else {
        return false;
    };
    if let Some(rest) = rest.strip_prefix('!') {
        let rest = rest.as_bytes();
        return rest.starts_with(b"--") || rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype"));
    }
    rest.starts_with("?xml") || begins_with_known_name(rest)
}

fn begins_with_known_name(rest: &str) -> bool {
    const NAMES: [&str; 35] = [
        "html", "head", "body", "meta", "title", "link", "script", "style", "div", "p", "span", "table", "tbody", "tr",
        "td", "h1", "h2", "h3", "h4", "a", "b", "strong", "font", "center", "br", "img", "ul", "ol", "li", "section",
        "article", "main", "base", "form", "input",
    ];
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len().min(16));
    let Some(name) = rest.get(..end) else {
        return false;
    };
    let closed =
        rest.get(end..).is_some_and(|after| after.starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace()));
    closed && NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether text is one JSON value, not a note.
pub(crate) fn is_json(text: &str) -> bool {
    let start = text.trim_start();
    let opens =
        |open: char| start.strip_prefix(open).is_some_and(|rest| rest.trim_start().starts_with(['{', '"', '}', ']']));
    (opens('{') || opens('[')) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Whether the head of an input is JSON Lines: its first line is, or begins, an object.
pub(crate) fn is_json_lines(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let opens = head.strip_prefix(b"{").is_some_and(|rest| {
        let rest = rest.trim_ascii_start();
        rest.starts_with(b"\"") && !head.starts_with(b"{\n") && !head.starts_with(b"{\r")
    });
    if !opens {
        return false;
    }
    match head.iter().position(|byte| *byte == b'\n') {
        Some(end) => {
            let line = head.get(..end).unwrap_or_default();
            serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok() || line.trim_ascii_end().ends_with(b"}")
        }
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures() {
        for pdf in [b"%PDF-1.7\n".as_slice(), b"\r\n%PDF-1.4\n1 0 obj"] {
            assert_eq!(kind(pdf), Some(Kind::Document(Container::Pdf)));
        }
        assert_eq!(kind("%PDF 收入12万元".as_bytes()), None);
        assert_eq!(kind(b"PK\x03\x04...."), Some(Kind::Archive(Archive::Zip)));
        assert_eq!(kind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Some(Kind::Document(Container::Compound)));
        assert_eq!(kind(b"Rar!\x1a\x07\x01"), Some(Kind::Archive(Archive::Rar)));
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n"), Some(Kind::Refused(FileKind::Png)));
        assert_eq!(kind("收入".as_bytes()), None);
    }

    #[test]
    fn pages_are_known_by_content() {
        for page in [
            "<!DOCTYPE html><p>",
            "\n <html>",
            "<p>收入</p>",
            "<TABLE border=1>",
            "<!-- x --><p>",
            "<?xml version='1.0'?>",
        ] {
            assert!(is_html(page, false), "{page}");
        }
        for text in ["收入12万元", "<2024年>预算", "<附件>", "a < b", "", "<", "<p"] {
            assert!(!is_html(text, false), "{text}");
        }
        assert!(is_html("收入<br>支出", true));
        assert!(!is_html("收入\n支出 <12 万元>", true));
    }

    #[test]
    fn json_lines_are_known_by_content() {
        assert!(is_json_lines(b"{\"id\": 1, \"text\": \"a\"}\n{\"id\""));
        assert!(is_json_lines(b"\xef\xbb\xbf\n{\"text\": \"no end in sight"));
        assert!(!is_json_lines(b"{\n  \"text\": 1\n}"));
        assert!(!is_json_lines("收入".as_bytes()));
        assert!(!is_json_lines(b"[{}]"));
        assert!(is_json("[{\"text\": \"a\"}]"));
        assert!(is_json("{\n \"text\": \"a\"\n}"));
        assert!(!is_json("[1] 收入"));
    }
}
