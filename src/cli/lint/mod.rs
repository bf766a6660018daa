//! `gouji patterns lint`: what of the packs does nothing. Patterns that read
//! nothing or lose to others, names that cannot be found, headings that open
//! nothing; and, counted, what the given notes never use.

mod problem;
mod survey;
mod text;
mod topics;
mod words;

pub use problem::{Problem, Trouble};
pub use survey::Survey;

use super::args::Lint as Wanted;
use super::{Exit, complain};
use crate::cli::worker::{Limits, Workers};
use crate::document::{Inputs, Lang, Raw, read_with};
use crate::pattern::{EmitKind, Packs, Pattern};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use walkdir::WalkDir;

/// What `patterns lint` tells.
#[derive(Debug, Serialize)]
pub struct Linted {
    /// How many notes were looked through; 0 if none were given.
    pub notes: usize,
    /// How many examples were looked through.
    pub examples: usize,
    /// What must be mended.
    pub problems: Vec<Problem>,
    /// How many of the notes (without notes: of the examples) use each pattern.
    pub patterns: Vec<Used>,
    /// Names and words, by file.
    pub names: Vec<Names>,
    /// How many headings of the notes each section applies to.
    pub sections: Vec<Used>,
    /// How many of the notes state all of an identity.
    pub identities: Vec<Used>,
    /// How many of the notes (without notes: of the examples) speak of a topic.
    pub topics: Vec<Used>,
}

/// How often something of the packs is used.
#[derive(Debug, Serialize)]
pub struct Used {
    /// Its id.
    pub id: String,
    /// Its pack file.
    pub file: String,
    /// The line in it.
    pub line: usize,
    /// How often.
    pub uses: usize,
    /// For a section: headings that none of the notes' headings holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub never: Vec<String>,
}

/// How many names of a file occur.
#[derive(Debug, Serialize)]
pub struct Names {
    /// The pack file.
    pub file: String,
    /// How many names and words it holds.
    pub names: usize,
    /// How many never occur.
    pub never: usize,
    /// Those; only if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<Vec<String>>,
}

impl Linted {
    /// Looks through the packs with what was found in notes; `list` asks for
    /// the names that never occur.
    ///
    /// ```
    /// use gouji::cli::lint::{Linted, Survey};
    /// let packs = gouji::pattern::Packs::builtin().unwrap();
    /// let linted = Linted::new(packs, &Survey::new(packs), false);
    /// assert!(linted.problems.is_empty());
    /// ```
    #[must_use]
    pub fn new(packs: &Packs, notes: &Survey, list: bool) -> Self {
        let mut examples = Survey::new(packs);
        let read: Vec<Vec<BTreeSet<usize>>> = packs.patterns.iter().map(|p| examples.examples(p)).collect();
        let mut problems = words::problems(packs);
        problems.extend(topics::problems(packs));
        problems.extend(patterns(packs, &read, notes));
        problems.extend(overlaps(packs, &problems));
        problems.sort_by(|a, b| (&a.file, a.line, &a.id).cmp(&(&b.file, b.line, &b.id)));
        let seen = if notes.documents > 0 { notes } else { &examples };
        Linted {
            notes: notes.documents,
            examples: examples.documents,
            problems,
            patterns: packs
                .patterns
                .iter()
                .zip(&seen.patterns)
                .map(|(p, n)| used(&p.id, &p.file, p.line, *n))
                .collect(),
            names: words::names(packs, seen, list),
            sections: sections(packs, seen),
            identities: packs
                .identities
                .iter()
                .zip(&seen.identities)
                .map(|(i, n)| used(&i.id, &i.file, i.line, *n))
                .collect(),
            topics: topics::uses(packs, seen),
        }
    }
}

fn used(id: &str, file: &str, line: usize, uses: usize) -> Used {
    Used { id: id.to_owned(), file: file.to_owned(), line, uses, never: Vec::new() }
}

