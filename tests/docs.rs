//! What is generated from the program is what is in the repository; what the
//! manuals show is what the program says. `GOUJI_BLESS=1 cargo test --test docs`
//! writes docs/rules.md anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use gouji::check::RULES;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn gouji(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gouji")).current_dir(folder).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_list_of_rules_is_current() {
    let out = gouji(&root(), &["explain", "--all", "--format", "markdown", "--lang", "en"]);
    assert!(out.status.success());
    let now = text(&out.stdout);
    let path = root().join("docs/rules.md");
    if std::env::var_os("GOUJI_BLESS").is_some() {
        std::fs::write(&path, &now).unwrap();
        return;
    }
    let then = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(then == now, "docs/rules.md is not current: GOUJI_BLESS=1 cargo test --test docs writes it anew");
}

#[test]
fn every_example_of_an_absence_shows_it() {
    let out = gouji(&root(), &["explain", "--all", "--format", "json"]);
    let rules: Vec<serde_json::Value> = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(rules.len(), RULES.len());
    for rule in rules.iter().filter(|r| r["family"] == "absence") {
        let examples = rule["examples"].as_array().unwrap();
        // This one follows from a configuration.
        assert!(!examples.is_empty() || rule["id"] == "absence/required-section", "{} has no example", rule["id"]);
        for example in examples {
            assert!(!example["findings"].as_array().unwrap().is_empty(), "{} is silent in its example", rule["id"]);
        }
    }
}

#[test]
fn the_configuration_of_the_manual_is_read() {
    let manual = std::fs::read_to_string(root().join("docs/configuration.md")).unwrap();
    let config = manual.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = temporary("manual", config);
    std::fs::write(folder.join("note.txt"), NOTE).unwrap();
    let out = gouji(&folder, &["check", "note.txt", "--lang", "en"]);
    assert_eq!(out.status.code(), Some(1), "{}", text(&out.stderr));
    let shown = manual.split("```\ngouji: ").nth(1).unwrap().split("```").next().unwrap();
    std::fs::write(folder.join("gouji.toml"), "\n[rules]\nabsense = \"off\"\n").unwrap();
    let out = gouji(&folder, &["check", "note.txt", "--lang", "en"]);
    assert_eq!(out.status.code(), Some(2));
    let said = text(&out.stderr).replace(&format!("{}/", folder.canonicalize().unwrap().display()), "");
    assert_eq!(said, format!("gouji: {shown}"));
    std::fs::remove_dir_all(folder).unwrap();
}

/// Basic and project expenditure add up to 100.03, and the total is 100.00.
const NOTE: &str = "清溪县林业局2024年部门预算公开说明
一、部门职责及机构设置
负责全县林业工作。
二、部门收支总体情况
2024年支出预算100.00万元，比上年增加5.00万元，主要是人员增加。其中：基本支出60.00万元，项目支出40.13万元。
三、“三公”经费
2024年“三公”经费预算2.00万元，比上年减少1.00万元，主要是厉行节约。其中：公务接待费2.00万元。
四、其他
机关运行经费8.00万元。固定资产80.00万元。编报绩效目标2个。
五、名词解释
机关运行经费：指为保障机关运行用于购买货物和服务的各项资金。
";

