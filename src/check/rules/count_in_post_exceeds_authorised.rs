use super::Rule;
use crate::check::{Equation, Notebook, Relation};
use crate::fact::FactId;

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
    for &actual in book.levels_of("staff.actual") {
        let Some(a) = book.fact(actual) else { continue };
        let authorised = book.levels_of("staff.authorized").iter().rev().copied().find(|e| {
            *e < actual
                && book.fact(*e).is_some_and(|f| f.part == a.part && f.year == a.year && f.paragraph == a.paragraph)
        });
        if let Some(authorised) = authorised {
            out.push(Relation {
                rule: &RULE,
                equation: Equation::Order { left: actual as FactId, right: authorised, order: -1, or_equal: true },
                complete: false,
                adjusted: false,
            });
        }
    }
}
