//! One note in many formats: what is read of it is the same in each.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::Folder;
use serde_json::Value;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use zip::write::{SimpleFileOptions, ZipWriter};

/// Files of one note, made by `tests/data/formats/make.py`, with the format
/// that each is told to be.
const NOTES: [(&str, &str); 8] = [
    ("note.txt", "text"),
    ("note-gb18030.txt", "text"),
    ("note-gbk.html", "html"),
    ("note.docx", "docx"),
    ("note.doc", "doc"),
    ("note.rtf", "rtf"),
    ("note.odt", "odt"),
    ("note.ofd", "ofd"),
];

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats").join(name)
}

fn gouji(args: &[&str], paths: &[&Path]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.env("LC_ALL", "en_US.UTF-8").stdin(Stdio::null());
    command.args(args).args(paths).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn check(path: &Path) -> Value {
    let output = gouji(&["check", "--format", "json"], &[path]);
    assert!(output.stderr.is_empty(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What is said of the note, without where it stands in this file.
fn said(mut analysis: Value) -> Value {
    fn without_places(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for place in ["span", "sentence", "line", "page", "column", "cell", "table"] {
                    fields.remove(place);
                }
                fields.values_mut().for_each(without_places);
            }
            Value::Array(list) => list.iter_mut().for_each(without_places),
            _ => {}
        }
    }
    let document = analysis["document"].as_object_mut().unwrap();
    for own in ["id", "path", "sha256", "format", "encoding"] {
        assert!(document.remove(own).is_some(), "{own}");
    }
    without_places(&mut analysis);
    analysis
}

/// The facts by what they are, without what hangs on merged cells: which
/// figures of a table belong to which total.
fn outline(said: &Value) -> Vec<String> {
    let facts = said["facts"].as_array().unwrap();
    let fields = ["label", "concept", "measure", "value", "unit", "decimals", "year", "quote"];
    facts.iter().map(|fact| fields.map(|field| fact[field].to_string()).join(" ")).collect()
}

fn wrong(said: &Value) -> Vec<&str> {
    let findings = said["findings"].as_array().unwrap().iter();
    findings.filter(|f| f["verdict"] == "disagrees").map(|f| f["equation"].as_str().unwrap()).collect()
}

/// Formats that know which cells are merged say all the same; those that hold
/// lines of text say the same of every figure.
#[test]
fn one_note_says_the_same_in_every_format() {
    let expected = said(check(&data("note-gbk.html")));
    // Every figure of the note is read, and its one planted error is found.
    let coverage = &expected["coverage"];
    assert!(coverage["quantities"].as_u64() > Some(50) && coverage["facts"] == coverage["quantities"], "{coverage}");
    assert_eq!(expected["document"]["organization"], "青禾县水土保持工作站");
    assert!(wrong(&expected).iter().all(|equation| equation.contains("6.80")) && !wrong(&expected).is_empty());
    for (name, format) in NOTES {
        let analysis = check(&data(name));
        assert_eq!(analysis["document"]["format"], format, "{name}");
        let own = said(analysis);
        for (expected, own) in outline(&expected).iter().zip(&outline(&own)) {
            assert_eq!(own, expected, "{name}");
        }
        assert_eq!((outline(&own).len(), wrong(&own)), (outline(&expected).len(), wrong(&expected)), "{name}");
        if format == "text" || format == "ofd" {
            continue;
        }
        for (part, value) in expected.as_object().unwrap() {
            if own[part] != *value {
                let (a, b) =
                    (serde_json::to_string_pretty(value).unwrap(), serde_json::to_string_pretty(&own[part]).unwrap());
                let differs = a.lines().zip(b.lines()).find(|(a, b)| a != b);
                panic!("{name}: {part} differs: {differs:?}");
            }
        }
    }
}

#[test]
fn the_name_of_a_file_decides_nothing() {
    let folder = Folder::new();
    for (n, (name, format)) in NOTES.iter().enumerate() {
        let bytes = std::fs::read(data(name)).unwrap();
        let misnamed = ["a.docx", "b.xlsx", "c.doc", "d.txt", "e.html", "f.pdf", "g"][n % 7];
        let path = folder.file(misnamed, bytes);
        assert_eq!(check(&path)["document"]["format"], *format, "{misnamed}");
    }
}

#[test]
fn cells_are_read_as_they_are_shown() {
    let text = |name: &str| String::from_utf8(gouji(&["text"], &[&data(name)]).stdout).unwrap();
    let expected = "2024年收支预算总表\n单位：万元\n收入 |  | 支出 | \n项目 | 预算数 | 项目 | 预算数\n\
        一般公共预算拨款 | 462.35 | 基本支出 | 391.82\n其他收入 | 24.00 | 项目支出 | 94.53\n\
        收入合计 | 486.35 | 支出合计 | 486.35\n2024年“三公”经费预算表\n单位：万元\n\
        项目 | 2023年预算数 | 2024年预算数 | 增长率\n公务接待费 | 1.70 | 1.30 | -23.53%\n\
        公务用车运行维护费 | 5.60 | 5.60 | 0.00%\n合计 | 7.30 | 6.90 | -5.48%";
    for name in ["tables.xlsx", "tables.xls", "tables.ods"] {
        assert_eq!(text(name), expected, "{name}");
    }
}

/// WPS writes the formats of the older Word and Excel under names of its own.
#[test]
fn files_with_the_names_of_wps_are_read_in_a_folder() {
    let folder = Folder::new();
    for (name, original) in [("a.wps", "note.doc"), ("b.et", "tables.xls")] {
        folder.file(name, std::fs::read(data(original)).unwrap());
    }
    let output = gouji(&["check", "--format", "jsonl"], &[&folder.0]);
    let read = String::from_utf8(output.stdout.clone()).unwrap();
    let read: Vec<Value> = read.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let formats: Vec<&str> = read.iter().map(|one| one["document"]["format"].as_str().unwrap()).collect();
    assert_eq!(formats, ["doc", "xls"], "{}", stderr(&output));
}

#[test]
fn rar_archives_of_both_families_are_read() {
    for name in ["note-rar4.rar", "note-rar5.rar"] {
        let output = gouji(&["check", "--format", "jsonl"], &[&data(name)]);
        let stdout = String::from_utf8(output.stdout.clone()).unwrap();
        let read: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let ids: Vec<&str> = read.iter().map(|one| one["document"]["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), 2, "{}", stderr(&output));
        assert!(ids[0].ends_with("!/附件/说明.txt") && ids[1].ends_with("!/附件/说明.docx"), "{ids:?}");
        assert_eq!(outline(&said(read[0].clone())), outline(&said(read[1].clone())));
        assert_eq!(stderr(&output).lines().count(), 1, "only the picture is told of: {}", stderr(&output));
    }
}

#[test]
fn an_archive_is_read_member_by_member() {
    let folder = Folder::new();
    let docx = std::fs::read(data("note.docx")).unwrap();
    let txt = std::fs::read(data("note.txt")).unwrap();
    let lines = "{\"id\": \"甲\", \"text\": \"收入预算12万元\"}\n{\"text\": \"支出预算12万元\"}\n";
    let inner = zipped(&[("说明.docx", docx.as_slice()), ("图.png", b"\x89PNG")]);
    let archive = folder.file(
        "甲.zip",
        zipped(&[
            ("乙/说明.txt", txt.as_slice()),
            ("__MACOSX/._x", b"x"),
            ("里.zip", &inner),
            ("行.jsonl", lines.as_bytes()),
            ("程序.exe", b"MZ\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
        ]),
    );
    let output = gouji(&["check", "--format", "jsonl"], &[&archive]);
    let name = archive.display().to_string();
    let ids: Vec<String> = String::from_utf8(output.stdout.clone())
        .unwrap()
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["document"]["id"].as_str().unwrap().replace(&name, "甲.zip")
        })
        .collect();
    assert_eq!(ids, ["甲.zip!/乙/说明.txt", "甲.zip!/里.zip!/说明.docx", "甲", "甲.zip!/行.jsonl:2"]);
    assert_eq!(output.status.code(), Some(3));
    let told = stderr(&output);
    assert_eq!(told.lines().count(), 2, "{told}");
    assert!(told.contains("甲.zip!/程序.exe: not read"), "{told}");
    assert!(told.contains("2 member(s) of archives"), "{told}");
    // A folder with the archive in it, read by any number of threads.
    for jobs in ["1", "3"] {
        let again = gouji(&["check", "--format", "jsonl", "--jobs", jobs], &[&folder.0]);
        assert_eq!((&again.stdout, stderr(&again)), (&output.stdout, told.clone()));
    }
}
