//! From packs as written to packs that work, naming every mistake.

use super::raw::{RawEmit, RawPack, RawPattern, RawTerm};
use super::template::{Element, Readings, readings};
use super::topic::{Speaks, Topic};
use super::trie::{Edge, Figure, MAX_SLOTS, NO_SLOT, Trie};
use super::{
    Classes, Emit, EmitKind, FieldIdentity, Flow, Fund, KINDS, Packs, Pattern, Section, Sign, Stage, StageFrom, Term,
    WordList, narrow_word,
};
use crate::lex::{ClassId, Mark, Unit, UnitKind, Units, Vocabulary, Words};
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::Path;
use std::sync::Arc;
use toml::Spanned;

/// A mistake in a pack: where, what, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError {
    /// The pack file.
    pub file: String,
    /// The line, from 1; 0 if the whole file is meant.
    pub line: usize,
    /// The pattern, term or section, if known.
    pub id: Option<String>,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl std::fmt::Display for PackError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if let Some(id) = &self.id {
            write!(f, ": {id}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for PackError {}

/// Largest pack file that is read.
const MAX_PACK_BYTES: u64 = 8 * 1024 * 1024;

pub(super) fn read_folder(folder: &Path) -> Result<Vec<(String, String)>, Vec<PackError>> {
    let error =
        |file: &Path, message: String| PackError { file: file.display().to_string(), line: 0, id: None, message };
    let mut files = Vec::new();
    let mut errors = Vec::new();
    if !folder.is_dir() {
        return Err(vec![error(folder, format!("is not a folder; give --patterns a folder with {}", folders()))]);
    }
    for kind in KINDS {
        let Ok(entries) = std::fs::read_dir(folder.join(kind)) else {
            continue;
        };
        for path in entries.flatten().map(|e| e.path()) {
            if path.extension().is_none_or(|x| x != "toml") {
                continue;
            }
            let name =
                format!("{kind}/{}", path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default());
            if std::fs::metadata(&path).is_ok_and(|m| m.len() > MAX_PACK_BYTES) {
                errors.push(error(&path, "is larger than 8 MiB; split the pack".into()));
                continue;
            }
            match std::fs::read(&path) {
                Ok(bytes) => match String::from_utf8(bytes) {
                    Ok(text) => files.push((name, text)),
                    Err(_) => errors.push(error(&path, "is not UTF-8; save it as UTF-8".into())),
                },
                Err(e) => errors.push(error(&path, format!("can't be read: {e}"))),
            }
        }
    }
    if files.is_empty() && errors.is_empty() {
        errors.push(error(folder, format!("holds no packs; put .toml files into {} below it", folders())));
    }
    if errors.is_empty() { Ok(files) } else { Err(errors) }
}

/// `lexicon/, phrases/ or topics/`
fn folders() -> String {
    let (last, others) = KINDS.split_last().unwrap_or((&"", &[]));
    format!("{}/ or {last}/", others.join("/, "))
}

pub(super) fn compile(files: &[(String, String)]) -> Result<Packs, Vec<PackError>> {
    let mut c = Compiler {
        errors: Vec::new(),
        terms: Vec::new(),
        words: Vec::new(),
        patterns: Vec::new(),
        known: FxHashSet::default(),
        sections: Vec::new(),
        identities: Vec::new(),
        topics: Vec::new(),
        vocabulary: Vocabulary::new(Units::default()),
        trie: Trie::new(),
        file: String::new(),
        lines: Vec::new(),
    };
    let mut packs = Vec::new();
    for (name, text) in files {
        match toml::from_str::<RawPack>(text) {
            Ok(pack) => packs.push((name, text, pack)),
            Err(e) => {
                let line = e.span().map_or(0, |s| line_of(text, s.start));
                c.errors.push(PackError { file: name.clone(), line, id: None, message: e.message().to_owned() });
            }
        }
    }
    // Words first: templates refer to classes of any file.
    for (name, text, pack) in &packs {
        c.enter(name, text);
        c.words(pack);
    }
    for (name, text, pack) in &packs {
        c.enter(name, text);
        c.units_and_terms(pack);
    }
    for (name, text, pack) in &packs {
        c.enter(name, text);
        for p in &pack.pattern {
            c.pattern(p);
        }
        c.sections(pack);
        c.topics(pack);
    }
    c.finish()
}

fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1
}

struct Compiler {
    errors: Vec<PackError>,
    terms: Vec<Term>,
    words: Vec<WordList>,
    patterns: Vec<Pattern>,
    /// The ids of the patterns.
    known: FxHashSet<String>,
    sections: Vec<Section>,
    identities: Vec<FieldIdentity>,
    topics: Vec<Topic>,
    vocabulary: Vocabulary,
    trie: Trie,
    file: String,
    /// Where the lines of the file at hand end.
    lines: Vec<usize>,
}

impl Compiler {
    fn enter(&mut self, file: &str, text: &str) {
        self.file = file.to_owned();
        self.lines = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
    }

    /// The line of the file at hand that a byte stands in.
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|end| *end < at) + 1
    }

    fn error(&mut self, at: usize, id: Option<&str>, message: impl Into<String>) {
        let line = self.line(at);
        self.errors.push(PackError {
            file: self.file.clone(),
            line,
            id: id.map(str::to_owned),
            message: message.into(),
        });
    }

    fn words(&mut self, pack: &RawPack) {
        for spanned in &pack.words {
            let w = spanned.get_ref();
            let Some(class) = self.vocabulary.class(&w.class) else {
                self.error(
                    spanned.span().start,
                    Some(&w.class),
                    "is one class of words too many; at most 64 may be defined",
                );
                continue;
            };
            let value = w.value.as_deref().map(|v| self.vocabulary.value(v));
            for word in &w.words {
                let word = narrow_word(word);
                if word.is_empty() {
                    self.error(spanned.span().start, Some(&w.class), "holds an empty word");
                    continue;
                }
                let id = self.vocabulary.word(&word);
                self.vocabulary.classify(id, class, value);
            }
            self.words.push(WordList {
                class: w.class.clone(),
                value: w.value.clone(),
                words: w.words.clone(),
                file: self.file.clone(),
                line: self.line(spanned.span().start),
            });
        }
    }

    fn units_and_terms(&mut self, pack: &RawPack) {
        for spanned in &pack.unit {
            let u = spanned.get_ref();
            let kind = match u.kind.as_str() {
                "money" => UnitKind::Money,
                "percent" => UnitKind::Percent,
                "points" => UnitKind::Points,
                "times" => UnitKind::Times,
                "people" => UnitKind::People,
                "vehicles" => UnitKind::Vehicles,
                "count" => UnitKind::Count,
                "physical" => UnitKind::Physical,
                "time" => UnitKind::Time,
                other => {
                    self.error(spanned.span().start, Some(&u.name), format!("has the unknown kind “{other}”; use money, percent, points, times, people, vehicles, count, physical or time"));
                    continue;
                }
            };
            let yuan = match u.yuan.as_deref().map(rust_decimal::Decimal::from_str_exact) {
                Some(Err(_)) => {
                    self.error(spanned.span().start, Some(&u.name), "has a yuan that is no decimal number");
                    continue;
                }
                Some(Ok(y)) => Some(y),
                None => None,
            };
            let spellings: Vec<String> = std::iter::once(&u.name).chain(&u.variants).map(|s| narrow_word(s)).collect();
            self.vocabulary.units.add(Unit { name: u.name.clone(), kind, yuan }, spellings);
        }
        for t in &pack.term {
            self.term(t);
        }
    }

    fn term(&mut self, spanned: &Spanned<RawTerm>) {
        let t = spanned.get_ref();
        let at = spanned.span().start;
        let fund = match t.fund.as_deref().map(fund_named) {
            Some(None) => {
                self.error(
                    at,
                    Some(&t.concept),
                    "has an unknown fund; use general_public, gov_fund, state_capital, fiscal or special_account",
                );
                return;
            }
            f => f.flatten(),
        };
        let flow = match t.flow.as_deref() {
            None => None,
            Some("revenue") => Some(Flow::Revenue),
            Some("expenditure") => Some(Flow::Expenditure),
            Some(other) => {
                self.error(at, Some(&t.concept), format!("has the unknown flow “{other}”; use revenue or expenditure"));
                return;
            }
        };
        if t.concept.is_empty()
            || !t.concept.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'_')
        {
            self.error(
                at,
                Some(&t.name),
                format!("has the concept “{}”; a concept is dotted lower-case ASCII", t.concept),
            );
        }
        let id = self.terms.len() as u32;
        let class = self.vocabulary.class(if t.generic { "generic" } else { "term" });
        let countable = self.vocabulary.class("countable");
        let counted = t.takes.iter().any(|k| matches!(k.as_str(), "people" | "vehicles" | "count"));
        for name in std::iter::once(&t.name).chain(&t.variants) {
            let word = narrow_word(name);
            if word.is_empty() {
                self.error(at, Some(&t.concept), "has an empty name");
                continue;
            }
            let entry = self.vocabulary.word(&word);
            let taken = self.vocabulary.entries.get(entry as usize).and_then(|e| e.term);
            if let Some(other) = taken {
                let other = self.terms.get(other as usize).map(|o| o.concept.clone());
                self.error(
                    at,
                    Some(&t.concept),
                    match other {
                        Some(o) => {
                            format!("has the name “{name}”, which {o} has already; a name may belong to one concept")
                        }
                        None => format!("has the name “{name}” twice"),
                    },
                );
                continue;
            }
            if let Some(e) = self.vocabulary.entries.get_mut(entry as usize) {
                e.term = Some(id);
            }
            if let Some(c) = class {
                self.vocabulary.classify(entry, c, None);
            }
            if let (true, Some(c)) = (counted, countable) {
                self.vocabulary.classify(entry, c, None);
            }
        }
        self.terms.push(Term {
            concept: Arc::from(t.concept.as_str()),
            name: t.name.clone(),
            english: t.english.clone(),
            code: t.code.clone(),
            variants: t.variants.clone(),
            fund,
            flow,
            parent: t.parent.as_deref().map(Arc::from),
            generic: t.generic,
            short: t.short,
            subset: t.subset,
            takes: t.takes.clone(),
            file: self.file.clone(),
            line: self.line(at),
        });
    }

    fn pattern(&mut self, spanned: &Spanned<RawPattern>) {
        let p = spanned.get_ref();
        let id = p.id.get_ref().clone();
        let at = p.id.span().start;
        if self.known.contains(id.as_str()) {
            self.error(at, Some(&id), "is defined twice; give one of the patterns another id");
            return;
        }
        if p.example.len() < 2 {
            self.error(at, Some(&id), format!("has {} example(s); every pattern needs two or more", p.example.len()));
        }
        if p.counterexample.is_empty() {
            self.error(at, Some(&id), "has no counterexample; every pattern needs one or more");
        }
        let template_at = p.template.span().start;
        let Readings { elements, ways } = match readings(p.template.get_ref()) {
            Ok(r) => r,
            Err(message) => {
                self.error(template_at, Some(&id), message);
                return;
            }
        };
        let mut slots: Vec<String> = Vec::new();
        let mut seen = vec![false; elements.len()];
        for at in ways.iter().flatten() {
            let Some(seen) = seen.get_mut(*at as usize).filter(|seen| !**seen) else { continue };
            *seen = true;
            if let Some(e @ Element::Slot { name, .. }) = elements.get(*at as usize) {
                // A slot that only has to be there needs no place of its own.
                if !slots.contains(name) && (figure(e) || emitted(&p.emits, name)) {
                    slots.push(name.clone());
                }
            }
        }
        if slots.len() > MAX_SLOTS {
            self.error(template_at, Some(&id), format!("has {} slots; at most {MAX_SLOTS} are possible", slots.len()));
            return;
        }
        let mut emits = Vec::new();
        let mut used = Vec::new();
        for e in &p.emits {
            match emit(e, &slots, &mut used) {
                Ok(e) => emits.push(e),
                Err(message) => self.error(at, Some(&id), message),
            }
        }
        for s in slots.iter().filter(|s| !used.contains(*s)) {
            let needed = elements.iter().any(|e| figure(e) && matches!(e, Element::Slot { name, .. } if name == s));
            if needed {
                self.error(
                    template_at,
                    Some(&id),
                    format!("doesn't use its slot {{{s}}} in any emits; remove it or emit it"),
                );
            }
        }
        let index = self.patterns.len() as u32;
        let mut edges: Vec<Option<(Edge, u8)>> = vec![None; elements.len()];
        let mut path = Vec::new();
        for way in &ways {
            path.clear();
            let mut good = true;
            for at in way {
                let at = *at as usize;
                if let Some(Some(known)) = edges.get(at) {
                    path.push(*known);
                    continue;
                }
                let Some(e) = elements.get(at) else { continue };
                match self.edge(e) {
                    Ok(edge) => {
                        let slot = match e {
                            Element::Slot { name, .. } => {
                                slots.iter().position(|s| s == name).map_or(NO_SLOT, |i| i as u8)
                            }
                            _ => NO_SLOT,
                        };
                        path.push((edge, slot));
                        if let Some(place) = edges.get_mut(at) {
                            *place = Some((edge, slot));
                        }
                    }
                    Err(message) => {
                        self.error(template_at, Some(&id), message);
                        good = false;
                        break;
                    }
                }
            }
            if !good {
                break;
            }
            if matches!(path.first(), Some((Edge::Item | Edge::Mark(_), _))) {
                self.error(
                    template_at,
                    Some(&id),
                    "may begin with an item or a mark; a template must begin with a word, a figure or a period",
                );
                break;
            }
            if let Some(other) = self.trie.add(index, &path) {
                let other = self.patterns.get(other as usize).map(|o| o.id.to_string()).unwrap_or_default();
                self.error(
                    template_at,
                    Some(&id),
                    format!("is shadowed by {other}, which has the same reading; merge the two"),
                );
                break;
            }
        }
        self.known.insert(id.clone());
        self.patterns.push(Pattern {
            id: Arc::from(id.as_str()),
            about: p.about.clone(),
            template: p.template.get_ref().clone(),
            slots,
            emits,
            examples: p.example.clone(),
            counterexamples: p.counterexample.clone(),
            file: self.file.clone(),
            line: self.line(at),
        });
    }

    fn edge(&mut self, element: &Element) -> Result<Edge, String> {
        Ok(match element {
            Element::Literal(word) => Edge::Word(self.vocabulary.word(word)),
            Element::Mark(c) => Edge::Mark(match c {
                ',' => Mark::Comma,
                '、' => Mark::Pause,
                ';' => Mark::Semicolon,
                '。' => Mark::Stop,
                ':' => Mark::Colon,
                '(' => Mark::Open,
                _ => Mark::Close,
            }),
            Element::Slot { kind, .. } => match kind.as_str() {
                "item" => Edge::Item,
                "period" => Edge::Period,
                k => match Figure::named(k) {
                    Some(f) => Edge::Quantity(f),
                    None => match self.vocabulary.find_class(k) {
                        Some(c) => Edge::Class(c),
                        None => {
                            return Err(format!(
                                "uses the kind “{k}”, which is neither a figure (money, percent, points, count, figure, amount, quantity), nor period, nor item, nor a class of words in any pack"
                            ));
                        }
                    },
                },
            },
        })
    }

    fn sections(&mut self, pack: &RawPack) {
        for spanned in &pack.section {
            let s = spanned.get_ref();
            let at = spanned.span().start;
            let fund = s.fund.as_deref().map(fund_named);
            let stage = s.stage.as_deref().map(stage_named);
            if fund == Some(None) || stage == Some(None) || s.holds.as_deref().is_some_and(|h| h != "nothing") {
                self.error(at, Some(&s.id), "has an unknown fund or stage, or “holds” other than \"nothing\"");
                continue;
            }
            if s.headings.is_empty() {
                self.error(at, Some(&s.id), "has no headings");
            }
            self.sections.push(Section {
                id: s.id.clone(),
                headings: s.headings.iter().map(|h| narrow_word(h)).collect(),
                fund: fund.flatten(),
                flow: match s.flow.as_deref() {
                    Some("revenue") => Some(Flow::Revenue),
                    Some("expenditure") => Some(Flow::Expenditure),
                    _ => None,
                },
                stage: stage.flatten(),
                no_facts: s.holds.is_some(),
                file: self.file.clone(),
                line: self.line(at),
            });
        }
        for spanned in &pack.identity {
            let i = spanned.get_ref();
            if i.parts.is_empty() {
                self.error(spanned.span().start, Some(&i.id), "has no parts");
                continue;
            }
            if self.identities.iter().any(|o| o.id == i.id) {
                self.error(
                    spanned.span().start,
                    Some(&i.id),
                    "is defined twice; give one of the identities another id",
                );
                continue;
            }
            let open = match i.relation.as_deref() {
                None => false,
                Some("at_least") => true,
                Some(other) => {
                    let message = format!("has the unknown relation “{other}”; leave it out, or use at_least");
                    self.error(spanned.span().start, Some(&i.id), message);
                    continue;
                }
            };
            let fund = i.fund.as_deref().map(fund_named);
            if fund == Some(None) {
                self.error(
                    spanned.span().start,
                    Some(&i.id),
                    "has an unknown fund; use general_public, gov_fund, state_capital, fiscal or special_account",
                );
            }
            self.identities.push(FieldIdentity {
                id: i.id.clone(),
                about: i.about.clone(),
                whole: i.whole.clone(),
                parts: i.parts.clone(),
                optional: i.optional.clone(),
                open,
                fund: fund.flatten(),
                near: i.near,
                file: self.file.clone(),
                line: self.line(spanned.span().start),
            });
        }
    }

    fn topics(&mut self, pack: &RawPack) {
        for spanned in &pack.topic {
            let (topic, at) = (spanned.get_ref(), spanned.span().start);
            match Topic::read(topic, &self.file, self.line(at)) {
                Ok(topic) => self.topics.push(topic),
                Err(message) => self.error(at, Some(&topic.id), message),
            }
        }
    }

    fn finish(mut self) -> Result<Packs, Vec<PackError>> {
        let mut known: FxHashMap<Arc<str>, usize> = FxHashMap::default();
        for (i, t) in self.terms.iter().enumerate() {
            known.entry(Arc::clone(&t.concept)).or_insert(i);
        }
        for i in &self.identities {
            for concept in std::iter::once(&i.whole).chain(&i.parts) {
                if !known.contains_key(concept.as_str()) {
                    self.errors.push(PackError {
                        file: "identities".into(),
                        line: 0,
                        id: Some(i.id.clone()),
                        message: format!(
                            "names the concept “{concept}”, which no term has; add the term or mend the name"
                        ),
                    });
                }
            }
        }
        self.vocabulary.build();
        let speaks = Speaks::new(&self.topics).unwrap_or_else(|wrong| {
            self.errors.extend(wrong.into_iter().map(|(topic, message)| PackError {
                file: topic.file.clone(),
                line: topic.line,
                id: Some(topic.id.clone()),
                message,
            }));
            Speaks::default()
        });
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        self.trie.finish(self.vocabulary.entries.len());
        let classes = classes(&self.vocabulary);
        Ok(Packs {
            vocabulary: self.vocabulary,
            terms: self.terms,
            words: self.words,
            patterns: self.patterns,
            headings: headings(&self.sections),
            sections: self.sections,
            identities: self.identities,
            topics: self.topics,
            classes,
            concepts: known,
            trie: self.trie,
            speaks,
        })
    }
}

