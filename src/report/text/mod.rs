//! The report for people: who and what, the counts, each contradiction with
//! its sentences, the figures underlined, the arithmetic and the figure that is
//! most likely wrong; then, in short, what is worth knowing besides.

mod arithmetic;
pub(super) mod snippet;
pub(super) mod style;

pub use style::{Look, wrap};

use super::words::{clean, figure_name, kind_name, slip_name};
use crate::Analysis;
use crate::check::{Equation, Finding, Findings, Suspect, Verdict};
use crate::document::{Document, Lang, Places};
use crate::fact::{Fact, FactId, Measure, Place, Reading};
use crate::lex::UnitId;
use crate::pattern::{Packs, Stage};
use crate::segment::View;
use rust_decimal::Decimal;
use snippet::{Mark, snippet};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use style::{BOLD, DIM, NOTE, RIGHT, WRONG, cut, width};

/// Sentences shown of one block.
const MAX_SENTENCES: usize = 4;
/// Lines of each list in short.
const MAX_LINES: usize = 8;
/// Lines of what is not given: there are not many rules.
const MAX_ABSENCES: usize = 20;

/// What a run over several documents came to.
///
/// ```
/// use gouji::{document::Lang, report::text::{Look, Totals, summary}};
/// let totals = Totals { documents: 3, with_contradictions: 1, contradictions: 2, across: 0, not_read: 1 };
/// let line = summary(&totals, Look::new(false, 80), Lang::En);
/// assert_eq!(line, "3 documents, 1 of them with contradictions (2 in all); 1 input not read\n");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents that were read.
    pub documents: usize,
    /// Documents in which a finding disagrees.
    pub with_contradictions: usize,
    /// Findings that disagree.
    pub contradictions: usize,
    /// Findings between documents that disagree.
    pub across: usize,
    /// Inputs that could not be read.
    pub not_read: usize,
}

/// The last line of a report on several documents.
#[must_use]
pub fn summary(totals: &Totals, look: Look, lang: Lang) -> String {
    let Totals { documents, with_contradictions, contradictions, across, not_read } = *totals;
    let s = |n: usize| if n == 1 { "" } else { "s" };
    let mut line = match (lang, contradictions) {
        (Lang::Zh, 0) => format!("共 {documents} 份文件，均未发现矛盾"),
        (Lang::Zh, _) => {
            format!("共 {documents} 份文件，其中 {with_contradictions} 份有矛盾，合计 {contradictions} 处")
        }
        (Lang::En, 0) => format!("{documents} document{}, no contradiction found", s(documents)),
        (Lang::En, _) => format!(
            "{documents} document{}, {with_contradictions} of them with contradictions ({contradictions} in all)",
            s(documents)
        ),
    };
    if across > 0 {
        let _ = match lang {
            Lang::Zh => write!(line, "；文件之间有 {across} 处矛盾"),
            Lang::En => write!(line, "; {across} contradiction{} between documents", s(across)),
        };
    }
    if not_read > 0 {
        let _ = match lang {
            Lang::Zh => write!(line, "；{not_read} 个输入未能读取"),
            Lang::En => write!(line, "; {not_read} input{} not read", s(not_read)),
        };
    }
    let style = if contradictions + across + not_read > 0 { WRONG } else { RIGHT };
    format!("{}\n", look.paint(style, &line))
}

