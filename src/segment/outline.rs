//! Headings and list numbers: 第一部分, 一、, （一）, 1., (1), ①.

/// A list number at the beginning of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ordinal {
    /// Depth in the customary order: 1 第一部分, 2 一、, 3 （一）, 4 1., 5 (1), 6 ① and ——.
    pub level: u8,
    /// The number itself, if it can be read; 0 otherwise.
    pub number: u16,
    /// Its length in bytes, with the mark that ends it.
    pub len: usize,
}

/// The list number that `text` begins with, in either width.
///
/// ```
/// use gouji::segment::ordinal;
/// assert_eq!(ordinal("（二）支出预算").unwrap().level, 3);
/// assert_eq!(ordinal("3.公务接待费").unwrap().number, 3);
/// assert_eq!(ordinal("——税收收入18319万元").unwrap().level, 6);
/// assert!(ordinal("3.5万元").is_none());
/// assert!(ordinal("2024年收入").is_none());
/// ```
pub fn ordinal(text: &str) -> Option<Ordinal> {
    let first = text.chars().next()?;
    match first {
        '第' => part(text),
        '(' | '（' => bracketed(text, first.len_utf8()),
        '①'..='⑳' => {
            Some(Ordinal { level: 6, number: (first as u32 - '①' as u32 + 1) as u16, len: first.len_utf8() })
        }
        '0'..='9' => arabic(text),
        '—' | '-' => dashes(text),
        c if numeral(c).is_some() => chinese(text),
        _ => None,
    }
}

/// ——税收收入18319万元; ——2023年1月19日在… is a subtitle.
fn dashes(text: &str) -> Option<Ordinal> {
    let rest = text.strip_prefix("——").or_else(|| text.strip_prefix("--"))?;
    let first = rest.chars().next()?;
    (!first.is_ascii_digit() && !matches!(first, '—' | '-')).then_some(Ordinal {
        level: 6,
        number: 0,
        len: text.len() - rest.len(),
    })
}

fn part(text: &str) -> Option<Ordinal> {
    let rest = text.strip_prefix('第')?;
    let (number, used) = numerals(rest).or_else(|| digits(rest))?;
    let after = rest.get(used..)?;
    let word = ["部分", "章", "节"].iter().find(|w| after.starts_with(**w))?;
    Some(Ordinal { level: 1, number, len: '第'.len_utf8() + used + word.len() + mark_len(after.get(word.len()..)?) })
}

fn chinese(text: &str) -> Option<Ordinal> {
    let (number, used) = numerals(text)?;
    let after = text.get(used..)?;
    let mark = after.chars().next()?;
    matches!(mark, '、' | '.' | '．' | ',' | '，').then(|| Ordinal { level: 2, number, len: used + mark.len_utf8() })
}

fn bracketed(text: &str, open: usize) -> Option<Ordinal> {
    let rest = text.get(open..)?;
    let (number, used, level) = match numerals(rest) {
        Some((n, used)) => (n, used, 3),
        None => digits(rest).map(|(n, used)| (n, used, 5))?,
    };
    let after = rest.get(used..)?;
    let close = after.chars().next().filter(|c| matches!(c, ')' | '）'))?;
    let len = open + used + close.len_utf8();
    Some(Ordinal { level, number, len: len + mark_len(text.get(len..)?) })
}

fn arabic(text: &str) -> Option<Ordinal> {
    let (number, used) = digits(text)?;
    if used > 2 {
        return None;
    }
    let after = text.get(used..)?;
    let mark = after.chars().next()?;
    let next = after.get(mark.len_utf8()..)?.chars().next();
    match mark {
        '、' => {}
        '.' | '．' if !next.is_some_and(|c| c.is_ascii_digit()) => {}
        // 1.2024年，…: no plan is of 1.2024 years.
        '.' if number > 0 && is_year(after.get(1..)?) => {}
        ')' | '）' => {
            return Some(Ordinal { level: 5, number, len: used + mark.len_utf8() });
        }
        _ => return None,
    }
    Some(Ordinal { level: 4, number, len: used + mark.len_utf8() })
}

/// Whether a text begins with a year: 2024年, 2024年度, 2021全区.
fn is_year(text: &str) -> bool {
    text.get(..4).is_some_and(|y| y.starts_with("20") && y.bytes().all(|b| b.is_ascii_digit()))
        && text.get(4..).is_some_and(|t| ["年", "全"].iter().any(|w| t.starts_with(w)))
}

/// A mark that may follow a bracketed number: （1）、
fn mark_len(text: &str) -> usize {
    text.chars().next().filter(|c| matches!(c, '、' | ':' | '：')).map_or(0, char::len_utf8)
}

fn digits(text: &str) -> Option<(u16, usize)> {
    let used = text.bytes().take_while(u8::is_ascii_digit).count();
    if used == 0 || used > 3 {
        return None;
    }
    Some((text.get(..used)?.parse().ok()?, used))
}

fn numerals(text: &str) -> Option<(u16, usize)> {
    let used: usize = text.chars().take_while(|c| numeral(*c).is_some()).map(char::len_utf8).sum();
    if used == 0 || used > 9 {
        return None;
    }
    let mut value: u16 = 0;
    for c in text.get(..used)?.chars() {
        let n = numeral(c)?;
        value = match n {
            10 if value == 0 => 10,
            10 => value.checked_mul(10)?,
            n => value.checked_add(n)?,
        };
    }
    Some((value, used))
}

fn numeral(c: char) -> Option<u16> {
    Some(match c {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels() {
        let level = |t| ordinal(t).map(|o| (o.level, o.number));
        assert_eq!(level("第一部分 概况"), Some((1, 1)));
        assert_eq!(level("十二、其他"), Some((2, 12)));
        assert_eq!(level("(一)收入"), Some((3, 1)));
        assert_eq!(level("2、支出"), Some((4, 2)));
        assert_eq!(level("(1)、运行"), Some((5, 1)));
        assert_eq!(level("①财拨"), Some((6, 1)));
        assert_eq!(level("一般公共预算"), None);
        assert_eq!(level("三公经费"), None);
        assert_eq!(level("2.5万元"), None);
        assert_eq!(level("100个"), None);
    }
}
