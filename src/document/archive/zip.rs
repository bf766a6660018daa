//! zip archives.

use super::names::{decoded, is_junk};
use super::{Allowance, Each, Member, Unread, bytes_of, hand_on, too_large};
use crate::document::error::{InputError, Problem};
use ::zip::ZipArchive;
use std::io::{Read, Seek};
use std::ops::ControlFlow;

/// Goes through a zip archive.
pub(super) fn members(
    archive_name: &str,
    input: impl Read + Seek,
    depth: u64,
    left: &mut Allowance,
    each: Each<'_>,
) -> ControlFlow<()> {
    let unread = |name: &str, problem| Member::Unread(InputError::new(name, None, problem));
    let mut archive = match ZipArchive::new(input) {
        Ok(archive) => archive,
        Err(error) => return each(unread(archive_name, Problem::of_zip(&error))),
    };
    for index in 0..archive.len() {
        let own = match archive.by_index_raw(index) {
            Ok(member) if member.is_dir() => continue,
            Ok(member) => decoded(member.name_raw()),
            Err(error) => {
                each(unread(archive_name, Problem::of_zip(&error)))?;
                continue;
            }
        };
        if is_junk(&own) {
            each(Member::Skipped)?;
            continue;
        }
        if !left.member() {
            return each(too_large(archive_name));
        }
        let name = format!("{archive_name}!/{own}");
        let bytes = match archive.by_index(index) {
            Ok(member) => bytes_of(member, left),
            Err(error) => Err(Unread::Problem(Problem::of_zip(&error))),
        };
        match bytes {
            Ok(bytes) => hand_on(name, bytes, depth, left, each)?,
            Err(Unread::Problem(problem)) => each(unread(&name, problem))?,
            Err(Unread::Spent) => return each(too_large(archive_name)),
        }
    }
    ControlFlow::Continue(())
}
