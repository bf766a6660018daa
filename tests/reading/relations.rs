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
