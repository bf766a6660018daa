//! What clauses inherit: the current item, year, base, and the open lists.

use super::label::Item;
use super::{Extent, FactId, Measure};
use crate::lex::Period;
use crate::pattern::{Flow, Fund, Stage};
use rust_decimal::Decimal;

/// How strongly two figures are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Gap {
    #[default]
    None,
    Comma,
    Semicolon,
    Stop,
    Line,
}

/// What kind of list is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    /// The paragraph itself.
    Base,
    Components,
    Drivers,
    Bracket,
    /// 加上A、B，总计N: the total comes last.
    Addition,
}

/// What a change is measured against, as said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Base {
    pub period: Option<Period>,
    /// Years from the note's: 同比 −1, 较年初预算 0.
    pub years: Option<i32>,
    pub stage: Option<Stage>,
}

/// An open list.
#[derive(Debug, Clone)]
pub(super) struct List<'a> {
    pub kind: ListKind,
    /// The level that the list breaks down.
    pub owner_level: Option<FactId>,
    /// The change that it explains or breaks down.
    pub owner_change: Option<FactId>,
    pub members: Vec<FactId>,
    /// Since the last member.
    pub gap: Gap,
    /// Strongest between members so far.
    pub separator: Gap,
    /// Level of list numbers between the members.
    pub ordinal: Option<u8>,
    /// An enumerator (二是) came since the last member.
    pub enumerated: bool,
    /// The item of the last level in this list.
    pub item: Option<Item<'a>>,
    /// The last level in this list.
    pub level: Option<FactId>,
    /// The last change.
    pub change: Option<FactId>,
    pub year: Option<i32>,
    pub stage: Option<Stage>,
    pub base: Option<Base>,
    pub cue: (u32, u32),
    /// How much of its total it claims to name.
    pub extent: Extent,
    /// Members that are subtracted: 减去上解支出.
    pub minus: Vec<FactId>,
    pub deducting: bool,
    /// The fund that the paragraph began with.
    pub fund: Option<Fund>,
    /// Running total of the members that count.
    pub sum: Decimal,
    /// The sign and outer item of the last 增加X…: 增加甲10万元和乙5万元.
    pub named_change: Option<(i8, Option<&'a str>)>,
    /// What bare per cents mean after the first member.
    pub rates: Vec<Measure>,
    /// Per cents since the last member.
    pub rate_at: usize,
    /// The rank of the numbered paragraph that it was opened in; 0 in others.
    pub inside: u8,
}

impl<'a> List<'a> {
    pub fn new(kind: ListKind, cue: (u32, u32)) -> Self {
        List {
            kind,
            owner_level: None,
            owner_change: None,
            members: Vec::new(),
            gap: Gap::None,
            separator: Gap::None,
            ordinal: None,
            enumerated: false,
            item: None,
            level: None,
            change: None,
            year: None,
            stage: None,
            base: None,
            cue,
            extent: Extent::Open,
            minus: Vec::new(),
            deducting: false,
            fund: None,
            sum: Decimal::ZERO,
            named_change: None,
            rates: Vec::new(),
            rate_at: 0,
            inside: 0,
        }
    }
}

/// What the headings above say.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Heading<'a> {
    pub level: u8,
    pub node: u32,
    pub fund: Option<Fund>,
    pub flow: Option<Flow>,
    pub stage: Option<Stage>,
    pub year: Option<i32>,
    pub no_facts: bool,
    pub item: Option<Item<'a>>,
    /// The organisation that it is the name of.
    pub body: Option<&'a str>,
}

/// What the clause at hand has said so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Clause {
    /// Runs of words since the last figure, as token ranges.
    pub runs: Vec<(usize, usize)>,
    pub period: Option<Period>,
    /// All periods that it names, in their order.
    pub periods: Vec<Period>,
    pub stage: Option<Stage>,
    /// A reason or a purpose began here.
    pub aside: bool,
    /// What money is for is being told.
    pub purpose: bool,
    /// A figure was read in this clause.
    pub figure: bool,
    /// 扣除…因素后: names what is left out of the figure.
    pub left_out: bool,
    /// It says which of two stages is larger: 决算数小于预算数.
    pub claims: bool,
    /// It says that something rises (1) or falls (-1), without a figure.
    pub moved: Option<i8>,
}

impl Clause {
    /// Forgets what was said but keeps the memory.
    pub fn clear(&mut self) {
        let mut runs = std::mem::take(&mut self.runs);
        runs.clear();
        *self = Clause { runs, ..Clause::default() };
    }
}
