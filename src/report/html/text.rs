//! The full note: every line, its tables as tables, every figure marked, with a card that tells what was read of it.

use super::card::Cards;
use super::words::pick;
use super::writer::{Html, Name, OPEN, fact};
use crate::check::Verdict;
use crate::document::{Grid, Lang};
use crate::fact::FactId;
use crate::report::note::Note;
use std::ops::Range;

/// Lines that a browser lays out together, or not at all while they are out of sight.
const CHUNK: usize = 80;

/// A figure in the text.
struct Mark {
    range: Range<usize>,
    kind: Kind,
}

enum Kind {
    /// The facts that stand there: a word may say two things.
    Facts(Vec<FactId>),
    /// A number that nothing explains.
    Unexplained(usize),
    /// A choice of the template that was not struck out.
    Residue,
}

/// Writes the note.
pub(super) fn full_text(html: &mut Html, note: Note, cards: &Cards) {
    let lang = note.lang;
    html.put(format_args!("<details class=\"note\" id=\"{}\"{OPEN}><summary>", Name('t', 0)));
    html.element("h3", pick(lang, "全文", "the full note"));
    html.raw("</summary>");
    html.element(
        "p class=\"hint\"",
        pick(
            lang,
            "凡读出的数字均已标出：指向或以键盘选中时显示读出的各项；单击转到有关的检验结果。",
            "Every figure that was read is marked: point at it or move the focus to it to see what was read; click to go to the finding that tests it.",
        ),
    );
    let mut writer = Writer {
        note,
        cards,
        marks: marks(note, cards),
        next: 0,
        line: 1,
        in_chunk: 0,
        seen: vec![false; note.reading.facts.len()],
        loose_seen: vec![false; note.reading.unexplained.len()],
    };
    html.raw("<div class=\"text\" lang=\"zh-CN\">");
    writer.all(html);
    html.raw("</div></details>");
}

/// What is to be marked, in the order of the text; nothing overlaps.
fn marks(note: Note, cards: &Cards) -> Vec<Mark> {
    let mut near = 0;
    let mut all: Vec<Mark> = cards
        .facts
        .iter()
        .map(|f| {
            let (start, end) = note.view.source_near(&mut near, f.fact.start, f.fact.end);
            Mark { range: start as usize..end as usize, kind: Kind::Facts(vec![f.id]) }
        })
        .collect();
    let range = |(start, end): (u32, u32)| {
        let (start, end) = note.view.source(start, end);
        start as usize..end as usize
    };
    let unexplained = note.reading.unexplained.iter().enumerate();
    all.extend(unexplained.map(|(n, r)| Mark { range: range(*r), kind: Kind::Unexplained(n + 1) }));
    all.extend(note.reading.residue.iter().map(|r| Mark { range: range(*r), kind: Kind::Residue }));
    all.sort_by_key(|m| (m.range.start, m.range.end));
    let mut marks: Vec<Mark> = Vec::with_capacity(all.len());
    for mark in all {
        match marks.last_mut().filter(|last| mark.range.start < last.range.end) {
            None => marks.push(mark),
            Some(last) => match (&mut last.kind, mark.kind) {
                (Kind::Facts(ids), Kind::Facts(more)) => ids.extend(more),
                // A choice that was not struck out may stand around a figure.
                (kind @ Kind::Residue, Kind::Facts(ids)) => *kind = Kind::Facts(ids),
                _ => {}
            },
        }
    }
    marks
}

struct Writer<'a> {
    note: Note<'a>,
    cards: &'a Cards<'a>,
    marks: Vec<Mark>,
    /// The first mark that is not written to its end.
    next: usize,
    line: usize,
    in_chunk: usize,
    /// Facts whose anchor is written.
    seen: Vec<bool>,
    /// The same of numbers that nothing explains.
    loose_seen: Vec<bool>,
}

impl<'a> Writer<'a> {
    fn all(&mut self, html: &mut Html) {
        let (text, tables) = (&self.note.document.text, &self.note.document.tables);
        html.raw("<div class=\"chunk\">");
        let mut at = 0;
        for grid in tables {
            // A table that is not set apart from the lines around it is written as its text.
            let begins = grid.span.start == 0 || text.as_bytes().get(grid.span.start.saturating_sub(1)) == Some(&b'\n');
            let ends = matches!(text.as_bytes().get(grid.span.end), None | Some(b'\n'));
            if grid.span.start < at || !begins || !ends || grid.span.is_empty() {
                continue;
            }
            self.lines(html, at..grid.span.start);
            self.table(html, grid);
            at = grid.span.end;
        }
        self.lines(html, at..text.len());
        // Links to figures that no line shows lead to the end of the text.
        for (n, seen) in self.seen.iter().enumerate() {
            if !seen {
                html.put(format_args!("<span id=\"{}\"></span>", fact(n as FactId)));
            }
        }
        for (n, seen) in (1..).zip(&self.loose_seen) {
            if !seen {
                html.put(format_args!("<span id=\"{}\"></span>", Name('u', n)));
            }
        }
        html.raw("</div>");
    }

    fn chunk(&mut self, html: &mut Html) {
        self.in_chunk += 1;
        if self.in_chunk > CHUNK {
            self.in_chunk = 1;
            html.raw("</div><div class=\"chunk\">");
        }
    }

    /// Whole lines.
    fn lines(&mut self, html: &mut Html, range: Range<usize>) {
        let text = self.note.document.text.get(range.clone()).unwrap_or("");
        let mut at = range.start;
        for line in text.split_inclusive('\n') {
            let body = line.trim_end_matches(['\n', '\r']);
            if !body.trim().is_empty() {
                self.chunk(html);
                let heading = self.is_heading(body);
                html.put(format_args!("<p class=\"{}\" data-n=\"{}\">", if heading { "l h" } else { "l" }, self.line));
                self.marked(html, at..at + body.len());
                html.raw("</p>");
            }
            at += line.len();
            self.line += usize::from(line.ends_with('\n'));
        }
    }

