//! One row an organisation and year, one column a concept.
//!
//! A cell takes the levels of its concept that a note states of its own year, at
//! the stage that is asked for, of the whole organisation and not inside another
//! classification's item. Of several the value stated most often is taken, then
//! the first; if they differ the cell is `contradicted`.

use super::column::{Column, MAX_NAME};
use super::quality::{Cover, Quality};
use crate::fact::{Fact, Measure, Reading, Role};
use crate::lex::{AsOf, UnitKind};
use crate::pattern::{Fund, Packs, Stage};
use crate::report::cells::{Cell, Kind, Packed};
use crate::report::fund_code;
use crate::report::note::{FactShown, Note};
use crate::segment::{Identity, Kind as NoteKind};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// What ends the name of a quality column.
const QUALITY: &str = "_q";

/// Which fund's figures a column takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Funding {
    /// Of all sources: no fund is named.
    All,
    /// The widest that is stated: all sources, 财政拨款, 一般公共预算.
    Widest,
    /// Of one fund.
    Of(Fund),
}

/// A column of concepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Its name.
    pub name: String,
    /// The concept.
    pub concept: String,
    /// The fund.
    pub funding: Funding,
    /// Whether it is money, and given in yuan.
    pub money: bool,
    title: String,
    gloss: String,
}

/// The columns without `--concepts`.
pub const DEFAULT: &str = "revenue, rev_general_public=revenue.appropriation@general_public, \
    rev_gov_fund=revenue.appropriation@gov_fund, rev_state_capital=revenue.appropriation@state_capital, \
    rev_fiscal=revenue.appropriation@fiscal, rev_special_account=revenue.special_account@widest, \
    rev_business=revenue.business, rev_other=revenue.other, carryover_opening=carryover.opening, \
    carryover_closing=carryover.closing, expenditure, exp_general_public=expenditure@general_public, \
    exp_gov_fund=expenditure@gov_fund, exp_basic=expenditure.basic, \
    exp_personnel=expenditure.basic.personnel@widest, exp_operating=expenditure.basic.operating@widest, \
    exp_project=expenditure.project, three_public@widest, tp_overseas=three_public.overseas@widest, \
    tp_vehicle=three_public.vehicle@widest, tp_vehicle_purchase=three_public.vehicle.purchase@widest, \
    tp_vehicle_operation=three_public.vehicle.operation@widest, tp_reception=three_public.reception@widest, \
    agency_operating@widest, procurement@widest, procurement_goods=procurement.goods@widest, \
    procurement_works=procurement.works@widest, procurement_services=procurement.services@widest, \
    staff_authorized=staff.authorized, staff_actual=staff.actual";

/// What is wrong with a list of concepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WantedError {
    /// The packs know no such concept.
    UnknownConcept(String),
    /// There is no such fund.
    UnknownFund(String),
    /// The name can't be that of a column.
    BadName(String),
    /// Two columns have the name.
    TwiceNamed(String),
}

