//! A relation laid out as one would work it out on paper.

use super::Page;
use super::style::{Blanks, DIM, RIGHT, WRONG, cut_middle, width};
use crate::check::{Equation, Finding, Suspect};
use crate::document::Lang;
use crate::fact::FactId;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Parts of a sum that are shown.
const MAX_PARTS: usize = 24;
/// Columns of the sign before a figure.
const SIGN: usize = 2;

/// A figure of the layout.
struct Row {
    sign: &'static str,
    number: String,
    name: String,
    fact: Option<FactId>,
    rule_above: bool,
}

impl Page<'_> {
    /// Writes the relation of a finding, indented.
    pub(super) fn arithmetic(&mut self, finding: &Finding, suspect: Option<&Suspect>) {
        let rows = match &finding.relation {
            Equation::Sum { total, parts } => self.sum(finding, *total, parts),
            Equation::Year { fact, siblings, base, .. } => self.years(*fact, siblings, *base),
            _ => {
                let equation = finding.equation(self.reading);
                for line in super::style::wrap(&equation, self.look.width.saturating_sub(6)) {
                    let _ = writeln!(self.out, "      {line}");
                }
                self.legend(finding)
            }
        };
        self.rows(&rows, suspect);
        self.difference(finding);
    }

    fn sum(&self, finding: &Finding, total: FactId, parts: &[(FactId, bool)]) -> Vec<Row> {
        let ids: Vec<FactId> = parts.iter().map(|p| p.0).chain([total]).collect();
        let unit = self.unit(finding.unit);
        let mut rows: Vec<Row> = parts
            .iter()
            .take(MAX_PARTS)
            .enumerate()
            .map(|(n, (id, minus))| {
                let value = self.value(*id);
                let negative = value.is_sign_negative() != *minus && !value.is_zero();
                Row {
                    sign: match (n, negative) {
                        (0, false) => "",
                        (_, false) => "+",
                        (_, true) => "−",
                    },
                    number: format!("{} {}", value.abs(), self.unit_of(*id)),
                    name: self.name(*id, &ids),
                    fact: Some(*id),
                    rule_above: false,
                }
            })
            .collect();
        if let Some(more) = parts.len().checked_sub(MAX_PARTS).filter(|more| *more > 0) {
            rows.push(Row {
                sign: "+",
                number: "…".into(),
                name: match self.lang {
                    Lang::Zh => format!("另 {more} 项"),
                    Lang::En => format!("{more} more"),
                },
                fact: None,
                rule_above: false,
            });
        }
        let several = parts.len() > 1;
        if let (true, Some(computed)) = (several, finding.computed) {
            rows.push(Row {
                sign: "=",
                number: format!("{} {unit}", self.like(computed, total)),
                name: self.pick("算得", "computed").into(),
                fact: None,
                rule_above: true,
            });
        }
        rows.push(Row {
            sign: "≠",
            number: format!("{} {}", self.signed(total), self.unit_of(total)),
            name: format!("{}{}", self.pick("文中作：", "stated: "), self.name(total, &ids)),
            fact: Some(total),
            rule_above: !several,
        });
        rows
    }

    fn years(&self, fact: FactId, siblings: &[FactId], base: bool) -> Vec<Row> {
        let ids: Vec<FactId> = std::iter::once(fact).chain(siblings.iter().copied()).collect();
        let what =
            if base { self.pick("比较基期：", "compared year of: ") } else { self.pick("年度：", "year of: ") };
        ids.iter()
            .take(MAX_PARTS)
            .map(|id| {
                let year = self
                    .reading
                    .fact(*id)
                    .and_then(|f| if base { f.basis.as_ref().and_then(|b| b.year) } else { f.year });
                Row {
                    sign: "",
                    number: year.map_or_else(|| "?".into(), |y| y.to_string()),
                    name: format!("{what}{}", self.name(*id, &ids)),
                    fact: Some(*id),
                    rule_above: false,
                }
            })
            .collect()
    }

    /// What each figure of an equation is.
    fn legend(&self, finding: &Finding) -> Vec<Row> {
        let mut seen = BTreeSet::new();
        finding
            .facts
            .iter()
            .filter(|id| seen.insert(**id))
            .take(MAX_PARTS)
            .map(|id| Row {
                sign: "",
                number: format!("{} {}", self.signed(*id), self.unit_of(*id)),
                name: self.name(*id, &finding.facts),
                fact: Some(*id),
                rule_above: false,
            })
            .collect()
    }

    /// Writes figures in columns, aligned at the decimal point.
    fn rows(&mut self, rows: &[Row], suspect: Option<&Suspect>) {
        let split = |number: &str| -> (usize, usize) {
            let digits = number.find(' ').unwrap_or(number.len());
            let point = number.get(..digits).and_then(|d| d.find('.')).unwrap_or(digits);
            let head = number.get(..point).unwrap_or("");
            let tail = number.get(point..).unwrap_or("");
            (width(head), width(tail))
        };
        let head = rows.iter().map(|r| split(&r.number).0).max().unwrap_or(0);
        let tail = rows.iter().map(|r| split(&r.number).1).max().unwrap_or(0);
        let column = 6 + SIGN + head + tail + 2;
        let places: Vec<String> = rows.iter().map(|r| r.fact.map(|id| self.place_of(id)).unwrap_or_default()).collect();
        let place_width = places.iter().map(|p| width(p)).max().unwrap_or(0);
        let correction = suspect.map(|s| self.correction(s)).unwrap_or_default();
        let corrected = suspect.is_some_and(|s| rows.iter().any(|r| r.fact == Some(s.fact)));
        let beside = if corrected && !correction.is_empty() { width(&correction) + 4 } else { 0 };
        let space = self.look.width.saturating_sub(column + 2 + place_width + beside).max(12);
        let name_width = rows.iter().map(|r| width(&r.name)).max().unwrap_or(0).min(space);
        for (r, place) in rows.iter().zip(&places) {
            if r.rule_above {
                let rule = "─".repeat(SIGN + head + tail);
                let _ = writeln!(self.out, "      {}", self.look.paint(DIM, &rule));
            }
            let (h, t) = split(&r.number);
            let is_suspect = suspect.is_some_and(|s| Some(s.fact) == r.fact);
            let _ = write!(self.out, "      {:<SIGN$}{}", r.sign, Blanks(head - h));
            if is_suspect {
                let _ = write!(self.out, "{}", self.look.paint(WRONG, &r.number));
            } else {
                self.out.push_str(&r.number);
            }
            let name = cut_middle(&r.name, name_width);
            let _ = write!(self.out, "{}{name}", Blanks(tail - t + 2));
            if !place.is_empty() {
                let gap = Blanks(name_width.saturating_sub(width(&name)) + 2);
                let _ = write!(self.out, "{gap}{}", self.look.paint(DIM, place));
            }
            if is_suspect && !correction.is_empty() {
                let gap = Blanks(place_width.saturating_sub(width(place)) + 1);
                let _ =
                    write!(self.out, "{gap}{} {}", self.look.paint(WRONG, "←"), self.look.paint(RIGHT, &correction));
            }
            self.out.push('\n');
        }
    }

    fn difference(&mut self, finding: &Finding) {
        let Some(difference) = finding.difference.filter(|d| !d.is_zero()) else {
            return;
        };
        if matches!(finding.relation, Equation::Year { .. }) {
            return;
        }
        let unit = match (self.unit(finding.unit), self.lang) {
            ("%", Lang::Zh) => "个百分点",
            ("%", Lang::En) => " percentage points",
            (unit, _) => unit,
        };
        let mut line = match self.lang {
            Lang::Zh => format!("相差 {}{unit}", difference.normalize()),
            Lang::En => format!("difference {}{unit}", difference.normalize()),
        };
        if let Some(tolerance) = finding.tolerance.filter(|t| !t.is_zero()) {
            let _ = match self.lang {
                Lang::Zh => write!(line, "；按所印位数，四舍五入至多差 {}{unit}", tolerance.normalize()),
                Lang::En => write!(line, "; rounding as printed explains {}{unit} at most", tolerance.normalize()),
            };
        }
        for part in super::style::wrap(&line, self.look.width.saturating_sub(6)) {
            let _ = writeln!(self.out, "      {part}");
        }
    }

    /// A computed value with at least the places of a printed one.
    fn like(&self, computed: Decimal, fact: FactId) -> Decimal {
        let mut value = computed.normalize();
        let places = self.reading.fact(fact).map_or(0, |f| f.value.scale());
        if value.scale() < places {
            value.rescale(places);
        }
        value
    }
}
