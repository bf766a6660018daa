//! What all Excel files have in common.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::borrow::Cow;
use std::path::Path;

/// Rows of a sheet, its head among them.
pub(crate) const MAX_ROWS: u32 = 1_048_576;
/// Characters of a cell.
const MAX_CHARS: usize = 32_767;
/// Digits that Excel keeps.
const MAX_DIGITS: usize = 15;

/// A workbook whose bytes depend on what is written alone, not on the day; what
/// does not fit into memory waits beside the file.
pub(crate) fn new_workbook(path: &Path) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        workbook.set_tempdir(folder)?;
    }
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_author("gouji").set_creation_datetime(&day));
    Ok(workbook)
}

/// A figure as a number of Excel's; `None` if it has more digits than Excel keeps.
pub(crate) fn as_number(figure: &str) -> Option<f64> {
    let digits: String = figure.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    let digits = if figure.contains('.') { digits.trim_end_matches('0') } else { digits };
    (digits.len() <= MAX_DIGITS).then(|| figure.parse().ok()).flatten()
}

/// As much of a text as a cell takes.
pub(crate) fn fitting(text: &str) -> Cow<'_, str> {
    if text.len() <= MAX_CHARS {
        return Cow::Borrowed(text);
    }
    // Excel counts UTF-16; a character has two units at most.
    Cow::Owned(text.chars().take(MAX_CHARS / 2).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_all_their_digits_or_are_none() {
        assert_eq!(as_number("-502.48"), Some(-502.48));
        assert_eq!(as_number("0.00000000000001"), Some(0.000_000_000_000_01));
        assert_eq!(as_number("123456789012.345"), Some(123_456_789_012.345));
        assert_eq!(as_number("1234567890123.456"), None);
        assert_eq!(as_number("1.50000000000000000000"), Some(1.5));
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(fitting("收入"), "收入");
        assert_eq!(fitting(&"收".repeat(40_000)).chars().count(), MAX_CHARS / 2);
    }
}
