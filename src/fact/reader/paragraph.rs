//! Paragraphs and headings: what each opens, what it closes, what it fixes
//! for what stands under it.

use super::super::context::{Gap, Heading, List, ListKind};
use super::super::label::{self, Item};
use super::super::{Decoy, Fact, FactId, Measure, SectionNode};
use super::marks::says_cut;
use super::parts::names_body;
use super::{MAX_MEMBERS, Reader};
use crate::lex::{AsOf, DecoyReason, Lexed, Mark, Period, Token, TokenKind, UnitKind, lex};
use crate::pattern::{Fund, Stage};
use crate::segment::{Kind, Paragraph, Segments, without_fund_names, year_in};

/// A longer bracket between a verb and a figure is no gloss.
const MAX_GLOSS: usize = 16;

/// More words are no name of a budget.
const MAX_BUDGET_NAME: usize = 6;

/// A line of more bytes tells more than a name.
const MAX_ANNOUNCED: u32 = 48;

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
        if p.level > 0 {
            self.close_headings(p.level);
        }
        if self.tells_stage(p) {
            lex(&self.packs.vocabulary, &self.view.text, p, lexed);
            self.heading(p, lexed);
            return;
        }
        if !self.headings.last().is_some_and(|h| h.no_facts) {
            self.start_paragraph(p);
            self.end_paragraph(false);
            self.carried = self.item_of_line(p, lexed);
        }
    }

    /// 基本支出：｜年初预算数为19万元: what a line with a colon names is what the next tells of.
    fn item_of_line(&self, p: &Paragraph, lexed: &mut Lexed) -> Option<Item<'a>> {
        let short = p.level == 0 && p.end - p.start <= MAX_ANNOUNCED;
        let text = Some(self.view.slice(p.start, p.end).trim_end()).filter(|t| short && t.ends_with([':', '：']))?;
        lex(&self.packs.vocabulary, &self.view.text, p, lexed);
        let colon = p.start + text.trim_end_matches([':', '：']).len() as u32;
        let run = lexed.tokens.get(..lexed.tokens.partition_point(|t| t.start < colon))?;
        label::item(self.packs, &self.view.text, run)
            .filter(|i| i.known && !i.generic && !i.weak && i.concept_id().is_some_and(label::is_single))
    }

    pub(super) fn read_paragraph(&mut self, p: &Paragraph, lexed: &Lexed, next: Option<&Paragraph>) {
        let text = self.view.slice(p.start, p.end);
        // 六、机关运行经费为0。: a sentence, and no heading with a number in it.
        let sentence = text.ends_with('。') && text.contains('为');
        let has_figure = lexed.quantities.iter().any(|q| q.kind != UnitKind::Bare || q.decimals > 0 || sentence);
        if (p.heading || (p.level > 0 && p.level <= 3)) && !has_figure && text.len() < 180 {
            self.heading(p, lexed);
            self.collect_decoys(lexed, true);
            return;
        }
        if p.level > 0 {
            // 二、2021年决算…: a numbered paragraph closes the headings of its level.
            self.close_headings(p.level);
        }
        if !has_figure && self.tells_stage(p) {
            self.heading(p, lexed);
            self.collect_decoys(lexed, true);
            return;
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
        self.budget_fund = self.budget_named(lexed).or(self.budget_fund);
        self.body = self.body_of(lexed).or_else(|| self.headings.last().and_then(|h| h.body));
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
        self.unfinished =
            text.ends_with([';', ',', '、']) && next.is_some_and(|n| !n.heading && n.level == 0 && !n.table);
        let by_line = self.lists.iter().any(|l| l.ordinal == Some(BY_LINE));
        let goes_on = self.unfinished || next.is_some_and(|n| !n.heading && (n.level > 0 || by_line && !n.table));
        if let Some(next) = next.filter(|n| goes_on && n.level > p.level && self.is_first(n)) {
            self.open_enumeration(next.level, p.end);
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
        self.budget_fund = None;
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
        let name = self.view.text.get(p.body as usize..p.end as usize).unwrap_or("").trim_end_matches(':');
        let of = Some(name).filter(|n| names_body(n)).and_then(|n| self.other_body(n)).or(above.body);
        self.headings.push(Heading {
            body: of,
            level,
            node,
            // （一）财政拨款支出总体情况 below 五、一般公共预算财政拨款…: the one fund of the three.
            fund: section
                .and_then(|s| s.fund)
                .filter(|f| {
                    *f != Fund::Fiscal
                        || !matches!(above.fund, Some(Fund::GeneralPublic | Fund::GovFund | Fund::StateCapital))
                })
                .or(above.fund),
            flow: section.and_then(|s| s.flow).or(above.flow),
            stage: self.stage_of_heading(body).or(above.stage),
            year: year_in(body).or(above.year),
            no_facts: section.is_some_and(|s| s.no_facts) || above.no_facts,
            item,
        });
    }

    /// 1.一般公共预算。当年收入81.5亿元…；当年支出…: the budget that a paragraph of a place's report begins by naming.
    fn budget_named(&self, lexed: &Lexed) -> Option<Fund> {
        let mark = |t: &Token| matches!(t.kind, TokenKind::Mark(Mark::Stop | Mark::Colon));
        let end = lexed.tokens.iter().take(MAX_BUDGET_NAME).position(mark)?;
        let (first, last) = (lexed.tokens.first()?, lexed.tokens.get(end.checked_sub(1)?)?);
        let name = self.view.slice(first.start, last.end);
        let place = self.out.identity.kind == Kind::CountyReport && name.ends_with("预算");
        label::fund_named(name).filter(|f| place && *f != Fund::Fiscal)
    }

    /// Closes the headings that a numbered paragraph does not stand under.
    fn close_headings(&mut self, level: u8) {
        self.headings.retain(|h| h.level < level || level > 3 && h.level <= 3);
    }

    /// 1.镇人大批准的年初预算草案。｜（1）收入总计8303万元: whether a short line says how far along the year those below are.
    fn tells_stage(&self, p: &Paragraph) -> bool {
        let text = self.view.slice(p.body, p.end);
        p.level > 3
            && text.len() < 180
            && !text.contains([',', ';', ':'])
            && !self.lists.iter().any(|l| l.ordinal == Some(p.level))
            && self.stage_of_heading(text).is_some()
    }

    /// 二、2021年“三公”经费决算情况: the stage of what stands below. A final account
    /// tells of how its budget was carried out in no other sense.
    fn stage_of_heading(&self, body: &str) -> Option<Stage> {
        let stage = self.packs.stage_of_heading(&without_fund_names(body));
        stage.filter(|s| !(self.default_stage == Stage::Final && *s == Stage::Executed))
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
        // 2022年一般公共预算收入4.98亿元…。｜支出96.56亿元…: of the same budget.
        if self.out.identity.kind == Kind::CountyReport || self.told_of_place() {
            let told = self.lists.first().and_then(|l| l.fund);
            self.budget_fund = told.filter(|f| *f != Fund::Fiscal && *f != Fund::SpecialAccount).or(self.budget_fund);
        }
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
        } else if self.unfinished && p.level == 0 && self.lists.last().is_some_and(|l| l.kind == ListKind::Components) {
            self.lists.iter_mut().for_each(|l| l.gap = Gap::Semicolon);
        } else if self.goes_on(p) {
            while self.lists.len() > 1 && self.lists.last().is_some_and(|l| l.kind != ListKind::Base) {
                self.close_last();
            }
            self.widen(Gap::Stop);
            let cuts = self.cuts(p);
            self.cut_total = self.cut_total.filter(|_| cuts).or_else(|| self.lists.first()?.level.filter(|_| cuts));
            self.cut_again();
            if compares_year(self.view.slice(p.body, p.end)) {
                // 2031年预算较2030年增加1.68万元，其中：…: of the item, and of no year told before.
                for l in &mut self.lists {
                    (l.level, l.change, l.year, l.stage) = (None, None, None, None);
                }
            }
        } else {
            self.close_to(0);
        }
        if self.lists.is_empty() {
            self.cut_total = None;
            let mut base = List::new(ListKind::Base, (p.start, p.start));
            base.year = self.headings.last().and_then(|h| h.year);
            self.lists.push(base);
            self.fund_rank = None;
        }
        self.numbered = p.level;
        self.told_base = None;
        self.part = None;
        self.clause.clear();
        self.pending = self.carried.take().filter(|_| p.level == 0);
        self.topic = None;
        if let Some((period, _)) = self.moment.take()
            && (self.out.identity.kind == Kind::CountyReport
                || self.out.identity.kind == Kind::Other && period.as_of.is_months())
            && self.is_of_note(period)
            && !matches!(period.as_of, AsOf::Date { month: 12, day: Some(_) })
        {
            self.report_months = Some(period);
        }
        self.sentence_start = p.start;
        self.sentence_fact = self.out.facts.len();
        self.sentence_figures = 0;
        self.parallel = None;
        self.kuan = None;
    }

    /// （一）一般公共预算收入4.98亿元…: whether the paragraph before gave the revenue of a place, in a note
    /// that names no unit.
    fn told_of_place(&self) -> bool {
        let title = self.out.identity.title.as_deref().unwrap_or("");
        let last = self.out.facts.last().map(|f| f.paragraph);
        let told = self.out.facts.iter().rev().take_while(|f| Some(f.paragraph) == last);
        matches!(self.out.identity.kind, Kind::Other | Kind::FinalAccount)
            && !title.contains("部门")
            && !title.contains("单位")
            && told.take(MAX_MEMBERS).any(|f| {
                let revenue = f.concept.as_deref() == Some("revenue") && f.fund == Some(Fund::GeneralPublic);
                revenue && f.label.ends_with("收入")
            })
    }

    /// Whether a period is of the note's own year.
    fn is_of_note(&self, p: Period) -> bool {
        p.relative == Some(0) || p.year.is_some() && p.year == self.year
    }

    /// Whether a numbered paragraph is the first of its list.
    fn is_first(&self, p: &Paragraph) -> bool {
        let number = self.view.slice(p.start, p.body);
        if number.starts_with('-') {
            return true;
        }
        let digits = |c: &char| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c) || ('①'..='⑳').contains(c);
        let mut told = number.chars().filter(digits);
        matches!(told.next(), Some('1' | '一' | '①')) && told.next().is_none()
    }

    /// A total whose items follow in numbered paragraphs, without a word that
    /// says so.
    fn open_enumeration(&mut self, level: u8, end: u32) {
        // 1.本年收入80万元。｜(1)一般公共预算收入…: inside an item of a list that is numbered itself.
        let outer = self.lists.iter().rposition(|l| {
            l.kind == ListKind::Components && l.ordinal.is_some_and(|o| o < level) && !l.members.is_empty()
        });
        let explicit = self.lists.iter().skip(outer.map_or(0, |o| o + 1)).any(|l| l.kind == ListKind::Components);
        let owner = self.lists.get(outer.unwrap_or(0)).and_then(|l| l.level);
        let announced = self.announced(end);
        let owner = announced.or(owner);
        let Some((owner, total)) = owner.and_then(|o| Some((o, self.out.fact(o)?))) else { return };
        let money =
            total.unit.and_then(|u| self.packs.vocabulary.units.get(u)).is_some_and(|u| u.kind == UnitKind::Money);
        let apart = if outer.is_some() {
            total.paragraph == self.paragraph
        } else {
            (total.role.is_none() || announced.is_some()) && !self.stands_beside_others(total)
        };
        if explicit || !money || total.value.is_zero() || !apart || self.out.breakdowns.iter().any(|b| b.total == owner)
        {
            return;
        }
        let (start, depth) = (total.start, outer.map_or(1, |o| o + 1));
        self.close_to(depth);
        let mut list = self.nested(ListKind::Components, (start, start));
        list.owner_level = Some(owner);
        list.ordinal = Some(level);
        self.lists.push(list);
    }

    /// 县级一般公共预算收入具体完成情况是：: the level that a colon at the end of a paragraph announces
    /// the items of.
    fn announced(&self, end: u32) -> Option<FactId> {
        let from = self.out.facts.partition_point(|f| f.paragraph < self.paragraph);
        let words = self.view.slice(self.out.facts.last()?.end, end).rsplit(['。', ';']).next()?;
        let words = words.strip_suffix(':').filter(|w| w.contains("情况") && w.chars().count() <= 30)?;
        let told = self.out.facts.get(from..)?.iter().zip(from as FactId..);
        let named = told.filter(|(f, _)| {
            f.measure == Measure::Level
                && f.printed
                && !f.prior
                && f.parent.is_none_or(|p| p as usize >= from)
                && words.contains(&f.label)
        });
        named.max_by_key(|(f, id)| (f.label.len(), std::cmp::Reverse(*id))).map(|(_, id)| id)
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
        !self.lists.is_empty() && (open.iter().any(|w| text.starts_with(w)) || self.cuts(p) || compares_year(text))
    }

    /// 分单位看，局机关…: whether a paragraph cuts what the one before has told.
    fn cuts(&self, p: &Paragraph) -> bool {
        let words = self.view.slice(p.body, p.end).split([',', ':']).next().unwrap_or("");
        says_cut(words) || self.cuts_named(words)
    }

    /// 地方收入按部门分：: whether a name that the total before may be called by stands before how it is cut.
    fn cuts_named(&self, words: &str) -> bool {
        let Some((name, cut)) = words.find(['按', '分']).map(|at| words.split_at(at)) else { return false };
        let told = self.lists.first().and_then(|l| l.level).and_then(|id| self.out.fact(id));
        let called = |f: &Fact| {
            let mut label = f.label.chars();
            name.chars().all(|c| label.any(|l| l == c))
        };
        name.chars().count() >= 4 && name.ends_with(['入', '出']) && says_cut(cut) && told.is_some_and(called)
    }

    /// 二、分收入结构看：税收收入…。｜三、分征收部门看：国税局…: the total that was cut is cut again, and not
    /// what it was cut into.
    fn cut_again(&mut self) {
        let Some(total) = self.cut_total else { return };
        let item = self.items.get(total as usize).copied();
        let year = self.out.fact(total).and_then(|f| f.year);
        if let Some(list) = self.lists.first_mut().filter(|l| l.level != Some(total)) {
            (list.level, list.item, list.change) = (Some(total), item.or(list.item), None);
            list.year = year.or(list.year);
        }
    }

    pub(super) fn end_paragraph(&mut self, goes_on: bool) {
        let open = self.lists.len() > 1
            && self.lists.iter().any(|l| {
                l.kind == ListKind::Components && (self.unfinished || l.members.is_empty() || l.ordinal.is_some())
            });
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

    /// 增长（以下简称“增长”）5.2%, 占预算（预算调整数，下同）的98%, 为预算的（含上级专项）98%: a gloss between a verb, or the
    /// plan that is completed, and its figure is read behind the figure.
    pub(super) fn move_glosses(&self, lexed: &mut Lexed) {
        let c = &self.packs.classes;
        let verb = |t: &Token| match t.kind {
            TokenKind::Word(id) => {
                let classes = self.packs.vocabulary.classes_of(id);
                classes & (c.direction | c.flat | c.verb | c.copula) != 0
            }
            _ => false,
        };
        let mut at = 0;
        while let Some(open) =
            lexed.tokens.get(at + 1..).and_then(|r| r.iter().position(|t| t.kind == TokenKind::Mark(Mark::Open)))
        {
            let open = at + 1 + open;
            at = open;
            let of_plan = self.is_plan_before(open, &lexed.tokens);
            if !lexed.tokens.get(open - 1).is_some_and(verb) && !of_plan {
                continue;
            }
            let inner = lexed.tokens.get(open + 1..).unwrap_or(&[]).iter().take(MAX_GLOSS);
            let words = inner.take_while(|t| match t.kind {
                TokenKind::Text | TokenKind::Word(_) => true,
                TokenKind::Mark(m) => !matches!(m, Mark::Open | Mark::Close | Mark::Stop | Mark::Line),
                _ => false,
            });
            let close = open + 1 + words.count();
            let residue = lexed.tokens.get(open + 1).is_some_and(verb);
            let closed = lexed.tokens.get(close).is_some_and(|t| t.kind == TokenKind::Mark(Mark::Close));
            let of = lexed.tokens.get(close + 1).is_some_and(|t| of_plan && self.view.slice(t.start, t.end) == "的");
            let behind = close + 1 + usize::from(of);
            let figure = lexed.tokens.get(behind).is_some_and(|t| match t.kind {
                TokenKind::Quantity(_) if of_plan => lexed.quantity(t).is_some_and(|q| q.kind == UnitKind::Percent),
                kind => matches!(kind, TokenKind::Quantity(_)),
            });
            if closed
                && figure
                && !residue
                && let Some(part) = lexed.tokens.get_mut(open..behind + 1)
            {
                part.rotate_right(behind - close);
                at = behind;
            }
        }
    }

    /// Whether 预算 or 预算的 stands right before a token.
    fn is_plan_before(&self, at: usize, tokens: &[Token]) -> bool {
        let before = |n: usize| at.checked_sub(n).and_then(|i| tokens.get(i));
        let of = before(1).is_some_and(|t| self.view.slice(t.start, t.end) == "的");
        let stage = |t: &Token| matches!(t.kind, TokenKind::Word(id) if self.packs.vocabulary.classes_of(id) & self.packs.classes.stage != 0);
        before(1 + usize::from(of)).is_some_and(stage)
    }

    /// Pairs brackets in one pass, so that nothing is ever scanned twice.
    pub(super) fn match_brackets(&mut self, lexed: &Lexed) {
        self.partner.clear();
        self.partner.resize(lexed.tokens.len(), None);
        let mut open: Vec<(usize, bool)> = Vec::new();
        let mut stop = 0;
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
                TokenKind::Mark(Mark::Stop) => stop = i,
                _ => {}
            }
        }
        // 商品和服务支出31万元(工会经费5万元,福利费4…: cut off before the bracket closes.
        for (at, figures) in open.into_iter().filter(|(at, _)| *at > stop) {
            if let Some(p) = self.partner.get_mut(at).filter(|_| figures) {
                *p = Some((lexed.tokens.len(), true));
            }
        }
    }
}

/// 2031年预算较2030年增加1.68万元: whether a paragraph compares a year of what was told before it.
fn compares_year(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let Some(rest) = rest.strip_prefix('年').filter(|_| text.len() - rest.len() == 4) else { return false };
    let rest = rest.trim_start_matches('度');
    let rest = ["年初预算数", "年初预算", "预算数", "决算数", "预算", "决算"]
        .iter()
        .find_map(|w| rest.strip_prefix(w))
        .unwrap_or(rest);
    ["较", "比", "与上年", "与2", "同比"].iter().any(|w| rest.starts_with(w))
}

/// A number alone on its line, without a unit: a table's cell, when a page
/// extractor prints one a line.
fn is_lone_cell(text: &str, lexed: &Lexed) -> bool {
    matches!(lexed.tokens.as_slice(), [Token { kind: TokenKind::Quantity(_), .. }]) && crate::segment::is_cell(text)
}
