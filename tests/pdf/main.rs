//! PDFs of our own making: what a person sees on the page is what is read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::float_arithmetic)]

#[path = "../common/mod.rs"]
mod common;
mod sheet;

use common::Folder;
use gouji::document::{Document, Format, Problem, Raw, read};
use sheet::{Codes, Sheet, pdf, width};
use std::path::Path;
use std::process::Command;

fn read_bytes(bytes: Vec<u8>) -> Result<Document, Problem> {
    read(&Raw::File { path: "说明".into(), bytes }).map_err(|error| error.problem)
}

fn read_sheets(sheets: &[Sheet]) -> Document {
    read_bytes(pdf(Codes::Unicode, sheets)).unwrap()
}

fn data(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pdf").join(name)).unwrap()
}

/// Body text from `x` 90 to 505: 26 characters of 16 points a line.
const SIZE: f32 = 16.0;
const LEFT: f32 = 90.0;

/// A paragraph as it is set, indented by two characters, with pieces for
/// lines; where it stands after it.
fn set(mut sheet: Sheet, y: &mut f32, lines: &[&str]) -> Sheet {
    for (n, line) in lines.iter().enumerate() {
        let x = if n == 0 { LEFT + 2.0 * SIZE } else { LEFT };
        sheet = sheet.text(x, *y, SIZE, line);
        *y += 28.0;
    }
    sheet
}

const FIRST: [&str; 3] = [
    "2024年度收入支出总计307.82万元。与2023年度相比，",
    "收入支出总计增加107.82万元，增长53.91%。主要原因：单位",
    "于2024年成立。",
];
const WHOLE: &str = "2024年度收入支出总计307.82万元。与2023年度相比，收入支出总计增加107.82万元，增长53.91%。主要原因：单位于2024年成立。";

#[test]
fn paragraphs_are_whole_across_lines_and_headings_apart() {
    let mut y = 160.0;
    let mut sheet = Sheet::new().centered(100.0, 22.0, "2024年度部门决算说明");
    sheet = set(sheet, &mut y, &["一、收入支出情况"]);
    sheet = set(sheet, &mut y, &FIRST);
    sheet = set(sheet, &mut y, &["二、收入情况"]);
    sheet = set(sheet, &mut y, &["本年收入合计307.82万元。"]);
    let document = read_sheets(&[sheet]);
    assert_eq!(document.format, Format::Pdf);
    assert_eq!(
        document.text,
        format!("2024年度部门决算说明\n一、收入支出情况\n{WHOLE}\n二、收入情况\n本年收入合计307.82万元。")
    );
    assert!(document.tables.is_empty() && document.diagnostics.is_empty());
}

#[test]
fn a_paragraph_goes_on_over_the_page_and_furniture_does_not() {
    let frame = |n: usize| {
        let sheet = Sheet::new().centered(50.0, 9.0, "某某局2024年度部门决算");
        sheet.centered(800.0, 9.0, &format!("- {n} -"))
    };
    let (mut top, mut low) = (90.0, 700.0);
    let first = set(frame(1), &mut top, &["一、收入支出情况"]);
    let first = set(first, &mut low, &FIRST[..2]);
    let mut y = 90.0;
    let second = frame(2).text(LEFT, y, SIZE, FIRST[2]);
    y += 28.0;
    let second = set(second, &mut y, &["二、收入情况", "本年收入合计307.82万元。"]);
    let mut y = 90.0;
    let third = set(frame(3), &mut y, &["三、支出情况"]);
    let document = read_sheets(&[first, second, third]);
    assert_eq!(
        document.text,
        format!("一、收入支出情况\n{WHOLE}\n二、收入情况\n本年收入合计307.82万元。\n三、支出情况")
    );
    let page = |needle: &str| document.place(document.text.find(needle).unwrap()).unwrap().page;
    assert_eq!((page("一、"), page("增长53.91%"), page("2024年成立"), page("三、")), (1, 1, 2, 3));
    let place = document.place(document.text.find("二、").unwrap()).unwrap();
    assert_eq!((place.left, place.right), (12_200, 12_200 + 6 * 1600));
    assert!((9_000..12_000).contains(&place.top) && place.bottom - place.top == 1600, "{place:?}");
}

