//! The stretch of a history that holds the most of something: how likely is one this full by chance?
//!
//! In goes a score for every length of stretch and count inside it. Out come the best stretch and the chance of as much
//! anywhere, from seeded random arrangements that linger as much as the observed one. Drawing stops early
//! once it is plain that the stretch is nothing out of the ordinary.

use super::monte_carlo;
use super::persistence::{Arrangements, Persistence};
use super::presence::Share;
use super::random::Random;
use std::ops::{Range, RangeInclusive};

/// Arrangements drawn at most.
const DRAWS: u32 = 9_999;

/// Scores for every stretch of a history.
#[derive(Debug, Clone)]
pub(super) struct IntervalScan {
    lengths: RangeInclusive<usize>,
    /// By length, then by count inside. Minus infinity: not looked at.
    scores: Vec<Vec<f64>>,
    /// The same, as what they are logarithms of.
    weights: Vec<Vec<f64>>,
}

/// The best stretch of one history.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BestStretch {
    /// Where.
    pub(super) stretch: Range<usize>,
    /// Its score.
    pub(super) score: f64,
}

impl IntervalScan {
    /// Scores every stretch of the given lengths that holds 0 to `with` sessions.
    pub(super) fn new(
        lengths: RangeInclusive<usize>,
        with: usize,
        score: impl Fn(usize, usize) -> Option<f64>,
    ) -> Self {
        let of_length = |length: usize| {
            (0..=length.min(with)).map(|inside| score(length, inside).unwrap_or(f64::NEG_INFINITY)).collect()
        };
        let scores: Vec<Vec<f64>> = lengths.clone().map(of_length).collect();
        let weights = scores.iter().map(|scores| scores.iter().map(|score| score.exp()).collect()).collect();
        Self { lengths, scores, weights }
    }

    /// The best stretch; the shortest and then the earliest of equals. `None` when none is worth a score.
    pub(super) fn best(&self, present: &[bool]) -> Option<BestStretch> {
        let before = running(present);
        let mut best: Option<BestStretch> = None;
        for (length, scores) in self.lengths.clone().zip(&self.scores) {
            for from in 0..(present.len() + 1).saturating_sub(length) {
                let score = scores[before[from + length] - before[from]];
                if score > best.as_ref().map_or(f64::NEG_INFINITY, |best| best.score) {
                    best = Some(BestStretch { stretch: from..from + length, score });
                }
            }
        }
        best
    }

    /// The evidence of all stretches together: for scores that are logarithms of how likely a stretch makes the history.
    /// It sees a stretch whose bounds are not sharp a little better than the best one alone does. Stretches that begin or
    /// end within `margin` of either end are left out.
    pub(super) fn total(&self, present: &[bool], margin: usize) -> f64 {
        let before = running(present);
        let before = before.get(margin..before.len().saturating_sub(margin)).unwrap_or_default();
        let of_length = |(length, weights): (usize, &Vec<f64>)| -> f64 {
            before.iter().zip(before.iter().skip(length)).map(|(from, to)| weights[to - from]).sum()
        };
        self.lengths.clone().zip(&self.weights).map(of_length).sum()
    }
}

/// The chance of as much as was observed, among arrangements with as many sessions with it that linger as much.
pub(super) fn chance(
    among: Share,
    persistence: &Persistence,
    random: &mut Random,
    as_much: impl Fn(&[bool]) -> bool,
) -> f64 {
    let chains: Vec<Arrangements> =
        persistence.likely.iter().map(|(likely, _)| Arrangements::new(among.all, among.of, *likely)).collect();
    let mut drawn = Vec::with_capacity(among.all);
    monte_carlo::p_value(DRAWS, random, |random| {
        let Some(chain) = chains.get(persistence.drawn(random.uniform())) else { return false };
        chain.draw(random, &mut drawn);
        as_much(&drawn)
    })
}

/// How many stand before each place.
fn running(present: &[bool]) -> Vec<usize> {
    let mut sum = 0;
    let counts = present.iter().map(|here| {
        sum += usize::from(*here);
        sum
    });
    std::iter::once(0).chain(counts).collect()
}
