//! Which figures make up which: lists are read by their words, whether or not
//! their figures tie.

use super::{contradictions, facts, reading};
use gouji::check::{Verdict, check};
use gouji::fact::{Extent, Fact, Role};
use gouji::pattern::Packs;

/// The place of each figure's total among the figures.
fn parents(told: &[Fact]) -> Vec<Option<u32>> {
    told.iter().map(|f| f.parent).collect()
}

const NOTE: &str = "东河县水利局2031年部门决算说明\n";

fn note(text: &str) -> String {
    format!("{NOTE}{text}")
}

#[test]
fn a_sum_closes_its_row() {
    let text = note("2031年支出：办公费510元，水费320元，电费240元，合计支出1170元。");
    let told = facts(&text);
    assert_eq!(parents(&told), [Some(3), Some(3), Some(3), None]);
    assert_eq!(contradictions(&text), 1);
    // The word alone is of none of the items.
    let told = facts(&note("基本支出50万元，项目支出30万元，合计80万元。"));
    assert_eq!(told[2].label, "支出");
    assert_eq!(parents(&told), [Some(2), Some(2), None]);
    // What begins the row may bear the sum's name.
    assert_eq!(contradictions(&note("支出98.8亿元；上解2.58亿元；还本2.09亿元；支出合计104.47亿元。")), 1);
    assert_eq!(contradictions(&note("支出98.8亿元；上解2.58亿元；还本2.09亿元；支出合计103.47亿元。")), 0);
}

#[test]
fn a_list_stays_with_what_it_is_told_of() {
    let text = note("教育支出150元，卫生健康支出76元。\n住房公积金550元，其中：基本支出150元，项目支出0元。");
    let told = facts(&text);
    assert_eq!(parents(&told), [None, None, None, Some(2), Some(2)]);
    assert_eq!(contradictions(&text), 1);
    // What is spent makes up no part of the revenue, however well it would tie.
    let text = note(
        "（一）收入预算\n2031年收入预算112.18万元，其中：财政拨款111.22万元；上年结转收入0.96万元。\n\
         （二）支出预算\n2031年支出预算112.18万元。\n\
         1.按支出功能分类，包括一般公共服务支出98.27万元；社会保障和就业支出7.35万元；卫生健康支出5.60万元。",
    );
    assert_eq!(parents(&facts(&text))[4..], [Some(3), Some(3), Some(3)]);
    assert_eq!(contradictions(&text), 1);
    // Items of one level of a classification stand beside each other.
    let told = facts(&note("1.办公费30.5万元。2.印刷费20.2万元。3.差旅费10.3万元。4.会议费5万元。"));
    assert_eq!(parents(&told), [None; 4]);
    // What is left over is made of no expenditure.
    let told = facts(&note("收支相抵，年终结余18.03亿元。\n1.教育支出9.90亿元。\n2.卫生健康支出8.13亿元。"));
    assert_eq!(parents(&told), [None; 3]);
}

#[test]
fn a_part_may_exceed_its_total() {
    let text = note("收入合计1123.48万元。其中：财政拨款收入1298.30万元，占85.22%；事业收入225.18万元，占14.78%。");
    assert_eq!(parents(&facts(&text)), [None, Some(0), None, Some(0), None]);
    assert!(contradictions(&text) > 0);
    // … but not where it is a part by none of its words.
    let told = facts(&note("聘用教师控制数4人。其中，在职在编人员91人。"));
    assert_eq!(parents(&told), [None, None]);
}

#[test]
fn a_total_may_hold_a_total() {
    let text = note(
        "2031年度收入总计99.67万元，其中：本年收入合计97.67万元，年初结转结余2万元；\
         支出总计99.67万元，其中：本年支出合计98万元，年末结转结余1.57万元。",
    );
    assert_eq!(parents(&facts(&text)), [None, Some(0), Some(0), None, Some(3), Some(3)]);
    assert_eq!(contradictions(&text), 1);
}

#[test]
fn what_names_no_amount_opens_no_list() {
    let text = note("教育支出9.90万元，占10%，主要是学校建设；卫生健康支出5.08万元，占5.1%。");
    assert_eq!(parents(&facts(&text)), [None; 4]);
    let text = note(
        "收入预算120万元；支出包括基本运行的经费。\n（一）收入预算，2031年年初预算数120万元。\n\
         （二）支出预算，2031年年初预算数120万元。",
    );
    assert_eq!(contradictions(&text), 0);
}

