//! A cell's text to a figure.

use crate::lex::{UnitId, Units, number};
use rust_decimal::Decimal;

/// What stands before 年 and is no span of time.
const YEARS: std::ops::Range<Decimal> =
    Decimal::from_parts(1990, 0, 0, false, 0)..Decimal::from_parts(2060, 0, 0, false, 0);

/// A figure that is all that a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::fact) struct Amount {
    pub value: Decimal,
    pub decimals: u8,
    /// The unit that stands behind it.
    pub unit: Option<UnitId>,
    /// Digits without point, comma, sign and unit.
    pub whole: bool,
}

/// Reads a cell that holds a figure and nothing else: `1,234.50`, `-3.2`,
/// `12.5%`, `¥ 20`, `(3.20)` for what is taken off.
pub(super) fn amount(units: &Units, text: &str) -> Option<Amount> {
    let text = text.trim_matches(|c: char| c.is_whitespace());
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    let (bracketed, text) = (inner.is_some(), inner.unwrap_or(text));
    let (negative, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (bracketed, text.strip_prefix('+').unwrap_or(text)),
    };
    let text = text.trim_start_matches(['¥', '￥', '$', ' ']);
    let n = number(text)?;
    let after = text.get(n.len..)?.trim_start();
    let unit = match units.at(after) {
        _ if after.is_empty() => None,
        Some((unit, len)) if len == after.len() => Some(unit),
        _ => return None,
    };
    // (1) is a list number.
    if bracketed && n.decimals == 0 {
        return None;
    }
    let value = n.value?;
    // 2023年 in a column of years names its row.
    if after.starts_with('年') && n.decimals == 0 && YEARS.contains(&value) {
        return None;
    }
    let digits = text.get(..n.len).is_some_and(|t| t.bytes().all(|b| b.is_ascii_digit()));
    Some(Amount {
        value: if negative && !value.is_zero() { -value } else { value },
        decimals: n.decimals,
        unit,
        whole: digits && !negative && unit.is_none(),
    })
}

/// Marks that stand for nothing: `-`, `/`, `…`.
pub(super) fn is_blank_mark(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '−' | '/' | '\\' | '…' | '.' | '·' | ' ' | '～' | '~'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Packs;

    #[test]
    fn a_cell_is_a_figure_or_none() {
        let units = &Packs::builtin().unwrap().vocabulary.units;
        let value = |text: &str| amount(units, text).map(|a| a.value.to_string());
        for (text, want) in [
            ("1,234.50", "1234.50"),
            ("-3.2", "-3.2"),
            ("(3.20)", "-3.20"),
            ("¥20", "20"),
            ("0.00", "0.00"),
            ("12.5%", "12.5"),
            ("20万元", "20"),
        ] {
            assert_eq!(value(text).as_deref(), Some(want), "{text}");
        }
        for text in ["", "-", "(1)", "20.5左右", "≥95%", "3-5", "2024-05", "一", "12 34"] {
            assert_eq!(value(text), None, "{text}");
        }
        assert!(is_blank_mark("--") && is_blank_mark("/") && !is_blank_mark("") && !is_blank_mark("-1"));
    }
}
