//! Which relations the program sees in a note, and what it makes of them: shares whose whole is not named, changes
//! against several bases, balances, totals that their parts exceed.

use super::reading;
use gouji::check::{Finding, Verdict, check};
use gouji::pattern::Packs;

fn all(note: &str) -> Vec<Finding> {
    check(Packs::builtin().unwrap(), &reading(note)).list
}

fn findings(note: &str, rule: &str) -> Vec<Finding> {
    all(note).into_iter().filter(|f| f.rule.id == rule).collect()
}

fn verdicts(note: &str, rule: &str) -> Vec<Verdict> {
    findings(note, rule).iter().map(|f| f.verdict).collect()
}

fn disagrees(note: &str, rule: &str) -> bool {
    verdicts(note, rule).contains(&Verdict::Disagrees)
}

#[track_caller]
fn nothing_disagrees(note: &str) {
    let wrong: Vec<_> = all(note).into_iter().filter(|f| f.verdict == Verdict::Disagrees).map(|f| f.rule.id).collect();
    assert!(wrong.is_empty(), "{wrong:?} in:\n{note}");
}

const SHARE: &str = "ratio/share-differs";

#[test]
fn a_share_is_of_the_one_total_above() {
    let note = |share: &str| format!("2031年总收入完成600万元，同比增长4%。税收完成450万元，同比下降5%，占{share}%。");
    assert!(disagrees(&note("85"), SHARE));
    assert_eq!(verdicts(&note("75"), SHARE), [Verdict::Exact]);
    // Two totals that it may be of: nothing is sure.
    nothing_disagrees("2031年总收入完成600万元，地方收入完成500万元。税收完成450万元，占82%。");
}

#[test]
fn a_share_is_of_what_the_share_beside_it_is_of() {
    let note = |share: &str| {
        format!("2031年基金支出100万元，同比下降7%。其他支出40万元，占比{share}%，土地出让安排30万元，占比30%。")
    };
    assert!(disagrees(&note("60"), SHARE));
    nothing_disagrees(&note("40"));
}

#[test]
fn a_share_is_of_what_two_others_of_its_list_are_of() {
    let note = |share: &str| {
        format!(
            "2031年度总收入1000万元，其中：财政拨款600万元，事业收入250万元，经营收入100万元，其他50万元。①财政拨款600万元，占总收入的60%。②事业收入250万元，占{share}%。③经营收入100万元，占10%。④其他50万元，占5%。"
        )
    };
    assert!(disagrees(&note("28"), SHARE));
    nothing_disagrees(&note("25"));
}

#[test]
fn a_place_has_a_share_of_the_whole_place() {
    let note =
        |share: &str| format!("2031年县决算\n2031年全市收入280亿元，下降2%。市级70亿元，增长7%，占比重为{share}%。");
    assert!(disagrees(&note("35.0"), SHARE));
    nothing_disagrees(&note("25.0"));
}

#[test]
fn a_whole_that_is_named_and_not_told_is_no_other() {
    nothing_disagrees(
        "2031年采购决算\n政府采购支出总额100万元，其中：货物50万元，工程50万元。授予中小企业合同金额80万元，占支出总额的80%，其中：授予小微企业合同金额40万元，占支出总额的40%。",
    );
}

#[test]
fn a_whole_may_be_told_after_the_share() {
    let note = |share: &str| format!("2031年高校决算\n事业收入3000.50万元，占总收入的{share}%。总收入12002.00万元。");
    assert!(disagrees(&note("35.00"), SHARE));
    assert_eq!(verdicts(&note("25.00"), SHARE), [Verdict::Exact]);
}

#[test]
fn shares_in_a_row_have_one_whole() {
    let note = |third: &str| {
        format!(
            "甲局2033年部门决算说明\n2033年收入合计200万元。财政拨款收入、事业收入、其他收入分别为100万元、60万元、40万元，分别占收入合计的50%、30%、{third}%。"
        )
    };
    nothing_disagrees(&note("20"));
    assert!(disagrees(&note("25"), SHARE));
}

#[test]
fn shares_are_never_more_than_all() {
    let rule = "sum/shares-differ-from-100";
    let note = |share: &str| {
        format!(
            "甲局2033年部门决算说明\n2033年收入合计1000万元，其中：财政拨款收入占60%，事业收入占30%，其他收入占{share}%。"
        )
    };
    assert!(disagrees(&note("20"), rule));
    nothing_disagrees(&note("5"));
}

#[test]
fn parts_never_exceed_their_total() {
    let rule = "sum/parts-differ-from-total";
    let donated = |part: &str| format!("甲局2033年部门决算说明\n2033年全年捐赠收入100万元，其中定向捐赠{part}万元。");
    assert!(disagrees(&donated("120"), rule));
    assert_eq!(verdicts(&donated("20"), rule), [Verdict::Partial]);
    let identity = "balance/identity-differs";
    let note = |basic: &str| format!("2031年单位决算\n支出合计360万元。基本支出{basic}万元，项目支出50万元。");
    assert!(disagrees(&note("690"), identity));
    nothing_disagrees(&note("300"));
}

#[test]
fn nearly_the_same_is_not_the_same() {
    nothing_disagrees("2031年部门决算公开\n公务接待费支出99.80万元，上年100.00万元，与上年基本持平。");
    let flat = "direction/flat-but-changed";
    assert!(disagrees("2031年部门决算公开\n公务接待费支出99.80万元，上年100.00万元，与上年持平。", flat));
    assert!(disagrees("2031年部门决算公开\n公务接待费支出3万元，比上年减少1万元，与上年持平。", flat));
    nothing_disagrees("2031年部门决算公开\n公务接待费支出3万元，比上年减少1万元，与年初预算持平。");
    nothing_disagrees("2031年基金支出7.20亿元，比上年4.20亿元增加3.00亿元，增长71.43%，收支持平。");
}

#[test]
fn changes_of_parts_have_the_base_of_the_total() {
    nothing_disagrees(
        "2031年部门决算公开\n公务用车购置及运行费支出28.40万元，比年初预算增加16.40万元；与上年持平。其中，购置费0.00万元，与上年持平；运行维护费28.40万元，与上年持平。",
    );
}

