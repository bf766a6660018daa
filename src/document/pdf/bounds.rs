//! How much the streams of a file inflate to, before anything inflates them
//! at once and whole.

use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;

/// The most that inflating makes of a byte.
const STEEPEST: u64 = 1032;
/// A stream's dictionary stands within so many bytes before it.
const HEAD: usize = 2048;

/// Whether all streams together inflate to at most `limit` bytes. Pictures are
/// not counted: they are never inflated. Nor is what a second filter makes of
/// a stream, or what an encrypted file hides.
pub(super) fn inflate_within(bytes: &[u8], limit: u64) -> bool {
    let packed: Vec<&[u8]> = streams(bytes).filter(|stream| !stream.picture).map(|stream| stream.data).collect();
    let mut left: u64 = packed.iter().map(|data| data.len() as u64).sum();
    let mut total = 0;
    for data in packed {
        // Most files are too small to inflate to much.
        if total + left.saturating_mul(STEEPEST) <= limit {
            return true;
        }
        left -= data.len() as u64;
        total += inflated(data, limit - total);
        if total >= limit {
            return false;
        }
    }
    true
}

struct Stream<'b> {
    data: &'b [u8],
    picture: bool,
}

/// What stands between `stream` and `endstream`.
fn streams(bytes: &[u8]) -> impl Iterator<Item = Stream<'_>> {
    let end = memmem::Finder::new(b"endstream");
    memmem::find_iter(bytes, b"stream").filter_map(move |at| {
        let before = bytes.get(at.saturating_sub(HEAD)..at)?;
        if before.ends_with(b"end") {
            return None;
        }
        let data = bytes.get(at + b"stream".len()..)?;
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let data = data.get(..end.find(data).unwrap_or(data.len()))?;
        let head = memmem::rfind(before, b" obj").and_then(|from| before.get(from..)).unwrap_or(before);
        Some(Stream { data, picture: memmem::find(head, b"/Image").is_some() })
    })
}

/// How many bytes come out, counted up to `limit`.
fn inflated(data: &[u8], limit: u64) -> u64 {
    // With or without the two bytes before it; its checksum tells nothing here.
    let headed = data.first().is_some_and(|first| first & 0x0f == 8);
    let mut rest = if headed { data.get(2..).unwrap_or_default() } else { data };
    let mut inflater = Decompress::new(false);
    let mut out = vec![0; 64 * 1024];
    loop {
        let (taken, made) = (inflater.total_in(), inflater.total_out());
        let status = inflater.decompress(rest, &mut out, FlushDecompress::None);
        let stuck = inflater.total_in() == taken && inflater.total_out() == made;
        if !matches!(status, Ok(Status::Ok)) || stuck || inflater.total_out() >= limit {
            return inflater.total_out().min(limit);
        }
        let taken = usize::try_from(inflater.total_in() - taken).unwrap_or(usize::MAX);
        rest = rest.get(taken..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn file(contents: &[(&str, &[u8])]) -> Vec<u8> {
        let mut bytes = b"%PDF-1.4\n".to_vec();
        for (head, content) in contents {
            let mut packer = ZlibEncoder::new(vec![], Compression::best());
            packer.write_all(content).unwrap();
            bytes.extend(format!("1 0 obj\n<< {head} >>\nstream\r\n").bytes());
            bytes.extend(packer.finish().unwrap());
            bytes.extend(b"\nendstream\nendobj\n");
        }
        bytes
    }

    #[test]
    fn what_is_inflated_is_counted() {
        let zeros = vec![0; 3_000_000];
        let one = file(&[("/Filter /FlateDecode", &zeros)]);
        assert!(one.len() < 4000);
        assert!(inflate_within(&one, 3_000_001) && !inflate_within(&one, 2_999_999));
        let two = file(&[("", &zeros), ("", &zeros)]);
        assert!(inflate_within(&two, 6_000_001) && !inflate_within(&two, 5_999_999));
        assert!(inflate_within(&file(&[("/Subtype /Image", &zeros)]), 1000));
        assert!(inflate_within(b"stream without an end", 100_000) && inflate_within(b"", 0));
    }
}
