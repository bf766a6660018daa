//! JSON into a buffer.

use crate::check::digits::{push_decimal, push_normal, push_number, push_signed};
use crate::fact::FactId;
use rust_decimal::Decimal;
use std::ops::Range;

/// JSON on its way into a buffer. Brackets, commas and keys are the caller's:
/// they are the same for every note, and so are written as they stand.
pub(super) struct Json {
    pub out: Vec<u8>,
}

/// A field that is not its object's first, written as `$write` of the key, the
/// colon and the value: `field!(j.number("line", 12))`.
///
/// The key becomes one literal with all that is known to stand around it.
macro_rules! field {
    ($j:ident.text($key:literal, $text:expr)) => {
        $j.quoted(concat!(",\"", $key, "\":\""), $text)
    };
    // Left out where there is none.
    ($j:ident.optional($key:literal, $text:expr)) => {
        if let Some(text) = $text {
            field!($j.text($key, text));
        }
    };
    ($j:ident.maybe($key:literal, $text:expr)) => {
        match $text {
            Some(text) => field!($j.text($key, text)),
            None => field!($j.null($key)),
        }
    };
    // Of the contract's own names, which have nothing to escape.
    ($j:ident.name($key:literal, $name:expr)) => {
        $j.clean(concat!(",\"", $key, "\":\""), $name)
    };
    ($j:ident.maybe_name($key:literal, $name:expr)) => {
        match $name {
            Some(name) => field!($j.name($key, name)),
            None => field!($j.null($key)),
        }
    };
    // A decimal with all of its places.
    ($j:ident.figure($key:literal, $figure:expr)) => {
        $j.figure(concat!(",\"", $key, "\":\""), $figure)
    };
    ($j:ident.maybe_figure($key:literal, $figure:expr)) => {
        match $figure {
            Some(figure) => field!($j.figure($key, figure)),
            None => field!($j.null($key)),
        }
    };
    // A decimal without the zeros at its end.
    ($j:ident.maybe_normal($key:literal, $figure:expr)) => {
        match $figure {
            Some(figure) => $j.normal(concat!(",\"", $key, "\":\""), figure),
            None => field!($j.null($key)),
        }
    };
    // A string that a function puts into the buffer as it is to be read.
    ($j:ident.written($key:literal, $write:expr)) => {
        $j.written(concat!(",\"", $key, "\":\""), $write)
    };
    ($j:ident.fact($key:literal, $id:expr)) => {
        $j.fact(concat!(",\"", $key, "\":\"F"), $id)
    };
    ($j:ident.number($key:literal, $number:expr)) => {
        $j.number(concat!(",\"", $key, "\":"), $number)
    };
    ($j:ident.maybe_year($key:literal, $year:expr)) => {
        match $year {
            Some(year) => $j.year(concat!(",\"", $key, "\":"), year),
            None => field!($j.null($key)),
        }
    };
    ($j:ident.truth($key:literal, $truth:expr)) => {
        $j.raw(if $truth { concat!(",\"", $key, "\":true") } else { concat!(",\"", $key, "\":false") })
    };
    ($j:ident.range($key:literal, $range:expr)) => {
        $j.range(concat!(",\"", $key, "\":["), $range)
    };
    ($j:ident.null($key:literal)) => {
        $j.raw(concat!(",\"", $key, "\":null"))
    };
    // The key alone: the value is written next.
    ($j:ident.key($key:literal)) => {
        $j.raw(concat!(",\"", $key, "\":"))
    };
}
pub(super) use field;

