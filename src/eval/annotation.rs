//! Annotated notes as they lie in their folders, and what is wrong with an annotation.

use super::alignment::{Place, places};
use super::figure::FigureRecord;
use crate::document::{Document, InputError, Inputs, Lang, Problem, Raw, read};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

const MEASURES: &[&str] = &["level", "change", "growth", "share", "completion", "ratio", "score"];
const STAGES: &[&str] = &["budget", "adjusted", "executed", "final"];
const FUNDS: &[&str] = &["general_public", "gov_fund", "state_capital", "fiscal", "special_account"];
const ROLES: &[&str] = &["total", "component", "driver"];
const FAMILIES: &[&str] = &["sum", "change", "ratio", "equal", "balance", "direction", "count", "period", "unit"];
const VERDICTS: &[&str] = &["exact", "rounded", "disagrees", "partial"];

/// What an annotated note is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Those who write packs look at it.
    Train,
    /// Only its scores are looked at, so that nothing is fitted to it.
    Test,
}

impl Part {
    /// Both.
    pub const ALL: [Part; 2] = [Part::Train, Part::Test];

    /// The name that `source.toml` and the output carry.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Part::Train => "train",
            Part::Test => "test",
        }
    }
}

/// A note with its annotations.
#[derive(Debug)]
pub struct AnnotatedNote {
    /// The name of its folder.
    pub name: String,
    /// What it is for.
    pub part: Part,
    /// Its documents: one, or one for each line of JSON Lines.
    pub documents: Vec<AnnotatedDocument>,
}

/// A document with what it holds.
#[derive(Debug)]
pub struct AnnotatedDocument {
    /// The note's name, with `#n` where the note has several documents.
    pub name: String,
    /// The document as the program reads it.
    pub document: Document,
    /// Whose note it is.
    pub organization: Option<String>,
    /// The year that it is about.
    pub fiscal_year: Option<i32>,
    /// What kind of note it is.
    pub kind: String,
    /// Every figure, in the order of the text.
    pub facts: Vec<FigureRecord<u64>>,
    /// Where each of them stands.
    pub places: Vec<Place>,
    /// Facts without a number: 持平, and stated absences.
    pub zero_words: Vec<FigureRecord<u64>>,
    /// Every relation that can be verified.
    pub relations: Vec<WantedRelation>,
}

impl AnnotatedDocument {
    /// Whether nothing in it disagrees.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.relations.iter().all(|r| r.verdict != "disagrees")
    }
}

/// A relation that can be verified, with its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WantedRelation {
    /// The family of rules that should test it.
    pub family: String,
    /// What comes of it.
    pub verdict: String,
    /// The facts in it, the total or claim first.
    pub facts: Vec<u64>,
    /// Of a contradiction: the figure that is wrong.
    #[serde(default)]
    pub suspect: Option<u64>,
    #[serde(default)]
    suggested: Option<String>,
}

impl WantedRelation {
    /// Of a contradiction: what the figure should be.
    #[must_use]
    pub fn suggested(&self) -> Option<Decimal> {
        self.suggested.as_deref().and_then(|s| Decimal::from_str_exact(s).ok())
    }
}

/// What is wrong with an annotation, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadAnnotation {
    file: String,
    entry: Entry,
    what: What,
}

/// Which entry of an annotation's file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Entry {
    /// Of several documents which, from 1.
    document: Option<usize>,
    of: Of,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Of {
    #[default]
    File,
    Fact(u64),
    NthFact(usize),
    NthFinding(usize),
}

impl Entry {
    fn of(self, of: Of) -> Self {
        Entry { of, ..self }
    }

