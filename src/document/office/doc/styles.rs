//! The styles of paragraphs, as far as they number them.

use super::super::bytes::{short, stretch};
use super::properties::{Paragraph, apply};

/// Styles that build on each other, at most.
const MAX_CHAIN: usize = 16;

/// What a style says of lists.
#[derive(Debug, Default)]
struct Style {
    base: u16,
    list: Option<u16>,
    level: Option<u8>,
}

/// All styles, by number.
pub(super) struct Styles {
    styles: Vec<Option<Style>>,
}

impl Styles {
    pub(super) fn read(sheet: &[u8]) -> Self {
        let head = usize::from(short(sheet, 0).unwrap_or_default());
        let count = usize::from(short(sheet, 2).unwrap_or_default());
        let base_length = usize::from(short(sheet, 4).unwrap_or_default());
        let mut at = 2 + head;
        let mut styles = vec![];
        while styles.len() < count {
            let Some(length) = short(sheet, at).map(usize::from) else { break };
            let style = stretch(sheet, at + 2, length).filter(|style| !style.is_empty());
            styles.push(style.and_then(|style| read_style(style, base_length)));
            at += 2 + length + length % 2;
        }
        Self { styles }
    }

    /// List and level of a paragraph: its own, or those of its style.
    pub(super) fn numbered(&self, paragraph: &Paragraph) -> (Option<u16>, Option<u8>) {
        let (mut list, mut level) = (paragraph.list, paragraph.level);
        let mut number = paragraph.style;
        for _ in 0..MAX_CHAIN {
            if list.is_some() && level.is_some() {
                break;
            }
            let Some(Some(style)) = self.styles.get(usize::from(number)) else { break };
            list = list.or(style.list);
            level = level.or(style.level);
            number = style.base;
        }
        (list, level)
    }
}

fn read_style(style: &[u8], base_length: usize) -> Option<Style> {
    let second = short(style, 2)?;
    let mut read = Style { base: second >> 4, ..Style::default() };
    // Only styles of paragraphs begin with what holds for paragraphs.
    if second & 0xf != 1 {
        return Some(read);
    }
    let name = usize::from(short(style, base_length)?);
    let mut at = base_length + 2 + (name + 1) * 2;
    at += at % 2;
    let length = usize::from(short(style, at)?);
    let list = stretch(style, at + 2, length)?;
    let mut properties = Paragraph::default();
    apply(&mut properties, list.get(2..).unwrap_or_default(), &[], 0);
    read.list = properties.list;
    // A style that is in a list without a level is on the first.
    read.level = properties.level.or(properties.list.map(|_| 0));
    Some(read)
}
