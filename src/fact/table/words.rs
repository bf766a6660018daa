//! What the words of a column's head or a row's name say.

use crate::fact::Measure;
use crate::fact::label::{fund_named, named};
use crate::lex::{UnitId, UnitKind};
use crate::pattern::{Packs, Stage};
use crate::segment::{ordinal, year_in};

/// A year as a head names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::fact) enum Year {
    Named(i32),
    /// Years from the table's: 上年 −1.
    Relative(i32),
}

impl Year {
    pub(in crate::fact) fn resolve(self, of: Option<i32>) -> Option<i32> {
        match self {
            Year::Named(y) => Some(y),
            Year::Relative(n) => of.and_then(|y| y.checked_add(n)),
        }
    }
}

/// What a head's cell says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::fact) struct Words {
    pub year: Option<Year>,
    pub stage: Option<Stage>,
    pub measure: Option<Measure>,
    /// What a change is measured against.
    pub basis: Option<(Option<Year>, Option<Stage>)>,
    pub unit: Option<UnitId>,
    /// 合计, 小计
    pub total: bool,
    /// 其中
    pub within: bool,
    /// Just 预算 or 预算数.
    pub plain_budget: bool,
    /// What it names besides.
    pub item: Option<String>,
}

/// Stages, longest first.
const STAGES: &[(&str, Stage)] = &[
    ("年初预算安排数", Stage::Budget),
    ("年初预算数", Stage::Budget),
    ("年初预算", Stage::Budget),
    ("年初数", Stage::Budget),
    ("全年预算数", Stage::Adjusted),
    ("全年预算", Stage::Adjusted),
    ("调整预算数", Stage::Adjusted),
    ("预算调整数", Stage::Adjusted),
    ("调整预算", Stage::Adjusted),
    ("调整后预算", Stage::Adjusted),
    ("预算执行数", Stage::Executed),
    ("预计执行数", Stage::Executed),
    ("预计完成数", Stage::Executed),
    ("快报数", Stage::Executed),
    ("执行数", Stage::Executed),
    ("完成数", Stage::Executed),
    ("决算支出数", Stage::Final),
    ("支出决算数", Stage::Final),
    ("收入决算数", Stage::Final),
    ("决算数", Stage::Final),
    ("决算", Stage::Final),
    ("预算安排数", Stage::Budget),
    ("支出预算数", Stage::Budget),
    ("收入预算数", Stage::Budget),
    ("预算金额", Stage::Budget),
    ("预算数", Stage::Budget),
    ("预算", Stage::Budget),
];

/// Heads that say no more than that figures stand below.
const AMOUNTS: &[&str] =
    &["金额", "数额", "数", "本年数", "合同金额", "资金", "数据", "统计数", "年度", "年", "本年", "当年"];

/// Names of totals that say nothing of what they are the total of.
const TOTALS: &[&str] = &["合计", "总计", "小计", "共计", "总额", "总合计", "合计数", "总数", "计"];

/// Reads a head's cell.
pub(in crate::fact) fn words(packs: &Packs, text: &str) -> Words {
    let mut said = Words::default();
    // 增、减额 is 增减额.
    let mut text: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace("增、减", "增减");
    take_brackets(packs, &mut text, &mut said);
    let mut rest = text.as_str();
    if let Some(inner) = rest.strip_prefix("其中").or_else(|| rest.strip_prefix("#")) {
        said.within = true;
        rest = inner.trim_start_matches([':', ',']);
    }
    if rate(rest, &mut said) {
        return said;
    }
    let known =
        named(packs, rest).is_some_and(|t| !t.generic) || fund_named(rest).is_some_and(|_| !rest.ends_with('数'));
    if !known {
        rest = year_of(rest, &mut said);
        rest = stage_of(packs, rest, &mut said);
    }
    if AMOUNTS.contains(&rest) || rest.is_empty() {
        return said;
    }
    if TOTALS.contains(&rest) {
        said.total = true;
        return said;
    }
    said.total = ["合计", "总计", "小计"].iter().any(|w| rest.ends_with(w));
    said.item = Some(rest.to_owned());
    said
}

/// The unit in brackets that a row's name ends with, and the name without it: 因公出国(境)团组数(个).
pub(super) fn unit_behind<'t>(packs: &Packs, name: &'t str) -> Option<(UnitId, &'t str)> {
    let (rest, inner) = name.strip_suffix(')')?.rsplit_once('(')?;
    let (unit, len) = packs.vocabulary.units.at(inner)?;
    (len == inner.len() && !rest.is_empty()).then_some((unit, rest))
}