#[test]
fn a_footnote_does_not_part_the_paragraph_that_it_interrupts() {
    let mut y = 600.0;
    let first = set(Sheet::new(), &mut y, &["一、收入支出情况"]);
    let first = set(first, &mut y, &FIRST[..2]);
    let first = first.rule((LEFT, 760.0), (LEFT + 140.0, 760.0)).text(LEFT, 775.0, 9.0, "①含上年结转。");
    let second = Sheet::new().text(LEFT, 90.0, SIZE, FIRST[2]);
    let document = read_sheets(&[first, second]);
    assert_eq!(document.text, format!("一、收入支出情况\n{WHOLE}\n①含上年结转。"));
}

#[test]
fn a_contents_page_is_a_line_an_entry() {
    let mut sheet = Sheet::new().centered(90.0, 22.0, "目　录");
    let entries = ["一、收入支出决算总表", "二、收入决算表说明书", "三、支出决算表说明书", "四、财政拨款决算总表"];
    for (n, entry) in (0_u8..).zip(entries) {
        sheet = sheet.text(LEFT, 130.0 + f32::from(n) * 28.0, SIZE, entry);
    }
    let body: Vec<Sheet> = (0..3)
        .map(|_| {
            let mut y = 90.0;
            let sheet = set(Sheet::new(), &mut y, &FIRST);
            set(sheet, &mut y, &FIRST)
        })
        .collect();
    let mut sheets = vec![sheet];
    sheets.extend(body);
    let text = read_sheets(&sheets).text;
    assert!(text.starts_with(&format!("目 录\n{}\n", entries.join("\n"))), "{text}");
    assert_eq!(text.matches(WHOLE).count(), 6, "{text}");
}

/// The cells of a row of a table of columns 80–260–330–400–500.
fn row(mut sheet: Sheet, y: f32, cells: [&str; 4]) -> Sheet {
    let edges = [80.0, 260.0, 330.0, 400.0, 500.0];
    for (n, cell) in cells.iter().enumerate() {
        let x = (edges[n] + edges[n + 1] - width(cell, 9.0)) / 2.0;
        sheet = sheet.text(x, y, 9.0, cell);
    }
    sheet
}

const EDGES: [f32; 5] = [80.0, 260.0, 330.0, 400.0, 500.0];

fn table(document: &Document, index: usize) -> &str {
    &document.text[document.tables[index].span.clone()]
}

#[test]
fn merged_cells_and_wraps() {
    let mut sheet = Sheet::new();
    // 项目 over two rows, 本年支出 over three columns.
    for (y, from) in [(100.0, 80.0), (120.0, 260.0), (140.0, 80.0), (170.0, 80.0), (190.0, 80.0)] {
        sheet = sheet.rule((from, y), (500.0, y));
    }
    for (x, top) in [(80.0, 100.0), (260.0, 100.0), (330.0, 120.0), (400.0, 120.0), (500.0, 100.0)] {
        sheet = sheet.rule((x, top), (x, 190.0));
    }
    sheet = sheet.text(150.0, 124.0, 9.0, "项目").text(360.0, 113.0, 9.0, "本年支出");
    sheet = row(sheet, 133.0, ["", "合计", "基本支出", "项目支出"]);
    // The name wraps inside its cell, full to the edge.
    sheet = sheet.text(84.0, 152.0, 9.0, "2080505机关事业单位基本养老保险缴");
    sheet = sheet.text(84.0, 164.0, 9.0, "费支出");
    sheet = row(sheet, 158.0, ["", "1,234.50", "1,234.50", ""]);
    sheet = row(sheet, 183.0, ["合计", "1,234.50", "1,234.50", "0.00"]);
    let document =
        read_sheets(&[sheet.text(80.0, 80.0, 9.0, "单位：万元").text(80.0, 210.0, 9.0, "注：本表含上年结转。")]);
    assert_eq!(
        document.text,
        "单位：万元\n项目 | 本年支出 |  | \n | 合计 | 基本支出 | 项目支出\n\
         2080505机关事业单位基本养老保险缴费支出 | 1,234.50 | 1,234.50 | \n合计 | 1,234.50 | 1,234.50 | 0.00\n注：本表含上年结转。"
    );
    let cells =
        |row: usize| document.tables[0].rows[row].iter().map(|c| (c.column, c.columns, c.rows)).collect::<Vec<_>>();
    assert_eq!(cells(0), [(0, 1, 2), (1, 3, 1)]);
    assert_eq!(cells(1), [(1, 1, 1), (2, 1, 1), (3, 1, 1)]);
    assert_eq!(document.tables.len(), 1);
    assert!(table(&document, 0).starts_with("项目 |") && table(&document, 0).ends_with("0.00"));
}

