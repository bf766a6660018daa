//! County reports: budget execution, tax by tax, both sides in balance.

use super::figures::{Pair, Style};
use super::{Setting, line};

const TAXES: &[&str] = &[
    "增值税",
    "企业所得税",
    "个人所得税",
    "城市维护建设税",
    "房产税",
    "城镇土地使用税",
    "土地增值税",
    "耕地占用税",
    "契税",
    "其他各税",
];
const OTHERS: &[&str] = &["专项收入", "行政事业性收费收入", "罚没收入", "国有资源（资产）有偿使用收入", "其他收入"];
const FUNCTIONS: &[(&str, &str)] = &[
    ("一般公共服务支出", "严格控制一般性支出，压减非急需、非刚性支出。"),
    ("公共安全支出", "支持平安建设和基层社会治理，保障政法机关依法履职。"),
    ("教育支出", "新改扩建中小学、幼儿园陆续投用，教师待遇保障机制进一步落实。"),
    ("科学技术支出", "落实企业研发投入奖补政策，支持科技创新平台建设。"),
    ("社会保障和就业支出", "落实稳就业政策，按时足额发放养老、低保、优抚等各项待遇。"),
    ("卫生健康支出", "支持基层医疗卫生机构标准化建设，提高基本公共卫生服务补助标准。"),
    ("节能环保支出", "支持污染防治攻坚，推进农村生活污水治理。"),
    ("城乡社区支出", "支持老旧小区改造和城市更新，完善市政基础设施。"),
    ("农林水支出", "支持高标准农田建设和水利设施维护，巩固拓展脱贫攻坚成果。"),
    ("交通运输支出", "支持农村公路建设养护和城乡公交一体化运营。"),
];

