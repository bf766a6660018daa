//! Which of the open lists can hold a figure; those that can't are closed.

use super::super::context::{Gap, List, ListKind};
use super::super::label::Item;
use super::super::{Extent, Fact, FactId, Measure, Role};
use super::facts::{REST, is_total};
use super::implied::stand_beside;
use super::lists::kin;
use super::{Figure, MAX_LISTS, MAX_MEMBERS, Reader};
use crate::lex::UnitKind;
use rust_decimal::Decimal;

impl<'a> Reader<'a> {
    /// Closes the lists that can't hold the figure.
    pub(super) fn settle(&mut self, explicit: Option<&Item<'a>>, figure: &Figure) {
        self.settle_lists(explicit, figure);
        self.own_beside(figure);
        self.open_places(explicit, figure);
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
            && self.lists.len() < MAX_LISTS
            && !self.is_next_item(list, explicit);
        if inside {
            let owner = list.members.last().copied();
            let mut nested = self.nested(ListKind::Components, (figure.start, figure.start));
            nested.owner_level = owner;
            nested.extent = Extent::Some;
            self.lists.push(nested);
        }
    }

    /// 决算6万元（其中：购置费0万元，…），预算25万元（其中：购置费18万元，…）: a list right behind another level of its
    /// owner's item is of that level, where a bracket ties it to that or the owner has had a list of its own.
    fn own_beside(&mut self, figure: &Figure) {
        let begins = |l: &&List| matches!(l.kind, ListKind::Components | ListKind::Bracket) && l.members.is_empty();
        let Some(list) = self.lists.last().filter(begins).filter(|_| figure.measure == Measure::Level) else { return };
        let Some(id) = self.out.facts.len().checked_sub(1).map(|id| id as FactId) else { return };
        let Some(owner) = list.owner_level.filter(|o| *o < id) else { return };
        let (Some(f), Some(o)) = (self.out.fact(id), self.out.fact(owner)) else { return };
        let level = f.measure == Measure::Level && f.printed && id as usize >= self.sentence_fact;
        let like = (&f.label, &f.part, f.unit) == (&o.label, &o.part, o.unit) && (f.year, f.stage) != (o.year, o.stage);
        if !level || !like || self.view.slice(f.end.min(list.cue.0), list.cue.0).contains(char::is_alphanumeric) {
            return;
        }
        let tied = self.view.text.get(f.end as usize..).is_some_and(|after| after.starts_with('('));
        let told = o.role == Some(Role::Total);
        // 2022年合计1000万元…。2021年合计807万元，其中：: of the total of its own sentence.
        let anew = (owner as usize) < self.sentence_fact && f.pattern.is_none() && o.year > f.year;
        if tied || told || anew {
            let (year, stage) = (f.year, f.stage);
            if let Some(list) = self.lists.last_mut() {
                list.owner_level = Some(id);
                (list.year, list.stage) = (year.or(list.year), stage.or(list.stage));
            }
        }
    }

    /// Opens the list of a member that is told by places.
    fn open_places(&mut self, explicit: Option<&Item<'a>>, figure: &Figure) {
        let place = explicit.is_some_and(|i| i.part.is_some()) && figure.measure == Measure::Level && !figure.prior;
        let Some(list) = self.lists.last().filter(|_| place && self.lists.len() < MAX_LISTS) else { return };
        let Some(owner) = self.told_by_place(list) else { return };
        if self.items.get(owner as usize).map(|i| i.label) != explicit.map(|i| i.label) {
            return;
        }
        let mut nested = self.nested(ListKind::Components, (figure.start, figure.start));
        nested.owner_level = Some(owner);
        nested.extent = Extent::Some;
        self.lists.push(nested);
    }

    /// …（项）42.10万元。职业年金缴费（项）22.70万元: a 项 is no part of another.
    fn is_next_item(&self, list: &List, explicit: Option<&Item<'a>>) -> bool {
        let last = list.members.last().and_then(|m| self.out.fact(*m)).and_then(|f| f.concept.as_deref());
        let item = super::super::classification::is_item;
        matches!((last, explicit.and_then(Item::concept_id)), (Some(a), Some(b)) if item(a) && item(b) && a != b)
    }

