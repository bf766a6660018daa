//! What goes through the pipes: a question or an answer is a letter, a length
//! and that many bytes. What is not text goes as it is, all else as JSON.

use crate::document::archive::{Archive, From, Member, Packed};
use crate::document::{Container, Content, InputError, MAX_DOCUMENT_BYTES, Problem};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{self, Read, Write};

/// An answer is never longer: a document's text, with a place for each letter.
const MAX_ANSWER_BYTES: u64 = 16 * MAX_DOCUMENT_BYTES;

/// What a process is asked.
pub(super) enum Question<'a> {
    /// What a document holds.
    Read { container: Container, bytes: &'a [u8] },
    /// What is in an archive.
    Unpack(Packed),
}

/// The same, as a process hears it.
pub(super) enum Asked {
    Read { container: Container, bytes: Vec<u8> },
    Unpack(Packed),
}

/// What it answers; to `Unpack` many members and an end.
pub(super) enum Answer {
    Content(Content),
    Problem(Problem),
    Member(Member),
    End,
}

#[derive(Serialize, Deserialize)]
struct Head {
    kind: Archive,
    name: String,
    in_file: bool,
}

fn broken(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

fn json(value: &impl Serialize) -> io::Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(io::Error::other)
}

fn parsed<T: DeserializeOwned>(bytes: &[u8]) -> io::Result<T> {
    serde_json::from_slice(bytes).map_err(io::Error::other)
}

/// Writes a letter, and pieces as one stretch of bytes.
fn write(out: &mut impl Write, letter: u8, pieces: &[&[u8]]) -> io::Result<()> {
    let length: usize = pieces.iter().map(|piece| piece.len()).sum();
    out.write_all(&[letter])?;
    out.write_all(&(length as u64).to_le_bytes())?;
    for piece in pieces {
        out.write_all(piece)?;
    }
    out.flush()
}

/// Reads a letter and its bytes; none at the end.
fn read(input: &mut impl Read, limit: u64) -> io::Result<Option<(u8, Vec<u8>)>> {
    let mut letter = [0];
    match input.read_exact(&mut letter) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let mut length = [0; 8];
    input.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > limit {
        return Err(broken("more than an answer can hold"));
    }
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let [letter] = letter;
    Ok(Some((letter, bytes)))
}

/// A head and what follows it.
fn join(head: &impl Serialize) -> io::Result<([u8; 4], Vec<u8>)> {
    let head = json(head)?;
    let length = u32::try_from(head.len()).map_err(io::Error::other)?;
    Ok((length.to_le_bytes(), head))
}

fn split<T: DeserializeOwned>(bytes: &mut Vec<u8>) -> io::Result<T> {
    let length = bytes.first_chunk().map(|length| u32::from_le_bytes(*length) as usize);
    let length = length.ok_or_else(|| broken("no head"))?;
    let head = bytes.get(4..4 + length).ok_or_else(|| broken("no head"))?;
    let head = parsed(head)?;
    bytes.drain(..4 + length);
    Ok(head)
}

impl Question<'_> {
    pub(super) fn put(&self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Read { container, bytes } => {
                let (length, head) = join(container)?;
                write(out, b'r', &[&length, &head, bytes])
            }
            Self::Unpack(Packed { kind, name, from }) => {
                let in_file = matches!(from, From::File(_));
                let (length, head) = join(&Head { kind: *kind, name: name.clone(), in_file })?;
                match from {
                    From::Memory(bytes) => write(out, b'u', &[&length, &head, bytes]),
                    From::File(path) => write(out, b'u', &[&length, &head, &from_os(path.as_os_str().to_owned())]),
                }
            }
        }
    }
}

impl Asked {
    /// The next question; none when there are no more.
    pub(super) fn hear(input: &mut impl Read) -> io::Result<Option<Self>> {
        let Some((letter, mut bytes)) = read(input, u64::MAX)? else { return Ok(None) };
        match letter {
            b'r' => {
                let container = split(&mut bytes)?;
                Ok(Some(Self::Read { container, bytes }))
            }
            b'u' => {
                let Head { kind, name, in_file } = split(&mut bytes)?;
                let from = if in_file { From::File(to_os(bytes)?.into()) } else { From::Memory(bytes) };
                Ok(Some(Self::Unpack(Packed { kind, name, from })))
            }
            _ => Err(broken("no such question")),
        }
    }
}