#[test]
fn a_table_goes_on_over_the_page_without_its_repeated_head() {
    let head = ["科目名称", "合计", "基本支出", "项目支出"];
    let sheet = |rows: &[[&str; 4]]| {
        let ys: Vec<f32> = (0..=rows.len()).map(|n| 100.0 + 20.0 * f32::from(u8::try_from(n).unwrap())).collect();
        let mut sheet = Sheet::new().grid(&EDGES, &ys);
        for (n, cells) in (0_u8..).zip(rows) {
            sheet = row(sheet, 113.0 + 20.0 * f32::from(n), *cells);
        }
        sheet
    };
    let first = sheet(&[head, ["行政运行", "51.32", "51.32", ""], ["事业运行", "11.31", "11.31", ""]]);
    let second = sheet(&[head, ["住房公积金", "17.70", "17.70", ""]]).centered(800.0, 9.0, "2");
    let third = sheet(&[["购房补贴", "11.72", "11.72", ""]]).text(80.0, 140.0, 9.0, "注：本表反映本年支出。");
    let document = read_sheets(&[first.centered(800.0, 9.0, "1"), second, third.centered(800.0, 9.0, "3")]);
    assert_eq!(
        document.text,
        "科目名称 | 合计 | 基本支出 | 项目支出\n行政运行 | 51.32 | 51.32 | \n事业运行 | 11.31 | 11.31 | \n\
         住房公积金 | 17.70 | 17.70 | \n购房补贴 | 11.72 | 11.72 | \n注：本表反映本年支出。"
    );
    assert_eq!(document.tables.len(), 1);
    assert_eq!(document.place(document.text.find("17.70").unwrap()).unwrap().page, 2);
}

#[test]
fn a_head_row_without_upright_rules_has_its_columns() {
    let mut sheet = Sheet::new();
    for y in [100.0, 120.0, 140.0, 160.0] {
        sheet = sheet.rule((80.0, y), (500.0, y));
    }
    for x in EDGES {
        sheet = sheet.rule((x, 120.0), (x, 160.0));
    }
    sheet = sheet.rule((80.0, 100.0), (80.0, 120.0)).rule((500.0, 100.0), (500.0, 120.0));
    sheet = row(sheet, 113.0, ["科目名称", "合计", "基本支出", "项目支出"]);
    sheet = row(sheet, 133.0, ["行政运行", "51.32", "51.32", "0.00"]);
    sheet = row(sheet, 153.0, ["事业运行", "11.31", "11.31", "0.00"]);
    let document = read_sheets(&[sheet]);
    assert_eq!(
        document.text,
        "科目名称 | 合计 | 基本支出 | 项目支出\n行政运行 | 51.32 | 51.32 | 0.00\n事业运行 | 11.31 | 11.31 | 0.00"
    );
}

#[test]
fn a_table_of_three_rules() {
    let mut sheet = Sheet::new().text(80.0, 90.0, 9.0, "单位：万元");
    for y in [100.0, 120.0, 180.0] {
        sheet = sheet.rule((80.0, y), (500.0, y));
    }
    sheet = row(sheet, 113.0, ["科目名称", "合计", "基本支出", "项目支出"]);
    sheet = row(sheet, 133.0, ["行政运行", "51.32", "51.32", "0.00"]);
    sheet = row(sheet, 153.0, ["事业运行", "11.31", "11.31", ""]);
    sheet = row(sheet, 173.0, ["合计", "62.63", "62.63", "0.00"]);
    let mut y = 220.0;
    let document = read_sheets(&[set(sheet, &mut y, &FIRST)]);
    assert_eq!(
        document.text,
        format!(
            "单位：万元\n科目名称 | 合计 | 基本支出 | 项目支出\n行政运行 | 51.32 | 51.32 | 0.00\n事业运行 | 11.31 | 11.31 | \n\
             合计 | 62.63 | 62.63 | 0.00\n{WHOLE}"
        )
    );
    // Rules around a text make no table of it.
    let mut y = 160.0;
    let mut sheet = Sheet::new();
    for at in [90.0, 130.0, 260.0] {
        sheet = sheet.rule((80.0, at), (510.0, at));
    }
    let document = read_sheets(&[set(sheet.text(LEFT, 110.0, SIZE, "第一部分　　部门概况"), &mut y, &FIRST)]);
    assert_eq!(document.text, format!("第一部分 部门概况\n{WHOLE}"));
}

