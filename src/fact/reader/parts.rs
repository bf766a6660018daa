//! Which place, office or month a figure is of, where its clause leaves it to what was told before.

use super::super::context::ListKind;
use super::super::label::{Item, collects, is_place, is_whole};
use super::super::{Fact, Measure, Role};
use super::facts::is_total;
use super::{Figure, Reader};
use crate::lex::{Lexed, Mark, Token, TokenKind, UnitKind};
use crate::segment::is_organization;

/// How many tokens the name of an organisation may take, with what follows it.
const MOST_OF_NAME: usize = 6;

/// Words that speak of the whole again.
const WHOLE: [&str; 15] = [
    "全县", "全市", "全区", "全省", "全州", "全旗", "全镇", "全乡", "我县", "我市", "我区", "合计", "总计", "共计",
    "地方",
];

/// What a note may call its own organisation without its name.
const OWN_OFFICES: [&str; 6] = ["局机关", "委机关", "厅机关", "部机关", "院机关", "会机关"];

/// The shortest name that a paragraph's first words are taken for, in characters.
const SHORTEST_NAME: usize = 3;

/// How many figures on in its paragraph something is told of a component.
const OF_ONE_ITEM: usize = 16;

/// The shortest name of a body that a heading is, in characters.
const SHORTEST_BODY: usize = 4;

/// How words begin that no organisation's name begins with: 根据县财政局2031年….
const NO_NAME: [&str; 26] = [
    "根据", "按照", "依据", "依照", "结合", "通过", "严格", "加强", "落实", "由于", "为了", "对于", "支持", "用于",
    "纳入", "受县", "受市", "受区", "报经", "经县", "经市", "经区", "经省", "其中", "主要", "截至",
];

/// What an organisation does that speaks of another's money: 县财政局2031年批复我局收入….
const GIVES: [&str; 8] = ["批复", "下达", "核定", "拨付", "拨入", "批准", "核拨", "安排我"];

impl<'a> Reader<'a> {
    /// 41个县收入151亿元，…。支出306.5亿元: the part that the paragraph tells of, for an item that names none.
    pub(super) fn part_told(&self, item: Option<&Item<'a>>, figure: &Figure) -> Option<&'a str> {
        let part = self.part?;
        let item = item.filter(|i| i.part.is_none() && i.known && !i.generic && i.concept.is_some())?;
        let base = self.lists.last().is_some_and(|l| l.kind == ListKind::Base);
        let told = match figure.measure {
            Measure::Level | Measure::Change => figure.kind == UnitKind::Money,
            // 乡镇完成收入2240亿元。税收占95.5%
            m => matches!(m, Measure::Growth | Measure::Share),
        };
        (base && told && !figure.prior && !is_total(item) && !self.says_whole(figure)).then_some(part)
    }

    /// Whether the words before a figure speak of the whole again.
    pub(super) fn says_whole(&self, figure: &Figure) -> bool {
        let from = self.out.facts.last().map_or(0, |f| f.end).max(self.sentence_start).min(figure.start);
        let said = self.view.slice(from, figure.start);
        WHOLE.iter().any(|w| said.contains(w))
    }

    /// 县水土保持站2031年收入预算30万元，…: the organisation or place that a paragraph begins with, before a year or an
    /// item, if it is another than the note's own.
    pub(super) fn body_of(&mut self, lexed: &Lexed) -> Option<&'a str> {
        // 部属高校中，清溪大学2031年收入…: the name behind what it is one of.
        let comma = lexed.tokens.iter().take(MOST_OF_NAME).position(|t| t.kind == TokenKind::Mark(Mark::Comma));
        let among = comma.filter(|at| {
            let said = lexed.tokens.first().zip(lexed.tokens.get(at.saturating_sub(1)));
            said.is_some_and(|(a, b)| self.view.slice(a.start, b.end).ends_with('中'))
        });
        let tokens = lexed.tokens.get(among.map_or(0, |at| at + 1)..)?;
        let first = tokens.first().filter(|t| t.kind == TokenKind::Text)?;
        let named = |t: &Token| match t.kind {
            TokenKind::Period(_) => true,
            TokenKind::Word(id) => self.packs.term_of(id).is_some_and(|t| !t.generic && !t.short),
            _ => false,
        };
        let at = tokens.iter().take(MOST_OF_NAME).position(named)?;
        let end = tokens.get(at.checked_sub(1)?)?.end;
        if tokens.get(1..at)?.iter().any(|t| !matches!(t.kind, TokenKind::Text | TokenKind::Word(_))) {
            return None;
        }
        let view = self.view;
        let name = view.text.get(first.start as usize..end as usize)?.trim_end_matches('的');
        let figure = tokens.iter().find(|t| matches!(t.kind, TokenKind::Quantity(_)))?.start;
        let says = view.slice(first.start, figure.max(end));
        // 上级2031年补助…: of no one level. 局机关2031年…: the note's own.
        let level = name.ends_with('级') && !name.ends_with("本级") || OWN_OFFICES.contains(&name);
        let apart = (is_body(name) || is_place(name))
            && !level
            && name.chars().count() >= SHORTEST_NAME
            && !name.ends_with("部门")
            && !name.ends_with("单位")
            && !NO_NAME.iter().any(|w| name.starts_with(w))
            && !GIVES.iter().any(|w| says.contains(w));
        // One of several is another than the note's, be it the first that is named.
        if apart && among.is_some() && !self.is_own(name) {
            return Some(name);
        }
        if apart { self.other_body(name) } else { None }
    }

