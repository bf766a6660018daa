//! The walk over a note's tokens that turns matches into facts.
//!
//! One list is open at a time for every level of nesting: the paragraph
//! itself, 其中 lists, reasons, brackets. A figure first names its item (or
//! inherits it), then closes the lists that can't hold it, then joins the
//! one that can.

use super::context::{Base, Clause, Gap, Heading, List, ListKind};
use super::label::{self, Item};
use super::{
    Basis, Breakdown, Carryover, Claim, Decoy, Enumeration, Fact, FactId, Measure, Reading, Role, SectionNode,
};
use crate::lex::{AsOf, DecoyReason, EntryId, Lexed, Mark, Period, Token, TokenKind, UnitId, UnitKind, lex};
use crate::pattern::{Emit, EmitKind, Flow, Fund, Match, Packs, Sign, Stage, StageFrom};
use crate::segment::{Kind, Paragraph, Segments, View, without_fund_names, year_in};
use rust_decimal::Decimal;
use std::sync::Arc;

/// Deepest nesting of lists; deeper brackets are read flat.
const MAX_LISTS: usize = 24;

/// Most tokens that the names before a count may take.
const MAX_NAMES: usize = 200;

/// A longer list is not asked again and again whether it is whole.
const MAX_MEMBERS: usize = 400;

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
    // A statement of what was spent on 三公 that calls itself neither budget nor account.
    let spent = identity.kind == Kind::ThreePublic && !title.contains("预算") && view.text.contains("年初预算");
    let default_stage = if identity.is_final || spent {
        Stage::Final
    } else if identity.is_execution {
        Stage::Executed
    } else {
        Stage::Budget
    };
    let mut reader = Reader {
        packs,
        view,
        year: identity.fiscal_year,
        default_stage,
        out: Reading { identity, ..Reading::default() },
        headings: Vec::new(),
        lists: Vec::new(),
        clause: Clause::default(),
        pending: None,
        paragraph: 0,
        sentence_start: 0,
        sentence_fact: 0,
        sentence_figures: 0,
        parallel: None,
        doc_base: None,
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
    };
    let mut lexed = Lexed::default();
    reader.title_fund = reader.fund_of_title();
    reader.title_item = reader.item_of_title(&segments, &mut lexed);
    for (i, p) in segments.paragraphs.iter().enumerate() {
        reader.paragraph = i as u32;
        lexed.clear();
        if is_prose(view.slice(p.body, p.end)) && !p.heading {
            reader.prose(p);
            continue;
        }
        lex(&packs.vocabulary, &view.text, p, &mut lexed);
        reader.read_paragraph(p, &lexed, segments.paragraphs.get(i + 1));
    }
    reader.close_to(0);
    for &(start, end) in &view.page_numbers {
        reader.out.decoys.push(Decoy { reason: DecoyReason::PageNumber, start, end, in_text: true });
    }
    reader.out
}

/// Without a digit, a numeral before a counter or a word of nothing: no figure
/// can be in it, and most of a note is like this.
fn is_prose(text: &str) -> bool {
    !text.bytes().any(|b| b.is_ascii_digit())
        && !text
            .chars()
            .any(|c| matches!(c, '无' | '没' | '未' | '平' | '变' | '个' | '名' | '辆' | '家' | '所' | '〇'))
}

/// Names and figures paired by their order: 甲、乙分别为3万元、4万元.
#[derive(Debug, Clone)]
struct Parallel<'a> {
    names: Vec<Item<'a>>,
    next: usize,
    measure: Measure,
    sign: i8,
}

pub(super) struct Reader<'a> {
    pub packs: &'a Packs,
    pub view: &'a View,
    pub year: Option<i32>,
    default_stage: Stage,
    pub out: Reading,
    headings: Vec<Heading<'a>>,
    lists: Vec<List<'a>>,
    clause: Clause,
    pending: Option<Item<'a>>,
    pub paragraph: u32,
    sentence_start: u32,
    sentence_fact: usize,
    sentence_figures: usize,
    parallel: Option<Parallel<'a>>,
    doc_base: Option<Base>,
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

impl<'a> Reader<'a> {
    /// 一般公共预算财政拨款“三公”经费决算: the fund of the whole note.
    fn fund_of_title(&self) -> Option<Fund> {
        let title: String =
            self.out.identity.title.as_deref()?.chars().filter(|c| !matches!(c, '“' | '”' | '"')).collect();
        self.packs.section_of(&title).and_then(|s| s.fund)
    }

