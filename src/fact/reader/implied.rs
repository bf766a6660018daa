//! Lists that no word opens: 收入438.52万元。一般公共预算拨款418.52万元，上年结转
//! 20万元. That the figures in a row add up to one told shortly before (or to a
//! 合计 right behind) says that they are its components. What does not add up
//! is left alone: only words can say that it should.

use super::super::classification;
use super::super::{Breakdown, Extent, Fact, FactId, Measure, Role, mistyped, one_digit_mends};
use super::facts::is_earned;
use super::{Reader, SUMS};
use crate::lex::{UnitId, UnitKind};
use crate::pattern::{Flow, Fund, Stage};
use crate::segment::Kind;
use rust_decimal::Decimal;

/// How many figures back the total of a list may stand.
const REACH: usize = 60;

/// A longer row is no list.
const LONGEST: usize = 40;

/// A list of all items misses its total by less than one part in so many.
const LITTLE: u64 = 10;

/// How many figures on in its paragraph something is told of a component.
const OF_ONE_ITEM: usize = 64;

/// How many figures behind a component compare it at most.
const MOST_COMPARED: usize = 4;

/// How many figures back a component or its total may have been told for what it is compared with.
const COMPARED_BACK: usize = 24;

/// How many bytes before a figure say that it is of a 项.
const NEAR: usize = 600;

/// Decimal places that the sums are made with; figures with more take no part.
const PLACES: u32 = 4;

/// A level that may be a member or a total, in units of the last place.
#[derive(Debug, Clone, Copy)]
struct Entry {
    id: FactId,
    amount: i64,
    /// One in the last printed place.
    place: i64,
}

