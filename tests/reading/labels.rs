//! What a figure is of: labels, parts and concepts of sentences as units write them.

use super::{facts, reading};
use gouji::fact::Fact;

fn told(f: &Fact) -> String {
    format!("{} {}", f.value.normalize(), f.label)
}

/// Each fact as its value and label.
fn labels(note: &str) -> Vec<String> {
    reading(note).facts.iter().map(told).collect()
}

/// Each fact as its label, measure and value.
fn measures(note: &str) -> Vec<String> {
    let name = |f: &Fact| format!("{:?} {} {}", f.measure, f.value.normalize(), f.label);
    reading(note).facts.iter().map(name).collect()
}

/// The concept and part of each fact.
fn parts(note: &str) -> Vec<(String, Option<String>)> {
    reading(note).facts.iter().map(|f| (f.concept.as_deref().unwrap_or("-").to_owned(), f.part.clone())).collect()
}

fn whole(concept: &str) -> (String, Option<String>) {
    (concept.to_owned(), None)
}

fn part(concept: &str, part: &str) -> (String, Option<String>) {
    (concept.to_owned(), Some(part.to_owned()))
}

#[test]
fn names_keep_how_they_begin() {
    let note = "清溪县文化馆2031年部门预算说明\n2031年项目支出110万元，其中：数字化设备经费40万元，超课时支出30万元，数据中心经费20万元，\
                度假区补贴10万元，青松计划项目4万元，专项资金6万元。";
    let names = [
        "110 项目支出",
        "40 数字化设备经费",
        "30 超课时支出",
        "20 数据中心经费",
        "10 度假区补贴",
        "4 青松计划项目",
        "6 专项资金",
    ];
    assert_eq!(labels(note), names);
    let note = "清溪县人大常委会办公室2031年部门预算说明\n2031年项目支出80万元，其中：人大工作接待经费50万元，常委会组成人员履职经费30万元。";
    assert_eq!(labels(note), ["80 项目支出", "50 人大工作接待经费", "30 常委会组成人员履职经费"]);
    let note = "2031年清溪县收支情况\n2031年度假区收入5万元。";
    assert_eq!(parts(note), [part("revenue", "度假区")]);
    let note = "清溪县财务收支情况\n2031年财务拨款100万元（资金收入60万元，物资收入40万元）。";
    assert_eq!(labels(note), ["100 财务拨款", "60 资金收入", "40 物资收入"]);
}

#[test]
fn the_publisher_is_no_part() {
    let note = "清溪县水利局2031年部门预算说明\n2031年清溪县水利局收入总计100万元。县水利局项目支出30万元，水利局财政拨款“三公”经费支出合计5万元。";
    assert_eq!(
        parts(note),
        [whole("revenue.total"), whole("expenditure.project"), whole("three_public")],
        "{:?}",
        labels(note)
    );
    let note =
        "清溪镇人民政府2031年部门预算说明\n2031年清溪镇人民政府“三公”经费预算5万元。清溪镇人民政府收入预算100万元。";
    assert_eq!(parts(note), [whole("three_public"), whole("revenue")]);
    let note = "清溪县财政局2031年度“三公”经费支出决算情况说明\n2031年清溪县财政局国内公务接待共139批次，1205人次。";
    assert_eq!(parts(note), [whole("three_public.reception.batches"), whole("three_public.reception.guests")]);
    let note = "清溪县第一中学2031年部门预算说明\n清溪一中收入预算100万元。";
    assert_eq!(parts(note), [whole("revenue")]);
    // Its members and its own level are.
    let note =
        "清溪县水利局2031年部门预算说明\n2031年支出预算100万元，其中：清溪县水利局本级60万元，清溪县水库管理所40万元。";
    let owners =
        [whole("expenditure"), part("expenditure", "清溪县水利局本级"), part("expenditure", "清溪县水库管理所")];
    assert_eq!(parts(note), owners);
}

#[test]
fn bodies_and_places_are_parts() {
    let of = |who: &str| parts(&format!("2031年三公经费决算\n2031年{who}三公经费支出5万元。"));
    for who in ["县人大", "高新区管委会", "县总工会", "县残联", "各乡镇、县本级", "县本级、各乡镇", "某环保局"]
    {
        assert_eq!(of(who), [part("three_public", who)]);
    }
    let note =
        "2031年清溪县财政决算报告\n2031年全市一般公共预算收入1392万元。其中：市本级541万元；7个县（区）共851万元。";
    assert_eq!(parts(note)[3], part("revenue", "县(区)"));
    let note = "2031年清溪镇预算执行情况\n2031年镇总收入203541万元。来自本市的一般公共预算收入25万元。";
    assert_eq!(parts(note), [whole("revenue.total"), whole("revenue")]);
}

