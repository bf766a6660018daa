//! What is part of what among the rows of a table: by their codes, by their
//! list numbers, by what totals are called.

use super::words::RowName;
use super::{Row, TableSum, Total};

/// A row of one side, with what its place in the tree hangs on.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub name: RowName,
    pub code: Option<String>,
    /// The code is a unit's, whose rows follow: 108 某县某局, 108001 某县某局本级.
    pub office: bool,
    pub total: Option<Total>,
}

/// The outermost rows of a side with codes, and its totals.
#[derive(Debug, Default)]
pub(super) struct Roots {
    rows: Vec<u32>,
    groups: Vec<u32>,
    totals: Vec<u32>,
    repeated: bool,
}

impl Roots {
    /// Of a side without codes: its totals that reach over from a side before it.
    pub(super) fn reaching(side: &[u32], rows: &[Row]) -> Self {
        let reaches = |row: &&u32| rows.get(**row as usize).is_some_and(|r| r.total.is_some() && r.from_side < r.side);
        Self { totals: side.iter().filter(reaches).copied().collect(), ..Self::default() }
    }
}

/// 项 → 款 → 类, by the codes.
pub(super) fn code_sums(side: &[u32], lines: &[Line], out: &mut Vec<TableSum>) -> Roots {
    let line = |row: u32| lines.get(row as usize);
    let mut parts: Vec<Vec<u32>> = vec![Vec::new(); side.len()];
    let mut stack: Vec<(usize, &str)> = Vec::new();
    let mut roots: Vec<u32> = Vec::new();
    let mut groups: Vec<usize> = Vec::new();
    // Units within the department of the code that theirs begins with.
    let mut within: Vec<usize> = Vec::new();
    let mut repeated = false;
    let mut totals: Vec<u32> = Vec::new();
    for (at, row) in side.iter().enumerate() {
        let Some(l) = line(*row) else { continue };
        if l.total.is_some() {
            totals.push(*row);
            continue;
        }
        let Some(code) = l.code.as_deref() else {
            // 其中 of a coded row, or whose rows follow.
            if !l.name.within && l.name.level == 0 && !l.name.name.is_empty() {
                groups.push(at);
                stack.clear();
            }
            continue;
        };
        if l.office {
            let above = groups.iter().rev().copied().find(|g| {
                let of = side.get(*g).and_then(|r| line(*r)).filter(|l| l.office).and_then(|l| l.code.as_deref());
                of.is_some_and(|c| code.starts_with(c) && code.len() > c.len())
            });
            if let Some(above) = above {
                parts.get_mut(above).into_iter().for_each(|list| list.push(*row));
                within.push(at);
            }
            groups.push(at);
            stack.clear();
            continue;
        }
        while stack.last().is_some_and(|(_, c)| !(code.starts_with(c) && code.len() > c.len())) {
            repeated |= stack.pop().is_some_and(|(_, c)| c == code);
        }
        match stack.last().copied().or_else(|| groups.last().map(|g| (*g, ""))) {
            Some((parent, _)) => {
                if let Some(list) = parts.get_mut(parent) {
                    list.push(*row);
                }
            }
            None => roots.push(*row),
        }
        stack.push((at, code));
    }
    for (at, row) in side.iter().enumerate() {
        let Some(list) = parts.get_mut(at).filter(|l| !l.is_empty()) else { continue };
        let coded = line(*row).is_some_and(|l| l.code.is_some());
        let office = |r: &u32| line(*r).is_some_and(|l| l.office);
        // A department is its units, or its functions: never some of each.
        let class = |r: &u32| line(*r).and_then(|l| l.code.as_deref()).is_some_and(|c| c.len() == 3);
        let alike = !office(row) || list.iter().all(office) || list.iter().all(|r| !office(r) && class(r));
        out.push(TableSum { total: *row, parts: std::mem::take(list), certain: coded && !repeated && alike });
    }
    let outer = groups.iter().filter(|g| !within.contains(g));
    let groups = outer.filter_map(|g| side.get(*g).copied()).collect();
    Roots { rows: roots, groups, totals, repeated }
}

