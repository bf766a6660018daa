use super::{Claim, Desk, Relation, Rule, TWICE, standing};
use crate::across::judge::Equation;
use crate::across::shelf::{Figure, Item};
use crate::fact::Measure;
use crate::pattern::Stage;
use rustc_hash::FxHashMap;

pub(super) static RULE: Rule = Rule {
    id: "equal/published-twice",
    title_zh: "同一单位同年两份文件数额不一致",
    title_en: "two documents on one year, two values",
    doc: "\
Two documents of one organisation on the same year, both on the budget or both on the final account, state one figure for one item, fund and
scope; at the same precision the two must be identical. A copy of the same file is no second document. If more figures of the two differ than agree they are
two versions or of two circles of units, and nothing is decided.

```note a.txt
清溪县水土保持站2024年单位预算公开说明
2024年收入预算502.48万元，支出预算502.48万元。其中：基本支出410万元，项目支出92.48万元。
```
```note b.txt
清溪县水土保持站2024年单位预算情况说明
收入预算502.48万元，支出预算502.48万元。其中：基本支出401万元，项目支出92.48万元。
```
",
    group: TWICE,
    relate,
};

type Key = (Item, Measure, i32, Stage, Option<i32>, Option<Stage>);

fn key(f: &Figure) -> Key {
    (f.item, f.measure, f.year, f.stage, f.basis_year, f.basis_stage)
}

fn relate(desk: &Desk, out: &mut Vec<Relation>) {
    let documents: Vec<_> = desk.documents().collect();
    for (n, (later, document)) in documents.iter().enumerate() {
        // Each is set against the nearest before it, so that many copies cost no more than they are.
        let earlier = documents.iter().take(n).rev().find_map(|(d, other)| {
            let same = (other.year, other.stage) == (document.year, document.stage);
            let copy = other.source.sha256 == document.source.sha256;
            standing(document, other).filter(|_| same && !copy).map(|doubt| (*d, doubt))
        });
        let Some((earlier, doubt)) = earlier else { continue };
        let own = |f: &Figure| {
            f.printed
                && !f.torn
                && matches!(f.measure, Measure::Level | Measure::Change)
                && (f.year, f.stage) == (document.year, document.stage)
        };
        let before: FxHashMap<Key, _> =
            desk.shelf.figures(earlier).filter(|(_, f)| own(f)).map(|(at, f)| (key(f), at)).collect();
        for (left, f) in desk.shelf.figures(*later).filter(|(_, f)| own(f)) {
            if let Some(right) = before.get(&key(f)).copied() {
                let equation = Equation::Equal { left, right };
                out.push(Relation {
                    rule: &RULE,
                    equation,
                    documents: vec![*later, earlier],
                    claim: Claim::Twice,
                    doubt,
                });
            }
        }
    }
}
