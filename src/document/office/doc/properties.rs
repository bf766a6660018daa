//! The properties of paragraphs and characters, which are stored in pages of
//! 512 bytes by the place of the text in the stream.

use super::super::bytes::{byte, long, short, size, stretch};
use super::super::edges::Defined;

const PAGE: usize = 512;

/// What a stretch of text is.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    pub(super) style: u16,
    pub(super) in_table: bool,
    /// It ends a row.
    pub(super) ends_row: bool,
    /// It ends a cell of a table in a table.
    pub(super) ends_cell: bool,
    /// Tables in tables: how deep.
    pub(super) depth: u32,
    pub(super) list: Option<u16>,
    pub(super) level: Option<u8>,
    /// The cells of the row that it ends.
    pub(super) cells: Vec<Defined>,
}

/// Stretches of bytes of the main stream, each with what holds for it.
pub(super) struct Runs<T> {
    runs: Vec<(usize, usize, T)>,
}

impl<T> Runs<T> {
    /// Reads the pages that a table names. In each stand the edges of its
    /// stretches, then for each stretch `width` bytes, whose first tells where
    /// in the page its properties are.
    fn read(table: &[u8], main: &[u8], width: usize, properties: impl Fn(&[u8], usize) -> Option<T>) -> Self {
        let mut runs = vec![];
        for page in pages(table, main) {
            let count = usize::from(byte(page, PAGE - 1).unwrap_or_default());
            let read = |index: usize| {
                let (start, end) = (size(page, index * 4)?, size(page, index * 4 + 4)?);
                let at = usize::from(byte(page, (count + 1) * 4 + index * width)?) * 2;
                Some((start, end, properties(page, at)?))
            };
            runs.extend((0..count).filter_map(read));
        }
        runs.sort_by_key(|(start, ..)| *start);
        Self { runs }
    }

    /// What holds for the byte at `at`.
    pub(super) fn at(&self, at: usize) -> Option<&T> {
        let after = self.runs.partition_point(|(start, ..)| *start <= at);
        let (_, end, value) = self.runs.get(after.checked_sub(1)?)?;
        (at < *end).then_some(value)
    }
}

/// The pages that a table of pages names.
fn pages<'m>(table: &'m [u8], main: &'m [u8]) -> impl Iterator<Item = &'m [u8]> {
    let count = table.len().saturating_sub(4) / 8;
    (0..count).filter_map(move |index| {
        let page = (long(table, (count + 1) * 4 + index * 4)? & 0x3f_ffff) as usize;
        stretch(main, page.checked_mul(PAGE)?, PAGE)
    })
}

/// The properties of all paragraphs.
pub(super) fn paragraphs(table: &[u8], main: &[u8], data: &[u8]) -> Runs<Paragraph> {
    Runs::read(table, main, 13, |page, at| {
        let (from, length) = match byte(page, at)? {
            0 => (at + 2, usize::from(byte(page, at + 1)?) * 2),
            words => (at + 1, usize::from(words) * 2 - 1),
        };
        let stored = if at == 0 { &[] as &[u8] } else { stretch(page, from, length)? };
        Some(paragraph(stored, data))
    })
}

fn paragraph(stored: &[u8], data: &[u8]) -> Paragraph {
    let mut read = Paragraph { style: short(stored, 0).unwrap_or_default(), ..Paragraph::default() };
    apply(&mut read, stored.get(2..).unwrap_or_default(), data, 0);
    read
}

/// Applies a list of single properties.
pub(super) fn apply(to: &mut Paragraph, list: &[u8], data: &[u8], nested: usize) {
    let singles = Singles { list, at: 0 };
    for (code, operand) in singles {
        let flag = operand.first().is_some_and(|flag| *flag != 0);
        match code {
            0x2416 => to.in_table = flag,
            0x2417 | 0x244c => to.ends_row |= flag,
            0x244b => to.ends_cell = flag,
            0x6649 => to.depth = long(operand, 0).unwrap_or_default(),
            0x460b => to.list = short(operand, 0),
            0x260a => to.level = byte(operand, 0),
            0xd608 => to.cells = cells(operand),
            // Cells that are merged down: which, and how.
            0xd62b => {
                if let (Some(at), Some(how)) = (byte(operand, 0), byte(operand, 1))
                    && let Some(cell) = to.cells.get_mut(usize::from(at))
                {
                    cell.down = how & 3 == 1;
                }
            }
            // Too long for a page: they stand in the stream of data.
            0x6645 | 0x6646 if nested == 0 => {
                let list = size(operand, 0).and_then(|at| stretch(data, at + 2, usize::from(short(data, at)?)));
                apply(to, list.unwrap_or_default(), data, nested + 1);
            }
            _ => {}
        }
    }
}

/// The cells of a row: edges, then twenty bytes each.
fn cells(operand: &[u8]) -> Vec<Defined> {
    let count = usize::from(byte(operand, 0).unwrap_or_default());
    let cell = |index: usize| {
        let edge = i32::from(short(operand, 1 + (index + 1) * 2)?.cast_signed());
        let flags = short(operand, 1 + (count + 1) * 2 + index * 20).unwrap_or_default();
        Some(Defined { edge, across: flags & 3 == 1, down: (flags >> 5) & 3 == 1 })
    };
    (0..count).map_while(cell).collect()
}

/// Stretches of characters that are hidden or deleted.
pub(super) fn hidden(table: &[u8], main: &[u8]) -> Runs<()> {
    Runs::read(table, main, 1, |page, at| {
        let stored = stretch(page, at + 1, usize::from(byte(page, at)?)).filter(|_| at > 0)?;
        let hides = |(code, operand): (u16, &[u8])| matches!(code, 0x083c | 0x0800) && operand.first() == Some(&1);
        Singles { list: stored, at: 0 }.any(hides).then_some(())
    })
}

/// Single properties: a code and its operand.
struct Singles<'a> {
    list: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Singles<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let code = short(self.list, self.at)?;
        let from = self.at + 2;
        let (from, length) = match (code, code >> 13) {
            // The cells of a row: two bytes of length, which count one too many.
            (0xd608, _) => (from + 2, usize::from(short(self.list, from)?).saturating_sub(1)),
            (_, 0 | 1) => (from, 1),
            (_, 2 | 4 | 5) => (from, 2),
            (_, 3) => (from, 4),
            (_, 7) => (from, 3),
            // Tabs may be longer than a byte can tell; nothing of use follows them.
            (0xc615, _) if byte(self.list, from)? == 255 => return None,
            _ => (from + 1, usize::from(byte(self.list, from)?)),
        };
        self.at = from + length;
        Some((code, stretch(self.list, from, length)?))
    }
}
