//! How well a figure is secured by the relations in which it stands.

use crate::check::{Findings, Verdict};
use crate::fact::FactId;
use rust_decimal::Decimal;

/// How well a figure is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quality {
    /// A relation with other figures holds, and none is contradicted.
    Verified,
    /// No relation says anything of it.
    Unverified,
    /// A relation in which it stands is contradicted. Which of its figures is
    /// wrong is another question.
    Contradicted,
}

impl Quality {
    /// The name that tables carry.
    ///
    /// ```
    /// assert_eq!(gouji::panel::Quality::Verified.name(), "verified");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Unverified => "unverified",
            Self::Contradicted => "contradicted",
        }
    }
}

/// The relations in which a figure stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cover {
    /// How many hold, exactly or within rounding.
    pub agree: u32,
    /// How many are contradicted.
    pub disagree: u32,
    /// How many decide nothing.
    pub open: u32,
    /// Whether a contradiction names this figure as the likeliest to be wrong.
    pub suspect: bool,
    /// What it should then most likely be.
    pub suggested: Option<Decimal>,
}

impl Cover {
    /// What they say together.
    #[must_use]
    pub fn quality(&self) -> Quality {
        match (self.disagree, self.agree) {
            (0, 0) => Quality::Unverified,
            (0, _) => Quality::Verified,
            _ => Quality::Contradicted,
        }
    }
}

/// For each fact of a note, the relations in which it stands.
#[must_use]
pub fn cover(facts: usize, findings: &Findings) -> Vec<Cover> {
    let mut all = vec![Cover::default(); facts];
    for finding in &findings.list {
        let mut ids: Vec<FactId> = finding.facts.clone();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            let Some(cover) = all.get_mut(id as usize) else { continue };
            match finding.verdict {
                Verdict::Exact | Verdict::Rounded => cover.agree += 1,
                Verdict::Disagrees => cover.disagree += 1,
                Verdict::Partial | Verdict::Undecided => cover.open += 1,
            }
        }
        if let Some(suspect) = finding.suspects.first().filter(|_| finding.verdict == Verdict::Disagrees)
            && let Some(cover) = all.get_mut(suspect.fact as usize)
        {
            cover.suspect = true;
            cover.suggested = cover.suggested.or(suspect.suggested);
        }
    }
    all
}
