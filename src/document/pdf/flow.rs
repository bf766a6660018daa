//! Lines to paragraphs, whole across lines and pages.

use super::Sheet;
use super::drawn::POINT;
use super::line::{Line, most};
use super::table::Table;
use std::collections::BTreeMap;

/// What the text is made of, in its order.
#[derive(Debug)]
pub(super) enum Block {
    /// The lines of a paragraph; each but the last ends because its room did.
    Paragraph(Vec<Line>),
    Table(Table),
}

/// The room that lines of a page have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Margins {
    left: i32,
    right: i32,
    /// From the base of one line to that of the next.
    pitch: i32,
}

/// Reads the pages in order.
pub(super) fn blocks(sheets: Vec<Sheet>) -> Vec<Block> {
    let body = most(sheets.iter().flat_map(|sheet| &sheet.lines).map(|line| line.size)).unwrap_or(0);
    let margins = margins(&sheets);
    let mut flow = Flow { blocks: vec![], open: vec![], notes: vec![], body };
    let mut before: Option<Margins> = None;
    for (sheet, margins) in sheets.into_iter().zip(margins) {
        flow.page(sheet, margins, before);
        before = Some(margins);
    }
    flow.close();
    flow.blocks
}

/// The margins of each page: the outermost edges that several of its lines
/// share, or several lines of the pages of its size. A page of short lines has
/// room that its own lines do not show.
fn margins(sheets: &[Sheet]) -> Vec<Margins> {
    let mut alike: BTreeMap<(i32, i32), (Vec<i32>, Vec<i32>)> = BTreeMap::new();
    for sheet in sheets {
        let (lefts, rights) = alike.entry((sheet.width, sheet.height)).or_default();
        lefts.extend(sheet.lines.iter().map(|line| line.area.left));
        rights.extend(sheet.lines.iter().map(|line| -line.area.right));
    }
    let usual: BTreeMap<(i32, i32), (Option<i32>, Option<i32>)> = alike
        .into_iter()
        .map(|(size, (mut lefts, mut rights))| {
            let many = (lefts.len() / 20).clamp(3, 12);
            let usual = |places: &mut Vec<i32>| edge(places, many).or_else(|| places.first().copied());
            (size, (usual(&mut lefts), usual(&mut rights)))
        })
        .collect();
    sheets
        .iter()
        .map(|sheet| {
            let (left, right) = usual.get(&(sheet.width, sheet.height)).copied().unwrap_or_default();
            let few = sheet.lines.len() / 3;
            let mut lefts: Vec<i32> = sheet.lines.iter().map(|line| line.area.left).collect();
            let mut rights: Vec<i32> = sheet.lines.iter().map(|line| -line.area.right).collect();
            // Paragraphs of two lines touch the left margin only once.
            let left = edge(&mut lefts, 2).into_iter().chain(left).min().unwrap_or(0);
            let right = -edge(&mut rights, few.max(3)).into_iter().chain(right).min().unwrap_or(0);
            Margins { left, right, pitch: pitch(&sheet.lines) }
        })
        .collect()
}

/// The outermost place that at least so many share, give or take 4 points.
fn edge(places: &mut [i32], least: usize) -> Option<i32> {
    const SAME: i32 = 4 * POINT;
    places.sort_unstable();
    places.iter().copied().find(|at| {
        let from = places.partition_point(|other| *other < at - SAME);
        places.partition_point(|other| *other <= at + SAME) - from >= least
    })
}

/// From line to line, as most lines keep it; 0 if there is but one.
fn pitch(lines: &[Line]) -> i32 {
    let mut gaps: Vec<i32> = lines
        .iter()
        .zip(lines.iter().skip(1))
        .map(|(a, b)| (b.base - a.base, a.size))
        .filter(|(gap, size)| *gap > 0 && *gap < size * 3)
        .map(|(gap, _)| gap)
        .collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied().unwrap_or(0)
}

