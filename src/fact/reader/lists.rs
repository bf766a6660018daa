//! Lists that open: components, reasons, additions, names in parallel; and
//! the breakdowns that they leave when they close.

use super::super::context::{Base, Gap, List, ListKind};
use super::super::label::{self, Item};
use super::super::{Breakdown, Extent, Fact, FactId, Measure, Role, differ_in_one_digit};
use super::facts::REST;
use super::implied::stand_beside;
use super::{MAX_LISTS, MAX_MEMBERS, Parallel, Reader};
use crate::lex::{Lexed, Mark, Period, Token, TokenKind, UnitKind};
use crate::pattern::Stage;
use crate::segment::ordinal;
use rust_decimal::Decimal;

/// How many amounts told beside a total its list may be of as well.
const MAX_BESIDE: usize = 3;

impl<'a> Reader<'a> {
    /// A list inside the last one, with what it inherits.
    pub(super) fn nested(&self, kind: ListKind, cue: (u32, u32)) -> List<'a> {
        let mut list = List::new(kind, cue);
        list.inside = self.rank;
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
    pub(super) fn base_of(&self, change: Option<FactId>) -> Option<Base> {
        let basis = self.out.fact(change?)?.basis.as_ref().filter(|b| b.stated)?;
        let period = basis.year.map(|y| Period { year: Some(y), ..Period::default() });
        Some(Base { period, years: None, stage: basis.stage })
    }

    pub(super) fn open_components(&mut self, t: &Token, extent: Extent) {
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
        // （一）按支出性质分：…（二）按支出功能分：…: the same total, cut again.
        let cue = self.view.slice(t.start, t.end);
        let again = self.lists.last().is_some_and(|l| {
            l.kind == ListKind::Components && l.ordinal.is_some() && l.enumerated && !l.members.is_empty()
        });
        if again && self.sentence_figures == 0 && cue.starts_with(['按', '从', '分', '依']) {
            let whole = self.lists.last().map(|l| (l.owner_level, l.owner_change, l.ordinal));
            self.close_last();
            let mut list = self.nested(ListKind::Components, (t.start, t.end));
            (list.owner_level, list.owner_change, list.ordinal) = whole.unwrap_or_default();
            if let Some(owner) = list.owner_level.and_then(|o| self.out.fact(o)) {
                (list.year, list.stage) = (owner.year, owner.stage);
            }
            self.lists.push(list);
            self.pending = None;
            return;
        }
        let Some(outer) = self.lists.last() else {
            return;
        };
        let same = outer.kind == ListKind::Components && outer.members.is_empty();
        if same {
            if let Some(l) = self.lists.last_mut() {
                l.extent = if extent == Extent::Open { l.extent } else { extent };
            }
            return;
        }
        if outer.level.is_none() && outer.change.is_none() && outer.kind != ListKind::Bracket {
            return;
        }
        if self.lists.len() >= MAX_LISTS {
            return;
        }
        if self.tells_siblings_again(t) {
            return;
        }
        let mut list = self.nested(ListKind::Components, (t.start, t.end));
        list.extent = extent;
        // …公务用车1.18万元，占31%。具体情况如下: of what the paragraph began with.
        let cue = self.view.slice(t.start, t.end);
        let anew = self.lists.last().is_some_and(|l| l.kind == ListKind::Base && l.gap >= Gap::Stop);
        let numbered = || list.owner_level.is_some_and(|o| self.tells_numbered_item(o));
        if anew && (cue.ends_with("如下") || cue.starts_with("具体")) && !numbered() {
            let from = self.out.facts.partition_point(|f| f.paragraph < self.paragraph);
            let here = self.out.facts.get(from..).unwrap_or(&[]).iter().zip(from as FactId..);
            let first = here.into_iter().find(|(f, _)| f.measure == Measure::Level && f.printed && !f.prior);
            // “三公”经费决算中，甲…；乙…；丙…。具体情况如下: of what has no amount here.
            if first.is_some_and(|(f, _)| self.stands_beside_others(f)) {
                return;
            }
            list.owner_level = first.map(|(_, id)| id).or(list.owner_level);
        }
        // …418.52万元，较上年412.36万元增加6.16万元。按经济分类：: of what is told, not of what it was.
        if let Some(prior) = list.owner_level.and_then(|id| self.out.fact(id)).filter(|f| f.prior || !f.stated) {
            let same = |f: &Fact| f.label == prior.label || !prior.stated;
            let own = |f: &Fact| f.measure == Measure::Level && !f.prior && f.printed && same(f);
            let count = self.out.facts.len() as FactId;
            let before = self.out.facts.iter().rev().zip((0..count).rev()).take(8);
            let told = before.into_iter().find(|(f, _)| f.paragraph == prior.paragraph && own(f));
            if let Some((f, id)) = told {
                (list.owner_level, list.year, list.stage) = (Some(id), f.year.or(list.year), f.stage.or(list.stage));
            }
        }
        self.lists.push(list);
        self.pending = None;
    }