#[test]
fn changes_of_parts_lead_from_the_plan_to_what_was_spent() {
    let rule = "change/parts-differ-from-total";
    let note = |by: &str| {
        format!(
            "甲办2031年度“三公”经费支出决算情况说明\n2031年度“三公”经费支出预算为9.00万元，支出决算为8.00万元。\n1.因公出国（境）费支出0万元，与2031年度预算相比无增减。\n2.公务接待费支出5.00万元，与2031年度预算相比，减少{by}万元。\n3.公务用车购置及运行维护费支出3.00万元，与2031年度预算相比无变化。"
        )
    };
    assert!(disagrees(&note("4.00"), rule));
    assert_eq!(verdicts(&note("1.00"), rule), [Verdict::Exact]);
    // The amounts in one paragraph, the changes item by item.
    let note = |by: &str| {
        format!(
            "甲办2031年度“三公”经费支出决算情况说明\n2031年度“三公”经费支出预算为9.00万元，支出决算为8.00万元。\n2031年度“三公”经费支出决算中，因公出国（境）费支出决算0万元，占0%；公务接待费支出决算5.00万元，占62.5%；公务用车购置及运行维护费支出决算3.00万元，占37.5%。具体情况如下：\n1.因公出国（境）费支出0万元，与2031年度预算相比无增减。\n2.公务接待费支出5.00万元，与2031年度预算相比，减少{by}万元，下降的原因是厉行节约。\n3.公务用车购置及运行维护费支出3.00万元，与2031年度预算相比无变化。"
        )
    };
    assert!(disagrees(&note("4.00"), rule));
    nothing_disagrees(&note("1.00"));
}

#[test]
fn the_level_before_may_be_of_a_stage_that_is_not_named() {
    let rule = "change/differs-from-levels";
    let note = |by: &str| {
        format!(
            "2031年“三公”经费预算说明\n一、2031年公务接待费预算11.80万元，公务用车运行费预算10.00万元。\n二、2030年公务接待费决算12.39万元，公务用车运行费决算7.73万元。\n三、公务接待费较2030年减少{by}万元。公务用车运行费较2030年增加2.27万元。"
        )
    };
    assert!(disagrees(&note("3.58"), rule));
    nothing_disagrees(&note("0.59"));
    // What a plan is compared with may be last year's plan: one change alone does not tell.
    nothing_disagrees(
        "2031年“三公”经费预算说明\n2030年公务接待费决算12.39万元。\n2031年公务接待费预算11.80万元，较2030年减少3.58万元。",
    );
}

#[test]
fn what_is_left_is_revenue_less_expenditure() {
    let rule = "balance/revenue-differs-from-expenditure";
    let county = |left: &str| {
        format!(
            "2031年某县财政决算报告\n2031年一般公共预算收入总计97.60亿元，支出总计96.70亿元，收支相抵，结转下年支出{left}亿元。"
        )
    };
    assert!(disagrees(&county("1.90"), rule));
    nothing_disagrees(&county("0.90"));
    nothing_disagrees(
        "某县水利局2031年度部门决算公开\n2031年收入总计99.60万元，支出总计99.60万元，其中：本年支出98.00万元，年末结转结余1.60万元。",
    );
    nothing_disagrees(
        "2031年某县预算执行情况\n一般公共预算收入44.50亿元，完成调整预算42.80亿元的104%；一般公共预算支出57.40亿元，完成调整预算62.00亿元的92.6%，结转下年支出11.00亿元。",
    );
}

#[test]
fn totals_that_hold_what_was_carried_over_balance() {
    let rule = "balance/revenue-differs-from-expenditure";
    let note = |spent: &str, current: &str| {
        format!(
            "2031年单位决算\n2031年度总收入581.45万元，其中本年收入390.55万元，上年结转和结余190.90万元。\n2031年度总支出{spent}万元，其中本年支出{current}万元，年末结转和结余100.74万元。"
        )
    };
    assert!(disagrees(&note("981.45", "880.71"), rule));
    nothing_disagrees(&note("581.45", "480.71"));
    nothing_disagrees("2031年单位决算\n2031年度总收入581.45万元，总支出518.45万元。");
}

#[test]
fn taxes_and_other_revenue_make_the_public_revenue() {
    let rule = "balance/identity-differs";
    let note = |nontax: &str| {
        format!("2031年某县财政决算报告\n2031年一般公共预算收入25.20亿元。税收收入15.00亿元，非税收入{nontax}亿元。")
    };
    assert!(disagrees(&note("11.20"), rule));
    nothing_disagrees(&note("10.20"));
    // Another total between: they may be that one's.
    nothing_disagrees(
        "2031年某县财政决算报告\n2031年一般公共预算收入25.20亿元。县本级一般公共预算收入20.00亿元，增长5%。税收收入15.00亿元，非税收入5.00亿元。",
    );
}

#[test]
fn growth_is_of_the_change_before_other_rates() {
    let rule = "ratio/growth-differs";
    let note = |rate: &str| {
        format!(
            "2031年县预算执行情况\n一般公共预算收入完成72777万元，同比增收1488万元，为预算的65.7%，快于序时进度15.7个百分点，增长{rate}%。"
        )
    };
    assert!(disagrees(&note("6.1"), rule));
    assert_eq!(verdicts(&note("2.1"), rule), [Verdict::Exact]);
}

#[test]
fn the_others_end_the_kinds_of_vehicles() {
    let rule = "sum/parts-differ-from-total";
    let note = |all: &str| {
        format!(
            "2031年单位预算说明\n共有车辆{all}辆，其中：一般公务用车0辆、执法执勤用车0辆、特种专业技术用车1辆、其他0辆。"
        )
    };
    assert!(disagrees(&note("5"), rule));
    nothing_disagrees(&note("1"));
}

#[test]
fn posts_of_all_kinds_are_added_up() {
    let rule = "count/in-post-exceeds-authorised";
    let note = |staff: &str| {
        format!("甲县残疾人联合会2031年部门预算公开说明\n人员构成。行政编制7人，事业编制11人，实有在职人数{staff}人。")
    };
    assert_eq!(verdicts(&note("16"), rule), [Verdict::Exact]);
    assert_eq!(verdicts(&note("19"), rule), [Verdict::Undecided]);
}

#[test]
fn the_finer_place_holds_where_a_note_has_few_amounts() {
    let rule = "ratio/growth-differs";
    let note =
        |rate: &str| format!("甲中心2031年单位预算编制说明\n培训费2031年预算2万元，较2030年预算1.50万元增长{rate}%。");
    assert!(disagrees(&note("75"), rule));
    assert_eq!(verdicts(&note("33.33"), rule), [Verdict::Exact]);
    // Where no figure beside it is finer, it may have been rounded.
    let sum =
        "甲中心2031年单位预算说明\n2031年支出预算1201万元，其中：基本支出300万元，项目支出900万元。培训费1.5万元。";
    nothing_disagrees(sum);
}

