//! Unit budgets and department budgets.

use super::figures::Pair;
use super::prose::{self, Sector};
use super::{Setting, line};

/// What a unit gets and spends.
pub(crate) struct Budget {
    pub sector: Sector,
    pub name: String,
    /// General public budget, government fund, business and other revenue.
    pub general: Pair,
    pub fund: Pair,
    pub business: Pair,
    pub other: Pair,
    pub personnel: Pair,
    pub operating: Pair,
    pub projects: Vec<(&'static str, Pair)>,
    pub functions: Vec<(&'static str, Pair)>,
    pub overseas: Pair,
    pub purchase: Pair,
    pub vehicle: Pair,
    pub reception: Pair,
}

impl Budget {
    pub(crate) fn random(s: &mut Setting, name: String, sector: Sector, scale: i64) -> Self {
        let personnel = s.pair(scale);
        let operating = s.pair(scale / 7);
        let count = s.rng.between(2, 5) as usize;
        let projects: Vec<_> = s.rng.some(sector.projects, count).into_iter().map(|p| (p, s.pair(scale / 9))).collect();
        let project: Pair = projects.iter().map(|(_, p)| *p).sum();
        // What does not come from the general public budget pays for projects.
        let part = |pair: Pair, n: i64, grain: i64| Pair {
            now: pair.now / n / grain * grain,
            prior: pair.prior / n / grain * grain,
        };
        let grain = s.style.grain;
        let fund = if s.rng.chance(20) { part(project, 5, grain) } else { Pair::default() };
        let business = if s.rng.chance(15) { part(project, 7, grain) } else { Pair::default() };
        let other = if s.rng.chance(20) { part(project, 9, grain) } else { Pair::default() };
        let total = personnel + operating + project;
        let less = |a: Pair, b: Pair| Pair { now: a.now - b.now, prior: a.prior - b.prior };
        let general = less(total, fund + business + other);

        let social = s.pair(personnel.now / 7);
        let health = s.pair(personnel.now / 19);
        let housing = s.pair(personnel.now / 12);
        let rest = less(total, social + health + housing);
        let functions = vec![
            (sector.function, rest),
            ("社会保障和就业支出", social),
            ("卫生健康支出", health),
            ("住房保障支出", housing),
        ];

        let hundred = |pair: Pair| Pair { now: pair.now / 1000 * 1000, prior: pair.prior / 1000 * 1000 };
        let some = |s: &mut Setting, percent: u64, about: i64| {
            if s.rng.chance(percent) { hundred(s.pair(about)) } else { Pair::default() }
        };
        let overseas = some(s, 6, 40_000);
        let purchase = some(s, 12, 180_000);
        let vehicle = some(s, 65, 60_000);
        let reception = some(s, 80, 20_000);
        Budget {
            sector,
            name,
            general,
            fund,
            business,
            other,
            personnel,
            operating,
            projects,
            functions,
            overseas,
            purchase,
            vehicle,
            reception,
        }
    }

    pub(crate) fn total(&self) -> Pair {
        self.general + self.fund + self.business + self.other
    }

    pub(crate) fn basic(&self) -> Pair {
        self.personnel + self.operating
    }

    pub(crate) fn project(&self) -> Pair {
        self.projects.iter().map(|(_, p)| *p).sum()
    }

    /// The general public budget's projects.
    fn general_project(&self) -> Pair {
        let basic = self.basic();
        Pair { now: self.general.now - basic.now, prior: self.general.prior - basic.prior }
    }

    pub(crate) fn three_public(&self) -> Pair {
        self.overseas + self.purchase + self.vehicle + self.reception
    }
}

impl Setting {
    /// An amount of about `about` 元 for each of two years.
    pub(crate) fn pair(&mut self, about: i64) -> Pair {
        let grain = self.style.grain;
        let now = self.rng.between(about * 6 / 10, about * 14 / 10) / grain * grain;
        let prior = now * self.rng.between(84, 112) / 100 / grain * grain;
        Pair { now, prior }
    }

    pub(crate) fn m(&self, yuan: i64) -> String {
        self.style.money(yuan)
    }

    /// 2023年, 上年, ….
    pub(crate) fn base(&self) -> String {
        if self.style.base.is_empty() { format!("{}年", self.year - 1) } else { self.style.base.to_owned() }
    }

    /// 增加15.46万元
    fn amount(&self, pair: Pair) -> String {
        let change = pair.change();
        format!("{}{}", if change < 0 { "减少" } else { "增加" }, self.m(change.abs()))
    }

    /// 增加15.46万元，增长3.17%
    pub(crate) fn moved(&self, pair: Pair) -> String {
        let change = pair.change();
        let mut text = self.amount(pair);
        let rate = if change < 0 { "下降" } else { "增长" };
        if self.style.rates && pair.prior > 0 {
            text.push_str(&format!("，{rate}{}", self.style.rate(change, pair.prior)));
        }
        text
    }

    /// 比2023年增加15.46万元，增长3.17%; 与2023年持平
    pub(crate) fn compared(&self, pair: Pair) -> String {
        if pair.change() == 0 {
            return format!("与{}持平", self.base());
        }
        format!("比{}{}", self.base(), self.moved(pair))
    }

    /// A reason without figures.
    pub(crate) fn reason(&mut self, pair: Pair) -> &'static str {
        self.rng.pick(if pair.change() < 0 { prose::DOWN } else { prose::UP })
    }

    pub(crate) fn sector(&mut self) -> Sector {
        let at = self.rng.below(prose::SECTORS.len() as u64) as usize;
        // The list is not empty.
        prose::SECTORS.get(at).or(prose::SECTORS.first()).copied().unwrap_or(Sector {
            department: "",
            units: &[],
            duties: &[],
            function: "",
            items: &[],
            projects: &[],
        })
    }

    pub(crate) fn definitions(&mut self, out: &mut String, count: usize) {
        for (at, (word, meaning)) in self.rng.some(prose::DEFINITIONS, count).into_iter().enumerate() {
            line!(out, "（{}）{word}：{meaning}", chinese(at + 1));
        }
    }
}

pub(crate) fn chinese(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |d: usize| DIGITS.get(d % 10).copied().unwrap_or("");
    match n {
        0..10 => digit(n).to_owned(),
        10..20 => format!("十{}", digit(n)),
        _ => format!("{}十{}", digit(n / 10), digit(n)),
    }
}

/// Offices, posts and people.
pub(crate) fn staff(s: &mut Setting, out: &mut String, name: &str) {
    let count = s.rng.between(3, 7) as usize;
    let offices = s.rng.some(prose::OFFICES, count);
    let count = offices.len();
    let offices = offices.join("、");
    let (a, b, c) = (s.rng.between(3, 30), s.rng.between(2, 20), s.rng.between(0, 4));
    let posts = a + b + c;
    let (x, y, z) = (s.rng.between(1, a), s.rng.between(1, b), s.rng.between(0, c));
    let people = x + y + z;
    let retired = s.rng.between(1, 25);
    let prior = s.year - 1;
    match s.rng.below(3) {
        0 => line!(
            out,
            "{name}内设{offices}等{count}个科室。{prior}年年末编制数{posts}人，分别是：管理岗位{a}人，专业技术岗位{b}人，工勤岗位{c}人。{prior}年年末实有在职人数{people}人，分别是：管理岗位{x}人，专业技术岗位{y}人，工勤岗位{z}人。"
        ),
        1 => line!(
            out,
            "{name}设置{offices}等{count}个内设机构。核定编制{posts}名，{prior}年末实有在职人员{people}人，其中：管理人员{x}人，专业技术人员{y}人，工勤人员{z}人；退休人员{retired}人。"
        ),
        _ => line!(
            out,
            "根据《关于印发{name}职能配置、内设机构和人员编制规定的通知》（编办〔{}〕{}号），{name}设下列内设机构：{offices}。人员编制{posts}名，现有在职人员{people}人，退休人员{retired}人。",
            s.year - 3,
            s.rng.between(3, 90)
        ),
    }
}

pub(crate) fn duties(s: &mut Setting, out: &mut String, sector: Sector) {
    let marks = s.rng.below(2);
    let duties = sector.duties.iter().chain(prose::CLOSING_DUTIES);
    for (at, duty) in duties.enumerate() {
        match marks {
            0 => line!(out, "{}、{duty}", at + 1),
            _ => line!(out, "（{}）{duty}", chinese(at + 1)),
        }
    }
}

/// A unit's budget.
pub(crate) fn unit(s: &mut Setting) -> (String, String) {
    let sector = s.sector();
    let name = format!("{}{}", s.county, s.rng.pick(sector.units));
    let scale = s.rng.between(1_000_000, 9_000_000);
    let b = Budget::random(s, name, sector, scale);
    let year = s.year;
    let title = format!("{}\n{year}年单位预算情况说明", b.name);
    let mut out = String::new();
    let o = &mut out;

    line!(o, "\n一、单位基本情况\n（一）职能职责");
    duties(s, o, sector);
    line!(o, "（二）单位构成");
    staff(s, o, &b.name);

    line!(o, "二、单位收支总体情况");
    let total = b.total();
    let opening = s.rng.pick(&["年初预算数", "年初预算数为", "收入总预算"]);
    let zero = s.m(0);
    let mut drivers = vec![
        format!("人员经费拨款{}", s.amount(b.personnel)),
        format!("公用经费拨款{}", s.amount(b.operating)),
        format!("项目经费拨款{}", s.amount(b.general_project())),
    ];
    for (word, pair) in [("政府性基金拨款", b.fund), ("事业收入", b.business), ("其他收入", b.other)] {
        if pair.change() != 0 {
            drivers.push(format!("{word}{}", s.amount(pair)));
        }
    }
    line!(
        o,
        "（一）收入预算：{year}年{opening}{}，其中：一般公共预算拨款{}，政府性基金预算拨款{}，国有资本经营预算收入{zero}，事业收入{}，事业单位经营收入{zero}，其他收入{}；收入{}，主要是{}。",
        s.m(total.now),
        s.m(b.general.now),
        s.m(b.fund.now),
        s.m(b.business.now),
        s.m(b.other.now),
        s.compared(total),
        drivers.join("，"),
    );
    let functions: Vec<_> = b.functions.iter().map(|(f, p)| format!("{f}{}", s.m(p.now))).collect();
    line!(
        o,
        "（二）支出预算：{year}年年初预算数{}，其中：{}；支出{}，主要是基本支出{}，项目支出{}。",
        s.m(total.now),
        functions.join("，"),
        s.compared(total),
        s.amount(b.basic()),
        s.amount(b.project()),
    );

    line!(o, "三、单位预算情况说明");
    let (basic, project) = (b.basic(), b.general_project());
    let grown: Vec<_> = b
        .projects
        .iter()
        .filter(|(_, p)| p.change() != 0)
        .take(2)
        .map(|(name, p)| format!("{name}{}", s.amount(*p)))
        .collect();
    let names: Vec<_> = b.projects.iter().map(|(name, _)| *name).collect();
    line!(
        o,
        "{year}年一般公共预算财政拨款收入{0}，一般公共预算财政拨款支出{0}，{1}。其中：基本支出{2}，{3}，主要原因是人员经费{4}，公用经费{5}，{6}；项目支出{7}，{8}，主要原因是{9}等。主要用于{10}等重点工作。",
        s.m(b.general.now),
        s.compared(b.general),
        s.m(basic.now),
        s.compared(basic),
        s.amount(b.personnel),
        s.amount(b.operating),
        s.rng.pick(prose::USES),
        s.m(project.now),
        s.compared(project),
        if grown.is_empty() { "业务调整".to_owned() } else { grown.join("，") },
        names.join("、"),
    );
    if b.fund.now > 0 {
        line!(
            o,
            "{year}年政府性基金预算收入{0}，政府性基金预算支出{0}，{1}，主要原因是{2}。",
            s.m(b.fund.now),
            s.compared(b.fund),
            s.reason(b.fund)
        );
    } else {
        line!(
            o,
            "{year}年政府性基金预算收入{zero}，政府性基金预算支出{zero}，比{}增加{zero}，主要原因是本单位{year}年无使用政府性基金预算拨款安排的支出。",
            s.base()
        );
    }

    line!(o, "四、“三公”经费情况说明");
    three_public(s, o, &b);

    line!(o, "五、其他重要事项的情况说明");
    if s.rng.chance(60) {
        line!(o, "（一）机关运行经费。本单位属事业单位，不在机关运行经费统计范围之内。");
    } else {
        let running = s.pair(b.operating.now * 8 / 10);
        line!(
            o,
            "（一）机关运行经费。{year}年机关运行经费预算{}，{}，主要原因是{}。主要用于办公费、印刷费、邮电费、水电费、物业管理费、差旅费、会议费、培训费及公务用车运行维护费等。",
            s.m(running.now),
            s.compared(running),
            s.reason(running)
        );
    }
    procurement(s, o, "（二）政府采购情况。", project.now / 3);
    line!(
        o,
        "（三）绩效目标设置情况。{year}年项目支出均实行了绩效目标管理，涉及一般公共预算当年财政拨款{}。",
        s.m(project.now)
    );
    assets(s, o, "（四）国有资产占有使用情况。");

    line!(o, "六、专业性名词解释");
    let count = s.rng.between(5, 9) as usize;
    s.definitions(o, count);
    line!(
        o,
        "\n单位预算公开联系人：王老师    联系方式：0{}-{}",
        s.rng.between(310, 990),
        s.rng.between(2_000_000, 8_999_999)
    );
    line!(o, "附表：1. {}财政拨款收支总表", b.name);
    for (at, table) in [
        "一般公共预算财政拨款支出预算表",
        "一般公共预算财政拨款基本支出预算表",
        "“三公”经费支出表",
        "政府性基金预算支出表",
        "收支总表",
    ]
    .iter()
    .enumerate()
    {
        line!(o, "      {}. {}{table}", at + 2, b.name);
    }
    (title, out)
}

/// The “三公” paragraph of a unit's budget.
fn three_public(s: &mut Setting, o: &mut String, b: &Budget) {
    let total = b.three_public();
    let mut items = Vec::new();
    for (name, pair) in [
        ("因公出国（境）费用", b.overseas),
        ("公务接待费", b.reception),
        ("公务用车运行维护费", b.vehicle),
        ("公务用车购置费", b.purchase),
    ] {
        let reason = match (name, pair.now) {
            ("因公出国（境）费用", 0) => "本单位未作安排",
            ("公务用车购置费", 0) => "本单位未安排公务用车购置预算",
            ("公务用车运行维护费", 0) => "本单位属事业单位，无保留公务车辆",
            _ => s.reason(pair),
        };
        items.push(format!("{name}{}，{}，主要原因是{reason}", s.m(pair.now), s.compared(pair)));
    }
    line!(o, "{}年“三公”经费预算{}，{}。其中：{}。", s.year, s.m(total.now), s.compared(total), items.join("；"));
}

/// Procurement by kind.
pub(crate) fn procurement(s: &mut Setting, o: &mut String, opening: &str, about: i64) {
    let (goods, services) = (s.pair(about / 3).now / 1000 * 1000, s.pair(about / 2).now / 1000 * 1000);
    let works = if s.rng.chance(30) { s.pair(about / 2).now / 1000 * 1000 } else { 0 };
    let total = s.m(goods + works + services);
    let (g, w, v) = (s.m(goods), s.m(works), s.m(services));
    match s.rng.below(2) {
        0 => line!(
            o,
            "{opening}政府采购预算总额{total}：政府采购货物预算{g}、政府采购工程预算{w}、政府采购服务预算{v}；其中一般公共预算拨款政府采购{total}：政府采购货物预算{g}、政府采购工程预算{w}、政府采购服务预算{v}。"
        ),
        _ => line!(o, "{opening}{}年政府采购预算{total}，其中：货物类{g}，工程类{w}，服务类{v}。", s.year),
    }
}

/// Vehicles and equipment.
pub(crate) fn assets(s: &mut Setting, o: &mut String, opening: &str) {
    let (a, b, c) = (s.rng.between(0, 4), s.rng.between(0, 6), s.rng.between(0, 3));
    let total = a + b + c;
    let year = s.year;
    let prior = year - 1;
    let devices = s.rng.between(0, 3);
    match s.rng.below(2) {
        0 => line!(
            o,
            "{opening}截至{prior}年12月31日，共有车辆{total}辆，其中：一般公务用车{a}辆、执法执勤用车{b}辆、特种专业技术用车{c}辆；单价50万元以上通用设备{devices}台（套）。"
        ),
        _ => line!(
            o,
            "{opening}截至{prior}年12月，所属各预算单位共有车辆{total}辆，其中一般公务用车{a}辆、执勤执法用车{b}辆、其他用车{c}辆。{year}年一般公共预算安排购置车辆0辆，其中一般公务用车0辆、执勤执法用车0辆。"
        ),
    }
}

/// A department's budget: the bureau and its units.
pub(crate) fn department(s: &mut Setting) -> (String, String) {
    let sector = s.sector();
    let name = format!("{}{}", s.county, sector.department);
    let scale = s.rng.between(6_000_000, 60_000_000);
    let b = Budget::random(s, name, sector, scale);
    let year = s.year;
    let title = format!("{}{year}年部门预算公开说明", b.name);
    let mut out = String::new();
    let o = &mut out;

    line!(o, "\n目    录");
    for (at, part) in ["部门概况", "部门预算收支安排及增减变化情况", "其他事项说明", "名词解释"].iter().enumerate()
    {
        line!(o, "第{}部分  {part}", chinese(at + 1));
    }
    line!(o, "\n第一部分  部门概况\n一、主要职责");
    duties(s, o, sector);
    line!(o, "二、机构设置");
    staff(s, o, &b.name);
    let names = sector.units.join("、");
    line!(o, "纳入{year}年部门预算编制范围的预算单位包括：局本级和{names}。");

    line!(o, "第二部分  部门预算收支安排及增减变化情况\n一、预算收入安排及增减变化情况");
    let total = b.total();
    let mut sources =
        vec![format!("一般公共预算财政拨款收入{}，{}", s.m(b.general.now), share_or_change(s, b.general, total))];
    for (word, pair) in [("政府性基金预算财政拨款收入", b.fund), ("事业收入", b.business), ("其他收入", b.other)]
    {
        if pair.now > 0 {
            sources.push(format!("{word}{}，{}", s.m(pair.now), share_or_change(s, pair, total)));
        }
    }
    let reason = s.reason(total);
    line!(
        o,
        "{year}年预算收入{}，{}，主要原因是{reason}。其中：{}。",
        s.m(total.now),
        s.compared(total),
        sources.join("；")
    );
    let parts = s.rng.split(total.now, sector.units.len() + 1, s.style.grain);
    let by_unit: Vec<_> = std::iter::once("局机关")
        .chain(sector.units.iter().copied())
        .zip(&parts)
        .map(|(unit, part)| format!("{unit}{}", s.m(*part)))
        .collect();
    line!(o, "按预算单位划分：{}。", by_unit.join("、"));

    line!(o, "二、预算支出安排及增减变化情况");
    line!(o, "{year}年预算支出{}，{}。", s.m(total.now), s.compared(total));
    line!(
        o,
        "（一）按支出性质分：基本支出{}（人员经费{}、公用经费{}），{}；项目支出{}，{}，主要原因是{}。",
        s.m(b.basic().now),
        s.m(b.personnel.now),
        s.m(b.operating.now),
        s.compared(b.basic()),
        s.m(b.project().now),
        s.compared(b.project()),
        s.reason(b.project())
    );
    let functions: Vec<_> =
        b.functions.iter().map(|(f, p)| format!("{f}{}，占{}", s.m(p.now), s.style.rate(p.now, total.now))).collect();
    line!(o, "（二）按支出功能分：{}。", functions.join("；"));
    let economic = s.rng.split(total.now - b.basic().now, 2, s.style.grain);
    let family = b.personnel.now / 11 / s.style.grain * s.style.grain;
    let lines = [
        ("工资福利支出", b.personnel.now - family),
        ("商品和服务支出", b.operating.now + economic.first().copied().unwrap_or(0)),
        ("对个人和家庭的补助", family),
        ("资本性支出", economic.get(1).copied().unwrap_or(0)),
    ];
    let lines: Vec<_> = lines.iter().map(|(word, amount)| format!("{word}{}", s.m(*amount))).collect();
    line!(o, "（三）按支出经济分类分：{}。", lines.join("，"));
    line!(o, "（四）项目支出{}，具体安排情况如下：", s.m(b.project().now));
    for (at, (project, pair)) in b.projects.iter().enumerate() {
        line!(
            o,
            "{}.{project}{}，{}，主要用于{}相关工作。",
            at + 1,
            s.m(pair.now),
            s.compared(*pair),
            sector.department
        );
    }

    line!(o, "三、政府性基金和国有资本经营预算安排情况");
    if b.fund.now > 0 {
        line!(
            o,
            "{year}年政府性基金预算支出{}，{}。本部门{year}年无国有资本经营预算支出。",
            s.m(b.fund.now),
            s.compared(b.fund)
        );
    } else {
        line!(o, "本部门{year}年无政府性基金预算支出，无国有资本经营预算支出。");
    }

    line!(o, "第三部分  其他事项说明\n一、机关运行经费安排及增减变化情况");
    let names = ["办公费", "印刷费", "水费", "电费", "邮电费", "差旅费", "会议费", "其他交通费用"];
    let parts: Vec<Pair> = names.iter().map(|_| s.pair(b.operating.now / 12)).collect();
    let running: Pair = parts.iter().copied().sum();
    let parts: Vec<_> = names.iter().zip(&parts).map(|(word, p)| format!("{word}{}", s.m(p.now))).collect();
    line!(
        o,
        "{year}年机关运行经费预算{}，{}，主要是{}。其中：{}。",
        s.m(running.now),
        s.compared(running),
        s.reason(running),
        parts.join("，")
    );
    line!(o, "二、“三公”经费安排及增减变化情况");
    let public = b.three_public();
    let vehicles = b.purchase + b.vehicle;
    line!(o, "{year}年“三公”经费预算{}，{}。其中：", s.m(public.now), s.compared(public));
    line!(o, "1.因公出国（境）费{}，{}。", s.m(b.overseas.now), s.compared(b.overseas));
    line!(
        o,
        "2.公务用车购置及运行维护费{}（公务用车购置费{}，公务用车运行维护费{}），{}。",
        s.m(vehicles.now),
        s.m(b.purchase.now),
        s.m(b.vehicle.now),
        s.compared(vehicles)
    );
    line!(
        o,
        "3.公务接待费{}，{}，主要是严格执行《{}党政机关国内公务接待管理办法》（办发〔{}〕8号），规范接待标准。",
        s.m(b.reception.now),
        s.compared(b.reception),
        s.county,
        year - 3
    );
    let (meeting, training) = (s.pair(40_000), s.pair(60_000));
    line!(
        o,
        "三、会议费和培训费安排及增减变化情况\n{year}年会议费预算{}，{}；培训费预算{}，{}。",
        s.m(meeting.now),
        s.compared(meeting),
        s.m(training.now),
        s.compared(training)
    );
    line!(o, "四、政府采购预算安排情况");
    procurement(s, o, "", b.project().now / 2);
    line!(o, "五、国有资产占用情况");
    assets(s, o, "");
    line!(o, "六、预算绩效情况");
    line!(
        o,
        "{year}年本部门所有项目支出均编制绩效目标，其中一般公共预算项目{}个，涉及资金{}。对重点项目开展事前绩效评估，执行中实施绩效监控，年度终了组织绩效自评，评价结果作为以后年度预算安排的重要依据。",
        b.projects.len(),
        s.m(b.project().now)
    );
    line!(o, "第四部分  名词解释");
    let count = s.rng.between(6, 11) as usize;
    s.definitions(o, count);
    line!(o, "第五部分  部门预算公开表（见附件）");
    (title, out)
}

/// A source of revenue: its share of all, or how it changed.
fn share_or_change(s: &Setting, pair: Pair, total: Pair) -> String {
    if s.style.rates { s.compared(pair) } else { format!("占{}", s.style.rate(pair.now, total.now)) }
}
