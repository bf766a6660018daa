//! One process that reads for this one.

use super::Limits;
use super::frame::{Answer, Question};
use crate::document::Problem;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

/// As much of what a process complains of is looked at.
const COMPLAINT_BYTES: u64 = 4096;
/// So often it is looked whether a process has ended, for a second in all.
const PATIENCE: u32 = 200;

/// A process, waiting to be asked.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    /// Both are there until the process is ended.
    input: Option<ChildStdin>,
    output: Option<BufReader<ChildStdout>>,
}

impl Process {
    /// Starts the program as a worker.
    pub(super) fn start(program: &Path, limits: Limits) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.arg("worker");
        if let Some(time) = limits.time {
            command.arg("--seconds").arg(time.as_secs().to_string());
        }
        if let Some(memory) = limits.memory {
            command.arg("--bytes").arg(memory.to_string());
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let input = child.stdin.take();
        let output = child.stdout.take().map(BufReader::new);
        Ok(Self { child, input, output })
    }

    /// Puts a question.
    pub(super) fn put(&mut self, question: &Question<'_>) -> io::Result<()> {
        let mut input = self.input.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        question.put(&mut input)
    }

    /// The next answer.
    pub(super) fn answer(&mut self) -> io::Result<Answer> {
        Answer::hear(self.output.as_mut().ok_or(io::ErrorKind::BrokenPipe)?)
    }

    /// Puts a question that has one answer.
    pub(super) fn ask(&mut self, question: &Question<'_>) -> io::Result<Answer> {
        // It may have broken down while it was told, and have said why.
        let put = self.put(question);
        let answer = self.answer()?;
        put.map(|()| answer)
    }

    /// Ends the process, and tells what became of it.
    pub(super) fn end(mut self) -> Ended {
        self.input = None;
        self.output = None;
        let mut complaint = Vec::new();
        let status = self.wait();
        if let Some(errors) = self.child.stderr.take() {
            let _ = errors.take(COMPLAINT_BYTES).read_to_end(&mut complaint);
        }
        Ended { status, complaint: String::from_utf8_lossy(&complaint).into_owned() }
    }
}

impl Process {
    /// It has closed its output, so it is ending; if it isn't, it is made to.
    fn wait(&mut self) -> Option<ExitStatus> {
        for _ in 0..PATIENCE {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(5));
        }
        let _ = self.child.kill();
        self.child.wait().ok()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How a process ended that should not have.
#[derive(Debug)]
pub(super) struct Ended {
    status: Option<ExitStatus>,
    complaint: String,
}

impl Ended {
    /// What that says of the document it was reading.
    pub(super) fn problem(&self, limits: Limits) -> Problem {
        // The words of Rust's runtime, and of the thread that could not start.
        let says = |words: &str| self.complaint.contains(words);
        if let Some(limit) = limits.memory
            && (says("memory allocation of") || says("failed to spawn thread") || says("os error 12"))
        {
            return Problem::OutOfMemory { limit: Some(limit) };
        }
        let reason = if says("overflowed its stack") {
            "stack overflow".to_owned()
        } else {
            self.status.map_or_else(|| "no status".to_owned(), |status| status.to_string())
        };
        Problem::Crashed { reason }
    }
}
