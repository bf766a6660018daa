//! The records of a workbook: a kind, a length, that many bytes.

use super::super::bytes::{short, stretch};

pub(super) const END: u16 = 0x000a;
pub(super) const BEGIN: u16 = 0x0809;
pub(super) const CONTINUE: u16 = 0x003c;

/// A record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) bytes: &'a [u8],
}

/// Goes through the records of a stream.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8]) -> Self {
        Self { stream, at: 0 }
    }

    /// The bytes of the records that go on from the last one.
    pub(super) fn continued(&mut self) -> Vec<&'a [u8]> {
        let mut stretches = vec![];
        let mut ahead = self.clone();
        while let Some(record) = ahead.next().filter(|record| record.kind == CONTINUE) {
            stretches.push(record.bytes);
            self.at = ahead.at;
        }
        stretches
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let kind = short(self.stream, self.at)?;
        let length = usize::from(short(self.stream, self.at + 2)?);
        let bytes = stretch(self.stream, self.at + 4, length)?;
        self.at += 4 + length;
        Some(Record { kind, bytes })
    }
}
