//! Topics: which nothing asks for, which words do nothing, and how many notes speak of each.

use super::{Problem, Survey, Trouble, Used, used};
use crate::pattern::{Packs, Topic};

/// How many of the texts speak of each topic.
pub(super) fn uses(packs: &Packs, seen: &Survey) -> Vec<Used> {
    // Entries that add to a topic are counted with its first one.
    let first = |(n, t): &(u32, &Topic)| packs.topic(&t.id) == Some(*n);
    let count = |n: u32| seen.topics.get(n as usize).copied().unwrap_or(0);
    (0..).zip(&packs.topics).filter(first).map(|(n, t)| used(&t.id, &t.file, t.line, count(n))).collect()
}

/// Topics that the built-in packs do not know, and words without which all would be the same.
pub(super) fn problems(packs: &Packs) -> Vec<Problem> {
    let known = |id: &str| Packs::builtin().is_ok_and(|b| b.topic(id).is_some());
    let problem = |trouble, t: &Topic| Problem::new(trouble, &t.id, &t.file, t.line);
    let unknown = packs.topics.iter().filter(|t| !known(&t.id)).map(|t| problem(Trouble::UnknownTopic, t));
    let needless = packs.topics.iter().flat_map(|t| {
        let told = |(word, by): (&String, String)| problem(Trouble::NeedlessWord, t).about(word).with(by);
        needless(packs, t).into_iter().map(told).collect::<Vec<_>>()
    });
    unknown.chain(needless).collect()
}

/// Words of an entry that change nothing, with what decides in their place.
fn needless<'t>(packs: &Packs, topic: &'t Topic) -> Vec<(&'t String, String)> {
    let here = || packs.topics.iter().filter(|t| t.id == topic.id);
    let inside = |word: &String, other: &&String| *other != word && word.contains(other.as_str());
    // A word that holds one of another topic, or one that is excepted, keeps it from being found.
    let guards = |word: &String| {
        let elsewhere = packs.topics.iter().filter(|t| t.id != topic.id).flat_map(|t| t.words.iter().chain(&t.except));
        elsewhere.chain(here().flat_map(|t| &t.except)).any(|other| inside(word, &other))
    };
    let words = topic.words.iter().filter(|w| !guards(w)).filter_map(|word| {
        let shorter = here().flat_map(|t| &t.words).find(|other| inside(word, other))?;
        Some((word, format!("“{shorter}”")))
    });
    let alone = topic.alone.iter().filter_map(|word| {
        let shorter = here().flat_map(|t| &t.alone).find(|other| inside(word, other))?;
        Some((word, format!("“{shorter}”")))
    });
    words.chain(alone).collect()
}