#[test]
fn a_suspect_mends_within_its_own_digits() {
    let note = "2031年部门决算公开\n公务接待费支出5.21万元，比上年减少0.1万元，下降0.006%。";
    let wrong = &findings(note, "ratio/growth-differs")[0];
    assert_eq!(wrong.verdict, Verdict::Disagrees);
    assert!(wrong.suspects.iter().all(|s| s.slip != Some("decimal_point")));
    assert_eq!(wrong.suspects[0].suggested.unwrap().to_string(), "-1.883");
    let note = "2031年部门决算公开\n公务接待费支出5.21万元，比上年减少0.10万元，下降0.02%。";
    let wrong = &findings(note, "ratio/growth-differs")[0];
    assert_eq!(wrong.suspects[0].suggested.unwrap().to_string(), "-1.88");
}

#[test]
fn an_item_that_opens_its_own_sentence_is_told_again() {
    let rule = "equal/restated-differently";
    let note = |again: &str, second: &str| {
        format!(
            "2031年单位预算说明\n支出预算680万元，其中：基本支出80万元，项目支出600万元。项目支出{again}万元，其中：甲项目400万元，乙项目{second}万元。"
        )
    };
    assert!(disagrees(&note("500", "100"), rule));
    assert_eq!(verdicts(&note("600", "200"), rule), [Verdict::Exact]);
}

const SUM: &str = "sum/parts-differ-from-total";

/// A note with a blank, what makes it right and what makes it wrong.
#[track_caller]
fn is_told(rule: &str, note: &str, right: &str, wrong: &str) {
    nothing_disagrees(&note.replace("{}", right));
    assert!(disagrees(&note.replace("{}", wrong), rule), "{wrong} in:\n{note}");
}

#[test]
fn shares_that_make_a_hundred_say_that_a_row_is_whole() {
    is_told(
        SUM,
        "2031年单位预算情况说明\n一般公共预算支出800.00万元。\n（二）结构情况\n教育支出{}万元，占62.55%；卫生健康支出180.40万元，占22.55%；住房保障支出119.20万元，占14.90%。",
        "500.40",
        "590.40",
    );
    // So small a difference that the share hides it.
    is_told(
        SUM,
        "2031年单位预算情况说明\n一般公共预算支出800.00万元。\n（二）结构情况\n教育支出{}万元，占62.55%；卫生健康支出180.40万元，占22.55%；住房保障支出119.20万元，占14.90%。",
        "500.40",
        "500.47",
    );
    // Whole per cents hide what was left out.
    nothing_disagrees(&"2031年单位预算情况说明\n一般公共预算支出800.00万元。\n（二）结构情况\n教育支出500.40万元，占62%；卫生健康支出180.40万元，占23%；住房保障支出{}万元，占15%。".replace("{}", "115.20"));
}

#[test]
fn the_total_right_before_a_list_is_its_own() {
    is_told(
        SUM,
        "2031年单位预算情况说明\n2031年收支总预算800.30万元。\n本年支出{}万元。其中：基本支出500.20万元，项目支出300.10万元。",
        "800.30",
        "800.70",
    );
}

#[test]
fn what_a_total_is_made_of_by_definition_is_a_whole_list() {
    is_told(SUM, "2031年单位预算情况说明\n核定编制{}名，其中行政编制18名、事业编制24名。", "42", "62");
    is_told(
        SUM,
        "河东县2031年财政决算报告\n一般公共预算收入382164万元，加上上级转移支付收入412806万元（返还性收入30412万元、一般性转移支付收入341267万元、专项转移支付收入{}万元），收入总计794970万元。",
        "41127",
        "31127",
    );
}

#[test]
fn a_list_that_is_all_but_complete_is_wrong_by_one_digit() {
    is_told(
        SUM,
        "2031年度部门决算情况说明\n支出总计518.62万元，其中：本年支出合计499.31万元，年末结转和结余{}万元。",
        "19.31",
        "11.31",
    );
    // What is left may be 结余分配.
    nothing_disagrees(
        &"2031年度部门决算情况说明\n支出总计518.62万元，其中：本年支出合计499.31万元，年末结转和结余{}万元。"
            .replace("{}", "14.07"),
    );
    // So may other projects.
    nothing_disagrees(&"2031年单位预算情况说明\n项目支出136.20万元，主要为征缴经费{}万元、系统运行费38.70万元、监管经费25.50万元、服务站补助20.00万元。".replace("{}", "51.00"));
}

#[test]
fn words_say_that_a_total_is_cut() {
    is_told(
        SUM,
        "2031年单位预算情况说明\n本年支出888.57万元。\n按支出用途：基本支出{}万元，项目支出385.31万元。",
        "503.26",
        "553.26",
    );
    is_told(
        SUM,
        "2031年财政运行情况\n2031年财政总收入完成146820万元。分级次看：上划中央收入48316万元，上划省级收入{}万元，县级收入91236万元。",
        "7268",
        "4268",
    );
    is_told(
        SUM,
        "2031年单位预算情况说明\n2031年单位收支总预算268.73万元。支出按性质分：人员类项目188.64万元、运转类项目31.09万元、特定目标类项目{}万元。",
        "49.00",
        "40.00",
    );
    is_told(
        SUM,
        "2031年单位预算情况说明\n2031年收支预算712.46万元。资金构成为：财政拨款{}万元，财政专户管理资金48.00万元。",
        "664.46",
        "264.46",
    );
    // The rest is said to be something else.
    nothing_disagrees(
        "2031年单位预算情况说明\n支出预算126.80万元，按用途：人员支出60.00万元、公用支出16.80万元，其余为项目支出。",
    );
}

#[test]
fn all_items_of_the_classification_make_the_whole() {
    // Two of them make up a 类 as well.
    is_told(
        SUM,
        "2031年单位预算情况说明\n（二）结构情况。一般公共预算支出426.35万元，其中社会保障和就业支出46.82万元，卫生健康支出18.37万元，农林水支出334.76万元，住房保障支出26.40万元。\n（三）具体使用。\n1.机关事业单位基本养老保险缴费支出（项）31.21万元。\n2.机关事业单位职业年金缴费支出（项）15.61万元。\n3.事业单位医疗（项）18.37万元。\n4.事业运行（项）218.56万元。\n5.科技转化与推广服务（项）72.00万元。\n6.病虫害控制（项）{}万元。\n7.住房公积金（项）26.40万元。",
        "44.20",
        "44.70",
    );
}