    /// The name of an organisation, if it is another than the note's own, or than the first where the note names none.
    pub(super) fn other_body(&mut self, name: &'a str) -> Option<&'a str> {
        let whole = is_whole(name) || name.contains(['我', '各']) || WHOLE.iter().any(|w| name.starts_with(w));
        if whole || self.is_own(name) {
            return None;
        }
        let known = self.out.identity.organization.is_some();
        let before = *self.first_body.get_or_insert(name);
        Some(name).filter(|n| known || *n != before)
    }

    /// 县文广旅局 for 清溪县文化广播电视体育和旅游局: whether a name is the note's own organisation's, cut short or not.
    fn is_own(&self, name: &str) -> bool {
        let identity = &self.out.identity;
        let own = [identity.organization.as_deref(), identity.title.as_deref()];
        own.into_iter().flatten().any(|own| {
            let mut chars = own.chars();
            name.ends_with(own) || name.chars().all(|c| chars.any(|o| o == c))
        })
    }

    /// 41个县收入151亿元。其中：税收95亿元，增长19.9%: what a list tells, and what is told of that, is of the part
    /// that its total is of.
    pub(super) fn inherit_parts(&mut self) {
        for at in 0..self.out.facts.len() {
            let Some(f) = self.out.facts.get(at).filter(|f| f.part.is_none() && f.cell.is_none()) else { continue };
            let parent = f.parent.filter(|p| (*p as usize) < at && f.role != Some(Role::Driver));
            let whole = parent.and_then(|p| self.out.fact(p)).or_else(|| self.fallen_with(at));
            // 债务限额100亿元，其中：市级40亿元，一般债务25亿元…: of whose debt is not told.
            let owed = f.concept.as_deref().is_some_and(|c| c.starts_with("debt"));
            let Some(part) = whole.filter(|_| !owed).and_then(|w| w.part.clone()) else { continue };
            let (label, concept, paragraph) = (f.label.clone(), f.concept.clone(), f.paragraph);
            let counts = |g: &Fact| {
                let unit = g.unit.and_then(|u| self.packs.vocabulary.units.get(u));
                unit.is_some_and(|u| u.kind != UnitKind::Money)
            };
            let rest = self.out.facts.get_mut(at..).unwrap_or(&mut []).iter_mut().take(OF_ONE_ITEM);
            for (n, g) in rest.take_while(|g| g.paragraph == paragraph).enumerate() {
                let level = g.measure == Measure::Level && !g.prior && !counts(g);
                let same = g.label == label || concept.is_some() && g.concept == concept && !level;
                if !same || g.part.is_some() || n > 0 && level {
                    if same || level {
                        break;
                    }
                    continue;
                }
                g.part = Some(part.clone());
            }
        }
    }

    /// 省级“三公”经费下降13.4%，其中，接待费下降36.4%: the rate before that a rate of its part stands behind.
    fn fallen_with(&self, at: usize) -> Option<&Fact> {
        let f = self.out.facts.get(at).filter(|f| f.measure == Measure::Growth && f.parent.is_none())?;
        let own = f.concept.as_deref()?;
        let before = self.out.facts.get(..at)?.iter().rev().take(4);
        let mut before = before.take_while(|g| g.sentence.0 == f.sentence.0);
        let whole = before.find(|g| g.concept.as_deref().is_some_and(|w| self.packs.is_part(own, w)))?;
        (whole.measure == Measure::Growth && whole.year == f.year).then_some(whole)
    }

    /// Keeps the part that a paragraph begins with, until it names another or the whole.
    pub(super) fn keep_part(&mut self, figure: &Figure, item: &Item<'a>) {
        let base = self.lists.last().is_some_and(|l| l.kind == ListKind::Base);
        if !base || figure.measure != Measure::Level || figure.kind != UnitKind::Money || figure.prior {
            return;
        }
        // 清溪县水利局收入…, in its own note: no part.
        let identity = &self.out.identity;
        let own = |p: &&str| {
            let long = p.chars().count() >= 3;
            let named = |n: &Option<String>| n.as_deref().is_some_and(|n| long && n.contains(*p) || p.contains(n));
            !named(&identity.organization) && !named(&identity.title)
        };
        // 市级“三公”经费…。某局…: a level of the place holds the others.
        let Some(part) = item.part.filter(own).filter(|p| !p.ends_with('级')) else {
            if self.says_whole(figure) {
                self.part = None;
            }
            return;
        };
        let counts = |f: &Fact| {
            let kind = f.unit.and_then(|u| self.packs.vocabulary.units.get(u)).map(|u| u.kind);
            f.measure == Measure::Level && kind == Some(UnitKind::Count)
        };
        let begins = self.out.facts.get(self.sentence_fact..).unwrap_or(&[]).iter().all(counts);
        let from = self.out.facts.partition_point(|f| f.paragraph < self.paragraph);
        let first = self.part.is_some() || self.out.facts.get(from..).unwrap_or(&[]).iter().all(counts);
        let split = begins && first && item.known && !collects(part);
        self.part = Some(part).filter(|_| split).or(self.part.filter(|p| *p == part));
    }

    /// 1月、2月和3月增幅分别为30%、30.7%、30.9%: gives a figure its month, where months and figures are
    /// paired by their order.
    pub(super) fn take_month(&mut self, item: &mut Option<Item<'a>>, figure: &Figure) {
        let from = self.out.facts.last().map_or(0, |f| f.end).max(self.sentence_start).min(figure.start);
        if self.view.slice(from, figure.start).contains("分别") {
            let periods = std::mem::take(&mut self.clause.periods);
            if periods.len() >= 2 && periods.iter().all(|p| p.as_of.is_months()) {
                self.months = (periods, 0);
            }
            self.months.1 = 0;
        }
        let Some(month) = self.months.0.get(self.months.1).copied() else { return };
        self.months.1 += 1;
        self.clause.period = Some(month);
        if item.is_none() {
            // 甲县、乙县收入…。1月、2月增幅分别为…: of no part that was told before.
            let held = self.lists.iter().rev().find_map(|l| l.item).or(self.headings.last().and_then(|h| h.item));
            *item = held.map(|i| Item { part: None, ..i });
        }
    }
}

/// （二）县国有林场: whether a heading is the name of a body, and of no place or level of one.
pub(super) fn names_body(heading: &str) -> bool {
    let name = heading.strip_suffix("本级").unwrap_or(heading);
    heading.chars().count() >= SHORTEST_BODY && is_body(name) && !name.ends_with(['县', '区', '市', '镇', '乡'])
}

/// 县国有林场, 清溪银行 beside those that end as public bodies do.
fn is_body(name: &str) -> bool {
    let ends = || name.ends_with(['场', '行', '圃']) && name.chars().count() >= SHORTEST_BODY;
    is_organization(name) || ends() && !name.ends_with("市场") && !name.ends_with("运行") && !name.ends_with("执行")
}
