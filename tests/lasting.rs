//! Runs that last: what a killed run leaves, and what the next one makes of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::Folder;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

fn gouji() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.args(["--lang", "en"]).stdin(Stdio::null());
    command
}

fn run(args: &[&str], paths: &[&Path]) -> Output {
    gouji().args(args).args(paths).output().unwrap()
}

/// Every file below a folder with its content.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn lines(contents: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<u8> {
    contents.iter().filter(|(path, _)| path.starts_with("documents")).flat_map(|(_, bytes)| bytes.clone()).collect()
}

fn note(n: usize) -> String {
    format!(
        "第{n}水库管理站\n2024年单位预算情况说明\n2024年支出预算{}.75万元，其中：基本支出{n}.01万元，项目支出100.74万元。\n",
        n + 100
    )
}

/// Notes in files, in a folder within, and in lines, some of them broken.
fn notes(folder: &Folder, count: usize) -> PathBuf {
    for n in 0..count {
        let name = if n % 3 == 0 { format!("in/后/{n:04}.txt") } else { format!("in/{n:04}.txt") };
        folder.file(&name, note(n));
    }
    folder.file("in/0001b.txt", " ");
    let record = |n: usize| serde_json::json!({ "id": n, "text": note(n) }).to_string();
    let list: Vec<String> =
        (0..count).map(|n| if n % 7 == 3 { "{\"text\": 1".to_owned() } else { record(n) }).collect();
    folder.file("in/list.jsonl", list.join("\n"));
    folder.path("in")
}

#[test]
fn a_folder_of_results_holds_what_standard_output_would() {
    let folder = Folder::new();
    let input = notes(&folder, 40);
    let out = folder.path("out");
    let written = gouji().args(["check", "--shard", "16", "-o"]).args([&out, &input]).output().unwrap();
    let printed = run(&["check", "--format", "jsonl"], &[&input]);
    assert_eq!(written.status.code(), Some(3));
    assert_eq!(printed.status.code(), Some(3));
    let found = contents(&out);
    assert_eq!(lines(&found), printed.stdout);
    let manifest: serde_json::Value = serde_json::from_slice(&found[Path::new("manifest.json")]).unwrap();
    let log = String::from_utf8(found[Path::new("not-read.jsonl")].clone()).unwrap();
    assert_eq!(manifest["counts"]["not_read"], log.lines().count());
    assert_eq!(manifest["counts"]["documents"], printed.stdout.iter().filter(|b| **b == b'\n').count());
    assert_eq!(manifest["shards"].as_array().unwrap().len(), found.keys().filter(|p| p.starts_with("index")).count());
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(line["path"].is_string() && line["reason"].as_str().is_some_and(|r| !r.is_empty()), "{line}");
    }
    let summary = String::from_utf8(written.stderr).unwrap();
    assert!(summary.lines().last().unwrap().contains("documents;"), "{summary}");
    // The number of threads leaves no trace.
    let alone = folder.path("alone");
    gouji().args(["check", "--shard", "16", "--jobs", "1", "-o"]).args([&alone, &input]).output().unwrap();
    assert_eq!(contents(&alone), found);
}

#[test]
fn a_run_killed_at_its_very_beginning_is_gone_on_with() {
    let folder = Folder::new();
    let input = notes(&folder, 10);
    let resume = |out: &Path| gouji().args(["extract", "--resume", "-o"]).args([out, &input]).output().unwrap();
    let calm = folder.path("calm");
    assert_eq!(resume(&calm).status.code(), Some(3));
    // The first of the folders is made, the second is not.
    let half = folder.path("half");
    std::fs::create_dir_all(half.join("index")).unwrap();
    assert_eq!(resume(&half).status.code(), Some(3));
    assert_eq!(contents(&half), contents(&calm));
    // A folder of somebody else's is left alone.
    let other = folder.path("other");
    std::fs::create_dir_all(other.join("index")).unwrap();
    std::fs::write(other.join("index/mine.txt"), "mine").unwrap();
    assert_eq!(resume(&other).status.code(), Some(2));
    assert_eq!(contents(&other).len(), 1);
}

