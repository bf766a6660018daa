//! From pieces of text to lines, and from lines to paragraphs.

use super::super::body::{Block, Cell, Piece, Table};
use super::page::{Length, Run};

/// A line of a page: its pieces from left to right.
struct Line {
    runs: Vec<Run>,
}

impl Line {
    fn left(&self) -> Length {
        self.runs.first().map_or(0, |run| run.left)
    }

    fn right(&self) -> Length {
        self.runs.last().map_or(0, |run| run.right)
    }

    fn size(&self) -> Length {
        self.runs.iter().map(|run| run.size).max().unwrap_or(1)
    }
}

/// The pages as paragraphs, and as rows where pieces stand far apart.
pub(super) fn paragraphs(pages: &[Vec<Run>]) -> Vec<Block> {
    let mut blocks = vec![];
    let mut open: Option<(Piece, bool)> = None;
    let mut rows: Vec<Line> = vec![];
    for page in pages {
        let lines = lines(page);
        let right = lines.iter().map(Line::right).max().unwrap_or(0);
        let left = lines.iter().map(Line::left).min().unwrap_or(0);
        let count = lines.len();
        for (index, line) in lines.into_iter().enumerate() {
            let at_edge = index == 0 || index + 1 == count;
            if at_edge && is_page_number(&line) {
                continue;
            }
            let (wide, size) = (line.runs.len() > 1, line.size());
            if wide {
                blocks.extend(open.take().map(|(piece, _)| Block::Paragraph(piece)));
                rows.push(line);
                continue;
            }
            end_rows(&mut rows, &mut blocks);
            // A line that begins further in begins a paragraph.
            let goes_on = open.as_ref().is_some_and(|(_, full)| *full) && line.left() < left + size;
            let full = right - line.right() < size * 2;
            if !goes_on {
                blocks.extend(open.take().map(|(piece, _)| Block::Paragraph(piece)));
            }
            let (piece, is_full) = open.get_or_insert_with(|| (Piece::default(), false));
            for run in line.runs {
                piece.push(run.text.trim(), run.source, false);
            }
            *is_full = full;
        }
    }
    blocks.extend(open.map(|(piece, _)| Block::Paragraph(piece)));
    end_rows(&mut rows, &mut blocks);
    blocks
}

/// Pieces on one height are a line; those close together are one piece.
fn lines(page: &[Run]) -> Vec<Line> {
    let mut runs: Vec<Run> = page.iter().filter(|run| !run.text.trim().is_empty()).cloned().collect();
    runs.sort_by_key(|run| (run.base, run.left));
    let mut lines: Vec<Vec<Run>> = vec![];
    for run in runs {
        let same = lines.last().and_then(|line| line.last()).is_some_and(|last| (run.base - last.base) * 2 < last.size);
        match lines.last_mut().filter(|_| same) {
            Some(line) => line.push(run),
            None => lines.push(vec![run]),
        }
    }
    lines.into_iter().map(joined).collect()
}

fn joined(mut runs: Vec<Run>) -> Line {
    runs.sort_by_key(|run| run.left);
    let mut line: Vec<Run> = vec![];
    for run in runs {
        match line.last_mut().filter(|last| run.left - last.right < last.size.max(run.size)) {
            Some(last) => {
                last.text.push_str(&run.text);
                last.right = last.right.max(run.right);
                last.size = last.size.max(run.size);
            }
            None => line.push(run),
        }
    }
    Line { runs: line }
}

/// The number of a page, alone on its line.
fn is_page_number(line: &Line) -> bool {
    let [run] = line.runs.as_slice() else { return false };
    let number = run.text.trim().trim_matches(['-', '—', '－', ' ', '第', '页']);
    !number.is_empty() && number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Makes a table of the rows so far. The columns are those of the rows with
/// the most pieces; a piece of another row is in the column that it reaches into.
fn end_rows(rows: &mut Vec<Line>, blocks: &mut Vec<Block>) {
    let rows = std::mem::take(rows);
    let most = rows.iter().map(|line| line.runs.len()).max().unwrap_or(0);
    if most == 0 {
        return;
    }
    // Where each column ends.
    let mut ends: Vec<Length> = vec![Length::MIN; most];
    for line in rows.iter().filter(|line| line.runs.len() == most) {
        for (end, run) in ends.iter_mut().zip(&line.runs) {
            *end = (*end).max(run.right);
        }
    }
    let row = |line: Line| {
        let mut next = 0;
        let spare = most.saturating_sub(line.runs.len());
        let place = |(at, run): (usize, Run)| {
            // No further than leaves room for the pieces behind it.
            let reached = ends.iter().position(|end| run.left < *end).unwrap_or(most);
            let column = reached.clamp(next, (at + spare).max(next));
            next = column + 1;
            Cell {
                column: u32::try_from(column).unwrap_or(u32::MAX),
                columns: 1,
                rows: 1,
                blocks: vec![Block::Paragraph(Piece::at(run.text.trim(), run.source))],
            }
        };
        line.runs.into_iter().enumerate().map(place).collect()
    };
    blocks.push(Block::Table(Table { rows: rows.into_iter().map(row).collect() }));
}
