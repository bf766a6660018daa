//! Stage four: the packs. As written (TOML) → checked → compiled into a
//! vocabulary and a trie of templates; and the matching over tokens.

mod compile;
mod overlap;
mod raw;
mod template;
mod topic;
mod trie;

pub use compile::PackError;
pub use overlap::{Lost, Overlap, Overlaps};
pub use raw::{RawCounterexample as Counterexample, RawExample as Example, RawExpected as Expected};
pub use template::{Element, MAX_EXPANSIONS, expand};
pub use topic::{Speech, Topic};
pub use trie::{MAX_SLOTS, Match};

use crate::lex::Vocabulary;
use once_cell::sync::Lazy;
use rustc_hash::FxHashMap;
use std::path::Path;
use std::sync::Arc;

/// The fund that an amount comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fund {
    /// 一般公共预算
    GeneralPublic,
    /// 政府性基金预算
    GovFund,
    /// 国有资本经营预算
    StateCapital,
    /// 财政拨款: the three together
    Fiscal,
    /// 财政专户管理资金
    SpecialAccount,
}

/// Money coming in or going out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// 收入
    Revenue,
    /// 支出
    Expenditure,
}

/// How far along its year an amount is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 年初预算
    Budget,
    /// 调整预算
    Adjusted,
    /// 执行数
    Executed,
    /// 决算数
    Final,
}

/// An item of the lexicon.
#[derive(Debug, Clone)]
pub struct Term {
    /// Dotted concept id: `expenditure.function.205`.
    pub concept: Arc<str>,
    /// The canonical Chinese name.
    pub name: String,
    /// A short English gloss.
    pub english: Option<String>,
    /// Official code, if any.
    pub code: Option<String>,
    /// Other names.
    pub variants: Vec<String>,
    /// The fund that the name fixes.
    pub fund: Option<Fund>,
    /// Revenue or expenditure.
    pub flow: Option<Flow>,
    /// The concept of which it is by definition a part.
    pub parent: Option<Arc<str>>,
    /// A word that is no item by itself: 经费, 资金.
    pub generic: bool,
    /// Counts only when the whole label is the word: 教育, 货物.
    pub short: bool,
    /// Is told beside the parts of its parent and is none of them: 民生支出, 授予中小企业合同金额.
    pub subset: bool,
    /// Takes money / people / vehicles / count / percent.
    pub takes: Vec<String>,
    /// The pack file that it is in.
    pub file: String,
    /// The line in it.
    pub line: usize,
}

/// Words of a class, as a pack lists them.
#[derive(Debug, Clone)]
pub struct WordList {
    /// The class: `direction`.
    pub class: String,
    /// What the words say in it: `up`.
    pub value: Option<String>,
    /// The words as written.
    pub words: Vec<String>,
    /// The pack file.
    pub file: String,
    /// The line in it.
    pub line: usize,
}

/// What a pattern makes of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmitKind {
    /// a stated amount or count
    Level,
    /// an amount of change
    Change,
    /// a per cent change
    Growth,
    /// 占…%
    Share,
    /// 完成…%
    Completion,
    /// another ratio
    Ratio,
    /// a score
    Score,
    /// what a change is measured against
    Base,
    /// 持平: a change of zero without a number
    Zero,
    /// 无…: a level of zero without a number
    Absent,
    /// a threshold: no fact
    Threshold,
}

/// Where a change's sign comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// as printed
    Plain,
    /// up or down as the slot's word says
    Slot(u8),
    /// a rise
    Up,
    /// a fall
    Down,
    /// the two levels before decide: 差值
    Levels,
}

/// Where a stage comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageFrom {
    /// the context
    Context,
    /// fixed by the pattern
    Fixed(Stage),
    /// the slot's word
    Slot(u8),
}

/// One thing that a pattern says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Emit {
    /// What it is.
    pub kind: EmitKind,
    /// The slot that holds the figure or word; `None`: the whole match.
    pub slot: Option<u8>,
    /// Where the sign comes from.
    pub sign: Sign,
    /// Where the stage comes from.
    pub stage: StageFrom,
    /// The slot that names the item.
    pub item: Option<u8>,
    /// The slot that names the period.
    pub period: Option<u8>,
    /// The period as years from the note's: 同比 −1.
    pub years: Option<i32>,
    /// The slot that names the whole of a share.
    pub whole: Option<u8>,
    /// The figure belongs to the compared period.
    pub prior: bool,
}

