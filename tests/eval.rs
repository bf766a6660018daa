//! `gouji eval` as its users run it, on notes small enough to count by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::Folder;
use serde_json::{Value, json};
use std::process::{Command, Output};

const NOTE: &str = "清溪县水土保持站\n2024年单位预算情况说明\n2024年支出预算502.48万元，其中：基本支出424.01万元，占84.38%；项目支出78.47万元，占15.62%。\n";

fn fact(id: u64, quote: &str, label: &str, more: Value) -> Value {
    let unit = quote.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let mut fact = json!({
        "id": id, "quote": quote, "measure": "level", "value": quote.trim_end_matches(unit), "unit": unit,
        "label": label, "concept": null, "year": 2024, "stage": "budget", "basis": null, "fund": null,
        "part": null, "role": null, "parent": null,
    });
    fact.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    fact
}

/// The annotation of `NOTE`, in which a figure may be another.
fn facts(project: &str) -> Value {
    json!({"organization": "清溪县水土保持站", "fiscal_year": 2024, "kind": "unit_budget", "facts": [
        fact(1, "502.48万元", "支出预算", json!({"role": "total"})),
        fact(2, "424.01万元", "基本支出", json!({"role": "component", "parent": 1})),
        fact(3, "84.38%", "基本支出", json!({"measure": "share"})),
        fact(4, project, "项目支出", json!({"role": "component", "parent": 1})),
        fact(5, "15.62%", "项目支出", json!({"measure": "share"})),
    ]})
}

fn relation(family: &str, verdict: &str, facts: &[u64], more: Value) -> Value {
    let mut relation = json!({"family": family, "verdict": verdict, "facts": facts});
    relation.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    relation
}

/// Writes an annotated note; `project` is printed for 78.47万元.
fn note(folder: &Folder, name: &str, part: &str, project: &str) {
    let wrong = project != "78.47万元";
    let of_project = |family, facts: &[u64]| match wrong {
        false => relation(family, "exact", facts, json!({})),
        true => relation(family, "disagrees", facts, json!({"suspect": 4, "suggested": "78.47"})),
    };
    let findings = json!({"findings": [
        of_project("sum", &[1, 2, 4]),
        relation("ratio", "exact", &[3, 2, 1], json!({})),
        of_project("ratio", &[5, 4, 1]),
        relation("sum", "exact", &[3, 5], json!({})),
    ]});
    folder.file(&format!("{name}/note.txt"), NOTE.replace("78.47万元", project));
    folder.file(&format!("{name}/facts.json"), facts(project).to_string());
    folder.file(&format!("{name}/findings.json"), findings.to_string());
    folder.file(&format!("{name}/source.toml"), format!("region = \"浙江\"\n{part}"));
}

/// A clean note, one with an error, and a clean one for tests with a wrong annotation.
fn corpus() -> Folder {
    let folder = Folder::new();
    note(&folder, "clean", "", "78.47万元");
    note(&folder, "wrong", "part = \"train\"", "78.74万元");
    note(&folder, "unseen", "part = \"test\"", "78.47万元");
    let text = facts("78.47万元").to_string().replace("\"label\":\"项目支出\"", "\"label\":\"专项\"");
    folder.file("unseen/facts.json", text);
    folder
}

