//! How many of how many.

use serde::{Deserialize, Serialize};
use std::fmt;

/// So many right of so many compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// How many are right.
    pub right: u64,
    /// How many were compared.
    pub of: u64,
}

impl Rate {
    /// Counts one more.
    pub fn count(&mut self, right: bool) {
        self.right += u64::from(right);
        self.of += 1;
    }

    /// Counts all of another.
    pub fn add(&mut self, other: Rate) {
        self.right += other.right;
        self.of += other.of;
    }

    /// Whether less is right than by another rate; nothing compared is nothing lost.
    ///
    /// ```
    /// use gouji::eval::Rate;
    /// let (two_thirds, half) = (Rate { right: 2, of: 3 }, Rate { right: 4, of: 8 });
    /// assert!(half.is_below(two_thirds));
    /// assert!(!two_thirds.is_below(half));
    /// assert!(!Rate::default().is_below(half));
    /// ```
    #[must_use]
    pub fn is_below(self, other: Rate) -> bool {
        let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
        self.of > 0 && product(self.right, other.of) < product(other.right, self.of)
    }

    /// In per cent with two places, cut off: only what is all right is `100.00%`.
    ///
    /// ```
    /// use gouji::eval::Rate;
    /// assert_eq!(Rate { right: 9999, of: 10_001 }.percent(), "99.98%");
    /// assert_eq!(Rate { right: 29_999, of: 30_000 }.percent(), "99.99%");
    /// assert_eq!(Rate { right: 3, of: 3 }.percent(), "100.00%");
    /// assert_eq!(Rate::default().percent(), "–");
    /// ```
    #[must_use]
    pub fn percent(self) -> String {
        match (u128::from(self.right) * 10_000).checked_div(u128::from(self.of)) {
            Some(all) => format!("{}.{:02}%", all / 100, all % 100),
            None => "–".to_owned(),
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.right, self.of)
    }
}
