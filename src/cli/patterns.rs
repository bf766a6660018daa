//! `gouji patterns`: what the packs hold, and whether it holds true.

use super::args::ExplainFormat;
use super::examples::test_patterns;
use super::lang::pick;
use super::{Exit, complain};
use crate::document::Lang;
use crate::pattern::Packs;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    /// Of patterns.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'a str>,
    /// Of patterns.
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<&'a str>,
    /// Of topics.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a [String]>,
    examples: usize,
    counterexamples: usize,
    file: &'a str,
    line: usize,
}

/// `gouji patterns list`
pub(super) fn list(packs: &Packs, format: ExplainFormat, mut out: impl Write) -> io::Result<Exit> {
    let patterns = packs.patterns.iter().map(|p| Line {
        id: &p.id,
        about: Some(&p.about),
        template: Some(&p.template),
        words: None,
        examples: p.examples.len(),
        counterexamples: p.counterexamples.len(),
        file: &p.file,
        line: p.line,
    });
    let topics = packs.topics.iter().map(|t| Line {
        id: &t.id,
        about: None,
        template: None,
        words: Some(&t.written),
        examples: t.examples.len(),
        counterexamples: t.counterexamples.len(),
        file: &t.file,
        line: t.line,
    });
    let lines: Vec<Line> = patterns.chain(topics).collect();
    match format {
        ExplainFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &lines)?;
            writeln!(out)?;
        }
        ExplainFormat::Text => {
            let column = lines.iter().map(|l| l.id.len()).max().unwrap_or(0);
            for l in &lines {
                let words = l.words.map(|w| w.join("、")).unwrap_or_default();
                writeln!(out, "{:<column$}  {}  {}:{}", l.id, l.template.unwrap_or(&words), l.file, l.line)?;
            }
        }
    }
    out.flush()?;
    Ok(Exit::Agree)
}

/// `gouji patterns test`
pub(super) fn test(packs: &Packs, only: Option<&str>, lang: Lang, mut out: impl Write) -> io::Result<Exit> {
    let tested = test_patterns(packs, only);
    if tested.patterns + tested.topics == 0 {
        let only = only.unwrap_or("");
        complain(&match lang {
            Lang::Zh => format!("没有名称以 {only} 开头的模式或话题；全部名称见 gouji patterns list"),
            Lang::En => format!("no pattern's or topic's id begins with {only}; gouji patterns list has them all"),
        });
        return Ok(Exit::Usage);
    }
    for failure in &tested.failures {
        writeln!(out, "✗ {}", failure.message(lang))?;
    }
    let kinds = [(tested.patterns, "个模式，", "patterns, "), (tested.topics, "个话题，", "topics, ")];
    for (count, zh, en) in kinds.into_iter().filter(|(count, ..)| *count > 0) {
        write!(out, "{count} {}", pick(lang, zh, en))?;
    }
    let (e, c, f) = (tested.examples, tested.counterexamples, tested.failures.len());
    match lang {
        Lang::Zh => writeln!(out, "{e} 个示例，{c} 个反例；{f} 处不符")?,
        Lang::En => writeln!(out, "{e} examples, {c} counterexamples; {f} failed")?,
    }
    if f == 0 {
        writeln!(out, "{}", pick(lang, "✓ 全部通过", "✓ all pass"))?;
    }
    out.flush()?;
    Ok(if f == 0 { Exit::Agree } else { Exit::Usage })
}
