//! Rows: their names, codes and whose they are.

use super::columns::{Columns, Role, is_number_row};
use super::item::is_owner;
use super::sheet::{CellKind, Sheet, SheetCell};
use super::tree::{Line, Roots, code_sums, code_totals, numbered_sums, three_public_sums};
use super::words::row_name;
use super::{Row, TableKind, TableSum, Total};
use crate::pattern::Flow;

/// Rows of all sides, and for every line of the sheet the number of its row on
/// each side.
#[derive(Debug, Default)]
pub(in crate::fact) struct Rows {
    pub rows: Vec<Row>,
    /// Whose rows they are, where a column says so: one for each of `rows`.
    pub owners: Vec<Option<String>>,
    pub sums: Vec<TableSum>,
    /// `[line][side]` → index into `rows`.
    pub of_line: Vec<Vec<Option<u32>>>,
    /// Of each row the one that it is part of.
    parents: Vec<Option<u32>>,
}

impl Rows {
    /// The row that a row is part of.
    pub(in crate::fact) fn above(&self, row: u32) -> Option<u32> {
        self.parents.get(row as usize).copied().flatten()
    }

    /// Below the rows of several units stands what is theirs, not the whole's.
    fn own_by_offices(&mut self, side: &[u32], lines: &[Line]) {
        let mut office: Option<u32> = None;
        let mut owners: Vec<(u32, u32)> = Vec::new();
        for row in side {
            match lines.get(*row as usize) {
                Some(l) if l.office => office = Some(*row),
                Some(l) if l.total.is_none() => owners.extend(office.map(|o| (*row, o))),
                _ => {}
            }
        }
        if owners.first().map(|(_, o)| o) == owners.last().map(|(_, o)| o) {
            return;
        }
        for (row, office) in owners {
            let name = self.rows.get(office as usize).map(|r| r.label.clone());
            if let Some(place) = self.owners.get_mut(row as usize) {
                *place = place.take().or(name);
            }
        }
    }
}

/// The code of a department or of a unit: 108001 某县某局本级. Functions have 3, 5 or 7 digits.
fn is_office(code: &str, name: &str) -> bool {
    matches!(code.len(), 6 | 9) || code.len() == 3 && is_owner(name)
}

/// 108 before 108001 is a department, whatever it is called.
fn mark_offices(side: &[u32], lines: &mut [Line]) {
    for pair in side.windows(2) {
        let [row, next] = pair else { continue };
        let code = |r: u32| lines.get(r as usize).and_then(|l| l.code.as_deref());
        let within = lines.get(*next as usize).is_some_and(|l| l.office);
        if let (Some(a), Some(b), true) = (code(*row), code(*next), within)
            && b.len() > a.len()
            && b.starts_with(a)
            && let Some(line) = lines.get_mut(*row as usize)
        {
            line.office = true;
        }
    }
}

/// Reads the rows below the head.
pub(in crate::fact) fn rows(sheet: &Sheet, columns: &Columns, kind: TableKind) -> Rows {
    let mut out = Rows::default();
    // Projects and purchases are listed, whosever they are, and added up once.
    let list = matches!(kind, TableKind::Project | TableKind::Procurement);
    let sides = columns.flows.len();
    let mut lines: Vec<Line> = Vec::new();
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); sides];
    let mut class: Vec<Vec<String>> = vec![Vec::new(); sides];
    let mut owner: Vec<Option<String>> = vec![None; sides];
    for (r, cells) in sheet.rows.iter().enumerate() {
        let mut here = vec![None; sides];
        let data = r >= columns.first_row && !is_number_row(cells) && !repeats_head(sheet, columns, r);
        // A total that stands on a side without a figure reaches over to the next.
        let mut reaching: Option<(u32, &str)> = None;
        for side in (0..sides).filter(|_| data) {
            let found = cells_of(columns, cells, side as u32);
            if let Some(name) = found.owner
                && let Some(place) = owner.get_mut(side)
            {
                *place = Some(name.to_owned());
            }
            let mut text = found.name;
            let mut from_side = side as u32;
            if text.is_empty() && found.pieces.is_empty() {
                match reaching.take().filter(|_| found.figures) {
                    Some((from, name)) => (from_side, text) = (from, name),
                    None if !found.figures => continue,
                    None => {}
                }
            } else if !found.figures && total_of(&row_name(text).name).is_some() && side + 1 < sides {
                reaching = Some((side as u32, text));
            }
            let mut read = row_name(text);
            let code = code_of(columns, side as u32, &found.pieces, class.get_mut(side)).or_else(|| read.code.take());
            // （一）支出合计 is the first part of what is above it.
            let total = total_of(&read.name).filter(|_| code.is_none() && read.level < 3);
            let office = found.pieces.len() <= 1 && code.as_deref().is_some_and(|c| is_office(c, &read.name));
            let flow = columns.flows.get(side).copied().flatten().or_else(|| flow_of_total(&read.name, total));
            let number = out.rows.len() as u32;
            if let Some(place) = here.get_mut(side) {
                *place = Some(number);
            }
            if let Some(list) = members.get_mut(side) {
                list.push(number);
            }
            out.rows.push(Row {
                label: read.name.clone(),
                code: code.clone(),
                side: side as u32,
                from_side,
                flow,
                total,
                line: r as u32,
            });
            let whose = owner.get(side).cloned().flatten();
            let all = total == Some(Total::Grand) || list && total.is_some();
            out.owners.push(whose.filter(|o| *o != read.name && !all));
            lines.push(Line { name: read, code, office, total });
        }
        out.of_line.push(here);
    }
    for side in &members {
        mark_offices(side, &mut lines);
    }
    for (row, _) in out.rows.iter_mut().zip(&lines).filter(|(_, l)| l.office) {
        row.code = None;
    }
    let mut roots: Vec<Roots> = Vec::new();
    for side in &members {
        let coded = side.iter().filter(|r| lines.get(**r as usize).is_some_and(|l| l.code.is_some())).count();
        // Several owners in one table: each has its own tree, which nothing marks.
        let owners = side.iter().filter_map(|r| out.owners.get(*r as usize)).flatten().collect::<Vec<_>>();
        if owners.windows(2).any(|w| matches!(w, [a, b] if a != b)) && !list {
            roots.push(Roots::default());
            continue;
        }
        if coded >= 2 {
            roots.push(code_sums(side, &lines, &mut out.sums));
        } else {
            roots.push(Roots::reaching(side, &out.rows));
            numbered_sums(side, &lines, &mut out.sums);
            three_public_sums(side, &lines, &mut out.sums);
        }
    }
    for side in &members {
        out.own_by_offices(side, &lines);
    }
    code_totals(&roots, &out.rows, &lines, &mut out.sums);
    out.parents = vec![None; out.rows.len()];
    for sum in &out.sums {
        for part in &sum.parts {
            if let Some(place) = out.parents.get_mut(*part as usize) {
                *place = place.or(Some(sum.total));
            }
        }
    }
    out
}

