//! The panel: what stands in it, and that it is the same as the JSON's figures.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::Folder;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const BUDGET: &str = "襄城区水土保持站\n2024年单位预算情况说明\n2024年收入预算502.75万元，支出预算502.75万元，其中：基本支出424.01万元，项目支出78.74万元。\n单位编制12人，在职11人。\n";
const CORRECTED: &str = "襄城区水土保持站\n2024年单位预算情况说明（更正）\n2024年收入预算502.85万元，支出预算502.85万元，其中：基本支出424.11万元，项目支出78.74万元。\n";
const WRONG: &str =
    "清溪县林业站\n2024年单位预算情况说明\n2024年支出预算502.48万元，其中：基本支出424.01万元，项目支出78.74万元。\n";

fn gouji() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.args(["--lang", "en"]).stdin(Stdio::null());
    command
}

type Row = BTreeMap<String, String>;

fn panel(args: &[&str], out: &Path, inputs: &[&Path]) -> (Vec<Row>, Output) {
    let output = gouji().arg("panel").args(args).arg("-o").arg(out).args(inputs).output().unwrap();
    (table(out), output)
}

fn table(path: &Path) -> Vec<Row> {
    let text = fs::read(path).unwrap();
    let mut reader = csv::Reader::from_reader(text.strip_prefix(b"\xef\xbb\xbf").expect("a byte order mark"));
    reader.deserialize().map(Result::unwrap).collect()
}

fn sum<'a>(figures: impl Iterator<Item = &'a str>) -> Decimal {
    figures.filter(|f| !f.is_empty()).map(|f| f.parse::<Decimal>().unwrap()).sum()
}

#[test]
fn a_long_panel_holds_every_fact_of_the_json_to_the_last_digit() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let folder = Folder::new();
    let out = folder.path("panel.csv");
    let (rows, output) = panel(&[], &out, &[&corpus]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let json = gouji().args(["extract", "--format", "jsonl"]).arg(&corpus).output().unwrap().stdout;
    let kept: std::collections::BTreeSet<&str> = rows.iter().map(|r| r["note_id"].as_str()).collect();
    let documents = String::from_utf8(json).unwrap();
    let (mut values, mut yuan, mut count) = (Decimal::ZERO, Decimal::ZERO, 0);
    for line in documents.lines() {
        let document: serde_json::Value = serde_json::from_str(line).unwrap();
        if !kept.contains(document["document"]["id"].as_str().unwrap()) {
            continue;
        }
        for fact in document["facts"].as_array().unwrap() {
            count += 1;
            values += fact["value"].as_str().unwrap().parse::<Decimal>().unwrap();
            yuan += fact["yuan"].as_str().map_or(Decimal::ZERO, |y| y.parse().unwrap());
        }
    }
    assert!(count > 5000);
    assert_eq!(rows.len(), count);
    assert_eq!(sum(rows.iter().map(|r| r["value"].as_str())), values);
    assert_eq!(sum(rows.iter().map(|r| r["yuan"].as_str())), yuan);
    assert_eq!(sum(rows.iter().map(|r| r["fen"].as_str())), yuan * Decimal::ONE_HUNDRED);
    let one = folder.path("one.csv");
    panel(&["--jobs", "1"], &one, &[&corpus]);
    assert!(fs::read(one).unwrap() == fs::read(out).unwrap(), "the output depends on --jobs");
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 2, "something was left behind");
}

#[test]
fn a_row_says_where_a_figure_is_from_and_how_far_to_trust_it() {
    let folder = Folder::new();
    let (budget, wrong) = (folder.file("a.txt", BUDGET), folder.file("b.txt", WRONG));
    let (rows, _) = panel(&[], &folder.path("panel.csv"), &[&budget, &wrong]);
    let basic = rows.iter().find(|r| r["label"] == "基本支出").unwrap();
    assert_eq!(basic["concept_zh"], "基本支出");
    assert_eq!((basic["region_code"].as_str(), basic["county"].as_str()), ("420602", "襄城区"));
    assert_eq!((basic["yuan"].as_str(), basic["fen"].as_str()), ("4240100", "424010000"));
    // Of the expenditure, and of the revenue that pays for it.
    assert_eq!((basic["verdict"].as_str(), basic["relations_agree"].as_str()), ("verified", "2"));
    let swapped = rows.iter().find(|r| r["suspect"] == "true").unwrap();
    assert_eq!((swapped["verdict"].as_str(), swapped["suggested"].as_str()), ("contradicted", "78.47"));
    assert_eq!(swapped["region_code"], "");
}

#[test]
fn one_of_several_notes_counts_and_the_others_are_listed() {
    let folder = Folder::new();
    let (first, again) = (folder.file("1.txt", BUDGET), folder.file("2.txt", BUDGET.replace('，', "， ")));
    let (mended, other) = (folder.file("3.txt", CORRECTED), folder.file("4.txt", WRONG));
    let list = folder.path("notes.csv");
    let inputs = [first.as_path(), &again, &mended, &other];
    let args = ["--notes", list.to_str().unwrap()];
    let (rows, output) = panel(&args, &folder.path("panel.csv"), &inputs);
    assert!(rows.iter().all(|r| r["path"] == mended.to_str().unwrap() || r["path"] == other.to_str().unwrap()));
    let notes = table(&list);
    let of = |column: &str| -> Vec<&str> { notes.iter().map(|r| r[column].as_str()).collect() };
    assert_eq!(of("status"), ["superseded", "duplicate", "kept", "kept"]);
    assert_eq!(of("reason"), ["corrected", "same_text", "", ""]);
    assert_eq!(of("instead_path"), [mended.to_str().unwrap(), first.to_str().unwrap(), "", ""]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("1 duplicate and 1 superseded left out"), "{said}");
}

