//! What lies where in a folder of results.

use super::durable::UNDER_WAY;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const DOCUMENTS: &str = "documents";
const INDEX: &str = "index";
const MANIFEST: &str = "manifest.json";
const NOT_READ: &str = "not-read.jsonl";

/// A folder of results.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    root: PathBuf,
}

impl Layout {
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Whether anything lies there; false if there is no such folder.
    pub fn is_used(&self) -> io::Result<bool> {
        match fs::read_dir(&self.root) {
            Ok(mut entries) => Ok(entries.next().is_some()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether what lies there are results.
    pub fn holds_results(&self) -> bool {
        self.root.join(INDEX).is_dir() && (self.root.join(DOCUMENTS).is_dir() || self.is_half_made())
    }

    /// Whether a run was stopped before it had made the second of its folders.
    fn is_half_made(&self) -> bool {
        let alone = fs::read_dir(&self.root).is_ok_and(|entries| entries.count() == 1);
        alone && fs::read_dir(self.root.join(INDEX)).is_ok_and(|mut entries| entries.next().is_none())
    }

    /// Makes the folders, that of the indexes first.
    pub fn create(&self) -> io::Result<()> {
        fs::create_dir_all(self.root.join(INDEX))?;
        fs::create_dir_all(self.root.join(DOCUMENTS))
    }

    pub fn manifest(&self) -> PathBuf {
        self.root.join(MANIFEST)
    }

    pub fn not_read(&self) -> PathBuf {
        self.root.join(NOT_READ)
    }

    /// The documents of a shard.
    pub fn shard(&self, name: &str) -> PathBuf {
        self.root.join(DOCUMENTS).join(format!("{name}.jsonl"))
    }

    /// What stands in them.
    pub fn index(&self, name: &str) -> PathBuf {
        self.root.join(INDEX).join(format!("{name}.txt"))
    }

    /// As the manifest names it.
    pub fn shown(name: &str) -> String {
        format!("{DOCUMENTS}/{name}.jsonl")
    }

    /// Where a shard is written before its content has named it.
    pub fn draft(&self) -> PathBuf {
        self.root.join(DOCUMENTS).join(format!("next{UNDER_WAY}"))
    }

    /// The indexes that lie there, in order, with the names of their shards.
    pub fn indexes(&self) -> io::Result<Vec<(String, PathBuf)>> {
        let mut found = Vec::new();
        for path in files(&self.root.join(INDEX))? {
            if let Some(name) = name_of(&path, "txt") {
                found.push((name, path));
            }
        }
        found.sort();
        Ok(found)
    }

    /// Removes what no run needs any more: all shards but those named, and
    /// whatever was under way when a run was stopped. Files of other names are
    /// not touched.
    pub fn tidy(&self, keep: &BTreeSet<&str>) -> io::Result<()> {
        for (folder, extension) in [(DOCUMENTS, "jsonl"), (INDEX, "txt")] {
            for path in files(&self.root.join(folder))? {
                let stale = name_of(&path, extension).is_some_and(|name| !keep.contains(name.as_str()));
                if stale || is_under_way(&path) {
                    fs::remove_file(path)?;
                }
            }
        }
        Ok(())
    }
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}

fn is_under_way(path: &Path) -> bool {
    path.to_string_lossy().ends_with(UNDER_WAY)
}

/// The shard's name in the name of a file, if it is one of ours: `000012-3f2a9c1b5d6e`.
fn name_of(path: &Path, extension: &str) -> Option<String> {
    if path.extension()? != extension {
        return None;
    }
    let name = path.file_stem()?.to_str()?;
    let (number, hash) = name.split_once('-')?;
    let ours = number.len() >= 6
        && number.bytes().all(|b| b.is_ascii_digit())
        && hash.len() == 12
        && hash.bytes().all(|b| b.is_ascii_hexdigit());
    ours.then(|| name.to_owned())
}