/// 类 → 合计: of the sides that the total's name reaches over.
pub(super) fn code_totals(sides: &[Roots], rows: &[Row], lines: &[Line], out: &mut Vec<TableSum>) {
    for side in sides {
        let [total] = side.totals.as_slice() else { continue };
        let Some(row) = rows.get(*total as usize) else { continue };
        let over = sides.get(row.from_side as usize..=row.side as usize).unwrap_or(&[]);
        // 公用经费合计 of two sides stands on the first, its figure on the second.
        let same = |t: &u32| t == total || rows.get(*t as usize).is_some_and(|r| r.line == row.line);
        let alone = over.iter().all(|s| s.groups.is_empty() && s.totals.iter().all(same));
        let parts: Vec<u32> = over.iter().flat_map(|s| s.rows.iter().copied()).collect();
        let class = |r: &u32| lines.get(*r as usize).and_then(|l| l.code.as_deref()).is_some_and(|c| c.len() == 3);
        let certain = parts.iter().all(class) && !over.iter().any(|s| s.repeated);
        if alone && !parts.is_empty() {
            out.push(TableSum { total: *total, parts, certain });
        } else if side.rows.is_empty() && !side.groups.is_empty() {
            let certain = side.groups.iter().all(|r| lines.get(*r as usize).is_some_and(|l| l.office));
            out.push(TableSum { total: *total, parts: side.groups.clone(), certain });
        }
    }
}

/// 一、二、三 → 本年收入合计 → 收入总计, by list numbers and names.
pub(super) fn numbered_sums(side: &[u32], lines: &[Line], out: &mut Vec<TableSum>) {
    let line = |row: u32| lines.get(row as usize);
    // The children of every row, by list numbers.
    let mut stack: Vec<(u8, u32)> = Vec::new();
    let mut children: Vec<(u32, Vec<u32>)> = Vec::new();
    let mut tops: Vec<u32> = Vec::new();
    for (at, row) in side.iter().enumerate() {
        let Some(l) = line(*row) else { continue };
        if l.total.is_some() {
            stack.clear();
            tops.push(*row);
            continue;
        }
        let level = l.name.level;
        if level == 0 {
            if l.name.within {
                continue;
            }
            stack.clear();
            tops.push(*row);
            // 年初结转和结余, then 一、二、三 that make it up.
            let next = side.get(at + 1).and_then(|n| line(*n));
            if next.is_some_and(|n| n.name.level > 0 && n.name.number == 1) {
                stack.push((0, *row));
            }
            continue;
        }
        while stack.last().is_some_and(|(above, _)| *above >= level) {
            stack.pop();
        }
        match stack.last() {
            Some((_, parent)) => match children.iter_mut().rev().find(|(p, _)| p == parent) {
                Some((_, list)) => list.push(*row),
                None => children.push((*parent, vec![*row])),
            },
            None => tops.push(*row),
        }
        stack.push((level, *row));
    }
    let runs = |rows: &[u32]| {
        rows.iter().zip(1..).all(|(r, n)| line(*r).is_some_and(|l| l.name.level > 0 && l.name.number == n))
    };
    let plain = |rows: &[u32]| rows.iter().all(|r| line(*r).is_some_and(|l| !l.name.minus && !l.name.within));
    for (parent, list) in children {
        if list.len() >= 2 {
            let certain = runs(&list) && plain(&list) || is_whole(&list, lines);
            out.push(TableSum { total: parent, parts: list, certain });
        }
    }
    totals(&tops, lines, &runs, &plain, out);
}

/// What always makes up its whole, each told by a word.
const WHOLES: [&[&str]; 2] = [&["货物", "工程", "服务"], &["购置", "运行"]];

/// Whether rows are all that their total consists of, whatever their numbers: 货物, 工程, 服务.
fn is_whole(rows: &[u32], lines: &[Line]) -> bool {
    let name = |row: &u32| lines.get(*row as usize).map_or("", |l| l.name.name.as_str());
    let says = |words: &&[&str], row: &u32| words.iter().filter(|w| name(row).contains(**w)).count();
    WHOLES.iter().any(|words| {
        words.len() == rows.len()
            && rows.iter().all(|row| says(words, row) == 1)
            && words.iter().all(|word| rows.iter().any(|row| name(row).contains(word)))
    })
}

