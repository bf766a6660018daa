use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure, Role, differ_by_a_slip};
use crate::pattern::Stage;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

pub(super) const RULE: Rule = Rule {
    id: "equal/restated-differently",
    title_zh: "同一事项前后数额不一致",
    title_en: "one quantity, two values",
    doc: "\
The same item, fund, year, stage and part stated twice must be the same. At the same precision the two must be identical. The note's
general public budget and its whole budget are the same fund where they are of the same amount. Figures inside another item
(项目支出 of one function), in one paragraph unless an item of a list opens a sentence and a list of its own, with and without 上年结转, 同口径 beside 自然口径, and amounts that only share a vague name are not compared.
A county's report tells of the county, of its own level and of towns by turns: there only amounts of one name that a single slip keeps apart
(34069 and 34096) are held to be one. Growth, completion and share told twice are compared where the amount that they are told of is the same.

```note
2024年单位预算情况说明
2024年支出预算50万元，比2023年增加4万元，主要是基本支出增加4万元。
2024年支出预算50万元。其中：基本支出40万元，比2023年增加3万元；项目支出10万元，与上年持平。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    relate_rates(book, out);
    relate_absent(book, out);
    // The last fact of each key; those before it hang on each other.
    let mut first: FxHashMap<Key, FactId> = FxHashMap::default();
    // The same item under another fund or inside another list: compared only
    // to be listed where the two agree.
    let mut loose: FxHashMap<LooseKey, FactId> = FxHashMap::default();
    let count = book.reading.facts.len();
    first.reserve(count);
    loose.reserve(count);
    let (mut before, mut before_loose) = (vec![None; count], vec![None; count]);
    for (i, f) in book.reading.facts.iter().enumerate() {
        let id = i as FactId;
        let comparable = f.cell.is_none()
            && f.printed
            && f.stated
            && matches!(f.measure, Measure::Level | Measure::Change)
            && !f.label.is_empty()
            && book.is_money(f);
        if !comparable {
            continue;
        }
        let twin = if f.carryover.is_some() {
            None
        } else {
            let earlier = hang(&mut before, id, first.insert(key(book, id, f), id));
            chain(&before, earlier).find(|e| book.fact(*e).is_some_and(|e| book.same_fund(e.fund, f.fund)))
        };
        let kin = loose.insert((f.measure, book.item(id), f.part.as_deref(), f.year), id);
        let kin = hang(&mut before_loose, id, kin);
        let sure = twin.is_some_and(|t| book.fact(t).is_some_and(|t0| certain(book, t, t0, id, f)));
        let agrees = |t: FactId| {
            book.fact(t).is_some_and(|t| {
                t.value == f.value && (t.paragraph != f.paragraph || t.sentence.0 != f.sentence.0 && !f.value.is_zero())
            })
        };
        let partner = twin.filter(|t| sure || agrees(*t)).or_else(|| chain(&before_loose, kin).find(|t| agrees(*t)));
        if let Some(right) = partner {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Equal { left: id, right },
                complete: sure,
                adjusted: false,
            });
        }
    }
}

/// 公务接待费5.21万元，比上年增长15%。…公务接待费5.21万元，比上年增长18%: one amount has one rate against one base.
fn relate_rates(book: &Notebook, out: &mut Vec<Relation>) {
    let mut told: FxHashMap<RateKey, FactId> = FxHashMap::default();
    for (f, id) in book.reading.facts.iter().zip(0..) {
        let rate = matches!(f.measure, Measure::Growth | Measure::Completion | Measure::Share);
        let named = f.concept.as_deref().is_some_and(|c| !c.starts_with("generic"));
        let Some(basis) = f.basis.as_ref().filter(|_| rate && named && f.printed && f.cell.is_none()) else { continue };
        // Of what a share is told must be said.
        if f.measure == Measure::Share && basis.whole.is_none() {
            continue;
        }
        let Some(level) = amount_of(book, id, f) else { continue };
        let key = (
            (f.measure, f.label.as_str(), f.part.as_deref(), f.year, f.fund),
            (basis.year, basis.stage, basis.whole.as_deref(), f.qualifier.as_deref()),
            (level.value, level.unit, level.stage),
        );
        let Some(right) = told.insert(key, id) else { continue };
        if book.fact(right).is_some_and(|r| r.paragraph != f.paragraph && r.unit == f.unit) {
            let equation = Equation::Equal { left: id, right };
            out.push(Relation { rule: &RULE, equation, complete: true, adjusted: false });
        }
    }
}

/// 本单位2031年无公务接待费支出。…公务接待费支出2.00万元: of “三公”, what is said not to be has no amount.
fn relate_absent(book: &Notebook, out: &mut Vec<Relation>) {
    for (f, right) in book.reading.facts.iter().zip(0..) {
        let three = f.concept.as_deref().is_some_and(|c| c.starts_with("three_public."));
        if !three || f.stated || f.measure != Measure::Level || f.cell.is_some() || f.carryover.is_some() {
            continue;
        }
        let amount = |l: &FactId| {
            book.fact(*l).is_some_and(|l| {
                (l.year, l.stage, &l.part, l.as_of) == (f.year, f.stage, &f.part, f.as_of)
                    && l.printed
                    && !l.prior
                    && l.label == f.label
                    && book.same_fund(l.fund, f.fund)
                    && book.is_money(l)
                    && !l.value.is_zero()
            })
        };
        if let Some(left) = book.levels_like(right).iter().copied().find(amount) {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Equal { left, right },
                complete: true,
                adjusted: false,
            });
        }
    }
}

type RateKey<'a> = (
    (Measure, &'a str, Option<&'a str>, Option<i32>, Option<crate::pattern::Fund>),
    (Option<i32>, Option<Stage>, Option<&'a str>, Option<&'a str>),
    (Decimal, Option<crate::lex::UnitId>, Option<Stage>),
);

/// The amount that a rate is told of: the last of its item before it, in its paragraph.
fn amount_of<'a>(book: &Notebook<'a>, rate: FactId, f: &Fact) -> Option<&'a Fact> {
    let planned = |l: &Fact| f.measure == Measure::Completion && l.stage == Some(Stage::Budget);
    let before = book.levels_before(rate).iter().rev().filter_map(|l| book.fact(*l));
    before
        .take_while(|l| l.paragraph == f.paragraph)
        .find(|l| (&l.label, &l.part, l.year) == (&f.label, &f.part, f.year) && !l.prior && !planned(l))
        .filter(|l| book.is_money(l))
}

/// How many statements of one item are looked through.
const STATEMENTS: usize = 64;

/// Notes which fact of the same key came before `id`.
fn hang(before: &mut [Option<FactId>], id: FactId, earlier: Option<FactId>) -> Option<FactId> {
    if let Some(place) = before.get_mut(id as usize) {
        *place = earlier;
    }
    earlier
}

/// A fact and the nearest of the same key before it, backwards.
fn chain(before: &[Option<FactId>], from: Option<FactId>) -> impl Iterator<Item = FactId> {
    std::iter::successors(from, |id| before.get(*id as usize).copied().flatten()).take(STATEMENTS)
}

type LooseKey<'a> = (Measure, Option<u32>, Option<&'a str>, Option<i32>);

type Key<'a> = (
    Measure,
    Option<u32>,
    Option<&'a str>,
    Option<i32>,
    Option<Stage>,
    Option<(Option<i32>, Option<Stage>)>,
    Option<&'a str>,
    Option<&'a str>,
    crate::lex::AsOf,
);

fn key<'a>(book: &Notebook<'a>, id: FactId, f: &'a Fact) -> Key<'a> {
    (
        f.measure,
        book.item(id),
        f.part.as_deref(),
        f.year,
        f.stage,
        f.basis.as_ref().map(|b| (b.year, if b.year == f.year { b.stage } else { None })),
        f.qualifier.as_deref(),
        book.scope(id),
        f.as_of,
    )
}

/// Whether two figures of one key are beyond doubt the same thing.
fn certain(book: &Notebook, a: FactId, f: &Fact, b: FactId, g: &Fact) -> bool {
    let Some(concept) = f.concept.as_deref() else {
        return false;
    };
    if concept.starts_with("carryover")
        || concept.contains(".xx")
        || concept.starts_with("generic")
        || concept.starts_with("transfer")
        || concept.starts_with("debt")
    {
        return false;
    }
    let labels = f.label == g.label || f.label.contains(&g.label) || g.label.contains(&f.label);
    // A reason told of an item may tell a part of its change only; a driver
    // with the item's own name and the same scope tells all of it.
    let inside = |x: &Fact| x.within.is_some();
    let lists = |x: &Fact| {
        x.role == Some(Role::Component)
            && x.parent.and_then(|p| book.fact(p)).is_some_and(|p| p.concept.as_deref() == Some(concept))
    };
    let kind = book.reading.identity.kind;
    let county = matches!(kind, crate::segment::Kind::CountyReport | crate::segment::Kind::Other);
    let far = f.paragraph != g.paragraph || told_anew(book, a, b);
    // 财政拨款收入总计 is 财政拨款收入 and 年初结转, of which the one may say nothing.
    let grand = |x: &Fact| x.label.ends_with("总计");
    let carried = concept == "revenue.appropriation" && grand(f) != grand(g);
    let twice_listed = same_total_cut_twice(book, a, b) || told_of_each(book, a) || told_of_each(book, b);
    // 增支200万元以上: no more than about that.
    let about = f.about || g.about;
    labels
        && !about
        && !inside(f)
        && !inside(g)
        && !lists(f)
        && !lists(g)
        && far
        && !carried
        && !twice_listed
        && (placed_alike(f, g, concept) || list_told_again(book, a, b))
        && (!county || f.label == g.label && f.unit == g.unit && differ_by_a_slip(f.value, g.value))
}

/// 其中：基本支出80万元，项目支出600万元。项目支出500万元，其中：…: whether an item of a list opens a sentence of its
/// own in the same paragraph with a list of its own, and no other whole stands between.
fn told_anew(book: &Notebook, a: FactId, b: FactId) -> bool {
    let (Some(f), Some(g)) = (book.fact(a), book.fact(b)) else { return false };
    let opens = b.checked_sub(1).and_then(|p| book.fact(p)).is_some_and(|p| p.sentence.0 != g.sentence.0);
    let whole =
        |h: &Fact| h.measure == Measure::Level && h.concept.as_deref().is_some_and(crate::check::notebook::is_whole);
    f.measure == Measure::Level
        && f.parent.is_some()
        && g.parent.is_none()
        && g.role == Some(Role::Total)
        && f.label == g.label
        && opens
        && !book.reading.facts.get(a as usize + 1..b as usize).unwrap_or(&[]).iter().any(whole)
}

/// A function's amount in one list and in none: 教育 of the appropriation and
/// 教育 of the projects are two things.
fn placed_alike(f: &Fact, g: &Fact, concept: &str) -> bool {
    !(concept.starts_with("expenditure.function") || concept.starts_with("expenditure.economic"))
        || f.parent.is_some() == g.parent.is_some()
}

/// Whether the list that one of two figures stands in is told again item by item
/// around the other: two of its other items at least agree, and more than do not.
fn list_told_again(book: &Notebook, a: FactId, b: FactId) -> bool {
    let listed = |id: FactId| book.fact(id).and_then(|f| f.parent);
    let (inside, alone) = match (listed(a), listed(b)) {
        (Some(_), None) => (a, b),
        (None, Some(_)) => (b, a),
        _ => return false,
    };
    let (Some(total), Some(other)) = (listed(inside), book.fact(alone)) else { return false };
    let Some(list) = book.lists_of(total).find(|l| l.parts.contains(&inside)) else {
        return false;
    };
    let (mut agree, mut differ) = (0, 0);
    for part in list.parts.iter().filter(|p| **p != inside) {
        let Some(p) = book.fact(*part) else { continue };
        let again = book.levels_like(*part).iter().filter_map(|t| book.fact(*t)).find(|t| {
            t.parent.is_none()
                && t.start != p.start
                && t.paragraph.abs_diff(other.paragraph) <= 12
                && (t.year, t.stage, t.fund) == (other.year, other.stage, other.fund)
        });
        match again {
            Some(t) if t.value == p.value => agree += 1,
            Some(_) => differ += 1,
            None => {}
        }
    }
    agree >= 2 && agree > 2 * differ
}

/// 货物126万元，授予中小企业45万元；工程69万元，授予中小企业27万元: whether a list tells of an item twice, of another
/// part of its total each time.
fn told_of_each(book: &Notebook, id: FactId) -> bool {
    let Some((f, total)) = book.fact(id).and_then(|f| Some((f, f.parent?))) else { return false };
    let other = |p: &FactId| {
        *p != id
            && book.fact(*p).is_some_and(|g| {
                (&g.label, g.measure, g.year, g.stage, &g.part) == (&f.label, f.measure, f.year, f.stage, &f.part)
            })
    };
    book.lists_of(total).any(|l| l.parts.contains(&id) && l.parts.iter().take(STATEMENTS).any(other))
}

/// Parts of the same name in two lists of different totals are two things.
fn same_total_cut_twice(book: &Notebook, a: FactId, b: FactId) -> bool {
    let parent = |id: FactId| {
        book.fact(id).filter(|f| f.measure == Measure::Level).and_then(|f| f.parent).and_then(|p| book.fact(p))
    };
    match (parent(a), parent(b)) {
        (Some(x), Some(y)) => x.value != y.value,
        _ => false,
    }
}
