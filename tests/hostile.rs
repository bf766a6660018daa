//! Input that nobody would send on purpose: each gets a clear message or is
//! read, the rest of the run goes on, nothing panics, memory and time stay
//! bounded.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::Folder;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const GOOD: &str = "2024年单位预算情况说明\n2024年支出预算502.75万元，其中：基本支出424.01万元，项目支出78.74万元。\n";
const MIB: usize = 1024 * 1024;

/// The program, held to a number of MiB of memory where the system can do that.
fn gouji(memory: usize) -> Command {
    let program = env!("CARGO_BIN_EXE_gouji");
    let mut command = if cfg!(target_os = "linux") {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -v {}; exec \"$0\" \"$@\"", memory * 1024), program]);
        shell
    } else {
        Command::new(program)
    };
    command.env("LC_ALL", "en_US.UTF-8").stdin(Stdio::null());
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn check(paths: &[&Path]) -> Output {
    let begun = Instant::now();
    let output = gouji(1024).args(["check", "--format", "jsonl"]).args(paths).output().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(120), "{:?}", begun.elapsed());
    let stderr = text(&output.stderr);
    assert!(!stderr.contains("panicked") && !stderr.contains("overflowed"), "{stderr}");
    assert!(output.status.code().is_some(), "killed: {}", output.status);
    output
}

