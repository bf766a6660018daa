//! What a pattern says of the figures in its slots.

use super::super::context::{Base, Gap, ListKind};
use super::super::label::{self, Item};
use super::super::{Measure, Role};
use super::stages::planned;
use super::{Figure, Parallel, Reader, Said};
use crate::lex::{DecoyReason, Lexed, Mark, Period, Token, TokenKind, UnitKind};
use crate::pattern::{Emit, EmitKind, Fund, Match, Sign, Stage, StageFrom};
use rust_decimal::Decimal;

impl<'a> Reader<'a> {
    pub(super) fn take_match(&mut self, m: &Match, lexed: &Lexed) -> bool {
        let packs = self.packs;
        let Some(pattern) = packs.patterns.get(m.pattern as usize) else {
            return false;
        };
        // 同上年；: no change only if nothing more follows.
        let same_as = lexed.tokens.get(m.start as usize).is_some_and(|t| self.view.slice(t.start, t.end) == "同")
            && pattern.emits.iter().any(|e| e.kind == EmitKind::Zero)
            && m.end == m.start + 2;
        let more = lexed.tokens.get(m.end as usize).is_some_and(|t| {
            !matches!(t.kind, TokenKind::Mark(Mark::Comma | Mark::Semicolon | Mark::Stop | Mark::Line | Mark::Close))
        });
        if same_as && more {
            return false;
        }
        // A match whose words only make sense after something: check first.
        for e in &pattern.emits {
            match e.kind {
                EmitKind::Zero if !self.zero_fits() => return false,
                EmitKind::Zero if pattern.emits.len() == 1 && !self.flat_fits(m, lexed) => return false,
                EmitKind::Absent if !self.absent_fits(m, e, lexed) => return false,
                EmitKind::Level if self.named_before_purpose(m, e, lexed) => return false,
                EmitKind::Base if pattern.emits.len() == 1 && !self.base_fits(m, lexed) => {
                    return false;
                }
                _ => {}
            }
        }
        // 教育经费200万元，占一般公共预算支出1000万元的20%: the share is of what was named before 占.
        let subject = if self.share_of_amount(m) {
            let named = self.own_item(lexed).filter(|i| !i.generic && !i.weak).or(self.pending);
            named.or_else(|| self.lists.iter().rev().find_map(|l| l.item))
        } else {
            None
        };
        for e in &pattern.emits {
            if e.slot.is_none_or(|slot| m.slot(slot).is_some()) {
                self.emit(e, m, lexed, subject);
            }
        }
        true
    }

    pub(super) fn zero_fits(&self) -> bool {
        self.pending.is_some()
            || !self.clause.runs.is_empty()
            || self.lists.iter().any(|l| l.level.is_some() || l.item.is_some())
            || self.headings.last().is_some_and(|h| h.item.is_some())
    }

    /// 与2030年决算数相比，收入一致: 一致 alone says that nothing changed only where something is compared.
    fn flat_fits(&self, m: &Match, lexed: &Lexed) -> bool {
        let Some(t) = lexed.tokens.get(m.start as usize) else { return false };
        let flat = matches!(t.kind, TokenKind::Word(id)
            if self.packs.vocabulary.classes_of(id) & self.packs.classes.flat != 0);
        let from = self.out.facts.last().map_or(0, |f| f.end).max(self.sentence_start).min(t.start);
        let said = self.view.slice(from, t.start);
        let compared = self.base().is_some() && ["相比", "比较", "对比"].iter().any(|w| said.contains(w));
        flat || compared && !self.clause.aside && !self.clause.runs.is_empty()
    }

