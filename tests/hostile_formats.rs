//! Office documents and archives that nobody would send on purpose: each is
//! read or refused in one clear line, the rest of the run goes on, memory and
//! time stay bounded.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::Folder;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use gouji::document::{Inputs, read};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use zip::write::{SimpleFileOptions, ZipWriter};

const MIB: usize = 1024 * 1024;
const GOOD: &str = "2024年单位预算情况说明\n2024年支出预算502.75万元，其中：基本支出424.01万元，项目支出78.74万元。\n";
/// Every file of `tests/data/formats` in a binary format.
const FILES: [&str; 10] = [
    "note.docx",
    "note.doc",
    "note.rtf",
    "note.odt",
    "note.ofd",
    "tables.xlsx",
    "tables.xls",
    "tables.ods",
    "note-rar4.rar",
    "note-rar5.rar",
];

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats").join(name)
}

fn gouji(args: &[&str], paths: &[&Path]) -> Output {
    let begun = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.env("LC_ALL", "en_US.UTF-8").stdin(Stdio::null());
    let output = command.args(args).args(paths).output().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(120), "{:?}", begun.elapsed());
    output
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A bad input among good ones is told of in one line with this in it; the
/// good ones are read.
fn refused(args: &[&str], bad: &Path, reason: &str) {
    let folder = Folder::new();
    let good = folder.file("good.txt", GOOD);
    let docx = data("note.docx");
    let args = [&["check", "--format", "jsonl"][..], args].concat();
    let output = gouji(&args, &[&good, bad, &docx]);
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2, "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    let name = bad.file_name().unwrap().to_str().unwrap();
    assert!(told.contains(name) && told.contains(reason) && told.contains(';'), "{told}");
}

/// A zip package of these parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(document: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{document}</w:body></w:document>");
    package(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

/// Reads bytes in this process, whatever they are.
fn read_all(bytes: Vec<u8>) -> usize {
    let documents = Inputs::with_stdin(&["-".into()], Cursor::new(bytes)).map(|raw| raw.and_then(|raw| read(&raw)));
    documents
        .flatten()
        .map(|document| {
            for grid in &document.tables {
                assert!(grid.rows.iter().flatten().all(|cell| document.text.get(cell.span.clone()).is_some()));
            }
            let places = document.text.char_indices().step_by(7).map(|(at, _)| document.source_offset(at));
            places.count()
        })
        .sum()
}

struct Random(u32);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % bound.max(1)
    }
}

/// The same mutations in every run: bytes changed, cut off, doubled, swapped.
#[test]
fn mutated_files_are_read_or_refused() {
    let mut random = Random(7);
    let mut read = 0;
    for name in FILES {
        let whole = std::fs::read(data(name)).unwrap();
        for _ in 0..50 {
            let mut bytes = whole.clone();
            for _ in 0..=random.below(6) {
                let at = random.below(bytes.len());
                match random.below(5) {
                    0 => bytes.truncate(at.max(8)),
                    1 => bytes[at] ^= 1 << random.below(8),
                    2 => bytes[at] = [0, 0xff, 0x7f, 0x80][random.below(4)],
                    3 => {
                        let stretch = bytes[at..(at + 1 + random.below(64)).min(bytes.len())].to_vec();
                        bytes.splice(at..at, stretch);
                    }
                    _ => {
                        let other = random.below(bytes.len());
                        bytes.swap(at, other);
                    }
                }
            }
            read += usize::from(read_all(bytes) > 0);
        }
    }
    assert!(read > 50, "only {read} were read: are the mutations too strong to test anything?");
}