#[test]
fn a_row_that_is_counted_is_whole() {
    is_told(
        SUM,
        "2031年单位预算情况说明\n二、基本支出构成\n（1）301 工资福利支出：2,214,300元；\n（2）302 商品和服务支出：301,856元；\n（3）303 对个人和家庭的补助：{}元。\n以上三项相加即基本支出2,608,156元。",
        "92,000",
        "90,000",
    );
    is_told(
        SUM,
        "2031年单位预算情况说明\n支出合计12680.4万元，其中：基本支出1862.9万元；项目支出10817.5万元。四个单位的支出依次为局机关9746.2万元、房产中心{}万元、园林中心1421.3万元、监督站244.2万元。",
        "1268.7",
        "1228.7",
    );
    is_told(SUM, "2031年单位预算情况说明\n2030年末，车辆{}辆，特种专业技术用车1辆、其他用车1辆。", "2", "6");
}

#[test]
fn a_part_of_which_nothing_is_told_is_nothing() {
    is_told(
        "balance/identity-differs",
        "2031年“三公”经费说明\n“三公”经费预算16.50万元，比上年减少0.80万元。\n因公出国（境）费0万元。\n公务用车运行维护费{}万元，与上年持平。\n公务接待费1.50万元，减少0.80万元。\n未安排购置公务用车。",
        "15.00",
        "18.00",
    );
    // The vehicles are told by what they are made of.
    nothing_disagrees(&"2031年“三公”经费说明\n2031年度“三公”经费预算总计21.8万元，其中:因公出国(境)经费0万元，公务接待{}万元，公务用车运行费用10万元。".replace("{}", "11.8"));
}

#[test]
fn changes_of_what_is_spent_make_that_of_what_comes_in() {
    is_told(
        "change/parts-differ-from-total",
        "2031年单位预算情况说明\n2031年预算收入1524.37万元，比上年预算减少86.23万元。\n2031年预算支出1524.37万元。\n（一）按支出性质分：基本支出918.70万元，比上年预算增加{}万元；项目支出605.67万元，比上年预算减少98.28万元。",
        "12.05",
        "12.02",
    );
}

#[test]
fn a_change_behind_a_completion_is_of_what_was_done() {
    let rule = "ratio/growth-differs";
    let note = |change: &str| {
        format!(
            "某区2031年度“三公”经费决算说明\n2031年因公出国（境）费、公务接待费依次为20.00万元、80.00万元。\n（一）公务接待费。预算100.00万元，完成80.00%；比上年减少{change}万元，下降20.00%。"
        )
    };
    assert_eq!(verdicts(&note("20.00"), rule), [Verdict::Exact]);
    assert!(disagrees(&note("25.00"), rule));
}

#[test]
fn what_is_compared_with_months_is_of_the_same_months() {
    let note = |change: &str| {
        format!(
            "某县2031年1-9月财政预算执行情况\n2031年1-9月一般公共预算收入31,204万元，比上年同期29,310万元增收{change}万元，增长6.5%。"
        )
    };
    assert_eq!(verdicts(&note("1,894"), "change/differs-from-levels"), [Verdict::Exact]);
    assert!(disagrees(&note("1,984"), "change/differs-from-levels"));
}

#[test]
fn a_rate_points_the_way_of_its_change() {
    let rule = "direction/rate-contradicts-change";
    let growth = |way: &str| format!("某局2031年部门预算说明\n会议费较上年减少2万元，{way}25%。");
    assert!(disagrees(&growth("增长"), rule));
    nothing_disagrees(&growth("下降"));
    let completion = |rate: &str, change: &str| {
        format!(
            "某园2031年度部门决算公开\n2031年度支出总计1567.57万元，完成年初预算的{rate}%，决算数大于预算数{change}万元。"
        )
    };
    assert!(disagrees(&completion("100", "50.34"), rule));
    assert!(disagrees(&completion("97", "50.34"), rule));
    nothing_disagrees(&completion("103", "50.34"));
    // 0.2 % are within the rounding of 100 %.
    nothing_disagrees(&completion("100", "3.20"));
}

#[test]
fn shares_may_be_of_their_own_sum() {
    let note = |share: &str| {
        format!(
            "某处2031年度决算公开说明\n2031年度支出总计698.20万元。其中：基本支出512.00万元，占{share}%；项目支出166.00万元，占24.48%；年末结转和结余20.20万元。"
        )
    };
    nothing_disagrees(&note("75.52"));
    assert!(disagrees(&note("72.55"), "ratio/share-differs"));
}

#[test]
fn the_odd_rate_of_a_row_of_completions_is_wrong() {
    let rule = "ratio/completion-differs";
    let note = |rate: &str| {
        format!(
            "某镇2031年财政决算报告\n2.预算调整方案。收入总计调整为9120万元。其中：本级收入1524万元，上级补助收入7596万元。\n3.决算情况。收入总计9986万元，完成调整预算的{rate}%。其中：本级收入1768万元，完成调整预算的116.01%；上级补助收入8218万元，完成调整预算的108.19%。"
        )
    };
    assert!(disagrees(&note("139.5"), rule));
    nothing_disagrees(&note("109.5"));
}

#[test]
fn what_remains_of_a_total_was_carried_over() {
    let rule = "balance/revenue-differs-from-expenditure";
    let note = |spent: &str| {
        format!(
            "某所2031年度单位决算\n（一）2031年度总收入553.18万元，其中本年收入351.42万元。\n（二）2031年度总支出{spent}万元，其中本年支出432.50万元。"
        )
    };
    assert!(disagrees(&note("523.18"), rule));
    nothing_disagrees(&note("553.18"));
}

#[test]
fn both_sides_of_a_budget_change_by_one_amount() {
    let note = |rate: &str| {
        format!(
            "某中心2031年度部门决算公开说明\n2031年度收入总计413.00万元。\n2031年度支出总计413.00万元。\n收入支出总体与上年相比，增加55.30万元，增长{rate}%。"
        )
    };
    assert!(disagrees(&note("25.46"), "ratio/growth-differs"));
    nothing_disagrees(&note("15.46"));
}

#[test]
fn a_list_is_of_the_whole_that_its_shares_name() {
    let note = "某站2031年单位预算公开说明\n2031年单位预算总支出900元，其中：基本支出900元，占支出总预算的100%，比上年减少90元；项目支出0元，占支出总预算的0%，比上年减少10元。\n按支出功能分类科目划分：\n1.教育支出类科目600元，占支出总预算66.67%，同比减少80元。\n2.住房保障支出类科目300元，占支出总预算33.33%，同比减少20元。";
    nothing_disagrees(note);
}

#[test]
fn what_is_held_is_no_part_of_what_comes_in() {
    nothing_disagrees(
        "某乡2031年度部门决算\n资产使用收入3.00万元，其中出租房屋300.00平方米，账面原值50.00万元，实现资产使用收入3.00万元。",
    );
}

