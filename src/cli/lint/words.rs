//! Names, words and headings: which never occur, and which never can.

use super::{Names, Problem, Survey, Trouble};
use crate::lex::{Lexed, TokenKind, lex};
use crate::pattern::{Element, Packs, Pattern, expand, narrow_word};
use crate::segment::{Paragraph, View, segment};
use std::collections::{BTreeMap, BTreeSet};

/// A name or word as a pack lists it.
struct Listed<'p> {
    file: &'p str,
    line: usize,
    /// The concept or class.
    id: &'p str,
    word: &'p str,
}

fn listed(packs: &Packs) -> impl Iterator<Item = Listed<'_>> {
    let names = packs.terms.iter().flat_map(|t| {
        let names = std::iter::once(&t.name).chain(&t.variants);
        names.map(|word| Listed { file: &t.file, line: t.line, id: &t.concept, word })
    });
    let words = packs
        .words
        .iter()
        .flat_map(|w| w.words.iter().map(|word| Listed { file: &w.file, line: w.line, id: &w.class, word }));
    names.chain(words)
}

/// How many names of each file occur.
pub(super) fn names(packs: &Packs, seen: &Survey, list: bool) -> Vec<Names> {
    let mut files: BTreeMap<&str, (usize, Vec<String>)> = BTreeMap::new();
    for l in listed(packs) {
        let (count, never) = files.entry(l.file).or_default();
        *count += 1;
        let id = packs.vocabulary.find(&narrow_word(l.word));
        if id.and_then(|id| seen.words.get(id as usize)).is_none_or(|n| *n == 0) {
            never.push(l.word.to_owned());
        }
    }
    files
        .into_iter()
        .map(|(file, (names, words))| Names {
            file: file.to_owned(),
            names,
            never: words.len(),
            list: list.then_some(words),
        })
        .collect()
}

/// What can never be found, whatever the notes.
pub(super) fn problems(packs: &Packs) -> Vec<Problem> {
    let mut out: Vec<Problem> = listed(packs).filter(|l| !is_found(packs, l.word)).map(|l| hidden(&l)).collect();
    out.extend(packs.patterns.iter().flat_map(|p| hidden_literals(packs, p)));
    out.extend(repeated(packs));
    out.extend(unknown_classes(packs));
    out.extend(headings(packs));
    out
}

fn hidden(l: &Listed) -> Problem {
    Problem::new(Trouble::Hidden, l.id, l.file, l.line).about(l.word)
}

/// Whether a word that stands alone is found as a whole.
fn is_found(packs: &Packs, word: &str) -> bool {
    let view = View::new(word, &[]);
    let mut lexed = Lexed::default();
    if let Some(paragraph) = segment(&view, None).paragraphs.first() {
        // In a sentence 一、 is no list number.
        let paragraph = Paragraph { body: paragraph.start, ..*paragraph };
        lex(&packs.vocabulary, &view.text, &paragraph, &mut lexed);
    }
    let id = packs.vocabulary.find(&narrow_word(word));
    match lexed.tokens.as_slice() {
        [token] if token.end as usize == view.text.len() => match token.kind {
            TokenKind::Word(found) => Some(found) == id,
            TokenKind::Period(_) => id.is_some(),
            _ => false,
        },
        _ => false,
    }
}

/// Words of a template that no text can hold.
fn hidden_literals(packs: &Packs, pattern: &Pattern) -> Vec<Problem> {
    let readings = expand(&pattern.template).unwrap_or_default();
    let words: BTreeSet<String> = readings
        .into_iter()
        .flatten()
        .filter_map(|e| match e {
            Element::Literal(word) => Some(word),
            _ => None,
        })
        .collect();
    let lost = words.into_iter().filter(|w| !is_found(packs, w));
    lost.map(|w| Problem::new(Trouble::Hidden, &pattern.id, &pattern.file, pattern.line).about(&w)).collect()
}

/// Words that a class has twice, once both sides are made alike.
fn repeated(packs: &Packs) -> Vec<Problem> {
    let mut first: BTreeMap<(&str, String), (&str, usize)> = BTreeMap::new();
    let mut out = Vec::new();
    for list in &packs.words {
        for word in &list.words {
            match first.get(&(list.class.as_str(), narrow_word(word))) {
                Some((file, line)) => out.push(
                    Problem::new(Trouble::Repeated, &list.class, &list.file, list.line)
                        .about(word)
                        .with(format!("{file}:{line}")),
                ),
                None => drop(first.insert((&list.class, narrow_word(word)), (&list.file, list.line))),
            }
        }
    }
    out
}

/// Classes that neither the built-in packs know nor any template names.
fn unknown_classes(packs: &Packs) -> Vec<Problem> {
    let known = |class: &str| {
        Packs::builtin().is_ok_and(|b| b.words.iter().any(|w| w.class == class))
            || packs.patterns.iter().any(|p| names_class(&p.template, class))
    };
    let lists = packs.words.iter().filter(|w| !known(&w.class));
    lists.map(|w| Problem::new(Trouble::UnknownClass, &w.class, &w.file, w.line)).collect()
}

fn names_class(template: &str, class: &str) -> bool {
    template.contains(&format!(":{class}}}")) || template.contains(&format!("{{{class}}}"))
}

/// Headings that another heading, of this section or of one before, holds already.
fn headings(packs: &Packs) -> Vec<Problem> {
    let mut out = Vec::new();
    let mut before: Vec<(&str, &str)> = Vec::new();
    for section in &packs.sections {
        let own = section.headings.iter().enumerate();
        for (i, heading) in own.clone() {
            let hides = |j: usize, other: &str| heading.contains(other) && (other != heading || j < i);
            let here = own.clone().find(|(j, other)| *j != i && hides(*j, other)).map(|(_, o)| (&*section.id, &**o));
            let earlier = before.iter().copied().find(|(_, other)| heading.contains(other));
            if let Some((id, other)) = earlier.or(here) {
                let problem = Problem::new(Trouble::HiddenHeading, &section.id, &section.file, section.line);
                out.push(problem.about(heading).with(format!("{id}: {other}")));
            }
        }
        before.extend(section.headings.iter().map(|h| (section.id.as_str(), h.as_str())));
    }
    out
}
