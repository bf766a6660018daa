//! Rules to frames: which rules belong to one table, and the cells between them.

use super::drawn::{Drawn, POINT, Rule};

/// Rules this close are one.
const NEAR: i32 = 5 * POINT / 2;
/// Most rules of one direction that are looked at on a page.
const MAX_RULES: usize = 4000;
/// Most cells of one table on one page.
const MAX_CELLS: usize = 40_000;

/// A grid of rules: the edges of its columns and rows, and its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    /// The edges of columns, from left to right.
    pub xs: Vec<i32>,
    /// The edges of rows, from top to bottom.
    pub ys: Vec<i32>,
    /// Cells row by row.
    pub cells: Vec<Slot>,
}

/// A cell: which columns and rows it takes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
}

/// The frames on a page, those within others first.
pub(super) fn frames(drawn: &Drawn) -> Vec<Frame> {
    let level = merged(&drawn.level);
    let upright = merged(&drawn.upright);
    if level.len() > MAX_RULES || upright.len() > MAX_RULES {
        return vec![];
    }
    let mut frames: Vec<Frame> = groups(&level, &upright).into_iter().filter_map(|(l, u)| Frame::new(&l, &u)).collect();
    frames.sort_by_key(|frame| (frame.area(), frame.ys.first().copied()));
    frames
}

/// Joins pieces of one rule, and rules that are drawn double.
pub(super) fn merged(rules: &[Rule]) -> Vec<Rule> {
    let mut sorted = rules.to_vec();
    sorted.sort_unstable();
    let mut out: Vec<Rule> = vec![];
    let mut rest = sorted.as_mut_slice();
    while let Some(first) = rest.first().map(|rule| rule.at) {
        let count = rest.partition_point(|rule| rule.at - first <= NEAR);
        let (same, others) = rest.split_at_mut(count);
        let at = same.get(same.len() / 2).map_or(first, |rule| rule.at);
        same.sort_unstable_by_key(|rule| (rule.from, rule.to));
        let mut open: Option<Rule> = None;
        for rule in same.iter() {
            match &mut open {
                Some(open) if rule.from <= open.to + NEAR => open.to = open.to.max(rule.to),
                _ => out.extend(open.replace(Rule { at, ..*rule })),
            }
        }
        out.extend(open);
        rest = others;
    }
    out
}

/// Rules that touch one another, directly or by others.
fn groups(level: &[Rule], upright: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut sets = Sets::new(level.len() + upright.len());
    for (i, l) in level.iter().enumerate() {
        for (j, u) in upright.iter().enumerate() {
            let crosses = u.at >= l.from - NEAR && u.at <= l.to + NEAR && l.at >= u.from - NEAR && l.at <= u.to + NEAR;
            if crosses {
                sets.join(i, level.len() + j);
            }
        }
    }
    let mut groups: Vec<(usize, Vec<Rule>, Vec<Rule>)> = vec![];
    let mut place = std::collections::BTreeMap::new();
    for (index, rule) in level.iter().chain(upright).enumerate() {
        let root = sets.root(index);
        let at = *place.entry(root).or_insert_with(|| {
            groups.push((root, vec![], vec![]));
            groups.len() - 1
        });
        if let Some((_, l, u)) = groups.get_mut(at) {
            if index < level.len() { l.push(*rule) } else { u.push(*rule) }
        }
    }
    groups.into_iter().map(|(_, l, u)| (l, u)).collect()
}

/// Sets that grow together.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut of: usize) -> usize {
        while let Some(&up) = self.0.get(of).filter(|up| **up != of) {
            let above = self.0.get(up).copied().unwrap_or(up);
            if let Some(own) = self.0.get_mut(of) {
                *own = above;
            }
            of = above;
        }
        of
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(up) = self.0.get_mut(a.max(b)) {
            *up = a.min(b);
        }
    }
}

/// The different places of rules, and the ends that reach past them.
fn edges(rules: &[Rule], across: &[Rule]) -> Vec<i32> {
    let mut edges: Vec<i32> = rules.iter().map(|rule| rule.at).collect();
    edges.sort_unstable();
    edges.dedup_by(|next, kept| *next - *kept <= NEAR);
    // A table open at its sides ends where its rules do.
    let first = across.iter().map(|rule| rule.from).min();
    let last = across.iter().map(|rule| rule.to).max();
    if let (Some(first), Some(own)) = (first, edges.first().copied())
        && own - first > 4 * NEAR
    {
        edges.insert(0, first);
    }
    if let (Some(last), Some(own)) = (last, edges.last().copied())
        && last - own > 4 * NEAR
    {
        edges.push(last);
    }
    edges
}

impl Frame {
    fn new(level: &[Rule], upright: &[Rule]) -> Option<Self> {
        let (xs, ys) = (edges(upright, level), edges(level, upright));
        let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
        if columns == 0 || rows == 0 || columns * rows < 2 || columns.saturating_mul(rows) > MAX_CELLS {
            return None;
        }
        let cells = slots(&xs, &ys, level, upright);
        (cells.len() > 1).then_some(Self { xs, ys, cells })
    }

    /// Whether a level rule is one of the frame's.
    pub(super) fn touches(&self, rule: &Rule) -> bool {
        let (Some(left), Some(right)) = (self.xs.first(), self.xs.last()) else { return false };
        let (Some(top), Some(bottom)) = (self.ys.first(), self.ys.last()) else { return false };
        rule.at >= top - NEAR && rule.at <= bottom + NEAR && rule.from <= right + NEAR && rule.to >= left - NEAR
    }

