//! How far along the year a figure is: what a name, a verb or a comparison tells of it, where the
//! note's own stage does not hold.

use super::super::context::Base;
use super::super::{Fact, FactId, Measure};
use super::{Figure, Reader};
use crate::lex::{Lexed, Token, TokenKind};
use crate::pattern::Stage;
use crate::segment::{Identity, Kind, without_fund_names, year_in};
use rustc_hash::FxHashSet;

/// A clause is hardly longer, in bytes.
const CLAUSE_BYTES: usize = 600;

/// Names that end in 预算 and are of a fund: 一般公共预算.
const FUNDS: [&str; 4] = ["公共预算", "财政预算", "基金预算", "经营预算"];

/// Whether a statement of 三公 that calls itself neither budget nor account tells what was spent: it
/// speaks of 年初预算, or gives the 支出决算 of its own year.
pub(super) fn tells_spent(identity: &Identity, title: &str, text: &str) -> bool {
    let own = |(at, _): (usize, &str)| {
        let near = text.floor_char_boundary(at.saturating_sub(CLAUSE_BYTES));
        let line = text.get(near..at).and_then(|t| t.rsplit('\n').next()).unwrap_or("");
        let clause = line.rsplit(['。', ';']).next().unwrap_or("");
        let year = clause.rfind('年').and_then(|y| clause.get(y.saturating_sub(4)..)).and_then(year_in);
        year.is_none_or(|y| Some(y) == identity.fiscal_year) && !clause.contains("上年") && !clause.contains("去年")
    };
    identity.kind == Kind::ThreePublic
        && !title.contains("预算")
        && (["年初预算", "完成预算"].iter().any(|w| text.contains(w)) || text.match_indices("支出决算").any(own))
}

/// Words of a plan.
const PLANS: [&str; 6] = ["预算", "安排", "计划", "拟", "编制", "编列"];

/// Whether a note plans anything of its year: without a word of it, what it tells was done.
pub(super) fn plans(title: &str, text: &str, year: Option<i32>) -> bool {
    let says = |t: &str| PLANS.iter().any(|w| t.contains(w));
    if says(title) {
        return true;
    }
    let (year, text) = (year.or_else(|| year_in(text)), without_fund_names(text));
    says(&text) && text.split(['。', ';', '\n']).any(|sentence| says(sentence) && !of_done(sentence, year))
}

/// 2034年“三公”经费预算8.9亿元, in a note on 2033; 为调整预算数的107.4%: whether a sentence speaks of a plan only for
/// a later year, or because what was done is measured against it.
fn of_done(sentence: &str, year: Option<i32>) -> bool {
    let mut years =
        sentence.match_indices('年').filter_map(|(at, _)| year_in(sentence.get(..at)?.get(at.checked_sub(4)?..)?));
    if year.is_some() && years.next() > year {
        return true;
    }
    let measured = |rest: &str| {
        let rest = rest.trim_start_matches('数').trim_start_matches('的');
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').starts_with('%') && !rest.starts_with('%')
    };
    let mut plans = PLANS.iter().flat_map(|w| sentence.match_indices(w).map(|(at, w)| at + w.len()));
    plans.all(|end| sentence.get(end..).is_some_and(measured))
}

/// Whether a stage is one of a plan.
pub(super) fn planned(stage: Option<Stage>) -> bool {
    matches!(stage, Some(Stage::Budget | Stage::Adjusted))
}

impl<'a> Reader<'a> {
    /// 收入预算390.5万元, 总预算为80万元: a name ends with the stage, and its amount follows.
    pub(super) fn stage_in_name(&self, name: &str, lexed: &Lexed) -> Option<Stage> {
        let stage = match () {
            () if name.ends_with("预算") && !FUNDS.iter().any(|f| name.ends_with(f)) => Stage::Budget,
            () if name.ends_with("决算") => Stage::Final,
            // 预算总收入317亿元，决算总收入374亿元
            () if name.starts_with("预算总") => Stage::Budget,
            () if name.starts_with("决算总") => Stage::Final,
            () => return None,
        };
        let copula = |t: &Token| {
            matches!(t.kind, TokenKind::Word(id)
                if self.packs.vocabulary.classes_of(id) & self.packs.classes.copula != 0)
        };
        let mut rest = lexed.tokens.get(self.at + 1..)?.iter().skip_while(|t| copula(t));
        rest.next().is_some_and(|t| matches!(t.kind, TokenKind::Quantity(_))).then_some(stage)
    }

    /// 总收入完成3689.9亿元, in a note that is no budget of its year: what came in, not what was planned.
    pub(super) fn tells_done(&self, verb: &str, t: &Token, lexed: &Lexed) -> bool {
        let done = ["完成", "完成了", "实现", "累计完成", "累计实现", "全年完成", "实际完成", "入库"].contains(&verb);
        if !done || self.default_stage != Stage::Budget {
            return false;
        }
        let follows = lexed.tokens.get(self.at + 1).is_some_and(|n| matches!(n.kind, TokenKind::Quantity(_)));
        let told = self.view.slice(self.sentence_start, t.start);
        let hoped =
            ["目标", "计划", "力争", "确保", "争取", "拟", "预期", "预计", "要"].iter().any(|w| told.contains(w));
        let year = self.clause.period.and_then(|p| p.year.or_else(|| self.year.zip(p.relative).map(|(y, r)| y + r)));
        let year = year.or_else(|| self.lists.iter().rev().find_map(|l| l.year)).or(self.year);
        let title = without_fund_names(self.out.identity.title.as_deref().unwrap_or(""));
        follows && !hoped && (year < self.year || !title.contains("预算"))
    }