    fn name(self, lang: Lang) -> Option<String> {
        let document = self.document.map(|n| match lang {
            Lang::En => format!("document {n}"),
            Lang::Zh => format!("第 {n} 件"),
        });
        let entry = match (self.of, lang) {
            (Of::File, _) => None,
            (Of::Fact(id), Lang::En) => Some(format!("fact {id}")),
            (Of::Fact(id), Lang::Zh) => Some(format!("编号 {id} 的事实")),
            (Of::NthFact(n), Lang::En) => Some(format!("fact number {n}")),
            (Of::NthFact(n), Lang::Zh) => Some(format!("第 {n} 条事实")),
            (Of::NthFinding(n), Lang::En) => Some(format!("finding number {n}")),
            (Of::NthFinding(n), Lang::Zh) => Some(format!("第 {n} 项检验")),
        };
        match (document, entry) {
            (Some(d), Some(e)) => Some(format!("{d}, {e}")),
            (d, e) => d.or(e),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    NoNotes,
    NoFile(&'static str),
    Note(InputError),
    Unread(String),
    NotSaid(&'static str),
    Unknown { field: &'static str, value: String, known: &'static [&'static str] },
    NotInText { quote: String, after: usize },
    NoSuchFact { field: &'static str, id: u64 },
    Twice,
    Counts { documents: usize, annotations: usize },
}

impl BadAnnotation {
    fn new(file: &Path, entry: Entry, what: What) -> Self {
        Self { file: file.display().to_string(), entry, what }
    }

    /// File, entry and what is wrong there.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let what = match (&self.what, lang) {
            // It names the file itself.
            (What::Note(error), _) => return error.message(lang),
            (what, Lang::En) => what.in_english(),
            (what, Lang::Zh) => what.in_chinese(),
        };
        match self.entry.name(lang) {
            Some(entry) => format!("{}: {entry}: {what}", self.file),
            None => format!("{}: {what}", self.file),
        }
    }
}

impl What {
    fn in_english(&self) -> String {
        match self {
            What::NoNotes => {
                "no annotated notes here (folders with a note, facts.json, findings.json and source.toml)".into()
            }
            What::NoFile(name) => format!("{name} is missing"),
            What::Note(error) => error.message(Lang::En),
            What::Unread(why) => why.clone(),
            What::NotSaid(field) => format!("`{field}` is missing"),
            What::Unknown { field, value, known } => format!("`{field}` is {value:?}; known are {}", known.join(", ")),
            What::NotInText { quote, after } => {
                format!(
                    "the quote {quote:?} is not in the text after character {after}; facts stand in the order of the text, quoted as `gouji text` prints them"
                )
            }
            What::NoSuchFact { field, id } => format!("`{field}` names fact {id}, which is not annotated"),
            What::Twice => "this id is given twice".into(),
            What::Counts { documents, annotations } => {
                format!("the note has {documents} document(s), but {annotations} are annotated")
            }
        }
    }

    fn in_chinese(&self) -> String {
        match self {
            What::NoNotes => "这里没有标注过的说明（应有说明文件、facts.json、findings.json、source.toml）".into(),
            What::NoFile(name) => format!("缺少 {name}"),
            What::Note(error) => error.message(Lang::Zh),
            What::Unread(why) => why.clone(),
            What::NotSaid(field) => format!("缺少 {field}"),
            What::Unknown { field, value, known } => format!("{field} 的值 {value:?} 不对；可选：{}", known.join("、")),
            What::NotInText { quote, after } => {
                format!("正文第 {after} 个字符之后没有 {quote:?}；标注须按正文次序，引文须与 gouji text 的输出一致")
            }
            What::NoSuchFact { field, id } => format!("{field} 指向的第 {id} 条没有标注"),
            What::Twice => "编号重复".into(),
            What::Counts { documents, annotations } => format!("说明有 {documents} 份，标注有 {annotations} 份"),
        }
    }
}

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The notes whose annotations are sound, by name.
    pub notes: Vec<AnnotatedNote>,
    /// What is wrong with the others.
    pub bad: Vec<BadAnnotation>,
}

/// Reads every annotated note below a folder.
#[must_use]
pub fn load(folder: &Path) -> Loaded {
    let mut loaded = Loaded::default();
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    for entry in entries.flatten().filter(|e| e.file_type().is_file() && e.file_name() == "facts.json") {
        let Some(at) = entry.path().parent() else { continue };
        let mut reader = Reader { folder: at.to_owned(), bad: Vec::new() };
        match reader.note() {
            Some(note) if reader.bad.is_empty() => loaded.notes.push(note),
            _ => loaded.bad.append(&mut reader.bad),
        }
    }
    if loaded.notes.is_empty() && loaded.bad.is_empty() {
        let not_found = || What::Note(InputError::new(folder.display().to_string(), None, Problem::NotFound));
        let what = if folder.exists() { What::NoNotes } else { not_found() };
        loaded.bad.push(BadAnnotation::new(folder, Entry::default(), what));
    }
    loaded
}

/// Reads one note's folder and gathers what is wrong in it.
struct Reader {
    folder: PathBuf,
    bad: Vec<BadAnnotation>,
}

#[derive(Deserialize)]
struct Source {
    part: Option<String>,
}

#[derive(Deserialize)]
struct Head {
    organization: Option<String>,
    fiscal_year: Option<i32>,
    kind: String,
    facts: Vec<Value>,
    #[serde(default)]
    zero_words: Vec<Value>,
}

#[derive(Deserialize)]
struct Tail {
    findings: Vec<Value>,
}

impl Reader {
    fn wrong(&mut self, file: &str, entry: Entry, what: What) {
        self.bad.push(BadAnnotation::new(&self.folder.join(file), entry, what));
    }

    fn note(&mut self) -> Option<AnnotatedNote> {
        let name = self.folder.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let part = self.part()?;
        let documents = self.documents()?;
        let facts: Vec<Head> = self.objects("facts.json")?;
        let findings: Vec<Tail> = self.objects("findings.json")?;
        for (file, annotations) in [("facts.json", facts.len()), ("findings.json", findings.len())] {
            if annotations != documents.len() {
                self.wrong(file, Entry::default(), What::Counts { documents: documents.len(), annotations });
            }
        }
        let several = documents.len() > 1;
        let all = documents.into_iter().zip(facts).zip(findings).enumerate();
        let documents = all
            .map(|(n, ((document, head), tail))| {
                let entry = Entry { document: several.then_some(n + 1), of: Of::File };
                let name = if several { format!("{name}#{n}") } else { name.clone() };
                self.document(name, entry, document, head, tail)
            })
            .collect();
        Some(AnnotatedNote { name, part, documents })
    }

    fn part(&mut self) -> Option<Part> {
        const FILE: &str = "source.toml";
        let text = self.text(FILE)?;
        let source: Source = match toml::from_str(&text) {
            Ok(source) => source,
            Err(error) => {
                self.wrong(FILE, Entry::default(), What::Unread(error.to_string().trim_end().to_owned()));
                return None;
            }
        };
        let part = source.part.unwrap_or_else(|| Part::Train.name().to_owned());
        let known = Part::ALL.into_iter().find(|p| p.name() == part);
        if known.is_none() {
            self.wrong(FILE, Entry::default(), What::Unknown { field: "part", value: part, known: &["train", "test"] });
        }
        known
    }

    fn text(&mut self, file: &'static str) -> Option<String> {
        let path = self.folder.join(file);
        if !path.exists() {
            self.bad.push(BadAnnotation::new(&self.folder, Entry::default(), What::NoFile(file)));
            return None;
        }
        match fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) => {
                self.wrong(file, Entry::default(), What::Unread(error.to_string()));
                None
            }
        }
    }

    /// The object of a file, or one for each document.
    fn objects<T: serde::de::DeserializeOwned>(&mut self, file: &'static str) -> Option<Vec<T>> {
        #[derive(Deserialize)]
        struct Many {
            documents: Vec<Value>,
        }
        let text = self.text(file)?;
        let value: Value = match serde_json::from_str(&text) {
            Ok(value) => value,
            Err(error) => {
                self.wrong(file, Entry::default(), What::Unread(error.to_string()));
                return None;
            }
        };
        let each = match Many::deserialize(&value) {
            Ok(many) => many.documents,
            Err(_) => vec![value],
        };
        let mut out = Vec::new();
        for object in each {
            match serde_json::from_value(object) {
                Ok(object) => out.push(object),
                Err(error) => self.wrong(file, Entry::default(), What::Unread(error.to_string())),
            }
        }
        Some(out)
    }

    fn documents(&mut self) -> Option<Vec<Document>> {
        let file = fs::read_dir(&self.folder)
            .ok()?
            .flatten()
            .map(|e| e.path())
            .filter(|p| p.file_stem().is_some_and(|s| s == "note"))
            .min();
        let Some(file) = file else {
            self.bad.push(BadAnnotation::new(
                &self.folder,
                Entry::default(),
                What::NoFile("note.txt, note.html or note.jsonl"),
            ));
            return None;
        };
        let mut out = Vec::new();
        for item in Inputs::new(std::slice::from_ref(&file)) {
            match item.and_then(|raw: Raw| read(&raw)) {
                Ok(document) => out.push(document),
                Err(error) => {
                    self.bad.push(BadAnnotation::new(&file, Entry::default(), What::Note(error)));
                    return None;
                }
            }
        }
        Some(out)
    }

    fn document(
        &mut self,
        name: String,
        entry: Entry,
        document: Document,
        head: Head,
        tail: Tail,
    ) -> AnnotatedDocument {
        let mut ids = BTreeSet::new();
        let facts = self.facts(entry, head.facts, &mut ids);
        let zero_words = self.facts(entry, head.zero_words, &mut ids);
        for f in facts.iter().chain(&zero_words) {
            if let Some(id) = f.parent.filter(|p| !ids.contains(p)) {
                self.wrong("facts.json", entry.of(Of::Fact(f.id)), What::NoSuchFact { field: "parent", id });
            }
        }
        let relations = self.relations(entry, tail.findings, &ids);
        let places = match places(facts.iter().map(|f| f.quote.as_str()), &document.text) {
            Ok(places) => places,
            Err((n, after)) => {
                if let Some(f) = facts.get(n) {
                    let what = What::NotInText { quote: f.quote.clone(), after };
                    self.wrong("facts.json", entry.of(Of::Fact(f.id)), what);
                }
                Vec::new()
            }
        };
        let Head { organization, fiscal_year, kind, .. } = head;
        AnnotatedDocument { name, document, organization, fiscal_year, kind, facts, places, zero_words, relations }
    }

    fn facts(&mut self, entry: Entry, values: Vec<Value>, ids: &mut BTreeSet<u64>) -> Vec<FigureRecord<u64>> {
        const FILE: &str = "facts.json";
        let mut out = Vec::new();
        for (n, value) in values.into_iter().enumerate() {
            let id = value.get("id").and_then(Value::as_u64);
            let entry = entry.of(id.map_or(Of::NthFact(n + 1), Of::Fact));
            let fact: FigureRecord<u64> = match serde_json::from_value(value) {
                Ok(fact) => fact,
                Err(error) => {
                    self.wrong(FILE, entry, What::Unread(error.to_string()));
                    continue;
                }
            };
            let named = [
                ("measure", Some(fact.measure.as_str()), MEASURES),
                ("stage", fact.stage.as_deref(), STAGES),
                ("basis.stage", fact.base_stage(), STAGES),
                ("fund", fact.fund.as_deref(), FUNDS),
                ("role", fact.role.as_deref(), ROLES),
            ];
            for (field, value, known) in named {
                self.known(FILE, entry, field, value, known);
            }
            if !ids.insert(fact.id) {
                self.wrong(FILE, entry, What::Twice);
            }
            out.push(fact);
        }
        out
    }

    fn relations(&mut self, entry: Entry, values: Vec<Value>, ids: &BTreeSet<u64>) -> Vec<WantedRelation> {
        const FILE: &str = "findings.json";
        let mut out = Vec::new();
        for (n, value) in values.into_iter().enumerate() {
            let entry = entry.of(Of::NthFinding(n + 1));
            let relation: WantedRelation = match serde_json::from_value(value) {
                Ok(relation) => relation,
                Err(error) => {
                    self.wrong(FILE, entry, What::Unread(error.to_string()));
                    continue;
                }
            };
            self.known(FILE, entry, "family", Some(&relation.family), FAMILIES);
            self.known(FILE, entry, "verdict", Some(&relation.verdict), VERDICTS);
            let strange = relation.facts.iter().find(|id| !ids.contains(id));
            if let Some(&id) = strange {
                self.wrong(FILE, entry, What::NoSuchFact { field: "facts", id });
            }
            if relation.facts.is_empty() {
                self.wrong(FILE, entry, What::NotSaid("facts"));
            }
            if relation.verdict == "disagrees" {
                match relation.suspect {
                    None => self.wrong(FILE, entry, What::NotSaid("suspect")),
                    Some(id) if !ids.contains(&id) => {
                        self.wrong(FILE, entry, What::NoSuchFact { field: "suspect", id });
                    }
                    Some(_) => {}
                }
                if relation.suggested().is_none() {
                    self.wrong(FILE, entry, What::NotSaid("suggested"));
                }
            }
            out.push(relation);
        }
        out
    }

    fn known(
        &mut self,
        file: &str,
        entry: Entry,
        field: &'static str,
        value: Option<&str>,
        known: &'static [&'static str],
    ) {
        if let Some(value) = value.filter(|v| !known.contains(v)) {
            self.wrong(file, entry, What::Unknown { field, value: value.to_owned(), known });
        }
    }
}
