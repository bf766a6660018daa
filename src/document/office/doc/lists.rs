//! The lists of a Word document and how far each has counted.

use super::super::bytes::{byte, long, short, size, stretch};
use super::super::numbering::{Changes, Counters, Digits, Level};
use super::fib::{Fib, Stretch};
use rustc_hash::FxHashMap;

/// More lists than this no note has.
const MAX_LISTS: usize = 10_000;

/// A use of a list: which, and what it changes.
struct Use {
    list: u32,
    changes: Changes,
}

/// All lists.
#[derive(Default)]
pub(super) struct Lists {
    lists: FxHashMap<u32, Vec<Level>>,
    uses: Vec<Use>,
    counters: Counters,
}

impl Lists {
    pub(super) fn read(table: &[u8], fib: &Fib<'_>) -> Self {
        let mut lists = Self::default();
        // Broken lists are read as far as they go: they only number the text.
        let _ = lists.read_lists(table, fib);
        let _ = lists.read_uses(table, fib);
        lists
    }

    fn read_lists(&mut self, table: &[u8], fib: &Fib<'_>) -> Option<()> {
        let heads = fib.stretch(table, Stretch::Lists);
        let count = usize::from(short(heads, 0)?).min(MAX_LISTS);
        // The levels follow behind the heads, beyond the stretch.
        let mut at = fib.start(Stretch::Lists)? + 2 + count * 28;
        for index in 0..count {
            let head = stretch(heads, 2 + index * 28, 28)?;
            let levels = if byte(head, 26)? & 1 == 1 { 1 } else { 9 };
            let mut read = vec![];
            for _ in 0..levels {
                read.push(read_level(table, &mut at)?);
            }
            self.lists.insert(long(head, 0)?, read);
        }
        Some(())
    }

    fn read_uses(&mut self, table: &[u8], fib: &Fib<'_>) -> Option<()> {
        let all = fib.stretch(table, Stretch::ListUses);
        let count = size(all, 0)?.min(MAX_LISTS);
        let mut changes = vec![];
        for index in 0..count {
            let head = stretch(all, 4 + index * 16, 16)?;
            self.uses.push(Use { list: long(head, 0)?, changes: Changes::default() });
            changes.push(byte(head, 12)?);
        }
        let mut at = 4 + count * 16;
        for (own, changes) in self.uses.iter_mut().zip(changes) {
            at += 4;
            for _ in 0..changes {
                let (start, flags) = (long(all, at)?, long(all, at + 4)?);
                at += 8;
                let level = (flags & 0xf) as usize;
                if flags & 0x20 != 0 {
                    own.changes.levels.push((level, read_level(all, &mut at)?));
                } else if flags & 0x10 != 0 {
                    own.changes.starts.push((level, start));
                }
            }
        }
        Some(())
    }

    /// The label of the next paragraph that uses a list; uses count from 1.
    pub(super) fn label(&mut self, list: Option<u16>, level: Option<u8>) -> String {
        let list = list.unwrap_or_default();
        let own = usize::from(list).checked_sub(1).and_then(|at| self.uses.get(at));
        let Some((own, levels)) = own.and_then(|own| Some((own, self.lists.get(&own.list)?))) else {
            return String::new();
        };
        let level = usize::from(level.unwrap_or_default());
        self.counters.label((own.list, levels), (list.into(), &own.changes), level)
    }
}

/// Reads a level, and moves on behind it.
fn read_level(bytes: &[u8], at: &mut usize) -> Option<Level> {
    let head = stretch(bytes, *at, 28)?;
    let properties = usize::from(byte(head, 24)?) + usize::from(byte(head, 25)?);
    let text_at = *at + 28 + properties;
    let length = usize::from(short(bytes, text_at)?);
    let text = stretch(bytes, text_at + 2, length.checked_mul(2)?)?;
    *at = text_at + 2 + length * 2;
    let mut written = String::new();
    for unit in text.chunks_exact(2).filter_map(|pair| short(pair, 0)) {
        match unit {
            // The number of this level or one above.
            0..=8 => written.push_str(&format!("%{}", unit + 1)),
            unit => written.extend(char::from_u32(unit.into())),
        }
    }
    Some(Level {
        digits: digits(byte(head, 4)?),
        text: written,
        start: long(head, 0)?.min(32_767),
        spaced: byte(head, 15)? == 1,
        figures: byte(head, 5)? & 4 != 0,
    })
}

/// The numbers of MS-OSHARED, 2.2.1.3.
fn digits(number: u8) -> Digits {
    match number {
        0x01 => Digits::UpperRoman,
        0x02 => Digits::LowerRoman,
        0x03 => Digits::Upper,
        0x04 => Digits::Lower,
        0x0a | 0x0b | 0x11 | 0x21 | 0x23 | 0x24 | 0x25 | 0x27 | 0x28 => Digits::Chinese,
        0x0e | 0x13 => Digits::FullWidth,
        0x10 | 0x22 | 0x26 => Digits::Formal,
        0x12 | 0x1c => Digits::Circled,
        0x16 => Digits::Padded,
        0x17 | 0xff => Digits::None,
        0x1e => Digits::Stems,
        _ => Digits::Decimal,
    }
}
