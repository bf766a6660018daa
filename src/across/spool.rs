//! Sentences out of the way: few of them are shown in the end, and all of them
//! together would fill the memory.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

/// As many bytes are held in memory; what comes then goes to a temporary file
/// that nobody else sees and that goes with the program.
const IN_MEMORY: usize = 16 * 1024 * 1024;

/// Where a text lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Slot {
    at: u64,
    len: u32,
}

/// A store of texts that is read seldom.
#[derive(Debug, Default)]
pub(super) struct Spool {
    memory: Vec<u8>,
    /// How many bytes the file holds.
    filed: u64,
    file: Option<File>,
    /// No file could be made or written: texts are forgotten from then on.
    broken: bool,
    limit: Option<usize>,
}

impl Spool {
    /// Puts a text away. Where there is no room for it, the report goes without it.
    pub(super) fn put(&mut self, text: &str) -> Slot {
        let (Ok(len), Some(at)) = (u32::try_from(text.len()), self.room_for(text.as_bytes())) else {
            return Slot::default();
        };
        Slot { at, len }
    }

    fn room_for(&mut self, bytes: &[u8]) -> Option<u64> {
        let limit = self.limit.unwrap_or(IN_MEMORY);
        if self.file.is_none() && self.memory.len() + bytes.len() <= limit {
            let at = self.memory.len();
            self.memory.extend_from_slice(bytes);
            return u64::try_from(at).ok();
        }
        if self.broken {
            return None;
        }
        let written = match &mut self.file {
            Some(file) => file.write_all(bytes),
            None => tempfile::tempfile().and_then(|file| self.file.insert(file).write_all(bytes)),
        };
        if written.is_err() {
            self.broken = true;
            return None;
        }
        let at = u64::try_from(self.memory.len()).ok()?.checked_add(self.filed)?;
        self.filed += u64::try_from(bytes.len()).ok()?;
        Some(at)
    }

    /// The text in a slot; empty where it was forgotten.
    pub(super) fn get(&mut self, slot: Slot) -> String {
        self.read(slot).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }

    fn read(&mut self, slot: Slot) -> Option<Vec<u8>> {
        let len = usize::try_from(slot.len).ok()?;
        let held = u64::try_from(self.memory.len()).ok()?;
        let Some(at) = slot.at.checked_sub(held) else {
            let at = usize::try_from(slot.at).ok()?;
            return self.memory.get(at..at.checked_add(len)?).map(<[u8]>::to_vec);
        };
        let file = self.file.as_mut()?;
        let mut bytes = vec![0; len];
        file.seek(SeekFrom::Start(at)).ok()?;
        file.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_from_memory_and_from_the_file() {
        let mut spool = Spool { limit: Some(40), ..Spool::default() };
        let texts: Vec<String> = (0..50).map(|n| format!("第{n}句")).collect();
        let slots: Vec<Slot> = texts.iter().map(|t| spool.put(t)).collect();
        assert!(spool.memory.len() <= 40 && spool.file.is_some());
        for (text, slot) in texts.iter().zip(slots).rev() {
            assert_eq!(spool.get(slot), *text);
        }
        assert_eq!(spool.get(Slot::default()), "");
    }
}
