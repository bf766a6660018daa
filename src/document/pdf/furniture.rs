//! Running heads, running feet and page numbers: what a page repeats around
//! its text is no part of it.

use super::Sheet;
use super::line::Line;
use rustc_hash::FxHashMap;

/// How many lines at each end of a page may be furniture.
const DEEP: usize = 4;
/// Heights on different pages that count as one, in hundredths of a point.
const SAME_HEIGHT: i32 = 600;

/// Where a line stands, what it says but for its numbers.
#[derive(PartialEq, Eq, Hash)]
struct Place {
    height: i32,
    shape: String,
}

/// Takes running heads, feet and page numbers out of the pages.
pub(super) fn remove(sheets: &mut [Sheet]) {
    for foot in [false, true] {
        // From the edge inwards, a line at a time: what stands within a line that stays, stays.
        let mut open: Vec<bool> = vec![true; sheets.len()];
        for _ in 0..DEEP {
            let marked = furniture(sheets, &open, foot);
            if !marked.contains(&true) {
                break;
            }
            for (sheet, marked) in sheets.iter_mut().zip(&marked) {
                if *marked {
                    if foot { drop(sheet.lines.pop()) } else { drop(sheet.lines.remove(0)) }
                }
            }
            open = marked;
        }
    }
}

/// Which pages begin (or end) with furniture.
fn furniture(sheets: &[Sheet], open: &[bool], foot: bool) -> Vec<bool> {
    let edge = |sheet: &Sheet| -> Option<Line> {
        let line = if foot { sheet.lines.last() } else { sheet.lines.first() }?;
        let beyond = sheet
            .tables
            .iter()
            .any(|table| if foot { table.area.bottom > line.area.bottom } else { table.area.top < line.area.top });
        let margin = sheet.height / if foot { 7 } else { 8 };
        let outside = if foot { line.base > sheet.height - margin } else { line.base < margin };
        (outside && !beyond).then(|| line.clone())
    };
    let edges: Vec<Option<Line>> =
        sheets.iter().zip(open).map(|(sheet, open)| if *open { edge(sheet) } else { None }).collect();
    let mut counts: FxHashMap<Place, usize> = FxHashMap::default();
    let places = |sheet: &Sheet, line: &Line| {
        // Two bands, so that a height near the border of one is well within the other.
        let height = if foot { sheet.height - line.base } else { line.base };
        [0, SAME_HEIGHT / 2].map(|shift| Place {
            height: (height + shift) / SAME_HEIGHT * 2 + (shift > 0) as i32,
            shape: shape(&line.text),
        })
    };
    for (sheet, line) in sheets.iter().zip(&edges) {
        if let Some(line) = line {
            for place in places(sheet, line) {
                *counts.entry(place).or_insert(0) += 1;
            }
        }
    }
    let numbers = page_numbers(sheets, &edges);
    sheets
        .iter()
        .zip(&edges)
        .zip(numbers)
        .map(|((sheet, line), number)| {
            let Some(line) = line else { return false };
            let times = places(sheet, line).iter().filter_map(|place| counts.get(place)).copied().max().unwrap_or(0);
            // Of two pages the second begins as the first: the first keeps it, as it may be the title.
            let again = sheets.len() == 2
                && times == 2
                && (foot || sheet.number > 1)
                && edges.iter().flatten().all(|other| other.text == line.text && other.size == line.size)
                && !heads_table(&line.text);
            let often = times >= 3 && times * 3 >= sheets.len();
            number || (again || often) && line.text.chars().count() <= 60 && !tells(&line.text)
        })
        .collect()
}

/// Whether a line is running text or names an amount: pages of tables and of
/// like paragraphs begin alike, and what they tell must not be lost.
fn tells(text: &str) -> bool {
    let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    let amount = |at: usize| {
        let bytes = text.as_bytes();
        at > 0 && digit(bytes.get(at - 1)) && digit(bytes.get(at + 1))
    };
    text.contains(['。', '，', '；']) || text.match_indices('.').any(|(at, _)| amount(at))
}

/// 单位：万元, 支出预算表: pages of tables begin so.
fn heads_table(text: &str) -> bool {
    text.contains("单位") || text.ends_with('表') || text.ends_with(')') || text.ends_with('）')
}