/// A pattern of a pack.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// `change/amount`
    pub id: Arc<str>,
    /// What it is for.
    pub about: String,
    /// As written.
    pub template: String,
    /// Slot names, in the order of their ids.
    pub slots: Vec<String>,
    /// What it says.
    pub emits: Vec<Emit>,
    /// Sentences that it must read.
    pub examples: Vec<Example>,
    /// Sentences that it must not.
    pub counterexamples: Vec<Counterexample>,
    /// The pack file.
    pub file: String,
    /// The line in it.
    pub line: usize,
}

/// A heading that fixes something for what stands under it.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its id.
    pub id: String,
    /// Words of which a heading must hold one.
    pub headings: Vec<String>,
    /// The fund of everything under it.
    pub fund: Option<Fund>,
    /// Revenue or expenditure.
    pub flow: Option<Flow>,
    /// The stage.
    pub stage: Option<Stage>,
    /// It holds no facts: 名词解释, 目录.
    pub no_facts: bool,
    /// The pack file.
    pub file: String,
    /// The line in it.
    pub line: usize,
}

/// Something that must tie in this field.
#[derive(Debug, Clone)]
pub struct FieldIdentity {
    /// Its id.
    pub id: String,
    /// Why it must tie.
    pub about: String,
    /// The concept of the whole.
    pub whole: String,
    /// The concepts of the parts.
    pub parts: Vec<String>,
    /// Parts that many notes leave out, as they are nothing.
    pub optional: Vec<String>,
    /// The whole may hold more than the parts: only a slip of the pen is told.
    pub open: bool,
    /// The fund that the whole is of, where it is of one only.
    pub fund: Option<Fund>,
    /// Tested only where the parts are told right behind the whole.
    pub near: bool,
    /// The pack file.
    pub file: String,
    /// The line in it.
    pub line: usize,
}

/// Masks of the classes that the reader of facts knows by name.
#[derive(Debug, Clone, Copy, Default)]
#[allow(missing_docs)]
pub struct Classes {
    pub direction: u64,
    pub flat: u64,
    pub components: u64,
    pub cause: u64,
    pub purpose: u64,
    pub verb: u64,
    pub copula: u64,
    pub conjunction: u64,
    pub entity: u64,
    pub enumerator: u64,
    pub parallel: u64,
    pub addition: u64,
    pub deduction: u64,
    pub total: u64,
    pub stage: u64,
    pub compare: u64,
    pub share: u64,
    pub generic: u64,
    pub term: u64,
    pub qualifier: u64,
    pub claim: u64,
    pub include: u64,
    pub whole: u64,
    pub opaque: u64,
    pub weak: u64,
    pub each: u64,
    pub brief: u64,
    /// Everything that ends a label.
    pub structural: u64,
    /// The class of stage words, with the values of its stages.
    pub stage_class: Option<crate::lex::ClassId>,
    pub claim_class: Option<crate::lex::ClassId>,
    pub stages: [Option<u8>; 4],
    pub down: Option<u8>,
}

/// Compiled packs.
#[derive(Debug)]
pub struct Packs {
    /// All words.
    pub vocabulary: Vocabulary,
    /// The lexicon.
    pub terms: Vec<Term>,
    /// The classes of words, list by list.
    pub words: Vec<WordList>,
    /// The phrases.
    pub patterns: Vec<Pattern>,
    /// The sections.
    pub sections: Vec<Section>,
    /// The identities.
    pub identities: Vec<FieldIdentity>,
    /// What notes may speak of, entry by entry.
    pub topics: Vec<Topic>,
    /// Known classes.
    pub classes: Classes,
    /// concept → index of its first term
    concepts: FxHashMap<Arc<str>, usize>,
    trie: trie::Trie,
    /// The words of the sections' headings, each with its section.
    headings: crate::lex::Words,
    /// The words of the topics.
    speaks: topic::Speaks,
}