/// A bad input among good ones: it is named with its place and reason, and the
/// good ones are read.
fn refused(bad: &Path, place: &str, reason: &str) {
    let folder = Folder::new();
    let good = folder.file("good.txt", GOOD);
    let output = check(&[&good, bad, &good]);
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{stderr}");
    assert_eq!(text(&output.stdout).lines().count(), 2, "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.contains(place) && stderr.contains(reason), "{stderr}");
    // A mend is offered after the semicolon, or the question what happened.
    assert!(stderr.contains(';') || stderr.contains('?') || stderr.contains("could not be read"), "{stderr}");
}

/// An odd input that is read all the same.
fn is_read(odd: &Path) -> serde_json::Value {
    let output = check(&[odd]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn empty_files() {
    let folder = Folder::new();
    refused(&folder.file("empty.txt", ""), "empty.txt", "is empty");
    refused(&folder.file("blank.txt", " \n\t\n"), "blank.txt", "is empty");
    refused(&folder.file("empty.html", "<html><body></body></html>"), "empty.html", "is empty");
    refused(&folder.file("empty.jsonl", ""), "empty.jsonl", "is empty");
}

#[test]
fn binaries() {
    let folder = Folder::new();
    let noise: Vec<u8> = (0..40_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    refused(&folder.file("noise.txt", noise), "noise.txt", "binary data is not supported");
    refused(&folder.file("budget.txt", b"%PDF-1.7\n\x00\x01"), "budget.txt", "damaged");
    refused(&folder.file("budget.html", b"PK\x03\x04\x14\x00"), "budget.html", "is damaged");
}

#[test]
fn truncated_utf8() {
    let folder = Folder::new();
    let bytes = GOOD.trim_end().as_bytes();
    for cut in 1..3 {
        let output = is_read(&folder.file("cut.txt", &bytes[..bytes.len() - cut]));
        assert_eq!(output["diagnostics"][0]["code"], "charset/cut-off");
        assert_eq!(output["facts"].as_array().unwrap().len(), 3);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn unreadable_files() {
    use std::os::unix::fs::PermissionsExt;
    // Opens, and fails when read, even for the superuser.
    refused(Path::new("/proc/self/mem"), "/proc/self/mem", "could not be read");
    let folder = Folder::new();
    let locked = folder.file("locked.txt", GOOD);
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser reads it all the same.
    if File::open(&locked).is_err() {
        refused(&locked, "locked.txt", "permission denied");
    }
}

#[cfg(unix)]
#[test]
fn links_to_nothing_and_to_oneself() {
    let folder = Folder::new();
    let link = folder.path("link.txt");
    std::os::unix::fs::symlink("nowhere.txt", &link).unwrap();
    refused(&link, "link.txt", "broken link");
    let inner = folder.file("loop/good.txt", GOOD);
    std::os::unix::fs::symlink(inner.parent().unwrap(), folder.path("loop/again")).unwrap();
    let output = check(&[&folder.path("loop")]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(text(&output.stdout).lines().count(), 1);
    assert!(text(&output.stderr).contains("leads back"), "{}", text(&output.stderr));
}

#[test]
fn what_is_not_there() {
    let folder = Folder::new();
    refused(&folder.path("none.txt"), "none.txt", "not found");
    folder.file("pictures/a.png", "x");
    refused(&folder.path("pictures"), "pictures", "folder without notes");
    std::fs::create_dir_all(folder.path("nothing")).unwrap();
    refused(&folder.path("nothing"), "nothing", "folder without notes");
}

#[test]
fn a_line_of_200_megabytes() {
    let folder = Folder::new();
    let write = |name: &str, head: &str, tail: &str| {
        let path = folder.path(name);
        let mut file = BufWriter::new(File::create(&path).unwrap());
        file.write_all(head.as_bytes()).unwrap();
        let chunk = "支出预算12万元，".repeat(MIB / 22);
        for _ in 0..200 {
            file.write_all(chunk.as_bytes()).unwrap();
        }
        file.write_all(tail.as_bytes()).unwrap();
        file.into_inner().unwrap();
        path
    };
    let good = serde_json::json!({"id": "after", "text": GOOD}).to_string();
    let path = write("long.jsonl", "{\"id\": \"long\", \"text\": \"", &format!("\"}}\n{good}\n"));
    // Far less memory than the line would take.
    let output = gouji(160).args(["check", "--format", "jsonl"]).arg(&path).output().unwrap();
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{stderr}");
    assert!(stderr.contains("long.jsonl, line 1: too large"), "{stderr}");
    assert!(text(&output.stdout).contains("\"id\":\"after\""), "the record after it is read");
    std::fs::remove_file(path).unwrap();

    let path = write("long.txt", "", "");
    let output = gouji(160).args(["check", "--format", "jsonl"]).arg(&path).output().unwrap();
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{stderr}");
    assert!(stderr.contains("long.txt: too large (") && stderr.contains("split it"), "{stderr}");
    // The same from a pipe, whose size nobody knows.
    let piped = gouji(200).args(["check", "-"]).stdin(File::open(&path).unwrap()).output().unwrap();
    assert_eq!(piped.status.code(), Some(3));
    assert!(text(&piped.stderr).contains("too large"), "{}", text(&piped.stderr));
}

#[test]
fn a_hundred_thousand_nested_brackets() {
    let folder = Folder::new();
    const N: usize = 100_000;
    let text = |open: &str, close: &str| format!("2024年支出预算{}12万元{}。", open.repeat(N), close.repeat(N));
    for (name, open, close) in [
        ("a.txt", "（", "）"),
        ("b.txt", "(", ")"),
        ("c.txt", "（其中：", "）"),
        ("d.txt", "【", ""),
        ("e.txt", "“", "”"),
    ] {
        let output = is_read(&folder.file(name, text(open, close)));
        assert_eq!(output["coverage"]["quantities"], 1, "{name}");
    }
    is_read(&folder.file("f.html", format!("<p>2024年支出预算12万元。</p>{}", "<div>".repeat(N))));
    refused(&folder.file("g.jsonl", "[".repeat(N)), "g.jsonl, line 1", "malformed JSON");
    refused(&folder.file("h.jsonl", format!("{{\"x\": {}", "[".repeat(N))), "h.jsonl, line 1", "malformed JSON");
}

#[test]
fn a_number_of_a_thousand_digits() {
    let folder = Folder::new();
    for digits in ["9".repeat(1000), format!("1.{}", "3".repeat(1000)), "1,000".repeat(250), "0".repeat(1000)] {
        for note in [
            format!(
                "2024年支出预算{digits}万元，其中：基本支出{digits}万元，项目支出78.74万元，比{digits}年增长{digits}%。"
            ),
            digits.clone(),
        ] {
            let output = is_read(&folder.file("number.txt", note));
            // Not lost in silence: a fact, a decoy or unexplained.
            let all = ["decoys", "unexplained"].map(|k| output["coverage"][k].as_array().unwrap().len());
            let facts = output["facts"].as_array().unwrap().len();
            assert!(facts + all.iter().sum::<usize>() > 0, "{output}");
        }
    }
    // The report for people shows it without a flood.
    let note = folder.file("number.txt", format!("2024年支出预算{}万元。", "9".repeat(1000)));
    let output = gouji(1024).arg("check").arg(&note).output().unwrap();
    assert!(text(&output.stdout).lines().all(|l| l.chars().count() <= 80), "{}", text(&output.stdout));
}

#[test]
fn figures_at_the_edge_of_the_exact() {
    let folder = Folder::new();
    let big = "79228162514264337593543950335";
    let note = format!(
        "2024年支出预算{big}亿元，其中：基本支出{big}亿元，项目支出{big}万元，比2023年增加{big}亿元，增长{big}%。"
    );
    let output = is_read(&folder.file("big.txt", note));
    assert!(output["coverage"]["quantities"].as_u64().unwrap() >= 1);
}

#[test]
fn a_page_of_a_million_tags() {
    let folder = Folder::new();
    const N: usize = 1_000_000;
    let page = |body: String| format!("<html><body><p>2024年支出预算12.50万元。</p>{body}</body></html>");
    for (name, body) in [
        ("a.html", "<b>".repeat(N)),
        ("b.html", "<i>x</i>".repeat(N)),
        ("c.html", "<br>".repeat(N)),
        ("d.html", "<td>".repeat(N)),
    ] {
        let begun = Instant::now();
        let output =
            gouji(3072).args(["check", "--format", "jsonl"]).arg(folder.file(name, page(body))).output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1 | 3)), "{name}: {} {}", output.status, text(&output.stderr));
        assert!(!text(&output.stderr).contains("panicked"), "{}", text(&output.stderr));
        assert!(begun.elapsed() < Duration::from_secs(120), "{name}: {:?}", begun.elapsed());
    }
}

#[test]
fn malformed_lines() {
    let folder = Folder::new();
    let good = |id: usize| serde_json::json!({"id": format!("甲{id}"), "text": GOOD}).to_string();
    let lines = [
        good(1),
        "{\"text\": \"支出".into(),
        "not json".into(),
        "{\"id\": \"x\"}".into(),
        "{\"text\": 5}".into(),
        "[1, 2]".into(),
        good(7),
    ];
    let path = folder.file("notes.jsonl", lines.join("\n"));
    for jobs in ["1", "4"] {
        let output = gouji(1024).args(["check", "--format", "jsonl", "--jobs", jobs]).arg(&path).output().unwrap();
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(3));
        assert_eq!(text(&output.stdout).lines().count(), 2);
        let told: Vec<&str> = stderr.lines().collect();
        assert_eq!(told.len(), 5, "{stderr}");
        for (line, told) in (2..7).zip(told) {
            assert!(told.contains(&format!("notes.jsonl, line {line}: ")), "{told}");
        }
        assert!(stderr.contains("malformed JSON") && stderr.contains("neither `text` nor `html`"), "{stderr}");
    }
}

#[test]
fn nothing_from_a_document_reaches_the_terminal_as_a_command() {
    let folder = Folder::new();
    let evil = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}";
    let note = folder.file(
        "evil.txt",
        format!("{evil}站\n2024年单位预算情况说明\n2024年{evil}支出预算502.48万元，其中：基本{evil}支出424.01万元，项目支出78.74万元。另12{evil}34\n"),
    );
    let output = gouji(1024).arg("check").arg(&note).output().unwrap();
    assert!(!output.stdout.iter().any(|b| *b == 0x1b || *b == 7), "{:?}", text(&output.stdout));
    assert!(!text(&output.stdout).contains('\u{202e}'));
    let record = serde_json::json!({"id": evil, "title": evil, "text": GOOD}).to_string();
    let output = gouji(1024).arg("check").arg(folder.file("evil.jsonl", record)).output().unwrap();
    assert!(!output.stdout.contains(&0x1b), "{:?}", text(&output.stdout));
}

#[test]
fn broken_and_contradictory_packs() {
    let folder = Folder::new();
    let note = folder.file("note.txt", GOOD);
    let with = |name: &str, content: &str| {
        let packs = Folder::new();
        packs.file(name, content);
        let output =
            gouji(1024).args(["check", "--format", "jsonl", "--patterns"]).arg(&packs.0).arg(&note).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{content}\n{}", text(&output.stderr));
        assert!(output.stdout.is_empty());
        text(&output.stderr)
    };
    let told = with("lexicon/bad.toml", "[[term]\n");
    assert!(told.contains("lexicon/bad.toml:1"), "{told}");
    let told = with("lexicon/bad.toml", "\n[[term]]\nconcept = \"x\"\nname = \"甲\"\ncolour = \"red\"\n");
    assert!(told.contains("lexicon/bad.toml:5") && told.contains("colour"), "{told}");
    let pattern = |id: &str| {
        format!(
            "[[pattern]]\nid = \"{id}\"\nabout = \"x\"\ntemplate = \"{{basis}}{{direction}}{{delta:money}}\"\nemits = []\n"
        )
    };
    let told = with("phrases/bad.toml", &pattern("own/x"));
    assert!(told.contains("phrases/bad.toml:") && told.contains("own/x"), "{told}");
    let twice = "[[pattern]]\nid = \"own/a\"\nabout = \"x\"\ntemplate = \"甲为{v:money}\"\nemits = [{ as = \"level\", slot = \"v\" }]\n[[pattern.example]]\ntext = \"甲为1万元\"\nfacts = [{ measure = \"level\", value = \"1\" }]\n[[pattern.example]]\ntext = \"甲为2万元\"\nfacts = [{ measure = \"level\", value = \"2\" }]\n[[pattern.counterexample]]\ntext = \"甲为\"\nwhy = \"x\"\n";
    let told = with("phrases/twice.toml", &format!("{twice}{}", twice.replace("own/a", "own/b")));
    assert!(told.contains("phrases/twice.toml:") && told.contains("own/"), "{told}");
    // A folder that is none.
    let output = gouji(1024).args(["check", "--patterns"]).arg(folder.path("none")).arg(&note).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("is not a folder"), "{}", text(&output.stderr));
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_stream() {
    let line = serde_json::json!({"text": GOOD.repeat(20)}).to_string() + "\n";
    for jobs in ["1", "2"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_gouji"))
            .args(["check", "--format", "jsonl", "--jobs", jobs, "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut peak = |until: usize| -> usize {
            for _ in 0..until {
                stdin.write_all(line.as_bytes()).unwrap();
            }
            stdin.flush().unwrap();
            let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
            let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap();
            peak.trim().trim_end_matches(" kB").parse().unwrap()
        };
        let early = peak(300);
        let late = peak(1500);
        assert!(late < 100 * 1024, "--jobs {jobs}: {late} KiB");
        assert!(late < early + 24 * 1024, "--jobs {jobs}: {early} then {late} KiB");
        drop(stdin);
        child.wait().unwrap();
    }
}

#[test]
fn a_long_note_takes_time_in_proportion() {
    let folder = Folder::new();
    let line = |i: usize, base: i32| format!("2024年项目{i}预算{}.5万元，比{base}年预算增加1.0万元。", i + 10);
    // One base year in every line; another in every second, a line each and in one paragraph.
    let same = |i: usize| line(i, 2022) + "\n";
    let mixed = |i: usize| line(i, 2022 + (i % 2) as i32) + "\n";
    let joined = |i: usize| line(i, 2022 + (i % 2) as i32);
    // One item in every clause.
    let item = |i: usize| format!("公务接待费{}.5万元，比上年增加{i}万元，增长{i}%，其中：本级1万元；", i + 10);
    for (name, form) in
        [("same", &same as &dyn Fn(usize) -> String), ("mixed", &mixed), ("joined", &joined), ("item", &item)]
    {
        let time = |lines: usize| {
            let note = String::from("某局2024年部门预算\n") + &(0..lines).map(form).collect::<String>();
            let note = folder.file(&format!("{name}{lines}.txt"), note);
            let run = || {
                let start = Instant::now();
                check(&[&note]);
                start.elapsed()
            };
            run().min(run())
        };
        let (short, long) = (time(2_500), time(10_000));
        assert!(long < 9 * short.max(Duration::from_millis(100)), "{name}: {short:?}, then {long:?}");
    }
}
