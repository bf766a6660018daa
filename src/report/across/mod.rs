//! Views of what documents say of each other's figures.

mod csv;
mod json;
mod text;

pub use csv::write_row;
pub use json::finding_json;
pub use text::{close, finding_text, heading};

use crate::fact::FactId;

/// A fact's id, as its document's own output gives it.
fn id(fact: FactId) -> String {
    format!("F{}", u64::from(fact) + 1)
}

/// How many relations between documents have which verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// They do not agree.
    pub disagree: usize,
    /// They agree, to the digit or as printed.
    pub agree: usize,
    /// Not to be decided.
    pub undecided: usize,
}

impl Counts {
    /// Counts a finding.
    pub fn add(&mut self, finding: &crate::across::Finding) {
        use crate::check::Verdict;
        match finding.verdict {
            Verdict::Disagrees => self.disagree += 1,
            Verdict::Exact | Verdict::Rounded => self.agree += 1,
            Verdict::Partial | Verdict::Undecided => self.undecided += 1,
        }
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> usize {
        self.disagree + self.agree + self.undecided
    }
}