#[test]
fn vehicles_may_hold_more_than_two_kinds() {
    nothing_disagrees(
        "某市2031年“三公”经费预算情况说明\n2031年“三公”经费预算为190万元，其中，公务接待费75万元，因公出国（境）费4万元，公务用车购置及运行维护费111万元（其中，公务用车购置费2万元，公务用车运行维护费79万元，其他交通费用30万元）。",
    );
}

#[test]
fn a_county_tells_one_amount_twice() {
    let rule = "equal/restated-differently";
    let note = |again: &str| {
        format!(
            "甲县2031年财政决算报告\n2031年一般公共预算收入34069万元。\n2031年全年一般公共预算收入{again}万元，居全市第二。"
        )
    };
    assert!(disagrees(&note("34096"), rule));
    assert_eq!(verdicts(&note("34069"), rule), [Verdict::Exact]);
    // Of its own level, or of another scope, as far as it says.
    nothing_disagrees(&note("21530"));
}

#[test]
fn one_amount_has_one_rate() {
    let rule = "equal/restated-differently";
    let note = |level: &str, rate: &str| {
        format!(
            "甲局2031年度部门决算公开\n公务接待费5.21万元，比上年增长15%。\n（三）公务接待费{level}万元，比上年增长{rate}%。"
        )
    };
    assert!(disagrees(&note("5.21", "18"), rule));
    nothing_disagrees(&note("5.21", "15"));
    let done = |rate: &str| {
        format!(
            "甲局2031年度部门决算公开\n公务接待费支出决算5.21万元，完成预算的95%。\n（三）公务接待费支出决算5.21万元，完成预算的{rate}%。"
        )
    };
    assert!(disagrees(&done("85"), rule));
    nothing_disagrees(&done("95"));
}

#[test]
fn the_changes_of_three_parts_make_that_of_their_whole() {
    let rule = "change/parts-differ-from-total";
    let note = |third: &str| {
        format!(
            "甲局2031年“三公”经费决算说明\n“三公”经费比上年减少20.00万元，其中：因公出国（境）费减少9.00万元，公务用车购置及运行维护费减少5.00万元，公务接待费减少{third}万元。"
        )
    };
    assert!(disagrees(&note("8.00"), rule));
    assert_eq!(verdicts(&note("6.00"), rule), [Verdict::Exact]);
}

#[test]
fn a_list_without_a_word_that_comes_to_more() {
    let rule = "sum/parts-differ-from-total";
    let note = |other: &str| {
        format!(
            "甲局2031年度部门决算公开\n2031年收入合计79.69万元，财政拨款收入31.36万元，事业收入43.99万元，其他收入{other}万元。"
        )
    };
    assert!(disagrees(&note("14.34"), rule));
    nothing_disagrees(&note("4.34"));
    nothing_disagrees(&note("2.07"));
    // A 款 of the function before it is in it already.
    nothing_disagrees(
        "甲局2031年单位预算说明\n支出预算80万元，教育支出50万元，普通教育支出45万元，卫生健康支出20万元。",
    );
}

#[test]
fn rates_of_parts_make_that_of_their_total() {
    let rule = "ratio/parts-rates-differ-from-total";
    let note = |rate: &str| {
        format!(
            "甲县2031年预算执行情况报告\n全县一般公共预算收入100.00亿元，增长{rate}%。其中：税收收入60.00亿元，增长5%；非税收入40.00亿元，增长2%。"
        )
    };
    assert_eq!(verdicts(&note("3.8"), rule), [Verdict::Exact]);
    assert!(disagrees(&note("8.3"), rule));
    // Between them it may be that the year before was restated.
    assert_eq!(verdicts(&note("2.8"), rule), [Verdict::Undecided]);
    let other = "甲县2031年预算执行情况报告\n全县一般公共预算收入100.00亿元，同口径增长8.3%。其中：税收收入60.00亿元，增长5%；非税收入40.00亿元，增长2%。";
    assert_eq!(verdicts(other, rule), []);
    // What was nothing before is said to have grown by 100 %.
    let new = "甲县2031年预算执行情况报告\n全县一般公共预算收入100.00亿元，增长300%。其中：税收收入60.00亿元，增长100%；非税收入40.00亿元，增长2%。";
    assert_eq!(verdicts(new, rule), []);
}

#[test]
fn vacant_posts_are_what_is_left() {
    let rule = "count/vacant-differ";
    let note = |vacant: &str| format!("甲站2031年单位预算说明\n核定编制20名，实有在编人员15名，空编{vacant}名。");
    assert!(disagrees(&note("8"), rule));
    nothing_disagrees(&note("5"));
}

#[test]
fn a_target_is_what_completion_is_of() {
    let rule = "ratio/completion-differs";
    let note = |rate: &str| format!("甲县2031年财政决算报告\n一般公共预算收入33.82亿元，为目标33.23亿元的{rate}%。");
    assert_eq!(verdicts(&note("101.78"), rule), [Verdict::Exact]);
    assert!(disagrees(&note("105.78"), rule));
}

#[test]
fn both_totals_together_have_grown() {
    let rule = "ratio/growth-differs";
    let note = |rate: &str| {
        format!(
            "甲局2031年度部门决算公开\n一、收入支出决算总体情况说明\n2031年度收入总计1286.54万元。\n2031年度支出总计1286.54万元。\n收入支出总体与上年相比，减少54.56万元，下降{rate}%。"
        )
    };
    assert_eq!(verdicts(&note("4.07"), rule), [Verdict::Exact]);
    assert!(disagrees(&note("4.77"), rule));
}

#[test]
fn a_share_of_taxes_is_of_the_revenue() {
    let note = |share: &str| format!("甲县2031年财政决算报告\n财政收入10.00亿元，税收收入8.00亿元，税收占比{share}%。");
    assert!(disagrees(&note("85"), SHARE));
    nothing_disagrees(&note("80"));
    let note = |share: &str| {
        format!("甲县2031年财政决算报告\n财政收入30亿元。税收收入24.79亿元，占财政收入比重达到{share}%。")
    };
    assert!(disagrees(&note("92.63"), SHARE));
    assert_eq!(verdicts(&note("82.63"), SHARE), [Verdict::Exact]);
}

#[test]
fn an_item_told_again_is_of_its_list_s_fund() {
    let note = |again: &str| {
        format!(
            "甲局2031年度部门决算公开\n2031年一般公共预算“三公”经费支出决算59.03万元，其中：公务用车购置及运行费37.81万元，公务接待费21.22万元。\n1.公务用车购置及运行费37.81万元。\n2.公务接待费年初预算为5.00万元，支出决算为{again}万元。"
        )
    };
    assert!(disagrees(&note("27.22"), "equal/restated-differently"));
    nothing_disagrees(&note("21.22"));
}

