//! How much better two rates describe two stretches of sessions than one rate describes both.
//!
//! Two measures. The likelihood ratio takes the rates as they are counted. The weight of evidence says beforehand which
//! rates are looked for, nearly none on one side and about half or more on the other, and so finds short stretches
//! more often at the same rate of false alarms. Both only rank; what they are worth against chance is for a scan.

use super::presence::Share;

/// Log likelihood of two rates less that of one.
#[cfg(test)]
pub(super) fn likelihood_ratio(one: Share, other: Share) -> f64 {
    let whole = Share { of: one.of + other.of, all: one.all + other.all };
    best_likelihood(one) + best_likelihood(other) - best_likelihood(whole)
}

/// Log likelihood of a stretch at its own rate.
#[cfg(test)]
fn best_likelihood(share: Share) -> f64 {
    let part = |count: usize| if count == 0 { 0.0 } else { count as f64 * (count as f64 / share.all as f64).ln() };
    part(share.of) + part(share.all - share.of)
}

/// Which rates are looked for: a Beta distribution.
#[derive(Debug, Clone, Copy)]
struct Expected {
    with: f64,
    without: f64,
}

/// Nearly none: one in forty on average.
const RARE: Expected = Expected { with: 0.3, without: 12.0 };
/// Anything from a few to nearly all.
const FREQUENT: Expected = Expected { with: 2.0, without: 2.0 };
/// Hardly ever: one in thirteen on average.
const SELDOM: Expected = Expected { with: 1.0, without: 12.0 };
/// Mostly: two of three on average.
const MOSTLY: Expected = Expected { with: 2.0, without: 1.0 };
/// Any rate at all.
const ANY: Expected = Expected { with: 1.0, without: 1.0 };

/// Log evidence for stretches of one history, with the sums it needs made once.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    low: Sums,
    high: Sums,
}

impl Evidence {
    /// For a theme that is nearly absent in one stretch and anything but that in the other.
    pub(super) fn of_theme(sessions: usize) -> Self {
        Self { low: Sums::new(RARE, sessions), high: Sums::new(FREQUENT, sessions) }
    }

    /// For a theme that fills a stretch and hardly ever comes up outside it.
    pub(super) fn of_burst(sessions: usize) -> Self {
        Self { low: Sums::new(SELDOM, sessions), high: Sums::new(MOSTLY, sessions) }
    }

    /// For a stretch with any rate amid something that hardly ever happens.
    pub(super) fn of_cluster(sessions: usize) -> Self {
        Self { low: Sums::new(SELDOM, sessions), high: Sums::new(ANY, sessions) }
    }

    /// Log of how likely the very order of with and without is in both stretches.
    pub(super) fn weigh(&self, low: Share, high: Share) -> f64 {
        self.low.evidence(low) + self.high.evidence(high)
    }
}

/// Logarithms of rising factorials, by their length.
#[derive(Debug, Clone)]
struct Sums {
    with: Vec<f64>,
    without: Vec<f64>,
    all: Vec<f64>,
}

impl Sums {
    fn new(expected: Expected, sessions: usize) -> Self {
        let rising = |from: f64| {
            let mut sum = 0.0;
            let steps = (0..sessions).map(|step| {
                sum += (from + step as f64).ln();
                sum
            });
            std::iter::once(0.0).chain(steps).collect()
        };
        let both = expected.with + expected.without;
        Self { with: rising(expected.with), without: rising(expected.without), all: rising(both) }
    }

    fn evidence(&self, share: Share) -> f64 {
        self.with[share.of] + self.without[share.all - share.of] - self.all[share.all]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_the_chance_of_the_order_averaged_over_the_rates() {
        // One of three, any rate: 1!2!/4!. None of two, Beta(1, 12): 12/13 * 13/14.
        let weighed = Evidence::of_cluster(5).weigh(Share { of: 0, all: 2 }, Share { of: 1, all: 3 });
        assert!((weighed.exp() - 12.0 / 14.0 / 12.0).abs() < 1e-12, "{}", weighed.exp());
    }

    #[test]
    fn one_rate_for_both_gains_nothing() {
        assert!(likelihood_ratio(Share { of: 2, all: 6 }, Share { of: 4, all: 12 }).abs() < 1e-12);
    }
}
