//! Findings between documents. Each figure leads into its own document's note.

use super::excerpt::part_of;
use super::words::{class, pick};
use super::writer::Html;
use crate::across::{Equation, Finding, Library, Shown, Source};
use crate::document::Lang;
use crate::fact::Measure;
use crate::report::words::{kind_name, slip_name};
use crate::report::workbook::words::verdict as verdict_name;
use rust_decimal::Decimal;

/// The place of a figure in its document.
fn place(s: &Shown) -> String {
    format!("d{}-f{}", u64::from(s.at.document) + 1, u64::from(s.fact) + 1)
}

/// A contradiction: both sentences, the figures under each other, what should be changed.
pub(super) fn contradiction(html: &mut Html, library: &mut Library, finding: &Finding, number: i64, lang: Lang) {
    let figures: Vec<Shown> = finding.equation.figures().iter().filter_map(|at| library.shown(*at)).collect();
    html.put(format_args!("<article class=\"block bad\" id=\"x{number}\"><h3>"));
    if let Some(first) = figures.first() {
        html.text(&first.label);
        html.text(pick(lang, "：", ": "));
    }
    html.text(pick(lang, finding.rule.title_zh, finding.rule.title_en));
    html.raw(" ");
    html.element("code", finding.rule.id);
    html.raw("</h3>");
    for document in &finding.documents {
        let here: Vec<&Shown> = figures.iter().filter(|s| s.at.document == *document).collect();
        let Some(first) = here.first() else { continue };
        html.put(format_args!("<p class=\"from\"><a href=\"#d{}\">", u64::from(*document) + 1));
        source(html, &first.source, lang);
        html.raw("</a></p>");
        sentences(html, &here, finding, lang);
    }
    table(html, &figures, finding, library, lang);
    difference(html, finding, library, lang);
    for (n, suspect) in finding.suspects.iter().enumerate() {
        html.raw(if n == 0 { "<p class=\"many\">" } else { "<p class=\"other\">" });
        if n > 0 {
            html.text(pick(lang, "或 ", "or "));
        }
        html.text(&suspect.told(library, lang));
        if let Some(slip) = suspect.slip.and_then(|s| slip_name(s, lang)) {
            html.text(pick(lang, "（", " ("));
            html.text(slip);
            html.text(pick(lang, "）", ")"));
        }
        html.raw("</p>");
    }
    html.raw("</article>\n");
}

/// What agrees or cannot be decided, in a line.
pub(super) fn line(html: &mut Html, library: &mut Library, finding: &Finding, number: i64, lang: Lang) {
    html.put(format_args!("<li id=\"x{number}\"><span class=\"tag {}\">", class(finding.verdict)));
    html.text(verdict_name(finding.verdict, lang));
    html.raw("</span> ");
    html.text(&finding.message(library, lang));
    html.raw(" ");
    html.element("span class=\"eq\"", &finding.equation(library));
    html.raw(" ");
    html.element("code", finding.rule.id);
    for at in finding.equation.figures().iter().take(12) {
        if let Some(shown) = library.shown(*at) {
            html.put(format_args!(" <a href=\"#{}\">", place(&shown)));
            html.text(&format!("{} {}", shown.year, shown.label));
            html.raw("</a>");
        }
    }
    html.raw("</li>\n");
}

/// `清溪县水利局 · 2024年度 · 部门预算公开说明 · 2024.txt`
fn source(html: &mut Html, source: &Source, lang: Lang) {
    if let Some(organization) = &source.organization {
        html.element("bdi", organization);
        html.text(" · ");
    }
    if let Some(year) = source.fiscal_year {
        html.text(&match lang {
            Lang::Zh => format!("{year}年度 · "),
            Lang::En => format!("{year} · "),
        });
    }
    html.text(kind_name(source.kind, lang));
    html.text(" · ");
    html.element("bdi", &source.id);
}