struct Flow {
    blocks: Vec<Block>,
    /// The paragraph under way.
    open: Vec<Line>,
    /// Footnotes of the page, kept until the paragraph that they interrupt ends.
    notes: Vec<Vec<Line>>,
    /// The size of most text.
    body: i32,
}

impl Flow {
    fn close(&mut self) {
        if !self.open.is_empty() {
            self.blocks.push(Block::Paragraph(std::mem::take(&mut self.open)));
        }
        self.blocks.extend(self.notes.drain(..).map(Block::Paragraph));
    }

    fn page(&mut self, mut sheet: Sheet, margins: Margins, before: Option<Margins>) {
        let notes = self.footnotes(&mut sheet, margins);
        let mut tables = sheet.tables.into_iter().peekable();
        let mut first = true;
        for line in sheet.lines {
            while let Some(table) = tables.next_if(|table| table.area.top < line.base) {
                self.table(table, first);
                first = false;
            }
            let joins = match self.open.last() {
                Some(last) if first => before.is_some_and(|before| self.joins(last, &line, before, margins, true)),
                Some(last) => self.joins(last, &line, margins, margins, false),
                None => false,
            };
            if !joins {
                self.close();
            }
            self.open.push(line);
            first = false;
        }
        for table in tables {
            self.table(table, first);
            first = false;
        }
        self.notes.extend(notes);
    }

    /// A table; `first` says that nothing stands before it on its page.
    fn table(&mut self, table: Table, first: bool) {
        if first
            && self.open.is_empty()
            && self.notes.is_empty()
            && let Some(Block::Table(last)) = self.blocks.last_mut()
            && last.goes_on_in(&table)
        {
            last.append(table);
            return;
        }
        self.close();
        self.blocks.push(Block::Table(table));
    }

    /// Whether `line` goes on with the paragraph that `last` is the last line of.
    fn joins(&self, last: &Line, line: &Line, before: Margins, here: Margins, new_page: bool) -> bool {
        let size = last.size.max(line.size);
        if (last.size - line.size).abs() * 8 > size || is_row(last) || is_row(line) {
            return false;
        }
        if let (Some(a), Some(b)) = (last.face, line.face)
            && a != b
            && last.text.chars().count() > 3
            && line.text.chars().count() > 3
        {
            return false;
        }
        if !new_page {
            let gap = line.base - last.base;
            let pitch = if here.pitch > 0 { here.pitch.min(size * 3) } else { size * 5 / 2 };
            if gap <= 0 || gap * 4 > pitch.max(size) * 5 + size {
                return false;
            }
        }
        let centered = |line: &Line, margins: Margins| {
            let lean = (line.area.left - margins.left) - (margins.right - line.area.right);
            lean.abs() < size * 3 / 2 && line.area.left > margins.left + size
        };
        let full = is_full(last, line, before);
        let at_margin = line.area.left <= here.left + size * 4 / 5;
        // An item or a heading, unless a number happens to stand at the break.
        if begins_item(line) && (ends_sentence(last) || begins_item(last)) {
            return false;
        }
        if at_margin {
            // Where a number did not fit, more room is left than it takes up.
            let room = before.right - last.area.right;
            return full || (!ends_sentence(last) && room < line.head + line.size * 5 / 2);
        }
        if !centered(line, here) {
            return false;
        }
        // A title over several lines.
        let wide = last.area.left <= before.left + size * 2;
        (full && (wide || centered(last, before)) && line.area.left > here.left + size * 3)
            || (!new_page && centered(last, before) && size * 4 > self.body * 5 && !begins_item(line))
    }

