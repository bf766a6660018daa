//! The template language: literal words, `{slot:kind}`, `[optional]`, `<a|b>`.

use super::narrow_word;

/// One element of an expanded template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// A word, normalised.
    Literal(String),
    /// A mark: , 、 ( ) :
    Mark(char),
    /// A slot with its kind.
    Slot {
        /// The name that `emits` uses.
        name: String,
        /// money, percent, period, direction, item, …
        kind: String,
    },
}

#[derive(Debug, Clone)]
enum Node {
    /// Index into the template's elements.
    Element(u32),
    Optional(Vec<Node>),
    Choice(Vec<Vec<Node>>),
}

/// Most expansions that one template may have.
pub const MAX_EXPANSIONS: usize = 4096;

/// Parses a template and writes out every way to read it.
///
/// # Errors
/// A message that says what is wrong, with the character where.
///
/// ```
/// use gouji::pattern::expand;
/// assert_eq!(expand("占[总额]{rate:percent}").unwrap().len(), 2);
/// assert!(expand("占{rate").unwrap_err().contains("never closed"));
/// ```
pub fn expand(template: &str) -> Result<Vec<Vec<Element>>, String> {
    let Readings { elements, ways } = readings(template)?;
    let element = |at: &u32| elements.get(*at as usize).cloned();
    Ok(ways.iter().map(|way| way.iter().filter_map(element).collect()).collect())
}

/// The elements of a template and every way to read it.
pub(super) struct Readings {
    pub elements: Vec<Element>,
    /// Indices into the elements.
    pub ways: Vec<Vec<u32>>,
}

/// Parses a template: [`expand`] without copies.
pub(super) fn readings(template: &str) -> Result<Readings, String> {
    let mut parser = Parser { chars: template.char_indices().collect(), at: 0, depth: 0, elements: Vec::new() };
    let nodes = parser.sequence(&[])?;
    let mut ways = vec![Vec::new()];
    write_out(&nodes, &mut ways)?;
    ways.retain(|e| !e.is_empty());
    if ways.is_empty() {
        return Err("the template is empty".into());
    }
    Ok(Readings { elements: parser.elements, ways })
}

fn write_out(nodes: &[Node], out: &mut Vec<Vec<u32>>) -> Result<(), String> {
    for node in nodes {
        match node {
            Node::Element(e) => out.iter_mut().for_each(|o| o.push(*e)),
            Node::Optional(inner) => {
                let mut with = out.clone();
                write_out(inner, &mut with)?;
                out.extend(with);
            }
            Node::Choice(arms) => {
                let mut all = Vec::new();
                for arm in arms {
                    let mut with = out.clone();
                    write_out(arm, &mut with)?;
                    all.extend(with);
                }
                *out = all;
            }
        }
        if out.len() > MAX_EXPANSIONS {
            return Err(format!("the template has more than {MAX_EXPANSIONS} readings; split it"));
        }
    }
    Ok(())
}

struct Parser {
    chars: Vec<(usize, char)>,
    at: usize,
    depth: usize,
    elements: Vec<Element>,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).map(|(_, c)| *c)
    }

    fn sequence(&mut self, until: &[char]) -> Result<Vec<Node>, String> {
        self.depth += 1;
        if self.depth > 16 {
            return Err("brackets are nested more than 16 deep".into());
        }
        let mut nodes = Vec::new();
        let mut literal = String::new();
        loop {
            let Some(c) = self.peek() else {
                if !until.is_empty() {
                    return Err(format!("a bracket before character {} is never closed", self.at));
                }
                break;
            };
            if until.contains(&c) {
                break;
            }
            match c {
                '{' => {
                    self.flush(&mut literal, &mut nodes);
                    nodes.push(self.slot()?);
                }
                '[' => {
                    self.flush(&mut literal, &mut nodes);
                    self.at += 1;
                    nodes.push(Node::Optional(self.alternatives(']')?));
                }
                '<' => {
                    self.flush(&mut literal, &mut nodes);
                    self.at += 1;
                    let mut arms = Vec::new();
                    loop {
                        arms.push(self.sequence(&['|', '>'])?);
                        self.at += 1;
                        if self.chars.get(self.at - 1).map(|(_, c)| *c) == Some('>') {
                            break;
                        }
                    }
                    nodes.push(Node::Choice(arms));
                }
                ']' | '>' | '}' => {
                    return Err(format!("“{c}” at character {} closes nothing", self.at + 1));
                }
                _ => {
                    literal.push(c);
                    self.at += 1;
                }
            }
        }
        self.flush(&mut literal, &mut nodes);
        self.depth -= 1;
        Ok(nodes)
    }

    /// The inside of an optional part, where `|` separates choices too.
    fn alternatives(&mut self, close: char) -> Result<Vec<Node>, String> {
        let mut arms = Vec::new();
        loop {
            arms.push(self.sequence(&['|', close])?);
            self.at += 1;
            if self.chars.get(self.at - 1).map(|(_, c)| *c) == Some(close) {
                break;
            }
        }
        Ok(if arms.len() == 1 { arms.pop().unwrap_or_default() } else { vec![Node::Choice(arms)] })
    }

    fn slot(&mut self) -> Result<Node, String> {
        let open = self.at;
        self.at += 1;
        let mut inner = String::new();
        loop {
            match self.peek() {
                Some('}') => break,
                Some(c) => inner.push(c),
                None => {
                    return Err(format!("the slot at character {} is never closed", open + 1));
                }
            }
            self.at += 1;
        }
        self.at += 1;
        let (name, kind) = inner.split_once(':').unwrap_or((inner.as_str(), inner.as_str()));
        if name.is_empty() || kind.is_empty() {
            return Err(format!("the slot at character {} lacks a name or a kind", open + 1));
        }
        let slot = Element::Slot { name: name.trim().to_owned(), kind: kind.trim().to_owned() };
        Ok(self.element(slot))
    }

    fn element(&mut self, element: Element) -> Node {
        self.elements.push(element);
        Node::Element(self.elements.len() as u32 - 1)
    }

    /// Cuts literal text into words and marks.
    fn flush(&mut self, literal: &mut String, nodes: &mut Vec<Node>) {
        if literal.is_empty() {
            return;
        }
        let mut word = String::new();
        for c in narrow_word(literal).chars() {
            if matches!(c, ',' | '、' | ';' | '。' | ':' | '(' | ')') {
                if !word.is_empty() {
                    nodes.push(self.element(Element::Literal(std::mem::take(&mut word))));
                }
                nodes.push(self.element(Element::Mark(c)));
            } else {
                word.push(c);
            }
        }
        if !word.is_empty() {
            nodes.push(self.element(Element::Literal(word)));
        }
        literal.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn optional_parts_and_choices() {
        let all = expand("{basis}<增加|减少>{d:money}[，{r:percent}]").unwrap();
        assert_eq!(all.len(), 4);
        assert!(all.iter().any(|e| e.len() == 5 && e[3] == Element::Mark(',')));
    }

    #[test]
    fn mistakes_are_named() {
        assert!(expand("[占").unwrap_err().contains("never closed"));
        assert!(expand("占]").unwrap_err().contains("closes nothing"));
        assert!(expand("").is_err());
        assert!(expand(&"[a]".repeat(20)).unwrap_err().contains("readings"));
    }
}
