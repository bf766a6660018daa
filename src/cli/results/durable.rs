//! Files that are there whole or not at all, whenever the machine stops:
//! written beside, synced, renamed.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What the name of a file under way ends with.
pub(super) const UNDER_WAY: &str = ".tmp";

/// Where a file is written before it has its name.
pub(crate) fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(UNDER_WAY);
    name.into()
}

/// Writes a file in one go.
pub(super) fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = beside(path);
    let mut file = File::create(&draft)?;
    file.write_all(bytes)?;
    settle(&file, &draft, path)
}

/// Gives a file that has been written its name, for good.
pub(crate) fn settle(file: &File, draft: &Path, path: &Path) -> io::Result<()> {
    file.sync_all()?;
    fs::rename(draft, path)?;
    sync_folder(path.parent())
}

/// A name is only kept once its folder is.
fn sync_folder(folder: Option<&Path>) -> io::Result<()> {
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Not every system lets a folder be opened as a file.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