    /// 某局2022年“三公”经费预算: what the whole note is of.
    fn item_of_title(&self, segments: &Segments, lexed: &mut Lexed) -> Option<Item<'a>> {
        let title = self.out.identity.title.as_deref()?;
        let at = segments.paragraphs.iter().take(12).find(|p| self.view.slice(p.start, p.end).trim() == title)?;
        lexed.clear();
        lex(&self.packs.vocabulary, &self.view.text, at, lexed);
        self.heading_item(&lexed.tokens).filter(|i| i.concept_id().is_some_and(|c| c.starts_with("three_public")))
    }

    // ---- paragraphs and headings -------------------------------------------------

    /// A paragraph without figures: it closes what was open, no more.
    fn prose(&mut self, p: &Paragraph) {
        let short = p.level > 0 && p.level <= 3 && p.end - p.start < 180;
        if short {
            // Read as a heading by its list number alone.
            let mut lexed = Lexed::default();
            lex(&self.packs.vocabulary, &self.view.text, p, &mut lexed);
            self.heading(p, &lexed);
            return;
        }
        if p.level > 0 && p.level <= 3 {
            self.headings.retain(|h| h.level < p.level);
        }
        if !self.headings.last().is_some_and(|h| h.no_facts) {
            self.start_paragraph(p);
            self.end_paragraph(false);
        }
    }

    fn read_paragraph(&mut self, p: &Paragraph, lexed: &Lexed, next: Option<&Paragraph>) {
        let text = self.view.slice(p.start, p.end);
        let has_figure = lexed.quantities.iter().any(|q| q.kind != UnitKind::Bare || q.decimals > 0);
        if (p.heading || (p.level > 0 && p.level <= 3)) && !has_figure && text.len() < 180 {
            self.heading(p, lexed);
            self.collect_decoys(lexed, true);
            return;
        }
        if p.level > 0 && p.level <= 3 {
            // 二、2021年决算…: a numbered paragraph closes the headings of its level.
            self.headings.retain(|h| h.level < p.level);
        }
        if self.headings.last().is_some_and(|h| h.no_facts) {
            self.collect_definitions(lexed);
            return;
        }
        if text.contains("单位:") || text.contains("单位：") {
            self.declare_unit(text);
        }
        if p.table {
            self.close_to(0);
            self.read_table(p, lexed);
            return;
        }
        self.collect_decoys(lexed, false);
        self.start_paragraph(p);
        self.match_brackets(lexed);
        self.walk(lexed);
        self.end_cause(p.end);
        self.end_sentence(p.end);
        // A list opened at the very end goes on in numbered paragraphs.
        let goes_on = next.is_some_and(|n| n.level > 0 && !n.heading);
        if let Some(next) = next.filter(|n| goes_on && n.level > p.level) {
            self.open_enumeration(next.level);
        }
        self.end_paragraph(goes_on);
    }

    fn declare_unit(&mut self, text: &str) {
        if let Some(at) = text.find("单位:") {
            let rest = text.get(at + "单位:".len()..).unwrap_or("");
            if let Some((unit, _)) = self.packs.vocabulary.units.at(rest)
                && self.packs.vocabulary.units.get(unit).is_some_and(|u| u.kind == UnitKind::Money)
            {
                self.declared_unit = Some(unit);
            }
        }
    }

    fn heading(&mut self, p: &Paragraph, lexed: &Lexed) {
        self.close_to(0);
        self.pending = None;
        let level = if p.level == 0 { 2 } else { p.level };
        let title = p.level == 0 && self.headings.is_empty() && self.paragraph < 12;
        if title && year_in(self.view.slice(p.start, p.end)).is_some() {
            return;
        }
        let heading = self.view.slice(p.start, p.end).trim_end_matches(':').to_owned();
        let body = self.view.slice(p.body, p.end);
        while self.headings.last().is_some_and(|h| h.level >= level) {
            self.headings.pop();
        }
        let above = self.headings.last().copied().unwrap_or_default();
        let node = self.out.sections.len() as u32;
        self.out.sections.push(SectionNode { heading, parent: self.headings.last().map(|h| h.node) });
        let section = self.packs.section_of(body);
        let run: Vec<Token> = lexed
            .tokens
            .iter()
            .copied()
            .filter(|t| !matches!(t.kind, TokenKind::Mark(_) | TokenKind::Period(_) | TokenKind::Ordinal(_)))
            .collect();
        let item = self.heading_item(&run);
        self.headings.push(Heading {
            level,
            node,
            fund: section.and_then(|s| s.fund).or(above.fund),
            flow: section.and_then(|s| s.flow).or(above.flow),
            stage: section.and_then(|s| s.stage).or(above.stage),
            year: year_in(body).or(above.year),
            no_facts: section.is_some_and(|s| s.no_facts) || above.no_facts,
            item,
        });
    }

    /// The item that a heading names: the first known term in it.
    fn heading_item(&self, run: &[Token]) -> Option<Item<'a>> {
        run.iter().find_map(|t| match t.kind {
            TokenKind::Word(_) => {
                label::item(self.packs, &self.view.text, std::slice::from_ref(t)).filter(|i| i.known && !i.generic)
            }
            _ => None,
        })
    }

    fn start_paragraph(&mut self, p: &Paragraph) {
        if p.level > 0
            && self.lists.iter().any(|l| l.kind == ListKind::Components && l.ordinal.is_none_or(|o| o <= p.level))
            && self.lists.len() > 1
        {
            self.ordinal(p.level);
        } else if self.goes_on(p) {
            while self.lists.len() > 1 && self.lists.last().is_some_and(|l| l.kind != ListKind::Base) {
                self.close_last();
            }
            self.widen(Gap::Stop);
        } else {
            self.close_to(0);
        }
        if self.lists.is_empty() {
            let mut base = List::new(ListKind::Base, (p.start, p.start));
            base.year = self.headings.last().and_then(|h| h.year);
            self.lists.push(base);
        }
        self.clause = Clause::default();
        self.pending = None;
        self.sentence_start = p.start;
        self.sentence_fact = self.out.facts.len();
        self.sentence_figures = 0;
        self.parallel = None;
        self.kuan = None;
    }

    /// A total whose items follow in numbered paragraphs, without a word that
    /// says so.
    fn open_enumeration(&mut self, level: u8) {
        let Some(owner) = self.lists.first().and_then(|l| l.level) else { return };
        let explicit = self.lists.iter().any(|l| l.kind == ListKind::Components);
        let Some(total) = self.out.fact(owner).cloned() else { return };
        let told = self.out.breakdowns.iter().any(|b| b.total == owner) || self.lists.len() > 1 && explicit;
        let money =
            total.unit.and_then(|u| self.packs.vocabulary.units.get(u)).is_some_and(|u| u.kind == UnitKind::Money);
        if told || !money || total.value.is_zero() || total.role.is_some() {
            return;
        }
        self.close_to(1);
        let mut list = self.nested(ListKind::Components, (total.start, total.start));
        list.ordinal = Some(level);
        self.lists.push(list);
    }

    /// A paragraph that begins in the middle of a thought: 较上年增加…, 其中：….
    fn goes_on(&self, p: &Paragraph) -> bool {
        let text = self.view.slice(p.body, p.end);
        let open = [
            "按",
            "分级次",
            "分部门",
            "较",
            "比上年",
            "比去年",
            "比2",
            "与上年",
            "同比",
            "其中",
            "下降",
            "增长",
            "完成预算",
            "完成年初",
        ];
        !self.lists.is_empty() && open.iter().any(|w| text.starts_with(w))
    }

    fn end_paragraph(&mut self, goes_on: bool) {
        let open = self.lists.len() > 1
            && self
                .lists
                .iter()
                .any(|l| l.kind == ListKind::Components && (l.members.is_empty() || l.ordinal.is_some()));
        if !(goes_on && open) {
            // The paragraph's own list stays: the next may go on with it.
            self.close_to(1);
            for l in &mut self.lists {
                l.gap = Gap::Line;
            }
            return;
        }
        while self.lists.last().is_some_and(|l| l.kind != ListKind::Components) && self.lists.len() > 1 {
            self.close_last();
        }
        for l in &mut self.lists {
            l.gap = Gap::Line;
        }
    }

    fn collect_decoys(&mut self, lexed: &Lexed, heading: bool) {
        for t in &lexed.tokens {
            match t.kind {
                TokenKind::Decoy(reason) => self.decoy(reason, t),
                TokenKind::Quantity(_) if heading => {
                    if let Some(q) = lexed.quantity(t) {
                        if q.kind == UnitKind::Bare {
                            self.decoy(DecoyReason::Identifier, t);
                        } else {
                            self.out.unexplained.push((t.start, t.end));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn collect_definitions(&mut self, lexed: &Lexed) {
        for t in &lexed.tokens {
            match t.kind {
                TokenKind::Decoy(reason) => self.decoy(reason, t),
                TokenKind::Quantity(_) => self.decoy(DecoyReason::Definition, t),
                _ => {}
            }
        }
    }

    pub(super) fn decoy(&mut self, reason: DecoyReason, t: &Token) {
        self.out.decoys.push(Decoy { reason, start: t.start, end: t.end, in_text: false });
    }

    /// Pairs brackets in one pass, so that nothing is ever scanned twice.
    fn match_brackets(&mut self, lexed: &Lexed) {
        self.partner.clear();
        self.partner.resize(lexed.tokens.len(), None);
        let mut open: Vec<(usize, bool)> = Vec::new();
        for (i, t) in lexed.tokens.iter().enumerate() {
            match t.kind {
                TokenKind::Mark(Mark::Open) => open.push((i, false)),
                TokenKind::Mark(Mark::Close) => {
                    if let Some((at, figures)) = open.pop() {
                        if let Some(p) = self.partner.get_mut(at) {
                            *p = Some((i, figures));
                        }
                        if let Some(outer) = open.last_mut() {
                            outer.1 |= figures;
                        }
                    }
                }
                TokenKind::Quantity(_) => {
                    if let Some(o) = open.last_mut() {
                        o.1 = true;
                    }
                }
                _ => {}
            }
        }
    }

    // ---- the walk ----------------------------------------------------------------

    fn walk(&mut self, lexed: &Lexed) {
        let tokens = &lexed.tokens;
        self.at = 0;
        while let Some(t) = tokens.get(self.at).copied() {
            if let Some(m) = self.packs.match_at(tokens, self.at, lexed)
                && self.take_match(&m, lexed)
            {
                self.at = (m.end as usize).max(self.at + 1);
                continue;
            }
            match t.kind {
                TokenKind::Mark(mark) => {
                    if let Some(to) = self.mark(mark, &t, lexed) {
                        self.at = to;
                        continue;
                    }
                }
                TokenKind::Ordinal(level) => {
                    self.end_clause(lexed);
                    self.ordinal(level);
                }
                TokenKind::Period(_) => {
                    self.clause.period = lexed.period(&t).copied();
                }
                TokenKind::Quantity(_) => self.plain_quantity(&t, lexed),
                TokenKind::Word(id) => self.word(id, &t, lexed),
                TokenKind::Text => self.extend_run(tokens),
                TokenKind::Decoy(_) => {}
            }
            self.at += 1;
        }
        self.end_clause(lexed);
    }

    /// Adds the current token to the run of words before the next figure.
    fn extend_run(&mut self, tokens: &[Token]) {
        let here = self.at;
        let start = tokens.get(here).map_or(0, |t| t.start);
        match self.clause.runs.last_mut() {
            Some((_, end))
                if *end == here && here.checked_sub(1).and_then(|b| tokens.get(b)).is_some_and(|b| b.end == start) =>
            {
                *end = here + 1
            }
            _ => self.clause.runs.push((here, here + 1)),
        }
    }

    fn word(&mut self, id: EntryId, t: &Token, lexed: &Lexed) {
        let classes = self.packs.vocabulary.classes_of(id);
        let c = &self.packs.classes;
        let text = || self.packs.vocabulary.entry(id).map_or("", |e| e.text.as_str());
        let term = self.packs.vocabulary.term_of(id);
        if classes & (c.qualifier | c.verb) != 0 {
            let word = text();
            let qualifiers = [
                ("自然口径", "自然口径"),
                ("可比口径", "同口径"),
                ("同口径", "同口径"),
                ("当月", "当月"),
                ("累计", "累计"),
            ];
            if let Some((_, q)) = qualifiers.iter().find(|(w, _)| word.contains(w)) {
                self.said = Some(q);
            }
        }
        let has = |mask: u64| classes & mask != 0;
        if has(c.components) && text().starts_with("分别") && self.clause.runs.len() >= 2 && !self.clause.figure {
            self.open_parallel(lexed);
        } else if has(c.stage) {
            self.clause.stage = self.stage_of(id).or(self.clause.stage);
            if has(c.weak) {
                self.clause.runs.push((self.at, self.at + 1));
            }
        } else if has(c.components) {
            let at_start = self.clause.runs.is_empty();
            if has(c.include) && !at_start && !self.lists.last().is_some_and(|l| l.kind == ListKind::Bracket) {
                self.extend_run(&lexed.tokens);
                return;
            }
            self.open_components(t, has(c.include));
        } else if has(c.cause) {
            let text = text();
            let reason = ["因", "由于", "主要是", "主要系", "主要为", "原因"].iter().any(|w| text.contains(w));
            self.cause(
                t,
                reason,
                text.starts_with("主要是") || text.starts_with("主要为") || text.starts_with("主要系"),
            );
        } else if has(c.purpose) {
            self.clause.aside = true;
            self.clause.purpose = true;
            self.clause.runs.clear();
        } else if has(c.parallel) {
            self.open_parallel(lexed);
        } else if has(c.deduction) && self.lists.last().is_some_and(|l| l.kind == ListKind::Addition) {
            if let Some(l) = self.lists.last_mut() {
                l.deducting = true;
            }
            self.clause.runs.clear();
        } else if has(c.addition) {
            self.open_addition(t);
        } else if has(c.claim) {
            self.claim(id, t, lexed);
        } else if has(c.enumerator) {
            for l in &mut self.lists {
                l.enumerated = true;
            }
            self.clause.runs.clear();
            self.clause.aside = false;
        } else if has(c.direction) {
            self.clause.moved = true;
        } else if has(c.verb) && self.default_stage == Stage::Executed && text().contains("安排") {
            self.clause.stage = self.clause.stage.or(Some(Stage::Budget));
        } else if has(c.qualifier) {
            self.clause.runs.clear();
        } else if has(c.conjunction) && term.is_none() {
            let tokens = &lexed.tokens;
            let joined = self.clause.runs.last().is_some_and(|(_, end)| *end == self.at)
                && tokens.get(self.at + 1).is_some_and(|n| self.is_item(n));
            if joined {
                self.extend_run(tokens);
            }
        } else if classes & c.structural == 0
            || term.is_some() && classes & (c.direction | c.flat | c.verb | c.copula | c.share) == 0
        {
            self.extend_run(&lexed.tokens);
        }
    }

    fn is_item(&self, t: &Token) -> bool {
        match t.kind {
            TokenKind::Text => true,
            TokenKind::Word(id) => self.packs.is_item(id),
            _ => false,
        }
    }

    fn stage_of(&self, id: EntryId) -> Option<Stage> {
        let c = &self.packs.classes;
        let value = self.packs.vocabulary.entry(id)?.value(c.stage_class?)?;
        let at = c.stages.iter().position(|s| *s == Some(value))?;
        [Stage::Budget, Stage::Adjusted, Stage::Executed, Stage::Final].get(at).copied()
    }

    // ---- marks -------------------------------------------------------------------

    fn mark(&mut self, mark: Mark, t: &Token, lexed: &Lexed) -> Option<usize> {
        match mark {
            Mark::Comma => {
                self.end_clause(lexed);
                self.widen(Gap::Comma);
                for l in &mut self.lists {
                    l.named_change = None;
                }
            }
            Mark::Pause => self.widen(Gap::Comma),
            Mark::Semicolon => {
                self.end_clause(lexed);
                self.widen(Gap::Semicolon);
                self.clause = Clause::default();
                self.end_cause(t.start);
            }
            Mark::Stop => {
                self.end_clause(lexed);
                self.widen(Gap::Stop);
                self.end_cause(t.start);
                self.end_sentence(t.end);
            }
            Mark::Colon => {
                let after_figure = self
                    .at
                    .checked_sub(1)
                    .and_then(|i| lexed.tokens.get(i))
                    .is_some_and(|p| matches!(p.kind, TokenKind::Quantity(_) | TokenKind::Mark(Mark::Close)));
                self.end_clause(lexed);
                if after_figure && self.lists.last().is_some_and(|l| l.level.is_some()) {
                    self.open_components(t, false);
                }
            }
            Mark::Open => return self.open_bracket(t, lexed),
            Mark::Close => {
                self.end_clause(lexed);
                if let Some(depth) = self.lists.iter().rposition(|l| l.kind == ListKind::Bracket) {
                    self.close_to(depth);
                }
            }
            Mark::Bar | Mark::Line => {
                self.end_clause(lexed);
                self.widen(Gap::Stop);
            }
            Mark::Other => {}
        }
        None
    }

    fn widen(&mut self, gap: Gap) {
        for l in &mut self.lists {
            l.gap = l.gap.max(gap);
        }
    }

    fn open_bracket(&mut self, t: &Token, lexed: &Lexed) -> Option<usize> {
        let partner = self.partner.get(self.at).copied().flatten();
        let (close, figures) = partner?;
        let (from, upto) = (t.end, lexed.tokens.get(close).map_or(t.end, |c| c.start));
        let inner = self.view.slice(from, upto);
        if !figures {
            let attached = self.clause.runs.last().is_some_and(|(_, end)| *end == self.at);
            match inner {
                "类" | "款" | "项" => {
                    self.classification_mark(inner, lexed);
                    return Some(close + 1);
                }
                _ if inner.contains("自然口径") || inner.contains("同口径") || inner.contains("可比口径") => {
                    if let Some(f) = self.out.facts.last_mut() {
                        f.qualifier = Some(inner.to_owned());
                    }
                }
                _ if inner.contains("下同") => {
                    if let Some(base) = self.lists.last().and_then(|l| l.base) {
                        self.doc_base = Some(base);
                    }
                }
                _ if inner.contains("增加") || inner.contains("减少") => self.out.residue.push((from, upto)),
                _ => {}
            }
            if inner.contains("结转") {
                let carry = if inner.contains("不含") || inner.contains("不包括") {
                    Carryover::Excluded
                } else {
                    Carryover::Included
                };
                if (inner.contains('含') || inner.contains("包括"))
                    && let Some(f) =
                        self.out.facts.last_mut().filter(|f| f.measure == Measure::Level && f.end <= t.start)
                {
                    f.carryover = Some(carry);
                }
            }
            // A bracket glued to a name and followed by more of it belongs to the name.
            if attached
                && inner.chars().count() <= 8
                && lexed.tokens.get(close + 1).is_some_and(|n| self.is_item(n))
                && let Some(run) = self.clause.runs.last_mut()
            {
                run.1 = close + 1;
            }
            return Some(close + 1);
        }
        self.keep_item(lexed);
        if self.lists.len() < MAX_LISTS {
            let list = self.nested(ListKind::Bracket, (t.start, t.end));
            self.lists.push(list);
        }
        None
    }

    /// 行政运行（项）: the item is the last one before the mark; （款） is kept to
    /// tell which 行政运行 is meant.
    fn classification_mark(&mut self, level: &str, lexed: &Lexed) {
        let Some(&(start, end)) = self.clause.runs.last() else {
            return;
        };
        let item = lexed.tokens.get(start..end).and_then(|r| label::item(self.packs, &self.view.text, r));
        if level == "款" {
            self.kuan =
                item.as_ref().and_then(|i| i.concept.as_deref()).and_then(|c| c.rsplit('.').next()).map(str::to_owned);
        }
        if level != "项" {
            if let Some(item) = item {
                self.pending = Some(item);
            }
            self.clause.runs.clear();
        }
    }

    /// Ends a clause: what it named without a figure waits for the next one.
    fn end_clause(&mut self, lexed: &Lexed) {
        self.keep_item(lexed);
        let reason = self.lists.last().is_some_and(|l| l.kind == ListKind::Drivers);
        let period = if self.clause.aside || self.clause.figure || reason { None } else { self.clause.period };
        let stage = if self.clause.figure { None } else { self.clause.stage };
        // What money is for goes on to the end of the sentence: 主要用于：甲、乙。
        let purpose = self.clause.purpose && !self.clause.figure;
        self.clause = Clause { period, stage, purpose, aside: purpose, ..Clause::default() };
    }

    fn keep_item(&mut self, lexed: &Lexed) {
        if self.clause.aside || self.clause.moved || self.clause.runs.is_empty() {
            return;
        }
        let first = self.sentence_figures == 0 && self.pending.is_none();
        let found = self
            .clause
            .runs
            .iter()
            .rev()
            .take(MAX_RUNS)
            .filter_map(|(s, e)| lexed.tokens.get(*s..*e))
            .filter_map(|r| label::item(self.packs, &self.view.text, r))
            .find(|i| !i.generic);
        let Some(item) = found else { return };
        let long = item.label.chars().count() > 24;
        if (item.known && !item.weak) || (first && !long && !self.clause.figure) {
            self.pending = Some(item);
        }
    }

    fn end_sentence(&mut self, end: u32) {
        let sentence = (self.sentence_start, end);
        for f in self.out.facts.iter_mut().skip(self.sentence_fact) {
            f.sentence = sentence;
        }
        self.sentence_fact = self.out.facts.len();
        self.sentence_start = end;
        self.sentence_figures = 0;
        self.parallel = None;
        self.said = None;
        self.clause = Clause::default();
        for l in &mut self.lists {
            l.base = None;
            l.named_change = None;
        }
    }

    fn ordinal(&mut self, level: u8) {
        while self.lists.len() > 1
            && self.lists.last().is_some_and(|l| {
                l.ordinal.is_some_and(|o| o > level)
                    || matches!(l.kind, ListKind::Drivers | ListKind::Addition)
                        && l.ordinal != Some(level)
                        && !l.members.is_empty()
            })
        {
            self.close_last();
        }
        for l in self.lists.iter_mut().rev() {
            if l.ordinal.is_none() && l.members.is_empty() && l.kind != ListKind::Base {
                l.ordinal = Some(level);
            }
            if l.ordinal == Some(level) {
                l.enumerated = true;
                break;
            }
        }
        self.widen(Gap::Semicolon);
        self.pending = None;
    }

    // ---- lists -------------------------------------------------------------------

    /// A list inside the last one, with what it inherits.
    fn nested(&self, kind: ListKind, cue: (u32, u32)) -> List<'a> {
        let mut list = List::new(kind, cue);
        if let Some(outer) = self.lists.last() {
            list.owner_level = outer.level.or(if outer.kind == ListKind::Bracket { outer.owner_level } else { None });
            list.owner_change =
                outer.change.or(if outer.kind == ListKind::Bracket { outer.owner_change } else { None });
            list.item = outer.item;
            list.year = list
                .owner_level
                .or(list.owner_change)
                .and_then(|f| self.out.fact(f))
                .and_then(|f| f.year)
                .or(outer.year);
            list.stage = list.owner_level.and_then(|f| self.out.fact(f)).and_then(|f| f.stage).or(outer.stage);
            list.base = outer.base.or_else(|| self.base_of(list.owner_change));
            list.rates.clone_from(&outer.rates);
        }
        list
    }

    /// The stated base of a change, for those that explain it.
    fn base_of(&self, change: Option<FactId>) -> Option<Base> {
        let basis = self.out.fact(change?)?.basis.as_ref().filter(|b| b.stated)?;
        let period = basis.year.map(|y| Period { year: Some(y), ..Period::default() });
        Some(Base { period, years: None, stage: basis.stage })
    }

    fn open_components(&mut self, t: &Token, partial: bool) {
        self.clause.runs.clear();
        self.clause.aside = false;
        // 其中 after a semicolon or stop speaks of the list's total again,
        // unless the members themselves are so set apart.
        while let Some(l) = self.lists.last() {
            let pop = match l.kind {
                ListKind::Drivers | ListKind::Addition => l.gap >= Gap::Semicolon || l.members.is_empty(),
                ListKind::Components => {
                    l.gap >= Gap::Semicolon && !l.members.is_empty() && l.separator < l.gap && l.ordinal.is_none()
                }
                _ => false,
            };
            if !pop || self.lists.len() == 1 {
                break;
            }
            self.close_last();
        }
        let Some(outer) = self.lists.last() else {
            return;
        };
        let same = outer.kind == ListKind::Components && outer.members.is_empty();
        if same {
            if let Some(l) = self.lists.last_mut() {
                l.partial |= partial;
            }
            return;
        }
        if outer.level.is_none() && outer.change.is_none() && outer.kind != ListKind::Bracket {
            return;
        }
        if self.lists.len() >= MAX_LISTS {
            return;
        }
        let mut list = self.nested(ListKind::Components, (t.start, t.end));
        list.partial = partial;
        self.lists.push(list);
        self.pending = None;
    }

    fn cause(&mut self, t: &Token, reason: bool, lists_items: bool) {
        let in_sentence = |f: Option<FactId>| f.filter(|id| *id as usize >= self.sentence_fact);
        let (change, level, kind, deep) = match self.lists.last() {
            Some(l) => (
                in_sentence(l.change).or(if self.opens_sentence(t) { l.change } else { None }),
                in_sentence(l.level),
                l.kind,
                l.kind == ListKind::Drivers && l.members.is_empty(),
            ),
            None => (None, None, ListKind::Base, false),
        };
        if !reason || deep || self.lists.len() >= MAX_LISTS {
            self.clause.aside = true;
            self.clause.runs.clear();
            self.clause.period = None;
            return;
        }
        if let Some(change) = change {
            if kind == ListKind::Drivers && self.lists.last().is_some_and(|l| l.gap >= Gap::Semicolon) {
                self.clause.runs.clear();
                return;
            }
            let mut list = self.nested(ListKind::Drivers, (t.start, t.end));
            list.owner_change = Some(change);
            list.owner_level = None;
            list.partial = true;
            if list.base.is_none() {
                list.base = self.base_of(Some(change));
            }
            self.cause_of = Some((change, t.end));
            self.lists.push(list);
            self.clause.runs.clear();
            self.pending = None;
            return;
        }
        if lists_items && level.is_some() && !self.clause.figure {
            self.open_components(t, false);
            return;
        }
        self.clause.aside = true;
        self.clause.runs.clear();
        self.clause.period = None;
    }

    /// Whether nothing but marks stands before a word in its sentence.
    fn opens_sentence(&self, t: &Token) -> bool {
        let before = self.view.slice(self.sentence_start, t.start);
        before.len() <= 12 && self.clause.runs.is_empty()
    }

    /// Ends the stated reason of a change.
    fn end_cause(&mut self, end: u32) {
        let Some((change, start)) = self.cause_of.take() else { return };
        let mark = self.view.slice(start, end);
        let lead = mark.len() - mark.trim_start_matches([':', ',', '是', '为']).len();
        if let Some(f) = self.out.facts.get_mut(change as usize).filter(|f| f.cause.is_none()) {
            f.cause = Some((start + lead as u32, end));
        }
    }

    fn open_addition(&mut self, t: &Token) {
        // What is added to stands in the same paragraph; outside a list if it can.
        let here = |l: &List| l.level.filter(|id| self.out.fact(*id).is_some_and(|f| f.paragraph == self.paragraph));
        let Some((depth, first)) = self.lists.iter().enumerate().find_map(|(i, l)| here(l).map(|id| (i, id))) else {
            return;
        };
        self.close_to(depth + 1);
        let mut list = self.nested(ListKind::Addition, (t.start, t.end));
        list.members.push(first);
        list.gap = Gap::None;
        self.lists.push(list);
        self.clause.runs.clear();
        self.pending = None;
    }

    fn open_parallel(&mut self, lexed: &Lexed) {
        let mut names: Vec<Item<'a>> = Vec::new();
        for (s, e) in &self.clause.runs {
            let Some(run) = lexed.tokens.get(*s..*e) else {
                continue;
            };
            // A conjunction inside a run parts two names.
            for piece in run.split(|t| self.is_conjunction(t)) {
                names.extend(label::item(self.packs, &self.view.text, piece));
            }
        }
        if names.len() < 2 {
            if let Some(p) = &mut self.parallel {
                p.next = 0;
            }
            return;
        }
        // 甲、乙和丙收入分别…: the last name carries what all are of.
        if let Some(last) = names.last().copied().filter(|l| l.known && l.part.is_some()) {
            for n in names.iter_mut().filter(|n| !n.known) {
                *n = Item { part: Some(n.label), ..last };
            }
        }
        self.parallel = Some(Parallel { names, next: 0, measure: Measure::Level, sign: 1 });
        self.clause.runs.clear();
    }

    fn is_conjunction(&self, t: &Token) -> bool {
        matches!(t.kind, TokenKind::Word(id) if self.packs.vocabulary.classes_of(id) & self.packs.classes.conjunction != 0 && self.packs.vocabulary.term_of(id).is_none())
    }

    fn close_to(&mut self, depth: usize) {
        while self.lists.len() > depth {
            self.close_last();
        }
    }

    /// Closes the last list and writes its breakdowns.
    fn close_last(&mut self) {
        let Some(list) = self.lists.pop() else { return };
        if list.kind == ListKind::Base || list.members.is_empty() {
            return;
        }
        let drivers = list.kind == ListKind::Drivers;
        if list.kind == ListKind::Addition {
            return;
        }
        if drivers {
            if let Some(total) = list.owner_change {
                self.out.breakdowns.push(Breakdown {
                    total,
                    parts: list.members,
                    cue: list.cue,
                    drivers: true,
                    complete: false,
                    equation: false,
                    minus: Vec::new(),
                });
            }
            return;
        }
        self.breakdown(&list);
    }

    /// Members of one year and stage add up to the owner's level of that year
    /// and stage; changes to the owner's change.
    fn breakdown(&mut self, list: &List) {
        let mut left: Vec<FactId> = list.members.clone();
        while let Some(first) = left.first().and_then(|id| self.out.fact(*id)).cloned() {
            let (mut parts, mut rest) = (Vec::new(), Vec::new());
            for id in &left {
                let Some(f) = self.out.fact(*id) else {
                    continue;
                };
                let alike = f.measure == first.measure && f.year == first.year && f.stage == first.stage;
                if alike { parts.push(*id) } else { rest.push(*id) }
            }
            left = rest;
            let owner = if first.measure == Measure::Level { list.owner_level } else { list.owner_change };
            let Some(total) = owner.and_then(|o| self.sibling(o, &first)) else {
                continue;
            };
            for id in &parts {
                if let Some(f) = self.out.facts.get_mut(*id as usize) {
                    f.parent = Some(total);
                    f.role = Some(Role::Component);
                }
            }
            if let Some(f) = self.out.facts.get_mut(total as usize) {
                f.role.get_or_insert(Role::Total);
            }
            let complete = !list.partial;
            self.out.breakdowns.push(Breakdown {
                total,
                parts,
                cue: list.cue,
                drivers: false,
                complete,
                equation: false,
                minus: Vec::new(),
            });
        }
    }

    /// The owner's own figure of the year and stage of a member.
    fn sibling(&self, owner: FactId, member: &Fact) -> Option<FactId> {
        let o = self.out.fact(owner)?;
        if o.year == member.year && (o.stage == member.stage || member.stage.is_none() || o.stage.is_none()) {
            return Some(owner);
        }
        let range = owner.saturating_sub(8) as usize..=(owner as usize + 8).min(self.out.facts.len().saturating_sub(1));
        self.out.facts.get(range)?.iter().zip(owner.saturating_sub(8)..).find_map(|(f, id)| {
            let same = f.measure == o.measure && f.label == o.label && f.paragraph == o.paragraph && f.part == o.part;
            (same && f.year == member.year && f.stage == member.stage).then_some(id)
        })
    }

    /// Closes the lists that can't hold the figure.
    fn settle(&mut self, explicit: Option<&Item<'a>>, figure: &Figure) {
        self.settle_lists(explicit, figure);
        // 1.税收30万元，增长5%。增值税10万元…。2.非税…: what follows an item of a
        // numbered list in sentences of its own is the item's.
        let Some(list) = self.lists.last() else { return };
        let inside = list.kind == ListKind::Components
            && list.ordinal.is_some()
            && !list.enumerated
            && list.gap >= Gap::Stop
            && !list.members.is_empty()
            && figure.measure == Measure::Level
            && explicit.is_some()
            && self.lists.len() < MAX_LISTS;
        if inside {
            let owner = list.members.last().copied();
            let mut nested = self.nested(ListKind::Components, (figure.start, figure.start));
            nested.owner_level = owner;
            nested.partial = true;
            self.lists.push(nested);
        }
    }

    fn settle_lists(&mut self, explicit: Option<&Item<'a>>, figure: &Figure) {
        while self.lists.len() > 1 {
            let Some(list) = self.lists.last() else {
                return;
            };
            if self.holds(list, explicit, figure) {
                return;
            }
            self.close_last();
        }
    }

    fn holds(&self, list: &List, explicit: Option<&Item<'a>>, figure: &Figure) -> bool {
        match list.kind {
            ListKind::Base | ListKind::Bracket => true,
            ListKind::Addition => {
                list.gap <= Gap::Comma || explicit.is_some_and(is_total) && list.gap <= Gap::Semicolon
            }
            ListKind::Drivers => {
                if list.gap <= Gap::Comma {
                    // The next component of the list outside is no reason.
                    let outer = self.lists.len().checked_sub(2).and_then(|i| self.lists.get(i));
                    let leaves = figure.measure == Measure::Level
                        && !list.members.is_empty()
                        && outer.is_some_and(|o| o.kind == ListKind::Components && self.is_part_of_owner(o, explicit));
                    return !leaves;
                }
                list.enumerated && list.gap <= Gap::Stop
            }
            ListKind::Components => self.component(list, explicit, figure),
        }
    }

    fn is_part_of_owner(&self, list: &List, explicit: Option<&Item<'a>>) -> bool {
        let owner = list.owner_level.and_then(|o| self.out.fact(o)).and_then(|o| o.concept.as_deref());
        match (explicit.and_then(Item::concept_id), owner) {
            (Some(part), Some(whole)) => {
                self.packs.is_part(part, whole)
                    || (part.starts_with("expenditure.") && whole == "expenditure")
                    || (part.starts_with("revenue.") && whole == "revenue")
            }
            _ => false,
        }
    }

    fn component(&self, list: &List, explicit: Option<&Item<'a>>, figure: &Figure) -> bool {
        if figure.prior {
            return list.gap <= Gap::Comma;
        }
        let owner = list.owner_level.or(list.owner_change).and_then(|o| self.out.fact(o));
        let Some(owner) = owner else {
            return list.gap <= Gap::Semicolon;
        };
        let Some(item) = explicit else {
            let set_apart = list.gap >= Gap::Semicolon && list.members.len() >= 2 && list.separator < list.gap;
            return list.gap <= Gap::Semicolon && !set_apart
                || list.enumerated
                || list.gap <= Gap::Stop && list.ordinal.is_some();
        };
        if list.enumerated && list.ordinal.is_some() {
            if list.members.len() >= 2 && self.is_complete(list, owner) && !figure.value.is_zero() {
                return false;
            }
            return !(is_total(item) && item.concept_id() == owner.concept.as_deref());
        }
        if is_total(item)
            || (item.concept.is_some()
                && item.concept_id() == owner.concept.as_deref()
                && item.part.is_none()
                && item.fund == owner.fund
                && item.label == owner.label)
        {
            return false;
        }
        // 收入 among the components of a fall in 收入 is the total again.
        if item.concept.is_some()
            && item.concept_id() == owner.concept.as_deref()
            && item.fund.is_none()
            && list.gap >= Gap::Semicolon
            && item.part.is_none()
        {
            return false;
        }
        let against = matches!((item.flow, owner.flow), (Some(a), Some(b)) if a != b);
        let owner_neutral = owner.concept.as_deref().is_some_and(|c| c.starts_with("balance"));
        if against && !owner_neutral && list.gap >= Gap::Comma && item.known {
            return false;
        }
        if figure.measure != Measure::Level {
            // A member's own change, said later with its name.
            let named = list
                .members
                .iter()
                .rev()
                .take(MAX_MEMBERS)
                .filter_map(|m| self.out.fact(*m))
                .any(|m| m.label == item.label);
            if named {
                return true;
            }
            return list.gap <= Gap::Semicolon
                || (list.gap == Gap::Stop
                    && list.owner_level.is_none()
                    && list.members.len() <= 12
                    && self.sentence_like(list));
        }
        let complete = self.is_complete(list, owner);
        let nothing = figure.value.is_zero();
        let part = self.is_part_of_owner(list, explicit);
        match list.gap {
            Gap::None => true,
            Gap::Comma => !complete || list.members.len() < 2 || nothing || part,
            Gap::Semicolon => {
                if complete && !nothing {
                    return false;
                }
                if list.members.len() >= 2 && list.separator <= Gap::Comma && !list.enumerated {
                    return part;
                }
                true
            }
            Gap::Stop => {
                if complete {
                    return nothing;
                }
                list.separator >= Gap::Stop && figure.kind == UnitKind::Money || part || list.enumerated
            }
            Gap::Line => list.enumerated,
        }
    }

    fn sentence_like(&self, list: &List) -> bool {
        list.separator >= Gap::Stop || list.members.len() == 1
    }

    /// Whether the members so far make up the owner, within printed places.
    fn is_complete(&self, list: &List, owner: &Fact) -> bool {
        if list.members.is_empty() || list.members.len() > MAX_MEMBERS || owner.measure != Measure::Level {
            return false;
        }
        let places = list
            .members
            .iter()
            .filter_map(|m| self.out.fact(*m))
            .map(|f| f.decimals)
            .chain([owner.decimals])
            .max()
            .unwrap_or(0);
        let unit = Decimal::new(1, u32::from(places.min(9)));
        let slack = unit.checked_mul(Decimal::from(list.members.len() as u64 / 2 + 1)).unwrap_or(unit);
        owner.value.checked_sub(list.sum).is_some_and(|d| d.abs() <= slack)
    }

    // ---- matches -----------------------------------------------------------------

    fn take_match(&mut self, m: &Match, lexed: &Lexed) -> bool {
        let packs = self.packs;
        let Some(pattern) = packs.patterns.get(m.pattern as usize) else {
            return false;
        };
        // A match whose words only make sense after something: check first.
        for e in &pattern.emits {
            match e.kind {
                EmitKind::Zero if !self.zero_fits() => return false,
                EmitKind::Absent if !self.absent_fits(m, e, lexed) => return false,
                EmitKind::Base if pattern.emits.len() == 1 && !self.base_fits(m, lexed) => {
                    return false;
                }
                _ => {}
            }
        }
        let mut left_over: Vec<usize> = (m.start as usize..m.end as usize)
            .filter(|i| lexed.tokens.get(*i).is_some_and(|t| matches!(t.kind, TokenKind::Quantity(_))))
            .collect();
        for e in &pattern.emits {
            if let Some(slot) = e.slot {
                let Some((s, _)) = m.slot(slot) else { continue };
                left_over.retain(|i| *i != s as usize);
            }
            self.emit(e, m, lexed);
        }
        true
    }

    fn zero_fits(&self) -> bool {
        self.pending.is_some()
            || !self.clause.runs.is_empty()
            || self.lists.iter().any(|l| l.level.is_some() || l.item.is_some())
            || self.headings.last().is_some_and(|h| h.item.is_some())
    }

    fn absent_fits(&self, m: &Match, e: &Emit, lexed: &Lexed) -> bool {
        if self.clause.aside
            || self.lists.last().is_none_or(|l| matches!(l.kind, ListKind::Drivers | ListKind::Bracket))
        {
            return false;
        }
        let Some((s, end)) = e.item.and_then(|i| m.slot(i)) else {
            return false;
        };
        // A figure right behind says it better.
        if lexed.tokens.get(end as usize).is_some_and(|t| matches!(t.kind, TokenKind::Quantity(_))) {
            return false;
        }
        lexed
            .tokens
            .get(s as usize..end as usize)
            .and_then(|r| label::item(self.packs, &self.view.text, r))
            .is_some_and(|i| {
                i.known
                    && !i.weak
                    && i.concept.as_deref().is_some_and(|c| !c.starts_with("staff") && !c.starts_with("performance"))
            })
    }

    /// 与2023年…: a base only if something is compared in the sentence.
    fn base_fits(&self, m: &Match, lexed: &Lexed) -> bool {
        let tokens = &lexed.tokens;
        let c = self.packs.classes;
        let first_is_with = tokens.get(m.start as usize).is_some_and(|t| matches!(t.kind, TokenKind::Word(id) if self.packs.vocabulary.classes_of(id) & c.conjunction != 0));
        let mut seen = 0;
        for t in tokens.get(m.end as usize..).unwrap_or(&[]) {
            match t.kind {
                TokenKind::Mark(Mark::Stop | Mark::Line) => return false,
                TokenKind::Word(id)
                    if self.packs.vocabulary.entry(id).is_some_and(|e| {
                        e.classes & (c.direction | c.flat) != 0
                            || e.text == "一致"
                            || e.text == "保持一致"
                            || e.text == "相同"
                            || matches!(
                                e.text.as_str(),
                                "多" | "少" | "高" | "低" | "快" | "差值" | "差异率" | "预决算差异率"
                            )
                    }) =>
                {
                    return true;
                }
                _ => {}
            }
            seen += 1;
            if seen > if first_is_with { 14 } else { 40 } {
                return false;
            }
        }
        false
    }

    fn slot_stage(&self, from: StageFrom, m: &Match, lexed: &Lexed) -> Option<Stage> {
        match from {
            StageFrom::Context => None,
            StageFrom::Fixed(s) => Some(s),
            StageFrom::Slot(slot) => {
                let (s, _) = m.slot(slot)?;
                match lexed.tokens.get(s as usize)?.kind {
                    TokenKind::Word(id) => self.stage_of(id),
                    _ => None,
                }
            }
        }
    }

    fn slot_period(&self, slot: Option<u8>, m: &Match, lexed: &Lexed) -> Option<Period> {
        let (s, _) = m.slot(slot?)?;
        lexed.tokens.get(s as usize).and_then(|t| lexed.period(t)).copied()
    }

    fn slot_item(&self, slot: Option<u8>, m: &Match, lexed: &Lexed) -> Option<Item<'a>> {
        let (s, e) = m.slot(slot?)?;
        lexed.tokens.get(s as usize..e as usize).and_then(|r| label::item(self.packs, &self.view.text, r))
    }

    fn direction(&self, slot: u8, m: &Match, lexed: &Lexed) -> i8 {
        let Some((s, _)) = m.slot(slot) else { return 1 };
        let Some(Token { kind: TokenKind::Word(id), .. }) = lexed.tokens.get(s as usize) else {
            return 1;
        };
        let Some(entry) = self.packs.vocabulary.entry(*id) else {
            return 1;
        };
        let down = self.packs.classes.down;
        if entry.values.iter().any(|(_, v)| Some(*v) == down) { -1 } else { 1 }
    }

    fn emit(&mut self, e: &Emit, m: &Match, lexed: &Lexed) {
        match e.kind {
            EmitKind::Base => {
                let base = Base {
                    period: self.slot_period(e.period, m, lexed),
                    years: e.years,
                    stage: self.slot_stage(e.stage, m, lexed),
                };
                let depth = self.lists.len();
                for l in self.lists.iter_mut().rev() {
                    l.base = Some(base);
                    // A list of reasons that a semicolon has closed holds no base.
                    if !(l.kind == ListKind::Drivers && l.gap >= Gap::Semicolon && !l.enumerated) {
                        break;
                    }
                }
                // A base said before the list of changes holds for the list.
                if depth > 1
                    && self.lists.last().is_some_and(|l| l.gap >= Gap::Stop)
                    && let Some(l) = self.lists.first_mut()
                {
                    l.base = Some(base);
                }
                // The year of an item named in the base is no item of ours.
                return;
            }
            EmitKind::Threshold => {
                if let Some(t) = e.slot.and_then(|s| m.slot(s)).and_then(|(s, _)| lexed.tokens.get(s as usize)) {
                    self.decoy(DecoyReason::Threshold, t);
                    self.clause.runs.clear();
                }
                return;
            }
            _ => {}
        }
        let slot = e.slot.and_then(|s| m.slot(s));
        let Some((s, end)) = slot else { return };
        let Some(token) = lexed.tokens.get(s as usize).copied() else {
            return;
        };
        let last = lexed.tokens.get((end as usize).saturating_sub(1)).map_or(token.end, |t| t.end);
        let quantity = lexed.quantity(&token).copied();
        // 加上A5万元、B增加3万元，总计N: a stray verb among what is added.
        let added = self.lists.last().is_some_and(|l| l.kind == ListKind::Addition) && !self.clause.runs.is_empty();
        let measure = match e.kind {
            EmitKind::Level | EmitKind::Absent => Measure::Level,
            EmitKind::Change if added && quantity.is_some_and(|q| q.kind == UnitKind::Money) => Measure::Level,
            EmitKind::Change | EmitKind::Zero => Measure::Change,
            EmitKind::Growth => Measure::Growth,
            EmitKind::Share => Measure::Share,
            EmitKind::Completion => Measure::Completion,
            EmitKind::Ratio => Measure::Ratio,
            _ => Measure::Score,
        };
        let printed = quantity.is_some();
        let value = match quantity {
            Some(q) => match q.value {
                Some(v) => v,
                None => {
                    self.out.unexplained.push((token.start, token.end));
                    return;
                }
            },
            None => Decimal::ZERO,
        };
        if let Sign::Slot(slot) = e.sign {
            let adjusts = m
                .slot(slot)
                .and_then(|(s, _)| lexed.tokens.get(s as usize))
                .is_some_and(|t| self.view.slice(t.start, t.end).starts_with('调'));
            if let Some(l) = self.lists.last_mut().filter(|l| adjusts && l.base.is_none()) {
                l.base = Some(Base { period: None, years: Some(0), stage: Some(Stage::Budget) });
            }
        }
        let sign = match e.sign {
            Sign::Slot(slot) => self.direction(slot, m, lexed),
            Sign::Down => -1,
            Sign::Levels => self.sign_of_levels(),
            Sign::Plain | Sign::Up => 1,
        };
        let figure = Figure {
            measure,
            value: if sign < 0 && !value.is_zero() { -value } else { value },
            unit: quantity.and_then(|q| q.unit),
            kind: quantity.map_or(UnitKind::Money, |q| q.kind),
            decimals: quantity.map_or(0, |q| q.decimals),
            start: token.start,
            end: last,
            pattern: Some(m.pattern),
            prior: e.prior,
            printed,
            stated: e.kind != EmitKind::Absent,
        };
        let named = self.slot_item(e.item, m, lexed).filter(|i| !i.generic);
        let stage = self.slot_stage(e.stage, m, lexed);
        // 增加甲10万元和乙5万元: the second shares the verb.
        let outer = if named.is_some() && measure == Measure::Change {
            let outer = self
                .own_item(lexed)
                .map(|i| i.label)
                .filter(|_| self.lists.last().is_some_and(|l| l.kind == ListKind::Drivers));
            if let Some(l) = self.lists.last_mut() {
                l.named_change = Some((sign, outer));
            }
            outer
        } else {
            None
        };
        let whole = self.slot_item(e.whole, m, lexed);
        let period = if e.prior { self.slot_period(e.period, m, lexed) } else { None };
        let denominator = e.kind == EmitKind::Level && !e.prior && matches!(e.stage, StageFrom::Slot(_))
            || (e.kind == EmitKind::Level && self.is_denominator(m));
        self.add(
            figure,
            Said { named, stage, within: outer, whole, period, denominator, levels: e.sign == Sign::Levels },
            lexed,
        );
    }

    /// Whether the pattern also emits a completion: its level is what is completed.
    fn is_denominator(&self, m: &Match) -> bool {
        self.packs
            .patterns
            .get(m.pattern as usize)
            .is_some_and(|p| p.emits.iter().any(|e| e.kind == EmitKind::Completion))
    }

    fn sign_of_levels(&self) -> i8 {
        let planned = |s: Option<Stage>| matches!(s, Some(Stage::Budget | Stage::Adjusted));
        let label = self.lists.iter().rev().find_map(|l| l.item.as_ref()).map(|i| i.label);
        let year = self.lists.last().and_then(|l| l.level).and_then(|l| self.out.fact(l)).and_then(|f| f.year);
        let (mut plan, mut actual) = (None, None);
        for f in self.out.facts.iter().rev().take(12) {
            if f.measure != Measure::Level || f.prior || f.year != year || label.is_some_and(|l| l != f.label) {
                continue;
            }
            if planned(f.stage) {
                plan.get_or_insert(f.value);
            } else {
                actual.get_or_insert(f.value);
            }
        }
        match (plan, actual) {
            (Some(p), Some(a)) if a < p => -1,
            _ => 1,
        }
    }

    // ---- plain quantities --------------------------------------------------------

    fn plain_quantity(&mut self, t: &Token, lexed: &Lexed) {
        let Some(q) = lexed.quantity(t).copied() else {
            return;
        };
        let Some(value) = q.value else {
            self.out.unexplained.push((t.start, t.end));
            return;
        };
        let mut figure = Figure {
            measure: Measure::Level,
            value,
            unit: q.unit,
            kind: q.kind,
            decimals: q.decimals,
            start: t.start,
            end: t.end,
            pattern: None,
            prior: false,
            printed: true,
            stated: true,
        };
        let before = self.at.checked_sub(1).and_then(|i| lexed.tokens.get(i));
        match q.kind {
            UnitKind::Bare if !self.bare_fits(t, q.decimals, before, lexed) => {
                self.out.unexplained.push((t.start, t.end));
                return;
            }
            UnitKind::Percent if self.follows_like(lexed, UnitKind::Percent) => {
                if let Some(f) = self.out.facts.last() {
                    figure.measure = f.measure;
                    if f.value.is_sign_negative() {
                        figure.value = -value;
                    }
                }
                if let Some(p) = &self.parallel {
                    figure.measure = p.measure;
                }
            }
            UnitKind::Percent => {
                figure.measure = self.bare_rate();
                if let Some(p) = &self.parallel {
                    figure.measure = p.measure;
                    if p.sign < 0 {
                        figure.value = -value;
                    }
                } else if figure.measure == Measure::Growth {
                    let down = self.out.facts.last().is_some_and(|f| {
                        matches!(f.measure, Measure::Change | Measure::Growth) && f.value.is_sign_negative()
                    });
                    if down {
                        figure.value = -value;
                    }
                }
            }
            UnitKind::Points => {
                figure.measure = Measure::Ratio;
            }
            UnitKind::Count
                if q.unit.and_then(|u| self.packs.vocabulary.units.get(u)).is_some_and(|u| u.name == "分") =>
            {
                figure.measure = Measure::Score;
            }
            _ => {}
        }
        let mut said = Said::default();
        // 增加甲10万元和乙5万元
        let shared = self.lists.last().and_then(|l| l.named_change);
        if let (Some((sign, outer)), UnitKind::Money) = (shared, q.kind) {
            figure.measure = Measure::Change;
            if sign < 0 {
                figure.value = -value;
            }
            said.within = outer;
        }
        if matches!(q.kind, UnitKind::Count | UnitKind::People | UnitKind::Vehicles) {
            said.named = self.item_after(t, lexed);
            self.enumeration(t, lexed);
        }
        self.add(figure, said, lexed);
    }

    /// Whether the figure before, of the same kind, is parted by a pause or 和 alone.
    fn follows_like(&self, lexed: &Lexed, kind: UnitKind) -> bool {
        let parted = self.at.checked_sub(1).and_then(|i| lexed.tokens.get(i));
        let parted = parted.is_some_and(|t| matches!(t.kind, TokenKind::Mark(Mark::Pause)) || self.is_conjunction(t));
        let before = self.at.checked_sub(2).and_then(|i| lexed.tokens.get(i));
        parted && before.and_then(|t| lexed.quantity(t)).is_some_and(|q| q.kind == kind)
    }

    /// What a per cent without a word means: the same as in the member before.
    fn bare_rate(&self) -> Measure {
        let Some(l) = self.lists.last() else {
            return Measure::Share;
        };
        if let Some(m) = l.rates.get(l.rate_at) {
            return *m;
        }
        Measure::Share
    }

    /// Whether a number without a unit stands where a figure stands.
    fn bare_fits(&self, t: &Token, decimals: u8, before: Option<&Token>, lexed: &Lexed) -> bool {
        let after = lexed.tokens.get(self.at + 1);
        let ends = after.is_none_or(|a| matches!(a.kind, TokenKind::Mark(_)) || matches!(a.kind, TokenKind::Word(_)));
        let adjacent = before.is_some_and(|b| b.end == t.start);
        let opened = before.is_some_and(|b| match b.kind {
            TokenKind::Word(id) => self.packs.vocabulary.entry(id).is_some_and(|e| {
                let c = &self.packs.classes;
                e.term.is_some() || e.classes & (c.stage | c.copula | c.verb | c.direction | c.generic) != 0
            }),
            TokenKind::Text => decimals > 0 || self.lists.last().is_some_and(|l| l.kind != ListKind::Base),
            _ => false,
        });
        ends && adjacent
            && opened
            && (decimals > 0
                || self.money_unit.is_some()
                || self.sentence_figures > 0
                || self.clause.runs.last().is_some())
    }

    /// 3个科室: the counted thing follows.
    fn item_after(&self, t: &Token, lexed: &Lexed) -> Option<Item<'a>> {
        let people = lexed.quantity(t).is_some_and(|q| matches!(q.kind, UnitKind::People | UnitKind::Vehicles));
        let start = self.at + 1;
        // A term that is counted, or a short unknown word: no more than that.
        let mut end = start + usize::from(lexed.tokens.get(start).is_some_and(|n| self.is_item(n)));
        let text = lexed.tokens.get(start).is_some_and(|n| n.kind == TokenKind::Text);
        if !text && lexed.tokens.get(end).is_some_and(|n| matches!(n.kind, TokenKind::Quantity(_))) {
            end = start;
        }
        if end == start {
            return None;
        }
        let item = lexed.tokens.get(start..end).and_then(|r| label::item(self.packs, &self.view.text, r))?;
        let before_known = self.own_item(lexed).is_some_and(|i| i.known && !i.generic);
        if (people || item.generic || item.label.chars().count() > 12) && before_known {
            return None;
        }
        (!item.generic).then_some(item)
    }

    /// 甲科、乙科、丙科等3个科室; 内设机构3个，包括：甲科、乙科、丙科: how many are
    /// named beside the count.
    fn enumeration(&mut self, t: &Token, lexed: &Lexed) {
        let mut start = t.start;
        for n in lexed.tokens.get(..self.at).unwrap_or(&[]).iter().rev().take(MAX_NAMES) {
            let sum = n.end == t.start && self.view.slice(n.start, n.end) == "共";
            if !sum && !matches!(n.kind, TokenKind::Mark(Mark::Pause)) && !self.is_conjunction(n) && !self.is_item(n) {
                break;
            }
            start = n.start;
        }
        let before = self.view.slice(start, t.start).trim_end_matches(['等', '共']);
        let found = offices(before).map(|named| (named, start, t.start)).or_else(|| {
            // The names follow a colon that stands close behind.
            let mut stop = None;
            let mut colon = None;
            for n in lexed.tokens.get(self.at + 1..).unwrap_or(&[]).iter().take(MAX_NAMES) {
                match n.kind {
                    TokenKind::Mark(Mark::Colon) if colon.is_none() => colon = Some(n.end),
                    TokenKind::Mark(Mark::Stop | Mark::Semicolon | Mark::Open) | TokenKind::Quantity(_) => break,
                    _ => {}
                }
                stop = Some(n.end);
            }
            let (colon, stop) = (colon.filter(|c| c - t.end <= 36)?, stop?);
            let names = self.view.slice(colon, stop);
            offices(names.trim_end_matches(['。', ',', ';'])).map(|named| (named, colon, stop))
        });
        if let Some((named, from, upto)) = found {
            let fact = self.out.facts.len() as FactId;
            self.out.enumerations.push(Enumeration { fact, named, span: (from, upto) });
        }
    }

    // ---- facts -------------------------------------------------------------------

    /// The item that the clause itself names, if any.
    fn own_item(&self, lexed: &Lexed) -> Option<Item<'a>> {
        let mut spare: Option<Item<'a>> = None;
        let mut source: Option<Item<'a>> = None;
        for (n, (s, e)) in self.clause.runs.iter().rev().take(MAX_RUNS).enumerate() {
            let Some(item) = lexed.tokens.get(*s..*e).and_then(|r| label::item(self.packs, &self.view.text, r)) else {
                continue;
            };
            if item.generic || item.weak {
                if spare.as_ref().is_none_or(|s| s.generic && item.weak) {
                    spare = Some(item);
                }
                continue;
            }
            if let Some(source) = source.take() {
                if item.known && item.flow != Some(Flow::Revenue) {
                    return Some(Item { fund: source.fund, ..item });
                }
                return Some(source);
            }
            // An appropriation may be the source of the item named before it.
            if item.concept_id() == Some("revenue.appropriation") && n + 1 < self.clause.runs.len() {
                source = Some(item);
                continue;
            }
            // Unknown words before 收入 (人大通过的收入) name nothing better.
            if !item.known && spare.as_ref().is_some_and(|s| s.weak) {
                continue;
            }
            return Some(item);
        }
        source.or(spare)
    }

    fn add(&mut self, figure: Figure, said: Said<'a>, lexed: &Lexed) {
        let mut own = said.named.or_else(|| self.own_item(lexed));
        let rate = matches!(figure.kind, UnitKind::Points | UnitKind::Percent);
        if figure.kind == UnitKind::Points || rate && self.lists.last().is_some_and(|l| l.kind == ListKind::Bracket) {
            own = own.filter(|i| i.known);
        }
        if let Some(name) = self.counted_places(&figure) {
            own = Some(Item { label: name, ..Item::default() });
        }
        let parallel = self.parallel_item(&figure, own.as_ref());
        let mut explicit = parallel.or_else(|| own.filter(|i| !i.generic && !i.weak));
        if said.denominator || said.levels {
            explicit = None;
        }
        let weak = own.filter(|i| i.weak && !figure.prior && !said.denominator);
        if explicit.is_none()
            && !figure.prior
            && !said.denominator
            && let Some(p) = self.pending
        {
            let rate = matches!(figure.measure, Measure::Share | Measure::Completion) && self.sentence_figures > 0;
            if !rate || !self.clause.runs.is_empty() {
                explicit = Some(p);
            }
        }
        // Places and offices in a list are parts of the total.
        if let Some(item) = &mut explicit {
            self.as_part(item, &figure);
        }
        if explicit.is_none() {
            explicit = weak.and_then(|w| self.weak_item(w));
        }
        self.settle(explicit.as_ref(), &figure);
        let explicit_given = explicit.is_some();
        let item = explicit
            .or_else(|| self.lists.iter().rev().find_map(|l| l.item))
            .or_else(|| self.headings.iter().rev().find_map(|h| h.item))
            .or(self.title_item)
            .or(own)
            .unwrap_or_default();
        let id = self.out.facts.len() as FactId;
        let fact = self.fact(&figure, &said, &item);
        self.out.facts.push(fact);
        self.items.push(item);
        self.after(id, &figure, &said, item, explicit_given);
    }

    /// 2市, 3市州: the unit is what is counted.
    fn counted_places(&self, figure: &Figure) -> Option<&'a str> {
        let unit = self.packs.vocabulary.units.get(figure.unit?)?;
        (figure.kind == UnitKind::Count && unit.name.starts_with('市')).then_some(unit.name.as_str())
    }

    /// 支出预算 names the whole flow unless the sentence has named better.
    fn weak_item(&self, weak: Item<'a>) -> Option<Item<'a>> {
        let here = self.lists.iter().rev().find_map(|l| l.item.as_ref());
        // 收支预算总体情况 heads both flows: below it each names itself.
        let whole = |i: &&Item| {
            !i.concept_id().is_some_and(|c| c.starts_with("balance") || c == "revenue" || c == "expenditure")
        };
        let here = here.or_else(|| self.headings.last().and_then(|h| h.item.as_ref()).filter(whole));
        let Some(i) = here.filter(|i| i.known || !i.label.is_empty()) else { return Some(weak) };
        let against = matches!((i.flow, weak.flow), (Some(a), Some(b)) if a != b);
        let apart = self.lists.last().is_some_and(|l| l.gap >= Gap::Semicolon) && self.sentence_or_list_has_level();
        let bare = matches!(weak.label, "支出" | "收入");
        (against || apart && bare).then_some(weak)
    }

    fn sentence_or_list_has_level(&self) -> bool {
        self.lists.iter().any(|l| l.level.is_some() || l.change.is_some())
    }

    fn parallel_item(&mut self, figure: &Figure, own: Option<&Item<'a>>) -> Option<Item<'a>> {
        if own.is_some_and(|i| i.known) {
            return None;
        }
        let p = self.parallel.as_mut()?;
        if p.next >= p.names.len() {
            p.next = 0;
        }
        let item = p.names.get(p.next).copied();
        p.next += 1;
        p.measure = figure.measure;
        p.sign = if figure.value.is_sign_negative() { -1 } else { 1 };
        item
    }

    /// An office of a staff list, a place of a split: a part of the owner's item.
    fn as_part(&self, item: &mut Item<'a>, figure: &Figure) {
        if item.known || item.part.is_some() {
            return;
        }
        let Some(list) = self.lists.last().filter(|l| l.kind != ListKind::Drivers) else { return };
        let owner = match list.kind {
            // 中央级5亿元, 县级7亿元 after a total told in one breath.
            ListKind::Base => list.level.filter(|_| item.is_place() && !item.label.contains("部门")),
            _ => list.owner_level.or(list.owner_change),
        };
        let Some((owner, whole)) = owner.and_then(|o| self.out.fact(o).zip(self.items.get(o as usize))) else { return };
        let staff = figure.kind == UnitKind::People && owner.concept.as_deref().is_some_and(|c| c.starts_with("staff"));
        let by_place = ["部门", "级次", "单位"].iter().any(|w| self.view.slice(list.cue.0, list.cue.1).contains(w));
        let amount = matches!(figure.kind, UnitKind::Money | UnitKind::Percent | UnitKind::Vehicles);
        let place = (item.is_place() || by_place) && amount && !owner.label.is_empty();
        if (staff && item.is_place()) || place {
            *item = Item {
                label: whole.label,
                concept: whole.concept,
                fund: owner.fund,
                flow: owner.flow,
                part: Some(item.label),
                known: true,
                ..Item::default()
            };
        }
    }

    fn fact(&self, figure: &Figure, said: &Said<'a>, item: &Item<'a>) -> Fact {
        let list = self.lists.last();
        let heading = self.headings.last();
        let drivers = list.is_some_and(|l| l.kind == ListKind::Drivers);
        let local = if figure.prior { said.period } else { self.clause.period };
        let context =
            self.lists.iter().rev().find_map(|l| l.year).or_else(|| heading.and_then(|h| h.year)).or(self.year);
        let resolve = |p: Period| p.year.or_else(|| p.relative.and_then(|r| self.year.or(context).map(|y| y + r)));
        let own_year = local.and_then(resolve);
        let year = if figure.measure == Measure::Level || local.is_some_and(|p| p.relative != Some(-1)) {
            own_year.or(context)
        } else {
            context
        };
        let counted = !matches!(figure.kind, UnitKind::Money | UnitKind::Bare | UnitKind::Percent | UnitKind::Points);
        let mut stage = said
            .stage
            .or(self.clause.stage)
            .or_else(|| list.and_then(|l| l.stage))
            .or_else(|| heading.and_then(|h| h.stage))
            .or(Some(self.default_stage));
        let holding = item
            .concept
            .as_deref()
            .is_some_and(|c| c.starts_with("assets") || c.starts_with("debt.balance") || c.starts_with("debt.limit"));
        if counted || holding && said.stage.is_none() && self.clause.stage.is_none() {
            stage = None;
        } else if matches!(figure.measure, Measure::Change | Measure::Growth) && self.clause.stage.is_none() {
            // A change is of the level that it was told of.
            let level = list.and_then(|l| l.level).and_then(|l| self.out.fact(l)).and_then(|f| f.stage);
            stage = level.or(stage);
        }
        let owner = list.and_then(|l| l.owner_level.or(l.owner_change)).and_then(|o| self.out.fact(o));
        let fund = item
            .fund
            .or_else(|| owner.filter(|_| !drivers || item.concept.is_some()).and_then(|o| o.fund))
            .or_else(|| heading.and_then(|h| h.fund))
            .or_else(|| self.lists.first().and_then(|l| l.fund))
            .or(self.title_fund)
            .filter(|_| !counted);
        let flow = item
            .flow
            .or_else(|| owner.and_then(|o| o.flow))
            .or_else(|| heading.and_then(|h| h.flow))
            .filter(|_| !counted);
        let (basis, qualifier) = self.basis(figure, said, year);
        if matches!(figure.measure, Measure::Completion) {
            stage = match self.default_stage {
                Stage::Budget => list.and_then(|l| l.level).and_then(|l| self.out.fact(l)).and_then(|f| f.stage),
                s => Some(s),
            };
        }
        let concept = self.concept(item, counted, figure);
        let inferred = if figure.unit.is_none() && figure.printed {
            match figure.measure {
                Measure::Level | Measure::Change => self.money_unit.or(self.declared_unit),
                _ => self.packs.vocabulary.units.by_name("%"),
            }
        } else {
            None
        };
        Fact {
            concept,
            label: item.label.to_owned(),
            also: self.also(figure),
            measure: figure.measure,
            value: figure.value,
            unit: figure.unit.or(if figure.printed { None } else { self.money_unit }),
            unit_inferred: inferred,
            decimals: figure.decimals,
            year,
            as_of: local.map(|p| p.as_of).unwrap_or_else(|| {
                let level = list.and_then(|l| l.level).and_then(|l| self.out.fact(l));
                level.filter(|_| figure.measure != Measure::Level).map_or(AsOf::Year, |l| l.as_of)
            }),
            stage,
            basis,
            fund,
            flow,
            part: item.part.map(str::to_owned),
            carryover: None,
            role: None,
            parent: None,
            within: said.within.map(str::to_owned),
            qualifier,
            cause: None,
            stated: figure.stated,
            printed: figure.printed,
            prior: figure.prior,
            start: figure.start,
            end: figure.end,
            sentence: (self.sentence_start, figure.end),
            pattern: figure.pattern,
            section: heading.map(|h| h.node),
            paragraph: self.paragraph,
            cell: None,
        }
    }

    /// The item's concept, narrowed to what is counted of it and to the 款 that
    /// the classification has named before.
    fn concept(&self, item: &Item<'a>, counted: bool, figure: &Figure) -> Option<Arc<str>> {
        let concept = item.concept?;
        if let (Some(kuan), Some(tail)) = (&self.kuan, concept.strip_prefix("expenditure.function.xx")) {
            return Some(format!("expenditure.function.{kuan}{tail}").into());
        }
        let unit = figure.unit.filter(|_| counted).and_then(|u| self.packs.vocabulary.units.get(u));
        let narrow = unit.and_then(|u| label::counted(self.packs, concept, &u.name, u.kind));
        Some(Arc::clone(narrow.unwrap_or(concept)))
    }

    /// One change said of two levels: 收入80.50万元，支出80.50万元，比上年增加6.20万元.
    fn also(&self, figure: &Figure) -> Option<String> {
        if figure.measure != Measure::Change || !self.clause.runs.is_empty() {
            return None;
        }
        let list = self.lists.last().filter(|l| l.kind == ListKind::Base)?;
        let last = list.level?;
        let f = self.out.fact(last)?;
        let g = self.out.fact(last.checked_sub(1)?)?;
        let twins = f.paragraph == g.paragraph
            && last as usize > self.sentence_fact
            && last as usize + 1 == self.out.facts.len()
            && f.value == g.value
            && g.measure == Measure::Level
            && f.label != g.label
            && f.unit == g.unit
            && f.flow != g.flow;
        twins.then(|| g.label.clone())
    }

    fn basis(&self, figure: &Figure, said: &Said<'a>, year: Option<i32>) -> (Option<Basis>, Option<String>) {
        let qualifier = self.qualifier(figure);
        let basis = match figure.measure {
            Measure::Change | Measure::Growth => {
                if said.levels {
                    return (
                        Some(Basis { year, stage: Some(Stage::Budget), stated: true, ..Basis::default() }),
                        qualifier,
                    );
                }
                let base = self.lists.iter().rev().find_map(|l| l.base).or(self.doc_base);
                let mut basis = Basis { stated: base.is_some(), ..Basis::default() };
                match base {
                    Some(b) => {
                        basis.stage = b.stage;
                        basis.year = b.years.and_then(|n| year.map(|y| y + n)).or_else(|| {
                            b.period.and_then(|p| {
                                p.year.or_else(|| p.relative.and_then(|r| year.map(|y| y + if r == 0 { 0 } else { r })))
                            })
                        });
                        if basis.year.is_none() {
                            basis.year = year.map(|y| y - 1);
                        }
                    }
                    None => basis.year = year.map(|y| y - 1),
                }
                Some(basis)
            }
            Measure::Completion => Some(Basis {
                year,
                stage: Some(said.stage.unwrap_or(Stage::Budget)),
                stated: said.stage.is_some(),
                ..Basis::default()
            }),
            Measure::Share => {
                let list = self.lists.last();
                let owner =
                    list.and_then(|l| l.owner_level.or_else(|| self.lists.iter().rev().find_map(|l| l.owner_level)));
                let mut owner = owner;
                let whole = said.whole.filter(|w| !w.generic);
                if said.whole.is_some() && whole.is_none() && owner.is_none() {
                    // 占总额的: the total that the paragraph began with.
                    let first = self
                        .out
                        .facts
                        .iter()
                        .position(|f| f.paragraph == self.paragraph && f.measure == Measure::Level);
                    owner = first.map(|i| i as FactId);
                }
                let concept = whole.as_ref().and_then(|w| w.concept.cloned()).or_else(|| {
                    if whole.is_some() {
                        None
                    } else {
                        owner.and_then(|o| self.out.fact(o)).and_then(|o| o.concept.clone())
                    }
                });
                let unnamed = whole.is_none();
                Some(Basis {
                    year,
                    stage: None,
                    stated: !unnamed,
                    whole: whole.map(|w| w.label.to_owned()),
                    concept,
                    fact: if unnamed { owner } else { None },
                })
            }
            _ => None,
        };
        (basis, qualifier)
    }

    /// 同口径, 自然口径, 当月, 累计: said since the last figure of the sentence.
    fn qualifier(&self, figure: &Figure) -> Option<String> {
        match self.said {
            Some("当月" | "累计") if figure.measure != Measure::Level => None,
            Some(word) => Some(word.to_owned()),
            None if figure.measure != Measure::Level => {
                let last = self.out.facts.last().filter(|f| f.paragraph == self.paragraph);
                last.filter(|f| f.qualifier.as_deref() == Some("当月")).and_then(|f| f.qualifier.clone())
            }
            None => None,
        }
    }

    /// What a fact leaves behind for those that follow.
    fn after(&mut self, id: FactId, figure: &Figure, said: &Said<'a>, item: Item<'a>, explicit: bool) {
        if figure.kind == UnitKind::Money && figure.unit.is_some() {
            self.money_unit = figure.unit;
        }
        self.sentence_figures += 1;
        self.said = None;
        let local_period = self.clause.period;
        let local_stage = self.clause.stage.is_some();
        self.clause.figure = true;
        self.clause.runs.clear();
        self.clause.aside = false;
        self.pending = None;
        if !figure.prior && !said.denominator {
            self.clause.stage = None;
            self.clause.period = None;
        }
        let fact_year = self.out.fact(id).and_then(|f| f.year);
        let same_item = self
            .lists
            .last()
            .and_then(|l| l.item.as_ref())
            .is_some_and(|i| i.label == item.label && i.part == item.part);
        let level_year = self.lists.last().and_then(|l| l.level).and_then(|l| self.out.fact(l)).and_then(|f| f.year);
        let level_stage = self
            .lists
            .last()
            .and_then(|l| l.level)
            .filter(|l| *l as usize >= self.sentence_fact)
            .and_then(|l| self.out.fact(l))
            .and_then(|f| f.stage);
        // 今年预算18万元，上年预算26万元: the second is what the first is compared with.
        let earlier = figure.measure == Measure::Level
            && !figure.prior
            && local_period.is_some()
            && same_item
            && matches!((fact_year, level_year), (Some(a), Some(b)) if a < b);
        if earlier && let Some(f) = self.out.facts.get_mut(id as usize) {
            f.prior = true;
        }
        let fact = self.out.fact(id).cloned();
        let Some(fact) = fact else { return };
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        if figure.prior && explicit {
            // 公务接待费较上年预算2.40万元减少0.3万元: the change is of the same item.
            list.item = Some(item);
        }
        match figure.measure {
            Measure::Level if !figure.prior && !said.denominator => {
                // 支出2.05万元，年初预算为2.95万元: what was spent stays the level.
                let actual = |s: Option<Stage>| matches!(s, Some(Stage::Final | Stage::Executed));
                let plan = same_item
                    && actual(level_stage)
                    && matches!(fact.stage, Some(Stage::Budget | Stage::Adjusted))
                    && local_stage;
                if !earlier && !plan {
                    list.item = Some(item);
                    if list.kind == ListKind::Base && fact.fund.is_some() && list.level.is_none() {
                        list.fund = fact.fund;
                    }
                    list.level = Some(id);
                    list.change = None;
                    list.rate_at = 0;
                    let back = list.level.is_some() && fact_year < list.year;
                    if local_period.is_some_and(|p| p.year.is_some() || p.relative == Some(0))
                        && list.kind != ListKind::Drivers
                        && !back
                    {
                        list.year = fact_year.or(list.year);
                    }
                }
                self.join(id, &fact, &item);
            }
            Measure::Change | Measure::Growth => {
                let amount = figure.measure == Measure::Change && figure.printed;
                if amount || list.change.is_none() || !same_item {
                    list.change = Some(id);
                }
                if explicit {
                    list.item = Some(item);
                }
                if list.rates.len() <= list.rate_at && figure.measure == Measure::Growth {
                    list.rates.push(Measure::Growth);
                }
                if figure.measure == Measure::Growth {
                    list.rate_at += 1;
                }
                if local_period.is_some_and(|p| p.year.is_some()) && list.kind == ListKind::Base {
                    list.year = fact_year.or(list.year);
                }
                if explicit || list.kind == ListKind::Drivers {
                    self.join(id, &fact, &item);
                }
            }
            Measure::Share | Measure::Completion => {
                if list.rates.len() <= list.rate_at {
                    list.rates.push(figure.measure);
                }
                list.rate_at += 1;
            }
            _ => {}
        }
    }

    /// Puts a fact into the list that holds it.
    fn join(&mut self, id: FactId, fact: &Fact, item: &Item<'a>) {
        let total = is_total(item);
        let owner_unit = self
            .lists
            .last()
            .and_then(|l| l.owner_level.or(l.owner_change))
            .and_then(|o| self.out.fact(o))
            .and_then(|o| o.unit);
        let same_kind = self.same_kind(owner_unit, fact.unit);
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        match list.kind {
            ListKind::Base => {
                list.gap = Gap::None;
            }
            ListKind::Addition => {
                list.gap = Gap::None;
                if total && fact.measure == Measure::Level && list.members.len() >= 2 {
                    let parts = list.members.clone();
                    let minus = list.minus.clone();
                    let cue = list.cue;
                    let year = list.year;
                    self.lists.pop();
                    for p in &parts {
                        if let Some(f) = self.out.facts.get_mut(*p as usize)
                            && f.parent.is_none()
                        {
                            f.parent = Some(id);
                            f.role.get_or_insert(Role::Component);
                        }
                    }
                    if let Some(f) = self.out.facts.get_mut(id as usize) {
                        f.role = Some(Role::Total);
                    }
                    self.out.breakdowns.push(Breakdown {
                        total: id,
                        parts,
                        cue,
                        drivers: false,
                        complete: true,
                        equation: true,
                        minus,
                    });
                    if let Some(base) = self.lists.last_mut() {
                        base.level = Some(id);
                        base.item = Some(*item);
                        base.change = None;
                        base.gap = Gap::None;
                        base.year = year.or(base.year);
                    }
                } else if fact.measure == Measure::Level {
                    list.members.push(id);
                    if list.deducting {
                        list.minus.push(id);
                    }
                }
            }
            ListKind::Drivers => {
                list.enumerated = false;
                list.separator = list.separator.max(list.gap);
                list.gap = Gap::None;
                if matches!(fact.measure, Measure::Level | Measure::Change) && fact.printed {
                    list.members.push(id);
                    let parent = list.owner_change;
                    if let Some(f) = self.out.facts.get_mut(id as usize) {
                        f.role = Some(Role::Driver);
                        f.parent = parent;
                    }
                }
            }
            ListKind::Components | ListKind::Bracket => {
                let owner = list.owner_level.or(list.owner_change).and_then(|o| self.out.facts.get(o as usize));
                let kinds_agree =
                    owner.is_some_and(|o| o.unit == fact.unit || o.unit.is_none() || fact.unit.is_none() || same_kind);
                let level_member = fact.measure == Measure::Level;
                let list_of_changes = !level_member && list_members_have_no(&self.out, list, &fact.label);
                if !list.members.is_empty() {
                    list.separator = list.separator.max(list.gap);
                }
                list.gap = Gap::None;
                list.enumerated = false;
                let named = item.part.is_some() || owner.is_none_or(|o| o.label != fact.label);
                if kinds_agree
                    && named
                    && (level_member
                        || list_of_changes && fact.measure == Measure::Change && list.owner_change.is_some())
                {
                    list.members.push(id);
                    let parent = if level_member { list.owner_level } else { list.owner_change };
                    let counts = !fact.prior && owner.is_some_and(|o| o.year == fact.year);
                    if level_member && counts {
                        list.sum = list.sum.checked_add(fact.value).unwrap_or(list.sum);
                    }
                    if let (Some(p), Some(f)) = (parent, self.out.facts.get_mut(id as usize)) {
                        f.role = Some(Role::Component);
                        f.parent = Some(p);
                    }
                    let carry = fact.label.contains("结转") && list.kind == ListKind::Bracket;
                    if carry && let Some(o) = list.owner_level.and_then(|o| self.out.facts.get_mut(o as usize)) {
                        o.carryover = Some(Carryover::Included);
                    }
                }
            }
        }
    }

    fn same_kind(&self, a: Option<UnitId>, b: Option<UnitId>) -> bool {
        let kind = |u: Option<UnitId>| u.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
        kind(a) == kind(b) && kind(a) != Some(UnitKind::Count)
    }

    fn claim(&mut self, id: EntryId, t: &Token, lexed: &Lexed) {
        let stage_at = |i: Option<usize>| {
            i.and_then(|i| lexed.tokens.get(i)).and_then(|t| match t.kind {
                TokenKind::Word(w) => self.stage_of(w),
                _ => None,
            })
        };
        let (Some(left), Some(right)) = (stage_at(self.at.checked_sub(1)), stage_at(Some(self.at + 1))) else {
            return;
        };
        let value =
            self.packs.classes.claim_class.and_then(|c| self.packs.vocabulary.entry(id).and_then(|e| e.value(c)));
        let order = match value.and_then(|v| self.packs.vocabulary.values.get(v as usize)).map(String::as_str) {
            Some("less") => -1,
            Some("more") => 1,
            _ => 0,
        };
        let label = self.lists.iter().rev().find_map(|l| l.item.as_ref()).map(|i| i.label);
        let side = |stage: Stage| {
            let kin = |s: Option<Stage>| match (s, stage) {
                (Some(a), b) if a == b => true,
                (Some(Stage::Executed), Stage::Final) | (Some(Stage::Adjusted), Stage::Budget) => true,
                _ => false,
            };
            self.out.facts.iter().enumerate().rev().take(12).find(|(_, f)| {
                f.measure == Measure::Level
                    && f.paragraph == self.paragraph
                    && label.as_ref().is_none_or(|l| *l == f.label)
                    && kin(f.stage)
            })
        };
        if let (Some((l, _)), Some((r, _))) = (side(left), side(right))
            && l != r
        {
            self.out.claims.push(Claim { left: l as FactId, right: r as FactId, order, span: (t.start, t.end) });
        }
    }
}

/// How many offices a list names, if it names nothing else: 甲科、乙科和丙科.
/// 思想政治和权益维护科 is one office.
fn offices(names: &str) -> Option<u32> {
    let office = |name: &str| {
        name.chars().count() <= 20
            && name
                .ends_with(['科', '室', '股', '处', '局', '队', '站', '所', '组', '部', '委', '办', '校', '心', '园'])
    };
    let mut count = 0;
    for piece in names.split('、') {
        let parted: Vec<&str> = piece.split(['和', '及']).collect();
        count += match () {
            () if parted.iter().all(|p| office(p)) => parted.len() as u32,
            () if office(piece) => 1,
            () => return None,
        };
    }
    (count >= 2).then_some(count)
}

/// What a pattern said of a figure besides its value.
#[derive(Debug, Clone, Copy, Default)]
struct Said<'a> {
    named: Option<Item<'a>>,
    stage: Option<Stage>,
    within: Option<&'a str>,
    whole: Option<Item<'a>>,
    period: Option<Period>,
    denominator: bool,
    levels: bool,
}

fn list_members_have_no(out: &Reading, list: &List, label: &str) -> bool {
    !list
        .members
        .iter()
        .rev()
        .take(MAX_MEMBERS)
        .filter_map(|m| out.fact(*m))
        .any(|m| m.measure == Measure::Level && m.label == label)
}

/// A label that names a grand total.
fn is_total(item: &Item) -> bool {
    if item.concept_id().is_some_and(|c| c.ends_with(".total") || c == "revenue.available") {
        return true;
    }
    let label = item.label;
    // 总, 合 or 可 must be in it: most labels are told by one look.
    label.chars().any(|c| matches!(c, '总' | '合' | '可'))
        && ["合计", "总计", "总收入", "总支出", "总财力", "收入总量", "支出总量", "可用", "可使用"]
            .iter()
            .any(|w| label.contains(w))
}
