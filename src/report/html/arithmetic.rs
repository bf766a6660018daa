//! A relation laid out as a sum: figures in a column with signs and names, a line, computed against printed.

use super::words::pick;
use super::writer::{Html, fact};
use crate::check::{Equation, Finding, Suspect};
use crate::document::Lang;
use crate::fact::FactId;
use crate::report::told::{Row, Told, verdict_sign};
use std::collections::{BTreeMap, BTreeSet};

/// The rows of a finding.
pub(super) fn rows(told: &Told, finding: &Finding) -> Vec<Row> {
    let row = |sign, id| figure(told, finding, sign, id, false);
    let stated = |id| figure(told, finding, verdict_sign(finding.verdict), id, finding.computed.is_none());
    match &finding.relation {
        Equation::Sum { total, parts } => told.sum(finding, *total, parts),
        Equation::Year { fact, siblings, base, .. } => told.years(*fact, siblings, *base),
        Equation::Quotient { rate, numerator, denominator } => {
            let mut rows = vec![row("", *numerator), row("÷", *denominator)];
            rows.extend(computed(told, finding));
            rows.push(stated(*rate));
            rows
        }
        Equation::Growth { rate, level, prior } => {
            let mut rows = vec![row("(", *level), row("−", *prior), row(") ÷", *prior)];
            rows.extend(computed(told, finding));
            rows.push(stated(*rate));
            rows
        }
        Equation::GrowthByChange { rate, change, level } | Equation::CompletionByChange { rate, change, level } => {
            let grows = matches!(finding.relation, Equation::GrowthByChange { .. });
            let mut less = row("−", *change);
            less.number.push_str(" )");
            let mut rows = vec![row("", if grows { *change } else { *level }), row("÷ (", *level), less];
            rows.extend(computed(told, finding));
            rows.push(stated(*rate));
            rows
        }
        Equation::Average { average, total, count } => {
            let mut rows = vec![row("", *total), row("÷", *count)];
            rows.extend(computed(told, finding));
            rows.push(stated(*average));
            rows
        }
        Equation::Combined { rate, parts } => {
            let both = parts.iter().take(told.most_parts).enumerate();
            let mut rows: Vec<Row> = both
                .flat_map(|(n, (level, own))| [row(if n == 0 { "" } else { "+" }, *level), row("", *own)])
                .collect();
            rows.extend(computed(told, finding));
            rows.push(stated(*rate));
            rows
        }
        Equation::Equal { left, right } => vec![row("", *right), row(verdict_sign(finding.verdict), *left)],
        Equation::Restated { facts } => {
            let sign = |n: usize| if n == 0 { "" } else { verdict_sign(finding.verdict) };
            facts.iter().rev().take(told.most_parts).enumerate().map(|(n, id)| row(sign(n), *id)).collect()
        }
        Equation::Hundred { shares } => {
            let mut rows: Vec<Row> = shares
                .iter()
                .take(told.most_parts)
                .enumerate()
                .map(|(n, id)| row(if n == 0 { "" } else { "+" }, *id))
                .collect();
            rows.extend(computed(told, finding));
            rows.push(plain(
                verdict_sign(finding.verdict),
                "100 %".into(),
                pick(told.lang, "应为", "should be"),
                false,
            ));
            rows
        }
        Equation::Named { count, named } => {
            let listed = pick(told.lang, "文中列出名称的个数", "named in the text");
            vec![plain("", named.to_string(), listed, false), row(verdict_sign(finding.verdict), *count)]
        }
        Equation::Unit { fact } => {
            let mut rows: Vec<Row> = computed(told, finding).into_iter().collect();
            rows.push(row(if rows.is_empty() { "" } else { verdict_sign(finding.verdict) }, *fact));
            rows
        }
        Equation::Order { .. } | Equation::Signs { .. } | Equation::Absent { .. } => told.legend(finding),
    }
}

fn figure(told: &Told, finding: &Finding, sign: &'static str, id: FactId, rule_above: bool) -> Row {
    let is_stated = finding.facts.first() == Some(&id) && finding.computed.is_some();
    let name = told.name(id, &finding.facts);
    let name = if is_stated { format!("{}{name}", pick(told.lang, "文中作：", "stated: ")) } else { name };
    Row { sign, number: format!("{} {}", told.signed(id), told.unit_of(id)), name, fact: Some(id), rule_above }
}

fn plain(sign: &'static str, number: String, name: &str, rule_above: bool) -> Row {
    Row { sign, number, name: name.to_owned(), fact: None, rule_above }
}