    /// …决算中，接待费0.32万元，占100%；出国费0万元，占0%；用车费0万元，占0%。其中：｜1、出国费0万元…: whether the
    /// paragraph ends here and the next begins with what stands beside the last item, and is no part of it.
    fn tells_siblings_again(&self, t: &Token) -> bool {
        let Some(rest) = self.view.text.get(t.end as usize..).map(|r| r.trim_start_matches([':', ' '])) else {
            return false;
        };
        let Some(next) = rest.strip_prefix('\n') else { return false };
        let ordinal = |c: char| c.is_ascii_digit() || "一二三四五六七八九十()、. ".contains(c);
        let next = next.trim_start().trim_start_matches(ordinal);
        let from = self.out.facts.partition_point(|f| f.paragraph < self.paragraph);
        let told = self.out.facts.get(from..).unwrap_or(&[]);
        let level = |f: &&Fact| f.measure == Measure::Level && f.printed && !f.prior;
        let Some(last) = told.iter().rfind(level) else { return false };
        let own = short_name(last);
        let beside = |f: &Fact| {
            let name = short_name(f);
            name.chars().count() >= 4 && name != own && next.starts_with(name)
        };
        if next.starts_with(own) {
            return false;
        }
        let again = told.iter().rev().filter(level).skip(1).take(MAX_MEMBERS).find(|f| beside(f));
        again.is_some_and(|f| self.stands_beside_others(f))
    }

    /// 2.非税收入92万元。具体为：: whether a level is all that a numbered sentence has told.
    fn tells_numbered_item(&self, level: FactId) -> bool {
        let Some(fact) = self.out.fact(level) else { return false };
        let same = |id: Option<u32>| id.and_then(|i| self.out.fact(i)).is_some_and(|f| f.sentence == fact.sentence);
        ordinal(self.view.slice(fact.sentence.0, fact.sentence.1)).is_some()
            && !same(level.checked_sub(1))
            && !same(level.checked_add(1))
    }

    /// Whether a level is one of several told in its paragraph, none of them part of another.
    pub(super) fn stands_beside_others(&self, level: &Fact) -> bool {
        let Some(own) = level.concept.as_deref() else { return false };
        let from = self.out.facts.partition_point(|f| f.paragraph < level.paragraph);
        let beside = |f: &&Fact| {
            f.measure == Measure::Level
                && f.printed
                && !f.prior
                && f.paragraph == level.paragraph
                && f.concept.as_deref().is_some_and(|c| {
                    c != own && !self.packs.is_part(c, own) && !self.packs.is_part(own, c) && kin(c, own)
                })
        };
        let here = self.out.facts.get(from..).unwrap_or(&[]).iter().take(MAX_MEMBERS);
        here.filter(beside).take(2).count() == 2
    }

