//! The contract: one object a document.

use crate::check::{Findings, Lang};
use crate::document::Document;
use crate::fact::{Basis, Fact, Measure, Reading};
use crate::lex::{AsOf, UnitKind};
use crate::pattern::{Flow, Fund, Packs, Stage};
use crate::segment::{Kind, View};
use rust_decimal::Decimal;
use serde::Serialize;

/// Version of the output's form.
pub const SCHEMA: &str = "gouji/1";

/// A document's result as it is written out.
#[derive(Debug, Serialize)]
pub struct Output<'a> {
    /// `gouji/1`
    pub schema: &'static str,
    /// Which document.
    pub document: DocumentOut<'a>,
    /// Every figure.
    pub facts: Vec<FactOut<'a>>,
    /// Totals and components, changes and drivers.
    pub breakdowns: Vec<BreakdownOut<'a>>,
    /// Every relation with its verdict.
    pub findings: Vec<FindingOut<'a>>,
    /// What became of every quantity.
    pub coverage: CoverageOut<'a>,
    /// What was odd about the input.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<DiagnosticOut>,
}

/// The document's head.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct DocumentOut<'a> {
    pub id: &'a str,
    pub path: Option<&'a str>,
    pub sha256: &'a str,
    pub format: &'static str,
    pub encoding: &'static str,
    pub title: Option<&'a str>,
    pub organization: Option<&'a str>,
    pub fiscal_year: Option<i32>,
    pub kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<&'a str>,
}

/// A fact.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct FactOut<'a> {
    pub id: Id,
    pub concept: Option<&'a str>,
    pub label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub also: Option<&'a str>,
    pub measure: Measure,
    pub value: Figure,
    pub unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_inferred: Option<&'a str>,
    pub yuan: Option<Figure>,
    pub decimals: u8,
    pub year: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<&'static str>,
    pub stage: Option<Stage>,
    pub basis: Option<BasisOut<'a>>,
    pub fund: Option<Fund>,
    pub flow: Option<Flow>,
    pub part: Option<&'a str>,
    pub carryover: Option<crate::fact::Carryover>,
    pub role: Option<crate::fact::Role>,
    pub parent: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<&'a str>,
    #[serde(skip_serializing_if = "is_true")]
    pub stated: bool,
    pub quote: &'a str,
    pub span: (u32, u32),
    pub line: u32,
    pub page: Option<u32>,
    pub section: Vec<&'a str>,
    pub sentence: (u32, u32),
    pub pattern: &'a str,
}

/// What a figure is measured against.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct BasisOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<Option<i32>>,
    pub stage: Option<Stage>,
    #[serde(skip_serializing_if = "is_true")]
    pub stated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concept: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<Id>,
}

/// A list.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct BreakdownOut<'a> {
    pub id: Id,
    pub total: Id,
    pub parts: Vec<Id>,
    pub cue: &'a str,
    pub complete: bool,
    pub drivers: bool,
}

/// A relation with its verdict.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct FindingOut<'a> {
    pub rule: &'a str,
    pub verdict: crate::check::Verdict,
    pub severity: &'static str,
    pub facts: Vec<Id>,
    pub stated: Option<Figure>,
    pub computed: Option<Figure>,
    pub difference: Option<Figure>,
    pub tolerance: Option<Figure>,
    pub unit: Option<&'a str>,
    pub equation: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suspects: Vec<SuspectOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remainder: Option<Figure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'a str>,
    pub message: String,
}

/// A figure that is probably wrong.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct SuspectOut {
    pub fact: Id,
    pub suggested: Option<Figure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggested_year: Option<i32>,
    pub slip: Option<&'static str>,
    pub explains: u32,
}

/// Where every quantity went.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct CoverageOut<'a> {
    pub quantities: usize,
    pub facts: usize,
    pub decoys: Vec<LooseOut<'a>>,
    pub unexplained: Vec<LooseOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub residue: Vec<LooseOut<'a>>,
}

/// A number outside the facts.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct LooseOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    pub quote: &'a str,
    pub span: (u32, u32),
    pub line: u32,
}

/// Something odd about the input.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct DiagnosticOut {
    pub code: &'static str,
    pub message: String,
    pub offset: Option<u32>,
}

fn is_true(b: &bool) -> bool {
    *b
}

