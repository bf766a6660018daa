//! One paragraph's tokens in their order: matches, words, marks, figures.

use super::super::context::{Gap, ListKind};
use super::super::label;
use super::super::{Extent, FactId, Measure};
use super::{Reader, WITHOUT};
use crate::lex::{AsOf, EntryId, Lexed, Mark, Period, Token, TokenKind, UnitKind};
use crate::pattern::Stage;

/// How far, in bytes, the word may stand behind 由 that says that something is made up of what follows.
const MADE_OF_BYTES: usize = 600;

/// How many tokens a clause is looked through for a figure.
const CLAUSE_TOKENS: usize = 64;

/// How many figures back a total may have been told that a paragraph names again.
const NEAR_FACTS: usize = 8;

impl<'a> Reader<'a> {
    pub(super) fn walk(&mut self, lexed: &Lexed) {
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
                // 自2026年起实行…: since when something is so, not of which year.
                TokenKind::Period(_) if self.view.text.get(t.end as usize..).is_some_and(|r| r.starts_with('起')) => {}
                TokenKind::Period(_) => {
                    self.clause.period = lexed.period(&t).copied();
                    self.clause.periods.extend(self.clause.period);
                    let moment = |p: &Period| p.as_of != AsOf::Year;
                    // 因2016年5月车改，共有车辆0辆: when the reason was, not the figure.
                    let reason = self.clause.aside || self.lists.last().is_some_and(|l| l.kind == ListKind::Drivers);
                    if !reason {
                        self.moment = self.clause.period.filter(moment).map(|p| (p, false));
                    }
                }
                TokenKind::Quantity(_) => self.plain_quantity(&t, lexed),
                TokenKind::Word(id) => self.word(id, &t, lexed),
                // 预算79.69万元中，出国费31.36万元，…: what the amount is made of.
                TokenKind::Text if self.is_within_amount(&t, tokens) => self.open_components(&t, Extent::Open),
                // 支出76亿元，完成预算的99.7%。主要：教育16亿元，…
                TokenKind::Text if self.view.slice(t.start, t.end) == "主要" && self.lists_parts(tokens) => {
                    self.open_components(&t, Extent::Some);
                }
                TokenKind::Text => self.extend_run(tokens),
                TokenKind::Decoy(_) => {}
            }
            self.at += 1;
        }
        self.end_clause(lexed);
    }

    /// Whether a text is the 中 of 100万元中，.
    fn is_within_amount(&self, t: &Token, tokens: &[Token]) -> bool {
        let amount = self.at.checked_sub(1).and_then(|b| tokens.get(b)).filter(|b| b.end == t.start);
        let mark = tokens.get(self.at + 1).map(|n| n.kind);
        amount.is_some_and(|a| matches!(a.kind, TokenKind::Quantity(_)))
            && matches!(mark, Some(TokenKind::Mark(Mark::Comma | Mark::Colon)))
            && self.view.slice(t.start, t.end) == "中"
    }

    /// 主要：教育16亿元，…; 。主要是教育16亿元，…: whether the first amount behind a word is by its name a part of the level
    /// that was told last, of which no change has been told.
    pub(super) fn lists_parts(&self, tokens: &[Token]) -> bool {
        let Some(list) = self.lists.last().filter(|l| l.change.is_none()) else { return false };
        let whole = list.level.and_then(|l| self.out.fact(l)).filter(|f| f.paragraph == self.paragraph);
        let Some(whole) = whole.and_then(|f| f.concept.as_deref()) else { return false };
        let behind = tokens.get(self.at + 1..).unwrap_or(&[]);
        let behind = match behind.split_first() {
            Some((colon, rest)) if colon.kind == TokenKind::Mark(Mark::Colon) => rest,
            _ => behind,
        };
        let [name, amount, ..] = behind else { return false };
        let item = label::item(self.packs, &self.view.text, std::slice::from_ref(name));
        matches!(amount.kind, TokenKind::Quantity(_))
            && item.and_then(|i| i.concept_id()).is_some_and(|c| self.is_component(c, whole))
    }

    /// Adds the current token to the run of words before the next figure.
    pub(super) fn extend_run(&mut self, tokens: &[Token]) {
        let here = self.at;
        if self.clause.left_out {
            return;
        }
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

    pub(super) fn word(&mut self, id: EntryId, t: &Token, lexed: &Lexed) {
        let classes = self.packs.vocabulary.classes_of(id);
        let c = &self.packs.classes;
        let text = || self.packs.vocabulary.entry(id).map_or("", |e| e.text.as_str());
        let term = self.packs.vocabulary.term_of(id);
        // 保险费收入预算数318.61亿元，决算数308.33亿元: the item's name ends with the stage.
        if term.is_some() && classes & c.stage == 0 {
            let ends = [("预算数", Stage::Budget), ("决算数", Stage::Final)];
            let told = ends.iter().find(|(w, _)| text().ends_with(w) && text().len() > w.len());
            let told = told.map(|(_, s)| *s).or_else(|| self.stage_in_name(text(), lexed));
            self.clause.stage = told.or(self.clause.stage);
        }
        if classes & (c.qualifier | c.verb) != 0 {
            let word = text();
            let qualifiers = [
                ("自然口径", "自然口径"),
                ("可比口径", "同口径"),
                ("同口径", "同口径"),
                ("可比", "同口径"),
                ("当月", "当月"),
                ("累计", "累计"),
            ];
            // What a final account tells is of the whole year.
            let year = |q: &str| q == "累计" && self.default_stage == Stage::Final;
            if let Some((_, q)) = qualifiers.iter().find(|(w, q)| word.contains(w) && !year(q)) {
                self.said = Some(q);
            }
        }
        let has = |mask: u64| classes & mask != 0;
        if self.makes_up(text(), t, lexed) {
            self.open_components(t, Extent::Whole);
        } else if self.names_what_it_makes_up(text(), t, lexed) {
            let owner = self.out.facts.len().checked_sub(1).map(|o| o as FactId);
            self.open_components(t, Extent::Whole);
            let opened = self.lists.last_mut().filter(|l| l.kind == ListKind::Components && l.members.is_empty());
            if let Some(list) = opened {
                list.owner_level = owner;
            }
        } else if has(c.components) && text().starts_with("分别") && self.names_several(lexed) && !self.clause.figure
        {
            self.open_parallel(lexed);
        } else if has(c.stage) {
            // 累计完成 in a final account is what the account is of.
            let done = self.default_stage == Stage::Final && !text().contains("执行");
            let stage = self.stage_of(id).filter(|s| !(done && *s == Stage::Executed));
            self.clause.stage = stage.or(self.clause.stage);
            if has(c.weak) {
                if self.named_before(lexed) {
                    self.extend_run(&lexed.tokens);
                } else {
                    self.clause.runs.push((self.at, self.at + 1));
                }
            }
        } else if has(c.components) {
            let at_start = self.clause.runs.is_empty();
            // 用车费用中含购置费0万元: what holds it is not part of its name.
            let within = self.view.text.get(..t.start as usize).is_some_and(|v| v.ends_with('中'));
            if has(c.include) && within && !at_start {
                self.clause.runs.clear();
                return;
            }
            if has(c.include) && !at_start && !self.lists.last().is_some_and(|l| l.kind == ListKind::Bracket) {
                self.extend_run(&lexed.tokens);
                return;
            }
            let extent = match () {
                () if has(c.include) => Extent::Some,
                () if has(c.whole) => Extent::Whole,
                () => Extent::Open,
            };
            self.recall_total(lexed);
            self.open_components(t, extent);
        } else if has(c.cause) {
            let text = text();
            let reason = ["因", "由于", "主要是", "主要系", "主要为", "原因"].iter().any(|w| text.contains(w));
            self.cause(
                t,
                reason,
                text.starts_with("主要是") || text.starts_with("主要为") || text.starts_with("主要系"),
                &lexed.tokens,
            );
        } else if has(c.purpose) && self.tells_amounts(lexed) {
            // 主要用于甲20万元、乙10万元 may be all that it is for, as behind 其中; 主要用于：announces some.
            let colon = lexed.tokens.get(self.at + 1).is_some_and(|t| t.kind == TokenKind::Mark(Mark::Colon));
            let base = self.lists.last().is_some_and(|l| l.kind == ListKind::Base);
            self.open_components(t, if base && !colon { Extent::Open } else { Extent::Some });
        } else if has(c.purpose) {
            self.clause.aside = true;
            self.clause.purpose = true;
            self.clause.runs.clear();
        } else if has(c.parallel)
            || has(c.each) && self.figures_follow(lexed)
            || has(c.copula) && self.pairs_follow(lexed)
        {
            self.open_parallel(lexed);
        } else if has(c.deduction) && self.lists.last().is_some_and(|l| l.kind == ListKind::Addition) {
            if let Some(l) = self.lists.last_mut() {
                l.deducting = true;
            }
            self.clause.runs.clear();
        } else if has(c.addition) && text() == "加之" && !self.figure_in_clause(lexed) {
            // 落实政策，加之上年基数高；…: one more reason.
            self.clause.aside = true;
            self.clause.runs.clear();
        } else if has(c.addition) {
            // 加 alone adds only where a clause begins.
            let begins = self.at.checked_sub(1).and_then(|i| lexed.tokens.get(i));
            if text().chars().count() > 1
                || begins.is_none_or(|b| matches!(b.kind, TokenKind::Mark(m) if m != Mark::Pause))
            {
                self.open_addition(t);
            } else {
                self.extend_run(&lexed.tokens);
            }
        } else if has(c.claim) && text() == "超" && lexed.tokens.get(self.at + 1).is_some_and(|n| self.is_item(n)) {
            // 超课时支出: the beginning of a name.
            self.extend_run(&lexed.tokens);
        } else if has(c.claim) {
            self.clause.claims = true;
            self.claim(id, t, lexed);
        } else if has(c.enumerator) {
            for l in &mut self.lists {
                l.enumerated = true;
            }
            self.clause.runs.clear();
            self.clause.aside = false;
        } else if has(c.direction) {
            let down = self.packs.classes.down;
            let falls = self.packs.vocabulary.entry(id).is_some_and(|e| e.values.iter().any(|(_, v)| Some(*v) == down));
            self.clause.moved = Some(if falls { -1 } else { 1 });
        } else if text() == "计划" && self.inside_name(lexed) {
            self.extend_run(&lexed.tokens);
        } else if has(c.verb) && term.is_some() && self.figure_follows(lexed) {
            // 实有22人: the verb is the item.
            self.extend_run(&lexed.tokens);
        } else if has(c.verb)
            && (self.default_stage == Stage::Executed && text().contains("安排")
                || self.default_stage != Stage::Budget
                    && ["批准", "审议通过", "核准", "申请", "批复"].contains(&text()))
        {
            self.clause.stage = self.clause.stage.or(Some(Stage::Budget));
        } else if has(c.verb) && self.tells_done(text(), t, lexed) {
            self.clause.stage = self.clause.stage.or(Some(Stage::Executed));
        } else if has(c.qualifier) {
            // 扣除留抵退税因素后: what is left out is no item, and what is compared is no more the whole.
            self.clause.left_out = ["扣除", "剔除", "还原"].iter().any(|w| text().starts_with(w));
            if self.clause.left_out {
                self.said = Some(WITHOUT);
            }
            // 公务接待费同口径比2018年减少38万元: the item stands before.
            self.keep_item(lexed);
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

    /// 预算收入300万元，比上年减少20万元。｜预算收入包括：: a paragraph that begins with the name of a total told right
    /// before lists what that holds.
    pub(super) fn recall_total(&mut self, lexed: &Lexed) {
        let untold = self.lists.len() == 1
            && self.out.facts.last().is_some_and(|f| f.paragraph < self.paragraph)
            && self.lists.last().is_some_and(|l| l.level.is_none() && l.change.is_none());
        if !untold {
            return;
        }
        let Some(item) = self.own_item(lexed).filter(|i| i.known && !i.generic || i.weak) else { return };
        let year = self.clause.period.and_then(|p| p.year.or_else(|| self.year.zip(p.relative).map(|(y, r)| y + r)));
        let section = self.headings.last().map(|h| h.node);
        let count = self.out.facts.len() as FactId;
        let told = self.out.facts.iter().zip(0..count).rev().take(NEAR_FACTS).find(|(f, _)| {
            f.measure == Measure::Level
                && f.printed
                && !f.prior
                && f.section == section
                && f.label == item.label
                && f.part.as_deref() == item.part
                && (year.is_none() || f.year == year)
                && self.paragraph - f.paragraph <= 2
        });
        let Some((f, id)) = told else { return };
        if self.out.breakdowns.iter().any(|b| b.total == id) {
            return;
        }
        let (year, stage, of) = (f.year, f.stage, self.items.get(id as usize).copied());
        if let Some(list) = self.lists.last_mut() {
            (list.level, list.item, list.year, list.stage) = (Some(id), of, year, stage);
        }
    }

    /// 人员经费601.85万元，由工资福利支出573.49万元和对个人和家庭的补助28.36万元组成
    fn makes_up(&self, word: &str, t: &Token, lexed: &Lexed) -> bool {
        let clause = || {
            let after = self.view.text.get(t.end as usize..).unwrap_or("");
            let near = after.get(..after.floor_char_boundary(MADE_OF_BYTES)).unwrap_or("");
            near.split(['。', ';', '\n']).next().unwrap_or("")
        };
        word == "由"
            && self.clause.runs.is_empty()
            && !self.clause.figure
            && lexed.tokens.get(self.at + 1).is_some_and(|n| self.is_item(n))
            && self.out.facts.last().is_some_and(|f| f.measure == Measure::Level && f.end + 3 >= t.start)
            && ["组成", "构成"].iter().any(|w| clause().contains(w))
    }

    /// …、特定目标类项目49.00万元。特定目标类项目由甲35.00万元、乙14.00万元两部分组成: of the item told last, that is named again.
    fn names_what_it_makes_up(&self, word: &str, t: &Token, lexed: &Lexed) -> bool {
        if word != "由" || self.clause.figure || self.clause.runs.len() != 1 {
            return false;
        }
        let after = self.view.text.get(t.end as usize..).unwrap_or("");
        let clause = after.get(..after.floor_char_boundary(MADE_OF_BYTES)).unwrap_or("");
        let clause = clause.split(['。', ';', '\n']).next().unwrap_or("");
        let last = self.out.facts.last().filter(|f| f.measure == Measure::Level && f.paragraph == self.paragraph);
        let item = self.own_item(lexed);
        ["组成", "构成"].iter().any(|w| clause.contains(w))
            && item.zip(last).is_some_and(|(i, f)| i.label == f.label && i.part == f.part.as_deref())
    }

    /// 保险费收入预算数: whether unknown words right before name what the flow is of.
    fn named_before(&self, lexed: &Lexed) -> bool {
        let Some(before) = self.at.checked_sub(1).and_then(|b| lexed.tokens.get(b)) else { return false };
        let joined = self.clause.runs.last().is_some_and(|(_, end)| *end == self.at)
            && lexed.tokens.get(self.at).is_some_and(|t| t.start == before.end);
        let text = self.view.slice(before.start, before.end);
        joined
            && self.is_item(before)
            && (2..=8).contains(&text.chars().count())
            && text.ends_with(['费', '金', '息', '贴', '款', '税', '租'])
    }

    /// 寒梅计划项目: whether words stand close before and behind that make one name with a word.
    fn inside_name(&self, lexed: &Lexed) -> bool {
        let Some(before) = self.at.checked_sub(1).and_then(|b| lexed.tokens.get(b)) else { return false };
        let joined = self.clause.runs.last().is_some_and(|(_, end)| *end == self.at);
        let name = self.view.slice(before.start, before.end);
        joined
            && before.kind == TokenKind::Text
            && name.chars().count() >= 2
            && !label::is_place(name)
            && lexed.tokens.get(self.at + 1).is_some_and(|n| self.is_item(n))
    }

    /// Whether the clause has named several things: 甲、乙; 上述各项.
    fn names_several(&self, lexed: &Lexed) -> bool {
        // 人员经费和公用经费分别为60万元和40万元
        let joined = self.clause.runs.last().and_then(|(s, e)| lexed.tokens.get(*s..*e)).is_some_and(|run| {
            let named = |piece: &[Token]| label::item(self.packs, &self.view.text, piece).is_some_and(|i| i.known);
            let mut pieces = run.split(|t| self.is_conjunction(t));
            let first = pieces.next().is_some_and(named);
            first && pieces.next().is_some_and(named)
        });
        if joined || self.both_flows(lexed).is_some() {
            return true;
        }
        let said = |(s, e): &(usize, usize)| {
            let run = lexed.tokens.get(*s..*e).unwrap_or(&[]);
            run.first().zip(run.last()).map_or("", |(a, b)| self.view.slice(a.start, b.end))
        };
        self.clause.runs.len() >= 2
            || self
                .clause
                .runs
                .last()
                .map(said)
                .is_some_and(|r| ["各项", "三项", "两项", "四项"].iter().any(|w| r.contains(w)))
    }

    /// Whether a figure stands before the sentence's next semicolon or stop.
    fn figure_in_clause(&self, lexed: &Lexed) -> bool {
        let after = lexed.tokens.get(self.at + 1..).unwrap_or(&[]).iter().take(CLAUSE_TOKENS);
        let mut clause =
            after.take_while(|t| !matches!(t.kind, TokenKind::Mark(Mark::Semicolon | Mark::Stop | Mark::Line)));
        clause.any(|t| matches!(t.kind, TokenKind::Quantity(_)))
    }

    /// 甲、乙各3万元、4万元: two figures in a row, one for each.
    fn figures_follow(&self, lexed: &Lexed) -> bool {
        // 各增加3万元、4万元
        let direction = self.packs.classes.direction;
        let verb = lexed.tokens.get(self.at + 1).is_some_and(
            |t| matches!(t.kind, TokenKind::Word(id) if self.packs.vocabulary.classes_of(id) & direction != 0),
        );
        let from = self.at + usize::from(verb);
        let kind = |n: usize| lexed.tokens.get(from + n).map(|t| t.kind);
        // 收、支总计各是80,85万元: where one run names both, a comma stands for the pause.
        let both = self.both_flows(lexed).is_some();
        let apart = |mark: Mark| mark == Mark::Pause || both && mark == Mark::Comma;
        (self.clause.runs.len() >= 2 || both || verb && self.twin_flows().is_some())
            && matches!(kind(1), Some(TokenKind::Quantity(_)))
            && matches!(kind(2), Some(TokenKind::Mark(m)) if apart(m))
            && matches!(kind(3), Some(TokenKind::Quantity(_)))
    }

    /// 甲服务、乙服务为106万元、17万元: whether as many figures follow in a row as names stand in a row.
    fn pairs_follow(&self, lexed: &Lexed) -> bool {
        let pause = |i: usize| lexed.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Mark(Mark::Pause));
        let runs = &self.clause.runs;
        if self.clause.figure || runs.len() < 2 || runs.last().is_none_or(|(_, e)| *e != self.at) {
            return false;
        }
        let joined = runs
            .windows(2)
            .rev()
            .take_while(|w| w.first().zip(w.last()).is_some_and(|(a, b)| a.1 + 1 == b.0 && pause(a.1)));
        let names = joined.count() + 1;
        let mut figures = 0;
        while lexed.tokens.get(self.at + 1 + 2 * figures).is_some_and(|t| matches!(t.kind, TokenKind::Quantity(_))) {
            figures += 1;
            let parted = lexed.tokens.get(self.at + 2 * figures);
            if !parted.is_some_and(|t| t.kind == TokenKind::Mark(Mark::Pause) || self.is_conjunction(t)) {
                break;
            }
        }
        names == runs.len() && names == figures
    }

    /// 医疗卫生60万元，主要用于贷款贴息20万元、人才培养15万元: whether what a component is for comes with
    /// its amount.
    fn tells_amounts(&self, lexed: &Lexed) -> bool {
        let told = self.lists.last().is_some_and(|l| {
            l.kind == ListKind::Components
                && l.gap <= Gap::Comma
                && l.level.is_some()
                && l.level == l.members.last().copied()
        });
        // 项目支出30万元，主要用于：设备购置20万元、培训10万元: of a level of its sentence that no list holds.
        let free = self
            .lists
            .last()
            .is_some_and(|l| l.kind == ListKind::Base && l.level.is_some_and(|f| f as usize >= self.sentence_fact));
        let colon = lexed.tokens.get(self.at + 1).is_some_and(|t| t.kind == TokenKind::Mark(Mark::Colon));
        let after = lexed.tokens.get(self.at + 1 + usize::from(colon)..).unwrap_or(&[]);
        let priced = |tokens: &[Token]| {
            let name = tokens.iter().take_while(|t| self.is_item(t)).count();
            let money = tokens.get(name).is_some_and(|t| {
                let TokenKind::Quantity(n) = t.kind else { return false };
                lexed.quantities.get(n as usize).is_some_and(|q| q.kind == UnitKind::Money)
            });
            (name > 0 && money).then_some(name + 1)
        };
        // Without a colon by the second item that has an amount.
        let Some(first) = priced(after) else { return false };
        let pause = after.get(first).is_some_and(|t| t.kind == TokenKind::Mark(Mark::Pause));
        let several = pause && after.get(first + 1..).and_then(priced).is_some();
        told || free && (colon || several)
    }

    /// Whether the next token is a figure.
    fn figure_follows(&self, lexed: &Lexed) -> bool {
        lexed.tokens.get(self.at + 1).is_some_and(|n| matches!(n.kind, TokenKind::Quantity(_)))
    }

    pub(super) fn is_item(&self, t: &Token) -> bool {
        match t.kind {
            TokenKind::Text => true,
            TokenKind::Word(id) => self.packs.is_item(id),
            _ => false,
        }
    }

    pub(super) fn stage_of(&self, id: EntryId) -> Option<Stage> {
        let c = &self.packs.classes;
        let value = self.packs.vocabulary.entry(id)?.value(c.stage_class?)?;
        let at = c.stages.iter().position(|s| *s == Some(value))?;
        [Stage::Budget, Stage::Adjusted, Stage::Executed, Stage::Final].get(at).copied()
    }
}
