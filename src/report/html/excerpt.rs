//! A sentence in its context, its figures marked; of a long one, the parts around them.

use super::writer::Html;
use crate::fact::FactId;
use crate::report::told::{Mark, Sentence};

/// A sentence of no more bytes than this is shown whole.
const WHOLE: usize = 900;
/// Bytes shown before and after a figure of a longer one.
const AROUND: usize = 120;
/// Bytes shown before and after the sentence.
const CONTEXT: usize = 150;

/// What is shown.
pub(super) struct Shown<'a> {
    pub text: &'a str,
    pub sentence: &'a Sentence,
    /// Its line.
    pub place: &'a str,
    /// The headings above it, the outermost first.
    pub headings: &'a [&'a str],
}

/// Writes a sentence: `leads` says where a figure leads, `name` what it is called here.
pub(super) fn excerpt(
    html: &mut Html,
    shown: &Shown,
    leads: &dyn Fn(FactId) -> String,
    name: &dyn Fn(FactId) -> String,
) {
    let Shown { text, sentence, place, headings } = shown;
    html.raw("<figure class=\"sent\"><figcaption>");
    if let Some(id) = sentence.marks.iter().find_map(|m| m.fact) {
        html.put(format_args!("<a class=\"at\" href=\"#{}\">", super::writer::fact(id)));
        html.text(place);
        html.raw("</a>");
    }
    for part in headings.iter().copied().chain(sentence.row.as_deref()) {
        html.element("span class=\"path\"", part);
    }
    html.raw("</figcaption><p lang=\"zh-CN\">");
    let (from, upto) = bounds(sentence);
    let line_start = before(text, from).unwrap_or(from);
    let line_end = after(text, upto).unwrap_or(upto);
    context(html, text.get(line_start..from).unwrap_or(""), (!begins_line(text, line_start), false));
    let mut at = from;
    let short = upto - from <= WHOLE;
    for (n, mark) in sentence.marks.iter().enumerate() {
        let gap = (at, mark.start);
        if short {
            html.text(text.get(gap.0..gap.1).unwrap_or(""));
        } else {
            part(html, text, gap, n > 0);
        }
        figure(html, text, mark, leads, name);
        at = mark.end.max(at);
    }
    if short {
        html.text(text.get(at..upto).unwrap_or(""));
    } else {
        tail(html, text, (at, upto));
    }
    let cut = !matches!(text.as_bytes().get(line_end), None | Some(b'\n' | b'\r'));
    context(html, text.get(upto..line_end).unwrap_or(""), (false, cut));
    html.raw("</p></figure>");
}

/// The sentence and whatever of its marks lies outside.
fn bounds(sentence: &Sentence) -> (usize, usize) {
    let (from, upto) = sentence.range;
    let from = sentence.marks.iter().map(|m| m.start).fold(from, usize::min);
    (from, sentence.marks.iter().map(|m| m.end).fold(upto, usize::max))
}

fn figure(html: &mut Html, text: &str, mark: &Mark, leads: &dyn Fn(FactId) -> String, name: &dyn Fn(FactId) -> String) {
    let class = if mark.wrong.is_some() { "fig wrong" } else { "fig" };
    let quote = text.get(mark.start..mark.end).unwrap_or("");
    match mark.fact {
        Some(id) => {
            html.put(format_args!("<a class=\"{class}\" href=\"#{}\" id=\"{}\">", leads(id), name(id)));
            html.text(quote);
            html.raw("</a>");
        }
        None => html.element(&format!("mark class=\"{class}\""), quote),
    }
    if let Some(wrong) = mark.wrong.as_deref().filter(|w| !w.is_empty()) {
        html.element("span class=\"fix\"", wrong);
    }
}

/// What stands between two figures, or before the first: whole if short, else its ends.
fn part(html: &mut Html, text: &str, (from, upto): (usize, usize), between: bool) {
    let head = if between { text.floor_char_boundary(from + AROUND) } else { from };
    let rest = text.ceil_char_boundary(upto.saturating_sub(AROUND));
    if head >= rest || from >= rest {
        html.text(text.get(from..upto).unwrap_or(""));
        return;
    }
    html.text(text.get(from..head).unwrap_or(""));
    html.raw("…");
    html.text(text.get(rest..upto).unwrap_or(""));
}

