//! What the rules look up: levels by item, year and stage; printed places.

use super::Settings;
use super::rules::Row;
use crate::fact::{Breakdown, Fact, FactId, Measure, Reading, Topics};
use crate::lex::{UnitId, UnitKind};
use crate::pattern::{Fund, Packs, Stage};
use crate::segment::Kind;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

/// How many statements of one item are looked through for the one that is meant.
pub(super) const FAR: usize = 128;

/// How many characters the name of an item that no pack knows has to have, to be the same in another paragraph.
const LONG_NAME: usize = 8;

/// At most so many amounts of a unit that are not zero are too few to tell their places from.
const FEW: u32 = 10;

/// A note's facts with what the rules need to know of them.
pub struct Notebook<'a> {
    /// The packs.
    pub packs: &'a Packs,
    /// What was read.
    pub reading: &'a Reading,
    /// Places that the note's sentences use for each unit of money.
    places: Vec<Places>,
    /// Those that its tables use.
    cell_places: Vec<Places>,
    /// label or concept → the item's number
    items: FxHashMap<&'a str, u32>,
    /// The item of each fact.
    item_of: Vec<u32>,
    /// The levels that sentences state, item by item, each item's in the order of the text.
    levels: Vec<FactId>,
    /// Where the levels of each item end; they begin where those of the item before end.
    ends: Vec<usize>,
    /// The totals with their components, in the order of the totals.
    lists: Vec<&'a Breakdown>,
    /// Whether 一般公共预算 is all that the note is about.
    pub one_fund: bool,
    /// Whether one level of a place is all that it is about.
    pub(super) one_part: bool,
    /// What the user decided.
    pub settings: &'a Settings,
    /// What the note speaks of, where that may be asked.
    pub(super) topics: Option<&'a Topics<'a>>,
    /// Whether the note is whole, once that was asked.
    pub(super) whole: OnceCell<bool>,
    /// Its rows of shares, once they were asked for.
    pub(super) share_rows: OnceCell<Vec<Row>>,
}

/// The places that a note uses for one unit of money.
#[derive(Debug, Clone, Copy)]
struct Places {
    unit: UnitId,
    /// Those that a good part of its figures show: what shows less has dropped its zeros.
    shown: u8,
    /// Those that a single figure shows, where there are too few to tell.
    single: Option<u8>,
    /// Fewer places that stand for themselves, a bit each: a note that prints a zero there drops none behind it.
    own: u16,
}

impl std::fmt::Debug for Notebook<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Notebook({} facts)", self.reading.facts.len())
    }
}

impl<'a> Notebook<'a> {
    /// Indexes a reading.
    pub fn new(packs: &'a Packs, reading: &'a Reading) -> Self {
        static AS_THEY_ARE: Settings =
            Settings { rules: Vec::new(), smallest: Vec::new(), required: Vec::new(), order: Vec::new() };
        Notebook::with(packs, reading, &AS_THEY_ARE)
    }

    /// Whether the note holds a figure of a concept, or of a part of it.
    pub(super) fn has_item(&self, concept: &str) -> bool {
        let part = |item: &str| item.strip_prefix(concept).is_some_and(|rest| rest.starts_with('.'));
        self.items.contains_key(concept) || self.items.keys().any(|item| part(item))
    }

