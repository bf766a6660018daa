//! Frames and glyphs to tables.

use super::drawn::{Glyph, POINT};
use super::frame::{Frame, Slot};
use super::line::{Area, Line, is_wide, join, lines};

/// Columns whose edges differ by no more are the same.
const SAME_EDGE: i32 = 4 * POINT;
/// No cell keeps its text further from its edges than this.
const MAX_PADDING: i32 = 6 * POINT;

/// A table, perhaps over several pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// The edges of its columns.
    pub xs: Vec<i32>,
    pub rows: Vec<Vec<Cell>>,
    pub area: Area,
}

/// A cell with anything in it, or an empty one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub column: usize,
    pub columns: usize,
    pub rows: usize,
    pub lines: Vec<Line>,
    /// The room in it.
    pub left: i32,
    pub right: i32,
}

impl Cell {
    /// What stands in it, wraps undone.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        if self.is_one_number(&self.lines) {
            text.extend(self.lines.iter().map(|line| line.text.as_str()));
            return text;
        }
        let mut before: Option<&Line> = None;
        for line in &self.lines {
            match before {
                None => text.push_str(&line.text),
                Some(before) => {
                    let room = self.right - self.left - (before.area.right - before.area.left);
                    join(&mut text, before, line, room < line.head + before.size / 2);
                }
            }
            before = Some(line);
        }
        if text.contains('|') { text.replace('|', "｜") } else { text }
    }

    /// Whether lines are one number or code that had no room on one: 21,183,8|03.13, 2080|505.
    fn is_one_number(&self, lines: &[Line]) -> bool {
        let whole: String = lines.iter().map(|line| line.text.as_str()).collect();
        if lines.len() < 2 || places_of(&whole).is_none() {
            return false;
        }
        let full = |line: &Line, next: &Line| {
            let room = self.right - self.left - (line.area.right - line.area.left);
            room < next.head.min(next.size) + next.size / 4
        };
        let parts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        !are_numbers(&parts) || lines.iter().zip(lines.iter().skip(1)).all(|(line, next)| full(line, next))
    }
}

/// How many decimal places a number has; none if the text is no well-formed number.
fn places_of(text: &str) -> Option<usize> {
    let text = text.strip_prefix('-').unwrap_or(text);
    let text = text.strip_suffix('%').unwrap_or(text);
    let (whole, places) = text.split_once('.').map_or((text, None), |(whole, places)| (whole, Some(places)));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    let fits = digits(first)
        && (first == "0" || !first.starts_with('0'))
        && (!grouped || first.len() <= 3)
        && groups.all(|group| digits(group) && group.len() == 3)
        && (grouped || places.is_some() || whole.len() <= 9);
    let ends = places.is_none_or(|places| digits(places) && places.len() <= 6);
    (fits && ends).then(|| places.map_or(0, str::len))
}

/// Whether lines read as numbers of their own: well-formed, with as many places each, or
/// 款 and 项 of two digits; 2080 and 505 are one code in two pieces.
fn are_numbers(parts: &[&str]) -> bool {
    let pair = |part: &&str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if parts.iter().all(pair) {
        return true;
    }
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let plain = parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let class = |part: &&str| matches!(part.len(), 3 | 5 | 7);
    if plain && matches!(length, 5 | 7) && !parts.iter().all(class) {
        return false;
    }
    // 2,800,000.0|0
    if let [first, last] = parts
        && places_of(first).is_some_and(|places| places == 1)
        && last.len() == 1
        && last.bytes().all(|b| b.is_ascii_digit())
    {
        return false;
    }
    let mut places = None;
    parts.iter().all(|part| {
        if matches!(*part, "0" | "-" | "—") {
            return true;
        }
        let own = places_of(part);
        own.is_some() && *places.get_or_insert(own) == own
    })
}

