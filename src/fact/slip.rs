//! Slips of the pen that make a list miss its total.

use rust_decimal::Decimal;

/// Whether one figure of a list, with two neighbouring digits exchanged or with
/// one digit behind the point mistyped, makes it tie: nobody leaves out an item
/// of just that amount. All amounts are in units of the last place; `one` is
/// what 1 is in them.
pub(crate) fn mistyped(total: i64, parts: &[i64], one: i64) -> bool {
    let Some(gap) = parts.iter().try_fold(total, |g, p| g.checked_sub(*p)).filter(|g| *g != 0) else { return false };
    let behind_point = one > 1 && gap % one != 0;
    // One digit or two neighbours: the gap is a digit, or nine times one, with zeros.
    let mut core = gap.unsigned_abs();
    while core.is_multiple_of(10) {
        core /= 10;
    }
    if core > 81 || !(core <= 9 && behind_point || core.is_multiple_of(9)) {
        return false;
    }
    let slip = |printed: i64, meant: i64| {
        let (a, b) = (printed.to_string().into_bytes(), meant.to_string().into_bytes());
        let mut differ = (0..a.len()).filter(|k| a.get(*k) != b.get(*k));
        meant >= 0
            && a.len() == b.len()
            && match (differ.next(), differ.next(), differ.next()) {
                (Some(_), None, _) => behind_point,
                (Some(k), Some(l), None) => l == k + 1 && a.get(k) == b.get(l) && a.get(l) == b.get(k),
                _ => false,
            }
    };
    slip(total, total - gap) || parts.iter().any(|p| p.checked_add(gap).is_some_and(|meant| slip(*p, meant)))
}

/// Whether two figures of four digits or more differ in one of them, or in the order of two that are neighbours.
pub(crate) fn differ_by_a_slip(a: Decimal, b: Decimal) -> bool {
    let digits = |v: Decimal| v.normalize().mantissa().unsigned_abs().to_string().into_bytes();
    let (x, y) = (digits(a), digits(b));
    let mut differ = x.iter().zip(&y).enumerate().filter(|(_, (x, y))| x != y).map(|(k, _)| k);
    let swapped = match (differ.next(), differ.next(), differ.next()) {
        (Some(k), Some(l), None) => l == k + 1 && x.get(k) == y.get(l) && x.get(l) == y.get(k),
        _ => false,
    };
    differ_in_one_digit(a, b) || swapped && x.len() >= 4 && x.len() == y.len() && a.scale() == b.scale()
}

/// Whether a figure of four digits or more differs in one of them from another.
pub(crate) fn differ_in_one_digit(printed: Decimal, meant: Decimal) -> bool {
    differ_in_one_digit_of(4, printed, meant)
}

fn differ_in_one_digit_of(least: usize, printed: Decimal, meant: Decimal) -> bool {
    let places = printed.scale().max(meant.scale());
    let digits = |mut value: Decimal| {
        value.rescale(places);
        value.mantissa().to_string().into_bytes()
    };
    let (a, b) = (digits(printed), digits(meant));
    let told = a.iter().rev().skip_while(|d| **d == b'0').count();
    a.len() == b.len() && told >= least && a.iter().zip(&b).filter(|(x, y)| x != y).count() == 1
}

/// Whether one figure of a list that misses its total by a gap would mend it with one of its digits changed. Of
/// figures shorter than three digits most are such.
pub(crate) fn one_digit_mends(total: Decimal, parts: &[Decimal]) -> bool {
    one_digit_of_mends(3, total, parts)
}

/// The same of figures of four digits or more, where nothing but the digit says that a list is whole: so only where what
/// it is short of is no amount that could be left out. 136.20万元，主要为51.00万元、20.00万元、…: a project of 1.00万元 could be, for
/// the others are as round.
pub(crate) fn one_digit_of_four_mends(total: Decimal, parts: &[Decimal]) -> bool {
    let sum = parts.iter().try_fold(Decimal::ZERO, |s, p| s.checked_add(*p));
    let Some(gap) = sum.and_then(|s| total.checked_sub(s)).map(|gap| gap.abs()) else { return false };
    let noughts = |v: Decimal| {
        let v = v.normalize();
        let digits = v.mantissa().unsigned_abs().to_string();
        (digits.len() - digits.trim_end_matches('0').len()) as i64 - i64::from(v.scale())
    };
    // 8000.1 may be 8000.0, as the sum of three figures and more may be rounded.
    let places = parts.iter().map(Decimal::scale).chain([total.scale()]).max().unwrap_or(0);
    let unit = if parts.len() >= 3 { Decimal::new(1, places.min(9)) } else { Decimal::ZERO };
    let around = [Some(gap), gap.checked_sub(unit), gap.checked_add(unit)].into_iter().flatten();
    let round = around.filter(|gap| !gap.is_zero()).map(noughts).max().unwrap_or(0);
    let as_round = |p: &Decimal| !p.is_zero() && noughts(*p) >= round;
    // More than the total is wrong however round it is.
    let short = sum.is_some_and(|s| s < total);
    // 1265.43万元，其中：732.15万元、233.28万元: an item of 300万元 may be left out of figures to the cent.
    // None is of 30元 beside 15214310元, however round that is.
    let tiny = places == 0 && gap.checked_mul(Decimal::from(500)).is_some_and(|gap| gap < total.abs());
    let item = if places > 0 { gap.fract().is_zero() } else { parts.len() < 3 };
    (!short || tiny || !item && !parts.iter().any(as_round)) && one_digit_of_mends(4, total, parts)
}