#[test]
fn what_is_said_not_to_be_has_no_amount() {
    let rule = "equal/restated-differently";
    let note = |stage: &str| {
        format!("甲局2031年度部门决算公开\n本单位2031年无公务接待费支出。\n公务接待费支出{stage}2.00万元。")
    };
    assert!(disagrees(&note(""), rule));
    nothing_disagrees(&note("年初预算"));
}

#[test]
fn an_amount_in_which_there_are_others() {
    let rule = "sum/parts-differ-from-total";
    let note = |third: &str| {
        format!(
            "甲局2031年“三公”经费决算说明\n2031年“三公”经费财政拨款预算79.69万元中，因公出国（境）费31.36万元，公务用车购置及运行费43.99万元，公务接待费{third}万元。"
        )
    };
    assert!(disagrees(&note("14.34"), rule));
    assert_eq!(verdicts(&note("4.34"), rule), [Verdict::Exact]);
}

#[test]
fn an_insurance_fund_has_left_what_it_did_not_spend() {
    let rule = "balance/surplus-differs";
    let note = |left: &str| {
        format!(
            "甲县2031年财政决算报告\n社会保险基金收入51620万元，支出44910万元，当年结余{left}万元，年末滚存结余79128万元。"
        )
    };
    assert!(disagrees(&note("6810"), rule));
    nothing_disagrees(&note("6710"));
}

#[test]
fn a_share_of_the_whole_told_in_another_section() {
    let note = |share: &str| {
        format!(
            "甲局2031年度部门决算公开\n一、支出决算情况说明\n2031年度支出合计2393.94万元，其中：基本支出528.90万元，占22.09%；项目支出1865.04万元，占77.91%。\n二、一般公共预算财政拨款支出决算情况说明\n2031年度一般公共预算财政拨款支出2147.89万元，占本年支出合计的{share}%。"
        )
    };
    assert!(disagrees(&note("49.72"), SHARE));
    nothing_disagrees(&note("89.72"));
}

#[test]
fn purposes_that_come_to_more() {
    let rule = "sum/parts-differ-from-total";
    let note =
        |second: &str| format!("甲局2031年单位预算说明\n项目支出30万元，主要用于：设备购置20万元、培训{second}万元。");
    assert!(disagrees(&note("15"), rule));
    nothing_disagrees(&note("5"));
}

#[test]
fn points_above_the_average_of_others() {
    let rule = "change/points-differ";
    let note = |points: &str| {
        format!("甲县2031年财政决算报告\n收入300亿元，增长19.9%，高于全省平均增幅（11%）{points}个百分点。")
    };
    assert_eq!(verdicts(&note("8.9"), rule), [Verdict::Exact]);
    assert!(disagrees(&note("9.8"), rule));
}

#[test]
fn what_leaves_something_out_is_compared_apart() {
    for words in ["剔除新增单位因素，下降20%", "扣除新增单位因素后同比下降20%", "还原后下降20%"]
    {
        nothing_disagrees(&format!("2031年度部门决算\n“三公”经费支出1.4万元，比上年减少0.5万元，{words}。"));
    }
    let plain = "2031年度部门决算\n“三公”经费支出1.4万元，比上年减少0.5万元，下降20%。";
    assert!(disagrees(plain, "ratio/growth-differs"));
    // More or less the same is not quite the same.
    for words in ["大致持平", "大体持平"] {
        nothing_disagrees(&format!("2031年度部门决算\n公务接待费0.998万元，比上年1.00万元减少0.2%，与上年{words}。"));
    }
}

#[test]
fn a_share_behind_a_closed_list_is_not_of_its_total() {
    nothing_disagrees(
        "2031年度部门决算\n公务用车购置及运行维护费支出6万元，占“三公”经费支出的60%，其中购置费0万元，占0%，\
         运行维护费6万元，占100%；公务接待费4万元，占40%。“三公”经费支出10万元。",
    );
}

#[test]
fn a_country_spends_more_than_it_takes_in() {
    nothing_disagrees(
        "2031年6月份，全国公共财政收入12377亿元，比去年同月增加1337亿元，比预算目标低。\n6月全国公共财政支出13104亿元，比去年同月增加379亿元。",
    );
}

#[test]
fn what_is_told_roughly_is_held_to_no_more() {
    let note = |reception: &str| {
        format!(
            "2031年“三公”经费\n68个部门“三公”经费支出约4.9亿元。其中，公务用车购置及运行费约3.5亿元，约占总额的70%，\
             因公出国（境）费约2360万元，公务接待费约{reception}亿元。5个部门支出2.69亿元，其他部门支出2.21亿元。"
        )
    };
    nothing_disagrees(&note("1.3"));
    assert!(disagrees(&note("2.3"), "sum/parts-differ-from-total"));
}

#[test]
fn one_word_tells_the_direction_of_an_amount_and_its_rate() {
    let text =
        "清溪县2031年决算\n2031年“三公”经费决算数1957.23万元，较2030年决算数1953.72万元减少3.51万元，下降0.18%。";
    let findings = gouji::check::check(Packs::builtin().unwrap(), &reading(text)).list;
    let wrong: Vec<_> = findings.iter().filter(|f| f.verdict == gouji::check::Verdict::Disagrees).collect();
    assert!(wrong.len() >= 2);
    for finding in wrong {
        let first = &finding.suspects[0];
        assert!(matches!(first.fact, 2 | 3), "{first:?}");
        assert_eq!(first.slip, Some("sign"));
    }
}

#[test]
fn one_digit_of_four_says_that_a_list_is_whole() {
    let note = |grant: &str| {
        format!("2031年收入预算15862340元，其中：一般公共预算拨款收入{grant}元，财政专户管理资金收入648000元。")
    };
    assert!(disagrees(&note("15214310"), SUM));
    nothing_disagrees(&note("15214340"));
    // What round figures leave out is round.
    nothing_disagrees("2031年支出12600.00万元，其中：城管执法8200.00万元，环境卫生3400.00万元。");
}

#[test]
fn reasons_that_all_but_make_a_change_are_all_of_them() {
    const DRIVERS: &str = "change/drivers-leave-remainder";
    let note = |less: &str| {
        format!(
            "2031年收入总预算2845.06万元，比2030年减少{less}万元，主要是护林员补助资金减少260.00万元，人员经费增加47.56万元。"
        )
    };
    assert!(disagrees(&note("212.49"), DRIVERS));
    nothing_disagrees(&note("212.44"));
    nothing_disagrees(&note("232.44"));
}

