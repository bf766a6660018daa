//! The overview: what came out, as numbers and as bars.

use super::document::{COUNTS, VERDICTS};
use super::words::{class, meaning, pick};
use super::writer::Html;
use crate::across;
use crate::check::{RULES, Verdict};
use crate::document::Lang;
use crate::report::text::Totals;
use crate::report::workbook::words::verdict as verdict_name;

/// Length of the longest bar.
const FULL: i64 = 1000;
/// Anything that is there at all is seen.
const LEAST: i64 = 8;

/// A rule with its findings on the whole page.
pub(super) struct Rule {
    id: String,
    title: &'static str,
    between: bool,
    pub counts: [i64; COUNTS],
}

impl Rule {
    pub fn of_document(id: &str, lang: Lang) -> Self {
        let rule = RULES.iter().find(|r| r.id == id);
        let title = rule.map_or("", |r| pick(lang, r.title_zh, r.title_en));
        Rule { id: id.to_owned(), title, between: false, counts: [0; COUNTS] }
    }

    pub fn between(rule: &across::Rule, lang: Lang) -> Self {
        let title = pick(lang, rule.title_zh, rule.title_en);
        Rule { id: rule.id.to_owned(), title, between: true, counts: [0; COUNTS] }
    }

    /// What the bar shows: everything that does not agree.
    fn matter(&self) -> i64 {
        let [wrong, partial, undecided, _, _, absent] = self.counts;
        wrong + partial + undecided + absent
    }
}

/// The names of the counts.
pub(super) fn column_names(lang: Lang) -> impl Iterator<Item = &'static str> {
    VERDICTS.into_iter().map(move |v| verdict_name(v, lang)).chain([pick(lang, "未列示", "not given")])
}

/// What the overview tells.
pub(super) struct Overview<'a> {
    pub lang: Lang,
    pub totals: &'a Totals,
    pub facts: i64,
    pub counts: &'a [i64; COUNTS],
    pub between: &'a [i64; COUNTS],
}

