//! Tables as units publish them: where they stand, what their rows are of, and
//! which of their totals must tie.

use gouji::Analysis;
use gouji::check::Verdict;
use gouji::document::{Raw, read};
use gouji::fact::{Fact, Measure};
use gouji::pattern::Packs;
use std::fmt::Write as _;

fn analyze(page: &str) -> Analysis {
    let document = read(&Raw::File { path: "附表.html".into(), bytes: page.into() }).unwrap();
    gouji::analyze(Packs::builtin().unwrap(), document, true)
}

/// A page with a table: rows are parted by `/`, cells by `|`; `3:合计` takes three columns.
fn page(before: &str, rows: &str) -> String {
    let mut out: String = before.lines().map(|line| format!("<p>{line}</p>")).collect();
    out.push_str("<table>");
    for row in rows.split('/') {
        out.push_str("<tr>");
        for cell in row.split('|') {
            match cell.split_once(':').filter(|(n, _)| n.len() == 1) {
                Some((n, text)) => write!(out, "<td colspan={n}>{text}").unwrap(),
                None => write!(out, "<td>{cell}").unwrap(),
            }
        }
    }
    out + "</table>"
}

fn quote<'a>(a: &'a Analysis, f: &Fact) -> &'a str {
    a.view.slice(f.start, f.end)
}

/// The cell with this figure.
fn cell<'a>(a: &'a Analysis, figure: &str) -> &'a Fact {
    a.reading.facts.iter().find(|f| f.cell.is_some() && quote(a, f) == figure).unwrap()
}

/// What fails: the rule and the figure named first.
fn failing(a: &Analysis) -> Vec<(&'static str, String)> {
    let failed = a.findings.list.iter().filter(|f| f.verdict == Verdict::Disagrees);
    let named = |f: &gouji::check::Finding| {
        let fact = f.suspects.first().and_then(|s| a.reading.facts.get(s.fact as usize));
        fact.map_or(String::new(), |f| quote(a, f).to_owned())
    };
    failed.map(|f| (f.rule.id, named(f))).collect()
}

fn unit(f: &Fact) -> Option<&'static str> {
    let unit = f.unit.or(f.unit_inferred)?;
    Packs::builtin().unwrap().vocabulary.units.get(unit).map(|u| &*u.name)
}

const HEAD: &str = "科目编码|科目名称|合计|基本支出|项目支出";
const NOTE: &str = "清溪县水利局2024年部门预算\n支出总表\n单位：万元";

#[test]
fn tables_behind_definitions_are_no_definitions() {
    let before = "清溪县水利局2024年部门预算\n一、部门收支情况\n2024年支出预算90.00万元。\n二、名词解释\n基本支出：指为保障机构正常运转而发生的支出。\n附件：2024年部门预算表\n2024年支出预算表\n单位：万元";
    let rows = format!(
        "{HEAD}/|合计|90.00|60.00|30.00/208|社会保障和就业支出|70.00|40.00|30.00/210|卫生健康支出|21.00|21.00|"
    );
    let a = analyze(&page(before, &rows));
    assert_eq!(a.reading.facts.iter().filter(|f| f.cell.is_some()).count(), 8);
    assert_eq!(failing(&a).len(), 2, "{:?}", failing(&a));
}

#[test]
fn codes_of_units_are_no_functions() {
    let functions = "208|社会保障和就业支出|70.00|40.00|30.00/20805|行政事业单位养老支出|70.00|40.00|30.00/210|卫生健康支出|20.00|20.00|";
    let one = format!(
        "{HEAD}/合计||90.00|60.00|30.00/108|清溪县水利局|90.00|60.00|30.00/108001|清溪县水利局本级|90.00|60.00|30.00/{functions}"
    );
    let a = analyze(&page(NOTE, &one));
    assert_eq!(failing(&a), []);
    let two = format!(
        "{HEAD}/合计||100.00|70.00|30.00/108001|清溪县水利局本级|90.00|60.00|30.00/{functions}/108002|清溪县水文站|10.00|10.00|/205|教育支出|10.00|10.00|"
    );
    let a = analyze(&page(NOTE, &two));
    assert_eq!(failing(&a), []);
    let station = a.reading.facts.iter().find(|f| f.label == "教育支出").unwrap();
    assert_eq!(station.part.as_deref(), Some("清溪县水文站"));
    let a = analyze(&page(NOTE, &two.replace("清溪县水文站|10.00|10.00", "清溪县水文站|13.00|13.00")));
    assert!(failing(&a).iter().any(|(_, figure)| figure == "13.00"), "{:?}", failing(&a));
}

