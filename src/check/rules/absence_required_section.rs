use super::Rule;
use crate::check::relation::{Equation, Missing};
use crate::check::whole::Whole;
use crate::check::{Notebook, Relation};

pub(super) const RULE: Rule = Rule {
    id: "absence/required-section",
    title_zh: "缺少设置所要求的内容",
    title_en: "a section that the settings require is missing",
    doc: "\
Regions ask for more than the country does. `gouji.toml` says what, for which region and kind of note (`[[required]]`, see
docs/configuration.md); a section is given when one of its names stands in the note outside definitions. Silent without such settings.
",
    relate: Some(relate),
};

fn relate(book: &Notebook, out: &mut Vec<Relation>) {
    if book.settings.required.is_empty() {
        return;
    }
    let Some(note) = Whole::of(book) else { return };
    let missing: Vec<Missing> =
        note.lacks().into_iter().map(|name| Missing { zh: name.clone().into(), en: name.into() }).collect();
    if !missing.is_empty() {
        let equation = Equation::Absent { facts: vec![], missing };
        out.push(Relation { rule: &RULE, equation, complete: false, adjusted: false });
    }
}