#[test]
fn what_a_component_is_for_is_part_of_it() {
    let text = note(
        "支出100万元，其中：教育支出30万元；卫生健康支出60万元，主要用于贷款贴息20万元、人才培养15万元；节能环保支出10万元。",
    );
    assert_eq!(parents(&facts(&text)), [None, Some(0), Some(0), Some(2), Some(2), Some(0)]);
    let text = note("支出100万元，其中：业务专项60万元，局机关、防汛中心分别列支35万元、25万元；运行专项40万元。");
    let told = facts(&text);
    assert_eq!(parents(&told), [None, Some(0), Some(1), Some(1), Some(0)]);
    assert_eq!(told[3].label, "业务专项");
}

#[test]
fn a_list_ends_where_another_begins() {
    let text = note(
        "2031年支出200万元，其中：一般公共服务支出150万元，社会保障和就业支出20万元。\
         2031年专项资金支出49万元，其中：会议支出24万元，视察支出25万元。",
    );
    let told = facts(&text);
    assert_eq!(parents(&told), [None, Some(0), Some(0), None, Some(3), Some(3)]);
    // Told again, it is no second part.
    let told = facts(&note("支出300万元。其中：教育支出200万元；卫生健康支出50万元。教育支出200万元，主要用于学校。"));
    assert_eq!(parents(&told), [None, Some(0), Some(0), None]);
    // What a bracket leaves out is none.
    let told = facts(&note("项目支出100万元（不含上年结转项目30万元）。"));
    assert_eq!(parents(&told), [None, None]);
}

#[test]
fn headings_may_be_items() {
    let text = note(
        "（一）收入情况\n2031年，实现收入100万元。收入分类情况如下：\n1.捐赠收入\n本年度捐赠收入30万元。\n\
         2.政府拨款收入\n本年度政府拨款收入60万元。\n3.其他收入\n本年度其他收入20万元。",
    );
    let told = facts(&text);
    assert_eq!(parents(&told), [None, Some(0), Some(0), Some(0)]);
    assert_eq!(told[0].role, Some(Role::Total));
    assert_eq!(contradictions(&text), 1);
}

#[test]
fn what_is_added_may_be_a_total() {
    let text = note("可用资金231亿元。加上上年结余17亿元、转移支付10亿元，总计279亿元。");
    assert_eq!(parents(&facts(&text)), [Some(3), Some(3), Some(3), None]);
    assert_eq!(contradictions(&text), 1);
    let told = facts(&note(
        "一般预算总收入468222万元，加上年结余11080万元，加调入资金335万元，再加动用预算稳定调节基金1705万元，收入总计481342万元。",
    ));
    assert_eq!(parents(&told), [Some(4), Some(4), Some(4), Some(4), None]);
}

#[test]
fn words_say_how_much_a_list_names() {
    let extent = |text: &str| reading(&note(text)).breakdowns.first().map(|b| b.extent);
    assert_eq!(extent("支出90万元，其中：甲费30万元，乙费60万元。"), Some(Extent::Open));
    assert_eq!(extent("支出90万元，分别为甲费30万元、乙费60万元。"), Some(Extent::Whole));
    assert_eq!(extent("政府采购预算158万元，按组织形式分：集中采购46万元；分散采购112万元。"), Some(Extent::Whole));
    assert_eq!(extent("支出90万元，含甲费30万元。"), Some(Extent::Some));
    // The same words in a text that ends in the middle say nothing.
    assert_eq!(extent("支出90万元，分别为甲费30万元、乙费20万元，丙"), Some(Extent::Open));
    assert_eq!(contradictions(&note("政府采购预算198万元，按组织形式分：集中采购46万元；分散采购112万元。")), 1);
}

#[test]
fn one_item_of_an_item_ends_with_its_clause() {
    let text = note(
        "支出合计22.49万元，其中：教育支出16.35万元，其中工资16.00万元；卫生健康支出5.14万元；住房保障支出1.00万元。",
    );
    assert_eq!(parents(&facts(&text)), [None, Some(0), Some(1), Some(0), Some(0)]);
    let text = note(
        "三公经费30万元，其中：因公出国费0万元；公务用车购置及运行费20万元，其中：购置费10万元；运行费10万元；公务接待费10万元。",
    );
    assert_eq!(parents(&facts(&text)), [None, Some(0), Some(0), Some(2), Some(2), Some(0)]);
    // What is told of it after a rate in brackets is of it still.
    let text = note(
        "三公经费支出22.97万元，其中：用车费13.37万元；接待费9.60万元，较年初预算数减少2.20万元（18.64%），较上年增加2.67万元，增长38.53%。",
    );
    assert_eq!(facts(&text)[5].label, "接待费");
    assert_eq!(contradictions(&text), 0);
}