fn sections(packs: &Packs, seen: &Survey) -> Vec<Used> {
    let absent = |word: &&String| !seen.headings.iter().any(|h| h.contains(*word));
    let sections = packs.sections.iter().zip(&seen.sections);
    sections
        .map(|(s, n)| {
            let never = s.headings.iter().filter(absent).cloned().collect();
            Used { never, ..used(&s.id, &s.file, s.line, *n) }
        })
        .collect()
}

/// Whether a pattern makes no fact of its own.
fn silent(pattern: &Pattern) -> bool {
    pattern.emits.iter().all(|e| matches!(e.kind, EmitKind::Base | EmitKind::Threshold))
}

/// Patterns that nothing uses, and patterns whose examples others read.
fn patterns(packs: &Packs, read: &[Vec<BTreeSet<usize>>], notes: &Survey) -> Vec<Problem> {
    let by_examples: BTreeSet<usize> = read.iter().flatten().flatten().copied().collect();
    let mut out = Vec::new();
    for (i, own) in read.iter().enumerate() {
        let readers: BTreeSet<usize> = own.iter().flatten().copied().collect();
        let in_notes = notes.patterns.get(i).is_some_and(|n| *n > 0);
        if !readers.is_empty() && !readers.contains(&i) {
            let others: Vec<usize> = readers.into_iter().collect();
            out.push(Problem::of_pattern(packs, i, Trouble::Shadowed, &others));
        } else if !by_examples.contains(&i) && !in_notes {
            out.push(Problem::of_pattern(packs, i, Trouble::Unused, &[]));
        }
    }
    out
}

/// What the templates take from each other, beyond what is told already.
fn overlaps(packs: &Packs, told: &[Problem]) -> Vec<Problem> {
    let found = packs.overlaps();
    let new = |p: &Problem| !told.iter().any(|t| t.id == p.id && t.file == p.file);
    let lost = found.lost.iter().map(|l| Problem::of_pattern(packs, l.pattern, Trouble::Shadowed, &l.to)).filter(new);
    let ambiguous = found.ambiguous.iter().map(|o| Problem {
        text: Some(o.text.clone()),
        ..Problem::of_pattern(packs, o.second, Trouble::Ambiguous, &[o.first])
    });
    lost.chain(ambiguous).collect()
}

/// Runs the command.
pub(super) fn run(packs: &Packs, wanted: &Wanted, lang: Lang, mut out: impl Write) -> io::Result<Exit> {
    let mut survey = Survey::new(packs);
    let mut exit = Exit::Agree;
    if let Some(folder) = &wanted.notes {
        let annotated = has_annotations(folder);
        let wanted = |raw: &Raw| !annotated || is_annotated(Path::new(raw.path()));
        let workers = Workers::new(Limits::USUAL);
        let inputs = Inputs::new(std::slice::from_ref(folder)).unpacked_by(Arc::new(workers.clone()));
        for item in inputs.filter(|i| i.as_ref().map_or(true, wanted)) {
            match item.and_then(|raw| read_with(&raw, &workers)) {
                Ok(document) => survey.document(&document),
                Err(error) => {
                    complain(&error.message(lang));
                    exit = Exit::Input;
                }
            }
        }
    }
    let linted = Linted::new(packs, &survey, wanted.verbose);
    if exit == Exit::Agree && !linted.problems.is_empty() {
        exit = Exit::Disagree;
    }
    match wanted.format {
        super::args::ExplainFormat::Text => out.write_all(linted.text(wanted.verbose, lang).as_bytes())?,
        super::args::ExplainFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &linted)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(exit)
}

/// Whether notes lie there with their annotations; then nothing else is a note.
fn has_annotations(folder: &Path) -> bool {
    WalkDir::new(folder).into_iter().flatten().any(|e| e.file_name() == "facts.json")
}

fn is_annotated(note: &Path) -> bool {
    note.parent().is_some_and(|folder| folder.join("facts.json").is_file())
}

#[cfg(test)]
mod tests;