impl Reader<'_> {
    /// Finds the lists that the arithmetic shows, and writes their breakdowns.
    pub(super) fn imply_lists(&mut self) {
        let entries: Vec<Entry> = self
            .out
            .facts
            .iter()
            .zip(0..)
            .filter_map(|(f, id)| Some((id, entry(f)?)))
            .map(|(id, (amount, place))| Entry { id, amount, place })
            .collect();
        for at in 0..entries.len() {
            self.imply_from(&entries, at);
        }
        self.classify_claimed(&entries);
    }

    /// 1.养老保险缴费（项）31.21万元…。2.职业年金缴费（项）15.61万元…。3.…: some of the items may be those of a 类 told above, as
    /// these two make up its 46.82万元; they are of the whole list nevertheless. As the list may tell the items of some
    /// 类 only, it is one of all items where one digit mends it.
    fn classify_claimed(&mut self, entries: &[Entry]) {
        for at in 0..entries.len() {
            let claimed = |e: &Entry| self.out.fact(e.id).is_some_and(|f| f.parent.is_some());
            let Some((total, members)) = self.classified_list(entries, at).filter(|(_, m)| m.iter().any(claimed))
            else {
                continue;
            };
            let within = members.iter().any(|m| self.out.fact(m.id).is_some_and(|f| f.parent == Some(total)));
            let values: Vec<Decimal> = members.iter().filter_map(|m| self.out.fact(m.id)).map(|f| f.value).collect();
            let slip = self.out.fact(total).is_some_and(|t| one_digit_mends(t.value, &values));
            if slip && !within {
                self.push_list(total, ids(&members), Extent::Open);
            }
        }
    }

    /// 基本支出50万元，项目支出30万元，合计90万元: a sum by its word, behind at least two amounts of its
    /// sentence, is that of all of them, whether or not they make it.
    pub(super) fn close_rows(&mut self) {
        for total in 0..self.out.facts.len() as FactId {
            let mut members = self.closed_by(total);
            if members.len() < 2 {
                members = self.counted_before(total);
            }
            if members.len() < 2 {
                continue;
            }
            if !members.iter().all(|m| self.adds_to(*m, total)) {
                continue;
            }
            self.write_list(total, members, Extent::Whole);
        }
    }

    /// 收入合计80万元，财政拨款收入31万元，事业收入44万元，其他收入14万元: what its sentence tells behind a total, all of
    /// it parts of the total by definition, is its list also where it comes to more.
    pub(super) fn overshot_rows(&mut self) {
        if self.out.identity.kind == Kind::CountyReport {
            return;
        }
        for total in 0..self.out.facts.len() as FactId {
            let members = self.told_behind(total);
            let sum = members.iter().filter_map(|m| self.entry_of(*m)).try_fold(0i64, |s, e| s.checked_add(e.amount));
            if self.entry_of(total).zip(sum).is_some_and(|(t, sum)| sum > t.amount && t.amount > 0) {
                self.write_list(total, members, Extent::Open);
            }
        }
    }

    /// The parts of a total that its sentence tells right behind it.
    fn told_behind(&self, total: FactId) -> Vec<FactId> {
        let Some(t) = self.out.fact(total).filter(|t| t.role.is_none() && t.measure == Measure::Level) else {
            return Vec::new();
        };
        let Some(whole) = t.concept.as_deref().filter(|_| !t.prior && t.cell.is_none()) else { return Vec::new() };
        let mut members: Vec<FactId> = Vec::new();
        let behind = self.out.facts.get(total as usize + 1..).unwrap_or(&[]).iter().zip(total + 1..);
        for (f, id) in behind.take(LONGEST).take_while(|(f, _)| f.sentence == t.sentence) {
            if f.measure != Measure::Level {
                // What is told of the total, and of each of them, stands between them.
                let last = members.last().and_then(|m| self.out.fact(*m)).unwrap_or(t);
                if f.label == last.label {
                    continue;
                }
                break;
            }
            let part = f.concept.as_deref().is_some_and(|c| self.is_component(c, whole));
            let fund = f.fund == t.fund || t.fund.is_none();
            let like = alike(f, t) && f.unit == t.unit && f.part == t.part && fund && !f.prior;
            if !part || !like || f.parent.is_some() || f.role.is_some() || self.entry_of(id).is_none() {
                break;
            }
            members.push(id);
        }
        let concept = |id: &FactId| self.out.fact(*id).and_then(|f| f.concept.as_deref());
        let overlaps = members.iter().any(|a| {
            members.iter().any(|b| {
                let both = concept(a).zip(concept(b));
                a != b && both.is_some_and(|(a, b)| a == b || self.is_component(a, b))
            })
        });
        if overlaps { Vec::new() } else { members }
    }

    /// 支出98.8亿元；上解2.58亿元；支出合计101.38亿元: the sum may bear the name of what it begins with.
    fn adds_to(&self, member: FactId, total: FactId) -> bool {
        let (Some(m), Some(t)) = (self.out.fact(member), self.out.fact(total)) else { return false };
        let apart = m.concept.as_deref().zip(t.concept.as_deref()).is_some_and(|(m, t)| stand_beside(m, t));
        m.label != t.label && !apart
    }

    fn entry_of(&self, id: FactId) -> Option<Entry> {
        let (amount, place) = entry(self.out.fact(id)?)?;
        Some(Entry { id, amount, place })
    }

    /// The row of amounts that a sum closes.
    fn closed_by(&self, total: FactId) -> Vec<FactId> {
        let Some(t) = self.out.fact(total).filter(|t| t.role.is_none() && t.parent.is_none()) else {
            return Vec::new();
        };
        let Some(sum) = self.entry_of(total) else { return Vec::new() };
        let mut members = Vec::new();
        for (f, id) in self.out.facts.get(..total as usize).unwrap_or(&[]).iter().zip(0..total).rev().take(LONGEST) {
            if f.sentence != t.sentence {
                break;
            }
            if members.is_empty() && f.measure == Measure::Level {
                let between = self.view.slice(f.end, t.start);
                if !SUMS.iter().any(|w| between.contains(w)) || between.contains(['比', '较', '占', '(', ')']) {
                    return members;
                }
            }
            let aside = f.measure != Measure::Level || f.prior || !f.printed || f.parent.is_some_and(|p| p < total);
            if aside && f.role != Some(Role::Total) {
                continue;
            }
            let whole = self.items.get(id as usize).is_some_and(super::facts::is_total);
            let against = matches!((f.flow, t.flow), (Some(a), Some(b)) if a != b);
            let like = alike(f, t) && f.unit == t.unit && f.part == t.part && !whole && !against && !f.prior;
            if !like || f.parent.is_some() || self.entry_of(id).is_none_or(|e| e.amount > sum.amount) {
                break;
            }
            members.push(id);
        }
        members.reverse();
        members
    }

    /// 甲3万元；｜乙4万元；｜丙5万元。｜以上三项相加即支出12万元: the row that a sum in a sentence of its own counts.
    fn counted_before(&self, total: FactId) -> Vec<FactId> {
        let Some(t) = self.out.fact(total).filter(|t| t.measure == Measure::Level && t.printed && t.cell.is_none())
        else {
            return Vec::new();
        };
        let words = self.view.slice(t.sentence.0.min(t.start), t.start).trim_start();
        let back = ["以上", "上述", "前述"].iter().find_map(|w| words.strip_prefix(w));
        let Some(rest) = back.filter(|_| t.role.is_none() && t.parent.is_none()) else { return Vec::new() };
        let count = rest.chars().next().and_then(|c| "两二三四五六七八九".chars().position(|n| n == c));
        let sums = ["项相加", "项合计", "项共计", "项之和", "项总计"].iter().any(|w| rest.contains(w));
        let Some(count) = count.filter(|_| sums).map(|n| n.max(1) + 1) else { return Vec::new() };
        let mut members = Vec::new();
        for (f, id) in self.out.facts.get(..total as usize).unwrap_or(&[]).iter().zip(0..total).rev().take(LONGEST) {
            if f.section != t.section || members.len() == count {
                break;
            }
            if f.measure != Measure::Level || f.prior || !f.printed {
                continue;
            }
            if !alike(f, t) || f.unit != t.unit || f.part != t.part || f.parent.is_some() {
                break;
            }
            members.push(id);
        }
        members.reverse();
        if members.len() == count { members } else { Vec::new() }
    }

    /// The list whose first member is the entry `at`, if there is one.
    fn imply_from(&mut self, entries: &[Entry], at: usize) -> Option<()> {
        let first = *entries.get(at)?;
        let head = self.out.fact(first.id)?;
        if head.parent.is_some() || !self.opens_row(first.id) {
            return None;
        }
        let (head_flow, head_sentence) = (head.flow, head.sentence);
        let mut members: Vec<Entry> = Vec::new();
        let (mut sum, mut nonzero, mut place) = (0i64, 0, i64::MAX);
        let mut found: Option<(FactId, usize)> = None;
        let mut nearest: Option<FactId> = None;
        // A row does not begin in the middle of another.
        let mid = at.checked_sub(1).and_then(|b| entries.get(b)).and_then(|e| self.out.fact(e.id)).is_some_and(|b| {
            b.sentence == head.sentence && alike(head, b) && b.parent.is_none() && b.role != Some(Role::Total)
        });
        for e in entries.get(at..)?.iter().take(LONGEST) {
            let f = self.out.fact(e.id)?;
            if f.parent.is_some_and(|p| p >= first.id) || f.parent.is_some() && f.role == Some(Role::Driver) {
                continue;
            }
            // 完成预算38万元的78%, 上年预算数35万元: what is compared stands between the members.
            let aside = f.stage != head.stage || f.year != head.year || self.is_counted(f) != self.is_counted(head);
            if aside && f.paragraph - head.paragraph <= 24 {
                continue;
            }
            if f.parent.is_some() || !alike(head, f) || !self.goes_with(first.id, e.id) {
                break;
            }
            members.push(*e);
            sum = sum.checked_add(e.amount)?;
            place = place.min(e.place);
            nonzero += usize::from(e.amount != 0);
            if members.len() < 2 || nonzero == 0 {
                continue;
            }
            if let Some((total, near)) = self.total_of(entries, at, &members, sum, place, nonzero) {
                let closer = nearest.is_none_or(|before| total > before);
                // A total of this section is meant before one further back.
                if near && closer || found.is_none() && !(mid && nonzero < 3) {
                    found = Some((total, members.len()));
                }
                if near {
                    // 科学技术支出1154元。｜一般公共预算支出1493元，其中：…。｜机构运行1100元…: the whole that stands between may
                    // have the row go on.
                    nearest = nearest.filter(|before| total < *before).or(Some(total));
                    if !self.whole_between(total, first.id) {
                        break;
                    }
                }
            }
        }
        // One of them mistyped: only where all are by definition parts of the total.
        let slip = || {
            // 收支总预算458.35万元。事业收入…、其他收入12.00万元；基本支出310.15万元…: a row of what comes in ends where what
            // goes out begins.
            let flow = |m: &Entry| self.out.fact(m.id).and_then(|f| f.flow);
            let against = |m: &&Entry| !matches!((flow(m), head_flow), (Some(a), Some(b)) if a != b);
            let row = members.iter().take_while(against).count();
            let sentence = |m: &&Entry| self.out.fact(m.id).is_some_and(|f| f.sentence == head_sentence);
            let told_at_once = members.iter().take(row).take_while(sentence).count();
            let short = members.get(..2.min(row)).filter(|m| self.are_halves(m) || self.end_in_others(m));
            let counted = members.get(..told_at_once).filter(|m| self.counted_in_words(m));
            let rows = [short, counted, members.get(..row)];
            let total_of = |m: &[Entry]| Some((self.missed_by_a_slip(entries, at, m, nonzero_of(m))?, m.len()));
            rows.into_iter().flatten().find_map(total_of)
        };
        if let Some((total, len)) = found.or_else(slip) {
            members.truncate(len);
            if self.tells_again(total, &members) {
                self.push_list(total, ids(&members), Extent::Open);
                return None;
            }
            members.extend(self.zeros_behind(entries, &members, total));
            self.write_list(total, ids(&members), Extent::Open);
            return Some(());
        }
        let (total, members) = self.classified_list(entries, at)?;
        self.write_list(total, ids(&members), Extent::Open);
        Some(())
    }

    /// “三公”经费3.6万元。其中：出国费0万元，接待费3.6万元。｜（一）出国费0万元…。｜（二）接待费3.6万元…: whether paragraphs
    /// of their own tell again what a list of the total has told. They are its components once, whether or not they
    /// add up again.
    fn tells_again(&self, total: FactId, members: &[Entry]) -> bool {
        let listed = |m: &Entry| {
            let Some(f) = self.out.fact(m.id) else { return false };
            self.out.breakdowns.iter().filter(|b| b.total == total && b.cue.0 != b.cue.1).any(|b| {
                b.parts.iter().filter_map(|p| self.out.fact(*p)).any(|p| {
                    let concepts = p.concept.as_deref().zip(f.concept.as_deref());
                    // 用车运行维护费3.4万元、用车购置费0万元 in the list, 用车购置及运行费3.4万元 behind it.
                    let same = p.label == f.label || concepts.is_some_and(|(p, f)| p == f || self.packs.is_part(p, f));
                    same && p.part == f.part && p.paragraph < f.paragraph
                })
            })
        };
        !members.is_empty() && members.iter().all(listed)
    }

    /// 公务用车购置及运行费0万元，与上年持平。购置费0万元，运行费0万元: nothing is made up of its parts, where they are
    /// that by definition and told in its paragraph.
    pub(super) fn list_nothing(&mut self) {
        for total in 0..self.out.facts.len() as FactId {
            let nothing = |f: &Fact| f.measure == Measure::Level && f.value.is_zero() && f.cell.is_none() && !f.prior;
            let Some(t) = self.out.fact(total).filter(|t| nothing(t) && t.printed && t.role != Some(Role::Total))
            else {
                continue;
            };
            let Some(whole) = t.concept.as_deref() else { continue };
            let mut members: Vec<FactId> = Vec::new();
            let behind = self.out.facts.get(total as usize + 1..).unwrap_or(&[]).iter().zip(total + 1..);
            for (f, id) in behind.take(OF_ONE_ITEM).take_while(|(f, _)| f.paragraph == t.paragraph) {
                if f.measure != Measure::Level || f.prior || self.is_counted(f) {
                    continue;
                }
                let part = f.concept.as_deref().is_some_and(|c| self.packs.is_part(c, whole));
                if !part || !nothing(f) || f.parent.is_some() || !alike(f, t) || f.part != t.part {
                    break;
                }
                // 公务用车购置及运行费0万元，购置费0万元，运行费0万元: those of a part are of that.
                let held = |m: &FactId| {
                    let wide = self.out.fact(*m).and_then(|m| m.concept.as_deref());
                    wide.zip(f.concept.as_deref()).is_some_and(|(wide, c)| self.packs.is_part(c, wide))
                };
                if !members.iter().any(held) {
                    members.push(id);
                }
            }
            if members.len() >= 2 {
                self.write_list(total, members, Extent::Open);
            }
        }
    }

    /// 总支出15884万元，完成预算的64%。教育3240万元，国防24万元，公共安全239万元: what the next sentence of a place's report
    /// tells right behind the expenditure, a row of classes of it or of amounts with their shares, is of that.
    pub(super) fn list_behind_stop(&mut self) {
        if self.out.identity.kind != Kind::CountyReport {
            return;
        }
        for total in 0..self.out.facts.len() as FactId {
            let members = self.row_behind(total);
            if members.len() >= 2 {
                self.write_list(total, members, Extent::Some);
            }
        }
    }

    fn row_behind(&self, total: FactId) -> Vec<FactId> {
        let whole = |f: &Fact| matches!(f.concept.as_deref(), Some("expenditure" | "expenditure.total"));
        let told = |f: &Fact| f.measure == Measure::Level && f.printed && !f.prior && f.cell.is_none();
        let Some(t) = self.out.fact(total).filter(|t| told(t) && whole(t) && t.role != Some(Role::Total)) else {
            return Vec::new();
        };
        let mut members: Vec<FactId> = Vec::new();
        let mut left = t.value;
        let mut sentence = None;
        let behind = self.out.facts.get(total as usize + 1..).unwrap_or(&[]).iter().zip(total + 1..);
        for (f, id) in behind.take(LONGEST).take_while(|(f, _)| f.paragraph == t.paragraph) {
            if !told(f) || f.label == t.label && f.part == t.part {
                continue;
            }
            let class = f.concept.as_deref().and_then(|c| c.strip_prefix("expenditure.function."));
            let shared = self.out.fact(id + 1).is_some_and(|s| s.measure == Measure::Share && s.label == f.label);
            let row =
                class.is_some_and(|c| c.len() == 3) || shared && (class.is_some() || f.fund == Some(Fund::GovFund));
            // In one sentence, and not that of the total.
            let own = f.sentence != t.sentence && sentence.is_none_or(|s| s == f.sentence);
            let like = alike(f, t) && f.part == t.part && f.parent.is_none() && (f.fund == t.fund || f.fund.is_none());
            let rest = if f.unit == t.unit { left.checked_sub(f.value) } else { Some(left) };
            let Some(rest) = rest.filter(|r| row && own && like && !r.is_sign_negative()) else { break };
            (left, sentence) = (rest, Some(f.sentence));
            members.push(id);
        }
        members
    }

    /// 可用收入合计15847万元，上年结余117万元，实际可用15964万元: what is told before what there is to be used, as far as
    /// it makes that up, is its list.
    pub(super) fn list_available(&mut self) {
        for total in 0..self.out.facts.len() as FactId {
            let members = self.made_available(total);
            if members.len() >= 2 {
                self.write_list(total, members, Extent::Whole);
            }
        }
    }

    fn made_available(&self, total: FactId) -> Vec<FactId> {
        let Some(t) = self.out.fact(total).filter(|t| t.role.is_none() && t.measure == Measure::Level && t.printed)
        else {
            return Vec::new();
        };
        if t.concept.as_deref() != Some("revenue.available") || t.cell.is_some() || t.prior {
            return Vec::new();
        }
        let mut members = Vec::new();
        let mut sum = Decimal::ZERO;
        let before = self.out.facts.get(..total as usize).unwrap_or(&[]).iter().zip(0..total).rev().take(LONGEST);
        for (f, id) in before.take_while(|(f, _)| f.paragraph == t.paragraph) {
            let told = f.measure == Measure::Level && f.printed && !f.prior && f.parent.is_none();
            if !told {
                continue;
            }
            let stage = f.stage == t.stage || f.stage.is_none();
            if f.unit != t.unit || f.flow == Some(Flow::Expenditure) || !stage {
                break;
            }
            members.push(id);
            sum = sum.checked_add(f.value).unwrap_or(sum);
            if sum >= t.value {
                break;
            }
        }
        members.reverse();
        if sum == t.value { members } else { Vec::new() }
    }

    /// Whether an expenditure of one fund, cut into a list, stands between a total and a row.
    fn whole_between(&self, total: FactId, first: FactId) -> bool {
        let between = self.out.facts.get(total as usize + 1..first as usize).unwrap_or(&[]);
        between
            .iter()
            .any(|f| f.concept.as_deref() == Some("expenditure") && f.fund.is_some() && f.role == Some(Role::Total))
    }

    /// 货物类38.90万元、服务类23.60万元、工程类0万元: what adds nothing to a row that has made up its total.
    fn zeros_behind(&self, entries: &[Entry], members: &[Entry], total: FactId) -> Vec<Entry> {
        let Some(last) = members.last() else { return Vec::new() };
        let Some(of) = self.out.fact(last.id) else { return Vec::new() };
        let behind = entries.iter().skip_while(|e| e.id <= last.id);
        let zero = |e: &&Entry| {
            e.amount == 0
                && self.out.fact(e.id).is_some_and(|f| f.sentence == of.sentence && f.parent.is_none() && alike(of, f))
                && self.can_hold(total, &[**e], 2)
        };
        behind.take_while(zero).copied().collect()
    }

    /// The items of the budget's classification, one a paragraph: 1.教育支出（类）普通教育
    /// （款）小学教育（项）…. Such a list names all items of the 类, or of the whole
    /// expenditure, that stands before it: where it misses that by little, a figure is wrong.
    fn classified_list(&self, entries: &[Entry], at: usize) -> Option<(FactId, Vec<Entry>)> {
        let fact = |e: &Entry| self.out.fact(e.id);
        let first = fact(entries.get(at)?).filter(|f| self.lists_item(f))?;
        let apart = |f: &Fact| f.stage != first.stage || f.year != first.year || self.is_counted(f);
        let before = entries.get(..at)?.iter().rev().filter_map(fact).find(|f| !apart(f));
        if before.is_some_and(|f| self.room(f) == self.room(first) && self.lists_item(f)) {
            return None;
        }
        let mut members: Vec<Entry> = Vec::new();
        let mut sum = 0i64;
        for e in entries.get(at..)?.iter().take(2 * LONGEST) {
            let f = fact(e)?;
            if f.parent.is_some_and(|p| p >= entries.get(at).map_or(0, |e| e.id)) || apart(f) {
                continue;
            }
            if self.room(f) != self.room(first) || f.unit != first.unit || !self.lists_item(f) {
                break;
            }
            members.push(*e);
            sum = sum.checked_add(e.amount)?;
        }
        let facts = || members.iter().filter_map(fact);
        let paragraphs = facts().zip(facts().skip(1)).all(|(a, b)| a.paragraph < b.paragraph || self.is_coded(a, b));
        // Of 款 and their 项 each figure would be counted twice.
        let above = |f: &Fact| {
            code_of(f).is_some_and(|c| facts().filter_map(code_of).any(|d| d.len() > c.len() && d.starts_with(c)))
        };
        if members.len() < 4 || !paragraphs || facts().any(above) {
            return None;
        }
        let mut classes = facts().filter_map(class_of);
        let class = classes.next()?;
        let class = Some(class).filter(|c| classes.all(|d| d == *c));
        let whole = |f: &Fact| match f.concept.as_deref() {
            Some(c) if class.is_some_and(|class| c.strip_prefix("expenditure.function.") == Some(class)) => true,
            Some(
                "expenditure"
                | "expenditure.current"
                | "expenditure.total"
                | "balance.appropriation"
                | "revenue.appropriation",
            ) => true,
            // 一般公共预算安排支出612.48万元
            Some("revenue") => f.fund.is_some(),
            _ => false,
        };
        let back = entries.get(at.saturating_sub(REACH)..at)?;
        let total = back.iter().rev().find(|e| {
            let Some(f) = fact(e) else { return false };
            let fund = f.fund == first.fund || f.fund.is_none() || first.fund.is_none();
            let little = e.amount.abs_diff(sum).checked_mul(LITTLE).is_some_and(|gap| gap < e.amount.unsigned_abs());
            whole(f) && alike_total(f, first) && f.unit == first.unit && f.part.is_none() && fund && little
        })?;
        Some((total.id, members))
    }

    /// 2080505 养老保险缴费支出29万元｜2101102 事业单位医疗14万元, 行政单位医疗（项）16万元，事业单位医疗（项）35万元: whether an item of
    /// the paragraph of the one before is named as an item of the classification.
    fn is_coded(&self, before: &Fact, item: &Fact) -> bool {
        let between = self.view.slice(before.end, item.start);
        between.contains("(项)") || between.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 7)
    }

    /// Changes told one after another that add up to the one told before them:
    /// 增收3886万元，其中税收减收1238万元，非税增收5124万元.
    pub(super) fn imply_changes(&mut self) {
        let amount = |f: &Fact| f.measure == Measure::Change && f.printed && f.cell.is_none();
        let mut at = 0;
        while let Some(total) = self.out.facts.get(at) {
            at += 1;
            if !amount(total) || total.value.is_zero() || total.role.is_some() {
                continue;
            }
            let (mut parts, mut sum) = (Vec::new(), Decimal::ZERO);
            let base = |f: &Fact| f.basis.as_ref().map(|b| b.year);
            let next = total.sentence.1;
            for (f, id) in self.out.facts.get(at..).unwrap_or(&[]).iter().zip(at as FactId..).take(12) {
                // 下降275.70万元。一减一增：甲减少300.00万元，乙增加24.30万元: in the next sentence.
                let alike = amount(f)
                    && (f.sentence == total.sentence || f.paragraph == total.paragraph && f.sentence.0 <= next)
                    && f.parent.is_none()
                    && base(f) == base(total)
                    && f.unit == total.unit
                    && f.label != total.label
                    && !f.value.is_zero();
                if f.measure == Measure::Growth || f.measure == Measure::Level && f.sentence == total.sentence {
                    continue;
                }
                if !alike {
                    break;
                }
                parts.push(id);
                sum += f.value;
                if parts.len() >= 2 && sum == total.value {
                    break;
                }
            }
            if parts.len() < 2 || sum != total.value {
                continue;
            }
            let cue = (total.end, total.end);
            let total = (at - 1) as FactId;
            for id in &parts {
                if let Some(f) = self.out.facts.get_mut(*id as usize) {
                    (f.parent, f.role) = (Some(total), Some(Role::Component));
                }
            }
            self.out.breakdowns.push(Breakdown {
                total,
                parts,
                cue,
                drivers: false,
                extent: Extent::Open,
                equation: false,
                minus: Vec::new(),
            });
        }
    }

    /// 按级次分：上划中省收入2628万元…。完成地方一般公共预算收入1720万元: the item that a list is
    /// short of, to the last digit, in the next sentence.
    pub(super) fn complete_lists(&mut self) {
        for at in 0..self.out.breakdowns.len() {
            let missing = |b| self.missing_item(b).or_else(|| self.carried_over(b));
            let Some((id, total)) = self.out.breakdowns.get(at).and_then(|b| Some((missing(b)?, b.total))) else {
                continue;
            };
            if let Some(f) = self.out.facts.get_mut(id as usize).filter(|f| f.parent.is_none()) {
                f.parent = Some(total);
                if f.role != Some(Role::Total) {
                    f.role = Some(Role::Component);
                }
            }
            if let Some(b) = self.out.breakdowns.get_mut(at) {
                b.parts.push(id);
            }
        }
    }

    /// 总收入581.45万元，其中：本年收入390.55万元…。｜1.财政拨款收入…。｜3.上年结转190.89万元: what was carried over is the
    /// other part of a total of which the list has named what the year itself brought.
    fn carried_over(&self, list: &Breakdown) -> Option<FactId> {
        let [current] = list.parts.as_slice() else { return None };
        let (t, c) = (self.out.fact(list.total)?, self.out.fact(*current)?);
        let concepts = (t.concept.as_deref()?, c.concept.as_deref()?);
        if list.drivers || concepts != ("revenue.total", "revenue.current") || t.cell.is_some() {
            return None;
        }
        let next = self.out.facts.get(*current as usize + 1..)?.iter().zip(current + 1..).take(OF_ONE_ITEM);
        let mut next = next.take_while(|(f, _)| f.section == t.section && f.concept != t.concept);
        let (f, id) = next.find(|(f, _)| {
            f.measure == Measure::Level && !f.prior && alike(f, t) && f.concept.as_deref() == Some("carryover.opening")
        })?;
        let gap = t.value.checked_sub(c.value)?.checked_sub(f.value)?.abs();
        let slack = Decimal::new(1, u32::from(t.decimals.min(9)));
        (f.parent.is_none() && f.unit == t.unit && gap <= slack).then_some(id)
    }

    fn missing_item(&self, list: &Breakdown) -> Option<FactId> {
        let (total, last) = (self.out.fact(list.total)?, *list.parts.last()?);
        if list.drivers || list.equation || total.measure != Measure::Level || total.cell.is_some() {
            return None;
        }
        let parts = list.parts.iter().map(|p| self.out.fact(*p));
        let sum = parts
            .map(|p| p.filter(|p| p.unit == total.unit))
            .try_fold(Decimal::ZERO, |s, p| s.checked_add(p?.value))?;
        let rest = total.value.checked_sub(sum).filter(|r| r.is_sign_positive() && !r.is_zero())?;
        let end = self.out.fact(last)?;
        // A round amount proves nothing.
        if self.is_counted(total) || rest.normalize().mantissa() < 100 {
            return None;
        }
        let next = self.out.facts.get(last as usize + 1..)?.iter().zip(last + 1..).take(8);
        let next = next.take_while(|(f, _)| f.paragraph == end.paragraph);
        let mut own = next.filter(|(f, _)| f.measure == Measure::Level && f.printed && !f.prior && alike(f, total));
        let (found, id) = own.find(|(f, _)| f.parent != Some(last))?;
        // It may be added up again further on: 地方财政收入…，加…，总计….
        let free = found.parent.is_none_or(|p| p > id);
        let fits = found.value == rest && found.unit == total.unit && free && found.label != total.label;
        let against = matches!((found.flow, total.flow), (Some(a), Some(b)) if a != b);
        (fits && !against && id != list.total).then_some(id)
    }

    /// 总支出37.3万元，其中：甲0.5万元，乙36.8万元，同比增加27.1万元，增长265.6%: what is told behind the last
    /// component is of the total where only that ties.
    pub(super) fn lift_changes(&mut self) {
        for id in 0..self.out.facts.len() as FactId {
            let Some((total, count)) = self.lifted(id) else { continue };
            let Some(total) = self.out.fact(total).cloned() else { continue };
            let from = id as usize + 1;
            for f in self.out.facts.get_mut(from..from + count).unwrap_or(&mut []) {
                (f.label, f.concept) = (total.label.clone(), total.concept.clone());
                (f.fund, f.flow, f.part) = (total.fund, total.flow, total.part.clone());
            }
        }
    }

    /// （一）出国（境）费0万元…: what paragraphs of their own tell of a total's components is of the
    /// fund that pays for the total.
    pub(super) fn inherit_funds(&mut self) {
        for at in 0..self.out.facts.len() {
            let Some(f) = self.out.facts.get(at).filter(|f| f.fund.is_none() && f.cell.is_none()) else { continue };
            let total = f.parent.and_then(|p| self.out.fact(p)).filter(|_| f.role != Some(Role::Driver));
            let total = total.filter(|t| t.measure == Measure::Level);
            let Some(fund) =
                total.and_then(|t| t.fund).or_else(|| self.fund_told_again(at)).or_else(|| self.fund_of_row(at))
            else {
                continue;
            };
            let unit = |f: &Fact| f.unit.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
            let earned = f.concept.as_deref().is_some_and(is_earned);
            if earned || f.measure != Measure::Level || unit(f) != Some(UnitKind::Money) {
                continue;
            }
            let (label, part, paragraph) = (f.label.clone(), f.part.clone(), f.paragraph);
            let rest = self.out.facts.get_mut(at..).unwrap_or(&mut []).iter_mut().take(OF_ONE_ITEM);
            for g in rest.take_while(|g| g.paragraph == paragraph) {
                let of_it = g.label == label && g.part == part && g.fund.is_none();
                if of_it {
                    g.fund = Some(fund);
                }
            }
        }
    }

    /// The total of a component, and how many of the figures behind that compare it are the total's.
    fn lifted(&self, id: FactId) -> Option<(FactId, usize)> {
        let level = self.out.fact(id).filter(|f| f.measure == Measure::Level && f.cell.is_none() && !f.prior)?;
        let total = level.parent.filter(|p| *p < id)?;
        let whole = self.out.fact(total).filter(|t| t.measure == Measure::Level && t.unit == level.unit)?;
        let compares = |f: &&Fact| {
            let plan = f.measure == Measure::Level && f.unit == level.unit && !alike(f, level) && f.parent.is_none();
            let rate = matches!(f.measure, Measure::Growth | Measure::Completion);
            let change = f.measure == Measure::Change && f.unit == level.unit && f.parent.is_none();
            (plan || rate || change)
                && f.label == level.label
                && f.sentence.0 == level.sentence.0
                && f.part == level.part
        };
        let behind = self.out.facts.get(id as usize + 1..)?.iter().take(MOST_COMPARED);
        let count = behind.take_while(compares).count();
        // 出国费0万元，较上年增加0万元，增长0%: nothing tells whose it is.
        let telling = |t: &&[Fact]| t.iter().any(|f| !f.value.is_zero());
        let told = self.out.facts.get(id as usize + 1..id as usize + 1 + count).filter(telling)?;
        // 支出8万元。｜2.公务接待费5万元，与预算相比减少1万元: in a sentence of its own it is the component's, unless the
        // figures say that it can't be.
        let own = self.compared(level, told);
        let may_be = own == Some(false) || own.is_none() && whole.sentence.0 == level.sentence.0;
        let lifts = may_be && self.compared(whole, told) == Some(true);
        lifts.then_some((total, count))
    }

    /// 收入由362万元调整为416万元，调增54万元，增长18.3%: a rate that is not that of the adjustment is measured against
    /// the year before, of which nothing need be told.
    pub(super) fn rebase_growths(&mut self) {
        for at in 2..self.out.facts.len() {
            if let Some(year) = self.grown_since(at)
                && let Some(basis) = self.out.facts.get_mut(at).and_then(|f| f.basis.as_mut())
            {
                (basis.year, basis.stage, basis.stated) = (Some(year), None, false);
            }
        }
    }

    /// The year before, if a growth behind an adjustment is none of it.
    fn grown_since(&self, at: usize) -> Option<i32> {
        let f = self.out.facts.get(at).filter(|f| f.measure == Measure::Growth && f.cell.is_none())?;
        let basis = f.basis.as_ref().filter(|b| b.year == f.year && b.stage == Some(Stage::Budget))?;
        let before = |n: usize| at.checked_sub(n).and_then(|i| self.out.facts.get(i)).filter(|g| g.label == f.label);
        let change = before(1).filter(|c| c.measure == Measure::Change && c.basis.as_ref() == Some(basis));
        let skip = usize::from(change.is_some());
        let (level, plan) = (before(1 + skip)?, before(2 + skip)?);
        let adjusted = level.measure == Measure::Level
            && plan.measure == Measure::Level
            && (level.stage, plan.stage) == (Some(Stage::Adjusted), Some(Stage::Budget))
            && level.pattern.is_some()
            && level.pattern == plan.pattern;
        let words = self.view.slice(before(1)?.end, f.start);
        let grows = ["增长", "下降", "同比", "上升"].iter().any(|w| words.contains(w));
        let rate = is_rate(level.value.checked_sub(plan.value)?, plan.value, f)?;
        f.year.filter(|_| adjusted && grows && !rate).map(|y| y - 1)
    }

    /// Whether figures that compare a level do so rightly; none if nothing tells against what.
    fn compared(&self, level: &Fact, told: &[Fact]) -> Option<bool> {
        let before = told.iter().find(|f| f.measure == Measure::Level).map(|f| f.value);
        let change = told.iter().find(|f| f.measure == Measure::Change);
        let mut held = None;
        for f in told {
            let basis = || before.or_else(|| self.told_before(level, f));
            let holds = match f.measure {
                Measure::Change => level.value.checked_sub(f.value).zip(basis()).map(|(was, base)| was == base),
                Measure::Growth => {
                    let base = before.or_else(|| level.value.checked_sub(change?.value)).or_else(basis);
                    base.and_then(|base| is_rate(level.value.checked_sub(base)?, base, f))
                }
                Measure::Completion => basis().and_then(|plan| is_rate(level.value, plan, f)),
                _ => None,
            };
            if holds == Some(false) {
                return holds;
            }
            held = held.or(holds);
        }
        held
    }

    /// The amount of an item that a change or a completion is measured against, as told shortly before.
    fn told_before(&self, level: &Fact, compared: &Fact) -> Option<Decimal> {
        let basis = compared.basis.as_ref()?;
        let upto = self.out.facts.partition_point(|f| f.start < level.start);
        let near = self.out.facts.get(upto.saturating_sub(COMPARED_BACK)..upto)?.iter().rev();
        let like = |f: &Fact| {
            let stage = basis.stage.is_none() || f.stage == basis.stage;
            (&f.label, &f.part, f.unit) == (&level.label, &level.part, level.unit) && f.year == basis.year && stage
        };
        let mut near = near.filter(|f| f.measure == Measure::Level && f.printed && !alike(f, level));
        near.find(|f| like(f)).map(|f| f.value)
    }

    /// Whether a figure may be the first of a row: a sentence, a clause group or
    /// a numbered item begins with it.
    fn opens_row(&self, id: FactId) -> bool {
        let Some(fact) = self.out.fact(id) else { return false };
        let Some(before) = id.checked_sub(1).and_then(|b| self.out.fact(b)) else { return true };
        let between = self.view.slice(before.end, fact.start);
        before.paragraph != fact.paragraph || between.contains([':', '。', ';', ',', '(', '、'])
    }

    /// Whether a concept is by definition a component of another.
    pub(super) fn is_component(&self, part: &str, whole: &str) -> bool {
        self.packs.is_part(part, whole) || flows_into(part, whole)
    }

    fn unit_of(&self, id: FactId) -> Option<UnitId> {
        self.out.fact(id).and_then(|f| f.unit.or(f.unit_inferred))
    }

    /// Whether two figures can stand in one row.
    fn goes_with(&self, first: FactId, id: FactId) -> bool {
        let (Some(a), Some(b)) = (self.out.fact(first), self.out.fact(id)) else { return false };
        // Counts only within their sentence, money on to the section's end.
        let counted = self.is_counted(a);
        if counted && self.unit_of(first) != self.unit_of(id) {
            return false;
        }
        if counted { a.sentence == b.sentence } else { self.room(a) == self.room(b) && b.paragraph - a.paragraph <= 24 }
    }

    /// The section whose lists a figure stands in: （一）教育支出（类） only names
    /// what its items belong to.
    fn room(&self, f: &Fact) -> Option<u32> {
        let mut room = f.section;
        while let Some(node) = room.and_then(|r| self.out.sections.get(r as usize)) {
            if !node.heading.contains("(类)") && !node.heading.contains("(款)") {
                break;
            }
            room = node.parent;
        }
        room
    }

    /// Whether a figure is of a 项: by its concept, or because the text says so.
    fn lists_item(&self, f: &Fact) -> bool {
        match f.concept.as_deref() {
            Some(c) if classification::is_item(c) => true,
            Some(c) if !classification::is_function(c) => false,
            _ => {
                let first = self.out.facts.partition_point(|b| b.paragraph < f.paragraph);
                let from = first.checked_sub(1).and_then(|b| self.out.facts.get(b)).map_or(0, |b| b.end);
                let near = self.view.text.floor_char_boundary((f.start as usize).saturating_sub(NEAR));
                self.view.slice(from.max(near as u32), f.start).contains("(项)")
            }
        }
    }

    fn is_counted(&self, f: &Fact) -> bool {
        let kind = f.unit.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
        !matches!(kind, Some(UnitKind::Money) | None)
    }

    /// The figure that the members add up to: told before them, or in a 合计
    /// right behind.
    fn total_of(
        &self,
        entries: &[Entry],
        at: usize,
        members: &[Entry],
        sum: i64,
        place: i64,
        nonzero: usize,
    ) -> Option<(FactId, bool)> {
        let first = self.out.fact(members.first()?.id)?;
        let last = members.last()?;
        let counted = self.is_counted(first);
        let end = self.out.fact(last.id).map_or(0, |l| l.end);
        let behind = entries.iter().skip(at).skip_while(|e| e.id <= last.id).take(6);
        let behind = behind.filter_map(|e| Some((e, self.out.fact(e.id)?))).find(|(_, f)| alike(first, f));
        let says_total = |f: &Fact| {
            SUMS.iter().any(|w| f.label.contains(w) || self.view.slice(end.min(f.start), f.start).contains(w))
        };
        if let Some((next, f)) = behind
            && next.amount == sum
            && nonzero >= 2
            && says_total(f)
        {
            return Some((next.id, true));
        }
        let back = entries.get(at.saturating_sub(REACH)..at)?;
        let most = if nonzero >= 3 { place.saturating_mul(members.len() as i64 / 2) } else { 0 };
        let total = |e: &Entry, named: Option<&str>| {
            let f = self.out.fact(e.id).filter(|f| named.is_none() || f.concept.as_deref() == named)?;
            let near = f.paragraph == first.paragraph || self.room(f) == self.room(first);
            let gap = (e.amount - sum).abs();
            // Rounded members may miss their total by a little, in a list that is told at once.
            let slack = if near && nonzero >= 3 { place.checked_mul(members.len() as i64 / 2)? } else { 0 };
            // No total is told with more places than what it rounds.
            if gap > slack || gap != 0 && (e.amount <= 100 * place || e.place < place) {
                return None;
            }
            let one_unit = members.iter().all(|m| self.unit_of(m.id) == self.unit_of(e.id));
            let money = self.is_counted(f) == self.is_counted(first);
            let telling = nonzero >= 4 || e.amount % (10 * place) != 0;
            let units = one_unit || gap == 0 && near && money && !counted && telling;
            let weighty = near || nonzero >= 3 || sum >= 1000 * place;
            let reach = !counted || f.sentence == first.sentence || f.paragraph == first.paragraph && nonzero >= 2;
            (units && weighty && reach && alike_total(f, first) && self.can_hold(e.id, members, nonzero))
                .then_some((e.id, near))
        };
        let back = || back.iter().rev().filter(|e| (e.amount - sum).abs() <= most);
        // 总支出900元，其中基本支出900元。1.教育支出600元，占支出总预算66.67%: of the whole that the shares name.
        let named = self.whole_named(members.first()?.id);
        named.and_then(|n| back().find_map(|e| total(e, Some(n)))).or_else(|| back().find_map(|e| total(e, None)))
    }

    /// The item that the share right behind an amount names as its whole.
    fn whole_named(&self, amount: FactId) -> Option<&str> {
        let of = self.out.fact(amount)?;
        let behind = self.out.fact(amount + 1)?;
        let share = behind.measure == Measure::Share && behind.label == of.label;
        behind.basis.as_ref().filter(|b| share && b.stated)?.concept.as_deref()
    }

    /// The total right before a row that a single slip keeps from adding up.
    fn missed_by_a_slip(&self, entries: &[Entry], at: usize, members: &[Entry], nonzero: usize) -> Option<FactId> {
        let first = self.out.fact(members.first().filter(|_| nonzero >= 2)?.id)?;
        let amounts: Vec<i64> = members.iter().map(|m| m.amount).collect();
        let back = entries.get(at.saturating_sub(8)..at)?;
        // 项目支出1126.40万元，主要用于甲412.50万元、乙186.40万元、…: told in one breath.
        let right_before = back.last()?.id;
        back.iter().rev().find_map(|e| {
            let f = self.out.fact(e.id)?;
            let near = f.paragraph == first.paragraph || first.section.is_some() && self.room(f) == self.room(first);
            let parts = members.iter().all(|m| {
                let concepts = self.out.fact(m.id).and_then(|m| m.concept.as_deref()).zip(f.concept.as_deref());
                concepts.is_some_and(|(p, w)| self.is_component(p, w))
            });
            let told = f.role == Some(Role::Total);
            let breath = nonzero >= 3 && f.paragraph == first.paragraph && right_before == e.id;
            let others = right_before == e.id && f.sentence == first.sentence && self.end_in_others(members);
            let whole = f.concept.as_deref().is_some_and(is_budget);
            let counted = whole && self.counted_in_words(members);
            let halves = self.slips_as_halves(f, members);
            let fits = near
                && (parts || breath || counted)
                && (!told || halves || counted)
                && (!self.is_counted(f) || others)
                && alike_total(f, first);
            let one_unit = members.iter().all(|m| self.unit_of(m.id) == self.unit_of(e.id));
            let slip = one_unit
                && (others
                    || halves
                    || counted && self.one_digit_off(f, members)
                    || !told && mistyped(e.amount, &amounts, 10i64.pow(PLACES)));
            (fits && self.can_hold(e.id, members, nonzero) && slip).then_some(e.id)
        })
    }

    /// 车辆6辆，特种专业技术用车1辆、其他用车1辆: whether a row of kinds of vehicles ends with the others.
    fn end_in_others(&self, members: &[Entry]) -> bool {
        let mut facts = members.iter().filter_map(|m| self.out.fact(m.id));
        let last = members.last().and_then(|m| self.out.fact(m.id));
        members.len() >= 2
            && last.is_some_and(|f| f.label.starts_with("其他"))
            && facts.all(|f| f.concept.as_deref().is_some_and(|c| c.starts_with("assets.vehicles.")))
    }

    /// 基本支出226.54万元、项目支出317.54万元
    fn are_halves(&self, members: &[Entry]) -> bool {
        let named = |m: &Entry, c: &str| self.out.fact(m.id).is_some_and(|f| f.concept.as_deref() == Some(c));
        matches!(members, [a, b] if named(a, "expenditure.basic") && named(b, "expenditure.project"))
    }

    /// 本年支出604.08万元，基本支出226.54万元、项目支出317.54万元: whether the two halves of what is spent stand in the
    /// sentence of their whole, or in one that says how it is cut (按支出用途：), and one digit mends them.
    fn slips_as_halves(&self, whole: &Fact, members: &[Entry]) -> bool {
        let Some(first) = members.first().and_then(|m| self.out.fact(m.id)) else { return false };
        let words = self.view.slice(first.sentence.0.min(first.start), first.start).trim_start();
        let cut = words.starts_with(['按', '分', '从']) && words.contains(':');
        let of_it = members.iter().filter_map(|m| self.out.fact(m.id)).all(|f| f.sentence == whole.sentence);
        self.are_halves(members)
            && (of_it || cut && whole.concept.as_deref().is_some_and(is_budget))
            && self.one_digit_off(whole, members)
    }

    fn one_digit_off(&self, whole: &Fact, members: &[Entry]) -> bool {
        let values: Vec<Decimal> = members.iter().filter_map(|m| self.out.fact(m.id)).map(|f| f.value).collect();
        one_digit_mends(whole.value, &values)
    }

    /// 四个单位的支出依次为局机关9746.1万元、…: whether the words before a row say how many it names.
    fn counted_in_words(&self, members: &[Entry]) -> bool {
        let first = members.first().and_then(|m| self.out.fact(m.id));
        let Some(first) = first.filter(|_| (3..=9).contains(&members.len())) else { return false };
        let words = self.view.slice(first.sentence.0.min(first.start), first.start);
        let mut chars = words.chars().zip(words.chars().skip(1));
        let count = chars.find_map(|(n, of)| {
            let n = "三四五六七八九".chars().position(|c| c == n)?;
            matches!(of, '个' | '家' | '项').then_some(n + 3)
        });
        count == Some(members.len())
            && ["依次", "分别"].iter().any(|w| words.contains(w))
            && members.iter().filter_map(|m| self.out.fact(m.id)).all(|f| f.sentence == first.sentence)
    }

    /// Whether a total may be of these members: none of them is the total told
    /// again, and none flows the other way.
    fn can_hold(&self, total: FactId, members: &[Entry], nonzero: usize) -> bool {
        let Some(whole) = self.out.fact(total) else { return false };
        // 当年拨款92万元: told by what it is spent on as well as by where it comes from.
        // 政府性基金收入5亿元，支出3亿元，结余2亿元 is no such amount.
        let earned = whole.label.ends_with("收入");
        let both = |c: &str| c.starts_with("balance") || c == "revenue.appropriation" && !earned;
        let balance = whole.concept.as_deref().is_some_and(both);
        members.iter().all(|m| {
            let Some(f) = self.out.fact(m.id) else { return false };
            let again = f.label == whole.label && f.part == whole.part && f.fund == whole.fund
                || f.concept.is_some() && f.concept == whole.concept && f.part.is_none() && f.fund == whole.fund;
            let against = matches!((f.flow, whole.flow), (Some(a), Some(b)) if a != b) && !balance
                || whole.part.is_some() && f.part.is_some() && whole.part != f.part;
            let (part, apart) = match (f.concept.as_deref(), whole.concept.as_deref()) {
                (Some(p), Some(w)) => (self.is_component(p, w), stand_beside(p, w)),
                _ => (false, false),
            };
            !again && !against && !apart && (nonzero >= 2 || part)
        })
    }

    /// Writes a list that no word opened.
    pub(super) fn write_list(&mut self, total: FactId, parts: Vec<FactId>, extent: Extent) {
        self.name_after_total(&parts, total);
        for id in &parts {
            if let Some(f) = self.out.facts.get_mut(*id as usize) {
                f.parent = Some(total);
                if f.role != Some(Role::Total) {
                    f.role = Some(Role::Component);
                }
            }
        }
        if let Some(f) = self.out.facts.get_mut(total as usize) {
            f.role.get_or_insert(Role::Total);
        }
        self.push_list(total, parts, extent);
    }

    fn push_list(&mut self, total: FactId, parts: Vec<FactId>, extent: Extent) {
        let Some(start) = self.out.fact(total).map(|t| t.end) else { return };
        self.out.breakdowns.push(Breakdown {
            total,
            parts,
            cue: (start, start),
            drivers: false,
            extent,
            equation: false,
            minus: Vec::new(),
        });
    }
}

