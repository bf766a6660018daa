//! Archives of every make.

use super::*;
use ::zip::write::{SimpleFileOptions, ZipWriter};
use std::io::Write;

/// A zip archive of these members.
pub(crate) fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn members_of(bytes: Vec<u8>) -> Vec<Member> {
    Here.members(Packed { kind: Archive::Zip, name: "a.zip".into(), from: From::Memory(bytes) }).collect()
}

fn names(members: &[Member]) -> Vec<String> {
    members
        .iter()
        .map(|member| match member {
            Member::File { name, bytes } => format!("{name} {}", bytes.len()),
            Member::Unread(error) => error.to_string(),
            Member::Skipped => "-".into(),
        })
        .collect()
}

#[test]
fn members_in_their_order() {
    let inner = zipped(&[("丙.txt", b"c".as_slice()), ("图.png", b"x")]);
    let bytes = zipped(&[("乙.txt", b"bb".as_slice()), ("__MACOSX/x", b""), ("里/内.zip", &inner), ("甲.html", b"a")]);
    assert_eq!(
        names(&members_of(bytes)),
        ["a.zip!/乙.txt 2", "-", "a.zip!/里/内.zip!/丙.txt 1", "-", "a.zip!/甲.html 1"]
    );
}

#[test]
fn a_zip_that_names_its_members_in_gbk() {
    // The writer knows no other names than UTF-8: the bytes are put in after.
    let (gbk, ..) = encoding_rs::GB18030.encode("附件\\说明.txt");
    let plain = vec![b'n'; gbk.len()];
    let mut bytes = zipped(&[(std::str::from_utf8(&plain).unwrap(), b"a".as_slice())]);
    let mut places = 0;
    while let Some(at) = memchr::memmem::find(&bytes, &plain) {
        bytes[at..at + gbk.len()].copy_from_slice(&gbk);
        places += 1;
    }
    assert_eq!((names(&members_of(bytes)), places), (vec!["a.zip!/附件/说明.txt 1".to_owned()], 2));
}

#[test]
fn archives_in_archives_end_somewhere() {
    let mut bytes = zipped(&[("甲.txt", b"a".as_slice())]);
    for _ in 0..6 {
        bytes = zipped(&[("里.zip", bytes.as_slice()), ("乙.txt", b"b")]);
    }
    let names = names(&members_of(bytes));
    assert!(names[0].contains("more than 4 deep"), "{names:?}");
    assert_eq!(names.len(), 5);
}

#[test]
fn a_document_is_no_archive() {
    let docx = zipped(&[("[Content_Types].xml", b"".as_slice()), ("word/document.xml", b"")]);
    let bytes = zipped(&[("甲.docx", docx.as_slice()), ("乙.zip", b"PK\x03\x04 broken off")]);
    let names = names(&members_of(bytes));
    assert!(names[0].starts_with("a.zip!/甲.docx "), "{names:?}");
    assert!(names[1].starts_with("a.zip!/乙.zip: is damaged"), "{names:?}");
}

#[test]
fn more_than_may_be_is_not_unpacked() {
    let zeros = vec![0_u8; 33 << 20];
    let bytes = zipped(&[("大.txt", zeros.as_slice()), ("小.txt", b"a")]);
    assert!(bytes.len() < 100_000);
    let names = names(&members_of(bytes));
    assert!(names[0].contains("too large: a document may have 32 MiB"), "{names:?}");
    assert_eq!(names[1], "a.zip!/小.txt 1");

    let many: Vec<_> = (0..MAX_MEMBERS + 2).map(|n| (format!("{n}.txt"), b"a".as_slice())).collect();
    let many: Vec<_> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let members = members_of(zipped(&many));
    assert_eq!(members.len() as u64, MAX_MEMBERS + 1);
    assert!(matches!(members.last(), Some(Member::Unread(_))));
}

#[test]
fn a_reader_may_stop() {
    let bytes = zipped(&[("甲.txt", b"a".as_slice()), ("乙.txt", b"b"), ("丙.txt", b"c")]);
    let mut seen = 0;
    let packed = Packed { kind: Archive::Zip, name: "a".into(), from: From::Memory(bytes) };
    let flow = unpack(packed, &mut |_| {
        seen += 1;
        if seen == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((seen, flow), (2, ControlFlow::Break(())));
}
