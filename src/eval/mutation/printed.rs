//! The digits of a figure as they are printed, to be printed otherwise.

use rust_decimal::{Decimal, RoundingStrategy};
use std::ops::Range;

/// A printed number in ASCII digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Printed {
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
    /// As printed.
    pub text: String,
    /// Its amount, without a sign.
    pub value: Decimal,
    /// Printed decimal places.
    pub places: u32,
}

impl Printed {
    /// The number that a quote begins with.
    pub fn in_quote(text: &str, quote: Range<usize>) -> Option<Self> {
        let all = text.get(quote.clone())?;
        let lead = all.len() - all.trim_start_matches(['-', '+']).len();
        let rest = all.get(lead..)?;
        let len = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(rest.len());
        let number = rest.get(..len)?;
        let value = Decimal::from_str_exact(&number.replace(',', "")).ok()?;
        let places = number.split_once('.').map_or(0, |(_, fraction)| fraction.len() as u32);
        let start = quote.start + lead;
        number.starts_with(|c: char| c.is_ascii_digit()).then(|| Printed {
            at: start..start + len,
            text: number.to_owned(),
            value,
            places,
        })
    }

    /// Another amount, printed alike.
    pub fn write(&self, value: Decimal) -> String {
        let mut value = value.round_dp_with_strategy(self.places, RoundingStrategy::MidpointAwayFromZero);
        value.rescale(self.places);
        let plain = value.to_string();
        if !self.text.contains(',') {
            return plain;
        }
        let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
        let mut out = String::new();
        for (n, c) in whole.chars().enumerate() {
            if n > 0 && (whole.len() - n).is_multiple_of(3) {
                out.push(',');
            }
            out.push(c);
        }
        out.extend(fraction.into_iter().flat_map(|f| [".", f]));
        out
    }

    /// One unit of the last printed place.
    pub fn last_place(&self) -> Decimal {
        Decimal::new(1, self.places)
    }

    /// Where its digits are, as indices into its characters.
    pub fn digits(&self) -> Vec<usize> {
        self.text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect()
    }

    /// What other characters in its place would say, if they are a number that
    /// can be printed: no 0 stands before other digits, and the amount is another.
    pub fn otherwise(&self, text: String) -> Option<(String, Decimal)> {
        let value = Decimal::from_str_exact(&text.replace(',', "")).ok()?;
        let whole = text.split('.').next().unwrap_or("");
        let leading = whole.len() > 1 && whole.starts_with('0');
        (!leading && value != self.value).then_some((text, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_alike() {
        let text = "收入1,234.50万元";
        let printed = Printed::in_quote(text, 6..text.len()).unwrap();
        assert_eq!((printed.text.as_str(), printed.places), ("1,234.50", 2));
        assert_eq!(&text[printed.at.clone()], "1,234.50");
        assert_eq!(printed.write(Decimal::new(1_000_000, 0)), "1,000,000.00");
        assert_eq!(printed.last_place(), Decimal::new(1, 2));
        assert_eq!(printed.otherwise("0,234.50".into()), None);
        assert_eq!(printed.otherwise("1,234.5".into()), None);
        assert_eq!(Printed::in_quote("两个", 0..6), None);
    }
}
