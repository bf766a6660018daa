//! Stage five: from matches to facts. What a figure is of, its year, measure,
//! sign, base, fund and part; what a clause leaves unsaid is inherited; the
//! tree of totals, components and drivers is built. Judges nothing.

mod classification;
mod context;
mod label;
mod reader;
mod slip;
mod table;
mod topics;

pub(crate) use classification::is_function;
pub(crate) use reader::REST;
pub use reader::read;
pub(crate) use slip::{differ_by_a_slip, differ_in_one_digit, mistyped, one_digit_mends, one_digit_of_four_mends};
pub use table::{Column, Place, Row, Table, TableKind, TableSum, Total};
pub use topics::Topics;

use crate::lex::{AsOf, DecoyReason, UnitId};
use crate::pattern::{Flow, Fund, Stage};
use crate::segment::Identity;
use rust_decimal::Decimal;
use std::sync::Arc;

/// Index of a fact in [`Reading::facts`].
pub type FactId = u32;

/// What kind of figure a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// a stated amount or count
    Level,
    /// an amount of change
    Change,
    /// a per cent change
    Growth,
    /// a share of a whole
    Share,
    /// completion of a budget
    Completion,
    /// another ratio
    Ratio,
    /// a score
    Score,
}

impl Measure {
    /// The name that the output carries.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Level => "level",
            Measure::Change => "change",
            Measure::Growth => "growth",
            Measure::Share => "share",
            Measure::Completion => "completion",
            Measure::Ratio => "ratio",
            Measure::Score => "score",
        }
    }
}

/// What a change, completion or share is measured against.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Basis {
    /// The compared year.
    pub year: Option<i32>,
    /// The compared stage.
    pub stage: Option<Stage>,
    /// Whether the note says so; false where it is inferred.
    pub stated: bool,
    /// For a share: the whole as named.
    pub whole: Option<String>,
    /// For a share: the whole's concept.
    pub concept: Option<Arc<str>>,
    /// For a share: the whole's fact.
    pub fact: Option<FactId>,
}

impl Fact {
    /// 2030年结转资金20万元 beside 2031年支出60万元: whether a figure is what the year before has left for that of
    /// another.
    #[must_use]
    pub fn is_left_for(&self, other: &Fact) -> bool {
        let next = self.year.zip(other.year).is_some_and(|(year, next)| year + 1 == next);
        next && self.stage == other.stage && self.concept.as_deref() == Some("carryover.opening")
    }
}

/// A fact's place in the tree of its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// It has components.
    Total,
    /// It is one of a total's components.
    Component,
    /// It explains a change.
    Driver,
}

/// Whether an amount holds what was carried over from the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Carryover {
    /// 含上年结转
    Included,
    /// 不含上年结转
    Excluded,
}

/// A figure of the note with all that it says of itself and all that it inherits.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Dotted concept id; `None` if the label is in no pack.
    pub concept: Option<Arc<str>>,
    /// The item as written, cleaned of dates and verbs.
    pub label: String,
    /// The other item that the figure is said of.
    pub also: Option<String>,
    /// What kind of figure it is.
    pub measure: Measure,
    /// Exact, signed, in the printed unit.
    pub value: Decimal,
    /// The printed unit.
    pub unit: Option<UnitId>,
    /// The unit that the context gives when none is printed.
    pub unit_inferred: Option<UnitId>,
    /// Printed decimal places.
    pub decimals: u8,
    /// The year that it is about.
    pub year: Option<i32>,
    /// The moment of the year, for counts.
    pub as_of: AsOf,
    /// How far along the year.
    pub stage: Option<Stage>,
    /// What it is measured against.
    pub basis: Option<Basis>,
    /// The fund.
    pub fund: Option<Fund>,
    /// Revenue or expenditure.
    pub flow: Option<Flow>,
    /// The office, unit or place that it is for, when not the whole.
    pub part: Option<String>,
    /// Whether it holds what was carried over.
    pub carryover: Option<Carryover>,
    /// Its place in the tree.
    pub role: Option<Role>,
    /// The total or the change that it belongs to.
    pub parent: Option<FactId>,
    /// The component inside which a driver lies.
    pub within: Option<String>,
    /// 同口径, 自然口径, 当月, 累计.
    pub qualifier: Option<String>,
    /// The stated reason of a change, as a range of the view.
    pub cause: Option<(u32, u32)>,
    /// False for a stated absence.
    pub stated: bool,
    /// Whether a number is printed: false for 持平 and 无….
    pub printed: bool,
    /// Whether the level belongs to a compared period.
    pub prior: bool,
    /// 约4.9亿元: told roughly.
    pub about: bool,
    /// Range of the view.
    pub start: u32,
    /// Range of the view.
    pub end: u32,
    /// The sentence, as a range of the view.
    pub sentence: (u32, u32),
    /// Index of the pattern, `None` for a plain level.
    pub pattern: Option<u32>,
    /// Index into [`Reading::sections`].
    pub section: Option<u32>,
    /// Index of its paragraph.
    pub paragraph: u32,
    /// Where in the tables it stands.
    pub cell: Option<Place>,
}

