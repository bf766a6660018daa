//! What the targets share.

#![allow(dead_code)]

use gouji::document::{Document, Raw, read};
use std::io::{Cursor, Write};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Reads bytes as a file, and holds the document to what it promises.
pub fn document(bytes: Vec<u8>) -> Option<Document> {
    let document = read(&Raw::File { path: "fuzz".into(), bytes }).ok()?;
    assert!(!document.text.trim().is_empty());
    for grid in &document.tables {
        assert!(document.text.get(grid.span.clone()).is_some());
        for cell in grid.rows.iter().flatten() {
            assert!(document.text.get(cell.span.clone()).is_some());
            assert!(cell.columns > 0 && cell.rows > 0);
        }
    }
    for (at, _) in document.text.char_indices().step_by(97) {
        let _ = document.source_offset(at);
    }
    Some(document)
}

/// A zip package of parts, stored as they are so that mutations show.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in parts {
        if writer.start_file(*name, options).is_err() || writer.write_all(bytes).is_err() {
            return vec![];
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// The pieces of fuzzed bytes, parted by a byte that XML never has.
pub fn pieces<const N: usize>(data: &[u8]) -> [&[u8]; N] {
    let mut parts = data.splitn(N, |byte| *byte == 0);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}