/// Takes the glyphs within a frame out of `glyphs` and makes a table of them,
/// unless it is no table but a frame around text.
pub(super) fn table(frame: &Frame, glyphs: &mut Vec<Glyph>, page: u32) -> Option<Table> {
    let (left, right) = (*frame.xs.first()?, *frame.xs.last()?);
    let (top, bottom) = (*frame.ys.first()?, *frame.ys.last()?);
    let inside = |x: i32, y: i32| x > left && x < right && y > top && y < bottom;
    let places = places(glyphs);
    let columns = frame.xs.len() - 1;
    let mut owner = vec![usize::MAX; columns * (frame.ys.len() - 1)];
    for (index, slot) in frame.cells.iter().enumerate() {
        for row in slot.row..slot.row + slot.rows {
            for column in slot.column..slot.column + slot.columns {
                if let Some(owner) = owner.get_mut(row * columns + column) {
                    *owner = index;
                }
            }
        }
    }
    let mut contents: Vec<Vec<Glyph>> = vec![vec![]; frame.cells.len()];
    let mut taken = vec![false; glyphs.len()];
    for ((glyph, (x, y)), taken) in glyphs.iter().zip(places).zip(&mut taken) {
        if !inside(x, y) {
            continue;
        }
        let column = frame.xs.partition_point(|edge| *edge <= x).saturating_sub(1);
        let row = frame.ys.partition_point(|edge| *edge <= y).saturating_sub(1);
        let owner = owner.get(row * columns + column).copied().unwrap_or(usize::MAX);
        if let Some(content) = contents.get_mut(owner) {
            content.push(*glyph);
            *taken = true;
        }
    }
    let mut rows: Vec<Vec<Cell>> = vec![vec![]; frame.ys.len() - 1];
    for (slot, content) in frame.cells.iter().zip(contents) {
        for (column, columns, lines) in parted(frame, slot, content, page) {
            let edge = |at: usize| frame.xs.get(at).copied().unwrap_or(right);
            let cell =
                Cell { column, columns, rows: slot.rows, lines, left: edge(column), right: edge(column + columns) };
            if let Some(row) = rows.get_mut(slot.row) {
                row.push(cell);
            }
        }
    }
    let mut table = Table { xs: frame.xs.clone(), rows, area: Area { left, top, right, bottom } };
    table.rows.iter_mut().for_each(|row| row.sort_by_key(|cell| cell.column));
    if !table.is_data() {
        return None;
    }
    table.drop_empty_rows();
    table.take_off_padding();
    table.rows = std::mem::take(&mut table.rows).into_iter().flat_map(|row| rows_within(row, columns)).collect();
    let mut taken = taken.into_iter();
    glyphs.retain(|_| !taken.next().unwrap_or(false));
    Some(table)
}

/// Where each glyph counts as standing: a number or a word that reaches over a
/// rule stands as a whole where its middle does.
fn places(glyphs: &[Glyph]) -> Vec<(i32, i32)> {
    let mut places = Vec::with_capacity(glyphs.len());
    let goes_on = |a: &Glyph, b: &Glyph| {
        let narrow = |g: &Glyph| !is_wide(g.c) && !g.c.is_whitespace();
        let gap = b.left - a.right;
        narrow(a) && narrow(b) && a.base == b.base && gap < a.size / 5 && gap > -a.size / 5
    };
    for word in glyphs.chunk_by(goes_on) {
        let (Some(first), Some(last)) = (word.first(), word.last()) else { continue };
        let middle = (first.left + last.right) / 2;
        places.extend(word.iter().map(|glyph| (middle, glyph.middle().1)));
    }
    places
}

/// The contents of a cell. Where a cell spans columns and each of several of
/// them has words of its own, a rule was left out: the cell is parted there.
fn parted(frame: &Frame, slot: &Slot, content: Vec<Glyph>, page: u32) -> Vec<(usize, usize, Vec<Line>)> {
    let inner = frame.xs.get(slot.column + 1..slot.column + slot.columns).unwrap_or_default();
    let mut cuts: Vec<(usize, i32)> = vec![];
    if !inner.is_empty() && content.len() > 1 {
        let mut sorted = content.clone();
        sorted.retain(|glyph| !glyph.c.is_whitespace());
        sorted.sort_by_key(|glyph| (glyph.base, glyph.left));
        for (index, x) in inner.iter().enumerate() {
            let from = cuts.last().map_or(i32::MIN, |cut| cut.1);
            let apart = !sorted.iter().any(|g| g.left < x - POINT && g.right > x + POINT)
                && !sorted.iter().zip(sorted.iter().skip(1)).any(|(a, b)| {
                    (a.base - b.base).abs() < a.size / 3
                        && a.middle().0 < *x
                        && b.middle().0 > *x
                        && b.left - a.right < a.size
                });
            let left = sorted.iter().any(|g| g.middle().0 < *x && g.middle().0 > from);
            let right = sorted.iter().any(|g| g.middle().0 > *x);
            if apart && left && right {
                cuts.push((slot.column + 1 + index, *x));
            }
        }
    }
    let mut parts = vec![];
    let mut rest = content;
    let mut column = slot.column;
    for (at, x) in cuts {
        let (part, others) = rest.into_iter().partition(|glyph| glyph.middle().0 < x);
        parts.push((column, at - column, lines(part, page)));
        (rest, column) = (others, at);
    }
    parts.push((column, slot.column + slot.columns - column, lines(rest, page)));
    parts
}