    pub(super) fn cause(&mut self, t: &Token, reason: bool, lists_items: bool, tokens: &[Token]) {
        // …增加277.48万元。其中：甲2577.78万元，乙500.00万元。增加的主要原因：: of the change before the list.
        let (open, depth) = (self.opens_sentence(t), self.lists.len());
        let told = |l: &&List| l.change.is_some() || l.kind != ListKind::Components || l.gap < Gap::Stop;
        let outer = self.lists.iter().rev().take_while(|l| !told(l)).count();
        if reason && open && depth > outer && self.lists.get(depth - outer - 1).is_some_and(|l| l.change.is_some()) {
            self.close_to(depth - outer);
        }
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
        // 调减收入18133万元，由77133万元调整为59000万元。主要是税收减少…: of what the paragraph itself has told.
        let change = change.map(|c| self.change_of_paragraph(c).unwrap_or(c));
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
            list.extent = Extent::Some;
            if list.base.is_none() {
                list.base = self.base_of(Some(change));
            }
            self.cause_of = Some((change, t.end));
            self.lists.push(list);
            self.clause.runs.clear();
            self.pending = None;
            return;
        }
        // 其中：非税由500万元调整为550万元，因：（1）利润上缴调增30万元…: of an adjustment that is not told as a change.
        if kind == ListKind::Components && !self.clause.figure && self.adjusts_last() {
            let level = self.lists.last().and_then(|l| l.level);
            let mut list = self.nested(ListKind::Drivers, (t.start, t.end));
            (list.owner_level, list.owner_change, list.extent) = (level, None, Extent::Some);
            self.lists.push(list);
            self.clause.runs.clear();
            self.pending = None;
            return;
        }
        // 支出76亿元，完成预算的99.7%。主要是教育16亿元，公共安全6亿元: what it is made up of.
        if lists_items && !self.clause.figure && (level.is_some() || open && self.lists_parts(tokens)) {
            self.open_components(t, if level.is_some() { Extent::Open } else { Extent::Some });
            return;
        }
        self.clause.aside = true;
        self.clause.runs.clear();
        self.clause.period = None;
    }

    /// 由500万元调整为550万元: whether the figures told last are the plan of an item and what it was adjusted to.
    fn adjusts_last(&self) -> bool {
        let [.., plan, last] = self.out.facts.as_slice() else { return false };
        let level = self.lists.last().and_then(|l| l.level);
        level.is_some_and(|l| l as usize + 1 == self.out.facts.len())
            && (plan.stage, last.stage) == (Some(Stage::Budget), Some(Stage::Adjusted))
            && plan.measure == Measure::Level
            && plan.label == last.label
    }

    /// The last change that the paragraph tells, where another comes from a paragraph before.
    fn change_of_paragraph(&self, change: FactId) -> Option<FactId> {
        self.out.fact(change).filter(|c| c.paragraph < self.paragraph)?;
        let from = self.out.facts.partition_point(|f| f.paragraph < self.paragraph);
        let here = self.out.facts.get(from..)?;
        let last = here.iter().rposition(|f| f.measure == Measure::Change && f.printed)?;
        Some((from + last) as FactId)
    }

    /// Whether nothing but marks stands before a word in its sentence.
    pub(super) fn opens_sentence(&self, t: &Token) -> bool {
        let before = self.view.slice(self.sentence_start, t.start);
        let of_change =
            ["增加的", "减少的", "增长的", "下降的", "上升的", "变动的", "变化的", "增减的", "增收的", "减收的"];
        before.len() <= 12 && (self.clause.runs.is_empty() || of_change.contains(&before.trim()))
    }

    /// Ends the stated reason of a change.
    pub(super) fn end_cause(&mut self, end: u32) {
        let Some((change, start)) = self.cause_of.take() else { return };
        let mark = self.view.slice(start, end);
        let lead = mark.len() - mark.trim_start_matches([':', ',', '是', '为']).len();
        if let Some(f) = self.out.facts.get_mut(change as usize).filter(|f| f.cause.is_none()) {
            f.cause = Some((start + lead as u32, end));
        }
    }

    pub(super) fn open_addition(&mut self, t: &Token) {
        // 加上年结余11080万元，加调入资金335万元，再加…: the same sum goes on.
        if self
            .lists
            .last()
            .is_some_and(|l| l.kind == ListKind::Addition && l.gap <= Gap::Comma && l.members.len() >= 2)
        {
            self.clause.runs.clear();
            self.pending = None;
            return;
        }
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

    pub(super) fn open_parallel(&mut self, lexed: &Lexed) {
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
        if self.clause.runs.is_empty() {
            names = self.names_of_clause_before(lexed);
            if names.len() < 2 {
                names = self.levels_before_changes(lexed);
            }
        } else if let Some(both) = self.both_flows(lexed) {
            names = both;
        }
        // 货物、工程、服务政府采购规模分别为: the last name carries what all are of.
        let last = self.clause.runs.last().and_then(|(s, e)| lexed.tokens.get(*s..*e));
        let last = last.and_then(|run| run.rsplit(|t| self.is_conjunction(t)).next()?.get(..1));
        let last = last.and_then(|t| label::item(self.packs, &self.view.text, t)).filter(|i| i.known);
        if let [before @ .., name] = names.as_mut_slice()
            && let Some(last) = last.filter(|l| {
                // 公务用车运行维护费支出 is one name.
                let longer = name.label.chars().count() >= l.label.chars().count() + 4;
                let of = |i: &Item| i.concept_id().zip(l.concept_id()).is_some_and(|(a, b)| kin(a, b));
                (!name.known || longer && name.concept_id() == l.concept_id())
                    && !before.is_empty()
                    && before.iter().all(of)
            })
        {
            *name = last;
        }
        // 甲、乙、丙三项支出分别为: the last name ends before how many they are.
        let mut several = None;
        if let Some(last) = names.last_mut()
            && !last.known
            && let Some((name, count)) = split_count(last.label)
        {
            several = Some(count);
            last.label = name;
        }
        names.retain(|n| !n.label.is_empty());
        // 收入总计…，支出总计…，收、支总计各增加3万元、4万元: of the two told right before.
        if let [both] = names.as_slice()
            && both.concept_id().is_some_and(|c| c.starts_with("balance.") || both.label.contains('、'))
            && let Some(twins) = self.twin_flows()
        {
            names = twins;
        }
        if names.len() < 2 {
            let told = several.map_or_else(Vec::new, |n| self.siblings(n));
            if told.len() >= 2 {
                self.parallel = Some(Parallel { names: told, next: 0, measure: Measure::Level, sign: 1, period: None });
                self.clause.runs.clear();
            } else if let Some(p) = &mut self.parallel {
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
        self.parallel = Some(Parallel { names, next: 0, measure: Measure::Level, sign: 1, period: None });
        self.clause.runs.clear();
    }

    /// 教育、卫生、科技等支出增幅靠前，分别增长5%、4%、3%: what the clause before has named.
    fn names_of_clause_before(&self, lexed: &Lexed) -> Vec<Item<'a>> {
        let Some(comma) = self
            .at
            .checked_sub(1)
            .filter(|c| lexed.tokens.get(*c).is_some_and(|t| t.kind == TokenKind::Mark(Mark::Comma)))
        else {
            return Vec::new();
        };
        let before = lexed.tokens.get(..comma).unwrap_or(&[]);
        let start = before.iter().rposition(|t| matches!(t.kind, TokenKind::Mark(m) if m != Mark::Pause));
        let clause = before.get(start.map_or(0, |s| s + 1)..).unwrap_or(&[]);
        let told = clause.iter().any(|t| matches!(t.kind, TokenKind::Quantity(_)));
        let pieces = clause.split(|t| t.kind == TokenKind::Mark(Mark::Pause));
        let mut names: Vec<Item<'a>> = Vec::new();
        for piece in pieces.filter(|_| !told) {
            // 教育等支出增幅靠前: the name ends before 等.
            let (first, last) = match (piece.first(), piece.last()) {
                (Some(first), Some(last)) => (first.start, last.end),
                _ => return Vec::new(),
            };
            let end = self.view.slice(first, last).find('等').map_or(last, |at| first + at as u32);
            let len = piece.iter().take_while(|t| t.start < end && self.is_item(t)).count();
            // 教育和节能环保等支出: two, where each half is an item.
            let halves = piece.get(..len).unwrap_or(&[]).split(|t| self.is_conjunction(t));
            let halves: Vec<Item<'a>> = halves.filter_map(|h| label::item(self.packs, &self.view.text, h)).collect();
            if let [first, second] = halves.as_slice()
                && first.known
                && second.known
            {
                names.extend([*first, *second]);
                continue;
            }
            let whole = piece.get(..len).and_then(|p| label::item(self.packs, &self.view.text, p));
            let cut = whole.map(|i| match i.label.find('等') {
                Some(at) => Item { label: i.label.get(..at).unwrap_or(i.label), ..i },
                None => i,
            });
            names.extend(cut.filter(|i| !i.generic && !i.label.is_empty() && i.label.chars().count() <= 24));
        }
        // 甲州、乙水等地支出增幅靠前，分别增长…: what is told of the places stands behind them.
        let of = self.view.slice(clause.first().map_or(0, |t| t.start), clause.last().map_or(0, |t| t.end));
        let behind = ["等地", "等市", "等县", "等区"].iter().find_map(|w| Some(of.find(w)? + w.len()));
        if let Some(at) = behind {
            let start = clause.first().map_or(0, |t| t.start) + at as u32;
            let rest: Vec<Token> =
                clause.iter().copied().skip_while(|t| t.start < start).take_while(|t| self.is_item(t)).collect();
            let flow = label::item(self.packs, &self.view.text, &rest).filter(|i| i.known && i.part.is_none());
            let of = flow.or_else(|| self.lists.iter().rev().find_map(|l| l.item)).filter(|i| i.known);
            if let Some(of) = of {
                names.iter_mut().filter(|n| !n.known).for_each(|n| *n = Item { part: Some(n.label), ..of });
            }
        }
        names
    }

    /// 收入、支出分别为100万元、90万元; 收入总计和支出总计分别为: the two that one run names.
    pub(super) fn both_flows(&self, lexed: &Lexed) -> Option<Vec<Item<'a>>> {
        let [(start, end)] = self.clause.runs.as_slice() else { return None };
        let (first, last) = (lexed.tokens.get(*start)?, lexed.tokens.get(end.checked_sub(1)?)?);
        let (a, b) =
            self.view.text.get(first.start as usize..last.end as usize)?.split_once(['、', '和', '与', '及'])?;
        // 收、支总计
        let (a, short) = if a == "收" { ("收入", b.strip_prefix('支')) } else { (a, None) };
        let long = short.map(|rest| format!("支出{rest}"));
        let b = long.as_deref().unwrap_or(b);
        // 收入、支出总计: 总计 of either.
        let tail = b.strip_prefix("支出").or_else(|| b.strip_prefix("收入"))?;
        let a = if matches!(a, "收入" | "支出") { format!("{a}{tail}") } else { a.to_owned() };
        let item = |name: &str| {
            let id = self.packs.vocabulary.find(name)?;
            let (label, term) = (self.packs.vocabulary.entry(id)?.text.as_str(), self.packs.term_of(id)?);
            let flow = term.flow.filter(|_| !term.generic)?;
            let (concept, flow) = (Some(&term.concept), Some(flow));
            Some(Item { label, concept, flow, fund: term.fund, known: true, ..Item::default() })
        };
        let (first, second) = (item(&a)?, item(b)?);
        (first.flow != second.flow).then(|| vec![first, second])
    }

    /// 甲50万元，乙33万元，与上年相比分别减少5万元、增加3万元: of the levels that the sentence has told
    /// last, if it tells as many changes.
    fn levels_before_changes(&self, lexed: &Lexed) -> Vec<Item<'a>> {
        let direction = self.packs.classes.direction;
        let rest = lexed.tokens.get(self.at + 1..).unwrap_or(&[]).iter();
        let rest = rest.take_while(|t| !matches!(t.kind, TokenKind::Mark(m) if m != Mark::Pause));
        let (mut figures, mut moves) = (0, false);
        for t in rest {
            match t.kind {
                TokenKind::Quantity(_) => figures += 1,
                TokenKind::Word(id) => moves |= self.packs.vocabulary.classes_of(id) & direction != 0,
                _ => {}
            }
        }
        let mut told = self.levels_of_sentence();
        // …甲50万元，乙33万元。与上年相比，分别减少5万元、3万元: of all that the sentence before told.
        if told.is_empty() && moves && figures >= 2 && self.out.facts.len() == self.sentence_fact {
            told = self.members_told_before(figures);
        }
        let before = told.len().checked_sub(figures).filter(|_| moves && figures >= 2);
        before.and_then(|b| told.get(b..)).map_or_else(Vec::new, <[Item]>::to_vec)
    }

    /// The items of as many levels, if they are all that the paragraph's sentence before told, or all but the
    /// total that it began with.
    fn members_told_before(&self, count: usize) -> Vec<Item<'a>> {
        let Some(last) = self.out.facts.last().filter(|f| f.paragraph == self.paragraph) else { return Vec::new() };
        let told = self.out.facts.iter().zip(&self.items).rev().take(2 * count + 1);
        let told = told.take_while(|(f, _)| f.sentence == last.sentence);
        let mut levels: Vec<_> = told.filter(|(f, _)| f.measure == Measure::Level && f.printed && !f.prior).collect();
        levels.reverse();
        let sum = |rest: &[(&Fact, &Item<'a>)]| rest.iter().try_fold(Decimal::ZERO, |s, (f, _)| s.checked_add(f.value));
        let members = match levels.as_slice() {
            all if all.len() == count => all,
            [(total, _), rest @ ..] if rest.len() == count && sum(rest) == Some(total.value) => rest,
            _ => return Vec::new(),
        };
        members.iter().map(|(_, i)| **i).collect()
    }

    /// 收入总计80万元，支出总计80万元: the items of the last two levels, if they are of either flow.
    pub(super) fn twin_flows(&self) -> Option<Vec<Item<'a>>> {
        let twins = self.siblings(2);
        let both = matches!(twins.as_slice(), [a, b] if a.flow.is_some() && b.flow.is_some() && a.flow != b.flow);
        both.then_some(twins)
    }

    /// The items of the levels told last in the paragraph, in their order: at
    /// most `count`, 0 for all that the last total holds.
    pub(super) fn siblings(&self, count: usize) -> Vec<Item<'a>> {
        let mut out: Vec<Item<'a>> = Vec::new();
        let parent = self.out.facts.iter().rev().find(|f| f.role == Some(Role::Component)).and_then(|f| f.parent);
        for (f, item) in self.out.facts.iter().zip(&self.items).rev() {
            let here = f.paragraph == self.paragraph && f.measure == Measure::Level && f.printed && !f.prior;
            let kin = count > 0 || f.parent.is_some() && f.parent == parent;
            if f.paragraph != self.paragraph || count > 0 && out.len() == count {
                break;
            }
            if here && kin && f.role != Some(Role::Total) && !out.iter().any(|i| i.label == item.label) {
                out.push(*item);
            }
        }
        out.reverse();
        out
    }

    pub(super) fn is_conjunction(&self, t: &Token) -> bool {
        matches!(t.kind, TokenKind::Word(id) if self.packs.vocabulary.classes_of(id) & self.packs.classes.conjunction != 0 && self.packs.vocabulary.term_of(id).is_none())
    }

    pub(super) fn close_to(&mut self, depth: usize) {
        while self.lists.len() > depth {
            self.close_last();
        }
    }

    /// Closes the last list and writes its breakdowns.
    pub(super) fn close_last(&mut self) {
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
                    extent: Extent::Some,
                    equation: false,
                    minus: Vec::new(),
                });
            }
            return;
        }
        self.as_parts_of_change(&list);
        self.breakdown(&list);
    }

    /// 收入290000万元，比年初增加60000万元（其中：本级58800万元，开发区1200万元）: what a list behind a change tells without a
    /// direction is of the change, where it makes that up and not the level.
    fn as_parts_of_change(&mut self, list: &List) {
        let Some((change, first)) = list.owner_change.zip(list.members.first().copied()) else { return };
        let Some(of) = self.out.fact(change).filter(|c| c.measure == Measure::Change && c.printed).cloned() else {
            return;
        };
        let members = || list.members.iter().filter_map(|m| self.out.fact(*m));
        let plain = members().all(|m| m.measure == Measure::Level && m.printed && !m.prior && m.unit == of.unit);
        let sum = members().try_fold(Decimal::ZERO, |s, m| s.checked_add(m.value));
        let level = list.owner_level.and_then(|l| self.out.fact(l)).map(|l| l.value);
        if change + 1 != first || list.members.len() < 2 || !plain || sum != Some(of.value.abs()) || level == sum {
            return;
        }
        for id in &list.members {
            if let Some(f) = self.out.facts.get_mut(*id as usize) {
                f.measure = Measure::Change;
                f.value.set_sign_negative(of.value.is_sign_negative());
                (f.year, f.stage, f.basis) = (of.year, of.stage, of.basis.clone());
            }
        }
    }

    /// Members of one year and stage add up to the owner's level of that year
    /// and stage; changes to the owner's change.
    pub(super) fn breakdown(&mut self, list: &List) {
        let mut left: Vec<FactId> = list.members.clone();
        while let Some(first) = left.first().and_then(|id| self.out.fact(*id)).cloned() {
            let (mut parts, mut rest) = (Vec::new(), Vec::new());
            for id in &left {
                let Some(f) = self.out.fact(*id) else {
                    continue;
                };
                let alike = f.measure == first.measure
                    && (f.year == first.year || f.is_left_for(&first) || first.is_left_for(f))
                    && f.stage == first.stage
                    && of_months(f) == of_months(&first)
                    && (first.measure == Measure::Level || base_of(f) == base_of(&first));
                if alike { parts.push(*id) } else { rest.push(*id) }
            }
            left = rest;
            // 其中：2030年结转资金20万元，当年安排40万元: by the year of those that are not left over.
            let own = parts.iter().filter_map(|p| self.out.fact(*p)).find(|f| first.is_left_for(f));
            let first = own.cloned().unwrap_or(first);
            let owner = if first.measure == Measure::Level { list.owner_level } else { list.owner_change };
            let total = owner.and_then(|o| self.sibling(o, &first));
            let Some(mut total) = total.map(|t| self.of_like_base(t, &first)) else {
                continue;
            };
            // （去年同口径为18000万元）: the figure itself is the only one of its year.
            if parts.contains(&total) {
                self.disown(&parts);
                continue;
            }
            if list.ordinal.is_some() {
                parts = self.one_a_paragraph(total, parts);
            }
            // 预算稳定调节基金28478万元（累计稳定调节基金43429万元）: the item again, all that there is of it.
            if self.view.slice(list.cue.0, list.cue.1) == "(" && self.is_stock_of(total, &parts) {
                self.disown(&parts);
                continue;
            }
            match self.owner_by_sum(total, &parts) {
                Owner::Other(better) => {
                    self.name_after_total(&parts, better);
                    total = better;
                }
                Owner::None => {
                    self.disown(&parts);
                    continue;
                }
                Owner::Same => {}
            }
            for id in &parts {
                if let Some(f) = self.out.facts.get_mut(*id as usize) {
                    f.parent = Some(total);
                    f.role = Some(Role::Component);
                }
            }
            if let Some(f) = self.out.facts.get_mut(total as usize) {
                f.role.get_or_insert(Role::Total);
            }
            if first.measure == Measure::Level && first.stage == Some(Stage::Adjusted) {
                parts.extend(list.members.iter().filter(|m| self.stays_as_planned(**m)));
            }
            self.out.breakdowns.push(Breakdown {
                total,
                parts,
                cue: list.cue,
                drivers: false,
                extent: self.extent_of(list),
                equation: false,
                minus: Vec::new(),
            });
        }
    }

    /// Whether all that a bracket tells is more of its owner's item.
    fn is_stock_of(&self, owner: FactId, parts: &[FactId]) -> bool {
        let Some(o) = self.out.fact(owner).filter(|o| o.measure == Measure::Level) else { return false };
        let [only] = parts else { return false };
        self.out.fact(*only).is_some_and(|f| {
            f.unit == o.unit
                && f.value > o.value
                && f.part == o.part
                && !f.label.is_empty()
                && o.label.contains(&f.label)
        })
    }

    /// How much of its total a list names, by the words before and behind it.
    fn extent_of(&self, list: &List) -> Extent {
        // …、差旅费20.03万元等。
        let last = list.members.last().and_then(|id| self.out.fact(*id));
        let after = last.and_then(|f| self.view.text.get(f.end as usize..)).unwrap_or("");
        match () {
            () if after.starts_with('等') => Extent::Some,
            // …、公用支出16.80万元，其余为项目支出。
            () if REST.iter().any(|w| after.trim_start_matches([',', ';', '、']).starts_with(w)) => Extent::Some,
            () if self.is_cut_off(&list.members) => list.extent.min(Extent::Open),
            () => list.extent,
        }
    }

    /// …财政专户管理的资金安排334万元,单位: whether the note ends within a list.
    fn is_cut_off(&self, members: &[FactId]) -> bool {
        let last = members.last().and_then(|id| self.out.fact(*id));
        let after = last.and_then(|f| self.view.text.get(f.end as usize..)).unwrap_or("");
        after.len() < 60 && !after.contains(['。', ';', '\n', ')']) && after.contains(char::is_alphabetic)
    }

    /// 上年结余年初预算92万元不变: whether what was planned stands in the adjusted budget as well.
    fn stays_as_planned(&self, id: FactId) -> bool {
        let (Some(f), Some(next)) = (self.out.fact(id), self.out.fact(id + 1)) else { return false };
        f.stage == Some(Stage::Budget)
            && next.measure == Measure::Change
            && next.value.is_zero()
            && !next.printed
            && next.label == f.label
            && !self.view.slice(f.end, next.start).contains(['比', '较', '与', '和'])
    }

    /// ——税收收入18319万元，增值税7875万元…；｜——非税收入13432万元: where the first of each
    /// paragraph make up the total and all of them do not, the others are of the first.
    fn one_a_paragraph(&mut self, total: FactId, parts: Vec<FactId>) -> Vec<FactId> {
        let fact = |id: FactId| self.out.fact(id);
        let sum = |ids: &[FactId]| ids.iter().try_fold(Decimal::ZERO, |s, id| s.checked_add(fact(*id)?.value));
        let goal = fact(total).map(|f| f.value);
        let mut firsts: Vec<FactId> = Vec::new();
        for id in &parts {
            let paragraph = |id: FactId| fact(id).map(|f| f.paragraph);
            if firsts.last().is_none_or(|first| paragraph(*first) != paragraph(*id)) {
                firsts.push(*id);
            }
        }
        if firsts.len() < 2 || firsts.len() == parts.len() || sum(&firsts) != goal || sum(&parts) == goal {
            return parts;
        }
        let mut first = None;
        for id in parts {
            if firsts.contains(&id) {
                first = Some(id);
            } else if let Some(f) = self.out.facts.get_mut(id as usize) {
                (f.parent, f.role) = (first, Some(Role::Component));
            }
        }
        firsts
    }

    /// Whether a list's members speak for another total than the one that the
    /// words point to: 分级次看… goes back over several levels.
    fn owner_by_sum(&self, total: FactId, parts: &[FactId]) -> Owner {
        let (Some(owner), Some(first)) = (self.out.fact(total), parts.first().and_then(|p| self.out.fact(*p))) else {
            return Owner::Same;
        };
        let members = || parts.iter().filter_map(|p| self.out.fact(*p));
        let kin = |f: &Fact| f.unit == owner.unit && f.year == first.year && f.stage == first.stage;
        if owner.measure != Measure::Level || parts.len() < 2 || !members().all(|m| m.unit == owner.unit) {
            return Owner::Same;
        }
        let sum = members().try_fold(Decimal::ZERO, |s, m| s.checked_add(m.value));
        let Some(sum) = sum.filter(|s| *s != owner.value && !s.is_zero()) else { return Owner::Same };
        let slack = Decimal::new(parts.len() as i64, u32::from(owner.decimals.max(first.decimals)).min(9));
        if (sum - owner.value).abs() <= slack {
            return Owner::Same;
        }
        // 税收收入112204万元。｜1.一般公共预算收入…: what holds the total is none of its parts.
        let holds = |m: &Fact| {
            matches!((owner.concept.as_deref(), m.concept.as_deref()),
                (Some(o), Some(m)) if self.packs.is_part(o, m) || o == "tax" && m.starts_with("revenue"))
        };
        if self.opened_without_word(total, parts) && members().any(holds) {
            return Owner::None;
        }
        // 5个部门、5个街道，15个专项，其中：…: the members speak of all that were counted before.
        let beside = self.out.facts.get(..total as usize).unwrap_or(&[]).iter().rev();
        let beside = beside.take_while(|f| f.sentence.0 == owner.sentence.0 && f.unit == owner.unit).take(MAX_BESIDE);
        let mut together = beside.scan(owner.value, |all, f| {
            *all = all.checked_add(f.value)?;
            Some(*all)
        });
        if owner.sentence.0 == first.sentence.0 && together.any(|all| all == sum) {
            return Owner::None;
        }
        let from = parts.first().copied().unwrap_or(total) as usize;
        // 住房公积金550元，其中：基本支出150元，项目支出0元: no word lies between, so no figure of another sentence
        // is meant. 资产29万元，负债9万元，净资产20万元，其中：… may be of any of them, but of no item beside the owner.
        let between = self.out.facts.get(total as usize + 1..from).unwrap_or(&[]);
        let adjacent = owner.sentence.0 == first.sentence.0
            && !between.iter().any(|f| f.measure == Measure::Level && f.printed && f.unit == owner.unit);
        let reachable = |f: &Fact| {
            let concepts = f.concept.as_deref().zip(owner.concept.as_deref());
            let beside = concepts.is_some_and(|(f, owner)| stand_beside(f, owner));
            let here = f.section == owner.section || owner.paragraph != first.paragraph;
            here && (!adjacent || f.sentence.0 == owner.sentence.0 && !beside)
        };
        // 本年支出1645.70万元，比上年增加12万元。其中：基本支出612.40万元，项目支出1030.30万元: the total told right before is
        // mistyped, however often the right one was told further back.
        let of_owner = |f: &Fact| f.measure != Measure::Level && f.label == owner.label;
        if between.iter().all(of_owner) && owner.paragraph == first.paragraph && differ_in_one_digit(owner.value, sum) {
            return Owner::Same;
        }
        // A part of the revenue, as good as its sum may be, is no total of what is spent.
        let across = |f: &Fact| f.parent.is_some() && f.flow.is_some() && first.flow.is_some() && f.flow != first.flow;
        let back = self.out.facts.get(from.saturating_sub(24)..from).unwrap_or(&[]);
        let better = back.iter().enumerate().rev().find(|(_, f)| {
            let told = f.measure == Measure::Level && f.printed && !f.prior;
            told && kin(f) && f.value == sum && f.label != first.label && !across(f) && reachable(f)
        });
        // Rounded parts may miss it by a little.
        let nearly = || {
            let all = back.iter().enumerate().rev();
            let mut near = all.filter(|(_, f)| f.measure == Measure::Level && f.printed && !f.prior && kin(f));
            let holds = |f: &Fact| {
                f.label == owner.label
                    || members().all(|m| {
                        let concepts = m.concept.as_deref().zip(f.concept.as_deref());
                        concepts.is_some_and(|(part, whole)| self.packs.is_part(part, whole))
                    })
            };
            near.find(|(_, f)| (f.value - sum).abs() <= slack && holds(f) && reachable(f))
        };
        if let Some((i, _)) = better.or_else(nearly) {
            return Owner::Other((from.saturating_sub(24) + i) as FactId);
        }
        if adjacent {
            return Owner::Same;
        }
        // A list that no word opened must nearly tie.
        let unopened = self.opened_without_word(total, parts);
        if unopened && (sum - owner.value).abs() > owner.value / Decimal::from(5) {
            return Owner::None;
        }
        // A part twice its whole: the words were misread, not the figures mistyped.
        let far = owner.paragraph != first.paragraph || owner.value.is_zero();
        let twice = owner.value + owner.value;
        let outgrown = members().any(|m| m.value > twice);
        let counts =
            owner.unit.and_then(|u| self.packs.vocabulary.units.get(u)).is_some_and(|u| u.kind != UnitKind::Money);
        if far && outgrown || counts && sum > twice { Owner::None } else { Owner::Same }
    }

    /// 较上年减少15万元，较年初预算减少4万元。其中：甲较上年减少3万元，较年初预算减少1万元: of the
    /// owner's changes the one that is measured against what the member is.
    fn of_like_base(&self, owner: FactId, member: &Fact) -> FactId {
        let other = |o: &&Fact| o.measure != Measure::Level && base_of(o) != base_of(member);
        let Some(o) = self.out.fact(owner).filter(other) else { return owner };
        let from = owner.saturating_sub(6);
        let near = self.out.facts.get(from as usize..owner as usize).unwrap_or(&[]).iter().zip(from..);
        let like = |f: &Fact| {
            f.measure == o.measure && f.label == o.label && f.paragraph == o.paragraph && base_of(f) == base_of(member)
        };
        near.into_iter().find(|(f, _)| like(f)).map_or(owner, |(_, id)| id)
    }

    /// Whether numbered paragraphs follow the total, and nothing says that they are its parts.
    fn opened_without_word(&self, total: FactId, parts: &[FactId]) -> bool {
        let (Some(t), Some(p)) = (self.out.fact(total), parts.first().and_then(|p| self.out.fact(*p))) else {
            return false;
        };
        let end = self.view.slice(t.start, p.start);
        t.paragraph != p.paragraph
            && !["其中", "包括", "如下", "分别", "构成", "组成", ":"].iter().any(|w| end.contains(w))
    }

    /// 全口径收入57亿元，…；地方收入31亿元。地本级7亿元，增长17%；县级24亿元: places that name no item are parts of the one
    /// that they add up to, and so is what is told of each of them.
    pub(super) fn name_after_total(&mut self, parts: &[FactId], total: FactId) {
        let (Some(first), Some(last)) = (parts.first().copied(), parts.last().copied()) else { return };
        let Some(label) = self.out.fact(first).map(|f| f.label.clone()) else { return };
        let Some(new) = self.out.fact(total).filter(|t| t.label != label && t.part.is_none()).cloned() else { return };
        let place = |p: &FactId| self.out.fact(*p).is_some_and(|f| f.part.is_some() && f.label == label);
        let named = |p: &FactId| {
            let from = p.checked_sub(1).and_then(|b| self.out.fact(b)).map_or(0, |b| b.end);
            self.out.fact(*p).is_none_or(|f| self.view.slice(from.min(f.start), f.start).contains(&*label))
        };
        if !parts.iter().all(place) || parts.iter().any(named) || new.flow != self.out.fact(first).and_then(|f| f.flow)
        {
            return;
        }
        let upto = (last as usize + MAX_BESIDE).min(self.out.facts.len());
        for f in self.out.facts.get_mut(first as usize..upto).unwrap_or(&mut []) {
            if f.label == label && f.part.is_some() && f.paragraph == new.paragraph {
                (f.label, f.concept, f.fund) = (new.label.clone(), new.concept.clone(), new.fund);
            }
        }
    }

    fn disown(&mut self, parts: &[FactId]) {
        for id in parts {
            if let Some(f) = self.out.facts.get_mut(*id as usize) {
                f.parent = None;
                f.role = None;
            }
        }
    }

    /// The owner's own figure of the year and stage of a member.
    pub(super) fn sibling(&self, owner: FactId, member: &Fact) -> Option<FactId> {
        let o = self.out.fact(owner)?;
        // 收入当月5亿元，累计60亿元。其中土地收入当月4亿元，累计50亿元: each of its own.
        let months = of_months(member).is_none() || of_months(o) == of_months(member);
        if o.year == member.year && (o.stage == member.stage || member.stage.is_none() || o.stage.is_none()) && months {
            return Some(owner);
        }
        let range = owner.saturating_sub(8) as usize..=(owner as usize + 8).min(self.out.facts.len().saturating_sub(1));
        self.out.facts.get(range)?.iter().zip(owner.saturating_sub(8)..).find_map(|(f, id)| {
            let same = f.measure == o.measure && f.label == o.label && f.paragraph == o.paragraph && f.part == o.part;
            (same && f.year == member.year && f.stage == member.stage && of_months(f) == of_months(member))
                .then_some(id)
        })
    }
}

