//! Tables in the layouts in which units publish them: every cell is read, what
//! must tie is tested, and a wrong cell is found.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use gouji::Analysis;
use gouji::check::Verdict;
use gouji::document::{Lang, Raw, read};
use gouji::fact::{Fact, Measure};
use gouji::pattern::{Fund, Packs, Stage};
use std::fs;
use std::path::Path;

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tables").join(name)).unwrap()
}

fn analyze(page: &str) -> Analysis {
    let document = read(&Raw::File { path: "附表.html".into(), bytes: page.into() }).unwrap();
    gouji::analyze(Packs::builtin().unwrap(), document, true)
}

/// The facts in tables, with the names of table, row and column.
fn cells(a: &Analysis) -> Vec<(&str, &str, &str, &Fact)> {
    let named = |f: &'_ Fact| {
        let place = f.cell?;
        let table = &a.reading.tables[place.table as usize];
        let (row, column) = (place.row as usize, place.column as usize);
        Some((table.name().unwrap_or(""), table.rows[row].label.as_str(), table.columns[column].label.as_str()))
    };
    a.reading.facts.iter().filter_map(|f| named(f).map(|(t, r, c)| (t, r, c, f))).collect()
}

/// The cell of a table, by parts of the names.
fn cell<'a>(a: &'a Analysis, table: &str, row: &str, column: &str) -> &'a Fact {
    let found: Vec<&Fact> = cells(a)
        .into_iter()
        .filter(|(t, r, c, _)| t.contains(table) && *r == row && c.ends_with(column))
        .map(|(.., f)| f)
        .collect();
    let [one] = found[..] else { panic!("{} cells of {table} / {row} / {column}", found.len()) };
    one
}

fn disagreeing(a: &Analysis) -> Vec<(&'static str, String)> {
    let wrong = a.findings.list.iter().filter(|f| f.verdict == Verdict::Disagrees);
    wrong.map(|f| (f.rule.id, f.message(Packs::builtin().unwrap(), &a.reading, Lang::Zh))).collect()
}

/// Every figure in the page's tables is a fact, a decoy or unexplained, once.
fn assert_all_in_one_place(a: &Analysis) {
    let mut taken: Vec<(u32, u32)> = a.reading.facts.iter().filter(|f| f.printed).map(|f| (f.start, f.end)).collect();
    taken.extend(a.reading.decoys.iter().filter(|d| !d.in_text).map(|d| (d.start, d.end)));
    taken.extend(a.reading.unexplained.iter().copied());
    taken.sort_unstable();
    assert!(taken.windows(2).all(|w| w[0].1 <= w[1].0), "a number in two places");
    for grid in &a.view.tables {
        for c in grid.rows.iter().flatten() {
            let text = &a.view.text[c.span.clone()];
            if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit() || b".,%-".contains(&b)) || text == "-" {
                continue;
            }
            let (start, end) = (c.span.start as u32, c.span.end as u32);
            assert!(taken.iter().any(|(s, e)| *s >= start && *e <= end), "{text} at {start} is nowhere");
        }
    }
}