#[test]
fn who_pays_and_which_year_name_no_item() {
    let note = "清溪县水利局2031年度部门决算公开\n公务接待费上年支出1.9万元，本年支出1.4万元，减少0.5万元。项目支出本年支出140万元。";
    assert_eq!(labels(note), ["1.9 公务接待费", "1.4 公务接待费", "-0.5 公务接待费", "140 项目支出"]);
    let note =
        "清溪县水利局2031年部门预算说明\n2031年机关运行经费，当年一般公共预算拨款7万元。“三公”财政拨款支出3万元。";
    assert_eq!(parts(note), [whole("agency_operating"), whole("three_public")]);
    let note = "2031年清溪县预算执行情况\n收入年初预算490万元，年中调整为525万元，完成524万元。";
    assert_eq!(parts(note), [whole("revenue"), whole("revenue"), whole("revenue")]);
    let note = "2031年清溪县预算执行情况\n实际支出36亿元，实际完成收入40亿元。";
    assert_eq!(labels(note), ["36 支出", "40 收入"]);
    let note = "2031年清溪县预算执行情况\n年初预算490万元，调整预算525万元，实际支出524万元。";
    assert_eq!(labels(note), ["490 支出", "525 支出", "524 支出"]);
}

#[test]
fn an_item_told_by_another_word() {
    let note = "清溪县水利局2031年度部门决算公开\n收入合计1000万元，其中：其他收入200万元，该项收入占收入合计的20%。";
    assert_eq!(labels(note)[2], "20 其他收入");
    let note = "清溪县水利局2031年度部门决算公开\n2031年度出国（境）经费、车辆购置及运行费、公务接待费（简称“三公”经费）支出合计24万元。";
    assert_eq!(parts(note), [whole("three_public")]);
    let note = "清溪县第一中学2031年部门预算\nA、人员经费100万元。编制人数小计15人。30万元用于编制。";
    assert_eq!(parts(note), [whole("expenditure.basic.personnel"), whole("staff.authorized"), whole("-")]);
    let note = "清溪县水利局2031年度部门决算公开\n公务用车运行维护费6万元，车均运行维护费2万元。";
    assert_eq!(parts(note), [whole("three_public.vehicle.operation"), whole("-")]);
    let note = "清溪县第一中学2031年单位预算说明\n我校现有在职教职工180代教11人。";
    assert_eq!(labels(note), ["180 在职教职工", "11 代教"]);
}

#[test]
fn pairs_by_their_order() {
    let note = "清溪县水利局2031年部门预算说明\n收入总计和支出总计分别为100万元、90万元。";
    assert_eq!(labels(note), ["100 收入总计", "90 支出总计"]);
    let note = "清溪县水利局2031年部门预算说明\n人员经费和公用经费分别为60万元和40万元。";
    assert_eq!(labels(note), ["60 人员经费", "40 公用经费"]);
    let note = "清溪县水利局2031年部门预算说明\n公务接待费5万元，培训费6万元，与上年相比分别减少1万元、增加2万元。";
    assert_eq!(measures(note)[2..], ["Change -1 公务接待费", "Change 2 培训费"]);
    let note = "2031年前三季度清溪市收入情况\n收入增长10.9%，而甲县、乙县分别达到14.2%、13.3%。";
    assert_eq!(measures(note), ["Growth 10.9 收入", "Growth 14.2 甲县", "Growth 13.3 乙县"]);
    let note =
        "清溪县水利局2031年度部门决算公开\n2031年收入560万元，支出520万元，比上年收入增加50%，支出比上年增加42%。";
    assert_eq!(measures(note)[2..], ["Growth 50 收入", "Growth 42 支出"]);
}

#[test]
fn a_share_told_with_the_amount_of_its_whole() {
    let note = "2031年清溪市教育经费执行情况\n2031年教育经费200万元，占一般公共预算支出1000万元的比例20%，比上年的22%下降2个百分点。";
    let facts = [
        "Level 200 教育经费",
        "Level 1000 一般公共预算支出",
        "Share 20 教育经费",
        "Share 22 教育经费",
        "Change -2 教育经费",
    ];
    assert_eq!(measures(note), facts);
}