#[test]
fn what_is_spent_on_people_is_money() {
    let rows = format!(
        "{HEAD}/|合计|70.00|40.00|30.00/208|社会保障和就业支出|70.00|40.00|30.00/20805|行政事业单位养老支出|70.00|40.00|30.00/2080503|离退休人员管理机构|70.00|40.00|30.00"
    );
    let a = analyze(&page(NOTE, &rows));
    assert!(a.reading.facts.iter().all(|f| f.cell.is_none() || unit(f) == Some("万元")));
}

#[test]
fn rows_name_units_of_their_own() {
    let rows = "项目|行次|统计数/栏次||1/一、机关运行经费|1|320,450.00/（一）行政单位|2|320,450.00/（二）参照公务员法管理事业单位|3|0.00/二、资产信息|4|—/（一）车辆数合计（辆）|5|3/1．机要通信用车|6|1/2．应急保障用车|7|2/三、政府采购支出信息|8|—/（一）政府采购支出合计|9|800,000.00/1．政府采购货物支出|10|300,000.00/2．政府采购服务支出|11|500,000.00";
    let a = analyze(&page("清溪县水利局2024年度部门决算\n机构运行信息表\n金额单位：元", rows));
    assert_eq!(failing(&a), []);
    assert_eq!((unit(cell(&a, "3")), cell(&a, "3").label.as_str()), (Some("辆"), "车辆数合计"));
    assert_eq!(unit(cell(&a, "2")), Some("辆"));
    assert_eq!((unit(cell(&a, "800,000.00")), cell(&a, "800,000.00").label.as_str()), (Some("元"), "政府采购支出合计"));
    // 栏次 1 is no amount.
    assert!(a.reading.facts.iter().all(|f| f.label != "栏次"));
}

#[test]
fn numbers_of_columns_stand_above_codes_too() {
    let rows = "2:项目|本年支出合计|基本支出|项目支出/功能分类科目编码|科目名称|||/2:栏次|1=2+3|2|3/2:合计|90.00|60.00|30.00/208|社会保障和就业支出|70.00|40.00|30.00/20805|行政事业单位养老支出|75.00|45.00|30.00/210|卫生健康支出|20.00|20.00|";
    let a = analyze(&page("清溪县水利局2023年度部门决算\n支出决算表\n单位：万元", rows));
    assert!(cell(&a, "75.00").concept.as_deref() == Some("expenditure.function.20805"));
    assert!(failing(&a).iter().any(|(rule, _)| *rule == "sum/table-rows-differ"), "{:?}", failing(&a));
}

#[test]
fn three_public_is_one_money_whatever_the_title_calls_it() {
    let note = "清溪县水利局2024年部门预算\n2024年“三公”经费预算30.80万元，其中：因公出国（境）费8.00万元，公务用车购置及运行维护费58.00万元，公务接待费4.80万元。\n一般公共预算“三公”经费支出表\n单位：万元";
    let rows = "项目|预算数/合计|30.80/因公出国（境）费|8.00/公务用车购置及运行维护费|18.00/其中：公务用车购置费|/公务用车运行维护费|18.00/公务接待费|4.80";
    let a = analyze(&page(note, rows));
    let wrong = failing(&a);
    assert!(wrong.contains(&("equal/table-differs-from-note", "58.00万元".into())), "{wrong:?}");
    // However its rows are numbered, the table must tie.
    let a = analyze(&page(&note.replace("58.00", "18.00"), &rows.replace("|30.80", "|32.80")));
    assert!(failing(&a).iter().any(|(rule, _)| *rule == "sum/table-rows-differ"), "{:?}", failing(&a));
}

