//! The normalised view of a document's text.
//!
//! Notes are published with full-width digits, traditional characters, pinyin
//! in brackets, spaces inside numbers and lines broken by a page extractor.
//! The later stages read a *view* in which all of that is gone, and every byte
//! of the view knows the byte of the text that it came from, so that no span
//! ever moves.
//!
//! The view is simplified Chinese; brackets, commas, colons, semicolons, per
//! cent signs and digits are ASCII; quotation marks and blanks are dropped (a
//! blank between two digits stays); a line of the view is a paragraph.

use super::imprint::is_imprint;
use crate::document::Grid;
use once_cell::sync::Lazy;
use std::ops::Range;

/// A normalised text with a map back to the text that it was made from.
#[derive(Debug, Default, Clone)]
pub struct View {
    /// The normalised text; `\n` separates paragraphs.
    pub text: String,
    /// Where the stretches of `text` came from, in the order of both texts.
    stretches: Vec<Stretch>,
    /// The document's tables, with the spans of this text.
    pub tables: Vec<Grid>,
    /// Byte ranges of the document's text that were left out as page numbers.
    pub page_numbers: Vec<(u32, u32)>,
}

/// A stretch of the view and the stretch of the document's text that it came
/// from. Either they are the same bytes, or the one character stands for the
/// other (２ for 2), or the view's is a mark of its own and the text's is empty.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// Where it begins in the view; it ends where the next one begins.
    view: u32,
    text: u32,
    text_end: u32,
}

impl View {
    /// The byte range of the document's text that a range of the view covers.
    ///
    /// ```
    /// use gouji::segment::View;
    /// let text = "２．７９ 万元";
    /// let view = View::new(text, &[]);
    /// assert_eq!(view.text, "2.79万元");
    /// let (start, end) = view.source(0, view.text.len() as u32);
    /// assert_eq!(&text[start as usize..end as usize], text);
    /// ```
    pub fn source(&self, start: u32, end: u32) -> (u32, u32) {
        self.source_near(&mut 0, start, end)
    }

    /// [`View::source`] of ranges in rising order for the most part: `near` keeps
    /// where the last one was found, and is 0 at first.
    pub fn source_near(&self, near: &mut usize, start: u32, end: u32) -> (u32, u32) {
        let from = match self.stretch(near, start) {
            Some((s, len)) if s.text_end - s.text == len => s.text + (start - s.view),
            Some((s, _)) => s.text,
            None => self.stretches.last().map_or(0, |s| s.text_end),
        };
        let upto = match end.checked_sub(1) {
            Some(last) if end > start => match self.stretch(near, last) {
                Some((s, len)) if s.text_end - s.text == len => s.text + (end - s.view),
                Some((s, _)) => s.text_end,
                None => from,
            },
            _ => from,
        };
        (from, upto.max(from))
    }

    /// The stretch that holds a byte of the view, with its length there.
    fn stretch(&self, near: &mut usize, at: u32) -> Option<(Stretch, u32)> {
        if at as usize >= self.text.len() {
            return None;
        }
        // A few steps on from the last one, or else a search.
        let steps = self.stretches.get(*near..).unwrap_or(&[]).iter().take(STEPS + 1);
        let steps = steps.take_while(|s| s.view <= at).count();
        let next =
            if (1..=STEPS).contains(&steps) { *near + steps } else { self.stretches.partition_point(|s| s.view <= at) };
        *near = next.checked_sub(1)?;
        let stretch = *self.stretches.get(*near)?;
        let end = self.stretches.get(next).map_or(self.text.len() as u32, |n| n.view);
        Some((stretch, end - stretch.view))
    }