/// The sections' words in a trie; a word of two sections opens the first.
fn headings(sections: &[Section]) -> Words {
    let mut words: Vec<(&str, u32)> =
        sections.iter().enumerate().flat_map(|(i, s)| s.headings.iter().map(move |h| (h.as_str(), i as u32))).collect();
    words.sort_unstable();
    words.dedup_by_key(|(text, _)| *text);
    Words::build(&words)
}

fn classes(v: &Vocabulary) -> Classes {
    let mask = |name: &str| v.find_class(name).map_or(0, |c: ClassId| 1u64 << c);
    let mut c = Classes {
        direction: mask("direction"),
        flat: mask("flat"),
        components: mask("components"),
        cause: mask("cause"),
        purpose: mask("purpose"),
        verb: mask("verb"),
        copula: mask("copula"),
        conjunction: mask("conjunction"),
        entity: mask("entity"),
        enumerator: mask("enumerator"),
        parallel: mask("parallel"),
        addition: mask("addition"),
        deduction: mask("deduction"),
        total: mask("total"),
        stage: mask("stage"),
        compare: mask("compare"),
        share: mask("share"),
        generic: mask("generic"),
        term: mask("term"),
        qualifier: mask("qualifier"),
        claim: mask("claim"),
        include: mask("include"),
        whole: mask("whole"),
        opaque: mask("opaque"),
        weak: mask("weak"),
        each: mask("each"),
        brief: mask("brief"),
        structural: 0,
        stage_class: v.find_class("stage"),
        claim_class: v.find_class("claim"),
        stages: ["budget", "adjusted", "executed", "final"].map(|n| v.find_value(n)),
        down: v.find_value("down"),
    };
    c.structural = c.direction
        | c.flat
        | c.components
        | c.cause
        | c.purpose
        | c.verb
        | c.copula
        | c.compare
        | c.stage
        | c.share
        | c.enumerator
        | c.parallel
        | c.addition
        | c.claim
        | c.qualifier
        | c.each
        | mask("few_or_many")
        | mask("both");
    c
}

