//! A rule's documentation, with the notes of its example.

use super::{RULES, Rule};

/// The documentation of a rule between documents, in pieces.
#[derive(Debug, Clone)]
pub struct RuleDoc {
    /// The rule.
    pub rule: &'static Rule,
    /// The text before the example.
    pub text: String,
    /// The notes of the example: name and text.
    pub notes: Vec<(String, String)>,
}

/// The documentation of a rule; `None` if there is no such rule between documents.
///
/// ```
/// let doc = gouji::across::rule_doc("equal/published-twice").unwrap();
/// assert_eq!(doc.notes.len(), 2);
/// assert_eq!(doc.notes[0].0, "a.txt");
/// ```
#[must_use]
pub fn rule_doc(id: &str) -> Option<RuleDoc> {
    let rule = RULES.iter().find(|r| r.id == id)?;
    let mut text = String::new();
    let mut notes: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in rule.doc.lines() {
        match (inside, line.strip_prefix("```")) {
            (false, Some(fence)) => {
                inside = true;
                notes.push((fence.trim_start_matches("note").trim().to_owned(), String::new()));
            }
            (true, Some(_)) => inside = false,
            (true, None) => {
                if let Some((_, note)) = notes.last_mut() {
                    note.push_str(line);
                    note.push('\n');
                }
            }
            (false, None) => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    Some(RuleDoc { rule, text: text.trim_end().to_owned(), notes })
}
