//! How much there is to read, before it is read.

use super::inputs::is_note;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Bytes of all the files behind these paths; `None` where that is not known
/// before the end, as for standard input or a pipe.
///
/// What cannot be read counts nothing: the reading itself tells of it.
///
/// ```
/// use gouji::document::volume;
/// assert_eq!(volume(&["-".into()]), None);
/// assert_eq!(volume(&["没有的文件.txt".into()]), Some(0));
/// ```
#[must_use]
pub fn volume(paths: &[PathBuf]) -> Option<u64> {
    paths.iter().try_fold(0_u64, |sum, path| Some(sum.saturating_add(below(path)?)))
}

fn below(path: &Path) -> Option<u64> {
    if path.as_os_str() == "-" {
        return None;
    }
    let Ok(metadata) = fs::metadata(path) else {
        return Some(0);
    };
    if metadata.is_file() {
        return Some(metadata.len());
    }
    if !metadata.is_dir() {
        return None;
    }
    let hidden =
        |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(path).follow_links(true).into_iter().filter_entry(|entry| !hidden(entry));
    let files = entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_file() && is_note(entry.path()));
    Some(files.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum())
}
