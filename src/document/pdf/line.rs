//! Glyphs to lines of text.

use super::drawn::Glyph;
use crate::document::wide;

/// A box on a page, in hundredths of a point from the top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

/// One line of text on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub text: String,
    pub page: u32,
    pub area: Area,
    pub base: i32,
    /// The size of most of its glyphs.
    pub size: i32,
    /// The font of its wide characters, if it is one font.
    pub face: Option<u16>,
    /// How wide the beginning is that no break would have parted.
    pub head: i32,
    /// Whether a blank stands at its end.
    pub blank: bool,
}

/// Whether a character is printed as wide as two: numbers in circles and
/// upright forms are, too.
pub(super) fn is_wide(c: char) -> bool {
    wide::is_wide(c) || matches!(c, '\u{2460}'..='\u{24ff}' | '\u{fe30}'..='\u{fe4f}')
}

/// What a layout program leaves in the text and nobody sees.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Which characters never end a line.
fn opens(c: char) -> bool {
    matches!(c, '（' | '(' | '【' | '〔' | '［' | '[' | '《' | '〈' | '「' | '『' | '“' | '‘')
}

/// Which characters never begin a line.
fn closes(c: char) -> bool {
    matches!(
        c,
        '）' | ')'
            | '】'
            | '〕'
            | '］'
            | ']'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '”'
            | '’'
            | '，'
            | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '％'
            | '%'
            | ','
            | '.'
            | ';'
            | ':'
    )
}

/// The lines that glyphs of one page stand on, from top to bottom.
pub(super) fn lines(mut glyphs: Vec<Glyph>, page: u32) -> Vec<Line> {
    glyphs.retain(|g| !is_unseen(g.c));
    glyphs.sort_by_key(|g| (g.base, g.left));
    let mut lines = vec![];
    let mut gathered: Vec<Glyph> = vec![];
    let mut base = 0;
    let mut size = 0;
    for glyph in glyphs {
        if !gathered.is_empty() && glyph.base - base > size.max(glyph.size) * 2 / 5 {
            lines.extend(Line::new(std::mem::take(&mut gathered), page));
        }
        // Blanks tell nothing of where a line stands.
        if gathered.is_empty() {
            (base, size) = (glyph.base, glyph.size);
        } else if !glyph.c.is_whitespace() {
            size = size.max(glyph.size);
        }
        gathered.push(glyph);
    }
    lines.extend(Line::new(gathered, page));
    lines
}

impl Line {
    fn new(mut glyphs: Vec<Glyph>, page: u32) -> Option<Self> {
        glyphs.sort_by_key(|g| (g.left, g.right));
        drop_doubles(&mut glyphs);
        let last = glyphs.iter().rposition(|g| !g.c.is_whitespace())?;
        let first = glyphs.iter().position(|g| !g.c.is_whitespace())?;
        let blank = last + 1 < glyphs.len();
        let glyphs = glyphs.get(first..=last)?;
        let seen = || glyphs.iter().filter(|g| !g.c.is_whitespace());
        let size = most(seen().map(|g| g.size))?;
        let base = most(seen().map(|g| g.base))?;
        let area = Area {
            left: seen().map(|g| g.left).min()?,
            right: seen().map(|g| g.right).max()?,
            top: seen().map(|g| g.base - g.size * 22 / 25).min()?,
            bottom: seen().map(|g| g.base + g.size * 3 / 25).max()?,
        };
        let mut faces = seen().filter(|g| is_wide(g.c)).map(|g| g.face);
        let face = faces.next().filter(|face| faces.all(|other| other == *face));
        let text = text(glyphs);
        Some(Self { text, page, area, base, size, face, head: head(glyphs), blank })
    }

    pub(super) fn first(&self) -> Option<char> {
        self.text.chars().next()
    }

    pub(super) fn last(&self) -> Option<char> {
        self.text.chars().next_back()
    }
}

/// The value that occurs most; of several the smallest.
pub(super) fn most(values: impl Iterator<Item = i32>) -> Option<i32> {
    let mut all: Vec<i32> = values.collect();
    all.sort_unstable();
    all.chunk_by(|a, b| a == b).rev().max_by_key(|same| same.len()).and_then(|same| same.first().copied())
}

/// Bold type is often one glyph printed twice.
fn drop_doubles(glyphs: &mut Vec<Glyph>) {
    glyphs.dedup_by(|next, kept| {
        let near = (kept.right - kept.left).max(kept.size / 8) / 4;
        next.c == kept.c
            && next.left - kept.left <= near
            && (next.base - kept.base).abs() <= kept.size / 8
            && (next.size - kept.size).abs() <= kept.size / 8
    });
}

/// The text of glyphs in a row, with single blanks where there is a gap.
fn text(glyphs: &[Glyph]) -> String {
    let typical = typical_gap(glyphs);
    let mut text = String::with_capacity(glyphs.len() * 3);
    let mut before: Option<&Glyph> = None;
    let mut blank = false;
    for glyph in glyphs {
        if glyph.c.is_whitespace() {
            blank = true;
            continue;
        }
        if let Some(before) = before
            && (blank || glyph.left - before.right > widest_gap(before, glyph, typical))
        {
            text.push(' ');
        }
        blank = false;
        text.push(glyph.c);
        before = Some(glyph);
    }
    text
}