#[test]
fn what_cuts_across_adds_nothing() {
    let text = note("收入100亿元，其中：税收收入80亿元，增值税30亿元，企业所得税20亿元，非税收入20亿元。");
    assert_eq!(contradictions(&text), 0);
    assert_eq!(contradictions(&note("支出300万元，其中：教育支出200万元，民生支出250万元。")), 0);
    assert_eq!(
        contradictions(&note("商品和服务支出50.25万元，其中：办公费15.50万元、印刷费10.12万元、差旅费20.03万元等。")),
        0
    );
    let text = note(
        "支出合计100万元。1.教育支出60万元，占60%，其中：小学教育40万元，占40%；初中教育20万元，占20%。2.卫生健康支出40万元，占40%。",
    );
    assert_eq!(contradictions(&text), 0);
}

#[test]
fn amounts_are_of_an_amount_whatever_was_counted_between() {
    let text = note("项目支出1272.80万元，共安排项目5个，分别是：甲费828.00万元；乙费186.30万元；丙费258.50万元。");
    assert_eq!(parents(&facts(&text)), [None, None, Some(0), Some(0), Some(0)]);
    assert_eq!(contradictions(&text.replace("828.00", "828.10")), 1);
    let told = facts(&note("公务用车7辆，其中：执法用车5辆，其他用车2辆。"));
    assert_eq!(parents(&told), [None, Some(0), Some(0)]);
}

#[test]
fn a_paragraph_names_its_total_again() {
    let text = note(
        "（一）收入\n2031年预算收入300万元，比2030年减少20万元。\n2031年预算收入包括：一般公共预算收入300万元，事业收入0万元。",
    );
    assert_eq!(parents(&facts(&text)), [None, None, Some(0), Some(0)]);
    assert_eq!(contradictions(&text.replace("公共预算收入300", "公共预算收入310")), 1);
}

#[test]
fn several_changes_of_what_the_sentence_before_told() {
    let text = note(
        "“三公”经费71万元，其中：出国费19万元，用车费39万元，接待费13万元。与2030年相比，分别减少2万元、3万元、5万元。",
    );
    let labels: Vec<String> = facts(&text)[4..].iter().map(|f| f.label.clone()).collect();
    assert_eq!(labels.len(), 3);
    assert!(labels[0].contains("出国") && labels[2].contains("接待"), "{labels:?}");
}

#[test]
fn collectors_are_parts() {
    let text = "清溪县2031年1-8月财政收支情况\n一、截至2031年8月底，完成总收入60万元。\n二、分征收部门完成情况为：截至2031年8月\
                底，国税局完成40万元；财政局完成20万元。";
    let parts: Vec<Option<String>> = facts(text)[1..].iter().map(|f| f.part.clone()).collect();
    assert_eq!(parts, [Some("国税局".to_owned()), Some("财政局".to_owned())]);
    let text = "清溪县2031年预算执行情况\n支出112亿元。加上上解市级3亿元、补助乡镇2亿元后，支出总量为117亿元。";
    assert!(facts(text).iter().all(|f| f.part.is_none()));
}

#[test]
fn a_list_is_of_the_level_that_it_stands_behind() {
    let text = note(
        "公务用车购置及运行维护费决算6.00万元（其中购置费0万元，运行费6.00万元），预算25.00万元（其中购置费18.00万元，\
         运行费7.00万元），比上年9.00万元（购置费2.00万元，运行费7.00万元）减少3.00万元。",
    );
    let told = facts(&text);
    assert_eq!(parents(&told)[..9], [None, Some(0), Some(0), None, Some(3), Some(3), None, Some(6), Some(6)]);
    assert!(told[7].year < told[0].year && told[4].stage != told[0].stage);
    assert_eq!(contradictions(&text), 0);
    let text = |more: &str| {
        note(&format!(
            "支出决算10万元，其中：基本支出6万元，项目支出4万元；年初预算12万元，其中：基本支出7万元，项目支出{more}万元。"
        ))
    };
    assert_eq!(parents(&facts(&text("5"))), [None, Some(0), Some(0), None, Some(3), Some(3)]);
    assert_eq!((contradictions(&text("5")), contradictions(&text("8"))), (0, 1));
    // Without a list of its own the first is meant.
    let told = facts(&note("支出决算10万元，年初预算12万元，其中：基本支出6万元，项目支出4万元。"));
    assert_eq!(parents(&told), [None, None, Some(0), Some(0)]);
}