#[test]
fn what_rose_is_at_least_as_much() {
    let note = |level: &str| format!("2031年公务接待费{level}万元，比2030年增加9.20万元，主要是接待人次增加。");
    assert!(disagrees(&note("0.30"), "change/exceeds-level"));
    nothing_disagrees(&note("9.30"));
    // What is left over may have been below nothing.
    nothing_disagrees("2031年结余0.30万元，比2030年增加9.20万元。");
}

#[test]
fn what_is_nothing_now_has_not_risen() {
    let note = |meals: &str| {
        format!(
            "2031年“三公”经费预算2.10万元，较上年减少0.20万元。其中：因公出国（境）费0万元；公务用车购置费0万元；公务用车运行维护费1.80万元，与上年持平；公务接待费0.30万元，较上年减少{meals}万元。"
        )
    };
    assert!(disagrees(&note("1.20"), "change/parts-differ-from-total"));
    nothing_disagrees(&note("0.20"));
}

#[test]
fn a_completion_follows_from_the_change_beside_it() {
    let note = |level: &str, rate: &str| {
        format!("某园2031年度部门决算\n2031年度教育支出{level}万元，完成年初预算的{rate}%，比年初预算增加50.34万元。")
    };
    assert!(disagrees(&note("1567.57", "100"), "direction/rate-contradicts-change"));
    assert!(disagrees(&note("1567.57", "108.2"), "ratio/completion-differs"));
    nothing_disagrees(&note("1567.57", "103.32"));
    // So small a change rounding hides.
    nothing_disagrees(&note("99999.99", "100"));
}

#[test]
fn a_completion_of_a_plan_told_elsewhere_may_be_mistyped() {
    let note = |rate: &str| {
        format!(
            "某局2031年度部门决算\n2031年度“三公”经费支出9039.61万元，完成预算的{rate}%。\n2031年“三公”经费预算10192.00万元。"
        )
    };
    assert!(disagrees(&note("78.69"), "ratio/completion-differs"));
    nothing_disagrees(&note("88.69"));
    // Any other rate may be of another plan.
    nothing_disagrees(&note("51.20"));
}

#[test]
fn kinds_are_all_there_is() {
    let vehicles = |n: u32| format!("2031年末共有车辆5辆，其中：执法执勤用车{n}辆，特种专业技术用车4辆。");
    assert!(disagrees(&vehicles(3), SUM) && !disagrees(&vehicles(1), SUM));
    let debts = |n: &str| format!("2031年政府债务限额48.60亿元，其中：一般债务限额30.10亿元，专项债务限额{n}亿元。");
    assert!(disagrees(&debts("15.50"), SUM) && !disagrees(&debts("18.50"), SUM));
    let staff = |n: u32| format!("2031年实有人数64人，其中：在职人员{n}人，退休人员23人。");
    assert!(disagrees(&staff(31), SUM) && !disagrees(&staff(41), SUM));
    // Teachers of some ranks are not all teachers.
    nothing_disagrees("2031年在职教师150人，其中：高级教师30人，一级教师60人。");
}

#[test]
fn one_item_may_be_all_of_an_amount() {
    let note =
        |part: &str| format!("2031年“三公”经费预算5.80万元，均为公务用车运行维护费{part}万元，较上年减少1.00万元。");
    assert!(disagrees(&note("5.00"), SUM));
    nothing_disagrees(&note("5.80"));
    nothing_disagrees("2031年收入80万元，均为一般公共预算拨款，公务接待费3万元。");
}

#[test]
fn a_unit_that_is_wrong_may_be_the_totals() {
    let note = |unit: &str| {
        format!("2031年基本支出13408216{unit}，其中：基本工资5862408元，津贴补贴4545808元，奖金3000000元。")
    };
    assert!(disagrees(&note("万元"), SUM));
    nothing_disagrees(&note("元"));
    // A tenth of it is no slip.
    nothing_disagrees("2031年支出1000万元，其中：甲项目60万元，乙项目40万元。");
}

#[test]
fn what_is_left_makes_up_the_rest() {
    let note = |rest: &str| format!("2031年支出100.00万元，其中基本支出76.08万元，占76.08%，其余{rest}%为项目支出。");
    assert!(disagrees(&note("27.92"), "sum/shares-differ-from-100"));
    nothing_disagrees(&note("23.92"));
}

#[test]
fn nothing_is_compared_with_itself() {
    const BASE: &str = "period/base-year-differs";
    let note = |year: u32| format!("某局2031年部门预算\n2031年机关运行经费预算86.20万元，比{year}年预算减少3.13万元。");
    assert!(disagrees(&note(2031), BASE));
    nothing_disagrees(&note(2030));
    nothing_disagrees("某局2031年部门决算\n2031年支出决算86.20万元，比2031年预算减少3.13万元。");
}

#[test]
fn one_side_of_a_budget_may_have_kept_its_year() {
    let note = |year: u32| {
        format!(
            "某局2031年部门预算\n{year}年收入总预算3264.18万元。\n2031年支出总预算3264.18万元，比2030年增加1.00万元。"
        )
    };
    assert!(disagrees(&note(2030), "period/heading-year-differs"));
    nothing_disagrees(&note(2031));
}

#[test]
fn what_each_has_is_what_all_have_by_their_number() {
    const AVERAGE: &str = "ratio/average-differs";
    let note = |each: &str| {
        format!("某局2031年部门决算\n2031年公务用车运行维护费16.1万元。年末车辆保有量为3辆，全年车均运行维护费{each}。")
    };
    assert!(disagrees(&note("5.37元"), AVERAGE));
    assert_eq!(verdicts(&note("5.37万元"), AVERAGE), [Verdict::Exact]);
    // Some may have come in the middle of the year.
    nothing_disagrees(&note("4.60万元"));
}

#[test]
fn a_part_is_no_total_of_its_siblings() {
    nothing_disagrees(
        "2031年度部门决算\n“三公”经费支出60元，其中：公务用车运行维护费支出50元；公务接待费支出10元。\n“三公”经费决算中，\
         因公出国（境）费支出0元，占0%；公务用车购置及运行维护费支出50元，占83.33%；公务接待费支出10元，占16.67%。",
    );
}

#[test]
fn nothing_has_no_shares() {
    nothing_disagrees(
        "2031年度部门决算\n“三公”经费支出0元，其中：因公出国（境）费支出0元，占0%；公务用车购置及运行维护费支出0元，占0%；\
         公务接待费支出0元，占0%。",
    );
}

