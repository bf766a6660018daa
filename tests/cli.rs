//! The program as its users run it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::Folder;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const TIES: &str = "白水县水土保持站\n2024年单位预算情况说明\n2024年支出预算502.75万元，其中：基本支出424.01万元，项目支出78.74万元。\n";
const WRONG: &str = "清溪县水土保持站\n2024年单位预算情况说明\n2024年支出预算502.48万元，其中：基本支出424.01万元，项目支出78.74万元。\n";

fn gouji() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> Output {
    gouji().args(args).output().unwrap()
}

fn with_paths(args: &[&str], paths: &[&Path]) -> Output {
    gouji().args(args).args(paths).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output.stdout)))
}

fn corpus() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

#[test]
fn exit_status_tells_how_it_went() {
    let folder = Folder::new();
    let ties = folder.file("ties.txt", TIES);
    let wrong = folder.file("wrong.txt", WRONG);
    let none = folder.0.join("none.txt");
    let status = |args: &[&str], paths: &[&Path]| with_paths(args, paths).status.code();
    assert_eq!(status(&["check"], &[&ties]), Some(0));
    assert_eq!(status(&["check"], &[&wrong]), Some(1));
    assert_eq!(status(&["check"], &[&ties, &wrong, &ties]), Some(1));
    assert_eq!(status(&["check"], &[&none]), Some(3));
    assert_eq!(status(&["check"], &[&wrong, &none]), Some(3));
    assert_eq!(status(&["check"], &[&none, &wrong]), Some(3));
    assert_eq!(status(&["extract"], &[&wrong]), Some(0));
    assert_eq!(status(&["extract"], &[&wrong, &none]), Some(3));
    assert_eq!(status(&["text"], &[&ties]), Some(0));
    assert_eq!(status(&["text"], &[&none]), Some(3));
    assert_eq!(status(&["check", "--format", "xml"], &[&ties]), Some(2));
    assert_eq!(status(&["check", "--findings"], &[&ties]), Some(2));
    assert_eq!(status(&["check"], &[]), Some(2));
    assert_eq!(status(&["chek"], &[&ties]), Some(2));
    assert_eq!(status(&[], &[]), Some(2));
    assert_eq!(status(&["explain", "no/such-rule"], &[]), Some(2));
    for ok in ["--help", "--version", "schema", "explain"] {
        assert_eq!(status(&[ok], &[]), Some(0), "{ok}");
    }
}

#[test]
fn json_is_an_object_for_one_document_and_an_array_for_several() {
    let folder = Folder::new();
    let ties = folder.file("ties.txt", TIES);
    let wrong = folder.file("wrong.txt", WRONG);
    let none = folder.0.join("none.txt");
    let check = |paths: &[&Path]| json(&with_paths(&["check", "--format", "json"], paths));
    let one = check(&[&ties]);
    assert_eq!(one["schema"], "gouji/1");
    assert_eq!(one["document"]["organization"], "白水县水土保持站");
    assert_eq!(check(&[&ties, &wrong]).as_array().unwrap().len(), 2);
    assert_eq!(check(&[&none, &wrong, &ties]).as_array().unwrap().len(), 2);
    assert_eq!(check(&[&none, &none]).as_array().unwrap().len(), 0);
    assert_eq!(check(&[&wrong, &none]).as_array().unwrap().len(), 1);
    assert_eq!(check(&[&folder.0]).as_array().unwrap().len(), 2);
    assert!(with_paths(&["check", "--format", "json"], &[&none]).stdout.is_empty());
}