#[test]
fn a_run_killed_again_and_again_ends_as_a_calm_one() {
    let folder = Folder::new();
    let input = notes(&folder, 150);
    let start = |out: &Path| {
        let mut command = gouji();
        command.args(["extract", "--shard", "20", "--resume", "-o"]).args([out, &input]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let calm = folder.path("calm");
    let begin = Instant::now();
    assert_eq!(start(&calm).wait().unwrap().code(), Some(3));
    let length = begin.elapsed();
    let calm = contents(&calm);
    assert!(calm.len() > 20, "{}", calm.len());

    let mut chance = 0x9e37_79b9_7f4a_7c15_u64;
    let mut killed = 0;
    let begin = Instant::now();
    let mut round = 0;
    // Each folder sees several runs die, every time further on.
    while killed < 100 && begin.elapsed() < Duration::from_secs(90) {
        let out = folder.path(&format!("out{round}"));
        round += 1;
        for _ in 0..5 {
            let mut child = start(&out);
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Early more often than late: what is left to do gets shorter.
            let part = u32::try_from(chance >> 54).unwrap();
            thread::sleep((length * (part * part) / (1 << 20)).min(Duration::from_secs(1)));
            // Signal 9: nothing is written or tidied any more.
            child.kill().unwrap();
            killed += usize::from(child.wait().unwrap().code().is_none());
        }
        start(&out).wait().unwrap();
        assert_eq!(contents(&out), calm, "round {round}");
        fs::remove_dir_all(&out).unwrap();
    }
    // A busy machine does not get to a hundred in the time; so many it does, unless all runs end before they are killed.
    assert!(killed >= 20, "only {killed} runs were killed before they ended");
}

#[test]
fn what_has_not_changed_is_not_done_again() {
    let folder = Folder::new();
    let input = notes(&folder, 60);
    let out = folder.path("out");
    let go = || gouji().args(["check", "--shard", "10", "--resume", "-o"]).args([&out, &input]).output().unwrap();
    let summary =
        |output: &Output| String::from_utf8(output.stderr.clone()).unwrap().lines().last().unwrap().to_owned();
    let first = go();
    assert!(!summary(&first).contains("unchanged"), "{}", summary(&first));
    let before = contents(&out);
    let count = before
        .iter()
        .filter(|(p, _)| p.starts_with("documents"))
        .map(|(_, b)| b.split(|b| *b == b'\n').count() - 1)
        .sum::<usize>();
    let second = go();
    assert!(summary(&second).contains(&format!("({count} unchanged and taken over)")), "{}", summary(&second));
    assert_eq!(contents(&out), before);

    // One changes, one comes before all others, one goes.
    folder.file("in/0010.txt", note(999));
    folder.file("in/0000a.txt", note(1000));
    fs::remove_file(folder.path("in/0020.txt")).unwrap();
    let third = go();
    assert!(summary(&third).contains(&format!("({} unchanged and taken over)", count - 2)), "{}", summary(&third));
    let anew = folder.path("anew");
    gouji().args(["check", "--shard", "10", "-o"]).args([&anew, &input]).output().unwrap();
    assert_eq!(contents(&out), contents(&anew));

    // Facts alone are another result than facts and findings.
    let other = gouji().args(["extract", "--shard", "10", "--resume", "-o"]).args([&out, &input]).output().unwrap();
    assert!(!summary(&other).contains("unchanged"), "{}", summary(&other));
}

#[test]
fn what_lies_there_is_respected() {
    let folder = Folder::new();
    let input = notes(&folder, 3);
    let full = folder.path("full");
    let mine = folder.file("full/mine.txt", "mine");
    let status = |args: &[&str], out: &Path| {
        let output = gouji().arg("check").args(args).arg("-o").args([out, &input]).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, message) = status(&[], &full);
    assert_eq!(code, Some(2), "{message}");
    assert!(message.contains("--resume"), "{message}");
    let (code, message) = status(&["--resume"], &full);
    assert_eq!(code, Some(2), "{message}");
    assert_eq!(fs::read_to_string(mine).unwrap(), "mine");
    assert_eq!(fs::read_dir(&full).unwrap().count(), 1);
    let (code, message) = status(&[], &input.join("results"));
    assert_eq!(code, Some(2), "{message}");
    assert!(message.contains("lies within"), "{message}");
    let (code, message) = status(&["--format", "csv"], &folder.path("other"));
    assert_eq!(code, Some(2), "{message}");
}