    /// Where a byte range of the document's text is in the view; empty where
    /// nothing of it is left.
    fn place(&self, range: &Range<usize>) -> Range<usize> {
        // A stretch as (place in the view, length there, place in the text, same bytes).
        let stretch = |index: usize| {
            let s = self.stretches.get(index)?;
            let end = self.stretches.get(index + 1).map_or(self.text.len(), |n| n.view as usize);
            let len = end.saturating_sub(s.view as usize);
            Some((s.view as usize, len, s.text as usize, len == (s.text_end - s.text) as usize))
        };
        let first = self.stretches.partition_point(|s| s.text_end as usize <= range.start);
        let start = stretch(first).map_or(self.text.len(), |(view, _, text, same)| {
            view + if same { range.start.saturating_sub(text) } else { 0 }
        });
        let after = self.stretches.partition_point(|s| (s.text as usize) < range.end);
        let end = after.checked_sub(1).and_then(stretch).map_or(0, |(view, len, text, same)| {
            view + if same { range.end.saturating_sub(text).min(len) } else { len }
        });
        start..end.max(start)
    }

    /// The part of the view in a byte range; empty when out of range.
    pub fn slice(&self, start: u32, end: u32) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// Normalises a document's text. The lines of its `tables` are never joined.
    pub fn new(text: &str, tables: &[Grid]) -> Self {
        let mut view = Builder::new(text, tables).run();
        view.tables = tables.iter().map(|t| t.clone().moved(|range| view.place(range))).collect();
        view
    }

    /// Whether the view of a text is the text: most words of the packs are such.
    pub(crate) fn changes_nothing(text: &str) -> bool {
        let bytes = text.as_bytes();
        plain_prefix(bytes) == bytes.len()
            && !bytes.iter().any(u8::is_ascii_control)
            && !TRADITIONAL_MARKS.iter().any(|m| text.contains(m))
    }
}

/// How far the place of a byte is looked for from the last one.
const STEPS: usize = 16;

/// Traditional → simplified for the basic CJK block, one to one.
static SIMPLIFIED: Lazy<Vec<char>> = Lazy::new(|| {
    (CJK_FIRST..=CJK_LAST)
        .map(|c| {
            let c = char::from_u32(c).unwrap_or('\u{FFFD}');
            fast2s::convert(&c.to_string()).chars().next().unwrap_or(c)
        })
        .collect()
});
const CJK_FIRST: u32 = 0x4E00;
const CJK_LAST: u32 = 0x9FFF;

/// Characters that a budget note in traditional script can't do without.
const TRADITIONAL_MARKS: [&str; 6] = ["萬", "預", "費", "億", "經", "務"];

fn simplified(c: char) -> char {
    let u = c as u32;
    if !(CJK_FIRST..=CJK_LAST).contains(&u) {
        return c;
    }
    // 徵 and 乾 have readings of their own; in budget notes these are the ones.
    SIMPLIFIED.get((u - CJK_FIRST) as usize).copied().unwrap_or(c)
}

struct Builder<'t> {
    text: &'t str,
    tables: &'t [Grid],
    traditional: bool,
    wraps: bool,
    /// Paragraphs begin with a blank: a line that doesn't goes on with the last.
    indents: bool,
    out: View,
}

