use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure};
use crate::pattern::Stage;
use crate::segment::Kind;
use rustc_hash::FxHashMap;

pub(super) const RULE: Rule = Rule {
    id: "period/base-year-differs",
    title_zh: "比较基期与同组不一致",
    title_en: "one base year contradicts its siblings",
    doc: "\
A list whose changes are all against one year holds one against another: a year left over from last year's note. Tested where three or more
stated base years of one paragraph or list agree, the odd one is the only one, and it is not the year before its own figure; of a unit's
budget or final account also against all other base years of the note that name the stage as well (比2023年预算), where four and more agree. A figure that is compared with its own
year and stage (2023年预算86.20万元，比2023年预算减少3.13万元) has one of the two wrong.

```note
2024年单位预算情况说明
2024年“三公”经费预算0.9万元，比2023年减少0.1万元。其中：因公出国（境）费0万元，比2023年增加0万元；公务接待费0.9万元，比2022年减少0.1万元；公务用车运行维护费0万元，比2023年增加0万元。
```
",
    relate: Some(relate),
};

/// How many base years of a note agree before the one that does not is wrong wherever it stands.
const MANY: usize = 4;

/// How many paragraphs a list goes on for, before and behind.
const NEAR: u32 = 3;

/// A note with more changes than this is no unit's.
const OF_UNIT: usize = 2000;

/// How many of those that agree are named.
const MOST: usize = 64;

/// A change that is said to be against a year: small and without text, since each odd one is held against all.
struct Compared {
    id: FactId,
    /// Which of the labels and parts that the note's changes have.
    item: usize,
    year: Option<i32>,
    base: i32,
    stage: Option<Stage>,
    base_stage: Option<Stage>,
    paragraph: u32,
    section: Option<u32>,
}

impl Compared {
    fn is_odd(&self) -> bool {
        self.year.is_some_and(|own| own - 1 != self.base)
    }
}

fn changes(book: &Notebook) -> Vec<Compared> {
    let mut items = FxHashMap::default();
    let of = |(f, id): (&Fact, FactId)| {
        let basis = f.basis.as_ref().filter(|b| b.stated && b.year != f.year)?;
        let next = items.len();
        Some(Compared {
            id,
            item: *items.entry((f.label.clone(), f.part.clone())).or_insert(next),
            year: f.year,
            base: basis.year?,
            stage: f.stage,
            base_stage: basis.stage,
            paragraph: f.paragraph,
            section: f.section,
        })
    };
    let facts = book.reading.facts.iter().zip(0..);
    facts.filter(|(f, _)| f.measure == Measure::Change && f.cell.is_none()).filter_map(of).collect()
}

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    relate_own(book, out);
    let identity = &book.reading.identity;
    let changes = changes(book);
    let of_unit = identity.title.is_some()
        && !matches!(identity.kind, Kind::CountyReport | Kind::Other)
        && changes.len() <= OF_UNIT;
    for f in changes.iter().filter(|f| f.is_odd()) {
        let Some(expected) = f.year.map(|own| own - 1) else { continue };
        // The others that are against the year before, if none of them is against another.
        let agreeing = |all: &[Compared], among: &dyn Fn(&Compared) -> bool, least: usize| -> Option<Vec<FactId>> {
            let other = |g: &Compared| f.id != g.id && g.year == f.year && among(g);
            if all.iter().any(|g| g.is_odd() && other(g)) {
                return None;
            }
            let agree = all.iter().filter(|g| g.base == expected && other(g)).map(|g| g.id);
            Some(agree.take(MOST).collect()).filter(|agree: &Vec<FactId>| agree.len() >= least)
        };
        // Against the whole note: not what was before the year before in any other place. 比2019年减少: a year is
        // chosen; the one before last is left over from last year's note.
        let left_over = of_unit
            && f.stage.is_some()
            && f.base_stage == f.stage
            && f.year == identity.fiscal_year
            && expected == f.base + 1;
        let staged = |g: &Compared| (g.stage, g.base_stage) == (f.stage, f.base_stage) && g.item != f.item;
        let everywhere = if left_over { agreeing(&changes, &staged, MANY) } else { None };
        // The changes are in the order of the text.
        let from = changes.partition_point(|g| g.paragraph + NEAR < f.paragraph);
        let to = changes.partition_point(|g| g.paragraph <= f.paragraph + NEAR);
        let around = changes.get(from..to).unwrap_or(&[]);
        let near = |g: &Compared| g.section == f.section;
        let Some(siblings) = everywhere.or_else(|| agreeing(around, &near, 2)) else { continue };
        // 比上年增加…；比2019年减少…: a second comparison of what has its first.
        if around.iter().any(|g| g.item == f.item && g.paragraph == f.paragraph && g.base != f.base) {
            continue;
        }
        out.push(Relation {
            rule: &RULE,
            equation: Equation::Year { fact: f.id, expected, siblings, base: true },
            complete: true,
            adjusted: false,
        });
    }
}

fn same_item(f: &Fact, g: &Fact) -> bool {
    g.label == f.label && g.part == f.part
}

/// 2023年机关运行经费预算86.20万元，比2023年预算减少3.13万元: nothing is compared with itself.
fn relate_own(book: &Notebook, out: &mut Vec<Relation>) {
    let Some(of_note) = book.reading.identity.fiscal_year else { return };
    for (f, id) in book.reading.facts.iter().zip(0..) {
        let change = f.measure == Measure::Change && f.printed && f.cell.is_none() && !f.value.is_zero();
        let Some(basis) = f.basis.as_ref().filter(|b| change && b.stated && b.whole.is_none()) else { continue };
        let Some(year) = f.year.filter(|y| basis.year == Some(*y)) else { continue };
        // Its own level, of that year and stage and no other, stands before it.
        let level = book
            .levels_before(id)
            .iter()
            .rev()
            .copied()
            .find(|l| book.fact(*l).is_some_and(|l| l.sentence.0 == f.sentence.0 && same_item(f, l) && !l.prior));
        let own = level
            .and_then(|l| book.fact(l))
            .filter(|l| l.year == f.year && l.stage == basis.stage && l.stage.is_some() && f.stage == l.stage);
        if own.is_none() || !(of_note - 1..=of_note).contains(&year) {
            continue;
        }
        // Of the note's own year, the base is wrong; of the year before, the figure.
        let (fact, expected, base) =
            if year == of_note { (id, of_note - 1, true) } else { (level.unwrap_or(id), of_note, false) };
        let equation = Equation::Year { fact, expected, siblings: Vec::new(), base };
        out.push(Relation { rule: &RULE, equation, complete: true, adjusted: false });
    }
}