fn temporary(name: &str, config: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("gouji-docs-{name}-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("below")).unwrap();
    std::fs::write(folder.join("gouji.toml"), config).unwrap();
    std::fs::write(folder.join("below/note.txt"), NOTE).unwrap();
    folder
}

/// Rule, verdict and severity of what does not agree, and the exit status.
fn checked(name: &str, config: &str, more: &[&str]) -> (Vec<String>, Option<i32>) {
    let folder = temporary(name, config);
    let args: Vec<&str> = ["check", "note.txt", "--format", "json"].iter().chain(more).copied().collect();
    // The configuration lies above the folder in which the program runs.
    let out = gouji(&folder.join("below"), &args);
    std::fs::remove_dir_all(folder).unwrap();
    let document: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap_or_default();
    let told = document["findings"].as_array().into_iter().flatten().filter(|f| f["severity"] != "none").map(|f| {
        let word = |key: &str| f[key].as_str().unwrap().to_owned();
        format!("{} {} {}", word("rule"), word("verdict"), word("severity"))
    });
    (told.collect(), out.status.code())
}

#[test]
fn a_configuration_turns_rules_off_and_weighs_them() {
    let sum = |severity: &str| format!("sum/parts-differ-from-total disagrees {severity}");
    let absence = |severity: &str| format!("absence/procurement undecided {severity}");
    let plain = (vec![sum("error"), absence("info")], Some(1));
    assert_eq!(checked("plain", "", &[]), plain);
    assert_eq!(checked("none", "[rules]\nsum = \"off\"", &["--no-config"]), plain);
    // That 基本支出 and 项目支出 make the whole is told by the family of balances, too.
    let off = "[rules]\nabsence = \"off\"\nsum = \"off\"";
    assert_eq!(checked("off", off, &[]), (vec!["balance/identity-differs disagrees error".to_owned()], Some(1)));
    assert_eq!(checked("all", &format!("{off}\nbalance = \"off\""), &[]), (vec![], Some(0)));
    let weighed = "[rules]\nabsence = \"error\"\n\"absence/procurement\" = \"info\"\nsum = \"warning\"";
    assert_eq!(checked("weighed", weighed, &[]), (vec![sum("warning"), absence("info")], Some(0)));
    let absences_fail = "[rules]\nabsence = \"error\"\nsum = \"info\"";
    assert_eq!(checked("fail", absences_fail, &[]), (vec![sum("info"), absence("error")], Some(1)));
}

#[test]
fn a_configuration_sets_the_smallest_difference_and_required_sections() {
    let sum = |severity: &str| format!("sum/parts-differ-from-total disagrees {severity}");
    let absence = "absence/procurement undecided info".to_owned();
    let small = |least: &str| format!("[smallest-difference]\n\"万元\" = {least}");
    assert_eq!(checked("small", &small("0.14"), &[]), (vec![sum("info"), absence.clone()], Some(0)));
    assert_eq!(checked("least", &small("\"0.13\""), &[]), (vec![sum("error"), absence.clone()], Some(1)));
    let required =
        |region: &str| format!("[[required]]\nregion = \"{region}\"\nsections = [\"一般性支出|会议费\", \"绩效\"]");
    let (told, _) = checked("here", &required("清溪"), &[]);
    assert!(told.contains(&"absence/required-section undecided info".to_owned()), "{told:?}");
    let (told, _) = checked("elsewhere", &required("石溪"), &[]);
    assert_eq!(told.len(), 2, "{told:?}");
}

#[test]
fn findings_come_in_the_order_that_is_asked_for() {
    let note = "2024年部门预算公开说明\n2024年培训费80.00万元，较2023年的90.00万元减少11.00万元。\n\
        2024年支出预算500.00万元，其中：基本支出300.00万元，项目支出100.00万元。\n2024年会议费8.00万元，较2023年的9.00万元减少2.00万元。\n";
    let order = |config: &str| -> Vec<String> {
        let folder = temporary(&format!("order{}", config.len()), config);
        std::fs::write(folder.join("note.txt"), note).unwrap();
        let out = gouji(&folder, &["check", "note.txt", "--format", "json"]);
        std::fs::remove_dir_all(folder).unwrap();
        let document: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        let wrong = document["findings"].as_array().unwrap().iter().filter(|f| f["verdict"] == "disagrees");
        wrong.map(|f| f["difference"].as_str().unwrap().trim_start_matches('-').to_owned()).collect()
    };
    assert_eq!(order(""), ["1", "100", "1"]);
    assert_eq!(order("order = [\"size\"]"), ["100", "1", "1"]);
    assert_eq!(order("order = [\"rule\", \"size\"]"), ["100", "1", "1"]);
}

#[test]
fn a_named_configuration_must_be_there() {
    let out = gouji(&root(), &["check", "docs/example.txt", "--config", "no-such.toml", "--lang", "en"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).starts_with("gouji: no-such.toml: the configuration cannot be read: "), "{:?}", out);
    assert!(out.stdout.is_empty());
}

/// A fenced block of a manual, with the text before it.
struct Block<'a> {
    before: &'a str,
    kind: &'a str,
    body: &'a str,
}

fn blocks(manual: &str) -> Vec<Block<'_>> {
    let pieces: Vec<&str> = manual.split("```").collect();
    pieces
        .chunks(2)
        .filter(|pair| pair.len() == 2)
        .map(|pair| {
            let (kind, body) = pair[1].split_once('\n').unwrap_or((pair[1], ""));
            Block { before: pair[0], kind, body }
        })
        .collect()
}

/// A folder as a reader of a manual has it: the repository, some notes, and the files that the manual shows.
#[cfg(unix)]
struct Reader {
    folder: PathBuf,
    /// The pack file shown last.
    pack: PathBuf,
}