/// The report on one document.
///
/// ```
/// use gouji::document::{Lang, Raw, read};
/// use gouji::report::text::{Look, report};
/// let note = "2024年单位预算情况说明\n2024年支出预算502.48万元，其中：基本支出424.01万元，项目支出78.74万元。";
/// let document = read(&Raw::File { path: "甲.txt".into(), bytes: note.into() })?;
/// let packs = gouji::pattern::Packs::builtin().unwrap();
/// let analysis = gouji::analyze(packs, document, true);
/// let report = report(packs, &analysis, Look::new(false, 80), Lang::Zh);
/// assert!(report.contains("项目支出 78.74万元，疑应作 78.47万元（相邻两位数字颠倒）"), "{report}");
/// # Ok::<(), gouji::document::InputError>(())
/// ```
#[must_use]
pub fn report(packs: &Packs, analysis: &Analysis, look: Look, lang: Lang) -> String {
    let mut page = Page {
        packs,
        document: &analysis.document,
        view: &analysis.view,
        reading: &analysis.reading,
        look,
        lang,
        lines: lines(analysis),
        out: String::with_capacity(4096),
    };
    page.head(&analysis.findings);
    for (n, block) in blocks(&analysis.findings).iter().enumerate() {
        page.block(n + 1, block);
    }
    page.in_short(&analysis.findings);
    page.out
}

/// The rows of a document that are asked for, found in one pass.
fn lines(a: &Analysis) -> BTreeMap<FactId, u32> {
    let told = |v: Verdict| matches!(v, Verdict::Disagrees | Verdict::Partial | Verdict::Undecided);
    let mut wanted: Vec<(u32, FactId)> = a
        .findings
        .list
        .iter()
        .filter(|f| told(f.verdict))
        .flat_map(|f| f.facts.iter().copied().chain(f.suspects.iter().map(|s| s.fact)))
        .filter_map(|id| a.reading.fact(id).map(|f| (a.view.source(f.start, f.end).0, id)))
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut places = Places::new(&a.document.text);
    wanted.into_iter().map(|(byte, id)| (id, places.at(byte).1)).collect()
}

/// Contradictions with one probable cause.
struct Block<'a> {
    suspect: Option<&'a Suspect>,
    findings: Vec<&'a Finding>,
}

/// Puts contradictions with the same first suspect, and the same value for it,
/// together.
fn blocks(findings: &Findings) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block> = vec![];
    for finding in findings.list.iter().filter(|f| f.is_told()) {
        let suspect = finding.suspects.first();
        let same =
            |s: &Suspect| suspect.is_some_and(|t| (s.fact, s.suggested, s.year) == (t.fact, t.suggested, t.year));
        match blocks.iter_mut().find(|b| b.suspect.is_some_and(same)) {
            Some(block) => block.findings.push(finding),
            None => blocks.push(Block { suspect, findings: vec![finding] }),
        }
    }
    blocks
}

/// A report under way.
struct Page<'a> {
    packs: &'a Packs,
    document: &'a Document,
    view: &'a View,
    reading: &'a Reading,
    look: Look,
    lang: Lang,
    lines: BTreeMap<FactId, u32>,
    out: String,
}

