//! How much more a word belongs to one body of text than to another.
//!
//! In go counts; out come two measures that treat every word as drawn by itself. Words of one note are not, so these may
//! rank and be shown, and decide nothing.

/// Counts of one word in two bodies of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    /// How often in the first.
    pub(super) one: usize,
    /// All words of the first.
    pub(super) one_all: usize,
    /// How often in the second.
    pub(super) other: usize,
    /// All words of the second.
    pub(super) other_all: usize,
}

impl Counts {
    /// The log likelihood measure of corpus linguistics, which takes two cells (Rayson and Garside 2000).
    pub(super) fn likelihood(self) -> f64 {
        let both = (self.one + self.other) as f64;
        let all = (self.one_all + self.other_all) as f64;
        let cell = |count: usize, of: usize| {
            let expected = both * of as f64 / all;
            if count == 0 { 0.0 } else { count as f64 * (count as f64 / expected).ln() }
        };
        2.0 * (cell(self.one, self.one_all) + cell(self.other, self.other_all))
    }

    /// Log odds with a Dirichlet prior, in standard deviations (Monroe, Colaresi and Quinn 2008). `prior` is what is
    /// added to the word, `prior_all` to all words.
    pub(super) fn log_odds(self, prior: f64, prior_all: f64) -> f64 {
        let part = |count: usize, all: usize| {
            let count = count as f64 + prior;
            (count / (all as f64 + prior_all - count)).ln()
        };
        let variance = 1.0 / (self.one as f64 + prior) + 1.0 / (self.other as f64 + prior);
        (part(self.one, self.one_all) - part(self.other, self.other_all)) / variance.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;

    fn counts(one: usize, one_all: usize, other: usize, other_all: usize) -> Counts {
        Counts { one, one_all, other, other_all }
    }

    #[test]
    fn the_reference_values_come_out_to_their_digits() {
        // Computed in Python with the formulas of Rayson and Garside 2000 and of Monroe, Colaresi and Quinn 2008.
        let likelihood = [
            (counts(10, 1000, 20, 5000), 4.937201558630518),
            (counts(12, 2000, 3, 6000), 19.98508439544242),
            (counts(0, 1500, 9, 3000), 7.298371945946959),
            (counts(5, 1000, 5, 1000), 0.0),
        ];
        for (counts, expected) in likelihood {
            assert!((counts.likelihood() - expected).abs() < 1e-9, "{counts:?}");
        }
        let log_odds = [
            (counts(12, 2000, 3, 6000), 1.9, 3.604810948636261),
            (counts(30, 4000, 30, 4000), 7.5, 0.0),
            (counts(0, 1500, 9, 3000), 2.0, -1.6088045967516933),
        ];
        for (counts, prior, expected) in log_odds {
            assert!((counts.log_odds(prior, 1000.0) - expected).abs() < 1e-9, "{counts:?}");
        }
    }
}