#[test]
fn rows_that_no_rule_parts() {
    let sheet = Sheet::new().grid(&EDGES, &[100.0, 120.0, 170.0]);
    let sheet = row(sheet, 113.0, ["科目名称", "合计", "基本支出", "项目支出"]);
    let sheet = row(sheet, 133.0, ["行政运行", "51.32", "51.32", ""]);
    let sheet = row(sheet, 148.0, ["事业运行", "11.31", "11.31", "0.00"]);
    let document = read_sheets(&[row(sheet, 163.0, ["购房补贴", "11.72", "11.72", ""])]);
    assert_eq!(
        document.text,
        "科目名称 | 合计 | 基本支出 | 项目支出\n行政运行 | 51.32 | 51.32 | \n事业运行 | 11.31 | 11.31 | 0.00\n购房补贴 | 11.72 | 11.72 | "
    );
    assert_eq!(document.tables[0].rows.len(), 4);
}

#[test]
fn a_number_wider_than_its_cell_is_not_parted() {
    let sheet = Sheet::new().grid(&EDGES, &[100.0, 120.0, 140.0]);
    let sheet = row(sheet, 113.0, ["科目名称", "合计", "基本支出", "项目支出"]);
    // 1,234,567,890.12 in a column of 70 points takes 72.
    let document = read_sheets(&[row(sheet, 133.0, ["行政运行", "1,234,567,890.12", "", "0.00"])]);
    assert!(document.text.ends_with("行政运行 | 1,234,567,890.12 |  | 0.00"), "{}", document.text);
}

#[test]
fn numbers_and_codes_that_wrap_are_whole() {
    // Columns of 44 points with 5 of padding: a line has room for seven digits.
    let xs = [80.0, 124.0, 168.0, 212.0, 256.0];
    let mut sheet = Sheet::new().grid(&xs, &[100.0, 120.0, 150.0, 180.0]);
    let cell = |sheet: Sheet, column: usize, y: f32, text: &str| sheet.text(xs[column] + 5.0, y, 9.0, text);
    for (column, text) in ["科目", "名称", "合计", "基本"].iter().enumerate() {
        sheet = cell(sheet, column, 113.0, text);
    }
    for (column, first, second) in
        [(0, "2080", "505"), (1, "养老保险", "缴费"), (2, "21,183,", "803.13"), (3, "2,800,0", "00.00")]
    {
        sheet = cell(cell(sheet, column, 132.0, first), column, 144.0, second);
    }
    for (column, first, second) in [(0, "221020", "1"), (1, "住房公积", "金"), (2, "7,000.0", "0"), (3, "650.50", "")]
    {
        sheet = cell(cell(sheet, column, 162.0, first), column, 174.0, second);
    }
    let document = read_sheets(&[sheet]);
    assert_eq!(
        document.text,
        "科目 | 名称 | 合计 | 基本\n2080505 | 养老保险缴费 | 21,183,803.13 | 2,800,000.00\n2210201 | 住房公积金 | 7,000.00 | 650.50"
    );
}

#[test]
fn tables_with_few_rules_or_none() {
    let rows = [
        ["科目名称", "合计", "基本支出", "项目支出"],
        ["行政运行", "51.32", "51.32", "0.00"],
        ["事业运行", "11.31", "11.31", ""],
        ["合计", "62.63", "62.63", "0.00"],
    ];
    let lines = |mut sheet: Sheet| {
        for (y, cells) in [113.0, 130.0, 147.0, 164.0].into_iter().zip(rows) {
            sheet = row(sheet, y, cells);
        }
        sheet
    };
    let want: Vec<String> = rows.iter().map(|cells| cells.join(" | ")).collect();
    let mut between = Sheet::new().rule((80.0, 100.0), (500.0, 100.0)).rule((80.0, 170.0), (500.0, 170.0));
    for x in EDGES {
        between = between.rule((x, 100.0), (x, 170.0));
    }
    for sheet in [lines(Sheet::new()), lines(between)] {
        let document = read_sheets(&[sheet]);
        assert_eq!(document.text, want.join("\n"));
        assert_eq!(document.tables.len(), 1);
    }
}

