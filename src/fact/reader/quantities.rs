//! Figures that no pattern takes: what they measure, and the things counted.

use super::super::context::ListKind;
use super::super::label::{self, Item};
use super::super::{Enumeration, FactId, Measure};
use super::{Figure, MAX_NAMES, Reader, Said};
use crate::lex::{Lexed, Mark, Token, TokenKind, UnitKind};
use rust_decimal::Decimal;

/// The longest name of what is counted, in characters, if the packs don't know it.
const LONGEST_NAME: usize = 16;

impl<'a> Reader<'a> {
    pub(super) fn plain_quantity(&mut self, t: &Token, lexed: &Lexed) {
        let Some(q) = lexed.quantity(t).copied() else {
            return;
        };
        let Some(value) = q.value else {
            self.out.unexplained.push((t.start, t.end));
            return;
        };
        let mut figure = Figure {
            measure: Measure::Level,
            value,
            unit: q.unit,
            kind: q.kind,
            decimals: q.decimals,
            start: t.start,
            end: t.end,
            pattern: None,
            prior: false,
            printed: true,
            stated: true,
        };
        let before = self.at.checked_sub(1).and_then(|i| lexed.tokens.get(i));
        match q.kind {
            UnitKind::Bare if !self.bare_fits(t, q.decimals, before, lexed) => {
                self.out.unexplained.push((t.start, t.end));
                return;
            }
            UnitKind::Percent if self.ranked_by(t).is_some() => {
                figure.measure = self.ranked_by(t).unwrap_or(figure.measure);
            }
            UnitKind::Percent if self.follows_like(lexed, UnitKind::Percent) => {
                if let Some(f) = self.out.facts.last() {
                    figure.measure = f.measure;
                    // 下降5%和3% share the verb; a printed minus is each figure's own.
                    let own = self.view.slice(f.start, f.end).starts_with('-');
                    if f.value.is_sign_negative() && !own && !value.is_sign_negative() {
                        figure.value = -value;
                    }
                }
                if let Some(p) = self.parallel.as_ref().filter(|p| p.measure != Measure::Level) {
                    figure.measure = p.measure;
                }
            }
            UnitKind::Percent => {
                figure.measure = self.bare_rate(lexed);
                if let Some(p) = self.parallel.as_ref().filter(|p| p.measure != Measure::Level) {
                    figure.measure = p.measure;
                    if p.sign < 0 {
                        figure.value = -value;
                    }
                } else if let (Measure::Growth, Some(sign)) = (figure.measure, self.clause.moved) {
                    figure.value *= Decimal::from(sign);
                } else if figure.measure == Measure::Growth {
                    let down = self.out.facts.last().is_some_and(|f| {
                        matches!(f.measure, Measure::Change | Measure::Growth) && f.value.is_sign_negative()
                    });
                    if down {
                        figure.value = -value;
                    }
                }
            }
            // 甲和乙分别减少35万元、14万元
            UnitKind::Money if self.shares_change(lexed) => {
                figure.measure = Measure::Change;
                if self.parallel.as_ref().is_some_and(|p| p.sign < 0) {
                    figure.value = -value;
                }
            }
            // 各减少1267.86，2570.97万元: nothing stands between the two but the mark.
            UnitKind::Money if self.goes_on_changing(lexed) => {
                figure.measure = Measure::Change;
                if self.out.facts.last().is_some_and(|f| f.value.is_sign_negative()) {
                    figure.value = -value;
                }
            }
            // 分别下降2.1和5.6个百分点
            UnitKind::Points if self.follows_like(lexed, UnitKind::Points) => {
                if let Some(f) = self.out.facts.last() {
                    figure.measure = f.measure;
                    figure.value = if f.value.is_sign_negative() { -value } else { value };
                }
            }
            UnitKind::Points | UnitKind::Times => {
                figure.measure = Measure::Ratio;
            }
            UnitKind::Count
                if q.unit.and_then(|u| self.packs.vocabulary.units.get(u)).is_some_and(|u| u.name == "分") =>
            {
                figure.measure = Measure::Score;
            }
            _ => {}
        }
        let mut said = Said::default();
        // 追加了甲经费和乙经费13万元、丙项目7万元: what was added, however long its name.
        let clause = || {
            let sentence = self.view.slice(self.sentence_start, t.start);
            sentence.rsplit([',', ';', ':', '。']).next().unwrap_or("")
        };
        if let Some(l) = self.lists.last_mut().filter(|l| {
            l.kind == ListKind::Drivers
                && l.named_change.is_none()
                && q.kind == UnitKind::Money
                && clause().contains("追加")
        }) {
            l.named_change = Some((1, None));
        }
        // 增加甲10万元和乙5万元
        let shared = self.lists.last().and_then(|l| l.named_change);
        if let (Some((sign, outer)), UnitKind::Money) = (shared, q.kind) {
            figure.measure = Measure::Change;
            if sign < 0 {
                figure.value = -value;
            }
            said.within = outer;
        }
        if matches!(q.kind, UnitKind::Count | UnitKind::People | UnitKind::Vehicles) {
            said.named = self.item_after(t, lexed);
            let named = self.enumeration(t, lexed);
            if said.named.is_none() && named && q.kind == UnitKind::Count {
                // 设办公室、财务股等6个: offices, though no word says so.
                said.named = self.packs.concept("offices").map(|o| Item {
                    label: &o.name,
                    concept: Some(&o.concept),
                    known: true,
                    ..Item::default()
                });
            }
        }
        if said.named.is_none() && q.kind == UnitKind::Money {
            said.named = self.item_behind(lexed);
        }
        self.add(figure, said, lexed);
    }

