//! A relation laid out as one would work it out on paper.

use super::Page;
use super::style::{Blanks, DIM, RIGHT, WRONG, cut_middle, width};
use crate::check::{Equation, Finding, Suspect};
use crate::report::told::Row;
use std::fmt::Write as _;

/// Columns of the sign before a figure.
const SIGN: usize = 2;

impl Page<'_> {
    /// Writes the relation of a finding, indented.
    pub(super) fn arithmetic(&mut self, finding: &Finding, suspect: Option<&Suspect>) {
        let rows = match &finding.relation {
            Equation::Sum { total, parts } => self.told.sum(finding, *total, parts),
            Equation::Year { fact, siblings, base, .. } => self.told.years(*fact, siblings, *base),
            _ => {
                let equation = finding.equation(self.told.reading);
                for line in super::style::wrap(&equation, self.look.width.saturating_sub(6)) {
                    let _ = writeln!(self.out, "      {line}");
                }
                self.told.legend(finding)
            }
        };
        self.rows(&rows, suspect);
        let Some(difference) = self.told.difference(finding) else { return };
        for part in super::style::wrap(&difference, self.look.width.saturating_sub(6)) {
            let _ = writeln!(self.out, "      {part}");
        }
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
        let places: Vec<String> =
            rows.iter().map(|r| r.fact.map(|id| self.told.place_of(id)).unwrap_or_default()).collect();
        let place_width = places.iter().map(|p| width(p)).max().unwrap_or(0);
        let correction = suspect.map(|s| self.told.correction(s)).unwrap_or_default();
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
}
