//! A sentence with figures underlined; of a long one, the parts around them.

use super::style::{Blanks, Look, OTHER, RIGHT, WRONG, char_width, is_closing, width};
use crate::report::told::Mark;
use crate::report::words::fit;
use std::fmt::Write as _;

/// Columns of context before a figure: its name stands there.
const BEFORE: usize = 44;
/// Columns of context before a figure that a clause mark may end.
const BEFORE_LEAST: usize = 18;
/// Columns of context after a figure.
const AFTER: usize = 14;
/// A sentence of no more rows than this is shown whole.
const WHOLE_ROWS: usize = 3;
/// Gaps narrower than this, in bytes, are not worth an ellipsis.
const GAP: usize = 24;

/// Writes the sentence at `sentence` (bytes of `text`), rows led by a gutter
/// with the line number.
pub(in crate::report) fn snippet(out: &mut String, look: Look, text: &str, sentence: (usize, usize), marks: &[Mark]) {
    let number = marks.first().map_or(1, |m| m.line).to_string();
    let gutter = number.len().max(4) + 1;
    let columns = look.width.saturating_sub(gutter + 3).max(20);
    let cells = cells(text, sentence, marks, columns);
    for (n, row) in rows(&cells, columns).into_iter().enumerate() {
        let number = if n == 0 { number.as_str() } else { "" };
        let lead = |number: &str| format!("{:>gutter$} │ ", number);
        out.push_str(&look.paint(super::style::DIM, &lead(number)).to_string());
        write_row(out, look, row, marks);
        out.push('\n');
        underline(out, look, row, marks, &lead(""), columns);
    }
}

/// A character on the page.
#[derive(Debug, Clone, Copy)]
struct Cell {
    c: char,
    mark: Option<usize>,
}

/// What is shown of a sentence: whole if short, else around the figures.
fn cells(text: &str, (start, end): (usize, usize), marks: &[Mark], columns: usize) -> Vec<Cell> {
    let from = marks.iter().map(|m| m.start).fold(start, usize::min);
    let upto = marks.iter().map(|m| m.end).fold(end, usize::max);
    let whole = text.get(from..upto).unwrap_or("");
    // A character takes two columns at most and three bytes or so.
    let short = whole.len() < columns * WHOLE_ROWS * 3 && {
        let shown: usize = whole.chars().filter_map(fit).map(char_width).sum();
        shown <= columns * WHOLE_ROWS
    };
    let mut ranges: Vec<(usize, usize)> = vec![];
    if short {
        ranges.push((from, upto));
    } else {
        for m in marks {
            let a = before(text, from, m.start);
            let b = after(text, m.end, upto);
            match ranges.last_mut() {
                Some(last) if a <= last.1 + GAP => last.1 = last.1.max(b),
                _ => ranges.push((a, b)),
            }
        }
    }
    let mut out: Vec<Cell> = vec![];
    let ellipsis = Cell { c: '…', mark: None };
    for (n, (a, b)) in ranges.iter().copied().enumerate() {
        if n > 0 || a > from {
            out.push(ellipsis);
        }
        for (at, c) in text.get(a..b).unwrap_or("").char_indices() {
            let Some(c) = fit(c) else { continue };
            let at = a + at;
            let mark = marks.iter().position(|m| m.start <= at && at < m.end);
            if c == ' ' && (out.is_empty() || out.last().is_some_and(|l| l.c == ' ')) {
                continue;
            }
            out.push(Cell { c, mark });
        }
        if n + 1 == ranges.len() && b < upto {
            out.push(ellipsis);
        }
    }
    while out.last().is_some_and(|l| l.c == ' ' && l.mark.is_none()) {
        out.pop();
    }
    out
}

/// Where the context of a figure begins.
fn before(text: &str, from: usize, at: usize) -> usize {
    let mut used = 0;
    let mut start = at;
    for (i, c) in text.get(from..at).unwrap_or("").char_indices().rev() {
        used += char_width(c);
        if used > BEFORE || (used > BEFORE_LEAST && "，。；：！？,;\n".contains(c)) {
            break;
        }
        start = from + i;
    }
    start
}

/// Where the context of a figure ends.
fn after(text: &str, at: usize, upto: usize) -> usize {
    let mut used = 0;
    for (i, c) in text.get(at..upto).unwrap_or("").char_indices() {
        used += char_width(c);
        let next = at + i + c.len_utf8();
        if "，。；！？,;\n".contains(c) {
            return next;
        }
        if used > AFTER {
            return next;
        }
    }
    upto
}

/// Breaks cells into rows: not inside a figure, not before closing punctuation.
fn rows(cells: &[Cell], columns: usize) -> Vec<&[Cell]> {
    let mut rows = vec![];
    let mut rest = cells;
    while !rest.is_empty() {
        let mut used = 0;
        let fits = rest
            .iter()
            .take_while(|cell| {
                used += char_width(cell.c);
                used <= columns
            })
            .count()
            .max(1);
        let mut at = fits;
        if fits < rest.len() {
            while at > 1 && !may_break(rest, at) {
                at -= 1;
            }
            if at <= 1 {
                at = fits;
            }
        }
        let (row, more) = rest.split_at(at.min(rest.len()));
        let blank = row.iter().rev().take_while(|cell| cell.c == ' ' && cell.mark.is_none()).count();
        rows.push(row.get(..row.len() - blank).unwrap_or(row));
        rest = more;
    }
    rows
}

