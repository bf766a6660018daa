//! Stage three: one pass over the view that finds every number with its unit
//! and printed scale, every year, and every word of the packs. Decides no
//! meaning: what a word means is the packs' business.

mod number;
mod scan;
mod words;

pub use number::{Number, Unit, UnitId, UnitKind, Units, chinese_count, number};
pub use scan::{Lexed, lex};
pub(crate) use words::Words;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Index of a word in a [`Vocabulary`].
pub type EntryId = u32;
/// Index of a class of words (`direction`, `stage`, `cause`, …).
pub type ClassId = u8;

/// A word of the packs.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// The word, normalised.
    pub text: String,
    /// Bit set of the classes that it belongs to.
    pub classes: u64,
    /// Class values: (direction, up).
    pub values: Vec<(ClassId, u8)>,
    /// The term that it names, as an index into the packs' terms.
    pub term: Option<u32>,
}

impl Entry {
    /// Whether the word belongs to a class.
    pub fn is(&self, class: ClassId) -> bool {
        self.classes & (1 << class) != 0
    }

    /// The word's value in a class.
    pub fn value(&self, class: ClassId) -> Option<u8> {
        self.values.iter().find(|(c, _)| *c == class).map(|(_, v)| *v)
    }
}

/// All words that a note is searched for, with the trie that finds them.
pub struct Vocabulary {
    /// The words; an [`EntryId`] indexes them.
    pub entries: Vec<Entry>,
    /// Class names; a [`ClassId`] indexes them.
    pub classes: Vec<String>,
    /// Value names; values of entries index them.
    pub values: Vec<String>,
    /// The units.
    pub units: Units,
    by_text: FxHashMap<String, EntryId>,
    /// What is asked of every word of a note, close together: classes and term.
    kinds: Vec<(u64, u32)>,
    trie: Words,
    last_year: Option<ClassId>,
    this_year: Option<ClassId>,
    countable: Option<ClassId>,
}

impl std::fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vocabulary({} words)", self.entries.len())
    }
}

/// A word that names no term.
const NO_TERM: u32 = u32::MAX;

/// Most classes that packs may define.
pub const MAX_CLASSES: usize = 64;

impl Vocabulary {
    /// An empty vocabulary.
    pub fn new(units: Units) -> Self {
        Vocabulary {
            entries: Vec::new(),
            classes: Vec::new(),
            values: Vec::new(),
            units,
            by_text: FxHashMap::default(),
            kinds: Vec::new(),
            trie: Words::default(),
            last_year: None,
            this_year: None,
            countable: None,
        }
    }

    /// The class with a name, made if need be; `None` when there are too many.
    pub fn class(&mut self, name: &str) -> Option<ClassId> {
        if let Some(at) = self.classes.iter().position(|c| c == name) {
            return Some(at as ClassId);
        }
        if self.classes.len() >= MAX_CLASSES {
            return None;
        }
        self.classes.push(name.to_owned());
        Some((self.classes.len() - 1) as ClassId)
    }

    /// The class with a name, if any word belongs to it.
    pub fn find_class(&self, name: &str) -> Option<ClassId> {
        self.classes.iter().position(|c| c == name).map(|i| i as ClassId)
    }

    /// The id of a class value's name, made if need be.
    pub fn value(&mut self, name: &str) -> u8 {
        if let Some(at) = self.values.iter().position(|v| v == name) {
            return at as u8;
        }
        self.values.push(name.to_owned());
        (self.values.len() - 1).min(255) as u8
    }

    /// The id of a class value's name.
    pub fn find_value(&self, name: &str) -> Option<u8> {
        self.values.iter().position(|v| v == name).map(|i| i as u8)
    }

    /// The word's id, made if need be.
    pub fn word(&mut self, text: &str) -> EntryId {
        if let Some(id) = self.by_text.get(text) {
            return *id;
        }
        let id = self.entries.len() as EntryId;
        self.entries.push(Entry { text: text.to_owned(), ..Entry::default() });
        self.by_text.insert(text.to_owned(), id);
        id
    }

    /// The word's id, if it is one.
    pub fn find(&self, text: &str) -> Option<EntryId> {
        self.by_text.get(text).copied()
    }

    /// The word with an id.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(id as usize)
    }

    /// The bit set of the classes that a word belongs to.
    pub fn classes_of(&self, id: EntryId) -> u64 {
        self.kinds.get(id as usize).map_or(0, |k| k.0)
    }

    /// The term that a word names, as an index into the packs' terms.
    pub fn term_of(&self, id: EntryId) -> Option<u32> {
        self.kinds.get(id as usize).map(|k| k.1).filter(|t| *t != NO_TERM)
    }

    /// Puts a word into a class, with a value if the class has values.
    pub fn classify(&mut self, id: EntryId, class: ClassId, value: Option<u8>) {
        if let Some(e) = self.entries.get_mut(id as usize) {
            e.classes |= 1 << class;
            if let Some(v) = value {
                e.values.retain(|(c, _)| *c != class);
                e.values.push((class, v));
            }
        }
    }

    /// Builds the trie; to be called once all words are in.
    pub fn build(&mut self) {
        self.kinds = self.entries.iter().map(|e| (e.classes, e.term.unwrap_or(NO_TERM))).collect();
        self.last_year = self.find_class("last_year");
        self.this_year = self.find_class("this_year");
        self.countable = self.find_class("countable");
        let mut words: Vec<(&str, EntryId)> =
            self.entries.iter().enumerate().map(|(i, e)| (e.text.as_str(), i as EntryId)).collect();
        words.sort_unstable();
        self.trie = Words::build(&words);
    }
}