    pub(super) fn settle_lists(&mut self, explicit: Option<&Item<'a>>, figure: &Figure) {
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

    pub(super) fn holds(&self, list: &List, explicit: Option<&Item<'a>>, figure: &Figure) -> bool {
        match list.kind {
            ListKind::Base | ListKind::Bracket => true,
            ListKind::Addition => {
                // 加返还性收入3714万元；专项转移支付25051万元；…: set apart by semicolons from the first on.
                let apart = list.members.len() <= 2 || list.separator >= Gap::Semicolon;
                let total = explicit.is_some_and(is_total);
                list.gap <= Gap::Comma || (total || apart && explicit.is_some()) && list.gap <= Gap::Semicolon
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
                // 减少原因：工程完工，项目支出减少96万元；人员增资，基本支出增加21万元
                let listed = figure.measure == Measure::Change
                    && self.view.slice(list.cue.1, self.view.text.len() as u32).starts_with(':');
                list.enumerated && list.gap <= Gap::Stop || listed && list.gap <= Gap::Semicolon
            }
            ListKind::Components => self.component(list, explicit, figure),
        }
    }

    pub(super) fn is_part_of_owner(&self, list: &List, explicit: Option<&Item<'a>>) -> bool {
        let owner = list.owner_level.and_then(|o| self.out.fact(o)).and_then(|o| o.concept.as_deref());
        match (explicit.and_then(Item::concept_id), owner) {
            // Of 支出 itself only: after 总支出 a function is as often told for its own sake.
            (Some(part), Some(whole)) => {
                self.packs.is_part(part, whole)
                    || (part.starts_with("expenditure.") && whole == "expenditure")
                    || (part.starts_with("revenue.") && whole == "revenue")
            }
            _ => false,
        }
    }

    pub(super) fn component(&self, list: &List, explicit: Option<&Item<'a>>, figure: &Figure) -> bool {
        if figure.prior {
            // （2）接待费26.69万元；较上年28.50万元下降…: of the item whose number it stands behind.
            return list.gap <= Gap::Comma || list.gap <= Gap::Stop && list.ordinal.is_some() && explicit.is_none();
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
        // 人员经费30万元，主要包括基本工资等；公用经费5万元: the list that names no
        // amount has ended, the one outside goes on.
        let outer = self.lists.len().checked_sub(2).and_then(|i| self.lists.get(i));
        if list.members.is_empty()
            && list.gap == Gap::Semicolon
            && list.ordinal.is_none()
            && (outer.is_some_and(|o| o.kind == ListKind::Components && !o.members.is_empty()) || self.is_rest(figure))
        {
            return false;
        }
        // 公务接待费5.99万元，主要是接待任务增加，会议费5.08万元: the words were a reason, and opened no list.
        let reason = || {
            let own = |c: &str| ["three_public", "meeting", "training"].iter().any(|root| c.starts_with(root));
            let concepts = item.concept_id().zip(owner.concept.as_deref());
            let beside = concepts.is_some_and(|(i, o)| own(i) && own(o) && !self.packs.is_part(i, o));
            let cue = self.view.slice(list.cue.0, list.cue.1);
            beside && cue.starts_with("主要") && self.view.slice(list.cue.1, figure.start).contains(',')
        };
        if list.members.is_empty() && list.ordinal.is_none() && reason() {
            return false;
        }
        if figure.measure == Measure::Level && self.overflows(list, owner, explicit, figure) {
            return false;
        }
        if figure.measure == Measure::Level && self.stands_beside_owner(list, owner, item, figure) {
            return false;
        }
        // 财政拨款收入90万元，其中教育80万元，科技10万元: what begins with the other flow goes on with it.
        let first = list.members.first().and_then(|m| self.out.fact(*m)).and_then(|f| f.flow);
        let against = matches!((item.flow, owner.flow), (Some(a), Some(b)) if a != b) && item.flow != first;
        // 采购预算12万元，其中财政拨款10万元，事业收入2万元: an item is paid from sources, a flow has none.
        let root = owner.concept.as_deref().map_or("expenditure", |c| c.split('.').next().unwrap_or(c));
        let owner_flows = matches!(root, "revenue" | "expenditure" | "tax" | "nontax" | "carryover" | "transfer");
        // 收入120万元…。｜（一）收入预算…。｜（二）支出预算…: nor do they become its parts by their numbers.
        if against && owner_flows && list.enumerated && item.known {
            return false;
        }
        // 编制24人，其中：在职19人，退休14人: who has retired holds no post.
        let post = owner.label.contains("编制") || owner.concept.as_deref() == Some("staff.authorized");
        if post && item.concept_id().is_some_and(|c| c.starts_with("staff.retired")) {
            return false;
        }
        // 年末滚存结余26亿元。其中，保费收入17亿元；支出15亿元: what made the balance is no part of it.
        let balance = matches!(owner.concept.as_deref(), Some("carryover.closing" | "carryover.balance"));
        if balance && item.flow.is_some() && !item.concept_id().is_some_and(|c| c.starts_with("carryover")) {
            return false;
        }
        if list.enumerated && list.ordinal.is_some() {
            if list.members.len() >= 2 && self.is_complete(list, owner, figure) && !figure.value.is_zero() {
                return false;
            }
            return !(is_total(item) && item.concept_id() == owner.concept.as_deref());
        }
        // 收入总计128万元，其中：本年收入合计125万元: a total that makes up a wider one.
        let makes_up = match (item.concept_id(), owner.concept.as_deref()) {
            (Some(part), Some(whole)) => self.packs.makes_up(part, whole),
            _ => false,
        };
        let makes_up = makes_up
            || owner.concept.as_deref().is_some_and(|c| c.ends_with(".total")) && self.is_part_of_owner(list, explicit)
            // 财政拨款支出总计128万元，其中：支出合计125万元，年末结转3万元
            || list.members.is_empty()
                && item.label.ends_with("合计")
                && owner.label.ends_with("总计")
                && item.flow.is_some()
                && item.flow == owner.flow;
        // 财政总收入146820万元。分部门看：税务部门组织118965万元，…: who collects how much of the total.
        let piece = list.extent == Extent::Whole
            && item.part.is_some()
            && owner.part.is_none()
            && (item.label, item.concept_id()) == (owner.label.as_str(), owner.concept.as_deref());
        if is_total(item) && !makes_up && !piece
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
        if against && owner_flows && list.gap >= Gap::Comma && item.known {
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
                .any(|m| m.label == item.label || m.concept.is_some() && m.concept.as_deref() == item.concept_id());
            if named {
                return true;
            }
            // 预算3328万元。比上年减少830万元。其中：出国费减少9万元。接待费减少38万元: a list of changes, though a
            // level stands before.
            let members = || list.members.iter().take(MAX_MEMBERS).filter_map(|m| self.out.fact(*m));
            let changes = list.owner_change.is_some() && members().all(|m| m.measure == Measure::Change);
            return list.gap <= Gap::Semicolon
                || (list.gap == Gap::Stop
                    && (list.owner_level.is_none() || changes)
                    && list.members.len() <= 12
                    && self.sentence_like(list));
        }
        // …，主要用于贷款贴息20万元；环境保护10万元: what names some of a component ends with its clause.
        let within = outer.is_some_and(|o| o.kind == ListKind::Components && !o.members.is_empty());
        // 1.税收322万元。增值税100万元；企业所得税52万元。其他税种154万元…。2.非税…: all that stands behind an item of a
        // numbered list, up to the next number.
        if list.cue.0 == list.cue.1 && list.ordinal.is_none() && list.gap <= Gap::Stop && !list.members.is_empty() {
            let numbered = outer.is_some_and(|o| o.ordinal.is_some() && !o.enumerated);
            let room = list.sum.checked_add(figure.value).is_some_and(|s| s <= owner.value);
            if numbered && room && owner.unit == figure.unit && item.part.is_none() {
                return true;
            }
        }
        if list.extent == Extent::Some && within && list.gap >= Gap::Semicolon && list.separator < Gap::Semicolon {
            return false;
        }
        let complete = self.is_complete(list, owner, figure);
        let nothing = figure.value.is_zero();
        let part = self.is_part_of_owner(list, explicit);
        match list.gap {
            Gap::None => true,
            // 其中：…。出国费0万元，用车费6万元: after the nothing that a sentence began with, a new cut.
            // 编制52人，其中政法编制52人，现有政法编制人员45人: all posts are told, and nobody counts them twice.
            Gap::Comma => {
                let one = list.members.len() < 2 && figure.kind == UnitKind::Money;
                !complete || one || nothing || part && list.separator < Gap::Stop
            }
            Gap::Semicolon => {
                if complete && !nothing || within && !part && self.ends_with_clause(list, owner, item, figure) {
                    return false;
                }
                if self.lists_several(list) && list.separator <= Gap::Comma && !list.enumerated {
                    // 返还性收入52万元，一般性转移支付1937万元，主要是…42万元；专项转移支付110万元: the
                    // semicolon has ended the list inside.
                    let last =
                        self.out.breakdowns.last().filter(|b| !b.drivers && list.members.last() == Some(&b.total));
                    let room = list.sum.checked_add(figure.value).is_some_and(|s| s <= owner.value);
                    // 新增一般债券…，新增专项债券…；再融资一般债券…: of the same family.
                    let first = list.members.first().and_then(|m| self.out.fact(*m)).and_then(|f| f.concept.as_deref());
                    if room && first.zip(explicit.and_then(Item::concept_id)).is_some_and(|(a, b)| kin(a, b)) {
                        return true;
                    }
                    return part || last.is_some() && room && owner.unit == figure.unit;
                }
                true
            }
            Gap::Stop => {
                // …其中：…。2017年专项资金支出49万元: its own year begins anew.
                let anew = self.clause.period.is_some() && !list.enumerated && list.separator < Gap::Stop;
                // 其中：教育支出200万元，…。教育支出200万元，…: told again.
                let again = list.members.iter().rev().take(MAX_MEMBERS).filter_map(|m| self.out.fact(*m));
                let same = |m: &Fact| {
                    m.label == item.label
                        || m.value == figure.value && m.concept.is_some() && m.concept.as_deref() == item.concept_id()
                };
                let again = again.into_iter().any(|m| same(m) && m.part.as_deref() == item.part);
                if anew || again {
                    return false;
                }
                if complete {
                    return nothing && part;
                }
                list.separator >= Gap::Stop && figure.kind == UnitKind::Money
                    || part
                    || list.enumerated
                    || self.fills(list, owner, figure)
            }
            Gap::Line => list.enumerated,
        }
    }

    /// 其中：教育支出16.35万元，其中工资16.00万元；卫生健康支出5.14万元: whether what a list inside another has told
    /// so far is one item, and the next is none of its own.
    fn ends_with_clause(&self, list: &List<'a>, owner: &Fact, item: &Item<'a>, figure: &Figure) -> bool {
        // 主要为甲0.75亿元；乙6.95亿元 goes on.
        let cue = self.view.slice(list.cue.0, list.cue.1).starts_with('其');
        if list.members.len() != 1 || list.separator >= Gap::Semicolon || !cue {
            return false;
        }
        // 其中：工资福利支出768万元；商品和服务支出104万元: of one level of one classification.
        let last = list.members.last().and_then(|m| self.out.fact(*m)).and_then(|f| f.concept.as_deref());
        if item.concept_id().zip(last).is_some_and(|(next, last)| next != last && of_one_class(next, last)) {
            return false;
        }
        let outer = self.lists.len().checked_sub(2).and_then(|i| self.lists.get(i));
        let whole = outer.and_then(|o| o.owner_level).and_then(|o| self.out.fact(o)).and_then(|o| o.concept.as_deref());
        let of_outer = item.concept_id().zip(whole).is_some_and(|(part, whole)| {
            self.packs.is_part(part, whole) || self.packs.makes_up(part, whole) || part.starts_with(whole)
        });
        let left = owner.value.checked_sub(list.sum).and_then(|l| l.checked_sub(figure.value));
        let bursts = owner.unit == figure.unit && left.is_some_and(|l| l.is_sign_negative());
        // 其中，甲16万元；乙10万元: set apart, as its members may be from each other.
        let after = self.view.text.get(list.cue.1 as usize..).unwrap_or("");
        of_outer || bursts || !after.trim_start().starts_with([':', ','])
    }

    /// Whether a level is too much for a list: one that its figures have made up already or that it
    /// would burst, where the list outside has room for it; or one that begins with more than its total.
    fn overflows(&self, list: &List, owner: &Fact, item: Option<&Item<'a>>, figure: &Figure) -> bool {
        let like = owner.measure == Measure::Level && owner.unit == figure.unit;
        if !like || !figure.value.is_sign_positive() || figure.value.is_zero() {
            return false;
        }
        // 聘用教师控制数4人。其中，在职在编人员91人; 上年结转0元。其中：…: of something else.
        if list.members.is_empty() {
            let cue = self.view.slice(list.cue.0.saturating_sub(3), list.cue.0);
            // 项目支出571万元。其中：甲项目651万元…: of the one amount of its sentence, and a slip.
            let level = |f: &Fact| f.measure == Measure::Level && !f.prior && f.printed && f.sentence == owner.sentence;
            let one = || self.out.facts.iter().rev().take(MAX_MEMBERS).filter(|f| level(f)).take(2).count() == 1;
            let alone = figure.kind == UnitKind::Money && cue.ends_with('。') && list.gap < Gap::Semicolon && one();
            let loose = !alone && (cue.ends_with(['。', ';']) || list.gap >= Gap::Semicolon);
            // 单位1个，包括内设机构14个: of another kind.
            let counts = figure.kind == UnitKind::Count;
            // …1123.48万元。其中：财政拨款收入1298.30万元: a slip, as it is a part by its name.
            let concepts = item.and_then(Item::concept_id).zip(owner.concept.as_deref());
            let named = self.is_part_of_owner(list, item) || concepts.is_some_and(|(p, w)| self.is_component(p, w));
            let part = named && !owner.value.is_zero();
            return figure.value > owner.value && !part && (loose || counts || owner.value.is_zero());
        }
        let outer = self.lists.len().checked_sub(2).and_then(|i| self.lists.get(i));
        let Some(outer) = outer.filter(|o| o.kind == ListKind::Components) else { return false };
        let Some(whole) = outer.owner_level.and_then(|o| self.out.fact(o)).filter(|w| w.unit == figure.unit) else {
            return false;
        };
        let left = |total: &Fact, sum: Decimal| total.value.checked_sub(sum)?.checked_sub(figure.value);
        let room = left(whole, outer.sum).is_some_and(|left| !left.is_sign_negative());
        let full = list.members.len() >= 2 && list.sum == owner.value;
        let bursts = left(owner, list.sum).is_some_and(|left| left.is_sign_negative());
        list.gap >= Gap::Comma && room && (full || bursts && left(whole, outer.sum).is_some_and(|left| left.is_zero()))
    }

    /// 甲局支出953万元，其中项目支出300万元；乙局支出1043万元，其中…; 出国费9万元，其中培训3万元；接待费12万元，其中…: whether
    /// an item stands beside the total of a list, and not in it.
    fn stands_beside_owner(&self, list: &List, owner: &Fact, item: &Item<'a>, figure: &Figure) -> bool {
        if list.members.is_empty() || list.ordinal.is_some() || list.gap < Gap::Comma || owner.unit != figure.unit {
            return false;
        }
        let Some((next, total)) = item.concept_id().zip(owner.concept.as_deref()) else { return false };
        let other_part =
            next == total && item.part.is_some() && owner.part.is_some() && item.part != owner.part.as_deref();
        let family = |c: &str| c.rsplit_once('.').map_or(0, |(family, _)| family.len());
        let (own, other) = (family(total), family(next));
        let sibling = next != total
            && matches!(total.get(..own), Some("expenditure" | "expenditure.function" | "three_public"))
            && total.get(..own) == next.get(..other)
            && item.part == owner.part.as_deref()
            && !self.is_component(next, total)
            && !self.packs.makes_up(next, total);
        let bursts = list.sum.checked_add(figure.value).is_some_and(|s| s > owner.value);
        let ended = list.gap >= Gap::Semicolon && list.separator < Gap::Semicolon;
        (other_part || sibling) && (ended || bursts)
    }

    /// Whether a list has told of more than one item; 由70万元调整为74万元 are two figures of one.
    fn lists_several(&self, list: &List) -> bool {
        let mut told = list.members.iter().filter_map(|m| self.out.fact(*m)).map(|f| (f.year, f.stage));
        let first = told.next();
        told.any(|f| Some(f) == first)
    }

    /// 其余160.5万元为公用经费: whether words say that a figure is what a total has left.
    fn is_rest(&self, figure: &Figure) -> bool {
        let before = self.view.text.get(..figure.start as usize).unwrap_or("");
        REST.iter().any(|w| before.ends_with(w))
    }

    /// 其中，人员经费41.36万元。公用经费5.27万元: whether a figure of its own sentence is what the list
    /// has left, to the last place.
    fn fills(&self, list: &List, owner: &Fact, figure: &Figure) -> bool {
        let telling = figure.value.normalize().mantissa().unsigned_abs() >= 10;
        !list.members.is_empty()
            && telling
            && figure.kind == UnitKind::Money
            && figure.unit == owner.unit
            && list.sum.checked_add(figure.value) == Some(owner.value)
    }

    pub(super) fn sentence_like(&self, list: &List) -> bool {
        list.separator >= Gap::Stop || list.members.len() == 1
    }

    /// Whether the members so far make up the owner, within printed places, and the next
    /// figure would not come nearer to it.
    fn is_complete(&self, list: &List, owner: &Fact, next: &Figure) -> bool {
        if list.members.is_empty() || list.members.len() > MAX_MEMBERS || owner.measure != Measure::Level {
            return false;
        }
        let Some(left) = owner.value.checked_sub(list.sum) else { return false };
        let kind = owner.unit.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
        if left.is_zero() {
            // 车辆0辆，其中：轿车0辆、客车1辆: zeros make up no zero before their row ends.
            return !owner.value.is_zero() || kind == Some(UnitKind::Money) || list.gap >= Gap::Comma;
        }
        // People and vehicles are not rounded.
        if matches!(kind, Some(UnitKind::People | UnitKind::Vehicles | UnitKind::Count)) {
            return false;
        }
        // 29万元，其中：用车28万元；接待1万元: what is left is no rounding.
        let fits = next.measure == Measure::Level
            && next.unit == owner.unit
            && left.checked_sub(next.value).is_some_and(|l| l.abs() < left.abs());
        let members = list.members.iter().filter_map(|m| self.out.fact(*m)).map(|f| f.decimals);
        let places = members.chain([owner.decimals]).max().unwrap_or(0);
        let unit = Decimal::new(1, u32::from(places.min(9)));
        let slack = unit.checked_mul(Decimal::from(list.members.len() as u64 / 2 + 1)).unwrap_or(unit);
        !fits && left.abs() <= slack
    }
}

/// Whether two items stand beside each other in one class of a classification, or are two of its classes.
fn of_one_class(next: &str, last: &str) -> bool {
    let code = |c: &str| c.rfind('.').map(|dot| dot + 1);
    let (Some(a), Some(b)) = (code(next), code(last)) else { return false };
    let same = next.get(..a + 3) == last.get(..b + 3);
    stand_beside(next, last) && (last.len() == b + 3 || same)
}