/// 合计 = 因公出国（境）费 + 公务用车购置及运行费 + 公务接待费, and the second its
/// two parts, however the rows are numbered: by their names.
pub(super) fn three_public_sums(side: &[u32], lines: &[Line], out: &mut Vec<TableSum>) {
    let name = |row: u32| lines.get(row as usize).map_or("", |l| l.name.name.as_str());
    let only = |all: &[&str], none: &[&str]| {
        let fits =
            |row: &u32| all.iter().all(|w| name(*row).contains(w)) && !none.iter().any(|w| name(*row).contains(w));
        let mut found = side.iter().copied().filter(fits);
        found.next().filter(|_| found.next().is_none())
    };
    const COUNTS: [&str; 5] = ["数", "团组", "批次", "保有", "人次"];
    let (Some(abroad), Some(guests)) = (only(&["因公出国"], &COUNTS), only(&["公务接待"], &COUNTS)) else {
        return;
    };
    let cars = only(&["用车", "购置", "运行"], &COUNTS);
    let bought = only(&["用车", "购置"], &["运行", "数", "保有"]);
    let run = only(&["用车", "运行"], &["购置", "数", "保有"]);
    let both: Vec<u32> = bought.into_iter().chain(run).collect();
    let mut set = |total: u32, parts: Vec<u32>| {
        out.retain(|sum| sum.total != total);
        out.push(TableSum { total, parts, certain: true });
    };
    if let Some(cars) = cars.filter(|_| both.len() == 2) {
        set(cars, both.clone());
    }
    let parts: Vec<u32> = match cars {
        Some(cars) => vec![abroad, cars, guests],
        None if both.len() == 2 => [vec![abroad], both.clone(), vec![guests]].concat(),
        None => return,
    };
    let at = |row: u32| side.iter().position(|r| *r == row);
    let first = parts.iter().filter_map(|row| at(*row)).min().unwrap_or(0);
    let is_total = |row: &u32| {
        lines
            .get(*row as usize)
            .is_some_and(|l| l.total.is_some() || l.name.name.ends_with("合计") || l.name.name.contains("三公"))
    };
    let before = first.checked_sub(1).and_then(|n| side.get(n)).copied().filter(is_total);
    let Some(total) = before.or_else(|| side.last().copied().filter(|_| first == 0).filter(is_total)) else { return };
    // 会议费 and 培训费 beside them are in the total as well.
    let mine = |row: &u32| *row == total || parts.contains(row) || both.contains(row);
    let deeper = |row: &u32| {
        ["接待", "用车", "出国", "数", "其中"].iter().any(|w| name(*row).contains(w))
            || lines.get(*row as usize).is_some_and(|l| l.name.within || l.name.level > 4)
    };
    let from = at(total).unwrap_or(0).min(first);
    let rest = side.get(from..).unwrap_or(&[]);
    if rest.iter().all(|row| mine(row) || deeper(row)) {
        set(total, parts);
    }
}

/// The sums of the totals among the outermost rows.
fn totals(
    tops: &[u32],
    lines: &[Line],
    runs: &dyn Fn(&[u32]) -> bool,
    plain: &dyn Fn(&[u32]) -> bool,
    out: &mut Vec<TableSum>,
) {
    let kind = |row: u32| lines.get(row as usize).and_then(|l| l.total);
    let is_numbered = |row: u32| lines.get(row as usize).is_some_and(|l| l.name.level > 0);
    // 合计 above what it is the total of.
    if let Some((first, rest)) = tops.split_first()
        && kind(*first).is_some()
    {
        let end = rest.iter().position(|r| kind(*r).is_some()).unwrap_or(rest.len());
        let parts: Vec<u32> = rest.get(..end).unwrap_or(&[]).to_vec();
        if end == rest.len() && parts.len() >= 2 {
            let certain = runs(&parts) && plain(&parts) || is_whole(&parts, lines);
            out.push(TableSum { total: *first, certain, parts });
        }
        return;
    }
    let mut run: Vec<u32> = Vec::new();
    for row in tops {
        match kind(*row) {
            None => run.push(*row),
            Some(Total::Grand) => {
                let rows = std::mem::take(&mut run);
                let sum = rows.first().is_some_and(|r| kind(*r).is_some());
                let rest = rows.get(usize::from(sum)..).unwrap_or(&[]);
                let carried = ["结转", "结余", "弥补", "使用", "分配", "基金"];
                let known = rest
                    .iter()
                    .all(|r| lines.get(*r as usize).is_some_and(|l| carried.iter().any(|w| l.name.name.contains(w))));
                let certain = plain(&rows) && if sum { known } else { runs(&rows) };
                if !rows.is_empty() {
                    out.push(TableSum { total: *row, parts: rows, certain });
                }
            }
            Some(_) => {
                let rows = std::mem::take(&mut run);
                let count = rows.len();
                let nested = rows.first().is_some_and(|r| kind(*r).is_some());
                // 一、基本支出, then 人员经费 without a number: of it, as the numbers go.
                let numbered: Vec<u32> = rows.iter().copied().filter(|r| is_numbered(*r)).collect();
                let rows = if numbered.len() >= 2 { numbered } else { rows };
                let plain = runs(&rows) && plain(&rows) || is_whole(&rows, lines);
                let certain = !nested && rows.len() == count && plain;
                if rows.len() >= 2 {
                    out.push(TableSum { total: *row, parts: rows, certain });
                }
                run.push(*row);
            }
        }
    }
}
