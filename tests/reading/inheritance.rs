//! What a figure takes from what was told before it: its stage, its year, what it is measured
//! against, the fund that pays for it, the part and the months that it is of.

use super::{contradictions, facts, reading};
use gouji::fact::{Fact, Measure};
use gouji::pattern::{Fund, Stage};

/// The year and the stage that a figure is measured against, and whether the note says so.
fn base(f: &Fact) -> (Option<i32>, Option<Stage>, bool) {
    f.basis.as_ref().map(|b| (b.year, b.stage, b.stated)).unwrap()
}

fn stages(facts: &[Fact]) -> Vec<Option<Stage>> {
    facts.iter().map(|f| f.stage).collect()
}

#[test]
fn a_name_that_ends_with_the_stage_fixes_it() {
    use Stage::{Adjusted, Budget, Executed, Final};
    let told = facts("2031年单位决算说明\n2031年支出预算490万元，支出决算524万元，完成预算的106.94%。");
    assert_eq!(stages(&told), [Some(Budget), Some(Final), Some(Final)]);
    assert!(told.iter().all(|f| f.label == "支出"));
    let told = facts("2031年县预算执行情况\n2031年收入预算40亿元，实际完成41亿元，为预算的102.5%。");
    assert_eq!(stages(&told[..2]), [Some(Budget), Some(Executed)]);
    let told = facts("2031年县预算执行情况\n支出490万元，调整为525万元，实际524万元。");
    assert_eq!(stages(&told), [Some(Budget), Some(Adjusted), Some(Executed)]);
    // The name of a fund is no stage.
    let told = facts("2031年单位决算说明\n2031年一般公共预算支出490万元。");
    assert_eq!(told[0].stage, Some(Final));
    let text = "2031年单位决算说明\n2031年度收入预算390.5万元。\n2031年度收入400.1万元，比上年增加10万元。";
    assert_eq!(contradictions(text), 0);
}

#[test]
fn a_note_on_what_was_spent_is_no_budget() {
    let text = "东河县服务中心2031年度“三公”经费公开\n（一）2031年度“三公”经费支出预算为3万元，支出决算为2.14万元。\n\
                （二）其中，公务接待费决算2.14万元，占100%。\n\
                1.公务接待费支出2.14万元，与2031年度预算比，增加1.14万元，增长114%。";
    let told = facts(text);
    assert_eq!(told.iter().find(|f| f.label == "公务接待费支出").unwrap().stage, Some(Stage::Final));
    assert_eq!(contradictions(text), 0);
    // Without a word of a plan, what a note tells was done.
    let told = facts("东河市2031年度教育经费投入情况\n2031年教育经费总投入为207亿元，比上年增加13亿元。");
    assert_eq!(told[0].stage, Some(Stage::Executed));
    let told = facts("关于2032年预算的说明\n2031年收入完成36亿元，为预算的102%。2032年收入预算40亿元。");
    assert_eq!([told[0].stage, told[2].stage], [Some(Stage::Executed), Some(Stage::Budget)]);
    let told = facts("2031年“三公”经费预算\n2031年1-3月公务接待费支出2万元。");
    assert_eq!(told[0].stage, Some(Stage::Executed));
}

#[test]
fn a_reason_leaves_no_stage_behind() {
    let text = "东河县水利局2031年度部门决算公开\n2031年“三公”经费支出预算为21.81万元，支出决算为20.66万元，\
                决算数小于预算数的主要原因是厉行节约，比上年64.89万元减少44.23万元。";
    let told = facts(text);
    let change = told.iter().find(|f| f.measure == Measure::Change).unwrap();
    assert_eq!((change.stage, base(change).0), (Some(Stage::Final), Some(2030)));
    assert_eq!(contradictions(text), 0);
}

