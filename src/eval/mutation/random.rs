//! Choices that are the same whenever the same is asked.

/// A small generator (SplitMix64), sown with a seed and names, so that a
/// choice depends on nothing but what it is made for.
#[derive(Debug)]
pub(super) struct Random(u64);

impl Random {
    /// For one purpose.
    pub fn new(seed: u64, names: &[&str]) -> Self {
        // FNV-1a, with an end after each name.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for byte in names.iter().flat_map(|n| n.bytes().chain([0xff])) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Random(hash)
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let n = u64::try_from(of.len()).ok().filter(|n| *n > 0)?;
        of.get(usize::try_from(self.next() % n).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_chosen_again() {
        let choose = |seed, name| Random::new(seed, &[name]).next();
        assert_eq!(choose(1, "甲"), choose(1, "甲"));
        assert_ne!(choose(1, "甲"), choose(2, "甲"));
        assert_ne!(choose(1, "甲"), choose(1, "乙"));
        assert_eq!(Random::new(1, &[]).pick::<u8>(&[]), None);
    }
}