/// Takes out what stands in brackets: a unit, a formula of column numbers.
fn take_brackets(packs: &Packs, text: &mut String, said: &mut Words) {
    while let Some(open) = text.find('(') {
        let Some(close) = text.get(open..).and_then(|t| t.find(')')).map(|n| open + n) else { return };
        let inner = text.get(open + 1..close).unwrap_or("");
        let bare = inner.trim_start_matches("金额").trim_start_matches("单位").trim_start_matches(':');
        let unit = packs.vocabulary.units.at(bare).filter(|(_, len)| *len == bare.len()).map(|(unit, _)| unit);
        let formula = !inner.is_empty()
            && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, '=' | '+' | '-' | '/' | '*' | '×' | '÷' | '栏'));
        if unit.is_none() && !formula {
            return;
        }
        said.unit = said.unit.or(unit);
        text.replace_range(open..=close, "");
    }
}

/// Heads of changes, rates and shares.
fn rate(text: &str, said: &mut Words) -> bool {
    let percent = text.contains(['%', '率', '幅']) || text.contains("比例") || text.contains("百分比");
    let moves =
        ["增减", "增长", "增加", "减少", "变动", "变化", "增幅", "降幅", "升降"].iter().any(|w| text.contains(w));
    // 2024年预算数比2023年执行数: the cells below say of what kind.
    let stages = |part: &str| STAGES.iter().any(|(w, _)| part.contains(w)) || part.contains("上年");
    let compared = text.find(['比', '较']).filter(|at| {
        let (before, after) = (text.get(..*at).unwrap_or(""), text.get(at + '比'.len_utf8()..).unwrap_or(""));
        moves || before.is_empty() || stages(before) && stages(after)
    });
    if compared.is_some() && !text.contains("比重") && !text.contains("比例") || moves && text.chars().count() <= 8
    {
        said.measure = Some(if percent { Measure::Growth } else { Measure::Change });
        if let Some(base) = compared.and_then(|at| text.get(at..)).and_then(|t| t.get('比'.len_utf8()..)) {
            let mut of = Words::default();
            let rest = year_of(base, &mut of);
            let stage = STAGES.iter().find(|(w, _)| rest.starts_with(w)).map(|(_, s)| *s);
            said.basis = Some((of.year, stage));
        }
        return true;
    }
    let done = text.contains("完成") || text.contains("执行率") || text.contains("执行进度");
    let of_budget = ["占", "为"].iter().any(|w| text.contains(w)) && text.contains("预算") && percent;
    if done && (percent || text.contains("进度")) || of_budget {
        said.measure = Some(Measure::Completion);
        return true;
    }
    if text.contains("比重") || text.contains("占比") || text.contains('占') && percent {
        said.measure = Some(Measure::Share);
        return true;
    }
    if text.contains('%') || percent && text.chars().count() <= 6 {
        said.measure = Some(Measure::Ratio);
        return true;
    }
    false
}

/// Takes a year from the front: 2024年, 2024年度, 上年, 本年.
fn year_of<'t>(text: &'t str, said: &mut Words) -> &'t str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 4
        && let Some(year) = text.get(..4).and_then(year_in)
    {
        let rest = text.get(4..).unwrap_or("");
        said.year = Some(Year::Named(year));
        return rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')).unwrap_or(rest);
    }
    for (word, years) in
        [("上年度", -1), ("上一年", -1), ("上年", -1), ("去年", -1), ("本年度", 0), ("本年", 0), ("当年", 0)]
    {
        let Some(rest) = text.strip_prefix(word) else { continue };
        // 上年结转, 本年收入合计: names.
        let plain = rest.is_empty() || STAGES.iter().any(|(w, _)| rest == *w) || AMOUNTS.contains(&rest);
        if plain {
            said.year = Some(Year::Relative(years));
            return rest;
        }
    }
    text
}

/// Takes a stage from the end.
fn stage_of<'t>(packs: &Packs, text: &'t str, said: &mut Words) -> &'t str {
    let Some((word, stage)) = STAGES.iter().find(|(w, _)| text.ends_with(w)) else { return text };
    let rest = text.strip_suffix(word).unwrap_or(text);
    // 一般公共预算, 政府性基金预算: funds, not stages.
    let fund = ["公共", "性基金", "资本经营", "财政"].iter().any(|w| rest.ends_with(w));
    if fund && *word == "预算" || named(packs, text).is_some_and(|t| !t.generic) {
        return text;
    }
    said.stage = Some(*stage);
    said.plain_budget = matches!(*word, "预算" | "预算数");
    rest
}

/// What a row's name says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RowName {
    /// Without list number, 其中 and code.
    pub name: String,
    /// The list number's level; 0 without one.
    pub level: u8,
    /// The list number itself.
    pub number: u16,
    /// It begins with 其中.
    pub within: bool,
    /// A code written before the name.
    pub code: Option<String>,
    /// 减：…
    pub minus: bool,
}

