use super::Rule;
use crate::check::{Equation, Notebook, Relation, Verdict};
use crate::fact::{Fact, FactId, Measure, Role};
use crate::pattern::{FieldIdentity, Stage};
use rust_decimal::Decimal;

pub(super) const RULE: Rule = Rule {
    id: "balance/identity-differs",
    title_zh: "不符合应有的勾稽关系",
    title_en: "figures that must tie do not",
    doc: "\
What must tie by definition, wherever a note states all of it in one year, stage and fund: “三公”经费 and its three parts, 公务用车购置及
运行维护费 and its two, 一般公共预算收入 and 税收 and 非税 told right behind it, 基本支出 and 人员 and 公用经费, 政府采购 and 货物, 工程 and 服务. Where the note says nothing of a part (结余分配, 公务用车购置费) the others are wrong only where one digit mends them. The identities are data: `patterns/identities`.

```note
2024年“三公”经费预算说明
2024年“三公”经费预算6万元。
一、因公出国（境）费0万元。
二、公务接待费2万元。
三、公务用车购置及运行维护费3万元。
```
",
    relate: Some(relate),
};

/// How many figures behind a whole its parts stand at most where not all of them are told.
const SOON: FactId = 24;

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for identity in &book.packs.identities {
        for &whole in book.levels_of(&identity.whole) {
            let Some(w) = book.fact(whole) else { continue };
            let elsewhere = w.part.is_some() && !identity.near || identity.fund.is_some() && w.fund != identity.fund;
            if w.prior || !w.printed || !book.is_money(w) || elsewhere || book.scope(whole).is_some() {
                continue;
            }
            let (mut parts, mut untold, mut planned) = (Vec::new(), 0, false);
            for concept in &identity.parts {
                let all = book.levels_of(concept);
                let near = nearest(book, all, whole, w);
                // 未安排因公出国（境）费: what is told to be nothing, or of which nothing is told.
                let nothing = |l: &FactId| {
                    book.fact(*l).is_some_and(|l| (l.year, l.stage) != (w.year, w.stage) || l.value.is_zero())
                };
                // 完成全年预算128.50万元的75%。…出国费预算12.00万元: what is planned, whatever it is called.
                let near = near.or_else(|| {
                    let plan = nearest_of(book, all, whole, w, other_plan(w.stage?)?);
                    planned |= plan.is_some();
                    plan
                });
                match near {
                    Some(p) => parts.push((p, false)),
                    None if all.iter().all(nothing) => untold += 1,
                    None => break,
                }
            }
            if identity.near && !right_behind(book, whole, w, &parts) {
                continue;
            }
            if untold > 0 {
                relate_told(book, whole, &parts, untold + parts.len() == identity.parts.len(), out);
                continue;
            }
            let mut funds = parts.iter().filter_map(|(p, _)| book.fact(*p)).map(|f| f.fund);
            let first = funds.next();
            let one_fund = funds.all(|f| Some(f) == first);
            if one_fund
                && parts.len() == identity.parts.len()
                && !restated(book, whole, &parts)
                && !told_wider(book, whole, &parts)
            {
                let optional = identity.optional.iter().filter_map(|c| nearest(book, book.levels_of(c), whole, w));
                parts.extend(optional.map(|p| (p, false)));
                let named = parts.len() == identity.parts.len() + identity.optional.len();
                let ids: Vec<FactId> = parts.iter().map(|p| p.0).collect();
                // 支出总计 as 本年支出 and 年末结转; 支出 as 基本 and 项目 told right behind it: what few notes have besides
                // is not just so much as one digit makes.
                let told: Vec<&Fact> = ids.iter().filter_map(|p| book.fact(*p)).collect();
                let usual = !identity.open || right_behind(book, whole, w, &parts);
                let complete = !planned
                    && (!identity.open && named
                        || super::sum_parts_differ_from_total::mistyped(book, whole, &ids)
                        || usual && super::sum_parts_differ_from_total::slipped(w, &told));
                let relation = Relation {
                    rule: &RULE,
                    equation: Equation::Sum { total: whole, parts },
                    complete,
                    adjusted: false,
                };
                // What is not told may be the rest; more than the whole is of another, unless it stands right behind.
                let ids: Vec<(FactId, bool)> = ids.iter().map(|p| (*p, false)).collect();
                let over = relation.judge(book, None).difference.is_some_and(|d| d.is_sign_negative());
                if identity.open && over && !relation.holds(book) && !complete && !right_behind(book, whole, w, &ids) {
                    continue;
                }
                if relation.holds(book) {
                    let parts: Vec<FactId> = ids.iter().map(|p| p.0).collect();
                    super::ratio_parts_rates_differ_from_total::relate_parts(book, whole, &parts, out);
                }
                if complete && relation.holds(book) {
                    let parts: Vec<FactId> = ids.iter().map(|p| p.0).collect();
                    super::change_parts_differ_from_total::relate_levels(book, whole, &parts, out);
                }
                if named && !planned || complete || relation.holds(book) {
                    out.push(relation);
                }
            }
        }
        relate_changes(book, identity, out);
    }
}

