//! Runs that last: results in a folder, many documents a file, so that a run
//! that was stopped at any moment can be gone on with.
//!
//! ```text
//! DIR/documents/000000-3f2a9c1b5d6e.jsonl   one line a document; number and content name the file
//! DIR/index/000000-3f2a9c1b5d6e.txt         which inputs it holds
//! DIR/not-read.jsonl                        inputs that were not read, with the reason
//! DIR/manifest.json                         what the results are of; there only when all is done
//! ```
//!
//! A file is written beside, synced and renamed, and no file is ever written
//! over by another of other content: content names it. So whatever lies there
//! is whole, and the results of an earlier run serve a later one input by input:
//! same place, same bytes, same program, same result.

mod durable;
mod earlier;
mod index;
mod layout;
mod manifest;
mod shard;

pub(crate) use durable::{beside, settle};
pub(crate) use earlier::{Earlier, Place};
pub(crate) use index::Key;

use super::pipeline::Done;
use crate::check::Settings;
use crate::document::{InputError, Lang};
use index::Entry;
use layout::Layout;
use manifest::{Counts, Run, ShardShown, manifest};
use shard::Filling;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is asked for.
pub(super) struct Wanted<'a> {
    /// The folder.
    pub folder: &'a Path,
    /// Go on with what lies there.
    pub resume: bool,
    /// Documents in a file.
    pub shard: usize,
    /// The inputs as named.
    pub paths: &'a [PathBuf],
    /// How relations are tested; `None`: not at all.
    pub settings: Option<&'a Settings>,
    /// The language of the messages in the results.
    pub lang: Lang,
    /// The packs that were added.
    pub patterns: Option<&'a Path>,
}

/// Why a folder can't take results.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Something lies there, and it was not asked to go on.
    Used,
    /// Something else than results lies there.
    NotResults,
    /// It lies in a folder that is to be read.
    WithinInputs(PathBuf),
    /// The system refuses.
    Io(io::Error),
}

