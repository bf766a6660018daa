//! JSON into a buffer.

use crate::check::digits::{push_decimal, push_normal, push_number, push_signed};
use crate::fact::FactId;
use rust_decimal::Decimal;

/// JSON on its way into a buffer. Brackets, commas and keys are the caller's:
/// they are the same for every note, and so are written as they stand.
pub(super) struct Json<'o> {
    pub out: &'o mut Vec<u8>,
}

impl Json<'_> {
    /// JSON as it stands.
    #[inline(always)]
    pub fn raw(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    /// A string.
    #[inline]
    pub fn text(&mut self, text: &str) {
        self.out.push(b'"');
        if is_plain(text.as_bytes()) {
            self.out.extend_from_slice(text.as_bytes());
        } else {
            push_escaped(self.out, text.as_bytes());
        }
        self.out.push(b'"');
    }

    /// A string that `write` puts into the buffer as it is to be read.
    #[inline]
    pub fn written(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.out.push(b'"');
        let start = self.out.len();
        write(self.out);
        if !self.out.get(start..).is_some_and(is_plain) {
            let text = self.out.split_off(start);
            push_escaped(self.out, &text);
        }
        self.out.push(b'"');
    }

    /// A string, or null.
    #[inline]
    pub fn maybe(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.raw("null"),
        }
    }

    /// A name of the contract's own, which has nothing to escape, or null.
    #[inline]
    pub fn name(&mut self, name: Option<&'static str>) {
        match name {
            Some(name) => {
                self.out.push(b'"');
                self.raw(name);
                self.out.push(b'"');
            }
            None => self.raw("null"),
        }
    }

    /// A number that is not negative.
    #[inline]
    pub fn number(&mut self, number: u32) {
        push_number(self.out, u64::from(number));
    }

    /// A year, or null.
    #[inline]
    pub fn year(&mut self, year: Option<i32>) {
        match year {
            Some(year) => push_signed(self.out, i64::from(year)),
            None => self.raw("null"),
        }
    }

    /// True or false.
    #[inline]
    pub fn truth(&mut self, truth: bool) {
        self.raw(if truth { "true" } else { "false" });
    }

    /// A decimal with all of its places, as a string.
    #[inline]
    pub fn figure(&mut self, figure: Decimal) {
        self.out.push(b'"');
        push_decimal(self.out, figure);
        self.out.push(b'"');
    }

    /// A decimal without zeros at its end, as a string, or null.
    #[inline]
    pub fn normal(&mut self, figure: Option<Decimal>) {
        match figure {
            Some(figure) => {
                self.out.push(b'"');
                push_normal(self.out, figure);
                self.out.push(b'"');
            }
            None => self.raw("null"),
        }
    }

    /// A fact's id: `F12`.
    #[inline]
    pub fn fact(&mut self, id: FactId) {
        self.raw("\"F");
        push_number(self.out, u64::from(id) + 1);
        self.out.push(b'"');
    }

    /// A range: two numbers.
    #[inline]
    pub fn range(&mut self, (start, end): (u32, u32)) {
        self.out.push(b'[');
        self.number(start);
        self.out.push(b',');
        self.number(end);
        self.out.push(b']');
    }

    /// A list, of which each item is written by `item`.
    #[inline]
    pub fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut item: impl FnMut(&mut Self, T)) {
        self.out.push(b'[');
        let mut first = true;
        for i in items {
            if !std::mem::take(&mut first) {
                self.out.push(b',');
            }
            item(self, i);
        }
        self.out.push(b']');
    }
}

/// Whether a string's bytes stand in JSON as they are: none is a control
/// character, a quotation mark or a backslash. Eight are looked at together.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    let mut eights = bytes.chunks_exact(8);
    let mut odd = 0;
    for eight in eights.by_ref() {
        odd |= special(word(eight));
    }
    let rest = eights.remainder();
    if !rest.is_empty() {
        odd |= match bytes.last_chunk::<8>() {
            Some(last) => special(u64::from_le_bytes(*last)),
            None => special(word(rest)),
        };
    }
    odd == 0
}

/// Up to eight bytes, filled up with letters.
#[inline]
fn word(bytes: &[u8]) -> u64 {
    match <[u8; 8]>::try_from(bytes) {
        Ok(eight) => u64::from_le_bytes(eight),
        Err(_) => bytes.iter().fold(u64::from_le_bytes([b'a'; 8]), |word, b| word << 8 | u64::from(*b)),
    }
}

/// Not zero if one of eight bytes has to be escaped.
#[inline]
fn special(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // The highest bit of a byte, if the byte is less than `than` (and below 0x80);
    // a byte above one that is less may be taken for one too.
    let less = |word: u64, than: u64| word.wrapping_sub(ONES * than) & !word & (ONES << 7);
    let equal = |byte: u8| less(word ^ (ONES * u64::from(byte)), 1);
    less(word, 0x20) | equal(b'"') | equal(b'\\')
}

#[cold]
fn push_escaped(out: &mut Vec<u8>, text: &[u8]) {
    for byte in text {
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0C => out.extend_from_slice(b"\\f"),
            0..0x20 => {
                let digit = |half: u8| if half < 10 { b'0' + half } else { b'a' + half - 10 };
                out.extend_from_slice(b"\\u00");
                out.extend([digit(byte >> 4), digit(byte & 0xF)]);
            }
            _ => out.push(*byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(write: impl FnOnce(&mut Json)) -> String {
        let mut out = vec![];
        write(&mut Json { out: &mut out });
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn strings_are_escaped_as_serde_does_it() {
        // Each character at each place of words of several lengths.
        for c in (0..0x300).filter_map(char::from_u32).chain(['，', '\u{2028}', '\u{10FFFF}']) {
            for length in [0, 1, 3, 6, 7, 8, 9, 15, 16, 17] {
                for at in [0, length / 2, length] {
                    let text = "x".repeat(at) + &c.to_string() + &"收".repeat(length - at);
                    let expected = serde_json::to_string(&text).unwrap();
                    assert_eq!(json(|j| j.text(&text)), expected);
                    assert_eq!(json(|j| j.written(|out| out.extend_from_slice(text.as_bytes()))), expected);
                }
            }
        }
        assert_eq!(json(|j| j.text("")), "\"\"");
    }

    #[test]
    fn lists_and_ranges() {
        assert_eq!(json(|j| j.list([1, 22], |j, n| j.number(n))), "[1,22]");
        assert_eq!(json(|j| j.list(None::<u32>, |j, n| j.number(n))), "[]");
        assert_eq!(json(|j| j.range((0, 9))), "[0,9]");
    }
}