/// Parts a row into those that no rule parts: where a column holds several
/// numbers, one below the other, and others have words at the same heights.
/// The lines of a number that was too long for its cell are one.
fn rows_within(row: Vec<Cell>, columns: usize) -> Vec<Vec<Cell>> {
    let own = row.iter().all(|cell| cell.rows == 1) && row.iter().map(|cell| cell.columns).sum::<usize>() == columns;
    let count = row.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    let all = |cell: &&Cell| cell.lines.len() == count;
    let Some(bases) = row.iter().find(all).map(|cell| cell.lines.iter().map(|line| line.base).collect::<Vec<_>>())
    else {
        return vec![row];
    };
    let at = |line: &Line| bases.iter().position(|base| (base - line.base).abs() <= line.size / 3);
    let level = row.iter().flat_map(|cell| &cell.lines).all(|line| at(line).is_some());
    if count < 2 || !level || row.iter().filter(all).count() < 2 || !own {
        return vec![row];
    }
    // 合计, and its numbers below: a table with rules between its columns alone.
    let number = |line: &Line| line.text.chars().all(|c| c.is_ascii_digit() || ".,-%—".contains(c));
    let numbers = |cell: &Cell| -> Vec<Line> { cell.lines.iter().skip_while(|line| !number(line)).cloned().collect() };
    let (mut own_numbers, mut wrapped) = (false, false);
    for cell in &row {
        let lines = numbers(cell);
        if lines.len() < 2 || !lines.iter().all(number) {
            continue;
        }
        let parts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        wrapped |= lines.len() == cell.lines.len() && cell.is_one_number(&lines);
        own_numbers |= cell.lines.len() == count && are_numbers(&parts);
    }
    if wrapped || !own_numbers {
        return vec![row];
    }
    (0..count)
        .map(|n| {
            let part = |cell: &Cell| Cell {
                lines: cell.lines.iter().filter(|line| at(line) == Some(n)).cloned().collect(),
                ..*cell
            };
            row.iter().map(part).collect()
        })
        .collect()
}

impl Table {
    /// Whether it holds data: two cells in a row, and no prose laid out in a frame.
    fn is_data(&self) -> bool {
        let (mut filled, mut wide, mut longest, mut total) = (0_usize, false, 0_usize, 0_usize);
        for row in &self.rows {
            wide |= row.len() > 1;
            for cell in row.iter().filter(|cell| !cell.lines.is_empty()) {
                let chars: usize = cell.lines.iter().map(|line| line.text.chars().count()).sum();
                filled += 1;
                total += chars;
                longest = longest.max(chars);
            }
        }
        wide && (filled > 1 || total < 40) && !(longest > 300 && longest * 2 > total)
    }

    /// Leaves of each cell the room that text takes up: where it comes nearest to the edges.
    fn take_off_padding(&mut self) {
        let cells = || self.rows.iter().flatten();
        let nearest = |gaps: &mut dyn Iterator<Item = i32>| gaps.min().unwrap_or(0).clamp(0, MAX_PADDING);
        let left = nearest(&mut cells().flat_map(|c| c.lines.iter().map(|line| line.area.left - c.left)));
        let right = nearest(&mut cells().flat_map(|c| c.lines.iter().map(|line| c.right - line.area.right)));
        for cell in self.rows.iter_mut().flatten() {
            (cell.left, cell.right) = (cell.left + left, cell.right - right);
        }
    }

    /// A row in which nothing stands is left out, and cells that span it shrink.
    fn drop_empty_rows(&mut self) {
        let empty: Vec<bool> = self.rows.iter().map(|row| row.iter().all(|cell| cell.lines.is_empty())).collect();
        for (index, row) in self.rows.iter_mut().enumerate() {
            for cell in row {
                let inner = empty.get(index + 1..index + cell.rows).unwrap_or_default();
                cell.rows -= inner.iter().filter(|empty| **empty).count();
            }
        }
        // The cells of an empty row that reach further down begin in the next.
        let mut moved: Vec<Cell> = vec![];
        let mut rows = vec![];
        for (row, empty) in std::mem::take(&mut self.rows).into_iter().zip(empty) {
            if empty {
                moved.extend(
                    row.into_iter().filter(|cell| cell.rows > 1).map(|cell| Cell { rows: cell.rows - 1, ..cell }),
                );
                continue;
            }
            let mut row = row;
            row.append(&mut moved);
            row.sort_by_key(|cell| cell.column);
            rows.push(row);
        }
        self.rows = rows;
    }

    /// Whether `next`, the first on its page, goes on with this table, the last on its.
    pub(super) fn goes_on_in(&self, next: &Self) -> bool {
        let offset = |table: &Self| table.xs.first().copied().unwrap_or(0);
        self.xs.len() == next.xs.len()
            && self.xs.iter().zip(&next.xs).all(|(a, b)| ((a - offset(self)) - (b - offset(next))).abs() <= SAME_EDGE)
    }

    /// Appends the rows of a table that goes on with this one, without the head that it repeats.
    pub(super) fn append(&mut self, next: Self) {
        let same = |a: &Vec<Cell>, b: &Vec<Cell>| {
            a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| {
                    (a.column, a.columns, a.rows) == (b.column, b.columns, b.rows) && a.text() == b.text()
                })
        };
        let repeated = self.rows.iter().zip(&next.rows).take_while(|(a, b)| same(a, b)).count();
        self.rows.extend(next.rows.into_iter().skip(repeated));
    }
}
