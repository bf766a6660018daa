//! The closing part of a report: what documents say of each other's figures.

use super::Counts;
use crate::across::{Equation, Finding, Library, Shown, Source};
use crate::check::Verdict;
use crate::document::Lang;
use crate::fact::Measure;
use crate::report::text::snippet::snippet;
use crate::report::text::style::{BOLD, Blanks, DIM, NOTE, RIGHT, WRONG, width};
use crate::report::text::{Look, wrap};
use crate::report::told::Mark;
use crate::report::words::{clean, kind_name, slip_name};
use std::fmt::Write as _;

/// The heading above the first finding.
#[must_use]
pub fn heading(look: Look, lang: Lang) -> String {
    let title = match lang {
        Lang::Zh => "跨文件勾稽",
        Lang::En => "between documents",
    };
    format!("{} {}\n", look.paint(BOLD, "◆"), look.paint(BOLD, title))
}

/// The line below the last finding.
#[must_use]
pub fn close(counts: Counts, look: Look, lang: Lang) -> String {
    let Counts { disagree, agree, undecided } = counts;
    let all = counts.all();
    let line = match lang {
        Lang::Zh => format!("跨文件勾稽关系 {all} 项：矛盾 {disagree}，相符 {agree}，未定 {undecided}"),
        Lang::En => {
            format!("{all} relations between documents: {disagree} disagree, {agree} agree, {undecided} undecided")
        }
    };
    let style = if disagree > 0 { WRONG } else { RIGHT };
    format!("  {}\n", look.paint(style, &line))
}

/// What is told of a finding: of a contradiction both sentences, the arithmetic and the figure that is
/// most likely wrong; of one that can't be decided a line; nothing of one that agrees.
#[must_use]
pub fn finding_text(library: &mut Library, finding: &Finding, number: usize, look: Look, lang: Lang) -> String {
    match finding.verdict {
        Verdict::Disagrees => contradiction(library, finding, number, look, lang),
        Verdict::Undecided | Verdict::Partial => {
            let mark = if lang == Lang::Zh { "未定 " } else { "undecided: " };
            let line = clean(&finding.message(library, lang)).into_owned();
            let line = match finding.equation(library) {
                equation if equation.is_empty() => line,
                equation => format!("{line} {equation}"),
            };
            let mut out = String::new();
            for (n, line) in wrap(&format!("{mark}{line}"), look.width.saturating_sub(4)).iter().enumerate() {
                let _ = writeln!(out, "{}{}", Blanks(if n == 0 { 2 } else { 4 }), look.paint(DIM, line));
            }
            out
        }
        Verdict::Exact | Verdict::Rounded => String::new(),
    }
}

fn contradiction(library: &mut Library, finding: &Finding, number: usize, look: Look, lang: Lang) -> String {
    let figures: Vec<Shown> = finding.equation.figures().iter().filter_map(|at| library.shown(*at)).collect();
    let mut out = String::new();
    let rule = finding.rule;
    let label = figures.first().map_or("", |s| s.label.as_str());
    let (title, colon) = match lang {
        Lang::Zh => (rule.title_zh, "："),
        Lang::En => (rule.title_en, ": "),
    };
    let mark = format!("✗ {number}");
    let indent = width(&mark) + 1;
    let headline = clean(&format!("{label}{colon}{title}")).into_owned();
    for (n, line) in wrap(&headline, look.width.saturating_sub(indent)).iter().enumerate() {
        let lead = if n == 0 { format!("{} ", look.paint(WRONG, &mark)) } else { Blanks(indent).to_string() };
        let _ = writeln!(out, "{lead}{}", look.paint(BOLD, line));
    }
    let _ = writeln!(out, "{}{}", Blanks(indent), look.paint(DIM, rule.id));
    for document in &finding.documents {
        let here: Vec<&Shown> = figures.iter().filter(|s| s.at.document == *document).collect();
        let Some(first) = here.first() else { continue };
        let _ = writeln!(out, "  {}", look.paint(NOTE, &head(&first.source, lang)));
        sentences(&mut out, &here, finding, look, lang);
    }
    arithmetic(&mut out, &figures, finding, library, look, lang);
    for (n, suspect) in finding.suspects.iter().enumerate() {
        let slip = suspect.slip.and_then(|s| slip_name(s, lang));
        let told = clean(&suspect.told(library, lang)).into_owned();
        let lead = match (n, lang) {
            (0, _) => "",
            (_, Lang::Zh) => "或 ",
            (_, Lang::En) => "or ",
        };
        let told = match (slip, lang) {
            (None, _) => format!("{lead}{told}"),
            (Some(slip), Lang::Zh) => format!("{lead}{told}（{slip}）"),
            (Some(slip), Lang::En) => format!("{lead}{told} ({slip})"),
        };
        for line in wrap(&told, look.width.saturating_sub(6)) {
            let _ = writeln!(out, "    {}", look.paint(if n == 0 { NOTE } else { DIM }, &line));
        }
    }
    out.push('\n');
    out
}