/// `F12`, `B3`: written without an allocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Id(pub char, pub u32);

impl Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.0, self.1)
    }
}

/// An exact decimal, written as a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure(pub Decimal);

impl Serialize for Figure {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&self.0)
    }
}

/// The fact's public id.
pub fn fact_id(id: u32) -> Id {
    Id('F', id + 1)
}

/// Turns byte offsets of the text, asked in rising order for the most part,
/// into code points and lines.
pub struct Places<'t> {
    text: &'t str,
    byte: usize,
    chars: u32,
    line: u32,
}

impl<'t> Places<'t> {
    /// Starts at the text's beginning.
    pub fn new(text: &'t str) -> Self {
        Places { text, byte: 0, chars: 0, line: 1 }
    }

    /// Code point and line (from 1) of a byte offset.
    pub fn at(&mut self, byte: u32) -> (u32, u32) {
        let byte = byte as usize;
        if byte < self.byte {
            // Sentences begin before the figures in them: step back.
            let back = self.text.as_bytes().get(byte..self.byte).unwrap_or(&[]);
            self.chars -= starts(back);
            self.line -= lines(back);
        } else {
            let on = self.text.as_bytes().get(self.byte..byte).unwrap_or(&[]);
            self.chars += starts(on);
            self.line += lines(on);
        }
        self.byte = byte;
        (self.chars, self.line)
    }
}

fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count() as u32
}

fn lines(bytes: &[u8]) -> u32 {
    memchr::memchr_iter(b'\n', bytes).count() as u32
}

/// Builds the output of a document.
pub fn output<'a>(
    packs: &'a Packs,
    document: &'a Document,
    view: &'a View,
    reading: &'a Reading,
    findings: &'a Findings,
    lang: Lang,
) -> Output<'a> {
    let mut places = Places::new(&document.text);
    let quote = |start: u32, end: u32| document.text.get(start as usize..end as usize).unwrap_or("");
    let facts: Vec<FactOut> = reading
        .facts
        .iter()
        .enumerate()
        .map(|(i, f)| fact(packs, document, view, reading, &mut places, i as u32, f))
        .collect();
    let mut loose = |reason, (start, end): (u32, u32)| {
        let (s, line) = places.at(start);
        let (e, _) = places.at(end);
        LooseOut { reason, quote: quote(start, end), span: (s, e), line }
    };
    let mut decoys: Vec<LooseOut> = reading
        .decoys
        .iter()
        .map(|d| loose(Some(d.reason.name()), if d.in_text { (d.start, d.end) } else { view.source(d.start, d.end) }))
        .collect();
    decoys.sort_by_key(|d| d.span);
    let unexplained = reading.unexplained.iter().map(|u| loose(None, view.source(u.0, u.1))).collect();
    let residue = reading.residue.iter().map(|u| loose(None, view.source(u.0, u.1))).collect();
    let breakdowns = reading
        .breakdowns
        .iter()
        .enumerate()
        .map(|(i, b)| {
            let (s, e) = view.source(b.cue.0, b.cue.1);
            BreakdownOut {
                id: Id('B', i as u32 + 1),
                total: fact_id(b.total),
                parts: b.parts.iter().map(|p| fact_id(*p)).collect(),
                cue: quote(s, e),
                complete: b.complete,
                drivers: b.drivers,
            }
        })
        .collect();
    let findings = findings.list.iter().map(|f| finding(packs, reading, f, lang)).collect();
    let identity = &reading.identity;
    Output {
        schema: SCHEMA,
        document: DocumentOut {
            id: &document.id,
            path: document.path.as_deref(),
            sha256: &document.sha256,
            format: document.format.name(),
            encoding: document.encoding,
            title: document.title.as_deref().or(identity.title.as_deref()),
            organization: identity.organization.as_deref(),
            fiscal_year: identity.fiscal_year,
            kind: identity.kind,
            url: document.url.as_deref(),
            date: document.date.as_deref(),
        },
        coverage: CoverageOut {
            quantities: reading.quantities(),
            facts: reading.facts.iter().filter(|f| f.printed).count(),
            decoys,
            unexplained,
            residue,
        },
        facts,
        breakdowns,
        findings,
        diagnostics: document
            .diagnostics
            .iter()
            .map(|d| DiagnosticOut {
                code: d.code,
                message: d.message(lang).to_owned(),
                offset: d.offset.map(|o| Places::new(&document.text).at(o as u32).0),
            })
            .collect(),
    }
}