#[test]
fn sums_need_no_unit() {
    let rows = format!(
        "{HEAD}/|合计|90.00|60.00|30.00/208|社会保障和就业支出|70.00|40.00|30.00/210|卫生健康支出|21.00|21.00|"
    );
    let a = analyze(&page("清溪县水利局\n支出预算表", &rows));
    assert_eq!(unit(cell(&a, "90.00")), Some("万元"));
    assert!(!failing(&a).is_empty());
    assert!(a.findings.list.iter().any(|f| f.rule.id == "unit/missing" && f.verdict == Verdict::Undecided));
    let a = analyze(&page("清溪县水利局\n支出预算表", &rows.replace(".00", "0000.00")));
    assert_eq!(unit(cell(&a, "900000.00")), Some("元"));
}

#[test]
fn lists_of_projects_add_up() {
    let note = "清溪县水利局2025年部门预算\n项目支出表\n单位：万元";
    let head = "类型|项目名称|项目单位|合计|一般公共预算|政府性基金预算/";
    let rows = "特定目标类|河道疏浚|清溪县水利局|325.00|325.00|/特定目标类|堤防加固|清溪县水利局|586.00|586.00|/其他运转类|水文监测|清溪县水利局|180.00||180.00";
    let a = analyze(&page(note, &format!("{head}3:合计|1091.00|911.00|180.00/{rows}")));
    assert_eq!(failing(&a), []);
    let a = analyze(&page(note, &format!("{head}3:合计|1191.00|911.00|180.00/{rows}")));
    let wrong = failing(&a);
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong.iter().all(|(_, figure)| figure == "1191.00"), "{wrong:?}");
    // Some of the projects alone prove nothing.
    let some = "特定目标类|河道疏浚|清溪县水利局|325.00|325.00|/其他运转类|水文监测|清溪县水利局|180.00||180.00";
    let a = analyze(&page(note, &format!("{head}3:合计|1091.00|911.00|180.00/{some}")));
    assert_eq!(failing(&a), []);
    let bought = "项目|采购预算数|采购决算数/合计|60.00|55.00/货物|20.00|20.00/工程|10.00|10.00/服务|30.00|28.00";
    let a = analyze(&page("清溪县水利局2024年部门决算\n政府采购情况表\n单位：万元", bought));
    assert_eq!(failing(&a).len(), 1);
}

#[test]
fn a_total_over_two_sides_is_of_both() {
    let note = "清溪县水利局2024年度部门决算\n一般公共预算财政拨款基本支出决算表\n单位：万元";
    let rows = |total: &str| {
        format!(
            "3:人员经费|6:公用经费/科目编码|科目名称|决算数|科目编码|科目名称|决算数|科目编码|科目名称|决算数/301|工资福利支出|90.00|302|商品和服务支出|20.00|310|资本性支出|5.00/30101|基本工资|50.00|30201|办公费|12.00|31002|办公设备购置|5.00/30102|津贴补贴|40.00|30202|印刷费|8.00|||/2:人员经费合计|90.00|5:公用经费合计|{total}"
        )
    };
    assert_eq!(failing(&analyze(&page(note, &rows("25.00")))), []);
    let wrong = failing(&analyze(&page(note, &rows("75.00"))));
    assert_eq!(wrong, [("sum/table-rows-differ", "75.00".to_owned())]);
    // The third side may have no row of its own.
    let two = rows("20.00").replace("310|资本性支出|5.00", "||").replace("31002|办公设备购置|5.00", "||");
    assert_eq!(failing(&analyze(&page(note, &two))), []);
    let wrong = failing(&analyze(&page(note, &two.replace(":公用经费合计|20.00", ":公用经费合计|70.00"))));
    assert_eq!(wrong, [("sum/table-rows-differ", "70.00".to_owned())]);
}

#[test]
fn what_the_note_takes_over_from_its_tables() {
    let note = "清溪镇2024年度部门决算\n2024年度一般公共预算财政拨款支出900.00万元，具体如下：\n1.一般公共服务支出（类）350.00万元，占38.89%。其中：财政事务（款）行政运行（项）220.46万元；财政事务（款）一般行政管理事务（项）29.54万元。\n2.农林水支出（类）550.00万元，占61.11%。\n一般公共预算财政拨款支出决算表\n单位：万元";
    let rows = format!(
        "{HEAD}/|合计|900.00|320.46|579.54/201|一般公共服务支出|350.00|320.46|29.54/20106|财政事务|350.00|320.46|29.54/2010601|行政运行|320.46|320.46|/2010602|一般行政管理事务|29.54||29.54/213|农林水支出|550.00||550.00"
    );
    let wrong = failing(&analyze(&page(note, &rows)));
    assert_eq!(wrong, [("equal/table-differs-from-note", "220.46万元".to_owned())]);
}