impl Page<'_> {
    fn pick(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    fn value(&self, id: FactId) -> Decimal {
        self.reading.fact(id).map_or(Decimal::ZERO, |f| f.value)
    }

    /// A figure as it is shown: a rise with its sign, since the note says it in words.
    fn signed(&self, id: FactId) -> String {
        self.with_sign(id, self.value(id))
    }

    fn with_sign(&self, id: FactId, value: Decimal) -> String {
        let moves = self.reading.fact(id).is_some_and(|f| matches!(f.measure, Measure::Change | Measure::Growth));
        if moves && value.is_sign_positive() && !value.is_zero() { format!("+{value}") } else { value.to_string() }
    }

    fn unit(&self, unit: Option<UnitId>) -> &str {
        unit.and_then(|u| self.packs.vocabulary.units.get(u)).map_or("", |u| u.name.as_str())
    }

    fn unit_of(&self, id: FactId) -> &str {
        self.reading.fact(id).map_or("", |f| self.unit(f.unit.or(f.unit_inferred)))
    }

    /// A figure's name; told apart from others of the same name by its period.
    fn name(&self, id: FactId, among: &[FactId]) -> String {
        let Some(fact) = self.reading.fact(id) else { return String::new() };
        let name = figure_name(fact, self.lang);
        let alike: Vec<&Fact> = among
            .iter()
            .filter(|other| **other != id)
            .filter_map(|other| self.reading.fact(*other))
            .filter(|f| f.label == fact.label && f.measure == fact.measure && f.part == fact.part)
            .collect();
        let year = fact.year.filter(|y| alike.iter().any(|f| f.year != Some(*y)));
        let stage = fact.stage.filter(|s| alike.iter().any(|f| f.stage != Some(*s)));
        if year.is_none() && stage.is_none() {
            return name;
        }
        let year = match (year, self.lang) {
            (None, _) => String::new(),
            (Some(y), Lang::Zh) => format!("{y}年"),
            (Some(y), Lang::En) => y.to_string(),
        };
        let stage = stage.map_or("", |s| stage_name(s, self.lang));
        match self.lang {
            Lang::Zh => format!("{name}（{year}{stage}）"),
            Lang::En => format!("{name} ({})", format!("{year} {stage}").trim()),
        }
    }

    fn place(&self, line: u32) -> String {
        match self.lang {
            Lang::Zh => format!("第{line}行"),
            Lang::En => format!("line {line}"),
        }
    }

    /// The line, and the page before it where the document has pages.
    fn place_of(&self, id: FactId) -> String {
        let Some(line) = self.lines.get(&id).map(|line| self.place(*line)) else { return String::new() };
        let byte = self.reading.fact(id).map(|f| self.view.source(f.start, f.end).0);
        match (byte.and_then(|byte| self.document.place(byte as usize)), self.lang) {
            (None, _) => line,
            (Some(at), Lang::Zh) => format!("第{}页{line}", at.page),
            (Some(at), Lang::En) => format!("page {}, {line}", at.page),
        }
    }

    /// A value for a figure, with its unit. 24元 that should be 240000元 was
    /// meant to be 24万元, and is said so.
    fn suggested(&self, s: &Suspect, value: Decimal) -> String {
        let (printed, unit) = (self.value(s.fact), self.unit_of(s.fact));
        let ten_thousand = Decimal::from(10_000);
        if s.slip == Some("unit") && unit == "元" && printed.checked_mul(ten_thousand) == Some(value) {
            return format!("{}万元", self.with_sign(s.fact, printed));
        }
        if s.slip == Some("unit") && unit == "万元" && value.checked_mul(ten_thousand) == Some(printed) {
            return format!("{}元", self.with_sign(s.fact, printed));
        }
        format!("{}{unit}", self.with_sign(s.fact, value))
    }

    /// `疑应作 -3.61万元`
    fn correction(&self, s: &Suspect) -> String {
        match (s.suggested, s.year, self.lang) {
            (Some(v), _, Lang::Zh) => format!("疑应作 {}", self.suggested(s, v)),
            (Some(v), _, Lang::En) => format!("probably {}", self.suggested(s, v)),
            (None, Some(y), Lang::Zh) => format!("疑应作 {y}年"),
            (None, Some(y), Lang::En) => format!("probably {y}"),
            (None, None, _) => String::new(),
        }
    }

    fn head(&mut self, findings: &Findings) {
        let identity = &self.reading.identity;
        let year = identity.fiscal_year.map(|y| match self.lang {
            Lang::Zh => format!("{y}年度"),
            Lang::En => y.to_string(),
        });
        let title = self.document.title.as_deref().or(identity.title.as_deref());
        let who = identity.organization.as_deref().or(title).unwrap_or(&self.document.id);
        let mut rest = String::new();
        for part in year.as_deref().into_iter().chain([kind_name(identity.kind, self.lang)]) {
            let _ = write!(rest, " · {part}");
        }
        let who = cut(&clean(who), self.look.width.saturating_sub(2 + width(&rest)));
        let head = format!("{who}{rest}");
        let _ = writeln!(self.out, "{} {}", self.look.paint(BOLD, "■"), self.look.paint(BOLD, &head));
        let mut source = clean(&self.document.id).into_owned();
        if let Some(path) = self.document.path.as_deref().filter(|p| **p != *self.document.id) {
            let _ = match self.document.line.and_then(|line| u32::try_from(line).ok()) {
                Some(line) => write!(source, "  {} {}", clean(path), self.place(line)),
                None => write!(source, "  {}", clean(path)),
            };
        }
        for line in wrap(&source, self.look.width.saturating_sub(2)) {
            let _ = writeln!(self.out, "  {}", self.look.paint(DIM, &line));
        }
        self.counts(findings);
    }

    fn counts(&mut self, findings: &Findings) {
        let count = |v| findings.count(v);
        let (exact, rounded, wrong) = (count(Verdict::Exact), count(Verdict::Rounded), count(Verdict::Disagrees));
        let (partial, undecided) = (count(Verdict::Partial), count(Verdict::Undecided));
        let quantities = self.reading.quantities();
        let facts = self.reading.facts.len();
        let absences = findings.absences().count();
        let relations = findings.list.len() - absences;
        let mut items = match self.lang {
            Lang::Zh => {
                vec![format!("数字 {quantities} 个"), format!("事实 {facts} 条"), format!("勾稽关系 {relations} 项")]
            }
            Lang::En => {
                let many = |n: usize, one: &str, several: &str| format!("{n} {}", if n == 1 { one } else { several });
                vec![
                    many(quantities, "quantity", "quantities"),
                    many(facts, "fact", "facts"),
                    many(relations, "relation", "relations"),
                ]
            }
        };
        let verdicts = [
            (wrong, "矛盾", "disagree"),
            (exact, "相符", "exact"),
            (rounded, "尾差", "rounded"),
            (partial, "未列全", "partial"),
            (undecided, "未定", "undecided"),
        ];
        for (n, (count, zh, en)) in verdicts.into_iter().filter(|(count, ..)| *count > 0).enumerate() {
            let item = match self.lang {
                Lang::Zh => format!("{zh} {count}"),
                Lang::En => format!("{count} {en}"),
            };
            match items.last_mut() {
                Some(last) if n == 0 => *last = format!("{last}{}{item}", self.pick("：", ": ")),
                _ => items.push(item),
            }
        }
        if absences > 0 {
            items.push(match self.lang {
                Lang::Zh => format!("未列示 {absences} 项"),
                Lang::En => format!("{absences} not given"),
            });
        }
        let comma = self.pick("，", ", ");
        let mut line = String::new();
        for item in items {
            if width(&line) + width(comma) + width(&item) + 3 > self.look.width {
                let _ = writeln!(self.out, "  {line}{}", comma.trim_end());
                line.clear();
            } else if !line.is_empty() {
                line.push_str(comma);
            }
            line.push_str(&item);
        }
        let _ = writeln!(self.out, "  {line}");
        if wrong == 0 {
            let (style, verdict) = if facts == 0 {
                (NOTE, self.pick("未读到任何数字", "no figure was found"))
            } else if relations == 0 {
                (NOTE, self.pick("没有可以互相检验的数字", "no figures that could be tested against each other"))
            } else {
                (RIGHT, self.pick("✓ 未发现矛盾", "✓ no contradiction found"))
            };
            let _ = writeln!(self.out, "  {}", self.look.paint(style, verdict));
        }
    }

    fn block(&mut self, number: usize, block: &Block) {
        self.out.push('\n');
        let headline = self.headline(block);
        let mark = format!("✗ {number}");
        let indent = width(&mark) + 1;
        for (n, line) in wrap(&headline, self.look.width.saturating_sub(indent)).iter().enumerate() {
            if n == 0 {
                let _ = write!(self.out, "{} ", self.look.paint(WRONG, &mark));
            } else {
                let _ = write!(self.out, "{}", style::Blanks(indent));
            }
            let _ = writeln!(self.out, "{}", self.look.paint(BOLD, line));
        }
        if block.findings.len() > 1 {
            let n = block.findings.len();
            let line = match self.lang {
                Lang::Zh => format!("这一个数字有误，就能解释以下 {n} 处矛盾"),
                Lang::En => format!("this one wrong figure explains {n} contradictions"),
            };
            let _ = writeln!(self.out, "{}{}", style::Blanks(indent), self.look.paint(NOTE, &line));
        }
        self.sentences(block);
        for finding in &block.findings {
            let title = match self.lang {
                Lang::Zh => finding.rule.title_zh,
                Lang::En => finding.rule.title_en,
            };
            let _ =
                writeln!(self.out, "   {}  {}", self.look.paint(NOTE, title), self.look.paint(DIM, finding.rule.id));
            self.arithmetic(finding, block.suspect);
        }
        self.otherwise(block);
    }

    /// Which figure is wrong, and what it should be.
    fn headline(&self, block: &Block) -> String {
        let Some(suspect) = block.suspect else {
            let finding = block.findings.first();
            let first = finding.and_then(|f| f.facts.first().copied());
            let title = finding.map_or("", |f| self.pick(f.rule.title_zh, f.rule.title_en));
            let name = first.map(|id| self.name(id, &[])).unwrap_or_default();
            let place = first.map(|id| self.place_of(id)).unwrap_or_default();
            return match self.lang {
                Lang::Zh => format!("{place} {name}：{title}"),
                Lang::En => format!("{place}: {name}: {title}"),
            };
        };
        let id = suspect.fact;
        let (place, name) = (self.place_of(id), self.name(id, &[]));
        let printed = format!("{}{}", self.signed(id), self.unit_of(id));
        let slip = suspect.slip.and_then(|s| slip_name(s, self.lang));
        let base = block.findings.iter().any(|f| matches!(f.relation, Equation::Year { base: true, .. }));
        let correction = match (suspect.suggested, suspect.year, self.lang) {
            (Some(v), _, Lang::Zh) => format!("{name} {printed}，疑应作 {}", self.suggested(suspect, v)),
            (Some(v), _, Lang::En) => {
                format!("{name} {printed} should most likely be {}", self.suggested(suspect, v))
            }
            (None, Some(y), Lang::Zh) => {
                let what = if base { "的比较基期" } else { "的年份" };
                format!("{name} {printed} {what}，疑应作 {y}年")
            }
            (None, Some(y), Lang::En) => {
                let what = if base { "compared year" } else { "year" };
                format!("the {what} of {name} {printed} should most likely be {y}")
            }
            (None, None, Lang::Zh) => format!("{name} {printed} 疑有误"),
            (None, None, Lang::En) => format!("{name} {printed} is most likely wrong"),
        };
        match (slip, self.lang) {
            (None, Lang::Zh) => format!("{place} {correction}"),
            (None, Lang::En) => format!("{place}: {correction}"),
            (Some(slip), Lang::Zh) => format!("{place} {correction}（{slip}）"),
            (Some(slip), Lang::En) => format!("{place}: {correction} ({slip})"),
        }
    }

    /// The table and row that a cell stands in: 支出决算表 · 教育支出.
    fn row_of(&self, place: Place) -> Option<String> {
        let cell = crate::report::note::cell(self.reading, place)?;
        let table = cell.table.unwrap_or(self.pick("表", "table"));
        Some(if cell.row.is_empty() { table.to_owned() } else { format!("{table} · {}", cell.row) })
    }

    /// The sentences in which the figures stand, that of the suspect first.
    fn sentences(&mut self, block: &Block) {
        let text = &self.document.text;
        let mut marks: BTreeMap<(usize, usize), Vec<Mark>> = BTreeMap::new();
        let suspect = block.suspect.map(|s| s.fact);
        let mut home = None;
        let mut tables: BTreeMap<(usize, usize), String> = BTreeMap::new();
        let facts = suspect.into_iter().chain(block.findings.iter().flat_map(|f| f.facts.iter().copied()));
        let source = |(start, end): (u32, u32)| {
            let (s, e) = self.view.source(start, end);
            (s as usize, e as usize)
        };
        let mut add = |sentence: (usize, usize), mark: Mark| {
            let list = marks.entry(sentence).or_default();
            if !list.iter().any(|m| m.start < mark.end && mark.start < m.end) {
                list.push(mark);
            }
        };
        for id in facts {
            let Some(fact) = self.reading.fact(id) else { continue };
            let sentence = source(fact.sentence);
            let (start, end) = source((fact.start, fact.end));
            if let Some(named) = fact.cell.and_then(|place| self.row_of(place)) {
                tables.entry(sentence).or_insert(named);
            }
            let line = self.lines.get(&id).copied().unwrap_or(1);
            let mut wrong = block.suspect.filter(|s| s.fact == id).map(|s| self.correction(s));
            if wrong.is_some() {
                home = Some(sentence);
            }
            // Of a wrong year, the year itself.
            let base = block.findings.iter().find_map(|f| match &f.relation {
                Equation::Year { base, .. } => Some(*base),
                _ => None,
            });
            if let Some((s, e)) = base.and_then(|base| year_before(text, sentence.0, start, fact, base)) {
                add(sentence, Mark { start: s, end: e, line, wrong: wrong.take() });
            }
            add(sentence, Mark { start, end, line, wrong });
        }
        // The words that make a claim or a list of names are part of the proof.
        for finding in &block.findings {
            let (id, span) = match &finding.relation {
                Equation::Named { count, .. } => {
                    (*count, self.reading.enumerations.iter().find(|e| e.fact == *count).map(|e| e.span))
                }
                Equation::Order { left, right, .. } => {
                    (*left, self.reading.claims.iter().find(|c| (c.left, c.right) == (*left, *right)).map(|c| c.span))
                }
                _ => continue,
            };
            if let (Some(fact), Some(span)) = (self.reading.fact(id), span) {
                let (start, end) = source(span);
                let line = self.lines.get(&id).copied().unwrap_or(1);
                add(source(fact.sentence), Mark { start, end, line, wrong: None });
            }
        }
        let mut sentences: Vec<((usize, usize), Vec<Mark>)> = marks.into_iter().collect();
        sentences.sort_by_key(|(sentence, _)| (Some(*sentence) != home, *sentence));
        let hidden = sentences.len().saturating_sub(MAX_SENTENCES);
        sentences.truncate(MAX_SENTENCES);
        for (sentence, list) in &mut sentences {
            list.sort_by_key(|m| m.start);
            if let Some(row) = tables.get(&*sentence) {
                let row = cut(&clean(row), self.look.width.saturating_sub(5));
                let _ = writeln!(self.out, "     {}", self.look.paint(DIM, &row));
            }
            snippet(&mut self.out, self.look, text, *sentence, list);
        }
        if hidden > 0 {
            let line = match self.lang {
                Lang::Zh => format!("…… 另有 {hidden} 句，所在行见下"),
                Lang::En => format!("… {hidden} more sentences; their lines are given below"),
            };
            let _ = writeln!(self.out, "      {}", self.look.paint(DIM, &line));
        }
    }

    /// What else may be wrong instead.
    fn otherwise(&mut self, block: &Block) {
        let [finding] = block.findings.as_slice() else { return };
        let others: Vec<String> = finding
            .suspects
            .iter()
            .skip(1)
            .filter(|s| s.suggested.is_some())
            .map(|s| {
                let unit = self.unit_of(s.fact);
                let slip = s.slip.and_then(|s| slip_name(s, self.lang));
                let (name, place) = (self.name(s.fact, &finding.facts), self.place_of(s.fact));
                let suggested = self.suggested(s, s.suggested.unwrap_or_default());
                let change = format!("{}{unit} → {suggested}", self.signed(s.fact));
                match (slip, self.lang) {
                    (None, _) => format!("{place} {name} {change}"),
                    (Some(slip), Lang::Zh) => format!("{place} {name} {change}（{slip}）"),
                    (Some(slip), Lang::En) => format!("{place} {name} {change} ({slip})"),
                }
            })
            .collect();
        if others.is_empty() {
            return;
        }
        let title = self.pick("若该数字无误，则或为：", "if that figure is right, then perhaps:");
        let _ = writeln!(self.out, "   {}", self.look.paint(DIM, title));
        for other in others {
            for line in wrap(&other, self.look.width.saturating_sub(6)) {
                let _ = writeln!(self.out, "      {}", self.look.paint(DIM, &line));
            }
        }
    }

    fn in_short(&mut self, findings: &Findings) {
        self.hushed(findings);
        for verdict in [Verdict::Partial, Verdict::Undecided] {
            let list: Vec<&Finding> =
                findings.list.iter().filter(|f| f.verdict == verdict && !f.is_absence()).collect();
            let n = list.len();
            let title = match (verdict, self.lang) {
                (Verdict::Partial, Lang::Zh) => format!("未列全 {n} 项（只列出部分项目，不算错误）"),
                (Verdict::Partial, Lang::En) => format!("{n} partial (only some items are listed: no error)"),
                (_, Lang::Zh) => format!("未定 {n} 项（缺少条件，无法检验）"),
                (_, Lang::En) => format!("{n} undecided (an input is missing)"),
            };
            let lines = list
                .iter()
                .take(MAX_LINES)
                .map(|f| {
                    let place = f.facts.first().map(|id| self.place_of(*id)).unwrap_or_default();
                    let what = if verdict == Verdict::Partial {
                        self.partial(f)
                    } else {
                        f.message(self.packs, self.reading, self.lang)
                    };
                    (place, clean(&what).into_owned())
                })
                .collect();
            self.list(&title, lines, n);
        }
        self.absent(findings);
        let n = self.reading.unexplained.len();
        let title = match self.lang {
            Lang::Zh => format!("未能归类的数字 {n} 个"),
            Lang::En => format!("{n} numbers that nothing explains"),
        };
        let lines = self.around(&self.reading.unexplained);
        self.list(&title, lines, n);
        let n = self.reading.residue.len();
        let title = match self.lang {
            Lang::Zh => format!("模板残留 {n} 处（未删去的选项）"),
            Lang::En => format!("{n} remains of a template (choices not struck out)"),
        };
        let lines = self.around(&self.reading.residue);
        self.list(&title, lines, n);
        let n = self.document.diagnostics.len();
        let title = match self.lang {
            Lang::Zh => format!("读取时的提示 {n} 条"),
            Lang::En => format!("{n} remarks on how the input was read"),
        };
        let lines = self
            .document
            .diagnostics
            .iter()
            .take(MAX_LINES)
            .map(|d| (String::new(), clean(d.message(self.lang)).into_owned()))
            .collect();
        self.list(&title, lines, n);
    }

    /// Contradictions that the user's settings make little of.
    fn hushed(&mut self, findings: &Findings) {
        let list: Vec<&Finding> =
            findings.list.iter().filter(|f| f.verdict == Verdict::Disagrees && !f.is_told()).collect();
        let n = list.len();
        let title = match self.lang {
            Lang::Zh => format!("按设置不作矛盾提示 {n} 项"),
            Lang::En => format!("{n} contradictions that the settings make little of"),
        };
        let lines = list.iter().take(MAX_LINES).map(|f| {
            let place = f.facts.first().map(|id| self.place_of(*id)).unwrap_or_default();
            let title = self.pick(f.rule.title_zh, f.rule.title_en);
            (place, format!("{title}{}{}", self.pick("：", ": "), clean(&f.equation(self.reading))))
        });
        let lines = lines.collect();
        self.list(&title, lines, n);
    }

    /// What the disclosure rules require and the note does not give.
    fn absent(&mut self, findings: &Findings) {
        let n = findings.absences().count();
        let title = match self.lang {
            Lang::Zh => format!("公开规定要求而说明中未见 {n} 项（依据见 gouji explain 规则名）"),
            Lang::En => format!("{n} required by the disclosure rules and not given (gouji explain RULE cites them)"),
        };
        let lines = findings.absences().take(MAX_ABSENCES).map(|f| {
            let what = f.message(self.packs, self.reading, self.lang);
            (f.rule.id.to_owned(), clean(&what).into_owned())
        });
        let lines = lines.collect();
        self.list(&title, lines, n);
    }

    fn partial(&self, f: &Finding) -> String {
        let name = f.facts.first().map(|id| self.name(*id, &[])).unwrap_or_default();
        let unit = self.unit(f.unit);
        let rest = f.remainder.unwrap_or_default().normalize();
        match self.lang {
            Lang::Zh => format!("{name}：余 {rest}{unit}；{}", f.equation(self.reading)),
            Lang::En => format!("{name}: {rest}{unit} remains; {}", f.equation(self.reading)),
        }
    }

    /// Spans of the view with a little of what stands around them.
    fn around(&self, spans: &[(u32, u32)]) -> Vec<(String, String)> {
        let text = &self.document.text;
        let mut places = Places::new(text);
        spans
            .iter()
            .take(MAX_LINES)
            .map(|(start, end)| {
                let (s, e) = self.view.source(*start, *end);
                let (line, s, e) = (places.at(s).1, s as usize, e as usize);
                let before = text.get(..s).unwrap_or("");
                let from = before
                    .char_indices()
                    .rev()
                    .take_while(|(_, c)| *c != '\n')
                    .nth(11)
                    .map_or_else(|| before.rfind('\n').map_or(0, |n| n + 1), |(at, _)| at);
                let after = text.get(e..).unwrap_or("");
                let upto = e + after
                    .char_indices()
                    .take_while(|(_, c)| *c != '\n')
                    .take(8)
                    .map(|(i, c)| i + c.len_utf8())
                    .last()
                    .unwrap_or(0);
                let part = |a: usize, b: usize| clean(text.get(a..b).unwrap_or("")).into_owned();
                (self.place(line), format!("{}【{}】{}", part(from, s), part(s, e), part(e, upto)))
            })
            .collect()
    }

    fn list(&mut self, title: &str, lines: Vec<(String, String)>, all: usize) {
        if all == 0 {
            return;
        }
        let _ = writeln!(self.out, "\n  {}", self.look.paint(NOTE, title));
        let column = lines.iter().map(|(place, _)| width(place)).max().unwrap_or(0);
        let hidden = all.saturating_sub(lines.len());
        for (place, what) in lines {
            let gap = if column == 0 { 0 } else { column - width(&place) + 2 };
            let what = cut(&what, self.look.width.saturating_sub(4 + column + 2));
            let _ = writeln!(self.out, "    {}{}{what}", self.look.paint(DIM, &place), style::Blanks(gap));
        }
        if hidden > 0 {
            let line = match self.lang {
                Lang::Zh => format!("…… 另 {hidden} 项，全部见 --format json"),
                Lang::En => format!("… {hidden} more; --format json has all"),
            };
            let _ = writeln!(self.out, "    {}", self.look.paint(DIM, &line));
        }
    }
}

/// Where the year of a figure, or its compared year, is printed before it.
fn year_before(text: &str, from: usize, at: usize, fact: &Fact, base: bool) -> Option<(usize, usize)> {
    let year = if base { fact.basis.as_ref()?.year? } else { fact.year? }.to_string();
    let found = text.get(from..at)?.rfind(&year)?;
    Some((from + found, from + found + year.len()))
}

fn stage_name(stage: Stage, lang: Lang) -> &'static str {
    match (stage, lang) {
        (Stage::Budget, Lang::Zh) => "预算数",
        (Stage::Budget, Lang::En) => "budget",
        (Stage::Adjusted, Lang::Zh) => "调整预算数",
        (Stage::Adjusted, Lang::En) => "adjusted budget",
        (Stage::Executed, Lang::Zh) => "执行数",
        (Stage::Executed, Lang::En) => "executed",
        (Stage::Final, Lang::Zh) => "决算数",
        (Stage::Final, Lang::En) => "final",
    }
}
