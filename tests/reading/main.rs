//! How wordings are read: one file for each kind of thing that can go wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod inheritance;
mod labels;
mod lists;
mod published_tables;
mod relations;

use gouji::check::{Verdict, check};
use gouji::fact::{Fact, Reading, read};
use gouji::pattern::Packs;
use gouji::segment::{View, segment};

fn reading(text: &str) -> Reading {
    let view = View::new(text, &[]);
    read(Packs::builtin().unwrap(), &view, segment(&view, None))
}

fn facts(text: &str) -> Vec<Fact> {
    reading(text).facts
}

/// How many relations of a note do not hold.
fn contradictions(text: &str) -> usize {
    check(Packs::builtin().unwrap(), &reading(text)).count(Verdict::Disagrees)
}