#[test]
fn the_second_of_two_pages_begins_as_the_first() {
    let page = |from: u8, names: [&str; 2]| {
        let sheet = Sheet::new().text(80.0, 60.0, 9.0, "清溪县水利局2024年部门预算公开");
        let mut sheet = sheet.grid(&EDGES, &[100.0, 120.0, 140.0]);
        for (n, name) in (0_u8..).zip(names) {
            let figure = format!("{}.50", from + n);
            sheet = row(sheet, 113.0 + 20.0 * f32::from(n), [name, &figure, &figure, ""]);
        }
        sheet
    };
    let document = read_sheets(&[page(10, ["行政运行", "事业运行"]), page(20, ["住房公积金", "购房补贴"])]);
    assert_eq!(document.text.matches("部门预算公开").count(), 1, "{}", document.text);
    assert_eq!((document.tables.len(), document.tables[0].rows.len()), (1, 4));
}

#[test]
fn a_turned_page_is_read_upright() {
    let sheet = Sheet::new().grid(&EDGES, &[100.0, 120.0, 140.0]);
    let sheet = row(sheet, 113.0, ["科目名称", "合计", "基本支出", "项目支出"]);
    let sheet = row(sheet, 133.0, ["行政运行", "51.32", "51.32", "0.00"]);
    for quarters in 0..4 {
        let document = read_sheets(&[sheet.clone().turned(quarters)]);
        assert_eq!(
            document.text, "科目名称 | 合计 | 基本支出 | 项目支出\n行政运行 | 51.32 | 51.32 | 0.00",
            "{quarters}"
        );
    }
}

#[test]
fn codes_of_a_map_that_is_not_embedded() {
    let mut y = 100.0;
    let sheet = set(Sheet::new(), &mut y, &FIRST);
    assert_eq!(read_bytes(pdf(Codes::Gbk, &[sheet])).unwrap().text, WHOLE);
}

#[test]
fn embedded_fonts_without_a_map_to_unicode() {
    for name in ["embedded-gbk-codes.pdf", "embedded-reversed.pdf"] {
        let document = read_bytes(data(name)).unwrap();
        assert_eq!(
            document.text, "2024年度支出预算502.75万元，其中：基本支出424.01万元，项目支出78.74万元。",
            "{name}"
        );
        assert!(document.diagnostics.is_empty());
    }
    assert_eq!(read_bytes(data("embedded-unknown.pdf")).unwrap_err(), Problem::UnknownCharacters);
}

#[test]
fn what_is_no_text_is_an_error_of_its_own() {
    assert_eq!(read_bytes(pdf(Codes::Unicode, &[Sheet::new().picture()])).unwrap_err(), Problem::NoTextLayer);
    assert_eq!(read_bytes(pdf(Codes::Unicode, &[Sheet::new()])).unwrap_err(), Problem::Empty);
    assert_eq!(read_bytes(data("encrypted.pdf")).unwrap_err(), Problem::Encrypted);
    let whole = pdf(Codes::Unicode, &[Sheet::new().text(LEFT, 100.0, SIZE, "收入12万元")]);
    assert_eq!(read_bytes(whole[..60].to_vec()).unwrap_err(), Problem::DamagedPdf);
    // Only its end is missing: pages are found without the table of objects.
    let end = whole.windows(5).position(|w| w == b"xref\n").unwrap();
    assert_eq!(read_bytes(whole[..end].to_vec()).unwrap().text, "收入12万元");
}

#[test]
fn a_scanned_page_among_others_is_remarked() {
    let text = Sheet::new().text(LEFT, 100.0, SIZE, "收入12万元");
    let document = read_sheets(&[text.clone(), Sheet::new().picture(), text]);
    assert_eq!(document.diagnostics[0].code, "pdf/pages-without-text");
    assert!(document.diagnostics[0].message(gouji::document::Lang::En).starts_with("page 2 is a picture"));
}

