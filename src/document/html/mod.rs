//! Web pages: parse, find the note, write it out.

mod content;
mod guard;
mod hints;
mod text;
mod tree;

use super::diagnostic::Diagnostic;
use super::grid::Grid;
use super::source_map::{Run, push_run};
use content::Survey;
use hints::Kind;
use std::borrow::Cow;
use std::ops::Range;
use text::Written;
use tree::{Id, ROOT, Tree};

/// A page as the note that is on it. Runs lead into the page's source.
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) tables: Vec<Grid>,
    pub(crate) runs: Vec<Run>,
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads a page or a piece of one.
pub(crate) fn read(source: &str) -> Page {
    let guarded = guard::guard(source);
    let mut diagnostics = vec![];
    if matches!(guarded, Cow::Owned(_)) {
        diagnostics.push(Diagnostic::new(
            "html/too-many-attributes",
            None,
            "某标签的属性过多，多出的已忽略",
            "a tag has too many attributes; the surplus was ignored",
        ));
    }
    let mut tree = tree::parse(&guarded);
    if tree.limits.depth {
        diagnostics.push(Diagnostic::new(
            "html/too-deep",
            None,
            "网页嵌套过深，过深的层次已拉平",
            "elements are nested too deep; the deepest were read side by side",
        ));
    }
    if tree.limits.nodes {
        diagnostics.push(Diagnostic::new(
            "html/too-many-elements",
            None,
            "网页元素过多，其余只读文字",
            "the page has too many elements; of the rest only the text was read",
        ));
    }
    let survey = Survey::new(&tree);
    if survey.shows_hidden {
        diagnostics.push(Diagnostic::new(
            "html/hidden-shown",
            None,
            "正文在隐藏元素中，已读出",
            "the text is in hidden elements, which were read",
        ));
    }
    let root = survey.note(&tree);
    let mut written = text::write(&tree, &survey, root);
    if written.text.is_empty() && root != ROOT {
        written = text::write(&tree, &survey, ROOT);
    }
    if written.spans_ignored {
        diagnostics.push(Diagnostic::new(
            "html/spans-ignored",
            None,
            "表格合并单元格过多，未全部展开",
            "merged cells span too many columns or rows; not all were filled",
        ));
    }
    let meta = std::mem::take(&mut tree.meta);
    let headline = headline(&tree, &survey, meta.title.as_deref(), &written.text);
    let title = headline.as_ref().map(|headline| headline.text.clone());
    let date = meta.date.or_else(|| written.date.take()).or_else(|| date_of_page(&tree, &survey, root));
    if let Some(headline) = headline
        && !written.text.is_empty()
        && !stands_in(&headline.text, &written.text)
    {
        written = prepend(headline, written);
    }
    let Written { text, runs, tables, .. } = written;
    Page { text, tables, runs, title, url: meta.url, date, diagnostics }
}

/// The headline: what the head names, else the heading that the page's title
/// repeats, else the title without the site's name, else the first heading.
fn headline(tree: &Tree, survey: &Survey, named: Option<&str>, body: &str) -> Option<Written> {
    let candidates: Vec<Written> = survey
        .headlines(tree)
        .into_iter()
        .map(|id| text::write_line(tree, id))
        .filter(|line| !line.text.is_empty())
        .collect();
    let title = tree
        .walk(ROOT)
        .find(|id| tree.kind(*id) == Kind::Title)
        .map(|id| text::write_line(tree, id))
        .filter(|title| !title.text.is_empty());
    if let Some(named) = named.map(str::trim).filter(|named| !named.is_empty()) {
        let written = candidates.into_iter().find(|line| compact(&line.text) == compact(named));
        return Some(written.unwrap_or_else(|| Written {
            text: named.split_whitespace().collect::<Vec<_>>().join(" "),
            runs: vec![Run::new(0, 0, false)],
            ..Written::default()
        }));
    }
    let Some(title) = title else {
        return candidates.into_iter().next();
    };
    let whole = compact(&title.text);
    let repeated = candidates
        .into_iter()
        .filter(|line| whole.contains(&compact(&line.text)))
        .max_by_key(|line| line.text.chars().count());
    let part = headline_part(&title.text, body);
    match repeated {
        // A site's name is repeated too.
        Some(line)
            if title.text.get(part.clone()).is_none_or(|part| {
                compact(part).contains(&compact(&line.text)) || line.text.chars().count() >= part.chars().count()
            }) =>
        {
            Some(line)
        }
        _ => Some(slice(&title, part)),
    }
}

