//! Notes that wait on disk, one after another: memory holds only where they are.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Where a note lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    offset: u64,
    length: u32,
}

/// A file that is gone afterwards.
pub(super) struct Spool {
    path: PathBuf,
    out: BufWriter<File>,
    end: u64,
}

impl Spool {
    pub fn create(path: &Path) -> io::Result<Self> {
        let file = File::options().read(true).write(true).create(true).truncate(true).open(path)?;
        Ok(Self { path: path.to_owned(), out: BufWriter::with_capacity(1 << 18, file), end: 0 })
    }

    pub fn add(&mut self, bytes: &[u8]) -> io::Result<Slot> {
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        self.out.write_all(bytes)?;
        let slot = Slot { offset: self.end, length };
        self.end += u64::from(length);
        Ok(slot)
    }

    /// Reads a note into a buffer.
    pub fn read(&mut self, slot: Slot, buffer: &mut Vec<u8>) -> io::Result<()> {
        self.out.flush()?;
        let file = self.out.get_mut();
        file.seek(SeekFrom::Start(slot.offset))?;
        buffer.clear();
        file.take(slot.length.into()).read_to_end(buffer)?;
        Ok(())
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        // If it can't be removed there is nothing to be done about it.
        let _ = fs::remove_file(&self.path);
    }
}