    /// Indexes a reading that is checked as some settings say.
    pub fn with(packs: &'a Packs, reading: &'a Reading, settings: &'a Settings) -> Self {
        let facts = &reading.facts;
        let mut items: FxHashMap<&str, u32> = FxHashMap::default();
        items.reserve(facts.len() / 2);
        let mut item_of = Vec::with_capacity(facts.len());
        let level = |f: &Fact| f.measure == Measure::Level && f.stated && f.cell.is_none();
        // First how many levels each item has, then where they begin, and as they
        // are put in place that becomes where they end.
        let mut ends: Vec<usize> = Vec::new();
        for f in facts {
            let item = *items.entry(key(f)).or_insert_with(|| {
                ends.push(0);
                ends.len() as u32 - 1
            });
            item_of.push(item);
            if let Some(count) = ends.get_mut(item as usize) {
                *count += usize::from(level(f));
            }
        }
        let mut total = 0;
        for end in &mut ends {
            total += std::mem::replace(end, total);
        }
        let mut levels: Vec<FactId> = vec![0; total];
        for (id, (f, item)) in (0..).zip(facts.iter().zip(&item_of)) {
            if level(f)
                && let Some(end) = ends.get_mut(*item as usize)
                && let Some(place) = levels.get_mut(*end)
            {
                *place = id;
                *end += 1;
            }
        }
        let cell_places = places(packs, reading, true);
        let places = places(packs, reading, false);
        let mut lists: Vec<&Breakdown> = reading.breakdowns.iter().filter(|b| !b.drivers).collect();
        lists.sort_by_key(|b| b.total);
        let mut book = Notebook {
            packs,
            reading,
            places,
            cell_places,
            items,
            item_of,
            levels,
            ends,
            lists,
            one_fund: false,
            one_part: false,
            settings,
            topics: None,
            whole: OnceCell::new(),
            share_rows: OnceCell::new(),
        };
        book.one_fund = book.has_one_fund();
        book.one_part = book.has_one_part();
        book
    }

