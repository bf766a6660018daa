//! What earlier runs left in the folder: an input that is done is not done again.

use super::index::{Index, Key, key};
use super::layout::Layout;
use crate::document::Raw;
use rustc_hash::FxHashMap;
use std::io;
use std::path::{Path, PathBuf};

/// Where an input's result stands in the folder already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// Index into [`Earlier::shards`].
    pub shard: usize,
    /// First byte in it.
    pub offset: u64,
    /// Bytes.
    pub length: u64,
    /// How many findings disagree.
    pub disagreeing: u64,
}

/// A file of results that an earlier run has completed.
#[derive(Debug)]
pub(super) struct Shard {
    pub path: PathBuf,
    pub bytes: u64,
    pub sha256: String,
}

/// Everything that earlier runs have completed.
#[derive(Debug, Default)]
pub(crate) struct Earlier {
    shards: Vec<Shard>,
    places: FxHashMap<Key, Place>,
}

impl Earlier {
    /// What is whole and was made by the same program in the same way.
    pub(super) fn load(layout: &Layout, run: &str) -> io::Result<Self> {
        let mut earlier = Self::default();
        for (name, path) in layout.indexes()? {
            // What cannot be read is made again.
            let Some(index) = std::fs::read_to_string(path).ok().and_then(|text| Index::parse(&text)) else {
                continue;
            };
            let path = layout.shard(&name);
            let whole = std::fs::metadata(&path).is_ok_and(|m| m.len() == index.bytes);
            if index.run == run && whole {
                earlier.add(path, index);
            }
        }
        Ok(earlier)
    }

    fn add(&mut self, path: PathBuf, index: Index) {
        let shard = self.shards.len();
        let mut offset = 0_u64;
        for e in &index.entries {
            let place = Place { shard, offset, length: e.length, disagreeing: e.disagreeing };
            self.places.entry(e.key).or_insert(place);
            offset = offset.saturating_add(e.length);
        }
        self.shards.push(Shard { path, bytes: index.bytes, sha256: index.sha256 });
    }

    /// An input's key, and its result if there is one.
    pub fn look_up(&self, raw: &Raw) -> (Key, Option<Place>) {
        let key = key(raw);
        (key, self.places.get(&key).copied())
    }

    /// A file of results.
    pub(super) fn shard(&self, index: usize) -> Option<&Shard> {
        self.shards.get(index)
    }

    /// The path of a file of results.
    pub(super) fn path(&self, index: usize) -> Option<&Path> {
        self.shard(index).map(|shard| shard.path.as_path())
    }
}
