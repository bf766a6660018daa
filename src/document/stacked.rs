//! Tables that were flattened cell by cell: a line for each cell, with a bar behind or below it, as pages look
//! whose scripts wrote a table's cells one below the other. Where a row ends nothing says; the kinds of
//! cells do, for the rows of a table are alike.

use super::grid::{Cell, Grid};
use std::ops::Range;

/// A table of a note has no more columns.
const MOST_COLUMNS: usize = 14;

/// How many repetitions of a row's pattern stand side by side at most: 收入 | 支出.
const MOST_SIDES: usize = 3;

/// A cell holds no more bytes than this: a sentence is longer.
const LONGEST_CELL: usize = 120;

/// A longer run of cells is no table of a note, and is read piece by piece.
const MOST_CELLS: usize = 20_000;

/// The tables of a text.
pub(super) fn tables(text: &str) -> Vec<Grid> {
    let mut out = Vec::new();
    let mut run = Run::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if !run.take(line, start) {
            out.extend(run.close(text));
            run = Run::default();
            run.take(line, start);
        }
    }
    out.extend(run.close(text));
    out
}

/// Cells in a row of lines, each closed by a bar.
#[derive(Debug, Default)]
struct Run {
    cells: Vec<Range<usize>>,
    /// A cell that no bar has closed yet.
    open: Option<Range<usize>>,
}

impl Run {
    /// Takes a line, if it goes on with the run.
    fn take(&mut self, line: &str, start: usize) -> bool {
        let body = line.trim();
        let begin = start + line.len() - line.trim_start().len();
        if body.is_empty() {
            // A blank line parts nothing.
            return self.open.is_some() || !self.cells.is_empty();
        }
        let (cell, closed) = match body.strip_suffix('|') {
            Some(cell) => (cell.trim_end(), true),
            None => (body, false),
        };
        if self.cells.len() >= MOST_CELLS
            || cell.contains('|')
            || cell.len() > LONGEST_CELL
            || cell.contains(['。', '；', ';'])
        {
            return false;
        }
        let here = begin..begin + cell.len();
        match (cell.is_empty(), closed, self.open.take()) {
            // |, below the cell that it closes or behind an empty one.
            (true, _, Some(open)) => self.cells.push(open),
            (true, _, None) => self.cells.push(begin..begin),
            (false, true, None) => self.cells.push(here),
            (false, false, None) => self.open = Some(here),
            // 公务｜接待费 |: a cell of two lines; more is text.
            (false, true, Some(open)) if !self.cells.is_empty() => self.cells.push(open.start..here.end),
            (false, ..) => return false,
        }
        true
    }

    /// The table that the cells make, if they make one.
    fn close(&self, text: &str) -> Option<Grid> {
        let kinds: Vec<Kind> = self.cells.iter().map(|c| Kind::of(text.get(c.clone()).unwrap_or(""))).collect();
        let (width, rows) = layout(&kinds)?;
        let body = self.cells.len() - width * rows;
        let sides = self.sides(text, body, width, rows);
        let width = width * sides;
        let head = self.head(text, body, width)?;
        let mut grid = Grid { span: self.cells.get(head.title)?.start..self.cells.last()?.end, rows: head.rows };
        for row in self.cells.get(body..)?.chunks(width) {
            grid.rows.push(row.iter().zip(0..).map(|(c, at)| cell(c, at, 1)).collect());
        }
        Some(grid)
    }

    /// How often the head tells the same columns side by side.
    fn sides(&self, text: &str, body: usize, width: usize, rows: usize) -> usize {
        let name = |at: usize| self.cells.get(at).and_then(|c| text.get(c.clone())).unwrap_or("");
        let same = |sides: usize| {
            let all = width * sides;
            body >= all
                && rows.is_multiple_of(sides)
                && (body - all..body - width).all(|at| name(at) == name(at + width))
        };
        (2..=MOST_SIDES).rev().find(|sides| same(*sides)).unwrap_or(1)
    }

    /// The rows above the body, and where the first of them begins.
    fn head(&self, text: &str, body: usize, width: usize) -> Option<Head> {
        let name = |at: usize| self.cells.get(at).and_then(|c| text.get(c.clone())).unwrap_or("");
        // 年度 | 合计 | 接待费 | 用车费 | and below the last 小计 | 购置 | 运行: a cell more than there are columns.
        let under = (body.saturating_sub(width)..body).find(|at| {
            let above = body.checked_sub(width + 1);
            above.is_some_and(|above| *at > above + 1) && matches!(name(*at), "合计" | "小计") && body - at >= 2
        });
        let row = |range: Range<usize>, from: u32| -> Vec<Cell> {
            self.cells.get(range).unwrap_or(&[]).iter().zip(from..).map(|(c, at)| cell(c, at, 1)).collect()
        };
        let (title, mut rows) = match under {
            Some(under) => {
                let above = body.checked_sub(width + 1)?;
                let mut first = row(above..under, 0);
                let wide = u32::try_from(body - under).ok()?;
                first.last_mut()?.columns = wide;
                let from = first.last()?.column;
                first.iter_mut().rev().skip(1).for_each(|c| c.rows = 2);
                (above, vec![first, row(under..body, from)])
            }
            None => (body.checked_sub(width)?, vec![row(body - width..body, 0)]),
        };
        // 单位：万元, 收入 | 支出: what stands above, a cell a row.
        let lead: Vec<usize> = (0..title).filter(|at| !name(*at).is_empty()).collect();
        let first = lead.first().copied().unwrap_or(title);
        let mut all: Vec<Vec<Cell>> = lead.iter().map(|at| row(*at..*at + 1, 0)).collect();
        all.append(&mut rows);
        Some(Head { title: first, rows: all })
    }
}

