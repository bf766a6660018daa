use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure, Role};

pub(super) const RULE: Rule = Rule {
    id: "count/vacant-differ",
    title_zh: "空编数与编制、在职人数不符",
    title_en: "vacant posts are not the authorised less those in post",
    doc: "\
The posts that are authorised are those in post and the vacant ones (编制20名，实有15名，空编5名). Compared where one paragraph tells all three
of one office; where those in post are not said to be on the establishment (在编) only what agrees is listed, for others may be among them.

```note
2024年单位预算情况说明
核定编制20名，实有在编人员15名，空编8名。
```
",
    relate: Some(relate),
};

/// How many figures back the other two may stand.
const NEAR: usize = 4;

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    for &vacant in book.levels_of("staff.vacant") {
        let Some(v) = book.fact(vacant).filter(|v| v.printed) else { continue };
        let from = (vacant as usize).saturating_sub(NEAR);
        let near = || book.reading.facts.iter().zip(0..).skip(from).take(2 * NEAR + 1);
        let like = |f: &Fact, concept: &str| {
            f.measure == Measure::Level
                && f.printed
                && f.paragraph == v.paragraph
                && f.role != Some(Role::Component)
                && f.concept
                    .as_deref()
                    .is_some_and(|c| c == concept || c.strip_prefix(concept).is_some_and(|r| r.starts_with('.')))
        };
        // Of several kinds of posts it is not said which are vacant.
        let only = |concept: &str| {
            let mut told = near().filter(|(f, _)| like(f, concept));
            let first: Option<FactId> = told.next().map(|(_, id)| id);
            first.filter(|_| told.next().is_none())
        };
        let (Some(total), Some(actual)) = (only("staff.authorized"), only("staff.actual")) else { continue };
        // Of 实有 others than those on the establishment may be some.
        let complete = book.fact(actual).is_some_and(|a| a.sentence == v.sentence && a.label.contains('编'));
        let equation = Equation::Sum { total, parts: vec![(actual, false), (vacant, false)] };
        let relation = Relation { rule: &RULE, equation, complete, adjusted: false };
        if complete || relation.holds(book) {
            out.push(relation);
        }
    }
}
