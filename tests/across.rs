//! Documents set against each other: what must be found, what must not, and how it is told.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/across")
}

fn gouji(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gouji")).args(args).current_dir(data()).env("LANG", "C").output().unwrap()
}

/// What `check` says of the documents given, between them.
fn across(args: &[&str]) -> Vec<Value> {
    let output = gouji(&[&["check", "--across", "--format", "jsonl"], args].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    let Some(last) = text.lines().last().map(|l| serde_json::from_str::<Value>(l).unwrap()) else { return vec![] };
    last.get("across").map_or(vec![], |a| a.as_array().unwrap().clone())
}

fn name(document: &Value) -> String {
    let id = document.as_str().unwrap();
    id.rsplit(['/', '\\']).next().unwrap().trim_end_matches(".txt").to_owned()
}

/// `rule verdict: document item value, …` of every finding with a verdict.
fn told(findings: &[Value], verdict: &str) -> Vec<String> {
    let mut lines: Vec<String> = findings
        .iter()
        .filter(|f| f["verdict"] == verdict)
        .map(|f| {
            let figures: Vec<String> = f["figures"]
                .as_array()
                .unwrap()
                .iter()
                .map(|g| {
                    format!(
                        "{} {} {}",
                        name(&g["document"]),
                        g["label"].as_str().unwrap(),
                        g["quote"].as_str().unwrap()
                    )
                })
                .collect();
            let documents: Vec<String> = f["documents"].as_array().unwrap().iter().map(|d| name(&d["id"])).collect();
            let of = if figures.is_empty() { documents.join(" & ") } else { figures.join(", ") };
            format!("{}: {of}", f["rule"].as_str().unwrap())
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn every_planted_contradiction_is_found_and_nothing_else() {
    let found = told(&across(&["."]), "disagrees");
    let expected = [
        "change/differs-from-year-before: school-2024-budget 基本支出 1700.00万元, school-2023-budget 基本支出 1600.00万元, school-2024-budget 基本支出 90.00万元",
        "change/differs-from-year-before: station-2024-budget 公用经费 43.40万元, station-2023-budget 公用经费 41.40万元, station-2024-budget 公用经费 2.20万元",
        "equal/budget-differs-from-final-account: station-2023-final 公务接待费 1.05万元, station-2023-budget 公务接待费 1.50万元",
        "equal/published-twice: archive-2024-first 三公经费 1.80万元, archive-2024-again 三公经费 1.08万元",
        "sum/units-differ-from-department: bureau-2024-department 公用经费 153.04万元, bureau-2024-own 公用经费 80.00万元, station-2024-budget 公用经费 43.40万元, river-2024-budget 公用经费 30.00万元",
    ];
    assert_eq!(found, expected, "{found:#?}");
}

#[test]
fn what_agrees_is_listed_with_both_places() {
    let all = across(&["."]);
    let agree = told(&all, "exact");
    for expected in [
        "change/differs-from-year-before: station-2024-budget 支出预算 502.48万元, station-2023-budget 支出预算 487.02万元, station-2024-budget 支出预算 15.46万元",
        "change/differs-from-year-before: bureau-2024-own 支出预算 1000.00万元, bureau-2023-own 支出预算 980.00万元, bureau-2024-own 支出预算 20.00万元",
        "change/differs-from-year-before: school-2024-budget 项目支出 400.00万元, school-2023-budget 项目支出 400.00万元, school-2024-budget 项目支出 持平",
        "equal/published-twice: archive-2024-first 基本支出 180.50万元, archive-2024-again 基本支出 180.50万元",
        "sum/units-differ-from-department: bureau-2024-department 项目支出 528.67万元, bureau-2024-own 项目支出 400.00万元, station-2024-budget 项目支出 78.47万元, river-2024-budget 项目支出 50.20万元",
    ] {
        assert!(agree.iter().any(|a| a == expected), "{expected}\nnot in {agree:#?}");
    }
    // Every quote stands at its place in its own document.
    let mut texts: BTreeMap<String, Vec<char>> = BTreeMap::new();
    let mut figures = 0;
    for figure in all.iter().flat_map(|f| f["figures"].as_array().unwrap()) {
        let path = figure["path"].as_str().unwrap();
        let text = texts
            .entry(path.to_owned())
            .or_insert_with(|| std::fs::read_to_string(data().join(path)).unwrap().chars().collect());
        let (start, end) = (figure["span"][0].as_u64().unwrap() as usize, figure["span"][1].as_u64().unwrap() as usize);
        let quote: String = text[start..end].iter().collect();
        assert_eq!(figure["quote"], Value::String(quote.clone()));
        assert!(figure["sentence"].as_str().unwrap().contains(&quote));
        let line = text[..start].iter().filter(|c| **c == '\n').count() as u64 + 1;
        assert_eq!(figure["line"], Value::from(line));
        figures += 1;
    }
    assert!(figures > 40, "{figures}");
}

#[test]
fn two_counties_never_match_and_doubts_are_told() {
    let all = across(&["."]);
    let named = |n: &str| -> Vec<&Value> {
        let about = |f: &&Value| f["documents"].as_array().unwrap().iter().any(|d| name(&d["id"]) == n);
        all.iter().filter(about).collect()
    };
    // The station of the other county is set against none of this county's.
    assert!(named("near-other-county").iter().all(|f| f["figures"].as_array().unwrap().is_empty()));
    assert!(!named("station-2023-budget").is_empty());
    let doubts = named("near-no-county");
    assert!(!doubts.is_empty());
    for f in doubts {
        assert_eq!((f["verdict"].as_str(), f["figures"].as_array().map(Vec::len)), (Some("undecided"), Some(0)));
        assert!(f["reason"].as_str().unwrap().contains("which county"), "{f}");
    }
    let undecided = told(&all, "undecided");
    let apart = "change/differs-from-year-before: bureau-2024-department & bureau-2023-own";
    assert!(undecided.iter().any(|u| u == apart), "{undecided:#?}");
}

#[test]
fn restated_budgets_and_unsaid_bases_are_no_contradictions() {
    let rural = across(&["rural-2023-budget.txt", "rural-2024-budget.txt"]);
    assert!(told(&rural, "disagrees").is_empty());
    assert_eq!(told(&rural, "undecided").len(), 4, "{rural:#?}");
    assert!(rural.iter().all(|f| f["reason"].as_str().unwrap().contains("restated")));
    // 比上年: three comparisons hold and one does not, so the basis is known.
    let school = across(&["school-2023-budget.txt", "school-2024-budget.txt"]);
    assert_eq!(told(&school, "exact").len(), 3, "{school:#?}");
    let wrong = told(&school, "disagrees");
    assert_eq!(wrong.len(), 1, "{school:#?}");
    assert!(wrong[0].contains("基本支出 90.00万元"), "{wrong:?}");
}

#[test]
fn the_wrong_figure_and_the_slip_are_named() {
    let all = across(&["."]);
    let suspect = |rule: &str| {
        let f = all.iter().find(|f| f["verdict"] == "disagrees" && f["rule"] == rule).unwrap();
        f["suspects"].as_array().unwrap().clone()
    };
    // 1.50 ties in with the change of 2024 and the total of 2023; 1.05 with nothing.
    let first = &suspect("equal/budget-differs-from-final-account")[0];
    assert_eq!(name(&first["document"]), "station-2023-final");
    assert_eq!((first["suggested"].as_str(), first["slip"].as_str()), (Some("1.50"), Some("swap")));
    let first = &suspect("sum/units-differ-from-department")[0];
    assert_eq!(name(&first["document"]), "bureau-2024-department");
    assert_eq!((first["suggested"].as_str(), first["slip"].as_str()), (Some("153.40"), Some("swap")));
}

#[test]
fn output_is_the_same_for_every_number_of_jobs_and_run() {
    for format in ["text", "json", "jsonl"] {
        let run = |jobs: &str| gouji(&["check", ".", "--across", "--format", format, "--jobs", jobs]).stdout;
        let one = run("1");
        assert!(!one.is_empty());
        assert!(one == run("4") && one == run("1"), "{format}");
    }
}

#[test]
fn every_form_of_output_tells_it() {
    let json: Value = serde_json::from_slice(&gouji(&["check", ".", "--across", "--format", "json"]).stdout).unwrap();
    let all = json.as_array().unwrap();
    assert_eq!(all.last().unwrap()["across"], Value::Array(across(&["."])));
    assert_eq!(all.iter().filter(|o| o.get("across").is_some()).count(), 1);
    let csv = String::from_utf8(gouji(&["check", ".", "--across", "--format", "csv", "--findings"]).stdout).unwrap();
    let row = csv.lines().find(|l| l.contains("equal/budget-differs-from-final-account,disagrees")).unwrap();
    assert!(row.contains("station-2023-budget.txt#F") && row.contains("1.05") && row.ends_with("1.50万元"), "{row}");
    let columns = csv.lines().next().unwrap().split(',').count();
    assert!(csv.lines().next().unwrap().ends_with("other_documents,other_facts,other_quotes"), "{columns}");
    let text = String::from_utf8(gouji(&["check", ".", "--lang", "zh"]).stdout).unwrap();
    for expected in [
        "◆ 跨文件勾稽",
        "公务接待费年初预算1.05万元",
        "其中：公务接待费1.50万元",
        "疑应作 1.50万元",
        "文件之间有 5 处矛盾",
    ] {
        assert!(text.contains(expected), "{expected} not in\n{text}");
    }
}

#[test]
fn the_switches_and_the_exit_status() {
    // Each document agrees with itself; only between them is a contradiction.
    let two = ["archive-2024-first.txt", "archive-2024-again.txt"];
    let run = |more: &[&str]| gouji(&[&["check"], &two[..], more].concat());
    assert_eq!(run(&[]).status.code(), Some(1));
    assert_eq!(run(&["--across"]).status.code(), Some(1));
    let alone = run(&["--no-across"]);
    assert_eq!(alone.status.code(), Some(0), "{}", String::from_utf8_lossy(&alone.stdout));
    // For other programs an object a document, and the status of what they hold.
    for format in ["json", "jsonl", "csv"] {
        let plain = run(&["--format", format]);
        assert_eq!(plain.status.code(), Some(0), "{format}");
        assert_eq!(plain.stdout, run(&["--format", format, "--no-across"]).stdout);
        assert_eq!(run(&["--format", format, "--across"]).status.code(), Some(1), "{format}");
    }
    assert!(across(&[&two[..], &["--no-across"]].concat()).is_empty());
    assert!(across(&["station-2023-budget.txt"]).is_empty());
    assert_eq!(run(&["--across", "-o", "results"]).status.code(), Some(2));
}

#[test]
fn the_schema_holds() {
    let schema: Value = serde_json::from_str(gouji::report::schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let json: Value = serde_json::from_slice(&gouji(&["check", ".", "--across", "--format", "json"]).stdout).unwrap();
    let last = json.as_array().unwrap().last().unwrap().clone();
    assert!(validator.is_valid(&json) && validator.is_valid(&last));
    let spoilt = |spoil: fn(&mut Value)| {
        let mut last = last.clone();
        spoil(&mut last);
        !validator.is_valid(&last)
    };
    assert!(spoilt(|o| o["across"][0]["verdict"] = "wrong".into()));
    assert!(spoilt(|o| drop(o["across"][0].as_object_mut().unwrap().remove("documents"))));
    assert!(spoilt(|o| o["across"][0]["figures"][0]["more"] = 1.into()));
}

#[test]
fn every_rule_shows_a_contradiction_of_its_own() {
    for rule in gouji::across::RULES {
        let output = gouji(&["explain", rule.id, "--format", "json"]);
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = value["examples"][0]["findings"].as_array().unwrap();
        assert!(findings.iter().any(|f| f["verdict"] == "disagrees"), "{}: {findings:#?}", rule.id);
        assert!(findings.iter().all(|f| f["rule"] == rule.id));
    }
    let list = String::from_utf8(gouji(&["explain"]).stdout).unwrap();
    assert!(gouji::across::RULES.iter().all(|r| list.contains(r.id)));
}