    /// The fact with an id.
    pub fn fact(&self, id: FactId) -> Option<&'a Fact> {
        self.reading.facts.get(id as usize)
    }

    /// What a fact's unit measures.
    pub fn kind(&self, f: &Fact) -> UnitKind {
        f.unit.or(f.unit_inferred).and_then(|u| self.packs.vocabulary.units.get(u)).map_or(UnitKind::Bare, |u| u.kind)
    }

    /// Whether a fact is an amount of money.
    pub fn is_money(&self, f: &Fact) -> bool {
        self.kind(f) == UnitKind::Money
    }

    /// Yuan in one unit of a fact; 1 for what is no money.
    pub fn factor(&self, f: &Fact) -> Decimal {
        f.unit
            .or(f.unit_inferred)
            .and_then(|u| self.packs.vocabulary.units.get(u))
            .and_then(|u| u.yuan)
            .unwrap_or(Decimal::ONE)
    }

    /// The places to which a figure is printed: those that the note uses for
    /// its unit, or its own if it has more. Counts are exact, rates are their own.
    pub fn places(&self, f: &Fact) -> u8 {
        match f.unit.or(f.unit_inferred) {
            Some(u) if self.is_money(f) && !self.is_rounded(f) => {
                let places = self.places_of_unit(f, u);
                places.filter(|p| p.own >> f.decimals & 1 == 0).map_or(f.decimals, |p| p.shown.max(f.decimals))
            }
            _ => f.decimals,
        }
    }

    /// 7451万元 among 7843.92万元: an amount of four digits and more without decimals that is not round has lost them by rounding,
    /// and not because they were zeros. 元 have no decimals as often as not.
    fn is_rounded(&self, f: &Fact) -> bool {
        let large = f.value.abs() >= Decimal::ONE_THOUSAND && self.factor(f) > Decimal::ONE;
        f.decimals == 0 && large && !f.value.checked_rem(Decimal::TEN).is_none_or(|r| r.is_zero())
    }

    /// The places of the one figure that shows more than all others of a unit, where that is one of ten at most:
    /// too few to tell whether the others are rounded or only without their zeros.
    pub(super) fn single_places(&self, f: &Fact) -> Option<u8> {
        let unit = f.unit.or(f.unit_inferred).filter(|_| self.is_money(f))?;
        self.places_of_unit(f, unit)?.single
    }

    fn places_of_unit(&self, f: &Fact, unit: UnitId) -> Option<Places> {
        let places = if f.cell.is_some() { &self.cell_places } else { &self.places };
        places.iter().copied().find(|p| p.unit == unit)
    }

    /// The number of a fact's item: that of all facts of its concept, or else of
    /// its label.
    pub fn item(&self, id: FactId) -> Option<u32> {
        self.item_of.get(id as usize).copied()
    }

    /// Levels of the same item as a fact's that sentences state, in the order of the text.
    pub fn levels_like(&self, id: FactId) -> &[FactId] {
        self.item(id).map_or(&[], |item| self.levels_of_item(item))
    }

    /// Those of them that stand before it.
    pub fn levels_before(&self, id: FactId) -> &[FactId] {
        let like = self.levels_like(id);
        like.get(..like.partition_point(|l| *l < id)).unwrap_or(&[])
    }

    /// The lists of components that a figure is the total of.
    pub fn lists_of(&self, total: FactId) -> impl Iterator<Item = &'a Breakdown> {
        let from = self.lists.partition_point(|b| b.total < total);
        self.lists.get(from..).unwrap_or(&[]).iter().copied().take_while(move |b| b.total == total)
    }

    /// Levels of a concept that sentences state.
    pub fn levels_of(&self, concept: &str) -> &[FactId] {
        self.items.get(concept).map_or(&[], |item| self.levels_of_item(*item))
    }

    fn levels_of_item(&self, item: u32) -> &[FactId] {
        let item = item as usize;
        let start = item.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(item).and_then(|end| self.levels.get(start..*end)).unwrap_or(&[])
    }

    /// The level of `f`'s item for a year and stage that stands nearest to it.
    pub fn level_for(
        &self,
        id: FactId,
        year: Option<i32>,
        stage: Option<Stage>,
        not: Option<FactId>,
    ) -> Option<FactId> {
        let f = self.fact(id)?;
        let like = self.levels_like(id);
        let fits = |c: FactId, near: bool| {
            let Some(g) = self.fact(c) else { return false };
            c != id
                && Some(c) != not
                && g.year == year
                && self.same_part(f, g)
                && g.as_of == f.as_of
                && g.qualifier.as_deref() == f.qualifier_of_level(g)
                && stage.is_none_or(|s| g.stage == Some(s))
                && self.kind(g) == self.kind_of_level(f)
                && (g.label == f.label || f.concept.is_some() && g.concept == f.concept)
                && if near {
                    g.paragraph == f.paragraph
                        && (g.label == f.label || g.fund == f.fund || f.fund.is_none() || g.fund.is_none())
                } else {
                    // 一般公共转移支付补助收入: a name that no pack knows may be found again if it is long enough to be one.
                    let known = f.concept.is_some() || f.label.chars().count() >= LONG_NAME && g.label == f.label;
                    self.same_fund(f.fund, g.fund) && self.scope(c) == self.scope(id) && known
                }
        };
        // Facts and paragraphs are in the order of the text: look outward from here.
        let at = like.partition_point(|c| *c < id);
        let (before, after) = (like.get(..at).unwrap_or(&[]), like.get(at..).unwrap_or(&[]));
        let here = |c: &FactId| self.fact(*c).is_some_and(|g| g.paragraph == f.paragraph);
        let near = || before.iter().rev().copied().take_while(here).take(FAR).filter(|c| fits(*c, true));
        // 地方财政收入335亿元（其中：一般公共预算收入290亿元，…），增加35亿元: by its own name in its own sentence first.
        let named = |c: &FactId| self.fact(*c).is_some_and(|g| g.label == f.label && g.sentence == f.sentence);
        near()
            .find(named)
            .or_else(|| near().next())
            .or_else(|| after.iter().copied().take_while(here).take(FAR).find(|c| fits(*c, true)))
            .or_else(|| before.iter().rev().copied().take(FAR).find(|c| fits(*c, false)))
            .or_else(|| after.iter().copied().take(FAR).find(|c| fits(*c, false)))
    }

    /// 2013年“三公”经费…。｜2014年中央本级“三公”经费…: a statement that names one level of the place tells of it throughout.
    fn same_part(&self, f: &Fact, g: &Fact) -> bool {
        f.part == g.part || self.one_part && (f.part.is_none() || g.part.is_none())
    }

    /// Whether a statement of 三公 names one part of the place, and that is one of its levels.
    fn has_one_part(&self) -> bool {
        let mut named = self.reading.facts.iter().filter_map(|f| f.part.as_deref());
        let first = named.next();
        self.reading.identity.kind == Kind::ThreePublic
            && first.is_some_and(|p| p.ends_with("本级"))
            && named.all(|p| Some(p) == first)
    }

    fn kind_of_level(&self, f: &Fact) -> UnitKind {
        match f.measure {
            Measure::Level | Measure::Change if f.printed => self.kind(f),
            // 出国人次从29人降为16人，下降44.8%
            Measure::Growth if f.concept.as_deref().is_some_and(is_counted) => UnitKind::People,
            _ => UnitKind::Money,
        }
    }

    /// Funds that are one and the same in this note.
    pub fn same_fund(&self, a: Option<Fund>, b: Option<Fund>) -> bool {
        let plain = |f: Option<Fund>| matches!(f, None | Some(Fund::GeneralPublic | Fund::Fiscal));
        a == b || (self.one_fund && plain(a) && plain(b))
    }

    /// Inside which item a figure lies: 项目支出 of 机构运行 is not the note's
    /// 项目支出.
    pub fn scope(&self, id: FactId) -> Option<&'a str> {
        let mut at = self.fact(id)?;
        // What an item changed by stands where the item does.
        if at.parent.is_none() && at.measure != Measure::Level {
            let own = |l: &&Fact| {
                l.measure == Measure::Level && (&l.label, &l.part, l.sentence) == (&at.label, &at.part, at.sentence)
            };
            at = self
                .reading
                .facts
                .get(id.saturating_sub(4) as usize..id as usize)?
                .iter()
                .rev()
                .find(own)
                .unwrap_or(at);
        }
        for _ in 0..8 {
            let parent = self.fact(at.parent?)?;
            // 连同项目支出…，共计: adding an item up with others does not make it theirs.
            if parent.concept.is_none() && parent.start > at.start {
                return None;
            }
            let by_definition = match (at.concept.as_deref(), parent.concept.as_deref()) {
                (Some(part), Some(whole)) => part == whole || self.packs.is_part(part, whole) || is_whole(whole),
                _ => parent.concept.as_deref().is_some_and(is_whole),
            };
            if !by_definition {
                return Some(parent.label.as_str());
            }
            at = parent;
        }
        None
    }

    /// Whether the note's total is its general public budget: then a figure
    /// without a fund and one of that fund are the same.
    fn has_one_fund(&self) -> bool {
        // A statement of 三公 that names one fund is of that fund throughout.
        let mut named = self.reading.facts.iter().filter_map(|f| f.fund);
        let first = named.next();
        if self.reading.identity.kind == Kind::ThreePublic
            && matches!(first, Some(Fund::GeneralPublic | Fund::Fiscal))
            && named.all(|f| Some(f) == first)
        {
            return true;
        }
        let total = |concept: &str, fund: &[Option<Fund>]| {
            self.levels_of(concept)
                .iter()
                .filter_map(|f| self.fact(*f))
                .find(|f| fund.contains(&f.fund) && f.year == self.reading.identity.fiscal_year)
                .map(|f| f.value)
        };
        for (whole, part) in [("revenue", "revenue.appropriation"), ("expenditure", "expenditure")] {
            let all = total(whole, &[None]);
            let general = total(part, &[Some(Fund::GeneralPublic)]);
            if all.is_some() && all == general {
                return true;
            }
        }
        false
    }
}