/// Reads a list of columns: `[name=]concept[@fund]`, separated by commas.
///
/// # Errors
///
/// If it names what is unknown, or a name is twice or no good.
///
/// ```
/// use gouji::panel::{Funding, WantedError, wanted};
/// let packs = gouji::pattern::Packs::builtin().unwrap();
/// let columns = wanted(packs, "expenditure, staff=staff.actual, three_public@widest")?;
/// assert_eq!(columns[1].name, "staff");
/// assert!(!columns[1].money);
/// assert_eq!(columns[2].funding, Funding::Widest);
/// assert_eq!(wanted(packs, "expences"), Err(WantedError::UnknownConcept("expences".into())));
/// # Ok::<(), WantedError>(())
/// ```
pub fn wanted(packs: &Packs, list: &str) -> Result<Vec<Wanted>, WantedError> {
    let mut columns: Vec<Wanted> = Vec::new();
    for item in list.split([',', '\n', '，']).map(str::trim).filter(|item| !item.is_empty()) {
        let (name, rest) = item.split_once('=').map_or((None, item), |(name, rest)| (Some(name.trim()), rest.trim()));
        let (concept, fund) = rest.split_once('@').map_or((rest, None), |(c, f)| (c.trim(), Some(f.trim())));
        let term = packs.concept(concept).ok_or_else(|| WantedError::UnknownConcept(concept.to_owned()))?;
        let funding = fund
            .map_or(Some(Funding::All), funding)
            .ok_or_else(|| WantedError::UnknownFund(fund.unwrap_or_default().to_owned()))?;
        let name = name.map_or_else(|| derived(concept, funding), str::to_owned);
        if !is_name(&name) {
            return Err(WantedError::BadName(name));
        }
        let taken = |n: &str| columns.iter().any(|c| c.name == n || format!("{}{QUALITY}", c.name) == n);
        if taken(&name) || taken(&format!("{name}{QUALITY}")) || super::column::WIDE.iter().any(|c| c.name == name) {
            return Err(WantedError::TwiceNamed(name));
        }
        let money = term.takes.first().is_none_or(|kind| kind == "money");
        let gloss = term.english.clone().unwrap_or_else(|| concept.replace(['.', '_'], " "));
        columns.push(Wanted { name, concept: concept.to_owned(), funding, money, title: term.name.clone(), gloss });
    }
    Ok(columns)
}

fn funding(name: &str) -> Option<Funding> {
    use Fund::{Fiscal, GeneralPublic, GovFund, SpecialAccount, StateCapital};
    match name {
        "all" => Some(Funding::All),
        "widest" => Some(Funding::Widest),
        _ => [GeneralPublic, GovFund, StateCapital, Fiscal, SpecialAccount]
            .into_iter()
            .find(|fund| fund_code(*fund) == name)
            .map(Funding::Of),
    }
}

/// The concept's own name, as that of a column.
fn derived(concept: &str, funding: Funding) -> String {
    let fund = match funding {
        Funding::Of(fund) => format!("_{}", fund_code(fund)),
        Funding::All | Funding::Widest => String::new(),
    };
    format!("{}{fund}", concept.replace('.', "_"))
}

fn is_name(name: &str) -> bool {
    name.len() + QUALITY.len() <= MAX_NAME
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// The two columns of each concept: its figure and how well it is secured.
pub(super) fn columns(wanted: &[Wanted]) -> Vec<Column> {
    let mut columns = super::column::WIDE.to_vec();
    for w in wanted {
        let Wanted { name, concept, title, gloss, money, .. } = w;
        let (fund_zh, fund_en) = match w.funding {
            Funding::All => ("全部资金".into(), "all sources".into()),
            Funding::Widest => (
                "所述最宽口径的资金".into(),
                "the widest stated of all sources, fiscal, general_public and other funds".into(),
            ),
            Funding::Of(fund) => (format!("资金：{}", fund_code(fund)), format!("fund {}", fund_code(fund))),
        };
        let (unit_zh, unit_en) = if *money { ("元", "yuan") } else { ("原文单位", "printed unit") };
        columns.push(Column {
            name: Cow::Owned(name.clone()),
            kind: Kind::Decimal,
            zh: Cow::Owned(format!("{title}（{concept}），{fund_zh}，{unit_zh}")),
            en: Cow::Owned(format!("{gloss} ({concept}), {fund_en}, {unit_en}")),
        });
        columns.push(Column {
            name: Cow::Owned(format!("{name}{QUALITY}")),
            kind: Kind::Text,
            zh: Cow::Owned(format!("{name} 的质量：verified、unverified、contradicted")),
            en: Cow::Owned(format!("quality of {name}: verified, unverified, contradicted")),
        });
    }
    columns
}

/// A figure that may stand in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Index of the wanted column.
    pub column: usize,
    /// Lower comes first: how far it is from what the column is of.
    pub rank: u8,
    pub value: Decimal,
    pub quality: Quality,
}