#[test]
fn what_cuts_across_the_parts_of_purchases_adds_nothing() {
    let text = note(
        "政府采购支出总额100万元，其中：货物50万元，工程50万元，授予中小企业合同80万元。授予中小企业合同金额80万元，\
         其中：授予小微企业合同金额40万元；货物采购授予中小企业合同金额30万元，占货物支出金额的60%，\
         工程采购授予中小企业合同金额50万元，占工程支出金额的100%。",
    );
    assert_eq!(contradictions(&text), 0);
    let text = note("政府采购支出100万元，其中：授予中小企业合同金额80万元，授予小微企业合同金额40万元。");
    assert_eq!(contradictions(&text), 0);
    // Of each kind of purchase, each time.
    let text = note(
        "授予中小企业合同金额80万元。\n政府采购支出100万元，其中：货物50万元，授予中小企业30万元；工程50万元，授予中小企业50万元。",
    );
    assert_eq!(contradictions(&text), 0);
}

#[test]
fn what_each_gets_adds_to_nothing() {
    let text = note(
        "项目支出90000元：\n1、代表补贴50000元；\n测算标准：25名代表，年人均2000元计50000元。\n2、报刊征订40000元。",
    );
    assert_eq!(parents(&facts(&text)), [None, Some(0), None, None, None, Some(0)]);
    assert_eq!(contradictions(&text), 0);
}

#[test]
fn a_reason_opens_no_list() {
    let told = facts(&note("公务接待费5.99万元，主要是接待任务增加，会议费5.08万元，培训费5.76万元。"));
    assert_eq!(parents(&told), [None; 3]);
    let told = facts(&note("收入900万元，主要是财政拨款800万元，事业收入100万元。"));
    assert_eq!(parents(&told), [None, Some(0), Some(0)]);
}

#[test]
fn a_list_may_be_of_none_of_the_counts_before_it() {
    let text =
        note("对5个部门、5个街道开展整体评价，15个专项开展重点评价，其中：优秀部门5个；良好街道5个；良好专项15个。");
    assert_eq!(contradictions(&text), 0);
    // Who has retired holds no post.
    let text = note("市编办核定事业编制24人，其中：在职人员19人，退休人员14人，其他人员7人。");
    assert_eq!(contradictions(&text), 0);
    // What a fund's money earns goes without saying.
    let text = |rest: &str| note(&format!("{rest}2.58亿元，其中：保险费收入0.27亿元；政府资助收入2.23亿元。"));
    assert_eq!(contradictions(&text("城镇居民基本医疗保险基金收入")), 0);
}

#[test]
fn a_list_ends_before_what_its_total_stands_beside() {
    for note in [
        "2031年部门决算\n甲局支出953万元，其中项目支出300万元；乙局支出1043万元，其中项目支出500万元。",
        "2031年县收支\n甲镇收入150万元，其中税收100万元，乙镇收入350万元，其中税收300万元。",
        "2031年三公经费决算\n出国费9万元，其中培训3万元；接待费12万元，其中外宾5万元。",
        "2031年县决算\n基本支出30万元，其中：人员经费20万元；项目支出200万元，其中：甲项目20万元。",
    ] {
        assert_eq!(parents(&facts(note)), [None, Some(0), None, Some(2)], "{note}");
    }
}

#[test]
fn what_stands_beside_each_other_is_no_list() {
    let note = "2031年某县财政预算执行报告\n主要税种完成情况：增值税10.40亿元，增长33%；企业所得税6.30亿元，增长2%；个人所得税4.10亿元，增长1%；契税3亿元。";
    assert!(parents(&facts(note)).iter().all(Option::is_none));
    let note = "2031年某县财政预算执行报告\n政府性基金收入5亿元，支出3亿元，结余2亿元。";
    assert!(parents(&facts(note)).iter().all(Option::is_none));
}