/// The line with each number made one mark.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if c.is_numeric() {
            if !shape.ends_with('#') {
                shape.push('#');
            }
        } else {
            shape.push(c);
        }
    }
    shape
}

/// Which of the lines are page numbers: marked as such, or numbers that go up
/// as the pages do.
fn page_numbers(sheets: &[Sheet], lines: &[Option<Line>]) -> Vec<bool> {
    let found: Vec<Option<(i64, bool)>> =
        lines.iter().map(|line| line.as_ref().and_then(|line| page_number(&line.text))).collect();
    let numbered = |index: usize| {
        let (number, _) = (*found.get(index)?)?;
        let page = i64::from(sheets.get(index)?.number);
        Some(number - page)
    };
    (0..lines.len())
        .map(|index| match found.get(index).copied().flatten() {
            None => false,
            Some((_, true)) => true,
            // A lone number: of the page itself, or as far from it as on another page.
            Some((number, false)) => {
                let own = numbered(index);
                own == Some(0) && number < 10_000
                    || (0..lines.len())
                        .any(|other| other != index && numbered(other).is_some() && numbered(other) == own)
            }
        })
        .collect()
}

/// The number that a line is nothing but, and whether it is dressed as a page
/// number: 第 3 页, — 3 —, 3/20, Page 3.
fn page_number(text: &str) -> Option<(i64, bool)> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let dash = |c: char| matches!(c, '-' | '—' | '–' | '－' | '―' | '~' | '·' | '_');
    let bare = plain.trim_matches(dash);
    let dressed = bare.len() < plain.len();
    let digits = |part: &str| {
        let part: String = part
            .chars()
            .map(|c| match c {
                '０'..='９' => char::from_u32(u32::from(c) - 0xff10 + 0x30).unwrap_or(c),
                c => c,
            })
            .collect();
        (part.len() <= 5 && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse().ok())
            .flatten()
    };
    if let Some(number) = digits(bare) {
        return Some((number, dressed));
    }
    let chinese = bare.strip_prefix('第').and_then(|rest| rest.split_once('页'));
    if let Some((number, rest)) = chinese {
        let rest = rest.trim_matches(|c: char| matches!(c, '/' | '，' | ',' | '（' | '）' | '(' | ')') || dash(c));
        let total = rest
            .strip_prefix('共')
            .and_then(|rest| rest.strip_suffix('页'))
            .is_some_and(|total| digits(total).is_some());
        return digits(number).filter(|_| rest.is_empty() || total).map(|number| (number, true));
    }
    let english = bare.strip_prefix("page").map(|rest| rest.split_once("of").map_or(rest, |(number, _)| number));
    if let Some(number) = english {
        return digits(number).map(|number| (number, true));
    }
    let (number, total) = bare.split_once('/')?;
    Some((digits(number)?, digits(total).is_some())).filter(|(_, total)| *total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_known_by_their_dress() {
        for (text, number) in [
            ("— 3 —", 3),
            ("- 12 -", 12),
            ("第 3 页", 3),
            ("第3页 共20页", 3),
            ("第3页，共20页", 3),
            ("3 / 20", 3),
            ("Page 3 of 20", 3),
            ("－３－", 3),
        ] {
            assert_eq!(page_number(text), Some((number, true)), "{text}");
        }
        assert_eq!(page_number("3"), Some((3, false)));
        for text in ["3.5", "2024年", "第三部分", "12万元", "-3.61", "第3页说明", "", "—"] {
            assert_eq!(page_number(text), None, "{text}");
        }
    }

    #[test]
    fn running_heads_tell_nothing() {
        for text in ["某某局2024年度部门决算", "— 3 —", "2024.", "第 3 页 共 12 页"] {
            assert!(!tells(text), "{text}");
        }
        for text in ["支出总计307.82", "与2023年度相比，", "单位于2024年成立。"] {
            assert!(tells(text), "{text}");
        }
    }

    #[test]
    fn numbers_do_not_tell_running_heads_apart() {
        assert_eq!(shape("第 3 页 共 12 页"), "第#页共#页");
    }
}
