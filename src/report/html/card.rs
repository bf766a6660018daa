//! What was read of a figure, as the card beside it shows it.

use super::finding::{link, shortened};
use super::text::cover;
use super::words::{as_of, carryover, flow, pick, role};
use super::writer::{Html, Name, fact, finding as named};
use crate::check::Verdict;
use crate::document::Lang;
use crate::fact::{Basis, FactId};
use crate::report::note::{FactShown, Note};
use crate::report::told::{Told, blocks};
use crate::report::words::figure_name;
use crate::report::workbook::covers;
use crate::report::workbook::words::{fund, measure, stage};
use std::collections::BTreeMap;

/// Findings that a card links to.
const MAX_LINKS: usize = 6;

/// All that cards tell.
pub(super) struct Cards<'a> {
    note: Note<'a>,
    told: &'a Told<'a>,
    /// In the order of the text.
    pub facts: Vec<FactShown<'a>>,
    /// The worst verdict on each.
    covers: Vec<Option<Verdict>>,
    /// The findings in which each stands, contradictions first.
    findings: Vec<Vec<usize>>,
    /// What those should be that are probably wrong.
    corrections: BTreeMap<FactId, String>,
}

impl<'a> Cards<'a> {
    pub fn new(note: Note<'a>, told: &'a Told<'a>) -> Self {
        let facts: Vec<FactShown> = note.facts().collect();
        let mut findings: Vec<Vec<usize>> = vec![vec![]; facts.len()];
        for (index, finding) in note.findings.list.iter().enumerate() {
            for id in &finding.facts {
                if let Some(list) = findings.get_mut(*id as usize)
                    && list.last() != Some(&index)
                {
                    list.push(index);
                }
            }
        }
        let suspects = blocks(note.findings).into_iter().filter_map(|b| b.suspect);
        let corrections = suspects.map(|s| (s.fact, told.correction(s))).filter(|(_, c)| !c.is_empty()).collect();
        Cards { note, told, facts, covers: covers(note), findings, corrections }
    }

    /// Writes a figure that says so many things, with its card.
    pub fn figure(&self, html: &mut Html, ids: &[FactId], quote: &str) {
        let Some((first, others)) = ids.split_first() else { return html.text(quote) };
        let of = |id: &FactId| self.covers.get(*id as usize).copied().flatten();
        let worst = ids.iter().filter_map(of).find(|v| *v == Verdict::Disagrees).or_else(|| of(first));
        html.put(format_args!("<span class=\"{}\">", cover(worst)));
        for id in others {
            html.put(format_args!("<span id=\"{}\"></span>", fact(*id)));
        }
        let card = Name('c', *first as usize + 1);
        let finding = ids.iter().filter_map(|id| self.findings.get(*id as usize)).flatten().next();
        html.put(format_args!("<a class=\"fig\" id=\"{}\" aria-describedby=\"{card}\" href=\"#", fact(*first)));
        match finding {
            Some(index) => html.put(format_args!("{}\">", named(*index))),
            None => html.put(format_args!("{}\">", fact(*first))),
        }
        html.text(quote);
        html.put(format_args!(
            "</a><span class=\"card\" id=\"{card}\" lang=\"{}\">",
            pick(self.note.lang, "zh-CN", "en")
        ));
        for id in ids {
            if let Some(shown) = self.facts.get(*id as usize) {
                self.card(html, shown);
            }
        }
        html.raw("</span></span>");
    }