#[test]
fn what_is_left_over_adds_up_with_what_was_spent() {
    nothing_disagrees("2031年度部门决算\n2031年支出总计260万元，年末结转40万元，收入总计300万元。");
}

#[test]
fn a_local_share_is_not_of_all() {
    nothing_disagrees(
        "清溪县2031年预算执行情况\n财政收入1132万元。其中：地方财政收入806万元。税收收入740万元，非税收入392万元。\
         非税收入占财政收入34.6%，地方非税收入占地方财政收入48.3%。",
    );
}

#[test]
fn what_is_left_is_what_comes_in_less_what_goes_out() {
    let rule = "balance/surplus-differs";
    let note = |left: &str| {
        format!(
            "清溪区2031年决算\n一般公共预算收入71630万元，加上级补助收入20846万元，收入合计92476万元。\n一般公共预算支出61315万元，加上解支出\
             12441万元，支出合计73756万元。\n上述收支相抵，年终结余{left}万元，全部结转下年使用。"
        )
    };
    assert!(disagrees(&note("19720"), rule));
    nothing_disagrees(&note("18720"));
    // Without totals what agrees is listed, and no more is known.
    let note = |left: &str| {
        format!(
            "清溪区2031年决算\n国有资本经营收入1493万元，上级补助收入44万元，上年结余140万元，国有资本经营支出1459万元。\n收支相抵，年终结余{left}万元。"
        )
    };
    assert_eq!(verdicts(&note("218"), rule), [Verdict::Exact]);
    nothing_disagrees(&note("208"));
}

#[test]
fn budgets_that_balance_change_alike() {
    let rule = "balance/revenue-differs-from-expenditure";
    let note = |change: &str, carried: &str| {
        format!(
            "2031年单位预算情况说明\n（一）收入预算2031年年初预算数1151.98万元，其中：一般公共预算拨款1062.70万元，{carried}89.28万元。收入较2030年减少\
             14.36万元。\n（二）支出预算2031年年初预算数1151.98万元，其中：教育支出664.95万元，卫生健康支出487.03万元。支出预算较2030年减少{change}万元。"
        )
    };
    assert!(disagrees(&note("103.63", "其他收入"), rule));
    nothing_disagrees(&note("14.36", "其他收入"));
    nothing_disagrees(&note("103.63", "上年结转"));
}

#[test]
fn reasons_in_another_unit_are_seen() {
    let note = |unit: &str| {
        format!(
            "2031年单位决算\n收入总计10328.56万元，较上年增加418.97万元，主要原因是财政拨款增加2296.45万元，基金减少401.85万元，结转减少1475.63{unit}。"
        )
    };
    assert!(disagrees(&note("元"), "change/drivers-leave-remainder"));
    nothing_disagrees(&note("万元"));
}

#[test]
fn a_change_is_of_its_own_item_where_the_total_has_one() {
    let note = "清溪县2031年上半年预算执行情况\n（一）一般公共预算收入。1-6月完成91236万元；同比增收2926万元，增长3.3%。\n1.地方税收完成56620万元，\
                同比增收2715万元，增长5.0%。\n2.非税收入完成34616万元，同比增收511万元，增长0.6%。";
    assert!(disagrees(note, "ratio/growth-differs"));
    assert!(disagrees(note, "change/parts-differ-from-total"));
}

#[test]
fn a_budget_takes_in_no_more_than_it_spends() {
    let rule = "balance/revenue-differs-from-expenditure";
    let note = |spent: &str| {
        format!(
            "2031年单位预算情况说明\n2031年一般公共预算财政拨款收入1062.70万元，一般公共预算财政拨款支出{spent}万元，比2030年减少103.62万元。"
        )
    };
    assert!(disagrees(&note("1061.12"), rule));
    nothing_disagrees(&note("1062.7"));
    nothing_disagrees(&note("1080.12"));
}

#[test]
fn zeros_make_up_no_zero_before_their_row_ends() {
    let note =
        "某乡2031年部门决算\n截至2031年底，单位共有公务用车0辆，其中：一般公务用车0辆、执法执勤用车0辆、其他用车1辆。";
    assert!(disagrees(note, "sum/parts-differ-from-total"));
}

#[test]
fn two_counts_have_names_of_their_own() {
    let note = |n: u32| {
        format!(
            "某校2031年部门决算\n我校内设办公室、教务处、总务处3个处室及高一年级组、高二年级组、高三年级组{n}个年级组。"
        )
    };
    nothing_disagrees(&note(3));
    assert!(disagrees(&note(4), "count/named-differ-from-number"));
}

#[test]
fn a_large_amount_without_decimals_was_rounded() {
    let note = |change: &str| {
        format!(
            "某医院2031年部门决算\n2031年总支出20775.82万元，比2030年总支出13324.51万元增加{change}万元。其中：基本支出12931.64万元，项目支出\
             7844.18万元。"
        )
    };
    nothing_disagrees(&note("7451"));
    assert!(disagrees(&note("7459"), "change/differs-from-levels"));
}

#[test]
fn a_printed_zero_says_that_none_was_dropped() {
    // 1.6 and 18.6 stand for themselves where 40.0 keeps its zero, though taxes have two places.
    let note = |zero: &str| {
        format!(
            "清溪市2031年财政决算报告\n2031年城区收入18.6亿元，增长9.6%，增收1.6亿元。非税收入{zero}亿元。增值税12.32亿元，营业税15.28亿元，契税5.87亿元。"
        )
    };
    nothing_disagrees(&note("40.0"));
    assert!(disagrees(&note("40"), "ratio/growth-differs"));
}

#[test]
fn shares_of_one_name_are_of_one_whole() {
    let note = |share: &str| {
        format!(
            "某厅2031年部门决算\n2031年收入决算9712.02万元，其中：本年收入9082.61万元，占总收入93.52%，包括财政拨款收入9018.61万元，占总收入92.86%；其他收入64.00万元，占总收入{share}%。上年结转629.41万元。"
        )
    };
    nothing_disagrees(&note("0.66"));
    assert!(disagrees(&note("6.60"), "ratio/share-differs"));
}

#[test]
fn a_whole_list_holds_of_the_year_before() {
    let note = |before: &str| {
        format!(
            "某州2031年“三公”经费决算\n2031年“三公”经费支出1135万元，较上年1176万元减少41万元。其中：因公出国（境）费1万元，较上年2万元减少1万元；\
             公务接待费122万元，较上年{before}万元减少28万元；公务用车购置及运行费1012万元，较上年1024万元减少12万元。"
        )
    };
    nothing_disagrees(&note("150"));
    assert!(disagrees(&note("105"), "sum/parts-differ-from-total"));
}