#[test]
fn beyond_and_short_of_a_plan() {
    let note = "2031年清溪县财政决算报告\n一般公共预算收入完成102亿元，超预算2亿元，增长5%。";
    let r = reading(note);
    let base = |n: usize| r.facts[n].basis.as_ref().map(|b| (b.year, b.stage.is_some()));
    assert_eq!(measures(note)[1..], ["Change 2 一般公共预算收入", "Growth 5 一般公共预算收入"]);
    assert_eq!((base(1), base(2)), (Some((Some(2031), true)), Some((Some(2030), false))));
    let of =
        |said: &str| measures(&format!("清溪县水利局2031年度部门决算公开\n公务接待费支出36万元，{said}。"))[1].clone();
    assert_eq!(of("少于预算5万元"), "Change -5 公务接待费支出");
    assert_eq!(of("低于年初预算26.32%"), "Growth -26.32 公务接待费支出");
    assert_eq!(of("比年初预算低26.32%"), "Growth -26.32 公务接待费支出");
    assert_eq!(of("低于年初预算40万元"), "Level 40 公务接待费支出");
    assert_eq!(of("未超过年初预算40万元"), "Level 40 公务接待费支出");
}

#[test]
fn the_average_of_others() {
    let note = "2031年清溪县财政决算报告\n收入300亿元，同比增长10.9%，比全省平均（10.4%）高0.5个百分点，低于全市平均增幅2个百分点。";
    let r = reading(note);
    assert_eq!(measures(note)[2..], ["Growth 10.4 收入", "Ratio 0.5 收入", "Ratio -2 收入"]);
    let owners: Vec<Option<&str>> = r.facts.iter().map(|f| f.part.as_deref()).collect();
    assert_eq!(owners, [None, None, Some("全省平均"), None, None]);
}

#[test]
fn a_stated_absence_of_this_item() {
    let note = "清溪县水利局2031年部门预算说明\n采购预算17000元，同比增加17000元，上年无该预算。";
    let r = reading(note);
    let last = r.facts.last().unwrap();
    assert_eq!(
        (last.year, last.value.is_zero(), last.stated, last.label.as_str()),
        (Some(2030), true, false, "采购预算")
    );
}

#[test]
fn names_end_where_the_stage_does() {
    let note = "清溪县水利局2031年“三公”经费决算情况\n2031年“三公”经费支出67.1万元。“三公”经费决算数据比上年减少14.8万元，\
                预算汇总数较上年减少2万元。";
    assert!(labels(note).iter().all(|l| l.contains("三公经费")), "{:?}", labels(note));
    let note = "清溪镇2031年预算执行情况\n预算内可用财力120万元，具体构成如下：税收分成90万元，一次性补助30万元。";
    assert_eq!(labels(note), ["120 预算内可用财力", "90 税收分成", "30 一次性补助"]);
    assert_eq!(labels("清溪县水利局2031年部门预算\n一般性支出12万元。"), ["12 一般性支出"]);
    let school = "清溪中学2031年单位预算\n（二）单位构成。2031年本单位部门预算单位共1个。";
    assert_eq!(labels(school), ["1 预算单位"]);
}

#[test]
fn an_item_stands_before_what_it_is_for() {
    let note = "清溪镇2031年财政决算报告\n调出资金93万元用于财力统筹，预备费30万元用于防汛。其中：20万元用于审计。";
    assert_eq!(labels(note), ["93 调出资金", "30 预备费", "20 审计"]);
}

#[test]
fn references_standards_and_bounds_are_no_figures() {
    let note = "清溪县水利局2031年部门预算\n收入300万元（详见公开表1,2），支出300万元（详见部门预算公开表3）。项目支出40万元\
                （具体见公开表5-1），见表1、表2。城乡低保标准为每人每月850元和620元，医保由每人每年640元提高到670元。自评\
                得分80分至90分的项目2个。";
    assert_eq!(labels(note), ["300 收入", "300 支出", "40 项目支出", "2 项目"]);
    assert!(reading(note).unexplained.is_empty());
}

#[test]
fn vehicles_in_words() {
    let note = "清溪县水利局2031年“三公”经费决算\n公务车辆保有量为壹辆。公务用车两辆。";
    let values: Vec<String> = reading(note).facts.iter().map(|f| f.value.to_string()).collect();
    assert_eq!(values, ["1", "2"]);
}

