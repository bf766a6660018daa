//! Whose figure it is: the item that the clause names, or inherits.

use super::super::context::{Gap, List, ListKind};
use super::super::label::{self, Item, collects, is_whole};
use super::super::{Fact, FactId, Measure, Role};
use super::facts::is_total;
use super::stages::planned;
use super::{Figure, MAX_RUNS, Reader, SUMS, Said};
use crate::lex::{Lexed, Mark, Token, TokenKind, UnitKind};
use crate::pattern::{FieldIdentity, Flow, Fund, Stage};
use crate::segment::Kind;

/// 涉及资金, 预算金额: words for money and for nothing that it is of.
fn names_only_money(label: &str) -> bool {
    let of = ["涉及", "项目", "预算", "支出", "总", "共"];
    let mut rest = label;
    while let Some(short) = of.iter().find_map(|w| rest.strip_prefix(w)) {
        rest = short;
    }
    ["资金", "金额", "资金总额", "资金合计", "总额", "经费"].contains(&rest)
}

/// How many figures back an item may have been told that a name cut short tells again.
pub(super) const MAX_TOLD: usize = 16;

/// What stands behind the last of several figures in a row.
fn ends_figures(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Mark(m) if m != Mark::Pause)
}

/// What a rate is told by and no place: 年均增长8%, 环比下降3%.
const MANNERS: [&str; 6] = ["年均", "名义", "环比", "实际", "首次", "全年"];

/// How many plans may stand before the figure that names their item.
const MOST_PLANS: usize = 3;

/// How far, in bytes, an average stands at most before its rate.
const AVERAGE_BYTES: usize = 48;

/// The longest name of an average, in characters: 全自治区平均.
const LONGEST_AVERAGE: usize = 6;

