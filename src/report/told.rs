//! What is said to people of a note's figures and findings: names, places, corrections, which contradictions
//! have one cause, the sentences that prove one and the layout of its arithmetic. The report for the terminal and the
//! one for a browser say the same.

use super::words::{figure_name, slip_name};
use crate::Analysis;
use crate::check::{Equation, Finding, Findings, Suspect, Verdict};
use crate::document::{Document, Lang, Places};
use crate::fact::{Fact, FactId, Measure, Place, Reading};
use crate::lex::UnitId;
use crate::pattern::{Packs, Stage};
use crate::segment::View;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Parts of a sum that are laid out, unless more are asked for.
const MAX_PARTS: usize = 24;

/// A document, and how its figures are spoken of.
pub(super) struct Told<'a> {
    pub packs: &'a Packs,
    pub document: &'a Document,
    pub view: &'a View,
    pub reading: &'a Reading,
    pub lang: Lang,
    /// The lines of the figures that are spoken of.
    pub lines: BTreeMap<FactId, u32>,
    /// Parts of a sum that are laid out.
    pub most_parts: usize,
}

/// Contradictions with one probable cause.
pub(super) struct Block<'a> {
    pub suspect: Option<&'a Suspect>,
    pub findings: Vec<&'a Finding>,
}

/// A sentence that holds figures of a finding.
pub(super) struct Sentence {
    /// Bytes of the text.
    pub range: (usize, usize),
    /// The table and row, of a cell.
    pub row: Option<String>,
    /// Its figures, in the order of the text.
    pub marks: Vec<Mark>,
}

/// A figure to be marked in its sentence.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The line that it stands on.
    pub line: u32,
    /// The figure, if it is one itself: words are part of a proof too.
    pub fact: Option<FactId>,
    /// The figure that is probably wrong, with what it should be; `None` for the others.
    pub wrong: Option<String>,
}

/// Puts contradictions with the same first suspect, and the same value for it,
/// together.
pub(super) fn blocks(findings: &Findings) -> Vec<Block<'_>> {
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

/// The lines of the figures in some findings, found in one pass.
fn lines(a: &Analysis, told: impl Fn(&Finding) -> bool) -> BTreeMap<FactId, u32> {
    let mut wanted: Vec<(u32, FactId)> = a
        .findings
        .list
        .iter()
        .filter(|f| told(f))
        .flat_map(|f| f.facts.iter().copied().chain(f.suspects.iter().map(|s| s.fact)))
        .filter_map(|id| a.reading.fact(id).map(|f| (a.view.source(f.start, f.end).0, id)))
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut places = Places::new(&a.document.text);
    wanted.into_iter().map(|(byte, id)| (id, places.at(byte).1)).collect()
}

impl<'a> Told<'a> {
    /// Speaks of a document, and of the figures of those findings that are `told`.
    pub(super) fn new(packs: &'a Packs, a: &'a Analysis, lang: Lang, told: impl Fn(&Finding) -> bool) -> Self {
        Told {
            packs,
            document: &a.document,
            view: &a.view,
            reading: &a.reading,
            lang,
            lines: lines(a, told),
            most_parts: MAX_PARTS,
        }
    }
}