/// Finds the candidates of a note and packs them.
pub(super) fn candidates(note: Note, stage: Stage, wanted: &[Wanted], covers: &[Cover], out: &mut Packed) {
    let kind_rank = note_rank(note.reading.identity.kind, stage);
    for (shown, cover) in note.facts().zip(covers) {
        let Some(concept) = shown.fact.concept.as_deref() else { continue };
        if !counts(note.reading, shown.fact, stage) {
            continue;
        }
        for (column, w) in wanted.iter().enumerate().filter(|(_, w)| w.concept == concept) {
            let Some(value) = figure(note, &shown, w.money) else { continue };
            let Some(rank) = funding_rank(w.funding, shown.fact.fund) else { continue };
            let rank = kind_rank * 32 + rank * 4 + carryover_rank(shown.fact);
            out.int(Some(column as i64));
            out.int(Some(rank.into()));
            out.decimal(Some(value));
            out.text(cover.quality().name());
        }
    }
}

/// Cells of a candidate.
pub(super) const CANDIDATE: usize = 4;

/// Reads a candidate back.
pub(super) fn candidate(cells: &[Cell]) -> Option<Candidate> {
    let [Cell::Int(column), Cell::Int(rank), Cell::Decimal(value), Cell::Text(name)] = cells else {
        return None;
    };
    let qualities = [Quality::Verified, Quality::Unverified, Quality::Contradicted];
    Some(Candidate {
        column: usize::try_from(*column).ok()?,
        rank: u8::try_from(*rank).ok()?,
        value: *value,
        quality: qualities.into_iter().find(|quality| quality.name() == *name)?,
    })
}

/// Whether a fact is a level of the note's own year, at the stage, of the whole.
fn counts(reading: &Reading, f: &Fact, stage: Stage) -> bool {
    let own_year = f.year.is_some() && f.year == reading.identity.fiscal_year;
    // Counts of people and vehicles have no stage but that of their note.
    let at_stage = f.stage.unwrap_or(own_stage(&reading.identity)) == stage;
    let plain = f.measure == Measure::Level && f.part.is_none() && !f.prior && f.role != Some(Role::Driver);
    own_year && at_stage && plain && f.as_of != AsOf::Start && !f.as_of.is_months() && !is_inside(reading, f)
}

fn own_stage(identity: &Identity) -> Stage {
    match (identity.is_final, identity.is_execution) {
        (true, _) => Stage::Final,
        (_, true) => Stage::Executed,
        _ => Stage::Budget,
    }
}

/// Whether it is a component of something else's: of a function, of a project,
/// of what the packs do not know.
fn is_inside(reading: &Reading, f: &Fact) -> bool {
    let family = |concept: &str| concept.split('.').next().unwrap_or("").to_owned();
    let cut = |concept: &str| concept.contains(".function.") || concept.contains(".economic.");
    let own = f.concept.as_deref().unwrap_or("");
    let mut above = f.parent;
    // A tree of facts has no loops; a broken one ends here.
    for _ in 0..16 {
        let Some(parent) = above.and_then(|id| reading.fact(id)) else { return false };
        let Some(concept) = parent.concept.as_deref() else { return true };
        let related = family(concept) == family(own) || own.starts_with("carryover") || concept.starts_with("balance");
        if !related || cut(concept) && !cut(own) || parent.part.is_some() {
            return true;
        }
        above = parent.parent;
    }
    true
}

fn figure(note: Note, shown: &FactShown, money: bool) -> Option<Decimal> {
    if money {
        return shown.yuan.map(|yuan| yuan.normalize());
    }
    let unit = shown.fact.unit.or(shown.fact.unit_inferred).and_then(|u| note.packs.vocabulary.units.get(u));
    let other = unit.is_none_or(|u| !matches!(u.kind, UnitKind::Money));
    other.then_some(shown.fact.value)
}

fn funding_rank(wanted: Funding, fund: Option<Fund>) -> Option<u8> {
    match (wanted, fund) {
        (Funding::All | Funding::Widest, None) => Some(0),
        (Funding::All, Some(_)) => None,
        (Funding::Widest, Some(Fund::Fiscal)) => Some(1),
        (Funding::Widest, Some(Fund::GeneralPublic)) => Some(2),
        (Funding::Widest, Some(_)) => Some(3),
        (Funding::Of(wanted), fund) => (fund == Some(wanted)).then_some(0),
    }
}

