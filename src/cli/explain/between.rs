//! `gouji explain` for a rule between documents: its notes are read and set
//! against each other.

use super::Explainer;
use crate::across::{Across, Digest, Rule};
use crate::check::RuleDoc;
use crate::cli::examples::note;
use crate::report::across::{finding_json, finding_text};
use serde_json::{Value, json};

impl Explainer<'_> {
    /// The rule in both forms.
    pub(super) fn between(&self, doc: &RuleDoc<Rule>) -> (Value, String) {
        let rule = doc.rule;
        let mut text = format!("{}\n{}\n\n{}\n", rule.id, self.pick(rule.title_zh, rule.title_en), doc.text);
        let mut across = Across::new();
        text.push_str(&format!("\n{}\n", self.pick("示例（当场运行）：", "Example (run just now):")));
        for (name, content) in &doc.notes {
            text.push_str(&format!("    {name}\n"));
            for line in content.lines() {
                text.push_str(&format!("        {line}\n"));
            }
            if let Some(document) = note(name, content) {
                across.add(Digest::new(self.packs, &crate::analyze(self.packs, document, true)));
            }
        }
        text.push('\n');
        let (mut findings, mut number) = (vec![], 0);
        across.finish(self.packs).each(|library, finding| {
            if finding.rule.id == rule.id {
                number += usize::from(finding.severity() == "error");
                text.push_str(&finding_text(library, finding, number, self.look, self.lang));
                findings.push(finding_json(library, finding, self.lang));
            }
        });
        let notes: Vec<Value> = doc.notes.iter().map(|(name, text)| json!({"name": name, "text": text})).collect();
        let examples = [json!({"notes": notes, "findings": findings})];
        (super::described(rule.id, rule.family(), [rule.title_zh, rule.title_en], &doc.text, &examples), text)
    }
}
