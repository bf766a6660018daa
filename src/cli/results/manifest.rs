//! The manifest: what a folder of results is of. It is written last, so where
//! it stands the run is complete.

use super::index::hex;
use super::layout::Layout;
use crate::check::Settings;
use crate::document::Lang;
use crate::report::SCHEMA;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::Path;
use walkdir::WalkDir;

/// All that decides what the result of an input is, besides the input.
#[derive(Debug, Serialize)]
pub(super) struct Run {
    schema: &'static str,
    program: &'static str,
    /// Of the program's source and the packs in it.
    build: &'static str,
    command: &'static str,
    lang: &'static str,
    /// SHA-256 over the packs that `--patterns` adds.
    patterns: Option<String>,
    /// SHA-256 over the settings, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<String>,
}

impl Run {
    pub fn new(settings: Option<&Settings>, lang: Lang, patterns: Option<&Path>) -> io::Result<Self> {
        Ok(Self {
            schema: SCHEMA,
            program: concat!("gouji ", env!("CARGO_PKG_VERSION")),
            build: env!("GOUJI_BUILD"),
            command: if settings.is_some() { "check" } else { "extract" },
            lang: match lang {
                Lang::Zh => "zh",
                Lang::En => "en",
            },
            patterns: patterns.map(of_folder).transpose()?,
            settings: settings.filter(|s| **s != Settings::default()).map(|s| hex(&Sha256::digest(format!("{s:?}")))),
        })
    }

    /// Stands for the run in the indexes.
    pub fn fingerprint(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        hex(&Sha256::digest(text)).get(..16).unwrap_or_default().to_owned()
    }
}

/// Of all pack files below a folder, names and contents.
fn of_folder(folder: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() && entry.path().extension().is_some_and(|x| x == "toml") {
            let name = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_string_lossy().into_owned();
            let bytes = fs::read(entry.path())?;
            for piece in [name.as_bytes(), &bytes] {
                hash.update((piece.len() as u64).to_le_bytes());
                hash.update(piece);
            }
        }
    }
    Ok(hex(&hash.finalize()))
}

/// A shard as the manifest lists it.
#[derive(Debug)]
pub(super) struct ShardShown {
    pub name: String,
    pub documents: usize,
    pub bytes: u64,
    pub sha256: String,
}

/// What a run came to.
#[derive(Debug, Default, Serialize)]
pub(super) struct Counts {
    pub documents: u64,
    pub not_read: u64,
    pub with_contradictions: u64,
    pub contradictions: u64,
}

/// The manifest's text.
pub(super) fn manifest(run: &Run, inputs: &[String], counts: &Counts, shards: &[ShardShown]) -> String {
    let shards: Vec<_> = shards
        .iter()
        .map(|s| {
            serde_json::json!({
                "file": Layout::shown(&s.name), "documents": s.documents, "bytes": s.bytes, "sha256": s.sha256
            })
        })
        .collect();
    let manifest = serde_json::json!({ "run": run, "inputs": inputs, "counts": counts, "shards": shards });
    let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    text.push('\n');
    text
}
