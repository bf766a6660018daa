//! Runs the examples and counterexamples of the packs: each with all packs,
//! since a phrase is never read alone.

use crate::check::Lang;
use crate::document::{Document, Raw, read};
use crate::fact::{Fact, Reading, Topics};
use crate::lex::{Lexed, lex};
use crate::pattern::{EmitKind, Expected, Packs, Pattern, Topic};
use crate::segment::{View, segment};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// What is wrong with an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// An expected fact is not read.
    Missing(String),
    /// A fact is read that is not expected.
    Noisy(String),
    /// A fact is read with other values than expected.
    WrongValue {
        /// As the example says.
        expected: String,
        /// As it is read.
        read: String,
    },
    /// The pattern takes no part in reading its own example; these do.
    ReadByOthers(Vec<String>),
    /// A counterexample is read by the pattern all the same.
    Counterexample(String),
    /// An example does not speak of its topic.
    Silent,
    /// A counterexample speaks of the topic all the same.
    Speaks,
}

/// An example that fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The pattern or topic.
    pub id: String,
    /// The pack file and the line in it.
    pub place: String,
    /// The sentence.
    pub text: String,
    /// What is wrong with it.
    pub fault: Fault,
}

impl Failure {
    /// One line for people.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let Self { id, place, text, fault } = self;
        let what = match (fault, lang) {
            (Fault::Missing(fact), Lang::Zh) => format!("漏读：{fact}"),
            (Fault::Missing(fact), Lang::En) => format!("missing: {fact}"),
            (Fault::Noisy(fact), Lang::Zh) => format!("多读：{fact}"),
            (Fault::Noisy(fact), Lang::En) => format!("noisy: {fact}"),
            (Fault::WrongValue { expected, read }, Lang::Zh) => format!("读错：应为 {expected}，读作 {read}"),
            (Fault::WrongValue { expected, read }, Lang::En) => {
                format!("wrong value: expected {expected}, read {read}")
            }
            (Fault::ReadByOthers(others), lang) => {
                let others = if others.is_empty() { "—".to_owned() } else { others.join(", ") };
                match lang {
                    Lang::Zh => format!("有歧义：示例未经本模式读取，而是由 {others}"),
                    Lang::En => format!("ambiguous: the example is not read by its own pattern but by {others}"),
                }
            }
            (Fault::Counterexample(fact), Lang::Zh) => format!("反例被读取：{fact}"),
            (Fault::Counterexample(fact), Lang::En) => format!("counterexample is read: {fact}"),
            (Fault::Silent, Lang::Zh) => "示例没有说到它".into(),
            (Fault::Silent, Lang::En) => "the example does not speak of it".into(),
            (Fault::Speaks, Lang::Zh) => "反例说到了它".into(),
            (Fault::Speaks, Lang::En) => "the counterexample speaks of it".into(),
        };
        match lang {
            Lang::Zh => format!("{place}：{id}：{what}\n    例句：{text}"),
            Lang::En => format!("{place}: {id}: {what}\n    in: {text}"),
        }
    }
}

/// What a test of the packs came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tested {
    /// Patterns tested.
    pub patterns: usize,
    /// Topics tested, entry by entry.
    pub topics: usize,
    /// Examples run.
    pub examples: usize,
    /// Counterexamples run.
    pub counterexamples: usize,
    /// What failed, in the order of the packs.
    pub failures: Vec<Failure>,
}

/// Runs the examples of all patterns and topics, or of those whose id begins with `only`.
///
/// ```
/// use gouji::cli::examples::test_patterns;
/// let tested = test_patterns(gouji::pattern::Packs::builtin().unwrap(), Some("base/"));
/// assert!(tested.examples >= 2 * tested.patterns && tested.patterns > 0 && tested.topics == 0);
/// ```
#[must_use]
pub fn test_patterns(packs: &Packs, only: Option<&str>) -> Tested {
    let mut tested = Tested::default();
    let wanted = |id: &str| only.is_none_or(|only| id.starts_with(only));
    for (index, pattern) in packs.patterns.iter().enumerate().filter(|(_, p)| wanted(&p.id)) {
        tested.patterns += 1;
        let place = format!("{}:{}", pattern.file, pattern.line);
        let mut faults: Vec<(String, Fault)> = vec![];
        for example in &pattern.examples {
            tested.examples += 1;
            let run = Run::new(packs, &example.text, example.year);
            let mut add = |fault| faults.push((example.text.clone(), fault));
            run.compare(&example.facts, &mut add);
            if !run.matched.contains(&index) {
                let others = run.matched.iter().filter_map(|i| packs.patterns.get(*i));
                add(Fault::ReadByOthers(others.map(|p| p.id.to_string()).collect()));
            }
        }
        for counter in &pattern.counterexamples {
            tested.counterexamples += 1;
            let run = Run::new(packs, &counter.text, None);
            if let Some(read) = run.read_by(index, pattern) {
                faults.push((counter.text.clone(), Fault::Counterexample(read)));
            }
        }
        tested.failures.extend(faults.into_iter().map(|(text, fault)| Failure {
            id: pattern.id.to_string(),
            place: place.clone(),
            text,
            fault,
        }));
    }
    for topic in packs.topics.iter().filter(|t| wanted(&t.id)) {
        tested.topics += 1;
        tested.examples += topic.examples.len();
        tested.counterexamples += topic.counterexamples.len();
        let silent = topic.examples.iter().filter(|e| !speaks(packs, topic, e)).map(|e| (e, Fault::Silent));
        let speaking = topic.counterexamples.iter().filter(|c| speaks(packs, topic, c)).map(|c| (c, Fault::Speaks));
        tested.failures.extend(silent.chain(speaking).map(|(text, fault)| Failure {
            id: topic.id.clone(),
            place: format!("{}:{}", topic.file, topic.line),
            text: text.clone(),
            fault,
        }));
    }
    tested
}

