//! Days on a circle: Rayleigh's test, against the documentation of astropy.stats and the same formulas in Python.

use super::near;
use crate::insight::circular::mean;

/// Degrees, mean direction, length of the mean, z, p.
type Case = (&'static [f64], [f64; 4]);

/// The first p stands in the documentation of astropy's `rayleightest`, the second direction in that of `circmean`.
const CASES: [Case; 3] = [
    (&[130.0, 90.0, 0.0, 145.0], [101.16894320013179, 0.5961970156524982, 1.4218035258917805, 0.2563487733797317]),
    (
        &[51.0, 67.0, 40.0, 109.0, 31.0, 358.0],
        [48.6271808872299, 0.8364364725156249, 4.197755835326291, 0.008379522886240854],
    ),
    (
        &[350.0, 355.0, 0.0, 5.0, 10.0, 12.0],
        [2.0045952371020648, 0.990631659169814, 5.888106504897231, 5.7868207987495244e-05],
    ),
];

#[test]
fn the_published_circles_come_out() {
    for (degrees, [direction, length, z, p]) in CASES {
        let mean = mean(degrees.iter().map(|degree| degree.to_radians())).expect("angles");
        near(mean.direction.to_degrees(), direction);
        near(mean.length, length);
        near(degrees.len() as f64 * mean.length.powi(2), z);
        near(rayleigh(degrees.len(), mean.length), p);
    }
}

/// Rayleigh's chance of so much agreement among `n` even angles (Zar's series).
fn rayleigh(n: usize, length: f64) -> f64 {
    let n = n as f64;
    let z = n * length * length;
    let first = (2.0 * z - z * z) / (4.0 * n);
    let second = (24.0 * z - 132.0 * z.powi(2) + 76.0 * z.powi(3) - 9.0 * z.powi(4)) / (288.0 * n * n);
    ((-z).exp() * (1.0 + first - second)).clamp(0.0, 1.0)
}