#[test]
fn what_small_businesses_have_won_is_no_other_total_of_procurement() {
    let folder = Folder::new();
    let note = "清溪县林业局2024年度部门决算\n政府采购支出情况\n2024年度政府采购金额（以合同签订为准）为251.26万元，其中：货物采购金额4.79万元、工程采购金额0万元、\
        服务采购金额246.47万元。\n2024年度面向中小企业预留政府采购项目预算金额246.47万元，面向小微企业预留政府采购项目预算金额0万元。在面向中小企业预留的\
        政府采购项目中，由中小企业供应商中标或成交的，采购金额246.47万元；在面向小微企业预留政府采购项目中，由小微企业供应商中标或成交的，采购金额0万元；\
        在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额4.79万元。\n";
    let all = json(&with_paths(&["check", "--format", "json"], &[&folder.file("note.txt", note)]));
    let concepts: Vec<&str> = all["facts"].as_array().unwrap().iter().map(|f| f["concept"].as_str().unwrap()).collect();
    let sme = |rest: &str| format!("procurement.sme.{rest}");
    assert_eq!(concepts[..4], ["procurement", "procurement.goods", "procurement.works", "procurement.services"]);
    assert_eq!(
        concepts[4..],
        ["reserved", "reserved.micro", "reserved.won", "reserved.micro.won", "other.won"].map(sme)
    );
    assert!(all["findings"].as_array().unwrap().iter().all(|f| f["verdict"] == "exact"), "{}", all["findings"]);
}

#[test]
fn extract_has_facts_and_no_findings() {
    let folder = Folder::new();
    let wrong = folder.file("wrong.txt", WRONG);
    let output = json(&with_paths(&["extract"], &[&wrong]));
    assert_eq!(output["facts"].as_array().unwrap().len(), 3);
    assert_eq!(output["findings"].as_array().unwrap().len(), 0);
}