impl Refusal {
    pub fn message(&self, folder: &Path, lang: Lang) -> String {
        let folder = folder.display();
        match (self, lang) {
            (Self::Used, Lang::Zh) => format!("{folder}：已有内容；接着做请加 --resume，重新做请另给一个空文件夹"),
            (Self::Used, Lang::En) => {
                format!("{folder}: something lies there; go on with it by --resume, or name an empty folder")
            }
            (Self::NotResults, Lang::Zh) => format!("{folder}：里面不是 gouji 的结果，不能接着做；请另给一个空文件夹"),
            (Self::NotResults, Lang::En) => {
                format!("{folder}: what lies there are no results of gouji to go on with; name an empty folder")
            }
            (Self::WithinInputs(input), Lang::Zh) => {
                format!("{folder}：在要读取的文件夹 {} 之内，结果会被当作输入；请放到别处", input.display())
            }
            (Self::WithinInputs(input), Lang::En) => format!(
                "{folder}: lies within {}, which is read: results would be taken for inputs; name a folder elsewhere",
                input.display()
            ),
            (Self::Io(error), Lang::Zh) => format!("{folder}：无法写入：{error}"),
            (Self::Io(error), Lang::En) => format!("{folder}: can't be written: {error}"),
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A folder that results go to.
pub(super) struct Results {
    layout: Layout,
    run: Run,
    fingerprint: String,
    inputs: Vec<String>,
    lang: Lang,
    documents: usize,
    earlier: Arc<Earlier>,
    filling: Filling,
    shards: Vec<ShardShown>,
    not_read: BufWriter<File>,
    counts: Counts,
    reused: u64,
}

impl Results {
    /// Opens the folder, and finds what is done already.
    pub fn open(wanted: &Wanted) -> Result<Self, Refusal> {
        let layout = Layout::new(wanted.folder);
        if layout.is_used()? {
            if !wanted.resume {
                return Err(Refusal::Used);
            }
            if !layout.holds_results() {
                return Err(Refusal::NotResults);
            }
        }
        if let Some(input) = wanted.paths.iter().find(|input| lies_in(wanted.folder, input)) {
            return Err(Refusal::WithinInputs(input.clone()));
        }
        layout.create()?;
        let run = Run::new(wanted.settings, wanted.lang, wanted.patterns)?;
        let fingerprint = run.fingerprint();
        let earlier = Arc::new(Earlier::load(&layout, &fingerprint)?);
        let not_read = BufWriter::new(File::create(beside(&layout.not_read()))?);
        Ok(Self {
            layout,
            run,
            fingerprint,
            inputs: wanted.paths.iter().map(|path| path.display().to_string()).collect(),
            lang: wanted.lang,
            documents: wanted.shard.max(1),
            earlier,
            filling: Filling::new(),
            shards: Vec::new(),
            not_read,
            counts: Counts::default(),
            reused: 0,
        })
    }

    /// What is done already.
    pub fn earlier(&self) -> Arc<Earlier> {
        self.earlier.clone()
    }

    /// Takes what became of the next input.
    pub fn write(&mut self, done: &Done) -> io::Result<()> {
        if let Some(error) = &done.error {
            self.counts.not_read += 1;
            return self.log(error);
        }
        let Some(key) = done.key else {
            return Err(io::Error::other("an input without a key"));
        };
        let disagreeing = done.disagreeing as u64;
        match done.place {
            Some(place) => {
                self.reused += 1;
                self.filling.keep(&self.layout, &self.earlier, key, place)?;
            }
            None => {
                let entry = Entry { key, length: done.bytes.len() as u64, disagreeing };
                self.filling.add(&self.layout, &self.earlier, entry, &done.bytes)?;
            }
        }
        self.counts.documents += 1;
        self.counts.contradictions += disagreeing;
        self.counts.with_contradictions += u64::from(disagreeing > 0);
        if self.filling.is_full(self.documents) {
            self.close()?;
        }
        Ok(())
    }

    fn log(&mut self, error: &InputError) -> io::Result<()> {
        let reason = error.reason(self.lang);
        let line = serde_json::json!({ "path": error.input, "line": error.line, "reason": reason });
        writeln!(self.not_read, "{line}")
    }

    fn close(&mut self) -> io::Result<()> {
        let full = std::mem::replace(&mut self.filling, Filling::new());
        let number = self.shards.len();
        self.shards.extend(full.close(&self.layout, &self.earlier, &self.fingerprint, number)?);
        Ok(())
    }

    /// Closes the last file, writes the manifest, and removes what is no part of it.
    pub fn finish(mut self) -> io::Result<Summary> {
        self.close()?;
        let log = self.not_read.into_inner().map_err(io::IntoInnerError::into_error)?;
        let path = self.layout.not_read();
        settle(&log, &beside(&path), &path)?;
        let text = manifest(&self.run, &self.inputs, &self.counts, &self.shards);
        durable::put(&self.layout.manifest(), text.as_bytes())?;
        self.layout.tidy(&self.shards.iter().map(|s| s.name.as_str()).collect())?;
        Ok(Summary { counts: self.counts, reused: self.reused, not_read: path })
    }
}

/// What a run came to, in a line for people.
pub(super) struct Summary {
    counts: Counts,
    reused: u64,
    not_read: PathBuf,
}

impl Summary {
    pub fn line(&self, folder: &Path, elapsed: std::time::Duration, lang: Lang) -> String {
        let Counts { documents, not_read, with_contradictions, contradictions } = &self.counts;
        let (folder, log) = (folder.display(), self.not_read.display());
        let seconds = format!("{}.{}", elapsed.as_secs(), elapsed.subsec_millis() / 100);
        let rate = u128::from(*documents) * 1000 / elapsed.as_millis().max(1);
        let mut line = match lang {
            Lang::Zh => format!("{folder}：{documents} 份"),
            Lang::En => format!("{folder}: {documents} documents"),
        };
        let mut also = |zh: String, en: String| line.push_str(if lang == Lang::Zh { &zh } else { &en });
        if self.reused > 0 {
            let n = self.reused;
            also(format!("（其中 {n} 份未变，沿用上次结果）"), format!(" ({n} unchanged and taken over)"));
        }
        if *with_contradictions > 0 {
            let zh = format!("；{with_contradictions} 份有矛盾，共 {contradictions} 处");
            also(zh, format!("; {with_contradictions} with {contradictions} contradictions"));
        }
        if *not_read > 0 {
            also(format!("；{not_read} 份未能读取，见 {log}"), format!("; {not_read} not read, see {log}"));
        }
        also(format!("；用时 {seconds} 秒，每秒 {rate} 份"), format!("; {seconds} s, {rate} a second"));
        line
    }
}

/// Whether a folder lies in another, or is it.
fn lies_in(folder: &Path, other: &Path) -> bool {
    let Ok(other) = fs::canonicalize(other) else {
        return false;
    };
    // What is not there yet lies where its nearest ancestor does.
    let there = folder.ancestors().find_map(|a| {
        let a = if a.as_os_str().is_empty() { Path::new(".") } else { a };
        fs::canonicalize(a).ok()
    });
    other.is_dir() && there.is_some_and(|folder| folder.starts_with(other))
}