/// The parts of a package are mutated as well: in the package they hide
/// behind checksums.
#[test]
fn mutated_parts_are_read_or_refused() {
    let mut random = Random(11);
    for (name, part) in [
        ("note.docx", "word/document.xml"),
        ("note.docx", "word/numbering.xml"),
        ("note.odt", "content.xml"),
        ("tables.xlsx", "xl/worksheets/sheet1.xml"),
        ("tables.xlsx", "xl/styles.xml"),
        ("note.ofd", "Doc_0/Pages/Page_0/Content.xml"),
    ] {
        let mut archive = zip::ZipArchive::new(Cursor::new(std::fs::read(data(name)).unwrap())).unwrap();
        let mut parts = vec![];
        for index in 0..archive.len() {
            let mut member = archive.by_index(index).unwrap();
            let mut bytes = vec![];
            std::io::Read::read_to_end(&mut member, &mut bytes).unwrap();
            parts.push((member.name().unwrap().into_owned(), bytes));
        }
        for _ in 0..40 {
            let mutated: Vec<(String, Vec<u8>)> = parts
                .iter()
                .map(|(own, bytes)| {
                    let mut bytes = bytes.clone();
                    if own == part {
                        for _ in 0..=random.below(4) {
                            let at = random.below(bytes.len());
                            match random.below(3) {
                                0 => bytes[at] = b"<>/\"=9-&;\xff"[random.below(10)],
                                1 => drop(bytes.drain(at..(at + random.below(40)).min(bytes.len()))),
                                _ => {
                                    let stretch = bytes[at..(at + random.below(400)).min(bytes.len())].to_vec();
                                    bytes.splice(at..at, stretch);
                                }
                            }
                        }
                    }
                    (own.clone(), bytes)
                })
                .collect();
            let mutated: Vec<(&str, &[u8])> =
                mutated.iter().map(|(own, bytes)| (own.as_str(), bytes.as_slice())).collect();
            read_all(package(&mutated));
        }
    }
}

#[test]
fn a_file_that_breaks_off_is_said_to() {
    let folder = Folder::new();
    for name in FILES {
        let whole = std::fs::read(data(name)).unwrap();
        refused(&[], &folder.file(name, &whole[..whole.len() * 2 / 3]), "is damaged");
    }
}

