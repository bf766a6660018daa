//! Writes the note out: one paragraph a line, tables as grids.

use super::content::Survey;
use super::hints::{self, Kind};
use super::tree::{Id, LINE_SEPARATOR, PRE, Tree};
use crate::document::grid::{self, CELL, Cell, Contents, Grid, MAX_FILLED};
use crate::document::source_map::{Run, drop_last_break, end_of, push_run};
use crate::document::wide::is_wide;
use std::ops::Range;

/// As columns are counted here.
const MAX_COLUMNS: usize = grid::MAX_COLUMNS as usize;

/// Text as written out, with its way back to the page.
#[derive(Default)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) runs: Vec<Run>,
    pub(super) tables: Vec<Grid>,
    /// A date in a line that was left out, e.g. 发布时间.
    pub(super) date: Option<String>,
    /// Merged cells were not all filled.
    pub(super) spans_ignored: bool,
}

impl Written {
    /// The place that layout is put down to.
    pub(super) fn end(&self) -> usize {
        end_of(&self.text, &self.runs)
    }
}

/// Layout whitespace that was met and not yet written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    /// A line break of the page's source: nothing between Chinese characters.
    Wrap,
}

struct Writer {
    out: Written,
    line: usize,
    line_runs: usize,
    lines: usize,
    gap: Gap,
    filled: usize,
    last: Option<char>,
}

impl Writer {
    fn new() -> Self {
        Self { out: Written::default(), line: 0, line_runs: 0, lines: 0, gap: Gap::None, filled: 0, last: None }
    }

    /// Writes the text of a node; `breaks` keeps its line breaks, `cell` is
    /// inside a grid.
    fn text(&mut self, tree: &Tree, id: Id, breaks: bool, cell: bool) {
        let text = tree.text(id);
        let start = tree.range(id).start;
        let mut pending: Option<Range<usize>> = None;
        for (at, c) in text.char_indices() {
            let plain = match c {
                '\n' | '\r' if breaks && !cell => {
                    self.flush(tree, text, start, &mut pending);
                    self.end_line();
                    continue;
                }
                LINE_SEPARATOR | '\u{2029}' if !cell => {
                    self.flush(tree, text, start, &mut pending);
                    self.end_line();
                    continue;
                }
                '|' if cell => {
                    self.flush(tree, text, start, &mut pending);
                    self.piece(tree, "｜", start + at..start + at + 1, false);
                    continue;
                }
                '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
                '\n' | '\r' => Some(Gap::Wrap),
                c if c.is_whitespace() => Some(Gap::Space),
                c if c.is_control() => None,
                _ => {
                    match &mut pending {
                        Some(range) => range.end = at + c.len_utf8(),
                        None => pending = Some(at..at + c.len_utf8()),
                    }
                    continue;
                }
            };
            self.flush(tree, text, start, &mut pending);
            if let Some(gap) = plain {
                self.widen(gap, c);
            }
        }
        self.flush(tree, text, start, &mut pending);
    }

    /// Adds to the gap: a wrap may have indentation around it, but a written
    /// space or an ideographic one stays a space.
    fn widen(&mut self, gap: Gap, c: char) {
        let indentation = c == ' ' || c == '\t';
        self.gap = match (self.gap, gap) {
            (_, Gap::Wrap) | (Gap::Wrap, Gap::Space) if indentation || gap == Gap::Wrap => Gap::Wrap,
            _ => Gap::Space,
        };
    }

    fn flush(&mut self, tree: &Tree, text: &str, start: usize, pending: &mut Option<Range<usize>>) {
        if let Some(range) = pending.take()
            && let Some(piece) = text.get(range.clone())
        {
            self.piece(tree, piece, start + range.start..start + range.end, true);
        }
    }

    /// Writes a piece without whitespace, and the gap before it.
    fn piece(&mut self, tree: &Tree, piece: &str, stretch: Range<usize>, exact: bool) {
        let first = piece.chars().next();
        let mut sources = tree.sources(stretch).peekable();
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        let joined = gap == Gap::Wrap && self.last.is_some_and(is_wide) && first.is_some_and(is_wide);
        if gap != Gap::None && !joined && self.last.is_some() {
            let source = sources.peek().map_or(0, |run| run.source());
            self.push(" ", source);
        }
        let at = self.out.text.len();
        for run in sources {
            push_run(&mut self.out.runs, Run::new(at + run.text(), run.source(), run.exact() && exact));
        }
        self.out.text.push_str(piece);
        self.last = piece.chars().next_back();
    }

    /// Writes what the page does not spell out.
    fn push(&mut self, piece: &str, source: usize) {
        push_run(&mut self.out.runs, Run::new(self.out.text.len(), source, false));
        self.out.text.push_str(piece);
    }

