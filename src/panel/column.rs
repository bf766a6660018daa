//! Columns: name, kind, and what stands in them in two languages.
//!
//! Names are ASCII, begin with a letter and have at most 32 characters, so that
//! Stata, R and SQL take them as they are.

use crate::report::cells::Kind;
use std::borrow::Cow;

/// The longest name that Stata takes.
pub const MAX_NAME: usize = 32;

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: Cow<'static, str>,
    /// What its cells hold.
    pub kind: Kind,
    /// What it says, in Chinese.
    pub zh: Cow<'static, str>,
    /// What it says, in English.
    pub en: Cow<'static, str>,
}

const fn column(name: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Column {
    Column { name: Cow::Borrowed(name), kind, zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
}

const fn text(name: &'static str, zh: &'static str, en: &'static str) -> Column {
    column(name, Kind::Text, zh, en)
}

const fn int(name: &'static str, zh: &'static str, en: &'static str) -> Column {
    column(name, Kind::Int, zh, en)
}

const fn decimal(name: &'static str, zh: &'static str, en: &'static str) -> Column {
    column(name, Kind::Decimal, zh, en)
}

const fn truth(name: &'static str, zh: &'static str, en: &'static str) -> Column {
    column(name, Kind::Bool, zh, en)
}

/// Whose note a row is from, before the fact.
pub(super) const HEAD: &[Column] = &[
    text("organization", "单位，如说明所称", "organisation, as the note has it"),
    text(
        "region_code",
        "行政区划代码（GB/T 2260），单位名称里能确认的最小一级",
        "administrative division code (GB/T 2260) of the smallest place that the organisation's name tells for sure",
    ),
    text("province", "省级", "province"),
    text("prefecture", "地级", "prefecture"),
    text("county", "县级", "county, district or county-level city"),
    int("note_year", "说明的年度", "fiscal year of the note"),
    text(
        "note_kind",
        "说明的种类：unit_budget 单位预算，department_budget 部门预算，three_public “三公”经费，final_account 决算，county_report 预算报告，other 其他",
        "kind of the note: unit_budget, department_budget, three_public, final_account, county_report, other",
    ),
];

/// The fact itself.
pub(super) const FACT: &[Column] = &[
    text("fact", "数字在说明中的编号，与 JSON 输出相同", "id of the figure in its note, as in the JSON output"),
    int("year", "数字所属年度", "year that the figure is of"),
    text(
        "stage",
        "预算阶段：budget 年初预算，adjusted 调整预算，executed 执行数，final 决算数",
        "stage: budget, adjusted, executed, final",
    ),
    text(
        "as_of",
        "时点：year_start 年初，year_end 年末；某日 2023-12-31，某几个月 2023-01/2023-09；空为全年",
        "moment: year_start, year_end; a day 2023-12-31, months 2023-01/2023-09; empty for the whole year",
    ),
    text("concept", "事项的概念名；词库里没有的为空", "concept of the item; empty if the packs know none"),
    text("concept_zh", "概念的中文名", "the concept's Chinese name"),
    text("label", "事项，如原文所称", "the item, as the note calls it"),
    text(
        "measure",
        "数字的种类：level 数额，change 增减额，growth 增减率，share 占比，completion 完成率，ratio 比率，score 得分",
        "what is measured: level, change, growth, share, completion, ratio, score",
    ),
    text(
        "fund",
        "资金性质：general_public 一般公共预算，gov_fund 政府性基金，state_capital 国有资本经营，fiscal 财政拨款（三者合计），special_account 财政专户；空为全部资金",
        "fund: general_public, gov_fund, state_capital, fiscal (the three together), special_account; empty for all sources",
    ),
    text("flow", "收支：revenue 收入，expenditure 支出", "flow: revenue, expenditure"),
    text(
        "part",
        "数字只属于其中一部分时，是哪一部分",
        "the office, unit or place that the figure is for, when not the whole",
    ),
    text(
        "carryover",
        "是否含上年结转：included 含，excluded 不含",
        "whether what was carried over is in it: included, excluded",
    ),
    text(
        "role",
        "在分项中的位置：total 合计，component 分项，driver 增减原因",
        "place in a list: total, component, driver",
    ),
    text("parent", "所属合计或增减额的编号", "id of the total or the change that it belongs to"),
    int("basis_year", "比较基期的年度", "year that a change or growth is against"),
    text("basis_stage", "比较基期的阶段", "stage that a change, growth or completion is against"),
    decimal("value", "数值，按原文单位，减少为负", "value in the printed unit, a decrease negative"),
    text("value_text", "数值的精确文本，小数位与原文相同", "the value as exact text, with the printed places"),
    int("decimals", "原文的小数位数", "decimal places as printed"),
    text("unit", "计量单位", "unit of measure"),
    truth("unit_inferred", "单位未印出，由上下文推得", "the unit is not printed but taken from the context"),
    decimal("yuan", "金额，按元", "the amount in yuan; money only"),
    int(
        "fen",
        "金额，按分，整数；不是整分的为空。用于不支持十进制小数的软件",
        "the amount in fen (1/100 yuan), a whole number; empty if it is none. For software without decimals",
    ),
    text(
        "verdict",
        "涉及该数字的勾稽关系：verified 有关系相符且无矛盾，contradicted 有关系矛盾，unverified 无关系可证",
        "what the relations that cover the figure say: verified (some hold, none is contradicted), contradicted, unverified",
    ),
    int("relations_agree", "相符（含尾差）的关系数", "relations that hold, exactly or within rounding"),
    int("relations_disagree", "矛盾的关系数", "relations that are contradicted"),
    int("relations_open", "未列全或未定的关系数", "relations that decide nothing"),
    truth("suspect", "矛盾关系认为最可能有误的数字", "named as the figure that is most likely wrong"),
    decimal("suggested", "更可能的数值，按原文单位", "what the value should most likely be, in the printed unit"),
    truth("stated", "否：原文说没有（无……），计为零", "false for a stated absence (无…), counted as zero"),
    text("quote", "原文", "the figure's text"),
    int("span_start", "在正文中的起点，以 Unicode 字符计，从 0 起", "first character in the document's text, from 0"),
    int("span_end", "在正文中的终点（不含）", "character after the last"),
    int("line", "行号", "line of the text"),
    int("page", "页码，有页的文件才有", "page, of inputs that have pages"),
    text("section", "所在标题，由外到内", "headings above it, the outermost first"),
];

/// Whose note a row is from, after the fact.
pub(super) const TAIL: &[Column] = &[
    text("note_id", "说明的编号", "id of the note"),
    text("title", "标题", "title"),
    text("published", "公布日期，如原文所写", "date of publication, as written"),
    text("url", "网址", "address on the web"),
    text("path", "文件路径", "path of the file"),
    text("sha256", "文件（或 JSON Lines 的一行）的 SHA-256", "SHA-256 of the file, of JSON Lines of the line"),
];

/// The list of notes, before the columns of [`TAIL`].
pub(super) const STATUS: &[Column] = &[
    text(
        "status",
        "kept 采用，duplicate 与另一份相同，superseded 被另一份取代",
        "kept, duplicate of another, superseded by another",
    ),
    text(
        "reason",
        "取舍依据：same_text 文字相同，corrected 对方为更正件，later 对方公布较晚，more_figures 对方数字较多，first 对方在先",
        "why another counts: same_text, corrected, later, more_figures, first",
    ),
    text("instead_id", "采用的那一份的编号", "id of the note that counts instead"),
    text("instead_path", "采用的那一份的路径", "path of the note that counts instead"),
    int("facts", "数字个数", "how many figures it has"),
    int("contradictions", "矛盾的关系数", "how many relations are contradicted"),
];

/// The columns of the table of facts.
///
/// ```
/// let columns = gouji::panel::long();
/// assert_eq!(columns[0].name, "organization");
/// assert!(columns.iter().any(|c| c.name == "yuan"));
/// ```
#[must_use]
pub fn long() -> Vec<Column> {
    [HEAD, FACT, TAIL].concat()
}

/// The columns of the list of notes.
#[must_use]
pub fn notes() -> Vec<Column> {
    [HEAD, STATUS, TAIL].concat()
}

/// The columns of a wide row before its concepts.
pub(super) const WIDE: &[Column] = &[
    text("organization", "单位", "organisation"),
    text("region_code", "行政区划代码（GB/T 2260）", "administrative division code (GB/T 2260)"),
    text("province", "省级", "province"),
    text("prefecture", "地级", "prefecture"),
    text("county", "县级", "county, district or county-level city"),
    int("year", "年度", "fiscal year"),
    text("stage", "预算阶段", "stage of all figures in the row"),
    int("notes", "取数的说明份数", "how many notes the row is from"),
    text("note_id", "首要一份说明的编号", "id of the first of them"),
    text("path", "首要一份说明的路径", "path of the first of them"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Words that Stata or SQL keep for themselves.
    const RESERVED: &[&str] = &[
        "byte",
        "double",
        "float",
        "int",
        "long",
        "if",
        "in",
        "using",
        "with",
        "order",
        "group",
        "select",
        "table",
        "from",
        "where",
        "values",
        "index",
        "references",
        "default",
        "check",
        "by",
    ];

    #[test]
    fn names_are_good_in_stata_r_and_sql() {
        for columns in [long(), notes(), WIDE.to_vec()] {
            let names: BTreeSet<&str> = columns.iter().map(|c| c.name.as_ref()).collect();
            assert_eq!(names.len(), columns.len(), "a name twice");
            for name in names {
                assert!(name.len() <= MAX_NAME && name.starts_with(|c: char| c.is_ascii_lowercase()), "{name}");
                assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'), "{name}");
                assert!(!RESERVED.contains(&name), "{name}");
            }
        }
    }
}
