//! Numbers that look random and are the same every time, on every machine and with every version of every dependency.

/// `SplitMix64` (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): what is made from it has to
/// stay the same for years, which no crate promises across its versions.
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// Of a seed and of what is made by it: whatever else is made, this comes out alike.
    pub(crate) fn of(seed: u64, parts: [usize; 2]) -> Self {
        let mut random = Self { state: seed };
        for part in parts {
            random.state = random.next() ^ part as u64;
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is not 0. That some come up more often by one in billions is no matter here.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let scaled = (u128::from(self.next()) * limit as u128) >> 64;
        scaled as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_sequence_is_the_published_one() {
        let mut random = Random { state: 1_234_567 };
        let first = [random.next(), random.next()];
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn numbers_keep_below_their_limit_and_reach_all_of_it() {
        let mut random = Random::of(1, [2, 3]);
        let mut seen = [false; 7];
        for _ in 0..200 {
            seen[random.below(7)] = true;
        }
        assert_eq!(seen, [true; 7]);
    }
}