#[test]
fn a_comparison_behind_a_semicolon_is_of_its_item_or_of_the_total() {
    let numbered = facts(
        "东河县水利局2031年度部门决算公开\n2031年“三公”经费支出决算为66.33万元。\n（1）公务用车运行维护费支出39.64万元。\n\
         （2）公务接待费支出26.69万元；较上年决算数28.50万元下降1.81万元，下降6.35%。",
    );
    assert!(numbered[3..].iter().all(|f| f.label == "公务接待费支出"));
    assert_eq!(base(&numbered[4]), (Some(2030), Some(Stage::Final), true));
    let listed = facts(
        "2031年单位决算\n2031年支出500万元，比2030年决算增加100万元，其中：甲费50万元，乙费450万元；较年初预算增加20万元。",
    );
    let last = listed.last().unwrap();
    assert_eq!((last.label.as_str(), base(last)), ("支出", (Some(2031), Some(Stage::Budget), true)));
}

#[test]
fn no_change_is_told_against_a_stage() {
    let told = facts("2031年镇预算调整方案\n上年结余年初预算120万元不变。");
    assert_eq!((told[1].stage, base(&told[1]).0), (Some(Stage::Adjusted), Some(2031)));
    assert_eq!(base(&told[1]).1, Some(Stage::Budget));
    let text = "东河县水利局2031年度部门决算公开\n公务接待费年初预算4万元，支出决算3万元，与年初预算数一致。";
    assert_eq!(base(&facts(text)[2]), (Some(2031), Some(Stage::Budget), true));
    assert_eq!(contradictions(text), 1);
    let told = facts("东河县水利局2031年度部门决算公开\n支出60万元，和上年保持一致。");
    assert_eq!((told[1].measure, base(&told[1]).0), (Measure::Change, Some(2030)));
}

#[test]
fn a_fund_goes_no_further_than_what_it_pays_for() {
    let told = facts(
        "2031年高校决算\n2031年度总收入1000万元。\n\
         ①财政拨款收入600万元，占总收入的60%。②教育事业收入300万元。③其他为90万元。④经营为10万元。",
    );
    let funds: Vec<_> = told.iter().filter(|f| f.measure == Measure::Level).map(|f| f.fund).collect();
    assert_eq!(funds, [None, Some(Fund::Fiscal), None, None, None]);
    let told = facts(
        "东河县水利局2031年部门预算说明\n财政拨款收入50.00万元，事业收入30.00万元，其他收入5.00万元，收入共计85.00万元。",
    );
    assert_eq!(told[3].fund, None);
    let told = facts("东河县水利局2031年部门预算说明\n2031年本部门财政拨款安排“三公”经费29万元。");
    assert_eq!((told[0].label.as_str(), told[0].fund), ("三公经费", Some(Fund::Fiscal)));
    let told = facts(
        "东河县水利局2031年部门预算说明\n2031年“三公”经费预算10万元，其中：一般公共预算安排9万元，政府性基金预算安排1万元。",
    );
    assert_eq!(told[1].concept.as_deref(), Some("three_public"));
}

#[test]
fn what_is_told_again_keeps_its_fund_whether_or_not_it_ties() {
    for again in ["30.00", "45.00"] {
        let told = facts(&format!(
            "东河县水利局2031年部门预算说明\n2031年一般公共预算支出100.00万元，其中：基本支出70.00万元，项目支出30.00万元。\n\
             （一）基本支出70.00万元，比上年增加1万元。\n（二）项目支出{again}万元，比上年增加1万元。"
        ));
        assert!(told.iter().all(|f| f.fund == Some(Fund::GeneralPublic)), "{again}");
    }
    let told = facts(
        "某区2031年决算报告\n（一）2031年一般公共预算收入4.98亿元，加上补助收入92.69亿元，总收入为97.67亿元。\n\
         （二）支出96.56亿元，加上上解支出0.21亿元，总支出为96.77亿元。",
    );
    assert!(told.iter().all(|f| f.fund == Some(Fund::GeneralPublic)));
}

