use super::Rule;
use crate::check::notebook::FAR;
use crate::check::{Equation, Notebook, Relation, Verdict};
use crate::fact::{Fact, FactId, Measure};
use crate::pattern::Stage;
use rustc_hash::FxHashMap;

pub(super) const RULE: Rule = Rule {
    id: "change/differs-from-levels",
    title_zh: "增减额与两期数额不符",
    title_en: "level − prior level ≠ change",
    doc: "\
A stated change equals the level less the level that it is compared with, where the note states both: 较2030年的90万元减少4万元;
由70万元调整为74万元，调增4万元; 预算为9万元，决算为6万元，差值为3万元. Two levels that each tell their change from one earlier level
make the same of it: that is listed where they do, for either may have been measured otherwise; and so is what was newly lent between two
statements of a debt or its limit.

```note
2024年单位预算情况说明
2024年维修费86万元，较2023年的90万元减少3万元。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for (i, f) in book.reading.facts.iter().enumerate() {
        if f.measure != Measure::Change || !f.printed || f.cell.is_some() {
            continue;
        }
        let Some((level, prior)) = levels(book, i as FactId) else {
            continue;
        };
        out.push(Relation {
            rule: &RULE,
            equation: Equation::Sum { total: level, parts: vec![(prior, false), (i as FactId, false)] },
            complete: true,
            adjusted: false,
        });
    }
    of_one_base(book, out);
    of_debt(book, out);
}

/// Lists a relation of levels and changes if it holds to the last digit.
fn list(book: &Notebook, total: FactId, parts: Vec<(FactId, bool)>, out: &mut Vec<Relation>) {
    let equation = Equation::Sum { total, parts };
    let relation = Relation { rule: &RULE, equation, complete: false, adjusted: false };
    if relation.judge(book, None).verdict == Verdict::Exact {
        out.push(relation);
    }
}

/// 2030年执行数71.54亿元，与2030年预算相比减少8.15亿元。2031年预算71.51亿元，与2030年预算相比减少8.18亿元: two changes
/// from one level that the note does not tell.
fn of_one_base(book: &Notebook, out: &mut Vec<Relation>) {
    type Base<'a> = (Option<u32>, Option<&'a str>, Option<crate::pattern::Fund>, i32, Stage);
    let mut told: FxHashMap<Base, (FactId, FactId)> = FxHashMap::default();
    for (f, id) in book.reading.facts.iter().zip(0 as FactId..) {
        let change = f.measure == Measure::Change && f.printed && f.cell.is_none() && book.is_money(f);
        let basis = f.basis.as_ref().filter(|b| change && b.whole.is_none());
        let Some((year, stage)) = basis.and_then(|b| b.year.zip(b.stage)) else { continue };
        if levels(book, id).is_some() {
            continue;
        }
        let Some(level) = level_of(book, id, None) else { continue };
        let base = (book.item(id), f.part.as_deref().filter(|_| !book.one_part), f.fund, year, stage);
        let Some((other, before)) = told.insert(base, (level, id)) else { continue };
        let state = |l: FactId| book.fact(l).map(|l| (l.year, l.stage));
        if other != level && state(other) != state(level) {
            list(book, level, vec![(other, false), (before, true), (id, false)], out);
        }
    }
}

/// 政府债务限额192007万元。…下达新增债券8000万元。增加后，政府债务限额为200007万元: what lies between two statements.
fn of_debt(book: &Notebook, out: &mut Vec<Relation>) {
    let facts = &book.reading.facts;
    let stock = |f: &Fact| {
        let debt = f.concept.as_deref().is_some_and(|c| c.starts_with("debt.limit") || c.starts_with("debt.balance"));
        debt && f.measure == Measure::Level && f.printed && f.cell.is_none()
    };
    for (f, id) in facts.iter().zip(0 as FactId..).filter(|(f, _)| stock(f)) {
        let before = book.levels_before(id).iter().rev().copied().take(FAR);
        let earlier = before
            .take_while(|b| id - b <= LENT)
            .find(|b| book.fact(*b).is_some_and(|b| b.label == f.label && b.part == f.part && b.value < f.value));
        let Some(earlier) = earlier else { continue };
        let lent = |c: &FactId| {
            book.fact(*c).is_some_and(|c| {
                c.printed && !stock(c) && book.is_money(c) && matches!(c.measure, Measure::Level | Measure::Change)
            })
        };
        for new in (earlier + 1..id).rev().filter(lent) {
            let from = out.len();
            list(book, id, vec![(earlier, false), (new, false)], out);
            if out.len() > from {
                break;
            }
        }
    }
}

/// How many figures stand at most between two statements of one debt.
const LENT: FactId = 16;

/// The level and the prior level of a change or growth, if the note states both.
pub(super) fn levels(book: &Notebook, id: FactId) -> Option<(FactId, FactId)> {
    let f = book.fact(id)?;
    let basis = f.basis.as_ref().filter(|b| b.whole.is_none())?;
    let same_year = basis.year == f.year;
    let prior = if same_year {
        book.level_for(id, basis.year, basis.stage.or(Some(Stage::Budget)), None)?
    } else {
        prior_level(book, id)?
    };
    let level = level_of(book, id, Some(prior))?;
    // Two statements of one level are not compared with each other.
    let (l, p) = (book.fact(level)?, book.fact(prior)?);
    let itself = l.year == p.year && l.stage == p.stage && !p.prior;
    // 完成4348万元，占年初预算10065万元的43.2%，同比下降6.5%: without a year, the plan is not what the year before was.
    let unknown = basis.year.is_none() && !p.prior;
    (!itself && !unknown && !of_another(book, f, l, prior)).then_some((level, prior))
}

/// 21个部门2031年“三公”经费总额13亿元，与2030年14亿元相比…。｜某部2031年预算为3亿元，下降21%: whether a level of an
/// earlier year stands in another paragraph beside one of this year that is not the one in hand.
fn of_another(book: &Notebook, f: &Fact, level: &Fact, prior: FactId) -> bool {
    let Some(p) = book.fact(prior).filter(|p| p.paragraph != f.paragraph) else { return false };
    let beside = |g: &&Fact| g.sentence == p.sentence && g.paragraph == p.paragraph;
    let own = |g: &Fact| {
        g.measure == Measure::Level
            && g.concept.is_some()
            && (&g.concept, &g.part, g.unit) == (&level.concept, &level.part, level.unit)
            && g.year == level.year
    };
    let facts = &book.reading.facts;
    let behind = facts.get(prior as usize + 1..).unwrap_or(&[]).iter().take_while(beside);
    let before = facts.get(..prior as usize).unwrap_or(&[]).iter().rev().take_while(beside);
    let mut told = behind.chain(before).filter(|g| own(g)).peekable();
    told.peek().is_some() && told.all(|g| g.value != level.value)
}

fn prior_level(book: &Notebook, id: FactId) -> Option<FactId> {
    let f = book.fact(id)?;
    let basis = f.basis.as_ref()?;
    let p = book.level_for(id, basis.year, basis.stage, None)?;
    let prior = book.fact(p)?;
    // A prior level told far away must be of a stage that can be compared.
    let near = prior.paragraph == f.paragraph;
    let stage = near || basis.stage.is_some() || prior.stage == f.stage;
    (stage || only_level(book, id, f, prior) && led_there(book, id, f, prior)).then_some(p)
}

/// Whether the note tells of one amount of the item in the year of a level only.
fn only_level(book: &Notebook, id: FactId, f: &Fact, prior: &Fact) -> bool {
    let like = book.levels_like(id);
    let same_year = |g: &&Fact| g.year == prior.year && g.part == f.part && g.as_of == f.as_of;
    like.len() <= FAR
        && like
            .iter()
            .filter_map(|l| book.fact(*l))
            .filter(same_year)
            .all(|g| g.value == prior.value && g.unit == prior.unit)
}

/// 2030年决算20.12万元…。2031年预算21.80万元，较2030年增加1.68万元: whether that year's levels of that stage are what
/// changes are measured against, as a change near by, of this item or another, shows.
fn led_there(book: &Notebook, id: FactId, f: &Fact, prior: &Fact) -> bool {
    let from = id.saturating_sub(24);
    let near = book.reading.facts.iter().zip(0..).skip(from as usize).take(48);
    let base = |c: &Fact| c.basis.as_ref().map(|b| (b.year, b.stage));
    let mut alike = near.filter(|(c, _)| {
        c.measure == Measure::Change && c.printed && !c.value.is_zero() && c.cell.is_none() && base(c) == base(f)
    });
    alike.any(|(c, change)| {
        let of = |year: Option<i32>, stage: Option<Stage>| {
            let told = book.levels_like(change).iter().rev().take(FAR).copied();
            told.filter(move |l| {
                book.fact(*l)
                    .is_some_and(|l| l.year == year && l.stage == stage && l.part == c.part && l.unit == c.unit)
            })
        };
        let (Some(level), Some(before)) = (of(c.year, c.stage).next(), of(prior.year, prior.stage).next()) else {
            return false;
        };
        let equation = Equation::Sum { total: level, parts: vec![(before, false), (change, false)] };
        Relation { rule: &RULE, equation, complete: true, adjusted: false }.holds(book)
    })
}

/// The level that a change or growth is said of.
pub(super) fn level_of(book: &Notebook, id: FactId, prior: Option<FactId>) -> Option<FactId> {
    let f = book.fact(id)?;
    let basis = f.basis.as_ref()?;
    if basis.year == f.year {
        // 调整为121000万元，核减5500万元: of what was adjusted, whatever was done later.
        let adjusted = f.stage.filter(|s| *s == Stage::Adjusted);
        let actual = [Stage::Final, Stage::Executed, Stage::Adjusted];
        return adjusted
            .iter()
            .chain(&actual)
            .filter(|s| Some(**s) != basis.stage)
            .find_map(|s| book.level_for(id, f.year, Some(*s), prior));
    }
    let stages = [f.stage, Some(Stage::Final), Some(Stage::Executed), Some(Stage::Adjusted), Some(Stage::Budget)];
    let near = |stage: Option<Stage>| {
        book.level_for(id, f.year, stage, prior)
            .filter(|l| book.fact(*l).is_some_and(|l| l.paragraph == f.paragraph && !l.prior))
    };
    // 预算50万元，完成40%；减少5万元: of what was done, and not of its plan.
    let done = matches!(f.stage, Some(Stage::Final | Stage::Executed));
    let plan = |s: &Option<Stage>| matches!(s, Some(Stage::Adjusted | Stage::Budget));
    stages
        .iter()
        .filter(|s| !done || !plan(s))
        .find_map(|s| near(*s))
        .or_else(|| book.level_for(id, f.year, f.stage, prior).filter(|l| book.fact(*l).is_some_and(|l| !l.prior)))
        .or_else(|| of_both(book, id, f))
        .or_else(|| one_amount(book, id, f, prior))
        .or_else(|| named_in_short(book, id, f))
}

/// 财政拨款收入总计766.75万元，其中：…，与上年相比收入总计减少315.71万元: the level of its sentence whose name ends in what
/// is said of it in short, if only one does.
fn named_in_short(book: &Notebook, id: FactId, f: &Fact) -> Option<FactId> {
    let sum = ["收入总计", "支出总计", "收入合计", "支出合计"].contains(&f.label.as_str());
    let before = (id.saturating_sub(SHORT)..id).rev().filter_map(|l| Some((l, book.fact(l)?)));
    let here = before.take_while(|(_, l)| sum && l.sentence == f.sentence);
    let mut levels = here.filter(|(_, l)| {
        l.measure == Measure::Level
            && l.printed
            && !l.prior
            && l.label.ends_with(&f.label)
            && (l.year, l.stage, &l.part) == (f.year, f.stage, &f.part)
    });
    let (level, _) = levels.next()?;
    levels.next().is_none().then_some(level)
}

/// How many figures back a name may have been told in full.
const SHORT: FactId = 16;

/// 财政拨款“三公”经费预算63.30万元。…“三公”经费比上年减少0.60万元: what a unit has one amount of is the same with
/// its fund and without.
fn one_amount(book: &Notebook, id: FactId, f: &Fact, prior: Option<FactId>) -> Option<FactId> {
    let single =
        f.concept.as_deref().is_some_and(|c| c.starts_with("three_public") || c == "meeting" || c == "training");
    let like = book.levels_like(id);
    if !single || like.len() > FAR {
        return None;
    }
    let mut told = like.iter().copied().filter(|l| {
        Some(*l) != prior
            && book.fact(*l).is_some_and(|g| {
                (g.year, g.stage, &g.part, g.as_of) == (f.year, f.stage, &f.part, f.as_of)
                    && (g.fund.is_none() || f.fund.is_none())
                    && !g.prior
                    && g.printed
                    && g.qualifier == f.qualifier
                    && book.is_money(g)
            })
    });
    let first = told.next()?;
    let value = |l: FactId| book.fact(l).map(|f| (f.value, f.unit));
    told.all(|l| value(l) == value(first)).then_some(first)
}

/// 收入总计413万元。支出总计413万元。收入支出总体与上年相比增加55.30万元: of the one amount that both sides come to.
fn of_both(book: &Notebook, id: FactId, f: &Fact) -> Option<FactId> {
    // 收入总计、支出总计各增加55.30万元 names both.
    let names = || ["收入总计", "支出总计"].iter().all(|w| f.label.contains(w));
    let (revenue, expenditure) = match f.concept.as_deref() {
        Some("balance.total") => ("revenue.total", Some("expenditure.total")),
        Some("balance.appropriation") => ("revenue.appropriation", None),
        None if names() => ("revenue.total", Some("expenditure.total")),
        _ => return None,
    };
    let last = |concept: &str| {
        let all = book.levels_of(concept);
        let before = all.get(..all.partition_point(|l| *l < id))?;
        before.iter().rev().take(4).copied().find(|l| {
            book.fact(*l).is_some_and(|l| {
                (l.year, l.stage, &l.part, l.section) == (f.year, f.stage, &f.part, f.section)
                    && l.label.contains("总")
                    && !l.prior
                    && book.same_fund(l.fund, f.fund)
            })
        })
    };
    let level = last(revenue)?;
    let value = |l: FactId| book.fact(l).map(|f| (f.value, f.unit));
    expenditure.is_none_or(|e| last(e).and_then(value) == value(level)).then_some(level)
}
