//! Which list a paragraph of a Word document counts in: `numbering.xml` and
//! the paragraph styles.

use super::super::numbering::{Changes, Counters, Digits, LEVELS, Level};
use super::super::xml::{Element, Node, Xml};
use crate::document::error::Problem;
use rustc_hash::FxHashMap;

/// Styles that build on each other, at most.
const MAX_CHAIN: usize = 16;

/// The list and level of a paragraph or style; either may be left open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Numbered {
    pub(super) list: Option<u32>,
    pub(super) level: Option<u32>,
}

#[derive(Default)]
struct Style {
    based_on: Option<String>,
    numbered: Numbered,
}

/// All lists of a document, and how far each has counted.
#[derive(Default)]
pub(super) struct Lists {
    styles: FxHashMap<String, Style>,
    kinds: FxHashMap<u32, Vec<Level>>,
    lists: FxHashMap<u32, List>,
    counters: Counters,
}

#[derive(Default)]
struct List {
    kind: u32,
    changes: Changes,
}

impl Lists {
    /// Reads the part with the styles.
    pub(super) fn read_styles(&mut self, part: &str) -> Result<(), Problem> {
        let mut xml = Xml::new(part);
        let mut style: Option<(String, Style)> = None;
        loop {
            match xml.next()? {
                Node::End => break,
                Node::Open(element) => match (element.name(), &mut style) {
                    ("style", _) => {
                        self.styles.extend(style.take());
                        style = element.get("styleId").map(|id| (id, Style::default()));
                    }
                    ("basedOn", Some((_, style))) => style.based_on = element.get("val"),
                    ("numId", Some((_, style))) => style.numbered.list = element.number("val"),
                    ("ilvl", Some((_, style))) => style.numbered.level = element.number("val"),
                    _ => {}
                },
                Node::Close | Node::Text(_) => {}
            }
        }
        self.styles.extend(style);
        Ok(())
    }

    /// Reads the part with the lists.
    pub(super) fn read_lists(&mut self, part: &str) -> Result<(), Problem> {
        let mut xml = Xml::new(part);
        let mut kind = None;
        let mut list: Option<(u32, List)> = None;
        let mut level: Option<(usize, Level)> = None;
        loop {
            match xml.next()? {
                Node::End => break,
                Node::Open(element) => match element.name() {
                    "abstractNum" => {
                        self.keep(&mut level, kind, list.as_mut());
                        kind = element.number("abstractNumId");
                    }
                    "num" => {
                        self.keep(&mut level, kind.take(), list.as_mut());
                        self.lists.extend(list.take());
                        list = element.number("numId").map(|id| (id, List::default()));
                    }
                    "abstractNumId" => {
                        if let Some((_, list)) = &mut list {
                            list.kind = element.number("val").unwrap_or_default();
                        }
                    }
                    "lvlOverride" | "lvl" => {
                        self.keep(&mut level, kind, list.as_mut());
                        let at = element.number("ilvl").unwrap_or_default() as usize;
                        level = (element.name() == "lvl" || list.is_some())
                            .then(|| (at, Level { start: u32::MAX, ..Level::default() }));
                    }
                    "startOverride" => {
                        if let (Some((_, list)), Some((at, _))) = (&mut list, &level) {
                            list.changes.starts.push((*at, element.number("val").unwrap_or(1)));
                        }
                    }
                    _ => {
                        if let Some((_, level)) = &mut level {
                            describe(level, &element);
                        }
                    }
                },
                Node::Close | Node::Text(_) => {}
            }
        }
        self.keep(&mut level, kind, list.as_mut());
        self.lists.extend(list);
        Ok(())
    }

    /// Stores a level with the list or the kind of list that it is of.
    fn keep(&mut self, level: &mut Option<(usize, Level)>, kind: Option<u32>, list: Option<&mut (u32, List)>) {
        let Some((at, mut level)) = level.take().filter(|(at, _)| *at < LEVELS) else { return };
        let described = level.start != u32::MAX || !level.text.is_empty() || level.digits != Digits::Decimal;
        if level.start == u32::MAX {
            level.start = 1;
        }
        match (kind, list) {
            (Some(kind), _) => {
                let levels = self.kinds.entry(kind).or_default();
                if levels.len() <= at {
                    levels.resize(at + 1, Level { start: 1, ..Level::default() });
                }
                if let Some(own) = levels.get_mut(at) {
                    *own = level;
                }
            }
            // An override without a description only sets the start.
            (None, Some((_, list))) if described => list.changes.levels.push((at, level)),
            _ => {}
        }
    }

    /// The label of the next paragraph with this style and these properties.
    pub(super) fn label(&mut self, style: Option<&str>, own: Numbered) -> String {
        let mut numbered = own;
        let mut name = style.map(str::to_owned);
        for _ in 0..MAX_CHAIN {
            if numbered.list.is_some() && numbered.level.is_some() {
                break;
            }
            let Some(style) = name.as_ref().and_then(|name| self.styles.get(name)) else { break };
            numbered.list = numbered.list.or(style.numbered.list);
            numbered.level = numbered.level.or(style.numbered.level);
            name.clone_from(&style.based_on);
        }
        // List 0 takes a paragraph out of the list of its style.
        let Some(id) = numbered.list.filter(|id| *id > 0) else { return String::new() };
        let Some(list) = self.lists.get(&id) else { return String::new() };
        let Some(levels) = self.kinds.get(&list.kind) else { return String::new() };
        let level = numbered.level.unwrap_or_default() as usize;
        self.counters.label((list.kind, levels), (id, &list.changes), level)
    }
}

fn describe(level: &mut Level, element: &Element<'_>) {
    match element.name() {
        "start" => level.start = element.number("val").unwrap_or(1),
        "numFmt" => level.digits = digits(&element.get("val").unwrap_or_default()),
        "lvlText" => level.text = element.get("val").unwrap_or_default(),
        "suff" => level.spaced = element.get("val").is_some_and(|suffix| suffix == "space"),
        "isLgl" => level.figures = element.get("val").is_none_or(|value| value != "0" && value != "false"),
        _ => {}
    }
}

/// The names of ECMA-376, part 1, 17.18.59.
fn digits(name: &str) -> Digits {
    match name {
        "decimalZero" => Digits::Padded,
        "decimalFullWidth" | "decimalFullWidth2" => Digits::FullWidth,
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital"
        | "japaneseDigitalTenThousand"
        | "koreanDigital2" => Digits::Chinese,
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => Digits::Formal,
        "ideographTraditional" => Digits::Stems,
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Digits::Circled,
        "lowerLetter" => Digits::Lower,
        "upperLetter" => Digits::Upper,
        "lowerRoman" => Digits::LowerRoman,
        "upperRoman" => Digits::UpperRoman,
        "bullet" | "none" => Digits::None,
        _ => Digits::Decimal,
    }
}