    /// 支出490万元，调整为525万元: what was adjusted had been planned.
    pub(super) fn was_planned(&mut self, before: Option<FactId>, figure: &Figure, stage: Option<Stage>) {
        let Some(f) = before.filter(|_| stage == Some(Stage::Adjusted)).and_then(|b| self.out.fact(b)) else { return };
        let between = self.view.slice(f.end.min(figure.start), figure.start);
        let adjusts = ["调整为", "调整到", "调整至"].iter().any(|w| between.contains(w));
        if adjusts
            && !between.contains('。')
            && matches!(f.stage, Some(Stage::Executed | Stage::Final))
            && let Some(f) = before.and_then(|b| self.out.facts.get_mut(b as usize))
        {
            f.stage = Some(Stage::Budget);
        }
    }

    /// 公务接待费支出2.14万元，与2031年度预算比，增加1.14万元: what is compared with the budget of its
    /// year is not that budget. Its stage, where the level that it was told of had the note's for want of
    /// a word.
    pub(super) fn compared_with_own_budget(&mut self, fact: &Fact) -> Option<Stage> {
        let basis = fact.basis.as_ref().filter(|b| b.stated && b.year == fact.year && planned(b.stage))?;
        let level = self.lists.last()?.level.filter(|l| *l as usize >= self.sentence_fact)?;
        let before = level.checked_sub(1).and_then(|b| self.out.fact(b)).map_or(0, |b| b.end);
        let of = self.out.fact(level)?;
        let said = self.view.slice(before.max(self.sentence_start).min(of.start), of.start);
        let adjusts = self.out.identity.title.as_deref().is_some_and(|t| t.contains("调整"));
        if fact.stage != basis.stage
            || of.stage != basis.stage
            || of.label != fact.label
            || !adjusts && (without_fund_names(said).contains("预算") || said.contains("安排"))
        {
            return None;
        }
        let stage = match self.default_stage {
            Stage::Budget if adjusts => Stage::Adjusted,
            Stage::Budget => Stage::Final,
            s => s,
        };
        if let Some(f) = self.out.facts.get_mut(level as usize) {
            f.stage = Some(stage);
        }
        Some(stage)
    }

    /// 收入调整为290000万元，比年初增加60000万元。…财力包括：收入290000万元: an amount of an item that has been adjusted, told
    /// again in the adjustment of a budget, is the adjusted one.
    pub(super) fn adjust_again(&mut self) {
        if !self.out.identity.title.as_deref().is_some_and(|t| t.contains("调整")) {
            return;
        }
        let key = |f: &Fact| (f.label.clone(), f.part.clone(), f.year, f.value);
        let level = |f: &&mut Fact| f.measure == Measure::Level && f.printed && !f.prior;
        let adjusted: FxHashSet<_> = self
            .out
            .facts
            .iter()
            .filter(|f| f.measure == Measure::Level && f.stage == Some(Stage::Adjusted) && !f.value.is_zero())
            .map(key)
            .collect();
        for f in self.out.facts.iter_mut().filter(level).filter(|f| f.stage == Some(Stage::Budget)) {
            if adjusted.contains(&key(f)) {
                f.stage = Some(Stage::Adjusted);
            }
        }
    }

    /// 预算50万元，完成40%；减少5万元: what changed is what was done, and not its plan.
    pub(super) fn stage_of_change(&self, level: FactId) -> Option<Stage> {
        let of = self.out.fact(level)?;
        let done = self.out.facts.get(level as usize + 1..)?.iter().take(2).find(|f| {
            f.measure == Measure::Completion && !planned(f.stage) && (&f.label, &f.part) == (&of.label, &of.part)
        });
        done.filter(|_| planned(of.stage)).map_or(of.stage, |f| f.stage)
    }

    /// 上年结余年初预算120万元不变, where a budget is adjusted: the plan stays as it was.
    pub(super) fn plan_stays(&self, word: u32) -> bool {
        let adjusts = self.out.identity.title.as_deref().is_some_and(|t| t.contains("调整"))
            || self
                .headings
                .last()
                .and_then(|h| self.out.sections.get(h.node as usize))
                .is_some_and(|s| s.heading.contains("调整"));
        let list = self.lists.last();
        let told = list.and_then(|l| l.level).and_then(|l| self.out.fact(l)).filter(|f| f.end == word);
        let plan = match told {
            Some(f) => f.stage == Some(Stage::Budget) && self.out.facts.last().is_some_and(|l| l.end == f.end),
            None => self.clause.stage == Some(Stage::Budget) && !self.clause.figure,
        };
        // 收入调增268万元。其中：税收分成年初预算9407万元不变: measured against that budget already.
        let own = |b: Base| planned(b.stage) && (b.years == Some(0) || b.period.and_then(|p| p.year) == self.year);
        adjusts && plan && self.base().is_none_or(own)
    }
}