/// Concepts of a whole budget or a side of one.
fn is_budget(concept: &str) -> bool {
    matches!(
        concept,
        "expenditure" | "expenditure.current" | "expenditure.total" | "revenue" | "revenue.current" | "revenue.total"
    )
}

fn nonzero_of(entries: &[Entry]) -> usize {
    entries.iter().filter(|e| e.amount != 0).count()
}

fn ids(entries: &[Entry]) -> Vec<FactId> {
    entries.iter().map(|e| e.id).collect()
}

/// Whether two items stand beside each other by definition: 教育支出 and 卫生健康支出, of one level of
/// one classification; what was spent and what was left.
pub(super) fn stand_beside(part: &str, whole: &str) -> bool {
    let code = |c: &str| {
        let (family, code) = c.rsplit_once('.')?;
        let coded = matches!(family, "expenditure.function" | "expenditure.economic");
        (coded && code.bytes().all(|b| b.is_ascii_digit())).then_some((family.len(), code.len()))
    };
    // 增值税10.40亿元；企业所得税6.30亿元；个人所得税4.10亿元; 公务接待费 and 因公出国费; 货物 and 服务
    let kin = |family: &str| [part, whole].iter().all(|c| c.strip_prefix(family).is_some_and(|c| !c.contains('.')));
    part != whole && ["tax.", "three_public.", "procurement."].into_iter().any(kin)
        || code(part).is_some_and(|c| code(whole) == Some(c))
        || whole.starts_with("carryover.") && part.starts_with("expenditure")
}