/// Whether parts are told behind a whole before any other whole is: 一般公共预算收入25.2亿元，增长5%。税收收入15亿元…。
fn right_behind(book: &Notebook, whole: FactId, w: &Fact, parts: &[(FactId, bool)]) -> bool {
    let Some(last) = parts.iter().map(|p| p.0).max().filter(|_| parts.iter().all(|p| p.0 > whole)) else {
        return false;
    };
    let between = book.reading.facts.get(whole as usize + 1..last as usize).unwrap_or(&[]);
    // What was planned of the same, or the year before, is no other.
    let other = |f: &Fact| {
        let level = f.measure == Measure::Level && (f.year, f.stage) == (w.year, w.stage);
        f.flow == w.flow
            && f.concept.as_deref().is_some_and(crate::check::notebook::is_whole)
            && (level || (&f.label, &f.part) != (&w.label, &w.part))
    };
    let own = |id: FactId| book.fact(id).is_some_and(|f| f.parent.is_none_or(|p| p == whole));
    last - whole <= 24
        && book.fact(last).is_some_and(|f| f.paragraph == w.paragraph)
        && parts.iter().all(|p| own(p.0))
        && !between.iter().any(other)
}

/// The level of a concept nearest to a whole that speaks of the same.
fn nearest(book: &Notebook, all: &[FactId], whole: FactId, w: &Fact) -> Option<FactId> {
    nearest_of(book, all, whole, w, w.stage)
}

/// The budget for what was adjusted, and the other way about.
fn other_plan(stage: Stage) -> Option<Option<Stage>> {
    match stage {
        Stage::Adjusted => Some(Some(Stage::Budget)),
        Stage::Budget => Some(Some(Stage::Adjusted)),
        _ => None,
    }
}

fn nearest_of(book: &Notebook, all: &[FactId], whole: FactId, w: &Fact, stage: Option<Stage>) -> Option<FactId> {
    let like = |f: &Fact| {
        f.measure == Measure::Level
            && f.year == w.year
            && f.stage == stage
            && (f.fund == w.fund || f.fund.is_none() && f.paragraph == w.paragraph)
            && f.part == w.part
            && f.printed
            && f.as_of == w.as_of
            && f.qualifier == w.qualifier
            && book.is_money(f)
    };
    let at = all.partition_point(|p| *p < whole);
    let near = all.get(at.saturating_sub(16)..(at + 16).min(all.len())).unwrap_or(&[]);
    let near = near.iter().copied().filter(|p| book.fact(*p).is_some_and(like));
    near.min_by_key(|p| (p.abs_diff(whole), *p))
}

