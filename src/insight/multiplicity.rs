//! One adjustment for everything that was tried for a client: weighted Benjamini–Hochberg over families of tests.
//!
//! In go the tests with their families, out come adjusted p-values. A test counts as much as it could have shown when
//! nothing is going on (Heyse 2011): one that could never be significant costs nothing. Every family has an equal say,
//! so that seventy words do not drown one trend.

use super::finding::FindingKind;
use super::tested::{Law, Tested};
use std::collections::{BTreeMap, BTreeSet};

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

/// One test among those of a client.
#[derive(Debug, Clone)]
pub(super) struct Entry<'a> {
    /// The family it belongs to.
    pub(super) family: FindingKind,
    /// What is found out once however many tests show it: the course of one score, one theme, attendance. `None` when
    /// nothing would be shown.
    pub(super) story: Option<String>,
    pub(super) tested: &'a Tested,
}

/// Adjusted p-values in the order of the tests.
///
/// A trend, a step and a sudden drop of one score are one discovery: they count once among those that make room for
/// further ones. (Counted three times, they would let two more false ones in.)
pub(super) fn adjusted(entries: &[Entry<'_>]) -> Vec<f64> {
    let tests: Vec<(FindingKind, &Tested)> = entries.iter().map(|entry| (entry.family, entry.tested)).collect();
    let families: BTreeSet<FindingKind> = entries.iter().map(|entry| entry.family).collect();
    let weighed: Vec<f64> = expected(&tests)
        .into_iter()
        .zip(entries)
        .map(|(expected, entry)| expected * shown_by_chance(entry.family) * families.len() as f64)
        .collect();
    step_up(&weighed, |at| entries[at].story.as_deref())
}

/// Of the findings that a family's p-values announce when nothing is going on, the share that came out and was large
/// enough to be shown, in 450 simulated histories without a pattern.
fn shown_by_chance(family: FindingKind) -> f64 {
    match family {
        FindingKind::LevelShift | FindingKind::SuddenGain | FindingKind::SuddenLoss => 0.5,
        FindingKind::Anniversary => 0.4,
        FindingKind::ScoreTrend | FindingKind::PhaseEffect | FindingKind::ThemeBurst => 0.65,
        FindingKind::MissedCluster | FindingKind::MissedAfter => 0.65,
        FindingKind::ThemeEmerging | FindingKind::ThemeFading => 0.9,
        _ => 1.1,
    }
}

/// Benjamini and Hochberg's step: each value over the number of stories that are at least as strong.
fn step_up<'a>(weighed: &[f64], story: impl Fn(usize) -> Option<&'a str>) -> Vec<f64> {
    let mut order: Vec<usize> = (0..weighed.len()).collect();
    order.sort_by(|a, b| weighed[*a].total_cmp(&weighed[*b]));
    let mut told = BTreeSet::new();
    let counts: Vec<usize> = order
        .iter()
        .map(|at| {
            told.extend(story(*at));
            told.len().max(1)
        })
        .collect();
    let mut q = vec![1.0; weighed.len()];
    let mut lowest: f64 = 1.0;
    for (at, count) in order.iter().zip(counts).rev() {
        lowest = lowest.min(weighed[*at] / count as f64);
        q[*at] = lowest;
    }
    q
}

/// For each test how many of its family would come out at least as small when nothing is going on.
fn expected(tests: &[(FindingKind, &Tested)]) -> Vec<f64> {
    let mut families: BTreeMap<FindingKind, Vec<&Tested>> = BTreeMap::new();
    for (family, tested) in tests {
        families.entry(*family).or_default().push(tested);
    }
    let of = |family: &FindingKind| families.get(family).into_iter().flatten();
    // A test counts itself with its own p-value at least.
    tests.iter().map(|(family, own)| of(family).map(|other| other.chance_of(own.p)).sum::<f64>().max(own.p)).collect()
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
