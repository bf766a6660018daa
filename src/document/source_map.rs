//! From a place in the text back to the place in the input that it came from.

use super::narrow;
use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// How many input bytes a stretch of text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Unit {
    /// The input is UTF-8, as the text is.
    Utf8,
    /// Two bytes a UTF-16 code unit.
    Utf16,
    /// As long as the stretch is when written in this charset; of text only,
    /// which never travels between processes.
    #[serde(skip)]
    Charset(&'static Encoding),
}

impl Unit {
    fn bytes(self, stretch: &str) -> usize {
        match self {
            Self::Utf8 => stretch.len(),
            Self::Utf16 => stretch.chars().map(char::len_utf16).sum::<usize>() * 2,
            Self::Charset(encoding) => encoding.encode(stretch).0.len(),
        }
    }
}

/// From `text` on, the text came from `source` on: character by character if
/// `exact`, all of it from that one place if not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u32, u32, bool)", into = "(u32, u32, bool)")]
pub(crate) struct Run {
    text: u32,
    source: u32,
    exact: bool,
}

impl From<(u32, u32, bool)> for Run {
    fn from((text, source, exact): (u32, u32, bool)) -> Self {
        Self { text, source, exact }
    }
}

impl From<Run> for (u32, u32, bool) {
    fn from(Run { text, source, exact }: Run) -> Self {
        (text, source, exact)
    }
}

impl Run {
    pub(crate) fn new(text: usize, source: usize, exact: bool) -> Self {
        Self { text: narrow(text), source: narrow(source), exact }
    }

    pub(crate) fn text(self) -> usize {
        self.text as usize
    }

    pub(crate) fn source(self) -> usize {
        self.source as usize
    }

    pub(crate) fn exact(self) -> bool {
        self.exact
    }
}

/// Adds a run, unless the one before it already says the same.
pub(crate) fn push_run(runs: &mut Vec<Run>, run: Run) {
    if let Some(last) = runs.last_mut() {
        let continues = last.exact
            && run.exact
            && run.source.checked_sub(last.source) == run.text.checked_sub(last.text)
            && run.source >= last.source;
        if continues || (!last.exact && !run.exact && last.source == run.source) {
            return;
        }
        if last.text == run.text {
            *last = run;
            return;
        }
    }
    runs.push(run);
}

/// The place that layout is put down to, which the document does not spell
/// out: the end of the text before.
pub(crate) fn end_of(text: &str, runs: &[Run]) -> usize {
    runs.last().map_or(0, |run| {
        let into = text.len().saturating_sub(run.text());
        run.source() + if run.exact() { into } else { 0 }
    })
}

/// Takes the last line break away, as none follows the last line of a document.
pub(crate) fn drop_last_break(text: &mut String, runs: &mut Vec<Run>) {
    if text.ends_with('\n') {
        text.pop();
        while runs.last().is_some_and(|run| run.text() >= text.len()) {
            runs.pop();
        }
    }
}

/// Maps a byte offset of [`Document::text`](super::Document::text) to the byte
/// offset in the input that the character there came from.
///
/// **Precision.** To the byte for text that stands in the input as it is: plain
/// text in any charset, the unescaped stretches of a JSON string, the
/// characters of a page outside references. A character written as an escape
/// (`\u5143`, `&#24180;`) maps to where its escape begins; a space or line
/// break that a page's layout stands for, to the text before it; a bad byte
/// sequence read as U+FFFD, to its first byte. A headline taken from an
/// attribute maps to the start of the page; stray text between the cells of a
/// table may be off by a few characters. In a charset other than UTF-8 a
/// character that has two spellings may be off by a few bytes, up to the next
/// line break.
///
/// The text of a PDF maps to 0 throughout: it has [places](super::Place) instead.
///
/// For a file the offset counts in the file, for a record of JSON Lines in its
/// line, for an office document in the unpacked part that holds the text
/// (`word/document.xml`, the sheet).
///
/// ```
/// use gouji::document::{Raw, read};
/// let (gbk, ..) = encoding_rs::GBK.encode("收入12万元\n支出12万元\n");
/// let document = read(&Raw::File { path: "甲.txt".into(), bytes: gbk.to_vec() })?;
/// let offset = document.text.find("支出").unwrap_or_default();
/// assert_eq!(document.source_offset(offset), 11); // 2 bytes a character, 1 a digit
/// # Ok::<(), gouji::document::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceMap {
    unit: Unit,
    runs: Vec<Run>,
    source_len: u32,
}

