//! Findings of a document: those that matter with their sentences and arithmetic, the others a line each.

use super::arithmetic::{Links, difference, is_sum, names, rows, table};
use super::excerpt::{Shown, excerpt};
use super::words::{about, class, colon, pick};
use super::writer::{Html, Name, OPEN, fact, finding as named};
use crate::check::{Finding, Findings, Verdict};
use crate::document::Lang;
use crate::fact::FactId;
use crate::report::note::Note;
use crate::report::told::{Block, Told, blocks};
use crate::report::workbook::words::verdict as verdict_name;
use std::collections::BTreeMap;

/// Sentences shown of one block.
const MAX_SENTENCES: usize = 8;

/// So many findings that are no errors are unfolded, where there are few documents.
const FEW: usize = 12;

/// Writes all findings of a document.
pub(super) fn findings(html: &mut Html, note: Note, told: &Told) {
    let index: BTreeMap<*const Finding, usize> =
        note.findings.list.iter().enumerate().map(|(n, f)| (std::ptr::from_ref(f), n)).collect();
    let list = List { note, told, index };
    list.contradictions(html, note.findings);
    list.open(html, Verdict::Partial);
    list.open(html, Verdict::Undecided);
    list.absences(html);
    list.hushed(html);
    list.confirmed(html);
}

struct List<'a> {
    note: Note<'a>,
    told: &'a Told<'a>,
    /// Blocks hold findings out of order.
    index: BTreeMap<*const Finding, usize>,
}