#[test]
fn a_part_holds_until_the_next() {
    let told = facts(
        "2031年县收支\n甲镇收入150万元，同比增长5%。支出300万元，同比增长8%。\n乙镇收入350万元，同比增长6%。支出430万元。",
    );
    let parts: Vec<_> = told.iter().map(|f| f.part.as_deref().unwrap()).collect();
    assert_eq!(parts, ["甲镇", "甲镇", "甲镇", "甲镇", "乙镇", "乙镇", "乙镇"]);
    let text = "2031年部门预算说明\n甲中心收入预算300.5万元。支出预算300.5万元。\n乙中心收入预算430.2万元。支出预算430.2万元。";
    assert_eq!(contradictions(text), 0);
}

#[test]
fn months_are_paired_with_figures() {
    let told = facts("2031年一季度收入\n1月、2月和3月增幅分别为30%、30.7%、30.9%。");
    let months: Vec<_> = told.iter().map(|f| f.as_of.code(Some(2031)).unwrap()).collect();
    assert_eq!(months, ["2031-01", "2031-02", "2031-03"]);
    let told = facts("2031年一季度支出21405万元，同比增长44.53%，其中教育增长38.36%。");
    assert_eq!(told[2].as_of, told[0].as_of);
}

#[test]
fn a_paragraph_goes_on_with_a_comparison() {
    let told = facts(
        "东河县水利局2031年部门预算说明\n2031年“三公”经费预算21.8万元，其中：公务接待费11.8万元，公务用车运行维护费10万元。\n\
         2031年预算较2030年增加1.68万元。",
    );
    assert_eq!(told.last().unwrap().label, "三公经费");
}

#[test]
fn an_items_own_change_is_no_reason() {
    let told = facts("2031年某县财政决算报告\n2031年教育支出9.83亿元，增长738.1%，因新建学校，增支8.66亿元。");
    assert_eq!((told[2].measure, told[2].role), (Measure::Change, None));
    let told = facts(
        "甲馆2031年度部门决算情况说明\n2031年度支出总计100万元，较上年决算数增加20万元，主要原因：一是设备更新；\
         二是年中追加了一般性项目新馆前期物业管理费和档案保护经费13万元、展览项目7万元。",
    );
    assert!(told[2..].iter().all(|f| f.measure == Measure::Change));
}

#[test]
fn the_same_as_before_is_no_change() {
    let told = facts("2031年单位预算\n报刊费12万元，同上年；培训费18万元，同上年一致。");
    assert_eq!(told.iter().filter(|f| f.measure == Measure::Change && f.value.is_zero()).count(), 2);
}

#[test]
fn a_qualifier_holds_for_the_changes_of_its_level() {
    let told =
        facts("某区2031年1-11月财政收支情况\n收入累计完成99552万元，为预算109466万元的90.9%，增长9.1%，增收8300万元。");
    let growth = told.iter().find(|f| f.measure == Measure::Growth).unwrap();
    assert_eq!(growth.qualifier.as_deref(), Some("累计"));
}

#[test]
fn what_an_adjustment_changes_is_the_budget() {
    use Stage::Budget;
    let told = facts("清溪县2031年财政预算调整方案\n一是增加一般公共预算支出6430万元。二是比上年增加教育支出20万元。");
    assert_eq!(base(&told[0]), (Some(2031), Some(Budget), false));
    assert_eq!((told[0].stage, base(&told[1]).0), (Some(Stage::Adjusted), Some(2030)));
}

#[test]
fn the_budget_of_the_year() {
    let told = facts("清溪县2031年预算执行情况\n收入312万元，为人代会批准全县全年预算400万元的78%。");
    assert_eq!((told[1].stage, base(&told[2]).1), (Some(Stage::Budget), Some(Stage::Budget)));
    let told = facts("清溪县2031年上半年财政收支情况\n收入完成47万元，占年预算的52.3%，完成目标进度44%。");
    assert_eq!((told[1].measure, told[2].measure), (Measure::Completion, Measure::Completion));
    // The year that a sentence names holds for it, whatever its heading says.
    let told = facts("清溪县2032年预算调整方案\n三、2034年新增债券\n2032年收入由50万元调整为51万元，调增1万元。");
    assert!(told.iter().all(|f| f.year == Some(2032)), "{told:?}");
}