/// How much of its total a list claims to name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Only some: reasons, 含, 主要项目.
    Some,
    /// It does not say: 其中.
    Open,
    /// Everything: 分别为, 按用途划分, 由…组成.
    Whole,
}

/// A total with its components, or a change with its drivers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    /// The total or change.
    pub total: FactId,
    /// What it is made of.
    pub parts: Vec<FactId>,
    /// The word that opened the list, as a range of the view.
    pub cue: (u32, u32),
    /// Drivers rather than components.
    pub drivers: bool,
    /// How much of the total it claims to name.
    pub extent: Extent,
    /// The list is an equation: 加上A、B，总计N.
    pub equation: bool,
    /// The parts that are subtracted: 减去上解支出.
    pub minus: Vec<FactId>,
}

/// Says that an amount is what comes in less what goes out: 收支相抵，年终结余65616万元.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offset {
    /// What is left.
    pub left: FactId,
    /// What comes in.
    pub come_in: Vec<FactId>,
    /// What goes out.
    pub gone_out: Vec<FactId>,
    /// Whether both sides are told as totals; otherwise the figures that were told may be more than they, or fewer.
    pub sure: bool,
}

/// Says which of two stages is larger: 决算数小于预算数.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The item's level of the first stage.
    pub left: FactId,
    /// The item's level of the second stage.
    pub right: FactId,
    /// −1 less, 0 equal, 1 more.
    pub order: i8,
    /// Range of the view.
    pub span: (u32, u32),
}

/// N offices said, M named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enumeration {
    /// The count.
    pub fact: FactId,
    /// How many are named.
    pub named: u32,
    /// The names, as a range of the view.
    pub span: (u32, u32),
}

/// A number that is no fact, with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decoy {
    /// Why it is none.
    pub reason: DecoyReason,
    /// Range of the view; for page numbers of the text.
    pub start: u32,
    /// Range of the view; for page numbers of the text.
    pub end: u32,
    /// Whether the range is one of the text already.
    pub in_text: bool,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionNode {
    /// Its text.
    pub heading: String,
    /// The heading above it.
    pub parent: Option<u32>,
}

/// All that was read from a note.
#[derive(Debug, Default)]
pub struct Reading {
    /// Whose note, which year, what kind.
    pub identity: Identity,
    /// In the order of the text.
    pub facts: Vec<Fact>,
    /// Totals and components, changes and drivers.
    pub breakdowns: Vec<Breakdown>,
    /// Claims of order.
    pub claims: Vec<Claim>,
    /// What comes in less what goes out, by the words.
    pub offsets: Vec<Offset>,
    /// Named things beside their number.
    pub enumerations: Vec<Enumeration>,
    /// Numbers that are no facts.
    pub decoys: Vec<Decoy>,
    /// Numbers that nothing explains, as ranges of the view.
    pub unexplained: Vec<(u32, u32)>,
    /// Headings.
    pub sections: Vec<SectionNode>,
    /// Tables with facts in them.
    pub tables: Vec<Table>,
    /// Template residue: 增加（减少）, 大小于.
    pub residue: Vec<(u32, u32)>,
}

impl Reading {
    /// The fact with an id.
    pub fn fact(&self, id: FactId) -> Option<&Fact> {
        self.facts.get(id as usize)
    }

    /// Numbers that are quantities: facts with a printed number, thresholds and
    /// figures of definitions, and what nothing explains.
    pub fn quantities(&self) -> usize {
        let counted =
            |r: DecoyReason| matches!(r, DecoyReason::Threshold | DecoyReason::Definition | DecoyReason::TableCell);
        self.facts.iter().filter(|f| f.printed).count()
            + self.decoys.iter().filter(|d| counted(d.reason)).count()
            + self.unexplained.len()
    }
}
