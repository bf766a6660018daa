//! Equations as formulas of a spreadsheet, over the cells that hold the figures.
//!
//! Where the cells are is not known yet: `{5}` stands for the cell of the fact 5.

use crate::check::{Equation, Finding};
use crate::fact::{Fact, FactId, Measure};
use crate::pattern::Packs;
use crate::report::note::Note;
use rust_decimal::Decimal;
use std::fmt::Write;

/// Longest formula that spreadsheets take, with room for the cells' names.
const MAX_TERMS: usize = 200;

/// Both sides of an equation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sides {
    /// What is printed.
    pub stated: String,
    /// What the other figures make of it.
    pub computed: String,
    /// Places to which a rate is printed: it agrees exactly if it does so rounded.
    pub places: Option<u8>,
}

/// The two sides; `None` for what is no arithmetic.
pub(super) fn sides(note: Note, finding: &Finding) -> Option<Sides> {
    let fact = |id: FactId| note.reading.fact(id);
    let factor = |id: FactId| fact(id).map_or(Decimal::ONE, |f| yuan(note.packs, f));
    // A figure in the unit of another.
    let term = |id: FactId, unit: Decimal| -> Option<String> {
        let by = factor(id).checked_div(unit)?.normalize();
        let cell = format!("{{{id}}}");
        Some(if by == Decimal::ONE { cell } else { format!("{cell}*{by}") })
    };
    let rate = |id: FactId, computed: String| {
        Some(Sides { stated: format!("{{{id}}}"), computed, places: Some(fact(id)?.decimals) })
    };
    let one = Decimal::ONE;
    match &finding.relation {
        Equation::Sum { total, parts } if parts.len() <= MAX_TERMS => {
            let unit = factor(*total);
            let mut computed = String::new();
            for (id, minus) in parts {
                let sign = if *minus { "-" } else { "+" };
                // Writing into a string does not fail.
                let _ = write!(computed, "{sign}{}", term(*id, unit)?);
            }
            let computed = computed.trim_start_matches('+').to_owned();
            Some(Sides { stated: format!("{{{total}}}"), computed, places: None })
        }
        Equation::Equal { left, right } => {
            Some(Sides { stated: format!("{{{left}}}"), computed: term(*right, factor(*left))?, places: None })
        }
        Equation::Quotient { rate: r, numerator, denominator } => {
            rate(*r, format!("100*{}/({})", term(*numerator, one)?, term(*denominator, one)?))
        }
        Equation::Growth { rate: r, level, prior } => {
            rate(*r, format!("100*({}/({})-1)", term(*level, one)?, term(*prior, one)?))
        }
        Equation::GrowthByChange { rate: r, change, level }
        | Equation::CompletionByChange { rate: r, change, level } => {
            let (change, level) = (term(*change, one)?, term(*level, one)?);
            let grows = matches!(finding.relation, Equation::GrowthByChange { .. });
            let of = if grows { &change } else { &level };
            rate(*r, format!("100*{of}/({level}-{change})"))
        }
        Equation::Average { average, total, count } => {
            let computed = format!("{}/{{{count}}}", term(*total, factor(*average))?);
            Some(Sides { stated: format!("{{{average}}}"), computed, places: None })
        }
        Equation::Combined { rate: r, parts } if parts.len() <= MAX_TERMS => {
            let more = if fact(*r)?.measure == Measure::Growth { 100 } else { 0 };
            let (mut now, mut before) = (String::new(), String::new());
            for (level, own) in parts {
                let level = term(*level, one)?;
                let sign = if now.is_empty() { "" } else { "+" };
                // Writing into a string does not fail.
                let _ = write!(now, "{sign}{level}");
                let _ = write!(before, "{sign}{level}/({more}+{{{own}}})");
            }
            rate(*r, format!("({now})/({before})-{more}"))
        }
        Equation::Hundred { shares } if shares.len() <= MAX_TERMS => {
            let shares: Vec<String> = shares.iter().map(|id| format!("{{{id}}}")).collect();
            Some(Sides { stated: "100".to_owned(), computed: shares.join("+"), places: None })
        }
        _ => None,
    }
}

/// Yuan in one unit; 1 for what is no money.
fn yuan(packs: &Packs, f: &Fact) -> Decimal {
    let unit = f.unit.or(f.unit_inferred).and_then(|u| packs.vocabulary.units.get(u));
    unit.and_then(|u| u.yuan).unwrap_or(Decimal::ONE)
}

/// A formula with the names of the cells in it.
pub(super) fn resolved(formula: &str, cell: impl Fn(FactId) -> Option<String>) -> Option<String> {
    let mut out = String::with_capacity(formula.len() * 2);
    let mut rest = formula;
    while let Some((before, after)) = rest.split_once('{') {
        let (id, after) = after.split_once('}')?;
        out.push_str(before);
        out.push_str(&cell(id.parse().ok()?)?);
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::check;
    use crate::document::{Lang, Raw, read};
    use crate::segment::{View, segment};

    fn formulas(text: &str) -> Vec<(&'static str, Option<Sides>)> {
        let document = read(&Raw::File { path: "甲.txt".into(), bytes: text.into() }).unwrap();
        let packs = Packs::builtin().unwrap();
        let view = View::new(&document.text, &document.tables);
        let reading = crate::fact::read(packs, &view, segment(&view, None));
        let findings = check(packs, &reading);
        let note =
            Note { packs, document: &document, view: &view, reading: &reading, findings: &findings, lang: Lang::Zh };
        findings.list.iter().map(|f| (f.rule.id, sides(note, f))).collect()
    }

    #[test]
    fn figures_come_in_the_unit_of_the_total() {
        let note = "2024年单位预算情况说明\n2024年支出预算502.75万元，其中：基本支出4240100元，项目支出78.74万元。";
        let (_, sides) = formulas(note).into_iter().find(|(id, _)| *id == "sum/parts-differ-from-total").unwrap();
        let sides = sides.unwrap();
        assert_eq!((sides.stated.as_str(), sides.computed.as_str()), ("{0}", "{1}*0.0001+{2}"));
        let cell = |id: FactId| Some(format!("facts!F{}", id + 2));
        assert_eq!(resolved(&sides.computed, cell).unwrap(), "facts!F3*0.0001+facts!F4");
    }

    #[test]
    fn a_share_is_rounded_to_its_places() {
        let note =
            "2024年单位预算情况说明\n2024年支出预算100万元，其中：基本支出30万元，占30.00%；项目支出70万元，占70.00%。";
        let (_, sides) = formulas(note).into_iter().find(|(id, _)| *id == "ratio/share-differs").unwrap();
        assert_eq!(sides.unwrap().places, Some(2));
    }
}
