//! Random numbers, amounts, and how a note prints them.

use rust_decimal::{Decimal, RoundingStrategy};

/// Splitmix64: small, good enough, the same everywhere.
#[derive(Debug, Clone)]
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64, index: u64) -> Self {
        let mut rng = Rng(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ index.wrapping_mul(0xd1b5_4a32_d192_ed03));
        rng.next();
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Less than `n`; 0 if `n` is 0.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next().checked_rem(n).unwrap_or(0)
    }

    /// At least `low`, at most `high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low).max(0) as u64 + 1) as i64
    }

    /// True in `percent` of 100 cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of a list; its default if there is none.
    pub(crate) fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        list.get(self.below(list.len() as u64) as usize).copied().unwrap_or_default()
    }

    /// `count` of a list, in its order.
    pub(crate) fn some<T: Copy>(&mut self, list: &[T], count: usize) -> Vec<T> {
        let mut left = count.min(list.len());
        let mut chosen = Vec::with_capacity(left);
        for (at, item) in list.iter().enumerate() {
            if self.below((list.len() - at) as u64) < left as u64 {
                chosen.push(*item);
                left -= 1;
            }
        }
        chosen
    }

    /// `total` in `count` parts, each a multiple of `grain`, none of them tiny.
    pub(crate) fn split(&mut self, total: i64, count: usize, grain: i64) -> Vec<i64> {
        let weights: Vec<i64> = (0..count).map(|_| self.between(20, 100)).collect();
        let sum = weights.iter().sum::<i64>().max(1);
        let mut left = total;
        let mut parts: Vec<i64> = weights
            .iter()
            .skip(1)
            .map(|w| {
                let part = (i128::from(total) * i128::from(*w) / i128::from(sum)) as i64 / grain * grain;
                left -= part;
                part
            })
            .collect();
        parts.insert(0, left);
        parts
    }
}

/// An amount of this year beside that of the year before, in 元.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Pair {
    pub now: i64,
    pub prior: i64,
}

impl Pair {
    pub(crate) fn change(self) -> i64 {
        self.now - self.prior
    }
}

impl std::ops::Add for Pair {
    type Output = Pair;
    fn add(self, other: Pair) -> Pair {
        Pair { now: self.now + other.now, prior: self.prior + other.prior }
    }
}

impl std::iter::Sum for Pair {
    fn sum<I: Iterator<Item = Pair>>(pairs: I) -> Pair {
        pairs.fold(Pair::default(), |a, b| a + b)
    }
}

/// How a note prints its figures. Amounts are kept in 元.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// 万元 or 亿元.
    pub unit: &'static str,
    /// 元 in that unit.
    per: i64,
    /// Decimal places of amounts.
    places: u32,
    /// 40.1 for 40.10.
    pub trim: bool,
    /// 1,524.37.
    thousands: bool,
    /// Decimal places of percentages.
    rate_places: u32,
    /// What every amount is a multiple of, in 元: 100 if the printed ones are
    /// exact, 1 if they are rounded, so that sums miss by a hundredth.
    pub grain: i64,
    /// Whether changes carry their percentage.
    pub rates: bool,
    /// 2023年, 上年 or 去年.
    pub base: &'static str,
}

impl Style {
    pub(crate) fn random(rng: &mut Rng) -> Self {
        Style {
            unit: "万元",
            per: 10_000,
            places: 2,
            trim: rng.chance(40),
            thousands: rng.chance(12),
            rate_places: if rng.chance(20) { 1 } else { 2 },
            grain: if rng.chance(25) { 1 } else { 100 },
            rates: rng.chance(60),
            base: rng.pick(&["", "", "上年", "上年预算", "去年"]),
        }
    }

    /// For county reports: whole 万元, or hundredths of 亿元 that are rounded.
    pub(crate) fn county(rng: &mut Rng) -> Self {
        let billions = rng.chance(40);
        Style {
            unit: if billions { "亿元" } else { "万元" },
            per: if billions { 100_000_000 } else { 10_000 },
            places: if billions { 2 } else { 0 },
            trim: false,
            thousands: false,
            rate_places: 1,
            grain: if billions { 100_000 } else { 10_000 },
            rates: true,
            base: rng.pick(&["上年", ""]),
        }
    }

    /// `502.48万元`
    pub(crate) fn money(&self, yuan: i64) -> String {
        let mut text = self.bare(yuan);
        text.push_str(self.unit);
        text
    }

    /// `502.48`
    pub(crate) fn bare(&self, yuan: i64) -> String {
        let value = (Decimal::from(yuan) / Decimal::from(self.per))
            .round_dp_with_strategy(self.places, RoundingStrategy::MidpointAwayFromZero);
        if self.trim {
            return self.group(value.normalize().to_string());
        }
        let mut value = value;
        value.rescale(self.places);
        self.group(value.to_string())
    }

    fn group(&self, digits: String) -> String {
        let whole = digits.find('.').unwrap_or(digits.len());
        if !self.thousands || whole <= 3 {
            return digits;
        }
        let mut out = String::with_capacity(digits.len() + 3);
        for (at, c) in digits.chars().enumerate() {
            if at > 0 && at < whole && (whole - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(c);
        }
        out
    }

    /// `3.17%`, without sign.
    pub(crate) fn rate(&self, part: i64, whole: i64) -> String {
        let quotient = Decimal::from(part.abs() * 100) / Decimal::from(whole.max(1));
        let mut value = quotient.round_dp_with_strategy(self.rate_places, RoundingStrategy::MidpointAwayFromZero);
        value.rescale(self.rate_places);
        format!("{value}%")
    }
}