/// The folders of a pack.
const KINDS: [&str; 5] = ["lexicon", "phrases", "sections", "identities", "topics"];

include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

static BUILTIN: Lazy<Result<Packs, Vec<PackError>>> = Lazy::new(|| {
    let files: Vec<(String, String)> = BUILTIN_FILES.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())).collect();
    Packs::compile(&files)
});

impl Packs {
    /// The packs that are built into the program.
    ///
    /// # Errors
    /// Only if the program was built from broken packs.
    pub fn builtin() -> Result<&'static Packs, &'static [PackError]> {
        BUILTIN.as_ref().map_err(Vec::as_slice)
    }

    /// The built-in packs together with those of a folder; a file of the same
    /// name replaces the built-in one.
    ///
    /// # Errors
    /// Every mistake in the folder's files, with file, line and id.
    pub fn with_folder(folder: &Path) -> Result<Packs, Vec<PackError>> {
        let mut files: Vec<(String, String)> =
            BUILTIN_FILES.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())).collect();
        let own = compile::read_folder(folder)?;
        for (name, text) in own {
            match files.iter_mut().find(|(n, _)| *n == name) {
                Some(old) => old.1 = text,
                None => files.push((name, text)),
            }
        }
        files.sort();
        Packs::compile(&files)
    }

    /// Compiles pack files given as (name, text).
    ///
    /// # Errors
    /// Every mistake found.
    pub fn compile(files: &[(String, String)]) -> Result<Packs, Vec<PackError>> {
        compile::compile(files)
    }

    /// The longest, most specific match that begins at a token.
    pub fn match_at(&self, tokens: &[crate::lex::Token], at: usize, lexed: &crate::lex::Lexed) -> Option<Match> {
        self.trie.longest(self, tokens, at, lexed)
    }

    /// The term that a label names as a whole.
    pub fn term_named(&self, label: &str) -> Option<(u32, &Term)> {
        let id = self.vocabulary.find(label)?;
        let term = self.vocabulary.entry(id)?.term?;
        self.terms.get(term as usize).map(|t| (term, t))
    }

    /// The first section, in the order of the packs, that a heading opens.
    ///
    /// ```
    /// use gouji::pattern::{Fund, Packs};
    /// let section = Packs::builtin().unwrap().section_of("政府性基金预算支出情况").unwrap();
    /// assert_eq!(section.fund, Some(Fund::GovFund));
    /// ```
    pub fn section_of(&self, heading: &str) -> Option<&Section> {
        self.first_section(heading, |_| true)
    }

    /// The stage that a heading fixes, whatever else it is about.
    ///
    /// ```
    /// use gouji::pattern::{Packs, Stage};
    /// let packs = Packs::builtin().unwrap();
    /// assert_eq!(packs.stage_of_heading("2019年预算执行情况及评价意见"), Some(Stage::Executed));
    /// ```
    pub fn stage_of_heading(&self, heading: &str) -> Option<Stage> {
        self.first_section(heading, |s| s.stage.is_some())?.stage
    }

    /// The first in the order of the packs of the sections that a heading opens and that are wanted.
    fn first_section(&self, heading: &str, wanted: impl Fn(&Section) -> bool) -> Option<&Section> {
        let mut first: Option<u32> = None;
        for (at, _) in heading.char_indices() {
            let rest = heading.get(at..).unwrap_or("");
            self.headings.each(rest, |section, _| {
                if first.is_none_or(|f| section < f) && self.sections.get(section as usize).is_some_and(&wanted) {
                    first = Some(section);
                }
            });
        }
        self.sections.get(first? as usize)
    }

    /// The number of a topic; `None` if no pack has words for it.
    ///
    /// ```
    /// let packs = gouji::pattern::Packs::builtin().unwrap();
    /// let topic = packs.topic("procurement").unwrap();
    /// assert_eq!(packs.topics[topic as usize].words, ["采购"]);
    /// ```
    pub fn topic(&self, id: &str) -> Option<u32> {
        self.speaks.number(id)
    }

    /// What a paragraph of a view speaks of.
    ///
    /// ```
    /// let packs = gouji::pattern::Packs::builtin().unwrap();
    /// let topic = |id| packs.topic(id).unwrap();
    /// assert_eq!(packs.speech("不涉及政府采购。").topics, [topic("procurement")]);
    /// // To explain a term is not to speak of it.
    /// let explained = packs.speech("政府采购:指购买货物的行为。");
    /// assert!(explained.alone && explained.topics == [topic("terms")]);
    /// ```
    pub fn speech(&self, paragraph: &str) -> Speech {
        self.speaks.of(paragraph)
    }

    /// Where words of a topic stand in a text; the [paragraph](Packs::speech) around a place tells whether they speak of it.
    ///
    /// ```
    /// let packs = gouji::pattern::Packs::builtin().unwrap();
    /// let topic = packs.topic("procurement").unwrap();
    /// assert!(packs.mentions(topic, "政府采购").eq(["政府".len()]));
    /// ```
    pub fn mentions<'t>(&'t self, topic: u32, text: &'t str) -> impl Iterator<Item = usize> + 't {
        self.speaks.places(topic, text)
    }

    /// Whether a word can be part of an item's name: it names a term, or does
    /// none of the work that words between items do.
    pub fn is_item(&self, word: crate::lex::EntryId) -> bool {
        self.vocabulary.classes_of(word) & self.classes.structural == 0 || self.vocabulary.term_of(word).is_some()
    }

    /// The term of a whole fund's revenue or expenditure: 政府性基金预算支出.
    pub fn flow_of_fund(&self, fund: Fund, flow: Flow) -> Option<&Term> {
        let whole = match flow {
            Flow::Revenue => "revenue",
            Flow::Expenditure => "expenditure",
        };
        self.terms.iter().find(|t| t.fund == Some(fund) && t.flow == Some(flow) && &*t.concept == whole && !t.generic)
    }

    /// The term that a word of the packs names.
    pub fn term_of(&self, word: crate::lex::EntryId) -> Option<&Term> {
        self.vocabulary.term_of(word).and_then(|t| self.terms.get(t as usize))
    }

    /// The first term of a concept.
    pub fn concept(&self, id: &str) -> Option<&Term> {
        self.concepts.get(id).and_then(|i| self.terms.get(*i))
    }

    /// All concepts in the order of the packs.
    pub fn concept_ids(&self) -> Vec<&str> {
        let mut ids: Vec<(&usize, &str)> = self.concepts.iter().map(|(c, i)| (i, c.as_ref())).collect();
        ids.sort();
        ids.into_iter().map(|(_, c)| c).collect()
    }

    /// Whether `part` is by definition a part of `whole`: its id lies below, or
    /// its chain of parents leads there.
    pub fn is_part(&self, part: &str, whole: &str) -> bool {
        if part == whole {
            return false;
        }
        // revenue.total holds revenue and what was left of the year before.
        if part.strip_prefix(whole).is_some_and(|r| r.starts_with('.') && r != ".total") {
            return true;
        }
        let mut at = part;
        for _ in 0..8 {
            let Some(parent) = self.concept(at).and_then(|t| t.parent.as_deref()) else {
                return false;
            };
            if parent == whole {
                return true;
            }
            at = parent;
        }
        false
    }

    /// Whether some identity says that a concept is one of those that make up another.
    ///
    /// ```
    /// let packs = gouji::pattern::Packs::builtin().unwrap();
    /// // 收入总计 = 本年收入 + 使用非财政拨款结余 + 年初结转和结余
    /// assert!(packs.makes_up("carryover.opening", "revenue.total"));
    /// assert!(!packs.makes_up("carryover.closing", "revenue.total"));
    /// ```
    #[must_use]
    pub fn makes_up(&self, part: &str, whole: &str) -> bool {
        let of = |i: &FieldIdentity| i.whole == whole && i.parts.iter().chain(&i.optional).any(|p| p == part);
        self.identities.iter().any(of)
    }
}

/// Normalises a word of a pack as the view normalises text.
pub(crate) fn narrow_word(word: &str) -> String {
    use crate::segment::View;
    if View::changes_nothing(word) { word.to_owned() } else { View::new(word, &[]).text }
}
