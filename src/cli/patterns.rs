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
    about: &'a str,
    template: &'a str,
    examples: usize,
    counterexamples: usize,
    file: &'a str,
    line: usize,
}

/// `gouji patterns list`
pub(super) fn list(packs: &Packs, format: ExplainFormat, mut out: impl Write) -> io::Result<Exit> {
    let lines: Vec<Line> = packs
        .patterns
        .iter()
        .map(|p| Line {
            id: &p.id,
            about: &p.about,
            template: &p.template,
            examples: p.examples.len(),
            counterexamples: p.counterexamples.len(),
            file: &p.file,
            line: p.line,
        })
        .collect();
    match format {
        ExplainFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &lines)?;
            writeln!(out)?;
        }
        ExplainFormat::Text => {
            let column = lines.iter().map(|l| l.id.len()).max().unwrap_or(0);
            for l in &lines {
                writeln!(out, "{:<column$}  {}  {}:{}", l.id, l.template, l.file, l.line)?;
            }
        }
    }
    out.flush()?;
    Ok(Exit::Agree)
}

/// `gouji patterns test`
pub(super) fn test(packs: &Packs, only: Option<&str>, lang: Lang, mut out: impl Write) -> io::Result<Exit> {
    let tested = test_patterns(packs, only);
    if tested.patterns == 0 {
        let only = only.unwrap_or("");
        complain(&match lang {
            Lang::Zh => format!("没有名称以 {only} 开头的模式；全部模式见 gouji patterns list"),
            Lang::En => format!("no pattern's id begins with {only}; gouji patterns list has them all"),
        });
        return Ok(Exit::Usage);
    }
    for failure in &tested.failures {
        writeln!(out, "✗ {}", failure.message(lang))?;
    }
    let (p, e, c, f) = (tested.patterns, tested.examples, tested.counterexamples, tested.failures.len());
    match lang {
        Lang::Zh => writeln!(out, "{p} 个模式，{e} 个示例，{c} 个反例；{f} 处不符")?,
        Lang::En => writeln!(out, "{p} patterns, {e} examples, {c} counterexamples; {f} failed")?,
    }
    if f == 0 {
        writeln!(out, "{}", pick(lang, "✓ 全部通过", "✓ all pass"))?;
    }
    out.flush()?;
    Ok(if f == 0 { Exit::Agree } else { Exit::Usage })
}