impl Json {
    /// JSON as it stands.
    #[inline(always)]
    pub fn raw(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    /// A string, behind what `before` holds up to its quotation mark.
    #[inline]
    pub fn quoted(&mut self, before: &str, text: &str) {
        self.raw(before);
        self.text(text);
        self.out.push(b'"');
    }

    /// The inside of a string.
    fn text(&mut self, text: &str) {
        if is_plain(text.as_bytes()) {
            self.out.extend_from_slice(text.as_bytes());
        } else {
            push_escaped(&mut self.out, text.as_bytes());
        }
    }

    /// A string that has nothing to escape.
    #[inline]
    pub fn clean(&mut self, before: &str, text: &str) {
        self.raw(before);
        self.raw(text);
        self.out.push(b'"');
    }

    /// A string that `write` puts into the buffer as it is to be read.
    #[inline]
    pub fn written(&mut self, before: &str, write: impl FnOnce(&mut Vec<u8>)) {
        self.raw(before);
        let start = self.out.len();
        write(&mut self.out);
        if !self.out.get(start..).is_some_and(is_plain) {
            let text = self.out.split_off(start);
            push_escaped(&mut self.out, &text);
        }
        self.out.push(b'"');
    }

    /// A number that is not negative.
    #[inline]
    pub fn number(&mut self, before: &str, number: u32) {
        self.raw(before);
        push_number(&mut self.out, u64::from(number));
    }

    /// A year.
    #[inline]
    pub fn year(&mut self, before: &str, year: i32) {
        self.raw(before);
        push_signed(&mut self.out, i64::from(year));
    }

    /// A decimal with all of its places, as a string.
    #[inline]
    pub fn figure(&mut self, before: &str, figure: Decimal) {
        self.raw(before);
        push_decimal(&mut self.out, figure);
        self.out.push(b'"');
    }

    /// A decimal without the zeros at its end, as a string.
    #[inline]
    pub fn normal(&mut self, before: &str, figure: Decimal) {
        self.raw(before);
        push_normal(&mut self.out, figure);
        self.out.push(b'"');
    }

    /// A fact's id, a string: `F12`.
    #[inline]
    pub fn fact(&mut self, before: &str, id: FactId) {
        self.raw(before);
        push_number(&mut self.out, u64::from(id) + 1);
        self.out.push(b'"');
    }

    /// A range: two numbers.
    #[inline]
    pub fn range(&mut self, before: &str, (start, end): (u32, u32)) {
        self.number(before, start);
        self.number(",", end);
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

    /// What was written before, once more.
    #[inline]
    pub fn again(&mut self, range: Range<usize>) {
        self.out.extend_from_within(range);
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
        let mut j = Json { out: vec![] };
        write(&mut j);
        String::from_utf8(j.out).unwrap()
    }

    #[test]
    fn strings_are_escaped_as_serde_does_it() {
        // Each character at each place of words of several lengths.
        for c in (0..0x300).filter_map(char::from_u32).chain(['，', '\u{2028}', '\u{10FFFF}']) {
            for length in [0, 1, 3, 6, 7, 8, 9, 15, 16, 17] {
                for at in [0, length / 2, length] {
                    let text = "x".repeat(at) + &c.to_string() + &"收".repeat(length - at);
                    let expected = serde_json::to_string(&text).unwrap();
                    assert_eq!(json(|j| j.quoted("\"", &text)), expected);
                    assert_eq!(json(|j| j.written("\"", |out| out.extend_from_slice(text.as_bytes()))), expected);
                }
            }
        }
        assert_eq!(json(|j| j.quoted("\"", "")), "\"\"");
    }

    #[test]
    fn fields_and_lists() {
        assert_eq!(json(|j| j.list([1, 22], |j, n| j.number("", n))), "[1,22]");
        assert_eq!(json(|j| j.list(None::<u32>, |j, n| j.number("", n))), "[]");
        assert_eq!(json(|j| field!(j.range("span", (0, 9)))), ",\"span\":[0,9]");
        assert_eq!(json(|j| field!(j.maybe("part", None::<&str>))), ",\"part\":null");
        assert_eq!(json(|j| field!(j.fact("parent", 11))), ",\"parent\":\"F12\"");
        assert_eq!(json(|j| field!(j.figure("value", Decimal::new(-1546, 2)))), ",\"value\":\"-15.46\"");
    }
}
