//! The page's words.

use crate::check::Verdict;
use crate::document::Lang;
use crate::fact::{Carryover, Role};
use crate::lex::AsOf;
use crate::pattern::Flow;

/// Of two wordings, that of the language.
pub(super) fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Between two parts of a line.
pub(super) fn colon(lang: Lang) -> &'static str {
    pick(lang, "：", ": ")
}

/// What a verdict means.
pub(super) fn meaning(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Disagrees => {
            pick(lang, "差额超出四舍五入所能解释的范围", "no rounding of the printed figures explains the difference")
        }
        Verdict::Partial => pick(
            lang,
            "只列出部分项目，尚有余额，不算错误",
            "only some items are listed and a remainder is left: no error",
        ),
        Verdict::Undecided => pick(lang, "缺少条件，无法判断", "an input is missing"),
        Verdict::Rounded => pick(
            lang,
            "有差额，但在所印位数四舍五入或截尾的范围内",
            "the figures agree, but only because they are printed rounded or truncated",
        ),
        Verdict::Exact => pick(lang, "所印数字分毫不差", "the printed figures agree to the last digit"),
    }
}

/// What a relation is about, whatever its verdict: a rule's title says what is wrong.
pub(super) fn about(family: &str, lang: Lang) -> &'static str {
    match family {
        "sum" => pick(lang, "合计与分项", "a total and its components"),
        "change" => pick(lang, "增减额", "a change"),
        "ratio" => pick(lang, "比率与数额", "a rate and its amounts"),
        "equal" => pick(lang, "同一数额", "one figure, stated twice"),
        "balance" => pick(lang, "平衡关系", "a balance"),
        "direction" => pick(lang, "表述与数额", "words and figures"),
        "count" => pick(lang, "数量", "a count"),
        "period" => pick(lang, "年度", "a year"),
        "unit" => pick(lang, "计量单位", "a unit"),
        _ => pick(lang, "公开内容", "what is to be disclosed"),
    }
}

/// The name by which the style sheet knows a verdict.
pub(super) fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Disagrees => "bad",
        Verdict::Partial | Verdict::Undecided => "open",
        Verdict::Rounded | Verdict::Exact => "good",
    }
}

pub(super) fn flow(flow: Flow, lang: Lang) -> &'static str {
    match flow {
        Flow::Revenue => pick(lang, "收入", "revenue"),
        Flow::Expenditure => pick(lang, "支出", "expenditure"),
    }
}

pub(super) fn carryover(carryover: Carryover, lang: Lang) -> &'static str {
    match carryover {
        Carryover::Included => pick(lang, "含上年结转", "included"),
        Carryover::Excluded => pick(lang, "不含上年结转", "excluded"),
    }
}

pub(super) fn role(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::Total => pick(lang, "合计", "total"),
        Role::Component => pick(lang, "分项", "component"),
        Role::Driver => pick(lang, "增减原因", "reason of a change"),
    }
}

/// A moment or a part of the year; none for the whole of it.
pub(super) fn as_of(as_of: AsOf, lang: Lang) -> Option<String> {
    let month = |n: u8| {
        const MONTHS: [&str; 12] =
            ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];
        usize::from(n).checked_sub(1).and_then(|n| MONTHS.get(n)).copied().unwrap_or("?")
    };
    Some(match (as_of, lang) {
        (AsOf::Year, _) => return None,
        (AsOf::Start, _) => pick(lang, "年初", "the start of the year").to_owned(),
        (AsOf::End, _) => pick(lang, "年末", "the end of the year").to_owned(),
        (AsOf::Date { month, day: Some(day) }, Lang::Zh) => format!("{month}月{day}日"),
        (AsOf::Date { month: m, day: Some(day) }, Lang::En) => format!("{day} {}", month(m)),
        (AsOf::Date { month, day: None }, Lang::Zh) => format!("{month}月底"),
        (AsOf::Date { month: m, day: None }, Lang::En) => format!("the end of {}", month(m)),
        (AsOf::Months { from, to }, Lang::Zh) if from == to => format!("{from}月"),
        (AsOf::Months { from, to }, Lang::En) if from == to => month(from).to_owned(),
        (AsOf::Months { from, to }, Lang::Zh) => format!("{from}—{to}月"),
        (AsOf::Months { from, to }, Lang::En) => format!("{} to {}", month(from), month(to)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::RULES;

    #[test]
    fn every_family_of_rules_has_words() {
        let other = about("", Lang::Zh);
        for rule in RULES.iter().filter(|r| r.family() != "absence") {
            assert_ne!(about(rule.family(), Lang::Zh), other, "{}", rule.id);
        }
    }

    #[test]
    fn times_of_the_year_are_told() {
        let day = AsOf::Date { month: 9, day: Some(30) };
        assert_eq!(
            (as_of(day, Lang::Zh).as_deref(), as_of(day, Lang::En).as_deref()),
            (Some("9月30日"), Some("30 Sept."))
        );
        assert_eq!(as_of(AsOf::Months { from: 1, to: 9 }, Lang::Zh).as_deref(), Some("1—9月"));
        assert_eq!(as_of(AsOf::Year, Lang::En), None);
    }
}