    /// Whether a glyph stands within the frame.
    pub(super) fn holds(&self, glyph: &super::drawn::Glyph) -> bool {
        let (x, y) = glyph.middle();
        let within = |edges: &[i32], at: i32| {
            edges.first().is_some_and(|first| *first <= at) && edges.last().is_some_and(|last| at <= *last)
        };
        within(&self.xs, x) && within(&self.ys, y)
    }

    fn area(&self) -> i64 {
        let length = |edges: &[i32]| match (edges.first(), edges.last()) {
            (Some(first), Some(last)) => i64::from(*last) - i64::from(*first),
            _ => 0,
        };
        length(&self.xs) * length(&self.ys)
    }
}

/// How much of `from..to` the rules at `at` cover, in per cent.
fn covered(rules: &[Rule], at: i32, from: i32, to: i32) -> i32 {
    let length: i32 = rules
        .iter()
        .filter(|rule| (rule.at - at).abs() <= NEAR)
        .map(|rule| (rule.to.min(to) - rule.from.max(from)).max(0))
        .sum();
    (i64::from(length) * 100 / i64::from((to - from).max(1))).min(100) as i32
}

/// Cells between the edges: neighbours without a rule between them are one.
fn slots(xs: &[i32], ys: &[i32], level: &[Rule], upright: &[Rule]) -> Vec<Slot> {
    let columns = xs.len().saturating_sub(1);
    let pairs = |edges: &[i32]| edges.iter().copied().zip(edges.iter().copied().skip(1)).collect::<Vec<_>>();
    let (across, down) = (pairs(xs), pairs(ys));
    let mut sets = Sets::new(columns * down.len());
    for (column, (left, right)) in across.iter().enumerate() {
        let rules: Vec<Rule> = upright.iter().filter(|rule| (rule.at - right).abs() <= NEAR).copied().collect();
        for (row, (top, bottom)) in down.iter().enumerate() {
            let cell = row * columns + column;
            if column + 1 < columns && covered(&rules, *right, *top, *bottom) < 60 {
                sets.join(cell, cell + 1);
            }
            if row + 1 < down.len() && covered(level, *bottom, *left, *right) < 60 {
                sets.join(cell, cell + columns);
            }
        }
    }
    rectangles(&mut sets, columns, down.len())
}

/// Cuts sets of cells into rectangles, row by row.
fn rectangles(sets: &mut Sets, columns: usize, rows: usize) -> Vec<Slot> {
    let mut slots: Vec<Slot> = vec![];
    let mut taken = vec![false; columns * rows];
    for row in 0..rows {
        let mut column = 0;
        while column < columns {
            let cell = row * columns + column;
            if taken.get(cell).copied().unwrap_or(true) {
                column += 1;
                continue;
            }
            let root = sets.root(cell);
            let mut same = |row: usize, column: usize, taken: &[bool]| {
                let cell = row * columns + column;
                column < columns && row < rows && !taken.get(cell).copied().unwrap_or(true) && sets.root(cell) == root
            };
            let wide = (column..columns).take_while(|c| same(row, *c, &taken)).count();
            let high = (row..rows).take_while(|r| (column..column + wide).all(|c| same(*r, c, &taken))).count();
            for taken_row in row..row + high {
                for taken_column in column..column + wide {
                    if let Some(cell) = taken.get_mut(taken_row * columns + taken_column) {
                        *cell = true;
                    }
                }
            }
            slots.push(Slot { row, column, rows: high, columns: wide });
            column += wide.max(1);
        }
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: i32, from: i32, to: i32) -> Rule {
        Rule { at: at * POINT, from: from * POINT, to: to * POINT }
    }

    fn cells(levels: &[Rule], uprights: &[Rule]) -> Vec<(usize, usize, usize, usize)> {
        let drawn = Drawn { level: levels.to_vec(), upright: uprights.to_vec(), ..Drawn::default() };
        let frames = frames(&drawn);
        assert_eq!(frames.len(), 1, "{frames:?}");
        frames[0].cells.iter().map(|s| (s.row, s.column, s.rows, s.columns)).collect()
    }

    #[test]
    fn merged_cells_are_one() {
        // 项目 over two columns, 合计 over two rows.
        let levels = [level(0, 0, 90), level(20, 0, 60), level(40, 0, 90)];
        let uprights = [level(0, 0, 40), level(30, 20, 40), level(60, 0, 40), level(90, 0, 40)];
        assert_eq!(cells(&levels, &uprights), [(0, 0, 1, 2), (0, 2, 2, 1), (1, 0, 1, 1), (1, 1, 1, 1)]);
    }

    #[test]
    fn pieces_and_double_rules_are_one_rule() {
        let mut levels = vec![level(40, 0, 60)];
        for piece in 0..6 {
            levels.push(level(0, piece * 10, piece * 10 + 10));
            levels.push(level(1, piece * 10, piece * 10 + 10));
        }
        let uprights = [level(0, 0, 40), level(30, 0, 40), level(60, 0, 40)];
        assert_eq!(cells(&levels, &uprights), [(0, 0, 1, 1), (0, 1, 1, 1)]);
    }

    #[test]
    fn a_table_may_be_open_at_its_sides() {
        let levels = [level(0, 0, 90), level(20, 0, 90), level(40, 0, 90)];
        let uprights = [level(30, 0, 40), level(60, 0, 40)];
        assert_eq!(cells(&levels, &uprights).len(), 6);
    }

    #[test]
    fn a_box_is_no_table() {
        let drawn = Drawn {
            level: vec![level(0, 0, 90), level(40, 0, 90), level(80, 200, 290)],
            upright: vec![level(0, 0, 40), level(90, 0, 40)],
            ..Drawn::default()
        };
        assert_eq!(frames(&drawn), []);
    }
}