#[test]
fn a_part_larger_than_the_one_amount_before_is_a_slip() {
    for note in [
        "2031年单位预算\n基本支出144万元。其中：工资福利支出530万元。",
        "2031年单位预算\n项目支出571万元。其中：甲项目651万元；乙项目19万元。",
    ] {
        assert_eq!(contradictions(note), 1, "{note}");
    }
    // Of the first of two, it may be.
    assert_eq!(contradictions("2031年单位预算\n收入100万元，上年结转20万元。其中：财政拨款收入60万元。"), 0);
}

#[test]
fn a_list_of_changes_goes_on_in_sentences_of_its_own() {
    let text = "清溪市2031年“三公”经费预算\n2031年“三公”经费预算为332万元，同口径比2030年减少83万元。其中：因公出国（境）费比2030年减少9万元。\
                公务接待费比2030年减少38万元；公务用车购置费比2030年减少34万元。公务用车运行费比2030年减少2万元。";
    assert_eq!(parents(&facts(text)), [None, None, Some(1), Some(1), Some(1), Some(1)]);
    assert_eq!(contradictions(text), 0);
    // The list is what makes up the change, not the items of the level that have one.
    let text = "清溪市2031年“三公”经费预算\n2031年“三公”经费预算为332万元。其中，因公出国（境）费50万元，公务接待费78万元，\
                公务用车购置及运行费204万元。比2030年减少83万元。其中：因公出国（境）费减少9万元；公务接待费减少38万元；\
                公务用车购置费减少34万元；公务用车运行费减少2万元。";
    let findings = check(Packs::builtin().unwrap(), &reading(text)).list;
    let changes = findings.iter().filter(|f| f.rule.id.starts_with("change/"));
    let verdicts: Vec<Verdict> = changes.map(|f| f.verdict).collect();
    assert_eq!(verdicts, [Verdict::Exact]);
}

#[test]
fn posts_that_are_all_told_hold_no_more() {
    let text =
        "东河县人民检察院2031年部门决算\n批复编制为52人，其中政法编制52人，现有政法编制人员45人，聘用制书记员12人。";
    assert_eq!(parents(&facts(text))[..3], [None, Some(0), None]);
    assert_eq!(contradictions(text), 0);
}

#[test]
fn a_total_is_cut_by_who_collects_it() {
    let note = |taxes: &str| {
        format!(
            "某县2031年预算执行情况\n2031年全县财政总收入完成146820万元，同比增收7216万元。分级次看：上划收入55584万元，县级收入91236万元。分部门看：税务部门完成{taxes}万元，财政部门完成27855万元。"
        )
    };
    let told = facts(&note("138965"));
    assert_eq!(parents(&told)[4..], [Some(0), Some(0)]);
    assert_eq!(contradictions(&note("138965")), 1);
    assert_eq!(contradictions(&note("118965")), 0);
}

#[test]
fn what_a_member_is_made_of_is_told_of_its_name() {
    let note = |works: &str| {
        note(&format!(
            "2031年支出109.00万元，其中：人员类项目60.00万元、特定目标类项目49.00万元。特定目标类项目由档案加工{works}万元、设备更新14.00万元两部分组成。"
        ))
    };
    assert_eq!(parents(&facts(&note("33.00"))), [None, Some(0), Some(0), Some(2), Some(2)]);
    assert_eq!(contradictions(&note("33.00")), 1);
    assert_eq!(contradictions(&note("35.00")), 0);
}

#[test]
fn a_row_behind_its_total_may_have_one_digit_wrong() {
    let row = |office: &str| {
        note(&format!(
            "2031年机关运行经费34.24万元，主要用于办公费{office}万元、印刷费2.50万元、邮电费3.04万元、差旅费7.50万元、其他交通费用14.96万元。"
        ))
    };
    assert_eq!(contradictions(&row("8.24")), 1);
    assert_eq!(contradictions(&row("6.24")), 0);
    // What is left out is no slip.
    assert_eq!(contradictions(&note("2031年机关运行经费34.24万元，主要用于办公费6.20万元、印刷费2.50万元。")), 0);
}

