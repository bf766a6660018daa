//! What a figure is of: its row, its column and its table together.

use super::columns::Head;
use super::title::Title;
use super::words::{Year, counted, is_money, unit_behind, words};
use super::{Row, TableKind, Total};
use crate::fact::label::{flow_of, fund_named, is_place, named};
use crate::fact::{Basis, Measure};
use crate::lex::UnitId;
use crate::pattern::{Flow, Fund, Packs, Stage, Term};
use std::sync::Arc;

/// All that a cell's place says of its figure.
#[derive(Debug, Clone, Default)]
pub(in crate::fact) struct Described {
    pub label: String,
    pub concept: Option<Arc<str>>,
    pub fund: Option<Fund>,
    pub flow: Option<Flow>,
    pub part: Option<String>,
    pub measure: Option<Measure>,
    pub year: Option<i32>,
    pub stage: Option<Stage>,
    pub basis: Option<Basis>,
    /// Printed in the head of the column.
    pub unit: Option<UnitId>,
    /// No amount of money.
    pub counts: bool,
}

/// A name with what the packs know of it.
struct Named<'p> {
    label: String,
    term: Option<&'p Term>,
}

/// Describes the figure of a row and a column.
pub(in crate::fact) fn describe(
    packs: &Packs,
    title: &Title,
    (row, above): (&Row, Option<&Row>),
    owner: Option<&str>,
    head: &Head,
    (year, stage): (Option<i32>, Stage),
) -> Described {
    let year = title.year.or(year);
    let stage = title.stage.unwrap_or(stage);
    let row_words = words(packs, &row.label);
    // （一）车辆数合计（辆）, and 1.机要通信用车 below it.
    let own = unit_behind(packs, &row.label);
    let counted_in = own
        .map(|(unit, _)| unit)
        .or_else(|| above.and_then(|a| unit_behind(packs, &a.label)).map(|(u, _)| u).filter(|u| !is_money(packs, *u)))
        .filter(|_| head.measure.is_none() && head.unit.is_none_or(|u| is_money(packs, u)));
    // 预算数 and 决算数 as rows, or 2023年, 2024年 and 2024年比2023年增减%: the columns say of what.
    let told = row_words.stage.is_some() || row_words.year.is_some() || row_words.measure.is_some();
    let staged = told && row_words.item.is_none() && row.total.is_none() && row.code.is_none();
    let rate = row_words.measure.filter(|_| staged && head.measure.is_none());
    let column = column_item(packs, head);
    let mut out = Described {
        measure: head.measure.or(rate),
        year: head.year.or(row_words.year.filter(|_| staged)).map_or(year, |y| y.resolve(year)),
        stage: Some(head.stage.or(row_words.stage.filter(|_| staged)).unwrap_or(stage)),
        unit: counted_in.or(head.unit),
        counts: head.counts,
        flow: row.flow,
        fund: head.fund,
        ..Described::default()
    };
    if head.year == Some(Year::Relative(-1)) && head.stage.is_none() {
        out.stage = Some(stage);
    }
    let coded = row.code.as_deref().and_then(concept_of_code);
    let row_term = named(packs, &row.label).filter(|t| !t.generic);
    let fund_column = head.path.last().is_some_and(|l| fund_named(l).is_some() && !l.contains("结转"));
    let flow = row.flow.or(flow_of_kind(title.kind));
    let whole = head.path.iter().all(|p| is_whole(title.kind, p)) || fund_column && flow != Some(Flow::Revenue);
    let by_function = coded.is_some() || row_term.is_some_and(|t| t.concept.starts_with("expenditure.function"));
    let nameless = row.label.is_empty() || staged;
    // Rows that name whose money it is: units, or functions in a table of revenue.
    let came_in = |c: &Named| {
        let concept = c.term.map_or("", |t| &*t.concept);
        concept.starts_with("revenue") || concept.starts_with("carryover") || one_flow(&c.label) == Some(Flow::Revenue)
    };
    let spent = matches!(title.kind, TableKind::Expenditure | TableKind::Basic | TableKind::Project);
    let revenue = title.kind == TableKind::Revenue || !spent && !fund_column && column.as_ref().is_some_and(came_in);
    let owned =
        row.total.is_none() && (revenue && by_function || !by_function && row_term.is_none() && is_owner(&row.label));
    if row.total.is_some() || nameless || owned {
        // 2015年 | 2840 under 公务用车费合计: the total of what the head names, or of the table.
        let sum = head.label.rsplit(" > ").next().unwrap_or("").trim_end_matches("合计").trim_end_matches("小计");
        let sum = named(packs, sum).filter(|t| staged && head.path.is_empty() && !t.generic);
        let column = column.filter(|_| !whole).or(sum.map(|t| Named { label: t.name.clone(), term: Some(t) }));
        let unnamed = Row { label: String::new(), total: row.total.or(Some(Total::Plain)), ..row.clone() };
        match column {
            Some(c) => named_by(&mut out, c),
            None if staged && head.total => whole_of(packs, &mut out, title, &unnamed, head),
            None => whole_of(packs, &mut out, title, row, head),
        }
        if owned {
            if out.label == row.label {
                let last = head.label.rsplit(" > ").next().unwrap_or_default();
                out.label = head.path.last().map_or(last, String::as_str).to_owned();
            }
            out.part = Some(row.label.clone());
        }
    } else {
        out.label.clone_from(&row.label);
        if let Some((_, name)) = own {
            name.clone_into(&mut out.label);
        }
        // 一般公共预算拨款 below 上年结转; （一）支出合计 below “三公”经费支出.
        let carried = above.filter(|a| {
            a.label.contains("结转") || a.label.contains("结余") || matches!(row.label.as_str(), "支出合计" | "合计")
        });
        let row_term = carried.and_then(|a| named(packs, &a.label)).or(row_term);
        out.concept = coded.or_else(|| row_term.map(|t| Arc::clone(&t.concept)));
        out.fund = head.fund.or_else(|| fund_named(&row.label)).or(row_term.and_then(|t| t.fund));
        let flow = row_term.and_then(|t| t.flow).or_else(|| out.concept.as_deref().and_then(flow_of));
        out.flow = flow.or(out.flow).or(flow_of_kind(title.kind));
        if !whole {
            out.part = column.map(|c| c.label);
        }
    }
    out.part = out.part.or_else(|| owner.map(str::to_owned));
    out.fund = out.fund.or(title.fund);
    // What a unit earns comes from no fund.
    let own = ["revenue.business", "revenue.operating", "revenue.other", "revenue.superior", "revenue.affiliated"];
    if out.concept.as_deref().is_some_and(|c| own.contains(&c)) {
        out.fund = None;
    }
    // 2080503 离退休人员管理机构 is a function, and so are its parts.
    let people = counted(packs, head.path.last().map_or(row.label.as_str(), String::as_str));
    if people.is_some() && out.measure.is_none() && row.code.is_none() {
        out.unit = out.unit.or(people);
        out.counts = true;
    }
    out.counts |= out.measure.is_none() && out.unit.is_some_and(|u| !is_money(packs, u));
    if out.counts {
        (out.fund, out.flow, out.stage) = (None, None, None);
    }
    let said = if rate.is_some() { row_words.basis } else { head.basis };
    out.basis = basis(said, out.measure, out.year);
    out
}