/// What the other figures make of the stated one.
fn computed(told: &Told, finding: &Finding) -> Option<Row> {
    let value = finding.computed?;
    let number = match finding.facts.first() {
        Some(stated) => format!("{} {}", told.like(value, *stated), told.unit(finding.unit)),
        None => format!("{} {}", value.normalize(), told.unit(finding.unit)),
    };
    Some(plain("=", number, pick(told.lang, "算得", "computed"), true))
}

/// Where the figures of a finding lead to and are led to from.
pub(super) struct Links<'a> {
    /// The names of the rows, by figure.
    pub rows: &'a BTreeMap<FactId, String>,
    /// Where each figure stands in the sentences above.
    pub sentences: &'a BTreeMap<FactId, String>,
}

/// The names of a finding's rows by figure, each once.
pub(super) fn names(rows: &[Row], finding: usize) -> BTreeMap<FactId, String> {
    let ids: BTreeSet<FactId> = rows.iter().filter_map(|r| r.fact).collect();
    ids.into_iter().map(|id| (id, format!("{}-{}", super::writer::finding(finding), u64::from(id) + 1))).collect()
}

/// Writes the rows as a table.
pub(super) fn table(html: &mut Html, told: &Told, rows: &[Row], suspect: Option<&Suspect>, links: &Links) {
    html.raw("<div class=\"wide\"><table class=\"sum\">");
    html.element("caption class=\"hide\"", pick(told.lang, "算式", "arithmetic"));
    let mut seen = BTreeSet::new();
    let most = rows.iter().map(|r| places_of(r.number.split(' ').next().unwrap_or(""))).max().unwrap_or(0);
    for row in rows {
        let wrong = suspect.filter(|s| Some(s.fact) == row.fact);
        html.raw(if row.rule_above { "<tr class=\"line" } else { "<tr class=\"" });
        html.raw(if wrong.is_some() { " wrong\"" } else { "\"" });
        if let Some(name) = row.fact.filter(|id| seen.insert(*id)).and_then(|id| links.rows.get(&id)) {
            html.attribute_name(name);
        }
        html.raw(">");
        html.element("td class=\"sign\"", row.sign);
        let (number, unit) = row.number.split_once(' ').unwrap_or((&row.number, ""));
        html.raw("<td class=\"n\">");
        match row.fact {
            Some(id) => {
                let sentence = links.sentences.get(&id).map(String::as_str);
                html.raw("<a href=\"#");
                match sentence {
                    Some(name) => html.raw(name),
                    None => html.put(format_args!("{}", fact(id))),
                }
                html.raw("\">");
                html.text(number);
                html.raw("</a>");
            }
            None => html.text(number),
        }
        pad(html, places_of(number), most);
        html.raw("</td>");
        html.element("td class=\"u\"", unit);
        html.raw("<th scope=\"row\">");
        html.text(&row.name);
        if let Some(correction) = wrong.map(|s| told.correction(s)).filter(|c| !c.is_empty()) {
            html.element("span class=\"fix\"", &correction);
        }
        html.raw("</th><td class=\"at\">");
        if let Some(id) = row.fact {
            html.put(format_args!("<a href=\"#{}\">", fact(id)));
            html.text(&told.place_of(id));
            html.raw("</a>");
        }
        html.raw("</td></tr>");
    }
    html.raw("</table></div>");
}

/// Decimal places, with the point.
fn places_of(number: &str) -> usize {
    number.find('.').map_or(0, |point| number.len() - point)
}

/// Fills a figure up with digits that are not seen, so that decimal points stand below each other.
fn pad(html: &mut Html, places: usize, most: usize) {
    if places < most {
        let zeros = if places == 0 { ".".to_owned() + &"0".repeat(most - 1) } else { "0".repeat(most - places) };
        html.put(format_args!("<span class=\"pad\" aria-hidden=\"true\">{zeros}</span>"));
    }
}

/// Whether the signs of a relation stand in the rows; else its equation is to be written besides.
pub(super) fn is_sum(finding: &Finding) -> bool {
    !matches!(finding.relation, Equation::Order { .. } | Equation::Signs { .. } | Equation::Unit { .. })
}

/// A difference in words, for the line below.
pub(super) fn difference(html: &mut Html, told: &Told, finding: &Finding) {
    // What an incomplete list leaves is no difference.
    if let Some(difference) = told.difference(finding).filter(|_| finding.remainder.is_none()) {
        html.element("p class=\"dif\"", &difference);
    }
    if let (Some(rest), Some(_)) = (finding.remainder, finding.computed) {
        let unit = told.unit(finding.unit);
        let line = match told.lang {
            Lang::Zh => format!("余 {}{unit}", rest.normalize()),
            Lang::En => format!("{}{unit} remains", rest.normalize()),
        };
        html.element("p class=\"dif\"", &line);
    }
}
