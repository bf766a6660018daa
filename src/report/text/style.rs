//! Colours, widths and columns.

use anstyle::{AnsiColor, Effects, Style};
use std::fmt;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A contradiction and the figure behind it.
pub(in crate::report) const WRONG: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);
/// The other figures of a relation.
pub(super) const OTHER: Style = AnsiColor::Cyan.on_default();
/// What it should be.
pub(in crate::report) const RIGHT: Style = AnsiColor::Green.on_default().effects(Effects::BOLD);
/// Worth a look, no error.
pub(in crate::report) const NOTE: Style = AnsiColor::Yellow.on_default();
/// Names of rules, paths.
pub(in crate::report) const DIM: Style = Style::new().effects(Effects::DIMMED);
/// Headings.
pub(in crate::report) const BOLD: Style = Style::new().effects(Effects::BOLD);

/// How a report looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// With colours.
    pub color: bool,
    /// Columns of the page.
    pub width: usize,
}

impl Look {
    /// Narrower than this, nothing can be laid out.
    pub const MIN_WIDTH: usize = 48;
    /// Wider lines are hard to read.
    pub const MAX_WIDTH: usize = 120;

    /// Bounds the width to what can be laid out and read.
    ///
    /// ```
    /// use gouji::report::text::Look;
    /// assert_eq!(Look::new(false, 300).width, Look::MAX_WIDTH);
    /// ```
    #[must_use]
    pub fn new(color: bool, width: usize) -> Self {
        Self { color, width: width.clamp(Self::MIN_WIDTH, Self::MAX_WIDTH) }
    }

    pub(in crate::report) fn paint<'a, T: fmt::Display + ?Sized>(self, style: Style, what: &'a T) -> Painted<'a, T> {
        Painted { style: self.color.then_some(style), what }
    }
}

/// Something in a colour.
pub(in crate::report) struct Painted<'a, T: ?Sized> {
    style: Option<Style>,
    what: &'a T,
}

impl<T: fmt::Display + ?Sized> fmt::Display for Painted<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.style {
            None => self.what.fmt(f),
            Some(style) => write!(f, "{style}{}{style:#}", self.what),
        }
    }
}

/// Columns that a text takes on a terminal.
pub(in crate::report) fn width(text: &str) -> usize {
    text.width()
}

/// Columns that a character takes.
pub(super) fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// `n` blanks.
pub(in crate::report) struct Blanks(pub usize);

impl fmt::Display for Blanks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for _ in 0..self.0 {
            f.write_str(" ")?;
        }
        Ok(())
    }
}

/// Cut to a number of columns, with … where something is missing.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += char_width(c);
        if used > columns {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// Cut in the middle: a name's end tells what is measured.
pub(super) fn cut_middle(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let keep = columns / 3;
    let mut used = 0;
    let tail = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| {
            used += char_width(*c);
            used <= keep
        })
        .last()
        .map_or(text.len(), |(at, _)| at);
    let tail = text.get(tail..).unwrap_or("");
    format!("{}{tail}", cut(text, columns.saturating_sub(width(tail))))
}

/// Lines of at most so many columns. Chinese breaks anywhere but before
/// closing punctuation, other words at blanks.
///
/// ```
/// assert_eq!(gouji::report::text::wrap("基本支出，项目支出", 10), ["基本支出，", "项目支出"]);
/// ```
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![];
    let mut line = String::new();
    let mut used = 0;
    for word in words(text) {
        let w = width(word.trim_end());
        if used + w > columns && !line.trim_end().is_empty() {
            lines.push(line.trim_end().to_owned());
            line = String::new();
            used = 0;
        }
        if w > columns {
            // A word wider than the page.
            for c in word.chars() {
                if used + char_width(c) > columns {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(c);
                used += char_width(c);
            }
            continue;
        }
        line.push_str(word);
        used += width(word);
    }
    if !line.trim_end().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Pieces between which a line may break.
fn words(text: &str) -> Vec<&str> {
    let mut out = vec![];
    let mut start = 0;
    let mut previous: Option<char> = None;
    for (at, c) in text.char_indices() {
        let can = previous.is_some_and(|p| {
            let breaks_here = p == ' ' || char_width(p) == 2 || char_width(c) == 2;
            breaks_here && c != ' ' && !is_closing(c) && !is_opening(p)
        });
        if can {
            out.extend(text.get(start..at));
            start = at;
        }
        previous = Some(c);
    }
    out.extend(text.get(start..));
    out
}

/// Punctuation that may not begin a line.
pub(super) fn is_closing(c: char) -> bool {
    "，。；：、？！）】》」』”’,.;:?!)]}%％…".contains(c)
}

fn is_opening(c: char) -> bool {
    "（【《「『“‘([{".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_they_may() {
        let lines = wrap("基本支出减少3.62万元，疑应作 -3.61万元（一位数字之误）。", 20);
        assert!(lines.iter().all(|l| width(l) <= 20), "{lines:?}");
        assert!(lines.iter().all(|l| !l.starts_with(is_closing)), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), "基本支出减少3.62万元，疑应作-3.61万元（一位数字之误）。");
        assert_eq!(wrap("one digit was mistyped", 10), ["one digit", "was", "mistyped"]);
        assert_eq!(wrap("", 10), Vec::<String>::new());
        assert_eq!(wrap(&"9".repeat(25), 10).len(), 3);
    }

    #[test]
    fn cut_to_columns() {
        assert_eq!(cut("基本支出", 8), "基本支出");
        assert_eq!(cut("基本支出", 7), "基本支…");
        assert_eq!(cut("基本支出", 6), "基本…");
        assert_eq!(cut_middle("一般公共预算支出变动", 13), "一般公共…变动");
        assert_eq!(cut_middle("变动", 13), "变动");
    }

    #[test]
    fn no_colour_no_escapes() {
        assert_eq!(Look::new(false, 80).paint(WRONG, "x").to_string(), "x");
        assert!(Look::new(true, 80).paint(WRONG, "x").to_string().contains('\u{1b}'));
    }
}
