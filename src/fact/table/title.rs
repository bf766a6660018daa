//! What stands above a table: its title, its number, its unit.

use super::TableKind;
use super::words::is_money;
use crate::lex::UnitId;
use crate::pattern::{Fund, Packs, Stage};
use crate::segment::{without_fund_names, year_in};

/// How many lines above a table may belong to it.
const LINES: usize = 6;
/// No line of a table's head is longer, in characters.
const LONGEST: usize = 60;

/// What is said of a table as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::fact) struct Title {
    pub title: Option<String>,
    pub number: Option<String>,
    pub unit: Option<UnitId>,
    pub year: Option<i32>,
    pub stage: Option<Stage>,
    pub fund: Option<Fund>,
    pub kind: TableKind,
}

impl Title {
    /// Reads the lines above a table, the nearest first, and those of its own
    /// rows that hold one cell.
    pub(in crate::fact) fn read<'t>(
        packs: &Packs,
        above: impl Iterator<Item = &'t str>,
        inside: impl Iterator<Item = &'t str>,
    ) -> Self {
        let mut out = Title::default();
        let inside: Vec<&str> = inside.collect();
        let head = |l: &&str| l.chars().count() <= LONGEST && !l.contains(['。', '|']);
        // A title inside the table is nearer than one above it.
        let lines: Vec<&str> = inside.into_iter().rev().chain(above.take(LINES).take_while(head)).collect();
        let mut spare = None;
        for line in lines {
            let unit = unit_in(packs, line);
            out.unit = out.unit.or(unit);
            let (number, rest) = number_in(line);
            if out.number.is_none() {
                out.number = number.map(str::to_owned);
            }
            let rest = rest.split("单位:").next().unwrap_or("").trim().trim_end_matches("金额").trim();
            if rest.is_empty() || rest.contains(':') || unit.is_some() && !is_title(rest) {
                continue;
            }
            if is_title(rest) {
                out.title = Some(rest.trim_end_matches("(续)").to_owned());
                break;
            }
            if spare.is_none() && names_matter(rest) {
                spare = Some(rest.to_owned());
            }
        }
        out.title = out.title.or(spare);
        let Some(title) = out.title.as_deref() else { return out };
        out.year = year_in(title);
        out.fund = packs.section_of(title).and_then(|s| s.fund);
        out.kind = kind(title);
        let plain = without_fund_names(title);
        out.stage = if plain.contains("决算") {
            Some(Stage::Final)
        } else if plain.contains("执行") {
            Some(Stage::Executed)
        } else if plain.contains("预算") {
            Some(Stage::Budget)
        } else {
            None
        };
        out
    }
}

/// 收支预算总表, 支出决算表(续).
fn is_title(line: &str) -> bool {
    let line = line.trim_end_matches("(续)").trim_end_matches("(续表)");
    let open = line.strip_suffix(')').and_then(|l| l.rfind('(').and_then(|at| l.get(..at)));
    [Some(line), open].into_iter().flatten().any(|l| l.ends_with('表') && l.chars().count() >= 3)
}

/// A short line that says what the figures below it are.
fn names_matter(line: &str) -> bool {
    line.chars().count() <= 30
        && ["收支", "收入", "支出", "经费", "采购", "绩效"].iter().any(|w| line.contains(w))
        && !line.ends_with([';', ',', ':'])
}

/// 单位:万元; 金额单位:元. 单位:元宝区财政局 is none.
fn unit_in(packs: &Packs, line: &str) -> Option<UnitId> {
    line.match_indices("单位:").find_map(|(at, word)| {
        let rest = line.get(at + word.len()..)?;
        let (unit, len) = packs.vocabulary.units.at(rest)?;
        let after = rest.get(len..)?;
        let ends = after.chars().next().is_none_or(|c| (c as u32) < 0x3400)
            || ["部门", "单位", "编制", "公开", "金额", "第", "表"].iter().any(|w| after.starts_with(w));
        (ends && is_money(packs, unit)).then_some(unit)
    })
}

/// The number of a table and what is left of its line: 公开01表; 表1收支总表; 附表2-1.
pub(in crate::fact) fn number_in(line: &str) -> (Option<&str>, &str) {
    let run = |t: &str, takes: fn(char) -> bool| t.find(|c| !takes(c)).unwrap_or(t.len());
    let digits = |t: &str| match run(t, |c| c.is_ascii_digit() || c == '-') {
        0 => {
            let len = run(t, |c| "一二三四五六七八九十".contains(c));
            // 表一般公共预算支出 has no number.
            if t.get(len..).is_some_and(|rest| rest.starts_with('般')) { 0 } else { len }
        }
        len => len,
    };
    for lead in ["预算公开表", "部门公开表", "附表", "附件", "表"] {
        let Some(rest) = line.strip_prefix(lead) else { continue };
        let len = digits(rest);
        if len == 0 {
            continue;
        }
        let number = line.get(..lead.len() + len).unwrap_or(line);
        let rest = rest.get(len..).unwrap_or("").trim_start_matches([':', '.', '、', ' ', '-', '_', ',']);
        return (Some(number), rest);
    }
    // 公开01表 ends as it begins: short, with a number before 表.
    if let Some(before) = line.split("单位:").next().map(str::trim).and_then(|l| l.strip_suffix('表')) {
        let lead = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
        if lead.len() < before.len() && before.chars().count() <= 10 {
            return (line.get(..before.len() + '表'.len_utf8()), "");
        }
    }
    (None, line)
}

fn kind(title: &str) -> TableKind {
    let has = |w: &str| title.contains(w);
    if has("三公") {
        TableKind::ThreePublic
    } else if has("绩效") || has("目标") {
        TableKind::Targets
    } else if has("采购") {
        TableKind::Procurement
    } else if has("收支") || has("收入支出") {
        TableKind::Balance
    } else if has("基本支出") {
        TableKind::Basic
    } else if has("项目支出") || has("项目") && !has("科目") {
        TableKind::Project
    } else if has("收入") {
        TableKind::Revenue
    } else if has("支出") {
        TableKind::Expenditure
    } else {
        TableKind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(above: &[&str]) -> Title {
        Title::read(Packs::builtin().unwrap(), above.iter().copied(), std::iter::empty())
    }

    #[test]
    fn the_lines_above() {
        let packs = Packs::builtin().unwrap();
        let t = title(&["单位:万元", "部门:清溪县水利局", "2024年部门收支预算总表", "公开01表"]);
        assert_eq!(t.title.as_deref(), Some("2024年部门收支预算总表"));
        assert_eq!((t.unit, t.year), (packs.vocabulary.units.by_name("万元"), Some(2024)));
        assert_eq!((t.kind, t.stage), (TableKind::Balance, Some(Stage::Budget)));
        let t = title(&["表3一般公共预算基本支出表金额单位:元", "上面有一句话。"]);
        assert_eq!((t.number.as_deref(), t.title.as_deref()), (Some("表3"), Some("一般公共预算基本支出表")));
        assert_eq!((t.fund, t.kind, t.stage), (Some(Fund::GeneralPublic), TableKind::Basic, None));
        assert_eq!(title(&["公开05表", "2023年度支出决算表"]).number.as_deref(), Some("公开05表"));
        assert_eq!(title(&["单位:元宝区财政局"]).unit, None);
        assert_eq!(title(&["以下是一句话。", "收支总表"]), Title::default());
    }
}