impl Fact {
    /// The qualifier that this figure's level carries: 当月 and 累计 must agree,
    /// 同口径 belongs to the change alone.
    fn qualifier_of_level<'a>(&'a self, level: &'a Fact) -> Option<&'a str> {
        match (self.qualifier.as_deref(), level.qualifier.as_deref()) {
            (Some(a), None) if a.contains("口径") => None,
            (None, b) => b,
            (a, _) => a,
        }
    }
}

/// Concepts of whole budgets: what lies right under them is the note's own.
pub(super) fn is_whole(concept: &str) -> bool {
    matches!(
        concept,
        "revenue"
            | "expenditure"
            | "revenue.total"
            | "expenditure.total"
            | "revenue.current"
            | "expenditure.current"
            | "balance.total"
            | "balance.appropriation"
            | "revenue.appropriation"
            | "three_public"
            | "revenue.full_scope"
            | "revenue.local"
    )
}

/// Concepts that count people.
fn is_counted(concept: &str) -> bool {
    concept.starts_with("staff.") || matches!(concept, "three_public.overseas.trips" | "three_public.reception.guests")
}

/// Concepts of which a note may name any part: a share of them needs its whole told.
pub(super) fn is_open(concept: &str) -> bool {
    matches!(concept, "revenue" | "expenditure" | "expenditure.function" | "tax" | "nontax" | "debt" | "transfer")
}

