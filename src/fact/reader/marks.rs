//! What commas, semicolons, stops, brackets and list numbers end and open.

use super::super::context::{Gap, ListKind};
use super::super::label::{self, Item};
use super::super::{Carryover, Extent, FactId, Measure};
use super::matches::announces_changes;
use super::{MAX_LISTS, MAX_RUNS, Reader};
use crate::lex::{Lexed, Mark, Token, TokenKind};

/// How many characters say at most how a total is cut.
const LONGEST_CUT: usize = 20;

/// How many tokens a bracket that is one with a rate may hold.
const CLOSED_WITHIN: usize = 12;

/// How such words begin.
const CUT_OPENS: [&str; 8] = ["按", "依", "从", "分", "其中按", "支出按", "收入按", "资金按"];

/// How they end.
const CUT_CLOSES: [&str; 8] = ["分", "划分", "分类", "区分", "看", "来看", "分析", "分解"];

/// How they end before a colon: 按支出用途：, 分为两块：.
const CUT_BY: [&str; 12] =
    ["用途", "性质", "级次", "科目", "来源", "类别", "两块", "两部分", "三块", "三部分", "四块", "四部分"];

/// What announces a list before a colon without saying by what it is cut.
const CUT_WHOLE: [&str; 9] =
    ["来源为", "来源是", "去向为", "去向是", "投向如下", "细分为", "构成为", "组成为", "科目如下"];

/// What announces some of the items before a colon.
const CUT_SOME: [&str; 5] = ["主要项目", "主要支出项目", "主要科目", "重点支出", "主要支出"];

/// How words end that name no item.
const NO_ITEM: [&str; 11] =
    ["情况", "说明", "如下", "方面", "获悉", "了解到", "介绍", "公布", "数据显示", "消息", "统计"];

/// What numbers and dates before an item are written with.
const PRELUDE: &str = "年度月日第部分一二三四五六七八九十";

/// More bytes before an item than tell whether a sentence begins with it.
const LEAD_BYTES: u32 = 90;

/// How many other characters stand before an item that a sentence is about.
const MOST_BEFORE: usize = 3;

/// How an unknown item's name ends that a colon parts from its amount: 现代农业类支出：安排20万元.
const NAMES_MONEY: [&str; 6] = ["支出", "收入", "费", "经费", "资金", "项目"];

/// What such an announcement speaks of: 收入分类情况如下, 具体使用情况如下.
const CUT_OF: [&str; 10] = ["收入", "支出", "分类", "构成", "具体", "使用", "安排", "明细", "项目", "用途"];

/// How a bracket begins that names what a figure does not hold.
const LEFT_OUT: [&str; 6] = ["不含", "不包", "未含", "未包", "剔除", "扣除"];

/// What a total is cut by, where 情况 stands behind it: 分征收部门完成情况为.
const TOLD_BY: [&str; 8] = ["部门", "级次", "单位", "科目", "税种", "行业", "结构", "来源"];

/// Whether words say by what a total is cut: 按功能科目划分, 分单位看, 分征收部门完成情况为.
pub(super) fn says_cut(words: &str) -> bool {
    let told = || {
        let words = words.trim_end_matches(['为', '是']);
        words.starts_with(['分', '按'])
            && (words.ends_with("情况") || words.ends_with("情况如下"))
            && TOLD_BY.iter().any(|w| words.contains(w))
    };
    words.chars().count() <= LONGEST_CUT
        && CUT_OPENS.iter().any(|w| words.starts_with(w))
        && (CUT_CLOSES.iter().any(|w| words.ends_with(w)) || told())
}

/// How much of the total such words announce; a colon alone, everything.
fn extent_of(words: &str) -> Extent {
    let words = words.trim();
    // 分科目看: the main ones; 分级次看, 分部门看: whose a revenue is and who collects it leaves nothing out.
    let looks = || words.ends_with('看') && !["级次", "部门"].iter().any(|w| words.contains(w));
    let cut = || CUT_OPENS.iter().any(|w| *w != "从" && words.starts_with(w)) && !looks();
    let whole = || CUT_WHOLE.iter().any(|w| words.ends_with(w));
    match () {
        () if CUT_SOME.iter().any(|w| words.ends_with(w)) => Extent::Some,
        () if words.is_empty() || cut() || whole() => Extent::Whole,
        () => Extent::Open,
    }
}

