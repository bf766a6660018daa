//! The contract's names in words for people.

use crate::document::Lang;
use crate::fact::{Carryover, Fact, Measure, Role};
use crate::pattern::{Flow, Fund, Stage};
use crate::segment::Kind;
use std::borrow::Cow;

/// A note's kind in words.
///
/// ```
/// use gouji::{document::Lang, report::kind_name, segment::Kind};
/// assert_eq!(kind_name(Kind::FinalAccount, Lang::Zh), "决算公开说明");
/// ```
#[must_use]
pub fn kind_name(kind: Kind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (Kind::UnitBudget, Lang::Zh) => "单位预算说明",
        (Kind::UnitBudget, Lang::En) => "unit budget",
        (Kind::DepartmentBudget, Lang::Zh) => "部门预算公开说明",
        (Kind::DepartmentBudget, Lang::En) => "department budget",
        (Kind::ThreePublic, Lang::Zh) => "“三公”经费说明",
        (Kind::ThreePublic, Lang::En) => "three public expenses",
        (Kind::FinalAccount, Lang::Zh) => "决算公开说明",
        (Kind::FinalAccount, Lang::En) => "final account",
        (Kind::CountyReport, Lang::Zh) => "预算报告",
        (Kind::CountyReport, Lang::En) => "budget report",
        (Kind::Other, Lang::Zh) => "其他文件",
        (Kind::Other, Lang::En) => "other document",
    }
}

/// What a measure adds to an item's name; empty for a level.
fn measure_name(measure: Measure, lang: Lang) -> &'static str {
    match (measure, lang) {
        (Measure::Level, _) => "",
        (Measure::Change, Lang::Zh) => "变动",
        (Measure::Change, Lang::En) => ", change",
        (Measure::Growth, Lang::Zh) => "增减率",
        (Measure::Growth, Lang::En) => ", growth",
        (Measure::Share, Lang::Zh) => "占比",
        (Measure::Share, Lang::En) => ", share",
        (Measure::Completion, Lang::Zh) => "完成率",
        (Measure::Completion, Lang::En) => ", completion",
        (Measure::Ratio, Lang::Zh) => "比率",
        (Measure::Ratio, Lang::En) => ", ratio",
        (Measure::Score, Lang::Zh) => "得分",
        (Measure::Score, Lang::En) => ", score",
    }
}

/// A figure's name for people: its item, its part, what is measured.
#[must_use]
pub fn figure_name(fact: &Fact, lang: Lang) -> String {
    let mut name = clean(&fact.label).into_owned();
    if name.is_empty() {
        name.push_str(match lang {
            Lang::Zh => "（未写明事项）",
            Lang::En => "(unnamed item)",
        });
    }
    if let Some(part) = fact.part.as_deref().filter(|part| !part.is_empty()) {
        name.push('（');
        name.push_str(&clean(part));
        name.push('）');
    }
    let measure = measure_name(fact.measure, lang);
    if !name.ends_with(measure) {
        name.push_str(measure);
    }
    name
}

/// A slip of the pen in words; `None` if it has no name.
#[must_use]
pub fn slip_name(slip: &str, lang: Lang) -> Option<&'static str> {
    Some(match (slip, lang) {
        ("digit", Lang::Zh) => "一位数字之误",
        ("digit", Lang::En) => "one digit mistyped",
        ("swap", Lang::Zh) => "相邻两位数字颠倒",
        ("swap", Lang::En) => "two neighbouring digits swapped",
        ("decimal_point", Lang::Zh) => "小数点错位",
        ("decimal_point", Lang::En) => "the decimal point moved",
        ("unit", Lang::Zh) => "元与万元混淆，差一万倍",
        ("unit", Lang::En) => "元 for 万元, a factor of ten thousand",
        ("sign", Lang::Zh) => "增减方向写反",
        ("sign", Lang::En) => "rise and fall confused",
        ("other_year", Lang::Zh) => "误用其他年度",
        ("other_year", Lang::En) => "another year's",
        ("other_item", Lang::Zh) => "误用其他事项的数字",
        ("other_item", Lang::En) => "another item's figure",
        ("omitted", Lang::Zh) => "漏列一项",
        ("omitted", Lang::En) => "an item left out",
        ("carryover", Lang::Zh) => "误含上年结转",
        ("carryover", Lang::En) => "a carry-over added",
        ("denominator", Lang::Zh) => "误用分母",
        ("denominator", Lang::En) => "the wrong denominator",
        _ => return None,
    })
}