pub(crate) fn write(s: &mut Setting) -> (String, String) {
    s.style = Style::county(&mut s.rng);
    let county = s.county;
    let year = s.year - 1;
    let title = format!("关于{county}{year}年财政预算执行情况和{}年财政预算草案的报告", s.year);
    s.year = year;
    let scale = s.rng.between(600_000_000, 6_000_000_000);
    let mut out = String::new();
    let o = &mut out;
    line!(o, "——{}年1月{}日在{county}人民代表大会会议上\n{county}财政局\n\n各位代表：", year + 1, s.rng.between(5, 28));
    line!(
        o,
        "受县人民政府委托，现将{county}{year}年财政预算执行情况和{}年财政预算草案提请大会审查，并请各位政协委员和列席人员提出意见。",
        year + 1
    );
    line!(o, "一、{year}年财政预算执行情况");
    line!(
        o,
        "一年来，面对收入形势偏紧、刚性支出增加的双重压力，全县财政部门坚持依法征收、应收尽收，统筹做好“三保”和重点项目资金保障，较好地完成了全年任务，财政运行总体平稳。"
    );
    line!(o, "（一）一般公共预算执行情况");
    let taxes: Vec<_> = TAXES.iter().map(|t| (*t, s.pair(scale / 14))).collect();
    let others: Vec<_> = OTHERS.iter().map(|t| (*t, s.pair(scale / 16))).collect();
    let tax: Pair = taxes.iter().map(|(_, p)| *p).sum();
    let other: Pair = others.iter().map(|(_, p)| *p).sum();
    let revenue = tax + other;
    let grain = s.style.grain;
    let plan = revenue.now * s.rng.between(93, 106) / 100 / grain * grain;
    line!(
        o,
        "1.收入执行情况。{year}年全县一般公共预算收入完成{}，为年初预算{}的{}，比上年{}。其中：税收收入完成{}，占一般公共预算收入的{}，比上年{}；非税收入完成{}，占一般公共预算收入的{}，比上年{}。",
        s.m(revenue.now),
        s.m(plan),
        s.style.rate(revenue.now, plan),
        s.moved(revenue),
        s.m(tax.now),
        s.style.rate(tax.now, revenue.now),
        s.moved(tax),
        s.m(other.now),
        s.style.rate(other.now, revenue.now),
        s.moved(other)
    );
    let list = |s: &Setting, items: &[(&str, Pair)]| -> String {
        let items: Vec<_> = items
            .iter()
            .map(|(name, p)| {
                let verb = if p.change() < 0 { "下降" } else { "增长" };
                format!("{name}{}，{verb}{}", s.m(p.now), s.style.rate(p.change(), p.prior))
            })
            .collect();
        items.join("；")
    };
    line!(o, "分税种看，{}。", list(s, &taxes));
    line!(o, "非税收入中，{}。", list(s, &others));

    let functions: Vec<_> = FUNCTIONS.iter().map(|(f, text)| (*f, *text, s.pair(scale / 6))).collect();
    let rest = s.pair(scale / 4);
    let spent: Pair = functions.iter().map(|(_, _, p)| *p).sum::<Pair>() + rest;
    let adjusted = spent.now * s.rng.between(100, 108) / 100 / grain * grain;
    let livelihood = spent.now * s.rng.between(70, 86) / 100 / grain * grain;
    line!(
        o,
        "2.支出执行情况。{year}年全县一般公共预算支出完成{}，完成调整预算的{}，比上年{}。其中民生支出{}，占一般公共预算支出的{}。主要支出科目完成情况如下：",
        s.m(spent.now),
        s.style.rate(spent.now, adjusted),
        s.moved(spent),
        s.m(livelihood),
        s.style.rate(livelihood, spent.now)
    );
    for (function, text, pair) in &functions {
        let verb = if pair.change() < 0 { "下降" } else { "增长" };
        line!(o, "——{function}{}，{verb}{}。{text}", s.m(pair.now), s.style.rate(pair.change(), pair.prior));
    }

    // Transfers in and out make both sides equal.
    let ins = ["上级补助收入", "一般债券转贷收入", "调入资金", "动用预算稳定调节基金", "上年结转收入"];
    let outs = ["上解上级支出", "一般债务还本支出", "安排预算稳定调节基金", "结转下年支出"];
    let paid = s.pair(scale / 3).now;
    let received = spent.now + paid - revenue.now;
    let (received, paid) = if received < scale / 5 {
        (received + scale / grain * grain, paid + scale / grain * grain)
    } else {
        (received, paid)
    };
    let shares = |s: &mut Setting, names: &[&str], total: i64| -> String {
        let parts = s.rng.split(total, names.len(), s.style.grain);
        let parts: Vec<_> = names.iter().zip(parts).map(|(name, part)| format!("{name}{}", s.m(part))).collect();
        parts.join("、")
    };
    let (in_list, out_list) = (shares(s, &ins, received), shares(s, &outs, paid));
    line!(
        o,
        "3.收支平衡情况。全县一般公共预算收入{}，加上转移性收入{}（{in_list}），收入合计{}。一般公共预算支出{}，加上转移性支出{}（{out_list}），支出合计{}。收支平衡。",
        s.m(revenue.now),
        s.m(received),
        s.m(revenue.now + received),
        s.m(spent.now),
        s.m(paid),
        s.m(spent.now + paid)
    );

    line!(o, "（二）政府性基金预算执行情况");
    let fund = s.pair(scale * 2 / 3);
    let land = fund.now * s.rng.between(80, 96) / 100 / grain * grain;
    let fund_spent = s.pair(scale * 2 / 3);
    line!(
        o,
        "{year}年全县政府性基金预算收入完成{}，比上年{}，其中国有土地使用权出让收入{}。全县政府性基金预算支出完成{}，比上年{}，主要是专项债券资金支出进度变化。",
        s.m(fund.now),
        s.moved(fund),
        s.m(land),
        s.m(fund_spent.now),
        s.moved(fund_spent)
    );
    line!(o, "（三）国有资本经营预算执行情况");
    let capital = s.pair(scale / 90);
    line!(o, "{year}年全县国有资本经营预算收入完成{}，比上年{}。", s.m(capital.now), s.moved(capital));
    line!(o, "（四）政府债务情况");
    let (general, special) = (s.pair(scale).now, s.pair(scale * 2).now);
    line!(
        o,
        "截至{year}年末，全县地方政府债务余额{}，其中：一般债务{}、专项债务{}，均控制在上级核定的限额以内。",
        s.m(general + special),
        s.m(general),
        s.m(special)
    );
    line!(
        o,
        "在肯定成绩的同时，我们也清醒地认识到，财政运行中还存在一些困难和问题：财源基础还不够稳固，重点税源企业支撑作用有待增强；刚性支出需求持续增长，收支平衡压力较大；部分单位绩效意识不强，资金使用效益有待提高。对此，我们将采取有力措施加以解决。"
    );
    line!(o, "二、{}年财政预算草案", year + 1);
    let next = Pair { now: revenue.now * s.rng.between(101, 106) / 100 / grain * grain, prior: revenue.now };
    line!(
        o,
        "{}年预算编制的指导思想是：坚持量入为出、有保有压，积极的财政政策适度加力、提质增效，兜牢“三保”底线，防范化解重点领域风险，推动经济实现质的有效提升和量的合理增长。",
        year + 1
    );
    line!(
        o,
        "{}年全县一般公共预算收入预期{}，增长{}。具体收支安排另见预算草案文本。",
        year + 1,
        s.m(next.now),
        s.style.rate(next.change(), next.prior)
    );
    line!(o, "【名词解释】");
    line!(o, "预算稳定调节基金：指各级财政通过超收、结余安排的储备性资金，用于弥补以后年度预算资金的不足。");
    line!(o, "转移性收入：指上级补助收入、债务转贷收入、调入资金、上年结转等收入。");
    (title, out)
}
