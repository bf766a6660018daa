//! What a page prints around a note and its title: the way to it, where it comes from, when it
//! was published, how often it was read.

use super::identity::{LONGEST_TITLE, is_organization};

/// Columns of a page in which notes are published, as the way to a note names them.
const COLUMNS: &[&str] = &[
    "财政预决算",
    "部门预决算",
    "预决算公开",
    "部门预算",
    "部门决算",
    "单位预算",
    "单位决算",
    "预决算",
    "财政信息",
    "财政资金",
];

/// What stands beside a title on a page; the title ends before it.
const IMPRINT: &[&str] = &[
    "索引号",
    "索 引 号",
    "发布日期",
    "发布时间",
    "生成日期",
    "成文日期",
    "发文日期",
    "公开日期",
    "信息来源",
    "来源:",
    "浏览",
    "阅读:",
    "访问量",
    "点击数",
];

/// Whether any of these begins with a character.
fn begins_imprint(c: char) -> bool {
    matches!(c, '索' | '发' | '生' | '成' | '公' | '信' | '来' | '浏' | '阅' | '访' | '点')
}

/// What a page prints around a note's title: the way to it, its source and day, the session it was read at.
pub(super) fn is_imprint(body: &str) -> bool {
    body.len() <= 240
        && (["当前位置", "首页", "监督索引号", "索引号", "来源：", "来源:", "發布時間", "——", "――"]
            .iter()
            .chain(&["发布机构", "公开主体", "主题分类", "更新时间"])
            .chain(IMPRINT)
            .any(|w| body.trim_start_matches(['[', ' ']).starts_with(w))
            || ["发布时间", "发布日期", "發布時間", "發布日期", "浏览次数", "访问量"].iter().any(|w| body.contains(w)))
        && !body.contains(['，', '。', '；'])
        || body.len() <= 240 && body.ends_with("会议上") && !body.contains(['，', '。'])
}

/// A line without the way to it that a page shows before it, up to what a page tells of its publication after
/// it: 首页>预决算某局2024年部门预算发布时间:… → 某局2024年部门预算.
pub(super) fn without_imprint(line: &str) -> &str {
    let trail = memchr::memchr(b'>', line.as_bytes()).is_some()
        || ["首页", "当前位置", "您的位置", "您现在的位置"].iter().any(|w| line.starts_with(w));
    let mut line = line;
    if trail {
        line = line.rsplit('>').next().unwrap_or(line).trim();
        while let Some(rest) = COLUMNS.iter().find_map(|c| line.strip_prefix(c)) {
            line = rest;
        }
        line = without_echo(line);
    }
    // What stands further back makes no title of a line.
    let begins = |at: usize| line.get(at..).is_some_and(|l| IMPRINT.iter().any(|w| l.starts_with(w)));
    let mut near = line.char_indices().take(LONGEST_TITLE + 1).filter(|(_, c)| begins_imprint(*c));
    let end = near.find(|(at, _)| begins(*at)).map_or(line.len(), |(at, _)| at);
    line.get(..end).unwrap_or(line).trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '[' | '(' | '【' | '|'))
}

/// The name of a page's column with the title right after it: 县交通运输局岭溪县交通运输局2024年… → 岭溪县交通运输局2024年….
fn without_echo(line: &str) -> &str {
    let ends = line.char_indices().skip(3).map(|(at, _)| at);
    let echo = ends.take(20).filter_map(|at| line.split_at_checked(at)).find(|(column, rest)| {
        is_organization(column)
            && rest.find(column).is_some_and(|at| at > 0 && rest.get(..at).is_some_and(|p| p.chars().count() <= 12))
    });
    echo.map_or(line, |(_, rest)| rest)
}

/// 发布机构:某县林业局
pub(super) fn in_imprint(line: &str) -> Option<String> {
    let after = ["发布机构", "公开单位", "编制单位", "单位名称", "部门名称"]
        .iter()
        .find_map(|w| line.find(w).and_then(|at| line.get(at + w.len()..)))?;
    let name = after.trim_start_matches([':', ' ', ']']).split([' ', '[', '|']).next()?;
    is_organization(name).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_imprint_begins_as_listed() {
        assert!(IMPRINT.iter().all(|w| w.starts_with(begins_imprint)));
    }
}
