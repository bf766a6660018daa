//! Numbers as the cells of a workbook show them: 12.5 under `0.00` is 12.50.
//!
//! The printed places are what a figure's precision is told by, so a cell is
//! read as it is shown and not as it is stored. Rounding is decimal: half away
//! from zero, of the fifteen digits that a stored number holds.

mod code;
mod date;

pub(super) use code::NumberFormat;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// Digits that a stored number holds.
const DIGITS: u32 = 15;

/// The format of a number that is built into the programs, as they show it in
/// Chinese (ECMA-376, part 1, 18.8.30).
pub(super) fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "\"¥\"#,##0;\"¥\"\\-#,##0",
        7 | 8 => "\"¥\"#,##0.00;\"¥\"\\-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        14 => "yyyy/m/d",
        15..=17 => "yyyy/m/d",
        18 | 20 | 55 => "h:mm",
        19 | 21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m/d/yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        37 | 38 => "#,##0;\\-#,##0",
        39 | 40 => "#,##0.00;\\-#,##0.00",
        41 | 42 => "#,##0;\\-#,##0;\"-\"",
        43 | 44 => "#,##0.00;\\-#,##0.00;\"-\"",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        49 => "@",
        _ => "General",
    }
}

/// A number as the file states it, kept to the digits that it holds.
pub(super) fn parse(stated: &str) -> Option<Decimal> {
    let stated = stated.trim();
    let value = if stated.contains(['e', 'E']) {
        Decimal::from_scientific(stated).ok()
    } else {
        stated.parse::<Decimal>().ok()
    }?;
    value.round_sf_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero).map(|value| value.normalize())
}

/// A number as a cell with this format shows it, or with none.
pub(super) fn show(format: Option<&NumberFormat>, value: Decimal, from_1904: bool) -> String {
    format.map_or_else(|| general(value), |format| format.show(value, from_1904))
}

/// A number without a format: up to eleven characters, no zeros behind.
fn general(value: Decimal) -> String {
    let whole = value.trunc().abs().to_u128().map_or(0, |n| n.to_string().len());
    let places = u32::try_from(10_usize.saturating_sub(whole)).unwrap_or_default();
    let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize();
    rounded.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(stated: &str, code: &str) -> String {
        NumberFormat::new(code).show(parse(stated).unwrap(), false)
    }

    #[test]
    fn the_format_decides_the_places() {
        for (stated, code, expected) in [
            ("12.5", "0.00", "12.50"),
            ("12.5", "General", "12.5"),
            ("12.5", "0", "13"),
            ("-12.5", "0", "-13"),
            ("502.47999999999996", "0.00", "502.48"),
            ("0.30000000000000004", "General", "0.3"),
            ("1.0049999999999999", "0.00", "1.01"),
            ("5.0248E2", "General", "502.48"),
            ("1234567.891", "#,##0.00", "1,234,567.89"),
            ("12", "#,##0", "12"),
            ("0.5", "#.##", ".5"),
            ("0.5", "0.##", "0.5"),
            ("3", "0.0#", "3.0"),
            ("0.0317", "0.00%", "3.17%"),
            ("2080505", "0000000", "2080505"),
            ("205", "0000000", "0000205"),
            ("1234567", "#,##0.00,", "1,234.57"),
            ("502.48", "0.00\"万元\"", "502.48万元"),
            ("502.48", "[$¥-804]#,##0.00", "¥502.48"),
            ("-3.62", "0.00_ ;[Red]\\-0.00\\ ", "-3.62"),
            ("-3.62", "0.00;(0.00)", "(3.62)"),
            ("0", "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "-"),
            ("1234.5", "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "1,234.50"),
            ("-1234.5", "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "-1,234.50"),
            ("12", "[>=100]0.0;[<100]0.00", "12.00"),
            ("0", "0.00;-0.00;;@", ""),
            ("-0.001", "0.00", "0.00"),
            ("12345678901234567890", "General", "12345678901234600000"),
            ("3.14159265358979", "General", "3.141592654"),
            ("0.00001234", "0.00E+00", "1.23E-05"),
            ("123456", "0.00E+00", "1.23E+05"),
        ] {
            assert_eq!(shown(stated, code), expected, "{stated} under {code}");
        }
    }

    #[test]
    fn dates_are_shown_as_dates() {
        for (stated, code, expected) in [
            ("45292", "yyyy/m/d", "2024/1/1"),
            ("45292", "yyyy\"年\"m\"月\"d\"日\"", "2024年1月1日"),
            ("45292", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2024年1月1日"),
            ("45292.5", "yyyy-mm-dd h:mm", "2024-01-01 12:00"),
            ("60", "yyyy-mm-dd", "1900-02-29"),
            ("61", "yyyy-mm-dd", "1900-03-01"),
            ("1", "yyyy-mm-dd", "1900-01-01"),
            ("0.75", "h:mm:ss", "18:00:00"),
            ("1.5", "[h]:mm", "36:00"),
            ("45292", "m\"月\"d\"日\"", "1月1日"),
        ] {
            assert_eq!(shown(stated, code), expected, "{stated} under {code}");
        }
        assert_eq!(NumberFormat::new("yyyy-mm-dd").show(parse("43830").unwrap(), true), "2024-01-01");
        assert_eq!(shown("-5", "yyyy-mm-dd"), "-5");
        assert_eq!(shown("99999999", "yyyy-mm-dd"), "99999999");
    }

    #[test]
    fn any_code_shows_something() {
        for code in [
            "",
            ";",
            ";;;;;",
            "\"",
            "\\",
            "_",
            "*",
            "[",
            "[>",
            "[>x]0",
            "0.0.0",
            "%%%%%%%%%%%%",
            ",,,,,0,,,,,,",
            "E+",
            "@@",
        ] {
            for stated in ["0", "-1.5", "79228162514264337593543950335", "0.0000000000000000000000000001"] {
                let _ = shown(stated, code);
            }
        }
        let long = "0".repeat(100_000);
        assert!(shown("1", &long).len() < 1000);
        assert!(shown("1", &format!("0.{long}")).len() < 1000);
    }
}
