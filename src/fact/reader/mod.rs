//! The walk over a note's tokens that turns matches into facts.
//!
//! One list is open at a time for every level of nesting: the paragraph
//! itself, 其中 lists, reasons, brackets. A figure first names its item (or
//! inherits it), then closes the lists that can't hold it, then joins the
//! one that can.

mod compared;
mod earlier;
mod facts;
mod funds;
mod headed;
mod implied;
mod items;
mod lists;
mod marks;
mod matches;
mod offsets;
mod own;
mod paragraph;
mod parts;
mod quantities;
mod settle;
mod stages;
mod table;
mod units;
mod walk;
mod wholes;

pub(crate) use facts::REST;

use super::context::{Base, Clause, Heading, List};
use super::label::Item;
use super::{Decoy, FactId, Measure, Reading};
use crate::lex::{DecoyReason, Lexed, Period, UnitId, UnitKind, lex};
use crate::pattern::{Fund, Packs, Stage};
use crate::segment::{Segments, View, without_fund_names};
use once_cell::sync::Lazy;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

/// Deepest nesting of lists; deeper brackets are read flat.
const MAX_LISTS: usize = 24;

/// Most tokens that the names before a count may take.
const MAX_NAMES: usize = 200;

/// A longer list is not asked again and again whether it is whole.
const MAX_MEMBERS: usize = 400;

/// A figure for so many bytes of a note is many; for how many at most space is
/// made before they are read.
const BYTES_PER_FACT: usize = 96;
const MAX_RESERVED: usize = 1024;

/// Words that name a sum and not what it is of.
const SUMS: [&str; 5] = ["合计", "共计", "总计", "小计", "相加"];

/// 剔除新增单位因素，下降20%: what is compared leaves something out.
const WITHOUT: &str = "剔除";

/// How many runs of words before a figure are looked through for its item.
const MAX_RUNS: usize = 12;

