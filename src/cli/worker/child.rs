//! What a process does that reads documents for another: one question after
//! another, each within the limit of time.

use super::frame::{Answer, Asked};
use super::limits;
use crate::document::archive::{Member, unpack};
use crate::document::{ContentReader, InThisProcess, InputError, Problem};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// Some readers go deep.
const STACK_BYTES: usize = 16 * 1024 * 1024;
/// A pipe holds about as much.
const PIPE_BYTES: usize = 64 * 1024;

/// Answers what comes in on standard input on standard output, to the end.
///
/// # Errors
///
/// If the other process is gone, or talks nonsense.
pub(in crate::cli) fn run(time: Option<Duration>, memory: Option<u64>) -> io::Result<()> {
    limits::set(memory);
    // The other process says what happened, in one line.
    std::panic::set_hook(Box::new(|_| {}));
    let mut input = BufReader::with_capacity(PIPE_BYTES, io::stdin());
    let mut output = BufWriter::with_capacity(PIPE_BYTES, io::stdout());
    serve(&mut input, &mut output, time, memory)
}

fn serve(
    input: &mut impl Read,
    output: &mut impl Write,
    time: Option<Duration>,
    memory: Option<u64>,
) -> io::Result<()> {
    let (ask, asked) = sync_channel(0);
    let (answer, answers) = sync_channel(0);
    thread::Builder::new().stack_size(STACK_BYTES).spawn(move || work(&asked, &answer))?;
    while let Some(question) = Asked::hear(input)? {
        let many = matches!(question, Asked::Unpack(_));
        ask.send(question).map_err(io::Error::other)?;
        loop {
            let answer = match time {
                Some(time) => answers.recv_timeout(time),
                None => answers.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match answer {
                Ok(answer) => {
                    let answer = within(answer, memory);
                    answer.put(output)?;
                    if !many || matches!(answer, Answer::End) {
                        break;
                    }
                }
                // The thread goes on, so this process cannot be used again.
                Err(RecvTimeoutError::Timeout) => {
                    let seconds = time.unwrap_or_default().as_secs();
                    Answer::Problem(Problem::TimedOut { seconds }).put(output)?;
                    return Ok(());
                }
                Err(RecvTimeoutError::Disconnected) => return Err(io::Error::other("the reader ended")),
            }
        }
    }
    Ok(())
}

/// The answer, with the limit that the memory is held to where it did not suffice.
fn within(answer: Answer, memory: Option<u64>) -> Answer {
    match answer {
        Answer::Problem(problem) => Answer::Problem(problem.within(memory)),
        Answer::Member(Member::Unread(error)) => {
            Answer::Member(Member::Unread(InputError { problem: error.problem.within(memory), ..error }))
        }
        other => other,
    }
}

/// Reads what is asked, on a thread of its own.
fn work(asked: &Receiver<Asked>, answers: &SyncSender<Answer>) {
    for question in asked {
        let answered = catch_unwind(AssertUnwindSafe(|| match question {
            Asked::Read { container, bytes } => {
                let answer = match InThisProcess.content(container, &bytes) {
                    Ok(content) => Answer::Content(content),
                    Err(problem) => Answer::Problem(problem),
                };
                answers.send(answer).is_ok()
            }
            Asked::Unpack(archive) => {
                let flow = unpack(archive, &mut |member| match answers.send(Answer::Member(member)) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                });
                flow.is_continue() && answers.send(Answer::End).is_ok()
            }
        }));
        let goes_on = match answered {
            Ok(goes_on) => goes_on,
            Err(cause) => {
                let reason = cause
                    .downcast_ref::<String>()
                    .cloned()
                    .or_else(|| cause.downcast_ref::<&str>().map(|reason| (*reason).to_owned()))
                    .unwrap_or_else(|| "panic".to_owned());
                let reason = reason.lines().next().unwrap_or_default().chars().take(200).collect();
                answers.send(Answer::Problem(Problem::Crashed { reason })).is_ok()
            }
        };
        if !goes_on {
            return;
        }
    }
}