/// What a column is of.
fn column_item<'p>(packs: &'p Packs, head: &Head) -> Option<Named<'p>> {
    let label = head.path.last()?;
    Some(Named { label: label.clone(), term: named(packs, label).filter(|t| !t.generic) })
}

fn named_by(out: &mut Described, column: Named) {
    out.label = column.label;
    if let Some(term) = column.term {
        out.concept = Some(Arc::clone(&term.concept));
        out.fund = out.fund.or(term.fund);
        out.flow = term.flow.or_else(|| flow_of(&term.concept)).or(out.flow);
    }
}

/// The whole of the table, or of its side: 合计, 本年收入合计.
fn whole_of(packs: &Packs, out: &mut Described, title: &Title, row: &Row, head: &Head) {
    let flow = head.path.iter().find_map(|p| one_flow(p)).or(row.flow).or(flow_of_kind(title.kind));
    let term = named(packs, &row.label).filter(|t| !t.generic && row.total.is_some());
    let bare = matches!(row.label.as_str(), "" | "合计" | "总计" | "小计" | "共计" | "总额");
    // Of what 合计 says nothing of itself is told by the table: its concept and what to call it.
    let (concept, name) = match (title.kind, flow, row.total) {
        (TableKind::Basic, ..) if row.label.contains("人员") => ("expenditure.basic.personnel", "人员经费"),
        (TableKind::Basic, ..) if row.label.contains("公用") => ("expenditure.basic.operating", "公用经费"),
        (TableKind::Basic, ..) => ("expenditure.basic", "基本支出"),
        (TableKind::Project, ..) => ("expenditure.project", "项目支出"),
        (TableKind::ThreePublic, ..) => ("three_public", "“三公”经费"),
        (TableKind::Procurement, ..) => ("procurement", "政府采购"),
        (_, Some(Flow::Revenue), Some(Total::Grand)) => ("revenue.total", "收入总计"),
        (_, Some(Flow::Expenditure), Some(Total::Grand)) => ("expenditure.total", "支出总计"),
        (_, Some(Flow::Revenue), _) => ("revenue", "收入"),
        (_, Some(Flow::Expenditure), _) => ("expenditure", "支出"),
        _ => ("", ""),
    };
    out.flow = flow;
    if let Some(term) = term {
        out.concept = Some(Arc::clone(&term.concept));
        out.flow = flow.or(term.flow);
    } else {
        out.concept = packs.concept(concept).map(|t| Arc::clone(&t.concept));
    }
    out.label = if !bare {
        row.label.clone()
    } else if !name.is_empty() {
        name.to_owned()
    } else {
        head.path.last().unwrap_or(&row.label).clone()
    };
}

