//! What of the packs is used in texts.

use super::silent;
use crate::document::Document;
use crate::fact::{Measure, Reading, Topics};
use crate::lex::{EntryId, Lexed, TokenKind, lex};
use crate::pattern::{Packs, Pattern};
use crate::segment::{Segments, View, segment};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Counts what texts use of the packs.
#[derive(Debug)]
pub struct Survey<'p> {
    packs: &'p Packs,
    /// How many texts were looked through.
    pub documents: usize,
    /// For each pattern, how many texts it reads something in.
    pub patterns: Vec<usize>,
    /// For each word of the vocabulary, how often it occurs.
    pub words: Vec<usize>,
    /// For each section, how many headings and titles it applies to.
    pub sections: Vec<usize>,
    /// For each identity, how many texts state all of it.
    pub identities: Vec<usize>,
    /// For each topic, how many texts speak of it.
    pub topics: Vec<usize>,
    /// All headings and titles.
    pub headings: BTreeSet<String>,
}

impl<'p> Survey<'p> {
    /// Nothing looked through yet.
    #[must_use]
    pub fn new(packs: &'p Packs) -> Self {
        Self {
            packs,
            documents: 0,
            patterns: vec![0; packs.patterns.len()],
            words: vec![0; packs.vocabulary.entries.len()],
            sections: vec![0; packs.sections.len()],
            identities: vec![0; packs.identities.len()],
            topics: vec![0; packs.topics.len()],
            headings: BTreeSet::new(),
        }
    }

    /// Looks through a note.
    pub fn document(&mut self, document: &Document) {
        let view = View::new(&document.text, &document.tables);
        let segments = segment(&view, document.title.as_deref());
        self.text(&view, segments);
    }

    /// Looks through the examples of a pattern: for each, the patterns that read it.
    pub(super) fn examples(&mut self, pattern: &Pattern) -> Vec<BTreeSet<usize>> {
        let mut read = Vec::new();
        for example in &pattern.examples {
            let view = View::new(&example.text, &[]);
            let mut segments = segment(&view, None);
            segments.identity.fiscal_year = example.year.or(segments.identity.fiscal_year);
            read.push(self.text(&view, segments));
        }
        read
    }

    /// The patterns that read a text.
    fn text(&mut self, view: &View, segments: Segments) -> BTreeSet<usize> {
        self.documents += 1;
        let mut used = self.tokens(view, &segments);
        let topics = Topics::of(self.packs, view);
        for (uses, topic) in self.topics.iter_mut().zip(0..) {
            *uses += usize::from(topics.has(topic));
        }
        let reading = crate::fact::read(self.packs, view, segments);
        used.extend(reading.facts.iter().filter_map(|f| f.pattern).map(|p| p as usize));
        for (i, uses) in self.patterns.iter_mut().enumerate() {
            *uses += usize::from(used.contains(&i));
        }
        self.headings(&reading);
        self.identities(&reading);
        used
    }

    /// Counts the words; the patterns that match but make no fact.
    fn tokens(&mut self, view: &View, segments: &Segments) -> BTreeSet<usize> {
        let mut used = BTreeSet::new();
        let mut lexed = Lexed::default();
        for paragraph in &segments.paragraphs {
            lexed.clear();
            lex(&self.packs.vocabulary, &view.text, paragraph, &mut lexed);
            for token in &lexed.tokens {
                let word = match token.kind {
                    TokenKind::Word(id) => Some(id),
                    TokenKind::Period(_) => self.longest_word(view.slice(token.start, token.end)),
                    _ => None,
                };
                if let Some(count) = word.and_then(|id| self.words.get_mut(id as usize)) {
                    *count += 1;
                }
            }
            used.extend(self.matches(&lexed).into_iter().filter(|p| self.packs.patterns.get(*p).is_some_and(silent)));
        }
        used
    }

    /// 上年 is a period, and a word all the same.
    fn longest_word(&self, text: &str) -> Option<EntryId> {
        let ends = text.char_indices().map(|(i, c)| i + c.len_utf8()).rev();
        ends.filter_map(|end| text.get(..end)).find_map(|word| self.packs.vocabulary.find(word))
    }

    /// The patterns that match one behind the other.
    fn matches(&self, lexed: &Lexed) -> Vec<usize> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < lexed.tokens.len() {
            let found = self.packs.match_at(&lexed.tokens, at, lexed);
            at = found.map_or(at + 1, |m| m.end as usize);
            out.extend(found.map(|m| m.pattern as usize));
        }
        out
    }

    fn headings(&mut self, reading: &Reading) {
        let headings = reading.sections.iter().map(|s| s.heading.as_str()).chain(reading.identity.title.as_deref());
        for heading in headings {
            let id = self.packs.section_of(heading).map(|s| s.id.as_str());
            let at = self.packs.sections.iter().position(|s| Some(s.id.as_str()) == id);
            if let Some(count) = at.and_then(|i| self.sections.get_mut(i)) {
                *count += 1;
            }
            self.headings.insert(heading.to_owned());
        }
    }

    /// An identity applies where one year, stage and fund has all its levels.
    fn identities(&mut self, reading: &Reading) {
        let mut stated: FxHashMap<_, BTreeSet<&str>> = FxHashMap::default();
        for f in reading.facts.iter().filter(|f| f.measure == Measure::Level && f.printed) {
            stated.entry((f.year, f.stage, f.fund)).or_default().extend(f.concept.as_deref());
        }
        for (identity, count) in self.packs.identities.iter().zip(&mut self.identities) {
            let all = |concepts: &BTreeSet<&str>| {
                std::iter::once(&identity.whole).chain(&identity.parts).all(|c| concepts.contains(c.as_str()))
            };
            *count += usize::from(stated.values().any(all));
        }
    }
}