struct Head {
    title: usize,
    rows: Vec<Vec<Cell>>,
}

fn cell(span: &Range<usize>, column: u32, columns: u32) -> Cell {
    Cell { span: span.clone(), column, columns, rows: 1 }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Words,
    /// A number, or nothing.
    Figure,
    Empty,
}

impl Kind {
    fn of(cell: &str) -> Self {
        let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '，' | '-' | '−' | '%' | '％' | ' ');
        match cell {
            "" => Kind::Empty,
            _ if cell.chars().all(number) => Kind::Figure,
            _ => Kind::Words,
        }
    }
}

/// The width of the rows that end a run of cells, and how many there are: each begins with words, and figures or nothing
/// follow. Of two widths that do, the one that reaches further up.
fn layout(kinds: &[Kind]) -> Option<(usize, usize)> {
    let fits = |row: &[Kind]| {
        row.first() == Some(&Kind::Words) && row.get(1..).is_some_and(|rest| !rest.contains(&Kind::Words))
    };
    let mut best = None;
    for width in 2..=MOST_COLUMNS {
        let rows: Vec<&[Kind]> = kinds.rchunks(width).take_while(|row| row.len() == width && fits(row)).collect();
        let figures = rows.iter().flat_map(|r| r.iter()).filter(|k| **k == Kind::Figure).count();
        let better = best.is_none_or(|(w, n)| rows.len() * width > w * n);
        // Above them stands what the columns are called.
        if rows.len() >= 2 && figures >= 2 && rows.len() * width + width <= kinds.len() && better {
            best = Some((width, rows.len()));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<Vec<&str>>> {
        tables(text).iter().map(|g| g.rows.iter().map(|r| r.iter().map(|c| c.text(text)).collect()).collect()).collect()
    }

    #[test]
    fn a_bar_below_each_cell() {
        let text = "说明。\n单位：万元\n|\n项目\n|\n2020年预算数\n|\n上年预算数\n|\n接待费\n|\n11.52\n|\n9.1\n|\n用车费\n|\n|\n2\n|\n后文。";
        let want = [vec![
            vec!["单位：万元"],
            vec!["项目", "2020年预算数", "上年预算数"],
            vec!["接待费", "11.52", "9.1"],
            vec!["用车费", "", "2"],
        ]];
        assert_eq!(rows(text), want);
    }

    #[test]
    fn revenue_beside_expenditure() {
        let text = "收入 |\n支出 |\n项目 |\n预算数 |\n项目 |\n预算数 |\n一、拨款 |\n40 |\n一、基本支出 |\n30 |\n二、基金 |\n|\n二、项目支出 |\n10 |\n";
        let want = [vec![
            vec!["收入"],
            vec!["支出"],
            vec!["项目", "预算数", "项目", "预算数"],
            vec!["一、拨款", "40", "一、基本支出", "30"],
            vec!["二、基金", "", "二、项目支出", "10"],
        ]];
        assert_eq!(rows(text), want);
    }

    #[test]
    fn a_wide_cell_has_others_below() {
        let text = "年度\n|\n合计\n|\n用车费\n|\n小计\n|\n购置\n|\n运行\n|\n2015年\n|\n9\n|\n8\n|\n1\n|\n7\n|\n2016年\n|\n7\n|\n6\n|\n2\n|\n4\n|\n";
        let grids = tables(text);
        let head = &grids[0].rows[0];
        assert_eq!(
            head.iter().map(|c| (c.text(text), c.columns)).collect::<Vec<_>>(),
            [("年度", 1), ("合计", 1), ("用车费", 3)]
        );
        assert_eq!(grids[0].rows[1].iter().map(|c| c.column).collect::<Vec<_>>(), [2, 3, 4]);
    }

    #[test]
    fn sentences_are_no_cells() {
        assert!(tables("首页 |\n新闻 |\n收入80万元。\n支出80万元。").is_empty());
        assert!(tables("一、收入\n二、支出\n").is_empty());
    }
}
