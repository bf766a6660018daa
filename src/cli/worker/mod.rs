//! Documents in binary formats and archives are read in processes of their
//! own: this same program, started as `gouji worker`. A file on which a reader
//! breaks down, runs out of memory or takes for ever costs only itself.
//!
//! | file | concern |
//! |---|---|
//! | `mod.rs` | the processes, as the rest of the program sees them |
//! | `process.rs` | one process: starting it, asking it, telling how it ended |
//! | `child.rs` | what the process itself does |
//! | `limits.rs` | the limits of memory that a process sets itself |
//! | `frame.rs` | what goes through the pipes |

mod child;
mod frame;
mod limits;
mod process;

pub(super) use child::run as run_child;

use crate::document::archive::{Member, Members, Packed, Unpacker};
use crate::document::{Container, Content, ContentReader, InputError, Problem};
use frame::{Answer, Question};
use process::{Ended, Process};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What a process may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    /// For one document, or for one member of an archive; none is no limit.
    pub time: Option<Duration>,
    /// Bytes of address space, where the system can hold a process to it;
    /// none is no limit.
    pub memory: Option<u64>,
}

impl Limits {
    /// Those that hold where nothing else is asked for.
    pub(super) const USUAL: Self = Self { time: Some(Duration::from_secs(60)), memory: Some(1024 * 1024 * 1024) };
}

/// The processes of a run. They are started as they are needed and used again.
#[derive(Debug, Clone)]
pub(super) struct Workers {
    limits: Limits,
    /// The program that they run; none is this one.
    program: Option<PathBuf>,
    idle: Arc<Mutex<Vec<Process>>>,
}

impl Workers {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, program: None, idle: Arc::default() }
    }

    /// A process that has read something before, if one is idle.
    fn used(&self) -> Option<Process> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn put_back(&self, process: Process) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(process);
    }

    fn fresh(&self) -> Result<Process, Problem> {
        let program = self.program.clone().map_or_else(std::env::current_exe, Ok);
        program
            .and_then(|program| Process::start(&program, self.limits))
            .map_err(|error| Problem::Io(format!("no process could be started: {error}")))
    }

    /// Asks a process about a document.
    fn ask(&self, mut process: Process, container: Container, bytes: &[u8]) -> Result<Answer, Ended> {
        let answer = process.ask(&Question::Read { container, bytes });
        match answer {
            // It is still at it and ends by itself, or hardly good for more.
            Ok(answer @ Answer::Problem(Problem::TimedOut { .. } | Problem::OutOfMemory { .. })) => Ok(answer),
            Ok(answer) => {
                self.put_back(process);
                Ok(answer)
            }
            Err(_) => Err(process.end()),
        }
    }

    fn problem(&self, ended: Ended) -> Problem {
        ended.problem(self.limits)
    }
}

impl ContentReader for Workers {
    fn content(&self, container: Container, bytes: &[u8]) -> Result<Content, Problem> {
        // What a process read before may have left it with less memory. A file
        // is given up only on a process that has read nothing else, so that the
        // outcome does not depend on what was read before.
        let first = self.used().and_then(|process| self.ask(process, container, bytes).ok());
        let first = first.filter(|answer| !matches!(answer, Answer::Problem(Problem::OutOfMemory { .. })));
        let answer = match first {
            Some(answer) => answer,
            None => self.ask(self.fresh()?, container, bytes).map_err(|ended| self.problem(ended))?,
        };
        match answer {
            Answer::Content(content) => Ok(content),
            Answer::Problem(problem) => Err(problem),
            Answer::Member(_) | Answer::End => Err(Problem::Crashed { reason: "an answer out of place".into() }),
        }
    }
}

impl Unpacker for Workers {
    fn members(&self, archive: Packed) -> Members {
        let name = archive.name.clone();
        let unread = |problem| Member::Unread(InputError::new(name.clone(), None, problem));
        let mut process = match self.fresh() {
            Ok(process) => process,
            Err(problem) => return Box::new(std::iter::once(unread(problem))),
        };
        // A process that broke down already says why when it is listened to.
        let _ = process.put(&Question::Unpack(archive));
        Box::new(Unpacking { process: Some(process), workers: self.clone(), name })
    }
}

/// The members of an archive, as they come in.
struct Unpacking {
    process: Option<Process>,
    workers: Workers,
    name: String,
}

impl Iterator for Unpacking {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        let process = self.process.as_mut()?;
        let problem = match process.answer() {
            Ok(Answer::Member(member)) => return Some(member),
            Ok(Answer::End) => {
                self.process = None;
                return None;
            }
            Ok(Answer::Problem(problem)) => problem,
            Ok(Answer::Content(_)) => Problem::Crashed { reason: "an answer out of place".into() },
            Err(_) => match self.process.take() {
                Some(process) => self.workers.problem(process.end()),
                None => return None,
            },
        };
        self.process = None;
        Some(Member::Unread(InputError::new(self.name.clone(), None, problem)))
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use crate::document::archive::{Archive, From};
    use std::os::unix::fs::PermissionsExt;

    /// Processes that run these words of a shell. One test after another: a
    /// script cannot be run while a process that just begins still holds it open.
    fn workers(script: &str, test: impl FnOnce(&Workers)) {
        static ONE: Mutex<()> = Mutex::new(());
        let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let name = format!("gouji-worker-{}-{:?}", std::process::id(), std::thread::current().id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        test(&Workers { program: Some(path.clone()), ..Workers::new(Limits::USUAL) });
        let _ = std::fs::remove_file(path);
    }

    fn read(script: &str) -> Problem {
        let mut problem = None;
        workers(script, |workers| problem = workers.content(Container::Docx, &[0; 200_000]).err());
        problem.unwrap()
    }

    #[test]
    fn a_process_that_breaks_down_is_told_by_how_it_ended() {
        let crashed = |script: &str, with: &str| match read(script) {
            Problem::Crashed { reason } => assert!(reason.contains(with), "{reason}"),
            other => panic!("{other:?}"),
        };
        crashed("exit 7", "7");
        crashed("kill -SEGV $$", "signal: 11");
        crashed(
            "head -c 100000 > /dev/null; echo 'thread has overflowed its stack' >&2; kill -ABRT $$",
            "stack overflow",
        );
        crashed("echo nonsense", "");
        let limit = 1024 * 1024 * 1024;
        assert_eq!(
            read("echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$"),
            Problem::OutOfMemory { limit: Some(limit) }
        );
    }

    #[test]
    fn an_archive_ends_where_its_process_does() {
        workers("printf 's\\0\\0\\0\\0\\0\\0\\0\\0'; exit 3", |workers| {
            let packed = Packed { kind: Archive::Zip, name: "甲.zip".into(), from: From::Memory(vec![0; 10]) };
            let members: Vec<_> = workers.members(packed).collect();
            assert_eq!(members.len(), 2);
            assert_eq!(members[0], Member::Skipped);
            assert!(matches!(&members[1], Member::Unread(error) if matches!(error.problem, Problem::Crashed { .. })));
        });
    }

    #[test]
    fn a_program_that_is_not_there_is_said() {
        let workers = Workers { program: Some("/nowhere/gouji".into()), ..Workers::new(Limits::USUAL) };
        assert!(matches!(workers.content(Container::Docx, b"PK"), Err(Problem::Io(_))));
    }
}