#[test]
fn the_tables_of_a_budget() {
    let a = analyze(&page("unit-budget.html"));
    assert_all_in_one_place(&a);
    assert_eq!(disagreeing(&a), []);
    assert!(a.reading.unexplained.is_empty(), "{:?}", a.reading.unexplained);
    let packs = Packs::builtin().unwrap();
    let wan = packs.vocabulary.units.by_name("万元");
    let all = cells(&a);
    assert_eq!(all.len(), 243);
    assert!(
        all.iter().all(|(.., f)| f.unit == wan || f.measure == Measure::Growth || f.part.as_deref() == Some("数量"))
    );

    let f = cell(&a, "收支预算总表", "农林水支出", "预算数");
    assert_eq!((f.value.to_string().as_str(), f.concept.as_deref()), ("573.92", Some("expenditure.function.213")));
    assert_eq!((f.year, f.stage, f.fund), (Some(2024), Some(Stage::Budget), None));
    let f = cell(&a, "收入预算总表", "水土保持", "事业收入 > 小计");
    assert_eq!((f.concept.as_deref(), f.part.as_deref()), (Some("revenue.business"), Some("水土保持")));
    let f = cell(&a, "支出预算总表", "水土保持", "项目支出");
    assert_eq!((f.label.as_str(), f.part.as_deref()), ("水土保持", Some("项目支出")));
    assert_eq!(f.concept.as_deref(), Some("expenditure.function.2130310"));
    let f = cell(&a, "支出预算总表", "合计", "基本支出");
    assert_eq!((f.concept.as_deref(), f.part.as_deref()), (Some("expenditure.basic"), None));
    let f = cell(&a, "财政拨款收支", "农林水支出", "一般公共预算拨款");
    assert_eq!((f.fund, f.part.as_deref()), (Some(Fund::GeneralPublic), None));
    let f = cell(&a, "财政拨款收支", "农林水支出", "合计");
    assert_eq!(f.fund, Some(Fund::Fiscal));
    let f = cell(&a, "一般公共预算支出", "水利", "2023年预算数");
    assert_eq!((f.year, f.fund, f.measure), (Some(2023), Some(Fund::GeneralPublic), Measure::Level));
    let f = cell(&a, "一般公共预算支出", "水利", "增减%");
    assert_eq!((f.year, f.measure, f.basis.as_ref().unwrap().year), (Some(2024), Measure::Growth, Some(2023)));
    let f = cell(&a, "基本支出", "公务接待费", "公用经费");
    assert_eq!((f.concept.as_deref(), f.part.as_deref()), (Some("expenditure.economic.30217"), Some("公用经费")));
    let f = cell(&a, "基本支出", "合计", "2024年基本支出 > 合计");
    assert_eq!((f.concept.as_deref(), f.part.as_deref()), (Some("expenditure.basic"), None));
    let f = cell(&a, "三公", "", "2024年预算数 > 公务用车购置及运行费 > 小计");
    assert_eq!((f.concept.as_deref(), f.year), (Some("three_public.vehicle"), Some(2024)));
    let f = cell(&a, "绩效目标", "年度资金总额", "");
    assert_eq!(f.value.to_string(), "65.50");

    let held = |rule: &str| a.findings.list.iter().filter(|f| f.rule.id == rule).count();
    for (rule, least) in [
        ("sum/table-rows-differ", 80),
        ("sum/table-columns-differ", 60),
        ("change/table-change-differs", 14),
        ("ratio/table-rate-differs", 14),
        ("balance/table-sides-differ", 2),
        ("equal/table-differs-from-note", 12),
    ] {
        assert!(held(rule) >= least, "{rule}: {}", held(rule));
    }
}

#[test]
fn the_tables_of_a_final_account() {
    let a = analyze(&page("final-account.html"));
    assert_all_in_one_place(&a);
    assert_eq!(disagreeing(&a), []);
    assert!(a.reading.unexplained.is_empty(), "{:?}", a.reading.unexplained);
    let yuan = Packs::builtin().unwrap().vocabulary.units.by_name("元");
    assert!(cells(&a).iter().all(|(.., f)| f.unit == yuan));
    let f = cell(&a, "收入支出决算总表", "住房保障支出", "金额");
    assert_eq!((f.value.to_string().as_str(), f.stage), ("684259.25", Some(Stage::Final)));
    let f = cell(&a, "收入决算表", "教育支出", "其他收入");
    assert_eq!((f.concept.as_deref(), f.part.as_deref()), (Some("revenue.other"), Some("教育支出")));
    // The codes stand in three columns.
    let f = cell(&a, "收入决算表", "合计", "本年收入合计");
    assert_eq!((f.label.as_str(), f.concept.as_deref()), ("收入", Some("revenue")));
    let table = a.reading.tables.iter().find(|t| t.name() == Some("收入决算表")).unwrap();
    assert!(table.rows.iter().any(|r| r.code.as_deref() == Some("2050202") && r.label == "小学教育"));
    let f = cell(&a, "基本支出决算表", "公用经费合计", "金额");
    assert_eq!(f.concept.as_deref(), Some("expenditure.basic.operating"));
    let f = cell(&a, "三公", "", "决算数 > 公务接待费");
    assert_eq!((f.concept.as_deref(), f.stage), (Some("three_public.reception"), Some(Stage::Final)));
    // The note in 万元 is held to its tables in 元.
    let rounded = a.findings.list.iter().filter(|f| f.rule.id == "equal/table-differs-from-note");
    assert!(rounded.filter(|f| f.verdict == Verdict::Rounded).count() >= 8);
}