#[test]
fn the_likelier_slip_is_named() {
    let first = |text: &str| {
        let document = read(&Raw::File { path: "说明.txt".into(), bytes: text.into() }).unwrap();
        let a = gouji::analyze(Packs::builtin().unwrap(), document, true);
        failing(&a).first().cloned().unwrap().1
    };
    // 436.21 lost a digit; the rate is right.
    assert_eq!(
        first(
            "清溪县水利局2023年度部门决算公开说明\n2023年度收、支总计2447.29万元。与2022年相比，收、支总计各增加46.21万元，增长21.69%。"
        ),
        "46.21万元"
    );
    // 元 for 万元, to the cent.
    assert_eq!(
        first(
            "清溪镇2024年度部门决算\n2024年度一般公共预算财政拨款基本支出4429862.69元，其中：人员经费4055372.77元；公用经费374489.92万元。"
        ),
        "374489.92万元"
    );
    // Nothing is seldom what is wrong.
    let zero = first(
        "清溪县水利局2024年部门预算\n2024年“三公”经费预算9.80万元，比2023年增加0.80万元，增长8.89%。其中：因公出国（境）费0万元；公务用车运行维护费1.24万元；公务接待费4.56万元。",
    );
    assert_ne!(zero, "0万元");
}

#[test]
fn a_wrapped_line_may_begin_with_a_level_of_the_classification() {
    let text = "清溪镇2024年度部门决算公开\n社会保障和就业支出（类）90.00万元，占45.00%。其中：行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）50.00万元；其他社会保障和就业支出（款）其他社会保障和就业支出\n（项）40.00万元。";
    let document = read(&Raw::File { path: "说明.txt".into(), bytes: text.into() }).unwrap();
    let a = gouji::analyze(Packs::builtin().unwrap(), document, true);
    let rest = a.reading.facts.last().unwrap();
    assert_eq!((rest.label.as_str(), rest.parent), ("其他社会保障和就业支出", Some(0)));
}

#[test]
fn a_cell_a_line_tells_no_column() {
    let text = "清溪区2031年“三公”经费汇总情况\n全区“三公”经费583万元，其中：公务接待费43万元。\n因公出国 |\n公务用车运行维护 | 公务接待费 | ||||\n583 |\n100 |\n43 |";
    let document = read(&Raw::File { path: "说明.txt".into(), bytes: text.into() }).unwrap();
    let a = gouji::analyze(Packs::builtin().unwrap(), document, true);
    assert_eq!(a.reading.facts.len(), 2);
    assert!(a.reading.unexplained.is_empty());
}

#[test]
fn a_flattened_head_lies_below_what_it_divides() {
    let text = "清溪县2031年“三公”经费决算情况统计表\n单位:万元 | ||||\n项目 | 上年决算数 | 本年决算数 | 比上年增、减情况 | |\n\
                增、减金额 | 增、减幅度 | |||\n合计 | 14.80 | 11.10 | -3.70 | -25% |\n1.因公出国(境)费 | 2.80 | 1.10 | -1.70 | -60.71% |\n\
                2.公务接待费 | 12.00 | 10.00 | -2.00 | -16.67% |";
    let document = read(&Raw::File { path: "说明.txt".into(), bytes: text.into() }).unwrap();
    let a = gouji::analyze(Packs::builtin().unwrap(), document, true);
    let told: Vec<_> = a.reading.facts.iter().take(4).map(|f| (f.measure, f.year)).collect();
    let all = [(Measure::Level, 2030), (Measure::Level, 2031), (Measure::Change, 2031), (Measure::Growth, 2031)];
    assert_eq!(told, all.map(|(m, y)| (m, Some(y))));
    assert_eq!(failing(&a), []);
}
