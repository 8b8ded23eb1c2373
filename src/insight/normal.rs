//! The standard normal distribution.

use std::f64::consts::PI;

/// The chance of a value above `z`, to about 15 digits.
pub(super) fn above(z: f64) -> f64 {
    if z < 0.0 {
        return 1.0 - above(-z);
    }
    let density = (-z * z / 2.0).exp() / (2.0 * PI).sqrt();
    if z < 3.0 { 0.5 - density * series(z) } else { density * continued_fraction(z) }
}

/// The chance of a value as far from nought as `z`, on either side.
pub(super) fn two_sided(z: f64) -> f64 {
    (2.0 * above(z.abs())).min(1.0)
}

/// z + z³/3 + z⁵/15 + …
fn series(z: f64) -> f64 {
    let (mut term, mut sum, mut odd) = (z, z, 1.0);
    while term.abs() > 1e-17 * sum.abs() {
        odd += 2.0;
        term *= z * z / odd;
        sum += term;
    }
    sum
}

/// Laplace: 1/(z + 1/(z + 2/(z + 3/(z + …)))).
fn continued_fraction(z: f64) -> f64 {
    1.0 / (1..=120).rev().fold(z, |tail, k| z + f64::from(k) / tail)
}

#[cfg(test)]
mod tests {
    use super::{above, two_sided};

    #[test]
    fn tails_agree_with_tables() {
        // Abramowitz and Stegun, table 26.1 and 26.2.
        for (z, tail) in [(0.0, 0.5), (1.0, 0.158_655_253_931_457), (1.96, 0.024_997_895_148_220)] {
            assert!((above(z) - tail).abs() < 1e-14, "{z}");
        }
        assert!((above(5.0) / 2.866_515_718_791_94e-7 - 1.0).abs() < 1e-12);
        assert!((above(3.0) - 1.349_898_031_630_095e-3).abs() < 1e-16);
        assert!((two_sided(-1.959_963_984_540_054) - 0.05).abs() < 1e-14);
    }
}