    pub(super) fn absent_fits(&self, m: &Match, e: &Emit, lexed: &Lexed) -> bool {
        if self.clause.aside
            || self.lists.last().is_none_or(|l| matches!(l.kind, ListKind::Drivers | ListKind::Bracket))
        {
            return false;
        }
        let Some((s, end)) = e.item.and_then(|i| m.slot(i)) else {
            return self.none_behind(m, lexed);
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
                    && (!i.weak || self.none_of_fund(e, &i).is_some())
                    && i.concept_id().is_some_and(|c| !c.starts_with("staff") && !c.starts_with("performance"))
            })
    }

    /// 调出资金93万元用于统筹: the clause has named its item, and what follows is only what it is for.
    fn named_before_purpose(&self, m: &Match, e: &Emit, lexed: &Lexed) -> bool {
        let behind = e.slot.and_then(|s| m.slot(s)).and_then(|(_, end)| lexed.tokens.get(end as usize));
        let purpose = behind.is_some_and(|t| self.view.slice(t.start, t.end) == "用于");
        purpose
            && e.item.is_some()
            && self.own_item(lexed).is_some_and(|i| i.known && !i.generic && !i.weak && i.concept.is_some())
    }

    /// 国有资本经营预算：无收入，无支出: either flow of the fund that the sentence began with.
    fn none_of_fund(&self, e: &Emit, item: &Item<'a>) -> Option<Item<'a>> {
        let bare = e.kind == EmitKind::Absent && item.weak && matches!(item.label, "收入" | "支出");
        let topic = self.pending.or(self.topic).filter(|_| bare)?;
        let name = match (topic.fund?, item.label) {
            (Fund::GovFund, "收入") => "政府性基金收入",
            (Fund::GovFund, _) => "政府性基金支出",
            (Fund::StateCapital, "收入") => "国有资本经营预算收入",
            (Fund::StateCapital, _) => "国有资本经营预算支出",
            _ => return None,
        };
        let (_, term) = self.packs.term_named(name)?;
        let (concept, fund) = (Some(&term.concept), topic.fund);
        Some(Item { label: name, concept, fund, flow: item.flow, known: true, ..Item::default() })
    }

    /// 因公出国费用没有，…: an item of money before the word, and nothing after it.
    fn none_behind(&self, m: &Match, lexed: &Lexed) -> bool {
        let ends = lexed.tokens.get(m.end as usize).is_none_or(|t| {
            matches!(t.kind, TokenKind::Mark(Mark::Comma | Mark::Semicolon | Mark::Stop | Mark::Line | Mark::Close))
        });
        // 采购预算3万元，同比增加3万元，上年无该预算: of the item told, in another year.
        let word = lexed.tokens.get(m.start as usize).map_or("", |t| self.view.slice(t.start, t.end));
        let earlier = self.clause.period.is_some() && word.contains(['此', '该']);
        let item = self.own_item(lexed).or(self.pending);
        let last = self.out.facts.last().filter(|f| f.paragraph == self.paragraph && earlier);
        let last = last.filter(|f| {
            f.unit.and_then(|u| self.packs.vocabulary.units.get(u)).is_some_and(|u| u.kind == UnitKind::Money)
        });
        let item = item.or_else(|| last.and_then(|_| self.items.last().copied()));
        let told = self
            .items
            .last()
            .zip(item.filter(|_| !earlier))
            .is_some_and(|(last, item)| last.label == item.label && self.out.facts.len() > self.sentence_fact);
        let money = |c: &str| c.starts_with("three_public") || c.starts_with("revenue") || c.starts_with("expenditure");
        ends && !told
            && self.clause.moved.is_none()
            && !self.clause.figure
            && item.is_some_and(|i| {
                i.known && !i.weak && !i.generic && i.concept_id().is_some_and(|c| earlier || money(c))
            })
    }

    /// 与2023年…: a base only if something is compared in the sentence.
    pub(super) fn base_fits(&self, m: &Match, lexed: &Lexed) -> bool {
        let tokens = &lexed.tokens;
        let c = self.packs.classes;
        let first_is_with = tokens.get(m.start as usize).is_some_and(
            |t| matches!(t.kind, TokenKind::Word(id) if self.packs.vocabulary.classes_of(id) & c.conjunction != 0),
        );
        let mut seen = 0;
        for t in tokens.get(m.end as usize..).unwrap_or(&[]) {
            match t.kind {
                // 与执行数相比，有以下变化。一是收入增加…
                TokenKind::Mark(Mark::Stop) => {
                    let from = tokens.get(m.end as usize).map_or(t.start, |t| t.start);
                    return announces_changes(self.view.slice(from, t.start));
                }
                TokenKind::Mark(Mark::Line) => return false,
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

    pub(super) fn slot_stage(&self, from: StageFrom, m: &Match, lexed: &Lexed) -> Option<Stage> {
        match from {
            StageFrom::Context => None,
            StageFrom::Fixed(s) => Some(s),
            StageFrom::Slot(slot) => {
                let (s, _) = m.slot(slot)?;
                let t = lexed.tokens.get(s as usize)?;
                let TokenKind::Word(id) = t.kind else { return None };
                let stage = self.stage_of(id)?;
                // 为人代会批准全年预算39800万元的78.4%: what was approved, not what was adjusted.
                let whole_year = self.view.slice(t.start, t.end).starts_with("全年预算");
                let approved = || {
                    let clause = self.view.slice(self.sentence_start, t.start).rsplit([',', ';']).next().unwrap_or("");
                    clause.contains("批准") || clause.contains("通过")
                };
                Some(if stage == Stage::Adjusted && whole_year && approved() { Stage::Budget } else { stage })
            }
        }
    }

    pub(super) fn slot_period(&self, slot: Option<u8>, m: &Match, lexed: &Lexed) -> Option<Period> {
        let (s, _) = m.slot(slot?)?;
        lexed.tokens.get(s as usize).and_then(|t| lexed.period(t)).copied()
    }

    pub(super) fn slot_item(&self, slot: Option<u8>, m: &Match, lexed: &Lexed) -> Option<Item<'a>> {
        let (s, e) = m.slot(slot?)?;
        lexed.tokens.get(s as usize..e as usize).and_then(|r| label::item(self.packs, &self.view.text, r))
    }

    pub(super) fn direction(&self, slot: u8, m: &Match, lexed: &Lexed) -> i8 {
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

    fn emit(&mut self, e: &Emit, m: &Match, lexed: &Lexed, subject: Option<Item<'a>>) {
        match e.kind {
            EmitKind::Base => {
                self.returns_to(e, m, lexed);
                let period = self.slot_period(e.period, m, lexed);
                let base = Base {
                    period,
                    years: e.years.filter(|_| period.is_none()),
                    stage: self.slot_stage(e.stage, m, lexed),
                };
                let depth = self.lists.len();
                for l in self.lists.iter_mut().rev() {
                    l.base = Some(base);
                    // A list of reasons that a semicolon has closed holds no base; nor does one of
                    // components: 其中：甲费50万元，乙费450万元；比2030年决算增加100万元.
                    let set_apart = l.gap >= Gap::Semicolon
                        && !l.enumerated
                        && match l.kind {
                            ListKind::Drivers => true,
                            ListKind::Components => l.members.len() >= 2 && l.separator < l.gap && l.ordinal.is_none(),
                            _ => false,
                        };
                    if !set_apart {
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
                    // 工会经费按工资总额的2%计提18.6万元
                    let token = |at: u32| lexed.tokens.get(at as usize);
                    let opens = token(m.start).map_or("", |t| self.view.slice(t.start, t.end));
                    let verb = token(m.end.saturating_sub(1));
                    if opens.starts_with(['按', '依'])
                        && verb.is_some_and(|t| !matches!(t.kind, TokenKind::Quantity(_) | TokenKind::Mark(_)))
                        && token(m.end).is_some_and(|t| matches!(t.kind, TokenKind::Quantity(_)))
                    {
                        self.keep_item(lexed);
                    }
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
        // 收支持平: the two are the same; nothing is compared with another year.
        let beside = ["收支", "与收入", "与支出"];
        if e.kind == EmitKind::Zero && beside.iter().any(|w| self.view.slice(0, token.start).ends_with(w)) {
            return;
        }
        // 同上年: the words are all of the match.
        let end =
            if e.kind == EmitKind::Zero && self.view.slice(token.start, token.end) == "同" { m.end } else { end };
        let last = lexed.tokens.get((end as usize).saturating_sub(1)).map_or(token.end, |t| t.end);
        let quantity = lexed.quantity(&token).copied();
        // 加上A5万元、B增加3万元，总计N: a stray verb among what is added.
        let added = self.lists.last().is_some_and(|l| l.kind == ListKind::Addition) && !self.clause.runs.is_empty();
        let measure = match e.kind {
            EmitKind::Level | EmitKind::Absent => Measure::Level,
            EmitKind::Change if self.names_new(e, m, lexed) => Measure::Level,
            EmitKind::Change if added && quantity.is_some_and(|q| q.kind == UnitKind::Money) => Measure::Level,
            EmitKind::Change | EmitKind::Zero => Measure::Change,
            EmitKind::Growth => Measure::Growth,
            // 增长5%，比上年的7%回落2个百分点
            EmitKind::Share if e.prior && e.whole.is_none() && self.told_growth() => Measure::Growth,
            EmitKind::Share => Measure::Share,
            EmitKind::Completion => Measure::Completion,
            EmitKind::Ratio => Measure::Ratio,
            _ => Measure::Score,
        };
        // 甲5万元、乙3万元，在合计中分别占62.5%、37.5%: of the levels just told.
        if measure == Measure::Share
            && self.each_share(m, lexed)
            && self.parallel.as_ref().is_none_or(|p| p.next >= p.names.len())
        {
            let names = self.levels_of_sentence();
            if let Some(p) = self.parallel.as_mut().filter(|p| p.names.len() >= 2 && self.clause.runs.is_empty()) {
                // 甲、乙各为3万元、5万元，各占37.5%、62.5%: of the same again.
                (p.next, p.measure, p.sign) = (0, measure, 1);
            } else if self.clause.runs.len() >= 2 && self.parallel.is_none() {
                // 公开招标、邀请招标分别占78.3%、1.0%: the names stand before it.
                self.open_parallel(lexed);
            } else if names.len() >= 2 {
                self.parallel = Some(Parallel { names, next: 0, measure, sign: 1, period: None });
            }
        }
        // 甲县、乙县增幅分别达到14.2%、13.3%: the names stand before it.
        let changes = matches!(measure, Measure::Change | Measure::Growth);
        if changes && self.clause.runs.len() >= 2 && self.parallel.is_none() && self.each_share(m, lexed) {
            self.open_parallel(lexed);
        }
        // 低于年初预算40万元, said of 36万元: the plan itself, as it is more than was spent.
        let beside = matches!(e.stage, StageFrom::Slot(_)) && changes;
        let level = self.lists.last().and_then(|l| l.level).and_then(|l| self.out.fact(l));
        let plan = beside
            && e.sign == Sign::Down
            && quantity.is_some_and(|q| level.is_some_and(|l| l.unit == q.unit && q.value > Some(l.value)));
        let measure = if plan { Measure::Level } else { measure };
        // 收入860万元，支出602万元，差额258万元: between two items, an amount of its own.
        let measure = if e.sign == Sign::Levels && !self.item_told_twice() { Measure::Level } else { measure };
        // 上年无此项预算: of the year before, in another's list.
        let word = |i: u32| lexed.tokens.get(i as usize).map_or("", |t| self.view.slice(t.start, t.end));
        let before =
            self.clause.period.filter(|p| p.relative == Some(-1) || p.year.is_some_and(|y| Some(y) < self.year));
        let before = before.filter(|_| e.kind == EmitKind::Absent && word(m.start).contains(['此', '该']));
        let prior = e.prior || before.is_some();
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
                .is_some_and(|t| self.view.slice(t.start, t.end).starts_with(['调', '追']));
            if let Some(l) = self.lists.last_mut().filter(|l| adjusts && l.base.is_none()) {
                l.base = Some(Base { period: None, years: Some(0), stage: Some(Stage::Budget) });
            }
        }
        let sign = match e.sign {
            Sign::Slot(slot) => self.direction(slot, m, lexed),
            Sign::Down if plan => 1,
            Sign::Down => -1,
            Sign::Levels => self.sign_of_levels(),
            Sign::Plain if measure == Measure::Growth && self.goes_with_fall(token.start) => -1,
            Sign::Plain | Sign::Up => 1,
        };
        // 无政府性基金预算支出: the word for nothing too.
        let first = lexed.tokens.get(m.start as usize).filter(|_| e.kind == EmitKind::Absent);
        let figure = Figure {
            measure,
            value: if sign < 0 && !value.is_zero() && !value.is_sign_negative() { -value } else { value },
            unit: quantity.and_then(|q| q.unit),
            kind: quantity.map_or(UnitKind::Money, |q| q.kind),
            decimals: quantity.map_or(0, |q| q.decimals),
            start: first.map_or(token.start, |t| t.start),
            end: last,
            pattern: Some(m.pattern),
            prior,
            printed,
            stated: e.kind != EmitKind::Absent,
        };
        // 完成预算800万元的106.3%，超收50万元: beyond what was planned.
        let told = self.out.facts.last().is_some_and(|f| f.measure == Measure::Completion);
        let beyond = match e.sign {
            Sign::Slot(slot) => m.slot(slot).and_then(|(s, _)| lexed.tokens.get(s as usize)),
            _ => None,
        };
        let beyond = beyond.is_some_and(|t| {
            ["超收", "短收", "超支"].iter().any(|w| self.view.slice(t.start, t.end).starts_with(w))
                && (self.base().is_none() || told)
        });
        let of_amount = self.share_of_amount(m);
        let named = self.slot_item(e.item, m, lexed).filter(|i| !i.generic);
        let stays = e.kind == EmitKind::Zero && self.plan_stays(token.start);
        if stays && let Some(l) = self.lists.last_mut() {
            l.base = Some(Base { period: None, years: Some(0), stage: Some(Stage::Budget) });
            self.clause.stage = Some(Stage::Adjusted);
        }
        let named = named.map(|i| self.none_of_fund(e, &i).unwrap_or(i));
        let told = || self.own_item(lexed).or(self.pending).or_else(|| self.items.last().copied());
        let named = named.or_else(|| before.and_then(|_| told()));
        let named = named.or(subject.filter(|_| of_amount && e.kind == EmitKind::Share));
        let stage = self.slot_stage(e.stage, m, lexed).filter(|_| !beside || plan);
        let named = named.or_else(|| self.own_item(lexed).filter(|i| beside && i.known && !i.generic && !i.weak));
        // 增加甲10万元和乙5万元: the second shares the verb.
        let outer = if named.is_some() && measure == Measure::Change && !beside {
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
        // 无因公出国(境)人数: nobody, and no money.
        let kind = named.as_ref().filter(|_| !figure.stated).and_then(|i| self.counts(i)).unwrap_or(figure.kind);
        let figure = Figure { kind, ..figure };
        let whole = self.slot_item(e.whole, m, lexed);
        let changes = matches!(measure, Measure::Change | Measure::Growth);
        let target = e.whole.and_then(|w| m.slot(w)).filter(|_| changes).and_then(|(s, end)| {
            let (first, last) = (lexed.tokens.get(s as usize)?, lexed.tokens.get((end as usize).checked_sub(1)?)?);
            self.view.text.get(first.start as usize..last.end as usize)
        });
        let period = if e.prior { self.slot_period(e.period, m, lexed) } else { before };
        let denominator = e.kind == EmitKind::Level && !e.prior && matches!(e.stage, StageFrom::Slot(_))
            || (e.kind == EmitKind::Level && (self.is_denominator(m) || of_amount));
        self.add(
            figure,
            Said {
                named,
                stage,
                within: outer,
                whole,
                target,
                period,
                denominator,
                levels: beyond || beside && !plan || e.sign == Sign::Levels && e.stage != StageFrom::Context,
            },
            lexed,
        );
    }

    /// What an item counts, if it is no money.
    fn counts(&self, item: &Item) -> Option<UnitKind> {
        let takes = &self.packs.concept(item.concept_id()?)?.takes;
        let kinds = [("people", UnitKind::People), ("vehicles", UnitKind::Vehicles), ("count", UnitKind::Count)];
        let takes = |kind: &str| takes.iter().any(|t| t == kind);
        kinds.into_iter().find(|(name, _)| takes(name) && !takes("money")).map(|(_, kind)| kind)
    }

    /// 收入560万元，支出520万元，比上年收入增加50%: the base names which of the levels it is.
    fn returns_to(&mut self, e: &Emit, m: &Match, lexed: &Lexed) {
        let Some(item) = self.slot_item(e.item, m, lexed).filter(|i| i.concept.is_some() && i.flow.is_some()) else {
            return;
        };
        let told = self.levels_of_sentence();
        let of = told.iter().rev().find(|i| i.concept == item.concept && i.part.is_none());
        let here = told.last().is_some_and(|i| i.concept == item.concept);
        if let Some(of) = of.filter(|_| !here && self.clause.runs.is_empty()) {
            self.pending = Some(*of);
        }
    }

    /// Whether the last rate of the sentence is a growth.
    fn told_growth(&self) -> bool {
        let here = self.out.facts.get(self.sentence_fact..).unwrap_or(&[]);
        here.iter()
            .rev()
            .find(|f| f.printed && f.measure != Measure::Level)
            .is_some_and(|f| f.measure == Measure::Growth)
    }

    /// Whether a pattern tells a share together with the amount of the whole.
    fn share_of_amount(&self, m: &Match) -> bool {
        self.packs.patterns.get(m.pattern as usize).is_some_and(|p| {
            p.emits.iter().any(|e| e.kind == EmitKind::Level && e.item.is_some())
                && p.emits.iter().any(|e| e.kind == EmitKind::Share)
        })
    }

    /// Whether the pattern also emits a completion: its level is what is completed.
    pub(super) fn is_denominator(&self, m: &Match) -> bool {
        self.packs
            .patterns
            .get(m.pattern as usize)
            .is_some_and(|p| p.emits.iter().any(|e| e.kind == EmitKind::Completion))
    }

    /// 新增一般债券2.54亿元, 新增资产配置12.80万元: an item's name, where nothing is compared.
    fn names_new(&self, e: &Emit, m: &Match, lexed: &Lexed) -> bool {
        let Sign::Slot(slot) = e.sign else { return false };
        let word = m.slot(slot).and_then(|(s, _)| lexed.tokens.get(s as usize));
        let new = word.is_some_and(|t| self.view.slice(t.start, t.end) == "新增");
        let list = self.lists.last();
        let compared = list.is_some_and(|l| l.kind == ListKind::Drivers || l.base.is_some());
        let adds = list.is_some_and(|l| l.kind == ListKind::Addition);
        new && e.item.and_then(|i| m.slot(i)).is_some() && (!compared || adds)
    }

    /// 分别占, 各占: one share for each of several.
    fn each_share(&self, m: &Match, lexed: &Lexed) -> bool {
        let tokens = lexed.tokens.get((m.start as usize).saturating_sub(1)..m.end as usize).unwrap_or(&[]);
        tokens.iter().any(|t| ["分别", "各占"].iter().any(|w| self.view.slice(t.start, t.end).starts_with(w)))
    }

    /// The items of the sentence's levels, in their order.
    pub(super) fn levels_of_sentence(&self) -> Vec<Item<'a>> {
        let from = self.sentence_fact;
        let (facts, items) = (self.out.facts.get(from..).unwrap_or(&[]), self.items.get(from..).unwrap_or(&[]));
        let told = facts.iter().zip(items);
        let mut out: Vec<Item<'a>> = Vec::new();
        for (_, item) in told.filter(|(f, _)| f.measure == Measure::Level && f.printed && f.role != Some(Role::Total)) {
            if !out.iter().any(|i| i.label == item.label) {
                out.push(*item);
            }
        }
        out
    }

    /// Whether the item of the last level was told before: as planned, say.
    fn item_told_twice(&self) -> bool {
        let mut told = self
            .out
            .facts
            .iter()
            .rev()
            .take(12)
            .filter(|f| f.measure == Measure::Level && f.paragraph == self.paragraph);
        told.next().is_none_or(|last| told.any(|f| f.label == last.label))
    }

    /// 2025年预算数330万元，2024年预算数320万元，增减额10万元.
    fn sign_of_years(&self, label: Option<&str>) -> i8 {
        let mut told = self.out.facts.iter().rev().take(6).filter(|f| {
            f.measure == Measure::Level && f.paragraph == self.paragraph && label.is_none_or(|l| l == f.label)
        });
        let (Some(a), Some(b)) = (told.next(), told.next()) else { return 1 };
        let (new, old) = if a.year > b.year { (a, b) } else { (b, a) };
        if new.value < old.value { -1 } else { 1 }
    }

    /// 预算数90万元，决算数60万元，差异30万元，差异率33.33%: whether a rate without a sign is that of a difference, which
    /// has none either, of what fell.
    fn goes_with_fall(&self, at: u32) -> bool {
        let Some(last) = self.out.facts.last().filter(|f| f.measure == Measure::Change) else { return false };
        let between = self.view.slice(last.end.min(at), at);
        let differs = ["差异率", "差额率", "差值率"].iter().any(|w| between.contains(w));
        last.value.is_sign_negative() && differs && !self.view.slice(last.start, last.end).starts_with('-')
    }

    pub(super) fn sign_of_levels(&self) -> i8 {
        let label = self.lists.iter().rev().find_map(|l| l.item.as_ref()).map(|i| i.label);
        let year = self.lists.last().and_then(|l| l.level).and_then(|l| self.out.fact(l)).and_then(|f| f.year);
        let (mut plan, mut actual) = (None, None);
        for f in self.out.facts.iter().rev().take(12) {
            if f.measure != Measure::Level
                || f.cell.is_some()
                || f.prior
                || f.year != year
                || label.is_some_and(|l| l != f.label)
            {
                continue;
            }
            if planned(f.stage) {
                plan.get_or_insert(f.value);
            } else {
                actual.get_or_insert(f.value);
            }
        }
        match (plan, actual) {
            (Some(p), Some(a)) => {
                if a < p {
                    -1
                } else {
                    1
                }
            }
            _ => self.sign_of_years(label),
        }
    }
}

/// 有以下变化: whether a sentence without figures says that changes follow.
pub(super) fn announces_changes(said: &str) -> bool {
    let said = said.trim_end_matches(['。', ':', '：']);
    said.contains(['下', '如', '有']) && ["变化", "变动", "调整", "差异"].iter().any(|w| said.ends_with(w))
}
