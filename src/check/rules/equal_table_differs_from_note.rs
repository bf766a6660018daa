use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};
use crate::lex::AsOf;
use crate::pattern::Fund;
use crate::segment::Kind;
use rust_decimal::{Decimal, RoundingStrategy};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Ordering;

pub(super) const RULE: Rule = Rule {
    id: "equal/table-differs-from-note",
    title_zh: "说明中的数额与附表不一致",
    title_en: "the note and its table state one quantity differently",
    doc: "\
What a sentence states and a table holds, of the same item, fund, year and stage, must be the same; in another unit, the rounded same: 3.63万元
in the note is 36,250.00 in a table of 元. That a sentence is confirmed by a table is listed, and supports both. A contradiction is told
only if all tables that hold the item hold the one value, in a unit that is printed, the note's amount is in no cell of any of them, and a slip of the
pen (a digit, two neighbours, a place) makes the one of the other: else the two may be of different scope. “三公”经费 of 一般公共预算, of 财政拨款 and of
no fund named are the same money.

```note
<p>2024年单位预算情况说明</p><p>一、一般公共预算支出情况</p>
<p>2024年一般公共预算支出95.15万元，其中：教育支出90.45万元，卫生健康支出5.00万元。</p>
<p>2024年一般公共预算支出表</p><p>单位：元</p>
<table><tr><td>科目编码<td>科目名称<td>合计<td>基本支出<td>项目支出
<tr><td><td>合计<td>951,450.00<td>651,450.00<td>300,000.00
<tr><td>205<td>教育支出<td>901,450.00<td>601,450.00<td>300,000.00
<tr><td>210<td>卫生健康支出<td>50,000.00<td>50,000.00<td></table>
```
",
    relate: Some(relate),
};

/// How many cells of one item are looked through.
const MAX_CELLS: usize = 400;

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    if book.reading.tables.is_empty() {
        return;
    }
    let mut cells: FxHashMap<&str, Vec<FactId>> = FxHashMap::default();
    let mut values: FxHashSet<Decimal> = FxHashSet::default();
    for (f, id) in book.reading.facts.iter().zip(0..) {
        let Some(concept) = f.concept.as_deref().filter(|_| f.cell.is_some()) else {
            values.extend(f.cell.and_then(|_| yuan(book, f)));
            continue;
        };
        values.extend(yuan(book, f));
        if f.measure == Measure::Level && f.part.is_none() && book.is_money(f) {
            cells.entry(concept).or_default().push(id);
        }
    }
    let values: Vec<Decimal> = {
        let mut all: Vec<Decimal> = values.into_iter().collect();
        all.sort_unstable();
        all
    };
    for (f, id) in book.reading.facts.iter().zip(0..) {
        let Some(concept) = f.concept.as_deref().filter(|_| is_plain(book, f)) else { continue };
        let like: Vec<FactId> = cells
            .get(concept)
            .into_iter()
            .flatten()
            .copied()
            .take(MAX_CELLS)
            .filter(|c| book.fact(*c).is_some_and(|c| c.year == f.year && c.stage == f.stage && same_fund(book, f, c)))
            .collect();
        let with = |cell: FactId| Relation {
            rule: &RULE,
            equation: Equation::Equal { left: id, right: cell },
            complete: true,
            adjusted: false,
        };
        if let Some(cell) = like.iter().copied().find(|cell| with(*cell).holds(book)) {
            out.push(with(cell));
        } else if let Some(cell) = like.first()
            && sure(book, id, f, concept, &like)
            && !stands_in(book, f, &values)
            && book.fact(*cell).is_some_and(|c| one_slip(book, f, c))
        {
            out.push(with(*cell));
        }
    }
}

/// A level that a sentence states of the whole note.
fn is_plain(book: &Notebook, f: &Fact) -> bool {
    f.cell.is_none()
        && f.measure == Measure::Level
        && f.printed
        && f.stated
        && f.unit.is_some()
        && f.part.is_none()
        && f.carryover.is_none()
        && f.qualifier.is_none()
        && f.within.is_none()
        && f.as_of == AsOf::Year
        && book.is_money(f)
}

fn same_fund(book: &Notebook, note: &Fact, cell: &Fact) -> bool {
    book.same_fund(note.fund, cell.fund) || same_money(note, cell)
}

/// Of one fund; of 三公 only appropriations tell, whatever a title calls them.
fn same_money(note: &Fact, cell: &Fact) -> bool {
    let plain = |f: &Fact| matches!(f.fund, None | Some(Fund::GeneralPublic | Fund::Fiscal));
    let three_public = note.concept.as_deref().is_some_and(|c| c.starts_with("three_public"));
    note.fund == cell.fund || three_public && plain(note) && plain(cell)
}