/// The rules that find it when `from` stands as `to` in the page, and the cell that is blamed.
fn planted(page: &str, from: &str, to: &str) -> (Vec<&'static str>, Vec<String>) {
    assert!(page.contains(from), "{from}");
    let a = analyze(&page.replacen(from, to, 1));
    let wrong: Vec<_> = a.findings.list.iter().filter(|f| f.verdict == Verdict::Disagrees).collect();
    let blamed = wrong.iter().filter_map(|f| f.suspects.first()).filter_map(|s| a.reading.fact(s.fact));
    let blamed = blamed.map(|f| a.view.slice(f.start, f.end).to_owned()).collect();
    (wrong.iter().map(|f| f.rule.id).collect(), blamed)
}

#[test]
fn a_wrong_cell_is_found_and_blamed() {
    let page = page("unit-budget.html");
    // A 项 of 支出总表: its 款, its column and its row no longer add up.
    let (rules, blamed) = planted(&page, "<td>508.42</td><td>388.42</td>", "<td>508.42</td><td>338.42</td>");
    assert!(rules.contains(&"sum/table-rows-differ") && rules.contains(&"sum/table-columns-differ"), "{rules:?}");
    assert!(blamed.iter().all(|b| b == "338.42"), "{blamed:?}");
    // 收入总计 of the table with two sides.
    let (rules, blamed) = planted(&page, "<td>收入总计</td><td>689.08</td>", "<td>收入总计</td><td>698.08</td>");
    assert!(rules.contains(&"balance/table-sides-differ") && rules.contains(&"sum/table-rows-differ"), "{rules:?}");
    assert!(blamed.iter().all(|b| b == "698.08"), "{blamed:?}");
    // 增减%.
    let (rules, blamed) = planted(&page, "<td>4.96%</td>", "<td>4.69%</td>");
    assert_eq!((rules, blamed), (vec!["ratio/table-rate-differs"], vec!["4.69%".to_owned()]));
    // A figure of the note.
    let (rules, _) = planted(&page, "住房保障支出31.77万元", "住房保障支出31.17万元");
    assert!(rules.contains(&"equal/table-differs-from-note"), "{rules:?}");
}

#[test]
fn nearly_every_mistyped_cell_is_found() {
    for name in ["unit-budget.html", "final-account.html"] {
        let page = page(name);
        let figure = |text: &str| text.ends_with(|c: char| c.is_ascii_digit()) && text.contains('.');
        let mut at = 0;
        let (mut planted, mut missed) = (0, Vec::new());
        while let Some(open) = page[at..].find("<td>").map(|n| at + n + 4) {
            let close = open + page[open..].find('<').unwrap();
            at = close;
            let text = &page[open..close];
            // One digit of the amount, as far as it is one.
            let Some(digit) = text.find(|c: char| ('1'..='8').contains(&c)).filter(|_| figure(text)) else { continue };
            planted += 1;
            if planted % 7 != 0 {
                continue;
            }
            let mut wrong = page.clone();
            let more = ((page.as_bytes()[open + digit] + 1) as char).to_string();
            wrong.replace_range(open + digit..=open + digit, &more);
            if disagreeing(&analyze(&wrong)).is_empty() {
                missed.push(text.to_owned());
            }
        }
        let tried = planted / 7;
        assert!(tried >= 15 && missed.len() * 10 <= tried, "{name}: {} of {tried} missed: {missed:?}", missed.len());
    }
}