/// Whether a part of a whole, in per cent, is a rate as it is printed.
fn is_rate(part: Decimal, whole: Decimal, rate: &Fact) -> Option<bool> {
    let told = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    let place = Decimal::new(1, u32::from(rate.decimals.min(9)));
    Some(told.checked_sub(rate.value)?.abs() <= place)
}

/// The code of an item in the classification of functions, where it is known.
fn code_of(f: &Fact) -> Option<&str> {
    let code = f.concept.as_deref()?.strip_prefix("expenditure.function.")?;
    Some(code).filter(|c| c.bytes().all(|b| b.is_ascii_digit()))
}

/// The 类 of an item, where it is known.
fn class_of(f: &Fact) -> Option<&str> {
    let code = f.concept.as_deref()?.strip_prefix("expenditure.function.")?;
    code.get(..3).filter(|c| c.bytes().all(|b| b.is_ascii_digit()))
}

/// 教育支出 into 支出, 事业收入 into 收入, either into 收支总计.
fn flows_into(part: &str, whole: &str) -> bool {
    match whole {
        "expenditure" | "expenditure.current" | "expenditure.total" => part.starts_with("expenditure."),
        "revenue" | "revenue.current" | "revenue.total" => part.starts_with("revenue.") || part == "carryover.opening",
        _ => whole.starts_with("balance.") && !part.starts_with("balance."),
    }
}

/// The amount and the last place of a level that can be added up.
fn entry(f: &Fact) -> Option<(i64, i64)> {
    let fits =
        f.cell.is_none() && f.measure == Measure::Level && f.printed && !f.prior && u32::from(f.decimals) <= PLACES;
    if !fits {
        return None;
    }
    let mut value: Decimal = f.value;
    value.rescale(PLACES);
    let amount = i64::try_from(value.mantissa()).ok().filter(|a| (0..i64::MAX / 64).contains(a))?;
    Some((amount, 10i64.pow(PLACES - u32::from(f.decimals))))
}

/// Figures of one row: one year, one stage. Money in another unit may stand in
/// it: 元 for 万元 is a slip that only the sum shows.
fn alike(a: &Fact, b: &Fact) -> bool {
    a.year == b.year && a.stage == b.stage
}

/// A total and its first member: one year, no two stages.
fn alike_total(total: &Fact, member: &Fact) -> bool {
    total.year == member.year && (total.stage == member.stage || total.stage.is_none() || member.stage.is_none())
}