/// Within nothing but what the classification puts it in: 行政运行 of 一般公共服务支出.
fn is_unscoped(book: &Notebook, id: FactId, f: &Fact) -> bool {
    let parent = f.parent.and_then(|p| Some((p, book.fact(p)?)));
    let code = |f: &Fact| f.concept.as_deref().and_then(|c| c.strip_prefix("expenditure.function.")).map(str::to_owned);
    let by_code = parent.filter(|(_, p)| code(p).zip(code(f)).is_some_and(|(p, f)| f.starts_with(&p)));
    match by_code {
        Some((parent, _)) => book.scope(parent).is_none(),
        None => book.scope(id).is_none(),
    }
}

/// Whether a sentence and the cells are beyond doubt of one thing.
fn sure(book: &Notebook, id: FactId, f: &Fact, concept: &str, cells: &[FactId]) -> bool {
    let kind = book.reading.identity.kind;
    let vague = ["carryover", "generic", "transfer", "debt", "other", "revenue.other"];
    let of_table = |c: &FactId| {
        let place = book.fact(*c).and_then(|c| c.cell)?;
        Some((place, book.reading.tables.get(place.table as usize)?))
    };
    let printed = |c: &FactId| {
        of_table(c).is_some_and(|(place, table)| {
            let either = table.columns.get(place.column as usize).is_some_and(|c| c.either_budget);
            table.unit_stated && !either
        })
    };
    let first = cells.first().and_then(|c| book.fact(*c)).and_then(|c| yuan(book, c));
    let one = cells.iter().all(|c| book.fact(*c).and_then(|c| yuan(book, c)) == first);
    let exact_fund = cells.iter().all(|c| book.fact(*c).is_some_and(|c| same_money(f, c)));
    // What 政府性基金 carried over is told of nothing else.
    let fund = matches!(f.fund, Some(Fund::GovFund | Fund::StateCapital)) && concept.starts_with("carryover.");
    !matches!(kind, Kind::CountyReport | Kind::Other)
        && !f.prior
        && f.year == book.reading.identity.fiscal_year
        && (fund || !vague.iter().any(|v| concept == *v || concept.strip_prefix(v).is_some_and(|r| r.starts_with('.'))))
        && !concept.contains(".xx")
        && is_unscoped(book, id, f)
        && cells.iter().all(printed)
        && one
        && exact_fund
}

fn yuan(book: &Notebook, f: &Fact) -> Option<Decimal> {
    f.value.checked_mul(book.factor(f)).filter(|_| book.is_money(f)).map(|v| v.normalize())
}

/// Whether one amount, as the note prints it, is the other with a digit mistyped, lost
/// or doubled, two neighbours swapped, or the point moved.
fn one_slip(book: &Notebook, f: &Fact, cell: &Fact) -> bool {
    let places = u32::from(book.places(f));
    let digits = |value: Decimal| {
        let mut value = value.abs().round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        value.rescale(places);
        value.mantissa().to_string().into_bytes()
    };
    let other = cell.value.checked_mul(book.factor(cell)).and_then(|v| v.checked_div(book.factor(f)));
    let Some(other) = other else { return false };
    let (a, b) = (digits(f.value), digits(other));
    let trimmed = |d: &[u8]| d.iter().rev().skip_while(|c| **c == b'0').copied().collect::<Vec<u8>>();
    if trimmed(&a) == trimmed(&b) {
        return true;
    }
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = |d: &[u8], from: usize| d.get(same + from..).unwrap_or(&[]).to_vec();
    let swapped = || a.get(same) == b.get(same + 1) && a.get(same + 1) == b.get(same) && rest(&a, 2) == rest(&b, 2);
    match a.len().cmp(&b.len()) {
        Ordering::Equal => rest(&a, 1) == rest(&b, 1) || swapped(),
        Ordering::Less => a.len() + 1 == b.len() && rest(&a, 0) == rest(&b, 1),
        Ordering::Greater => b.len() + 1 == a.len() && rest(&a, 1) == rest(&b, 0),
    }
}

/// Whether the amount, as rounded, stands in any cell.
fn stands_in(book: &Notebook, f: &Fact, values: &[Decimal]) -> bool {
    let half = Decimal::new(5, u32::from(book.places(f)) + 1);
    let bounds =
        [f.value.checked_sub(half), f.value.checked_add(half)].map(|v| v.and_then(|v| v.checked_mul(book.factor(f))));
    let [Some(low), Some(high)] = bounds else { return true };
    let at = values.partition_point(|v| *v < low);
    values.get(at).is_some_and(|v| *v <= high)
}