impl Overview<'_> {
    /// The few numbers that matter most.
    pub fn tiles(&self, html: &mut Html) {
        let lang = self.lang;
        let Totals { documents, with_contradictions, contradictions, across, not_read } = *self.totals;
        let relations: i64 = self.counts.iter().take(VERDICTS.len()).sum();
        html.raw("<dl class=\"tiles\">");
        let mut tile = |class: &str, count: i64, zh, en| {
            html.put(format_args!("<div class=\"{class}\">"));
            html.element("dt", pick(lang, zh, en));
            html.put(format_args!("<dd>{count}</dd></div>"));
        };
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let bad = |n: usize| if n > 0 { "bad" } else { "good" };
        tile("", count(documents), "份文件", "documents");
        tile(bad(with_contradictions), count(with_contradictions), "份有矛盾", "with contradictions");
        tile(bad(contradictions), count(contradictions), "处矛盾", "contradictions");
        if self.between.iter().any(|n| *n > 0) {
            tile(bad(across), count(across), "处跨文件矛盾", "contradictions between documents");
        }
        tile("", relations, "项勾稽关系", "relations tested");
        tile("", self.facts, "个数字", "figures");
        if not_read > 0 {
            tile("bad", count(not_read), "个输入未能读取", "inputs not read");
        }
        html.raw("</dl>");
    }

    /// Relations by verdict: a bar, and what the verdicts mean.
    pub fn verdicts(&self, html: &mut Html) {
        let lang = self.lang;
        let counts: Vec<(Verdict, i64)> = VERDICTS.into_iter().zip(self.counts).map(|(v, n)| (v, *n)).collect();
        let total: i64 = counts.iter().map(|c| c.1).sum();
        if total == 0 {
            return;
        }
        html.element("h3", pick(lang, "勾稽关系按结论", "Relations by verdict"));
        let bars: Vec<(&str, i64)> =
            counts.iter().filter(|c| c.1 > 0).map(|(v, n)| (v.name(), length(*n, total))).collect();
        let label: Vec<String> = counts.iter().map(|(v, n)| format!("{} {n}", verdict_name(*v, lang))).collect();
        let full = bars.iter().map(|b| b.1).sum();
        bar(html, "stack", &bars, full, Some(&label.join(pick(lang, "，", ", "))));
        html.raw("<dl class=\"legend\">");
        for (verdict, count) in counts {
            html.put(format_args!("<div><dt><span class=\"tag {}\">", class(verdict)));
            html.text(verdict_name(verdict, lang));
            html.put(format_args!("</span> <b>{count}</b></dt>"));
            html.element("dd", meaning(verdict, lang));
            html.raw("</div>");
        }
        html.raw("</dl>");
    }

    /// Findings by rule: what does not agree as a bar, everything as numbers.
    pub fn rules(&self, html: &mut Html, mut rules: Vec<&Rule>) {
        if rules.is_empty() {
            return;
        }
        let lang = self.lang;
        rules.sort_by_key(|r| {
            let [wrong, partial, undecided, rounded, exact, absent] = r.counts;
            (-wrong, -(partial + undecided), -absent, -(rounded + exact), r.id.clone())
        });
        let most = rules.iter().map(|r| r.matter()).max().unwrap_or(0).max(1);
        html.raw("<section class=\"by-rule\">");
        html.element("h3", pick(lang, "检验结果按规则", "Findings by rule"));
        let (matter, agree): (Vec<&Rule>, Vec<&Rule>) = rules.into_iter().partition(|r| r.matter() > 0);
        if !matter.is_empty() {
            self.table(html, &matter, most);
        }
        if !agree.is_empty() {
            html.raw("<details class=\"rest\"><summary>");
            let n = agree.len();
            html.text(&match lang {
                Lang::Zh => format!("另有 {n} 条规则，所查各项全部相符"),
                Lang::En => format!("{n} more rule{}, in which everything agrees", if n == 1 { "" } else { "s" }),
            });
            html.raw("</summary>");
            self.table(html, &agree, most);
            html.raw("</details>");
        }
        html.raw("</section>");
    }

    fn table(&self, html: &mut Html, rules: &[&Rule], most: i64) {
        let lang = self.lang;
        html.raw("<div class=\"wide\"><table class=\"plot\"><thead><tr>");
        html.element("th scope=\"col\"", pick(lang, "规则（所查的问题）", "rule (what it looks for)"));
        html.raw("<td class=\"bar\"></td>");
        for name in column_names(lang) {
            html.element("th scope=\"col\" class=\"n\"", name);
        }
        html.raw("</tr></thead><tbody>");
        for rule in rules {
            html.raw("<tr><th scope=\"row\">");
            html.text(rule.title);
            if rule.between {
                html.raw(" ");
                html.element("span class=\"tag\"", pick(lang, "跨文件", "between documents"));
            }
            html.raw(" ");
            html.element("code", &rule.id);
            html.raw("</th><td class=\"bar\">");
            let [wrong, partial, undecided, _, _, absent] = rule.counts;
            let bars: Vec<(&str, i64)> =
                [("disagrees", wrong), ("partial", partial), ("undecided", undecided), ("absent", absent)]
                    .into_iter()
                    .filter(|b| b.1 > 0)
                    .map(|(name, n)| (name, length(n, most)))
                    .collect();
            if !bars.is_empty() {
                bar(html, "rule", &bars, FULL + LEAST * VERDICTS.len() as i64, None);
            }
            html.raw("</td>");
            for count in rule.counts {
                html.put(format_args!("<td class=\"{}\">{count}</td>", if count == 0 { "n zero" } else { "n" }));
            }
            html.raw("</tr>");
        }
        html.raw("</tbody></table></div>");
    }
}

fn length(count: i64, of: i64) -> i64 {
    (count.saturating_mul(FULL) / of.max(1)).max(LEAST)
}

/// Stretches side by side. Widths are attributes: the policy lets no style into elements.
fn bar(html: &mut Html, class: &str, bars: &[(&str, i64)], full: i64, label: Option<&str>) {
    html.put(format_args!("<svg class=\"{class}\" viewBox=\"0 0 {full} 10\" preserveAspectRatio=\"none\""));
    match label {
        Some(label) => {
            html.raw(" role=\"img\"");
            html.attribute("aria-label", label);
        }
        None => html.raw(" aria-hidden=\"true\""),
    }
    html.raw(">");
    let mut at = 0;
    for (name, width) in bars {
        html.put(format_args!("<rect class=\"v-{name}\" x=\"{at}\" width=\"{width}\" height=\"10\"/>"));
        at += width;
    }
    html.raw("</svg>");
}