impl<'a> Reader<'a> {
    pub(super) fn mark(&mut self, mark: Mark, t: &Token, lexed: &Lexed) -> Option<usize> {
        match mark {
            Mark::Comma => {
                let cut = self.cuts_total(t);
                self.name_total_again(t);
                self.end_clause(lexed);
                if let Some(start) = cut {
                    self.open_components(&Token { start, ..*t }, extent_of(self.view.slice(start, t.start)));
                }
                self.widen(Gap::Comma);
                for l in &mut self.lists {
                    l.named_change = None;
                }
            }
            Mark::Pause => self.widen(Gap::Comma),
            Mark::Semicolon => {
                self.end_clause(lexed);
                self.end_unpriced(t);
                self.widen(Gap::Semicolon);
                self.clause.clear();
                self.end_cause(t.start);
            }
            Mark::Stop => {
                self.end_clause(lexed);
                self.end_unpriced(t);
                // 政协章程规定，政协的主要职能是…。2017年预算收入276万元: only a sentence that is nothing but a name heads another.
                let several = self.view.slice(self.sentence_start, t.start).contains(',');
                self.pending = self.pending.filter(|p| p.known || !several);
                self.widen(Gap::Stop);
                self.end_cause(t.start);
                self.end_sentence(t.end);
            }
            Mark::Colon => {
                let after_figure =
                    self.at.checked_sub(1).and_then(|i| lexed.tokens.get(i)).is_some_and(|p| match p.kind {
                        TokenKind::Quantity(_) => true,
                        // 综合医院（01）：: a bracket behind a name closes no figure.
                        TokenKind::Mark(Mark::Close) => self.clause.runs.is_empty() && self.pending.is_none(),
                        // 支出3174万元，与上年持平：基本支出…: nor is it a word for no change.
                        TokenKind::Word(id) => self.packs.vocabulary.classes_of(id) & self.packs.classes.flat != 0,
                        _ => false,
                    });
                let cut = self.cuts_total(t);
                // 项目支出安排如下：: of what an item before has told.
                if cut.is_some() {
                    self.recall_total(lexed);
                }
                let named = self.named_by_colon(lexed).filter(|_| cut.is_none());
                self.end_clause(lexed);
                self.pending = named.or(self.pending);
                if cut.is_some() || after_figure && self.lists.last().is_some_and(|l| l.level.is_some()) {
                    let start = cut.unwrap_or(t.start);
                    // A colon behind a word, as in 与上年持平：, may announce whatever explains it.
                    let said = self.at.checked_sub(1).and_then(|i| lexed.tokens.get(i));
                    let word = said.is_some_and(|t| matches!(t.kind, TokenKind::Word(_)));
                    let extent =
                        if cut.is_none() && word { Extent::Open } else { extent_of(self.view.slice(start, t.start)) };
                    self.open_components(&Token { start, ..*t }, extent);
                }
            }
            Mark::Open => return self.open_bracket(t, lexed),
            Mark::Close => {
                self.end_clause(lexed);
                if let Some(depth) = self.lists.iter().rposition(|l| l.kind == ListKind::Bracket) {
                    self.close_to(depth);
                } else if self.ends_list() {
                    // 其中：税收5.93亿元、非税1.78亿元）、…: the bracket that was not opened ends the list.
                    self.close_last();
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

    /// 市级收入2亿元；…。从结构看，全市收入中，税收…: the list is of the total that its first words name, and not of the
    /// part that was told last.
    fn name_total_again(&mut self, t: &Token) {
        let empty = self.lists.last().is_some_and(|l| l.kind == ListKind::Components && l.members.is_empty());
        let owner = self.lists.last().and_then(|l| l.owner_level).filter(|_| empty && !self.clause.figure);
        if owner.and_then(|o| self.out.fact(o)).is_none_or(|o| o.part.is_none()) {
            return;
        }
        let said = self.view.slice(self.sentence_start, t.start).rsplit([',', ':']).next().unwrap_or("");
        let Some(name) = said.strip_suffix('中').filter(|n| n.starts_with('全')) else { return };
        let count = self.out.facts.len() as FactId;
        let before = self.out.facts.iter().zip(0..count).rev().take(MAX_RUNS);
        let whole = before.into_iter().find(|(f, _)| {
            f.measure == Measure::Level && f.printed && !f.prior && f.part.is_none() && name.ends_with(&f.label)
        });
        if let Some(id) = whole.map(|(_, id)| id)
            && let Some(list) = self.lists.last_mut()
        {
            list.owner_level = Some(id);
        }
    }

    /// 社保、卫生、抚恤类支出：安排45万元；现代农业类支出：安排20万元: the unknown item that stands alone before a colon.
    fn named_by_colon(&self, lexed: &Lexed) -> Option<Item<'a>> {
        let clause = &self.clause;
        if clause.figure || clause.aside || clause.moved.is_some() || clause.runs.is_empty() || self.pending.is_some() {
            return None;
        }
        let item = self.own_item(lexed)?;
        let name = item.label;
        let told = !item.known && !item.generic && !item.weak && (3..=24).contains(&name.chars().count());
        (told && NAMES_MONEY.iter().any(|w| name.ends_with(w))).then_some(item)
    }

    /// 教育支出9.90万元，主要是学校建设；卫生健康支出5.08万元: a list that has named its items without
    /// an amount ends where its clause does.
    fn end_unpriced(&mut self, t: &Token) {
        let Some(list) = self.lists.last().filter(|l| l.kind == ListKind::Components && l.members.is_empty()) else {
            return;
        };
        let told = self.view.slice(list.cue.1.max(self.sentence_start), t.start);
        if list.cue.0 >= self.sentence_start && told.contains(char::is_alphabetic) {
            self.lists.pop();
        }
    }

    /// Whether a bracket that was never opened stands where the members have made up their total.
    fn ends_list(&self) -> bool {
        // …减少2.20万元(18.64%): opened by what was read as one with the rate.
        let before = self.partner.get(self.at.saturating_sub(CLOSED_WITHIN)..self.at).unwrap_or(&[]);
        if before.iter().flatten().any(|(close, _)| *close == self.at) {
            return false;
        }
        let Some(list) = self.lists.last().filter(|l| l.kind == ListKind::Components && l.members.len() >= 2) else {
            return false;
        };
        let whole = list.owner_level.and_then(|o| self.out.fact(o));
        self.lists.len() > 1 && whole.is_some_and(|w| w.value == list.sum)
    }

    /// Whether the words before a comma or colon say how a total is cut:
    /// 按功能科目划分：, 按组织形式分：, 支出去向为：. Where they begin.
    fn cuts_total(&self, t: &Token) -> Option<u32> {
        if self.clause.figure {
            return None;
        }
        let before = self.view.slice(self.sentence_start, t.start);
        let words = before.rsplit([',', ';', ':', '。', '(', ')']).next().unwrap_or("");
        let start = t.start - words.trim_start().len() as u32;
        let words = words.trim();
        if words.chars().count() > LONGEST_CUT {
            return None;
        }
        let cuts = says_cut(words)
            || t.kind == TokenKind::Mark(Mark::Colon)
                && (CUT_BY.iter().any(|w| words.ends_with(w)) && CUT_OPENS.iter().any(|w| words.starts_with(w))
                    || CUT_WHOLE.iter().chain(&CUT_SOME).any(|w| words.ends_with(w))
                    || words.ends_with("如下") && CUT_OF.iter().any(|w| words.contains(w)));
        cuts.then_some(start)
    }

    pub(super) fn widen(&mut self, gap: Gap) {
        for l in &mut self.lists {
            l.gap = l.gap.max(gap);
        }
    }

    pub(super) fn open_bracket(&mut self, t: &Token, lexed: &Lexed) -> Option<usize> {
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
                _ if is_code(inner) => {
                    // 公立医院(02)综合医院(01): as 款 and 项, the last one is meant.
                    let more = lexed.tokens.get(close + 1).is_some_and(|n| self.is_item(n));
                    self.classification_mark(if more { "款" } else { "项" }, lexed);
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
            // 甲费、乙费、丙费（“三公”经费）决算总额: what they are together.
            if attached
                && self.view.slice(self.sentence_start, t.start).contains('、')
                && let Some(item) = self.name_of_all(lexed, close)
            {
                self.clause.runs.clear();
                self.pending = Some(item);
                return Some(close + 1);
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
            let mut list = self.nested(ListKind::Bracket, (t.start, t.end));
            // 捐赠收入100万元（不包含援建项目款639万元）: what is left out is no part of it.
            if LEFT_OUT.iter().any(|w| inner.starts_with(w)) {
                let told = list.owner_level.and_then(|o| self.out.facts.get_mut(o as usize));
                if let Some(f) = told.filter(|_| inner.contains("结转") || inner.contains("结余")) {
                    f.carryover = Some(Carryover::Excluded);
                }
                (list.owner_level, list.owner_change) = (None, None);
            }
            self.lists.push(list);
        }
        None
    }

    /// What a bracket behind several names calls them together: the whole that they are parts of.
    fn name_of_all(&self, lexed: &Lexed, close: usize) -> Option<Item<'a>> {
        let item = |from: usize, upto: usize| {
            lexed.tokens.get(from..upto).and_then(|r| label::item(self.packs, &self.view.text, r)).filter(|i| i.known)
        };
        let whole = item(self.at + 1, close)?;
        let last = self.clause.runs.last().and_then(|(s, e)| item(*s, *e))?;
        self.packs.is_part(last.concept_id()?, whole.concept_id()?).then_some(whole)
    }

    /// 行政运行（项）: the item is the last one before the mark; （款） is kept to
    /// tell which 行政运行 is meant.
    pub(super) fn classification_mark(&mut self, level: &str, lexed: &Lexed) {
        let Some(&(start, end)) = self.clause.runs.last() else {
            return;
        };
        let item = lexed.tokens.get(start..end).and_then(|r| label::item(self.packs, &self.view.text, r));
        if level == "款" {
            self.kuan = item.as_ref().and_then(Item::concept_id).and_then(|c| c.rsplit('.').next()).map(str::to_owned);
        }
        if let Some(item) = item.filter(|i| !i.generic) {
            self.pending = Some(item);
        }
        if level != "项" {
            self.clause.runs.clear();
        }
    }

    /// Ends a clause: what it named without a figure waits for the next one.
    pub(super) fn end_clause(&mut self, lexed: &Lexed) {
        self.keep_item(lexed);
        let reason = self.lists.last().is_some_and(|l| l.kind == ListKind::Drivers);
        let period = if self.clause.aside || self.clause.figure || reason { None } else { self.clause.period };
        // 决算数小于预算数的主要原因是厉行节约，比上年减少…: the reason's stage is no figure's.
        let stage =
            if self.clause.figure || self.clause.aside || self.clause.claims { None } else { self.clause.stage };
        // What money is for goes on to the end of the sentence: 主要用于：甲、乙。
        let purpose = self.clause.purpose && !self.clause.figure;
        self.clause.clear();
        (self.clause.period, self.clause.stage) = (period, stage);
        (self.clause.purpose, self.clause.aside) = (purpose, purpose);
    }

    pub(super) fn keep_item(&mut self, lexed: &Lexed) {
        if self.clause.aside || self.clause.moved.is_some() || self.clause.runs.is_empty() {
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
        // 结构情况, 说明如下: no item.
        // 记者从县税务局获悉：, 为县财政当年拨付的资金，: nor who tells it, nor what was named before.
        let explains =
            self.view.text.get(self.sentence_start as usize..).is_some_and(|t| t.trim_start().starts_with('为'));
        let about =
            !item.known && (NO_ITEM.iter().any(|w| item.label.ends_with(w)) || explains && self.sentence_figures == 0);
        // 职能是政治协商、参政议政。: nor what a sentence says of something else.
        let start = self.clause.runs.first().and_then(|(s, _)| lexed.tokens.get(*s)).map_or(0, |t| t.start);
        let near = start.saturating_sub(self.sentence_start) <= LEAD_BYTES;
        let lead = if near { self.view.slice(self.sentence_start.min(start), start) } else { "" };
        let before = lead.chars().filter(|c| c.is_alphabetic() && !PRELUDE.contains(*c)).count();
        let one = self.clause.runs.len() == 1 && near && before <= MOST_BEFORE;
        // Many names of functions are common words.
        let common = item.concept_id().is_some_and(|c| c.starts_with("expenditure.function"))
            && !one
            && self.sentence_figures == 0;
        if (item.known && !item.weak && !common) || (first && one && !long && !about && !self.clause.figure) {
            self.pending = Some(item);
            if self.sentence_figures == 0 && item.known {
                self.topic.get_or_insert(item);
            }
        }
    }

    pub(super) fn end_sentence(&mut self, end: u32) {
        let sentence = (self.sentence_start, end);
        if self.sentence_figures == 0 && announces_changes(self.view.slice(self.sentence_start, end)) {
            self.told_base = self.lists.iter().rev().find_map(|l| l.base).or(self.told_base);
        }
        for f in self.out.facts.iter_mut().skip(self.sentence_fact) {
            f.sentence = sentence;
        }
        self.sentence_fact = self.out.facts.len();
        self.sentence_start = end;
        self.sentence_figures = 0;
        self.parallel = None;
        self.months = (Vec::new(), 0);
        self.said = None;
        self.moment = self.moment.map(|(p, _)| (p, true));
        self.clause.clear();
        for l in &mut self.lists {
            l.base = None;
            l.named_change = None;
        }
    }

    pub(super) fn ordinal(&mut self, level: u8) {
        if level > 0 {
            self.number(level);
        }
        // What an item of the list has opened ends with the item.
        if let Some(depth) = self.lists.iter().rposition(|l| l.ordinal == Some(level)) {
            self.close_to(depth + 1);
        }
        while self.lists.len() > 1
            && self.lists.last().is_some_and(|l| {
                l.ordinal.is_some_and(|o| o > level)
                    || matches!(l.kind, ListKind::Drivers | ListKind::Addition)
                        && l.ordinal != Some(level)
                        && (!l.members.is_empty() || l.gap >= Gap::Stop)
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
}

/// A code of the budget's classification: 208, 05, 2080505.
fn is_code(text: &str) -> bool {
    (2..=7).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}
