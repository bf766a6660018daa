//! RAR archives, versions 1.3 to 7.

use super::names::{decoded, is_junk};
use super::{Allowance, Each, MAX_INNER_BYTES, MAX_MEMBERS, MAX_UNPACKED_BYTES, Member, hand_on, too_large};
use crate::document::MAX_DOCUMENT_BYTES;
use crate::document::error::{InputError, Problem};
use crate::document::sniff;
use rars::{
    ArchiveMember, ArchiveReadOptions, ArchiveReader, Error, ErrorKind, ExtractionDecision, ExtractionErrorAction,
    ExtractionOutcome,
};
use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::rc::Rc;

/// What the reader may take for itself.
const MAX_WORKSPACE_BYTES: u64 = 512 * 1024 * 1024;

/// Goes through a RAR archive, which is held in memory.
pub(super) fn members(
    archive_name: &str,
    input: impl Read,
    depth: u64,
    left: &mut Allowance,
    each: Each<'_>,
) -> ControlFlow<()> {
    let unread = |problem| Member::Unread(InputError::new(archive_name, None, problem));
    let mut bytes = Vec::new();
    if let Err(error) = input.take(MAX_INNER_BYTES + 1).read_to_end(&mut bytes) {
        return each(Member::Unread(InputError::from_io(archive_name, None, &error)));
    }
    if bytes.len() as u64 > MAX_INNER_BYTES {
        return each(unread(Problem::TooLarge { size: None, limit: MAX_INNER_BYTES }));
    }
    let options = ArchiveReadOptions::new()
        .with_max_header_count(4 * MAX_MEMBERS)
        .with_max_header_bytes(MAX_DOCUMENT_BYTES)
        .with_max_member_output_bytes(MAX_INNER_BYTES)
        .with_max_total_output_bytes(MAX_UNPACKED_BYTES)
        .with_rar50_dictionary_size_limit(MAX_INNER_BYTES)
        .with_max_reader_workspace_bytes(MAX_WORKSPACE_BYTES);
    let archive = match ArchiveReader::read_owned_with_options(bytes, options) {
        Ok(archive) => archive,
        Err(error) => return each(unread(problem(&error))),
    };
    let solid = archive.member_refs().any(|member| member.to_owned().is_solid());
    let state = RefCell::new(Walk { archive_name, depth, left, each, open: None, flow: ControlFlow::Continue(()) });
    let outcome = archive.extract_with_control_and_errors(
        options,
        |member| Ok(state.borrow_mut().begin(member, solid)),
        |_, error| {
            state.borrow_mut().fail(error);
            Ok(ExtractionErrorAction::Continue)
        },
    );
    let mut walk = state.into_inner();
    match outcome {
        Ok(ExtractionOutcome::Stopped) => {}
        Ok(_) => walk.end(),
        Err(error) => {
            if walk.open.is_some() {
                walk.fail(&error);
                walk.end();
            }
            walk.hand(unread(problem(&error)));
        }
    }
    walk.flow
}

/// The bytes of a member, shared with the writer that the library keeps.
type Bytes = Rc<RefCell<Vec<u8>>>;

/// A member whose bytes are coming in.
struct Open {
    name: String,
    bytes: Bytes,
    failed: Option<Problem>,
}

/// The way through an archive.
struct Walk<'a> {
    archive_name: &'a str,
    depth: u64,
    left: &'a mut Allowance,
    each: Each<'a>,
    open: Option<Open>,
    flow: ControlFlow<()>,
}

impl Walk<'_> {
    fn hand(&mut self, member: Member) {
        if self.flow.is_continue() {
            self.flow = (self.each)(member);
        }
    }

    /// Begins a member: the one before is whole now.
    fn begin(&mut self, member: &ArchiveMember, solid: bool) -> ExtractionDecision {
        self.end();
        // What follows may be packed with the help of what is passed over.
        let pass = || if solid { ExtractionDecision::Extract(Box::new(io::sink())) } else { ExtractionDecision::Skip };
        if self.flow.is_break() {
            return ExtractionDecision::Stop;
        }
        if member.meta.is_directory || member.meta.is_redirection {
            return ExtractionDecision::Skip;
        }
        let raw = member.decoded_name(None);
        let own = decoded(raw.as_deref().unwrap_or(&member.meta.name));
        if is_junk(&own) {
            self.hand(Member::Skipped);
            return pass();
        }
        if !self.left.member() {
            self.hand(too_large(self.archive_name));
            self.flow = ControlFlow::Break(());
            return ExtractionDecision::Stop;
        }
        let name = format!("{}!/{own}", self.archive_name);
        let unread = |problem| Member::Unread(InputError::new(name.clone(), None, problem));
        let meta = &member.meta;
        if meta.is_encrypted {
            self.hand(unread(Problem::Encrypted));
            return ExtractionDecision::Skip;
        }
        if meta.is_split_before || meta.is_split_after {
            let reason = "it goes on in another part of the archive".to_owned();
            self.hand(unread(Problem::Damaged { reason }));
            return ExtractionDecision::Skip;
        }
        if meta.unpacked_size > MAX_INNER_BYTES.min(self.left.bytes) {
            self.hand(unread(Problem::TooLarge { size: Some(meta.unpacked_size), limit: MAX_DOCUMENT_BYTES }));
            return pass();
        }
        let bytes = Bytes::default();
        self.open = Some(Open { name, bytes: bytes.clone(), failed: None });
        ExtractionDecision::Extract(Box::new(Keep(bytes)))
    }

    /// The member that is open could not be unpacked whole.
    fn fail(&mut self, error: &Error) {
        if let Some(open) = &mut self.open {
            open.failed = Some(problem(error));
        }
    }

    /// Hands on the member that is open.
    fn end(&mut self) {
        let Some(Open { name, bytes, failed }) = self.open.take() else { return };
        let bytes = bytes.take();
        let length = bytes.len() as u64;
        self.left.bytes = self.left.bytes.saturating_sub(length);
        let too_long = length > MAX_DOCUMENT_BYTES && !sniff::is_archive(&bytes);
        let problem =
            failed.or_else(|| too_long.then_some(Problem::TooLarge { size: Some(length), limit: MAX_DOCUMENT_BYTES }));
        match problem {
            Some(problem) => self.hand(Member::Unread(InputError::new(name, None, problem))),
            None if self.flow.is_continue() => self.flow = hand_on(name, bytes, self.depth, self.left, self.each),
            None => {}
        }
    }
}

/// Keeps what is written.
struct Keep(Bytes);

impl Write for Keep {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn problem(error: &Error) -> Problem {
    match error.kind() {
        // Reading what is encrypted is left out of the build.
        _ if matches!(error, Error::FeatureDisabled { feature: "encryption" }) => Problem::Encrypted,
        ErrorKind::PasswordRequired | ErrorKind::BadPassword => Problem::Encrypted,
        ErrorKind::ResourceLimit => Problem::ArchiveTooLarge { members: MAX_MEMBERS, bytes: MAX_UNPACKED_BYTES },
        _ => Problem::Damaged { reason: error.to_string() },
    }
}