fn key(f: &Fact) -> &str {
    f.concept.as_deref().unwrap_or(&f.label)
}

/// How many figures of a unit show so many places.
struct Seen {
    unit: UnitId,
    /// So many places at least.
    least: [u32; 10],
    /// So many and no more, the last of them a zero: 40.0.
    zero: [u32; 10],
    /// How many there are, and how many of them are not zero.
    all: u32,
    telling: u32,
}

/// Notes drop trailing zeros, so the places of an amount are those that a good
/// part of the note's figures of that unit show; unless it shows elsewhere that it does not drop them.
fn places(packs: &Packs, reading: &Reading, cells: bool) -> Vec<Places> {
    let mut seen: Vec<Seen> = Vec::new();
    let told =
        |f: &&Fact| f.printed && f.cell.is_some() == cells && matches!(f.measure, Measure::Level | Measure::Change);
    for f in reading.facts.iter().filter(told) {
        let Some(unit) = f.unit.or(f.unit_inferred) else {
            continue;
        };
        if packs.vocabulary.units.get(unit).is_none_or(|u| u.kind != UnitKind::Money) {
            continue;
        }
        let at = match seen.iter().position(|s| s.unit == unit) {
            Some(i) => i,
            None => {
                seen.push(Seen { unit, least: [0; 10], zero: [0; 10], all: 0, telling: 0 });
                seen.len() - 1
            }
        };
        let Some(s) = seen.get_mut(at) else { continue };
        let decimals = usize::from(f.decimals.min(9));
        s.all += 1;
        for n in s.least.iter_mut().take(decimals + 1) {
            *n += 1;
        }
        if !f.value.is_zero() {
            s.telling += 1;
            let ends_in_zero = decimals > 0 && f.value.mantissa().unsigned_abs().is_multiple_of(10);
            if let Some(n) = s.zero.get_mut(decimals).filter(|_| ends_in_zero) {
                *n += 1;
            }
        }
    }
    seen.iter().map(Seen::places).collect()
}

impl Seen {
    fn places(&self) -> Places {
        let finest = |enough: &dyn Fn(u32) -> bool| {
            (0..10u8).rev().find(|p| self.least.get(usize::from(*p)).is_some_and(|n| enough(*n)))
        };
        let shown = finest(&|n| n >= 2 && n * 10 >= self.all).unwrap_or(0);
        let single = finest(&|n| n >= 1).filter(|p| *p > shown && self.telling <= FEW);
        let own = (1..shown).filter(|p| self.zero.get(usize::from(*p)).is_some_and(|n| *n > 0));
        Places { unit: self.unit, shown, single, own: own.fold(0, |bits, p| bits | 1 << p) }
    }
}