/// What stands between two characters of the text.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Gap {
    #[default]
    None,
    Blank,
    /// a mark that is left out
    Quote,
    /// a line broken inside a word or a number
    Wrap,
    Line,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, tables: &'t [Grid]) -> Self {
        let traditional =
            TRADITIONAL_MARKS.iter().any(|m| memchr::memmem::find(text.as_bytes(), m.as_bytes()).is_some());
        let Layout { wraps, indents } = Layout::of(text);
        let mut out = View::default();
        out.text.reserve(text.len());
        out.stretches.reserve(text.len() / 24);
        Builder { text, tables, traditional, wraps, indents, out }
    }

    fn run(mut self) -> View {
        let mut lines = LineCursor::new(self.text, self.tables);
        let mut before = Gap::None;
        let mut previous: Option<Line<'t>> = None;
        let mut after_page = false;
        while let Some(mut line) = lines.next_line() {
            // A page number and the blank lines around it cut no paragraph.
            line.after_blank &= !after_page;
            if line.body.is_empty() {
                continue;
            }
            if let Some(p) = &previous {
                if is_page_number(line.body) && !line.table && self.page_number_here(p, &line, lines.peek()) {
                    let start = line.start as u32;
                    self.out.page_numbers.push((start, start + line.body.len() as u32));
                    after_page = true;
                    continue;
                }
                before = if joins(p, &line, self.wraps, self.indents) { Gap::Wrap } else { Gap::Line };
            } else if is_page_number(line.body)
                && !line.table
                && lines.peek().is_some_and(|n| !is_page_number(n.body) && !is_number_tail(n.body))
            {
                let start = line.start as u32;
                self.out.page_numbers.push((start, start + line.body.len() as u32));
                after_page = true;
                continue;
            }
            self.line(&line, before);
            after_page = false;
            previous = Some(line);
        }
        self.out
    }

    /// A lone number is a page number where text stands around it, not
    /// where other lone numbers do (a table, one cell a line), and not where
    /// the next line goes on with a unit.
    fn page_number_here(&self, previous: &Line, line: &Line, next: Option<&Line>) -> bool {
        // — 1 — is nothing else, whatever stands around it.
        if !line.table && line.body.starts_with(['-', '—', '–', '－']) && line.body.ends_with(['-', '—', '–', '－'])
        {
            return true;
        }
        if previous.table || is_page_number(previous.body) || previous.body.chars().count() < 4 {
            return false;
        }
        match next {
            None => true,
            Some(n) => !is_page_number(n.body) && !is_number_tail(n.body) && !is_cell(n.body) && line.body.len() < 12,
        }
    }

    fn line(&mut self, line: &Line<'t>, before: Gap) {
        let mut gap = before;
        let mut at = 0;
        while at < line.body.len() {
            let rest = line.body.get(at..).unwrap_or("");
            let plain = if self.traditional { 0 } else { plain_prefix(rest.as_bytes()) };
            if let Some(stretch) = rest.get(..plain).filter(|s| !s.is_empty()) {
                self.copy(stretch, line.start + at, gap);
                gap = Gap::None;
                at += plain;
                continue;
            }
            let Some(c) = rest.chars().next() else { return };
            let here = at;
            at += c.len_utf8();
            if is_blank(c) {
                if gap == Gap::None {
                    gap = Gap::Blank;
                }
                continue;
            }
            let Some(mut n) = narrow(c) else {
                // 1.“2080505…”: a list number and a code, not one number.
                let figure = |b: &u8| b.is_ascii_digit() || *b == b'.';
                if gap == Gap::None && self.out.text.as_bytes().last().is_some_and(figure) {
                    gap = Gap::Quote;
                }
                continue;
            };
            if n == '('
                && let Some(stop) = pinyin_end(line.body.as_bytes(), at)
                && self.ends_with_han()
            {
                at = stop;
                continue;
            }
            if self.traditional {
                n = simplified(n);
            }
            let mut buffer = [0; 4];
            let written = n.encode_utf8(&mut buffer);
            self.put(written, line.start + here, line.start + at, gap);
            gap = Gap::None;
        }
    }

    fn ends_with_han(&self) -> bool {
        self.out.text.chars().next_back().is_some_and(|c| (c as u32) >= 0x3400)
    }

    /// Takes over a stretch as it is.
    fn copy(&mut self, stretch: &str, at: usize, gap: Gap) {
        self.put(stretch, at, at + stretch.len(), gap);
    }

    /// Writes what stands for `text[from..upto]`, and the gap before it.
    fn put(&mut self, written: &str, from: usize, upto: usize, gap: Gap) {
        let (from, upto) = (from as u32, upto as u32);
        let last = self.out.stretches.last().copied();
        let edge = last.map_or(0, |s| s.text_end);
        let between = match gap {
            Gap::None | Gap::Wrap => None,
            Gap::Line => Some('\n'),
            Gap::Blank | Gap::Quote => {
                let last = self.out.text.as_bytes().last().copied().unwrap_or(b' ');
                let next = written.as_bytes().first().copied().unwrap_or(b' ');
                let digits = (last.is_ascii_digit() || last == b'.' && gap == Gap::Quote) && next.is_ascii_digit();
                let words = last.is_ascii_alphabetic() && next.is_ascii_alphanumeric();
                (digits || words).then_some(' ')
            }
        };
        let between = between.filter(|m| *m != ' ' || !completes_group(&self.out.text, written));
        if let Some(mark) = between
            && !self.out.text.is_empty()
        {
            self.out.stretches.push(Stretch { view: self.out.text.len() as u32, text: edge, text_end: edge });
            self.out.text.push(mark);
        } else if let Some(last) = self.out.stretches.last_mut()
            && edge == from
            && self.out.text.len() as u32 - last.view == last.text_end - last.text
            && upto - from == written.len() as u32
        {
            last.text_end = upto;
            self.out.text.push_str(written);
            return;
        }
        self.out.stretches.push(Stretch { view: self.out.text.len() as u32, text: from, text_end: upto });
        self.out.text.push_str(written);
    }
}