impl SourceMap {
    /// The text is the input from byte `start` on.
    pub(crate) fn shifted(start: usize, source_len: usize) -> Self {
        Self::new(Unit::Utf8, vec![Run::new(0, start, true)], source_len)
    }

    pub(crate) fn new(unit: Unit, runs: Vec<Run>, source_len: usize) -> Self {
        Self { unit, runs, source_len: narrow(source_len) }
    }

    /// The text stands nowhere in the input as it is: all of it maps to the start.
    pub(crate) fn nowhere() -> Self {
        Self::new(Unit::Utf8, vec![], 0)
    }

    /// Whether text and input are the same bytes.
    ///
    /// ```
    /// use gouji::document::{Raw, read};
    /// let document = read(&Raw::File { path: "甲.txt".into(), bytes: "收入12万元".into() })?;
    /// assert!(document.source.is_identity());
    /// # Ok::<(), gouji::document::ReadError>(())
    /// ```
    #[must_use]
    pub fn is_identity(&self) -> bool {
        self.unit == Unit::Utf8 && matches!(self.runs.as_slice(), [run] if run.exact && run.source == 0)
    }

    /// The input offset of byte `offset` of `text`, which must be the text
    /// that the map was made for ([`Document::source_offset`](super::Document::source_offset)
    /// sees to that). An offset inside a character counts as its start, one
    /// past the end as the end.
    #[must_use]
    pub fn source_offset(&self, text: &str, offset: usize) -> usize {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset = offset.saturating_sub(1);
        }
        let after = self.runs.partition_point(|run| run.text() <= offset);
        let Some(run) = after.checked_sub(1).and_then(|at| self.runs.get(at)) else {
            return 0;
        };
        self.step(text, *run, self.runs.get(after), run.source(), run.text()..offset)
    }

    /// From `from` (the source of `gap.start`) over the text `gap`, inside `run`.
    fn step(&self, text: &str, run: Run, next: Option<&Run>, from: usize, gap: Range<usize>) -> usize {
        if !run.exact {
            return run.source();
        }
        let reached = from + text.get(gap).map_or(0, |stretch| self.unit.bytes(stretch));
        // A stretch with a second spelling never reaches into the next run.
        let bound = match (self.unit, next) {
            (Unit::Charset(_), Some(next)) if next.source > run.source => next.source(),
            _ => self.source_len as usize,
        };
        reached.min(bound)
    }

    /// `runs` lead into `text`, the text of this map: leads them on to the input.
    pub(crate) fn compose(&self, runs: &[Run], lengths: impl Fn(usize) -> usize, text: &str) -> Self {
        let mut composed = Vec::with_capacity(runs.len());
        let mut cursor = Cursor::default();
        for (index, run) in runs.iter().enumerate() {
            let source = self.locate(&mut cursor, text, run.source());
            push_run(&mut composed, Run::new(run.text(), source, run.exact));
            if !run.exact {
                continue;
            }
            // Split where this map changes pace.
            let end = run.source().saturating_add(lengths(index));
            let first = self.runs.partition_point(|own| own.text() <= run.source());
            for own in self.runs.iter().skip(first).take_while(|own| own.text() < end) {
                let at = run.text() + (own.text() - run.source());
                push_run(&mut composed, Run::new(at, own.source(), own.exact));
            }
        }
        Self { unit: self.unit, runs: composed, source_len: self.source_len }
    }

    /// This map, of `text`, leads into `decoded`, the text of `outer`: both in one.
    pub(crate) fn over(&self, text: &str, outer: &Self, decoded: &str) -> Self {
        let length = |index: usize| {
            let start = self.runs.get(index).map_or(0, |run| run.text());
            self.runs.get(index + 1).map_or(text.len(), |run| run.text()).saturating_sub(start)
        };
        outer.compose(&self.runs, length, decoded)
    }

    /// As [`Self::source_offset`], cheap for offsets that mostly go forward.
    fn locate(&self, cursor: &mut Cursor, text: &str, offset: usize) -> usize {
        if self.unit == Unit::Utf8 {
            return self.source_offset(text, offset);
        }
        let after = self.runs.partition_point(|run| run.text() <= offset);
        let Some((at, run)) = after.checked_sub(1).and_then(|at| Some((at, self.runs.get(at)?))) else {
            return 0;
        };
        let same = cursor.run == Some(at) && cursor.text <= offset;
        let (from, start) = if same { (cursor.source, cursor.text) } else { (run.source(), run.text()) };
        let source = self.step(text, *run, self.runs.get(after), from, start..offset);
        *cursor = Cursor { run: Some(at), text: offset, source };
        source
    }
}