    fn card(&self, html: &mut Html, shown: &FactShown) {
        let lang = self.note.lang;
        let f = shown.fact;
        html.element("b", &figure_name(f, lang));
        let mut field = |name: &str, value: &str| {
            html.element("i", name);
            html.element("span", &shortened(value));
        };
        let mut maybe = |zh: &'static str, en: &'static str, value: Option<&str>| {
            if let Some(value) = value.filter(|v| !v.is_empty()) {
                field(pick(lang, zh, en), value);
            }
        };
        let mut value = format!("{} {}", f.value, shown.unit.or(shown.unit_inferred).unwrap_or(""));
        if shown.unit.is_none() && shown.unit_inferred.is_some() {
            value.push_str(pick(lang, "（单位按上下文）", " (unit from the context)"));
        }
        maybe("数值", "value", Some(&value));
        let corrected = self.corrections.get(&shown.id).map(String::as_str);
        maybe("疑误", "suspect", corrected);
        let yuan = shown.yuan.filter(|_| shown.unit != Some("元")).map(|y| y.normalize().to_string());
        maybe("折合元", "in yuan", yuan.as_deref());
        maybe("种类", "measure", Some(measure(f.measure, lang)));
        maybe("概念", "concept", f.concept.as_deref());
        maybe("兼指", "also of", f.also.as_deref());
        maybe("年度", "year", f.year.map(|y| y.to_string()).as_deref());
        maybe("时点", "as of", as_of(f.as_of, lang).as_deref());
        maybe("阶段", "stage", f.stage.map(|s| stage(s, lang)));
        maybe("比较", "basis", f.basis.as_ref().map(|b| basis(b, lang)).as_deref());
        maybe("资金", "fund", f.fund.map(|v| fund(v, lang)));
        maybe("收支", "flow", f.flow.map(|v| flow(v, lang)));
        maybe("部分", "part", f.part.as_deref());
        maybe("结转", "carry-over", f.carryover.map(|c| carryover(c, lang)));
        maybe("地位", "role", f.role.map(|r| role(r, lang)));
        let parent = f.parent.and_then(|id| self.note.reading.fact(id));
        maybe("属于", "belongs to", parent.map(|p| figure_name(p, lang)).as_deref());
        maybe("属于", "within", f.within.as_deref());
        maybe("口径", "qualifier", f.qualifier.as_deref());
        maybe("原因", "reason", shown.cause);
        if let Some(cell) = &shown.cell {
            maybe("表", "table", cell.table);
            maybe("行", "row", Some(cell.row));
            maybe("栏", "column", Some(cell.column));
        }
        maybe("位置", "place", Some(&self.place(shown)));
        maybe("读法", "pattern", Some(shown.pattern));
        self.links(html, shown.id);
    }

    /// `F12 · 第5行`
    fn place(&self, shown: &FactShown) -> String {
        let id = u64::from(shown.id) + 1;
        let line = shown.line;
        match (shown.page, self.note.lang) {
            (None, Lang::Zh) => format!("F{id} · 第{line}行"),
            (None, Lang::En) => format!("F{id} · line {line}"),
            (Some(page), Lang::Zh) => format!("F{id} · 第{page}页第{line}行"),
            (Some(page), Lang::En) => format!("F{id} · page {page}, line {line}"),
        }
    }

    fn links(&self, html: &mut Html, id: FactId) {
        let Some(list) = self.findings.get(id as usize).filter(|list| !list.is_empty()) else { return };
        html.element("i", self.told.pick("检验", "findings"));
        html.raw("<span>");
        for index in list.iter().take(MAX_LINKS) {
            if let Some(finding) = self.note.findings.list.get(*index) {
                link(html, self.note.lang, *index, finding);
                html.raw(" ");
            }
        }
        if list.len() > MAX_LINKS {
            html.put(format_args!("… {}", list.len()));
        }
        html.raw("</span>");
    }
}

/// What a figure is measured against: `2023年 年初预算`.
fn basis(b: &Basis, lang: Lang) -> String {
    let year = b.year.map(|y| match lang {
        Lang::Zh => format!("{y}年"),
        Lang::En => y.to_string(),
    });
    let parts = [year.as_deref(), b.stage.map(|s| stage(s, lang)), b.whole.as_deref()];
    let mut out = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if !b.stated && !out.is_empty() {
        out.push_str(pick(lang, "（推定）", " (inferred)"));
    }
    out
}
