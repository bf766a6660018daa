//! Paragraphs and headings: what each opens, what it closes, what it fixes
//! for what stands under it.

use super::super::context::{Gap, Heading, List, ListKind};
use super::super::label::{self, Item};
use super::super::{Decoy, SectionNode};
use super::Reader;
use super::marks::says_cut;
use crate::lex::{DecoyReason, Lexed, Mark, Token, TokenKind, UnitKind, lex};
use crate::pattern::Fund;
use crate::segment::{Paragraph, Segments, year_in};

/// The level of a list that has an item a line, without numbers.
const BY_LINE: u8 = 0;

impl<'a> Reader<'a> {
    /// 一般公共预算财政拨款“三公”经费决算: the fund of the whole note.
    pub(super) fn fund_of_title(&self) -> Option<Fund> {
        let title: String =
            self.out.identity.title.as_deref()?.chars().filter(|c| !matches!(c, '“' | '”' | '"')).collect();
        self.packs.section_of(&title).and_then(|s| s.fund)
    }

    /// 某局2022年“三公”经费预算: what the whole note is of.
    pub(super) fn item_of_title(&self, segments: &Segments, lexed: &mut Lexed) -> Option<Item<'a>> {
        let title = self.out.identity.title.as_deref()?;
        let at = segments.paragraphs.iter().take(12).find(|p| self.view.slice(p.start, p.end).trim() == title)?;
        lexed.clear();
        lex(&self.packs.vocabulary, &self.view.text, at, lexed);
        self.heading_item(&lexed.tokens).filter(|i| i.concept_id().is_some_and(|c| c.starts_with("three_public")))
    }

    /// A paragraph without figures: it closes what was open, no more.
    pub(super) fn prose(&mut self, p: &Paragraph, lexed: &mut Lexed) {
        let short = p.level > 0 && p.level <= 3 && p.end - p.start < 180;
        if short {
            // Read as a heading by its list number alone.
            lex(&self.packs.vocabulary, &self.view.text, p, lexed);
            self.heading(p, lexed);
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

    pub(super) fn read_paragraph(&mut self, p: &Paragraph, lexed: &Lexed, next: Option<&Paragraph>) {
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
        if is_lone_cell(text, lexed) {
            self.read_table(p, lexed);
            return;
        }
        self.collect_decoys(lexed, false);
        self.start_paragraph(p);
        self.match_brackets(lexed);
        let before = self.out.facts.len();
        self.walk(lexed);
        self.carried = self.pending.filter(|_| p.level > 0 && self.out.facts.len() == before);
        self.end_cause(p.end);
        self.end_sentence(p.end);
        // A list opened at the very end goes on in numbered paragraphs.
        if text.ends_with(':')
            && next.is_none_or(|n| n.level == 0)
            && let Some(list) = self.lists.last_mut()
            && list.kind == ListKind::Components
            && list.members.is_empty()
            && list.ordinal.is_none()
        {
            // 收入预算80万元，其中：｜一般公共预算拨款…；｜事业收入…: an item a line.
            list.ordinal = Some(BY_LINE);
        }
        let by_line = self.lists.iter().any(|l| l.ordinal == Some(BY_LINE));
        let goes_on = next.is_some_and(|n| !n.heading && (n.level > 0 || by_line && !n.table));
        if let Some(next) = next.filter(|n| goes_on && n.level > p.level && self.is_first(n)) {
            self.open_enumeration(next.level);
        }
        self.end_paragraph(goes_on);
    }

    pub(super) fn declare_unit(&mut self, text: &str) {
        if let Some(at) = text.find("单位:") {
            let rest = text.get(at + "单位:".len()..).unwrap_or("");
            if let Some((unit, _)) = self.packs.vocabulary.units.at(rest)
                && self.packs.vocabulary.units.get(unit).is_some_and(|u| u.kind == UnitKind::Money)
            {
                self.declared_unit = Some(unit);
            }
        }
    }

    pub(super) fn heading(&mut self, p: &Paragraph, lexed: &Lexed) {
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
        let item = self.heading_item(&lexed.tokens);
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
    pub(super) fn heading_item(&self, run: &[Token]) -> Option<Item<'a>> {
        run.iter().find_map(|t| match t.kind {
            TokenKind::Word(_) => {
                label::item(self.packs, &self.view.text, std::slice::from_ref(t)).filter(|i| i.known && !i.generic)
            }
            _ => None,
        })
    }

    pub(super) fn start_paragraph(&mut self, p: &Paragraph) {
        // 三、…: what was opened inside 二、… ends with it.
        if let Some(depth) = self.lists.iter().position(|l| l.inside > 0 && p.level > 0 && p.level <= l.inside) {
            self.close_to(depth);
        }
        self.rank = p.level;
        let by_line = self.lists.iter().position(|l| l.ordinal == Some(BY_LINE));
        if let Some(depth) = by_line.filter(|_| p.level > 0) {
            self.close_to(depth);
        }
        // 二、收入预算80万元: a paragraph of a heading's rank goes on with no list of another rank.
        let ranked = (1..=3).contains(&p.level) && !self.lists.iter().any(|l| l.ordinal == Some(p.level));
        if ranked && self.lists.last().is_some_and(|l| !l.members.is_empty()) {
            self.close_to(0);
        }
        if by_line.is_some() && p.level == 0 {
            self.ordinal(BY_LINE);
        } else if p.level > 0
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
        self.clause.clear();
        self.pending = self.carried.take().filter(|_| p.level == 0);
        self.topic = None;
        self.moment = None;
        self.sentence_start = p.start;
        self.sentence_fact = self.out.facts.len();
        self.sentence_figures = 0;
        self.parallel = None;
        self.kuan = None;
    }

    /// Whether a numbered paragraph is the first of its list.
    fn is_first(&self, p: &Paragraph) -> bool {
        let number = self.view.slice(p.start, p.body);
        let digits = |c: &char| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c) || ('①'..='⑳').contains(c);
        let mut told = number.chars().filter(digits);
        matches!(told.next(), Some('1' | '一' | '①')) && told.next().is_none()
    }

    /// A total whose items follow in numbered paragraphs, without a word that
    /// says so.
    pub(super) fn open_enumeration(&mut self, level: u8) {
        // 1.本年收入80万元。｜(1)一般公共预算收入…: inside an item of a list that is numbered itself.
        let outer = self.lists.iter().rposition(|l| {
            l.kind == ListKind::Components && l.ordinal.is_some_and(|o| o < level) && !l.members.is_empty()
        });
        let explicit = self.lists.iter().skip(outer.map_or(0, |o| o + 1)).any(|l| l.kind == ListKind::Components);
        let owner = self.lists.get(outer.unwrap_or(0)).and_then(|l| l.level);
        let Some((owner, total)) = owner.and_then(|o| Some((o, self.out.fact(o)?))) else { return };
        let money =
            total.unit.and_then(|u| self.packs.vocabulary.units.get(u)).is_some_and(|u| u.kind == UnitKind::Money);
        let apart = if outer.is_some() { total.paragraph == self.paragraph } else { total.role.is_none() };
        if explicit || !money || total.value.is_zero() || !apart || self.out.breakdowns.iter().any(|b| b.total == owner)
        {
            return;
        }
        let (start, depth) = (total.start, outer.map_or(1, |o| o + 1));
        self.close_to(depth);
        let mut list = self.nested(ListKind::Components, (start, start));
        list.ordinal = Some(level);
        self.lists.push(list);
    }

    /// A paragraph that begins in the middle of a thought: 较上年增加…, 其中：….
    pub(super) fn goes_on(&self, p: &Paragraph) -> bool {
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
        // 分单位看，局机关…: cuts what the paragraph before has told.
        let cut = || text.split([',', ':']).next().is_some_and(says_cut);
        !self.lists.is_empty() && (open.iter().any(|w| text.starts_with(w)) || cut())
    }

    pub(super) fn end_paragraph(&mut self, goes_on: bool) {
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

    pub(super) fn collect_decoys(&mut self, lexed: &Lexed, heading: bool) {
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

    pub(super) fn collect_definitions(&mut self, lexed: &Lexed) {
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
    pub(super) fn match_brackets(&mut self, lexed: &Lexed) {
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
}

/// A number alone on its line, without a unit: a table's cell, when a page
/// extractor prints one a line.
fn is_lone_cell(text: &str, lexed: &Lexed) -> bool {
    matches!(lexed.tokens.as_slice(), [Token { kind: TokenKind::Quantity(_), .. }]) && crate::segment::is_cell(text)
}