/// 2,2 82.77: the blank stands inside a group of three digits.
fn completes_group(before: &str, after: &str) -> bool {
    let digits = |bytes: &mut dyn Iterator<Item = u8>| bytes.take_while(u8::is_ascii_digit).count();
    let head = digits(&mut before.bytes().rev());
    let comma = before.len().checked_sub(head + 1).and_then(|at| before.as_bytes().get(at)) == Some(&b',');
    let grouped =
        before.len().checked_sub(head + 2).and_then(|at| before.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
    comma && grouped && (1..3).contains(&head) && head + digits(&mut after.bytes()) == 3
}

fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{3000}' | '\u{a0}' | '\r' | '\u{2002}' | '\u{2003}' | '\u{2009}' | '\u{200b}' | '\u{feff}'
    )
}

/// How many bytes at the start of `bytes`, whole characters, the view takes over
/// as they are: up to where [`narrow`], [`is_blank`] or a gloss of pinyin may have
/// a say.
fn plain_prefix(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    loop {
        rest = match rest {
            // 増 is 增, 凈 is 净.
            [0xE5, 0xA2, 0x97, ..] | [0xE5, 0x87, 0x88, ..] => break,
            [0xE4..=0xE9, _, _, tail @ ..] => tail,
            // 、 and 。 stand in every sentence.
            [0xE3, 0x80, 0x81 | 0x82, tail @ ..] => tail,
            [0..=8 | b'\t' | b'\r' | b' ' | b'"' | b'\'' | b'(' | b'*', ..] => break,
            [0..=0x7F, tail @ ..] => tail,
            [0xC3..=0xDF, _, tail @ ..] => tail,
            _ => break,
        };
    }
    bytes.len() - rest.len()
}

/// One width for what is written in two; `None` for marks that carry nothing.
fn narrow(c: char) -> Option<char> {
    Some(match c {
        '“' | '”' | '„' | '"' | '＂' | '＇' | '‘' | '’' | '\'' | '「' | '」' | '『' | '』' | '*' => {
            return None;
        }
        '﹒' => '.',
        '﹪' => '%',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '—' | '–' | '―' | '─' | '‐' => '-',
        '︰' | '∶' => ':',
        '﹐' | '‚' => ',',
        '•' | '·' => '·',
        '増' => '增',
        '凈' => '净',
        '\u{0}'..='\u{8}' => return None,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    })
}