    /// Whether a line is but a list number and a few words: it is set as a heading.
    fn is_heading(&self, line: &str) -> bool {
        let line = line.trim();
        let listed = crate::segment::ordinal(line).is_some_and(|o| o.level <= 3);
        listed && line.chars().count() <= 32 && !line.contains(['。', '；', '：', ':', ';'])
    }

    fn table(&mut self, html: &mut Html, grid: &Grid) {
        self.chunk(html);
        html.put(format_args!("<div class=\"wide\" data-n=\"{}\"><table class=\"grid\">", self.line));
        for (n, row) in grid.rows.iter().enumerate() {
            html.raw("<tr>");
            let head = n == 0 && grid.rows.len() > 1;
            for cell in row {
                html.raw(if head { "<th" } else { "<td" });
                if cell.columns > 1 {
                    html.put(format_args!(" colspan=\"{}\"", cell.columns));
                }
                if cell.rows > 1 {
                    html.put(format_args!(" rowspan=\"{}\"", cell.rows));
                }
                if head {
                    html.raw(" scope=\"col\"");
                } else if self.is_number(cell.text(&self.note.document.text)) {
                    html.raw(" class=\"n\"");
                }
                html.raw(">");
                self.marked(html, cell.span.clone());
                html.raw(if head { "</th>" } else { "</td>" });
            }
            html.raw("</tr>");
        }
        html.raw("</table></div>");
        self.line += self.note.document.text.get(grid.span.clone()).unwrap_or("").matches('\n').count();
    }

    fn is_number(&self, text: &str) -> bool {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || ".,-%".contains(c))
    }

    /// A stretch of the text with what is marked in it. A figure that goes on in the next stretch is marked there too.
    fn marked(&mut self, html: &mut Html, range: Range<usize>) {
        let text = &self.note.document.text;
        let mut at = range.start;
        while let Some(mark) = self.marks.get(self.next) {
            if mark.range.start >= range.end && !(mark.range.is_empty() && mark.range.start == range.end) {
                break;
            }
            // Figures between stretches, such as the blank between two cells, are left to the end.
            let (start, end) = (mark.range.start.max(at), mark.range.end.min(range.end));
            if start > end || (start == end && !mark.range.is_empty()) {
                self.next += 1;
                continue;
            }
            html.text(text.get(at..start).unwrap_or(""));
            let quote = text.get(start..end).unwrap_or("");
            match &mark.kind {
                Kind::Facts(ids) => {
                    let again = ids.first().is_some_and(|id| self.seen.get(*id as usize).copied().unwrap_or(true));
                    if again {
                        html.raw("<a class=\"fig\" href=\"#");
                        html.put(format_args!("{}\">", ids.first().map_or(fact(0), |id| fact(*id))));
                        html.text(quote);
                        html.raw("</a>");
                    } else {
                        for id in ids {
                            if let Some(seen) = self.seen.get_mut(*id as usize) {
                                *seen = true;
                            }
                        }
                        self.cards.figure(html, ids, quote);
                    }
                }
                Kind::Unexplained(n) => {
                    html.raw("<mark class=\"loose\"");
                    // One that is broken over two lines has its name on the first.
                    if let Some(seen) = n.checked_sub(1).and_then(|n| self.loose_seen.get_mut(n))
                        && !std::mem::replace(seen, true)
                    {
                        html.attribute_name(Name('u', *n));
                    }
                    html.attribute("title", pick(self.note.lang, "未能归类的数字", "a number that nothing explains"));
                    html.raw(">");
                    html.text(quote);
                    html.raw("</mark>");
                }
                Kind::Residue => {
                    html.raw("<mark class=\"residue\"");
                    html.attribute("title", pick(self.note.lang, "模板残留", "remains of a template"));
                    html.raw(">");
                    html.text(quote);
                    html.raw("</mark>");
                }
            }
            at = end;
            if mark.range.end > range.end {
                break;
            }
            self.next += 1;
        }
        html.text(text.get(at..range.end).unwrap_or(""));
    }
}

/// The numbers that nothing explains, each with a link to its place.
pub(super) fn unexplained(html: &mut Html, note: Note) {
    /// The others are marked in the text.
    const MOST: usize = 100;
    let list = note.ranges(&note.reading.unexplained);
    if list.is_empty() {
        return;
    }
    html.raw("<section class=\"list\">");
    let n = list.len();
    html.element(
        "h3",
        &match note.lang {
            Lang::Zh => format!("未能归类的数字 {n} 个"),
            Lang::En => format!("{n} number{} that nothing explains", if n == 1 { "" } else { "s" }),
        },
    );
    html.raw("<ul class=\"flow\">");
    for (n, loose) in (1..).zip(list.iter().take(MOST)) {
        html.put(format_args!("<li><a class=\"loose\" href=\"#{}\">", Name('u', n)));
        html.text(loose.quote);
        html.raw("</a> ");
        let line = loose.line;
        html.element(
            "span class=\"at\"",
            &match note.lang {
                Lang::Zh => format!("第{line}行"),
                Lang::En => format!("line {line}"),
            },
        );
        html.raw("</li>");
    }
    if n > MOST {
        html.raw("<li>…</li>");
    }
    html.raw("</ul></section>");
}

/// The name by which the style sheet knows how a figure came off.
pub(super) fn cover(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Disagrees) => "fact bad",
        Some(Verdict::Exact | Verdict::Rounded) => "fact good",
        Some(Verdict::Partial | Verdict::Undecided) | None => "fact",
    }
}
