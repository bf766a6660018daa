use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::{Fact, FactId, Measure, Role};

pub(super) const RULE: Rule = Rule {
    id: "count/in-post-exceeds-authorised",
    title_zh: "在职人数多于编制数",
    title_en: "more staff in post than authorised",
    doc: "\
In post are compared with the posts before them, kinds of posts added up (行政编制7人，事业编制11人). 在职 beyond 编制 is possible (超编), but is worth a question: it is reported as `undecided`, never as an error.

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
        let mut order = |left: FactId, right: FactId, more: Vec<FactId>| {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Order { left, right, more, order: -1, or_equal: true },
                complete: false,
                adjusted: false,
            });
        };
        if let Some(left) = left {
            // 行政编制7人，事业编制11人，在职16人: all posts together, where no total of them is told.
            let kind = |f: &Fact| f.concept.as_deref().is_some_and(|c| c.starts_with("staff.authorized."));
            let others = before.iter().zip(id - before.len() as FactId..).filter(|(f, other)| {
                counts(f, "staff.authorized")
                    && (f.part.as_deref(), f.paragraph, f.role) == (a.part.as_deref(), a.paragraph, None)
                    && *other != authorised
                    && book.item(*other) != book.item(authorised)
            });
            let others: Vec<(&Fact, FactId)> = others.collect();
            let kinds = book.fact(authorised).is_some_and(kind) && others.iter().all(|(f, _)| kind(f));
            let more = if kinds { others.iter().map(|(_, id)| *id).collect() } else { Vec::new() };
            order(left, authorised, more);
        }
        // 行政编制14名…；在职92名，其中行政13名: kind by kind.
        for (left, kind) in members(id) {
            let posts = members(authorised).find(|(_, p)| p.label.strip_suffix("编制") == Some(kind.label.as_str()));
            if let Some((right, _)) = posts {
                order(left, right, Vec::new());
            }
        }
    }
}