fn figure(e: &Element) -> bool {
    matches!(e, Element::Slot { kind, .. } if Figure::named(kind).is_some())
}

fn emitted(emits: &[RawEmit], name: &str) -> bool {
    emits
        .iter()
        .any(|e| [&e.slot, &e.sign, &e.stage, &e.item, &e.period, &e.whole].iter().any(|s| s.as_deref() == Some(name)))
}

fn fund_named(name: &str) -> Option<Fund> {
    Some(match name {
        "general_public" => Fund::GeneralPublic,
        "gov_fund" => Fund::GovFund,
        "state_capital" => Fund::StateCapital,
        "fiscal" => Fund::Fiscal,
        "special_account" => Fund::SpecialAccount,
        _ => return None,
    })
}

pub(super) fn stage_named(name: &str) -> Option<Stage> {
    Some(match name {
        "budget" => Stage::Budget,
        "adjusted" => Stage::Adjusted,
        "executed" => Stage::Executed,
        "final" => Stage::Final,
        _ => return None,
    })
}

fn emit(raw: &RawEmit, slots: &[String], used: &mut Vec<String>) -> Result<Emit, String> {
    let mut slot = |name: &str| -> Result<u8, String> {
        let at = slots
            .iter()
            .position(|s| s == name)
            .ok_or_else(|| format!("emits the slot “{name}”, which the template doesn't have"))?;
        used.push(name.to_owned());
        Ok(at as u8)
    };
    let kind = match raw.kind.as_str() {
        "level" => EmitKind::Level,
        "change" => EmitKind::Change,
        "growth" => EmitKind::Growth,
        "share" => EmitKind::Share,
        "completion" => EmitKind::Completion,
        "ratio" => EmitKind::Ratio,
        "score" => EmitKind::Score,
        "base" => EmitKind::Base,
        "zero" => EmitKind::Zero,
        "absent" => EmitKind::Absent,
        "threshold" => EmitKind::Threshold,
        other => {
            return Err(format!(
                "emits as “{other}”; use level, change, growth, share, completion, ratio, score, base, zero, absent or threshold"
            ));
        }
    };
    let mut opt = |name: &Option<String>| name.as_deref().map(&mut slot).transpose();
    let at = opt(&raw.slot)?;
    let item = opt(&raw.item)?;
    let period = opt(&raw.period)?;
    let whole = opt(&raw.whole)?;
    let sign = match raw.sign.as_deref() {
        None => Sign::Plain,
        Some("up") => Sign::Up,
        Some("down") => Sign::Down,
        Some("levels") => Sign::Levels,
        Some(name) => Sign::Slot(slot(name)?),
    };
    let stage = match raw.stage.as_deref() {
        None => StageFrom::Context,
        Some(name) => match stage_named(name) {
            Some(s) => StageFrom::Fixed(s),
            None => StageFrom::Slot(slot(name)?),
        },
    };
    if at.is_none() && !matches!(kind, EmitKind::Base | EmitKind::Zero | EmitKind::Absent) {
        return Err(format!("emits as “{}” without naming a slot", raw.kind));
    }
    Ok(Emit { kind, slot: at, sign, stage, item, period, years: raw.years, whole, prior: raw.prior })
}
