//! A rule's documentation, with the notes of its examples.

use super::{RULES, Rule};

/// The documentation of a rule, of one document or between several, in pieces.
#[derive(Debug, Clone)]
pub struct RuleDoc<R: 'static = Rule> {
    /// The rule.
    pub rule: &'static R,
    /// The text before the example.
    pub text: String,
    /// Notes that show the rule at work, each with the name that its fence gives it.
    pub notes: Vec<(String, String)>,
}

impl<R> RuleDoc<R> {
    /// Takes a rule's documentation apart.
    pub(crate) fn new(rule: &'static R, doc: &str) -> Self {
        let mut text = String::new();
        let mut notes: Vec<(String, String)> = Vec::new();
        let mut inside = false;
        for line in doc.lines() {
            if let Some(name) = line.strip_prefix("```note") {
                inside = true;
                notes.push((name.trim().to_owned(), String::new()));
            } else if inside && line == "```" {
                inside = false;
            } else {
                let into = notes.last_mut().filter(|_| inside).map_or(&mut text, |(_, note)| note);
                into.push_str(line);
                into.push('\n');
            }
        }
        RuleDoc { rule, text: text.trim_end().to_owned(), notes }
    }
}

/// The documentation of a rule; `None` if there is no such rule.
///
/// ```
/// let doc = gouji::check::rule_doc("sum/parts-differ-from-total").unwrap();
/// assert_eq!(doc.notes.len(), 1);
/// ```
pub fn rule_doc(id: &str) -> Option<RuleDoc> {
    RULES.iter().find(|r| r.id == id).map(|r| RuleDoc::new(*r, r.doc))
}