/// `清溪县水利局 · 2024年度 · 部门预算公开说明  2024.txt`
fn head(source: &Source, lang: Lang) -> String {
    let mut parts: Vec<String> = source.organization.iter().map(|o| clean(o).into_owned()).collect();
    parts.extend(source.fiscal_year.map(|y| match lang {
        Lang::Zh => format!("{y}年度"),
        Lang::En => y.to_string(),
    }));
    parts.push(kind_name(source.kind, lang).to_owned());
    format!("{}  {}", parts.join(" · "), clean(&source.id))
}

/// The sentences of a document with its figures underlined.
fn sentences(out: &mut String, here: &[&Shown], finding: &Finding, look: Look, lang: Lang) {
    let mut told: Vec<&str> = vec![];
    for shown in here {
        if told.contains(&shown.sentence.as_str()) {
            continue;
        }
        told.push(&shown.sentence);
        let mut marks: Vec<Mark> = here
            .iter()
            .filter(|s| s.sentence == shown.sentence)
            .map(|s| Mark {
                start: s.range.0,
                end: s.range.1,
                line: s.line,
                fact: Some(s.fact),
                wrong: finding.suspects.first().filter(|x| x.figure == s.at).map(|x| {
                    let unit = s.unit.as_deref().unwrap_or("");
                    match lang {
                        Lang::Zh => format!("疑应作 {}{unit}", x.suggested),
                        Lang::En => format!("probably {}{unit}", x.suggested),
                    }
                }),
            })
            .collect();
        marks.sort_by_key(|m| m.start);
        marks.dedup_by_key(|m| m.start);
        snippet(out, look, &shown.sentence, (0, shown.sentence.len()), &marks);
    }
}

/// The figures under each other, and what they come to.
fn arithmetic(out: &mut String, figures: &[Shown], finding: &Finding, library: &Library, look: Look, lang: Lang) {
    let unit = library.unit(finding.unit).unwrap_or("").to_owned();
    let mut rows: Vec<(&str, String, String)> = vec![];
    for (n, s) in figures.iter().enumerate() {
        let sign = match (&finding.equation, n) {
            (Equation::Sum { .. }, 0) => "≠",
            (Equation::Sum { .. }, n) if n > 1 => "+",
            _ => "",
        };
        let value = format!("{} {}", s.value, s.unit.as_deref().unwrap_or(""));
        let measure = match (s.measure, lang) {
            (Measure::Change, Lang::Zh) => "变动",
            (Measure::Change, Lang::En) => " change",
            (Measure::Growth, Lang::Zh) => "增减率",
            (Measure::Growth, Lang::En) => " growth",
            _ => "",
        };
        let place = match lang {
            Lang::Zh => format!("第{}行", s.line),
            Lang::En => format!("line {}", s.line),
        };
        let name = format!("{} {}{measure}  {} {place}", s.year, clean(&s.label), clean(&s.source.id));
        rows.push((sign, value, name));
    }
    // A sum reads downwards: parts, result, what is stated.
    if matches!(finding.equation, Equation::Sum { .. }) && !rows.is_empty() {
        rows.rotate_left(1);
        let computed = finding.computed.map(|c| format!("{} {unit}", c.normalize())).unwrap_or_default();
        let result = if lang == Lang::Zh { "计算所得" } else { "computed" };
        let at = rows.len().saturating_sub(1);
        rows.insert(at, ("=", computed, result.to_owned()));
    }
    let column = rows.iter().map(|(_, v, _)| width(v)).max().unwrap_or(0);
    for (sign, value, name) in rows {
        let gap = Blanks(column.saturating_sub(width(&value)));
        let sign = if sign.is_empty() { " " } else { sign };
        let lead = format!("    {sign} {gap}{value}  ");
        let room = look.width.saturating_sub(width(&lead)).max(20);
        for (n, line) in wrap(&name, room).iter().enumerate() {
            let lead = if n == 0 { lead.clone() } else { Blanks(width(&lead)).to_string() };
            let _ = writeln!(out, "{lead}{line}");
        }
    }
    let (difference, tolerance) = (finding.difference.unwrap_or_default(), finding.tolerance.unwrap_or_default());
    let unit = if matches!(finding.equation, Equation::Growth { .. }) {
        if lang == Lang::Zh { "个百分点" } else { " percentage points" }
    } else {
        unit.as_str()
    };
    let line = match lang {
        Lang::Zh => {
            format!("差额 {}{unit}；印出的位数至多能解释 {}{unit}", difference.normalize(), tolerance.normalize())
        }
        Lang::En => format!(
            "difference {}{unit}; rounding as printed explains {}{unit} at most",
            difference.normalize(),
            tolerance.normalize()
        ),
    };
    for line in wrap(&line, look.width.saturating_sub(6)) {
        let _ = writeln!(out, "    {}", look.paint(DIM, &line));
    }
}