fn may_break(cells: &[Cell], at: usize) -> bool {
    let (Some(left), Some(right)) = (at.checked_sub(1).and_then(|i| cells.get(i)), cells.get(at)) else {
        return true;
    };
    let inside = left.mark.is_some() && left.mark == right.mark;
    let word = left.c.is_ascii_alphanumeric() && (right.c.is_ascii_alphanumeric() || right.c == '.');
    let number = left.c == '.' && right.c.is_ascii_digit();
    // 25.00万元, 2020年: a number stays with what it counts.
    let unit = left.c.is_ascii_digit() && !right.c.is_whitespace() || "万亿".contains(left.c) && right.c == '元';
    !inside && !word && !number && !unit && !is_closing(right.c)
}

fn write_row(out: &mut String, look: Look, row: &[Cell], marks: &[Mark]) {
    for run in row.chunk_by(|a, b| a.mark == b.mark) {
        let text: String = run.iter().map(|cell| cell.c).collect();
        let mark = run.first().and_then(|cell| cell.mark).and_then(|m| marks.get(m));
        match mark {
            None => out.push_str(&text),
            Some(m) => {
                let style = if m.wrong.is_some() { WRONG } else { OTHER };
                let _ = write!(out, "{}", look.paint(style, &text));
            }
        }
    }
}

/// The row below: ^^^ under the figure that is probably wrong, with what it
/// should be; ~~~ under the others.
fn underline(out: &mut String, look: Look, row: &[Cell], marks: &[Mark], lead: &str, columns: usize) {
    struct Stroke<'a> {
        column: usize,
        width: usize,
        wrong: Option<&'a str>,
    }
    let mut strokes: Vec<Stroke> = vec![];
    let mut column = 0;
    for run in row.chunk_by(|a, b| a.mark == b.mark) {
        let w: usize = run.iter().map(|cell| char_width(cell.c)).sum();
        let mark = run.first().and_then(|cell| cell.mark).and_then(|m| marks.get(m));
        if let Some(m) = mark {
            strokes.push(Stroke { column, width: w, wrong: m.wrong.as_deref() });
        }
        column += w;
    }
    let Some(last) = strokes.last() else { return };
    let last_end = last.column + last.width;
    let _ = write!(out, "{}", look.paint(super::style::DIM, lead));
    let mut at = 0;
    // What it should be, for the row below when it does not fit beside.
    let mut below: Option<(usize, &str)> = None;
    for s in &strokes {
        let _ = write!(out, "{}", Blanks(s.column.saturating_sub(at)));
        let (style, sign) = if s.wrong.is_some() { (WRONG, "^") } else { (OTHER, "~") };
        let _ = write!(out, "{}", look.paint(style, &sign.repeat(s.width)));
        at = s.column + s.width;
        if let Some(label) = s.wrong.filter(|l| !l.is_empty()) {
            if at == last_end && at + 1 + width(label) <= columns {
                let _ = write!(out, " {}", look.paint(RIGHT, label));
                at = columns;
            } else {
                below = Some((s.column, label));
            }
        }
    }
    out.push('\n');
    if let Some((column, label)) = below {
        let column = column.min(columns.saturating_sub(width(label)));
        let _ = writeln!(out, "{}{}{}", look.paint(super::style::DIM, lead), Blanks(column), look.paint(RIGHT, label));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marks: &[(&str, Option<&str>)], columns: usize) -> String {
        let marks: Vec<Mark> = marks
            .iter()
            .map(|(quote, wrong)| {
                let start = text.find(quote).unwrap();
                Mark { start, end: start + quote.len(), line: 7, fact: None, wrong: wrong.map(str::to_owned) }
            })
            .collect();
        let mut out = String::new();
        let look = Look { color: false, width: columns };
        snippet(&mut out, look, text, (0, text.len()), &marks);
        out
    }

    #[test]
    fn underlines_stand_under_wide_characters() {
        let out = shown(
            "支出预算502.48万元，其中项目支出78.74万元。",
            &[("502.48万元", None), ("78.74万元", Some("应为 78.47万元"))],
            80,
        );
        assert_eq!(
            out,
            "    7 │ 支出预算502.48万元，其中项目支出78.74万元。\n      │         ~~~~~~~~~~              ^^^^^^^^^ 应为 78.47万元\n"
        );
    }

    #[test]
    fn a_label_goes_below_when_figures_follow() {
        let out = shown("甲1万元，乙2万元。", &[("1万元", Some("应为 3万元")), ("2万元", None)], 80);
        assert_eq!(out, "    7 │ 甲1万元，乙2万元。\n      │   ^^^^^    ~~~~~\n      │   应为 3万元\n");
    }

    #[test]
    fn a_long_sentence_is_cut_to_its_figures() {
        let text = format!(
            "{}，基本支出424.01万元，{}，项目支出78.74万元，{}。",
            "甲".repeat(300),
            "乙".repeat(300),
            "丙".repeat(300)
        );
        let out = shown(&text, &[("424.01万元", None), ("78.74万元", Some("应为 78.47万元"))], 80);
        assert!(out.contains("…"), "{out}");
        assert!(out.contains("基本支出424.01万元") && out.contains("项目支出78.74万元"), "{out}");
        assert!(out.lines().count() <= 6, "{out}");
        assert!(out.lines().all(|l| width(l) <= 80), "{out}");
    }

    #[test]
    fn every_row_of_a_long_sentence_fits() {
        let text = "一、".to_owned() + &"收入预算1234567.89万元，".repeat(12);
        for columns in 48..100 {
            let out = shown(&text, &[("1234567.89万元", None)], columns);
            assert!(out.lines().all(|l| width(l) <= columns + 2), "{columns}\n{out}");
        }
    }
}