#[derive(Default)]
struct Cursor {
    run: Option<usize>,
    text: usize,
    source: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shifted_text_keeps_its_distance() {
        let map = SourceMap::shifted(3, 15);
        assert_eq!(map.source_offset("收入1元", 6), 9);
        assert_eq!(map.source_offset("收入1元", 7), 10);
        assert_eq!(map.source_offset("收入1元", 8), 10, "inside a character");
        assert_eq!(map.source_offset("收入1元", 99), 13);
        assert!(!map.is_identity());
        assert!(SourceMap::shifted(0, 15).is_identity());
    }

    #[test]
    fn points_do_not_advance() {
        let runs = vec![Run::new(0, 0, true), Run::new(3, 3, false), Run::new(6, 10, true)];
        let map = SourceMap::new(Unit::Utf8, runs, 20);
        let text = "预元算支";
        assert_eq!(map.source_offset(text, 3), 3);
        assert_eq!(map.source_offset(text, 5), 3);
        assert_eq!(map.source_offset(text, 6), 10);
        assert_eq!(map.source_offset(text, 9), 13);
    }

    #[test]
    fn runs_that_say_the_same_are_merged() {
        let mut runs = vec![];
        push_run(&mut runs, Run::new(0, 5, true));
        push_run(&mut runs, Run::new(3, 8, true));
        push_run(&mut runs, Run::new(6, 20, true));
        push_run(&mut runs, Run::new(9, 30, false));
        push_run(&mut runs, Run::new(12, 30, false));
        assert_eq!(runs.len(), 3);
    }

    #[test]
    fn maps_compose_through_a_charset() {
        // Outer: GB18030 bytes. Inner: the second word of the decoded text.
        let decoded = "收入12万元";
        let outer = SourceMap::new(Unit::Charset(encoding_rs::GB18030), vec![Run::new(0, 0, true)], 10);
        let inner = [Run::new(0, 8, true)];
        let map = outer.compose(&inner, |_| 6, decoded);
        assert_eq!(map.source_offset("万元", 0), 6);
        assert_eq!(map.source_offset("万元", 3), 8);
    }

    #[test]
    fn a_run_is_split_where_the_outer_map_jumps() {
        let outer = SourceMap::new(Unit::Utf8, vec![Run::new(0, 0, true), Run::new(6, 100, true)], 200);
        let map = outer.compose(&[Run::new(0, 3, true)], |_| 6, "收入支出");
        assert_eq!(map.source_offset("入支", 0), 3);
        assert_eq!(map.source_offset("入支", 3), 100);
    }
}
