//! Many documents through the stages: read one after another, worked on by
//! several threads, handed on in the order in which they were named.

use super::results::{Earlier, Key, Place};
use super::worker::Workers;
use crate::Analysis;
use crate::across::Digest;
use crate::check::{Finding, Settings, Severity};
use crate::document::{InputError, Inputs, Problem, Raw, read_with};
use crate::pattern::Packs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

/// Most bytes of input that wait or are worked on at once; a single document
/// may be larger.
const IN_FLIGHT_BYTES: usize = 4 * 1024 * 1024;
/// Most documents that wait for each worker.
const QUEUE_PER_WORKER: usize = 16;
/// Output buffers larger than this are given back instead of reused.
const KEEP_BYTES: usize = 4 * 1024 * 1024;
/// Deeply nested pages need more than a thread's usual 2 MiB.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// What became of one input.
#[derive(Debug)]
pub(super) struct Done {
    /// What is to be written.
    pub bytes: Vec<u8>,
    /// Why it could not be read.
    pub error: Option<InputError>,
    /// How many findings make the run fail: by default those that disagree.
    pub disagreeing: usize,
    /// Bytes of the input.
    pub size: usize,
    /// What the input is known by, where results are kept.
    pub key: Option<Key>,
    /// Where the result stands already: then there is nothing to be written.
    pub place: Option<Place>,
    /// What other documents may speak of.
    pub digest: Option<Digest>,
}

/// Writes an analysis into a buffer.
pub(super) trait Render: Send + Sync {
    /// Appends the document's part of the output.
    fn render(&self, analysis: &Analysis, out: &mut Vec<u8>);
}

/// How documents are worked on.
#[derive(Clone)]
pub(super) struct Work {
    /// The packs.
    pub packs: &'static Packs,
    /// How relations are tested; `None`: not at all.
    pub settings: Option<Arc<Settings>>,
    /// Whether documents are set against each other.
    pub across: bool,
    /// How the result is written.
    pub render: Arc<dyn Render>,
    /// The processes that read binary formats.
    pub workers: Workers,
    /// What need not be done again.
    pub earlier: Option<Arc<Earlier>>,
}

impl Work {
    /// From an input to what is to be written of it. A document on which the
    /// program fails costs only itself.
    fn run(&self, item: Result<Raw, InputError>, bytes: Vec<u8>) -> Done {
        let size = item.as_ref().map_or(0, size);
        let failed = |error| Done {
            bytes: Vec::new(),
            error: Some(error),
            disagreeing: 0,
            digest: None,
            size,
            key: None,
            place: None,
        };
        let raw = match item {
            Ok(raw) => raw,
            Err(error) => return failed(error),
        };
        let (key, place) = self.earlier.as_ref().map(|earlier| earlier.look_up(&raw)).unzip();
        if let Some(place) = place.flatten() {
            let disagreeing = usize::try_from(place.disagreeing).unwrap_or(usize::MAX);
            return Done { bytes, error: None, disagreeing, digest: None, size, key, place: Some(place) };
        }
        let place = match &raw {
            Raw::File { path, .. } => (path.clone(), None),
            Raw::JsonLine { path, line, .. } => (path.clone(), Some(*line)),
        };
        match catch_unwind(AssertUnwindSafe(|| self.read(raw, bytes))) {
            Ok(Ok((bytes, disagreeing, digest))) => {
                Done { bytes, error: None, disagreeing, digest, size, key, place: None }
            }
            Ok(Err(error)) => failed(error),
            Err(_) => failed(InputError::new(
                place.0,
                place.1,
                Problem::Io("an error in gouji itself; please report it with this input".into()),
            )),
        }
    }