fn one_digit_of_mends(least: usize, total: Decimal, parts: &[Decimal]) -> bool {
    let sum = parts.iter().try_fold(Decimal::ZERO, |s, p| s.checked_add(*p));
    let Some(gap) = sum.and_then(|s| total.checked_sub(s)).filter(|g| !g.is_zero()) else { return false };
    let mends = |printed: Decimal, meant: Option<Decimal>| {
        meant.is_some_and(|meant| {
            printed.is_sign_negative() == meant.is_sign_negative()
                && differ_in_one_digit_of(least, printed.abs(), meant.abs())
        })
    };
    // Of three figures and more the sum may be rounded.
    let places = parts.iter().map(Decimal::scale).chain([total.scale()]).max().unwrap_or(0);
    let unit = if parts.len() >= 3 { Decimal::new(1, places.min(9)) } else { Decimal::ZERO };
    [Some(gap), gap.checked_sub(unit), gap.checked_add(unit)]
        .into_iter()
        .flatten()
        .any(|gap| mends(total, total.checked_sub(gap)) || parts.iter().any(|p| mends(*p, p.checked_add(gap))))
}

#[cfg(test)]
mod tests {
    use super::{differ_by_a_slip, differ_in_one_digit, mistyped, one_digit_mends, one_digit_of_four_mends};

    #[test]
    fn one_digit_of_any_figure() {
        let mends = |total: &str, parts: &[&str]| {
            let parts: Vec<_> = parts.iter().map(|p| p.parse().unwrap()).collect();
            one_digit_mends(total.parse().unwrap(), &parts)
        };
        // 1018.62 = 999.31 + 19.31, printed 11.31
        assert!(mends("1018.62", &["999.31", "11.31"]));
        assert!(mends("1016.62", &["999.31", "19.31"]));
        // What was left out is no slip.
        assert!(!mends("1018.62", &["999.31", "7.04"]));
        assert!(!mends("1018.62", &["999.31", "19.31"]));
        let mends = |total: &str, parts: &[&str]| {
            let parts: Vec<_> = parts.iter().map(|p| p.parse().unwrap()).collect();
            one_digit_of_four_mends(total.parse().unwrap(), &parts)
        };
        // 20855 = 12135 + 5195 + 3525, printed 12035
        assert!(mends("20855", &["12035", "5195", "3525"]));
        // Round figures leave out round ones.
        assert!(!mends("136.20", &["51.00", "38.70", "25.50", "20.00"]));
        assert!(mends("3264.18", &["182.43", "2581.18", "500.17"]));
        assert!(!mends("3264.18", &["182.40", "2577.78", "500.00"]));
        assert!(!mends("1265.43", &["732.15", "233.28"]));
        assert!(!mends("3500", &["1825", "1175"]));
        assert!(!mends("12600.00", &["8200.00", "3400.00"]));
    }

    #[test]
    fn one_digit_of_four() {
        let differ = |a: &str, b: &str| differ_in_one_digit(a.parse().unwrap(), b.parse().unwrap());
        assert!(differ("502.48", "502.78"));
        assert!(differ("502.40", "502.9"));
        assert!(!differ("502.48", "520.48"));
        assert!(!differ("502.48", "1502.48"));
        // Too short to tell a slip from another figure.
        assert!(!differ("3.5", "3.6"));
    }

    #[test]
    fn a_digit_or_two_neighbours() {
        let differ = |a: &str, b: &str| differ_by_a_slip(a.parse().unwrap(), b.parse().unwrap());
        assert!(differ("34069", "34096"));
        assert!(differ("34069", "34169"));
        assert!(!differ("34069", "39064"));
        assert!(!differ("340", "430"));
    }

    #[test]
    fn exchanged_digits_and_cents() {
        // 25846.30 = 6428.75 + 19417.55, printed 6482.75
        assert!(mistyped(2_584_630, &[648_275, 1_941_755], 100));
        // 502.48 = 424.32 + 78.16, printed 78.46
        assert!(mistyped(50_248, &[42_432, 7_846], 100));
        // A list that leaves out 30.00 is no slip.
        assert!(!mistyped(50_248, &[42_432, 4_816], 100));
        assert!(!mistyped(50_248, &[42_432, 7_816], 100));
    }
}
