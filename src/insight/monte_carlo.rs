//! How often chance gives this much: counted in simulated histories, and stopped early when nothing is going on.

use super::random::Random;

/// Hits after which a p-value is known well enough to be uninteresting (Besag and Clifford 1991).
const ENOUGH: u32 = 15;

/// The share of simulated histories that show as much as the real one. The real one counts as one of them, so that a
/// p-value is never nought.
pub(super) fn p_value(draws: u32, random: &mut Random, mut as_much: impl FnMut(&mut Random) -> bool) -> f64 {
    let (mut hits, mut done) = (0u32, 0u32);
    while done < draws && hits < ENOUGH {
        hits += u32::from(as_much(random));
        done += 1;
    }
    f64::from(hits + 1) / f64::from(done + 1)
}
