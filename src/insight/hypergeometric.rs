//! How many of two sets fall together by chance: the hypergeometric law, block by block.
//!
//! In go sizes, out come chances. Blocks of time are joined by adding up their counts, so that two things that both became
//! common in the same months do not pass for belonging together.

/// The chances of every possible number that fall together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Overlap {
    least: usize,
    chances: Vec<f64>,
    /// What is to be expected on average.
    pub(super) expected: f64,
}

impl Overlap {
    /// Two sets of given sizes among so many.
    pub(super) fn new(all: usize, one: usize, other: usize) -> Self {
        let least = (one + other).saturating_sub(all);
        let most = one.min(other);
        let mut ln = ln_choose(one, least) + ln_choose(all - one, other - least) - ln_choose(all, other);
        let mut chances = Vec::with_capacity(most - least + 1);
        for both in least..=most {
            chances.push(ln.exp());
            // The next chance from this one; after the last it is minus infinity and not used.
            let ways = ((one - both) * (other - both)) as f64;
            ln += (ways / ((both + 1) * (all + both + 1 - one - other)) as f64).ln();
        }
        let expected = if all == 0 { 0.0 } else { (one * other) as f64 / all as f64 };
        Self { least, chances, expected }
    }

    /// Of two blocks together.
    pub(super) fn and(&self, next: &Self) -> Self {
        let mut chances = vec![0.0; self.chances.len() + next.chances.len() - 1];
        for (at, chance) in self.chances.iter().enumerate() {
            for (further, other) in next.chances.iter().enumerate() {
                chances[at + further] += chance * other;
            }
        }
        Self { least: self.least + next.least, chances, expected: self.expected + next.expected }
    }

    /// Chance of so many or more.
    pub(super) fn at_least(&self, both: usize) -> f64 {
        self.chances.iter().skip(both.saturating_sub(self.least)).rev().sum::<f64>().min(1.0)
    }

    /// Chance of so many or fewer.
    #[cfg(test)]
    pub(super) fn at_most(&self, both: usize) -> f64 {
        self.chances.iter().take((both + 1).saturating_sub(self.least)).sum::<f64>().min(1.0)
    }

    /// Chance of any number that is no more likely than this one.
    #[cfg(test)]
    pub(super) fn no_more_likely_than(&self, both: usize) -> f64 {
        let observed = both.checked_sub(self.least).and_then(|at| self.chances.get(at)).copied().unwrap_or(0.0);
        self.chances.iter().filter(|chance| **chance <= observed * (1.0 + 1e-7)).sum::<f64>().min(1.0)
    }

    /// Every value [`Self::at_least`] can take, ascending.
    pub(super) fn attainable(&self) -> Vec<f64> {
        let mut sum = 0.0_f64;
        let from_the_top = self.chances.iter().rev().map(|chance| {
            sum += chance;
            sum.min(1.0)
        });
        from_the_top.collect()
    }
}

/// Natural logarithm of the number of ways to choose.
fn ln_choose(from: usize, take: usize) -> f64 {
    (0..take.min(from - take)).map(|at| ((from - at) as f64 / (at + 1) as f64).ln()).sum()
}
