//! Random numbers that are the same each time: a generator seeded from the client's code and the data.
//!
//! In go bytes to seed it from, out come numbers (xoshiro256++, Blackman and Vigna 2019). It knows no clock and no
//! machine, so the same history always gives the same findings. It is not fit for keys.

/// A seeded generator.
#[derive(Debug, Clone)]
pub(super) struct Random {
    state: [u64; 4],
    spare: Option<f64>,
}

impl Random {
    /// A generator for these bytes, in this order.
    pub(super) fn seeded(parts: &[&[u8]]) -> Self {
        // FNV-1a, with each part closed by a byte so that "ab","c" and "a","bc" differ.
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        for byte in parts.iter().flat_map(|part| part.iter().copied().chain([0xff])) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        let mut state = [0; 4];
        for slot in &mut state {
            *slot = splitmix(&mut hash);
        }
        Self { state, spare: None }
    }

    /// 64 random bits.
    pub(super) fn bits(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        result
    }

    /// A number from 0 up to but not including 1.
    pub(super) fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A whole number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        // The bias of this is below 2^-50 for any history.
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// A standard normal number (Marsaglia's polar method).
    pub(super) fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (u, v) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = u * u + v * v;
            if square > 0.0 && square < 1.0 {
                let factor = (-2.0 * square.ln() / square).sqrt();
                self.spare = Some(v * factor);
                return u * factor;
            }
        }
    }
}

fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_seed_others() {
        let draw = |parts: &[&[u8]]| Random::seeded(parts).bits();
        assert_eq!(draw(&[b"a7", b"phq9"]), draw(&[b"a7", b"phq9"]));
        assert_ne!(draw(&[b"a7", b"phq9"]), draw(&[b"a7p", b"hq9"]));
    }

    #[test]
    fn normal_numbers_have_mean_nought_and_variance_one() {
        let mut random = Random::seeded(&[b"moments"]);
        let drawn: Vec<f64> = (0..200_000).map(|_| random.normal()).collect();
        let mean = drawn.iter().sum::<f64>() / drawn.len() as f64;
        let variance = drawn.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / drawn.len() as f64;
        assert!(mean.abs() < 0.01 && (variance - 1.0).abs() < 0.02, "{mean} {variance}");
    }
}