#[test]
fn a_change_of_both_totals_is_of_no_part() {
    let told = facts(
        "2031年部门预算说明\n支出预算218.45万元，其中：基本支出179.95万元；项目支出38.50万元。收支预算较上年增加3.16万元，增长1.47%。",
    );
    assert!(told[3..].iter().all(|f| f.concept.as_deref() == Some("expenditure")));
}

#[test]
fn what_ties_only_with_the_total_is_the_totals() {
    let text = |rest: &str| format!("2031年度部门决算\n支出决算9万元，其中：基本支出6万元，项目支出3万元，{rest}。");
    for rest in ["较年初预算12万元减少3万元，下降25%", "完成年初预算12万元的75%", "比上年减少1万元，下降10%"]
    {
        assert_eq!(contradictions(&text(rest)), 0, "{rest}");
        assert_eq!(facts(&text(rest)).last().unwrap().label, "支出决算", "{rest}");
    }
    // … of the part, where it ties with that, and where nothing tells.
    let told = facts(&text("比上年减少1万元，下降25%"));
    assert_eq!(told.last().unwrap().label, "项目支出");
    let told = facts(&text("比上年增加0万元，增长0%"));
    assert_eq!(told.last().unwrap().label, "项目支出");
    let plans = "2031年度部门决算\n年初预算12万元，其中：基本支出7万元，项目支出5万元。\
                 支出决算9万元，其中：基本支出6万元，项目支出3万元，完成年初预算的75%。";
    assert_eq!(contradictions(plans), 0);
}

#[test]
fn a_paragraph_that_begins_with_another_body_is_of_it() {
    let text = "东河县水利局2031年部门预算\n2031年部门收入预算59.5万元。\n县水利局本级2031年收入预算20.5万元，支出预算20.5万元。\n\
                县水土保持站2031年收入预算39万元，支出预算39万元，其中：基本支出30万元，项目支出9万元；编制10名。\n\
                东河县水利局2031年“三公”经费5万元。\n县财政局2031年批复我局收入预算59.5万元。";
    let told = facts(text);
    let parts: Vec<_> = told.iter().map(|f| f.part.as_deref()).collect();
    let (own, station) = (Some("县水利局本级"), Some("县水土保持站"));
    assert_eq!(parts, [None, own, own, station, station, station, station, station, None, None]);
    assert_eq!(contradictions(text), 0);
    let text = "省级部门2031年度“三公”经费决算\n省水利厅2031年“三公”经费支出20万元。\n省教育厅“三公”经费支出35万元。";
    assert_eq!(contradictions(text), 0);
}

#[test]
fn a_rate_beside_an_adjustment_may_be_since_the_year_before() {
    let text =
        |rate: &str| format!("2031年区级预算调整方案的报告\n税收收入由267万元调减为238万元，调减29万元，下降{rate}%。");
    assert_eq!(contradictions(&text("9.7")), 0);
    let told = facts(&text("10.9"));
    assert_eq!(told.last().unwrap().basis.as_ref().unwrap().year, Some(2031));
    assert_eq!(facts(&text("9.7")).last().unwrap().basis.as_ref().unwrap().year, Some(2030));
}

#[test]
fn a_difference_and_its_rate_have_one_sign() {
    let text = "2031年度部门决算\n支出预算数120万元，决算数90万元，差异30万元，差异率25%。其中：基本支出预算数80万元，\
                决算数60万元，差异20万元，差异率25%；项目支出预算数40万元，决算数30万元，差异10万元，差异率25%。";
    let told = facts(text);
    let rates: Vec<_> = told.iter().filter(|f| f.measure == Measure::Growth).collect();
    assert!(rates.iter().all(|f| f.value.is_sign_negative() && f.basis.as_ref().unwrap().year == Some(2031)));
    assert_eq!(contradictions(text), 0);
}

