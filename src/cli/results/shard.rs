//! The file of results that is being filled.

use super::durable::{put, settle};
use super::earlier::{Earlier, Place};
use super::index::{Entry, Index, Key, hex};
use super::layout::Layout;
use super::manifest::ShardShown;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

/// A shard is full with so many bytes, however few its documents.
const FULL_BYTES: u64 = 64 * 1024 * 1024;
const BUFFER_BYTES: usize = 256 * 1024;

/// The shard under way.
///
/// As long as its documents are just those of a shard of an earlier run, none
/// is copied: that file may stay as it is.
pub(super) struct Filling {
    entries: Vec<Entry>,
    bytes: u64,
    content: Content,
}

enum Content {
    Empty,
    /// The head of an earlier shard, up to `bytes`.
    Kept(usize),
    Written(Draft),
}

/// A file that has no name yet.
struct Draft {
    out: BufWriter<File>,
    hash: Sha256,
}

impl Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.out.write_all(bytes)
    }

    /// Copies a piece of an earlier shard.
    fn copy(&mut self, earlier: &Earlier, shard: usize, offset: u64, length: u64) -> io::Result<()> {
        let Some(path) = earlier.path(shard) else {
            return Err(io::Error::other("no such shard"));
        };
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(offset))?;
        let mut rest = file.take(length);
        let mut buffer = vec![0; usize::try_from(length).unwrap_or(BUFFER_BYTES).clamp(1, BUFFER_BYTES)];
        let mut copied = 0_u64;
        loop {
            let count = rest.read(&mut buffer)?;
            if count == 0 {
                break;
            }
            self.write(buffer.get(..count).unwrap_or_default())?;
            copied = copied.saturating_add(count as u64);
        }
        if copied != length {
            let problem = format!("{} has become shorter", path.display());
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, problem));
        }
        Ok(())
    }
}

impl Filling {
    pub fn new() -> Self {
        Self { entries: Vec::new(), bytes: 0, content: Content::Empty }
    }

    pub fn is_full(&self, documents: usize) -> bool {
        self.entries.len() >= documents || self.bytes >= FULL_BYTES
    }

    /// Adds a document that has just been made.
    pub fn add(&mut self, layout: &Layout, earlier: &Earlier, entry: Entry, bytes: &[u8]) -> io::Result<()> {
        self.draft(layout, earlier)?.write(bytes)?;
        self.push(entry);
        Ok(())
    }

    /// Adds a document that an earlier run has made.
    pub fn keep(&mut self, layout: &Layout, earlier: &Earlier, key: Key, place: Place) -> io::Result<()> {
        let follows = match self.content {
            Content::Empty => place.offset == 0,
            Content::Kept(shard) => shard == place.shard && place.offset == self.bytes,
            Content::Written(_) => false,
        };
        if follows {
            self.content = Content::Kept(place.shard);
        } else {
            self.draft(layout, earlier)?.copy(earlier, place.shard, place.offset, place.length)?;
        }
        self.push(Entry { key, length: place.length, disagreeing: place.disagreeing });
        Ok(())
    }

    fn push(&mut self, entry: Entry) {
        self.bytes = self.bytes.saturating_add(entry.length);
        self.entries.push(entry);
    }

    /// The draft, with all in it that has only been noted so far.
    fn draft(&mut self, layout: &Layout, earlier: &Earlier) -> io::Result<&mut Draft> {
        if !matches!(self.content, Content::Written(_)) {
            let file = File::create(layout.draft())?;
            let mut draft = Draft { out: BufWriter::with_capacity(BUFFER_BYTES, file), hash: Sha256::new() };
            if let Content::Kept(shard) = self.content {
                draft.copy(earlier, shard, 0, self.bytes)?;
            }
            self.content = Content::Written(draft);
        }
        match &mut self.content {
            Content::Written(draft) => Ok(draft),
            _ => Err(io::Error::other("no draft")),
        }
    }

    /// Closes the shard under its number: from here on it is there for good.
    /// `None` if there is nothing in it.
    pub fn close(
        mut self,
        layout: &Layout,
        earlier: &Earlier,
        run: &str,
        number: usize,
    ) -> io::Result<Option<ShardShown>> {
        let name = |sha256: &str| format!("{number:06}-{}", sha256.get(..12).unwrap_or(sha256));
        if let Content::Kept(shard) = self.content
            && let Some(kept) = earlier.shard(shard)
            && kept.bytes == self.bytes
            && kept.path == layout.shard(&name(&kept.sha256))
        {
            let (name, sha256) = (name(&kept.sha256), kept.sha256.clone());
            return Ok(Some(ShardShown { name, documents: self.entries.len(), bytes: self.bytes, sha256 }));
        }
        if matches!(self.content, Content::Empty) {
            return Ok(None);
        }
        self.draft(layout, earlier)?;
        let Content::Written(Draft { out, hash }) = self.content else {
            return Ok(None);
        };
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        let sha256 = hex(&hash.finalize());
        let name = name(&sha256);
        let shown = ShardShown { name, documents: self.entries.len(), bytes: self.bytes, sha256 };
        // The index first: a shard without one would never be found again.
        let index =
            Index { run: run.to_owned(), bytes: self.bytes, sha256: shown.sha256.clone(), entries: self.entries };
        put(&layout.index(&shown.name), index.to_text().as_bytes())?;
        settle(&file, &layout.draft(), &layout.shard(&shown.name))?;
        Ok(Some(shown))
    }
}