#[test]
fn what_gathers_all_its_parts_is_the_item() {
    let told = reading(
        "清溪区2031年预算公开\n2031年一般公共预算拨款安排的因公出国（境）费、公务用车购置及运行维护费、公务接待费等“三公”经费支出共491万元。",
    )
    .facts;
    assert_eq!((told[0].label.as_str(), told[0].concept.as_deref()), ("三公经费支出", Some("three_public")));
    // Some of what is local: no more than is named.
    let told = labels("清溪区2031年预算执行情况\n契税、土地增值税等地方税收242.2亿元。");
    assert_eq!(told, ["242.2 契税、土地增值税等地方税收"]);
}

#[test]
fn counts_are_named_to_the_end() {
    let told = labels("气象部门2031年预算\n共有预算单位33个，包括31个省（区、市）气象局和2个在京直属事业单位。");
    assert_eq!(told, ["33 预算单位", "31 省(区、市)气象局", "2 在京直属事业单位"]);
    // What a fund paid for is counted, and no fund's.
    let told = reading("清溪区2031年决算\n使用财政拨款购置公务用车7辆。无因公出国（境）人数。").facts;
    assert_eq!((told[0].label.as_str(), told[0].fund), ("购置公务用车", None));
    assert_eq!((told[1].unit, told[1].fund, told[1].stage), (None, None, None));
}

#[test]
fn words_for_no_one_in_particular_are_no_item() {
    let told = facts("2031年某部门机关运行经费29万元。2031年某部财政拨款“三公”经费5万元。");
    let concepts: Vec<_> = told.iter().map(|f| f.concept.as_deref()).collect();
    assert_eq!(concepts, [Some("agency_operating"), Some("three_public")]);
    let told = facts("2031年前三季收入\n全省收入2240亿元，增长10.9%。苏南增幅为8.3%。");
    assert_eq!((told[2].label.as_str(), told[2].part.as_deref()), ("收入", Some("苏南")));
}

#[test]
fn money_is_of_what_it_is_spent_on() {
    let concept = |text: &str, n: usize| facts(text)[n].concept.as_deref().unwrap_or("").to_owned();
    assert_eq!(
        concept("2031年预算\n“三公”经费20万元，其中：公务接待费13万元，公务用车7万元。", 2),
        "three_public.vehicle"
    );
    assert_eq!(concept("2031年决算\n总收入100万元，其中：财政拨款60万元，经营40万元。", 2), "revenue.operating");
    let text =
        "2031年决算\n总收入100万元，其中：财政拨款60万元，经营40万元。\n支出90万元，其中：基本60万元，经营30万元。";
    assert_eq!(concept(text, 5), "expenditure.operating");
    assert_eq!(concept("2031年决算\n支出700万元，其中：一般公共预算450万元；基金250万元。", 1), "expenditure");
    assert_eq!(concept("2031年预算\n支出100万元，其中：人员60万元，公用40万元。", 1), "expenditure.basic.personnel");
    assert_eq!(concept("2031年预算\n公务用车购置费25万元，拟购执法车2辆。", 1), "three_public.vehicle.purchased");
}

#[test]
fn a_share_of_no_named_whole_is_of_what_it_follows_from() {
    let whole = |text: &str| facts(text).last().unwrap().basis.as_ref().unwrap().fact;
    assert_eq!(whole("2031年县预算执行情况\n总收入完成545万元，增长4%。税收完成441万元，占80.9%。"), Some(0));
    assert_eq!(whole("2031年县预算执行情况\n支出完成5582亿元。民生占61.1%。"), Some(0));
    let text = "2031年采购决算\n采购支出100万元。授予中小企业合同20万元，占总额的20%，其中：授予小微企业5万元，占5%。";
    assert_eq!(whole(text), Some(0));
}

#[test]
fn what_stands_round_a_name_is_none() {
    let note = "清溪县2031年预算执行情况\n批准的2031年地方一般公共预算收入任务为7000万元，绝对额同比下降9.42%。一般公共预算\
                支出最终为8358万元。个人所得税0.4亿元，呈负增长2.5%。";
    let told = labels(note);
    assert_eq!(told[..2], ["7000 地方一般公共预算收入", "-9.42 地方一般公共预算收入"]);
    assert_eq!(told[2..], ["8358 一般公共预算支出", "0.4 个人所得税", "-2.5 个人所得税"]);
}