    fn end_line(&mut self) {
        self.gap = Gap::None;
        self.last = None;
        if self.out.text.len() == self.line {
            return;
        }
        let line = self.out.text.get(self.line..).unwrap_or_default();
        if hints::is_furniture(line, self.lines < 6) {
            if self.out.date.is_none() {
                self.out.date = hints::date_in(line);
            }
            self.out.text.truncate(self.line);
            self.out.runs.truncate(self.line_runs);
            return;
        }
        self.finish_line();
    }

    fn finish_line(&mut self) {
        let source = self.out.end();
        self.push("\n", source);
        self.lines += 1;
        self.line = self.out.text.len();
        self.line_runs = self.out.runs.len();
        self.gap = Gap::None;
        self.last = None;
    }

    /// Writes a data table: what stands outside its cells first, then a line a row.
    fn grid(&mut self, tree: &Tree, survey: &Survey, table: Id) {
        self.end_line();
        let mut walk = tree.walk(table);
        while let Some(id) = walk.next() {
            match tree.kind(id) {
                Kind::Row => walk.pass_over(id),
                _ if survey.of(id).skipped => walk.pass_over(id),
                Kind::Text => self.text(tree, id, false, false),
                kind if kind.is_block() => self.end_line(),
                _ => {}
            }
        }
        self.end_line();
        let start = self.out.text.len();
        // For each column, how many more rows the cell above spans.
        let mut above: Vec<u32> = vec![];
        let mut grid = Grid::default();
        // For each row that is written, its number in the page.
        let mut numbers = vec![];
        for (number, row) in rows(tree, survey, table).enumerate() {
            if let Some(cells) = self.row(tree, survey, row, &mut above) {
                grid.rows.push(cells);
                numbers.push(number);
            }
        }
        let end = self.out.text.len();
        if end > start {
            grid.span = start..end.saturating_sub(1);
            grid.without_blank_rows(&numbers);
            self.out.tables.push(grid);
        }
    }

    /// Writes a row, if there is anything in it.
    fn row(&mut self, tree: &Tree, survey: &Survey, row: Id, above: &mut Vec<u32>) -> Option<Vec<Cell>> {
        let mut cells = vec![];
        let begin = (self.out.text.len(), self.out.runs.len());
        let mut column = 0;
        let mut any = false;
        for cell in tree.children(row).filter(|id| tree.kind(*id) == Kind::Cell && !survey.of(*id).skipped) {
            self.covered(above, &mut column);
            self.separate(column);
            let from = self.out.text.len();
            any |= self.cell(tree, survey, cell);
            let span = from..self.out.text.len();
            let (columns, rows) = tree.spans(cell);
            let columns = if column < MAX_COLUMNS && self.filled < MAX_FILLED { columns as usize } else { 1 };
            let columns = columns.min(MAX_COLUMNS.saturating_sub(column).max(1));
            if columns < tree.spans(cell).0 as usize {
                self.out.spans_ignored = true;
            }
            cells.push(Cell { span, column: column as u32, columns: columns as u32, rows });
            for extra in 0..columns {
                if extra > 0 {
                    self.separate(column);
                    self.filled += 1;
                }
                if column < MAX_COLUMNS {
                    if above.len() <= column {
                        above.resize(column + 1, 0);
                    }
                    if let Some(left) = above.get_mut(column) {
                        *left = rows.saturating_sub(1);
                    }
                }
                column += 1;
            }
        }
        self.covered(above, &mut column);
        if any {
            self.finish_line();
            return Some(cells);
        }
        self.out.text.truncate(begin.0);
        self.out.runs.truncate(begin.1);
        self.last = None;
        self.gap = Gap::None;
        None
    }

    /// Leaves the cells empty that a cell of a row above spans.
    fn covered(&mut self, above: &mut [u32], column: &mut usize) {
        while let Some(left) = above.get_mut(*column).filter(|left| **left > 0) {
            *left -= 1;
            if self.filled >= MAX_FILLED {
                self.out.spans_ignored = true;
                *left = 0;
                return;
            }
            self.filled += 1;
            self.separate(*column);
            *column += 1;
        }
    }

    fn separate(&mut self, column: usize) {
        if column > 0 {
            let source = self.out.end();
            self.push(CELL, source);
        }
        self.gap = Gap::None;
        self.last = None;
    }

    /// Whether there is anything in the cell.
    fn cell(&mut self, tree: &Tree, survey: &Survey, cell: Id) -> bool {
        let before = self.out.text.len();
        let mut walk = tree.walk(cell);
        while let Some(id) = walk.next() {
            let kind = tree.kind(id);
            if survey.of(id).skipped {
                walk.pass_over(id);
            } else if kind == Kind::Text {
                self.text(tree, id, false, true);
            } else if id != cell && (kind.is_block() || kind == Kind::Break) {
                self.gap = Gap::Space;
            }
        }
        self.gap = Gap::None;
        self.out.text.len() > before
    }
}

