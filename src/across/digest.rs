//! What is kept of a document when it goes: the figures that another document
//! may speak of, each with its key and its place.

use super::organization::Name;
use crate::Analysis;
use crate::check::{Findings, Notebook, Verdict};
use crate::document::Places;
use crate::fact::{Carryover, Fact, FactId, Measure, Role};
use crate::lex::{AsOf, UnitId};
use crate::pattern::{Fund, Packs, Stage};
use crate::segment::{Kind, Members, Scope, View};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Characters before a figure that may call it 年初预算.
const BEFORE: usize = 24;
/// More support than this makes no difference.
const MOST_SUPPORT: u8 = 9;

/// What a document leaves behind.
#[derive(Debug, Clone)]
pub struct Digest {
    pub(super) source: Source,
    pub(super) organization: Option<Name>,
    pub(super) scope: Option<Scope>,
    pub(super) stage: Option<Stage>,
    pub(super) members: Option<Members>,
    pub(super) sentences: Vec<String>,
    pub(super) figures: Vec<Taken>,
}

/// Which document it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// As in the document's own output.
    pub id: String,
    /// As in the document's own output.
    pub path: Option<String>,
    /// The digest of its bytes: the same note twice is one note.
    pub sha256: String,
    /// Who publishes it.
    pub organization: Option<String>,
    /// The year that it is about.
    pub fiscal_year: Option<i32>,
    /// The kind of the note.
    pub kind: Kind,
}

/// A figure with its key, before names are shared.
#[derive(Debug, Clone)]
pub(super) struct Taken {
    pub concept: Arc<str>,
    pub under: Option<Arc<str>>,
    pub label: String,
    pub fund: Option<Fund>,
    pub carryover: Option<Carryover>,
    pub measure: Measure,
    pub year: i32,
    pub stage: Stage,
    pub basis: Option<(i32, Option<Stage>)>,
    /// 年初预算 is printed before it.
    pub opening: bool,
    /// A number is printed: false for 持平 and 无….
    pub printed: bool,
    /// The document gives the same key another value elsewhere.
    pub torn: bool,
    pub value: Decimal,
    pub places: u8,
    pub unit: Option<UnitId>,
    pub fact: FactId,
    pub support: u8,
    pub line: u32,
    /// In code points of the document's text.
    pub span: (u32, u32),
    pub sentence: u16,
    /// Bytes of the quote in its sentence.
    pub quote: (u16, u16),
}

impl Digest {
    /// Takes from a document what others may speak of. A document of which no
    /// organisation or year is known, and a report on a whole county, leaves its name alone.
    pub fn new(packs: &Packs, analysis: &Analysis) -> Self {
        let Analysis { document, reading, findings, view } = analysis;
        let identity = &reading.identity;
        let mut digest = Digest {
            source: Source {
                id: document.id.clone(),
                path: document.path.clone(),
                sha256: document.sha256.clone(),
                organization: identity.organization.clone(),
                fiscal_year: identity.fiscal_year,
                kind: identity.kind,
            },
            organization: identity.organization.as_deref().and_then(Name::read),
            scope: identity.scope,
            stage: None,
            members: if identity.scope == Some(Scope::Department) { Members::read(&view.text) } else { None },
            sentences: Vec::new(),
            figures: Vec::new(),
        };
        let told =
            matches!(identity.kind, Kind::UnitBudget | Kind::DepartmentBudget | Kind::ThreePublic | Kind::FinalAccount);
        if !told || identity.is_execution || digest.organization.is_none() || identity.fiscal_year.is_none() {
            return digest;
        }
        digest.stage = Some(if identity.is_final { Stage::Final } else { Stage::Budget });
        digest.take(packs, analysis, &support(findings));
        digest
    }

    fn take(&mut self, packs: &Packs, analysis: &Analysis, support: &FxHashMap<FactId, u8>) {
        let Analysis { document, view, reading, .. } = analysis;
        let book = Notebook::new(packs, reading);
        let mut places = Places::new(&document.text);
        let mut sentences: FxHashMap<(u32, u32), u16> = FxHashMap::default();
        for (i, f) in reading.facts.iter().enumerate() {
            let id = i as FactId;
            let (Some(concept), Some(year), Some(stage)) = (comparable(&book, id, f), f.year, f.stage) else {
                continue;
            };
            let bytes = view.source(f.start, f.end);
            let around = view.source(f.sentence.0, f.sentence.1);
            let around = (around.0.min(bytes.0), around.1.max(bytes.1));
            let next = self.sentences.len();
            let sentence = *sentences.entry(around).or_insert(u16::try_from(next).unwrap_or(u16::MAX));
            if usize::from(sentence) == next {
                self.sentences.push(document.text.get(around.0 as usize..around.1 as usize).unwrap_or("").to_owned());
            }
            let quote = (bytes.0.checked_sub(around.0), bytes.1.checked_sub(around.0));
            let (Some(from), Some(upto)) = quote else { continue };
            let (Ok(from), Ok(upto)) = (u16::try_from(from), u16::try_from(upto)) else { continue };
            let (start, line) = places.at(bytes.0);
            let end = places.at(bytes.1).0;
            self.figures.push(Taken {
                concept: concept.clone(),
                under: under(&book, f, concept),
                label: f.label.clone(),
                fund: f.fund,
                carryover: f.carryover,
                measure: f.measure,
                year,
                stage,
                basis: f.basis.as_ref().and_then(|b| Some((b.year?, b.stage))),
                opening: opening(view, f),
                printed: f.printed,
                torn: false,
                value: f.value,
                places: book.places(f),
                unit: f.unit.or(f.unit_inferred),
                fact: id,
                support: support.get(&id).copied().unwrap_or(0),
                line,
                span: (start, end),
                sentence,
                quote: (from, upto),
            });
        }
        self.settle();
    }