/// Reads all facts of a segmented view.
///
/// ```
/// use gouji::fact::{Measure, read};
/// use gouji::pattern::Packs;
/// use gouji::segment::{View, segment};
/// let packs = Packs::builtin().unwrap();
/// let view = View::new("2024年单位预算情况说明\n2024年“三公”经费预算0.9万元，比2023年减少0.1万元。", &[]);
/// let reading = read(packs, &view, segment(&view, None));
/// assert_eq!(reading.facts[0].label, "三公经费");
/// assert_eq!(reading.facts[1].measure, Measure::Change);
/// assert_eq!(reading.facts[1].value.to_string(), "-0.1");
/// assert_eq!(reading.facts[1].basis.as_ref().unwrap().year, Some(2023));
/// ```
pub fn read(packs: &Packs, view: &View, segments: Segments) -> Reading {
    let identity = segments.identity.clone();
    let title = without_fund_names(identity.title.as_deref().unwrap_or(""));
    let default_stage = if identity.is_final || stages::tells_spent(&identity, &title, &view.text) {
        Stage::Final
    } else if identity.is_execution || !stages::plans(&title, &view.text, identity.fiscal_year) {
        Stage::Executed
    } else {
        Stage::Budget
    };
    let own_names = own::own_names(&identity);
    let summed_levels = own::summed_levels(&identity, &view.text);
    let mut reader = Reader {
        packs,
        view,
        own_names,
        summed_levels,
        year: identity.fiscal_year,
        default_stage,
        out: Reading { identity, ..Reading::default() },
        headings: Vec::new(),
        lists: Vec::new(),
        clause: Clause::default(),
        pending: None,
        paragraph: 0,
        rank: 0,
        sentence_start: 0,
        sentence_fact: 0,
        sentence_figures: 0,
        parallel: None,
        doc_base: None,
        told_base: None,
        money_unit: None,
        declared_unit: None,
        at: 0,
        partner: Vec::new(),
        kuan: None,
        cause_of: None,
        said: None,
        title_item: None,
        items: Vec::new(),
        title_fund: None,
        moment: None,
        topic: None,
        carried: None,
        budget_fund: None,
        report_months: None,
        unfinished: false,
        uncounted: FxHashSet::default(),
        numbered: 0,
        fund_rank: None,
        part: None,
        cut_total: None,
        body: None,
        first_body: None,
        months: (Vec::new(), 0),
    };
    let expected = (view.text.len() / BYTES_PER_FACT).min(MAX_RESERVED);
    reader.out.facts.reserve(expected);
    reader.items.reserve(expected);
    let mut lexed = Lexed::default();
    reader.title_fund = reader.fund_of_title();
    reader.title_item = reader.item_of_title(&segments, &mut lexed);
    let mut tables_end = 0;
    for (i, p) in segments.paragraphs.iter().enumerate() {
        if i < tables_end {
            continue;
        }
        tables_end = i + reader.read_grids(&segments.paragraphs, i, &mut lexed);
        if i < tables_end {
            continue;
        }
        reader.paragraph = i as u32;
        lexed.clear();
        if is_prose(view.slice(p.body, p.end)) && !p.heading {
            reader.prose(p, &mut lexed);
            continue;
        }
        lex(&packs.vocabulary, &view.text, p, &mut lexed);
        reader.move_glosses(&mut lexed);
        reader.fold_brackets(&mut lexed);
        reader.fold_own_name(&mut lexed);
        reader.read_paragraph(p, &lexed, segments.paragraphs.get(i + 1));
    }
    reader.close_to(0);
    reader.complete_lists();
    reader.list_headings();
    reader.imply_lists();
    reader.all_of_it();
    reader.list_nothing();
    reader.list_behind_stop();
    reader.list_available();
    reader.close_rows();
    reader.overshot_rows();
    reader.imply_changes();
    reader.adjust_again();
    reader.lift_changes();
    reader.rebase_growths();
    reader.inherit_funds();
    reader.inherit_parts();
    reader.name_wholes();
    reader.infer_units();
    reader.share_units();
    reader.set_off();
    for &(start, end) in &view.page_numbers {
        reader.out.decoys.push(Decoy { reason: DecoyReason::PageNumber, start, end, in_text: true });
    }
    reader.out
}

/// Without a digit, a numeral before a counter or a word of nothing: no figure
/// can be in it, and most of a note is like this.
fn is_prose(text: &str) -> bool {
    let telling = TELLING.as_slice();
    let mut bytes = text.as_bytes();
    while let [first, rest @ ..] = bytes {
        bytes = match (first, rest) {
            (b'0'..=b'9', _) => return false,
            (0..=0x7F, _) => rest,
            (0xE3..=0xE9, [second, third, rest @ ..]) => {
                let c =
                    (u32::from(*first) & 0x0F) << 12 | (u32::from(*second) & 0x3F) << 6 | (u32::from(*third) & 0x3F);
                if telling.get(c as usize / 64).is_some_and(|bits| bits >> (c % 64) & 1 != 0) {
                    return false;
                }
                rest
            }
            _ => rest,
        };
    }
    !text.contains("(项)")
}

/// A bit for each character that a paragraph with a figure or a word of nothing must hold.
static TELLING: Lazy<Vec<u64>> = Lazy::new(|| {
    let mut bits = vec![0; 0xA000 / 64];
    for c in ['无', '没', '未', '平', '变', '个', '名', '辆', '家', '所', '〇'] {
        if let Some(word) = bits.get_mut(c as usize / 64) {
            *word |= 1 << (c as u32 % 64);
        }
    }
    bits
});

/// Names and figures paired by their order: 甲、乙分别为3万元、4万元.
#[derive(Debug, Clone)]
struct Parallel<'a> {
    names: Vec<Item<'a>>,
    next: usize,
    measure: Measure,
    sign: i8,
    period: Option<Period>,
}

