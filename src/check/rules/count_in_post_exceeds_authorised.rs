use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure, Role};

pub(super) const RULE: Rule = Rule {
    id: "count/in-post-exceeds-authorised",
    title_zh: "在职人数多于编制数",
    title_en: "more staff in post than authorised",
    doc: "\
在职 beyond 编制 is possible (超编), but is worth a question: it is reported as `undecided`, never as an error.

```note
2024年单位预算情况说明
2023年年末编制数20人，实有在职人数22人。
```
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    let counts = |f: &Fact, concept: &str| {
        f.measure == Measure::Level
            && f.cell.is_none()
            && f.printed
            && f.concept
                .as_deref()
                .is_some_and(|c| c == concept || c.strip_prefix(concept).is_some_and(|r| r.starts_with('.')))
    };
    for (actual, a) in book.reading.facts.iter().enumerate().filter(|(_, f)| counts(f, "staff.actual")) {
        // 事业编制24名，在编21名: the total before it, of the same office; or the one kind that is told.
        let before = book.reading.facts.get(actual.saturating_sub(12)..actual).unwrap_or(&[]);
        let authorised = before.iter().enumerate().rev().find(|(_, f)| {
            counts(f, "staff.authorized")
                && f.part == a.part
                && f.paragraph == a.paragraph
                && f.role != Some(Role::Component)
        });
        let authorised = authorised.map(|(i, _)| (actual.saturating_sub(12) + i) as FactId);
        if a.role == Some(Role::Component) {
            continue;
        }
        let Some(authorised) = authorised else { continue };
        let id = actual as FactId;
        let members = |total: FactId| {
            book.lists_of(total).flat_map(|b| b.parts.iter().copied()).filter_map(|p| Some((p, book.fact(p)?)))
        };
        // 实有1163人，其中在职794人、退休369人: those in post are only some of them.
        let in_post = members(id).find(|(_, f)| f.concept.as_deref() == Some("staff.actual"));
        let retired = members(id).any(|(_, f)| f.concept.as_deref().is_some_and(|c| c.starts_with("staff.retired")));
        let left = if retired { in_post.map(|(p, _)| p) } else { Some(id) };
        let mut order = |left: FactId, right: FactId| {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Order { left, right, order: -1, or_equal: true },
                complete: false,
                adjusted: false,
            });
        };
        if let Some(left) = left {
            order(left, authorised);
        }
        // 行政编制14名…；在职92名，其中行政13名: kind by kind.
        for (left, kind) in members(id) {
            let posts = members(authorised).find(|(_, p)| p.label.strip_suffix("编制") == Some(kind.label.as_str()));
            if let Some((right, _)) = posts {
                order(left, right);
            }
        }
    }
}