/// Reads a row's name: 一、教育支出; 其中：（一）…; 201一般公共服务支出.
pub(super) fn row_name(text: &str) -> RowName {
    let mut out = RowName::default();
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut rest = text.as_str();
    for _ in 0..3 {
        if let Some(inner) = rest.strip_prefix("其中") {
            out.within = true;
            rest = inner.trim_start_matches([':', ',', '、']);
        }
        if let Some(inner) = rest.strip_prefix("减:") {
            out.minus = true;
            rest = inner;
        }
        rest = rest.strip_prefix("加:").unwrap_or(rest);
        match ordinal(rest).filter(|o| out.level == 0 && o.len < rest.len()) {
            Some(o) => {
                out.level = o.level;
                out.number = o.number;
                rest = rest.get(o.len..).unwrap_or("").trim_start_matches(['、', '.', ':']);
            }
            None => break,
        }
    }
    let open = rest.strip_prefix('[').unwrap_or(rest);
    let digits = open.bytes().take_while(u8::is_ascii_digit).count();
    if matches!(digits, 3 | 5 | 7) {
        let after = open.get(digits..).unwrap_or("").trim_start_matches([']', '-', '_', '.', ':', '|']);
        if after.chars().next().is_some_and(|c| (c as u32) >= 0x3400) && !after.starts_with(['年', '万', '元', '个'])
        {
            out.code = open.get(..digits).map(str::to_owned);
            rest = after;
        }
    }
    out.name = rest.trim_matches(['-', ':', ' ', '.', ',']).to_owned();
    out
}

/// A row's name without list number.
pub(in crate::fact) fn row_label(text: &str) -> String {
    row_name(text).name
}

/// Which unit a head without one in brackets still names: 人数, 编制数. What is done
/// or paid for people is money: 离退休人员管理机构, 退休人员补助支出.
pub(super) fn counted(packs: &Packs, label: &str) -> Option<UnitId> {
    let people = ["人数", "编制", "人员数", "在职", "退休人"].iter().any(|w| label.contains(w));
    let money = ["费", "支出", "补助", "管理", "安置", "机构", "业务", "服务", "工资", "补贴", "款", "资金", "金额"];
    let paid = money.iter().any(|w| label.contains(w));
    (people && !paid).then(|| packs.vocabulary.units.by_name("人")).flatten()
}

/// Whether a unit is one of money.
pub(super) fn is_money(packs: &Packs, unit: UnitId) -> bool {
    packs.vocabulary.units.get(unit).is_some_and(|u| u.kind == UnitKind::Money)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Words {
        words(Packs::builtin().unwrap(), text)
    }

    #[test]
    fn stages_and_years() {
        let head = |text: &str| {
            let w = said(text);
            (w.year, w.stage, w.item)
        };
        assert_eq!(head("2024年预算数"), (Some(Year::Named(2024)), Some(Stage::Budget), None));
        assert_eq!(head("上年决算数"), (Some(Year::Relative(-1)), Some(Stage::Final), None));
        assert_eq!(head("全年预算数"), (None, Some(Stage::Adjusted), None));
        assert_eq!(head("决 算 数"), (None, Some(Stage::Final), None));
        assert_eq!(head("上年结转"), (None, None, Some("上年结转".into())));
        assert_eq!(head("一般公共预算"), (None, None, Some("一般公共预算".into())));
        assert_eq!(head("一般公共预算财政拨款"), (None, None, Some("一般公共预算财政拨款".into())));
        assert_eq!(head("基本支出"), (None, None, Some("基本支出".into())));
        assert_eq!(head("金额"), (None, None, None));
    }

    #[test]
    fn rates_and_changes() {
        assert_eq!(said("增减%").measure, Some(Measure::Growth));
        assert_eq!(said("比上年增减额").measure, Some(Measure::Change));
        let against = said("2024年预算数比2023年执行数增减");
        assert_eq!(against.measure, Some(Measure::Change));
        assert_eq!(against.basis, Some((Some(Year::Named(2023)), Some(Stage::Executed))));
        assert_eq!(said("完成预算%").measure, Some(Measure::Completion));
        assert_eq!(said("占比").measure, Some(Measure::Share));
        assert_eq!(said("决算数为年初预算数的%").measure, Some(Measure::Completion));
        assert_eq!(said("2024年为上年%").measure, Some(Measure::Ratio));
        assert_eq!(said("因公出国(境)费").measure, None);
    }

    #[test]
    fn totals_units_and_formulas() {
        assert!(said("合 计").total && said("小计(1=2+3)").total && said("本年支出合计").total);
        assert!(!said("基本支出").total);
        let packs = Packs::builtin().unwrap();
        assert_eq!(said("金额(万元)").unit, packs.vocabulary.units.by_name("万元"));
        assert!(said("其中:教育收费").within);
    }

    #[test]
    fn names_of_rows() {
        let name = |text: &str| {
            let n = row_name(text);
            (n.name, n.level, n.code)
        };
        assert_eq!(name("一、一般公共服务支出"), ("一般公共服务支出".into(), 2, None));
        assert_eq!(name("（一）教育支出"), ("教育支出".into(), 3, None));
        assert_eq!(name("201一般公共服务支出"), ("一般公共服务支出".into(), 0, Some("201".into())));
        assert_eq!(name("[2010301]行政运行"), ("行政运行".into(), 0, Some("2010301".into())));
        assert!(row_name("其中:公务接待费").within);
        assert_eq!(name("合 计"), ("合计".into(), 0, None));
    }
}
