//! A figure as the contract writes it, by hand or by the program.

use crate::Analysis;
use crate::check::Lang;
use crate::pattern::Packs;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};

/// What a figure says, field by field; an annotation's `id` is a number, the
/// program's a name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FigureRecord<I> {
    /// Which figure.
    pub id: I,
    /// As it stands in the text.
    pub quote: String,
    /// What kind of figure.
    pub measure: String,
    /// Signed, in the printed unit.
    #[serde(deserialize_with = "exact")]
    pub value: Decimal,
    /// The printed unit.
    pub unit: Option<String>,
    /// The unit of its neighbours, where none is printed.
    #[serde(default)]
    pub unit_inferred: Option<String>,
    /// The item.
    pub label: String,
    /// The item's concept.
    pub concept: Option<String>,
    /// The year that it is about.
    pub year: Option<i32>,
    /// How far along the year.
    pub stage: Option<String>,
    /// What it is measured against.
    pub basis: Option<BaseRecord>,
    /// The fund.
    pub fund: Option<String>,
    /// The office, unit or place.
    pub part: Option<String>,
    /// Its place in its list.
    pub role: Option<String>,
    /// The total or change that it belongs to.
    pub parent: Option<I>,
}

impl<I> FigureRecord<I> {
    /// The compared year.
    pub(super) fn base_year(&self) -> Option<i32> {
        self.basis.as_ref().and_then(|b| b.year)
    }

    /// The compared stage.
    pub(super) fn base_stage(&self) -> Option<&str> {
        self.basis.as_ref().and_then(|b| b.stage.as_deref())
    }

    /// The first word of its concept.
    pub(super) fn family(&self) -> &str {
        self.concept.as_deref().and_then(|c| c.split('.').next()).unwrap_or("–")
    }
}

/// What a figure is measured against.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BaseRecord {
    /// The compared year.
    #[serde(default)]
    pub year: Option<i32>,
    /// The compared stage.
    #[serde(default)]
    pub stage: Option<String>,
}

/// An exact decimal, written as a string.
fn exact<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
    let text = String::deserialize(from)?;
    Decimal::from_str_exact(&text).map_err(|_| serde::de::Error::custom(format!("{text:?} is no exact decimal")))
}

/// A field of a figure that can be right or wrong by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The value, with its sign.
    Value,
    /// The sign alone.
    Sign,
    /// The printed unit.
    Unit,
    /// The measure.
    Measure,
    /// The item's name.
    Label,
    /// The item's concept.
    Concept,
    /// The year.
    Year,
    /// The stage.
    Stage,
    /// The compared year.
    BaseYear,
    /// The compared stage.
    BaseStage,
    /// The fund.
    Fund,
    /// The office, unit or place.
    Part,
    /// The total or change above it.
    Parent,
    /// Its place in its list.
    Role,
}

impl Field {
    /// All, in the order in which they are told.
    pub const ALL: [Field; 14] = [
        Field::Value,
        Field::Sign,
        Field::Unit,
        Field::Measure,
        Field::Label,
        Field::Concept,
        Field::Year,
        Field::Stage,
        Field::BaseYear,
        Field::BaseStage,
        Field::Fund,
        Field::Part,
        Field::Parent,
        Field::Role,
    ];

    /// The name that the output carries.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Field::Value => "value",
            Field::Sign => "sign",
            Field::Unit => "unit",
            Field::Measure => "measure",
            Field::Label => "label",
            Field::Concept => "concept",
            Field::Year => "year",
            Field::Stage => "stage",
            Field::BaseYear => "base_year",
            Field::BaseStage => "base_stage",
            Field::Fund => "fund",
            Field::Part => "part",
            Field::Parent => "parent",
            Field::Role => "role",
        }
    }

    /// Whether a fact that is wrong in it is not *fully right*: value, unit,
    /// measure, label, year and base are what a figure cannot do without.
    #[must_use]
    pub fn is_core(self) -> bool {
        use Field::*;
        matches!(self, Value | Unit | Measure | Label | Year | BaseYear)
    }
}

/// What the program reads in a note.
#[derive(Debug, Clone, Deserialize)]
pub struct ReadNote {
    pub(super) document: ReadHead,
    /// Its facts, in the order of the text.
    pub facts: Vec<ReadFact>,
    pub(super) findings: Vec<ReadFinding>,
    pub(super) coverage: ReadCoverage,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct ReadHead {
    pub organization: Option<String>,
    pub fiscal_year: Option<i32>,
    pub kind: String,
}

/// A fact that the program reads.
#[derive(Debug, Clone, Deserialize)]
pub struct ReadFact {
    /// What it says.
    #[serde(flatten)]
    pub figure: FigureRecord<String>,
    /// Where it stands, in characters.
    pub span: (usize, usize),
    /// What read it.
    pub pattern: String,
}

impl ReadFact {
    /// Whether a number is printed: 持平 and 无… are facts, but no quantities.
    pub(super) fn is_printed(&self) -> bool {
        self.pattern != "level/none"
            && self
                .figure
                .quote
                .chars()
                .any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二两三四五六七八九十百千".contains(c))
    }
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct ReadFinding {
    pub rule: String,
    pub verdict: String,
    pub facts: Vec<String>,
    pub equation: String,
    #[serde(default)]
    pub suspects: Vec<ReadSuspect>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct ReadSuspect {
    pub fact: String,
    suggested: Option<String>,
    #[serde(default)]
    suggested_year: Option<i32>,
}

impl ReadSuspect {
    /// The value or year that would mend it.
    pub fn suggested(&self) -> Option<Decimal> {
        let value = self.suggested.as_deref().and_then(|s| Decimal::from_str_exact(s).ok());
        value.or(self.suggested_year.map(Decimal::from))
    }
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct ReadCoverage {
    pub unexplained: Vec<Loose>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Loose {
    pub quote: String,
}

impl ReadNote {
    /// What the contract says of an analysis: the output is judged, not what
    /// lies behind it.
    ///
    /// # Errors
    ///
    /// If the output does not hold the contract.
    pub fn of(packs: &Packs, a: &Analysis) -> Result<Self, serde_json::Error> {
        let out = crate::report::output(packs, &a.document, &a.view, &a.reading, &a.findings, Lang::Zh);
        serde_json::from_value(serde_json::to_value(&out)?)
    }
}