fn fact<'a>(
    packs: &'a Packs,
    document: &'a Document,
    view: &'a View,
    reading: &'a Reading,
    places: &mut Places,
    id: u32,
    f: &'a Fact,
) -> FactOut<'a> {
    let (start, end) = view.source(f.start, f.end);
    let (span_start, line) = places.at(start);
    let (span_end, _) = places.at(end);
    let (s, e) = view.source(f.sentence.0, f.sentence.1);
    let sentence = (places.at(s).0, places.at(e).0);
    let unit = f.unit.and_then(|u| packs.vocabulary.units.get(u));
    let inferred = f.unit_inferred.and_then(|u| packs.vocabulary.units.get(u));
    let money = unit.or(inferred).filter(|u| u.kind == UnitKind::Money);
    let mut section = Vec::new();
    let mut at = f.section;
    while let Some(node) = at.and_then(|i| reading.sections.get(i as usize)) {
        section.push(node.heading.as_str());
        at = node.parent;
    }
    section.reverse();
    FactOut {
        id: fact_id(id),
        concept: f.concept.as_deref(),
        label: &f.label,
        also: f.also.as_deref(),
        measure: f.measure,
        value: Figure(f.value),
        unit: unit.map(|u| u.name.as_str()),
        unit_inferred: inferred.map(|u| u.name.as_str()),
        yuan: money.and_then(|u| u.yuan).and_then(|y| y.checked_mul(f.value)).map(|v| Figure(v.normalize())),
        decimals: f.decimals,
        year: f.year,
        as_of: match f.as_of {
            AsOf::Start => Some("year_start"),
            AsOf::End => Some("year_end"),
            AsOf::Date => Some("date"),
            AsOf::Months => Some("months"),
            AsOf::Year => None,
        },
        stage: f.stage,
        basis: f.basis.as_ref().map(|b| basis(b, f.measure)),
        fund: f.fund,
        flow: f.flow,
        part: f.part.as_deref(),
        carryover: f.carryover,
        role: f.role,
        parent: f.parent.map(fact_id),
        within: f.within.as_deref(),
        qualifier: f.qualifier.as_deref(),
        cause: f
            .cause
            .map(|(s, e)| view.source(s, e))
            .and_then(|(s, e)| document.text.get(s as usize..e as usize))
            .filter(|c| !c.is_empty()),
        stated: f.stated,
        quote: document.text.get(start as usize..end as usize).unwrap_or(""),
        span: (span_start, span_end),
        line,
        page: None,
        section,
        sentence,
        pattern: f
            .pattern
            .and_then(|p| packs.patterns.get(p as usize))
            .map_or(if f.cell.is_some() { "table/cell" } else { "level/plain" }, |p| &p.id),
    }
}

fn basis(b: &Basis, measure: Measure) -> BasisOut<'_> {
    let share = measure == Measure::Share;
    BasisOut {
        year: if share { None } else { Some(b.year) },
        stage: b.stage,
        stated: b.stated,
        label: b.whole.as_deref(),
        concept: b.concept.as_deref(),
        fact: b.fact.map(fact_id),
    }
}

fn finding<'a>(packs: &'a Packs, reading: &Reading, f: &'a crate::check::Finding, lang: Lang) -> FindingOut<'a> {
    FindingOut {
        rule: f.rule.id,
        verdict: f.verdict,
        severity: f.severity(),
        facts: f.facts.iter().map(|i| fact_id(*i)).collect(),
        stated: f.stated.map(Figure),
        computed: f.computed.map(|d| Figure(d.normalize())),
        difference: f.difference.map(|d| Figure(d.normalize())),
        tolerance: f.tolerance.map(|d| Figure(d.normalize())),
        unit: f.unit.and_then(|u| packs.vocabulary.units.get(u)).map(|u| u.name.as_str()),
        equation: f.equation(reading),
        suspects: f
            .suspects
            .iter()
            .map(|s| SuspectOut {
                fact: fact_id(s.fact),
                suggested: s.suggested.map(Figure),
                suggested_year: s.year,
                slip: s.slip,
                explains: s.explains,
            })
            .collect(),
        remainder: f.remainder.map(|d| Figure(d.normalize())),
        reason: f.reason,
        message: f.message(packs, reading, lang),
    }
}
