//! How much a theme lingers from one session to the next, and arrangements that linger as much.
//!
//! A theme that was noted last time is a little more likely to be noted again. Shuffling the sessions forgets that and
//! makes a mere stretch look like a finding. So chance is drawn here from a two-state chain with the same number of
//! sessions with the theme and a lag-1 correlation near the one observed. That correlation is itself uncertain in a short
//! history: it is shrunk towards what is usual, and chance is averaged over the values it may have.

use super::random::Random;

/// What lag-1 correlations are usual for tags, and how many sessions that is worth. The weight of 40 holds the tests to
/// their level for correlations between 0 and 0.3, down to one in ten thousand; 12 let twice as many through there.
const USUAL: f64 = 0.15;
const USUAL_WEIGHT: f64 = 40.0;
/// More than this is never assumed.
const MOST: f64 = 0.6;

/// A normal curve in five steps: distance from its middle in standard deviations, and weight.
const STEPS: [(f64, f64); 5] = [(-1.5, 0.12), (-0.75, 0.24), (0.0, 0.28), (0.75, 0.24), (1.5, 0.12)];

/// The lag-1 correlations a series may have, with their weights.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Persistence {
    /// Correlation and weight; the weights sum to one.
    pub(super) likely: Vec<(f64, f64)>,
}

impl Persistence {
    /// None at all: every arrangement is as likely as any other.
    pub(super) fn none() -> Self {
        Self { likely: vec![(0.0, 1.0)] }
    }

    /// What is left once the rate of each stretch between the cuts is taken away, so that the change a finder looks for
    /// does not itself pass for lingering.
    pub(super) fn beside(present: &[bool], cuts: &[usize]) -> Self {
        let n = present.len() as f64;
        // The lag-1 correlation of residuals is too low by about (1 + 3r)/n.
        let corrected = (n * lag_one(present, cuts) + 1.0) / (n - 3.0).max(1.0);
        let middle = ((n * corrected + USUAL_WEIGHT * USUAL) / (n + USUAL_WEIGHT)).clamp(0.0, MOST);
        let deviation = ((1.0 - middle * middle) / (n + USUAL_WEIGHT)).sqrt();
        let likely =
            STEPS.iter().map(|(step, weight)| ((middle + step * deviation).clamp(0.0, MOST), *weight)).collect();
        Self { likely }
    }

    /// Which of the likely correlations a uniform number picks, by their weights.
    pub(super) fn drawn(&self, uniform: f64) -> usize {
        let mut left = uniform;
        let picked = self.likely.iter().position(|(_, weight)| {
            left -= weight;
            left < 0.0
        });
        picked.unwrap_or(self.likely.len().saturating_sub(1))
    }
}

/// Lag-1 correlation of what is left when each stretch between the cuts loses its own rate.
fn lag_one(present: &[bool], cuts: &[usize]) -> f64 {
    let mut left: Vec<f64> = Vec::with_capacity(present.len());
    let mut from = 0;
    for to in cuts.iter().copied().chain([present.len()]) {
        let stretch = present.get(from..to).unwrap_or_default();
        let rate = super::presence::Share::among(stretch).rate();
        left.extend(stretch.iter().map(|present| f64::from(u8::from(*present)) - rate));
        from = to;
    }
    let square: f64 = left.iter().map(|value| value * value).sum();
    let product: f64 = left.windows(2).map(|pair| pair[0] * pair[1]).sum();
    if square > 0.0 { product / square } else { 0.0 }
}

/// A two-state chain with a given rate and lag-1 correlation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chain {
    /// How likely the first session has the theme.
    pub(super) rate: f64,
    /// How likely it follows a session without.
    pub(super) after_absent: f64,
    /// How likely it follows a session with it.
    pub(super) after_present: f64,
}

impl Chain {
    /// The chain that has `with` of `sessions` on average.
    pub(super) fn new(sessions: usize, with: usize, correlation: f64) -> Self {
        let rate = with as f64 / sessions.max(1) as f64;
        Self { rate, after_absent: rate * (1.0 - correlation), after_present: rate + correlation * (1.0 - rate) }
    }
}

