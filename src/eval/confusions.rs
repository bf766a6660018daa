//! What is taken for what, and how often.

use super::comparison::Comparison;
use serde::Serialize;
use std::collections::BTreeMap;

/// Something that the annotation says and something else that the program says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Confusion {
    /// A field's name; `missing` for a fact that is not read, `spurious` for one
    /// that is not annotated.
    pub field: &'static str,
    /// What the annotation says; for a missing fact its measure.
    pub want: String,
    /// What the program says; for a spurious fact its measure.
    pub got: String,
    /// How often.
    pub count: u64,
}

/// Counts confusions.
#[derive(Debug, Default)]
pub(super) struct Confusions {
    counts: BTreeMap<(&'static str, String, String), u64>,
}

impl Confusions {
    /// Counts all of a document.
    pub fn count(&mut self, comparison: &Comparison) {
        let none = || "–".to_owned();
        for fact in &comparison.facts {
            let Some(fields) = &fact.fields else {
                self.one("missing", fact.want.measure.clone(), none());
                continue;
            };
            for f in fields.iter().filter(|f| !f.right) {
                self.one(f.field.name(), f.want.clone(), f.got.clone());
            }
        }
        for (_, measure) in &comparison.spurious {
            self.one("spurious", none(), measure.clone());
        }
    }

    fn one(&mut self, field: &'static str, want: String, got: String) {
        *self.counts.entry((field, want, got)).or_default() += 1;
    }

    /// The commonest first.
    pub fn list(self) -> Vec<Confusion> {
        let mut list: Vec<Confusion> =
            self.counts.into_iter().map(|((field, want, got), count)| Confusion { field, want, got, count }).collect();
        list.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.cmp(b)));
        list
    }
}