#[test]
fn a_sum_that_is_cut_behind_closes_its_row() {
    let note = |all: &str| {
        note(&format!(
            "财政拨款收入50.10万元，事业收入30.20万元，其他收入5.10万元，收入合计{all}万元（基本支出55.40万元，项目支出30.00万元）。"
        ))
    };
    assert_eq!(contradictions(&note("85.40")), 0);
    assert!(contradictions(&note("95.40")) > 0);
}

#[test]
fn a_bracket_may_list_some() {
    for right in [
        "在职人员42人（高级职称12人、中级职称20人）。",
        "公用经费100.00万元（办公费20.00万元，印刷费30.00万元，水电费15.00万元）。",
    ] {
        assert_eq!(contradictions(&note(right)), 0, "{right}");
    }
}

#[test]
fn a_row_behind_a_total_is_its_list() {
    let text = "2031年区预算执行情况\n总支出15884万元，完成年初预算的64%。教育3240万元，国防24万元，公共安全239万元。";
    assert_eq!(parents(&facts(text)), [None, None, Some(0), Some(0), Some(0)]);
    assert_eq!(contradictions(text), 0);
    for cue in ["主要：", "主要是"] {
        let text = format!("2031年区预算执行情况\n支出完成76亿元，为调整预算的99.7%。{cue}教育14亿元，公共安全7亿元。");
        assert_eq!(parents(&facts(&text)), [None, None, Some(0), Some(0)]);
        assert_eq!(contradictions(&text), 0);
    }
    let text = "2031年镇预算执行情况\n可用收入合计15847万元，上年结余117万元，实际可用15964万元。";
    assert_eq!(parents(&facts(text)), [Some(2), Some(2), None]);
    let text = "2031年部门决算\n（一）2031年度总收入581.45万元，其中本年收入390.55万元。\n1.财政拨款收入382.17万元。\n\
                2.上级补助8.38万元。\n3.上年结转和结余190.89万元。";
    assert_eq!(parents(&facts(text)).last(), Some(&Some(0)));
}

#[test]
fn what_is_told_again_is_a_component_once() {
    let text = |last: &str| {
        note(&format!(
            "“三公”经费3.6万元。其中：公务接待费1.6万元，公务用车运行费2万元，公务用车购置费0万元。\n\
             （一）公务接待费1.6万元。\n（二）公务用车购置及运行费{last}万元。"
        ))
    };
    for last in ["2", "3"] {
        assert_eq!(parents(&facts(&text(last)))[4..], [None, None], "{last}");
    }
    // Nothing is made up of its parts too.
    let told = facts(&note("公务用车购置及运行费0万元，与上年持平。购置费0万元，运行费0万元。"));
    assert_eq!(parents(&told), [None, None, Some(0), Some(0)]);
}

#[test]
fn sentences_behind_a_numbered_item_are_one_list() {
    let text = "2031年区收支\n收入377万元。其中：\n1.税收322万元。增值税100万元；企业所得税52万元。其他税种170万元。\n2.非税55万元。";
    assert_eq!(parents(&facts(text)), [None, Some(0), Some(1), Some(1), Some(1), Some(0)]);
    assert_eq!(reading(text).breakdowns.len(), 2);
}

#[test]
fn an_adjustment_has_reasons_without_a_change() {
    let text = "2031年镇预算调整方案\n收入由年初预算900万元调整为950万元，调增50万元。其中：非税由年初预算500万元调整为550万元，\
                因：（1）利润上缴调增30万元；（2）罚没调增20万元。";
    let told = facts(text);
    assert!(told[5..].iter().all(|f| f.role == Some(Role::Driver) && f.within.as_deref() == Some("非税")));
}

#[test]
fn a_numbered_line_with_an_amount_is_no_heading() {
    let told = facts(
        "某县水利局2031年“三公”经费预算\n“三公”经费7.5万元，其中：\n（1）公务用车运行费7.5万元；\n（2）公务用车购置费0万",
    );
    assert_eq!(parents(&told), [None, Some(0), Some(0)]);
}

#[test]
fn a_total_named_before_how_it_is_cut_is_cut() {
    let note = "清溪县2031年预算执行情况\n1-5月，地方一般公共预算收入1720万元，占年初预算3800万元的45.3%。\n地方收入按部门\
                分：税务部门完成1431万元；财政部门完成289万元。";
    let told = facts(note);
    let parts: Vec<_> = told.iter().filter_map(|f| Some((f.part.as_deref()?, f.label.as_str()))).collect();
    assert_eq!(parts, [("税务部门", "地方一般公共预算收入"), ("财政部门", "地方一般公共预算收入")]);
}