/// What a change is measured against: the year, and the stage where it is of the same year.
/// 公务用车运行维护, for what numbered items call with or without 费.
fn short_name(f: &Fact) -> &str {
    f.label.trim_end_matches("支出").trim_end_matches('费')
}

fn base_of(f: &Fact) -> Option<(Option<i32>, Option<Stage>)> {
    f.basis.as_ref().map(|b| (b.year, b.stage.filter(|_| b.year == f.year)))
}

/// 当月, 累计: of which months a figure is.
fn of_months(f: &Fact) -> Option<&str> {
    f.qualifier.as_deref().filter(|q| matches!(*q, "当月" | "累计"))
}

/// 城乡社区五项支出 → 城乡社区, 5; 上述各项 → nothing before it, and 0 for all.
fn split_count(label: &str) -> Option<(&str, usize)> {
    let mut chars = label.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let follows = chars.peek().is_some_and(|(_, n)| matches!(n, '项' | '笔' | '类' | '款' | '者'));
        let count = match c {
            '两' | '二' => 2,
            '各' => 0,
            c => match "三四五六七八九十".chars().position(|n| n == c) {
                Some(n) => n + 3,
                None => continue,
            },
        };
        if follows {
            let name = label.get(..at)?.trim_end_matches(['等', '这', '共']);
            let back = ["上述", "以上", "前述", "前"].contains(&name);
            return Some((if back { "" } else { name }, count));
        }
    }
    None
}

/// Whose components a list's members are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// The total that the words point to.
    Same,
    /// One told before it.
    Other(FactId),
    /// None that was told.
    None,
}

/// Whether two concepts are of one family: three_public.reception and three_public.vehicle.
pub(super) fn kin(a: &str, b: &str) -> bool {
    let root = |c: &str| c.split('.').next().map(str::len);
    root(a).is_some_and(|n| a.contains('.') && b.contains('.') && a.get(..n) == b.get(..n))
}