/// 政府采购72.40万元，仅有货物18.60万元和服务51.80万元: the parts that are told, where nothing is told of the others.
/// Listed where they tie; certain where they stand right behind the whole.
fn relate_told(book: &Notebook, whole: FactId, parts: &[(FactId, bool)], all: bool, out: &mut Vec<Relation>) {
    let facts: Vec<&Fact> = parts.iter().filter_map(|(p, _)| book.fact(*p)).collect();
    let Some(w) = book.fact(whole).filter(|_| all && !parts.is_empty()) else { return };
    let behind = parts.iter().all(|(p, _)| (1..=4).contains(&p.saturating_sub(whole)));
    let here = behind && facts.iter().all(|f| f.sentence == w.sentence && f.fund == w.fund);
    let equation = Equation::Sum { total: whole, parts: parts.to_vec() };
    // （一）用车运行费15.50万元…。（二）接待费1.50万元…。未安排购置公务用车: one digit mends the 16.50万元 above them.
    let soon = parts.iter().all(|(p, _)| (1..=SOON).contains(&p.saturating_sub(whole))) && parts.len() >= 2;
    let complete = here && super::sum_parts_differ_from_total::all_that_is_told(book, w, &facts)
        || soon
            && facts.iter().all(|f| f.fund == w.fund)
            && super::sum_parts_differ_from_total::slipped(w, &facts)
            && !tells_more(book, whole, w, parts);
    let relation = Relation { rule: &RULE, equation, complete, adjusted: false };
    if (complete || relation.holds(book)) && !restated(book, whole, parts) && !told_wider(book, whole, parts) {
        out.push(relation);
    }
}

/// “三公”经费21.8万元，其中：出国费0万元，接待费11.8万元，用车运行费10万元: whether more of the whole is told than some parts,
/// of which one may be told by what it is made of.
fn tells_more(book: &Notebook, whole: FactId, w: &Fact, parts: &[(FactId, bool)]) -> bool {
    let behind = book.reading.facts.iter().zip(0..).skip(whole as usize + 1).take(SOON as usize);
    let of =
        |f: &Fact, other: Option<&str>| f.concept.as_deref().zip(other).is_some_and(|(p, o)| book.packs.is_part(p, o));
    let told = |f: &Fact| f.measure == Measure::Level && (f.year, f.stage) == (w.year, w.stage) && !f.value.is_zero();
    let mut more = behind.filter(|(f, id)| told(f) && of(f, w.concept.as_deref()) && parts.iter().all(|p| p.0 != *id));
    more.any(|(f, _)| {
        let concepts = || parts.iter().filter_map(|p| book.fact(p.0)).map(|p| p.concept.as_deref());
        book.is_money(f) && !concepts().any(|p| f.concept.as_deref() == p || of(f, p))
    })
}