#[test]
fn figures_that_run_into_each_other_prove_nothing() {
    let row = |code: &str, name: &str, sum: &str| format!("<tr><td>{code}<td>{name}<td>{sum}<td>{sum}<td>");
    let a = analyze(&format!(
        "<p>2024年单位预算公开</p><p>2024年支出预算表</p><p>单位：万元</p>
        <table><tr><td>科目编码<td>科目名称<td>合计<td>基本支出<td>项目支出{}{}{}{}{}</table>",
        row("", "合计", "95.00"),
        row("205", "教育支出", "80.00"),
        row("20502", "普通教育", "80.00"),
        row("2050202", "小学教育", "60.00"),
        // Two rows that an extractor took for one.
        row("2050203210", "初中教育", "20.0015.00"),
    ));
    assert_all_in_one_place(&a);
    assert_eq!(disagreeing(&a), []);
}

#[test]
fn a_template_without_values_gives_nothing() {
    let a = analyze(
        "<p>2024年度部门决算公开</p><p>收入支出决算总表</p><p>公开01表</p><p>单位：万元</p>
        <table><tr><td colspan=3>收入<td colspan=3>支出
        <tr><td>项目<td>行次<td>决算数<td>项目<td>行次<td>决算数
        <tr><td>栏次<td><td>1<td>栏次<td><td>2
        <tr><td>一、财政拨款收入<td>1<td><td>一、教育支出<td>8<td>
        <tr><td>二、事业收入<td>2<td><td>二、其他支出<td>9<td>
        <tr><td>总计<td>3<td><td>总计<td>10<td></table>",
    );
    assert_eq!(cells(&a).len(), 0, "{:?}", cells(&a));
    assert_all_in_one_place(&a);
}

#[test]
fn a_fund_table_has_revenue_and_expenditure_in_one_row() {
    let row = |code: &str, name: &str| {
        format!("<tr><td>{code}<td>{name}<td>20,000.00<td>150,000.00<td>163,500.00<td><td>163,500.00<td>6,500.00")
    };
    let a = analyze(&format!(
        "<p>2023年度部门决算公开</p><p>政府性基金预算财政拨款收入支出决算表</p><p>公开08表</p><p>单位：元</p>
        <table><tr><td colspan=2>项目<td rowspan=2>年初结转和结余<td rowspan=2>本年收入<td colspan=3>本年支出<td rowspan=2>年末结转和结余
        <tr><td>功能分类科目编码<td>科目名称<td>小计<td>基本支出<td>项目支出
        <tr><td colspan=2>栏次<td>1<td>2<td>3<td>4<td>5<td>6
        {}{}{}{}</table>",
        row("", "合计"),
        row("229", "其他支出"),
        row("22960", "彩票公益金安排的支出"),
        row("2296004", "用于教育事业的彩票公益金支出")
    ));
    assert_all_in_one_place(&a);
    assert_eq!(disagreeing(&a), []);
    let f = cell(&a, "政府性基金", "合计", "本年收入");
    assert_eq!((f.concept.as_deref(), f.fund, f.stage), (Some("revenue"), Some(Fund::GovFund), Some(Stage::Final)));
    let f = cell(&a, "政府性基金", "合计", "小计");
    assert_eq!(f.concept.as_deref(), Some("expenditure"));
    let f = cell(&a, "政府性基金", "其他支出", "年末结转和结余");
    assert_eq!((f.concept.as_deref(), f.part.as_deref()), (Some("carryover.closing"), Some("其他支出")));
    let f = cell(&a, "政府性基金", "其他支出", "本年收入");
    assert_eq!((f.concept.as_deref(), f.part.as_deref()), (Some("revenue"), Some("其他支出")));
    let f = cell(&a, "政府性基金", "其他支出", "小计");
    assert_eq!((f.concept.as_deref(), f.part.as_deref()), (Some("expenditure.function.229"), None));
}