/// A stretch of a sentence beside or between its figures, of a long one the ends.
pub(super) fn part_of(html: &mut Html, text: &str, range: (usize, usize), between: bool) {
    if text.len() <= WHOLE {
        html.text(text.get(range.0..range.1).unwrap_or(""));
    } else if range.1 == text.len() {
        tail(html, text, range);
    } else {
        part(html, text, range, between);
    }
}

/// What stands after the last figure.
fn tail(html: &mut Html, text: &str, (from, upto): (usize, usize)) {
    let end = text.floor_char_boundary(from + AROUND);
    html.text(text.get(from..end.min(upto)).unwrap_or(""));
    if end < upto {
        html.raw("…");
    }
}

fn begins_line(text: &str, at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| text.as_bytes().get(before) == Some(&b'\n'))
}

/// What stands around the sentence on its line, and whether it is cut before or after.
fn context(html: &mut Html, text: &str, (before, after): (bool, bool)) {
    if !text.trim().is_empty() {
        html.raw("<span class=\"ctx\">");
        html.raw(if before { "…" } else { "" });
        html.text(text);
        html.raw(if after { "…" } else { "" });
        html.raw("</span>");
    }
}

/// Where the line before a sentence begins, or as much of it as is shown.
fn before(text: &str, at: usize) -> Option<usize> {
    let from = text.ceil_char_boundary(at.saturating_sub(CONTEXT));
    let part = text.get(from..at)?;
    Some(part.rfind('\n').map_or(from, |n| from + n + 1))
}

/// Where the line after a sentence ends, or as much of it as is shown.
fn after(text: &str, at: usize) -> Option<usize> {
    let upto = text.floor_char_boundary(at + CONTEXT);
    let part = text.get(at..upto)?;
    Some(part.find('\n').map_or(upto, |n| at + n))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of an excerpt of a note around its marked figures.
    fn shown(text: &str, range: (usize, usize), figures: &[&str]) -> String {
        let mark = |quote: &&str| {
            let start = text.find(*quote).unwrap();
            Mark { start, end: start + quote.len(), line: 1, fact: None, wrong: None }
        };
        let sentence = Sentence { range, row: None, marks: figures.iter().map(mark).collect() };
        let mut html = Html::default();
        let shown = Shown { text, sentence: &sentence, place: "", headings: &[] };
        excerpt(&mut html, &shown, &|_| String::new(), &|_| String::new());
        let text = html.out.split('<').filter_map(|piece| piece.split_once('>')).map(|piece| piece.1);
        text.collect()
    }

    #[test]
    fn a_short_sentence_stands_whole_in_its_line() {
        let text = "上一行。\n前句。支出5万元。后句。\n下一行。";
        let at = text.find("支出").unwrap();
        assert_eq!(shown(text, (at, at + "支出5万元。".len()), &["5万元"]), "前句。支出5万元。后句。");
    }

    #[test]
    fn a_long_sentence_and_a_long_line_are_cut() {
        let (a, b, c) = ("甲".repeat(2000), "乙".repeat(2000), "丙".repeat(2000));
        let text = format!("{a}，支出5万元，{b}，收入7万元，{c}");
        let out = shown(&text, (0, text.len()), &["5万元", "7万元"]);
        assert!(out.starts_with("…甲") && out.contains("支出5万元，乙") && out.contains("乙，收入7万元，丙"), "{out}");
        assert!(out.contains("乙…乙") && out.ends_with("丙…") && out.len() < 700, "{out}");
        let at = text.find("支出").unwrap();
        let out = shown(&text, (at, at + "支出5万元，".len()), &["5万元"]);
        assert!(out.starts_with("…甲") && out.ends_with("乙…"), "{out}");
    }
}
