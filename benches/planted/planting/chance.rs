//! Seeded numbers for made-up histories (SplitMix64): the same seed gives the same histories on every machine.

/// A generator.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// From a seed.
    pub fn seeded(seed: u64) -> Self {
        Self(seed ^ 0x7468_726f_7567_686c)
    }

    /// The seed of another generator.
    pub fn seed(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to but not including 1.
    pub fn uniform(&mut self) -> f64 {
        (self.seed() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Between two numbers.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// A whole number between two, both included; the lower one when they cross.
    pub fn whole(&mut self, low: usize, high: usize) -> usize {
        low + (self.uniform() * (high.saturating_sub(low) + 1) as f64) as usize
    }

    /// Whether something of this likelihood happens.
    pub fn happens(&mut self, likelihood: f64) -> bool {
        self.uniform() < likelihood
    }

    /// A standard normal number (Box and Muller).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// One of some.
    pub fn pick<T: Copy>(&mut self, among: &[T]) -> T {
        among[self.whole(0, among.len() - 1)]
    }

    /// Puts items into random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.whole(0, last));
        }
    }

    /// Some of many, each at most once.
    pub fn some<T: Copy>(&mut self, among: &[T], count: usize) -> Vec<T> {
        let mut all = among.to_vec();
        self.shuffle(&mut all);
        all.truncate(count);
        all
    }

    /// Whether something is there, visit by visit: a rate, and how much it lingers from one visit to the next.
    pub fn lingering(&mut self, count: usize, rate: f64, lingers: f64) -> Vec<bool> {
        let mut here = self.happens(rate);
        let mut course = Vec::with_capacity(count);
        for _ in 0..count {
            course.push(here);
            here = self.happens(rate + lingers * (f64::from(u8::from(here)) - rate));
        }
        course
    }

    /// Ups and downs of a given size in which neighbours are alike.
    pub fn unrest(&mut self, count: usize, size: f64, alike: f64) -> Vec<f64> {
        let mut now = size * self.normal();
        let mut course = Vec::with_capacity(count);
        for _ in 0..count {
            course.push(now);
            now = alike * now + size * (1.0 - alike * alike).sqrt() * self.normal();
        }
        course
    }
}
