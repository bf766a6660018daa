//! The lists of an OpenDocument text and how far each has counted.

use super::super::numbering::{Counter, Digits, LEVELS, Level};
use super::super::xml::{Element, Node, Xml};
use crate::document::error::Problem;
use rustc_hash::FxHashMap;

/// The name under which the numbering of headings is kept.
pub(super) const OUTLINE: &str = "\u{0}outline";

/// All list styles of a document.
#[derive(Default)]
pub(super) struct Lists {
    styles: FxHashMap<String, Vec<Level>>,
    /// The list style that a paragraph style names.
    paragraphs: FxHashMap<String, String>,
    counters: FxHashMap<String, Counter>,
}

impl Lists {
    /// Reads the list styles of a part.
    pub(super) fn read(&mut self, part: &str) -> Result<(), Problem> {
        let mut xml = Xml::new(part);
        let mut style: Option<(String, usize)> = None;
        loop {
            match xml.next()? {
                Node::End => return Ok(()),
                Node::Open(element) => match element.name() {
                    "list-style" => style = element.get("name").map(|name| (name, xml.depth())),
                    "outline-style" => style = Some((OUTLINE.to_owned(), xml.depth())),
                    "list-level-style-number" | "outline-level-style" | "list-level-style-bullet" => {
                        if let Some((name, _)) = &style {
                            self.add(name.clone(), &element);
                        }
                    }
                    "style" => {
                        if let (Some(name), Some(list)) = (element.get("name"), element.get("list-style-name")) {
                            self.paragraphs.insert(name, list);
                        }
                    }
                    "body" => xml.skip()?,
                    _ => {}
                },
                Node::Close => drop(style.take_if(|(_, depth)| xml.depth() < *depth)),
                Node::Text(_) => {}
            }
        }
    }

    fn add(&mut self, style: String, element: &Element<'_>) {
        let at = element.number("level").unwrap_or(1).saturating_sub(1) as usize;
        if at >= LEVELS {
            return;
        }
        let levels = self.styles.entry(style).or_default();
        if levels.len() <= at {
            levels.resize(at + 1, Level { digits: Digits::None, start: 1, ..Level::default() });
        }
        let number = element.name() != "list-level-style-bullet";
        let digits = element.get("num-format").filter(|_| number).map_or(Digits::None, |format| digits(&format));
        let shown = element.number("display-levels").unwrap_or(1).max(1) as usize;
        let first = (at + 1).saturating_sub(shown);
        let numbers: Vec<String> = (first..=at).map(|level| format!("%{}", level + 1)).collect();
        let text = [
            element.get("num-prefix").unwrap_or_default(),
            numbers.join("."),
            element.get("num-suffix").unwrap_or_default(),
        ]
        .concat();
        if let Some(level) = levels.get_mut(at) {
            *level = Level { digits, text, start: element.number("start-value").unwrap_or(1), ..Level::default() };
        }
    }

    /// The list style that paragraphs of this style are numbered in.
    pub(super) fn of_paragraph(&self, style: &str) -> Option<&String> {
        self.paragraphs.get(style)
    }

    /// The label of the next item of a list, on a level from 0.
    pub(super) fn label(&mut self, list: &str, level: usize) -> String {
        let Some(levels) = self.styles.get(list) else { return String::new() };
        self.counters.entry(list.to_owned()).or_default().next(levels, level)
    }

    /// Begins a list anew.
    pub(super) fn begin(&mut self, list: &str) {
        self.counters.remove(list);
    }

    /// Begins a level anew at a number.
    pub(super) fn restart(&mut self, list: &str, level: usize, start: u32) {
        self.counters.entry(list.to_owned()).or_default().restart(level, start);
    }
}

/// The samples by which ODF names ways to count.
fn digits(format: &str) -> Digits {
    match format.split(',').next().unwrap_or_default().trim() {
        "" => Digits::None,
        "01" => Digits::Padded,
        "１" => Digits::FullWidth,
        "一" => Digits::Chinese,
        "壹" | "壱" => Digits::Formal,
        "甲" => Digits::Stems,
        "①" => Digits::Circled,
        "a" => Digits::Lower,
        "A" => Digits::Upper,
        "i" => Digits::LowerRoman,
        "I" => Digits::UpperRoman,
        _ => Digits::Decimal,
    }
}