pub(super) struct Reader<'a> {
    pub packs: &'a Packs,
    pub view: &'a View,
    pub year: Option<i32>,
    /// What the note may call its own organisation.
    own_names: Vec<String>,
    /// What ends with a level of which alone the note sums up the “三公”经费.
    summed_levels: Vec<&'a str>,
    default_stage: Stage,
    pub out: Reading,
    headings: Vec<Heading<'a>>,
    lists: Vec<List<'a>>,
    clause: Clause,
    pending: Option<Item<'a>>,
    pub paragraph: u32,
    /// The rank of the paragraph's number; 0 without one.
    rank: u8,
    sentence_start: u32,
    sentence_fact: usize,
    sentence_figures: usize,
    parallel: Option<Parallel<'a>>,
    doc_base: Option<Base>,
    /// 与执行数相比，有以下变化。一是收入增加…: what the changes of a paragraph are measured against.
    told_base: Option<Base>,
    pub money_unit: Option<UnitId>,
    pub declared_unit: Option<UnitId>,
    at: usize,
    /// For each token: (the bracket that closes it, whether figures lie inside).
    partner: Vec<Option<(usize, bool)>>,
    kuan: Option<String>,
    /// The change whose reason is being told, and where the reason begins.
    cause_of: Option<(FactId, u32)>,
    /// A qualifier said since the last figure.
    said: Option<&'static str>,
    /// The item that the note's title names.
    title_item: Option<Item<'a>>,
    /// What each fact is of, beside `out.facts`.
    items: Vec<Item<'a>>,
    /// The fund that the note's title names.
    title_fund: Option<Fund>,
    /// 截至2023年末: the moment that the sentence's counts stand at, and whether
    /// a stop has ended that sentence.
    moment: Option<(Period, bool)>,
    /// What the paragraph began by naming, before its first figure.
    topic: Option<Item<'a>>,
    /// What a numbered paragraph without figures named: the next is about it.
    carried: Option<Item<'a>>,
    /// The rank of the number that was told last in the paragraph; 0 without one.
    numbered: u8,
    /// The rank of the numbered item that told the paragraph's fund.
    fund_rank: Option<u8>,
    /// Months that are paired with figures, and how many have been.
    months: (Vec<Period>, usize),
    /// The total that the paragraphs before have cut: 分收入结构看, 分征收部门看.
    cut_total: Option<FactId>,
    /// The place or office that the paragraph tells of, from the part that it began with.
    part: Option<&'a str>,
    /// Another organisation than the note's own that the paragraph begins with: all that it tells is of that.
    body: Option<&'a str>,
    /// The first that any paragraph began with, in a note that names no organisation.
    first_body: Option<&'a str>,
    /// The paragraph before ended in the middle of a sentence: 基本支出30万元；
    unfinished: bool,
    /// The months that a place's report tells of, as last said in a paragraph before.
    report_months: Option<Period>,
    /// The fund of a place's budget that the paragraphs since the last heading tell of.
    budget_fund: Option<Fund>,
    /// Where the cells begin that hold numbers of things, not of money.
    uncounted: FxHashSet<u32>,
}

/// A figure about to become a fact.
#[derive(Debug, Clone, Copy)]
struct Figure {
    measure: Measure,
    value: Decimal,
    unit: Option<UnitId>,
    kind: UnitKind,
    decimals: u8,
    start: u32,
    end: u32,
    pattern: Option<u32>,
    prior: bool,
    printed: bool,
    stated: bool,
}

/// What a pattern said of a figure besides its value.
#[derive(Debug, Clone, Copy, Default)]
struct Said<'a> {
    named: Option<Item<'a>>,
    stage: Option<Stage>,
    within: Option<&'a str>,
    whole: Option<Item<'a>>,
    /// What a change is measured against, where it is a target: 序时进度.
    target: Option<&'a str>,
    period: Option<Period>,
    denominator: bool,
    levels: bool,
}