#[test]
fn a_heading_may_name_the_body_that_is_told_of() {
    let text = "云岭县林业局2031年部门预算公开\n二、部门收支总体情况\n2031年收入预算1007.2万元，支出预算1007.2万元。\n\
                三、所属单位收支情况\n（一）县林业局本级\n2031年收入预算581.03万元，支出预算581.03万元。\n\
                （二）县国有林场\n2031年收入预算426.17万元，支出预算426.17万元。\n四、其他事项\n2031年“三公”经费2万元。";
    let told = facts(text);
    let parts: Vec<_> = told.iter().map(|f| f.part.as_deref()).collect();
    let (own, farm) = (Some("县林业局本级"), Some("县国有林场"));
    assert_eq!(parts, [None, None, own, own, farm, farm, None]);
    assert_eq!(contradictions(text), 0);
}

#[test]
fn a_reason_tells_of_each_item_apart() {
    let text = "2031年度部门决算\n1.小学教育（项）年初预算100万元，支出决算105万元，完成年初预算的105%，主要原因是追加人员经费5万元。\n\
                2.初中教育（项）年初预算50万元，支出决算54万元，完成年初预算的108%，主要原因是追加人员经费4万元。";
    assert_eq!(contradictions(text), 0);
}

#[test]
fn a_year_gone_by_is_of_its_own_figure() {
    let note = "2031年单位决算\n1.财政拨款收入382万元，因2030年下拨抚恤74万元。2.上级补助8万元，增长5%。";
    let years = |note: &str| -> Vec<_> { facts(note).iter().map(|f| f.year).collect() };
    assert_eq!(years(note), [Some(2031), Some(2030), Some(2031), Some(2031)]);
    let note = "2031年单位预算\n2030年结转资金20万元。办公费8万元。";
    assert_eq!(years(note), [Some(2030), Some(2031)]);
}

#[test]
fn a_list_is_of_the_part_that_its_total_is_of() {
    let parts = |text: &str| facts(text).into_iter().map(|f| f.part).collect::<Vec<_>>();
    let text = "2031年部门预算说明\n甲中心支出预算300万元，其中：基本支出200万元，增长5%；项目支出100万元。\n\
                乙中心支出预算430万元，其中：基本支出330万元，项目支出100万元。";
    let (a, b) = (Some("甲中心".to_owned()), Some("乙中心".to_owned()));
    let want = [&a, &a, &a, &a, &b, &b, &b].map(Option::clone);
    assert_eq!(parts(text), want);
    // The parts of a total of all are of all.
    assert_eq!(
        contradictions("2031年县决算\n甲镇支出300万元，其中：基本支出200万元，项目支出100万元。合计支出730万元。"),
        0
    );
    // What a statement is about is no part of it.
    let text = "某市2031年市本级“三公”经费决算说明\n2031年市本级“三公”经费决算11万元，其中：公务接待费11万元。";
    assert_eq!(parts(text), [None, None]);
}

#[test]
fn items_behind_the_expenditure_of_a_fund_are_of_it() {
    let text = "2031年单位预算\n2031年一般公共预算支出1493元，其中：基本支出1440元，项目支出53元。\n\
                机构运行1343元，其中：基本支出1290元，项目支出53元。\n养老保险缴费140元，其中：基本支出140元，项目支出0元。";
    assert!(facts(text).iter().all(|f| f.fund == Some(Fund::GeneralPublic)));
    let text = "2033年省级“三公”财政拨款支出9.5亿元。支出完成5582亿元。民生重点占61.1%。";
    assert_eq!(facts(text).iter().map(|f| f.fund).collect::<Vec<_>>(), [Some(Fund::Fiscal), None, None]);
}