#[test]
fn bombs_are_refused() {
    let folder = Folder::new();
    // 300 MiB of paragraphs in one part.
    let paragraph = "<w:p><w:r><w:t>支出预算12万元</w:t></w:r></w:p>".repeat(1000);
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    writer.start_file("[Content_Types].xml", SimpleFileOptions::default()).unwrap();
    writer.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    for _ in 0..300 * MIB / paragraph.len() {
        writer.write_all(paragraph.as_bytes()).unwrap();
    }
    let bomb = writer.finish().unwrap().into_inner();
    assert!(bomb.len() < 3 * MIB);
    refused(&[], &folder.file("bomb.docx", &bomb), "more than 64 MiB when unpacked");

    // One member of an archive; the archive is gone on with.
    let zeros = vec![0; 40 * MIB];
    let archive = folder.file("bomb.zip", package(&[("大.txt", &zeros)]));
    refused(&[], &archive, "a document may have 32 MiB at most");

    // A string that every cell repeats.
    let string = "一".repeat(300_000);
    let strings = format!("<sst><si><t>{string}</t></si></sst>");
    let cells: String =
        (1..2000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>")).collect();
    let sheet = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    let rels = "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    let book = package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    refused(&[], &folder.file("bomb.xlsx", book), "holds too much");

    // A page of a PDF, small as a file.
    let mut contents = ZlibEncoder::new(vec![], Compression::fast());
    for _ in 0..257 {
        contents.write_all(&vec![b' '; MIB]).unwrap();
    }
    let contents = contents.finish().unwrap();
    assert!(contents.len() < 3 * MIB);
    let head = format!("%PDF-1.4\n1 0 obj\n<< /Length {} /Filter /FlateDecode >>\nstream\n", contents.len());
    let pdf = [head.as_bytes(), &contents, b"\nendstream\nendobj\n"].concat();
    refused(&[], &folder.file("bomb.pdf", pdf), "more than 256 MiB when unpacked");
}

#[test]
fn nesting_is_bounded() {
    let folder = Folder::new();
    let deep = |open: &str, close: &str| docx(&format!("{}<w:p/>{}", open.repeat(20_000), close.repeat(20_000)));
    let tables = deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>");
    refused(&[], &folder.file("deep.docx", tables), "nested too deep");
    let rtf = format!("{{\\rtf1 {}{}}}", "{".repeat(1_000_000), "}".repeat(1_000_000));
    refused(&[], &folder.file("deep.rtf", rtf), "nested too deep");
    // As deep as may be, and read.
    let table = |n: usize| {
        let (open, close) =
            ("<w:tbl><w:tr><w:tc>", "</w:tc><w:tc><w:p><w:r><w:t>支出12万元</w:t></w:r></w:p></w:tc></w:tr></w:tbl>");
        docx(&format!("{}<w:p/>{}", open.repeat(n), close.repeat(n)))
    };
    assert!(read_all(table(300)) > 0);
}

#[test]
fn a_label_may_end_in_another_paragraph() {
    let folder = Folder::new();
    // The place where the label began lies inside a character of what is there when it ends.
    let rtf = "{\\rtf1\\ansi a{\\listtext\\par \\u20057?}b\\par}";
    let read = gouji(&["text"], &[&folder.file("label.rtf", rtf)]);
    assert!(read.status.success(), "{}", stderr(&read));
    assert!(String::from_utf8_lossy(&read.stdout).contains('b'));
}

#[test]
fn what_takes_too_much_memory_or_time_is_stopped() {
    let folder = Folder::new();
    let big = docx(&"<w:p><w:r><w:t>支出预算12万元</w:t></w:r></w:p>".repeat(700_000));
    let big = folder.file("big.docx", big);
    if cfg!(target_os = "linux") {
        refused(&["--doc-memory", "80"], &big, "needs more than 80 MiB of memory");
    }
    // Nothing is this fast.
    let slow = gouji(&["text", "--doc-timeout", "1"], &[&folder.file("slow.docx", slow_docx())]);
    assert!(
        stderr(&slow).contains("stopped after 1 s; if it is sound, allow more with --doc-timeout"),
        "{}",
        stderr(&slow)
    );
    assert_eq!(slow.status.code(), Some(3));
}

/// As many paragraphs as a part may hold, inside of as many elements as may be.
fn slow_docx() -> Vec<u8> {
    let paragraphs = "<w:p><w:r><w:t>支出</w:t></w:r></w:p>".repeat(1_300_000);
    docx(&format!("{}{paragraphs}{}", "<w:sdt>".repeat(900), "</w:sdt>".repeat(900)))
}

#[test]
fn passwords_are_named() {
    let folder = Folder::new();
    // A document behind a password is a compound file with these streams.
    let mut file = cfb::CompoundFile::create(Cursor::new(vec![])).unwrap();
    file.create_stream("/EncryptedPackage").unwrap().write_all(&[7; 5000]).unwrap();
    file.create_stream("/EncryptionInfo").unwrap().write_all(&[4; 100]).unwrap();
    file.flush().unwrap();
    refused(
        &[],
        &folder.file("locked.docx", file.into_inner().into_inner()),
        "encrypted: it opens with a password only",
    );
    // The bit of a zip member that says it is encrypted.
    let mut archive = package(&[("说明.txt", GOOD.as_bytes())]);
    archive[6] |= 1;
    let at = archive.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    archive[at + 8] |= 1;
    refused(&[], &folder.file("locked.zip", archive), "locked.zip!/说明.txt: encrypted: it opens with a password only");
    // The bit of a Word document.
    let mut doc = std::fs::read(data("note.doc")).unwrap();
    let at = doc.windows(2).step_by(512).position(|two| two == b"\xec\xa5").unwrap() * 512;
    doc[at + 0x0b] |= 1;
    refused(&[], &folder.file("locked.doc", doc), "encrypted: it opens with a password only");
}

#[test]
fn what_is_no_document_is_said() {
    let folder = Folder::new();
    let mut file = cfb::CompoundFile::create(Cursor::new(vec![])).unwrap();
    file.create_stream("/Other").unwrap().write_all(&[7; 50]).unwrap();
    file.flush().unwrap();
    refused(&[], &folder.file("other.doc", file.into_inner().into_inner()), "without a document or workbook");
    let slides = package(&[("[Content_Types].xml", b""), ("ppt/presentation.xml", b"")]);
    refused(&[], &folder.file("slides.docx", slides), "presentation");
    refused(&[], &folder.file("empty.docx", docx("<w:p/>")), "is empty");
    refused(&[], &folder.file("cut.xml.docx", docx("<w:p><w:r>")), "is damaged");
}