impl List<'_> {
    fn index_of(&self, finding: &Finding) -> usize {
        self.index.get(&std::ptr::from_ref(finding)).copied().unwrap_or(0)
    }

    fn heading(&self, html: &mut Html, title: &str) {
        html.element("h3", title);
    }

    fn title(&self, finding: &Finding) -> &'static str {
        title(self.note.lang, finding)
    }

    fn contradictions(&self, html: &mut Html, findings: &Findings) {
        let blocks = blocks(findings);
        if blocks.is_empty() {
            return;
        }
        html.raw("<section class=\"list\">");
        let count: usize = blocks.iter().map(|b| b.findings.len()).sum();
        self.heading(
            html,
            &match self.note.lang {
                Lang::Zh => format!("矛盾 {count} 处"),
                Lang::En => format!("{count} contradiction{}", if count == 1 { "" } else { "s" }),
            },
        );
        for (n, block) in blocks.iter().enumerate() {
            html.put(format_args!("<article class=\"block bad\" id=\"{}\">", Name('b', n + 1)));
            html.element("h4", &self.told.headline(block));
            if block.findings.len() > 1 {
                let n = block.findings.len();
                html.element(
                    "p class=\"many\"",
                    &match self.note.lang {
                        Lang::Zh => format!("这一个数字有误，就能解释以下 {n} 处矛盾"),
                        Lang::En => format!("this one wrong figure explains {n} contradictions"),
                    },
                );
            }
            self.block(html, n, block, "h5");
            let others = self.told.otherwise(block);
            if !others.is_empty() {
                html.raw("<div class=\"other\">");
                html.element(
                    "p",
                    pick(self.note.lang, "若该数字无误，则或为：", "If that figure is right, then perhaps:"),
                );
                html.raw("<ul>");
                for other in others {
                    html.element("li", &other);
                }
                html.raw("</ul></div>");
            }
            html.raw("</article>");
        }
        html.raw("</section>");
    }

    /// The sentences of a block, then each finding's arithmetic; figures lead from the one to the other.
    fn block(&self, html: &mut Html, number: usize, block: &Block, heading: &str) {
        let laid_out: Vec<_> = block
            .findings
            .iter()
            .map(|f| {
                let rows = rows(self.told, f);
                let names = names(&rows, self.index_of(f));
                (*f, rows, names)
            })
            .collect();
        let mut sentences = BTreeMap::new();
        let all = self.told.sentences(block);
        let hidden = all.len().saturating_sub(MAX_SENTENCES);
        for sentence in all.into_iter().take(MAX_SENTENCES) {
            let leads = |id: FactId| match laid_out.iter().find_map(|(.., names)| names.get(&id)) {
                Some(name) => name.clone(),
                None => fact(id).to_string(),
            };
            let name = |id: FactId| format!("{}-{}", Name('s', number + 1), u64::from(id) + 1);
            let first = sentence.marks.iter().find_map(|m| m.fact);
            let section = first.and_then(|id| self.note.reading.fact(id));
            let place = first.map(|id| self.told.place_of(id)).unwrap_or_default();
            let headings = self.note.headings(section.and_then(|f| f.section));
            let shown =
                Shown { text: &self.note.document.text, sentence: &sentence, place: &place, headings: &headings };
            excerpt(html, &shown, &leads, &name);
            sentences.extend(sentence.marks.iter().filter_map(|m| m.fact).map(|id| (id, name(id))));
        }
        if hidden > 0 {
            html.element(
                "p class=\"more\"",
                &match self.note.lang {
                    Lang::Zh => format!("另有 {hidden} 句，所在行见下表"),
                    Lang::En => format!("{hidden} more sentences; their lines are given below"),
                },
            );
        }
        for (finding, rows, names) in &laid_out {
            html.raw("<div class=\"finding\"");
            html.attribute_name(named(self.index_of(finding)));
            html.raw(">");
            html.put(format_args!("<{heading} class=\"rule\">"));
            html.text(self.title(finding));
            html.raw(" ");
            html.element("code", finding.rule.id);
            html.put(format_args!("</{heading}>"));
            if !is_sum(finding) {
                html.element("p class=\"eq\"", &finding.equation(self.note.reading));
            }
            let links = Links { rows: names, sentences: &sentences };
            table(html, self.told, rows, block.suspect, &links);
            difference(html, self.told, finding);
            html.raw("</div>");
        }
    }

    /// Lists that are not complete, and what could not be decided.
    fn open(&self, html: &mut Html, verdict: Verdict) {
        let list: Vec<&Finding> =
            self.note.findings.list.iter().filter(|f| f.verdict == verdict && !f.is_absence()).collect();
        let n = list.len();
        if n == 0 {
            return;
        }
        html.raw("<section class=\"list\">");
        let title = match (verdict, self.note.lang) {
            (Verdict::Partial, Lang::Zh) => format!("未列全 {n} 项（只列出部分项目，不算错误）"),
            (Verdict::Partial, Lang::En) => format!("{n} partial (only some items are listed: no error)"),
            (_, Lang::Zh) => format!("未定 {n} 项（缺少条件，无法检验）"),
            (_, Lang::En) => format!("{n} undecided (an input is missing)"),
        };
        self.heading(html, &title);
        // The sentences of contradictions come first.
        let from = self.note.findings.list.len();
        for finding in list {
            let index = self.index_of(finding);
            match n {
                ..=FEW => html.put(format_args!("<details class=\"block open\"{OPEN}><summary>")),
                _ => html.raw("<details class=\"block open\"><summary>"),
            }
            let first = finding.facts.first().copied();
            html.element("span class=\"at\"", &first.map(|id| self.told.place_of(id)).unwrap_or_default());
            html.raw(" ");
            let what = match verdict {
                Verdict::Partial => self.told.partial(finding),
                _ => finding.message(self.note.packs, self.note.reading, self.note.lang),
            };
            html.text(&what);
            html.raw("</summary>");
            self.block(html, from + index, &Block { suspect: None, findings: vec![finding] }, "h4");
            html.raw("</details>");
        }
        html.raw("</section>");
    }

    /// What the disclosure rules require and the note does not give.
    fn absences(&self, html: &mut Html) {
        let n = self.note.findings.absences().count();
        if n == 0 {
            return;
        }
        html.raw("<section class=\"list\">");
        self.heading(
            html,
            &match self.note.lang {
                Lang::Zh => format!("公开规定要求而说明中未见 {n} 项"),
                Lang::En => format!("{n} required by the disclosure rules and not given"),
            },
        );
        html.raw("<ul class=\"absent\">");
        for finding in self.note.findings.absences() {
            html.raw("<li");
            html.attribute_name(named(self.index_of(finding)));
            html.raw(">");
            html.text(&finding.message(self.note.packs, self.note.reading, self.note.lang));
            html.raw(" ");
            html.element("code", finding.rule.id);
            self.facts(html, finding);
            html.raw("</li>");
        }
        html.raw("</ul></section>");
    }

    /// Contradictions that the user's settings make little of.
    fn hushed(&self, html: &mut Html) {
        let list: Vec<&Finding> =
            self.note.findings.list.iter().filter(|f| f.verdict == Verdict::Disagrees && !f.is_told()).collect();
        let n = list.len();
        let title = match self.note.lang {
            Lang::Zh => format!("按设置不作矛盾提示 {n} 项"),
            Lang::En => format!("{n} contradictions that the settings make little of"),
        };
        self.lines(html, &title, &list);
    }

    fn confirmed(&self, html: &mut Html) {
        let agrees = |v: Verdict| matches!(v, Verdict::Exact | Verdict::Rounded);
        let list: Vec<&Finding> = self.note.findings.list.iter().filter(|f| agrees(f.verdict)).collect();
        let (exact, rounded) = (self.note.findings.count(Verdict::Exact), self.note.findings.count(Verdict::Rounded));
        let title = match self.note.lang {
            Lang::Zh => format!("相符 {exact} 项，尾差 {rounded} 项"),
            Lang::En => format!("{exact} exact, {rounded} rounded"),
        };
        self.lines(html, &title, &list);
    }

    /// A folded table with a line a finding.
    fn lines(&self, html: &mut Html, title: &str, list: &[&Finding]) {
        if list.is_empty() {
            return;
        }
        let lang = self.note.lang;
        html.raw("<details class=\"lines\"><summary>");
        html.element("h3", title);
        html.raw("</summary><div class=\"wide\"><table>");
        html.element("caption class=\"hide\"", title);
        html.raw("<thead><tr>");
        for (zh, en) in
            [("行", "line"), ("结论", "verdict"), ("勾稽关系", "relation"), ("等式", "equation"), ("数字", "figures")]
        {
            html.element("th scope=\"col\"", pick(lang, zh, en));
        }
        html.raw("</tr></thead><tbody>");
        for finding in list {
            html.raw("<tr");
            html.attribute_name(named(self.index_of(finding)));
            html.raw("><td>");
            if let Some(first) = finding.facts.first() {
                html.element("span class=\"at\"", &self.told.place_of(*first));
            }
            html.put(format_args!("</td><td><span class=\"tag {}\">", class(finding.verdict)));
            html.text(verdict_name(finding.verdict, lang));
            html.raw("</span></td><td>");
            html.text(self.title(finding));
            html.raw("<br>");
            html.element("code", finding.rule.id);
            html.raw("</td>");
            html.element("td class=\"eq\"", &shortened(&finding.equation(self.note.reading)));
            html.raw("<td>");
            self.facts(html, finding);
            html.raw("</td></tr>");
        }
        html.raw("</tbody></table></div></details>");
    }

    /// Links to the figures of a finding in the note.
    fn facts(&self, html: &mut Html, finding: &Finding) {
        /// More lead nowhere that the first do not.
        const MOST: usize = 12;
        for id in finding.facts.iter().take(MOST) {
            html.put(format_args!(" <a href=\"#{}\">", fact(*id)));
            html.text(&self.told.name(*id, &finding.facts));
            html.raw("</a>");
        }
        if let Some(more) = finding.facts.len().checked_sub(MOST).filter(|more| *more > 0) {
            html.element(
                "span class=\"more\"",
                &match self.note.lang {
                    Lang::Zh => format!(" 另 {more} 个"),
                    Lang::En => format!(" {more} more"),
                },
            );
        }
    }
}

/// What is wrong by a contradiction or an absence, what is tested by anything else.
fn title(lang: Lang, finding: &Finding) -> &'static str {
    if finding.verdict == Verdict::Disagrees || finding.is_absence() {
        pick(lang, finding.rule.title_zh, finding.rule.title_en)
    } else {
        about(finding.rule.family(), lang)
    }
}

/// A sum of a thousand items, or a reason that goes on for a page, is told by its beginning.
pub(super) fn shortened(equation: &str) -> String {
    const MOST: usize = 240;
    match equation.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", equation.get(..end).unwrap_or("")),
        None => equation.to_owned(),
    }
}

/// A finding in a line of links: its verdict and its rule.
pub(super) fn link(html: &mut Html, lang: Lang, index: usize, finding: &Finding) {
    html.put(format_args!("<a class=\"tag {}\" href=\"#{}\">", class(finding.verdict), named(index)));
    if finding.is_absence() {
        html.text(pick(lang, "未列示", "not given"));
    } else {
        html.text(verdict_name(finding.verdict, lang));
    }
    html.text(colon(lang));
    html.text(title(lang, finding));
    html.raw("</a>");
}