/// Names that the output carries, as `serde` writes them.
pub(crate) fn kind_code(kind: Kind) -> &'static str {
    match kind {
        Kind::UnitBudget => "unit_budget",
        Kind::DepartmentBudget => "department_budget",
        Kind::ThreePublic => "three_public",
        Kind::FinalAccount => "final_account",
        Kind::CountyReport => "county_report",
        Kind::Other => "other",
    }
}

/// A fund's name in the output.
#[must_use]
pub fn fund_code(fund: Fund) -> &'static str {
    match fund {
        Fund::GeneralPublic => "general_public",
        Fund::GovFund => "gov_fund",
        Fund::StateCapital => "state_capital",
        Fund::Fiscal => "fiscal",
        Fund::SpecialAccount => "special_account",
    }
}

/// A flow's name in the output.
#[must_use]
pub fn flow_code(flow: Flow) -> &'static str {
    match flow {
        Flow::Revenue => "revenue",
        Flow::Expenditure => "expenditure",
    }
}

/// A stage's name in the output.
#[must_use]
pub fn stage_code(stage: Stage) -> &'static str {
    match stage {
        Stage::Budget => "budget",
        Stage::Adjusted => "adjusted",
        Stage::Executed => "executed",
        Stage::Final => "final",
    }
}

pub(crate) fn carryover_code(carryover: Carryover) -> &'static str {
    match carryover {
        Carryover::Included => "included",
        Carryover::Excluded => "excluded",
    }
}

pub(crate) fn role_code(role: Role) -> &'static str {
    match role {
        Role::Total => "total",
        Role::Component => "component",
        Role::Driver => "driver",
    }
}

/// Text from a document, fit for a terminal: no control characters, no
/// direction marks, blanks in a row as one.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let mut blank = true;
    let plain = text.chars().all(|c| {
        let twice = blank && c.is_whitespace();
        blank = c.is_whitespace();
        !twice && !is_unfit(c)
    });
    if plain && !blank {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter_map(fit) {
        if !(c == ' ' && (out.is_empty() || out.ends_with(' '))) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    Cow::Owned(out)
}

/// A character as it may be shown; `None` if it may not.
pub(super) fn fit(c: char) -> Option<char> {
    if matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{a0}') {
        return Some(' ');
    }
    (!is_unfit(c)).then_some(c)
}

fn is_unfit(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{85}' | '\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_a_document_commands_the_terminal() {
        assert_eq!(clean("收入\u{1b}[31m红\u{7}\n 支出\u{202e}倒"), "收入[31m红 支出倒");
        assert!(matches!(clean("收入 12万元"), Cow::Borrowed(_)));
        assert_eq!(clean("  收  入 "), "收 入");
        assert_eq!(clean(""), "");
    }

    #[test]
    fn codes_are_those_of_the_json() {
        fn json(value: impl serde::Serialize) -> String {
            serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
        }
        use Kind::*;
        for k in [UnitBudget, DepartmentBudget, ThreePublic, FinalAccount, CountyReport, Other] {
            assert_eq!(kind_code(k), json(k));
        }
        use Fund::*;
        for f in [GeneralPublic, GovFund, StateCapital, Fiscal, SpecialAccount] {
            assert_eq!(fund_code(f), json(f));
        }
        for f in [Flow::Revenue, Flow::Expenditure] {
            assert_eq!(flow_code(f), json(f));
        }
        for s in [Stage::Budget, Stage::Adjusted, Stage::Executed, Stage::Final] {
            assert_eq!(stage_code(s), json(s));
        }
        for c in [Carryover::Included, Carryover::Excluded] {
            assert_eq!(carryover_code(c), json(c));
        }
        for r in [Role::Total, Role::Component, Role::Driver] {
            assert_eq!(role_code(r), json(r));
        }
    }

    #[test]
    fn every_kind_has_two_names() {
        for kind in [Kind::UnitBudget, Kind::DepartmentBudget, Kind::ThreePublic, Kind::FinalAccount, Kind::Other] {
            assert_ne!(kind_name(kind, Lang::Zh), kind_name(kind, Lang::En));
        }
    }
}