/// The table's own rows.
fn rows<'a>(tree: &'a Tree, survey: &'a Survey, table: Id) -> impl Iterator<Item = Id> + 'a {
    tree.children(table).filter(|id| !survey.of(*id).skipped).flat_map(move |id| {
        let group = tree.kind(id) == Kind::RowGroup;
        let row = (tree.kind(id) == Kind::Row).then_some(id);
        row.into_iter().chain(
            group
                .then(|| tree.children(id).filter(|id| tree.kind(*id) == Kind::Row && !survey.of(*id).skipped))
                .into_iter()
                .flatten(),
        )
    })
}

/// Whether a table holds data: it is no frame around parts of the page.
fn is_data(tree: &Tree, survey: &Survey, table: Id) -> bool {
    if survey.of(table).tables > 1 {
        return false;
    }
    let mut contents = Contents::default();
    for row in rows(tree, survey, table) {
        for cell in tree.children(row).filter(|id| tree.kind(*id) == Kind::Cell) {
            let facts = survey.of(cell);
            if !facts.skipped {
                contents.cell(facts.chars as usize, facts.paragraphs as usize);
            }
        }
        contents.end_row();
    }
    contents.is_data()
}

/// Writes out `root` and what is in it.
pub(super) fn write(tree: &Tree, survey: &Survey, root: Id) -> Written {
    let mut writer = Writer::new();
    let mut at = root;
    'walk: loop {
        // Into `at`.
        let kind = tree.kind(at);
        let mut inside = None;
        if !survey.of(at).skipped {
            match kind {
                Kind::Text => {
                    let breaks = keeps_breaks(tree, at);
                    writer.text(tree, at, breaks, false);
                }
                Kind::Break => writer.end_line(),
                Kind::Table if is_data(tree, survey, at) => writer.grid(tree, survey, at),
                kind => {
                    if kind.is_block() {
                        writer.end_line();
                    }
                    inside = tree.first_child(at);
                }
            }
        }
        if let Some(child) = inside {
            at = child;
            continue;
        }
        // Out of `at`.
        loop {
            if tree.kind(at).is_block() && !survey.of(at).skipped {
                writer.end_line();
            }
            if at == root {
                break 'walk;
            }
            if let Some(next) = tree.next_sibling(at) {
                at = next;
                break;
            }
            match tree.parent(at) {
                Some(parent) => at = parent,
                None => break 'walk,
            }
        }
    }
    writer.end_line();
    let mut out = writer.out;
    drop_last_break(&mut out.text, &mut out.runs);
    out
}

/// Whether an element not far above keeps line breaks (`pre`).
fn keeps_breaks(tree: &Tree, id: Id) -> bool {
    std::iter::successors(Some(id), |id| tree.parent(*id)).take(8).any(|id| tree.has(id, PRE))
}