impl<'a> Reader<'a> {
    /// The item that the clause itself names, if any.
    pub(super) fn own_item(&self, lexed: &Lexed) -> Option<Item<'a>> {
        let mut spare: Option<Item<'a>> = None;
        let mut source: Option<Item<'a>> = None;
        for (n, (s, e)) in self.clause.runs.iter().rev().take(MAX_RUNS).enumerate() {
            let Some(item) = lexed.tokens.get(*s..*e).and_then(|r| label::item(self.packs, &self.view.text, r)) else {
                continue;
            };
            // 比县第十七届人大常委会第三十七次会议批准的调整预算调增93000万元: who approved it is no item.
            if !item.known && item.label.ends_with("会议") && item.label.contains('第') {
                continue;
            }
            if item.generic || item.weak {
                if spare.as_ref().is_none_or(|s| s.generic && item.weak) {
                    spare = Some(item);
                }
                continue;
            }
            if let Some(source) = source.take() {
                let whole = item.concept_id().is_some_and(|c| c.starts_with("expenditure") && c.split('.').count() < 3);
                if item.known
                    && item.flow != Some(Flow::Revenue)
                    && (source.flow != Some(Flow::Expenditure) || item.flow == source.flow && !whole)
                {
                    return Some(Item { fund: source.fund, ..item });
                }
                return Some(source);
            }
            // An appropriation may be the source of the item named before it.
            // 因公出国费2014年财政拨款支出决算数为: so may what is spent of one.
            let spent = item.concept_id() == Some("expenditure") && item.fund.is_some() && item.part.is_none();
            if (item.concept_id() == Some("revenue.appropriation") || spent) && n + 1 < self.clause.runs.len() {
                source = Some(item);
                continue;
            }
            // Unknown words before 收入 (人大通过的收入) name nothing better.
            if !item.known
                && let Some(flow) = spare.filter(|s| s.weak)
            {
                // 甲镇完成收入150万元: who took it in.
                if n == 1 && item.is_place() && !is_whole(item.label) && self.only_done_between(*e, lexed) {
                    return Some(Item { part: Some(item.label), weak: false, ..flow });
                }
                continue;
            }
            if n == 0
                && let Some(part) = self.body_just_named(lexed).filter(|_| item.known && item.part.is_none())
            {
                return Some(Item { part: Some(part), ..item });
            }
            if n == 0
                && let Some(of) = self.of_several_places(&item, lexed)
            {
                return Some(of);
            }
            // 甲费、乙费、丙费(简称“三公”经费)支出合计: by the name that they have together.
            let named = item.known
                && lexed
                    .tokens
                    .get(*s..*e)
                    .is_some_and(|r| r.iter().any(|t| self.view.slice(t.start, t.end).contains("简称")));
            if n == 0
                && !named
                && let Some(all) = self.enumerated_item(&item, lexed)
            {
                return Some(self.summed_up((*s, *e), all, lexed).unwrap_or(all));
            }
            return Some(self.paid_by(item, self.clause.runs.len() - 1 - n, lexed));
        }
        source.or(spare)
    }

    /// 新设评估中心，该中心2012年“三公”经费54.53万元: whose it is, said before the year.
    fn body_just_named(&self, lexed: &Lexed) -> Option<&'a str> {
        let [.., before, last] = self.clause.runs.as_slice() else { return None };
        let period = matches!(lexed.tokens.get(before.1)?.kind, TokenKind::Period(_)) && before.1 + 1 == last.0;
        let (first, end) = (lexed.tokens.get(before.0)?.start, lexed.tokens.get(before.1.checked_sub(1)?)?.end);
        let name = self.view.text.get(first as usize..end as usize)?;
        (period && name.starts_with('该') && label::is_place(name)).then_some(name)
    }

    /// Whether nothing but 完成 or 实现 stands between a run of words and the next.
    fn only_done_between(&self, end: usize, lexed: &Lexed) -> bool {
        let next = self.clause.runs.iter().map(|(s, _)| *s).find(|s| *s >= end).unwrap_or(end);
        let between = lexed.tokens.get(end..next).unwrap_or(&[]);
        !between.is_empty()
            && between.iter().all(|t| ["完成", "实现", "完成了"].contains(&self.view.slice(t.start, t.end)))
    }

    /// 各乡镇、县本级“三公”经费: of all the places that are named, and of none of them alone.
    fn of_several_places(&self, last: &Item<'a>, lexed: &Lexed) -> Option<Item<'a>> {
        if !last.known || self.parallel.is_some() {
            return None;
        }
        let [.., first, (start, end)] = self.clause.runs.as_slice() else { return None };
        let token = |i: usize| lexed.tokens.get(i);
        let paused = first.1 + 1 == *start && token(first.1)?.kind == TokenKind::Mark(Mark::Pause);
        let (from, comma) = (token(first.0)?.start, token(first.1)?.start);
        let place = |t: &str| label::is_place(t) || t.ends_with("乡镇") || t.ends_with("部门");
        let upto = token(end.checked_sub(1)?)?.end;
        let text = self.view.text.get(from as usize..upto as usize)?;
        let before = self.view.slice(from, comma);
        let behind = text.get(before.len() + '、'.len_utf8()..)?;
        let owner = match last.part {
            Some(part) => behind.find(part)? + part.len(),
            None => behind.find(last.label).filter(|at| *at > 0)?,
        };
        let named = place(before) && place(behind.get(..owner)?);
        let whole = text.get(..before.len() + '、'.len_utf8() + owner)?;
        (paused && named).then_some(Item { part: Some(whole), ..*last })
    }

    /// 基本工资、津贴补贴等人员经费支出620万元: what all that is named makes up, where that is an item of its own.
    fn summed_up(&self, run: (usize, usize), all: Item<'a>, lexed: &Lexed) -> Option<Item<'a>> {
        let run = lexed.tokens.get(run.0..run.1)?;
        let more = run.iter().rposition(|t| self.view.slice(t.start, t.end).ends_with('等'))?;
        let sum = label::item(self.packs, &self.view.text, run.get(more + 1..)?)?;
        let single = sum.known && sum.part.is_none() && sum.concept_id().is_some_and(label::is_single);
        // 公用经费30万元。办公费等公用经费12万元，差旅费等公用经费18万元: of a total that was told, these are parts.
        let here = self
            .out
            .facts
            .iter()
            .rev()
            .take(MAX_TOLD)
            .take_while(|f| f.section == self.headings.last().map(|h| h.node));
        let told = here.into_iter().any(|f| f.measure == Measure::Level && f.concept.as_deref() == sum.concept_id());
        (single && !told).then_some(Item { label: all.label, ..sum })
    }

    /// 契税、土地增值税等地方税收242.2亿元: one figure of all that is named, and of
    /// none of them alone.
    fn enumerated_item(&self, last: &Item<'a>, lexed: &Lexed) -> Option<Item<'a>> {
        if self.parallel.is_some() || last.part.is_some() {
            return None;
        }
        let runs = &self.clause.runs;
        let mut first = runs.len().checked_sub(1)?;
        let pause = |i: usize| lexed.tokens.get(i).is_some_and(|t| matches!(t.kind, TokenKind::Mark(Mark::Pause)));
        while let Some(before) = first.checked_sub(1)
            && let (Some((_, end)), Some((start, _))) = (runs.get(before), runs.get(first))
            && *end + 1 == *start
            && pause(*end)
            && !runs.get(before).and_then(|(s, _)| lexed.tokens.get(*s)).is_some_and(|t| self.is_letter(t))
        {
            first = before;
        }
        if first + 1 == runs.len() {
            return None;
        }
        let (from, upto) = (runs.get(first)?.0, runs.last()?.1);
        let text =
            self.view.text.get(lexed.tokens.get(from)?.start as usize..lexed.tokens.get(upto - 1)?.end as usize)?;
        let text = text.trim_end_matches("等");
        // 因公出国(境)、公务用车购置及运行维护费、公务接待费等“三公”经费支出: all its parts named, that is the whole.
        if let Some((listed, name)) = text.rsplit_once('等')
            && let Some(item) = label::called_by(self.packs, name).filter(|i| self.lists_all(listed, i))
        {
            return Some(Item { fund: item.fund.or_else(|| label::fund_named(text)), ..item });
        }
        (text.chars().count() <= 60).then_some(Item { label: text, known: false, ..Item::default() })
    }

    /// Whether a list names all that makes up an item by definition; before the first may stand whose it is.
    fn lists_all(&self, listed: &str, item: &Item) -> bool {
        let names = || listed.split('、');
        let all = |identity: &&FieldIdentity| {
            let one_of = |item: Item| item.concept_id().is_some_and(|c| identity.parts.iter().any(|p| p == c));
            let part = |name: &str| label::called_by(self.packs, name).is_some_and(one_of);
            names().count() == identity.parts.len() && names().skip(1).all(part)
        };
        self.packs.identities.iter().filter(|i| item.concept_id() == Some(&*i.whole)).any(|i| all(&i))
    }

    pub(super) fn add(&mut self, figure: Figure, said: Said<'a>, lexed: &Lexed) {
        let mut own = said.named.or_else(|| self.own_item(lexed)).map(|i| self.of_the_year(i));
        own = own.filter(|i| !self.people_of_groups(i, &figure)).map(|i| self.fit_for(i, &figure));
        own = own.map(|i| self.balance_of_debt(i, &figure));
        if let Some(item) = own.and_then(|i| self.former_or_latter(&i)) {
            own = Some(item);
        }
        let place = own.and_then(|i| self.place_in_bracket(&i, &figure));
        own = place.or(own);
        let rate = matches!(figure.kind, UnitKind::Points | UnitKind::Percent | UnitKind::Times);
        if figure.kind == UnitKind::Points || rate && self.lists.last().is_some_and(|l| l.kind == ListKind::Bracket) {
            own = own.filter(|i| i.known);
        }
        if let Some(name) = self.counted_places(&figure) {
            own = Some(Item { label: name, ..Item::default() });
        }
        self.row_again(&figure, lexed);
        let parallel = self.parallel_item(&figure, own.as_ref(), lexed);
        let mut explicit = parallel.or_else(|| own.filter(|i| !i.generic && !i.weak));
        if (said.denominator || said.levels) && said.named.is_none() {
            explicit = None;
        }
        if let Some(item) = own.and_then(|i| self.within_item(&i, &figure)) {
            explicit = Some(item);
        }
        if let Some(item) = own.and_then(|i| self.member_of_list(&i, &figure)) {
            explicit = Some(item);
        }
        if explicit.is_none() {
            explicit = self.arranged(&figure).or_else(|| self.spent_on_people(own.as_ref()?, &figure));
        }
        if explicit.is_none() && own.is_none() {
            explicit = self.what_each_gets(&figure);
        }
        if let Some(item) = explicit.as_mut().filter(|i| !i.known) {
            self.as_flow(item, &figure);
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
        // 收支较上年增加5万元 names no item elsewhere.
        let flows = explicit.as_ref().or(own.as_ref().filter(|i| i.generic));
        if let Some(item) = self.twin_totals(flows, &figure) {
            explicit = Some(item);
        }
        if let Some(item) = explicit.as_ref().and_then(|i| self.shortened(i, &figure)) {
            explicit = Some(item);
        }
        if let Some(item) = self.funds_of_projects(own.as_ref(), &figure) {
            explicit = Some(item);
        }
        if let Some(item) = &mut explicit {
            self.as_fund(item);
        }
        if let Some(item) = self.unnamed_total(own.as_ref(), explicit.as_ref(), &figure) {
            explicit = Some(item);
        }
        let average = self.of_average(explicit.as_ref(), &figure);
        explicit = average.or(explicit);
        if let Some(item) = explicit.as_mut().filter(|i| i.part.is_some_and(|p| self.is_publisher(p))) {
            item.part = None;
        }
        // Places and offices in a list are parts of the total.
        if let Some(item) = &mut explicit {
            self.as_part(item, &figure);
            if item.part.is_some_and(|p| self.is_own_name(p)) {
                item.part = None;
            }
        }
        if let Some(item) = self.of_insurance(explicit.or(weak)) {
            explicit = Some(item);
        }
        self.take_month(&mut explicit, &figure);
        if explicit.is_none() {
            explicit = weak.and_then(|w| self.level_of_flow(w, &figure).or_else(|| self.weak_item(w)));
        }
        if let Some(item) = explicit.filter(|i| i.known && weak.is_some() && figure.measure == Measure::Level) {
            self.name_plans_before(&item);
        }
        if let Some(item) = explicit.as_mut().filter(|_| self.default_stage != Stage::Budget) {
            // 支出预算490万元，支出决算524万元: the stage is no part of what both are of.
            item.label = match item.label {
                "收入预算" | "收入预算数" | "收入年初预算" | "收入调整预算" | "全年收入" => {
                    "收入"
                }
                "支出预算" | "支出预算数" | "支出年初预算" | "支出调整预算" | "全年支出" => {
                    "支出"
                }
                label => label,
            };
        }
        self.settle(explicit.as_ref(), &figure);
        if let Some(part) = self.part_told(explicit.as_ref(), &figure)
            && let Some(item) = &mut explicit
        {
            item.part = Some(part);
        }
        self.of_what_it_shares(&figure, &said);
        let explicit_given = explicit.is_some() && average.is_none();
        let item = explicit
            .or_else(|| self.lists.iter().rev().find_map(|l| l.item))
            .or_else(|| self.headings.iter().rev().find_map(|h| h.item))
            .or(self.title_item)
            .or_else(|| self.total_above(&figure, own.is_none()))
            .or(own)
            .unwrap_or_default();
        let part = item.part.or_else(|| self.body.filter(|_| !self.says_whole(&figure)));
        let item = Item { part, ..item };
        let id = self.out.facts.len() as FactId;
        let mut fact = self.fact(&figure, &said, &item);
        fact.stage = self.compared_with_own_budget(&fact).or(fact.stage);
        // …完成预算的110%，主要原因是追加人员经费5万元: told of another item each time.
        if self.clause.aside && !self.clause.purpose && fact.measure == Measure::Change && fact.within.is_none() {
            let of = self.lists.last().and_then(|l| l.item).map(|i| i.label);
            fact.within = of.filter(|of| *of != fact.label).map(str::to_owned);
        }
        self.keep_part(&figure, &item);
        self.out.facts.push(fact);
        self.items.push(item);
        self.after(id, &figure, &said, item, explicit_given);
    }

    /// A、人员经费: the letter that numbers an item.
    fn is_letter(&self, t: &Token) -> bool {
        t.end == t.start + 1 && self.view.slice(t.start, t.end).bytes().all(|b| b.is_ascii_alphabetic())
    }

    /// …“三公”经费21.8万元，其中：…。｜2031年预算较2030年增加1.68万元, 2031年预算数20.1万元，决算数21.8万元: of the total above.
    fn total_above(&self, figure: &Figure, unnamed: bool) -> Option<Item<'a>> {
        let changes = matches!(figure.measure, Measure::Change | Measure::Growth) && figure.printed;
        let staged = unnamed && figure.measure == Measure::Level && (self.clause.stage.is_some() || figure.prior);
        let last = self.out.facts.last().filter(|_| changes || staged)?.paragraph;
        let from = self.out.facts.partition_point(|f| f.paragraph < last);
        let first = self.out.facts.get(from).filter(|f| f.measure == Measure::Level && f.cell.is_none())?;
        self.items
            .get(from)
            .copied()
            .filter(|i| i.known && first.printed && first.role.is_none_or(|r| r == Role::Total))
    }

    /// 年初预算490万元，调整预算525万元，实际支出524万元: the plans were of what the last names.
    fn name_plans_before(&mut self, item: &Item<'a>) {
        let from = self.sentence_fact.max(self.out.facts.len().saturating_sub(MOST_PLANS));
        let facts = self.out.facts.get_mut(from..).unwrap_or_default();
        let told = facts.iter_mut().zip(self.items.get_mut(from..).unwrap_or_default());
        for (f, i) in told.filter(|(f, _)| f.label.is_empty() && f.measure == Measure::Level && planned(f.stage)) {
            (f.label, f.concept, f.flow) = (item.label.to_owned(), item.concept.cloned(), item.flow);
            *i = *item;
        }
    }

    /// 因公出国(境)1个团组8人次: what was counted right before names no people.
    fn people_of_groups(&self, item: &Item<'a>, figure: &Figure) -> bool {
        let groups = item.concept_id() == Some("three_public.overseas.groups") && figure.kind == UnitKind::People;
        let last = self.out.facts.last().filter(|f| groups && f.start >= self.sentence_start);
        last.is_some_and(|f| self.view.slice(f.end, figure.start) == item.label)
    }

    /// 居全省第14位（甲州下降6.9%、乙水下降11.2%）: how others stand, set beside a rank.
    fn place_in_bracket(&self, own: &Item<'a>, figure: &Figure) -> Option<Item<'a>> {
        let bracket = self.lists.last().filter(|l| l.kind == ListKind::Bracket)?;
        let name = own.label;
        let apart = figure.measure == Measure::Growth
            && !own.known
            && !own.generic
            && !own.weak
            && (2..=6).contains(&name.chars().count())
            && !MANNERS.contains(&name);
        let before = self.view.text.get(..bracket.cue.0 as usize).filter(|_| apart)?;
        let inner = self.view.slice(bracket.cue.1, figure.start);
        let said = inner.rsplit([',', '、', ';']).next().unwrap_or("");
        let beside = before.ends_with(['位', '名']) && said.starts_with(name);
        let of = self.lists.iter().rev().find_map(|l| l.item).filter(|i| beside && i.known)?;
        Some(Item { part: Some(name), ..of })
    }

    /// 30万元用于编制: a word for people names no money.
    fn fit_for(&self, item: Item<'a>, figure: &Figure) -> Item<'a> {
        let people = item.concept_id().is_some_and(|c| c.starts_with("staff."));
        if people && figure.kind == UnitKind::Money {
            return Item { concept: None, known: false, ..item };
        }
        // “三公”经费20万元，其中：公务接待费13万元，公务用车7万元: what vehicles cost, and not how many there are.
        let vehicles = figure.kind == UnitKind::Money && item.concept_id().is_some_and(|c| c.starts_with("assets.v"));
        let owner = self.lists.last().and_then(|l| l.owner_level).and_then(|o| self.out.fact(o));
        let within = |o: &Fact| o.concept.as_deref() == Some("three_public");
        if vehicles
            && owner.is_some_and(within)
            && let Some(term) = self.packs.concept("three_public.vehicle")
        {
            return Item { concept: Some(&term.concept), flow: term.flow, ..item };
        }
        item
    }

    /// 机关运行经费，当年一般公共预算拨款7万元; 公务接待费上年支出1.9万元，本年支出1.4万元: the item was
    /// named before, and these words say who pays for it or in which year.
    fn within_item(&self, own: &Item<'a>, figure: &Figure) -> Option<Item<'a>> {
        let single = |i: &Item| i.known && !i.generic && i.concept_id().is_some_and(label::is_single);
        let list = self.lists.last()?;
        let pays = own.concept_id() == Some("revenue.appropriation") && own.fund.is_some();
        let year = own.concept_id() == Some("expenditure.current");
        let plain = figure.measure == Measure::Level && own.part.is_none() && !figure.prior;
        if !plain || !pays && !year || list.kind == ListKind::Addition {
            return None;
        }
        // 项目支出：财政拨款60万元，事业收入20万元: where it comes from, item by item.
        let sources = pays && self.view.slice(self.sentence_start, figure.start).contains(':');
        let pending = self.pending.filter(|i| single(i) && !sources);
        if let Some(item) = pending {
            return Some(Item { fund: own.fund.or(item.fund), ..item });
        }
        // 上年支出1.9万元，本年支出1.4万元
        let last = self.out.facts.last().filter(|f| f.paragraph == self.paragraph && f.measure == Measure::Level)?;
        let item = self.items.last().copied().filter(single)?;
        let earlier = last.year.zip(self.year).is_some_and(|(told, own)| told + 1 == own);
        (year && earlier && self.out.facts.len() > self.sentence_fact).then_some(item)
    }

    /// 其中：财政拨款200万元，专项资金49万元; 加上补助92.69亿元: words that elsewhere name no item name one of
    /// several here.
    fn member_of_list(&self, own: &Item<'a>, figure: &Figure) -> Option<Item<'a>> {
        let list = self.lists.last()?;
        let told = |words: &[&str]| words.iter().any(|w| own.label.contains(w));
        let names = match list.kind {
            // 收入900元，其中：经费拨款700元，非税收入拨款200元
            ListKind::Components if own.label == "经费拨款" => {
                list.owner_level.and_then(|o| self.out.fact(o)).is_some_and(|o| o.flow == Some(Flow::Revenue))
            }
            ListKind::Components => {
                !list.members.is_empty() && told(&["专项", "专款", "业务费", "业务经费", "工作经费"])
            }
            ListKind::Addition => told(&["补助", "补贴"]),
            _ => false,
        };
        let fits = own.generic && figure.measure == Measure::Level && figure.kind == UnitKind::Money;
        let next = list.gap >= Gap::Comma || list.kind == ListKind::Addition;
        if !(names && fits && next) || self.clause.figure || self.pending.is_some() {
            return None;
        }
        let item = Item { label: own.label, fund: own.fund, ..Item::default() };
        let transfer = self.packs.term_named("补助收入").filter(|_| list.kind == ListKind::Addition);
        Some(match transfer {
            Some((_, term)) => Item { concept: Some(&term.concept), flow: term.flow, known: true, ..item },
            None => item,
        })
    }

    /// 其中：2030年结转资金20万元，当年安排40万元: what is new beside what was carried over.
    fn arranged(&self, figure: &Figure) -> Option<Item<'a>> {
        let list = self.lists.last().filter(|l| l.kind == ListKind::Components && l.gap >= Gap::Comma)?;
        let last = list.members.last().and_then(|m| self.out.fact(*m)).and_then(|f| f.concept.as_deref());
        let fits = figure.measure == Measure::Level && figure.kind == UnitKind::Money && !figure.prior;
        let before =
            self.view.text.get(..figure.start as usize).filter(|_| fits && last == Some("carryover.opening"))?;
        let word = ["当年安排", "本年安排", "安排"].into_iter().find(|w| before.ends_with(w))?;
        let label = before.get(before.len() - word.len()..)?;
        Some(Item { label, ..Item::default() })
    }

    /// 支出100万元，其中：人员60万元，公用20万元: what is spent on them, and not how many there are.
    fn spent_on_people(&self, own: &Item<'a>, figure: &Figure) -> Option<Item<'a>> {
        let list = self.lists.last().filter(|l| matches!(l.kind, ListKind::Components | ListKind::Bracket))?;
        let owner = list.owner_level.and_then(|o| self.out.fact(o))?;
        let money = figure.measure == Measure::Level && figure.kind == UnitKind::Money && !figure.prior;
        if own.label != "人员" || owner.flow != Some(Flow::Expenditure) || !money {
            return None;
        }
        let term = self.packs.concept("expenditure.basic.personnel")?;
        Some(Item { label: own.label, concept: Some(&term.concept), flow: term.flow, known: true, ..Item::default() })
    }

    /// 总收入100万元，其中：财政拨款60万元，经营10万元: a name cut short before 收入 or 支出, in a list of either.
    fn as_flow(&self, item: &mut Item<'a>, figure: &Figure) {
        let list = self.lists.last().filter(|l| matches!(l.kind, ListKind::Components | ListKind::Bracket));
        let owner = list.and_then(|l| l.owner_level).and_then(|o| self.out.fact(o));
        let money = figure.measure == Measure::Level && figure.kind == UnitKind::Money;
        let short = item.part.is_none() && !item.is_place() && (2..=4).contains(&item.label.chars().count());
        if !money || !short {
            return;
        }
        let Some(flow) = owner.and_then(|o| o.flow) else {
            // ④经营为100.95万元，占0.36%: told again.
            let told = self.items.iter().rev().take(MAX_TOLD).find(|i| i.label == item.label);
            if let Some(again) = told.filter(|i| i.known && i.part.is_none()) {
                *item = *again;
            }
            return;
        };
        let tail = match flow {
            Flow::Revenue => "收入",
            Flow::Expenditure => "支出",
        };
        if let Some((_, term)) = self.packs.term_named(&[item.label, tail].concat()).filter(|(_, t)| !t.generic) {
            *item = Item { concept: Some(&term.concept), flow: Some(flow), fund: term.fund, known: true, ..*item };
        }
    }

    /// 增幅比全省平均(5.2%)高0.8个百分点; 全省平均增长5.2%: a rate of the same item, but of others.
    fn of_average(&self, explicit: Option<&Item<'a>>, figure: &Figure) -> Option<Item<'a>> {
        if figure.kind != UnitKind::Percent {
            return None;
        }
        let whose = |text: &'a str| {
            let rest = ["水平", "增幅", "增速", "增长率"].iter().fold(text, |t, w| t.trim_end_matches(w));
            let name = rest.get(rest.rfind('全')?..)?;
            (name.ends_with("平均") && name.chars().count() <= LONGEST_AVERAGE).then_some(name)
        };
        let part = match explicit {
            Some(item) => whose(item.label).filter(|w| item.label.starts_with(w))?,
            None => {
                let end = figure.start as usize;
                let near = self.view.text.ceil_char_boundary(end.saturating_sub(AVERAGE_BYTES));
                whose(self.view.text.get(near..end)?.strip_suffix('(')?)?
            }
        };
        let of = self.lists.iter().rev().find_map(|l| l.item).or(self.topic)?;
        Some(Item { part: Some(part), ..of })
    }

    /// 收入总计X，支出总计X，收、支总计各增加Y: the change is of the level that was
    /// said last.
    fn twin_totals(&self, item: Option<&Item<'a>>, figure: &Figure) -> Option<Item<'a>> {
        let both = item?.concept_id().map_or(item?.label == "收支", |c| c.starts_with("balance."));
        let changes = matches!(figure.measure, Measure::Change | Measure::Growth);
        let level = self.lists.last()?.level.filter(|_| both && changes)?;
        // 支出预算90万元，其中：…，项目支出30万元。收支预算较上年增加2万元: of the total, not of its last part.
        let level = std::iter::successors(Some(level), |id| self.out.fact(*id)?.parent.filter(|p| p < id)).last()?;
        let fact = self.out.fact(level).filter(|f| f.paragraph == self.paragraph && f.flow.is_some())?;
        let of = self.items.get(level as usize).copied().filter(|_| fact.printed)?;
        Some(Item { label: item?.label, ..of })
    }

    /// 一般公共预算财政拨款支出1264.92万元…，一般公共预算财政拨款增加27.44万元: the change
    /// is of the level whose name is cut short.
    fn shortened(&self, item: &Item<'a>, figure: &Figure) -> Option<Item<'a>> {
        let changes = matches!(figure.measure, Measure::Change | Measure::Growth);
        if !changes || item.concept_id() != Some("revenue.appropriation") || self.clause.aside {
            return None;
        }
        let told = self.out.facts.iter().zip(&self.items).rev().take(12);
        let mut told = told
            .take_while(|(f, _)| f.paragraph == self.paragraph)
            .filter(|(f, _)| f.measure == Measure::Level && f.printed && f.label.starts_with(item.label));
        let (level, of) = told.next()?;
        let cut =
            level.label.strip_prefix(item.label).is_some_and(|rest| matches!(rest, "支出" | "支出预算" | "支出决算"));
        (cut && told.all(|(f, _)| f.label != item.label)).then_some(*of)
    }

    /// 绩效目标管理的项目27个，涉及资金10214万元: money told of projects that were
    /// just counted is the money of those projects.
    fn funds_of_projects(&self, own: Option<&Item<'a>>, figure: &Figure) -> Option<Item<'a>> {
        let last = self.out.facts.last().filter(|f| f.paragraph == self.paragraph)?;
        let counted = last.concept.as_deref().is_some_and(|c| c.starts_with("performance."))
            && self.out.facts.len() > self.sentence_fact
            && figure.kind == UnitKind::Money
            && figure.measure == Measure::Level;
        let says_money =
            |i: &Item| i.generic || i.concept_id() == Some("performance.funds") || names_only_money(i.label);
        // 其中财政拨款406.10万元，其他资金96.00万元: told by where it comes from.
        let source = |i: &Item| ["资金", "拨款"].iter().any(|w| i.label.ends_with(w));
        // 绩效目标管理情况。…涉及资金832.20万元: of what the paragraph is about.
        let about = || {
            let from = self.out.facts.iter().rev().take(6).find(|f| f.paragraph != self.paragraph).map_or(0, |f| f.end);
            own.is_some_and(|i| ["涉及资金", "涉及金额", "涉及预算资金"].contains(&i.label))
                && figure.kind == UnitKind::Money
                && figure.measure == Measure::Level
                && self.view.slice(from.max(self.sentence_start.saturating_sub(400)), figure.start).contains("绩效")
        };
        if !(counted && own.is_none_or(|i| says_money(i) || source(i)) || about()) {
            return None;
        }
        let term = self.packs.concept("performance.funds")?;
        let said = own.copied().unwrap_or_default();
        let evaluated = |i: &&Item| i.label.contains("评价") || i.label.contains("自评");
        let projects = self.items.last().filter(|_| counted).filter(evaluated);
        let label = match own.filter(|i| !says_money(i)) {
            Some(named) => named.label,
            None => projects.map_or(term.name.as_str(), |p| p.label),
        };
        Some(Item {
            label,
            concept: Some(&term.concept),
            flow: term.flow,
            fund: said.fund,
            part: said.part,
            known: true,
            ..Item::default()
        })
    }

    /// “三公”经费12万元（其中：一般公共预算支出12万元，政府性基金支出0万元）: the
    /// members are the same item, by the fund that pays for it.
    fn as_fund(&self, item: &mut Item<'a>) {
        let Some(list) = self.lists.last().filter(|l| matches!(l.kind, ListKind::Bracket | ListKind::Components))
        else {
            return;
        };
        let flows = |c: &str| {
            ["revenue", "expenditure", "balance", "carryover", "tax", "nontax"].iter().any(|r| c.starts_with(r))
        };
        let Some(owner) = list.owner_level.and_then(|o| self.items.get(o as usize)) else { return };
        let paid = owner.known && owner.concept_id().is_some_and(|c| !flows(c));
        let pays = item.fund.is_some()
            && item.part.is_none()
            && item.concept_id().is_some_and(|c| {
                c == "revenue.appropriation"
                    || c == "expenditure"
                    || c == "expenditure.appropriation"
                    // 采购预算3万元，按资金类型：…，财政专户1万元
                    || c == "revenue.special_account"
                    // 其中：一般公共预算安排9万元
                    || c == "revenue" && item.label.ends_with("预算")
            });
        // 支出700万元，其中：一般公共预算450万元，政府性基金250万元: what is spent of either.
        let bare = item.label.ends_with("预算") || item.label.ends_with("基金");
        let spent = owner.concept_id() == Some("expenditure") && item.flow == Some(Flow::Revenue) && bare;
        if (paid || spent) && pays {
            *item = Item { fund: item.fund, label: item.label, ..*owner };
        }
    }

    /// 货物38.2万元、服务21.75万元，合计59.95万元: a sum that names no item is of
    /// what the list or the paragraph is about.
    fn unnamed_total(&self, own: Option<&Item<'a>>, explicit: Option<&Item<'a>>, figure: &Figure) -> Option<Item<'a>> {
        let named = explicit.is_some_and(|i| i.known && !i.generic);
        let sums = |i: &Item| {
            let label = i.label.trim_start_matches(['以', '上', '两', '三', '四', '五', '项', '述', '各']);
            SUMS.contains(&label) || label == "合计金额"
        };
        // 五项支出合计占71.0%: of no single item.
        if let Some(sum) = own.filter(|i| !named && figure.measure == Measure::Share && sums(i)) {
            return Some(Item { label: sum.label, ..Item::default() });
        }
        // …，对个人和家庭的补助240万元，共计1070万元: the word may be part of how the figure is told.
        let before = self.view.text.get(..figure.start as usize).unwrap_or("");
        let word = SUMS.iter().copied().find(|w| before.ends_with(w));
        // 2030年度决算合计3.66万元: the account's, and no sum of what was told.
        let word = word.filter(|w| !before.strip_suffix(*w).is_some_and(|b| b.ends_with('算')));
        let word = word.filter(|_| explicit.is_none() && own.is_none() && self.sentence_figures >= 2);
        let level = figure.measure == Measure::Level && figure.kind == UnitKind::Money && !figure.prior;
        if named || !level || word.is_none() && !own.is_some_and(sums) || self.of_one_item() {
            return None;
        }
        let owner = self.lists.last()?.owner_level.and_then(|o| self.items.get(o as usize)).copied();
        let about = owner.or(self.topic).or_else(|| self.headings.last().and_then(|h| h.item));
        // 基本支出60万元，连同项目支出30万元，合计90万元: never of one of them.
        let summed = self.out.facts.get(self.sentence_fact..).unwrap_or(&[]);
        let levels = || summed.iter().filter(|f| f.measure == Measure::Level && f.parent.is_none());
        let about = about.filter(|a| !levels().any(|f| f.label == a.label));
        let inherited = self.lists.iter().rev().find_map(|l| l.item);
        if about.is_some() || !inherited.is_some_and(|i| levels().any(|f| f.label == i.label && f.part.is_none())) {
            return about;
        }
        // 两项绩效目标分别对应甲52万元、乙30万元，合计82万元: of what was counted.
        let first = self.out.facts.get(self.sentence_fact).zip(self.items.get(self.sentence_fact));
        let count = |f: &Fact| f.unit.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
        if let Some((_, item)) = first.filter(|(f, i)| i.known && count(f) == Some(UnitKind::Count)) {
            return Some(*item);
        }
        // 基本支出 and 项目支出 are 支出.
        let mut wholes =
            levels().map(|f| f.concept.as_deref().and_then(|c| c.rsplit_once('.')).map(|(whole, _)| whole));
        let whole = wholes.next().flatten().filter(|w| wholes.all(|o| o == Some(*w)));
        if let Some(term) = whole.and_then(|w| self.packs.concept(w)) {
            let fund = levels().next().and_then(|f| f.fund);
            let (label, concept) = (term.name.as_str(), Some(&term.concept));
            return Some(Item { label, concept, flow: term.flow, fund, known: true, ..Item::default() });
        }
        Some(Item { label: own.map(|i| i.label).or(word)?, ..Item::default() })
    }

    /// 2市, 3市州: the unit is what is counted.
    pub(super) fn counted_places(&self, figure: &Figure) -> Option<&'a str> {
        let unit = self.packs.vocabulary.units.get(figure.unit?)?;
        (figure.kind == UnitKind::Count && unit.name.starts_with('市')).then_some(unit.name.as_str())
    }

    /// 企业职工基本养老保险基金收入20亿元，支出15亿元，年末滚存结余26亿元: of the insurance fund that the
    /// paragraph began with; a report tells of several.
    fn of_insurance(&self, item: Option<Item<'a>>) -> Option<Item<'a>> {
        let flows = |c: &str| {
            matches!(c, "expenditure" | "revenue" | "expenditure.current" | "revenue.current")
                || c.starts_with("carryover.")
        };
        let item = item.filter(|i| i.part.is_none() && i.concept_id().is_some_and(flows))?;
        let from = self.out.facts.partition_point(|f| f.paragraph < self.paragraph);
        let first = self.items.get(from)?;
        let name = ["收入", "支出", "预算收入", "预算支出"].iter().find_map(|w| first.label.strip_suffix(w));
        let known = first.concept_id().is_some_and(|c| c.starts_with("social_insurance"));
        let part = name.filter(|_| known).or(item.part);
        // 社会保险基金预算：收入85亿元；支出79亿元: of all of them.
        let all = ["社会保险基金", "社保基金"].iter().any(|w| first.label.contains(w));
        let label = match (item.label, first.label.contains("基金预算")) {
            ("支出" | "本年支出", true) if all => "社会保险基金预算支出",
            ("收入" | "本年收入", true) if all => "社会保险基金预算收入",
            ("支出" | "本年支出", false) if all => "社会保险基金支出",
            ("收入" | "本年收入", false) if all => "社会保险基金收入",
            (label, _) => label,
        };
        (part.is_some() || label != item.label).then_some(Item { label, part, weak: false, fund: None, ..item })
    }

    /// 支出预算 names the whole flow unless the sentence has named better.
    pub(super) fn weak_item(&self, weak: Item<'a>) -> Option<Item<'a>> {
        // （二）政府性基金预算。收入8亿元，支出7亿元: the heading says of which budget.
        let bare = matches!(weak.label, "支出" | "收入");
        let fund = self.headings.last().and_then(|h| h.fund).or(self.budget_fund);
        let fund = fund.filter(|f| bare && weak.fund.is_none() && *f != Fund::Fiscal);
        if let Some(term) = fund.and_then(|f| self.packs.flow_of_fund(f, weak.flow?)) {
            let (label, concept) = (self.name_in_report(term.name.as_str()), Some(&term.concept));
            return Some(Item { label, concept, fund: term.fund, weak: false, known: true, ..weak });
        }
        // 政府性基金收入4782.8亿元…；支出6087亿元: of the budget that the sentence is about.
        let told = self.out.facts.get(self.sentence_fact..).unwrap_or(&[]).iter().rev().find(|f| {
            f.measure == Measure::Level
                && matches!(f.fund, Some(Fund::GeneralPublic | Fund::GovFund | Fund::StateCapital))
                && f.flow.is_some()
                && f.flow != weak.flow
        });
        if let Some(term) = told.filter(|_| bare).and_then(|f| self.packs.flow_of_fund(f.fund?, weak.flow?)) {
            let (label, concept) = (self.name_in_report(term.name.as_str()), Some(&term.concept));
            return Some(Item { label, concept, fund: term.fund, weak: false, known: true, ..weak });
        }
        let here = self.lists.iter().rev().find_map(|l| l.item.as_ref());
        // 收支预算总体情况 heads both flows: below it each names itself.
        let whole = |i: &&Item| {
            !i.concept_id().is_some_and(|c| c.starts_with("balance") || c == "revenue" || c == "expenditure")
        };
        let here = here.or_else(|| self.headings.last().and_then(|h| h.item.as_ref()).filter(whole));
        let here = here.or(self.title_item.as_ref());
        let Some(i) = here.filter(|i| i.known || !i.label.is_empty()) else { return Some(self.whole_flow(weak)) };
        // 到位资金301.20万元。实际支出298.19万元: what came in was not what was spent.
        if i.concept_id() == Some("performance.funds.received") {
            return Some(weak);
        }
        // 加上上解5亿元、支出30亿元: each is added.
        if bare && self.lists.last().is_some_and(|l| l.kind == ListKind::Addition) {
            return Some(weak);
        }
        let against = matches!((i.flow, weak.flow), (Some(a), Some(b)) if a != b);
        let apart = self.lists.last().is_some_and(|l| l.gap >= Gap::Semicolon) && self.sentence_or_list_has_level();
        (against || apart && bare).then_some(weak)
    }

    /// 一般公共预算支出 for 一般公共预算财政拨款支出, as a place's report calls it.
    fn name_in_report(&self, name: &'a str) -> &'a str {
        let report = matches!(self.out.identity.kind, Kind::CountyReport | Kind::Other);
        let short = Some(name.replace("财政拨款", "")).filter(|s| report && s.len() < name.len());
        let id = short.and_then(|s| self.packs.vocabulary.find(&s));
        id.and_then(|id| self.packs.vocabulary.entry(id)).map_or(name, |e| e.text.as_str())
    }

    /// 支出决算524万元, 实际支出36亿元, where nothing says of what: of the whole flow.
    fn whole_flow(&self, weak: Item<'a>) -> Item<'a> {
        let known = self.packs.term_named(weak.label).or_else(|| {
            let flow = ["支出", "收入"].into_iter().find(|w| weak.label.contains(w));
            flow.and_then(|w| self.packs.term_named(w))
        });
        let Some((_, term)) = known.filter(|_| weak.concept.is_none()) else { return weak };
        let flow = term.flow.or_else(|| label::flow_of(&term.concept));
        let label = ["实际", "共"].iter().find_map(|w| weak.label.strip_prefix(w)).unwrap_or(weak.label);
        Item { label, concept: Some(&term.concept), flow, generic: false, known: true, weak: false, ..weak }
    }

    /// 一般公共预算收入84.73亿元，其中：本级收入47.13亿元，转移性收入37.6亿元: a component of its own.
    fn level_of_flow(&self, weak: Item<'a>, figure: &Figure) -> Option<Item<'a>> {
        let list = self.lists.last().filter(|l| l.kind == ListKind::Components)?;
        let owner = list.owner_level.and_then(|o| self.out.fact(o))?;
        let flow = weak.flow.filter(|f| Some(*f) == owner.flow && figure.measure == Measure::Level)?;
        // 总收入80万元，其中：收入60万元，上年结转20万元: no total of its own.
        if owner.concept.as_deref().is_some_and(|c| c.ends_with(".total")) && !is_total(&weak) {
            return matches!(weak.label, "收入" | "支出").then_some(Item { weak: false, ..weak });
        }
        let from = self.out.facts.last().map_or(self.sentence_start, |f| f.end).max(self.sentence_start);
        let said = self.view.slice(from, figure.start);
        let name = match flow {
            Flow::Revenue => "本级收入",
            Flow::Expenditure => "本级支出",
        };
        (matches!(weak.label, "收入" | "支出") && said.contains(name)).then_some(Item {
            label: name,
            weak: false,
            ..weak
        })
    }

    pub(super) fn sentence_or_list_has_level(&self) -> bool {
        self.lists.iter().any(|l| l.level.is_some() || l.change.is_some())
    }

    /// 货物、服务分别为80亿元和50亿元，占26.0%和45.4%: a row of as many figures as
    /// were named begins with the first name again.
    fn row_again(&mut self, figure: &Figure, lexed: &Lexed) {
        let Some(p) = self.parallel.as_mut().filter(|p| p.names.len() >= 2 && p.next >= p.names.len()) else { return };
        let from = lexed.tokens.partition_point(|t| t.start < figure.end);
        let mut row = 1;
        let mut rest = lexed.tokens.get(from..).unwrap_or(&[]);
        while let [mark, next, after @ ..] = rest {
            let pause = match mark.kind {
                TokenKind::Mark(Mark::Pause) => true,
                TokenKind::Word(id) => {
                    self.packs.vocabulary.classes_of(id) & self.packs.classes.conjunction != 0
                        && self.packs.vocabulary.term_of(id).is_none()
                }
                _ => false,
            };
            if !pause || lexed.quantity(next).is_none_or(|q| q.kind != figure.kind) {
                break;
            }
            row += 1;
            rest = after;
        }
        if row == p.names.len() {
            p.next = 0;
        }
    }

    pub(super) fn parallel_item(&mut self, figure: &Figure, own: Option<&Item<'a>>, lexed: &Lexed) -> Option<Item<'a>> {
        if own.is_some_and(|i| i.known) {
            return None;
        }
        // 甲、乙为3万元、4万元，增长5%、6%: as many figures again, of the same.
        let again = self.parallel.as_ref().is_some_and(|p| {
            let told = lexed.tokens.get(self.at..).unwrap_or(&[]).iter().take_while(|t| !ends_figures(t.kind));
            let figures = told.filter(|t| matches!(t.kind, TokenKind::Quantity(_))).count();
            p.next >= p.names.len() && own.is_none() && figures == p.names.len() && figure.measure != Measure::Level
        });
        let p = self.parallel.as_mut()?;
        if again {
            p.next = 0;
        }
        let item = p.names.get(p.next).copied();
        p.next += 1;
        // 上述各项上年分别为…: the year is said once for all.
        if self.clause.period.is_none() {
            self.clause.period = p.period;
        } else {
            p.period = self.clause.period;
        }
        p.measure = figure.measure;
        p.sign = if figure.value.is_sign_negative() { -1 } else { 1 };
        item
    }

    /// Whether the sentence says that it tells parts: …预算中，党政机关198.60万元.
    fn is_split(&self, figure: &Figure) -> bool {
        let said = self.view.slice(self.sentence_start, figure.start);
        // 各县一般公共预算收入完成情况：按规模排序，甲县10.6亿元
        said.contains("中,") || said.contains("情况:")
    }

    /// 其中：业务专项1147万元，…，局机关、防御中心分别列支612万元、535万元: where the members are items, places
    /// behind one of them are parts of it.
    pub(super) fn told_by_place(&self, list: &List<'a>) -> Option<FactId> {
        let last = list.members.last().copied().filter(|id| list.level == Some(*id) && list.gap <= Gap::Comma)?;
        let item = self.out.fact(last).filter(|f| f.part.is_none() && f.sentence.0 == self.sentence_start)?;
        let owner = self.out.fact(list.owner_level?)?;
        (list.kind == ListKind::Components && item.label != owner.label).then_some(last)
    }

    /// 乡镇收入2240亿元，增长10.9%。主体税种1516亿元，占70.9%。苏南增幅为8.34%: where nothing has told how the item grew
    /// that came last, the growth of a place is of the first whose growth its paragraph has told.
    fn grown_first(&self, figure: &Figure) -> Option<FactId> {
        let last =
            self.lists.last()?.level.and_then(|l| self.out.fact(l)).filter(|_| figure.measure == Measure::Growth)?;
        let from = self.out.facts.partition_point(|f| f.paragraph < self.paragraph);
        let here = self.out.facts.get(from..).unwrap_or(&[]);
        let grows = |of: &Fact| here.iter().any(|f| f.measure == Measure::Growth && f.label == of.label);
        let first = here.iter().position(|f| f.measure == Measure::Level && f.printed && !f.prior)?;
        let told = here.get(first).filter(|f| !grows(last) && grows(f))?;
        (told.label != last.label).then_some((from + first) as FactId)
    }

    /// An office of a staff list, a place of a split: a part of the owner's item.
    pub(super) fn as_part(&self, item: &mut Item<'a>, figure: &Figure) {
        if item.known || item.part.is_some() {
            return;
        }
        let Some(list) = self.lists.last().filter(|l| l.kind != ListKind::Drivers) else { return };
        // 7个县(区)共85亿元: the places just counted.
        let counted = || {
            let last = self.out.facts.last().filter(|f| f.measure == Measure::Level && f.label == item.label);
            let unit = last.and_then(|f| f.unit).and_then(|u| self.packs.vocabulary.units.get(u));
            unit.is_some_and(|u| u.kind == UnitKind::Count) && label::is_kind_of_place(item.label)
        };
        let counted = counted();
        let is_place = item.is_place() || counted;
        let kind = |f: &Fact| f.unit.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
        let amount_before = || {
            let money = |f: &Fact| f.measure == Measure::Level && f.part.is_none() && kind(f) == Some(UnitKind::Money);
            let here = self.out.facts.iter().rev().take(8).take_while(|f| f.paragraph == self.paragraph);
            let back = here.into_iter().position(money)?;
            FactId::try_from(self.out.facts.len().checked_sub(back + 1)?).ok()
        };
        let owner = match list.kind {
            // 中央级5亿元, 县级7亿元 after a total told in one breath.
            ListKind::Base => {
                let level = if counted { amount_before() } else { self.grown_first(figure).or(list.level) };
                level.filter(|_| is_place && (!item.label.contains("部门") || collects(item.label)))
            }
            _ => self.told_by_place(list).or(list.owner_level).or(list.owner_change),
        };
        // 2024年“三公”经费预算中，党政机关198.60万元，…: of what the sentence is about.
        let topic = self.topic.filter(|t| t.known && !t.generic && list.kind == ListKind::Base && list.level.is_none());
        if let Some(topic) = topic.filter(|_| is_place && figure.kind == UnitKind::Money && self.is_split(figure)) {
            *item = Item { part: Some(item.label), ..topic };
            return;
        }
        let Some((owner, whole)) = owner.and_then(|o| self.out.fact(o).zip(self.items.get(o as usize))) else { return };
        let staff = figure.kind == UnitKind::People && owner.concept.as_deref().is_some_and(|c| c.starts_with("staff"));
        let by_place =
            ["部门", "级次", "单位", "系统"].iter().any(|w| self.view.slice(list.cue.0, list.cue.1).contains(w));
        let amount = matches!(figure.kind, UnitKind::Money | UnitKind::Percent | UnitKind::Vehicles);
        let place = (is_place || by_place) && amount && !owner.label.is_empty();
        if (staff && is_place) || place {
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
}
