//! A rule's documentation, with its examples run.

use super::{RULES, Rule};

/// A rule's documentation in pieces.
#[derive(Debug, Clone)]
pub struct RuleDoc {
    /// The rule.
    pub rule: &'static Rule,
    /// The text before the example.
    pub text: String,
    /// Notes that show the rule at work.
    pub examples: Vec<String>,
}

/// The documentation of a rule; `None` if there is no such rule.
///
/// ```
/// let doc = gouji::check::rule_doc("sum/parts-differ-from-total").unwrap();
/// assert_eq!(doc.examples.len(), 1);
/// ```
pub fn rule_doc(id: &str) -> Option<RuleDoc> {
    let rule = RULES.iter().find(|r| r.id == id)?;
    let mut text = String::new();
    let mut examples = Vec::new();
    let mut example: Option<String> = None;
    for line in rule.doc.lines() {
        match (&mut example, line) {
            (None, "```note") => example = Some(String::new()),
            (Some(_), "```") => examples.extend(example.take()),
            (Some(e), line) => {
                e.push_str(line);
                e.push('\n');
            }
            (None, line) => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    Some(RuleDoc { rule, text: text.trim_end().to_owned(), examples })
}
