//! Scores for people.

use super::confusions::Confusion;
use super::mutation::{Mutations, SlipScore};
use super::rate::Rate;
use super::scores::{Breakdown, Evaluation, Scores};
use super::table::Table;
use crate::document::Lang;
use crate::report::kind_name;
use crate::segment::Kind;
use std::collections::BTreeMap;
use std::fmt::Write;

/// As many notes and confusions are listed.
const WORST: usize = 10;
const COMMONEST: usize = 20;

/// Name in the output, in Chinese, in English.
const NAMES: &[(&str, &str, &str)] = &[
    ("head", "单位、年度、类别", "organization, year, kind"),
    ("detected", "数字读出", "quantities detected"),
    ("value", "　数值", "  value"),
    ("sign", "　正负", "  sign"),
    ("unit", "　计量单位", "  unit"),
    ("measure", "　指标", "  measure"),
    ("label", "　事项", "  label"),
    ("concept", "　概念", "  concept"),
    ("year", "　年度", "  year"),
    ("stage", "　阶段", "  stage"),
    ("base_year", "　比较年度", "  base year"),
    ("base_stage", "　比较阶段", "  base stage"),
    ("fund", "　资金性质", "  fund"),
    ("part", "　所属", "  part"),
    ("parent", "　上级数字", "  parent"),
    ("role", "　层级", "  role"),
    ("zero_words", "持平、无…读出", "words for zero detected"),
    ("recall", "全对，占标注", "fully right, of annotated"),
    ("precision", "全对，占读出", "fully right, of read"),
    ("sentences", "整句全对", "sentences fully right"),
    ("holding", "相符的关系已核对", "relations that hold, tested"),
    ("partial", "未列全的关系已核对", "partial lists, tested"),
    ("contradictions", "矛盾已找到", "contradictions found"),
    ("errors", "错误已找到", "errors found"),
    ("culprits", "　指对有误的数字", "  culprit right"),
    ("suggestions", "　应改的数值准确", "  suggestion exact"),
    ("false_alarms", "误报", "false alarms"),
    ("spurious", "多读的数字", "read, not annotated"),
    ("unexplained", "未解释的数字", "unexplained"),
];

fn name(of: &str, lang: Lang) -> &str {
    NAMES.iter().find(|(n, ..)| *n == of).map_or(of, |(_, zh, en)| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    })
}

fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The report of an evaluation.
#[must_use]
pub fn report(e: &Evaluation, lang: Lang) -> String {
    let mut out = String::new();
    let (notes, documents, figures) = (e.all.notes, e.all.documents, e.all.detected.of);
    let _ = match lang {
        Lang::Zh => writeln!(out, "标注过的说明 {notes} 份，文件 {documents} 件，数字 {figures} 个"),
        Lang::En => writeln!(out, "{notes} annotated notes, {documents} documents, {figures} figures"),
    };
    section(&mut out, "", scores(e, lang));
    out.push_str(pick(
        lang,
        "\n  全对：数值、计量单位、指标、事项、年度、比较年度都对。句子按正文的“。”“；”和换行切分。\n",
        "\n  Fully right: value, unit, measure, label, year and base year are. Sentences are the text's, cut at 。；and line breaks.\n",
    ));
    let by_kind = e.by_kind.iter().map(|(kind, b)| (kind_in_words(kind, lang), *b)).collect();
    let tables = [
        ("按指标", "by measure", &e.by_measure),
        ("按概念", "by concept", &e.by_concept),
        ("按类别", "by kind of note", &by_kind),
    ];
    for (zh, en, rows) in tables {
        section(&mut out, pick(lang, zh, en), breakdown(rows, lang));
    }
    section(&mut out, pick(lang, "最差的说明", "worst notes"), worst(e, lang));
    let common = pick(lang, "最常见的误读", "commonest confusions");
    section(&mut out, common, confusions(&e.confusions, lang));
    out
}

fn section(out: &mut String, title: &str, table: Table) {
    if !table.is_empty() {
        let line = if title.is_empty() { String::new() } else { format!("{title}\n") };
        let _ = write!(out, "\n{line}{}", table.lines());
    }
}

/// Every score: of all notes, and of each part if there are several.
fn scores(e: &Evaluation, lang: Lang) -> Table {
    let mut columns: Vec<(String, &Scores)> = vec![];
    if e.by_part.len() > 1 {
        columns.push((pick(lang, "全部", "all").to_owned(), &e.all));
    }
    columns.extend(e.by_part.iter().map(|(part, scores)| (part.name().to_owned(), scores)));
    let head = columns.iter().flat_map(|(name, _)| [name.clone(), String::new()]);
    let mut table = Table::new(1, std::iter::once(String::new()).chain(head));
    for (n, (rate, _)) in e.all.rates().into_iter().enumerate() {
        let cells = columns.iter().flat_map(|(_, s)| {
            let rate = s.rates().get(n).map_or(Rate::default(), |(_, rate)| *rate);
            [rate.to_string(), rate.percent()]
        });
        table.row(std::iter::once(name(rate, lang).to_owned()).chain(cells));
    }
    for (n, (fault, _)) in e.all.faults().into_iter().enumerate() {
        let cells = columns
            .iter()
            .flat_map(|(_, s)| [s.faults().get(n).map_or(0, |(_, count)| *count).to_string(), String::new()]);
        table.row(std::iter::once(name(fault, lang).to_owned()).chain(cells));
    }
    table
}