#[test]
fn names_and_figures_pair_behind_a_copula() {
    let note = "清溪县2031年预算执行情况\n国内增值税、契税为8.1亿元、1.2亿元，分别增长5.2%、3.1%。";
    assert_eq!(labels(note), ["8.1 国内增值税", "1.2 契税", "5.2 国内增值税", "3.1 契税"]);
}

#[test]
fn a_flow_is_of_the_budget_that_its_sentence_is_about() {
    let note = "清溪市2031年预算执行情况\n一般公共预算：全市收入实现140.96亿元；支出实现444.70亿元。\n社会保险基金预算：全市收入\
                实现85.36亿元，支出实现78.91亿元。";
    let told = labels(note);
    assert_eq!([told[1].as_str(), told[3].as_str()], ["444.7 一般公共预算支出", "78.91 社会保险基金预算支出"]);
}

#[test]
fn who_pays_for_an_item_is_no_item() {
    let note =
        "某院2031年部门决算\n因公出国（境）费2031年财政拨款支出决算数为7926.14万元，比2030年决算数减少824.13万元。";
    assert_eq!(labels(note), ["7926.14 因公出国(境)费", "-824.13 因公出国(境)费"]);
}

#[test]
fn a_sentence_without_figures_names_those_of_none() {
    let note = "某区政协2031年部门预算\n政协章程规定，政协的主要职能是政治协商、民主监督、参政议政。2031年预算收入275.72万元。";
    assert_eq!(labels(note), ["275.72 预算收入"]);
    assert_eq!(labels("某局2031年部门预算\n公务接待费。2031年预算5万元。"), ["5 公务接待费"]);
}

#[test]
fn words_of_a_sentence_are_no_items() {
    let note = "某局2031年“三公”经费预算\n安排因公出国（境）费0万元，比上年预算增（减）0万元。公务接待费6.4万元，比上年减少1.56万元。因此2031年预算比上年\
                预算减少1.56万元。出国人次从29人降为16人，下降44.8%。";
    let told = labels(note);
    assert_eq!(told[1], "0 因公出国(境)费");
    assert_eq!(told[4..], ["-1.56 公务接待费", "29 出国人次", "16 出国人次", "-44.8 出国人次"]);
}

#[test]
fn what_places_are_ranked_by() {
    let note = "清溪市2031年1-9月财政收支情况\n各县一般公共预算收入完成情况：按规模排序，甲水县10.6亿元，乙山县9.6亿元；按完成进度排序，甲水县80.2%，乙山县77.5%；按增速排序，乙山县6%，甲水县-5.4%。";
    let name = "一般公共预算收入";
    let want = [
        format!("Level 10.6 {name}"),
        format!("Level 9.6 {name}"),
        format!("Completion 80.2 {name}"),
        format!("Completion 77.5 {name}"),
        format!("Growth 6 {name}"),
        format!("Growth -5.4 {name}"),
    ];
    assert_eq!(measures(note), want);
}

#[test]
fn a_place_is_of_what_it_has_a_share_of() {
    let note = "清溪市2031年财政决算报告\n2031年一般公共预算收入115亿元。财政总收入158亿元。\n分级次收入情况：市本级完成40亿元，增长10%，占一般公共预算收入的34.8%；县级完成75亿元，占一般公共预算收入的65.2%。";
    let told = labels(note);
    assert_eq!([told[2].as_str(), told[5].as_str()], ["40 一般公共预算收入", "75 一般公共预算收入"]);
}

#[test]
fn parts_of_a_plan_are_planned_below_its_heading() {
    let note = "某区2031年“三公”经费\n一、2031年年初预算\n“三公”经费预算54万元，其中：公务用车支出决算12万元；公务接待费支出决算42万元。\n二、2031年决算\n“三公”经费决算支出37万元，其中：公务用车支出决算10万元；公务接待费支出决算27万元。";
    let stages: Vec<_> = facts(note).iter().map(|f| f.stage).collect();
    use gouji::pattern::Stage::{Budget, Final};
    let want = [Budget, Budget, Budget, Final, Final, Final].map(Some);
    assert_eq!(stages, want);
}

#[test]
fn a_body_just_named_has_its_own() {
    let note = "2031年某部“三公”经费情况\n2031年“三公”经费预算比2030年预算增加48万元，主要原因是新设评估中心，该中心2031年“三公”经费预算54.53万元。";
    let told: Vec<_> = facts(note).into_iter().map(|f| f.part).collect();
    assert_eq!(told, [None, Some("该中心".to_owned())]);
}
