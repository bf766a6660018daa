//! Stage six: from facts to relations, from relations to findings. Reads no
//! text: what it compares, the facts say.

mod diagnosis;
pub(crate) mod digits;
mod explain;
mod interval;
mod message;
mod notebook;
mod order;
mod outcome;
mod relation;
mod restated;
pub mod rules;
mod settings;
mod whole;

pub use crate::document::Lang;
pub use diagnosis::Suspect;
pub(crate) use diagnosis::slip_between;
pub use explain::{RuleDoc, rule_doc};
pub use interval::Interval;
pub use message::Message;
pub use notebook::Notebook;
pub use outcome::Outcome;
pub(crate) use outcome::TOO_LARGE;
pub use relation::{Equation, Instead, Missing, Relation};
pub use rules::{RULES, Rule};
pub use settings::{Decision, Order, Requirement, Settings, Severity};

use crate::fact::{FactId, Reading, Topics};
use crate::lex::UnitId;
use crate::pattern::Packs;
use rust_decimal::Decimal;

/// What became of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The printed figures agree to the last digit.
    Exact,
    /// They agree because printed figures are rounded or truncated.
    Rounded,
    /// No rounding explains the difference.
    Disagrees,
    /// An admittedly incomplete list leaves a remainder.
    Partial,
    /// Not to be decided: an input is missing.
    Undecided,
}

impl Verdict {
    /// The name that the output carries.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Exact => "exact",
            Verdict::Rounded => "rounded",
            Verdict::Disagrees => "disagrees",
            Verdict::Partial => "partial",
            Verdict::Undecided => "undecided",
        }
    }
}

/// A relation that was tested, with its verdict.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that makes the relation.
    pub rule: &'static Rule,
    /// What became of it.
    pub verdict: Verdict,
    /// The facts in it, the claim or total first.
    pub facts: Vec<FactId>,
    /// The printed figure that is tested.
    pub stated: Option<Decimal>,
    /// What the other figures make of it.
    pub computed: Option<Decimal>,
    /// `stated − computed`.
    pub difference: Option<Decimal>,
    /// The largest difference that printing explains.
    pub tolerance: Option<Decimal>,
    /// The unit of the above.
    pub unit: Option<UnitId>,
    /// The relation itself.
    pub relation: Equation,
    /// Figures that are probably wrong, likeliest first.
    pub suspects: Vec<Suspect>,
    /// What an incomplete list leaves.
    pub remainder: Option<Decimal>,
    /// Why nothing was decided.
    pub reason: Option<&'static str>,
    /// How much it weighs.
    pub severity: Severity,
}

impl Finding {
    fn new(relation: Relation, outcome: Outcome) -> Self {
        Finding {
            rule: relation.rule,
            verdict: outcome.verdict,
            facts: relation.equation.facts(),
            stated: outcome.stated,
            computed: outcome.computed,
            difference: outcome.difference,
            tolerance: outcome.tolerance,
            unit: outcome.unit,
            relation: relation.equation,
            suspects: Vec::new(),
            remainder: outcome.remainder,
            reason: outcome.reason,
            severity: Severity::None,
        }
    }

    /// Whether it tells of something that the note does not give, rather than
    /// of figures that agree or do not.
    pub fn is_absence(&self) -> bool {
        matches!(self.relation, Equation::Absent { .. })
    }

    /// Whether it is shown among the contradictions.
    pub fn is_told(&self) -> bool {
        self.verdict == Verdict::Disagrees && self.severity >= Severity::Warning
    }

    /// How much it weighs by the user's settings.
    fn weigh(&mut self, book: &Notebook) {
        let told = self.verdict == Verdict::Disagrees || self.is_absence();
        self.severity = match (self.verdict, book.settings.of(self.rule)) {
            (Verdict::Exact | Verdict::Rounded, _) => Severity::None,
            (_, Decision::Weighs(severity)) if told => severity,
            (Verdict::Disagrees, _) => Severity::Error,
            _ => Severity::Info,
        };
        let unit = self.unit.and_then(|u| book.packs.vocabulary.units.get(u));
        let smallest = unit.and_then(|u| book.settings.smallest_in(&u.name));
        if let (Some(difference), Some(smallest)) = (self.difference, smallest)
            && difference.abs() < smallest
        {
            self.severity = self.severity.min(Severity::Info);
        }
    }
}

/// All relations of a note.
#[derive(Debug, Default)]
pub struct Findings {
    /// Contradictions first, then in the order of the text.
    pub list: Vec<Finding>,
}

impl Findings {
    /// How many relations have a verdict; what a note does not give is no relation.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.list.iter().filter(|f| f.verdict == verdict && !f.is_absence()).count()
    }

    /// What the note should give and does not.
    pub fn absences(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter().filter(|f| f.is_absence())
    }
}

/// Tests everything that a note's facts allow to be tested.
///
/// ```
/// use gouji::check::{Verdict, check};
/// use gouji::fact::read;
/// use gouji::pattern::Packs;
/// use gouji::segment::{View, segment};
/// let packs = Packs::builtin().unwrap();
/// let view = View::new("2024年单位预算情况说明\n2024年支出预算502.48万元，其中：基本支出424.01万元，项目支出78.74万元。", &[]);
/// let findings = check(packs, &read(packs, &view, segment(&view, None)));
/// let wrong = &findings.list[0];
/// assert_eq!(wrong.verdict, Verdict::Disagrees);
/// assert_eq!(wrong.suspects[0].suggested.unwrap().to_string(), "78.47");
/// assert_eq!(wrong.suspects[0].slip, Some("swap"));
/// ```
pub fn check(packs: &Packs, reading: &Reading) -> Findings {
    check_with(packs, reading, None, &Settings::default())
}

/// The same, as some settings say; without the topics that it speaks of a note is not asked what it lacks.
pub fn check_with(packs: &Packs, reading: &Reading, topics: Option<&Topics>, settings: &Settings) -> Findings {
    let mut notebook = Notebook::with(packs, reading, settings);
    notebook.topics = topics;
    let mut relations = Vec::new();
    for rule in RULES {
        if let Some(relate) = rule.relate.filter(|_| settings.of(rule) != Decision::Off) {
            relate(&notebook, &mut relations);
        }
    }
    relation::deduplicate(&mut relations);
    let outcomes: Vec<Outcome> = relations.iter().map(|r| r.judge(&notebook, None)).collect();
    // Only what disagrees is diagnosed, with all relations at hand.
    let disagrees = outcomes.iter().any(|o| o.verdict == Verdict::Disagrees);
    let kept = if disagrees { relations.clone() } else { Vec::new() };
    let mut list: Vec<Finding> = relations.into_iter().zip(outcomes).map(|(r, o)| Finding::new(r, o)).collect();
    diagnosis::diagnose(&notebook, &kept, &mut list);
    rules::unit_slips(&notebook, &mut list);
    for finding in &mut list {
        finding.weigh(&notebook);
    }
    restated::join(&mut list);
    let place = |f: &Finding| (f.verdict != Verdict::Disagrees, f.is_absence(), f.facts.first().copied().unwrap_or(0));
    list.sort_by_cached_key(place);
    if !settings.order.is_empty() {
        list.sort_by_cached_key(|f| {
            let by: Vec<_> = settings.order.iter().map(|by| order::key(&notebook, *by, f)).collect();
            (f.verdict != Verdict::Disagrees, f.is_absence(), by)
        });
    }
    Findings { list }
}