#[test]
fn the_program_names_pages_and_goes_on_after_bad_files() {
    let folder = Folder::new();
    let text = Sheet::new().text(LEFT, 100.0, SIZE, "2024年支出预算502.75万元。");
    folder.file("a.pdf", pdf(Codes::Unicode, &[Sheet::new().text(LEFT, 100.0, SIZE, "说明"), text]));
    folder.file("b.pdf", pdf(Codes::Unicode, &[Sheet::new().picture()]));
    folder.file("c.pdf", data("encrypted.pdf"));
    folder.file("d.txt", "2024年支出预算502.75万元。");
    let run = |path: &Path| {
        Command::new(env!("CARGO_BIN_EXE_gouji"))
            .args(["extract", "--format", "jsonl", "--lang", "en"])
            .arg(path)
            .output()
            .unwrap()
    };
    let output = run(&folder.0);
    assert_eq!(output.status.code(), Some(3));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("b.pdf: no text layer: scanned pages") && errors.contains("c.pdf: encrypted"), "{errors}");
    let notes: Vec<serde_json::Value> =
        output.stdout.split(|b| *b == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    assert_eq!(notes.len(), 2);
    assert_eq!(notes[0]["document"]["format"], "pdf");
    assert_eq!(notes[0]["facts"][0]["value"], "502.75");
    assert_eq!(notes[0]["facts"][0]["page"], 2);
    assert_eq!(notes[1]["facts"][0]["page"], serde_json::Value::Null);
}

#[test]
fn the_report_tells_the_page_before_the_line() {
    let folder = Folder::new();
    let sum = "2024年支出预算50.00万元，其中：基本支出30.00万元，项目支出25.00万元。";
    let second = Sheet::new().text(LEFT, 100.0, SIZE, sum);
    folder.file("a.pdf", pdf(Codes::Unicode, &[Sheet::new().text(LEFT, 100.0, SIZE, "说明"), second]));
    let output =
        Command::new(env!("CARGO_BIN_EXE_gouji")).args(["check", "--lang", "en"]).arg(&folder.0).output().unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    assert!(report.contains("page 2, line "), "{report}");
}

/// A generator of the same numbers in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

#[test]
fn damaged_files_never_panic() {
    let mut y = 100.0;
    let sheet = set(Sheet::new(), &mut y, &FIRST).grid(&EDGES, &[400.0, 420.0, 440.0]);
    let sheet = row(sheet, 413.0, ["科目名称", "合计", "基本支出", "项目支出"]);
    let originals = [
        pdf(Codes::Unicode, &[sheet.clone(), sheet.clone()]),
        pdf(Codes::Gbk, &[sheet]),
        data("embedded-reversed.pdf"),
    ];
    let mut dice = Dice(7);
    // Of files cut off, with bytes changed, and with a stretch left out.
    let (mut read, mut refused) = ([0_usize; 3], [0_usize; 3]);
    for n in 0..90 {
        let how = n / 3 % 3;
        let mut bytes = originals[n % 3].clone();
        match how {
            0 => bytes.truncate(dice.roll(bytes.len())),
            1 => (0..=dice.roll(8)).for_each(|_| {
                let at = dice.roll(bytes.len());
                bytes[at] = u8::try_from(dice.roll(256)).unwrap();
            }),
            _ => {
                let (from, length) = (dice.roll(bytes.len()), dice.roll(200));
                bytes.drain(from..(from + length).min(bytes.len()));
            }
        }
        match read_bytes(bytes) {
            Ok(document) => {
                read[how] += 1;
                let inside = |place: &gouji::document::Place| document.text.is_char_boundary(place.offset);
                assert!(document.places.iter().all(inside) && document.places.is_sorted_by_key(|place| place.offset));
            }
            Err(_) => refused[how] += 1,
        }
    }
    // So small a file loses its only page to most damage; but each way tests both outcomes.
    let tested = read.iter().chain(&refused).all(|count| *count > 0);
    assert!(tested && read.iter().sum::<usize>() > 30, "{read:?} read, {refused:?} refused");
}

#[test]
fn a_file_that_is_cut_off_is_remarked() {
    let mut y = 100.0;
    let whole = pdf(Codes::Unicode, &[set(Sheet::new(), &mut y, &FIRST)]);
    let remarks = |bytes: &[u8]| {
        let document = read_bytes(bytes.to_vec()).unwrap();
        assert_eq!(document.text, WHOLE);
        document.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>()
    };
    assert!(remarks(&whole).is_empty());
    // Without the table of objects, and so without the mark of the end.
    let end = whole.windows(5).position(|five| five == b"xref\n").unwrap();
    assert_eq!(remarks(&whole[..end]), ["pdf/cut-off"]);
}