#[test]
fn jsonl_has_a_line_a_document_and_follows_the_input() {
    let folder = Folder::new();
    let lines: Vec<String> = (0..40)
        .map(|n| serde_json::json!({"id": format!("甲{n}"), "text": format!("2024年支出预算{n}.5万元。")}).to_string())
        .collect();
    let file = folder.file("notes.jsonl", lines.join("\n"));
    let output = with_paths(&["check", "--format", "jsonl"], &[&file]);
    let ids: Vec<String> = text(&output.stdout)
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["document"]["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, (0..40).map(|n| format!("甲{n}")).collect::<Vec<_>>());
}

#[test]
fn same_bytes_whatever_the_number_of_jobs() {
    let folder = Folder::new();
    let none = folder.0.join("none.txt");
    for format in [
        &["check", "--format", "text"][..],
        &["check", "--format", "json"],
        &["check", "--format", "jsonl"],
        &["check", "--format", "csv"],
        &["check", "--format", "csv", "--findings"],
        &["extract"],
    ] {
        let one = gouji().args(format).arg(corpus()).arg(&none).output().unwrap();
        assert!(one.stdout.len() > 1000, "{format:?}");
        for jobs in ["0", "2", "4", "64"] {
            let many = gouji().args(format).args(["--jobs", jobs]).arg(corpus()).arg(&none).output().unwrap();
            assert!(one.stdout == many.stdout, "{format:?} --jobs {jobs}");
            assert_eq!((&one.stderr, one.status), (&many.stderr, many.status), "{format:?} --jobs {jobs}");
        }
    }
}

#[test]
fn standard_input_is_a_path() {
    for (input, id) in [(TIES.to_owned(), "-"), (serde_json::json!({"id": "x", "text": WRONG}).to_string(), "x")] {
        let mut child = gouji().args(["extract", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(json(&output)["document"]["id"], id);
        assert_eq!(json(&output)["document"]["path"], serde_json::Value::Null);
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = Folder::new();
    let line = serde_json::json!({"text": WRONG.repeat(40)}).to_string() + "\n";
    let file = folder.file("many.jsonl", line.repeat(300));
    for jobs in ["1", "3"] {
        let mut child = gouji()
            .args(["check", "--format", "jsonl", "--jobs", jobs])
            .arg(&file)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut some = [0; 100];
        child.stdout.take().unwrap().read_exact(&mut some).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "--jobs {jobs}");
        assert_eq!(text(&output.stderr), "", "--jobs {jobs}");
    }
}

#[test]
fn a_closed_pipe_ends_the_run_though_input_goes_on() {
    let mut child = gouji()
        .args(["check", "--format", "jsonl", "--jobs", "2", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let line = serde_json::json!({"text": WRONG.repeat(200)}).to_string() + "\n";
    // Until the program is gone.
    for _ in 0..10_000 {
        if stdin.write_all(line.as_bytes()).is_err() {
            break;
        }
    }
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn csv_opens_in_a_spreadsheet() {
    let folder = Folder::new();
    let note = folder.file("=wrong.txt", WRONG);
    let out = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .current_dir(note.parent().unwrap())
        .args(["check", "--format", "csv", "=wrong.txt"])
        .output()
        .unwrap();
    assert!(out.stdout.starts_with(b"\xef\xbb\xbfdocument_id,"), "no byte order mark");
    let mut reader = csv::Reader::from_reader(&out.stdout[3..]);
    let head = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    let cell = |row: usize, name: &str| rows[row].get(head.iter().position(|h| h == name).unwrap()).unwrap();
    assert_eq!(cell(0, "document_id"), "'=wrong.txt");
    assert_eq!(cell(0, "value"), "502.48");
    assert_eq!(cell(0, "unit"), "万元");
    assert_eq!(cell(0, "fiscal_year"), "2024");
    assert_eq!(cell(1, "parent"), "F1");
    assert_eq!(cell(2, "quote"), "78.74万元");

    let out = with_paths(&["check", "--format", "csv", "--findings"], &[&note, &folder.file("ties.txt", TIES)]);
    assert_eq!(out.stdout.windows(3).filter(|w| *w == b"\xef\xbb\xbf").count(), 1, "one byte order mark");
    let mut reader = csv::Reader::from_reader(&out.stdout[3..]);
    let head = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: usize, name: &str| rows[row].get(head.iter().position(|h| h == name).unwrap()).unwrap();
    assert_eq!(cell(0, "rule"), "sum/parts-differ-from-total");
    assert_eq!(cell(0, "verdict"), "disagrees");
    assert_eq!(cell(0, "suspect"), "F3");
    assert_eq!(cell(0, "suggested"), "78.47");
    assert_eq!(cell(0, "slip"), "swap");
    assert_eq!(cell(0, "quote"), "78.74万元");
    assert_eq!(cell(0, "line"), "3");
    assert!(rows.len() >= 2);
}

#[test]
fn csv_of_nothing_still_has_its_head() {
    let folder = Folder::new();
    let out = with_paths(&["extract", "--format", "csv"], &[&folder.0.join("none.txt")]);
    assert_eq!(text(&out.stdout).lines().count(), 1);
    assert_eq!(out.status.code(), Some(3));
}

#[test]
fn the_report_shows_the_wrong_figure_and_why() {
    let folder = Folder::new();
    let note = folder.file("wrong.txt", WRONG);
    let out = with_paths(&["check"], &[&note]);
    let report = text(&out.stdout);
    for wanted in [
        "清溪县水土保持站 · 2024年度",
        "第3行 项目支出 78.74万元，疑应作 78.47万元（相邻两位数字颠倒）",
        "^^^^^^^^^\n",
        "疑应作 78.47万元\n   分项之和不等于合计  sum/parts-differ-from-total",
        "= 502.75 万元",
        "≠ 502.48 万元",
        "相差 -0.27万元",
    ] {
        assert!(report.contains(wanted), "{wanted}\n{report}");
    }
    let out = with_paths(&["check", "--lang", "en"], &[&note, &note, &folder.0.join("none")]);
    let report = text(&out.stdout);
    assert!(report.contains("should most likely be 78.47万元 (two neighbouring"), "{report}");
    assert!(report.ends_with("2 documents, 2 of them with contradictions (2 in all); 1 input not read\n"), "{report}");
    assert!(!report.contains('\u{1b}'));
}

#[test]
fn figures_are_underlined_where_they_stand() {
    let out = gouji().arg("check").arg(corpus()).output().unwrap();
    let lines: Vec<&str> = text(&out.stdout).lines().collect();
    let mut seen = 0;
    for pair in lines.windows(2) {
        let (Some((_, above)), Some((_, below))) = (pair[0].split_once("│ "), pair[1].split_once("│ ")) else {
            continue;
        };
        if !below.trim_start().starts_with(['^', '~']) {
            continue;
        }
        // Columns of the row above, a wide character taking two.
        let mut columns: Vec<char> = vec![];
        for c in above.chars() {
            for _ in 0..unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) {
                columns.push(c);
            }
        }
        let strokes: Vec<char> = below.chars().collect();
        for (at, c) in strokes.iter().enumerate().take(columns.len()) {
            let begins = matches!(c, '^' | '~') && (at == 0 || !matches!(strokes[at - 1], '^' | '~'));
            if begins {
                seen += 1;
                let before = at.checked_sub(1).map(|i| columns[i]);
                assert!(
                    !(columns[at].is_ascii_digit() && before.is_some_and(|b| b.is_ascii_digit() || b == '.')),
                    "an underline begins inside a number:\n{}\n{}",
                    pair[0],
                    pair[1]
                );
            }
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn the_report_fits_its_width() {
    for columns in ["80", "100", "120"] {
        let out = gouji().arg("check").arg(corpus()).env("COLUMNS", columns).output().unwrap();
        let limit: usize = columns.parse().unwrap();
        for line in text(&out.stdout).lines() {
            let width = unicode_width::UnicodeWidthStr::width(line);
            assert!(width <= limit, "{width} > {limit}: {line}");
            assert!(!line.ends_with(' '), "blanks at the end: {line:?}");
        }
    }
}

#[test]
fn colour_when_asked_for_only() {
    let folder = Folder::new();
    let note = folder.file("wrong.txt", WRONG);
    let coloured = |args: &[&str], set: &[(&str, &str)]| {
        let out = gouji().args(args).arg(&note).envs(set.iter().copied()).output().unwrap();
        out.stdout.contains(&0x1b)
    };
    assert!(!coloured(&["check"], &[]));
    assert!(coloured(&["check", "--color", "always"], &[]));
    assert!(coloured(&["check", "--color", "always"], &[("NO_COLOR", "1")]));
    assert!(coloured(&["check"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&["check"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!coloured(&["check", "--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&["check", "--format", "json", "--color", "always"], &[]));
}

#[test]
fn language_by_option_then_locale() {
    let folder = Folder::new();
    let none = folder.0.join("none.txt");
    let stderr = |args: &[&str], set: &[(&str, &str)]| {
        let out = gouji().args(args).arg(&none).envs(set.iter().copied()).output().unwrap();
        text(&out.stderr).to_owned()
    };
    assert!(stderr(&["check"], &[]).contains("不存在"));
    assert!(stderr(&["check"], &[("LANG", "en_US.UTF-8")]).contains("not found"));
    assert!(stderr(&["check"], &[("LANG", "en_US.UTF-8"), ("LC_ALL", "zh_CN.UTF-8")]).contains("不存在"));
    assert!(stderr(&["check", "--lang", "en"], &[("LANG", "zh_CN.UTF-8")]).contains("not found"));
    assert!(text(&run(&["--lang", "zh", "--help"]).stdout).contains("用法：gouji"));
    assert!(text(&run(&["--lang", "en", "check", "--help"]).stdout).contains("Usage: gouji check"));
    assert!(text(&run(&["--lang", "zh", "check", "--help"]).stdout).contains("退出码为 1"));
    assert!(text(&run(&["--lang", "zh", "check", "x", "--formt"]).stderr).contains("没有 --formt 这个参数"));
    assert!(text(&run(&["--lang", "en", "check", "x", "--formt"]).stderr).contains("unexpected argument"));
}

#[test]
fn text_is_what_spans_count_in() {
    let folder = Folder::new();
    let page =
        folder.file("page.html", "<title>预算</title><div id=zoom><p>2024年支出预算<b>502.48</b>万元。</p></div>");
    let printed = with_paths(&["text"], &[&page]);
    let characters: Vec<char> = text(&printed.stdout).chars().collect();
    let output = json(&with_paths(&["extract"], &[&page]));
    let fact = &output["facts"][0];
    let at = |n: usize| usize::try_from(fact["span"][n].as_u64().unwrap()).unwrap();
    let quote: String = characters[at(0)..at(1)].iter().collect();
    assert_eq!(quote, fact["quote"].as_str().unwrap());
    assert_eq!(quote, "502.48万元");
}

#[test]
fn tables_are_printed_as_they_stand_or_in_markdown() {
    let folder = Folder::new();
    let page = folder.file(
        "page.html",
        "<div id=zoom><p>2024年收支表</p><table><tr><td>项目<td colspan=2>金额<tr><td>合计<td>5<td>7</table></div>",
    );
    let printed = |args: &[&str]| text(&with_paths(args, &[&page]).stdout).to_owned();
    assert_eq!(printed(&["text"]), "2024年收支表\n项目 | 金额 | \n合计 | 5 | 7");
    assert_eq!(
        printed(&["text", "--markdown"]),
        "2024年收支表\n\n| 项目 | 金额 |  |\n| --- | --- | --- |\n| 合计 | 5 | 7 |\n"
    );
}

#[test]
fn everything_that_is_listed_is_explained() {
    let all = json(&run(&["explain", "--format", "json"]));
    for rule in all["rules"].as_array().unwrap() {
        let id = rule["id"].as_str().unwrap();
        let out = run(&["explain", id]);
        assert_eq!(out.status.code(), Some(0), "{id}");
        assert!(text(&out.stdout).starts_with(id), "{id}");
        let explained = json(&run(&["explain", id, "--format", "json"]));
        assert_eq!(explained["kind"], "rule");
    }
    let pattern = all["patterns"][0]["id"].as_str().unwrap();
    assert_eq!(json(&run(&["explain", pattern, "--format", "json"]))["kind"], "pattern");
    for id in ["three_public.reception", "公务接待费"] {
        let concept = json(&run(&["explain", id, "--format", "json"]));
        assert_eq!(concept["id"], "three_public.reception", "{id}");
    }
}

#[test]
fn an_unknown_id_brings_near_ones() {
    let out = run(&["explain", "sum/part-differ", "--lang", "en"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("sum/parts-differ-from-total"), "{}", text(&out.stderr));
    let out = run(&["explain", "公务接侍费", "--lang", "zh"]);
    assert!(text(&out.stderr).contains("公务接待费"), "{}", text(&out.stderr));
}

#[test]
fn the_schema_is_printed() {
    let schema = json(&run(&["schema"]));
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn lint_tells_what_does_nothing_in_the_packs() {
    let folder = Folder::new();
    folder.file("notes/ties.txt", TIES);
    let notes = folder.path("notes");
    let clean = with_paths(&["patterns", "lint", "--lang", "en"], &[&notes]);
    assert_eq!(clean.status.code(), Some(0), "{}", text(&clean.stdout));
    assert!(text(&clean.stdout).starts_with("looked through 1 notes, "), "{}", text(&clean.stdout));
    assert!(text(&clean.stdout).ends_with("no problems\n"), "{}", text(&clean.stdout));
    let listed = with_paths(&["patterns", "lint", "--verbose", "--lang", "en"], &[&notes]);
    assert!(listed.stdout.len() > 4 * clean.stdout.len());
    assert_eq!(with_paths(&["patterns", "lint"], &[&folder.path("none")]).status.code(), Some(3));

    folder.file("packs/phrases/own.toml", "[[words]]\nclass = \"directon\"\nwords = [\"走低\"]\n");
    let own = folder.path("packs");
    let found = with_paths(&["patterns", "lint", "--format", "json", "--patterns"], &[&own, &notes]);
    assert_eq!(found.status.code(), Some(1));
    let problem = &json(&found)["problems"][0];
    assert_eq!((&problem["problem"], &problem["id"]), (&"unknown_class".into(), &"directon".into()));
    assert_eq!((&problem["file"], &problem["line"]), (&"phrases/own.toml".into(), &1.into()));
    let told = with_paths(&["patterns", "lint", "--patterns"], &[&own]);
    assert!(text(&told.stdout).contains("✗ phrases/own.toml:1: directon: "), "{}", text(&told.stdout));
}

#[test]
fn patterns_are_listed_and_tested() {
    let list = json(&run(&["patterns", "list", "--format", "json"]));
    let words = |id: &str| list.as_array().unwrap().iter().find(|l| l["id"] == id).unwrap()["words"].clone();
    assert_eq!(words("procurement"), serde_json::json!(["采购"]));
    let out = run(&["patterns", "test", "--lang", "en"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stdout));
    assert!(text(&out.stdout).ends_with("; 0 failed\n✓ all pass\n"), "{}", text(&out.stdout));
    let out = run(&["patterns", "test", "procurement.goods", "--lang", "en"]);
    assert!(
        text(&out.stdout).starts_with("1 topics, 1 examples, 1 counterexamples; 0 failed"),
        "{}",
        text(&out.stdout)
    );
    assert_eq!(run(&["patterns", "test", "no/such"]).status.code(), Some(2));
}

#[test]
fn packs_of_ones_own_are_read_too() {
    let folder = Folder::new();
    folder.file(
        "packs/lexicon/own.toml",
        "[[term]]\nconcept = \"own.lamps\"\nname = \"长明灯专项\"\ntakes = [\"money\"]\nflow = \"expenditure\"\n",
    );
    let note = folder.file("note.txt", "2024年长明灯专项支出12.50万元。");
    let packs = folder.0.join("packs");
    let concept = |output: &Output| json(output)["facts"][0]["concept"].clone();
    assert_eq!(concept(&with_paths(&["extract"], &[&note])), serde_json::Value::Null);
    let own = gouji().args(["extract", "--patterns"]).arg(&packs).arg(&note).output().unwrap();
    assert_eq!(concept(&own), "own.lamps");
}

#[test]
fn a_pack_teaches_words_of_topics() {
    let folder = Folder::new();
    let topic = |counterexample: &str| {
        format!(
            "[[topic]]\nid = \"procurement\"\nwords = [\"集采\"]\nexamples = [\"不涉及集采。\"]\ncounterexamples = [\"{counterexample}\"]\n"
        )
    };
    folder.file("packs/topics/own.toml", topic("采买。"));
    let packs = folder.path("packs");
    let note = gouji::check::rule_doc("absence/procurement").unwrap().notes.remove(0).1;
    let note = folder.file("note.txt", format!("{note}五、其他\n本单位不涉及集采。\n"));
    let told = |output: &Output| text(&output.stdout).contains("absence/procurement\"");
    assert!(told(&with_paths(&["check", "--format", "json"], &[&note])));
    assert!(!told(&with_paths(&["check", "--format", "json", "--patterns"], &[&packs, &note])));

    folder.file("packs/topics/own.toml", topic("没有集采。"));
    let wrong = with_paths(&["patterns", "test", "procurement", "--lang", "en", "--patterns"], &[&packs]);
    assert_eq!(wrong.status.code(), Some(2));
    let shown = "✗ topics/own.toml:1: procurement: the counterexample speaks of it\n    in: 没有集采。\n";
    assert!(text(&wrong.stdout).starts_with(shown), "{}", text(&wrong.stdout));
}