#[cfg(unix)]
impl Reader {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("gouji-manual-{}-{}", name.replace('/', "-"), std::process::id()));
        for notes in ["notes", "说明"] {
            std::fs::create_dir_all(folder.join(notes)).unwrap();
            std::fs::write(folder.join(notes).join("note.txt"), NOTE).unwrap();
        }
        for there in ["docs", "corpus"] {
            std::os::unix::fs::symlink(root().join(there), folder.join(there)).unwrap();
        }
        Reader { folder, pack: PathBuf::new() }
    }

    /// Writes the file that a block shows, if the text before it names one; a block that holds only some keys of
    /// the file shown before takes their place.
    fn write(&mut self, block: &Block) {
        let named = block.before.rsplit('`').skip(1).step_by(2).find(|w| w.ends_with(".txt") || w.ends_with(".toml"));
        if block.kind == "toml" && !block.body.starts_with("[[") {
            let key = |line: &str| line.split('=').next().unwrap_or("").to_owned();
            let mut text = std::fs::read_to_string(&self.pack).unwrap();
            for new in block.body.lines() {
                let old = text.lines().find(|l| key(l) == key(new)).unwrap().to_owned();
                text = text.replace(&old, new);
            }
            std::fs::write(&self.pack, text).unwrap();
        } else if let Some(path) = named.map(|n| self.folder.join(n)) {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, block.body).unwrap();
            if block.kind == "toml" {
                self.pack = path;
            }
        }
    }

    /// Runs a command as a shell does; what it prints.
    fn run(&self, command: &str) -> String {
        let command = command.replace("cargo run --release --", "gouji");
        let programs = Path::new(env!("CARGO_BIN_EXE_gouji")).parent().unwrap();
        let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
        let out =
            Command::new("sh").args(["-c", &command]).current_dir(&self.folder).env("PATH", path).output().unwrap();
        let fine = matches!(out.status.code(), Some(0 | 1)) || command.contains("patterns test");
        assert!(fine, "{command}: {}", text(&out.stderr));
        text(&out.stdout)
    }
}

#[cfg(unix)]
impl Drop for Reader {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Scores and speeds are measured by hand, and the tests are running.
const NOT_RUN: [&str; 2] = ["gouji eval", "cargo test"];

#[cfg(unix)]
#[test]
fn the_commands_of_the_manuals_print_what_is_shown() {
    for manual in ["README.md", "README.zh-CN.md", "docs/packs.md"] {
        let text = std::fs::read_to_string(root().join(manual)).unwrap();
        // A manual may speak of its example before it shows it.
        let (first, second) = text.split_once("## A worked example").unwrap_or((&text, ""));
        let mut reader = Reader::new(manual);
        let mut run = 0;
        for block in blocks(second).into_iter().chain(blocks(first)) {
            if block.kind != "console" {
                reader.write(&block);
                continue;
            }
            let mistake = block.before.contains("`class = \"directon\"`");
            let pack = reader.folder.join("my-packs/phrases/lamps.toml");
            if mistake {
                let mistaken = std::fs::read_to_string(&pack).unwrap().replace("direction", "directon");
                std::fs::write(&pack, mistaken).unwrap();
            }
            for shown in format!("\n{}", block.body).split("\n$ ").skip(1) {
                let (command, shown) = shown.split_once('\n').unwrap_or((shown, ""));
                if NOT_RUN.iter().any(|c| command.starts_with(c)) {
                    continue;
                }
                let printed = reader.run(command);
                let same =
                    shown.trim().is_empty() || command.contains(" -o ") || printed.trim_end() == shown.trim_end();
                assert!(same, "{manual}: {command} prints\n{printed}");
                run += 1;
            }
        }
        assert!(run > 4, "only {run} commands were found in {manual}");
    }
}

#[test]
fn the_fact_of_the_manuals_is_read() {
    let out = gouji(&root(), &["check", "docs/example.txt", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    for manual in ["README.md", "README.zh-CN.md"] {
        let manual = std::fs::read_to_string(root().join(manual)).unwrap();
        let shown = blocks(&manual).into_iter().find(|b| b.kind == "json").unwrap();
        let shown: serde_json::Value = serde_json::from_str(shown.body).unwrap();
        let facts = document["facts"].as_array().unwrap();
        assert_eq!(Some(&shown), facts.iter().find(|f| f["id"] == shown["id"]));
    }
}