/// Writes a headline on one line.
pub(super) fn write_line(tree: &Tree, id: Id) -> Written {
    let mut writer = Writer::new();
    for id in tree.walk(id) {
        match tree.kind(id) {
            Kind::Text => writer.text(tree, id, false, true),
            Kind::Break => writer.gap = Gap::Wrap,
            kind if kind.is_block() => writer.gap = Gap::Wrap,
            _ => {}
        }
    }
    writer.out
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    fn written(page: &str) -> Written {
        let tree = tree::parse(page);
        let survey = Survey::new(&tree);
        write(&tree, &survey, tree::ROOT)
    }

    fn text(page: &str) -> String {
        written(page).text
    }

    #[test]
    fn a_paragraph_is_a_line() {
        assert_eq!(
            text(
                "<p>一、<span>收</span><font>入</font>\n  <b>12</b>&nbsp;&nbsp;万元</p>\n<div>支出<br/>　　10\u{3000} 万元<br><br></div>\n<p> </p>末"
            ),
            "一、收入 12 万元\n支出\n10 万元\n末"
        );
    }

    #[test]
    fn a_wrapped_source_line_is_joined() {
        assert_eq!(text("<p>本年\n   支出\r\n12\n万元，\n比上年</p>"), "本年支出 12 万元，比上年");
        assert_eq!(text("<pre>收入12万元\n支出12万元</pre>"), "收入12万元\n支出12万元");
        assert_eq!(text("<p style='white-space:pre-wrap'><span>收入\n支出</span></p>"), "收入\n支出");
    }

    #[test]
    fn entities_and_layout_characters() {
        assert_eq!(
            text("<p>&ldquo;三公&rdquo;经费&#65292;\u{200b}增加&lt;5&gt;万元&emsp;。</p>"),
            "“三公”经费，增加<5>万元 。"
        );
    }

    #[test]
    fn pinyin_scripts_and_hidden_text_are_left_out() {
        assert_eq!(
            text(
                "<p><ruby>预<rp>(</rp><rt>yù</rt><rp>)</rp></ruby>算<script>x<y</script><style>p{}</style><span style='display:none'>暗</span>12<i hidden>暗</i>元</p>"
            ),
            "预算12元"
        );
    }

    #[test]
    fn a_data_table_is_a_grid() {
        let page = "<p>单位：万元</p><table><caption>收支表</caption><tr><th>项目<th>金额</tr>\n<tr><td><p>收&nbsp;入</p><td>1,234.50<tr><td>支<br>出<td></table><p>末</p>";
        let out = written(page);
        assert_eq!(out.text, "单位：万元\n收支表\n项目 | 金额\n收 入 | 1,234.50\n支 出 | \n末");
        let [table] = &out.tables[..] else { panic!("{:?}", out.tables) };
        assert_eq!(&out.text[table.span.clone()], "项目 | 金额\n收 入 | 1,234.50\n支 出 | ");
    }

    #[test]
    fn merged_cells_leave_empty_ones() {
        let page = "<table><tr><td rowspan=2>项目<td colspan=2>本年收入<td>备|注</tr><tr><td>小计<td>其中</tr><tr><td>合计<td>3<td>1<td>x</table>";
        let out = written(page);
        assert_eq!(out.text, "项目 | 本年收入 |  | 备｜注\n | 小计 | 其中\n合计 | 3 | 1 | x");
        let cells: Vec<_> = out.tables[0]
            .rows
            .iter()
            .flatten()
            .map(|cell| (&out.text[cell.span.clone()], cell.column, cell.columns, cell.rows))
            .collect();
        assert_eq!(cells[..4], [("项目", 0, 1, 2), ("本年收入", 1, 2, 1), ("备｜注", 3, 1, 1), ("小计", 1, 1, 1)]);
    }

    #[test]
    fn a_blank_row_counts_in_no_merged_cell() {
        let out = written("<table><tr><td rowspan=3>甲<td>1<tr><td>\u{3000}<tr><td>2<tr><td>乙<td>3</table>");
        assert_eq!(out.text, "甲 | 1\n | 2\n乙 | 3");
        assert_eq!((out.tables[0].rows[0][0].rows, out.tables[0].rows[1][0].column), (2, 1));
    }

    #[test]
    fn a_layout_table_is_paragraphs() {
        let prose = "本单位2031年年初预算数412.50万元，比2030年增加9.4万元，增长2.3%，主要是人员经费增加，以及项目支出增加，公用经费减少，其他资金减少，上年结转减少。";
        for page in [
            format!("<table><tr><td><p>{prose}</p><p>{prose}</p></td></tr></table>"),
            format!("<table><tr><td>　</td><td><p>{prose}</p><p>{prose}</p></td></tr><tr><td></td></tr></table>"),
            format!("<table><tr><td>{prose}</td></tr><tr><td>{prose}</td></tr></table>"),
        ] {
            let out = written(&page);
            assert_eq!(out.text, format!("{prose}\n{prose}"));
            assert!(out.tables.is_empty());
        }
        let nested = "<table><tr><td>一、收入</td><td></td></tr><tr><td><table><tr><td>项目<td>金额<tr><td>合计<td>12</table></td></tr></table>";
        let out = written(nested);
        assert_eq!(out.text, "一、收入\n项目 | 金额\n合计 | 12");
        assert_eq!(out.tables.len(), 1);
    }

    #[test]
    fn a_table_with_one_long_remark_stays_a_table() {
        let remark = "目标：".to_owned() + &"完成全部任务；".repeat(40);
        let row = "<tr><td>项目名称<td>12.5<td>3</tr>".repeat(30);
        let out = written(&format!("<table>{row}<tr><td>绩效目标<td colspan=2>{remark}</tr></table>"));
        assert_eq!(out.tables.len(), 1);
    }

    #[test]
    fn lines_of_the_site_are_left_out() {
        let out = written(
            "<p>某局2024年单位预算情况说明</p><p>发布时间：2024-02-05 来源：县财政局 字体：【大 中 小】</p><p>收入12万元</p><p>【打印】【关闭】</p><p>上一篇：没有了</p>",
        );
        assert_eq!(out.text, "某局2024年单位预算情况说明\n收入12万元");
        assert_eq!(out.date.as_deref(), Some("2024-02-05"));
    }
}
