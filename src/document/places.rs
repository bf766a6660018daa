//! From bytes of a text to code points and lines.

/// Turns byte offsets of a text, asked in rising order for the most part, into
/// code points and lines.
pub struct Places<'t> {
    chars: Chars<'t>,
    lines: Lines<'t>,
}

impl<'t> Places<'t> {
    /// Starts at the text's beginning.
    pub fn new(text: &'t str) -> Self {
        Places { chars: Chars::new(text), lines: Lines::new(text) }
    }

    /// Code point and line (from 1) of a byte offset.
    pub fn at(&mut self, byte: u32) -> (u32, u32) {
        (self.chars.at(byte), self.lines.at(byte))
    }

    /// Code point of a byte offset.
    pub fn char_at(&mut self, byte: u32) -> u32 {
        self.chars.at(byte)
    }
}

/// Counts code points from the offset that was asked last.
pub(crate) struct Chars<'t> {
    text: &'t [u8],
    byte: usize,
    chars: u32,
}

impl<'t> Chars<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Chars { text: text.as_bytes(), byte: 0, chars: 0 }
    }

    pub(crate) fn at(&mut self, byte: u32) -> u32 {
        let byte = byte as usize;
        if byte < self.byte {
            self.chars -= starts(self.text.get(byte..self.byte).unwrap_or(&[]));
        } else {
            self.chars += starts(self.text.get(self.byte..byte).unwrap_or(&[]));
        }
        self.byte = byte;
        self.chars
    }
}

/// How many characters begin in the bytes: all but those that go on with one.
/// Eight bytes are looked at together.
fn starts(bytes: &[u8]) -> u32 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let mut further = 0;
    // Counts side by side, one for each of eight bytes: together they stay
    // below 256.
    for some in bytes.chunks(31 * 8) {
        let eights = some.chunks_exact(8);
        let rest = eights.remainder().iter().filter(|b| **b & 0xC0 == 0x80).count() as u32;
        let counts: u64 = eights
            .map(|eight| <[u8; 8]>::try_from(eight).map_or(0, u64::from_le_bytes))
            .map(|word| (word >> 7) & !(word >> 6) & ONES)
            .sum();
        further += rest + (counts.wrapping_mul(ONES) >> 56) as u32;
    }
    bytes.len() as u32 - further
}

/// Counts lines from the one that was asked last.
struct Lines<'t> {
    text: &'t [u8],
    line: u32,
    /// An offset in the line.
    known: usize,
    /// Where the line ends.
    end: usize,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let mut lines = Lines { text: text.as_bytes(), line: 1, known: 0, end: 0 };
        lines.move_to(0);
        lines
    }

    fn at(&mut self, byte: u32) -> u32 {
        let byte = byte as usize;
        if byte < self.known {
            self.line -= ends(self.text.get(byte..self.known).unwrap_or(&[]));
            self.move_to(byte);
        } else if byte > self.end {
            self.line += ends(self.text.get(self.end..byte).unwrap_or(&[]));
            self.move_to(byte);
        }
        self.line
    }

    fn move_to(&mut self, byte: usize) {
        self.known = byte;
        let rest = self.text.get(byte..).unwrap_or(&[]);
        self.end = byte + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    }
}

fn ends(bytes: &[u8]) -> u32 {
    memchr::memchr_iter(b'\n', bytes).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_a_plain_count() {
        let text = "一、收入12万元\n\n２．支出 9 ab\r\n\n决算\n".repeat(40);
        let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let mut places = Places::new(&text);
        // Forward in jumps, with steps back.
        for n in 0..4 * bytes.len() {
            let byte = bytes[(n * 7 + n % 5 * 131) % bytes.len()];
            let before = &text[..byte];
            let plain = (before.chars().count() as u32, before.matches('\n').count() as u32 + 1);
            assert_eq!(places.at(byte as u32), plain);
        }
    }
}