/// `expenditure.function.2080505`, `expenditure.economic.30101`.
fn concept_of_code(code: &str) -> Option<Arc<str>> {
    match (code.as_bytes().first()?, code.len()) {
        (b'2', 3 | 5 | 7) => Some(format!("expenditure.function.{code}").into()),
        (b'3' | b'5', 3 | 5) => Some(format!("expenditure.economic.{code}").into()),
        _ => None,
    }
}

/// Words of a head that add nothing to what the table is of.
fn is_whole(kind: TableKind, name: &str) -> bool {
    let own = match kind {
        TableKind::Basic => name.contains("基本支出"),
        TableKind::Project => name.contains("项目支出"),
        TableKind::ThreePublic => name.contains("三公"),
        TableKind::Procurement => name.contains("采购"),
        _ => name.ends_with("预算支出") && fund_named(name).is_some(),
    };
    own || matches!(
        name,
        "支出" | "本年支出" | "支出合计" | "本年支出合计" | "收入" | "本年收入" | "财政拨款支出" | "一般公共预算支出"
    )
}

fn one_flow(name: &str) -> Option<Flow> {
    match (name.contains("收入"), name.contains("支出")) {
        (true, false) => Some(Flow::Revenue),
        (false, true) => Some(Flow::Expenditure),
        _ => None,
    }
}

fn flow_of_kind(kind: TableKind) -> Option<Flow> {
    match kind {
        TableKind::Revenue => Some(Flow::Revenue),
        TableKind::Expenditure
        | TableKind::Basic
        | TableKind::Project
        | TableKind::ThreePublic
        | TableKind::Procurement => Some(Flow::Expenditure),
        _ => None,
    }
}

/// Names of places, offices and units.
pub(super) fn is_owner(label: &str) -> bool {
    is_place(label)
        || ["局", "学校", "医院", "站", "所", "(本级)", "本级", "机关", "大队", "部", "委", "院", "馆"]
            .iter()
            .any(|w| label.ends_with(w))
}

/// What a change or a rate of the column, or of the row, is measured against.
fn basis(said: Option<(Option<Year>, Option<Stage>)>, measure: Option<Measure>, year: Option<i32>) -> Option<Basis> {
    match measure? {
        Measure::Change | Measure::Growth => {
            let stage = said.and_then(|(_, s)| s);
            let said = said.and_then(|(y, _)| y);
            Some(Basis {
                year: said.and_then(|y| y.resolve(year)).or(year.and_then(|y| y.checked_sub(1))),
                stage,
                stated: said.is_some(),
                ..Basis::default()
            })
        }
        Measure::Completion => Some(Basis { year, stage: Some(Stage::Budget), ..Basis::default() }),
        Measure::Share => Some(Basis { year, ..Basis::default() }),
        _ => None,
    }
}