#[test]
fn places_in_a_bracket_behind_a_rank_are_compared() {
    let note = "清溪市2031年预算执行情况\n一般公共预算收入下降3.2%，居全省第14位（东州下降6.9%、西水下降11.2%）。";
    let told = facts(note);
    let places: Vec<_> = told.iter().map(|f| f.part.as_deref()).collect();
    assert_eq!(places, [None, Some("东州"), Some("西水")]);
}

#[test]
fn a_list_stays_with_the_total_that_its_words_name() {
    let note = "某县文广旅局2031年部门预算\n二、支出预算情况\n支出预算1386.52万元。\n三、财政拨款情况\n财政拨款收支总预算1316.52万元，\
                比2030年增加95.18万元。收入包括：一般公共预算拨款收入1312.40万元、上年结转74.12万元。";
    assert_eq!(parents(&facts(note)), [None, None, None, Some(1), Some(1)]);
    // 合计 with what was left over makes up 总计.
    let note = "2031年部门决算\n财政拨款支出总计766.75万元，其中：2031年支出合计766.60万元，年末结转和结余0.15万元。";
    assert_eq!(parents(&facts(note)), [None, Some(0), Some(0)]);
}

#[test]
fn what_money_is_for_is_a_list_if_it_has_amounts() {
    let note = "某局2031年部门预算\n政府采购预算62.50万元，主要用于采购办公设备21.50万元、物业服务41.00万元。";
    assert_eq!(parents(&facts(note)), [None, Some(0), Some(0)]);
    let note = "某局2031年部门预算\n公用经费62.50万元，主要用于办公、差旅等支出，人员经费41.00万元。";
    assert_eq!(parents(&facts(note)), [None, None]);
}

#[test]
fn headings_below_a_total_are_its_parts() {
    let note = "某局2031年“三公”经费决算\n“三公”经费决算38.9万元，比上年增加5.64万元。\n（一）因公出国（境）费\n安排因公出国（境）费0万元。\n\
                （二）公务接待费\n安排公务接待费6.4万元，比上年减少1.56万元。\n（三）公务用车运行维护费\n安排公务用车运行维护费32.5万元，比上年增加7.20万元。";
    let told = facts(note);
    let levels: Vec<_> = told.iter().filter(|f| f.measure == gouji::fact::Measure::Level).map(|f| f.parent).collect();
    assert_eq!(levels, [None, Some(0), Some(0), Some(0)]);
}

#[test]
fn a_bracket_behind_a_change_tells_its_parts() {
    let note = "2031年收支预算调整情况的报告\n一般公共预算收入安排290000万元（其中：旗本级257800万元，开发区32200万元），比人代会预算数增加60000万元\
                （其中：旗本级58800万元，开发区1200万元），增长26.1%。";
    let told = facts(note);
    assert_eq!(parents(&told), [None, Some(0), Some(0), None, Some(3), Some(3), None]);
    assert!(told[3..].iter().all(|f| f.measure != gouji::fact::Measure::Level));
    assert!(told[3..].iter().all(|f| f.basis.as_ref().is_some_and(|b| b.year == Some(2031))));
}

#[test]
fn all_that_there_is_of_an_item_is_no_part_of_it() {
    let note = "清溪区2031年决算\n安排预算稳定调节基金28478万元（累计稳定调节基金43429万元）。";
    assert_eq!(parents(&facts(note)), [None, None]);
}

#[test]
fn an_item_told_by_another_name_goes_on_with_its_list() {
    let note = "清溪区2031年“三公”经费决算\n2031年“三公”经费支出1360.12万元，比上年减少703.25万元。具体情况如下：\n（一）因公出国（境）费22.00万元。与2030年相比，\
                因公出国（境）经费支出减少28.23万元。\n（二）公务用车购置及运行费1116.14万元，减少676.38万元。\n（三）公务接待费221.98万元。与2030年相比，\
                公务接待费支出增加1.36万元。";
    let told = facts(note);
    assert_eq!(parents(&told), [None, None, Some(0), None, Some(0), None, Some(0), None]);
    assert_eq!(super::contradictions(note), 0);
    assert_eq!(super::contradictions(&note.replace("703.25", "613.80")), 1);
}