impl Told<'_> {
    pub(super) fn pick(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    pub(super) fn value(&self, id: FactId) -> Decimal {
        self.reading.fact(id).map_or(Decimal::ZERO, |f| f.value)
    }

    /// A figure as it is shown: a rise with its sign, since the note says it in words.
    pub(super) fn signed(&self, id: FactId) -> String {
        self.with_sign(id, self.value(id))
    }

    pub(super) fn with_sign(&self, id: FactId, value: Decimal) -> String {
        let moves = self.reading.fact(id).is_some_and(|f| matches!(f.measure, Measure::Change | Measure::Growth));
        if moves && value.is_sign_positive() && !value.is_zero() { format!("+{value}") } else { value.to_string() }
    }

    pub(super) fn unit(&self, unit: Option<UnitId>) -> &str {
        unit.and_then(|u| self.packs.vocabulary.units.get(u)).map_or("", |u| u.name.as_str())
    }

    pub(super) fn unit_of(&self, id: FactId) -> &str {
        self.reading.fact(id).map_or("", |f| self.unit(f.unit.or(f.unit_inferred)))
    }

    /// A figure's name; told apart from others of the same name by its period.
    pub(super) fn name(&self, id: FactId, among: &[FactId]) -> String {
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

    pub(super) fn place(&self, line: u32) -> String {
        match self.lang {
            Lang::Zh => format!("第{line}行"),
            Lang::En => format!("line {line}"),
        }
    }

    /// The line, and the page before it where the document has pages.
    pub(super) fn place_of(&self, id: FactId) -> String {
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
    pub(super) fn suggested(&self, s: &Suspect, value: Decimal) -> String {
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
    pub(super) fn correction(&self, s: &Suspect) -> String {
        match (s.suggested, s.year, self.lang) {
            (Some(v), _, Lang::Zh) => format!("疑应作 {}", self.suggested(s, v)),
            (Some(v), _, Lang::En) => format!("probably {}", self.suggested(s, v)),
            (None, Some(y), Lang::Zh) => format!("疑应作 {y}年"),
            (None, Some(y), Lang::En) => format!("probably {y}"),
            (None, None, _) => String::new(),
        }
    }

    /// Which figure is wrong, and what it should be.
    pub(super) fn headline(&self, block: &Block) -> String {
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
    pub(super) fn row_of(&self, place: Place) -> Option<String> {
        let cell = crate::report::note::cell(self.reading, place)?;
        let table = cell.table.unwrap_or(self.pick("表", "table"));
        Some(if cell.row.is_empty() { table.to_owned() } else { format!("{table} · {}", cell.row) })
    }

    pub(super) fn partial(&self, f: &Finding) -> String {
        let name = f.facts.first().map(|id| self.name(*id, &[])).unwrap_or_default();
        let unit = self.unit(f.unit);
        let rest = f.remainder.unwrap_or_default().normalize();
        match self.lang {
            Lang::Zh => format!("{name}：余 {rest}{unit}；{}", f.equation(self.reading)),
            Lang::En => format!("{name}: {rest}{unit} remains; {}", f.equation(self.reading)),
        }
    }

    /// The sentences in which the figures stand, that of the suspect first.
    pub(super) fn sentences(&self, block: &Block) -> Vec<Sentence> {
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
                add(sentence, Mark { start: s, end: e, line, fact: None, wrong: wrong.take() });
            }
            add(sentence, Mark { start, end, line, fact: Some(id), wrong });
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
                add(source(fact.sentence), Mark { start, end, line, fact: None, wrong: None });
            }
        }
        let mut sentences: Vec<Sentence> = marks
            .into_iter()
            .map(|(range, mut marks)| {
                marks.sort_by_key(|m| m.start);
                Sentence { range, row: tables.remove(&range), marks }
            })
            .collect();
        sentences.sort_by_key(|s| (Some(s.range) != home, s.range));
        sentences
    }

    /// What else may be wrong instead, where there is a contradiction alone.
    pub(super) fn otherwise(&self, block: &Block) -> Vec<String> {
        let [finding] = block.findings.as_slice() else { return vec![] };
        finding
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
            .collect()
    }

    pub(super) fn sum(&self, finding: &Finding, total: FactId, parts: &[(FactId, bool)]) -> Vec<Row> {
        let ids: Vec<FactId> = parts.iter().map(|p| p.0).chain([total]).collect();
        let unit = self.unit(finding.unit);
        let mut rows: Vec<Row> = parts
            .iter()
            .take(self.most_parts)
            .enumerate()
            .map(|(n, (id, minus))| {
                let value = self.value(*id);
                let negative = value.is_sign_negative() != *minus && !value.is_zero();
                Row {
                    sign: match (n, negative) {
                        (0, false) => "",
                        (_, false) => "+",
                        (_, true) => "−",
                    },
                    number: format!("{} {}", value.abs(), self.unit_of(*id)),
                    name: self.name(*id, &ids),
                    fact: Some(*id),
                    rule_above: false,
                }
            })
            .collect();
        if let Some(more) = parts.len().checked_sub(self.most_parts).filter(|more| *more > 0) {
            rows.push(Row {
                sign: "+",
                number: "…".into(),
                name: match self.lang {
                    Lang::Zh => format!("另 {more} 项"),
                    Lang::En => format!("{more} more"),
                },
                fact: None,
                rule_above: false,
            });
        }
        let several = parts.len() > 1;
        if let (true, Some(computed)) = (several, finding.computed) {
            rows.push(Row {
                sign: "=",
                number: format!("{} {unit}", self.like(computed, total)),
                name: self.pick("算得", "computed").into(),
                fact: None,
                rule_above: true,
            });
        }
        rows.push(Row {
            sign: verdict_sign(finding.verdict),
            number: format!("{} {}", self.signed(total), self.unit_of(total)),
            name: format!("{}{}", self.pick("文中作：", "stated: "), self.name(total, &ids)),
            fact: Some(total),
            rule_above: !several,
        });
        rows
    }

    pub(super) fn years(&self, fact: FactId, siblings: &[FactId], base: bool) -> Vec<Row> {
        let ids: Vec<FactId> = std::iter::once(fact).chain(siblings.iter().copied()).collect();
        let what =
            if base { self.pick("比较基期：", "compared year of: ") } else { self.pick("年度：", "year of: ") };
        ids.iter()
            .take(self.most_parts)
            .map(|id| {
                let year = self
                    .reading
                    .fact(*id)
                    .and_then(|f| if base { f.basis.as_ref().and_then(|b| b.year) } else { f.year });
                Row {
                    sign: "",
                    number: year.map_or_else(|| "?".into(), |y| y.to_string()),
                    name: format!("{what}{}", self.name(*id, &ids)),
                    fact: Some(*id),
                    rule_above: false,
                }
            })
            .collect()
    }

    /// What each figure of an equation is.
    pub(super) fn legend(&self, finding: &Finding) -> Vec<Row> {
        let mut seen = BTreeSet::new();
        finding
            .facts
            .iter()
            .filter(|id| seen.insert(**id))
            .take(self.most_parts)
            .map(|id| Row {
                sign: "",
                number: format!("{} {}", self.signed(*id), self.unit_of(*id)),
                name: self.name(*id, &finding.facts),
                fact: Some(*id),
                rule_above: false,
            })
            .collect()
    }

    /// How far apart the two sides are, and how far rounding may put them.
    pub(super) fn difference(&self, finding: &Finding) -> Option<String> {
        let difference = finding.difference.filter(|d| !d.is_zero())?;
        if matches!(finding.relation, Equation::Year { .. }) {
            return None;
        }
        let unit = match (self.unit(finding.unit), self.lang) {
            ("%", Lang::Zh) => "个百分点",
            ("%", Lang::En) => " percentage points",
            (unit, _) => unit,
        };
        let mut line = match self.lang {
            Lang::Zh => format!("相差 {}{unit}", difference.normalize()),
            Lang::En => format!("difference {}{unit}", difference.normalize()),
        };
        if let Some(tolerance) = finding.tolerance.filter(|t| !t.is_zero()) {
            let _ = match self.lang {
                Lang::Zh => write!(line, "；按所印位数，四舍五入至多差 {}{unit}", tolerance.normalize()),
                Lang::En => write!(line, "; rounding as printed explains {}{unit} at most", tolerance.normalize()),
            };
        }
        Some(line)
    }

    /// A computed value with at least the places of a printed one.
    pub(super) fn like(&self, computed: Decimal, fact: FactId) -> Decimal {
        let mut value = computed.normalize();
        let places = self.reading.fact(fact).map_or(0, |f| f.value.scale());
        if value.scale() < places {
            value.rescale(places);
        }
        value
    }
}

/// A figure of the layout.
pub(super) struct Row {
    pub sign: &'static str,
    /// With its unit.
    pub number: String,
    pub name: String,
    pub fact: Option<FactId>,
    pub rule_above: bool,
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

/// What stands between the two sides of a relation.
pub(super) fn verdict_sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Exact => "=",
        Verdict::Rounded => "≈",
        _ => "≠",
    }
}
