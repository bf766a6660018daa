//! Numbers as text, put straight into a buffer of UTF-8.

use rust_decimal::Decimal;
use std::io::Write as _;

/// 10⁸: one more than eight digits hold.
const EIGHT: u64 = 100_000_000;
/// `0` in each byte.
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// The three digits of each number below 1000, one a byte, the first in the lowest.
static THOUSAND: [u32; 1000] = {
    let mut all = [0; 1000];
    let mut n = 0;
    while n < 1000 {
        let digits = [(n / 100) as u8, (n / 10 % 10) as u8, (n % 10) as u8, 0];
        #[allow(clippy::indexing_slicing)]
        {
            all[n] = u32::from_le_bytes(digits);
        }
        n += 1;
    }
    all
};

/// Appends a number.
#[inline]
pub(crate) fn push_number(out: &mut Vec<u8>, number: u64) {
    let three = |n: u64| THOUSAND.get(n as usize).copied().unwrap_or(0);
    if number < 1000 {
        let count = 1 + u32::from(number >= 10) + u32::from(number >= 100);
        push_first(out, u64::from(three(number) >> (24 - 8 * count)), count);
    } else if number < 1_000_000 {
        let thousands = number / 1000;
        let count = 1 + u32::from(thousands >= 10) + u32::from(thousands >= 100);
        let (high, low) = (three(thousands) >> (24 - 8 * count), three(number % 1000));
        push_first(out, u64::from(high) | u64::from(low) << (8 * count), count + 3);
    } else if number < EIGHT {
        let count = 7 + u32::from(number >= EIGHT / 10);
        push_first(out, eight_digits(number) >> (64 - 8 * count), count);
    } else {
        push_long(out, number);
    }
}

/// A number of more than eight digits.
fn push_long(out: &mut Vec<u8>, number: u64) {
    push_number(out, number / EIGHT);
    push_first(out, eight_digits(number % EIGHT), 8);
}

/// Appends a number that may be negative.
pub(crate) fn push_signed(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    push_number(out, number.unsigned_abs());
}

/// Appends a decimal as it is: with its sign and all of its places.
#[inline]
pub(crate) fn push_decimal(out: &mut Vec<u8>, decimal: Decimal) {
    if decimal.is_sign_negative() {
        out.push(b'-');
    }
    push_magnitude(out, decimal);
}

/// Appends a decimal without its sign.
#[inline]
pub(crate) fn push_magnitude(out: &mut Vec<u8>, decimal: Decimal) {
    match u64::try_from(decimal.mantissa().unsigned_abs()) {
        Ok(mantissa) if decimal.scale() <= 8 => push_scaled(out, mantissa, decimal.scale()),
        // Writing into memory does not fail.
        _ => drop(write!(out, "{}", decimal.abs())),
    }
}

/// Appends a decimal without the zeros that end its places: [`Decimal::normalize`].
#[inline]
pub(crate) fn push_normal(out: &mut Vec<u8>, decimal: Decimal) {
    match u64::try_from(decimal.mantissa().unsigned_abs()) {
        Ok(0) => out.push(b'0'),
        Ok(mut mantissa) if decimal.scale() <= 8 => {
            let mut scale = decimal.scale();
            while scale > 0 && mantissa % 10 == 0 {
                mantissa /= 10;
                scale -= 1;
            }
            if decimal.is_sign_negative() {
                out.push(b'-');
            }
            push_scaled(out, mantissa, scale);
        }
        _ => push_decimal(out, decimal.normalize()),
    }
}

/// `mantissa` ÷ 10 to the power of `scale`, which is 8 at most.
#[inline]
fn push_scaled(out: &mut Vec<u8>, mantissa: u64, scale: u32) {
    // Nearly all figures have two places: a constant divides faster.
    let (whole, places) = match scale {
        0 => return push_number(out, mantissa),
        2 => (mantissa / 100, mantissa % 100),
        _ => {
            let unit = 10u64.pow(scale);
            (mantissa / unit, mantissa % unit)
        }
    };
    push_number(out, whole);
    out.push(b'.');
    push_first(out, eight_digits(places) >> (8 * (8 - scale)), scale);
}

/// Appends the first `count` of eight digits: always eight bytes, of which the
/// rest are taken back, since a copy of a fixed length is a single store.
#[inline]
fn push_first(out: &mut Vec<u8>, digits: u64, count: u32) {
    let end = out.len() + count as usize;
    out.extend_from_slice(&(digits | ZEROS).to_le_bytes());
    out.truncate(end);
}

/// The eight digits of a number below 10⁸, one a byte, the first in the lowest:
/// halves are cut in two side by side, until each byte holds one digit.
#[inline]
fn eight_digits(number: u64) -> u64 {
    let fours = (number / 10_000) | ((number % 10_000) << 32);
    let hundreds = ((fours * 10_486) >> 20) & 0x0000_007F_0000_007F;
    let twos = hundreds | ((fours - hundreds * 100) << 16);
    let tens = ((twos * 103) >> 10) & 0x000F_000F_000F_000F;
    tens | ((twos - tens * 10) << 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(push: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = b"<".to_vec();
        push(&mut out);
        String::from_utf8(out).unwrap().split_off(1)
    }

    #[test]
    fn numbers_are_written_as_they_are_elsewhere() {
        for power in 0..20 {
            let n = 10u64.pow(power);
            for n in [n - 1, n, n + 1, (n / 4).saturating_mul(7), n.wrapping_mul(123_456_789)] {
                assert_eq!(text(|o| push_number(o, n)), n.to_string());
            }
        }
        for n in 0..100_000 {
            assert_eq!(text(|o| push_number(o, n * 997)), (n * 997).to_string());
        }
        assert_eq!(text(|o| push_number(o, u64::MAX)), u64::MAX.to_string());
        assert_eq!(text(|o| push_signed(o, -2024)), "-2024");
        assert_eq!(text(|o| push_signed(o, i64::MIN)), i64::MIN.to_string());
    }

    #[test]
    fn decimals_are_written_as_they_are_elsewhere() {
        let mantissas = [0, 1, 5, 10, 99, 100, 15_460, 50_248, 99_999_999, 100_000_000, 10_000_000_001, i64::MAX];
        let mut all: Vec<Decimal> =
            mantissas.iter().flat_map(|m| (0..=20).map(|scale| Decimal::new(*m, scale))).collect();
        all.extend([Decimal::MAX, Decimal::MAX / Decimal::from(7), Decimal::from_i128_with_scale(1 << 70, 3)]);
        for d in all {
            for d in [d, -d] {
                assert_eq!(text(|o| push_decimal(o, d)), d.to_string());
                assert_eq!(text(|o| push_magnitude(o, d)), d.abs().to_string());
                assert_eq!(text(|o| push_normal(o, d)), d.normalize().to_string());
            }
        }
    }
}