/// Draws arrangements of a fixed number of sessions with the theme, each as likely as the chain makes it.
///
/// It walks along the chain, and at every session weighs both ways by what can still follow so that the count comes out.
#[derive(Debug, Clone)]
pub(super) struct Arrangements {
    sessions: usize,
    with: usize,
    /// How likely the first session is with.
    first: f64,
    /// By sessions still to come after this one, then by how many from this one on are with: how likely this one is with,
    /// after a session without and after one with.
    likely: Vec<[f64; 2]>,
}

impl Arrangements {
    /// Ready to draw from one chain.
    pub(super) fn new(sessions: usize, with: usize, correlation: f64) -> Self {
        let chain = Chain::new(sessions, with, correlation);
        // Weight of all that can follow a session without, and one with, when so many of the rest are with.
        let mut follow = vec![[0.0; 2]; with + 1];
        follow[0] = [1.0; 2];
        let mut likely = Vec::with_capacity(sessions * (with + 1));
        let mut first = 0.0;
        for left in 0..sessions {
            let mut next = vec![[0.0; 2]; with + 1];
            for count in 0..=with {
                let absent = follow[count][0];
                let present = if count > 0 { follow[count - 1][1] } else { 0.0 };
                let share = |likely: f64| likely * present / (likely * present + (1.0 - likely) * absent);
                next[count] =
                    [chain.after_absent, chain.after_present].map(|likely| likely * present + (1.0 - likely) * absent);
                likely.push([share(chain.after_absent), share(chain.after_present)]);
                if left + 1 == sessions && count == with {
                    first = share(chain.rate);
                }
            }
            follow = next;
        }
        Self { sessions, with, first, likely }
    }

    /// One arrangement.
    pub(super) fn draw(&self, random: &mut Random, into: &mut Vec<bool>) {
        into.clear();
        let (mut likely, mut count) = (self.first, self.with);
        for left in (0..self.sessions).rev() {
            let here = random.uniform() < likely;
            into.push(here);
            count -= usize::from(here);
            if left > 0 {
                likely = self.likely[(left - 1) * (self.with + 1) + count][usize::from(here)];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const DRAWS: usize = 40_000;

    #[test]
    fn drawn_arrangements_are_as_frequent_as_the_chain_makes_them() {
        let (sessions, with, correlation) = (8, 3, 0.3);
        let arrangements = Arrangements::new(sessions, with, correlation);
        let (mut random, mut drawn) = (Random::seeded(&[b"arrangements"]), Vec::new());
        let mut counts: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
        for _ in 0..DRAWS {
            arrangements.draw(&mut random, &mut drawn);
            *counts.entry(drawn.clone()).or_default() += 1;
        }
        let chain = Chain::new(sessions, with, correlation);
        let weight = |present: &Vec<bool>| {
            let start = if present[0] { chain.rate } else { 1.0 - chain.rate };
            present.windows(2).fold(start, |weight, pair| {
                let likely = if pair[0] { chain.after_present } else { chain.after_absent };
                weight * if pair[1] { likely } else { 1.0 - likely }
            })
        };
        assert_eq!(counts.len(), 56, "every way to have 3 of 8");
        let all: f64 = counts.keys().map(weight).sum();
        for (present, seen) in &counts {
            let expected = DRAWS as f64 * weight(present) / all;
            assert!((*seen as f64 - expected).abs() < 4.5 * expected.sqrt(), "{present:?}: {seen} of {expected}");
        }
    }

    #[test]
    fn lingering_is_shrunk_towards_what_is_usual() {
        let alternating: Vec<bool> = (0..12).map(|at| at % 2 == 0).collect();
        let lingering: Vec<bool> = (0..40).map(|at| at / 5 % 2 == 0).collect();
        let middle = |present: &[bool]| Persistence::beside(present, &[]).likely[2].0;
        assert_eq!(middle(&alternating), 0.0);
        assert!(middle(&lingering) > 0.3 && middle(&lingering) <= MOST);
        let weights: f64 = Persistence::beside(&lingering, &[20]).likely.iter().map(|(_, weight)| weight).sum();
        assert!((weights - 1.0).abs() < 1e-12);
    }
}
