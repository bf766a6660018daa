//! Which notes count when an organisation has published several of one kind for
//! one year.
//!
//! Notes are of one *issue* if they are of the same organisation, fiscal year and
//! kind (and, of a budget report, of the same business: draft, execution,
//! adjustment). Of an issue one note counts, by the first of these rules that
//! tells them apart:
//!
//! 1. a note whose text is that of another, blanks aside, is a **duplicate** of the
//!    one that comes first in the order of the inputs;
//! 2. a note that calls itself corrected (更正, 更新, 修订, 勘误) **supersedes** one that doesn't;
//! 3. the one with the later date of publication, if both have one;
//! 4. the one with more figures;
//! 5. the one that comes first.
//!
//! A note without an organisation or a year is of no issue and always counts,
//! unless it is a duplicate.

use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// What settling needs to know of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Entry {
    /// Stands for the issue; none where organisation or year are unknown.
    pub issue: Option<u128>,
    /// Stands for the text.
    pub text: u128,
    /// Whether it calls itself corrected.
    pub corrected: bool,
    /// Its date as a number, 20240205.
    pub date: Option<u32>,
    /// How many figures are in it.
    pub figures: u32,
}

/// What became of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It counts.
    Kept,
    /// It is another note over again.
    Duplicate(usize),
    /// Another note stands in its place, by this rule.
    Superseded(usize, Rule),
}

/// By which rule a note stands back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Rule {
    Corrected,
    Later,
    MoreFigures,
    First,
}

impl Status {
    /// The name that tables carry.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Duplicate(_) => "duplicate",
            Self::Superseded(..) => "superseded",
        }
    }

    /// The note that counts instead.
    #[must_use]
    pub fn instead(self) -> Option<usize> {
        match self {
            Self::Kept => None,
            Self::Duplicate(other) | Self::Superseded(other, _) => Some(other),
        }
    }

    /// The rule that told them apart.
    #[must_use]
    pub fn reason(self) -> Option<&'static str> {
        match self {
            Self::Kept => None,
            Self::Duplicate(_) => Some("same_text"),
            Self::Superseded(_, Rule::Corrected) => Some("corrected"),
            Self::Superseded(_, Rule::Later) => Some("later"),
            Self::Superseded(_, Rule::MoreFigures) => Some("more_figures"),
            Self::Superseded(_, Rule::First) => Some("first"),
        }
    }
}

/// Settles all notes.
///
/// ```
/// use gouji::panel::{Entry, Status, settle};
/// let first = Entry { issue: Some(1), text: 1, figures: 40, ..Entry::default() };
/// let again = Entry { issue: Some(1), text: 1, ..first };
/// let mended = Entry { issue: Some(1), text: 2, corrected: true, figures: 39, ..first };
/// let other = Entry { issue: Some(2), text: 3, ..first };
/// let settled = settle(&[first, again, mended, other]);
/// assert_eq!(settled[1], Status::Duplicate(0));
/// assert_eq!(settled[0].instead(), Some(2));
/// assert_eq!(settled[2], Status::Kept);
/// assert_eq!(settled[3], Status::Kept);
/// ```
#[must_use]
pub fn settle(entries: &[Entry]) -> Vec<Status> {
    let mut status = vec![Status::Kept; entries.len()];
    let mut texts: FxHashMap<(Option<u128>, u128), usize> = FxHashMap::default();
    let mut best: FxHashMap<u128, usize> = FxHashMap::default();
    for (at, entry) in entries.iter().enumerate() {
        if let Some(first) = texts.get(&(entry.issue, entry.text)) {
            set(&mut status, at, Status::Duplicate(*first));
            continue;
        }
        texts.insert((entry.issue, entry.text), at);
        let Some(issue) = entry.issue else { continue };
        let rival = *best.entry(issue).or_insert(at);
        if entries.get(rival).is_some_and(|r| rule(entry, r).1) {
            best.insert(issue, at);
        }
    }
    for (at, entry) in entries.iter().enumerate() {
        let winner = entry.issue.and_then(|issue| best.get(&issue)).copied();
        if let Some(winner) = winner.filter(|w| *w != at)
            && status.get(at) == Some(&Status::Kept)
            && let Some(best) = entries.get(winner)
        {
            set(&mut status, at, Status::Superseded(winner, rule(best, entry).0));
        }
    }
    status
}

fn set(status: &mut [Status], at: usize, to: Status) {
    if let Some(status) = status.get_mut(at) {
        *status = to;
    }
}

/// The rule that tells two notes apart, and whether it is for `a`.
fn rule(a: &Entry, b: &Entry) -> (Rule, bool) {
    if a.corrected != b.corrected {
        return (Rule::Corrected, a.corrected);
    }
    if let (Some(x), Some(y)) = (a.date, b.date)
        && x != y
    {
        return (Rule::Later, x > y);
    }
    if a.figures != b.figures {
        return (Rule::MoreFigures, Reverse(a.figures) < Reverse(b.figures));
    }
    (Rule::First, false)
}

/// A date of publication as a number that grows with time, if there is one in it:
/// 2024-02-05, 2024年2月5日, 20240205.
///
/// ```
/// use gouji::panel::date_number;
/// assert_eq!(date_number("发布时间：2024年2月5日 10:30"), Some(20240205));
/// assert_eq!(date_number("2024-02-05T10:30:00"), Some(20240205));
/// assert_eq!(date_number("20240205"), Some(20240205));
/// assert_eq!(date_number("2024"), None);
/// ```
#[must_use]
pub fn date_number(text: &str) -> Option<u32> {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    let of = |year: &str, month: &str, day: &str| -> Option<u32> {
        let (y, m, d): (u32, u32, u32) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        let sound = (1990..2100).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d);
        sound.then_some(y * 10_000 + m * 100 + d)
    };
    let in_one = |n: &&str| n.len() >= 8;
    if let Some(n) = numbers.iter().find(|n| in_one(n)) {
        return of(n.get(..4)?, n.get(4..6)?, n.get(6..8)?);
    }
    let at = numbers.iter().position(|n| n.len() == 4)?;
    of(numbers.get(at)?, numbers.get(at + 1)?, numbers.get(at + 2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_apply_in_order() {
        let e = |text, corrected, date, figures| Entry { issue: Some(1), text, corrected, date, figures };
        let by = |a, b| settle(&[a, b]);
        let old = e(1, false, Some(20240201), 50);
        assert_eq!(by(old, e(2, false, Some(20240301), 3))[0], Status::Superseded(1, Rule::Later));
        assert_eq!(by(old, e(2, false, None, 51))[0], Status::Superseded(1, Rule::MoreFigures));
        assert_eq!(by(old, e(2, false, None, 50))[1], Status::Superseded(0, Rule::First));
        assert_eq!(by(e(2, true, None, 1), old)[1], Status::Superseded(0, Rule::Corrected));
    }

    #[test]
    fn without_an_issue_only_duplicates_stand_back() {
        let e = |text| Entry { text, ..Entry::default() };
        assert_eq!(settle(&[e(1), e(2), e(1)]), [Status::Kept, Status::Kept, Status::Duplicate(0)]);
    }

    #[test]
    fn a_duplicate_of_a_superseded_note_is_still_a_duplicate() {
        let e = |text, figures| Entry { issue: Some(1), text, figures, ..Entry::default() };
        let settled = settle(&[e(1, 5), e(1, 5), e(2, 9)]);
        assert_eq!(settled[1], Status::Duplicate(0));
        assert_eq!(settled[0], Status::Superseded(2, Rule::MoreFigures));
    }
}
