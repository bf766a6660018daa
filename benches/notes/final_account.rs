//! Final accounts: budget beside outcome, item by item.

use super::budget::{Budget, assets, chinese, duties, staff};
use super::figures::Pair;
use super::{Setting, line};

/// A 项 with its budget and its outcome.
struct Item {
    path: (&'static str, &'static str, &'static str),
    budget: i64,
    outcome: i64,
}

pub(crate) fn write(s: &mut Setting) -> (String, String) {
    // An account speaks of a year that is over, and prints two decimals.
    s.year -= 1;
    s.style.trim = false;
    s.style.rates = true;
    s.style.base = "";
    let sector = s.sector();
    let whole = s.rng.chance(50);
    let (name, word) = if whole {
        (format!("{}{}", s.county, sector.department), "部门")
    } else {
        (format!("{}{}", s.county, s.rng.pick(sector.units)), "单位")
    };
    let scale = s.rng.between(2_000_000, 40_000_000);
    let b = Budget::random(s, name, sector, scale);
    let year = s.year;
    let title = format!("{}{year}年度{word}决算公开", b.name);
    let mut out = String::new();
    let o = &mut out;

    line!(o, "\n目  录");
    for (at, part) in [
        format!("{word}概况"),
        format!("{year}年度{word}决算表"),
        format!("{year}年度{word}决算情况说明"),
        "名词解释".to_owned(),
    ]
    .iter()
    .enumerate()
    {
        line!(o, "第{}部分  {part}", chinese(at + 1));
    }
    line!(o, "\n第一部分  {word}概况\n一、主要职责");
    duties(s, o, sector);
    line!(o, "二、机构设置");
    staff(s, o, &b.name);
    line!(o, "\n第二部分  {year}年度{word}决算表（见附件）");
    line!(o, "\n第三部分  {year}年度{word}决算情况说明");

    // What is carried over makes both sides equal.
    let total = b.total();
    let opening = s.pair(scale / 20);
    let closing = s.pair(scale / 60);
    let spent = Pair { now: total.now + opening.now - closing.now, prior: total.prior + opening.prior - closing.prior };
    let grand = total + opening;
    line!(o, "一、收入支出决算总体情况说明");
    line!(
        o,
        "{year}年度收、支总计均为{}。与{}年度相比，收、支总计各{}，主要原因是{}。其中：",
        s.m(grand.now),
        year - 1,
        s.moved(grand),
        s.reason(grand)
    );
    line!(o, "（一）收入总计{}。包括：", s.m(grand.now));
    line!(o, "1.本年收入合计{}，{}。", s.m(total.now), s.compared(total));
    line!(o, "2.年初结转和结余{}，主要为以前年度项目结转资金。", s.m(opening.now));
    line!(o, "（二）支出总计{}。包括：", s.m(grand.now));
    line!(o, "1.本年支出合计{}，{}。", s.m(spent.now), s.compared(spent));
    line!(o, "2.年末结转和结余{}，主要为尚未完成的项目资金。", s.m(closing.now));

    line!(o, "二、收入决算情况说明");
    let fiscal = b.general + b.fund;
    let mut sources = vec![format!("财政拨款收入{}，占{}", s.m(fiscal.now), s.style.rate(fiscal.now, total.now))];
    for (source, pair) in [("事业收入", b.business), ("其他收入", b.other)] {
        if pair.now > 0 {
            sources.push(format!("{source}{}，占{}", s.m(pair.now), s.style.rate(pair.now, total.now)));
        }
    }
    line!(o, "{year}年度收入合计{}，其中：{}。", s.m(total.now), sources.join("；"));
    line!(o, "三、支出决算情况说明");
    let basic = b.basic().now;
    let project = spent.now - basic;
    line!(
        o,
        "{year}年度支出合计{}，其中：基本支出{}，占{}；项目支出{}，占{}。",
        s.m(spent.now),
        s.m(basic),
        s.style.rate(basic, spent.now),
        s.m(project),
        s.style.rate(project, spent.now)
    );
    line!(o, "四、财政拨款收入支出决算总体情况说明");
    line!(o, "{year}年度财政拨款收入{}，{}。主要原因是{}。", s.m(fiscal.now), s.compared(fiscal), s.reason(fiscal));

    line!(o, "五、一般公共预算财政拨款支出决算情况说明");
    let items = items(s, &b);
    let budget: i64 = items.iter().map(|i| i.budget).sum();
    let outcome: i64 = items.iter().map(|i| i.outcome).sum();
    let pair = Pair { now: outcome, prior: outcome * s.rng.between(88, 110) / 100 / s.style.grain * s.style.grain };
    line!(o, "（一）一般公共预算财政拨款支出决算总体情况");
    line!(
        o,
        "{year}年度一般公共预算财政拨款支出{}，占本年支出合计的{}。与{}年度相比，一般公共预算财政拨款支出{}，主要原因是{}。",
        s.m(outcome),
        s.style.rate(outcome, spent.now),
        year - 1,
        s.moved(pair),
        s.reason(pair)
    );
    line!(o, "（二）一般公共预算财政拨款支出决算结构情况");
    let mut classes: Vec<(&str, i64)> = Vec::new();
    for item in &items {
        match classes.iter_mut().find(|(class, _)| *class == item.path.0) {
            Some((_, sum)) => *sum += item.outcome,
            None => classes.push((item.path.0, item.outcome)),
        }
    }
    let parts: Vec<_> =
        classes.iter().map(|(class, sum)| format!("{class}{}，占{}", s.m(*sum), s.style.rate(*sum, outcome))).collect();
    line!(o, "{year}年度一般公共预算财政拨款支出{}，主要用于以下方面：{}。", s.m(outcome), parts.join("；"));
    line!(o, "（三）一般公共预算财政拨款支出决算具体情况");
    line!(
        o,
        "{year}年度一般公共预算财政拨款支出年初预算为{}，支出决算为{}，完成年初预算的{}。其中：",
        s.m(budget),
        s.m(outcome),
        s.style.rate(outcome, budget)
    );
    for (at, item) in items.iter().enumerate() {
        let (class, group, name) = item.path;
        let end = match item.outcome.cmp(&item.budget) {
            std::cmp::Ordering::Equal => "决算数与年初预算数持平。".to_owned(),
            std::cmp::Ordering::Greater => {
                format!("决算数大于年初预算数的主要原因是{}。", s.reason(Pair { now: 1, prior: 0 }))
            }
            std::cmp::Ordering::Less => {
                format!("决算数小于年初预算数的主要原因是{}。", s.reason(Pair { now: 0, prior: 1 }))
            }
        };
        let rate = if item.budget > 0 {
            format!("完成年初预算的{}，", s.style.rate(item.outcome, item.budget))
        } else {
            String::new()
        };
        line!(
            o,
            "{}.{class}（类）{group}（款）{name}（项）。年初预算为{}，支出决算为{}，{rate}{end}",
            at + 1,
            s.m(item.budget),
            s.m(item.outcome)
        );
    }

    line!(o, "六、一般公共预算财政拨款基本支出决算情况说明");
    let (personnel, operating) = (b.personnel.now, b.operating.now);
    line!(
        o,
        "{year}年度一般公共预算财政拨款基本支出{}，其中：人员经费{}，主要包括基本工资、津贴补贴、奖金、绩效工资、机关事业单位基本养老保险缴费、职工基本医疗保险缴费、住房公积金、退休费、生活补助；公用经费{}，主要包括办公费、印刷费、水费、电费、邮电费、差旅费、维修（护）费、培训费、劳务费、工会经费、福利费、其他交通费用。",
        s.m(basic),
        s.m(personnel),
        s.m(operating)
    );

    line!(o, "七、“三公”经费支出决算情况说明");
    let public = b.three_public();
    let plan = (public.now * s.rng.between(102, 140) / 100) / 1000 * 1000 + 1000;
    let vehicles = b.purchase + b.vehicle;
    if public.now > 0 {
        let share = |part: i64| s.style.rate(part, public.now);
        line!(
            o,
            "{year}年度“三公”经费财政拨款支出预算为{}，支出决算为{}，完成预算的{}，决算数小于预算数的主要原因是{}。其中：因公出国（境）费支出决算{}，占{}；公务用车购置及运行维护费支出决算{}，占{}；公务接待费支出决算{}，占{}。具体情况如下：",
            s.m(plan),
            s.m(public.now),
            s.style.rate(public.now, plan),
            s.rng.clone().pick(super::prose::DOWN),
            s.m(b.overseas.now),
            share(b.overseas.now),
            s.m(vehicles.now),
            share(vehicles.now),
            s.m(b.reception.now),
            share(b.reception.now)
        );
    } else {
        line!(
            o,
            "{year}年度“三公”经费财政拨款支出预算为{0}，支出决算为{0}，决算数与预算数持平，主要原因是本{word}未安排“三公”经费。具体情况如下：",
            s.m(0)
        );
    }
    line!(o, "1.因公出国（境）费支出{}，{}。", s.m(b.overseas.now), s.compared(b.overseas));
    line!(
        o,
        "2.公务用车购置及运行维护费支出{}，{}。其中：公务用车购置支出{}；公务用车运行维护费支出{}，主要用于燃料费、维修费、过路过桥费、保险费等。",
        s.m(vehicles.now),
        s.compared(vehicles),
        s.m(b.purchase.now),
        s.m(b.vehicle.now)
    );
    line!(
        o,
        "3.公务接待费支出{}，{}。国内公务接待{}批次，{}人次。",
        s.m(b.reception.now),
        s.compared(b.reception),
        s.rng.between(3, 90),
        s.rng.between(20, 900)
    );

    line!(o, "八、其他重要事项的情况说明");
    let running = s.pair(operating * 8 / 10);
    line!(
        o,
        "（一）机关运行经费支出情况。{year}年度机关运行经费支出{}，{}，主要原因是{}。",
        s.m(running.now),
        s.compared(running),
        s.reason(running)
    );
    let about = b.project().now / 3;
    let (goods, works, services) = (s.pair(about / 3).now, s.pair(about / 3).now, s.pair(about / 3).now);
    let bought = goods + works + services;
    let grain = s.style.grain;
    let small = bought * s.rng.between(60, 100) / 100 / grain * grain;
    let micro = small * s.rng.between(30, 95) / 100 / grain * grain;
    line!(
        o,
        "（二）政府采购支出情况。{year}年度政府采购支出总额{}，其中：政府采购货物支出{}、政府采购工程支出{}、政府采购服务支出{}。授予中小企业合同金额{}，占政府采购支出总额的{}，其中：授予小微企业合同金额{}，占政府采购支出总额的{}。",
        s.m(bought),
        s.m(goods),
        s.m(works),
        s.m(services),
        s.m(small),
        s.style.rate(small, bought),
        s.m(micro),
        s.style.rate(micro, bought)
    );
    s.year += 1;
    assets(s, o, "（三）国有资产占用情况。");
    line!(
        o,
        "（四）预算绩效管理工作开展情况。根据预算绩效管理要求，组织对{year}年度一般公共预算项目支出全面开展绩效自评，共涉及项目{}个，资金{}。从自评情况看，项目立项依据充分，资金使用规范，绩效目标基本完成；存在的主要问题是个别项目进度偏慢，下一步将加强过程监控，强化评价结果应用。",
        b.projects.len(),
        s.m(project)
    );
    line!(o, "\n第四部分  名词解释");
    let count = s.rng.between(6, 12) as usize;
    s.definitions(o, count);
    (title, out)
}

fn items(s: &mut Setting, b: &Budget) -> Vec<Item> {
    let mut paths: Vec<(&'static str, &'static str, &'static str)> = Vec::new();
    for (group, names) in b.sector.items {
        for name in *names {
            paths.push((b.sector.function, group, name));
        }
    }
    let own = paths.len();
    paths.extend([
        ("社会保障和就业支出", "行政事业单位养老支出", "行政单位离退休"),
        ("社会保障和就业支出", "行政事业单位养老支出", "机关事业单位基本养老保险缴费支出"),
        ("社会保障和就业支出", "行政事业单位养老支出", "机关事业单位职业年金缴费支出"),
        ("卫生健康支出", "行政事业单位医疗", "行政单位医疗"),
        ("卫生健康支出", "行政事业单位医疗", "公务员医疗补助"),
        ("住房保障支出", "住房改革支出", "住房公积金"),
    ]);
    let grain = s.style.grain;
    let total = b.general.now;
    let outer = b.personnel.now / 4 / grain * grain;
    let mut outcomes = s.rng.split(total - outer, own, grain);
    outcomes.extend(s.rng.split(outer, paths.len() - own, grain));
    paths
        .into_iter()
        .zip(outcomes)
        .map(|(path, outcome)| {
            let budget = match s.rng.below(10) {
                0 => 0,
                1 | 2 => outcome,
                _ => outcome * s.rng.between(80, 120) / 100 / grain * grain,
            };
            Item { path, budget, outcome }
        })
        .collect()
}