/// What ties as levels ties as changes, against one base.
fn relate_changes(book: &Notebook, identity: &FieldIdentity, out: &mut Vec<Relation>) {
    let of = |concept: &str, f: &Fact| f.concept.as_deref() == Some(concept);
    // Which of several totals the changes are of, only levels can tell.
    let levels = if identity.near { &[] } else { book.levels_of(&identity.whole) };
    for &level in levels {
        let after = book.reading.facts.get(level as usize..).unwrap_or(&[]).iter().zip(level..).take(4);
        let Some((w, whole)) = after.into_iter().find(|(f, _)| f.measure == Measure::Change && of(&identity.whole, f))
        else {
            continue;
        };
        let alike = |f: &Fact| {
            f.measure == Measure::Change
                && f.cell.is_none()
                && f.year == w.year
                && f.fund == w.fund
                && f.part.is_none()
                && f.basis.as_ref().map(|b| (b.year, b.stage)) == w.basis.as_ref().map(|b| (b.year, b.stage))
        };
        let near = || book.reading.facts.get(whole as usize + 1..).unwrap_or(&[]).iter().zip(whole + 1..).take(24);
        let parts: Vec<(FactId, bool)> = identity
            .parts
            .iter()
            .map_while(|p| near().find(|(f, _)| of(p, f) && alike(f)).map(|(_, id)| (id, false)))
            .collect();
        // 因公出国（境）费0万元: a part of which nothing is told has not changed, where the rest ties.
        if parts.len() < identity.parts.len() && parts.len() < 4 {
            let known: Vec<(FactId, bool)> = identity
                .parts
                .iter()
                .filter_map(|p| near().find(|(f, _)| of(p, f) && alike(f)).map(|(_, id)| (id, false)))
                .collect();
            let nothing = |p: &&String| {
                let mut told = book.levels_of(p).iter().filter_map(|l| book.fact(*l)).filter(|l| l.year == w.year);
                told.all(|l| l.value.is_zero())
            };
            let told = known.len() + identity.parts.iter().filter(nothing).count() >= identity.parts.len();
            let zero = |p: &&String| {
                let mut levels = book.levels_of(p).iter().filter_map(|l| book.fact(*l)).filter(|l| l.year == w.year);
                nothing(p) && levels.next().is_some() || near().any(|(f, _)| of(p, f) && alike(f))
            };
            let relation = Relation {
                rule: &RULE,
                equation: Equation::Sum { total: whole, parts: known.clone() },
                complete: false,
                adjusted: false,
            };
            // What is nothing now has at most fallen to it.
            let more = || {
                let outcome = relation.judge(book, None);
                outcome.verdict == Verdict::Partial && outcome.difference.is_some_and(|d| d > Decimal::ZERO)
            };
            let listed = known.iter().all(|(id, _)| book.fact(*id).is_some_and(|f| f.role != Some(Role::Driver)));
            if told && !known.is_empty() && book.is_money(w) {
                if relation.holds(book) {
                    out.push(relation);
                } else if listed && !identity.open && identity.parts.iter().all(|p| zero(&p)) && more() {
                    out.push(Relation { complete: true, ..relation });
                }
            }
            continue;
        }
        let listed = parts.iter().all(|(id, _)| book.fact(*id).is_some_and(|f| f.role.is_none()));
        if parts.len() == identity.parts.len() && listed && book.is_money(w) {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Sum { total: whole, parts },
                complete: !identity.open,
                adjusted: false,
            });
        }
    }
}

/// Whether the note's own list of the whole holds these parts and more, and
/// ties: then the whole is wider than the definition (三公 with meetings).
fn told_wider(book: &Notebook, whole: FactId, parts: &[(FactId, bool)]) -> bool {
    // 公务用车购置及运行维护费111万元（其中购置2万元，运行79万元，其他交通费30万元）: nor are the two all that it holds.
    let among = |p: &FactId| {
        let between = book.fact(*p).and_then(|f| f.parent).filter(|b| *b != whole)?;
        book.lists_of(between).find(|b| b.parts.contains(p) && b.parts.iter().any(|o| parts.iter().all(|q| q.0 != *o)))
    };
    if parts.iter().any(|(p, _)| among(p).is_some()) {
        return true;
    }
    let value = |id: &FactId| book.fact(*id).map_or(Decimal::ZERO, |f| f.value);
    book.lists_of(whole).filter(|b| b.parts.len() > parts.len()).any(|b| {
        let sum = b.parts.iter().map(value).try_fold(Decimal::ZERO, |s, v| s.checked_add(v));
        // Rounded parts may miss it by a little.
        let slack = Decimal::new(b.parts.len() as i64 / 2, 2);
        let ties = sum.and_then(|s| s.checked_sub(value(&whole))).is_some_and(|gap| gap.abs() <= slack);
        parts.iter().all(|(p, _)| b.parts.contains(p)) && ties
    })
}

/// Another statement of the whole lies nearer to the parts.
fn restated(book: &Notebook, whole: FactId, parts: &[(FactId, bool)]) -> bool {
    let Some(w) = book.fact(whole) else {
        return true;
    };
    let first = parts.iter().map(|p| p.0).min().unwrap_or(whole);
    let like = book.levels_like(whole);
    let between = like.get(like.partition_point(|o| *o <= whole)..).unwrap_or(&[]).iter().take_while(|o| **o < first);
    between
        .into_iter()
        .filter_map(|o| book.fact(*o))
        .any(|f| f.year == w.year && f.stage == w.stage && f.fund == w.fund && !f.prior)
}