#[test]
fn a_month_holds_for_its_paragraph() {
    let months = |text: &str| {
        let code = |f: &Fact| f.as_of.code(f.year).map(|c| c.into_owned());
        facts(text).iter().map(code).collect::<Vec<_>>()
    };
    let month = |m: &str| Some(m.to_owned());
    let text = "某市2031年9月财政收支情况\n2031年9月，全市一般公共预算收入完成25.2亿元。税收收入完成15亿元，增长5%。\n\
                2031年全年收入预期300亿元。";
    assert_eq!(months(text), [month("2031-09"), month("2031-09"), month("2031-09"), None]);
    let text = "2031年7月份某市财政收支\n7月份收入完成170万元。1-7月收入完成1392万元。";
    assert_eq!(months(text), [month("2031-07"), month("2031-01/2031-07")]);
}

#[test]
fn what_stayed_the_same_is_measured_against_what_was_compared_last() {
    for text in [
        "支出决算6.35万元，较上年增加0.61万元，完成预算的100%，持平。",
        "支出预算6.35万元，支出决算6.35万元，完成预算的100%。预决算数持平。",
        "支出预算6.35万元，支出决算6.35万元，两者持平；比上年增加0.61万元。",
    ] {
        let told = facts(&format!("某县水利局2031年部门决算公开\n公务接待费{text}"));
        let flat = told.iter().find(|f| !f.printed).unwrap();
        assert_eq!(
            (flat.label.as_str(), base(flat).0, base(flat).1),
            ("公务接待费支出", Some(2031), Some(Stage::Budget))
        );
    }
    let told = facts("某县水利局2031年部门决算公开\n公务接待费支出预算2万元，支出决算2万元，与上年持平。");
    assert_eq!(base(&told[2]).0, Some(2030));
}

#[test]
fn a_plan_for_a_later_year_makes_no_budget() {
    let text =
        "2033年三公支出情况\n2033年三公支出为9.5亿元，下降13.4%。2034年三公预算合计8.9亿元，比上年预算下降8.2%。";
    assert_eq!(stages(&facts(text))[..2], [Some(Stage::Executed); 2]);
    let text = "2031年一般公共预算收入4.98亿元，为调整预算数的107.4%。";
    assert_eq!(stages(&facts(text)), [Some(Stage::Executed); 2]);
    // What a year has left adds to what the next one brings.
    let text = "2031年单位预算\n支出90万元，其中：2030年结转资金20万元，当年安排70万元。";
    let told = facts(text);
    assert_eq!((told[1].year, told[2].label.as_str()), (Some(2030), "当年安排"));
    assert!(told[1..].iter().all(|f| f.parent == Some(0)));
    assert_eq!(reading(text).breakdowns[0].parts, [1, 2]);
}

#[test]
fn a_sentence_of_last_year_goes_on_with_it() {
    let told = facts("某局2031年部门预算\n去年收入预算90万元，实际收入94万元。今年收入预算95万元。");
    assert_eq!(told.iter().map(|f| f.year).collect::<Vec<_>>(), [Some(2030), Some(2030), Some(2031)]);
    // News tell this year from the day that they begin with.
    let told = facts("2031年7月19日 本报讯，某部公布账单，去年“三公”经费决算90万元。今年“三公”经费预算80万元。");
    assert_eq!(told.iter().map(|f| f.year).collect::<Vec<_>>(), [Some(2030), Some(2031)]);
}

#[test]
fn a_year_without_its_word_is_one() {
    let note = "清溪区2031年预算调整方案\n清溪区2030政府债务限额为19.20亿元。2031年政府债务限额为20.00亿元。";
    assert_eq!(facts(note).iter().map(|f| f.year).collect::<Vec<_>>(), [Some(2030), Some(2031)]);
    assert!(facts("某乡2031年“三公”经费预算\n原因主要是本乡2030和2029年均未安排。").is_empty());
}

#[test]
fn what_is_adjusted_is_measured_against_the_budget() {
    let told = facts("清溪县2031年财政预算调整方案\n税收收入拟调整为85000万元，调减16000万元，比上年下降9.7%。");
    let bases: Vec<_> = told.iter().filter_map(|f| f.basis.as_ref().map(|b| (b.year, b.stage))).collect();
    assert_eq!(bases, [(Some(2031), Some(Stage::Budget)), (Some(2030), None)]);
}
