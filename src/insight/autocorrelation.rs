//! How much a score resembles the one before it, and series that do so by chance.
//!
//! Weekly scores of one person are alike from week to week even when nothing changes; a test that takes them for
//! independent finds trends in one of ten such histories instead of one of twenty. Short series say little about how
//! alike they are, so the estimate is drawn towards what is usual, and each simulated series draws its own.

use super::random::Random;

/// What lag-1 correlations of weekly scores usually are, and how many scores that knowledge is worth.
const USUAL: (f64, f64) = (0.35, 15.0);

/// Lag-1 correlation of residuals, corrected for short series and drawn towards the usual.
///
/// `levels` is how many means were taken out to get the residuals: one (or a line), or two for a step.
pub(super) fn shrunk(residuals: &[f64], levels: usize) -> f64 {
    let n = residuals.len() as f64;
    let extra = levels.saturating_sub(1) as f64;
    let corrected = (n * lag_one(residuals) + 1.0 + extra) / (n - 3.0 - extra).max(1.0);
    let (usual, weight) = USUAL;
    ((n * corrected + weight * usual) / (n + weight)).clamp(0.0, 0.85)
}

/// Plain lag-1 correlation.
pub(super) fn lag_one(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let spread: f64 = values.iter().map(|x| (x - mean).powi(2)).sum();
    let joint: f64 = values.windows(2).map(|pair| (pair[0] - mean) * (pair[1] - mean)).sum();
    if spread > 0.0 { joint / spread } else { 0.0 }
}

/// By how much the variance of Kendall's S grows: 1 + 2·Σ(1 − k/n)·φᵏ.
pub(super) fn inflation(n: usize, correlation: f64) -> f64 {
    let terms = (1..n).map(|k| (1.0 - k as f64 / n as f64) * correlation.powi(k as i32));
    1.0 + 2.0 * terms.sum::<f64>()
}

/// Fills a slice with a series of unit variance in which neighbours are about this alike.
///
/// Each series draws its own correlation, because the estimate is itself uncertain: with a fixed one the step test was
/// wrong twice as often as it said.
pub(super) fn simulate(series: &mut [f64], correlation: f64, random: &mut Random) {
    let doubt = ((1.0 - correlation * correlation) / (series.len() as f64 + USUAL.1)).sqrt();
    let own = (correlation + random.normal() * doubt).clamp(0.0, 0.9);
    let fresh = (1.0 - own * own).sqrt();
    let mut last = random.normal();
    for (at, slot) in series.iter_mut().enumerate() {
        if at > 0 {
            last = own * last + fresh * random.normal();
        }
        *slot = last;
    }
}

#[cfg(test)]
mod tests {
    use super::{inflation, lag_one, simulate};
    use crate::insight::random::Random;

    #[test]
    fn independent_scores_inflate_nothing_and_alike_ones_do() {
        assert_eq!(inflation(20, 0.0), 1.0);
        assert!((inflation(1000, 0.5) - 3.0).abs() < 0.01);
    }

    #[test]
    fn simulated_series_are_about_as_alike_as_asked() {
        let mut random = Random::seeded(&[b"alike"]);
        let mut series = vec![0.0; 400];
        let mean = (0..200).map(|_| {
            simulate(&mut series, 0.4, &mut random);
            lag_one(&series)
        });
        assert!((mean.sum::<f64>() / 200.0 - 0.4).abs() < 0.02);
    }
}