    /// Takes the footnotes off the end of a page: lines in smaller type that
    /// begin with a mark, below all else.
    fn footnotes(&self, sheet: &mut Sheet, margins: Margins) -> Vec<Vec<Line>> {
        let lowest = sheet.tables.iter().map(|table| table.area.bottom).max().unwrap_or(0);
        let small = |line: &Line| line.size * 10 < self.body * 9 && line.base > lowest.max(sheet.height / 2);
        let start = sheet.lines.iter().rposition(|line| !small(line)).map_or(0, |at| at + 1);
        let above = start.checked_sub(1).and_then(|at| sheet.lines.get(at));
        let marked = sheet.lines.get(start).is_some_and(|line| begins_note(&line.text));
        // A note belongs to text of the page.
        if !marked || above.is_none_or(|line| line.size * 10 < self.body * 9) {
            return vec![];
        }
        let mut notes: Vec<Vec<Line>> = vec![];
        for line in sheet.lines.split_off(start) {
            match notes.last_mut() {
                Some(note)
                    if !begins_note(&line.text) && note.last().is_some_and(|last| is_full(last, &line, margins)) =>
                {
                    note.push(line);
                }
                _ => notes.push(vec![line]),
            }
        }
        notes
    }
}

/// Whether a line ends because what follows had no room on it.
fn is_full(line: &Line, next: &Line, margins: Margins) -> bool {
    margins.right - line.area.right < next.head + line.size * 3 / 5
}

fn ends_sentence(line: &Line) -> bool {
    matches!(line.last(), Some('。' | '；' | '：' | '！' | '？' | ';' | ':'))
}

/// A row of a table that no rule parts: 合计 90.00 60.00 30.00.
fn is_row(line: &Line) -> bool {
    let figure = |word: &&str| {
        word.trim_matches('.').contains('.') && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
    };
    !line.text.contains(['，', '。', '；', '：']) && line.text.split(' ').filter(figure).count() >= 2
}

/// Whether a line begins as an item or a heading does: 一、 （一） 1. ① 第一部分.
fn begins_item(line: &Line) -> bool {
    let text = line.text.trim_start_matches(['（', '(', '第']);
    let opened = text.len() < line.text.len();
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    let rest = text.trim_start_matches(number);
    let counted = rest.len() < text.len() && text.len() - rest.len() <= 9;
    let mark = rest.chars().next();
    counted
        && (matches!(mark, Some('、' | '．' | '）' | ')')) || opened && matches!(mark, Some('部' | '章' | '条' | '项')))
        || counted && mark == Some('.') && !rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit())
        || matches!(text.chars().next(), Some('\u{2460}'..='\u{249b}'))
}

fn begins_note(text: &str) -> bool {
    let mark = text.chars().next();
    let number = text.trim_start_matches(['[', '［', '〔']);
    let opened = number.len() < text.len();
    let rest = number.trim_start_matches(|c: char| c.is_ascii_digit());
    matches!(mark, Some('*' | '＊' | '※' | '†' | '\u{2460}'..='\u{2473}' | '¹' | '²' | '³' | '\u{2074}'..='\u{2079}'))
        || text.starts_with('注')
        || (rest.len() < number.len()
            && number.len() - rest.len() <= 2
            && (opened || !rest.starts_with(['.', '、', '．', '年', '%', '）', ')'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        let area = super::super::line::Area { left: 0, top: 0, right: 0, bottom: 0 };
        Line { text: text.into(), page: 1, area, base: 0, size: 1000, face: None, head: 0, blank: false }
    }

    #[test]
    fn items_begin_with_a_number_and_a_mark() {
        for text in ["一、收入", "（一）收入", "(3)支出", "1.收入", "12、支出", "①收入", "第三部分 说明", "第十条"]
        {
            assert!(begins_item(&line(text)), "{text}");
        }
        for text in ["1.5万元", "2024年", "收入", "第三季度", "三公经费", "（含上年结转）"] {
            assert!(!begins_item(&line(text)), "{text}");
        }
    }

    #[test]
    fn notes_begin_with_a_mark() {
        for text in ["①含上年结转", "* 不含", "注：不含", "[1]不含", "1 不含"] {
            assert!(begins_note(text), "{text}");
        }
        for text in ["1.收入", "2024年", "收入", "12.5万元"] {
            assert!(!begins_note(text), "{text}");
        }
    }
}