/// The end of a pinyin gloss that begins at `start`, after its opening
/// bracket: `(yù)`, `(shù)`. Lower-case Latin letters only, at most one syllable.
fn pinyin_end(bytes: &[u8], start: usize) -> Option<usize> {
    let rest =
        bytes.get(start..).filter(|r| r.first().is_some_and(|b| b.is_ascii_lowercase() || *b >= 0xC3 && *b < 0xE0))?;
    let rest = rest.get(..64).unwrap_or(rest);
    let rest = match std::str::from_utf8(rest) {
        Ok(rest) => rest,
        Err(error) => std::str::from_utf8(rest.get(..error.valid_up_to())?).ok()?,
    };
    let mut letters = 0;
    for (i, c) in rest.char_indices() {
        match c {
            'a'..='z' | 'à'..='ü' | 'ā'..='ǜ' | 'ɡ' | '\u{300}'..='\u{30c}' => letters += 1,
            ')' | '）' if letters > 0 => return Some(start + i + c.len_utf8()),
            _ => return None,
        }
        if letters > 7 {
            return None;
        }
    }
    None
}

#[derive(Debug, Clone, Copy)]
struct Line<'t> {
    start: usize,
    body: &'t str,
    width: usize,
    table: bool,
    /// A blank line stands before it.
    after_blank: bool,
    /// It is indented, as paragraphs are.
    indented: bool,
}

/// Walks the lines of a text with one line of look-ahead.
struct LineCursor<'t> {
    text: &'t str,
    tables: &'t [Grid],
    at: usize,
    ahead: Option<Line<'t>>,
}

impl<'t> LineCursor<'t> {
    fn new(text: &'t str, tables: &'t [Grid]) -> Self {
        let mut cursor = LineCursor { text, tables, at: 0, ahead: None };
        cursor.ahead = cursor.read();
        cursor
    }

    fn next_line(&mut self) -> Option<Line<'t>> {
        let line = self.ahead.take();
        if line.is_some() {
            self.ahead = self.read();
        }
        line
    }

    fn peek(&self) -> Option<&Line<'t>> {
        self.ahead.as_ref()
    }

    /// The next line that is not blank.
    fn read(&mut self) -> Option<Line<'t>> {
        let mut after_blank = false;
        loop {
            let rest = self.text.get(self.at..)?;
            if rest.is_empty() {
                return None;
            }
            let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let raw = rest.get(..end).unwrap_or("");
            let start = self.at;
            self.at = start + end + 1;
            let body = raw.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            if body.is_empty() {
                if self.at > self.text.len() {
                    return None;
                }
                after_blank = true;
                continue;
            }
            let lead = body.as_ptr() as usize - raw.as_ptr() as usize;
            let table = in_table(self.tables, start) || has_cells(body);
            // Widths only matter where lines may be wrapped: short ones.
            let width = if body.len() > 400 { body.len() / 3 } else { body.chars().count() };
            return Some(Line {
                start: start + lead,
                body,
                width,
                table,
                after_blank,
                indented: raw.starts_with(['\u{3000}', ' ', '\t']),
            });
        }
    }
}

/// Whether a place is in one of the tables, which are in order.
fn in_table(tables: &[Grid], at: usize) -> bool {
    let next = tables.partition_point(|t| t.span.start <= at);
    next.checked_sub(1).and_then(|i| tables.get(i)).is_some_and(|t| at < t.span.end)
}

/// Whether a line is written as a table's row.
fn has_cells(body: &str) -> bool {
    memchr::memchr2(b'|', b'\t', body.as_bytes()).is_some() && (body.contains(" | ") || body.contains('\t'))
}

/// How the lines of a text are laid out, by the first few hundred of them.
#[derive(Debug, Clone, Copy)]
struct Layout {
    /// They look broken at a fixed width, as a page extractor breaks them: many
    /// end in the middle of a sentence.
    wraps: bool,
    /// Paragraphs are indented: a good part of the lines begin with a blank, and
    /// not nearly all.
    indents: bool,
}