/// Which part of `本年预算说明_某县人民政府` is the headline.
fn headline_part(title: &str, body: &str) -> Range<usize> {
    let mut parts = vec![];
    let mut start = 0;
    let chars: Vec<(usize, char)> = title.char_indices().collect();
    for (index, (at, c)) in chars.iter().enumerate() {
        let digit =
            |index: Option<usize>| index.and_then(|index| chars.get(index)).is_some_and(|(_, c)| c.is_ascii_digit());
        let splits = match c {
            '_' | '|' | '｜' | '>' | '–' => true,
            '-' | '—' => !(digit(index.checked_sub(1)) && digit(index.checked_add(1))),
            _ => false,
        };
        if splits {
            parts.push(start..*at);
            start = at + c.len_utf8();
        }
    }
    parts.push(start..title.len());
    let text = |range: &Range<usize>| title.get(range.clone()).unwrap_or_default().trim();
    let opening: String = compact_opening(body);
    let in_body = |range: &Range<usize>| text(range).chars().count() >= 6 && opening.contains(&compact(text(range)));
    let best =
        parts.iter().filter(|range| in_body(range)).max_by_key(|range| text(range).chars().count()).or_else(|| {
            parts.iter().rev().max_by_key(|range| (text(range).contains("20"), text(range).chars().count()))
        });
    let Some(best) = best else {
        return 0..title.len();
    };
    let raw = title.get(best.clone()).unwrap_or_default();
    let lead = raw.len() - raw.trim_start().len();
    best.start + lead..best.start + lead + raw.trim().len()
}

/// A part of a written line.
fn slice(line: &Written, range: Range<usize>) -> Written {
    let text = line.text.get(range.clone()).unwrap_or_default().to_owned();
    let mut runs = vec![];
    for run in &line.runs {
        if run.text() >= range.end {
            break;
        }
        let into = range.start.saturating_sub(run.text());
        let at = run.text().saturating_sub(range.start);
        let source = run.source() + if run.exact() { into } else { 0 };
        if at == 0 {
            runs.clear();
        }
        runs.push(Run::new(at, source, run.exact()));
    }
    Written { text, runs, ..Written::default() }
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn compact_opening(body: &str) -> String {
    body.chars().filter(|c| !c.is_whitespace()).take(400).collect()
}

/// Whether the headline is written out at the beginning of the text, be it
/// over several lines.
fn stands_in(headline: &str, text: &str) -> bool {
    compact_opening(text).contains(&compact(headline))
}

fn prepend(headline: Written, body: Written) -> Written {
    let end = headline.end();
    let Written { mut text, mut runs, .. } = headline;
    push_run(&mut runs, Run::new(text.len(), end, false));
    text.push('\n');
    let shift = text.len();
    text.push_str(&body.text);
    for run in body.runs {
        push_run(&mut runs, Run::new(run.text() + shift, run.source(), run.exact()));
    }
    let place = |range: &Range<usize>| range.start + shift..range.end + shift;
    let tables = body.tables.into_iter().map(|table| table.moved(place)).collect();
    Written { text, runs, tables, ..body_rest(body.date, body.spans_ignored) }
}

fn body_rest(date: Option<String>, spans_ignored: bool) -> Written {
    Written { date, spans_ignored, ..Written::default() }
}

/// The date in the line under the headline, where that is outside of the note.
fn date_of_page(tree: &Tree, survey: &Survey, root: Id) -> Option<String> {
    let mut walk = tree.walk(ROOT);
    let mut tries = 0;
    while let Some(id) = walk.next().filter(|_| tries < 10) {
        if id == root || survey.of(id).skipped {
            walk.pass_over(id);
            continue;
        }
        let short = tree.kind(id) == Kind::Text && tree.text(id).len() <= 300;
        if short && (tree.text(id).contains("日期") || tree.text(id).contains("时间")) {
            tries += 1;
            // The date may be in an element of its own beside its name.
            let line = tree.parent(id).and_then(|id| tree.parent(id)).unwrap_or(id);
            let from = tree.walk(line).skip_while(|near| *near != id);
            let near: String = from.filter(|id| tree.kind(*id) == Kind::Text).take(3).map(|id| tree.text(id)).collect();
            if let Some(date) = hints::date_in(&near) {
                return Some(date);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests;
