//! What stands in a file of results: the record by which a later run knows
//! which inputs are done.
//!
//! ```text
//! gouji 3f2a9c1b5d6e7f80 2 913 8d5e…      of which run, documents, bytes, SHA-256
//! 5b1f0c… 502 0                           an input's key, bytes, contradictions
//! 90ab4e… 411 2
//! ```

use crate::document::Raw;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Stands for an input: where it was found and what was in it.
pub(crate) type Key = [u8; 16];

/// The key of an input.
pub(super) fn key(raw: &Raw) -> Key {
    let (path, line, bytes) = match raw {
        Raw::File { path, bytes } => (path, 0, bytes),
        Raw::JsonLine { path, line, bytes } => (path, *line, bytes),
    };
    let mut hash = Sha256::new();
    hash.update((path.len() as u64).to_le_bytes());
    hash.update(path);
    hash.update(line.to_le_bytes());
    hash.update(bytes);
    let digest = hash.finalize();
    let mut key = Key::default();
    key.iter_mut().zip(digest).for_each(|(k, d)| *k = d);
    key
}

/// One document in a file of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// The input that it was made of.
    pub key: Key,
    /// Its bytes in the file.
    pub length: u64,
    /// How many of its findings disagree.
    pub disagreeing: u64,
}

/// A file of results and what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Index {
    /// The run that made it, see [`super::manifest::Run`].
    pub run: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Its documents in order.
    pub entries: Vec<Entry>,
}

impl Index {
    /// As it is written.
    pub fn to_text(&self) -> String {
        let Self { run, bytes, sha256, entries } = self;
        let mut out = format!("gouji {run} {} {bytes} {sha256}\n", entries.len());
        for e in entries {
            // Writing into a string does not fail.
            let _ = writeln!(out, "{} {} {}", hex(&e.key), e.length, e.disagreeing);
        }
        out
    }

    /// `None` for anything that [`Self::to_text`] did not write.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let mut head = lines.next()?.strip_prefix("gouji ")?.split(' ');
        let mut next = || head.next();
        let (run, count, bytes, sha256) = (next()?, next()?, next()?.parse().ok()?, next()?);
        let entries: Vec<Entry> = lines.map(entry).collect::<Option<_>>()?;
        let whole = count.parse() == Ok(entries.len()) && entries.iter().map(|e| e.length).sum::<u64>() == bytes;
        whole.then(|| Self { run: run.to_owned(), bytes, sha256: sha256.to_owned(), entries })
    }
}

fn entry(line: &str) -> Option<Entry> {
    let mut parts = line.split(' ');
    let digits = parts.next()?;
    let mut key = Key::default();
    if digits.len() != 2 * key.len() {
        return None;
    }
    for (i, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Some(Entry { key, length: parts.next()?.parse().ok()?, disagreeing: parts.next()?.parse().ok()? })
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let entries = vec![
            Entry { key: [7; 16], length: 502, disagreeing: 0 },
            Entry { key: [255; 16], length: 411, disagreeing: 2 },
        ];
        let index = Index { run: "3f2a".into(), bytes: 913, sha256: "8d".into(), entries };
        let text = index.to_text();
        assert_eq!(Index::parse(&text), Some(index));
        assert_eq!(Index::parse(text.trim_end().rsplit_once('\n').unwrap().0), None);
        assert_eq!(Index::parse(&text.replace("502", "503")), None);
        assert_eq!(Index::parse(""), None);
    }

    #[test]
    fn a_key_is_of_place_and_content() {
        let file = |path: &str, bytes: &str| key(&Raw::File { path: path.into(), bytes: bytes.into() });
        assert_eq!(file("a", "bc"), file("a", "bc"));
        assert_ne!(file("a", "bc"), file("ab", "c"));
        let line = |line| key(&Raw::JsonLine { path: "a".into(), line, bytes: "bc".into() });
        assert_ne!(line(1), line(2));
    }
}
