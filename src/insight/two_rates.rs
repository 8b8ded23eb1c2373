//! How much better two rates describe two stretches of sessions than one rate describes both.
//!
//! Two measures. The likelihood ratio takes the rates as they are counted. The weight of evidence says beforehand which
//! rates are looked for, nearly none on one side and about half or more on the other, and so finds short stretches a
//! little more often at the same rate of false alarms. Both only rank; what they are worth against chance is for a scan.

use super::presence::Share;

/// Log likelihood of two rates less that of one.
pub(super) fn likelihood_ratio(one: Share, other: Share) -> f64 {
    let whole = Share { of: one.of + other.of, all: one.all + other.all };
    best_likelihood(one) + best_likelihood(other) - best_likelihood(whole)
}

/// Log likelihood of a stretch at its own rate.
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

impl Expected {
    /// Log of how likely this very order of with and without is.
    fn evidence(self, share: Share) -> f64 {
        let rising = |from: f64, steps: usize| (0..steps).map(|step| (from + step as f64).ln()).sum::<f64>();
        rising(self.with, share.of) + rising(self.without, share.all - share.of)
            - rising(self.with + self.without, share.all)
    }
}

/// Log evidence for a rate that is nearly nothing in one stretch and anything but that in the other.
pub(super) fn evidence(rare: Share, frequent: Share) -> f64 {
    RARE.evidence(rare) + FREQUENT.evidence(frequent)
}

/// Hardly ever: one in thirteen on average.
const SELDOM: Expected = Expected { with: 1.0, without: 12.0 };
/// Any rate at all.
const ANY: Expected = Expected { with: 1.0, without: 1.0 };

/// Log evidence for a stretch with its own rate amid something that hardly ever happens.
pub(super) fn evidence_of_cluster(outside: Share, inside: Share) -> f64 {
    SELDOM.evidence(outside) + ANY.evidence(inside)
}