/// Whether a text speaks of a topic.
fn speaks(packs: &Packs, topic: &Topic, text: &str) -> bool {
    let number = packs.topic(&topic.id);
    number.is_some_and(|n| Topics::of(packs, &View::new(text, &[])).has(n))
}

/// A sentence that was read.
struct Run<'p> {
    packs: &'p Packs,
    view: View,
    reading: Reading,
    /// Patterns that match somewhere in it.
    matched: BTreeSet<usize>,
}

impl<'p> Run<'p> {
    fn new(packs: &'p Packs, text: &str, year: Option<i32>) -> Self {
        let view = View::new(text, &[]);
        let mut segments = segment(&view, None);
        if year.is_some() {
            segments.identity.fiscal_year = year;
        }
        let mut matched = BTreeSet::new();
        let mut lexed = Lexed::default();
        for paragraph in &segments.paragraphs {
            lexed.clear();
            lex(&packs.vocabulary, &view.text, paragraph, &mut lexed);
            for at in 0..lexed.tokens.len() {
                matched.extend(packs.match_at(&lexed.tokens, at, &lexed).map(|m| m.pattern as usize));
            }
        }
        let reading = crate::fact::read(packs, &view, segments);
        Self { packs, view, reading, matched }
    }

    /// Sets expected facts against those read, in order.
    fn compare(&self, expected: &[Expected], add: &mut impl FnMut(Fault)) {
        let facts = &self.reading.facts;
        if expected.len() == facts.len() {
            for (e, f) in expected.iter().zip(facts) {
                if !self.agrees(e, f) {
                    add(Fault::WrongValue { expected: told(e), read: self.show(f) });
                }
            }
            return;
        }
        let mut rest: Vec<&Fact> = facts.iter().collect();
        for e in expected {
            match rest.iter().position(|f| self.agrees(e, f)) {
                Some(at) => drop(rest.remove(at)),
                None => add(Fault::Missing(told(e))),
            }
        }
        for f in rest {
            add(Fault::Noisy(self.show(f)));
        }
    }

    /// Whether a fact has every value that an example names.
    fn agrees(&self, e: &Expected, f: &Fact) -> bool {
        let value = Decimal::from_str_exact(&e.value).ok();
        let basis = f.basis.as_ref();
        e.measure == f.measure.name()
            && value == Some(f.value)
            && e.unit.as_deref().is_none_or(|u| u == self.unit(f))
            && e.label.as_deref().is_none_or(|l| f.label.contains(l))
            && e.year.is_none_or(|y| f.year == Some(y))
            && e.stage.as_deref().is_none_or(|s| f.stage.map(crate::report::stage_code) == Some(s))
            && e.basis.is_none_or(|y| basis.and_then(|b| b.year) == Some(y))
            && e.basis_stage
                .as_deref()
                .is_none_or(|s| basis.and_then(|b| b.stage).map(crate::report::stage_code) == Some(s))
    }

    fn unit(&self, f: &Fact) -> &str {
        f.unit.and_then(|u| self.packs.vocabulary.units.get(u)).map_or("", |u| u.name.as_str())
    }

    fn show(&self, f: &Fact) -> String {
        let mut out = format!("{} {}{} {}", f.measure.name(), f.value, self.unit(f), f.label);
        if let Some(year) = f.year {
            out.push_str(&format!(" {year}"));
        }
        if let Some(stage) = f.stage {
            out.push_str(&format!(" {}", crate::report::stage_code(stage)));
        }
        if let Some(basis) = &f.basis {
            let year = basis.year.map_or_else(String::new, |y| y.to_string());
            out.push_str(&format!(" ← {year}"));
            if let Some(stage) = basis.stage {
                out.push_str(&format!(" {}", crate::report::stage_code(stage)));
            }
        }
        out
    }

    /// What a pattern makes of a counterexample: a fact of its own, or, if it
    /// makes no facts, a match.
    fn read_by(&self, index: usize, pattern: &Pattern) -> Option<String> {
        let own = |f: &&Fact| f.pattern.is_some_and(|p| p as usize == index);
        if let Some(fact) = self.reading.facts.iter().find(own) {
            return Some(self.show(fact));
        }
        let silent = pattern.emits.iter().all(|e| matches!(e.kind, EmitKind::Base | EmitKind::Threshold));
        (silent && self.matched.contains(&index) && !self.reading.facts.is_empty())
            .then(|| self.reading.facts.iter().map(|f| self.view.slice(f.start, f.end)).collect::<Vec<_>>().join(", "))
    }
}

fn told(e: &Expected) -> String {
    let mut out = format!("{} {}{}", e.measure, e.value, e.unit.as_deref().unwrap_or(""));
    let mut more = |text: Option<String>| {
        if let Some(text) = text {
            out.push(' ');
            out.push_str(&text);
        }
    };
    more(e.label.clone());
    more(e.year.map(|y| y.to_string()));
    more(e.stage.clone());
    more((e.basis.is_some() || e.basis_stage.is_some()).then(|| "←".to_owned()));
    more(e.basis.map(|y| y.to_string()));
    more(e.basis_stage.clone());
    out
}

/// Reads a note given as text, for examples in documentation.
pub(super) fn note(name: &str, text: &str) -> Option<Document> {
    read(&Raw::File { path: name.to_owned(), bytes: text.as_bytes().to_vec() }).ok()
}