impl Layout {
    fn of(text: &str) -> Self {
        let (mut lines, mut open, mut long) = (0u32, 0u32, 0u32);
        let (mut filled, mut indented) = (0u32, 0u32);
        let mut rest = text;
        while !rest.is_empty() && (lines < LOOKED_AT || filled < LOOKED_AT) {
            let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let raw = rest.get(..end).unwrap_or("");
            rest = rest.get(end + 1..).unwrap_or("");
            let line = raw.trim();
            if line.is_empty() || has_cells(line) {
                continue;
            }
            if filled < LOOKED_AT {
                filled += 1;
                indented += u32::from(raw.starts_with(['\u{3000}', '\t']) || raw.starts_with("  "));
            }
            if line.len() >= 30 && lines < LOOKED_AT {
                lines += 1;
                open += u32::from(line.len() < 240 && !ends_sentence(line));
                // No page is as wide: this line ended where its author ended it.
                long += u32::from(line.len() > 4 * WIDEST_LINE);
            }
        }
        Layout {
            wraps: open >= 2 && open * 3 >= lines && open > long,
            indents: indented >= 3 && indented * 10 >= filled && indented * 10 <= filled * 8,
        }
    }
}

/// Lines by which a layout is told.
const LOOKED_AT: u32 = 400;

fn ends_sentence(line: &str) -> bool {
    matches!(
        line.chars().next_back(),
        Some('。' | '；' | '：' | '！' | '？' | ';' | ':' | '!' | '?' | '.' | '」' | '|')
    )
}

/// No page is wider than this, in characters.
const WIDEST_LINE: usize = 80;

/// Whether a line goes on where the one before it stopped.
fn joins(previous: &Line, line: &Line, wraps: bool, indents: bool) -> bool {
    goes_on(previous, line, wraps, indents) && !is_imprint(previous.body) && !is_imprint(line.body)
}

fn goes_on(previous: &Line, line: &Line, wraps: bool, indents: bool) -> bool {
    if previous.table || line.table {
        return false;
    }
    if heads_table(previous.body) || heads_table(line.body) {
        return false;
    }
    // A number cut from its unit, or a year from its 年, always joins.
    if previous.body.ends_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
        && !is_page_number(previous.body)
        && is_number_tail(line.body)
    {
        return true;
    }
    // 其他社会保障和就业支出|（项）40.00万元: a level of the classification names what stands before it.
    if ["（项）", "（款）", "（类）", "(项)", "(款)", "(类)"].iter().any(|w| line.body.starts_with(w)) {
        return !ends_sentence(previous.body);
    }
    // 1524.|37万元
    let cut = previous.body.strip_suffix(['.', '．']).is_some_and(|p| p.ends_with(|c: char| c.is_ascii_digit()));
    if cut && line.body.starts_with(|c: char| c.is_ascii_digit()) && super::outline::ordinal(line.body).is_none() {
        return true;
    }
    if is_year_alone(previous.body) && line.body.starts_with('年') {
        return true;
    }
    // A page cuts its lines at one width: a long line ended where its author ended it.
    if previous.width > WIDEST_LINE {
        return false;
    }
    if wraps && indents && !line.after_blank && !line.indented && previous.width >= 14 && !is_title(previous.body) {
        return super::outline::ordinal(line.body).is_none();
    }
    if !wraps || line.after_blank || ends_sentence(previous.body) || is_title(previous.body) {
        return false;
    }
    if line.body.starts_with(['万', '%', '％', '，', ',', '、', '；', '。', '）', ')']) {
        return true;
    }
    let short_heading = opens_paragraph(previous.body) && previous.width < 16;
    !opens_paragraph(line.body) && !short_heading && previous.width >= 14
}

/// A table's title or number (收支总表, 公开01表) or the line with its unit.
fn heads_table(body: &str) -> bool {
    body.len() <= 150
        && !body.contains(['，', ',', '。', '；'])
        && (body.ends_with('表') || body.contains("单位：") || body.contains("单位:"))
}

/// Ends as titles and headings end: the text below is not its rest.
fn is_title(body: &str) -> bool {
    let body = body.strip_suffix(['）', ')']).and_then(|b| b.rsplit_once(['（', '('])).map_or(body, |(title, _)| title);
    !body.contains(['，', ',', '。'])
        && ["说明", "公开", "报告", "概况", "目录", "草案", "情况"].iter().any(|w| body.ends_with(w))
}