impl Answer {
    pub(super) fn put(&self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Content(content) => write(out, b'c', &[&content.to_bytes()]),
            Self::Problem(problem) => write(out, b'p', &[&json(problem)?]),
            Self::Member(Member::File { name, bytes }) => {
                let (length, head) = join(name)?;
                write(out, b'm', &[&length, &head, bytes])
            }
            Self::Member(Member::Unread(error)) => write(out, b'x', &[&json(error)?]),
            Self::Member(Member::Skipped) => write(out, b's', &[]),
            Self::End => write(out, b'.', &[]),
        }
    }

    pub(super) fn hear(input: &mut impl Read) -> io::Result<Self> {
        let Some((letter, mut bytes)) = read(input, MAX_ANSWER_BYTES)? else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        Ok(match letter {
            b'c' => Self::Content(Content::from_bytes(&bytes).ok_or_else(|| broken("no content"))?),
            b'p' => Self::Problem(parsed(&bytes)?),
            b'm' => {
                let name = split(&mut bytes)?;
                Self::Member(Member::File { name, bytes })
            }
            b'x' => Self::Member(Member::Unread(parsed::<InputError>(&bytes)?)),
            b's' => Self::Member(Member::Skipped),
            b'.' => Self::End,
            _ => return Err(broken("no such answer")),
        })
    }
}

/// A path as bytes, whatever its charset.
#[cfg(unix)]
fn from_os(path: OsString) -> Vec<u8> {
    std::os::unix::ffi::OsStringExt::into_vec(path)
}

#[cfg(unix)]
fn to_os(bytes: Vec<u8>) -> io::Result<OsString> {
    Ok(std::os::unix::ffi::OsStringExt::from_vec(bytes))
}

/// Where paths are no bytes, one that is no Unicode is not found again.
#[cfg(not(unix))]
fn from_os(path: OsString) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn to_os(bytes: Vec<u8>) -> io::Result<OsString> {
    String::from_utf8(bytes).map(OsString::from).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_and_answers_go_there_and_back() {
        let mut pipe = vec![];
        Question::Read { container: Container::Docx, bytes: b"abc" }.put(&mut pipe).unwrap();
        let packed = |from| Packed { kind: Archive::Zip, name: "甲.zip".into(), from };
        Question::Unpack(packed(From::Memory(b"xyz".into()))).put(&mut pipe).unwrap();
        Question::Unpack(packed(From::File("/甲".into()))).put(&mut pipe).unwrap();
        let mut input = pipe.as_slice();
        assert!(matches!(Asked::hear(&mut input), Ok(Some(Asked::Read { bytes, .. })) if bytes == b"abc"));
        for from in [From::Memory(b"xyz".into()), From::File("/甲".into())] {
            assert!(matches!(Asked::hear(&mut input), Ok(Some(Asked::Unpack(asked))) if asked == packed(from)));
        }
        assert!(matches!(Asked::hear(&mut input), Ok(None)));

        let mut pipe = vec![];
        let member = Member::File { name: "甲!/乙".into(), bytes: vec![0, 255] };
        let unread = Member::Unread(InputError::new("甲", None, Problem::Encrypted));
        Answer::Member(member.clone()).put(&mut pipe).unwrap();
        Answer::Member(unread.clone()).put(&mut pipe).unwrap();
        Answer::Problem(Problem::Empty).put(&mut pipe).unwrap();
        Answer::End.put(&mut pipe).unwrap();
        let mut input = pipe.as_slice();
        assert!(matches!(Answer::hear(&mut input), Ok(Answer::Member(heard)) if heard == member));
        assert!(matches!(Answer::hear(&mut input), Ok(Answer::Member(heard)) if heard == unread));
        assert!(matches!(Answer::hear(&mut input), Ok(Answer::Problem(Problem::Empty))));
        assert!(matches!(Answer::hear(&mut input), Ok(Answer::End)));
        assert!(Answer::hear(&mut input).is_err());
    }

    #[test]
    fn a_broken_pipe_is_no_answer() {
        for bytes in [
            b"c\xff\xff\xff\xff\xff\xff\xff\xff".as_slice(),
            b"c\x09\0\0\0\0\0\0\0{}",
            b"q\0\0\0\0\0\0\0\0",
            b"gouji: x",
        ] {
            assert!(Answer::hear(&mut &bytes[..]).is_err(), "{bytes:?}");
        }
    }
}
