//! One adjustment for everything that was tried for a client: weighted Benjamini–Hochberg over families of tests.
//!
//! In go the tests with their families, out come adjusted p-values. A test counts as much as it could have shown when
//! nothing is going on (Heyse 2011): one that could never be significant costs nothing. Every family has its say, however
//! many tests it runs, so that seventy words do not drown one trend.

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
    let all: f64 = families.into_iter().map(say).sum();
    let weighed: Vec<f64> = expected(&tests)
        .into_iter()
        .zip(entries)
        .map(|(expected, entry)| expected * shown_by_chance(entry.family) * all / say(entry.family))
        .collect();
    step_up(&weighed, |at| entries[at].story.as_deref())
}

/// How much say a family has among the others. Sudden changes are so rare by chance that they need little; what is known
/// about attendance is a single sequence of a few events, and needs more.
fn say(family: FindingKind) -> f64 {
    match family {
        FindingKind::SuddenGain | FindingKind::SuddenLoss => 0.2,
        FindingKind::MissedCluster | FindingKind::MissedAfter => 2.0,
        _ => 1.0,
    }
}

/// Of the findings that a family's p-values announce when nothing is going on, the share that came out and was large
/// enough to be shown: measured in 450 simulated histories without a pattern, and rounded.
fn shown_by_chance(family: FindingKind) -> f64 {
    match family {
        FindingKind::LevelShift | FindingKind::SuddenGain | FindingKind::SuddenLoss => 0.8,
        FindingKind::ScoreTrend | FindingKind::PhaseEffect | FindingKind::ThemeBurst => 0.7,
        FindingKind::Anniversary | FindingKind::MissedCluster | FindingKind::MissedAfter => 0.7,
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
    use super::{Entry, FindingKind, Law, Tested, adjusted, step_up};

    fn continuous(p: f64) -> Tested {
        Tested { p, law: Law::Continuous }
    }

    fn entry<'a>(family: FindingKind, story: &str, tested: &'a Tested) -> Entry<'a> {
        Entry { family, story: Some(story.to_owned()), tested }
    }

    /// The plain procedure: each test is a story of its own.
    fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
        let names: Vec<String> = (0..p.len()).map(|at| at.to_string()).collect();
        let weighed: Vec<f64> = p.iter().map(|value| value * p.len() as f64).collect();
        step_up(&weighed, |at| Some(names[at].as_str()))
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
            0.486,
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
        let names: Vec<String> = (0..70).map(|at| at.to_string()).collect();
        let mut tests: Vec<Entry<'_>> =
            words.iter().zip(&names).map(|(word, name)| entry(FindingKind::KeywordShift, name, word)).collect();
        tests.push(entry(FindingKind::ScoreTrend, "phq9", &trend));
        // Two families: the trend pays for the words as if they were one test.
        assert!(adjusted(&tests)[70] <= 0.02);
    }

    #[test]
    fn one_story_told_three_times_makes_room_for_no_more_than_one() {
        let strong = continuous(0.0001);
        let other = continuous(0.04);
        let beside = |stories: [&str; 3]| {
            let mut tests: Vec<Entry<'_>> =
                stories.iter().map(|story| entry(FindingKind::ThemePair, story, &strong)).collect();
            tests.push(entry(FindingKind::ThemePair, "other", &other));
            adjusted(&tests)[3]
        };
        assert!((beside(["phq9"; 3]) / beside(["a", "b", "c"]) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn a_test_that_could_show_nothing_costs_nothing() {
        let small = Tested { p: 0.4, law: Law::Discrete(vec![0.4, 1.0]) };
        let large = Tested { p: 0.01, law: Law::Discrete(vec![0.01, 0.2, 1.0]) };
        let pair = |tested| entry(FindingKind::ThemePair, "pair", tested);
        let alone = adjusted(&[pair(&large)])[0];
        let beside = adjusted(&[pair(&large), pair(&small), pair(&small)])[0];
        assert!((alone - beside).abs() < 1e-12, "{alone} {beside}");
    }
}