#[test]
fn a_wide_panel_has_one_row_an_organisation_and_year() {
    let folder = Folder::new();
    let inputs = [folder.file("a.txt", BUDGET), folder.file("b.txt", WRONG)];
    let inputs: Vec<&Path> = inputs.iter().map(|p| p.as_path()).collect();
    let (rows, _) = panel(&["--wide"], &folder.path("wide.csv"), &inputs);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].len(), 10 + 2 * 30);
    let cell = |row: usize, name: &str| (rows[row][name].as_str(), rows[row][&format!("{name}_q")].as_str());
    assert_eq!(cell(0, "expenditure"), ("5027500", "verified"));
    assert_eq!(cell(0, "exp_basic"), ("4240100", "verified"));
    assert_eq!(cell(0, "staff_authorized"), ("12", "verified"));
    assert_eq!(cell(0, "three_public"), ("", ""));
    assert_eq!(cell(1, "expenditure"), ("5024800", "contradicted"));
    let (rows, _) = panel(&["--wide", "--concepts", "out=expenditure, staff.actual"], &folder.path("two.csv"), &inputs);
    assert_eq!((rows[0]["out"].as_str(), rows[0]["staff_actual"].as_str()), ("5027500", "11"));
    let (rows, output) = panel(&["--wide", "--stage", "final"], &folder.path("final.csv"), &inputs);
    assert!(rows.is_empty());
    assert!(String::from_utf8(output.stderr).unwrap().contains("2 without a figure of this --stage"));
}

#[test]
fn what_cannot_be_done_is_said_before_anything_is_read() {
    let folder = Folder::new();
    let input = folder.file("a.txt", BUDGET);
    let said = |args: &[&str], out: &str| {
        let output = gouji().arg("panel").args(args).arg("-o").arg(folder.path(out)).arg(&input).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, message) = said(&[], "panel.doc");
    assert!(code == Some(2) && message.contains("csv"), "{message}");
    let (code, message) = said(&["--wide", "--concepts", "expences"], "panel.csv");
    assert!(code == Some(2) && message.contains("expences"), "{message}");
    assert!(!folder.path("panel.csv").exists());
}

#[test]
fn the_codebook_describes_every_column() {
    let folder = Folder::new();
    let input = folder.file("a.txt", BUDGET);
    for wide in [&[][..], &["--wide"]] {
        let book = folder.path("codebook.md");
        let args = [wide, &["--codebook", book.to_str().unwrap()]].concat();
        let (rows, _) = panel(&args, &folder.path("panel.csv"), &[&input]);
        let text = fs::read_to_string(&book).unwrap();
        for name in rows[0].keys() {
            assert!(text.contains(&format!("| `{name}` |")), "{name}");
        }
    }
}

#[test]
fn parquet_and_sqlite_hold_the_same_figures_to_the_last_digit() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let folder = Folder::new();
    let (rows, _) = panel(&[], &folder.path("panel.csv"), &[&corpus]);
    let total = sum(rows.iter().map(|r| r["value"].as_str()));
    let write = |name: &str| {
        let out = folder.path(name);
        let status = gouji().arg("panel").arg("-o").arg(&out).arg(&corpus).output().unwrap().status;
        assert_eq!(status.code(), Some(0), "{name}");
        out
    };

    let file = fs::File::open(write("panel.parquet")).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let (mut count, mut value, mut fen) = (0, Decimal::ZERO, 0_i64);
    for row in reader.get_row_iter(None).unwrap() {
        let row = row.unwrap();
        count += 1;
        for (name, field) in row.get_column_iter() {
            match (name.as_str(), field) {
                ("value", Field::Decimal(figure)) => {
                    let number = i128::from_be_bytes(figure.data().try_into().unwrap());
                    value += Decimal::from_i128_with_scale(number, u32::try_from(figure.scale()).unwrap());
                }
                ("fen", Field::Long(number)) => fen += number,
                _ => {}
            }
        }
    }
    assert_eq!((count, value), (rows.len(), total));
    assert_eq!(Decimal::from(fen), sum(rows.iter().map(|r| r["fen"].as_str())));

    let database = rusqlite::Connection::open(write("panel.sqlite")).unwrap();
    let mut query = database.prepare("SELECT value FROM panel").unwrap();
    let values: Vec<String> = query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!((values.len(), sum(values.iter().map(String::as_str))), (rows.len(), total));
    let of = |query: &str| database.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(of("SELECT sum(fen) FROM panel"), fen);
    assert!(of("SELECT count(*) FROM notes") > 80);
    assert_eq!(usize::try_from(of("SELECT count(*) FROM codebook WHERE table_name = 'panel'")).unwrap(), rows[0].len());
}

#[test]
fn workbooks_are_the_same_bytes_every_time() {
    let folder = Folder::new();
    let input = folder.file("a.txt", WRONG);
    let write = |args: &[&str], name: &str| {
        let out = folder.path(name);
        let output = gouji().args(args).arg("-o").arg(&out).arg(&input).output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
        fs::read(out).unwrap()
    };
    for command in [&["panel"][..], &["check", "--format", "xlsx"]] {
        let first = write(command, "1.xlsx");
        assert!(first.starts_with(b"PK"));
        assert!(first == write(command, "2.xlsx"), "{command:?}");
    }
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 3, "something was left behind");
}
