//! Stage two: from a document's text to a normalised view, paragraphs,
//! headings and the note's identity. Knows no numbers but list numbers.

mod identity;
mod imprint;
mod members;
mod outline;
mod publication;
mod view;

pub(crate) use identity::is_organization;
pub use identity::{Identity, Kind, Scope, chinese_year, without_fund_names, year_in};
pub use members::Members;
pub use outline::{Ordinal, ordinal};
pub(crate) use publication::QUARTERS;
pub use view::View;
pub(crate) use view::is_cell;

/// A paragraph of the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// First byte in the view.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// First byte after the list number.
    pub body: u32,
    /// The list number's level, 0 without one.
    pub level: u8,
    /// A heading: it has a list number (or names a part) and no sentence.
    pub heading: bool,
    /// A row of a table.
    pub table: bool,
}

/// A document cut into paragraphs.
#[derive(Debug, Default)]
pub struct Segments {
    /// In the order of the text.
    pub paragraphs: Vec<Paragraph>,
    /// Whose note it is.
    pub identity: Identity,
}

/// The longest line that can still be a heading, in characters.
const HEADING_CHARS: usize = 48;

/// Cuts a view into paragraphs.
///
/// ```
/// use gouji::segment::{View, segment};
/// let view = View::new("一、收支情况\n（一）收入预算：2024年年初预算数5万元。", &[]);
/// let segments = segment(&view, None);
/// assert!(segments.paragraphs[0].heading);
/// assert_eq!(segments.paragraphs[1].level, 3);
/// ```
pub fn segment(view: &View, given_title: Option<&str>) -> Segments {
    let mut paragraphs = Vec::new();
    let mut at = 0usize;
    while let Some(rest) = view.text.get(at..).filter(|r| !r.is_empty()) {
        let line = rest.get(..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())).unwrap_or(rest);
        let start = at as u32;
        at += line.len() + 1;
        if line.is_empty() {
            continue;
        }
        let ord = ordinal(line);
        let body = ord.map_or(0, |o| o.len);
        // A bar that a page extractor left at the end of a sentence makes no row.
        let cells = line.trim_end_matches([' ', '|']);
        let bars = memchr::memchr(b'|', line.as_bytes()).is_some();
        let table =
            bars && (cells.contains('|') || cells.len() < line.len() && !cells.contains(['。', '，', ',', ';']));
        let heading = !table && is_heading(line, ord);
        paragraphs.push(Paragraph {
            start,
            end: start + line.len() as u32,
            body: start + body as u32,
            level: ord.map_or(0, |o| o.level),
            heading,
            table,
        });
    }
    Segments { paragraphs, identity: Identity::read(given_title, &view.text) }
}

fn is_heading(line: &str, ord: Option<Ordinal>) -> bool {
    if line.len() > HEADING_CHARS * 3 || line.ends_with(['。', ';', ',']) {
        return false;
    }
    let named = || {
        let name = line.trim_end_matches(':');
        ["说明", "情况", "概况", "解释", "部分", "事项", "总体"].iter().any(|w| name.ends_with(w))
    };
    (ord.is_some() || named())
        && line.chars().count() <= HEADING_CHARS
        && !line.contains(['。', ';', '%'])
        && !tells_money(line)
}

/// （2）购置费0万, （二）税收收入3亿元
fn tells_money(line: &str) -> bool {
    line.contains("万元")
        || line.match_indices(['万', '亿', '元']).any(|(at, _)| {
            line.get(..at).is_some_and(|before| before.trim_end().ends_with(|c: char| c.is_ascii_digit()))
        })
}
