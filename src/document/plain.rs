//! Tables that were flattened into plain text: rows as lines, cells parted by
//! bars or tabs.

use super::grid::{Cell, Grid, MAX_COLUMNS};
use super::stacked;

/// What parts the cells of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Bar,
    Tab,
}

/// The tables of a text, row by row or cell by cell.
pub(super) fn tables(text: &str) -> Vec<Grid> {
    // Most texts have none.
    if memchr::memchr2(b'|', b'\t', text.as_bytes()).is_none() {
        return vec![];
    }
    let mut all = stacked::tables(text);
    let by_row = rows_of_lines(text);
    let apart =
        |g: &Grid, others: &[Grid]| !others.iter().any(|o| o.span.start < g.span.end && g.span.start < o.span.end);
    let count = all.len();
    for grid in by_row {
        if apart(&grid, all.get(..count).unwrap_or(&[])) {
            all.push(grid);
        }
    }
    all.sort_by_key(|g| g.span.start);
    all
}

/// Two lines or more in a row that one mark parts.
fn rows_of_lines(text: &str) -> Vec<Grid> {
    let mut out = Vec::new();
    let mut open: Option<(Mark, Grid)> = None;
    // For each row, whether its line begins with a bar.
    let mut led: Vec<bool> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let body = line.trim_end_matches(['\n', '\r']);
        let mark = mark_of(body);
        if open.as_ref().map(|(m, _)| *m) != mark {
            out.extend(open.take().and_then(|o| close(o, &led)));
            led.clear();
        }
        let Some(mark) = mark else { continue };
        let (_, grid) = open.get_or_insert_with(|| (mark, Grid { span: start..start, rows: vec![] }));
        grid.span.end = start + body.len();
        let cells = cells(body, start, mark);
        // | --- | --- | is Markdown's rule below the head.
        let rule = cells.iter().all(|c| c.text(text).chars().all(|c| matches!(c, '-' | ':')));
        if !rule {
            grid.rows.push(cells);
            led.push(mark == Mark::Bar && body.trim_start_matches([' ', '\u{3000}']).starts_with('|'));
        }
    }
    out.extend(open.take().and_then(|o| close(o, &led)));
    out
}

/// One row has no head: a table run together, or a line of a menu. Where other lines begin with a cell, a bar
/// that a line begins with parts an empty cell: `| 总收入 | 支出 |` above `县医院 | 30 | 20 |`.
fn close((_, mut grid): (Mark, Grid), led: &[bool]) -> Option<Grid> {
    // A bar that closes a line parts nothing either.
    let filled = |row: &[Cell]| row.len() - usize::from(row.last().is_some_and(|c| c.span.is_empty()));
    let widest = grid.rows.iter().zip(led).filter(|(_, led)| !**led).map(|(row, _)| filled(row)).max();
    if let Some(widest) = widest.filter(|_| led.contains(&true)) {
        let short = |row: &[Cell]| row.len() + 1 == widest;
        for (row, _) in grid.rows.iter_mut().zip(led).filter(|(row, led)| **led && short(row)) {
            let Some(start) = row.first().map(|c| c.span.start) else { continue };
            row.iter_mut().for_each(|c| c.column += 1);
            row.insert(0, Cell { span: start..start, column: 0, columns: 1, rows: 1 });
        }
    }
    (grid.rows.len() >= 2 && grid.columns() >= 2).then_some(grid)
}

fn mark_of(line: &str) -> Option<Mark> {
    let body = line.trim_matches([' ', '\u{3000}']);
    // 项目 | 合计 || 机关运行经费 | 45.60: rows run together on one line.
    if body.matches(" || ").count() >= 2 || body.contains(" || ") && !body.starts_with('|') {
        return None;
    }
    // 支出 |: the last cell is empty. A bar behind a sentence parts nothing.
    let open = body.ends_with(" |") && !body.contains(['。', '，', ',', ';']);
    if body.contains(" | ") || open || body.len() > 2 && body.starts_with('|') && body.ends_with('|') {
        Some(Mark::Bar)
    } else if body.trim_matches('\t').contains('\t') {
        Some(Mark::Tab)
    } else {
        None
    }
}

fn cells(line: &str, start: usize, mark: Mark) -> Vec<Cell> {
    let lead = line.len() - line.trim_start_matches([' ', '\u{3000}']).len();
    let (mut from, mut body) = (start + lead, line.trim_matches([' ', '\u{3000}']));
    let by = match mark {
        Mark::Bar => '|',
        Mark::Tab => '\t',
    };
    // Bars around the line, as Markdown has them.
    if mark == Mark::Bar && body.len() > 2 && body.starts_with('|') && body.ends_with('|') {
        (from, body) = (from + 1, body.get(1..body.len() - 1).unwrap_or(""));
    }
    let mut out = Vec::new();
    for (column, piece) in body.split(by).take(MAX_COLUMNS as usize).enumerate() {
        let blank = piece.len() - piece.trim_start().len();
        let span = from + blank..from + blank + piece.trim().len();
        out.push(Cell { span, column: column as u32, columns: 1, rows: 1 });
        from += piece.len() + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<Vec<&str>>> {
        let grids = tables(text);
        for grid in &grids {
            assert!(text.get(grid.span.clone()).is_some());
        }
        grids.iter().map(|g| g.rows.iter().map(|r| r.iter().map(|c| c.text(text)).collect()).collect()).collect()
    }

    #[test]
    fn bars_and_tabs_part_cells() {
        let text = "收支总表\n项目 | 金额\n收入 | 12.5\n支出 | \n末。\r\n编码\t名称\t金额\r\n\t合计\t3\r\n";
        let want = vec![
            vec![vec!["项目", "金额"], vec!["收入", "12.5"], vec!["支出", ""]],
            vec![vec!["编码", "名称", "金额"], vec!["", "合计", "3"]],
        ];
        assert_eq!(rows(text), want);
    }

    #[test]
    fn markdown_has_bars_around() {
        assert_eq!(rows("| 项目 | 金额 |\n| --- | ---: |\n| 收入 | 1 |"), [[["项目", "金额"], ["收入", "1"]]]);
    }

    #[test]
    fn a_head_may_begin_with_an_empty_cell() {
        let want = vec![vec!["", "总收入", "支出"], vec!["县医院", "30", "20", ""]];
        assert_eq!(rows(" | 总收入 | 支出 |\n县医院 | 30 | 20 |"), [want]);
    }

    #[test]
    fn one_line_is_no_table() {
        assert!(tables("甲 | 乙\n一句话。\n\t缩进的一段。\n\t又一段。").is_empty());
    }
}
