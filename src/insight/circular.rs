//! Days of the year on a circle.
//!
//! In go angles, out come their mean direction and how closely they stand together. No calendar, and no test: Rayleigh's
//! supposes that sessions are spread evenly over the year, and they are not.

use std::f64::consts::TAU;

/// Where angles point on average, and how much they agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mean {
    /// In radians, from 0 to a full turn.
    pub(super) direction: f64,
    /// From 0 (no agreement) to 1 (all the same).
    pub(super) length: f64,
}

/// The mean of angles in radians. `None` without any.
pub(super) fn mean(angles: impl Iterator<Item = f64>) -> Option<Mean> {
    let (mut x, mut y, mut n) = (0.0, 0.0, 0.0);
    for angle in angles {
        x += angle.cos();
        y += angle.sin();
        n += 1.0;
    }
    let direction = y.atan2(x).rem_euclid(TAU);
    (n > 0.0).then(|| Mean { direction, length: (x * x + y * y).sqrt() / n })
}

/// How far apart two angles stand, the short way round.
pub(super) fn apart(one: f64, other: f64) -> f64 {
    let turn = (one - other).rem_euclid(TAU);
    turn.min(TAU - turn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_are_apart_the_short_way_round() {
        assert!((apart(0.1, TAU - 0.1) - 0.2).abs() < 1e-12);
    }
}