    fn read(&self, raw: Raw, mut bytes: Vec<u8>) -> Result<(Vec<u8>, usize, Option<Digest>), InputError> {
        let document = read_with(&raw, &self.workers)?;
        drop(raw);
        let analysis = crate::analyze_with(self.packs, document, self.settings.as_deref());
        self.render.render(&analysis, &mut bytes);
        let failing = |f: &&Finding| f.severity == Severity::Error;
        let disagreeing = analysis.findings.list.iter().filter(failing).count();
        let digest = self.across.then(|| Digest::new(self.packs, &analysis));
        Ok((bytes, disagreeing, digest))
    }
}

/// Works on all inputs and hands each result on, in the order of the inputs.
///
/// # Errors
///
/// The first error of `sink`; nothing more is read then.
pub(super) fn run(
    inputs: Inputs,
    work: &Work,
    jobs: usize,
    mut sink: impl FnMut(&mut Done) -> io::Result<()>,
) -> io::Result<()> {
    if jobs <= 1 {
        let mut bytes = Vec::new();
        for item in inputs {
            let mut done = work.run(item, bytes);
            sink(&mut done)?;
            bytes = emptied(std::mem::take(&mut done.bytes));
        }
        return Ok(());
    }
    let capacity = jobs * QUEUE_PER_WORKER;
    let (ordered, results) = sync_channel::<(Receiver<Done>, usize)>(capacity);
    let (work_in, work_out) = sync_channel::<Task>(capacity);
    let (spare_in, spare_out) = channel::<Vec<u8>>();
    let work_out = Arc::new(Mutex::new(work_out));
    let spare_out = Arc::new(Mutex::new(spare_out));
    let budget = Arc::new(Budget::default());
    // The threads are not joined: when the sink fails, one of them may still
    // wait for standard input.
    for _ in 0..jobs {
        let (work, work_out, spare_out) = (work.clone(), work_out.clone(), spare_out.clone());
        thread::Builder::new().stack_size(STACK_BYTES).spawn(move || worker(&work, &work_out, &spare_out))?;
    }
    let reader_budget = budget.clone();
    thread::Builder::new().spawn(move || {
        for item in inputs {
            let size = item.as_ref().map_or(0, size);
            reader_budget.take(size);
            let (result_in, result_out) = sync_channel(1);
            if ordered.send((result_out, size)).is_err() || work_in.send((item, result_in)).is_err() {
                return;
            }
        }
    })?;
    for (result, size) in results {
        let Ok(mut done) = result.recv() else {
            return Err(io::Error::other("a worker thread ended early"));
        };
        budget.give(size);
        sink(&mut done)?;
        let bytes = emptied(std::mem::take(&mut done.bytes));
        if bytes.capacity() > 0 {
            // No worker is left to want it at the end.
            let _ = spare_in.send(bytes);
        }
    }
    Ok(())
}

type Task = (Result<Raw, InputError>, SyncSender<Done>);

fn worker(work: &Work, tasks: &Mutex<Receiver<Task>>, spare: &Mutex<Receiver<Vec<u8>>>) {
    loop {
        let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((item, result)) = task else { return };
        let bytes = spare.lock().unwrap_or_else(PoisonError::into_inner).try_recv().unwrap_or_default();
        if result.send(work.run(item, bytes)).is_err() {
            return;
        }
    }
}

fn size(raw: &Raw) -> usize {
    match raw {
        Raw::File { bytes, .. } | Raw::JsonLine { bytes, .. } => bytes.len(),
    }
}

fn emptied(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.capacity() > KEEP_BYTES {
        return Vec::new();
    }
    bytes.clear();
    bytes
}

/// Holds the reader back while too much is under way.
#[derive(Default)]
struct Budget {
    under_way: Mutex<usize>,
    less: Condvar,
}

impl Budget {
    fn take(&self, size: usize) {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        while *under_way > 0 && under_way.saturating_add(size) > IN_FLIGHT_BYTES {
            under_way = self.less.wait(under_way).unwrap_or_else(PoisonError::into_inner);
        }
        *under_way += size;
    }

    fn give(&self, size: usize) {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        *under_way = under_way.saturating_sub(size);
        drop(under_way);
        self.less.notify_one();
    }
}
