//! Archives: each member is an input of its own, `预算.zip!/说明.docx`.
//!
//! Archives in archives are gone through as well, to a bounded depth. What
//! cannot be a note by its name (pictures, what a system adds) is passed over
//! and counted; any other member that is not read is an error of its own.
//!
//! | file | concern |
//! |---|---|
//! | `zip.rs` | zip archives |
//! | `rar.rs` | RAR archives |
//! | `names.rs` | names of members: charset, and what is no note |

mod names;
mod rar;
mod zip;

use super::MAX_DOCUMENT_BYTES;
use super::error::{InputError, Problem};
use super::sniff::{self, Kind};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::sync_channel;
use std::thread;

/// Members of one archive, with those of the archives in it.
pub const MAX_MEMBERS: u64 = 10_000;
/// Bytes that one archive unpacks to, with the archives in it.
pub const MAX_UNPACKED_BYTES: u64 = 1024 * 1024 * 1024;
/// Archives in archives: this many, one in the other.
pub const MAX_DEPTH: u64 = 4;
/// An archive in an archive is held in memory.
const MAX_INNER_BYTES: u64 = 256 * 1024 * 1024;

/// The kinds of archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Archive {
    /// zip.
    Zip,
    /// RAR.
    Rar,
}

/// An archive that is to be gone through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// Its kind.
    pub kind: Archive,
    /// The path as named or found, `-` for standard input.
    pub name: String,
    /// Where its bytes are.
    pub from: From,
}

/// Where an archive's bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// In memory.
    Memory(Vec<u8>),
    /// In a file.
    File(PathBuf),
}

/// What an archive holds, one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Member {
    /// A file.
    File {
        /// The archive's name, `!/`, and the member's own.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Something that could not be read.
    Unread(InputError),
    /// A file that is no note by its name.
    Skipped,
}

/// The members of an archive, as they are unpacked.
pub type Members = Box<dyn Iterator<Item = Member> + Send>;

/// Goes through archives: here and now, or in another process.
pub trait Unpacker: Send + Sync {
    /// The members of an archive in their order; nothing is unpacked far ahead.
    fn members(&self, archive: Packed) -> Members;
}

/// Unpacks in this process, on a thread of its own.
///
/// ```
/// use gouji::document::archive::{Archive, From, Here, Member, Packed, Unpacker};
/// let packed = Packed { kind: Archive::Zip, name: "甲.zip".into(), from: From::Memory(b"PK\x05\x06".into()) };
/// let members: Vec<Member> = Here.members(packed).collect();
/// assert!(matches!(&members[..], [Member::Unread(error)] if error.input == "甲.zip"));
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Here;

impl Unpacker for Here {
    fn members(&self, archive: Packed) -> Members {
        let (send, members) = sync_channel(0);
        let name = archive.name.clone();
        let begun = thread::Builder::new().spawn(move || {
            let _ = unpack(archive, &mut |member| match send.send(member) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            });
        });
        match begun {
            Ok(_) => Box::new(members.into_iter()),
            Err(error) => Box::new(std::iter::once(Member::Unread(InputError::from_io(name, None, &error)))),
        }
    }
}

/// Hands on what is found; breaks off when told to.
type Each<'a> = &'a mut dyn FnMut(Member) -> ControlFlow<()>;

/// Goes through an archive and hands its members on, in their order, until
/// `each` breaks off.
pub fn unpack(archive: Packed, each: Each<'_>) -> ControlFlow<()> {
    let Packed { kind, name, from } = archive;
    let mut left = Allowance { members: MAX_MEMBERS, bytes: MAX_UNPACKED_BYTES };
    match from {
        From::Memory(bytes) => members(kind, &name, Cursor::new(bytes), 1, &mut left, each),
        From::File(path) => match File::open(&path) {
            Ok(file) => members(kind, &name, BufReader::new(file), 1, &mut left, each),
            Err(error) => each(Member::Unread(InputError::from_io(name, None, &error))),
        },
    }
}

/// What may still be unpacked.
struct Allowance {
    members: u64,
    bytes: u64,
}

impl Allowance {
    /// Counts one more member; false if there may be none.
    fn member(&mut self) -> bool {
        let left = self.members.checked_sub(1);
        self.members = left.unwrap_or_default();
        left.is_some()
    }
}

fn too_large(name: &str) -> Member {
    let problem = Problem::ArchiveTooLarge { members: MAX_MEMBERS, bytes: MAX_UNPACKED_BYTES };
    Member::Unread(InputError::new(name, None, problem))
}

fn members(
    kind: Archive,
    name: &str,
    input: impl Read + Seek,
    depth: u64,
    left: &mut Allowance,
    each: Each<'_>,
) -> ControlFlow<()> {
    match kind {
        Archive::Zip => zip::members(name, input, depth, left, each),
        Archive::Rar => rar::members(name, input, depth, left, each),
    }
}

/// Why a member's bytes are not there.
enum Unread {
    Problem(Problem),
    /// The whole archive unpacks to too much.
    Spent,
}

/// The bytes of a member, within the bounds.
fn bytes_of(member: impl Read, left: &mut Allowance) -> Result<Vec<u8>, Unread> {
    let damaged = |error: std::io::Error| Unread::Problem(Problem::of_bytes(None, &error));
    let mut bytes = Vec::new();
    let mut member = member.take(MAX_INNER_BYTES.min(left.bytes) + 1);
    member.by_ref().take(64).read_to_end(&mut bytes).map_err(damaged)?;
    let limit = if sniff::is_archive(&bytes) { MAX_INNER_BYTES } else { MAX_DOCUMENT_BYTES };
    let own = limit.min(left.bytes);
    member.take((own + 1).saturating_sub(bytes.len() as u64)).read_to_end(&mut bytes).map_err(damaged)?;
    let length = bytes.len() as u64;
    if length > own {
        // What was unpacked in vain counts, too.
        left.bytes = left.bytes.saturating_sub(length);
        return Err(if left.bytes == 0 {
            Unread::Spent
        } else {
            Unread::Problem(Problem::TooLarge { size: None, limit })
        });
    }
    left.bytes -= length;
    Ok(bytes)
}

/// Hands a member on, or goes through it if it is an archive itself.
fn hand_on(name: String, bytes: Vec<u8>, depth: u64, left: &mut Allowance, each: Each<'_>) -> ControlFlow<()> {
    match sniff::kind(&bytes) {
        Some(Kind::Archive(_)) if depth >= MAX_DEPTH => {
            each(Member::Unread(InputError::new(name, None, Problem::NestedTooDeep { limit: MAX_DEPTH })))
        }
        Some(Kind::Archive(kind)) => members(kind, &name, Cursor::new(bytes), depth + 1, left, each),
        _ => each(Member::File { name, bytes }),
    }
}

#[cfg(test)]
mod tests;