fn eval(folder: &Folder, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.args(["--lang", "en", "eval"]).arg(&folder.0).args(args).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn scores(folder: &Folder, args: &[&str]) -> Value {
    let output = eval(folder, &[args, &["--format", "json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn rate(right: u64, of: u64) -> Value {
    json!({"right": right, "of": of})
}

#[test]
fn scores_are_what_can_be_counted_by_hand() {
    let folder = corpus();
    let all = scores(&folder, &[]);
    let train = &all["by_part"]["train"];
    assert_eq!(train["notes"], 2);
    for score in ["detected", "recall", "precision"] {
        assert_eq!(train[score], rate(10, 10), "{score}");
    }
    for field in ["value", "sign", "unit", "measure", "label", "year", "role", "parent"] {
        assert_eq!(train["fields"][field], rate(10, 10), "{field}");
    }
    // Two a note: the semicolon cuts.
    assert_eq!(train["sentences"], rate(4, 4));
    assert_eq!(train["holding"], rate(6, 6));
    assert_eq!(train["contradictions"], rate(2, 2));
    for score in ["errors", "culprits", "suggestions"] {
        assert_eq!(train[score], rate(1, 1), "{score}");
    }
    assert_eq!(train["false_alarms"], 0);
    let test = &all["by_part"]["test"];
    assert_eq!(test["fields"]["label"], rate(3, 5));
    assert_eq!(test["recall"], rate(3, 5));
    assert_eq!(test["sentences"], rate(1, 2));
    assert_eq!(all["all"]["recall"], rate(13, 15));
    assert_eq!(all["by_measure"]["share"]["right"], rate(5, 6));
    assert_eq!(all["by_kind"]["unit_budget"]["detected"], rate(15, 15));
}

#[test]
fn single_notes_of_the_test_part_are_told_only_when_asked() {
    let folder = corpus();
    let all = stdout(&eval(&folder, &[]));
    assert!(all.contains("train") && all.contains("test") && all.contains("3 annotated notes"), "{all}");
    assert!(!all.contains("unseen") && !all.contains("专项"), "{all}");
    let test = stdout(&eval(&folder, &["--part", "test"]));
    assert!(test.contains("unseen") && test.contains("专项"), "{test}");
    assert!(!test.contains("clean"), "{test}");
    let confusions = scores(&folder, &["--part", "test"])["confusions"].clone();
    assert_eq!(confusions[0], json!({"field": "label", "want": "专项", "got": "项目支出", "count": 2}));
    assert_eq!(scores(&folder, &[])["confusions"], json!([]));
    let missed = |args: &[&str]| scores(&folder, &[args, &["--mutate", "--slip", "year"]].concat())["missed"].clone();
    assert!(missed(&[]).as_array().unwrap().iter().all(|m| m["document"] != "unseen"));
}

#[test]
fn a_broken_annotation_is_named_and_the_others_are_done() {
    let message = |file: &str, content: &str| {
        let folder = corpus();
        folder.file(&format!("clean/{file}"), content);
        let output = eval(&folder, &[]);
        assert_eq!(output.status.code(), Some(3));
        assert!(stdout(&output).contains("2 annotated notes"));
        stderr(&output)
    };
    let good = facts("78.47万元").to_string();
    let of_fact = |from: &str, to: &str| message("facts.json", &good.replacen(from, to, 1));
    let says = |message: String, parts: &[&str]| {
        assert!(parts.iter().all(|part| message.contains(part)), "{message}");
        assert!(message.contains("clean/"), "{message}");
    };
    says(of_fact("84.38%", "84.39%"), &["facts.json: fact 3: the quote \"84.39%\" is not in the text after character"]);
    says(of_fact("\"measure\":\"level\"", "\"measure\":\"lvel\""), &["fact 1: `measure` is \"lvel\"", "growth"]);
    says(of_fact("\"value\":\"424.01\"", "\"value\":424.01"), &["facts.json: fact 2: ", "424.01"]);
    says(of_fact("\"parent\":1", "\"parent\":9"), &["fact 2: `parent` names fact 9"]);
    says(of_fact("\"id\":5", "\"id\":4"), &["fact 4: this id is given twice"]);
    says(message("facts.json", "{"), &["facts.json: ", "line 1"]);
    says(message("source.toml", "part = \"dev\""), &["source.toml: `part` is \"dev\"; known are train, test"]);
    let finding = |f: Value| message("findings.json", &json!({"findings": [f]}).to_string());
    says(
        finding(relation("sum", "disagrees", &[1, 2], json!({"suspect": 1}))),
        &["finding number 1: `suggested` is missing"],
    );
    says(
        finding(relation("sum", "wrong", &[1, 2], json!({}))),
        &["findings.json: finding number 1: `verdict` is \"wrong\""],
    );
    says(finding(relation("sum", "exact", &[1, 7], json!({}))), &["finding number 1: `facts` names fact 7"]);
}

#[test]
fn what_is_missing_is_said() {
    let folder = corpus();
    std::fs::remove_file(folder.path("clean/findings.json")).unwrap();
    let output = eval(&folder, &[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("clean: findings.json is missing"), "{}", stderr(&output));
    let empty = Folder::new();
    let output = eval(&empty, &[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("no annotated notes here"), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
    let none = Folder(empty.path("none"));
    assert!(stderr(&eval(&none, &[])).contains("not found"));
    for wrong in [&["--seed", "3"][..], &["--slip", "digit"], &["--mutate", "--slip", "typo"], &["--part", "dev"]] {
        assert_eq!(eval(&folder, wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn planted_slips_are_found() {
    let folder = corpus();
    let out = scores(&folder, &["--mutate", "--part", "train"]);
    assert_eq!((&out["notes"], &out["figures"], &out["false_alarms"]), (&json!(1), &json!(5), &json!(0)));
    let slip = |name: &str| out["slips"].as_array().unwrap().iter().find(|s| s["slip"] == name).unwrap().clone();
    // Every digit that rounding does not hide is found: each figure is in two relations.
    let digit = slip("digit");
    assert_eq!((&digit["planted"], &digit["covered"]), (&json!(5), &rate(5, 5)));
    assert_eq!(digit["detected"]["right"], digit["detected"]["of"]);
    assert_eq!(slip("unit")["detected"], rate(3, 3));
    assert_eq!(slip("unit")["suggestion"], rate(3, 3));
    assert_eq!(slip("dropped")["planted"], 1);
    assert_eq!(slip("last_place_50")["planted"], 5);
    // There is no change whose sign could be wrong.
    assert_eq!(slip("sign")["planted"], 0);
}

#[test]
fn what_is_planted_depends_on_the_seed_alone() {
    let folder = corpus();
    let run = |args: &[&str]| stdout(&eval(&folder, &[&["--mutate", "--format", "json"], args].concat()));
    assert_eq!(run(&["--jobs", "1"]), run(&["--jobs", "3"]));
    assert_eq!(run(&["--seed", "7"]), run(&["--seed", "7"]));
    let sampled: Value = serde_json::from_str(&run(&["--sample", "2"])).unwrap();
    assert!(sampled["slips"].as_array().unwrap().iter().all(|s| s["planted"].as_u64().unwrap() <= 2));
    let one: Value = serde_json::from_str(&run(&["--slip", "swap"])).unwrap();
    assert_eq!(one["slips"].as_array().unwrap().len(), 1);
    let plain = |jobs| stdout(&eval(&folder, &["--jobs", jobs]));
    assert_eq!(plain("1"), plain("4"));
}

#[test]
fn the_report_speaks_chinese_too() {
    let folder = corpus();
    let zh = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
        stdout(&command.args(["--lang", "zh", "eval"]).arg(&folder.0).args(args).output().unwrap())
    };
    assert!(zh(&[]).contains("标注过的说明 3 份，文件 3 件，数字 15 个"));
    assert!(zh(&["--mutate"]).contains("相邻两位颠倒"));
    assert!(zh(&["--mutate", "--slip", "year"]).contains("没有查出的"));
}
