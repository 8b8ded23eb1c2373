//! One adjustment for everything that was tried for a client: weighted Benjamini–Hochberg over families of tests.
//!
//! In go the tests with their families, out come adjusted p-values. A test counts as much as it could have shown when
//! nothing is going on (Heyse 2011): one that could never be significant costs nothing. Every family has an equal say,
//! so that seventy words do not drown one trend.

use super::tested::{Law, Tested};
use std::collections::BTreeMap;

impl Tested {
    /// Chance of a p-value of at most `p` from this test when nothing is going on.
    fn chance_of(&self, p: f64) -> f64 {
        match &self.law {
            Law::Continuous => p.min(1.0),
            // The same number, computed twice, may differ in its last digits.
            Law::Discrete(values) => {
                let below = values.partition_point(|value| *value <= p * (1.0 + 1e-9));
                below.checked_sub(1).and_then(|last| values.get(last)).map_or(0.0, |value| value.min(1.0))
            }
        }
    }
}

/// Adjusted p-values in the order of the tests. Each test names its family.
pub(super) fn adjusted<F: Ord + Copy>(tests: &[(F, &Tested)]) -> Vec<f64> {
    let mut families: BTreeMap<F, Vec<&Tested>> = BTreeMap::new();
    for (family, tested) in tests {
        families.entry(*family).or_default().push(tested);
    }
    let share = families.len() as f64 / tests.len().max(1) as f64;
    let weighed: Vec<f64> = tests
        .iter()
        .map(|(family, tested)| {
            let expected: f64 = families[family].iter().map(|other| other.chance_of(tested.p)).sum();
            // A discrete test counts itself with its own p-value at least.
            (expected.max(tested.p) * share).min(1.0)
        })
        .collect();
    benjamini_hochberg(&weighed)
}

/// Benjamini and Hochberg 1995, as adjusted p-values.
pub(super) fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut q = vec![1.0; p.len()];
    let mut lowest: f64 = 1.0;
    for (rank, at) in order.iter().enumerate().rev() {
        lowest = lowest.min(p[*at] * p.len() as f64 / (rank + 1) as f64);
        q[*at] = lowest;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::{Law, Tested, adjusted, benjamini_hochberg};

    fn continuous(p: f64) -> Tested {
        Tested { p, law: Law::Continuous }
    }

    #[test]
    fn the_published_example_of_fifteen_gives_the_published_four() {
        // Benjamini and Hochberg 1995: Bonferroni rejects three at 5 %, their procedure four.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
            0.759, 1.0,
        ];
        let q = [
            0.0015,
            0.003,
            0.0095,
            0.035625,
            0.0603,
            0.06385714285714286,
            0.06385714285714286,
            0.0645,
            0.0765,
            0.48600000000000004,
            0.5811818181818182,
            0.714875,
            0.7532307692307694,
            0.8132142857142857,
            1.0,
        ];
        let ours = benjamini_hochberg(&p);
        assert!(ours.iter().zip(q).all(|(ours, q)| (ours - q).abs() < 1e-12), "{ours:?}");
        assert_eq!(ours.iter().filter(|q| **q <= 0.05).count(), 4);
        let ours = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005, 0.2]);
        assert!(ours.iter().zip([0.025, 0.05, 0.05, 0.025, 0.2]).all(|(ours, q)| (ours - q).abs() < 1e-12));
    }

    #[test]
    fn seventy_words_do_not_drown_one_trend() {
        let words: Vec<Tested> = (0..70).map(|at| continuous(0.2 + f64::from(at) / 100.0)).collect();
        let trend = continuous(0.01);
        let mut tests: Vec<(u8, &Tested)> = words.iter().map(|word| (0, word)).collect();
        tests.push((1, &trend));
        // Two families: the trend pays for the words as if they were one test.
        assert!((adjusted(&tests)[70] - 0.02).abs() < 1e-12);
    }

    #[test]
    fn a_test_that_could_show_nothing_costs_nothing() {
        let small = Tested { p: 0.4, law: Law::Discrete(vec![0.4, 1.0]) };
        let large = Tested { p: 0.01, law: Law::Discrete(vec![0.01, 0.2, 1.0]) };
        let alone = adjusted(&[(0, &large)])[0];
        let beside = adjusted(&[(0, &large), (0, &small), (0, &small)])[0];
        assert!((alone - beside).abs() < 1e-12, "{alone} {beside}");
    }
}