/// What names a row on one side.
#[derive(Debug, Default)]
struct Found<'v> {
    name: &'v str,
    owner: Option<&'v str>,
    pieces: Vec<(usize, &'v str)>,
    figures: bool,
}

fn cells_of<'v>(columns: &Columns, cells: &[SheetCell<'v>], side: u32) -> Found<'v> {
    let mut out = Found::default();
    let mut other = "";
    for cell in cells.iter().filter(|c| columns.sides.get(c.column) == Some(&side)) {
        match columns.roles.get(cell.column) {
            Some(Role::Name) if cell.kind != CellKind::Empty => out.name = cell.text,
            Some(Role::Owner) if cell.kind == CellKind::Text && total_of(cell.text).is_none() => {
                other = cell.text;
                out.owner = Some(cell.text);
            }
            Some(Role::Owner) if cell.kind == CellKind::Text => other = cell.text,
            Some(Role::Code) if cell.kind == CellKind::Text && !is_code(cell.text) => other = cell.text,
            Some(Role::Code) if cell.kind != CellKind::Empty => out.pieces.push((cell.column, cell.text)),
            Some(Role::RowNumber) if cell.kind == CellKind::Text => other = cell.text,
            // 合计 that begins in a column of remarks: 类型 | 项目名称 | 单位.
            Some(Role::Note) if cell.kind == CellKind::Text && total_of(&row_name(cell.text).name).is_some() => {
                other = cell.text;
            }
            Some(Role::Amount(_)) if matches!(cell.kind, CellKind::Figure(_)) => out.figures = true,
            _ => {}
        }
    }
    if out.name.is_empty() {
        out.name = other;
    }
    out
}

/// The head again, at the top of the next page.
fn repeats_head(sheet: &Sheet, columns: &Columns, row: usize) -> bool {
    let amounts = |column: usize| matches!(columns.roles.get(column), Some(Role::Amount(_)));
    let Some(cells) = sheet.rows.get(row) else { return false };
    // Digits alone are figures that run into each other, no head.
    let is_word = |c: &&SheetCell| c.kind == CellKind::Text && c.text.chars().any(|c| (c as u32) >= 0x3400);
    let words = cells.iter().filter(|c| amounts(c.column)).filter(is_word).count();
    let figures = cells.iter().filter(|c| amounts(c.column) && matches!(c.kind, CellKind::Figure(_))).count();
    words > 0 && figures == 0
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A row's code, put together from its pieces: 201 | 06 | 01.
fn code_of(columns: &Columns, side: u32, pieces: &[(usize, &str)], class: Option<&mut Vec<String>>) -> Option<String> {
    let class = class?;
    if pieces.is_empty() {
        return None;
    }
    let all: Vec<usize> = (0..columns.roles.len())
        .filter(|c| columns.roles.get(*c) == Some(&Role::Code) && columns.sides.get(*c) == Some(&side))
        .collect();
    let mut parts: Vec<String> = Vec::new();
    for (level, column) in all.iter().enumerate() {
        let piece = pieces.iter().find(|(c, _)| c == column).map(|(_, t)| (*t).to_owned());
        // A class that stands once goes on below: 201 | 06 | and then | | 01.
        let later = pieces.iter().any(|(c, _)| c > column);
        match piece.or_else(|| class.get(level).cloned().filter(|_| later)) {
            Some(piece) => parts.push(piece),
            None => break,
        }
    }
    class.clone_from(&parts);
    let mut code = String::new();
    for part in parts {
        // 款 and 项 have two digits of their own, or the whole code.
        if part.len() > 2 || code.is_empty() {
            code = part;
        } else {
            code.push_str(&part);
        }
    }
    Some(code).filter(|c| is_code(c))
}

fn total_of(name: &str) -> Option<Total> {
    let plain = name.trim_matches(['(', ')', ':', '=']);
    if plain.ends_with("总计") {
        return Some(Total::Grand);
    }
    let sum = ["合计", "小计"].iter().any(|w| plain.ends_with(w)) || matches!(plain, "总额" | "共计");
    let year = (plain.starts_with("本年") || plain.starts_with("当年")) && sum;
    match (year, sum) {
        (true, _) => Some(Total::Year),
        (_, true) => Some(Total::Plain),
        _ => None,
    }
}

fn flow_of_total(name: &str, total: Option<Total>) -> Option<Flow> {
    total?;
    match (name.contains("收入"), name.contains("支出")) {
        (true, false) => Some(Flow::Revenue),
        (false, true) => Some(Flow::Expenditure),
        _ => None,
    }
}
