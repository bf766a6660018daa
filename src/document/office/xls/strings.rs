//! Strings: in Unicode, or in the charset of the workbook before Excel 97.

use super::super::bytes::{byte, long, short, stretch, utf16};
use super::super::damaged;
use crate::document::error::Problem;
use encoding_rs::Encoding;

/// How the strings of a workbook are stored.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stored {
    /// Excel 97 and later.
    Unicode,
    /// Before, in this charset.
    Charset(&'static Encoding),
}

impl Stored {
    /// A string with two bytes of length, at `at`.
    pub(super) fn long(self, bytes: &[u8], at: usize) -> Option<String> {
        self.string(bytes, at + 2, usize::from(short(bytes, at)?))
    }

    /// A string with one byte of length.
    pub(super) fn short(self, bytes: &[u8], at: usize) -> Option<String> {
        self.string(bytes, at + 1, usize::from(byte(bytes, at)?))
    }

    fn string(self, bytes: &[u8], at: usize, length: usize) -> Option<String> {
        match self {
            Self::Charset(charset) => {
                Some(charset.decode_without_bom_handling(stretch(bytes, at, length)?).0.into_owned())
            }
            Self::Unicode if byte(bytes, at)? & 1 == 1 => Some(utf16(stretch(bytes, at + 1, length * 2)?)),
            Self::Unicode => Some(latin(stretch(bytes, at + 1, length)?)),
        }
    }
}

fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The strings that cells share. They go on from one record to the next, and
/// where that parts the letters of one, a byte tells anew how wide they are.
pub(super) fn shared(first: &[u8], continued: &[&[u8]]) -> Result<Vec<String>, Problem> {
    let stretches: Vec<&[u8]> = std::iter::once(first).chain(continued.iter().copied()).collect();
    let mut input = Input { stretches: &stretches, index: 0, at: 4 };
    let broken = || damaged("the shared strings break off");
    let count = input.number().ok_or_else(broken)?;
    let mut strings = vec![];
    for _ in 0..count {
        strings.push(input.string().ok_or_else(broken)?);
    }
    Ok(strings)
}

struct Input<'a> {
    stretches: &'a [&'a [u8]],
    index: usize,
    at: usize,
}

impl<'a> Input<'a> {
    fn rest(&mut self) -> Option<&'a [u8]> {
        loop {
            let rest = self.stretches.get(self.index)?.get(self.at..).unwrap_or_default();
            if !rest.is_empty() {
                return Some(rest);
            }
            self.index += 1;
            self.at = 0;
        }
    }

    /// Takes bytes, which may lie in several records.
    fn take(&mut self, count: usize) -> Option<Vec<u8>> {
        let mut taken = vec![];
        while taken.len() < count {
            let rest = self.rest()?;
            let part = rest.get(..rest.len().min(count - taken.len()))?;
            taken.extend_from_slice(part);
            self.at += part.len();
        }
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        long(&self.take(4)?, 0)
    }

    fn string(&mut self) -> Option<String> {
        let head = self.take(3)?;
        let (mut left, flags) = (usize::from(short(&head, 0)?), byte(&head, 2)?);
        let formats = if flags & 8 != 0 { usize::from(short(&self.take(2)?, 0)?) } else { 0 };
        let more = if flags & 4 != 0 { self.number()? as usize } else { 0 };
        let mut wide = flags & 1 == 1;
        let mut text = String::new();
        while left > 0 {
            let before = self.index;
            let rest = self.rest()?;
            if self.index != before {
                wide = byte(rest, 0)? & 1 == 1;
                self.at += 1;
                continue;
            }
            let width = if wide { 2 } else { 1 };
            let letters = left.min(rest.len() / width);
            if letters == 0 {
                // Half a letter at the end of a record.
                return None;
            }
            let part = rest.get(..letters * width)?;
            text.push_str(&if wide { utf16(part) } else { latin(part) });
            self.at += part.len();
            left -= letters;
        }
        self.skip(formats * 4)?;
        self.skip(more)?;
        Some(text)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let length = self.rest()?.len().min(count);
            self.at += length;
            count -= length;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_go_on_in_the_next_record() {
        let wide: Vec<u8> = "收入".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let first = [&[0, 0, 0, 0, 2, 0, 0, 0, 4, 0, 1][..], &wide].concat();
        // The rest of the first string in narrow letters, then a string with formats.
        let second = [0_u8, b'1', b'2', 2, 0, 8, 1, 0, b'o', b'k', 1, 2];
        let third = [3_u8, 4];
        assert_eq!(shared(&first, &[&second, &third]).unwrap(), ["收入12", "ok"]);
        assert!(shared(&first, &[&second]).is_err());
        assert!(shared(&[0; 3], &[]).is_err());
    }
}
