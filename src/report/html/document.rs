//! A document's part of the page, and what the overview tells of it.

use super::card::Cards;
use super::finding::findings;
use super::text::{full_text, unexplained};
use super::words::{class, pick};
use super::writer::{Html, NUMBER};
use crate::Analysis;
use crate::check::Verdict;
use crate::document::Lang;
use crate::pattern::Packs;
use crate::report::cells::Packed;
use crate::report::note::Note;
use crate::report::told::Told;
use crate::report::words::kind_name;
use crate::report::workbook::words::verdict as verdict_name;
use std::collections::BTreeMap;

/// Parts of a sum that are laid out: an auditor wants them all, a page of ten thousand is of no use.
const MAX_PARTS: usize = 200;

/// The order in which verdicts are told.
pub(super) const VERDICTS: [Verdict; 5] =
    [Verdict::Disagrees, Verdict::Partial, Verdict::Undecided, Verdict::Rounded, Verdict::Exact];

/// Appends what the page shows of a document, to be put into its place by [`Page::add`](super::Page::add).
///
/// ```
/// use gouji::document::{Lang, Raw, read};
/// use gouji::report::html::{Page, pack};
/// let note = "2024年单位预算情况说明\n2024年支出预算502.48万元，其中：基本支出424.01万元，项目支出78.74万元。";
/// let document = read(&Raw::File { path: "甲.txt".into(), bytes: note.into() }).unwrap();
/// let packs = gouji::pattern::Packs::builtin().unwrap();
/// let mut part = vec![];
/// pack(&mut part, packs, &gouji::analyze(packs, document, true), Lang::Zh);
/// let mut page = Page::new(Lang::Zh);
/// page.add(&part)?;
/// let mut out = vec![];
/// page.finish(&mut out)?;
/// assert!(String::from_utf8(out).unwrap().contains("疑应作 78.47万元"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn pack(out: &mut Vec<u8>, packs: &Packs, analysis: &Analysis, lang: Lang) {
    let Analysis { document, view, reading, findings, .. } = analysis;
    let note = Note { packs, document, view, reading, findings, lang };
    let mut p = Packed { bytes: std::mem::take(out) };
    let identity = &reading.identity;
    p.text(&document.id);
    p.text(who(note));
    p.int(identity.fiscal_year.map(i64::from));
    p.text(kind_name(identity.kind, lang));
    p.int(Some(reading.facts.len() as i64));
    p.int(Some(findings.list.iter().filter(|f| f.is_told()).count() as i64));
    let rules = rules(note);
    p.int(Some(rules.len() as i64));
    for (id, counts) in rules {
        p.text(id);
        for count in counts {
            p.int(Some(count));
        }
    }
    p.text(&section(packs, analysis, note));
    *out = p.bytes;
}

/// How many findings of each rule have which verdict, and how many tell what is not given.
fn rules(note: Note) -> BTreeMap<&'static str, [i64; COUNTS]> {
    let mut rules: BTreeMap<&'static str, [i64; COUNTS]> = BTreeMap::new();
    for finding in &note.findings.list {
        let at = if finding.is_absence() {
            VERDICTS.len()
        } else {
            VERDICTS.iter().position(|v| *v == finding.verdict).unwrap_or(VERDICTS.len())
        };
        if let Some(count) = rules.entry(finding.rule.id).or_default().get_mut(at) {
            *count += 1;
        }
    }
    rules
}

/// The verdicts and what is not given.
pub(super) const COUNTS: usize = VERDICTS.len() + 1;

/// Whose note it is, else what it is called.
fn who(note: Note<'_>) -> &str {
    note.reading.identity.organization.as_deref().or(note.title()).unwrap_or(&note.document.id)
}

