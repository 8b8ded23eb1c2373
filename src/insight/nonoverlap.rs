//! How far two phases of scores lie apart: NAP, and Tau with the trend of the first phase taken out.
//!
//! Higher counts as better here; whoever has a scale that runs the other way turns it first. Not Tau-U: it has no bound
//! and finds too much (Tarlow 2017).

use super::{kendall, theil_sen};

/// Share of pairs (one of each phase) in which the later one is higher, ties counting half (Parker and Vannest 2009).
pub(super) fn nap(before: &[f64], after: &[f64]) -> f64 {
    let pairs = before.iter().flat_map(|a| {
        after.iter().map(move |b| {
            if b > a {
                1.0
            } else if b < a {
                0.0
            } else {
                0.5
            }
        })
    });
    pairs.sum::<f64>() / (before.len() * after.len()).max(1) as f64
}

/// Tau of the two phases with the first one's line taken out of both (Tarlow 2017): Kendall's τ_b with the phase.
pub(super) fn baseline_corrected_tau(before: &[f64], after: &[f64]) -> f64 {
    let order: Vec<f64> = (0..before.len() + after.len()).map(|at| at as f64).collect();
    let slope = theil_sen::slope(&order[..before.len()], before);
    let level: Vec<f64> = before.iter().chain(after).zip(&order).map(|(value, at)| value - slope * at).collect();
    // What is left of a straight line is equal but for rounding.
    let level: Vec<f64> = level.iter().map(|value| (value * 1e9).round()).collect();
    let phase: Vec<f64> = (0..level.len()).map(|at| f64::from(u8::from(at >= before.len()))).collect();
    kendall::tau_b(&phase, &level)
}
