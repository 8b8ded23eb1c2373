//! Days of the year on a circle.
//!
//! In go angles, out come their mean direction and how closely they stand together. No calendar and no test but Rayleigh's
//! for display, which supposes that sessions are spread evenly over the year; they are not, so it decides nothing.

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

/// Rayleigh's chance of so much agreement among `n` even angles (Zar's series).
#[cfg(test)]
pub(super) fn rayleigh(n: usize, length: f64) -> f64 {
    let n = n as f64;
    let z = n * length * length;
    let first = (2.0 * z - z * z) / (4.0 * n);
    let second = (24.0 * z - 132.0 * z.powi(2) + 76.0 * z.powi(3) - 9.0 * z.powi(4)) / (288.0 * n * n);
    ((-z).exp() * (1.0 + first - second)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_circles_come_out_to_their_digits() {
        // Degrees, mean direction, length, p. The first p and the second mean direction stand in the documentation of
        // astropy.stats; the rest was computed with the same formulas.
        let cases: [(&[f64], f64, f64, f64); 3] = [
            (&[130.0, 90.0, 0.0, 145.0], 101.16894320013179, 0.5961970156524982, 0.2563487733797317),
            (&[51.0, 67.0, 40.0, 109.0, 31.0, 358.0], 48.6271808872299, 0.8364364725156249, 0.008379522886240854),
            (&[350.0, 355.0, 0.0, 5.0, 10.0, 12.0], 2.0045952371020648, 0.990631659169814, 5.7868207987495244e-05),
        ];
        for (degrees, direction, length, p) in cases {
            let mean = mean(degrees.iter().map(|degree| degree.to_radians())).expect("angles");
            assert!((mean.direction.to_degrees() - direction).abs() < 1e-9, "{mean:?}");
            assert!((mean.length - length).abs() < 1e-12, "{mean:?}");
            assert!((rayleigh(degrees.len(), mean.length) - p).abs() < 1e-12, "{}", rayleigh(degrees.len(), length));
        }
    }

    #[test]
    fn angles_are_apart_the_short_way_round() {
        assert!((apart(0.1, TAU - 0.1) - 0.2).abs() < 1e-12);
    }
}