fn carryover_rank(f: &Fact) -> u8 {
    use crate::fact::Carryover::{Excluded, Included};
    match f.carryover {
        None => 0,
        Some(Included) => 1,
        Some(Excluded) => 2,
    }
}

/// Which of an organisation's notes of one year is asked first.
fn note_rank(kind: NoteKind, stage: Stage) -> u8 {
    let final_first = matches!(stage, Stage::Final | Stage::Executed);
    match kind {
        NoteKind::FinalAccount if final_first => 0,
        NoteKind::DepartmentBudget | NoteKind::UnitBudget if !final_first => 0,
        NoteKind::CountyReport => 1,
        NoteKind::ThreePublic => 2,
        NoteKind::FinalAccount | NoteKind::DepartmentBudget | NoteKind::UnitBudget => 3,
        NoteKind::Other => 4,
    }
}

/// What stands in the cells of a row.
pub(super) fn settle(candidates: &[Candidate], columns: usize) -> Vec<Option<(Decimal, Quality)>> {
    (0..columns).map(|column| cell(candidates.iter().filter(|c| c.column == column).copied())).collect()
}

fn cell(candidates: impl Iterator<Item = Candidate>) -> Option<(Decimal, Quality)> {
    let all: Vec<Candidate> = candidates.collect();
    let rank = all.iter().map(|c| c.rank).min()?;
    // Only what is of the same kind of note, fund and carry-over can contradict.
    let rivals: Vec<Candidate> = all.into_iter().filter(|c| c.rank == rank).collect();
    let votes = |value: Decimal| rivals.iter().filter(|c| c.value == value).count();
    let mut best = rivals.first()?.value;
    for rival in &rivals {
        if votes(rival.value) > votes(best) {
            best = rival.value;
        }
    }
    let agreeing = || rivals.iter().filter(|c| c.value == best);
    let quality = if rivals.iter().any(|c| c.value != best) || agreeing().any(|c| c.quality == Quality::Contradicted) {
        Quality::Contradicted
    } else if agreeing().any(|c| c.quality == Quality::Verified) {
        Quality::Verified
    } else {
        Quality::Unverified
    };
    Some((best, quality))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_columns_are_thirty_and_known() {
        let packs = Packs::builtin().unwrap();
        let default = wanted(packs, DEFAULT).unwrap();
        assert_eq!(default.len(), 30);
        assert!(columns(&default).iter().all(|c| c.name.len() <= MAX_NAME));
    }

    #[test]
    fn names_that_cannot_be_columns_are_refused() {
        let packs = Packs::builtin().unwrap();
        let error = |list| wanted(packs, list).unwrap_err();
        assert_eq!(error("Total=expenditure"), WantedError::BadName("Total".into()));
        assert_eq!(error("expenditure,expenditure"), WantedError::TwiceNamed("expenditure".into()));
        assert_eq!(error("year=expenditure"), WantedError::TwiceNamed("year".into()));
        assert_eq!(error("expenditure@fund"), WantedError::UnknownFund("fund".into()));
        assert!(matches!(error("three_public.vehicle.operation@general_public"), WantedError::BadName(_)));
    }

    #[test]
    fn the_value_stated_most_often_is_taken_and_doubt_is_told() {
        let c = |value: i64, rank, quality| Candidate { column: 0, rank, value: value.into(), quality };
        use Quality::{Contradicted, Unverified, Verified};
        let cell = |list: &[Candidate]| super::cell(list.iter().copied()).unwrap();
        assert_eq!(cell(&[c(5, 0, Unverified), c(5, 0, Verified)]), (5.into(), Verified));
        assert_eq!(cell(&[c(4, 0, Verified), c(5, 0, Verified), c(5, 0, Verified)]), (5.into(), Contradicted));
        assert_eq!(cell(&[c(4, 1, Verified), c(5, 0, Unverified)]), (5.into(), Unverified));
        assert_eq!(cell(&[c(4, 0, Contradicted)]), (4.into(), Contradicted));
    }
}