#[test]
fn an_unknown_table_has_its_own_names() {
    let a = analyze(
        "<p>清溪县2024年部门预算公开</p><p>清溪县乡镇补助资金分配情况表</p><p>单位：万元</p>
        <table><tr><td>乡镇<td>人口（人）<td>补助资金<td>备注
        <tr><td>南坪镇<td>12000<td>35.60<td>含2023年结余1.2万元
        <tr><td>北溪乡<td>8400<td>21.40<td>
        <tr><td>合计<td>20400<td>57.00<td></table>",
    );
    assert_all_in_one_place(&a);
    assert_eq!(disagreeing(&a), []);
    let f = cell(&a, "分配情况表", "南坪镇", "补助资金");
    let said = (f.label.as_str(), f.part.as_deref(), f.value.to_string());
    assert_eq!(said, ("补助资金", Some("南坪镇"), "35.60".to_owned()));
    let f = cell(&a, "分配情况表", "合计", "人口(人)");
    assert_eq!((f.value.to_string().as_str(), f.fund), ("20400", None));
    // A sentence in a cell is no fact of the table.
    assert!(cells(&a).iter().all(|(.., f)| f.value.to_string() != "1.2"));
}

#[test]
fn a_table_without_a_unit_says_that_its_unit_is_inferred() {
    let a = analyze(
        "<p>2024年单位预算情况说明</p><p>2024年支出预算90.00万元。</p><p>2024年支出预算表</p>
        <table><tr><td>科目编码<td>科目名称<td>合计<td>基本支出<td>项目支出
        <tr><td>205<td>教育支出<td>80.00<td>60.00<td>20.00<tr><td>210<td>卫生健康支出<td>10.00<td>10.00<td></table>",
    );
    let f = cell(&a, "支出预算表", "教育支出", "合计");
    assert_eq!((f.unit, f.unit_inferred), (None, Packs::builtin().unwrap().vocabulary.units.by_name("万元")));
}

#[test]
fn a_table_in_plain_text_is_read() {
    let note = "2024年单位预算情况说明\n目录\n一、收入\t3\n二、支出\t5\n2024年支出预算表\n单位：万元\n\
        科目编码\t科目名称\t合计\t基本支出\t项目支出\n205\t教育支出\t80.00\t60.00\t20.00\n210\t卫生健康支出\t10.00\t10.00\t\n";
    let document = read(&Raw::File { path: "附表.txt".into(), bytes: note.into() }).unwrap();
    let a = gouji::analyze(Packs::builtin().unwrap(), document, true);
    assert_all_in_one_place(&a);
    assert_eq!(cells(&a).len(), 5);
    let f = cell(&a, "支出预算表", "教育支出", "项目支出");
    assert_eq!((f.concept.as_deref(), f.part.as_deref()), (Some("expenditure.function.205"), Some("项目支出")));
}

#[test]
fn a_wrong_total_of_another_table_is_found() {
    let page = page("unit-budget.html");
    let (rules, _) = planted(
        &page,
        "<td>573.92</td><td>388.42</td><td>185.50</td>",
        "<td>537.92</td><td>388.42</td><td>185.50</td>",
    );
    assert!(rules.contains(&"equal/tables-differ"), "{rules:?}");
}

#[test]
fn a_table_that_a_page_broke_is_one() {
    let rows = |rows: &[(&str, &str, &str)]| -> String {
        rows.iter().map(|(c, n, v)| format!("<tr><td>{c}<td>{n}<td>{v}<td>{v}<td>")).collect()
    };
    let head = "<tr><td>科目编码<td>科目名称<td>合计<td>基本支出<td>项目支出";
    let first = rows(&[("", "合计", "95.00"), ("205", "教育支出", "80.00"), ("20502", "普通教育", "80.00")]);
    let second = rows(&[("2050202", "小学教育", "80.00"), ("210", "卫生健康支出", "15.00")]);
    let a = analyze(&format!(
        "<p>2024年单位预算公开</p><p>2024年支出预算表</p><p>单位：万元</p><table>{head}{first}</table><table>{head}{second}</table>"
    ));
    assert_eq!(a.reading.tables.len(), 1);
    assert_eq!(disagreeing(&a), []);
    assert_eq!(cell(&a, "支出预算表", "小学教育", "合计").concept.as_deref(), Some("expenditure.function.2050202"));
}