fn sentences(html: &mut Html, here: &[&Shown], finding: &Finding, lang: Lang) {
    let mut told: Vec<&str> = vec![];
    for shown in here {
        if told.contains(&shown.sentence.as_str()) {
            continue;
        }
        told.push(&shown.sentence);
        let mut marks: Vec<&&Shown> = here.iter().filter(|s| s.sentence == shown.sentence).collect();
        marks.sort_by_key(|s| s.range);
        marks.dedup_by_key(|s| s.range);
        html.put(format_args!("<figure class=\"sent\"><figcaption><a class=\"at\" href=\"#{}\">", place(shown)));
        line_number(html, shown.line, lang);
        html.raw("</a></figcaption><p lang=\"zh-CN\">");
        let mut at = 0;
        for s in marks {
            if s.range.0 < at {
                continue;
            }
            part_of(html, &shown.sentence, (at, s.range.0), at > 0);
            let suspect = finding.suspects.first().filter(|x| x.figure == s.at);
            html.put(format_args!(
                "<a class=\"{}\" href=\"#{}\">",
                if suspect.is_some() { "fig wrong" } else { "fig" },
                place(s)
            ));
            html.text(&s.quote);
            html.raw("</a>");
            if let Some(suspect) = suspect {
                let unit = s.unit.as_deref().unwrap_or("");
                html.element(
                    "span class=\"fix\"",
                    &match lang {
                        Lang::Zh => format!("疑应作 {}{unit}", suspect.suggested),
                        Lang::En => format!("probably {}{unit}", suspect.suggested),
                    },
                );
            }
            at = s.range.1;
        }
        part_of(html, &shown.sentence, (at, shown.sentence.len()), true);
        html.raw("</p></figure>");
    }
}

fn line_number(html: &mut Html, line: u32, lang: Lang) {
    html.text(&match lang {
        Lang::Zh => format!("第{line}行"),
        Lang::En => format!("line {line}"),
    });
}

/// The figures under each other: parts, what they come to, what is stated.
fn table(html: &mut Html, figures: &[Shown], finding: &Finding, library: &Library, lang: Lang) {
    html.raw("<div class=\"wide\"><table class=\"sum\">");
    html.element("caption class=\"hide\"", pick(lang, "算式", "arithmetic"));
    let Some((stated, others)) = figures.split_first() else { return html.raw("</table></div>") };
    for (n, shown) in others.iter().enumerate() {
        let sign = match (&finding.equation, n) {
            (Equation::Sum { .. }, 1..) => "+",
            (Equation::Growth { .. }, 0) => "(",
            (Equation::Growth { .. }, 1) => "−",
            _ => "",
        };
        row(html, sign, shown, "", lang);
        if matches!(finding.equation, Equation::Growth { .. }) && n == 1 {
            row(html, ") ÷", shown, "", lang);
        }
    }
    if let Some(computed) = finding.computed.filter(|_| !matches!(finding.equation, Equation::Equal { .. })) {
        html.put(format_args!(
            "<tr class=\"line\"><td class=\"sign\">=</td><td class=\"n\">{}</td>",
            like(computed, stated.value)
        ));
        html.element("td class=\"u\"", library.unit(finding.unit).unwrap_or(""));
        html.element("th scope=\"row\"", pick(lang, "算得", "computed"));
        html.raw("<td></td></tr>");
    }
    row(html, crate::report::told::verdict_sign(finding.verdict), stated, pick(lang, "文中作：", "stated: "), lang);
    html.raw("</table></div>");
}

/// A computed value with at least the places of a printed one.
fn like(computed: Decimal, printed: Decimal) -> Decimal {
    let mut value = computed.normalize();
    if value.scale() < printed.scale() {
        value.rescale(printed.scale());
    }
    value
}

fn row(html: &mut Html, sign: &str, s: &Shown, before: &str, lang: Lang) {
    html.raw("<tr>");
    html.element("td class=\"sign\"", sign);
    html.put(format_args!("<td class=\"n\"><a href=\"#{}\">{}</a></td>", place(s), s.value));
    html.element("td class=\"u\"", s.unit.as_deref().unwrap_or(""));
    let measure = match s.measure {
        Measure::Change => pick(lang, "变动", " change"),
        Measure::Growth => pick(lang, "增减率", " growth"),
        _ => "",
    };
    html.element("th scope=\"row\"", &format!("{before}{} {}{measure}", s.year, s.label));
    html.raw("<td class=\"at\">");
    html.element("bdi", &s.source.id);
    html.raw(" ");
    line_number(html, s.line, lang);
    html.raw("</td></tr>");
}

fn difference(html: &mut Html, finding: &Finding, library: &Library, lang: Lang) {
    let Some(difference) = finding.difference.filter(|d| !d.is_zero()) else { return };
    let unit = match finding.equation {
        Equation::Growth { .. } => pick(lang, "个百分点", " percentage points"),
        _ => library.unit(finding.unit).unwrap_or(""),
    };
    let mut line = match lang {
        Lang::Zh => format!("相差 {}{unit}", difference.normalize()),
        Lang::En => format!("difference {}{unit}", difference.normalize()),
    };
    if let Some(tolerance) = finding.tolerance.filter(|t| !t.is_zero()) {
        line.push_str(&match lang {
            Lang::Zh => format!("；按所印位数，四舍五入至多差 {}{unit}", tolerance.normalize()),
            Lang::En => format!("; rounding as printed explains {}{unit} at most", tolerance.normalize()),
        });
    }
    html.element("p class=\"dif\"", &line);
}