fn section(packs: &Packs, analysis: &Analysis, note: Note) -> String {
    let lang = note.lang;
    let mut told = Told::new(packs, analysis, lang, |_| true);
    told.most_parts = MAX_PARTS;
    let mut html = Html::default();
    html.put(format_args!("<section class=\"doc\" id=\"d{NUMBER}\" aria-labelledby=\"d{NUMBER}-h\">"));
    head(&mut html, note);
    findings(&mut html, note, &told);
    unexplained(&mut html, note);
    remarks(&mut html, note);
    full_text(&mut html, note, &Cards::new(note, &told));
    html.raw("<p class=\"up\"><a href=\"#top\">");
    html.text(pick(lang, "回到概览", "back to the overview"));
    html.raw("</a></p></section>\n");
    html.out
}

fn head(html: &mut Html, note: Note) {
    let lang = note.lang;
    let identity = &note.reading.identity;
    html.put(format_args!("<header><h2 id=\"d{NUMBER}-h\"><span class=\"no\">{NUMBER}</span> "));
    html.element("bdi", who(note));
    if let Some(year) = identity.fiscal_year {
        html.text(" · ");
        html.text(&match lang {
            Lang::Zh => format!("{year}年度"),
            Lang::En => year.to_string(),
        });
    }
    html.text(" · ");
    html.text(kind_name(identity.kind, lang));
    html.raw("</h2>");
    if let Some(title) = note.title().filter(|title| *title != who(note)) {
        html.element("p class=\"title\" lang=\"zh-CN\"", title);
    }
    html.raw("<p class=\"path\">");
    html.element("bdi", &note.document.id);
    if let Some(path) = note.document.path.as_deref().filter(|path| **path != *note.document.id) {
        html.text(" · ");
        html.element("bdi", path);
    }
    html.element("span class=\"sha\"", &format!(" SHA-256 {}", note.document.sha256));
    html.raw("</p><ul class=\"counts\">");
    for verdict in VERDICTS {
        let count = note.findings.count(verdict);
        if count > 0 || verdict == Verdict::Disagrees {
            let class = if count == 0 { "good" } else { class(verdict) };
            html.put(format_args!("<li class=\"{class}\"><b>{count}</b> "));
            html.text(match (verdict, lang) {
                (Verdict::Disagrees, Lang::En) if count != 1 => "disagree",
                _ => verdict_name(verdict, lang),
            });
            html.raw("</li>");
        }
    }
    let absences = note.findings.absences().count();
    for (count, zh, en) in [
        (absences, "未列示", "not given"),
        (note.reading.facts.len(), "个数字读出", "figures read"),
        (note.reading.unexplained.len(), "个数字未能归类", "figures unexplained"),
    ] {
        if count > 0 {
            html.put(format_args!("<li><b>{count}</b> "));
            html.text(pick(lang, zh, en));
            html.raw("</li>");
        }
    }
    html.raw("</ul>");
    let relations = note.findings.list.len() - absences;
    if note.findings.count(Verdict::Disagrees) == 0 {
        let (class, line) = if note.reading.facts.is_empty() {
            ("open", pick(lang, "未读到任何数字。", "No figure was found."))
        } else if relations == 0 {
            (
                "open",
                pick(lang, "没有可以互相检验的数字。", "There are no figures that could be tested against each other."),
            )
        } else {
            ("good", pick(lang, "未发现矛盾。", "No contradiction was found."))
        };
        html.element(&format!("p class=\"said {class}\""), line);
    }
    html.raw("</header>");
}

/// How the document was read, where that is worth knowing.
fn remarks(html: &mut Html, note: Note) {
    let list = &note.document.diagnostics;
    if list.is_empty() {
        return;
    }
    html.raw("<section class=\"list\">");
    html.element("h3", pick(note.lang, "读取时的提示", "Remarks on how the input was read"));
    html.raw("<ul>");
    for remark in list {
        html.raw("<li>");
        html.text(remark.message(note.lang));
        html.raw(" ");
        html.element("code", remark.code);
        html.raw("</li>");
    }
    html.raw("</ul></section>");
}