/// A mark between words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// ,
    Comma,
    /// 、
    Pause,
    /// ;
    Semicolon,
    /// 。 ! ?
    Stop,
    /// :
    Colon,
    /// ( [
    Open,
    /// ) ]
    Close,
    /// |
    Bar,
    /// a new paragraph
    Line,
    /// any other mark
    Other,
}

/// A year or a span of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// The calendar year, if named.
    pub year: Option<i32>,
    /// Years before (−1: 上年) or at (0: 本年) the note's, if named so.
    pub relative: Option<i32>,
    /// Part of the year: a moment or months.
    pub as_of: AsOf,
}

/// The moment or span of a year that a figure stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum AsOf {
    /// the whole year
    #[default]
    Year,
    /// 年初
    Start,
    /// 年末, 年底
    End,
    /// a day, or the end of a month: 2023年12月31日, 9月底
    Date {
        /// 1 to 12
        month: u8,
        /// 1 to 31; `None` for the month's end
        day: Option<u8>,
    },
    /// months: 1-9月, 一季度, 7月
    Months {
        /// the first, 1 to 12
        from: u8,
        /// the last
        to: u8,
    },
}

impl AsOf {
    /// Whether it is a span of months.
    pub fn is_months(self) -> bool {
        matches!(self, AsOf::Months { .. })
    }

    /// Whether it is a month as such: 2023年9月.
    pub fn is_month(self) -> bool {
        matches!(self, AsOf::Date { day: None, .. })
    }

    /// Whether it is a moment: the beginning or end of the year, or a day.
    pub fn is_moment(self) -> bool {
        matches!(self, AsOf::Start | AsOf::End | AsOf::Date { .. })
    }

    /// As output writes it: `year_start`, `year_end`, or in the form of ISO 8601 a day, a month or
    /// a span of months. `None` for the whole year.
    ///
    /// ```
    /// use gouji::lex::AsOf;
    /// let day = AsOf::Date { month: 12, day: Some(31) };
    /// assert_eq!(day.code(Some(2023)).as_deref(), Some("2023-12-31"));
    /// assert_eq!(AsOf::Months { from: 1, to: 9 }.code(Some(2023)).as_deref(), Some("2023-01/2023-09"));
    /// assert_eq!(AsOf::Months { from: 7, to: 7 }.code(None).as_deref(), Some("--07"));
    /// assert_eq!(AsOf::End.code(Some(2023)).as_deref(), Some("year_end"));
    /// assert_eq!(AsOf::Year.code(Some(2023)), None);
    /// ```
    pub fn code(self, year: Option<i32>) -> Option<Cow<'static, str>> {
        // XML Schema writes a month of no year as --09.
        let of = |month: u8| year.map_or_else(|| format!("--{month:02}"), |y| format!("{y}-{month:02}"));
        match self {
            AsOf::Year => None,
            AsOf::Start => Some("year_start".into()),
            AsOf::End => Some("year_end".into()),
            AsOf::Date { month, day: Some(day) } => Some(format!("{}-{day:02}", of(month)).into()),
            AsOf::Date { month, day: None } => Some(of(month).into()),
            AsOf::Months { from, to } if from == to => Some(of(from).into()),
            AsOf::Months { from, to } => Some(format!("{}/{}", of(from), of(to)).into()),
        }
    }
}

/// A quantity: a number with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// Exact, unsigned unless a minus is printed; `None` if too long.
    pub value: Option<Decimal>,
    /// Printed decimal places.
    pub decimals: u8,
    /// The unit, if printed.
    pub unit: Option<UnitId>,
    /// What the unit measures.
    pub kind: UnitKind,
}

/// Why a number is no quantity of the note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DecoyReason {
    /// 〔2019〕14号
    DocumentNumber,
    /// 12月31日, 2031-02-14
    Date,
    /// 023-68001234
    Phone,
    /// 1. (2) ③
    ListNumber,
    /// —5—
    PageNumber,
    /// 2080505
    Code,
    /// 第7位
    Rank,
    /// 单价50万元以上
    Threshold,
    /// inside 名词解释
    Definition,
    /// a table's cell that is no figure of its own
    TableCell,
    /// 行次, 栏次: the number of a table's row or column
    RowNumber,
    /// 占 %
    Blank,
    /// A4, 5G, an address
    Identifier,
    /// 3天, 18岁
    Duration,
}

impl DecoyReason {
    /// The name that the output carries.
    pub fn name(self) -> &'static str {
        match self {
            DecoyReason::DocumentNumber => "document_number",
            DecoyReason::Date => "date",
            DecoyReason::Phone => "phone",
            DecoyReason::ListNumber => "list_number",
            DecoyReason::PageNumber => "page_number",
            DecoyReason::Code => "code",
            DecoyReason::Rank => "rank",
            DecoyReason::Threshold => "threshold",
            DecoyReason::Definition => "definition",
            DecoyReason::TableCell => "table_cell",
            DecoyReason::RowNumber => "row_number",
            DecoyReason::Blank => "blank",
            DecoyReason::Identifier => "identifier",
            DecoyReason::Duration => "duration",
        }
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A word of the packs.
    Word(EntryId),
    /// A quantity; the index into [`Lexed::quantities`].
    Quantity(u32),
    /// A year; the index into [`Lexed::periods`].
    Period(u32),
    /// A list number and its level.
    Ordinal(u8),
    /// A number that is no quantity.
    Decoy(DecoyReason),
    /// A mark.
    Mark(Mark),
    /// Anything else.
    Text,
}

/// A token of the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// First byte in the view.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}