/// A kind of note as the output names it, in words.
fn kind_in_words(code: &str, lang: Lang) -> String {
    use Kind::*;
    [UnitBudget, DepartmentBudget, ThreePublic, FinalAccount, CountyReport, Other]
        .into_iter()
        .find(|kind| serde_json::to_value(kind).is_ok_and(|name| name == code))
        .map_or_else(|| code.to_owned(), |kind| kind_name(kind, lang).to_owned())
}

fn breakdown(rows: &BTreeMap<String, Breakdown>, lang: Lang) -> Table {
    let head = match lang {
        Lang::Zh => ["", "数字", "读出", "全对", ""],
        Lang::En => ["", "figures", "detected", "fully right", ""],
    };
    let mut table = Table::new(1, head);
    let mut rows: Vec<(&String, &Breakdown)> = rows.iter().collect();
    rows.sort_by_key(|(_, b)| std::cmp::Reverse(b.right.of));
    for (key, b) in rows {
        let figures = b.right.of.to_string();
        table.row([key.clone(), figures, b.detected.percent(), b.right.to_string(), b.right.percent()]);
    }
    table
}

fn worst(e: &Evaluation, lang: Lang) -> Table {
    let head = match lang {
        Lang::Zh => ["", "全对", "", "整句全对", "关系已核对", "错误已找到", "误报", "多读"],
        Lang::En => ["", "fully right", "", "sentences", "relations", "errors", "alarms", "spurious"],
    };
    let mut table = Table::new(1, head);
    for n in e.notes.iter().take(WORST) {
        let s = &n.scores;
        table.row([
            n.name.clone(),
            s.recall.to_string(),
            s.recall.percent(),
            s.sentences.to_string(),
            s.holding.to_string(),
            s.errors.to_string(),
            s.false_alarms.to_string(),
            s.spurious.to_string(),
        ]);
    }
    table
}

fn confusions(list: &[Confusion], lang: Lang) -> Table {
    let head = match lang {
        Lang::Zh => ["", "应为", "读作", "次数"],
        Lang::En => ["", "want", "got", "count"],
    };
    let mut table = Table::new(3, head);
    for c in list.iter().take(COMMONEST) {
        let field = match c.field {
            "missing" => pick(lang, "漏读", "missing"),
            "spurious" => pick(lang, "多读", "spurious"),
            field => name(field, lang).trim_start(),
        };
        table.row([field, &c.want, &c.got, &c.count.to_string()]);
    }
    table
}

/// The report of planted slips, with those that were missed if asked.
#[must_use]
pub fn report_mutations(m: &Mutations, missed: bool, lang: Lang) -> String {
    let mut out = String::new();
    let (notes, documents, figures, seed) = (m.notes, m.documents, m.figures, m.seed);
    let _ = match lang {
        Lang::Zh => {
            writeln!(out, "没有错误的说明 {notes} 份，文件 {documents} 件，数字 {figures} 个；种子 {seed}")
        }
        Lang::En => {
            writeln!(out, "{notes} notes without errors, {documents} documents, {figures} figures; seed {seed}")
        }
    };
    let head: [&str; 9] = match lang {
        Lang::Zh => ["笔误", "埋入", "有关系覆盖", "", "超出尾差", "查出", "", "先指对", "应改值准确"],
        Lang::En => {
            ["slip", "planted", "covered", "", "beyond rounding", "detected", "", "culprit first", "value exact"]
        }
    };
    let mut table = Table::new(1, head);
    for s in m.slips.iter().filter(|s| s.planted > 0) {
        table.row(slip_row(s, lang));
    }
    section(&mut out, "", table);
    let _ = match lang {
        Lang::Zh => writeln!(
            out,
            "\n  查出：占有关系覆盖且超出尾差者。先指对、应改值准确：占查出且有两项以上关系覆盖者。\n未埋错时的误报：{}",
            m.false_alarms
        ),
        Lang::En => writeln!(
            out,
            "\n  Detected: of slips beyond rounding in covered figures. Culprit first, value exact: of those detected in\n  figures that two or more relations cover.\nFalse alarms before anything is planted: {}",
            m.false_alarms
        ),
    };
    if missed {
        section(&mut out, pick(lang, "没有查出的", "missed"), misses(m, lang));
    }
    out
}

fn misses(m: &Mutations, lang: Lang) -> Table {
    let head = match lang {
        Lang::Zh => ["", "事实", "原文", "改作", "本应指出的规则"],
        Lang::En => ["", "fact", "was", "now", "rules that it breaks"],
    };
    let mut table = Table::new(4, head);
    let plain = |text: &str| text.replace('\n', "/");
    for x in m.missed.iter().take(COMMONEST) {
        table.row([
            x.document.clone(),
            x.fact.to_string(),
            plain(&x.was),
            plain(&x.now),
            x.rules.iter().copied().collect::<Vec<_>>().join(" "),
        ]);
    }
    table
}

fn slip_row(s: &SlipScore, lang: Lang) -> [String; 9] {
    let share = |rate: Rate| if rate.of == 0 { "–".to_owned() } else { format!("{rate} {:>7}", rate.percent()) };
    [
        s.slip.title(lang).to_owned(),
        s.planted.to_string(),
        s.covered.right.to_string(),
        s.covered.percent(),
        s.detected.of.to_string(),
        s.detected.right.to_string(),
        s.detected.percent(),
        share(s.culprit),
        share(s.suggestion),
    ]
}
