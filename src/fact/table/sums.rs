//! Which columns make up which: 合计 = 基本支出 + 项目支出, by their heads.

use super::TableSum;
use super::columns::Head;
use crate::fact::Measure;

/// More columns than this on one side are compared with none.
const MAX_HEADS: usize = 64;

/// The sums of columns.
pub(in crate::fact) fn column_sums(heads: &[Head]) -> Vec<TableSum> {
    let mut out = Vec::new();
    for (at, total) in heads.iter().enumerate().filter(|(_, h)| h.total && amounts(h)) {
        let alike: Vec<(u32, &Head)> = heads
            .iter()
            .zip(0u32..)
            .filter(|(h, i)| *i as usize != at && like(total, h))
            .map(|(h, i)| (i, h))
            .take(MAX_HEADS)
            .collect();
        let mut parts = Vec::new();
        let complete = collect(&total.path, &alike, &mut parts);
        if parts.len() < 2 || !complete {
            continue;
        }
        // Two cuts of one total: by kind of expenditure and by fund.
        let (funds, kinds): (Vec<u32>, Vec<u32>) = parts
            .iter()
            .partition(|i| heads.get(**i as usize).is_some_and(|h| h.path.last().is_some_and(|l| names_fund(l))));
        let spending =
            kinds.iter().any(|i| heads.get(*i as usize).is_some_and(|h| h.path.iter().any(|p| p.contains("基本支出"))));
        let cuts = if spending && !funds.is_empty() { vec![kinds, funds] } else { vec![parts] };
        for parts in cuts.into_iter().filter(|p| p.len() >= 2) {
            let certain = parts.iter().all(|i| {
                // 本年拨款 > 一般公共预算
                let below = heads.get(*i as usize).and_then(|h| h.path.get(total.path.len()..));
                below.is_some_and(|names| names.iter().any(|name| is_known(name)))
            });
            out.push(TableSum { total: at as u32, parts, certain });
        }
    }
    out
}

/// The columns right below a name of the head; false where only some are shown.
fn collect(path: &[String], heads: &[(u32, &Head)], parts: &mut Vec<u32>) -> bool {
    let below: Vec<&(u32, &Head)> =
        heads.iter().filter(|(_, h)| h.path.starts_with(path) && h.path.len() > path.len()).collect();
    let mut seen: Vec<&str> = Vec::new();
    for (_, head) in &below {
        let Some(name) = head.path.get(path.len()) else { continue };
        if seen.contains(&name.as_str()) {
            continue;
        }
        seen.push(name);
        let whole = || {
            let exact = |h: &Head| h.path.len() == path.len() + 1 && h.path.last() == Some(name);
            below.iter().find(|(_, h)| exact(h) && h.total).or_else(|| below.iter().find(|(_, h)| exact(h)))
        };
        match whole() {
            Some((_, h)) if h.within => {}
            Some((i, _)) => parts.push(*i),
            None => {
                let mut inner = path.to_vec();
                inner.push(name.clone());
                let inside: Vec<(u32, &Head)> = below.iter().map(|x| **x).collect();
                if inside.iter().any(|(_, h)| h.path.starts_with(&inner) && h.within) {
                    return false;
                }
                if !collect(&inner, &inside, parts) {
                    return false;
                }
            }
        }
    }
    true
}

fn amounts(h: &Head) -> bool {
    matches!(h.measure, None | Some(Measure::Level)) && !h.counts
}

/// Columns of one side, year and stage.
fn like(a: &Head, b: &Head) -> bool {
    a.side == b.side && a.year == b.year && a.stage == b.stage && a.unit == b.unit && amounts(b)
}

fn names_fund(name: &str) -> bool {
    ["公共预算", "政府性基金", "国有资本", "财政拨款", "财政专户", "单位资金", "其他资金"]
        .iter()
        .any(|w| name.contains(w))
}

/// Heads that the field's own tables have.
fn is_known(name: &str) -> bool {
    names_fund(name)
        || [
            "基本支出",
            "项目支出",
            "人员",
            "公用",
            "上缴",
            "经营",
            "补助",
            "收入",
            "结转",
            "结余",
            "因公",
            "公务",
            "货物",
            "工程",
            "服务",
        ]
        .iter()
        .any(|w| name.contains(w))
}
