//! Between stages six and seven: figures of one document against those of another. A note gives
//! last year's change, a final account names the budget, a department is the sum of its
//! units, a note is published twice: what one document says of another's figures is tested here.
//!
//! Of each document only a [`Digest`] is kept, a few dozen figures with their keys and places; sentences
//! lie in a temporary file when there are many. Two figures are compared only if they are of one
//! organisation, item, fund, year, stage and scope; names of organisations are taken apart and
//! compared ([`Name`]), never guessed at.
//!
//! | file | concern |
//! |---|---|
//! | `digest.rs` | what is kept of a document |
//! | `organization.rs`, `bodies.rs` | which documents are of one organisation |
//! | `shelf.rs`, `spool.rs` | where it is kept |
//! | `rules/` | what must tie between documents, one rule a file |
//! | `judge.rs`, `weigh.rs`, `diagnosis.rs` | whether it does; whether that proves anything; which figure is wrong |
//! | `view.rs`, `message.rs` | what the reports show |

mod bodies;
mod diagnosis;
mod digest;
mod judge;
mod message;
mod organization;
pub mod rules;
mod shelf;
mod spool;
mod view;
mod weigh;

pub use digest::{Digest, Source};
pub use judge::Equation;
pub use organization::{Likeness, Name};
pub use rules::{RULES, Rule, rule_doc};
pub use shelf::At;
pub use view::Shown;

use crate::check::Verdict;
use crate::lex::UnitId;
use crate::pattern::Packs;
use bodies::Bodies;
use judge::Judge;
use rules::Desk;
use rust_decimal::Decimal;
use shelf::Shelf;

/// More documents than this are compared only if it is asked for.
pub const MANY_DOCUMENTS: usize = 100_000;

/// A figure that is probably wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// The figure.
    pub figure: At,
    /// What it should be, in its printed unit.
    pub suggested: Decimal,
    /// The slip of the pen that explains it.
    pub slip: Option<&'static str>,
    /// How many contradictions between documents it explains.
    pub explains: u32,
}

/// A relation between documents that was tested, with its verdict.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that makes the relation.
    pub rule: &'static Rule,
    /// What became of it.
    pub verdict: Verdict,
    /// The relation itself.
    pub equation: Equation,
    /// The documents in it, that of the tested figure first.
    pub documents: Vec<u32>,
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
    /// Why nothing was decided.
    pub reason: Option<&'static str>,
    /// Figures that are probably wrong, likeliest first.
    pub suspects: Vec<Suspect>,
}

impl Finding {
    /// `error`, `info` or `none`.
    #[must_use]
    pub fn severity(&self) -> &'static str {
        match self.verdict {
            Verdict::Disagrees => "error",
            Verdict::Partial | Verdict::Undecided => "info",
            Verdict::Exact | Verdict::Rounded => "none",
        }
    }
}

/// Takes in documents one after another.
///
/// ```
/// use gouji::across::{Across, Digest};
/// use gouji::check::Verdict;
/// use gouji::document::{Raw, read};
/// let packs = gouji::pattern::Packs::builtin().unwrap();
/// let mut across = Across::new();
/// for (path, note) in [
///     ("2023.txt", "清溪县水土保持站2023年单位预算说明\n2023年支出预算487.02万元。"),
///     ("2024.txt", "清溪县水土保持站2024年单位预算说明\n2024年支出预算502.48万元，比2023年预算增加16.46万元。"),
/// ] {
///     let document = read(&Raw::File { path: path.into(), bytes: note.into() })?;
///     across.add(Digest::new(packs, &gouji::analyze(packs, document, true)));
/// }
/// let mut library = across.finish(packs);
/// let mut wrong = vec![];
/// library.each(|_, finding| wrong.push((finding.rule.id, finding.verdict, finding.difference)));
/// // 487.02 + 16.46 is 503.48.
/// assert_eq!(wrong, [("change/differs-from-year-before", Verdict::Disagrees, Some("-1".parse().unwrap()))]);
/// # Ok::<(), gouji::document::InputError>(())
/// ```
#[derive(Debug, Default)]
pub struct Across {
    shelf: Shelf,
    seen: usize,
}

impl Across {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Across::default()
    }

    /// Takes in a document.
    pub fn add(&mut self, digest: Digest) {
        self.seen += 1;
        self.shelf.put(digest);
    }

    /// How many documents were taken in.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.seen
    }

    /// Sorts them by organisation.
    #[must_use]
    pub fn finish(self, packs: &Packs) -> Library<'_> {
        let bodies = Bodies::new(&self.shelf);
        Library { packs, shelf: self.shelf, bodies }
    }
}

/// The documents of a run, sorted by organisation.
#[derive(Debug)]
pub struct Library<'p> {
    pub(crate) packs: &'p Packs,
    shelf: Shelf,
    bodies: Bodies,
}

impl Library<'_> {
    /// Tests everything that the documents allow to be tested, one organisation after another in the order
    /// of their first documents; of each what disagrees first.
    pub fn each(&mut self, mut tell: impl FnMut(&mut Self, &Finding)) {
        for body in 0..self.bodies.list.len() {
            for finding in self.findings(body) {
                tell(self, &finding);
            }
        }
    }

    fn findings(&self, body: usize) -> Vec<Finding> {
        let Some(body) = self.bodies.list.get(body) else { return vec![] };
        if body.documents.len() < 2 && body.doubts.is_empty() && !self.has_members(body) {
            return vec![];
        }
        let desk = Desk::new(&self.shelf, &self.bodies, body);
        let mut relations = Vec::new();
        for rule in RULES {
            (rule.relate)(&desk, &mut relations);
        }
        let judge = Judge { packs: self.packs, shelf: &self.shelf };
        let mut list = weigh::weigh(judge, relations);
        diagnosis::diagnose(judge, &mut list);
        list.sort_by_cached_key(|f| (f.verdict != Verdict::Disagrees, f.documents.clone(), f.equation.figures()));
        list
    }

    fn has_members(&self, body: &bodies::Body) -> bool {
        body.documents.iter().any(|d| self.shelf.document(*d).is_some_and(|d| d.members.is_some()))
    }
}