/// A gap wider than this is a blank.
fn widest_gap(a: &Glyph, b: &Glyph, typical: i32) -> i32 {
    let size = a.size.max(b.size);
    typical
        + match (is_wide(a.c), is_wide(b.c)) {
            (true, true) => size * 2 / 5,
            (false, false) => size / 4,
            _ => size / 2,
        }
}

/// The gap that most glyphs keep: none, unless the line is spaced out.
fn typical_gap(glyphs: &[Glyph]) -> i32 {
    let mut gaps: Vec<i32> = glyphs
        .iter()
        .zip(glyphs.iter().skip(1))
        .filter(|(a, b)| !a.c.is_whitespace() && !b.c.is_whitespace())
        .map(|(a, b)| (b.left - a.right).max(0))
        .collect();
    gaps.sort_unstable();
    // Of two or three glyphs far apart each may be a word.
    if gaps.len() < 3 { 0 } else { gaps.get(gaps.len() / 2).copied().unwrap_or(0) }
}

/// How wide the beginning of a line is that no break parts: a number, a word,
/// a character with the mark that follows it.
fn head(glyphs: &[Glyph]) -> i32 {
    let Some(first) = glyphs.first() else { return 0 };
    let mut last = first;
    for glyph in glyphs.iter().skip(1) {
        let one_word = !is_wide(last.c)
            && !is_wide(glyph.c)
            && !glyph.c.is_whitespace()
            && glyph.left - last.right < glyph.size / 4;
        if last.c.is_whitespace() || !(one_word || opens(last.c) || closes(glyph.c)) {
            break;
        }
        last = glyph;
    }
    last.right - first.left
}

/// Joins the text of a line to what stands before it. `full` says that the
/// line before ended because its room did, not because a line was to end.
pub(super) fn join(text: &mut String, before: &Line, line: &Line, full: bool) {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-');
    if let (Some(a), Some(b)) = (before.last(), line.first()) {
        let apart = if is_wide(a) || is_wide(b) {
            false
        } else if number(a) && number(b) && full {
            before.blank
        } else {
            true
        };
        if apart {
            text.push(' ');
        }
    }
    text.push_str(&line.text);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of glyphs 10 points wide, Latin ones 5; `_` leaves that much room.
    fn set(text: &str, base: i32) -> Vec<Glyph> {
        let mut left = 0;
        let mut glyphs = vec![];
        for c in text.chars() {
            let right = left + if is_wide(c) { 1000 } else { 500 };
            if c != '_' {
                glyphs.push(Glyph { c, left, right, base, size: 1000, face: 1 });
            }
            left = right;
        }
        glyphs
    }

    fn texts(glyphs: Vec<Glyph>) -> Vec<String> {
        lines(glyphs, 1).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn gaps_and_blanks_are_single_blanks() {
        assert_eq!(texts(set("收入12.5万元", 0)), ["收入12.5万元"]);
        assert_eq!(texts(set("　　第一部分　　部门概况 ", 0)), ["第一部分 部门概况"]);
        assert_eq!(texts(set("合计__12_34", 0)), ["合计 12 34"]);
        assert_eq!(texts(set("2024_年", 0)), ["2024年"], "the quarter blank beside a number");
    }

    #[test]
    fn a_spaced_out_line_has_no_blanks() {
        assert_eq!(texts(set("预_算_说_明", 0)), ["预算说明"]);
        assert_eq!(texts(set("预__算__说__明", 0)), ["预算说明"]);
    }

    #[test]
    fn lines_go_from_top_to_bottom() {
        let mut glyphs = set("支出", 3000);
        glyphs.extend(set("收入", 1000));
        let mut raised = set("__________①", 0);
        raised.iter_mut().for_each(|g| g.base = 700);
        glyphs.extend(raised);
        assert_eq!(texts(glyphs), ["收入 ①", "支出"]);
    }

    #[test]
    fn bold_by_double_printing_is_read_once() {
        let mut glyphs = set("一、11", 0);
        glyphs.extend(set("一、11", 0).into_iter().map(|g| Glyph { left: g.left + 30, right: g.right + 30, ..g }));
        assert_eq!(texts(glyphs), ["一、11"]);
    }

    #[test]
    fn the_head_is_what_no_break_parts() {
        let head = |text: &str| lines(set(text, 0), 1).first().map(|line| line.head);
        assert_eq!(head("1,234.5万元"), Some(3500));
        assert_eq!(head("万元，增"), Some(1000));
        assert_eq!(head("元，增"), Some(2000));
        assert_eq!(head("（款）项"), Some(3000));
    }

    #[test]
    fn a_number_broken_at_the_margin_is_whole_again() {
        let two = |a: &str, b: &str, full: bool| {
            let mut glyphs = set(a, 0);
            glyphs.extend(set(b, 2000));
            let lines = lines(glyphs, 1);
            let mut text = lines[0].text.clone();
            join(&mut text, &lines[0], &lines[1], full);
            text
        };
        assert_eq!(two("收入1,2", "34.5万元", true), "收入1,234.5万元");
        assert_eq!(two("12", "34", false), "12 34");
        assert_eq!(two("2023 ", "2024", true), "2023 2024");
        assert_eq!(two("budget", "note", true), "budget note");
        assert_eq!(two("收入", "12", true), "收入12");
    }
}