fn is_year_alone(body: &str) -> bool {
    body.len() == 4 && body.starts_with("20") && body.bytes().all(|b| b.is_ascii_digit())
}

/// Begins like the rest of a figure: a unit, a per cent sign, 年, decimals.
fn is_number_tail(body: &str) -> bool {
    body.starts_with(['万', '亿', '%', '％', '元']) || body.starts_with("年") || body.starts_with("个百分点")
}

/// Begins like a new paragraph: 一、 （一） 1. (1) ① 第一部分 附表.
fn opens_paragraph(body: &str) -> bool {
    super::outline::ordinal(body).is_some() || body.starts_with("附") || body.starts_with("第") || body.starts_with('#')
}

/// `12`, `-12-`, `—5—`, `第 3 页`.
fn is_page_number(body: &str) -> bool {
    let inner = body.trim_matches(|c: char| matches!(c, '-' | '—' | '–' | '－' | ' ' | '第' | '页' | '\u{3000}'));
    !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|b| b.is_ascii_digit())
}

/// A short line without sentence marks, as a table's cells are when a page
/// extractor prints one a line.
pub(crate) fn is_cell(body: &str) -> bool {
    body.len() <= 24 && body.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str) -> String {
        View::new(text, &[]).text
    }

    #[test]
    fn widths_quotes_and_blanks_are_one() {
        assert_eq!(view("２０２４年“三公”经费 ０．９ 万元，下降 ５ ％。"), "2024年三公经费0.9万元,下降5%。");
        assert_eq!(view("1， 234.5万元"), "1,234.5万元");
        assert_eq!(view("412 .60"), "412.60");
        assert_eq!(view("50 25"), "50 25");
    }

    #[test]
    fn traditional_characters_and_pinyin() {
        assert_eq!(view("預(yù)算數(shù)31.4萬(wàn)元"), "预算数31.4万元");
        assert_eq!(view("上升(a)类"), "上升类");
        assert_eq!(view("费(护)用"), "费(护)用");
    }

    #[test]
    fn wrapped_lines_are_joined_and_page_numbers_left_out() {
        let text = "12\n2023 年采购预算 17000 元,同比增加 17000 元,上\n年无该预算,增长率无可比性。其中:集中采购\n17000 元,占 100%,同比增加 17000 元\n万元。";
        let v = View::new(text, &[]);
        assert_eq!(
            v.text,
            "2023年采购预算17000元,同比增加17000元,上年无该预算,增长率无可比性。其中:集中采购17000元,占100%,同比增加17000元万元。"
        );
        assert_eq!(v.page_numbers, [(0, 2)]);
    }

    #[test]
    fn long_paragraphs_are_not_lines_of_a_page() {
        // An indented list of tables at the end does not make the note a page.
        let body = "负责全县政务网络的建设和管理。".repeat(12);
        let tables = "附表：一、某县某某中心财政拨款收支总表\n      二、某县某某中心一般公共预算支出表\n      三、某县某某中心三公经费支出预算表\n      四、某县某某中心政府性基金支出表";
        let text = format!("{body}\n2023年年末编制数29人。\n{tables}");
        assert!(view(&text).contains("管理。\n2023年年末编制数29人。"));
    }

    #[test]
    fn headings_stay_apart() {
        assert_eq!(
            view("一、单位基本情况\n（一）职能职责\n负责机房管理。"),
            "一、单位基本情况\n(一)职能职责\n负责机房管理。"
        );
    }

    #[test]
    fn spans_survive() {
        let text = "增\n加200 元";
        let v = View::new(text, &[]);
        let at = v.text.find("200").unwrap() as u32;
        let (s, e) = v.source(at, at + 6);
        assert_eq!(&text[s as usize..e as usize], "200 元");
    }
}