    /// Whether the figure before is a change's amount, parted from this one by a
    /// comma and no word.
    fn goes_on_changing(&self, lexed: &Lexed) -> bool {
        let token = |back: usize| self.at.checked_sub(back).and_then(|i| lexed.tokens.get(i));
        let parted = token(1).is_some_and(|t| matches!(t.kind, TokenKind::Mark(Mark::Comma | Mark::Pause)));
        let end = token(2).and_then(|t| lexed.quantity(t).map(|_| t.end));
        let last = self.out.facts.last().filter(|f| f.measure == Measure::Change && f.printed);
        parted && end.is_some() && last.map(|f| f.end) == end
    }

    /// A figure that shares the verb of change with the one before it.
    fn shares_change(&self, lexed: &Lexed) -> bool {
        self.parallel.as_ref().is_some_and(|p| p.measure == Measure::Change && p.next > 0 && p.next < p.names.len())
            && self.follows_like(lexed, UnitKind::Money)
    }

    /// ①1260万元，草原生态补奖; …，12826万元结转下年: the item stands behind, where
    /// none can stand before.
    fn item_behind(&self, lexed: &Lexed) -> Option<Item<'a>> {
        let tokens = &lexed.tokens;
        let first = match self.at.checked_sub(1).and_then(|i| tokens.get(i)) {
            None => true,
            Some(before) => matches!(before.kind, TokenKind::Ordinal(_)),
        };
        let comma = tokens.get(self.at + 1).is_some_and(|n| matches!(n.kind, TokenKind::Mark(Mark::Comma)));
        let start = self.at + 1 + usize::from(first && comma);
        let bare = |n: &&Token| match n.kind {
            TokenKind::Text | TokenKind::Word(_) => !self.says_share(n),
            _ => false,
        };
        let len = if first && comma {
            tokens.get(start..)?.iter().take_while(bare).count()
        } else {
            tokens.get(start..)?.iter().take_while(|n| self.is_item(n)).count()
        };
        let ends = tokens.get(start + len).is_none_or(|n| match n.kind {
            TokenKind::Mark(_) => true,
            _ => self.says_share(n),
        });
        let item = label::item(self.packs, &self.view.text, tokens.get(start..start + len).filter(|_| ends)?)?;
        let closing = item.concept_id().is_some_and(|c| c.starts_with("carryover"))
            && !self.own_item(lexed).is_some_and(|i| i.known && !i.generic);
        (closing || first && comma && !item.generic).then_some(item)
    }

    fn says_share(&self, t: &Token) -> bool {
        matches!(t.kind, TokenKind::Word(id) if self.packs.vocabulary.classes_of(id) & self.packs.classes.share != 0)
    }

    /// 按增速排序，甲县6%，乙县5.4%; 按完成进度排序，甲县80.2%: what places are ranked by.
    fn ranked_by(&self, t: &Token) -> Option<Measure> {
        let said = self.view.slice(self.sentence_start, t.start);
        let (by, _) = said.rsplit([';', ':']).next()?.split_once("排序")?;
        let any = |words: &[&str]| words.iter().any(|w| by.contains(w));
        match () {
            () if any(&["增速", "增幅", "增长"]) => Some(Measure::Growth),
            () if any(&["进度", "完成"]) => Some(Measure::Completion),
            () => None,
        }
    }

    /// Whether the figure before, of the same kind, is parted by a pause or 和 alone.
    pub(super) fn follows_like(&self, lexed: &Lexed, kind: UnitKind) -> bool {
        let parted = self.at.checked_sub(1).and_then(|i| lexed.tokens.get(i));
        let parted = parted.is_some_and(|t| matches!(t.kind, TokenKind::Mark(Mark::Pause)) || self.is_conjunction(t));
        let before = self.at.checked_sub(2).and_then(|i| lexed.tokens.get(i));
        parted && before.and_then(|t| lexed.quantity(t)).is_some_and(|q| q.kind == kind)
    }

    /// What a per cent without a word means: the same as in the member before, or what
    /// its clause says: 降幅均超过25%, 实现了1.9%的同比增长, 资金节约率达14.41%.
    fn bare_rate(&self, lexed: &Lexed) -> Measure {
        let said = self.clause.runs.last().and_then(|(s, e)| lexed.tokens.get(*s..*e)).and_then(|r| r.last());
        let named = said.map_or("", |t| self.view.slice(t.start, t.end)).trim_end_matches('为');
        // 结案率97.6%: its name says what it is.
        if named.ends_with('率') {
            return Measure::Ratio;
        }
        if let Some(m) = self.lists.last().and_then(|l| l.rates.get(l.rate_at)) {
            return *m;
        }
        let direction = |t: &Token| matches!(t.kind, TokenKind::Word(id) if self.packs.vocabulary.classes_of(id) & self.packs.classes.direction != 0);
        let behind = lexed.tokens.get(self.at + 1..).unwrap_or(&[]).iter();
        let mut behind = behind.take(4).take_while(|t| !matches!(t.kind, TokenKind::Mark(_) | TokenKind::Quantity(_)));
        // 甲县增幅为8.3%，乙县达到14.2%: of the same kind as the rate before.
        let reaches = || {
            let before = self.at.checked_sub(1).and_then(|i| lexed.tokens.get(i));
            let last = self.out.facts.get(self.sentence_fact..).and_then(<[_]>::last);
            before.is_some_and(|t| ["达", "达到", "到达"].contains(&self.view.slice(t.start, t.end)))
                && last.is_some_and(|f| f.measure == Measure::Growth)
        };
        let moves = self.clause.moved.is_some() || self.clause.runs.is_empty() && behind.any(direction);
        if moves || reaches() { Measure::Growth } else { Measure::Share }
    }

    /// Whether a number without a unit stands where a figure stands.
    pub(super) fn bare_fits(&self, t: &Token, decimals: u8, before: Option<&Token>, lexed: &Lexed) -> bool {
        let after = lexed.tokens.get(self.at + 1);
        let ends = after.is_none_or(|a| matches!(a.kind, TokenKind::Mark(_)) || matches!(a.kind, TokenKind::Word(_)));
        let adjacent = before.is_some_and(|b| b.end == t.start);
        let opened = before.is_some_and(|b| match b.kind {
            TokenKind::Word(id) => self.packs.vocabulary.entry(id).is_some_and(|e| {
                let c = &self.packs.classes;
                e.term.is_some() || e.classes & (c.stage | c.copula | c.verb | c.direction | c.generic) != 0
            }),
            TokenKind::Text => decimals > 0 || self.lists.last().is_some_and(|l| l.kind != ListKind::Base),
            _ => false,
        });
        ends && adjacent
            && opened
            && (decimals > 0
                || self.money_unit.is_some()
                || self.sentence_figures > 0
                || self.clause.runs.last().is_some())
    }

    /// 3个科室: the counted thing follows.
    pub(super) fn item_after(&self, t: &Token, lexed: &Lexed) -> Option<Item<'a>> {
        let people = lexed.quantity(t).is_some_and(|q| matches!(q.kind, UnitKind::People | UnitKind::Vehicles));
        let start = self.at + 1;
        // A term that is counted, or a short unknown word: no more than that.
        let mut end = start + usize::from(lexed.tokens.get(start).is_some_and(|n| self.is_item(n)));
        let text = lexed.tokens.get(start).is_some_and(|n| n.kind == TokenKind::Text);
        if !text && lexed.tokens.get(end).is_some_and(|n| matches!(n.kind, TokenKind::Quantity(_))) {
            end = start;
        }
        if end == start {
            return None;
        }
        let item = lexed.tokens.get(start..end).and_then(|r| label::item(self.packs, &self.view.text, r))?;
        let longer = (item.label.chars().count() == 1).then(|| self.longer_name(start, lexed)).flatten();
        if let Some(label) = longer {
            return Some(Item { label, ..Item::default() });
        }
        // 经批准购置的1辆公务用车: what stands before tells which of them.
        let told_which = self.view.text.get(..t.start as usize).is_some_and(|v| v.ends_with('的'));
        let before_known = !told_which && self.own_item(lexed).is_some_and(|i| i.known && !i.generic);
        if (people || item.generic || item.label.chars().count() > 12) && before_known {
            return None;
        }
        (!item.generic).then_some(item)
    }

    /// 31个｜省（区、市）气象局, 16个｜在京直属事业单位: a name that no single character is, to its end.
    fn longer_name(&self, start: usize, lexed: &Lexed) -> Option<&'a str> {
        let mut depth = 0;
        let goes_on = |t: &&Token| {
            match t.kind {
                TokenKind::Mark(Mark::Open) => depth += 1,
                TokenKind::Mark(Mark::Close) => depth -= 1,
                TokenKind::Mark(Mark::Pause) => return depth > 0,
                _ => return self.is_item(t),
            }
            depth >= 0
        };
        let tokens = lexed.tokens.get(start..)?;
        let len = tokens.iter().take(MAX_NAMES).take_while(goes_on).count();
        let (first, last) = (tokens.first()?, tokens.get(len.checked_sub(1)?)?);
        let name = self.view.slice(first.start, last.end).trim_end_matches(['和', '及', '与']);
        (2..=LONGEST_NAME).contains(&name.chars().count()).then_some(name)
    }

    /// 甲科、乙科、丙科等3个科室; 内设机构3个，包括：甲科、乙科、丙科: how many are
    /// named beside the count.
    pub(super) fn enumeration(&mut self, t: &Token, lexed: &Lexed) -> bool {
        // From the clause's beginning on: names hold words of every kind (计划财务科).
        let start = lexed
            .tokens
            .get(..self.at)
            .unwrap_or(&[])
            .iter()
            .rev()
            .take(MAX_NAMES)
            .find(|n| {
                matches!(n.kind, TokenKind::Mark(m) if m != Mark::Pause) || matches!(n.kind, TokenKind::Quantity(_))
            })
            .map_or((self.sentence_start, false), |n| (n.end, matches!(n.kind, TokenKind::Quantity(_))));
        let (mut start, counted) = (start.0.min(t.start), start.1);
        // …、总务处6个处室及高一组、高二组、高三组3个年级: behind another count, from the conjunction on.
        if counted {
            let rest = self.view.slice(start, t.start);
            start = rest.find(['及', '和']).map_or(start, |at| start + (at + '及'.len_utf8()) as u32);
        }
        let told = self.view.slice(start, t.start);
        // 甲科、乙科等7个: only some may be named.
        let open = told.ends_with('等');
        let before = told.trim_end_matches(['等', '共']);
        let found = offices(before).map(|named| (named, start, t.start)).or_else(|| {
            // The names follow a colon that stands close behind.
            let mut stop = None;
            let mut colon = None;
            for n in lexed.tokens.get(self.at + 1..).unwrap_or(&[]).iter().take(MAX_NAMES) {
                match n.kind {
                    TokenKind::Mark(Mark::Colon) if colon.is_none() => colon = Some(n.end),
                    TokenKind::Mark(Mark::Stop | Mark::Semicolon | Mark::Open) | TokenKind::Quantity(_) => break,
                    _ => {}
                }
                stop = Some(n.end);
            }
            let (colon, stop) = (colon.filter(|c| c - t.end <= 36)?, stop?);
            let names = self.view.slice(colon, stop);
            offices(names.trim_end_matches(['。', ',', ';'])).map(|named| (named, colon, stop))
        });
        if let Some((named, from, upto)) = found {
            let fewer = open && lexed.quantity(t).and_then(|q| q.value).is_some_and(|v| v > named.into());
            if fewer {
                return from < t.start;
            }
            let fact = self.out.facts.len() as FactId;
            self.out.enumerations.push(Enumeration { fact, named, span: (from, upto) });
            return from < t.start;
        }
        false
    }
}

/// How many offices a list names, if it names nothing else: 甲科、乙科和丙科.
/// 思想政治和权益维护科 is one office.
fn offices(names: &str) -> Option<u32> {
    let office = |name: &str| {
        name.chars().count() <= 20
            && name
                .ends_with(['科', '室', '股', '处', '局', '队', '站', '所', '组', '部', '委', '办', '校', '心', '园'])
    };
    let mut count = 0;
    for piece in names.split('、') {
        let parted: Vec<&str> = piece.split(['和', '及']).collect();
        count += match () {
            () if parted.iter().all(|p| office(p)) => parted.len() as u32,
            () if office(piece) => 1,
            () => return None,
        };
    }
    (count >= 2).then_some(count)
}
