//! A number of days as a date or time.

use super::code::Part;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt::Write;

/// The last day that workbooks know: 9999-12-31.
const LAST_DAY: i64 = 2_958_465;
const SECONDS: i64 = 86_400;

/// A date as it is shown; none for what is no date.
pub(super) fn show(parts: &[Part], value: Decimal, from_1904: bool) -> Option<String> {
    let seconds = value.checked_mul(Decimal::from(SECONDS))?;
    let seconds = seconds.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64()?;
    let (day, second) = (seconds.div_euclid(SECONDS), seconds.rem_euclid(SECONDS));
    let day = if from_1904 { day + 1462 } else { day };
    if !(0..=LAST_DAY).contains(&day) {
        return None;
    }
    let (year, month, date) = civil(day);
    let (hour, minute, rest) = (second / 3600, second / 60 % 60, second % 60);
    let mut shown = String::new();
    // `m` is the minute beside an hour or a second.
    let mut after_hour = false;
    for (at, part) in parts.iter().enumerate() {
        let padded = |n: i64, count: usize| if count > 1 { format!("{n:02}") } else { n.to_string() };
        match part {
            Part::Date('L', _) => return Some(format!("{year}年{month}月{date}日")),
            Part::Date('y', 1 | 2) => {
                let _ = write!(shown, "{:02}", year % 100);
            }
            Part::Date('y', _) => {
                let _ = write!(shown, "{year}");
            }
            Part::Date('m', count) => {
                let next = parts.iter().skip(at + 1).find(|part| matches!(part, Part::Date(..)));
                let is_minute = after_hour || matches!(next, Some(Part::Date('s', _)));
                shown.push_str(&padded(if is_minute { minute } else { month }, *count));
            }
            Part::Date('d', count @ 1..=2) => shown.push_str(&padded(date, *count)),
            // The name of the day.
            Part::Date('d', _) => {}
            Part::Date('h', count) => shown.push_str(&padded(hour, *count)),
            Part::Date('s', count) => shown.push_str(&padded(rest, *count)),
            Part::Elapsed('h') => shown.push_str(&(seconds / 3600).to_string()),
            Part::Elapsed('m') => shown.push_str(&(seconds / 60).to_string()),
            Part::Elapsed(_) => shown.push_str(&seconds.to_string()),
            Part::Literal(literal) => shown.push_str(literal),
            Part::Point => shown.push('.'),
            Part::Comma => shown.push(','),
            _ => {}
        }
        match part {
            Part::Date('h', _) | Part::Elapsed('h') => after_hour = true,
            Part::Date(..) => after_hour = false,
            _ => {}
        }
    }
    Some(shown.trim().to_owned())
}

/// Year, month and day. Workbooks hold 1900 for a leap year.
fn civil(day: i64) -> (i64, i64, i64) {
    if day == 60 {
        return (1900, 2, 29);
    }
    // Days since 0000-03-01.
    let days = day + if day < 60 { 1 } else { 0 } + 693_899;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let date = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, date)
}
