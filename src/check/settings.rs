//! What a user may decide: which rules run, how much their findings weigh,
//! what is too small to tell, what a note must hold besides, in which order.

use super::Rule;
use crate::segment::Kind;
use rust_decimal::Decimal;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// What agrees.
    None,
    /// Worth knowing.
    Info,
    /// Shown among the contradictions, without making the run fail.
    Warning,
    /// Makes the run fail: exit status 1.
    Error,
}

impl Severity {
    /// The name that the output carries.
    ///
    /// ```
    /// assert_eq!(gouji::check::Severity::Warning.name(), "warning");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Severity::None => "none",
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// What is decided of a rule or a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The rule makes no relations.
    Off,
    /// It does, as if nothing had been decided.
    On,
    /// Its contradictions and absences weigh this much.
    Weighs(Severity),
}

/// By what findings are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The largest difference first: amounts before rates, rates before counts.
    Size,
    /// First what explains most contradictions.
    Certainty,
    /// As the rules are listed.
    Rule,
}

/// What notes of a region must hold besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Words of which the title or the organisation's name holds one; empty for all notes.
    pub regions: Vec<String>,
    /// The kinds of notes; empty for unit budgets, department budgets and final accounts.
    pub kinds: Vec<Kind>,
    /// The sections, each by the names that it may go by.
    pub sections: Vec<Vec<String>>,
}

/// A user's decisions; by default all rules run as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// By rule id or family; an id outweighs its family.
    pub rules: Vec<(String, Decision)>,
    /// By unit name: contradictions below this difference are only worth knowing.
    pub smallest: Vec<(String, Decimal)>,
    /// Sections required besides.
    pub required: Vec<Requirement>,
    /// Empty: the order of the text.
    pub order: Vec<Order>,
}

impl Settings {
    /// What is decided of a rule.
    ///
    /// ```
    /// use gouji::check::{Decision, RULES, Settings};
    /// let rules = vec![("sum".to_owned(), Decision::Off), ("sum/parts-differ-from-total".to_owned(), Decision::On)];
    /// let settings = Settings { rules, ..Settings::default() };
    /// let of = |id: &str| settings.of(RULES.iter().find(|r| r.id == id).unwrap());
    /// assert_eq!(of("sum/parts-differ-from-total"), Decision::On);
    /// assert_eq!(of("sum/shares-differ-from-100"), Decision::Off);
    /// assert_eq!(of("unit/missing"), Decision::On);
    /// ```
    pub fn of(&self, rule: &Rule) -> Decision {
        if self.rules.is_empty() {
            return Decision::On;
        }
        let named = |name: &str| self.rules.iter().rev().find(|(n, _)| n == name).map(|(_, d)| *d);
        named(rule.id).or_else(|| named(rule.family())).unwrap_or(Decision::On)
    }

    /// The smallest difference in a unit that is told as a contradiction.
    pub(super) fn smallest_in(&self, unit: &str) -> Option<Decimal> {
        self.smallest.iter().rev().find(|(u, _)| u == unit).map(|(_, d)| *d)
    }
}
