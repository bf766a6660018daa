//! Lists that no word opens: 收入438.52万元。一般公共预算拨款418.52万元，上年结转
//! 20万元. That the figures in a row add up to one told shortly before (or to a
//! 合计 right behind) says that they are its components. What does not add up is left alone, but where the words, or
//! what the items are by definition, say that it should, or one digit keeps it from it.

mod all_of_it;
mod available;
mod behind;
mod changes;
mod classified;
mod missing;
mod nothing;
mod overshot;
mod rows;
mod slips;
mod sums;

use crate::fact::reader::Reader;
use crate::fact::{Breakdown, Extent, Fact, FactId, Measure, Role};
use crate::lex::{UnitId, UnitKind};
use rust_decimal::Decimal;

/// How many figures back the total of a list may stand.
const REACH: usize = 60;

/// A longer row is no list.
const LONGEST: usize = 40;

/// How many figures on something is told of one item.
const OF_ONE_ITEM: usize = 64;

/// Decimal places that the sums are made with; figures with more take no part.
const PLACES: u32 = 4;

/// A level that may be a member or a total, in units of the last place.
#[derive(Debug, Clone, Copy)]
struct Entry {
    id: FactId,
    amount: i64,
    /// One in the last printed place.
    place: i64,
}

impl Reader<'_> {
    fn entry_of(&self, id: FactId) -> Option<Entry> {
        let (amount, place) = entry(self.out.fact(id)?)?;
        Some(Entry { id, amount, place })
    }

    /// Whether a concept is by definition a component of another.
    pub(super) fn is_component(&self, part: &str, whole: &str) -> bool {
        self.packs.is_part(part, whole) || flows_into(part, whole)
    }

    fn unit_of(&self, id: FactId) -> Option<UnitId> {
        self.out.fact(id).and_then(|f| f.unit.or(f.unit_inferred))
    }

    /// The section whose lists a figure stands in: （一）教育支出（类） only names
    /// what its items belong to.
    fn room(&self, f: &Fact) -> Option<u32> {
        let mut room = f.section;
        while let Some(node) = room.and_then(|r| self.out.sections.get(r as usize)) {
            if !node.heading.contains("(类)") && !node.heading.contains("(款)") {
                break;
            }
            room = node.parent;
        }
        room
    }

    fn is_counted(&self, f: &Fact) -> bool {
        let kind = f.unit.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
        !matches!(kind, Some(UnitKind::Money) | None)
    }

    /// Whether a total may be of these members: none of them is the total told
    /// again, and none flows the other way.
    fn can_hold(&self, total: FactId, members: &[Entry], nonzero: usize) -> bool {
        let Some(whole) = self.out.fact(total) else { return false };
        // 当年拨款92万元: told by what it is spent on as well as by where it comes from.
        // 政府性基金收入5亿元，支出3亿元，结余2亿元 is no such amount.
        let earned = whole.label.ends_with("收入") || whole.label.ends_with("收入总计");
        let both = |c: &str| c.starts_with("balance") || c == "revenue.appropriation" && !earned;
        let balance = whole.concept.as_deref().is_some_and(both);
        members.iter().all(|m| {
            let Some(f) = self.out.fact(m.id) else { return false };
            let again = f.label == whole.label && f.part == whole.part && f.fund == whole.fund
                || f.concept.is_some() && f.concept == whole.concept && f.part.is_none() && f.fund == whole.fund;
            let against = matches!((f.flow, whole.flow), (Some(a), Some(b)) if a != b) && !balance
                || whole.part.is_some() && f.part.is_some() && whole.part != f.part;
            let (part, apart) = match (f.concept.as_deref(), whole.concept.as_deref()) {
                (Some(p), Some(w)) => (self.is_component(p, w), stand_beside(p, w)),
                _ => (false, false),
            };
            !again && !against && !apart && (nonzero >= 2 || part)
        })
    }

    /// Writes a list that no word opened.
    pub(super) fn write_list(&mut self, total: FactId, parts: Vec<FactId>, extent: Extent) {
        self.name_after_total(&parts, total);
        for id in &parts {
            if let Some(f) = self.out.facts.get_mut(*id as usize) {
                f.parent = Some(total);
                if f.role != Some(Role::Total) {
                    f.role = Some(Role::Component);
                }
            }
        }
        if let Some(f) = self.out.facts.get_mut(total as usize) {
            f.role.get_or_insert(Role::Total);
        }
        self.push_list(total, parts, extent);
    }

    fn push_list(&mut self, total: FactId, parts: Vec<FactId>, extent: Extent) {
        let Some(start) = self.out.fact(total).map(|t| t.end) else { return };
        self.out.breakdowns.push(Breakdown {
            total,
            parts,
            cue: (start, start),
            drivers: false,
            extent,
            equation: false,
            minus: Vec::new(),
        });
    }
}

fn nonzero_of(entries: &[Entry]) -> usize {
    entries.iter().filter(|e| e.amount != 0).count()
}

fn ids(entries: &[Entry]) -> Vec<FactId> {
    entries.iter().map(|e| e.id).collect()
}

/// Whether two items stand beside each other by definition: 教育支出 and 卫生健康支出, of one level of
/// one classification; what was spent and what was left.
pub(super) fn stand_beside(part: &str, whole: &str) -> bool {
    let code = |c: &str| {
        let (family, code) = c.rsplit_once('.')?;
        let coded = matches!(family, "expenditure.function" | "expenditure.economic");
        (coded && code.bytes().all(|b| b.is_ascii_digit())).then_some((family.len(), code.len()))
    };
    // 增值税10.40亿元；企业所得税6.30亿元；个人所得税4.10亿元; 公务接待费 and 因公出国费; 货物 and 服务
    let kin = |family: &str| [part, whole].iter().all(|c| c.strip_prefix(family).is_some_and(|c| !c.contains('.')));
    part != whole && ["tax.", "three_public.", "procurement."].into_iter().any(kin)
        || code(part).is_some_and(|c| code(whole) == Some(c))
        || whole.starts_with("carryover.") && part.starts_with("expenditure")
        || part == "carryover.balance" && whole.starts_with("expenditure")
}

/// 教育支出 into 支出, 事业收入 into 收入, either into 收支总计.
fn flows_into(part: &str, whole: &str) -> bool {
    match whole {
        "expenditure" | "expenditure.current" | "expenditure.total" => part.starts_with("expenditure."),
        "revenue" | "revenue.current" | "revenue.total" => part.starts_with("revenue.") || part == "carryover.opening",
        _ => whole.starts_with("balance.") && !part.starts_with("balance."),
    }
}

/// The amount and the last place of a level that can be added up.
fn entry(f: &Fact) -> Option<(i64, i64)> {
    let fits =
        f.cell.is_none() && f.measure == Measure::Level && f.printed && !f.prior && u32::from(f.decimals) <= PLACES;
    if !fits {
        return None;
    }
    let mut value: Decimal = f.value;
    value.rescale(PLACES);
    let amount = i64::try_from(value.mantissa()).ok().filter(|a| (0..i64::MAX / 64).contains(a))?;
    Some((amount, 10i64.pow(PLACES - u32::from(f.decimals))))
}

/// Figures of one row: one year, one stage. Money in another unit may stand in
/// it: 元 for 万元 is a slip that only the sum shows.
pub(super) fn alike(a: &Fact, b: &Fact) -> bool {
    a.year == b.year && a.stage == b.stage
}

/// A total and its first member: one year, no two stages.
fn alike_total(total: &Fact, member: &Fact) -> bool {
    total.year == member.year && (total.stage == member.stage || total.stage.is_none() || member.stage.is_none())
}