    /// Of several statements of one figure the first stays, or the first that
    /// calls itself 年初预算; if they differ it is torn.
    fn settle(&mut self) {
        type Key = (Arc<str>, Option<Arc<str>>, Option<Fund>, Option<Carryover>, Measure, i32, Stage, Option<i32>);
        let key = |t: &Taken| -> Key {
            let basis = t.basis.map(|(year, _)| year);
            (t.concept.clone(), t.under.clone(), t.fund, t.carryover, t.measure, t.year, t.stage, basis)
        };
        let mut first: FxHashMap<Key, usize> = FxHashMap::default();
        let mut kept: Vec<Taken> = Vec::with_capacity(self.figures.len());
        for taken in std::mem::take(&mut self.figures) {
            match first.get(&key(&taken)).and_then(|at| kept.get_mut(*at)) {
                None => {
                    first.insert(key(&taken), kept.len());
                    kept.push(taken);
                }
                Some(before) => {
                    before.torn |= before.unit == taken.unit && before.value != taken.value;
                    before.support = before.support.max(taken.support);
                    let torn = before.torn;
                    if taken.opening && !before.opening {
                        *before = Taken { torn, ..taken };
                    }
                }
            }
        }
        self.figures = kept;
    }
}

/// The concept of a figure that another document may state too.
fn comparable<'a>(book: &Notebook<'a>, id: FactId, f: &'a Fact) -> Option<&'a Arc<str>> {
    let concept = f.concept.as_ref()?;
    let of_note = f.part.is_none()
        && f.within.is_none()
        && f.qualifier.is_none()
        // 收入X，支出X，比上年增加Y: the change is of both.
        && (f.also.is_none() || f.measure != Measure::Level)
        && f.as_of == AsOf::Year
        && f.role != Some(Role::Driver)
        && f.cell.is_none();
    let measured = match f.measure {
        Measure::Level => book.is_money(f),
        Measure::Change => book.is_money(f) || !f.printed,
        Measure::Growth => true,
        _ => false,
    };
    // Names that several things share.
    let vague = ["carryover", "generic", "transfer", "debt", "tax", "nontax", "balance"]
        .iter()
        .any(|v| concept.split('.').next() == Some(v))
        || concept.contains(".xx");
    (of_note && measured && !vague && book.scope(id).is_none()).then_some(concept)
}

/// A function's or an economic item's amount is of the total that it is listed under.
fn under(book: &Notebook, f: &Fact, concept: &str) -> Option<Arc<str>> {
    let cut = concept.starts_with("expenditure.function") || concept.starts_with("expenditure.economic");
    let parent = f.parent.filter(|_| cut).and_then(|p| book.fact(p))?;
    parent.concept.clone()
}

/// Whether 年初预算 stands right before a figure.
fn opening(view: &View, f: &Fact) -> bool {
    let before = view.slice(f.sentence.0.min(f.start), f.start);
    let from = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let near = before.get(from..).unwrap_or("");
    let near = near.rsplit(['。', ';']).next().unwrap_or(near);
    // 年初预算数10万元,调整预算数12万元: the nearer word counts.
    let last = |w: &str| near.rfind(w);
    match last("年初") {
        Some(at) => [last("调整"), last("决算"), last("全年预算")].into_iter().flatten().all(|other| other < at),
        None => false,
    }
}

/// In how many relations of its own document each figure holds to the digit.
fn support(findings: &Findings) -> FxHashMap<FactId, u8> {
    let mut support: FxHashMap<FactId, u8> = FxHashMap::default();
    for f in findings.list.iter().filter(|f| f.verdict == Verdict::Exact) {
        for id in &f.facts {
            let n = support.entry(*id).or_default();
            *n = n.saturating_add(1).min(MOST_SUPPORT);
        }
    }
    support
}
